"""What the commands of the weekly cycle do and tell: take in, tell of, hand out. The words are for the terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config import Config, read_config
from pipeline.moments import utc_now
from pipeline.weeks import Week, last_full_week, read_week

if TYPE_CHECKING:
    from pipeline.digest.build import Built
    from pipeline.workspace.place import Workspace
    from pipeline.workspace.run import Ran

WORKSPACE = Path("workspace")  # where nobody names one
NOTHING_NEW = "没有新的变化"
NOTHING_WAITS = "没有待发的周报"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command was told: a configuration, and the address of the database; "" for the usual one."""

    config: Config
    db: str = ""


def read_asked(path: Path | None, workspace: Path | None = None, db: str = "") -> Asked:
    """Return what a configuration says, where one is named; what stands on the command line goes before it.

    Raises:
        InputError: the configuration is not as it should be, or the address of its database is not where it says.
    """
    config = read_config(path) if path else Config(workspace=workspace or WORKSPACE)
    if workspace:
        config = replace(config, workspace=workspace)
    return Asked(config, db or db_of(config))


def db_of(config: Config) -> str:
    """Return the address of the database that a configuration names; "" where it names none.

    Raises:
        InputError: it is not where the configuration says.
    """
    from pipeline.deliver.secrets import is_given, reveal

    return reveal(config.db) if is_given(config.db) else ""


def is_there(asked: Asked) -> bool:
    """Say whether the workspace that a command was told of was made already.

    Raises:
        InputError: its database cannot be reached.
    """
    from pipeline import store

    return store.is_there(asked.config.workspace, asked.db)


@contextmanager
def opened(asked: Asked) -> "Iterator[Workspace]":
    """Yield the workspace that a command was told of; one into which files were imported has no database yet.

    Raises:
        InputError: it is not there.
    """
    from pipeline import store
    from pipeline.workspace.place import open_workspace

    folder = asked.config.workspace
    with open_workspace(folder, asked.db, must_exist=not (folder / store.ARCHIVE).is_dir()) as ws:
        yield ws


def tell_ran(ran: "Ran") -> Iterator[str]:
    """Yield what `fazhi run` came to, a line each, failures left out."""
    yield from ran.notes
    if ran.is_nothing and not ran.failures:
        yield NOTHING_NEW
        return
    news = {
        "新文件": ran.new,
        "内容有变化": ran.changed,
        "撤下": ran.withdrawn,
        "换了网址": ran.moved,
        "重新出现": ran.came_back,
    }
    told = "，".join(f"{name}{count}份" for name, count in news.items() if count)
    yield f"读取文件{ran.documents}份：{told or NOTHING_NEW}"
    if ran.furniture:
        yield f"另有{ran.furniture}份只是页面装饰有变化，正文未变"
    if ran.copies:
        yield f"另有{ran.copies}份是已有文件在别处的登载"
    if ran.reextracted or ran.rechecked:
        checked = ran.reextracted + ran.rechecked
        yield f"规则或模型更新后重新提取{checked}份，其中{ran.reextracted}份的记录有变化（不算新情况）"
    if ran.unreadable:
        yield f"{ran.unreadable}份的最新内容读不了，保留上一次的结果"


def week_asked(told: str | None, now: datetime) -> Week:
    """Return the week that a digest is wanted of: the last one that is over, where nobody names one.

    Raises:
        InputError: it is no week.
    """
    return last_full_week(now) if told is None else read_week(told)


def make_digest(
    ws: "Workspace",
    config: Config,
    week: Week,
    *,
    output: Path | None = None,
    now: Callable[[], datetime] = utc_now,
    tell: Callable[[str], None],
) -> "Built":
    """Build the digest of a week for all readers, and say where it is.

    Args:
        ws: the workspace.
        config: whose readers get one of their own.
        week: one that is over.
        output: a folder for a copy.
        now: the clock.
        tell: takes a line.
    """
    from pipeline.digest.build import build_digest

    if skipped := _skipped(ws, week):
        named = "、".join(map(str, skipped))
        tell(f"{named}没有出过周报，其间的情况列入{week}这一期，并注明")
    built = build_digest(ws, week, config, now=now)
    for sentence in built.digests[""].headline:
        tell(sentence)
    for line in built.differs:
        tell(line)
    tell(f"{week} 周报 -> {built.folder}")
    if output is not None:
        _copy(built, output)
        tell(f"另存一份 -> {output}")
    return built


def _skipped(ws: "Workspace", week: Week) -> list[Week]:
    """Return the weeks without a digest between the last one that there is and a new one."""
    told = _told_weeks(ws)
    before = [each for each in told if each < week]
    found: list[Week] = []
    if before and week not in told:
        each = week.before
        while each > before[-1]:
            found.append(each)
            each = each.before
    return found[::-1]


def _told_weeks(ws: "Workspace") -> list[Week]:
    from sqlalchemy import select

    from pipeline.derived import digests

    with ws.engine.connect() as tx:
        return sorted(read_week(told) for told in tx.execute(select(digests.c.week)).scalars())


def _copy(built: "Built", folder: Path) -> None:
    """Write the files of a digest to a folder, those of readers below it."""
    for reader, files in built.files.items():
        place = folder / "readers" / reader if reader else folder
        place.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (place / name).write_bytes(content)


def deliver(
    ws: "Workspace",
    config: Config,
    built: "Built",
    *,
    again: bool = False,
    now: Callable[[], datetime] = utc_now,
    tell: Callable[[str], None],
) -> bool:
    """Hand a digest to its readers, and send what waits from earlier weeks; say whether all went well.

    With *again*, what failed of this digest is tried once more.

    Digests that were built and never handed out, since somebody wanted to see them first or a machine failed, go
    before it: what they tell is told in no other.
    """
    from pipeline.deliver.outbox import enqueue, retry_failed
    from pipeline.digest.build import build_digest

    for week in _overlooked(ws, built.week):
        for line in enqueue(ws, build_digest(ws, week, config, now=now), config, now=now).lines:
            tell(line)
    for line in enqueue(ws, built, config, now=now).lines:
        tell(line)
    if again:
        tell(f"{built.week} 发送失败的{retry_failed(ws, str(built.week))}项再发一次")
    return send(ws, config, now=now, tell=tell)


def _overlooked(ws: "Workspace", week: Week) -> list[Week]:
    """Return the weeks with a digest after the last one that was handed out, and before a week.

    Where none ever was, that is the last: the first to be handed out may have been cut off, and the others are history.
    """
    from sqlalchemy import func, select

    from pipeline.derived import digests

    with ws.engine.connect() as tx:
        handed = tx.execute(select(func.max(digests.c.week)).where(digests.c.handed.is_not(None))).scalar()
    before = [each for each in _told_weeks(ws) if each < week]
    return [each for each in before if read_week(handed) < each] if handed else before[-1:]


def send(
    ws: "Workspace", config: Config, *, now: Callable[[], datetime] = utc_now, tell: Callable[[str], None]
) -> bool:
    """Send what waits; say whether all went well."""
    from pipeline.deliver.outbox import send_waiting

    delivered = send_waiting(ws, config, now=now, tell=tell)
    for line in delivered.warnings:
        tell(line)
    if not (delivered.sent or delivered.waiting or delivered.failed or delivered.doubtful):
        tell(NOTHING_WAITS)
    return delivered.is_good
