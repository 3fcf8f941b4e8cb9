"""Text of a PDF file: its characters by their places, and pages without usable ones by their picture."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pipeline.errors import InputError
from pipeline.files.layout import picture_glyphs
from pipeline.files.pdf_guard import check_pdf
from pipeline.files.pdf_layout import PageText, compose, picture_tables
from pipeline.files.pdf_page import ODD, RADICALS, PdfPage, View, read_page
from pipeline.files.record import FileText, Limits
from pipeline.text import is_chinese

if TYPE_CHECKING:
    from PIL.Image import Image

    from pipeline.files.ocr import PictureText

__all__ = ["ODD", "RADICALS", "is_garbled", "read_pdf"]

DPI = 200  # at which a page is recognised
POINTS = 72  # an inch
DRAWN = 16_000_000  # pixels of a page; A3 has half of that

COVERED = 0.5  # of a page that pictures cover where it is a scan
LEAST_PICTURE = 0.1  # of a page without any text
LEAST_BODY = 40  # characters of a text layer that is more than a stamp, a header or a page number
MARGIN = 0.08  # of the height of a page in which heads and page numbers stand
OUTLINED = 200  # paths of a page whose text was turned into outlines
JUDGED = 40  # characters from which a text layer can be told to be garbled
MOST_BAD = 0.3  # of them without a meaning
LEAST_COMMON = 0.08  # of the Chinese ones that are common; in real text 0.3 to 0.6
# The commonest characters of general and of official text: a wrong character map gives arbitrary ones instead.
COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后"
    "多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合"
    "还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只"
    "没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边"
    "流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处府市县务执监督规范落依"
    "治司案权益责推完善健服宣传培训织领导划报告"
)


@dataclass(slots=True)
class _Reading:
    """What a file gave."""

    pages: list[PdfPage]
    broken: list[int]  # numbers of pages that do not open
    scans: list[PdfPage] = field(default_factory=list)  # pages that speak by their picture only
    unread: list[int] = field(default_factory=list)  # numbers of those that were not recognised
    characters: int = 0  # recognised
    sure: float = 0.0  # confidence, summed over them


Recognise = Callable[["Image"], "PictureText"]


def read_pdf(content: bytes, name: str, limits: Limits, read_picture: Recognise | None = None) -> FileText:
    """Return the text of a PDF file; outlines, annotations and properties are no text.

    Args:
        content: of the file.
        name: of the file, for messages.
        limits: pages, pages read by their picture, pixels of one, and what its streams unpack to.
        read_picture: recognises the text of a page at 200 dpi; None leaves scanned pages unread, with a note.

    Raises:
        InputError: the file is broken, locked, too large, empty, or a scan that nobody can read.
    """
    import pypdfium2

    check_pdf(content, name, limits)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise InputError(_why_closed(name, error)) from error
    with closing(document):
        count = len(document)
        if not 0 < count <= limits.pages:
            raise InputError(f"{name}: expected a PDF file of 1 to {limits.pages} pages, got {count}")
        reading = _read_pages(document, count)
        if len(reading.pages) == 0:
            raise InputError(f"{name}: expected a PDF file with readable pages, got {count} broken ones")
        if read_picture is not None and len(reading.scans) > limits.scanned_pages:
            most, scans = limits.scanned_pages, len(reading.scans)
            raise InputError(f"{name}: expected at most {most} scanned pages in a PDF file, got {scans}")
        _read_scans(document, reading, limits, read_picture)
    _refuse_silence(reading, name, read_picture is not None)
    return _finish(reading, count)


def _why_closed(name: str, error: Exception) -> str:
    if "password" in str(error).lower():
        return f"{name}: expected a PDF file that opens without a password, got a locked one"
    return f"{name}: expected a PDF file, got one that does not open ({error})"


def _refuse_silence(reading: _Reading, name: str, can_read: bool) -> None:
    """Refuse a file that gives no character."""
    if any(page.glyphs or page.aside or page.tables for page in reading.pages):
        return
    if reading.scans and not can_read:
        raise InputError(f"{name} is a scan: install fazhi[ocr] to read its {len(reading.scans)} pages")
    if reading.scans:
        raise InputError(f"{name}: expected a scan with text on it, got pictures in which none is recognised")
    raise InputError(f"{name}: expected a PDF file with text, got {len(reading.pages)} empty pages")


def _finish(reading: _Reading, count: int) -> FileText:
    unread = set(reading.unread)
    pages = [_page_text(page, page.by_picture and page.number not in unread) for page in reading.pages]
    pages += [PageText(number, 0.0, 0.0, ()) for number in reading.broken]
    found = compose(sorted(pages, key=lambda page: page.number))
    read = len(reading.scans) - len(unread)
    rule = "text layer"
    if read:
        rule = f"text layer, {read} of {count} pages by picture" if read < count else "pictures of all pages"
    confidence = reading.sure / reading.characters if reading.characters else None
    return replace(found, notes=tuple(_notes(reading)), confidence=confidence, pages=count, rule=rule)


def _page_text(page: PdfPage, rough: bool) -> PageText:
    return PageText(page.number, page.width, page.height, page.glyphs, page.rules, page.aside, rough, page.tables)


def _notes(reading: _Reading) -> Iterator[str]:
    """Yield what a reader of the text should know about the file."""
    unread = set(reading.unread)
    if read := [page.number for page in reading.scans if page.number not in unread]:
        yield f"第{_listed(read)}页为扫描图片，文字由识别得到"
    if left := [page.number for page in reading.scans if page.number in unread and not page.is_garbled]:
        yield f"第{_listed(left)}页为扫描图片，未识别"
    if garbled := [page.number for page in reading.scans if page.number in unread and page.is_garbled]:
        yield f"第{_listed(garbled)}页的字符没有可用的编码，未读"
    if layered := [page.number for page in reading.pages if page.invisible and not page.by_picture]:
        yield f"第{_listed(layered)}页的文字取自文件自带的识别层"
    if unmapped := sum(page.unmapped for page in reading.pages if not page.by_picture):
        yield f"有{unmapped}个字符没有可用的编码"
    if reading.broken:
        yield f"第{_listed(reading.broken)}页损坏，无法读取"


def _listed(numbers: Sequence[int]) -> str:
    """Page numbers for a note: 3、5—8."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [str(run[0]) if len(run) == 1 else f"{run[0]}{'、' if len(run) == 2 else '—'}{run[-1]}" for run in runs]
    return "、".join(parts)


def _read_pages(document: Any, count: int) -> _Reading:
    """Return the pages of *document*, those that need their picture marked."""
    import pypdfium2

    reading = _Reading([], [])
    for number in range(1, count + 1):
        try:
            with closing(document[number - 1]) as source:
                page = read_page(source, number)
        except pypdfium2.PdfiumError:
            page = None
        if page is None:
            reading.broken.append(number)
            continue
        reading.pages.append(page)
        page.is_garbled = is_garbled("".join(glyph.char for glyph in page.glyphs), page.unmapped)
        page.by_picture = page.is_garbled or _is_scan(page)
        if page.by_picture:
            reading.scans.append(page)
    return reading


# --- pictures of pages -----------------------------------------------------------------------------------------------


def _is_scan(page: PdfPage) -> bool:
    """Say whether a page has no text, or only what stands around that of a scan."""
    if not page.glyphs and not page.aside:
        return page.pictured >= LEAST_PICTURE or page.paths >= OUTLINED
    body = [glyph for glyph in page.glyphs if MARGIN * page.height < glyph.base < (1 - MARGIN) * page.height]
    return page.pictured >= COVERED and len(body) < LEAST_BODY and page.invisible <= LEAST_BODY


def _read_scans(document: Any, reading: _Reading, limits: Limits, read_picture: Recognise | None) -> None:
    """Replace what the scanned pages have for text by what is recognised in their picture."""
    for page in reading.scans:
        picture = _recognise(document, page, limits, read_picture) if read_picture else None
        if picture is None:
            reading.unread.append(page.number)
            if page.is_garbled:
                page.glyphs, page.rules = [], []
            continue
        scale = page.width / max(1, picture.width)
        page.glyphs = picture_glyphs(picture.outside_tables(), scale)
        page.tables = picture_tables(picture, scale, page.number)
        page.rules, page.aside = [], []
        for line in picture.lines:
            length = sum(not char.isspace() for char in line.text)
            reading.characters += length
            reading.sure += length * line.confidence


def _recognise(document: Any, page: PdfPage, limits: Limits, read_picture: Recognise) -> "PictureText | None":
    """Return the text of a picture of a page, None where it cannot be drawn or the engine fails on it."""
    import pypdfium2

    try:
        with closing(document[page.number - 1]) as source:
            page.width, page.height = View(source.get_bbox(), source.get_rotation()).size
            scale = min(DPI / POINTS, math.sqrt(min(limits.pixels, DRAWN) / max(1.0, page.width * page.height)))
            with closing(source.render(scale=scale)) as bitmap:
                image = bitmap.to_pil().convert("RGB")
        return read_picture(image)
    except (pypdfium2.PdfiumError, InputError, MemoryError):
        return None


def is_garbled(text: str, unmapped: int = 0) -> bool:
    """Say whether a text layer shows other characters than the page does.

    Args:
        text: of a page.
        unmapped: how many characters had no code at all, in *text* or not.
    """
    chars = [char for char in text if not char.isspace()]
    if len(chars) + unmapped < JUDGED:
        return False
    bad = sum(char in "\ufffd" or "\ue000" <= char <= "\uf8ff" or "\u0080" <= char <= "\u02ff" for char in chars)
    # Marks that are common in print lie in the Latin block too: · × ÷ ° § ±
    bad -= sum(char in "·×÷°§±«»" for char in chars)
    if bad + unmapped >= MOST_BAD * (len(chars) + unmapped):
        return True
    chinese = [char for char in chars if is_chinese(char)]
    if len(chinese) >= JUDGED:
        return sum(char in COMMON for char in chinese) < LEAST_COMMON * len(chinese)
    symbols = sum(char.isascii() and not char.isalnum() for char in chars)
    return symbols > 0.5 * len(chars) and not any(char in "._-" for char, _ in Counter(chars).most_common(1))
