"""With three responses in ten spoilt, everything that a patient person could get is got, once, and failures have names."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from pipeline import store
from pipeline.emulator.battery import battery_site
from pipeline.emulator.faults import ALL, Faults
from pipeline.emulator.server import Emulator
from pipeline.scrape.crawl import Crawled, Event, Settings, crawl
from pipeline.scrape.outcomes import Outcome
from tests.crawls import CONTACT, holdings, sources_of

FAMILIES = ("trs", "hanweb", "jpaas", "gkmlpt", "ucap", "vsb", "label8888", "plain")
SHARED = ("rows", "documents", "places", "parts", "sources")  # what two crawls agree on, whatever went wrong meanwhile
IMPATIENT = (2.0, 0.5)  # seconds to connect and to the next byte; the emulated silence is longer


@pytest.fixture(scope="module", params=[11, 12], ids="seed {}".format)
def crawled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Crawled, list[Event], Path, Path]:
    folder = tmp_path_factory.mktemp("faults")
    sites = {
        f"www.{family}.test": battery_site(family, host=f"www.{family}.test", count=16, relevant=6)
        for family in FAMILIES
    }
    events: list[Event] = []
    with Emulator(lambda week: sites) as emulator:
        crawl(sources_of(emulator, sites, folder), folder / "calm", Settings(contact=CONTACT))
    faults = Faults(0.3, ALL, seed=request.param, hold_s=1.0)
    with Emulator(lambda week: sites, faults=faults) as emulator:
        sources = sources_of(emulator, sites, folder)
        settings = Settings(contact=CONTACT, timeout_s=IMPATIENT)
        result = crawl(sources, folder / "spoilt", settings, watch=events.append)
        played = Counter(record.fault for record in emulator.log.records if record.fault)
    assert sum(played.values()) > 30
    assert len(played) > 10
    return result, events, folder / "calm", folder / "spoilt"


def test_all_is_got_in_spite_of_faults(crawled: tuple[Crawled, list[Event], Path, Path]) -> None:
    _, _, calm, spoilt = crawled
    here, there = holdings(calm), holdings(spoilt)
    assert {name: there[name] for name in SHARED} == {name: here[name] for name in SHARED}


def test_nothing_is_stored_twice(crawled: tuple[Crawled, list[Event], Path, Path]) -> None:
    held = holdings(crawled[3])
    repeated = {name: [row for row, times in Counter(held[name]).items() if times > 1] for name in SHARED}
    assert repeated == {name: [] for name in SHARED}
    assert [snapshot for snapshot, times in Counter(held["snapshots"]).items() if times > 1] == []


def test_each_failure_has_its_name(crawled: tuple[Crawled, list[Event], Path, Path]) -> None:
    _, events, _, spoilt = crawled
    failed = Counter(event.outcome for event in events if not event.outcome.is_good)
    of = store.troubles.c
    with store.reading(spoilt) as tx:
        named = Counter(
            {Outcome(row[0]): row[1] for row in tx.execute(select(of.outcome, func.count()).group_by(of.outcome))}
        )
        assert all(tx.execute(select(of.detail)).scalars())
    assert named == failed
    assert {Outcome.SERVER_ERROR, Outcome.BROKEN_RESPONSE, Outcome.UNREACHABLE, Outcome.CHALLENGE} <= set(named)
    assert Outcome.INTERNAL not in named
