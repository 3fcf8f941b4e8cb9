"""Draws sheets into a workbook: looks, links between sheets, and the page as it is printed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

# XlsxWriter carries annotations but does not declare them.
from xlsxwriter import Workbook  # type: ignore[import-untyped]  # ships no types
from xlsxwriter.format import Format  # type: ignore[import-untyped]  # ships no types
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # ships no types

from pipeline.report import words
from pipeline.report.layout import (
    HEAD_ROW,
    LINE,
    Cell,
    Head,
    Key,
    Measured,
    Row,
    Sheet,
    fitted,
    head_height,
    lines_of,
    look_of,
    measure,
    shown_width,
    value_of,
)
from pipeline.workbook import CREATED, FONT, WEB_ADDRESS, Limits, is_formula

GRID = {"border": 1, "border_color": "#B7BEC8", "valign": "vcenter"}
CENTRED = {"align": "center", "valign": "vcenter"}
TILTED = {**GRID, "bold": True, "align": "center", "valign": "bottom", "rotation": 90}
JUMP = {"font_color": "#0563C1", "underline": 1}
LOOKS: dict[str, dict[str, Any]] = {
    "text": {**GRID, "text_wrap": True},
    "code": {**GRID},  # on one line, never printed: nobody reads it
    "label": {**GRID, "text_wrap": True, **CENTRED},
    "first": {**GRID, "text_wrap": True},
    "band": {**GRID, "text_wrap": True, "bg_color": "#F1F4F8"},
    "whole": {**GRID, "num_format": "0", **CENTRED},
    "score": {**GRID, "num_format": "0.00", **CENTRED},
    "number": {**GRID, "num_format": "#,##0"},
    "decimal": {**GRID, "num_format": "#,##0.######"},  # a whole number in it would be shown as "95."
    "date": {**GRID, "num_format": "yyyy-mm-dd", **CENTRED},
    "grey": {**GRID, "text_wrap": True, **CENTRED, "font_color": "#595959", "bg_color": "#E9E9E9", "italic": True},
    "empty": {**GRID, **CENTRED, "font_color": "#7F7F7F"},
    "total": {**GRID, "bold": True, "text_wrap": True, **CENTRED, "bg_color": "#F1F4F8"},
    "head": {**GRID, "bold": True, "text_wrap": True, **CENTRED, "bg_color": "#DDE7F3"},
    "head_other": {**GRID, "bold": True, "text_wrap": True, **CENTRED, "bg_color": "#C9D8EA"},
    "tilted": {**TILTED, "bg_color": "#DDE7F3"},
    "tilted_other": {**TILTED, "bg_color": "#C9D8EA"},
    "title": {"bold": True, "font_size": 16, "valign": "vcenter"},
    "cover": {"bold": True, "font_size": 26, **CENTRED, "text_wrap": True},
    "note": {"font_size": 10, "font_color": "#404040", "text_wrap": True, "valign": "vcenter"},
    "plain_long": {"valign": "vcenter"},  # runs on over the empty cells beside it
    "plain": {"text_wrap": True, "valign": "vcenter", "indent": 1},
    "plain_label": {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "right", "indent": 1},
}  # fmt: skip
for _signs in (words.COVERAGE_SIGNS, words.TRACKING_SIGNS, words.DIFFERENCE_SIGNS, words.ORIGIN_SIGNS):
    LOOKS |= {key: {**GRID, **CENTRED, "text_wrap": True, "bg_color": sign.fill} for key, sign in _signs.items()}
WRAPS = {name: bool(look.get("text_wrap")) for name, look in LOOKS.items()}

LIMITS = Limits()  # Excel's
TITLE_HEIGHT = 30
COVER_HEIGHT = 60


def write_sheets(path: Path, sheets: Sequence[Sheet], *, title: str, limits: Limits = LIMITS) -> None:
    """Write *sheets* to *path*; equal arguments give equal bytes.

    Args:
        path: the file to write, in a folder that exists.
        sheets: their names are valid and unique, see layout.Names.
        title: of the file, in its properties.
        limits: a sheet of more rows goes on in a second one; links beyond are plain text.
    """
    parts = [part for sheet in sheets for part in _parts(sheet, limits.rows - HEAD_ROW - 1)]
    places = {
        key: (part.name, place)
        for part in reversed(parts)
        for place, row in reversed(list(enumerate(part.rows, HEAD_ROW + part.has_head)))
        for key in row.keys
    }
    places |= {("sheet", part.name): (part.name, 0) for part in parts}
    options = {"constant_memory": True, "default_format_properties": dict(FONT)}
    with Workbook(str(path), options) as book:
        book.set_properties({"title": title, "created": CREATED})
        artist = _Artist(book, places, limits)
        for part in parts:
            artist.draw(part)


def _parts(sheet: Sheet, most: int) -> list[Sheet]:
    if len(sheet.rows) <= most:
        return [sheet]
    chunks = [sheet.rows[first : first + most] for first in range(0, len(sheet.rows), most)]
    last = len(chunks) - 1
    return [
        replace(sheet, name=f"{sheet.name[:24]}_{at + 1}" if at else sheet.name, rows=rows,
                foot=sheet.foot if at == last else ())
        for at, rows in enumerate(chunks)
    ]  # fmt: skip


class _Artist:
    """Draws sheets into one book in one set of formats."""

    def __init__(self, book: Workbook, places: Mapping[Key, tuple[str, int]], limits: Limits) -> None:
        self.book = book
        self.places = places
        self.limits = limits
        self.formats: dict[tuple[str, bool, bool], Format] = {}
        self.links = 0

    def draw(self, sheet: Sheet) -> None:
        """Add one sheet."""
        self.links = 0
        page = self.book.add_worksheet(sheet.name)
        measured = measure(sheet, WRAPS)
        for at, width in enumerate(measured.widths):
            page.set_column(at, at, width)
        self._set_page(page, sheet)
        self._draw_top(page, sheet, measured.widths)
        first = HEAD_ROW + sheet.has_head
        rows = [*zip(sheet.rows, measured.heights, strict=True), *zip(sheet.foot, measured.foot_heights, strict=True)]
        for place, (row, height) in enumerate(rows, first):
            gap = place >= first + len(sheet.rows)
            self._draw_row(page, place + gap, row, height, sheet.columns, measured)

    def _set_page(self, page: Worksheet, sheet: Sheet) -> None:
        page.set_landscape()
        page.set_paper(9)  # A4
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page.fit_to_pages(1, 0)  # one page wide, as many long as it takes
        page.center_horizontally()
        page.hide_gridlines(2)
        page.set_footer("&L&A&R第 &P 页，共 &N 页")
        last = HEAD_ROW + sheet.has_head + len(sheet.rows) - 1
        bottom = last + 1 + len(sheet.foot) if sheet.foot else last
        page.print_area(0, 0, bottom, sheet.printed_columns - 1)
        if sheet.has_head:
            page.freeze_panes(HEAD_ROW + 1, sheet.frozen)
            page.repeat_rows(HEAD_ROW)
            page.autofilter(HEAD_ROW, 0, last, len(sheet.columns) - 1)

    def _draw_top(self, page: Worksheet, sheet: Sheet, widths: Sequence[int]) -> None:
        last = sheet.printed_columns - 1
        room = sum(widths[: last + 1])
        size = LOOKS[sheet.title_look]["font_size"] / 11
        lines = lines_of(sheet.title, room / size)
        page.set_row(0, (COVER_HEIGHT if sheet.title_look == "cover" else TITLE_HEIGHT) + (lines - 1) * LINE * size)
        wrapped = sheet.title_look if lines == 1 else "title_wrapped" if sheet.title_look == "title" else "cover"
        self._spread(page, 0, last, sheet.title, wrapped)
        note = value_of(sheet.note) or ""
        page.set_row(1, max(LINE, lines_of(note, room * 1.05) * LINE) + 4)
        self._spread(page, 1, last, note, "note")
        if not sheet.has_head:
            return
        page.set_row(HEAD_ROW, head_height(sheet, widths))
        for at, column in enumerate(sheet.columns):
            page.write_string(HEAD_ROW, at, column.title, self._format(column.head_look))

    def _spread(self, page: Worksheet, row: int, last: int, text: str, look: str) -> None:
        if last:
            page.merge_range(row, 0, row, last, "", self._format(look))
        page.write_string(row, 0, _safe(text), self._format(look))

    def _draw_row(
        self, page: Worksheet, place: int, row: Row, height: float, columns: Sequence[Head], measured: Measured
    ) -> None:
        page.set_row(place, height)
        for at, cell in enumerate(row.cells):
            self._draw_cell(page, place, at, cell, columns[at], measured.widths[at])

    def _draw_cell(self, page: Worksheet, place: int, at: int, cell: Any, column: Head, width: int) -> None:
        look, value = look_of(cell, column), value_of(cell)
        if isinstance(value, str) and WRAPS[look]:
            value = fitted(value, width)
        target = self._target(cell) if isinstance(cell, Cell) and value is not None else None
        if isinstance(value, str) and WRAPS[look] and shown_width(value) >= width:
            target = None  # LibreOffice does not break the lines of a link, and would cut it
        if target and not self._link(page, place, at, target, value, look):
            target = None
        linked = target is not None
        if value is None:
            page.write_blank(place, at, None, self._format(look))
        elif isinstance(value, str):
            if not linked:
                page.write_string(place, at, _safe(value), self._format(look, guarded=is_formula(value)))
        elif isinstance(value, date):
            page.write_datetime(place, at, value, self._format("date", linked=linked))
        else:
            shown = "decimal" if look == "number" and value != int(value) else look
            page.write_number(place, at, value, self._format(shown, linked=linked))

    def _target(self, cell: Cell) -> str | None:
        if cell.url and WEB_ADDRESS.fullmatch(cell.url):
            return cell.url
        found = self.places.get(cell.to) if cell.to else None
        if found is None:
            return None
        name, row = found
        return f"internal:'{name.replace(chr(39), chr(39) * 2)}'!{_address(row, cell.at)}"

    def _link(self, page: Worksheet, place: int, at: int, target: str, value: Any, look: str) -> bool:
        """Add a link with what it shows where that is a text; say whether the sheet still takes one."""
        if self.links >= self.limits.links:
            return False
        self.links += 1
        text = _safe(value) if isinstance(value, str) else ""
        guarded = isinstance(value, str) and is_formula(value)
        page.write_url(place, at, target, self._format(look, linked=True, guarded=guarded), text)
        return True

    def _format(self, look: str, *, linked: bool = False, guarded: bool = False) -> Format:
        key = (look, linked, guarded)
        if key not in self.formats:
            base = {
                **(LOOKS["title"] | {"text_wrap": True} if look == "title_wrapped" else LOOKS[look]),
            }
            if linked:
                base |= JUMP if "bg_color" not in base else {"underline": 1}
            if guarded:
                base["quote_prefix"] = True  # still text after the cell was opened and left by Enter
            self.formats[key] = self.book.add_format(base)
        return self.formats[key]


def _safe(text: str) -> str:
    """Return *text* so that XlsxWriter does not take the whole for its own rich text and write it as markup."""
    return text + " " if text.startswith("<r>") and text.endswith("</r>") else text


def _address(row: int, column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
