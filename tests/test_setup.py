"""The ready files of a workspace that works by itself are what the systems and the commands that read them expect."""

import re
import shlex
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest
import typer

from pipeline.cli import app
from pipeline.config import read_config
from pipeline.cron import check_cron, next_time
from pipeline.doctor import check_sources
from pipeline.resources import bundled
from pipeline.watch.due import expressions_of, next_times
from pipeline.weeks import CHINA
from tests.test_watch import MONDAY

ROOT = Path(__file__).resolve().parent.parent
SETUP = bundled("corpora", "setup")
PROGRAM, CONFIG = "/opt/fazhi/.venv/bin/fazhi", "/var/lib/fazhi/fazhi.toml"
UNITS = sorted([*SETUP.glob("*.service"), *SETUP.glob("*.timer")])
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # a group has them, its base has not


def unit(path: Path) -> ConfigParser:
    """A unit; of keys that stand twice, all values, a line each."""
    parser = ConfigParser(strict=False, interpolation=None, delimiters="=", comment_prefixes="#")
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    joined = re.sub(r"\n(ExecStart)=(.*)\n\1=", r"\n\1=\2\n  ", path.read_text(encoding="utf-8"))
    parser.read_string(joined)
    return parser


def commands_of(line: str) -> list[list[str]]:
    """The commands of a shell line, each as its words."""
    return [shlex.split(part) for part in line.split(";")]


def assert_command(words: list[str]) -> None:
    """It runs our program, with a command and options that there are, on the configuration of the units."""
    program, name, *options = words
    assert program == PROGRAM
    known = {option for parameter in COMMANDS[name].params for option in parameter.opts}
    assert [option for option in options if option.startswith("-")] != []
    assert {option for option in options if option.startswith("-")} <= known
    assert options[options.index("--config") + 1] == CONFIG


def test_the_configuration_is_read_and_its_sources_are_right() -> None:
    config = read_config(SETUP / "fazhi.toml")
    assert [reader.id for reader in config.readers] == ["sfj", "zhifa", "all"]
    assert config.mail is not None
    assert config.sources == SETUP / "sources.toml"
    assert check_sources(SETUP / "sources.toml").problems == ()


def test_what_the_configuration_shows_as_left_out_may_be_said(tmp_path: Path) -> None:
    """Every line that is commented out, and is no sentence, is a key that there is."""
    shutil.copy(SETUP / "sources.toml", tmp_path)
    path = tmp_path / "fazhi.toml"
    told = (SETUP / "fazhi.toml").read_text(encoding="utf-8")
    shown = re.sub(r"^# (?=[a-z_]+ = )", "", told, flags=re.MULTILINE)
    assert shown.count("\n# ") == told.count("\n# ") - 3
    path.write_text(shown.replace('feed_url = ""', 'feed_url = "https://fazhi.yunling.test/"'), encoding="utf-8")
    config = read_config(path)
    assert config.db.env == "FAZHI_DB"
    assert config.mail is not None
    assert config.mail.ca_file == tmp_path / "ca.pem"


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_is_one(path: Path) -> None:
    parts = unit(path)
    assert parts["Unit"]["Description"].startswith("fazhi: ")
    if path.suffix == ".timer":
        assert path.with_suffix(".service") in UNITS
        assert parts["Timer"]["Persistent"] == "true"
        assert parts["Timer"]["OnCalendar"].endswith(" Asia/Shanghai")
        assert parts["Install"]["WantedBy"] == "timers.target"
        return
    for line in parts["Service"]["ExecStart"].splitlines():
        assert_command(shlex.split(line.strip().removeprefix("-")))
    assert Path(CONFIG).is_relative_to(parts["Service"]["ReadWritePaths"])


def test_the_week_goes_on_where_a_crawl_found_something_to_look_at() -> None:
    crawl, run = unit(SETUP / "fazhi-cycle.service")["Service"]["ExecStart"].split("\n")
    assert crawl.startswith(f"-{PROGRAM} crawl ")
    assert run.strip().startswith(f"{PROGRAM} run ")


def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd on this machine")
    program = shutil.which("true")
    for path in UNITS:
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8").replace(PROGRAM, str(program)), "utf-8")
    found = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / path.name) for path in UNITS)], capture_output=True, text=True
    )
    assert (found.returncode, found.stderr) == (0, "")


def lines_of_cron() -> list[tuple[str, str]]:
    """Each line of the crontab, as its time and its commands."""
    told = (SETUP / "cron.txt").read_text(encoding="utf-8").splitlines()
    lines = [re.fullmatch(r"((?:\S+\s+){5})(.*)", line) for line in told if not re.match(r"#|[A-Z]+=", line)]
    assert None not in lines
    return [(found[1].strip(), found[2]) for found in lines if found]


def test_each_line_of_the_crontab_runs_commands_at_a_time_that_comes() -> None:
    for when, line in lines_of_cron():
        check_cron(when)
        assert "&&" not in line
        assert "%" not in line  # which cron takes for a line break
        for words in commands_of(line):
            assert_command(words)


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_readme_shows_the_crontab_and_a_configuration_that_is_one(readme: str, tmp_path: Path) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    for when, line in lines_of_cron():
        assert re.search(rf"^{re.escape(when)}\s+{re.escape(line)}$", text, re.MULTILINE)
    shutil.copy(SETUP / "sources.toml", tmp_path)
    (told,) = [block for block in re.findall(r"```toml\n(.*?)```", text, re.DOTALL) if "[schedule]" in block]
    (tmp_path / "fazhi.toml").write_text(told, encoding="utf-8")
    shown, ready = read_config(tmp_path / "fazhi.toml"), read_config(SETUP / "fazhi.toml")
    assert (shown.contact, shown.schedule) == (ready.contact, ready.schedule)
    assert shown.readers[0].places == ready.readers[0].places


def test_the_crontab_and_the_timers_keep_the_times_of_the_configuration() -> None:
    following = next_times(read_config(SETUP / "fazhi.toml").schedule, MONDAY)
    assert list(following) == list(expressions_of(read_config(SETUP / "fazhi.toml").schedule))
    by_command = {
        words[1]: when for when, line in lines_of_cron() for words in commands_of(line) if "--waiting" not in words
    }
    for job, command in (("cycle", "crawl"), ("cycle", "run"), ("digest", "digest"), ("backup", "backup")):
        assert next_time(by_command[command], MONDAY) == following[job]
    for job in ("cycle", "digest"):
        at = unit(SETUP / f"fazhi-{job}.timer")["Timer"]["OnCalendar"]
        assert at == f"{following[job].astimezone(CHINA):%a %H:%M} Asia/Shanghai"
