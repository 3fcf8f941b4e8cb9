"""The binary format of Word 97 to 2003: where its characters lie and what is said about them.

The format is Microsoft's [MS-DOC]. A document is a run of characters, counted in UTF-16 units, that the piece table
finds in the WordDocument stream; what holds for a paragraph or a run of characters lies in pages of 512 bytes, by place
in the stream, as lists of single property modifiers (sprm). Every count that a file gives is checked against the bytes
that are there before anything is built from it.
"""

import bisect
import io
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

Properties = Mapping[int, bytes]  # sprm -> operand; of several the last counts

PAGE = 512  # bytes of a page of properties
MOST_RUNS = 1_000_000  # of characters or paragraphs; a book of 500 pages has 50,000
FIRST_WORD97 = 0xC1  # nFib; Word 6 has 101, Word 95 has 104
MOST_MARKS = 300_000  # ends of paragraphs, lines, cells and pages, which take some 25 microseconds each
ENCRYPTED, TABLE_ONE, SIXTEEN_BIT = 1 << 8, 1 << 9, 1 << 12  # bits of the flags at byte 10
# Lengths of the stories in the order in which their characters follow each other.
STORIES = ("main", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header boxes")
PAIRS, LENGTHS = 154, 76  # bytes of the file header: places of the parts, lengths of the stories
# Numbers of the parts of the table stream.
STYLES, NOTE_MARKS, NOTE_TEXTS, CHARACTER_RUNS, PARAGRAPH_RUNS, PIECES = 1, 2, 3, 12, 13, 33
SHAPES, END_MARKS, END_TEXTS, BOX_TEXTS, LISTS, LIST_USES = 40, 46, 47, 56, 73, 74

OPERANDS = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes, by the top three bits of a sprm; 0: the operand begins with its length
TABLE_SHAPE, TAB_STOPS, CELL_DOWN = 0xD608, 0xC615, 0xD62B
ELSEWHERE = (0x6645, 0x6646, 0x646B)  # the rest of the list lies in the Data stream
MOST_ELSEWHERE = 16_384  # bytes; 63 columns with their borders take 5,000
# What the single byte of a compressed character means, where it is not Latin-1.
COMPRESSED = "".join(bytes([code]).decode("cp1252", "replace").replace("\ufffd", chr(code)) for code in range(256))


class BrokenWordError(ValueError):
    """The file contradicts the format; the message says where, without the name of the file."""


class TooLongError(ValueError):
    """The file has, or claims to have, more characters than the limit; the message is the second half of a sentence."""


def number(data: bytes, at: int, size: int = 4, *, signed: bool = False) -> int:
    """Return the integer of *size* bytes at *at*."""
    if at < 0 or at + size > len(data):
        raise BrokenWordError(f"{size} bytes at {at} of {len(data)}")
    return int.from_bytes(data[at : at + size], "little", signed=signed)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of characters that lies in one place of the stream."""

    start: int  # characters
    end: int
    place: int  # bytes of the WordDocument stream
    width: int  # bytes a character
    properties: bytes = b""  # that a fast save laid over the stretch

    def place_of(self, character: int) -> int:
        """Return where the character lies, in bytes."""
        return self.place + (character - self.start) * self.width


@dataclass(frozen=True, slots=True)
class Runs:
    """What is said about stretches of the stream, in ascending order and without overlap."""

    starts: list[int] = field(default_factory=list)  # bytes
    ends: list[int] = field(default_factory=list)
    said: list[bytes] = field(default_factory=list)

    def at(self, place: int) -> int | None:
        """Return the index of the run that holds *place*."""
        index = bisect.bisect_right(self.starts, place) - 1
        return index if index >= 0 and place < self.ends[index] else None


@dataclass(frozen=True, slots=True)
class WordFile:
    """The streams of a file with its header read."""

    main: bytes
    table: bytes
    data: bytes

    @property
    def version(self) -> int:
        """The nFib of the file header."""
        return number(self.main, 2, 2)

    @property
    def flags(self) -> int:
        """The flags of the file header."""
        return number(self.main, 10, 2)

    def part(self, index: int) -> bytes:
        """Return a part of the table stream by its number in the file header; b"" if the file has none."""
        start, end = self.part_span(index)
        return self.table[start:end]

    def part_span(self, index: int) -> tuple[int, int]:
        """Return where a part of the table stream begins and ends."""
        if index >= number(self.main, PAIRS - 2, 2):
            return 0, 0
        start, length = number(self.main, PAIRS + 8 * index), number(self.main, PAIRS + 8 * index + 4)
        if length and start + length > len(self.table):
            raise BrokenWordError(f"part {index} at {start} with {length} bytes in a table of {len(self.table)}")
        return start, start + length

    def stories(self, characters: int) -> dict[str, tuple[int, int]]:
        """Return where each story begins and ends among the *characters* that there are."""
        found, at = {}, 0
        for index, story in enumerate(STORIES):
            length = number(self.main, LENGTHS + 4 * index)
            found[story] = (min(at, characters), min(at + length, characters))
            at += length
        return found


def open_word(content: bytes) -> WordFile | frozenset[str]:
    """Return the streams of the file; if it has no WordDocument stream, the names of those that it has."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content), raise_defects=olefile.DEFECT_FATAL) as container:
            names = {"/".join(entry).lower(): entry for entry in container.listdir()}
            streams: dict[str, bytes] = {
                key: container.openstream(names[key]).read()
                for key in ("worddocument", "0table", "1table", "data")
                if key in names
            }
    except Exception as error:  # the library raises whatever the broken bytes lead it into
        raise BrokenWordError(f"a broken OLE container ({error})") from error
    if "worddocument" not in streams:
        return frozenset(names)
    main = streams["worddocument"]
    if len(main) < 32:
        raise BrokenWordError(f"a WordDocument stream of {len(main)} bytes")
    first = "1table" if number(main, 10, 2) & TABLE_ONE else "0table"
    return WordFile(main, streams.get(first, b""), streams.get("data", b""))


def find_pieces(file: WordFile, most: int) -> list[Piece]:
    """Return the piece table.

    Raises:
        BrokenWordError: there is none, or it contradicts the stream.
        TooLongError: more than *most* characters.
    """
    lists, places = _split_clx(file.part(PIECES))
    count = (len(places) - 4) // 12
    if count < 1:
        raise BrokenWordError("an empty piece table")
    pieces: list[Piece] = []
    for index in range(count):
        start, end = number(places, 4 * index), number(places, 4 * index + 4)
        at = 4 * (count + 1) + 8 * index
        place, modifier = number(places, at + 2), number(places, at + 6, 2)
        packed = bool(place & 1 << 30)
        place &= (1 << 30) - 1
        piece = Piece(start, end, place // 2 if packed else place, 1 if packed else 2, _laid_over(modifier, lists))
        if end > most:
            raise TooLongError(f"at most {most} characters, got {end}")
        if start != (pieces[-1].end if pieces else 0) or end < start:
            raise BrokenWordError(f"piece {index} holds the characters {start} to {end}")
        if piece.place_of(end) > len(file.main):
            raise BrokenWordError(f"piece {index} ends at {piece.place_of(end)} in a stream of {len(file.main)} bytes")
        pieces.append(piece)
    return pieces


def _split_clx(clx: bytes) -> tuple[list[bytes], bytes]:
    """The lists of properties before the piece table, and the piece table."""
    lists: list[bytes] = []
    at = 0
    while at < len(clx) and clx[at] == 1:
        size = number(clx, at + 1, 2)
        lists.append(clx[at + 3 : at + 3 + size])
        at += 3 + size
    if at >= len(clx) or clx[at] != 2:
        raise BrokenWordError("no piece table")
    return lists, clx[at + 5 : at + 5 + number(clx, at + 1)]


def _laid_over(modifier: int, lists: list[bytes]) -> bytes:
    """The properties that a piece names: a list by its number. The short form says nothing that we read."""
    if not modifier & 1 or modifier >> 1 >= len(lists):
        return b""
    return lists[modifier >> 1]


def read_characters(file: WordFile, pieces: list[Piece]) -> str:
    """Return all stories as one string with one character a UTF-16 unit, so that its indexes are those of the file."""
    parts = []
    for piece in pieces:
        raw = file.main[piece.place : piece.place_of(piece.end)]
        if piece.width == 1:
            parts.append(raw.decode("latin-1").translate(_COMPRESSED))
        else:
            text = raw.decode("utf-16-le", "surrogatepass")
            units = len(raw) // 2
            parts.append(text if len(text) == units else "".join(map(chr, struct.unpack(f"<{units}H", raw))))
    return "".join(parts)


_COMPRESSED = dict(enumerate(COMPRESSED))


def check_marks(text: str) -> None:
    """Refuse *text* of more paragraphs, lines and cells than a book has.

    Raises:
        TooLongError: it has.
    """
    count = sum(map(text.count, "\r\a\f\v"))
    if count > MOST_MARKS:
        raise TooLongError(f"at most {MOST_MARKS} paragraphs, lines and cells, got {count}")


def join_surrogates(text: str) -> str:
    """Return *text* with pairs of surrogates as the one character they mean, and lone ones as a replacement mark."""
    if not any("\ud800" <= char <= "\udfff" for char in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def read_runs(file: WordFile, index: int) -> Runs:
    """Return the properties of runs of characters or paragraphs, by the number of their part."""
    part = file.part(index)
    count = min((len(part) - 4) // 8, len(file.main) // PAGE)  # a page of properties cannot lie in two places
    runs = Runs()
    for page in range(max(0, count)):
        at = (number(part, 4 * ((len(part) - 4) // 8 + 1) + 4 * page) & 0x3FFFFF) * PAGE
        if at + PAGE <= len(file.main):
            _read_page(file.main[at : at + PAGE], runs, paragraphs=index == PARAGRAPH_RUNS)
        if len(runs.starts) > MOST_RUNS:
            raise BrokenWordError(f"more than {MOST_RUNS} runs")
    return runs


def _read_page(page: bytes, runs: Runs, *, paragraphs: bool) -> None:
    """Add the runs of one page; those that do not follow the ones before are left out."""
    count = page[PAGE - 1]
    step = 13 if paragraphs else 1
    if 4 * (count + 1) + step * count >= PAGE:
        return
    for index in range(count):
        start, end = number(page, 4 * index), number(page, 4 * index + 4)
        if start >= end or (runs.ends and start < runs.ends[-1]):
            continue
        at = page[4 * (count + 1) + step * index] * 2
        runs.starts.append(start)
        runs.ends.append(end)
        runs.said.append(_list_at(page, at, paragraphs=paragraphs) if at else b"")


def _list_at(page: bytes, at: int, *, paragraphs: bool) -> bytes:
    """The list of properties at *at*; for a paragraph the number of its style (2 bytes) stands before it."""
    size = page[at]
    if not paragraphs:
        return page[at + 1 : min(at + 1 + size, PAGE - 1)]
    if size:
        return page[at + 1 : min(at + 2 * size, PAGE - 1)]
    size = 2 * page[at + 1] if at + 1 < PAGE else 0
    return page[at + 2 : min(at + 2 + size, PAGE - 1)]


def read_properties(said: bytes, data: bytes = b"") -> dict[int, bytes]:
    """Return a list of properties as sprm -> operand; merges of several cells are put one behind the other."""
    found: dict[int, bytes] = {}
    for code, operand in _modifiers(said):
        if code in ELSEWHERE:
            found[code] = operand
            for inner, value in _modifiers(_list_elsewhere(operand, data)):
                found[inner] = found.get(inner, b"") + value if inner == CELL_DOWN else value
        elif code == CELL_DOWN:
            found[code] = found.get(code, b"") + operand
        else:
            found[code] = operand
    return found


def _list_elsewhere(operand: bytes, data: bytes) -> bytes:
    at = int.from_bytes(operand, "little")
    return data[at + 2 : at + 2 + min(number(data, at, 2), MOST_ELSEWHERE)] if at + 2 <= len(data) else b""


def _modifiers(said: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 3 <= len(said):
        code = said[at] | said[at + 1] << 8
        at += 2
        size = OPERANDS[code >> 13]
        if code == TABLE_SHAPE:
            size = number(said, at, 2) + 1 if at + 2 <= len(said) else 2
        elif not size:
            if code == TAB_STOPS and said[at] == 255:
                return  # its length is told in a way of its own, and nothing that we read stands behind it
            size = said[at] + 1
        yield code, said[at : at + size]
        at += size


def entries(part: bytes, size: int) -> list[tuple[int, bytes]]:
    """Return a part that is a list of characters, each with *size* bytes about it."""
    count = (len(part) - 4) // (4 + size) if len(part) > 4 else 0
    begin = 4 * (count + 1)
    return [(number(part, 4 * i), part[begin + size * i : begin + size * (i + 1)]) for i in range(count)]


def bounds(part: bytes, size: int = 0) -> list[tuple[int, int]]:
    """Return the stretches of characters between the entries of such a part; one that runs back is empty."""
    if len(part) < 4:
        return []
    count = (len(part) - 4) // (4 + size)
    places = [number(part, 4 * index) for index in range(count + 1)]
    found: list[tuple[int, int]] = []
    for low, high in pairwise(places):
        ascending = (found[-1][1] if found else 0) <= low <= high
        found.append((low, high) if ascending else (found[-1][1] if found else 0,) * 2)
    return found
