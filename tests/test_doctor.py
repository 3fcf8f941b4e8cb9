"""The doctor finds a whole installation whole, and says what is wrong with indicators, sources and workspaces."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import spacy
from openpyxl import load_workbook
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from pipeline.cli import app
from pipeline.doctor import (
    check_environment,
    check_indicators,
    check_installation,
    check_requirements,
    check_sources,
    check_workspace,
)
from pipeline.emulator.battery import battery_site
from pipeline.emulator.families import kinds
from pipeline.emulator.server import Emulator
from pipeline.emulator.world import sources_toml
from pipeline.errors import NotFoundError, ReferenceDataError
from pipeline.reference import indicators
from pipeline.reference.custom import check_files, read_indicators
from pipeline.scrape.crawl import Settings, crawl
from pipeline.scrape.sources import read_sources

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


# --- sources -----------------------------------------------------------------------------------------------------------


def sources(folder: Path, *tables: str, head: str = "") -> Path:
    """A file of sources: what each table says beside an id, a name and an entry of its own."""
    texts = []
    for number, table in enumerate(tables, start=1):
        given = {line.split(" = ")[0] for line in table.splitlines()}
        own = {"id": f'"s{number}"', "name": '"云岭县 法治政府建设"', "entry": f'"http://www.s{number}.gov.cn/zwgk/"'}
        lines = [f"{name} = {value}" for name, value in own.items() if name not in given]
        texts.append("\n".join(["[[source]]", *lines, table]))
    return written(folder, "\n".join([head, *texts]), "mine.toml")


def test_the_bundled_sources_are_right_and_stand_behind_the_option_without_a_name() -> None:
    result = run("doctor", "--sources")
    assert result.exit_code == 0, result.output
    assert "corpora/sources.toml: " in result.output
    assert "by province: " in result.output
    assert "all is right" in result.output


def test_a_file_of_sources_is_counted(tmp_path: Path) -> None:
    path = sources(
        tmp_path,
        'place = "320102"\nfamily = "trs"\nvisited = true',
        'place = "320100"\nlevel = "prefecture"',
        'place_name = "云岭县"',
        head='contact = "me@example.test"',
    )
    result = run("doctor", "--sources", path)
    assert result.exit_code == 0, result.output
    assert "3 sources, 1 of them visited by somebody; contact me@example.test" in result.output
    assert "by level: county 2, prefecture 1" in result.output
    assert "by family: auto 2, trs 1" in result.output
    assert "by province: 江苏省 2, unknown 1" in result.output
    assert "remark" not in result.output


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        pytest.param(['place = "990101"'], "s1: place: expected a code of the list of places, got 990101", id="a code of nowhere"),
        pytest.param(['place = "320100"'], "s1: level: expected prefecture, which 江苏省南京市 is, got county", id="a city as a county"),
        pytest.param(['place = "320102"\nlevel = "province"'], "s1: level: expected county", id="a district as a province"),
        pytest.param(["expect = [0, 0]"], "s1: expect: expected a range in which a document may be", id="a range of nothing"),
        pytest.param(["expect = [1, 90000]"], "s1: expect: expected at most", id="a range of anything"),
        pytest.param(['kind = "article"\nexpect = [2, 4]'], "s1: expect: expected one document of an article", id="an article of two"),
        pytest.param(
            ['entry = "http://www.a.gov.cn/zwgk/index.html"', 'entry = "https://a.gov.cn/zwgk/"'],
            "s2: expected a page of its own, but s1 has the same entry",
            id="the same page by another address",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_right_about_a_source_is_one_sentence(tmp_path: Path, tables: list[str], message: str) -> None:
    found = check_sources(sources(tmp_path, *tables))
    assert len(found.problems) == 1
    assert message in found.problems[0]


@pytest.mark.parametrize(
    ("table", "remark"),
    [
        pytest.param('entry = "http://www.a.com/zwgk/"\nhosts = ["www.a.com"]', "www.a.com is not under gov.cn", id="a host"),
        pytest.param('entry = "http://www.a.gov.cn/gkmlpt/index"\nfamily = "trs"', "looks like gkmlpt, the table says trs", id="a path"),
        pytest.param('entry = "http://www.a.gov.cn/col/col1/index.html"\nfamily = "vsb"', "looks like hanweb or", id="one of several"),
        pytest.param('entry = "http://www.a.gov.cn/#/zwgk"', "behind # that no server sees", id="a page of scripts"),
        pytest.param('place = "110104"', "is a code that ended in", id="a district that was merged"),
        pytest.param('entry = "http://www.a.gov.cn/col/col1/index.html"\nfamily = "jpaas"', "", id="a family that fits"),
        pytest.param('entry = "http://www.a.gov.cn/gkmlpt/index"', "", id="a family that is not known"),
        pytest.param('entry = "http://www.a.gov.cn/zwgk/fzzfjs/"\nfamily = "vsb"', "", id="a shape that anything may have"),
        pytest.param('place = "320102"\nlevel = "township"', "", id="a town, which has no code"),
        pytest.param('place = "320100"\nplace_name = "江北新区"', "", id="a new area, which has none either"),
    ],
)  # fmt: skip
def test_what_is_worth_a_second_look_is_a_remark_and_no_problem(tmp_path: Path, table: str, remark: str) -> None:
    found = check_sources(sources(tmp_path, table))
    assert found.problems == ()
    remarks = [line for line in found.lines if line.startswith("remark: s1: ")]
    assert len(remarks) == bool(remark)
    assert remark in "".join(remarks)


def test_remarks_are_counted_where_there_are_many(tmp_path: Path) -> None:
    many = [f'entry = "http://www.a{number}.gov.cn/#/x"' for number in range(40)]
    assert check_sources(sources(tmp_path, *many)).lines[-1] == "10 more remarks"


def test_each_mistake_in_a_file_of_sources_is_a_sentence_of_its_own(tmp_path: Path) -> None:
    path = sources(tmp_path, 'family = "trss"\nexpect = [3, 1]', 'place = "32"')
    result = run("doctor", "--sources", path)
    assert result.exit_code == 1
    assert result.output.count("mine.toml: source s") == 3
    assert "all is right" not in result.output


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("[[source]", "expected a TOML file in UTF-8", id="no TOML"),
        pytest.param("contact = 'x'", "expected [[source]] tables, got none", id="no tables"),
        pytest.param("source = 5", "expected [[source]] tables, got none", id="a number"),
    ],
)
def test_a_file_that_holds_no_sources_is_named(tmp_path: Path, content: str, message: str) -> None:
    (problem,) = check_sources(written(tmp_path, content, "mine.toml")).problems
    assert message in problem


def test_a_file_of_sources_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = run("doctor", "--sources", tmp_path / "none.toml")
    assert result.exit_code == 1
    assert "there is no such file of sources" in result.output


# --- a workspace -------------------------------------------------------------------------------------------------------

CITY = {
    "www.good.test": [],
    "www.wall.test": ["challenge_412"],
    "www.twice.test": ["repeated_pages"],
}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace after a crawl of three sites, one of them good."""
    sites = {
        host: battery_site("feeds" if not quirks else "trs", host=host, quirks=quirks) for host, quirks in CITY.items()
    }
    folder = tmp_path_factory.mktemp("city")
    with Emulator(lambda week: sites) as emulator:
        listed = sources_toml(sites, kinds(), connect=emulator.connect, delay_s=0.001)
        listed = re.sub(r"expect = .*", "expect = [0, 500]", listed)
        found = read_sources(written(folder, listed, "city.toml")).sources
        crawl(found, folder / "workspace", Settings(contact="me@example.test"))
    return folder / "workspace"


@pytest.fixture
def workspace(crawled: Path, tmp_path: Path) -> Path:
    """A copy of that workspace, to be damaged."""
    return Path(shutil.copytree(crawled, tmp_path / "workspace"))


def change(workspace: Path, *statements: str) -> None:
    """Write to the database of a workspace behind its back."""
    with closing(sqlite3.connect(workspace / "fazhi.db")) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


def test_a_workspace_shows_the_state_of_each_source_and_what_can_be_done(crawled: Path) -> None:
    found = check_workspace(crawled)
    table = {line.split()[0]: line for line in found.lines if "-test " in line}
    assert "正常" in table["good-test"]
    assert "被防护系统拦截" in table["wall-test"]
    assert "翻页重复" in table["twice-test"]
    assert "3个来源，1个正常，2个需要查看" in found.lines
    assert any(line.startswith("处理办法（被防护系统拦截）") for line in found.lines)
    assert any(line.startswith("暂停访问 wall.test：") for line in found.lines)
    assert any(re.match(r"第1次采集，.* 结束", line) for line in found.lines)
    assert {problem.partition(":")[0] for problem in found.problems} == {"twice-test", "wall-test"}
    assert all("（http://www." in problem for problem in found.problems)


def test_the_columns_of_the_table_stand_below_one_another(crawled: Path) -> None:
    head, *rows = check_workspace(crawled).lines[:4]
    at = {cell_len(line[: line.index(word)]) for line, word in zip((head, *rows), ("状态", *states(rows)), strict=True)}
    assert len(at) == 1


def states(rows: list[str]) -> list[str]:
    return [re.split(r"\s{2,}", row)[2] for row in rows]


def test_the_command_ends_with_one_while_a_source_is_not_good(workspace: Path) -> None:
    result = run("doctor", "--workspace", workspace)
    assert result.exit_code == 1
    assert "wall-test: challenge 被防护系统拦截，" in result.output
    change(workspace, "UPDATE source SET outcome = 'ok', details = '[]'")
    result = run("doctor", "--workspace", workspace)
    assert result.exit_code == 0, result.output
    assert "3个来源，3个正常，0个需要查看" in result.output


def test_a_source_that_no_crawl_has_ended_for_is_not_good(workspace: Path) -> None:
    change(
        workspace,
        "UPDATE source SET outcome = '', details = '[]', checked = NULL, good_at = NULL WHERE id = 'good-test'",
    )
    found = check_workspace(workspace)
    assert any(problem.startswith("good-test: 尚无结果") for problem in found.problems)


def test_a_crawl_that_did_not_end_is_told_with_what_is_left(workspace: Path) -> None:
    change(
        workspace, "UPDATE run SET state = 'running'", "UPDATE step SET state = 'waiting' WHERE source_id = 'wall-test'"
    )
    told = "".join(check_workspace(workspace).lines)
    assert re.search(r"第1次采集，.*没有结束（正在进行，或被意外终止），还有1步", told)
    change(workspace, "UPDATE run SET state = 'stopped'")
    assert "已中断，还有1步" in "".join(check_workspace(workspace).lines)


def test_a_rest_that_is_over_is_not_told(workspace: Path) -> None:
    change(workspace, "UPDATE host SET resting_until = '2020-01-01T00:00:00.000000Z'")
    assert not any(line.startswith("暂停访问") for line in check_workspace(workspace).lines)


def test_doubtful_rows_are_shown_for_somebody_to_judge(workspace: Path) -> None:
    assert "没有存疑的条目" in check_workspace(workspace).lines
    change(
        workspace,
        "UPDATE row SET verdict = 'doubtful', words = '[\"+法治\", \"−示范\"]' WHERE source_id = 'twice-test'",
    )
    lines = check_workspace(workspace).lines
    (at,) = [place for place, line in enumerate(lines) if line.startswith("存疑的条目")]
    assert re.match(r"  twice-test  .+  \[\+法治 −示范\]  http://www\.twice\.test/", lines[at + 1])
    change(workspace, "UPDATE row SET verdict = 'doubtful'")
    number = int(re.sub(r"\D", "", next(line for line in check_workspace(workspace).lines if "存疑的条目" in line)))
    assert (f"  …… 另有{number - 50}条" in check_workspace(workspace).lines) == (number > 50)


def archive(workspace: Path) -> Path:
    return next((workspace / "archive").glob("crawl-*.warc.gz"))


def cut(workspace: Path) -> None:
    path = archive(workspace)
    path.write_bytes(path.read_bytes()[:-100])


def overwrite(workspace: Path) -> None:
    path = archive(workspace)
    path.write_bytes(b"\0" * path.stat().st_size)


@pytest.mark.parametrize(
    ("damage", "messages"),
    [
        pytest.param(lambda workspace: None, [], id="none"),
        pytest.param(cut, ["归档文件不完整"], id="a file that lost its end"),
        pytest.param(lambda workspace: archive(workspace).unlink(), ["归档文件缺失", "归档中找不到 http"], id="a file that is gone"),
        pytest.param(overwrite, ["归档中找不到 http"], id="other bytes"),
        pytest.param(lambda workspace: change(workspace, "UPDATE snapshot SET file = 'crawl-0099.warc.gz'"), ["归档中找不到 http"], id="a file that nobody knows"),
        pytest.param(lambda workspace: change(workspace, "UPDATE snapshot SET \"offset\" = \"offset\" + 1"), ["归档中找不到 http"], id="a place between records"),
    ],
)  # fmt: skip
def test_bytes_that_are_not_where_the_database_says_are_a_problem(
    workspace: Path, damage: Callable[[Path], None], messages: list[str]
) -> None:
    before = set(check_workspace(workspace).problems)
    damage(workspace)
    new = [problem for problem in check_workspace(workspace).problems if problem not in before]
    assert bool(new) == bool(messages)
    assert all(any(problem.startswith(message) for problem in new) for message in messages)
    assert len(new) <= 12  # however much is lost


def test_a_database_that_is_damaged_inside_is_told(workspace: Path) -> None:
    change(workspace, "PRAGMA wal_checkpoint(TRUNCATE)")
    path = workspace / "fazhi.db"
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 5] = b"\xff" * 8192
    path.write_bytes(content)
    problems = " ".join(run("doctor", "--workspace", workspace).output.splitlines())
    assert "数据库损坏" in problems or "expected a workspace database" in problems


@pytest.mark.parametrize("content", [None, b"no database"], ids=["an empty folder", "another file"])
def test_what_is_no_workspace_is_named(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "fazhi.db").write_bytes(content)
    result = run("doctor", "--workspace", tmp_path)
    assert result.exit_code == 1
    assert "expected a workspace" in result.output
