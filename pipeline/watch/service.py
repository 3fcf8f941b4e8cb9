"""`fazhi watch`: waits for what is due, does it, one job after another, until it is asked to end."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from pipeline.config import Config, Schedule, read_config
from pipeline.cron import trigger_of
from pipeline.databases import name_of, said
from pipeline.deliver.outbox import next_due, tally
from pipeline.deliver.secrets import is_given, reveal
from pipeline.derived import digests
from pipeline.errors import InputError, PipelineError
from pipeline.moments import utc_now
from pipeline.watch.children import Bell, Stop, only_watcher, run_command
from pipeline.watch.due import (
    BACKUP,
    CYCLE,
    DIGEST,
    RETRY,
    WORDS,
    Due,
    due_jobs,
    expressions_of,
    is_retry_due,
    next_times,
)
from pipeline.watch.health import EVERY, Health, shown, write_health
from pipeline.watch.ledger import begin, crawled_since, end, read_done, take_note
from pipeline.weeks import CHINA
from pipeline.workspace.place import Workspace, open_workspace

CRAWL = "crawl"
# The commands of each job.
STEPS = {
    CYCLE: ((CRAWL,), ("run",)),
    DIGEST: (("digest", "--deliver"),),
    BACKUP: (("backup",),),
    RETRY: (("digest", "--waiting"),),
}
# The exit code of a crawl that ended and found a source that asks for a look: the others are there all the same.
TO_LOOK_AT = 1
# What may pass: a database that does not answer, a disk that is full. The watcher tells it and tries again.
PASSING = (PipelineError, OSError)


def watch(path: Path, *, tell: Callable[[str], None], now: Callable[[], datetime] = utc_now) -> None:
    """Do what a configuration has scheduled, until SIGTERM or SIGINT.

    Raises:
        InputError: the configuration is not as it should be, another one watches the workspace, or its database cannot
            be opened.
    """
    config = read_config(path)
    bell = Bell()
    stop = Stop(bell)
    with only_watcher(config.workspace), closing(bell), stop.listening(), _waking(config.schedule, bell):
        watcher = Watcher(path, config, stop, bell, tell, now)
        watcher.prepare()
        try:
            watcher.run()
        finally:
            watcher.close()


@contextmanager
def _waking(schedule: Schedule, bell: Bell) -> Iterator[None]:
    """Ring at each time of the schedule; what is due then is told by the database, so that nothing is forgotten."""
    scheduler = BackgroundScheduler(timezone=CHINA)
    for name, expression in expressions_of(schedule).items():
        scheduler.add_job(bell.ring, trigger_of(expression), id=name, coalesce=True, misfire_grace_time=None)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown()


class Watcher:
    """The one that watches a workspace: what it waits for, what it is at, what it does next."""

    def __init__(
        self,
        path: Path,
        config: Config,
        stop: Stop,
        bell: Bell,
        tell: Callable[[str], None],
        now: Callable[[], datetime],
    ) -> None:
        self.path, self.config = path, config
        self.stop, self.bell = stop, bell
        self.tell, self.now = tell, now
        self.health = Health(state="waiting", written=now(), started=now(), version=version("fazhi"))

    def prepare(self) -> None:
        """Take note of the jobs, and say what comes."""
        with self._open() as ws:
            take_note(ws, expressions_of(self.config.schedule), self.now())
        for name, when in next_times(self.config.schedule, self.now()).items():
            self._log(f"下次{WORDS[name]}：{shown(when)}")

    def run(self) -> None:
        """Do what is due, and wait for more."""
        while not self.stop.asked:
            try:
                for due in self._due():
                    if not self.stop.asked:
                        self._do(due)
                self._look("waiting")
            except PASSING as error:
                self._tell_trouble(error)
            if not self.stop.asked:
                self.bell.wait(EVERY.total_seconds())

    def close(self) -> None:
        """Say that it is over."""
        self._look_or_tell("stopped")
        self._log("fazhi watch 已停止")

    def _due(self) -> Sequence[Due]:
        """Return what is to be done now: a round, in which each job stands once."""
        with self._open() as ws:
            done, at = read_done(ws), self.now()
            found = due_jobs(self.config.schedule, done, at)
            has_digest = any(due.name == DIGEST for due in found)  # which sends what waits, too
            if not has_digest and is_retry_due(next_due(ws, now=self.now), done, at):
                found = (*found, Due(RETRY, at))
        return found

    def _do(self, due: Due) -> None:
        """Do a job; it is over when all its commands ended, and nobody asked us to stop meanwhile."""
        with self._open() as ws:
            started = begin(ws, due, self.now())
        self._log(f"开始{WORDS[due.name]}（应于 {shown(due.at)}）")
        failed: dict[str, int] = {}
        for step in STEPS[due.name]:
            code = self._step(due.name, step, started)
            if code is None:
                self._log(f"{WORDS[due.name]}没有做完，下次启动时继续")
                return
            if code:
                failed[step[0]] = code
        note = "，".join(f"fazhi {name} 没有成功" for name in failed)
        with self._open() as ws:
            end(ws, due.name, next(iter(failed.values()), 0), note, self.now())
        self._log(f"{WORDS[due.name]}结束" + (f"：{note}" if note else ""))

    def _step(self, job: str, step: Sequence[str], started: datetime) -> int | None:
        """Run a command, and return its exit code, 0 where it did what it should; None where it was cut off."""
        is_crawl = step[0] == CRAWL
        if is_crawl and self._has_crawled(started):
            return 0  # the job was cut off behind it
        self.health = replace(self.health, job=job, step=step[0], since=self.now())
        self._look("working")
        try:
            arguments = [*step, "--config", str(self.path)]
            code = run_command(arguments, self.config.workspace, self.stop, self.bell, self._beat)
        finally:
            self.health = replace(self.health, job="", step="", since=None)
        if code is None or (code and self.stop.asked):
            return None
        if is_crawl and code == TO_LOOK_AT and self._has_crawled(started):
            return 0
        return code

    def _has_crawled(self, started: datetime) -> bool:
        with self._open() as ws:
            return crawled_since(ws, started)

    def _beat(self) -> None:
        """Write the state from time to time while a command is at work, and at once when it is to end."""
        state = "stopping" if self.stop.asked else "working"
        if state != self.health.state or self.now() - self.health.written >= EVERY:
            self._look_or_tell(state)

    def _look_or_tell(self, state: str) -> None:
        try:
            self._look(state)
        except PASSING as error:
            self._tell_trouble(error)

    def _look(self, state: str) -> None:
        """Write what is so now."""
        with self._open() as ws:
            with ws.engine.connect() as tx:
                week = tx.execute(select(func.max(digests.c.week))).scalar()
            done = read_done(ws)
            waiting, failed = tally(ws)
        now = self.now()
        self.health = replace(
            self.health,
            state=state,
            written=now,
            jobs=done,
            following=next_times(self.config.schedule, now),
            digest_week=week or "",
            waiting=waiting,
            failed=failed,
            trouble="",
        )
        write_health(self.config.workspace, self.health)

    def _tell_trouble(self, error: Exception) -> None:
        """Tell what keeps us from work, once, and write it where that is possible."""
        told = str(error)
        if told != self.health.trouble:
            self._log(told)
        self.health = replace(self.health, written=self.now(), trouble=told)
        with suppress(OSError):
            write_health(self.config.workspace, self.health)

    @contextmanager
    def _open(self) -> Iterator[Workspace]:
        """Open the workspace for a moment: nothing is held while nothing is done."""
        db = reveal(self.config.db) if is_given(self.config.db) else ""
        with open_workspace(self.config.workspace, db) as ws:
            try:
                yield ws
            except SQLAlchemyError as error:
                url = ws.engine.url
                raise InputError(f"{name_of(url)}: expected a database that works, but {said(error, url)}") from error

    def _log(self, words: str) -> None:
        self.tell(f"{self.now().astimezone(CHINA):%Y-%m-%d %H:%M:%S} {words}")
