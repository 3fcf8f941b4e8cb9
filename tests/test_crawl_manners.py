"""How a crawl behaves, by the log of the server itself."""

from dataclasses import replace
from typing import Any

import pytest

from pipeline.emulator.battery import battery_site
from pipeline.emulator.log import Record
from pipeline.emulator.server import Emulator
from pipeline.emulator.site import Site
from pipeline.scrape.crawl import Crawled
from pipeline.scrape.outcomes import Outcome
from tests.crawls import CONTACT, run, sources_of

DELAY_S = 0.08
ASKED_S = 1.0  # by the robots.txt of the slow site


def site(name: str, family: str = "trs", **given: Any) -> Site:
    made = battery_site(family, host=f"www.{name}.test", count=12, relevant=5)
    return replace(made, **given)


SITES = {
    made.host: made
    for made in (
        site("plain-one"),
        site("hanweb-one", "hanweb"),
        site("vsb-one", "vsb"),
        site("slow", robots="User-agent: *\nCrawl-delay: 1\n", articles=site("slow").articles[:4]),
        site("closed", robots="User-agent: fazhi\nDisallow: /\n"),
        site("partly", robots="User-agent: *\nDisallow: /zwgk/fzzfjsndbg/\nAllow: /\n"),
        site("moved", quirks=frozenset({"www_redirect"})),
    )
}
Watched = tuple[Crawled, dict[str, tuple[Record, ...]], Emulator]


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    folder = tmp_path_factory.mktemp("manners")
    with Emulator(lambda week: SITES) as emulator:
        sources = sources_of(emulator, SITES, folder, delay_s=DELAY_S)
        bare = [replace(each, entry=each.entry.replace("www.moved", "moved")) for each in sources]
        result = run(tuple(bare), folder / "workspace")
        return result, {host: emulator.log.of(host) for host in emulator.log.hosts}, emulator


def test_no_host_is_asked_twice_at_once(watched: Watched) -> None:
    _, records, emulator = watched
    assert len(records) >= len(SITES)
    assert {host: emulator.log.overlaps(host) for host in records} == {host: () for host in records}


def test_the_delay_is_kept_from_the_end_of_one_request_to_the_next(watched: Watched) -> None:
    _, records, emulator = watched
    short = {host: min(emulator.log.gaps(host), default=DELAY_S) for host in records}
    assert {host: gap for host, gap in short.items() if gap < DELAY_S} == {}


def test_a_longer_delay_that_robots_txt_asks_for_is_kept(watched: Watched) -> None:
    _, records, emulator = watched
    (host,) = (each for each in records if "slow" in each)
    gaps = emulator.log.gaps(host)
    assert len(gaps) > 3
    assert min(gaps[1:]) >= ASKED_S  # the first one follows robots.txt itself, which had not said so yet


def test_what_robots_txt_forbids_is_not_asked_for(watched: Watched) -> None:
    result, records, _ = watched
    outcomes = {each.source.id: each for each in result.results}
    closed = [record.target for host in records if "closed" in host for record in records[host]]
    assert closed == ["/robots.txt"]
    assert outcomes["closed-test"].outcome is Outcome.ROBOTS
    partly = [record.target for host in records if "partly" in host for record in records[host]]
    assert "/robots.txt" in partly[0]
    assert [target for target in partly if target.startswith("/zwgk/fzzfjsndbg/")] == []
    assert outcomes["partly-test"].documents > 0


def test_nothing_is_fetched_twice(watched: Watched) -> None:
    assert watched[2].log.repeats() == ()


def test_every_request_says_who_asks_and_how_to_reach_them(watched: Watched) -> None:
    agents = {record.agent for records in watched[1].values() for record in records}
    assert len(agents) == 1
    assert next(iter(agents)).startswith("fazhi/")
    assert CONTACT in next(iter(agents))


def test_robots_txt_is_asked_for_once_and_first(watched: Watched) -> None:
    for records in watched[1].values():
        asked = [record for record in records if record.target == "/robots.txt" and record.status != 301]
        assert len(asked) == 1
        assert records[0].target == "/robots.txt"


def test_a_host_that_sends_on_to_www_is_asked_there_from_then_on(watched: Watched) -> None:
    result, records, _ = watched
    sent_on = [record.target for record in records["www.moved.test"] if record.status == 301]
    assert len(sent_on) == 2  # robots.txt, and the entry that named the other form
    assert next(each for each in result.results if "moved" in each.source.id).documents > 0
