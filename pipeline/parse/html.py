"""HTML to a flow: the characters that a reader sees, line ends, table cells, and the place of each in the source."""

import html
import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field

from pipeline.parse.containers import choose_body
from pipeline.parse.flow import SOFT, Flow
from pipeline.parse.markup import CELL, HIDDEN, LINKED, ROW, TEXT, Reading, read_markup
from pipeline.parse.metadata import Labelled
from pipeline.records import Cut

ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
SOFT_BLANKS = str.maketrans(dict.fromkeys("\n\r\t\x0b\x0c\x85\u2028\u2029", SOFT))
SPAN = re.compile(r"""(colspan|rowspan)\s*=\s*["']?\s*(\d{1,3})""", re.IGNORECASE)
MAX_SPAN = 20  # a wider or higher cell is a typing error
MAX_CELL = 800  # characters; a longer cell holds an article, and its table only places it
MOST = 0.5  # of the page's text; likewise
FEW_ROWS = 3
ARTICLE = 300  # characters that make an article of a page that is little else


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """The flow of an HTML page, and what its head and tags say about it."""

    flow: Flow
    labelled: tuple[Labelled, ...]
    container_known: bool


def read_html(source: str) -> HtmlPage:
    """Return the visible text of *source* with its article marked out."""
    reading = read_markup(source)
    stretches, known = choose_body(reading)
    flow = _Writer(source, reading).write(stretches)
    return HtmlPage(flow, tuple(reading.labelled), known)


@dataclass(slots=True)
class _Row:
    """Where a table row stands: the next column, and how many tabs the line has."""

    column: int = 0
    tabs: int = 0
    falling: dict[int, int] = field(default_factory=dict)  # column -> rows that a cell from above still covers


class _Writer:
    """Writes the texts of a reading out in order and keeps where each came from."""

    def __init__(self, source: str, reading: Reading) -> None:
        self.source, self.reading, self.tree = source, reading, reading.tree
        self.parts: list[str] = []
        self.length = 0
        self.starts, self.source_starts, self.source_ends = array("I"), array("I"), array("I")
        self.grids = _data_tables(reading)
        self.rows: dict[int, _Row] = {}  # table -> the row that is being written
        self.headings: list[tuple[int, int]] = []
        self.links: list[tuple[int, int]] = []

    def write(self, stretches: tuple[tuple[int, int], ...]) -> Flow:
        hidden = []
        for what, start, end, element in self.reading.events:
            if what in (TEXT, LINKED):
                begin = self.length
                self._text(start, end, element)
                if what == LINKED and self.length > begin:
                    self.links.append((begin, self.length))
            elif what == HIDDEN:
                if self.source[start:end].strip():
                    hidden.append(Cut(start, end, "hidden text"))
            else:
                self._break(what, start, element)
        if not self.starts:
            self._put("\n", 0, 0)
        text = "".join(self.parts)
        body = tuple(self._in_flow(start, end) for start, end in stretches)
        return Flow(
            text,
            self.starts,
            self.source_starts,
            self.source_ends,
            len(self.source),
            tuple(hidden),
            body,
            tuple(self.headings),
            tuple(self.links),
        )

    def _in_flow(self, start: int, end: int) -> tuple[int, int]:
        first, last = bisect_left(self.source_starts, start), bisect_left(self.source_starts, end)
        begin = self.starts[first] if first < len(self.starts) else self.length
        stop = self.starts[last] if last < len(self.starts) else self.length
        return begin, stop

    def _put(self, text: str, start: int, end: int) -> None:
        if text:
            self.parts.append(text)
            self.starts.append(self.length)
            self.source_starts.append(start)
            self.source_ends.append(end)
            self.length += len(text)

    def _text(self, start: int, end: int, element: int) -> None:
        if self.tree.heading[element]:
            self.headings.append((self.length, self.length + 1))
        at = start
        raw = self.source[start:end]
        if "&" in raw:
            for match in ENTITY.finditer(raw):
                shown = html.unescape(match.group())
                if shown != match.group():
                    self._verbatim(at, start + match.start(), element)
                    self._put(shown.translate(SOFT_BLANKS), start + match.start(), start + match.end())
                    at = start + match.end()
        self._verbatim(at, end, element)

    def _verbatim(self, start: int, end: int, element: int) -> None:
        raw = self.source[start:end]
        self._put(raw if self.tree.preformatted[element] else raw.translate(SOFT_BLANKS), start, end)

    def _break(self, what: int, at: int, element: int) -> None:
        cell, table = self.tree.cell[element], self.tree.table[element]
        if what == ROW and table in self.grids:
            self._next_row(table)
            self._put("\n", at, at)
        elif what == CELL and table in self.grids:
            self._next_cell(table, element, at)
        elif cell >= 0 and self.tree.table[cell] in self.grids:
            self._put(SOFT, at, at)  # a row stays one line
        else:
            self._put("\n", at, at)

    def _next_row(self, table: int) -> None:
        row = self.rows.setdefault(table, _Row())
        row.column = row.tabs = 0
        row.falling = {column: rows - 1 for column, rows in row.falling.items() if rows > 1}

    def _next_cell(self, table: int, element: int, at: int) -> None:
        """Begin a cell, with a tab for each column stepped over: a merged cell keeps its neighbours in place."""
        row = self.rows.setdefault(table, _Row())
        while row.falling.get(row.column, 0) > 0:
            row.column += 1
        self._put("\t" * (row.column - row.tabs), at, at)
        row.tabs = row.column
        spans = {name.lower(): min(int(size), MAX_SPAN) for name, size in SPAN.findall(self.tree.attributes[element])}
        wide, high = max(1, spans.get("colspan", 1)), max(1, spans.get("rowspan", 1))
        if high > 1:
            row.falling.update(dict.fromkeys(range(row.column, row.column + wide), high))
        row.column += wide


def _data_tables(reading: Reading) -> frozenset[int]:
    """Return the tables whose cells are data; the others only place things on the page."""
    tree = reading.tree
    sizes: dict[int, int] = {}  # cell -> characters
    rows: dict[int, list[int]] = {}  # table -> cells of each row
    for what, start, end, element in reading.events:
        table = tree.table[element]
        if what in (TEXT, LINKED) and tree.cell[element] >= 0:
            sizes[tree.cell[element]] = sizes.get(tree.cell[element], 0) + end - start
        elif what == ROW:
            rows.setdefault(table, []).append(0)
        elif what == CELL:
            rows.setdefault(table, [0])[-1] += 1
    largest: dict[int, int] = {}  # table -> characters of its longest cell
    for cell, size in sizes.items():
        largest[tree.table[cell]] = max(size, largest.get(tree.table[cell], 0))
    outer = {tree.table[tree.parent[index]] for index, name in enumerate(tree.name) if name == "table"}
    total = sum(end - start for what, start, end, _ in reading.events if what in (TEXT, LINKED))
    return frozenset(
        table
        for table, cells in rows.items()
        if table >= 0
        and table not in outer
        and max(cells) > 1
        and not _places_article(len(cells), largest.get(table, 0), total)
    )


def _places_article(rows: int, longest_cell: int, page: int) -> bool:
    if longest_cell > ARTICLE and longest_cell > MOST * page:
        return True
    return longest_cell > (MAX_CELL if rows <= FEW_ROWS else 3 * MAX_CELL)
