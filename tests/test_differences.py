"""What changed between two papers of one place: gold beside two plans of our own, and pairs that hide or fake a change."""

import json
from pathlib import Path

import pandas as pd
import pytest

from pipeline.compare.columns import DIFFERENCE
from pipeline.compare.differences import find_differences
from pipeline.errors import NotFoundError
from pipeline.tables import Export
from tests.exports import export_of, paper

DATA = Path(__file__).parent / "data" / "compare"
PLAN = (DATA / "yunling-plan-2024.txt").read_text(encoding="utf-8")
NEXT = (DATA / "yunling-plan-2025.txt").read_text(encoding="utf-8")


def changes(export: Export, found: pd.DataFrame) -> list[tuple[str, str | None, str | None]]:
    """Return the kind of each change with the clause of either side that holds the value."""
    rows = {row.commitment_id: row for row in export.commitments.itertuples()}
    texts = dict(zip(export.documents["doc_id"], export.documents["text"], strict=True))

    def clause(one: object) -> str | None:
        if pd.isna(one):
            return None
        row = rows[one]
        text = texts[row.doc_id]
        start = max(text.rfind(mark, 0, row.value_start) for mark in "，。\n") + 1
        end = min(at for mark in "，。\n（" if (at := text.find(mark, row.value_end)) >= 0)
        return text[start:end]

    return [(row.kind, clause(row.a), clause(row.b)) for row in found.itertuples()]


def kinds(before: str, after: str) -> list[str]:
    return find_differences(export_of(a=before, b=after), "a.txt", "b.txt")["kind"].tolist()


def test_two_years_differ_by_what_the_gold_says_through_renumbering_and_rewording() -> None:
    export = export_of(a=PLAN, b=NEXT)
    gold = [json.loads(line) for line in (DATA / "yunling.differences.jsonl").read_text(encoding="utf-8").splitlines()]
    found = find_differences(export, "a.txt", "b.txt")
    assert list(found.columns) == list(DIFFERENCE)
    assert changes(export, found) == [(row["kind"], row["before"], row["after"]) for row in gold]


def test_backwards_what_was_raised_is_lowered_and_what_was_added_is_dropped() -> None:
    export = export_of(a=PLAN, b=NEXT)
    there = find_differences(export, "a.txt", "b.txt")["kind"].value_counts()
    back = find_differences(export, "b.txt", "a.txt")["kind"].value_counts()
    assert (there["raised"], there["added"]) == (back["lowered"], back["dropped"])
    assert (there["deadline_moved"], there["bodies_changed"]) == (back["deadline_moved"], back["bodies_changed"])


def test_words_have_the_arithmetic_and_name_dates_and_bodies() -> None:
    found = find_differences(export_of(a=PLAN, b=NEXT), "a.txt", "b.txt")
    why = found["why"].tolist()
    assert "由96%以上改为不低于98%，要求提高（高2个百分点）" in why
    assert "上次为2024年10月31日前，按年份顺延由2025年10月31日前改为2025年12月31日前，晚2个月" in why
    assert "牵头单位由县司法局、县信访局改为县委政法委、县司法局" in why
    assert "后一份没有“全年开展法治宣传活动不少于24场”" in why


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(PLAN, PLAN, id="the same text"),
        pytest.param(
            PLAN, PLAN.replace("各乡镇人民政府", "打印 关闭 字号\n各乡镇人民政府"), id="only furniture of the page"
        ),
        pytest.param(PLAN, PLAN.replace("2024年3月6日", "2024年3月8日"), id="only the date of signing"),
        pytest.param(
            PLAN,
            PLAN.replace("2.清理文件。", "3.清理文件。").replace("3.公布决策目录。", "2.公布决策目录。"),
            id="only numbers",
        ),
        pytest.param(
            paper("云岭县", 2024, "县司法局6月底前公布行政裁量权基准。", "败诉率较2023年下降1个百分点。"),
            paper("云岭县", 2025, "县司法局6月底前公布行政裁量权基准。", "败诉率较2024年下降1个百分点。"),
            id="dates and the base of a change go along with the year",
        ),
        pytest.param(
            paper("云岭县", 2024, "各乡镇2月底前上报年度计划。"),
            paper("云岭县", 2025, "各乡镇2月底前上报年度计划。"),
            id="the end of February in a leap year",
        ),
        pytest.param(
            paper("云岭县", 2024, "年底前开展法治督察2次。"),
            paper("云岭县", 2025, "开展法治督察2次。"),
            id="a plan for a year means its end",
        ),
        pytest.param(
            paper("云岭县", 2024, "每季度召开一次府院联席会议。"),
            paper("云岭县", 2025, "府院联席会议全年召开4次。"),
            id="as often in other words",
        ),
        pytest.param(
            paper("云岭县", 2024, "全年举办法治讲座不少于4期。", "调解率达到三成。"),
            paper("云岭县", 2025, "调解率30%以上。", "每季度举办1期法治讲座。"),
            id="the same amounts in other words and another order",
        ),
        pytest.param(
            paper("云岭县", 2024, "出庭应诉率达到100%。（县司法局、县信访局负责）"),
            paper("云岭县", 2025, "出庭应诉率达到100%。（县信访局、县司法局负责）"),
            id="bodies in another order",
        ),
        pytest.param(
            paper("云岭县", 2024, "到2025年，网上可办率达到95%。"),
            paper("云岭县", 2025, "到2025年，网上可办率达到95%。"),
            id="the same date in the plans of two years",
        ),
        pytest.param(
            paper("云岭县", 2024, "6月底前公布行政裁量权基准（县司法局、县委政法委牵头）。"),
            paper("云岭县", 2024, "6月底前公布行政裁量权基准（司法局、政法委牵头）。"),
            id="bodies without the level of their place",
        ),
        pytest.param(
            paper("云岭县", 2009, "10月底前修订应急预案。"),
            paper("云岭县", 2024, "6月底前修订应急预案。"),
            id="dates of fifteen years ago",
        ),
        pytest.param(
            paper("云岭县", 2024, "行政诉讼败诉率8%。"),
            paper("云岭县", 2024, "行政诉讼败诉率控制在8%以内。"),
            id="where less is better a bare number is a limit",
        ),
    ],
)
def test_what_is_no_change_makes_no_row(before: str, after: str) -> None:
    assert kinds(before, after) == []


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        pytest.param("行政诉讼败诉率控制在8%以内。", "行政诉讼败诉率控制在6%以内。", "raised", id="less is more"),
        pytest.param("每季度通报一次进度。", "每半年通报一次进度。", "lowered", id="more seldom"),
        pytest.param("培训执法人员60学时。", "培训执法人员7天。", "changed", id="another unit"),
        pytest.param(
            "县司法局6月底前公布权责清单。", "县司法局9月底前公布权责清单。", "deadline_moved", id="later in the year"
        ),
        pytest.param(
            "县应急局10月底前修订应急预案。", "县应急局10月底前修订应急预案12部。", "changed", id="a number is new"
        ),
        pytest.param("开展法治讲座不少于6次。", "开展法治讲座6次以内。", "changed", id="a floor became a ceiling"),
        pytest.param("每年开展案卷评查3—5次。", "每年开展案卷评查3—8次。", "changed", id="a wider range"),
        pytest.param(
            "6月底前公布行政裁量权基准（市司法局牵头）。",
            "6月底前公布行政裁量权基准（县司法局牵头）。",
            "bodies_changed",
            id="a body of another level",
        ),
        pytest.param("败诉率低于15%。", "败诉率低于全省平均水平。", "changed", id="a level for a number"),
    ],
)
def test_a_changed_sentence_is_one_change(before: str, after: str, kind: str) -> None:
    assert kinds(paper("云岭县", 2024, before), paper("云岭县", 2025, after)) == [kind]


def test_versions_of_one_year_compare_dates_as_they_stand() -> None:
    text = paper("云岭县", 2024, "县司法局2024年6月底前公布权责清单。")
    assert kinds(text, text.replace("2024年6月底前", "2025年6月底前")) == ["deadline_moved"]


def test_results_are_compared_between_reports_only_and_have_no_better_or_worse() -> None:
    before = paper("云岭县", 2023, "行政诉讼败诉率7.4%。", kind="情况报告", head="工作情况")
    after = paper("云岭县", 2024, "行政诉讼败诉率9.6%。", kind="情况报告", head="工作情况")
    assert kinds(before, after) == ["changed"]
    assert kinds(paper("云岭县", 2024, "行政诉讼败诉率控制在8%以内。"), after) == ["dropped"]


def test_a_level_and_a_change_are_no_pair_and_take_no_place() -> None:
    def year(at: int, sentence: str) -> str:
        return paper("云岭县", at, sentence, kind="情况报告", head="工作情况")

    before = year(2023, "开展涉企行政检查5890次。")
    assert kinds(before, year(2024, "涉企行政检查次数比上年下降12.9%。")) == ["dropped", "added"]
    assert kinds(before, year(2024, "涉企行政检查次数比上年下降12.9%，全年检查5130次。")) == ["changed", "added"]


def test_what_cannot_be_one_never_takes_the_place_of_what_can() -> None:
    before = paper("云岭县", 2023, "行政复议案件比上年增长10%。", kind="情况报告", head="工作情况")
    after = paper("云岭县", 2024, "行政复议案件增加12件，比上年增长12%。", kind="情况报告", head="工作情况")
    assert kinds(before, after) == ["changed", "added"]


def test_a_document_that_is_not_there_is_named() -> None:
    with pytest.raises(NotFoundError, match=r"c\.txt"):
        find_differences(export_of(a=PLAN, b=NEXT), "a.txt", "c.txt")
