"""Red seals taken out of a picture, so that the text under them can be read."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

RED = 40  # by how much red is above green and blue; yellowed paper and warm light stay below 30
WORKED_WIDTH = 600  # pixels to which a picture is reduced to look for seals
# Of the page's width. A seal is 38 to 58 mm of 210, and the characters of a red letterhead are 25 at most.
LEAST_SIZE, MOST_SIZE = 0.13, 0.5
LEAST_ASPECT, MOST_ASPECT = 0.5, 2.0  # round, square or oval
# Of its box. A ring with a star and letters fills little of it, a red button or banner nearly all.
LEAST_FILL, MOST_FILL = 0.06, 0.6
EDGE = 2  # of the reduced pixels; a seal may be pressed over the edges of several sheets
MARGIN = 4  # of the reduced pixels around a seal
JOINED = 5  # of the reduced pixels that a ring may be broken by


def without_seals(image: "Image") -> "Image":
    """Return *image* with its seals blotted out; red letters that are no seal, such as a letterhead, stay.

    In the red light of the picture a seal is nearly as light as the paper, and the print under it is as dark as ever.
    """
    import numpy as np
    from PIL import Image as Pillow

    places = _seals(image)
    if not places:
        return image
    pixels = np.asarray(image).copy()
    for left, top, right, bottom in places:
        part = pixels[top:bottom, left:right].astype(np.int16)
        red = _is_red(part)
        light = part[..., 0]
        paper = max(1, int(np.percentile(light[red], 10))) if red.any() else 255
        cleaned = np.clip(light * (255 / paper), 0, 255).astype(np.uint8)
        pixels[top:bottom, left:right] = cleaned[..., None]
    return Pillow.fromarray(pixels)


def _is_red(pixels: Any) -> Any:
    red, rest = pixels[..., 0], pixels[..., 1:].max(axis=-1)
    return red - rest > RED


def _seals(image: "Image") -> list[tuple[int, int, int, int]]:
    """Return the boxes (left, top, right, bottom) of the seals of *image*, in its pixels."""
    import cv2
    import numpy as np
    from PIL.Image import Resampling

    scale = min(1.0, WORKED_WIDTH / image.width)
    small = image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))), Resampling.BOX)
    mask: Any = _is_red(np.asarray(small, dtype=np.int16)).astype(np.uint8)
    if not mask.any():
        return []
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((JOINED, JOINED), np.uint8))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(closed)
    found = []
    for left, top, width, height in (tuple(int(value) for value in boxes[label][:4]) for label in range(1, count)):
        fill = float(mask[top : top + height, left : left + width].mean())
        if _has_size(left, width, height, small.width) and LEAST_FILL <= fill <= MOST_FILL:
            left, top, right, bottom = left - MARGIN, top - MARGIN, left + width + MARGIN, top + height + MARGIN
            found.append(
                (
                    max(0, int(left / scale)),
                    max(0, int(top / scale)),
                    min(image.width, int(right / scale)),
                    min(image.height, int(bottom / scale)),
                )
            )
    return found


def _has_size(left: int, width: int, height: int, whole: int) -> bool:
    """Say whether a red stretch has the size and shape of a seal, or at the edge of the paper of a part of one."""
    if not LEAST_SIZE <= height / whole <= MOST_SIZE:
        return False
    if left <= EDGE or left + width >= whole - EDGE:
        return LEAST_ASPECT / 3 <= width / height <= MOST_ASPECT
    return LEAST_SIZE <= width / whole <= MOST_SIZE and LEAST_ASPECT <= width / height <= MOST_ASPECT
