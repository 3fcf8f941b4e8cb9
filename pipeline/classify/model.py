"""The trained model: which heading and which outline items a section has, as probabilities.

It is a logistic regression on the words of a section's title, on the words of all that bears on it, and on the signs of
`features`, among them the judgement of the rules. `fazhi train headings` makes it; its card lies beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.classify.archive import read_archive
from pipeline.classify.features import Layout, Words, names_of_signs, sum_by_row
from pipeline.classify.grams import Vocabulary
from pipeline.classify.passages import Passages
from pipeline.classify.readings import LABELS
from pipeline.errors import ReferenceDataError
from pipeline.resources import bundled

ARCHIVE = ("models", "headings", "model.skops")
LEAST = 1e-6  # probability: a logarithm must not run away

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Linear:
    """Logistic regressions on the same blocks of words and the same signs, side by side.

    Shapes: K classes of both together, V words, S signs; each block is (V, K), signs (S, K). A block has the weight of
    a word times its value, which is how rare it is.
    """

    intercept: Floats
    title: NDArray[np.float32]
    everything: NDArray[np.float32]
    signs: Floats


@dataclass(frozen=True, slots=True)
class Model:
    """All that labelling needs; made by `fazhi train headings`."""

    vocabulary: Vocabulary
    idf: NDArray[np.float32]
    linear: Linear
    headings: NDArray[np.int64]  # of the first classes
    items: NDArray[np.int64]  # of the other classes: places of items, and the number of items for none
    pairs: tuple[Floats, float]  # weights and bias of the evidence that a section speaks to an item
    passages: Passages
    temperature: float
    unsure: float  # a heading below this probability is shown as unsure
    item_least: float  # probability from which an item counts as covered


def softmax(odds: Floats) -> Floats:
    """Return odds as probabilities, row by row."""
    raised = np.exp(odds - odds.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float64)


class Texts:
    """The words of all sections of one document, added up over their titles and over all that bears on them."""

    def __init__(self, words: Words, layout: Layout, idf: NDArray[np.float32]) -> None:
        order = np.argsort(words.rows, kind="stable")
        self.rows = words.rows[order]
        self.columns = words.columns[order]
        self.values = idf[self.columns]
        self.layout = layout
        self.titles = np.flatnonzero(words.in_title[order])  # which of the words stand in a title
        squares = self.values[:, None] ** 2
        found = self._add_up(squares[self.titles], squares)
        self.lengths = tuple(np.sqrt(np.where(total > 0, total, 1.0)) for total in found)

    def odds(self, linear: Linear, signs: Floats) -> Floats:
        """Return the log odds of each class before they are compared, (R, K)."""
        found = self._add_up(linear.title[self.columns[self.titles]], linear.everything[self.columns])
        words = sum(total / length for total, length in zip(found, self.lengths, strict=True))
        return np.asarray(linear.intercept + signs @ linear.signs + words, np.float64)

    def _add_up(self, title: NDArray[Any], everything: NDArray[Any]) -> tuple[Floats, Floats]:
        """Add up the values of words for each section, (R, K) a block.

        Args:
            title: of the words in titles, (titles, K).
            everything: of all words, (words, K).
        """
        layout, of_titles = self.layout, self.rows[self.titles]
        own = sum_by_row(everything, self.rows, layout.count)
        in_titles = sum_by_row(everything[self.titles], of_titles, layout.count)
        return (
            sum_by_row(title, of_titles, layout.count),
            own + layout.whole.add_up(own) + layout.titles.add_up(in_titles),
        )


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What the regressions say of the sections of a document."""

    headings: Floats  # (R, 11)
    items: Floats  # (R, items), of one item a section


def reckon(model: Model, texts: Texts, signs: Floats, items: int) -> Reckoned:
    """Return the probabilities of headings and items for each section."""
    odds = texts.odds(model.linear, signs)
    split = len(model.headings)
    headings, of_items = np.zeros((len(odds), LABELS)), np.zeros((len(odds), items + 1))
    headings[:, model.headings] = softmax(odds[:, :split] / model.temperature)
    of_items[:, model.items] = softmax(odds[:, split:])
    return Reckoned(headings, of_items[:, :items])


@cache
def shipped() -> Model:
    """Return the shipped model, read on first use."""
    return read_model(bundled(*ARCHIVE).parent)


@cache
def read_model(folder: Path) -> Model:
    """Return the model that `fazhi train headings -o` wrote to a folder, read on first use.

    Raises:
        NotFoundError: the folder has no model.
        ReferenceDataError: it is no headings model, or was trained by another version.
    """
    path = folder / ARCHIVE[-1]
    held = read_archive(path)
    try:
        return model_of(held)
    except (KeyError, TypeError, ValueError) as error:
        raise ReferenceDataError(f"{path}: expected a headings model, but {error!r}") from error


def model_of(held: Mapping[str, Any]) -> Model:
    """Return the model of what an archive holds, an estimator given as the dict of its parts."""
    keys = np.asarray(held["grams"], np.int64)
    words = {str(word): len(keys) + place for place, word in enumerate(held["words"])}
    vocabulary = Vocabulary(keys, words)
    idf = np.asarray(held["idf"], np.float32)
    return Model(
        vocabulary=vocabulary,
        idf=idf,
        linear=_linear((held["headings"], held["items"]), idf * np.float32(held["text_scale"])),
        headings=np.asarray(held["headings"]["classes_"], np.int64),
        items=np.asarray(held["items"]["classes_"], np.int64),
        pairs=(np.asarray(held["pairs"]["coef_"], np.float64)[0], float(held["pairs"]["intercept_"][0])),
        passages=Passages.of(held["passages"]),
        temperature=float(held["temperature"]),
        unsure=float(held["unsure"]),
        item_least=float(held["item_least"]),
    )


def _linear(estimators: Sequence[Mapping[str, Any]], values: NDArray[np.float32]) -> Linear:
    """Put the coefficients of estimators side by side and cut them into blocks, words at the *values* they had."""
    weights = np.concatenate([np.asarray(parts["coef_"], np.float32) for parts in estimators]).T
    size, signs = len(values), len(names_of_signs())
    if len(weights) != 2 * size + signs:
        raise ValueError(f"weights of {len(weights) - 2 * size} signs for {signs}: train it anew")
    return Linear(
        intercept=np.concatenate([np.asarray(parts["intercept_"], np.float64) for parts in estimators]),
        title=weights[:size] * values[:, None],
        everything=weights[size : 2 * size] * values[:, None],
        signs=np.asarray(weights[2 * size :], np.float64),
    )
