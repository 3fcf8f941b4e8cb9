"""Which outline items a section speaks to, how surely, and the words that decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.classify.model import LEAST, Model, Texts
from pipeline.classify.readings import Reading
from pipeline.records import ItemMatch
from pipeline.reference import outline

Floats = NDArray[np.float64]

CUE_DOUBT = 1.5  # evidence m of cue terms counts as m / (m + doubt)
NEAREST = 10  # passages that vote
AT_ONCE = 256  # sections compared with all passages at a time, so that a long document costs time but no memory
EXAMPLES = 1  # passages named in the reasons for an item
BESIDE = 0.6  # of the score of the surest item, which another must reach: siblings share words, seldom substance
TELLING = 0.12  # likeness from which a passage is named as a reason
EVIDENCE = (
    "cue terms", "votes of the nearest passages", "nearest passage", "heading", "cues in the heading",
    "votes in the heading", "most cues", "most votes", "any heading", "model", "log model", "log model to the best",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each item in each section."""

    table: Floats  # (R, items, len(EVIDENCE))
    nearest: NDArray[np.int64]  # places of the passages most alike, the first the most, (R, up to NEAREST)
    likeness: Floats  # to these, 0 to 1


@cache
def item_ids() -> tuple[str, ...]:
    """Return the ids of the 35 items in order."""
    return tuple(item.id for item in outline().items)


@cache
def _headings() -> NDArray[np.int64]:
    return np.array([item.heading for item in outline().items], np.int64)


def weigh_items(model: Model, readings: Sequence[Reading], texts: Texts, headings: Floats, items: Floats) -> Evidence:
    """Return the evidence for all items in all sections.

    Args:
        model: the model.
        readings: the sections of a document.
        texts: their words.
        headings: the probabilities of their headings, (R, 11).
        items: what the regression alone says of items, (R, items).
    """
    nearest, like = _nearest_passages(model, texts)
    theirs = model.passages.items[nearest]  # (R, NEAREST, items)
    weights = like**2
    votes = np.einsum("rn,rni->ri", weights, theirs) / np.maximum(weights.sum(axis=1, keepdims=True), LEAST)
    near = (like[:, :, None] * theirs).max(axis=1)
    cues, of_heading = _cues(readings), headings[:, _headings()]
    logs = np.log(items + 1e-4)
    table = np.stack(
        [
            cues, votes, near, of_heading, cues * of_heading, votes * of_heading, _is_most(cues), _is_most(votes),
            np.repeat(1 - headings[:, :1], len(item_ids()), axis=1),
            items, logs, logs - logs.max(axis=1, keepdims=True),
        ],
        axis=2,
    )  # fmt: skip
    return Evidence(table, nearest, like)


def _nearest_passages(model: Model, texts: Texts) -> tuple[NDArray[np.int64], Floats]:
    """Return the places of the passages most like each section, and how like they are, (R, up to NEAREST) each."""
    grams, whole, count = len(model.vocabulary.keys), texts.layout.whole, texts.layout.count
    are_words = texts.columns >= grams
    words, rows, values = texts.columns[are_words] - grams, texts.rows[are_words], texts.values[are_words]
    # A section has the words of its 一是 and paragraphs, too.
    starts = np.searchsorted(rows, np.arange(count + 1))
    lengths = starts[whole.sources + 1] - starts[whole.sources]
    copies = np.repeat(starts[whole.sources] - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
    all_rows = np.concatenate([rows, np.repeat(whole.targets, lengths)])
    order = np.argsort(all_rows, kind="stable")
    all_rows, places = all_rows[order], np.concatenate([np.arange(len(rows)), copies])[order]
    found = []
    for first in range(0, count, AT_ONCE):
        last = min(count, first + AT_ONCE)
        part = slice(*np.searchsorted(all_rows, (first, last)))
        likeness = model.passages.likeness(
            words[places[part]], values[places[part]].astype(np.float64), all_rows[part] - first, last - first
        )
        nearest = _most(likeness)
        found.append((nearest, np.take_along_axis(likeness, nearest, axis=1)))
    return np.concatenate([nearest for nearest, _ in found]), np.concatenate([like for _, like in found])


def _most(likeness: Floats) -> NDArray[np.int64]:
    """Return the places of the NEAREST passages of each section, the most alike first; of equal ones the first."""
    count = min(NEAREST, likeness.shape[1])
    # Rounded, so that the last bits of a sum decide nothing; the place breaks ties.
    keys = np.round(likeness, 6) - np.arange(likeness.shape[1]) * 1e-10
    some = np.argpartition(-keys, count - 1, axis=1)[:, :count]
    order = np.argsort(-np.take_along_axis(keys, some, axis=1), axis=1)
    return np.take_along_axis(some, order, axis=1)


def _is_most(scores: Floats) -> Floats:
    most = scores.max(axis=1, keepdims=True)
    return np.asarray((scores >= most) & (most > 0), np.float64)


def _cues(readings: Sequence[Reading]) -> Floats:
    """Return the evidence of cue terms for each item, from each section and its parts, (R, items)."""
    masses = np.zeros((len(readings), len(item_ids())))
    for row, reading in enumerate(readings):
        for part in [reading] if reading.is_chapter else [reading, *reading.children]:
            for item, mass in part.items.items():
                masses[row, _place_of(item)] += mass
    return masses / (masses + CUE_DOUBT)


@cache
def _place_of(item: str) -> int:
    return item_ids().index(item)


def item_probabilities(model: Model, evidence: Evidence) -> Floats:
    """Return the probability that a section speaks to an item, (R, items)."""
    weights, bias = model.pairs
    return np.asarray(1 / (1 + np.exp(-(evidence.table @ weights + bias))), np.float64)


def least_score(scores: Floats, level: float) -> Floats:
    """Return the score that an item must have to count, of the sections whose items have *scores*, (…, items)."""
    return np.asarray(np.maximum(level, BESIDE * scores.max(axis=-1, keepdims=True)), np.float64)


def find_items(
    model: Model, reading: Reading, scores: Floats, nearest: NDArray[np.int64], likeness: Floats
) -> tuple[ItemMatch, ...]:
    """Return the items that one section speaks to, the surest first, with cue terms and nearest passages as reasons.

    Args:
        model: the model.
        reading: the section.
        scores: probabilities of the items, (items,).
        nearest: places of the passages most alike.
        likeness: to these.
    """
    kept = np.flatnonzero(scores >= least_score(scores, model.item_least))
    found = sorted(kept, key=lambda place: (-scores[place], place))
    return tuple(
        ItemMatch(
            item_ids()[place],
            round(float(scores[place]), 4),
            (*_words_for(reading, item_ids()[place]), *_examples(model, int(place), nearest, likeness)),
        )
        for place in found
    )


def _words_for(reading: Reading, item: str) -> dict[str, None]:
    """Return the cue terms of an item that stand in a section and its parts, each once."""
    return dict.fromkeys(word for part in (reading, *reading.children) for word in part.why.get(item, ()))


def _examples(model: Model, place: int, nearest: NDArray[np.int64], likeness: Floats) -> list[str]:
    passages = model.passages
    alike = [
        number
        for number, like in zip(nearest, likeness, strict=True)
        if passages.items[number, place] and like >= TELLING
    ]
    return [f"近似：{passages.names[number]}" for number in alike[:EXAMPLES]]
