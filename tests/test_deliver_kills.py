"""Killed at any moment and started again, everybody gets each digest; what comes twice is the same and recorded."""

import json
import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from lxml import etree

from pipeline.config import Config, Reader, Secret
from pipeline.deliver.feed import ATOM
from pipeline.deliver.outbox import enqueue, retry_failed, send_waiting
from pipeline.deliver.rows import LEFT
from pipeline.deliver.sending import MOST_DOUBTS
from pipeline.weeks import Week, of_day
from pipeline.workspace.place import open_workspace
from tests.deliveries import SEALED, Clock, built, config, forms, mail_server, rows, seal, webhook
from tests.digests import WEEK, rich
from tests.servers import HOLD, STEPS, HookHost, MailHost, authority

PASSWORD = "s3cret-Passw0rd"
MAILS = ("li@x.test", "wang@x.test", "zhao@x.test")
LATEST_S = 60.0
PAUSE_S = 0.01  # of the server, before and after it takes a message: long enough to be hit
STARTED, SENDING, DONE = 1, 2, 3
APART = multiprocessing.get_context("forkserver")
APART.set_forkserver_preload(["tests.deliveries", "pipeline.deliver.webhook", "requests", "alembic.command"])


@dataclass(frozen=True)
class Office:
    """Everything that a child has to know."""

    config: Config
    db: str
    mail: MailHost
    hook: HookHost

    def start(self, weeks: int) -> tuple[Any, Any]:
        """Deliver so many weeks in a process of its own; return it and what it is at."""
        now = APART.RawValue("i", 0)
        process = APART.Process(target=deliver, args=(self.config, self.db, weeks, now), daemon=True)
        process.start()
        return process, now

    def finish(self, weeks: int) -> None:
        """Deliver undisturbed."""
        process, _ = self.start(weeks)
        process.join(LATEST_S)
        assert process.exitcode == 0

    def add_week(self, number: int) -> None:
        """Seal a week."""
        with open_workspace(self.config.workspace, self.db) as ws:
            seal(ws, week_of(number), at=SEALED + timedelta(weeks=number))


def week_of(number: int) -> Week:
    return of_day(WEEK.monday + timedelta(weeks=number))


def deliver(told: Config, db: str, weeks: int, now: Any) -> None:
    """What `fazhi digest --deliver` does, for weeks that are sealed."""
    now.value = STARTED
    with open_workspace(told.workspace, db) as ws:
        for number in range(weeks):
            week = week_of(number)
            digest = replace(rich(), week=str(week), monday=week.monday, sunday=week.sunday)
            made = built({reader.id: digest for reader in told.readers}, week)
            enqueue(ws, made, told, now=Clock())
        now.value = SENDING
        send_waiting(ws, told, now=Clock())
    now.value = DONE


@contextmanager
def office(folder: Path, db: str = "", pause_s: float = 0.0) -> Iterator[Office]:
    """Readers by every way, and the servers that take what is sent."""
    issuer, file = authority(folder)
    (folder / "password").write_text(PASSWORD, encoding="utf-8")
    (folder / "password").chmod(0o600)
    certificate = issuer.issue_cert("127.0.0.1")
    with (
        MailHost(tls="implicit", certificate=certificate, users={"digest": PASSWORD}, pause_s=pause_s) as mail,
        HookHost() as hook,
    ):
        server = mail_server(mail, user="digest", password=Secret(file=folder / "password"), ca_file=file)
        readers = (
            Reader("all", folder=folder / "share", feed=folder / "web" / "weekly.atom", webhooks=("robot",)),
            Reader("sifaju", mail=MAILS),
        )
        told = config(folder / "workspace", *readers, mail=server, webhooks=(webhook(hook, folder),))
        yield Office(told, db, mail, hook)


def kill(process: Any) -> None:
    process.kill()
    process.join()


def ask_for_what_was_given_up(at: Office, weeks: int) -> Counter[str]:
    """Have sent again by hand what was given up, as its line asks for; return it by Message-ID.

    A message is given up when its sender was killed over it four times: nobody knows then whether it came.
    """
    with open_workspace(at.config.workspace, at.db) as ws:
        given_up = [row for row in rows(ws) if row.state == "failed"]
        assert all(row.doubtful == MOST_DOUBTS and LEFT in row.note for row in given_up)
        assert sum(retry_failed(ws, str(week_of(number))) for number in range(weeks)) == len(given_up)
    if given_up:
        at.finish(weeks)
    return Counter(row.message_id for row in given_up)


def look(at: Office, weeks: int, by_hand: Mapping[str, int] = MappingProxyType({})) -> Mapping[str, Counter[str]]:
    """Hold what came against what is recorded; return how often each message came and was sent again."""
    with open_workspace(at.config.workspace, at.db) as ws:
        found = rows(ws)
    assert Counter(row.state for row in found) == {"sent": weeks * (3 + len(MAILS))}
    came: Counter[str] = Counter(letter.message_id for letter in at.mail.letters)
    came += Counter(json.loads(call.body)["id"] for call in at.hook.calls)
    again = Counter({row.message_id: row.doubtful for row in found})
    for row in found:
        if row.channel in ("mail", "webhook"):
            assert 1 <= came[row.message_id] <= 1 + row.doubtful + by_hand.get(row.message_id, 0), row
        else:
            assert row.doubtful == 0
    assert len({(letter.recipient, letter.data) for letter in at.mail.letters}) == weeks * len(MAILS)
    assert len({(call.headers["Idempotency-Key"], call.body) for call in at.hook.calls}) == weeks
    reader = at.config.readers[0]
    assert reader.folder is not None
    assert reader.feed is not None
    for number in range(weeks):
        place = reader.folder / str(week_of(number))
        assert {path.name: path.read_bytes() for path in place.iterdir()} == forms(rich())
        assert (reader.feed.parent / f"weekly-{week_of(number)}.html").read_bytes() == forms(rich())["digest.html"]
    feed = etree.parse(reader.feed)
    assert [each.text.rpartition("/")[2] for each in feed.findall(f"{{{ATOM}}}entry/{{{ATOM}}}id")] == [
        str(week_of(number)) for number in reversed(range(weeks))
    ]
    return {"came": came, "again": +again}


def kill_at_random(folder: Path, db: str, kills: int, chance: random.Random) -> None:
    with office(folder, db, PAUSE_S) as at:
        at.add_week(0)
        weeks, killed, longest = 1, 0, 0.1
        while killed < kills:
            at.add_week(weeks)
            weeks += 1
            while killed < kills:
                process, now = at.start(weeks)
                until, stage = time.monotonic() + LATEST_S, chance.choice((STARTED, SENDING, SENDING))
                while now.value < stage and time.monotonic() < until:
                    time.sleep(0.001)
                began = time.monotonic()
                process.join(chance.uniform(0, longest))
                if process.exitcode is not None:
                    assert process.exitcode == 0
                    longest = max(0.05, min(longest, time.monotonic() - began))
                    break
                kill(process)
                killed += 1
                longest = min(longest * 1.1, 1.0)
        at.finish(weeks)
        by_hand = ask_for_what_was_given_up(at, weeks)
        found = look(at, weeks, by_hand)
    twice, again = sum(count - 1 for count in found["came"].values()), sum(found["again"].values())
    print(
        f"{kills} kills, {weeks} weeks, {twice} messages twice, {again} recorded as in doubt, "
        f"{by_hand.total()} given up and sent by hand"
    )
    assert twice <= again + by_hand.total() <= kills


@pytest.mark.slow
def test_sixty_kills_lose_nothing_and_send_nothing_twice_without_a_word(tmp_path: Path) -> None:
    kill_at_random(tmp_path, "", 60, random.Random(20261123))


@pytest.mark.slow
def test_ten_kills_on_postgresql_do_neither(tmp_path: Path, postgres: str) -> None:
    kill_at_random(tmp_path, postgres, 10, random.Random(20261123))


@pytest.mark.parametrize(
    ("step", "copies", "doubtful"),
    [
        *(pytest.param(step, 1, 0, id=f"{step}: nothing can have been taken") for step in ("EHLO", "MAIL", "RCPT", "DATA")),
        pytest.param("dot", 1, 1, id="dot: nobody knows, and it was not"),
        pytest.param("taken", 2, 1, id="taken: nobody knows, and it was"),
    ],
)  # fmt: skip
def test_a_kill_at_each_step_of_mail_repeats_only_what_is_in_doubt(
    tmp_path: Path, step: str, copies: int, doubtful: int
) -> None:
    assert step in STEPS
    with office(tmp_path) as at:
        at.add_week(0)
        at.mail.plan(step, HOLD, target=MAILS[1] if step in ("RCPT", "DATA", "dot", "taken") else "")
        process, _ = at.start(1)
        assert at.mail.until_held() == step
        kill(process)
        at.finish(1)
        found = look(at, 1)
    held = MAILS[1] if copies == 2 or doubtful else ""
    times = Counter(letter.recipient for letter in at.mail.letters)
    assert times == {each: copies if each == held else 1 for each in MAILS}
    assert sum(found["again"].values()) == doubtful


def test_a_kill_while_a_webhook_is_answered_repeats_it_alone(tmp_path: Path) -> None:
    with office(tmp_path) as at:
        at.add_week(0)
        at.hook.plan("POST", HOLD)
        process, _ = at.start(1)
        at.hook.until_held()
        kill(process)
        at.finish(1)
        found = look(at, 1)
    assert len(at.hook.calls) == 2
    assert len(at.mail.letters) == len(MAILS)
    assert sum(found["again"].values()) == 1


def test_killed_three_times_at_the_same_message_it_still_arrives(tmp_path: Path) -> None:
    with office(tmp_path) as at:
        at.add_week(0)
        for _ in range(3):
            at.mail.plan("dot", HOLD, target=MAILS[0])
            process, _ = at.start(1)
            at.mail.until_held()
            kill(process)
        at.finish(1)
        found = look(at, 1)
    assert Counter(letter.recipient for letter in at.mail.letters) == dict.fromkeys(MAILS, 1)
    assert list(found["again"].values()) == [3]
