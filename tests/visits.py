"""Sites in memory, crawled as any other and derived from: a world for what may become of a document.

>>> web = Web()
>>> web.list("yunling", "2024plan")
>>> web.put("yunling", "2024plan", page("云岭县2024年法治政府建设工作计划", "行政诉讼败诉率控制在8%以内。"))
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select

from pipeline import derived
from pipeline.scrape.client import FetchError, Response, Validators
from pipeline.scrape.crawl import Crawl, Settings
from pipeline.scrape.ledger import Ledger
from pipeline.scrape.outcomes import Outcome
from pipeline.scrape.records import Request
from pipeline.scrape.sources import Source
from pipeline.workspace.place import Workspace
from pipeline.workspace.run import Ran, run_workspace

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)  # of 2026-W47, eight in the evening in China
PLACES = {"yunling": "云岭县", "bureau": "云岭县", "qinghe": "青禾县"}
HTML = "text/html; charset=utf-8"
FILLING = (
    "各镇人民政府、各街道办事处，县政府各部门：为深入推进全县法治政府建设，根据上级工作安排，结合我县实际，制定本计划。",
    "一、加强组织领导。各单位要把法治政府建设摆在全局工作的突出位置，主要负责人切实履行第一责任人职责。",
    "二、规范行政执法。全面落实行政执法公示、执法全过程记录、重大执法决定法制审核制度，提高执法质量和水平。",
)


@dataclass(frozen=True)
class Answer:
    """What an address serves."""

    body: bytes = b""
    status: int = 200
    media: str = HTML
    location: str = ""


@dataclass
class Web:
    """Sites by their sources; an address of a site is its host and a name."""

    pages: dict[str, Answer] = field(default_factory=dict)
    listed: dict[str, list[str]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    days: dict[str, str] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)  # sources, or addresses
    blocked: set[str] = field(default_factory=set)
    hollow: set[str] = field(default_factory=set)  # whose lists have no row

    @staticmethod
    def url(source: str, name: str = "") -> str:
        """The address of a page, by default of the list."""
        return f"http://www.{source}.test/fzzf/{name + '.html' if name and '.' not in name else name}"

    def put(
        self, source: str, name: str, body: bytes, *, title: str = "", day: str = "2024-03-06", media: str = HTML
    ) -> None:
        """Publish a page or a file; what has a title is on the list."""
        url = self.url(source, name)
        self.pages[url] = Answer(body, media=media)
        self.listed.setdefault(source, [])
        if title:
            self.titles[url], self.days[url] = title, day
            if url not in self.listed[source]:
                self.listed[source].append(url)

    def drop(self, source: str, name: str, *, is_gone: bool = True) -> None:
        """Take a page off the list, and off the site."""
        url = self.url(source, name)
        self.listed[source].remove(url)
        if is_gone:
            del self.pages[url]

    def relist(self, source: str, name: str) -> None:
        """Put a page that is there on the list again."""
        self.listed[source].append(self.url(source, name))

    def answer(self, url: str) -> Answer:
        """What an address serves now, however it is written."""
        parts = urlsplit(url)
        url = f"http://www.{parts.netloc.removeprefix('www.')}{parts.path}"
        source = parts.netloc.removeprefix("www.").partition(".")[0]
        if source in self.silent or url in self.silent:
            raise FetchError(Outcome.UNREACHABLE, "没有回答")
        if source in self.blocked:
            return Answer(b"<html><script>$_ts=1</script></html>", 412)
        if url == self.url(source):
            return Answer(self._list(source))
        return self.pages.get(url, Answer(b"<html><body>404 Not Found</body></html>", 404))

    def _list(self, source: str) -> bytes:
        rows = "".join(
            f'<li><a href="{url}" title="{self.titles[url]}">{self.titles[url]}</a><span>{self.days[url]}</span></li>'
            for url in self.listed.get(source, ())
        )
        others = "".join(
            f'<li><a href="/news/{n}.html">{PLACES[source]}召开第{n}次招商引资推进会</a><span>2024-01-{n:02}</span></li>'
            for n in range(1, 9)
            if source not in self.hollow
        )
        return (
            f"<html><head><title>法治政府建设-{PLACES[source]}人民政府</title></head><body><div class='nav'>首页</div>"
            f"<div class='list'><ul>{rows}{others}</ul></div></body></html>"
        ).encode()


def page(
    title: str,
    *sentences: str,
    day: str = "2024-03-06",
    files: Sequence[tuple[str, str]] = (),
    footer: str = "主办：县人民政府办公室",
    counter: str = "",
    related: Iterable[str] = (),
    filling: Sequence[str] = FILLING,
) -> bytes:
    """A page of a government's site: the body is *filling* and *sentences*."""
    body = "".join(f"<p>{each}</p>" for each in (*filling, *sentences))
    links = "".join(f'<p><a href="{href}">{name}</a></p>' for href, name in files)
    others = "".join(f'<li><a href="/x/{n}.html">{each}</a></li>' for n, each in enumerate(related))
    return (
        f'<html><head><title>{title}-人民政府</title><meta name="ArticleTitle" content="{title}">'
        f'<meta name="PubDate" content="{day} 09:00"></head><body><div class="header"><a href="/">首页</a>'
        f'<a href="/zwgk/">政务公开</a></div><div class="article"><h1>{title}</h1>'
        f'<div class="info"><span>发布时间：{day}</span><span>{counter}</span></div>'
        f'<div class="content" id="zoom">{body}{links}</div></div>'
        f'<div class="related"><h3>相关链接</h3><ul>{others}</ul></div><div class="footer">{footer}</div></body></html>'
    ).encode()


class Shelf:
    """A client that serves what the web has."""

    def __init__(self, web: Web, now: Callable[[], datetime]) -> None:
        self._web, self._now = web, now

    def fetch(self, request: Request, *, validators: Validators, referer: str) -> Response:
        """An answer, or an error."""
        if request.url.endswith("/robots.txt"):
            answer = Answer(b"", 404, "text/plain")
        else:
            answer = self._web.answer(request.url)
        headers = (("Content-Type", answer.media), *((("Location", answer.location),) if answer.location else ()))
        return Response(
            request, request.url, answer.status, "", headers, answer.body, answer.body, self._now(), (), "HTTP/1.1"
        )

    def close(self) -> None:
        """Let go of nothing."""


class Visit(Crawl):
    """A crawl of sites in memory."""

    def __init__(self, web: Web, ledger: Ledger, sources: Sequence[Source], settings: Settings, now: Any) -> None:
        self._web = web
        super().__init__(ledger, sources, settings, now=now)

    def new_client(self, source: Source) -> Any:
        """A client that serves what the web has."""
        return Shelf(self._web, self.now)


def source_of(name: str, **fields: Any) -> Source:
    """The source of a site."""
    known = {"name": f"{PLACES[name]}人民政府", "place_name": PLACES[name], "family": "generic", "delay_s": 0.0}
    return Source(**{"id": name, "entry": Web.url(name), **known, **fields})


@dataclass
class World:
    """A workspace, the sites that it watches, and a clock."""

    ws: Workspace
    db: str
    web: Web = field(default_factory=Web)
    now: datetime = SUNDAY
    sources: tuple[Source, ...] = field(default_factory=lambda: tuple(map(source_of, PLACES)))

    def crawl(self, *, is_full: bool = True, clock: Callable[[], datetime] | None = None) -> None:
        """Visit the sites."""
        ledger = Ledger(self.ws.folder, self.db)
        try:
            settings = Settings(contact="tests@fazhi.test", is_full=is_full)
            Visit(self.web, ledger, self.sources, settings, clock or (lambda: self.now)).run()
        finally:
            ledger.close()

    def run(self, **options: Any) -> Ran:
        """Derive what is new."""
        known: dict[str, Any] = {"references": (), "time_limit": None}
        return run_workspace(self.ws, **{**known, **options}, now=lambda: self.now)

    def week(self, **options: Any) -> Ran:
        """Crawl and derive."""
        self.crawl()
        return self.run(**options)

    def next_week(self, **options: Any) -> list[str]:
        """Crawl and derive a week later; returns the kinds of what happened."""
        self.now += timedelta(days=7)
        ran = self.week(**options)
        return [each.kind for each in self.events(ran)]

    def events(self, ran: Ran | None = None, *kinds: str) -> list[Any]:
        """What happened, ever or in a run."""
        of = derived.events.c
        chosen = select(derived.events).order_by(of.id)
        if ran is not None:
            chosen = chosen.where(of.derivation_id == ran.derivation)
        if kinds:
            chosen = chosen.where(of.kind.in_(kinds))
        with self.ws.engine.connect() as tx:
            return list(tx.execute(chosen))

    def rows(self, table: Any, **values: Any) -> list[Mapping[str, Any]]:
        """Rows of a table."""
        chosen = select(table).where(*(table.c[name] == value for name, value in values.items()))
        with self.ws.engine.connect() as tx:
            return [dict(row) for row in tx.execute(chosen.order_by(*table.primary_key.columns)).mappings()]
