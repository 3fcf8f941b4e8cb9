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
EXAMPLES = 1  # passages named in the reasons for an item
TELLING = 0.12  # likeness from which a passage is named as a reason
EVIDENCE = (
    "cue terms", "votes of the nearest passages", "nearest passage", "heading", "cues in the heading",
    "votes in the heading", "most cues", "most votes", "any heading", "model", "log model", "log model to the best",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each item in each section."""

    table: Floats  # (R, items, len(EVIDENCE))
    likeness: Floats  # to each passage, (R, N)
    nearest: NDArray[np.int64]  # places of the passages most alike, (R, up to NEAREST)


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
    likeness = _likeness(model, texts)
    nearest = _nearest(likeness)
    like = np.take_along_axis(likeness, nearest, axis=1)
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
    return Evidence(table, likeness, nearest)


def _nearest(likeness: Floats) -> NDArray[np.int64]:
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


def _likeness(model: Model, texts: Texts) -> Floats:
    """Return how like each section is to each passage, by words."""
    grams = len(model.vocabulary.keys)
    are_words = texts.columns >= grams
    return model.passages.likeness(
        texts.rows[are_words],
        texts.columns[are_words] - grams,
        texts.values[are_words].astype(np.float64),
        texts.layout.whole,
    )


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


def find_items(
    model: Model, reading: Reading, scores: Floats, likeness: Floats, nearest: NDArray[np.int64]
) -> tuple[ItemMatch, ...]:
    """Return the items that one section speaks to, the surest first, with cue terms and nearest passages as reasons.

    Args:
        model: the model.
        reading: the section.
        scores: probabilities of the items, (items,).
        likeness: to each passage, (N,).
        nearest: places of the passages most alike.
    """
    found = sorted(np.flatnonzero(scores >= model.item_least), key=lambda place: (-scores[place], place))
    return tuple(
        ItemMatch(
            item_ids()[place],
            round(float(scores[place]), 4),
            (*_words_for(reading, item_ids()[place]), *_examples(model, int(place), likeness, nearest)),
        )
        for place in found
    )


def _words_for(reading: Reading, item: str) -> dict[str, None]:
    """Return the cue terms of an item that stand in a section and its parts, each once."""
    return dict.fromkeys(word for part in (reading, *reading.children) for word in part.why.get(item, ()))


def _examples(model: Model, place: int, likeness: Floats, nearest: NDArray[np.int64]) -> list[str]:
    passages = model.passages
    alike = [number for number in nearest if passages.items[number, place] and likeness[number] >= TELLING]
    return [f"近似：{passages.names[number]}" for number in alike[:EXAMPLES]]
