"""Addresses that somebody gives, on the command line or a line each in a file: each is visited as a document.

A file of addresses has one a line, with a tab and a title behind it where the page's own is not wanted; blank lines and
lines that begin with # are passed over.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

from pipeline.errors import InputError
from pipeline.records import content_id
from pipeline.scrape.addresses import host_of, is_government, key_of

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.scrape.results import Result
    from pipeline.scrape.sources import Source

ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)
SCHEME = re.compile(r"https?://", re.IGNORECASE)
LARGEST = 10_000_000  # bytes of a file of addresses
MOST_OTHERS = 0.5  # of the lines of a file of addresses; with more it is a text that names some
OF_ID = re.compile("[^a-z0-9.-]")
LONGEST_ID = 60  # characters of a host in an id


@dataclass(frozen=True, slots=True)
class Address:
    """An address as it was given."""

    text: str
    title: str = ""
    where: str = ""  # file and line, for messages

    @property
    def url(self) -> str:
        """The address with a scheme, and without the part of the page that it points to."""
        return urldefrag(self.text if SCHEME.match(self.text) else f"http://{self.text}")[0]

    def __str__(self) -> str:
        return f"{self.where}: {self.text}" if self.where else self.text


def tell_apart(given: Iterable[str]) -> tuple[list[Path], list[Address]]:
    """Return what of *given* names files and folders, and the addresses, those in files that list some among them."""
    paths, addresses = [], []
    for each in given:
        path = Path(each)
        if SCHEME.match(each) or (ADDRESS.match(each) and not path.exists()):
            addresses.append(Address(each))
        elif listed := read_addresses(path):
            addresses += listed
        else:
            paths.append(path)
    return paths, addresses


def read_addresses(path: Path) -> tuple[Address, ...]:
    """Return the addresses in a file, wrong lines among them; () for a file that is no list of addresses.

    Raises:
        OSError: the file cannot be read.
    """
    if not path.is_file() or path.stat().st_size > LARGEST:
        return ()
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", "replace")
    lines = [(number, line.strip("\ufeff \t")) for number, line in enumerate(text.splitlines(), start=1)]
    told = [(number, line) for number, line in lines if line and not line.startswith("#")]
    others = sum(not ADDRESS.match(line) for _, line in told)
    if not told or others > MOST_OTHERS * len(told):
        return ()
    return tuple(_read_line(line, f"{path}, line {number}") for number, line in told)


def _read_line(line: str, where: str) -> Address:
    address, _, title = line.partition("\t") if "\t" in line else line.partition(" ")
    return Address(address.strip(), " ".join(title.split()), where)


def make_sources(
    addresses: Iterable[Address],
    *,
    any_host: bool = False,
    delay_s: float | None = None,
    allow_loopback: bool = False,
    connect: str = "",
) -> tuple[tuple["Source", ...], list[str]]:
    """Return a source for each page, and in a sentence each why some addresses are none.

    Args:
        addresses: those of one page make one source.
        any_host: take hosts outside gov.cn too.
        delay_s: between two requests to a host; that of sources by default.
        allow_loopback: the hosts may be on this machine.
        connect: host:port where they are reached instead of by DNS, with *allow_loopback*.
    """
    from pipeline.scrape.sources import DELAY_S, Source

    found: dict[str, Source] = {}
    problems = []
    for address in addresses:
        try:
            host = _host_of(address, any_host)
        except InputError as error:
            problems.append(str(error))
            continue
        key = key_of(address.url)
        name = f"{OF_ID.sub('-', host.removeprefix('www.'))[:LONGEST_ID].lstrip('.-')}-{content_id(key)}"
        source = Source(
            id=name,
            name=address.title or address.url,
            entry=address.url,
            kind="article",
            delay_s=DELAY_S if delay_s is None else delay_s,
            allow_loopback=allow_loopback,
            connect=connect,
        )
        found.setdefault(key, source)
    return tuple(found.values()), problems


def _host_of(address: Address, any_host: bool) -> str:
    """Return the host of an address that may be asked for.

    Raises:
        InputError: it may not.
    """
    try:
        parts = urlsplit(address.url)
        host = host_of(address.url) if ADDRESS.match(address.text) and "." in (parts.hostname or "") else ""
    except (InputError, ValueError):
        host = ""
    if not host:
        raise InputError(f"{address}: expected an address such as https://www.yunling.gov.cn/a.html")
    if not (any_host or is_government(host)):
        raise InputError(f"{address}: expected a host under gov.cn, got {host}; --any-host takes it all the same")
    return host


def import_addresses(
    addresses: Sequence[Address],
    workspace: Path,
    *,
    contact: str,
    any_host: bool = False,
    delay_s: float | None = None,
    allow_loopback: bool = False,
    connect: str = "",
    db: str = "",
    tell: Callable[[str], None],
    complain: Callable[[str], None],
    console: "Console",
) -> int:
    """Fetch pages with their attachments into a workspace; return the exit code: 0 only if each is a document.

    Args:
        addresses: of the pages.
        workspace: a folder, made where it is not there.
        contact: told to every host.
        any_host: take hosts outside gov.cn too.
        delay_s: between two requests to a host; that of sources by default.
        allow_loopback: the hosts may be on this machine.
        connect: host:port where they are reached instead of by DNS, with *allow_loopback*.
        db: the address of the database of the workspace, see `store.open_store`.
        tell: takes a line for each page and one for all.
        complain: takes what went wrong, a sentence each.
        console: where progress is shown.
    Raises:
        InputError: there is no contact, or another crawl works in the workspace.
    """
    from pipeline.scrape.command import INTERRUPTED, contact_of
    from pipeline.scrape.console import Board, tell_crawled, tell_result, tell_troubles
    from pipeline.scrape.crawl import Settings, crawl

    sources, problems = make_sources(
        addresses, any_host=any_host, delay_s=delay_s, allow_loopback=allow_loopback, connect=connect
    )
    for problem in problems:
        complain(problem)
    if not sources:
        return 1
    settings = Settings(contact=contact_of(contact, sources))
    with Board(console).shown() as board:
        crawled = crawl(sources, workspace, settings, watch=board.tell, db=db)
    for result in crawled.results:
        tell(tell_result(result))
        for trouble in tell_troubles(result):
            complain(trouble)
        if absent := _absence(result):
            complain(absent)
    tell(tell_crawled(crawled))
    if crawled.is_stopped:
        return INTERRUPTED
    return int(bool(problems) or not crawled.is_good or any(map(_absence, crawled.results)))


def _absence(result: "Result") -> str:
    """Return why a page that the site says to be gone is a failure here: a crawl takes that from a list as it is."""
    if not result.outcome.is_good or (result.documents and not result.gone):
        return ""
    why = "the site says it is gone" if result.gone else "nothing was fetched"
    return f"{result.source.id}: expected a document at {result.source.entry}, but {why}"
