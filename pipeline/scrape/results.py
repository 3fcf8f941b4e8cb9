"""What became of each source in a run: one outcome, with everything behind it that asks for a look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, distinct, func, select, update

from pipeline import store
from pipeline.moments import stamp
from pipeline.scrape.ledger import TO_DO, Ledger
from pipeline.scrape.outcomes import Outcome, worst
from pipeline.scrape.patience import FULL_PASS_EVERY
from pipeline.scrape.queries import STANDING
from pipeline.scrape.sources import Source

if TYPE_CHECKING:
    from pipeline.scrape.filing import Filing

MOST_TOLD = 50  # of the details of a source
UNFINISHED = frozenset((Outcome.BUDGET, Outcome.INTERRUPTED))  # these say nothing about the site


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that asks for a look."""

    outcome: Outcome
    url: str
    detail: str
    kind: str = ""  # list, article, file; "" for the source itself


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a source."""

    source: Source
    outcome: Outcome
    troubles: tuple[Trouble, ...]
    family: str
    rows: int  # that its lists showed in this run
    documents: int  # that it has
    new: int  # of these, found in this run
    doubtful: int  # rows whose articles somebody should look at
    gone: int  # articles that its lists name and that are not there


def is_full(ledger: Ledger, source: str) -> bool:
    """Say whether all pages of a source's lists are to be read in this run."""
    with ledger.transaction() as tx:
        of = store.sources.c
        row = tx.execute(select(of.full_at, of.passes).where(of.id == source)).first()
    return row is None or row.full_at is None or row.passes + 1 >= FULL_PASS_EVERY


def finish_source(ledger: Ledger, source: Source, filing: "Filing", *, is_stopped: bool, now: datetime) -> Result:
    """Note what became of a source in this run."""
    with ledger.transaction() as tx:
        troubles, is_open = _troubles(tx, ledger.run, source)
        if is_open:
            named = Outcome.INTERRUPTED if is_stopped else Outcome.BUDGET
            troubles.append(Trouble(named, source.entry, f"还有{is_open}步未完成"))
        counted = _count(tx, ledger.run, source)
        if source.kind == "list" and not (counted["rows"] or is_open or any(each.kind == "list" for each in troubles)):
            troubles.append(Trouble(Outcome.NO_ROWS, source.entry, "各栏目页都没有条目"))
        lists_good = not any(each.kind in ("list", "") for each in troubles)
        is_whole = lists_good and not filing.scope.since and filing.scope.limit is None
        if is_whole and not filing.scope.is_rehearsal and source.id in filing.full:
            _withdraw(tx, ledger.run, source)
            counted = _count(tx, ledger.run, source)
        fewest, most = source.expect
        if filing.scope.is_rehearsal:
            fewest, most = 0, counted["documents"]  # nothing is brought home
        if counted["documents"] > most or (is_whole and counted["documents"] < fewest and source.kind == "list"):
            told = f"预期{fewest}至{most}份文件，现有{counted['documents']}份"
            troubles.append(Trouble(Outcome.OUT_OF_RANGE, source.entry, told))
        troubles = [each for each in troubles if each.outcome not in source.accept]
        outcome = outcome_of(troubles)
        values = {
            "outcome": outcome,
            "details": [
                {"outcome": each.outcome, "url": each.url, "detail": each.detail} for each in troubles[:MOST_TOLD]
            ],
            "run_id": ledger.run,
            "checked": stamp(now),
            "rows": counted["rows"],
            "documents": counted["documents"],
        }
        if outcome.is_good:
            values["good_at"] = stamp(now)
        if is_whole and source.id in filing.full:
            values |= {"full_at": stamp(now), "passes": 0}
        elif is_whole:
            values["passes"] = store.sources.c.passes + 1
        elif any(each.kind == "list" for each in troubles):
            values["passes"] = FULL_PASS_EVERY  # what a broken page hid is looked for next time
        tx.execute(update(store.sources).where(store.sources.c.id == source.id).values(values))
        family = tx.execute(select(store.sources.c.family).where(store.sources.c.id == source.id)).scalar() or ""
    return Result(source, outcome, tuple(troubles), family, **counted)


def outcome_of(troubles: Sequence[Trouble]) -> Outcome:
    """Return the outcome of a source; that it was not done with hides nothing of what its lists came to."""
    told = [each.outcome for each in troubles]
    if UNFINISHED.isdisjoint(told):
        return worst(told)
    of_lists = [each.outcome for each in troubles if each.kind in ("list", "") and each.outcome not in UNFINISHED]
    return worst(of_lists or told)


def _troubles(tx: Connection, run: int, source: Source) -> tuple[list[Trouble], int]:
    """Return what went wrong with the steps of a source, and how many are not done."""
    of = store.steps.c
    own = (of.run_id == run, of.source_id == source.id)
    done = tx.execute(
        select(of.outcome, of.url, of.detail, of.kind).where(*own, of.state == "done").order_by(of.id)
    ).all()
    found = [Trouble(Outcome(row.outcome), row.url, row.detail, row.kind) for row in done]
    left = of.state.in_(TO_DO) | (of.outcome == Outcome.BUDGET)
    is_open = tx.execute(select(func.count()).select_from(store.steps).where(*own, left)).scalar() or 0
    return [each for each in found if not each.outcome.is_good], int(is_open)


def _count(tx: Connection, run: int, source: Source) -> dict[str, int]:
    row, place, step = store.rows.c, store.places.c, store.steps.c
    here = (place.source_id == source.id, place.state.in_(STANDING))
    joined = select(func.count(distinct(place.document_id))).join_from(store.places, store.documents)
    new = joined.where(*here, store.documents.c.first_run == run)
    own = (row.source_id == source.id, row.last_run == run)
    gone = (step.run_id == run, step.source_id == source.id, step.outcome == Outcome.GONE)
    counts = {
        "rows": select(func.count()).select_from(store.rows).where(*own),
        "documents": select(func.count(distinct(place.document_id))).where(*here),
        "new": new,
        "doubtful": select(func.count())
        .select_from(store.rows)
        .where(row.source_id == source.id, row.verdict == "doubtful"),
        "gone": select(func.count()).select_from(store.steps).where(*gone),
    }
    return {name: int(tx.execute(chosen).scalar() or 0) for name, chosen in counts.items()}


def _withdraw(tx: Connection, run: int, source: Source) -> None:
    """Note which documents are no longer where they were: their pages are gone, or no list names them."""
    place, row = store.places.c, store.rows.c
    gone = select(row.id).where(row.source_id == source.id, row.outcome == Outcome.GONE)
    there = (place.source_id == source.id, place.state.in_(STANDING))
    tx.execute(update(store.places).where(*there, place.row_id.in_(gone)).values(state="withdrawn"))
    if source.kind == "list":
        unseen = select(row.id).where(row.source_id == source.id, row.last_run < run)
        tx.execute(update(store.places).where(*there, place.row_id.in_(unseen)).values(state="unlisted"))
        seen = select(row.id).where(row.source_id == source.id, row.last_run == run)
        tx.execute(
            update(store.places)
            .where(place.source_id == source.id, place.state == "unlisted", place.row_id.in_(seen))
            .values(state="current")
        )


def count_documents(ledger: Ledger, sources: Sequence[str]) -> tuple[int, int]:
    """Return how many documents these sources have together, and how many of them were found in this run."""
    place = store.places.c
    joined = select(func.count(distinct(place.document_id))).join_from(store.places, store.documents)
    all_of = joined.where(place.source_id.in_(sources), place.state.in_(STANDING))
    with ledger.transaction() as tx:
        new = tx.execute(all_of.where(store.documents.c.first_run == ledger.run)).scalar() or 0
        return int(tx.execute(all_of).scalar() or 0), int(new)
