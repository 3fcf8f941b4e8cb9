"""The shipped coverage model: its card, how it was fitted, and the patterns that it reads."""

import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from pipeline.classify.items import item_ids
from pipeline.compare.evidence import PAIR_SIGNS, PIECE_SIGNS
from pipeline.compare.judgement import FOLDER, STATES, WEIGHTS, content_hash, load_model
from pipeline.compare.substance import hear, lexicon, words_for
from pipeline.errors import NotFoundError, ReferenceDataError
from pipeline.evaluate.coverage import read_gold
from pipeline.resources import bundled

MODEL = bundled(*FOLDER)
CARD = (MODEL / "README.md").read_text(encoding="utf-8")


def held() -> str:
    return (MODEL / WEIGHTS).read_text(encoding="utf-8")


def test_the_card_names_the_content_of_the_model() -> None:
    assert f"`{content_hash(held())}`" in CARD


def figures(name: str) -> list[float]:
    """Accuracy and macro F1 of a row of the card."""
    row = next(line for line in CARD.splitlines() if line.startswith(f"| {name}"))
    return [float(cell) for cell in row.split("|")[3:5]]


FLOORS = [
    pytest.param("all documents, each by a model that has not seen it", 0.91, 0.86, id="by folds"),
    pytest.param("of these the sixteen of `corpora/demo`", 0.94, 0.89, id="bundled documents by folds"),
    pytest.param("`corpora/demo` by a model of the written documents alone", 0.93, 0.88, id="bundled documents apart"),
]


@pytest.mark.parametrize(("name", "accuracy", "macro_f1"), FLOORS)
def test_the_card_keeps_its_floors(name: str, accuracy: float, macro_f1: float) -> None:
    found = figures(name)
    assert found[0] >= accuracy
    assert found[1] >= macro_f1


def test_scores_of_the_card_mean_what_they_say() -> None:
    rows = re.findall(r"^\| (0\.\d+|1\.000) \| (0\.\d+|1\.000) \| (\d+) \|$", CARD, re.M)
    assert len(rows) == 10
    total = sum(int(count) for _, _, count in rows)
    assert sum(abs(float(mean) - float(right)) * int(count) for mean, right, count in rows) / total < 0.04


def test_a_model_says_the_same_whatever_stands_beside_a_piece() -> None:
    model = load_model()
    assert len(model.covers.signs) == len(PAIR_SIGNS) + len(PIECE_SIGNS)
    assert model.partial >= 1
    assert STATES == ("missing", "partial", "covered")


def test_core_words_speak_for_an_item_and_faults_against_it() -> None:
    weights = json.loads(held())["covers"]["signs"]
    assert weights["core"] + weights["own core"] + weights["cores"] > 0
    assert weights["among faults"] + weights["core at fault"] < 0


BROKEN = [
    pytest.param("no json", id="no JSON"),
    pytest.param("{}", id="empty"),
    pytest.param(held().replace('"own core"', '"other core"'), id="of another version"),
]


@pytest.mark.parametrize("content", BROKEN)
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / WEIGHTS).write_text(content, encoding="utf-8")
    with pytest.raises(ReferenceDataError, match="coverage model"):
        load_model(tmp_path)


def test_a_model_is_read_from_a_folder(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no such model"):
        load_model(tmp_path / "empty")
    shutil.copy(MODEL / WEIGHTS, tmp_path)
    assert np.array_equal(load_model(tmp_path).found.signs, load_model().found.signs)


def place(item: str) -> int:
    return item_ids().index(item)


HEARD = [
    pytest.param("22", "全年受理行政复议案件32件", "", "core", id="both groups in the piece"),
    pytest.param("22", "全年受理案件32件", "加强行政复议", "core", id="one group lent by the title"),
    pytest.param("22", "县财政保障到位", "行政复议案件受理", "none", id="all groups in the title alone"),
    pytest.param("22", "支持行政复议工作", "", "side", id="a bar takes the core away"),
    pytest.param("21", "发挥行政调解、行政裁决、行政复议作用机制", "", "side", id="a name in a list"),
    pytest.param("5", "推进“放管服”改革", "", "core", id="quotation marks go"),
    pytest.param("5", "推进放管服改革", "", "core", id="and come"),
    pytest.param("24", "举行升旗仪式", "", "none", id="nothing"),
]


@pytest.mark.parametrize(("item", "piece", "title", "expected"), HEARD)
def test_patterns_hold_where_each_group_has_a_word(item: str, piece: str, title: str, expected: str) -> None:
    from pipeline.compare.evidence import plain

    heard = hear([plain(piece)], [plain(title)])
    core, side = heard.core[0, place(item)], heard.side[0, place(item)]
    assert expected == ("core" if core else "side" if side else "none")


def test_the_words_of_a_pattern_are_named() -> None:
    heard = hear(["全年受理行政复议案件32件"], [""])
    assert "行政复议" in words_for(place("22"), heard.words[0], "")


def test_every_item_has_core_and_side_words() -> None:
    for kind in (True, False):
        assert {pattern.item for pattern in lexicon().patterns if pattern.is_core is kind} == set(range(35))


def test_the_written_gold_is_complete() -> None:
    for path in sorted(bundled("corpora", "coverage").glob("*.jsonl")):
        rows = read_gold(path)
        documents = {one.doc for one in rows}
        assert len(documents) >= 14
        assert len(rows) == 35 * len(documents)
        assert all(bool(one.evidence) == (one.status != "missing") for one in rows)


def test_evidence_is_quoted_from_the_documents() -> None:
    texts: dict[str, str] = {}
    for path in sorted(bundled("corpora", "headings").glob("*.jsonl")):
        if path.name != "documents.jsonl":
            for line in path.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                texts[row["doc"]] = texts.get(row["doc"], "") + "".join(row["text"].split())
    for path in sorted(bundled("corpora", "coverage").glob("*.jsonl")):
        for one in read_gold(path):
            assert not one.evidence or "".join(one.evidence.split()) in texts[one.doc], (one.doc, one.item)
