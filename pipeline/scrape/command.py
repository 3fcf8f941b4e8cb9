"""What `fazhi crawl` does: reads the sources, crawls, tells what came of it."""

import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console
from sqlalchemy import select

from pipeline import store
from pipeline.errors import InputError
from pipeline.scrape.console import Board, open_log, tell_crawled, tell_result, tell_troubles
from pipeline.scrape.crawl import Crawled, Settings, crawl
from pipeline.scrape.filing import Scope
from pipeline.scrape.lock import only_one
from pipeline.scrape.sources import Source, read_sources

INTERRUPTED = 130  # the exit code of a command that Ctrl-C ended
# A rehearsal has no archive: nothing is asked for on condition, and nothing is missing.
WITHOUT_ARCHIVE = (
    "DELETE FROM archive",
    "UPDATE snapshot SET file = ''",
    "UPDATE address SET snapshot_id = NULL, etag = '', last_modified = ''",
)
ON_LOOPBACK = "loopback"  # the contact where nobody else is asked


@dataclass(frozen=True, slots=True)
class Asked:
    """What a crawl was asked for on the command line."""

    workspace: Path
    sources: Path
    only: tuple[str, ...] = ()
    limit: int | None = None
    since: date | None = None
    contact: str = ""
    is_full: bool = False
    resume: bool = True
    is_dry: bool = False
    log: Path | None = None


def run_crawl(asked: Asked, *, tell: Callable[[str], None], complain: Callable[[str], None], console: Console) -> int:
    """Crawl, and return the exit code: 0 only if every source ended in a known good state.

    Raises:
        InputError: no contact was given, or the sources are not as they should be.
    """
    listed = read_sources(asked.sources)
    chosen = listed.select(asked.only)
    scope = Scope(since=asked.since, limit=asked.limit, is_rehearsal=asked.is_dry)
    settings = Settings(
        contact=contact_of(asked.contact or listed.contact, chosen),
        scope=scope,
        is_full=asked.is_full,
        resume=asked.resume,
    )
    if asked.is_dry:
        if not asked.workspace.is_dir():
            return _rehearse(asked, chosen, settings, tell, complain, console)
        with only_one(asked.workspace):  # a crawl at work asks the same hosts
            return _rehearse(asked, chosen, settings, tell, complain, console)
    crawled = _watched(chosen, asked.workspace, settings, asked.log, console)
    return _report(crawled, tell, complain)


def contact_of(given: str, sources: Sequence[Source]) -> str:
    """Return the contact that is told to every site.

    Raises:
        InputError: there is none, and sites other than those on this machine are asked.
    """
    if given.strip():
        return given.strip()
    if all(source.allow_loopback for source in sources):
        return ON_LOOPBACK
    raise InputError(
        "expected a contact that is told to every site, such as --contact me@example.org, FAZHI_CONTACT in the "
        "environment, or contact in the file of sources; got none"
    )


def _watched(
    sources: Sequence[Source], workspace: Path, settings: Settings, log: Path | None, console: Console
) -> Crawled:
    with open_log(log) as lines, Board(console, lines).shown() as board:
        return crawl(sources, workspace, settings, watch=board.tell)


def _report(crawled: Crawled, tell: Callable[[str], None], complain: Callable[[str], None]) -> int:
    if crawled.lost:
        complain(f"{crawled.lost} responses were lost by a failing machine; their pages are asked for anew")
    for result in crawled.results:
        tell(tell_result(result))
        for line in tell_troubles(result):
            complain(line)
    tell(tell_crawled(crawled))
    if crawled.is_stopped:
        return INTERRUPTED
    return 0 if crawled.is_good else 1


def _rehearse(
    asked: Asked,
    sources: Sequence[Source],
    settings: Settings,
    tell: Callable[[str], None],
    complain: Callable[[str], None],
    console: Console,
) -> int:
    """Read the lists in a workspace that nobody keeps, a copy of what is known, and show what would be fetched."""
    with tempfile.TemporaryDirectory(prefix="fazhi-") as folder:
        copy = Path(folder)
        known = asked.workspace / store.DATABASE
        if known.is_file():
            with closing(sqlite3.connect(known)) as old, closing(sqlite3.connect(copy / store.DATABASE)) as new, new:
                old.backup(new)
                for statement in WITHOUT_ARCHIVE:
                    new.execute(statement)
        crawled = _watched(sources, copy, settings, asked.log, console)
        for line in _plan(copy, crawled, settings.scope):
            tell(line)
    for result in crawled.results:
        for line in tell_troubles(result):
            complain(line)
    return 0 if crawled.is_good else 1


def _plan(workspace: Path, crawled: Crawled, scope: Scope) -> list[str]:
    """Return a line a row: what would become of its article, and why."""
    of = store.rows.c
    lines = []
    with store.reading(workspace) as tx:
        for result in crawled.results:
            rows = tx.execute(
                select(store.rows).where(of.source_id == result.source.id, of.last_run == crawled.run).order_by(of.id)
            ).all()
            lines.append(f"{result.source.id}  {result.source.name}：{result.family or '?'}，{len(rows)}条")
            for row in rows:
                had = "已有，核对是否更新" if row.outcome == "ok" else "采集"
                deed = {"kept": had, "doubtful": f"{had}（打开后再判断）", "dropped": "不采集"}[row.verdict]
                if row.verdict != "dropped" and row.outcome not in ("", "ok"):
                    deed = f"不采集（{row.outcome}）"
                day = row.published.isoformat() if row.published else "日期不明  "
                lines.append(f"  {deed}  {day}  {row.title}  [{' '.join(row.words)}]  {row.url}")
    return lines
