"""The demo world: seventeen sites of one invented province, every family once, in two weeks.

The sixteen documents of `corpora/demo` and some shorter ones (`corpora/sites`) stand on the sites of their places,
among many times as many titles that are none of ours. From week 1 to week 2 six things change, all else stays the
same to the byte:

- www.fengyuan.test publishes its report on 2024, which week 1 lacks;
- www.zhanpu.test changes its plan for 2024 without a word: 行政诉讼败诉率 8%以内 becomes 10%以内;
- www.yuwu.test takes its report on 2023 off the list, and the page answers 404;
- www.huayan.test gives the page of its report on 2024 another footer (editor, telephone);
- www.binwang.test falls silent;
- www.luxi.test is behind a challenge (412).
"""

import json
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from pipeline.emulator.battery import battery_site
from pipeline.emulator.site import Article, Asked, Attachment, Kind, Site, SiteColumn
from pipeline.emulator.texts import friend_titles, invent, paragraphs
from pipeline.resources import bundled

__all__ = ["Gold", "battery_site", "battery_world", "demo_world", "gold", "gold_of", "level_of", "sources_toml"]

LAST_WEEK = 2  # nothing changes after it
FRIENDS_FROM = 100  # numbers of false friends; documents come first
HIDDEN = "?xxgkhide=1"  # how some sites mark the address of an article in a second column
SLACK = 5  # documents that a site may have beyond those of today
CALLED = {"plain": "generic"}  # families that a crawler has another name for
LEVELS = (("省", "province"), ("市", "prefecture"), ("镇", "township"), ("乡", "township"), ("街道", "township"))


@dataclass(frozen=True, slots=True)
class _Entry:
    """An article as `sites.toml` tells it."""

    demo: str = ""
    text: str = ""
    file: str = ""
    title: str = ""
    published: date | None = None
    publisher: str = ""
    document_number: str = ""
    index_number: str = ""
    column: str = ""
    also_in: Sequence[str] = ()
    annexes: Sequence[Sequence[str]] = ()
    since: int = 1
    until: int = LAST_WEEK
    changed: Sequence[Sequence[str]] = ()


def demo_world(week: int) -> Mapping[str, Site]:
    """Return the sites of a week (from 1) by host."""
    return _world(min(week, LAST_WEEK))


def battery_world(
    families: Iterable[str], *, count: int = 40, relevant: int = 12
) -> Callable[[int], Mapping[str, Site]]:
    """Return a world with a generated site a family, the same in every week."""
    hosts = {f"www.{family.replace('_', '-')}.test": family for family in families}
    sites = {host: battery_site(family, host=host, count=count, relevant=relevant) for host, family in hosts.items()}
    return lambda week: sites


@cache
def _world(week: int) -> Mapping[str, Site]:
    return {told["host"]: _site(told, week) for told in _told_sites()}


@cache
def _told_sites() -> Sequence[Mapping[str, Any]]:
    told: list[Mapping[str, Any]] = tomllib.loads(_sites_file("sites.toml").decode())["site"]
    return told


def _sites_file(*parts: str) -> bytes:
    return bundled("corpora", "sites", *parts).read_bytes()


@cache
def _expected() -> Mapping[str, Mapping[str, Any]]:
    """Return what is known of the documents of corpora/demo, by file name."""
    lines = bundled("corpora", "demo", "expected.jsonl").read_text(encoding="utf-8").splitlines()
    return {told["name"]: told for told in map(json.loads, lines)}


def _site(told: Mapping[str, Any], week: int) -> Site:
    columns = tuple(SiteColumn(key, title) for key, title in told["columns"])
    entries = [(number, _Entry(**entry)) for number, entry in enumerate(told["article"], 1)]
    documents = [_article(number, entry, week) for number, entry in entries if entry.since <= week <= entry.until]
    later = told.get("quirks_later", ()) if week > 1 else ()
    articles = sorted((*documents, *_friends(told["host"])), key=lambda one: (one.published, one.number), reverse=True)
    return Site(
        host=told["host"],
        name=told["name"],
        place=told["place"],
        family=told["family"],
        columns=columns,
        articles=tuple(articles),
        per_page=told["per_page"],
        quirks=frozenset((*told.get("quirks", ()), *later)),
        robots="User-agent: *\nDisallow: /admin/\n",
    )


def _article(number: int, entry: _Entry, week: int) -> Article:
    known: Mapping[str, Any] = _expected()[entry.demo] if entry.demo else {}
    told = entry.published or known.get("published")
    article = Article(
        number=number,
        title=entry.title or known.get("title", ""),
        published=told if isinstance(told, date) else date.fromisoformat(str(told)),
        column=entry.column,
        also_in=tuple(entry.also_in),
        attachments=tuple(Attachment(name, _sites_file("files", file)) for name, file in entry.annexes),
        document_number=entry.document_number or known.get("doc_number") or "",
        index_number=entry.index_number or known.get("index_number") or "",
        publisher=entry.publisher or known.get("issuer", ""),
        is_relevant=True,
    )
    article = _with_content(article, entry)
    for old, new in entry.changed if week > 1 else ():
        if old.encode() not in article.page:
            raise ValueError(f"expected {old!r} in {entry.demo}, to change it in week 2; it is not there")
        article = replace(article, page=article.page.replace(old.encode(), new.encode()))
    return article


def _with_content(article: Article, entry: _Entry) -> Article:
    if entry.text:
        title, *lines = _sites_file(entry.text).decode().splitlines()
        return replace(article, title=title, body=paragraphs(lines))
    if entry.file:
        return replace(article, page=_sites_file("files", entry.file), is_file=True)
    page = bundled("corpora", "demo", entry.demo).read_bytes()
    if entry.demo.endswith(".html"):
        return replace(article, page=page)
    return replace(article, title=f"{article.title}.txt", page=page, is_file=True)  # as lists name files


@cache
def _friends(host: str) -> tuple[Article, ...]:
    """Return the false friends of a site, the same in every week."""
    told = next(site for site in _told_sites() if site["host"] == host)
    place, keys = told["place"], [key for key, _ in told["columns"]]
    random = Random(host)
    # Most stand in the first column, which so runs over three pages.
    return tuple(
        Article(
            number=FRIENDS_FROM + number,
            title=title,
            published=date(year, 1, 1) + timedelta(days=random.randrange(360)),
            body=paragraphs(invent("news", place, year, random)),
            column=keys[-1] if number % 8 == 7 else keys[0],
            publisher=told["name"],
        )
        for number, (title, year) in enumerate(friend_titles(place, told["friends"], random))
    )


@dataclass(frozen=True, slots=True)
class Gold:
    """What a crawler should bring home: absolute addresses, in sets of which any one will do."""

    documents: tuple[frozenset[str], ...]
    files: tuple[frozenset[str], ...]  # attachments

    @property
    def pages(self) -> frozenset[str]:
        """All addresses of relevant documents."""
        return frozenset().union(*self.documents)

    @property
    def addresses(self) -> frozenset[str]:
        """All addresses of relevant documents and their attachments: whatever else comes home is one too many."""
        return self.pages.union(*self.files)

    def missing(self, fetched: Iterable[str]) -> tuple[frozenset[str], ...]:
        """Return the sets of documents and files of which no address was fetched."""
        have = frozenset(fetched)
        return tuple(one for one in (*self.documents, *self.files) if not one & have)


def gold(site: Site, kind: Kind, *, origin: str = "") -> Gold:
    """Return what is relevant on a site.

    Args:
        site: The site.
        kind: Its family.
        origin: Scheme and host to put before the paths; http:// and the site's host by default.
    """
    return gold_of({site.host: site}, {kind.name: kind}, origins={site.host: origin} if origin else {})


def gold_of(sites: Mapping[str, Site], kinds: Mapping[str, Kind], *, origins: Mapping[str, str] | None = None) -> Gold:
    """Return what is relevant on sites together: the same text on two of them is one document with two places."""
    documents: dict[bytes, set[str]] = {}
    files: dict[bytes, set[str]] = {}
    for site in sites.values():
        kind, origin = kinds[site.family], (origins or {}).get(site.host, f"http://{site.host}")
        for article in site.articles:
            if article.is_relevant:
                content = article.page or f"{article.title}\n{article.body}".encode()
                documents.setdefault(content, set()).update(origin + path for path in _addresses(site, kind, article))
                for attachment, paths in zip(article.attachments, _file_paths(site, kind, article), strict=True):
                    files.setdefault(attachment.content, set()).update(origin + path for path in paths)
    return Gold(tuple(map(frozenset, documents.values())), tuple(map(frozenset, files.values())))


def _in_each_column(site: Site, article: Article) -> list[Article]:
    """Return the article as if each column that lists it were its own."""
    own = article.column or site.columns[0].key
    return [replace(article, column=key, also_in=()) for key in (own, *article.also_in)]


def _addresses(site: Site, kind: Kind, article: Article) -> list[str]:
    """Return every path at which an article is served, in whichever column."""
    own, *others = [kind.address(site, one) for one in _in_each_column(site, article)]
    told = kind.places(site, article) if kind.places else ()
    tried = dict.fromkeys((*others, *told, f"{own}{HIDDEN}") if others else told)
    return _served(site, kind, own, tried)


def _file_paths(site: Site, kind: Kind, article: Article) -> list[list[str]]:
    columns = [kind.files(site, one) for one in _in_each_column(site, article)]
    return [_served(site, kind, own, others) for own, *others in zip(*columns, strict=True)]


def _served(site: Site, kind: Kind, own: str, others: Iterable[str]) -> list[str]:
    """Return a path and those others that are served as well: families differ in what a second column adds."""
    tried = (path for path in others if path != own)
    return [own, *(path for path in tried if kind.respond(site, Asked("GET", path)).status == 200)]


def level_of(place: str) -> str:
    """Return the level of an invented place by the end of its name."""
    return next((level for ending, level in LEVELS if place.endswith(ending)), "county")


def sources_toml(
    sites: Mapping[str, Site],
    kinds: Mapping[str, Kind],
    *,
    connect: str,
    origins: Mapping[str, str] | None = None,
    delay_s: float = 0.05,
) -> str:
    """Return the sites as [[source]] tables.

    Args:
        sites: By host.
        kinds: Families by name.
        connect: Host and port at which all hosts are reached instead of by DNS; "" for none.
        origins: Scheme and host to reach a site by, where it is not http:// and its name.
        delay_s: Seconds between two requests to a host.
    """
    known = {told["host"]: told for told in _told_sites()}
    tables = []
    for host, site in sites.items():
        origin = (origins or {}).get(host, f"http://{host}")
        count = sum(article.is_relevant for article in site.articles)
        fields: dict[str, object] = {
            "id": known.get(host, {}).get("id", host.removeprefix("www.").replace(".", "-").replace(":", "-")),
            "name": site.name,
            "place": "",
            "place_name": site.place,
            "level": level_of(site.place),
            "family": CALLED.get(site.family, site.family),
            "entry": origin + known.get(host, {}).get("entrance", kinds[site.family].entry(site)),
            "expect": [max(1, count - 1), count + SLACK],
            "allow_loopback": True,
            "delay_s": delay_s,
        }
        if connect:
            fields["connect"] = connect
        lines = (f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items())
        tables.append("[[source]]\n" + "\n".join(lines) + "\n")
    return "\n".join(tables)
