"""Which statements speak of the same thing."""

import numpy as np
import pytest

from pipeline.compare.pairing import assign, find_statements, likeness, pairs, resemblance
from pipeline.compare.tracking import LEAST
from tests.exports import export_of, paper


def alike(a: str, b: str) -> float:
    export = export_of(a=paper("青榆县", 2024, a), b=paper("青榆县", 2025, b))
    one, other = (find_statements(export, doc_id, ("target",))[-1] for doc_id in export.documents["doc_id"])
    assert likeness(one, other) == likeness(other, one)
    return likeness(one, other)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param("行政诉讼败诉率控制在8%以内。", "败诉率不高于7%。", id="a shorter name"),
        pytest.param("县政府常务会议学法每年不少于4次。", "常务会议会前学法全年4次。", id="words in between"),
        pytest.param(
            "公布决策事项7项，合法性审查率100%。", "重大决策合法性审查率达到100%。", id="named by its sentence"
        ),
        pytest.param("报备率达到100%。", "备案率达到100%。", id="two words for one thing"),
    ],
)
def test_the_same_thing_is_alike(a: str, b: str) -> None:
    assert alike(a, b) >= LEAST


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param("行政诉讼败诉率控制在8%以内。", "行政机关负责人出庭应诉率100%。", id="one chapter, two rates"),
        pytest.param("行政规范性文件审核15件。", "行政规范性文件清理15件。", id="another deed on one thing"),
        pytest.param("主动公开目录每季度更新。", "主动公开政府信息3000条。", id="how often and how many"),
        pytest.param("群众满意度高于全市平均值。", "代表、委员满意率99%。", id="others are pleased"),
    ],
)
def test_another_thing_is_not_alike(a: str, b: str) -> None:
    assert alike(a, b) < LEAST


def test_names_of_places_and_levels_do_not_count() -> None:
    assert (
        resemblance("市、县两级政府常务会议学法", "区政府常务会议学法")
        == resemblance("政府常务会议学法", "县政府常务会议学法")
        == 1
    )


def test_pairs_are_those_that_together_are_most_alike() -> None:
    scores = np.array([[0.9, 0.8], [0.85, 0.1]])
    assert assign(scores, 0.5) == [(0, 1), (1, 0)]
    assert assign(scores[::-1], 0.5) == [(0, 0), (1, 1)]
    assert assign(scores, 0.95) == []
    assert assign(np.zeros((0, 2)), 0.5) == []


def test_of_equal_pairs_those_that_stand_alike_are_taken() -> None:
    text = paper("青榆县", 2024, "开展培训4次。", "举办讲座2期。", "开展培训4次。")
    export = export_of(a=text, b=text.replace("举办讲座2期。", "举办讲座3期。"))
    ones, others = (find_statements(export, doc_id, ("target",)) for doc_id in export.documents["doc_id"])
    assert [(ones.index(a), others.index(b)) for a, b, _ in pairs(ones, others, LEAST)] == [(0, 0), (1, 1), (2, 2)]


def test_what_cannot_be_one_never_takes_the_place_of_what_can() -> None:
    export = export_of(
        a=paper("青榆县", 2024, "开展培训4次。"), b=paper("青榆县", 2025, "开展培训4次。", "组织培训5次。")
    )
    ones, others = (find_statements(export, doc_id, ("target",)) for doc_id in export.documents["doc_id"])
    assert [b.measure.value for _, b, _ in pairs(ones, others, LEAST)] == [4]
    assert [b.measure.value for _, b, _ in pairs(ones, others, LEAST, lambda _, other: other.value == 5)] == [5]
