"""Databases by their addresses: SQLite in a file, or PostgreSQL; where the two differ is told here and nowhere else.

SQLite has a write-ahead log, so that whatever kills the process costs at most the transaction that was under way, and
others read meanwhile. PostgreSQL is asked for the same: a transaction sees the database as it was when it began, and of
those that read in order to write there is one at a time.
"""

import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError

from pipeline.errors import InputError

DATABASE = "fazhi.db"
VARIABLE = "FAZHI_DB"  # of the environment: the address of the database where nobody names one
BUSY_MS = 30_000  # how long to wait for another process that writes
# Of a connection to a server, where its address has no others: seconds to wait for an answer at first, seconds of
# silence before it is asked whether it is still there, and what texts are sent and taken as, whatever it keeps them in.
OPTIONS = {"connect_timeout": 10, "keepalives_idle": 60, "client_encoding": "utf8"}
UNWRITABLE = ("SQLITE_BUSY", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN")
SQLITE, POSTGRES = "sqlite", "postgresql"
DRIVERS = {SQLITE: SQLITE, POSTGRES: "postgresql+psycopg", "postgres": "postgresql+psycopg"}  # by scheme
EXPECTED = "expected the address of a database, such as postgresql://user@host/name or sqlite:////folder/fazhi.db"
# What no UTF-8 text or no text of PostgreSQL may hold: NUL, and halves of characters, as names of files may have them.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
INSTEAD = "\N{REPLACEMENT CHARACTER}"  # one for one, so that offsets stay what they are
ALONE = "is_alone"  # execution option of a connection whose transactions read in order to write
# Classes of advisory locks; the number within each is that of the schema, since databases may share a server.
WRITING, CRAWLING, DELIVERING, RUNNING = 0x66617A01, 0x66617A02, 0x66617A03, 0x66617A04
LETTING_GO_S = 5.0  # until a server notices that the process of a session was killed
POLL_S = 0.05


def address_of(workspace: Path, db: str = "") -> URL:
    """Return the address of a workspace's database: as told, else as the environment tells, else in its folder.

    Raises:
        InputError: the address is none.
    """
    told = db or os.environ.get(VARIABLE, "")
    return read_address(told) if told else own_address(workspace)


def read_address(told: str) -> URL:
    """Return the address that a text writes; no part of it is told where it is wrong, since it may hold a password.

    Raises:
        InputError: it is none, or of a database that is neither SQLite nor PostgreSQL.
    """
    try:
        url = make_url(told.strip())
    except (ArgumentError, ValueError) as error:
        raise InputError(f"{EXPECTED}; got something else") from error
    scheme = url.drivername.partition("+")[0]
    driver = DRIVERS.get(scheme)
    if driver is None or url.drivername not in (scheme, driver):
        raise InputError(f"{EXPECTED}; got one that begins with {url.drivername}://")
    if driver == SQLITE and url.database in (None, "", ":memory:"):
        raise InputError(f"{EXPECTED}; got one of SQLite without a file")
    return url.set(drivername=driver)


def name_of(url: URL) -> str:
    """Return what a database is called in messages: the file, or server and name without user and password."""
    if url.drivername == SQLITE:
        return str(url.database)
    host = url.host or next(iter(_told(url, "host")), "local")
    return f"{POSTGRES}://{host}{f':{url.port}' if url.port else ''}/{url.database or ''}"


def own_address(workspace: Path) -> URL:
    """Return the address of SQLite in the folder of a workspace."""
    return URL.create(SQLITE, database=str(workspace / DATABASE))


def is_file(url: URL) -> bool:
    """Say whether an address is that of a file that is there."""
    return url.drivername == SQLITE and Path(str(url.database)).is_file()


def storable(told: str) -> str:
    """Return a text as a database keeps it.

    >>> storable("共3件" + chr(0))
    '共3件�'
    """
    return told if told.isascii() and "\0" not in told else UNSTORABLE.sub(INSTEAD, told)


def connect(url: str | URL) -> Engine:
    """Return an engine for a database address, set for one writer and many readers.

    Raises:
        InputError: the address is none, or what PostgreSQL needs is not installed.
    """
    url = read_address(url) if isinstance(url, str) else url
    is_sqlite = url.drivername == SQLITE
    given: dict[str, Any] = {"connect_args": {"check_same_thread": False}}
    if not is_sqlite:
        options = {name: each for name, each in OPTIONS.items() if name not in url.query}
        given = {"connect_args": options, "pool_pre_ping": True, "isolation_level": "REPEATABLE READ"}
    try:
        engine = create_engine(url, json_serializer=_json, **given)
    except ImportError as error:
        raise InputError(
            f"{name_of(url)}: expected psycopg, which a database of PostgreSQL needs, to be installed; "
            "install fazhi[postgres]"
        ) from error
    event.listen(engine, "before_cursor_execute", _clean, retval=True)
    event.listen(engine, "begin", _begin_sqlite if is_sqlite else _begin_postgres)
    event.listen(engine, "handle_error", _explain_sqlite if is_sqlite else _explain_postgres)
    if is_sqlite:
        event.listen(engine, "connect", _set_pragmas)
    return engine


def writer(engine: Engine) -> Connection:
    """Return a connection for transactions that read in order to write: nobody else writes while one is under way."""
    if engine.dialect.name == SQLITE:
        return engine.connect().execution_options(**{ALONE: True})
    # The snapshot must not be older than the lock, which is waited for with the first statement.
    return engine.connect().execution_options(isolation_level="READ COMMITTED", **{ALONE: True})


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Yield a connection in a transaction that reads in order to write; it is stored at the end or not at all."""
    with writer(engine) as connection, connection.begin():
        yield connection


@contextmanager
def alone(engine: Engine, lock: int) -> Iterator[bool]:
    """Yield whether nobody else does what a lock stands for, from whatever machine; SQLite leaves that to a file.

    Args:
        engine: of the database.
        lock: CRAWLING, RUNNING or DELIVERING.
    """
    if engine.dialect.name == SQLITE:
        yield True
        return
    ask = text("SELECT pg_try_advisory_lock(:lock, hashtext(current_schema()))")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as session:
        until = time.monotonic() + LETTING_GO_S
        try:
            while not (is_alone := bool(session.execute(ask, {"lock": lock}).scalar())) and time.monotonic() < until:
                time.sleep(POLL_S)
            yield is_alone
        finally:
            session.invalidate()  # ends the session, and its lock with it


def _set_pragmas(connection: Any, _: object) -> None:
    cursor = connection.cursor()
    connection.isolation_level = None  # the driver's own transactions leave out DDL
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    is_alone = connection.get_execution_options().get(ALONE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_alone else "BEGIN")


def _begin_postgres(connection: Connection) -> None:
    if connection.get_execution_options().get(ALONE):
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock, hashtext(current_schema()))"), {"lock": WRITING})


def _explain_sqlite(context: ExceptionContext) -> None:
    """Say in one sentence that a file cannot be written: another process does, or the disk is full or broken."""
    error = context.original_exception
    if getattr(error, "sqlite_errorname", "").startswith(UNWRITABLE) and context.engine:
        raise InputError(
            f"{name_of(context.engine.url)}: expected a database that can be written, but {error}"
        ) from error


def _explain_postgres(context: ExceptionContext) -> None:
    """Say in one sentence that a server does not answer, or no longer."""
    if context.is_pre_ping:  # the pool looks whether a connection still works, and takes another if not
        return
    error = context.original_exception
    is_unreachable = context.connection is None or context.is_disconnect
    if is_unreachable and isinstance(context.sqlalchemy_exception, OperationalError | InterfaceError):
        url = context.engine.url if context.engine else URL.create(POSTGRES)
        raise InputError(f"{name_of(url)}: expected a database that answers, but {said(error, url)}") from error


def said(error: BaseException, url: URL) -> str:
    """Return what a database said in one line, without the password of its address."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    told = " ".join(str(cause).split()).rstrip(".")
    secrets = [url.password, *_told(url, "password")]
    for secret in secrets:
        told = told.replace(str(secret), "***") if secret else told
    return told or type(cause).__name__


def _told(url: URL, name: str) -> list[str]:
    """Return what the options of an address say under a name."""
    found = url.query.get(name, ())
    return [found] if isinstance(found, str) else list(found)


def _clean(_: object, __: object, statement: str, parameters: Any, ___: object, ____: bool) -> tuple[str, Any]:
    return statement, _cleaned(parameters)


def _cleaned(given: Any) -> Any:
    """Return parameters, those of many rows among them, with texts that any database keeps."""
    if isinstance(given, str):
        return storable(given)
    if isinstance(given, dict):
        return {_cleaned(name): _cleaned(each) for name, each in given.items()}
    if isinstance(given, list):
        return [_cleaned(each) for each in given]
    return tuple(map(_cleaned, given)) if isinstance(given, tuple) else given


def _json(value: Any) -> str:
    told = json.dumps(value, ensure_ascii=False, allow_nan=False)
    # NUL is written as an escape, which the type JSON of PostgreSQL keeps and cannot read.
    return storable(json.dumps(_cleaned(value), ensure_ascii=False) if "\\u0000" in told else told)
