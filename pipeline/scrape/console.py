"""A crawl in a terminal: a line a host while it works, a table of the sources at the end, and a log for machines."""

import json
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Self

from rich.console import Console
from rich.live import Live
from rich.table import Table

from pipeline.moments import stamp
from pipeline.scrape.crawl import Crawled, Event
from pipeline.scrape.results import Result

MOST_LINES = 20  # hosts shown at once, the latest first
MOST_TROUBLES = 3  # of a source, on the screen; the database has them all
REFRESH = 4  # times a second
WIDEST = 60  # characters of an address


@dataclass(slots=True)
class _Line:
    """What a host did so far."""

    requests: int = 0
    documents: int = 0
    troubles: int = 0
    last: str = ""
    order: int = 0


@dataclass(slots=True)
class Board:
    """Shows what each host is at, and writes each event to a log; may be told from any thread."""

    console: Console
    log: IO[str] | None = None
    _lines: dict[str, _Line] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _count: int = 0

    def tell(self, event: Event) -> None:
        """Take note of an event."""
        with self._lock:
            self._count += 1
            line = self._lines.setdefault(event.host, _Line())
            line.requests += 1
            line.documents += event.documents
            line.troubles += not event.outcome.is_good
            line.last = f"{event.outcome.words}  {_short(event.url)}"
            line.order = self._count
            if self.log:
                self.log.write(json.dumps(_row(event), ensure_ascii=False) + "\n")
                self.log.flush()

    def __rich__(self) -> Table:
        table = Table(box=None, pad_edge=False, show_header=True, header_style="dim")
        for heading in ("网站", "步骤", "新文件", "问题", "最近"):
            table.add_column(
                heading, no_wrap=True, justify="right" if heading in ("步骤", "新文件", "问题") else "left"
            )
        with self._lock:
            latest = sorted(self._lines.items(), key=lambda each: -each[1].order)[:MOST_LINES]
            hidden = len(self._lines) - len(latest)
        for host, line in latest:
            table.add_row(host, str(line.requests), str(line.documents), str(line.troubles or ""), line.last)
        if hidden:
            table.add_row(f"…… 另有{hidden}个网站")
        return table

    @contextmanager
    def shown(self) -> Iterator[Self]:
        """Show the board while something is done, in a terminal only."""
        if not self.console.is_terminal:
            yield self
            return
        with Live(self, console=self.console, refresh_per_second=REFRESH, transient=True):
            yield self


def _short(url: str) -> str:
    return url if len(url) <= WIDEST else f"…{url[-WIDEST:]}"


def _row(event: Event) -> dict[str, object]:
    return {
        "at": stamp(event.at),
        "source": event.source,
        "host": event.host,
        "kind": event.kind,
        "url": event.url,
        "outcome": event.outcome,
        "detail": event.detail,
        "new_documents": event.documents,
        "attempt": event.attempt,
    }


@contextmanager
def open_log(path: Path | None) -> Iterator[IO[str] | None]:
    """Yield where events go: a file, - for standard output, None for nowhere."""
    if path is None:
        yield None
    elif str(path) == "-":
        yield sys.stdout
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            yield log


def tell_result(result: Result) -> str:
    """Return in a line what became of a source."""
    counts = f"列表{result.rows}条，文件{result.documents}份（新增{result.new}份）"
    more = f"，{result.gone}个链接已失效" if result.gone else ""
    more += f"，{result.doubtful}条存疑" if result.doubtful else ""
    return f"{result.source.id}  {result.source.name}  {result.outcome.words}：{counts}{more}"


def tell_troubles(result: Result) -> Iterator[str]:
    """Yield what asks for a look at a source, a line each."""
    for trouble in result.troubles[:MOST_TROUBLES]:
        yield f"{result.source.id}: {trouble.outcome} {trouble.outcome.words}，{trouble.detail}（{trouble.url}）"
    if len(result.troubles) > MOST_TROUBLES:
        yield f"{result.source.id}: 另有{len(result.troubles) - MOST_TROUBLES}处，见 fazhi doctor --workspace"


def tell_crawled(crawled: Crawled) -> str:
    """Return in a line what a crawl came to."""
    results: Sequence[Result] = crawled.results
    good = sum(result.outcome.is_good for result in results)
    state = "已中断，再次运行即从断点继续" if crawled.is_stopped else "已完成"
    counts = f"{len(results)}个来源，{good}个正常；文件{crawled.documents}份，新增{crawled.new}份"
    return f"第{crawled.run}次采集{state}：{counts}"
