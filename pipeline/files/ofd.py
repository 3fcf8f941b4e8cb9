"""Text of an OFD file, the page format of Chinese e-government: characters by their places, scans by their picture."""

import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.files.layout import Glyph, find_lines, picture_glyphs
from pipeline.files.members import DamagedMemberError
from pipeline.files.ofd_package import OfdDocument, Package
from pipeline.files.ofd_page import Box, OfdPage, PlacedPicture, read_page
from pipeline.files.pdf import is_garbled
from pipeline.files.pdf_layout import Furniture, PageText, compose
from pipeline.files.record import FileText, Limits

if TYPE_CHECKING:
    from PIL.Image import Image

    from pipeline.files.ocr import PictureText

COVERED = 0.5  # of a page that its pictures cover where it is a scan
LEAST_BODY = 40  # characters of a page that is more than a scan with its head and page number
MARGIN = 0.08  # of the height of a page in which those stand
LEAST_SHARE = 0.02  # of the page that a picture takes to be worth reading; less is a seal, a logo, a rule
SHARED_TEMPLATE = 2  # pages from which the text of a template is a running head; a form has its labels there
NAMES_SHOWN = 5
BLANKS = re.compile(r"\s+")

Recognise = Callable[["Image"], "PictureText"]


@dataclass(slots=True)
class _Sheet:
    """A page on its way to text."""

    number: int
    page: OfdPage
    template: str  # what tells its template from others, "" if it has none
    is_scan: bool = False
    is_garbled: bool = False
    is_layered: bool = False  # its text is the hidden layer below a scan


@dataclass(slots=True)
class _Scans:
    """What recognition gave, over all pages."""

    read: list[int]
    unread: list[int]
    characters: int = 0
    sure: float = 0.0  # confidence, summed over the characters


def read_ofd(content: bytes, name: str, limits: Limits, read_picture: Recognise | None = None) -> FileText:
    """Return the text of an OFD file, with all documents that it holds in their order.

    Seals, signatures and annotations are no text. Files that it carries along are named in a note.

    Args:
        content: of the file.
        name: of the file, for messages.
        limits: bytes, pages, pages read by their picture, and pixels of one.
        read_picture: recognises the text of a scan; None leaves scans unread, with a note.

    Raises:
        InputError: the file is broken, too large, empty, or a scan that nobody can read.
    """
    package = Package(content, name, limits)
    documents = list(package.documents())
    sheets, broken = _read_sheets(package, documents, limits)
    count = sum(len(document.pages) for document in documents)
    if not sheets:
        raise InputError(f"{name}: expected an OFD file with readable pages, got {count or 'none'} that are not")
    scans = _read_scans(sheets, name, limits, read_picture)
    _refuse_silence(sheets, scans, name, read_picture is not None)
    found = compose([_page_text(sheet, _shared_templates(sheets), sheet.number in scans.read) for sheet in sheets])
    return replace(
        found,
        file_type="ofd",
        titles=tuple(_titles(found.text, [document.title for document in documents])),
        notes=tuple(_notes(sheets, scans, broken, documents)),
        confidence=scans.sure / scans.characters if scans.characters else None,
        pages=count,
        rule="OFD text objects" + (f", {len(scans.read)} of {count} pages by picture" if scans.read else ""),
    )


def _read_sheets(package: Package, documents: Sequence[OfdDocument], limits: Limits) -> tuple[list[_Sheet], list[int]]:
    """Return the pages of all documents, and the numbers of those that cannot be read."""
    listed = [(document, folder, written) for document in documents for folder, written in document.pages]
    if len(listed) > limits.pages:
        raise InputError(f"{package.name}: expected an OFD file of at most {limits.pages} pages, got {len(listed)}")
    sheets: list[_Sheet] = []
    broken: list[int] = []
    characters = 0
    for number, (document, folder, written) in enumerate(listed, 1):
        try:
            page = read_page(package, document, folder, written)
        except DamagedMemberError:
            broken.append(number)
            continue
        characters += len(page.glyphs) + len(page.template) + len(page.hidden)
        if characters > limits.characters:
            raise InputError(f"{package.name}: expected at most {limits.characters} characters, got more")
        sheets.append(_judge(number, page))
    return sheets, broken


def _judge(number: int, page: OfdPage) -> _Sheet:
    """Tell whether a page speaks by its text, by the hidden text below its picture, or by its picture alone."""
    sheet = _Sheet(number, page, "".join(glyph.char for glyph in page.template))
    body = [glyph for glyph in page.glyphs if MARGIN * page.height < glyph.base < (1 - MARGIN) * page.height]
    area = page.width * page.height
    pictured = sum(_area(picture.box, page) for picture in page.pictures)
    if len(body) < LEAST_BODY and len(page.hidden) > len(body):
        page.glyphs += page.hidden
        sheet.is_layered = True
    sheet.is_garbled = is_garbled("".join(glyph.char for glyph in page.glyphs))
    if sheet.is_garbled:
        page.glyphs.clear()
        sheet.is_layered = False
    is_bare = not page.glyphs and not page.template
    says_little = len(body) < LEAST_BODY and not sheet.is_layered
    sheet.is_scan = pictured >= (LEAST_SHARE if is_bare else COVERED) * area and (says_little or sheet.is_garbled)
    return sheet


def _area(box: Box, page: OfdPage) -> float:
    """Return how much of a page a picture covers."""
    width = min(box.right, page.width) - max(box.left, 0.0)
    height = min(box.bottom, page.height) - max(box.top, 0.0)
    return max(0.0, width) * max(0.0, height)


# ---- scans


def _read_scans(sheets: Iterable[_Sheet], name: str, limits: Limits, read_picture: Recognise | None) -> _Scans:
    """Add the characters that are recognised in the pictures of scanned pages to these."""
    scanned = [sheet for sheet in sheets if sheet.is_scan]
    scans = _Scans(read=[], unread=[sheet.number for sheet in scanned])
    if read_picture is None:
        return scans
    if len(scanned) > limits.scanned_pages:
        most = limits.scanned_pages
        raise InputError(f"{name}: expected at most {most} scanned pages in an OFD file, got {len(scanned)}")
    for sheet in scanned:
        placed = sorted(sheet.page.pictures, key=lambda picture: (picture.box.top, picture.box.left))
        for picture in placed:
            if _area(picture.box, sheet.page) < LEAST_SHARE * sheet.page.width * sheet.page.height:
                continue
            image = _open(picture.content, limits)
            if image is None:
                continue
            found = read_picture(image)
            sheet.page.glyphs += _moved(found, picture)
            for line in found.lines:
                length = len(BLANKS.sub("", line.text))
                scans.characters += length
                scans.sure += length * line.confidence
            if sheet.number in scans.unread:
                scans.unread.remove(sheet.number)
                scans.read.append(sheet.number)
    return scans


def _open(content: bytes, limits: Limits) -> "Image | None":
    """Return a picture, None if it is none that can be opened or has more pixels than allowed."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(BytesIO(content))
            return image.convert("RGB") if image.width * image.height <= limits.pixels else None
    except (OSError, ValueError, SyntaxError, TypeError, Image.DecompressionBombError):
        return None


def _moved(found: "PictureText", picture: PlacedPicture) -> list[Glyph]:
    """Return the characters of a recognised picture at their places on the page."""
    box = picture.box
    glyphs = picture_glyphs(found, (box.right - box.left) / max(1, found.width))
    return [
        glyph._replace(left=glyph.left + box.left, right=glyph.right + box.left, base=glyph.base + box.top)
        for glyph in glyphs
    ]


def _refuse_silence(sheets: Sequence[_Sheet], scans: _Scans, name: str, can_read: bool) -> None:
    """Refuse a file that gives no character."""
    if any(_speaks(sheet.page) for sheet in sheets):
        return
    if scans.unread and not can_read:
        raise InputError(f"{name} is a scan: install fazhi[ocr] to read its {len(scans.unread)} pages")
    if scans.unread or scans.read:
        raise InputError(f"{name}: expected a scan with text on it, got pictures in which none is recognised")
    if any(sheet.is_garbled for sheet in sheets):
        raise InputError(
            f"{name}: expected an OFD file with readable text, got one whose characters have no usable codes"
        )
    if any(sheet.page.unreadable for sheet in sheets):
        raise InputError(f"{name}: expected an OFD file with its pictures, got {len(sheets)} pages without")
    raise InputError(f"{name}: expected an OFD file with text, got {len(sheets)} empty pages")


def _speaks(page: OfdPage) -> bool:
    return bool(page.glyphs or page.template or page.askew or page.sideways)


# ---- the record


def _shared_templates(sheets: Iterable[_Sheet]) -> frozenset[str]:
    """Return the text of the templates that several pages have."""
    counts = Counter(sheet.template for sheet in sheets if sheet.template.strip())
    return frozenset(template for template, count in counts.items() if count >= SHARED_TEMPLATE)


def _page_text(sheet: _Sheet, shared: frozenset[str], rough: bool) -> PageText:
    """Return a page for the layout; the template of several pages and text that runs askew stand aside."""
    page = sheet.page
    aside: list[tuple[str, Furniture | None]] = []
    glyphs = list(page.glyphs)
    if sheet.template in shared:
        aside += [(line.text, "running head") for line in find_lines(page.template, sheet.number)]
    else:
        glyphs += page.template
    if text := BLANKS.sub(" ", page.askew).strip():
        aside.append((text, "watermark"))
    if text := BLANKS.sub(" ", page.sideways).strip():
        aside.append((text, None))
    return PageText(sheet.number, page.width, page.height, glyphs, page.rules, aside, rough)


def _titles(text: str, titles: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield the lines that are the title of one of the documents, as its properties give it."""
    wanted = {bare for title in titles if (bare := BLANKS.sub("", title))}
    start = 0
    for line in text.split("\n"):
        shown = line.lstrip("\f")
        if (bare := BLANKS.sub("", shown)) in wanted:
            wanted.discard(bare)
            yield start + len(line) - len(shown), start + len(line)
        start += len(line) + 1


def _notes(
    sheets: Sequence[_Sheet], scans: _Scans, broken: Sequence[int], documents: Sequence[OfdDocument]
) -> Iterator[str]:
    """Yield what a reader of the text should know about the file."""
    if len(documents) > 1:
        yield f"文件中有{len(documents)}份文档，按顺序相接"
    if scans.read:
        yield f"第{_listed(scans.read)}页为扫描图片，文字由识别得到"
    if scans.unread:
        yield f"第{_listed(scans.unread)}页为扫描图片，未识别"
    if layered := [sheet.number for sheet in sheets if sheet.is_layered]:
        yield f"第{_listed(layered)}页的文字取自文件自带的识别层"
    if garbled := [sheet.number for sheet in sheets if sheet.is_garbled and sheet.number not in scans.read]:
        yield f"第{_listed(garbled)}页的字符没有可用的编码，未读"
    silent = [sheet.number for sheet in sheets if sheet.page.unreadable and not _speaks(sheet.page)]
    if silent:
        yield f"第{_listed(silent)}页的图片缺失或损坏，无法读取"
    if broken:
        yield f"第{_listed(broken)}页损坏，无法读取"
    names = [name for document in documents for name in document.attachments]
    if names:
        shown = "、".join(names[:NAMES_SHOWN]) + ("等" if len(names) > NAMES_SHOWN else "")
        yield f"文件内另附{len(names)}个文件，未读：{shown}"


def _listed(pages: Iterable[int]) -> str:
    return "、".join(map(str, sorted(pages)))
