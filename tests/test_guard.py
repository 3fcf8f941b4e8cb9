"""Work in guarded processes: what takes too long, too much memory, or dies costs nothing but itself."""

import multiprocessing
import os
import time

import pytest

from pipeline.guard import Late, more_time, run_each


def behave(how: str) -> str:
    """Do what *how* says; at the top level, so that another process can find it."""
    if how == "sleep":
        time.sleep(60)
    if how == "die":
        os._exit(3)
    if how == "eat":
        return str(len(bytearray(4_000_000_000)))
    if how == "raise":
        raise ValueError("a mistake")
    return how.upper()


def test_results_come_in_the_order_of_the_things_whatever_the_number_of_workers() -> None:
    things = [f"a{number}" for number in range(20)]
    assert [result for _, result in run_each(behave, things, jobs=2)] == [thing.upper() for thing in things]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        pytest.param("sleep", "expected a file that is read in 1 s, got one that takes longer", id="too long"),
        pytest.param("die", "got one that ended its process (exit code 3)", id="its process died"),
    ],
)
def test_what_breaks_its_process_is_told_and_the_others_go_on(bad: str, reason: str) -> None:
    results = dict(run_each(behave, ["a", bad, "b"], time_limit=1))
    late = results.pop(bad)
    assert isinstance(late, Late)
    assert reason in late.reason
    assert results == {"a": "A", "b": "B"}


def test_a_thing_that_wants_more_memory_than_allowed_ends_as_an_error_of_its_own() -> None:
    with pytest.raises(MemoryError):
        list(run_each(behave, ["eat"]))


def test_an_error_of_the_work_is_raised_where_the_results_are_read() -> None:
    with pytest.raises(ValueError, match="a mistake"):
        list(run_each(behave, ["raise"]))


def test_whoever_stops_reading_leaves_no_process_behind() -> None:
    results = run_each(behave, ["a", "sleep", "b"])
    assert next(results) == ("a", "A")
    results.close()
    assert multiprocessing.active_children() == []


def in_steps(how: str) -> str:
    """Work for longer than the limit, and ask for time between the steps where *how* says so."""
    for _ in range(4):
        time.sleep(0.4)
        if how == "asks":
            more_time()
    return how


def test_work_that_is_known_to_be_long_gets_its_time_anew_for_each_step() -> None:
    results = dict(run_each(in_steps, ["asks", "does not"], time_limit=1))
    assert results["asks"] == "asks"
    assert isinstance(results["does not"], Late)
