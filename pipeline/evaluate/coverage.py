"""How well the states of coverage agree with those of careful readers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from pipeline.errors import InputError
from pipeline.evaluate.cases import read_rows
from pipeline.records import CoverageStatus

STATES: tuple[CoverageStatus, ...] = get_args(CoverageStatus)
KEYS = {"doc": str, "item": str, "status": str, "alt": list}
Key = tuple[str, str]  # document and item


@dataclass(frozen=True, slots=True)
class Given:
    """What a reader says of one task and one document."""

    doc: str
    item: str
    status: CoverageStatus
    alternatives: frozenset[str] = frozenset()  # states that a second careful reader could give
    evidence: str | None = None
    remarks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many states agree, an alternative counting as agreement, and the F1 of each state that readers gave."""

    count: int
    accuracy: float
    f1: Mapping[CoverageStatus, float]
    confusion: Mapping[tuple[CoverageStatus, CoverageStatus], int]  # given and found, where they differ

    @property
    def macro_f1(self) -> float:
        """The mean F1 of the states."""
        return sum(self.f1.values()) / len(self.f1) if self.f1 else 0.0


def read_gold(path: Path) -> list[Given]:
    """Read what readers say, a row a task and document: doc, item, status, alt, and where known evidence and remarks.

    Raises:
        NotFoundError: the file is not there.
        InputError: a row without a field, with an unknown state, or the same task and document twice.
    """
    given: dict[Key, Given] = {}
    for place, row in enumerate(read_rows(path, KEYS), start=1):
        states = {row["status"], *row["alt"]}
        if not states <= set(STATES):
            raise InputError(f"{path.name}, row {place}: expected one of {', '.join(STATES)}, got {sorted(states)}")
        key = (row["doc"], row["item"])
        if key in given:
            raise InputError(f"{path.name}, row {place}: item {row['item']} of {row['doc']} is there twice")
        given[key] = Given(
            *key, row["status"], frozenset(row["alt"]), row.get("evidence"), frozenset(row.get("remarks") or ())
        )
    return list(given.values())


def agree(given: Sequence[Given], found: Mapping[Key, str]) -> Agreement:
    """Hold found states against given ones; one that was not judged counts as `unknown`.

    Args:
        given: by readers.
        found: by document, as *given* names it, and item.
    """
    pairs = [(one.status, _as_counted(one, found.get((one.doc, one.item), "unknown"))) for one in given]
    states = [state for state in STATES if any(state == wanted for wanted, _ in pairs)]
    return Agreement(
        count=len(pairs),
        accuracy=sum(wanted == got for wanted, got in pairs) / len(pairs) if pairs else 0.0,
        f1={state: _f1(pairs, state) for state in states},
        confusion=_confusion(pairs),
    )


def _as_counted(one: Given, state: str) -> CoverageStatus:
    return one.status if state in one.alternatives else state  # type: ignore[return-value]  # one of STATES


def _f1(pairs: Sequence[tuple[CoverageStatus, CoverageStatus]], state: CoverageStatus) -> float:
    hits = sum(wanted == got == state for wanted, got in pairs)
    named = sum(wanted == state for wanted, _ in pairs) + sum(got == state for _, got in pairs)
    return 2 * hits / named if named else 0.0


def _confusion(
    pairs: Iterable[tuple[CoverageStatus, CoverageStatus]],
) -> dict[tuple[CoverageStatus, CoverageStatus], int]:
    counts: dict[tuple[CoverageStatus, CoverageStatus], int] = {}
    for wanted, got in pairs:
        if wanted != got:
            counts[wanted, got] = counts.get((wanted, got), 0) + 1
    return dict(sorted(counts.items()))
