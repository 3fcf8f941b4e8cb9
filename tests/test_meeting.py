"""Whether a result meets a target, and the sentence that says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.compare.measures import Measure, measures
from pipeline.compare.meeting import Interval, change_between, meets
from tests.exports import export_of, paper

ENDS = st.floats(-100, 100, allow_nan=False)


def statement(sentence: str, kind: str = "工作计划", stance: str = "target") -> tuple[Measure, str]:
    """Return the first measure of *stance* that a sentence has, and the sentence up to its value."""
    export = export_of(paper=paper("青榆县", 2024, sentence, kind=kind, head="主要任务"))
    rows = export.commitments[export.commitments["stance"] == stance]
    one = rows.iloc[0]
    return measures(rows, export.documents)[one["commitment_id"]], sentence[: sentence.index(one["value_text"])]


def met(asked: str, told: str) -> tuple[str, str]:
    (target, before), (result, words) = statement(asked), statement(told, "情况报告", "result")
    found = meets(target, result, asked=before, told=words)
    return found.status, found.words


@pytest.mark.parametrize(
    ("asked", "told", "status", "words"),
    [
        pytest.param("网上可办率不低于95%。", "网上可办率为92.3%。", "not_met",
                     "目标不低于95%，报告为92.3%，差2.7个百分点，未达到目标", id="the sentence of the issue"),
        pytest.param("网上可办率不低于95%。", "网上可办率为95%。", "met",
                     "目标不低于95%，报告为95%，正好达到目标", id="just"),
        pytest.param("败诉率控制在8%以内。", "败诉率7.3%。", "met",
                     "目标控制在8%以内，报告为7.3%，比上限低0.7个百分点，达到目标", id="below the limit"),
        pytest.param("败诉率低于8%。", "败诉率8%。", "not_met",
                     "目标低于8%，报告为8%，正好在界限上，未达到目标", id="the limit itself is not below it"),
        pytest.param("每季度召开一次府院联席会议。", "全年召开府院联席会议3次。", "not_met",
                     "目标每季度一次，报告为3次（目标折合全年不少于4次），差1次，未达到目标", id="told over a year"),
        pytest.param("每两个月召开一次府院联席会议。", "全年召开府院联席会议6次。", "met",
                     "目标每2个月一次，报告为6次（目标折合全年不少于6次），正好达到目标", id="every other month"),
        pytest.param("落实法治建设经费不少于80万元。", "落实法治建设经费65.5万元。", "not_met",
                     "目标不少于80万元，报告为65.5万元，差14.5万元，未达到目标", id="money"),
        pytest.param("涉企检查次数减少10%以上。", "涉企检查次数下降12.9%。", "met",
                     "目标减少10%以上，报告为下降12.9%，幅度比目标大2.9个百分点，达到目标", id="a change"),
        pytest.param("涉企检查次数减少10%以上。", "涉企检查次数增加3%。", "not_met",
                     "目标减少10%以上，报告为增加3%，方向与目标相反，未达到目标", id="the wrong way"),
        pytest.param("调解和解率达到30%—40%。", "调解和解率45%。", "met",
                     "目标30%—40%，报告为45%，高出15个百分点，达到目标", id="over a range of which more is better"),
        pytest.param("行政执法零投诉。", "行政执法投诉2件。", "not_met",
                     "目标零投诉，报告为2件，超出2件，未达到目标", id="nothing at all was the target"),
        pytest.param("村级调解组织实现全覆盖。", "村级调解组织覆盖率98%。", "not_met",
                     "目标全覆盖，报告为98%，差2个百分点，未达到目标", id="all is 100 percent"),
        pytest.param("开展培训不少于60次。", "开展培训70余次。", "met",
                     "目标不少于60次，报告为70余次，达到目标", id="70 and some"),
        pytest.param("开展培训不少于300次。", "开展培训280余次。", "not_met",
                     "目标不少于300次，报告为280余次，未达到目标", id="280 and some are under 290"),
        pytest.param("开展培训不少于60次。", "开展培训近60次。", "not_comparable",
                     "目标不少于60次，报告为近60次；“近60次”是约数，看不出是否达到目标", id="nearly 60"),
        pytest.param("审核时限不超过10个工作日。", "审核时限为8日。", "not_comparable",
                     "目标不超过10个工作日，报告为8日；单位不同（工作日与日），没有统一的折算办法，不能直接比较", id="working days"),
        pytest.param("执法人员培训不少于60学时。", "执法人员培训9天。", "not_comparable",
                     "目标不少于60学时，报告为9天；单位不同（学时与天），没有统一的折算办法，不能直接比较", id="hours and days"),
        pytest.param("网上可办率不低于95%。", "网上可办率提高2.4个百分点。", "not_comparable",
                     "目标不低于95%，报告为提高2.4个百分点；一方是增减幅度，一方是水平值，不能直接比较", id="a change for a level"),
        pytest.param("败诉率低于全省平均水平。", "败诉率7.3%。", "not_comparable",
                     "目标低于全省平均水平，报告为7.3%；参照水平没有给出数值，不能直接比较", id="a level without a number"),
        pytest.param("败诉率低于全省平均水平。", "败诉率低于全省平均值。", "met",
                     "目标低于全省平均水平，报告为低于全省平均值，与同一参照水平相比，方向一致", id="the same level"),
    ],
)  # fmt: skip
def test_a_result_is_held_against_a_target_in_words(asked: str, told: str, status: str, words: str) -> None:
    assert met(asked, told) == (status, words)


def test_a_change_is_computed_from_its_baseline() -> None:
    sentence = "专职调解员由90人增加到110人。"
    (before, _), (after, _) = statement(sentence, "情况报告", "baseline"), statement(sentence, "情况报告", "result")
    target, _ = statement("专职调解员人数增加20%。")
    change = change_between(before, after, target)
    assert change is not None
    assert (change.comparator, change.value, change.unit) == ("increase", 22.2, "%")
    assert meets(target, change).words == "目标增加20%，报告由90人到110人，增加22.2%，幅度比目标大2.2个百分点，达到目标"
    assert change_between(before, after, statement("网上可办率不低于95%。")[0]) is None


@given(ENDS, ENDS, ENDS, ENDS, st.booleans(), st.booleans())
def test_no_result_both_meets_and_misses(a: float, b: float, c: float, d: float, low: bool, high: bool) -> None:
    asked = Interval(min(a, b), max(a, b))
    told = Interval(min(c, d), max(c, d), low and c != d, high and c != d)
    assert not (asked.holds(told) and asked.misses(told))
    assert asked.holds(asked)
    assert asked.misses(told) == told.misses(asked)
