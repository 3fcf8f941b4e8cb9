"""The book of a crawl: what is to be done, what was done, and what came of it, a transaction a step.

Whatever a step brought (bytes, rows, further steps) is stored at once or not at all. One process writes, its threads
one after the other; the bytes of a record are on their way to the disk before the transaction that names them ends.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, or_, select, update

from pipeline import store
from pipeline.errors import InputError
from pipeline.moments import moment, stamp, week_of
from pipeline.scrape.client import Response, Validators
from pipeline.scrape.evidence import FOLDER, Evidence, Spot, response_record, revisit_record
from pipeline.scrape.outcomes import Outcome
from pipeline.scrape.queries import FIRST_SAME, KNOWN, LAST_ALIKE, NEXT_STEP, NEXT_TIME
from pipeline.scrape.records import Request
from pipeline.scrape.sources import Source
from pipeline.scrape.work import Step, Task, request_key

RESUMED_WITHIN = timedelta(days=3)  # an older run is closed, and what it left undone goes to the next
TO_DO = ("waiting", "parked")
LISTED = "sources"  # key in `run.options`: the ids of all sources, where a run found others than the one before
KEPT_RUNS = 2  # whose steps are kept; what came of older ones stands in the other tables


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about an address."""

    validators: Validators
    url: str = ""
    snapshot: int | None = None  # the last good one
    spot: Spot | None = None  # where its bytes are
    media: str = ""
    target: str = ""  # of a redirect
    is_fresh: bool = False  # asked for in this run, and well answered


@dataclass(frozen=True, slots=True)
class Host:
    """What is known about a host."""

    name: str
    origin: str = ""
    robots: str | None = None
    robots_status: int | None = None
    robots_at: datetime | None = None
    asked_at: datetime | None = None
    week: str = ""
    requests: int = 0
    refusals: int = 0
    resting_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """The requests that a step made, or what it found without one."""

    host: str
    ended: datetime
    hops: tuple[Response, ...] = ()  # redirects on the way
    answer: Response | None = None
    requests: int = 0  # those that brought no response too
    reused: int | None = None  # snapshot of this run that stands for the answer


class Ledger:
    """The store of a workspace as a crawl uses it: a method, a transaction; any thread may call it."""

    def __init__(self, workspace: Path, db: str = "") -> None:
        self.engine = store.open_store(workspace, db)
        self.lock = threading.RLock()
        self._connection = store.writer(self.engine)
        self._is_in_doubt = False
        ends: dict[str, int] = {}
        with self._connection.begin():
            ends.update(
                (row.file, row.end)
                for row in self._connection.execute(select(store.archives.c.file, store.archives.c.end))
            )
        self.evidence = Evidence(workspace / FOLDER, ends)
        self.lost = self._recover()
        self.run = 0
        self.is_resumed = False

    def close(self) -> None:
        """Bring everything to the disk."""
        with self.lock:
            self.evidence.close()
            self._connection.close()
            self.engine.dispose()

    def _recover(self) -> int:
        """Forget snapshots whose bytes a failing machine lost; returns how many, which will be asked for anew."""
        lost = 0
        of = store.snapshots.c
        for file, end in self.evidence.recover().items():
            with self._connection.begin():
                place = store.places.c
                told = (place.told_file == file) & (place.told_offset >= end)
                self._connection.execute(update(store.places).where(told).values(told_file="", told_offset=None))
                lost += self._lose(self._connection, (of.file == file) & (of.offset >= end))
                store.put(self._connection, store.archives, {"file": file}, {"end": end})
        return lost

    def forget(self, snapshot: int) -> None:
        """Note that the bytes of a snapshot cannot be read any more; its address will be asked as if never before."""
        with self.transaction() as tx:
            self._lose(tx, store.snapshots.c.id == snapshot)

    def _lose(self, tx: Connection, which: ColumnElement[bool]) -> int:
        lost = select(store.snapshots.c.id).where(which)
        unknown = {"snapshot_id": None, "etag": "", "last_modified": "", "run_id": None}
        tx.execute(update(store.addresses).where(store.addresses.c.snapshot_id.in_(lost)).values(unknown))
        return int(tx.execute(update(store.snapshots).where(which).values(file="")).rowcount)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Yield a connection; what is done with it, and what the evidence was given meanwhile, is stored or is not."""
        with self.lock:
            self._check()
            if self.evidence.is_full:
                with self._connection.begin():
                    file, end = self.evidence.begin()
                    store.put(self._connection, store.archives, {"file": file}, {"end": end})
            before = self.evidence.flush()
            try:
                with self._connection.begin():
                    yield self._connection
                    file, end = self.evidence.flush()
                    if (file, end) != before:
                        store.put(self._connection, store.archives, {"file": file}, {"end": end})
            except BaseException:
                if self._connection.invalidated:  # the server may have stored it: the next crawl asks, and goes by that
                    self._is_in_doubt = True
                else:
                    self.evidence.roll_back(before)
                raise

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """Yield a connection for questions."""
        with self.lock:
            self._check()
            with self._connection.begin():
                yield self._connection

    def _check(self) -> None:
        """Let nothing be written behind bytes of which nobody knows whether they count."""
        if self._is_in_doubt:
            raise InputError("expected the database to answer to the end of the crawl, but its connection was lost")

    # Runs

    def begin(
        self,
        options: Mapping[str, Any],
        sources: Sequence[Source],
        now: datetime,
        *,
        resume: bool = True,
        is_rehearsal: bool = False,
        is_all: bool = False,
    ) -> None:
        """Go on with the run that did not end, if it was asked for the same, or begin one.

        A new run takes over what an older one left undone; a rehearsal takes nothing from anybody.

        Args:
            options: what the run is asked for.
            sources: that it is to crawl.
            now: the time.
            resume: whether a run that did not end is taken up.
            is_rehearsal: whether it is one.
            is_all: whether these are all sources that there are, so that others are no longer crawled. Who they are
                is noted with the run where that is other than it was.
        """
        of = store.runs
        with self.transaction() as tx:
            for source in sources:
                about = {"name": source.name, "entry": source.entry, "place": source.place, "level": source.level}
                about["place_name"] = " ".join(source.owners)
                store.put(tx, store.sources, {"id": source.id}, about, fresh={"details": []})
            last = tx.execute(select(of).order_by(of.c.id.desc()).limit(1)).first()
            unfinished = last if last is not None and last.state != "ended" and not is_rehearsal else None
            is_same = unfinished is not None and {**unfinished.options, LISTED: None} == {**options, LISTED: None}
            is_recent = unfinished is not None and now - _moment(unfinished.started) < RESUMED_WITHIN
            if (
                unfinished is not None
                and resume
                and is_same
                and is_recent
                and self._is_left(tx, unfinished.id, sources)
            ):
                self.run, self.is_resumed = unfinished.id, True
                store.change(tx, of, {"id": self.run}, state="running")
            else:
                if unfinished is not None:
                    store.change(tx, of, {"id": unfinished.id}, state="ended", ended=stamp(now))
                values = {"started": stamp(now), "state": "running", "version": version("fazhi")}
                self.run = store.add(tx, of, **values, options=dict(options))
                if last is not None and not is_rehearsal:
                    self._adopt(tx, last.id, unfinished is not None and resume)
                self._forget(tx)
            if is_all and not is_rehearsal:
                self._note_listed(tx, sorted(source.id for source in sources))
            self._park(tx, [source.id for source in sources])

    def _note_listed(self, tx: Connection, ids: list[str]) -> None:
        """Note which sources are crawled, where these are others than before."""
        of = store.runs
        held = {row.id: row.options for row in tx.execute(select(of.c.id, of.c.options).order_by(of.c.id))}
        known = [options[LISTED] for options in held.values() if LISTED in options]
        if not known or known[-1] != ids:
            store.change(tx, of, {"id": self.run}, options={**held[self.run], LISTED: ids})

    def _park(self, tx: Connection, chosen: Sequence[str]) -> None:
        """Let the steps of sources that were not chosen be, until somebody chooses them."""
        of = store.steps.c
        for state, other, whose in (
            ("parked", "waiting", of.source_id.in_(chosen)),
            ("waiting", "parked", of.source_id.not_in(chosen)),
        ):
            tx.execute(update(store.steps).where(of.run_id == self.run, of.state == state, whose).values(state=other))

    def _is_left(self, tx: Connection, run: int, sources: Sequence[Source]) -> bool:
        """Say whether a run has something left to do for one of these sources, or has not begun with any."""
        of = store.steps.c
        own = of.source_id.in_([source.id for source in sources])
        chosen = select(of.id).where(of.run_id == run, of.state.in_(TO_DO), own)
        begun = select(of.id).where(of.run_id == run, own)
        return tx.execute(chosen.limit(1)).first() is not None or tx.execute(begun.limit(1)).first() is None

    def _adopt(self, tx: Connection, run: int, with_waiting: bool) -> None:
        """Take over what an earlier run left undone: for want of budget, or since it never ended."""
        of = store.steps.c
        left = of.outcome == Outcome.BUDGET
        if with_waiting:
            left = or_(left, of.state.in_(TO_DO))
        values = {"run_id": self.run, "state": "waiting", "outcome": "", "detail": "", "not_before": None}
        tx.execute(update(store.steps).where(of.run_id == run, left).values(values))

    def _forget(self, tx: Connection) -> None:
        """Drop the steps, and what went wrong with them, of runs that nobody will ask about."""
        newest = select(store.runs.c.id).order_by(store.runs.c.id.desc())
        oldest = tx.execute(newest.offset(KEPT_RUNS).limit(1)).scalar()
        if oldest is None:
            return
        for table in (store.sightings, store.troubles):
            tx.execute(delete(table).where(table.c.run_id < oldest))
        of = store.steps.c
        articles = select(of.parent_id).where(of.run_id >= oldest, of.parent_id.is_not(None))
        old = (of.run_id < oldest, of.id.not_in(articles))
        tx.execute(delete(store.steps).where(*old, of.parent_id.is_not(None)))
        tx.execute(delete(store.steps).where(*old))

    def has_waiting(self) -> bool:
        """Say whether any step of this run waits, of whatever source."""
        of = store.steps.c
        with self.asking() as tx:
            chosen = select(of.id).where(of.run_id == self.run, of.state.in_(TO_DO)).limit(1)
            return tx.execute(chosen).first() is not None

    def end(self, state: str, now: datetime) -> None:
        """Note how the run ended: "ended", or "stopped" where something is left to do."""
        with self.transaction() as tx:
            ended = stamp(now) if state == "ended" else None
            tx.execute(update(store.runs).where(store.runs.c.id == self.run).values(state=state, ended=ended))

    # Steps

    def add(self, tx: Connection, tasks: Sequence[Task]) -> set[str]:
        """Store tasks that are not there yet in this run; return the hosts that have something to do by it."""
        hosts = set()
        for task in tasks:
            if not self._is_there(tx, task):
                store.add(tx, store.steps, **self._values(task, "held" if task.is_held else "waiting"))
                hosts |= set() if task.is_held else {task.host}
        return hosts

    def add_done(self, tx: Connection, task: Task, outcome: Outcome, detail: str = "") -> bool:
        """Store a task that is not done, and why; says whether it is new in this run."""
        if self._is_there(tx, task):
            return False
        store.add(tx, store.steps, **self._values(task, "done"), outcome=outcome, detail=detail)
        return True

    def _is_there(self, tx: Connection, task: Task) -> bool:
        return store.get(tx, store.steps, run_id=self.run, slot=task.slot) is not None

    def _values(self, task: Task, state: str) -> dict[str, Any]:
        request = task.request
        return {
            "run_id": self.run,
            "source_id": task.source,
            "host": task.host,
            "kind": task.kind,
            "slot": task.slot,
            "key": task.key,
            "url": request.url,
            "method": request.method,
            "form": [list(pair) for pair in request.form],
            "family": request.family,
            "memo": dict(request.memo),
            "referer": task.referer,
            "about": dict(task.about),
            "parent_id": task.parent,
            "rank": task.rank,
            "state": state,
        }

    def release(self, tx: Connection, source: str) -> set[str]:
        """Let the further pages of lists be read that were left since they brought nothing new; return their hosts."""
        of = store.steps.c
        held = (of.run_id == self.run, of.source_id == source, of.state == "held", of.outcome == "")
        hosts = {row.host for row in tx.execute(select(of.host).where(*held))}
        tx.execute(update(store.steps).where(*held).values(state="waiting"))
        return hosts

    def next_step(self, host: str, now: datetime) -> Step | datetime | None:
        """Return what to do next on a host; the time of it, if that is later; None for nothing."""
        given = {"run": self.run, "host": host, "now": stamp(now)}
        with self.asking() as tx:
            found = tx.execute(NEXT_STEP, given).first()
            if found is not None:
                return _step_of(found)
            given.pop("now")
            return moment(tx.execute(NEXT_TIME, given).scalar())

    def hosts_waiting(self) -> list[str]:
        """Return the hosts with steps to do."""
        of = store.steps.c
        chosen = select(of.host).where(of.run_id == self.run, of.state == "waiting")
        with self.asking() as tx:
            return [row.host for row in tx.execute(chosen.group_by(of.host).order_by(func.min(of.id)))]

    def close_step(
        self,
        tx: Connection,
        step: Step,
        outcome: Outcome,
        detail: str = "",
        snapshot: int | None = None,
        about: Mapping[str, Any] | None = None,
    ) -> None:
        """Note that a step is done and what came of it."""
        values = {
            "about": dict(step.task.about if about is None else about),
            "state": "done",
            "outcome": outcome,
            "detail": detail,
            "snapshot_id": snapshot,
            "seen": [*step.seen, outcome],
        }
        store.change(tx, store.steps, {"id": step.id}, **values)

    def put_off(self, step: Step, outcome: Outcome, detail: str, until: datetime, visit: Visit) -> None:
        """Store a failure that may pass, and when to try again."""
        with self.transaction() as tx:
            self.keep(tx, visit, outcome)
            self.note_trouble(tx, step, outcome, detail, visit.ended, is_passing=True)
            seen = [*step.seen, outcome]
            values = {"seen": seen, "not_before": stamp(until)}
            store.change(tx, store.steps, {"id": step.id}, **values)

    def note_trouble(
        self, tx: Connection, step: Step, outcome: Outcome, detail: str, at: datetime, *, is_passing: bool
    ) -> None:
        """Note a failure under its name."""
        values = {
            "run_id": self.run,
            "source_id": step.task.source,
            "at": stamp(at),
            "outcome": outcome,
            "url": step.task.request.url,
            "detail": detail,
            "is_passing": is_passing,
        }
        store.add(tx, store.troubles, **values)

    # Addresses and what came from them

    def known(self, key: str) -> Known:
        """Return what is known about an address by its key."""
        with self.asking() as tx:
            found = tx.execute(KNOWN, {"key": key}).mappings().first()
        if found is None:
            return Known(Validators())
        of, at = store.addresses.c, store.snapshots.c
        has_bytes = found[at.id] is not None and found[at.file] != ""
        return Known(
            Validators(found[of.etag], found[of.last_modified]) if has_bytes else Validators(),
            found[of.url],
            found[at.id] if has_bytes else None,
            Spot(found[at.file], found[at.offset]) if has_bytes else None,
            found[at.media] or "",
            found[of.target],
            found[of.run_id] == self.run
            and found[of.outcome] in (Outcome.OK, Outcome.NOT_MODIFIED, Outcome.REDIRECTED),
        )

    def note_visit(self, tx: Connection, visit: Visit) -> None:
        """Count the requests of a visit to its host."""
        if not visit.requests:
            return
        week = week_of(visit.ended)
        found = store.get(tx, store.hosts, name=visit.host)
        before = found.requests if found is not None and found.week == week else 0
        values = {"asked_at": stamp(visit.ended), "week": week, "requests": before + visit.requests}
        store.put(tx, store.hosts, {"name": visit.host}, values)

    def keep(self, tx: Connection, visit: Visit, outcome: Outcome) -> int | None:
        """Store the responses of a visit; return the snapshot of the answer, None where nobody could store one.

        A response with the bytes that its address had last time is the same snapshot; one with bytes that another
        address served is a record that says so.
        """
        self.note_visit(tx, visit)
        answered = request_key(visit.answer.request) if visit.answer else ""
        for response in visit.hops:
            if request_key(response.request) == answered:  # such as http to https: the address is what it answers
                self._snapshot(tx, answered, response)
            else:
                self._keep_one(tx, response, Outcome.REDIRECTED)
        return self._keep_one(tx, visit.answer, outcome) if visit.answer else visit.reused

    def _keep_one(self, tx: Connection, response: Response, outcome: Outcome) -> int | None:
        key = request_key(response.request)
        before = store.get(tx, store.addresses, key=key)
        about: dict[str, Any] = {
            "url": response.url,
            "outcome": outcome,
            "run_id": self.run,
            "checked": stamp(response.started),
        }
        if response.status == 304:
            about["outcome"] = Outcome.NOT_MODIFIED
            store.put(tx, store.addresses, {"key": key}, about)
            return before.snapshot_id if before else None
        snapshot = self._snapshot(tx, key, response)
        if outcome.is_good:
            about |= {"etag": response.etag, "last_modified": response.last_modified, "target": response.location}
            about["snapshot_id"] = snapshot
        if before is None:
            store.add(tx, store.addresses, key=key, **about)
        else:
            store.change(tx, store.addresses, {"key": key}, **about)
        return snapshot

    def _snapshot(self, tx: Connection, key: str, response: Response) -> int:
        digest, payload = sha256(response.content).hexdigest(), sha256(response.body).hexdigest()
        last = tx.execute(LAST_ALIKE, {"key": key, "status": response.status}).first()
        if last is not None and last.sha256 == digest:
            return int(last.id)
        twin = None
        if response.body:
            twin = tx.execute(FIRST_SAME, {"payload": payload, "status": response.status}).first()
        if twin is None:
            spot = self.evidence.append(response_record(response))
        else:
            self.evidence.append(revisit_record(response, twin.url, twin.fetched))
            spot = Spot(twin.file, twin.offset)
        values = {
            "key": key,
            "url": response.url,
            "fetched": stamp(response.started),
            "status": response.status,
            "media": response.media,
            "sha256": digest,
            "payload": payload,
            "size": len(response.content),
            "file": spot.file,
            "offset": spot.offset,
        }
        return store.add(tx, store.snapshots, **values)

    def read(self, spot: Spot) -> bytes:
        """Return the bytes of a snapshot."""
        with self.lock:
            return self.evidence.read(spot)

    # Hosts

    def host(self, name: str) -> Host:
        """Return what is known about a host."""
        with self.asking() as tx:
            row = store.get(tx, store.hosts, name=name)
        if row is None:
            return Host(name)
        return Host(
            name,
            row.origin,
            row.robots,
            row.robots_status,
            moment(row.robots_at),
            moment(row.asked_at),
            row.week,
            row.requests,
            row.refusals,
            moment(row.resting_until),
        )

    def note_host(self, name: str, **values: Any) -> None:
        """Store something about a host."""
        with self.transaction() as tx:
            store.put(tx, store.hosts, {"name": name}, values)

    def keep_visit(self, visit: Visit, outcome: Outcome) -> None:
        """Store the responses of a visit that leads to nothing else."""
        with self.transaction() as tx:
            self.keep(tx, visit, outcome)

    def note_robots(self, visit: Visit, text: str, status: int) -> None:
        """Store what a host asks of robots."""
        values = {"robots": text, "robots_status": status, "robots_at": stamp(visit.ended)}
        with self.transaction() as tx:
            self.keep(tx, visit, Outcome.OK)
            store.put(tx, store.hosts, {"name": visit.host}, values)

    def waiting(self, host: str) -> list[Step]:
        """Return all that waits on a host."""
        of = store.steps.c
        where = (of.run_id == self.run, of.host == host, of.state == "waiting")
        with self.asking() as tx:
            found = tx.execute(select(store.steps).where(*where).order_by(of.id))
            return [_step_of(row) for row in found]

    def leave_steps(self, host: str, source: str, outcome: Outcome, detail: str) -> None:
        """Leave all that a source has waiting on a host to the next run, under a name."""
        of = store.steps.c
        where = (of.run_id == self.run, of.host == host, of.state == "waiting", of.source_id == source)
        with self.transaction() as tx:
            tx.execute(update(store.steps).where(*where).values(state="held", outcome=outcome, detail=detail))


def _moment(told: str) -> datetime:
    found = moment(told)
    if found is None:
        raise InputError("expected a time in the database, got none")
    return found


def _step_of(row: Any) -> Step:
    request = Request(row.url, row.method, tuple((name, value) for name, value in row.form), row.family, row.memo)
    task = Task(row.source_id, row.kind, request, row.referer, row.about, row.parent_id)
    return Step(row.id, task, tuple(map(Outcome, row.seen)), moment(row.not_before))
