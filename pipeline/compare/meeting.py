"""Whether a reported result meets a target, with the arithmetic in Chinese words.

Both sides are intervals: 不低于95% asks for all from 95 up, 70余次 reports some number from 70 up. A result meets a
target where its whole interval is asked for, misses it where none of it is, and cannot be held against it where only a
part is. Counts of different periods are told over a year first; shares, amounts of money and durations never are.

Two conventions that the codebook leaves open: a bare number in a target (13个事项, 100%) asks for at least so much, or
for at most so much where less is better or a duration is limited; about so many (约, 左右, 近) is right within a tenth.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf
from typing import Literal

from pipeline.compare.measures import (
    A_YEAR,
    DURATIONS,
    NARROW,
    PERIOD_WORDS,
    SAME_UNITS,
    Measure,
    describe,
    direction_of,
    number_words,
    units_agree,
)
from pipeline.records import Comparator

Status = Literal["met", "not_met", "partly", "not_comparable"]

# A group whose training or licence says nothing about all officers. 一线 and 在职 are left out: nobody else enforces.
GROUPS = re.compile("法制审核人员|辅助人员|新任|新招录|新进|骨干|行政复议人员|青年干部")
SHARES_OF_ALL = frozenset(("审级", "程序"))  # facets that part all cases: 一审败诉率 is not yet 败诉率
AVERAGE = re.compile("平均(?!水平|值|数)")  # 人均 is how every office reports training
PART = re.compile("其中")
ABOVE = re.compile("余|多|出头")  # 70余次: at least 70
BELOW = re.compile("近|接近|将近")  # 近60: at most 60, and nobody knows whether 60
ROUGHLY = 0.1  # how far 约, 左右 and 近 may be off
YEAR = re.compile(r"((?:19|20)\d\d)年")
LAST_YEAR = re.compile("上年|上一年|去年|同期|同比")
MEAN = re.compile("水平|值|数|的|程度")  # 全市平均水平 and 全市平均值 are one reference
ONE_A_PERIOD = "次"
NARROW_DIGITS = str.maketrans("０１２３４５６７８９％．", "0123456789%.")


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a result is to a target, and the Chinese sentence that says why."""

    status: Status
    words: str


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers from low to high; an open end is not among them."""

    low: float = -inf
    high: float = inf
    is_low_open: bool = False
    is_high_open: bool = False

    def holds(self, other: "Interval") -> bool:
        """Say whether all of *other* is in it."""
        low = other.low > self.low or (other.low == self.low and (other.is_low_open or not self.is_low_open))
        high = other.high < self.high or (other.high == self.high and (other.is_high_open or not self.is_high_open))
        return low and high

    def misses(self, other: "Interval") -> bool:
        """Say whether nothing of *other* is in it."""
        under = other.high < self.low or (other.high == self.low and (other.is_high_open or self.is_low_open))
        over = other.low > self.high or (other.low == self.high and (other.is_low_open or self.is_high_open))
        return under or over


def meets(target: Measure, result: Measure, *, asked: str = "", told: str = "") -> Meeting:
    """Hold a result against a target.

    Args:
        target: with its stance target; that it has a date is for the caller to look at.
        result: with its stance result; a baseline is none.
        asked: the sentence of the target up to its value, for what an elliptical subject leaves out.
        told: the same of the result.
    """
    if "deadline" in (target.type, result.type):
        return _by_date(target, result)
    if "benchmark" in (target.type, result.type) or _is_beside_a_benchmark(target, result):
        return _by_benchmark(target, result)
    if objections := list(_objections(target, result, asked, told)):
        return Meeting("not_comparable", f"{_both(target, result)}；{'；'.join(objections)}，不能直接比较")
    opening = _both(target, result)
    target, result, scale_words = over_one_period(target, result)
    required, reported = _required(target), _reported(result)
    opening += scale_words
    share = f"；这只是{'、'.join(part)}的数" if (part := part_of_whole(target, result)) else ""
    if required.holds(reported):
        return Meeting("partly" if part else "met", f"{opening}，{_met_words(target, result, required)}{share}")
    if required.misses(reported):
        return Meeting("partly" if part else "not_met", f"{opening}，{_missed_words(target, result, required)}{share}")
    kind = f"“{result.printed}”是约数" if result.comparator == "~" else "报告只给出一个范围"
    return Meeting("not_comparable", f"{opening}；{kind}，看不出是否达到目标")


def change_between(before: Measure, after: Measure, target: Measure) -> Measure | None:
    """Return by how much a value changed from its baseline, in the unit in which a target asks for a change.

    Returns:
        *after* as a change, None where the two levels have different units, the base is 0, or the target asks for none.
    """
    if before.value is None or after.value is None or not units_agree(before, after) or not target.is_change:
        return None
    size = after.value - before.value
    unit = after.unit
    if target.unit == "个百分点" or (target.unit == "%" and after.unit == "%"):
        unit = "个百分点" if after.unit == "%" else None
    elif target.unit == "%":
        if before.value == 0:
            return None
        size, unit = size / before.value * 100, "%"
    if unit is None or (unit != target.unit and not (unit and after.unit == target.unit)):
        return None
    way: Comparator = "increase" if size > 0 else "decrease"
    rise = f"{'增加' if size > 0 else '减少'}{number_words(round(abs(size), 1))}{unit}"
    printed = f"由{in_words(before)}到{in_words(after)}，{rise}"
    return replace(after, comparator=way, bound=None, value=round(abs(size), 1), unit=unit, printed=printed,
                   reference=before.reference, period=None)  # fmt: skip


def in_words(measure: Measure) -> str:
    """Return a result or target as its document writes it, with its period or date: 每年不少于4次, 2024年6月30日前."""
    if measure.type == "deadline" and measure.deadline:
        return describe(measure)
    printed = measure.printed.translate(NARROW_DIGITS)
    words = PERIOD_WORDS.get(measure.period or "", "") if measure.stance == "target" else ""
    if measure.every and measure.every > 1:
        words = f"每{measure.every}{'个月' if measure.period == 'month' else words[1:]}"
    has_period = not words or printed.startswith(("每", "按", "逐")) or measure.is_share or measure.type != "quantity"
    return printed if has_period else f"{words}{printed}"


def _both(target: Measure, result: Measure) -> str:
    verb = "" if result.printed.startswith("由") else "为"  # 由90人到110人, made by change_between
    return f"目标{in_words(target)}，报告{verb}{in_words(result)}"


def _by_date(target: Measure, result: Measure) -> Meeting:
    if target.deadline is None or result.deadline is None or target.type != result.type:
        why = "一方没有写明日期" if target.type == result.type else "一方是时限，一方不是"
        return Meeting("not_comparable", f"{_both(target, result)}；{why}，不能直接比较")
    days = (result.deadline - target.deadline).days
    words = f"{_both(target, result)}，{'按期' if days <= 0 else f'晚{days}天'}"
    return Meeting("met" if days <= 0 else "not_met", words)


def _is_beside_a_benchmark(target: Measure, result: Measure) -> bool:
    return target.type == "quantity" and target.comparator in (">", "<") and bool(target.reference) and (
        target.unit == "个百分点" and result.unit == "%")  # fmt: skip


def _by_benchmark(target: Measure, result: Measure) -> Meeting:
    """Compare what is measured against a level that has no number: only the same level can answer."""
    opening = f"目标{target.printed}，报告为{result.printed}"
    same = bool(target.reference and result.reference) and _level(target.reference) == _level(result.reference)
    over, under = (">", ">=", "="), ("<", "<=", "=")
    if same and target.comparator in over and result.comparator in over:
        return Meeting("met", f"{opening}，与同一参照水平相比，方向一致")
    if same and target.comparator in under and result.comparator in under:
        return Meeting("met", f"{opening}，与同一参照水平相比，方向一致")
    if same and target.comparator and result.comparator:
        return Meeting("not_met", f"{opening}，与同一参照水平相比，方向相反")
    return Meeting("not_comparable", f"{opening}；参照水平没有给出数值，不能直接比较")


def _level(reference: str | None) -> str:
    return MEAN.sub("", YEAR.sub("", reference or ""))


def _objections(target: Measure, result: Measure, asked: str, told: str) -> Iterator[str]:
    if target.value is None or result.value is None:
        yield "没有数值"
        return
    is_bare = any(one.unit is None and one.period and not one.is_share for one in (target, result))
    if target.is_change != result.is_change:
        yield "一方是增减幅度，一方是水平值"
    elif is_bare and not _counts_times(target, result):
        yield f"目标是频次，报告以{unit_words(result)}计"
    elif not units_agree(target, result) and not _counts_times(target, result):
        yield f"单位不同（{unit_words(target)}与{unit_words(result)}），没有统一的折算办法"
    elif target.is_change and len({_base(target), _base(result)} - {None}) > 1:
        yield f"增减的基数不同（{target.reference}与{result.reference}）"
    yield from _narrowings(target, result, asked, told)
    if result.is_cumulative and not target.is_cumulative and not target.is_share and not target.is_span:
        yield "报告是多年累计数"
    elif (year := _other_year(result, told)) is not None:
        yield f"报告的数是{year}年的"
    if not _can_scale(target, result):
        yield f"周期不同（{_pace(target)}与{_pace(result)}）"


def _counts_times(target: Measure, result: Measure) -> bool:
    """Say whether one side is a bare frequency (每季度更新) and the other counts occasions."""
    return {target.unit, result.unit} <= {None, ONE_A_PERIOD}


def unit_words(measure: Measure) -> str:
    """Return the unit as printed: 天 and not the 日 that stands for both."""
    alike = next((units for units in SAME_UNITS if measure.unit == units[0]), ())
    return next((unit for unit in alike if unit in measure.printed), measure.unit or "")


def _base(measure: Measure) -> int | None:
    """Return the year that a change starts from, None where it is not said."""
    if not measure.reference:
        return None
    if named := YEAR.search(measure.reference):
        return int(named[1])
    if LAST_YEAR.search(measure.reference) and measure.year is not None:
        return measure.year - 1
    return None


def _narrowings(target: Measure, result: Measure, asked: str, told: str) -> Iterator[str]:
    for (name, left), (_, right) in zip(target.facets, result.facets, strict=True):
        if name in NARROW:
            # Of a subject that leaves out its owner, the sentence says whose it is.
            if left and not right and not re.search(NARROW[name], told):
                yield f"范围不同（目标限于{'、'.join(sorted(left))}）"
            elif right and not left and not re.search(NARROW[name], asked):
                yield f"范围不同（报告限于{'、'.join(sorted(right))}）"
        elif left and right and not left & right:
            yield f"口径不同（{name}：{'、'.join(sorted(left))}与{'、'.join(sorted(right))}）"
    groups = set(GROUPS.findall(asked)), set(GROUPS.findall(told))
    if bool(groups[0]) != bool(groups[1]) and {"学时", "%"} & {target.unit, result.unit}:
        side = "目标" if groups[0] else "报告"
        yield f"范围不同（{side}限于{'、'.join(sorted(groups[0] or groups[1]))}）"
    if target.unit in DURATIONS and AVERAGE.search(last_clause(told)) and not AVERAGE.search(asked):
        yield "报告是平均数，目标是每一件的限度"
    if PART.search(last_clause(told)) and not PART.search(last_clause(asked)):
        yield "报告只说了其中一部分"


def part_of_whole(target: Measure, result: Measure) -> list[str]:
    """Return the instances or procedures that a result is of, where its target is of all of them."""
    asked = dict(target.facets)
    return [each for name, told in result.facets if name in SHARES_OF_ALL and not asked[name] for each in sorted(told)]


def last_clause(words: str) -> str:
    """Return what stands behind the last comma."""
    return re.split("[，,；;。：:]", words)[-1]


def _other_year(result: Measure, told: str) -> int | None:
    """Return the year that a clause ascribes its value to, where it is not the year reported."""
    clause = last_clause(told)
    if re.search("[较比于由从]", clause) or result.is_change or result.year is None:
        return None
    years = [int(year) for year in YEAR.findall(clause)]
    return years[-1] if years and result.year not in years else None


def _is_paced(measure: Measure) -> bool:
    return not (measure.is_share or measure.is_change or measure.unit in DURATIONS or measure.unit == "元")


def _can_scale(target: Measure, result: Measure) -> bool:
    if not _is_paced(target) or not _is_paced(result):
        return True
    paces = [one.pace for one in (target, result)]
    if paces[0] == paces[1] or None in paces:
        return True
    if paces[0] in ("span", "term"):  # a total of several years: one year's number answers only where it is enough
        return result.value is not None and target.value is not None and result.value >= target.value
    return all(pace in A_YEAR for pace in paces)


def _pace(measure: Measure) -> str:
    words = PERIOD_WORDS.get(measure.pace or "", "未写明")
    return f"每{measure.every}{words[1:]}" if measure.every and measure.every > 1 else words


def over_one_period(target: Measure, result: Measure) -> tuple[Measure, Measure, str]:
    """Tell both over a year where their periods differ: 每季度1次 asks for 4 a year."""
    if not _is_paced(target) or not _is_paced(result) or (target.pace, target.every) == (result.pace, result.every):
        return target, result, ""
    if target.pace not in A_YEAR or result.pace not in A_YEAR:
        return target, result, ""
    scaled = []
    words = ""
    for side, one in (("目标", target), ("报告", result)):
        factor = A_YEAR[one.pace or "year"] / (one.every or 1)
        made = replace(one, value=_times(one.value, factor), value_max=_times(one.value_max, factor))
        scaled.append(made)
        if factor != 1:
            whole = replace(made, period=None, every=None, unit=one.unit or ONE_A_PERIOD)
            if whole.comparator in (None, "=") and side == "目标":
                whole = replace(whole, comparator=">=")
            words += f"（{side}折合全年{describe(replace(whole, comparator=whole.comparator or '='))}）"
    return scaled[0], scaled[1], words


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else round(value * factor, 4)


def asks_for_less(target: Measure) -> bool:
    """Say whether less of what a target is about is better."""
    return direction_of(target) == "lower_better" or target.unit in DURATIONS or target.value == 0


def _required(target: Measure) -> Interval:
    """Return what a target accepts; of changes, increases are positive."""
    value = target.value or 0.0
    if target.is_change and target.comparator in ("increase", "decrease"):
        found = _bounded(target.bound or ">=", value)
        return found if target.comparator == "increase" else _mirrored(found)
    if target.comparator == "range" and target.value_max is not None:
        if direction_of(replace(target, comparator="=")) == "higher_better":
            return Interval(low=value)
        return Interval(high=target.value_max) if asks_for_less(target) else Interval(value, target.value_max)
    if target.comparator == "~":
        slack = value * ROUGHLY
        return Interval(high=value + slack) if asks_for_less(target) else Interval(low=value - slack)
    if target.comparator in (">=", ">", "<=", "<"):
        return _bounded(target.comparator, value)
    return _bounded("<=" if asks_for_less(replace(target, comparator="=")) else ">=", value)


def _reported(result: Measure) -> Interval:
    """Return where a reported number lies."""
    value = result.value or 0.0
    if result.comparator in ("increase", "decrease"):
        found = _rough(value, result.printed) if result.bound == "~" else _bounded(result.bound or "=", value)
        return found if result.comparator == "increase" else _mirrored(found)
    if result.comparator == "range" and result.value_max is not None:
        return Interval(value, result.value_max)
    if result.comparator == "~":
        return _rough(value, result.printed)
    return _bounded(result.comparator or "=", value)


def _bounded(comparator: str, value: float) -> Interval:
    if comparator in (">=", ">"):
        return Interval(low=value, is_low_open=comparator == ">")
    if comparator in ("<=", "<"):
        return Interval(high=value, is_high_open=comparator == "<")
    return Interval(value, value)


def _rough(value: float, printed: str) -> Interval:
    slack = value * ROUGHLY
    if BELOW.search(printed):
        return Interval(value - slack, value)
    if ABOVE.search(printed):  # 280余 is under 290, 1200余 under 1300
        step = 1
        while value and value % (step * 10) == 0:
            step *= 10
        return Interval(value, value + step, is_high_open=True)
    return Interval(value - slack, value + slack)


def _mirrored(interval: Interval) -> Interval:
    return Interval(-interval.high, -interval.low, interval.is_high_open, interval.is_low_open)


def _met_words(target: Measure, result: Measure, required: Interval) -> str:
    is_band = required.low != -inf and required.high != inf
    if is_band or result.bound or result.comparator not in (None, "=", "increase", "decrease"):
        return "达到目标"
    edge, value = required.low if required.low != -inf else required.high, _signed(result)
    difference = abs(value - edge)
    if difference == 0 or (required.high == 0 and value == 0):
        return "正好达到目标"
    size = _size(difference, target)
    if target.is_change:
        is_least = required.low != -inf or edge < 0  # a change of at least so much, up or down
        return f"幅度比目标大{size}，达到目标" if is_least else "在目标以内"
    if required.low != -inf:
        return f"{'高出' if target.is_share else '多'}{size}，达到目标"
    return f"比上限{'低' if target.is_share else '少'}{size}，达到目标"


def _missed_words(target: Measure, result: Measure, required: Interval) -> str:
    value = _signed(result)
    if result.comparator == "~":
        return "未达到目标"
    if target.is_change and (result.comparator == "increase") != (target.comparator == "increase"):
        return "方向与目标相反，未达到目标"
    if value in (required.low, required.high):
        return "正好在界限上，未达到目标"
    if required.low != -inf and value <= required.low:
        return f"差{_size(abs(required.low - value), target)}，未达到目标"
    if target.is_change and target.comparator == "decrease" and required.low == -inf:
        return f"差{_size(abs(value - required.high), target)}，未达到目标"
    return f"超出{_size(abs(value - required.high), target)}，未达到目标"


def _signed(result: Measure) -> float:
    value = result.value or 0.0
    return -value if result.comparator == "decrease" else value


def _size(difference: float, target: Measure) -> str:
    amount = number_words(round(difference, 4))
    return f"{amount}个百分点" if target.is_share else f"{amount}{unit_words(target) or ONE_A_PERIOD}"
