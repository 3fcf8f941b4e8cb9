"""Two hundred hosts crawled at once by one process: at what share of the rate that the delays allow, in what memory.

The sites are played by a process of their own. Figures are the server's: a host with a delay of d seconds allows a
request every d seconds.
"""

import multiprocessing
import resource
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.emulator.battery import battery_site
from pipeline.emulator.families import kinds
from pipeline.emulator.server import Emulator
from pipeline.emulator.site import Site
from pipeline.emulator.world import sources_toml
from pipeline.scrape.crawl import Settings, crawl
from pipeline.scrape.sources import read_sources

HOSTS, DELAY_S = 200, 3.0  # the delay is that of a source that says nothing else
FAMILIES = ("trs", "hanweb", "jpaas", "ucap", "vsb")
APART = multiprocessing.get_context("spawn")


@dataclass(frozen=True)
class Served:
    """What the server saw."""

    requests: int
    rate: float  # share of what the delays allow, mean over the hosts
    least: float  # of a host
    overlaps: int  # requests that began while another one to their host was under way
    shortest_gap_s: float
    repeats: int


def sites(hosts: int) -> Mapping[str, Site]:
    """Return as many sites of a few families, with 40 articles each."""
    models = [battery_site(family, host=f"www.{family}.test") for family in FAMILIES]
    names = [f"www.h{number}.test" for number in range(hosts)]
    return {name: replace(models[number % len(models)], host=name) for number, name in enumerate(names)}


def serve(hosts: int, delay_s: float, told: "Queue[Any]", done: Event) -> None:
    """Play the sites until told to stop; then say what was seen."""
    played = sites(hosts)
    with Emulator(lambda week: played) as emulator:
        told.put(emulator.connect)
        done.wait()
        log = emulator.log
        seen = [log.of(host) for host in log.hosts]
        rates = [(len(each) - 1) * delay_s / (each[-1].start - each[0].start) for each in seen if len(each) > 2]
        gaps = [gap for host in log.hosts for gap in log.gaps(host)]
        overlaps = sum(len(log.overlaps(host)) for host in log.hosts)
        told.put(Served(len(log.records), mean(rates), min(rates), overlaps, min(gaps), len(log.repeats())))


def measure(hosts: int = HOSTS, delay_s: float = DELAY_S) -> tuple[Served, float, float, int]:
    """Crawl; return what the server saw, seconds, seconds of CPU, and documents."""
    told: Queue[Any] = APART.Queue()
    done = APART.Event()
    server = APART.Process(target=serve, args=(hosts, delay_s, told, done), daemon=True)
    server.start()
    connect = told.get()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sources.toml"
        path.write_text(sources_toml(sites(hosts), kinds(), connect=connect, delay_s=delay_s), encoding="utf-8")
        started, cpu = time.perf_counter(), time.process_time()
        crawled = crawl(read_sources(path).sources, Path(folder) / "workspace", Settings(contact="bench@fazhi.test"))
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    done.set()
    served = told.get()
    server.join()
    return served, seconds, cpu, sum(result.documents for result in crawled.results)


def run(hosts: int = HOSTS, delay_s: float = DELAY_S) -> None:
    """Print what a crawl of many hosts at once costs."""
    served, seconds, cpu, documents = measure(hosts, delay_s)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000)  # MB
    print(
        f"{hosts} hosts at once, {delay_s:g} s between requests to each: {served.requests} requests, {documents} documents"
    )
    print(
        f"  {served.rate:.1%} of the rate that the delays allow (least of a host {served.least:.1%}), in {seconds:.0f} s"
    )
    print(f"  {1000 * cpu / served.requests:.1f} ms of CPU a request; memory of the process at most {peak:.0f} MB")
    print(
        f"  {served.overlaps} requests at once to a host, shortest gap {served.shortest_gap_s:.2f} s, "
        f"{served.repeats} fetched twice"
    )


if __name__ == "__main__":
    run(*(int(sys.argv[1]), float(sys.argv[2])) if len(sys.argv) > 2 else ())
