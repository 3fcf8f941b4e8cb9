"""Workbooks from printed values, with merged cells, formulas, and rows, columns and sheets that are hidden."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter

from tests.pages.making.programs import STAMP
from tests.pages.making.word import Lines, merged

NUMBERS: tuple[tuple[str, str, Callable[[str], Any]], ...] = (  # how a printed value is stored: pattern, format, value
    (r"-?\d+%", "0%", lambda text: float(text[:-1]) / 100),
    (r"-?\d+\.\d%", "0.0%", lambda text: float(text[:-1]) / 100),
    (r"-?\d+\.\d\d%", "0.00%", lambda text: float(text[:-1]) / 100),
    (r"\d+年\d+月\d+日", 'yyyy"年"m"月"d"日"', lambda text: date(*map(int, re.findall(r"\d+", text)))),
    (r"\d+年\d+月", 'yyyy"年"m"月"', lambda text: date(*map(int, re.findall(r"\d+", text)), 1)),
    (r"\d{4}-\d\d-\d\d", "yyyy-mm-dd", date.fromisoformat),
    (r"\d{1,3}(,\d{3})+", "#,##0", lambda text: int(text.replace(",", ""))),
    (r"\d+", "General", int),
    (r"\d+\.\d+", "General", float),
)


@dataclass(slots=True)
class Sheet:
    """One sheet of a workbook: a merged title, then a table written from printed values."""

    name: str
    title: str
    rows: Lines
    fill: tuple[int, ...] = ()
    blank: tuple[int, ...] = ()
    at: tuple[int, int] = (0, 0)  # row and column where the title starts
    tall: int = 1  # rows that the title is merged over
    formulas: dict[tuple[int, int], tuple[str, float]] = field(default_factory=dict)
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_column: Lines = ()
    state: str = ""  # "hide" or "very_hidden"

    def write(self, book: Any) -> None:
        """Add the sheet to a workbook."""
        page = book.add_worksheet(self.name)
        cells = [row.split("\t") for row in self.rows]
        width = max(map(len, cells), default=1)
        top, left = self.at
        if self.title:
            page.merge_range(
                top, left, top + self.tall - 1, left + max(width, 2) - 1, self.title, book.add_format(TITLE)
            )
            top += self.tall
        for n, values in enumerate(cells):
            if len(values) == 1 < width:
                page.merge_range(top + n, left, top + n, left + width - 1, values[0], book.add_format(CELL))
                continue
            for c in range(len(values)):
                self._cell(book, page, cells, n, c, top, left)
        for n, value in enumerate(self.hidden_column):
            page.write(top + n, left + width, value)
        if self.hidden_column:
            page.set_column(left + width, left + width, 14, None, {"hidden": True})
        for (row, column), text in self.notes.items():
            page.write_comment(top + row, left + column, text, {"author": "审核员"})
        if self.state:
            getattr(page, self.state)()

    def _cell(self, book: Any, page: Any, cells: Sequence[Lines], n: int, c: int, top: int, left: int) -> None:
        shown = cells[n][c].replace("{n}", "\n")
        value, look = stored(shown)
        style = book.add_format({**CELL, "num_format": look})
        merge = merged(cells, n, c, self.fill, self.blank)
        if merge == "first":
            end = n + 1
            while end < len(cells) and len(cells[end]) > 1 and merged(cells, end, c, self.fill, self.blank) == "more":
                end += 1
            page.merge_range(top + n, left + c, top + end - 1, left + c, value, style)
        elif (n, c) in self.formulas:
            page.write_formula(top + n, left + c, self.formulas[n, c][0], style, self.formulas[n, c][1])
        elif not merge:
            page.write(top + n, left + c, value, style)


TITLE = {"bold": True, "font_size": 18, "align": "center"}
CELL = {"border": 1, "text_wrap": True, "valign": "vcenter"}


def stored(shown: str) -> tuple[Any, str]:
    """Return the value and the number format of a cell that shows this text."""
    for pattern, look, value in NUMBERS:
        if re.fullmatch(pattern, shown):
            return value(shown), look
    return shown, "General"


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return an .xlsx of these sheets."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": "Sheet1", "author": "微软用户", "created": STAMP})
        for sheet in sheets:
            sheet.write(book)
    return stream.getvalue()
