"""Whether two values may be compared and why not, and which of two targets asks for more."""

from datetime import date
from typing import Any

import pytest

from pipeline.compare.measures import (
    REASONS,
    Measure,
    change_of_deadline,
    change_of_target,
    compare_measures,
    describe,
    measures,
    number_words,
    strictest,
)
from tests.exports import export_of, paper


def measure(sentence: str, year: int = 2024, place: str = "青榆县", **about: Any) -> Measure:
    """Return the first measure of a sentence of a plan, or of a report where *about* gives its kind."""
    export = export_of(plan=paper(place, year, sentence, **about))
    found = [one for one in measures(export.commitments, export.documents).values() if one.stance != "baseline"]
    return found[0]


def result(sentence: str, year: int = 2024) -> Measure:
    return measure(sentence, year, kind="情况报告", head="工作情况")


@pytest.mark.parametrize(
    ("a", "b", "reasons"),
    [
        pytest.param("败诉率控制在8%以内。", "行政诉讼败诉率低于10%。", [], id="one indicator in other words"),
        pytest.param("举办讲座4期。", "举办讲座4场。", [], id="units of one class"),
        pytest.param("落实法治建设经费80万元。", "落实法治建设经费0.01亿元。", [], id="money in other sizes"),
        pytest.param("败诉率控制在8%以内。", "网上可办率不低于95%。", ["indicator"], id="two things"),
        pytest.param("执法人员培训60学时。", "执法人员培训7天。", ["unit"], id="hours and days"),
        pytest.param("审核时限不超过10日。", "审核时限不超过10个工作日。", ["unit"], id="days and working days"),
        pytest.param("每季度召开一次府院联席会议。", "每半年召开一次府院联席会议。", ["period"], id="two periods"),
        pytest.param("全年开展应急演练4次。", "全年开展应急演练4次。", [], id="the same"),
        pytest.param("网上可办率达到95%。", "网上可办率提高5个百分点。", ["change"], id="a change and a level"),
        pytest.param(
            "主要负责人出庭应诉率50%。", "负责人出庭应诉率50%。", ["indicator", "denominator"], id="a narrower circle"
        ),
        pytest.param("全年开展应急演练70余次。", "全年开展应急演练4次。", ["approximate"], id="about so many"),
    ],
)
def test_two_targets_are_comparable_or_it_is_said_why(a: str, b: str, reasons: list[str]) -> None:
    one, other = measure(a), measure(b)
    found = [key for key, _ in compare_measures(one, other).reasons]
    assert found == reasons
    assert compare_measures(one, other).words == compare_measures(other, one).words
    assert set(found) <= set(REASONS)


def test_years_and_cumulative_totals_differ() -> None:
    one = result("全年开展应急演练4次。")
    assert [key for key, _ in compare_measures(one, result("全年开展应急演练4次。", 2023)).reasons] == ["year"]
    assert compare_measures(one, result("全年开展应急演练4次。", 2023), across_years=True).is_comparable
    total = result("自2021年以来累计开展应急演练12次。")
    assert "cumulative" in [key for key, _ in compare_measures(one, total).reasons]


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        pytest.param("败诉率控制在8%以内。", "败诉率控制在6%以内。", 1, id="less is more"),
        pytest.param("网上可办率不低于95%。", "网上可办率达到90%以上。", -1, id="less is less"),
        pytest.param("网上可办率不低于95%。", "网上可办率达到95%。", 0, id="as much in other words"),
        pytest.param("涉企检查次数减少10%以上。", "涉企检查次数减少15%以上。", 1, id="a greater change"),
        pytest.param("执法人员培训60学时。", "执法人员培训7天。", None, id="other units"),
    ],
)
def test_of_two_targets_one_asks_for_more(before: str, after: str, way: int | None) -> None:
    found = change_of_target(measure(before), measure(after))
    assert (found and found[0]) == way
    if way:
        back = change_of_target(measure(after), measure(before))
        assert back is not None
        assert back[0] == -way


def test_the_strictest_of_several_targets_is_found_whatever_their_order() -> None:
    found = [measure(f"败诉率控制在{share}%以内。") for share in (8, 5, 10)]
    assert strictest(found).value == strictest(found[::-1]).value == 5


def test_words_name_how_much_later_a_date_is() -> None:
    found = change_of_deadline(measure("县司法局6月底前公布权责清单。"), measure("县司法局9月底前公布权责清单。"))
    assert found == (92, "由2024年6月30日前改为2024年9月30日前，晚3个月")


def test_a_value_is_described_in_words() -> None:
    assert describe(measure("网上可办率95%以上。")) == "不低于95%"
    assert describe(measure("全年开展应急演练不少于4次。")) == "每年不少于4次"
    assert describe(measure("县司法局6月底前公布权责清单。")) == "2024年6月30日前"


@pytest.mark.parametrize(
    ("value", "words"), [(95.0, "95"), (92.3, "92.3"), (28_900_000.0, "2890万"), (12_345.0, "12345")]
)
def test_numbers_are_printed_as_people_write_them(value: float, words: str) -> None:
    assert number_words(value) == words


def test_a_target_of_next_steps_is_of_the_year_after_and_a_date_gives_its_own() -> None:
    text = paper("青榆县", 2023, "应急演练4次。", kind="情况报告", head="2024年工作打算")
    export = export_of(report=text)
    assert [one.year for one in measures(export.commitments, export.documents).values()] == [2024]
    one = measure("2025年3月底前公开年度报告。")
    assert (one.year, one.deadline) == (2025, date(2025, 3, 31))
