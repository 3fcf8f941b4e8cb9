"""The cells of a table as each format takes them, with a list of every cell that had to be changed for it.

Nothing is cut or replaced silently: what a format cannot hold is marked in the cell and told in changes.csv.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd

from pipeline import workbook
from pipeline.errors import InputError
from pipeline.research.codebook import KEYS, Variable, variables

Format = Literal["csv", "dta", "sav"]
What = Literal["cut", "apostrophe", "separator", "control"]

SEPARATOR, IN_PLACE_OF_IT = ";", "；"
CUT_MARK = "…[cut]"
# Bytes of UTF-8 that a string takes; Stata has long strings (strL) beyond 2,045 and no limit that matters here.
WIDEST: Mapping[Format, int | None] = {"csv": None, "dta": None, "sav": 32_767}
WHATS: Mapping[What, str] = {
    "cut": f"longer than the format takes: cut, and marked by {CUT_MARK} at its end",
    "apostrophe": "a spreadsheet could take it for a formula: an apostrophe stands before it",
    "separator": f"an element of a list had a {SEPARATOR}, which separates elements: now {IN_PLACE_OF_IT}",
    "control": "control characters were taken out, or other line ends became line feeds",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that does not hold just what the record holds."""

    table: str
    row: int  # from 1, without the header
    key: str
    variable: str
    format: Format
    what: What
    before: int  # characters
    after: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table with plain cells: text, int, float, bool, date, list, dict or None."""

    name: str
    variables: tuple[Variable, ...]
    cells: tuple[Sequence[Any], ...]  # one sequence a variable

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(self.cells[0]) if self.cells else 0

    def keys(self) -> list[str]:
        """Return what names each row, "" in a table without a key."""
        wanted = KEYS.get(self.name, ())
        columns = [cells for one, cells in zip(self.variables, self.cells, strict=True) if one.name in wanted]
        return [" ".join(map(str, row)) for row in zip(*columns, strict=True)] or [""] * self.rows


def read_table(name: str, frame: pd.DataFrame) -> Table:
    """Return the table *name* with the columns of the codebook, made from a frame that has at least these.

    Raises:
        InputError: a column is missing, or a cell is of another type than the codebook says.
    """
    found = variables(name)
    if missing := [one.name for one in found if one.name not in frame]:
        raise InputError(f"expected a table {name} with {', '.join(missing)}, got {', '.join(map(str, frame.columns))}")
    return Table(name, found, tuple(_column(name, one, frame[one.name].tolist()) for one in found))


def _column(table: str, of: Variable, cells: Iterable[Any]) -> list[Any]:
    try:
        return [_plain(of, cell) for cell in cells]
    except (TypeError, ValueError) as error:
        raise InputError(f"table {table}, column {of.name}: expected {of.type}, but {error}") from error


def _plain(of: Variable, cell: Any) -> Any:
    if of.type in ("list", "json"):
        if isinstance(cell, (list, tuple, dict)):
            return cell
        return ([] if of.type == "list" else None) if _is_none(cell) else _refuse(cell)
    if _is_none(cell):
        return None
    match of.type:
        case "integer":
            return int(cell) if float(cell) == int(cell) else _refuse(cell)
        case "number":
            return float(cell)
        case "boolean":
            return bool(cell)
        case "date":
            return cell.date() if isinstance(cell, pd.Timestamp) else cell if isinstance(cell, date) else _refuse(cell)
        case "category":
            value = str(int(cell)) if isinstance(cell, (int, float)) else str(cell)
            return value if value in {one.value for one in of.values} else _refuse(cell)
    return cell if isinstance(cell, str) else _refuse(cell)


def _is_none(cell: Any) -> bool:
    return cell is None or (not isinstance(cell, (list, tuple, dict)) and bool(pd.isna(cell)))


def _refuse(cell: Any) -> Any:
    raise ValueError(f"a cell is {cell!r:.80}")


def texts(table: Table, format: Format) -> Iterator[tuple[Variable, list[Any], list[Change]]]:
    """Yield each variable with its cells ready for *format*, and the cells that had to change for it.

    Text, lists and json become strings; everything else stays as it is.
    """
    keys = table.keys()
    for variable, cells in zip(table.variables, table.cells, strict=True):
        if variable.type not in ("text", "list", "json"):
            yield variable, list(cells), []
            continue
        changes: list[Change] = []
        made = []
        for row, cell in enumerate(cells):
            text, whats = _text(cell, format)
            made.append(text)
            before = len(_joined(cell)[0]) if whats else 0
            changes += [
                Change(table.name, row + 1, keys[row], variable.name, format, what, before, len(text or ""))
                for what in whats
            ]
        yield variable, made, changes


def _text(cell: Any, format: Format) -> tuple[str | None, list[What]]:
    if cell is None:
        return None, []
    text, has_separator = _joined(cell)
    whats: list[What] = ["separator"] if has_separator else []
    clean = workbook.clean_text(text)
    if clean != text:
        whats.append("control")
    if format == "csv" and workbook.is_formula(clean):
        clean = "'" + clean
        whats.append("apostrophe")
    most = WIDEST[format]
    if most is not None and len(clean.encode()) > most:
        clean = clean.encode()[: most - len(CUT_MARK.encode())].decode(errors="ignore") + CUT_MARK
        whats.append("cut")
    return clean, whats


def _joined(cell: Any) -> tuple[str, bool]:
    """Return a cell as one text, and whether an element of a list had the separator in it."""
    if isinstance(cell, dict) or (isinstance(cell, (list, tuple)) and not all(isinstance(one, str) for one in cell)):
        return json.dumps(cell, ensure_ascii=False, sort_keys=True, separators=(",", ":")), False
    if isinstance(cell, str):
        return cell, False
    return SEPARATOR.join(one.replace(SEPARATOR, IN_PLACE_OF_IT) for one in cell), any(SEPARATOR in one for one in cell)


def shown_number(number: float) -> str:
    """Return a number as a table holds it: whole ones without a point, others as short as they read back the same.

    >>> shown_number(95.0), shown_number(92.3), shown_number(1e16)
    ('95', '92.3', '10000000000000000')
    """
    return str(int(number)) if number == int(number) else re.sub(r"e\+?", "e", repr(number))
