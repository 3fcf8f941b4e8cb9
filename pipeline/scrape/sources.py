"""The sources of a crawl: a table of TOML each, read strictly, so that a slip of the pen is told and not guessed at."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args
from urllib.parse import urlsplit

from pipeline.errors import InputError, NotFoundError
from pipeline.records import Level
from pipeline.scrape.addresses import host_of, is_allowed, is_government
from pipeline.scrape.families import NAMES
from pipeline.scrape.outcomes import Outcome

if TYPE_CHECKING:
    pass

DELAY_S = 3.0  # between two requests to a host; what published crawlers of careful people keep
WEEKLY_REQUESTS = 2000  # to a host; a county's site has fewer pages that concern us
EXPECT = (0, 500)
AUTO = "auto"
ID = re.compile(r"[a-z0-9][a-z0-9.-]{0,79}")

Entrance = Literal["list", "article"]


@dataclass(frozen=True, slots=True)
class Source:
    """A column, a site or a single document that is visited, and what is known about it."""

    id: str
    name: str
    entry: str  # address of the column, of the site, or of an API that lists it
    place: str = ""  # GB/T 2260 code
    place_name: str = ""  # where the code tells too little: a town, a new area, an invented place
    level: Level = "county"
    family: str = AUTO  # as `fazhi doctor URL` tells it
    kind: Entrance = "list"
    expect: tuple[int, int] = EXPECT  # documents, fewest and most
    hosts: tuple[str, ...] = ()  # beside those under the same gov.cn domain as the entry
    delay_s: float = DELAY_S
    weekly_requests: int = WEEKLY_REQUESTS
    accept: tuple[Outcome, ...] = ()  # outcomes that are known of this site, and count as good
    visited: bool = False  # somebody has looked at the entry, and it is as this table says
    allow_loopback: bool = False
    connect: str = ""  # host:port where its hosts are reached instead of by DNS; with allow_loopback only
    note: str = ""

    @property
    def allowed(self) -> tuple[str, ...]:
        """The hosts that its pages and files may lie on."""
        return (host_of(self.entry), *self.hosts)

    @property
    def owners(self) -> tuple[str, ...]:
        """The names of its place and of those above it, itself first."""
        return (*([self.place_name] if self.place_name else ()), *_owners_of(self.place))


@cache
def _owners_of(code: str) -> tuple[str, ...]:
    from pipeline.places import places_by_code

    place = places_by_code().get(code) if code else None
    return (place.name, *reversed(place.parents)) if place else ()


@dataclass(frozen=True, slots=True)
class Sources:
    """A file of sources."""

    path: Path
    contact: str  # told to every host: an address at which the operator is reached
    sources: tuple[Source, ...]

    def select(self, patterns: Sequence[str]) -> tuple[Source, ...]:
        """Return the sources whose id matches one of *patterns* (with * and ?), or whose name or place contains it.

        Raises:
            NotFoundError: a pattern fits none.
        """
        if not patterns:
            return self.sources
        chosen: dict[str, Source] = {}
        for pattern in patterns:
            fitting = [] if not pattern.strip() else [source for source in self.sources if _fits(source, pattern)]
            if not fitting:
                some = ", ".join(source.id for source in self.sources[:5])
                raise NotFoundError(f"{self.path}: expected a source like {pattern}, found none; there are {some} …")
            chosen |= {source.id: source for source in fitting}
        return tuple(source for source in self.sources if source.id in chosen)


def _fits(source: Source, pattern: str) -> bool:
    if pattern == source.place or pattern == source.family:
        return True
    if fnmatchcase(source.id, pattern):
        return True
    return not pattern.isascii() and any(pattern in name for name in (source.name, *source.owners[:1]))


def read_sources(path: Path) -> Sources:
    """Read a file of sources.

    Raises:
        NotFoundError: there is no such file.
        InputError: something in it is not as it should be; the message names each table and what is wrong with it.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except (FileNotFoundError, IsADirectoryError) as error:
        raise NotFoundError(f"{path}: there is no such file of sources") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path}: expected a TOML file in UTF-8, got something else ({error})") from error
    tables = data.pop("source", [])
    contact = data.pop("contact", "")
    problems = [f"expected contact and [[source]] tables, got {name}" for name in data]
    if not isinstance(contact, str):
        problems.append(f"contact: expected a text, got {contact!r}")
    if not isinstance(tables, list) or not tables:
        raise InputError(f"{path}: expected [[source]] tables, got none")
    problems += find_problems(tables)
    if problems:
        raise InputError(f"{path}: " + "; ".join(problems))
    return Sources(path, contact, tuple(source_of(table) for table in tables))


def source_of(table: Mapping[str, Any]) -> Source:
    """Return the source of a table in which there are no problems."""
    given = dict(table)
    for name in ("expect", "hosts"):
        if name in given:
            given[name] = tuple(given[name])
    if "accept" in given:
        given["accept"] = tuple(map(Outcome, given["accept"]))
    return Source(**given)


def find_problems(tables: Sequence[Any]) -> list[str]:
    """Return what is wrong with tables of sources, a sentence each."""
    problems = []
    seen: dict[str, int] = {}
    for number, table in enumerate(tables, start=1):
        if not isinstance(table, dict):
            problems.append(f"source {number}: expected a table, got {table!r}")
            continue
        name = str(table.get("id") or f"number {number}")
        problems += [f"source {name}: {problem}" for problem in _problems(table)]
        if name in seen:
            problems.append(f"source {name}: expected an id of its own, but number {seen[name]} has it too")
        seen.setdefault(name, number)
    return problems


TYPES: Mapping[str, tuple[type, ...]] = {
    "id": (str,),
    "name": (str,),
    "entry": (str,),
    "place": (str,),
    "place_name": (str,),
    "level": (str,),
    "family": (str,),
    "kind": (str,),
    "expect": (list,),
    "hosts": (list,),
    "delay_s": (int, float),
    "weekly_requests": (int,),
    "accept": (list,),
    "visited": (bool,),
    "allow_loopback": (bool,),
    "connect": (str,),
    "note": (str,),
}


def _problems(table: Mapping[str, Any]) -> Iterator[str]:
    for field in ("id", "name", "entry"):
        if not table.get(field):
            yield f"expected {field}, but it is missing"
    for field, value in table.items():
        kinds = TYPES.get(field)
        if kinds is None:
            yield f"expected fields out of {', '.join(TYPES)}; got {field}"
        elif not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            yield f"{field}: expected {' or '.join(kind.__name__ for kind in kinds)}, got {value!r}"
        elif problem := _problem(field, value, table):
            yield f"{field}: {problem}"


def _problem(field: str, value: Any, table: Mapping[str, Any]) -> str:
    """Say what is wrong with a value of the right type; "" for nothing."""
    match field:
        case "id" if value and not ID.fullmatch(value):
            return f"expected lower-case letters, digits, dots and dashes, got {value}"
        case "entry" if value:
            return _entry_problem(value, table)
        case "place" if value and not re.fullmatch(r"[0-9]{6}", value):
            return f"expected a GB/T 2260 code of six digits, got {value}"
        case "level":
            return _out_of(value, get_args(Level))
        case "family":
            return _out_of(value, (AUTO, *NAMES))
        case "kind":
            return _out_of(value, get_args(Entrance))
        case "expect":
            if len(value) != 2 or not all(type(each) is int for each in value) or not 0 <= value[0] <= value[1]:
                return f"expected the fewest and the most documents, such as [1, 30]; got {value}"
        case "hosts" if not all(isinstance(each, str) and re.fullmatch(r"[\w.-]+(:\d+)?", each) for each in value):
            return f"expected host names, got {value}"
        case "accept":
            return "; ".join(filter(None, (_out_of(each, [str(one) for one in Outcome]) for each in value)))
        case "delay_s" if not 0 <= value <= 3600:
            return f"expected seconds from 0 to 3600, got {value}"
        case "weekly_requests" if value < 1:
            return f"expected a number from 1, got {value}"
        case "connect" if value and not table.get("allow_loopback"):
            return "expected only where allow_loopback = true"
        case "connect" if value and not re.fullmatch(r"[\w.]+:[0-9]{1,5}", value):
            return f"expected host:port, such as 127.0.0.1:8000; got {value}"
    if field == "delay_s" and value < 1 and not table.get("allow_loopback"):
        return f"expected at least 1 second for a host that is not on loopback, got {value}"
    return ""


def _entry_problem(entry: str, table: Mapping[str, Any]) -> str:
    try:
        parts = urlsplit(entry)
        host = host_of(entry) if parts.hostname and not re.search(r"\s", entry) else ""
    except ValueError:  # half a bracket, or a port that is none
        host = ""
    if not host or parts.scheme not in ("http", "https"):
        return f"expected an address that begins with http:// or https://, got {entry}"
    named = [each for each in table.get("hosts", ()) if isinstance(each, str)]
    if not (is_government(host) or table.get("allow_loopback") or is_allowed(host, named)):
        return f"expected a host under gov.cn, got {host}; name it in hosts if it is the right one all the same"
    return ""


def _out_of(value: object, choices: Collection[str]) -> str:
    return "" if value in choices else f"expected one of {', '.join(choices)}; got {value!r}"
