"""The data package as other programs read it: pyreadstat, pandas, csv, and a check of its metadata by hand."""

import csv
import json
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, get_args

import pandas as pd
import pyreadstat
import pytest
import yaml

from pipeline import tables, workbook
from pipeline.compare.columns import COVERAGE, TRACKING
from pipeline.compare.indicators import compare_indicators
from pipeline.errors import InputError, NotFoundError
from pipeline.records import CoverageStatus, Reason, TrackingStatus
from pipeline.research import cells, package, variables, write_package
from pipeline.research import codebook as book
from pipeline.research import statistics as formats
from pipeline.signs import COVERAGE_SIGNS
from tests import factories

ROOT = Path(package.__file__).parent.parent.parent
FILES = ("csv", "dta", "sav")


def export_of(folder: Path, *analyses: Any, explain: bool = False) -> tables.Export:
    tables.write_export(analyses or [factories.analysis()], folder / "export", explain=explain)
    return tables.read_export(folder / "export")


def with_commitment(**fields: Any) -> Any:
    known = factories.analysis()
    first, *others = known.commitments
    return replace(known, commitments=(replace(first, **fields), *others))


def coverage_of(export: tables.Export) -> pd.DataFrame:
    doc = export.documents["doc_id"].iloc[0]
    remark = {"kind": "target_lower", "words": "低5个百分点。", "asked": None, "found": None}
    near = [{"start": 0, "end": 9, "score": 0.2, "section_id": "s"}]
    rows = [
        ("outline", "1", doc, "covered", 0.9, 0, 12, [], [], ["线索词：学法"]),
        ("outline", "2", doc, "partial", 0.6, 3, 20, [], [remark], ["近似：0.4"]),
        ("outline", "3", doc, "missing", 0.1, None, None, near, [], []),
        ("outline", "4", doc, "unknown", 0.0, None, None, [], [], []),
    ]
    return pd.DataFrame(rows, columns=list(COVERAGE))


def tracking_of(export: tables.Export) -> pd.DataFrame:
    one = export.commitments["commitment_id"].iloc[0]
    doc = export.documents["doc_id"].iloc[0]
    rows = [(one, None, "no_result", "报告没有对应的结果。", doc, None, None)]
    return pd.DataFrame(rows, columns=list(TRACKING))


def corrections_of(export: tables.Export) -> pd.DataFrame:
    doc, one = export.documents["doc_id"].iloc[0], export.commitments["commitment_id"].iloc[0]
    said = ("农业局", "原文如此", "2026-11-22T03:00:00.000000Z")
    rows = [
        (1, "applied", None, "commitment", doc, one, "a.txt", "lead", ["县司法局"], {"lead": []}, "培训60学时", *said),
        (2, "stale", "现行文本中已没有这段话", "document", doc, doc, "a.txt", "year", None, {}, "计划", *said),
    ]
    return pd.DataFrame(rows, columns=list(tables.CORRECTION))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[tables.Export, Path]:
    folder = tmp_path_factory.mktemp("package")
    analysis = with_commitment(deadline=date(2023, 12, 31), lead=("县司法局", "县财政局"))
    other = factories.analysis(
        factories.document(factories.TEXT.replace("青榆县", "云岭县"), name="b.txt", jurisdiction="云岭县")
    )
    export = export_of(folder, analysis, other, explain=True)
    write_package(
        export, folder / "made", coverage=coverage_of(export), tracking=tracking_of(export),
        comparison=compare_indicators(export), corrections=corrections_of(export), pairs=True,
    )  # fmt: skip
    return export, folder / "made"


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read(folder: Path, table: str, format: str) -> tuple[pd.DataFrame, Any]:
    if format == "dta":
        return pyreadstat.read_dta(folder / "stata" / f"{table}.dta")
    return pyreadstat.read_sav(folder / "spss" / f"{table}.sav")


@pytest.mark.parametrize("table", book.COLUMNS)
def test_every_table_stands_in_every_format_with_its_columns_and_rows(
    whole: tuple[tables.Export, Path], table: str
) -> None:
    _, folder = whole
    rows = read_csv(folder / "data" / f"{table}.csv")
    names = [one.name for one in variables(table)]
    assert rows
    assert list(rows[0]) == names
    for format in ("dta", "sav"):
        frame, meta = read(folder, table, format)
        assert list(frame.columns) == names
        assert len(frame) == len(rows)
        assert meta.column_names_to_labels == {one.name: one.zh for one in variables(table)}


@pytest.mark.parametrize("format", ["dta", "sav"])
def test_values_labels_and_dates_come_back(whole: tuple[tables.Export, Path], format: str) -> None:
    export, folder = whole
    frame, meta = read(folder, "commitments", format)
    assert frame["quote"].tolist() == export.commitments["quote"].tolist()
    assert frame["value"].tolist() == [60.0, 95.0, 100.0] * 2
    assert meta.variable_value_labels["stance"] == {1: "目标", 2: "结果", 3: "基数"}
    assert frame["stance"].tolist() == [1.0] * 6
    assert [meta.variable_value_labels["comparator"][int(code)] for code in frame["comparator"]] == ["≥", "≥", "="] * 2
    assert meta.variable_value_labels["heading"][5] == "行政执法"
    assert frame["deadline"].tolist()[0] == date(2023, 12, 31)
    assert frame["deadline"].isna().tolist() == [False] + [True] * 5
    assert frame["lead"].tolist()[0] == "县司法局;县财政局"
    assert frame["value_max"].isna().all()
    assert frame["bound"].isna().all()


def test_stata_files_read_the_same_by_another_reader(whole: tuple[tables.Export, Path]) -> None:
    export, folder = whole
    frame = pd.read_stata(folder / "stata" / "texts.dta")
    assert frame["text"].tolist() == export.documents["text"].tolist()
    told = pd.read_stata(folder / "stata" / "commitments.dta", convert_categoricals=True)
    assert told["type"].tolist() == ["数量"] * 6
    assert told["deadline"].iloc[0] == pd.Timestamp(2023, 12, 31)


def test_labels_can_be_english(tmp_path: Path) -> None:
    write_package(export_of(tmp_path), tmp_path / "made", language="en")
    _, meta = read(tmp_path / "made", "commitments", "sav")
    assert meta.column_names_to_labels["quote"] == "Clause with the value, word for word"
    assert meta.variable_value_labels["stance"][1] == "target"


def test_unknown_is_declared_missing_in_spss_and_never_taken_for_a_gap(whole: tuple[tables.Export, Path]) -> None:
    _, folder = whole
    plain, _ = pyreadstat.read_sav(folder / "spss" / "coverage.sav")
    told, meta = pyreadstat.read_sav(folder / "spss" / "coverage.sav", user_missing=True)
    assert told["status"].tolist() == [1.0, 2.0, 3.0, 9.0]
    assert plain["status"].isna().tolist() == [False, False, False, True]
    assert meta.variable_value_labels["status"][9] == "未知"
    assert [row["status"] for row in read_csv(folder / "data" / "coverage.csv")] == list(COVERAGE_SIGNS)


def test_the_same_arguments_give_the_same_bytes_and_no_time_of_writing(tmp_path: Path) -> None:
    export = export_of(tmp_path)
    for name in ("a", "b"):
        write_package(export, tmp_path / name, coverage=coverage_of(export), comparison=compare_indicators(export))
    files = sorted(path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*") if path.is_file())
    assert len(files) == 3 * 7 + 6
    assert [
        path for path in files if (tmp_path / "a" / path).read_bytes() != (tmp_path / "b" / path).read_bytes()
    ] == []
    assert formats.FIXED_STATA in (tmp_path / "a/stata/texts.dta").read_bytes()[:400]
    assert (tmp_path / "a/spss/texts.sav").read_bytes()[92:109] == formats.FIXED_SPSS


@pytest.mark.parametrize("table", book.COLUMNS)
def test_every_column_of_every_table_has_its_words(table: str) -> None:
    for one in variables(table):
        assert one.zh.strip()
        assert one.en.strip()
        assert len(one.zh) <= 80, one.name
        assert len(one.en) <= 80, one.name
        assert len(one.name) <= 32
        assert (one.type == "category") == bool(one.values)
        assert one.source in book.SOURCES


def test_the_codebook_has_each_column_of_each_table(whole: tuple[tables.Export, Path]) -> None:
    _, folder = whole
    rows = read_csv(folder / "codebook.csv")
    assert tuple(rows[0]) == package.CODEBOOK_COLUMNS
    told = {(row["table"], row["variable"]) for row in rows}
    assert told == {(table, name) for table, names in book.COLUMNS.items() for name in names}
    assert all(row[name] for row in rows for name in ("type", "label_zh", "label_en", "missing", "source"))


def test_no_words_are_left_over_from_a_column_that_is_gone() -> None:
    shared, own = book._words()
    used = {(table, name) for table, names in book.COLUMNS.items() for name in names}
    assert set(own) - used == set()
    assert set(shared) - {name for table, name in used if (table, name) not in own} == set()


def test_a_column_without_words_cannot_be_written() -> None:
    with pytest.raises(NotFoundError, match="the column secret of documents has no words"):
        variables("documents", ("doc_id", "secret"))


@pytest.mark.parametrize(
    ("labels", "values"),
    [
        pytest.param(book.KINDS, workbook.KIND_LABELS, id="kind"),
        pytest.param(book.COVERED, get_args(CoverageStatus), id="coverage"),
        pytest.param(book.TRACKED, get_args(TrackingStatus), id="tracking"),
        pytest.param(book.SETS["reasons"], get_args(Reason), id="reasons"),
        pytest.param(book.COMPARATORS, workbook.COMPARATOR_LABELS, id="comparator"),
    ],
)
def test_closed_sets_are_whole_and_numbered_once(labels: tuple[book.Value, ...], values: Any) -> None:
    assert {one.value for one in labels} == set(values)
    assert len({one.code for one in labels}) == len(labels)


def test_states_have_the_codes_that_published_packages_gave_them() -> None:
    assert {one.value: one.code for one in book.COVERED} == {"covered": 1, "partial": 2, "missing": 3, "unknown": 9}
    tracked = ("met", "not_met", "partly", "no_result", "no_target", "not_comparable")
    assert {one.value: one.code for one in book.TRACKED} == {status: code for code, status in enumerate(tracked, 1)}


CHANGED = [
    pytest.param({"subject": "长" * 12_000}, "sav", "cut", id="longer than SPSS takes"),
    pytest.param({"quote": "=1+1", "value_text": "1"}, "csv", "apostrophe", id="a formula for a spreadsheet"),
    pytest.param({"lead": ("县司法局;县财政局",)}, "csv", "separator", id="the separator in an element"),
    pytest.param({"subject": "培\x00训"}, "dta", "control", id="a control character"),
]


@pytest.mark.parametrize(("fields", "format", "what"), CHANGED)
def test_no_cell_is_changed_without_being_told(tmp_path: Path, fields: dict[str, Any], format: str, what: str) -> None:
    made = write_package(export_of(tmp_path, with_commitment(**fields)), tmp_path / "made")
    name = next(iter(fields))
    found = [one for one in made.changes if (one.table, one.variable, one.format) == ("commitments", name, format)]
    assert [one.what for one in found] == [what]
    assert found[0].row == 1
    told = [row for row in read_csv(tmp_path / "made" / "changes.csv") if row["variable"] == name]
    assert {row["what"] for row in told} == {what}


def test_a_cut_cell_ends_in_a_mark_and_is_whole_in_the_other_formats(tmp_path: Path) -> None:
    long = "长" * 12_000
    write_package(export_of(tmp_path, with_commitment(subject=long)), tmp_path / "made")
    spss, _ = read(tmp_path / "made", "commitments", "sav")
    stata, _ = read(tmp_path / "made", "commitments", "dta")
    cut = spss["subject"].iloc[0]
    assert cut.endswith(cells.CUT_MARK)
    assert len(cut.encode()) <= 32_767
    assert cut.removesuffix(cells.CUT_MARK) == long[: len(cut) - len(cells.CUT_MARK)]
    assert stata["subject"].iloc[0] == long
    assert read_csv(tmp_path / "made/data/commitments.csv")[0]["subject"] == long


def test_nothing_is_told_as_changed_where_nothing_is(whole: tuple[tables.Export, Path]) -> None:
    _, folder = whole
    assert (folder / "changes.csv").read_bytes() == (",".join(package.CHANGE_COLUMNS) + "\r\n").encode()


def test_csv_is_as_rfc_4180_has_it(whole: tuple[tables.Export, Path]) -> None:
    _, folder = whole
    data = (folder / "data" / "texts.csv").read_bytes()
    assert data.startswith(b"doc_id,text\r\n")
    assert data.endswith(b'"\r\n')
    row = read_csv(folder / "data" / "commitments.csv")[0]
    assert row["value"] == "60"
    assert row["deadline"] == "2023-12-31"
    assert row["bound"] == ""
    assert read_csv(folder / "data" / "comparison.csv")[0]["is_comparable"] in ("true", "false")


def test_a_value_put_right_stands_as_json_whatever_it_is(whole: tuple[tables.Export, Path]) -> None:
    rows = read_csv(whole[1] / "data" / "corrections.csv")
    assert [row["value"] for row in rows] == ['["县司法局"]', ""]
    assert [row["own"] for row in rows] == ['{"lead":[]}', "{}"]


def test_the_metadata_agree_with_the_files(whole: tuple[tables.Export, Path]) -> None:
    _, folder = whole
    told = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    names = [resource["name"] for resource in told["resources"]]
    assert len(names) == len(set(names)) == 3 * len(book.COLUMNS) + 3
    assert told["licenses"][0]["name"] == "MIT"
    assert told["sources"] == [{"title": "青榆县2023年法治政府建设工作计划"}] * 2
    for resource in told["resources"]:
        data = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{sha256(data).hexdigest()}"
        if "schema" in resource:
            _check_schema(resource, read_csv(folder / resource["path"]), set(names))


def _check_schema(resource: dict[str, Any], rows: list[dict[str, str]], names: set[str]) -> None:
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    if rows:
        assert list(rows[0]) == list(fields)
    key = resource["schema"].get("primaryKey", [])
    keys = [tuple(row[name] for name in key) for row in rows]
    assert not key or len(set(keys)) == len(keys)
    assert all(one["reference"]["resource"] in names for one in resource["schema"].get("foreignKeys", []))
    for row in rows:
        for name, cell in row.items():
            field = fields[name]
            if cell and field["type"] in ("integer", "number"):
                float(cell)
            if cell and "enum" in field.get("constraints", {}):
                assert cell in map(str, field["constraints"]["enum"])


@pytest.mark.parametrize(
    "path",
    [pytest.param(None, id="of the data package"), pytest.param(ROOT / "CITATION.cff", id="of the software")],
)
def test_a_citation_has_what_its_format_asks_for(whole: tuple[tables.Export, Path], path: Path | None) -> None:
    told = yaml.safe_load((path or whole[1] / "CITATION.cff").read_text(encoding="utf-8"))
    assert told["cff-version"] == "1.2.0"
    assert told["message"]
    assert told["title"]
    assert told["type"] == ("software" if path else "dataset")
    assert told["authors"] == [{"name": "fazhi contributors"}]
    assert told["license"] == "MIT"
    assert str(told["version"]) == json.loads((whole[1] / "manifest.json").read_text(encoding="utf-8"))["fazhi"]
    assert not {"doi", "url", "identifiers"} & told.keys()


def test_an_export_without_records_is_a_package_without_rows(tmp_path: Path) -> None:
    export = export_of(tmp_path)
    empty = tables.Export(export.documents.iloc[:0], export.sections.iloc[:0], export.commitments.iloc[:0])
    made = write_package(empty, tmp_path / "made", comparison=compare_indicators(empty), pairs=True)
    assert set(made.tables.values()) == {0}
    for format in ("dta", "sav"):
        frame, _ = read(tmp_path / "made", "commitments", format)
        assert len(frame) == 0


def test_a_later_package_leaves_no_table_of_an_earlier_one(tmp_path: Path) -> None:
    export = export_of(tmp_path)
    write_package(export, tmp_path / "made", coverage=coverage_of(export))
    write_package(export, tmp_path / "made")
    assert not list((tmp_path / "made").rglob("coverage.*"))


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    export = export_of(tmp_path)
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "mine.txt").write_text("x")
    with pytest.raises(InputError, match="with other files"):
        write_package(export, tmp_path / "made")
    assert [path.name for path in (tmp_path / "made").iterdir()] == ["mine.txt"]


WRONG = [
    pytest.param("status", "perhaps", "a cell is 'perhaps'", id="no value of the closed set"),
    pytest.param("start", 1.5, "a cell is 1.5", id="no whole number"),
    pytest.param("nearest", "none", "a cell is 'none'", id="no list"),
]


@pytest.mark.parametrize(("column", "cell", "message"), WRONG)
def test_a_table_that_does_not_fit_the_codebook_is_refused(
    tmp_path: Path, column: str, cell: Any, message: str
) -> None:
    export = export_of(tmp_path)
    coverage = coverage_of(export).astype(object)
    coverage.at[0, column] = cell
    with pytest.raises(InputError, match=f"table coverage, column {column}: .*{message}"):
        write_package(export, tmp_path / "made", coverage=coverage)
    assert not (tmp_path / "made").exists()
