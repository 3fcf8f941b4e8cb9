"""What the words around a value make of it: a part, a total, of a part of the year, counted since another year.

Also the years that a plan for several years is for, which its title says.
"""

import re
from typing import Any

_CHINESE = "[一二三四五六七八九十]{1,3}"
_YEARS = r"((?:19|20)\d\d)\s*年?度?\s*[-‐‑–—―－~～∼〜至到]+\s*((?:19|20)\d\d)"  # all dashes occur
_NAMED = rf"(?:[“\"「『]({_CHINESE})五[”\"」』]|({_CHINESE})五(?=规划|时期|期间|普法)|第({_CHINESE})个五年)"
# The years of a title, which are surer than the name of a period. A title that also names one year is of that year's
# paper: 2024年“八五”普法工作要点, 落实《实施纲要（2021—2025年）》2024年工作要点; 2021年5月 is when it was issued.
SPAN = re.compile(
    rf"^(?!.*》.*\d{{4}}\s*年(?!\d))(?!.*\d{{4}}\s*年(?!\d).*《).*?{_YEARS}"
    rf"|^(?!.*\d{{4}}\s*年(?!\d)).*?{_NAMED}.*?(?:规划|纲要|期间|时期|个五年)",
    re.DOTALL,
)
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
OUTLINE_YEARS = 5  # an outline that names no last year

CUMULATIVE = re.compile(r"累计|以来|迄今|至今|开展以来|(?:19|20)\d\d年(?:\d+月)?(?:起|开始|至(?:19|20)\d\d年)")
YEARLY = re.compile("全年|今年|本年|当年|年度|年内|年初")
_SINCE_YEAR = re.compile(r"((?:19|20)\d\d)年?(?:\d+月)?(?:以来|起|开始|[-—–－至到]+(?:19|20)\d\d年)")
_SINCE_WORDS = re.compile(r"([^，,。；;、：:\s]{1,16})以来")

_MONTHS = r"(?<!\d)\d{1,2}月?\s*[-—–－~～至到]\s*\d{1,2}月(?!\d)"  # all dashes occur
_ALL_YEAR = (
    r"全年|今年(?![上下前第\d一二三四])|本年|年内|(?<!\d)0?1月?\s*[-—–－~～至到]\s*12月|上半年[、和与及]下半年(?!.*各)"
)
# 较一季度 is what a value is held against, 一季度一次 and 每半年 are frequencies.
_PART_YEAR = rf"(?<![较比与同每第])(?:[上下]半年度?|前[一二三]个?季度|第?[一二三四1-4]季度(?!一)|{_MONTHS})"
_TIMES = re.compile(f"(?P<whole>{_ALL_YEAR})|(?P<part>{_PART_YEAR})")
# What may stand before the time that a whole sentence is of: its number, 一是, the year.
_OPENING = re.compile(r"[\s\d.．、()（）]*(?:[一二三四五六七八九十]{1,3}[、)）是])?\s*(?:(?:19|20)\d\d年|今年|本年)?")

_OF_EACH_THING = re.compile("各(?=[0-9０-９一二两三四五六七八九十]|开展|举办|召开|组织|进行|完成|新建|建成|评查|培训)")
_WHOLE = re.compile("全年|共|合计|总")  # 其中即办件76项，全年办理各类事项1.08万件
# 健全市县乡三级 names no city, 全州县 is a county, 低于全市平均水平 a benchmark.
_WHOLE_AREA = re.compile(
    "(?<![健安完齐保])全[市省州盟县区旗域](?![县]|平均|水平|前列|[一二三四五六七八九十]?(?:级|流))"
)
_EACH_BODY = re.compile("各|均|逐|每(?!个?(?:半?年|季|月|周)|两)")


def sentence_before(text: str, end: int, reach: int = 160) -> str:
    """Return what a sentence says before a value that begins at *end*."""
    return re.split("[。；;\n]", text[max(0, end - reach) : end])[-1]


def clause_before(sentence: str) -> str:
    """Return what its clause says before a value."""
    return re.split("[，,]", sentence)[-1]


def span_of(title: str, kind: str, year: int | None) -> tuple[int, int] | None:
    """Return the first and the last year that a plan for several years is for, None for other documents.

    “十四五” are the years of the national plan, “八五” those of the five-year plan for legal publicity.

    >>> span_of("云岭县法治宣传教育第八个五年规划", "plan", 2021)
    (2021, 2025)
    >>> span_of("云岭县2024年“八五”普法工作要点", "plan", 2024)
    """
    found = SPAN.search(title)
    if found and found[1]:
        return int(found[1]), int(found[2])
    if found:
        number = _number(found[3] or found[4] or found[5])
        first = (1951 if number >= 10 else 1981) + 5 * number
        return first, first + 4
    return (year, year + OUTLINE_YEARS - 1) if kind == "outline" and year is not None else None


def _number(words: str) -> int:
    tens, ten, ones = words.rpartition("十")
    return (10 * _DIGITS.get(tens, 1) if ten else 0) + _DIGITS.get(ones, 0)


def part_of_year(sentence: str, title: str = "") -> str | None:
    """Return the part of the year that a reported value is of, None where it is of the whole year.

    The last time before it decides, where it stands in the clause of the value or opens the sentence.

    >>> part_of_year("上半年出庭应诉率"), part_of_year("上半年出庭应诉率91%，全年达到"), part_of_year("较一季度增加")
    ('上半年', None, None)
    """
    marks = list(_TIMES.finditer(sentence))
    if marks:
        last = marks[-1]
        is_near = not re.search("[，,]", sentence[last.end() :]) or _OPENING.fullmatch(sentence[: last.start()])
        if last["whole"] or is_near:
            return last["part"]
    of_title = list(_TIMES.finditer(title))
    return of_title[-1]["part"] if of_title else None


def part_rank(sentence: str, *, is_result: bool = True) -> int:
    """Return how surely a value is a part of another: 2 where its own clause says so, 1 where one before it does.

    >>> [part_rank(each) for each in ("其中涉企败诉率", "其中涉企败诉率2%，败诉率", "民法典、宪法宣传各", "败诉率")]
    [2, 1, 2, 0]
    """
    clause = clause_before(sentence)
    if "其中" in clause or (is_result and _OF_EACH_THING.search(clause + "0")):
        return 2
    return int("其中" in sentence and not _WHOLE.search(clause))


def start_of_total(sentence: str) -> int | str | None:
    """Return the year since which a total counts, or the words that say it, None where nothing does.

    >>> start_of_total("2016年以来，累计办理"), start_of_total("规划实施以来累计办理"), start_of_total("累计办理")
    (2016, '规划实施', None)
    """
    if years := _SINCE_YEAR.findall(sentence):
        return int(years[-1])
    words = _SINCE_WORDS.findall(sentence)
    return str(words[-1]) if words else None


def is_of_area(sentence: str, subject: str, row: Any) -> bool:
    """Say whether a count is of a whole area, which each place in it takes up only in part.

    Hours are of each officer, and what comes again every month or quarter is asked of each body.
    """
    words = f"{sentence}{subject}"
    return (
        row["type"] == "quantity"
        and row["unit"] not in ("学时", "课时", "个学时")
        and row["period"] in (None, "year")
        and bool(_WHOLE_AREA.search(words))
        and not _EACH_BODY.search(words)
    )
