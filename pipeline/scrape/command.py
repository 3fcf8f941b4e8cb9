"""What `fazhi crawl` does: reads the sources, crawls, tells what came of it."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console
from sqlalchemy import delete, insert, select, update

from pipeline import store
from pipeline.crawled import TABLES
from pipeline.errors import InputError
from pipeline.scrape.console import Board, open_log, tell_crawled, tell_result, tell_troubles
from pipeline.scrape.crawl import Crawled, Settings, crawl
from pipeline.scrape.filing import Scope
from pipeline.scrape.lock import only_one
from pipeline.scrape.sources import Source, read_sources

INTERRUPTED = 130  # the exit code of a command that Ctrl-C ended
ROWS_AT_ONCE = 1000
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
    db: str = ""


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
        is_all=not asked.only,
    )
    if asked.is_dry:
        if not asked.workspace.is_dir():
            return _rehearse(asked, chosen, settings, tell, complain, console)
        with only_one(asked.workspace, asked.db):  # a crawl at work asks the same hosts
            return _rehearse(asked, chosen, settings, tell, complain, console)
    crawled = _watched(chosen, asked.workspace, asked.db, settings, asked.log, console)
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
    sources: Sequence[Source], workspace: Path, db: str, settings: Settings, log: Path | None, console: Console
) -> Crawled:
    with open_log(log) as lines, Board(console, lines).shown() as board:
        return crawl(sources, workspace, settings, watch=board.tell, db=db)


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
        copy = f"sqlite:///{folder}/{store.DATABASE}"
        if store.is_there(asked.workspace, asked.db):
            _copy_known(asked.workspace, asked.db, Path(folder), copy)
        crawled = _watched(sources, Path(folder), copy, settings, asked.log, console)
        for line in _plan(Path(folder), copy, crawled, settings.scope):
            tell(line)
    for result in crawled.results:
        for line in tell_troubles(result):
            complain(line)
    return 0 if crawled.is_good else 1


def _copy_known(workspace: Path, db: str, folder: Path, copy: str) -> None:
    """Copy what a workspace knows of its sources, but for what lies in its archive."""
    engine = store.open_store(folder, copy)
    with store.reading(workspace, db) as old, engine.begin() as new:
        for table in TABLES:
            rows = old.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table).order_by(*table.primary_key))
            for some in rows.mappings().partitions():
                new.execute(insert(table), [dict(row) for row in some])
        new.execute(delete(store.archives))
        new.execute(update(store.snapshots).values(file=""))
        new.execute(update(store.addresses).values(snapshot_id=None, etag="", last_modified=""))
    engine.dispose()


def _plan(workspace: Path, db: str, crawled: Crawled, scope: Scope) -> list[str]:
    """Return a line a row: what would become of its article, and why."""
    of = store.rows.c
    lines = []
    with store.reading(workspace, db) as tx:
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
