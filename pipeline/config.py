"""The configuration of a workspace that works by itself: `fazhi.toml`, read strictly.

A slip of the pen is told and not guessed at, and all that is wrong is told together. Paths are relative to the file.
No secret stands in it: a password or an address with a token in it is named by a variable or a file.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from email.utils import parseaddr
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from pipeline.cron import check_cron
from pipeline.errors import InputError, NotFoundError, PipelineError
from pipeline.toml_tables import TableReader

if TYPE_CHECKING:
    from pipeline.scrape.sources import Source

WEEKLY = "0 20 * * sun"  # so that the digest of Monday morning has the week that just ended
MORNING = "0 7 * * mon"
ROBOTS = ("generic", "wecom", "dingtalk")
Robot = Literal["generic", "wecom", "dingtalk"]
Tls = Literal["starttls", "implicit", "none"]
PORTS: Mapping[Tls, int] = {"starttls": 587, "implicit": 465, "none": 25}  # where none is named
OUTLINE = "outline"
MOST_JOBS = 64

READER_ID = re.compile(r"[a-z0-9][a-z0-9.-]{0,79}")  # names a folder, and is part of a Message-ID
CODE = re.compile(r"[0-9]{6}")  # GB/T 2260
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+")
MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a secret is: the name of a variable of the environment, or a file. Its value is read when it is used."""

    env: str = ""
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class MailServer:
    """A server that takes mail."""

    host: str
    sender: str  # 法治周报 <digest@example.org>
    port: int = 587
    tls: Tls = "starttls"
    user: str = ""
    password: Secret = field(default_factory=Secret)
    ca_file: Path | None = None  # of a certificate that the system does not know


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that takes a message by POST; the address is itself a secret where a token stands in it."""

    name: str
    url: Secret
    robot: Robot = "generic"
    sign: Secret = field(default_factory=Secret)  # of a DingTalk robot
    allow_loopback: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """A subscription: who gets what, and how. An empty filter lets everything pass."""

    id: str
    name: str = ""
    places: tuple[str, ...] = ()  # names, or codes of GB/T 2260; a city stands for its counties
    headings: tuple[int, ...] = ()
    indicators: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    folder: Path | None = None
    feed: Path | None = None  # an Atom file
    mail: tuple[str, ...] = ()
    webhooks: tuple[str, ...] = ()  # names
    is_quiet: bool = False  # gets nothing in a week without news


@dataclass(frozen=True, slots=True)
class Schedule:
    """Cron expressions in China Standard Time; "" for never."""

    cycle: str = WEEKLY  # crawl, then run
    digest: str = MORNING
    backup: str = ""


@dataclass(frozen=True, slots=True)
class Config:
    """What `fazhi watch`, `fazhi digest --deliver` and the others are told. Paths are relative to the file."""

    workspace: Path
    db: Secret = field(default_factory=Secret)  # SQLite in the workspace where none is named
    sources: Path | None = None  # the bundled ones if None
    contact: str = ""
    references: tuple[str, ...] = (OUTLINE,)
    readers: tuple[Reader, ...] = ()
    mail: MailServer | None = None
    webhooks: tuple[Webhook, ...] = ()
    schedule: Schedule = field(default_factory=Schedule)
    backup: Path | None = None
    feed_url: str = ""  # where readers find the feed and the pages, for its links
    jobs: int = 1  # processes that read documents


def read_config(path: Path) -> Config:
    """Read a configuration.

    Raises:
        NotFoundError: there is no such file.
        InputError: something in it is not as it should be; the message names each table and key, and what is wrong.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except (FileNotFoundError, IsADirectoryError) as error:
        raise NotFoundError(f"{path}: there is no such configuration file") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path}: expected a TOML file in UTF-8, got something else ({error})") from error
    problems: list[str] = []
    config = _config(TableReader(data, path.absolute().parent, problems))
    problems += _conflicts(config)
    if problems:
        raise InputError(f"{path}: " + "; ".join(dict.fromkeys(problems)))
    return config


def _config(top: TableReader) -> Config:
    """Read all tables."""
    workspace = top.path("workspace", must=True)
    sources = top.path("sources")
    config = Config(
        workspace=workspace or top.folder,
        db=_secret(top, "db"),
        sources=sources,
        contact=top.text("contact"),
        references=top.texts("references") or (OUTLINE,),
        backup=top.path("backup"),
        feed_url=top.text("feed_url", check=_url_problem),
        jobs=top.whole("jobs", 1, least=1, most=MOST_JOBS),
        schedule=_schedule(top.table("schedule")),
        mail=_mail(top.table("mail")),
        webhooks=tuple(map(_webhook, top.tables("webhook", "name"))),
        readers=tuple(_readers(top, sources)),
    )
    top.close()
    return config


def _secret(table: TableReader, key: str, *, must: bool = False) -> Secret:
    return Secret(*table.secret(key, must=must))


def _schedule(table: TableReader | None) -> Schedule:
    if table is None:
        return Schedule()
    found = Schedule(
        cycle=table.text("cycle", WEEKLY, check=_cron_problem),
        digest=table.text("digest", MORNING, check=_cron_problem),
        backup=table.text("backup", check=_cron_problem),
    )
    table.close()
    return found


def _mail(table: TableReader | None) -> MailServer | None:
    if table is None:
        return None
    tls = cast(Tls, table.choice("tls", tuple(PORTS), "starttls"))
    found = MailServer(
        host=table.text("host", must=True, check=_host_problem),
        sender=table.text("sender", must=True, check=_sender_problem),
        port=table.whole("port", PORTS[tls], least=1, most=65535),
        tls=tls,
        user=table.text("user"),
        password=_secret(table, "password"),
        ca_file=table.path("ca_file"),
    )
    table.close()
    if bool(found.user) != ("password" in table.data):
        table.tell("password" if found.user else "user", "expected user and password together, got only one of them")
    if tls == "none" and found.host and found.host not in LOOPBACK:
        table.tell("tls", f"expected starttls or implicit for a server on another machine, got none for {found.host}")
    return found


def _webhook(table: TableReader) -> Webhook:
    found = Webhook(
        name=table.text("name", must=True, check=_id_problem),
        url=_secret(table, "url", must=True),
        robot=cast(Robot, table.choice("robot", ROBOTS, "generic")),
        sign=_secret(table, "sign"),
        allow_loopback=table.truth("allow_loopback"),
    )
    table.close()
    if "sign" in table.data and found.robot != "dingtalk":
        table.tell("sign", f"expected only with robot = dingtalk, got it with {found.robot}")
    return found


def _readers(top: TableReader, sources: Path | None) -> Iterator[Reader]:
    tables = top.tables("reader", "id")
    listed = _listed(sources, top) if sources or any(table.data.get("places") for table in tables) else ()
    for table in tables:
        yield Reader(
            id=table.text("id", must=True, check=_id_problem),
            name=table.text("name"),
            places=table.texts("places", check=lambda told: _place_problem(told, listed)),
            headings=_headings(table),
            indicators=_indicators(table),
            bodies=table.texts("bodies"),
            folder=table.path("folder"),
            feed=table.path("feed"),
            mail=table.texts("mail", check=_mailbox_problem),
            webhooks=table.texts("webhooks"),
            is_quiet=table.truth("quiet"),
        )
        table.close()


def _listed(path: Path | None, top: TableReader) -> "tuple[Source, ...]":
    """Return the sources, none where their file is not as it should be, which is told."""
    from pipeline.resources import bundled
    from pipeline.scrape.sources import read_sources

    try:
        return read_sources(path or bundled("corpora", "sources.toml")).sources
    except PipelineError as error:
        top.tell("sources", str(error))
        return ()


def _headings(table: TableReader) -> tuple[int, ...]:
    from pipeline.reference import outline

    by_word = {word: each.id for each in outline().headings for word in (str(each.id), each.short)}
    found = []
    for told in table.values("headings", (int, str), "numbers from 1 to 10, or short titles"):
        heading = by_word.get(str(told).strip())
        if heading is None:
            known = ", ".join(f"{each.id} ({each.short})" for each in outline().headings)
            table.tell("headings", f"expected a heading of the outline, got {told!r}; there are {known}")
        else:
            found.append(heading)
    return tuple(dict.fromkeys(found))


def _indicators(table: TableReader) -> tuple[str, ...]:
    from pipeline.reference import indicators

    by_word = {word: each.id for each in indicators() for word in (each.name, each.id)}
    return tuple(
        dict.fromkeys(
            by_word[told]
            for told in table.texts(
                "indicators", check=lambda told: _among(told, by_word, "the id or name of an indicator")
            )
        )
    )


def _among(told: str, known: Collection[str], what: str) -> str:
    if told in known:
        return ""
    near = get_close_matches(told, known, n=3, cutoff=0.5)
    return f"expected {what}, got {told!r}" + (f"; there are {', '.join(near)}" if near else "")


def _place_problem(told: str, sources: "Collection[Source]") -> str:
    """Say what is wrong with a place of a reader: no list has it, or several have that name."""
    from pipeline.corps import is_corps
    from pipeline.places import find_candidates, last_year, list_places, load_places, places_by_code

    if told in {word for source in sources for word in (source.place, *source.owners)} or is_corps(told):
        named = [] if told.isdecimal() else list(find_candidates(told, last_year()))
    elif CODE.fullmatch(told):
        return "" if told in places_by_code() else f"expected a code of GB/T 2260 or of a source, got {told}"
    else:
        named = list(find_candidates(told, last_year()) or find_candidates(told))
        if not named:
            return _among(told, load_places(), "a place of GB/T 2260, or the place_name of a source")
    if len(named) > 1:
        return f"expected one place, but several are called {told} ({list_places(named)}); write the code"
    return ""


def _conflicts(config: Config) -> Iterator[str]:
    """Yield what does not go together in a configuration."""
    readers, webhooks = config.readers, [each.name for each in config.webhooks]
    yield from _twice("[[reader]]", "id", [each.id for each in readers])
    yield from _twice("[[webhook]]", "name", webhooks)
    yield from _twice("[[reader]]", "feed", [str(each.feed) for each in readers if each.feed])
    yield from _twice("[[reader]]", "folder", [str(each.folder) for each in readers if each.folder])
    for reader in readers:
        for name in reader.webhooks:
            if problem := _among(name, webhooks, "the name of a [[webhook]]"):
                yield f"[[reader]] {reader.id} webhooks: {problem}"
        if reader.mail and config.mail is None:
            yield f"[[reader]] {reader.id} mail: expected a table [mail] with the server that sends it, found none"
    if config.schedule.backup and config.backup is None:
        yield '[schedule] backup: expected backup = "FOLDER" before the first table, but it is missing'


def _twice(table: str, key: str, values: list[str]) -> Iterator[str]:
    for value, times in Counter(filter(None, values)).items():
        if times > 1:
            yield f"{table} {key}: expected {times} different ones, got {value} {times} times"


def _problem_of(check: Callable[[str], None], told: str) -> str:
    try:
        check(told)
    except InputError as error:
        return str(error)
    return ""


def _cron_problem(told: str) -> str:
    return _problem_of(check_cron, told)


def _id_problem(told: str) -> str:
    return "" if READER_ID.fullmatch(told) else f"expected lower-case letters, digits, dots and dashes, got {told!r}"


def _host_problem(told: str) -> str:
    return "" if HOST.fullmatch(told) else f"expected the name of a host without port and path, got {told!r}"


def _url_problem(told: str) -> str:
    fine = re.fullmatch(r"https?://[^\s/]+(/\S*)?", told)
    return "" if fine else f"expected an address that begins with http:// or https://, got {told!r}"


def _mailbox_problem(told: str) -> str:
    return "" if MAILBOX.fullmatch(told) else f"expected an address of mail such as office@example.org, got {told!r}"


def _sender_problem(told: str) -> str:
    _, address = parseaddr(told)
    return (
        "" if MAILBOX.fullmatch(address) else f"expected an address such as 法治周报 <digest@example.org>, got {told!r}"
    )
