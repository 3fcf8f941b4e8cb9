"""What the emulated sites were asked: the server's own account, by which a crawler's manners are measured."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from threading import Lock
from typing import TextIO


@dataclass(frozen=True, slots=True)
class Record:
    """A request and what became of it. `start` and `end` are monotonic seconds, `began` and `ended` Unix time.

    `end` is stamped before the last bytes are handed to the network, so a client can never begin its next request
    before the end of this one without meaning to.
    """

    host: str  # of the site that was played; the Host header where no site has it
    method: str
    target: str  # path with query, as sent
    start: float
    end: float
    began: float
    ended: float
    status: int  # 0 where none was sent
    size: int  # bytes of the body that were sent
    agent: str = ""
    is_conditional: bool = False  # asked with If-None-Match or If-Modified-Since
    fault: str = ""  # that was played, by its name
    form: str = ""  # body of a POST


class Log:
    """Records of all requests, safe to write from many threads.

    Args:
        stream: where each record goes at once as a line of JSON.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._records: list[Record] = []
        self._lock = Lock()
        self._stream = stream

    def add(self, record: Record) -> None:
        """Keep a record."""
        with self._lock:
            self._records.append(record)
            if self._stream is not None:
                self._stream.write(to_line(record) + "\n")
                self._stream.flush()

    @property
    def records(self) -> tuple[Record, ...]:
        """All records so far, in the order in which requests ended."""
        with self._lock:
            return tuple(self._records)

    def clear(self) -> None:
        """Forget all records, as before a second crawl."""
        with self._lock:
            self._records.clear()

    def lines(self) -> Iterator[str]:
        """Yield each record as a line of JSON."""
        return (to_line(record) for record in self.records)

    @property
    def hosts(self) -> tuple[str, ...]:
        """Hosts that were asked for anything, sorted."""
        return tuple(sorted({record.host for record in self.records}))

    def of(self, host: str) -> tuple[Record, ...]:
        """Return the records of a host by their start."""
        return tuple(sorted((r for r in self.records if r.host == host), key=lambda record: record.start))

    def overlaps(self, host: str) -> tuple[tuple[Record, Record], ...]:
        """Return pairs of requests of which the second began before the first had ended."""
        found = []
        longest: Record | None = None
        for record in self.of(host):
            if longest is not None and record.start < longest.end:
                found.append((longest, record))
            if longest is None or record.end > longest.end:
                longest = record
        return tuple(found)

    def gaps(self, host: str) -> tuple[float, ...]:
        """Return seconds from the end of each request to the start of the next; below zero where they overlap."""
        found = []
        ended: float | None = None
        for record in self.of(host):
            if ended is not None:
                found.append(record.start - ended)
            ended = record.end if ended is None else max(ended, record.end)
        return tuple(found)

    def repeats(self) -> tuple[tuple[str, str, str, int], ...]:
        """Return (host, method, target with form, times) of what was answered whole with 200 more than once."""
        times = Counter(
            (r.host, r.method, r.target + (f" {r.form}" if r.form else ""))
            for r in self.records
            if r.status == 200 and not r.fault
        )
        return tuple(sorted((*asked, count) for asked, count in times.items() if count > 1))

    def statuses(self) -> dict[str, Counter[int]]:
        """Return how often each host answered with which status."""
        found: dict[str, Counter[int]] = defaultdict(Counter)
        for record in self.records:
            found[record.host][record.status] += 1
        return dict(found)


def to_line(record: Record) -> str:
    """Return a record as JSON on one line."""
    return json.dumps(asdict(record), ensure_ascii=False)
