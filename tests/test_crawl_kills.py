"""Killed at any moment and started again, a crawl loses nothing, stores nothing twice, and ends as if nobody had."""

import random
from pathlib import Path

import pytest

from pipeline.emulator.battery import battery_site
from pipeline.emulator.server import Emulator
from tests.crawls import holdings, run, sources_of, start

FAMILIES = ("trs", "hanweb", "gkmlpt", "vsb", "label8888", "plain")
KILLS = 50
LONGEST_S = 0.6  # of a crawl's life; a whole crawl takes several seconds


@pytest.mark.slow
def test_a_crawl_killed_fifty_times_ends_as_an_undisturbed_one(tmp_path: Path) -> None:
    sites = {f"www.{family}.test": battery_site(family, host=f"www.{family}.test") for family in FAMILIES}
    chance = random.Random(20261122)
    with Emulator(lambda week: sites) as emulator:
        sources = sources_of(emulator, sites, tmp_path, delay_s=0.05)
        run(sources, tmp_path / "undisturbed")
        kills = 0
        while kills < KILLS:
            process = start(sources, tmp_path / "killed")
            process.join(chance.uniform(0.02, LONGEST_S))
            assert process.exitcode is None, f"the crawl ended after {kills} kills: the site is too small"
            process.kill()
            process.join()
            kills += 1
        run(sources, tmp_path / "killed")
    assert holdings(tmp_path / "killed") == holdings(tmp_path / "undisturbed")
