"""What is due is done, once, in order, one after another; what was missed is caught up; a stop costs nothing."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline import store
from pipeline.config import Schedule
from pipeline.emulator.battery import battery_site
from pipeline.emulator.server import Emulator
from pipeline.errors import InputError
from pipeline.moments import stamp, utc_now
from pipeline.watch.children import WORK, Bell, Stop, attend, only_watcher, run_command
from pipeline.watch.due import Done, Due, due_jobs, expressions_of, is_retry_due, next_times
from pipeline.watch.health import Health, read_health, tell_health, write_health
from pipeline.watch.ledger import begin, crawled_since, end, read_done, take_note
from pipeline.weeks import CHINA
from pipeline.workspace.place import Workspace, open_workspace
from tests.crawls import sources_of


def china(told: str) -> datetime:
    return datetime.fromisoformat(told).replace(tzinfo=CHINA).astimezone(UTC)


WEEKLY = Schedule(cycle="0 20 * * sun", digest="0 7 * * mon", backup="0 3 1 * *")
SUNDAY, MONDAY = china("2026-11-22T20:00"), china("2026-11-23T07:00")
FIRST = china("2026-11-01T03:00")  # of the month, when a backup is due
DONE = Done(SUNDAY, SUNDAY, SUNDAY + timedelta(hours=2), 0)
TOLD = Done(MONDAY, MONDAY, MONDAY + timedelta(minutes=1), 0)
SAVED = Done(FIRST, FIRST, FIRST + timedelta(minutes=1), 0)
UP_TO_DATE = {"cycle": DONE, "digest": TOLD, "backup": SAVED}

DUE = [
    pytest.param(UP_TO_DATE, "2026-11-25T12:00", [], id="nothing in the middle of a week"),
    pytest.param(UP_TO_DATE, "2026-11-29T19:59", [], id="nothing a minute before its time"),
    pytest.param(UP_TO_DATE, "2026-11-29T20:00", [("cycle", "2026-11-29T20:00")], id="a crawl at its time"),
    pytest.param(
        UP_TO_DATE | {"cycle": Done(china("2026-11-29T20:00"), SUNDAY, SUNDAY, 0)}, "2026-11-30T07:00", [("digest", "2026-11-30T07:00")], id="a digest at its time"
    ),
    pytest.param(
        UP_TO_DATE, "2026-12-16T12:00",
        [("cycle", "2026-12-13T20:00"), ("digest", "2026-12-14T07:00"), ("backup", "2026-12-01T03:00")],
        id="after three weeks of downtime each once, the crawl before the digest",
    ),
    pytest.param(
        UP_TO_DATE | {"digest": Done(china("2026-11-16T07:00"), MONDAY, MONDAY, 0), "cycle": Done(china("2026-11-15T20:00"), MONDAY, MONDAY, 0)},
        "2026-11-22T21:00", [("cycle", "2026-11-22T20:00")], id="what is not yet due does not follow what is",
    ),
    pytest.param(UP_TO_DATE | {"cycle": Done(SUNDAY, SUNDAY)}, "2026-11-23T08:00", [("cycle", "2026-11-22T20:00")], id="what was cut off is due again"),
    pytest.param(
        UP_TO_DATE | {"cycle": Done(SUNDAY, SUNDAY)}, "2026-11-29T21:00", [("cycle", "2026-11-29T20:00")], id="what was cut off and is due anyway is one"
    ),
    pytest.param({"cycle": Done(china("2026-11-25T12:00"))}, "2026-11-29T19:00", [], id="a new workspace waits for its first time"),
    pytest.param({"cycle": Done(china("2026-11-25T12:00"))}, "2026-11-29T20:00", [("cycle", "2026-11-29T20:00")], id="and then begins"),
    pytest.param({}, "2026-11-29T20:00", [], id="nothing was promised of a job that nobody took note of"),
    pytest.param(UP_TO_DATE | {"cycle": Done(SUNDAY, SUNDAY, SUNDAY, 1)}, "2026-11-25T12:00", [], id="what failed is told, and waits for its next time"),
    pytest.param(UP_TO_DATE | {"old": Done(FIRST, FIRST)}, "2026-11-25T12:00", [], id="a job that is no longer known is nobody's"),
]  # fmt: skip


@pytest.mark.parametrize(("done", "now", "expected"), DUE)
def test_what_is_due_follows_from_the_schedule_and_what_was_done(
    done: Mapping[str, Done], now: str, expected: list[tuple[str, str]]
) -> None:
    assert due_jobs(WEEKLY, done, china(now)) == tuple(Due(name, china(at)) for name, at in expected)


def test_a_job_that_is_never_due_is_not_done_even_where_it_was_cut_off() -> None:
    never = Schedule(cycle="", digest="0 7 * * mon")
    assert due_jobs(never, {"cycle": Done(SUNDAY, SUNDAY), "digest": TOLD}, china("2026-11-29T23:00")) == ()
    assert list(next_times(never, MONDAY)) == ["digest"]


RETRY = [
    pytest.param(None, {}, False, id="nothing waits"),
    pytest.param(timedelta(0), {}, True, id="something waits"),
    pytest.param(timedelta(minutes=5), {}, False, id="what waits is to wait longer"),
    pytest.param(timedelta(hours=-3), {"digest": Done(MONDAY, MONDAY, MONDAY - timedelta(minutes=59), 1)}, False, id="the digest has just tried"),
    pytest.param(timedelta(hours=-3), {"digest": Done(MONDAY, MONDAY, MONDAY - timedelta(hours=1), 1)}, True, id="the digest tried an hour ago"),
    pytest.param(timedelta(hours=-3), {"retry": Done(MONDAY, MONDAY - timedelta(minutes=5))}, False, id="a try was cut off five minutes ago"),
]  # fmt: skip


@pytest.mark.parametrize(("until", "done", "expected"), RETRY)
def test_what_waits_is_tried_again_every_hour(
    until: timedelta | None, done: Mapping[str, Done], expected: bool
) -> None:
    assert is_retry_due(None if until is None else MONDAY + until, done, MONDAY) is expected


def test_a_year_of_weeks_with_downtime_does_each_job_once_a_due_time(workspace: Workspace) -> None:
    """A watcher that looks once a day, in the night, and is off for four weeks."""
    first = china("2026-01-05T23:00")
    ran: list[tuple[str, str]] = []
    take_note(workspace, expressions_of(WEEKLY), first)
    for day in range(360):
        now = first + timedelta(days=day)
        if china("2026-06-29T00:00") < now < china("2026-07-26T12:00"):
            continue
        for due in due_jobs(WEEKLY, read_done(workspace), now):
            begin(workspace, due, now)
            end(workspace, due.name, 0, "", now + timedelta(hours=3))
            ran.append((due.name, f"{due.at.astimezone(CHINA):%m-%d %H:%M}"))
    assert len(ran) == len(set(ran))
    counts = {name: sum(each == name for each, _ in ran) for name in ("cycle", "digest", "backup")}
    assert counts == {"cycle": 51 - 3, "digest": 51 - 3, "backup": 11}  # of four that were missed one is caught up
    caught_up = ran[ran.index(("cycle", "06-28 20:00")) + 1 :][:3]
    assert caught_up == [("cycle", "07-26 20:00"), ("digest", "07-20 07:00"), ("backup", "07-01 03:00")]


def test_a_job_that_is_cut_off_keeps_the_time_at_which_it_began(workspace: Workspace) -> None:
    take_note(workspace, ["cycle"], china("2026-11-20T00:00"))
    due, later = Due("cycle", SUNDAY), SUNDAY + timedelta(hours=5)
    assert begin(workspace, due, SUNDAY) == SUNDAY
    assert read_done(workspace)["cycle"].is_open
    assert begin(workspace, due, later) == SUNDAY
    end(workspace, "cycle", 1, "fazhi run 没有成功", later)
    assert read_done(workspace)["cycle"] == Done(SUNDAY, SUNDAY, later, 1, "fazhi run 没有成功")
    assert begin(workspace, Due("cycle", MONDAY), MONDAY) == MONDAY
    assert read_done(workspace)["cycle"] == Done(MONDAY, MONDAY)


def test_noting_a_job_a_second_time_forgets_nothing(workspace: Workspace) -> None:
    take_note(workspace, ["cycle"], SUNDAY)
    take_note(workspace, ["cycle", "digest"], MONDAY)
    assert read_done(workspace) == {"cycle": Done(SUNDAY), "digest": Done(MONDAY)}


def test_only_a_crawl_that_ended_counts(workspace: Workspace) -> None:
    started = {"started": stamp(SUNDAY), "version": "1", "options": {}}
    with workspace.engine.begin() as tx:
        store.add(tx, store.runs, state="stopped", ended=None, **started)
        store.add(tx, store.runs, state="ended", ended=stamp(SUNDAY - timedelta(days=7)), **started)
    assert not crawled_since(workspace, SUNDAY)
    with workspace.engine.begin() as tx:
        store.add(tx, store.runs, state="ended", ended=stamp(SUNDAY + timedelta(hours=1)), **started)
    assert crawled_since(workspace, SUNDAY)


HEALTH = Health(
    state="working",
    written=MONDAY,
    started=SUNDAY,
    version="0.1.0",
    job="cycle",
    step="run",
    since=MONDAY - timedelta(minutes=2),
    jobs={"cycle": Done(SUNDAY, SUNDAY), "digest": TOLD},
    following={"cycle": SUNDAY + timedelta(days=7), "digest": MONDAY + timedelta(days=7)},
    digest_week="2026-W47",
    waiting=2,
)


def test_the_state_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_health(tmp_path, HEALTH)
    assert read_health(tmp_path) == HEALTH
    assert sorted(path.name for path in tmp_path.iterdir()) == ["health.json"]
    told = json.loads((tmp_path / "health.json").read_text(encoding="utf-8"))
    assert told["now"] == {"job": "cycle", "step": "run", "since": stamp(MONDAY - timedelta(minutes=2))}


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"written": 5}', '{"written": "x", "started": "y"}'])
def test_a_file_that_is_no_state_is_as_good_as_none(content: str, tmp_path: Path) -> None:
    (tmp_path / "health.json").write_text(content, encoding="utf-8")
    assert read_health(tmp_path) is None


LATER = timedelta(minutes=4)
TROUBLES = [
    pytest.param({}, LATER, [], id="a watcher at work"),
    pytest.param({}, timedelta(minutes=6), ["没有在运行"], id="a state that is six minutes old"),
    pytest.param({"state": "stopped"}, timedelta(hours=1), [], id="stopped on purpose, nothing missed"),
    pytest.param({"state": "stopped"}, timedelta(days=6, hours=14), ["此后错过了采集和更新；"], id="stopped, and a crawl missed"),
    pytest.param({"trouble": "数据库没有应答"}, LATER, ["无法工作：数据库没有应答"], id="a database that does not answer"),
    pytest.param(
        {"jobs": {"backup": Done(FIRST, FIRST, FIRST, 1, "fazhi backup 没有成功")}}, LATER, ["备份上次（2026-11-01 03:00）没有成功，退出码1，fazhi backup 没有成功"], id="a job that failed"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "later", "said"), TROUBLES)
def test_what_asks_for_a_look_is_told(
    fields: dict[str, Any], later: timedelta, said: list[str], tmp_path: Path
) -> None:
    write_health(tmp_path, replace(HEALTH, **fields))
    lines, problems = tell_health(tmp_path, WEEKLY, MONDAY + later)
    assert len(problems) == len(said)
    assert all(part in problem for part, problem in zip(said, problems, strict=True))
    assert "最近一期周报：2026-W47" in lines


def test_what_the_state_says_is_read_in_chinese(tmp_path: Path) -> None:
    write_health(tmp_path, HEALTH)
    assert tell_health(tmp_path, WEEKLY, MONDAY)[0] == (
        "fazhi watch：运行中（采集和更新，2026-11-23 06:58 开始），状态写于 2026-11-23 07:00",
        "采集和更新：2026-11-22 20:00 开始，没有结束",
        "周报：上次 2026-11-23 07:00 至 2026-11-23 07:01，成功",
        "下次采集和更新：2026-11-29 20:00",
        "下次周报：2026-11-30 07:00",
        "下次备份：2026-12-01 03:00",
        "最近一期周报：2026-W47",
        "周报待发2份，没有送达0份",
    )


def test_a_workspace_without_a_watcher_says_so(tmp_path: Path) -> None:
    lines, problems = tell_health(tmp_path, WEEKLY, MONDAY)
    assert "没有 fazhi watch 的运行记录" in lines[0]
    assert problems == ()


# --- processes -------------------------------------------------------------------------------------------------------


@pytest.fixture
def bell() -> Iterator[Bell]:
    with closing(Bell()) as made:
        yield made


def test_a_bell_that_was_rung_before_wakes_at_once_and_only_once(bell: Bell) -> None:
    for _ in range(100_000):  # more than a socket holds
        bell.ring()
    bell.wait(3600)
    begun = time.monotonic()
    bell.wait(0.05)
    assert time.monotonic() - begun >= 0.05


def test_a_command_runs_and_its_exit_code_comes_back(tmp_path: Path, bell: Bell) -> None:
    assert run_command(["--version"], tmp_path, Stop(bell), bell, lambda: None) == 0
    assert run_command(["digest", "--waiting"], tmp_path, Stop(bell), bell, lambda: None) == 1  # without --config


def test_a_command_that_an_earlier_watcher_left_is_waited_for(tmp_path: Path, bell: Bell) -> None:
    beats: list[int | None] = []
    code = (
        "import fcntl, sys; held = open(sys.argv[1], 'wb'); fcntl.flock(held, 2); print(flush=True); sys.stdin.read()"
    )
    left = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / WORK)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert left.stdout is not None
    left.stdout.readline()

    def beat() -> None:
        beats.append(left.poll())
        if len(beats) == 2:
            left.communicate()

    with left:
        assert run_command(["--version"], tmp_path, Stop(bell), bell, beat) == 0
    assert beats[:2] == [None, None]


def test_nothing_is_begun_once_the_watcher_is_to_end(tmp_path: Path, bell: Bell) -> None:
    stop = Stop(bell)
    stop.ask()
    assert run_command(["--version"], tmp_path, stop, bell, lambda: None) is None


STUBBORN = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); print(flush=True); time.sleep(600)"


@pytest.mark.parametrize(
    ("code", "asked", "ends"),
    [
        pytest.param(
            "print(flush=True)\nimport time; time.sleep(600)", 1, 1, id="a command that ends when it is asked"
        ),
        pytest.param(STUBBORN, 2, -signal.SIGKILL, id="one that does not is killed when we are asked a second time"),
    ],
)
def test_a_command_is_asked_to_end_before_it_is_killed(code: str, asked: int, ends: int, bell: Bell) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )
    with process:
        assert process.stdout is not None
        process.stdout.readline()
        stop = Stop(bell)
        for _ in range(asked):
            stop.ask()
        ended = attend(process, stop, bell, lambda: None)
    assert ended == (-signal.SIGINT if ends == 1 else ends)


def test_a_second_watcher_is_refused(tmp_path: Path) -> None:
    with (
        only_watcher(tmp_path),
        pytest.raises(InputError, match="expected to be the only fazhi watch of it"),
        only_watcher(tmp_path),
    ):
        pass
    with only_watcher(tmp_path):
        pass


LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
COMMAND = [sys.executable, "-m", "pipeline", "watch", "--config"]
PATIENCE_S = 300  # of this test, on a machine that does other things


@contextmanager
def watching(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """`fazhi watch` as a process, with what it says in a file."""
    with (folder / "log").open("a", encoding="utf-8") as log:
        process = subprocess.Popen([*COMMAND, str(folder / "fazhi.toml")], stdout=log, stderr=log, text=True)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def wait_for(found: Callable[[], object], process: "subprocess.Popen[str]", folder: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    while not found():
        said = (folder / "log").read_text(encoding="utf-8")
        assert process.poll() is None, f"the watcher ended with {process.returncode}: {said}"
        assert time.monotonic() < until, said
        time.sleep(0.05)


def state_of(folder: Path) -> dict[str, Any]:
    path = folder / "ws" / "health.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"now": None, "jobs": {}}


def at_work(folder: Path) -> str:
    return (state_of(folder)["now"] or {}).get("step", "")


@pytest.mark.slow
def test_what_was_missed_is_caught_up_in_order_and_a_stop_in_the_middle_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FAZHI_DB", raising=False)
    sites = {"www.plain.test": battery_site("plain", host="www.plain.test", count=8, relevant=3)}
    with Emulator(lambda week: sites) as emulator:
        sources_of(emulator, sites, tmp_path, delay_s=0.5)
        (tmp_path / "fazhi.toml").write_text(
            """workspace = "ws"\nsources = "sources.toml"\nbackup = "saved"\n[schedule]\nbackup = "0 3 1 * *"\n"""
            """[[reader]]\nid = "all"\nfolder = "out"\n""",
            encoding="utf-8",
        )
        with open_workspace(tmp_path / "ws", f"sqlite:///{tmp_path / 'ws' / 'fazhi.db'}") as ws:
            take_note(ws, ("cycle", "digest", "backup"), LONG_AGO)

        with watching(tmp_path) as process:
            wait_for(lambda: emulator.log.records, process, tmp_path)
            assert at_work(tmp_path) == "crawl"
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE_S) == 0
        state = state_of(tmp_path)
        assert (state["state"], state["now"]) == ("stopped", None)
        assert (state["jobs"]["cycle"]["ended"], state["jobs"]["digest"]["started"]) == (None, None)

        with watching(tmp_path) as process:
            wait_for(lambda: (state_of(tmp_path)["jobs"].get("backup") or {}).get("ended"), process, tmp_path)
            wait_for(lambda: state_of(tmp_path)["state"] == "waiting", process, tmp_path)
            second = subprocess.run([*COMMAND, str(tmp_path / "fazhi.toml")], capture_output=True, text=True)
            assert (second.returncode, second.stdout, len(second.stderr.splitlines())) == (1, "", 1)
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE_S) == 0

    state = state_of(tmp_path)
    assert {name: (job["code"], job["note"]) for name, job in state["jobs"].items()} == dict.fromkeys(
        ("cycle", "digest", "backup"), (0, "")
    )
    begun = [state["jobs"][name]["started"] for name in ("cycle", "digest", "backup")]
    assert begun == sorted(begun)
    assert all(when > stamp(utc_now()) for when in state["next"].values())
    assert [path.name for path in (tmp_path / "out").iterdir()] == [state["digest_week"]]
    said = (tmp_path / "log").read_text(encoding="utf-8")
    order = (
        "开始采集和更新",
        "采集和更新没有做完",
        "开始采集和更新",
        "采集和更新结束",
        "开始周报",
        "周报结束",
        "开始备份",
        "备份结束",
    )
    at = [said.index(order[0])]
    for words in order[1:]:
        at.append(said.index(words, at[-1] + 1))
