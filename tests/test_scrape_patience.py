"""How long a crawl waits after failures, and when it lets go: sums, no clocks."""

import math
from datetime import timedelta
from itertools import pairwise

import pytest

from pipeline.scrape.outcomes import GOOD, WORDS, Outcome, worst
from pipeline.scrape.patience import (
    CHALLENGES_IN_A_ROW,
    LASTING,
    LONGEST_WAIT_S,
    MOST_TRIES,
    PASSING,
    THRICE,
    challenge_pause_s,
    pause_s,
    rest,
)
from pipeline.scrape.wording import answered, left_alone

FINAL = [outcome for outcome in Outcome if outcome not in PASSING | LASTING]


def pauses(outcome: Outcome, delay_s: float) -> list[float]:
    """The pauses after failures of one kind, until there are none."""
    found = []
    while (pause := pause_s([outcome] * (len(found) + 1), delay_s)) is not None:
        found.append(pause)
    return found


@pytest.mark.parametrize("outcome", sorted(PASSING))
def test_what_may_pass_is_tried_eight_times_with_growing_pauses(outcome: Outcome) -> None:
    found = pauses(outcome, 3.0)
    assert len(found) == MOST_TRIES - 1
    assert found[0] == 12
    assert all(before <= after for before, after in pairwise(found))
    assert found[-1] == 120


@pytest.mark.parametrize("outcome", sorted(LASTING))
def test_what_looks_lasting_is_believed_the_third_time(outcome: Outcome) -> None:
    assert len(pauses(outcome, 3.0)) == THRICE - 1


@pytest.mark.parametrize("outcome", FINAL)
def test_what_is_certain_is_not_asked_again(outcome: Outcome) -> None:
    assert pauses(outcome, 3.0) == []


@pytest.mark.parametrize(
    ("seen", "is_over"),
    [
        pytest.param(
            "soft_404 soft_404 server_error soft_404 soft_404", False, id="another failure begins the count anew"
        ),
        pytest.param("server_error server_error soft_404", False, id="failures of other kinds do not count as lasting"),
        pytest.param("server_error soft_404 soft_404 soft_404", True, id="three in a row at the end"),
        pytest.param("stub soft_404 stub soft_404 stub soft_404 stub", False, id="two lasting ones in turn"),
        pytest.param("stub soft_404 stub soft_404 stub soft_404 stub soft_404", True, id="no more than eight in all"),
        pytest.param("unreachable blocked", True, id="a plain answer ends it whatever was before"),
        pytest.param("server_error no_rows", True, id="a list that says that it is empty is believed"),
    ],
)
def test_the_third_in_a_row_counts_and_the_eighth_in_all(seen: str, is_over: bool) -> None:
    assert (pause_s([Outcome(name) for name in seen.split()], 1.0) is None) is is_over


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param(None, 12.0, id="nothing told"),
        pytest.param(0.0, 12.0, id="a server that is ready at once is still given our pause"),
        pytest.param(5.0, 12.0, id="less than our pause"),
        pytest.param(60.0, 60.0, id="more than our pause"),
        pytest.param(LONGEST_WAIT_S, LONGEST_WAIT_S, id="the longest that a crawl waits"),
        pytest.param(LONGEST_WAIT_S + 1, None, id="for another day"),
    ],
)
def test_a_server_that_names_a_time_is_not_asked_before(told: float | None, expected: float | None) -> None:
    assert pause_s([Outcome.SERVER_ERROR], 3.0, told) == expected


def test_pauses_grow_with_the_delay_of_the_source() -> None:
    assert pauses(Outcome.SERVER_ERROR, 30.0) == [10 * pause for pause in pauses(Outcome.SERVER_ERROR, 3.0)]


def test_a_retry_after_does_not_give_more_tries() -> None:
    assert pause_s([Outcome.SERVER_ERROR] * MOST_TRIES, 1.0, 1.0) is None


def test_a_challenged_host_is_left_for_pauses_that_double_and_then_for_the_run() -> None:
    found = [challenge_pause_s(times, 3.0) for times in range(1, CHALLENGES_IN_A_ROW + 2)]
    assert found == [60, 120, 240, 480, None, None]


def test_a_challenged_host_rests_a_day_and_at_most_four_weeks() -> None:
    found = [rest(times) for times in range(1, 40)]
    assert found[:3] == [timedelta(days=1), timedelta(days=2), timedelta(days=4)]
    assert all(before <= after for before, after in pairwise(found))
    assert max(found) == timedelta(days=28)


def test_nothing_is_both_passing_and_lasting_nor_good_and_tried_again() -> None:
    assert not PASSING & LASTING
    assert not (PASSING | LASTING) & GOOD


def test_every_outcome_has_words_of_its_own() -> None:
    assert set(WORDS) == set(Outcome)
    assert len(set(WORDS.values())) == len(Outcome)


def test_a_source_is_as_bad_as_the_worst_that_happened_on_it() -> None:
    assert worst([]) is Outcome.OK
    assert worst(GOOD) is Outcome.OK
    assert worst([Outcome.OK, Outcome.NO_ROWS, Outcome.GONE]) is Outcome.NO_ROWS
    assert worst([Outcome.INTERNAL, Outcome.SERVER_ERROR]) is Outcome.INTERNAL


def test_pauses_are_numbers_of_seconds() -> None:
    assert all(math.isfinite(pause) and pause > 0 for outcome in PASSING | LASTING for pause in pauses(outcome, 0.01))


def test_an_address_that_is_left_alone_keeps_what_its_host_answered() -> None:
    detail = left_alone("状态码500", 16)
    assert detail == "状态码500（该网站连续16次请求失败）"
    assert answered(detail) == answered("状态码500") == "状态码500"
    assert answered("网页上写着：（该网站连续3次请求失败）请稍后") == "网页上写着：（该网站连续3次请求失败）请稍后"
