"""Every number, date, frequency and universal of a text, normalised, or the reason why it is none.

`find_mentions` is what the commitments stage builds on; `find_numbers` is the same for a bare string. Words from a
tokenizer decide nothing here: a number ends where its digits, scale, unit and comparator end.
"""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby

from pipeline.dates import Calendar, DateMention, find_dates
from pipeline.exclusions import LIST_MARKER, YEARS_NAMED, find_zones
from pipeline.judging import is_condition, judge
from pipeline.mentions import Mention
from pipeline.numerals import (
    ARABIC,
    CHINESE,
    CHINESE_DIGIT,
    FORMAL,
    LOOSE,
    MIXED,
    PLAIN,
    SCALE_OF,
    SPACED,
    TIMES,
    Numeral,
    read_chinese,
    read_numeral,
)
from pipeline.records import Comparator, Number, Reason
from pipeline.text import fold
from pipeline.units import (
    ARABIC_UNIT,
    CHINESE_UNIT,
    POINTS,
    TIME_UNITS,
    TO_WORD,
    change_before,
    comparator_after,
    comparator_before,
)

JOINED = re.compile(r"[、和及与]|以及")
HANDED_ON = ("increase", "decrease", ">=", "<=")  # to an amount joined by 和: 不少于15名和5名


# --- patterns of amounts -------------------------------------------------------------------------------------------

_ARABIC = rf"(?:{MIXED}|{SPACED}|{ARABIC}){LOOSE}?{TIMES}?{LOOSE}?"
_VAGUE = rf"(?:{CHINESE_DIGIT}?十几|几[十百千万]|数[十百千万]|成百上千|上[百千万](?!级)|百把)[余多]?"
_CHINESE = rf"(?:{_VAGUE}|{CHINESE}+(?:点{CHINESE_DIGIT}+)?{LOOSE}?[万亿千百]?[余多]?)"
_JOIN = r"\s*(?:-{1,2}|~|至|到|或)\s*"

ARABIC_AMOUNT = re.compile(
    rf"(?<![\d.A-Za-z])(?P<sign>(?:(?<=[\t (:])|(?<=^)|(?<=[同环]比)|(?<=增长|增速|增幅))[+-])?(?P<low>{_ARABIC})"
    rf"(?:\s*(?P<low_unit>%|‰|{ARABIC_UNIT})?{_JOIN}(?P<high>{_ARABIC}))?"
    rf"\s{{0,2}}(?P<unit>%|‰|{ARABIC_UNIT})?",
    re.MULTILINE,
)
# 一 is part of so many words that what stands before it decides: 统一, 唯一, 进一步, 第一, 每一个.
CHINESE_AMOUNT = re.compile(
    rf"(?<![第{CHINESE[1:-1]}])(?!(?<=[统唯专单逐进某另任哪初同划之这那头周期])一)(?P<low>{_CHINESE})"
    rf"(?:(?P<low_unit>{CHINESE_UNIT})?{_JOIN}(?P<high>{_CHINESE}))?(?P<unit>{CHINESE_UNIT})"
)
# 三(3)次, 3(三)次: the value is said twice, as in contracts.
SAID_TWICE = re.compile(
    rf"(?<![第{CHINESE[1:-1]}\d])(?P<low>{CHINESE}{{1,9}}|\d{{1,5}})\((?P<again>\d{{1,5}}|{CHINESE}{{1,9}})\)"
    rf"(?P<unit>%|{CHINESE_UNIT})"
)
FRACTION = re.compile(
    rf"(?P<low>{CHINESE}{{1,9}}|\d{{1,9}})分之(?P<high>{CHINESE}{{1,9}}(?:点{CHINESE_DIGIT}{{1,9}})?|\d{{1,9}}(?:\.\d+)?)"
)
# 百分之九十五至百分之九十七, 百分之五到八
FRACTION_TO = re.compile(
    rf"(?:至|到|-{{1,2}}|~)(?:百分之)?(?P<top>{CHINESE}{{1,9}}(?:点{CHINESE_DIGIT}{{1,9}})?)(?![\d个项件人次年月日])"
)
SLASH = re.compile(r"(?<![\d/.])(?P<high>[1-9])/(?P<low>[2-9]|10)(?![\d/.])")
TENTHS = re.compile(
    r"(?<![\d分变建组合])(?P<low>[一二两三四五六七八九]|[1-9])(?:(?:至|到|-)?(?P<high>[一二三四五六七八九]|[1-9]))?成(?P<half>半|[一二三四五六七八九](?![一二三四五六七八九十个项名]))?[多余]?"
    r"(?!立|功|效|果|员|为|熟|长|本|绩|交|就|品|都|型|形|分|因|套|列|年|人|千|百|文|建|片|批|团|新|败|色)"
)
HALF = re.compile(r"一半|半数")
# 半个工作日, 两个半小时; 每半天 is a frequency, 上半日 and 大半天 are no lengths.
HALF_OF_TIME = re.compile(
    r"(?<![每上下前后大小多\d一二两三四五六七八九十个])(?:(?P<low>[一两二三四五六七八九]|\d{1,2})个)?"
    r"半个?(?P<unit>工作日|小时|天|日)(?!游)"
)
DOUBLING = re.compile(r"翻了?(?P<low>[一两二三四1-4])番|翻(?P<once>了?一?倍|番)")

# 全部 before these only says "the whole of": 一次性告知全部内容.
_WHOLE_OF = "门|队|内容|材料|信息|流程|过程|责任|费用|损失|手续|要求|情形|环节|精力"
_ZERO_OF = (
    "案件|伤亡|出现|发生|投诉|事故|上访|败诉|差错|复议|诉讼|延误|积压|违法|违规|纠错|超期|差评|增长|感染|死亡|信访|举报|逾期|发案"
    "|立案|通报|撤销|遗漏|缺陷|失误|瑕疵|赔偿|火灾|舆情"
)
UNIVERSAL = re.compile(
    rf"(?P<cover>全覆盖)|(?P<all>(?<![占安])全部(?!{_WHOLE_OF}))|(?P<alike>(?<!千篇)一律)"
    r"|(?P<every>所有(?!制|权|者|人))(?=[^,;。!?\n]{1,40}?(?:都|均|必须|须|应当|应|进入|纳入|实行|实现|通过))"
    rf"|(?P<none>零(?:{_ZERO_OF}))"
)
ZERO_UNIT = {"伤亡": "人", "死亡": "人", "感染": "人", "上访": "人次", "投诉": "件", "事故": "起", "火灾": "起"}

_MEAN = "平均值|平均水平|平均数|平均线|平均增速|平均增幅|平均降幅|均值|平均"
_STANDARD = rf"(?:{_MEAN}|水平|同期(?:水平)?|上年度?|去年|上一年度?|目标值|标准|要求|指标|规定)"
_SCOPE = "上一?年度?|去年|同期|法定|全国|全省|全市|全州|全盟|全区|全县|省|市|州|国家|同类|周边|本地|当年"
_YEAR = r"(?:19|20)\d{2}年度?"
_SPOKEN_STANDARD = (
    rf"(?:(?:{_YEAR})?(?:{_SCOPE})[^,;。、!?\n\d的]{{0,14}}?{_STANDARD}|{_YEAR}[^,;。、!?\n\d的]{{0,10}}?{_STANDARD}"
    r"|平均水平|平均值|(?:上年度?|去年|上一年度?)(?:同期)?(?:水平)?)"
)
BENCHMARK = re.compile(
    r"(?P<word>不得低于|不低于|不得高于|不高于|不超过|不少于|低于|高于|优于|好于|少于|多于|超过|超出)"
    rf"(?P<standard>{_SPOKEN_STANDARD})"
    rf"|(?:控制|保持|稳定|处)(?:在|于)(?P<held>{_SPOKEN_STANDARD})(?P<side>以下|之下|以内|以上|之上)"
)
# 高于全省平均水平5个百分点: an amount, counted from the standard.
AGAINST = re.compile(
    rf"(?P<word>高于|高出|优于|多于|低于|少于)(?P<standard>[^,;。、\d]{{0,10}}?{_STANDARD})(?:约|近)?$"
)
BENCHMARK_SIGN: dict[str, Comparator] = {
    "不得低于": ">=", "不低于": ">=", "不少于": ">=", "不得高于": "<=", "不高于": "<=", "不超过": "<=",
    "低于": "<", "少于": "<", "高于": ">", "优于": ">", "好于": ">", "多于": ">", "超过": ">", "超出": ">",
}  # fmt: skip


def find_mentions(text: str, calendar: Calendar) -> list[Mention]:
    """Return all mentions of folded *text* in order, none overlapping another.

    Args:
        text: folded text, a paragraph or more.
        calendar: the year that dates without one belong to.

    """
    return Reader(heal(text), calendar).read()


TYPED_O = re.compile(r"(?<![A-Za-z])(\d[\d,.]*)([Oo]+)(?![A-Za-z])")
TYPED_DASH = re.compile(r"(?<=\d)一(?=\d)")


def heal(text: str) -> str:
    """Return folded *text* with what was typed for a digit or a dash set right, one for one: 8O余篇, 2一4名."""
    while "O" in text or "o" in text:
        healed = TYPED_O.sub(lambda match: match[1] + "0" * len(match[2]), text)
        if healed == text:
            break
        text = healed
    text = FORMAL.sub(lambda match: match[0].translate(PLAIN), text)
    return TYPED_DASH.sub("-", text)


class Reader:
    """One pass over a text: each finder claims the characters it explains, and later ones leave them alone."""

    def __init__(self, text: str, calendar: Calendar) -> None:
        self.text = text
        self.calendar = calendar
        self.taken = bytearray(len(text))
        self.mentions: list[Mention] = []

    def read(self) -> list[Mention]:
        """Run the finders, from the surest to the most eager."""
        for mention in find_benchmarks(self.text):
            self.add(mention)
        self.set_aside(find_dates(self.text, self.calendar))
        for finder in (find_fractions, find_amounts, find_universals):
            for mention in finder(self.text, self.is_free):
                self.add(mention)
        self.sweep()
        self.mentions.sort(key=lambda mention: mention.start)
        return share_units(self.text, join_repeated(self.text, self.mentions))

    def is_free(self, start: int, end: int) -> bool:
        """Say whether no finder has claimed any of these characters."""
        return not any(self.taken[start:end])

    def free_parts(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the stretches of digits and numerals between two places that no finder has claimed."""
        for free, places in groupby(range(start, end), key=lambda place: not self.taken[place]):
            stretch = list(places)
            if free and any(char.isalnum() for char in self.text[stretch[0] : stretch[-1] + 1]):
                yield stretch[0], stretch[-1] + 1

    def add(self, mention: Mention) -> None:
        """Keep a mention and claim its characters, if they are free."""
        if self.is_free(mention.core, mention.core_end):
            start = mention.start
            while start < mention.core and self.taken[start]:
                start += 1
            end = mention.end
            while end > mention.core_end and self.taken[end - 1]:
                end -= 1
            self.mentions.append(replace(mention, start=start, end=end))
            self.taken[start:end] = b"\1" * (end - start)

    def set_aside(self, dates: list[DateMention]) -> None:
        """Claim what is no number at all, then the dates that do not lie inside such a stretch."""
        zones = list(find_zones(self.text))
        inside = [any(zone.start <= day.start and day.end <= zone.end for zone in zones) for day in dates]
        for day in (day for day, hidden in zip(dates, inside, strict=True) if not hidden):
            self.add(
                Mention(
                    day.start, day.end, "date", day.start, day.end, date_kind=day.kind, period=day.period,
                    every=day.every, begins=None if day.kind == "limit" else day.begins, deadline=day.deadline,
                    masked=day.masked, rule=day.kind,
                )
            )  # fmt: skip
        for zone in zones:
            for start, end in numbers_within(self.text, zone.start, zone.end):
                for first, last in self.free_parts(start, end):
                    self.mentions.append(Mention(first, last, "none", first, last, reason=zone.reason))
            for place in range(zone.start, zone.end):
                self.taken[place] = 1
        for match in LIST_MARKER.finditer(self.text):
            if self.is_free(*match.span()):
                self.claim_none(match.start() + len(match[0]) - len(match[0].lstrip()), match.end(), "list_number")
        for match in YEARS_NAMED.finditer(self.text):
            if self.is_free(*match.span()):
                self.claim_none(match.start(), match.end(), "planning_span")

    def claim_none(self, start: int, end: int, reason: Reason) -> None:
        """Record that what stands here is no value."""
        self.add(Mention(start, end, "none", start, end, reason=reason))

    def sweep(self) -> None:
        """Give every digit that nothing has explained a reason, so that no number goes unaccounted for."""
        for match in re.finditer(rf"{ARABIC}", self.text):
            for first, last in self.free_parts(*match.span()):
                self.claim_none(first, last, "name_count")


def numbers_within(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the digits and numerals inside a stretch that is set aside."""
    for match in re.finditer(rf"\d[\d.,]*\d|\d|{CHINESE}+", text[start:end]):
        yield start + match.start(), start + match.end()


# --- finders -------------------------------------------------------------------------------------------------------

Free = Callable[[int, int], bool]


def find_benchmarks(text: str) -> Iterator[Mention]:
    """Yield comparisons with what is no number here: 低于2023年全省平均值."""
    for match in BENCHMARK.finditer(text):
        following = text[match.end() : match.end() + 10]
        if re.match(r"(?:的)?\s*[约近]?\d", following):  # 高于全省平均水平5个百分点 is an amount
            continue
        sign: Comparator = BENCHMARK_SIGN[match["word"]] if match["word"] else ">=" if "上" in match["side"] else "<="
        yield Mention(
            match.start(), match.end(), "benchmark", match.start(), match.end(),
            comparator=sign, reference=match["standard"] or match["held"], rule="benchmark",
            reason="condition" if is_condition(text, match.start(), match.end(), benchmark=True) else None,
        )  # fmt: skip


def find_fractions(text: str, free: Free) -> Iterator[Mention]:
    """Yield 百分之九十五, 三分之二, 1/3, 八成 and 翻一番."""
    for match in FRACTION.finditer(text):
        low, high = number_of(match["low"]), number_of(match["high"])
        if low and high is not None and free(*match.span()):
            share, end = high if low == 100 else round(100 * high / low, 2), match.end()
            upper = FRACTION_TO.match(text, end) if low == 100 else None
            top = number_of(upper["top"]) if upper else None
            if upper and top and top > share and free(*upper.span()):
                end = upper.end()
            else:
                top = None
            yield amount(text, match.start(), end, Numeral(share, top), "%", rule="fraction")
    for match in SLASH.finditer(text):
        if free(*match.span()):
            share = round(100 * int(match["high"]) / int(match["low"]), 2)
            yield amount(text, match.start(), match.end(), Numeral(share), "%", rule="fraction")
    for match in TENTHS.finditer(text):
        low, high = number_of(match["low"]), number_of(match["high"])
        if low is None or not free(*match.span()):
            continue
        half = 5 if match["half"] == "半" else int(number_of(match["half"]) or 0)
        tenths = Numeral(low * 10 + half, high * 10 + half if high else None, loose=match[0].endswith(("多", "余")))
        yield amount(text, match.start(), match.end(), tenths, "%", rule="tenths")
    for match in HALF.finditer(text):
        if free(*match.span()):
            yield amount(text, match.start(), match.end(), Numeral(50), "%", rule="fraction")
    for match in HALF_OF_TIME.finditer(text):
        if free(*match.span()):
            length = Numeral((number_of(match["low"]) or 0) + 0.5)
            yield amount(text, match.start(), match.end(), length, match["unit"], rule="half")
    for match in DOUBLING.finditer(text):
        times = 1 if match["once"] else int(number_of(match["low"]) or 1)
        grown = amount(text, match.start(), match.end(), Numeral(100 * (2**times - 1)), "%", rule="doubling")
        bound = None if grown.comparator == "=" else grown.bound or grown.comparator
        yield replace(grown, comparator="increase", bound=bound if bound != "increase" else grown.bound)


def number_of(text: str | None) -> float | None:
    """Return the value of Arabic or Chinese digits, or None."""
    if not text:
        return None
    return float(text) if text[0].isascii() else read_chinese(text)


def find_amounts(text: str, free: Free) -> Iterator[Mention]:
    """Yield numbers with their units, ranges among them."""
    for match in SAID_TWICE.finditer(text):
        numeral, again = read_numeral(match["low"]), read_numeral(match["again"])
        if numeral and numeral == again and free(*match.span()):
            yield amount(text, match.start(), match.end(), numeral, match["unit"], rule="twice")
    for match in ARABIC_AMOUNT.finditer(text):
        if free(match.start("low"), match.end()):
            yield from read_amount(text, match, chinese=False)
    for match in CHINESE_AMOUNT.finditer(text):
        if free(match.start("low"), match.end()):
            yield from read_amount(text, match, chinese=True)


def read_amount(text: str, match: re.Match[str], *, chinese: bool) -> Iterator[Mention]:
    """Turn one matched amount into a mention, or into two where it is a change from one value to another."""
    unit = match["unit"]
    low, high = read_numeral(match["low"]), read_numeral(match["high"]) if match["high"] else None
    if low is None or (match["high"] and high is None):
        return
    if high is not None and not match["low_unit"]:
        low = scaled_as(match["low"], low, match["high"])
    start, end = match.start("low"), match.end()
    if unit is None and not chinese:
        end = match.end("high") if high else match.end("low")
    opening = text[max(0, start - 20) : start]
    if high is not None and (re.search(r"[由从自][^,;。]{0,18}$", opening) or high.value <= low.value):
        first_unit = match["low_unit"] or unit
        first_end = match.end("low_unit") if match["low_unit"] else match.end("low")
        yield judge(text, amount(text, start, first_end, low, first_unit, rule="amount"), chinese=chinese)
        yield judge(text, amount(text, match.start("high"), end, high, unit, rule="amount"), chinese=chinese)
        return
    numeral = Numeral(low.value, high.value) if high is not None else low
    mention = amount(text, start, end, numeral, unit, rule="chinese" if chinese else "amount")
    if not chinese and match["sign"]:
        sign: Comparator = "decrease" if match["sign"] == "-" else "increase"
        mention = replace(mention, start=match.start("sign"), comparator=sign, bound=None, rule="signed")
    yield judge(text, mention, chinese=chinese)


def scaled_as(words: str, low: Numeral, high_words: str) -> Numeral:
    """Return the low end of a range with the scale that is said only at the high end: 5-8万元, but not 500-3万元."""
    scale = re.search(r"(?:万亿|亿|万)$", high_words)
    high = read_numeral(high_words)
    if scale is None or high is None or re.search("[万亿]", words):
        return low
    times = SCALE_OF[scale[0]]
    return replace(low, value=low.value * times) if low.value * times < high.value else low


def amount(text: str, start: int, end: int, numeral: Numeral, unit: str | None, *, rule: str) -> Mention:
    """Build the mention of an amount whose digits and unit stand at text[start:end], reading the words around it."""
    head = text[max(0, start - 20) : start]
    offset = start - len(head)
    change, before = change_before(head), comparator_before(head)
    after = comparator_after(text, end, time=unit in TIME_UNITS)
    loose: Comparator | None = ">=" if numeral.least else "~" if numeral.loose else None
    first, last = start, end
    against = AGAINST.search(head)
    if before:
        first = offset + before[1]
    if after:
        last = after[1]
    said = merge(before[0] if before else None, after[0] if after else None) or loose
    if against:
        first, said = offset + against.start(), "<" if against["word"] in ("低于", "少于") else ">"
    comparator: Comparator = "range" if numeral.value_max is not None else said or "="
    bound: Comparator | None = None
    if change and not against:
        first = min(first, offset + change[1])
        hedge = comparator_before(text[offset + change[1] : start])
        comparator, bound = (
            change[0],
            "range"
            if numeral.value_max is not None
            else merge(hedge[0] if hedge else None, after[0] if after else None) or loose,
        )
    return Mention(
        first, last, "quantity", start, end,
        value=numeral.value, value_max=numeral.value_max, unit=plain_unit(unit), comparator=comparator, bound=bound,
        to=bool(TO_WORD.search(head[-8:])), reference=against["standard"] if against else None, rule=rule,
    )  # fmt: skip


def merge(before: Comparator | None, after: Comparator | None) -> Comparator | None:
    """Return what a comparator on each side says together: 不低于95%以上 is >=, 约30%以上 is >=."""
    if before is None or before == "~":
        return after if after and after != "~" else before or after
    if before == "<=" and after == ">=":  # 控制在80%以上
        return after
    return before


def plain_unit(unit: str | None) -> str | None:
    """Return a unit as records give it: 个工作日 and 个小时 without 个, 百分点 with it."""
    if unit in POINTS:
        return "个百分点"
    if unit in ("个工作日", "个自然日", "个小时"):
        return unit[1:]
    return unit


def find_universals(text: str, free: Free) -> Iterator[Mention]:
    """Yield 全覆盖, 全部, 一律, 所有…都 and 零案件 where they are the point of a clause."""
    for match in UNIVERSAL.finditer(text):
        if not free(*match.span()) or (match["cover"] and counted_cover(text, match)):
            continue
        unit, value = "%", 100
        if none := match["none"]:
            unit, value = zero_unit(text, match.start(), none[1:]), 0
        yield Mention(
            match.start(), match.end(), "universal", match.start(), match.end(),
            value=value, unit=unit, comparator="=", rule="universal",
        )  # fmt: skip


def counted_cover(text: str, match: re.Match[str]) -> bool:
    """Say whether 全覆盖 only describes what an amount counts: 一次全覆盖培训."""
    return bool(re.search(r"[\d一二两三四五六七八九十][次场轮期]$", text[max(0, match.start() - 3) : match.start()]))


def zero_unit(text: str, at: int, counted: str) -> str:
    """Return the unit in which what is zero would be counted: that of the thing named, or of the amount before it."""
    if counted in ZERO_UNIT:
        return ZERO_UNIT[counted]
    subject = text[max(0, at - 8) : at]
    for noun, unit in (("案卷", "卷"), ("人员", "人"), ("执法人", "人"), ("信访", "件")):
        if noun in subject:
            return unit
    return "件"


# --- neighbours ----------------------------------------------------------------------------------------------------


REPEATED = re.compile(r"\((?:含|即|也即|也就是)?")


def join_repeated(text: str, mentions: list[Mention]) -> list[Mention]:
    """Take a value that is repeated in brackets for one: 百分之百(100%), 90分以上(含90分)."""
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if (
            last
            and last.kind == mention.kind == "quantity"
            and last.unit == mention.unit
            and last.value is not None
            and mention.value is not None
            and math.isclose(last.value, mention.value, rel_tol=0.01)
            and REPEATED.fullmatch(text, last.end, mention.start)
            and text.startswith(")", mention.end)
        ):
            joined[-1] = replace(last, end=mention.end + 1)
        else:
            joined.append(mention)
    return joined


def share_units(text: str, mentions: list[Mention]) -> list[Mention]:
    """Let amounts joined by 和 or 、 share a unit and a change: 分别提高0.4个和1.1个百分点."""
    shared = list(mentions)
    for place in range(len(shared) - 2, -1, -1):
        one, two = shared[place], shared[place + 1]
        bare = one.kind == "none" and one.reason == "name_count" and one.unit is None
        is_pair = two.kind == "quantity" and JOINED.fullmatch(text, one.end, two.start)
        if is_pair and two.unit == "个百分点" and one.unit == "个":
            shared[place] = replace(one, unit="个百分点")
        elif is_pair and two.unit and (one.kind == "quantity" or bare) and one.unit is None:
            shared[place] = replace(one, kind="quantity", unit=two.unit, value=number_of_digits(text, one), reason=None)
    for place in range(1, len(shared)):
        one, two = shared[place - 1], shared[place]
        if not one.kind == two.kind == "quantity" or not JOINED.fullmatch(text, one.end, two.start):
            continue
        if two.comparator == "=" and one.unit == two.unit and one.comparator in HANDED_ON:
            shared[place] = replace(two, comparator=one.comparator)
    return shared


def number_of_digits(text: str, mention: Mention) -> float | None:
    """Return the value of a mention's digits alone."""
    numeral = read_numeral(text[mention.core : mention.core_end])
    return numeral.value if numeral else mention.value


def find_numbers(text: str, year: int | None = None) -> list[Number]:
    """Return every number, date, frequency and universal of a bare string, normalised, in order.

    Args:
        text: any string; offsets of the result are code points into it.
        year: the year that dates without one belong to; None leaves them null.

    Returns:
        Numbers with commitment_id None; reason is None for what could be a value, set for what is none.

    """
    found = []
    for mention in find_mentions(fold(text), Calendar(year)):
        reason = mention.reason
        if reason is None and mention.date_kind in ("year", "since"):
            reason = "event_date"
        found.append(number_record(text, mention, (mention.start, mention.end), reason=reason))
    return found


def number_record(text: str, mention: Mention, span: tuple[int, int], *, reason: Reason | None) -> Number:
    """Turn a mention that stands at text[span] into the record of numbers.jsonl."""
    return Number(
        start=span[0], end=span[1], text=text[slice(*span)],
        value=mention.value, value_max=mention.value_max, unit=mention.unit, comparator=mention.comparator,
        period=mention.period, every=mention.every, begins=mention.begins, deadline=mention.deadline, reason=reason,
    )  # fmt: skip
