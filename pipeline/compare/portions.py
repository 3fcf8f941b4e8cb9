"""Results of a part of the year (上半年91%, 上半年、下半年各1次), and what a target of the year takes from them.

A count of a part can only grow: what is enough already is enough for the year. Parts that together make the year add
up. Nothing else of a part answers for the year; a share of one half says nothing about the other.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.compare.measures import DURATIONS, Measure, number_words
from pipeline.compare.meeting import Meeting, asks_for_less, in_words, last_clause, meets, unit_words
from pipeline.compare.pairing import Statement, likeness

MARK = re.compile(
    r"(?P<half>[上下]半年)|前(?P<first>[二三])个?季度|(?<!每)第?(?P<quarter>[一二三四])季度|"
    r"(?<!\d)(?P<low>\d{1,2})月?[-—–－―~～至到]+(?P<high>\d{1,2})月(?!\d)|(?P<year>全年|年度|本年|当年|年内)"
)
QUARTERS = {"一": range(1, 4), "二": range(4, 7), "三": range(7, 10), "四": range(10, 13)}
FIRST = {"二": range(1, 7), "三": range(1, 10)}
YEAR = frozenset(range(1, 13))
# 由上半年的91%提高到96% and 较一季度增长 name what a value is held against, not what it is of.
BASE = re.compile(r"[较比由从与同](?:\d{4}年|今年|去年|上年)?(?:[上下]半年|第?[一二三四]季度)")
# 各1次, 各开展1次; in 各乡镇 it says whose.
EACH = re.compile("各自?(?=$|开展|举办|召开|举行|完成|组织(?:开展|召开|举办|召集))")
BRACKET = re.compile(r"\s*[（(]([^）)]{1,12})[）)]")
BY_PERIOD = frozenset(("half-year", "quarter", "month", "week"))


@dataclass(frozen=True, slots=True)
class Portion:
    """The part of a year that a value is of."""

    words: str
    months: frozenset[int]  # empty where 各 does not say of what
    times: int  # how many parts have the value each


def portion_of(statement: Statement) -> Portion | None:
    """Return the part of a year that a value is of, None for a whole one or where nothing is said."""
    clause = BASE.sub("", last_clause(statement.before))
    marks = list(MARK.finditer(clause))
    if not marks and (beside := BRACKET.match(statement.after)):
        marks = list(MARK.finditer(beside[1]))
    if not marks:
        marks = _opening_marks(statement.before)
    is_each = bool(EACH.search(clause))
    if not marks or marks[-1]["year"]:
        return Portion("各", frozenset(), 1) if is_each else None
    marks = [mark for mark in marks if not mark["year"]]
    months = frozenset(month for mark in marks for month in _months(mark))
    words = "、".join(mark[0] for mark in marks)
    if is_each:
        return Portion(f"{words}各", months, len(marks))
    return None if months == YEAR else Portion(words, months, 1)


def _months(mark: re.Match[str]) -> range:
    if mark["half"]:
        return range(1, 7) if mark["half"] == "上半年" else range(7, 13)
    if mark["first"]:
        return FIRST[mark["first"]]
    if mark["quarter"]:
        return QUARTERS[mark["quarter"]]
    return range(max(1, int(mark["low"])), min(12, int(mark["high"])) + 1)


def _opening_marks(before: str) -> list[re.Match[str]]:
    """Return the part that stands alone before a value (上半年，全县…), unless another one comes between."""
    for clause in reversed(re.split("[，,；;：:]", before)[:-1]):
        if marks := list(MARK.finditer(BASE.sub("", clause))):
            left = re.sub(r"[\d\s.．、年今本以来期间里中内（()）]", "", MARK.sub("", clause))
            return marks if not left else []
    return []


def over_year(target: Statement, best: Statement, meeting: Meeting, results: Sequence[Statement]) -> Meeting:
    """Return what a result of a part of the year is to a target for all of it.

    Args:
        target: that is not of a part itself.
        best: the result that answers it.
        meeting: of the two, as if the result were the year's.
        results: all of the report, for the other parts of the year.
    """
    portion = portion_of(best)
    if portion is None or meeting.status == "not_comparable" or portion_of(target) is not None:
        return meeting
    if _adds_up(best):
        parts = list(_parts(target, best, portion, results))
        found = meets(target.measure, _sum(best, parts), asked=target.before, told=best.before)
        months = frozenset(month for _, one in parts for month in one.months)
        wanted = "not_met" if asks_for_less(target.measure) else "met"
        is_enough = found.status == wanted and target.measure.period not in BY_PERIOD
        if months == YEAR or is_enough:
            return found
        opening = found.words.partition("，报告")[0] + f"，报告为{_told(best, parts)}"
    else:
        opening = f"目标{in_words(target.measure)}，报告为{portion.words}{in_words(best.measure)}"
    short = "报告只说了年内一段时间的数" if portion.months else "报告是各自的数，没有合计"
    return Meeting("not_comparable", f"{opening}；{short}，不能直接比较")


def _adds_up(statement: Statement) -> bool:
    measure = statement.measure
    is_exact = measure.comparator in (None, "=") and measure.value is not None
    return is_exact and not measure.is_share and not measure.is_change and measure.unit not in DURATIONS


def _parts(
    target: Statement, best: Statement, portion: Portion, results: Sequence[Statement]
) -> Iterator[tuple[Statement, Portion]]:
    """Yield *best* and the results of the other parts of the year, in reading order, none twice."""
    known = portion.months
    found = [(best, portion)]
    for one in results:
        its = portion_of(one)
        if one.id == best.id or its is None or not its.months or its.months & known or not known or not _adds_up(one):
            continue
        is_same = one.measure.subject == best.measure.subject and one.measure.unit == best.measure.unit
        if is_same and likeness(target, one) > 0.5:
            known |= its.months
            found.append((one, its))
    yield from sorted(found, key=lambda pair: pair[0].start)


def _sum(best: Statement, parts: Sequence[tuple[Statement, Portion]]) -> Measure:
    total = sum((one.measure.value or 0.0) * portion.times for one, portion in parts)
    return replace(best.measure, value=round(total, 6), comparator="=", period=None, printed=_told(best, parts))


def _told(best: Statement, parts: Sequence[tuple[Statement, Portion]]) -> str:
    words = "、".join(f"{portion.words}{one.measure.printed}" for one, portion in parts)
    total = sum((one.measure.value or 0.0) * portion.times for one, portion in parts)
    is_sum = len(parts) > 1 or parts[0][1].times > 1
    return f"{words}，合计{number_words(round(total, 4))}{unit_words(best.measure)}" if is_sum else words
