"""What kind of document it is: the title first, then what the body says of itself, its chapters, and its voice."""

import re
from collections.abc import Sequence

from pipeline.records import Kind
from pipeline.text import fold
from pipeline.voice import marks, voice_of

OPENING = 1500  # characters of the body that introduce it
CLOSING = 400
SCANNED = 200_000  # no document of this kind is longer; a runaway file must not cost minutes
QUOTED = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|<[^<>\n]{2,60}>")

# --- titles ----------------------------------------------------------------------------------------------------------

_REPORT = (
    r"(?:工作|年度|情况|自查)*(?:报告(?!会|员|制度|厅)|总结(?!表彰|大?会)|汇报(?!会))|述职|述法|年报|白皮书|小结|综述|自查|自评"
    r"|(?:经验|交流)材料|情况的?通报|情况(?!说明)"
)
# What someone thinks of a text, not what is to be done.
_REMARKS = "征求|征集|反馈|审查|审核|审议|评议|督察"
_OPINIONS = "".join(f"(?<!{word})" for word in _REMARKS.split("|")) + "意见(?!建议|箱|征|反馈|采纳)"
# Also parts of the names of bureaus: 自然资源和规划局, 卫生和计划生育委员会.
_PLANS = r"方案|计划(?!生育|单列)|要点|规划(?!局|委|处|院|馆|和|与|建设|自然)"
# Lists of duties and powers (责任清单, 权力清单) are none of tasks.
_LISTS = r"(?:任务|工作|措施|举措|整改|要点|分工|分解|行动|目标|项目)的?清单"
_PLAN = (
    rf"(?:实施|工作|行动|活动)?(?:{_PLANS}|安排|举措|(?<!强制)措施|{_OPINIONS}|(?<!决策)部署(?!会)|打算|思路|设想|路线图)"
    rf"|{_LISTS}|任务|分工|分解|台账|责任书"
)
_OTHER = (
    r"解读|问答|图解|讲话|致辞|办法|条例|规定|决定|决议|细则|指标体系|公报|名单|简介|答复|批复|复函|请示|通报|简报|公开信|倡议书"
    rf"|(?:{_REMARKS})意见"
)
# Words that only name the document where they end its title: 推行公示制度 against 制度建设工作计划.
_OTHER_LAST = r"(?<!委员)会议?|制度|标准|规范|规程|指标|目录|清单|预案|指南|指引|手册|案例|动态|说明|函"
# The last of these words in a title decides.
_GENRE = re.compile(
    rf"(?P<outline>(?:实施)?纲要)|(?P<report>{_REPORT})|(?P<plan>{_PLAN})|(?P<other>{_OTHER}|(?:{_OTHER_LAST})$)"
)
_KINDS: dict[str, Kind] = {"outline": "outline", "report": "report", "plan": "plan", "other": "other"}
_EXPLAINS = re.compile(r"[\[(]?(?:一图(?:读懂|看懂|速览|解读)|图解|图说|(?:政策)?解读|问答)")
_WRAPPER = re.compile(r"的?(?P<word>通知|公告|通告|公示)$")
# Verbs that hand a document on, so that the page is that document; the first one counts.
_ISSUES = re.compile(r"印发|转发|批转|下发|发布|公布|颁布|颁发|公开(?!征)")
# Verbs that ask for a document or a deed instead: a notice on writing reports is no report.
_ASKS = re.compile(
    r"^(?:及时|如实|做好|按时)?报告(?!会|的)|报告工作|报送|上报|呈报|做好|编制|编写|撰写|制定|征求|征集|召开|学习|宣传|评选|组织|申报|填报|提交|开展|督查|检查|考核|调整|成立|废止"
)
_SHOWS = ("公开", "公布", "发布")  # issuing verbs that may also be what is asked for: 做好年度报告发布工作
# A report may end in a look ahead: 2021年工作总结及2022年工作计划, 工作总结暨工作打算.
_REPORT_THEN_PLAN = re.compile(
    r"(?:总结|报告|情况|汇报)(?:[和及暨与、,]?(?:[12]\d{3}|[一二][〇○零九]|下一?|明|今后|来)[^总报]*|[和及暨与]工作)(?:计划|安排|要点|打算|思路|部署)"
)
# 贯彻落实《…纲要》 names an outline that is another document.
_CARRIES = re.compile(r"(?:学习|宣传|贯彻|落实|执行|对照)[^,。]*$")
_QUOTED_AND_SOURCE = re.compile(rf"(?:{QUOTED.pattern})(?:\s*\([^()\n]{{0,60}}\))?")
_TAIL = re.compile(r"(?:\([^()]*\)|[》”\"'])+$")


def blot(text: str) -> str:
    """Return *text* with every quoted title, and the brackets right after it, blotted out in the same length."""
    return _QUOTED_AND_SOURCE.sub(lambda match: "□" * len(match[0]), text)


def _kind_of_title(title: str) -> tuple[Kind, str] | None:
    core = "".join(fold(title).split())
    while stripped := _TAIL.search(core):
        core = core[: stripped.start()]
    wrapper = _WRAPPER.search(core)
    if wrapper is None:
        return _kind_of_core(core)
    inner = core[: wrapper.start()]
    head, about, rest = inner.partition("关于")
    if about and not _ISSUES.search(blot(head)):
        inner = rest  # without the name of the body, which may hold such verbs: 考核委员会
    masked = blot(inner)
    issues, asks = _ISSUES.search(masked), _ASKS.search(masked)
    if asks and (not issues or (issues[0] in _SHOWS and asks.start() < issues.start())):
        found = None
    else:
        found = _kind_of_title(inner[issues.end() :]) if issues else _kind_of_core(inner)
    return found if found and found[0] != "other" else ("notice", wrapper["word"])


def _kind_of_core(core: str) -> tuple[Kind, str] | None:
    if explains := _EXPLAINS.match(core):
        return "other", explains[0]
    outside = QUOTED.sub("", core)
    if both := _REPORT_THEN_PLAN.search(outside):
        return "report", both[0]
    words = list(_GENRE.finditer(outside))
    opened = core.find("《")
    if not words and not (opened > 0 and _CARRIES.search(core[:opened])):
        outside = core
        words = list(_GENRE.finditer(core))
    if not words:
        return None
    last = words[-1]
    if last.lastgroup == "outline" and _CARRIES.search(outside[: last.start()]):
        return None
    return _KINDS[str(last.lastgroup)], last[0]


# --- bodies ----------------------------------------------------------------------------------------------------------

MANY_MARKS = 8  # of asking: enough without chapters
MANY_NOTES = 5  # lines that end in the body responsible
# Words of chapter titles; in running text both kinds of document have them.
_CHAPTER = re.compile(
    r"^[^\S\n]*(?:[一二三四五六七八九十]+、|第[一二三四五六七八九十]+[章部][分]?|\([一二三四五六七八九十]+\))[^。;\n]{2,40}",
    re.MULTILINE,
)
_PLAN_WORDS = re.compile(
    r"总体要求|指导思想|(?:工作|主要|总体)目标|目标任务|(?:主要|重点|工作)任务|(?:工作|保障)措施|实施步骤|组织保障|工作要求"
)
_STEP = re.compile(r"阶段\s*[(:]\s*[^()\n]{0,12}(?:\d{1,2}|[一二三四五六七八九十])月")
_LABELS = re.compile(r"(?:责任单位|牵头单位|牵头部门|完成时限)(?=:)|时间节点(?=:)")
_NOTE = re.compile(
    r"\([^()\n]{0,40}(?:局|办|委|部|院|厅|科|股|室|中心|单位|部门|乡镇|街道)[^()\n]{0,16}(?<![长任记员])\)[。;]?$",
    re.MULTILINE,
)
_REPORT_WORDS = re.compile(
    r"存在(?:的)?(?:主要)?(?:问题|不足|困难)|下一?步|主要(?:做法|成效|举措和?成效)|(?:总体|基本|开展|推进|进展|完成|落实|履职|职责|建设|工作)情况"
    r"|成效|亮点|做法|问题和不足|工作(?:回顾|总结|打算|设想)|努力方向|差距"
)
_TELLING = re.compile(r"主要(?:做法|成效|举措和?成效)|工作(?:回顾|总结)|存在(?:的)?(?:主要)?(?:问题|不足|困难)")
_OPENS_WITH_YEAR = re.compile(
    r"\s*(?:[^\n]{2,60}\n)?(?:[^\n:]{2,20}:\s*)?(?:[^\n。]{2,16}。)?"  # a line, an addressee, a flourish
    r"(?P<year>(?:19|20)\d\d年(?:度|来|以来|上半年)?|今年以来|这?一年[来中]?(?=,)|近年来),?"
)
_TOP_HEADING = re.compile(r"^[^\S\n]*(?:[一二三四五六七八九十]+、|第[一二三四五六七八九十]+[章部])", re.MULTILINE)
# A notice names what it hands on: 现将《…》印发给你们; 《…》已经县政府同意,现印发给你们; 关于印发…的通知 as a line.
_HANDED = (
    re.compile(rf"[现兹][将把]\s*(?P<title>{QUOTED.pattern})[^。\n]{{0,30}}?(?:印发|转发|下发|发布|公布)"),
    re.compile(
        rf"(?:^|[\n。:])\s*(?P<title>{QUOTED.pattern})[^。\n]{{2,50}}?现(?:予以?|将其)?(?:印发|转发|下发|发布|公布)"
    ),
    re.compile(
        rf"^[^\n。]{{0,50}}关于(?:印发|转发|下发|发布|公布)(?P<title>{QUOTED.pattern}|[^\n。]{{4,60}})的(?:通知|公告)$",
        re.MULTILINE,
    ),
    re.compile(r"现[将把](?P<title>[^《》。,\n]{4,50}?)(?:印发|转发|下发)(?:给|,)"),
)
_HANDS_ON_WITHIN = 600
# What the opening says of its own document, most telling first.
_SELF_STATEMENTS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("outline", re.compile(r"制定本纲要|本纲要")),
    ("other", re.compile(r"(?:作出?|做出)(?:如下|以下)决定|(?:函复|答复|批复|决定)如下|制定本(?:办法|规定|细则|制度)")),
    (
        "plan",
        re.compile(r"(?:制定|提出|作出)(?:本|如下|以下|了?《?本)[^。\n]{0,12}?(?:方案|计划|意见|要点|规划|安排|措施)"),
    ),
    ("report", re.compile(r"(?:报告|汇报|总结|通报|公布|公开|情况|述职)如下|情况[^。,\n]{0,6}(?:通告|公告|公示)如下")),
    ("plan", re.compile(r"(?:方案|计划|要点|意见|安排|措施)如下")),
    ("notice", re.compile(r"(?:通知|通告|公告)如下")),
)
_CLOSES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("report", re.compile(r"特此报告|以上报告")),
    ("other", re.compile(r"特此(?:函复|函告|批复)|本(?:办法|规定|细则|制度)自[^。\n]{2,20}施行")),
    ("outline", re.compile(r"本纲要")),
)
_NOTICE_CLOSES = re.compile(r"特此(?:通知|公告|通告)|印发给你们")


def handed_on(folded: str) -> str | None:
    """Return the title of the document that a notice hands on, without its marks, or None."""
    for pattern in _HANDED:
        if match := pattern.search(folded[:_HANDS_ON_WITHIN]):
            title = match["title"]
            return title[1:-1] if title[0] in "《<" else title
    return None


def _words(pattern: re.Pattern[str], text: str) -> list[str]:
    return sorted({match[0] for match in pattern.finditer(text)})


def _kind_of_handed(folded: str) -> tuple[Kind, str] | None:
    title = handed_on(folded)
    found = _kind_of_title(title) if title else None
    return found if found and found[0] not in ("notice", "other") else None


def _kind_of_notice(folded: str, words: str) -> tuple[Kind, str]:
    """Return plan where a notice carries the chapters of one, else notice with *words*."""
    plan = _words(_PLAN_WORDS, folded) + _words(_LABELS, folded)
    formed = len(plan) >= 2 and len(_TOP_HEADING.findall(folded)) >= 2
    return ("plan", "、".join(plan)) if formed else ("notice", words)


def _kind_of_body(folded: str) -> tuple[Kind, str] | None:
    if handed := _kind_of_handed(folded):
        return handed
    for part, patterns in ((folded[:OPENING], _SELF_STATEMENTS), (folded[-CLOSING:], _CLOSES)):
        for kind, pattern in patterns:
            if match := pattern.search(part):
                return _kind_of_notice(folded, match[0]) if kind == "notice" else (kind, match[0])
    chapters = "\n".join(_CHAPTER.findall(folded))
    plan = _words(_PLAN_WORDS, chapters) + _words(_LABELS, folded)
    report = _words(_REPORT_WORDS, chapters)
    if max(len(plan), len(report)) >= 2 and len(plan) != len(report):
        return ("plan", "、".join(plan)) if len(plan) > len(report) else ("report", "、".join(report))
    if len(notes := _NOTE.findall(folded)) >= MANY_NOTES:
        return "plan", f"{len(notes)} notes of who is responsible, such as {notes[0]}"
    if len(steps := _STEP.findall(folded)) >= 2:
        return "plan", f"{len(steps)} stages with dates"
    if match := _NOTICE_CLOSES.search(folded):
        return "notice", match[0]
    return _kind_of_voice(folded, plan, report)


def _kind_of_voice(folded: str, plan: Sequence[str], report: Sequence[str]) -> tuple[Kind, str] | None:
    """Return plan or report where the running words tell of work or ask for it, and something of the form agrees."""
    voice, (told, asked) = voice_of(folded), marks(folded)
    formed = len(_TOP_HEADING.findall(folded)) >= 2
    opens = _OPENS_WITH_YEAR.match(folded)
    if voice == "told" and (formed or report or opens):
        return "report", "、".join(report) or "work told as done"
    if voice == "asked" and (formed or plan or asked >= MANY_MARKS):
        return "plan", "、".join(plan) or "work asked for"
    if plan:
        return None
    telling = [word for word in report if _TELLING.fullmatch(word)]
    if opens and (telling or (voice != "asked" and (report or told >= max(asked, 1)))):
        return "report", "、".join([opens["year"], *report])  # the year's name alone opens plans too
    return ("report", telling[0]) if telling and not asked else None


def read_kind(titles: Sequence[str], body: str) -> tuple[Kind, str]:
    """Return the kind of a document and the words that decided, such as 'title: 实施方案'.

    A notice counts as the plan or report that it issues, or whose chapters it carries itself.
    """
    notice = ""
    for title in titles:
        found = _kind_of_title(title)
        if found and found[0] != "notice":
            return found[0], f"title: {found[1]}"
        notice = notice or (found[1] if found else "")
    folded = fold(body[:SCANNED])  # late: most titles tell, and folding a body takes longer than all the rest
    if notice:
        kind, why = _kind_of_handed(folded) or _kind_of_notice(folded, "")
        return kind, f"title: {notice}; body: {why}" if why else f"title: {notice}"
    found = _kind_of_body(folded)
    return (found[0], f"body: {found[1]}") if found else ("other", "")
