"""The commands of a workspace that works by itself, as a person runs them."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline import store
from pipeline.cli import app
from pipeline.config import Config, Reader
from pipeline.emulator.battery import battery_site
from pipeline.emulator.server import Emulator
from pipeline.errors import InputError
from pipeline.inputs import Failure
from pipeline.watch.health import Health, write_health
from pipeline.weekly import deliver, make_digest, read_asked, tell_ran
from pipeline.weeks import CHINA, Week, last_full_week
from pipeline.workspace.place import Workspace
from pipeline.workspace.run import Ran
from tests.crawls import sources_of

PLAN = (
    "青禾县2024年法治政府建设工作要点\n\n各乡镇人民政府，县政府各部门：\n"
    "一、规范行政执法\n(一)行政处罚案卷评查合格率达到95%以上。(县司法局牵头)\n(二)开展执法培训不少于2次。\n"
    "二、化解争议\n行政机关负责人出庭应诉率达到100%。\n青禾县人民政府\n2024年1月16日\n"
)
SOURCES = """
[[source]]
id = "qinghe"
name = "青禾县 法治政府建设"
entry = "http://www.qinghe.test/fzzfjs/"
place_name = "青禾县"
allow_loopback = true
"""
CONFIG = """
workspace = "ws"
sources = "sources.toml"
backup = "saved"
[[reader]]
id = "sfj"
name = "云岭县司法局"
places = ["青禾县"]
folder = "out"
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def refused(result: Result) -> str:
    """The one sentence with which a command ended."""
    assert result.exit_code == 1
    assert len(result.output.strip().splitlines()) == 1
    return result.output


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a configuration, whose workspace holds a plan and is read."""
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    (folder / "fazhi.toml").write_text(CONFIG, encoding="utf-8")
    assert run("import", folder / "plan.txt", "--workspace", folder / "ws").exit_code == 0
    assert "新文件1份" in run("run", "--config", folder / "fazhi.toml").output
    return folder


@pytest.fixture
def config(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration like it, of this test alone."""
    monkeypatch.delenv("FAZHI_DB", raising=False)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    return tmp_path / "fazhi.toml"


# --- run -------------------------------------------------------------------------------------------------------------


def test_what_is_new_is_told_once(tmp_path: Path, config: Path) -> None:
    (tmp_path / "later.txt").write_text(PLAN.replace("2024", "2025").replace("95%", "97%"), encoding="utf-8")
    run("import", "later.txt", "--workspace", "ws")
    result = run("run", "--workspace", "ws")
    assert (result.exit_code, result.output) == (0, "读取文件1份：新文件1份\n")
    again = run("run", "--config", config)
    assert (again.exit_code, again.output) == (0, "没有新的变化\n")


def test_a_document_that_cannot_be_read_is_named_and_the_others_are_taken_in(tmp_path: Path, config: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    (tmp_path / "later.txt").write_text(PLAN.replace("2024", "2025"), encoding="utf-8")
    run("import", "broken.pdf", "later.txt", "--workspace", "ws")
    result = run("run", "--config", config)
    assert result.exit_code == 1
    assert "broken.pdf" in result.output
    assert "新文件1份" in result.output


@pytest.mark.parametrize("command", [("run",), ("digest",), ("correct", "--list"), ("backup", "-o", "saved")])
def test_a_workspace_that_is_not_there_is_not_made(command: tuple[str, ...], tmp_path: Path) -> None:
    said = refused(run(*command, "--workspace", tmp_path / "none"))
    assert "expected a workspace that fazhi crawl made" in said
    assert not (tmp_path / "none").exists()


TOLD = [
    pytest.param(Ran(1, 0), ["没有新的变化"], id="nothing"),
    pytest.param(
        Ran(1, 9, new=3, changed=2, withdrawn=1, moved=1, came_back=1, is_nothing=False),
        ["读取文件9份：新文件3份，内容有变化2份，撤下1份，换了网址1份，重新出现1份"], id="news of every kind",
    ),
    pytest.param(
        Ran(1, 2, furniture=2, copies=1, is_nothing=False),
        ["读取文件2份：没有新的变化", "另有2份只是页面装饰有变化，正文未变", "另有1份是已有文件在别处的登载"], id="what is no news is counted",
    ),
    pytest.param(
        Ran(1, 12, reextracted=2, rechecked=10, is_nothing=False),
        ["读取文件12份：没有新的变化", "规则或模型更新后重新提取12份，其中2份的记录有变化（不算新情况）"], id="an upgrade",
    ),
    pytest.param(
        Ran(1, 1, unreadable=1, failures=(Failure(Path("a.pdf"), "broken"),), notes=("没有找到对照文件“甲”",)),
        ["没有找到对照文件“甲”", "读取文件1份：没有新的变化", "1份的最新内容读不了，保留上一次的结果"], id="a failure is not nothing",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("ran", "lines"), TOLD)
def test_what_a_run_came_to_is_told_in_chinese(ran: Ran, lines: list[str]) -> None:
    assert list(tell_ran(ran)) == lines


# --- digest ----------------------------------------------------------------------------------------------------------


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_digest_has_the_same_bytes_when_it_is_made_again_and_is_sent_once(tmp_path: Path, config: Path) -> None:
    week = str(last_full_week(datetime.now(UTC)))
    first = run("digest", "--config", config, "--deliver", "-o", tmp_path / "copy")
    assert first.exit_code == 0
    assert f"{week} 周报 -> {tmp_path / 'ws' / 'digests' / week}" in first.output
    assert f"{week}  待发1份" in first.output
    made, sent = files(tmp_path / "ws" / "digests" / week), files(tmp_path / "out")
    assert set(made) == {
        f"{folder}digest.{form}" for folder in ("", "readers/sfj/") for form in ("html", "md", "json", "xlsx")
    }
    assert files(tmp_path / "copy") == made
    written = (tmp_path / "out" / week / "digest.html").stat().st_mtime_ns

    again = run("digest", "--week", week, "--config", config, "--deliver")
    assert again.exit_code == 0
    assert f"{week}  没有新的待发" in again.output
    assert files(tmp_path / "ws" / "digests" / week) == made
    assert files(tmp_path / "out") == sent
    assert (tmp_path / "out" / week / "digest.html").stat().st_mtime_ns == written
    assert run("digest", "--waiting", "--config", config).output == "没有待发的周报\n"


def test_what_failed_is_tried_once_more_where_somebody_asks_for_it(tmp_path: Path, config: Path) -> None:
    week = str(last_full_week(datetime.now(UTC)))
    occupied = tmp_path / "out" / week / "digest.html"
    occupied.parent.mkdir(parents=True)
    occupied.write_text("somebody's own", encoding="utf-8")
    asked = ("digest", "--config", config, "--deliver")
    assert run(*asked).exit_code == 1
    occupied.unlink()
    run(*asked)
    assert not occupied.exists()
    once_more = run(*asked, "--again")
    assert f"{week} 发送失败的1项再发一次" in once_more.output
    assert once_more.exit_code == 0
    assert occupied.exists()


REFUSED = [
    pytest.param(["--deliver"], "expected --config with the readers", id="readers that nobody named"),
    pytest.param(["--again"], "expected --again with --deliver", id="once more what is not sent at all"),
    pytest.param(["--waiting"], "expected --config with the readers", id="the same of what waits"),
    pytest.param(["--waiting", "--week", "2026-W01", "--config", "fazhi.toml"], "it builds no digest", id="what waits is of all weeks"),
    pytest.param(["--waiting", "--deliver", "--config", "fazhi.toml"], "it builds no digest", id="both ways at once"),
    pytest.param(["--week", "2026-47"], "expected an ISO week such as 2026-W47", id="a week that is none"),
    pytest.param(["--week", "2099-W01"], "expected a week that is over", id="a week to come"),
]  # fmt: skip


@pytest.mark.usefixtures("config")
@pytest.mark.parametrize(("options", "said"), REFUSED)
def test_a_digest_that_cannot_be_is_refused_in_a_sentence(options: list[str], said: str) -> None:
    assert said in refused(run("digest", "--workspace", "ws", *options))


def test_nothing_waits_where_nothing_was_ever_crawled(tmp_path: Path) -> None:
    path = tmp_path / "fazhi.toml"
    path.write_text('workspace = "ws"', encoding="utf-8")
    result = run("digest", "--waiting", "--config", path)
    assert (result.exit_code, result.output) == (0, "没有待发的周报\n")
    assert not (tmp_path / "ws").exists()


def monday(week: Week) -> Callable[[], datetime]:
    """The clock of the morning after a week."""
    return lambda: week.end + timedelta(hours=7)


def test_after_downtime_there_is_one_digest_that_says_which_weeks_it_stands_for(workspace: Workspace) -> None:
    told: list[str] = []
    config = Config(workspace.folder)
    make_digest(workspace, config, Week(2026, 43), now=monday(Week(2026, 43)), tell=told.append)
    assert not any("没有出过周报" in line for line in told)
    make_digest(workspace, config, Week(2026, 47), now=monday(Week(2026, 47)), tell=told.append)
    assert "2026-W44、2026-W45、2026-W46没有出过周报，其间的情况列入2026-W47这一期，并注明" in told
    assert sorted(path.name for path in (workspace.folder / "digests").iterdir()) == ["2026-W43", "2026-W47"]
    told.clear()
    make_digest(workspace, config, Week(2026, 47), now=monday(Week(2026, 48)), tell=told.append)
    assert not any("没有出过周报" in line for line in told)


def sent_weeks(workspace: Workspace, config: Config, week: Week) -> list[str]:
    """The weeks that a reader has, after a digest was built and handed out."""
    built = make_digest(workspace, config, week, now=monday(week), tell=lambda line: None)
    assert deliver(workspace, config, built, now=monday(week), tell=lambda line: None)
    folder = config.readers[0].folder
    assert folder is not None
    return sorted(path.name for path in folder.iterdir())


def test_a_digest_that_was_built_and_not_handed_out_goes_before_the_next(workspace: Workspace) -> None:
    config = Config(workspace.folder, readers=(Reader("sfj", folder=workspace.folder / "out"),))
    for number in (40, 41):
        make_digest(workspace, config, Week(2026, number), now=monday(Week(2026, number)), tell=lambda line: None)
    assert sent_weeks(workspace, config, Week(2026, 42)) == ["2026-W41", "2026-W42"]  # 40 is history
    for number in (43, 44):
        make_digest(workspace, config, Week(2026, number), now=monday(Week(2026, number)), tell=lambda line: None)
    assert sent_weeks(workspace, config, Week(2026, 45)) == [f"2026-W{number}" for number in range(41, 46)]
    assert sent_weeks(workspace, config, Week(2026, 45)) == [f"2026-W{number}" for number in range(41, 46)]


# --- backup, correct -------------------------------------------------------------------------------------------------


def test_a_backup_goes_where_it_is_told(tmp_path: Path, config: Path) -> None:
    result = run("backup", "--config", config)
    assert result.exit_code == 0
    assert f"已备份到 {tmp_path / 'saved'}" in result.output
    assert (tmp_path / "saved" / "fazhi.db").is_file()
    assert run("backup", "--workspace", "ws", "-o", tmp_path / "other").exit_code == 0
    assert "expected -o FOLDER" in refused(run("backup", "--workspace", "ws"))


def test_a_correction_is_stored_listed_and_taken_back(tmp_path: Path, config: Path) -> None:
    run("analyze", "plan.txt", "-o", "exported")
    rows = [json.loads(line) for line in (tmp_path / "exported" / "commitments.jsonl").read_text("utf-8").splitlines()]
    row = next(row for row in rows if row["value"] == 95)
    lines = {"commitment_id": row["commitment_id"], "field": "value", "value": 98, "why": "原文为98%"}
    (tmp_path / "right.jsonl").write_text(json.dumps(lines), encoding="utf-8")
    made = run("correct", "right.jsonl", "--config", config, "--by", "王某")
    assert made.exit_code == 0
    listed = run("correct", "--list", "--config", config).output
    assert "更正1处" in listed
    assert "王某" in listed
    assert run("correct", "--undo", "1", "--config", config).exit_code == 0
    assert run("correct", "--list", "--config", config).output == "没有更正。\n"


@pytest.mark.usefixtures("config")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param([], "expected one of FILE, --list and --undo NUMBER", id="nothing to do"),
        pytest.param(["right.jsonl", "--list"], "expected one of FILE", id="two things to do"),
        pytest.param(["right.jsonl"], "expected --by NAME beside FILE", id="a correction by nobody"),
        pytest.param(["right.jsonl", "--by", " "], "expected --by NAME beside FILE", id="a name of blanks"),
        pytest.param(["--undo", "7"], "no correction 7", id="a number of none"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(options: list[str], said: str) -> None:
    assert said in refused(run("correct", "--workspace", "ws", *options))


# --- crawl, doctor ---------------------------------------------------------------------------------------------------


def test_a_crawl_takes_sources_and_workspace_from_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FAZHI_DB", raising=False)
    sites = {"www.plain.test": battery_site("plain", host="www.plain.test", count=6, relevant=2)}
    path = tmp_path / "fazhi.toml"
    path.write_text('workspace = "ws"\nsources = "sources.toml"\ncontact = "office@fazhi.test"', encoding="utf-8")
    with Emulator(lambda week: sites) as emulator:
        sources_of(emulator, sites, tmp_path)
        result = run("crawl", "--config", path)
    assert result.exit_code == 0, result.output
    assert all("office@fazhi.test" in record.agent for record in emulator.log.records)
    with store.reading(tmp_path / "ws") as tx:
        assert len(tx.execute(store.documents.select()).all()) == 2


def test_a_database_lies_where_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FAZHI_DB", raising=False)
    db = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    assert run("import", tmp_path / "plan.txt", "--workspace", tmp_path / "ws").exit_code == 0
    assert "新文件1份" in run("run", "--workspace", tmp_path / "ws", "--db", db).output
    assert (tmp_path / "elsewhere.db").is_file()
    assert not (tmp_path / "ws" / "fazhi.db").exists()
    monkeypatch.setenv("MY_DB", db)
    (tmp_path / "fazhi.toml").write_text('workspace = "ws"\ndb = { env = "MY_DB" }', encoding="utf-8")
    assert run("run", "--config", tmp_path / "fazhi.toml").output == "没有新的变化\n"
    assert run("doctor", "--workspace", tmp_path / "ws", "--db", db, "--deep").exit_code == 0


def test_the_command_line_goes_before_the_configuration(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_asked(config).config.workspace == config.parent / "ws"
    assert read_asked(config, Path("other")).config.workspace == Path("other")
    assert read_asked(None).config == Config(Path("workspace"))
    config.write_text('workspace = "ws"\ndb = { env = "MY_DB" }', encoding="utf-8")
    assert read_asked(config, db="sqlite:////a.db").db == "sqlite:////a.db"
    with pytest.raises(InputError, match="MY_DB"):
        read_asked(config)
    monkeypatch.setenv("MY_DB", "sqlite:////b.db")
    assert read_asked(config).db == "sqlite:////b.db"


def test_a_configuration_is_looked_at_without_sending_anything(tmp_path: Path, config: Path) -> None:
    result = run("doctor", "--config", config)
    assert result.exit_code == 0, result.output
    assert "来源1个，读者1个" in result.output
    assert "sfj（云岭县司法局）：文件夹" in result.output
    assert "没有 fazhi watch 的运行记录" in result.output
    assert not (tmp_path / "out").exists()


MAIL = '[mail]\nhost = "smtp.fazhi.test"\nsender = "a@fazhi.test"\nuser = "a"\npassword = { env = "NO_SUCH_SECRET" }\n'
HOOK = '[[webhook]]\nname = "group"\nurl = { file = "none" }\n'


def test_what_a_configuration_lacks_is_told(tmp_path: Path, config: Path) -> None:
    config.write_text(
        CONFIG.replace('sources = "sources.toml"', "").replace('places = ["青禾县"]', "") + MAIL + HOOK,
        encoding="utf-8",
    )
    result = run("doctor", "--config", config)
    assert result.exit_code == 1
    for said in ("没有联系方式", "[mail] password：环境变量 NO_SUCH_SECRET 未设置", "[[webhook]] group url：密钥文件"):
        assert said in result.output


def test_a_watcher_that_stands_still_is_told(tmp_path: Path, config: Path) -> None:
    long_ago = datetime(2026, 1, 5, 7, tzinfo=CHINA)
    write_health(tmp_path / "ws", Health("waiting", long_ago, long_ago, "0.1.0"))
    result = run("doctor", "--config", config)
    assert result.exit_code == 1
    assert "没有在运行：状态文件 health.json 自 2026-01-05 07:00 起没有更新" in result.output


@pytest.mark.usefixtures("config")
@pytest.mark.parametrize(
    "options",
    [["--deep"], ["http://www.qinghe.test/", "--config", "fazhi.toml"], ["http://www.qinghe.test/", "--deep"]],
)
def test_doctor_refuses_what_does_not_go_together(options: list[str]) -> None:
    assert "expected" in refused(run("doctor", *options))


def test_every_stored_quote_is_found_again(config: Path) -> None:
    result = run("doctor", "--config", config, "--deep")
    assert result.exit_code == 0, result.output
