"""The bundled corpus, crawled and analysed as `fazhi demo` does it, against what corpora/demo/expected.jsonl says."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.emulator.families import kinds
from pipeline.emulator.world import demo_world, gold_of
from pipeline.scrape.addresses import key_of
from pipeline.text import squeeze
from pipeline.warc import Held, Place, read_held
from tests.conftest import ROOT
from tests.cycles import SPOT, demo_run
from tests.invariants import violations

CORPUS = ROOT / "corpora" / "demo"
EXPECTED: list[dict[str, Any]] = [
    json.loads(line) for line in (CORPUS / "expected.jsonl").read_text(encoding="utf-8").splitlines()
]
BY_NAME = [pytest.param(row, id=row["name"]) for row in EXPECTED]
FIELDS = (
    *("type", "stance", "comparator", "value", "value_max", "unit", "period", "every", "deadline", "begins"),
    *("lead", "support"),
)
Rows = list[dict[str, Any]]


def read(path: Path) -> Rows:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def output() -> Path:
    folder, message = demo_run()
    for name in ("commitments.xlsx", "report.xlsx"):
        assert str(folder / name) in message
        assert (folder / name).stat().st_size > 50_000
    return folder


@pytest.fixture(scope="module")
def documents(output: Path) -> dict[str, dict[str, Any]]:
    """Documents by the file of the corpus whose bytes their site served, the others by address."""
    files = {sha256(path.read_bytes()).hexdigest(): path.name for path in CORPUS.iterdir() if path.is_file()}
    return {files.get(row["sha256"], row["url"]): row for row in read(output / "documents.jsonl")}


@pytest.fixture(scope="module")
def sections(output: Path) -> Rows:
    return read(output / "sections.jsonl")


@pytest.fixture(scope="module")
def commitments(output: Path) -> Rows:
    return read(output / "commitments.jsonl")


def of(rows: Rows, document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (row for row in rows if row["doc_id"] == document["doc_id"])


def test_the_demo_leaves_export_workbooks_and_summary(output: Path) -> None:
    assert sorted(path.name for path in output.iterdir()) == [
        "commitments.jsonl", "commitments.xlsx", "digests", "documents.jsonl", "manifest.json", "numbers.jsonl",
        "parsing.jsonl", "report.xlsx", "sections.jsonl", "sources", "sources.toml", "summary.zh.md", "workspace",
    ]  # fmt: skip
    assert "法治政府建设文件分析摘要" in (output / "summary.zh.md").read_text(encoding="utf-8")


def test_the_workbook_has_a_row_a_commitment_with_quote_and_source(output: Path, commitments: Rows) -> None:
    sheet = load_workbook(output / "commitments.xlsx")["全部承诺"]
    header = [cell.value for cell in sheet[1]]
    assert sheet.max_row == len(commitments) + 1
    for name in ("原文", "来源"):
        column = header.index(name) + 1
        assert all(sheet.cell(row, column).value for row in range(2, sheet.max_row + 1))


def test_every_document_that_the_sites_publish_is_crawled_and_analysed(documents: dict[str, dict[str, Any]]) -> None:
    assert {row["name"] for row in EXPECTED} <= set(documents)
    wanted = gold_of(demo_world(1), kinds()).documents
    assert len(documents) == len(wanted)
    found = {key_of(row["url"]) for row in documents.values()}
    assert [sorted(places) for places in wanted if not found & {key_of(place) for place in places}] == []


def test_each_document_names_the_record_that_holds_its_bytes(
    output: Path, documents: dict[str, dict[str, Any]]
) -> None:
    archive = output / "workspace" / "archive"
    copies = [{key_of(place) for place in places} for places in gold_of(demo_world(1), kinds()).documents]
    for row in documents.values():
        file, _, offset = row["snapshot"].partition(":")
        page = read_held(Held(Place(archive / file, int(offset))))
        assert page.sha256 == row["sha256"]
        # What two sites serve alike is kept once, as the one sent it that answered first.
        assert page.url == row["url"] or any({key_of(page.url), key_of(row["url"])} <= each for each in copies)


def test_a_second_demo_leaves_the_same_documents_and_the_same_digests(
    output: Path, documents: dict[str, dict[str, Any]]
) -> None:
    ids, digests = {row["doc_id"] for row in documents.values()}, digests_of(output)
    result = CliRunner().invoke(app, ["demo", "-o", str(output)])
    assert result.exit_code == 0, result.output
    assert {row["doc_id"] for row in read(output / "documents.jsonl")} == ids
    assert digests_of(output) == digests


def digests_of(output: Path) -> dict[str, bytes]:
    """The texts of the digests, but for where records lie in an archive whose ids are random."""
    paths = [path for path in sorted((output / "digests").rglob("*")) if path.suffix in (".html", ".json", ".md")]
    assert len(paths) == 6
    return {str(path): SPOT.sub(b"", path.read_bytes()) for path in paths}


def test_a_folder_that_no_crawl_made_is_not_removed(tmp_path: Path) -> None:
    (tmp_path / "workspace").mkdir()
    (tmp_path / "workspace" / "mine.txt").write_text("mine")
    result = CliRunner().invoke(app, ["demo", "-o", str(tmp_path)])
    assert result.exit_code == 1
    assert (tmp_path / "workspace" / "mine.txt").exists()


def test_the_export_keeps_its_promises(output: Path, documents: dict[str, dict[str, Any]]) -> None:
    # Of the bundled pages: the annexes of the others have merged cells, whose words are said again in each row.
    pages = {documents[row["name"]]["name"] for row in EXPECTED}
    assert violations(output, output / "sources", only=pages) == []


@pytest.mark.parametrize("expected", BY_NAME)
def test_metadata_is_right(expected: dict[str, Any], documents: dict[str, dict[str, Any]]) -> None:
    document = documents[expected["name"]]
    names = ["kind", "year", "jurisdiction", "level", "issuer", "doc_number", "index_number", "written", "published"]
    if expected["published"] is None and document["published"]:  # the file does not say; its row of the list does
        assert document["sources"]["published"] == "list row"
        names.remove("published")
    assert {name: document[name] for name in names} == {name: expected[name] for name in names}
    assert document["title"] in (expected["title"], *expected.get("title_alt", ()))
    assert document["jurisdiction_code"] is None  # the places are invented


@pytest.mark.parametrize("expected", BY_NAME)
def test_the_text_is_the_whole_body_and_nothing_else(
    expected: dict[str, Any], documents: dict[str, dict[str, Any]]
) -> None:
    text = squeeze(documents[expected["name"]]["text"])
    assert [line for line in expected["lines"] if squeeze(line) not in text] == []
    assert [words for words in expected["not_in_text"] if squeeze(words) in text] == []


@pytest.mark.parametrize("expected", BY_NAME)
def test_sections_are_right(expected: dict[str, Any], documents: dict[str, dict[str, Any]], sections: Rows) -> None:
    mine = sorted(of(sections, documents[expected["name"]]), key=lambda row: row["start"])
    found = [[squeeze(row["number"]), row["level"], squeeze(row["title"])] for row in mine if 1 <= row["level"] <= 3]
    assert found == [[squeeze(number), level, squeeze(title)] for number, level, title in expected["sections"]]


@pytest.mark.parametrize("expected", BY_NAME)
def test_every_expected_commitment_is_found_with_its_fields(
    expected: dict[str, Any], documents: dict[str, dict[str, Any]], commitments: Rows
) -> None:
    mine = list(of(commitments, documents[expected["name"]]))
    wrong = []
    for row in expected["commitments"]:
        match = next((one for one in mine if is_same(one, row)), None)
        if match is None:
            wrong.append((row["value_text"], row["quote"]))
        else:
            mine.remove(match)
    assert wrong == []


def is_same(found: dict[str, Any], expected: dict[str, Any]) -> bool:
    """Whether a record of the export is the one expected: overlapping words, and every field equal."""
    quote, wanted = squeeze(found["quote"]), squeeze(expected["quote"])
    value, wanted_value = squeeze(found["value_text"]), squeeze(expected["value_text"])
    near = (quote in wanted or wanted in quote) and (value in wanted_value or wanted_value in value)
    return near and all(equal(found[name], expected.get(name)) for name in FIELDS)


def equal(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) < 0.006  # 66.67 stands for two thirds
    return (one or None) == (other or None) if one not in (0,) else one == other


DIFFERENCES = [json.loads(line) for line in (CORPUS / "differences.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    "difference", [pytest.param(row, id=f"{row['kind']}: {row['document']}") for row in DIFFERENCES]
)
def test_both_sides_of_a_planted_difference_are_in_the_records(
    difference: dict[str, Any], documents: dict[str, dict[str, Any]], commitments: Rows
) -> None:
    for name, quote in (
        (difference["reference"], difference["reference_quote"]),
        (difference["document"], difference["quote"]),
    ):
        if quote is not None:
            quotes = [squeeze(row["quote"]) for row in of(commitments, documents[name])]
            assert any(squeeze(quote) in one or one in squeeze(quote) for one in quotes)


@pytest.mark.slow
def test_an_installed_wheel_runs_the_demo_from_its_own_files(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for part in ("pipeline/_data/corpora/demo/expected.jsonl", "pipeline/_data/models/README.md"):
        assert part in names
    assert "pipeline/reference/indicators.jsonl" in names
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    code = (
        "import pipeline, sys; from pipeline.cli import main; print(pipeline.__file__); sys.argv[1:] = ['demo']; main()"
    )
    environment = {**os.environ, "PYTHONPATH": str(site)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith(str(site))
    assert (tmp_path / "demo-output" / "commitments.xlsx").exists()
