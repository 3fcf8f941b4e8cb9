"""A crawl by a clock that is driven: everything that came is dated by it, and every pause is a real one all the same."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from pipeline import store
from pipeline.emulator.battery import battery_site
from pipeline.emulator.server import Emulator
from pipeline.emulator.site import Site
from pipeline.moments import stamp
from pipeline.scrape.crawl import Crawled, Settings, crawl
from pipeline.scrape.outcomes import Outcome
from pipeline.scrape.patience import FIRST_PAUSE, MOST_TRIES
from tests.crawls import CONTACT, sources_of

SUNDAY = datetime(2027, 2, 7, 12, tzinfo=UTC)
DELAY_S = 0.02


def site(*quirks: str) -> Mapping[str, Site]:
    host = "www.plain.test"
    return {host: battery_site("plain", host=host, count=6, relevant=3, quirks=quirks)}


def lived(tmp_path: Path, quirk: str, *moments: datetime) -> tuple[list[Crawled], Emulator]:
    """Crawls of a site, each by a clock that stands still."""
    sites = site(*filter(None, [quirk]))
    with Emulator(lambda week: sites) as emulator:
        sources = sources_of(emulator, sites, tmp_path, delay_s=DELAY_S)
        found = [
            crawl(sources, tmp_path / "workspace", Settings(contact=CONTACT), now=lambda at=at: at) for at in moments
        ]
        return found, emulator


def test_what_came_is_dated_by_the_clock_that_is_driven(tmp_path: Path) -> None:
    lived(tmp_path, "", SUNDAY)
    columns = (
        store.snapshots.c.fetched,
        store.places.c.first_seen,
        store.documents.c.first_seen,
        store.sources.c.checked,
    )
    with store.reading(tmp_path / "workspace") as tx:
        assert {told for column in columns for (told,) in tx.execute(select(column))} == {stamp(SUNDAY)}


def test_a_clock_that_stands_still_does_not_hold_up_what_is_tried_again(tmp_path: Path) -> None:
    (crawled,), emulator = lived(tmp_path, "always_500", SUNDAY)
    assert crawled.results[0].outcome is Outcome.SERVER_ERROR
    (host,) = emulator.log.hosts
    asked = [record for record in emulator.log.of(host) if record.target != "/robots.txt"]
    assert len(asked) == MOST_TRIES


def test_pauses_before_another_try_are_real_ones_and_double(tmp_path: Path) -> None:
    _, emulator = lived(tmp_path, "always_500", SUNDAY)
    (host,) = emulator.log.hosts
    gaps = emulator.log.gaps(host)[1:]  # the first one follows robots.txt
    wanted = [FIRST_PAUSE * 2**number * DELAY_S for number in range(3)]
    assert [gap >= pause for gap, pause in zip(gaps, wanted, strict=False)] == [True] * len(wanted)


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(timedelta(weeks=1), id="a week later"),
        pytest.param(timedelta(0), id="at the same moment"),
        pytest.param(-timedelta(days=3), id="a clock that was put back does not hold up the crawl for days"),
    ],
)
def test_a_second_crawl_is_not_held_up_by_what_the_clock_shows(tmp_path: Path, later: timedelta) -> None:
    first, second = lived(tmp_path, "", SUNDAY, SUNDAY + later)[0]
    assert (second.documents, second.new, second.is_good) == (first.documents, 0, True)
