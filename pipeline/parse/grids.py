"""Tables that lost their rows: one cell a line, as they come out of a PDF or of a copied page."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.parse import words
from pipeline.parse.flow import BLANKS, Line, bare

MAX_CELL = 60  # characters of a cell; a longer line is a paragraph
MAX_HEAD = 14  # characters of a header cell
MAX_COLUMNS = 9
NUMBER = re.compile(r"[-+]?\d[\d,. ]*%?|[-—/]+")
YEAR = re.compile(r"(?:19|20)\d\d\s*年?度?(?:\(.*\))?")
WHEN = re.compile(
    r".*(?:\d\s*[年月日号]|季度|年内|全年|底前?|上旬|中旬|下旬|长期|持续|适时|每[年季月周]|半年|常年|即时|随时|按时|长效)(?:前|底|末|内|一次|完成|坚持|推进)*.*"
)
GAPS = re.compile(f"[{BLANKS}]{{2,}}|\u3000+")

Rows = list[list[int]]


def find_grids(lines: Sequence[Line]) -> dict[int, Rows]:
    """Return the tables among *lines* that have one cell a line: first line -> rows of places in *lines*."""
    texts = [line.bare if len(line.text) <= MAX_CELL else "" for line in lines]
    grids: dict[int, Rows] = {}
    at = 0
    while at < len(lines):
        rows = _grid_at(texts, at) if _is_head(texts[at]) and not _is_row(lines[at]) else []
        if rows:
            grids[at] = rows
            at = rows[-1][-1] + 1
        else:
            at += 1
    return grids


# What a merged cell says holds for each row that it reaches over: who does it, until when, which task it belongs to.
# Printed again, a figure outside these two kinds of column would count as often as it has rows, and so would a number
# in front of a task.
FILLED = re.compile(r"单位|部门|主体|牵头|配合|责任|负责|时限|时间|期限|进度")
COUNTED = re.compile(
    r"[\d%％]|[〇零一二三四五六七八九十百千万两几]+(?:余|多)?[个件次项名人户家场期部份条处起批亿元成天年月]|分之|全部|全覆盖|所有|一律|均"
)
MAX_LABEL = 20  # characters of a cell that names a task or a field of work; a longer one is a task with its details


def fill_merged(lines: Sequence[Line]) -> list[Line]:
    """Return *lines* with what merged cells say in each row that they reach over: bodies, limits, names of tasks."""
    filled: list[Line] = []
    cells: list[str] = []  # of the row above, as filled
    columns: set[int] = set()
    for line in lines:
        if not _is_row(line):
            if line.covered is None:  # the title of a part may stand between the rows, across all columns
                cells, columns = [], set()
            filled.append(line)
            continue
        own = line.text.split("\t")
        columns |= {place for place, cell in enumerate(own) if len(cell) <= MAX_HEAD and FILLED.search(cell)}
        wanted = [
            place
            for place in line.covered or ()
            if place < min(len(own), len(cells)) and not own[place] and _may_repeat(cells[place], place in columns)
        ]
        for place in wanted:
            own[place] = cells[place]
        cells = own
        filled.append(replace(line, text="\t".join(own), bare=bare("\t".join(own))) if wanted else line)
    return filled


def _may_repeat(cell: str, is_filled: bool) -> bool:
    if is_filled:
        return not FILLED_HEAD.fullmatch(cell)
    return len(cell) <= MAX_LABEL and not COUNTED.search(cell) and cell not in words.TABLE_WORDS


# A header cell over two rows of headers: 责任单位 above 牵头 and 配合.
FILLED_HEAD = re.compile(
    r"(?:牵头|配合|责任|负责|完成|实施|主管|办理)*(?:单位|部门|主体|时限|时间|期限|进度|人)*(?:要求)?"
)


def _is_row(line: Line) -> bool:
    return "\t" in line.text


def _is_head(text: str) -> bool:
    plain = re.sub(r"\s|\(.*?\)", "", text)
    return plain in words.TABLE_WORDS or YEAR.fullmatch(text) is not None


def _grid_at(texts: Sequence[str], start: int) -> Rows:
    """The rows of the table whose header begins at *start*, the header first; [] if there is none."""
    known = 0
    while start + known < len(texts) and known < MAX_COLUMNS and _is_head(texts[start + known]):
        known += 1
    if known < 2:
        return []
    if re.sub(r"\s", "", texts[start]) in ("序号", "编号"):
        return _numbered_rows(texts, start)
    best: Rows = []
    for width in range(known, min(MAX_COLUMNS, known + 2) + 1):
        if all(0 < len(text) <= MAX_HEAD and not words.COMMA.search(text) for text in texts[start : start + width]):
            rows = _regular_rows(texts, start, width)
            if len(rows) > max(2, len(best)):
                best = rows
    return best


def _numbered_rows(texts: Sequence[str], start: int) -> Rows:
    """Rows that each begin with their number: 1, 2, 3 alone on a line."""
    first = next(
        (i for i in range(start + 2, min(start + MAX_COLUMNS + 1, len(texts))) if texts[i] in ("1", "一", "01")), None
    )
    if first is None:
        return []
    width = first - start
    rows, at, number = [list(range(start, first))], first, 1
    while at < len(texts) and _reads_as(texts[at], number):
        follows = next(
            (i for i in range(at + 2, min(at + 3 * width, len(texts))) if _reads_as(texts[i], number + 1)), None
        )
        end = at + width if follows is None else follows
        cells = list(range(at, min(end, len(texts))))
        if len(cells) != width or not all(texts[i] for i in cells):
            break
        rows.append(cells)
        at, number = end, number + 1
    return rows if len(rows) > 2 else []


_NUMERALS = "零一二三四五六七八九十"


def _reads_as(text: str, number: int) -> bool:
    return (text.isdigit() and int(text) == number) or (number <= 10 and text == _NUMERALS[number])


def _kind(text: str) -> str:
    if NUMBER.fullmatch(text):
        return "number"
    if WHEN.fullmatch(text):
        return "date"
    if words.BODY_NAME.search(text):
        return "body"
    return "text"


def _regular_rows(texts: Sequence[str], start: int, width: int) -> Rows:
    """Rows of *width* cells whose columns hold one kind of thing each."""
    rows = [list(range(start, start + width))]
    at = start + width
    kinds: list[str] | None = None
    while at + width <= len(texts):
        cells = texts[at : at + width]
        if not all(cells) or any(words.SENTENCE_END.search(cell) or words.MARKER.match(cell) for cell in cells):
            break
        here = [_kind(cell) for cell in cells]
        if kinds is None:
            kinds = here
            if set(kinds) <= {"text"} or kinds[0] == "number":
                return []
        agree = sum(a == b for a, b in zip(kinds, here, strict=True))
        fixed = sum(a == b != "text" for a, b in zip(kinds, here, strict=True))
        if agree < width - 1 or not fixed or here[0] == "number":
            break
        rows.append(list(range(at, at + width)))
        at += width
    return rows if len(rows) > 2 else []


def spaced_rows(lines: Sequence[Line]) -> dict[int, str]:
    """Return the lines that are rows of a table whose cells only blanks part, each with tabs instead."""
    cells = [[cell for cell in GAPS.split(line.text) if cell] if len(line.text) <= 200 else [] for line in lines]
    found: dict[int, str] = {}
    at = 0
    while at < len(lines):
        size = len(cells[at])
        end = at + 1
        if size > 2 and sum(_is_head(bare(cell)) for cell in cells[at]) > 1:
            while end < len(lines) and len(cells[end]) == size and "\t" not in lines[end].text:
                end += 1
            if end - at > 1:
                found.update({index: "\t".join(cells[index]) for index in range(at, end)})
        at = end
    return found
