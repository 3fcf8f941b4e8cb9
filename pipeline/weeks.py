"""ISO weeks of China Standard Time, by which digests are counted."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from pipeline.errors import InputError

CHINA = timezone(timedelta(hours=8))  # one zone, and no summer time since 1991
WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """A week from Monday to Sunday, as `2026-W47`."""

    year: int  # of ISO 8601: that of its Thursday
    number: int

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"

    @property
    def monday(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """Its last day."""
        return date.fromisocalendar(self.year, self.number, 7)

    @property
    def end(self) -> datetime:
        """The moment at which it is over, in UTC."""
        return datetime.combine(self.sunday + timedelta(days=1), time(), CHINA).astimezone(UTC)

    @property
    def before(self) -> "Week":
        """The week before it."""
        return of_day(self.monday - timedelta(days=1))


def of_day(day: date) -> Week:
    """Return the week of a day.

    >>> str(of_day(date(2027, 1, 3)))
    '2026-W53'
    """
    year, number, _ = day.isocalendar()
    return Week(year, number)


def of_moment(when: datetime) -> Week:
    """Return the week in which a moment lies in China.

    >>> str(of_moment(datetime(2026, 11, 22, 17, tzinfo=UTC)))  # Monday, one in the morning, in China
    '2026-W48'
    """
    return of_day(when.astimezone(CHINA).date())


def last_full_week(now: datetime) -> Week:
    """Return the last week that is over."""
    return of_moment(now).before


def read_week(told: str) -> Week:
    """Return the week that a text names.

    Raises:
        InputError: it is no ISO week.
    """
    found = WEEK.fullmatch(told.strip())
    week = Week(int(found[1]), int(found[2])) if found else None
    try:
        if week and week.monday:
            return week
    except ValueError:  # week 53 of a year that has 52
        pass
    raise InputError(f"expected an ISO week such as 2026-W47, got {told!r}")
