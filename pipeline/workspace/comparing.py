"""What documents cover and what became of targets, brought up to date for the places whose papers changed.

A row that comes out as it was stays valid; one that does not is valid until this derivation, and a new one from it. A
place is compared whole in one transaction, and takes its publications off the list of what is to be compared.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Table, delete, insert, select, update

from pipeline import derived
from pipeline.compare.columns import COVERAGE, TRACKING
from pipeline.errors import InputError, NotFoundError
from pipeline.workspace.derive import Work
from pipeline.workspace.places import Circle, find_circles

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.tables import Export
    from pipeline.workspace.view import Shelved

OUTLINE = "outline"
AT_ONCE = 500  # values of a query


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be compared."""

    flagged: frozenset[str]  # publications
    shelved: "Sequence[Shelved]"  # all documents that are valid
    references: tuple[str, ...]  # outline, or the doc_id of a plan
    lacking: Mapping[str, frozenset[str]]  # documents that nobody held against a reference yet


def compare(work: Work, references: Sequence[str], cause: str) -> list[str]:
    """Compare what is to be compared for a *cause*, source or rules; return which references are not there, and why."""
    notes: list[str] = []
    with work.ws.engine.connect() as tx, tx.begin():
        if not _is_due(tx, references, cause):
            return notes
        due = _find_due(tx, references, cause, notes)
        circles = list(find_circles(tx, due.shelved, due.flagged))
    lacking = frozenset[str]().union(*due.lacking.values())
    chosen = [each for each in circles if due.flagged & each.publications or lacking & each.documents]
    work.total += len(chosen)
    for circle in chosen:
        _compare_circle(work, circle, due, cause, notes)
        work.tell(circle.name)
    with work.ws.writing() as tx:
        _drop_references(tx, work.derivation.id, {each.doc_id for each in due.shelved})
    return notes


def _is_due(tx: Connection, references: Sequence[str], cause: str) -> bool:
    """Say whether there may be anything to compare, which costs next to nothing where there is not."""
    about, version, paper, row = (
        each.c for each in (derived.publications, derived.versions, derived.papers, derived.coverages)
    )
    if tx.execute(select(about.id).where(about.to_compare == cause).limit(1)).first():
        return True
    if cause != "source":
        return False
    known = select(row.doc_id).where(row.reference == OUTLINE, row.until_id.is_(None))
    missing = select(paper.id).join_from(derived.papers, derived.versions).where(version.until_id.is_(None))
    is_lacking = OUTLINE in references and tx.execute(missing.where(paper.doc_id.not_in(known)).limit(1)).first()
    return bool(is_lacking) or any(each != OUTLINE for each in references)


def _find_due(tx: Connection, references: Sequence[str], cause: str, notes: list[str]) -> Due:
    from pipeline.workspace.view import View

    about, row = derived.publications.c, derived.coverages.c
    flagged = frozenset(tx.execute(select(about.id).where(about.to_compare == cause)).scalars())
    shelved = View(tx).shelved()
    chosen = tuple(dict.fromkeys(_resolve(tx, shelved, references, notes)))
    everything = frozenset(each.doc_id for each in shelved)
    lacking = {}
    for each in chosen if cause == "source" else ():
        asked = select(row.doc_id).where(row.reference == each, row.until_id.is_(None)).distinct()
        lacking[each] = everything - {each} - set(tx.execute(asked).scalars())
    return Due(flagged, shelved, chosen, lacking)


def _resolve(
    tx: Connection, shelved: "Sequence[Shelved]", references: Sequence[str], notes: list[str]
) -> Iterator[str]:
    """Yield what documents are held against: outline, or the doc_id of a plan; note what is no such thing."""
    from pipeline.compare.tasks import find_document
    from pipeline.tables import Export
    from pipeline.workspace.view import names_of

    papers = {each.doc_id: each.paper_id for each in shelved}
    for wanted in references:
        if wanted == OUTLINE:
            yield OUTLINE
            continue
        names = names_of(shelved)
        try:
            found = find_document(Export(names, names, names), wanted)
        except NotFoundError as error:
            notes.append(f"reference {wanted}: {str(error)[:200]}")
            continue
        kind = tx.execute(select(derived.papers.c.kind).where(derived.papers.c.id == papers[found])).scalar()
        if kind == "report":
            notes.append(f"reference {wanted}: expected outline or a plan, got a report")
            continue
        yield found


def _compare_circle(work: Work, circle: Circle, due: Due, cause: str, notes: list[str]) -> None:
    """Compare the papers of places that belong together, and store what came out otherwise."""
    flagged = due.flagged & circle.publications
    changed = {each.doc_id for each in due.shelved if each.publication_id in flagged}
    coverage: list[dict[str, Any]] = []
    wanted = {each: changed | (due.lacking.get(each, frozenset()) & circle.documents) for each in due.references}
    tracking: list[dict[str, Any]] = []
    with work.ws.engine.connect() as tx, tx.begin():
        export = _export(tx, publications=circle.publications)
        for reference, documents in wanted.items():
            coverage += _cover(tx, export, reference, documents, notes)
        if flagged:
            tracking = _track(export)
    with work.ws.writing() as tx:
        gone = _earlier(tx, flagged) - circle.documents
        row = derived.coverages.c
        for each, documents in wanted.items():
            where = (row.reference == each, row.doc_id.in_(sorted(documents - changed)))
            _replace(tx, work, derived.coverages, COVERAGE, _of(coverage, each, documents - changed), cause, *where)
        fresh = [one for one in coverage if one["doc_id"] in changed]
        _replace(tx, work, derived.coverages, COVERAGE, fresh, cause, row.doc_id.in_(sorted(changed | gone)))
        if flagged:
            papers = sorted(circle.documents | gone)
            which = derived.trackings.c.plan.in_(papers) | derived.trackings.c.report.in_(papers)
            _replace(tx, work, derived.trackings, (*TRACKING, "place"), tracking, cause, which)
        about = derived.publications
        cleared = update(about).where(about.c.id.in_(sorted(flagged)), about.c.to_compare == cause)
        tx.execute(cleared.values(to_compare=""))


def _export(tx: Connection, **which: Collection[str]) -> "Export":
    from pipeline.workspace.corrections import corrected
    from pipeline.workspace.view import View

    return corrected(View(tx), **which).export


def _cover(
    tx: Connection, export: "Export", reference: str, documents: Collection[str], notes: list[str]
) -> list[dict[str, Any]]:
    from pipeline.compare.coverage import find_coverage

    asked = sorted(set(documents) - {reference})
    if not asked:
        return []
    if reference != OUTLINE:
        export = _export(tx, doc_ids={*asked, reference})
    try:
        return _rows(find_coverage(export, reference, documents=asked), COVERAGE)
    except InputError as error:  # a plan that hands out no tasks
        notes.append(f"reference {reference}: {error}")
        return []


def _track(export: "Export") -> list[dict[str, Any]]:
    from pipeline.compare.measures import plain_cells
    from pipeline.compare.tracking import track_targets

    about = export.documents
    places = dict(zip(plain_cells(about["doc_id"]), plain_cells(about["jurisdiction"]), strict=True))
    rows = _rows(track_targets(export), TRACKING)
    return [{**row, "place": places.get(row["plan"] or row["report"]) or ""} for row in rows]


def _rows(table: "pd.DataFrame", columns: Sequence[str]) -> list[dict[str, Any]]:
    from pipeline.compare.measures import plain_cells

    cells = zip(*(plain_cells(table[name]) for name in columns), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in cells]


def _of(rows: Iterable[dict[str, Any]], reference: str, documents: Collection[str]) -> list[dict[str, Any]]:
    return [row for row in rows if row["reference"] == reference and row["doc_id"] in documents]


def _earlier(tx: Connection, publications: Collection[str]) -> set[str]:
    """Return the documents that publications ever had."""
    paper, version = derived.papers.c, derived.versions.c
    chosen = select(paper.doc_id).join_from(derived.papers, derived.versions)
    return set(tx.execute(chosen.where(version.publication_id.in_(sorted(publications)))).scalars())


def _replace(
    tx: Connection,
    work: Work,
    table: Table,
    columns: Sequence[str],
    rows: Sequence[dict[str, Any]],
    cause: str,
    *where: ColumnElement[bool],
) -> None:
    """Make *rows* those of a table that are valid *where* something holds; what is among them stays as it is."""
    left = Counter(_key(row, columns) for row in rows)
    own = work.derivation.id
    over: list[int] = []
    unsaid: list[int] = []
    for row in tx.execute(select(table).where(table.c.until_id.is_(None), *where).order_by(table.c.id)).mappings():
        if not _take(left, row, columns):  # nobody was told of what this derivation itself found before
            (unsaid if row["since_id"] == own else over).append(row["id"])
    for start in range(0, len(over), AT_ONCE):
        tx.execute(update(table).where(table.c.id.in_(over[start : start + AT_ONCE])).values(until_id=own))
    for start in range(0, len(unsaid), AT_ONCE):
        tx.execute(delete(table).where(table.c.id.in_(unsaid[start : start + AT_ONCE])))
    if fresh := [{**row, "cause": cause, "since_id": own} for row in rows if _take(left, row, columns)]:
        tx.execute(insert(table), fresh)


def _take(left: Counter[str], row: Mapping[Any, Any], columns: Sequence[str]) -> bool:
    """Say whether a row is one of those that are left, and take it out."""
    key = _key(row, columns)
    left[key] -= 1
    return left[key] >= 0


def _key(row: Mapping[Any, Any], columns: Sequence[str]) -> str:
    return json.dumps([row[name] for name in columns], ensure_ascii=False, sort_keys=True)


def _drop_references(tx: Connection, derivation: int, documents: Collection[str]) -> None:
    """End what was held against a plan that is no longer what its publication says."""
    row = derived.coverages.c
    chosen = select(row.reference).where(row.reference != OUTLINE, row.until_id.is_(None)).distinct()
    gone = sorted(set(tx.execute(chosen).scalars()) - set(documents))
    if gone:
        own = (row.reference.in_(gone), row.until_id.is_(None))
        tx.execute(update(derived.coverages).where(*own).values(until_id=derivation))
