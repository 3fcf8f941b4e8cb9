"""The sheet that every picture is drawn on: inches from its top left corner, wrapped words, equal bytes each time."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from pipeline.errors import InputError, NotFoundError
from pipeline.pictures.fonts import drawable, find_font

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SUFFIXES = (".png", ".svg")
DPI = 150
MARGIN = 0.35  # inches
INK, QUIET, RULE, BAND = "#1c2430", "#5a6472", "#c9ced6", "#eef1f5"
GREY = "#9aa1ab"  # whatever may not be compared
TITLE, BODY, SMALL = 15, 9.5, 8  # points
# matplotlib's own ticks and signs; ours come from the texts themselves
SIGNS = "".join(map(chr, range(33, 127))) + "−"
NO_BREAK_BEFORE = frozenset("，。；：、！？）》」』”’％%）)]…·")
NO_BREAK_AFTER = frozenset("（《「『“‘([")

SETTINGS: dict[str, Any] = {
    "svg.hashsalt": "fazhi",  # ids in an SVG are random without
    "svg.fonttype": "path",  # a reader without our font would see boxes
    "text.parse_math": False,  # a $ in a text is a $
    "axes.unicode_minus": False,
    "font.size": BODY,
    "text.color": INK,
    "axes.edgecolor": RULE,
    "hatch.linewidth": 0.6,
    "font.enable_last_resort": False,
}


@contextmanager
def settings() -> Iterator[None]:
    """Draw by our settings alone, whatever style the caller uses, and leave the caller's as they were."""
    import matplotlib

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        ours: Any = SETTINGS  # the stubs ask for literal names
        matplotlib.rcParams.update(ours)
        yield


def check_path(path: Path) -> None:
    """Raise where no picture can be written to *path*, before anything is drawn.

    Raises:
        NotFoundError: another suffix than .png and .svg.
        InputError: it is a folder.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise NotFoundError(f"no picture format {path.suffix!r} for {path}; there are {', '.join(SUFFIXES)}")
    if path.is_dir():
        raise InputError(f"expected a file to draw to, got the folder {path}")


class Paper:
    """A figure measured in inches from its top left corner."""

    def __init__(self, width: float, height: float) -> None:
        from matplotlib.figure import Figure

        self.width, self.height = width, height
        self.figure: Figure = Figure(figsize=(width, height), facecolor="white")
        self.ground: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.ground.set_xlim(0, width)
        self.ground.set_ylim(height, 0)
        self.ground.axis("off")

    def axes(self, left: float, top: float, width: float, height: float) -> "Axes":
        """Add axes whose top left corner lies at *left* and *top*."""
        return self.figure.add_axes(
            (left / self.width, 1 - (top + height) / self.height, width / self.width, height / self.height)
        )

    def write(self, x: float, y: float, text: str, **style: Any) -> None:
        """Write *text* with its top left corner at a place, unless *style* says otherwise."""
        self.ground.text(x, y, text, **{"ha": "left", "va": "top", "fontsize": BODY, "linespacing": 1.25, **style})

    def box(self, x: float, y: float, width: float, height: float, **style: Any) -> None:
        """Fill a rectangle."""
        from matplotlib.patches import Rectangle

        self.ground.add_patch(Rectangle((x, y), width, height, **{"linewidth": 0, **style}))

    def rule(self, x: float, y: float, length: float, **style: Any) -> None:
        """Draw a level line."""
        self.ground.plot((x, x + length), (y, y), **{"color": RULE, "linewidth": 0.8, **style})


@contextmanager
def drawn(path: Path, width: float, height: float) -> Iterator[Paper]:
    """Yield a sheet of a size in inches, and write it to *path* when the block is through."""
    check_path(path)
    with settings():
        paper = Paper(width, height)
        yield paper
        save(paper.figure, path)


def save(figure: "Figure", path: Path) -> None:
    """Write *figure* to *path* in fonts that have all its characters; equal figures give equal bytes.

    Raises:
        FontError: no font has a character of it.
    """
    _set_fonts(figure)
    _number_parts(figure)
    path.parent.mkdir(parents=True, exist_ok=True)
    is_svg = path.suffix.lower() == ".svg"
    metadata = {"Date": None, "Creator": "fazhi"} if is_svg else {"Software": None}
    with TemporaryDirectory(prefix=".picture-", dir=path.parent) as unfinished:
        part = Path(unfinished, path.name)
        figure.savefig(part, format="svg" if is_svg else "png", dpi=DPI, metadata=metadata)
        part.replace(path)


def _number_parts(figure: "Figure") -> None:
    """Give each named part an id of its own: arrow-ge-1, arrow-ge-2 …, as an SVG must have them."""
    counts: Counter[str] = Counter()
    for artist in figure.findobj(lambda one: bool(one.get_gid())):
        name = artist.get_gid() or ""
        counts[name] += 1
        artist.set_gid(f"{name}-{counts[name]}")


def _set_fonts(figure: "Figure") -> None:
    import matplotlib
    from matplotlib.text import Text

    texts: list[Text] = figure.findobj(Text)
    for text in texts:
        text.set_text(drawable(text.get_text()))
    names = [_registered(font.path, font.index) for font in find_font(SIGNS + "".join(t.get_text() for t in texts))]
    matplotlib.rcParams["font.family"] = names  # for ticks that are made when the figure is drawn
    for text in texts:
        text.set_fontfamily(names)


def _registered(path: Path, index: int) -> str:
    """Return a name of our own under which matplotlib knows one face of one file, so that no other can be taken."""
    from matplotlib.font_manager import FontEntry, fontManager

    name = f"fazhi {path} {index}"
    if all(entry.name != name for entry in fontManager.ttflist):
        fontManager.ttflist.append(
            FontEntry(fname=str(path), index=index, name=name, style="normal", variant="normal", weight=400,
                      stretch="normal", size="scalable")
        )  # fmt: skip
    return name


def breadth(text: str) -> float:
    """Return the width of a line in characters of full width: a Chinese character is 1, a Latin one a bit over half."""
    return sum(1.0 if east_asian_width(char) in "WFA" else 0.56 for char in text)


def inches(text: str, size: float = BODY) -> float:
    """Return the width of the widest line of *text* in inches."""
    return max(map(breadth, text.split("\n"))) * size / 72


def wrap(text: str, width: float, most: int = 0) -> str:
    r"""Return *text* in lines of *width* full-width characters; numbers and Latin words stay whole where they fit.

    Args:
        text: one paragraph.
        width: of a line.
        most: lines, where not 0; the last one ends in … where there was more.

    >>> wrap("不低于95%，报告为92.3%", 7)
    '不低于95%，报\n告为92.3%'
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, width):
        if line and breadth(line + piece) > width and piece not in NO_BREAK_BEFORE:
            carried = line[-1] if line[-1] in NO_BREAK_AFTER and len(line) > 1 else ""
            lines.append(line[: len(line) - len(carried)].rstrip())
            line = carried
        line += piece if line or not piece.isspace() else ""
    lines.append(line)
    if most and len(lines) > most:
        last = lines[most - 1]
        while last and breadth(last) + 1 > width:
            last = last[:-1]
        lines = [*lines[: most - 1], last + "…"]
    return "\n".join(lines)


def _pieces(text: str, width: float) -> Iterator[str]:
    """Yield single characters, but numbers and Latin words as a whole where they fit on a line."""
    word = ""
    for char in " ".join(text.split()):
        if char.isascii() and (char.isalnum() or char in ".%-/_"):
            word += char
            continue
        yield from [word] if breadth(word) <= width else word
        word = ""
        yield char
    yield from [word] if breadth(word) <= width else word


def lines_of(text: str) -> int:
    """Return how many lines *text* has."""
    return text.count("\n") + 1


def source_line(documents: int, remarks: Iterable[str] = ()) -> str:
    """Return the line at the foot: where the figures come from, and what the reader should know."""
    told = "".join(f"{remark}。" for remark in remarks)
    return f"资料来源：各地公开的 {documents} 份文件，由程序识别，引用之前请对照原文。{told}"


def spread(values: Sequence[float]) -> tuple[float, float]:
    """Return the lowest and the highest of *values*, never the same one twice."""
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - abs(low) * 0.05 - 0.5, high + abs(high) * 0.05 + 0.5)
