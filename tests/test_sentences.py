"""Each sentence of the tables is read as it is meant: every commitment with every field, and nothing else."""

import json
from collections import Counter
from pathlib import Path

import pytest

from pipeline.errors import InputError, NotFoundError
from pipeline.evaluate.sentences import Sentence, compare, read_sentences, wrong_reasons
from pipeline.extract import explain_numbers
from pipeline.segment import find_sections
from tests.conftest import ROOT

SENTENCES = read_sentences(ROOT / "corpora" / "sentences")


def differences(sentence: Sentence) -> list[str]:
    document = sentence.document
    findings = explain_numbers(document, find_sections(document))
    wrong = [str(difference) for difference in compare(sentence, findings.commitments).differences]
    return wrong + list(wrong_reasons(sentence, findings.numbers))


@pytest.mark.parametrize("sentence", [pytest.param(one, id=one.id) for one in SENTENCES if not one.open])
def test_a_sentence_is_read_as_it_is_meant(sentence: Sentence) -> None:
    assert differences(sentence) == [], f"{sentence.why}: {sentence.text}"


def test_no_sentence_that_is_listed_as_open_is_read_rightly() -> None:
    assert [one.id for one in SENTENCES if one.open and not differences(one)] == []


def test_the_tables_are_as_large_as_they_claim_and_each_row_is_there_once() -> None:
    assert len(SENTENCES) >= 500
    assert sum(not one.expected for one in SENTENCES) >= 100
    assert [key for key, times in Counter(one.id for one in SENTENCES).items() if times > 1] == []
    assert [
        key
        for key, times in Counter((one.text, one.kind, one.year, one.section) for one in SENTENCES).items()
        if times > 1
    ] == []


def test_at_most_one_row_in_twenty_is_open() -> None:
    assert sum(bool(one.open) for one in SENTENCES) * 20 <= len(SENTENCES)


def table(folder: Path, row: object) -> Path:
    (folder / "t.jsonl").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    return folder


GOOD = {"id": "a", "why": "w", "text": "办理12件。", "kind": "report", "expected": [{"value_text": "12件"}]}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        pytest.param({**GOOD, "kind": "novel"}, "expected a kind out of", id="unknown kind"),
        pytest.param({**GOOD, "expcted": []}, "but found expcted", id="a field misspelt"),
        pytest.param(
            {**GOOD, "expected": [{"value_text": "12件", "valu": 12}]},
            "no field .* valu$",
            id="a value's field misspelt",
        ),
        pytest.param({"id": "a"}, "expected the keys why, text", id="fields missing"),
        pytest.param(
            {**GOOD, "expected": [{"value": 12}]},
            "value_text, but found None beside value",
            id="a value without its words",
        ),
        pytest.param({**GOOD, "expected": [{"value_text": " "}]}, "value_text, but found ' '", id="blank words"),
        pytest.param(
            {**GOOD, "expected": ["12件"]}, "commitments with fields, but found '12件'", id="a value as bare text"
        ),
        pytest.param({**GOOD, "year": "2024"}, "type int for year, but found '2024'", id="a year as text"),
        pytest.param({**GOOD, "year": 2024.5}, "type int for year, but found 2024.5", id="half a year"),
        pytest.param({**GOOD, "year": True}, "type int for year, but found True", id="a year that is yes"),
        pytest.param({**GOOD, "section": 3}, "type str for section, but found 3", id="a chapter as a number"),
        pytest.param({**GOOD, "reasons": ["ordinal"]}, "type dict for reasons", id="reasons of no number"),
        pytest.param(
            {**GOOD, "reasons": {"第二批": "ordinals"}},
            "a reason out of .* for 第二批, but found 'ordinals'",
            id="unknown reason",
        ),
    ],
)
def test_a_row_that_is_none_is_refused_with_its_place(tmp_path: Path, row: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words) as refused:
        read_sentences(table(tmp_path, row))
    assert str(refused.value).startswith(f"{tmp_path / 't.jsonl'}, ")
    assert "\n" not in str(refused.value)


def test_what_a_row_leaves_open_may_be_null(tmp_path: Path) -> None:
    (row,) = read_sentences(table(tmp_path, {**GOOD, "year": None, "section": None, "reasons": None}))
    assert (row.year, row.section, row.reasons) == (None, None, {})


@pytest.mark.parametrize("second", ["t.jsonl", "u.jsonl"], ids=["in one table", "in another table"])
def test_an_id_that_two_rows_have_is_refused_with_both_places(tmp_path: Path, second: str) -> None:
    table(tmp_path, GOOD)
    with (tmp_path / second).open("a", encoding="utf-8") as file:
        file.write("\n" + json.dumps(GOOD, ensure_ascii=False))
    with pytest.raises(
        InputError, match=rf"{second}, row a: expected an id of its own, but .* row of t\.jsonl has it too$"
    ):
        read_sentences(tmp_path)


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="there are none"):
        read_sentences(tmp_path)


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        pytest.param([], ["spurious quantity 12件"], id="one too many"),
        pytest.param(
            [{"value_text": "12件", "value": 12, "unit": "件", "comparator": "="}, {"value_text": "9件"}],
            ["missed 9件"],
            id="one missed",
        ),
        pytest.param(
            [{"value_text": "12件", "value": 13, "unit": "件", "comparator": "="}],
            ["12件: value expected 13, got 12.0"],
            id="a wrong field",
        ),
    ],
)
def test_a_difference_is_told(tmp_path: Path, expected: list[object], words: list[str]) -> None:
    assert differences(read_sentences(table(tmp_path, {**GOOD, "expected": expected}))[0]) == words
