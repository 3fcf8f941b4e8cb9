"""A backup is a workspace, made while others work; it takes what is new, refuses what would spoil it, and survives kills."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import func, insert, select

from pipeline import databases, derived, store
from pipeline.archive import import_paths
from pipeline.backup import DUMP, LOCK, Backup, backup
from pipeline.emulator.battery import battery_site
from pipeline.emulator.server import Emulator
from pipeline.errors import InputError
from pipeline.moments import stamp
from pipeline.scrape.client import Response
from pipeline.scrape.evidence import response_record
from pipeline.scrape.ledger import Ledger
from pipeline.scrape.records import Request
from pipeline.warc import scan
from pipeline.workspace.saved import MANIFEST, Saved, digest_of, read_saved
from tests.crawls import APART, holdings, run, sources_of
from tests.databases import KINDS, copied, made

Place = tuple[Path, str]

WHEN = datetime(2026, 11, 22, 13, tzinfo=UTC)
SITE = battery_site("plain", host="www.yunling.test", count=12, relevant=6)
CRAWLED = "crawl-0001.warc.gz"
TOUCHES = ("open", "os.rename", "os.remove", "os.truncate", "sqlite3.connect", "subprocess.Popen")


@pytest.fixture(scope="module", params=KINDS)
def once(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A workspace with what a crawl found, and a file that was imported."""
    folder = tmp_path_factory.mktemp("backup")
    with made(request.param, folder / "w") as url:
        with Emulator(lambda week: {SITE.host: SITE}) as emulator:
            run(sources_of(emulator, {SITE.host: SITE}, folder), folder / "w", url)
        (folder / "计划.txt").write_text(
            "云岭县2026年法治政府建设工作计划\n\n一、加强行政执法\n（一）每月调度一次。\n", "utf-8"
        )
        import_paths([folder / "计划.txt"], folder / "w")
        yield folder / "w", url


@pytest.fixture
def place(once: Place, tmp_path: Path) -> Iterator[Place]:
    """A copy of that workspace."""
    with copied(*once, tmp_path / "w") as url:
        yield tmp_path / "w", url


def save(place: Place, target: Path) -> Backup:
    return backup(*place, target, now=lambda: WHEN)


def grow(place: Place, number: int = 1, size: int = 0) -> None:
    """Let a crawl of one page add to a workspace."""
    ledger = Ledger(*place)
    write(ledger, number, size)
    ledger.close()


def write(ledger: Ledger, number: int, size: int = 0) -> None:
    """Store a page in the archive and the database, as a step of a crawl does."""
    body = f"<p>第{number}页</p>".encode() + random.Random(number).randbytes(size)
    url = f"http://www.yunling.test/new/{number}.html"
    request = Request(url)
    response = Response(request, url, 200, "OK", (), body, body, WHEN, (), "HTTP/1.1")
    with ledger.transaction() as tx:
        spot = ledger.evidence.append(response_record(response))
        digest = sha256(body).hexdigest()
        store.add(
            tx, store.snapshots, key=f"yunling.test/new/{number}.html", url=url, fetched=stamp(WHEN), status=200,
            sha256=digest, payload=digest, size=len(body), file=spot.file, offset=spot.offset,
        )  # fmt: skip


def spots(connection: Any) -> dict[str, set[int]]:
    """Where the database says that records begin."""
    found: dict[str, set[int]] = {}
    for row in connection.execute(select(store.snapshots.c.file, store.snapshots.c.offset)):
        found.setdefault(row.file, set()).add(row.offset)
    return found


def check_whole(folder: Path, named: dict[str, set[int]]) -> None:
    """See that each record that a database names lies in an archive."""
    for file, offsets in named.items():
        records, _ = scan(folder / "archive" / file, with_responses=False)
        assert offsets <= {record.place.offset for record in records}


# What a backup is


def test_a_backup_is_a_workspace_that_holds_the_same(place: Place, tmp_path: Path) -> None:
    expected = holdings(*place)
    made_now = save(place, tmp_path / "b")
    assert made_now.notes == ()
    with opened(place, tmp_path / "b") as url:
        assert holdings(tmp_path / "b", url) == expected
    for path in (place[0] / "archive").glob("*.warc.gz"):
        assert (tmp_path / "b" / "archive" / path.name).read_bytes() == path.read_bytes()


@contextmanager
def opened(place: Place, target: Path) -> Iterator[str]:
    """The address of the database of a backup: its own, or one into which its dump was brought back."""
    if databases.read_address(place[1]).drivername == "sqlite":
        yield ""
        return
    with made("postgres", target) as url:
        command = ["pg_restore", "--clean", "--if-exists", "--no-owner", "--exit-on-error"]
        address = url.replace("+psycopg", "")
        subprocess.run([*command, f"--dbname={address}", str(target / DUMP)], check=True)
        yield url


def test_its_manifest_says_what_is_in_it(place: Place, tmp_path: Path) -> None:
    (place[0] / "digests" / "2026-W47").mkdir(parents=True)
    (place[0] / "digests" / "2026-W47" / "digest.html").write_text("<p>本周无新情况</p>", "utf-8")
    (place[0] / "archive" / ".unfinished.warc.gz").write_bytes(b"half")
    (place[0] / "archive" / "crawl-0009.warc.gz").write_bytes(b"begun by a crawl that the database does not know")
    made_now = save(place, tmp_path / "b")
    saved = read_saved(tmp_path / "b")
    assert saved == made_now.saved
    assert saved is not None
    assert (saved.finished, saved.migration) == ("2026-11-22T13:00:00.000000Z", "0002")
    assert sorted(saved.archive) == [CRAWLED, "import-0001.warc.gz"]
    for name, extent in saved.archive.items():
        content = (place[0] / "archive" / name).read_bytes()
        assert (extent.bytes, extent.sha256) == (len(content), sha256(content).hexdigest())
    assert [path.name for path in sorted((tmp_path / "b" / "archive").glob("*.warc.gz"))] == sorted(saved.archive)
    assert list(saved.digests) == ["2026-W47/digest.html"]
    assert (tmp_path / "b" / "digests" / "2026-W47" / "digest.html").read_text("utf-8") == "<p>本周无新情况</p>"
    database = saved.database
    assert database is not None
    content = (tmp_path / "b" / database.file).read_bytes()
    assert (database.bytes, database.sha256) == (len(content), sha256(content).hexdigest())
    with store.reading(*place) as tx:
        tables = store.schema.sorted_tables
        counts = {table.name: tx.scalar(select(func.count()).select_from(table)) or 0 for table in tables}
    assert database.rows == counts
    (told,) = made_now.told
    assert f"数据库{sum(counts.values())}行；归档2个文件" in told


def test_the_next_backup_copies_what_is_new(place: Place, tmp_path: Path) -> None:
    first = save(place, tmp_path / "b")
    copy = tmp_path / "b" / "archive" / CRAWLED
    before, node = copy.read_bytes(), copy.stat().st_ino
    assert first.added == sum(extent.bytes for extent in first.saved.archive.values())
    assert save(place, tmp_path / "b").added == 0
    grow(place)
    second = save(place, tmp_path / "b")
    assert second.added == second.saved.archive[CRAWLED].bytes - first.saved.archive[CRAWLED].bytes > 0
    assert (copy.read_bytes()[: len(before)], copy.stat().st_ino) == (before, node)
    with opened(place, tmp_path / "b") as url:
        assert holdings(tmp_path / "b", url) == holdings(*place)


def test_what_the_archive_has_behind_the_last_transaction_is_left(place: Place, tmp_path: Path) -> None:
    path = place[0] / "archive" / CRAWLED
    whole = path.read_bytes()
    with path.open("ab") as file:
        file.write(b"written by a crawl whose transaction has not ended")
    save(place, tmp_path / "b")
    assert (tmp_path / "b" / "archive" / CRAWLED).read_bytes() == whole


def test_backups_of_a_workspace_that_is_written_to_are_each_whole(place: Place, tmp_path: Path) -> None:
    ledger, is_over = Ledger(*place), threading.Event()

    def work() -> None:
        number = 0
        while not is_over.is_set():
            write(ledger, number, size=20_000)
            number += 1

    thread = threading.Thread(target=work)
    thread.start()
    try:
        sizes = []
        for _ in range(5):
            saved = save(place, tmp_path / "b").saved
            assert saved.database is not None
            sizes.append(saved.database.rows["snapshot"])
            time.sleep(0.05)
            if saved.database.file == store.DATABASE:
                with store.reading(tmp_path / "b") as tx:
                    check_whole(tmp_path / "b", spots(tx))
    finally:
        is_over.set()
        thread.join()
        ledger.close()
    assert sizes[0] < sizes[-1]
    with opened(place, tmp_path / "b") as url, store.reading(tmp_path / "b", url) as tx:
        assert tx.scalar(select(func.count()).select_from(store.snapshots)) == sizes[-1]
        check_whole(tmp_path / "b", spots(tx))


def test_a_workspace_of_an_older_version_is_copied_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    engine = store.connect(f"sqlite:///{tmp_path / 'w' / store.DATABASE}")
    with store.writing(engine) as connection:
        config = store.migrations()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    assert backup(tmp_path / "w", "", tmp_path / "b").saved.migration == "0001"
    with engine.connect() as connection:
        assert store.version_of(connection) == "0001"
    engine.dispose()
    with store.reading(tmp_path / "b") as tx:  # which brings the copy up to date
        assert store.version_of(tx) == "0002"


def test_a_database_elsewhere_is_copied_into_the_backup(tmp_path: Path) -> None:
    elsewhere = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    grow((tmp_path / "w", elsewhere))
    save((tmp_path / "w", elsewhere), tmp_path / "b")
    assert holdings(tmp_path / "b")["snapshots"] == holdings(tmp_path / "w", elsewhere)["snapshots"]
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(InputError, match="expected the workspace whose pages"):
        backup(other, elsewhere, tmp_path / "c")


# What is refused


def test_what_is_no_workspace_has_no_backup(database: Place, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected a workspace that fazhi crawl made"):
        save(database, tmp_path / "b")
    assert not (tmp_path / "b").exists()


def test_a_folder_with_other_things_is_left_alone(place: Place, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="other than that of the workspace"):
        save(place, place[0])
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "letter.doc").write_bytes(b"mine")
    with pytest.raises(InputError, match="expected an empty folder or an earlier backup"):
        save(place, tmp_path / "b")
    assert [path.name for path in (tmp_path / "b").iterdir()] == ["letter.doc"]
    with pytest.raises(InputError, match="expected a folder for the backup, got a file"):
        save(place, tmp_path / "b" / "letter.doc")
    grow((tmp_path / "live", ""))
    with pytest.raises(InputError, match="expected an empty folder or an earlier backup"):
        save(place, tmp_path / "live")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100] ^= 0x40
    path.write_bytes(bytes(content))


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        pytest.param(cut, "expected .* bytes that the database tells of", id="cut short"),
        pytest.param(flip, "got something else from byte 100 on", id="another byte"),
        pytest.param(Path.unlink, "expected a file that the database or the backup knows", id="gone"),
    ],
)
def test_a_damaged_archive_does_not_spoil_the_backup_before(
    damage: Callable[[Path], None], why: str, place: Place, tmp_path: Path
) -> None:
    save(place, tmp_path / "b")
    before = contents(tmp_path / "b")
    damage(place[0] / "archive" / CRAWLED)
    with pytest.raises(InputError, match=why):
        save(place, tmp_path / "b")
    assert contents(tmp_path / "b") == before


def contents(folder: Path) -> dict[str, bytes]:
    """All that a backup has, but for what is only on the way to it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("[!.]*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def test_an_import_that_is_gone_does_not_spoil_the_backup_before(place: Place, tmp_path: Path) -> None:
    save(place, tmp_path / "b")
    (place[0] / "archive" / "import-0001.warc.gz").unlink()
    with pytest.raises(
        InputError, match=r"import-0001\.warc\.gz: expected a file that the database or the backup knows"
    ):
        save(place, tmp_path / "b")


def test_a_damaged_database_does_not_spoil_the_backup_before(tmp_path: Path) -> None:
    place = tmp_path / "w", ""
    grow(place)
    save(place, tmp_path / "b")
    before = contents(tmp_path / "b")
    with closing(sqlite3.connect(place[0] / store.DATABASE)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray((place[0] / store.DATABASE).read_bytes())
    content[4096 * 5 : 4096 * 30] = b"\xff" * 4096 * 25
    (place[0] / store.DATABASE).write_bytes(bytes(content))
    with pytest.raises(InputError, match="expected a workspace database that is whole, but"):
        save(place, tmp_path / "b")
    assert contents(tmp_path / "b") == before


def test_the_backup_of_another_workspace_is_left_alone(place: Place, tmp_path: Path) -> None:
    grow((tmp_path / "other", ""), size=100)
    backup(tmp_path / "other", "", tmp_path / "b")
    before = contents(tmp_path / "b")
    with pytest.raises(InputError, match="got something else from byte"):
        save(place, tmp_path / "b")
    assert contents(tmp_path / "b") == before


def test_a_backup_in_which_somebody_crawled_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "w", ""
    grow(place)
    save(place, tmp_path / "b")
    grow((tmp_path / "b", ""), number=2)
    grow(place, number=3)
    with pytest.raises(InputError, match="got something else from byte"):
        save(place, tmp_path / "b")


def test_a_backup_in_which_somebody_is_at_work_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "w", ""
    grow(place)
    save(place, tmp_path / "b")
    ledger = Ledger(tmp_path / "b")
    with ledger.transaction() as tx:
        store.put(tx, store.hosts, {"name": "yunling.test"}, {"week": "2026-W47"})
        with pytest.raises(InputError, match="expected nobody to work in the backup"):
            save(place, tmp_path / "b")
    ledger.close()
    save(place, tmp_path / "b")


def test_one_backup_at_a_time_works_in_a_folder(place: Place, tmp_path: Path) -> None:
    import fcntl

    save(place, tmp_path / "b")
    with (tmp_path / "b" / LOCK).open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(InputError, match="expected to be the only backup into it"):
            save(place, tmp_path / "b")


# What is mended


@pytest.mark.parametrize("damage", [cut, flip, Path.unlink], ids=["cut short", "another byte", "gone"])
def test_a_copy_that_was_damaged_is_made_anew(damage: Callable[[Path], None], place: Place, tmp_path: Path) -> None:
    save(place, tmp_path / "b")
    damage(tmp_path / "b" / "archive" / CRAWLED)
    assert save(place, tmp_path / "b").added > 0
    with opened(place, tmp_path / "b") as url:
        assert holdings(tmp_path / "b", url) == holdings(*place)


def test_what_a_killed_backup_left_behind_the_bytes_that_count_is_written_over(place: Place, tmp_path: Path) -> None:
    save(place, tmp_path / "b")
    with (tmp_path / "b" / "archive" / CRAWLED).open("ab") as file:
        file.write(b"\0" * 100)
    grow(place)
    save(place, tmp_path / "b")
    path = Path("archive") / CRAWLED
    assert (tmp_path / "b" / path).read_bytes() == (place[0] / path).read_bytes()


def test_a_database_of_a_backup_that_was_damaged_is_written_over(tmp_path: Path) -> None:
    place = tmp_path / "w", ""
    grow(place)
    save(place, tmp_path / "b")
    (tmp_path / "b" / store.DATABASE).write_bytes(b"no database at all, whatever it is called")
    save(place, tmp_path / "b")
    assert holdings(tmp_path / "b") == holdings(*place)


def test_what_was_done_in_a_backup_is_not_mixed_with_the_next_one(tmp_path: Path) -> None:
    place = tmp_path / "w", ""
    grow(place)
    save(place, tmp_path / "b")
    code = (  # and dies before the write-ahead log is merged
        "import os, sys; from pathlib import Path; from pipeline import store; e = store.open_store(Path(sys.argv[1]));\n"
        "with store.writing(e) as tx: store.add(tx, store.hosts, name='binwang.test')\n"
        "os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "b")], check=True)
    assert (tmp_path / "b" / f"{store.DATABASE}-wal").exists()
    save(place, tmp_path / "b")
    with store.reading(tmp_path / "b") as tx:
        assert tx.scalar(select(func.count()).select_from(store.hosts)) == 0


# Kills


@pytest.mark.slow
def test_a_backup_that_is_killed_leaves_a_whole_one(place: Place, tmp_path: Path) -> None:
    target = tmp_path / "b"
    sizes, kills = [pages(*place)], 0
    while kills < 100:
        grow(place, kills, size=5000)
        sizes.append(pages(*place))
        if start_doomed(place, target, kills + 1) == 0:
            break
        kills += 1
        check_extents(target)
        if not (target / store.DATABASE).exists() and not (target / DUMP).exists():
            assert (read_saved(target) or Saved()).finished == ""
        elif (target / DUMP).exists():
            subprocess.run(["pg_restore", "--list", str(target / DUMP)], check=True, stdout=subprocess.DEVNULL)
        else:
            shutil.rmtree(tmp_path / "look", ignore_errors=True)
            shutil.copytree(target, tmp_path / "look")
            assert pages(tmp_path / "look") in sizes
            with store.reading(tmp_path / "look") as tx:
                check_whole(tmp_path / "look", spots(tx))
    assert 10 < kills < 100
    with opened(place, target) as url:
        assert pages(target, url) == sizes[-1]


def pages(folder: Path, url: str = "") -> int:
    with store.reading(folder, url) as tx:
        return tx.scalar(select(func.count()).select_from(store.snapshots)) or 0


def start_doomed(place: Place, target: Path, at: int) -> int | None:
    """Make a backup in a process of its own, which dies when it touches the backup for that time; return its code."""
    process = APART.Process(target=back_up_and_die, args=(place, target, at), daemon=True)
    process.start()
    process.join()
    code: int | None = process.exitcode
    return code


def back_up_and_die(place: Place, target: Path, at: int) -> None:
    touched = 0

    def watch(event: str, args: tuple[Any, ...]) -> None:
        nonlocal touched
        if event in TOUCHES and args and str(target) in str(args[0]):
            touched += 1
            if touched == at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    backup(*place, target)


def check_extents(target: Path) -> None:
    """See that the bytes that a manifest counts are there."""
    for name, extent in (read_saved(target) or Saved()).archive.items():
        assert digest_of(target / "archive" / name, extent.bytes) == extent


# PostgreSQL


def test_without_pg_dump_the_archive_is_copied_and_the_command_is_told(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "w", postgres.replace("postgres@", "postgres:geheim@")
    grow(place)
    monkeypatch.setenv("PATH", str(tmp_path))
    made_now = save(place, tmp_path / "b")
    assert made_now.saved.database is None
    assert CRAWLED in made_now.saved.archive
    (note,) = made_now.notes
    assert "expected pg_dump on the PATH" in note
    assert "geheim" not in note
    monkeypatch.undo()
    by_hand = note.partition("; run ")[2].partition(" and then fazhi backup again")[0]
    subprocess.run(by_hand, shell=True, check=True)
    assert (tmp_path / "b" / DUMP).is_file()
    assert "数据库尚未备份" in made_now.told[0]


def test_a_pg_dump_that_fails_is_told_without_the_password(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "w", postgres.replace("postgres@", "postgres:geheim@")
    grow(place)
    save(place, tmp_path / "b")
    before = contents(tmp_path / "b")
    old = tmp_path / "bin" / "pg_dump"
    old.parent.mkdir()
    old.write_text('#!/bin/sh\necho "pg_dump: error: server version mismatch ($PGPASSWORD)" >&2\nexit 1\n')
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{old.parent}:{os.environ['PATH']}")
    with pytest.raises(InputError, match="but pg_dump: error: server version mismatch") as failed:
        save(place, tmp_path / "b")
    assert "geheim" not in str(failed.value)
    assert contents(tmp_path / "b") == before


# The manifest


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param("云岭县", "got something else", id="no JSON"),
        pytest.param("[]", "got something else", id="no table"),
        pytest.param('{"format": 1}', "got something else", id="fields missing"),
        pytest.param('{"format": 2, "database": null}', "got a newer", id="of a newer version"),
    ],
)
def test_a_manifest_that_is_none_is_refused(content: str, why: str, tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text(content, "utf-8")
    with pytest.raises(InputError, match=why):
        read_saved(tmp_path)


def test_what_was_derived_is_in_the_backup(place: Place, tmp_path: Path) -> None:
    engine = store.open_store(*place)
    with engine.begin() as tx:
        text = {"sha256": "a" * 64, "text": "一、加强行政执法"}
        tx.execute(insert(derived.texts).values(text))
    engine.dispose()
    save(place, tmp_path / "b")
    assert json.loads((tmp_path / "b" / MANIFEST).read_text("utf-8"))["database"]["rows"]["text"] == 1
    with opened(place, tmp_path / "b") as url, store.reading(tmp_path / "b", url) as tx:
        assert tx.execute(select(derived.texts)).one()._asdict() == text
