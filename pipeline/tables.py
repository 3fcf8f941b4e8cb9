"""Records to JSON Lines and back, the comparable table, and the files that it is written to.

One tuple of column names a table, in the order of the codebook; `write_export` takes documents one at a time and
holds none of them, `read_export` gives data frames.
"""

import codecs
import csv
import json
import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]  # annotated in part and not declared
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # of the same package

from pipeline import workbook
from pipeline.errors import InputError, NotFoundError
from pipeline.records import Analysis, Cut, ItemMatch
from pipeline.summary import render_summary

DOCUMENT = (
    "doc_id", "name", "text", "title", "kind", "year", "jurisdiction", "jurisdiction_code", "level", "body", "issuer",
    "doc_number", "index_number", "written", "issued", "published", "fetched", "sources", "notes", "quality", "url",
    "sha256", "snapshot", "cuts",
)  # fmt: skip
SECTION = (
    "doc_id", "section_id", "parent_id", "number", "level", "title", "start", "end", "heading", "heading_score",
    "heading_runner_up", "items",
)  # fmt: skip
COMMITMENT = (
    "doc_id", "commitment_id", "section_id", "start", "end", "quote", "value_start", "value_end", "value_text", "type",
    "stance", "subject", "indicators", "indicator_score", "comparator", "bound", "value", "value_max", "unit", "period",
    "every", "begins", "deadline", "reference", "lead", "support", "lead_ids", "support_ids", "heading", "confidence",
    "rule",
)  # fmt: skip
NUMBER = (
    "doc_id", "start", "end", "text", "value", "value_max", "unit", "comparator", "period", "every", "begins",
    "deadline", "commitment_id", "reason",
)  # fmt: skip
# What people put right. `own` has the cells of the record that differ now, as the pipeline has them by itself; of a
# rejected commitment the whole record.
CORRECTION = (
    "correction_id", "state", "why_stale", "record", "doc_id", "record_id", "name", "field", "value", "own", "quote",
    "corrected_by", "why", "corrected_at",
)  # fmt: skip
EXPORT = {"documents": DOCUMENT, "sections": SECTION, "commitments": COMMITMENT, "numbers": NUMBER}

# The comparable table: a commitment with what is known about its document (title and level are the document's) and
# about its section (score and runner-up of the heading, ids of the outline items), and the way of titles to it.
COMPARABLE = (
    "jurisdiction", "jurisdiction_code", "level", "year", "kind", "title", "body", "issuer", "doc_number", "published",
    "path", "heading", "heading_score", "heading_runner_up", "items", "type", "stance", "subject", "indicators",
    "indicator_score", "comparator", "bound", "value", "value_max", "unit", "period", "every", "begins", "deadline",
    "reference", "lead", "support", "lead_ids", "support_ids", "quote", "value_text", "confidence", "rule", "name",
    "url", "sha256", "doc_id", "section_id", "commitment_id", "start", "end", "value_start", "value_end",
)  # fmt: skip
ORDER = ["jurisdiction_code", "jurisdiction", "year", "kind", "name", "doc_id", "value_start", "value_end"]

# Columns that hold no text; sections.level is a number too, documents.level is a word.
_INTEGERS = frozenset(
    ("year", "start", "end", "value_start", "value_end", "every", "heading", "heading_runner_up", "sections",
     "commitments", "targets", "results", "rank", "peers", "a_year", "b_year")
)  # fmt: skip
_FLOATS = frozenset(
    ("quality", "heading_score", "indicator_score", "value", "value_max", "confidence", "score", "percentile")
)
_FLAGS = frozenset(("is_comparable",))
_DATES = frozenset(("written", "issued", "published", "fetched", "begins", "deadline"))
_LISTS = frozenset(
    ("notes", "cuts", "items", "indicators", "lead", "support", "lead_ids", "support_ids", "nearest", "remarks",
     "others", "reasons")
)  # fmt: skip
_OBJECTS = frozenset(("sources",))

# A reader that splits lines as Python's str.splitlines does would end a line at these; JSON has escapes for them.
_BREAKS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
_HAS_BREAK = re.compile("[\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")  # a file name that is no UTF-8 brings them in

PATH_MARK = " › "
MOST_LISTED = 20  # labels in a message
LONGEST_TITLE = 40  # characters of a title in a path; a run-in title can be a whole sentence


@dataclass(frozen=True, slots=True)
class Written:
    """How many records went into an export; numbers is None where they were not asked for."""

    documents: int
    sections: int
    commitments: int
    numbers: int | None
    repeated: tuple[str, ...] = ()  # names of documents left out because their doc_id was there already


@dataclass(frozen=True, slots=True, eq=False)
class Export:
    """An export as data frames with the columns of EXPORT; numbers is None where it was made without them."""

    documents: pd.DataFrame
    sections: pd.DataFrame
    commitments: pd.DataFrame
    numbers: pd.DataFrame | None = None


def write_export(analyses: Iterable[Analysis], folder: Path, *, explain: bool = False) -> Written:
    """Write *analyses* to *folder* as JSON Lines: all files, or none where anything fails on the way.

    Documents keep the order they come in; the records of a document stand in reading order. A numbers.jsonl of an
    earlier export is removed where this one has none, since it would speak of other records.

    Raises:
        InputError: *folder* is a file, or a record holds a number that JSON has no way to write.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"expected a folder to write to, got the file {folder}")
    folder.mkdir(parents=True, exist_ok=True)
    tables = [name for name in EXPORT if explain or name != "numbers"]
    counts = dict.fromkeys(tables, 0)
    seen: set[str] = set()
    repeated: list[str] = []
    with TemporaryDirectory(prefix=".export-", dir=folder) as unfinished:
        parts = {name: Path(unfinished, f"{name}.jsonl") for name in tables}
        with ExitStack() as stack:
            opened = [part.open("w", encoding="utf-8", newline="\n") for part in parts.values()]
            files = {name: stack.enter_context(file) for name, file in zip(tables, opened, strict=True)}
            for analysis in analyses:
                if analysis.document.doc_id in seen:
                    repeated.append(analysis.document.name)
                    continue
                seen.add(analysis.document.doc_id)
                for name in tables:
                    lines = [_line(EXPORT[name], row) for row in _ROWS[name](analysis)]
                    counts[name] += len(lines)
                    files[name].writelines(lines)
        for part in parts.values():
            part.replace(folder / part.name)
    if not explain:
        (folder / "numbers.jsonl").unlink(missing_ok=True)
    return Written(
        counts["documents"], counts["sections"], counts["commitments"], counts.get("numbers"), tuple(repeated)
    )


_document = attrgetter(*DOCUMENT)
_section = attrgetter(*SECTION[3:])
_commitment = attrgetter("commitment_id", "section.section_id", *COMMITMENT[3:])
_number = attrgetter(*NUMBER[1:])


def _document_rows(analysis: Analysis) -> Iterator[tuple[Any, ...]]:
    yield _document(analysis.document)


def _section_rows(analysis: Analysis) -> Iterator[tuple[Any, ...]]:
    doc_id = analysis.document.doc_id
    for section in sorted(analysis.sections, key=lambda section: (section.start, -section.end)):
        parent_id = section.parent.section_id if section.parent else None
        yield doc_id, section.section_id, parent_id, *_section(section)


def _commitment_rows(analysis: Analysis) -> Iterator[tuple[Any, ...]]:
    doc_id = analysis.document.doc_id
    for commitment in sorted(analysis.commitments, key=attrgetter("value_start", "value_end", "commitment_id")):
        yield doc_id, *_commitment(commitment)


def _number_rows(analysis: Analysis) -> Iterator[tuple[Any, ...]]:
    doc_id = analysis.document.doc_id
    for number in sorted(analysis.numbers, key=attrgetter("start", "end")):
        yield doc_id, *_number(number)


_ROWS: dict[str, Callable[[Analysis], Iterator[tuple[Any, ...]]]] = {
    "documents": _document_rows,
    "sections": _section_rows,
    "commitments": _commitment_rows,
    "numbers": _number_rows,
}


def _line(columns: Sequence[str], values: Iterable[Any]) -> str:
    row = {
        name: _number_as_written(value) if isinstance(value, float) else value
        for name, value in zip(columns, values, strict=True)
    }
    try:
        line = _ENCODER.encode(row)
    except ValueError as error:
        raise InputError(f"a record cannot be written as JSON ({error}): {row}") from error
    if _HAS_BREAK.search(line):
        line = line.translate(_BREAKS)
    return _SURROGATE.sub("\ufffd", line) + "\n"


def _number_as_written(value: float) -> float | int:
    """Return 95 for 95.0; what is no number is left for the encoder to refuse."""
    return int(value) if math.isfinite(value) and value == int(value) else value


def _plain(value: Any) -> Any:
    """Return what JSON has for a part of a record that it does not know."""
    match value:
        case date():
            return value.isoformat()
        case Cut():
            return [value.start, value.end, value.reason]
        case ItemMatch():
            return {"item": value.item, "score": _number_as_written(value.score), "why": value.why}
        case Mapping():
            return dict(value)
    raise TypeError(f"expected a part of a record, got {type(value).__name__}: {value!r}")


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=_plain)


def read_export(folder: Path) -> Export:
    """Read an export back: text as string, whole numbers as Int64, dates as datetime64[s], lists as lists.

    Raises:
        NotFoundError: the folder, a file or a column is missing; the message lists what is there.
        InputError: a line is no JSON object, or a value does not fit its column.
    """
    if not folder.is_dir():
        raise NotFoundError(f"no folder {folder}: expected one with documents.jsonl, as fazhi analyze writes it")
    missing = [f"{name}.jsonl" for name in EXPORT if name != "numbers" and not (folder / f"{name}.jsonl").is_file()]
    if missing:
        there = ", ".join(sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))) or "nothing"
        raise NotFoundError(f"no {' and no '.join(missing)} in {folder}; there is {there}")
    read = {name: _read(folder / f"{name}.jsonl", columns) for name, columns in EXPORT.items() if name != "numbers"}
    numbers = folder / "numbers.jsonl"
    return Export(**read, numbers=_read(numbers, NUMBER) if numbers.is_file() else None)


def as_export(analyses: Iterable[Analysis]) -> Export:
    """Return what `read_export` gives back after `write_export` wrote *analyses* with their numbers, without a file."""
    values: dict[str, dict[str, list[Any]]] = {table: {name: [] for name in names} for table, names in EXPORT.items()}
    for analysis in analyses:
        for table, names in EXPORT.items():
            for cells in _ROWS[table](analysis):
                for name, cell in _DECODER.decode(_line(names, cells)).items():
                    values[table][name].append(cell)
    return Export(**{table: frame_of(table, columns) for table, columns in values.items()})


def frame_of(table: str, columns: Mapping[str, list[Any]]) -> pd.DataFrame:
    """Return columns of plain values as the frame that `read_export` gives of the file *table*.jsonl.

    Raises:
        InputError: a value does not fit its column.
    """
    path = Path(f"{table}.jsonl")
    return pd.DataFrame({name: _series(values, name, path) for name, values in columns.items()})


def write_records(export: Export, folder: Path, others: Mapping[str, pd.DataFrame | None] | None = None) -> None:
    """Write an export to *folder* as JSON Lines: the bytes that `write_export` gives the same records; all or nothing.

    Args:
        export: without numbers none are written, and those of an earlier export are removed.
        folder: made where it is not there.
        others: further tables by the names of their files; None removes the file of an earlier export.

    Raises:
        InputError: *folder* is a file, or a record holds a number that JSON has no way to write.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"expected a folder to write to, got the file {folder}")
    folder.mkdir(parents=True, exist_ok=True)
    frames: dict[str, pd.DataFrame | None] = {name: getattr(export, name) for name in EXPORT} | dict(others or {})
    with TemporaryDirectory(prefix=".export-", dir=folder) as unfinished:
        for name, frame in frames.items():
            if frame is not None:
                _write_jsonl(frame, Path(unfinished, f"{name}.jsonl"))
        for name, frame in frames.items():
            if frame is None:
                (folder / f"{name}.jsonl").unlink(missing_ok=True)
            else:
                Path(unfinished, f"{name}.jsonl").replace(folder / f"{name}.jsonl")


def read_rows(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    """Read a table that was written as JSON Lines, with the column types of `read_export`.

    Raises:
        NotFoundError: the file or a column is missing; the message lists what is there.
        InputError: a line is no JSON object, or a value does not fit its column.
    """
    if not path.is_file():
        raise NotFoundError(f"no file {path}: expected a table as JSON Lines with the columns {', '.join(columns)}")
    return _read(path, columns)


def _read(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    values: dict[str, list[Any]] = {name: [] for name in columns}
    for where, row in read_objects(path):
        try:
            for name in columns:
                values[name].append(row[name])
        except KeyError as error:
            raise NotFoundError(f"{where}: no column {error}; there are {', '.join(row)}") from None
    return pd.DataFrame({name: _series(column, name, path) for name, column in values.items()})


def read_objects(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the objects of a JSON Lines file, each with where it stands; blank lines are passed over.

    Raises:
        InputError: a line is no JSON object.
    """
    with path.open("rb") as lines:
        for place, line in enumerate(lines, 1):
            where = f"{path} line {place}"
            row = _row(line.removeprefix(codecs.BOM_UTF8) if place == 1 else line, where)
            if row is not None:
                yield where, row


def _row(line: bytes, where: str) -> dict[str, Any] | None:
    if not line.strip():
        return None
    try:
        row = _DECODER.decode(line.decode().strip())
    except ValueError as error:
        raise InputError(f"{where}: expected a JSON object, got {line[:60]!r} ({error})") from error
    if not isinstance(row, dict):
        raise InputError(f"{where}: expected a JSON object, got {line[:60]!r}")
    return row


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


def _series(values: list[Any], name: str, path: Path) -> "pd.Series[Any]":
    try:
        if name in _INTEGERS or (name == "level" and path.stem == "sections"):
            return pd.Series(values, dtype="Int64")
        if name in _FLOATS:
            return pd.Series(values, dtype="float64")
        if name in _DATES:
            return pd.Series(np.array([value or "NaT" for value in values], dtype="datetime64[s]"))
        if name in _LISTS and not all(isinstance(value, list) for value in values):
            raise ValueError("a value is no list")
        if name in _FLAGS:
            return pd.Series(values, dtype="bool")
        # `why` is a sentence in tracking and a list in coverage, where no row may tell
        is_list_there = (path.stem, name) == ("coverage", "why")
        are_lists = is_list_there or name in _LISTS | _OBJECTS or any(isinstance(value, list) for value in values[:1])
        return pd.Series(values, dtype="object" if are_lists else "string")
    except (TypeError, ValueError) as error:
        raise InputError(f"{path} column {name}: a value does not fit: {error}") from error


def comparable(export: Export) -> pd.DataFrame:
    """Return one row a commitment with the columns COMPARABLE, ordered by place, year and place in the text.

    Raises:
        InputError: a document is there twice, a commitment names a document or a section that is not there, or what
            stands for an outline item names none.
    """
    documents = export.documents.set_index("doc_id")
    if not documents.index.is_unique:
        twice = documents.index[documents.index.duplicated()][0]
        raise InputError(f"documents.jsonl has the document {twice} more than once; expected each once")
    paths = _paths(export.sections)
    keys = list(zip(export.commitments["doc_id"], export.commitments["section_id"], strict=True))
    for doc_id, section_id in keys:
        if (doc_id, section_id) not in paths or doc_id not in documents.index:
            raise InputError(f"commitments.jsonl names section {section_id} of document {doc_id}, which is not there")
    about = [name for name in DOCUMENT if name in COMPARABLE and name != "doc_id"]
    labels = export.sections.drop_duplicates(_KEY, keep="last").set_index(_KEY)[list(_LABELS)]
    table = export.commitments.join(documents[about], on="doc_id").join(labels, on=_KEY)
    table["items"] = pd.Series([_item_ids(items) for items in table["items"]], index=table.index, dtype="object")
    table["path"] = pd.Series([paths[key] for key in keys], index=table.index, dtype="string")
    return table.sort_values(ORDER, kind="stable", ignore_index=True)[list(COMPARABLE)]


_KEY = ["doc_id", "section_id"]
_LABELS = ("heading_score", "heading_runner_up", "items")  # a commitment has the heading itself


def _item_ids(items: Sequence[Any]) -> list[str]:
    try:
        return [str(item["item"]) for item in items]
    except (KeyError, TypeError) as error:
        raise InputError(f"sections.jsonl column items: expected objects with an item, got {items!r:.200}") from error


def _paths(sections: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Return the way of titles to each section, by its document and its id."""
    columns = ("doc_id", "section_id", "parent_id", "number", "title")
    rows = {row[:2]: row[2:] for row in zip(*(_values(sections[name]) for name in columns), strict=True)}
    paths: dict[tuple[str, str], str] = {}
    for doc_id, section_id in rows:
        steps: list[str] = []
        walked: set[str] = set()
        at: str | None = section_id
        while at is not None and at not in walked and (doc_id, at) in rows:
            walked.add(at)  # a parent that comes round again ends the way
            at, number, title = rows[doc_id, at]
            steps.append(numbered(number or "", title or ""))
        paths[doc_id, section_id] = PATH_MARK.join(step for step in reversed(steps) if step)
    return paths


def numbered(number: str, title: str) -> str:
    """Return number and title as a reader expects them, the mark that the record drops put back.

    >>> [numbered(*each) for each in (("二", "重点任务"), ("8", "做好应诉"), ("(三)", "建章立制"), ("第一章", "总则"))]
    ['二、重点任务', '8.做好应诉', '(三)建章立制', '第一章 总则']
    """
    short = title if len(title) <= LONGEST_TITLE else title[:LONGEST_TITLE] + "…"
    mark = ""
    if short and number:
        mark = "." if number.isdecimal() else " " if number.startswith("第") else ""
        if re.fullmatch("[一二三四五六七八九十百零〇]+", number):
            mark = "、"
    return number + mark + short


def select(
    table: pd.DataFrame,
    *,
    heading: Collection[int | str] | None = None,
    indicator: Collection[str] | None = None,
    jurisdiction: Collection[str] | None = None,
    year: Collection[int] | None = None,
    kind: Collection[str] | None = None,
    stance: Collection[str] | None = None,
) -> pd.DataFrame:
    """Return the rows of *table* that fit every filter given; none may be left, see `choices`.

    Args:
        table: `comparable` or `overview`, or any table with the columns that the filters need.
        heading: 0 to 10, or the short Chinese titles.
        indicator: indicator ids.
        jurisdiction: names or six-digit codes.
        year: the years planned or reported.
        kind: labels of the codebook, or their Chinese names.
        stance: the same.

    Raises:
        NotFoundError: a heading, kind or stance that does not exist; the message lists those that do.
    """
    keep = pd.Series(True, index=table.index)
    closed: dict[str, tuple[Collection[Any] | None, Mapping[Any, str]]] = {
        "heading": (heading, workbook.HEADING_LABELS),
        "kind": (kind, workbook.KIND_LABELS),
        "stance": (stance, workbook.STANCE_LABELS),
    }
    for name, (wanted, labels) in closed.items():
        if wanted is not None:
            found = table[name].fillna(0) if name == "heading" else table[name]
            keep &= found.isin([resolved(one, labels, name) for one in wanted]).astype(bool)
    if indicator is not None:
        keep &= table["indicators"].map(lambda ids: not set(indicator).isdisjoint(ids)).astype(bool)
    if jurisdiction is not None:
        named = table["jurisdiction"].isin(list(jurisdiction)) | table["jurisdiction_code"].isin(list(jurisdiction))
        keep &= named.astype(bool)
    if year is not None:
        keep &= table["year"].isin(list(year)).astype(bool)
    return table[keep].reset_index(drop=True)


def resolved(value: int | str, labels: Mapping[Any, str], name: str) -> Any:
    """Return the label that *value* is, or names in Chinese.

    Raises:
        NotFoundError: it is neither; the message lists the labels, of many those that are called most alike.
    """
    for label, title in labels.items():
        if str(value) in (str(label), title):
            return label
    if len(labels) <= MOST_LISTED:
        known = ", ".join(f"{label} ({title})" for label, title in labels.items())
        raise NotFoundError(f"no {name} {value!r}; there are {known}")
    by_either = {word: label for label, title in labels.items() for word in (str(label), title)}
    near = dict.fromkeys(by_either[word] for word in get_close_matches(str(value), by_either, n=5, cutoff=0.4))
    told = ", ".join(f"{label} ({labels[label]})" for label in near) or "none that is called alike"
    raise NotFoundError(f"no {name} {value!r}; there are {len(labels)}, among them {told}")


def choices(table: pd.DataFrame, name: str) -> list[Any]:
    """Return the values that a filter of `select` finds in *table*, to say what there is when it left nothing."""
    column = {"indicator": "indicators"}.get(name, name)
    if column not in table:
        raise NotFoundError(f"no column {column}; there are {', '.join(table.columns)}")
    values = table[column].explode() if column in _LISTS else table[column]
    return sorted(_values(values.dropna().drop_duplicates()))


def overview(documents: pd.DataFrame, table: pd.DataFrame, sections: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return *documents* without their text, with how many commitments of *table* and sections each has."""
    found = documents.drop(columns=["text", "cuts"], errors="ignore").copy()
    counted = {
        "sections": sections[sections["level"] > 0] if sections is not None else None,
        "commitments": table,
        "targets": table[table["stance"] == "target"],
        "results": table[table["stance"] == "result"],
    }
    for name, rows in counted.items():
        if rows is None:
            found[name] = pd.Series(pd.NA, index=found.index, dtype="Int64")
        else:
            found[name] = found["doc_id"].map(rows["doc_id"].value_counts()).fillna(0).astype("Int64")
    return found.sort_values(["jurisdiction_code", "jurisdiction", "year", "kind", "name"], ignore_index=True)


def write_table(
    table: pd.DataFrame,
    path: Path,
    *,
    documents: pd.DataFrame | None = None,
    indicator_names: Mapping[str, str] | None = None,
    remark: str = "",
) -> None:
    """Write *table* as .xlsx, .csv, .parquet or .jsonl, whichever *path* ends in.

    Args:
        table: the columns COMPARABLE; the three plain formats take any columns of the codebook.
        path: replaced at once when the new file is whole; its folder is made where there is none.
        documents: `overview`, for the sheet of documents; without it the sheet has those that *table* names.
        indicator_names: Chinese names of indicator ids, for the workbook.
        remark: what the reader should know about this selection, for the workbook.

    Raises:
        NotFoundError: another suffix, or a column that the workbook needs is missing.
    """
    writers: dict[str, Callable[[Path], None]] = {
        ".xlsx": lambda part: _write_xlsx(table, documents, part, indicator_names, remark),
        ".csv": lambda part: _write_csv(table, part),
        ".parquet": lambda part: _write_parquet(table, part),
        ".jsonl": lambda part: _write_jsonl(table, part),
    }
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise NotFoundError(f"no table format {path.suffix!r} for {path}; there are {', '.join(writers)}")
    if path.is_dir():
        raise InputError(f"expected a file to write to, got the folder {path}")
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".table-", dir=path.parent) as unfinished:
        part = Path(unfinished, path.name)
        writer(part)
        part.replace(path)


def summary(export: Export, *, indicator_names: Mapping[str, str] | None = None) -> str:
    """Return a page of Markdown in Chinese that tells an office what an export holds and where to look next."""
    return render_summary(export.documents, export.sections, comparable(export), indicator_names or {})


def _values(series: "pd.Series[Any]") -> list[Any]:
    """Return the cells as plain Python values, None where there is none."""
    cells = series.dt.date if pd.api.types.is_datetime64_any_dtype(series.dtype) else series
    return [
        None if cell is None or cell is pd.NA or cell is pd.NaT or cell != cell else cell for cell in cells.tolist()
    ]


def _write_xlsx(
    table: pd.DataFrame,
    documents: pd.DataFrame | None,
    path: Path,
    indicator_names: Mapping[str, str] | None,
    remark: str,
) -> None:
    if missing := [name for name in COMPARABLE if name not in table]:
        raise NotFoundError(f"no column {', '.join(missing)} for a workbook; there are {', '.join(table.columns)}")
    if documents is None:
        documents = overview(table.drop_duplicates("doc_id"), table)
    fields = {field for column in workbook.DOCUMENT_COLUMNS for field in column.fields}
    lists: dict[str, list[Any]] = {name: [[]] * len(documents) for name in _LISTS}
    empty = [None] * len(documents)
    about = {name: _values(documents[name]) if name in documents else lists.get(name, empty) for name in fields}
    rows = {name: _values(table[name]) for name in COMPARABLE}
    workbook.write_workbook(path, rows, about, indicator_names=indicator_names, remark=remark)


def _write_csv(table: pd.DataFrame, path: Path) -> None:
    columns = [[_csv_cell(cell) for cell in _values(table[name])] for name in table.columns]
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # Excel knows UTF-8 by its mark only
        writer = csv.writer(file)
        writer.writerow(table.columns)
        writer.writerows(zip(*columns, strict=True))


def _csv_cell(cell: Any) -> Any:
    """Return *cell* as it is printed; a text that a spreadsheet would compute gets an apostrophe before it.

    >>> _csv_cell("=1+1"), _csv_cell("="), _csv_cell(-5.0), _csv_cell(["县司法局", "县财政局"])
    ("'=1+1", '=', -5, '县司法局;县财政局')
    """
    if isinstance(cell, float):
        return _number_as_written(cell)
    if isinstance(cell, list):
        cell = ";".join(part if isinstance(part, str) else _ENCODER.encode(part) for part in cell)
    if not isinstance(cell, str):
        return cell
    text = workbook.clean_text(cell)
    return "'" + text if workbook.is_formula(text) else text


def _write_parquet(table: pd.DataFrame, path: Path) -> None:
    columns = {}
    for name in table.columns:
        kind = (
            pa.int64() if name in _INTEGERS else pa.float64() if name in _FLOATS else pa.date32() if name in _DATES
            else pa.bool_() if name in _FLAGS else pa.list_(pa.string()) if _is_list(table, name) else pa.string()
        )  # fmt: skip
        cells = _values(table[name])
        if pa.types.is_list(kind):  # what is no text inside a list is written as JSON
            cells = [
                [each if isinstance(each, str) else _ENCODER.encode(each) for each in cell or ()] for cell in cells
            ]
        columns[name] = pa.array(cells, type=kind)
    pq.write_table(pa.table(columns), path)


def _is_list(table: pd.DataFrame, name: str) -> bool:
    """Say whether a column holds lists; `why` is a list in coverage and a sentence elsewhere."""
    return name in _LISTS or any(isinstance(cell, list) for cell in table[name].head(1))


def _write_jsonl(table: pd.DataFrame, path: Path) -> None:
    names = list(table.columns)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_line(names, row) for row in zip(*(_values(table[name]) for name in names), strict=True))
