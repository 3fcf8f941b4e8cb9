"""`fazhi run`: what is new or out of date in a workspace is derived, and nothing else is touched.

A run that was killed is taken up where it was, under the same number, so that it ends as if nobody had killed it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from typing import Any

from sqlalchemy import Connection, select

from pipeline import derived, store
from pipeline.analyze import TIME_LIMIT
from pipeline.inputs import Failure
from pipeline.moments import moment, stamp, utc_now
from pipeline.weeks import of_moment
from pipeline.workspace.alone import only_run
from pipeline.workspace.comparing import compare
from pipeline.workspace.derive import Progress, Work, apply_rules, take_in
from pipeline.workspace.events import Derivation
from pipeline.workspace.inputs import Inputs, read_inputs
from pipeline.workspace.marks import UNREAD
from pipeline.workspace.place import Workspace
from pipeline.workspace.source_states import note_sources
from pipeline.workspace.stamp import rules_stamp
from pipeline.workspace.upgrade import try_again

NOT_COUNTS = ("imports", "crawl", "crawl_ended")  # of `derivation.counts`: what was taken in, and no number
# Kinds of events that `Ran` counts under their own names.
COUNTED = ("new", "changed", "furniture", "reextracted", "withdrawn", "moved", "came_back", "unreadable")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run came to."""

    derivation: int
    documents: int  # that were read
    new: int = 0
    changed: int = 0
    furniture: int = 0
    rechecked: int = 0  # read anew by other rules, and the same
    reextracted: int = 0
    withdrawn: int = 0
    moved: int = 0
    came_back: int = 0
    copies: int = 0
    unreadable: int = 0
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()  # references that are not there
    is_nothing: bool = True  # nothing was read, and nothing happened


def run_workspace(
    ws: Workspace,
    *,
    references: Sequence[str] = ("outline",),
    jobs: int = 1,
    time_limit: float | None = TIME_LIMIT,
    now: Callable[[], datetime] = utc_now,
    progress: Progress | None = None,
) -> Ran:
    """Derive what is new or out of date, by bytes, rules or models.

    Args:
        ws: the workspace.
        references: what documents are held against: outline, or plans by title, name or id.
        jobs: how many processes read documents; 1 without a time limit reads in this one.
        time_limit: seconds for one document, after which it counts as one that cannot be read; None for none.
        now: the clock.
        progress: called after each thing that is stored, with how many are done, how many there are, and its name.

    Raises:
        InputError: there is neither a crawl nor an import, or another run is at work.
    """
    with only_run(ws):
        with ws.writing() as tx:
            inputs = _read_inputs(ws, tx, now())
            derivation, is_successor = _begin(tx, inputs, now())
        work = Work(ws, derivation, jobs, time_limit, progress)
        work.failures += [Failure(path.relative_to(ws.folder), reason) for path, reason in inputs.problems]
        notes: list[str] = []
        if is_successor:  # what it found by its rules is none of the doing of today's
            notes += compare(work, references, "source")
        apply_rules(work)
        notes += compare(work, references, "rules")
        take_in(work, inputs)
        notes += compare(work, references, "source")
        with ws.writing() as tx:
            note_sources(tx, derivation)
            _note_corrections(tx, derivation)
            if inputs.imports:
                derivation.counts["imports"] = dict(inputs.imports)
            if inputs.crawl is not None:  # a digest says so where a later crawl is still to be taken in
                derivation.counts |= dict(zip(("crawl", "crawl_ended"), inputs.crawl, strict=True))
            derivation.save(tx)
            ended = {"state": "ended", "ended": stamp(now()), "observed": derivation.observed}
            store.change(tx, derived.derivations, {"id": derivation.id}, **ended)
        return _told(work, notes)


def _read_inputs(ws: Workspace, tx: Connection, now: datetime) -> Inputs:
    """Return what there is to derive from; into imports nobody looks while they are as they were."""
    of, standing = derived.derivations.c, derived.standings.c
    ended = tx.execute(select(of.counts, of.observed).where(of.state == "ended").order_by(of.id)).all()
    known = {name: size for row in ended for name, size in row.counts.get("imports", {}).items()}
    again = (standing.source_id == "", standing.fingerprint.like(f"{UNREAD}%"))
    with_imports = tx.execute(select(standing.id).where(*again).limit(1)).first() is not None
    inputs = read_inputs(ws, tx, known, now, with_imports=with_imports)
    return replace(inputs, observed=max([inputs.observed, *(row.observed or "" for row in ended)]))


def _begin(tx: Connection, inputs: Inputs, now: datetime) -> tuple[Derivation, bool]:
    """Return the run that did not end, or a new one; and whether it takes over from one by other rules."""
    of, rules = derived.derivations, rules_stamp()
    last = tx.execute(select(of).order_by(of.c.id.desc()).limit(1)).first()
    unfinished = last if last is not None and last.state == "running" else None
    if unfinished is not None and unfinished.rules == rules:
        return Derivation(unfinished.id, inputs.observed, rules, dict(unfinished.counts), inputs.starts), False
    if unfinished is not None:
        store.change(tx, of, {"id": unfinished.id}, state="stopped", ended=stamp(now))
    if last is not None and last.rules != rules:
        try_again(tx)
    values = {"started": stamp(now), "state": "running", "version": version("fazhi"), "rules": rules}
    made = store.add(tx, of, **values, observed=inputs.observed, counts={})
    return Derivation(made, inputs.observed, rules, starts=inputs.starts), unfinished is not None


def _note_corrections(tx: Connection, derivation: Derivation) -> None:
    """Tell of what people put right and no longer fits."""
    of = derived.corrections.c
    if tx.execute(select(of.id).where(of.undone.is_(None)).limit(1)).first() is None:
        return
    from pipeline.workspace.corrections import note_stale

    when = moment(derivation.observed)
    assert when is not None
    if stale := note_stale(tx, derivation.id, derivation.observed, of_moment(when)):
        derivation.count("correction_stale", stale)


def _told(work: Work, notes: Sequence[str]) -> Ran:
    counts = {name: each for name, each in work.derivation.counts.items() if name not in NOT_COUNTS}
    named: dict[str, Any] = {name: counts.get(name, 0) for name in (*COUNTED, "rechecked")}
    return Ran(
        work.derivation.id,
        counts.get("read", 0),
        **named,
        copies=counts.get("copy", 0),
        failures=tuple(work.failures),
        notes=tuple(dict.fromkeys(notes)),
        is_nothing=not any(counts.values()),
    )
