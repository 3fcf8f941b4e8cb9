"""Whether two values may be compared and why not, and which of two targets asks for more."""

from dataclasses import replace
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
from pipeline.compare.surroundings import span_of
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
        pytest.param(
            "行政复议案件增长不超过5%。",
            "行政复议案件增长不超过3%。",
            1,
            id="a limited growth is stricter where it is less",
        ),
        pytest.param("信访总量下降10%以上。", "信访总量增长不超过10%。", None, id="down and up"),
        pytest.param(
            "网上可办率不低于95%。", "网上可办率控制在95%以内。", -1, id="a least share becomes a greatest one"
        ),
        pytest.param(
            "开展便民巡查不少于6次。",
            "开展便民巡查6次以内。",
            None,
            id="a least number becomes a greatest one of nobody knows what",
        ),
        pytest.param(
            "每年开展法治讲座3—5次。", "每年开展法治讲座3—8次。", None, id="a range that ends elsewhere is not the same"
        ),
        pytest.param("每年开展法治讲座3—5次。", "每年开展法治讲座4—5次。", 1, id="a range that begins higher"),
    ],
)
def test_of_two_targets_one_asks_for_more(before: str, after: str, way: int | None) -> None:
    found = change_of_target(measure(before), measure(after))
    assert (found and found[0]) == way
    if way:
        back = change_of_target(measure(after), measure(before))
        assert back is not None
        assert back[0] == -way


def plan_of(place: str, sentence: str) -> Measure:
    return measure(sentence, place=place)


@pytest.mark.parametrize(
    ("city", "county", "way"),
    [
        pytest.param("举办行政执法人员培训班不少于10期。", "举办行政执法人员培训班不少于3期。", -1, id="a count of nobody's in particular"),
        pytest.param("全市举办行政执法人员培训班不少于10期。", "举办行政执法人员培训班不少于3期。", None, id="a total of the city"),
        pytest.param("全市每年举办行政执法人员培训班不少于10期。", "每年举办行政执法人员培训班不少于3期。", None, id="a yearly total of the city"),
        pytest.param("全市网上可办率不低于95%。", "网上可办率不低于90%。", -1, id="a share is no total"),
        pytest.param("全市行政执法人员培训不少于60学时。", "行政执法人员培训不少于40学时。", -1, id="hours are of each officer"),
        pytest.param("全市各县区举办行政执法人员培训班不少于10期。", "举办行政执法人员培训班不少于3期。", -1, id="asked of each county"),
        pytest.param("健全市县两级机制，举办行政执法人员培训班不少于10期。", "举办行政执法人员培训班不少于3期。", -1, id="健全市 names no city"),
        pytest.param("举办行政执法人员培训班不少于10期。", "全县举办行政执法人员培训班不少于3期。", -1, id="the county's total answers the city"),
    ],
)  # fmt: skip
def test_the_total_of_a_city_is_not_asked_of_each_county(city: str, county: str, way: int | None) -> None:
    found = change_of_target(plan_of("澜陵市", city), plan_of("云岭县", county))
    assert (found and found[0]) == way


def test_two_totals_of_one_level_are_compared() -> None:
    found = change_of_target(
        plan_of("澜陵市", "全市举办行政执法人员培训班不少于10期。"),
        plan_of("澜陵市", "全市举办行政执法人员培训班不少于8期。"),
    )
    assert found is not None
    assert (found[0], found[1].rpartition("，")[2]) == (-1, "少2期")


@pytest.mark.parametrize(
    ("a", "b", "reasons"),
    [
        pytest.param("2016年以来累计办理行政复议案件900件。", "2023年以来累计办理行政复议案件120件。", ["cumulative"], id="other first years"),
        pytest.param("2016年以来累计办理行政复议案件900件。", "2016年以来累计办理行政复议案件120件。", [], id="one first year"),
        pytest.param("规划实施以来累计办理行政复议案件900件。", "2023年以来累计办理行政复议案件120件。", ["cumulative"], id="a first year in words"),
        pytest.param("2024年以来累计办理行政复议案件90件。", "办理行政复议案件120件。", [], id="since the year of the report is that year"),
        pytest.param("上半年开展法治讲座2次。", "全年开展法治讲座4次。", ["period"], id="half of the year"),
        pytest.param("一季度开展法治讲座2次。", "开展法治讲座4次。", ["period"], id="a quarter"),
        pytest.param("1—9月开展法治讲座2次。", "开展法治讲座4次。", ["period"], id="nine months"),
        pytest.param("1—12月开展法治讲座2次。", "开展法治讲座4次。", [], id="twelve months"),
        pytest.param("上半年制定计划，全年开展法治讲座2次。", "开展法治讲座4次。", [], id="the year named last"),
        pytest.param("较上半年改进方式，开展法治讲座2次。", "开展法治讲座4次。", [], id="half a year that it is held against"),
    ],
)  # fmt: skip
def test_results_of_other_times_are_not_comparable(a: str, b: str, reasons: list[str]) -> None:
    verdict = compare_measures(result(a), result(b))
    assert [key for key, _ in verdict.reasons] == reasons
    assert verdict.words == compare_measures(result(b), result(a)).words


def test_a_report_on_half_a_year_says_so_in_its_title() -> None:
    one = measure("开展法治讲座2次。", kind="上半年工作情况报告", head="工作情况")
    assert one.part_of_year == "上半年"


@pytest.mark.parametrize(
    ("title", "span"),
    [
        pytest.param("云岭县法治政府建设实施规划（2016—2020年）", (2016, 2020), id="years"),
        pytest.param("云岭县法治政府建设实施规划（2021年至2025年）", (2021, 2025), id="年 behind both"),
        pytest.param("云岭县法治宣传教育规划（2021－2025年）", (2021, 2025), id="a wide dash"),
        pytest.param("云岭县“八五”普法规划（2022—2026年）", (2022, 2026), id="years before the name of a period"),
        pytest.param("云岭县“八五”普法规划", (2021, 2025), id="publicity counts its own five years"),
        pytest.param("云岭县“十四五”时期法治政府建设规划", (2021, 2025), id="the national plan's"),
        pytest.param("关于印发《云岭县法治政府建设实施纲要（2021—2025年）》的通知", (2021, 2025), id="a plan that a notice hands on"),
        pytest.param("云岭县2024年“八五”普法工作要点", None, id="a year's paper within a period"),
        pytest.param("云岭县“十四五”法治政府建设规划2024年实施计划", None, id="a year's paper of a plan"),
        pytest.param("落实《实施纲要（2021—2025年）》2024年工作要点", None, id="a year's paper that names the years of a plan"),
        pytest.param("云岭县“八五”普法工作要点", None, id="neither plan nor outline"),
    ],
)  # fmt: skip
def test_a_title_says_for_which_years_a_plan_is(title: str, span: tuple[int, int] | None) -> None:
    assert span_of(title, "plan", 2021) == span


def test_a_yearly_paper_within_a_five_year_period_is_of_its_year() -> None:
    text = paper("云岭县", 2024, "全年开展法治讲座不少于6次。").replace("法治政府建设工作计划", "“八五”普法工作要点")
    (one,) = measures(*(getattr(export_of(plan=text), name) for name in ("commitments", "documents"))).values()
    assert (one.year, one.is_span, one.span) == (2024, False, None)


def test_two_sides_of_one_thing_need_no_shared_name() -> None:
    one, other = measure("败诉率控制在8%以内。"), measure("网上可办率不低于95%。")
    assert compare_measures(one, other, is_same_thing=True).is_comparable


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
    ("sentence", "words"),
    [
        pytest.param("审核时限不超过2年。", "不超过2年", id="years are no months"),
        pytest.param("举办讲座4期。", "4期", id="期 is not 次"),
        pytest.param("审核时限不超过20分钟。", "不超过20分钟", id="minutes"),
        pytest.param("落实法治建设经费80万元。", "80万元", id="money"),
        pytest.param("每两个月召开一次联席会议。", "每2个月1次", id="several months"),
        pytest.param("每半月调度一次行政执法工作。", "每月2次", id="half a month is twice a month"),
        pytest.param("每半个月开展两次巡查。", "每月4次", id="twice in half a month"),
        pytest.param("每半月通报，网上可办率不低于45%。", "不低于45%", id="a share is not doubled"),
    ],
)
def test_a_value_keeps_the_unit_that_is_printed(sentence: str, words: str) -> None:
    assert describe(measure(sentence)) == words


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


@pytest.mark.parametrize(
    ("city", "county", "expected"),
    [
        pytest.param(
            "清偿拖欠企业账款不少于5000万元。", "清偿拖欠企业账款不少于800万元。", None, id="a sum of money of a city"
        ),
        pytest.param("办理法律援助案件不少于3000件。", "办理法律援助案件不少于500件。", None, id="thousands of cases"),
        pytest.param(
            "执法人员每年培训不少于60学时。", "执法人员每年培训不少于40学时。", -1, id="hours that each officer owes"
        ),
        pytest.param(
            "每年组织应急演练不少于4次。", "每年组织应急演练不少于2次。", -1, id="what each place does itself"
        ),
        pytest.param("网上可办率不低于95%。", "网上可办率不低于90%。", -1, id="a share"),
    ],
)
def test_a_county_does_not_owe_the_sum_of_its_city(city: str, county: str, expected: int | None) -> None:
    export = export_of(a=paper("澜陵市", 2024, city), b=paper("青榆县", 2024, county))
    one, other = measures(export.commitments, export.documents).values()
    higher = replace(one, level="prefecture")
    found = change_of_target(higher, other)
    assert (found[0] if found else None) == expected
