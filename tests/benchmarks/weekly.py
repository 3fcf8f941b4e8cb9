"""The time of a weekly run on fifty sources after two years: crawl, run and digest apart, with nothing new and with ten changes.

The two years are played in steps of four weeks, so that everything that happened in them is there, and the figures are
those of two more weeks. The sites are played by a process of their own and asked without delay: a real crawl waits for
the delays of its sites, which no computer makes shorter.
"""

import time
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from pipeline.config import Config
from pipeline.scrape.sources import read_sources
from pipeline.workspace.place import open_workspace
from pipeline.workspace.run import run_workspace
from tests.cycles import RUN, crawl_week, live_week, moment, tell_week
from tests.years import PLAN, WEEKS, Deed, Plan, sites, sunday, two_years, write_sources

STEP = 4  # weeks
QUIET, BUSY = WEEKS + 1, WEEKS + 2
CHANGES = 10
T = TypeVar("T")


def plan() -> Plan:
    """Two years, and a week in which ten documents are edited that stand there still."""
    years = two_years()
    gone = {(deed.county, deed.paper) for deed in years.deeds if deed.kind == "vanish"}
    still = [county for county in years.counties if (county.number, (PLAN, 2024)) not in gone][:CHANGES]
    edits = [Deed(BUSY, county.number, "edit", (PLAN, 2024), {"edit": 0}) for county in still]
    return Plan(years.counties, (*years.deeds, *edits))


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds that a call takes, and what it returns."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def run() -> None:
    """Print what a weekly run costs."""
    with TemporaryDirectory() as name, sites(plan) as remote:
        folder, counties = Path(name), plan()
        config = Config(workspace=folder / "workspace")
        sources = read_sources(write_sources(counties, folder / "sources.toml", connect=remote.connect)).sources
        for week in range(1, WEEKS + 1, STEP):
            remote.set_week(week)
            with redirect_stdout(StringIO()):  # a digest tells what it says
                live_week(sources, config, sunday(week))
        print(f"a weekly run on {len(sources)} sources after two years")
        for week, about in ((QUIET, "nothing new"), (BUSY, f"{CHANGES} changes")):
            remote.set_week(WEEKS if week == QUIET else week)
            day = sunday(week)
            crawl_s, crawled = timed(lambda day=day: crawl_week(sources, config, day))
            with open_workspace(config.workspace) as workspace:
                run_s, ran = timed(lambda day=day: run_workspace(workspace, now=lambda: moment(day, RUN)))
            with redirect_stdout(StringIO()):
                digest_s, _ = timed(lambda day=day: tell_week(config, day))
            print(
                f"  {about:<12} {crawl_s + run_s + digest_s:6.1f} s: crawl {crawl_s:.1f} s, run {run_s:.1f} s "
                f"({ran.changed} of {crawled.documents} documents changed), digest {digest_s:.1f} s"
            )


if __name__ == "__main__":
    run()
