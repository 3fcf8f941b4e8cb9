"""The directory of a ZIP file and the bytes of its members, read without trust in either.

`zipfile` refuses a whole archive for one name that its header spells in another way than its directory, which the
programs of Chinese desktops often do, and it decodes every name without a flag as cp437. So the directory is read here.
"""

import stat
import struct
import zlib
from collections.abc import Iterable, Iterator

from pipeline.errors import InputError
from pipeline.files.members import DamagedMemberError, Entry, decode_name

END = struct.Struct("<4sHHHHIIH")
END_MAGIC = b"PK\x05\x06"
END_REACH = 65_535 + END.size  # a comment behind the end record is at most this long
LOCATOR = struct.Struct("<4sIQI")
END64 = struct.Struct("<4sQHHIIQQQQ")
CENTRAL = struct.Struct("<4sBBHHHHHIIIHHHHHII")
LOCAL = struct.Struct("<4sHHHHHIIIHH")
EXTRA = struct.Struct("<HH")
EXTRA_ZIP64, EXTRA_UNICODE_PATH = 0x0001, 0x7075
FULL16, FULL32 = 0xFFFF, 0xFFFFFFFF  # "look into the ZIP64 record"
FLAG_ENCRYPTED, FLAG_UTF8 = 0x1, 0x800
UNIX = 3
STORED, DEFLATED = 0, 8


def list_zip(content: bytes, name: str, most: int) -> tuple[Entry, ...]:
    """Return what the directory of a ZIP file lists, in its order.

    More than *most* entries of any kind, folders among them, are refused.

    Raises:
        InputError: no whole directory, a part of a split archive, too many entries, or members that share their bytes.
    """
    start, end, skew = _directory(content, name)
    entries: list[Entry] = []
    while start < end:
        if len(entries) >= most:
            raise InputError(f"{name}: expected at most {most} entries in an archive, got more")
        try:
            entry, start = _entry(content, start, skew)
        except (struct.error, ValueError) as error:
            raise InputError(f"{name}: expected a ZIP archive, got one with a broken directory ({error})") from error
        entries.append(entry)
    _check_overlaps(content, entries, name)
    return tuple(entries)


def read_zip(content: bytes, entries: Iterable[Entry]) -> Iterator[tuple[Entry, bytes | DamagedMemberError]]:
    """Yield each of *entries* with its bytes, or with the reason why it cannot be read."""
    for entry in entries:
        try:
            yield entry, read_entry(content, entry)
        except DamagedMemberError as error:
            yield entry, error


def read_entry(content: bytes, entry: Entry) -> bytes:
    """Return the bytes of one member, never more than its directory promised.

    Raises:
        DamagedMemberError: it is locked, cut off, packed in a way that is not read, or fails its checksum.
    """
    if entry.is_encrypted:
        raise DamagedMemberError("有密码")
    start = _data_start(content, entry)
    packed = memoryview(content)[start : start + entry.packed]
    if len(packed) < entry.packed:
        raise DamagedMemberError("不完整")
    if entry.method == STORED:
        data = bytes(packed)
    elif entry.method == DEFLATED:
        try:
            data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, entry.size + 1)
        except zlib.error as error:
            raise DamagedMemberError("已损坏") from error
    else:
        raise DamagedMemberError(f"压缩方式（{entry.method}）不支持")
    if len(data) != entry.size or zlib.crc32(data) != entry.crc:
        raise DamagedMemberError("已损坏")
    return data


def _directory(content: bytes, name: str) -> tuple[int, int, int]:
    """Return start and end of the directory, and how many bytes stand before what its writer took for the start."""
    place = content.rfind(END_MAGIC, max(0, len(content) - END_REACH))
    if place < 0 or place + END.size > len(content):
        raise InputError(f"{name}: expected a whole ZIP archive, got one that is cut off before its directory")
    _, disk, first_disk, _, _, size, offset, _ = END.unpack_from(content, place)
    if disk not in (0, FULL16) or first_disk not in (0, FULL16):
        raise InputError(f"{name}: expected a whole ZIP archive, got the last part of a split one")
    end, locator = place, place - LOCATOR.size
    if locator >= 0 and content.startswith(b"PK\x06\x07", locator):
        end = locator - END64.size
        if end < 0 or not content.startswith(b"PK\x06\x06", end):
            raise InputError(f"{name}: expected a ZIP archive, got one whose ZIP64 record is missing")
        *_, size, offset = END64.unpack_from(content, end)
    start, skew = end - size, end - size - offset
    if start < 0 or skew < 0:
        raise InputError(f"{name}: expected a whole ZIP archive, got one whose directory is not where it should be")
    return start, end, skew


def _entry(content: bytes, start: int, skew: int) -> tuple[Entry, int]:
    """Return the entry of the directory at *start*, and where the next one starts."""
    (
        magic,
        _,
        system,
        _,
        flags,
        method,
        _,
        _,
        crc,
        packed,
        size,
        name_size,
        extra_size,
        comment_size,
        _,
        _,
        attributes,
        offset,
    ) = CENTRAL.unpack_from(content, start)
    if magic != b"PK\x01\x02":
        raise ValueError("no entry where one should be")
    body = start + CENTRAL.size
    raw = content[body : body + name_size]
    extra = dict(_extras(content[body + name_size : body + name_size + extra_size]))
    wide = iter(extra.get(EXTRA_ZIP64, b"")[place : place + 8] for place in range(0, 24, 8))
    size, packed, offset = (_wide(value, wide) for value in (size, packed, offset))
    written = _unicode_path(raw, extra.get(EXTRA_UNICODE_PATH, b"")) or decode_name(raw, bool(flags & FLAG_UTF8))
    is_link = system == UNIX and stat.S_ISLNK(attributes >> 16)
    entry = Entry(
        name=written,
        size=size,
        packed=packed,
        start=offset + skew,
        method=method,
        crc=crc,
        is_file=not is_link and not written.endswith(("/", "\\")),
        is_encrypted=bool(flags & FLAG_ENCRYPTED),
    )
    return entry, body + name_size + extra_size + comment_size


def _extras(field: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the kind and the bytes of each extra record; what stands behind the last whole one is let be."""
    start = 0
    while start + EXTRA.size <= len(field):
        kind, size = EXTRA.unpack_from(field, start)
        start += EXTRA.size
        yield kind, field[start : start + size]
        start += size


def _wide(value: int, wide: Iterator[bytes]) -> int:
    """Return *value*, or the next of the wide fields where it says that it stands there."""
    if value != FULL32:
        return value
    field = next(wide, b"")
    return int.from_bytes(field, "little") if len(field) == 8 else value


def _unicode_path(raw: bytes, field: bytes) -> str:
    """Return the name of an Info-ZIP Unicode path record, if it was made for the name *raw*."""
    if len(field) < 6 or field[0] != 1 or int.from_bytes(field[1:5], "little") != zlib.crc32(raw):
        return ""
    try:
        return field[5:].decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _data_start(content: bytes, entry: Entry) -> int:
    """Return where the data of a member starts, behind its own header."""
    if entry.start + LOCAL.size > len(content) or not content.startswith(b"PK\x03\x04", entry.start):
        raise DamagedMemberError("已损坏")
    *_, name_size, extra_size = LOCAL.unpack_from(content, entry.start)
    return int(entry.start + LOCAL.size + name_size + extra_size)


def _check_overlaps(content: bytes, entries: Iterable[Entry], name: str) -> None:
    """Refuse members that share bytes: a bomb of few bytes, whatever its ratios say."""
    reach = 0
    for entry in sorted(entries, key=lambda entry: entry.start):
        try:
            end = _data_start(content, entry) + entry.packed
        except DamagedMemberError:
            continue  # it is not read either
        if entry.start < reach:
            raise InputError(f"{name}: expected members one behind the other, got some that share their bytes")
        reach = end
