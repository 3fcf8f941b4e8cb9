from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dates import Calendar, find_dates
from pipeline.text import fold

PLAN = Calendar(2024)
OUTLINE = Calendar(2021, 2025)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        pytest.param("2025年底前", "2025-12-31", id="end of a year"),
        pytest.param("2022年年底前", "2022-12-31", id="year said twice"),
        pytest.param("2024年6月底前", "2024-06-30", id="end of a month"),
        pytest.param("2024年2月底前", "2024-02-29", id="end of a February in a leap year"),
        pytest.param("12月底前", "2024-12-31", id="month without a year takes the plan's"),
        pytest.param("2025年前", "2024-12-31", id="before a year is the end of the one before"),
        pytest.param("9月前", "2024-08-31", id="before a month is the end of the one before"),
        pytest.param("11月15日前", "2024-11-15", id="before a day is that day"),
        pytest.param("到2025年", "2025-12-31", id="by a year"),
        pytest.param("至2011年底", "2011-12-31", id="by the end of a year"),
        pytest.param("年内", "2024-12-31", id="within the year"),
        pytest.param("年底前", "2024-12-31", id="end of the year without the year"),
        pytest.param("今年底", "2024-12-31", id="this year's end"),
        pytest.param("本年度末", "2024-12-31", id="this planning year's end"),
        pytest.param("明年6月底前", "2025-06-30", id="next year"),
        pytest.param("第三季度", "2024-09-30", id="a quarter"),
        pytest.param("2024年第三季度末", "2024-09-30", id="a quarter of a year"),
        pytest.param("上半年", "2024-06-30", id="first half"),
        pytest.param("12月上旬", "2024-12-10", id="first ten days"),
        pytest.param("6月中旬", "2024-06-20", id="second ten days"),
        pytest.param("2月下旬", "2024-02-29", id="last days"),
        pytest.param("二〇二五年十二月底前", "2025-12-31", id="Chinese digits"),
        pytest.param("２０２５年６月底前", "2025-06-30", id="full-width digits"),
        pytest.param("2O21年底前", "2021-12-31", id="the letter O for a zero"),
        pytest.param("21年底前", "2021-12-31", id="a year of two digits"),
        pytest.param("“十四五”期末", "2025-12-31", id="end of a five-year plan"),
        pytest.param("十三五末", "2020-12-31", id="without quotation marks"),
        pytest.param("20*年10月31日前", None, id="a masked year leaves the date open"),
        pytest.param("20××年底前", None, id="masked with crosses"),
        pytest.param("202X年X月X日前", None, id="day and month masked too"),
        pytest.param("2024年X月底前", None, id="the month alone masked"),
        pytest.param("上半年前", "2024-06-30", id="before a half-year is its end"),
        pytest.param("1季度末", "2024-03-31", id="a quarter in Arabic digits"),
        pytest.param("年度内", "2024-12-31", id="within the planning year"),
        pytest.param("下一年度3月底前", "2025-03-31", id="the year after the plan's"),
        pytest.param("“十四五”时期末", "2025-12-31", id="end of the time of a five-year plan"),
        pytest.param("4月12日下午5点前", "2024-04-12", id="an hour before 前"),
        pytest.param("6月30日24时前", "2024-06-30", id="midnight"),
        pytest.param("12月31日（含）前", "2024-12-31", id="the day included"),
        pytest.param("2024.6.30前", "2024-06-30", id="dots, as in the cells of a table"),
        pytest.param("2024-06-30前", "2024-06-30", id="dashes"),
    ],
)
def test_a_limit_is_resolved_against_the_year_planned(text: str, deadline: str | None) -> None:
    (mention,) = find_dates(fold(text), PLAN)
    assert mention.kind in ("limit", "window")
    assert mention.deadline == day(deadline)
    assert (mention.start, mention.end) == (0, len(text))


def test_the_end_of_the_planning_period_is_the_last_year_of_an_outline() -> None:
    (mention,) = find_dates("规划期内", OUTLINE)
    assert mention.deadline == date(2025, 12, 31)


def test_next_year_is_this_one_in_a_chapter_on_the_year_ahead() -> None:
    (mention,) = find_dates("明年6月底前", Calendar(2025, ahead=True))
    assert mention.deadline == date(2025, 6, 30)


def test_without_a_year_a_date_stays_open_and_keeps_its_words() -> None:
    (mention,) = find_dates("6月底前", Calendar(None))
    assert mention.kind == "limit"
    assert mention.deadline is None


@pytest.mark.parametrize(
    ("text", "begins", "deadline"),
    [
        pytest.param("2023年4月1日至7月31日", "2023-04-01", "2023-07-31", id="the year is said once"),
        pytest.param("2023年12月10日至2024年3月31日", "2023-12-10", "2024-03-31", id="over the turn of the year"),
        pytest.param("11月至3月", "2024-11-01", "2025-03-31", id="over the turn of the year, unsaid"),
        pytest.param("4月至5月", "2024-04-01", "2024-05-31", id="two months"),
        pytest.param("2021—2025年", "2021-01-01", "2025-12-31", id="a span of years"),
        pytest.param("2024年至2026年", "2024-01-01", "2026-12-31", id="a span of years, both said"),
        pytest.param("2023年1-7月", "2023-01-01", "2023-07-31", id="months of a year"),
        pytest.param("2010年1月—2010年12月", "2010-01-01", "2010-12-31", id="months with a dash"),
        pytest.param("5月6日—20日", "2024-05-06", "2024-05-20", id="days of one month"),
        pytest.param("3月下旬至4月", "2024-03-21", "2024-04-30", id="from the last days of a month"),
        pytest.param("第二季度至第三季度", "2024-04-01", "2024-09-30", id="two quarters"),
    ],
)
def test_a_stage_has_a_start_and_an_end(text: str, begins: str, deadline: str) -> None:
    (mention,) = find_dates(fold(text), PLAN)
    assert (mention.kind, mention.begins, mention.deadline) == ("span", day(begins), day(deadline))


@pytest.mark.parametrize(
    ("text", "period", "every"),
    [
        pytest.param("每年", "year", None, id="year"),
        pytest.param("每季度", "quarter", None, id="quarter"),
        pytest.param("每半年报送", "half-year", None, id="half-year before a report"),
        pytest.param("每月", "month", None, id="month"),
        pytest.param("每周", "week", None, id="week"),
        pytest.param("每2年", "year", 2, id="every second year"),
        pytest.param("每两个月", "month", 2, id="every second month"),
        pytest.param("按月通报", "month", None, id="by the month"),
        pytest.param("按季度", "quarter", None, id="by the quarter"),
        pytest.param("逐月通报", "month", None, id="month by month"),
        pytest.param("一年两次", "year", None, id="twice a year"),
        pytest.param("半年一次", "half-year", None, id="once a half-year"),
        pytest.param("两年一次", "year", 2, id="once in two years"),
        pytest.param("半年一督查", "half-year", None, id="半年 with a verb for the noun"),
        pytest.param("逐季度通报", "quarter", None, id="quarter by quarter"),
        pytest.param("任期内", "term", None, id="a term of office"),
    ],
)
def test_a_frequency_is_read(text: str, period: str, every: int | None) -> None:
    (mention,) = find_dates(fold(text), PLAN)
    assert (mention.period, mention.every) == (period, every)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        pytest.param("每月5日前", "month", id="a day of the month"),
        pytest.param("每年3月底前", "year", id="a month of the year"),
        pytest.param("每年第一季度", "year", id="a quarter of the year"),
        pytest.param("每季度末月15日前", "quarter", id="a day of the quarter's last month"),
        pytest.param("每周五前", "week", id="a day of the week"),
        pytest.param("每年3月、9月", "year", id="two months of the year"),
        pytest.param("每年6月底和12月底前", "year", id="two limits of the year"),
        pytest.param("每月15日", "month", id="a day of the month without 前"),
    ],
)
def test_a_limit_inside_each_period_has_no_date(text: str, period: str) -> None:
    (mention,) = find_dates(fold(text), PLAN)
    assert (mention.kind, mention.period, mention.deadline) == ("recurring", period, None)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2022年前10个月", id="the first ten months"),
        pytest.param("2025年前后", id="about a year"),
        pytest.param("三年内", id="within three years is a length"),
        pytest.param("2019年5月27日,被命名", id="the day of an event"),
        pytest.param("2015年以来", id="since"),
        pytest.param("去年同期", id="last year"),
        pytest.param("截至12月底", id="as of"),
        pytest.param("截止到2024年底", id="as of the end of a year"),
        pytest.param("年终述职", id="a year-end report"),
    ],
)
def test_what_binds_nothing_is_no_limit(text: str) -> None:
    assert all(mention.kind not in ("limit", "recurring") for mention in find_dates(fold(text), PLAN))


@pytest.mark.parametrize("text", ["十五日内答复", "近年来", "学年", "月均", "二十大", "1.5倍", "五一", "年轻干部"])
def test_words_with_the_characters_of_dates_are_none(text: str) -> None:
    assert [mention for mention in find_dates(fold(text), PLAN) if mention.kind != "frequency"] == []


@given(st.dates(date(2000, 1, 1), date(2049, 12, 31)))
def test_every_full_date_reads_back(wanted: date) -> None:
    (mention,) = find_dates(f"{wanted.year}年{wanted.month}月{wanted.day}日前", PLAN)
    assert mention.deadline == wanted


@given(st.text(alphabet="12345年月日前底至到每季度半上下旬末以内今明—-*×十二三 ", max_size=20))
def test_no_string_of_date_characters_raises_and_mentions_do_not_overlap(text: str) -> None:
    mentions = find_dates(fold(text), PLAN)
    for one, two in pairwise(mentions):
        assert one.end <= two.start
