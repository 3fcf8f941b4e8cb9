"""Commitments: each gold value and the record given for it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import eq
from typing import Any

from pipeline.evaluate.cases import NOT_IN_TEXT, NOWHERE, Case, Row, Span, locate, occurrences, squeeze, told
from pipeline.evaluate.results import CORE_FIELDS, FIELDS, CommitmentScore, Error

LEAST_OVERLAP = 0.3  # shared part of two value spans: whole sentences given as values must not pair
VALUE_TOLERANCE = 0.006  # 66.67 for two thirds
SUBJECT_SHARE = 0.6  # of the gold subject's characters that the subject given must have
UNIT_SPELLINGS = {"％": "%", "百分点": "个百分点", "天": "日", "個": "个", "月": "个月"}


def _is_given(got: Any, want: Any) -> bool:
    return bool((got or None) == want)  # an export may write "" or 0 where it has nothing


def _is_same_number(got: Any, want: Any) -> bool:
    if got is None or want is None:
        return got is want
    try:
        return abs(float(got) - float(want)) <= VALUE_TOLERANCE
    except (TypeError, ValueError):
        return bool(got == want)


def _is_same_unit(got: str | None, want: str | None) -> bool:
    plain_got, plain_want = (UNIT_SPELLINGS.get(unit, unit) if unit else None for unit in (got, want))
    return plain_got == plain_want


def _is_same_subject(got: str | None, want: str | None) -> bool:
    # The … between the parts of a discontinuous subject is three dots after NFKC, and no character of it.
    have, need = (set(squeeze(subject or "")) - {"."} for subject in (got, want))
    return bool(need) and len(have & need) / len(need) >= SUBJECT_SHARE and len(have) <= 3 * len(need) + 6


def _are_same_bodies(got: Sequence[str] | None, want: Sequence[str] | None) -> bool:
    have, need = ({squeeze(body).removesuffix("等") for body in bodies or ()} for bodies in (got, want))
    return have == need


COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "type": eq,
    "comparator": _is_given,
    "value": _is_same_number,
    "value_max": _is_same_number,
    "unit": _is_same_unit,
    "period": _is_given,
    "deadline": _is_given,
    "begins": _is_given,
    "every": _is_given,
    "stance": eq,
    "subject": _is_same_subject,
    "lead": _are_same_bodies,
    "support": _are_same_bodies,
    "heading": eq,
}


def _agrees(field: str, given: Row, gold: Row) -> bool:
    return COMPARISONS[field](given.get(field), gold[field])


def _value_spans(text: str, golds: Sequence[Row]) -> list[Span | None]:
    """Return where each gold value stands, None where its quote is not in the text."""
    quotes = [squeeze(gold["quote"]) for gold in golds]
    spans: list[Span | None] = []
    for gold, quote, start in zip(golds, quotes, locate(text, quotes), strict=True):
        if start == NOWHERE:
            spans.append(None)
            continue
        value = squeeze(gold["value_text"])
        offset = quote.find(value)  # NOWHERE, for a value that its quote lacks, leads to the character before it
        if gold["type"] != "deadline" and quote.count(value) > 1:
            # Two records of one quote with the same words for a value: each has its own occurrence.
            untaken = (at for at in occurrences(quote, value) if Span(start + at, start + at + len(value)) not in spans)
            offset = next(untaken, 0)
        spans.append(Span(start + offset, start + offset + len(value)))
    return spans


def _gain(place: Span | None, given: Row, span: Span, gold: Row) -> float:
    """Return how well a record given fits a gold value, in characters shared; 0 where the two must not pair."""
    if place is None:
        return 0.0
    shared = place.shared_with(span)
    if shared <= 0 or shared < LEAST_OVERLAP * place.hull_with(span):
        return 0.0
    return shared + 0.5 * _agrees("type", given, gold) + 0.5 * _agrees("value", given, gold)


def _pair(case: Case, spans: Sequence[Span | None]) -> dict[int, int]:
    """Return the index of the record given for each gold value found: the best one still free, in gold order."""
    golds, given = case.gold["commitments"], case.export["commitments"]
    places = [None if row.get("value_start") is None else case.span(row, "value_start", "value_end") for row in given]
    pairs: dict[int, int] = {}
    free = dict(enumerate(places))
    for index, (gold, span) in enumerate(zip(golds, spans, strict=True)):
        if span is None or not free:
            continue
        gains = {key: _gain(place, given[key], span, gold) for key, place in free.items()}
        best = max(gains, key=gains.__getitem__)
        if gains[best] > 0:
            pairs[index] = best
            del free[best]
    return pairs


def score_commitments(case: Case) -> CommitmentScore:
    """Pair the records given with the gold values and compare the pairs field by field."""
    golds, given = case.gold["commitments"], case.export["commitments"]
    spans = _value_spans(case.text, golds)
    indexes = _pair(case, spans)
    pairs = [(given[there], golds[here]) for here, there in indexes.items()]
    right = [{field for field in FIELDS if _agrees(field, *pair)} for pair in pairs]
    asked = [
        agreed
        for pair, agreed in zip(pairs, right, strict=True)
        if any(row.get(key) for row in pair for key in ("lead", "support"))
    ]
    return CommitmentScore(
        gold=len(golds),
        given=len(given),
        pairs=len(pairs),
        core=sum(agreed.issuperset(CORE_FIELDS) for agreed in right),
        fields={field: sum(field in agreed for agreed in right) for field in FIELDS},
        bodies=sum(agreed.issuperset(("lead", "support")) for agreed in asked),
        bodies_asked=len(asked),
        stances=tuple((gold["stance"], row.get("stance")) for row, gold in pairs),
        errors=tuple(_commitment_errors(case, spans, indexes)),
    )


def _commitment_errors(case: Case, spans: Sequence[Span | None], indexes: Mapping[int, int]) -> Iterator[Error]:
    golds, given = case.gold["commitments"], case.export["commitments"]
    for index, gold in enumerate(golds):
        if spans[index] is None:
            yield case.error("commitments", NOT_IN_TEXT, gold["quote"])
        elif index not in indexes:
            yield case.error("commitments", f"missed {gold['type']} {gold['value_text']}", gold["quote"])
        if squeeze(gold["value_text"]) not in squeeze(gold["quote"]):
            yield case.error("commitments", f"gold value {gold['value_text']} not in its quote", gold["quote"])
    for index, row in enumerate(given):
        if index not in indexes.values():
            yield case.error("commitments", f"spurious {row.get('type')} {row.get('value_text')}", row.get("quote"))
    for here, there in indexes.items():
        for field in FIELDS:
            if not _agrees(field, given[there], golds[here]):
                difference = told(golds[here][field], given[there].get(field))
                yield case.error(
                    "commitments", f"{golds[here]['value_text']}: {field} {difference}", golds[here]["quote"]
                )
