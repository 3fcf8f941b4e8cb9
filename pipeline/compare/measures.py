"""A commitment's value in a form in which two can be held against each other, and whether they may be.

Two values are comparable unless a reason of REASONS speaks against it; every reason comes with its words. How strict a
target is, is asked only of values that are comparable.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

import pandas as pd

from pipeline.records import Comparator, Level, Period, Stance, ValueType
from pipeline.reference import Direction, indicators

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

# Units that agree, the first of each standing for all (codebook, Commitments); factors where they only differ in size.
SAME_UNITS = (
    ("次", "期", "场", "届", "场次"),
    ("件", "起", "宗", "份"),
    ("人", "名", "位"),
    ("日", "天", "个自然日", "自然日"),
    ("工作日", "个工作日"),
    ("个百分点", "百分点"),
    ("小时", "个小时"),
    ("人次", "人(次)", "人/次"),
)
FACTORS: Mapping[str, tuple[float, str]] = {
    "千元": (1_000, "元"),
    "万元": (10_000, "元"),
    "亿元": (100_000_000, "元"),
    "‰": (0.1, "%"),
    "分钟": (1 / 60, "小时"),
    "周": (7, "日"),
    "年": (12, "个月"),
}
_STANDS_FOR = {unit: units[0] for units in SAME_UNITS for unit in units}

# Words of a subject that narrow what is counted. Two values differ where both are narrowed in one way and not alike.
FACETS: Mapping[str, tuple[str, ...]] = {
    "审级": ("一审", "二审", "再审"),
    "程序": ("一般程序|普通程序", "简易程序|当场", "快速办理"),
    "人员": ("新任|新招录|新进", "在职|一线|在岗", "辅助人员", "领导干部", "法制审核人员"),
    "层级": ("省级", "市级", "县级|区级|旗级", "乡镇|街道|镇级|乡级", "村级|村居|社区"),
    "方式": ("网上|线上|掌上", "线下|窗口"),
}
# These narrow even where the other value has no such word: 主要负责人出庭 is a part of 负责人出庭.
NARROW: Mapping[str, str] = {
    "出庭人员": "主要负责人|正职|一把手",
    "范围": "本级",
    "抽样": "抽查|抽样|抽检",
}
CUMULATIVE = re.compile(r"累计|以来|迄今|至今|开展以来|(?:19|20)\d\d年(?:\d+月)?(?:起|开始|至(?:19|20)\d\d年)")
YEARLY = re.compile("全年|今年|本年|当年|年度|年内")
SPAN = re.compile(
    r"((?:19|20)\d\d)\s*[-—–―~～至到]+\s*((?:19|20)\d\d)|[“\"][一二三四五六七八九十]+五[”\"]|十[一二三四五]?五(?:规划|时期|期间)"
)
DURATIONS = frozenset(("日", "工作日", "小时", "个月"))  # how long something may take; 学时 are an amount
SHARES = frozenset(("%", "个百分点"))
CHANGES = frozenset(("increase", "decrease"))
# A count of a period told over a year; a bare frequency counts one.
A_YEAR: Mapping[str, int] = {"year": 1, "half-year": 2, "quarter": 4, "month": 12, "week": 52}
PERIOD_WORDS: Mapping[str, str] = {
    "year": "每年",
    "half-year": "每半年",
    "quarter": "每季度",
    "month": "每月",
    "week": "每周",
    "day": "每日",
    "term": "每届任期",
    "span": "规划期内",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A value with all that decides whether another can be held against it."""

    commitment_id: str
    doc_id: str
    indicators: tuple[str, ...]
    subject: str
    type: ValueType
    stance: Stance
    comparator: Comparator | None
    bound: Comparator | None
    value: float | None  # in `unit`; 1 for a bare frequency (每月调度)
    value_max: float | None
    unit: str | None  # the one that stands for its class
    printed: str  # the value as the document writes it
    period: Period | None
    every: int | None
    begins: date | None
    deadline: date | None
    reference: str | None
    year: int | None  # that the value is of: 2025 for a target in the next steps of a report on 2024
    is_span: bool  # of a document that plans for several years
    is_cumulative: bool
    jurisdiction: str | None
    level: Level
    body: str | None  # that the document speaks for, where it is a department, without the name of the place
    lead: tuple[str, ...] = ()
    facets: tuple[tuple[str, frozenset[str]], ...] = ()  # in which ways its subject is narrowed

    @property
    def is_change(self) -> bool:
        """Whether it says by how much something changes."""
        return self.comparator in CHANGES or self.unit == "个百分点"

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage, of which no period makes more or less."""
        return self.unit in SHARES

    @property
    def pace(self) -> str | None:
        """The period that its amount is of: the year of a yearly document where it names none, None for shares."""
        if self.is_share or self.is_cumulative or self.type == "deadline" or self.unit in DURATIONS:
            return None
        return self.period or ("span" if self.is_span and self.stance == "target" else "year")

    @property
    def form(self) -> tuple[Any, ...]:
        """All of it that a verdict depends on: two values of one form compare alike with any third."""
        return (
            self.indicators, self.type, self.deadline is None, self.value is None, self.is_change, self.unit, self.pace,
            self.every, self.is_cumulative, self.printed if is_rough(self) else "", self.facets, self.body, self.level,
            self.year, self.reference if self.is_change else None,
        )  # fmt: skip


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


def measures(commitments: pd.DataFrame, documents: pd.DataFrame) -> dict[str, Measure]:
    """Return the measure of each commitment by its id, in their order.

    Args:
        commitments: tables.COMMITMENT columns.
        documents: tables.DOCUMENT columns; each document that a commitment names.
    """
    about = {
        row["doc_id"]: row
        for row in _rows(documents, ("doc_id", "title", "kind", "year", "jurisdiction", "level", "body"))
    }
    wanted = (
        "commitment_id", "doc_id", "quote", "indicators", "subject", "type", "stance", "comparator", "bound", "value",
        "value_max", "unit", "value_text", "period", "every", "begins", "deadline", "reference", "lead",
        "start", "value_start",
    )  # fmt: skip
    return {row["commitment_id"]: _measure(row, about[row["doc_id"]]) for row in _rows(commitments, wanted)}


def _rows(table: pd.DataFrame, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    columns = [plain_cells(table[name]) for name in names]
    return (dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True))


def plain_cells(series: "pd.Series[Any]") -> list[Any]:
    """Return the cells as plain Python values: dates as `date`, None where there is none."""
    cells = series.dt.date if pd.api.types.is_datetime64_any_dtype(series.dtype) else series
    return [cell if isinstance(cell, list) or not pd.isna(cell) else None for cell in cells.tolist()]


def _measure(row: Mapping[str, Any], document: Mapping[str, Any]) -> Measure:
    unit = _STANDS_FOR.get(row["unit"], row["unit"])
    factor, unit = FACTORS.get(unit, (1.0, unit))
    before = row["quote"][: max(0, row["value_start"] - row["start"])]
    clause = re.split("[。；;]", before)[-1]
    is_bare = row["type"] == "quantity" and row["value"] is None and row["period"] is not None
    is_span = document["kind"] == "outline" or bool(SPAN.search(document["title"] or ""))
    return Measure(
        commitment_id=row["commitment_id"],
        doc_id=row["doc_id"],
        indicators=tuple(row["indicators"]),
        subject=row["subject"] or "",
        type=row["type"],
        stance=row["stance"],
        comparator=row["comparator"],
        bound=row["bound"],
        value=1.0 if is_bare else _scaled(row["value"], factor),
        value_max=_scaled(row["value_max"], factor),
        unit=unit,
        printed=row["value_text"],
        period=row["period"],
        every=row["every"],
        begins=row["begins"],
        deadline=row["deadline"],
        reference=row["reference"],
        year=_year_of(row, document, is_span),
        is_span=is_span,
        is_cumulative=row["stance"] != "target" and bool(CUMULATIVE.search(clause)) and not YEARLY.search(clause)
        and row["period"] is None,
        jurisdiction=document["jurisdiction"],
        level=document["level"],
        body=(document["body"] or "").removeprefix(document["jurisdiction"] or "") or document["body"],
        lead=tuple(row["lead"]),
        facets=_facets(row["subject"] or ""),
    )  # fmt: skip


def _scaled(value: float | None, factor: float) -> float | None:
    return None if value is None else round(value * factor, 6)


def _year_of(row: Mapping[str, Any], document: Mapping[str, Any], is_span: bool) -> int | None:
    """Return the year that a value is of: what a report still plans is for the year after it."""
    year: int | None = document["year"]
    if row["stance"] == "target":
        if row["deadline"] is not None:
            return int(row["deadline"].year)
        if year is not None and document["kind"] == "report":
            return year + 1
        return None if is_span else year
    if row["stance"] == "baseline" and year is not None:
        named = re.search(r"((?:19|20)\d\d)年", row["reference"] or "")
        return int(named[1]) if named else year - 1
    return year


def compare_measures(a: Measure, b: Measure, *, indicator: str | None = None, across_years: bool = False) -> Verdict:
    """Say whether two values may be held against each other.

    Args:
        a: one value.
        b: the other; the verdict is the same the other way round.
        indicator: that both are compared on; without it they must share one, or name their subjects alike.
        across_years: two years of one place are to be compared.
    """
    found = list(_reasons(a, b, indicator, across_years))
    return Verdict(tuple(found))


def _reasons(a: Measure, b: Measure, indicator: str | None, across_years: bool) -> Iterator[tuple[ReasonKey, str]]:
    if indicator is None and not (set(a.indicators) & set(b.indicators) or a.subject == b.subject != ""):
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
        yield "period", f"周期不同（{_both(_pace_words(a), _pace_words(b))}）"
    if a.is_cumulative != b.is_cumulative and not (a.is_share and b.is_share):
        yield "cumulative", "一方是累计数，一方是年度数"
    if rough := [one for one in (a, b) if is_rough(one)]:
        yield "approximate", f"“{rough[0].printed}”是约数"
    yield from _narrowed(a, b)
    if a.body != b.body:
        yield "scope", "范围不同（" + "与".join(sorted((a.body or "政府", b.body or "政府"))) + "）"
    elif a.level != b.level:
        yield "scope", "行政层级不同"
    if not across_years and a.year != b.year and a.year is not None and b.year is not None:
        yield "year", f"年份不同（{_both(f'{a.year}年', f'{b.year}年')}）"


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
def _catalogue() -> dict[str, Any]:
    return {each.id: each for each in indicators()}


def _kind(indicator: str) -> str:
    found = _catalogue().get(indicator)
    return found.kind if found else "count"


def direction_of(measure: Measure, indicator: str | None = None) -> Direction:
    """Return whether more or less of what a value measures is better, by its indicator or else by its comparator."""
    for each in (indicator, *measure.indicators) if indicator else measure.indicators:
        found = _catalogue().get(each)
        if found and found.direction != "neutral":
            return found.direction  # type: ignore[no-any-return]  # the catalogue is typed where it is read
    if measure.comparator in (">=", ">"):
        return "higher_better"
    if measure.comparator in ("<=", "<"):
        return "lower_better"
    return "neutral"


def is_rough(measure: Measure) -> bool:
    """Say whether a value is only about so much."""
    return measure.comparator == "~" or (measure.bound == "~")


def _pace_words(measure: Measure, pace: str | None = None) -> str:
    pace = pace or measure.pace
    if pace is None:
        return "未写明"
    words = PERIOD_WORDS.get(pace, pace)
    return f"每{measure.every}{words[1:]}" if measure.every and measure.every > 1 else words


def _narrowed(a: Measure, b: Measure) -> Iterator[tuple[ReasonKey, str]]:
    for (name, left), (_, right) in zip(a.facets, b.facets, strict=True):
        is_narrow = name in NARROW
        if (left and right and not left & right) or (is_narrow and bool(left) != bool(right)):
            sides = sorted(_sides(left, right))
            yield "denominator", f"口径不同（{name}：{f'一方限于{sides[0]}' if is_narrow else '与'.join(sides)}）"


def _sides(left: frozenset[str], right: frozenset[str]) -> Iterator[str]:
    return ("、".join(sorted(each)) for each in (left, right) if each)


def _facets(subject: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return in which ways a subject is narrowed, each way by the first word of its kind."""
    found = [
        (name, frozenset(kind.partition("|")[0] for kind in kinds if re.search(kind, subject)))
        for name, kinds in FACETS.items()
    ]
    return (*found, *((name, frozenset(re.findall(words, subject)[:1])) for name, words in NARROW.items()))


def describe(measure: Measure) -> str:
    """Return a value in words: 不低于95%, 每年4次, 9月底前 as 2024年9月30日前."""
    if measure.type == "deadline":
        return f"{_day(measure.deadline)}前" if measure.deadline else measure.printed
    if measure.value is None or measure.comparator is None:
        return measure.printed
    amount = number_words(measure.value)
    if measure.comparator == "range" and measure.value_max is not None:
        return f"{amount}—{number_words(measure.value_max)}{measure.unit or ''}"
    few = "低于" if measure.is_share else "少于"
    many = "高于" if measure.is_share else "多于"
    words = {">=": f"不{few}", "<=": f"不{many}" if measure.is_share else "不超过", "<": few, ">": many, "~": "约",
             "increase": "增加", "decrease": "减少"}.get(measure.comparator or "", "")  # fmt: skip
    if measure.bound and words in ("增加", "减少"):
        words += {">=": "不少于", "<=": "不超过", "<": "不到", ">": "超过", "~": "约"}.get(measure.bound, "")
    is_paced = measure.period and not measure.is_share and measure.stance == "target"
    pace = _pace_words(measure, measure.period) if is_paced else ""
    return f"{pace}{words}{amount}{measure.unit or ''}"


def number_words(value: float) -> str:
    """Return a number as it is printed: 95, 92.3, 2890万."""
    if abs(value) >= 10_000 and value % 100 == 0:
        return f"{value / 10_000:.6f}".rstrip("0").rstrip(".") + "万"
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "未写明日期"


def change_of_target(before: Measure, after: Measure, indicator: str | None = None) -> tuple[int, str] | None:
    """Say which of two targets asks for more.

    Returns:
        1 where *after* asks for more, -1 for less, 0 for as much, each with a Chinese phrase that has the arithmetic;
        None where they cannot be compared, or nobody can tell what is more.
    """
    if "deadline" in (before.type, after.type):
        return None
    verdict = compare_measures(before, after, indicator=indicator or "", across_years=True)
    blocking = {key for key, _ in verdict.reasons} - {"scope", "year"}  # a lower level takes up what a higher one asks
    if blocking or before.value is None or after.value is None:
        return None
    way = direction_of(before, indicator)
    if way == "neutral":
        way = direction_of(after, indicator)
    a, b = _asked(before, way), _asked(after, way)
    if before.is_change:
        way = "higher_better"  # the greater change is the stricter one, whichever way it goes
        if before.comparator != after.comparator:
            return None
    if a == b:
        return 0, f"同为{describe(before)}"
    words = f"{describe(before)}与{describe(after)}，{_gap(b - a, before)}"
    if way == "neutral":
        if {before.comparator, after.comparator} <= {"=", ">=", ">", None} and _is_work(before):
            way = "higher_better"  # of work that is asked for, more is more
        else:
            return None
    return (1 if (b > a) == (way == "higher_better") else -1), words


def _is_work(measure: Measure) -> bool:
    """Say whether a value counts what is to be done, and not how long it may take."""
    return measure.unit not in DURATIONS and measure.type in ("quantity", "universal")


def _asked(measure: Measure, way: Direction) -> float:
    """Return the least that a target asks for: the lower end of a range where more is better."""
    if measure.comparator == "range" and measure.value_max is not None and way == "lower_better":
        return measure.value_max
    return measure.value or 0.0


def _gap(difference: float, measure: Measure) -> str:
    """Return how far two values are apart: 低5个百分点, 多2次."""
    size = number_words(abs(round(difference, 4)))
    if measure.unit == "%":
        return f"{'高' if difference > 0 else '低'}{size}个百分点"
    return f"{'多' if difference > 0 else '少'}{size}{measure.unit or ''}"


def change_of_deadline(before: Measure, after: Measure) -> tuple[int, str] | None:
    """Return by how many days the second deadline is later, with a Chinese phrase; None where one has no date."""
    if before.deadline is None or after.deadline is None:
        return None
    days = (after.deadline - before.deadline).days
    if days == 0:
        return 0, f"同为{_day(before.deadline)}前"
    return days, f"由{_day(before.deadline)}前改为{_day(after.deadline)}前，{'晚' if days > 0 else '早'}{_span(days)}"


def _span(days: int) -> str:
    """Return a number of days as people say it: 3个月 where it is nearly that.

    >>> _span(92), _span(7), _span(365)
    ('3个月', '7天', '1年')
    """
    days = abs(days)
    if days % 365 in (0, 1) and days >= 365:
        return f"{days // 365}年"
    months = round(days / 30.44)
    return f"{months}个月" if days >= 27 and abs(days - months * 30.44) <= 3 else f"{days}天"


def strictest(targets: Sequence[Measure], indicator: str | None = None) -> Measure:
    """Return the target that asks for most, of equal ones the first; *targets* must not be empty."""
    best = targets[0]
    for each in targets[1:]:
        found = change_of_target(best, each, indicator)
        if found and found[0] > 0:
            best = each
    return best
