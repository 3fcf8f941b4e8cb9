"""Word 97 to 2003, and the .wps of Kingsoft that is Word inside: paragraphs with their numbers, tables as rows.

Read by a reader of our own, since antiword leaves out the numbers of lists and text boxes, breaks the rows of tables
and keeps what was deleted or hidden; antiword reads what that reader finds broken.
"""

from pipeline.errors import InputError
from pipeline.files.antiword import run_antiword
from pipeline.files.blocks import build_blocks, write_blocks
from pipeline.files.lines import Lines
from pipeline.files.record import FileText, FileType, Limits
from pipeline.files.word95 import guess_rows, read_word95
from pipeline.files.word97_binary import (
    ENCRYPTED,
    FIRST_WORD97,
    BrokenWordError,
    TooLongError,
    WordFile,
    check_marks,
    open_word,
)
from pipeline.files.word97_story import Stories, blank_fields, shown_text

LOCKED = {"encryptedpackage", "encryptioninfo"}


def read_doc(content: bytes, name: str, limits: Limits, *, file_type: FileType = "doc") -> FileText:
    """Return the paragraphs, table rows, footnotes and text boxes of a Word file from before 2007.

    Raises:
        InputError: no Word file, protected by a password, broken beyond both readers, too long, or without text.
    """
    if len(content) > limits.file_bytes:
        raise InputError(f"{name}: expected at most {limits.file_bytes} bytes, got {len(content)}")
    try:
        file = open_word(content)
        if not isinstance(file, WordFile):
            raise InputError(f"{name}: expected a Word document, got {_other(file)}")
        if file.flags & ENCRYPTED:
            raise InputError(f"{name}: expected a document that is open to read, got one protected by a password")
        found = _read(file, limits, file_type)
    except TooLongError as error:
        raise InputError(f"{name}: expected {error}") from error
    except BrokenWordError as error:
        spared = run_antiword(content, limits.characters)
        if spared is None:
            raise InputError(f"{name}: expected a Word 97 document, got a broken one ({error})") from error
        found = _from_antiword(spared, file_type)
    if not found.text.strip():
        pictures = "; its pictures are not read" if any("图片" in note for note in found.notes) else ""
        raise InputError(f"{name}: expected a document with text, got a Word file without any{pictures}")
    return found


def _other(streams: frozenset[str]) -> str:
    if LOCKED & streams:
        return "one protected by a password"
    if {"contents", "wpsdocument", "matost"} & streams:
        return "a .wps of Works or of an early Kingsoft writer, which has no WordDocument stream"
    return f"an OLE container with the streams {', '.join(sorted(streams)[:5]) or '(none)'}"


def _read(file: WordFile, limits: Limits, file_type: FileType) -> FileText:
    lines = Lines()
    if file.version < FIRST_WORD97:
        text = blank_fields(read_word95(file, limits.characters))
        check_marks(text)
        blocks = build_blocks(guess_rows(shown_text(text, paragraphs=True)))
        write_blocks(blocks, lines)
        return lines.finish(
            file_type, "Word 6 text, code page GBK", ("Word 6/95 旧格式：表格按字符推断，自动编号读不出",)
        )
    stories = Stories(file, limits.characters)
    write_blocks(stories.blocks(), lines)
    return lines.finish(file_type, "Word 97 piece table", stories.notes)


def _from_antiword(text: str, file_type: FileType) -> FileText:
    """The lines of antiword: an empty one between paragraphs, bars between the cells of a table."""
    lines = Lines()
    for line in text.split("\n"):
        shown = line.strip()
        if len(shown) > 2 and shown.startswith("|") and shown.endswith("|"):
            lines.add_row([cell.strip() for cell in shown[1:-1].split("|")])
        elif shown:
            lines.add(line.rstrip())
    return lines.finish(file_type, "antiword", ("文件有损，由 antiword 读出：自动编号、文本框未读，表格行可能断开",))
