"""Every notation of numbers, ranges, comparators, dates and frequencies, as strategies of (words, what they mean)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

DIGITS = "零一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789%.,", "０１２３４５６７８９％．，")

# Units that follow any number, Arabic or Chinese.
UNITS = (
    "件",
    "次",
    "期",
    "场",
    "名",
    "人",
    "人次",
    "场次",
    "份",
    "篇",
    "户",
    "家",
    "学时",
    "工作日",
    "万元",
    "元",
    "亩",
    "公里",
)
JOINTS = ("-", "—", "——", "－", "~", "～", "至", "到", "–")

# Words before and words after a number, and the comparator that they make.
BEFORE = {
    "不少于": ">=", "不低于": ">=", "至少": ">=", "不得少于": ">=", "起码": ">=", "不超过": "<=", "不高于": "<=", "最多": "<=",
    "控制在": "<=", "低于": "<", "不到": "<", "不足": "<", "超过": ">", "高于": ">", "近": "~", "约": "~", "大约": "~", "达到": "=",
    "": "=",
}  # fmt: skip
AFTER = {"以上": ">=", "及以上": ">=", "以下": "<=", "以内": "<=", "左右": "~", "上下": "~"}
CHANGES = {
    "提高": "increase",
    "增长": "increase",
    "上升": "increase",
    "下降": "decrease",
    "压减": "decrease",
    "缩短": "decrease",
}
PERIODS = {"年": "year", "季度": "quarter", "月": "month", "周": "week", "日": "day", "半年": "half-year"}


@dataclass(frozen=True, slots=True)
class Written:
    """Words, and the value that they stand for."""

    words: str
    value: float


def chinese(number: int) -> str:
    """Write a whole number below 100 million in Chinese numerals, as it is spoken: 12 is 十二, 10005 is 一万零五."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        gap = "零" if low and low < 1000 else ""
        return chinese(high) + "万" + (gap + below_myriad(low) if low else "")
    return below_myriad(number)


def below_myriad(number: int) -> str:
    """Write a number below 10,000."""
    if number < 10:
        return DIGITS[number]
    if number < 20:
        return "十" + (DIGITS[number % 10] if number % 10 else "")
    for size, name in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            head, rest = divmod(number, size)
            if not rest:
                return DIGITS[head] + name
            gap = "零" if rest < size // 10 else ""
            tail = "一" + below_myriad(rest) if 10 <= rest < 20 else below_myriad(rest)
            return DIGITS[head] + name + gap + tail
    raise AssertionError(number)


@st.composite
def counts(draw: st.DrawFn, low: int = 1, high: int = 9_999_999) -> Written:
    """A whole number in Arabic, full-width, separated or Chinese digits, or in 万."""
    number = draw(st.integers(low, high))
    notation = draw(st.sampled_from(("arabic", "full-width", "commas", "full-width commas", "chinese", "myriads")))
    if notation == "arabic":
        return Written(str(number), number)
    if notation == "full-width":
        return Written(str(number).translate(FULL_WIDTH), number)
    if notation == "commas":
        return Written(f"{number:,}", number)
    if notation == "full-width commas":
        return Written(f"{number:,}".translate(FULL_WIDTH), number)
    if notation == "chinese" and number >= 2:
        return Written(chinese(number), number)
    hundreds = draw(st.integers(1, 99_999))
    return Written(f"{hundreds / 100:g}万", hundreds * 100)


@st.composite
def shares(draw: st.DrawFn) -> Written:
    """A percentage: 95%, 95.6％, 百分之九十五点六, 95 %."""
    tenths = draw(st.integers(10, 1000))
    notation = draw(st.sampled_from(("arabic", "full-width", "blank", "chinese")))
    number = f"{tenths / 10:g}"
    if notation == "chinese":
        whole, tenth = divmod(tenths, 10)
        said = "百" if whole == 100 else chinese(whole)
        return Written("百分之" + said + (f"点{DIGITS[tenth]}" if tenth else ""), tenths / 10)
    words = {"arabic": f"{number}%", "full-width": f"{number}%".translate(FULL_WIDTH), "blank": f"{number} %"}[notation]
    return Written(words, tenths / 10)


@st.composite
def ranges(draw: st.DrawFn) -> tuple[str, float, float, str]:
    """Two numbers with a joint between them, the unit behind both or behind each."""
    unit = draw(st.sampled_from(("次", "名", "件", "个工作日", "%")))
    low = draw(st.integers(1, 98))
    high = draw(st.integers(low + 1, 99))
    joint = draw(st.sampled_from(JOINTS))
    spoken = unit != "%" and joint in ("至", "到") and draw(st.booleans())
    first, last = (chinese(low), chinese(high)) if spoken else (str(low), str(high))
    twice = draw(st.booleans())
    return f"{first}{unit if twice else ''}{joint}{last}{unit}", low, high, unit


@st.composite
def limits(draw: st.DrawFn, year: int) -> tuple[str, date]:
    """A due date in any notation, with the day that it stands for in a plan for *year*."""
    said = draw(st.sampled_from((year, year + 1)))
    month = draw(st.integers(1, 12))
    last = date(said, month, monthrange(said, month)[1])
    day = draw(st.integers(1, last.day))
    head = "" if said == year and draw(st.booleans()) else draw(st.sampled_from((f"{said}年", "".join(
        "〇一二三四五六七八九"[int(char)] for char in str(said)) + "年", f"{said}年".translate(FULL_WIDTH))))  # fmt: skip
    month_said = draw(st.sampled_from((str(month), chinese(month))))
    quarter = (month - 1) // 3 + 1
    forms = {
        f"{head}{month_said}月底前": last,
        f"{head}{month_said}月末前": last,
        f"{head}{month_said}月{day}日前": date(said, month, day),
        f"{head}{month}月 {day} 日前": date(said, month, day),
        f"{head}{month_said}月{chinese(day)}日前": date(said, month, day),
        f"{head}{month_said}月上旬前": date(said, month, 10),
        f"{head}{month_said}月中旬前": date(said, month, 20),
        f"{head}第{DIGITS[quarter]}季度末前": date(said, 3 * quarter, monthrange(said, 3 * quarter)[1]),
        f"{head}{month_said}月前": date(said, month, 1) - timedelta(days=1),
    }
    if head:
        forms |= {
            f"{head}底前": date(said, 12, 31),
            f"{head}年底前": date(said, 12, 31),
            f"{head}前": date(said - 1, 12, 31),
            f"到{head}": date(said, 12, 31),
            f"{head}上半年": date(said, 6, 30),
        }
    else:
        forms |= {
            "年底前": date(year, 12, 31),
            "年内": date(year, 12, 31),
            "上半年": date(year, 6, 30),
            "年末前": date(year, 12, 31),
        }
    return draw(st.sampled_from(sorted(forms.items())))


@st.composite
def frequencies(draw: st.DrawFn) -> tuple[str, str, int | None]:
    """How often: 每月, 每两年, 每3个月, with the period and the number of periods where it is more than one."""
    unit, period = draw(st.sampled_from(sorted(PERIODS.items())))
    every = 1 if unit == "半年" else draw(st.integers(1, 6))
    if every == 1:
        return f"每{unit}", period, None
    said = "两" if every == 2 else chinese(every)
    number = draw(st.sampled_from((said, str(every))))
    classifier = "个" if unit in ("月", "季度") else ""
    return f"每{number}{classifier}{unit}", period, every
