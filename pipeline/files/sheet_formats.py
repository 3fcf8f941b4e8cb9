"""What the reader of workbooks does not tell: how far a sheet reaches, what it hides, and how it shows its numbers.

The first is asked before the sheet is read, since that reader makes room for every cell between the outermost two.
"""

import io
import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.errors import InputError
from pipeline.files.record import Limits
from pipeline.files.word_package import Element, Package

TAG = re.compile(rb"<(?:\w+:)?(row|c|col)\b([^>]*?)(/?)>")
HIDDEN = re.compile(rb"\b(?:hidden=\"(?:1|true|on)\"|(?:width|ht)=\"0(?:\.0*)?\")")
SPAN = re.compile(rb"\b(min|max)=\"(\d{1,5})\"")
PLACE = re.compile(rb"\br=\"([A-Z]{0,3})(\d{1,7})\"")
FORMAT = re.compile(rb"\bs=\"(\d{1,5})\"")
# Formats that have only a number, as programs in China show them.
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"', 42: '¥#,##0;¥-#,##0;¥"-"', 43: '#,##0.00;-#,##0.00;"-"', 44: '¥#,##0.00;¥-#,##0.00;¥"-"',
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
SILENT = {"", "general", "@"}  # codes that tell nothing beyond the value
COLUMNS = 16384

# Records of the binary format (BIFF) with a cell: number -> whether several cells share it.
CELLS = {0x0006: False, 0x0203: False, 0x0204: False, 0x0205: False, 0x00D6: False, 0x00FD: False, 0x027E: False,
         0x00BD: True}  # fmt: skip
SHEET, FORMAT_CODE, CELL_FORMAT, BEGIN, END, LOCKED = 0x85, 0x41E, 0xE0, 0x809, 0x0A, 0x2F
ROW, COLUMN_WIDTHS = 0x0208, 0x007D
HIDDEN_ROW, HIDDEN_COLUMN = 0x20, 0x01  # flags of the two


@dataclass(slots=True)
class SheetShape:
    """Where the cells of a sheet lie, rows and columns from 0, the telling format codes among them, what is hidden."""

    top: int = 1 << 20
    left: int = COLUMNS
    bottom: int = -1
    right: int = -1
    cells: int = 0  # that have something in them
    codes: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    @property
    def area(self) -> int:
        """How many cells the reader makes room for."""
        return max(0, self.bottom - self.top + 1) * max(0, self.right - self.left + 1)

    def add(self, row: int, column: int, code: str | None) -> None:
        """Take in a cell."""
        self.cells += 1
        self.top, self.bottom = min(self.top, row), max(self.bottom, row)
        self.left, self.right = min(self.left, column), max(self.right, column)
        if code is not None:
            self.codes[row, column] = code


def _telling(codes: Mapping[int, str]) -> dict[int, str]:
    return {index: code for index, code in codes.items() if code.lower() not in SILENT}


def package_shapes(content: bytes, name: str, limits: Limits) -> list[SheetShape]:
    """Return the shapes of the sheets of an .xlsx file in the order of the workbook.

    Raises:
        InputError: a broken, oversized or binary workbook.
    """
    package = Package(content, name, limits)
    workbook = next((each.target for each in package.relations("").values() if each.kind == "officeDocument"), "")
    tree: Element = package.tree(workbook) if workbook.endswith(".xml") else None
    if tree is None:
        raise InputError(
            f"{name}: expected an .xlsx workbook, got a package whose main part is {workbook or 'missing'}"
        )
    relations = package.relations(workbook)
    others = {each.kind: each.target for each in relations.values()}
    codes = _package_codes(package.tree(others.get("styles", "")))
    shapes = []
    for sheet in tree.iter("{*}sheet"):
        key = next((value for attribute, value in sheet.attrib.items() if attribute.endswith("}id")), "")
        target = relations[key].target if key in relations else ""
        shapes.append(_sheet_shape(package.read(target) if target in package else b"", codes))
    # Read only so that a part whose length is a lie is found before the reader of workbooks unpacks it.
    if others.get("sharedStrings", "") in package:
        package.read(others["sharedStrings"])
    return shapes


def _package_codes(styles: Element | None) -> dict[int, str]:
    """The telling format codes by the number that a cell has."""
    if styles is None:
        return {}
    named = {each.get("numFmtId"): each.get("formatCode", "") for each in styles.iter("{*}numFmt")}
    found = {}
    for formats in styles.iter("{*}cellXfs"):
        for index, each in enumerate(formats.iter("{*}xf")):
            number = each.get("numFmtId", "0")
            found[index] = named.get(number) or (BUILT_IN.get(int(number), "") if number.isdecimal() else "")
    return _telling(found)


def _sheet_shape(data: bytes, codes: Mapping[int, str]) -> SheetShape:
    shape = SheetShape()
    row = column = -1
    for match in TAG.finditer(data):
        place = PLACE.search(match[2])
        if match[1] == b"row":
            row = int(place[2]) - 1 if place else row + 1
            column = -1
            if HIDDEN.search(match[2]):
                shape.hidden_rows.add(row)
            continue
        if match[1] == b"col":
            if HIDDEN.search(match[2]):
                span = dict(SPAN.findall(match[2]))
                shape.hidden_columns.update(range(int(span.get(b"min", 1)) - 1, min(int(span.get(b"max", 0)), COLUMNS)))
            continue
        if place and place[1]:
            row, column = int(place[2]) - 1, _column(place[1])
        else:
            column += 1
        if not match[3]:  # a cell with something in it
            style = FORMAT.search(match[2])
            shape.add(max(row, 0), column, codes.get(int(style[1])) if style else None)
    return shape


def column_letters(column: int) -> str:
    """Return what people call a column, from 0.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def binary_shapes(content: bytes, name: str) -> list[SheetShape]:
    """Return the shapes of the sheets of an .xls file, or an .et that is one inside, in the order of the workbook.

    Raises:
        InputError: a broken workbook, or one protected by a password.
    """
    stream = _workbook_stream(content, name)
    starts: list[int] = []
    named: dict[int, str] = {}
    formats: list[int] = []
    for kind, data in _records(stream, 0):
        if kind == LOCKED:
            raise InputError(f"{name}: expected a workbook that is open to read, got one protected by a password")
        if kind == SHEET and len(data) >= 4:
            starts.append(struct.unpack_from("<I", data)[0])
        elif kind == FORMAT_CODE and len(data) > 3:
            named[struct.unpack_from("<H", data)[0]] = _format_code(data[2:])
        elif kind == CELL_FORMAT and len(data) >= 4:
            formats.append(struct.unpack_from("<H", data, 2)[0])
    codes = _telling({index: named.get(number) or BUILT_IN.get(number, "") for index, number in enumerate(formats)})
    return [_stream_shape(stream, start, codes) for start in starts[:1000]]


def _format_code(data: bytes) -> str:
    """The code of a format: of Excel 97 with a length of two bytes and a flag for UTF-16, else in one byte and GBK."""
    length, wide = int.from_bytes(data[:2], "little"), len(data) > 2 and data[2] & 1
    if len(data) == 3 + length * (1 + wide):
        return data[3:].decode("utf-16-le" if wide else "latin-1", "replace")
    return data[1:].decode("gb18030", "replace")


def _stream_shape(stream: bytes, start: int, codes: Mapping[int, str]) -> SheetShape:
    shape = SheetShape()
    for kind, data in _records(stream, start):
        if kind in (ROW, COLUMN_WIDTHS):
            _add_hidden(shape, kind, data)
        if kind not in CELLS or len(data) < 6:
            continue
        row, column, style = struct.unpack_from("<HHH", data)
        if not CELLS[kind]:
            shape.add(row, column, codes.get(style))
            continue
        for index in range((len(data) - 6) // 6):  # numbers side by side, each with its format
            shape.add(row, column + index, codes.get(struct.unpack_from("<H", data, 4 + 6 * index)[0]))
    return shape


def _add_hidden(shape: SheetShape, kind: int, data: bytes) -> None:
    if kind == ROW and len(data) >= 14 and data[12] & HIDDEN_ROW:
        shape.hidden_rows.add(struct.unpack_from("<H", data)[0])
    elif kind == COLUMN_WIDTHS and len(data) >= 10:
        first, last, width = struct.unpack_from("<HHH", data)
        if not width or data[8] & HIDDEN_COLUMN:
            shape.hidden_columns.update(range(first, min(last, COLUMNS - 1) + 1))


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records from *at* to the end of the part that begins there; charts inside it are passed over."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        depth += (kind & 0xFF) == (BEGIN & 0xFF) and kind in (0x0009, 0x0209, 0x0409, BEGIN)
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + size]
        if kind == END:
            depth -= 1
            if depth <= 0:
                return
        at += 4 + size


def _workbook_stream(content: bytes, name: str) -> bytes:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content), raise_defects=olefile.DEFECT_FATAL) as container:
            names = {"/".join(entry).lower(): entry for entry in container.listdir()}
            entry = names.get("workbook") or names.get("book")
            stream: bytes = container.openstream(entry).read() if entry else b""
    except Exception as error:  # the library raises whatever the broken bytes lead it into
        raise InputError(f"{name}: expected a workbook, got a broken OLE container ({error})") from error
    if {"encryptedpackage", "encryptioninfo"} & names.keys():
        raise InputError(f"{name}: expected a workbook that is open to read, got one protected by a password")
    if not stream:
        raise InputError(f"{name}: expected a workbook, got an OLE container without a Workbook stream")
    return stream
