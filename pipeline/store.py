"""The database of a workspace: opened, brought up to date by the migrations in `pipeline/migrations`, and asked.

The tables are those of `crawled` and of `derived`. SQLite lies in the folder of the workspace by default; any other
database belongs to one folder, whose archive holds the bytes that it tells of, and both have the same id.
"""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, Insert, Select, Table, Update, bindparam, insert, inspect, select, update

from pipeline import derived
from pipeline.crawled import (
    addresses,
    archives,
    documents,
    homes,
    hosts,
    parts,
    places,
    rows,
    runs,
    sightings,
    snapshots,
    sources,
    steps,
    troubles,
)
from pipeline.databases import (
    BUSY_MS,
    DATABASE,
    POSTGRES,
    SQLITE,
    address_of,
    connect,
    is_file,
    name_of,
    said,
    storable,
    writer,
    writing,
)
from pipeline.errors import InputError
from pipeline.schema import BIG, TIME, schema

if TYPE_CHECKING:
    from alembic.config import Config

__all__ = [
    "BIG",
    "BUSY_MS",
    "DATABASE",
    "TIME",
    "add",
    "addresses",
    "archives",
    "change",
    "connect",
    "derived",
    "documents",
    "get",
    "homes",
    "hosts",
    "is_there",
    "migrate",
    "open_store",
    "parts",
    "places",
    "put",
    "reading",
    "rows",
    "runs",
    "schema",
    "sightings",
    "snapshots",
    "sources",
    "steps",
    "storable",
    "tables_of",
    "troubles",
    "version_of",
    "writer",
    "writing",
]

ARCHIVE = "archive"  # the folder of the bytes
MARK = "workspace.id"  # in it: of which database they are
OF_CRAWLS = "crawl-*.warc.gz"  # files that a database tells of; imports are told of by what is derived from them


def open_store(workspace: Path, db: str = "", *, must_exist: bool = False) -> Engine:
    """Return the database of a workspace, made or brought up to date where it has to be.

    Args:
        workspace: a folder, made where it is not there.
        db: the address of its database; by default as `FAZHI_DB` of the environment says, else SQLite in the folder.
        must_exist: make neither.

    Raises:
        InputError: it is not there, no database, of a newer version, or that of another workspace.
    """
    url = address_of(workspace, db)
    is_own = url.drivername == SQLITE and Path(str(url.database)).resolve() == (workspace / DATABASE).resolve()
    if is_own and not is_file(url) and _marked(workspace):
        raise InputError(f"{workspace}: expected the address of the database that tells of its pages, got none")
    if must_exist and not (is_file(url) if url.drivername == SQLITE else workspace.is_dir()):
        lacking = f"it has no {DATABASE}" if is_own else f"{name_of(url) if workspace.is_dir() else 'it'} is not there"
        raise InputError(f"{workspace}: expected a workspace that fazhi crawl made, but {lacking}")
    workspace.mkdir(parents=True, exist_ok=True)
    engine = connect(url)
    try:
        migrate(engine, must_exist=must_exist)
        if not is_own:
            _identify(engine, workspace)
    except BaseException:
        engine.dispose()
        raise
    return engine


def is_there(workspace: Path, db: str = "") -> bool:
    """Say whether a workspace has a database that was made already.

    Raises:
        InputError: the database cannot be reached.
    """
    url = address_of(workspace, db)
    if url.drivername == SQLITE or not workspace.is_dir():
        return is_file(url)
    engine = connect(url)
    try:
        with engine.connect() as connection:
            return version_of(connection) is not None
    finally:
        engine.dispose()


def migrations() -> "Config":
    """Return where the migrations are, as their library wants to be told."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


def migrate(engine: Engine, *, must_exist: bool = False) -> None:
    """Bring a database to the schema of this version, in one transaction.

    Raises:
        InputError: it was written by a newer version, is no database, or is empty although it *must_exist*.
    """
    from alembic.script import ScriptDirectory
    from alembic.util.exc import CommandError
    from sqlalchemy.exc import DatabaseError

    config, name = migrations(), name_of(engine.url)
    newest = ScriptDirectory.from_config(config).get_current_head()
    try:
        with engine.connect() as connection, connection.begin():
            if version_of(connection) == newest:
                return
        with writing(engine) as connection:  # of two that find an old database, one waits for the other
            _upgrade(connection, config, newest, must_exist=must_exist)
    except CommandError as error:
        raise InputError(
            f"{name}: expected a workspace of this version or an older one, got a newer ({error}); "
            "install the newest fazhi"
        ) from error
    except DatabaseError as error:
        raise InputError(
            f"{name}: expected a workspace database, got something else ({said(error, engine.url)})"
        ) from error


def _upgrade(connection: Connection, config: "Config", newest: str | None, *, must_exist: bool) -> None:
    from alembic import command

    name, found = name_of(connection.engine.url), version_of(connection)
    if found is None:
        if others := tables_of(connection) - {"alembic_version"}:
            named = ", ".join(sorted(others)[:3])
            raise InputError(f"{name}: expected a workspace database, got one with tables {named}")
        if must_exist:
            raise InputError(f"{name}: expected a workspace that fazhi crawl made, got an empty database")
        if connection.dialect.name == POSTGRES:
            _check_server(connection)
    if found != newest:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _check_server(connection: Connection) -> None:
    """Refuse a database that could not hold Chinese, or that has no place for tables."""
    name = name_of(connection.engine.url)
    coding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if coding != "UTF8":
        raise InputError(f"{name}: expected a database in UTF8, got {coding}; create one with ENCODING 'UTF8'")
    if connection.exec_driver_sql("SELECT current_schema()").scalar() is None:
        path = connection.exec_driver_sql("SHOW search_path").scalar()
        raise InputError(f"{name}: expected one of the schemas {path} to be there; make it with CREATE SCHEMA")


def _identify(engine: Engine, workspace: Path) -> None:
    """Refuse a database whose bytes lie in the archive of another folder.

    The id is in the archive before it is in the database: a folder without the id of its database is another one,
    unless it holds what the database names.
    """
    with engine.connect() as connection, connection.begin():
        known = connection.execute(select(homes.c.id)).scalar()
    if known is not None and _marked(workspace) == known:
        return
    with writing(engine) as connection:
        known, marked = connection.execute(select(homes.c.id)).scalar(), _marked(workspace)
        ends = {row.file: row.end for row in connection.execute(select(archives))}
        there = {file: _size(workspace / ARCHIVE / file) for file in ends}
        is_whole = bool(ends) and all(there[file] >= end for file, end in ends.items())
        if known is None and any((workspace / ARCHIVE).glob(OF_CRAWLS)):
            raise InputError(
                f"{workspace}: expected the database that tells of the pages in its archive, but "
                f"{name_of(engine.url)} tells of none"
            )
        if known is None:
            known = marked or secrets.token_hex(16)
            _mark(workspace, known)
            connection.execute(insert(homes).values(id=known))
        elif marked is None and is_whole:  # the folder was copied without it
            _mark(workspace, known)
        elif marked != known:
            raise InputError(
                f"{workspace}: expected the workspace whose pages {name_of(engine.url)} tells of ({known}), got "
                f"{f'another ({marked})' if marked else 'one without its archive'}; name its own database, an empty "
                "one, or another schema of this one with ?options=-csearch_path%3DNAME"
            )


def _marked(workspace: Path) -> str | None:
    path = workspace / ARCHIVE / MARK
    return path.read_text(encoding="ascii", errors="replace").strip() or None if path.is_file() else None


def _mark(workspace: Path, known: str) -> None:
    folder = workspace / ARCHIVE
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{MARK}"
    beside.write_text(f"{known}\n", encoding="ascii")
    beside.replace(folder / MARK)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else -1


def version_of(connection: Connection) -> str | None:
    """Return the revision that a database is at; None for an empty one."""
    from alembic.runtime.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def reading(workspace: Path, db: str = "") -> Iterator[Connection]:
    """Yield a connection to the database of a workspace that is there already.

    Raises:
        InputError: there is none.
    """
    engine = open_store(workspace, db, must_exist=True)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


# Statements by table and names of columns: to build one takes four times as long as to run it.


def get(tx: Connection, table: Table, **key: Any) -> Any:
    """Return the first row with these values, None for none."""
    return tx.execute(_select(table, tuple(key)), key).first()


def add(tx: Connection, table: Table, **values: Any) -> int:
    """Insert a row; return its id, 0 for a table whose key is no number."""
    made = tx.execute(_insert(table, tuple(values)), values).inserted_primary_key
    return made[0] if made and isinstance(made[0], int) else 0


def change(tx: Connection, table: Table, key: Mapping[str, Any], **values: Any) -> int:
    """Update the rows of a key; return how many there are."""
    given = {f"key_{name}": value for name, value in key.items()} | {
        f"new_{name}": each for name, each in values.items()
    }
    return int(tx.execute(_update(table, tuple(key), tuple(values)), given).rowcount)


def put(
    tx: Connection,
    table: Table,
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    fresh: Mapping[str, Any] | None = None,
) -> None:
    """Update the row of a key, or insert it, with what only a *fresh* row gets."""
    if not change(tx, table, key, **values):
        add(tx, table, **key, **values, **(fresh or {}))


@cache
def _select(table: Table, keys: tuple[str, ...]) -> Select[Any]:
    return select(table).where(*(table.c[name] == bindparam(name) for name in keys)).limit(1)


@cache
def _insert(table: Table, names: tuple[str, ...]) -> Insert:
    return insert(table).values({name: bindparam(name) for name in names})


@cache
def _update(table: Table, keys: tuple[str, ...], names: tuple[str, ...]) -> Update:
    where = (table.c[name] == bindparam(f"key_{name}") for name in keys)
    return update(table).where(*where).values({name: bindparam(f"new_{name}") for name in names})


def tables_of(connection: Connection) -> set[str]:
    """Return the names of the tables of a database."""
    return set(inspect(connection).get_table_names())
