"""A crawl comes to the same whatever database it works with, and a week in which nothing happened costs it one row."""

import io
import random
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import func, select

from pipeline import store
from pipeline.crawled import TABLES
from pipeline.databases import CRAWLING, RUNNING, alone, connect
from pipeline.doctor import check_workspace
from pipeline.emulator.battery import battery_site
from pipeline.emulator.server import Emulator
from pipeline.emulator.site import Site
from pipeline.emulator.world import demo_world
from pipeline.errors import InputError
from pipeline.scrape.command import Asked, run_crawl
from pipeline.scrape.crawl import Settings, crawl
from pipeline.scrape.ledger import KEPT_RUNS
from pipeline.scrape.lock import only_one
from pipeline.scrape.sources import Source
from tests.crawls import CONTACT, holdings, run, sources_of, start
from tests.databases import within

Database = tuple[Path, str]

CHOSEN = ("zhanpu", "yuwu", "luxi")  # a changed plan, a report that vanished, a challenge in front of all
MONDAY = datetime(2026, 3, 2, 2, tzinfo=UTC)


def world(week: int) -> Mapping[str, Site]:
    return {host: site for host, site in demo_world(week).items() if any(name in host for name in CHOSEN)}


def good_world(week: int) -> Mapping[str, Site]:
    return {host: site for host, site in world(week).items() if "luxi" not in host}


@pytest.mark.slow
def test_a_crawl_comes_to_the_same_on_any_database(database: Database, tmp_path: Path) -> None:
    folder, url = database
    with Emulator(good_world) as emulator:
        sources = sources_of(emulator, good_world(1), tmp_path)
        for week in (1, 1, 2):
            emulator.set_week(week)
            other = run(sources, tmp_path / "other")
            crawled = run(sources, folder, url)
            assert (crawled.documents, crawled.new) == (other.documents, other.new)
            assert holdings(folder, url) == holdings(tmp_path / "other")
    told, expected = check_workspace(folder, url), check_workspace(tmp_path / "other")
    assert [line.split()[0] for line in told.lines] == [line.split()[0] for line in expected.lines]
    assert told.problems == expected.problems == ()


def test_a_crawl_into_postgresql_that_is_killed_again_and_again_ends_as_an_undisturbed_one(
    postgres: str, tmp_path: Path
) -> None:
    sites = {"www.yunling.test": battery_site("trs", host="www.yunling.test")}
    chance = random.Random(20261122)
    with Emulator(lambda week: sites) as emulator:
        sources = sources_of(emulator, sites, tmp_path, delay_s=0.02)
        run(sources, tmp_path / "undisturbed")
        for _ in range(5):
            process = start(sources, tmp_path / "killed", postgres)
            process.join(chance.uniform(0.3, 0.8))
            process.kill()
            process.join()
        run(sources, tmp_path / "killed", postgres)
    assert holdings(tmp_path / "killed", postgres) == holdings(tmp_path / "undisturbed")
    assert [problem for problem in check_workspace(tmp_path / "killed", postgres).problems if "归档" in problem] == []


def test_a_page_that_the_archive_lost_is_told_and_asked_for_anew(database: Database, tmp_path: Path) -> None:
    folder, url = database
    sites = {"www.yunling.test": battery_site("plain", host="www.yunling.test", count=6, relevant=3)}
    with Emulator(lambda week: sites) as emulator:
        sources = sources_of(emulator, sites, tmp_path)
        run(sources, folder, url)
        before = holdings(folder, url)
        (archive,) = (folder / "archive").glob("*.warc.gz")
        archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
        assert any("归档文件不完整" in problem for problem in check_workspace(folder, url).problems)
        assert run(sources, folder, url).lost > 0
    after = holdings(folder, url)
    assert after["documents"] == before["documents"]
    assert not any("归档" in problem for problem in check_workspace(folder, url).problems)


# Two at once


def test_one_crawl_works_in_a_database_from_whatever_folder(postgres: str, tmp_path: Path) -> None:
    store.open_store(tmp_path / "here", postgres).dispose()
    shutil.copytree(tmp_path / "here", tmp_path / "on another machine")
    with (
        only_one(tmp_path / "here", postgres),
        pytest.raises(InputError, match="expected to be the only crawl in it, but another one is running") as failed,
        only_one(tmp_path / "on another machine", postgres),
    ):
        pass
    assert str(failed.value).startswith("postgresql://")
    with only_one(tmp_path / "on another machine", postgres):
        pass


def test_one_crawl_works_in_a_folder(database: Database) -> None:
    folder, url = database
    with (
        only_one(folder, url),
        pytest.raises(InputError, match="workspace: expected to be the only crawl in it"),
        only_one(folder, url),
    ):
        pass


def test_crawls_into_two_schemas_of_one_database_do_not_wait_for_one_another(postgres: str) -> None:
    engines = []
    server = connect(postgres)
    for name in ("one", "other"):
        with server.begin() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA {name}")
        engines.append(connect(within(postgres, name)))
    with alone(engines[0], CRAWLING) as first, alone(engines[1], CRAWLING) as second, alone(engines[0], RUNNING) as run:
        assert (first, second, run) == (True, True, True)
        with alone(engines[0], CRAWLING) as third:
            assert not third
    with alone(engines[0], CRAWLING) as again:
        assert again
    for engine in (server, *engines):
        engine.dispose()


# Rehearsals


def test_a_rehearsal_knows_what_the_database_knows_and_leaves_it_alone(database: Database, tmp_path: Path) -> None:
    folder, url = database
    with Emulator(world) as emulator:
        sources = sources_of(emulator, {host: site for host, site in world(1).items() if "zhanpu" in host}, tmp_path)
        asked = Asked(folder, tmp_path / "sources.toml", is_dry=True, db=url, contact=CONTACT)
        before_any = rehearse(asked)
        assert not store.is_there(folder, url)
        run(sources, folder, url)
        held = holdings(folder, url)
        emulator.set_week(2)
        told = rehearse(asked)
    assert holdings(folder, url) == held
    assert not any("已有" in line for line in before_any)
    assert any(line.startswith("  采集  ") for line in before_any)
    assert any("已有，核对是否更新" in line for line in told)


def rehearse(asked: Asked) -> list[str]:
    lines: list[str] = []
    run_crawl(asked, tell=lines.append, complain=lines.append, console=Console(file=io.StringIO()))
    return lines


# Growth


def weekly(sources: tuple[Source, ...], folder: Path, url: str, weeks: range) -> list[dict[str, int]]:
    """Crawl once a week by a driven clock; return how many rows each table has after each."""
    counts = []
    for week in weeks:
        settings = Settings(contact=CONTACT)
        crawl(sources, folder, settings, now=lambda week=week: MONDAY + timedelta(weeks=week), db=url)
        with store.reading(folder, url) as tx:
            counts.append(
                {table.name: int(tx.execute(select(func.count()).select_from(table)).scalar() or 0) for table in TABLES}
            )
    return counts


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in (folder / "archive").glob("*.warc.gz"))


@pytest.mark.slow
def test_a_week_in_which_nothing_happened_costs_a_row(database: Database, tmp_path: Path) -> None:
    folder, url = database
    with Emulator(world) as emulator:
        emulator.set_week(2)  # a site that fails again and again must not pile up either
        sources = sources_of(emulator, world(1), tmp_path)
        settled = KEPT_RUNS + 3  # runs, after which the oldest of them are forgotten
        counts = weekly(sources, folder, url, range(settled))
        size = size_of(folder)
        counts += weekly(sources, folder, url, range(settled, settled + 5))
    base = counts[settled - 1]
    grown = [{name: many - base[name] for name, many in later.items()} for later in counts[settled:]]
    assert [each.pop("run") for each in grown] == [1, 2, 3, 4, 5]
    moving = {name for each in grown for name, more in each.items() if more > 0}
    bounded = {"step", "sighting", "trouble"}  # of the last runs: full passes have more of them than others
    assert moving <= bounded
    for name in bounded:
        assert max(each[name] for each in counts[settled:]) <= max(each[name] for each in counts[:settled])
    assert size_of(folder) == size
    assert any(problem.startswith("luxi") for problem in check_workspace(folder, url).problems)
