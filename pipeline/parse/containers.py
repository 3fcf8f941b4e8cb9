"""Which element of a page holds the article: the containers of known systems first, then the weight of sentences."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate

from pipeline.parse.markup import BLOCK, Reading, Tree

# By the systems that Chinese government sites run on, the most telling first; compared without case.
# Source: a survey of some sixty published crawlers of government sites, and the official page tags.
IDS = (
    (
        "ucap-content",
        "zoom",
        "zoomcon",
        "fontzoom",
        "vsb_content",
        "vsb_content_2",
        "ivs_content",
        "bodylabel",
        "maintext",
    ),
    ("content", "doc_left", "articlecontent", "article_content", "article", "textbox", "newscontent", "con_con"),
)
CLASSES = (
    ("trs_editor", "trs_ueditor", "trs_editor_view", "trs_preappend", "v_news_content", "ucapcontent"),
    ("article-content", "article_content", "article-conter", "zc_article_con", "pages_content", "con_text", "wzcon",
     "news_cont_d_wrap", "bt_content", "bt-article-y", "wip_art_con", "artile_zw", "gkxl-article", "gknbxq_detail",
     "content_block", "main-txt", "xiangqnr", "tyxxy_main", "zlyxwz_t2a", "nfw-cms-content"),
    ("article", "content", "view", "zw", "arti", "xl-bk", "detail", "news_content", "articlecon"),
)  # fmt: skip
RANKS = max(len(IDS), len(CLASSES))
ENOUGH = 0.8  # of the page's sentence marks; a container with fewer has lost part of the article or is another box
NEARLY_ALL = 0.9  # likewise for an element that only its weight speaks for; the lines around are still looked at
ID_OR_CLASS = re.compile(r"""(?:^|\s)(id|class)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)

Stretch = tuple[int, int]


class Weights:
    """How many sentence marks outside links a stretch of source holds."""

    def __init__(self, stops: Sequence[tuple[int, int]]) -> None:
        self.places = [place for place, _ in stops]
        self.sums = [0, *accumulate(number for _, number in stops)]

    @property
    def total(self) -> int:
        """Sentence marks of the whole page."""
        return self.sums[-1]

    def of(self, stretches: Iterable[Stretch]) -> int:
        """Sentence marks in *stretches*, which do not overlap."""
        return sum(
            self.sums[bisect_left(self.places, end)] - self.sums[bisect_left(self.places, start)]
            for start, end in stretches
        )


def choose_body(reading: Reading) -> tuple[tuple[Stretch, ...], bool]:
    """Return the stretches of source that hold the article, and whether a known container says so.

    The whole page is one stretch where nothing parts the article from the rest.
    """
    weights = Weights(reading.stops)
    page = (reading.tree.start[0], reading.tree.end[0])
    if not weights.total:
        return (page,), False
    for stretches in _known(reading):
        if stretches and weights.of(stretches) >= ENOUGH * weights.total:
            return tuple(stretches), True
    return (_heaviest(reading.tree, weights),), False


def _known(reading: Reading) -> Iterable[list[Stretch]]:
    """Yield the stretches of each known container that the page has, the most telling first."""
    yield _marked(reading.marks)
    tree = reading.tree
    found: dict[tuple[int, str], list[Stretch]] = {}
    for index, raw in enumerate(tree.attributes):
        names = [tree.name[index]] if tree.name[index] == "ucapcontent" else []
        if raw and ("id" in raw.lower() or "class" in raw.lower()):
            names += _names(raw)
        for rank, name in {(_RANK[name], name) for name in names if name in _RANK}:
            stretches = found.setdefault((rank, name), [])
            if not stretches or tree.start[index] >= stretches[-1][1]:  # the outer one of two nested
                stretches.append((tree.start[index], tree.end[index]))
    for key in sorted(found):
        yield found[key]


def _marked(marks: Sequence[tuple[int, bool]]) -> list[Stretch]:
    """The stretch between the first mark that the article begins and the last that it ends."""
    begins = [place for place, begin in marks if begin]
    ends = [place for place, begin in marks if not begin]
    if begins and ends and begins[0] < ends[-1]:
        return [(begins[0], ends[-1])]
    return []


def _names(raw: str) -> list[str]:
    names = []
    for match in ID_OR_CLASS.finditer(raw):
        values = (match.group(2) or match.group(3) or match.group(4) or "").lower().split()
        prefix = "#" if match.group(1).lower() == "id" else "."
        names += [prefix + value for value in values]
    return names


def _heaviest(tree: Tree, weights: Weights) -> Stretch:
    """The innermost block that holds nearly all sentence marks of the page; inline elements and p are no block here.

    An article whose lines are broken inside one font or p has its signature beside that element.
    """
    best = (tree.start[0], tree.end[0])
    least = NEARLY_ALL * weights.total
    for index in range(1, len(tree.name)):
        if tree.name[index] not in BLOCK or tree.name[index] == "p":
            continue
        start, end = tree.start[index], tree.end[index]
        # Elements come in the order of their start tags, so one inside the best so far is deeper.
        if best[0] <= start and end <= best[1] and weights.of([(start, end)]) >= least:
            best = (start, end)
    return best


_RANK = {"ucapcontent": 0}
for _rank in reversed(range(RANKS)):
    _RANK.update({f"#{name}": _rank for name in (IDS[_rank] if _rank < len(IDS) else ())})
    _RANK.update({f".{name}": _rank for name in (CLASSES[_rank] if _rank < len(CLASSES) else ())})
