"""A digest as files in a folder, which may be a share of the office.

A file is there whole or not at all, and one that is there with other bytes is somebody's: it is left alone and told.
"""

import base64
import json
import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from pipeline.deliver.records import Mark, RefusedError, RejectedError
from pipeline.errors import InputError


def pack(files: Mapping[str, bytes], **more: str) -> bytes:
    """Return files with their names and sha256 as one payload, and texts beside them.

    Raises:
        InputError: a name leads out of the folder.
    """
    rows = {}
    for name, data in files.items():
        if not name or Path(name).name != name or name.startswith("."):
            raise InputError(f"expected the name of a file such as digest.html, got {name!r}")
        rows[name] = {"sha256": sha256(data).hexdigest(), "bytes": base64.b64encode(data).decode("ascii")}
    return json.dumps({**more, "files": rows}, ensure_ascii=False, sort_keys=True).encode()


def unpack(payload: bytes) -> dict[str, bytes]:
    """Return the files of a payload."""
    return {name: base64.b64decode(row["bytes"]) for name, row in json.loads(payload)["files"].items()}


def copy_files(payload: bytes, folder: Path, week: str, *, mark: Mark) -> None:
    """Put the files of a payload into the week's place in a folder; those that are there already are left.

    Raises:
        RefusedError: the folder cannot be written.
        RejectedError: a file of the name is there with other bytes.
    """
    mark()
    for name, data in unpack(payload).items():
        place_file(folder / week / name, data)


def place_file(path: Path, data: bytes) -> None:
    """Write a file that is not there yet.

    Raises:
        RefusedError: it cannot be written, or is not there afterwards.
        RejectedError: it is there with other bytes.
    """
    try:
        if not path.exists():
            write_whole(path, data)
        there = path.read_bytes()
    except OSError as error:
        raise RefusedError(f"{path} 写不进去（{error.strerror or type(error).__name__}）") from error
    if sha256(there).digest() != sha256(data).digest():
        raise RejectedError(f"{path} 已经存在，内容不同，没有覆盖")


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that whoever looks finds the old one or the new one, even after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    _keep_name(path.parent)


def _keep_name(folder: Path) -> None:
    """Have the system store the names of a folder, where it lets one open a folder."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows, and some shares
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
