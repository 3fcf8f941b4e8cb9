"""What was served, as WARC 1.1: `archive/crawl-NNNN.warc.gz`, a record a response, only ever added to.

A record is whole in memory before its first byte is written, and counts once the transaction that names it has ended;
what a killed process left behind the last such record is cut off before the next one is written.
"""

import json
import os
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from pipeline.errors import InputError
from pipeline.scrape.client import Response
from pipeline.warc import ABOUT

FOLDER = "archive"
LARGEST = 1_000_000_000  # bytes of one file, as the standard advises
NAME = "crawl-{:04}.warc.gz"
OWN = re.compile(r"crawl-([0-9]{4})\.warc\.gz")
OPENING = 2000  # bytes that a file with nothing but its first record may have
INFO, MAGIC = b"WARC/1.1\r\nWARC-Type: warcinfo\r\n", b"\x1f\x8b"  # how such a file begins, unpacked and as it is
GZIP = 16 + zlib.MAX_WBITS
PIECE = 64 * 1024  # bytes read at a time
# The bytes stand as they came, but for the chunks of the wire, whose header would promise what is not there.
RENAMED = "X-Archive-Orig-"
OF_THE_WIRE = ("transfer-encoding",)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a record begins."""

    file: str
    offset: int


def response_record(response: Response) -> bytes:
    """Return the gzip member of a response record."""
    return _member(
        response.url, "response", response.body, http_headers=_http(response), warc_headers_dict=_headers(response)
    )


def revisit_record(response: Response, url: str, fetched: str) -> bytes:
    """Return the gzip member of a record that says: the same bytes as those that *url* served when *fetched*."""
    from warcio.warcwriter import WARCWriter

    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    digest = f"sha256:{sha256(response.body).hexdigest()}"
    headers = {"WARC-Date": _headers(response)["WARC-Date"]}
    writer.write_record(
        writer.create_revisit_record(response.url, digest, url, fetched, _http(response), warc_headers_dict=headers)
    )
    return out.getvalue()


def _http(response: Response) -> Any:
    from warcio.statusandheaders import StatusAndHeaders

    headers = [(RENAMED + name if name.lower() in OF_THE_WIRE else name, value) for name, value in response.headers]
    return StatusAndHeaders(f"{response.status} {response.reason}".rstrip(), headers, protocol=response.http)


def _headers(response: Response) -> dict[str, str]:
    return {
        "WARC-Date": response.started.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "WARC-Payload-Digest": f"sha256:{sha256(response.body).hexdigest()}",
    }


def about_record(url: str, about: Mapping[str, Any]) -> bytes:
    """Return the gzip member of a metadata record that names the parts of a document and the row that led to it."""
    body = json.dumps(about, ensure_ascii=False, sort_keys=True).encode()
    return _member(url, "metadata", body, warc_content_type=ABOUT)


def _member(url: str, kind: str, payload: bytes, **given: Any) -> bytes:
    from warcio.warcwriter import WARCWriter

    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    writer.write_record(writer.create_warc_record(url, kind, payload=BytesIO(payload), length=len(payload), **given))
    return out.getvalue()


class Evidence:
    """The archive of a workspace as a crawl writes to it; one process at a time.

    A file is begun, and known to the database, before the first response is written to it.

    Args:
        folder: of the archive.
        ends: the files that the database knows, with the number of bytes that count.
    """

    def __init__(self, folder: Path, ends: Mapping[str, int]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._ends = dict(ends)
        self._out: IO[bytes] | None = None
        self._name = max(self._ends, default="")

    def recover(self) -> dict[str, int]:
        """Cut off what no transaction names; return the files that lost some of it, and how much is whole."""
        for path in self._folder.glob("crawl-*.warc.gz"):
            is_unknown = path.name not in self._ends and number_of(path.name) > self._highest()
            if is_unknown and is_begun(path):
                path.unlink()  # by a process that was killed before the database knew it
        short = {}
        for name, end in self._ends.items():
            path = self._folder / name
            size = path.stat().st_size if path.exists() else 0
            if size < end:
                end = short[name] = self._ends[name] = whole_part(path) if size else 0
            if size > end:
                os.truncate(path, end)
        return short

    @property
    def is_full(self) -> bool:
        """Whether the next response belongs to another file."""
        return not self._name or not 0 < self._ends[self._name] < LARGEST

    def begin(self) -> tuple[str, int]:
        """Begin a file; return its name and the bytes that count, which the database must know before any other."""
        self.close()
        number = max([self._highest(), *(number_of(path.name) for path in self._folder.iterdir())]) + 1
        if number > 9999:
            raise InputError(f"{self._folder}: expected at most 9999 archives of crawls")
        self._name = NAME.format(number)
        opening = warcinfo(self._name)
        (self._folder / self._name).write_bytes(opening)
        self._ends[self._name] = len(opening)
        return self._name, len(opening)

    def append(self, record: bytes) -> Spot:
        """Write a whole record; it counts once the end of the file is stored."""
        if not self._name:
            self.begin()
        if self._out is None:
            self._out = (self._folder / self._name).open("ab")
        offset = self._ends[self._name]
        self._out.write(record)
        self._ends[self._name] = offset + len(record)
        return Spot(self._name, offset)

    def flush(self) -> tuple[str, int]:
        """Hand what was written to the system; return the file and the bytes that then count."""
        if self._out is not None:
            self._out.flush()
        return self._name, self._ends.get(self._name, 0)

    def roll_back(self, to: tuple[str, int]) -> None:
        """Forget what was written behind *to*, as `flush` returned it before."""
        name, end = to
        if self._out is not None:
            self._out.close()
            self._out = None
        if name and self._ends[name] != end:
            os.truncate(self._folder / name, end)
            self._ends[name] = end

    def close(self) -> None:
        """Bring what was written to the disk itself."""
        if self._out is not None:
            self._out.flush()
            os.fsync(self._out.fileno())
            self._out.close()
            self._out = None

    def read(self, spot: Spot) -> bytes:
        """Return the content of the record at a place, content-encoding undone.

        Raises:
            InputError: there is no such record.
        """
        from pipeline.warc import Held, Place, read_held

        self.flush()
        return read_held(Held(Place(self._folder / spot.file, spot.offset))).content

    def _highest(self) -> int:
        return max(map(number_of, self._ends), default=0)


def number_of(name: str) -> int:
    """Return the number of a file of ours, 0 for any other file."""
    found = OWN.fullmatch(name)
    return int(found[1]) if found else 0


def is_begun(path: Path) -> bool:
    """Say whether a file holds nothing but its opening, or a part of that."""
    if path.stat().st_size > OPENING:
        return False
    found = path.read_bytes()
    reader = zlib.decompressobj(GZIP)
    try:
        told = reader.decompress(found)
    except zlib.error:
        return False
    is_ours = told.startswith(INFO) or INFO.startswith(told)
    return is_ours and not reader.unused_data and MAGIC.startswith(found[:2])


def whole_part(path: Path) -> int:
    """Return how many bytes of a file are whole records, each of which is a member of gzip."""
    end, reader = 0, zlib.decompressobj(GZIP)
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            while piece:
                try:
                    reader.decompress(piece)
                except zlib.error:
                    return end
                if not reader.eof:
                    break
                piece = reader.unused_data
                end, reader = file.tell() - len(piece), zlib.decompressobj(GZIP)
    return end


def warcinfo(name: str) -> bytes:
    """Return the record that opens a file of the archive."""
    from warcio.warcwriter import WARCWriter

    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    about = {
        "software": f"fazhi/{version('fazhi')}",
        "format": "WARC File Format 1.1",
        "description": "a record a response as it came, transfer-encoding undone; a metadata record a document",
        "robots": "obey",
    }
    writer.write_record(writer.create_warcinfo_record(name, about))
    return out.getvalue()
