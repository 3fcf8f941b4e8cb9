"""The visible characters of a page in reading order, and the way back from each to the source.

A flow is what is left of a source when markup is read: a newline ends a line, a tab parts the cells of a table row.
Every later step names stretches of the flow; `cuts_of` turns what was left out into stretches of the source.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import merge

from pipeline.files.record import FileText
from pipeline.records import Cut
from pipeline.text import fold

# A blank that the source has only because its markup was broken into lines: it means nothing beside a Chinese
# character. It is white space to Python, and no text has it.
SOFT = "\x1f"
MOST = 0.6  # of a line
LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
BLANKS = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\x1c-\x1f"
_RUN_OF_BLANKS = re.compile(f"[{BLANKS}]+")
LEADING = re.compile(f"[{BLANKS}\ufeff\u200b]*")
# Characters that show nothing and are no white space either: zero-width, soft hyphen, direction marks, controls.
INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u206a-\u206f\ufeff\u00ad\x00-\x08\x0e-\x1b\x7f\u180e]+"
)


@dataclass(frozen=True, slots=True)
class Flow:
    """The text of a page, and for each piece of it the stretch of source that it came from."""

    text: str
    starts: Sequence[int]  # of each piece in text, ascending
    source_starts: Sequence[int]
    source_ends: Sequence[int]
    source_length: int
    hidden: tuple[Cut, ...] = ()  # text in the source that no reader sees
    body: tuple[tuple[int, int], ...] = ()  # stretches of text that a known container holds; empty where unknown
    headings: tuple[tuple[int, int], ...] = ()  # stretches of text that the markup calls a title
    links: tuple[tuple[int, int], ...] = ()  # stretches of text that are links
    # Starts of the lines that are table rows -> columns (from 0) that a merged cell covers from above.
    rows: Mapping[int, frozenset[int]] = field(default_factory=dict)
    furniture: tuple[Cut, ...] = ()  # stretches of text that a file itself tells apart from its body
    whole_lines: bool = False  # each line is a paragraph

    @classmethod
    def of_plain(cls, source: str) -> "Flow":
        """Return the flow of a plain text, which is the text itself."""
        return cls(source, (0,), (0,), (len(source),), len(source))

    @classmethod
    def of_file(cls, read: FileText) -> "Flow":
        """Return the flow of a file that has no characters of its own: the text that its reader gave."""
        size = len(read.text)
        return cls(
            read.text,
            (0,),
            (0,),
            (size,),
            size,
            headings=read.titles,
            rows=read.rows,
            furniture=read.furniture,
            whole_lines=read.whole_lines,
        )

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of source that holds text[start:end]."""
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, max(start, end - 1)) - 1
        begin, stop = self.source_starts[first], self.source_ends[last]
        if self._is_verbatim(first):
            begin += start - self.starts[first]
        if self._is_verbatim(last):
            stop = self.source_starts[last] + end - self.starts[last]
        return begin, stop

    def _is_verbatim(self, piece: int) -> bool:
        stop = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        return stop - self.starts[piece] == self.source_ends[piece] - self.source_starts[piece]

    def _markup(self) -> Iterator[Cut]:
        at = 0
        hidden = [(cut.start, cut.end) for cut in self.hidden]
        for start, end in merge(sorted(zip(self.source_starts, self.source_ends, strict=True)), hidden):
            if start > at:
                yield Cut(at, start, "markup")
            at = max(at, end)
        if at < self.source_length:
            yield Cut(at, self.source_length, "markup")

    def cuts_of(self, stretches: Sequence[Cut], source: str) -> tuple[Cut, ...]:
        """Return the cuts of *stretches* of this text, with markup and hidden text, in source order.

        Cuts do not overlap. Neighbours with one reason are one, and markup between or beside them is theirs.
        """
        named = [Cut(*self.to_source(cut.start, cut.end), cut.reason) for cut in stretches]
        kept_whole = [cut for cut in named if cut.reason != "footnote moved"]
        moved = [cut for cut in named if cut.reason == "footnote moved"]
        merged: list[Cut] = []
        for cut in _without_overlap([*kept_whole, *self.hidden], self._markup()):
            _append(merged, cut, source)
        return tuple(sorted([*merged, *moved], key=lambda cut: (cut.start, cut.end)))


def _without_overlap(named: Sequence[Cut], markup: Iterator[Cut]) -> Iterator[Cut]:
    """Yield *named* and what of *markup* lies outside them, in order."""
    at = 0
    ordered = sorted([*named, *markup], key=lambda cut: (cut.start, cut.reason == "markup", -cut.end))
    for cut in ordered:
        if cut.reason == "markup":
            # A later named cut may begin inside this gap only at its edge, because named cuts begin at text.
            if cut.end > max(at, cut.start):
                yield Cut(max(at, cut.start), cut.end, cut.reason)
        elif cut.end > at:
            yield Cut(max(at, cut.start), cut.end, cut.reason)
        at = max(at, cut.end)


def _append(merged: list[Cut], cut: Cut, source: str) -> None:
    """Add *cut*, joined to the one before where only markup or white space parts two with the same reason."""
    if merged and not source[merged[-1].end : cut.start].strip():
        last = merged[-1]
        if last.reason == cut.reason:
            merged[-1] = Cut(last.start, cut.end, cut.reason)
            return
        if last.reason == "markup" and len(merged) > 1 and merged[-2].reason == cut.reason:
            before = merged[-2]
            if not source[before.end : last.start].strip():
                merged[-2:] = [Cut(before.start, cut.end, cut.reason)]
                return
    merged.append(cut)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a flow that shows something."""

    start: int  # in the flow, without the blanks around it
    end: int
    text: str  # without blanks around it, spam and invisible characters
    indent: int = 0  # columns of blanks before it
    gap: int = 0  # empty lines before it
    breaks_page: bool = False  # a form feed stands before it
    heading: bool = False  # the markup calls it a title
    linked: bool = False  # most of it is a link
    bare: str = ""  # text folded and with single blanks, for matching
    covered: frozenset[int] | None = None  # columns of a table row that a merged cell covers; None for no row


def split_lines(flow: Flow, removed: Sequence[Cut]) -> list[Line]:
    """Return the lines of *flow* without the *removed* stretches (in order); empty lines are only counted."""
    lines: list[Line] = []
    cuts, at, gap, feed = _Cursor(removed), 0, 0, False
    headings = _Cursor([Cut(start, end, "") for start, end in flow.headings])
    links = _Cursor([Cut(start, end, "") for start, end in flow.links])
    text = flow.text
    while at <= len(text):
        match = LINE_END.search(text, at)
        stop = match.start() if match else len(text)
        shown = cuts.without(text, at, stop)
        blank = LEADING.match(shown)
        words_shown = shown.strip()
        if words_shown:
            lead = blank.end() if blank else 0
            start = at + len(text[at:stop]) - len(text[at:stop].lstrip())
            end = at + len(text[at:stop].rstrip())
            heading = headings.hits(at, stop)
            linked = links.covered(at, stop) > MOST * len(words_shown)
            indent = columns(shown[:lead])
            covered = flow.rows.get(at)
            if covered is not None:
                words_shown = _with_outer_cells(shown, covered)
            lines.append(Line(start, end, words_shown, indent, gap, feed, heading, linked, bare(words_shown), covered))
            gap, feed = 0, False
        else:
            gap += 1
        if not match:
            break
        feed = feed or match.group() == "\x0c"
        at = match.end()
    return lines


def _with_outer_cells(shown: str, covered: frozenset[int]) -> str:
    """Return a table row without blanks around it, but with the tabs of its empty first cells.

    A row of one cell is a title over the table and has none, unless a merged cell reaches into it from above. Empty
    last cells shift nothing; they are kept where a merged cell covers them.
    """
    row = shown.strip()
    if 0 in covered or "\t" in row:
        row = "\t" * shown[: len(shown) - len(shown.lstrip())].count("\t") + row
    last = min(max(covered, default=0), shown.count("\t"))  # a hidden cell may stand behind it
    row += "\t" * (last - row.count("\t"))
    return row


class _Cursor:
    """Walks ordered stretches beside the lines of a text, each once."""

    def __init__(self, stretches: Sequence[Cut]) -> None:
        self.stretches, self.next = stretches, 0

    def _skip_to(self, start: int) -> None:
        while self.next < len(self.stretches) and self.stretches[self.next].end <= start:
            self.next += 1

    def hits(self, start: int, end: int) -> bool:
        """Say whether a stretch lies in [start, end)."""
        self._skip_to(start)
        return self.next < len(self.stretches) and self.stretches[self.next].start < end

    def covered(self, start: int, end: int) -> int:
        """Return how much of [start, end) the stretches cover."""
        if not self.hits(start, end):
            return 0
        total, index = 0, self.next
        while index < len(self.stretches) and self.stretches[index].start < end:
            total += min(end, self.stretches[index].end) - max(start, self.stretches[index].start)
            index += 1
        return total

    def without(self, text: str, start: int, end: int) -> str:
        """Return text[start:end] without the stretches in it."""
        if not self.hits(start, end):
            return text[start:end]
        parts, at, index = [], start, self.next
        while index < len(self.stretches) and self.stretches[index].start < end:
            parts.append(text[at : max(at, self.stretches[index].start)])
            at = max(at, self.stretches[index].end)
            index += 1
        return "".join([*parts, text[at:end]])


def columns(text: str) -> int:
    """Return how many columns *text* takes in print: two for a Chinese character, one for a half-width one.

    Quotation marks and dashes, which Unicode leaves open, are full width in Chinese print. The national encoding has
    one byte for what is half width and two for the rest.
    """
    return len(text.encode("gb18030", errors="replace")) + 3 * text.count("\t")


def bare(text: str) -> str:
    """Return *text* folded, trimmed and with each run of blanks as one blank."""
    return _RUN_OF_BLANKS.sub(" ", fold(text)).strip()


def invisible(text: str) -> list[Cut]:
    """Return the stretches of *text* that show nothing and are no white space."""
    return [Cut(*match.span(), "invisible character") for match in INVISIBLE.finditer(text)]
