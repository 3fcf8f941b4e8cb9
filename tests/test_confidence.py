"""Confidence: what it is made of, that it means what it says, and that the shipped weights are the trained ones."""

import json
import random
from pathlib import Path

import numpy as np
import pytest

from pipeline.analyze import analyze_paths
from pipeline.errors import ReferenceDataError
from pipeline.evaluate.sentences import Sentence, read_sentences
from pipeline.extract import confidence, find_commitments
from pipeline.extract.confidence import Weights, signs_of, weights
from pipeline.records import Commitment, Document
from pipeline.segment import find_sections
from pipeline.train.confidence import Trained, cut_bins, run
from pipeline.train.rough import roughen
from tests.conftest import ROOT


def first(text: str) -> tuple[Commitment, Document]:
    document = Document("d", "d", text + "\n", kind="plan", year=2024)
    return find_commitments(document, find_sections(document))[0], document


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Trained, Path]:
    folder = tmp_path_factory.mktemp("confidence")
    return run(ROOT / "corpora" / "sentences", folder), folder


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        pytest.param("出庭应诉率达到100%。", "rule:amount", id="the rule"),
        pytest.param("每季度通报执法情况。", "rule:frequency", id="a bare frequency"),
        pytest.param("群众满意度达到九成以上。", "no Arabic digit", id="Chinese numerals"),
        pytest.param("年底前开展培训3次。", "has a deadline", id="a quantity with a date"),
        pytest.param("创建示范点3个。", "generic unit", id="a classifier for anything"),
    ],
)
def test_a_record_bears_a_sign(text: str, sign: str) -> None:
    assert sign in set(signs_of(*first(text)))


def test_a_sign_against_lowers_the_probability_and_one_for_raises_it() -> None:
    known = Weights(1.0, {"for": 2.0, "against": -2.0})
    assert (
        known.probability(iter(["against"]))
        < known.probability(iter(["unheard of"]))
        < known.probability(iter(["for"]))
    )
    assert (known.probability(iter([])), Weights(0, {}).probability(iter([]))) == (0.731, 0.5)


def test_a_rule_that_the_training_never_met_is_trusted_as_little_as_the_least_trusted() -> None:
    known = Weights(1.0, {"rule:sure": 1.0, "rule:doubtful": -1.0})
    assert known.probability(iter(["rule:new"])) == known.probability(iter(["rule:doubtful"]))


def test_the_records_of_one_sentence_differ_in_confidence_by_their_signs() -> None:
    document = Document("d", "d", "年底前案卷合格率达到95%以上，力争打造品牌3个。\n", kind="plan", year=2024)
    sure, less = find_commitments(document, find_sections(document))
    assert 0 < less.confidence < sure.confidence < 1


def test_confidence_is_calibrated_on_sentences_that_it_was_not_trained_on(trained: tuple[Trained, Path]) -> None:
    assert trained[0].calibration_error <= 0.05
    assert trained[0].auc > 0.6


def test_the_shipped_weights_are_the_trained_ones(trained: tuple[Trained, Path]) -> None:
    shipped = weights()
    assert shipped.signs.keys() == trained[0].signs.keys()
    np.testing.assert_allclose(
        list(shipped.signs.values()), [trained[0].signs[sign] for sign in shipped.signs], atol=0.01
    )


def test_the_card_says_what_was_measured_and_the_plot_is_a_picture(trained: tuple[Trained, Path]) -> None:
    result, folder = trained
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert f"calibration error {result.calibration_error:.3f}" in card
    assert result.hash in card
    assert (folder / "reliability.png").read_bytes().startswith(b"\x89PNG")
    assert json.loads((folder / "weights.json").read_text(encoding="utf-8"))["signs"] == result.signs


def test_bins_hold_all_and_rise_in_confidence() -> None:
    told = np.random.default_rng(1).random(103)
    bins = list(cut_bins(told, told > 0.5))
    assert sum(one.size for one in bins) == 103
    assert [one.confidence for one in bins] == sorted(one.confidence for one in bins)
    assert (bins[0].right, bins[-1].right) == (0.0, 1.0)


def test_a_rough_copy_keeps_its_values_and_is_the_same_every_time() -> None:
    sentence = next(one for one in read_sentences(ROOT / "corpora" / "sentences") if len(one.expected) > 2)
    copies = [roughen(sentence, random.Random(7)) for _ in range(2)]
    assert copies[0] == copies[1] != sentence
    for seed in range(50):
        rough = roughen(sentence, random.Random(seed))
        assert [value["value_text"] for value in sentence.expected if value["value_text"] not in rough.text] == []


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("{}", id="no bias"),
        pytest.param("[1", id="no JSON"),
        pytest.param('{"bias": 1, "signs": {"a": "x"}}', id="no number"),
    ],
)
def test_a_file_that_holds_no_weights_is_refused(content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "weights.json").write_text(content, encoding="utf-8")
    monkeypatch.setattr(confidence, "bundled", lambda *_: tmp_path / "weights.json")
    with pytest.raises(ReferenceDataError, match="expected a bias"):
        weights.__wrapped__()


def test_doubtful_commitments_are_left_out_where_asked_and_counted(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text(
        "青榆县2024年法治政府建设工作计划\n一、规范执法\n年底前案卷合格率达到95%以上，力争打造品牌3个。\n",
        encoding="utf-8",
    )
    whole = analyze_paths([report], tmp_path / "whole", explain=True)
    lines = (tmp_path / "whole" / "commitments.jsonl").read_text("utf-8").splitlines()
    least = sorted(json.loads(line)["confidence"] for line in lines)
    some = analyze_paths([report], tmp_path / "some", explain=True, min_confidence=least[-1])
    assert (whole.commitments, whole.doubtful) == (2, 0)
    assert (some.commitments, some.doubtful) == (1, 1)
    assert (tmp_path / "some" / "numbers.jsonl").read_bytes() == (tmp_path / "whole" / "numbers.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("words", "value"),
    [
        pytest.param("达12件。", "12件", id="a free place on either side"),
        pytest.param("达12件", "12件", id="a free place before a value"),
        pytest.param("办办办办", None, id="a swap shows nothing"),
        pytest.param("了", None, id="one character"),
    ],
)
def test_a_rough_copy_has_a_fault_wherever_it_can_have_one(words: str, value: str | None) -> None:
    sentence = Sentence("a", "w", words, "plan", ({"value_text": value},) if value else ())
    rough = [roughen(sentence, random.Random(seed)).text for seed in range(300)]
    assert words not in rough
    assert all(value in text for text in rough if value)


def test_no_sentence_of_the_tables_stays_as_it_is() -> None:
    rows = read_sentences(ROOT / "corpora" / "sentences")
    assert [one.id for one in rows if roughen(one, random.Random(one.id)).text == one.text] == []


def test_a_sentence_with_nothing_to_spoil_stays_as_it_is() -> None:
    for words, expected in (("", ()), ("办理12件", ({"value_text": "办理12件"},))):
        assert roughen(Sentence("a", "w", words, "plan", expected), random.Random(3)).text == words
