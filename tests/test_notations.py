"""Whatever notation a number, a range, a date or a frequency is written in, it is read back as what it means."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.numbers import find_numbers
from pipeline.records import Number
from tests.notations import AFTER, BEFORE, CHANGES, UNITS, Written, counts, frequencies, limits, ranges, shares

YEAR = 2024
MONEY = {"万元": 10_000}


def values(text: str) -> list[Number]:
    return [number for number in find_numbers(text, year=YEAR) if number.reason is None and number.value is not None]


def only(text: str) -> Number:
    found = values(text)
    assert len(found) == 1, (text, found)
    return found[0]


@settings(max_examples=400, deadline=None)
@given(counts(), st.sampled_from(UNITS))
def test_a_count_in_any_digits_reads_back_with_its_unit(count: Written, unit: str) -> None:
    if "万" in count.words and unit in MONEY:
        return  # 3.2万万元 and 一万零一万元 are written by nobody
    found = only(f"共投入和办理{count.words}{unit}。")
    printed = found.value if found.unit == unit else (found.value or 0) / MONEY.get(unit, 1)
    assert (round(printed or 0, 4), found.comparator) == (count.value, "=")


@settings(max_examples=300, deadline=None)
@given(shares())
def test_a_share_in_any_notation_is_a_percentage(share: Written) -> None:
    found = only(f"行政机关负责人出庭应诉率达到{share.words}。")
    assert (found.value, found.unit, found.comparator) == (share.value, "%", "=")


@settings(max_examples=300, deadline=None)
@given(ranges())
def test_a_range_has_both_of_its_ends(written: tuple[str, float, float, str]) -> None:
    words, low, high, unit = written
    found = only(f"安排{words}。")
    assert (found.value, found.value_max, found.comparator) == (low, high, "range")
    assert (found.unit or "") in unit


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(BEFORE.items())), counts(low=2, high=9999), st.sampled_from(("件", "次", "名")))
def test_a_word_before_a_number_compares(word: tuple[str, str], count: Written, unit: str) -> None:
    found = only(f"全县办理数量{word[0]}{count.words}{unit}。")
    assert (found.value, found.comparator) == (count.value, word[1])


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(AFTER.items())), shares())
def test_a_word_after_a_number_compares(word: tuple[str, str], share: Written) -> None:
    found = only(f"群众满意度{share.words}{word[0]}。")
    assert (found.value, found.comparator) == (share.value, word[1])


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(CHANGES.items())), shares(), st.sampled_from(("", "以上", "左右")))
def test_a_change_by_a_share_is_no_level(word: tuple[str, str], share: Written, after: str) -> None:
    found = only(f"案件数量{word[0]}{share.words}{after}。")
    assert (found.value, found.comparator) == (share.value, word[1])


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(CHANGES)), st.sampled_from(("到", "至", "为")), shares())
def test_a_change_to_a_share_is_a_level(word: str, to: str, share: Written) -> None:
    found = only(f"群众满意度{word}{to}{share.words}。")
    assert (found.value, found.comparator) == (share.value, "=")


@settings(max_examples=500, deadline=None)
@given(limits(YEAR))
def test_a_due_date_in_any_notation_is_the_day_it_stands_for(limit: tuple[str, date]) -> None:
    words, day = limit
    found = [number for number in find_numbers(f"{words}完成清单编制工作。", year=YEAR) if number.deadline]
    assert [number.deadline for number in found] == [day]


@settings(max_examples=200, deadline=None)
@given(frequencies(), st.sampled_from(("至少开展", "组织", "听取汇报")))
def test_a_frequency_has_its_period_and_how_many_of_it(frequency: tuple[str, str, int | None], doing: str) -> None:
    words, period, every = frequency
    found = [number for number in find_numbers(f"{words}{doing}1次。", year=YEAR) if number.period]
    assert [(number.period, number.every) for number in found] == [(period, every)]
