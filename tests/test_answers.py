"""The comparing commands as a user runs them, on the bundled corpus and on small texts."""

import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from docx import Document as open_docx
from typer.testing import CliRunner

from pipeline.analyze import analyze_paths
from pipeline.answers import newest_plans
from pipeline.cli import app
from pipeline.records import Analysis
from pipeline.tables import write_export
from tests import factories
from tests.exports import export_of, paper

CITY = "lanling-plan-2024.html"
COUNTIES = ("fengyuan", "hexiu", "huayan", "qingcha", "yanzhu", "zhanpu")


def run(*words: object, code: int = 0) -> str:
    """Run the command; return what it told, on stdout and on stderr where it failed."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, demo_corpus: Path) -> Path:
    folder = tmp_path_factory.mktemp("answers") / "out"
    analyze_paths(sorted(path for path in demo_corpus.iterdir() if path.suffix in {".txt", ".html"}), folder)
    return folder


def read(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def names(out: Path) -> dict[str, str]:
    return {str(row["doc_id"]): str(row["name"]) for row in read(out / "documents.jsonl")}


@pytest.fixture(scope="module")
def against_city(out: Path) -> list[dict[str, object]]:
    plans = [word for county in COUNTIES for word in ("--document", f"{county}-plan-2024")]
    run("gaps", "--from", out, "--reference", CITY, *plans, "-o", out.parent / "city.jsonl")
    return read(out.parent / "city.jsonl")


def test_every_promised_gap_is_found_and_no_other(
    against_city: list[dict[str, object]], names: dict[str, str], demo_corpus: Path
) -> None:
    promised = {
        (each["kind"], each["document"])
        for each in read(demo_corpus / "differences.jsonl")
        if each["reference"] == CITY
    }
    kinds = {"target_lower": "lower_target", "deadline_later": "later_deadline", "lead_absent": "lead_absent"}
    found = {
        (kinds[remark["kind"]], names[str(row["doc_id"])])
        for row in against_city
        for remark in row["remarks"]  # type: ignore[attr-defined]  # a list, by the codebook
    }
    gone = [names[str(row["doc_id"])] for row in against_city if row["status"] != "covered"]
    assert gone == ["huayan-plan-2024.html"] * 2
    assert found | {("dropped_task", name) for name in gone} == promised


def test_the_one_missed_target_and_the_other_unit_are_told(out: Path) -> None:
    told = run("track", "--from", out)
    assert [line for line in told.splitlines() if "未达到：" in line] == [
        "  未达到：行政诉讼败诉率——目标控制在8%以内，报告为9.6%，超出1.6个百分点，未达到目标；报告另有上升2.2个百分点"
    ]
    assert "不可比：行政执法人员…参加培训——目标每年不少于60学时，报告为9天；单位不同（学时与天）" in told


def test_gaps_against_the_outline_has_a_row_an_item_and_document(out: Path, tmp_path: Path) -> None:
    told = run("gaps", "--from", out, "-o", tmp_path / "coverage.jsonl")
    rows = read(tmp_path / "coverage.jsonl")
    assert len({(row["doc_id"], row["item"]) for row in rows}) == len(rows) == 16 * 35
    assert f"{len(rows)} rows -> " in told


def test_compare_tells_rank_and_reason(out: Path) -> None:
    told = run("compare", "--from", out, "--indicator", "行政诉讼败诉率", "--year", 2024, "--stance", "结果")
    assert "  2024　禾岫县　5.3%，5个同级地区中第1" in told
    assert "目标" not in told


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet", ".xlsx"])
@pytest.mark.parametrize("command", ["compare", "gaps", "track"])
def test_an_answer_is_written_in_every_format(command: str, suffix: str, out: Path, tmp_path: Path) -> None:
    path = tmp_path / f"answer{suffix}"
    run(command, "--from", out, "-o", path)
    read_back = {
        ".jsonl": lambda: len(read(path)),
        ".csv": lambda: len(pd.read_csv(path)),
        ".parquet": lambda: len(pd.read_parquet(path)),
        ".xlsx": lambda: len(openpyxl.load_workbook(path).sheetnames),
    }
    assert read_back[suffix]() > 5


def test_the_wide_form_and_the_pairs_are_written(out: Path, tmp_path: Path) -> None:
    run("compare", "--from", out, "--heading", 7, "--wide", "-o", tmp_path / "w.csv", "--pairs", tmp_path / "p.csv")
    assert {"青汊县", "禾岫县"} <= set(pd.read_csv(tmp_path / "w.csv").columns)
    assert set(pd.read_csv(tmp_path / "p.csv")["is_comparable"]) == {True, False}


def test_diff_tells_changes_and_origins(out: Path) -> None:
    told = run("diff", "zhanpu-report-2023", "zhanpu-report-2024", "--from", out)
    assert "zhanpu" not in told.splitlines()[0]  # documents are called by their titles
    assert "处变化" in told.splitlines()[0]
    origins = run("diff", CITY, "qingcha-plan", "--origin", "--from", out)
    assert "放宽：二、聚焦职能转变" in origins


def test_the_report_has_its_sheets_and_the_notice_names_what_is_missing(out: Path, tmp_path: Path) -> None:
    book, notice = tmp_path / "report.xlsx", tmp_path / "notice.docx"
    words = ("--reference", "outline", "--reference", CITY, "--signed", "澜陵市司法局", "--date", "2024-05-20")
    run("report", "--from", out, "-o", book, "--notice", notice, *words)
    assert {"封面", "总览", "缺口矩阵", "跟踪", "指标比较", "来源", "说明"} <= set(
        openpyxl.load_workbook(book).sheetnames
    )
    told = open_docx(str(notice))
    cells = "\n".join(cell.text for table in told.tables for row in table.rows for cell in row.cells)
    assert "9.开展实施效果评估" in cells
    assert "澜陵市司法局" in "\n".join(paragraph.text for paragraph in told.paragraphs)
    assert "2009" not in cells  # an older plan is not held against this year's tasks


@pytest.mark.slow
def test_pictures_are_drawn_for_what_several_places_have(out: Path, tmp_path: Path) -> None:
    run("report", "--from", out, "-o", tmp_path / "report.xlsx", "--pictures", tmp_path / "pictures")
    drawn = {path.stem.partition("-")[0] for path in (tmp_path / "pictures").iterdir()}
    assert drawn == {"coverage", "deadlines", "indicator", "years"}


def test_the_data_package_is_the_same_when_repeated(out: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        run("export", "--from", out, "-o", tmp_path / name)
    files = [path.relative_to(tmp_path / "a") for path in sorted((tmp_path / "a").rglob("*")) if path.is_file()]
    assert {"manifest.json", "codebook.csv", "datapackage.json", "CITATION.cff"} <= {path.name for path in files}
    assert all((tmp_path / "a" / path).read_bytes() == (tmp_path / "b" / path).read_bytes() for path in files)


def test_the_export_names_its_inputs_rules_and_models(out: Path) -> None:
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert len(manifest["inputs"]["documents"]) == 16
    assert {"headings", "confidence", "coverage", "similarity"} <= set(manifest["models"])
    assert manifest["options"] == {"explain": False, "min_confidence": 0.0}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ("gaps", "--reference", "nowhere-plan"), "no document 'nowhere-plan'; there are", id="an unknown plan"
        ),
        pytest.param(("gaps", "--reference", "hexiu"), "names 3 documents, expected one", id="a name of several"),
        pytest.param(("diff", CITY, CITY), "expected two documents", id="a document against itself"),
        pytest.param(
            ("compare", "--indicator", "行政诉讼败诉"),
            "litigation_loss_rate (行政诉讼败诉率)",
            id="an indicator that is called otherwise",
        ),
        pytest.param(("compare", "--year", "1999"), "no value in", id="a year without values"),
        pytest.param(("compare", "--heading", "11"), "no heading '11'; there are", id="an unknown heading"),
        pytest.param(("track", "-o", "answer.txt"), "no table format '.txt'", id="an unknown format"),
        pytest.param(("compare", "--wide", "-o", "a.xlsx"), "expected --wide with .csv", id="a workbook in wide form"),
        pytest.param(("compare", "--pairs", "a.xlsx"), "expected --pairs with .csv", id="a workbook of pairs"),
        pytest.param(
            ("report", "-o", "a.xls2"), "expected a file that ends in .xlsx", id="a report with another ending"
        ),
        pytest.param(
            ("gaps", "--reference", CITY, "--document", CITY),
            "expected other documents than the reference",
            id="a plan against itself",
        ),
        pytest.param(
            ("gaps", "--reference", "hexiu-report-2024"), "expected outline or a plan", id="a report hands out no tasks"
        ),
        pytest.param(
            ("track", "--plan", "hexiu-plan", "--report", "qingcha-report"),
            "of one place, got 禾岫县 and 青汊县",
            id="two places",
        ),
        pytest.param(("track", "--report", "hexiu-plan"), "expected a report, got", id="a plan for a report"),
    ],
)
def test_a_question_that_cannot_be_answered_is_one_sentence(words: tuple[str, ...], message: str, out: Path) -> None:
    told = run(*words, "--from", out, code=1)
    assert told.startswith("fazhi: ")
    assert message in " ".join(told.split())
    assert len(told.strip().splitlines()) == 1


@pytest.mark.parametrize("command", ["compare", "gaps", "track"])
def test_an_export_that_is_not_there_is_told(command: str, tmp_path: Path) -> None:
    assert "no folder" in run(command, "--from", tmp_path / "nowhere", code=1)


def test_a_report_on_one_document_without_a_value_is_written(tmp_path: Path) -> None:
    write_export([factories.analysis(factories.document())], tmp_path / "out")
    run("report", "--from", tmp_path / "out", "-o", tmp_path / "report.xlsx")
    assert "缺口矩阵" in openpyxl.load_workbook(tmp_path / "report.xlsx").sheetnames


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2)])
def test_a_notice_is_about_the_plan_of_each_place_whatever_the_order(order: tuple[int, ...]) -> None:
    texts = {
        "plan": paper("青榆县", 2024, "行政诉讼败诉率控制在8%以内。"),
        "old": paper("青榆县", 2023, "行政诉讼败诉率控制在9%以内。"),
        "matter": "青榆县司法局关于开展2024年行政执法案卷评查的通知\n一、内容\n1.6月底前完成案卷评查。\n青榆县人民政府\n2024年5月6日\n",
        "report": paper("青榆县", 2024, "行政诉讼败诉率为7%。", kind="工作报告"),
    }
    names = [list(texts)[place] for place in order]
    documents = export_of(**{name: texts[name] for name in names}).documents
    (chosen,) = newest_plans(documents[documents["body"].isna()], documents["doc_id"], "outline")
    assert documents.set_index("doc_id").loc[chosen, "name"] == "plan.txt"


def test_plans_of_places_that_nobody_knows_are_kept_apart() -> None:
    text = "法治政府建设工作计划\n一、重点任务\n1.行政诉讼败诉率控制在{}%以内。\n"
    documents = export_of(a=text.format(5), b=text.format(6)).documents
    assert len(newest_plans(documents, documents["doc_id"], "outline")) == 2


def test_nothing_is_said_to_lack_in_a_document_that_was_read_badly(tmp_path: Path) -> None:
    plan = factories.analysis()
    other = factories.document(name="garbled.txt", text=factories.TEXT.replace("县", "\ufffd"), quality=0.2)
    write_export([plan, Analysis(other, (), ())], tmp_path / "out")
    told = run("diff", "qingyu", "garbled", "--from", tmp_path / "out", code=1)
    assert "garbled.txt was read too badly (quality 0.2) to say what it lacks" in told


def test_a_notice_asks_no_county_for_legislation(out: Path, tmp_path: Path) -> None:
    notice = tmp_path / "notice.docx"
    run("report", "--from", out, "-o", tmp_path / "r.xlsx", "--notice", notice, "--place", "青汊县")
    told = open_docx(str(notice))
    cells = [cell.text for table in told.tables for row in table.rows for cell in row.cells]
    assert "2 主要原则" in cells
    assert not any("立法" in cell for cell in cells)
    assert "禾岫县" not in "".join(paragraph.text for paragraph in told.paragraphs)
