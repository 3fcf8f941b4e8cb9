"""Which tasks of a plan other documents take up, and what they do less than it asks: the planted differences."""

import json
from pathlib import Path

import pandas as pd
import pytest

from pipeline.analyze import analyze_paths
from pipeline.compare.coverage import find_coverage, find_doubtful
from pipeline.compare.coverage_tasks import tasks_of
from pipeline.compare.evidence import without_called_off
from pipeline.compare.remarks import LEADS
from pipeline.compare.tasks import find_document
from pipeline.errors import InputError
from pipeline.evaluate.coverage import read_gold
from pipeline.tables import Export, read_export
from tests.factories import document
from tests.test_coverage import ExportOf, demo_export, export_of

__all__ = ["demo_export", "export_of"]

PLAN = "lanling-plan-2024.html"


@pytest.fixture(scope="module")
def against_city(demo_export: Export) -> pd.DataFrame:
    """The judgements of the city plan's tasks, with the number of the task and the name of the document."""
    table = find_coverage(demo_export, PLAN)
    numbers = {task.section_id: task.number for task in tasks_of(demo_export, find_document(demo_export, PLAN))}
    names = dict(zip(demo_export.documents["doc_id"], demo_export.documents["name"], strict=True))
    return table.assign(number=table["item"].map(numbers), name=table["doc_id"].map(names))


def stem(name: str) -> str:
    return name.rsplit(".", 1)[0]


def test_the_plan_hands_down_twenty_tasks_and_is_not_held_against_itself(
    against_city: pd.DataFrame, demo_corpus: Path
) -> None:
    documents = [path for path in demo_corpus.iterdir() if path.suffix in (".html", ".txt")]
    assert list(dict.fromkeys(against_city["number"])) == [str(number) for number in range(1, 21)]
    assert PLAN not in set(against_city["name"])
    assert len(against_city) == 20 * (len(documents) - 1)


def test_states_and_remarks_stay_those_of_the_readers(against_city: pd.DataFrame, demo_corpus: Path) -> None:
    """COVERED and TOUCHED were set between the strengths of this gold: it guards against a change, and judges nothing."""
    gold = read_gold(demo_corpus / "gold" / "coverage-lanling.jsonl")
    found = {
        (stem(row.name), row.number): (row.status, {remark["kind"] for remark in row.remarks})
        for row in against_city.rename(columns={"name": "name"}).itertuples(index=False)
    }
    wrong = {
        (one.doc, one.item): found[one.doc, one.item]
        for one in gold
        if found[one.doc, one.item][0] not in {one.status, *one.alternatives}
        or found[one.doc, one.item][1] != one.remarks
    }
    assert wrong == {}


def planted(corpus: Path, kind: str) -> list[tuple[str, str]]:
    """Document and quote of the reference of each planted difference of a kind."""
    rows = [json.loads(line) for line in (corpus / "differences.jsonl").read_text(encoding="utf-8").splitlines()]
    return [(row["document"], row["reference_quote"]) for row in rows if row["kind"] == kind]


def number_of(export: Export, quote: str) -> str:
    tasks = tasks_of(export, find_document(export, PLAN))
    return next(task.number for task in tasks if quote in task.text)


COUNTY_PLANS = ("yanzhu", "zhanpu", "huayan", "qingcha", "hexiu", "fengyuan")


def test_every_dropped_task_is_found_and_no_other_is_claimed(
    demo_export: Export,
    against_city: pd.DataFrame,
    demo_corpus: Path,
) -> None:
    wanted = {(name, number_of(demo_export, quote)) for name, quote in planted(demo_corpus, "dropped_task")}
    of_counties = against_city[against_city["name"].str.match(rf"(?:{'|'.join(COUNTY_PLANS)})-plan-2024")]
    missing = of_counties[of_counties["status"] != "covered"]
    assert set(zip(missing["name"], missing["number"], strict=True)) == wanted


@pytest.mark.parametrize(("kind", "remark"), [("lower_target", "target_lower"), ("later_deadline", "deadline_later")])
def test_every_weaker_value_is_found_and_no_other_is_claimed(
    demo_export: Export,
    against_city: pd.DataFrame,
    demo_corpus: Path,
    kind: str,
    remark: str,
) -> None:
    wanted = {(name, number_of(demo_export, quote)) for name, quote in planted(demo_corpus, kind)}
    claimed = {
        (name, number)
        for name, number, remarks in zip(
            against_city["name"], against_city["number"], against_city["remarks"], strict=True
        )
        if any(one["kind"] == remark for one in remarks)
    }
    assert claimed == wanted


def test_a_plan_that_names_nobody_responsible_is_told_so_for_each_task(
    against_city: pd.DataFrame, demo_corpus: Path
) -> None:
    ((name, _),) = planted(demo_corpus, "lead_absent")
    is_told = against_city["remarks"].map(lambda remarks: any(one["kind"] == "lead_absent" for one in remarks))
    assert set(against_city.loc[is_told, "name"]) == {name}
    assert is_told.sum() == 20


def test_remarks_say_both_values_and_point_to_them(demo_export: Export, against_city: pd.DataFrame) -> None:
    ids = set(demo_export.commitments["commitment_id"])
    (lower,) = [one for remarks in against_city["remarks"] for one in remarks if one["kind"] == "target_lower"]
    (later,) = [one for remarks in against_city["remarks"] for one in remarks if one["kind"] == "deadline_later"]
    assert {lower["asked"], lower["found"], later["asked"], later["found"]} <= ids
    assert "95%" in lower["words"]
    assert "90%" in lower["words"]
    assert "低5个百分点" in lower["words"]
    assert "2024年6月30日" in later["words"]
    assert "2024年9月30日" in later["words"]


def test_missing_tasks_have_their_nearest_passages(against_city: pd.DataFrame) -> None:
    missing = against_city[against_city["status"] == "missing"]
    assert missing["start"].isna().all()
    assert missing["nearest"].map(len).eq(3).all()


CITY = """滨河市2024年法治政府建设工作计划
一、重点任务
1.规范行政裁决。9月底前公布行政裁决事项清单。（牵头单位：市司法局）
2.加强行政应诉。行政机关负责人出庭应诉率达到100%。（牵头单位：市司法局）
3.清理规范性文件。10月底前完成行政规范性文件清理，结果向社会公布。（牵头单位：市司法局）
4.规范行政裁量。6月底前公布行政裁量权基准。（牵头单位：市司法局）
5.建设公共法律服务中心，发挥司法局牵头抓总作用，方便群众办事。
6.强化执法培训。全市举办行政执法人员培训班不少于10期。（牵头单位：市司法局）
7.组织旁听庭审。各县组织旁听庭审不少于4次。（牵头单位：市司法局）
二、组织实施
（一）加强督促。各单位每月25日前报送进展。
"""
COUNTY = """云岚县2024年法治政府建设工作安排
一、重点工作
{}
"""


def county(export_of: ExportOf, work: str, **fields: object) -> pd.DataFrame:
    city = document(CITY, name="city.txt", title="滨河市2024年法治政府建设工作计划", year=2024, level="prefecture")
    known = {"name": "county.txt", "title": "云岚县2024年法治政府建设工作安排", "year": 2024}
    export = export_of(city, document(COUNTY.format(work), **{**known, **fields}))
    return find_coverage(export, "city.txt")


LED = "（县司法局牵头）"
TAKEN_UP = [
    pytest.param(f"1.行政裁决。9月底前公布县级行政裁决事项清单。{LED}", 0, "covered", [], id="the same"),
    pytest.param(f"1.行政裁决。梳理并公布行政裁决事项清单，11月底前完成。{LED}", 0, "covered", ["deadline_later"], id="later"),
    pytest.param(f"1.应诉工作。行政机关负责人出庭应诉率不低于90%。{LED}", 1, "covered", ["target_lower"], id="lower"),
    pytest.param(f"1.应诉工作。行政机关负责人出庭应诉率达到100%。{LED}", 1, "covered", [], id="as much"),
    pytest.param("1.应诉工作。行政机关负责人出庭应诉率达到100%。", 1, "covered", ["lead_absent"], id="nobody leads"),
    pytest.param(f"1.政务服务。县级政务大厅进驻事项达到420项。{LED}", 0, "missing", [], id="another task"),
    pytest.param("1.规范文件。今年不再开展行政规范性文件清理。", 2, "missing", [], id="what will not be done"),
    pytest.param(f"1.文件清理。今年不再举办讲座，10月底前完成行政规范性文件清理。{LED}", 2, "covered", [], id="beside it"),
    pytest.param(f"1.裁量权。公布行政裁量权基准，11月底前修订行政裁量权基准。{LED}", 3, "covered", [], id="another act later"),
    pytest.param(
        f"1.裁量权基准。6月底前公布，11月底前公布行政裁量权基准电子版。{LED}", 3, "covered", [], id="the date kept beside"
    ),
    pytest.param(f"1.裁量权。11月底前公布行政裁量权基准。{LED}", 3, "covered", ["deadline_later"], id="the same act later"),
    pytest.param("1.法律服务。建设公共法律服务中心，方便群众办事。", 4, "covered", [], id="a part played is nobody to lead"),
    pytest.param(f"1.执法培训。举办行政执法人员培训班不少于3期。{LED}", 5, "covered", [], id="a share of a city's total"),
    pytest.param(f"1.旁听庭审。组织旁听庭审不少于2次。{LED}", 6, "covered", ["target_lower"], id="what is asked of each"),
    pytest.param(f"1.文件审核。行政规范性文件合法性审核率达到100%。{LED}", 0, "missing", [], id="another part of the law"),
]  # fmt: skip


@pytest.mark.parametrize(("work", "task", "status", "remarks"), TAKEN_UP)
def test_a_task_is_taken_up_by_its_substance(
    export_of: ExportOf,
    work: str,
    task: int,
    status: str,
    remarks: list[str],
) -> None:
    row = county(export_of, work).iloc[task]
    assert row["status"] == status
    assert [one["kind"] for one in row["remarks"]] == remarks


LEADING = [
    pytest.param("（牵头单位：县司法局）", True, id="a label"),
    pytest.param("县司法局牵头，各部门配合", True, id="a body before it"),
    pytest.param("（县司法局牵头抓总，各乡镇落实）", True, id="a body that leads in all"),
    pytest.param("责任单位\t县司法局", True, id="a cell of a table"),
    pytest.param("由县政府办公室负责", True, id="responsible"),
    pytest.param("各部门按职责分工负责", True, id="each its share"),
    pytest.param("发挥司法局牵头抓总作用", False, id="a part played"),
    pytest.param("加强牵头协调", False, id="no body"),
    pytest.param("各责任单位要提高认识", False, id="bodies that are named elsewhere"),
    pytest.param("县司法局负责人带头宣讲", False, id="a head of a body"),
    pytest.param("党政主要负责人是第一责任人", False, id="a duty"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "is_named"), LEADING)
def test_who_leads_is_a_label_or_a_body(words: str, is_named: bool) -> None:
    assert bool(LEADS.search(words)) is is_named


CALLED_OFF = [
    pytest.param("今年不再开展文件清理，加强备案审查。", "，加强备案审查。", id="a clause"),
    pytest.param("暂停组织开展案卷评查。", "。", id="a pause"),
    pytest.param("今年暂停行政规范性文件清理工作。", "。", id="a pause of work"),
    pytest.param("不具备资格的一律停止执法工作。", None, id="those who may not"),
    pytest.param("停止执行工作方案。", None, id="not at the end"),
    pytest.param("取消证明事项23项。", None, id="cutting red tape is work"),
    pytest.param("抵触的文件停止执行。", None, id="and so is ending a rule"),
    pytest.param("对守信企业不再开展检查。", None, id="sparing some"),
    pytest.param("各部门不再开展重复检查。", None, id="or doing nothing twice"),
    pytest.param("公布不再开展的检查事项。", None, id="a list of these"),
]


@pytest.mark.parametrize(("text", "left"), CALLED_OFF)
def test_what_will_not_be_done_is_no_work(text: str, left: str | None) -> None:
    assert without_called_off(text) == (text if left is None else left)


def test_reasons_are_whole_words_without_who_leads(export_of: ExportOf) -> None:
    why = county(export_of, "1.应诉工作。行政机关负责人出庭应诉率达到100%，牵头单位：县司法局。").iloc[1]["why"]
    (words,) = [reason.removeprefix("共同词语：").split("、") for reason in why if reason.startswith("共同词语：")]
    assert {"出庭", "应诉"} <= set(words)
    assert not {"牵头", "单位", "司法局", "头单", "庭应"} & set(words)


@pytest.mark.parametrize("fields", [{"kind": "report"}, {"year": 2022}], ids=["a report", "another year"])
def test_a_document_that_hands_out_no_work_of_that_year_is_not_told_what_it_lacks(
    export_of: ExportOf,
    fields: dict[str, object],
) -> None:
    row = county(export_of, "1.应诉工作。行政机关负责人出庭应诉率不低于90%。", **fields).iloc[1]
    assert row["status"] == "covered"
    assert row["remarks"] == []


def test_an_unreadable_document_is_unknown_for_every_task(export_of: ExportOf) -> None:
    table = county(export_of, "1.应诉工作。", quality=0.1)
    assert list(table["status"]) == ["unknown"] * 7


def test_a_plan_without_tasks_is_refused(export_of: ExportOf) -> None:
    export = export_of(document("特此通知。\n", name="bare.txt"), document(name="other.txt"))
    with pytest.raises(InputError, match="numbered tasks"):
        find_coverage(export, "bare.txt")


def test_order_and_company_change_nothing_about_tasks(demo_export: Export, against_city: pd.DataFrame) -> None:
    doc_ids = list(dict.fromkeys(against_city["doc_id"]))[:3]
    alone = pd.concat([find_coverage(demo_export, PLAN, documents=[one]) for one in reversed(doc_ids)])
    together = against_city[against_city["doc_id"].isin(doc_ids)][list(alone.columns)]
    pd.testing.assert_frame_equal(
        alone.sort_values(["doc_id", "item"], ignore_index=True),
        together.sort_values(["doc_id", "item"], ignore_index=True),
    )


def test_doubt_is_highest_near_a_threshold(demo_export: Export) -> None:
    table = find_doubtful(demo_export, PLAN)
    assert list(table["doubt"]) == sorted(table["doubt"], reverse=True)
    assert set(table.head(5)["status"]) & {"partial", "missing"}


def test_gold_is_read_from_files_that_analysis_made(demo_corpus: Path, tmp_path: Path) -> None:
    analyze_paths([demo_corpus / PLAN], tmp_path)
    assert len(tasks_of(read_export(tmp_path), read_export(tmp_path).documents["doc_id"].item())) == 20
