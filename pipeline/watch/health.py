"""The state of `fazhi watch` as a file that machines and people read; it holds no secret, no address and no path."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pipeline.config import Schedule
from pipeline.moments import moment, stamp
from pipeline.watch.due import WORDS, Done, next_times
from pipeline.weeks import CHINA

FILE = "health.json"
EVERY = timedelta(seconds=30)  # how often it is written where nothing changes
STALE = timedelta(minutes=5)
STATES: Mapping[str, str] = {"waiting": "等待中", "working": "运行中", "stopping": "正在停止", "stopped": "已停止"}


@dataclass(frozen=True, slots=True)
class Health:
    """What a watcher is at, what it did, and what comes next."""

    state: str  # of STATES
    written: datetime
    started: datetime  # of the watcher
    version: str  # of fazhi
    job: str = ""  # at work
    step: str = ""  # its command
    since: datetime | None = None
    jobs: Mapping[str, Done] = field(default_factory=dict)
    following: Mapping[str, datetime] = field(default_factory=dict)  # when each job is next due
    digest_week: str = ""  # the last that there is
    waiting: int = 0  # deliveries
    failed: int = 0
    trouble: str = ""  # why the watcher itself cannot work, such as a database that does not answer


def write_health(folder: Path, health: Health) -> None:
    """Write the file; whoever reads it finds the old state or the new one."""
    told = {
        "state": health.state,
        "written": stamp(health.written),
        "started": stamp(health.started),
        "version": health.version,
        "now": {"job": health.job, "step": health.step, "since": _told(health.since)} if health.job else None,
        "jobs": {
            name: {
                "due": stamp(done.due),
                "started": _told(done.started),
                "ended": _told(done.ended),
                "code": done.code,
                "note": done.note,
            }
            for name, done in sorted(health.jobs.items())
        },
        "next": {name: stamp(when) for name, when in health.following.items()},
        "digest_week": health.digest_week or None,
        "deliveries": {"waiting": health.waiting, "failed": health.failed},
        "trouble": health.trouble,
    }
    fresh = folder / f".{FILE}.new"
    fresh.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    os.replace(fresh, folder / FILE)


def _told(when: datetime | None) -> str | None:
    return stamp(when) if when else None


def read_health(folder: Path) -> Health | None:
    """Return the state that a watcher wrote last; None where none did, or where the file is no such state."""
    try:
        told = json.loads((folder / FILE).read_text("utf-8"))
        return _read(told)
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):  # half a file, or somebody else's
        return None


def _read(told: Mapping[str, Any]) -> Health | None:
    written, started = moment(told["written"]), moment(told["started"])
    if not written or not started:
        return None
    now = told["now"] or {}
    return Health(
        state=told["state"],
        written=written,
        started=started,
        version=told["version"],
        job=now.get("job", ""),
        step=now.get("step", ""),
        since=moment(now.get("since")),
        jobs={
            name: Done(due, moment(each["started"]), moment(each["ended"]), each["code"], each["note"])
            for name, each in told["jobs"].items()
            if (due := moment(each["due"]))
        },
        following={name: when for name, each in told["next"].items() if (when := moment(each))},
        digest_week=told["digest_week"] or "",
        waiting=told["deliveries"]["waiting"],
        failed=told["deliveries"]["failed"],
        trouble=told["trouble"],
    )


def tell_health(folder: Path, schedule: Schedule, now: datetime) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what the file says, a line each, and what asks for a look; in Chinese."""
    health = read_health(folder)
    if health is None:
        return ("没有 fazhi watch 的运行记录（由 cron 或 systemd timer 定时运行的，不会有）",), ()
    return tuple(_lines(health, schedule, now)), tuple(_problems(health, now))


def _lines(health: Health, schedule: Schedule, now: datetime) -> Iterator[str]:
    state = STATES.get(health.state, health.state)
    doing = (
        f"（{WORDS.get(health.job, health.job)}，{shown(health.since)} 开始）" if health.job and health.since else ""
    )
    yield f"fazhi watch：{state}{doing}，状态写于 {shown(health.written)}"
    for name, done in health.jobs.items():
        yield f"{WORDS.get(name, name)}：{_last(done)}"
    for name, when in next_times(schedule, now).items():
        yield f"下次{WORDS[name]}：{shown(when)}"
    if health.digest_week:
        yield f"最近一期周报：{health.digest_week}"
    if health.waiting or health.failed:
        yield f"周报待发{health.waiting}份，没有送达{health.failed}份"


def _last(done: Done) -> str:
    if done.started is None:
        return "尚未运行"
    if done.ended is None:
        return f"{shown(done.started)} 开始，没有结束"
    fate = "成功" if done.code == 0 else f"没有成功（退出码{done.code}）"
    return f"上次 {shown(done.started)} 至 {shown(done.ended)}，{fate}{f'，{done.note}' if done.note else ''}"


def _problems(health: Health, now: datetime) -> Iterator[str]:
    is_stopped = health.state == "stopped"
    if not is_stopped and now - health.written > STALE:
        yield f"fazhi watch 没有在运行：状态文件 {FILE} 自 {shown(health.written)} 起没有更新"
    missed = [name for name, when in health.following.items() if when <= now - STALE]
    if is_stopped and missed:
        named = "、".join(WORDS.get(name, name) for name in missed)
        yield f"fazhi watch 已于 {shown(health.written)} 停止，此后错过了{named}；再次启动即补做"
    if health.trouble:
        yield f"fazhi watch 无法工作：{health.trouble}"
    for name, done in health.jobs.items():
        if done.code:
            note = f"，{done.note}" if done.note else ""
            yield f"{WORDS.get(name, name)}上次（{shown(done.started)}）没有成功，退出码{done.code}{note}；详见日志"


def shown(when: datetime | None) -> str:
    """Return a time as a clock in China shows it."""
    return when.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") if when else "—"
