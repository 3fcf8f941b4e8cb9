"""Text of pictures (scans, photographs, long screenshots), read by rapidocr where the extra `ocr` is installed."""

import math
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pipeline.errors import InputError
from pipeline.files.layout import Line, find_lines, picture_glyphs
from pipeline.files.lines import Lines
from pipeline.files.marks import mend_marks
from pipeline.files.ocr_engine import Box, find_boxes
from pipeline.files.paragraphs import find_paragraphs
from pipeline.files.record import FileText, Limits
from pipeline.records import Cut
from pipeline.text import is_chinese

if TYPE_CHECKING:
    from PIL.Image import Image

    from pipeline.files.picture_tables import PictureTable

FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
# Pixels of the shorter side that are read: an A4 page at 220 dpi. More takes memory and finds no more.
MOST_SIDE, LEAST_SIDE = 1800, 500
MOST_ENLARGED, MOST_ENLARGED_AREA = 3, 4_000_000  # times, and to how many pixels
MOST_ASPECT = 200  # of the longer side to the shorter
BAND = 256  # rows of a reduced picture that are made at once
LEAST_CONFIDENCE = 0.5  # of a line; below it stands what is no text: ornaments, signatures, parts of a seal
# Pages upright are read at 0.95 and more, also when noisy, pages upside down at 0.55.
UPRIGHT = 0.8
FLAT = 1.5  # width to height of a box whose text runs along it
MOST_SKEW = math.radians(15)
LEAST_SKEW = math.radians(0.2)
POINTS = 595  # of the width of a page, for the geometry of paragraphs
FOOT = 0.88  # of the height of a page, below which its number stands
PAGE_NUMBER = re.compile(r"[-—–－·.第\s]*\d{1,3}[-—–－·.页\s]*")


@dataclass(frozen=True, slots=True)
class PictureLine:
    """A line of a picture, or the part of one that stands apart; its box is in pixels of the upright picture."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float  # 0 to 1

    def scaled(self, scale: float) -> "PictureLine":
        """Return the line with its box in other pixels."""
        left, top, right, bottom = (edge * scale for edge in (self.left, self.top, self.right, self.bottom))
        return replace(self, left=left, top=top, right=right, bottom=bottom)


@dataclass(frozen=True, slots=True)
class PictureText:
    """What was read from a picture after it was turned upright and its skew taken out."""

    lines: tuple[PictureLine, ...]  # from top to bottom; those in tables too
    width: int  # pixels of the upright picture, at the scale of the one given
    height: int
    tables: tuple["PictureTable", ...] = ()
    dropped: int = 0  # lines that were too uncertain to keep
    turned: int = 0  # degrees counter-clockwise that made it upright

    @property
    def confidence(self) -> float | None:
        """Mean over the characters, 0 to 1; None where there are none."""
        size = sum(len(line.text) for line in self.lines)
        return sum(line.confidence * len(line.text) for line in self.lines) / size if size else None

    def outside_tables(self) -> "PictureText":
        """Return the picture without the lines that stand in one of its tables."""
        kept = tuple(line for line in self.lines if not any(table.holds(line) for table in self.tables))
        return replace(self, lines=kept)


PictureReader = Callable[["Image"], PictureText]


def picture_reader() -> PictureReader | None:
    """Return what reads a picture, None where the extra `ocr` is not installed; models are loaded by the first read."""
    if find_spec("rapidocr") is None or find_spec("onnxruntime") is None:
        return None
    return read_picture


def read_picture(image: "Image") -> PictureText:
    """Return the lines of *image*, whatever its size, colours and orientation.

    Raises:
        InputError: its shape is no page's, or the engine failed on it.
    """
    from PIL.Image import Resampling

    from pipeline.files.picture_tables import find_tables
    from pipeline.files.seals import without_seals

    if max(image.size) > MOST_ASPECT * min(image.size):
        raise InputError(f"expected a picture of a page, got one of {image.width} x {image.height} pixels")
    scale = _scale(*image.size)
    shown = _reduced(image, int(1 / scale))
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    if shown.size != size:
        shown = shown.resize(size, Resampling.LANCZOS)
    shown, boxes, turned = _read_upright(without_seals(shown))
    skew = _skew(boxes)
    lines = sorted((_line(box, skew, shown.size) for box in boxes), key=lambda line: (line.top, line.left))
    kept = [line for line in lines if line.confidence >= LEAST_CONFIDENCE]
    if skew:
        shown = shown.rotate(math.degrees(skew), Resampling.BILINEAR, fillcolor="white")
    tables = find_tables(shown, kept)
    width, height = image.size if turned in (0, 180) else image.size[::-1]
    return PictureText(
        lines=tuple(line.scaled(1 / scale) for line in kept),
        width=width,
        height=height,
        tables=tuple(table.scaled(1 / scale) for table in tables),
        dropped=len(lines) - len(kept),
        turned=turned,
    )


def _scale(width: int, height: int) -> float:
    """By how much to enlarge a picture before it is read."""
    short = min(width, height)
    if short > MOST_SIDE:
        return MOST_SIDE / short
    area = max(1.0, math.sqrt(MOST_ENLARGED_AREA / (width * height)))
    return min(MOST_ENLARGED, area, LEAST_SIDE / short) if short < LEAST_SIDE else 1.0


def _reduced(image: "Image", factor: int) -> "Image":
    """Return *image* on white and *factor* times smaller; band by band, since a copy of all of it takes 200 MB."""
    from PIL import Image

    extremes = image.getextrema() if image.mode.startswith(("I", "F")) else None
    if factor < 2:
        return on_white(image, extremes)
    width, height = -(-image.width // factor), -(-image.height // factor)
    reduced = Image.new("RGB", (width, height))
    for top in range(0, height, BAND):
        box = (0, top * factor, image.width, min((top + BAND) * factor, image.height))
        reduced.paste(on_white(image.crop(box), extremes).reduce(factor), (0, top))
    return reduced


def on_white(image: "Image", extremes: Any = None) -> "Image":
    """Return *image* in red, green and blue, what is transparent in it white.

    Args:
        image: of any mode.
        extremes: darkest and lightest value of a grey of more than eight bits.
    """
    import numpy as np
    from PIL import Image

    if extremes:
        low, high = (float(value) for value in extremes)
        with np.errstate(all="ignore"):  # a grey of floating point may be no number
            values = (np.asarray(image, dtype=np.float32) - low) * (255 / (high - low) if high > low else 0)
            return Image.fromarray(values.astype(np.uint8)).convert("RGB")
    if image.has_transparency_data:
        with_alpha = image.convert("RGBA")
        back = Image.new("RGBA", image.size, "white")
        back.alpha_composite(with_alpha)
        return back.convert("RGB")
    return image.convert("RGB")


# --- upright ---------------------------------------------------------------------------------------------------------


def _read_upright(image: "Image") -> tuple["Image", list[Box], int]:
    """Return the picture turned so that its text is upright, its lines, and the degrees it was turned by."""
    boxes = find_boxes(image)
    if not boxes:
        return image, boxes, 0
    tries = [(image, boxes, 0)]
    if _lies_on_its_side(boxes):
        tries = []
        # The engine turns what runs up or down counter-clockwise; if that made sense, so does turning all of it.
        for turned in (90, 270) if _certainty(boxes) >= UPRIGHT else (270, 90):
            upright = image.rotate(turned, expand=True)
            tries.append((upright, find_boxes(upright), turned))
            if _certainty(tries[-1][1]) >= UPRIGHT:
                break
    elif _certainty(boxes) < UPRIGHT:
        upright = image.rotate(180)
        tries.append((upright, find_boxes(upright), 180))
    return max(tries, key=lambda tried: _certainty(tried[1]))


def _lies_on_its_side(boxes: Sequence[Box]) -> bool:
    """Say whether most of the text runs up or down; single narrow cells with text set downwards do not decide."""
    upright = lying = 0.0
    for box in boxes:
        left, top, right, bottom = box.frame
        width, height = right - left, bottom - top
        if width > FLAT * height:
            upright += width * height
        elif height > FLAT * width:
            lying += width * height
    return lying > 2 * upright


def _certainty(boxes: Sequence[Box]) -> float:
    """Mean confidence, each line by its length in print, since what is misread is mostly too short."""
    weights = [max(box.size) / max(1.0, min(box.size)) for box in boxes]
    total = sum(weights)
    return sum(box.confidence * weight for box, weight in zip(boxes, weights, strict=True)) / total if total else 0.0


def _skew(boxes: Sequence[Box]) -> float:
    """Return the angle of the text in radians, clockwise, 0 where it is too small to matter: that of the middle line.

    Long lines tell it best; each counts by its length.
    """
    angles: list[tuple[float, float]] = []
    for box in boxes:
        width, height = box.size
        (left, top), (right, right_top) = box.corners[0], box.corners[1]
        angle = math.atan2(right_top - top, right - left)
        if width > 4 * height and abs(angle) <= MOST_SKEW:
            angles.append((angle, width))
    angles.sort()
    half, before = sum(width for _, width in angles) / 2, 0.0
    for angle, width in angles:
        before += width
        if before >= half:
            return angle if abs(angle) >= LEAST_SKEW else 0.0
    return 0.0


def _line(box: Box, skew: float, size: tuple[int, int]) -> PictureLine:
    """Return a line with its box as it stands once the picture is turned back by *skew* about its centre."""
    text = mend_marks(box.text.strip())
    if not skew:
        return PictureLine(text, *box.frame, box.confidence)
    middle_x, middle_y = size[0] / 2, size[1] / 2
    (x, y), (width, height) = box.centre, box.size
    x, y = x - middle_x, y - middle_y
    across = x * math.cos(skew) + y * math.sin(skew) + middle_x
    down = y * math.cos(skew) - x * math.sin(skew) + middle_y
    return PictureLine(
        text, across - width / 2, down - height / 2, across + width / 2, down + height / 2, box.confidence
    )


# --- files -----------------------------------------------------------------------------------------------------------


def read_image(content: bytes, name: str, limits: Limits, read_picture: PictureReader | None) -> FileText:
    """Return the text of a picture file: of all pages of a TIFF, of the first frame of anything that moves.

    Args:
        content: PNG, JPEG, TIFF, BMP, GIF or WebP.
        name: of the file, for messages.
        limits: pixels of a page and how many pages are read.
        read_picture: from `picture_reader`.
    Raises:
        InputError: no reader is installed; the file is broken or too large; nothing Chinese is written on it.
    """
    if read_picture is None:
        raise InputError(f"{name}: expected fazhi[ocr] for a picture, got an installation without it")
    pages: list[PictureText] = []
    for image in _frames(content, name, limits):
        try:
            pages.append(read_picture(image))
        except InputError as error:
            raise InputError(f"{name}: {error}") from error
    if not any(is_chinese(char) for page in pages for line in page.lines for char in line.text):
        raise InputError(f"{name}: expected a picture with Chinese text, got one without")
    return write_pages(pages)


def _frames(content: bytes, name: str, limits: Limits) -> Iterator["Image"]:
    """Yield the upright pages of a picture file, each measured by its header before it is decoded."""
    from PIL import Image, ImageOps

    def refused(error: Exception) -> InputError:
        return InputError(f"{name}: expected a picture that can be decoded, got a broken one ({_shown(error)})")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of tags that are out of order, and of sizes, which are checked here
        try:
            image = Image.open(BytesIO(content), formats=FORMATS)
            count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
        except Image.DecompressionBombError as error:
            raise InputError(f"{name}: expected at most {limits.pixels} pixels, got more ({error})") from error
        except Exception as error:  # the library raises whatever the broken bytes lead it into
            raise refused(error) from error
    if count > limits.scanned_pages:
        raise InputError(f"{name}: expected a picture of at most {limits.scanned_pages} pages, got {count}")
    for page in range(count):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                image.seek(page)
                width, height = image.size
                if width * height <= limits.pixels:
                    scale = _scale(width, height)
                    image.draft(None, (round(width * scale), round(height * scale)))  # a JPEG is decoded smaller
                    image.load()
                    ImageOps.exif_transpose(image, in_place=True)
            except Exception as error:
                raise refused(error) from error
        if width * height > limits.pixels:
            raise InputError(f"{name}: expected at most {limits.pixels} pixels, got {width} x {height}")
        yield image


def _shown(error: Exception) -> str:
    words = re.sub(r"<[^>]*>", "", str(error))  # objects of the library, with an address that changes
    return " ".join(words.split())[:120] or type(error).__name__


def write_pages(pages: Sequence[PictureText]) -> FileText:
    """Return pages that were read from pictures as paragraphs and table rows."""
    read = [_page_lines(page, number) for number, page in enumerate(pages, 1)]
    paragraphs = find_paragraphs([line for lines, _ in read for line in lines], rough=True)
    out, furniture = Lines(), []
    for number, (page, (_, numbers)) in enumerate(zip(pages, read, strict=True), 1):
        scale = POINTS / page.width
        tables = list(page.tables)
        for paragraph in paragraphs:
            first = paragraph.lines[0]
            if first.page != number:
                continue
            while tables and tables[0].top * scale < first.base:
                _write_table(out, tables.pop(0))
            out.add(mend_marks(paragraph.text))
        for table in tables:
            _write_table(out, table)
        for text in numbers:
            furniture.append(Cut(out.size, out.size + len(text), "page number"))
            out.add(text)
        out.end_page()
    confidence, notes = _quality(pages)
    found = out.finish("image", f"{len(pages)} page{'s' * (len(pages) > 1)} by picture", notes)
    return replace(found, furniture=tuple(furniture), confidence=confidence, pages=len(pages))


def _page_lines(page: PictureText, number: int) -> tuple[list[Line], list[str]]:
    """Return the lines of a page that stand in no table, in reading order, and those that are its number."""
    scale = POINTS / page.width
    lines = find_lines(picture_glyphs(page.outside_tables(), scale), number)
    foot = FOOT * page.height * scale
    numbers = [line for line in lines[-1:] if line.base > foot and PAGE_NUMBER.fullmatch(line.text)]
    return [line for line in lines if line not in numbers], [line.text for line in numbers]


def _write_table(out: Lines, table: "PictureTable") -> None:
    for cells, covered in zip(table.rows, table.covered, strict=True):
        out.add_row([mend_marks(cell) for cell in cells], covered)


def _quality(pages: Sequence[PictureText]) -> tuple[float, list[str]]:
    """Return the mean confidence over all characters, and what a reader of the document should know."""
    lines = [line for page in pages for line in page.lines]
    confidence = sum(line.confidence * len(line.text) for line in lines) / sum(len(line.text) for line in lines)
    notes = [f"由图片识别文字，平均置信度{confidence:.2f}"]
    if dropped := sum(page.dropped for page in pages):
        notes.append(f"有{dropped}行识别置信度低于{LEAST_CONFIDENCE}，未采用")
    if turned := sum(page.turned != 0 for page in pages):
        notes.append(f"有{turned}页图片方向不正，转正后识别")
    return confidence, notes
