"""The words and forms by which the furniture of government pages is known.

All patterns run on `Line.bare`: folded (，is a comma, （ a parenthesis, 【 a bracket) and with single blanks. They are
evidence, not verdicts: `furniture` decides by position and by several lines together.
"""

import re

from pipeline.parse.flow import BLANKS

_BLANK = f"[{BLANKS}]*"


def _any(*words: str) -> str:
    """A group of alternatives given as words parted by blanks, longest first."""
    return "|".join(sorted(" ".join(words).split(), key=len, reverse=True))


def _spaced(words: str) -> str:
    """The alternatives of *words* with blanks allowed between their characters: 索 引 号."""
    return "|".join(_BLANK.join(word) for word in _any(words).split("|"))


# Labels of metadata tables and info lines: the page tags that the State Council Office prescribes, and the spellings
# that sites use for them.
TABLE_LABELS = """
索引号 信息索引 信息索引号 索取号 目录号 统一编号 统一登记号 登记号 规范性文件编号 发文机关 发文机构 发文单位
发布机构 发布单位 发布机关 制发机构 公开机构 公开主体 公开责任部门 责任部门 所属机构 主办部门 信息所属单位
成文日期 成文时间 生成日期 生成时间 发文日期 发文时间 签发日期 印发日期 制发日期 发布日期 公开日期 公开时间
发文字号 发文号 发文字 文号 文件编号 文件字号 文件号 发布文号 标题 名称 信息名称 文件名称 文件标题 主题分类
信息分类 分类 体裁分类 组配分类 主题词 主题 关键词 关键字 栏目 所属栏目 有效性 文件有效性 时效性 时效 文件状态
是否有效 效力状态 失效日期 失效时间 废止日期 废止时间 生效日期 生效时间 实施日期 施行日期 公开方式 公开形式
公开范围 公开类别 公开时限 公开属性 公开程序 服务对象 载体类型 语种 内容概述 内容概要 概述 摘要 信息类别
文件类别 文件类型 文种 公文种类 发文范围 索引编号 信息编号 公开编号
"""
INFO_LABELS = """
来源 稿件来源 文章来源 信息来源 内容来源 作者 时间 日期 发布时间 发表时间 发表日期 更新时间 更新日期 录入时间 录入日期
上传时间 上传日期 添加时间 添加日期 编辑 责任编辑 责编
发布人 发布者 录入 录入人 录入员 供稿 供稿单位 浏览次数 浏览量 浏览 阅读次数 阅读量 阅读数 阅读 点击数 点击量 点击率
点击次数 点击 访问量 访问次数 访问 人气 字体 字体大小 字号 文字大小 打印本页 分享 分享到 审核 审核人 初审 复审
终审 校对 签发 签发人 打印 视力保护色 保护视力色 背景色
"""
TABLE_LABEL = frozenset(TABLE_LABELS.split())
TITLE_LABELS = frozenset({"标题", "名称", "信息名称", "文件名称", "文件标题"})
INFO_ONLY = frozenset(INFO_LABELS.split()) - TABLE_LABEL
_LABEL = _spaced(TABLE_LABELS + INFO_LABELS)
LABEL = re.compile(rf"(?<![\u4e00-\u9fff(\[])[\[(]?({_LABEL})(?:{_BLANK}[\])])?{_BLANK}:|\[({_LABEL})\]")
DATED_LABEL = re.compile(rf"(?:{_spaced('发布时间 发布日期 发表时间 发表日期 更新时间 更新日期')}){_BLANK}:")
BARE_LABEL = re.compile(rf"[\[(]?({_LABEL})[\])]?{_BLANK}:?")
TABLE_LABEL_START = re.compile(
    rf"({_spaced(TABLE_LABELS + '发布时间 发表时间 更新时间 录入时间 发表日期 更新日期')}){_BLANK}(?=\S)"
)
# What a list puts before a label; • folds to ·.
BULLET = re.compile(rf"[·■□▪●○◆◇▶►※★*-]{_BLANK}(?=\S)")
LABELLED = re.compile(rf"[\u4e00-\u9fff]{{2,8}}{_BLANK}:{_BLANK}\S")  # a value behind whatever label
# What only the line under a title has beside the day: a clock time, the origin, a counter, the size of letters.
INFO_WORD = re.compile(r"来源|点击|阅读|浏览|字[号体]|作者|人气|访问(?:量|次数)|\d{1,2}:\d\d")
CLOCK = re.compile(r"今天|今日|现在|当前|星期|农历|℃")
# What an info line has between and after its labels.
INFO_TOKEN = re.compile(
    r"(?:[\[(]?(?:[大中小+-]|次|收藏|打印|关闭|分享到?|浏览|阅读|点击|字[号体](?:大小)?)"
    r"(?:本页|本文|窗口|页面|次数|量)?[\])]?[:|/]?)+|\d{1,7}次?|\d{1,2}:\d\d(?::\d\d)?"
)

NAVIGATION_START = re.compile(
    rf"(?:当前|您?(?:现在|目前)?的?|您所在的?|所在)(?:所在)?(?:位置|栏目)(?:是)?\s*:|您(?:现在|当前)?(?:所在|正在)的?"
    rf"|今天是|现在是|当前时间|{_any('欢迎访问 欢迎您 欢迎光临 欢迎来到 欢迎浏览 您好')}|(?:您的|本)浏览器"
    rf"|(?:由于)?您(?:使用)?的浏览器"
)
_NAVIGATION = """
设为首页 加入收藏 收藏本站 网站支持ipv6 无障碍浏览 无障碍阅读 无障碍模式 进入无障碍 长者模式 长者助手 长者版
适老版 适老化模式 老年模式 关怀版 手机版 移动版 智能问答 智能机器人 微信公众号 官方微博 rss订阅 站内搜索
站群搜索 高级搜索 全站搜索 请输入关键 请输入搜索 请输入检索 请输入您 热门搜索 热搜词 搜索热词 用户登录 注册登录
个人中心 退出登录 浏览器版本 javascript 启用脚本 政府信息公开专栏 政府信息公开平台 政府信息公开基础平台
信息公开目录 天气预报 english 繁體 繁体版
"""
NAVIGATION = re.compile(
    _any(_NAVIGATION) + r"|简体\s*[|/]?\s*繁|搜索\s*$|登[录陆]\s*[|/]?\s*注册|注册\s*[|/]?\s*登[录陆]|^登[录陆]$"
    r"|\d+\s*[℃°]|今天是|星期[一二三四五六日天]\s*$",
    re.IGNORECASE,
)
_SITES = (
    "门户网 门户网站 政府网 政府网站 官方网站 信息网 政务网 政务服务网 公众信息网 党政网 信息公开网 网站 网站群 门户"
)
SITE_NAME = re.compile(rf"(?:{_any(_SITES)})(?:\s*[-|_].*)?$")
CRUMBS = re.compile(
    r"首页\s*(?:>|»|›|→|/|\\|-{1,2}>|·|:)|(?:>|»|›|→).*(?:>|»|›|→)|(?:>|»|›|→)\s*(?:正文|内容|详情|浏览文章"
    r"|文章|信息公开)"
    r"|^\S{2,12}\s*>{1,2}\s*\S{2,30}$"
    # Dashes part a path only behind 首页 or before a last 正文: a title may have one too.
    r"|(?:^|[\s:/|])(?:网站)?首页\s*-"
    r"|^(?![^-]*(?:报告|通知|方案|要点|总结|计划|意见)\s*-)[^-]{2,20}(?:\s*-\s*[^-]{2,30}){1,6}\s*-\s*正文$"
)
MENU_WORD = (
    r"(?:网站)?首\s?页|(?:走进|投资|魅力|旅游|美丽|印象|认识|人文)\S{2,4}|\S{0,4}概况|(?:政务|政府信息|信息"
    r"|党务|依法|重点领域)公开"
    r"|新闻(?:中心|动态|资讯)|要闻(?:动态)?|政务(?:服务|动态|要闻|互动|新闻)|办事(?:服务|大厅|指南)"
    r"|(?:政民)?互动(?:交流)?|公众参与|交流互动"
    r"|(?:热点)?专题(?:专栏|集锦|栏目)?|(?:政府)?数据(?:开放|发布)?|政策(?:文件|解读|法规)?|通知公告|公示公告"
    r"|领导(?:之窗|信息|分工)"
    r"|机构(?:职能|设置|概况)|(?:部门|乡镇|街镇|工作)(?:动态|之窗|街镇)|政府文件|规划计划|统计(?:信息|数据)"
    r"|人事(?:信息|任免)|财政(?:信息|预决算)"
    r"|依申请公开|公开(?:指南|制度|年报|目录)|法定主动公开内容|网站地图|联系我们|上一页|下一页|列表|返回"
    r"|更多(?:>|\s)*|正文|法治政府建设年度报告"
)
MENU = re.compile(rf"(?:{MENU_WORD})")
PARTS = re.compile(r"[\s|丨/>·]+")

SHARE = re.compile(
    r"分享(?:到|至|:|按钮)|一键分享|扫一扫|扫描二维码|微信扫码|手机(?:扫|打开|阅读|查看)|[\[(]\s*(?:打印|关闭"
    r"|收藏|大|中|小)\b|打印\s*[|/]?\s*关闭|关闭\s*[|/]?\s*打印"
    r"|字[体号]\s*:?\s*[\[(]?\s*(?:大|小|[+-]|默认)|(?:^|\s)大\s*[|/]?\s*中\s*[|/]?\s*小(?:\s|$|[\])])"
    r"|(?:^|[\s\[(|])(?:我要|页面|内容|网站)?(?:纠错|朗读)(?:$|[\s\])|:])|我要(?:评论|分享)|返回(?:顶部|列表|首页|上一?页)"
    r"|收藏本文|qq空间|新浪微博|语音播报|(?:下载)(?:本|全|原)文|全文下载|放大\s*缩小|背景色|保存本页"
    r"|推荐给|转发到|点赞|(?:收听|朗读|播放|听)(?:全文|本文|正文)|网友评论|文明上网|评论内容"
    r"|^[\[(]?(?:打印|关闭|收藏|分享)(?:本页|窗口|页面|文章|此页)?[\])]?$",
    re.IGNORECASE,
)
LICENCE = re.compile(
    r"网站标识码|标识码\s*:|[\u4e00-\u9fff]\s?icp[备证]|icp备案|公网安备|公安备案|网安备", re.IGNORECASE
)
FOOTER = re.compile(
    r"(?:主\s?办|承\s?办|协\s?办|维护|建设|运维|技术支持|开发|管理)(?:单位|部门|机构|公司)?\s*:|(?:版权"
    r"|著作权)(?:所有|声明|信息)|copyright|all rights|©"
    r"|技术(?:支持|维护)(?:单位|电话)?\s*:|网站(?:地图|声明|管理|维护|建设|导航|纠错|无障碍|总访问|技术|联系"
    r"|电话)|站点地图|关于我们|联系我们|使用帮助"
    r"|隐私(?:声明|保护|政策)|免责声明|法律声明|政府网站(?:找错|年报|工作)|^党政机关$|^事业单位$|(?:总|日"
    r"|今日)?(?:访问|浏览)(?:量|人次|次数)\s*:|您是第.{0,12}位"
    r"|建议(?:您)?(?:使用|采用).{0,30}(?:浏览|分辨率|ie)|(?:最佳|推荐)(?:浏览|分辨率)|未经(?:授权|许可|书面"
    r"|本站).{0,20}(?:转载|使用)|友情链接|网站链接"
    r"|下载(?:自|时间|地址)\s*:?\s*(?:https?|\d)|--+.{0,14}(?:网站|部门|政府|链接).{0,6}--+|不良信息举报|违法和不良|值班电话\s*:",
    re.IGNORECASE,
)
# Below a photo; 图1 may as well be a drawing that the text speaks of.
CAPTION = re.compile(
    r"\(?\s*(?:上图|下图|左图|右图|图)为[^。;]{2,60}|\(?[^。;]{0,50}(?:摄影|供图|摄)\s*[:/]?\s*[\u4e00-\u9fff*×]{2,4}\)?"
)
# What a portal prints on each page of a file that it hands out.
DOWNLOADED = re.compile(r"[^。,;]{0,40}下载(?:自|地址|于)\s*:?\s*https?://\S+.{0,40}")
NEIGHBOUR = re.compile(r"[\[(<]*\s*(?:上|下|前|后)一?(?:篇|条|则|页|个|项)\s*(?:文章|新闻|信息)?\s*(?:[:>|<\])]|$)")
RELATED = re.compile(
    r"(?:相关|延伸|推荐|热点|最新|同类|猜你|热门|关联|解读)(?:链接|文章|阅读|信息|新闻|稿件|解读|文件|报道|推荐"
    r"|附件|专题|喜欢|政策|内容|稿|资讯|下载)\s*(?:[:>|]|$)"
    r"|(?:政策|文件|图文|文字|视频|图片|图解|媒体|专家|一图)(?:解读|图解|读懂)\s*(?:[:>|]|$)"
)
EDITOR_AT_END = re.compile(
    r"[\[(](?:本文)?(?:责任编辑|责编|编辑|校对|审核|供稿|撰稿|通讯员|记者|作者|来源)\s*:\s*[^()\[\]。;]{1,30}[)\]]\s*$"
)
SENT_TO = re.compile(r"(?:抄\s?[送报发]|分\s?送|报\s?送|分\s?发|发\s?送|主\s?送)\s*:")
PRINTED = re.compile(
    r"[日号]\s*印\s?[发制]\s*$|印发(?:日期|时间|单位|机关)\s*:|\(?共印\s*\d+\s*份\)?$|(?:校对|打字)\s*:"
)
EDITOR = re.compile(
    r"[\[(]?(?:责任\s?编辑|责\s?编|编\s?辑|编\s?审|初\s?审|复\s?审|终\s?审|审\s?[核签校]|校\s?对|供\s?稿"
    r"|撰\s?稿|拟\s?稿|录\s?入|发\s?布\s?(?:人|者|单位)"
    r"|信息\s?(?:来源|员|审核)|(?:稿件|文章|内容)?来\s?源|作\s?者|签\s?发)(?:人|员|单位)?\s*:"
)
_CONTACTS = (
    r"联\s?系\s?(?:人|电话|方式|地址|单位|部门)|咨询(?:电话|热线)|监督(?:举报)?电话|投诉(?:举报)?电话|举报电话"
    r"|服务(?:热线|电话)|(?:办公)?电\s?话|传\s?真|手\s?机"
    r"|邮\s?箱|电子(?:邮箱|邮件|信箱)|e-?mail|(?:通讯|办公|单位)?地\s?址|邮\s?(?:政\s?)?编\s?码?|网\s?址"
    r"|官方网站|经办人"
)
CONTACT = re.compile(rf"[\[(]?(?:本?(?:单位|部门|机关|局|办))?(?:{_CONTACTS})\s*:", re.IGNORECASE)
FILE_NAME = re.compile(
    r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|rar|zip|pptx?|ceb|jpe?g|png"
    r"|tif)\s*(?:\(?[\d.]+\s*[kmb]+\)?)?\s*[\])]?\s*(?:\S{0,3}下载\S{0,6})?$",
    re.IGNORECASE,
)
ATTACHMENTS = re.compile(
    r"\[?(?:附\s?件(?:下载|列表)?|附|附\s?表|(?:相关|文件|原文)附件|文件下载|点击下载)\s*\d{0,2}\s*(?:[:.\[\]]|下载|$)"
)
ANNEX_HEAD = re.compile(r"附\s?[件表]\s*[\d一二三四五六七八九十]{0,2}\s*:?$")
NUMBERED = re.compile(r"[:\s](\d{1,2})[.、)]")
LISTED = re.compile(r"\(?\d{1,2}[.、)]\s*\S")

DOC_NUMBER = re.compile(
    r"\(?[\u4e00-\u9fff*×xX]{2,16}\s*[\[({<]\s*(?:19"
    r"|20)[\dxX*×]{2}\s*年?\s*[\])}>]\s*(?:第\s*)?[\dxX*×]{1,5}\s*号\)?(?:\s*签发人.*)?"
)
_NUMERAL = "一二三四五六七八九〇○零Oo"
DATE_TEXT = (
    rf"(?:19|2[0Oo]|二[〇○零Oo])[\d{_NUMERAL}*×]{{2}}\s*年\s*(?:[\d{_NUMERAL}十元]{{1,3}}|1\s[012Oo])\s*月"
    rf"\s*(?:[\d{_NUMERAL}十廿卅]{{1,4}}|[123]\s[\dOo])\s*日"
)
DATE_LINE = re.compile(
    rf"\(?\s*(?:{DATE_TEXT}|(?:19|20)\d\d[-./]\d{{1,2}}[-./]\d{{1,2}}(?:\s+\d{{1,2}}:\d\d(?::\d\d)?)?)\s*\)?"
)
BACK = re.compile(r"\W*(?:返回|回到|回)(?:目录|顶部|页首|首页|上一?页|顶端)\W*|\W*top\W*", re.IGNORECASE)
YEAR_MONTH = re.compile(
    rf"\(?(?:19|20|二[〇○零])[\d{_NUMERAL}]{{2}}\s*年\s*[\d{_NUMERAL}十]{{1,3}}\s*月\)?"
)  # of a cover
DATE_AT_END = re.compile(rf"(?:{DATE_TEXT})\s*$")
ADOPTED = re.compile(
    rf"\(\s*{DATE_TEXT}.{{0,60}}\)|\((?:19|20)\d\d.{{0,14}}\)|-{{1,3}}[^-].{{3,60}}|\(.{{0,40}}(?:通过|印发"
    rf"|公布|发布|修订)\s*\)|\((?:摘要|节选|试行|暂行|征求意见稿|草案|代拟稿|全文)\)"
)

KINDS = """
报告 总结 方案 计划 要点 通知 意见 纲要 规划 安排 办法 规定 决定 公告 通报 函 细则 清单 公示 情况 汇报 措施 指引
白皮书 批复 请示 分工 制度 标准 规则 目录 说明 公报 年报 规程 章程 体系 台账 行动 任务 打算 部署 名单 表
"""
KIND = frozenset(KINDS.split())
NOTICE_END = re.compile(r"的?(?:通知|通报|公告|通告|批复|函|决定|请示)[》”\s]*$")
HANDS_ON = re.compile(r"(?:印发|转发|批转|下发|公布)")
CLOSES_TITLE = re.compile(rf"的(?:{_any(KINDS)})(?:\s*\([^()]{{1,24}}\))?[》”\s]*$")
TITLE_END = re.compile(rf"(?:{_any(KINDS)})(?:\s*\([^()]{{1,24}}\))?[》”\s]*$")
TOPIC = re.compile("法治|依法行政|依法治|法制|普法|行政执法|行政复议|政府工作|放管服|政务公开|营商环境|纲要")
PLACED = re.compile("[省市州盟县区旗镇乡局厅部委院]|街道")
SEE_ANNEX = re.compile(r"(?:详见|见|参见|附于|下载|查看|点击)[^,。;]{0,4}(?:附\s?件|附后)")
CONTENTS = re.compile("目 ?[录次]")
LEADER = re.compile(r"[\s.·…-]*\d{0,3}$")
ISSUES = re.compile("通知|印发|公布|转发|批转|下发")
HANDS_OUT = re.compile(
    r"(?:印发|发|转发|下发)给你们|现(?:将|予以?)?.{0,60}(?:印发|公布|下发|转发)|请.{0,16}(?:贯彻|遵照|认真|组织"
    r"|抓好|结合).{0,16}(?:执行|实施|落实)"
)
# The words of a notice that hands a document on, which a pointer to a download has not.
GIVES_OUT = re.compile(r"给你们|请.{0,16}(?:贯彻|遵照|认真|组织|抓好|结合).{0,16}(?:执行|实施|落实)")
BODY_NAME = re.compile(
    r"(?:人民政府|政府|委员会|办公室|办公厅|管委会|党组|领导小组"
    r"|[\u4e00-\u9fff]{2}(?:局|厅|部|委|院|办|署|中心|处|站|队|镇|乡|街道|社|会|集团|公司|学校|大学|学院|医院"
    r"|银行))(?:文件|\s*\((?:章|盖章)\))?\s*$"
)
ADDRESSED = re.compile("政府|[委局厅部办院室县市区镇乡处会]|单位|机构|街道|部门|同志|企业|公司|机关|群众|代表")
MARKER = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)"
    r"|第[一二三四五六七八九十百零〇\d]{1,4}[章节条编部篇][\s、:]?|\d{1,2}[.、](?!\d)"
    r"|\(\d{1,2}\)|[①-⑳⑴-⒇]|[一二三四五六七八九十]是)\s*\S"
)
_TABLE_WORDS = """
序号 编号 任务 工作任务 重点任务 主要任务 任务名称 任务内容 工作内容 内容 项目 事项 指标 指标名称 一级指标
二级指标 三级指标 单位 目标 目标值 完成值 责任单位 责任部门 责任人 责任领导 牵头单位 牵头部门 配合单位 配合部门
参加单位 协办单位 承办单位 完成时限 完成时间 时限 时间 时间节点 进度 进度安排 工作措施 具体措施 措施 工作要求
要求 同比 增幅 备注 类别 分类 名称 数量 上年 本年 去年 今年 合计 落实情况 完成情况 工作目标 评价标准 分值 权重
得分 分工 职务 姓名
"""
TABLE_WORDS = frozenset(_TABLE_WORDS.split())
SENTENCE_END = re.compile("[。;]")
COMMA = re.compile("[,、]")
GONE = re.compile(
    "页面不存在|找不到(?:了|该|您|此|对应)?.{0,6}(?:页面|网页)|已被?(?:删除|移除)|页面(?:已|被)(?:删除|移动)"
    "|404 ?(?:not|错误|页面|-|$)|暂无相关|无权访问|访问受限"
)
