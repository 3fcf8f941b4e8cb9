"""What the pieces of a document come to: for each item how surely it is found, and whether in earnest.

Two steps, both logistic regressions with few signs, the same weights for all items and an offset an item. The first
reads a piece: does it speak to the item, does it cover it? The second reads the document: the strongest pieces and how
many there are. `fazhi train coverage` fits them; `models/coverage` has weights and card.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.classify.items import item_ids
from pipeline.compare.evidence import PAIR_SIGNS, PIECE_SIGNS, Evidence
from pipeline.errors import NotFoundError, ReferenceDataError
from pipeline.records import CoverageStatus, Document
from pipeline.resources import bundled

FOLDER = ("models", "coverage")
WEIGHTS = "weights.json"
STATES: tuple[CoverageStatus, ...] = ("missing", "partial", "covered")
SIGNS = (*PAIR_SIGNS, *PIECE_SIGNS)
DOCUMENT_SIGNS = (
    "best covers", "second covers", "best speaks", "second speaks", "sum covers", "sum speaks", "cores", "own cores",
    "sides", "core", "own core", "core or side", "probability", "indicator", "title", "report", "pieces",
)  # fmt: skip
# Log odds that a name in a list loses (行政调解、行政裁决、仲裁): it mentions, and does not cover. Not learnt: written
# papers have few such lists.
LISTED = 3.0
BARRED = -12.0  # log odds of a piece that only names who is responsible, or only says what will not be done
MANY = 3.0  # pieces; as many say all that more would

Floats = NDArray[np.float64]

_CORE, _OWN, _SIDE, _TITLE = (PAIR_SIGNS.index(name) for name in ("core", "own core", "side", "core in title"))
_LOG, _LIKELY, _INDICATOR = (PAIR_SIGNS.index(name) for name in ("log to best", "probability", "indicator"))
_NOTE, _LISTED = SIGNS.index("note"), SIGNS.index("side in a list")


@dataclass(frozen=True, slots=True)
class Reader:
    """Weights that read a piece: of its signs, and of the item it is asked about."""

    bias: float
    signs: Floats  # (S,)
    offset: Floats  # (items,)
    core: Floats  # (items,), times the sign of core words
    likely: Floats  # (items,), times a third of how near the labelling model's item is to its best one
    listed: float = 0.0  # log odds that a name in a list loses

    def odds(self, evidence: Evidence) -> Floats:
        """Return the log odds for each piece and item, (P, items)."""
        table = evidence.signs
        # Not by a matrix product: threads of BLAS cost more than so small a table.
        found = (table * self.signs).sum(axis=2) + self.bias + self.offset
        found = found + self.core * table[:, :, _CORE] + self.likely * table[:, :, _LOG] / 3
        found = found - self.listed * table[:, :, _LISTED]
        return np.where(table[:, :, _NOTE] > 0, BARRED, found)


@dataclass(frozen=True, slots=True)
class Judge:
    """Weights that read a document: of its signs, and of the item it is asked about."""

    bias: float
    signs: Floats  # (len(DOCUMENT_SIGNS),)
    offset: Floats  # (items,)
    best: Floats  # (items,), times half the log odds of the piece that covers most surely, within 2

    def probability(self, signs: Floats) -> Floats:
        """Return a probability for each item from the signs of a document, (items, len(DOCUMENT_SIGNS))."""
        odds = signs @ self.signs + self.bias + self.offset + self.best * np.clip(signs[:, 0] * 2, -2, 2)
        return np.asarray(1 / (1 + np.exp(-odds)), np.float64)


@dataclass(frozen=True, slots=True)
class Coverer:
    """The whole model."""

    covers: Reader
    speaks: Reader
    found: Judge
    covered: Judge  # of what was found
    partial: float  # how much heavier than its probability a passing mention weighs when the state is chosen


@dataclass(frozen=True, slots=True)
class Judged:
    """What a document comes to; arrays by item."""

    states: tuple[CoverageStatus, ...]
    chances: Floats  # of missing, partial, covered, (items, 3)
    weighed: Floats  # the same as the states were chosen by, (items, 3)
    covers: Floats  # log odds, (P, items)
    speaks: Floats

    def doubt(self, item: int) -> float:
        """Return how near the second best state comes to the best, 0 to 1."""
        best, second = sorted(self.weighed[item], reverse=True)[:2]
        return float(second / best)


def judge(model: Coverer, document: Document, evidence: Evidence) -> Judged:
    """Return the state of each item in a document that has pieces."""
    covers, speaks = model.covers.odds(evidence), model.speaks.odds(evidence)
    signs = document_signs(document, evidence, covers, speaks)
    found, covered = model.found.probability(signs), model.covered.probability(signs)
    chances = np.stack([1 - found, found * (1 - covered), found * covered], axis=1)
    weighed = np.round(chances * np.array([1.0, model.partial, 1.0]), 9)
    return Judged(tuple(STATES[place] for place in weighed.argmax(axis=1)), chances, weighed, covers, speaks)


def document_signs(document: Document, evidence: Evidence, covers: Floats, speaks: Floats) -> Floats:
    """Return what the second step reads of a document, (items, len(DOCUMENT_SIGNS))."""
    table = evidence.signs * (evidence.signs[:, :, _NOTE : _NOTE + 1] == 0)
    core, own, side = (table[:, :, place] > 0 for place in (_CORE, _OWN, _SIDE))
    top, heard = np.sort(covers, axis=0)[::-1], np.sort(speaks, axis=0)[::-1]
    second = min(1, len(covers) - 1)
    items = covers.shape[1]
    return np.stack(
        [
            top[0] / 4, top[second] / 4, heard[0] / 4, heard[second] / 4, _total(covers), _total(speaks),
            *(np.minimum(1, each.sum(axis=0) / MANY) for each in (core, own, side)),
            *(each.any(axis=0).astype(np.float64) for each in (core, own, core | side)),
            *(table[:, :, place].max(axis=0) for place in (_LIKELY, _INDICATOR, _TITLE)),
            np.full(items, float(document.kind == "report")), np.full(items, np.log(len(covers)) / 5),
        ],
        axis=1,
    )  # fmt: skip


def _total(odds: Floats) -> Floats:
    return np.asarray(np.log1p(np.exp(np.clip(odds, -20, 3)).sum(axis=0)), np.float64)


@cache
def load_model(folder: Path | None = None) -> Coverer:
    """Return the model in a folder, or the shipped one, read on first use.

    Raises:
        NotFoundError: there is none.
        ReferenceDataError: the file is none, or was trained by another version.
    """
    path = (folder or bundled(*FOLDER)) / WEIGHTS
    try:
        return model_of(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise NotFoundError(f"{path}: there is no such model") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ReferenceDataError(f"{path}: expected a coverage model, but {error!r}") from error


def model_of(held: Mapping[str, Any]) -> Coverer:
    """Return the model of what weights.json holds."""
    return Coverer(
        covers=_reader(held["covers"], LISTED),
        speaks=_reader(held["speaks"]),
        found=_judge(held["found"]),
        covered=_judge(held["covered"]),
        partial=float(held["partial"]),
    )


def _reader(held: Mapping[str, Any], listed: float = 0.0) -> Reader:
    offset, core, likely = (_named(held["items"][name], item_ids()) for name in READER_PARTS)
    return Reader(float(held["bias"]), _named(held["signs"], SIGNS), offset, core, likely, listed)


def _judge(held: Mapping[str, Any]) -> Judge:
    items = held["items"]
    return Judge(
        float(held["bias"]),
        _named(held["signs"], DOCUMENT_SIGNS),
        *(_named(items[name], item_ids()) for name in JUDGE_PARTS),
    )


READER_PARTS = ("offset", "core", "likely")
JUDGE_PARTS = ("offset", "best")


def _named(held: Mapping[str, float], names: Sequence[str]) -> Floats:
    if set(held) != set(names):
        raise ValueError(f"weights of {sorted(set(held) ^ set(names))}: train it anew")
    return np.array([held[name] for name in names], np.float64)


def content_hash(text: str) -> str:
    """Return the sha256 of weights.json."""
    return sha256(text.encode()).hexdigest()
