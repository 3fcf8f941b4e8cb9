"""What a workspace knows, or knew at a derivation, as the frames that every table of ours is made from.

An export read here equals the one that is read back from the files of the same analyses. It is what the pipeline says
by itself; `corrections.corrected` gives it with what people put right.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from json import JSONDecoder
from operator import itemgetter
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    Text,
    bindparam,
    func,
    or_,
    select,
    type_coerce,
)

from pipeline import derived
from pipeline.compare.columns import COVERAGE, TRACKING
from pipeline.errors import InputError
from pipeline.moments import moment
from pipeline.places import find_candidates
from pipeline.tables import COMMITMENT, DOCUMENT, SECTION, Export, frame_of
from pipeline.weeks import Week, of_moment
from pipeline.workspace.ordering import order_coverage, order_tracking
from pipeline.workspace.place import open_workspace

AT_ONCE = 500  # papers a query: a database takes some thousands of parameters
CODE = re.compile("[1-9][0-9]{5}")
PUBLICATION = (
    "publication_id", "title", "state", "reason", "problem", "first_seen", "last_seen", "version_id", "number",
    "cause", "fetched", "checked", "source_id", "url", "doc_ids",
)  # fmt: skip
FILING = (
    "doc_id", "name", "title", "kind", "year", "jurisdiction", "jurisdiction_code", "body", "published", "quality",
)  # fmt: skip
# What an event makes of the state of its publication; others leave it.
STATES = {"new": "standing", "withdrawn": "withdrawn", "came_back": "standing", "moved": "standing"}


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document of a version that is valid, without what it says."""

    paper_id: int
    version_id: int
    publication_id: str
    doc_id: str
    name: str
    title: str | None
    jurisdiction: str | None
    jurisdiction_code: str | None


class View:
    """What was known at a derivation; nothing is kept between two questions.

    Args:
        connection: to the database of a workspace, in a transaction.
        cut: the id of the derivation; None for what is known now, what this transaction wrote among it.
    """

    def __init__(self, connection: Connection, cut: int | None = None) -> None:
        self.connection = connection
        self.cut = cut

    def export(
        self,
        *,
        doc_ids: Collection[str] | None = None,
        places: Collection[str] | None = None,
        publications: Collection[str] | None = None,
    ) -> Export:
        """Return the records: the frames of `tables.read_export`, withdrawn publications among them, without numbers.

        Documents stand in the order in which their publications were first seen, and then taken in; each doc_id stands
        there once.

        Args:
            doc_ids: only these documents.
            places: only documents of these places, by names or codes of GB/T 2260; a province or a city stands for all
                that lie in it, as far as codes tell.
            publications: only documents of these.
        """
        return self.export_of(self.shelved(doc_ids=doc_ids, places=places, publications=publications))

    def export_of(self, chosen: Sequence[Shelved]) -> Export:
        """Return the records of documents that `shelved` gave, in their order."""
        return Export(
            self._frame("documents", DOCUMENT, chosen),
            self._frame("sections", SECTION, chosen),
            self._frame("commitments", COMMITMENT, chosen),
        )

    def shelved(
        self,
        *,
        doc_ids: Collection[str] | None = None,
        places: Collection[str] | None = None,
        publications: Collection[str] | None = None,
    ) -> list[Shelved]:
        """Return the documents of an export in its order, without their records."""
        is_there = _place_test(places) if places is not None else None
        found: dict[str, Shelved] = {}
        for one in self._all_shelved():
            if publications is not None and one.publication_id not in publications:
                continue
            if doc_ids is not None and one.doc_id not in doc_ids:
                continue
            if is_there is None or is_there(one):
                found.setdefault(one.doc_id, one)
        return list(found.values())

    def documents_of_publications(self) -> dict[str, tuple[str, ...]]:
        """Return the doc_ids of each publication, in order."""
        found: dict[str, dict[str, None]] = {}
        for one in self._all_shelved():
            found.setdefault(one.publication_id, {})[one.doc_id] = None
        return {publication_id: tuple(each) for publication_id, each in found.items()}

    def _all_shelved(self) -> list[Shelved]:
        """Return every document that is valid, one of several publications more than once."""
        paper, version, publication = derived.papers, derived.versions, derived.publications
        columns = (
            paper.c.id, version.c.id, publication.c.id, paper.c.doc_id, paper.c.name, paper.c.title,
            paper.c.jurisdiction, paper.c.jurisdiction_code, publication.c.first_seen, paper.c.position,
        )  # fmt: skip
        asked = select(*columns).select_from(paper).join(version).join(publication).where(self.valid(version))
        # What was first seen at one time, as a folder is imported, stands in the order in which it was taken in.
        first = select(version.c.publication_id, func.min(version.c.id)).group_by(version.c.publication_id)
        taken = {publication_id: id for publication_id, id in self.connection.execute(first)}
        # By the codes of characters, as everywhere; a database may have an order of its own.
        rows = sorted(self.connection.execute(asked), key=lambda row: (row[-2], taken[row[2]], row[-1]))
        return [Shelved(*row[:8]) for row in rows]

    def coverage(self) -> pd.DataFrame:
        """Return the coverage as `find_coverage` gives it, against the outline first, then against plans by ids."""
        shelved = self.shelved()
        found = self._valid_rows(derived.coverages, "coverage", COVERAGE)
        found = found[found["doc_id"].isin([one.doc_id for one in shelved])].reset_index(drop=True)
        plans = set(found["reference"])
        documents = self._frame("documents", ("doc_id", "name"), shelved)
        sections = self._frame("sections", ("doc_id", "section_id"), [one for one in shelved if one.doc_id in plans])
        return order_coverage(found, Export(documents, sections, documents))

    def tracking(self) -> pd.DataFrame:
        """Return the tracking as `track_targets` gives it: targets by plan and year, then results nobody asked for."""
        shelved = self.shelved()
        documents = self._frame("documents", FILING, shelved)
        documents["text"] = pd.Series([""] * len(documents), dtype="string")  # of no account to the order
        found = self._valid_rows(derived.trackings, "tracking", TRACKING)
        known = [one.doc_id for one in shelved]
        is_known = [(found[name].isna() | found[name].isin(known)).to_numpy(bool) for name in ("plan", "report")]
        found = found[is_known[0] & is_known[1]].reset_index(drop=True)
        named = {*found["plan"].dropna(), *found["report"].dropna()}
        chosen = [one for one in shelved if one.doc_id in named]
        commitments = self._frame("commitments", ("doc_id", "commitment_id"), chosen)
        return order_tracking(found, Export(documents, documents, commitments))

    def _valid_rows(self, table: Table, name: str, columns: Sequence[str]) -> pd.DataFrame:
        asked = select(*(table.c[each] for each in columns)).where(self.valid(table)).order_by(table.c.id)
        rows = self.connection.execute(asked).all()
        cells = zip(*rows, strict=True) if rows else ([] for _ in columns)
        return frame_of(name, {each: list(values) for each, values in zip(columns, cells, strict=True)})

    def publications(self) -> pd.DataFrame:
        """Return a row for each publication that was known, in the order of an export, with the columns PUBLICATION.

        The version is the one that was valid, none where nothing could be read of it yet; state and reason are those
        of that time, title, problem, last_seen and address those of today.
        """
        documents, standing = self.documents_of_publications(), self._standings()
        states = self._states() if self.cut is not None else {}
        names = ("id", "number", "cause", "fetched", "checked")
        version = derived.versions.c
        asked = select(version.publication_id, *(version[name] for name in names))
        versions = {row[0]: row[1:] for row in self.connection.execute(asked.where(self.valid(derived.versions)))}
        rows: list[tuple[Any, ...]] = []
        for one in self.connection.execute(select(derived.publications)):
            if self.cut is not None and one.id not in versions and one.id not in states:
                continue  # it was first seen later
            state = states.get(one.id, (one.state, one.reason))
            rows.append(
                (one.id, one.title, *state, one.problem, one.first_seen, one.last_seen,
                 *versions.get(one.id, (None,) * len(names)), *standing.get(one.id, (None, None)),
                 list(documents.get(one.id, ())))
            )  # fmt: skip
        rows.sort(key=lambda row: (row[5], row[0]))
        frame = pd.DataFrame(rows, columns=list(PUBLICATION))
        texts = dict.fromkeys((name for name in PUBLICATION if name != "doc_ids"), "string")
        return frame.astype({**texts, "version_id": "Int64", "number": "Int64"})

    def _standings(self) -> dict[str, tuple[str, str]]:
        """Return source and address of each publication: those seen last of the live ones, else of all."""
        table = derived.standings.c
        asked = select(table.publication_id, table.source_id, table.url)
        rows = self.connection.execute(asked.order_by(table.is_live, table.last_seen, table.id))
        return {publication_id: (source_id, url) for publication_id, source_id, url in rows}

    def _states(self) -> dict[str, tuple[str, str]]:
        """Return state and reason of each publication of which an event tells up to the cut."""
        event = derived.events.c
        asked = select(event.publication_id, event.kind, event.data).where(event.publication_id.is_not(None))
        asked = asked.where(event.derivation_id <= self.cut).order_by(event.id)
        found: dict[str, tuple[str, str]] = {}
        for publication_id, kind, data in self.connection.execute(asked):
            found.setdefault(publication_id, ("standing", ""))
            if kind in STATES:
                found[publication_id] = STATES[kind], str(data.get("reason") or "") if kind == "withdrawn" else ""
        return found

    def derivation(self) -> int | None:
        """Return the derivation that is known last; None where nothing was derived yet."""
        last = self.connection.execute(select(func.max(derived.derivations.c.id))).scalar()
        return self.cut if self.cut is not None else last

    def read_by(self) -> tuple[str, ...]:
        """Return the stamps of the rules and models by which the documents were read, or last seen to come out so."""
        asked = select(derived.versions.c.checked).where(self.valid(derived.versions)).distinct()
        return tuple(sorted(self.connection.execute(asked).scalars()))

    def newest_cut(self, week: Week) -> int | None:
        """Return the last derivation that ended and took in nothing later than *week*; None where there is none.

        One that took in nothing new, as after an upgrade, knows what the ones before it knew.
        """
        table = derived.derivations.c
        asked = select(table.id, table.observed).where(table.state == "ended").order_by(table.id)
        newest: int | None = None
        for derivation, observed in self.connection.execute(asked):
            seen = moment(observed)
            if seen is not None and of_moment(seen) > week:
                break
            newest = derivation
        return newest

    def valid(self, table: Table) -> ColumnElement[bool]:
        """Return the condition under which a row of versions, coverage, tracking or source states was valid."""
        if self.cut is None:
            return table.c.until_id.is_(None)
        return (table.c.since_id <= self.cut) & or_(table.c.until_id.is_(None), table.c.until_id > self.cut)

    def _frame(self, name: str, columns: tuple[str, ...], chosen: Sequence[Shelved]) -> pd.DataFrame:
        """Return the rows of these documents as the frame of a table of an export, doc_id and other columns of it."""
        places = {one.paper_id: place for place, one in enumerate(chosen)}
        asked = _asked(name, columns)
        rows: list[Sequence[Any]] = []
        for start in range(0, len(chosen), AT_ONCE):
            some = [one.paper_id for one in chosen[start : start + AT_ONCE]]
            found = self.connection.execute(asked.query, {"papers": some})
            rows += [(places[paper_id], *cells) for paper_id, *cells in found]
        rows.sort(key=itemgetter(*range(asked.keys + 1)))
        cells = list(zip(*rows, strict=True)) or [()] * (asked.keys + len(columns))
        given: dict[str, list[Any]] = {"doc_id": [chosen[place].doc_id for place in cells[0]]}
        for column, values in zip(columns[1:], cells[asked.keys + 1 :], strict=True):
            given[column] = list(map(_decoded, values) if column in asked.json else values)
        if "items" in given:
            given["items"] = [[_as_written(one) for one in items] for items in given["items"]]
        return frame_of(name, given)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query for the rows of some papers: the paper, what they are sorted by, and the columns but doc_id."""

    query: Select[Any]
    keys: int  # by how many columns the rows of a document are sorted
    json: frozenset[str]  # columns that hold lists or objects


_TABLES = {"documents": derived.papers, "sections": derived.sections, "commitments": derived.commitments}


@cache
def _asked(name: str, columns: tuple[str, ...]) -> _Asked:
    table = _TABLES[name]
    paper = derived.papers.c.id if name == "documents" else table.c.paper_id
    order: dict[str, tuple[ColumnElement[Any], ...]] = {
        "documents": (),
        "sections": (derived.sections.c.start, -derived.sections.c.end, derived.sections.c.id),
        "commitments": tuple(derived.commitments.c[each] for each in ("value_start", "value_end", "commitment_id")),
    }
    cells = [derived.texts.c.text if each == "text" else _raw(table.c[each]) for each in columns[1:]]
    query = select(paper, *order[name], *cells).select_from(table)
    if "text" in columns:
        query = query.join(derived.texts, derived.texts.c.sha256 == derived.papers.c.text_sha256)
    objects = frozenset(each for each in columns[1:] if each in table.c and isinstance(table.c[each].type, JSON))
    return _Asked(query.where(paper.in_(bindparam("papers", expanding=True))), len(order[name]), objects)


def _raw(column: Column[Any]) -> ColumnElement[Any]:
    """Return a column whose JSON is left as the driver gives it."""
    return type_coerce(column, Text) if isinstance(column.type, JSON) else column


def _decoded(cell: Any) -> Any:
    """Return a list or an object of the database; the short way, since most of 60,000 rows have five empty lists."""
    if not isinstance(cell, str):
        return cell  # the driver of PostgreSQL decodes by itself
    return [] if cell == "[]" else _DECODER.raw_decode(cell)[0]


_DECODER = JSONDecoder()


def _as_written(item: dict[str, Any]) -> dict[str, Any]:
    """Return an outline item of a section as the export writes it: 1 for a score of 1.0."""
    score = item["score"]
    return {**item, "score": int(score) if score == int(score) else score}


def _place_test(wanted: Collection[str]) -> Callable[[Shelved], bool]:
    codes = {one for one in wanted if CODE.fullmatch(one)}
    codes |= {place.code for one in wanted for place in find_candidates(one)}
    # 330000 stands for all that begin with 33, 330100 for all with 3301.
    parts = tuple(re.sub("(?:00){1,2}$", "", code) for code in sorted(codes))

    def is_there(one: Shelved) -> bool:
        return one.jurisdiction in wanted or bool(one.jurisdiction_code and one.jurisdiction_code.startswith(parts))

    return is_there


@contextmanager
def open_view(folder: Path, db: str = "") -> Iterator[View]:
    """Yield what a workspace knows now, as it was when asked first.

    Args:
        folder: of the workspace.
        db: the address of its database, as `place.open_workspace` takes it.

    Raises:
        InputError: it is not there, or nothing was read of it yet.
    """
    with (
        open_workspace(folder, db, must_exist=True) as workspace,
        workspace.engine.connect() as connection,
        connection.begin(),
    ):
        if connection.execute(select(derived.papers.c.id).limit(1)).first() is None:
            has_run = connection.execute(select(derived.derivations.c.id).limit(1)).first() is not None
            what_next = (
                "it has none: add some with `fazhi crawl` or `fazhi import`, then run `fazhi run"
                if has_run
                else "none was read yet: run `fazhi run"
            )
            raise InputError(
                f"{folder}: expected a workspace with documents, but {what_next} --workspace {folder}` first"
            )
        yield View(connection)


def read_workspace(folder: Path | str, db: str = "", *, corrected: bool = True) -> Export:
    """Return what a workspace holds now, with what people put right unless *corrected* is False.

    Raises:
        InputError: it is not there, or nothing was read of it yet.
    """
    from pipeline.workspace import corrections  # which stands on this module

    with open_view(Path(folder), db) as view:
        return corrections.corrected(view).export if corrected else view.export()


def part_of(export: Export, doc_ids: Collection[str]) -> Export:
    """Return the records of some documents of an export, in its order."""
    frames = (export.documents, export.sections, export.commitments)
    return Export(*(frame[frame["doc_id"].isin(list(doc_ids))].reset_index(drop=True) for frame in frames))


def names_of(shelved: Iterable[Shelved]) -> pd.DataFrame:
    """Return what documents are called, with the columns by which `compare.tasks.find_document` finds one."""
    rows = [(one.doc_id, one.name, one.title) for one in shelved]
    return pd.DataFrame(rows, columns=["doc_id", "name", "title"], dtype="string")
