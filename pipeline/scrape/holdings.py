"""What a workspace holds of each source: its lists and their rows, its documents, where they stand, and their parts.

Every function works within a transaction of the ledger.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from pipeline import store
from pipeline.moments import stamp
from pipeline.scrape.addresses import key_of
from pipeline.scrape.evidence import about_record
from pipeline.scrape.ledger import Ledger
from pipeline.scrape.outcomes import Outcome
from pipeline.scrape.queries import (
    DROP_PARTS,
    HOW_MANY_PARTS,
    PARTS_OF,
    REPLACE,
    SIGHTED,
    SIGHTED_ON,
    STANDING,
    STEP,
    STORED_PARTS,
)
from pipeline.scrape.records import Row, is_cut
from pipeline.scrape.relevance import Judgement
from pipeline.scrape.sources import Source
from pipeline.scrape.work import Step

ROLES = ("further page", "attachment", "picture")  # of parts, in the order of a document


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row of a list as the database has it."""

    id: int
    verdict: str
    outcome: str  # of its article, "" before it was asked for
    is_fresh: bool  # new, or with another title or date than in the runs before


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an article, as its step left it."""

    about: Mapping[str, Any]
    key: str
    url: str
    outcome: str
    snapshot: int | None
    sha256: str
    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class Whole:
    """An article all of whose parts came to an end."""

    source: str
    page: Part
    parts: tuple[Part, ...]


class Holdings:
    """What a workspace holds, as a crawl adds to it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    # Lists

    def sighted(self, tx: Connection, chain: str, page: int | None = None) -> set[str]:
        """Return the keys that the pages of a list showed in this run, or one of them."""
        given = {"run": self._ledger.run, "chain": chain}
        found = tx.execute(SIGHTED, given) if page is None else tx.execute(SIGHTED_ON, given | {"page": page})
        return {row.key for row in found}

    def see(self, tx: Connection, chain: str, page: int, keys: Sequence[str]) -> None:
        """Note the keys that a page of a list showed and no earlier one did."""
        rows = [{"run_id": self._ledger.run, "chain": chain, "page": page, "key": key} for key in keys]
        if rows:
            tx.execute(insert(store.sightings), rows)

    def rows_before(self, tx: Connection, step: Step) -> int | None:
        """Return how many rows a page of a list had last time."""
        found = store.get(tx, store.addresses, key=step.task.key)
        return found.rows if found else None

    def note_list(self, tx: Connection, step: Step, rows: int) -> None:
        """Note how many rows a page of a list has."""
        store.change(tx, store.addresses, {"key": step.task.key}, rows=rows)

    def family_before(self, tx: Connection, source: str) -> str:
        """Return the family that the entry of a source showed last time, "" if it never did."""
        found = store.get(tx, store.sources, id=source)
        return str(found.family) if found else ""

    def note_source(self, tx: Connection, source: str, **values: Any) -> None:
        """Store something about a source."""
        store.change(tx, store.sources, {"id": source}, **values)

    # Rows

    def put_row(
        self, tx: Connection, source: str, key: str, row: Row, judgement: Judgement, column: str, list_url: str
    ) -> StoredRow:
        """Store a row; a verdict that its article gave stands until the row itself changes."""
        run = self._ledger.run
        judged = {"verdict": judgement.verdict, "score": judgement.score, "words": list(judgement.words)}
        told: dict[str, Any] = {"url": row.url, "list_url": list_url, "column": column, "last_run": run}
        told |= {"number": row.number, "publisher": row.publisher, "index_number": row.index}
        told |= {"files": [list(each) for each in row.files], "published": row.published, "list_title": row.title}
        found = store.get(tx, store.rows, source_id=source, key=key)
        if found is None:
            values = {"source_id": source, "key": key, "title": row.title, "first_run": run, "outcome": ""}
            made = store.add(tx, store.rows, **values, **told, **judged)
            return StoredRow(made, judgement.verdict, "", True)
        is_new = found.first_run == run
        is_same = (found.list_title, found.published) == (row.title, row.published)
        if not is_same and found.last_run == run:  # shown in another column too, under another title
            return StoredRow(found.id, found.verdict, found.outcome, is_new)
        if not is_same:
            told["title"] = row.title
        elif found.outcome:
            judged = {}
        store.change(tx, store.rows, {"id": found.id}, **told, **judged)
        return StoredRow(found.id, str(judged.get("verdict", found.verdict)), found.outcome, is_new or not is_same)

    def row(self, row: int) -> tuple[Row, str, str]:
        """Return a row as its list had it, the column, and its verdict."""
        with self._ledger.asking() as tx:
            found = store.get(tx, store.rows, id=row)
        files = tuple((str(url), str(name)) for url, name in found.files)
        told = Row(
            found.url,
            found.list_title,
            found.published,
            found.number,
            found.publisher,
            found.index_number,
            is_cut(found.list_title),
            files,
        )
        return told, found.column, found.verdict

    def set_row(self, tx: Connection, row: int, **values: Any) -> None:
        """Change a row."""
        store.change(tx, store.rows, {"id": row}, **values)

    def verdict_of(self, tx: Connection, row: int) -> str:
        """Return the verdict of a row."""
        return str(store.get(tx, store.rows, id=row).verdict)

    # Articles

    def count_parts(self, tx: Connection, article: int) -> int:
        """Return how many parts of an article are known."""
        return int(tx.execute(HOW_MANY_PARTS, {"step": article}).scalar() or 0)

    def has_place(self, tx: Connection, source: str, row: int) -> bool:
        """Say whether the article of a row is a document that we have."""
        of = store.places.c
        chosen = select(of.id).where(of.source_id == source, of.row_id == row, of.state.in_(STANDING))
        return tx.execute(chosen.limit(1)).first() is not None

    def lost_place(self, tx: Connection, source: str) -> bool:
        """Say whether an article of this run is gone that was a document of ours."""
        step, place = store.steps.c, store.places.c
        gone = select(step.key).where(
            step.run_id == self._ledger.run,
            step.source_id == source,
            step.kind == "article",
            step.outcome == Outcome.GONE,
        )
        chosen = select(place.id).where(place.source_id == source, place.state.in_(STANDING), place.key.in_(gone))
        return tx.execute(chosen.limit(1)).first() is not None

    def count_begun(self, tx: Connection, source: str) -> int:
        """Return how many articles that are new in this run were asked for."""
        of = store.rows.c
        new = (of.source_id == source, of.first_run == self._ledger.run, of.outcome.not_in(("", Outcome.SKIPPED)))
        return int(tx.execute(select(func.count()).select_from(store.rows).where(*new)).scalar() or 0)

    def whole_article(self, tx: Connection, article: int) -> Whole | None:
        """Return an article with its parts; None while one of them waits, or where the page itself did not come."""
        page = tx.execute(STEP, {"step": article}).one()
        parts = tx.execute(PARTS_OF, {"step": article}).all()
        if page.outcome != Outcome.OK or page.snapshot_id is None or any(part.state != "done" for part in parts):
            return None
        parts = [part for part in parts if part.outcome != Outcome.REDIRECTED]  # where it led is a step of its own
        ordered = sorted(
            (_part(part) for part in parts), key=lambda part: (ROLES.index(part.about["role"]), part.about["position"])
        )
        return Whole(page.source_id, _part(page), tuple(ordered))

    def put_document(self, tx: Connection, document: str, title: str, now: datetime) -> bool:
        """Store a document; says whether it is new."""
        if store.get(tx, store.documents, id=document):
            return False
        values = {"id": document, "title": title, "first_run": self._ledger.run, "first_seen": stamp(now)}
        store.add(tx, store.documents, **values)
        return True

    def put_place(self, tx: Connection, document: str, whole: Whole, source: Source, now: datetime) -> None:
        """Store where a document stands; what stood there before is replaced."""
        key, seen = whole.page.key, stamp(now)
        tx.execute(REPLACE, {"source": whole.source, "page": key, "document": document})
        found = store.get(tx, store.places, source_id=whole.source, key=key, document_id=document)
        values = {"row_id": whole.page.about["row"], "snapshot_id": whole.page.snapshot, "state": "current"}
        if found is not None:
            store.change(tx, store.places, {"id": found.id}, last_seen=seen, **values)
            place = int(found.id)
        else:
            values |= {"document_id": document, "key": key, "source_id": whole.source}
            place = store.add(tx, store.places, first_seen=seen, last_seen=seen, **values)
        self._put_parts(tx, place, whole)
        is_told = found is not None and found.told_file and found.state in STANDING
        if not is_told:  # new, or a page that changed and changed back, or the archive lost what told of it
            about = about_record(whole.page.url, self._about(tx, document, whole, source))
            spot = self._ledger.evidence.append(about)
            store.change(tx, store.places, {"id": place}, told_file=spot.file, told_offset=spot.offset)

    def _put_parts(self, tx: Connection, place: int, whole: Whole) -> None:
        now = [
            {
                "position": position,
                "role": part.about["role"],
                "key": part.key,
                "url": part.url,
                "name": part.about["name"],
                "outcome": part.outcome,
                "snapshot_id": part.snapshot if part.outcome == Outcome.OK else None,
            }
            for position, part in enumerate(whole.parts)
        ]
        before = [dict(row) for row in tx.execute(STORED_PARTS, {"place": place}).mappings()]
        if before != now:
            if before:
                tx.execute(DROP_PARTS, {"place": place})
            if now:
                tx.execute(insert(store.parts), [{"place_id": place, **each} for each in now])

    def _about(self, tx: Connection, document: str, whole: Whole, source: Source) -> dict[str, Any]:
        row = store.get(tx, store.rows, id=whole.page.about["row"])
        told = {
            "source": whole.source,
            "list": row.list_url,
            "column": row.column,
            "title": row.title,
            "published": row.published.isoformat() if row.published else "",
            "number": row.number,
            "publisher": row.publisher,
            "index": row.index_number,
            "place": source.place,
            "place_name": source.place_name,
        }
        kept = [part for part in whole.parts if part.outcome == Outcome.OK]
        return {
            "document": document,
            "page": {**_place_of(whole.page), "key": whole.page.key},
            "parts": [{**_place_of(part), "link": part.about["name"]} for part in kept],
            "row": {name: value for name, value in told.items() if value},
        }


def _part(step: Any) -> Part:
    url = step.about.get("url") or step.url
    return Part(
        step.about,
        key_of(url) if url != step.url else step.key,
        url,
        step.outcome,
        step.snapshot_id,
        step.sha256 or "",
        step.file or "",
        step.offset or 0,
    )


def _place_of(part: Part) -> dict[str, Any]:
    return {"uri": part.url, "digest": f"sha256:{part.sha256}", "file": part.file, "offset": part.offset}
