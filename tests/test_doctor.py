"""The doctor finds a whole installation whole, and says of a file of indicators what is wrong with which entry."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from pipeline.cli import app
from pipeline.doctor import check_environment, check_indicators, check_installation, check_requirements
from pipeline.errors import NotFoundError, ReferenceDataError
from pipeline.reference import indicators
from pipeline.reference.custom import check_files, read_indicators

NIGHT_MARKET = """
indicators:
  - id: night_market_inspections
    name: 夜市检查次数
    item: 14
    kind: count
    unit: 次
    synonyms: [夜市检查, 检查夜市摊点]
    near_misses: [夜市摊位数]
    near_miss_ids: [administrative_inspections]
"""
REPORT = (
    "青禾县人民政府关于2023年度法治政府建设情况的报告\n\n市人民政府：\n2023年，青禾县推进法治政府建设。现将情况报告如下。\n"
    "一、规范执法\n全年开展夜市检查42次，办理行政处罚案件312件。\n青禾县人民政府\n2024年1月16日\n"
)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def written(folder: Path, content: str, name: str = "mine.yaml") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def entry(**fields: object) -> str:
    """A file of one right entry, but for *fields*; None leaves one out."""
    right: dict[str, object] = {
        "id": "night_market_inspections", "name": "夜市检查次数", "item": 14, "kind": "count", "unit": "次", "synonyms": ["夜市检查"],
    }  # fmt: skip
    row = {name: value for name, value in {**right, **fields}.items() if value is not None}
    return json.dumps({"indicators": [row]}, ensure_ascii=False)


def test_the_installation_is_whole() -> None:
    found = check_installation()
    assert found.problems == ()
    assert any(line.startswith(f"indicators: {len(indicators())} ") for line in found.lines)


def test_every_requirement_is_listed_with_its_version_and_what_belongs_to_an_extra_apart() -> None:
    needed, *extras = check_environment().lines[1:]
    names = {one.split(" ")[0] for one in needed.split(", ")}
    assert {"pandas", "spacy", "matplotlib", "scikit-learn", "jinja2"} <= names
    of_extra = {line.split(" ")[0]: line.rsplit("only the extra ", 1)[1] for line in extras}
    assert of_extra["jieba"] == of_extra["trafilatura"] == "bench needs it"
    assert of_extra["rapidocr"] == "ocr needs it"
    assert "selectolax" in names


def test_a_requirement_that_is_missing_is_a_problem_and_one_of_an_extra_is_none() -> None:
    found = check_requirements(["no-such-thing[x]>=2,<3", "typer>=0.15", "nor_this>=1 ; extra == 'bench'"])
    assert len(found.lines) == 2
    assert found.lines[0].startswith("typer ")
    assert found.lines[1] == "nor_this is not installed; only the extra bench needs it"
    assert found.problems == ("expected no-such-thing[x]>=2,<3 to be installed, but it is not: install fazhi again",)


def test_a_package_that_is_not_installed_itself_is_a_problem() -> None:
    found = check_environment("no-such-package")
    assert found.lines == ()
    assert found.problems == ("expected no-such-package to be installed, but it is not: install it again",)


def test_a_module_without_which_nothing_can_be_looked_at_is_named_in_one_sentence() -> None:
    code = (
        "import sys; sys.modules['ahocorasick_rs'] = None; sys.argv = ['fazhi', 'doctor']\n"
        "from pipeline.cli import main; main()"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.strip().endswith("the module ahocorasick_rs is missing: install fazhi again")
    assert len(ended.stderr.strip().splitlines()) == 1


def test_the_command_says_what_it_found() -> None:
    result = run("doctor")
    assert result.exit_code == 0
    assert "35 items" in result.output
    assert "all is right" in result.output


def test_a_right_file_adds_its_indicators(tmp_path: Path) -> None:
    path = written(tmp_path, NIGHT_MARKET)
    catalogue = {indicator.id: indicator for indicator in read_indicators([path])}
    assert len(catalogue) == len(indicators()) + 1
    added = catalogue["night_market_inspections"]
    assert (added.heading, added.item, added.direction, added.name_en) == (5, "14", "neutral", "夜市检查次数")
    result = run("doctor", "--indicators", path)
    assert result.exit_code == 0
    assert "1 indicators added, 0 changed" in result.output


def test_an_entry_of_the_catalogue_changes_in_the_fields_that_are_given(tmp_path: Path) -> None:
    path = written(tmp_path, "indicators: [{id: penalty_cases, direction: higher_better}]")
    before = {indicator.id: indicator for indicator in indicators()}["penalty_cases"]
    after = {indicator.id: indicator for indicator in read_indicators([path])}["penalty_cases"]
    assert (before.direction, after.direction) == ("neutral", "higher_better")
    assert after.synonyms == before.synonyms


def test_a_later_file_wins(tmp_path: Path) -> None:
    first = written(tmp_path, entry(name_en="one"), "first.yaml")
    second = written(tmp_path, "indicators: [{id: night_market_inspections, name_en: two}]", "second.yaml")
    custom = check_files([first, second])
    assert custom.problems == ()
    assert custom.catalogue[-1].name_en == "two"


def test_a_file_is_named_as_a_path_or_in_letters_alone_or_among_others(tmp_path: Path) -> None:
    path = written(tmp_path, NIGHT_MARKET)
    catalogue = read_indicators([path])
    assert len(catalogue) == len(indicators()) + 1
    assert read_indicators(path) == read_indicators(str(path)) == read_indicators([str(path)]) == catalogue
    assert read_indicators([]) == indicators()


def test_null_clears_what_an_indicator_may_do_without(tmp_path: Path) -> None:
    reviews = next(one for one in indicators() if one.period and one.every is None)
    path = written(tmp_path, f"indicators: [{{id: {reviews.id}, period: null, bound: null}}]")
    assert check_indicators([path]).problems == ()
    after = {one.id: one for one in read_indicators(path)}[reviews.id]
    assert (after.period, after.bound, after.synonyms) == (None, None, reviews.synonyms)


def test_a_key_that_overrides_a_merged_one_is_no_second_one(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "indicators:\n"
        "  - &first {id: night_market_inspections, name: 夜市检查次数, item: 14, kind: count, unit: 次, synonyms: [夜市检查]}\n"
        "  - {<<: *first, id: dawn_market_inspections, name: 早市检查次数, synonyms: [早市检查]}\n",
    )
    assert check_files(path).problems == ()
    assert [one.name for one in read_indicators(path)[-2:]] == ["夜市检查次数", "早市检查次数"]


@pytest.mark.parametrize(
    "second", ["indicators: []", entry(id="dawn_market", name="早市检查次数", synonyms=["早市检查"])]
)
def test_a_stray_is_blamed_on_the_file_that_it_came_from(tmp_path: Path, second: str) -> None:
    first = written(tmp_path, entry(synonyms=["开展了行政检查"]), "first.yaml")
    (problem,) = check_indicators([first, written(tmp_path, second, "second.yaml")]).problems
    assert problem.startswith(f"{first}, night_market_inspections: expected a value called 开展了行政检查")


def test_a_file_that_changed_is_read_again(tmp_path: Path) -> None:
    path = written(tmp_path, entry(name_en="one"))
    assert read_indicators([path])[-1].name_en == "one"
    path.write_text(entry(name_en="another"), encoding="utf-8")
    assert read_indicators([path])[-1].name_en == "another"


WRONG = [
    pytest.param("indicators: [", "the file.*cannot be read: line 1", id="no YAML"),
    pytest.param(
        "indicators:\n  - id: x\n    unit: 次\n    unit: 件\n", "cannot be read: line 4: the key unit .* a second time$", id="a key twice"
    ),
    pytest.param("indicators: []\nindicators: []", "line 2: the key indicators .* a second time$", id="a list twice"),
    pytest.param("indicators: [{id: 2024-13-45}]", "the file.*cannot be read: month", id="a date that is none"),
    pytest.param("- id: x", "the file.*one key indicators, but got list", id="a list at the top"),
    pytest.param("indicator: []", "the file.*but got indicator", id="a misspelt key"),
    pytest.param("indicators: [5]", "entry 1.*but got int", id="an entry that is no mapping"),
    pytest.param(entry(id="夜市"), "expected an id of small letters.*夜市", id="an id in Chinese"),
    pytest.param(entry(id=None), "entry 1.*expected an id of small letters.*None", id="no id"),
    pytest.param(entry(sinonyms=["x"]), "night_market_inspections.*expected fields out of.*but got sinonyms", id="unknown"),
    pytest.param(entry(kind=None, unit=None), "expected kind, unit too", id="fields missing"),
    pytest.param(entry(kind="number"), "'number' is none of count, percent", id="a kind outside the set"),
    pytest.param(entry(direction="up"), "'up' is none of higher_better", id="a direction outside the set"),
    pytest.param(entry(period="decade"), "'decade' is none of year", id="a period outside the set"),
    pytest.param(entry(item=40), "there is no item 40", id="an item that is not there"),
    pytest.param(entry(heading=3), "item 14 is in heading 5, not 3", id="a heading of another item"),
    pytest.param(entry(alt_headings=[11]), "unknown alt_headings", id="an eleventh heading"),
    pytest.param(entry(kind="percent"), "a percent is not given in '次'; expected %", id="a percent in times"),
    pytest.param(entry(kind="deadline", unit="件"), "a deadline is not given in '件'; expected 日期", id="a deadline in cases"),
    pytest.param(entry(unit="万元"), "a count is not given in '万元'", id="a count in money"),
    pytest.param(entry(every=2), "expected a period beside it", id="every without a period"),
    pytest.param("indicators: [{id: penalty_cases, unit: null}]", "expected text as unit, but got None", id="null for a unit"),
    pytest.param("indicators: [{id: penalty_cases, nearest: null}]", "true or false as nearest, but got None", id="null for a switch"),
    pytest.param(entry(synonyms="夜市检查"), "expected a list, each text, as synonyms", id="a synonym without brackets"),
    pytest.param(entry(synonyms=[12345]), "expected a list, each text, as synonyms", id="a synonym that is a number"),
    pytest.param(entry(synonyms=["夜市检查", "夜市检查"]), "occur twice", id="a synonym twice"),
    pytest.param(entry(nearest="yes"), "expected true or false as nearest", id="a switch that is text"),
    pytest.param(entry(synonyms=["行政处罚案件"]), "行政处罚案件 already belongs to penalty_cases", id="another's synonym"),
    pytest.param(entry(near_miss_ids=["nobody"]), "near_miss_ids names nobody", id="a look-alike that is not there"),
    pytest.param(entry(near_miss_ids=["night_market_inspections"]), "names the indicator itself", id="its own look-alike"),
    pytest.param(entry(near_misses=["夜市检查"]), "look-alike 夜市检查 is a name of its own", id="a look-alike it is called"),
    pytest.param(
        entry(near_misses=["行政处罚案件"]), "is a name of penalty_cases, expected that id", id="a look-alike without its id"
    ),
    pytest.param(
        entry(synonyms=["开展了行政检查"]),
        "called 开展了行政检查 to be found as it, but administrative_inspections",
        id="a synonym that is found as another",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("content", "message"), WRONG)
def test_each_mistake_is_one_sentence_with_file_and_entry(tmp_path: Path, content: str, message: str) -> None:
    path = written(tmp_path, content)
    problems = check_indicators([path]).problems
    assert len(problems) == 1
    assert problems[0].startswith(f"{path}, ")
    assert "\n" not in problems[0]
    assert re.search(message, problems[0])


def test_all_mistakes_are_told_and_the_exit_code_is_one(tmp_path: Path) -> None:
    path = written(tmp_path, entry(kind="number", direction="up", near_miss_ids=["nobody"]))
    result = run("doctor", "--indicators", path)
    assert result.exit_code == 1
    assert result.output.count("mine.yaml") == 4  # what was found, and three sentences
    with pytest.raises(ReferenceDataError, match="and 2 more: fazhi doctor lists them"):
        read_indicators([path])


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = run("doctor", "--indicators", tmp_path / "none.yaml")
    assert result.exit_code == 1
    assert f"expected a file of indicators {tmp_path / 'none.yaml'}, but there is none" in result.output
    with pytest.raises(NotFoundError, match=r"expected a file of indicators .*none\.yaml, but there is none"):
        read_indicators(str(tmp_path / "none.yaml"))


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_analyze_links_values_to_them_in_every_process(tmp_path: Path, jobs: str) -> None:
    report = written(tmp_path, REPORT, "report.txt")
    catalogue = written(tmp_path, NIGHT_MARKET)
    result = run("analyze", report, "-o", tmp_path / "out", "--jobs", jobs, "--indicators", catalogue)
    assert result.exit_code == 0
    lines = (tmp_path / "out" / "commitments.jsonl").read_text(encoding="utf-8").splitlines()
    linked = {row["value"]: row["indicators"] for row in map(json.loads, lines)}
    assert linked == {42: ["night_market_inspections"], 312: ["penalty_cases"]}


def test_analyze_refuses_a_wrong_file_before_it_begins(tmp_path: Path) -> None:
    report = written(tmp_path, REPORT, "report.txt")
    result = run("analyze", report, "-o", tmp_path / "out", "--indicators", written(tmp_path, entry(kind="number")))
    assert result.exit_code == 1
    assert "'number' is none of" in result.output
    assert not (tmp_path / "out").exists()


def test_an_indicator_of_ones_own_is_named_in_the_page_the_table_and_spacy(tmp_path: Path) -> None:
    yaml = written(tmp_path, NIGHT_MARKET)
    plan = tmp_path / "plan.txt"
    plan.write_text("青榆县2024年法治政府建设工作计划\n一、规范执法\n每年开展夜市检查不少于20次。\n", encoding="utf-8")
    out = tmp_path / "out"
    assert run("analyze", plan, "-o", out, "--html", "--indicators", yaml).exit_code == 0
    assert "夜市检查次数" in (out / "html" / "plan.html").read_text(encoding="utf-8")
    assert run("table", "--from", out, "-o", tmp_path / "t.xlsx", "--indicators", yaml).exit_code == 0
    cells = [cell.value for sheet in load_workbook(tmp_path / "t.xlsx") for row in sheet for cell in row]
    assert "夜市检查次数" in cells
    nlp = spacy.blank("zh")
    nlp.add_pipe("fazhi_sections")
    nlp.add_pipe("fazhi_commitments", config={"indicators": [str(yaml)]})
    doc = nlp(plan.read_text(encoding="utf-8"))
    (span,) = doc.spans["fazhi_commitments"]
    assert span._.commitment["indicators"] == ("night_market_inspections",)
