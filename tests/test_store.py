"""The database of a workspace, on SQLite as on PostgreSQL: its schema comes from the migrations, what is stored is kept
as it is, and only what belongs to the workspace is opened.
"""

import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, delete, event, func, insert, inspect, select, text, update
from sqlalchemy.exc import IntegrityError

from pipeline import crawled, databases, derived, store
from pipeline.errors import InputError
from pipeline.scrape.addresses import key_of
from pipeline.scrape.evidence import FOLDER
from pipeline.scrape.ledger import Ledger
from tests.databases import KINDS, made, within

Database = tuple[Path, str]

TROUBLE = {"run_id": 7, "source_id": "nobody", "at": "", "outcome": "ok", "url": "", "detail": "", "is_passing": False}
RUN = {"id": 7, "started": "", "state": "ended", "version": "", "options": {}}
ARCHIVE = "crawl-0001.warc.gz"
LONG = "http://www.yunling.test/search?title=" + "%E6%B3%95" * 400  # 3,600 bytes behind the mark
SHORT = key_of("http://www.yunling.test/zwgk/1.html")


@pytest.fixture
def engine(database: Database) -> Iterator[Engine]:
    opened = store.open_store(*database)
    yield opened
    opened.dispose()


@pytest.fixture
def raw(database: Database) -> Iterator[Engine]:
    """The database before anybody opened it as a workspace."""
    folder, url = database
    folder.mkdir(parents=True)
    opened = store.connect(url)
    yield opened
    opened.dispose()


def ends(connection: Connection) -> dict[str, int]:
    return {row.file: row.end for row in connection.execute(select(store.archives))}


# The schema


def test_the_schema_knows_all_tables_whichever_module_was_imported() -> None:
    for module in ("pipeline.derived", "pipeline.scrape.ledger"):
        code = f"import {module}; from pipeline import store; print(*sorted(store.schema.tables))"
        told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        assert {"address", "version", "delivery"} <= set(told.split())
        assert set(told.split()) == set(store.schema.tables)


def test_each_table_of_the_schema_is_one_of_a_crawl_or_of_what_was_derived() -> None:
    of_crawls = {*crawled.TABLES, crawled.homes}
    others = {each for each in vars(derived).values() if isinstance(each, type(store.runs))}
    assert of_crawls | others == set(store.schema.tables.values())
    assert of_crawls & others == set()


def test_the_migrations_make_exactly_the_tables_of_the_modules(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, store.schema) == []
        assert store.tables_of(connection) == {*store.schema.tables, "alembic_version"}


def described(engine: Engine) -> dict[str, Any]:
    """Columns, keys and indexes of each table as a database tells of them."""
    told = inspect(engine)
    return {
        name: {
            "columns": sorted(
                (each["name"], str(each["type"]), each["nullable"], str(each["default"]))
                for each in told.get_columns(name)
            ),
            "key": told.get_pk_constraint(name)["constrained_columns"],
            "unique": sorted(map(str, (each["column_names"] for each in told.get_unique_constraints(name)))),
            "indexes": sorted(
                (each["name"] or "", str(each["column_names"]), bool(each["unique"])) for each in told.get_indexes(name)
            ),
            "foreign": sorted(
                (*each["constrained_columns"], each["referred_table"], *each["referred_columns"])
                for each in told.get_foreign_keys(name)
            ),
        }
        for name in store.schema.tables
    }


@pytest.mark.parametrize("kind", KINDS)
def test_the_migrations_make_the_same_constraints(kind: str, tmp_path: Path) -> None:
    with made(kind, tmp_path / "one") as one, made(kind, tmp_path / "other") as other:
        (tmp_path / "one").mkdir()
        direct, migrated = store.connect(one), store.open_store(tmp_path / "other", other)
        store.schema.create_all(direct)
        assert described(migrated) == described(direct)
        direct.dispose()
        migrated.dispose()


@pytest.mark.parametrize("table", ["document", "trouble", "derivation", "section", "alembic_version"])
def test_a_migration_that_was_killed_leaves_nothing_behind_and_is_run_again(
    table: str, raw: Engine, database: Database
) -> None:
    @event.listens_for(raw, "before_cursor_execute")
    def kill(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if f"CREATE TABLE {table} " in statement:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.migrate(raw)
    event.remove(raw, "before_cursor_execute", kill)
    with raw.connect() as connection:
        assert store.tables_of(connection) == set()
    opened = store.open_store(*database)
    with opened.connect() as connection:
        assert store.tables_of(connection) == {*store.schema.tables, "alembic_version"}
    opened.dispose()


def test_two_that_make_a_workspace_at_once_make_one(database: Database) -> None:
    with ThreadPoolExecutor(4) as threads:
        for opened in threads.map(lambda _: store.open_store(*database), range(4)):
            with opened.connect() as connection:
                assert store.version_of(connection) == "0002"
            opened.dispose()


# A workspace of an older version


@pytest.fixture
def old(raw: Engine) -> Engine:
    """A database of version 0001, with a row or two in each table."""
    with databases.writing(raw) as connection:
        config = store.migrations()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for table, row in OLD_ROWS:
            names, values = ", ".join(f'"{name}"' for name in row), ", ".join(f":{name}" for name in row)
            connection.execute(text(f'INSERT INTO "{table}" ({names}) VALUES ({values})'), row)
    return raw


WHEN = "2026-11-16T01:02:03.000000Z"
OLD_KEY = "yunling.test/search?title=" + "%E6%B3%95" * 400
OLD_POST = OLD_KEY + "#POST:0123456789abcdef"
OLD_ROWS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("run", {"id": 1, "started": WHEN, "ended": WHEN, "state": "ended", "version": "0.7", "options": '{"full": true}'}),
    ("run", {"id": 2, "started": WHEN, "state": "running", "version": "0.7", "options": "{}"}),
    (
        "source",
        {"id": "yunling", "name": "云岭县人民政府", "family": "trs", "sign": "", "outcome": "ok", "details": "[]"}
        | {"passes": 3, "rows": 7, "documents": 2, "run_id": 1},
    ),
    ("host", {"name": "yunling.test", "origin": "https://www.yunling.test", "week": "", "requests": 4, "refusals": 0}),
    ("archive", {"file": ARCHIVE, "end": 5_000_000_000}),
    *(
        (
            "snapshot",
            {"id": number, "key": key, "url": f"http://{key}", "fetched": WHEN, "status": 200, "media": "text/html"}
            | {"sha256": "a" * 64, "payload": "b" * 64, "size": 10, "file": ARCHIVE, "offset": number},
        )
        for number, key in enumerate((SHORT, OLD_KEY, OLD_POST), start=1)
    ),
    *(
        (
            "address",
            {"key": key, "url": f"http://{key}", "etag": "", "last_modified": "", "snapshot_id": number, "target": ""}
            | {"outcome": "ok"},
        )
        for number, key in enumerate((SHORT, OLD_KEY, OLD_POST), start=1)
    ),
    (
        "row",
        {"id": 1, "source_id": "yunling", "key": OLD_KEY, "url": f"http://{OLD_KEY}", "list_url": "", "column": ""}
        | {"list_title": "云岭县法治政府建设年度报告", "title": "云岭县法治政府建设年度报告", "published": "2026-01-30"}
        | {"number": "", "publisher": "", "index_number": "", "files": "[]", "verdict": "kept", "score": 1.0}
        | {"words": '["\\u6cd5\\u6cbb"]', "outcome": "ok", "first_run": 1, "last_run": 1},
    ),
    ("document", {"id": "d" * 16, "title": "云岭县法治政府建设年度报告", "first_run": 1, "first_seen": WHEN}),
    (
        "place",
        {"id": 1, "document_id": "d" * 16, "key": OLD_KEY, "source_id": "yunling", "row_id": 1, "snapshot_id": 2}
        | {"state": "current", "first_seen": WHEN, "last_seen": WHEN, "told_file": "", "told_offset": None},
    ),
    (
        "part",
        {"id": 1, "place_id": 1, "position": 0, "role": "attachment", "key": SHORT, "url": "", "name": "附件"}
        | {"outcome": "ok", "snapshot_id": 1},
    ),
    (
        "step",
        {"id": 1, "run_id": 2, "source_id": "yunling", "host": "yunling.test", "kind": "list", "method": "GET"}
        | {"slot": f"yunling list  {OLD_POST}", "key": OLD_POST, "url": "", "form": "[]", "family": "", "memo": "{}"}
        | {"referer": "", "about": "{}", "rank": 2, "state": "waiting", "seen": "[]", "outcome": "", "detail": ""},
    ),
    ("sighting", {"id": 1, "run_id": 2, "chain": "c", "page": 1, "key": OLD_KEY}),
    ("trouble", {**TROUBLE, "id": 1, "run_id": 1, "source_id": "yunling", "detail": "超时"}),
)


def contents(engine: Engine, tables: set[str]) -> dict[str, list[tuple[Any, ...]]]:
    with engine.connect() as connection:
        return {
            name: sorted(map(tuple, connection.execute(text(f'SELECT * FROM "{name}"'))), key=repr) for name in tables
        }


def test_a_workspace_of_an_older_version_is_brought_up_to_date_with_all_that_it_holds(
    old: Engine, database: Database
) -> None:
    tables = {table for table, _ in OLD_ROWS}
    before = contents(old, tables)
    opened = store.open_store(*database)
    after = contents(opened, tables)
    opened.dispose()
    assert {name: len(rows) for name, rows in after.items()} == {name: len(rows) for name, rows in before.items()}
    unchanged = tables - {"source", "snapshot", "address", "row", "place", "step", "sighting"}
    assert {name: after[name] for name in unchanged} == {name: before[name] for name in unchanged}
    assert [row[: len(before["source"][0])] for row in after["source"]] == before["source"]
    with store.reading(*database) as connection:
        assert connection.execute(select(store.sources.c.place)).scalar() == ""
        assert connection.execute(select(store.rows.c.words)).scalar() == ["法治"]


def test_long_keys_of_an_older_version_become_what_they_are_called_now(old: Engine, database: Database) -> None:
    store.open_store(*database).dispose()
    new = key_of(OLD_KEY)
    assert new != OLD_KEY
    with store.reading(*database) as connection:
        for table in (store.rows, store.places, store.sightings):
            assert connection.execute(select(table.c.key)).scalars().all() == [new]
        for table in (store.addresses, store.snapshots):
            keys = set(connection.execute(select(table.c.key)).scalars())
            assert keys == {SHORT, new, f"{new}#POST:0123456789abcdef"}
        step = connection.execute(select(store.steps)).one()
        assert (step.key, step.slot) == (f"{new}#POST:0123456789abcdef", f"yunling list  {step.key}")


def test_a_migration_that_fails_leaves_the_older_database_as_it_was(old: Engine, database: Database) -> None:
    before = contents(old, {table for table, _ in OLD_ROWS})

    @event.listens_for(old, "before_cursor_execute")
    def kill(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if "ALTER TABLE source" in statement and "level" in statement:  # the last of all
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.migrate(old)
    event.remove(old, "before_cursor_execute", kill)
    with old.connect() as connection:
        assert store.version_of(connection) == "0001"
        assert "derivation" not in store.tables_of(connection)
    assert contents(old, set(before)) == before
    store.open_store(*database).dispose()
    with old.connect() as connection:
        assert store.version_of(connection) == "0002"


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(engine: Engine, database: Database) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(
        InputError, match=r"expected a workspace of this version or an older one, got a newer .*install"
    ):
        store.open_store(*database)
    with engine.connect() as connection:
        assert store.version_of(connection) == "9999"


# What is no workspace


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
    ("statements", "named"),
    [
        pytest.param(("CREATE TABLE source (name TEXT)",), "source", id="a table with a name of ours"),
        pytest.param(("CREATE TABLE note (t TEXT)", "CREATE TABLE tag (t TEXT)"), "note, tag", id="other tables"),
    ],
)
def test_the_database_of_another_program_is_refused_and_left_as_it_is(
    statements: tuple[str, ...], named: str, raw: Engine, database: Database
) -> None:
    with raw.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    for _ in range(2):
        with pytest.raises(InputError, match=f"expected a workspace database, got one with tables {named}"):
            store.open_store(*database)
    with raw.connect() as connection:
        assert store.tables_of(connection) == set(named.split(", "))


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    (tmp_path / store.DATABASE).touch()
    opened = store.open_store(tmp_path)
    with opened.connect() as connection:
        assert store.version_of(connection) is not None
    opened.dispose()


def test_reading_asks_for_a_workspace_that_is_there_and_makes_none(database: Database) -> None:
    folder, url = database
    expected = "expected a workspace that fazhi crawl made, (but|got)"
    with pytest.raises(InputError, match=expected), store.reading(folder, url):
        pass
    assert not folder.exists()
    folder.mkdir()
    with pytest.raises(InputError, match=expected), store.reading(folder, url):
        pass
    assert list(folder.iterdir()) == []
    assert not store.is_there(folder, url)
    store.open_store(folder, url).dispose()
    assert store.is_there(folder, url)


def test_a_folder_is_made_where_there_is_none(tmp_path: Path) -> None:
    store.open_store(tmp_path / "one?" / "two").dispose()
    assert (tmp_path / "one?" / "two" / store.DATABASE).is_file()


# What is stored


def test_opening_twice_keeps_what_is_there(database: Database) -> None:
    for number in (1, 2):
        opened = store.open_store(*database)
        with opened.begin() as connection:
            connection.execute(insert(store.archives).values(file=f"crawl-{number:04}.warc.gz", end=number))
            assert len(ends(connection)) == number
        opened.dispose()


def test_reading_shows_what_was_written(engine: Engine, database: Database) -> None:
    with engine.begin() as connection:
        connection.execute(insert(store.archives).values(file=ARCHIVE, end=5_000_000_000))
    with store.reading(*database) as connection:
        assert ends(connection) == {ARCHIVE: 5_000_000_000}


def test_it_has_a_log_written_ahead_and_waits_for_others(tmp_path: Path) -> None:
    opened = store.open_store(tmp_path)
    with opened.connect() as connection:
        told = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        ]
    opened.dispose()
    assert told == ["wal", 1, store.BUSY_MS]


def test_foreign_keys_are_kept(engine: Engine) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), engine.begin() as connection:
        connection.execute(insert(store.troubles).values(TROUBLE))


def test_what_others_refer_to_is_not_deleted(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(insert(store.runs).values(RUN))
        connection.execute(insert(store.sources).values(id="nobody", name=""))
        connection.execute(insert(store.troubles).values(TROUBLE))
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), engine.begin() as connection:
        connection.execute(delete(store.runs))


def test_a_transaction_that_fails_leaves_nothing_of_tables_either(engine: Engine) -> None:
    with suppress(KeyError), engine.begin() as connection:
        connection.execute(insert(store.archives).values(file=ARCHIVE, end=1))
        connection.execute(text("CREATE TABLE more (id INTEGER)"))
        raise KeyError
    with engine.connect() as connection:
        assert "more" not in store.tables_of(connection)
        assert ends(connection) == {}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        pytest.param("云岭县\n共3件", "云岭县\n共3件", id="plain text stays"),
        pytest.param("a" * 3000, "a" * 3000, id="long text stays"),
        pytest.param("𠮷野家\U0010ffff", "𠮷野家\U0010ffff", id="characters beyond the first plane stay"),
        pytest.param("共\x003件\x00", "共\ufffd3件\ufffd", id="NUL, one character for one"),
        pytest.param("附件\udce9.doc", "附件\ufffd.doc", id="half a character, as names of files have it"),
        pytest.param("\\u0000 '\"%s:x", "\\u0000 '\"%s:x", id="what only looks like an escape or a placeholder"),
    ],
)
def test_texts_are_kept_alike_wherever_they_stand(given: str, kept: str, engine: Engine) -> None:
    assert store.storable(given) == kept
    nested = {"options": {given: [given, {"told": given}], "n": 1.5, "none": None}}
    with engine.begin() as connection:
        made = store.add(connection, store.runs, started="", state=given[:8], version="", **nested)
        store.add(connection, store.sources, id="yunling", name=given, details=[given])
        several = [
            {"run_id": made, "chain": "c", "page": number, "key": given + str(number % 7)} for number in range(40)
        ]
        numbers = connection.execute(insert(store.sightings).returning(store.sightings.c.id), several).scalars().all()
        assert len(set(numbers)) == 40
    with engine.begin() as connection:
        run = store.get(connection, store.runs, id=made)
        assert run.options == {kept: [kept, {"told": kept}], "n": 1.5, "none": None}
        source = store.get(connection, store.sources, name=given)  # as it was given
        assert (source.name, source.details) == (kept, [kept])
        keys = set(connection.execute(select(store.sightings.c.key)).scalars())
        assert keys == {kept + str(number) for number in range(7)}


def test_numbers_that_are_none_are_refused_in_json(engine: Engine) -> None:
    with pytest.raises(Exception, match="not JSON compliant"), engine.begin() as connection:
        store.add(connection, store.runs, started="", state="", version="", options={"score": float("nan")})


def test_a_page_with_a_very_long_address_has_a_place(engine: Engine) -> None:
    key = key_of(LONG)
    with engine.begin() as connection:
        connection.execute(insert(store.runs).values(RUN))
        connection.execute(insert(store.sources).values(id="s" * 80, name=""))
        store.add(connection, store.addresses, key=key, url=LONG)
        told = {"run_id": 7, "source_id": "s" * 80, "host": "yunling.test", "kind": "list", "url": LONG, "rank": 1}
        store.add(connection, store.steps, slot=f"{'s' * 80} article 1 {key}", key=key, state="waiting", **told)
        assert store.get(connection, store.addresses, key=key_of(LONG)).url == LONG


# Several at once


def test_two_may_have_it_open_and_one_reads_while_the_other_writes(engine: Engine, database: Database) -> None:
    reader = store.open_store(*database)
    with engine.begin() as writing, reader.connect() as reading:
        writing.execute(insert(store.archives).values(file=ARCHIVE, end=1))
        assert ends(reading) == {}
    reader.dispose()


def test_a_reader_sees_the_database_as_it_was_when_he_began(engine: Engine, database: Database) -> None:
    with store.reading(*database) as reader:
        assert ends(reader) == {}
        with store.writing(engine) as tx:
            tx.execute(insert(store.archives).values(file=ARCHIVE, end=1))
        assert ends(reader) == {}
    with store.reading(*database) as reader:
        assert ends(reader) == {ARCHIVE: 1}


def test_of_many_that_read_in_order_to_write_none_loses_what_another_wrote(engine: Engine, database: Database) -> None:
    with engine.begin() as connection:
        connection.execute(insert(store.archives).values(file=ARCHIVE, end=0))
    begin = threading.Barrier(4)

    def add(_: int) -> None:
        own = store.connect(database[1])
        begin.wait()
        for _ in range(10):
            with store.writing(own) as tx:
                found = ends(tx)[ARCHIVE]
                tx.execute(update(store.archives).values(end=found + 1))
        own.dispose()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(add, range(4)))
    with engine.connect() as connection:
        assert ends(connection) == {ARCHIVE: 40}


# Where the database is


@pytest.mark.parametrize(
    ("told", "why"),
    [
        pytest.param("云岭", "got something else", id="no address"),
        pytest.param("mysql://fazhi:geheim@db.test/fazhi", "got one that begins with mysql://", id="another database"),
        pytest.param("postgresql+asyncpg://fazhi:geheim@db.test/x", "begins with postgresql.asyncpg", id="a driver"),
        pytest.param("postgresql://fazhi:geheim@db.test:port/fazhi", "got something else", id="a port that is none"),
        pytest.param("sqlite://", "SQLite without a file", id="SQLite in memory"),
        pytest.param("sqlite:///:memory:", "SQLite without a file", id="SQLite in memory, by name"),
    ],
)
def test_an_address_that_is_none_is_refused_without_telling_what_it_holds(told: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"expected the address of a database.*{why}") as failed:
        store.open_store(tmp_path / "workspace", told)
    assert "geheim" not in str(failed.value)
    assert not (tmp_path / "workspace").exists()


@pytest.mark.parametrize("scheme", ["postgresql+psycopg", "postgresql", "postgres"])
def test_postgresql_is_written_in_three_ways(scheme: str) -> None:
    url = databases.read_address(f"{scheme}://fazhi:geheim@db.test:5433/law?password=geheim2")
    assert url.drivername == "postgresql+psycopg"
    assert databases.name_of(url) == "postgresql://db.test:5433/law"


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("postgresql://fazhi:geheim@127.0.0.1:1/law", id="nobody listens"),
        pytest.param("postgresql://fazhi@127.0.0.1:1/law?password=geheim", id="a password among the options"),
        pytest.param("postgresql://fazhi:geheim@127.0.0.1,127.0.0.1:1/law", id="two servers"),
    ],
)
def test_a_server_that_does_not_answer_is_told_in_one_sentence_without_the_password(url: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected a database that answers, but") as failed:
        store.open_store(tmp_path, url)
    assert "geheim" not in str(failed.value)
    assert "\n" not in str(failed.value)


def test_a_database_that_is_not_there_is_told(postgres: str, tmp_path: Path) -> None:
    missing = databases.read_address(postgres).set(database="no_such").render_as_string(hide_password=False)
    with pytest.raises(InputError, match=r"/no_such: expected a database that answers, but .*does not exist"):
        store.open_store(tmp_path, missing)


def test_what_postgresql_needs_is_named_where_it_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(InputError, match=r"expected psycopg.*install fazhi\[postgres\]"):
        store.open_store(tmp_path, "postgresql://db.test/law")


def test_the_environment_names_the_database_where_nobody_else_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAZHI_DB", f"sqlite:///{tmp_path / 'elsewhere.db'}")
    store.open_store(tmp_path / "w").dispose()
    assert (tmp_path / "elsewhere.db").is_file()
    store.open_store(tmp_path / "v", f"sqlite:///{tmp_path / 'told.db'}").dispose()
    assert (tmp_path / "told.db").is_file()


def test_a_database_that_cannot_hold_chinese_is_refused(postgres: str, tmp_path: Path) -> None:
    url = databases.read_address(postgres)
    server = store.connect(postgres).execution_options(isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        name = f"{url.database}_ascii"
        how = "TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'"
        if (server.dialect.server_version_info or ()) >= (15,):  # with other orders than those of the system
            how += " LOCALE_PROVIDER libc"
        connection.exec_driver_sql(f"CREATE DATABASE {name} {how}")
        with pytest.raises(InputError, match="expected a database in UTF8, got SQL_ASCII"):
            store.open_store(tmp_path, url.set(database=name).render_as_string(hide_password=False))
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    server.dispose()


def test_a_schema_is_a_database_of_its_own(postgres: str, tmp_path: Path) -> None:
    one, other = within(postgres, "one"), within(postgres, "other")
    with pytest.raises(InputError, match="expected one of the schemas one to be there; make it with CREATE SCHEMA"):
        store.open_store(tmp_path / "one", one)
    server = store.connect(postgres)
    with server.begin() as connection:
        connection.execute(text("CREATE SCHEMA one"))
        connection.execute(text("CREATE SCHEMA other"))
    server.dispose()
    for name, url in (("one", one), ("other", other)):
        opened = store.open_store(tmp_path / name, url)
        with opened.begin() as connection:
            assert ends(connection) == {}
            connection.execute(insert(store.archives).values(file=ARCHIVE, end=1))
        opened.dispose()


# To which folder a database belongs


@pytest.fixture(params=KINDS)
def apart(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database outside of any workspace."""
    (tmp_path / "databases").mkdir()
    with made(request.param, tmp_path / "databases") as url:
        yield url


def grow(folder: Path, url: str) -> None:
    """Let a workspace have an archive of ten bytes."""
    opened = store.open_store(folder, url)
    (folder / FOLDER / ARCHIVE).write_bytes(b"0123456789")
    with opened.begin() as connection:
        connection.execute(insert(store.archives).values(file=ARCHIVE, end=10))
    opened.dispose()


def test_the_archive_is_where_crawls_write() -> None:
    assert store.ARCHIVE == FOLDER


def test_a_database_belongs_to_one_folder(apart: str, tmp_path: Path) -> None:
    for _ in range(2):
        store.open_store(tmp_path / "own", apart).dispose()
    expected = "other: expected the workspace whose pages .* tells of .*, got one without its archive"
    for _ in range(2):
        with pytest.raises(InputError, match=expected):
            store.open_store(tmp_path / "other", apart)
    assert list((tmp_path / "other").iterdir()) == []
    with pytest.raises(InputError, match=expected), store.reading(tmp_path / "other", apart):
        pass


@pytest.mark.parametrize("kind", KINDS)
def test_the_folder_of_another_database_is_refused(kind: str, apart: str, tmp_path: Path) -> None:
    (tmp_path / "second").mkdir()
    with made(kind, tmp_path / "second") as second:
        grow(tmp_path / "own", apart)
        grow(tmp_path / "other", second)
        with pytest.raises(InputError, match=r"expected the workspace whose pages .* tells of .*, got another"):
            store.open_store(tmp_path / "other", apart)
        store.open_store(tmp_path / "other", second).dispose()


def test_a_folder_may_be_moved_and_may_lose_its_mark(apart: str, tmp_path: Path) -> None:
    grow(tmp_path / "own", apart)
    (tmp_path / "own").rename(tmp_path / "moved")
    store.open_store(tmp_path / "moved", apart).dispose()
    mark = tmp_path / "moved" / FOLDER / store.MARK
    told = mark.read_bytes()
    mark.unlink()
    store.open_store(tmp_path / "moved", apart).dispose()
    assert mark.read_bytes() == told


def test_a_folder_with_less_than_the_database_tells_of_and_without_its_mark_is_refused(
    apart: str, tmp_path: Path
) -> None:
    grow(tmp_path / "own", apart)
    shutil.copytree(tmp_path / "own", tmp_path / "copy")
    (tmp_path / "copy" / FOLDER / store.MARK).unlink()
    (tmp_path / "copy" / FOLDER / ARCHIVE).write_bytes(b"012345678")
    with pytest.raises(InputError, match="got one without its archive"):
        store.open_store(tmp_path / "copy", apart)


def test_a_database_in_its_folder_needs_no_mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for told in ("", f"sqlite:///{tmp_path / 'w' / store.DATABASE}", "sqlite:///w/fazhi.db"):
        store.open_store(tmp_path / "w", told).dispose()
    with closing(sqlite3.connect(tmp_path / "w" / store.DATABASE)) as kept:
        assert kept.execute("SELECT count(*) FROM workspace").fetchone() == (0,)
    assert not (tmp_path / "w" / FOLDER).exists()


def test_an_empty_database_is_not_taken_for_that_of_an_archive(apart: str, tmp_path: Path) -> None:
    own = f"sqlite:///{tmp_path / 'own.db'}"
    grow(tmp_path / "w", own)
    with pytest.raises(
        InputError, match=r"expected the database that tells of the pages in its archive, but .* of none"
    ):
        store.open_store(tmp_path / "w", apart)
    store.open_store(tmp_path / "w", own).dispose()


def test_a_folder_whose_database_is_elsewhere_does_not_get_another_one(apart: str, tmp_path: Path) -> None:
    store.open_store(tmp_path / "w", apart).dispose()
    for must_exist in (True, False):
        with pytest.raises(InputError, match="expected the address of the database that tells of its pages, got none"):
            store.open_store(tmp_path / "w", must_exist=must_exist)
    assert not (tmp_path / "w" / store.DATABASE).exists()


# A database that cannot be written


def test_a_database_that_somebody_else_writes_to_for_too_long_is_told(tmp_path: Path) -> None:
    one, other = store.open_store(tmp_path), store.open_store(tmp_path)

    def write(engine: Engine) -> None:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=1")
            connection.rollback()
            connection.execute(insert(store.archives).values(file=ARCHIVE, end=1))
            connection.commit()

    with store.writing(one), pytest.raises(InputError, match=r"fazhi\.db: expected a database that can be .*is locked"):
        write(other)
    one.dispose()
    other.dispose()


def test_a_disk_that_is_full_is_told(tmp_path: Path) -> None:
    engine = store.open_store(tmp_path)

    def write() -> None:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count=1")  # which becomes as many as there are
            connection.execute(insert(derived.texts).values(sha256="a" * 64, text="法" * 1_000_000))

    with pytest.raises(InputError, match=r"expected a database that can be written, but database or disk is full"):
        write()
    engine.dispose()


# A connection that is lost


def count_rows(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(store.hosts)).scalar() or 0)


def drop_connections(engine: Engine) -> None:
    """End all others to the same database, as a server that is started anew does."""
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")


def test_a_ledger_whose_connection_is_lost_says_so_and_writes_nothing_more(postgres: str, tmp_path: Path) -> None:
    ledger, other = Ledger(tmp_path, postgres), store.connect(postgres)

    def lose() -> None:
        with ledger.transaction() as tx:
            store.put(tx, store.hosts, {"name": "qinghe.test"}, {"week": "2026-W47"})
            drop_connections(other)

    ledger.note_host("yunling.test", week="2026-W47")
    with pytest.raises(InputError, match="expected a database that answers, but terminating connection"):
        lose()
    with pytest.raises(InputError, match="its connection was lost"):
        ledger.note_host("qinghe.test", week="2026-W47")
    ledger.close()
    assert count_rows(other) == 1
    other.dispose()
    again = Ledger(tmp_path, postgres)
    again.note_host("qinghe.test", week="2026-W47")
    assert (count_rows(again.engine), again.lost) == (2, 0)
    again.close()


def test_a_connection_that_was_lost_between_two_transactions_is_made_anew(postgres: str, tmp_path: Path) -> None:
    opened, other = store.open_store(tmp_path, postgres), store.connect(postgres)
    drop_connections(other)
    with store.writing(opened) as tx:
        tx.execute(insert(store.archives).values(file=ARCHIVE, end=1))
    with opened.connect() as connection:
        assert ends(connection) == {ARCHIVE: 1}
    opened.dispose()
    other.dispose()
