"""Analyses written into a workspace row by row, as `fazhi run` does, for tests of what reads them.

Each call of `derive` is a derivation of its own: what it is given replaces the version that is there.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select, update

from pipeline import derived, store
from pipeline.moments import stamp
from pipeline.records import Analysis, Document
from pipeline.store import DATABASE
from pipeline.tables import COMMITMENT, DOCUMENT, SECTION
from pipeline.workspace.place import Workspace, open_workspace

START = datetime(2026, 11, 2, 4, tzinfo=UTC)  # a Monday; derivation n is n weeks later
RULES = sha256(b"rules").hexdigest()


@cache
def _empty() -> bytes:
    """The file of an empty database: to make one takes half a second, to copy it none."""
    with TemporaryDirectory() as folder:
        with open_workspace(Path(folder)):
            pass
        return (Path(folder) / DATABASE).read_bytes()


@contextmanager
def opened(folder: Path) -> Iterator[Workspace]:
    """An empty workspace in a folder, on SQLite."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / DATABASE).exists():
        (folder / DATABASE).write_bytes(_empty())
    with open_workspace(folder) as workspace:
        yield workspace


def at(derivation: int, hours: int = 0) -> str:
    """When a derivation ran."""
    return stamp(START + timedelta(weeks=derivation, hours=hours))


def derive(
    tx: Connection,
    found: Mapping[str, Sequence[Analysis]],
    *,
    gone: Sequence[str] = (),
    coverage: pd.DataFrame | None = None,
    tracking: pd.DataFrame | None = None,
    is_ended: bool = True,
) -> int:
    """Write a derivation: new versions by publication, and coverage and tracking in place of what was valid."""
    number = store.add(
        tx, derived.derivations, started="", state="ended" if is_ended else "running", version="0", rules=RULES,
        counts={},
    )  # fmt: skip
    times = {"started": at(number), "observed": at(number), "ended": at(number, 1) if is_ended else None}
    store.change(tx, derived.derivations, {"id": number}, **times)
    for name, analyses in found.items():
        shelve(tx, name, analyses, number)
    for name in gone:
        store.change(tx, derived.publications, {"id": name}, state="withdrawn", reason="gone")
        event(tx, "withdrawn", number, name, {"reason": "gone", "url": f"https://{name}.test/"})
    for table, frame in ((derived.coverages, coverage), (derived.trackings, tracking)):
        if frame is not None:
            tx.execute(update(table).where(table.c.until_id.is_(None)).values(until_id=number))
            for row in _rows(frame):
                place = {"place": "青禾县"} if table is derived.trackings else {}
                store.add(tx, table, **row, **place, cause="source", since_id=number)
    return number


def event(tx: Connection, kind: str, derivation: int, publication: str, data: Mapping[str, Any]) -> None:
    """Write an event of a derivation."""
    moment = START + timedelta(weeks=derivation)
    year, week, _ = moment.isocalendar()
    store.add(
        tx, derived.events, kind=kind, at=stamp(moment), week=f"{year}-W{week:02}", derivation_id=derivation,
        publication_id=publication, data=data,
    )  # fmt: skip


def shelve(tx: Connection, publication: str, analyses: Sequence[Analysis], derivation: int) -> None:
    """Write the next version of a publication, which is made where it is not there."""
    seen = {"title": analyses[0].document.title or "", "last_seen": at(derivation)}
    is_there = store.get(tx, derived.publications, id=publication)
    store.put(
        tx, derived.publications, {"id": publication}, seen, {"state": "standing", "first_seen": at(derivation)}
    )  # fmt: skip
    if not is_there:
        event(tx, "new", derivation, publication, {"title": "", "url": "", "source": ""})
        store.add(
            tx, derived.standings, publication_id=publication, source_id="", key=publication,
            url=f"https://{publication}.test/", fingerprint="0" * 64, is_live=True, first_seen=at(derivation),
            last_seen=at(derivation),
        )  # fmt: skip
    versions = tx.execute(
        select(derived.versions.c.id).where(derived.versions.c.publication_id == publication)
    ).all()  # fmt: skip
    tx.execute(
        update(derived.versions)
        .where(derived.versions.c.publication_id == publication, derived.versions.c.until_id.is_(None))
        .values(until_id=derivation)
    )
    version = store.add(
        tx, derived.versions, publication_id=publication, number=len(versions) + 1, cause="source",
        fingerprint="0" * 64, held={}, fetched=at(derivation), rules=RULES, checked=RULES, text_sha256="0" * 64,
        since_id=derivation,
    )  # fmt: skip
    for position, analysis in enumerate(analyses):
        _paper(tx, version, position, analysis)


def _paper(tx: Connection, version: int, position: int, analysis: Analysis) -> None:
    document = analysis.document
    paper = store.add(tx, derived.papers, version_id=version, position=position, **_document(tx, document))
    for section in analysis.sections:
        cells = {name: getattr(section, name) for name in SECTION[3:]}
        cells["items"] = [asdict(one) for one in section.items]
        parent = section.parent.section_id if section.parent else None
        store.add(tx, derived.sections, paper_id=paper, section_id=section.section_id, parent_id=parent, **cells)
    for one in analysis.commitments:
        cells = {name: _plain(getattr(one, name)) for name in COMMITMENT[3:]}
        given = {"commitment_id": one.commitment_id, "section_id": one.section.section_id}
        store.add(tx, derived.commitments, paper_id=paper, **given, **cells)


def _document(tx: Connection, document: Document) -> dict[str, Any]:
    digest = sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
    if store.get(tx, derived.texts, sha256=digest) is None:
        store.add(tx, derived.texts, sha256=digest, text=document.text)
    cells = {name: _plain(getattr(document, name)) for name in DOCUMENT if name not in ("text", "cuts")}
    cuts = [[cut.start, cut.end, cut.reason] for cut in document.cuts]
    return {**cells, "sources": dict(document.sources), "cuts": cuts, "text_sha256": digest}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    records = frame.astype(object).where(frame.notna(), None)
    return [dict(zip(frame.columns, cells, strict=True)) for cells in records.itertuples(index=False)]
