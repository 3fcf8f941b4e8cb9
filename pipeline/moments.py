"""Times as the database holds them, and the weeks that budgets are counted by."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """Return a time as the database holds it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(told: str | None) -> datetime | None:
    """Return a time of the database."""
    return datetime.fromisoformat(told) if told else None


def week_of(when: datetime) -> str:
    """Return the ISO week of a time, as budgets count it.

    >>> week_of(datetime(2026, 11, 22, tzinfo=UTC))
    '2026-W47'
    """
    year, week, _ = when.isocalendar()
    return f"{year}-W{week:02}"
