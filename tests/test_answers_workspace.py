"""The table commands on a workspace: what `fazhi run` keeps answers as the folder does that `fazhi analyze` writes."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from pipeline import derived
from pipeline.analyze import analyze_page, analyze_paths
from pipeline.answers import answer_track, open_source
from pipeline.archive import import_paths
from pipeline.cli import app
from pipeline.compare.coverage import find_coverage
from pipeline.compare.tracking import track_targets
from pipeline.records import Page
from pipeline.tables import read_export, write_export
from pipeline.workspace.comparisons import read_comparisons
from pipeline.workspace.corrections import add_correction, corrected
from pipeline.workspace.place import open_workspace
from pipeline.workspace.run import run_workspace
from pipeline.workspace.view import View
from tests.exports import paper
from tests.shelving import derive

PAPERS = {
    "plan.txt": paper(
        "青榆县", 2024, "行政诉讼败诉率控制在8%以内。", "开展行政执法案卷评查2次。", "6月底前清理规范性文件。"
    ),
    "report.txt": paper("青榆县", 2024, "行政诉讼败诉率为9%。", "开展行政执法案卷评查3次。", kind="工作报告"),
    "other.txt": paper("云岚县", 2024, "行政诉讼败诉率控制在10%以内。", "开展法治督察1次。"),
    "later.txt": paper("青榆县", 2025, "行政诉讼败诉率控制在5%以内。", "开展行政执法案卷评查4次。"),
}


def run(*words: object, code: int = 0) -> str:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the papers, the workspace that took them in, and what analyze makes of it."""
    folder = tmp_path_factory.mktemp("known")
    (folder / "papers").mkdir()
    for name, text in PAPERS.items():
        (folder / "papers" / name).write_text(text, encoding="utf-8")
    import_paths([folder / "papers"], folder / "w")
    with open_workspace(folder / "w") as opened:
        run_workspace(opened, time_limit=None)
    analyze_paths([folder / "w"], folder / "out")
    return folder


@pytest.fixture
def known(made: Path, tmp_path: Path) -> Path:
    """A copy of the workspace, to change."""
    return Path(shutil.copytree(made / "w", tmp_path / "w"))


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("table",), id="the comparable table"),
        pytest.param(("table", "--jurisdiction", "青榆县", "--stance", "目标"), id="rows of it"),
        pytest.param(("compare",), id="indicators"),
        pytest.param(("gaps",), id="gaps against the outline, as stored"),
        pytest.param(("gaps", "--document", "other.txt"), id="of one document"),
        pytest.param(("gaps", "--reference", "plan.txt"), id="gaps against a plan that no run was asked for"),
        pytest.param(("track",), id="tracking, as stored"),
        pytest.param(("track", "--plan", "plan.txt"), id="of one plan"),
        pytest.param(("diff", "plan.txt", "later.txt"), id="what changed"),
        pytest.param(("diff", "plan.txt", "other.txt", "--origin"), id="what was taken over"),
    ],
)
def test_a_workspace_answers_as_the_folder_does(made: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    told = {}
    for name, source in (("w", ("--workspace", made / "w")), ("f", ("--from", made / "out"))):
        told[name] = run(*words, *source, "-o", tmp_path / f"{name}.jsonl").replace(f"{name}.jsonl", "")
    assert told["w"] == told["f"]
    assert (tmp_path / "w.jsonl").read_bytes() == (tmp_path / "f.jsonl").read_bytes()
    assert lines(tmp_path / "w.jsonl")


def test_the_report_is_written_from_a_workspace(made: Path, tmp_path: Path) -> None:
    assert "工作簿 -> " in run("report", "--workspace", made / "w", "-o", tmp_path / "r.xlsx", "--date", "2024-05-20")
    assert (tmp_path / "r.xlsx").stat().st_size > 10_000


def test_the_records_are_what_analyze_writes_byte_for_byte(made: Path, tmp_path: Path) -> None:
    told = run("export", "--workspace", made / "w", "--records", "-o", tmp_path / "records")
    assert told.splitlines()[0] == f"4 documents, {len(lines(made / 'out/sections.jsonl'))} sections, " + (
        f"{len(lines(made / 'out/commitments.jsonl'))} commitments -> {tmp_path / 'records'}"
    )
    for name in ("documents", "sections", "commitments"):
        assert (tmp_path / "records" / f"{name}.jsonl").read_bytes() == (made / "out" / f"{name}.jsonl").read_bytes()
    there = {path.name for path in (tmp_path / "records").iterdir()}
    assert there == {
        "documents.jsonl", "sections.jsonl", "commitments.jsonl", "coverage.jsonl", "tracking.jsonl", "manifest.json",
    }  # fmt: skip
    export = read_export(tmp_path / "records")
    assert len(lines(tmp_path / "records" / "coverage.jsonl")) == len(find_coverage(export))
    assert len(lines(tmp_path / "records" / "tracking.jsonl")) == len(track_targets(export))


def test_the_manifest_of_the_records_tells_of_no_machine(made: Path, tmp_path: Path) -> None:
    run("export", "--workspace", made / "w", "--records", "-o", tmp_path / "a")
    run("export", "--workspace", shutil.copytree(made / "w", tmp_path / "else"), "--records", "-o", tmp_path / "b")
    manifest = json.loads((tmp_path / "a" / "manifest.json").read_text(encoding="utf-8"))
    analyzed = json.loads((made / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert {name for name in analyzed if analyzed[name] != manifest[name]} == {"options"}
    assert set(manifest["options"]) == {"source", "derivation", "read_by"}
    assert (manifest["options"]["source"], manifest["options"]["derivation"]) == ("workspace", 1)
    assert (tmp_path / "a" / "manifest.json").read_bytes() == (tmp_path / "b" / "manifest.json").read_bytes()


def test_the_scorer_reads_the_records(shared: Path, tmp_path: Path) -> None:
    sample = next((shared / "corpus").glob("001-*.txt"))
    with open_workspace(tmp_path / "w") as opened, opened.writing() as tx:
        derive(tx, {"a": [analyze_page(Page(sample.name, sample.read_bytes()))]})
    run("export", "--workspace", tmp_path / "w", "--records", "-o", tmp_path / "records")
    command = [sys.executable, str(shared / "tools" / "score.py"), str(tmp_path / "records"), str(shared / "gold")]
    scored = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "001" in scored.stdout
    assert "nothing was scored" not in scored.stdout + scored.stderr


def test_the_data_package_of_a_workspace_tells_where_it_comes_from(made: Path, tmp_path: Path) -> None:
    told = run("export", "--workspace", made / "w", "-o", tmp_path / "package")
    assert "documents: 4 rows" in told
    manifest = json.loads((tmp_path / "package" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["origin"]["options"]["source"] == "workspace"
    assert not (tmp_path / "package" / "data" / "corrections.csv").exists()


def put_right(folder: Path, words: str, field: str, value: object) -> None:
    with open_workspace(folder) as opened, opened.writing() as tx:
        found = View(tx).export().commitments
        (id,) = found.loc[found["quote"].str.contains(words), "commitment_id"].tolist()
        add_correction(tx, record="commitment", id=id, field=field, value=value, by="王")


def test_corrections_are_in_every_answer_and_told_beside_the_records(known: Path, tmp_path: Path) -> None:
    before = run("track", "--workspace", known)
    assert "未达到：行政诉讼败诉率——目标控制在8%以内，报告为9%" in before
    put_right(known, "败诉率控制在8%", "value", 10)
    put_right(known, "法治督察1次", "rejected", True)
    after = run("track", "--workspace", known)  # nothing was run since: what is stored is behind
    assert "未达到：行政诉讼败诉率" not in after
    told = run("compare", "--workspace", known, "--indicator", "行政诉讼败诉率", "--year", 2024, "--stance", "目标")
    assert "青榆县　不高于10%" in told
    run("export", "--workspace", known, "--records", "-o", tmp_path / "records")
    rows = lines(tmp_path / "records" / "corrections.jsonl")
    assert [(row["field"], row["state"], row["value"]) for row in rows] == [
        ("value", "applied", 10),
        ("rejected", "applied", True),
    ]
    assert rows[0]["own"]["value"] == 8  # type: ignore[index]
    told = lines(tmp_path / "records" / "commitments.jsonl")
    assert [row["value"] for row in told if str(row["rule"]).endswith("; corrected: value")] == [10]
    assert rows[1]["record_id"] not in {row["commitment_id"] for row in told}
    run("export", "--workspace", known, "-o", tmp_path / "package")
    assert "applied" in (tmp_path / "package" / "data" / "corrections.csv").read_text(encoding="utf-8")
    with open_workspace(known) as opened:
        run_workspace(opened, time_limit=None)
    assert run("track", "--workspace", known) == after


def test_what_a_run_stored_is_told_and_not_made_again(known: Path) -> None:
    with open_workspace(known) as opened, opened.writing() as tx:
        tx.execute(update(derived.trackings).values(why="存好的理由"))
        tx.execute(update(derived.coverages).where(derived.coverages.c.item == "9").values(status="unknown"))
    assert "不可比" not in run("track", "--workspace", known)
    assert "存好的理由" in run("track", "--workspace", known)
    assert run("gaps", "--workspace", known).count("未知 1") == len(PAPERS)


def test_only_what_is_behind_is_compared_again(known: Path) -> None:
    with open_workspace(known) as opened, opened.writing() as tx:
        tx.execute(update(derived.coverages).values(score=0.5))
        tx.execute(update(derived.trackings).values(score=0.5))
        names = dict(View(tx).export().documents[["doc_id", "name"]].to_numpy().tolist())
    put_right(known, "法治督察1次", "value", 2)
    with open_workspace(known) as opened, opened.engine.connect() as connection, connection.begin():
        view = View(connection)
        held = read_comparisons(view, corrected(view).export)
        coverage, tracking = held.coverage(), held.tracking()
    anew = {names[doc_id] for doc_id in coverage.loc[coverage["score"] != 0.5, "doc_id"]}
    assert anew == {"other.txt"}
    assert [names[doc_id] for doc_id in dict.fromkeys(coverage["doc_id"])] == list(names.values())
    assert set(tracking.loc[tracking["score"] != 0.5, "plan"].map(names)) == {"other.txt"}


def test_a_workspace_that_a_run_did_not_end_for_is_compared_whole(known: Path, made: Path) -> None:
    with open_workspace(known) as opened, opened.writing() as tx:
        for table in (derived.coverages, derived.trackings):
            tx.execute(table.delete())
        tx.execute(update(derived.publications).values(to_compare="source"))
    assert run("track", "--workspace", known) == run("track", "--from", made / "out")
    assert run("gaps", "--workspace", known) == run("gaps", "--from", made / "out")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(("track",), "expected --from FOLDER, which analyze wrote, or --workspace FOLDER, got neither", id="none"),
        pytest.param(
            ("gaps", "--from", "a", "--workspace", "b"), "or --workspace FOLDER, got both", id="both of them"
        ),
        pytest.param(("compare", "--from", "a", "--db", "sqlite:///x.db"), "expected --db with --workspace", id="--db of a folder"),
        pytest.param(("table", "--workspace", "nowhere", "-o", "t.csv"), "expected a workspace that fazhi crawl made", id="nowhere"),
        pytest.param(("export", "--records", "-o", "r", "--workspace", "empty"), "`fazhi run --workspace empty` first", id="never run"),
    ],
)  # fmt: skip
def test_a_source_that_is_none_is_one_sentence(
    words: tuple[str, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with open_workspace(Path("empty")):
        pass
    told = run(*words, code=1)
    assert message in " ".join(told.split())
    assert len(told.strip().splitlines()) == 1
    assert not (tmp_path / "nowhere").exists()
    assert not (tmp_path / "t.csv").exists()


def test_a_folder_has_its_records_already(made: Path, tmp_path: Path) -> None:
    told = run("export", "--from", made / "out", "--records", "-o", tmp_path / "records", code=1)
    assert "expected --records with --workspace" in told
    assert not (tmp_path / "records").exists()


def test_the_environment_names_the_database_of_a_workspace_and_no_folder_minds(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAZHI_DB", f"sqlite:///{made / 'w' / 'fazhi.db'}")
    assert run("track", "--from", made / "out")
    monkeypatch.setenv("FAZHI_DB", f"sqlite:///{tmp_path / 'none.db'}")
    assert "is not there" in run("track", "--workspace", made / "w", code=1)


def test_an_answer_without_a_row_is_told_and_no_file_is_written(made: Path, tmp_path: Path) -> None:
    told = run("table", "--workspace", made / "w", "--year", "1999", "-o", tmp_path / "t.csv", code=1)
    assert "no row of" in told
    assert "there are year: 2024, 2025" in " ".join(told.split())
    report = analyze_page(Page("report.txt", PAPERS["report.txt"].encode()))
    write_export([report], tmp_path / "one")
    told = run("track", "--from", tmp_path / "one", "-o", tmp_path / "t.jsonl", code=1)
    assert "no target in" in told
    same = {"a.txt": PAPERS["other.txt"], "b.txt": PAPERS["other.txt"] + "\n附件略\n"}
    write_export((analyze_page(Page(name, text.encode())) for name, text in same.items()), tmp_path / "two")
    told = run("diff", "a.txt", "b.txt", "--from", tmp_path / "two", "-o", tmp_path / "d.jsonl")
    assert "0处变化" in told
    assert "nothing was written to" in told
    assert [path.suffix for path in tmp_path.iterdir() if path.is_file()] == []


def test_an_answer_can_be_asked_for_without_the_command(made: Path) -> None:
    assert answer_track(made / "out", None).lines == answer_track(
        open_source(None, made / "w", is_compared=True), None
    ).lines  # fmt: skip
