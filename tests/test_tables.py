"""The export contract, reading it back, and the comparable table with its filters and plain formats."""

import csv
import gc
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import tables
from pipeline.compare.columns import COVERAGE
from pipeline.errors import InputError, NotFoundError
from pipeline.records import Analysis, Cut, Document, ItemMatch
from tests import factories

# Written out from the codebook by hand, and not derived from the code that it checks.
CODEBOOK = {
    "documents": "doc_id name text title kind year jurisdiction jurisdiction_code level body issuer doc_number "
    "index_number written issued published fetched sources notes quality url sha256 snapshot cuts",
    "sections": "doc_id section_id parent_id number level title start end heading heading_score heading_runner_up "
    "items",
    "commitments": "doc_id commitment_id section_id start end quote value_start value_end value_text type stance "
    "subject indicators indicator_score comparator bound value value_max unit period every begins deadline reference "
    "lead support lead_ids support_ids heading confidence rule",
    "numbers": "doc_id start end text value value_max unit comparator period every begins deadline commitment_id "
    "reason",
}


def lines(path: Path) -> list[dict[str, Any]]:
    """Read a file as a careless reader does, who splits lines wherever Python sees one."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def export_of(folder: Path, *analyses: Analysis) -> tables.Export:
    tables.write_export(analyses, folder, explain=True)
    return tables.read_export(folder)


@pytest.fixture
def export(tmp_path: Path) -> tables.Export:
    plan = factories.document(jurisdiction_code="990101", published=date(2023, 3, 9))
    report = factories.document(
        name="https://example.cn/report",
        jurisdiction="柏川区",
        kind="report",
        year=2022,
        url="https://example.cn/report",
    )
    reported = factories.analysis(report)
    results = tuple(replace(one, stance="result") for one in reported.commitments)
    return export_of(tmp_path / "export", factories.analysis(plan), replace(reported, commitments=results))


@pytest.mark.parametrize("name", CODEBOOK)
def test_columns_stand_in_the_order_of_the_codebook(name: str, tmp_path: Path) -> None:
    tables.write_export([factories.analysis()], tmp_path, explain=True)
    assert tables.EXPORT[name] == tuple(CODEBOOK[name].split())
    for row in lines(tmp_path / f"{name}.jsonl"):
        assert list(row) == CODEBOOK[name].split()


def test_parts_of_records_are_written_as_the_codebook_says(tmp_path: Path) -> None:
    plan = factories.document(
        written=date(2023, 3, 6), cuts=(Cut(0, 12, "navigation"),), notes=("spam removed",), quality=0.5
    )
    made = factories.analysis(plan)
    match = ItemMatch("13", 1.0, ("执法", "案卷"))
    made = replace(made, sections=(*made.sections[:3], replace(made.sections[3], items=(match,))))
    tables.write_export([made], tmp_path, explain=True)
    document = lines(tmp_path / "documents.jsonl")[0]
    assert document["written"] == "2023-03-06"
    assert document["published"] is None
    assert document["cuts"] == [[0, 12, "navigation"]]
    assert document["notes"] == ["spam removed"]
    assert document["sources"] == {"title": "first line", "year": "title"}
    sections = lines(tmp_path / "sections.jsonl")
    assert [row["parent_id"] for row in sections] == [None, None, sections[1]["section_id"], sections[1]["section_id"]]
    assert sections[3]["items"] == [{"item": "13", "score": 1, "why": ["执法", "案卷"]}]
    assert sections[0]["items"] == []
    promises = lines(tmp_path / "commitments.jsonl")
    assert [row["section_id"] for row in promises] == [sections[at]["section_id"] for at in (2, 2, 3)]
    assert promises[0]["lead"] == ["县司法局"]
    assert promises[2]["lead"] == []
    numbers = lines(tmp_path / "numbers.jsonl")
    assert [(row["reason"] is None) for row in numbers] == [row["commitment_id"] is not None for row in numbers]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(95.0, "95", id="a whole number has no decimals"),
        pytest.param(66.67, "66.67", id="a fraction keeps its own"),
        pytest.param(0.0, "0", id="zero cases are a value"),
        pytest.param(230_000_000.0, "230000000", id="no exponent"),
        pytest.param(None, "null", id="absent"),
    ],
)
def test_numbers_are_written_as_a_person_would(value: float | None, expected: str, tmp_path: Path) -> None:
    made = factories.analysis()
    tables.write_export([replace(made, commitments=(replace(made.commitments[0], value=value),))], tmp_path)
    assert f'"value": {expected}, ' in (tmp_path / "commitments.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_value_that_json_cannot_hold_is_refused_and_nothing_is_written(value: float, tmp_path: Path) -> None:
    made = factories.analysis()
    broken = replace(made, commitments=(replace(made.commitments[0], value=value),))
    with pytest.raises(InputError, match="不少于60学时"):
        tables.write_export([broken], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_records_stand_in_reading_order_whatever_order_they_come_in(tmp_path: Path) -> None:
    made = factories.analysis()
    shuffled = replace(
        made, sections=made.sections[::-1], commitments=made.commitments[::-1], numbers=made.numbers[::-1]
    )
    tables.write_export([made], tmp_path / "a", explain=True)
    tables.write_export([shuffled], tmp_path / "b", explain=True)
    for name in CODEBOOK:
        assert (tmp_path / "a" / f"{name}.jsonl").read_bytes() == (tmp_path / "b" / f"{name}.jsonl").read_bytes()


def test_text_with_odd_line_breaks_stays_on_one_line_and_comes_back_whole(tmp_path: Path) -> None:
    text = factories.TEXT + "甲\u2028乙\x85丙\x0b丁\r\n戊\u2029己\x1c庚😀\n"
    back = export_of(tmp_path, factories.analysis(factories.document(text)))
    assert len(lines(tmp_path / "documents.jsonl")) == 1
    assert back.documents["text"][0] == text


def test_half_a_surrogate_pair_in_a_file_name_does_not_stop_the_export(tmp_path: Path) -> None:
    made = factories.analysis()
    tables.write_export([replace(made, document=replace(made.document, name="\udcc7\udce0.txt"))], tmp_path)
    assert lines(tmp_path / "documents.jsonl")[0]["name"] == "\ufffd\ufffd.txt"


def test_an_interrupted_export_leaves_the_earlier_one_as_it_was(tmp_path: Path) -> None:
    tables.write_export([factories.analysis()], tmp_path, explain=True)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def interrupted() -> Iterator[Analysis]:
        yield factories.analysis(factories.document(name="other.txt"))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tables.write_export(interrupted(), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_an_export_without_numbers_removes_those_of_an_earlier_one(tmp_path: Path) -> None:
    tables.write_export([factories.analysis()], tmp_path, explain=True)
    assert tables.write_export([factories.analysis()], tmp_path).numbers is None
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "commitments.jsonl",
        "documents.jsonl",
        "sections.jsonl",
    ]


def test_documents_are_let_go_as_they_are_written(tmp_path: Path) -> None:
    alive = []

    def counted() -> Iterator[Analysis]:
        for at in range(40):
            alive.append(sum(isinstance(thing, Document) for thing in gc.get_objects()))
            yield factories.analysis(factories.document(name=f"{at}.txt"))

    assert tables.write_export(counted(), tmp_path) == tables.Written(40, 160, 120, None)
    assert max(alive) - alive[0] <= 2


def test_a_document_that_comes_twice_is_written_once_and_reported(tmp_path: Path) -> None:
    done = tables.write_export([factories.analysis(), factories.analysis()], tmp_path)
    assert (done.documents, done.repeated) == (1, ("qingyu-2023-plan.txt",))


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="expected a folder"):
        tables.write_export([factories.analysis()], tmp_path / "out")


def test_an_export_comes_back_with_types(tmp_path: Path) -> None:
    back = export_of(tmp_path, factories.analysis(factories.document(year=None, published=date(2023, 3, 9))))
    assert back.documents["year"].dtype == "Int64"
    assert back.documents["year"].isna().all()
    assert back.documents["published"][0] == pd.Timestamp("2023-03-09")
    assert back.documents["quality"].dtype == "float64"
    assert back.documents["level"][0] == "county"
    assert back.sections["level"].tolist() == [1, 1, 2, 2]
    assert back.commitments["value"].tolist() == [60.0, 95.0, 100.0]
    assert back.commitments["indicators"].tolist() == [[], ["case_file_pass_rate"], ["head_appearance_rate"]]
    assert back.numbers is not None
    assert back.numbers["reason"].tolist() == ["list_number", pd.NA]


def test_an_export_made_in_memory_is_what_is_read_back_from_files(tmp_path: Path) -> None:
    of_files, in_memory = export_of(tmp_path, factories.analysis()), tables.as_export([factories.analysis()])
    for name in tables.EXPORT:
        pd.testing.assert_frame_equal(getattr(in_memory, name), getattr(of_files, name))


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet"])
def test_a_table_with_lists_of_objects_is_written_in_every_plain_format(suffix: str, tmp_path: Path) -> None:
    row = {
        "reference": "outline", "item": "1", "doc_id": "d", "status": "missing", "score": 0.25, "start": None, "end": None,
        "nearest": [{"start": 0, "end": 3, "score": 0.5, "section_id": "s"}], "remarks": [], "why": ["线索词：学法"],
    }  # fmt: skip
    path = tmp_path / f"coverage{suffix}"
    tables.write_table(pd.DataFrame([row]), path)
    if suffix == ".jsonl":
        found = tables.read_rows(path, COVERAGE)
        assert (found["nearest"][0], found["why"][0], found["start"].isna()[0]) == (row["nearest"], row["why"], True)
    elif suffix == ".parquet":
        written = pq.read_table(path).to_pylist()[0]
        assert (json.loads(written["nearest"][0]), written["why"]) == (row["nearest"][0], row["why"])
    else:
        (written,) = csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())
        assert json.loads(written["nearest"]) == row["nearest"][0]


def test_numbers_are_none_where_the_export_has_none(tmp_path: Path) -> None:
    tables.write_export([factories.analysis()], tmp_path)
    assert tables.read_export(tmp_path).numbers is None


def test_a_file_saved_by_an_editor_with_a_byte_order_mark_and_blank_lines_is_read(tmp_path: Path) -> None:
    tables.write_export([factories.analysis()], tmp_path)
    path = tmp_path / "documents.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n") + b"\r\n")
    assert len(tables.read_export(tmp_path).documents) == 1


def damaged(folder: Path, line: bytes) -> None:
    with (folder / "commitments.jsonl").open("ab") as file:
        file.write(line + b"\n")


@pytest.mark.parametrize(
    ("line", "error", "message"),
    [
        pytest.param(b'{"doc_id": "a"', InputError, r"commitments\.jsonl line 4: expected a JSON object", id="cut off"),
        pytest.param(b"[1, 2]", InputError, r"line 4: expected a JSON object, got b'\[1, 2\]", id="another shape"),
        pytest.param(b'{"value": NaN}', InputError, "NaN is no JSON number", id="Python's own NaN"),
        pytest.param(b'{"doc_id": "\xff"}', InputError, "line 4", id="not UTF-8"),
        pytest.param(
            b'{"doc_id": "a"}', NotFoundError, "line 4: no column 'commitment_id'; there are doc_id", id="column"
        ),
    ],
)
def test_a_damaged_line_names_file_and_line(line: bytes, error: type[Exception], message: str, tmp_path: Path) -> None:
    tables.write_export([factories.analysis()], tmp_path)
    damaged(tmp_path, line)
    with pytest.raises(error, match=message):
        tables.read_export(tmp_path)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("value", "many", id="a word for a number"),
        pytest.param("deadline", "soon", id="a word for a date"),
        pytest.param("lead", "县司法局", id="a text for a list"),
        pytest.param("start", 1.5, id="half an offset"),
    ],
)
def test_a_value_of_the_wrong_type_names_its_column(field: str, value: object, tmp_path: Path) -> None:
    tables.write_export([factories.analysis()], tmp_path)
    row = lines(tmp_path / "commitments.jsonl")[0] | {field: value}
    damaged(tmp_path, json.dumps(row).encode())
    with pytest.raises(InputError, match=f"commitments.jsonl column {field}"):
        tables.read_export(tmp_path)


def test_a_missing_folder_or_file_is_told_with_what_is_there(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no folder"):
        tables.read_export(tmp_path / "nowhere")
    (tmp_path / "documents.jsonl").touch()
    with pytest.raises(
        NotFoundError, match=r"no sections\.jsonl and no commitments\.jsonl .* there is documents\.jsonl"
    ):
        tables.read_export(tmp_path)


def test_the_comparable_table_joins_document_and_way_of_titles(export: tables.Export) -> None:
    table = tables.comparable(export)
    assert tuple(table.columns) == tables.COMPARABLE
    assert table["jurisdiction"].tolist() == ["青榆县"] * 3 + ["柏川区"] * 3
    first = table.iloc[0]
    assert first["path"] == "二、重点任务 › (一)规范行政执法"
    assert (first["jurisdiction_code"], first["level"], first["year"], first["heading"]) == (
        "990101",
        "county",
        2023,
        5,
    )
    assert first["title"] == "青榆县2023年法治政府建设工作计划"
    assert first["published"] == pd.Timestamp("2023-03-09")
    assert table["url"].tolist()[3:] == ["https://example.cn/report"] * 3


def labelled(name: str = "qingyu-2023-plan.txt") -> Analysis:
    """The usual analysis, whose section on enforcement has a doubtful heading and two items."""
    made = factories.analysis(factories.document(name=name))
    found = (ItemMatch("26", 0.98, ("执法监督",)), ItemMatch("15", 0.4, ()))
    part = replace(made.sections[2], heading_score=0.41, heading_runner_up=8, items=found)
    return replace(made, sections=(*made.sections[:2], part, made.sections[3]))


def test_score_runner_up_and_items_of_the_section_stand_after_the_heading(tmp_path: Path) -> None:
    table = tables.comparable(export_of(tmp_path, labelled(), factories.analysis(factories.document(name="z.txt"))))
    at = tables.COMPARABLE.index("heading")
    assert tables.COMPARABLE[at + 1 : at + 4] == ("heading_score", "heading_runner_up", "items")
    assert table["heading_score"].tolist() == [0.41, 0.41, 0.9, 0.9, 0.9, 0.9]
    assert table["heading_runner_up"].tolist() == [8, 8, pd.NA, pd.NA, pd.NA, pd.NA]
    assert table["items"].tolist() == [["26", "15"], ["26", "15"], [], [], [], []]


def test_an_export_without_commitments_has_the_columns_of_labels_too(tmp_path: Path) -> None:
    table = tables.comparable(export_of(tmp_path, replace(labelled(), commitments=(), numbers=())))
    assert (tuple(table.columns), len(table)) == (tables.COMPARABLE, 0)


@pytest.mark.parametrize(
    "items",
    [pytest.param(["26"], id="a bare id"), pytest.param([{"id": "26"}], id="another key"), pytest.param([None], id="nothing")],
)  # fmt: skip
def test_what_is_no_item_is_refused_with_its_column(items: list[Any], tmp_path: Path) -> None:
    export = export_of(tmp_path, labelled())
    export.sections.at[2, "items"] = items
    with pytest.raises(InputError, match=r"sections\.jsonl column items: expected objects with an item, got \["):
        tables.comparable(export)


@pytest.mark.parametrize(
    ("number", "title", "expected"),
    [
        pytest.param("十一", "监督保障", "十一、监督保障", id="chapter"),
        pytest.param("(三)", "建章立制", "(三)建章立制", id="brackets carry their own mark"),
        pytest.param("8", "做好应诉工作", "8.做好应诉工作", id="item"),
        pytest.param("第一章", "总则", "第一章 总则", id="chapter of an article plan"),
        pytest.param("①", "", "①", id="without a title"),
        pytest.param("一是", "", "一是", id="一是 has no title"),
        pytest.param("", "加强领导", "加强领导", id="unnumbered"),
        pytest.param("1", "长" * 60, "1." + "长" * 40 + "…", id="a run-in sentence is cut"),
    ],
)
def test_a_step_of_the_way_reads_as_printed(number: str, title: str, expected: str) -> None:
    assert tables.numbered(number, title) == expected


def test_parents_that_go_round_in_a_circle_end(export: tables.Export) -> None:
    sections = export.sections.copy()
    sections.loc[1, "parent_id"] = sections.loc[2, "section_id"]
    table = tables.comparable(replace(export, sections=sections))
    assert table["path"][0] == "二、重点任务 › (一)规范行政执法"


@pytest.mark.parametrize(
    ("part", "rows"),
    [pytest.param("documents", 1, id="a document"), pytest.param("sections", 4, id="the sections of a document")],
)
def test_a_commitment_without_its_document_or_section_is_an_error(part: str, rows: int, export: tables.Export) -> None:
    with pytest.raises(InputError, match="which is not there"):
        tables.comparable(replace(export, **{part: getattr(export, part).iloc[rows:]}))


def test_a_document_there_twice_is_an_error(export: tables.Export) -> None:
    with pytest.raises(InputError, match="more than once"):
        tables.comparable(replace(export, documents=pd.concat([export.documents] * 2)))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param({}, 6, id="no filter"),
        pytest.param({"heading": [5]}, 4, id="by number"),
        pytest.param({"heading": ["行政执法", "7"]}, 6, id="by short title, or a number as typed"),
        pytest.param({"indicator": ["case_file_pass_rate"]}, 2, id="a list column"),
        pytest.param({"jurisdiction": ["柏川区"]}, 3, id="by name"),
        pytest.param({"jurisdiction": ["990101"]}, 3, id="by code"),
        pytest.param({"year": [2022]}, 3, id="a year"),
        pytest.param({"kind": ["report", "outline"]}, 3, id="either of two"),
        pytest.param({"kind": ["计划"]}, 3, id="in Chinese"),
        pytest.param({"stance": ["result"], "heading": [7]}, 1, id="both of two filters"),
        pytest.param({"jurisdiction": ["云杉县"]}, 0, id="a place that is not there leaves nothing"),
        pytest.param({"year": []}, 0, id="no accepted value"),
    ],
)
def test_a_filter_keeps_the_rows_that_fit(filters: dict[str, Any], expected: int, export: tables.Export) -> None:
    assert len(tables.select(tables.comparable(export), **filters)) == expected


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        pytest.param({"heading": [11]}, r"no heading 11; there are 1 \(总体要求\)", id="heading"),
        pytest.param({"kind": ["plans"]}, r"no kind 'plans'; there are plan \(计划\)", id="kind"),
        pytest.param({"stance": ["promise"]}, "no stance 'promise'", id="stance"),
    ],
)
def test_a_label_that_does_not_exist_is_answered_with_those_that_do(
    filters: dict[str, Any], message: str, export: tables.Export
) -> None:
    with pytest.raises(NotFoundError, match=message):
        tables.select(tables.comparable(export), **filters)


def test_rows_without_a_heading_go_with_heading_0(export: tables.Export) -> None:
    table = tables.comparable(export)
    table.loc[0, "heading"] = pd.NA
    assert len(tables.select(table, heading=[0])) == 1


def test_choices_tell_what_a_filter_finds(export: tables.Export) -> None:
    table = tables.comparable(export)
    assert tables.choices(table, "jurisdiction") == ["柏川区", "青榆县"]
    assert tables.choices(table, "year") == [2022, 2023]
    assert tables.choices(table, "indicator") == ["case_file_pass_rate", "head_appearance_rate"]
    with pytest.raises(NotFoundError, match="no column colour; there are jurisdiction"):
        tables.choices(table, "colour")


def test_the_overview_counts_what_a_selection_has_of_each_document(export: tables.Export) -> None:
    chosen = tables.select(tables.comparable(export), stance=["result"])
    found = tables.overview(export.documents, chosen, export.sections)
    assert found["commitments"].tolist() == [0, 3]
    assert found["results"].tolist() == [0, 3]
    assert found["sections"].tolist() == [4, 4]
    assert "text" not in found


def test_an_unknown_suffix_names_the_four(export: tables.Export, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"no table format '\.ods' .*\.xlsx, \.csv, \.parquet, \.jsonl"):
        tables.write_table(tables.comparable(export), tmp_path / "t.ods")


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "parquet", "jsonl"])
def test_equal_tables_give_equal_bytes(suffix: str, export: tables.Export, tmp_path: Path) -> None:
    table = tables.comparable(export)
    for name in ("a", "b"):
        tables.write_table(table, tmp_path / name / f"t.{suffix}")
    assert (tmp_path / "a" / f"t.{suffix}").read_bytes() == (tmp_path / "b" / f"t.{suffix}").read_bytes()
    assert [path.name for path in (tmp_path / "a").iterdir()] == [f"t.{suffix}"]


def test_parquet_keeps_types_and_lists(export: tables.Export, tmp_path: Path) -> None:
    tables.write_table(tables.comparable(export), tmp_path / "t.PARQUET")
    table = pq.read_table(tmp_path / "t.PARQUET")
    types = [str(table.schema.field(name).type) for name in ("year", "value", "deadline", "lead", "quote")]
    assert types == ["int64", "double", "date32[day]", "list<element: string>", "string"]
    assert table.column("lead").to_pylist()[0] == ["县司法局"]


def test_labels_of_a_section_are_written_to_every_plain_format(tmp_path: Path) -> None:
    table = tables.comparable(export_of(tmp_path / "export", labelled()))
    for suffix in ("csv", "parquet", "jsonl"):
        tables.write_table(table, tmp_path / f"t.{suffix}")
    row = read_csv(tmp_path / "t.csv")[0]
    assert (row["heading_score"], row["heading_runner_up"], row["items"]) == ("0.41", "8", "26;15")
    stored = pq.read_table(tmp_path / "t.parquet")
    names = ("heading_score", "heading_runner_up", "items")
    assert [str(stored.schema.field(name).type) for name in names] == ["double", "int64", "list<element: string>"]
    assert [stored.column(name).to_pylist()[0] for name in names] == [0.41, 8, ["26", "15"]]
    line = lines(tmp_path / "t.jsonl")[2]
    assert [line[name] for name in names] == [0.9, None, []]


def test_jsonl_has_the_columns_of_the_table(export: tables.Export, tmp_path: Path) -> None:
    tables.write_table(tables.comparable(export), tmp_path / "t.jsonl")
    rows = lines(tmp_path / "t.jsonl")
    assert tuple(rows[0]) == tables.COMPARABLE
    assert (rows[0]["value"], rows[0]["published"], rows[3]["published"]) == (60, "2023-03-09", None)


def read_csv(path: Path) -> list[dict[str, str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "Excel takes UTF-8 for GBK without the mark"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_has_plain_numbers_dates_and_joined_lists(export: tables.Export, tmp_path: Path) -> None:
    table = tables.comparable(export)
    table.at[0, "lead"] = ["县司法局", "县财政局"]
    table.loc[0, "value"] = -5.0
    tables.write_table(table, tmp_path / "t.csv")
    row = read_csv(tmp_path / "t.csv")[0]
    assert (row["value"], row["published"], row["lead"], row["comparator"]) == (
        "-5", "2023-03-09", "县司法局;县财政局", ">="
    )  # fmt: skip
    assert row["deadline"] == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("行政诉讼败诉率", "行政诉讼败诉率", id="plain text is left alone"),
        pytest.param("=cmd|'/c calc'!A1", "'=cmd|'/c calc'!A1", id="equals"),
        pytest.param("+1", "'+1", id="plus"),
        pytest.param("-2", "'-2", id="minus in a text"),
        pytest.param("@SUM(A1)", "'@SUM(A1)", id="at"),
        pytest.param("\t=1", "'\t=1", id="tab"),
        pytest.param("\r=1", "'\n=1", id="carriage return"),
        pytest.param("\x00=1", "'=1", id="behind a control character that is dropped"),
        pytest.param("＝1", "'＝1", id="full width"),
        pytest.param("=", "=", id="the comparator computes nothing"),
        pytest.param("达到=95%", "达到=95%", id="not at the head"),
        pytest.param('他说"一,二"\n三', '他说"一,二"\n三', id="quotes, commas and line ends"),
    ],
)
def test_no_text_of_a_csv_runs_as_a_formula(text: str, expected: str, export: tables.Export, tmp_path: Path) -> None:
    table = tables.comparable(export)
    table.loc[0, "quote"] = text
    tables.write_table(table, tmp_path / "t.csv")
    assert read_csv(tmp_path / "t.csv")[0]["quote"] == expected


ODD_TEXT = st.text(st.characters(codec="utf-8") | st.sampled_from("=+-@\t\n\r\x85\u2028\x00|,\"'“”…😀"), min_size=1)


@given(
    subject=ODD_TEXT,
    value=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    deadline=st.none() | st.dates(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
def test_whatever_is_written_is_read_back(
    subject: str, value: float | None, deadline: date | None, tmp_path: Path
) -> None:
    made = factories.analysis()
    one = replace(made.commitments[0], subject=subject, value=value, deadline=deadline)
    row = export_of(tmp_path, replace(made, commitments=(one,))).commitments.iloc[0]
    assert row["subject"] == subject
    assert (None if pd.isna(row["value"]) else row["value"]) == value
    assert (None if pd.isna(row["deadline"]) else row["deadline"].date()) == deadline
