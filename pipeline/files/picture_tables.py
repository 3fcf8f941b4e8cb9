"""Tables in pictures: cells between printed rules, or columns under a header where there are no rules."""

import re
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any, TypeAlias

from pipeline.files.layout import glue, is_wide

if TYPE_CHECKING:
    from PIL.Image import Image

    from pipeline.files.ocr import PictureLine

    _Placed: TypeAlias = tuple[PictureLine, int]  # a line, and its column

# Heights of a line of text that a rule is long: longer than any stroke of a character or dash of the text.
ACROSS, DOWN = 2.5, 1.3
DARK = 100  # middle grey of a picture with light text on dark
LEAST_RULE = 40  # pixels
LEAST_WIDTH = 0.25  # of the picture that a table takes
LEAST_CELL = 12  # pixels
RECTANGLE = 0.7  # of its box that a cell fills
SAME_RULE = 10  # pixels between the edges of two cells that end at one rule
INSIDE = 0.8  # of the width of a line that lies in one cell
MOST_ACROSS = 0.3  # of the lines of a table that run over its rules; else the rules are none
SAME_ROW = 0.5  # of the smaller height that two lines on one base line share
LEAST_HEADER, LEAST_RECORDS = 3, 2  # cells of a header without rules, records below it
FAR = 2.5  # heights of a line, from which on a line no longer belongs to a table
HEADER = re.compile(
    r"序号|编号|项目|指标|任务|内容|事项|措施|目标|要求|单位|部门|科室|责任人|牵头|配合|时限|时间|期限|进度|备注|类别|名称"
)
NUMBER = re.compile(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)]?[.、．]?")


@dataclass(frozen=True, slots=True)
class PictureTable:
    """A table of a picture; its box is in pixels."""

    rows: tuple[tuple[str, ...], ...]  # every row has a text for every column, "" where it is empty or covered
    covered: tuple[frozenset[int], ...]  # of each row, the columns that a merged cell covers from above
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, line: "PictureLine") -> bool:
        """Say whether the middle of *line* is in the table."""
        x, y = (line.left + line.right) / 2, (line.top + line.bottom) / 2
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def scaled(self, scale: float) -> "PictureTable":
        """Return the table with its box in other pixels."""
        return replace(
            self,
            left=self.left * scale,
            top=self.top * scale,
            right=self.right * scale,
            bottom=self.bottom * scale,
        )


@dataclass(frozen=True, slots=True)
class _Cell:
    left: float
    top: float
    right: float
    bottom: float


def find_tables(image: "Image", lines: Sequence["PictureLine"]) -> list[PictureTable]:
    """Return the tables of an upright picture from top to bottom; *lines* are what was read from it."""
    if not lines:
        return []
    height = median(line.bottom - line.top for line in lines)
    ruled = [table for cells in _ruled(image, height) if (table := _table(cells, lines))]
    free = [line for line in lines if not any(table.holds(line) for table in ruled)]
    return sorted([*ruled, *_unruled(free)], key=lambda table: table.top)


# --- tables with rules -----------------------------------------------------------------------------------------------


def _ruled(image: "Image", height: float) -> list[list[_Cell]]:
    """Return the cells of each stretch of the picture that rules enclose; *height* is that of a line of text."""
    import cv2
    import numpy as np

    grey: Any = np.asarray(image.convert("L"))
    if np.median(grey) < DARK:
        grey = 255 - grey
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    long, high = (max(LEAST_RULE, int(lines * height)) for lines in (ACROSS, DOWN))
    across = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    down = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((high, 1), np.uint8))
    if not across.any() or not down.any():
        return []
    rules = cv2.dilate(cv2.bitwise_or(across, down), np.ones((5, 5), np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(rules)
    found = []
    for left, top, width, tall in (tuple(int(value) for value in box[:4]) for box in boxes[1:]):
        if width >= LEAST_WIDTH * image.width and tall >= 2 * high:
            found.append(_cells(rules[top : top + tall, left : left + width], left, top))
    return [cells for cells in found if len(cells) >= 4]


def _cells(rules: Any, left: int, top: int) -> list[_Cell]:
    """Return the white rectangles between *rules*; sides that the table leaves open are closed."""
    import cv2
    import numpy as np

    white = (rules == 0).astype(np.uint8)
    white[[0, -1], :] = 0
    white[:, [0, -1]] = 0
    count, _, boxes, _ = cv2.connectedComponentsWithStats(white, connectivity=4)
    cells = []
    for label in range(1, count):
        x, y, width, height, area = (int(value) for value in boxes[label])
        if min(width, height) >= LEAST_CELL and area >= RECTANGLE * width * height:
            cells.append(_Cell(left + x, top + y, left + x + width, top + y + height))
    return cells


def _table(cells: Sequence[_Cell], lines: Sequence["PictureLine"]) -> PictureTable | None:
    """Return the table that *cells* make, None where they are a frame, a form of one column or empty."""
    columns, rows = _edges(cell.left for cell in cells), _edges(cell.top for cell in cells)
    if len(columns) < 2 or len(rows) < 2 or _are_no_rules(cells, lines):
        return None
    texts = [["" for _ in columns] for _ in rows]
    covered: list[set[int]] = [set() for _ in rows]
    for cell, text in zip(cells, _texts(cells, lines), strict=True):
        row, column = _place(rows, cell.top), _place(columns, cell.left)
        last_row = max(row, _place(rows, cell.bottom - LEAST_CELL))
        last_column = max(column, _place(columns, cell.right - LEAST_CELL))
        texts[row][column] += text
        for below in range(row + 1, last_row + 1):
            covered[below].update(range(column, last_column + 1))
    kept = [place for place, row_texts in enumerate(texts) if any(row_texts)]
    if len(kept) < 2:
        return None
    return PictureTable(
        rows=tuple(tuple(texts[place]) for place in kept),
        covered=tuple(frozenset(covered[place]) for place in kept),
        left=min(cell.left for cell in cells),
        top=min(cell.top for cell in cells),
        right=max(cell.right for cell in cells),
        bottom=max(cell.bottom for cell in cells),
    )


def _are_no_rules(cells: Sequence[_Cell], lines: Sequence["PictureLine"]) -> bool:
    parts = [_parted(line, beside) for line in lines if (beside := _beside(line, cells))]
    return sum(len(each) > 1 for each in parts) > MOST_ACROSS * len(parts)


def _edges(values: Iterable[float]) -> list[float]:
    """Return where rules are: the edges of cells, those of one rule taken together."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > SAME_RULE:
            edges.append(value)
    return edges


def _place(edges: Sequence[float], value: float) -> int:
    """Return the last of *edges* that is not behind *value*."""
    return max(0, sum(edge <= value + SAME_RULE / 2 for edge in edges) - 1)


def _texts(cells: Sequence[_Cell], lines: Sequence["PictureLine"]) -> list[str]:
    """Return the text of each cell; a line that runs over a rule is parted where the rule is."""
    pieces: list[list[PictureLine]] = [[] for _ in cells]
    for line in lines:
        for part in _parted(line, cells):
            place = _holder(cells, (part.left + part.right) / 2, (part.top + part.bottom) / 2)
            if place is not None:
                pieces[place].append(part)
    return [join_lines(part) for part in pieces]


def _holder(cells: Sequence[_Cell], x: float, y: float) -> int | None:
    for place, cell in enumerate(cells):
        if cell.left <= x <= cell.right and cell.top <= y <= cell.bottom:
            return place
    return None


def _parted(line: "PictureLine", cells: Sequence[_Cell]) -> list["PictureLine"]:
    width, beside = line.right - line.left, _beside(line, cells)
    shares = [min(line.right, cell.right) - max(line.left, cell.left) for cell in beside]
    if width <= 0 or not beside or max(shares) >= INSIDE * width:
        return [line]
    parts: dict[int, list[tuple[str, float, float]]] = {}
    unit, left = width / sum(1.0 if is_wide(char) else 0.5 for char in line.text), line.left
    for char in line.text:
        right = left + unit * (1.0 if is_wide(char) else 0.5)
        place = min(range(len(beside)), key=lambda each: _distance(beside[each], (left + right) / 2))
        parts.setdefault(place, []).append((char, left, right))
        left = right
    return [
        replace(line, text="".join(char for char, _, _ in part).strip(" |｜"), left=part[0][1], right=part[-1][2])
        for part in parts.values()
    ]


def _beside(line: "PictureLine", cells: Sequence[_Cell]) -> list[_Cell]:
    middle = (line.top + line.bottom) / 2
    return [
        cell
        for cell in cells
        if cell.top <= middle <= cell.bottom and min(line.right, cell.right) > max(line.left, cell.left)
    ]


def _distance(cell: _Cell, x: float) -> float:
    return max(cell.left - x, x - cell.right, 0.0)


def join_lines(lines: Sequence["PictureLine"]) -> str:
    """Return the text of a cell: its lines from top to bottom, those side by side from left to right."""
    text = ""
    for row in rows_of(lines):
        for line in row:
            text = glue(text, line.text)
    return text


def rows_of(lines: Sequence["PictureLine"]) -> list[list["PictureLine"]]:
    """Gather the lines that stand on one base line, from top to bottom, each row from left to right."""
    rows: list[list[PictureLine]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom) / 2):
        shared = min(line.bottom, rows[-1][0].bottom) - max(line.top, rows[-1][0].top) if rows else -1.0
        if rows and shared >= SAME_ROW * min(line.bottom - line.top, rows[-1][0].bottom - rows[-1][0].top):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


# --- tables without rules --------------------------------------------------------------------------------------------


def _unruled(lines: Sequence["PictureLine"]) -> list[PictureTable]:
    """Return the tables under headers such as 序号, 任务, 责任单位, where the places of the cells are clear."""
    tables: list[PictureTable] = []
    rows = rows_of(lines)
    while rows:
        header, rows = rows[0], rows[1:]
        if len(header) < LEAST_HEADER or not all(HEADER.search(line.text) and len(line.text) <= 12 for line in header):
            continue
        under = _under(header, rows)
        records = _records(under)
        if len(records) >= LEAST_RECORDS:
            tables.append(_numbered(header, records))
            inside = {id(line) for line, _ in under}
            rows = [row for row in rows if not any(id(line) in inside for line in row)]
    return tables


def _under(header: Sequence["PictureLine"], rows: Sequence[Sequence["PictureLine"]]) -> "list[_Placed]":
    """Return the lines below *header* with their columns, up to the first that fits none or stands too far down."""
    found: list[_Placed] = []
    bottom = max(line.bottom for line in header)
    for row in rows:
        placed = [(line, _column(line, header)) for line in row]
        top, height = min(line.top for line in row), row[0].bottom - row[0].top
        strays = any(column is None or (column == 0 and not NUMBER.fullmatch(line.text)) for line, column in placed)
        if strays or top - bottom > FAR * height:
            break
        found += [(line, column) for line, column in placed if column is not None]
        bottom = max(line.bottom for line in row)
    return found


def _records(under: "Sequence[_Placed]") -> list["list[_Placed]"]:
    """Part the lines under a header where the whitest stretch between two numbers of the first column is.

    A number stands beside the first line of its record, or in the middle of its height.
    """
    numbers = sorted((line.top + line.bottom) / 2 for line, column in under if column == 0)
    cuts = [_whitest(under, above, below) for above, below in pairwise(numbers)]
    records: list[list[_Placed]] = [[] for _ in numbers]
    for line, column in under:
        if numbers:
            records[bisect(cuts, (line.top + line.bottom) / 2)].append((line, column))
    return records


def _whitest(under: "Sequence[_Placed]", above: float, below: float) -> float:
    """Return the middle of the highest stretch between *above* and *below* without text."""
    between = sorted((line.top, line.bottom) for line, _ in under if above <= (line.top + line.bottom) / 2 <= below)
    best, place, end = float("-inf"), (above + below) / 2, between[0][1]
    for top, bottom in between[1:]:
        if top - end > best:
            best, place = top - end, (top + end) / 2
        end = max(end, bottom)
    return place


def _numbered(header: Sequence["PictureLine"], records: Sequence["Sequence[_Placed]"]) -> PictureTable:
    inside = [*header, *(line for record in records for line, _ in record)]
    rows = [
        tuple(join_lines([line for line, place in record if place == column]) for column in range(len(header)))
        for record in records
    ]
    return PictureTable(
        rows=(tuple(line.text for line in header), *rows),
        covered=(frozenset(),) * (len(rows) + 1),
        left=min(line.left for line in inside),
        top=min(line.top for line in inside),
        right=max(line.right for line in inside),
        bottom=max(line.bottom for line in inside),
    )


def _column(line: "PictureLine", header: Sequence["PictureLine"]) -> int | None:
    """Return the column of the header that *line* stands under, None where it stands under several or none."""
    middles = [(each.left + each.right) / 2 for each in header]
    under = [place for place, middle in enumerate(middles) if line.left <= middle <= line.right]
    if len(under) > 1:
        return None
    if under:
        return under[0]
    gaps = [max(line.left - each.right, each.left - line.right, 0.0) for each in header]
    nearest = min(range(len(header)), key=gaps.__getitem__)
    return nearest if gaps[nearest] <= FAR * (line.bottom - line.top) else None
