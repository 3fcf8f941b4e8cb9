"""WARC files, ours and other people's: which of their records are documents with their parts, and the bytes of each.

What `archive` stores are resource records, and metadata records that say which of them belong together. In the files of
a crawler the documents are responses, and their attachments are found by the links of the page.
"""

import gzip
import json
import os
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import redirect_stderr
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from pipeline.errors import InputError
from pipeline.files import Limits, check_size, file_type
from pipeline.parse.links import FILE, Link, find_links
from pipeline.records import Listed, Page

LIMITS = Limits()
SUFFIXES = (".warc", ".warc.gz")
ABOUT = "application/vnd.fazhi.document+json"  # media type of the metadata records that name the parts of a page
OWN = b"software: fazhi/"  # in the record that opens a file of ours
WEB = ("http://", "https://", "ftp://")
CHINA = timezone(
    timedelta(hours=8)
)  # dates on the pages are of this zone: a page is never fetched before it was issued
MOST_REDIRECTS = 5
NOWHERE = Path("nowhere")  # beside which the files of a record are looked for while it is only checked

PAGE_MEDIA = ("text/html", "application/xhtml+xml")
# What a browser fetches to show a page, and feeds: no documents, whatever their bytes are.
OTHER_MEDIA = re.compile(
    r"(?:image|video|audio|font)/|text/css|.*(?:javascript|ecmascript|font|flash|json)|.*[/+]xml\Z"
)
LOOKS_LIKE_HTML = re.compile(rb"\s*<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
# The last chunk, and headers behind it, which the library does not know.
TRAILER = re.compile(rb"(?<=\r\n)0+(?:;[^\r\n]*)?\r\n(?:[^\r\n]+\r\n)*(?:\r\n)?\Z")
TRAILER_REACH = 4096
ONE_MEMBER = "all of it is one gzip member"
FIRST_RECORDS = 3  # the first may open the file, and behind the second it shows how the file is packed
GZIP = b"\x1f\x8b"
# In Content-Encoding, yet none: some servers put the charset there.
NO_CODING = frozenset({"", "identity", "none", "binary", "utf-8", "utf8", "gbk", "gb2312", "chunked"})
LOOKS_CHUNKED = re.compile(rb"[0-9A-Fa-f]{1,8} *(?:;[^\r\n]*)?\r\n")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record begins, and what is known about it from elsewhere."""

    file: Path
    offset: int
    link: str = ""  # of a part: the text of the link that led to it
    digest: str = ""  # sha256 that its bytes must have; "" where nobody said
    uri: str = ""  # the address that is meant, where another one's record has its bytes
    date: str = ""  # when they were fetched there

    def __str__(self) -> str:
        return f"{self.file.name}:{self.offset}"


@dataclass(frozen=True, slots=True)
class Held:
    """A document of an archive: its main file and its parts."""

    page: Place
    parts: tuple[Place, ...] = ()
    listed: Listed | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What a record says about itself, without its bytes."""

    place: Place
    record_id: str
    kind: str  # WARC-Type
    uri: str  # of the record that opens a file: the name that the file had when it was written
    date: str  # as written
    digest: str = ""  # of the payload, as written
    status: str = ""  # of HTTP
    media: str = ""
    target: str = ""  # where a redirect leads, or what a revisit is the same as
    is_document: bool = False  # by its type; it may be part of another
    links: tuple[Link, ...] = ()
    about: Mapping[str, Any] | None = None  # of a metadata record of ours


@dataclass(frozen=True, slots=True)
class _Raw:
    """A record as it stands in its file."""

    offset: int
    kind: str
    warc: Any  # headers, with get_header(name)
    http: Any  # the same, or None
    body: bytes  # still encoded, and empty where nobody asked for it

    def header(self, name: str) -> str:
        return self.warc.get_header(name) or ""

    def http_header(self, name: str) -> str:
        return (self.http.get_header(name) or "").strip() if self.http else ""


def is_warc(path: Path) -> bool:
    """Say whether a file is a WARC file, by its name."""
    return path.name.lower().endswith(SUFFIXES)


def is_gzip(path: Path) -> bool:
    """Say whether a file is packed, by its bytes."""
    with path.open("rb") as file:
        return file.read(len(GZIP)) == GZIP


def check_warc(path: Path, limits: Limits = LIMITS) -> None:
    """Refuse a file of which no record can be read, but for those that open files.

    Raises:
        InputError: it is no WARC file, broken from the start, or packed so that no record can be found.
    """
    _check_opening(path)
    found = 0
    try:
        with path.open("rb") as file:
            for raw in islice(_raw_records(file, limits, lambda record: False), FIRST_RECORDS):
                found += raw.kind != "warcinfo"
    except InputError as error:
        if not found or ONE_MEMBER in str(error):
            raise
        return
    if not found:
        raise InputError("expected a WARC file, got one without a record")


def scan(path: Path, limits: Limits = LIMITS, *, with_responses: bool = True) -> tuple[list[Record], str]:
    """Return what the records of a file say, and why those behind them cannot be read ("" if all could).

    Without *with_responses* nobody looks into what a crawler got, which takes most of the time.

    Raises:
        OSError: the file cannot be read at all.
    """
    records: list[Record] = []
    try:
        is_own = (
            not with_responses
        )  # what crawls of ours stored: their metadata records name the documents among the responses

        def is_wanted(record: Any) -> bool:
            return _tells_more(record) and not (is_own and record.rec_type == "response")

        with path.open("rb") as file:
            _check_opening(path)
            for raw in _raw_records(file, limits, is_wanted):
                if raw.kind == "warcinfo":  # files may have been joined into one
                    is_own = OWN in raw.body or not with_responses
                records.append(_describe(raw, path, limits, is_own=is_own))
    except InputError as error:
        return records, str(error)
    return records, "" if records else "expected a WARC file, got one without a record"


def _check_opening(path: Path) -> None:
    """Refuse what is no WARC file before a library looks for the end of its first line."""
    with gzip.open(path) if is_gzip(path) else path.open("rb") as file:
        try:
            opening = file.read(5)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise InputError(f"expected a WARC file, got broken gzip data ({error})") from error
    if opening and opening != b"WARC/":
        raise InputError(f"expected a WARC file, got one that begins with {opening!r}")


def _raw_records(file: IO[bytes], limits: Limits, wanted: Callable[[Any], bool]) -> Iterator[_Raw]:
    """Yield the records from where *file* stands, the bytes of those that are *wanted* with them.

    Raises:
        InputError: a record is cut short or broken; what follows it cannot be found.
    """
    from warcio.archiveiterator import ArchiveIterator

    reader = ArchiveIterator(file)
    while True:
        at = reader.offset
        try:
            with redirect_stderr(StringIO()):  # the library tells there what the exception below tells
                record = next(reader, None)
                if record is None:
                    break
                at = reader.offset
                body = record.raw_stream.read(limits.file_bytes + 1) if wanted(record) else b""
                reader.read_to_end()
            packed = reader.reader.decompressor
            is_counted = (record.rec_headers.get_header("Content-Length") or "").strip().isdecimal()
            is_whole = is_counted and not getattr(record.raw_stream, "limit", 1) and (packed is None or packed.eof)
        except Exception as error:  # the library raises whatever the broken bytes lead it into
            reason = " ".join(str(error).split())
            if "non-chunked gzip" in reason:
                reason = f"{ONE_MEMBER}; `warcio recompress` mends that"
            raise InputError(f"expected a WARC record at byte {at}, got something else ({reason})") from error
        if not is_whole:
            raise InputError(f"expected a whole WARC record at byte {at}, got one that is cut short or broken")
        yield _Raw(at, record.rec_type or "", record.rec_headers, record.http_headers, body)
    if at < os.fstat(file.fileno()).st_size:  # the library takes headers that break off for the end
        raise InputError(f"expected a whole WARC record at byte {at}, got one that is cut short or broken")


def _tells_more(record: Any) -> bool:
    """Say whether the bytes of a record tell more about it than its headers do."""
    if record.rec_type == "response" and record.http_headers:
        media = _media(record.http_headers.get_header("content-type") or "")
        return record.http_headers.get_statuscode() == "200" and not OTHER_MEDIA.match(media)
    return bool(record.rec_type == "warcinfo" or record.content_type == ABOUT)


def _media(header: str) -> str:
    return header.split(";")[0].strip().lower()


def _describe(raw: _Raw, path: Path, limits: Limits, *, is_own: bool) -> Record:
    """Return what a record says; of a page of a crawler also which files it links to."""
    uri = raw.header("WARC-Target-URI") or raw.header("WARC-Filename")
    record = Record(
        Place(path, raw.offset),
        raw.header("WARC-Record-ID"),
        raw.kind,
        uri,
        raw.header("WARC-Date"),
        raw.header("WARC-Payload-Digest"),
        raw.http.get_statuscode() if raw.http else "",
        _media(raw.http_header("content-type") if raw.http else raw.header("Content-Type")),
        raw.header("WARC-Refers-To-Target-URI") or _joined(uri, raw.http_header("location")),
    )
    if raw.kind == "metadata" and raw.body:
        return replace(record, about=_read_about(raw))
    if raw.kind == "resource":
        is_web_file = uri.startswith(WEB) and not OTHER_MEDIA.match(record.media)
        return replace(record, is_document=is_web_file or uri.startswith("file:"))
    if is_own or raw.kind != "response" or record.status != "200" or OTHER_MEDIA.match(record.media):
        return record
    return _describe_response(record, raw, limits)


def _joined(uri: str, href: str) -> str:
    try:
        return urljoin(uri, href) if href else ""
    except ValueError:  # an address that is none, such as one with half a bracket
        return ""


def _read_about(raw: _Raw) -> Mapping[str, Any]:
    try:
        about: dict[str, Any] = json.loads(raw.body)
        Held(_place_of(about["page"], NOWHERE), tuple(_place_of(part, NOWHERE) for part in about["parts"]))
        _listed(about.get("row"))
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"expected at byte {raw.offset} the parts of a page as JSON, got {error!r}") from error
    return about


def _describe_response(record: Record, raw: _Raw, limits: Limits) -> Record:
    try:
        content = _content(raw, record.uri, limits)
        kind = file_type(content, record.uri)
    except InputError:  # told when the document is read, if it is one
        return replace(record, is_document=record.media in PAGE_MEDIA or _is_named_as_file(record.uri))
    if kind != "text":
        return replace(record, is_document=kind != "image")
    if record.media not in PAGE_MEDIA and not LOOKS_LIKE_HTML.match(content):
        return replace(record, is_document=_is_named_as_file(record.uri) and not record.uri.endswith("/robots.txt"))
    try:
        links = find_links(Page(record.uri, content, record.uri))
    except (InputError, ValueError):  # an address on the page that is none; its text is read all the same
        links = ()
    return replace(record, media=record.media or PAGE_MEDIA[0], is_document=True, links=links)


def _is_named_as_file(uri: str) -> bool:
    return FILE.search(urldefrag(uri)[0].split("?")[0]) is not None


def _content(raw: _Raw, name: str, limits: Limits) -> bytes:
    """Return the bytes of a file as it was before it was encoded for the wire.

    Raises:
        InputError: larger than allowed, cut short by the crawler or on the wire, or of an unknown encoding.
    """
    from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader

    check_size(raw.body, name, limits)
    if cut := raw.header("WARC-Truncated"):
        raise InputError(f"{name}: expected a whole file, got one that the crawler cut short (for {cut})")
    body = raw.body
    if raw.http_header("transfer-encoding").lower() == "chunked" and LOOKS_CHUNKED.match(body):
        body = body[:-TRAILER_REACH] + TRAILER.sub(b"0\r\n\r\n", body[-TRAILER_REACH:])
        try:
            body = ChunkedDataReader(BytesIO(body), raise_exceptions=True).read()
        except ChunkedDataException as error:
            raise InputError(f"{name}: expected a whole file, got chunks that break off") from error
    headers = raw.http.headers if raw.http else ()
    codings = ",".join(value.lower() for header, value in headers if header.lower() == "content-encoding").split(",")
    for coding in reversed([each.strip().removeprefix("x-") for each in codings]):
        body = body if coding in NO_CODING else _decoded(body, coding, name, limits)
    return body


def _decoded(body: bytes, coding: str, name: str, limits: Limits) -> bytes:
    """Return *body* without a content coding; one that the crawler undid already stays as it is."""
    from warcio.bufferedreaders import BufferedReader

    if coding not in BufferedReader.get_supported_decompressors():
        raise InputError(f"{name}: expected content-encoding gzip or deflate, got {coding}")
    most = limits.file_bytes + 1
    with redirect_stderr(StringIO()):
        stream = BufferedReader(BytesIO(body), decomp_type=coding)
        content: bytes = stream.read(most)
        while _is_followed(stream) and len(content) < most and stream.read_next_member():
            content += stream.read(most)
    check_size(content, name, limits)
    if stream.decompressor and not getattr(stream.decompressor, "eof", True):
        raise InputError(f"{name}: expected a whole file, got {coding} data that is cut short or broken")
    return content


def _is_followed(stream: Any) -> bool:
    """Say whether another gzip member stands behind the one that was read."""
    return bool(stream.decompressor and getattr(stream.decompressor, "unused_data", b"").startswith(GZIP))


def find_held(files: Sequence[Path], limits: Limits = LIMITS) -> tuple[list[Held], list[tuple[Path, str]]]:
    """Return the documents of WARC files in the order of their records, and which files are broken and how.

    A page and its attachments may lie in different files. Pages that were fetched more than once are there each time.
    """
    records: list[Record] = []
    problems = []
    for path in files:
        try:
            found, problem = scan(path, limits)
        except OSError as error:
            found, problem = [], f"cannot be read: {error.strerror or error}"
        records += found
        if problem:
            problems.append((path, problem))
    held = [*_stored(records), *_crawled(records)]
    order = {path: number for number, path in enumerate(files)}
    held.sort(key=lambda one: (order.get(one.page.file, -1), one.page.offset))
    if not held and not problems:
        problems = [(path, "expected an archive with documents, got one without") for path in files]
    return held, problems


def _stored(records: Sequence[Record]) -> Iterator[Held]:
    """Yield the documents among the records that `archive` and crawls write."""
    shelves = _Shelves(records)
    taken = set[tuple[Path, int]]()
    alone, crawled = [], []
    seen = set[Held]()
    for record in records:
        if record.about and "document" in record.about:
            crawled.append(record)
        elif record.about:
            held = shelves.find(record)
            taken |= {(place.file, place.offset) for place in (held.page, *held.parts)}
            if held not in seen:
                seen.add(held)
                yield held
        elif record.kind == "resource" and record.is_document:
            alone.append(record)
    for record in alone:
        if (record.place.file, record.place.offset) not in taken:
            yield Held(record.place)
    yield from map(shelves.find, _current(crawled))


def _current(records: Iterable[Record]) -> list[Record]:
    """Return for each document that a crawl found the record that named it first at an address where it stands.

    One that another document replaced stands there no more. The same text at several addresses is one document.
    """
    first: dict[tuple[str, str], Record] = {}
    standing: dict[str, Record] = {}
    for record in sorted(records, key=_seconds):  # files of two workspaces may lie together
        about = record.about or {}
        address = str(about["page"].get("key") or _key(about["page"].get("uri", "")))
        standing[address] = first.setdefault((address, str(about["document"])), record)
    chosen: dict[str, Record] = {}
    for (address, document), record in first.items():
        if standing[address] is record:
            chosen.setdefault(document, record)
    return list(chosen.values())


class _Shelves:
    """Where the records with bytes stand in files that are read together and that may have had other names."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._there: dict[tuple[Path, int], Record] = {}
        self._named: dict[str, list[Path]] = {}  # files by the names that they were written under
        self._days: dict[tuple[str, str], str] = {}  # of revisits, by address and digest
        for record in records:
            if record.kind == "warcinfo":
                self._named.setdefault(record.uri, []).append(record.place.file)
            elif record.kind == "revisit":
                self._days.setdefault((record.uri, record.digest), record.date)
            else:
                self._there[record.place.file, record.place.offset] = record

    def find(self, record: Record) -> Held:
        """Return the document that a metadata record names."""
        about, near = record.about or {}, record.place.file
        page, *parts = (self._settle(_place_of(row, near), near) for row in (about["page"], *about["parts"]))
        return Held(page, tuple(parts), _listed(about.get("row")))

    def _settle(self, place: Place, near: Path) -> Place:
        """Return a place in the file that is meant, and where it has the bytes of another address, as of the own one.

        Of files of one name, that of the record counts, then those that were renamed as it was or stayed as it did.
        """
        is_renamed = near not in self._named.get(near.name, (near,))

        def doubt(file: Path) -> tuple[bool, bool, bool]:
            is_alike = (file.name != place.file.name) == is_renamed
            return file != near, not is_alike, self._there[file, place.offset].uri != place.uri

        if place.file != near:
            named = self._named.get(place.file.name, ())
            found = sorted((file for file in named if (file, place.offset) in self._there), key=doubt)
            place = replace(place, file=found[0]) if found else place
        record = self._there.get((place.file, place.offset))
        if record is None or record.uri == place.uri:
            return place
        return replace(place, date=self._days.get((place.uri, record.digest), ""))


def _place_of(row: Mapping[str, Any], near: Path) -> Place:
    offset, texts = row["offset"], [row.get("file", ""), row.get("link", ""), row["digest"], row.get("uri", "")]
    if not (isinstance(offset, int) and offset >= 0 and all(isinstance(each, str) for each in texts)):
        raise ValueError(row)
    file, link, digest, uri = texts
    return Place(near.with_name(Path(file).name) if file else near, offset, link, digest, uri)


LISTED = {"list": "url", "index": "index_number"}  # where our records say it otherwise


def _listed(row: object) -> Listed | None:
    """Return what a metadata record of a crawl says of the list; None where it says nothing."""
    if not row:
        return None
    if not (isinstance(row, dict) and all(isinstance(value, str) for value in row.values())):
        raise ValueError(row)
    told = {LISTED.get(name, name): value for name, value in row.items()}
    published = date.fromisoformat(told["published"]) if told.get("published") else None
    names = {each.name for each in fields(Listed)} - {"published"}
    return Listed(published=published, **{name: value for name, value in told.items() if name in names})


def _crawled(records: Iterable[Record]) -> Iterator[Held]:
    """Yield the documents among the responses of a crawler."""
    web = [record for record in records if record.kind in ("response", "revisit")]
    captures: dict[str, list[Record]] = {}
    for record in web:
        captures.setdefault(_key(record.uri), []).append(record)
    pages = [record for record in web if record.is_document]
    parts = {record.place: tuple(_parts(record, captures)) for record in pages if record.links}
    taken = {_key(part.uri) for found in parts.values() for _, part in found}
    for page in pages:
        if _key(page.uri) not in taken:
            found = parts.get(page.place, ())
            yield Held(page.place, tuple(replace(part.place, link=link.text) for link, part in found))


def _parts(page: Record, captures: Mapping[str, Sequence[Record]]) -> Iterator[tuple[Link, Record]]:
    seen = {page.place}
    for link in page.links:
        part = _find(link.href, page, captures)
        # A page in place of a file says that the file is gone, and a file is no further page.
        if part and part.place not in seen and (part.media in PAGE_MEDIA) == (link.role == "further page"):
            seen.add(part.place)
            yield link, part


def _find(href: str, page: Record, captures: Mapping[str, Sequence[Record]]) -> Record | None:
    """Return what was served at an address when *page* was fetched, redirects followed."""
    for _ in range(MOST_REDIRECTS):
        there = captures.get(_key(href), ())
        if served := [record for record in there if record.status == "200" and record.kind == "response"]:
            return min(served, key=lambda record: abs(_seconds(record) - _seconds(page)))
        href = next((record.target for record in there if record.target and _key(record.target) != _key(href)), "")
        if not href:
            return None
    return None


def _key(uri: str) -> str:
    """Return an address as far as it matters for what it means: http and https, and %E6 and %e6, are one."""
    try:
        parts = urlsplit(urldefrag(uri)[0])
        return f"{(parts.hostname or '').lower()}:{parts.port or ''}{unquote(parts.path) or '/'}?{parts.query}"
    except ValueError:  # an address that is none, such as one with half a bracket
        return uri


def _seconds(record: Record) -> float:
    when = _when(record.date)
    return when.timestamp() if when else 0.0


def _when(written: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(written)
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _day(written: str) -> date | None:
    when = _when(written)
    return when.astimezone(CHINA).date() if when else None


def read_held(held: Held, limits: Limits = LIMITS) -> Page:
    """Return a document of an archive with its parts, as `inputs.load_page` returns one of a folder.

    Raises:
        InputError: a record is not there, or its bytes are not those that were stored.
    """
    parts = tuple(_read_page(place, limits) for place in held.parts)
    return replace(_read_page(held.page, limits), parts=parts, listed=held.listed)


def _read_page(place: Place, limits: Limits) -> Page:
    try:
        with place.file.open("rb") as file:
            file.seek(place.offset)
            raw = next(_raw_records(file, limits, lambda record: True), None)
    except FileNotFoundError as error:
        raise InputError(f"{place}: expected this record of the archive, but there is no such file") from error
    except InputError as error:
        raise InputError(f"{place}: {error}") from error
    if raw is None or raw.kind not in ("resource", "response"):
        raise InputError(f"{place}: expected a record with the bytes of a file, got {raw.kind if raw else 'none'}")
    uri = place.uri or raw.header("WARC-Target-URI")
    url = uri if uri.startswith(WEB) else None
    name = url or name_of(uri)
    content = _content(raw, name, limits)
    _check_digest(content, raw, place)
    return Page(name, content, url, _day(place.date or raw.header("WARC-Date")), str(place), place.link)


def name_of(uri: str) -> str:
    """Return the file name that a file: address of ours ends with."""
    return unquote(uri.removeprefix("file:"), errors="surrogatepass").rsplit("/", 1)[-1]


def _check_digest(content: bytes, raw: _Raw, place: Place) -> None:
    """Refuse bytes other than those that were stored; other people's digests are of bytes still encoded."""
    found = f"sha256:{sha256(content).hexdigest()}"
    stated = raw.header("WARC-Payload-Digest") if raw.kind == "resource" else ""
    for digest in (place.digest, stated):
        if digest.startswith("sha256:") and len(digest) == len(found) and digest != found:
            raise InputError(f"{place}: expected the bytes that were stored ({digest}), got others ({found})")
