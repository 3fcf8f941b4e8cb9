"""Which jobs are due, given a schedule and what was done: no clock, no database, no process."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.config import Schedule
from pipeline.cron import last_time, next_time

CYCLE, DIGEST, BACKUP, RETRY = "cycle", "digest", "backup", "retry"
# What was missed is caught up in this order, so that a digest tells what the crawl before it has found.
ORDER = (CYCLE, DIGEST, BACKUP)
WORDS: Mapping[str, str] = {CYCLE: "采集和更新", DIGEST: "周报", BACKUP: "备份", RETRY: "补发"}
RETRY_EVERY = timedelta(hours=1)  # a server that takes no mail now may in an hour


@dataclass(frozen=True, slots=True)
class Done:
    """What is known of a job."""

    due: datetime  # times up to this one were taken up
    started: datetime | None = None
    ended: datetime | None = None
    code: int | None = None  # the exit code
    note: str = ""  # what it came to, where that asks for a look

    @property
    def is_open(self) -> bool:
        """Say whether it was begun and did not end: at work, or cut off."""
        return self.started is not None and self.ended is None


@dataclass(frozen=True, slots=True)
class Due:
    """A job that is to be done now, for all times up to one."""

    name: str
    at: datetime


def expressions_of(schedule: Schedule) -> dict[str, str]:
    """Return the cron expressions of the jobs that are ever done, in the order in which they are caught up."""
    told = {CYCLE: schedule.cycle, DIGEST: schedule.digest, BACKUP: schedule.backup}
    return {name: told[name] for name in ORDER if told[name]}


def due_jobs(schedule: Schedule, done: Mapping[str, Done], now: datetime) -> tuple[Due, ...]:
    """Return the jobs to be done now, one after another.

    Several times that passed are one; a job that was cut off is due again. Of a job that is not in *done* nothing was
    promised yet: it begins with the first of its times after somebody took note of it.
    """
    found = []
    for name, expression in expressions_of(schedule).items():
        known = done.get(name)
        if known is None:
            continue
        if known.is_open or next_time(expression, known.due) <= now:
            found.append(Due(name, max(last_time(expression, now) or known.due, known.due)))
    return tuple(found)


def is_retry_due(waiting_until: datetime | None, done: Mapping[str, Done], now: datetime) -> bool:
    """Say whether deliveries that wait are to be tried again.

    Args:
        waiting_until: when the first of them may be; None where none waits.
        done: what was done; the digest sends what waits, too.
        now: this moment.
    """
    if waiting_until is None or waiting_until > now:
        return False
    tries = [done[name].ended or done[name].started for name in (RETRY, DIGEST) if name in done]
    return all(tried is None or tried + RETRY_EVERY <= now for tried in tries)


def next_times(schedule: Schedule, now: datetime) -> dict[str, datetime]:
    """Return when each job is next due."""
    return {name: next_time(expression, now) for name, expression in expressions_of(schedule).items()}
