"""Twenty thousand damaged sentences: none may raise, misplace a quote, or lose a number."""

import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from pipeline.extract import explain_numbers
from pipeline.records import Document, Kind
from pipeline.segment import find_sections

CORPORA = Path(__file__).parents[1] / "corpora"
SENTENCES = 20_000
BATCHES = 20
# What typing, scanning and copying put into a sentence, and what makes numbers and dates out of other words.
INTRUDERS = tuple(
    "0123456789０９零一二两三十百千万亿%％‰.．,，、；。：（）()[]【】《》“”—-~～至到/Oo年月日底前每各第余多约近内 \t\n\u3000\u200b🀄𠀀"
)
WORDS = (
    "以上",
    "不低于",
    "每季度",
    "2024年",
    "十四五",
    "年底前",
    "个百分点",
    "提高到",
    "牵头单位：",
    "全部",
    "分别",
    "其中",
    "一是",
    "三、",
    "（二）",
)


@cache
def sentences() -> tuple[str, ...]:
    """Return the sentences of the tables and of the bundled documents, sorted, so that a seed means the same."""
    found = set()
    for path in sorted((CORPORA / "sentences").glob("*.jsonl")):
        found.update(json.loads(line)["text"] for line in path.read_text("utf-8").splitlines())
    for path in sorted((CORPORA / "demo").glob("*.txt")):
        text = path.read_bytes().decode("gb18030" if path.name == "fengyuan-plan-2024.txt" else "utf-8")
        found.update(line.strip() for line in text.splitlines() if 10 < len(line) < 400)
    return tuple(sorted(found))


def damage(sentence: str, chance: random.Random) -> str:
    """Return a sentence with one to six faults."""
    for _ in range(chance.randint(1, 6)):
        at = chance.randint(0, len(sentence))
        match chance.randrange(7):
            case 0:
                sentence = sentence[:at] + sentence[at + chance.randint(1, 3) :]
            case 1:
                sentence = sentence[:at] + chance.choice(INTRUDERS) + sentence[at:]
            case 2:
                sentence = sentence[:at] + chance.choice(WORDS) + sentence[at:]
            case 3:
                sentence = sentence[:at] + sentence[at : at + 4] * 2 + sentence[at + 4 :]
            case 4:
                sentence = sentence[:at] + sentence[at : at + 2][::-1] + sentence[at + 2 :]
            case 5:
                other = chance.choice(sentences())
                sentence = sentence[:at] + other[chance.randint(0, len(other)) :]
            case _:
                sentence = sentence[:at] + chance.choice(INTRUDERS) + sentence[at + 1 :]
    return sentence


def damaged(batch: int) -> Iterator[str]:
    chance = random.Random(batch)
    for _ in range(SENTENCES // BATCHES):
        yield damage(chance.choice(sentences()), chance)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_damaged_sentence_is_read_with_every_quote_in_place_and_every_number_accounted_for(batch: int) -> None:
    chance = random.Random(-batch - 1)
    for text in damaged(batch):
        if not text.replace("\u200b", "").strip():  # a lone zero-width blank is an empty document too
            continue
        kind: Kind = chance.choice(get_args(Kind))
        document = Document(
            doc_id="d", name="d", text=text.strip("\n") + "\n", kind=kind, year=chance.choice((2024, None))
        )
        findings = explain_numbers(document, find_sections(document))
        ids = {one.commitment_id for one in findings.commitments}
        for one in findings.commitments:
            assert document.text[one.start : one.end] == one.quote, text
            assert document.text[one.value_start : one.value_end] == one.value_text != "", text
        for number in findings.numbers:
            assert (number.commitment_id is None) != (number.reason is None), text
            assert number.commitment_id is None or number.commitment_id in ids, text
        told = {place for number in findings.numbers for place in range(number.start, number.end)}
        lost = [
            place for place, char in enumerate(document.text) if char.isdigit() and char.isascii() and place not in told
        ]
        assert lost == [], text
