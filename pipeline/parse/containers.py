"""Which element of a page holds the article: the containers of known systems first, then the weight of sentences."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pipeline.parse.markup import BLOCK, LINKED, TABLE_PARTS, Reading, Tree, names_of

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
OF_WORD = re.compile(r"class=[\"']?(?:Word)?Section\d|mso-element\s*:\s*(?:foot|end)note-list", re.IGNORECASE)
PLAIN_RANK = 1  # from which names are common words: content, article
RANKS = max(len(IDS), len(CLASSES))
ENOUGH = 0.8  # of the page's sentence marks; a container with fewer has lost part of the article or is another box
NEARLY_ALL = 0.9  # likewise for an element that only its weight speaks for; the lines around are still looked at

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


@dataclass(frozen=True, slots=True)
class Chosen:
    """The stretches of source that hold the article, and the rule that found them."""

    stretches: tuple[Stretch, ...]
    rule: str
    is_known: bool  # a container of a known system, not the weight of sentences


def choose_body(reading: Reading) -> Chosen:
    """Return where the article of a page stands; all of the page where nothing parts it from the rest."""
    weights = Weights(reading.stops)
    if sections := _of_word(reading.tree):
        return Chosen(sections, "sections of Word", True)
    page = (reading.tree.start[0], reading.tree.end[0])
    if not weights.total:
        return Chosen((page,), "whole page", False)
    for rule, stretches in _known(reading):
        if stretches and weights.of(stretches) >= ENOUGH * weights.total:
            return Chosen(tuple(stretches), rule, True)
    return Chosen((_heaviest(reading, weights),), "density", False)


def _of_word(tree: Tree) -> tuple[Stretch, ...]:
    """The sections and the notes of a page that Word saved: all that it has."""
    return tuple(
        (tree.start[index], tree.end[index])
        for index, raw in enumerate(tree.attributes)
        if tree.name[index] == "div" and OF_WORD.search(raw) and not tree.hidden[index]
    )


def _known(reading: Reading) -> Iterable[tuple[str, list[Stretch]]]:
    """Yield the stretches of each known container that the page has with its name, the most telling first."""
    yield "comment marks", _marked(reading.marks)
    tree = reading.tree
    found: dict[tuple[int, str], list[Stretch]] = {}
    for index, raw in enumerate(tree.attributes):
        names = [tree.name[index]] if tree.name[index] == "ucapcontent" else []
        if raw and ("id" in raw.lower() or "class" in raw.lower()):
            names += names_of(raw)
        for rank, name in {(_RANK[name], name) for name in names if name in _RANK}:
            stretches = found.setdefault((rank, name), [])
            if not stretches or tree.start[index] >= stretches[-1][1]:  # the outer one of two nested
                stretches.append((tree.start[index], tree.end[index]))
    for key in sorted(found):
        yield f"container {key[1]}", found[key]


def is_container(tag: str, raw: str) -> bool:
    """Say whether an element is called as the article is on a known system, and by no name that a cell may have too."""
    return tag not in TABLE_PARTS and any(_RANK.get(name, RANKS) < PLAIN_RANK for name in names_of(raw))


def _marked(marks: Sequence[tuple[int, bool]]) -> list[Stretch]:
    """The stretch between the first mark that the article begins and the last that it ends."""
    begins = [place for place, begin in marks if begin]
    ends = [place for place, begin in marks if not begin]
    if begins and ends and begins[0] < ends[-1]:
        return [(begins[0], ends[-1])]
    return []


def _heaviest(reading: Reading, weights: Weights) -> Stretch:
    """The innermost block that holds nearly all sentence marks of the page; inline elements and p are no block here.

    An article whose lines are broken inside one font or p has its signature beside that element. Blocks beside it that
    hold a link to few sentences each, as the summaries of other articles do, count for nothing.
    """
    tree = reading.tree
    children = _blocks_inside(tree)
    links = Weights([(start, 1) for what, start, _, _ in reading.events if what == LINKED])
    marks = [weights.of([(start, end)]) for start, end in zip(tree.start, tree.end, strict=True)]
    at = 0
    while inside := [child for child in children[at] if marks[child]]:
        best = max(inside, key=marks.__getitem__)
        beside = [child for child in inside if child != best]
        teasers = sum(
            marks[child]
            for child in beside
            if MARKS_A_LINK * links.of([(tree.start[child], tree.end[child])]) >= marks[child]
        )
        if marks[best] < NEARLY_ALL * (marks[at] - teasers) or marks[best] < TEASED * marks[at]:
            break
        at = best
    return tree.start[at], tree.end[at]


MARKS_A_LINK = 12  # at most, in a summary that leads to its article
TEASED = 0.3  # of all marks the article must have for what stands beside it to be summaries


def _blocks_inside(tree: Tree) -> list[list[int]]:
    """Return for each element the blocks right inside it, whatever inline elements stand between."""
    block_of = [0] * len(tree.name)
    children: list[list[int]] = [[] for _ in tree.name]
    for index in range(1, len(tree.name)):
        parent = block_of[tree.parent[index]]
        if tree.name[index] in BLOCK and tree.name[index] != "p":
            block_of[index] = index
            children[parent].append(index)
        else:
            block_of[index] = parent
    return children


_RANK = {"ucapcontent": 0}
for _rank in reversed(range(RANKS)):
    _RANK.update({f"#{name}": _rank for name in (IDS[_rank] if _rank < len(IDS) else ())})
    _RANK.update({f".{name}": _rank for name in (CLASSES[_rank] if _rank < len(CLASSES) else ())})
