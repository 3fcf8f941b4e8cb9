"""What a reader of a file type hands to the parser: characters in reading order, and what the file says about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from pipeline.records import Cut

FileType = Literal[
    "html", "text", "docx", "doc", "wps", "rtf", "mht", "pdf", "image", "xlsx", "xls", "ofd", "zip", "rar"
]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may ask for; what asks for more is refused with the reason."""

    file_bytes: int = 60_000_000  # of one file as it came
    unpacked_bytes: int = 200_000_000  # of all members of an archive or an Office file together
    ratio: int = 200  # of unpacked to packed size of one member above 1 MB; XML of Word packs 20 to 60 times
    members: int = 500  # of an archive
    depth: int = 3  # of archives in archives
    pages: int = 600  # of a PDF or OFD file
    scanned_pages: int = 60  # that are read by their picture, which takes seconds each
    pixels: int = 60_000_000  # of one picture
    characters: int = 5_000_000  # of the text of one file
    lines: int = 100_000  # of the text of one file, blank ones aside


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of one file. It is the source that the cuts of a document point into, so nothing is taken out of it.

    A line ends with a newline, a printed page with a form feed, and the cells of a table row are parted by tabs: a row
    of n columns has n - 1 of them, also where cells are empty, and blanks or line ends inside a cell are one blank or,
    beside a Chinese character, nothing.
    """

    text: str
    file_type: FileType
    whole_lines: bool = True  # a line is a paragraph; False where it may be half of one, as on a printed page
    # Starts of the lines that are table rows -> columns (from 0) that a merged cell covers from above.
    rows: Mapping[int, frozenset[int]] = field(default_factory=lambda: MappingProxyType({}))
    titles: tuple[tuple[int, int], ...] = ()  # stretches that the file calls the title of the document
    # Stretches that are no body, with the reason: running head, page number, footnote mark, stamp.
    furniture: tuple[Cut, ...] = ()
    notes: tuple[str, ...] = ()  # in Chinese: what was accepted, skipped or could not be read
    confidence: float | None = None  # mean over the characters that were read from a picture, 0 to 1; None if none were
    pages: int | None = None  # printed pages, where the file has them
    rule: str = ""  # how the text was found, for people: 'Word paragraphs', 'text layer, 2 of 8 pages by picture'
