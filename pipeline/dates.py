"""Dates, limits and frequencies: 2022年年底前 is 2022-12-31, 每月5日前 is inside each month, 每两年 every second year.

A date without a year takes that of the calendar it is read with: the year planned, not today's. Where the year is
masked (20*年) or unknown the date is None and the words are kept.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from pipeline.numerals import DIGITS, read_chinese
from pipeline.records import Period

FIVE_YEAR_PLANS = {  # name: last year
    "九五": 2000, "十五": 2005, "十一五": 2010, "十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030,
    "十六五": 2035,
}  # fmt: skip

# limit: binds a task (底前, 前, 到2025年, 年内, a quarter) · day: a calendar date or month without a limit word
# window: a stretch that may be one (上半年, 今年) · year: a year alone · span: start and end · start: 8月开始 ·
# since: 2015年以来 · frequency: 每月 · recurring: 每月5日前 · whole: 全年 · annual: 年度培训 · term: 任期内
DateKind = Literal[
    "limit", "window", "day", "year", "span", "start", "since", "recurring", "frequency", "whole", "annual", "term"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a date that leaves words out is read with: the year planned or reported, and the last year of a plan."""

    year: int | None
    last_year: int | None = None
    ahead: bool = False  # the year is the one after that of the report: 明年 is this year, not the one after it

    @property
    def end(self) -> int | None:
        """The plan's last year; its only year where the plan is for one."""
        return self.last_year or self.year


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date, limit or frequency at text[start:end]."""

    start: int
    end: int
    kind: DateKind
    begins: date | None = None
    deadline: date | None = None
    period: Period | None = None
    every: int | None = None
    masked: bool = False
    has_year: bool = False


# 202X年X月X日: whatever is masked, the date is unknown.
MASKED_DAY = r"[*×xX]{1,2}\s*月(?:份)?(?:\s*[*×xX\d]{1,2}\s*日)?"
MASKED_YEAR = r"(?:19|20\d?|2)[*×xX]{1,3}\d?\s*年"
YEAR = (
    rf"(?:(?P<masked>{MASKED_YEAR}(?:度)?(?:\s*{MASKED_DAY})?|(?:20\d{{2}}\s*年)?\s*{MASKED_DAY})"
    r"|(?P<year>(?:19|2[0Oo])\d{2}|[一二][〇○零九][〇○零一二三四五六七八九]{2})\s*年(?:度)?"
    r"|(?P<short>(?<!\d)[012]\d年(?=(?:年?底|1?\d月)))"
    r"|(?P<said>今年|本年度?|当年|明年|次年|翌年|来年|下一?年度?|去年|上一?年度?|前年))"
)
MONTH = r"(?:(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月(?:份)?(?!均))"
# 4月12日下午5点前, 6月30日24时前, 12月31日(含)前: the hour and what is said of the day come before 前.
HOUR = (
    r"(?:(?:\s*(?:上午|下午|晚上?)?\s*\d{1,2}(?:[时点](?:\d{1,2}分|整|半)?|:\d{2})|\(含(?:当[日天])?\))(?=之?前|以前))?"
)
DAY = rf"(?:(?P<day>3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])\s*[日号]{HOUR})"
QUARTER = r"(?:(?:第(?P<quarter>[一二三四1-4])|(?P<bare_quarter>[一二三四]|(?<!\d)[1-4]))季度)"
HALF = r"(?P<half>上半年|下半年)"
TENTH = r"(?P<tenth>上旬|中旬|下旬|月?初|月中)"
LAST = r"(?P<last>年底|年末|年终|岁末|月底|月末|底|末)"
# 前 in 2022年前10个月, 前三季度, 2025年前后 is no limit.
EDGE = (
    r"(?P<edge>之前|以前|前(?![三四一二两\d]*个?(?:月|季度)|后|期|列|述|\d)"
    r"|以内|之内|内(?!容|部|外|涵)|起|开始|以来|以后|之后|后)"
)
WHOLE = (
    rf"(?P<into>到|至(?!少|今|多)|截[至止]到?)?\s*"
    rf"(?:{YEAR}\s*)?"
    rf"(?:{HALF}|{QUARTER}|{MONTH}(?:\s*{DAY})?)?\s*"
    rf"(?:{TENTH}|{LAST}|(?P<mid>(?<=年)中(?=[,;。前]|$)))?\s*{EDGE}?"
)
ATOM = re.compile(WHOLE)
# An atom can begin only here: the scan jumps from one of these to the next.
LISTED = r"(?:(?<=\A\d\.)|(?<=\n\d\.)|(?<=\A\d\d\.)|(?<=\n\d\d\.))"  # 3.6月底前: item 3, in June
CANDIDATE = re.compile(
    rf"(?:(?:截[至止]到?|到|至)\s*)?(?=(?:19|2[0Oo])\d{{2}}\s*年|{MASKED_YEAR}|(?<![A-Za-z\d*×]){MASKED_DAY}"
    r"|(?<!\d)[012]\d年"
    r"|[一二][〇○零九][〇○零一二三四五六七八九]{2}\s*年|今年|本年|当年|明年|次年|翌年|来年|下一?年|去年|上一?年(?!来)|前年"
    r"|上半年|下半年|第[一二三四1-4]季度|[一二三四]季度|(?<![\d.])[1-4]季度"
    rf"|(?:(?<![\d.])|{LISTED})(?:1[0-2]|0?[1-9])\s*月(?!均)|(?<![一二三四五六七八九十\d])(?:十[一二]?|[一二三四五六七八九])月(?!均))"
)
PLAN_PERIOD = re.compile(
    r"[“\"「‘]?(?P<plan>十[一二三四五六]五|十五|九五)[”\"」’]?(?:规划)?(?P<tail>时?期末|末期?|时期|期间|期内|以来)"
    r"|规划期(?P<own>内|末|间)|(?P<office>(?:本届|任)期(?:内|间)?)"
)
YEAR_SPAN = re.compile(
    r"(?P<first>(?:19|20)\d{2})\s*(?:年)?\s*(?:-{1,2}|~|至|到)\s*(?P<second>(?:19|20)\d{2})\s*年(?P<edge>底|末)?(?P<before>前)?"
)
YEAR_END = re.compile(
    r"(?P<month_end>(?<!每)月底前?|(?<!每)月末前?)|(?:年|岁)(?:底|末|终(?!述|考|总|检|评|绩|决算|有))(?:之前|以前|前)?|(?<![\d一二两三四五六七八九十几半])年度?内(?!部|容)"
)
# 2023年1-7月, 1至11月: the months of a year so far.
MONTH_SPAN = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2})年)?(?<![\d.])(?P<first>1[0-2]|[1-9])(?:-{1,2}|~|至)(?P<second>1[0-2]|[1-9])月(?:份)?(?!\d|底|末)"
)
# 5月6日-20日, 5月6至20日: both days in one month.
DAY_SPAN = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2})年)?(?<![\d.])(?P<month>1[0-2]|0?[1-9])月(?P<first>3[01]|[12]\d|0?[1-9])日?"
    r"\s*(?:-{1,2}|~|至|到)\s*(?P<second>3[01]|[12]\d|0?[1-9])日"
)
# 2024.6.30前, 2024/6/30, 2024-06-30: as typed into the cells of a task table.
DOTTED = re.compile(
    r"(?<![\d.-])(?P<year>20\d{2})(?P<mark>[./-])(?P<month>1[0-2]|0?[1-9])(?P=mark)(?P<day>3[01]|[12]\d|0?[1-9])"
    r"(?![\d.%])日?(?P<edge>之前|以前|前)?"
)
CONNECTOR = re.compile(r"\s*(?:-{1,2}|~|至|到)\s*")

UNIT_PERIOD: dict[str, Period] = {
    "年度": "year", "年": "year", "半年度": "half-year", "半年": "half-year", "季度": "quarter", "季": "quarter",
    "月": "month", "月份": "month", "周": "week", "星期": "week", "日": "day", "天": "day",
}  # fmt: skip
PERIOD_UNIT = r"(?:半个?月|半年度|半年|年度|年|季度|季|月份|月|星期|周|日|天)"
COUNT = r"(?:[两二三四五六七八九十]|\d{1,2})"
NO_COUNT_BEFORE = r"(?<![\d一二两三四五六七八九十第上下每前后])"
DOING = "(?:召开|开展|组织|举办|进行|通报|调度|轮训|培训|评估)"
TIMES = (
    r"(?:至少|不少于)?(?:一|1|两|二|三|四|\d)"
    r"(?:次|期|轮|场|回|遍|报|评|查|调度|通报|考核|督查|督导|研判|会商|汇报|总结|更新|排查)"
)
FREQUENCY = re.compile(
    rf"每隔?(?P<every>{COUNT})?个?(?P<unit>{PERIOD_UNIT})(?!级|终|刊|报(?!送|告|备|请|市|县|区|经))"
    rf"|按(?P<by>半年|年度|年|季度|季|月|周|日)(?!份|照|期|程|计|度计)"
    rf"|逐(?P<each>年|季度|季|月|周|日)(?=(?:开展|通报|调度|报送|公布|公示|排查|检查|组织|评估|评查|更新|督办|汇报|考核|发布))"
    rf"|(?P<mean>年|月|周|日)均"
    r"|(?<=[次期场件人轮份篇时天])/(?P<per>年|季度|季|月|周|日)"  # 60学时/年
    rf"|(?P<once>{NO_COUNT_BEFORE}(?:(?:半|[一1]|{COUNT})年|(?:[一1]|{COUNT})个(?:季度|月)|(?:[一1]|{COUNT})周))"
    rf"(?={DOING}?{TIMES})"
    rf"|(?P<each_one>{NO_COUNT_BEFORE}[一1两](?:季度|季|月))(?={TIMES})"  # 三月开展一次 is in March
    rf"|(?P<whole>全年度?|整年)(?!龄|的?(?:各项|重点|主要)?(?:目标|任务|工作|计划(?!安排|开展|组织|举办|培训|检查|新)|总结|考核))"
    rf"|(?P<annual>年度)(?=(?:人均)?(?:集中|脱产|专题|线下|法律|业务|公共)?(?:培训|轮训|学习|授课|学法|教育))"
)
# What a limit inside each period can follow 每年, 每月: 3月底前, 5日前, 第一季度, 底前, 首月10日前, 周五前.
RECURRING_TAIL = re.compile(
    rf"的?\s{{0,2}}(?:{MONTH}\s{{0,2}}(?:{DAY}\s{{0,2}})?(?:上旬|中旬|下旬|底|末|初)?(?:之前|以前|前|底)?"
    r"|(?<=月)(?:3[01]|[12]\d|0?[1-9])[日号](?![内以])"
    rf"|(?:首月|末月|第[一二三]个?月|次月|下月|下个月)?\s*(?P<only_day>3[01]|[12]\d|0?[1-9]|[一二三]?十?[一二三四五六七八九十])[日号](?:之前|以前|前)"
    rf"|(?:首月|末月|次月)?(?:上旬|中旬|下旬|底|末|初)(?:之前|以前|前)?"
    rf"|第[一二三四]季度|[一二三四]季度|年底前?|年末前?|年初|年中(?!心)|季末前?|月底前?|月末前?|上半年|下半年"
    rf"|(?:周|星期)?[一二三四五六日]前|末?(?:最后|前)[一二两三\d]?个?工作日前?|结束后?(?:\d+|[一二三四五六七八九十]+)个?(?:工作)?日内)"
)
# 每年3月、9月, 每年6月底和12月底前: the second one is inside the period too.
SECOND_TAIL = re.compile(rf"[、和及与]\s*{MONTH}\s*(?:{DAY}\s*)?(?:上旬|中旬|下旬|底|末|初)?(?:之前|以前|前|底)?")


def last_day(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def make_date(year: int, month: int, day: int) -> date | None:
    """Return the date, or None for one that no calendar has (31 June as a typing error)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_count(text: str | None) -> int | None:
    """Return a small whole number written in Arabic or Chinese, or None."""
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return int(text)
    found = read_chinese(text)
    return None if found is None else int(found)


def read_year(match: re.Match[str], calendar: Calendar) -> int | None:
    """Return the year that an atom names or implies, or None where it is masked or unknown."""
    if match["masked"]:
        return None
    if digits := match["year"]:
        if digits[0].isdigit():
            return int(digits.replace("O", "0").replace("o", "0"))
        return int("".join(str(DIGITS[char]) for char in digits))
    if short := match["short"]:
        return 2000 + int(short[:2])
    if calendar.year is None:
        return None
    said = match["said"] or ""
    if said in ("明年", "来年") or said.startswith("下"):
        return calendar.year if calendar.ahead else calendar.year + 1
    if said in ("次年", "翌年"):
        return calendar.year + 1
    if said.startswith(("去", "上")):
        return calendar.year - 1
    return calendar.year - 2 if said == "前年" else calendar.year


def read_atom(match: re.Match[str], calendar: Calendar) -> DateMention | None:
    """Turn one matched date into a mention; None where what matched is no date at all."""
    names = ("year", "masked", "short", "said", "half", "quarter", "bare_quarter", "month", "tenth", "last", "mid")
    if not any(match[name] for name in names):
        return None
    start, end = match.span()
    has_year = bool(match["year"] or match["masked"] or match["short"] or match["said"])
    month = read_count(match["month"])
    quarter = read_count(match["quarter"] or match["bare_quarter"])
    if not (has_year or month or quarter or match["half"]):
        return None
    if match["into"] and not (has_year or match["last"] or match["edge"] or quarter or match["half"] or match["day"]):
        start += len(match[0]) - len(match[0].removeprefix(match["into"]).lstrip())
    year, edge, said = read_year(match, calendar), match["edge"], match["said"] or ""
    limit = bool(match["last"] or match["mid"]) or edge in ("前", "之前", "以前", "内", "以内", "之内")
    limit = limit or (match["into"] is not None and has_year)
    base = DateMention(start, end, "day", masked=bool(match["masked"]), has_year=has_year)
    if said in ("去年", "前年") or said.startswith("上") or (match["into"] or "").startswith("截"):
        return replace(base, kind="year" if month is None else "day")
    first, deadline = year_part(year, month, quarter, match)
    before = edge in ("前", "之前", "以前") and not any(match[name] for name in ("last", "tenth", "day", "mid"))
    before = before and match["half"] != "上半年"  # nobody plans for the end of the year before, nor by 一季度前
    opening = first is not None and first.month == 1 and not match["year"] and quarter
    if before and first is not None and not opening:  # 3月前, 2025年前: the day before it begins
        deadline = date.fromordinal(first.toordinal() - 1)
    if edge in ("起", "开始"):
        return replace(base, kind="start", begins=first)
    if edge in ("以来", "后", "之后", "以后"):
        return replace(base, kind="since")
    if month is None and quarter is None and not (match["half"] or match["last"] or match["mid"]):
        if limit or said in ("今年", "明年", "来年", "本年", "本年度"):
            kind: DateKind = "limit" if limit else "window"
            return replace(base, kind=kind, deadline=deadline)
        return replace(base, kind="year", deadline=deadline)
    if limit or match["tenth"]:
        return replace(base, kind="limit", begins=first, deadline=deadline)  # begins counts where a span starts here
    if quarter or match["half"]:
        return replace(base, kind="window", deadline=deadline)
    return replace(base, kind="day", begins=first, deadline=deadline)


def year_part(
    year: int | None, month: int | None, quarter: int | None, match: re.Match[str]
) -> tuple[date | None, date | None]:
    """Return first and last day of the stretch that an atom names."""
    if year is None:
        return None, None
    if match["half"] or match["mid"]:
        upper = match["half"] != "下半年"
        return (date(year, 1, 1), date(year, 6, 30)) if upper else (date(year, 7, 1), date(year, 12, 31))
    if quarter:
        return date(year, 3 * quarter - 2, 1), last_day(year, 3 * quarter)
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day := read_count(match["day"]):
        found = make_date(year, month, day)
        return found, found
    tenth = match["tenth"]
    if tenth in ("上旬", "初", "月初"):
        return date(year, month, 1), date(year, month, 10)
    if tenth in ("中旬", "月中"):
        return date(year, month, 11), date(year, month, 20)
    if tenth == "下旬":
        return date(year, month, 21), last_day(year, month)
    return date(year, month, 1), last_day(year, month)


def share_into(mentions: list[DateMention], text: str) -> list[DateMention]:
    """Let the 到 of a year hold for one joined to it: 到2023年、2025年."""
    shared: list[DateMention] = []
    for mention in mentions:
        before = shared[-1] if shared else None
        joined = before is not None and re.fullmatch(r"[、和及与]", text[before.end : mention.start])
        if before and joined and mention.kind == "year" and before.kind == "limit" and text[before.start] in "到至":
            mention = replace(mention, kind="limit")
        shared.append(mention)
    return shared


def join_spans(mentions: list[DateMention], text: str) -> list[DateMention]:
    """Join two dates with 至, 到 or a dash between them into one span, the second taking the year of the first."""
    joined: list[DateMention] = []
    for mention in mentions:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.kind in ("day", "year", "window", "start", "limit")
            and mention.kind in ("day", "year", "limit", "window", "since")
            and CONNECTOR.fullmatch(text[before.end : mention.start] + into_word(text, mention))
        ):
            first, last = before.begins or opening_day(before, text), mention.deadline or mention.begins
            if before.kind == "year" and (found := re.search(r"(?:19|20)\d{2}", text[before.start : before.end])):
                first = date(int(found[0]), 1, 1)
            if mention.kind == "year" and (found := re.search(r"(?:19|20)\d{2}", text[mention.start : mention.end])):
                last = date(int(found[0]), 12, 31)
            if last is None and first and not mention.masked and (again := ATOM.match(text, mention.start)):
                reread = read_atom(again, Calendar(first.year))
                last = reread.deadline if reread else None
            if before.masked and not mention.has_year:
                last = None
            elif first and last and not mention.has_year:
                last = same_season(first, last)
            joined[-1] = replace(before, end=mention.end, kind="span", begins=first, deadline=last)
        else:
            joined.append(mention)
    return joined


def opening_day(mention: DateMention, text: str) -> date | None:
    """Return the first day of a quarter or half-year that ends with the deadline; else the deadline itself."""
    words, last = text[mention.start : mention.end], mention.deadline
    months = 6 if "半年" in words else 3 if "季度" in words else 0
    return date(last.year, max(1, last.month - months + 1), 1) if last and months else last


def into_word(text: str, mention: DateMention) -> str:
    """Return the 至 or 到 that opens a mention: between two dates it joins them."""
    return text[mention.start] if text[mention.start] in "至到" else ""


def same_season(first: date, last: date) -> date:
    """Give the end of a span the year of its start, or the next one where it would end before it begins."""
    moved = make_date(first.year, last.month, last.day) or last_day(first.year, last.month)
    if moved < first:
        moved = make_date(first.year + 1, last.month, last.day) or last_day(first.year + 1, last.month)
    return moved


def find_frequencies(text: str) -> Iterator[DateMention]:
    """Yield 每月, 按季度, 每两年, 全年 and the limits inside a period: 每月5日前, 每年第一季度."""
    for match in FREQUENCY.finditer(text):
        start, end = match.span()
        if match["whole"] or match["annual"]:
            yield DateMention(start, end, "whole" if match["whole"] else "annual", period="year")
            continue
        if once := match["once"] or match["each_one"]:
            number = once.rstrip("年季度月周").rstrip("个")
            half = number == "半"
            unit = once.removeprefix(number).removeprefix("个")
            count = 1 if half else read_count(number) or 1
            yield DateMention(
                start, end, "frequency", period="half-year" if half else UNIT_PERIOD[unit],
                every=count if count > 1 else None,
            )  # fmt: skip
            continue
        unit = match["unit"] or match["by"] or match["each"] or match["mean"] or match["per"]
        every = read_count(match["every"])
        mention = DateMention(
            start, end, "frequency", period=UNIT_PERIOD.get(unit), every=every if every and every > 1 else None
        )
        tail = RECURRING_TAIL.match(text, end) if match["unit"] else None
        if tail and (second := SECOND_TAIL.match(text, tail.end())):
            tail = second
        yield replace(mention, end=tail.end(), kind="recurring") if tail else mention


def find_dates(text: str, calendar: Calendar) -> list[DateMention]:
    """Return the dates, limits and frequencies of folded *text* in order, none overlapping another."""
    found = list(find_frequencies(text))
    found += find_plan_periods(text, calendar)
    taken = sorted((mention.start, mention.end) for mention in found)
    atoms: list[DateMention] = []
    at = 0
    while candidate := CANDIDATE.search(text, at):
        match = ATOM.match(text, candidate.start())
        mention = read_atom(match, calendar) if match else None
        if mention is None or not match or match.end() == match.start():
            at = max(candidate.end(), candidate.start() + 1)
            continue
        at = match.end()
        if not any(start < mention.end and mention.start < end for start, end in taken):
            atoms.append(trim(mention, text))
    found += join_spans(share_into(atoms, text), text)
    taken = sorted((mention.start, mention.end) for mention in found)
    for match in YEAR_END.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            found.append(year_end(match, calendar))
    return sorted(found, key=lambda mention: mention.start)


def trim(mention: DateMention, text: str) -> DateMention:
    """Leave blanks at the end of a match out of the mention."""
    words = text[mention.start : mention.end]
    return replace(mention, end=mention.start + len(words.rstrip()), start=mention.end - len(words.lstrip()))


def year_end(match: re.Match[str], calendar: Calendar) -> DateMention:
    """Turn 年底前, 年内 and 月底前 without a year into a limit."""
    deadline = None
    if calendar.year is not None and not match["month_end"]:
        deadline = date(calendar.year, 12, 31)
    return DateMention(*match.span(), "limit", deadline=deadline)


def find_plan_periods(text: str, calendar: Calendar) -> Iterator[DateMention]:
    """Yield “十四五”期末, 规划期内, 任期内 and 2021—2025年."""
    for match in PLAN_PERIOD.finditer(text):
        if match["office"]:
            yield DateMention(*match.span(), "term", period="term")
        elif match["own"]:
            end = calendar.end
            yield DateMention(*match.span(), "limit", deadline=date(end, 12, 31) if end else None)
        elif match["tail"] == "以来":
            yield DateMention(*match.span(), "since")
        else:
            last = date(FIVE_YEAR_PLANS[match["plan"]], 12, 31)
            kind: DateKind = "limit" if match["tail"].endswith(("末", "末期", "期内")) else "window"
            yield DateMention(*match.span(), kind, deadline=last, has_year=True)
    for match in MONTH_SPAN.finditer(text):
        year = int(match["year"]) if match["year"] else calendar.year
        first, second = int(match["first"]), int(match["second"])
        if first >= second:
            continue
        span = DateMention(*match.span(), "span", has_year=bool(match["year"]))
        yield span if year is None else replace(span, begins=date(year, first, 1), deadline=last_day(year, second))
    for match in DOTTED.finditer(text):
        if found := make_date(*(int(match[name]) for name in ("year", "month", "day"))):
            yield DateMention(*match.span(), "limit" if match["edge"] else "day", deadline=found, has_year=True)
    for match in DAY_SPAN.finditer(text):
        year, month = int(match["year"]) if match["year"] else calendar.year, int(match["month"])
        if year is not None and int(match["first"]) < int(match["second"]):
            first_day, end_day = (make_date(year, month, int(match[name])) for name in ("first", "second"))
            yield DateMention(*match.span(), "span", begins=first_day, deadline=end_day, has_year=bool(match["year"]))
    for match in YEAR_SPAN.finditer(text):
        first, last_year = int(match["first"]), int(match["second"])
        if last_year > first:
            last = date(last_year - 1 if match["before"] and not match["edge"] else last_year, 12, 31)
            yield DateMention(*match.span(), "span", begins=date(first, 1, 1), deadline=last, has_year=True)
