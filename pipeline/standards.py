"""Values measured against a standard that is no number here: 低于2023年全省平均值, 不高于上一年度."""

import re
from collections.abc import Iterator

from pipeline.judging import is_condition
from pipeline.mentions import Mention
from pipeline.records import Comparator

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
# 高于全省平均水平5个百分点, 不低于上年度办案总数的10%: an amount, counted from the standard.
COUNTED_FROM = re.compile(r"(?:[^,;。\d的]{0,8}的)?\s*[约近]?\d")
AGAINST = re.compile(
    rf"(?P<word>不得低于|不低于|不高于|不少于|高于|高出|优于|多于|低于|少于)(?P<standard>[^,;。、\d]{{0,10}}?{_STANDARD})(?:约|近)?$"
)
BENCHMARK_SIGN: dict[str, Comparator] = {
    "不得低于": ">=", "不低于": ">=", "不少于": ">=", "不得高于": "<=", "不高于": "<=", "不超过": "<=",
    "低于": "<", "少于": "<", "高于": ">", "优于": ">", "好于": ">", "多于": ">", "超过": ">", "超出": ">",
}  # fmt: skip
AGAINST_SIGN: dict[str, Comparator] = {**BENCHMARK_SIGN, "高出": ">"}


def find_benchmarks(text: str) -> Iterator[Mention]:
    """Yield comparisons with what is no number here: 低于2023年全省平均值."""
    for match in BENCHMARK.finditer(text):
        following = text[match.end() : match.end() + 10]
        if COUNTED_FROM.match(following):
            continue
        sign: Comparator = BENCHMARK_SIGN[match["word"]] if match["word"] else ">=" if "上" in match["side"] else "<="
        yield Mention(
            match.start(), match.end(), "benchmark", match.start(), match.end(),
            comparator=sign, reference=match["standard"] or match["held"], rule="benchmark",
            reason="condition" if is_condition(text, match.start(), match.end(), benchmark=True) else None,
        )  # fmt: skip
