"""What a backup says of itself, in `backup.json`: when it was made, and which bytes of which files count."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path

from pipeline.errors import InputError

MANIFEST = "backup.json"
FORMAT = 1
PIECE = 1 << 20  # bytes read at a time


@dataclass(frozen=True, slots=True)
class Extent:
    """The bytes of a file that count, from its beginning."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Dump:
    """The database of a backup."""

    file: str
    bytes: int
    sha256: str  # of the file as it was written; whoever opens it as a workspace changes it
    rows: Mapping[str, int] = field(default_factory=dict)  # by table


@dataclass(frozen=True, slots=True)
class Saved:
    """A backup; one that was begun for the first time and not finished has no time."""

    finished: str = ""  # as times of the database
    version: str = ""  # of fazhi
    migration: str = ""  # of the database
    database: Dump | None = None  # None where somebody else is to dump it
    archive: Mapping[str, Extent] = field(default_factory=dict)
    digests: Mapping[str, Extent] = field(default_factory=dict)
    format: int = FORMAT


def read_saved(folder: Path) -> Saved | None:
    """Return what the manifest of a backup says; None for a folder that is none.

    Raises:
        InputError: the manifest is broken, or of a newer version.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return None
    try:
        told = json.loads(path.read_bytes())
        if told["format"] > FORMAT:
            raise InputError(f"{path}: expected a backup of this version or an older one, got a newer")
        database = Dump(**told.pop("database")) if told["database"] else told.pop("database")
        archive, digests = (
            {name: Extent(**extent) for name, extent in told.pop(part).items()} for part in ("archive", "digests")
        )
        return Saved(database=database, archive=archive, digests=digests, **told)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{path}: expected what a backup says of itself, got something else ({error!r})") from error


def write_saved(folder: Path, saved: Saved) -> None:
    """Write the manifest of a backup; until it is whole, the one before stays."""
    beside = folder / f".{MANIFEST}"
    beside.write_text(json.dumps(asdict(saved), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    settle(beside, folder / MANIFEST)


def settle(beside: Path, path: Path) -> None:
    """Put a whole file in the place of another one, on the disk itself."""
    with beside.open("rb") as file:
        os.fsync(file.fileno())
    beside.replace(path)


def digest_of(path: Path, size: int) -> Extent:
    """Return the extent of the first *size* bytes of a file, fewer where it has fewer."""
    found, left = sha256(), size
    with path.open("rb") as file:
        while left and (piece := file.read(min(PIECE, left))):
            found.update(piece)
            left -= len(piece)
    return Extent(size - left, found.hexdigest())
