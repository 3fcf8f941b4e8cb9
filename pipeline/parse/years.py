"""Which year a document plans or reports: the title first, then what the body says of itself, then the dates.

A year in running text may as well be that of a law, an outline, a past inspection or a distant goal. Only those places
count where a writer names the year of the document; where none does and no date is known, the year stays None.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from pipeline.parse.kinds import OPENING, QUOTED, SCANNED, blot, handed_on
from pipeline.parse.signing import DATE, find_signatures, read_year
from pipeline.records import Kind
from pipeline.text import fold

# Four digits, of which a 0 may be typed as an O or 〇 and any may be Chinese: 2O21, ２０２１ (folded), 二〇二一.
_Y = r"(?<![0-9Oo〇○零一二三四五六七八九])[12一二][0-9Oo〇○零九][0-9Oo〇○零一二三四五六七八九]{2}(?![0-9])"
_FIRST = rf"(?P<first>{_Y})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月"
_SPAN = re.compile(rf"{_FIRST}\s*年?度?\s*(?:-+|~|至|到|[、和及])\s*(?P<last>{_Y}|\d\d(?=年))")
_LOST_DASH = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)(?P<last>20\d\d)(?!\d)")
_YEAR = re.compile(rf"(?<![到至]){_FIRST}\s*年(?!底?前(?![三半后])|[以之]前)")
_SHORT_YEAR = re.compile(r"(?<![\d年.])(?P<first>[012]\d)年(?=度|法治|依法|工作|普法|全面|推进)")
_FIVE_YEARS = re.compile(r"十(?P<which>[一二三四五六])五[”\"]?(?!普法)")
_PLAN_BEGINS = {"一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026, "六": 2031}
_LONGEST_SPAN = 15  # years; two years further apart are no planning span
LAST_MONTH_OF_REPORTS = 4  # a report on a year is due by 1 April of the next, and some come late
LAST_MONTH_OF_LATE_REPORTS = 8
_FIRST_MONTH_OF_PLANS = 11  # from when a plan may be of the next year, if all it has due is due then
_BLANKS = " 。;\n"

Found = tuple[int, str]

# --- titles ----------------------------------------------------------------------------------------------------------

_MONTH_ALONE = re.compile(rf"\({_Y}年{_MONTH}\)$")
# 关于清理2010年以来文件的通知; only a report may be on the work since a year.
_SINCE_BARE = re.compile(rf"{_Y}\s*年以来")
_SINCE_OTHER = re.compile(rf"{_Y}\s*年以来(?!法治|依法|工作|推进|贯彻|落实|开展|全|我)")
_CARRY = r"(?:学习|宣传|贯彻|落实|执行|实施|对照)"
_CARRIED = re.compile(rf"{_CARRY}[^,。《<]{{0,10}}[《<]")
_IS_CARRIED_OUT = re.compile(r"》?的?(?:贯彻|落实|实施)")
# The span of an outline that a plan carries out, where no marks set its title off.
_CARRIED_BARE = re.compile(
    r"(?:贯彻|落实)[^《》()]{0,24}(?:纲要|规划|决定|意见)(?P<span>\([^()]*\))(?=的?[^()]*(?:方案|意见|计划|措施|要点|安排|清单|分工))"
)
_HANDS_ON = re.compile(r"(?:印发|转发|批转|下发|发布|公布|颁布|颁发|公开|报送|关于|^)$")


def _span_or_year(text: str) -> Found | None:
    """Return the first year that *text* speaks of, the beginning of a span where it names one, and the words."""
    for pattern in (_SPAN, _LOST_DASH):
        for match in pattern.finditer(text):
            first = read_year(match["first"])
            last = read_year(match["last"] if len(match["last"]) == 4 else match["first"][:2] + match["last"])
            if first and last and first < last <= first + _LONGEST_SPAN:
                return first, match[0]
    if single := _YEAR.search(text):
        year = read_year(single["first"])
        return (year, single[0]) if year else None
    if five := _FIVE_YEARS.search(text):
        return _PLAN_BEGINS[five["which"]], five[0]
    short = _SHORT_YEAR.search(text)
    return (2000 + int(short["first"]), short[0]) if short else None


def _own_year(title: str) -> Found | None:
    """Return the year of a folded title, without those of dates and of other titles in it."""
    bare = _MONTH_ALONE.sub("", DATE.sub("", title))
    bare = _CARRIED_BARE.sub(lambda match: match[0].removesuffix(match["span"]), bare)
    return _span_or_year(QUOTED.sub("", bare))


def _year_of_titles(titles: Sequence[str], kind: Kind) -> Found | None:
    """Read the year off a title; inside 《》 only where nothing outside has one and the title hands that one on."""
    if kind != "report":
        titles = [_SINCE_BARE.sub("", title) for title in titles]
    for title in titles:
        if found := _own_year(_SINCE_OTHER.sub("", title)):
            return found
    for title in titles:
        for quoted in QUOTED.finditer(title):
            handed = _HANDS_ON.search(title, 0, quoted.start()) and not _IS_CARRIED_OUT.match(title, quoted.end())
            if handed and (found := _own_year(quoted[0][1:-1])):
                return found
    return None


# --- what the body says of itself ------------------------------------------------------------------------------------

FRONT = 300  # characters in which a text without any date may open with its year
_BEFORE = r"(?<![对自从以较比与同到至])"  # 对1998年以来, 较2023年, 到2025年: another time than the document's
_AFTER = rf"(?!以来|以前|之前|以后|前后|[前底末起初]|\s*{_MONTH}|\s*\d)"
_STATED = re.compile(
    rf"(?:现将|现就|现把|(?<!成)就(?![业是近]))[^。\n]{{0,14}}?{_BEFORE}{_FIRST}(?:年?度?\s*[-~至到]+\s*{_Y})?\s*年度?{_AFTER}"
    r"(?![^。\n]{0,12}(?:发现|反馈|指出))[^。\n]{0,40}?"
    r"(?:报告|汇报|总结|通报|公布|公开|要点|计划|方案|安排|如下|通知)"
)
_HANDED_BARE = re.compile(
    rf"{_BEFORE}{_FIRST}\s*年度?[^。,\n]{{0,30}}(?:计划|要点|方案|安排|意见)[^。\n]{{0,20}}?现予?以?印发"
)
_SENTENCE = r"(?:^|\n|[。;!])[^\S\n]*"
_WILL = r"将(?:继续|进一步|着重|着力|重点|坚持|围绕|持续|认真|从|按照|聚焦)|下一步|拟|打算|计划"
_OPENS = re.compile(
    rf"{_SENTENCE}(?:回顾|刚刚?过去的|(?:即将)?过去的|在)?{_FIRST}\s*年(?:度|来|里)?{_AFTER}"
    rf"(?!新?修[订正改]|颁布|施行|的?基础|[^。,;\n]{{0,24}}\n|,[^。\n]{{0,20}}?(?:{_WILL}))"
)
# An annual report may open with 2019年以来; where a longer time is meant, that is when it begins.
_SINCE = re.compile(rf"\s*(?:[^\n:。]{{2,20}}:\s*)?{_FIRST}\s*年以来,")
_THIS_YEAR = re.compile(r"今年|本年|近年来|[多历]年来")
_IS_THE_YEAR = re.compile(rf"{_BEFORE}{_FIRST}\s*年是[^。\n]{{0,40}}?(?:年|一年|关键|开局|收官)")
_MEASURED = re.compile(  # 根据《…2014年度依法行政考核方案》要求: whom a report answers
    rf"(?:根据|按照|依据|对照|围绕)[^。\n]{{0,30}}?(?<![-~至到]){_FIRST}\s*年度?{_AFTER}(?!\s*[-~至到])[^。\n]{{0,30}}?"
    r"(?:考核|考评|评估|评议|检查|自查|督[察查]|要点|计划|安排|任务|总结|报告|报送)"
)
_POINTS = re.compile(
    rf"《[^《》\n]{{0,20}}?{_FIRST}\s*年(?!\s*[-~至到])[^《》\n]{{0,30}}(?:要点|计划|方案|安排|任务|清单)[^《》\n]{{0,10}}》"
)
_LOOKS_AHEAD = re.compile(rf"{_SENTENCE}{_FIRST}\s*年,[^。\n]{{0,20}}?(?:{_WILL})")
_AHEAD_FROM = 0.6  # of a report; earlier, 将 is more often the verb of what was done
_HEADING = re.compile(
    rf"^[^\S\n]*(?P<number>[一二三四五六七八九十]+、|第[一二三四五六七八九十]+[章部]分?)?[^\n。,;:\d\t]{{0,16}}?{_BEFORE}{_FIRST}\s*年度?{_AFTER}"
    r"(?P<rest>[^\n。;:\t]{0,30})(?P<open>[^\n]?)",
    re.MULTILINE,
)
_OF_WORK = re.compile(
    r"工作|情况|打算|计划|安排|重点|主要|成效|任务|思路|要点|举措|做法|法治|依法|目标|回顾|展望|设想|总体"
)
_AHEAD = re.compile(r"打算|计划|安排|思路|要点|下一步|重点|设想|展望|目标|任务")
_DONE = re.compile(r"情况|完成|回顾|总结|成效|做法")
_WORK_OF = re.compile(
    rf"(?:做好|抓好|推进|推动|深化|部署|开展|明确|现?就|在)[^。,;\n\d]{{0,14}}{_BEFORE}{_FIRST}\s*年度?{_AFTER}[^。,;\n\d]{{0,16}}?"
    r"(?:工作|法治政府|依法行政|活动|法治建设)(?![^。,;\n]{0,8}(?:报告|总结|情况|自[评查]|考核结果|基础))"
)
_AIMS = re.compile(
    rf"{_SENTENCE}{_FIRST}\s*年,?[^。,\n]{{0,24}}(?:(?:总体|基本|工作)(?:要求|思路|目标|任务)|要[以坚紧围深全])"
)


def _read(match: re.Match[str], step: int = 0) -> Found | None:
    year = read_year(match["first"])
    return (year + step, f"body: {match[0].strip(_BLANKS)[:40]}") if year else None


def _stated_year(folded: str) -> Found | None:
    """Return the year that the opening gives its own document: 现将2021年度…报告如下, 现将《2020年…要点》印发."""
    if (title := handed_on(folded)) and (found := _own_year(title)):
        return found[0], f"body: {title[:40]}"
    opening = blot(folded[:OPENING])
    stated = (_read(match) for pattern in (_STATED, _HANDED_BARE) for match in pattern.finditer(opening))
    return next(filter(None, stated), None)


def _years_of_headings(masked: str, kind: Kind) -> Iterator[Found | None]:
    """Yield the years of headings: a report's plans are for the year after, a plan's review is of the year before."""
    for match in _HEADING.finditer(masked):
        words = match[0]
        if not _OF_WORK.search(words) or (not match["number"] and match["open"]):
            continue
        done = _DONE.search(match["rest"])
        if kind == "report":
            yield _read(match, -bool(_AHEAD.search(match["rest"]) and not done and match["number"] != "一、"))
        else:
            yield _read(match, bool(done and kind == "plan" and match["number"] == "一、"))


def _years_of_report(folded: str, masked: str, front: int) -> Iterator[Found | None]:
    """Yield the years that a report gives itself, most telling first."""
    today = _THIS_YEAR.search(masked, 0, front)  # a year named after these words is another
    for pattern in (_OPENS, _IS_THE_YEAR):
        yield from map(_read, pattern.finditer(masked[: today.start() if today else front]))
    yield from _years_of_headings(masked, "report")
    yield from map(_read, _MEASURED.finditer(folded[:front]))
    later = int(len(masked) * _AHEAD_FROM)
    yield from (_read(match, -1) for match in _LOOKS_AHEAD.finditer(masked, later))
    points = {found[0]: found for found in map(_read, _POINTS.finditer(folded, 0, later)) if found}
    if len(points) == 1:  # of two years, nothing tells which is the report's
        yield from points.values()
    since = _SINCE.match(masked)
    yield _read(since) if since else None


def _years_of_plan(masked: str, kind: Kind, front: int) -> Iterator[Found | None]:
    """Yield the years that a plan, notice or other document gives itself, most telling first."""
    yield from _years_of_headings(masked, kind)
    yield from map(_read, _WORK_OF.finditer(masked[:OPENING]))
    for pattern in (_IS_THE_YEAR, _AIMS):
        yield from map(_read, pattern.finditer(masked[:front]))


# --- goals -----------------------------------------------------------------------------------------------------------

_COUNT = r"[二三四五两2345]"
_GOAL = re.compile(rf"(?<!为)(?:到|至|力争){_FIRST}\s*年(?!\s*[\d上第前汛春夏秋冬])")
_GOAL_AFTER = re.compile(
    rf"(?:到|至){_FIRST}\s*年(?:底|末)?,?(?:经过|利用|用|力争用)(?P<count>{_COUNT})年|"
    rf"(?:经过|利用|用)(?P<count2>{_COUNT})年(?:左右)?(?:的?时间|的?努力)[^。\n]{{0,40}}?(?<!为)(?:到|至)(?P<later>{_Y})\s*年"
)
_COUNTS = dict(zip("二三四五两2345", (2, 3, 4, 5, 2, 2, 3, 4, 5), strict=True))
# A plan of five years says so; a plan made on the way to 2025 only has the same goal.
_OVER_FIVE_YEARS = re.compile(
    r"五年(?:来的)?(?:规划|行动|计划|实施|左右|时间|坚持|不懈|努力|的努力|内)|今后五年|未来五年"
)
_FIVE_YEARS_OF_OWN = re.compile(rf"{_FIVE_YEARS.pattern}[^。\n]{{0,60}}(?:制定|编制)本(?:规划|纲要)")
_LONG_TERM = 2035  # the national goal, which ends no plan


def _year_of_goals(masked: str, kind: Kind) -> Found | None:
    """Return the first year of the span that the goals end: 到2025年 in a plan of five years is 2021."""
    if match := _GOAL_AFTER.search(masked):
        year, count = read_year(match["first"] or match["later"]), _COUNTS[match["count"] or match["count2"]]
        if year:
            return year - count + 1, f"body: {match[0]}"
    opening = masked[: 4 * OPENING]
    if own := _FIVE_YEARS_OF_OWN.search(opening):
        return _PLAN_BEGINS[own["which"]], f"body: {own[0]}"
    if kind == "outline" or (kind == "plan" and _OVER_FIVE_YEARS.search(opening)):
        for match in _GOAL.finditer(opening):
            year = read_year(match["first"])
            if year and year % 5 == 0 and year < _LONG_TERM:
                return year - 4, f"body: {match[0]}"
    five = _FIVE_YEARS.search(masked[:OPENING])
    return (_PLAN_BEGINS[five["which"]], f"body: {five[0]}") if kind == "outline" and five else None


# --- dates in the text -----------------------------------------------------------------------------------------------

_DUE = re.compile(
    rf"(?<![对以较比])(?<!截[至止]){_FIRST}\s*年\s*"
    rf"(?:(?P<month>{_MONTH})(?:\s*\d{{1,2}}\s*日)?\s*(?:[前底末至到起~-]|以前|之前|开始|[上中下]旬|\))"
    r"|年?[底末]|年?内|上半年|下半年|第?[一二三四]季度|前(?![后三半]))"
)
# A date without its year is in the year planned; one that needs it may fall just after: 2025年3月底前公开年度报告.
_YEARLESS = re.compile(
    r"(?<![年\d])(?:1[0-2]|[4-9]|十[一二]?|[四五六七八九])月(?:\d{1,2}日|[上中下]旬)?[前底]|(?<!\d)年底前|(?<!\d)年内"
    r"|(?<!年)第[二三四]季度"
)
_ON_THE_YEAR = re.compile(r"总结|自[评查]|上?一?年度[^。;\n]{0,14}报告|完成情况|落实情况|全年")
_LAST_MONTH_AFTER = 3


_TO = re.compile(r"(?:到|至|力争)$")
_OVER_YEARS = re.compile(r"[二三四五两]年(?:行动|计划|规划|之?内|时间|左右|[^。,;\n]{0,6}努力)")


class _Due(NamedTuple):
    year: int
    month: int | None
    start: int
    end: int


def _read_month(text: str | None) -> int | None:
    digits = (text or "").strip("月 ")
    if not digits:
        return None
    return int(digits) if digits.isdigit() else "一二三四五六七八九十".find(digits[-1]) + 1 + 10 * (len(digits) > 1)


def _dues(masked: str, kind: Kind) -> list[_Due]:
    found = []
    for match in _DUE.finditer(masked):
        year = read_year(match["first"])
        before, after = masked[max(0, match.start() - 16) : match.start()], masked[match.end() : match.end() + 1]
        # A law takes effect on a day too; only what says 本 of itself, or a notice, tells of its own.
        own = kind == "notice" or "本" in before or (after and after in "至到~-")
        if year and (own or not match[0].endswith("起")):
            found.append(_Due(year, _read_month(match["month"]), match.start(), match.end()))
    return found


def _first_due(masked: str, kind: Kind) -> Found | None:
    """Return the first year in which something is due, or the one before where only an account of it is."""
    if not (dues := _dues(masked, kind)):
        return None
    year = min(due.year for due in dues)
    firsts = [due for due in dues if due.year == year]
    words = f"body: {masked[firsts[0].start : firsts[0].end]}"
    if all(_TO.search(masked, 0, due.start) for due in firsts) and _OVER_YEARS.search(masked):
        return None  # the end of it, which does not tell the beginning
    if all(due.month and due.month <= _LAST_MONTH_AFTER for due in firsts):
        accounts = any(_ON_THE_YEAR.search(masked, due.end, due.end + 30) for due in firsts)
        if accounts or (kind == "plan" and _YEARLESS.search(masked, 0, firsts[0].start)):
            return year - 1, f"{words}, which is after the year"
    return (year, words) if kind in ("plan", "notice") else None


_DATED = re.compile(
    rf"{_BEFORE}{_FIRST}\s*年(?!度?以[来前]|[前初底末起]|的)\s*(?P<month>{_MONTH})?(?!\s*(?:\d*日?起|以来))"
)
_ENOUGH_DATES = 2
_NAMELESS_YEAR = re.compile(r"今年|本年|去年|上年")
_STAGES = re.compile(rf"(?:^|[\n,;。:]){_FIRST}年[^。;\n,\d]{{1,20}}[,;]\s*(?P<next>{_Y})年[^。;\n,\d]{{1,20}}[,;。]")


def _year_of_stages(masked: str) -> Found | None:
    """Return the first of the years that a plan goes through: 2022年搭框架,2023年上应用."""
    for match in _STAGES.finditer(masked):
        first, following = read_year(match["first"]), read_year(match["next"])
        if first and following == first + 1:
            return first, f"body: {match[0].strip(_BLANKS)}"
    return None


def _year_of_dates(masked: str) -> Found | None:
    """Return the year of most dates of what a report tells, where it is the last one too.

    A report that says 今年 of its own year names other years all the more.
    """
    if _NAMELESS_YEAR.search(masked):
        return None
    years = Counter(year for match in _DATED.finditer(masked) if (year := read_year(match["first"])))
    year = max(years, key=lambda year: (years[year], year), default=0)
    return (year, f"body: dates of {year}") if years[year] >= _ENOUGH_DATES and year == max(years) else None


# --- outlines that a plan carries out --------------------------------------------------------------------------------

_CARRIES_OUT = re.compile(r"(?:制定|提出|作出|编制)(?:本|如下|以下)[^。\n]{0,8}?(?:方案|规划|意见|措施)")
_BEGINS = re.compile(
    rf"(?<=[,;]){_FIRST}年(?=[^了,。;\n]{{0,12}}(?:上线|达到|实现|完成|建成|延伸|推开|覆盖|启动)(?!了))"
)


def _year_of_outline(titles: Sequence[str], folded: str, masked: str, shown: date | None) -> Found | None:
    """Return the first year of the outline that a plan carries out, or the next where the plan's work begins then."""
    named = [title for title in titles if _CARRIED_BARE.search(title) or _CARRIED.search(title)]
    quoted = QUOTED.findall(folded[:OPENING]) if _CARRIES_OUT.search(folded[:OPENING]) else []
    spans = [span for title in [*named, *quoted] if (span := _SPAN.search(title)) and len(span["last"]) == 4]
    if not spans:
        return None
    first, last = read_year(spans[0]["first"]), read_year(spans[0]["last"])
    if not first or not last:
        return None
    begun = [year for match in _BEGINS.finditer(masked) if (year := read_year(match["first"])) and year > first]
    earliest = min([*begun, *(due.year for due in _dues(masked, "plan"))], default=None)
    if shown and first < shown.year <= last:
        return None
    if earliest and first <= earliest <= first + 1:
        return earliest, f"body: work of {earliest}"
    # Work that begins later is that of a yearly plan, unless the goals are those of the outline's last year.
    if earliest and not re.search(rf"(?:到|至){last}年", masked):
        return None
    return first, f"of the outline: {spans[0][0]}"


# --- the dates a document bears --------------------------------------------------------------------------------------

_MONTH_LINE = re.compile(rf"{_FIRST}\s*年\s*(?P<month>{_MONTH})")
_NUMBER_LINE = re.compile(r"\(?[\u4e00-\u9fff]{2,14}\[(?P<first>\d{4})\]\s*\d{1,4}\s*号(?:附件\d*)?\)?")
_HEAD_LINES = 3
_PART_OF_YEAR = re.compile(r"今年|上半年|半年来|截[至止]")

Dates = list[tuple[str, date]]


def _dates_of_body(body: str) -> Dates:
    """Return the date of the last signature in the text, or the year of a document number at its head."""
    if signed := [signature.date for signature in find_signatures(body) if signature.date]:
        return [("signature", signed[-1])]
    lines = [line for text in body.splitlines() if (line := fold(text).strip())]
    last = _MONTH_LINE.fullmatch("".join(lines[-1].split())) if lines else None
    if last and (year := read_year(last["first"])) and (month := _read_month(last["month"])):
        return [("signature", date(year, month, 1))]
    for line in lines[:_HEAD_LINES]:
        if (number := _NUMBER_LINE.fullmatch(line)) and (year := read_year(number["first"])):
            return [("doc_number", date(year, 1, 1))]
    return []


def _year_of_date(day: date, kind: Kind, text: str) -> int:
    """Return the year of a date, for a report the one before where it is as early as yearly reports come."""
    if kind != "report" or day.month > LAST_MONTH_OF_LATE_REPORTS:
        return day.year
    whole = "全年" in text and not _PART_OF_YEAR.search(text)
    return day.year - 1 if day.month <= LAST_MONTH_OF_REPORTS or whole else day.year


def _years_near(signed: date, kind: Kind, text: str) -> set[int]:
    """Return the years that a document signed on that day can be about."""
    if kind == "report":
        return {_year_of_date(signed, kind, text), signed.year, signed.year - 1}
    return {signed.year, signed.year + 1}


def read_year_of(
    titles: Sequence[str], body: str, kind: Kind, dates: Sequence[tuple[str, date | None]]
) -> tuple[int | None, str]:
    """Return the year that a document plans or reports, the first one of a span, and the words or date that decided.

    Args:
        titles: whole titles, the best first.
        body: the canonical text.
        kind: as `read_kind` has it.
        dates: (field, date) of writing, issue and publication, the best first; the last resort, and a check on years
            found in running text, which may belong to another document. Without any, the signature in the text counts.
    """
    titles = ["".join(fold(title).split()) for title in titles]
    if found := _year_of_titles(titles, kind):
        return found[0], f"title: {found[1]}"
    folded = fold(body[:SCANNED])
    if stated := _stated_year(folded):
        return stated
    known = [(name, day) for name, day in dates if day] or _dates_of_body(body[:SCANNED])
    signed = [day for name, day in known if name != "published"]  # a page may go up years later
    masked = blot(folded)
    found = _year_of_text(folded, masked, kind, _years_near(signed[0], kind, masked) if signed else set())
    if not found and not signed:
        found = _year_without_date(titles, folded, masked, kind, known[0][1] if known else None)
    if found:
        return found
    return _year_of_known(*known[0], masked, kind) if known else (None, "")


def _year_of_known(name: str, day: date, masked: str, kind: Kind) -> Found:
    """Return the year that a document dated that day plans or reports."""
    if kind == "plan" and day.month >= _FIRST_MONTH_OF_PLANS and not _THIS_YEAR.search(masked):
        due = _first_due(masked, kind)
        if due and due[0] == day.year + 1:
            return due
    return _year_of_date(day, kind, masked), name if name == "doc_number" else f"{name}: {day.isoformat()}"


def _year_of_text(folded: str, masked: str, kind: Kind, near: set[int]) -> Found | None:
    """Return the year that a text gives itself, among those *near* its date where that is known."""
    goal = _year_of_goals(masked, kind) if kind != "report" else None
    if goal and (kind == "outline" or not near or goal[0] in near or goal[0] + 1 in near):
        return goal
    front = OPENING if near else FRONT
    years = _years_of_report(folded, masked, front) if kind == "report" else _years_of_plan(masked, kind, front)
    return None if kind == "outline" else next((one for one in years if one and (not near or one[0] in near)), None)


def _year_without_date(titles: Sequence[str], folded: str, masked: str, kind: Kind, shown: date | None) -> Found | None:
    """Return the year that the dates in a text point to, or the outline that a plan carries out.

    A page may go up years later than its text, but not before what it plans: *shown* is the day it went up.
    """
    if kind == "report":
        return _year_of_dates(masked)
    if kind == "outline":
        return _year_of_stages(masked)
    found = None
    if kind == "plan":
        found = _year_of_stages(masked) or _year_of_outline(titles, folded, masked, shown)
    found = found or _first_due(masked, kind)
    return None if found and shown and found[0] >= shown.year else found
