"""The documents in a .zip or .rar archive: their bytes and plain names. Nothing is written, and no name is a path."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.errors import InputError
from pipeline.files.members import DamagedMemberError, Entry, check_entries, distinct_names, is_clutter, plain_name
from pipeline.files.rars import list_rar, read_rar
from pipeline.files.record import Limits
from pipeline.files.zips import list_zip, read_zip

# Folders and clutter do not count as members; a directory of this many times as many entries is made to harm.
ENTRIES_A_MEMBER = 10
NAMES_SHOWN = 5

Reader = Callable[[Sequence[int]], Iterator[tuple[Entry, bytes | DamagedMemberError]]]


@dataclass(frozen=True, slots=True)
class Member:
    """A file that an archive holds."""

    name: str  # a plain relative path with "/", unlike all others in the archive; it is no place to write to
    content: bytes


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What an archive gives."""

    members: tuple[Member, ...]  # in the order of the archive
    notes: tuple[str, ...] = ()  # in Chinese: what it holds besides, and why that could not be read


def unpack(content: bytes, name: str, limits: Limits) -> Unpacked:
    """Return the members of a .zip or .rar archive; an archive among them is one member.

    Folders, links, empty files and what systems leave behind are no members. A member that is locked or damaged is
    told in a note, as long as another one can be read.

    Raises:
        InputError: no archive that is read, a part of one, or one that is cut off, asks for more than *limits* allow,
            or holds nothing that can be read; the message says which.
    """
    entries, read = _listed(content, name, ENTRIES_A_MEMBER * limits.members)
    check_entries(entries, name, limits)
    names = {place: plain_name(entry.name) for place, entry in enumerate(entries) if entry.is_file}
    meant = [place for place, plain in names.items() if not is_clutter(plain)]
    if len(meant) > limits.members:
        raise InputError(f"{name}: expected at most {limits.members} members, got {len(meant)}")
    full = [place for place in meant if entries[place].size]
    failed = [(names[place], "为空") for place in meant if not entries[place].size]
    kept: list[tuple[str, bytes]] = []
    for place, (_, data) in zip(full, read(full), strict=True):
        if isinstance(data, DamagedMemberError):
            failed.append((names[place], str(data)))
        else:
            kept.append((names[place], data))
    if not kept:
        raise InputError(f"{name}: expected an archive with documents in it, got {_nothing(failed)}")
    distinct = distinct_names([plain for plain, _ in kept])
    members = tuple(Member(plain, data) for plain, (_, data) in zip(distinct, kept, strict=True))
    return Unpacked(members, tuple(_notes(failed)))


def _listed(content: bytes, name: str, most: int) -> tuple[tuple[Entry, ...], Reader]:
    """Return what the directory of an archive lists, and what reads the members at some places of it."""
    if content.startswith(b"Rar!"):
        entries = list_rar(content, name, most)
        return entries, lambda places: read_rar(content, name, entries, places)
    if content.startswith(b"PK"):
        entries = list_zip(content, name, most)
        return entries, lambda places: read_zip(content, [entries[place] for place in places])
    shown = "a program, perhaps a self-extracting archive" if content.startswith(b"MZ") else "other bytes"
    raise InputError(f"{name}: expected a .zip or .rar archive, got {shown}")


def _nothing(failed: Sequence[tuple[str, str]]) -> str:
    """Say why nothing of an archive can be read."""
    reasons = {why for _, why in failed}
    if reasons == {"有密码"}:
        return f"one whose members ({len(failed)}) are protected by a password"
    if reasons <= {"为空"}:
        return "one with none"
    return f"one whose members cannot be read ({'；'.join(_notes(failed))})"


def _notes(failed: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield a note for each reason why members are missing."""
    for reason in dict.fromkeys(why for _, why in failed):
        names = [plain for plain, why in failed if why == reason]
        shown = "、".join(names[:NAMES_SHOWN]) + ("等" if len(names) > NAMES_SHOWN else "")
        yield f"压缩包中{len(names)}个文件{reason}，未读：{shown}"
