"""What a comparison with gold yields, layer by layer, and the rates computed from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Label = object  # a stance, a heading or a coverage state; None where the export has none

LABELS = range(11)  # the headings: 1 to 10 of the outline, 0 for none of them

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

    gold: int = 0
    given: int = 0
    pairs: int = 0
    core: int = 0  # pairs right in all of CORE_FIELDS
    fields: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    bodies: int = 0  # pairs with the right lead and support,
    bodies_asked: int = 0  # of those where either side names a body
    stances: tuple[tuple[Label, Label], ...] = ()  # gold, given
    errors: tuple[Error, ...] = ()

    @property
    def is_asked(self) -> bool:
        """There is a value on either side."""
        return bool(self.gold or self.given)


@dataclass(frozen=True, slots=True)
class SectionScore:
    """Numbered sections found at their place, and of these the ones with the right place in the tree."""

    gold: int = 0
    given: int = 0
    found: int = 0
    tree: int = 0  # found with the right level and the right numbered parent
    errors: tuple[Error, ...] = ()

    @property
    def is_asked(self) -> bool:
        """There is a section on either side."""
        return bool(self.gold or self.given)


@dataclass(frozen=True, slots=True)
class HeadingAnswer:
    """The heading that the gold has for a passage, and what the export says of it."""

    asked: int
    acceptable: frozenset[int]  # the one asked for, and its alternatives
    given: int | None = None  # None where no labelled section is around the passage
    score: float | None = None  # of the heading given, 0 to 1; None where the export has none
    runner_up: int | None = None

    @property
    def is_strict(self) -> bool:
        """The heading asked for was given."""
        return self.given == self.asked

    @property
    def is_accepted(self) -> bool:
        """The heading asked for was given, or one of the alternatives."""
        return self.given in self.acceptable

    @property
    def labels(self) -> tuple[int, int | None]:
        """Gold and given; an accepted alternative counts as the gold one."""
        return self.asked, self.asked if self.is_accepted else self.given


@dataclass(frozen=True, slots=True)
class HeadingScore:
    """Passages asked for a heading."""

    answers: tuple[HeadingAnswer, ...] = ()
    errors: tuple[Error, ...] = ()

    @property
    def asked(self) -> int:
        """How many passages were asked."""
        return len(self.answers)

    @property
    def strict(self) -> int:
        """How many were given the heading asked for."""
        return sum(answer.is_strict for answer in self.answers)

    @property
    def accepted(self) -> int:
        """How many were given that one or one of the alternatives."""
        return sum(answer.is_accepted for answer in self.answers)


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
    """All layers of one document; one that the gold lacks is empty, whatever the export has of it."""

    name: str
    commitments: CommitmentScore = CommitmentScore()
    sections: SectionScore = SectionScore()
    headings: HeadingScore = HeadingScore()
    indicators: Tally = Tally()
    metadata: Tally = Tally()
    coverage: CoverageScore = CoverageScore()


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
    return sum(class_rates(pairs, name).f1 for name in classes) / len(classes) if classes else 0.0


def class_rates(pairs: Sequence[tuple[Label, Label]], name: Label) -> Rates:
    """Return precision, recall and F1 of one class; a pair is gold, given."""
    return rates(
        sum(gold == given == name for gold, given in pairs),
        sum(given == name for _, given in pairs),
        sum(gold == name for gold, _ in pairs),
    )
