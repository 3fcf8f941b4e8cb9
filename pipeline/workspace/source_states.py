"""How each source fares: the outcome of its last crawl, told when that is of another group than before."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from pipeline import derived, store
from pipeline.records import EventKind
from pipeline.scrape.outcomes import Outcome, worst
from pipeline.scrape.results import MOST_TOLD
from pipeline.workspace.events import Derivation, tell

GROUPS: Mapping[EventKind, frozenset[Outcome]] = {
    "source_silent": frozenset(
        (
            Outcome.UNREACHABLE, Outcome.SERVER_ERROR, Outcome.TLS, Outcome.BROKEN_RESPONSE, Outcome.NO_ROWS,
            Outcome.FEWER_ROWS, Outcome.LIST_GONE, Outcome.EMPTY_SHELL, Outcome.STUB, Outcome.SOFT_404,
        )
    ),
    "source_blocked": frozenset(
        (
            Outcome.CHALLENGE, Outcome.BLOCKED, Outcome.LOGIN_PAGE, Outcome.ROBOTS, Outcome.RESTING,
            Outcome.CLONE_HOST,
        )
    ),
    "source_layout": frozenset(
        (Outcome.CHANGED_LAYOUT, Outcome.UNKNOWN_LAYOUT, Outcome.REPEATED_PAGE, Outcome.PAGE_CAP)
    ),
}  # fmt: skip
UNTOLD = frozenset(("", Outcome.INTERRUPTED, Outcome.BUDGET))  # a crawl that did not end says nothing about a source


def group_of(outcome: Outcome) -> EventKind:
    """Return the event that tells of a source which ended so."""
    if outcome.is_good:
        return "source_good"
    return next((kind for kind, outcomes in GROUPS.items() if outcome in outcomes), "source_trouble")


def note_sources(tx: Connection, derivation: Derivation) -> None:
    """Store what became of each source, and tell of those that are of another group than before."""
    state = derived.source_states.c
    known = {row.source_id: row for row in tx.execute(select(derived.source_states).where(state.until_id.is_(None)))}
    told = _last_told(tx)
    chosen = select(store.sources, store.runs.c.ended).join_from(store.sources, store.runs)
    rows = tx.execute(chosen.where(store.sources.c.outcome.not_in(UNTOLD)))
    for row in sorted(rows, key=lambda each: each.id):
        group, outcome = _judge(tx, row)
        before, at = known.get(row.id), row.ended or row.checked
        if before is not None and before.outcome == outcome and told.get(row.id, "source_good") == group:
            continue
        if before is not None:
            store.change(tx, derived.source_states, {"id": before.id}, until_id=derivation.id)
        values = {"source_id": row.id, "outcome": outcome, "details": row.details, "at": at, "good_at": row.good_at}
        store.add(tx, derived.source_states, **values, since_id=derivation.id)
        if told.get(row.id, "source_good") != group:
            now = Outcome.OK if group == "source_good" else outcome
            data = {
                "outcome": now,
                "words": now.words,
                "before": before.outcome if before is not None else "",
                "since": row.good_at or "",
                "details": row.details,
            }
            tell(tx, derivation, group, at, data, source=row.id)


def _last_told(tx: Connection) -> dict[str, str]:
    """Return the event that told of each source last."""
    of = derived.events.c
    kinds = ("source_good", "source_trouble", *GROUPS)
    rows = tx.execute(select(of.source_id, of.kind).where(of.kind.in_(kinds)).order_by(of.id))
    return {row.source_id: row.kind for row in rows}


def _judge(tx: Connection, source: Any) -> tuple[EventKind, Outcome]:
    """Return the group of a source and the outcome that tells it.

    A source is silent, blocked or changed by what its lists came to. Where only articles or files of it failed, the
    site is well, and nobody is told: its state says which.
    """
    outcome = Outcome(source.outcome)
    if outcome.is_good:
        return "source_good", outcome
    told = {Outcome(each["outcome"]) for each in _of_lists(tx, source)}
    if told:
        chosen = worst(told)
        group = group_of(chosen)
        return group, outcome if group_of(outcome) == group else chosen
    if len(source.details) >= MOST_TOLD:  # those of its lists may have been left out
        return group_of(outcome), outcome
    return "source_good", outcome


def _of_lists(tx: Connection, source: Any) -> Iterator[Mapping[str, Any]]:
    """Yield what went wrong with a source itself, and with its lists."""
    step = store.steps.c
    of_articles = select(step.url).where(
        step.run_id == source.run_id, step.source_id == source.id, step.kind != "list", step.url != source.entry
    )
    articles = set(tx.execute(of_articles).scalars())
    for each in source.details:
        if each["url"] not in articles and each["outcome"] not in UNTOLD:
            yield each
