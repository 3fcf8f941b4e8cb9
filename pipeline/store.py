"""The database of a workspace: what is known about sources, addresses, documents, and what is still to be done.

What came lies in the archive and never changes; the database names file and offset of each record there. The schema is
made and brought up to date by the migrations in `pipeline/migrations`; SQLite by default, with a write-ahead log, so
that whatever kills the process costs at most the transaction that was under way.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Engine,
    Float,
    ForeignKey,
    Index,
    Insert,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    Text,
    UniqueConstraint,
    Update,
    bindparam,
    create_engine,
    event,
    insert,
    inspect,
    select,
    update,
)

from pipeline.errors import InputError

DATABASE = "fazhi.db"
BUSY_MS = 30_000  # how long to wait for another process that writes

schema = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Times are ISO 8601 in UTC, with the precision of a microsecond: they sort as text, in SQLite as in PostgreSQL.
TIME = String(32)
BIG = BigInteger().with_variant(Integer, "sqlite")

runs = Table(
    "run",
    schema,
    Column("id", Integer, primary_key=True),
    Column("started", TIME, nullable=False),
    Column("ended", TIME),
    Column("state", String(16), nullable=False),  # running, ended, stopped
    Column("version", String(32), nullable=False),  # of fazhi
    Column("options", JSON, nullable=False),
)

sources = Table(
    "source",
    schema,
    Column("id", String(80), primary_key=True),  # as in sources.toml
    Column("name", Text, nullable=False),
    Column("family", String(32), nullable=False, default=""),  # as found last time
    Column("sign", Text, nullable=False, default=""),  # what told it
    Column("outcome", String(32), nullable=False, default=""),
    Column("details", JSON, nullable=False, default=list),  # each outcome that asks for a look, with where and why
    Column("run_id", Integer, ForeignKey("run.id")),  # the last that ended for it
    Column("checked", TIME),
    Column("good_at", TIME),  # when it last ended in a good state
    Column("full_at", TIME),  # when all its pages were last read
    Column("passes", Integer, nullable=False, default=0),  # since then
    Column("rows", Integer, nullable=False, default=0),  # of its lists at that time
    Column("documents", Integer, nullable=False, default=0),
)

hosts = Table(
    "host",
    schema,
    Column("name", String(255), primary_key=True),  # without www.
    Column("origin", String(255), nullable=False, default=""),  # scheme and host that answer, once known
    Column("robots", Text),
    Column("robots_status", Integer),
    Column("robots_at", TIME),
    Column("asked_at", TIME),  # the end of the last request
    Column("week", String(8), nullable=False, default=""),  # 2026-W47
    Column("requests", Integer, nullable=False, default=0),  # of that week
    Column("refusals", Integer, nullable=False, default=0),  # runs in a row that ended with a challenge
    Column("resting_until", TIME),
)

archives = Table(
    "archive",
    schema,
    Column("file", String(80), primary_key=True),
    Column("end", BIG, nullable=False),  # bytes that belong to ended transactions; what is behind is of no account
)

snapshots = Table(
    "snapshot",
    schema,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("fetched", TIME, nullable=False),
    Column("status", Integer, nullable=False),
    Column("media", Text, nullable=False, default=""),
    Column("sha256", String(64), nullable=False),  # of the content, content-encoding undone
    Column("payload", String(64), nullable=False, index=True),  # sha256 of the bytes on the wire
    Column("size", BIG, nullable=False),
    Column("file", String(80), nullable=False),
    Column("offset", BIG, nullable=False),  # of the record that holds the bytes
)

addresses = Table(
    "address",
    schema,
    Column("key", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("etag", Text, nullable=False, default=""),
    Column("last_modified", Text, nullable=False, default=""),
    Column("snapshot_id", Integer, ForeignKey("snapshot.id")),  # the last good one
    Column("target", Text, nullable=False, default=""),  # of a redirect
    Column("rows", Integer),  # of a list, last time
    Column("outcome", String(32), nullable=False, default=""),
    Column("run_id", Integer, ForeignKey("run.id")),  # that asked last
    Column("checked", TIME),
)

rows = Table(
    "row",
    schema,
    Column("id", Integer, primary_key=True),
    Column("source_id", String(80), ForeignKey("source.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("list_url", Text, nullable=False),
    Column("column", Text, nullable=False, default=""),
    Column("list_title", Text, nullable=False),  # as the list has it
    Column("title", Text, nullable=False),  # whole, once its article was read
    Column("published", Date),
    Column("number", Text, nullable=False, default=""),
    Column("publisher", Text, nullable=False, default=""),
    Column("index_number", Text, nullable=False, default=""),
    Column("files", JSON, nullable=False, default=list),
    Column("verdict", String(16), nullable=False),  # kept, doubtful, dropped
    Column("score", Float, nullable=False),
    Column("words", JSON, nullable=False),
    Column("outcome", String(32), nullable=False, default=""),  # of its article; "" until it was asked for
    Column("first_run", Integer, nullable=False),
    Column("last_run", Integer, nullable=False),  # that saw it on a list
    UniqueConstraint("source_id", "key"),
)

documents = Table(
    "document",
    schema,
    Column("id", String(16), primary_key=True),  # of its text and the bytes of its files
    Column("title", Text, nullable=False),
    Column("first_run", Integer, nullable=False),
    Column("first_seen", TIME, nullable=False),
)

places = Table(
    "place",
    schema,
    Column("id", Integer, primary_key=True),
    Column("document_id", String(16), ForeignKey("document.id"), nullable=False, index=True),
    Column("key", Text, nullable=False, index=True),  # of the page
    Column("source_id", String(80), ForeignKey("source.id"), nullable=False),
    Column("row_id", Integer, ForeignKey("row.id")),
    Column("snapshot_id", Integer, ForeignKey("snapshot.id"), nullable=False),
    Column("state", String(16), nullable=False),  # current, unlisted, replaced, withdrawn
    Column("first_seen", TIME, nullable=False),
    Column("last_seen", TIME, nullable=False),
    Column("told_file", String(80), nullable=False, default=""),  # where the archive tells of it; "" where it must anew
    Column("told_offset", BIG),
    UniqueConstraint("document_id", "key", "source_id"),
)

parts = Table(
    "part",
    schema,
    Column("id", Integer, primary_key=True),
    Column("place_id", Integer, ForeignKey("place.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("role", String(16), nullable=False),  # further page, attachment, picture
    Column("key", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("name", Text, nullable=False, default=""),  # the text of the link
    Column("outcome", String(32), nullable=False),
    Column("snapshot_id", Integer, ForeignKey("snapshot.id")),
)

steps = Table(
    "step",
    schema,
    Column("id", Integer, primary_key=True),
    Column("run_id", Integer, ForeignKey("run.id"), nullable=False),
    Column("source_id", String(80), ForeignKey("source.id"), nullable=False),
    Column("host", String(255), nullable=False),
    Column("kind", String(16), nullable=False),  # list, article, file
    Column("slot", Text, nullable=False),  # what there is one of in a run: source, kind, article of a file, key
    Column("key", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("method", String(8), nullable=False, default="GET"),
    Column("form", JSON, nullable=False, default=list),
    Column("family", String(32), nullable=False, default=""),
    Column("memo", JSON, nullable=False, default=dict),
    Column("referer", Text, nullable=False, default=""),
    Column("about", JSON, nullable=False, default=dict),  # what a kind of step needs besides
    Column("parent_id", Integer, ForeignKey("step.id")),  # of a file: the article's step
    Column("rank", Integer, nullable=False),  # the lower, the sooner
    Column("state", String(16), nullable=False),  # waiting, parked (its source was not chosen), held, done
    Column("seen", JSON, nullable=False, default=list),  # outcomes of the attempts
    Column("not_before", TIME),
    Column("outcome", String(32), nullable=False, default=""),
    Column("detail", Text, nullable=False, default=""),
    Column("snapshot_id", Integer, ForeignKey("snapshot.id")),
    UniqueConstraint("run_id", "slot"),
    Index("ix_step_work", "run_id", "host", "state"),
    Index("ix_step_parent", "parent_id"),
)

sightings = Table(
    "sighting",
    schema,
    Column("id", Integer, primary_key=True),
    Column("run_id", Integer, ForeignKey("run.id"), nullable=False),
    Column("chain", String(16), nullable=False),  # pages of one list
    Column("page", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Index("ix_sighting_chain", "run_id", "chain"),
)

troubles = Table(
    "trouble",
    schema,
    Column("id", Integer, primary_key=True),
    Column("run_id", Integer, ForeignKey("run.id"), nullable=False, index=True),
    Column("source_id", String(80), ForeignKey("source.id"), nullable=False),
    Column("at", TIME, nullable=False),
    Column("outcome", String(32), nullable=False),
    Column("url", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("is_passing", Boolean, nullable=False),  # tried again
)


def open_store(workspace: Path) -> Engine:
    """Return the database of a workspace, made or brought up to date where it has to be.

    Raises:
        InputError: it was written by a newer version, or is no database.
    """
    workspace.mkdir(parents=True, exist_ok=True)
    engine = connect(f"sqlite:///{workspace / DATABASE}")
    migrate(engine)
    return engine


def connect(url: str) -> Engine:
    """Return an engine for a database address; its pragmas are set for one writer and many readers."""
    engine = create_engine(url, connect_args={"check_same_thread": False} if url.startswith("sqlite") else {})
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def set_pragmas(connection: Any, _: object) -> None:
            cursor = connection.cursor()
            connection.isolation_level = None  # the driver's own transactions leave out DDL
            for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}"):
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    return engine


def migrate(engine: Engine) -> None:
    """Bring a database to the schema of this version.

    Raises:
        InputError: it was written by a newer version, or is no database.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from alembic.util.exc import CommandError
    from sqlalchemy.exc import DatabaseError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    newest = ScriptDirectory.from_config(config).get_current_head()
    try:
        with engine.connect() as connection, connection.begin():
            if version_of(connection) == newest:
                return
        alone = {"begin": "BEGIN IMMEDIATE"}  # of two that find an old database, one waits for the other
        with engine.connect().execution_options(**alone) as connection, connection.begin():
            found = version_of(connection)
            if found is None and (others := tables_of(connection) - {"alembic_version"}):
                named = ", ".join(sorted(others)[:3])
                raise InputError(f"{engine.url.database}: expected a workspace database, got one with tables {named}")
            if found != newest:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
    except CommandError as error:
        raise InputError(
            f"{engine.url.database}: expected a workspace of this version or an older one, got a newer ({error}); "
            "install the newest fazhi"
        ) from error
    except DatabaseError as error:
        raise InputError(
            f"{engine.url.database}: expected a workspace database, got something else ({error.orig})"
        ) from error


def version_of(connection: Connection) -> str | None:
    """Return the revision that a database is at; None for an empty one."""
    from alembic.runtime.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def reading(workspace: Path) -> Iterator[Connection]:
    """Yield a connection to the database of a workspace that is there already.

    Raises:
        InputError: there is none.
    """
    if not (workspace / DATABASE).is_file():
        raise InputError(f"{workspace}: expected a workspace that fazhi crawl made, but it has no {DATABASE}")
    engine = open_store(workspace)
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
