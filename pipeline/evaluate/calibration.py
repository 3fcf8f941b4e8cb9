"""Whether a probability means what it says: things it holds for are right as often as it claims."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from statistics import fmean

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Things of about the same probability, and how many of them are right."""

    probability: float  # mean
    right: float  # share, 0 to 1
    size: int


def cut_bins(probabilities: Sequence[float], right: Sequence[bool], count: int = BINS) -> tuple[Bin, ...]:
    """Return bins of equal size in the order of probability; with fewer things than *count*, a bin for each.

    Things of one probability share their outcome: where the edge of a bin falls among them, each side takes the same
    share of right ones, so that the order in which they came decides nothing.
    """
    shared: list[tuple[float, float]] = []
    for probability, things in groupby(sorted(zip(probabilities, right, strict=True)), key=itemgetter(0)):
        outcomes = [outcome for _, outcome in things]
        shared += [(probability, fmean(outcomes))] * len(outcomes)
    edges = [len(shared) * number // count for number in range(count + 1)]
    return tuple(_bin(shared[start:end]) for start, end in pairwise(edges) if start < end)


def _bin(things: Sequence[tuple[float, float]]) -> Bin:
    return Bin(fmean(map(itemgetter(0), things)), fmean(map(itemgetter(1), things)), len(things))


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return how far on average the share of right ones lies from the probability, 0 to 1; *bins* has one at least."""
    return sum(one.size * abs(one.probability - one.right) for one in bins) / sum(one.size for one in bins)
