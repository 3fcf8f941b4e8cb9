"""Printed pages: page numbers and running heads are told from the text, footnotes are found at the foot of each."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.parse import words
from pipeline.parse.flow import Line, bare
from pipeline.text import squeeze

DASHED = re.compile(r"[-~·.]{1,3}\s*(\d{1,4})\s*[-~·.]{1,3}")  # - 2 -
_DASH = "[-—–－―]"
GLUED_HINT = re.compile(rf"^{_DASH}\s*\d|\d\s*{_DASH}$")
_MARK = rf"(?P<mark>{_DASH}+\s*(?P<number>\d{{1,4}})\s*{_DASH}+)"
GLUED = (
    re.compile(rf"(?P<before>){_MARK}\s*(?P<after>[^\s\d%].*)"),
    re.compile(rf"(?P<before>.*[^\s\d])\s*{_MARK}(?P<after>)"),
)
MAX_GLUED = 200  # characters of a printed line
WORDED = re.compile(
    r"第\s*(\d{1,4})\s*页(?:\s*[,/(]?\s*共\s*\d{1,4}\s*页\)?)?|共\s*\d{1,4}\s*页\s*[,/]?\s*第\s*(\d{1,4})\s*页|page\s*(\d{1,4})(?:\s*of\s*\d{1,4})?",
    re.I,
)
OF_TOTAL = re.compile(r"(\d{1,4})\s*/\s*(\d{1,4})")
PLAIN_NUMBER = re.compile(r"\d{1,3}")
MIN_PAGE = 8  # lines; bare numbers that follow each other faster are cells of a table
FOOTNOTE = re.compile(r"(?:\[\d{1,3}\]|[¹²³⁴⁵⁶⁷⁸⁹]|注\s?\d{0,2}\s*[:.])\s*[^\s,.。;:、)\]]")
NOTE_LINES = 3  # that a footnote goes on after its first
FOOTNOTE_LINES = 12  # at the foot of a page
HEAD_LINES = 3  # of a running head or foot: the name of a gazette, its number, the part of it
RECUR = 3  # page breaks that a further line of a running head stands beside; two may be chance
DIGITS = re.compile(r"\d+|[一二三四五六七八九十]+")  # of the issue or the chapter, which change from page to page


@dataclass(frozen=True, slots=True)
class Pages:
    """The lines of a document without the furniture of its printed pages."""

    lines: tuple[Line, ...]
    cut: tuple[tuple[Line, str], ...] = ()
    notes: frozenset[int] = frozenset()  # starts of the lines that begin a footnote
    breaks: frozenset[int] = frozenset()  # starts of the lines that begin a page


def strip_pages(lines: Sequence[Line]) -> Pages:
    """Take page numbers and running heads out of *lines* and find the footnotes at the foot of each page."""
    lines = _part_numbers(lines)
    texts = [line.bare if len(line.text) < 120 else "" for line in lines]
    numbers = _page_numbers(lines, texts)
    feeds = {index for index, line in enumerate(lines) if line.breaks_page and index}
    if not numbers and not feeds:
        return Pages(tuple(lines))
    heads = _running_heads(texts, numbers, feeds)
    notes = _footnotes(lines, texts, sorted(numbers | feeds), numbers | heads)
    kept: list[Line] = []
    cut: list[tuple[Line, str]] = []
    note_places: set[int] = set()
    breaks: set[int] = set()
    broken = False
    for index, line in enumerate(lines):
        if index in numbers or index in heads:
            cut.append((line, "page number" if index in numbers else "running head"))
            broken = True
            continue
        if broken or index in feeds:
            breaks.add(line.start)
            line = replace(line, gap=0)
        if index in notes:
            note_places.add(line.start)
        kept.append(line)
        broken = False
    return Pages(tuple(kept), tuple(cut), frozenset(note_places), frozenset(breaks))


def _part_numbers(lines: Sequence[Line]) -> list[Line]:
    """Part page numbers from the lines that they were glued to, where they count up with others."""
    glued = {index: match for index, line in enumerate(lines) if (match := _glued(line))}
    if not glued:
        return list(lines)
    alone = [match.group(1) for line in lines if len(line.text) < 24 and (match := DASHED.fullmatch(line.bare))]
    numbers = {int(number) for number in [*alone, *(match.group("number") for match in glued.values())]}
    parted: list[Line] = []
    for index, line in enumerate(lines):
        match = glued.get(index)
        number = int(match.group("number")) if match else 0
        if match and (number - 1 in numbers or number + 1 in numbers):
            parted += [_part_of(line, *match.span(name)) for name in ("before", "mark", "after") if match.group(name)]
        else:
            parted.append(line)
    return parted


def _glued(line: Line) -> re.Match[str] | None:
    if len(line.text) > MAX_GLUED or len(line.text) != line.end - line.start or not GLUED_HINT.search(line.text):
        return None
    return next((match for match in (pattern.fullmatch(line.text) for pattern in GLUED) if match), None)


def _part_of(line: Line, start: int, end: int) -> Line:
    text = line.text[start:end]
    gap = line.gap if start == 0 else 0
    return replace(line, start=line.start + start, end=line.start + end, text=text, bare=bare(text), gap=gap)


def _page_numbers(lines: Sequence[Line], texts: Sequence[str]) -> set[int]:
    found: set[int] = set()
    totals: dict[str, list[tuple[int, int]]] = {}
    plain: list[tuple[int, int]] = []
    for index, text in enumerate(texts):
        if not text or len(text) > 24:
            continue
        if DASHED.fullmatch(text) or WORDED.fullmatch(text):
            found.add(index)
        elif match := OF_TOTAL.fullmatch(text):
            totals.setdefault(match.group(2), []).append((index, int(match.group(1))))
        elif PLAIN_NUMBER.fullmatch(text):
            beside_feed = lines[index].breaks_page or (index + 1 < len(lines) and lines[index + 1].breaks_page)
            if beside_feed:
                found.add(index)
            else:
                plain.append((index, int(text)))
    for total, places in totals.items():
        if len(places) > 1 and all(1 <= number <= int(total) for _, number in places):
            found |= set(_chain(places, 1))
    if not found:
        chain = _chain(plain, MIN_PAGE)
        last = len(texts) - 1
        if chain and last not in chain and texts[last].isdigit() and int(texts[last]) == int(texts[chain[-1]]) + 1:
            chain.append(last)  # a short last page
        if len(chain) > 2:
            found |= set(chain)
    return found


def _chain(places: Sequence[tuple[int, int]], least: int) -> list[int]:
    """The longest series of numbers that count up by one, at least *least* lines apart."""
    longest: dict[int, tuple[int, int]] = {}  # place -> length of the series from there, next place
    last_of: dict[int, int] = {}  # number -> its next place
    for place, number in reversed(places):
        follows = last_of.get(number + 1)
        longest[place] = (1, -1) if follows is None or follows - place < least else (longest[follows][0] + 1, follows)
        if number not in last_of or longest[place][0] >= longest[last_of[number]][0]:
            last_of[number] = place
    if not longest:
        return []
    at = max(longest, key=lambda place: (longest[place][0], -place))
    series = []
    while at >= 0:
        series.append(at)
        at = longest[at][1]
    return series


def _running_heads(texts: Sequence[str], numbers: set[int], feeds: set[int]) -> set[int]:
    """Lines beside a page break that stand beside others too, or repeat the title of the document."""
    beside: list[int] = []
    for number in numbers:
        beside += [number - 1, number + 1]
    for feed in feeds:
        beside += [feed - 1, feed]
    places = sorted({place for place in beside if 0 <= place < len(texts) and place not in numbers and texts[place]})
    stems = {place: _stem(texts[place]) for place in places}
    counts = Counter(stem for stem in stems.values() if len(stem) > 3)
    head = squeeze("".join(texts[:4]))
    heads = set()
    for place, stem in stems.items():
        titled = len(stem) > 7 and stem in head and place > 3
        if counts[stem] > 1 or titled:
            heads.add(place)
    return _further_heads(texts, numbers, feeds, heads)


def _further_heads(texts: Sequence[str], numbers: set[int], feeds: set[int], heads: set[int]) -> set[int]:
    """*heads* and the lines that come up beside the page breaks once these are taken away, until none recurs."""
    heads = set(heads)
    for _ in range(HEAD_LINES):
        beside: dict[int, list[int]] = {-1: [], 1: []}  # before and after the break -> places
        for step, places in beside.items():
            for origin in [*numbers, *(feed - (step > 0) for feed in feeds)]:  # a form feed stands before its line
                place, taken = origin + step, 0
                while place in heads or place in numbers:
                    taken += place in heads
                    place += step
                if taken < HEAD_LINES and 0 <= place < len(texts) and texts[place]:
                    places.append(place)
        found: set[int] = set()
        for places in beside.values():
            stems = {place: DIGITS.sub("#", squeeze(texts[place])) for place in set(places)}
            counts = Counter(stem for stem in stems.values() if len(stem.replace("#", "")) > 3)
            found |= {place for place, stem in stems.items() if counts[stem] >= RECUR}
        if not found:
            break
        heads |= found
    return heads


def _stem(text: str) -> str:
    return squeeze(text).strip("0123456789-·|")


def _footnotes(lines: Sequence[Line], texts: Sequence[str], ends: Sequence[int], furniture: set[int]) -> set[int]:
    """The lines from the first footnote of a page to its foot, for each page; only the line that begins each."""
    found: set[int] = set()
    for end in ends:
        start = end
        while start - 1 in furniture:
            start -= 1
        low = max(0, start - FOOTNOTE_LINES)
        page = [index for index in range(low, start) if index not in furniture]
        while page and any(index in furniture for index in range(page[0], start)):
            page.pop(0)
        first = next((index for index in page if FOOTNOTE.match(texts[index])), None)
        if first is not None and _is_foot(lines, texts, [index for index in page if index >= first]):
            found |= {index for index in page if index >= first and FOOTNOTE.match(texts[index])}
    return found


def _is_foot(lines: Sequence[Line], texts: Sequence[str], foot: Sequence[int]) -> bool:
    """Say whether the lines from a footnote to the end of the page are all footnotes: no paragraph begins there."""
    since = 0
    for index in foot:
        since = 0 if FOOTNOTE.match(texts[index]) else since + 1
        indented = since and lines[index].indent >= lines[foot[0]].indent + 4
        if since > NOTE_LINES or indented or "\t" in lines[index].text or words.MARKER.match(texts[index]):
            return False
    return True
