"""Word 6 and Word 95: the text in the code page of its time, with the rows of tables guessed from the characters."""

from pipeline.files.blocks import Mark
from pipeline.files.word97_binary import SIXTEEN_BIT, BrokenWordError, TooLongError, WordFile, number
from pipeline.text import is_chinese

TEXT_START, TEXT_END, TEXT_LENGTH = 0x18, 0x1C, 0x34  # bytes of the file header
PIECES = 0x160
COMPLEX = 1 << 2  # the flag of a fast save: the text lies in pieces
MOST_BROKEN = 0.05  # of the characters


def read_word95(file: WordFile, most: int) -> str:
    """Return the main story with the control characters of Word; paragraphs end with carriage returns.

    A Chinese Word 6 wrote GBK; Word 95 could write two bytes for every character, Unicode or the two bytes of GBK.
    """
    length = number(file.main, TEXT_LENGTH)
    if length > most:
        raise TooLongError(f"at most {most} characters, got {length}")
    if not length:
        raise BrokenWordError(f"{length} characters of text")
    raw = _in_pieces(file) if file.flags & COMPLEX else b""
    raw = raw or file.main[number(file.main, TEXT_START) : number(file.main, TEXT_END)]
    if file.flags & SIXTEEN_BIT:
        raw = raw[: 2 * length]
        unicode = raw.decode("utf-16-le", "replace")
        swapped = b"".join(raw[at + 1 : at + 2] + raw[at : at + 1] for at in range(0, len(raw) - 1, 2))
        paired = swapped.replace(b"\0", b"").decode("gb18030", "replace")
        text = max(unicode, paired, key=lambda found: sum(map(is_chinese, found)) - 2 * found.count("\ufffd"))
    else:
        text = raw[:length].decode("gb18030", "replace")
    if text.count("\ufffd") > MOST_BROKEN * len(text):
        raise BrokenWordError("text that is not in GBK")
    return text


def _in_pieces(file: WordFile) -> bytes:
    """The text of a file that was saved fast; b"" if it has no pieces."""
    start, length = number(file.main, PIECES), number(file.main, PIECES + 4)
    clx = file.main[start : start + length]
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + number(clx, at + 1, 2)
    if at >= len(clx) or clx[at] != 2:
        return b""
    table = clx[at + 5 : at + 5 + number(clx, at + 1)]
    count = (len(table) - 4) // 12
    width = 2 if file.flags & SIXTEEN_BIT else 1
    parts: list[bytes] = []
    before = 0
    for index in range(count):
        begin, end = number(table, 4 * index), number(table, 4 * index + 4)
        if begin != before or end < begin or (end - begin) * width > len(file.main):
            raise BrokenWordError(f"piece {index} holds the characters {begin} to {end}")
        place = number(table, 4 * (count + 1) + 8 * index + 2)
        parts.append(file.main[place : place + (end - begin) * width])
        before = end
        if before > len(file.main) * 4:
            raise BrokenWordError(f"{before} characters in a stream of {len(file.main)} bytes")
    return b"".join(parts)


def guess_rows(text: str) -> list[Mark]:
    """Return the paragraphs of *text* where only the characters tell tables: bell characters end cells and rows.

    The end of a row looks like an empty cell. The first row of a table is taken to have no empty cells, which gives
    the number of columns of those below it.
    """
    marks: list[Mark] = []
    segments = text.split("\a")
    at = width = 0
    while at < len(segments) - 1:
        lead, _, first = segments[at].rpartition("\r")
        if lead:
            marks.extend(Mark(paragraph) for paragraph in lead.split("\r"))
            width = 0  # text between: another table
        end = at + width
        if not width or end >= len(segments) - 1 or segments[end]:
            end = next((i for i in range(at + 1, len(segments) - 1) if not segments[i]), len(segments) - 1)
            width = end - at
        cells = [first, *segments[at + 1 : end]]
        marks.extend(Mark(cell, depth=1, ends="cell") for cell in cells)
        marks.append(Mark("", depth=1, ends="row"))
        at = end + 1
    rest = segments[-1].removesuffix("\r")
    if rest:
        marks.extend(Mark(paragraph) for paragraph in rest.split("\r"))
    return marks
