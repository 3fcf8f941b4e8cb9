"""The database of a workspace: its schema comes from the migrations, and only what is one is opened."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, Table, delete, event, func, insert, select, text
from sqlalchemy.exc import IntegrityError

from pipeline import store
from pipeline.errors import InputError

TROUBLE = {"run_id": 7, "source_id": "nobody", "at": "", "outcome": "ok", "url": "", "detail": "", "is_passing": False}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = store.open_store(tmp_path / "workspace")
    yield made
    made.dispose()


def pragma(engine: Engine, name: str) -> object:
    with engine.connect() as connection:
        return connection.execute(text(f"PRAGMA {name}")).scalar()


def test_the_migrations_make_exactly_the_tables_of_the_module(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, store.schema) == []


def test_no_table_is_there_that_the_module_does_not_name(engine: Engine) -> None:
    with engine.connect() as connection:
        assert store.tables_of(connection) == {*store.schema.tables, "alembic_version"}


@pytest.mark.parametrize("table", store.schema.sorted_tables, ids=lambda table: table.name)
def test_the_migrations_make_the_same_constraints(table: Table, tmp_path: Path) -> None:
    made = store.connect(f"sqlite:///{tmp_path / 'made.db'}")
    migrated = store.open_store(tmp_path)
    store.schema.create_all(made)
    told = []
    for engine in (made, migrated):
        with engine.connect() as connection:
            told.append(
                {
                    what: sorted(map(str, rows))
                    for what, query in {
                        "columns": f"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{table.name}')",
                        "keys": f'SELECT "table", "from", "to" FROM pragma_foreign_key_list(\'{table.name}\')',
                        "indexes": 'SELECT i."unique", c.name FROM '
                        f"pragma_index_list('{table.name}') i, pragma_index_info(i.name) c",
                    }.items()
                    for rows in [connection.execute(text(query)).all()]
                }
            )
        engine.dispose()
    assert told[0] == told[1]


def test_opening_twice_keeps_what_is_there(tmp_path: Path) -> None:
    for number in (1, 2):
        engine = store.open_store(tmp_path)
        with engine.begin() as connection:
            connection.execute(insert(store.archives).values(file=f"crawl-{number:04}.warc.gz", end=number))
            assert connection.execute(select(func.count()).select_from(store.archives)).scalar() == number
        engine.dispose()


def test_two_may_have_it_open_and_one_reads_while_the_other_writes(tmp_path: Path) -> None:
    writer, reader = store.open_store(tmp_path), store.open_store(tmp_path)
    with writer.begin() as writing, reader.connect() as reading:
        writing.execute(insert(store.archives).values(file="crawl-0001.warc.gz", end=1))
        assert reading.execute(select(func.count()).select_from(store.archives)).scalar() == 0
    writer.dispose()
    reader.dispose()


def test_a_folder_is_made_where_there_is_none(tmp_path: Path) -> None:
    store.open_store(tmp_path / "one" / "two").dispose()
    assert (tmp_path / "one" / "two" / store.DATABASE).is_file()


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    (tmp_path / store.DATABASE).touch()
    engine = store.open_store(tmp_path)
    with engine.connect() as connection:
        assert store.version_of(connection) is not None
    engine.dispose()


def test_it_has_a_log_written_ahead_and_waits_for_others(engine: Engine) -> None:
    assert pragma(engine, "journal_mode") == "wal"
    assert pragma(engine, "foreign_keys") == 1
    assert pragma(engine, "busy_timeout") == store.BUSY_MS


def test_foreign_keys_are_kept(engine: Engine) -> None:
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), engine.begin() as connection:
        connection.execute(insert(store.troubles).values(TROUBLE))


def test_what_others_refer_to_is_not_deleted(engine: Engine) -> None:
    with engine.begin() as connection:
        run = {"id": 7, "started": "", "state": "ended", "version": "", "options": {}}
        connection.execute(insert(store.runs).values(run))
        connection.execute(insert(store.sources).values(id="nobody", name=""))
        connection.execute(insert(store.troubles).values(TROUBLE))
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), engine.begin() as connection:
        connection.execute(delete(store.runs))


def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    store.open_store(tmp_path).dispose()
    with closing(sqlite3.connect(tmp_path / store.DATABASE)) as newer, newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(InputError, match=r"expected a workspace of this version or an older one, got a newer"):
        store.open_store(tmp_path)
    with closing(sqlite3.connect(tmp_path / store.DATABASE)) as kept:
        assert kept.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("云岭县法治政府建设年度报告\n".encode() * 100, id="text"),
        pytest.param(b"SQLite format 3\x00" + b"\xff" * 2000, id="the opening of one, and nothing behind it"),
    ],
)
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(content: bytes, tmp_path: Path) -> None:
    (tmp_path / store.DATABASE).write_bytes(content)
    with pytest.raises(InputError, match=r"fazhi\.db: expected a workspace database, got something else"):
        store.open_store(tmp_path)
    assert (tmp_path / store.DATABASE).read_bytes() == content


@pytest.mark.parametrize(
    ("made", "named"),
    [
        pytest.param(("CREATE TABLE source (name TEXT)",), "source", id="a table with a name of ours"),
        pytest.param(("CREATE TABLE note (t TEXT)", "CREATE TABLE tag (t TEXT)"), "note, tag", id="other tables"),
    ],
)
def test_the_database_of_another_program_is_refused_and_left_as_it_is(
    made: tuple[str, ...], named: str, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / store.DATABASE)) as other, other:
        for statement in made:
            other.execute(statement)
    for _ in range(2):
        with pytest.raises(InputError, match=rf"fazhi\.db: expected a workspace database, got one with tables {named}"):
            store.open_store(tmp_path)
    with closing(sqlite3.connect(tmp_path / store.DATABASE)) as kept:
        assert kept.execute("SELECT sql FROM sqlite_master").fetchall() == [(statement,) for statement in made]


@pytest.mark.parametrize("table", ["document", "step", "trouble", "alembic_version"])
def test_a_migration_that_was_killed_leaves_nothing_behind_and_is_run_again(table: str, tmp_path: Path) -> None:
    engine = store.connect(f"sqlite:///{tmp_path / store.DATABASE}")

    @event.listens_for(engine, "before_cursor_execute")
    def kill(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if f"CREATE TABLE {table} " in statement:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.migrate(engine)
    engine.dispose()
    with closing(sqlite3.connect(tmp_path / store.DATABASE)) as kept:
        assert kept.execute("SELECT name FROM sqlite_master").fetchall() == []
    engine = store.open_store(tmp_path)
    with engine.connect() as connection:
        assert store.tables_of(connection) == {*store.schema.tables, "alembic_version"}
    engine.dispose()


def test_two_that_make_a_workspace_at_once_make_one(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as threads:
        for engine in threads.map(store.open_store, [tmp_path] * 4):
            engine.dispose()


def test_a_transaction_that_fails_leaves_nothing_of_tables_either(engine: Engine) -> None:
    with suppress(KeyError), engine.begin() as connection:
        connection.execute(insert(store.archives).values(file="crawl-0001.warc.gz", end=1))
        connection.execute(text("CREATE TABLE more (id INTEGER)"))
        raise KeyError
    with engine.connect() as connection:
        assert "more" not in store.tables_of(connection)
        assert connection.execute(select(func.count()).select_from(store.archives)).scalar() == 0


def test_reading_asks_for_a_workspace_that_is_there(tmp_path: Path) -> None:
    expected = "expected a workspace that fazhi crawl made, but it has no fazhi.db"
    with pytest.raises(InputError, match=expected), store.reading(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(InputError, match=expected), store.reading(tmp_path / "nowhere"):
        pass
    assert not (tmp_path / "nowhere").exists()


def test_reading_shows_what_was_written(tmp_path: Path) -> None:
    engine = store.open_store(tmp_path)
    with engine.begin() as connection:
        connection.execute(insert(store.archives).values(file="crawl-0001.warc.gz", end=5_000_000_000))
    engine.dispose()
    with store.reading(tmp_path) as connection:
        assert connection.execute(select(store.archives)).all() == [("crawl-0001.warc.gz", 5_000_000_000)]
