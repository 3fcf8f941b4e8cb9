"""The data package: tables for every program, a codebook, metadata, and a manifest of what it was made from.

    data/*.csv  stata/*.dta  spss/*.sav  codebook.csv  changes.csv  datapackage.json  manifest.json  CITATION.cff
    README.txt

Metadata are a Frictionless Data Package (version 1 of its specification). Equal arguments give equal bytes.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import yaml

from pipeline.compare.indicators import Comparison
from pipeline.errors import InputError
from pipeline.manifest import MANIFEST, manifest, manifest_bytes
from pipeline.research.cells import WHATS, Change, Format, Table, read_table, shown_number, texts
from pipeline.research.codebook import COLUMNS, KEYS, SOURCES, TITLES, Variable
from pipeline.research.statistics import Language, write_statistics
from pipeline.tables import Export, comparable

FOLDERS: Mapping[Format, str] = {"csv": "data", "dta": "stata", "sav": "spss"}
MEDIA = {"csv": "text/csv", "dta": "application/x-stata-dta", "sav": "application/x-spss-sav"}
CODEBOOK, CHANGES, DATAPACKAGE, CITATION, README = (
    "codebook.csv", "changes.csv", "datapackage.json", "CITATION.cff", "README.txt",
)  # fmt: skip
CODEBOOK_COLUMNS = ("table", "variable", "type", "unit", "label_zh", "label_en", "values", "missing", "source")
CHANGE_COLUMNS = ("table", "row", "key", "variable", "format", "what", "characters_before", "characters_after")
FRICTIONLESS = {
    "text": "string", "list": "string", "json": "string", "category": "string", "integer": "integer",
    "number": "number", "date": "date", "boolean": "boolean",
}  # fmt: skip
MAKERS = ("fazhi contributors",)


@dataclass(frozen=True, slots=True)
class Packaged:
    """What was written: the tables with their rows, and the cells that had to change for a format."""

    folder: Path
    tables: Mapping[str, int]
    changes: tuple[Change, ...]


def write_package(
    export: Export,
    folder: Path,
    *,
    coverage: pd.DataFrame | None = None,
    tracking: pd.DataFrame | None = None,
    comparison: Comparison | None = None,
    corrections: pd.DataFrame | None = None,
    pairs: bool = False,
    language: Language = "zh",
    licence: str = "MIT",
    makers: Sequence[str] = MAKERS,
    added: Iterable[Path] = (),
    origin: Mapping[str, Any] | None = None,
) -> Packaged:
    """Write an export as a data package for researchers: CSV, Stata and SPSS, codebook, metadata, manifest.

    Args:
        export: the records; every number of the texts too where it has them.
        folder: made where there is none; only an earlier package in it is replaced.
        coverage: the columns COVERAGE.
        tracking: the columns TRACKING.
        comparison: indicators over places and years.
        corrections: what people put right, and what became of it; the records have what was applied.
        pairs: with the verdict on each pair of cells too, which grows with the square of the places.
        language: of the labels of variables and values in the Stata and SPSS files; codebook.csv has both.
        licence: of what was added to the documents, as SPDX names it; the texts are their publishers'.
        makers: who is to be cited.
        added: files of the user's own that took part, for the manifest.
        origin: the manifest of the export, if it has one.

    Raises:
        InputError: *folder* is a file or has other things in it, or a table does not fit the codebook.
        NotFoundError: a column without words in the codebook.
    """
    _check_folder(folder)
    frames = dict(_frames(export, coverage, tracking, comparison, pairs))
    if corrections is not None:
        # A value may be of any type; a column of a table may not.
        given = [None if value is None else json.dumps(value, ensure_ascii=False) for value in corrections["value"]]
        frames["corrections"] = corrections.assign(value=pd.Series(given, dtype="object"))
    tables = [read_table(name, frame) for name, frame in frames.items()]
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".package-", dir=folder.parent) as unfinished:
        made = Path(unfinished)
        changes = [change for table in tables for change in _write_table(table, made, language)]
        _write_csv(made / CODEBOOK, CODEBOOK_COLUMNS, codebook_rows(tables))
        _write_csv(made / CHANGES, CHANGE_COLUMNS, map(astuple, changes))
        (made / MANIFEST).write_bytes(manifest_bytes(manifest(export, added=added, origin=origin)))
        scope = _scope(export)
        (made / CITATION).write_text(_citation(scope, licence, makers), encoding="utf-8", newline="\n")
        (made / README).write_text(_readme(scope, tables, changes, licence), encoding="utf-8", newline="\n")
        _write_metadata(made, tables, scope, licence, makers, export)
        _put(made, folder)
    return Packaged(folder, {table.name: table.rows for table in tables}, tuple(changes))


def _frames(
    export: Export,
    coverage: pd.DataFrame | None,
    tracking: pd.DataFrame | None,
    comparison: Comparison | None,
    pairs: bool,
) -> Iterator[tuple[str, pd.DataFrame]]:
    sections = export.sections.copy()
    found = sections["items"]
    sections["items"] = pd.Series([[str(one["item"]) for one in items] for items in found], index=found.index)
    scores = [[shown_number(one["score"]) for one in items] for items in found]
    sections["items_scores"] = pd.Series(scores, index=found.index, dtype="object")
    yield "documents", export.documents
    yield "texts", export.documents
    yield "sections", sections
    yield "commitments", export.commitments
    yield "comparable", comparable(export)
    for name, frame in (("numbers", export.numbers), ("coverage", coverage), ("tracking", tracking)):
        if frame is not None:
            yield name, frame
    if comparison is not None:
        yield "comparison", comparison.long
    if comparison is not None and pairs:
        yield "comparison_pairs", comparison.pairs


def _write_table(table: Table, folder: Path, language: Language) -> Iterator[Change]:
    for format, name in FOLDERS.items():
        (folder / name).mkdir(exist_ok=True)
        path = folder / name / f"{table.name}.{format}"
        if format == "csv":
            columns = list(texts(table, format))
            rows = zip(*(map(_csv_cell, cells) for _, cells, _ in columns), strict=True)
            _write_csv(path, [one.name for one in table.variables], rows)
            for _, _, changes in columns:
                yield from changes
        else:
            yield from write_statistics(table, path, format, language)


def _csv_cell(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, date):
        return cell.isoformat()
    return shown_number(cell) if isinstance(cell, float) else str(cell)


def _write_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a table as RFC 4180 has it: UTF-8 without a mark, lines that end in CR LF."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(head)
        writer.writerows(rows)


def codebook_rows(tables: Iterable[Table]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of codebook.csv, one a variable, in the order of the tables."""
    for table in tables:
        for one in table.variables:
            yield (
                table.name, one.name, one.type, one.unit, one.zh, one.en, _values(one), _missing(one),
                SOURCES[one.source],
            )  # fmt: skip


def _values(of: Variable) -> str:
    if of.type == "boolean":
        return "false (0); true (1)"
    return "; ".join(f"{one.value} ({one.code}) {one.zh} {one.en}" for one in of.values)


def _missing(of: Variable) -> str:
    if of.type in ("text", "list", "json"):
        return 'csv: empty; dta, sav: ""'
    told = "".join(f"; sav: {one.code} ({one.value}) too" for one in of.values if one.is_missing)
    return f"csv: empty; dta: .; sav: system-missing{told}"


@dataclass(frozen=True, slots=True)
class _Scope:
    """What a package is about, in words."""

    documents: int
    places: int
    years: str

    @property
    def title(self) -> str:
        return f"法治政府建设计划和报告中的承诺与结果（{self.places}个地区，{self.years}，{self.documents}份文件）"

    @property
    def title_en(self) -> str:
        return (
            f"Commitments and results in Chinese law-based government plans and reports ({self.places} jurisdictions, "
            f"{self.years}, {self.documents} documents)"
        )


def _scope(export: Export) -> _Scope:
    years = sorted({int(year) for year in export.documents["year"].dropna()})
    span = "–".join(str(year) for year in dict.fromkeys((years[0], years[-1]))) if years else "n.d."
    places = export.documents["jurisdiction"].dropna().nunique()
    return _Scope(len(export.documents), places, span)


def _write_metadata(
    folder: Path, tables: Sequence[Table], scope: _Scope, licence: str, makers: Sequence[str], export: Export
) -> None:
    resources = [_resource(folder, table, format) for format in FOLDERS for table in tables]
    resources += [
        _file(folder, CODEBOOK, "text/csv", "Codebook", schema=_plain_schema(CODEBOOK_COLUMNS)),
        _file(folder, CHANGES, "text/csv", "Cells changed for a format", schema=_plain_schema(CHANGE_COLUMNS)),
        _file(folder, MANIFEST, "application/json", "Hashes of inputs, rules and models"),
    ]
    package = {
        "profile": "data-package",
        "name": "fazhi-research",
        "title": scope.title,
        "description": scope.title_en,
        "version": version("fazhi"),
        "licenses": [{"name": licence, "title": f"{licence}, for what was added to the documents"}],
        "contributors": [{"title": maker, "role": "author"} for maker in makers],
        "sources": list(_sources(export)),
        "keywords": ["法治政府", "law-based government", "China", "local government"],
        "resources": resources,
    }
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (folder / DATAPACKAGE).write_bytes(text.encode(errors="backslashreplace"))


def _sources(export: Export) -> Iterator[dict[str, str]]:
    columns = (export.documents[name].tolist() for name in ("doc_id", "title", "name", "url"))
    for _, title, name, url in sorted(zip(*columns, strict=True), key=lambda row: row[0]):
        known = {"title": title if isinstance(title, str) and title else name}
        yield {**known, "path": url} if isinstance(url, str) and url else known


def _resource(folder: Path, table: Table, format: Format) -> dict[str, Any]:
    path = f"{FOLDERS[format]}/{table.name}.{format}"
    zh, en = TITLES[table.name]
    name = table.name.replace("_", "-")
    if format != "csv":
        return _file(folder, path, MEDIA[format], f"{zh} {en}", name=f"{name}-{FOLDERS[format]}")
    schema: dict[str, Any] = {"fields": [_field(one) for one in table.variables], "missingValues": [""]}
    if key := KEYS.get(table.name):
        schema["primaryKey"] = list(key)
    if table.name not in ("documents", "comparison_pairs", "tracking"):
        schema["foreignKeys"] = [
            {"fields": "doc_id", "reference": {"resource": "documents", "fields": "doc_id"}}
        ]  # fmt: skip
    return _file(folder, path, MEDIA[format], f"{zh} {en}", name=name, schema=schema)


def _file(folder: Path, path: str, media: str, title: str, *, name: str = "", schema: Any = None) -> dict[str, Any]:
    data = (folder / path).read_bytes()
    made: dict[str, Any] = {
        "name": name or path.split(".")[0],
        "path": path,
        "title": title,
        "format": path.rsplit(".", 1)[-1],
        "mediatype": media,
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
    }
    if schema is None:
        return made
    dialect = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True}
    return {**made, "profile": "tabular-data-resource", "encoding": "utf-8", "dialect": dialect, "schema": schema}


def _field(of: Variable) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": of.name,
        "type": FRICTIONLESS[of.type],
        "title": of.zh,
        "description": of.en + (f" [{of.unit}]" if of.unit else ""),
    }
    if of.values:
        values = [one.value for one in of.values]
        if all(value.isdecimal() for value in values):  # a heading is a number in the CSV file too
            field["type"] = "integer"
        field["constraints"] = {"enum": [int(value) for value in values] if field["type"] == "integer" else values}
    return field


def _plain_schema(columns: Sequence[str]) -> dict[str, Any]:
    whole = {"row", "characters_before", "characters_after"}
    fields = [{"name": name, "type": "integer" if name in whole else "string"} for name in columns]
    return {"fields": fields, "missingValues": [""]}


def _citation(scope: _Scope, licence: str, makers: Sequence[str]) -> str:
    authors = [{"name": maker} for maker in makers]
    return yaml.safe_dump(
        {
            "cff-version": "1.2.0",
            "message": "If you use these data, please cite them as below, and the documents that you quote.",
            "type": "dataset",
            "title": scope.title,
            "abstract": f"{scope.title_en}. Extracted by fazhi {version('fazhi')}; manifest.json names every input.",
            "authors": authors,
            "version": version("fazhi"),
            "license": licence,
            "keywords": ["法治政府", "law-based government", "China", "local government"],
            "references": [
                {
                    "type": "software",
                    "title": "fazhi",
                    "version": version("fazhi"),
                    "authors": [{"name": maker} for maker in MAKERS],
                    "license": "MIT",
                }
            ],
        },
        allow_unicode=True,
        sort_keys=False,
        width=1_000,
    )


def _readme(scope: _Scope, tables: Sequence[Table], changes: Sequence[Change], licence: str) -> str:
    listed = "\n".join(f"  {table.name:<18}{table.rows:>9}  {' '.join(TITLES[table.name])}" for table in tables)
    whats = "\n".join(f"  {what:<12}{words}" for what, words in WHATS.items())
    return README_TEXT.format(
        title=scope.title, title_en=scope.title_en, tables=listed, whats=whats, changes=len(changes), licence=licence
    )


README_TEXT = """{title}
{title_en}

Tables, the same in three formats: data/*.csv (UTF-8, RFC 4180), stata/*.dta (Stata 14 and later), spss/*.sav.

{tables}

codebook.csv says of every variable what it means, its type, unit, values, missing code and source. In the CSV files a
closed set has words (target); in Stata and SPSS numbers with labels (1). Lists are joined by ";". Dates are ISO 8601 in
CSV and dates in Stata and SPSS. Empty means: the document does not say, or it was not recognised; never 0.

changes.csv lists the {changes} cells that differ from the records because a format could not hold them:
{whats}

Values were found by a program and have errors: check a value against its quote before you rely on it. A comparison
says of each cell whether it may be compared; coverage "unknown" is no gap.

datapackage.json: Frictionless Data Package with schemas and hashes. manifest.json: hashes of inputs, rules and models.
CITATION.cff: how to cite. Licence of what was added to the documents: {licence}. Texts and quotes are those of the
publishing governments.
"""


def _check_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise InputError(f"expected a folder to write to, got the file {folder}")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / DATAPACKAGE).is_file():
        raise InputError(f"expected an empty folder or an earlier package, got {folder} with other files in it")


def _put(made: Path, folder: Path) -> None:
    """Move what was made into *folder*; a table of an earlier package that this one has not is removed."""
    for format, name in FOLDERS.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        for table in COLUMNS:
            if not (made / name / f"{table}.{format}").exists():
                (folder / name / f"{table}.{format}").unlink(missing_ok=True)
    for path in sorted(made.rglob("*")):
        if path.is_file():
            path.replace(folder / path.relative_to(made))
