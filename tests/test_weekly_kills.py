"""Killed at any moment of a weekly cycle and started again, nothing is lost, told twice or sent twice without a word.

A child process lives through a week as `fazhi crawl`, `fazhi run` and `fazhi digest --deliver` do, and is killed: half
of the times at a moment of a phase, half of them just before or behind one of its commits. Beside it a twin lives
through the same weeks undisturbed. The mail goes to a real SMTP server, the webhook to a real HTTP server.
"""

import json
import os
import random
import signal
import time
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, select

from pipeline.config import Config, MailServer, Reader, Secret, Webhook
from pipeline.derived import deliveries, events, publications
from pipeline.scrape.sources import read_sources
from pipeline.scrape.wording import answered
from pipeline.workspace.place import open_workspace
from tests.crawls import APART
from tests.cycles import (
    CRAWL,
    DELIVER,
    DIGEST,
    PHASES,
    RUN,
    SPOT,
    crawl_week,
    deliver_week,
    run_week,
    tell_week,
)
from tests.servers import HookHost, MailHost
from tests.years import busy_weeks, sites, sunday, write_sources

APART.set_forkserver_preload(
    [
        "pipeline.scrape.crawl",
        "pipeline.workspace.run",
        "pipeline.digest.build",
        "pipeline.deliver.outbox",
        "alembic.command",
    ]
)
WEEKS, COUNTIES, SEED = 10, 6, 20261123
SHARES = {CRAWL: 6, RUN: 6, DIGEST: 4, DELIVER: 4}  # of the kills of a week
LATEST_S = 60.0  # after which a child that is neither dead nor done is a failure
PAUSE_S = 0.03  # before a server takes a message, and before it says so


# -- who gets what ----------------------------------------------------------------------------------------------------


Takers = tuple[MailHost, HookHost]


@contextmanager
def takers() -> Iterator[Takers]:
    """A server for mail and one for webhooks."""
    with MailHost(pause_s=PAUSE_S) as host, HookHost() as hooks:
        yield host, hooks


def config_of(folder: Path, host: MailHost, hooks: HookHost) -> Config:
    """A workspace with two readers and every channel."""
    secret = folder / "hook"
    secret.write_text(f"{hooks.base}/hook")
    secret.chmod(0o600)
    return Config(
        workspace=folder / "workspace",
        readers=(
            Reader(
                "city", "市司法局", mail=("a@city.test", "b@city.test"), folder=folder / "out", feed=folder / "feed.xml"
            ),
            Reader("few", "两个县", places=("栖溪县", "栖埠县"), mail=("c@few.test",), webhooks=("robot",)),
        ),
        mail=MailServer("127.0.0.1", "法治周报 <digest@fazhi.test>", port=host.port, tls="none"),
        webhooks=(Webhook("robot", Secret(file=secret), allow_loopback=True),),
    )


# -- a life, and how it ends ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Blow:
    """When a child is killed: so many seconds after a phase began, or at one of the phase's commits."""

    phase: str
    after_s: float = 0.0
    commit: int = 0  # from 1; 0 for none
    is_before: bool = True


@dataclass(frozen=True)
class Life:
    """What a child is told."""

    sources: Path
    config: Config
    week: int
    db: str
    done: Path  # a folder with a file for each phase that ended

    def is_over(self, phase: str) -> bool:
        """Whether a phase of this week ended."""
        return (self.done / f"{self.week}-{phase}").exists()

    def begin(self, phase: str) -> None:
        """Do what a phase does."""
        day = sunday(self.week)
        if phase == CRAWL:
            crawl_week(read_sources(self.sources).sources, self.config, day, self.db)
        elif phase == RUN:
            run_week(self.config, day, self.db)
        elif phase == DIGEST:
            tell_week(self.config, day, self.db)
        else:
            deliver_week(self.config, day, self.db)

    def end(self, phase: str) -> None:
        """Note that a phase ended, as who resumes it would know."""
        (self.done / f"{self.week}-{phase}").touch()

    def undo(self, phases: Sequence[str]) -> None:
        """Have phases done again that were done."""
        for phase in phases:
            (self.done / f"{self.week}-{phase}").unlink(missing_ok=True)


def live(life: Life, phase_now: Any, blow: Blow | None) -> None:
    """Live through what is left of a week, unless a commit is to be the last thing."""
    if blow and blow.commit:
        die_at(blow, phase_now)
    for number, phase in enumerate(PHASES):
        if not life.is_over(phase):
            phase_now.value = number
            life.begin(phase)
            life.end(phase)
    phase_now.value = len(PHASES)


def die_at(blow: Blow, phase_now: Any) -> None:
    """Have this process killed before or behind one of the commits of a phase."""
    counted = [0]

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def is_due(counts: bool) -> bool:
        if phase_now.value != PHASES.index(blow.phase):
            return False
        counted[0] += counts
        return counted[0] == blow.commit

    @event.listens_for(Engine, "commit")
    def before(_: Any) -> None:
        if is_due(True) and blow.is_before:
            die()

    @event.listens_for(Engine, "begin")
    def behind(_: Any) -> None:
        if is_due(False) and not blow.is_before:
            die()


def strike(life: Life, blow: Blow) -> str:
    """Start a child and kill it; return the phase in which it died, "" where it had ended before."""
    phase_now = APART.RawValue("i", -1)
    process = APART.Process(target=live, args=(life, phase_now, blow), daemon=True)
    process.start()
    until, began = time.monotonic() + LATEST_S, None
    while process.is_alive() and time.monotonic() < until:
        if began is None and phase_now.value >= PHASES.index(blow.phase):
            began = time.monotonic()
        if began is not None and not blow.commit and time.monotonic() >= began + blow.after_s:
            process.kill()
            break
        time.sleep(0.002)
    process.join(5)
    assert process.exitcode in (0, -signal.SIGKILL), f"the child ended with {process.exitcode}"
    if process.exitcode == 0:
        return ""
    return PHASES[phase_now.value] if 0 <= phase_now.value < len(PHASES) else ""


def spend(life: Life) -> dict[str, tuple[float, int]]:
    """Live through a week undisturbed; return for each phase how long it took and how often it committed."""
    spent, commits = {}, Counter[str]()
    now = [""]

    def count(_: Any) -> None:
        commits[now[0]] += 1

    event.listen(Engine, "commit", count)
    try:
        for phase in PHASES:
            now[0], start = phase, time.monotonic()
            life.begin(phase)
            life.end(phase)
            spent[phase] = time.monotonic() - start
    finally:
        event.remove(Engine, "commit", count)
    return {phase: (spent[phase], commits[phase]) for phase in PHASES}


def blows_of(kills: int, spent: Mapping[str, tuple[float, int]], chance: random.Random) -> list[Blow]:
    """Deal the kills of a week: each phase its share, by time and by commits in turn, in the order of the phases."""
    dealt = []
    phases = [phase for phase, share in SHARES.items() for _ in range(share)]
    for number, phase in enumerate(sorted(chance.choices(phases, k=kills), key=PHASES.index)):
        seconds, commits = spent[phase]
        if number % 2:
            dealt.append(Blow(phase, after_s=chance.uniform(0, seconds)))
        else:
            dealt.append(Blow(phase, commit=chance.randint(1, max(1, commits)), is_before=chance.random() < 0.5))
    return dealt


# -- what is left -----------------------------------------------------------------------------------------------------


def told(config: Config, db: str) -> list[tuple[Any, ...]]:
    """Every event with the digest that tells it, but for ids."""
    of = events.c
    query = select(of.kind, of.at, of.week, publications.c.title, of.source_id, of.data, of.digest_week).join_from(
        events, publications, isouter=True
    )
    with open_workspace(config.workspace, db) as workspace, workspace.engine.connect() as tx:
        return sorted((*row[:5], _steady(row.data), row.digest_week) for row in tx.execute(query))


def _steady(data: Mapping[str, Any]) -> str:
    """What an event tells, but for how often a host failed in a row: a crawl that goes on counts anew."""
    details = [{**one, "detail": answered(one["detail"])} for one in data.get("details", ())]
    return json.dumps({**data, "details": details}, ensure_ascii=False, sort_keys=True)


def digests_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path; what lies in a workbook is unpacked, where records lie is left out."""
    return {
        str(path.relative_to(folder)): SPOT.sub(b"", unpacked(path.read_bytes()))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def unpacked(content: bytes) -> bytes:
    """Return the members of a ZIP file after one another, or any other file as it is."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return b"\n".join(name.encode() + archive.read(name) for name in sorted(archive.namelist()))


def mails_of(host: MailHost) -> dict[tuple[str, str], list[bytes]]:
    """The mails by recipient and Message-ID."""
    found = defaultdict(list)
    for letter in host.letters:
        found[letter.recipient, letter.message_id].append(letter.data)
    return found


def bodies(content: bytes) -> tuple[Any, ...]:
    """What a mail says, part by part."""
    message = message_from_bytes(content, policy=policy.default)
    parts = [part for part in message.walk() if not part.is_multipart()]
    return (message["Subject"], *(SPOT.sub(b"", unpacked(part.get_payload(decode=True))) for part in parts))


def doubts(config: Config, db: str) -> dict[tuple[str, str], int]:
    """How often the delivery record says that a message was sent again, by target and Message-ID."""
    with open_workspace(config.workspace, db) as workspace, workspace.engine.connect() as tx:
        rows = tx.execute(select(deliveries.c.target, deliveries.c.message_id, deliveries.c.doubtful)).all()
    return {(row.target, row.message_id): row.doubtful for row in rows}


# -- the tests --------------------------------------------------------------------------------------------------------


def kill_and_compare(tmp_path: Path, weeks: int, kills: int, db: str = "") -> None:
    """Live through weeks twice, once with kills; hold what is left against each other."""
    plan = busy_weeks(WEEKS, count=COUNTIES)
    chance, fallen = random.Random(SEED), Counter[str]()
    with takers() as taken, takers() as twin_taken, sites(partial(busy_weeks, WEEKS, count=COUNTIES)) as remote:
        lives = {}
        for name, servers in (("killed", taken), ("twin", twin_taken)):
            folder = tmp_path / name
            (folder / "done").mkdir(parents=True)
            sources = write_sources(plan, folder / "sources.toml", connect=remote.connect)
            lives[name] = Life(sources, config_of(folder, *servers), 1, db if name == "killed" else "", folder / "done")
        for week in range(1, weeks + 1):
            remote.set_week(week)
            spent = spend(replace(lives["twin"], week=week))
            life = replace(lives["killed"], week=week)
            quota = kills * week // weeks - kills * (week - 1) // weeks
            kill_week(life, blows_of(quota, spent, chance), fallen)
    print(f"killed {sum(fallen.values())} times: " + ", ".join(f"{phase} {fallen[phase]}" for phase in PHASES))
    assert sum(fallen.values()) == kills
    assert min(fallen[phase] for phase in PHASES) >= kills // 10
    killed, twin = lives["killed"].config, lives["twin"].config
    assert told(killed, db) == told(twin, "")
    assert digests_of(killed.workspace / "digests") == digests_of(twin.workspace / "digests")
    assert digests_of(tmp_path / "killed" / "out") == digests_of(tmp_path / "twin" / "out")
    compare_mails(taken, twin_taken, doubts(killed, db))


def kill_week(life: Life, blows: list[Blow], fallen: Counter[str]) -> None:
    """Kill a child by each blow of a week, and then let one live to the end."""
    for blow in blows:
        for _ in range(20):  # a child may be done before the blow falls
            life.undo(PHASES[PHASES.index(blow.phase) :])
            if died := strike(life, blow):
                fallen[died] += 1
                break
            blow = replace(blow, after_s=blow.after_s / 2, commit=max(1, blow.commit // 2) if blow.commit else 0)
        else:
            raise AssertionError(f"no child was killed by {blow}")
    process = APART.Process(target=live, args=(life, APART.RawValue("i", -1), None), daemon=True)
    process.start()
    process.join(LATEST_S)
    assert process.exitcode == 0


def compare_mails(taken: Takers, twin: Takers, doubtful: Mapping[tuple[str, str], int]) -> None:
    """Each got what the twin got, once; a second copy is the same to the byte, and recorded as in doubt."""
    mails, twin_mails = mails_of(taken[0]), mails_of(twin[0])
    assert {key: bodies(copies[0]) for key, copies in mails.items()} == {
        key: bodies(copies[0]) for key, copies in twin_mails.items()
    }
    assert [key for key, copies in twin_mails.items() if len(copies) > 1] == []
    assert [key for key, copies in mails.items() if len(set(copies)) > 1] == []
    assert [key for key, copies in mails.items() if len(copies) - 1 > doubtful[key]] == []
    posts, twin_posts = (Counter(call.body for call in hooks.calls) for _, hooks in (taken, twin))
    assert {SPOT.sub(b"", post) for post in posts} == {SPOT.sub(b"", post) for post in twin_posts}
    for post, copies in posts.items():
        assert copies - 1 <= doubtful["robot", json.loads(post)["id"]]
    assert max(doubtful.values()) <= 3  # times that one message is sent again, before it is given up as possibly there
    again = sum(len(copies) - 1 for copies in mails.values()) + sum(copies - 1 for copies in posts.values())
    print(
        f"{len(mails)} mails and {len(posts)} posts, {again} sent again, {sum(doubtful.values())} recorded as in doubt"
    )


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing_and_tell_and_send_nothing_twice_without_a_word(tmp_path: Path) -> None:
    kill_and_compare(tmp_path, WEEKS, 200)


@pytest.mark.slow
def test_twenty_kills_on_postgresql_lose_nothing_either(tmp_path: Path, postgres: str) -> None:
    kill_and_compare(tmp_path, 3, 20, postgres)
