"""Stata and SPSS files by pyreadstat: labels for variables and values, dates as dates, no time of writing.

Closed sets are numbers with labels there. ReadStat writes the time into the header of either format, which is set to
one fixed moment here so that equal tables give equal bytes.
"""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from pipeline.errors import PipelineError
from pipeline.research.cells import Change, Format, Table, texts
from pipeline.research.codebook import TITLES, Variable

Language = Literal["zh", "en"]

STATA = 14  # writes release 118, read by Stata 14 and later, R, pandas
LONGEST_LABEL = {"dta": 80, "sav": 84}  # characters: Stata counts these, SPSS 256 bytes of three a character
STATA_EPOCH, SPSS_EPOCH = date(1960, 1, 1), date(1582, 10, 14)
A_DAY = 86_400
YES_NO = {"zh": {0: "否", 1: "是"}, "en": {0: "no", 1: "yes"}}
# Where the headers have the time: a field of 17 characters in Stata's, day and time of 9 and 8 in that of SPSS.
STATA_TIME, FIXED_STATA = re.compile(rb"(<timestamp>\x11)(.{17})(</timestamp>)", re.DOTALL), b"01 Jan 2000 00:00"
SPSS_TIME_AT, FIXED_SPSS = 92, b"01 Jan 0000:00:00"
SPSS_TIME = re.compile(rb"\d\d [A-Z][a-z][a-z] \d\d\d\d:\d\d:\d\d")
MEASURES = {"category": "nominal", "boolean": "nominal", "integer": "scale", "number": "scale", "date": "scale"}


def write_statistics(table: Table, path: Path, format: Format, language: Language) -> list[Change]:
    """Write *table* for Stata (dta) or SPSS (sav) and return which cells had to change for it.

    Raises:
        PipelineError: the header is not as ReadStat has written it so far, so that its time cannot be set.
    """
    import pyreadstat

    columns: dict[str, Any] = {}
    changes: list[Change] = []
    for variable, cells, changed in texts(table, format):
        columns[variable.name] = _numbers(variable, cells, format)
        changes += changed
    labels = [_label(one, language)[: LONGEST_LABEL[format]] for one in table.variables]
    options: dict[str, Any] = {
        "file_label": f"fazhi {table.name}: {TITLES[table.name][1]}"[:60],
        "column_labels": labels,
        "variable_value_labels": {one.name: made for one in table.variables if (made := value_labels(one, language))},
        "variable_format": {one.name: shown for one in table.variables if (shown := _format(one, format))},
    }
    frame = pd.DataFrame(columns)
    if format == "dta":
        pyreadstat.write_dta(frame, path, version=STATA, **options)
    else:
        missing: dict[str, Any] = {
            one.name: [value.code for value in one.values if value.is_missing]
            for one in table.variables
            if any(value.is_missing for value in one.values)
        }
        measures = {one.name: MEASURES.get(one.type, "nominal") for one in table.variables}
        pyreadstat.write_sav(
            frame, path, row_compress=True, missing_ranges=missing or None, variable_measure=measures, **options
        )
    _fix_time(path, format)
    return changes


def value_labels(variable: Variable, language: Language) -> dict[int, str]:
    """Return the labels of the numbers that stand for a closed set, {} for any other variable."""
    if variable.type == "boolean":
        return YES_NO[language]
    return {value.code: value.zh if language == "zh" else value.en for value in variable.values}


def _label(variable: Variable, language: Language) -> str:
    return variable.zh if language == "zh" else variable.en


def _numbers(variable: Variable, cells: Sequence[Any], format: Format) -> "pd.Series[Any]":
    if variable.type in ("text", "list", "json"):
        return pd.Series([cell or "" for cell in cells], dtype="object")
    codes = {value.value: value.code for value in variable.values}
    epoch, factor = (STATA_EPOCH, 1) if format == "dta" else (SPSS_EPOCH, A_DAY)
    made: list[float | None] = [
        None
        if cell is None
        else (cell - epoch).days * factor
        if isinstance(cell, date)
        else codes[cell]
        if variable.type == "category"
        else float(cell)
        for cell in cells
    ]
    return pd.Series(made, dtype="float64")


def _format(variable: Variable, format: Format) -> str | None:
    if variable.type == "date":
        return "%td" if format == "dta" else "SDATE10"
    if variable.type in ("integer", "category", "boolean"):
        return "%10.0g" if format == "dta" else "F8.0"
    return None if variable.type != "number" or format == "dta" else "F16.4"


def _fix_time(path: Path, format: Format) -> None:
    data = bytearray(path.read_bytes())
    if format == "dta":
        found = STATA_TIME.search(data, 0, 1_000)
        at, fixed = (found.start(2) if found else -1), FIXED_STATA
    else:
        at, fixed = (SPSS_TIME_AT if SPSS_TIME.match(data, SPSS_TIME_AT) else -1), FIXED_SPSS
    if at < 0:
        raise PipelineError(
            f"{path.name}: expected the time of writing in the header, as this version of ReadStat has it"
        )
    data[at : at + len(fixed)] = fixed
    path.write_bytes(bytes(data))
