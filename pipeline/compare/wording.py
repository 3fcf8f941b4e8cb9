"""Values, periods, dates and how far two of them are apart, in Chinese words and in the units that are printed."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.compare.reading import Measure

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
# What several of a period are called behind their number: 每2个月, never 每2月.
SEVERAL: Mapping[str, str] = {
    "half-year": "个半年",
    "quarter": "个季度",
    "month": "个月",
    "day": "天",
    "term": "届任期",
}


def plain_unit(unit: str | None) -> tuple[float, str | None]:
    """Return the unit that stands for a printed one, and how many of it the printed one is."""
    if unit is None:
        return 1.0, None
    unit = _STANDS_FOR.get(unit, unit)
    return FACTORS.get(unit, (1.0, unit))


def _printed(measure: "Measure") -> tuple[float, str]:
    """Return the factor and unit in which the document writes a value, its plain unit where it was told in another."""
    factor, unit = plain_unit(measure.printed_unit)
    if measure.printed_unit and unit == measure.unit:
        return factor, measure.printed_unit
    return 1.0, measure.unit or ""


def describe(measure: "Measure") -> str:
    """Return a value in words: 不低于95%, 每年4次, 2年; 9月底前 as 2024年9月30日前."""
    if measure.type == "deadline":
        return f"{day_words(measure.deadline)}前" if measure.deadline else measure.printed
    if measure.value is None or measure.comparator is None:
        return measure.printed
    factor, unit = _printed(measure)
    amount = number_words(measure.value / factor)
    if measure.comparator == "range" and measure.value_max is not None:
        return f"{amount}—{number_words(measure.value_max / factor)}{unit}"
    few = "低于" if measure.is_share else "少于"
    many = "高于" if measure.is_share else "多于"
    words = {">=": f"不{few}", "<=": f"不{many}" if measure.is_share else "不超过", "<": few, ">": many, "~": "约",
             "increase": "增加", "decrease": "减少"}.get(measure.comparator or "", "")  # fmt: skip
    if measure.bound and words in ("增加", "减少"):
        words += {">=": "不少于", "<=": "不超过", "<": "不到", ">": "超过", "~": "约"}.get(measure.bound, "")
    is_paced = measure.period and not measure.is_share and measure.stance == "target"
    pace = pace_words(measure.period, measure.every) if is_paced else ""
    return f"{pace}{words}{amount}{unit}"


def number_words(value: float) -> str:
    """Return a number as it is printed: 95, 92.3, 2890万."""
    if abs(value) >= 10_000 and value % 100 == 0:
        return f"{value / 10_000:.6f}".rstrip("0").rstrip(".") + "万"
    return f"{value:.4f}".rstrip("0").rstrip(".")


def pace_words(period: str | None, every: int | None = None) -> str:
    """Return a period in words.

    >>> pace_words("month"), pace_words("month", 2), pace_words("year", 2), pace_words(None)
    ('每月', '每2个月', '每2年', '未写明')
    """
    if period is None:
        return "未写明"
    words = PERIOD_WORDS.get(period, period)
    return f"每{every}{SEVERAL.get(period, words[1:])}" if every and every > 1 else words


def day_words(day: date | None) -> str:
    """Return a date in words: 2024年9月30日."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "未写明日期"


def gap_words(difference: float, before: "Measure", after: "Measure") -> str:
    """Return how far *after* is from *before*: 低5个百分点, 多2次; in the printed unit where both have the same."""
    if before.unit == "%":
        return f"{'高' if difference > 0 else '低'}{number_words(abs(round(difference, 4)))}个百分点"
    factor, unit = _printed(before)
    if _printed(after)[1] != unit:
        factor, unit = 1.0, before.unit or ""
    return f"{'多' if difference > 0 else '少'}{number_words(abs(round(difference / factor, 4)))}{unit}"


def span_words(days: int) -> str:
    """Return a number of days as people say it: 3个月 where it is nearly that.

    >>> span_words(92), span_words(7), span_words(365)
    ('3个月', '7天', '1年')
    """
    days = abs(days)
    if days % 365 in (0, 1) and days >= 365:
        return f"{days // 365}年"
    months = round(days / 30.44)
    return f"{months}个月" if days >= 27 and abs(days - months * 30.44) <= 3 else f"{days}天"
