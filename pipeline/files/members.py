"""The members of an archive as its directory lists them: their names made plain, and what they may ask for."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.errors import InputError
from pipeline.files.record import Limits

RATIO_FROM = 1_000_000  # bytes; a short member of blanks packs a thousandfold and harms nobody
NAME_LENGTH = 200  # characters of one step of a path; more is no name that anybody gave
# Two bytes of GBK can read as one letter below this point in UTF-8; three bytes hardly ever do.
UTF8_FROM = "\u0800"
DRIVE = re.compile(r"\A[A-Za-z]:")
SLASHES = re.compile(r"[/\\]+")

# What systems and programs leave beside the files that somebody meant to send.
CLUTTER_FOLDERS = frozenset({"__macosx", "$recycle.bin", "system volume information"})
CLUTTER_NAMES = frozenset({".ds_store", "thumbs.db", "desktop.ini", "ehthumbs.db"})
CLUTTER_STARTS = ("~$", "._", ".~")  # owner files of Word, halves of Macintosh files, locks of WPS


class DamagedMemberError(InputError):
    """One member cannot be read, though its archive can; the message is the reason, in Chinese, for a note."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A member as the directory of its archive lists it."""

    name: str  # as it was written, once decoded: may have any slashes and dots
    size: int  # unpacked, as the directory says
    packed: int
    start: int  # of its header in a ZIP file, of its data in a RAR file
    method: int
    crc: int | None  # CRC-32 of the unpacked bytes; None where the archive keeps another sum
    is_file: bool = True  # False for a folder or a link
    is_encrypted: bool = False


def decode_name(raw: bytes, is_utf8: bool = False) -> str:
    """Return the name that some bytes spell: UTF-8 where they can be, else GBK, else the alphabet of DOS.

    Windows writes GBK and says nothing, macOS writes UTF-8 and says nothing, and some programs set the flag for UTF-8
    on bytes of GBK, so *is_utf8* decides only between readings that are both possible.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text and (is_utf8 or all(char < "\x80" or char >= UTF8_FROM for char in text)):
        return unicodedata.normalize("NFC", text)
    for encoding in ("gb18030", "cp437"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def plain_name(written: str) -> str:
    """Return a name of an archive as a relative path without drives, dots and control characters."""
    steps = []
    for place, step in enumerate(SLASHES.split(written)):
        if place == 0:
            step = DRIVE.sub("", step)
        step = "".join(char for char in " ".join(step.split()) if char.isprintable())
        if step not in ("", ".", ".."):
            steps.append(step[:NAME_LENGTH])
    return "/".join(steps) or "unnamed"


def is_clutter(plain: str) -> bool:
    """Tell whether a plain name is of a file that a system or program left there."""
    *folders, last = plain.casefold().split("/")
    return bool(CLUTTER_FOLDERS & {*folders}) or last in CLUTTER_NAMES or last.startswith(CLUTTER_STARTS)


def distinct_names(plain: Sequence[str]) -> list[str]:
    """Return *plain* with a number added to each name that has come before, so that no two are alike."""
    taken: set[str] = set()
    found = []
    for name in plain:
        folder, _, last = name.rpartition("/")
        stem, dot, ending = last.rpartition(".")
        place, free = 1, name
        while free in taken:
            place += 1
            numbered = f"{stem} ({place}).{ending}" if dot and stem else f"{last} ({place})"
            free = f"{folder}/{numbered}" if folder else numbered
        taken.add(free)
        found.append(free)
    return found


def check_entries(entries: Sequence[Entry], name: str, limits: Limits) -> None:
    """Refuse an archive whose directory alone says that its members are too large together, or too tightly packed."""
    total = sum(entry.size for entry in entries)
    if total > limits.unpacked_bytes:
        most = limits.unpacked_bytes / 1e6
        raise InputError(f"{name}: expected members of at most {most:.0f} MB together, got {total / 1e6:.1f} MB")
    for entry in entries:
        if entry.size > RATIO_FROM and entry.size > limits.ratio * entry.packed:
            raise InputError(
                f"{name}: expected members packed at most {limits.ratio} times, got {plain_name(entry.name)} packed "
                f"{entry.size / max(entry.packed, 1):.0f} times"
            )
