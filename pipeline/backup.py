"""`fazhi backup`: a copy of a workspace that is itself a workspace, made while others work in it.

The database is copied first, the archive after it: bytes are in the archive before the database names them, so that all
that the copy names is there. Files of the archive only grow, and so do their copies; each is compared byte by byte with
what was copied before. Whatever kills a backup leaves the one before whole.
"""

import os
import shlex
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import IO

from sqlalchemy import URL, Connection, func, select, table, text

from pipeline import store
from pipeline.databases import SQLITE, address_of, said
from pipeline.errors import InputError
from pipeline.inputs import find_archive
from pipeline.moments import stamp, utc_now
from pipeline.workspace.saved import MANIFEST, PIECE, Dump, Extent, Saved, digest_of, read_saved, settle, write_saved

DUMP = "fazhi.dump"  # of PostgreSQL
LOCK = ".backup.lock"
MB = 1e6
DIGESTS = "digests"
CRAWLED = "crawl-"  # how the names of files begin whose end the database knows; others are whole once they are there


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that is whole, but for what its notes say."""

    folder: Path
    saved: Saved
    added: int  # bytes of the archive that were not in the one before
    notes: tuple[str, ...] = ()  # what is still to be done by hand

    @property
    def told(self) -> tuple[str, ...]:
        """What was copied, a line each, in Chinese."""
        files, size = len(self.saved.archive), sum(extent.bytes for extent in self.saved.archive.values())
        dump = self.saved.database
        database = f"数据库{sum(dump.rows.values())}行" if dump else "数据库尚未备份"
        archive = f"归档{files}个文件共{size / MB:.1f} MB，其中新增{self.added / MB:.1f} MB"
        return (f"已备份到 {self.folder}：{database}；{archive}",)


@dataclass(frozen=True, slots=True)
class _Copied:
    """A copy of a database, and what it says."""

    dump: Dump | None
    migration: str
    ends: Mapping[str, int]  # of the files of the archive that crawls wrote
    note: str = ""


def backup(folder: Path, db: str, target: Path, *, now: Callable[[], datetime] = utc_now) -> Backup:
    """Copy a workspace, or what is new in it, into a folder that is empty or has an earlier backup of it.

    Args:
        folder: of the workspace.
        db: the address of its database, see `store.open_store`.
        target: made where it is not there.
        now: the clock, in UTC.

    Raises:
        InputError: *folder* is no workspace or is damaged, *target* is something else, somebody works in it, or what
            it has is not what the workspace had.
        OSError: there is no room, or something cannot be written.
    """
    if not store.is_there(folder, db):
        raise InputError(f"{folder}: expected a workspace that fazhi crawl made, but it has no database")
    with _only_one(folder, target) as before:
        known = _ends_before(target, before)
        copied = _copy_database(folder, db, target)
        archive, added = {}, 0
        for path in find_archive(folder):
            end = copied.ends.get(path.name, 0 if path.name.startswith(CRAWLED) else path.stat().st_size)
            if end:
                copy = target / store.ARCHIVE / path.name
                archive[path.name], more = _copy_grown(path, copy, end, known.get(path.name, 0), before)
                added += more
        _check_complete(folder, archive, copied.ends, before)
        _copy_small(folder / store.ARCHIVE / store.MARK, target / store.ARCHIVE / store.MARK)
        digests = dict(_copy_digests(folder, target))
        if copied.dump:
            _put_database(target, copied.dump)
        saved = Saved(stamp(now()), version("fazhi"), copied.migration, copied.dump, archive, digests)
        write_saved(target, saved)
    return Backup(target, saved, added, (copied.note,) if copied.note else ())


@contextmanager
def _only_one(folder: Path, target: Path) -> Iterator[Saved]:
    """Yield what the backup before says, and keep others away from it meanwhile."""
    if target.resolve() == folder.resolve():
        raise InputError(f"{target}: expected a folder for the backup other than that of the workspace")
    if target.exists() and not target.is_dir():
        raise InputError(f"{target}: expected a folder for the backup, got a file")
    begun = {LOCK, f".{MANIFEST}"}  # before there is a manifest
    if read_saved(target) is None and target.is_dir() and any(path.name not in begun for path in target.iterdir()):
        raise InputError(f"{target}: expected an empty folder or an earlier backup, got one with other files")
    target.mkdir(parents=True, exist_ok=True)
    with (target / LOCK).open("wb") as lock:
        try:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:  # no such locks on this system
            pass
        except BlockingIOError as error:
            raise InputError(f"{target}: expected to be the only backup into it, but another one is running") from error
        before = read_saved(target)
        if before is None:
            write_saved(target, before := Saved())
        (target / store.ARCHIVE).mkdir(exist_ok=True)
        yield before


# The database


def _copy_database(folder: Path, db: str, target: Path) -> _Copied:
    url = address_of(folder, db)
    if url.drivername == SQLITE and url.database == str(folder / store.DATABASE):
        return _copy_sqlite(url, target)  # as it is: a backup may be wanted before a migration
    engine = store.open_store(folder, db, must_exist=True)  # looks whether it belongs to this folder
    try:
        if url.drivername == SQLITE:
            return _copy_sqlite(url, target)
        with engine.connect() as connection:
            return _dump_postgres(connection, url, target)
    finally:
        engine.dispose()


def _beside(target: Path, name: str) -> Path:
    """Return where a database is written before it takes its place."""
    return target / f".{name}"


def _copy_sqlite(url: URL, target: Path) -> _Copied:
    beside = _beside(target, store.DATABASE)
    for suffix in ("", "-wal", "-shm", "-journal"):  # of a backup that was killed
        beside.with_name(beside.name + suffix).unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(str(url.database))) as old, closing(sqlite3.connect(beside)) as new:
            old.execute(f"PRAGMA busy_timeout={store.BUSY_MS}")
            old.backup(new)
            wrong = [row[0] for row in new.execute("PRAGMA quick_check") if row[0] != "ok"]
    except sqlite3.DatabaseError as error:
        wrong = [str(error)]
    if wrong:
        raise InputError(f"{url.database}: expected a workspace database that is whole, but {wrong[0]}")
    engine = store.connect(URL.create(SQLITE, database=str(beside)))
    try:
        with engine.connect() as connection:
            migration, rows, ends = _told(connection)
    finally:
        engine.dispose()
    _into_one(beside)
    extent = digest_of(beside, beside.stat().st_size)
    return _Copied(Dump(store.DATABASE, extent.bytes, extent.sha256, rows), migration, ends)


def _into_one(path: Path) -> None:
    """Let a database of SQLite be one file, with nothing beside it."""
    with closing(sqlite3.connect(path, timeout=0)) as opened:
        opened.execute("PRAGMA journal_mode=DELETE")


def _dump_postgres(connection: Connection, url: URL, target: Path) -> _Copied:
    from psycopg.conninfo import make_conninfo

    migration, rows, ends = _told(connection)
    schema = connection.execute(select(func.current_schema())).scalar()
    command = ["pg_dump", "--format=custom", "--no-owner", f"--schema={schema}"]
    told = {**url.query, **url.translate_connect_args(username="user", database="dbname")}
    password = told.pop("password", "")
    address = make_conninfo("", **{name: each if isinstance(each, str) else str(each) for name, each in told.items()})
    if shutil.which("pg_dump") is None:
        by_hand = shlex.join([*command, f"--file={target / DUMP}", f"--dbname={address}"])
        note = (
            f"expected pg_dump on the PATH to copy the database, but it is not there; run {by_hand} and then fazhi "
            "backup again, so that the archive has all that the database names"
        )
        return _Copied(None, migration, ends, note)
    snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar()
    beside = _beside(target, DUMP)
    command += [f"--snapshot={snapshot}", f"--file={beside}", f"--dbname={address}"]
    environment = {**os.environ, "PGPASSWORD": str(password)} if password else None
    done = subprocess.run(command, env=environment, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        raise InputError(f"{target}: expected pg_dump to copy the database, but {said(OSError(done.stderr), url)}")
    extent = digest_of(beside, beside.stat().st_size)
    return _Copied(Dump(DUMP, extent.bytes, extent.sha256, rows), migration, ends)


def _told(connection: Connection) -> tuple[str, dict[str, int], dict[str, int]]:
    """Return the migration of a database, how many rows each of its tables has, and the ends of archive files."""
    names = sorted(store.tables_of(connection) - {"alembic_version"})
    if not {store.archives.name, store.runs.name} <= set(names):
        raise InputError(f"{connection.engine.url.database}: expected a workspace database, got something else")
    rows = {name: int(connection.scalar(select(func.count()).select_from(table(name))) or 0) for name in names}
    ends = {row.file: row.end for row in connection.execute(select(store.archives))}
    return store.version_of(connection) or "", rows, ends


def _put_database(target: Path, dump: Dump) -> None:
    """Put a copied database in the place of the one before."""
    path = target / dump.file
    if dump.file == store.DATABASE and path.exists():
        try:
            _into_one(path)  # what stands beside it would be taken for the new one's
        except sqlite3.OperationalError as error:
            raise InputError(f"{path}: expected nobody to work in the backup, but {error}") from error
        except sqlite3.DatabaseError:  # damaged, which is what the new one mends
            for suffix in ("-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
    settle(_beside(target, dump.file), path)


# The archive


def _ends_before(target: Path, before: Saved) -> dict[str, int]:
    """Return how much of each copied file counts: what was copied, and what somebody who worked in it added."""
    known = {name: extent.bytes for name, extent in before.archive.items()}
    path = target / store.DATABASE
    if path.is_file():
        try:
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as old:
                for name, end in old.execute('SELECT file, "end" FROM archive'):
                    known[name] = max(known.get(name, 0), end)
        except sqlite3.DatabaseError:  # damaged; the manifest counts
            pass
    return known


def _copy_grown(path: Path, copy: Path, end: int, known: int, before: Saved) -> tuple[Extent, int]:
    """Bring the copy of a file that only grows up to *end*; return its extent, and how many bytes were added.

    Raises:
        InputError: the file is shorter, or is not what was copied before.
    """
    if path.stat().st_size < end:
        raise InputError(
            f"{path}: expected {end} bytes that the database tells of, got {path.stat().st_size}; "
            "fazhi doctor --workspace says what is lost"
        )
    copy.touch()
    extent, same = _compare(path, copy, end)
    if same < min(known, copy.stat().st_size) or end < known:
        last = before.archive.get(path.name, Extent(0, ""))
        if digest_of(copy, last.bytes) == last:
            raise InputError(
                f"{path}: expected what {copy} has of it, and more behind that, got something else from byte {same} "
                "on; look with fazhi doctor --deep which of the two is damaged, or name another folder for backups"
            )
        same = 0  # the copy is damaged
    if same == 0:
        _copy_anew(path, copy, end)
    else:
        with path.open("rb") as file, copy.open("r+b") as out:
            out.truncate(same)
            file.seek(same)
            out.seek(same)
            for piece in _pieces(file, end - same):
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
    if same < end and digest_of(copy, end) != extent:
        raise InputError(f"{copy}: expected the bytes that were written to it, got others; the disk may be damaged")
    return extent, end - same


def _copy_anew(path: Path, copy: Path, end: int) -> None:
    beside = _beside(copy.parent, copy.name)
    with path.open("rb") as file, beside.open("wb") as out:
        for piece in _pieces(file, end):
            out.write(piece)
    settle(beside, copy)


def _compare(path: Path, copy: Path, end: int) -> tuple[Extent, int]:
    """Return the extent of a file up to *end*, and how many of its bytes its copy begins with."""
    found, same, is_same = sha256(), 0, True
    with path.open("rb") as file, copy.open("rb") as other:
        for piece in _pieces(file, end):
            found.update(piece)
            if is_same:
                beside = other.read(len(piece))
                is_same = beside == piece
                pairs = enumerate(zip(piece, beside, strict=False))
                same += len(piece) if is_same else next((at for at, (a, b) in pairs if a != b), len(beside))
    return Extent(end, found.hexdigest()), same


def _pieces(file: IO[bytes], left: int) -> Iterator[bytes]:
    while left and (piece := file.read(min(PIECE, left))):
        left -= len(piece)
        yield piece


def _check_complete(folder: Path, archive: Mapping[str, Extent], ends: Mapping[str, int], before: Saved) -> None:
    """Refuse a workspace that lost a file of its archive: the backup that has it must not be taken for current."""
    for name in sorted({*before.archive, *(name for name, end in ends.items() if end)} - archive.keys()):
        where = folder / store.ARCHIVE / name
        raise InputError(f"{where}: expected a file that the database or the backup knows, but it is not there")


# What is small and written anew


def _copy_small(path: Path, copy: Path) -> None:
    if path.is_file() and not (copy.is_file() and copy.read_bytes() == path.read_bytes()):
        copy.parent.mkdir(parents=True, exist_ok=True)
        beside = _beside(copy.parent, copy.name)
        beside.write_bytes(path.read_bytes())
        settle(beside, copy)


def _copy_digests(folder: Path, target: Path) -> Iterator[tuple[str, Extent]]:
    """Copy what was told to readers: a later version would word it otherwise."""
    for path in sorted((folder / DIGESTS).rglob("[!.]*")):
        if path.is_file():
            name = path.relative_to(folder / DIGESTS)
            _copy_small(path, target / DIGESTS / name)
            yield name.as_posix(), digest_of(target / DIGESTS / name, path.stat().st_size)
