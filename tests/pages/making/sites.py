"""What stands around the text of a page on the sites of the cases ``d-*``."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from tests.pages.making.cases import Case, style_of

MENU = (
    "区划概况 领导之窗 机构职能 政务要闻 通知公告 部门动态 乡镇动态 视频新闻 政府信息公开指南 政府信息公开制度 法定主动公开内容 "
    "依申请公开 政府信息公开年报 规划计划 财政预决算 政府采购 重大项目 公共资源交易 招考录用 人事任免 应急管理 安全生产 环境保护 "
    "食品药品监管 教育领域 医疗卫生 社会救助 就业创业 社会保险 住房保障 税收管理 个人办事 法人办事 部门办事 便民查询 热线电话 "
    "领导信箱 在线访谈 民意征集 网上调查 建议提案办理 政策解读 规范性文件 历史沿革 人口民族 自然地理 旅游风光 特色产品 投资环境 "
    "婚姻登记 生育收养 户籍办理 出入境 交通出行 公积金 证件办理 知识产权 质量监督 统计信息 审计公开 扶贫领域 乡村振兴 营商环境"
)
RULES = (
    "float:left", "width:1200px", "margin:0 auto", "padding:0 12px", "line-height:36px", "color:#333", "font-size:14px",
    "background:#f5f5f5", "border-bottom:1px solid #ddd", "overflow:hidden", "position:relative", "text-decoration:none",
)  # fmt: skip
SCRIPT = (
    "var slide={cur:0,len:5,run:function(){var me=this;setInterval(function(){me.cur=(me.cur+1)%me.len;"
    "$('.slide li').eq(me.cur).fadeIn(400).siblings().hide();},4000);}};\n"
    "function doZoom(size){var o=document.getElementById('zoom');if(o){o.style.fontSize=size+'px';}}\n"
    "function addFav(){try{window.external.addFavorite(location.href,document.title);}catch(e){alert('请使用Ctrl+D进行收藏');}}\n"
    "var _hmt=_hmt||[];(function(){var h=document.createElement('script');h.src='//tongji.example.test/hm.js';"
    "document.getElementsByTagName('head')[0].appendChild(h);})();\n"
)
LABELS = {
    "index_number": "索 引 号", "issuer": "发布机构", "doc_number": "发文字号", "written": "成文日期", "published": "发布日期",
}  # fmt: skip


@dataclass(slots=True)
class Site:
    """What stands around the text of a page: menus, style sheets, scripts, header, foot; a seed makes it the same twice."""

    case: Case
    owner: str
    marks: str  # what the menu, the tools and the foot must show besides
    shape: str  # "trs", "jcms", "vsb", "table" or "anhui": the structure of the page
    shown: tuple[str, ...] = ()  # the fields that the header shows

    def page(self, body: str, files: str) -> str:
        """Return the page around a body and a list of files."""
        dice = random.Random(self.case.folder.name)
        return SHAPES[self.shape].format(
            title=self.case.title, owner=self.owner, css=self._css(dice), script=SCRIPT * 3, menu=self._menu(dice, 130),
            side=self._menu(dice, 36), head=self._head(), metas=self._metas(), body=body, files=files, marks=self.marks,
            date=self.case.fields["published"], hits=dice.randrange(100, 5000),
        )  # fmt: skip

    def _css(self, dice: random.Random) -> str:
        names = [f"{dice.choice(('nav', 'box', 'hot', 'list', 'foot', 'tab'))}{k}" for k in range(150)]
        return "\n".join(f".{name} li a{{{';'.join(dice.sample(RULES, 4))}}}" for name in names)

    def _menu(self, dice: random.Random, count: int) -> str:
        words = [dice.choice(MENU.split()) for _ in range(count)]
        items = (f'<li><a href="/zwgk/c{dice.randrange(1000, 9999)}/" title="{word}">{word}</a></li>' for word in words)
        return '<li><a href="/">首页</a></li>' + "\n".join(items)

    def _metas(self) -> str:
        fields = self.case.fields
        tags = {"SiteName": self.owner, "ColumnName": "法治政府建设", "ArticleTitle": self.case.title}
        tags |= {"PubDate": f"{fields['published']} 09:20", "ContentSource": fields["issuer"]}
        return "".join(f'<meta name="{name}" content="{value}">' for name, value in tags.items())

    def _head(self) -> str:
        rows = [(LABELS[name], self.case.fields[name]) for name in self.shown]
        if self.shape == "anhui":
            return "".join(f"<tr><th>{label}：</th><td>{value}</td></tr>" for label, value in rows)
        return "".join(f"<li><b>{label}：</b><span>{value}</span></li>" for label, value in rows)


_TOP = '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}-{owner}</title>{metas}<style>{css}</style><script>{script}</script></head><body>'
SHAPES = {
    "trs": _TOP + '<div class="top"><ul class="nav">{menu}</ul></div><div class="pos">您所在的位置：<a href="/">首页</a> &gt; 政务公开 &gt; 正文</div>'
    '<div class="main"><h1>{title}</h1><ul class="gkxx">{head}</ul><div class="tool">字号：大 中 小　打印　分享到：微信 微博</div>'
    '<div class="view TRS_UEDITOR trs_paper_default">{body}</div><div class="fj">{files}</div></div><div class="side"><ul>{side}</ul></div>'
    '<div class="foot"><p>{owner}主办　网站标识码：5399990021　{marks}</p></div></body></html>',
    "jcms": _TOP + '<div class="header"><ul>{menu}</ul></div><table class="layout" width="100%"><tr><td class="left"><ul>{side}</ul></td><td>'
    '<div class="bt">{title}</div><ul class="xx">{head}</ul><div class="sj">发布日期：{date}　浏览次数：{hits}　【字号 大 中 小】</div>'
    '<!--<$[信息内容]>begin--><meta name="ContentStart"><div id="zoom">{body}{files}</div><meta name="ContentEnd"><!--<$[信息内容]>end-->'
    '<div class="gb"><a>打印</a><a>关闭窗口</a></div></td></tr></table><div class="footer">版权所有：{owner}　{marks}</div></body></html>',
    "vsb": _TOP + '<div class="menu"><ul>{menu}</ul></div><form name="_newscontent_fromname"><h2>{title}</h2><div class="info">时间：{date}　来源：{owner}　点击数：{hits}</div>'
    '<ul class="i">{head}</ul><div id="vsb_content_2"><div class="v_news_content">{body}</div></div><ul class="att">{files}</ul>'
    '<div class="pn"><p>上一篇：<a href="20550.htm">松崖县召开安全生产会议</a></p><p>下一篇：<a href="20552.htm">城区供水管网检修公告</a></p></div></form>'
    '<div class="rm"><ul>{side}</ul></div><div class="copy">{owner}　{marks}</div></body></html>',
    "table": _TOP.replace("utf-8", "gb2312")
    + '<table width="1003" align="center"><tr><td><script>document.write("今天是："+showToday())</script>今天是：2021年1月16日　<a>设为首页</a>　<a>加入收藏</a></td></tr>'
    '<tr><td><ul>{menu}</ul></td></tr></table><table width="1003" align="center"><tr><td width="210" valign="top"><ul>{side}</ul></td>'
    '<td valign="top"><table width="100%"><tr><td align="center"><b><font size="5">{title}</font></b></td></tr><tr><td align="center">'
    '发布时间：{date}　作者：办公室　浏览次数：{hits}</td></tr><tr><td class="content">{body}</td></tr><tr><td>{files}</td></tr></table></td></tr></table>'
    '<table width="1003" align="center"><tr><td align="center">版权所有 {owner}　{marks}</td></tr></table></body></html>',
    "anhui": _TOP + '<div class="wzlm"><ul>{menu}</ul></div><div class="gkwrap"><div class="gkleft"><ul>{side}</ul></div><div class="gkright">'
    '<table class="table_suoyin">{head}</table><h1 class="wztit">{title}</h1><div class="wzfbxx">发布时间：{date}　阅读：{hits}　字号：大 中 小</div>'
    '<div class="j-fontContent newscontnet minh500">{body}</div><div class="fjxz">{files}</div><div class="wzxq">扫一扫在手机打开　关闭窗口</div></div></div>'
    '<div class="zfoot">主办单位：{owner}　{marks}</div></body></html>',
}  # fmt: skip


def paragraphs(lines: Sequence[str]) -> str:
    """Return the lines as an editor leaves them: a paragraph each, spans and blanks around."""
    out = []
    for number, line in enumerate(lines):
        style = style_of(line, number, "")
        shape = {"Right": "text-align: right;", "Addressee": ""}.get(style, "text-indent: 2em;")
        out.append(
            f'<p style="{shape} line-height: 2;"><span style="font-family: 仿宋; font-size: 18px;">{escape(line)}</span></p>'
        )
    return "\n".join(out)


def link(case: Case, name: str) -> str:
    """Return the line that offers the attachment."""
    return f'<p>附件：<a href="./{case.wanted["parts"][0]}" target="_blank">{name}</a></p>'


def write_page(case: Case, site: Site, body: str, files: str, *, encoding: str = "utf-8") -> None:
    """Write the main page."""
    case.main.write_bytes(site.page(body, files).encode(encoding))
