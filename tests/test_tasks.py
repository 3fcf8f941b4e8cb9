"""The tasks that a plan hands out, and how a document is named."""

import pytest

from pipeline.compare.tasks import find_document, find_tasks
from pipeline.errors import NotFoundError
from tests.exports import export_of

PLAN = """青榆县2024年法治政府建设工作计划
一、总体要求
坚持依法行政。
二、重点任务
(一)规范行政执法
1.培训执法人员。行政执法人员每年参加培训不少于60学时。(县司法局牵头)
2.评查案卷。一是每半年评查一次执法案卷。二是通报评查结果。
(二)化解矛盾纠纷。矛盾纠纷化解率达到98%以上。
三、实施步骤
(一)部署阶段(3月至4月)。制定方案。
(二)总结阶段(12月)。总结经验。
青榆县人民政府
2024年3月6日
"""


def test_tasks_are_the_items_that_nothing_divides() -> None:
    export = export_of(plan=PLAN)
    found = find_tasks(export, find_document(export, "plan.txt"))
    assert [(task.number, task.title) for task in found] == [
        ("1", "培训执法人员"), ("2", "评查案卷"), ("(二)", "化解矛盾纠纷")
    ]  # fmt: skip
    assert [len(task.commitments) for task in found] == [1, 1, 1]
    assert "二是通报评查结果" in found[1].text
    text = export.documents["text"].iloc[0]
    assert all(text[task.start : task.end].strip() == task.text for task in found)


def test_rows_of_a_task_table_are_tasks_and_its_head_is_none() -> None:
    table = "二、任务分解表\n序号\t任务\t责任单位\t完成时限\n1\t公布权责清单\t县司法局\t6月底前\n2\t清理文件\t县司法局\t10月底前\n"
    export = export_of(plan="青榆县2024年法治政府建设工作计划\n一、总体要求\n坚持依法行政。\n" + table)
    found = find_tasks(export, find_document(export, "plan.txt"))
    assert [task.title for task in found] == ["公布权责清单", "清理文件"]


def test_a_plan_without_items_has_its_paragraphs_for_tasks() -> None:
    export = export_of(
        plan="青榆县2024年法治政府建设工作计划\n行政执法人员每年参加培训不少于60学时，持证上岗率达到100%。\n"
        "矛盾纠纷化解率达到98%以上，村级调解组织实现全覆盖。\n青榆县人民政府\n2024年3月6日\n"
    )
    assert len(find_tasks(export, find_document(export, "plan.txt"))) == 2


@pytest.mark.parametrize("wanted", ["plan.txt", "plan", "青榆县2024年法治政府建设工作计划", "2024年法治"])
def test_a_document_is_found_by_name_title_or_a_part_of_them(wanted: str) -> None:
    export = export_of(plan=PLAN)
    assert find_document(export, wanted) == export.documents["doc_id"].iloc[0]


def test_a_file_name_goes_before_the_beginning_of_an_id() -> None:
    plans = {f"p{number}": PLAN.replace("2024年法治", f"{number}年法治") for number in range(2001, 2007)}
    ids = export_of(**plans).documents["doc_id"].tolist()
    first = ids[0][0]
    found = export_of(**{first: PLAN}, **plans)
    other = found.documents["doc_id"][found.documents["name"] == f"{first}.txt"].iloc[0]
    assert any(one.startswith(first) for one in ids)
    assert find_document(found, first) == other


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        pytest.param("nothing", "there are a.txt, b.txt", id="none: those there are"),
        pytest.param("法治政府建设", "names 2 documents", id="two"),
    ],
)
def test_a_name_that_is_none_or_two_is_refused(wanted: str, words: str) -> None:
    with pytest.raises(NotFoundError, match=words):
        find_document(export_of(a=PLAN, b=PLAN.replace("2024", "2025")), wanted)


def test_a_document_that_is_not_there_is_an_error() -> None:
    with pytest.raises(NotFoundError, match="no document"):
        find_tasks(export_of(plan=PLAN), "nothing")
