"""Tables of a printed page: cells from ruling lines, or from columns that stand under a header without any."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.files.layout import Glyph, Line, find_rows, glue, make_line
from pipeline.files.paragraphs import CLOSERS, END, MARKER
from pipeline.text import is_chinese

SNAP = 3.0  # points: rules nearer than this are one, such as a double rule
REACH = 3.0  # points that a rule may fall short of the one it meets
MOST_RULES = 4000  # of a page; a drawing has more, and no cells
COVERED = 0.6  # of the side of a cell that a rule must cover to part it from the next one
FULL_SLACK = 1.4  # em that a wrapped line of a cell may lack at its right edge
MOST_HEADER = 8  # characters of a cell of a header without rules
HEADER_GAP = 1.0  # em between two columns of a header without rules
CELL_GAP = 0.8  # em between two cells below it
MOST_STEP = 4  # em between the base lines of two rows without rules
MOST_REPEATED = 4  # rows of a header that is printed again on each page
SAME_COLUMN = 0.03  # of the width of a table by which a column may move from page to page
# What the columns of task lists and indicator tables are called; a header without rules has at least two of them.
HEADER_WORDS = re.compile(
    r"序号|编号|项目|类别|分类|事项|任务|举措|措施|内容|要求|目标|指标|名称"
    r"|(?:责任|牵头|配合|承办|参与|实施)(?:单位|部门|科室)"
    r"|责任人|负责人|(?:完成|办结)?(?:时限|时间)|时间(?:节点|安排)|进度|数量|单位|备注|成果(?:形式)?"
)
LIST_MARKS = "、，；：,;:"  # between the bodies or the tasks of a cell, each on a line of its own
NUMBER_CELL = re.compile(r"[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.．、]?")


class Rule(NamedTuple):
    """A ruling line, horizontal or vertical, as thin as it may be drawn."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_flat(self) -> bool:
        """Whether it is horizontal."""
        return self.right - self.left >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: the text of each column, and the columns that a merged cell covers from above."""

    cells: tuple[str, ...]
    covered: frozenset[int] = frozenset()
    beside: frozenset[int] = frozenset()  # columns that a cell to their left covers
    full: frozenset[int] = frozenset()  # columns whose text fills its last line: it may go on on the next page
    repeated: bool = False  # a header that is printed again


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table on one page."""

    rows: tuple[Row, ...]
    edges: tuple[float, ...]  # of its columns, from the left
    top: float
    bottom: float
    page: int = 1
    open_top: bool = False  # no rule above its first row, as where a page break cut it
    is_ruled: bool = False
    spans_end: frozenset[int] = frozenset()  # columns whose last cell covers several rows


@dataclass(frozen=True, slots=True)
class _Grid:
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, int, int, int], ...]  # first row, first column, past the last row and column
    open_top: bool

    @property
    def columns(self) -> int:
        return len(self.xs) - 1


def find_tables(glyphs: Sequence[Glyph], rules: Sequence[Rule], page: int = 1) -> tuple[list[Table], list[Glyph]]:
    """Return the tables that ruling lines make on a page, and the characters that stand outside of them."""
    tables: list[Table] = []
    left = list(glyphs)
    if len(rules) > MOST_RULES:
        return [], left
    for group in _connected(_merged([rule for rule in rules if rule.is_flat]), _merged_upright(rules)):
        grid = _grid(*group)
        if grid is None:
            continue
        inside: list[Glyph] = []
        outside: list[Glyph] = []
        for glyph in left:
            middle, height = (glyph.left + glyph.right) / 2, glyph.base - 0.38 * glyph.size
            is_in = grid.xs[0] <= middle <= grid.xs[-1] and grid.ys[0] <= height <= grid.ys[-1]
            (inside if is_in else outside).append(glyph)
        table = _fill(grid, inside, page)
        if table is not None:
            tables.append(table)
            left = outside
    return sorted(tables, key=lambda table: table.top), left


def _merged_upright(rules: Sequence[Rule]) -> list[Rule]:
    turned = _merged([Rule(rule.top, rule.left, rule.bottom, rule.right) for rule in rules if not rule.is_flat])
    return [Rule(rule.top, rule.left, rule.bottom, rule.right) for rule in turned]


def _merged(flat: Sequence[Rule]) -> list[Rule]:
    """Join the horizontal rules that are drawn piece by piece, cell by cell, or twice."""
    merged: list[Rule] = []
    rows: list[list[Rule]] = []
    for rule in sorted(flat, key=lambda rule: rule.top + rule.bottom):
        middle = (rule.top + rule.bottom) / 2
        if rows and middle - (rows[-1][0].top + rows[-1][0].bottom) / 2 <= SNAP:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    for row in rows:
        y = median((rule.top + rule.bottom) / 2 for rule in row)
        pieces: list[tuple[float, float]] = []
        for rule in sorted(row):
            if pieces and rule.left <= pieces[-1][1] + REACH:
                pieces[-1] = (pieces[-1][0], max(pieces[-1][1], rule.right))
            else:
                pieces.append((rule.left, rule.right))
        merged += [Rule(start, y, end, y) for start, end in pieces]
    return [rule for rule in merged if rule.right - rule.left > SNAP]


def _connected(flat: Sequence[Rule], upright: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Gather the rules that touch each other."""
    parent = list(range(len(flat) + len(upright)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for i, across in enumerate(flat):
        for j, down in enumerate(upright, len(flat)):
            if (
                across.left - REACH <= down.left <= across.right + REACH
                and down.top - REACH <= across.top <= down.bottom + REACH
            ):
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for place, rule in enumerate([*flat, *upright]):
        groups.setdefault(root(place), ([], []))[place >= len(flat)].append(rule)
    return [group for group in groups.values() if group[0] and group[1]]


def _grid(flat: Sequence[Rule], upright: Sequence[Rule]) -> _Grid | None:
    """The cells between rules that touch each other, None where they are a frame, an underline or a drawing."""
    xs = _snapped([rule.left for rule in upright])
    ys = _snapped([rule.top for rule in flat])
    # A table may be open at its sides, and a page break leaves it open at its end.
    for x in (min(rule.left for rule in flat), max(rule.right for rule in flat)):
        if all(abs(x - other) > 4 * SNAP for other in xs):
            xs = sorted([*xs, x])
            upright = [*upright, Rule(x, min(ys), x, max(ys))]
    open_top = open_bottom = False
    top, bottom = min(rule.top for rule in upright), max(rule.bottom for rule in upright)
    if top < ys[0] - 4 * SNAP:
        ys, open_top = [top, *ys], True
    if bottom > ys[-1] + 4 * SNAP:
        ys, open_bottom = [*ys, bottom], True
    if len(xs) < 3 or len(ys) < 2 or (len(ys) == 2 and (open_top or open_bottom)):
        return None
    rows, columns = len(ys) - 1, len(xs) - 1
    right = [[_parts(upright, xs[c + 1], ys[r], ys[r + 1], False) for c in range(columns)] for r in range(rows)]
    below = [[_parts(flat, ys[r + 1], xs[c], xs[c + 1], True) for c in range(columns)] for r in range(rows)]
    return _Grid(tuple(xs), tuple(ys), tuple(_cells(rows, columns, right, below)), open_top)


def _snapped(places: Sequence[float]) -> list[float]:
    groups: list[list[float]] = []
    for place in sorted(places):
        if groups and place - groups[-1][0] <= SNAP:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [median(group) for group in groups]


def _parts(rules: Sequence[Rule], place: float, start: float, end: float, flat: bool) -> bool:
    """Say whether a rule at *place* covers the side of a cell from *start* to *end*."""
    total = 0.0
    for rule in rules:
        at, low, high = (rule.top, rule.left, rule.right) if flat else (rule.left, rule.top, rule.bottom)
        if abs(at - place) <= SNAP:
            total += max(0.0, min(high, end) - max(low, start))
    return total >= COVERED * (end - start)


def _cells(
    rows: int, columns: int, right: list[list[bool]], below: list[list[bool]]
) -> list[tuple[int, int, int, int]]:
    taken: set[tuple[int, int]] = set()
    cells = []
    for r in range(rows):
        for c in range(columns):
            if (r, c) in taken:
                continue
            past = c + 1
            while past < columns and not right[r][past - 1] and (r, past) not in taken:
                past += 1
            low = r + 1
            while low < rows and not any(below[low - 1][k] for k in range(c, past)) and _goes_on(right[low], c, past):
                low += 1
            cells.append((r, c, low, past))
            taken.update((i, k) for i in range(r, low) for k in range(c, past))
    return cells


def _goes_on(right: Sequence[bool], start: int, past: int) -> bool:
    """Say whether a merged cell is as wide in the next row: none of its columns is parted there, and its end is."""
    return not any(right[start : past - 1]) and (past == len(right) or right[past - 1])


def _fill(grid: _Grid, glyphs: Sequence[Glyph], page: int) -> Table | None:
    rows, columns = len(grid.ys) - 1, grid.columns
    owner = {(i, k): n for n, (r, c, low, past) in enumerate(grid.cells) for i in range(r, low) for k in range(c, past)}
    texts: list[list[Glyph]] = [[] for _ in grid.cells]
    for glyph in glyphs:
        i = bisect_right(grid.ys, glyph.base - 0.38 * glyph.size) - 1
        k = bisect_right(grid.xs, (glyph.left + glyph.right) / 2) - 1
        texts[owner[min(max(i, 0), rows - 1), min(max(k, 0), columns - 1)]].append(glyph)
    cells = [[""] * columns for _ in range(rows)]
    covered: list[set[int]] = [set() for _ in range(rows)]
    beside: list[set[int]] = [set() for _ in range(rows)]
    full: list[set[int]] = [set() for _ in range(rows)]
    for (r, c, low, past), inside in zip(grid.cells, texts, strict=True):
        lines = find_rows(inside)
        cells[r][c] = cell_text(lines)
        if lines and grid.xs[past] - max(line.right for line in lines[-1:]) < FULL_SLACK * lines[-1].size + SNAP * 2:
            full[r].add(c)
        beside[r].update(range(c + 1, past))
        for i in range(r + 1, low):
            covered[i].update(range(c, past))
    kept = [i for i in range(rows) if any(cells[i])]
    if not kept or columns < 2:
        return None
    found = tuple(Row(tuple(cells[i]), frozenset(covered[i]), frozenset(beside[i]), frozenset(full[i])) for i in kept)
    ends = frozenset(k for r, c, low, past in grid.cells if low == rows and low - r > 1 for k in range(c, past))
    return Table(found, grid.xs, grid.ys[0], grid.ys[-1], page, grid.open_top, True, ends)


def cell_text(lines: Sequence[Line]) -> str:
    """Return the lines of a cell as one; a blank beside a Chinese character goes, as the record of a file wants it."""
    text = ""
    for line in lines:
        text = glue(text, line.text)
    return re.sub(r" (?=(.))", lambda match: _inner_blank(text, match), text)


def _inner_blank(text: str, match: re.Match[str]) -> str:
    before, after = text[match.start() - 1 : match.start()], match.group(1)
    return "" if is_chinese(before or " ") or is_chinese(after) else " "


# --- tables without rules --------------------------------------------------------------------------------------------


class _Strip(NamedTuple):
    """What is left free between two columns."""

    left: float
    right: float


def find_unruled(lines: Sequence[Line], page: int = 1) -> list[Line | Table]:
    """Return *lines* of a page with those as tables that stand in columns under a header such as 序号 任务 责任单位."""
    found: list[Line | Table] = []
    place = 0
    while place < len(lines):
        header = _header(lines[place])
        body = _body(lines, place + 1, header) if header else None
        if header and body:
            end, cells = body
            rows = (Row(tuple(part.text for part in header)), *(Row(texts) for texts in cells))
            edges = (*(part.left for part in header), header[-1].right)
            found.append(Table(rows, edges, lines[place].top, lines[end - 1].bottom, page))
            place = end
        else:
            found.append(lines[place])
            place += 1
    return found


def _segments(line: Line, gap: float) -> list[list[Glyph]]:
    parts: list[list[Glyph]] = [[line.glyphs[0]]]
    for glyph in line.glyphs[1:]:
        if glyph.left - parts[-1][-1].right >= gap * line.size:
            parts.append([])
        parts[-1].append(glyph)
    return parts


def _header(line: Line) -> list[Line] | None:
    """The parts of *line* that name columns, None where it is no header."""
    parts = [part for glyphs in _segments(line, HEADER_GAP) if (part := make_line(glyphs))]
    if len(parts) < 3 or any(len(part.text) > MOST_HEADER for part in parts):
        return None
    named = sum(HEADER_WORDS.search(part.text) is not None for part in parts)
    return parts if named >= max(2, len(parts) / 2) else None


def _body(lines: Sequence[Line], start: int, header: Sequence[Line]) -> tuple[int, list[tuple[str, ...]]] | None:
    """Where the rows under a header end, and their cells; None where they do not stand in its columns."""
    strips = [_Strip(left.right, right.left) for left, right in pairwise(header)]
    taken: list[list[list[Glyph]]] = []
    for line, before in zip(lines[start:], lines[start - 1 :], strict=False):
        if line.column != before.column or line.base - before.base > MOST_STEP * line.size:
            break
        placed = _place(_segments(line, CELL_GAP), strips)
        if placed is None:
            break
        cells, strips = placed
        taken.append(cells)
    # A signature or a note below the table fills no first cell and stands alone.
    rows = _rows(taken)
    numbered = all(NUMBER_CELL.fullmatch(row[0]) for row in rows)
    clear = len(rows) >= 2 and all(sum(map(bool, row)) >= 2 for row in rows)
    return (start + len(taken), rows) if clear and (numbered or len(rows) == len(taken)) else None


def _place(segments: Sequence[list[Glyph]], strips: Sequence[_Strip]) -> tuple[list[list[Glyph]], list[_Strip]] | None:
    """Put the parts of a line into columns, and narrow the strips between these; None where a part lies in two."""
    cells: list[list[Glyph]] = [[] for _ in range(len(strips) + 1)]
    borders = [-1e9, *((strip.left + strip.right) / 2 for strip in strips), 1e9]
    narrowed = list(strips)
    for glyphs in segments:
        left, right = glyphs[0].left, glyphs[-1].right
        shares = [min(right, high) - max(left, low) for low, high in pairwise(borders)]
        column = shares.index(max(shares))
        if column < len(strips):
            narrowed[column] = _Strip(max(narrowed[column].left, right), narrowed[column].right)
        if column:
            narrowed[column - 1] = _Strip(narrowed[column - 1].left, min(narrowed[column - 1].right, left))
        cells[column] += glyphs
    free = CELL_GAP / 2 * segments[0][0].size
    return None if any(strip.right - strip.left < free for strip in narrowed) else (cells, narrowed)


def _rows(taken: Sequence[list[list[Glyph]]]) -> list[tuple[str, ...]]:
    """Join the lines under a header to rows: one begins where the first column has text."""
    rows: list[list[list[Line]]] = []
    for cells in taken:
        if cells[0] or not rows:
            rows.append([[] for _ in cells])
        for column, glyphs in enumerate(cells):
            if line := make_line(glyphs):
                rows[-1][column].append(line)
    return [tuple(cell_text(cell) for cell in row) for row in rows]


# --- tables over pages -----------------------------------------------------------------------------------------------


def continue_table(before: Table, after: Table, first: Table) -> tuple[Table, Table] | None:
    """Join two parts of a table that a page break cut, None where they are two tables.

    Args:
        before: what stands at the end of a page.
        after: what stands at the start of the next one.
        first: the part that has the header.

    Returns:
        both parts, with a row that the break cut moved to the first and a header printed again marked in the second.
    """
    if len(before.edges) != len(after.edges) or not _same_columns(before.edges, after.edges):
        return None
    rows = list(after.rows)
    repeated = 0
    while repeated < min(MOST_REPEATED, len(rows) - 1, len(first.rows)):
        if rows[repeated].cells != first.rows[repeated].cells:
            break
        rows[repeated] = replace(rows[repeated], repeated=True)
        repeated += 1
    if repeated < len(rows) and before.rows and not before.rows[-1].repeated:
        last, cut = before.rows[-1], rows[repeated]
        if _is_rest(last, cut, after.open_top and not repeated):
            before = replace(before, rows=(*before.rows[:-1], _joined(last, cut)))
            del rows[repeated]
        elif before.is_ruled and after.is_ruled:
            rows[repeated] = replace(cut, covered=cut.covered | _from_above(before, after, repeated))
    return before, replace(after, rows=tuple(rows))


def _same_columns(edges: Sequence[float], others: Sequence[float]) -> bool:
    width, other = edges[-1] - edges[0], others[-1] - others[0]
    return all(
        abs((x - edges[0]) / width - (y - others[0]) / other) <= SAME_COLUMN for x, y in zip(edges, others, strict=True)
    )


def _from_above(before: Table, after: Table, place: int) -> frozenset[int]:
    """The columns in which a merged cell goes on from the page before: those blank in the first row of this one.

    That row has no other rule above it than the edge of the table or its header. A blank cell may also be one that
    nobody filled in, so where nothing else tells, its column has text in all other cells, and merged ones, or stands at
    the start of the row.
    """
    last, cut = before.rows[-1], after.rows[place]
    if len(last.beside) == len(last.cells) - 1:  # the title of a part of the table
        return frozenset()
    blank = {k for k, cell in enumerate(cut.cells) if not cell} - cut.beside
    over = after.rows[place + 1].covered if place + 1 < len(after.rows) else frozenset()
    others = [row for row in (*before.rows, *after.rows) if row is not cut and not _is_header(row)]
    unfilled = {
        k for row in others for k, cell in enumerate(row.cells) if not cell and k not in row.covered | row.beside
    }
    merged = {k for row in others for k in row.covered}
    start = next((k for k, cell in enumerate(cut.cells) if cell), 0)
    may_go_on = {k for k in blank - unfilled if (k in merged or k < start) and (last.cells[k] or k in last.covered)}
    return frozenset(blank & (before.spans_end | over) | may_go_on)


def _is_header(row: Row) -> bool:
    return all(len(cell) <= MOST_HEADER and HEADER_WORDS.search(cell) for cell in row.cells if cell)


def _is_rest(last: Row, cut: Row, is_open: bool) -> bool:
    """Say whether *cut* is the second half of the row *last*."""
    if cut.cells[0]:
        return False
    both = [k for k, cell in enumerate(cut.cells) if cell and last.cells[k]]
    if is_open:
        return bool(both)
    if any(cell and not last.cells[k] for k, cell in enumerate(cut.cells) if k not in last.covered):
        return False
    if any(cut.cells[k][0] in CLOSERS for k in both):
        return True
    wrapped = any(k in last.full and END.search(last.cells[k].replace(".", "")) is None for k in both)
    return wrapped and all(_may_go_on(last, cut, k) for k in both)


def _may_go_on(last: Row, cut: Row, k: int) -> bool:
    """Say whether a cell can have more lines on the next page: its last line here is full, or ends within a list."""
    return k in last.full or last.cells[k][-1] in LIST_MARKS or MARKER.match(cut.cells[k]) is not None


def _joined(last: Row, cut: Row) -> Row:
    cells = tuple(
        glue(left, right) if left and right else left or right
        for left, right in zip(last.cells, cut.cells, strict=True)
    )
    return replace(last, cells=cells, full=cut.full)
