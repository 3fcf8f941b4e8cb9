"""The commands as a person runs them."""

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from pipeline.cli import app, model_folder
from pipeline.errors import InputError
from pipeline.resources import bundled

REPORT = (
    "青禾县人民政府关于2023年度法治政府建设情况的报告\n\n市人民政府：\n2023年，青禾县推进法治政府建设。现将情况报告如下。\n"
    "一、主要成效\n(一)优化政务服务。政务服务事项网上可办率达98.6%。\n(二)规范执法。办理行政处罚案件312件。\n"
    "二、下一步打算\n行政机关负责人出庭应诉率达到100%。\n青禾县人民政府\n2024年1月16日\n"
)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "report.txt"
    path.parent.mkdir()
    path.write_text(REPORT, encoding="utf-8")
    return path


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_analyze_writes_its_files_and_says_how_many(report: Path, tmp_path: Path) -> None:
    result = run("analyze", report, "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "commitments.jsonl", "documents.jsonl", "manifest.json", "sections.jsonl",
    ]  # fmt: skip
    assert "1 documents" in result.output
    values = [(row["value"], row["stance"]) for row in rows(tmp_path / "out" / "commitments.jsonl")]
    assert values == [(98.6, "result"), (312, "result"), (100, "target")]


def test_explain_adds_the_fate_of_every_number(report: Path, tmp_path: Path) -> None:
    run("analyze", report, "-o", tmp_path / "out", "--explain")
    numbers = rows(tmp_path / "out" / "numbers.jsonl")
    assert {(row["commitment_id"] is None) != (row["reason"] is None) for row in numbers} == {True}
    assert "list_number" in {row["reason"] for row in numbers}


def test_explain_says_of_each_document_how_it_was_read(report: Path, tmp_path: Path) -> None:
    result = run("analyze", report, "-o", tmp_path / "out", "--explain")
    assert "report.txt: plain text (utf-8); " in result.output
    (row,) = rows(tmp_path / "out" / "parsing.jsonl")
    (document,) = rows(tmp_path / "out" / "documents.jsonl")
    source = (tmp_path / "out" / "sources" / f"{document['doc_id']}.txt").read_text(encoding="utf-8")
    assert (row["source_length"], row["parts"][0]["fate"]) == (len(source), "text")
    for cut in row["cuts"]:
        assert cut["words"] == " ".join(source[cut["start"] : cut["end"]].split())[:60]
    run("analyze", report, "-o", tmp_path / "out")
    assert not (tmp_path / "out" / "parsing.jsonl").exists()
    assert not (tmp_path / "out" / "sources").exists()


def test_a_file_that_takes_too_long_is_told_and_the_others_are_done(report: Path, tmp_path: Path) -> None:
    slow = "".join(f"一、第{n}项，办结率达到{n % 100}%。\n" for n in range(60_000))
    (report.parent / "slow.txt").write_text(slow, encoding="utf-8")
    result = run("analyze", report.parent, "-o", tmp_path / "out", "--time-limit", "4")
    assert result.exit_code == 1
    assert "slow.txt: expected a file that is read in 4 s, got one that takes longer" in result.output
    assert [row["name"] for row in rows(tmp_path / "out" / "documents.jsonl")] == ["report.txt"]


def test_saved_pages_are_scored(tmp_path: Path) -> None:
    case = tmp_path / "one"
    case.mkdir()
    (case / "page.html").write_text(
        "<html><body><p>全年办结案件23件，办结率达到100%。</p></body></html>", encoding="utf-8"
    )
    (case / "body.txt").write_text("全年办结案件23件，办结率达到100%。\n", encoding="utf-8")
    (case / "expected.json").write_text('{"main": "page.html", "fields": {"title": "没有"}}', encoding="utf-8")
    result = run("eval", "--pages", tmp_path, "--errors")
    assert "title: expected 没有, got None" in result.output
    assert "1 cases, 0 without an error; body F1 mean 1.0000" in result.output
    assert run("eval", "--pages", tmp_path, "--doc", "two").exit_code == 1
    assert run("eval").exit_code == 1


def test_two_workers_write_the_same_bytes_as_one(demo_corpus: Path, tmp_path: Path) -> None:
    run("analyze", demo_corpus, "-o", tmp_path / "one", "--explain")
    run("analyze", demo_corpus, "-o", tmp_path / "two", "--explain", "--jobs", "2")
    files = [path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file()]
    assert {file.parts[0] for file in files} >= {"documents.jsonl", "numbers.jsonl", "parsing.jsonl", "sources"}
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


BAD = [
    pytest.param("empty.txt", b"", "empty", id="an empty file"),
    pytest.param("blank.txt", b" \n\n\t ", "", id="a blank file"),
    pytest.param("picture.txt", PNG, "picture", id="a picture named as text"),
    pytest.param("page.html", b"<html><body><nav>x</nav></body></html>", "", id="a page without a body"),
    pytest.param("english.txt", b"Nothing Chinese here.\n" * 20, "Chinese", id="a text in another language"),
    pytest.param("huge.txt", "法".encode() * (50 * 1024 * 1024 // 3), "MB", id="fifty megabytes in one line"),
]


@pytest.mark.parametrize(("name", "content", "word"), BAD)
def test_a_bad_file_alone_is_one_sentence_and_exit_one(name: str, content: bytes, word: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    result = run("analyze", path, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert len(result.output.strip().splitlines()) == 1
    assert name in result.output
    assert word in result.output
    assert "internal error" not in result.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("name", "content", "word"), BAD)
def test_a_bad_file_is_reported_and_the_others_are_done(
    name: str, content: bytes, word: str, report: Path, tmp_path: Path
) -> None:
    (report.parent / name).write_bytes(content)
    result = run("analyze", report.parent, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert name in result.output
    assert [row["name"] for row in rows(tmp_path / "out" / "documents.jsonl")] == ["report.txt"]


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    result = run("analyze", tmp_path / "nowhere", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "nowhere: there is no such file or folder" in result.output


def test_a_folder_without_documents_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notes.md").write_text("x")
    result = run("analyze", tmp_path / "folder", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "folder: the folder has no document" in result.output


def test_the_same_bytes_twice_are_one_document_and_said(report: Path, tmp_path: Path) -> None:
    report.with_name("copy.txt").write_bytes(report.read_bytes())
    result = run("analyze", report.parent, "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert "same bytes" in result.output
    assert len(rows(tmp_path / "out" / "documents.jsonl")) == 1


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "parquet", "jsonl"])
def test_table_writes_every_format(suffix: str, report: Path, tmp_path: Path) -> None:
    run("analyze", report, "-o", tmp_path / "out")
    result = run("table", "--from", tmp_path / "out", "-o", tmp_path / f"table.{suffix}")
    assert result.exit_code == 0
    assert "3 of 3 rows" in result.output
    assert (tmp_path / f"table.{suffix}").stat().st_size > 0


def test_table_filters_rows(report: Path, tmp_path: Path) -> None:
    run("analyze", report, "-o", tmp_path / "out")
    result = run(
        "table", "--from", tmp_path / "out", "-o", tmp_path / "t.xlsx", "--stance", "target", "--kind", "report"
    )
    assert "1 of 3 rows" in result.output
    sheet = load_workbook(tmp_path / "t.xlsx")["全部承诺"]
    assert sheet.max_row == 2


def test_a_filter_that_leaves_nothing_says_what_there_is(report: Path, tmp_path: Path) -> None:
    run("analyze", report, "-o", tmp_path / "out")
    result = run("table", "--from", tmp_path / "out", "-o", tmp_path / "t.csv", "--jurisdiction", "白杨县")
    assert result.exit_code == 1
    assert "青禾县" in result.output
    assert not (tmp_path / "t.csv").exists()


def test_an_unknown_stance_is_answered_with_those_there_are(report: Path, tmp_path: Path) -> None:
    run("analyze", report, "-o", tmp_path / "out")
    result = run("table", "--from", tmp_path / "out", "-o", tmp_path / "t.csv", "--stance", "promise")
    assert result.exit_code == 1
    assert "target" in result.output


def test_eval_prints_the_layers(shared: Path, tmp_path: Path) -> None:
    run("analyze", shared / "corpus", "-o", tmp_path / "out")
    result = run("eval", tmp_path / "out", "--gold", shared / "gold", "--doc", "201", "--errors")
    assert result.exit_code == 0
    assert '"detect_f1"' in result.output.splitlines()[-1]


def test_eval_of_no_export_says_what_is_missing(tmp_path: Path) -> None:
    result = run("eval", tmp_path, "--gold", tmp_path)
    assert result.exit_code == 1
    assert len(result.output.strip().splitlines()) == 1


def test_a_model_is_written_to_the_checkout_unless_there_is_none(tmp_path: Path) -> None:
    package = tmp_path / "pipeline"
    package.mkdir()
    assert model_folder("confidence", package) == tmp_path / "models" / "confidence"
    (package / "_data").mkdir()
    with pytest.raises(
        InputError, match=r"^expected -o FOLDER to write the model to: there is no checkout around .*pipeline$"
    ):
        model_folder("confidence", package)
    assert model_folder("confidence") == Path(__file__).resolve().parent.parent / "models" / "confidence"


def test_an_unknown_model_is_answered_with_those_there_are() -> None:
    result = run("train", "subjects")
    assert result.exit_code == 1
    assert "expected a model out of headings, confidence, coverage, similarity, but got subjects" in result.output


def test_what_only_headings_learn_from_is_refused_for_confidence(tmp_path: Path) -> None:
    result = run("train", "confidence", "--from", str(tmp_path), "-o", str(tmp_path))
    assert result.exit_code == 1
    assert "expected --from, --corrections and --force with headings only" in result.output


def test_corrections_without_an_export_are_refused_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "right.jsonl").write_text("", encoding="utf-8")
    result = run("train", "--corrections", str(tmp_path / "right.jsonl"), "-o", str(tmp_path / "model"))
    assert result.exit_code == 1
    assert "expected --from EXPORT with --corrections" in result.output
    assert not (tmp_path / "model").exists()


def test_the_version_is_printed() -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert result.output.startswith("fazhi 0.")


PLAN_FOR_MODEL = (
    "云岚县2024年法治政府建设工作要点\n一、规范行政执法\n" + "执法人员每年培训不少于60学时，持证上岗率100%。\n" * 3
)


def test_a_model_of_ones_own_gives_the_headings(tmp_path: Path) -> None:
    source = tmp_path / "plan.txt"
    source.write_text(PLAN_FOR_MODEL, encoding="utf-8")
    own = tmp_path / "own"
    shutil.copytree(bundled("models", "headings"), own)
    assert run("analyze", str(source), "-o", str(tmp_path / "a"), "--model", str(own)).exit_code == 0
    assert run("analyze", str(source), "-o", str(tmp_path / "b")).exit_code == 0
    assert (tmp_path / "a" / "sections.jsonl").read_bytes() == (tmp_path / "b" / "sections.jsonl").read_bytes()
    result = run("analyze", str(source), "-o", str(tmp_path / "c"), "--model", str(tmp_path))
    assert result.exit_code == 1
    assert "there is no such model" in result.output
