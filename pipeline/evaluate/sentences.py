"""The tables of sentences: what each sentence says, and how a reading of it differs.

A row of `corpora/sentences/*.jsonl` is a sentence or a short passage with all of its commitments. What a row leaves
out is null, except the type (quantity) and the stance (result in a report, else target); subject, reference, bodies
and indicators are compared only where a row gives them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, get_args

from pipeline.errors import InputError, NotFoundError
from pipeline.evaluate.cases import read_rows, squeeze, told
from pipeline.evaluate.commitments import COMPARISONS
from pipeline.records import Commitment, Document, Kind, Number, Reason

Expected = Mapping[str, Any]

ROW_KEYS = {"id": str, "why": str, "text": str, "kind": str, "expected": list}
MAY_HAVE: Mapping[str, type] = {"year": int, "section": str, "title": str, "reasons": dict, "open": str}
ALWAYS = ("type", "stance", "comparator", "value", "value_max", "unit", "period", "every", "begins", "deadline")
WHERE_GIVEN = ("bound", "subject", "reference", "lead", "support", "lead_ids", "support_ids", "indicators")
KNOWN = frozenset((*ROW_KEYS, *MAY_HAVE))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A row of a table."""

    id: str
    why: str
    text: str
    kind: Kind
    expected: tuple[Expected, ...]
    year: int | None = None
    section: str | None = None  # the title of the chapter that it stands in
    title: str | None = None  # of its document
    reasons: Mapping[str, Reason] = field(default_factory=dict)  # why a number is no commitment
    open: str | None = None  # why the rules still read it wrongly

    @property
    def document(self) -> Document:
        """The sentence as the whole of a document."""
        chapter = f"一、{self.section}\n" if self.section else ""
        text = chapter + self.text.strip("\n") + "\n"
        return Document(self.id, self.id, text, title=self.title, kind=self.kind, year=self.year)


@dataclass(frozen=True, slots=True)
class Difference:
    """A value of a sentence that was read otherwise than it is meant; `got` is None for a value missed."""

    words: str
    got: Commitment | None

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class Comparison:
    """The commitments found in a sentence that are right in every field asked for, and what differs."""

    right: tuple[Commitment, ...]
    differences: tuple[Difference, ...]


def read_sentences(folder: Path) -> list[Sentence]:
    """Return the rows of all tables in *folder*, in the order of file names.

    Raises:
        NotFoundError: there is no table.
        InputError: a row has not the fields of one, or the id of another; the message says which and where.
    """
    paths = sorted(folder.glob("*.jsonl"))
    if not paths:
        raise NotFoundError(f"expected tables of sentences, NAME.jsonl, in {folder}, but there are none")
    sentences: dict[str, Sentence] = {}
    homes: dict[str, Path] = {}
    for path in paths:
        for sentence in read_table(path):
            if sentence.id in homes:
                where, other = f"{path}, row {sentence.id}", homes[sentence.id].name
                raise InputError(f"{where}: expected an id of its own, but an earlier row of {other} has it too")
            sentences[sentence.id], homes[sentence.id] = sentence, path
    return list(sentences.values())


def read_table(path: Path) -> Iterator[Sentence]:
    """Yield the rows of one table.

    Raises:
        InputError: a row has not the fields of one; the message says which and where.
    """
    for row in read_rows(path, ROW_KEYS):
        for problem in row_problems(row):
            raise InputError(f"{path}, row {row['id']}: {problem}")
        given = {key: value for key, value in row.items() if value is not None}
        yield Sentence(**{**given, "expected": tuple(row["expected"])})


def row_problems(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield what keeps the object of a line from being a row, a clause each."""
    if unknown := sorted(set(row) - KNOWN):
        yield f"expected the fields {', '.join(sorted(KNOWN))}, but found {', '.join(unknown)}"
    if row["kind"] not in get_args(Kind):
        yield f"expected a kind out of {', '.join(get_args(Kind))}, but found {row['kind']!r}"
    for key, kind in MAY_HAVE.items():
        value = row.get(key)
        if value is not None and (not isinstance(value, kind) or isinstance(value, bool)):
            yield f"expected a value of type {kind.__name__} for {key}, but found {value!r}"
            return
    for words, reason in (row.get("reasons") or {}).items():
        if reason not in get_args(Reason):
            yield f"expected a reason out of {', '.join(get_args(Reason))} for {words}, but found {reason!r}"
    for expected in row["expected"]:
        yield from _commitment_problems(expected)


def _commitment_problems(expected: Any) -> Iterator[str]:
    """Yield what keeps an entry of `expected` from being a commitment."""
    if not isinstance(expected, dict):
        yield f"expected commitments with fields, but found {expected!r}"
        return
    words = expected.get("value_text")
    if not (isinstance(words, str) and words.strip()):
        yield f"expected the words of each value as value_text, but found {words!r} beside {', '.join(expected)}"
    if wrong := sorted(set(expected) - {"value_text", *ALWAYS, *WHERE_GIVEN}):
        yield f"no field of a commitment that is compared: {', '.join(wrong)}"


def compare(sentence: Sentence, found: Sequence[Commitment], *, where_given: Sequence[str] = WHERE_GIVEN) -> Comparison:
    """Hold the commitments found in a sentence, in reading order, against those it has.

    Args:
        sentence: a row of a table.
        found: what a reading of it found.
        where_given: the fields compared, beside those that always are, where the row gives them.
    """
    pairs = pair(sentence, found)
    right, differences = [], []
    for number, expected in enumerate(sentence.expected):
        got = pairs.get(number)
        if got is None:
            differences.append(Difference(f"missed {expected['value_text']}", None))
        elif wrong := list(differing(sentence, expected, got, where_given)):
            differences.append(Difference(f"{expected['value_text']}: {'; '.join(wrong)}", got))
        else:
            right.append(got)
    taken = {got.commitment_id for got in pairs.values()}
    for got in found:
        if got.commitment_id not in taken:
            differences.append(Difference(f"spurious {got.type} {got.value_text}", got))
    return Comparison(tuple(right), tuple(differences))


def pair(sentence: Sentence, found: Sequence[Commitment]) -> Mapping[int, Commitment]:
    """Return for each value of a sentence the first commitment not yet taken that has its words."""
    free = list(found)
    pairs: dict[int, Commitment] = {}
    for number, expected in enumerate(sentence.expected):
        want = squeeze(expected["value_text"])
        for got in free:
            have = squeeze(got.value_text)
            if want in have or have in want:
                pairs[number] = got
                free.remove(got)
                break
    return pairs


def differing(sentence: Sentence, expected: Expected, got: Commitment, where_given: Sequence[str]) -> Iterator[str]:
    """Yield the fields of a commitment that are not as expected, with both values."""
    usual = {"type": "quantity", "stance": "result" if sentence.kind == "report" else "target"}
    for name in (*ALWAYS, *(name for name in where_given if name in expected)):
        want = expected.get(name, usual.get(name))
        have = plain(getattr(got, name))
        agree = COMPARISONS.get(name, same)
        if not agree(have, want):
            yield f"{name} {told(want, have)}"


def plain(value: Any) -> Any:
    """Return a field as JSON Lines has it."""
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def same(have: Any, want: Any) -> bool:
    """Say whether two fields agree: strings but for white space, lists as sets, nothing as nothing."""
    if isinstance(have, str) and isinstance(want, str):
        return squeeze(have) == squeeze(want)
    if isinstance(have, list) or isinstance(want, list):
        return set(have or ()) == set(want or ())
    return bool(have == want)


def wrong_reasons(sentence: Sentence, numbers: Sequence[Number]) -> Iterator[str]:
    """Yield the numbers of a sentence that are no commitment for another reason than the one it gives."""
    for words, reason in sentence.reasons.items():
        have = {number.reason for number in numbers if squeeze(words) in squeeze(number.text) and number.reason}
        have |= {number.reason for number in numbers if squeeze(number.text) in squeeze(words) and number.reason}
        if reason not in have:
            yield f"{words}: reason {told(reason, sorted(str(one) for one in have))}"
