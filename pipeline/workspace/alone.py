"""One run a workspace, from whatever machine; a process that was killed holds nothing."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from pipeline.databases import SQLITE
from pipeline.errors import InputError
from pipeline.workspace.place import Workspace

LOCK = ".run.lock"
RUNNING = 0x66617A04  # class of the advisory lock, beside those of `databases`
LETTING_GO_S = 5.0  # until a server notices that the process of a session was killed
POLL_S = 0.05


@contextmanager
def only_run(ws: Workspace) -> Iterator[None]:
    """Keep a second run out of a workspace.

    Raises:
        InputError: another one is at work.
    """
    try:
        import fcntl
    except ImportError:  # no such locks on this system; that of the database is left
        with _only_session(ws):
            yield
        return
    with (ws.folder / LOCK).open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _busy(ws) from error
        with _only_session(ws):
            yield


@contextmanager
def _only_session(ws: Workspace) -> Iterator[None]:
    """Hold the lock of a database that several machines share."""
    if ws.engine.dialect.name == SQLITE:
        yield
        return
    ask = text("SELECT pg_try_advisory_lock(:lock, hashtext(current_schema()))")
    with ws.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as session:
        until = time.monotonic() + LETTING_GO_S
        while not session.execute(ask, {"lock": RUNNING}).scalar():
            if time.monotonic() > until:
                raise _busy(ws)
            time.sleep(POLL_S)
        try:
            yield
        finally:
            session.invalidate()  # ends the session, and its lock with it


def is_at_work(ws: Workspace, tx: Connection) -> bool:
    """Say whether a run is at work in a workspace; one that began and was killed is not.

    Args:
        ws: the workspace.
        tx: a transaction in its database, until the end of which no run begins elsewhere.
    """
    if ws.engine.dialect.name != SQLITE:
        ask = text("SELECT pg_try_advisory_xact_lock_shared(:lock, hashtext(current_schema()))")
        if not tx.execute(ask, {"lock": RUNNING}).scalar():
            return True
    try:
        import fcntl
    except ImportError:
        return False
    with (ws.folder / LOCK).open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _busy(ws: Workspace) -> InputError:
    return InputError(f"{ws.folder}: expected to be the only run in it, but another one is at work")
