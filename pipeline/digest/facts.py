"""What a digest needs of tables that go on changing, noted when it is sealed, so that it is built again the same.

The table of sources is noted whole only where it differs from what an earlier digest noted: what a workspace grows by
in a year is what changed in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import Connection, select

from pipeline import store
from pipeline.derived import derivations, digests, events, publications, versions
from pipeline.moments import stamp
from pipeline.scrape.ledger import LISTED
from pipeline.scrape.results import UNFINISHED
from pipeline.weeks import CHINA, Week

LISTS = ("retired", "unchecked", "partial")  # of ids
SEALED = "sealed"  # the key of these facts in `digest.outputs`


@dataclass(frozen=True, slots=True)
class SourceFact:
    """A source as the table of sources had it."""

    id: str
    name: str
    entry: str
    place: str
    place_name: str
    level: str


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row of a list of which the crawler could not tell whether it concerns us."""

    source_id: str
    title: str
    url: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What was noted when a digest was sealed."""

    after: int = 0  # derivation that an earlier digest knew; what this one tells of comparisons came later
    run: int = 0  # the last crawl whose doubtful rows are told here or in an earlier digest
    last_week: str = ""  # of the newest digest that there was
    is_first: bool = True
    is_crawled: bool = False  # some crawl began in the week
    is_behind: bool = False  # the last crawl until its end has not been taken in
    sources: tuple[SourceFact, ...] = ()
    retired: tuple[str, ...] = ()  # ids of sources that are crawled no more
    unchecked: tuple[str, ...] = ()  # ids of sources at which no crawl of the week came to an end
    partial: tuple[str, ...] = ()  # ids of sources of which not all pages were read yet, ever
    rows: tuple[ListedRow, ...] = ()
    titles: Mapping[str, str] | None = None  # of publications of which nothing could be read yet, by their ids


def read_facts(
    tx: Connection, week: Week, cut: int | None, told: Mapping[str, Mapping[str, Any]], *, is_known: bool = True
) -> Facts:
    """Return the facts for the digest of a week that is sealed now.

    Args:
        tx: to the database of the workspace.
        week: that is over.
        cut: the newest derivation that the digest knows.
        told: facts of earlier digests, as `to_json` gave them, by week.
        is_known: whether it knows anything; a week before anything was known had no sources either.
    """
    cuts = tx.execute(select(digests.c.cut_id).where(digests.c.cut_id.is_not(None))).scalars().all()
    runs = [int(each["run"]) for each in told.values()]
    first, last = _bounds(week)
    of = store.runs.c
    crawl = tx.execute(select(of.id, of.started, of.ended).where(of.started < last).order_by(of.id.desc())).first()
    newest = max([crawl.id if crawl else 0, *runs])
    joined = select(store.sources, of.started).join_from(store.sources, store.runs, isouter=True)
    found = tx.execute(joined).all() if is_known else []
    sources = sorted(found, key=lambda row: str(row.id))
    retired = _retired(tx, last, sources)
    asked = [row for row in sources if row.id not in retired]
    return Facts(
        after=max(cuts, default=0),
        run=newest,
        last_week=max(told, default=""),
        is_first=not cuts,
        is_crawled=crawl is not None and crawl.started >= first,
        is_behind=crawl is not None and _is_behind(tx, cut, crawl.id, crawl.ended or ""),
        sources=tuple(SourceFact(*(getattr(row, each.name) for each in fields(SourceFact))) for row in sources),
        retired=tuple(retired),
        unchecked=tuple(row.id for row in asked if (row.started or "") < first or row.outcome in UNFINISHED),
        partial=tuple(row.id for row in sources if row.full_at is None),
        rows=tuple(_doubtful_rows(tx, max(runs, default=0), newest)),
        titles=_unread_titles(tx, cut),
    )


def _bounds(week: Week) -> tuple[str, str]:
    """Return the beginning and the end of a week as the database has times."""
    begins = datetime.combine(week.monday, time(), CHINA).astimezone(UTC)
    return stamp(begins), stamp(week.end)


def _retired(tx: Connection, last: str, sources: Sequence[Any]) -> list[str]:
    """Return the sources that were not among all that were last to be crawled, and that nobody crawled since."""
    of = store.runs.c
    runs = tx.execute(select(of.id, of.options).where(of.started < last).order_by(of.id.desc()))
    noted = next((row for row in runs if LISTED in row.options), None)
    if noted is None:
        return []
    listed = set(noted.options[LISTED])
    return [row.id for row in sources if row.id not in listed and (row.run_id or 0) < noted.id]


def _is_behind(tx: Connection, cut: int | None, crawl: int, ended: str) -> bool:
    """Say whether a crawl, or what came of it after it was taken in, is not in what is known at a derivation."""
    of = derivations.c
    counts = tx.execute(select(of.counts).where(of.id == (cut or 0))).scalar()
    if counts is None:
        return True
    taken = counts.get("crawl")
    return taken is not None and (taken < crawl or (taken == crawl and counts.get("crawl_ended", "") != ended))


def _doubtful_rows(tx: Connection, after: int, run: int) -> list[ListedRow]:
    of = store.rows.c
    asked = select(of.source_id, of.title, of.url, of.words).where(
        of.verdict == "doubtful", of.first_run > after, of.first_run <= run
    )
    rows = [ListedRow(row.source_id, row.title, row.url, tuple(map(str, row.words))) for row in tx.execute(asked)]
    return sorted(rows, key=lambda row: (row.source_id, row.url))


def _unread_titles(tx: Connection, cut: int | None) -> dict[str, str]:
    """Return what lists call the publications that could not be read and have no version."""
    told = select(events.c.publication_id).where(events.c.kind == "unreadable")
    read = select(versions.c.publication_id).where(versions.c.since_id <= (cut or 0))
    asked = select(publications.c.id, publications.c.title).where(
        publications.c.id.in_(told), publications.c.id.not_in(read)
    )
    return dict(sorted((str(row.id), str(row.title)) for row in tx.execute(asked)))


def to_json(facts: Facts, told: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts as the database holds them.

    Args:
        facts: to be held.
        told: those of earlier digests by week; the sources of one of them are named where they are the same.
    """
    held = asdict(facts)
    held["sources"] = list(held["sources"])  # as JSON gives it back
    for week, earlier in told.items():
        if "sources" in earlier and earlier["sources"] == held["sources"]:
            del held["sources"]
            return held | {"sources_of": week}
    return held


def from_json(held: Mapping[str, Any], told: Mapping[str, Any]) -> Facts:
    """Return what `to_json` held; *told* are those of all digests by week."""
    sources = told[held["sources_of"]]["sources"] if "sources_of" in held else held["sources"]
    given = {name: value for name, value in held.items() if name not in ("sources", "sources_of")}
    lists = {name: tuple(value) for name, value in given.items() if name in LISTS}
    rows = tuple(ListedRow(**{**row, "words": tuple(row["words"])}) for row in held["rows"])
    return Facts(**{**given, **lists, "rows": rows, "sources": tuple(SourceFact(**each) for each in sources)})
