"""A workspace: one folder that lives for years, with the archive of what came and the database of what is known."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from pipeline import store


@dataclass(frozen=True, slots=True)
class Workspace:
    """An open workspace."""

    folder: Path
    engine: Engine

    @property
    def archive(self) -> Path:
        """The folder of the bytes as they came."""
        return self.folder / store.ARCHIVE

    def writing(self) -> AbstractContextManager[Connection]:
        """Return a transaction that reads in order to write: nobody else writes while it is under way."""
        return store.writing(self.engine)


@contextmanager
def open_workspace(folder: Path, db: str = "", *, must_exist: bool = False) -> Iterator[Workspace]:
    """Yield a workspace whose database is of this version, and close it.

    Args:
        folder: made where it is not there.
        db: the address of its database; by default as `FAZHI_DB` of the environment says, else SQLite in the folder.
        must_exist: make neither.

    Raises:
        InputError: it is not there, or its database cannot be reached, is of a newer version or of another workspace.
    """
    engine = store.open_store(folder, db, must_exist=must_exist)
    try:
        yield Workspace(folder, engine)
    finally:
        engine.dispose()
