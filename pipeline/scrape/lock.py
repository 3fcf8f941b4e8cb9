"""One crawl a workspace."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import InputError

LOCK = ".crawl.lock"


@contextmanager
def only_one(workspace: Path) -> Iterator[None]:
    """Keep a second crawl out of a workspace; the system lets go of the lock of a process that was killed.

    Raises:
        InputError: another one works in it.
    """
    workspace.mkdir(parents=True, exist_ok=True)
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
