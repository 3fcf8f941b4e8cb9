"""A commitment's value in a form in which two can be held against each other, and whether they may be.

Two values are comparable unless a reason of REASONS speaks against it; every reason comes with its words. How strict a
target is, is asked only of values that are comparable.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipeline.compare.reading import DURATIONS, NARROW, SHARES, Measure, is_rough, measures, plain_cells
from pipeline.compare.surroundings import SPAN
from pipeline.compare.wording import (
    FACTORS,
    PERIOD_WORDS,
    SAME_UNITS,
    day_words,
    describe,
    gap_words,
    number_words,
    pace_words,
    span_words,
)
from pipeline.records import Level
from pipeline.reference import Direction, Indicator, indicators

# What the comparisons need of values, in one place: how they are read and worded is told in modules of their own.
__all__ = [
    "A_YEAR", "DURATIONS", "FACTORS", "NARROW", "PERIOD_WORDS", "REASONS", "SAME_UNITS", "SHARES", "SPAN", "Measure",
    "ReasonKey", "Verdict", "change_of_deadline", "change_of_target", "compare_measures", "describe", "direction_of",
    "is_rough", "measures", "number_words", "pace_words", "plain_cells", "strictest", "units_agree",
]  # fmt: skip

ReasonKey = Literal[
    "indicator", "unit", "period", "denominator", "approximate", "cumulative", "scope", "year", "change", "no_value"
]
REASONS: Mapping[ReasonKey, str] = {
    "indicator": "不是同一指标",
    "unit": "单位不同",
    "period": "周期不同",
    "denominator": "口径（分母）不同",
    "approximate": "有约数",
    "cumulative": "累计数与年度数",
    "scope": "范围不同",
    "year": "年份不同",
    "change": "增减幅度与水平值",
    "no_value": "没有数值",
}

CAPS = frozenset(("<=", "<"))
FLOORS = frozenset((">=", ">"))
LEVELS: tuple[Level, ...] = ("national", "province", "prefecture", "county", "township", "other")
# A count of a period told over a year; a bare frequency counts one.
A_YEAR: Mapping[str, int] = {"year": 1, "half-year": 2, "quarter": 4, "month": 12, "week": 52}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two values may be compared, and if not why."""

    reasons: tuple[tuple[ReasonKey, str], ...] = ()  # key and a Chinese phrase

    @property
    def is_comparable(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.reasons

    @property
    def words(self) -> str:
        """The reasons in Chinese, "" for none."""
        return "；".join(words for _, words in self.reasons)


EACH = frozenset(("学时", "课时", "次"))  # amounts of what each place does itself
LARGE = 100


def compare_measures(
    a: Measure, b: Measure, *, indicator: str | None = None, is_same_thing: bool = False, across_years: bool = False
) -> Verdict:
    """Say whether two values may be held against each other.

    Args:
        a: one value.
        b: the other; the verdict is the same the other way round.
        indicator: that both are compared on; without it they must share one, or name their subjects alike.
        is_same_thing: the caller knows that both measure one thing.
        across_years: two years of one place are to be compared.
    """
    found = list(_reasons(a, b, is_same_thing or indicator is not None, across_years))
    return Verdict(tuple(found))


def _reasons(a: Measure, b: Measure, is_same_thing: bool, across_years: bool) -> Iterator[tuple[ReasonKey, str]]:
    if not is_same_thing and not (set(a.indicators) & set(b.indicators) or a.subject == b.subject != ""):
        yield "indicator", REASONS["indicator"]
    if "deadline" in (a.type, b.type):
        if a.type != b.type or (a.deadline is None) != (b.deadline is None):
            yield "no_value", "一方是时限，一方不是" if a.type != b.type else "一方没有写明日期"
        return
    if a.value is None or b.value is None:
        is_benchmark = "benchmark" in (a.type, b.type)
        yield "no_value", "参照水平没有给出数值" if is_benchmark else REASONS["no_value"]
    elif a.is_change != b.is_change:
        yield "change", "一方是增减幅度，一方是水平值"
    elif not units_agree(a, b):
        yield "unit", f"单位不同（{_both(a.unit, b.unit)}），没有统一的折算办法"
    elif a.is_change and a.reference != b.reference:
        yield "denominator", f"增减的基数不同（{_both(a.reference, b.reference)}）"
    elif not (a.is_cumulative or b.is_cumulative) and (a.pace, a.every) != (b.pace, b.every):
        yield "period", f"周期不同（{_both(pace_words(a.pace, a.every), pace_words(b.pace, b.every))}）"
    if parts := sorted({one.part_of_year for one in (a, b) if one.part_of_year}):
        yield "period", f"报告只说了{'、'.join(parts)}的数"
    yield from _totals(a, b)
    if rough := [one for one in (a, b) if is_rough(one)]:
        yield "approximate", f"“{rough[0].printed}”是约数"
    yield from _narrowed(a, b)
    if a.body != b.body:
        yield "scope", "范围不同（" + "与".join(sorted((a.body or "政府", b.body or "政府"))) + "）"
    elif a.level != b.level:
        yield "scope", "行政层级不同"
    if a.when is None or b.when is None:
        yield "year", "没有写明年份"
    elif not across_years and a.when != b.when:
        yield "year", f"年份不同（{_both(_when_words(a), _when_words(b))}）"


def _totals(a: Measure, b: Measure) -> Iterator[tuple[ReasonKey, str]]:
    if a.is_share and b.is_share:
        return
    if a.is_cumulative != b.is_cumulative:
        yield "cumulative", "一方是累计数，一方是年度数"
    elif a.since != b.since:
        yield "cumulative", f"累计的起点不同（{_both(_start_words(a), _start_words(b))}）"


def _start_words(measure: Measure) -> str | None:
    return f"{measure.since}年" if isinstance(measure.since, int) else measure.since


def _when_words(measure: Measure) -> str:
    return "—".join(map(str, measure.when if isinstance(measure.when, tuple) else (measure.when,))) + "年"


def _both(a: str | None, b: str | None) -> str:
    """Name two sides in the same order, whichever is asked first."""
    return "与".join(sorted((a or "未写明", b or "未写明")))


def units_agree(a: Measure, b: Measure) -> bool:
    """Say whether two values are counted in units that agree; an empty one agrees with any.

    What one indicator counts is printed with many classifiers (6部应急预案, 6个应急预案): there they agree, too.
    """
    if not (a.unit and b.unit) or a.unit == b.unit:
        return True
    shared = set(a.indicators) & set(b.indicators)
    kinds = {_kind(each) for each in shared}
    return "count" in kinds and a.unit in CLASSIFIERS and b.unit in CLASSIFIERS


CLASSIFIERS = frozenset("件个项条部篇例桩处套册本则类卷")


@cache
def _catalogue() -> dict[str, Indicator]:
    return {each.id: each for each in indicators()}


def _kind(indicator: str) -> str:
    found = _catalogue().get(indicator)
    return found.kind if found else "count"


def direction_of(measure: Measure, indicator: str | None = None) -> Direction:
    """Return whether more or less of what a value measures is better, by its indicator or else by its comparator."""
    for each in (indicator, *measure.indicators) if indicator else measure.indicators:
        found = _catalogue().get(each)
        if found and found.direction != "neutral":
            return found.direction
    if measure.comparator in (">=", ">"):
        return "higher_better"
    if measure.comparator in ("<=", "<"):
        return "lower_better"
    return "neutral"


def _narrowed(a: Measure, b: Measure) -> Iterator[tuple[ReasonKey, str]]:
    for (name, left), (_, right) in zip(a.facets, b.facets, strict=True):
        is_narrow = name in NARROW
        if (left and right and not left & right) or (is_narrow and bool(left) != bool(right)):
            sides = sorted(_sides(left, right))
            yield "denominator", f"口径不同（{name}：{f'一方限于{sides[0]}' if is_narrow else '与'.join(sides)}）"


def _sides(left: frozenset[str], right: frozenset[str]) -> Iterator[str]:
    return ("、".join(sorted(each)) for each in (left, right) if each)


def change_of_target(before: Measure, after: Measure, indicator: str | None = None) -> tuple[int, str] | None:
    """Say which of two targets asks for more.

    Returns:
        1 where *after* asks for more, -1 for less, 0 for as much, each with a Chinese phrase that has the arithmetic;
        None where they cannot be compared, or nobody can tell what is more.
    """
    if "deadline" in (before.type, after.type):
        return None
    verdict = compare_measures(before, after, is_same_thing=True, across_years=True)
    blocking = {key for key, _ in verdict.reasons} - {"scope", "year"}  # a lower level takes up what a higher one asks
    if blocking or before.value is None or after.value is None or _is_share_of_total(before, after):
        return None
    if before.is_change and (before.comparator != after.comparator or _is_cap(before) != _is_cap(after)):
        return None
    way = _way(before, after, indicator)
    a, b = _asked(before, way), _asked(after, way)
    pair = f"{describe(before)}与{describe(after)}"
    if not before.is_change and (turned := _turned(before, after)):
        known = direction_of(before, indicator) if indicator or before.indicators else "neutral"
        if known == "neutral":
            return None
        return (-1 if (turned < 0) == (known == "higher_better") else 1), f"{pair}，由{TURNED[turned]}"
    if a == b:
        return (0, f"同为{describe(before)}") if _end(before) == _end(after) else None
    if way == "neutral":
        return None
    return (1 if (b > a) == (way == "higher_better") else -1), f"{pair}，{gap_words(b - a, before, after)}"


TURNED = {-1: "下限改为上限", 1: "上限改为下限"}


def _way(before: Measure, after: Measure, indicator: str | None) -> Direction:
    """Return whether to ask for more is to ask for a higher or a lower value."""
    if before.is_change:  # the greater change is the stricter one, whichever way it goes, unless it is limited
        return "lower_better" if _is_cap(before) else "higher_better"
    way = direction_of(before, indicator)
    if way == "neutral":
        way = direction_of(after, indicator)
    comparators = {before.comparator, after.comparator}
    if way == "neutral" and comparators <= {"=", ">=", ">", "range", None} and _is_work(before):
        return "higher_better"  # of work that is asked for, more is more
    return way


def _is_cap(measure: Measure) -> bool:
    return measure.bound in CAPS or measure.comparator in CAPS


def _turned(before: Measure, after: Measure) -> int:
    """Return -1 where a least amount became a greatest one, 1 the other way round, else 0."""
    if before.comparator in FLOORS and _is_cap(after):
        return -1
    return int(_is_cap(before) and after.comparator in FLOORS)


def _end(measure: Measure) -> float | None:
    return measure.value_max if measure.comparator == "range" else None


def _is_share_of_total(before: Measure, after: Measure) -> bool:
    """Say whether one is the total of an area, and the other what a place in it takes on."""
    higher = min(before, after, key=lambda one: LEVELS.index(one.level))
    return before.level != after.level and (higher.is_total or _is_large(higher))


def _is_large(measure: Measure) -> bool:
    """Say whether a value is too large to be asked of each place below: a sum of money, thousands of cases.

    What every place can do as often, such as 60 hours of training or drills twice a year, is not.
    """
    is_each = measure.is_share or measure.unit in DURATIONS or measure.unit in EACH
    return not is_each and (measure.unit == "元" or (measure.value or 0) >= LARGE)


def _is_work(measure: Measure) -> bool:
    """Say whether a value counts what is to be done, and not how long it may take."""
    return measure.unit not in DURATIONS and measure.type in ("quantity", "universal")


def _asked(measure: Measure, way: Direction) -> float:
    """Return the least that a target asks for: the lower end of a range where more is better."""
    if measure.comparator == "range" and measure.value_max is not None and way == "lower_better":
        return measure.value_max
    return measure.value or 0.0


def change_of_deadline(before: Measure, after: Measure) -> tuple[int, str] | None:
    """Return by how many days the second deadline is later, with a Chinese phrase; None where one has no date."""
    if before.deadline is None or after.deadline is None:
        return None
    days = (after.deadline - before.deadline).days
    if days == 0:
        return 0, f"同为{day_words(before.deadline)}前"
    moved = f"{'晚' if days > 0 else '早'}{span_words(days)}"
    return days, f"由{day_words(before.deadline)}前改为{day_words(after.deadline)}前，{moved}"


def strictest(targets: Sequence[Measure], indicator: str | None = None) -> Measure:
    """Return the target that asks for most, of equal ones the first; *targets* must not be empty."""
    best = targets[0]
    for each in targets[1:]:
        found = change_of_target(best, each, indicator)
        if found and found[0] > 0:
            best = each
    return best
