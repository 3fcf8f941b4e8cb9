"""One sender a workspace: two would each find what the other is sending, and take it for what a crash left."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipeline.errors import InputError

if TYPE_CHECKING:
    from pipeline.workspace.place import Workspace

LOCK = ".deliver.lock"


@contextmanager
def only_sender(ws: "Workspace") -> Iterator[None]:
    """Keep a second sender out of a workspace, from whatever machine; a process that was killed holds nothing.

    Raises:
        InputError: another one is at work.
    """
    from pipeline.databases import DELIVERING, alone

    busy = f"{ws.folder}: expected to be the only sender of its digests, but another one is at work"
    with (ws.folder / LOCK).open("wb") as lock:
        try:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:  # no such locks on this system; that of the database is left
            pass
        except BlockingIOError as error:
            raise InputError(busy) from error
        with alone(ws.engine, DELIVERING) as is_alone:
            if not is_alone:
                raise InputError(busy)
            yield
