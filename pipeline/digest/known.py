"""What was known at a derivation, as the parts of a digest ask for it; only what they ask for is read.

What people put right is taken as they put it: documents with corrections are read from `corrections.corrected`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from pipeline.compare.measures import plain_cells
from pipeline.derived import (
    commitments,
    corrections,
    derivations,
    events,
    papers,
    publications,
    sections,
    source_states,
    texts,
    versions,
)
from pipeline.digest.facts import Facts, SourceFact
from pipeline.digest.papers import Paper, Promise
from pipeline.digest.spots import Spot, Spots, spot_of_source
from pipeline.digest.states import State, read_states
from pipeline.tables import PATH_MARK, numbered
from pipeline.workspace.corrections import corrected
from pipeline.workspace.view import View

AT_ONCE = 500  # ids a query: databases take some thousands of parameters
STATES = {"withdrawn": True, "came_back": False, "moved": False, "new": False}  # whether it is gone afterwards
STILL_OPEN = ("unlisted",)  # no list names it any more, but its address still shows it


_PAPER = tuple(each.name for each in fields(Paper) if each.name not in ("publication_id", "since_id", "seen"))
_PROMISE = tuple(each.name for each in fields(Promise) if each.name != "paper")
_LISTS = ("notes", "indicators", "lead", "support")


class Known:
    """What was known at the cut of a view."""

    def __init__(self, view: View, facts: Facts) -> None:
        self.view, self.facts = view, facts
        self.tx, self.cut = view.connection, view.cut or 0
        self.all_sources: dict[str, SourceFact] = {one.id: one for one in facts.sources}
        self.sources = {name: one for name, one in self.all_sources.items() if name not in facts.retired}
        self._promises: dict[int, tuple[Promise, ...]] = {}
        self._paths: dict[int, dict[str, str]] = {}
        self._texts: dict[str, str] = {}
        self._spots: dict[int, Spot] = {}

    @cached_property
    def observed(self) -> str:
        """The beginning of the newest crawl that is known, a time of the database; "" for none."""
        of = derivations.c
        return self.tx.execute(select(of.observed).where(of.id == self.cut)).scalar() or ""

    # --- documents -------------------------------------------------------------------------------------------------

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """The documents, each once, in the order in which their publications were first seen."""
        seen = dict(self.tx.execute(select(publications.c.id, publications.c.first_seen)).all())
        rows = sorted(
            self._read_papers(self.view.valid(versions)),
            key=lambda one: (seen[one.publication_id], one.publication_id, one.position, one.id),
        )
        found: dict[str, Paper] = {}
        for one in rows:
            found.setdefault(one.doc_id, self._as_corrected(one))
        return tuple(found.values())

    @cached_property
    def by_doc(self) -> Mapping[str, Paper]:
        """The documents by their ids."""
        return {one.doc_id: one for one in self.papers}

    @cached_property
    def by_publication(self) -> Mapping[str, Paper]:
        """The first document of each publication."""
        return {one.publication_id: one for one in reversed(self.papers)}

    def papers_of(self, version_ids: Collection[int]) -> dict[int, tuple[Paper, ...]]:
        """Return the documents of versions, whenever these were valid, by the version."""
        found: dict[int, list[Paper]] = {}
        for some in batches(sorted(set(version_ids))):
            for one in self._read_papers(versions.c.id.in_(some)):
                found.setdefault(one.version_id, []).append(self._as_corrected(one))
        return {each: tuple(sorted(of, key=lambda one: (one.position, one.id))) for each, of in found.items()}

    def _read_papers(self, which: ColumnElement[bool]) -> list[Paper]:
        columns = [papers.c[name] for name in _PAPER]
        asked = select(*columns, versions.c.publication_id, versions.c.since_id, versions.c.fetched.label("seen"))
        rows = self.tx.execute(asked.join_from(papers, versions).where(which)).mappings()
        return [Paper(**{**row, "notes": tuple(map(str, row["notes"]))}) for row in rows]

    def publications_of(self, doc_ids: Collection[str]) -> dict[str, set[str]]:
        """Return the publications of documents, whenever these were valid, by the document."""
        found: dict[str, set[str]] = {}
        for some in batches(sorted(doc_ids)):
            asked = select(papers.c.doc_id, versions.c.publication_id).join_from(papers, versions)
            for row in self.tx.execute(asked.where(papers.c.doc_id.in_(some))):
                found.setdefault(row.doc_id, set()).add(row.publication_id)
        return found

    def spot(self, paper: Paper) -> Spot:
        """Return the place of a document."""
        if paper.id not in self._spots:
            source = self.source_of(paper.publication_id)
            self._spots[paper.id] = self.spots.of_paper(
                paper.jurisdiction or "", paper.jurisdiction_code or "", paper.level, [source] if source else []
            )
        return self._spots[paper.id]

    @cached_property
    def spots(self) -> Spots:
        """The places of the sources, those that are crawled no more among them."""
        known = self.all_sources.values()
        return Spots({one.id: spot_of_source(one.place, one.place_name, one.level) for one in known})

    def source_of(self, publication_id: str) -> str:
        """Return the id of the source at which a publication was first read, "" for what was imported."""
        return self._first_sources.get(publication_id, "")

    @cached_property
    def _first_sources(self) -> Mapping[str, str]:
        """Where each publication was first read, and of those that never were, first seen; neither changes again."""
        told, read = events.c, versions.c
        seen = select(func.min(told.id)).where(told.publication_id.is_not(None)).group_by(told.publication_id)
        unread = select(told.publication_id, told.source_id).where(told.id.in_(seen))
        first = select(func.min(read.id)).group_by(read.publication_id)
        asked = select(read.publication_id, read.held["source"].as_string()).where(read.id.in_(first))
        found = dict(self.tx.execute(unread).all())
        found.update((name, source or "") for name, source in self.tx.execute(asked))
        return found

    @cached_property
    def gone(self) -> frozenset[str]:
        """The ids of the publications that are no longer to be had."""
        return frozenset(one for one, reason in self.gone_for.items() if reason not in STILL_OPEN)

    @cached_property
    def gone_for(self) -> Mapping[str, str]:
        """Why publications had been withdrawn, by their ids."""
        of = events.c
        asked = select(of.publication_id, of.kind, of.data).where(of.kind.in_(STATES), of.derivation_id <= self.cut)
        found: dict[str, str] = {}
        for row in self.tx.execute(asked.order_by(of.id)):
            found.pop(row.publication_id, None)
            if STATES[row.kind]:
                found[row.publication_id] = str(row.data.get("reason") or "")
        return found

    @cached_property
    def unreadable(self) -> Mapping[str, tuple[str, str]]:
        """Why the newest bytes of publications could not be read, and the address, by their ids."""
        of = events.c
        kinds = ("unreadable", "readable", "new", "changed", "withdrawn")
        asked = select(of.publication_id, of.kind, of.data).where(of.kind.in_(kinds), of.derivation_id <= self.cut)
        found: dict[str, tuple[str, str]] = {}
        for row in self.tx.execute(asked.order_by(of.id)):
            found.pop(row.publication_id, None)
            if row.kind == "unreadable":
                found[row.publication_id] = str(row.data.get("reason") or ""), str(row.data.get("url") or "")
        return found

    @cached_property
    def states(self) -> Mapping[str, State]:
        """How each source fared, by its id."""
        return read_states(self.tx, self.view.valid(source_states), self.cut, self.sources)

    # --- what people put right -------------------------------------------------------------------------------------

    @cached_property
    def _corrected(self) -> Mapping[str, tuple[Mapping[str, Any], tuple[Mapping[str, Any], ...]]]:
        """Documents with corrections, by their ids: their fields, and their commitments."""
        about = sorted(set(self.tx.execute(select(corrections.c.publication_id)).scalars()))
        if not about or not self.cut:
            return {}
        export = corrected(self.view, publications=about).export
        names = [name for name in _PAPER if name in export.documents]
        of_document: dict[str, list[Mapping[str, Any]]] = {}
        for row in _rows(export.commitments, ("doc_id", *_PROMISE)):
            of_document.setdefault(row["doc_id"], []).append(row)
        return {
            row["doc_id"]: (row, tuple(of_document.get(row["doc_id"], ()))) for row in _rows(export.documents, names)
        }

    def _is_corrected(self, paper: Paper) -> bool:
        is_valid = paper.doc_id in self._corrected
        return is_valid and self._valid_versions.get(paper.publication_id) == paper.version_id

    @cached_property
    def _valid_versions(self) -> Mapping[str, int]:
        asked = select(versions.c.publication_id, versions.c.id).where(self.view.valid(versions))
        return dict(self.tx.execute(asked).all())

    def _as_corrected(self, paper: Paper) -> Paper:
        if not self._is_corrected(paper):
            return paper
        row = self._corrected[paper.doc_id][0]
        given: dict[str, Any] = {name: tuple(value) if name in _LISTS else value for name, value in row.items()}
        return replace(paper, **given)

    # --- commitments -----------------------------------------------------------------------------------------------

    def promises_of(self, some: Iterable[Paper]) -> dict[str, Promise]:
        """Return the commitments of documents by their ids."""
        wanted = {one.id: one for one in some}
        missing = [number for number in wanted if number not in self._promises]
        found: dict[int, list[Promise]] = {number: [] for number in missing}
        for numbers in batches(sorted(missing)):
            for promise in self._read_promises(wanted, commitments.c.paper_id.in_(numbers)):
                found[promise.paper.id].append(promise)
        self._promises.update({number: tuple(of) for number, of in found.items()})
        return {promise.commitment_id: promise for number in wanted for promise in self._promises[number]}

    def promises(self, ids: Collection[str]) -> dict[str, Promise]:
        """Return commitments of the documents that were valid, by their ids."""
        current, wanted = {one.id: one for one in self.papers}, set(ids)
        found: dict[str, Promise] = {}
        for some in batches(sorted(wanted)):
            test = commitments.c.commitment_id.in_(some) & self.view.valid(versions)
            for one in self._read_promises(current, test, of_versions=True):
                if one.commitment_id in wanted:
                    found.setdefault(one.commitment_id, one)
        return found

    def due(self, first: date, last: date) -> list[Promise]:
        """Return the targets of all documents whose deadline lies between two days, both among them."""
        of = commitments.c
        current = {one.id: one for one in self.papers}
        test = (of.stance == "target") & of.deadline.between(first, last)
        asked_for = test & self.view.valid(versions)
        found = self._read_promises(current, asked_for, of_versions=True)
        return [one for one in found if one.stance == "target" and one.deadline and first <= one.deadline <= last]

    def due_before(self, day: date) -> Iterator[tuple[Paper, str]]:
        """Yield the document and the id of each target whose deadline lies before a day; each once."""
        of = commitments.c
        current = {one.id: one for one in self.papers}
        asked = select(of.paper_id, of.commitment_id, of.deadline, of.quote).join_from(commitments, papers)
        asked = asked.join(versions).where(of.stance == "target", of.deadline < day, self.view.valid(versions))
        seen: set[tuple[str, date, str]] = set()
        for row in sorted(self.tx.execute(asked), key=lambda row: (row.paper_id, str(row.commitment_id))):
            paper = current.get(row.paper_id)
            if paper is None or self._is_rejected(paper, row.commitment_id):
                continue
            key = self.spot(paper).key, row.deadline, row.quote
            if key not in seen:
                seen.add(key)
                yield paper, row.commitment_id

    def _is_rejected(self, paper: Paper, commitment_id: str) -> bool:
        """Say whether a person put right that there is no such commitment."""
        if not self._is_corrected(paper):
            return False
        return all(row["commitment_id"] != commitment_id for row in self._corrected[paper.doc_id][1])

    def _read_promises(
        self, of_papers: Mapping[int, Paper], which: ColumnElement[bool], *, of_versions: bool = False
    ) -> Iterator[Promise]:
        """Yield the commitments of these papers that fit; those of corrected ones all."""
        for paper in of_papers.values():
            if self._is_corrected(paper):
                yield from (_promise(row, paper) for row in self._corrected[paper.doc_id][1])
        asked: Select[Any] = select(commitments.c.paper_id, *(commitments.c[name] for name in _PROMISE)).where(which)
        if of_versions:
            asked = asked.join(papers, papers.c.id == commitments.c.paper_id).join(versions)
        for row in self.tx.execute(asked).mappings():
            paper_of = of_papers.get(row["paper_id"])
            if paper_of is not None and not self._is_corrected(paper_of):
                yield _promise(row, paper_of)

    def count_stances(self, some: Collection[Paper]) -> dict[int, dict[str, int]]:
        """Return how many targets, results and baselines documents have, by paper and stance."""
        of = commitments.c
        found: dict[int, dict[str, int]] = {one.id: {} for one in some}
        for numbers in batches(sorted(found)):
            asked = select(of.paper_id, of.stance, func.count()).where(of.paper_id.in_(numbers))
            for paper_id, stance, count in self.tx.execute(asked.group_by(of.paper_id, of.stance)):
                found[paper_id][stance] = count
        return found

    def count_unsure(self, some: Collection[Paper], below: float) -> dict[int, int]:
        """Return how many commitments of documents have less confidence than *below*, by paper."""
        of = commitments.c
        found: dict[int, int] = {}
        for numbers in batches(sorted(one.id for one in some)):
            asked = select(of.paper_id, func.count()).where(of.paper_id.in_(numbers), of.confidence < below)
            found |= dict(self.tx.execute(asked.group_by(of.paper_id)).all())
        return found

    # --- words -----------------------------------------------------------------------------------------------------

    def load_paths(self, some: Iterable[Paper]) -> None:
        """Read the titles of the sections of many documents at once."""
        missing = sorted({one.id for one in some} - self._paths.keys())
        of = sections.c
        rows: dict[int, dict[str, tuple[str | None, str, str]]] = {number: {} for number in missing}
        for numbers in batches(missing):
            asked = select(of.paper_id, of.section_id, of.parent_id, of.number, of.title)
            for row in self.tx.execute(asked.where(of.paper_id.in_(numbers))):
                rows[row.paper_id][row.section_id] = row.parent_id, row.number, row.title
        self._paths.update({number: _paths(of_paper) for number, of_paper in rows.items()})

    def path(self, paper: Paper, section_id: str | None) -> str:
        """Return the way of titles to a section, as the comparable table has it."""
        if paper.id not in self._paths:
            self.load_paths([paper])
        return self._paths[paper.id].get(section_id or "", "")

    def text(self, paper: Paper) -> str:
        """Return the text of a document."""
        if paper.text_sha256 not in self._texts:
            asked = select(texts.c.text).where(texts.c.sha256 == paper.text_sha256)
            self._texts[paper.text_sha256] = str(self.tx.execute(asked).scalar() or "")
        return self._texts[paper.text_sha256]


def _promise(row: Mapping[Any, Any], paper: Paper) -> Promise:
    given: dict[str, Any] = {name: tuple(row[name]) if name in _LISTS else row[name] for name in _PROMISE}
    return Promise(**given, paper=paper)


def _rows(frame: Any, names: Iterable[str]) -> Iterator[dict[str, Any]]:
    wanted = list(names)
    for cells in zip(*(plain_cells(frame[name]) for name in wanted), strict=True):
        yield dict(zip(wanted, cells, strict=True))


def _paths(rows: Mapping[str, tuple[str | None, str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for section_id in rows:
        steps: list[str] = []
        walked: set[str] = set()
        at: str | None = section_id
        while at is not None and at not in walked and at in rows:
            walked.add(at)  # a parent that comes round again ends the way
            at, number, title = rows[at]
            steps.append(numbered(number, title))
        found[section_id] = PATH_MARK.join(step for step in reversed(steps) if step)
    return found


def batches(ids: Collection[Any]) -> Iterator[list[Any]]:
    """Yield ids, as many at once as a query takes."""
    listed = list(ids)
    for at in range(0, len(listed), AT_ONCE):
        yield listed[at : at + AT_ONCE]
