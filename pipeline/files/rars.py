"""The directory of a RAR file (4 and 5) and the bytes of its members.

Stored members are cut out of the bytes as they are. Packed ones are decoded by the library of RARLAB, which reads a
file on disk only: it gets one in a temporary folder, tests it, and writes nothing. `rarfile` is not asked, since it
starts any program called unrar that it finds, even for a comment.
"""

import struct
import zlib
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.errors import InputError
from pipeline.files.members import DamagedMemberError, Entry, decode_name

RAR4 = b"Rar!\x1a\x07\x00"
RAR5 = b"Rar!\x1a\x07\x01\x00"
DICTIONARY_BYTES = (
    256_000_000  # the decoder takes its dictionary at once, and it may be asked for 64 GB; WinRAR takes 32 MB
)

BASE4 = struct.Struct("<HBHH")  # sum, type, flags, size
FILE4 = struct.Struct("<IIBIIBBHI")
MAIN4_TYPE, FILE4_TYPE, SERVICE4_TYPE, END4_TYPE = 0x73, 0x74, 0x7A, 0x7B
MAIN4_VOLUME, MAIN4_LOCKED_HEADERS = 0x1, 0x80
FILE4_SPLIT, FILE4_LOCKED, FILE4_COMMENT, FILE4_LARGE, FILE4_UNICODE, FILE4_VERSION = 0x3, 0x4, 0x8, 0x100, 0x200, 0x800
FILE4_FOLDER = 0xE0  # all bits of the dictionary's size
LONG4 = 0x8000
STORED4 = 0x30
HOST4_UNIX = 3

MAIN5_TYPE, FILE5_TYPE, SERVICE5_TYPE, LOCK5_TYPE, END5_TYPE = 1, 2, 3, 4, 5
HAS_EXTRA5, HAS_DATA5, SPLIT5 = 0x1, 0x2, 0x18
MAIN5_VOLUME = 0x1
FILE5_FOLDER, FILE5_TIME, FILE5_CRC, FILE5_NO_SIZE = 0x1, 0x2, 0x4, 0x8
EXTRA5_LOCK, EXTRA5_VERSION, EXTRA5_LINK = 1, 4, 5
EXTRA_RECORDS = 64  # of one header; there are seven kinds
MOST_HEADERS = 50_000  # of any kind; a header takes seven bytes, and a file may have nothing else
LINK = 0o120000
FILE_KIND = 0o170000


class _BrokenError(Exception):
    """The chain of headers does not hold; the message says where."""


def list_rar(content: bytes, name: str, most: int) -> tuple[Entry, ...]:
    """Return what the headers of a RAR file list, in their order.

    More than *most* entries of any kind, folders among them, are refused.

    Raises:
        InputError: headers that are locked, broken or cut off, one volume of several, or too many entries.
    """
    try:
        if content.startswith(RAR5):
            found = _entries5(content, name)
        elif content.startswith(RAR4):
            found = _entries4(content, name)
        else:
            raise InputError(f"{name}: expected a RAR archive of version 4 or 5, got another one")
        entries: list[Entry] = []
        for entry in found:
            if len(entries) >= most:
                raise InputError(f"{name}: expected at most {most} entries in an archive, got more")
            entries.append(entry)
    except (struct.error, IndexError, _BrokenError) as error:
        raise InputError(f"{name}: expected a whole RAR archive, got a broken one ({error})") from error
    return tuple(entries)


def read_rar(
    content: bytes, name: str, entries: Sequence[Entry], wanted: Sequence[int]
) -> Iterator[tuple[Entry, bytes | DamagedMemberError]]:
    """Yield the *wanted* ones of *entries* (by place) with their bytes, or with the reason why they cannot be read."""
    packed = {place for place in wanted if entries[place].method != STORED4 and not entries[place].is_encrypted}
    decoded = _unpack(content, name, entries, packed) if packed else {}
    for place in wanted:
        if place in packed:
            yield entries[place], decoded.get(place, DamagedMemberError("已损坏"))
            continue
        try:
            yield entries[place], _read_stored(content, entries[place])
        except DamagedMemberError as error:
            yield entries[place], error


def _read_stored(content: bytes, entry: Entry) -> bytes:
    """Return the bytes of a member that is not packed."""
    if entry.is_encrypted:
        raise DamagedMemberError("有密码")
    data = content[entry.start : entry.start + entry.packed]
    if len(data) != entry.size or (entry.crc is not None and zlib.crc32(data) != entry.crc):
        raise DamagedMemberError("已损坏")
    return data


# ---- RAR 4


def _entries4(content: bytes, name: str) -> Iterator[Entry]:
    """Yield the entries of a RAR file of the old form."""
    place = len(RAR4)
    for block in count():
        if place >= len(content):
            return
        _check_count(block)
        head_sum, kind, flags, size = BASE4.unpack_from(content, place)
        head = content[place : place + size]
        if size < BASE4.size or len(head) < size:
            raise _BrokenError(f"a header at byte {place} is cut off")
        added = int.from_bytes(head[7:11], "little") if flags & LONG4 else 0
        if kind == MAIN4_TYPE:
            _refuse(name, is_volume=bool(flags & MAIN4_VOLUME), is_locked=bool(flags & MAIN4_LOCKED_HEADERS))
        elif kind == END4_TYPE:
            return
        if kind in (FILE4_TYPE, SERVICE4_TYPE) and flags & FILE4_LARGE:
            added |= int.from_bytes(head[32:36], "little") << 32
        data = place + size
        if data + added > len(content):
            raise _BrokenError(f"the data at byte {data} are cut off")
        if kind == FILE4_TYPE:
            if not flags & FILE4_COMMENT and zlib.crc32(head[2:]) & 0xFFFF != head_sum:
                raise _BrokenError(f"the header at byte {place} fails its checksum")
            _refuse(name, is_volume=bool(flags & FILE4_SPLIT))
            yield _entry4(head, flags, added, data)
        place = data + added


def _entry4(head: bytes, flags: int, packed: int, data: int) -> Entry:
    """Return the entry of a file header of the old form."""
    _, size, host, crc, _, _, method, name_size, attributes = FILE4.unpack_from(head, BASE4.size)
    place = BASE4.size + FILE4.size
    if flags & FILE4_LARGE:
        size |= int.from_bytes(head[place + 4 : place + 8], "little") << 32
        place += 8
    plain, zero, wide = head[place : place + name_size].partition(b"\0")
    if flags & FILE4_UNICODE:
        written = _wide_name(plain, wide) if zero else decode_name(plain, is_utf8=True)
    else:
        written = decode_name(plain)
    is_link = host == HOST4_UNIX and attributes & FILE_KIND == LINK
    return Entry(
        name=written,
        size=size,
        packed=packed,
        start=data,
        method=method,
        crc=crc,
        is_file=flags & FILE4_FOLDER != FILE4_FOLDER and not flags & FILE4_VERSION and not is_link,
        is_encrypted=bool(flags & FILE4_LOCKED),
    )


def _wide_name(plain: bytes, packed: bytes) -> str:
    """Return a name of the old form in Unicode, which is kept as steps from the name in bytes.

    The first byte is the high half of most characters. Then two bits a step say what follows: 0 a low half, 1 a low
    half under that high half, 2 both halves, 3 a run of the name in bytes, moved by a difference where a bit says so.
    """
    if not packed:
        return decode_name(plain)
    high, place, flags, bits = packed[0], 1, 0, 0
    found: list[int] = []
    try:
        while place < len(packed):
            if not bits:
                flags, bits, place = packed[place], 8, place + 1
                continue
            bits -= 2
            step = flags >> bits & 3
            if step == 3:
                run, moved = packed[place], 0
                if run & 0x80:
                    moved, place = packed[place + 1], place + 1
                top = high << 8 if run & 0x80 else 0
                for _ in range((run & 0x7F) + 2):
                    found.append(top | plain[len(found)] + moved & 0xFF)
                place += 1
            elif step == 2:
                found.append(packed[place] | packed[place + 1] << 8)
                place += 2
            else:
                found.append(packed[place] | (high << 8 if step else 0))
                place += 1
    except IndexError:
        return decode_name(plain)
    return struct.pack(f"<{len(found)}H", *found).decode("utf-16-le", "replace")


# ---- RAR 5


@dataclass(slots=True)
class _Reader:
    """Numbers of variable length out of one header."""

    head: bytes
    place: int = 0

    def number(self) -> int:
        """Return the next number: seven bits a byte, lowest first, the eighth bit says that more follow."""
        value = shift = 0
        while True:
            byte = self.head[self.place]
            self.place += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7
            if shift > 63:
                raise _BrokenError("a number of more than ten bytes")

    def take(self, size: int) -> bytes:
        """Return the next *size* bytes."""
        taken = self.head[self.place : self.place + size]
        if len(taken) < size:
            raise _BrokenError("a field behind the end of its header")
        self.place += size
        return taken


def _entries5(content: bytes, name: str) -> Iterator[Entry]:
    """Yield the entries of a RAR file of the new form."""
    place = len(RAR5)
    for block in count():
        if place >= len(content):
            raise _BrokenError("the end record is missing")
        _check_count(block)
        reader = _Reader(content[place : place + 16], 4)
        size = reader.number()
        start = place + reader.place
        head = content[start : start + size]
        if not size or len(head) < size:
            raise _BrokenError(f"a header at byte {place} is cut off")
        if zlib.crc32(content[place + 4 : start + size]) != int.from_bytes(content[place : place + 4], "little"):
            raise _BrokenError(f"the header at byte {place} fails its checksum")
        fields = _Reader(head)
        kind, flags = fields.number(), fields.number()
        extra_size = fields.number() if flags & HAS_EXTRA5 else 0
        packed = fields.number() if flags & HAS_DATA5 else 0
        data = start + size
        if data + packed > len(content):
            raise _BrokenError(f"the data at byte {data} are cut off")
        if kind == LOCK5_TYPE:
            _refuse(name, is_locked=True)
        elif kind == MAIN5_TYPE:
            _refuse(name, is_volume=bool(fields.number() & MAIN5_VOLUME))
        elif kind == END5_TYPE:
            return
        elif kind == FILE5_TYPE:
            _refuse(name, is_volume=bool(flags & SPLIT5))
            yield _entry5(fields, head[len(head) - extra_size :] if extra_size else b"", packed, data, name)
        place = data + packed


def _entry5(fields: _Reader, extra: bytes, packed: int, data: int, name: str) -> Entry:
    """Return the entry of a file header of the new form; *fields* stands behind the sizes."""
    flags, size, _ = fields.number(), fields.number(), fields.number()
    if flags & FILE5_TIME:
        fields.take(4)
    crc = int.from_bytes(fields.take(4), "little") if flags & FILE5_CRC else None
    packing, _ = fields.number(), fields.number()
    written = decode_name(fields.take(fields.number()), is_utf8=True)
    if flags & FILE5_NO_SIZE:
        raise InputError(f"{name}: expected members of known size, got {written} of unknown size")
    dictionary = 0x20000 << (packing >> 10 & 0x1F)
    if packing >> 7 & 7 and dictionary > DICTIONARY_BYTES:
        raise InputError(f"{name}: expected a dictionary of at most 256 MB, got one of {dictionary >> 20} MB")
    kinds = _extra_kinds(extra)
    return Entry(
        name=written,
        size=size,
        packed=packed,
        start=data,
        method=STORED4 + (packing >> 7 & 7),
        crc=crc,
        is_file=not flags & FILE5_FOLDER and not kinds & {EXTRA5_VERSION, EXTRA5_LINK},
        is_encrypted=EXTRA5_LOCK in kinds,
    )


def _extra_kinds(extra: bytes) -> set[int]:
    """Return the kinds of the extra records of a file header."""
    reader, kinds = _Reader(extra), set()
    for _ in range(EXTRA_RECORDS):
        if reader.place >= len(extra) - 1:
            break
        record = _Reader(reader.take(reader.number()))
        kinds.add(record.number())
    return kinds


def _check_count(block: int) -> None:
    if block > MOST_HEADERS:
        raise _BrokenError(f"more than {MOST_HEADERS} headers")


def _refuse(name: str, *, is_volume: bool = False, is_locked: bool = False) -> None:
    """Refuse what one file alone cannot give."""
    if is_volume:
        raise InputError(f"{name}: expected a whole RAR archive, got one volume of several")
    if is_locked:
        raise InputError(f"{name}: expected an archive that is open to read, got one protected by a password")


# ---- packed members


def _unpack(
    content: bytes, name: str, entries: Sequence[Entry], wanted: Container[int]
) -> dict[int, bytes | DamagedMemberError]:
    """Return the *wanted* members by place, decoded in one pass, as a solid archive needs it."""
    from unrar.cffi.unrarlib import BadRarFile, RarArchive

    found: dict[int, bytes | DamagedMemberError] = {}
    is_other = False
    with TemporaryDirectory() as folder:
        path = Path(folder) / "archive.rar"
        path.write_bytes(content)
        try:
            with RarArchive.open_for_processing(str(path)) as archive:
                for place, header in enumerate(archive.iterate_headers()):
                    size = header.UnpSize | header.UnpSizeHigh << 32
                    is_other = place >= len(entries) or size != entries[place].size
                    if is_other:
                        break
                    if place in wanted:
                        found[place] = _decode(header, entries[place])
                    else:
                        header.skip()
        except (
            BadRarFile,
            AssertionError,
            ValueError,
        ) as error:  # the second at its close, the third for a bad comment
            raise InputError(f"{name}: expected a RAR archive, got a broken one ({error})") from error
    if is_other:
        raise InputError(f"{name}: expected a RAR archive, got one whose headers read in two ways")
    return found


def _decode(header: object, entry: Entry) -> bytes | DamagedMemberError:
    """Return the bytes that the library decodes for a header, stopped at the size that was promised."""
    from unrar.cffi import unrarlib

    pieces: list[bytes] = []
    left = entry.size

    def collect(message: int, first: int, second: int) -> int:
        """Take a piece; -1 stops the library, also where it asks for a password, a volume or more memory."""
        nonlocal left
        if message != unrarlib.UCM_PROCESSDATA or second > left:
            return -1
        left -= second
        pieces.append(bytes(unrarlib.ffi.buffer(unrarlib.ffi.cast("char *", first), second)))
        return 1

    if _process(header, collect) or left:
        return DamagedMemberError("已损坏")
    return b"".join(pieces)


def _process(header: object, collect: Callable[[int, int, int], int]) -> int:
    """Test one member with *collect* called for each message; 0 if it is whole.

    The wrapper of the library answers every message with yes, a request for a password or a next volume included, so
    its two calls are made here.
    """
    from unrar.cffi import unrarlib

    handle = header.handle  # type: ignore[attr-defined]
    kept = unrarlib.ffi.new_handle(collect)  # must live as long as the call
    unrarlib.RARSetCallbackPtr(handle, unrarlib.PyUNRARCALLBACKStub, kept)
    try:
        return int(unrarlib.RARProcessFileW(handle, unrarlib.C_RAR_TEST, unrarlib.ffi.NULL, unrarlib.ffi.NULL))
    finally:
        unrarlib.RARSetCallbackPtr(handle, unrarlib.ffi.NULL, unrarlib.ffi.NULL)
