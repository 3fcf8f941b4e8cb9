"""How alike two texts are, whatever else is asked at the same time."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.compare.similarity import ARCHIVE, FOLDER, content_hash, load_similarity
from pipeline.errors import NotFoundError, ReferenceDataError
from pipeline.resources import bundled
from pipeline.train.similarity import packed

COURT = "行政机关负责人出庭应诉率达到100%"
NEARER = [
    pytest.param(COURT, "认真落实负责人出庭应诉制度", "修订专项应急预案6个", id="the same subject in other words"),
    pytest.param("开展行政规范性文件后评估", "年内完成2件文件的后评估", "重大行政决策合法性审查率达到100%", id="one rare word"),
    pytest.param("化解矛盾纠纷", "排查调处各类矛盾", "公开政府信息2万条", id="company of words"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "near", "far"), NEARER)
def test_the_same_subject_is_more_alike(text: str, near: str, far: str) -> None:
    (likeness,) = load_similarity().likeness([text], [near, far])
    assert likeness[0] > likeness[1] + 0.1


def test_lies_between_nothing_and_the_same() -> None:
    found = load_similarity().likeness([COURT, "", "Q"], [COURT, f"“{COURT}”", "", "鑫淼"])
    assert found[0, 0] == found[0, 1] == 1.0
    assert found.min() >= 0
    assert found.max() <= 1
    assert not found[1:].any()
    assert not found[:, 2:].any()


def test_is_the_same_both_ways_and_in_any_company() -> None:
    texts = [COURT, *(f"第{number}次开展行政规范性文件清理和执法案卷评查" for number in range(300)), "加强行政调解"]
    together = load_similarity().likeness(texts, texts)
    assert np.array_equal(together, together.T)
    assert load_similarity().likeness([COURT], ["加强行政调解"])[0, 0] == together[0, -1]
    assert load_similarity().likeness(texts[::-1], texts)[-1].tolist() == together[0].tolist()


def test_no_texts_give_an_empty_table() -> None:
    assert load_similarity().likeness([], [COURT]).shape == (0, 1)
    assert load_similarity().likeness([COURT], []).shape == (1, 0)


def test_a_pair_has_one_likeness_however_many_are_asked() -> None:
    """To the last bit, and so before the rounding: matrix products by BLAS differ with the shape of the table."""
    bodies, acts = ("县司法局", "各乡镇", "行政执法部门"), ("清理", "评估", "公布", "审核备案", "开展案卷评查和督察")
    things = ("行政规范性文件", "裁量权基准", "权责清单", "重大行政决策事项目录", "出庭应诉情况")
    texts = [f"{body}要{act}{thing}，全年不少于两次" for body in bodies for act in acts for thing in things]
    exact = replace(load_similarity(), digits=17)
    together = exact.likeness(texts, texts)
    for count in (1, 2, 3, 7, 20, 50):
        assert np.array_equal(exact.likeness(texts[:count], texts), together[:count])
        assert np.array_equal(exact.likeness(texts, texts[-count:]), together[:, -count:])
        assert np.array_equal(exact.likeness(texts[:count][::-1], texts[:count]), together[:count, :count][::-1])


SHARED = [
    pytest.param("出庭应诉率达到100%", "落实出庭应诉制度", {"出庭", "应诉"}, id="words, no pairs across them"),
    pytest.param(
        "公布清单（牵头单位：市司法局）", "公布清单，牵头单位：县司法局", {"公布", "清单"}, id="not who leads"
    ),
    pytest.param("清理文件", "培训人员", set(), id="none"),
    pytest.param("", "", set(), id="no text"),
]


@pytest.mark.parametrize(("one", "other", "words"), SHARED)
def test_names_the_whole_words_in_common(one: str, other: str, words: set[str]) -> None:
    assert set(load_similarity().shared_words(one, other)) == words


def test_the_rarest_word_in_common_comes_first() -> None:
    known = load_similarity()
    shared = known.shared_words("完善行政机关负责人出庭应诉制度", "行政机关负责人要完善出庭应诉")
    rarity = [known.idf[known.terms[word]] for word in shared]
    assert len(shared) > 2
    assert rarity == sorted(rarity, reverse=True)


def test_the_card_names_the_content_of_the_model() -> None:
    with np.load(bundled(*FOLDER) / ARCHIVE) as held:
        arrays = {name: held[name] for name in held.files}
    assert f"`{content_hash(arrays)}`" in (bundled(*FOLDER) / "README.md").read_text(encoding="utf-8")
    assert packed(arrays) == packed(dict(reversed(arrays.items())))


def test_a_model_that_is_not_there_or_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no such model"):
        load_similarity(tmp_path)
    (tmp_path / ARCHIVE).write_bytes(b"nothing")
    with pytest.raises(ReferenceDataError, match="similarity model"):
        load_similarity(tmp_path)


def test_reads_a_model_from_a_folder(tmp_path: Path) -> None:
    shutil.copy(bundled(*FOLDER) / ARCHIVE, tmp_path)
    assert np.array_equal(load_similarity(tmp_path).likeness([COURT], [COURT]), [[1.0]])
