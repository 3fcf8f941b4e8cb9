"""The numbers that open the sections of an official document, and which of them are meant as numbers.

First every character group that could be a number is read (`_read`), then the ones that a writer meant are kept:
one that opens a line by its form, one inside a line only as part of a run. Text arrives folded, one character for one:
（一） and １． already read (一) and 1.
Source: GB/T 9704-2012, 7.3.3 (一、 (一) 1. (1) and their order); the other styles from the codebook.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

StyleName = Literal[
    "part",
    "chapter",
    "section",
    "han",
    "article",
    "paren_han",
    "digit",
    "letter",
    "paren_digit",
    "ring",
    "small",
    "first_is",
    "first_must",
]
Before = Literal["line", "stop", "pause", "blank", "bare"]


@dataclass(frozen=True, slots=True)
class Style:
    """A way to number: the level that the codebook gives it and its usual place among the others, outermost first."""

    level: int
    rank: int


# The codebook has no row for 第一节 (between chapter and article: 2, as the article), 第一部分 (1, a chapter) and the
# A. below an article (3, as the 1. that others write there). 第一，第二， stay text: they count arguments.
STYLES: dict[StyleName, Style] = {
    "part": Style(1, 10),
    "chapter": Style(1, 11),
    "section": Style(2, 13),
    "han": Style(1, 20),
    "article": Style(2, 21),
    "paren_han": Style(2, 22),
    "digit": Style(3, 30),
    "letter": Style(3, 31),
    "paren_digit": Style(4, 40),
    "ring": Style(4, 41),
    "small": Style(4, 42),
    "first_is": Style(4, 43),
    "first_must": Style(4, 44),
}
UNTITLED = frozenset({"ring", "first_is", "first_must"})  # codebook: ①, 一是 and 一要 have an empty title

_HAN = "[一二三四五六七八九十]{1,3}"
_ALONE = "(?<![一二三四五六七八九十百千万零〇第])"  # 第一、 and 二十一、 are not 一、
_LONG = r"(?:[一二三四五六七八九十百零〇]{1,5}|\d{1,3})"
_HEAD = r"(?:^|(?<=[。;:!?]))"
_NOT_CITED = r"(?!规定|的|[款项中所之是、,]|明确|要求|[至和及与或]?第)"  # 第三条规定, 第三条第二款
_REFERRED = r"(?![的项款至]|[和及与或、]\()"  # 按照(一)的要求, (一)至(五)
_MARK = r"(?! ?(?:[,。;:、)\]”的]|$))" + r"(?![和及与或至][(①-⑳])"  # ① as a reference mark: 1108起①，
# Each form with a group that names its style; a form that ends in _weak needs neighbours to be believed.
_FORMS: tuple[tuple[str, str], ...] = (
    ("part", rf"第 ?{_LONG} ?(?:部分|[编編篇]){_NOT_CITED}"),
    ("chapter", rf"第 ?{_LONG} ?章{_NOT_CITED}"),
    ("section", rf"第 ?{_LONG} ?[节節]{_NOT_CITED}(?!课)"),
    ("article", rf"第 ?{_LONG} ?[条條]{_NOT_CITED}"),
    ("first_is", rf"{_ALONE}{_HAN}是"),
    ("first_must", rf"{_ALONE}{_HAN}要"),
    ("han", rf"{_ALONE}{_HAN} ?[、.](?!\d{{1,2}}[、号级类])"),
    ("han_weak", rf"^{_HAN}(?:[,:]| (?=[\u4e00-\u9fff“《]))"),
    ("paren_han", rf"\( ?{_HAN} ?\){_REFERRED}[、.,:]?|[㈠-㈩㊀-㊉]{_REFERRED}[、.]?|^\[{_HAN}\][、.]?"),
    ("paren_han_weak", rf"^{_HAN} ?\)[、.]?"),
    # 3.5% is a figure and 12.4 a day, but 1.2023年 is item 1.
    ("digit", r"(?<![\d./A-Za-z%(+-])\d{1,2} ?[.、]{1,2}(?:(?!\d)|(?=(?:19|20)\d\d年))|[⒈-⒛]、?"),
    (
        "digit_weak",
        r"^\d{1,2}(?:[.、](?=\d{1,2}月|1\d\d(?:\d\d)?(?!\d))|、(?=\d)|[,:。](?!\d)| (?=[\u4e00-\u9fff“《]))",
    ),
    ("paren_digit", rf"(?:\( ?\d{{1,2}} ?\)|[⑴-⒇]|{_HEAD}\d{{1,2}}\)){_MARK}[、.]?"),
    ("ring", rf"[①-⑳❶-❿]{_MARK}[、.]?"),
    ("letter", rf"{_HEAD}[A-Z] ?[.、](?![A-Za-z\d])"),
    ("small", rf"{_HEAD}[a-z] ?[.、)](?![A-Za-z\d])"),
)
_CANDIDATE = re.compile("|".join(f"(?P<{name}>{form})" for name, form in _FORMS), re.MULTILINE)
# One cheap look before the expensive one: what every form above can begin with.
_TRIGGER = re.compile(r"[第一二三四五六七八九十\d(\[㈠-㈩㊀-㊉⒈-⒛⑴-⒇①-⑳❶-❿A-Za-z]")

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}
_STOPS = "。;:!?…"
_PAUSES = ",、—"
# 统一是, 唯一是, 其中一是, 第一是: the 一 belongs to the word before it.
_GLUED = frozenset("统唯惟之中其第万单专同归合逐划不这那某任每另同在“(")
# 一、二级响应 and 二、三产业 list two of a kind; the next number alone does not show it: 一、二〇二三年工作.
_LISTED = "级类等线批期季档产号审把轮次、和及"
_LOST_LINE = 1000  # characters; the longest paragraph of a report that still had its line ends was under 900
_SHORT_TITLE = 40  # characters between 二、 and the (一) that follows its title on the same line
_MIN_ITEM = 2  # characters; (1)(2) side by side are references


@dataclass(frozen=True, slots=True)
class Marker:
    """A section number found at text[start:end], trailing 、 or . and blanks included."""

    style: StyleName
    value: int
    start: int
    end: int
    opens_line: bool

    @property
    def level(self) -> int:
        """The level that the codebook gives the style, 1 to 4."""
        return STYLES[self.style].level

    @property
    def rank(self) -> int:
        """The usual place of the style among the others, outermost smallest."""
        return STYLES[self.style].rank


@dataclass(frozen=True, slots=True)
class _Candidate:
    marker: Marker
    line: int
    before: Before
    weak: bool

    @property
    def value(self) -> int:
        return self.marker.value

    @property
    def pauses(self) -> bool:
        """A full stop, semicolon or colon stands before it, or nothing."""
        return self.before in ("line", "stop")


def read_han(number: str) -> int:
    """Return the value of a Chinese numeral below 1000: 二十三 is 23.

    >>> read_han("十一"), read_han("一百零二")
    (11, 102)
    """
    total = digit = 0
    for char in number:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def printed(text: str, marker: Marker) -> str:
    """Return the number of *marker* as printed in *text*, without a trailing 、 or full stop."""
    number = text[marker.start : marker.end].rstrip(" \u3000")
    return number.rstrip("、.．,，:：。 \u3000")


def find_markers(text: str, lines: Sequence[tuple[int, int]]) -> tuple[Marker, ...]:
    """Return the numbers that open a section of folded *text*, in reading order.

    Args:
        text: folded, so that its offsets are those of the document.
        lines: start and end of every line in which numbers may stand, in order, without the line end.
    """
    outer: list[_Candidate] = []
    inner: list[_Candidate] = []
    for candidate in _read(text, lines):
        (inner if candidate.marker.level == 4 or candidate.marker.style == "letter" else outer).append(candidate)
    kept = _keep_outer(text, lines, outer)
    borders = [candidate.marker.start for candidate in kept]
    kept += _keep_inner(text, inner, borders)
    return tuple(sorted((candidate.marker for candidate in kept), key=lambda marker: marker.start))


def _read(text: str, lines: Sequence[tuple[int, int]]) -> list[_Candidate]:
    """Read whatever could be a number, each with what stands before it."""
    found = []
    for line, (first, last) in enumerate(lines):
        at = first
        while trigger := _TRIGGER.search(text, at, last):
            at = trigger.start()
            match = _CANDIDATE.match(text, at, last)
            if match is None:
                at += 1
                continue
            if candidate := _candidate(text, match, line, first):
                found.append(candidate)
            at = match.end()
    return found


def _candidate(text: str, match: re.Match[str], line: int, first: int) -> _Candidate | None:
    name = str(match.lastgroup)
    style: StyleName = name.removesuffix("_weak")  # type: ignore[assignment]  # group names are styles
    value = _value(match.group(), style)
    before = _before(text, match.start(), first)
    weak = name.endswith("_weak")
    end = match.end()
    if style == "han" and not weak:
        listed = re.match(rf"({_HAN})(.?)", text[end : end + 4])
        if listed and listed[2] not in "〇○零OoＯ":
            if read_han(listed[1]) == value + 1 and (listed[2] in _LISTED or not listed[2]):
                return None
            weak = True  # 二、三年行动 is item 2 where 一、 went before
    if style == "digit" and weak and re.match(rf"{value + 1}[、号级类期批楼层和]", text[end : end + 4]):
        return None  # 1、2号楼
    if style in ("first_is", "first_must") and not _is_counting(text, match, before, first):
        return None
    while text[end : end + 1] == " ":
        end += 1
    return _Candidate(Marker(style, value, match.start(), end, before == "line"), line, before, weak)


def _value(number: str, style: StyleName) -> int:
    if style in ("letter", "small"):
        return ord(number[0].upper()) - ord("A") + 1
    if (digits := re.search(r"\d+", number)) and digits[0].isascii():
        return int(digits[0])
    if han := re.search("[一二三四五六七八九十百零〇]+", number):
        return read_han(han[0])
    return int(unicodedata.numeric(number[0]))  # ① ⑴ ⒈ ㈠


def _before(text: str, start: int, first: int) -> Before:
    """Class what stands before the number on its line."""
    at = start
    while at > first and text[at - 1] == " ":
        at -= 1
    if at == first:
        return "line"
    char = text[at - 1]
    if char in _STOPS or char == ")" or (char in "”’》" and text[at - 2] in _STOPS):
        return "stop"  # ) closes the note of the item before
    if char in _PAUSES:
        return "pause"
    return "blank" if at < start else "bare"


def _is_counting(text: str, match: re.Match[str], before: Before, first: int) -> bool:
    """Say whether 一是 or 一要 may count: not inside a word, a bracket or the phrase 一是一、二是二."""
    start = match.start()
    if text.startswith(match.group()[:-1], match.end()):
        return False
    if before == "bare" and (text[start - 1] in _GLUED or _value(match.group(), "first_is") > 1):
        return False
    window = max(first, start - 150)
    return text.rfind("(", window, start) <= text.rfind(")", window, start)


# ── levels 1 to 3 ────────────────────────────────────────────────────────────────────────────────────────────────────


def _keep_outer(text: str, lines: Sequence[tuple[int, int]], found: Sequence[_Candidate]) -> list[_Candidate]:
    """Keep the numbers of levels 1 to 3 that are meant.

    A sure form that opens a line is believed whatever its value, since numbers are misprinted, skipped and restarted.
    """
    lost = _lost_lines(lines, found)
    beside = _neighbours(found)
    kept: list[_Candidate] = []
    last: dict[str, int] = {}
    open_: dict[str, _Candidate] = {}
    for candidate, (earlier, later, following) in zip(found, beside, strict=True):
        marker, value = candidate.marker, candidate.value
        if marker.opens_line:
            meant = not candidate.weak or earlier == value - 1 >= 1 or (value == 1 and later == 2)
            if marker.rank < STYLES["han"].rank or marker.style == "article":
                meant = value == 1 or earlier is not None or later is not None
        else:
            seen = last.get(marker.style)
            known = open_.get(marker.style)
            listed = known is not None and known.marker.opens_line and later == known.value + 1
            follows = seen is not None and value == seen + 1 and later != value
            begins = value == 1 and following == 2 and not listed and not (marker.style == "han" and seen)
            meant = (
                not candidate.weak
                and (follows or begins)
                and _stands_free(text, candidate, kept, begins, candidate.line in lost)
            )
        if not meant:
            continue
        kept.append(candidate)
        last[marker.style] = value
        open_ = {style: other for style, other in open_.items() if other.marker.rank < marker.rank}
        open_[marker.style] = candidate
    return kept


def _stands_free(text: str, candidate: _Candidate, kept: Sequence[_Candidate], begins: bool, lost: bool) -> bool:
    """Say whether a number inside a line stands where a sentence could have ended."""
    if candidate.before in ("stop", "blank") or (candidate.before == "pause" and begins):
        return True
    if kept and kept[-1].line == candidate.line and kept[-1].marker.rank < candidate.marker.rank:
        title = text[kept[-1].marker.end : candidate.marker.start]
        if len(title) <= _SHORT_TITLE and not re.search("[。;,:、]$|。", title):
            return True  # 二、重点任务(一)坚持…
    return lost and candidate.before == "bare" and text[candidate.marker.end : candidate.marker.end + 1] > "\u4e00"


def _lost_lines(lines: Sequence[tuple[int, int]], found: Sequence[_Candidate]) -> set[int]:
    """Return the lines that hold several chapters: their line ends were lost on the way here."""
    counts: dict[int, int] = defaultdict(int)
    for candidate in found:
        first, last = lines[candidate.line]
        if last - first > _LOST_LINE and candidate.marker.style in ("han", "paren_han") and candidate.before == "stop":
            counts[candidate.line] += 1
    return {line for line, count in counts.items() if count >= 2}


def _neighbours(found: Sequence[_Candidate]) -> list[tuple[int | None, int | None, int | None]]:
    """Return for each: the values of the style's last and next number at a line's start, and of its next anywhere."""
    earlier: list[int | None] = []
    last: dict[str, int] = {}
    for candidate in found:
        earlier.append(last.get(candidate.marker.style))
        if candidate.marker.opens_line:
            last[candidate.marker.style] = candidate.value
    later: dict[str, int] = {}
    following: dict[str, int] = {}
    ahead: list[tuple[int | None, int | None]] = []
    for candidate in reversed(found):
        style = candidate.marker.style
        ahead.append((later.get(style), following.get(style)))
        following[style] = candidate.value
        if candidate.marker.opens_line:
            later[style] = candidate.value
    return [(back, *front) for back, front in zip(earlier, reversed(ahead), strict=True)]


# ── level 4 and letters: only in runs ────────────────────────────────────────────────────────────────────────────────


def _keep_inner(text: str, found: Iterable[_Candidate], borders: Sequence[int]) -> list[_Candidate]:
    """Keep the runs 一是…二是…, (1)…(2)…, ①…② and A.…B.; a run ends where a section of levels 1 to 3 opens."""
    scopes: dict[tuple[str, int], list[_Candidate]] = defaultdict(list)
    for candidate in found:
        style = candidate.marker.style
        scopes[style, bisect_right(borders, candidate.marker.start)].append(candidate)
        if candidate.marker.opens_line and style not in ("first_is", "first_must"):
            scopes[style, -1].append(candidate)  # (1) to (9) may run on through (一) and (二), as 1. does
    kept: dict[int, _Candidate] = {}
    for (name, _), candidates in scopes.items():
        for run in _runs(candidates):
            if _is_run(text, name, run):
                kept.update((candidate.marker.start, candidate) for candidate in run)
    return list(kept.values())


def _runs(candidates: Sequence[_Candidate]) -> list[list[_Candidate]]:
    """Split the numbers of one style and scope into runs, each from its first number on.

    A number that repeats or skips one stays in its run: 五是 twice, 2 then 4.
    """
    runs: list[list[_Candidate]] = []
    reached = 0
    for place, candidate in enumerate(candidates):
        value = candidate.value
        after = candidates[place + 1].value if place + 1 < len(candidates) else None
        if value == 1:
            joins = bool(reached) and after == reached + 2
        else:
            joins = bool(runs) and (value == reached + 1 or (candidate.pauses and value <= reached + 2))
        if joins:
            runs[-1].append(candidate)
            reached = max(reached + 1, value)
        elif value == 1 or (value == 2 and candidate.pauses):
            runs.append([candidate])
            reached = value
    return runs


def _is_run(text: str, style: str, run: Sequence[_Candidate]) -> bool:
    if len(run) < 2:
        return False
    if run[0].value != 1:  # 首先…。二是…。三是…
        return style == "first_is" and all(candidate.pauses for candidate in run)
    return all(
        len(text[first.marker.end : second.marker.start].strip(" \n,;、和及与")) >= _MIN_ITEM
        for first, second in pairwise(run)
    )
