"""Pictures in a Word file that stand in place of its text: scans that somebody put on the pages of a document."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.files.ocr import PictureReader, PictureText, read_image, write_pages
from pipeline.files.record import FileText, Limits
from pipeline.files.word_package import Package
from pipeline.records import Cut
from pipeline.text import is_chinese

if TYPE_CHECKING:
    from PIL.Image import Image

# Chinese characters of a page beside which a document has words of its own; a photograph of a meeting has a banner.
LEAST_BESIDE_WORDS = 60


def read_pictures(
    package: Package, paths: Sequence[str], limits: Limits, read_picture: PictureReader, *, is_alone: bool
) -> list[PictureText]:
    """Return what was read from the pictures at *paths* that hold text; *is_alone*: there is no other in the file.

    Raises:
        InputError: more pictures than the limit of scanned pages.
    """
    if len(paths) > limits.scanned_pages:
        most = limits.scanned_pages
        raise InputError(f"{package.name}: expected at most {most} pictures in place of text, got {len(paths)}")
    pages: list[PictureText] = []

    def remember(image: "Image") -> PictureText:
        found = read_picture(image)
        pages.append(found)
        return found

    for path in paths:
        before = len(pages)
        try:
            read_image(package.read(path), package.name, limits, remember)
        except InputError:  # a drawing, a format that nobody decodes, a picture without text
            del pages[before:]
    return [page for page in pages if is_alone or _chinese(page) >= LEAST_BESIDE_WORDS]


def _chinese(page: PictureText) -> int:
    return sum(is_chinese(char) for line in page.lines for char in line.text)


def with_pictures(words: FileText, pages: Sequence[PictureText]) -> FileText:
    """Return the text of a document with that of its pictures behind it."""
    if not pages:
        return words
    found = write_pages(pages)
    shown = words.text.strip()
    begin = len(words.text) + 1 if shown else 0
    return replace(
        found,
        text=f"{words.text}\f{found.text}" if shown else found.text,
        file_type=words.file_type,
        rows={**(words.rows if shown else {}), **{start + begin: columns for start, columns in found.rows.items()}},
        titles=words.titles if shown else (),
        furniture=(
            *(words.furniture if shown else ()),
            *(Cut(cut.start + begin, cut.end + begin, cut.reason) for cut in found.furniture),
        ),
        notes=(*words.notes, *found.notes),
        pages=None,
        rule=f"{words.rule}, {found.rule}" if shown else f"{found.rule} in a Word file",
    )
