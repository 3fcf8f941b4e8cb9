"""How well headings and items are told apart: figures over labelled sections, calibration and the thresholds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.classify.items import least_score
from pipeline.classify.readings import LABELS
from pipeline.evaluate import calibration
from pipeline.evaluate.headings import Calibration
from pipeline.evaluate.results import Rates, macro_f1, rates
from pipeline.train.labelled import Label

Floats = NDArray[np.float64]

TEMPERATURES = np.arange(0.6, 2.01, 0.05)
SURE = 0.99  # share of the headings above the threshold that must be acceptable
ITEM_LEVELS = np.arange(0.2, 0.61, 0.02)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a labeller got right of labelled sections."""

    asked: int
    strict: float
    accepted: float
    macro_f1: float  # an accepted alternative counts as the heading asked for, as in the scorer
    per_class: tuple[Rates, ...]  # of headings 0 to 10
    confusion: NDArray[np.int64]  # (11, 11), asked by given


def judge_labels(labels: Sequence[Label], given: Sequence[int]) -> Judged:
    """Compare the headings *given* to sections with the labels that readers gave them."""
    pairs = [
        (label.heading, label.heading if label.accepts(heading) else heading)
        for label, heading in zip(labels, given, strict=True)
    ]
    confusion = np.zeros((LABELS, LABELS), np.int64)
    for pair in pairs:
        confusion[pair] += 1
    hits, asked, told = confusion.diagonal(), confusion.sum(axis=1), confusion.sum(axis=0)
    return Judged(
        asked=len(labels),
        strict=float(np.mean([label.heading == heading for label, heading in zip(labels, given, strict=True)])),
        accepted=float(hits.sum() / max(1, len(labels))),
        macro_f1=macro_f1(pairs),
        per_class=tuple(rates(int(hits[n]), int(told[n]), int(asked[n])) for n in range(LABELS)),
        confusion=confusion,
    )


def cut_bins(labels: Sequence[Label], found: Floats) -> Calibration:
    """Return bins of equal size in the order of probability; *found* is (number of labels, 11)."""
    given, sure = found.argmax(axis=1).tolist(), found.max(axis=1).tolist()
    return Calibration(
        calibration.cut_bins(sure, [label.heading == one for label, one in zip(labels, given, strict=True)]),
        calibration.cut_bins(sure, [label.accepts(one) for label, one in zip(labels, given, strict=True)]),
    )


def greater_error(bins: Calibration) -> float:
    """Return the greater of the two expected calibration errors: of the heading asked for, and of an acceptable one."""
    return max(map(calibration.calibration_error, bins))


def top_two(labels: Sequence[Label], found: Floats) -> float:
    """Return the share of sections whose heading is among the two most probable ones."""
    best = np.argsort(-found, axis=1, kind="stable")[:, :2]
    return float(np.mean([label.heading in pair for label, pair in zip(labels, best, strict=True)]))


def at_temperature(found: Floats, temperature: float) -> Floats:
    """Return probabilities as a softmax at another temperature would have given them."""
    raised = np.maximum(found, 1e-12) ** (1 / temperature)
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float64)


def choose_temperature(labels: Sequence[Label], found: Floats) -> float:
    """Return the temperature at which probabilities lie nearest to how often the heading is right.

    Whether only the heading asked for is right or an accepted one too is a matter of taste, so that the greater of the
    two calibration errors is made small.
    """
    errors = [greater_error(cut_bins(labels, at_temperature(found, one))) for one in TEMPERATURES]
    return round(float(TEMPERATURES[int(np.argmin(errors))]), 2)


def choose_unsure(labels: Sequence[Label], found: Floats) -> float:
    """Return the least probability such that of the headings above it SURE are acceptable."""
    given, sure = found.argmax(axis=1), found.max(axis=1)
    good = np.array([label.accepts(int(heading)) for label, heading in zip(labels, given, strict=True)], np.float64)
    for threshold in np.arange(0.3, 0.95, 0.01):
        above = sure >= threshold
        if above.any() and good[above].mean() >= SURE:
            return round(float(threshold), 2)
    return 0.95


@dataclass(frozen=True, slots=True)
class ItemsJudged:
    """What item matching got right: pairs of section and item."""

    least: float  # probability from which an item counts as found
    rates: Rates
    cues_alone: Rates  # the same by cue terms, at the level best for them
    sections: int
    pairs: int


def judge_items(asked: NDArray[np.bool_], found: Floats, cues: Floats) -> ItemsJudged:
    """Choose the level of best F1 for both; all arguments are (sections, items)."""

    def at(scores: Floats, level: float) -> Rates:
        given = scores >= least_score(scores, level)
        return rates(int((given & asked).sum()), int(given.sum()), int(asked.sum()))

    least = max(ITEM_LEVELS, key=lambda level: at(found, float(level)).f1)
    best_cues = max(np.arange(0.1, 0.9, 0.05), key=lambda level: at(cues, float(level)).f1)
    least = round(float(least), 2)
    return ItemsJudged(least, at(found, least), at(cues, float(best_cues)), len(asked), int(asked.sum()))
