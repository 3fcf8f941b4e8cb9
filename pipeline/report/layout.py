"""What a sheet holds before it is drawn: rows of cells, links by name, and the measures that its text needs.

A link names the row that it leads to by a key, so that a sheet can be made before it is known where another one stands.
"""

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from unicodedata import east_asian_width

from pipeline.workbook import MAX_HEIGHT, MAX_TEXT, clean_text

Key = tuple[Hashable, ...]

LINE = 16.5  # points for a line of 11-point type, in 宋体 and in what stands in for it where it is not installed
HEAD_ROW = 2  # a title and a note stand above
LONGEST_NAME = 31  # of a sheet, in UTF-16 units
MOST_LINES = int(MAX_HEIGHT / LINE)
CUT = "……（下略，全文见原文件）"
WIDEST_LINK = 64  # a longer text is no link, since LibreOffice breaks no link into lines
NO_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")  # Excel refuses them in the name of a sheet


@dataclass(frozen=True, slots=True)
class Cell:
    """A value that differs from its column in look, or leads somewhere."""

    value: Any
    look: str | None = None  # a name of book.LOOKS; None for the look of the column
    to: Key | None = None  # the row that it leads to
    at: int = 0  # the column there
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its title, what it means, how wide it may grow in half-width characters, and how its cells look."""

    title: str
    meaning: str = ""
    width: int = 16
    look: str = "text"
    least: int = 6
    head_look: str = "head"


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of a row, plain values or Cell, and the keys under which links find it."""

    cells: Sequence[Any]
    keys: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to be drawn. Where it has no head it is a cover: no titles of columns, no filter."""

    name: str
    title: str
    columns: tuple[Head, ...]
    rows: Sequence[Row]
    about: str = ""  # what it is, for the cover
    note: str = ""
    foot: Sequence[Row] = ()  # below the filtered rows
    printed: int | None = None  # how many columns are printed; None for all
    frozen: int = 1
    has_head: bool = True
    title_look: str = "title"
    names: str = ""  # under which its columns are explained; "" for its own name
    tilted: int = 0  # points of height that titles turned on their side need

    @property
    def explained(self) -> str:
        """The name under which the notes explain its columns."""
        return self.names or self.name

    @property
    def printed_columns(self) -> int:
        """How many columns are printed."""
        return self.printed or len(self.columns)


@dataclass(frozen=True, slots=True)
class Measured:
    """The widths and heights of a sheet, and its cells as they are written."""

    widths: list[int]
    heights: list[float]
    foot_heights: list[float]


@lru_cache(maxsize=1 << 16)
def text_width(line: str) -> int:
    """Return the width of a line in half-width characters; “…” and the like are drawn wide in a Chinese font."""
    return len(line) if line.isascii() else sum(2 if east_asian_width(char) in "WFA" else 1 for char in line)


def lines_of(text: str, width: float) -> int:
    """Return how many lines *text* takes in a column of *width*, none of them broken inside a wide character."""
    room = max(2.0, width - (2 if width > 12 else 1))
    return sum(-(-text_width(line) // int(room)) or 1 for line in text.split("\n"))


def fitted(text: str, width: float, most: int = MOST_LINES) -> str:
    """Return *text*, cut with a mark where a row cannot be made high enough to show all of it."""
    if lines_of(text, width) <= most:
        return text
    low, high = 0, min(len(text), MAX_TEXT // 2)
    while low < high:
        middle = (low + high + 1) // 2
        if lines_of(text[:middle] + CUT, width) <= most:
            low = middle
        else:
            high = middle - 1
    return text[:low] + CUT


def value_of(cell: Any) -> Any:
    """Return what a cell shows, cleaned of what a workbook refuses."""
    value = cell.value if isinstance(cell, Cell) else cell
    if isinstance(value, str):
        return clean_text(value) or None
    if isinstance(value, date) and value.year < 1900:
        return value.isoformat()  # Excel has no day before 1900
    return value


def shown_width(value: Any) -> int:
    """Return the width of the widest line of a cell."""
    if isinstance(value, str):
        return max(text_width(line) for line in value[:2_000].split("\n"))
    return 0 if value is None else 10 if isinstance(value, date) else len(f"{value:,.6f}".rstrip("0").rstrip("."))


def look_of(cell: Any, column: Head) -> str:
    """Return the look of a cell: its own, or that of its column."""
    return (cell.look if isinstance(cell, Cell) else None) or column.look


def is_link(cell: Any) -> bool:
    """Say whether a cell leads somewhere."""
    return isinstance(cell, Cell) and (cell.to is not None or cell.url is not None)


def measure(sheet: Sheet, wraps: Mapping[str, bool]) -> Measured:
    """Return the widths and heights that *sheet* needs, *wraps* telling which looks break lines."""
    rows = [*sheet.rows, *sheet.foot]
    widths = []
    for at, column in enumerate(sheet.columns):
        title = max(map(text_width, column.title.split("\n"))) + 3 if sheet.has_head and not sheet.tilted else 0
        cells = [row.cells[at] for row in rows if at < len(row.cells)]
        most = max((shown_width(value_of(cell)) for cell in cells), default=0)
        linked = max(
            (shown_width(value_of(cell)) for cell in cells if is_link(cell) and wraps[look_of(cell, column)]), default=0
        )
        fits = (min(title, column.width), column.least, min(column.width, most + 3), min(linked + 1, WIDEST_LINK))
        widths.append(max(fits))
    heights = [_height(row, sheet.columns, widths, wraps) for row in rows]
    return Measured(widths, heights[: len(sheet.rows)], heights[len(sheet.rows) :])


def _height(row: Row, columns: Sequence[Head], widths: Sequence[int], wraps: Mapping[str, bool]) -> float:
    lines = 1
    for cell, column, width in zip(row.cells, columns, widths, strict=False):
        look, value = look_of(cell, column), value_of(cell)
        if isinstance(value, str) and wraps[look]:
            lines = max(lines, min(lines_of(value, width), MOST_LINES))
    return min(lines * LINE + 3, MAX_HEIGHT)


def head_height(sheet: Sheet, widths: Sequence[int]) -> float:
    """Return the height that the titles of the columns need."""
    if sheet.tilted:
        return min(sheet.tilted, MAX_HEIGHT)
    lines = max(lines_of(column.title, width - 2) for column, width in zip(sheet.columns, widths, strict=True))
    return lines * LINE + 8


@dataclass(slots=True)
class Names:
    """Gives each sheet a name that Excel takes and that no other sheet has."""

    taken: set[str] = field(default_factory=set)

    def new(self, wanted: str) -> str:
        """Return *wanted* without refused characters, shortened, and numbered where it is taken."""
        base = NO_NAME.sub("", clean_text(wanted)).strip("' \n\t") or "表"
        number = 1
        while True:
            tail = "" if number == 1 else f"({number})"
            name = _cut_units(base, LONGEST_NAME - len(tail)) + tail
            if name.casefold() not in self.taken:
                self.taken.add(name.casefold())
                return name
            number += 1


def _cut_units(text: str, most: int) -> str:
    return text.encode("utf-16-le", "ignore")[: 2 * most].decode("utf-16-le", "ignore").rstrip("' ")


def rows_of(cells: Iterable[Sequence[Any]]) -> list[Row]:
    """Return rows without keys."""
    return [Row(tuple(one)) for one in cells]
