"""What tests of whole crawls share: a world to crawl, a crawl of it, and what a workspace then holds."""

import multiprocessing
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select
from warcio.archiveiterator import ArchiveIterator

from pipeline import store
from pipeline.emulator.families import kinds
from pipeline.emulator.server import Emulator
from pipeline.emulator.site import Site
from pipeline.emulator.world import sources_toml
from pipeline.scrape.crawl import Crawled, Settings, crawl
from pipeline.scrape.sources import Source, read_sources

CONTACT = "tests@fazhi.test"
# Children that start at once and share no thread with the server.
APART = multiprocessing.get_context("forkserver")
APART.set_forkserver_preload(
    ["pipeline.scrape.crawl", "bs4", "lxml.etree", "pipeline.store", "alembic.command", "pipeline.backup"]
)


def sources_of(
    emulator: Emulator, sites: Mapping[str, Site], folder: Path, *, delay_s: float = 0.01
) -> tuple[Source, ...]:
    """The sources of the sites that an emulator plays."""
    path = folder / "sources.toml"
    path.write_text(sources_toml(sites, kinds(), connect=emulator.connect, delay_s=delay_s), encoding="utf-8")
    return read_sources(path).sources


def run(sources: tuple[Source, ...], workspace: Path, db: str = "", **settings: Any) -> Crawled:
    """A crawl in this process."""
    return crawl(sources, workspace, Settings(contact=CONTACT, **settings), db=db)


def start(sources: tuple[Source, ...], workspace: Path, db: str = "") -> Any:
    """A crawl in a process of its own, which may be killed."""
    process = APART.Process(target=run, args=(sources, workspace, db), daemon=True)
    process.start()
    return process


def holdings(workspace: Path, db: str = "") -> dict[str, Any]:
    """Everything that a workspace holds but for times, ids and the places of records: what two crawls must agree on."""
    row, place, part, snapshot = store.rows.c, store.places.c, store.parts.c, store.snapshots.c
    chosen = {
        "rows": select(row.source_id, row.key, row.title, row.published, row.verdict, row.outcome),
        "documents": select(store.documents.c.id, store.documents.c.title),
        "places": select(place.document_id, place.key, place.source_id, place.state),
        "parts": select(
            place.key, place.source_id, part.position, part.role, part.key, part.name, part.outcome, snapshot.sha256
        )
        .join_from(store.parts, store.places)
        .join(store.snapshots, part.snapshot_id == snapshot.id, isouter=True),
        "snapshots": select(snapshot.key, snapshot.status, snapshot.sha256, snapshot.payload),
        "sources": select(store.sources.c.id, store.sources.c.outcome, store.sources.c.documents),
    }
    with store.reading(workspace, db) as tx:
        held: dict[str, Any] = {name: sorted(map(repr, tx.execute(query))) for name, query in chosen.items()}
    return held | {"payloads": payloads(workspace)}


def payloads(workspace: Path) -> Counter[tuple[str, str]]:
    """The address and the digest of the payload of every response in the archive."""
    found = Counter[tuple[str, str]]()
    for path in sorted((workspace / "archive").glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                record.content_stream().read()
                if record.rec_type in ("response", "revisit"):
                    headers = record.rec_headers
                    found[headers.get_header("WARC-Target-URI"), headers.get_header("WARC-Payload-Digest")] += 1
    return found
