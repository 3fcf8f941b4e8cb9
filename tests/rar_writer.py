"""RAR archives of the old (4) and new (5) form, built by hand: stored members with true checksums.

Nothing free writes .rar. What is built here is read by rarfile and by the library of RARLAB alike; packed members are
beyond it.
"""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

DATE = 0x58_6E_4A_00  # a date of DOS in 2024; no test asks for it
UNIX_LINK, UNIX_FILE, DOS_FILE, DOS_FOLDER = 0o120777, 0o100644, 0x20, 0x10


@dataclass(frozen=True, slots=True)
class RarMember:
    """One member to be; what is not plain about it is said by a field."""

    name: str
    data: bytes = b""
    is_folder: bool = False
    is_link: bool = False  # a symbolic link to the name that `data` spells
    is_locked: bool = False  # only said so: the data are no cipher
    names: str = "unicode"  # RAR 4: "unicode", "gbk" or "utf-8"; RAR 5 knows only one
    size: int | None = None  # unpacked, where it is to be a lie
    crc: int | None = None  # likewise
    method: int = 0x30  # stored; others promise a packing that is not there


def rar4(
    members: Sequence[RarMember], *, is_volume: bool = False, has_locked_headers: bool = False, has_end: bool = True
) -> bytes:
    """Return a RAR archive of version 4."""
    flags = 0x01 * is_volume | 0x80 * has_locked_headers
    parts = [b"Rar!\x1a\x07\x00", _block4(0x73, flags, bytes(6))]
    for member in members:
        parts += [_file4(member), member.data]
    return b"".join(parts) + (_block4(0x7B, 0x4000, b"") if has_end else b"")


def rar5(
    members: Sequence[RarMember], *, is_volume: bool = False, has_locked_headers: bool = False, has_end: bool = True
) -> bytes:
    """Return a RAR archive of version 5."""
    parts = [b"Rar!\x1a\x07\x01\x00"]
    if has_locked_headers:
        parts.append(_block5(number(4) + number(0) + number(0) + number(0) + b"\x0f" + bytes(16)))
    parts.append(_block5(number(1) + number(0) + number(0x1 * is_volume)))
    for member in members:
        parts += [_file5(member), member.data]
    return b"".join(parts) + (_block5(number(5) + number(0) + number(0)) if has_end else b"")


def number(value: int) -> bytes:
    """Return a number of RAR 5: seven bits a byte, lowest first."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def wide_name(name: str) -> bytes:
    """Return a name of RAR 4 in Unicode: the bytes of GBK, a zero, and the steps from those to the characters."""
    units = struct.unpack(f"<{len(name.encode('utf-16-le')) // 2}H", name.encode("utf-16-le"))
    highs = [unit >> 8 for unit in units if unit > 0xFF]
    high = max(set(highs), key=highs.count, default=0)
    packed = bytearray([high])
    for start in range(0, len(units), 4):
        steps, flags = bytearray(), 0
        for place, unit in enumerate(units[start : start + 4]):
            step = 0 if unit <= 0xFF else 1 if unit >> 8 == high else 2
            flags |= step << 6 - 2 * place
            steps += unit.to_bytes(2, "little") if step == 2 else bytes([unit & 0xFF])
        packed += bytes([flags]) + steps
    return name.encode("gbk", "replace") + b"\0" + bytes(packed)


def _block4(kind: int, flags: int, body: bytes) -> bytes:
    rest = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(rest) & 0xFFFF) + rest


def _file4(member: RarMember) -> bytes:
    written = member.name.replace("/", "\\")
    raw = wide_name(written) if member.names == "unicode" else member.name.encode(member.names)
    flags = 0x8000 | 0x200 * (member.names != "gbk") | 0x4 * member.is_locked | 0xE0 * member.is_folder
    host, attributes = (3, UNIX_LINK) if member.is_link else (2, DOS_FOLDER if member.is_folder else DOS_FILE)
    size = len(member.data) if member.size is None else member.size
    crc = zlib.crc32(member.data) if member.crc is None else member.crc
    fields = (len(member.data), size, host, crc, DATE, 29, member.method, len(raw), attributes)
    return _block4(0x74, flags, struct.pack("<IIBIIBBHI", *fields) + raw)


def _block5(body: bytes) -> bytes:
    rest = number(len(body)) + body
    return struct.pack("<I", zlib.crc32(rest)) + rest


def _file5(member: RarMember) -> bytes:
    extra = b""
    if member.is_locked:
        record = number(1) + number(0) + number(0) + b"\x0f" + bytes(32)
        extra += number(len(record)) + record
    if member.is_link:
        record = number(5) + number(1) + number(0) + number(len(member.data)) + member.data
        extra += number(len(record)) + record
    raw = member.name.encode()
    crc = zlib.crc32(member.data) if member.crc is None else member.crc
    sizes = (number(len(extra)) if extra else b"") + number(len(member.data))
    size = len(member.data) if member.size is None else member.size
    about = number(0x1 if member.is_folder else 0x4) + number(size) + number(UNIX_FILE)
    sums = b"" if member.is_folder else struct.pack("<I", crc)
    packing = number((member.method - 0x30) << 7)
    head = number(2) + number((0x1 if extra else 0) | 0x2) + sizes + about + sums + packing + number(1)
    return _block5(head + number(len(raw)) + raw + extra)
