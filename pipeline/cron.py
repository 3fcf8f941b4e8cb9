"""Cron expressions as crontab(5) has them, in China Standard Time, on the triggers of APScheduler.

APScheduler 3 counts weekdays from Monday, knows expressions that no crontab has, and where both a day of the month and
a weekday are given waits for a day that is both. Here Sunday is 0 or 7, and either day will do, as everywhere else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from pipeline.errors import InputError
from pipeline.weeks import CHINA

WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PIECE = re.compile(r"(?:\*|(?P<first>[a-z]{3}|\d{1,2})(?:-(?P<last>[a-z]{3}|\d{1,2}))?)(?:/(?P<step>\d{1,2}))?")
MINUTE = timedelta(minutes=1)  # times are whole ones
# What does not come in this time never does: 29 February on a certain weekday is up to forty years apart.
REACH = timedelta(days=41 * 366)


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of an expression."""

    name: str
    first: int
    last: int
    names: tuple[str, ...] = ()  # of its values, from the first


FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day", 1, 31),
    _Field("month", 1, 12, MONTHS),
    _Field("day_of_week", 0, 7, WEEKDAYS),
)


def trigger_of(expression: str) -> Any:
    """Return the trigger of APScheduler that fires when a cron expression says so.

    Raises:
        InputError: it is none.
    """
    from apscheduler.triggers.combining import OrTrigger
    from apscheduler.triggers.cron import CronTrigger

    told = expression.lower().split()
    if len(told) != len(FIELDS):
        raise InputError(
            f"expected the five fields of a cron expression (minute, hour, day, month, weekday), got {expression!r}"
        )
    values = {
        field.name: ",".join(map(str, _values(piece, field, expression)))
        for field, piece in zip(FIELDS, told, strict=True)
    }
    values["day_of_week"] = ",".join(dict.fromkeys(WEEKDAYS[int(day) % 7] for day in values["day_of_week"].split(",")))
    one_day, weekday = told[2], told[4]
    if one_day.startswith("*") or weekday.startswith("*"):
        return CronTrigger(**values, timezone=CHINA)
    parts = ({**values, "day_of_week": "*"}, {**values, "day": "*"})
    return OrTrigger([CronTrigger(**part, timezone=CHINA) for part in parts])


def check_cron(expression: str) -> None:
    """See that an expression is one, and that its time ever comes.

    Raises:
        InputError: it is none, or it never comes, as 30 February.
    """
    if _first(expression, datetime(2026, 1, 1, tzinfo=UTC)) is None:
        raise InputError(f"expected a cron expression whose time comes, but {expression!r} never does")


def next_time(expression: str, after: datetime) -> datetime:
    """Return the first time of an expression that is later than *after*, in UTC."""
    found = _first(expression, after + timedelta(microseconds=1))
    if found is None:
        raise InputError(f"expected a cron expression whose time comes, but {expression!r} never does")
    return found


def last_time(expression: str, until: datetime) -> datetime | None:
    """Return the last time of an expression that is not later than *until*, in UTC; None where there is none."""
    found = _first(expression, until - REACH)
    if found is None or found > until:
        return None
    later = until + MINUTE  # from here on there is none; half of what lies between is ruled out at a time
    while later - found > MINUTE:
        middle = found + (later - found) / 2
        following = _first(expression, middle)
        if following is None or following > until:
            later = middle
        else:
            found = following
    return found


def _first(expression: str, at: datetime) -> datetime | None:
    """Return the first time of an expression that is not earlier than *at*."""
    found: datetime | None = _kept(expression).get_next_fire_time(None, at)
    return found.astimezone(UTC) if found and found - at <= REACH else None


@cache
def _kept(expression: str) -> Any:
    return trigger_of(expression)


def _values(told: str, field: _Field, expression: str) -> Iterator[int]:
    """Yield the numbers that a field of an expression stands for."""
    for piece in told.split(","):
        found = PIECE.fullmatch(piece)
        if found is None:
            raise InputError(
                f"{field.name} of the cron expression {expression!r}: expected 5, 1-5, */2 or 1,3, got {piece!r}"
            )
        step = int(found["step"] or 1)
        first, last = field.first, min(field.last, 6) if field.name == "day_of_week" else field.last
        if found["first"]:
            first = _number(found["first"], field, expression)
            last = _number(found["last"], field, expression) if found["last"] else (last if found["step"] else first)
            if field.name == "day_of_week" and found["last"] == "sun":
                last = 7  # fri-sun
        if step < 1 or first > last:
            raise InputError(
                f"{field.name} of the cron expression {expression!r}: expected a range that rises, got {piece!r}"
            )
        yield from range(first, last + 1, step)


def _number(word: str, field: _Field, expression: str) -> int:
    if word in field.names:
        return field.first + field.names.index(word)
    if word.isdecimal() and field.first <= int(word) <= field.last:
        return int(word)
    raise InputError(
        f"{field.name} of the cron expression {expression!r}: expected {field.first} to {field.last}"
        f"{' or a name such as ' + field.names[1] if field.names else ''}, got {word!r}"
    )
