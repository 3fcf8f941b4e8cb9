"""One crawl a workspace, and one a database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.databases import CRAWLING, address_of, alone, connect, name_of
from pipeline.errors import InputError

LOCK = ".crawl.lock"


@contextmanager
def only_one(workspace: Path, db: str = "") -> Iterator[None]:
    """Keep a second crawl out of a workspace and its database, from whatever machine.

    System and server let go of the lock of a process that was killed.

    Raises:
        InputError: another one works in it, or the database cannot be reached.
    """
    workspace.mkdir(parents=True, exist_ok=True)
    with _only_here(workspace):
        engine = connect(address_of(workspace, db))
        try:
            with alone(engine, CRAWLING) as is_alone:
                if not is_alone:
                    named = name_of(engine.url)
                    raise InputError(f"{named}: expected to be the only crawl in it, but another one is running")
                yield
        finally:
            engine.dispose()


@contextmanager
def _only_here(workspace: Path) -> Iterator[None]:
    try:
        import fcntl
    except ImportError:  # no such locks on this system; SQLite itself lets only one write
        yield
        return
    with (workspace / LOCK).open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InputError(f"{workspace}: expected to be the only crawl in it, but another one is running") from error
        yield
