"""Amounts in every notation: digits, numerals, fractions and tenths, with their units, ranges and comparators."""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.judging import is_condition, judge
from pipeline.mentions import Free, Mention
from pipeline.numerals import (
    ARABIC,
    CHINESE,
    CHINESE_DIGIT,
    LOOSE,
    MIXED,
    SCALE_OF,
    SPACED,
    TIMES,
    Numeral,
    read_chinese,
    read_numeral,
)
from pipeline.records import Comparator
from pipeline.standards import AGAINST, AGAINST_SIGN
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

# --- patterns ------------------------------------------------------------------------------------------------------

_ARABIC = rf"(?:{MIXED}|{SPACED}|{ARABIC}){LOOSE}?{TIMES}?{LOOSE}?"
_VAGUE = rf"(?:{CHINESE_DIGIT}?十几|几[十百千万]|数[十百千万]|成百上千|上[百千万](?!级)|百把)[余多]?"
_CHINESE = rf"(?:{_VAGUE}|{CHINESE}+(?:点{CHINESE_DIGIT}+)?{LOOSE}?[万亿千百]?[余多]?)"
_JOIN = r"\s*(?:-{1,2}|~|至|到|或)\s*"

# 由5个到8个, 从去年的5项到8项: two values; 由县司法局开展3至5次 and 从严检查2至3次 are ranges.
START_OF_CHANGE = re.compile(r"[由从](?:原来|原先|过去|之前|去年|上年|年初|(?:19|20)\d\d年)?的?(?:约|近|不足)?$")

ARABIC_AMOUNT = re.compile(
    rf"(?<![\d.A-Za-z])(?P<sign>(?:(?<=[\t (:])|(?<=^)|(?<=[同环]比)|(?<=增长|增速|增幅))[+-])?(?P<low>{_ARABIC})"
    rf"(?:\s*(?P<low_unit>%|‰|{ARABIC_UNIT})?{_JOIN}(?P<high>{_ARABIC}))?"
    rf"\s{{0,2}}(?P<unit>%|‰|{ARABIC_UNIT})?",
    re.MULTILINE,
)
# 一 is part of so many words that what stands before it decides: 统一, 唯一, 进一步, 第一, 每一个.
CHINESE_AMOUNT = re.compile(
    rf"(?<![第{CHINESE[1:-1]}])(?!(?<=[统唯专单逐进某另任哪初同划之这那头周期])(?<!每周)(?<!每月)一)(?P<low>{_CHINESE})"
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


# --- finders -------------------------------------------------------------------------------------------------------


def find_shares(text: str, free: Free) -> Iterator[Mention]:
    """Yield what `find_fractions` does, with a reason where it only triggers a duty: 超过半数成员不同意的,不得提交."""
    for mention in find_fractions(text, free):
        triggers = is_condition(text, mention.start, mention.end, comparator=mention.comparator)
        yield replace(mention, reason="condition") if triggers else mention


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
    if match["low"] in tuple("百千万亿") and text[match.start() - 1 : match.start()] in tuple("(/"):
        return  # (万元) behind a label is a unit
    if low is None or (match["high"] and high is None):
        yield Mention(*match.span(), "none", *match.span(), reason="name_count")  # 八九不离十
        return
    if high is not None and not match["low_unit"]:
        low = scaled_as(match["low"], low, match["high"])
    start, end = match.start("low"), match.end()
    if unit is None and not chinese:
        end = match.end("high") if high else match.end("low")
    opening, joint = text[max(0, start - 20) : start], text[match.end("low") : match.start("high")] if high else ""
    if high is not None and ((START_OF_CHANGE.search(opening) and joint[-1] in "到至") or high.value <= low.value):
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
        first, said = offset + against.start(), AGAINST_SIGN[against["word"]]
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
