"""Finds fonts that have the characters of a picture, so that no Chinese character is ever drawn as a box.

The font of the extra `fonts` goes first, since a picture then looks the same on every machine; after it come the
installed fonts known to be Chinese, after them every other font. What counts is the table of characters in the file,
for each face of a collection (.ttc).
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from unicodedata import category

from pipeline.errors import PipelineError

# Packages that carry an open Chinese font: the extra `fonts`, and one that may be there already.
PACKAGED = (("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"), ("noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc"))

# Names of Chinese fonts as they stand in the file, in lower case without blanks and dashes; the most readable first.
KNOWN = (
    "notosanscjksc", "notosanssc", "sourcehansanssc", "sourcehansanscn", "sourcehansans", "microsoftyahei",
    "pingfangsc", "hiraginosansgb", "harmonyossanssc", "misans", "wenquanyimicrohei", "wenquanyizenhei", "heitisc",
    "stheiti", "simhei", "dengxian", "droidsansfallback", "notoserifcjksc", "notoserifsc", "sourcehanserifsc",
    "songtisc", "stsong", "simsun", "fangsong", "kaiti",
)  # fmt: skip
# The same hints in the name of a file, to open the likely files first.
LIKELY = (
    "notosans", "sourcehan", "msyh", "pingfang", "hiragino", "harmony", "misans", "wqy", "wenquanyi", "heiti", "simhei",
    "deng", "droidsansfallback", "notoserif", "songti", "simsun", "simfang", "kai",
)  # fmt: skip
STYLES = ("bold", "italic", "oblique", "black", "light", "thin")  # only where the plain one is not there
# Fonts that claim every character there is, to draw each as a box or as nothing.
PRETENDERS = ("lastresort", "adobeblank", "adobenotdef", "blokk", "redacted")
SUFFIXES = frozenset((".ttf", ".otf", ".ttc", ".otc"))
# What a character without a glyph of its own anywhere is shown as; the mark of Chinese printers for a missing type.
GETA = "〓"


class FontError(PipelineError):
    """No font has the characters of a picture."""


@dataclass(frozen=True, slots=True)
class Font:
    """One face of a font file."""

    path: Path
    index: int  # of the face in a collection
    family: str


def find_font(characters: str, *, folders: Iterable[Path] | None = None) -> tuple[Font, ...]:
    """Return fonts that together have all *characters*, the one that has the most of them first.

    Args:
        characters: whatever the picture shows; blanks and line ends need no glyph.
        folders: where to look instead of among the fonts of the extra `fonts` and of the system.

    Raises:
        FontError: a character is in no font; the message says what to install.
    """
    wanted = frozenset(ord(char) for char in characters if not char.isspace())
    paths = _installed() if folders is None else _files_of(tuple(sorted(folders)))
    chosen: list[Font] = []
    while wanted and (best := _best(wanted, paths)):
        chosen.append(best)
        wanted -= _known(best, wanted)
    if wanted:
        shown = "".join(map(chr, sorted(wanted)[:12])) + ("…" if len(wanted) > 12 else "")
        raise FontError(
            f"expected a font with the characters {shown}, but none of the {len(paths)} font files found has them; "
            "install the extra that brings one, pip install 'fazhi[fonts]', or a Chinese font such as Noto Sans CJK"
        )
    return tuple(chosen)


def drawable(text: str) -> str:
    r"""Return *text* without control characters; a character that no font can know, such as private use, becomes 〓.

    >>> drawable("甲\x00乙\ue000\n丙")
    '甲乙〓\n丙'
    """
    if text.isprintable():
        return text
    kinds = ((char, category(char)) for char in text)
    return "".join(
        char if char.isspace() or kind[0] != "C" else "" if kind in ("Cc", "Cf") else GETA for char, kind in kinds
    )


def _best(wanted: frozenset[int], paths: Iterable[Path]) -> Font | None:
    """Return the first face that has all characters wanted, else the one that has most, None if none has any."""
    best, most = None, 0
    for font in _faces(paths):
        count = len(_known(font, wanted))
        if count == len(wanted):
            return font
        if count > most:
            best, most = font, count
    return best


@lru_cache(maxsize=1)
def _installed() -> tuple[Path, ...]:
    """Return the font files of the extra, then those of the system, the likely ones first."""
    from matplotlib.font_manager import findSystemFonts

    found = {Path(path) for path in findSystemFonts()}
    return (*_packaged(), *sorted(_fonts_among(found), key=_rank_of_file))


def _packaged() -> Iterator[Path]:
    for module, name in PACKAGED:
        spec = find_spec(module)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            if (path := Path(folder, name)).is_file():
                yield path


@lru_cache(maxsize=16)
def _files_of(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    return tuple(sorted(_fonts_among(path for folder in folders for path in folder.rglob("*")), key=_rank_of_file))


def _fonts_among(paths: Iterable[Path]) -> Iterator[Path]:
    return (path for path in paths if path.suffix.lower() in SUFFIXES)


def _plain(name: str) -> str:
    return name.lower().replace(" ", "").replace("-", "").replace("_", "")


def _rank_of_file(path: Path) -> tuple[int, bool, str]:
    name = _plain(path.stem)
    likely = next((place for place, hint in enumerate(LIKELY) if name.startswith(hint)), len(LIKELY))
    return likely, any(style in name for style in STYLES), str(path)


def _faces(paths: Iterable[Path]) -> Iterator[Font]:
    """Yield the faces of *paths*, of a collection the Chinese one first: the same sign looks different in Japan."""
    for path in paths:
        yield from sorted(_opened(path), key=lambda font: (_rank_of_family(font.family), font.index))


def _rank_of_family(family: str) -> int:
    name = _plain(family)
    return next((place for place, known in enumerate(KNOWN) if name.startswith(known)), len(KNOWN))


@lru_cache(maxsize=1 << 12)
def _opened(path: Path) -> tuple[Font, ...]:
    """Return the faces of a file; none where it is no font that can be read, as one of a thousand is not."""
    from matplotlib.ft2font import FT2Font

    try:
        first = FT2Font(str(path))
        faces = [first, *(FT2Font(str(path), face_index=index) for index in range(1, first.num_faces))]
    except (OSError, RuntimeError) as error:
        logging.getLogger(__name__).debug("%s is no font: %s", path, error)
        return ()
    return tuple(
        Font(path, index, face.family_name)
        for index, face in enumerate(faces)
        if face.scalable and not _plain(face.family_name).lstrip(".").startswith(PRETENDERS)
    )


def _known(font: Font, wanted: frozenset[int]) -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    return wanted & FT2Font(str(font.path), face_index=font.index).get_charmap().keys()
