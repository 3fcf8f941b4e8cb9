"""Every number, date, frequency and universal of a text, normalised, or the reason why it is none.

`find_mentions` is what the commitments stage builds on; `find_numbers` is the same for a bare string. Words from a
tokenizer decide nothing here: a number ends where its digits, scale, unit and comparator end.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from pipeline.amounts import find_amounts, find_shares
from pipeline.dates import Calendar, DateMention, find_dates
from pipeline.exclusions import LIST_MARKER, YEARS_NAMED, find_zones
from pipeline.mentions import Free, Mention, clause_start
from pipeline.numerals import ARABIC, CHINESE, FORMAL, PLAIN, read_numeral
from pipeline.records import Comparator, Number, Reason
from pipeline.standards import find_benchmarks
from pipeline.text import fold

JOINED = re.compile(r"[、和及与]|以及")
HANDED_ON = ("increase", "decrease", ">=", "<=")  # to an amount joined by 和: 不少于15名和5名

# 全部 before these only says "the whole of": 一次性告知全部内容.
_WHOLE_OF = "门|队|内容|材料|信息|流程|过程|责任|费用|损失|手续|要求|情形|环节|精力"
_ZERO_OF = (
    "案件|积案|错案|退件|缺席|欠薪|违纪|越级|脱管|漏管|再犯|伤亡|出现|发生|投诉|事故|上访|败诉|差错|复议|诉讼|延误|积压"
    "|违法|违规|纠错|超期|差评|增长|感染|死亡|信访|举报|逾期|发案|立案|通报|撤销|遗漏|缺陷|失误|瑕疵|赔偿|火灾|舆情"
)
# 零距离, 零跑腿: how a service is given. Beside them 零投诉、零纠纷 count, whatever is none.
_ZERO_MANNER = (
    "距离|跑|接触|门槛|障碍|成本|容忍|材料|收费|星|售|时差|延时|等待|见面|推诿|投资|基础|干扰|打扰|突破|碎|花|钱|首付"
)
UNIVERSAL = re.compile(
    rf"(?P<cover>全覆盖)|(?P<all>(?<![占安])全部(?!{_WHOLE_OF}))|(?P<alike>(?<!千篇)一律)"
    r"|(?P<every>所有(?!制|权|者|人))(?=[^,;。!?\n]{1,40}?(?:都|均|必须|须|应当|应|进入|纳入|实行|实现|通过))"
    rf"|(?P<none>零(?:{_ZERO_OF})|(?<=[、和及])零(?!{_ZERO_MANNER})[\u4e00-\u9fff]{{2}}(?=[、,;。]|$)"
    rf"|零(?!{_ZERO_MANNER})[\u4e00-\u9fff]{{2}}(?=[、和及]零(?!{_ZERO_MANNER})))"
)
ZERO_UNIT = {
    "脱管": "人",
    "漏管": "人",
    "再犯": "人",
    "伤亡": "人",
    "死亡": "人",
    "感染": "人",
    "上访": "人次",
    "投诉": "件",
    "事故": "起",
    "火灾": "起",
}


def find_mentions(text: str, calendar: Calendar) -> list[Mention]:
    """Return all mentions of folded *text* in order, none overlapping another.

    Args:
        text: folded text, a paragraph or more.
        calendar: the year that dates without one belong to.

    """
    return Reader(heal(text), calendar).read()


TYPED_O = re.compile(r"(?<![A-Za-z])(\d[\d,.]*)([Oo]+)(?![A-Za-z])")
TYPED_L = re.compile(r"(?<=[\u4e00-\u9fff])[lI](?=\d)")
TYPED_DASH = re.compile(r"(?<=\d)一(?=\d)")


def heal(text: str) -> str:
    """Return folded *text* with what was typed for a digit or a dash set right, one for one: 8O余篇, l00%, 2一4名."""
    while "O" in text or "o" in text:
        healed = TYPED_O.sub(lambda match: match[1] + "0" * len(match[2]), text)
        if healed == text:
            break
        text = healed
    text = FORMAL.sub(lambda match: match[0].translate(PLAIN), text)
    return TYPED_DASH.sub("-", TYPED_L.sub("1", text))


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
        for finder in (find_shares, find_amounts, find_universals):
            for mention in finder(self.text, self.is_free):
                self.add(mention)
        self.sweep()
        self.mentions.sort(key=lambda mention: mention.start)
        return bound_lists(self.text, share_units(self.text, join_repeated(self.text, self.mentions)))

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


# --- universals ----------------------------------------------------------------------------------------------------


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


ATTRIBUTES = re.compile(r"、[\u4e00-\u9fff]{2,6}(?:改革|监管|体系|机制|服务|模式|管理|格局)")


def counted_cover(text: str, match: re.Match[str]) -> bool:
    """Say whether 全覆盖 only describes what is named: 一次全覆盖培训, 全流程、全覆盖、标准化改革."""
    if text[max(0, match.start() - 1) : match.start()] == "、" and ATTRIBUTES.match(text, match.end()):
        return True
    if re.match(r"(?:式|的)?(?:试点|改革|示范|创建|样板)", text[match.end() : match.end() + 6]):
        return True  # 合法性审查全覆盖试点工作
    return bool(re.search(r"[\d一二两三四五六七八九十][次场轮期]$", text[max(0, match.start() - 3) : match.start()]))


def zero_unit(text: str, at: int, counted: str) -> str:
    """Return the unit in which what is zero would be counted: that of the thing named, or of the amount before it."""
    if counted in ZERO_UNIT:
        return ZERO_UNIT[counted]
    subject = re.split(r"[、,;。]", text[max(0, at - 8) : at])[-1]  # 安全生产零事故、行政诉讼零败诉
    for noun, unit in (
        ("案卷", "卷"),
        ("人员", "人"),
        ("执法人", "人"),
        ("信访", "件"),
        ("事故", "起"),
        ("火灾", "起"),
    ):
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


def bound_lists(text: str, mentions: list[Mention]) -> list[Mention]:
    """Let 以上 behind a list that 分别 deals out hold for all of it: 分别达到55%、70%、85%以上."""
    bounded = list(mentions)
    bound: Comparator | None = None
    for place in range(len(bounded) - 1, -1, -1):
        one = bounded[place]
        if one.kind == "quantity" and text[one.core_end : one.end] in ("以上", "以下", "以内"):
            bound = one.comparator
            continue
        two = bounded[place + 1] if place + 1 < len(bounded) else None
        listed = two and one.kind == "quantity" and (one.comparator, one.unit) == ("=", two.unit)
        if not bound or not two or not listed or not JOINED.fullmatch(text, one.end, two.start):
            bound = None
        elif (one.value, bound) != (100, ">=") and "分别" in text[clause_start(text, one.core) : one.core]:
            bounded[place] = replace(one, comparator=bound)
    return bounded


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
