"""Two simulated years of fifty counties: each thing that happens is told once in its week, and nothing grows by itself."""

import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from statistics import correlation, linear_regression
from time import perf_counter

import pytest
from sqlalchemy import func, select, text

from pipeline import derived, store
from pipeline.config import Config
from pipeline.digest.build import build_digest
from pipeline.scrape.sources import read_sources
from pipeline.weeks import of_day
from pipeline.workspace.place import Workspace, open_workspace
from tests.cycles import DIGEST, live_week, moment
from tests.years import COUNTIES, WEEKS, Plan, sites, sunday, two_years, write_sources

NEWS = (
    "new",
    "changed",
    "withdrawn",
    "moved",
    "came_back",
    "source_silent",
    "source_blocked",
    "source_layout",
    "source_good",
)
QUIET_ROWS = 3  # of a week in which nothing happens: the crawl, the run and the digest themselves
BRIEF = ("step", "sighting", "trouble")  # tables whose rows are dropped again


@dataclass
class Years:
    """What was lived through."""

    plan: Plan
    config: Config
    added: dict[int, int] = field(default_factory=dict)  # rows, by week
    used: dict[int, int] = field(default_factory=dict)  # bytes of the database at the end of a week
    digests: dict[str, dict[str, str]] = field(default_factory=dict)  # sha256 of each file, by week
    seconds: Counter[str] = field(default_factory=Counter)


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Years:
    folder = tmp_path_factory.mktemp("years")
    lived = Years(two_years(COUNTIES), Config(workspace=folder / "workspace"))
    before = 0
    with sites(partial(two_years, COUNTIES)) as remote:
        sources = read_sources(write_sources(lived.plan, folder / "sources.toml", connect=remote.connect)).sources
        for week in range(1, WEEKS + 1):
            remote.set_week(week)
            start = perf_counter()
            built = live_week(sources, lived.config, sunday(week)).built
            lived.seconds["weeks"] += perf_counter() - start
            rows, lived.used[week] = measure(lived.config)
            lived.added[week], before = rows - before, rows
            lived.digests[str(built.week)] = digests_of(built.files[""])
    return lived


def digests_of(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: sha256(content).hexdigest() for name, content in sorted(files.items())}


def measure(config: Config) -> tuple[int, int]:
    """Return how many rows the database of a workspace has, and how many bytes these take."""
    with open_workspace(config.workspace) as workspace, workspace.engine.connect() as tx:
        tables = [table for table in store.schema.sorted_tables if table.name not in BRIEF]
        rows = sum(tx.execute(select(func.count()).select_from(table)).scalar_one() for table in tables)
        pages, free, size = (
            tx.execute(text(f"PRAGMA {name}")).scalar_one() for name in ("page_count", "freelist_count", "page_size")
        )
    return rows, (pages - free) * size


def told(years: Years) -> Iterator[tuple[str, str, str, str]]:
    """Every event with the week of the digest that tells it: week, kind, id of the source, title of the document."""
    of, publication, standing = derived.events.c, derived.publications.c, derived.standings.c
    home = select(func.min(standing.source_id)).where(standing.publication_id == publication.id).scalar_subquery()
    query = select(of.digest_week, of.kind, of.source_id, publication.title, home.label("home")).join_from(
        derived.events, derived.publications, isouter=True
    )
    with open_workspace(years.config.workspace) as workspace, workspace.engine.connect() as tx:
        for row in tx.execute(query):
            yield row.digest_week, row.kind, row.source_id or row.home, row.title or ""


@pytest.mark.slow
def test_what_happens_is_told_once_in_the_digest_of_its_week(years: Years) -> None:
    found = defaultdict(list)
    for week, kind, source, title in told(years):
        found[kind, source, title].append(week)
    wanted = defaultdict(list)
    for one in years.plan.told:
        wanted[one.kind, years.plan.counties[one.county].source, one.title].append(one)
    wrong = []
    for key in sorted(found.keys() | wanted.keys()):
        weeks, due = sorted(found[key]), wanted[key]
        late = [
            not str(of_day(sunday(one.week))) <= week <= str(of_day(sunday(one.week + one.within)))
            for week, one in zip(weeks, due, strict=False)
        ]
        if len(weeks) != len(due) or any(late):
            wrong.append((key, weeks, [str(of_day(sunday(one.week))) for one in due]))
    assert wrong == []


@pytest.mark.slow
def test_each_digest_tells_the_news_of_its_week_and_no_other(years: Years) -> None:
    expected = Counter((week, kind) for week, kind, _, _ in told(years) if kind in NEWS)
    for week in years.digests:
        digest = json.loads((years.config.workspace / "digests" / week / "digest.json").read_text(encoding="utf-8"))
        news = {line["event"] for line in digest["lines"] if line["is_news"]}
        assert (
            len(news) == digest["counts"]["news"] == sum(count for (each, _), count in expected.items() if each == week)
        )


@pytest.mark.slow
def test_a_week_in_which_nothing_happens_adds_three_rows(years: Years) -> None:
    quiet = [week for week in range(2, WEEKS + 1) if not years.plan.changes(week) and not is_within(years.plan, week)]
    assert len(quiet) >= 5
    assert {years.added[week] for week in quiet} == {QUIET_ROWS}


def is_within(plan: Plan, week: int) -> bool:
    """Whether something that was done before may be seen only in this week."""
    return any(one.week < week <= one.week + one.within for one in plan.told)


@pytest.mark.slow
def test_the_database_grows_by_what_documents_came_or_changed_and_by_nothing_else(years: Years) -> None:
    weeks = range(2, WEEKS + 1)
    versions = [years.plan.versions(week) for week in weeks]
    rows = [years.added[week] for week in weeks]
    slope, constant = linear_regression(versions, rows)
    assert correlation(versions, rows) > 0.98
    assert constant < slope / 4
    halves = [growth(years, 2, WEEKS // 2), growth(years, WEEKS // 2, WEEKS)]
    assert max(halves) / min(halves) < 1.25


def growth(years: Years, first: int, last: int) -> float:
    """By how many bytes the database grew from the end of one week to that of another, for each new version."""
    return (years.used[last] - years.used[first]) / sum(
        years.plan.versions(week) for week in range(first + 1, last + 1)
    )


@pytest.mark.slow
def test_every_digest_is_built_again_to_the_byte(years: Years) -> None:
    shutil.rmtree(years.config.workspace / "digests")
    with open_workspace(years.config.workspace) as workspace:
        again = {week: rebuilt(workspace, years.config, number) for number, week in enumerate(years.digests, start=1)}
    assert again == years.digests


def rebuilt(workspace: Workspace, config: Config, number: int) -> dict[str, str]:
    day = sunday(number)
    return digests_of(build_digest(workspace, of_day(day), config, now=lambda: moment(sunday(WEEKS), DIGEST)).files[""])
