"""What stands where in a digest, before it is drawn: lines in tables, evidence numbered in the order of reading.

The page, the Markdown and the workbook show the same tables and the same numbers, so that a number that is read out
over the telephone is found in each of them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import count
from typing import Any, Literal
from urllib.parse import urlsplit

from pipeline.digest.records import Digest, Evidence, Line, Part
from pipeline.digest.words import AFTER, BEFORE, FIRST_LINES, FIRST_TITLE, NOT_AFTER, NOT_BEFORE, PARTS
from pipeline.errors import InputError

PLACE, WORDS = "地区", "内容"  # the columns of what a line has beside its cells
OTHER = "其他"  # evidence that no line names
LONGEST_ADDRESS, LONGEST_END = 40, 24  # characters
MOST_USES = 6  # lines that a piece of evidence leads back to; of more, the number is told

# Marks that turn the direction of writing can make 95 read as 59; no Chinese, Uyghur or Tibetan text needs them.
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # no character of a page
WEB = re.compile(r"https?://[^\s<>\"\\^`{|}]+", re.IGNORECASE)  # all else is shown and is no link
NOT_OF_NAME = re.compile(r"[^0-9A-Za-z_-]")


@dataclass(frozen=True, slots=True)
class Use:
    """A line that stands on a piece of evidence."""

    words: str  # 重点 3
    anchor: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A piece of evidence under its number."""

    number: int
    evidence: Evidence
    anchor: str
    url: str  # of the original page, "" where there is none that could be opened
    uses: tuple[Use, ...]  # the first of them
    more: int  # how many there are beside these


@dataclass(frozen=True, slots=True)
class Entry:
    """A line under its number."""

    number: int
    line: Line
    anchor: str
    cells: tuple[str, ...]  # one a column of its table
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a part."""

    title: str
    side: Literal["", "before", "after"] = ""  # of a change, whose differing words are marked


@dataclass(frozen=True, slots=True)
class Table:
    """A part that has lines."""

    part: Part
    columns: tuple[Column, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The evidence that is first needed in one place, in the order of the lines that need it."""

    title: str
    references: tuple[Reference, ...]
    lines: tuple[int, ...]  # for each, the number of the line that needs it first; 0 where none does


@dataclass(frozen=True, slots=True)
class Layout:
    """A digest, ready to be drawn."""

    digest: Digest  # with texts that can be shown
    first: tuple[Entry, ...]  # the heaviest lines; they stand in their tables, too
    tables: tuple[Table, ...]
    groups: tuple[Group, ...]

    @property
    def references(self) -> tuple[Reference, ...]:
        """All evidence, by number."""
        return tuple(reference for group in self.groups for reference in group.references)


def lay_out(digest: Digest) -> Layout:
    """Number the lines and the evidence of a digest.

    Raises:
        InputError: a line is of no known part, or names evidence that the digest does not have under its id.
    """
    _check(digest)
    digest = _shown(digest)
    anchors = _Anchors()
    first = _place(FIRST_TITLE, "first", digest.lines[:FIRST_LINES], anchors)
    parts = {part: _place(words.title, part, digest.part(part), anchors) for part, words in PARTS.items()}
    groups = _groups(digest, (first, *parts.values()), anchors)
    references = {one.evidence.id: one for group in groups for one in group.references}
    tables = []
    for part, place in parts.items():
        if place.lines:
            columns = _columns(place.lines)
            tables.append(Table(part, columns, _entries(place, columns, references)))
    return Layout(digest, _entries(first, (), references), tuple(tables), groups)


def _check(digest: Digest) -> None:
    for key, evidence in digest.evidence.items():
        if key != evidence.id:
            raise InputError(f"expected the evidence {key!r} of {digest.week} under its own id, got {evidence.id!r}")
    for line in digest.lines:
        if line.part not in PARTS:
            raise InputError(f"expected a part of {', '.join(PARTS)}, got {line.part!r} at line {line.id!r}")
        for one in line.evidence:
            if one not in digest.evidence:
                raise InputError(f"expected the evidence {one!r} that line {line.id!r} of {digest.week} names")


# --- text that can be shown ----------------------------------------------------------------------------------------


def shown(text: str) -> str:
    """Return a text without marks that turn the direction, and without what is no character of a page."""
    return UNSEEN.sub("\ufffd", TURNING.sub("", text))


def _shown(digest: Digest) -> Digest:
    return replace(
        digest,
        headline=tuple(map(shown, digest.headline)),
        notes=tuple(map(shown, digest.notes)),
        references=tuple(map(shown, digest.references)),
        reader_name=shown(digest.reader_name),
        lines=tuple(_with_shown(line, ("words", "place", "before", "after", "cells")) for line in digest.lines),
        evidence={
            key: _with_shown(
                one, tuple(field.name for field in fields(one) if field.name not in ("id", "start", "end"))
            )
            for key, one in digest.evidence.items()
        },
    )


def _with_shown(record: Any, names: Iterable[str]) -> Any:
    changed: dict[str, Any] = {}
    for name in names:
        value = getattr(record, name)
        changed[name] = (
            {shown(key): shown(cell) for key, cell in value.items()} if isinstance(value, Mapping) else shown(value)
        )
    return replace(record, **changed)


def web_address(url: str) -> str:
    """Return *url* if it leads to a page of the web, else ""."""
    try:
        return url if WEB.fullmatch(url) and urlsplit(url).hostname else ""
    except ValueError:  # a bracket that is no address of IPv6
        return ""


def brief_address(url: str) -> str:
    """Return an address as it is shown in a table: its host and its end.

    >>> brief_address("http://www.qinghe.test/zwgk/fzzf/2026/11/t20261116_4821.html")
    'www.qinghe.test/…/t20261116_4821.html'
    """
    short = url.split("://", 1)[-1]
    if len(short) <= LONGEST_ADDRESS:
        return short
    host, _, path = short.partition("/")
    return f"{host}/…/{path.rsplit('/', 1)[-1][-LONGEST_END:]}"


# --- numbers and anchors -------------------------------------------------------------------------------------------


class _Anchors:
    """Gives each line and piece of evidence a name of its own in the page."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def new(self, kind: str, name: str) -> str:
        safe = NOT_OF_NAME.sub(lambda found: f".{ord(found[0]):x}.", name)
        anchor, number = f"{kind}-{safe}", 1
        while anchor in self.taken:
            number += 1
            anchor = f"{kind}-{safe}.{number}"
        self.taken.add(anchor)
        return anchor


@dataclass(frozen=True, slots=True)
class _Place:
    """Lines that stand together, and their anchors."""

    title: str
    lines: tuple[Line, ...]
    anchors: tuple[str, ...]


def _place(title: str, kind: str, lines: tuple[Line, ...], anchors: _Anchors) -> _Place:
    return _Place(title, lines, tuple(anchors.new(kind, line.id) for line in lines))


def _groups(digest: Digest, places: Iterable[_Place], anchors: _Anchors) -> tuple[Group, ...]:
    """Number the evidence in the order in which it is first needed; what no line needs comes last."""
    order: dict[str, dict[str, int]] = {}  # title of the place -> evidence, and the line that needs it first
    uses: dict[str, list[Use]] = {}
    for place in places:
        found = order.setdefault(place.title, {})
        for number, (line, anchor) in enumerate(zip(place.lines, place.anchors, strict=True), 1):
            for one in dict.fromkeys(line.evidence):
                if one not in uses:
                    found[one] = number
                uses.setdefault(one, []).append(Use(f"{place.title} {number}", anchor))
    order[OTHER] = dict.fromkeys((one for one in digest.evidence if one not in uses), 0)
    groups, numbers = [], count(1)
    for title, found in order.items():
        if found:
            made = (_reference(next(numbers), digest.evidence[one], anchors, uses.get(one, [])) for one in found)
            groups.append(Group(title, tuple(made), tuple(found.values())))
    return tuple(groups)


def _reference(number: int, evidence: Evidence, anchors: _Anchors, uses: Sequence[Use]) -> Reference:
    anchor = anchors.new("e", evidence.id)
    more = max(len(uses) - MOST_USES, 0)
    return Reference(number, evidence, anchor, web_address(evidence.url), tuple(uses[:MOST_USES]), more)


# --- tables --------------------------------------------------------------------------------------------------------


def _entries(place: _Place, columns: tuple[Column, ...], references: Mapping[str, Reference]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            number,
            line,
            anchor,
            tuple(_cell(line, column) for column in columns),
            tuple(references[one] for one in dict.fromkeys(line.evidence)),
        )
        for number, (line, anchor) in enumerate(zip(place.lines, place.anchors, strict=True), 1)
    )


def _columns(lines: tuple[Line, ...]) -> tuple[Column, ...]:
    """Return the columns that some line fills: those of the cells in their order, and what no cell tells."""
    filled = {title for line in lines for title, cell in line.cells.items() if cell}
    titles = [title for title in dict.fromkeys(title for line in lines for title in line.cells) if title in filled]
    if PLACE not in titles and any(line.place for line in lines):
        titles.insert(0, PLACE)
    if WORDS not in titles and not all(any(line.cells.values()) for line in lines):
        titles.append(WORDS)
    columns = [Column(title) for title in titles if title not in (BEFORE, AFTER)]
    if any(any(sides_of(line)) for line in lines):
        columns += [Column(BEFORE, "before"), Column(AFTER, "after")]
    return tuple(columns)


def sides_of(line: Line) -> tuple[str, str]:
    """Return the words of a change before and after, both "" where a line tells of none."""
    return line.before or line.cells.get(BEFORE, ""), line.after or line.cells.get(AFTER, "")


def _cell(line: Line, column: Column) -> str:
    if column.side:
        before, after = sides_of(line)
        side, absent = (before, NOT_BEFORE) if column.side == "before" else (after, NOT_AFTER)
        return side or (absent if before or after else "")
    if cell := line.cells.get(column.title, ""):
        return cell
    if column.title == PLACE:
        return line.place
    return line.words if column.title == WORDS and not any(line.cells.values()) else ""
