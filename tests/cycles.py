"""What tests of whole weeks share: a clock that is driven, the weekly cycle, and a run of the demo.

The cycle calls what the commands call: `crawl`, `run_workspace`, `make_digest` and `deliver`. A week is
crawled and read on its Sunday, and told of on Monday morning.
"""

import atexit
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from pipeline.config import Config
from pipeline.digest.build import Built
from pipeline.scrape.crawl import Crawled, Settings, crawl
from pipeline.scrape.sources import Source
from pipeline.weekly import deliver, make_digest
from pipeline.weeks import CHINA, of_day
from pipeline.workspace.place import open_workspace
from pipeline.workspace.run import Ran, run_workspace

CONTACT = "tests@fazhi.test"
TIMEOUT_S = (5.0, 1.0)  # to connect and to the next byte: some sites fall silent, and a busy machine is none of them
HOSTS_AT_ONCE = 8
CRAWL, RUN, DIGEST, DELIVER = "crawl", "run", "digest", "deliver"
PHASES = (CRAWL, RUN, DIGEST, DELIVER)
AT = {CRAWL: time(20), RUN: time(21), DIGEST: time(7), DELIVER: time(7, 5)}
# Where a record lies in the archive depends on the order in which threads wrote, and on the length of random ids.
SPOT = re.compile(rb"crawl-\d{4}\.warc\.gz\W{0,3}\d+")


def moment(day: date, phase: str) -> datetime:
    """When a phase of the week that ends with *day* takes place, in UTC."""
    on = day if phase in (CRAWL, RUN) else day + timedelta(days=1)
    return datetime.combine(on, AT[phase], CHINA).astimezone(UTC)


# -- the cycle -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Lived:
    """A week that was crawled, read and told of."""

    crawled: Crawled
    ran: Ran
    built: Built


def crawl_week(sources: tuple[Source, ...], config: Config, day: date, db: str = "") -> Crawled:
    """Crawl, on the Sunday of a week."""
    settings = Settings(contact=CONTACT, timeout_s=TIMEOUT_S, hosts_at_once=HOSTS_AT_ONCE)
    return crawl(sources, config.workspace, settings, now=lambda: moment(day, CRAWL), db=db)


def run_week(config: Config, day: date, db: str = "") -> Ran:
    """Take in what the crawl brought."""
    with open_workspace(config.workspace, db) as workspace:
        return run_workspace(workspace, references=config.references, time_limit=None, now=lambda: moment(day, RUN))


def tell_week(config: Config, day: date, db: str = "") -> Built:
    """Build the digest of a week, on the morning after."""
    with open_workspace(config.workspace, db) as workspace:
        return make_digest(workspace, config, of_day(day), now=lambda: moment(day, DIGEST), tell=print)


def deliver_week(config: Config, day: date, db: str = "") -> bool:
    """Send the digest of a week, and what was left of others."""
    with open_workspace(config.workspace, db) as workspace:
        built = make_digest(workspace, config, of_day(day), now=lambda: moment(day, DIGEST), tell=print)
        return deliver(workspace, config, built, now=lambda: moment(day, DELIVER), tell=print)


def live_week(sources: tuple[Source, ...], config: Config, day: date, db: str = "") -> Lived:
    """Crawl, read and tell of a week."""
    return Lived(crawl_week(sources, config, day, db), run_week(config, day, db), tell_week(config, day, db))


# -- the demo --------------------------------------------------------------------------------------------------------


@cache
def demo_run() -> tuple[Path, str]:
    """The folder and the message of a demo that was run from the command line, once for all tests."""
    from typer.testing import CliRunner

    from pipeline.cli import app

    folder = Path(mkdtemp(prefix="fazhi-demo-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    result = CliRunner().invoke(app, ["demo", "-o", str(folder / "demo-output")])
    assert result.exit_code == 0, result.output or result.exc_info
    return folder / "demo-output", result.output
