"""Lines of a picture and where they stand, by the engine of rapidocr."""

import logging
import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import files
from itertools import pairwise
from statistics import fmean
from typing import TYPE_CHECKING, Any

from pipeline.errors import InputError
from pipeline.guard import more_time

if TYPE_CHECKING:
    from PIL.Image import Image

THREADS = 1  # of the engine: several workers share a machine, and two threads read 1.6 times as fast as one
DETECTED_SIDE = 1280  # pixels to which a picture is reduced to find its lines; they are read at full size
MARGIN = (
    1.8  # of a box around its line, in the engine's terms; its own 1.6 cut off the comma at the end of one line in 60
)
# A picture taller than this many widths is read in strips, each so many widths tall, that share a stretch.
TALL, STRIP, SHARED = 2.0, 1.5, 0.25
EDGE = 3  # pixels from the edge of a strip at which a line may be cut through
BLANK = 1.0  # heights of a line, 1.4 em, between two characters that part it


@dataclass(frozen=True, slots=True)
class Box:
    """A line as the engine found it: its corners from the upper left one on, clockwise for its reader."""

    corners: tuple[tuple[float, float], ...]
    text: str
    confidence: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height along its own sides."""
        return math.dist(*self.corners[:2]), math.dist(self.corners[0], self.corners[3])

    @property
    def centre(self) -> tuple[float, float]:
        """Across and down."""
        return fmean(x for x, _ in self.corners), fmean(y for _, y in self.corners)

    @property
    def frame(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what it covers."""
        xs, ys = [x for x, _ in self.corners], [y for _, y in self.corners]
        return min(xs), min(ys), max(xs), max(ys)

    def part(self, text: str, left: float, right: float) -> "Box":
        """Return the part of the line between two places across the picture."""
        upper, lower = self.corners[:2], self.corners[3:1:-1]
        return Box(
            (_between(upper, left), _between(upper, right), _between(lower, right), _between(lower, left)),
            text,
            self.confidence,
        )


def _between(ends: Sequence[tuple[float, float]], x: float) -> tuple[float, float]:
    (left, start), (right, end) = ends
    return x, start + (end - start) * (x - left) / (right - left) if right > left else start


@cache
def _engine() -> Any:
    """Load the models that came with rapidocr; their paths are given, so that it looks for none elsewhere."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own imports
        import rapidocr

        logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
        return rapidocr.RapidOCR(
            params={
                "Det.model_path": _model("det"),
                "Rec.model_path": _model("rec"),
                "Global.log_level": "critical",
                "Global.text_score": 0.0,  # what is dropped is counted here
                "Global.use_cls": False,  # it turns single lines, also 60 to 09; pages are turned as a whole
                "Global.max_side_len": 1_000_000,  # the size is settled before
                "Det.limit_type": "max",
                "Det.limit_side_len": DETECTED_SIDE,
                "Det.unclip_ratio": MARGIN,
                "Rec.rec_batch_num": 1,  # no line is padded to the longest: a third faster, and fewer marks misread
                "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )


def _model(part: str) -> str:
    """Return the path of the model that the wheel of rapidocr brought; others may have been loaded beside it since."""
    for file in files("rapidocr") or ():
        if file.match(f"models/*_{part}_*.onnx"):
            return str(file.locate())
    raise InputError(f"expected the models of rapidocr in its wheel, got none for {part!r}: install it again")


def _run(image: "Image", top: int = 0) -> list[Box]:
    """Return the lines of one picture, their corners moved down by *top*."""
    more_time()
    found = _recognised(image)
    if getattr(found, "boxes", None) is None or not found.txts:
        return []
    places = found.word_results if len(found.word_results or ()) == len(found.txts) else [()] * len(found.txts)
    boxes: list[Box] = []
    for corners, text, score, chars in zip(found.boxes, found.txts, found.scores, places, strict=True):
        box = Box(tuple((float(x), float(y) + top) for x, y in corners), text.strip(), float(score))
        if box.text:
            boxes += _parted(box, chars or ())
    return boxes


def _recognised(image: "Image") -> Any:
    """Return what the engine says; where it cannot place the characters of a line, without their places."""
    engine = _engine()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return engine(image, return_word_box=True, return_single_char_box=True)
        except IndexError:
            pass
        except Exception as error:  # the engine raises whatever its libraries do
            raise _failed(error) from error
        try:
            return engine(image, return_word_box=False)
        except Exception as error:
            raise _failed(error) from error


def _failed(error: Exception) -> InputError:
    return InputError(f"expected a picture that can be read, got a failure of the engine ({type(error).__name__})")


def _parted(box: Box, chars: Sequence[Any]) -> list[Box]:
    """Part a line where it has a wide blank, as between the cells of a row.

    Args:
        box: the line.
        chars: character, confidence and corners of each.
    """
    width, height = box.size
    inked = [place for place, char in enumerate(box.text) if char != " "]
    placed = [char for char in chars if char[0] != " "]
    if width < height or [box.text[place] for place in inked] != [char[0] for char in placed]:
        return [box]
    lefts = [min(float(x) for x, _ in corners) for _, _, corners in placed]
    rights = [max(float(x) for x, _ in corners) for _, _, corners in placed]
    cuts = [place for place in range(1, len(inked)) if lefts[place] - rights[place - 1] >= BLANK * height]
    if not cuts:
        return [box]
    return [
        box.part(box.text[inked[start] : inked[end - 1] + 1], lefts[start], rights[end - 1])
        for start, end in pairwise([0, *cuts, len(inked)])
    ]


def find_boxes(image: "Image") -> list[Box]:
    """Return the lines of a picture, in strips where it is tall.

    Strips share a stretch of several lines, so that each line is whole in one of them; one that an edge may have cut
    is left to the other strip, and one that both have whole counts once.
    """
    if image.height <= max(TALL * image.width, DETECTED_SIDE):
        return _run(image)
    tall = max(int(STRIP * image.width), DETECTED_SIDE)
    step = tall - int(SHARED * image.width)
    kept: list[Box] = []
    for top in range(0, image.height, step):
        bottom = min(top + tall, image.height)
        for box in _run(image.crop((0, top, image.width, bottom)), top):
            _, upper, _, lower = box.frame
            cut = (top > 0 and upper <= top + EDGE) or (bottom < image.height and lower >= bottom - EDGE)
            if not cut and not any(_is_same(box, other) for other in kept if other.frame[3] > top):
                kept.append(box)
        if bottom == image.height:
            break
    return kept


def _is_same(box: Box, other: Box) -> bool:
    """Say whether two boxes cover each other for the most part."""
    left, top, right, bottom = box.frame
    other_left, other_top, other_right, other_bottom = other.frame
    shared = max(0.0, min(right, other_right) - max(left, other_left)) * max(
        0.0, min(bottom, other_bottom) - max(top, other_top)
    )
    area = min((right - left) * (bottom - top), (other_right - other_left) * (other_bottom - other_top))
    return shared > 0.5 * area
