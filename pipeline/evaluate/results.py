"""What a comparison with gold yields, layer by layer, and the rates computed from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

Label = object  # a stance, a heading or a coverage state; None where the export has none

CORE_FIELDS = ("type", "comparator", "value", "value_max", "unit", "period", "deadline")
FIELDS = (*CORE_FIELDS, "begins", "every", "stance", "subject", "lead", "support", "heading")


class Rates(NamedTuple):
    """Precision, recall and their harmonic mean, each 0 where there is nothing to divide by."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Error:
    """One disagreement between export and gold."""

    document: str  # as the gold names it
    layer: str
    what: str
    where: str  # the passage, cut short; "" for what concerns the whole document


@dataclass(frozen=True, slots=True)
class CommitmentScore:
    """Values found and how many of the pairs agree, field by field."""

    gold: int
    given: int
    pairs: int
    core: int  # pairs right in all of CORE_FIELDS
    fields: Mapping[str, int]
    bodies: int  # pairs with the right lead and support,
    bodies_asked: int  # of those where either side names a body
    stances: tuple[tuple[Label, Label], ...]  # gold, given
    errors: tuple[Error, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionScore:
    """Numbered sections found at their place, and of these the ones with the right place in the tree."""

    gold: int
    given: int
    found: int
    tree: int  # found with the right level and the right numbered parent
    errors: tuple[Error, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadingScore:
    """Passages asked for a heading."""

    strict: int
    accepted: int  # strict, or one of the alternatives
    asked: int
    labels: tuple[tuple[Label, Label], ...]  # gold, given; an accepted alternative counts as the gold one
    errors: tuple[Error, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """Right answers to a number of questions."""

    right: int = 0
    asked: int = 0
    errors: tuple[Error, ...] = ()


@dataclass(frozen=True, slots=True)
class CoverageScore:
    """States of the outline's items."""

    states: tuple[tuple[Label, Label], ...] = ()  # gold, given; an accepted alternative counts as the gold one
    errors: tuple[Error, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentScores:
    """All layers of one document."""

    name: str
    commitments: CommitmentScore
    sections: SectionScore
    headings: HeadingScore
    indicators: Tally
    metadata: Tally
    coverage: CoverageScore


@dataclass(frozen=True, slots=True)
class Scores:
    """What `score` found: a line a document, the figures over all of them, and every disagreement."""

    documents: tuple[DocumentScores, ...]
    totals: Mapping[str, float]  # 0 to 1, not rounded; a layer without gold has no key
    errors: tuple[Error, ...]


def share(part: int, whole: int) -> float:
    """Return *part* of *whole*, 0 where there is no whole."""
    return part / whole if whole else 0.0


def rates(hits: int, given: int, gold: int) -> Rates:
    """Return precision, recall and F1 of *hits* among the given and the gold ones."""
    precision, recall = share(hits, given), share(hits, gold)
    both = precision + recall
    return Rates(precision, recall, 2 * precision * recall / both if both else 0.0)


def macro_f1(pairs: Sequence[tuple[Label, Label]]) -> float:
    """Return the mean F1 over the classes of the gold, the first of each pair; 0 without pairs."""
    classes = sorted({gold for gold, _ in pairs}, key=str)
    f1s = [
        rates(
            sum(gold == given == name for gold, given in pairs),
            sum(given == name for _, given in pairs),
            sum(gold == name for gold, _ in pairs),
        ).f1
        for name in classes
    ]
    return sum(f1s) / len(f1s) if f1s else 0.0
