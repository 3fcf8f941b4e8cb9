"""Indicators over places and years: which cell stands, what may be compared and why not, who ranks where."""

from typing import Any

import pandas as pd
import pytest

from pipeline.compare.indicators import LONG, PAIR, Comparison, compare_indicators
from pipeline.errors import NotFoundError
from tests.exports import export_of, paper

LOSS = "litigation_loss_rate"


def compared(*plans: tuple[str, str], kind: str = "工作计划", **given: Any) -> Comparison:
    """Compare what places say, each in one sentence of a paper of 2024."""
    texts = {f"p{number}": paper(place, 2024, said, kind=kind) for number, (place, said) in enumerate(plans)}
    return compare_indicators(export_of(**texts), **given)


def cell(found: Comparison, place: str, indicator: str = LOSS) -> "pd.Series[Any]":
    rows = found.long[(found.long["jurisdiction"] == place) & (found.long["indicator"] == indicator)]
    assert len(rows) == 1
    return rows.iloc[0]


def test_places_rank_by_what_is_better_of_an_indicator() -> None:
    found = compared(
        ("青榆县", "行政诉讼败诉率控制在8%以内。"),
        ("云岭县", "行政诉讼败诉率控制在5%以内。"),
        ("禾坪县", "行政诉讼败诉率控制在8%以内。"),
        ("望榆县", "行政诉讼败诉率控制在9%以内。"),
    )
    ranks = {
        place: cell(found, place)[["rank", "percentile", "peers"]].tolist() for place in ("云岭县", "青榆县", "望榆县")
    }
    assert ranks == {"云岭县": [1, 100.0, 3], "青榆县": [2, 66.7, 3], "望榆县": [4, 0.0, 3]}


def test_more_is_better_where_the_indicator_says_so() -> None:
    found = compared(
        ("青榆县", "行政机关负责人出庭应诉率不低于90%。"), ("云岭县", "行政机关负责人出庭应诉率不低于95%。")
    )
    assert cell(found, "云岭县", "head_court_appearance_rate")["rank"] == 1


def test_the_strictest_target_of_a_place_stands_and_the_others_are_named() -> None:
    found = compared(("青榆县", "行政诉讼败诉率控制在8%以内，城区行政诉讼败诉率控制在5%以内。"))
    row = cell(found, "青榆县")
    assert (row["words"], len(row["others"])) == ("不高于5%", 1)


@pytest.mark.parametrize(
    ("ours", "theirs", "reason", "words"),
    [
        pytest.param("行政诉讼败诉率控制在8%以内。", "行政诉讼败诉率低于全省平均水平。", "no_value", "参照水平", id="a benchmark has no number"),
        pytest.param("行政诉讼败诉率控制在8%以内。", "行政诉讼败诉率保持在8%左右。", "approximate", "约数", id="about so much"),
        pytest.param("行政诉讼败诉率控制在8%以内。", "行政诉讼败诉率下降2个百分点。", "change", "增减幅度", id="a change against a level"),
        pytest.param("一审行政诉讼败诉率控制在8%以内。", "二审行政诉讼败诉率控制在8%以内。", "denominator", "审级", id="another instance"),
        pytest.param("政府常务会议每季度学法不少于1次。", "政府常务会议每年学法不少于4次。", "period", "每季度", id="each quarter, each year"),
    ],
)  # fmt: skip
def test_what_may_not_be_compared_says_why(ours: str, theirs: str, reason: str, words: str) -> None:
    found = compared(("青榆县", ours), ("云岭县", theirs))
    (pair,) = found.pairs.itertuples()
    assert pair.reasons == [reason]
    assert words in pair.why_not
    assert not found.long["is_comparable"].any()
    assert found.long["rank"].isna().all()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        pytest.param("行政诉讼败诉率控制在8%以内。", "行政诉讼败诉率不超过百分之六。", id="a percentage in words"),
        pytest.param("政府常务会议每年学法不少于4次。", "政府常务会议全年学法4期。", id="期 and 次 are one class"),
        pytest.param("罚没收入不超过200万元。", "罚没收入不超过2000000元。", id="万元 and 元"),
        pytest.param("县级行政机关负责人出庭应诉率不低于90%。", "区级行政机关负责人出庭应诉率不低于90%。", id="县级 and 区级"),
    ],
)  # fmt: skip
def test_the_same_said_otherwise_may_be_compared(ours: str, theirs: str) -> None:
    found = compared(("青榆县", ours), ("云岭县", theirs))
    assert found.pairs["why_not"].tolist() == [""] * len(found.pairs)


def test_a_department_is_no_peer_of_a_government() -> None:
    texts = {
        "county": paper("青榆县", 2024, "全年开展执法人员培训，人均培训62学时。", kind="工作报告"),
        "bureau": "云岭县水利局2024年法治政府建设工作报告\n一、工作\n1.执法人员人均培训64学时。\n云岭县水利局\n2025年1月3日\n",
    }
    found = compare_indicators(export_of(**texts), indicators=["enforcement_training_hours"])
    assert set(found.long["why_not"]) == {"范围不同（政府与水利局）"}


def test_a_town_is_no_peer_of_a_county() -> None:
    found = compared(("青榆县", "行政诉讼败诉率控制在8%以内。"), ("云岭镇", "行政诉讼败诉率控制在8%以内。"))
    assert found.pairs["why_not"].tolist() == ["行政层级不同"]


def test_years_of_one_place_are_paired_and_years_of_two_are_not() -> None:
    texts = {
        "a": paper("青榆县", 2023, "行政诉讼败诉率控制在9%以内。"),
        "b": paper("青榆县", 2024, "行政诉讼败诉率控制在8%以内。"),
        "c": paper("云岭县", 2024, "行政诉讼败诉率控制在7%以内。"),
    }
    pairs = compare_indicators(export_of(**texts)).pairs
    seen = {
        (row.a_jurisdiction, row.a_year, row.b_jurisdiction, row.b_year): row.is_comparable
        for row in pairs.itertuples()
    }
    assert seen == {("云岭县", 2024, "青榆县", 2024): True, ("青榆县", 2023, "青榆县", 2024): True}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        pytest.param("其中涉企行政诉讼败诉率2%，行政诉讼败诉率9%。", "9%", id="a part goes before the whole"),
        pytest.param("行政诉讼败诉率9%，其中涉企行政诉讼败诉率2%。", "9%", id="a part goes behind the whole"),
        pytest.param("上半年行政诉讼败诉率2%，全年行政诉讼败诉率9%。", "9%", id="half of the year goes before the year"),
        pytest.param("行政诉讼败诉率约2%，最终行政诉讼败诉率为9%。", "9%", id="about so much goes before so much"),
    ],
)  # fmt: skip
def test_the_result_of_the_whole_year_stands(said: str, words: str) -> None:
    found = compared(("云岭县", said), ("青榆县", "行政诉讼败诉率4%。"), kind="情况报告", stances=["result"])
    row = cell(found, "云岭县")
    assert (row["words"], row["rank"]) == (words, 2)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        pytest.param(
            "行政诉讼败诉率低于全省平均水平，力争控制在8%以内。", "不高于8%", id="a benchmark goes before a value"
        ),
        pytest.param("行政诉讼败诉率约9%，确保不超过10%。", "不高于10%", id="about so much goes before a limit"),
        pytest.param(
            "其中涉企行政诉讼败诉率控制在2%以内，行政诉讼败诉率控制在8%以内。",
            "不高于8%",
            id="a part goes before the whole",
        ),
    ],
)
def test_a_value_that_can_be_compared_stands_for_a_place(said: str, words: str) -> None:
    found = compared(("云岭县", said), ("青榆县", "行政诉讼败诉率控制在6%以内。"))
    row = cell(found, "云岭县")
    assert (row["words"], row["rank"]) == (words, 2)


def test_a_part_of_the_year_alone_is_not_comparable() -> None:
    found = compared(("云岭县", "上半年开展法治讲座2次。"), ("青榆县", "全年开展法治讲座4次。"), kind="情况报告")
    row = cell(found, "云岭县", "rule_of_law_lectures")
    assert (row["is_comparable"], row["why_not"], row["peers"]) == (False, "报告只说了上半年的数", 0)


def both_orders(texts: dict[str, str]) -> list[Comparison]:
    return [compare_indicators(export_of(**dict(order))) for order in (texts.items(), reversed(texts.items()))]


def test_two_documents_of_one_place_and_year_give_one_cell_whatever_their_order() -> None:
    report = paper("云岭县", 2024, "行政诉讼败诉率为5%。", kind="情况报告", head="工作情况")
    texts = {
        "a": paper("云岭县", 2024, "行政诉讼败诉率控制在8%以内。"),
        "b": paper("云岭县", 2024, "行政诉讼败诉率低于全省平均水平。").replace("工作计划", "工作要点"),
        "c": report,
        "d": report.replace("情况报告", "年度报告").replace("5%", "7%"),
    }
    one, other = both_orders(texts)
    pd.testing.assert_frame_equal(one.long, other.long)
    assert one.long["words"].tolist()[0] == "不高于8%"


def plan_for(place: str, years: str, share: int) -> str:
    return f"{place}法治政府建设实施规划（{years}年）\n一、任务\n1.行政诉讼败诉率控制在{share}%以内。\n{place}人民政府\n{years[:4]}年3月6日\n"


def test_plans_for_other_years_are_no_peers() -> None:
    found = compare_indicators(
        export_of(
            a=plan_for("云岭县", "2016—2020", 8),
            b=plan_for("青榆县", "2021—2025", 6),
            c=plan_for("禾坪县", "2021－2025", 5),
        )
    )
    assert found.long["year"].isna().all()
    assert {place: cell(found, place)["peers"] for place in ("云岭县", "青榆县", "禾坪县")} == {
        "云岭县": 0, "青榆县": 1, "禾坪县": 1
    }  # fmt: skip
    assert [(row.a_jurisdiction, row.b_jurisdiction) for row in found.pairs.itertuples()] == [("禾坪县", "青榆县")]
    assert len(found.wide) == 2


def test_documents_without_place_and_year_are_neither_one_place_nor_one_year() -> None:
    found = compare_indicators(
        export_of(
            a="法治政府建设工作计划\n一、任务\n1.行政诉讼败诉率控制在8%以内。\n",
            b="法治政府建设工作要点\n一、任务\n1.行政诉讼败诉率控制在6%以内。\n",
        )
    )
    assert found.long["rank"].isna().all()
    assert found.pairs["why_not"].tolist() == ["没有写明年份"]
    assert sorted(name for name in found.wide.columns if name.startswith("（")) == ["（a.txt）", "（b.txt）"]


def test_two_documents_of_no_place_are_not_years_of_one_place() -> None:
    papers = {
        f"p{year}": f"{year}年法治政府建设工作计划\n一、任务\n1.行政诉讼败诉率控制在{year - 2016}%以内。\n"
        for year in (2023, 2024)
    }
    found = compare_indicators(export_of(**papers))
    assert found.long["year"].tolist() == [2023, 2024]
    assert found.pairs.empty


def test_what_a_report_still_plans_is_of_the_year_after() -> None:
    found = compare_indicators(
        export_of(
            a="青榆县2024年法治政府建设年度报告\n一、主要工作\n1.行政诉讼败诉率为7.1%。\n二、下一步打算\n1.行政诉讼败诉率控制在6%以内。\n"
        ),
        indicators=[LOSS],
    )
    assert {(row.stance, row.year) for row in found.long.itertuples()} == {("result", 2024), ("target", 2025)}


def test_the_wide_form_has_a_column_a_place_and_marks_what_may_not_be_compared() -> None:
    wide = compared(("青榆县", "行政诉讼败诉率控制在8%以内。"), ("云岭县", "行政诉讼败诉率保持在8%左右。")).wide
    assert wide[["青榆县", "云岭县"]].iloc[0].tolist() == ["不高于8%※", "约8%※"]


def test_the_order_of_documents_changes_nothing() -> None:
    plans = [("青榆县", "行政诉讼败诉率控制在8%以内。"), ("云岭县", "行政诉讼败诉率控制在5%以内。")]
    one = compared(*plans).long
    other = compared(*reversed(plans)).long
    drop = ["commitment_id", "doc_id"]  # the file names differ
    pd.testing.assert_frame_equal(one.drop(columns=drop), other.drop(columns=drop))


def test_an_export_without_values_gives_empty_tables_with_their_columns() -> None:
    found = compared(("青榆县", "加强组织领导。"))
    assert (tuple(found.long.columns), tuple(found.pairs.columns), len(found.wide)) == (LONG, PAIR, 0)


def test_an_unknown_indicator_is_refused() -> None:
    with pytest.raises(NotFoundError, match="no indicator loss_rate; there are"):
        compared(("青榆县", "行政诉讼败诉率控制在8%以内。"), indicators=["loss_rate"])


def test_filters_leave_what_they_name() -> None:
    plans = ("青榆县", "行政诉讼败诉率控制在8%以内，行政执法人员每年培训不少于60学时。")
    assert set(compared(plans, headings=[7]).long["heading"]) == {7}
    assert compared(plans, years=[2023]).long.empty
    assert set(compared(plans, stances=["result"]).long["stance"]) == set()
