"""Pages of an invented county in the layouts of real sites, all around one body that every layout must give back."""

import html
from collections.abc import Sequence

from pipeline.records import Cut

TITLE = "青石县2023年法治政府建设工作要点"
NUMBER = "青政发〔2023〕5号"
BODY = (
    "各乡镇人民政府，县直各部门：",
    "为做好全年法治工作，按照市里部署，结合县里实际，提出以下要点。",
    "一、抓好组织领导 压实各级责任",
    "（一）主要负责人带头学法。县政府常务会议全年学法不少于6次，部门负责人述法覆盖面达到100%。（县司法局牵头，县政府办公室配合）",
    "（二）办好群众身边小事。12345热线工单按期办结率不低于98.5%，全年走访企业1386家，发放明白卡2436.8万张。",
    "二、规范行政执法行为",
    "1.推行三项制度。4月底前公布执法主体清单；6月底前完成案卷评查，抽查不少于120卷。",
    "各单位对照清单自查，问题较多的，由县司法局联系整改，联系电话：5550123。",
    "三、严格兑现奖惩",
    "完成情况按季度通报，附件所列任务纳入年终考核，考核结果在政府网站公布。",
    "青石县人民政府",
    "2023年3月6日",
)
TEXT = "".join(line + "\n" for line in BODY)

# Words that stand around the body in the pages below, and never in it.
AROUND = (
    "首页",
    "当前位置",
    "索引号",
    "浏览次数",
    "字体",
    "打印",
    "上一篇",
    "下一篇",
    "责任编辑",
    "主办",
    "网站标识码",
    "ICP备",
    "公网安备",
)

SITE_HEAD = """青石县人民政府门户网站
欢迎访问青石县人民政府！ 今天是：2024年8月1日 星期四
首页 | 走进青石 | 政务公开 | 政务服务 | 互动交流
当前位置：首页 > 政务公开 > 政府文件
"""
TABLE_HEAD = f"""索 引 号：QS001/2023-00012	主题分类：司法
发布机构：青石县人民政府	成文日期：2023年3月6日
标　　题：青石县人民政府关于印发{TITLE}的通知
发文字号：{NUMBER}	发布日期：2023-03-08
"""
INFO = "来源：县司法局 发布时间：2023-03-08 10:20 浏览次数：213次 字体：【大 中 小】 打印 关闭\n"
SITE_FOOT = """责任编辑：李某
上一篇：青石县关于调整公交线路的通告
下一篇：没有了
扫一扫在手机打开当前页
主办：青石县人民政府办公室　承办：青石县大数据中心　地址：青石县平安路1号
网站标识码：5399990001　青ICP备05000001号-1　青公网安备 53999902000001号
"""


def without(source: str, cuts: Sequence[Cut]) -> str:
    """Return *source* without *cuts*; a footnote that was only moved stays."""
    parts, at = [], 0
    for cut in cuts:
        if cut.reason != "footnote moved":
            parts.append(source[at : cut.start])
            at = cut.end
    return "".join([*parts, source[at:]])


def escape(line: str) -> str:
    """Return *line* as HTML text."""
    return html.escape(line, quote=False)


def paragraphs(tag: str = "p", indent: str = "&nbsp;&nbsp;&nbsp;&nbsp;", lines: Sequence[str] = BODY) -> str:
    """Return *lines* as one element each."""
    return "\n".join(f"<{tag}>{indent}{escape(line)}</{tag}>" for line in lines)


HTML_NAVIGATION = """<div class="top">今天是：<script>document.write(new Date())</script>2019年3月1日</div>
<ul class="menu"><li><a href="/">首页</a></li><li><a href="/a/">政务公开</a></li><li><a href="/b/">互动交流</a></li></ul>
<div class="pos">您当前的位置：<a href="/">首页</a>&nbsp;&gt;&nbsp;<a href="/a/">政务公开</a>&nbsp;&gt;&nbsp;正文</div>"""
HTML_TABLE = f"""<table class="xxgk"><tr><td><b>索 引 号：</b></td><td>QS001/2023-00012</td><td><b>发文字号：</b></td>
<td>{NUMBER}</td></tr><tr><td>发布机构：</td><td>青石县人民政府</td><td>成文日期：</td><td>2023-03-06</td></tr></table>"""
HTML_TITLE = f"""<h1>{TITLE}</h1><div class="info">来源：县司法局　发布时间：2023-03-08
浏览次数：<span id="hits">213</span>次　字体：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a></div>"""
HTML_SIDE = '<div class="right"><h3>热点新闻</h3><ul>' + "".join(
    f'<li><a href="/n{day}.html">县里召开第{day}次调度会，研究春耕、防汛工作</a><span>2023-03-0{day}</span></li>' for day in range(1, 8)
) + "</ul></div>"  # fmt: skip
HTML_FOOT = """<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div>
<div>上一篇：<a href="/x.html">关于调整公交线路的通告</a></div><div>责任编辑：李某</div>
<div class="footer"><p>主办：青石县人民政府办公室</p><p>网站标识码：5399990001 <a href="#">青ICP备05000001号-1</a></p></div>"""


def page(content: str, *, head: str = "", charset: str = "utf-8", navigation: bool = True, side: bool = True) -> str:
    """Return a whole HTML page around *content*."""
    return (
        f'<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">'
        f"<title>{TITLE}-青石县人民政府</title>{head}<style>p{{margin:0}}</style></head><body>\n"
        f"{HTML_NAVIGATION if navigation else ''}\n{content}\n{HTML_SIDE if side else ''}{HTML_FOOT}</body></html>"
    )
