"""Every family, by either entrance and through every quirk: all that is relevant comes home, whole, and nothing else."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

import pytest
from sqlalchemy import select

from pipeline import store
from pipeline.emulator.battery import battery_site
from pipeline.emulator.families import NAMES, kinds
from pipeline.emulator.log import Log, Record
from pipeline.emulator.server import Emulator
from pipeline.emulator.site import Article, Site
from pipeline.emulator.world import gold, sources_toml
from pipeline.scrape.addresses import key_of
from pipeline.scrape.crawl import Settings, crawl
from pipeline.scrape.outcomes import Outcome
from pipeline.scrape.results import Result
from pipeline.scrape.sources import Source, read_sources
from tests.crawls import CONTACT, run

pytestmark = pytest.mark.slow  # one crawl of all sites, for all tests

# Common quirks come in bundles of those that do not hide one another.
BUNDLES = (
    "single_quotes cut_titles frozen_today referer forced_gzip template_links gb18030",
    "cut_titles no_title_attribute duplicated_rows no_charset no_validators www_redirect no_length",
    "gb18030 no_charset soft_404 cookie_echo agent_403 robots_html",
)
# What a site does to its pages so that not all of them can be had, or so that it looks like it.
PAGES = frozenset({"repeated_pages", "page_cap", "wrong_total"})
HIDES = PAGES | {"window", "encrypted"}
NAMED = {Outcome.REPEATED_PAGE, Outcome.PAGE_CAP}


@dataclass(frozen=True, slots=True)
class Case:
    """A site and where a crawler begins."""

    family: str
    quirks: str = ""
    entry: str = "column"  # declared with its family; auto: a column whose family is to be found; home: the home page

    @property
    def host(self) -> str:
        words = " ".join((self.family, self.quirks, self.entry))
        return f"www.{re.sub('[ _]+', '-', words)[:40]}-{len(words)}.test"

    @property
    def marks(self) -> frozenset[str]:
        return frozenset(self.quirks.split())

    def site(self) -> Site:
        size = 2 if self.marks & PAGES else 3
        return battery_site(self.family, host=self.host, count=9, relevant=4, per_page=size, quirks=self.marks)


def cases() -> Iterator[Case]:
    """Yield every family with each quirk: its own and a bundle at a time, by one entrance or the other in turn."""
    for turn, family in enumerate(NAMES):
        entries = ("auto", "column") if family == "govcn" else ("auto", "home")  # its home page has no column of ours
        yield Case(family)
        own = sorted(kinds()[family].quirks)
        own += [""] * (len(BUNDLES) - len(own))
        for place, quirk in enumerate(own, turn):
            yield Case(family, f"{quirk} {BUNDLES[place % len(BUNDLES)]}".strip(), entries[place % 2])
        for place, quirk in enumerate(sorted(PAGES) if family != "feeds" else (), turn):
            yield Case(family, quirk, ("column", entries[1])[place % 2])


CASES = tuple(dict.fromkeys(cases()))
each_case = pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case.family} {case.quirks or 'plain'} {case.entry}"
)


@dataclass(frozen=True, slots=True)
class Home:
    """What a crawl brought home from a site, and what the site has."""

    site: Site
    result: Result
    rows: Mapping[str, Any]
    places: Mapping[str, str]  # key of a page, and the id of its document
    files: frozenset[str]  # keys of attachments that came
    repeats: tuple[tuple[str, int], ...]  # what was asked for twice though it came well the first time
    is_whole: bool  # the entrance leads to all columns of ours

    def listed(self) -> tuple[Article, ...]:
        """What the columns list that a crawler has to look at."""
        columns = self.site.columns[:2] if self.is_whole else self.site.columns[:1]
        return tuple(dict.fromkeys(article for column in columns for article in self.site.listed(column)))

    def keys(self, article: Article) -> frozenset[str]:
        """Every address of an article."""
        (one,) = self._gold(article).documents
        return frozenset(map(key_of, one))

    def file_keys(self, article: Article) -> tuple[frozenset[str], ...]:
        """Every address of each attachment."""
        return tuple(frozenset(map(key_of, one)) for one in self._gold(article).files)

    def _gold(self, article: Article) -> Any:
        return gold(replace(self.site, articles=(replace(article, is_relevant=True),)), kinds()[self.site.family])

    def unseen(self) -> list[str]:
        """Titles that no list brought."""
        return [article.title for article in self.listed() if not self.keys(article) & self.rows.keys()]


def entered(emulator: Emulator, chosen: Sequence[Case], folder: Path) -> tuple[Source, ...]:
    """Return the sources of cases as a user may write them: with less known, or another address of the same site."""
    told = []
    tables = sources_toml(emulator.sites, kinds(), connect=emulator.connect, delay_s=0.01).split("[[source]]\n")[1:]
    for case, table in zip(chosen, tables, strict=True):
        if case.entry != "column":
            table = re.sub('family = "[a-z0-9_]+"', 'family = "auto"', table)
        if case.entry == "home":
            table = re.sub('(entry = "http://[^/"]+/)[^"]*"', r'\1"', table)
        if "www_redirect" in case.quirks:
            table = table.replace('entry = "http://www.', 'entry = "http://')
        told.append(f"[[source]]\n{re.sub('expect = .*', 'expect = [0, 20]', table)}")
    (folder / "sources.toml").write_text("\n".join(told), encoding="utf-8")
    return read_sources(folder / "sources.toml").sources


def brought(tx: Any, case: Case, site: Site, result: Result, log: Log) -> Home:
    """Read what a workspace holds of a site."""
    own = result.source.id
    places = tx.execute(select(store.places).where(store.places.c.source_id == own)).all()
    parts = tx.execute(select(store.parts).where(store.parts.c.place_id.in_([place.id for place in places]))).all()
    steps = tx.execute(select(store.steps).where(store.steps.c.source_id == own)).all()
    tried_again = {unquote(urlunsplit(("", "", *urlsplit(step.url)[2:]))) for step in steps if step.seen}
    rows = tx.execute(select(store.rows).where(store.rows.c.source_id == own)).all()
    repeats = ((target, times) for host, _, target, times in log.repeats() if host == site.host)
    return Home(
        site,
        result,
        {row.key: row for row in rows},
        {place.key: place.document_id for place in places},
        frozenset(part.key for part in parts if part.outcome == Outcome.OK),
        tuple(each for each in repeats if unquote(each[0]) not in tried_again),
        case.entry == "home",
    )


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Case, Home]:
    """One crawl of all sites at once."""
    folder = tmp_path_factory.mktemp("families")
    sites = {case.host: case.site() for case in CASES}
    assert len(sites) == len(CASES)
    with Emulator(lambda week: sites) as emulator:
        crawled = run(entered(emulator, CASES, folder), folder / "work")
        with store.reading(folder / "work") as tx:
            pairs = zip(CASES, crawled.results, strict=True)
            return {case: brought(tx, case, sites[case.host], result, emulator.log) for case, result in pairs}


@pytest.fixture
def home(case: Case, homes: Mapping[Case, Home]) -> Home:
    return homes[case]


@each_case
def test_every_relevant_document_comes_home_and_nothing_else(home: Home) -> None:
    wanted = [article for article in home.listed() if article.is_relevant and home.keys(article) & home.rows.keys()]
    assert [article.title for article in wanted if not home.keys(article) & home.places.keys()] == []
    relevant = frozenset().union(*(home.keys(article) for article in home.site.articles if article.is_relevant))
    assert home.places.keys() - relevant == set()


@each_case
def test_all_attachments_of_a_document_come_with_it(home: Home) -> None:
    came = [
        article for article in home.site.articles if article.is_relevant and home.keys(article) & home.places.keys()
    ]
    files = [file for article in came for file in home.file_keys(article)]
    assert [sorted(file) for file in files if not file & home.files] == []
    assert home.files - frozenset().union(*files) == set()


@each_case
def test_a_document_that_stands_in_two_columns_is_one(home: Home) -> None:
    for article in home.site.articles:
        assert len({home.places[key] for key in home.keys(article) & home.places.keys()}) < 2
    relevant = [article for article in home.site.articles if home.keys(article) & home.places.keys()]
    assert len(set(home.places.values())) == len(relevant)


@each_case
def test_rows_have_their_own_date_and_the_whole_title(home: Home) -> None:
    articles = {key: article for article in home.site.articles for key in home.keys(article)}
    assert home.rows.keys() <= articles.keys()
    told = {key: (squeezed(row.title), row.published) for key, row in home.rows.items()}
    right = {key: (squeezed(articles[key].title), articles[key].published) for key in told}
    if {"cut_titles", "no_title_attribute"} <= home.site.quirks or home.site.has("sitemap"):
        for key in told.keys() - home.places.keys():  # only its article has it whole, which nobody asked for
            told[key] = (right[key][0], told[key][1])
    assert told == right


@each_case
def test_nothing_is_asked_for_twice(home: Home) -> None:
    assert home.repeats == ()


@each_case
def test_an_outcome_is_good_where_all_rows_were_seen(case: Case, home: Home) -> None:
    outcomes = {trouble.outcome for trouble in home.result.troubles}
    if home.unseen():
        assert NAMED & outcomes
    if case.marks & HIDES:
        assert outcomes <= NAMED  # also where a page was promised and is not there
    else:
        assert home.unseen() == []
        assert home.result.outcome in (Outcome.OK, Outcome.WRONG_TOTAL)
        assert outcomes == set()


def squeezed(title: str) -> str:
    """Return a title without blanks."""
    return "".join(title.split())


WEEK = timedelta(days=7)
FIRST = datetime(2025, 4, 7, 6, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Visits:
    """Two crawls of sites that do not change, a week apart."""

    requests: tuple[tuple[Record, ...], tuple[Record, ...]]  # of each
    stored: tuple[Any, Any]  # archive and snapshots after each
    lists: tuple[Any, ...]  # steps of the second crawl for pages of lists
    pages: frozenset[tuple[str, str]]  # host and target of all articles and files


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> Visits:
    folder = tmp_path_factory.mktemp("again")
    chosen = [Case(family) for family in NAMES]
    sites = {case.host: case.site() for case in chosen}
    requests, stored = [], []
    with Emulator(lambda week: sites) as emulator:
        sources = entered(emulator, chosen, folder)
        for now in (FIRST, FIRST + WEEK):
            emulator.log.clear()
            crawled = crawl(sources, folder / "work", Settings(contact=CONTACT), now=lambda now=now: now)
            assert [result.outcome for result in crawled.results] == [Outcome.OK] * len(sites)
            requests.append(emulator.log.records)
            with store.reading(folder / "work") as tx:
                snapshots = tx.execute(select(store.snapshots).order_by(store.snapshots.c.id)).all()
                steps = store.steps.c
                lists = tx.execute(select(store.steps).where(steps.run_id == crawled.run, steps.kind == "list")).all()
            archive = {path.name: path.read_bytes() for path in sorted((folder / "work" / "archive").iterdir())}
            stored.append((archive, snapshots))
    addresses = frozenset().union(*(gold(every(site), kinds()[site.family]).addresses for site in sites.values()))
    pages = frozenset((parts.netloc, re.sub("^http://[^/]+", "", parts.geturl())) for parts in map(urlsplit, addresses))
    return Visits(tuple(requests), tuple(stored), tuple(lists), pages)


def every(site: Site) -> Site:
    """A site all of whose articles are relevant."""
    return replace(site, articles=tuple(replace(article, is_relevant=True) for article in site.articles))


def test_a_second_visit_stores_nothing(visits: Visits) -> None:
    before, after = visits.stored
    assert after == before


def test_a_second_visit_asks_for_documents_only_whether_they_changed(visits: Visits) -> None:
    again = [record for record in visits.requests[1] if (record.host, record.target) in visits.pages]
    assert again != []
    assert [record.target for record in again if not (record.is_conditional and record.status == 304)] == []


def test_a_second_visit_asks_for_nothing_else_than_the_first_pages_of_lists(visits: Visits) -> None:
    asked, again = (
        {(key_of(f"http://{record.host}{record.target}"), record.form) for record in records}
        for records in visits.requests
    )
    assert again - asked == set()
    assert {step.state for step in visits.lists if step.about["page"] > 1} == {"held"}
    assert len(again) < len(asked)
