"""A crawl: every source visited politely, a thread a host, and everything stored as it comes."""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pipeline.files import Limits
from pipeline.moments import utc_now
from pipeline.scrape.client import Client
from pipeline.scrape.families import families
from pipeline.scrape.filing import Filed, Filing, Scope
from pipeline.scrape.ledger import Ledger
from pipeline.scrape.lock import only_one
from pipeline.scrape.outcomes import Outcome
from pipeline.scrape.results import Result, count_documents, finish_source, is_full
from pipeline.scrape.sources import Source
from pipeline.scrape.wire import trust
from pipeline.scrape.work import Step
from pipeline.scrape.worker import Worker

HOSTS_AT_ONCE = 256  # threads, nearly all of which wait for a delay to pass
STACK = 512 * 1024  # bytes of a thread; the default of 8 MB is for recursion that nobody does here
LARGEST_FILE = Limits().file_bytes  # what nobody will read need not be fetched
TICK_S = 0.2  # how often the main thread looks whether somebody interrupts it


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a step, for those who watch."""

    at: datetime
    source: str
    host: str
    kind: str  # list, article, file
    url: str
    outcome: Outcome
    detail: str
    documents: int  # that are new by it
    attempt: int


@dataclass(frozen=True, slots=True)
class Settings:
    """What a crawl is told besides its sources."""

    contact: str
    scope: Scope = field(default_factory=Scope)
    is_full: bool = False  # read all pages of all lists
    resume: bool = True
    is_all: bool = False  # its sources are all that there are: others are no longer crawled
    hosts_at_once: int = HOSTS_AT_ONCE
    timeout_s: tuple[float, float] = (10.0, 30.0)
    limit_bytes: int = LARGEST_FILE
    verify: bool | str = True


@dataclass(frozen=True, slots=True)
class Crawled:
    """What a crawl came to."""

    run: int
    is_resumed: bool
    is_stopped: bool  # something is left to do; the next crawl goes on
    results: tuple[Result, ...]  # a source each
    documents: int  # of all of them, each once
    new: int  # of these, found in this run
    lost: int = 0  # snapshots that a failing machine had lost

    @property
    def is_good(self) -> bool:
        """Whether every source ended in a known good state."""
        return not self.is_stopped and all(result.outcome.is_good for result in self.results)


class Crawl:
    """The hosts of a crawl at work; use `crawl`."""

    def __init__(
        self,
        ledger: Ledger,
        sources: Sequence[Source],
        settings: Settings,
        *,
        watch: Callable[[Event], None] | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.ledger = ledger
        self.sources: Mapping[str, Source] = {source.id: source for source in sources}
        self.now = now
        self.stopping = threading.Event()
        self._settings = settings
        self._watch = watch
        self._lock = threading.Lock()
        self._active: dict[str, threading.Thread] = {}
        self._queue: deque[str] = deque()
        self._mistakes: list[BaseException] = []
        self.scope = scope = settings.scope
        options = {"full": settings.is_full, "since": str(scope.since or ""), "limit": scope.limit}
        ledger.begin(
            options,
            sources,
            now(),
            resume=settings.resume,
            is_rehearsal=scope.is_rehearsal,
            is_all=settings.is_all,
        )
        full = {source.id for source in sources if settings.is_full or is_full(ledger, source.id)}
        self.filing = Filing(ledger, self.sources, scope, full)

    def run(self) -> Crawled:
        """Do all that is to do."""
        for source in self.sources.values():
            self.filing.seed(source)
        families()  # loaded once, before many threads would
        trust()
        before = threading.stack_size(STACK)
        try:
            self._start(self.ledger.hosts_waiting())
            self._wait()
        except KeyboardInterrupt:
            self.stopping.set()
            self._join()
        finally:
            threading.stack_size(before)
        if self._mistakes:
            raise self._mistakes[0]
        is_stopped = self.stopping.is_set() and bool(self.ledger.hosts_waiting())
        results = tuple(
            finish_source(self.ledger, source, self.filing, is_stopped=is_stopped, now=self.now())
            for source in self.sources.values()
        )
        self.ledger.end("stopped" if is_stopped or self.ledger.has_waiting() else "ended", self.now())
        documents, new = count_documents(self.ledger, tuple(self.sources))
        return Crawled(self.ledger.run, self.ledger.is_resumed, is_stopped, results, documents, new, self.ledger.lost)

    def new_client(self, source: Source) -> Client:
        """Return a client for the hosts of a source."""
        settings = self._settings
        return Client(
            contact=settings.contact,
            allow_loopback=source.allow_loopback,
            connect=source.connect,
            timeout_s=settings.timeout_s,
            limit_bytes=settings.limit_bytes,
            verify=settings.verify,
            now=self.now,
        )

    def tell(self, step: Step, filed: Filed) -> None:
        """Let hosts work that have something to do by a step, and tell who watches."""
        self._start(filed.hosts)
        if self._watch:
            task = step.task
            self._watch(
                Event(
                    self.now(),
                    task.source,
                    task.host,
                    task.kind,
                    task.request.url,
                    filed.outcome,
                    filed.detail,
                    filed.documents,
                    len(step.seen) + 1,
                )
            )

    def retire(self, host: str) -> bool:
        """Let the worker of a host go home, unless something came for it meanwhile."""
        with self._lock:
            if not self.stopping.is_set() and self.ledger.next_step(host, self.now()) is not None:
                return False
            self._active.pop(host, None)
            self._fill()
            return True

    def _start(self, hosts: Iterable[str]) -> None:
        with self._lock:
            self._queue.extend(host for host in hosts if host not in self._active and host not in self._queue)
            self._fill()

    def _fill(self) -> None:
        while self._queue and len(self._active) < self._settings.hosts_at_once and not self.stopping.is_set():
            host = self._queue.popleft()
            thread = threading.Thread(target=self._work, args=(host,), name=f"crawl {host}", daemon=True)
            self._active[host] = thread
            thread.start()

    def _work(self, host: str) -> None:
        try:
            Worker(host, self).run()
        except BaseException as error:  # a mistake of ours ends the crawl loudly, with everything stored so far
            self._mistakes.append(error)
            self.stopping.set()
        finally:
            with self._lock:
                if self._active.get(host) is threading.current_thread():  # after it retired, another may work there
                    del self._active[host]
                    self._fill()

    def _wait(self) -> None:
        while not self.stopping.is_set():
            with self._lock:
                if not self._active and not self._queue:
                    return
            self.stopping.wait(TICK_S)
        self._join()

    def _join(self) -> None:
        """Wait for the requests under way, which are stored like any other."""
        with self._lock:
            threads = list(self._active.values())
        for thread in threads:
            thread.join()


def crawl(
    sources: Sequence[Source],
    workspace: Path,
    settings: Settings,
    *,
    watch: Callable[[Event], None] | None = None,
    now: Callable[[], datetime] = utc_now,
    db: str = "",
) -> Crawled:
    """Visit *sources* and store what they publish in the archive and the database of a workspace.

    A crawl that was interrupted, however, goes on where it was.

    Args:
        sources: to visit.
        workspace: a folder, made where it is not there.
        settings: contact, scope and patience.
        watch: called after each step, from any thread.
        now: the clock, in UTC.
        db: the address of the database, see `store.open_store`.

    Raises:
        InputError: another crawl works in this workspace, or its database cannot be reached, is of a newer version or
            of another workspace.
    """
    with only_one(workspace, db):
        ledger = Ledger(workspace, db)
        try:
            return Crawl(ledger, sources, settings, watch=watch, now=now).run()
        finally:
            ledger.close()
