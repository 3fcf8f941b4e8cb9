"""Whatever may become of a source has a name, in the result and in the database, and costs nobody else anything.

Most cases stand in one table and are crawled together, each on a host of its own: nearly all of them are broken, and
the crawl comes to its end all the same. The first of each outcome is there twice, the second time with an `accept`.
"""

import gzip
import os
import re
import signal
import socket
import sqlite3
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import trustme
from sqlalchemy import select
from typer.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from pipeline import store
from pipeline.cli import app
from pipeline.emulator import shells
from pipeline.emulator.families.trs import KIND as TRS
from pipeline.emulator.log import Record
from pipeline.emulator.server import Emulator
from pipeline.emulator.site import NOT_FOUND, Answer, Article, Asked, Site, SiteColumn
from pipeline.errors import InputError
from pipeline.moments import utc_now
from pipeline.scrape.crawl import Crawl, Crawled, Event, Settings, crawl
from pipeline.scrape.evidence import FOLDER, LARGEST, about_record
from pipeline.scrape.families import families
from pipeline.scrape.filing import Scope
from pipeline.scrape.ledger import LISTED, Ledger
from pipeline.scrape.outcomes import Outcome
from pipeline.scrape.patience import CHALLENGES_IN_A_ROW, MOST_TRIES
from pipeline.scrape.records import Family, Listing, View
from pipeline.scrape.results import Result, Trouble, outcome_of
from pipeline.scrape.sources import Source
from pipeline.warc import Held, Place, read_held

CONTACT = "tests@fazhi.test"
DELAY_S = 0.01
FIRST_FILE, SECOND_FILE = "crawl-0001.warc.gz", "crawl-0002.warc.gz"
LIST = "/zwgk/fzzfjs/"
FOOT = "<p>" + "主办：云岭县人民政府办公室　电话：0000-0000000 " * 6 + "</p>"
MENU = re.compile(rb'<a href="/[a-z/]*">[^<]*</a>')
FILE = Answer(b"PK\x03\x04" + b"word/document.xml " * 40, "application/msword")
Page = Answer | Callable[[Asked], Answer]
Pages = Mapping[str, Page]


# Sites, made by hand


def text(year: int) -> str:
    return f"<p>{year}年，" + f"云岭县坚持依法行政，健全行政决策程序，加强行政执法监督，办结案件{year}件。" * 8 + "</p>"


def title(year: int) -> str:
    return f"云岭县{year}年度法治政府建设情况报告"


def path(number: int) -> str:
    """Where a site has its article of a number."""
    return TRS.address(Site("", "", "", "", (SiteColumn("fzzfjs", ""),), ()), an_article(number))


def an_article(number: int) -> Article:
    year = 2026 - number
    return Article(number, title(year), date(year + 1, 1, 20), text(year))


def html(inner: str, status: int = 200, **headers: str) -> Answer:
    page = f'<html><head><meta charset="utf-8"><title>云岭县人民政府</title></head><body>{inner}</body></html>'
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(page.encode(), status=status, headers=told)


def article(year: int, more: str = "") -> Answer:
    return html(f'<h1>{title(year)}</h1><div class="TRS_Editor">{text(year)}{more}</div>')


def rows(*urls: str, more: str = "") -> Answer:
    items = "".join(
        f'<li><a href="{url}" title="{title(2025 - place)}">{title(2025 - place)}</a><span>2026-01-20</span></li>'
        for place, url in enumerate(urls)
    )
    return html(f'<ul class="list">{items}</ul>{more}{FOOT}')


def moved(to: str, status: int = 302) -> Answer:
    return Answer(b"", status=status, headers={"Location": to})


def always(shell: Callable[[Site, Asked], Answer]) -> Callable[[Asked], Answer]:
    return lambda asked: shell(a_site("", 0), asked)


def a_site(host: str, count: int = 3, *quirks: str, per_page: int = 15, robots: str = "User-agent: *\n") -> Site:
    articles = tuple(an_article(number) for number in range(1, count + 1))
    column = SiteColumn("fzzfjs", "法治政府建设")
    quirk = frozenset(quirks)
    return Site(host, "云岭县人民政府", "云岭县", host, (column,), articles, per_page, quirk, robots)


class World:
    """Sites of one family, of which single pages may be replaced, at any time.

    Without a menu, a crawl has no other columns to look into, which is what most of its requests would be for.
    """

    def __init__(
        self, *sites: Site, pages: Mapping[str, Pages] | None = None, has_menu: bool = True, **options: Any
    ) -> None:
        self.has_menu = has_menu
        self.sites = {site.host: site for site in sites}
        self.pages: dict[str, dict[str, Page]] = {host: dict(own) for host, own in (pages or {}).items()}
        kinds = {host: replace(TRS, name=host, respond=self.respond) for host in self.sites}
        self.emulator = Emulator(lambda week: self.sites, kinds=kinds, **options)

    def __enter__(self) -> "World":
        self.emulator.__enter__()
        return self

    def __exit__(self, *args: Any) -> None:
        self.emulator.close()

    def respond(self, site: Site, asked: Asked) -> Answer:
        page = self.pages.get(site.host, {}).get(asked.target)
        if page is not None:
            return page if isinstance(page, Answer) else page(asked)
        answer = TRS.respond(site, asked)
        return answer if self.has_menu else replace(answer, body=MENU.sub(b"", answer.body))

    def source(self, host: str, **given: Any) -> Source:
        told = {"id": host.replace(".", "-"), "name": "云岭县", "entry": f"http://{host}{LIST}", "delay_s": DELAY_S}
        told |= {"place_name": "云岭县", "allow_loopback": True, "connect": self.emulator.connect}
        return Source(**{**told, **given})

    def asked(self, host: str, target: str = "") -> list[Record]:
        return [record for record in self.emulator.log.of(host) if target in ("", record.target)]


def visit(workspace: Path, *sources: Source, watch: Any = None, days: float = 0, **settings: Any) -> Crawled:
    """A crawl, so many days from now."""
    told = Settings(contact=CONTACT, **settings)
    return crawl(sources, workspace, told, watch=watch, now=lambda: utc_now() + timedelta(days=days))


def held(workspace: Path, *columns: Any) -> list[Any]:
    with store.reading(workspace) as connection:
        return [row if len(columns) > 1 else row[0] for row in connection.execute(select(*columns))]


def unreadable(workspace: Path) -> dict[int, str]:
    """The snapshots whose bytes are not in the archive, and their addresses."""
    of, found = store.snapshots.c, {}
    for number, url, file, offset, size in held(workspace, of.id, of.url, of.file, of.offset, of.size):
        try:
            content = read_held(Held(Place(workspace / FOLDER / file, offset))).content if file and size else b""
        except InputError:
            found[number] = url
        else:
            if len(content) != size or not file:
                found[number] = url
    return found


def is_valid(workspace: Path) -> bool:
    """What `warcio check` says."""
    paths = [str(path) for path in sorted((workspace / FOLDER).iterdir())]
    return bool(paths) and not Checker(SimpleNamespace(inputs=paths, verbose=False)).process_all()


def only(crawled: Crawled) -> Result:
    (result,) = crawled.results
    return result


# Servers that answer other than HTTP servers should


class Raw:
    """A server that answers each path with bytes as they are told, and hangs up."""

    def __init__(self, answers: Mapping[str, bytes]) -> None:
        self.answers = answers
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.connect = f"127.0.0.1:{self.listening.getsockname()[1]}"
        self.thread = threading.Thread(target=self.run, daemon=True)

    def __enter__(self) -> "Raw":
        self.thread.start()
        return self

    def __exit__(self, *args: Any) -> None:
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        self.thread.join(5)

    def run(self) -> None:
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                heard = connection.recv(65536)
                target = heard.split(b" ")[1].decode() if heard else ""
                connection.sendall(self.answers.get(target, raw(NOT_FOUND.body, status=404)))
                if target != ENDLESS:
                    connection.shutdown(socket.SHUT_WR)
                connection.recv(65536)


def raw(body: bytes, *, status: int = 200, length: int | None = None) -> bytes:
    size = len(body) if length is None else length
    head = f"HTTP/1.1 {status} X\r\nContent-Type: text/html\r\nContent-Length: {size}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


ENDLESS = "/huge.html"
RAW = {
    "/huge": raw(rows("/good.html", ENDLESS).body),
    "/short": raw(rows("/good.html", "/short.html").body),
    "/good.html": raw(article(2025).body),
    ENDLESS: raw(b"<html>", length=60_000_000_000),
    "/short.html": raw(article(2023).body, length=9_000),
}


# The table


@dataclass(frozen=True)
class Case:
    """Something that goes wrong on a site, or does not; documents are those that a crawl gets all the same."""

    expected: Outcome
    documents: int
    pages: Pages = field(default_factory=dict)
    quirks: tuple[str, ...] = ()
    source: Mapping[str, Any] = field(default_factory=dict)
    count: int = 3
    per_page: int = 15
    robots: str = "User-agent: *\n"
    requests: int | None = None  # that it may cost


def broken_article(expected: Outcome, page: Page, **more: Any) -> Case:
    """One page of three is broken; the other two are documents all the same."""
    return Case(expected, 2, {path(2): page}, **more)


def with_file(expected: Outcome, page: Page, href: str = "/fj.docx", **more: Any) -> Case:
    """The attachment of one article is broken; the article is a document all the same."""
    attached = article(2024, f'<p>附件：<a href="{href}">附件1.docx</a></p>')
    return Case(expected, 3, {path(2): attached, "/fj.docx": page}, **more)


BROUGHT: dict[str, list[str]] = {}  # the cookies that each challenge was asked with, in their order


def challenged(name: str) -> Callable[[Asked], Answer]:
    """A challenge that notes the cookies that come with each request."""

    def answer(asked: Asked) -> Answer:
        BROUGHT.setdefault(asked.headers["host"], []).append(asked.headers.get("cookie", ""))
        return shells.WALLS[name](a_site("", 0), asked) or NOT_FOUND

    return answer


QUICK = {"delay_s": 0.005}
SILENCE = {"connect": "", "allow_loopback": False}
CASES = {
    "ok": Case(Outcome.OK, 3),
    "ok_and_off_topic": Case(Outcome.OK, 1, {LIST: rows("/1.html"), "/1.html": article(2025)}),
    "moved_entry": Case(Outcome.OK, 3, {LIST: moved("/zwgk/fzzfjs/index.html")}),
    "moved_article": Case(Outcome.OK, 3, {path(2): moved("/new.html", 301), "/new.html": article(2024)}),
    "gone_article": broken_article(Outcome.OK, html("<h1>404</h1>", status=404)),
    "gone_article_410": broken_article(Outcome.OK, html("<h1>410</h1>", status=410)),
    "gone_file": with_file(Outcome.OK, NOT_FOUND),
    "wrong_total": Case(
        Outcome.OK,
        3,
        {
            LIST: rows("/1.html", "/2.html", "/3.html", more="<p>共5条 第1/1页</p>"),
            **{f"/{number}.html": article(2026 - number) for number in (1, 2, 3)},
        },
    ),
    "no_rows": Case(
        Outcome.NO_ROWS, 0, {LIST: html(f'<ul></ul><script>createPageHTML(1, 0, "index", "html");</script>{FOOT}')}
    ),
    "unknown_layout": Case(Outcome.UNKNOWN_LAYOUT, 0, {LIST: html(f"<h1>云岭县</h1>{FOOT}")}),
    "repeated_page": Case(Outcome.REPEATED_PAGE, 3, quirks=("repeated_pages",), count=6, per_page=3),
    "page_cap": Case(Outcome.PAGE_CAP, 4, quirks=("page_cap",), count=8, per_page=2),
    "page_cap_404": Case(Outcome.PAGE_CAP, 2, {f"{LIST}index_1.html": NOT_FOUND}, count=4, per_page=2),
    "too_few": Case(Outcome.OUT_OF_RANGE, 3, source={"expect": (5, 9)}),
    "too_many": Case(Outcome.OUT_OF_RANGE, 3, source={"expect": (0, 2)}),
    "list_gone": Case(Outcome.LIST_GONE, 0, {LIST: NOT_FOUND}),
    "list_gone_410": Case(Outcome.LIST_GONE, 0, {LIST: html("<h1>Gone</h1>", status=410)}),
    "soft_404_list": Case(Outcome.SOFT_404, 0, {LIST: always(shells.soft_404)}),
    "soft_404_article": broken_article(Outcome.SOFT_404, always(shells.soft_404)),
    "stub_list": Case(Outcome.STUB, 0, {LIST: always(shells.stub)}),
    "stub_article": broken_article(Outcome.STUB, Answer(b"<html><body></body></html>")),
    "login_list": Case(Outcome.LOGIN_PAGE, 0, quirks=("login",)),
    "login_article": broken_article(Outcome.LOGIN_PAGE, always(shells.login)),
    "empty_shell_list": Case(Outcome.EMPTY_SHELL, 0, quirks=("spa_shell",)),
    "empty_shell_article": broken_article(Outcome.EMPTY_SHELL, always(shells.spa)),
    **{
        name: Case(Outcome.CHALLENGE, 0, {LIST: challenged(name)}, source=QUICK, requests=1 + CHALLENGES_IN_A_ROW)
        for name in ("challenge_412", "challenge_521", "challenge_468", "challenge_c3vk")
    },
    "challenge_article": broken_article(Outcome.CHALLENGE, always(shells.ruishu)),
    "clone_row": Case(
        Outcome.CLONE_HOST,
        1,
        {LIST: rows("/1.html", "http://copy.test/zwgk/202601/t20260120_880001.html"), "/1.html": article(2025)},
    ),
    "foreign_row": Case(
        Outcome.FOREIGN_HOST, 1, {LIST: rows("/1.html", "http://other.test/a.html"), "/1.html": article(2025)}
    ),
    "foreign_file": with_file(Outcome.FOREIGN_HOST, FILE, href="http://other.test/fj.docx"),
    "foreign_redirect": broken_article(Outcome.FOREIGN_HOST, moved("http://other.test/a.html")),
    "private_redirect": broken_article(Outcome.PRIVATE_ADDRESS, moved("http://10.0.0.1/a.html")),
    "private_entry": Case(Outcome.PRIVATE_ADDRESS, 0, source={"entry": "http://10.0.0.1/zwgk/", **SILENCE}),
    "loopback_entry": Case(Outcome.PRIVATE_ADDRESS, 0, source={"entry": "http://127.0.0.2:1/", **SILENCE}),
    "loopback_entry_6": Case(Outcome.PRIVATE_ADDRESS, 0, source={"entry": "http://[::1]:1/", **SILENCE}),
    "blocked_site": Case(Outcome.BLOCKED, 0, {LIST: html("<h1>Forbidden</h1>", 403)}, requests=2),
    "blocked_article": broken_article(Outcome.BLOCKED, html("<h1>Forbidden</h1>", status=403)),
    "blocked_401": broken_article(Outcome.BLOCKED, html("<h1>401</h1>", status=401)),
    "robots_all": Case(Outcome.ROBOTS, 0, quirks=("robots_disallow",), requests=1),
    "robots_article": Case(Outcome.ROBOTS, 2, robots=f"User-agent: *\nDisallow: {path(2)}\n"),
    "robots_500": Case(Outcome.SERVER_ERROR, 0, quirks=("robots_500",), requests=MOST_TRIES),
    "robots_403": Case(Outcome.OK, 3, quirks=("robots_403",)),
    "robots_html": Case(Outcome.OK, 3, quirks=("robots_html",)),
    "server_error_site": Case(Outcome.SERVER_ERROR, 0, quirks=("always_500",), requests=1 + MOST_TRIES),
    "server_error_article": broken_article(Outcome.SERVER_ERROR, always(shells.failed)),
    "server_error_file": with_file(Outcome.SERVER_ERROR, always(shells.failed)),
    "for_another_day": Case(Outcome.SERVER_ERROR, 0, {LIST: html("<p>503</p>", 503, Retry_After="86400")}, requests=2),
    "ready_at_once": broken_article(Outcome.SERVER_ERROR, html("<p>503</p>", 503, Retry_After="0")),
    "too_many_requests": broken_article(Outcome.SERVER_ERROR, html("<p>429</p>", 429)),
    "bad_gzip": broken_article(
        Outcome.BROKEN_RESPONSE, Answer(gzip.compress(b"x" * 90)[:-4], headers={"Content-Encoding": "gzip"})
    ),
    "strange_coding": broken_article(Outcome.BROKEN_RESPONSE, Answer(b"xxxx", headers={"Content-Encoding": "br"})),
    "redirect_loop": Case(Outcome.REDIRECT_LOOP, 0, {LIST: moved("/a"), "/a": moved("/b"), "/b": moved(LIST)}),
    "redirect_loop_article": broken_article(Outcome.REDIRECT_LOOP, moved(path(2))),
    "redirect_nowhere": broken_article(Outcome.STUB, html("<h1>302 Found</h1>" + FOOT, 302)),
    "redirect_to_a_script": broken_article(
        Outcome.STUB, html("<h1>302 Found</h1>" + FOOT, 302, Location="javascript:void(0)")
    ),
    "choices": broken_article(Outcome.STUB, html("<h1>300 Multiple Choices</h1>" + FOOT, 300)),
    "not_a_file": with_file(Outcome.NOT_A_FILE, html("<p>系统提示</p>" + FOOT)),
    "not_a_file_json": with_file(Outcome.NOT_A_FILE, Answer(b'{"code": 500}', "application/json")),
    "budget": Case(Outcome.BUDGET, 1, source={"weekly_requests": 3}, requests=3),
}
# Played by servers of their own.
APART = {
    "unreachable": Outcome.UNREACHABLE,
    "too_large": Outcome.TOO_LARGE,
    "cut_short": Outcome.BROKEN_RESPONSE,
}
GOOD_HOST = "good.test"


def host_of(name: str, accepted: bool) -> str:
    return f"{name.replace('_', '-')}{'-accepted' if accepted else ''}.test"


def twins(name: str) -> tuple[bool, ...]:
    """Whether a case is there without, and with an `accept`: the first of each outcome that is not good."""
    expected = CASES[name].expected
    first = next(each for each, case in CASES.items() if case.expected is expected)
    return (False, True) if name == first and not expected.is_good else (False,)


@dataclass(frozen=True)
class Visited:
    crawled: Crawled
    workspace: Path
    world: World
    events: list[Event]

    def result(self, name: str, accepted: bool = False) -> Result:
        wanted = host_of(name, accepted).replace(".", "-")
        return next(result for result in self.crawled.results if result.source.id == wanted)


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visited]:
    """One crawl of all cases, of their twins, and of a site that nothing is wrong with."""
    both = [(name, case, accepted) for name, case in CASES.items() for accepted in twins(name)]
    sites = [
        replace(a_site(host_of(name, accepted), case.count, *case.quirks, per_page=case.per_page), robots=case.robots)
        for name, case, accepted in both
    ]
    pages = {host_of(name, accepted): case.pages for name, case, accepted in both}
    world = World(a_site(GOOD_HOST, 5), *sites, pages=pages, has_menu=False)
    with world, Raw(RAW) as server, closing(socket.socket()) as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound, so that nobody else has it, and not listening
        sources = [world.source(GOOD_HOST)]
        for name, case, accepted in both:
            accept = (case.expected,) if accepted else ()
            sources.append(world.source(host_of(name, accepted), accept=accept, **case.source))
        for name, outcome in APART.items():
            for accepted in (False, True):
                connect = server.connect
                if name == "unreachable":
                    connect = "{}:{}".format(*nobody.getsockname())
                host = host_of(name, accepted)
                entry = f"http://{host}/{'huge' if name == 'too_large' else 'short'}"
                accept = (outcome,) if accepted else ()
                sources.append(world.source(host, connect=connect, entry=entry, accept=accept))
        workspace = tmp_path_factory.mktemp("outcomes")
        events: list[Event] = []
        yield Visited(visit(workspace, *sources, watch=events.append), workspace, world, events)


@pytest.mark.parametrize("name", [*CASES, *APART])
def test_what_became_of_a_source_has_its_name(visited: Visited, name: str) -> None:
    expected = CASES[name].expected if name in CASES else APART[name]
    result = visited.result(name)
    assert result.outcome is expected, result.troubles
    assert result.outcome.is_good is (expected is Outcome.OK)
    assert {trouble.outcome for trouble in result.troubles} == ({expected} if not expected.is_good else set())
    of = store.sources.c
    told = held(visited.workspace, of.id, of.outcome, of.details, of.good_at)
    _, outcome, details, good_at = next(row for row in told if row.id == result.source.id)
    assert outcome == expected
    assert [detail["outcome"] for detail in details] == [trouble.outcome for trouble in result.troubles]
    assert all(detail["url"].startswith("http") for detail in details)
    assert all(detail["detail"] for detail in details)
    assert bool(good_at) is expected.is_good


@pytest.mark.parametrize("name", [*(name for name in CASES if True in twins(name)), *APART])
def test_what_is_known_of_a_site_counts_as_good(visited: Visited, name: str) -> None:
    result = visited.result(name, accepted=True)
    assert result.outcome.is_good
    assert result.troubles == ()


@pytest.mark.parametrize("name", CASES)
def test_one_broken_page_does_not_cost_the_others(visited: Visited, name: str) -> None:
    assert visited.result(name).documents == CASES[name].documents


@pytest.mark.parametrize("name", ["too_large", "cut_short"])
def test_one_broken_answer_does_not_cost_the_others(visited: Visited, name: str) -> None:
    assert visited.result(name).documents == 1


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.requests])
def test_a_refusal_costs_no_more_requests_than_it_must(visited: Visited, name: str) -> None:
    assert len(visited.world.asked(host_of(name, False))) == CASES[name].requests


def test_a_broken_source_costs_no_other_anything(visited: Visited) -> None:
    good = next(result for result in visited.crawled.results if result.source.entry.startswith(f"http://{GOOD_HOST}/"))
    assert (good.outcome, good.troubles, good.documents, good.new, good.rows) == (Outcome.OK, (), 5, 5, 5)
    asked = [record.target for record in visited.world.asked(GOOD_HOST)]
    assert len(asked) == len(set(asked)), "nothing is asked for twice"


def test_a_crawl_with_a_broken_source_is_not_good_but_comes_to_its_end(visited: Visited) -> None:
    assert not visited.crawled.is_good
    assert not visited.crawled.is_stopped
    both = sum(len(twins(name)) for name in CASES)
    assert len(visited.crawled.results) == both + 2 * len(APART) + 1


def test_nothing_that_was_stored_is_lost_among_failures(visited: Visited) -> None:
    assert is_valid(visited.workspace)
    assert unreadable(visited.workspace) == {}


def test_nothing_was_asked_of_private_or_foreign_hosts(visited: Visited) -> None:
    asked = {record.host for record in visited.world.emulator.log.records}
    assert asked <= {GOOD_HOST, *(host_of(name, accepted) for name in CASES for accepted in (False, True))}


def test_a_challenge_is_asked_again_after_pauses_that_grow(visited: Visited) -> None:
    starts = [record.start for record in visited.world.asked(host_of("challenge_412", False), LIST)]
    assert len(starts) == CHALLENGES_IN_A_ROW
    pauses = [after - before for before, after in pairwise(starts)]
    assert all(pause >= 20 * 2**place * QUICK["delay_s"] * 0.99 for place, pause in enumerate(pauses))


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("challenge_412", "FSSBBIl1UgzbN7N80S="),
        ("challenge_521", "__jsluid_s="),
        ("challenge_468", ""),
        ("challenge_c3vk", ""),
    ],
)
def test_no_cookie_of_a_challenge_is_computed(visited: Visited, name: str, given: str) -> None:
    first, *later = BROUGHT[host_of(name, False)]
    assert first == ""
    assert len(later) == CHALLENGES_IN_A_ROW - 1
    assert all(cookie.startswith(given) and "; " not in cookie and bool(cookie) is bool(given) for cookie in later)


@pytest.mark.parametrize(
    ("name", "target", "expected"),
    [
        pytest.param("moved_entry", LIST, Outcome.REDIRECTED, id="the address that redirects"),
        pytest.param("moved_entry", f"{LIST}index.html", Outcome.OK, id="the address behind it"),
        pytest.param("gone_article", path(2), Outcome.GONE, id="a page that is gone"),
        pytest.param("soft_404_article", path(2), Outcome.SOFT_404, id="a page that says so"),
        pytest.param("server_error_article", path(2), Outcome.SERVER_ERROR, id="a server in trouble"),
        pytest.param("not_a_file", "/fj.docx", Outcome.NOT_A_FILE, id="a page in place of a file"),
    ],
)
def test_an_address_has_its_outcome(visited: Visited, name: str, target: str, expected: Outcome) -> None:
    of = store.addresses.c
    told = dict(held(visited.workspace, of.key, of.outcome))
    key = host_of(name, False) + target.removesuffix("index.html")
    assert expected in {told.get(key), told.get(key + "index.html")} or told[key] == Outcome.OK


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("wrong_total", Outcome.WRONG_TOTAL, id="a total that is wrong is noted and good"),
        pytest.param("gone_article", Outcome.GONE, id="an article that is gone is noted and good"),
        pytest.param("gone_file", Outcome.GONE, id="a file that is gone is noted and good"),
        pytest.param("page_cap", Outcome.PAGE_CAP, id="the page behind the cap"),
        pytest.param("repeated_page", Outcome.REPEATED_PAGE, id="the page that is the first again"),
    ],
)
def test_a_step_has_its_outcome(visited: Visited, name: str, expected: Outcome) -> None:
    of = store.steps.c
    own = host_of(name, False).replace(".", "-")
    found = [outcome for source, outcome in held(visited.workspace, of.source_id, of.outcome) if source == own]
    assert found.count(expected) == 1
    assert set(found) - {Outcome.SKIPPED} == {Outcome.OK, expected}  # skipped: tried elsewhere


def test_links_that_are_gone_are_counted(visited: Visited) -> None:
    assert visited.result("gone_article").gone == 1
    assert visited.result("ok").gone == 0


def test_each_failure_was_told_to_those_who_watch(visited: Visited) -> None:
    told = {(event.source, event.outcome) for event in visited.events}
    for name in (
        "list_gone",
        "soft_404_article",
        "server_error_file",
        "robots_all",
        "unreachable",
        "page_cap",
        "budget",
    ):
        expected = CASES[name].expected if name in CASES else APART[name]
        assert (host_of(name, False).replace(".", "-"), expected) in told


# A second crawl, and later ones


AGAIN = {
    "same": Outcome.OK,
    "fewer_rows": Outcome.FEWER_ROWS,
    "no_rows_now": Outcome.NO_ROWS,
    "another_family": Outcome.CHANGED_LAYOUT,
    "no_list_now": Outcome.UNKNOWN_LAYOUT,
    "a_few_less": Outcome.OK,
}


@dataclass(frozen=True)
class Again:
    workspace: Path
    first: Crawled
    second: Crawled
    requests: Mapping[str, list[Record]]
    archive: tuple[bytes, bytes]


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Again:
    """Two crawls of sites of which most changed in between."""
    hosts = {name: host_of(name, False) for name in AGAIN}
    workspace = tmp_path_factory.mktemp("again")
    with World(*(a_site(host, 6) for host in hosts.values()), has_menu=False) as world:
        sources = [world.source(host) for host in hosts.values()]
        first = visit(workspace, *sources)
        before = (workspace / FOLDER / FIRST_FILE).read_bytes()
        world.emulator.log.clear()
        others = {f"/{number}.html": article(2026 - number) for number in range(1, 7)}
        world.sites[hosts["a_few_less"]] = a_site(hosts["a_few_less"], 5)
        world.pages = {
            hosts["fewer_rows"]: {LIST: rows(path(1), path(2))},
            hosts["no_rows_now"]: {
                LIST: html(f'<ul></ul><script>createPageHTML(1, 0, "index", "html");</script>{FOOT}')
            },
            hosts["another_family"]: {LIST: rows(*(f"/{number}.html" for number in range(1, 7))), **others},
            hosts["no_list_now"]: {LIST: html(f"<h1>云岭县</h1>{FOOT}")},
        }
        second = visit(workspace, *sources)
        requests = {host: world.asked(host) for host in hosts.values()}
    return Again(workspace, first, second, requests, (before, (workspace / FOLDER / FIRST_FILE).read_bytes()))


@pytest.mark.parametrize("name", AGAIN)
def test_a_list_is_held_against_what_it_was(again: Again, name: str) -> None:
    before, after = (
        next(result for result in crawled.results if result.source.id == host_of(name, False).replace(".", "-"))
        for crawled in (again.first, again.second)
    )
    assert (before.outcome, before.documents, before.new) == (Outcome.OK, 6, 6)
    assert AGAIN[name] in {trouble.outcome for trouble in after.troubles} | {Outcome.OK}
    assert after.outcome is AGAIN[name]
    assert after.documents >= 5, "nothing is called withdrawn for a list that failed"


def test_a_page_that_did_not_change_is_asked_for_with_a_condition_and_not_stored_again(again: Again) -> None:
    asked = again.requests[host_of("same", False)]
    assert {record.status for record in asked} <= {304, 404}  # robots.txt is not older than a day
    assert len([record for record in asked if record.status == 304]) >= 7
    of = store.addresses.c
    told = dict(held(again.workspace, of.key, of.outcome))
    assert told[host_of("same", False) + LIST] == Outcome.NOT_MODIFIED


def test_what_a_first_crawl_stored_stands_where_it_was_after_the_second(again: Again) -> None:
    before, after = again.archive
    assert after.startswith(before)
    assert unreadable(again.workspace) == {}
    assert is_valid(again.workspace)


def test_an_article_that_is_gone_is_withdrawn_and_kept(tmp_path: Path) -> None:
    with World(a_site("gone.test")) as world:
        source = world.source("gone.test")
        assert only(visit(tmp_path, source)).documents == 3
        world.pages = {"gone.test": {path(2): NOT_FOUND}}
        result = only(visit(tmp_path, source))
    assert (result.outcome, result.documents, result.gone) == (Outcome.OK, 2, 1)
    of = store.places.c
    assert sorted(held(tmp_path, of.state)) == ["current", "current", "withdrawn"]
    assert len(held(tmp_path, store.documents.c.id)) == 3
    assert unreadable(tmp_path) == {}


def test_an_article_that_fails_is_not_withdrawn(tmp_path: Path) -> None:
    failures: dict[Outcome, Page] = {
        Outcome.SERVER_ERROR: always(shells.failed),
        Outcome.SOFT_404: always(shells.soft_404),
        Outcome.BLOCKED: html("<h1>Forbidden</h1>", 403),
    }
    hosts = {outcome: f"{outcome.replace('_', '-')}.test" for outcome in failures}
    with World(*(a_site(host) for host in hosts.values())) as world:
        sources = [world.source(host) for host in hosts.values()]
        visit(tmp_path, *sources)
        world.pages = {hosts[outcome]: {path(2): page} for outcome, page in failures.items()}
        results = visit(tmp_path, *sources).results
    assert [(result.outcome, result.documents) for result in results] == [(outcome, 3) for outcome in failures]
    assert set(held(tmp_path, store.places.c.state)) == {"current"}


# Hosts that are left alone


def test_a_host_that_challenged_rests_for_longer_each_time_and_is_asked_when_its_time_has_come(tmp_path: Path) -> None:
    with World(a_site("wall.test", 3, "challenge_412"), a_site(GOOD_HOST)) as world:
        sources = world.source("wall.test", **QUICK), world.source(GOOD_HOST)

        def outcomes(days: float) -> tuple[Outcome, int, bool]:
            world.emulator.log.clear()
            crawled = visit(tmp_path, *sources, days=days)
            wall, good = crawled.results
            assert good.outcome is Outcome.OK
            return wall.outcome, len(world.asked("wall.test", LIST)), crawled.is_good

        assert outcomes(0) == (Outcome.CHALLENGE, CHALLENGES_IN_A_ROW, False)
        assert outcomes(0.9) == (Outcome.RESTING, 0, False)
        assert outcomes(1.1) == (Outcome.CHALLENGE, CHALLENGES_IN_A_ROW, False)
        assert sorted(held(tmp_path, store.hosts.c.name, store.hosts.c.refusals)) == [
            ("good.test", 0),
            ("wall.test", 2),
        ]
        assert outcomes(3) == (Outcome.RESTING, 0, False)
        world.sites["wall.test"] = a_site("wall.test")
        assert outcomes(3.2) == (Outcome.OK, 1, True)
        assert sorted(held(tmp_path, store.hosts.c.name, store.hosts.c.refusals)) == [
            ("good.test", 0),
            ("wall.test", 0),
        ]


def test_a_rest_that_is_known_counts_as_good(tmp_path: Path) -> None:
    with World(a_site("wall.test", 3, "challenge_412")) as world:
        source = world.source("wall.test", accept=(Outcome.CHALLENGE, Outcome.RESTING), **QUICK)
        assert [visit(tmp_path, source).is_good for _ in range(2)] == [True, True]


def test_a_budget_that_is_spent_goes_on_next_week(tmp_path: Path) -> None:
    with World(a_site("slow.test", 5)) as world:
        source = world.source("slow.test", weekly_requests=4)
        told = []
        for days in (0, 0.001, 7, 14, 21):
            crawled = visit(tmp_path, source, days=days)
            told.append((only(crawled).outcome, only(crawled).documents, crawled.is_good))
            assert unreadable(tmp_path) == {}
        asked = [record.target for record in world.asked("slow.test") if record.target != "/robots.txt"]
    assert told[:2] == [(Outcome.BUDGET, 2, False), (Outcome.BUDGET, 2, False)]
    assert [documents for _, documents, _ in told[2:]] == [5, 5, 5] or told[-1] == (Outcome.OK, 5, True)
    assert {path(number) for number in range(1, 6)} < set(asked)
    assert len(asked) <= 4 * 4


# What is left out


def test_rows_before_a_day_are_skipped(tmp_path: Path) -> None:
    with World(a_site("old.test", 4)) as world:
        source = world.source("old.test")
        crawled = visit(tmp_path, source, scope=Scope(since=date(2025, 1, 1)))
        assert (only(crawled).documents, crawled.is_good) == (2, True)
        assert sorted(held(tmp_path, store.rows.c.outcome)) == ["ok", "ok", "skipped", "skipped"]
        assert only(visit(tmp_path, source)).documents == 4


def test_no_more_new_documents_than_asked_for(tmp_path: Path) -> None:
    with World(a_site("many.test", 6)) as world:
        source = world.source("many.test", expect=(5, 9))
        crawled = visit(tmp_path, source, scope=Scope(limit=2))
        assert (only(crawled).documents, crawled.is_good) == (2, True)
        assert held(tmp_path, store.rows.c.outcome).count("skipped") == 4
        assert only(visit(tmp_path, source)).documents == 6


# Servers


def test_a_server_that_never_answers_is_unreachable(tmp_path: Path) -> None:
    with World(a_site("silent.test", 3, "silent"), a_site(GOOD_HOST, 1)) as world:
        sources = world.source("silent.test"), world.source(GOOD_HOST)
        silent, good = visit(tmp_path, *sources, timeout_s=(1.0, 0.2)).results
    assert silent.outcome is Outcome.UNREACHABLE
    assert any("silent for longer than 0.2 seconds" in detail for detail in held(tmp_path, store.troubles.c.detail))
    assert good.outcome is Outcome.OK


@pytest.mark.parametrize(
    ("name", "is_known", "expected"),
    [
        pytest.param("safe.test", True, Outcome.OK, id="a certificate that holds"),
        pytest.param("other.test", True, Outcome.TLS, id="the certificate of another host"),
        pytest.param("safe.test", False, Outcome.TLS, id="an authority that nobody knows"),
    ],
)
def test_certificates_are_checked(name: str, is_known: bool, expected: Outcome, tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, f"www.{name}").configure_cert(context)
    with World(a_site("safe.test", 2), tls=context) as world:
        source = world.source("safe.test", entry=f"https://safe.test{LIST}")
        verify = str(tmp_path / "ca.pem") if is_known else True
        crawled = visit(tmp_path / "workspace", source, verify=verify)
        result = only(crawled)
        assert result.outcome is expected, result.troubles
        assert result.documents == (2 if expected is Outcome.OK else 0)
        assert crawled.is_good is (expected is Outcome.OK)
        assert bool(world.emulator.log.records) is (expected is Outcome.OK)


# Interruptions


def test_ctrl_c_ends_a_crawl_cleanly_and_the_next_one_goes_on(tmp_path: Path) -> None:
    events: list[Event] = []

    def watch(event: Event) -> None:
        events.append(event)
        if event.documents and [each.documents for each in events if each.host == "long.test"].count(1) == 3:
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    with World(a_site("long.test", 12), a_site(GOOD_HOST, 1)) as world:
        sources = world.source("long.test", delay_s=0.05), world.source(GOOD_HOST)
        crawled = visit(tmp_path, *sources, watch=watch)
        assert crawled.is_stopped
        assert not crawled.is_good
        assert crawled.results[0].outcome is Outcome.INTERRUPTED
        assert 0 < crawled.results[0].documents < 12
        assert unreadable(tmp_path) == {}
        crawled = visit(tmp_path, *sources)
        assert crawled.is_resumed
        assert crawled.is_good
        assert [result.documents for result in crawled.results] == [12, 1]
        assert world.emulator.log.repeats() == ()


def test_a_crawl_that_is_told_to_stop_leaves_the_rest_to_the_next(tmp_path: Path) -> None:
    with World(a_site("stop.test", 4)) as world:
        ledger = Ledger(tmp_path)
        working: list[Crawl] = []
        source = world.source("stop.test")
        working.append(
            Crawl(ledger, [source], Settings(contact=CONTACT), watch=lambda event: working[0].stopping.set())
        )
        crawled = working[0].run()
        ledger.close()
        assert (crawled.is_stopped, only(crawled).outcome) == (True, Outcome.INTERRUPTED)
        assert held(tmp_path, store.runs.c.state) == ["stopped"]
        assert only(visit(tmp_path, source)).documents == 4
        assert held(tmp_path, store.runs.c.state) == ["ended"]
        assert world.emulator.log.repeats() == ()


def test_a_mistake_of_ours_in_a_family_is_named_and_costs_no_other_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(view: View) -> Listing:
        raise KeyError("results")

    monkeypatch.setitem(
        families(), "brittle", Family("brittle", lambda view: "sign" if "brittle.test" in view.url else "", read)
    )
    with World(a_site("brittle.test"), a_site(GOOD_HOST)) as world:
        sources = world.source("brittle.test", family="brittle"), world.source(GOOD_HOST, family="trs")
        brittle, good = visit(tmp_path, *sources).results
    assert brittle.outcome is Outcome.INTERNAL
    assert brittle.troubles[0].detail == "KeyError: 'results'"
    assert (good.outcome, good.documents) == (Outcome.OK, 3)


# The command


def fazhi(world: World, folder: Path, host: str, **given: Any) -> tuple[int, str]:
    lines = ['contact = "tests@fazhi.test"', "[[source]]", 'id = "one"', 'name = "云岭县"', "allow_loopback = true"]
    lines += [f'entry = "http://{host}{LIST}"', f'connect = "{world.emulator.connect}"', f"delay_s = {DELAY_S}"]
    lines += ['place_name = "云岭县"', *(f"{name} = {value}" for name, value in given.items())]
    (folder / "sources.toml").write_text("\n".join(lines), encoding="utf-8")
    asked = ["crawl", "--sources", str(folder / "sources.toml"), "--workspace", str(folder / "workspace")]
    result = CliRunner().invoke(app, asked)
    return result.exit_code, result.output


@pytest.mark.parametrize(
    ("page", "given", "code", "told"),
    [
        pytest.param(None, {}, 0, "正常", id="all well"),
        pytest.param(NOT_FOUND, {}, 1, "list_gone 栏目页已不存在", id="a list that is gone"),
        pytest.param(NOT_FOUND, {"accept": '["list_gone"]'}, 0, "正常", id="as is known"),
        pytest.param(always(shells.login), {}, 1, "login_page 需要登录", id="a login page"),
        pytest.param(None, {"weekly_requests": "2"}, 1, "budget 本周访问额度已用完", id="a budget that is spent"),
        pytest.param(None, {"expect": "[9, 10]"}, 1, "out_of_range 文件数超出预期范围", id="too few documents"),
    ],
)
def test_the_exit_code_is_zero_only_where_all_is_well(
    page: Page | None, given: Mapping[str, str], code: int, told: str, tmp_path: Path
) -> None:
    with World(a_site("one.test"), pages={"one.test": {LIST: page} if page else {}}) as world:
        exit_code, output = fazhi(world, tmp_path, "one.test", **given)
    assert exit_code == code, output
    assert told in output


# Addresses that are none: one on a page must not end the crawl of all


STRANGE = "http://www.qinghe.test:99999/b.html"
POISONS: Mapping[str, Pages] = {
    "row": {LIST: rows("/1.html", STRANGE)},
    "row_in_chinese": {LIST: rows("/1.html", "http://云岭..test/b.html")},
    "row_port_0": {LIST: rows("/1.html", "http://www.qinghe.test:0/b.html")},
    "column": {
        LIST: rows("/1.html", more='<ul><li><a href="http://www.qinghe.test:99999/fz/">法治政府建设</a></li></ul>')
    },
    "next": {LIST: rows("/1.html", more='<a href="http://poison-next.test:99999/list_2.html">下一页</a>')},
    "file": {"/1.html": article(2025, f'<p>附件：<a href="{STRANGE}x">附件1.docx</a></p>'), LIST: rows("/1.html")},
    "redirect": {LIST: rows("/1.html", "/2.html"), "/2.html": moved(STRANGE)},
    "refresh": {
        LIST: rows("/1.html", "/2.html"),
        "/2.html": Answer(f'<html><meta http-equiv="refresh" content="0;url={STRANGE}"></html>'.encode()),
    },
}


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """One crawl of all of them."""
    pages = {host_of(name, False): {"/1.html": article(2025), **own} for name, own in POISONS.items()}
    with World(*(a_site(host) for host in pages), a_site(GOOD_HOST, 1), pages=pages) as world:
        sources = [world.source(host) for host in (*pages, GOOD_HOST)]
        return visit(tmp_path_factory.mktemp("poisoned"), *sources)


@pytest.mark.parametrize("name", [*POISONS, "good"])
def test_an_address_that_is_none_ends_no_crawl(poisoned: Crawled, name: str) -> None:
    result = next(each for each in poisoned.results if each.source.id == f"{name.replace('_', '-')}-test")
    assert result.documents == 1
    assert name != "good" or result.outcome is Outcome.OK


# What else must not be silent


def test_a_limit_holds_for_the_next_run_too(tmp_path: Path) -> None:
    with World(a_site("many.test", 6)) as world:
        told = [visit(tmp_path, world.source("many.test"), scope=Scope(limit=2)) for _ in range(2)]
    assert [only(crawled).documents for crawled in told] == [2, 4]


def test_a_limit_holds_for_rows_that_are_listed_twice(tmp_path: Path) -> None:
    with World(a_site("many.test", 6, "duplicated_rows", per_page=2)) as world:
        assert only(visit(tmp_path, world.source("many.test"), scope=Scope(limit=2))).documents == 2


def test_a_list_without_a_row_is_not_good_for_having_a_menu(tmp_path: Path) -> None:
    with World(a_site("empty.test", 0)) as world:
        assert only(visit(tmp_path, world.source("empty.test"))).outcome is Outcome.NO_ROWS


def test_a_redirect_loop_between_hosts_is_one(tmp_path: Path) -> None:
    pages = {"one.test": {LIST: moved("http://two.test" + LIST)}, "two.test": {LIST: moved("http://one.test" + LIST)}}
    with World(a_site("one.test"), a_site("two.test"), pages=pages) as world:
        result = only(visit(tmp_path, world.source("one.test", hosts=("two.test",))))
    assert result.outcome is Outcome.REDIRECT_LOOP


def test_two_files_that_lead_to_the_same_on_another_host_make_a_document(tmp_path: Path) -> None:
    arrived = threading.Event()

    def late(asked: Asked) -> Answer:
        arrived.wait(20)
        return FILE

    links = "".join(f'<p>附件：<a href="/{name}.docx">附件{name}.docx</a></p>' for name in "123")
    there = moved("http://files.test/f.docx")
    pages = {
        "two.test": {path(1): article(2025, links), "/1.docx": there, "/2.docx": late, "/3.docx": there},
        "files.test": {"/f.docx": Answer(FILE.body + b"!", FILE.media)},
    }
    with World(a_site("two.test", 1), a_site("files.test"), pages=pages) as world:

        def watch(event: Event) -> None:
            if event.url == "http://files.test/f.docx":
                arrived.set()

        result = only(visit(tmp_path, world.source("two.test", hosts=("files.test",)), watch=watch))
    assert result.documents == 1


def test_an_error_page_in_place_of_a_file_is_no_part_of_the_document(tmp_path: Path) -> None:
    count = iter(range(1000))

    def missing(status: int) -> Page:
        return lambda asked: html(f"<p>编号{next(count)}</p>" + FOOT, status)

    attached = article(2025, '<p>附件：<a href="/fj.docx">附件1.docx</a></p>')
    pages = {f"{status}.test": {path(1): attached, "/fj.docx": missing(status)} for status in (200, 403, 404, 410)}
    with World(*(a_site(host, 1) for host in pages), pages=pages) as world:
        for _ in range(2):
            visit(tmp_path, *(world.source(host) for host in pages))
    assert len(held(tmp_path, store.documents.c.id)) == 1, "the same text on all of them"
    assert set(held(tmp_path, store.places.c.state)) == {"current"}


def test_a_challenge_before_robots_txt_is_one(tmp_path: Path) -> None:
    with World(a_site("wall.test", 3, "challenge_521", "wall_robots")) as world:
        result = only(visit(tmp_path, world.source("wall.test", **QUICK)))
        assert len(world.asked("wall.test")) <= CHALLENGES_IN_A_ROW
    assert result.outcome is Outcome.CHALLENGE
    assert held(tmp_path, store.hosts.c.refusals) == [1]


def test_a_page_behind_a_challenge_is_asked_for_at_most_five_times(tmp_path: Path) -> None:
    with World(a_site("wall.test", 6), pages={"wall.test": {path(1): always(shells.ruishu)}}) as world:
        result = only(visit(tmp_path, world.source("wall.test", **QUICK)))
        assert (result.outcome, result.documents) == (Outcome.CHALLENGE, 5)
        assert len(world.asked("wall.test", path(1))) <= CHALLENGES_IN_A_ROW


def test_the_budget_of_a_source_is_not_that_of_another_on_the_same_host(tmp_path: Path) -> None:
    with World(a_site("two.test")) as world:
        sources = world.source("two.test", id="poor", weekly_requests=3), world.source("two.test", id="rich")
        poor, rich = visit(tmp_path, *sources).results
    assert poor.outcome is Outcome.BUDGET
    assert (rich.outcome, rich.documents) == (Outcome.OK, 3)


def test_requests_count_against_the_budget_though_the_step_was_not_done(tmp_path: Path) -> None:
    with World(a_site("hop.test"), pages={"hop.test": {LIST: moved(f"{LIST}index.html")}}) as world:
        for _ in range(3):
            visit(tmp_path, world.source("hop.test", weekly_requests=2))
        assert len(world.asked("hop.test")) == 2
    assert held(tmp_path, store.hosts.c.requests) == [2]
    assert sorted(held(tmp_path, store.snapshots.c.status)) == [200, 302]


def test_a_robots_txt_that_failed_is_stored_as_any_answer(tmp_path: Path) -> None:
    with World(a_site("robots.test", 3, "robots_500")) as world:
        visit(tmp_path, world.source("robots.test"))
    assert held(tmp_path, store.snapshots.c.status) == [500]


def test_the_scheme_that_answers_is_kept_for_links_of_the_other(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("safe.test").configure_cert(context)
    pages = {"safe.test": {LIST: rows("/1.html", "http://safe.test/2.html")}}
    pages["safe.test"] |= {"/1.html": article(2025), "/2.html": article(2024)}
    with World(a_site("safe.test"), pages=pages, tls=context) as world:
        source = world.source("safe.test", entry=f"https://safe.test{LIST}")
        result = only(visit(tmp_path / "workspace", source, verify=str(tmp_path / "ca.pem")))
    assert (result.outcome, result.documents) == (Outcome.OK, 2)


def test_a_source_is_visited_though_an_earlier_crawl_of_another_was_stopped(tmp_path: Path) -> None:
    with World(a_site("left.test"), a_site("new.test", 2)) as world:
        ledger = Ledger(tmp_path)
        working: list[Crawl] = []
        working.append(
            Crawl(
                ledger,
                [world.source("left.test")],
                Settings(contact=CONTACT),
                watch=lambda event: working[0].stopping.set(),
            )
        )
        assert working[0].run().is_stopped
        ledger.close()
        assert only(visit(tmp_path, world.source("new.test"))).documents == 2
        world.sites["new.test"] = a_site("new.test", 4)
        assert only(visit(tmp_path, world.source("new.test"))).documents == 4


# The archive, seen from a crawl


def test_a_transaction_that_fails_leaves_what_earlier_crawls_stored(tmp_path: Path) -> None:
    with World(a_site("kept.test")) as world:
        visit(tmp_path, world.source("kept.test"))
    before = (tmp_path / FOLDER / FIRST_FILE).read_bytes()
    ledger = Ledger(tmp_path)
    with suppress(KeyError), ledger.transaction():
        ledger.evidence.append(about_record("http://kept.test/", {}))
        raise KeyError
    ledger.close()
    assert (tmp_path / FOLDER / FIRST_FILE).read_bytes() == before


def test_a_record_that_fills_a_file_is_still_there_after_the_next_start(tmp_path: Path) -> None:
    with World(a_site("full.test", 2)) as world:
        source = world.source("full.test")
        visit(tmp_path, source, scope=Scope(limit=1))
        lost = len(unreadable(tmp_path))
        fill(tmp_path, 10)
        visit(tmp_path, source)
        ledger = Ledger(tmp_path)
        ledger.close()
        assert (ledger.lost, lost, unreadable(tmp_path)) == (0, 0, {})


def stored(workspace: Path, file: str = FIRST_FILE) -> list[tuple[str, str, int]]:
    """Type, address and offset of each record of a file."""
    with (workspace / FOLDER / file).open("rb") as opened:
        reader = ArchiveIterator(opened)
        return [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI") or "", reader.get_record_offset())
            for record in reader
        ]


def cut_within(workspace: Path, kind: str, number: int, file: str = FIRST_FILE) -> None:
    """Cut a file within a record of a kind that is about an article, counted as Python does."""
    told = stored(workspace, file)
    offset = [offset for each, url, offset in told if each == kind and url.endswith(".html")][number]
    os.truncate(workspace / FOLDER / file, offset + 30)


def fill(workspace: Path, left: int) -> None:
    """Let the first file be so many bytes from its limit; the bytes are holes, which take no room."""
    os.truncate(workspace / FOLDER / FIRST_FILE, LARGEST - left)
    with closing(sqlite3.connect(workspace / store.DATABASE)) as database, database:
        database.execute("UPDATE archive SET end = ?", (LARGEST - left,))


def put_zeroes(workspace: Path) -> None:
    """Leave the archive as long as it was, without what its last third said."""
    archive = workspace / FOLDER / FIRST_FILE
    whole = archive.read_bytes()
    third = len(whole) // 3
    archive.write_bytes(whole[:-third] + bytes(third))


@pytest.mark.parametrize(
    ("spoil", "is_told"),
    [
        pytest.param(lambda at: cut_within(at, "response", -1), True, id="within the last response"),
        pytest.param(lambda at: cut_within(at, "response", 1), True, id="within the second one"),
        pytest.param(lambda at: os.truncate(at / FOLDER / FIRST_FILE, 100), True, id="within the opening"),
        pytest.param(lambda at: os.truncate(at / FOLDER / FIRST_FILE, 0), True, id="all its bytes"),
        pytest.param(lambda at: (at / FOLDER / FIRST_FILE).unlink(), True, id="the file"),
        pytest.param(put_zeroes, False, id="zeroes in place of its end"),
    ],
)
def test_what_a_failing_machine_lost_is_got_anew(spoil: Callable[[Path], None], is_told: bool, tmp_path: Path) -> None:
    with World(a_site("lost.test", 2)) as world:
        source = world.source("lost.test")
        visit(tmp_path, source)
        spoil(tmp_path)
        crawled = visit(tmp_path, source)
    ledger = Ledger(tmp_path)
    ledger.close()
    assert (crawled.lost > 0, ledger.lost) == (is_told, 0)
    assert (crawled.is_good, only(crawled).documents) == (True, 2)
    assert len(held(tmp_path, store.documents.c.id)) == 2
    used = set(held(tmp_path, store.places.c.snapshot_id))
    assert len(used) == 2
    assert not used & set(unreadable(tmp_path))


@pytest.mark.parametrize("kind", ["metadata", "response"])
def test_what_tells_of_a_document_in_a_failing_machine_s_archive_is_told_anew(kind: str, tmp_path: Path) -> None:
    with World(a_site("lost.test", 2)) as world:
        source = world.source("lost.test")
        visit(tmp_path, source)
        before = {url for each, url, _ in stored(tmp_path) if each == "metadata"}
        cut_within(tmp_path, kind, -1)
        assert only(visit(tmp_path, source)).documents == 2
    assert {url for each, url, _ in stored(tmp_path) if each == "metadata"} == before


def test_what_tells_of_a_document_is_told_anew_though_its_page_is_in_another_file(tmp_path: Path) -> None:
    pages: dict[str, Page] = {
        path(1): article(2025, '<p>附件：<a href="/fj.docx">附件1.docx</a></p>'),
        "/fj.docx": FILE,
    }
    with World(a_site("lost.test", 1), pages={"lost.test": pages}) as world:
        source = world.source("lost.test")
        visit(tmp_path, source)
        fill(tmp_path, 0)
        world.pages["lost.test"]["/fj.docx"] = replace(FILE, body=FILE.body + b"!")
        visit(tmp_path, source)
        before = [url for each, url, _ in stored(tmp_path, SECOND_FILE) if each == "metadata"]
        cut_within(tmp_path, "metadata", -1, SECOND_FILE)
        visit(tmp_path, source)
    assert [url for each, url, _ in stored(tmp_path, SECOND_FILE) if each == "metadata"] == before


def test_a_loss_of_the_archive_withdraws_no_document(tmp_path: Path) -> None:
    with World(a_site("lost.test")) as world:
        source = world.source("lost.test")
        visit(tmp_path, source)
        world.pages = {"lost.test": {path(2): article(2024, "<p>经修订。</p>")}}
        visit(tmp_path, source)
        before = sorted(held(tmp_path, store.places.c.state))
        cut_within(tmp_path, "response", -1)
        result = only(visit(tmp_path, replace(source, weekly_requests=1)))
    assert before == ["current", "current", "current", "replaced"]
    assert (result.outcome, result.documents) == (Outcome.BUDGET, 3)
    assert sorted(held(tmp_path, store.places.c.state)) == before


# --- what is not done, and what is no longer asked for ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param([(Outcome.LIST_GONE, "list")], Outcome.LIST_GONE, id="a list alone"),
        pytest.param([(Outcome.BUDGET, "")], Outcome.BUDGET, id="only not done"),
        pytest.param([(Outcome.LIST_GONE, "list"), (Outcome.BUDGET, "")], Outcome.LIST_GONE, id="lost and not done"),
        pytest.param([(Outcome.CHALLENGE, ""), (Outcome.INTERRUPTED, "")], Outcome.CHALLENGE, id="refused, stopped"),
        pytest.param([(Outcome.NOT_A_FILE, "file"), (Outcome.BUDGET, "")], Outcome.BUDGET, id="a file says less"),
        pytest.param([], Outcome.OK, id="nothing went wrong"),
    ],
)
def test_that_a_source_was_not_done_hides_nothing_of_its_lists(
    told: list[tuple[Outcome, str]], expected: Outcome
) -> None:
    assert outcome_of([Trouble(outcome, "", "", kind) for outcome, kind in told]) is expected


def test_who_is_crawled_is_noted_where_all_are_and_they_are_others_than_before(tmp_path: Path) -> None:
    with World(a_site("one.test"), a_site("two.test")) as world:
        one, two = world.source("one.test"), world.source("two.test")
    noted = []
    ledger = Ledger(tmp_path)
    try:
        for sources, is_all in (((one, two), True), ((two,), False), ((one, two), True), ((one,), True)):
            ledger.begin({}, sources, utc_now(), is_all=is_all)
            ledger.end("ended", utc_now())
        ledger.begin({}, (two,), utc_now(), is_all=True)
        ledger.end("stopped", utc_now())
        ledger.begin({}, (two,), utc_now(), is_all=True)
        assert ledger.is_resumed
        with ledger.asking() as tx:
            noted = [options.get(LISTED) for options in tx.execute(select(store.runs.c.options)).scalars()]
    finally:
        ledger.close()
    assert noted == [[one.id, two.id], None, None, [one.id], [two.id]]
