"""How each source fared at the end of the week."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from pipeline.derived import events, source_states
from pipeline.scrape.outcomes import Outcome
from pipeline.workspace.source_states import GROUPS

UNKNOWN = "尚无采集结果"
GOOD, TROUBLE = "source_good", "source_trouble"


@dataclass(frozen=True, slots=True)
class State:
    """How a source fared."""

    outcome: str  # of `Outcome`; "" where no crawl has ended for it
    group: str = ""  # the event that told of it last: source_silent …
    at: str = ""  # of the crawl that first ended so
    good_at: str = ""
    details: Sequence[Mapping[str, Any]] = ()

    @property
    def is_good(self) -> bool:
        """Whether nobody needs to look."""
        return self.group == GOOD

    @property
    def is_read(self) -> bool:
        """Whether its lists were read; single articles or files may have failed."""
        return self.group in (GOOD, TROUBLE)

    @property
    def words(self) -> str:
        """What the office reads."""
        return outcome_of(self.outcome).words if self.outcome else UNKNOWN


@cache
def outcome_of(name: str) -> Outcome:
    """Return the outcome of a name; one that this version does not know is taken for a mistake of ours."""
    return Outcome(name) if name in set(Outcome) else Outcome.INTERNAL


def read_states(tx: Connection, is_valid: ColumnElement[bool], cut: int, sources: Iterable[str]) -> dict[str, State]:
    """Return the state of each source by its id.

    Args:
        tx: to the database of the workspace.
        is_valid: the condition under which a row of the states was valid at the cut.
        cut: a derivation.
        sources: ids.
    """
    of = events.c
    kinds = (GOOD, TROUBLE, *GROUPS)
    asked = select(of.source_id, of.kind).where(of.kind.in_(kinds), of.derivation_id <= cut).order_by(of.id)
    told = dict(tx.execute(asked).all())
    found = {one: State("") for one in sources}
    for row in tx.execute(select(source_states).where(is_valid).order_by(source_states.c.id)):
        if row.source_id in found:
            group = told.get(row.source_id, GOOD)  # of one that was good from the first nothing was told
            details = tuple(row.details or ())
            found[row.source_id] = State(row.outcome, group, row.at, row.good_at or "", details)
    return found
