"""Paragraphs, cells and rows as they follow each other in a Word or RTF file, put together as tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Literal

from pipeline.files.lines import Lines

MOST_COLUMNS = 256  # Word has 63; a row with more is broken and stays as it is
DEEPEST = 6  # tables in tables; deeper ones are a page made of frames, or broken


@dataclass(frozen=True, slots=True)
class Mark:
    """A paragraph up to its mark, which may also end a cell, or a row."""

    text: str
    depth: int = 0  # of tables around it
    ends: Literal["paragraph", "cell", "row"] = "paragraph"
    is_title: bool = False
    is_gone: bool = False  # a row that was deleted while changes were tracked
    edges: tuple[int, ...] = ()  # left and right bounds of the cells of a row in twips, where the file tells them
    covered: frozenset[int] = frozenset()  # cells of a row that a cell above covers
    asides: Sequence[Sequence["Block"]] = ()  # footnotes and text boxes that hang on it


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, with the edges and the covered cells of its mark."""

    cells: list[list["Block"]]
    edges: tuple[int, ...]
    covered: frozenset[int]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its rows."""

    rows: list[Row]


Block = Mark | Table


@dataclass(slots=True)
class _Open:
    rows: list[Row] = field(default_factory=list)
    cells: list[list[Block]] = field(default_factory=list)
    content: list[Block] = field(default_factory=list)


def build_blocks(marks: Iterable[Mark]) -> list[Block]:
    """Return the paragraphs outside tables, and the tables, in order."""
    top: list[Block] = []
    stack: list[_Open] = []
    for mark in marks:
        _go_to_depth(min(mark.depth, DEEPEST), stack, top)
        if not stack:
            top.append(mark)
            continue
        here = stack[-1]
        if mark.ends == "row":
            _end_row(here, mark)
            continue
        here.content.append(mark)
        if mark.ends == "cell":
            here.cells.append(here.content)
            here.content = []
    _go_to_depth(0, stack, top)
    return top


def _go_to_depth(depth: int, stack: list[_Open], top: list[Block]) -> None:
    while len(stack) < depth:
        stack.append(_Open())
    while len(stack) > depth:
        done = stack.pop()
        _end_row(done, Mark("", depth=1, ends="row"))
        if done.rows:
            (stack[-1].content if stack else top).append(Table(done.rows))


def _end_row(here: _Open, mark: Mark) -> None:
    if here.content:
        here.cells.append(here.content)
    # LibreOffice ends cells that the row does not have behind a table in a cell.
    while 1 < len(mark.edges) <= len(here.cells) and not _plain(here.cells[-1]):
        here.cells.pop()
    if here.cells and not mark.is_gone:
        fits = len(mark.edges) == len(here.cells) + 1
        here.rows.append(Row(here.cells, mark.edges if fits else (), mark.covered))
    here.cells, here.content = [], []


def write_blocks(blocks: Iterable[Block], lines: Lines) -> None:
    """Write paragraphs and tables as lines; what hangs on a paragraph follows it, or the table around it."""
    for block in blocks:
        if isinstance(block, Mark):
            lines.add(block.text, title=block.is_title)
            asides = block.asides
        elif max(len(row.cells) for row in block.rows) == 1:  # a frame around paragraphs is no table
            for row in block.rows:
                write_blocks(row.cells[0], lines)
            continue
        else:
            _write_table(block, lines)
            asides = list(_asides(block))
        for aside in asides:
            write_blocks(aside, lines)


def _write_table(table: Table, lines: Lines) -> None:
    width = max(len(row.cells) for row in table.rows)
    if width > MOST_COLUMNS:
        for row in table.rows:
            lines.add_row([_plain(cell) for cell in row.cells])
        return
    widest = [row.edges for row in table.rows if len(row.cells) == width and row.edges]
    grid = [median(edges[i] for edges in widest) for i in range(width + 1)] if widest else []
    for row in table.rows:
        columns = _columns(row, grid, width)
        shown = [""] * width
        covered: set[int] = set()
        for index, cell in enumerate(row.cells):
            if index in row.covered:
                covered.update(range(columns[index], columns[index + 1]))
            else:
                shown[columns[index]] = _plain(cell)
        lines.add_row(shown, covered)


def _columns(row: Row, grid: Sequence[float], width: int) -> list[int]:
    """The first column of each cell and the end of the last one.

    A row with all columns has them in order, since columns that somebody drew by hand rarely stand one below the other.
    """
    if len(row.cells) < width and row.edges and grid:
        columns = [min(range(width + 1), key=lambda i: abs(grid[i] - edge)) for edge in row.edges]
        if all(left < right for left, right in pairwise(columns)):
            return columns
    return [*range(len(row.cells)), width if len(row.cells) == 1 else len(row.cells)]


def _plain(blocks: Iterable[Block]) -> str:
    """The text of a cell, tables in it included."""
    parts = []
    for block in blocks:
        if isinstance(block, Mark):
            parts.append(block.text)
        else:
            parts.extend(_plain(cell) for row in block.rows for cell in row.cells)
    return "\n".join(part for part in parts if part.strip())


def _asides(table: Table) -> Iterable[Sequence[Block]]:
    for row in table.rows:
        for cell in row.cells:
            for block in cell:
                yield from block.asides if isinstance(block, Mark) else _asides(block)
