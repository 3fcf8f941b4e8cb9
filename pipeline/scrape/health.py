"""What a workspace knows: the state of each source, hosts left alone, rows to review, and whether all bytes are there.

Writes nothing, so that it may look on while a crawl is at work.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO

from rich.cells import cell_len
from sqlalchemy import Connection, func, not_, or_, select, text
from sqlalchemy.exc import DatabaseError

from pipeline import store
from pipeline.databases import SQLITE, name_of
from pipeline.moments import moment
from pipeline.scrape.evidence import FOLDER
from pipeline.scrape.outcomes import Outcome
from pipeline.scrape.wording import ADVICE

GZIP = b"\x1f\x8b"
MOST_ROWS = 50  # doubtful ones
MOST_BROKEN = 10  # snapshots named
HEADINGS = ("来源", "名称", "状态", "检查时间", "上次正常", "条目", "文件", "类型")
UNKNOWN = "尚无结果"


def look(workspace: Path, db: str = "") -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a workspace holds, a line each, and what asks for a look.

    Raises:
        InputError: it is no workspace of a crawl, or one of a newer version.
    """
    lines: list[str] = []
    problems: list[str] = []
    with store.reading(workspace, db) as tx:
        try:
            for part in (_sources, _hosts, _run, _doubtful):
                found = part(tx)
                lines += found[0]
                problems += found[1]
            problems += _damage(tx, workspace / FOLDER)
        except DatabaseError as error:
            problems.append(f"数据库损坏：{name_of(tx.engine.url)}（{error.orig}）")
    return tuple(lines), tuple(problems)


def _sources(tx: Connection) -> tuple[list[str], list[str]]:
    """Return a table of the sources, and what is wrong with each."""
    found = tx.execute(select(store.sources).order_by(store.sources.c.id)).all()
    table, problems, advised = [HEADINGS], [], dict[Outcome, None]()
    for row in found:
        outcome = Outcome(row.outcome) if row.outcome else None
        state = outcome.words if outcome else UNKNOWN
        counts = (str(row.rows), str(row.documents))
        table.append((row.id, row.name, state, _local(row.checked), _local(row.good_at), *counts, row.family or "—"))
        if outcome is None:
            problems.append(f"{row.id}: {UNKNOWN}，采集没有完成；再次运行 fazhi crawl")
        elif not outcome.is_good:
            details = row.details or [{"outcome": row.outcome, "url": "", "detail": ""}]
            for each in details:
                named = Outcome(each["outcome"])
                advised[named] = None
                words = "，".join(filter(None, (named.words, each["detail"])))
                problems.append(f"{row.id}: {named} {words}" + (f"（{each['url']}）" if each["url"] else ""))
    good = sum(bool(row.outcome) and Outcome(row.outcome).is_good for row in found)
    counted = f"{len(found)}个来源，{good}个正常，{len(found) - good}个需要查看"
    advice = [f"处理办法（{outcome.words}）：{ADVICE[outcome]}" for outcome in advised if outcome in ADVICE]
    return [*_aligned(table), counted, *advice], problems


def _hosts(tx: Connection) -> tuple[list[str], list[str]]:
    """Return the hosts that are left alone for now."""
    of = store.hosts.c
    now = datetime.now(UTC)
    found = tx.execute(select(of.name, of.refusals, of.resting_until).where(of.resting_until.is_not(None))).all()
    return [
        f"暂停访问 {row.name}：{_local(row.resting_until)} 之前不再访问（连续{row.refusals}次采集被拦截）"
        for row in found
        if (until := moment(row.resting_until)) and until > now
    ], []


def _run(tx: Connection) -> tuple[list[str], list[str]]:
    """Return how the last crawl ended."""
    run = tx.execute(select(store.runs).order_by(store.runs.c.id.desc()).limit(1)).first()
    if run is None:
        return ["还没有采集过"], []
    begun = f"第{run.id}次采集，{_local(run.started)} 开始"
    if run.state == "ended":
        return [f"{begun}，{_local(run.ended)} 结束"], []
    step = store.steps.c
    waiting = select(func.count()).select_from(store.steps).where(step.run_id == run.id, step.state == "waiting")
    left = tx.execute(waiting).scalar() or 0
    state = "已中断" if run.state == "stopped" else "没有结束（正在进行，或被意外终止）"
    return [f"{begun}，{state}，还有{left}步；再次运行 fazhi crawl 即从断点继续"], []


def _doubtful(tx: Connection) -> tuple[list[str], list[str]]:
    """Return the rows that somebody should judge."""
    of = store.rows.c
    found = tx.execute(
        select(of.source_id, of.title, of.words, of.url).where(of.verdict == "doubtful").order_by(of.source_id, of.id)
    ).all()
    if not found:
        return ["没有存疑的条目"], []
    lines = [f"存疑的条目{len(found)}条，请人工判断："]
    lines += [f"  {row.source_id}  {row.title}  [{' '.join(row.words)}]  {row.url}" for row in found[:MOST_ROWS]]
    if len(found) > MOST_ROWS:
        lines.append(f"  …… 另有{len(found) - MOST_ROWS}条")
    return lines, []


def _damage(tx: Connection, archive: Path) -> Iterator[str]:
    """Yield what is wrong with the database, the archive, and the places in it that the database names."""
    if tx.dialect.name == SQLITE:
        told = tx.execute(text("PRAGMA integrity_check")).scalars().all()
        yield from (f"数据库损坏：{each}" for each in told if each != "ok")
    ends: dict[str, int] = {}
    for row in tx.execute(select(store.archives)):
        path = archive / row.file
        size = path.stat().st_size if path.is_file() else None
        ends[row.file] = min(row.end, size or 0)
        if size is None:
            yield f"归档文件缺失：{path}"
        elif size < row.end:
            yield f"归档文件不完整：{path} 应有{row.end}字节，现有{size}字节"
    of, other = store.snapshots.c, store.snapshots.alias().c
    is_elsewhere = (
        select(other.id).where(other.payload == of.payload, other.file != "").exists()
    )  # lost, and asked anew
    named = select(of.file, of.offset, of.url).where(or_(of.file != "", not_(is_elsewhere)))
    broken: list[Any] = []
    for file, rows in groupby(tx.execute(named.order_by(of.file, of.offset)), key=lambda row: str(row.file)):
        if not ends.get(file):
            broken += rows
            continue
        with (archive / file).open("rb") as held:
            broken += [row for row in rows if row.offset >= ends[file] or not _begins(held, row.offset)]
    for row in broken[:MOST_BROKEN]:
        yield f"归档中找不到 {row.url}（{row.file}，第{row.offset}字节）"
    if len(broken) > MOST_BROKEN:
        yield f"归档中另有{len(broken) - MOST_BROKEN}个页面找不到"


def _begins(held: BinaryIO, offset: int) -> bool:
    """Say whether a record begins at a place of an archive."""
    held.seek(offset)
    return held.read(len(GZIP)) == GZIP


def _local(told: str | None) -> str:
    """Return a time of the database as a clock on the wall shows it."""
    when = moment(told)
    return when.astimezone().strftime("%Y-%m-%d %H:%M") if when else "—"


def _aligned(table: Sequence[Sequence[str]]) -> list[str]:
    """Return rows with their cells below one another; a Chinese character takes two columns of a terminal."""
    widths = [max(map(cell_len, column)) for column in zip(*table, strict=True)]
    return [
        "  ".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]
