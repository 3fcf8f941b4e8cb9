"""Corrections in the database: made, taken back, listed, laid over a view, and found to fit nothing any more."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from pipeline import derived, store
from pipeline.compare.tasks import find_document
from pipeline.errors import InputError, NotFoundError
from pipeline.moments import stamp, utc_now
from pipeline.tables import Export
from pipeline.weeks import Week
from pipeline.workspace.corrections.fields import implied_by, read_value
from pipeline.workspace.corrections.matching import Finder
from pipeline.workspace.corrections.overlay import apply_corrections
from pipeline.workspace.corrections.records import ID_OF, Corrected, Correction, Record
from pipeline.workspace.view import Shelved, View, names_of, part_of


def add_correction(
    tx: Connection,
    *,
    record: Record,
    id: str,
    field: str,
    value: Any,
    by: str = "",
    why: str = "",
    document: str = "",
    now: Callable[[], datetime] = utc_now,
) -> int:
    """Store that a field of a record is put right, in place of an earlier correction of it; return its id.

    The same correction made again is the one that is there.

    Args:
        tx: a transaction on the database of a workspace.
        record: what is put right.
        id: of a section or a commitment of a current version; of a document its id, name, file name or title.
        field: as the export calls it; `rejected` for a commitment that is none.
        value: what it is to hold; Chinese names of labels, indicators and places are taken, too.
        by: who says so.
        why: for those who read it later.
        document: that the record must be of, by its id, name, file name or title; "" for any.
        now: the clock.

    Raises:
        NotFoundError: there is no such record or field, or the value is not in the closed set of the field.
        InputError: the value is of another type than the field.
    """
    if record not in ID_OF:
        raise NotFoundError(f"no record {record!r} to put right; there are {', '.join(ID_OF)}")
    normal = read_value(record, field, value)
    view = View(tx)
    shelved = _find(view, record, id, document)
    export = view.export_of([shelved])
    finder = Finder(export, {shelved.publication_id: (shelved.doc_id,)})
    row = finder.row(record, shelved.doc_id, shelved.doc_id if record == "document" else id)
    if row is None:  # _find saw it
        raise NotFoundError(f"no {record} {id!r} in {shelved.name}")
    about = finder.describe(record, row, field)
    level = finder.cells("document", 0, ["level"])["level"]
    told = implied_by(record, field, normal, told=value, year=about["year"], level=level)
    about |= {"implied": told} if told else {}
    for one in list_corrections(tx, publications=[shelved.publication_id]):
        if one.record == record and one.field == field and finder.find(one).row == row:
            if (one.value, one.by, one.why) == (normal, by, why):
                return one.id
            store.change(tx, derived.corrections, {"id": one.id}, undone=stamp(now()))
    _compare_again(tx, shelved.publication_id)
    return store.add(
        tx, derived.corrections, at=stamp(now()), by=by, publication_id=shelved.publication_id, record=record,
        field=field, value=normal, about=about, why=why,
    )  # fmt: skip


def _find(view: View, record: Record, id: str, document: str) -> Shelved:
    """Return the document that a record is of."""
    shelved = view.shelved()
    by_id = {one.doc_id: one for one in shelved}
    names = names_of(shelved)
    within = by_id[find_document(Export(names, names, names), document)] if document else None
    if record == "document":
        found = by_id[find_document(Export(names, names, names), id)]
        if within not in (None, found):
            raise InputError(f"expected one document, got {id!r} and {document!r}, which are two")
        return found
    table = {"section": derived.sections, "commitment": derived.commitments}[record]
    papers = view.connection.execute(select(table.c.paper_id).where(table.c[ID_OF[record]] == id)).scalars().all()
    current = {one.paper_id: one for one in shelved}
    there = [current[paper] for paper in papers if paper in current]
    if not there:
        reason = ", which a newer version of its document no longer has" if papers else ""
        raise NotFoundError(f"no {record} {id!r}{reason}; {ID_OF[record]} of an export of this workspace names one")
    if within is not None and within not in there:
        raise NotFoundError(f"no {record} {id!r} in {within.name}; it is in {there[0].name}")
    return within or there[0]


def _compare_again(tx: Connection, publication_id: str) -> None:
    """Have the next run compare a publication again; a change of our own is not news."""
    store.change(tx, derived.publications, {"id": publication_id, "to_compare": ""}, to_compare="rules")


def undo_correction(tx: Connection, id: int, *, now: Callable[[], datetime] = utc_now) -> Correction:
    """Take a correction back; it stays in the database, and holds no longer.

    Raises:
        NotFoundError: there is none of that id that holds.
    """
    row = store.get(tx, derived.corrections, id=id)
    if row is None or row.undone:
        held = ", ".join(str(one.id) for one in list_corrections(tx)) or "none"
        gone = f": it was undone or replaced at {row.undone}" if row else ""
        raise NotFoundError(f"no correction {id} that holds{gone}; there are {held}")
    store.change(tx, derived.corrections, {"id": id}, undone=stamp(now()))
    _compare_again(tx, row.publication_id)
    return _correction(row)


def list_corrections(
    tx: Connection, *, publications: Collection[str] | None = None, when: str | None = None
) -> list[Correction]:
    """Return the corrections that hold, in the order in which they were made.

    Args:
        tx: a connection to the database of a workspace.
        publications: only those of these.
        when: those that held at this time of the database; None for now.
    """
    table = derived.corrections
    rows = [_correction(row) for row in tx.execute(select(table).order_by(table.c.id))]
    return [
        one for one in rows
        if (publications is None or one.publication_id in publications)
        and (one.undone is None if when is None else one.at <= when and (one.undone is None or one.undone > when))
    ]  # fmt: skip


def _correction(row: Any) -> Correction:
    return Correction(
        row.id, row.at, row.by, row.publication_id, row.record, row.field, row.value, row.about, row.why, row.undone
    )


def corrected(
    view: View,
    *,
    doc_ids: Collection[str] | None = None,
    places: Collection[str] | None = None,
    publications: Collection[str] | None = None,
) -> Corrected:
    """Return the export of a view with the corrections that held then, and what became of each.

    The arguments are those of `View.export`. A place is what the pipeline takes a document to be of.
    """
    chosen = view.shelved(doc_ids=doc_ids, places=places, publications=publications)
    concerned, wanted = {one.publication_id for one in chosen}, {one.doc_id for one in chosen}
    made = [
        one for one in list_corrections(view.connection, when=_end_of(view))
        if one.publication_id in concerned or one.about["doc_id"] in wanted
    ]  # fmt: skip
    if not made:
        return apply_corrections(view.export_of(chosen), (), {})
    # What a correction fits is looked for in all documents of a publication, whichever were asked for.
    of_corrections = {one.publication_id for one in made}
    others = [one for one in view.shelved(publications=of_corrections) if one.doc_id not in wanted]
    whole = apply_corrections(view.export_of([*chosen, *others]), made, view.documents_of_publications())
    if not others:
        return whole
    is_meant = whole.rows["doc_id"].isin(wanted) | (whole.rows["state"] == "stale")
    rows = whole.rows[is_meant].reset_index(drop=True)
    return Corrected(part_of(whole.export, wanted), rows, whole.touched & wanted)


def _end_of(view: View) -> str | None:
    """Return the time at which the derivation of a view ended; None for now, "" before the first one."""
    if view.cut is None:
        return None
    row = store.get(view.connection, derived.derivations, id=view.cut)
    return str(row.ended or row.started) if row else ""


def find_stale(tx: Connection, cut: int | None = None) -> list[tuple[Correction, str]]:
    """Return the corrections that fit nothing any more, each with the reason in Chinese.

    Args:
        tx: a connection to the database of a workspace.
        cut: as of this derivation; None for now.
    """
    view = View(tx, cut)
    made = list_corrections(tx, when=_end_of(view))
    if not made:
        return []
    concerned = {one.publication_id for one in made}
    finder = Finder(view.export(publications=concerned), view.documents_of_publications())
    return [(one, found.why) for one in made if (found := finder.find(one)).is_stale]


def note_stale(tx: Connection, derivation: int, at: datetime | str, week: Week | str) -> int:
    """Write an event for each correction that turned stale in a derivation; return how many there are.

    One that was told as stale already is told again only if it fitted something in between.

    Args:
        tx: the last transaction of a run.
        derivation: the one that is under way.
        at: the moment of the events.
        week: theirs.
    """
    stale = [one for one, _ in find_stale(tx)]
    asked = select(derived.events.c.data).where(derived.events.c.kind == "correction_stale")
    told = {data["correction"] for data in tx.execute(asked).scalars()}
    again = {one.id for one in stale} & told
    if again:
        ended = derived.derivations.c
        before = select(ended.id).where(ended.id < derivation, ended.state == "ended").order_by(ended.id.desc())
        last = tx.execute(before.limit(1)).scalar()
        still = {one.id for one, _ in find_stale(tx, last)} if last is not None else again
        again -= still
    fresh = [one for one in stale if one.id not in told or one.id in again]
    for one in fresh:
        store.add(
            tx, derived.events, kind="correction_stale", at=at if isinstance(at, str) else stamp(at), week=str(week),
            derivation_id=derivation, publication_id=one.publication_id,
            data={"correction": one.id, "field": one.field, "value": one.value},
        )  # fmt: skip
    return len(fresh)
