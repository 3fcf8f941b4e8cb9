"""Cron expressions mean what crontab(5) says, in China Standard Time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cron import FIELDS, check_cron, last_time, next_time
from pipeline.errors import InputError
from pipeline.weeks import CHINA

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=CHINA)


def shown(when: datetime | None) -> str:
    return f"{when.astimezone(CHINA):%a %Y-%m-%d %H:%M}" if when else ""


TIMES = [
    pytest.param("0 20 * * sun", "Sun 2026-11-22 20:00", "Sun 2026-11-29 20:00", id="a weekday by name"),
    pytest.param("0 20 * * 0", "Sun 2026-11-22 20:00", "Sun 2026-11-29 20:00", id="0 is Sunday and not Monday"),
    pytest.param("0 20 * * 7", "Sun 2026-11-22 20:00", "Sun 2026-11-29 20:00", id="7 is Sunday, too"),
    pytest.param("0 7 * * 1", "Mon 2026-11-23 07:00", "Mon 2026-11-30 07:00", id="1 is Monday"),
    pytest.param("0 7 * * 6", "Sat 2026-11-21 07:00", "Sat 2026-11-28 07:00", id="6 is Saturday"),
    pytest.param("30 9 * * *", "Mon 2026-11-23 09:30", "Tue 2026-11-24 09:30", id="now is the last time and not the next"),
    pytest.param("0 8 * * 1-5", "Mon 2026-11-23 08:00", "Tue 2026-11-24 08:00", id="the days of work by numbers"),
    pytest.param("0 8 * * MON-FRI", "Mon 2026-11-23 08:00", "Tue 2026-11-24 08:00", id="the days of work by names"),
    pytest.param("0 3 * * fri-sun", "Sun 2026-11-22 03:00", "Fri 2026-11-27 03:00", id="a range that ends on Sunday"),
    pytest.param("0 3 * * 5-7", "Sun 2026-11-22 03:00", "Fri 2026-11-27 03:00", id="the same in numbers"),
    pytest.param("0 3 * * */2", "Sun 2026-11-22 03:00", "Tue 2026-11-24 03:00", id="every second day from Sunday"),
    pytest.param("0 3 * * 1,4", "Mon 2026-11-23 03:00", "Thu 2026-11-26 03:00", id="a list"),
    pytest.param("*/20 * * * *", "Mon 2026-11-23 09:20", "Mon 2026-11-23 09:40", id="every twenty minutes"),
    pytest.param("5-15/5 9 * * *", "Mon 2026-11-23 09:15", "Tue 2026-11-24 09:05", id="a range with steps"),
    pytest.param("0 0 1 * *", "Sun 2026-11-01 00:00", "Tue 2026-12-01 00:00", id="the first of a month"),
    pytest.param("0 0 1 jan *", "Thu 2026-01-01 00:00", "Fri 2027-01-01 00:00", id="once a year, the month by name"),
    pytest.param("0 0 1 * 5", "Fri 2026-11-20 00:00", "Fri 2026-11-27 00:00", id="a day or a weekday, either will do"),
    pytest.param("0 0 29 2 *", "Thu 2024-02-29 00:00", "Tue 2028-02-29 00:00", id="leap days"),
    pytest.param("  0   7 *  * mon ", "Mon 2026-11-23 07:00", "Mon 2026-11-30 07:00", id="blanks"),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "last", "following"), TIMES)
def test_an_expression_has_its_times_in_china(expression: str, last: str, following: str) -> None:
    check_cron(expression)
    assert (shown(last_time(expression, MONDAY)), shown(next_time(expression, MONDAY))) == (last, following)


def test_the_zone_of_the_machine_is_of_no_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")  # where the clock is put back in November
    before = datetime(2026, 10, 30, tzinfo=UTC)
    days = [next_time("0 7 * * *", before + timedelta(days=day)) for day in range(5)]
    assert {shown(day)[-5:] for day in days} == {"07:00"}


BAD = [
    pytest.param("0 7 * *", "five fields", id="four fields"),
    pytest.param("0 0 7 * * mon", "five fields", id="six fields, with seconds"),
    pytest.param("@weekly", "five fields", id="a word for all fields"),
    pytest.param("60 * * * *", "expected 0 to 59", id="a minute that is none"),
    pytest.param("0 24 * * *", "expected 0 to 23", id="an hour that is none"),
    pytest.param("0 0 0 * *", "expected 1 to 31", id="a day that is none"),
    pytest.param("0 0 * 13 *", "expected 1 to 12", id="a month that is none"),
    pytest.param("0 0 * * 8", "expected 0 to 7", id="a weekday that is none"),
    pytest.param("0 0 * * monday", "expected 5, 1-5", id="a weekday in full"),
    pytest.param("0 0 * * jan", "a name such as mon", id="a month for a weekday"),
    pytest.param("0 0 * * fri-tue", "range that rises", id="a range that falls"),
    pytest.param("*/0 * * * *", "range that rises", id="no step"),
    pytest.param("0 0 last * *", "expected 5, 1-5", id="an expression of APScheduler alone"),
    pytest.param("0 0 * * 1st mon", "five fields", id="another one"),
    pytest.param("0 0 30 2 *", "never does", id="a day that never comes"),
    pytest.param("一 * * * *", "expected 5, 1-5", id="a Chinese numeral"),
]


@pytest.mark.parametrize(("expression", "said"), BAD)
def test_what_is_no_expression_is_told(expression: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        check_cron(expression)


@st.composite
def expressions(draw: st.DrawFn) -> str:
    fields = []
    for field in FIELDS:
        first = draw(st.integers(field.first, field.last))
        last = draw(st.integers(first, field.last))
        kinds = ["*", f"{first}", f"{first}-{last}", f"*/{draw(st.integers(1, 9))}", f"{first},{last}"]
        fields.append(draw(st.sampled_from(kinds)))
    return " ".join(fields)


@settings(deadline=None)  # leap days are looked for year by year
@given(expressions(), st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)))
def test_the_last_time_is_followed_by_none_before_the_next(expression: str, naive: datetime) -> None:
    now = naive.replace(tzinfo=UTC)
    try:
        check_cron(expression)
    except InputError:
        return  # a day that its month has not
    last = last_time(expression, now)
    assert last is not None
    assert last <= now
    following = next_time(expression, last)
    assert following > now
    assert following == next_time(expression, now)
