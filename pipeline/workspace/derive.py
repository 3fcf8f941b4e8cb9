"""From bytes to versions: what is to be read, the reading of it, and a transaction for each document.

First the versions that other rules made, then the addresses whose bytes are new; so the old and the new bytes of a
document are held against each other under the same rules.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from pipeline import derived
from pipeline.analyze import analyze_file
from pipeline.guard import Late, run_each
from pipeline.inputs import Failure, Input
from pipeline.records import Analysis
from pipeline.workspace.arrivals import Arrival, Reading
from pipeline.workspace.departures import departed, returned, take_back, withdraw
from pipeline.workspace.events import Derivation, crawl_of
from pipeline.workspace.inputs import Found, Inputs, input_of
from pipeline.workspace.marks import read_mark
from pipeline.workspace.place import Workspace
from pipeline.workspace.upgrade import outdated, recheck
from pipeline.workspace.versions import paper_of

Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class Work:
    """How documents are read, and what could not be."""

    ws: Workspace
    derivation: Derivation
    jobs: int = 1
    time_limit: float | None = None
    progress: Progress | None = None
    failures: list[Failure] = field(default_factory=list)
    done: int = 0
    total: int = 0

    def read_each(self, todo: Sequence[tuple[Any, dict[str, Any], str]]) -> Iterator[tuple[Any, Reading]]:
        """Yield things with what reading their bytes came to, in their order, whatever the number of workers.

        Args:
            todo: things, where the bytes of each lie, and what it is called.
        """
        self.total += len(todo)
        inputs = [input_of(self.ws.archive, held) for _, held, _ in todo]
        for (thing, held, name), given, results in zip(todo, inputs, self._read(inputs), strict=True):
            reading = _reading(results)
            self.derivation.count("read")
            place = given.place.relative_to(self.ws.folder)
            self.failures += [Failure(place, f"{problem} ({held['url']})") for problem in reading.problems]
            yield thing, reading
            self.tell(name)

    def _read(self, inputs: Sequence[Input]) -> Iterator[Any]:
        if not inputs or (self.jobs == 1 and self.time_limit is None):
            yield from map(analyze_file, inputs)
            return
        for _, results in run_each(analyze_file, inputs, jobs=self.jobs, time_limit=self.time_limit):
            yield results

    def tell(self, name: str) -> None:
        """Tell who watches that something is done and stored."""
        self.done += 1
        if self.progress:
            self.progress(self.done, self.total, name)


def _reading(results: Any) -> Reading:
    if isinstance(results, Late):
        return Reading(problems=(results.reason,), is_late=True)
    papers = tuple(paper_of(each) for each in results if isinstance(each, Analysis))
    return Reading(papers, tuple(each.reason for each in results if isinstance(each, Failure)))


def apply_rules(work: Work) -> None:
    """Read the versions anew that other rules made."""
    with work.ws.writing() as tx:
        versions = outdated(tx, work.derivation.rules)
    for version, reading in work.read_each([(each, each.held, each.title) for each in versions]):
        with _storing(work) as tx:
            recheck(tx, work.derivation, version, reading)


def take_in(work: Work, inputs: Inputs) -> None:
    """Read what is new, and note what is gone and what came back."""
    with work.ws.writing() as tx:
        standings = tx.execute(select(derived.standings)).all()
    new = list(_new(standings, inputs))
    for found, reading in work.read_each([(each, dict(each.held), each.title or each.url) for each in new]):
        with _storing(work) as tx:
            Arrival(tx, work.derivation, inputs, found, reading).settle()
    for found in returned(standings, inputs):
        with _storing(work) as tx:
            take_back(tx, work.derivation, found)
    with work.ws.writing() as tx:
        empty = departed(tx, inputs)
    for publication in empty:
        with _storing(work) as tx:
            withdraw(tx, work.derivation, inputs, publication)
    _touch(work, inputs)


def _new(standings: Iterable[Any], inputs: Inputs) -> Iterator[Found]:
    """Yield the addresses whose bytes nobody read yet, in the order of the crawls and imports that saw them first.

    Which of two hosts answers a crawl first is chance, and must not decide which of two copies is the first.
    """
    known = {(each.source_id, each.key): read_mark(each.fingerprint) for each in standings}

    def turn(one: Found) -> tuple[str, str, str]:
        # Imports stand in the order in which they came, whatever they are called.
        seen = one.first_seen if one.is_import else crawl_of(inputs.starts, one.first_seen)
        return seen, one.source_id, one.source_id and one.key

    for found in sorted(inputs.found.values(), key=turn):
        mark = known.get((found.source_id, found.key))
        is_new = mark is None or not (found.gone or mark.has_bytes(found.content))
        if is_new and found.is_kept:
            yield found


@contextmanager
def _storing(work: Work) -> Iterator[Connection]:
    """Yield a transaction that stores what was counted in it as well."""
    with work.ws.writing() as tx:
        yield tx
        work.derivation.save(tx)


def _touch(work: Work, inputs: Inputs) -> None:
    """Note when what stands was seen last."""
    of, about = derived.standings, derived.publications
    with work.ws.writing() as tx:
        columns = (of.c.id, of.c.publication_id, of.c.source_id, of.c.key, of.c.last_seen)
        latest: dict[str, str] = {}
        moved = []
        for row in tx.execute(select(*columns).where(of.c.is_live)):
            found = inputs.found.get((row.source_id, row.key))
            seen = max(found.last_seen, row.last_seen) if found else row.last_seen
            latest[row.publication_id] = max(seen, latest.get(row.publication_id, ""))
            if seen != row.last_seen:
                moved.append({"which": row.id, "seen": seen})
        known = {row.id: row.last_seen for row in tx.execute(select(about.c.id, about.c.last_seen))}
        told = [{"which": each, "seen": seen} for each, seen in latest.items() if seen > known[each]]
        for table, rows in ((of, moved), (about, told)):
            if rows:
                changed = update(table).where(table.c.id == bindparam("which")).values(last_seen=bindparam("seen"))
                tx.execute(changed, rows)
