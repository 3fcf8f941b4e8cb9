"""Targets against results: the bundled gold, sentences of officials, and which report answers for which plan."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.analyze import analyze_page
from pipeline.compare.columns import TRACKING
from pipeline.compare.tracking import track_targets
from pipeline.errors import NotFoundError
from pipeline.records import Page
from pipeline.tables import Export, as_export
from tests.exports import export_of, paper

SENTENCES = Path(__file__).parent / "data" / "compare" / "targets.jsonl"


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def report(year: int, *sentences: str, place: str = "云岭县") -> str:
    return paper(place, year, *sentences, kind="情况报告", head="工作情况")


def tracked(**texts: str) -> list[tuple[str, str | None]]:
    """Return status and report of each target, in the order of the rows."""
    export = export_of(**texts)
    names = dict(zip(export.documents["doc_id"], export.documents["name"], strict=True))
    found = track_targets(export)
    rows = found[found["target"].notna()]
    return [(row.status, None if pd.isna(row.report) else names[row.report]) for row in rows.itertuples()]


@pytest.fixture(scope="module")
def demo(demo_corpus: Path) -> Export:
    paths = sorted(path for path in demo_corpus.iterdir() if path.suffix in {".txt", ".html"})
    return as_export(analyze_page(Page(path.name, path.read_bytes())) for path in paths)


@pytest.fixture(scope="module")
def rows(demo: Export) -> pd.DataFrame:
    found = track_targets(demo)
    keys = demo.commitments.set_index("commitment_id")
    names = demo.documents.set_index("doc_id")["name"]
    for side in ("target", "result"):
        for column in ("value_start", "value_end", "subject"):
            found[f"{side}_{column}"] = found[side].map(keys[column])
    found["plan_name"], found["report_name"] = found["plan"].map(names), found["report"].map(names)
    return found


def within(rows: pd.DataFrame, demo: Export, document: str, side: str, quote: str) -> pd.DataFrame:
    text = demo.documents.set_index("name")["text"][document]
    start = text.index(quote)
    name = "plan_name" if side == "target" else "report_name"
    inside = (rows[f"{side}_value_start"] >= start) & (rows[f"{side}_value_end"] <= start + len(quote))
    return rows[(rows[name] == document) & inside.fillna(False)]


def test_the_bundled_gold_is_met_in_status_and_in_quote(demo: Export, demo_corpus: Path, rows: pd.DataFrame) -> None:
    wrong = []
    for gold in read(demo_corpus / "gold" / "tracking.jsonl"):
        side = "target" if gold["plan_quote"] else "result"
        document = gold["plan" if gold["plan_quote"] else "report"]
        found = within(rows, demo, document, side, gold["plan_quote"] or gold["report_quote"])
        if found.empty or not set(found["status"]) <= {gold["status"], *gold["alt"]}:
            wrong.append((gold, found["why"].tolist()))
        for row in found.itertuples():
            if gold["plan_quote"] and gold["report_quote"] and row.status != "no_result":
                answers = within(rows, demo, gold["report"], "result", gold["report_quote"])["result"].tolist()
                if row.result not in answers and gold["report_quote"] not in row.why:
                    wrong.append((gold, row.why))
    assert wrong == []


def test_the_planted_target_is_the_only_one_not_met(rows: pd.DataFrame) -> None:
    missed = rows[rows["status"] == "not_met"]
    assert missed[["plan_name", "report_name", "target_subject"]].to_numpy().tolist() == [
        ["zhanpu-plan-2024.html", "zhanpu-report-2024.txt", "行政诉讼败诉率"]
    ]
    assert missed["why"].iloc[0].startswith("目标控制在8%以内，报告为9.6%，超出1.6个百分点")
    assert not (rows["status"] == "partly").any()


def test_the_planted_unit_is_not_converted(demo: Export, rows: pd.DataFrame) -> None:
    found = within(rows, demo, "yanzhu-plan-2024.txt", "target", "行政执法人员每年参加培训不少于60学时")
    assert found["status"].tolist() == ["not_comparable"]
    assert "单位不同（学时与天）" in found["why"].iloc[0]


def test_each_target_and_each_result_of_the_demo_has_one_row(demo: Export, rows: pd.DataFrame) -> None:
    assert not rows["target"].dropna().duplicated().any()
    asked = demo.commitments[demo.commitments["stance"] == "result"]
    answered = set(rows["report"].dropna())
    named = set(rows["result"].dropna())
    assert named <= set(asked["commitment_id"])
    unasked = rows[rows["status"] == "no_target"]
    assert not unasked["result"].duplicated().any()
    assert set(unasked["report"]) <= answered
    assert not set(unasked["result"]) & set(rows[rows["target"].notna()]["result"].dropna())


def test_the_order_of_documents_changes_nothing(demo: Export, rows: pd.DataFrame) -> None:
    turned = Export(demo.documents[::-1].reset_index(drop=True), demo.sections[::-1].reset_index(drop=True),
                    demo.commitments[::-1].reset_index(drop=True), None)  # fmt: skip
    pd.testing.assert_frame_equal(track_targets(turned), rows[list(TRACKING)])


@pytest.mark.parametrize("row", [pytest.param(row, id=row["target"] + row["result"]) for row in read(SENTENCES)])
def test_a_sentence_of_a_report_answers_one_of_a_plan(row: dict[str, str]) -> None:
    export = export_of(plan=paper("云岭县", 2024, row["target"]), report=report(2024, row["result"]))
    found = track_targets(export)
    assert found[found["target"].notna()]["status"].tolist() == [row["status"]]


@pytest.mark.parametrize(
    ("asked", "told", "status"),
    [
        pytest.param("合法性审核率、报备率达到100%。", "合法性审核率100%。", "partly", id="half of a joint target"),
        pytest.param(
            "合法性审核率、报备率达到100%。", "合法性审核率100%，报备率97%。", "partly", id="one half met, one missed"
        ),
        pytest.param("第三季度开展1次法治督察。", "11月开展法治督察1次。", "partly", id="done, but late"),
        pytest.param("县司法局6月底前公布权责清单。", "权责清单正在编制。", "not_met", id="still at it"),
        pytest.param("主要负责人出庭应诉率达到50%。", "负责人出庭应诉率98%。", "not_comparable", id="a wider circle"),
        pytest.param("败诉率控制在8%以内。", "其中征收案件败诉率6%。", "not_comparable", id="only a part"),
        pytest.param("开展培训60次以上。", "自2021年以来累计开展培训80次。", "not_comparable", id="of several years"),
    ],
)
def test_what_answers_in_part_is_said_to(asked: str, told: str, status: str) -> None:
    assert [one for one, _ in tracked(plan=paper("云岭县", 2024, asked), report=report(2024, told))] == [status]


def test_a_report_answers_its_own_year_place_and_body() -> None:
    plan = paper("云岭县", 2024, "行政诉讼败诉率控制在8%以内。")
    assert tracked(
        plan=plan,
        before=report(2023, "行政诉讼败诉率9%。"),
        other=report(2024, "行政诉讼败诉率9%。", place="青禾县"),
        bureau=report(2024, "行政诉讼败诉率9%。").replace("云岭县2024", "云岭县市场监督管理局2024"),
        mine=report(2024, "行政诉讼败诉率7%。"),
    ) == [("met", "mine.txt")]


RATE = "行政机关负责人出庭应诉率不低于95%。"


@pytest.mark.parametrize(
    ("asked", "told", "later", "status", "by"),
    [
        pytest.param(RATE, "全年应出庭案件25件，出庭应诉率92%。", "行政机关负责人出庭应诉率96%。", "not_met", "own.txt",
                     id="missed, and made up for later"),
        pytest.param(RATE, "出庭应诉率约95%。", "出庭应诉率96%。", "not_comparable", "own.txt", id="about so much"),
        pytest.param("全年开展法治讲座不少于6次。", "开展普法宣传活动。", "开展法治讲座8次。", "no_result", "own.txt",
                     id="silent"),
        pytest.param(RATE, None, "出庭应诉率96%。", "no_result", None, id="no report of its own year"),
        pytest.param("到2025年，网上可办率达到95%。", "网上可办率92%。", "网上可办率96%。", "met", "later.txt", id="due then"),
        pytest.param("到2025年，网上可办率达到95%。", "网上可办率96%。", "开展普法宣传活动。", "met", "own.txt",
                     id="due then, and told before"),
    ],
)  # fmt: skip
def test_a_later_report_answers_only_for_what_is_due_then(
    asked: str, told: str | None, later: str, status: str, by: str | None
) -> None:
    texts = {"plan": paper("云岭县", 2024, asked), "later": report(2025, later)}
    assert tracked(**texts, **({"own": report(2024, told)} if told else {})) == [(status, by)]


@pytest.mark.parametrize(
    ("asked", "told", "status"),
    [
        pytest.param(RATE, "上半年行政机关负责人出庭应诉率91%，全年达到96%。", "met", id="a half year and the year"),
        pytest.param(RATE, "上半年，行政机关负责人出庭应诉率91%。", "not_comparable", id="a half year stands before"),
        pytest.param(RATE, "行政机关负责人出庭应诉率91%（1—9月）。", "not_comparable", id="months stand behind"),
        pytest.param(RATE, "行政机关负责人出庭应诉率由上半年的91%提高到94%。", "not_met", id="a half year is the base"),
        pytest.param(RATE, "1—12月行政机关负责人出庭应诉率94%。", "not_met", id="twelve months are the year"),
        pytest.param("全年开展法治讲座4次。", "上半年开展法治讲座2次，下半年开展法治讲座3次。", "met", id="halves add up"),
        pytest.param("全年开展法治讲座4次。", "上半年开展法治讲座1次，下半年2次。", "not_met", id="to too little"),
        pytest.param("全年开展法治讲座4次。", "1—9月开展法治讲座3次。", "not_comparable", id="nine months"),
        pytest.param("全年开展法治讲座4次。", "上半年开展法治讲座5次。", "met", id="enough already"),
        pytest.param(
            "全年开展法治讲座4次。", "一季度开展法治讲座1次，二季度开展法治讲座2次，四季度开展法治讲座2次。", "met",
            id="three quarters are enough",
        ),
        pytest.param(
            "每季度开展法治讲座1次。", "一季度开展法治讲座1次，二季度开展法治讲座2次，四季度开展法治讲座2次。",
            "not_comparable", id="but each quarter was asked for",
        ),
        pytest.param("全年开展案卷评查2次。", "上半年、下半年各开展案卷评查1次。", "met", id="as many in each half"),
        pytest.param("全年开展案卷评查3次。", "上半年、下半年各开展案卷评查1次。", "not_met", id="two are not three"),
        pytest.param("全年开展法治讲座4次。", "县、乡各举办法治讲座2期。", "not_comparable", id="as many each, and no sum"),
        pytest.param("败诉案件不超过5件。", "上半年败诉案件6件。", "not_met", id="too many already"),
        pytest.param("全年开展法治讲座4次。", "各乡镇开展法治讲座3次。", "not_met", id="whose, not each"),
        pytest.param("第三季度开展1次法治督察。", "三季度开展法治督察1次。", "met", id="the very part was asked for"),
    ],
)  # fmt: skip
def test_a_part_of_the_year_is_not_the_year(asked: str, told: str, status: str) -> None:
    assert tracked(plan=paper("云岭县", 2024, asked), report=report(2024, told)) == [(status, "report.txt")]


def test_parts_of_the_year_are_named_and_none_of_them_is_left_over() -> None:
    told = report(2024, "上半年开展法治讲座2次，下半年开展法治讲座3次。")
    found = track_targets(export_of(plan=paper("云岭县", 2024, "全年开展法治讲座4次。"), report=told))
    assert found["why"].tolist() == ["目标每年4次，报告为上半年2次、下半年3次，合计5次，多1次，达到目标"]


@pytest.mark.parametrize(
    ("due", "asked", "told", "status"),
    [
        pytest.param("6月底前", "公布行政裁量权基准", "个别乡镇窗口尚未设立，行政裁量权基准已于5月20日公布。", "met",
                     id="another thing is pending before"),
        pytest.param("6月底前", "公布行政裁量权基准", "行政裁量权基准已于5月20日公布，个别乡镇窗口尚未设立。", "met",
                     id="another thing is pending behind"),
        pytest.param("6月底前", "公布行政裁量权基准", "5月正在推进平台建设，已公布行政裁量权基准。", "met", id="pending, but done"),
        pytest.param("6月底前", "公布行政裁量权基准", "行政裁量权基准已形成初稿尚未公布。", "not_met", id="begun, but pending"),
        pytest.param("6月底前", "公布行政裁量权基准", "行政裁量权基准未完成公布。", "not_met", id="not done"),
        pytest.param("年底前", "建成公共法律服务中心", "公共法律服务中心主体完工，尚未投入使用。", "not_comparable", id="taken back"),
        pytest.param("年底前", "完成行政规范性文件清理", "清理行政规范性文件60件，清理工作正在收尾。", "not_comparable",
                     id="still at it"),
    ],
)  # fmt: skip
def test_what_is_pending_is_looked_for_where_it_bears_on_the_task(due: str, asked: str, told: str, status: str) -> None:
    plan = paper("云岭县", 2024, f"{due}{asked}。")
    assert tracked(plan=plan, report=report(2024, told)) == [(status, "report.txt")]


def test_quotes_are_without_the_number_of_their_item() -> None:
    told = report(2024, "5月20日公布行政裁量权基准。")
    found = track_targets(export_of(plan=paper("云岭县", 2024, "6月底前公布行政裁量权基准。"), report=told))
    assert found["why"].tolist() == ["目标2024年6月30日前完成，报告写“5月20日公布行政裁量权基准”，按期"]


@pytest.mark.parametrize(
    ("asked", "told", "status", "words"),
    [
        pytest.param("行政许可事项网办率不低于95%。", "行政许可事项网上可办率98%，网办率93%。", "not_met", "报告为93%",
                     id="the very name wins"),
        pytest.param("行政诉讼败诉率不超过5%。", "一审行政诉讼败诉率4.8%，二审败诉率6%。", "partly", "这只是一审的数",
                     id="of one instance"),
        pytest.param("行政诉讼败诉率不超过5%。", "行政诉讼一审败诉率4.8%，败诉率5.6%。", "not_met", "报告为5.6%",
                     id="of all instances"),
    ],
)  # fmt: skip
def test_of_several_values_the_one_asked_for_answers(asked: str, told: str, status: str, words: str) -> None:
    found = track_targets(export_of(plan=paper("云岭县", 2024, asked), report=report(2024, told)))
    row = found[found["target"].notna()].iloc[0]
    assert (row["status"], words in row["why"]) == (status, True)


def test_a_target_without_a_report_says_so() -> None:
    found = track_targets(export_of(plan=paper("云岭县", 2024, "行政诉讼败诉率控制在8%以内。")))
    assert found["why"].tolist() == ["目标控制在8%以内，尚无云岭县2024年度的报告"]
    assert found["status"].tolist() == ["no_result"]
    assert found["report"].isna().all()


def test_next_steps_of_a_report_are_targets_for_the_year_after_unless_a_plan_repeats_them() -> None:
    steps = report(2023, "行政诉讼败诉率9%。").replace(
        "云岭县人民政府", "二、2024年工作打算\n行政诉讼败诉率控制在8%以内。开展法治讲座不少于3期。\n云岭县人民政府"
    )
    after = report(2024, "行政诉讼败诉率8.5%。", "举办法治讲座2期。")
    plan = paper("云岭县", 2024, "行政诉讼败诉率控制在8%以内。")
    assert tracked(before=steps, after=after) == [("not_met", "after.txt")] * 2
    assert tracked(before=steps, after=after, plan=plan) == [("not_met", "after.txt")] * 2
    asked = track_targets(export_of(before=steps, after=after, plan=plan), plan="before.txt")
    assert asked["target"].notna().sum() == 2


def test_a_plan_over_years_is_tracked_in_each_and_nothing_is_missed_before_its_date() -> None:
    plan = (
        "云岭县法治政府建设实施方案（2021—2025年）\n一、主要任务\n1.到2025年，网上可办率达到98%以上。\n"
        "2.每年开展法治督察不少于2次。\n云岭县人民政府\n2021年9月1日\n"
    )
    texts = {f"r{year}": report(year, f"网上可办率{share}%。", f"开展法治督察{times}次。")
             for year, share, times in ((2020, 80, 1), (2022, 92, 2), (2025, 97, 1))}  # fmt: skip
    assert tracked(plan=plan, **texts) == [
        ("partly", "r2022.txt"), ("not_met", "r2025.txt"), ("met", "r2022.txt"), ("not_met", "r2025.txt")
    ]  # fmt: skip


def test_baselines_never_answer() -> None:
    plan = paper("云岭县", 2024, "网上可办率不低于95%。")
    assert tracked(plan=plan, report=report(2024, "网上可办率由96%下降到94%。")) == [("not_met", "report.txt")]


def test_an_empty_export_has_the_columns_and_a_stranger_is_named() -> None:
    export = export_of(plan="云岭县2024年法治政府建设工作计划\n一、总体要求\n坚持依法行政。\n")
    assert list(track_targets(export).columns) == list(TRACKING)
    assert track_targets(export).empty
    with pytest.raises(NotFoundError, match="nobody"):
        track_targets(export, plan="nobody")
