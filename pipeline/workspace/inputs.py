"""What stands where: the documents that crawls found and those that were imported, each with where its bytes lie.

A crawl says of an address that a document stands there, that no list names it any more (unlisted), or that it is gone.
A part that could not be fetched this time stands as it was fetched last: a site with a bad day drops no attachment.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from pipeline import store, warc
from pipeline.errors import InputError
from pipeline.inputs import Input
from pipeline.moments import stamp
from pipeline.records import Listed
from pipeline.scrape.addresses import short_key
from pipeline.scrape.outcomes import Outcome
from pipeline.workspace.place import Workspace

IMPORTS = "import-*.warc*"
OF_BYTES = 12  # characters of their digest that tell two imports of one file name apart
ORDER = ("withdrawn", "unlisted", "current")  # of what was at an address, the last counts
AWAY = frozenset((Outcome.FOREIGN_HOST, Outcome.CLONE_HOST))  # where a redirect leads out of a site
# What says of a part that it is not there, not to be had, or none of ours; anything else may pass.
NO_PART = frozenset((*AWAY, Outcome.GONE, Outcome.SKIPPED, Outcome.PRIVATE_ADDRESS, Outcome.ROBOTS))

Held = Mapping[str, Any]  # `version.held`


@dataclass(frozen=True, slots=True)
class Found:
    """An address and what lies there."""

    source_id: str  # "" for what was imported
    key: str
    url: str
    title: str  # as its list has it
    content: str  # digest of the bytes, parts among them
    held: Held  # where they lie
    served: str  # when its page came from there; of a file, when it was brought
    at: str  # when these bytes were seen first
    first_seen: str
    last_seen: str
    gone: str = ""  # why it is no longer there; "" while it is
    source_name: str = ""
    checked: str = ""  # the end of the crawl that last looked

    @property
    def is_import(self) -> bool:
        """Whether somebody brought it, so that nobody looks whether it is still anywhere."""
        return not self.source_id

    @property
    def is_kept(self) -> bool:
        """Whether the archive has its bytes: a failing machine may have lost some."""
        return all(each["file"] for each in (self.held["page"], *self.held["parts"]))


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a workspace has to derive from."""

    found: Mapping[tuple[str, str], Found]  # by source and key
    observed: str  # stamp of the newest of it: when its crawl began, or when it was brought
    imports: Mapping[str, int] = field(default_factory=dict)  # files of imports that are new, and their sizes
    problems: tuple[tuple[Path, str], ...] = ()  # those that are broken, and how
    crawl: tuple[int, str] | None = None  # the newest crawl, and when it ended; "" where it did not
    starts: tuple[str, ...] = ()  # of the crawls, the oldest first
    empty: Mapping[str, frozenset[str]] = field(default_factory=dict)  # keys of what is gone, by source

    def gone(self, source: str, key: str) -> str:
        """Return why an address is no longer there; "" while it is, or while nobody looks."""
        found = self.found.get((source, key))
        return found.gone if found else ""


def read_inputs(
    ws: Workspace, tx: Connection, known: Mapping[str, int], now: datetime, *, with_imports: bool = False
) -> Inputs:
    """Return what there is to derive from.

    Args:
        ws: the workspace.
        tx: a transaction in its database.
        known: files of imports and their sizes as they were taken in; while these stand nobody looks into them.
        now: what is said to be of later is of now.
        with_imports: look all the same.

    Raises:
        InputError: there is neither a crawl nor an import.
    """
    found = list(_crawled(ws, tx))
    files = sorted(path for path in ws.archive.glob(IMPORTS) if path.is_file() and warc.is_warc(path))
    sizes = {path: path.stat().st_size for path in files}
    fresh = [path for path, size in sizes.items() if known.get(path.name) != size]
    problems: list[tuple[Path, str]] = []
    if fresh or (files and with_imports):
        brought, problems = _imported(files, stamp(now))
        found += brought
    runs = tx.execute(select(store.runs).order_by(store.runs.c.id)).all()
    starts = tuple(sorted(row.started for row in runs))
    observed = [*starts, *map(_changed, fresh)] or [*map(_changed, files)]
    if not observed:
        raise InputError(f"{ws.folder}: expected a crawl or an import to derive from, got a workspace with neither")
    empty = defaultdict[str, set[str]](set)
    for each in found:
        if each.gone:
            empty[each.source_id].add(each.key)
    return Inputs(
        {(each.source_id, each.key): each for each in found},
        min(max(observed), stamp(now)),
        {path.name: sizes[path] for path in fresh},
        tuple(problems),
        (runs[-1].id, runs[-1].ended or "") if runs else None,
        starts,
        {source: frozenset(keys) for source, keys in empty.items()},
    )


def input_of(archive: Path, held: Held) -> Input:
    """Return what reads the bytes of a version again, from where they lie in the archive."""
    page, *parts = (
        warc.Place(archive / each["file"], each["offset"], each.get("link", ""), each["digest"], each["uri"],
                   each["date"])
        for each in (held["page"], *held["parts"])
    )  # fmt: skip
    told = held["listed"]
    published = date.fromisoformat(told["published"]) if told and told["published"] else None
    listed = Listed(**{**told, "published": published}) if told else None
    return Input(page.file, page.file.parent, warc.Held(page, tuple(parts), listed))


# Crawls


def _crawled(ws: Workspace, tx: Connection) -> Iterator[Found]:
    """Yield what stands, or stood last, at each address of each source."""
    place, row, page, source = store.places, store.rows, store.snapshots, store.sources
    joined = (
        select(
            place, row.c.url.label("row_url"), row.c.list_url, row.c.outcome, row.c.title, row.c.published,
            row.c.column, row.c.number, row.c.publisher, row.c.index_number, page.c.url, page.c.fetched, page.c.sha256,
            page.c.file, page.c.offset, source.c.name, source.c.entry, source.c.place.label("code"),
            source.c.place_name, source.c.checked, store.runs.c.ended,
        )
        .select_from(place)
        .join(source)
        .join(page, page.c.id == place.c.snapshot_id)
        .join(row, row.c.id == place.c.row_id, isouter=True)
        .join(store.runs, store.runs.c.id == source.c.run_id, isouter=True)
        .where(place.c.state != "replaced")
    )  # fmt: skip
    newest: dict[tuple[str, str], Any] = {}
    for each in sorted(tx.execute(joined), key=lambda one: (ORDER.index(one.state), one.last_seen, one.id)):
        newest[each.source_id, each.key] = each
    parts, tails = _parts(tx), _tails(tx)
    for each in newest.values():
        tail = tails.get((each.source_id, each.column or ""))
        has_rolled_off = bool(each.published and tail and each.published <= tail)
        gone = _gone(each)
        yield _found(ws, each, parts.get(each.id, ()), "" if gone == "unlisted" and has_rolled_off else gone)


def _tails(tx: Connection) -> dict[tuple[str, str], date]:
    """Return the day of the oldest row that each column of each source showed last: some show the newest only."""
    row, source = store.rows.c, store.sources.c
    chosen = (
        select(row.source_id, row.column, func.min(row.published).label("oldest"))
        .join_from(store.rows, store.sources)
        .where(row.last_run == source.run_id)
        .group_by(row.source_id, row.column)
    )
    return {(each.source_id, each.column): each.oldest for each in tx.execute(chosen) if each.oldest}


def _found(ws: Workspace, place: Any, parts: Sequence[Any], gone: str) -> Found:
    files = [_file(place), *({**_file(part, part.part_url), "link": part.name} for part in parts)]
    held = {
        "source": place.source_id,
        "key": place.key,
        "url": place.url,
        "page": files[0],
        "parts": files[1:],
        "listed": _listed(ws, place),
    }
    return Found(
        place.source_id,
        place.key,
        place.url,
        place.title or "",
        _content(files),
        held,
        place.fetched,
        max(place.first_seen, place.fetched, *(part.fetched for part in parts)),
        place.first_seen,
        place.last_seen,
        gone,
        place.name,
        place.ended or place.checked or "",
    )


def _file(row: Any, url: str = "") -> dict[str, Any]:
    digest = f"sha256:{row.sha256}"
    return {"file": row.file, "offset": row.offset, "digest": digest, "uri": url or row.url, "date": row.fetched}


def _content(files: Iterable[Mapping[str, Any]]) -> str:
    return sha256("\n".join(each["digest"] for each in files).encode()).hexdigest()


def _listed(ws: Workspace, place: Any) -> dict[str, Any]:
    """Return what the list says of a document, as `Listed` has it."""
    code, name = place.code, place.place_name.partition(" ")[0]  # the names above it follow
    if not place.entry and place.told_file:  # no crawl since the database learnt whose site it is
        code, name = _told_place(ws.archive / place.told_file, place.told_offset)
    told = Listed(
        place.title or "",
        place.published,
        place.column or "",
        place.number or "",
        place.publisher or "",
        place.index_number or "",
        place.list_url or "",
        code,
        name,
    )
    return {**asdict(told), "published": place.published.isoformat() if place.published else ""}


def _told_place(file: Path, offset: int) -> tuple[str, str]:
    """Return the place of a site as the archive tells of it; "" where it cannot be read."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        with file.open("rb") as stream:
            stream.seek(offset)
            told = json.loads(next(iter(ArchiveIterator(stream))).content_stream().read())["row"]
        return told.get("place", ""), told.get("place_name", "")
    except (OSError, ValueError, KeyError, StopIteration, ArchiveLoadFailed):
        return "", ""


def _gone(place: Any) -> str:
    """Return why a document is no longer at its address; "" where it is."""
    if place.state == "withdrawn":
        return "gone"
    is_named = place.state == "current" and place.row_url != place.list_url  # a single page is on no list
    if is_named or (place.state == "current" and place.outcome not in (*AWAY, Outcome.SOFT_404)):
        return ""
    if place.outcome in AWAY:
        return "redirected"
    return "gone" if place.outcome == Outcome.SOFT_404 else "unlisted"


def _parts(tx: Connection) -> dict[int, list[Any]]:
    """Return the parts of each place in their order, those that failed as they were fetched last."""
    part, file, address = store.parts.c, store.snapshots.c, store.addresses.c
    columns = (part.id, part.place_id, part.position, part.name, part.url.label("part_url"), file.url, file.fetched,
               file.sha256, file.file, file.offset)  # fmt: skip
    had = select(*columns).select_from(store.parts).join(store.snapshots)
    lost = (
        select(*columns)
        .select_from(store.parts)
        .join(store.addresses, address.key == part.key)
        .join(store.snapshots, address.snapshot_id == file.id)
        .where(part.snapshot_id.is_(None), part.outcome.not_in(sorted(NO_PART)), file.status == 200)
    )
    found = defaultdict(list)
    for row in sorted([*tx.execute(had), *tx.execute(lost)], key=lambda one: (one.place_id, one.position)):
        found[row.place_id].append(row)
    return found


# Imports


def _changed(path: Path) -> str:
    return stamp(datetime.fromtimestamp(path.stat().st_mtime, UTC))


def _imported(files: Sequence[Path], now: str) -> tuple[list[Found], list[tuple[Path, str]]]:
    """Return the documents of imports in the order in which they came, and which files are broken and how.

    The same bytes under one name are one document, however often they were brought.
    """
    # A file that was copied may be older by its name than by its time.
    moments = dict(zip(files, accumulate((min(_changed(path), now) for path in files), max), strict=True))
    held, problems = warc.find_held(files)
    found: dict[str, Found] = {}
    for each in held:
        one = _import(each, moments[each.page.file])
        found.setdefault(one.key, one)
    return list(found.values()), problems


def _import(held: warc.Held, at: str) -> Found:
    places = (held.page, *held.parts)
    uri, served = _told(held.page)
    try:
        page = warc.read_held(held)
        digests = [f"sha256:{each.sha256}" for each in (page, *page.parts)]
    except InputError:  # told when it is read as a document
        digests = [each.digest or str(each) for each in places]
    files = [
        {"file": each.file.name, "offset": each.offset, "digest": each.digest, "uri": each.uri, "date": each.date,
         "link": each.link}
        for each in places
    ]  # fmt: skip
    told = held.listed
    listed = told and {**asdict(told), "published": told.published.isoformat() if told.published else ""}
    content = sha256("\n".join(digests).encode()).hexdigest()
    key = short_key(f"{uri}#{content[:OF_BYTES]}")
    kept = {"source": "", "key": key, "url": uri, "page": files[0], "parts": files[1:], "listed": listed}
    return Found("", key, uri, told.title if told else "", content, kept, served, at, at, at)


def _told(place: warc.Place) -> tuple[str, str]:
    """Return the address that a record is of, and when it was served there."""
    from warcio.archiveiterator import ArchiveIterator

    with place.file.open("rb") as stream:
        stream.seek(place.offset)
        headers = next(iter(ArchiveIterator(stream))).rec_headers
    served = datetime.fromisoformat(place.date or headers.get_header("WARC-Date"))
    aware = served if served.tzinfo else served.replace(tzinfo=UTC)
    return place.uri or headers.get_header("WARC-Target-URI"), stamp(aware)
