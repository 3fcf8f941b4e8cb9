"""Workbooks (.xlsx, .xls, and the .et of Kingsoft that is an .xls inside): rows of cells as lines with tabs."""

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeVar

from pipeline.errors import InputError
from pipeline.files.lines import Lines, cell_text
from pipeline.files.record import FileText, FileType, Limits
from pipeline.files.sheet_formats import SheetShape, binary_shapes, package_shapes

MOST_CELLS = 2_000_000  # between the outermost cells of all sheets, empty ones included
MOST_SHEETS = 200
# Names that a program gives, which say nothing: Sheet1, 工作表2, 表1 (2).
BLANK_NAME = re.compile(r"(?:sheet|工作表|表格?|table)?[ _]?\d*(?:\s*[(（]\d+[)）])?", re.IGNORECASE)
ANNEX = re.compile(r"附\s*[件表]\s*[一二三四五六七八九十\d]*[:：]?")  # stands above the title, and is none
DECIMALS = re.compile(r"0\.(0+)")
LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')  # text, escaped signs, colours and conditions, gaps

Cells = list[list[str]]
_T = TypeVar("_T")


@dataclass(slots=True)
class _Sheet:
    """The cells of one sheet as a person sees them, without empty rows and columns at the edges."""

    name: str
    rows: Cells = field(default_factory=list)
    covered: list[set[int]] = field(default_factory=list)  # of each row, columns that a merged cell covers from above


def read_sheets(content: bytes, name: str, limits: Limits, *, file_type: FileType = "xlsx") -> FileText:
    """Return the rows of the visible sheets, one sheet a page.

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
    sheets, hidden = _read(content, name, shapes)
    lines = Lines()
    for sheet in sheets:
        _write(sheet, lines, several=len(sheets) > 1)
        if lines.size > limits.characters:
            raise InputError(f"{name}: expected at most {limits.characters} characters, got more")
    notes = [f"隐藏的工作表未读：{'、'.join(hidden)}"] if hidden else []
    if not sheets:
        raise InputError(f"{name}: expected a workbook with text, got only empty{' and hidden' * bool(hidden)} sheets")
    return lines.finish(file_type, f"{len(sheets)} sheet{'s' * (len(sheets) > 1)}, rows of cells", notes)


def _read(content: bytes, name: str, shapes: Sequence[SheetShape]) -> tuple[list[_Sheet], list[str]]:
    """The visible sheets that have text, and the names of the hidden ones that have cells."""
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
        sheet = _cut_edges(_sheet(tab.name, source.start or (0, 0), values, source.merged_cell_ranges or [], shape))
        if sheet.rows:
            sheets.append(sheet)
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
        for r in range(max(0, first - top), min(last - top, len(rows) - 1) + 1):
            room -= len(columns)
            if room < 0:
                return _Sheet(name, rows, covered)
            for c in columns:
                if (r + top, c + left) != (first, west):
                    rows[r][c] = ""
            if r + top > first:
                covered[r].update(columns)
    return _Sheet(name, rows, covered)


def _cut_edges(sheet: _Sheet) -> _Sheet:
    """Drop the empty rows and the empty columns around the cells, and empty rows between them that nothing covers."""
    kept = [r for r, row in enumerate(sheet.rows) if any(row) or sheet.covered[r]]
    while kept and not any(sheet.rows[kept[-1]]):
        kept.pop()
    used = [c for r in kept for c, text in enumerate(sheet.rows[r]) if text]
    if not used:
        return _Sheet(sheet.name)
    west, east = min(used), max(used)
    rows = [sheet.rows[r][west : east + 1] for r in kept]
    return _Sheet(sheet.name, rows, [{c - west for c in sheet.covered[r] if west <= c <= east} for r in kept])


def _write(sheet: _Sheet, lines: Lines, *, several: bool) -> None:
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
    if several and not BLANK_NAME.fullmatch(sheet.name.strip()) and sheet.name.strip() not in above:
        lines.add(sheet.name.strip())
    for r, row in enumerate(sheet.rows):
        if top <= r < bottom:
            lines.add_row(row, sheet.covered[r])
        else:
            text = "".join(row)
            lines.add(text, title=is_first and r < top < len(alone) and text == title)


def _is_remark(row: Sequence[str]) -> bool:
    """A single cell below a table is a remark if it stands at the left and is no number of a row to be filled in."""
    return len(row[0]) > 3


def shown(value: Any, code: str = "") -> str:
    """Return the value of a cell as a person sees it; *code* is its number format, where that tells more.

    >>> shown(95.0), shown(0.955, "0.0%"), shown(1234.5, "#,##0.00"), shown(date(2024, 12, 31))
    ('95', '95.5%', '1,234.50', '2024年12月31日')
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, LITERAL.sub("", code.partition(";")[0]))
    if isinstance(value, datetime) and value.time() != time():
        return f"{_day(value, code)} {value:%H:%M}"
    if isinstance(value, date):
        return _day(value, code)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return str(value).replace("_x000D_", "")


def _day(value: date, code: str) -> str:
    """2024年12月31日; without the day where the format has none."""
    plain = LITERAL.sub("", code.partition(";")[0]).lower()
    month = f"{value.year}年{value.month}月"
    return month if "y" in plain and "m" in plain and "d" not in plain else f"{month}{value.day}日"


def _number(value: float, code: str) -> str:
    """A number in as many digits as its format has; without one, in those that a sheet shows at most."""
    exact = Decimal(repr(value)) if value == value and abs(value) != float("inf") else Decimal(0)
    percent = "%" in code
    if percent:
        exact *= 100
    elif "0" not in code or "e" in code.lower() or "/" in code:
        text = f"{exact.quantize(Decimal('1e-10'), ROUND_HALF_UP):f}" if abs(exact) < 10**15 else f"{exact:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    decimals = DECIMALS.search(code)
    places = len(decimals[1]) if decimals else 0
    rounded = exact.quantize(Decimal(1).scaleb(-min(places, 15)), ROUND_HALF_UP) if abs(exact) < 10**15 else exact
    return f"{rounded:{',' if ',' in code else ''}f}{'%' * percent}"
