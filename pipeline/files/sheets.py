"""Workbooks (.xlsx, .xls, and the .et of Kingsoft that is an .xls inside): rows of cells as lines with tabs."""

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pipeline.errors import InputError
from pipeline.files.lines import Lines, cell_text
from pipeline.files.record import FileText, FileType, Limits
from pipeline.files.sheet_formats import SheetShape, binary_shapes, column_letters, package_shapes
from pipeline.files.sheet_values import shown

MOST_CELLS = 2_000_000  # between the outermost cells of all sheets, empty ones included
MOST_FILLED = 500_000  # of them with something in them, of which a thousand take 25 milliseconds
MOST_SHEETS = 200
ANNEX = re.compile(r"附\s*[件表]\s*[一二三四五六七八九十\d]*[:：]?")  # stands above the title, and is none

Cells = list[list[str]]
_T = TypeVar("_T")


@dataclass(slots=True)
class _Sheet:
    """The cells of one sheet as a person sees them, without empty rows and columns at the edges."""

    name: str
    rows: Cells = field(default_factory=list)
    covered: list[set[int]] = field(default_factory=list)  # of each row, columns that a merged cell covers from above
    notes: list[str] = field(default_factory=list)


def read_sheets(content: bytes, name: str, limits: Limits, *, file_type: FileType = "xlsx") -> FileText:
    """Return the rows of the visible sheets, one sheet a page, without their names and what is hidden in them.

    Raises:
        InputError: no workbook, protected by a password, broken, too large, or without text.
    """
    if len(content) > limits.file_bytes:
        raise InputError(f"{name}: expected at most {limits.file_bytes} bytes, got {len(content)}")
    packed = content.startswith(b"PK")
    shapes = package_shapes(content, name, limits) if packed else binary_shapes(content, name)
    area = sum(shape.area for shape in shapes)
    if area > MOST_CELLS or len(shapes) > MOST_SHEETS:
        most = f"at most {MOST_CELLS} cells in {MOST_SHEETS} sheets"
        raise InputError(f"{name}: expected a workbook of {most}, got {area} in {len(shapes)}")
    filled = sum(shape.cells for shape in shapes)
    if filled > MOST_FILLED:
        raise InputError(f"{name}: expected a workbook of at most {MOST_FILLED} filled cells, got {filled}")
    found, hidden = _read(content, name, shapes)
    sheets = [sheet for sheet in found if sheet.rows]
    lines = Lines()
    for sheet in sheets:
        _write(sheet, lines)
        if lines.size > limits.characters:
            raise InputError(f"{name}: expected at most {limits.characters} characters, got more")
    notes = [f"隐藏的工作表未读：{'、'.join(hidden)}"] if hidden else []
    notes += [note for sheet in found for note in sheet.notes]
    if not sheets:
        raise InputError(f"{name}: expected a workbook with text, got only empty{' and hidden' * bool(notes)} sheets")
    return lines.finish(file_type, f"{len(sheets)} sheet{'s' * (len(sheets) > 1)}, rows of cells", notes)


def _read(content: bytes, name: str, shapes: Sequence[SheetShape]) -> tuple[list[_Sheet], list[str]]:
    """The visible sheets, and the names of the hidden ones that have cells."""
    import python_calamine

    sheets: list[_Sheet] = []
    hidden: list[str] = []
    book = _ask(lambda: python_calamine.load_workbook(io.BytesIO(content)), name)
    for index, tab in enumerate(book.sheets_metadata):
        if tab.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        shape = shapes[index] if index < len(shapes) else SheetShape()
        if tab.visible != python_calamine.SheetVisibleEnum.Visible:
            if shape.area:
                hidden.append(tab.name)
            continue
        source = _ask(lambda: book.get_sheet_by_index(index), name)  # noqa: B023
        values = _ask(lambda: source.to_python(), name)  # noqa: B023
        start = source.start or (0, 0)
        sheet = _sheet(tab.name, start, values, source.merged_cell_ranges or [], shape)
        sheets.append(_cut_edges(_without_hidden(sheet, start, shape)))
    return sheets, hidden


def _ask(call: Callable[[], _T], name: str) -> _T:
    """What a call of the library returns; its errors, and its panics, which are no `Exception`, as ours."""
    import python_calamine

    try:
        return call()
    except python_calamine.PasswordError as error:
        raise InputError(
            f"{name}: expected a workbook that is open to read, got one protected by a password"
        ) from error
    except python_calamine.CalamineError as error:
        raise InputError(f"{name}: expected a workbook, got a broken one ({error})") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise InputError(f"{name}: expected a workbook, got a broken one ({error})") from error


def _sheet(
    name: str,
    start: tuple[int, int],
    values: Sequence[Sequence[Any]],
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]],
    shape: SheetShape,
) -> _Sheet:
    top, left = start
    rows = [
        [cell_text(shown(value, shape.codes.get((top + r, left + c), ""))) for c, value in enumerate(row)]
        for r, row in enumerate(values)
    ]
    width = max(map(len, rows), default=0)
    for row in rows:
        row.extend([""] * (width - len(row)))
    covered: list[set[int]] = [set() for _ in rows]
    room = 2 * MOST_CELLS  # merged cells do not overlap, unless the file is broken
    for (first, west), (last, east) in merged:
        columns = range(max(0, west - left), min(east - left, width - 1) + 1)
        lines = range(max(0, first - top), min(last - top, len(rows) - 1) + 1)
        room -= len(columns) * len(lines)
        if room < 0:
            break
        if not columns or not lines or first < top or west < left:
            continue
        text = rows[first - top][west - left]
        for r in lines:
            rows[r][columns.start : columns.stop] = [""] * len(columns)
        # Of a merged cell that is hidden in part, the rest is seen, with its text.
        seen = next((r for r in lines if r + top not in shape.hidden_rows), lines.start)
        rows[seen][next((c for c in columns if c + left not in shape.hidden_columns), columns.start)] = text
        for r in range(seen + 1, lines.stop):
            covered[r].update(columns)
    return _Sheet(name, rows, covered)


def _without_hidden(sheet: _Sheet, start: tuple[int, int], shape: SheetShape) -> _Sheet:
    """Leave out the hidden rows and columns, with a note if they have text."""
    top, left = start
    columns = [c for c in range(len(sheet.rows[0]) if sheet.rows else 0) if c + left not in shape.hidden_columns]
    kept = [r for r in range(len(sheet.rows)) if r + top not in shape.hidden_rows]
    shown_rows, shown_columns = set(kept), set(columns)
    if len(kept) == len(sheet.rows) and (not sheet.rows or len(columns) == len(sheet.rows[0])):
        return sheet
    lost_rows = sum(any(row) for r, row in enumerate(sheet.rows) if r not in shown_rows)
    lost = sorted({c for r in kept for c, text in enumerate(sheet.rows[r]) if text and c not in shown_columns})
    notes = [f"隐藏的列未读：{sheet.name} {'、'.join(column_letters(c + left) for c in lost)}列"] if lost else []
    notes += [f"隐藏的行未读：{sheet.name} 共{lost_rows}行"] if lost_rows else []
    place = {c: i for i, c in enumerate(columns)}
    return _Sheet(
        sheet.name,
        [[sheet.rows[r][c] for c in columns] for r in kept],
        [{place[c] for c in sheet.covered[r] if c in place} for r in kept],
        notes,
    )


def _cut_edges(sheet: _Sheet) -> _Sheet:
    """Drop the empty rows and the empty columns around the cells, and empty rows between them that nothing covers."""
    kept = [r for r, row in enumerate(sheet.rows) if any(row) or sheet.covered[r]]
    while kept and not any(sheet.rows[kept[-1]]):
        kept.pop()
    used = [c for r in kept for c, text in enumerate(sheet.rows[r]) if text]
    if not used:
        return _Sheet(sheet.name, notes=sheet.notes)
    west, east = min(used), max(used)
    rows = [sheet.rows[r][west : east + 1] for r in kept]
    covered = [{c - west for c in sheet.covered[r] if west <= c <= east} for r in kept]
    return _Sheet(sheet.name, rows, covered, sheet.notes)


def _write(sheet: _Sheet, lines: Lines) -> None:
    """Write a sheet: what stands alone above and below the table are paragraphs, the rest are rows."""
    is_first = not lines.size
    lines.end_page()
    alone = [sum(map(bool, row)) == 1 and not covered for row, covered in zip(sheet.rows, sheet.covered, strict=True)]
    top = next((r for r, single in enumerate(alone) if not single), len(alone))
    bottom = len(alone)
    while bottom > top and alone[bottom - 1] and _is_remark(sheet.rows[bottom - 1]):
        bottom -= 1
    above = ["".join(row) for row in sheet.rows[:top]]
    title = next((text for text in above if not ANNEX.fullmatch(text)), None)
    for r, row in enumerate(sheet.rows):
        if top <= r < bottom:
            lines.add_row(row, sheet.covered[r])
        else:
            text = "".join(row)
            lines.add(text, title=is_first and r < top < len(alone) and text == title)


def _is_remark(row: Sequence[str]) -> bool:
    """A single cell below a table is a remark if it stands at the left and is no number of a row to be filled in."""
    return len(row[0]) > 3
