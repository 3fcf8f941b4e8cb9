"""What kind of document it is, and which year it plans or reports: the title first, then the body, then the dates."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.parse.signing import DATE, read_year
from pipeline.records import Kind
from pipeline.text import fold
from pipeline.voice import marks, voice_of

OPENING = 1500  # characters of the body that introduce it
CLOSING = 400
SCANNED = 200_000  # no document of this kind is longer; a runaway file must not cost minutes

# --- kind ------------------------------------------------------------------------------------------------------------

# The last of these words in a title decides.
_GENRE = re.compile(
    r"(?P<outline>(?:实施)?纲要)"
    r"|(?P<report>(?:工作|年度|情况|自查)*(?:报告(?!会|员|制度)|总结(?!表彰)|汇报(?!会))|述职|述法|年报|小结|综述|自查|自评"
    r"|情况的?通报|情况)"
    r"|(?P<plan>(?:实施|工作|行动|活动)?(?:方案|计划|要点|规划|安排|举措|措施|(?<!征求)(?<!征集)意见(?!建议)|任务|清单|分工"
    r"|台账|打算|部署|路线图))"
    r"|(?P<other>解读|问答|图解|讲话|致辞|办法|条例|规定|决定|细则|指标体系|公报|名单|简介|答复|通报|(?<!委员)会议?$)"
)
_WRAPPER = re.compile(r"的?(?P<word>通知|公告|通告|公示)$")
# Verbs that hand a document on, so that the page is that document; the first one counts.
_ISSUES = re.compile(r"印发|转发|批转|下发|发布|公布|颁布|颁发|公开(?!征)")
# Verbs that ask for a document or a deed instead: a notice on writing reports is no report.
_ASKS = re.compile(
    r"关于(?:及时|如实|做好|按时)?报告(?!会|的)|报告工作|报送|上报|呈报|做好|编制|编写|撰写|制定|征求|征集|召开|学习|宣传|评选|组织|申报|填报|提交|开展|督查|检查|考核|调整|成立|废止"
)
# A report may end in a look ahead: 2021年工作总结及2022年工作计划.
_REPORT_THEN_PLAN = re.compile(
    r"(?:总结|报告|情况|汇报)[和及暨与、,]?(?:[12]\d{3}|下一?|明|今后|来)[^总报]*(?:计划|安排|要点|打算|思路|部署)"
)
_TAIL = re.compile(r"(?:\([^()]*\)|[》”\"'])+$")

MANY_MARKS = 8  # of asking: enough without chapters
# Words of chapter titles; in running text both kinds of document have them.
_CHAPTER = re.compile(
    r"^[^\S\n]*(?:[一二三四五六七八九十]+、|第[一二三四五六七八九十]+[章部][分]?|\([一二三四五六七八九十]+\))[^。;\n]{2,40}",
    re.MULTILINE,
)
_PLAN_WORDS = re.compile(
    r"总体要求|指导思想|(?:工作|主要|总体)目标|目标任务|(?:主要|重点|工作)任务|(?:工作|保障)措施|实施步骤|组织保障|工作要求"
)
_LABELS = re.compile(r"(?:责任单位|牵头单位|牵头部门|完成时限)(?=:)|时间节点(?=:)")
_REPORT_WORDS = re.compile(
    r"存在(?:的)?(?:主要)?(?:问题|不足|困难)|下一?步|主要(?:做法|成效|举措和?成效)|(?:总体|基本|开展|推进|进展|完成|落实|履职|建设|工作)情况"
    r"|成效|亮点|做法|问题和不足|工作(?:回顾|总结)"
)
_OPENS_WITH_YEAR = re.compile(
    r"\s*(?:[^\n:]{2,20}:\s*)?(?:(?:19|20)\d\d年(?:度|来|以来|上半年)?|今年以来|一年来|近年来),?"
)
_TOP_HEADING = re.compile(r"^\s*(?:[一二三四五六七八九十]+、|第[一二三四五六七八九十]+[章部])", re.MULTILINE)
# What the opening says of its own document, most telling first.
_SELF_STATEMENTS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("outline", re.compile(r"制定本纲要|本纲要")),
    (
        "plan",
        re.compile(r"(?:制定|提出|作出)(?:本|如下|以下|了?《?本)[^。\n]{0,12}?(?:方案|计划|意见|要点|规划|安排|措施)"),
    ),
    ("report", re.compile(r"(?:报告|汇报|总结|通报|公布|公开|情况)如下")),
    ("plan", re.compile(r"(?:方案|计划|要点|意见|安排|措施|通知)如下")),
)
_REPORT_CLOSES = re.compile(r"特此报告|以上报告")
_NOTICE_CLOSES = re.compile(r"特此(?:通知|公告|通告)|印发给你们")


def _kind_of_title(title: str) -> tuple[Kind, str] | None:
    core = "".join(fold(title).split())
    while stripped := _TAIL.search(core):
        core = core[: stripped.start()]
    wrapper = _WRAPPER.search(core)
    if wrapper is None:
        return _kind_of_core(core)
    inner = core[: wrapper.start()]
    issues = _ISSUES.search(inner)
    found = _kind_of_title(inner[issues.end() :]) if issues else None if _ASKS.search(inner) else _kind_of_core(inner)
    return found if found and found[0] != "other" else ("notice", wrapper["word"])


def _kind_of_core(core: str) -> tuple[Kind, str] | None:
    if both := _REPORT_THEN_PLAN.search(core):
        return "report", both[0]
    words = list(_GENRE.finditer(core))
    if not words:
        return None
    last = words[-1]
    kinds: dict[str, Kind] = {"outline": "outline", "report": "report", "plan": "plan", "other": "other"}
    return kinds[str(last.lastgroup)], last[0]


def _words(pattern: re.Pattern[str], text: str) -> list[str]:
    return sorted({match[0] for match in pattern.finditer(text)})


def _kind_of_body(folded: str) -> tuple[Kind, str] | None:
    opening, closing = folded[:OPENING], folded[-CLOSING:]
    for kind, pattern in _SELF_STATEMENTS:
        if match := pattern.search(opening):
            return kind, match[0]
    if match := _REPORT_CLOSES.search(closing):
        return "report", match[0]
    chapters = "\n".join(_CHAPTER.findall(folded))
    plan = _words(_PLAN_WORDS, chapters) + _words(_LABELS, folded)
    report = _words(_REPORT_WORDS, chapters)
    if max(len(plan), len(report)) >= 2 and len(plan) != len(report):
        return ("plan", "、".join(plan)) if len(plan) > len(report) else ("report", "、".join(report))
    if match := _NOTICE_CLOSES.search(folded):
        return "notice", match[0]
    return _kind_of_voice(folded, plan, report)


def _kind_of_voice(folded: str, plan: Sequence[str], report: Sequence[str]) -> tuple[Kind, str] | None:
    """Return plan or report where the running words tell of work or ask for it, and something of the form agrees."""
    voice = voice_of(folded)
    formed = len(_TOP_HEADING.findall(folded)) >= 2
    if voice == "told" and (formed or report or _OPENS_WITH_YEAR.match(folded)):
        return "report", "、".join(report) or "work told as done"
    if voice == "asked" and (formed or plan or marks(folded)[1] >= MANY_MARKS):
        return "plan", "、".join(plan) or "work asked for"
    return None


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
        plan = _words(_PLAN_WORDS, folded) + _words(_LABELS, folded)
        if len(plan) >= 2 and len(_TOP_HEADING.findall(folded)) >= 2:
            return "plan", f"title: {notice}; body: {'、'.join(plan)}"
        return "notice", f"title: {notice}"
    found = _kind_of_body(folded)
    return (found[0], f"body: {found[1]}") if found else ("other", "")


# --- year ------------------------------------------------------------------------------------------------------------

# Four digits, of which a 0 may be typed as an O or 〇 and any may be Chinese: 2O21, ２０２１ (folded), 二〇二一.
_Y = r"(?<![0-9Oo〇○零一二三四五六七八九])[12一二][0-9Oo〇○零九][0-9Oo〇○零一二三四五六七八九]{2}(?![0-9])"
_SPAN = re.compile(rf"(?P<first>{_Y})\s*年?度?\s*(?:-+|~|至|到)\s*(?P<last>{_Y}|\d\d(?=年))")
_LOST_DASH = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)(?P<last>20\d\d)(?!\d)")
_YEAR = re.compile(rf"(?P<first>{_Y})\s*年")
_SHORT_YEAR = re.compile(r"(?<![\d年.])(?P<first>[012]\d)年(?=度|法治|依法|工作|普法|全面|推进)")
_FIVE_YEARS = re.compile(r"十(?P<which>[一二三四五六])五[”\"]?(?!普法)")
_PLAN_BEGINS = {"一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026, "六": 2031}
_QUOTED = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|<[^<>\n]{2,60}>")
_LONGEST_SPAN = 15  # years; two years further apart are no planning span


def _span_or_year(text: str) -> int | None:
    """Return the first year that *text* speaks of, the beginning of a span where it names one."""
    for pattern in (_SPAN, _LOST_DASH):
        for match in pattern.finditer(text):
            first = read_year(match["first"])
            last = read_year(match["last"] if len(match["last"]) == 4 else match["first"][:2] + match["last"])
            if first and last and first < last <= first + _LONGEST_SPAN:
                return first
    if single := _YEAR.search(text):
        return read_year(single["first"])
    if five := _FIVE_YEARS.search(text):
        return _PLAN_BEGINS[five["which"]]
    short = _SHORT_YEAR.search(text)
    return 2000 + int(short["first"]) if short else None


def _year_of_titles(titles: Sequence[str], kind: Kind) -> tuple[int, str] | None:
    """Read the year off a title; inside 《》 only where nothing outside has one and it is no other document's.

    A report on carrying out 《…纲要(2021-2025年)》 reports one year, which the title does not tell.
    """
    for quoted_too in (False, True):
        for title in titles:
            folded = DATE.sub("", "".join(fold(title).split()))
            if not quoted_too:
                folded = _QUOTED.sub("", folded)
            elif kind == "report" and re.search(r"(?:贯彻|落实|执行|实施)(?:情况|[^《]{0,6}《)", folded):
                continue
            if year := _span_or_year(folded):
                return year, "title"
    return None


_STATED = re.compile(
    rf"(?:现将|现就|现把|就)[^。\n]{{0,14}}?(?P<first>{_Y})\s*年度?[^。\n]{{0,40}}?"
    r"(?:报告|汇报|总结|通报|公布|公开|要点|计划|方案|安排|如下|通知)"
)
_HEADED = re.compile(rf"^\s*[一二]、[^\n。]{{0,12}}?(?P<first>{_Y})\s*年度?(?P<rest>[^\n。]{{0,24}})", re.MULTILINE)
_AHEAD = re.compile(r"打算|计划|安排|思路|要点|下一步|重点")
_OPENS = re.compile(
    rf"(?:^|\n|。)[^。,\n\d]{{0,10}}(?P<first>{_Y})\s*年(?:度|来)?(?!以来|\s*(?:[0-9]|[一二三四五六七八九十]{{1,2}}月|底|末|前))"
)
# 2008年以来: where the work began, and the year reported only where no later date says otherwise.
_SINCE = re.compile(rf"(?:^|\n|。)[^。,\n\d]{{0,10}}(?P<first>{_Y})\s*年以来")
_FULL_DATE = re.compile(
    rf"(?P<first>{_Y})\s*年\s*(?:1[0-2]|[1-9])\s*月(?P<limit>(?:\s*\d{{1,2}}\s*日)?\s*(?:[前底末至到~起-]|开始))?"
)
_WORK_OF = re.compile(rf"(?P<first>{_Y})\s*年度?[^。,\n\d]{{0,16}}?(?:工作|法治政府|依法行政|活动|法治建设)")
_GOAL = re.compile(rf"(?:到|至|力争)(?P<first>{_Y})\s*年(?!底|末|\s*\d|前)")
_GOAL_AFTER = re.compile(
    rf"(?:到|至)(?P<first>{_Y})\s*年(?:底|末)?,?(?:经过|利用|用|力争用)(?P<count>[二三四五两2345])年|"
    rf"(?:经过|利用|用)(?P<count2>[二三四五两2345])年(?:左右)?(?:的?时间|的?努力)[^。\n]{{0,6}}?(?:到|至)(?P<later>{_Y})\s*年"
)
_COUNTS = dict(zip("二三四五两2345", (2, 3, 4, 5, 2, 2, 3, 4, 5), strict=True))


def _masked(folded: str) -> str:
    """Return *folded* with the titles of other documents blotted out."""
    return _QUOTED.sub(lambda match: "□" * len(match[0]), folded)


def _stated_year(folded: str) -> tuple[int, str] | None:
    for match in _STATED.finditer(_masked(folded)[:OPENING]):
        if year := read_year(match["first"]):
            return year, f"body: {match[0][:30]}"
    return None


def _years_of_opening(folded: str, kind: Kind) -> Iterator[tuple[int, str]]:
    """Yield the years that a text gives itself, most telling first, with the words."""
    masked = _masked(folded)
    opening = masked[:OPENING]
    for match in _HEADED.finditer(masked):
        if year := read_year(match["first"]):
            yield year - (kind == "report" and bool(_AHEAD.search(match["rest"]))), f"body: {match[0].strip()[:30]}"
    for pattern in (_OPENS, _WORK_OF):
        for match in pattern.finditer(opening):
            if year := read_year(match["first"]):
                yield year, f"body: {match[0].strip(' 。' + chr(10))[:30]}"


def _year_of_goals(folded: str, kind: Kind) -> tuple[int, str] | None:
    """Return the first year of the span that the goals end: 到2025年 in a plan of five years is 2021."""
    masked = _masked(folded)
    if match := _GOAL_AFTER.search(masked):
        year, count = read_year(match["first"] or match["later"]), _COUNTS[match["count"] or match["count2"]]
        if year:
            return year - count + 1, f"body: {match[0]}"
    if kind not in ("outline", "plan"):
        return None
    for match in _GOAL.finditer(masked[: 4 * OPENING]):
        year = read_year(match["first"])
        if year and year % 5 == 0 and year < 2035:  # 2035 is the national long-term goal
            return year - 4, f"body: {match[0]}"
    match_five = _FIVE_YEARS.search(masked[:OPENING])
    return (_PLAN_BEGINS[match_five["which"]], f"body: {match_five[0]}") if kind == "outline" and match_five else None


def _year_of_full_dates(folded: str, kind: Kind) -> tuple[int, str] | None:
    """Return the first year in which a plan has something due, the year of most dates, or the year it speaks since."""
    masked = _masked(folded)
    dated = [
        (year, bool(match["limit"])) for match in _FULL_DATE.finditer(masked) if (year := read_year(match["first"]))
    ]
    due = [year for year, limit in dated if limit]
    if due and kind != "report":
        return min(due), f"body: due dates of {min(due)}"
    years = Counter(year for year, _ in dated)
    if years:
        year = max(years, key=lambda year: (years[year], year))
        return year, f"body: dates of {year}"
    since = _SINCE.search(masked)
    year_since = read_year(since["first"]) if since else None
    return (year_since, f"body: {since[0].strip(' 。' + chr(10))[:30]}") if since and year_since else None


_CARRIES_OUT = re.compile(r"制定本(?:实施)?(?:方案|规划|意见)")


def _year_of_outline(folded: str) -> tuple[int, str] | None:
    """Return the first year of the outline that a plan without any date of its own sets out to carry out."""
    opening = folded[:OPENING]
    if _CARRIES_OUT.search(opening):
        for quoted in _QUOTED.findall(opening):
            if (span := _SPAN.search(quoted)) and (year := read_year(span["first"])):
                return year, f"body: {quoted[:40]}"
    return None


def _year_of_date(day: date, kind: Kind) -> int:
    return day.year - 1 if kind == "report" and day.month <= LAST_MONTH_OF_REPORTS else day.year


LAST_MONTH_OF_REPORTS = 4  # a report on a year is due by 1 April of the next, and some come late


def read_year_of(
    titles: Sequence[str], body: str, kind: Kind, dates: Sequence[tuple[str, date | None]]
) -> tuple[int | None, str]:
    """Return the year that a document plans or reports, the first one of a span, and the words or date that decided.

    Args:
        titles: whole titles, the best first.
        body: the canonical text.
        kind: as `read_kind` has it.
        dates: (field, date) of writing, issue and publication, the best first; the last resort, and a check on years
            found in running text, which may belong to another document.
    """
    if found := _year_of_titles(titles, kind):
        return found
    folded = fold(body[:SCANNED])
    known = [(name, day) for name, day in dates if day]
    if stated := _stated_year(folded):
        return stated
    signed = [day for name, day in known if name != "published"]  # a page may go up years later
    near = {_year_of_date(signed[0], kind), signed[0].year} if signed else set()
    near |= {year + 1 for year in near} if kind != "report" else set()
    goal = _year_of_goals(folded, kind)
    if goal and (kind == "outline" or not known or 0 <= known[0][1].year - goal[0] <= 1):
        return goal
    for year, why in _years_of_opening(folded, kind):
        if kind != "outline" and (not near or year in near):
            return year, why
    if not near and (dated := _year_of_full_dates(folded, kind)):
        return dated
    if not known and kind == "plan" and (carried := _year_of_outline(folded)):
        return carried
    for name, day in known:
        return _year_of_date(day, kind), name if name == "doc_number" else f"{name}: {day.isoformat()}"
    return None, ""
