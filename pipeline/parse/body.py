"""The article text of a page by the shortest way: a tree from lexbor, its heaviest element, and its edges trimmed.

This is the second opinion beside `page.parse_page`, which keeps the place of every character and takes tens of times
longer. It shares the names of containers and the words of furniture with it, and nothing else: the tree, the choice of
the element and the edges of the article are found in other ways, so that an error of one shows as a difference.
Hard-wrapped lines are not joined, and nothing leads back into the source.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.parse.body_lines import UNSEEN_TAGS, lines_of, trim
from pipeline.parse.containers import CLASSES, ENOUGH, IDS, NEARLY_ALL
from pipeline.parse.html import ESCAPE, LEAST_PLAIN, LEAST_TAGGED, LITERALS, SHORT_ESCAPES, TAG
from pipeline.parse.markup import BEGINS, BLOCK, ENDS, FIELD_MARK, HIDING, TABLE_PARTS, TINY

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_DEPTH = 200  # open elements; deeper ones are dropped, since the parser takes quadratic time over them
SOME_TAGS, MANY_TAGS, MANY_UNCLOSED = 3_000, 20_000, 1_500  # a source with fewer cannot nest so deep that it takes long
# Left open they pile up without bounds, and they say nothing about where a line ends.
FORMATTING = frozenset(b"b big code em font i nobr s small span strike strong tt u".split())
FLAT = frozenset(
    b"area base br col dd dt embed hr img input li link meta option p param source tbody td th tr wbr".split()
)
WIDE = 0.35  # of an element's text in links; an element with more is wider than the article
MARKS_A_LINK = 5  # sentence marks of the first sentences that a list prints under each title
BESIDE = 0.05  # of the sentence marks outside a known container that may be one of several parts
FEW_LINKS, SENTENCES_A_LINK = 3, 3  # fewer links and more sentences are an annex
MAX_SHOWN = 1  # full stops of a page that keeps its article in a script
WITHOUT_EVENTS = 1  # `LexborDocumentOptions.WO_EVENTS`: nobody listens
HEAD_SIZE = 8_000  # characters of a head that does not end

UNUSUAL_QUERY = ":not(p,span,a,div,li,td,br,font,b,strong,tr,img)"  # each name here is compared with every element
# On a block a font size of 0 may only take out the gaps between its children; one of 1 is meant to hide.
SUNK = re.compile(r"font-size\s*:\s*1(?:px|pt)\s*;|opacity\s*:\s*0(?:\.0+)?\s*;", re.IGNORECASE)

UNKNOWN = max(len(IDS), len(CLASSES))
RANKS = {"ucapcontent": 0}  # selector of a known container -> how telling it is, 0 the most
for _prefix, _groups in (("#", IDS), (".", CLASSES)):
    for _rank, _group in enumerate(_groups):
        RANKS.update({f"{_prefix}{name}": _rank for name in _group})

CHINESE = re.compile("[\u4e00-\u9fff]+")
# A string in a script, and the key that means an article; `html.LITERAL` finds both at once and takes ten times longer.
VALUE = re.compile(r"""[:=]\s*(?:"([^"\\\n]*+(?:\\.[^"\\\n]*+)*+)"|'([^'\\\n]*+(?:\\.[^'\\\n]*+)*+)')""", re.DOTALL)
KEY = re.compile(r"""(?:content\w*|detail\w*|html|\b(?:body|text))["']?\s*$""", re.IGNORECASE)
KEY_REACH = 40  # characters
IS_TEXT = re.compile("(?:[^\u4e00-\u9fff]*[\u4e00-\u9fff]){10}")  # Chinese characters of an article, at least
# What `markup.BEGINS` and `ENDS` find in a comment has one of these words.
MARK = re.compile(r"<!--[^>]{0,24}?(?:[oO][nN][tT][eE][nN][tT]|\]>|正文)")
META_MARK = re.compile(r"<meta\s[^>]{0,40}?name\s*=\s*[\"']?\s*(content ?_?(?:start|end))[^>]{0,40}>", re.IGNORECASE)
# Where a head has the title, and how many characters after: the tag, and the official meta tag.
TITLED = (("itle>", 300), ("ITLE>", 300), ("ArticleTitle", 200))
NESTING = re.compile(rb"<(/?)([A-Za-z][^\s/<>]*)[^<>]*>?")


@dataclass(frozen=True, slots=True)
class Body:
    """The article of a page, and what told it from the rest of the page.

    The rule is "container #zoom", "comment marks ContentStart", "density", "script", or "no text" where the page shows
    no article; only then the text is empty.
    """

    text: str
    rule: str


class _Step(NamedTuple):
    """An element on the way from the page down to its sentences."""

    node: "LexborNode"
    marks: int  # sentence marks outside links
    rank: int  # by which it is known to hold articles
    name: str  # the id, class or tag that says so, "" for no known container


def read_body(source: str) -> Body:
    """Return the article text of the decoded HTML *source*: paragraphs one a line, table rows with tabs.

    Every string has an answer, in time linear in its length.
    """
    end = source.find("</head")
    node, rule = _choose(source, source[end:] if end >= 0 else source)
    if node is None:
        return Body("", "no text")
    lines = trim(lines_of(node), _titles(source[: end if end >= 0 else HEAD_SIZE]), wide=rule == "density")
    text = "".join(f"{line}\n" for line in lines)
    return Body(text, rule) if IS_TEXT.match(text) else Body("", "no text")


def _count(text: str) -> int:
    """The sentence marks of *text*: an article has them, menus and labels have not."""
    return text.count("，") + text.count("。") + text.count("、")


def _chinese(text: str) -> int:
    return sum(map(len, CHINESE.findall(text)))


def _titles(head: str) -> str:
    """Return what the *head* of a page says that its title is, without blanks."""
    found = ""
    for name, size in TITLED:
        at = head.find(name)
        if at >= 0:
            found += head[at : at + size].partition("</")[0]
    return "".join(found.split())


def tree_of(source: str) -> "LexborNode | None":
    """Return the page of *source*, None where it is empty; what is nested too deep for the parser is dropped."""
    from selectolax.lexbor import LexborHTMLParser

    data = source.encode("utf-8", "replace")
    tags = data.count(b"<")
    if tags > SOME_TAGS and (tags > MANY_TAGS or tags - 2 * data.count(b"</") > MANY_UNCLOSED):
        data = _shallow(data)
    tree = LexborHTMLParser(data, options=WITHOUT_EVENTS)
    return tree.body or tree.root


def _shallow(data: bytes) -> bytes:
    """Return *data* without formatting tags and without the tags that are nested too deep."""
    open_tags: list[bytes] = []

    def keep(match: re.Match[bytes]) -> bytes:
        name = match[2].lower()
        if name in FORMATTING:
            return b""
        if name in FLAT:
            return match[0]
        if not match[1]:
            open_tags.append(name)
            return match[0] if len(open_tags) <= MAX_DEPTH else b" "
        deep = len(open_tags) > MAX_DEPTH
        if open_tags and (deep or open_tags[-1] == name):
            open_tags.pop()
        return b" " if deep else match[0]

    return NESTING.sub(keep, data)


def _clean(root: "LexborNode") -> None:
    """Take out of *root* what no reader sees."""
    for node in root.css(UNUSUAL_QUERY):
        if node.tag in UNSEEN_TAGS and node.mem_id != root.mem_id:
            node.decompose(recursive=False)
    _drop_hidden(root)


def _drop_hidden(root: "LexborNode") -> None:
    found = [node for node in root.css("[style]") if _hides(node.attributes.get("style"), False)]
    for node in [*found, *root.css("[hidden]")]:
        if node.mem_id != root.mem_id and _is_hidden(node):
            node.decompose(recursive=False)


def _is_hidden(node: "LexborNode") -> bool:
    attributes = node.attributes
    return node.tag in UNSEEN_TAGS or "hidden" in attributes or _hides(attributes.get("style"), node.tag in BLOCK)


@lru_cache(maxsize=1024)  # one page has a handful of styles, repeated a thousand times
def _hides(style: str | None, block: bool) -> bool:
    style = f" {style or ''};"
    return bool(HIDING.search(style) or SUNK.search(style) or (not block and TINY.search(style)))


def _choose(source: str, page: str) -> "tuple[LexborNode | None, str]":
    """Return the element that holds the article without what no reader sees, and the rule that found it.

    The sentence marks of all text are looked at first: where they lead straight to one element, those in scripts,
    hidden blocks and links could only have led away from it. Else the page is cleaned and they are weighed again.

    Args:
        source: all of it; a script in its head may hold the article.
        page: the source without its head.
    """
    marked = _marked(page)
    if marked and _count(marked[0]) >= ENOUGH * _count(page):
        return _cleaned(tree_of(marked[0])), marked[1]
    root = tree_of(page)
    if root is None:
        return None, ""
    if not marked and (found := _straight(root)):
        return found
    _clean(root)
    text = root.text()
    if text.count("。") <= MAX_SHOWN and (scripted := _scripted(source, text)):
        return scripted, "script"
    total, links = _outside_links(root, text)
    if marked:
        node = _cleaned(tree_of(marked[0]))
        if node and _outside_links(node, node.text())[0] >= ENOUGH * total:
            return node, marked[1]
    if not total:
        return _named(root)
    node, rule = _heaviest(root, total, links)
    return (_narrow(node, links), rule) if rule == "density" else (node, rule)


def _straight(root: "LexborNode") -> "tuple[LexborNode, str] | None":
    """Return the element that the sentence marks of all text lead to, cleaned, None where that is in doubt."""
    total = _count(root.text())
    if not total:
        return None
    node, rule = _heaviest(root, total, {})
    if node.mem_id == root.mem_id:
        return None
    text = node.text()
    if text.count("。") <= MAX_SHOWN or _is_wide(node, len(text)):
        return None
    if rule == "density":
        node = _narrow(node, {})
    above: LexborNode | None = node
    while above is not None and above.mem_id != root.mem_id:
        if _is_hidden(above):
            return None
        above = above.parent
    _drop_hidden(node)  # the rest of what no reader sees goes as the lines are read
    return node, rule


def _cleaned(root: "LexborNode | None") -> "LexborNode | None":
    if root is not None:
        _clean(root)
    return root


def _outside_links(root: "LexborNode", text: str) -> tuple[int, Mapping[int, int]]:
    """Return the number of sentence marks outside links, and of those in links for each element that has any."""
    sums: dict[int, int] = {}
    top = root.mem_id
    for node in root.css("a[href]"):
        title = node.text()
        marks = _count(title)
        if not marks or "。" in title:  # a link with a full stop was never closed: the article lies inside
            continue
        at: LexborNode | None = node
        while at is not None:
            place = at.mem_id
            sums[place] = sums.get(place, 0) + marks
            at = at.parent if place != top else None
    return _count(text) - sums.get(top, 0), sums


def _heaviest(root: "LexborNode", total: int, links: Mapping[int, int]) -> "tuple[LexborNode, str]":
    """Return the known container on the way down to the sentences, or the innermost block that holds nearly all.

    Each is held against the other: a container that lacks a part of the article, or has menus in it, gives way.
    """
    path = _way_down(root, total, links)
    deepest = max(
        (place for place, step in enumerate(path) if step.marks >= NEARLY_ALL * total and _holds_lines(step.node)),
        default=0,
    )
    dense = path[deepest]
    ranked = [(step.rank, place) for place, step in enumerate(path) if step.name]
    if not ranked:
        return dense.node, "density"
    _, place = min(ranked)
    known = path[place]
    lacks = deepest < place and dense.marks - known.marks > BESIDE * total and deepest > 0
    if lacks and _marks_after(known.node, dense.node) > BESIDE * total and not _is_wide(dense.node):
        return dense.node, "density"
    if deepest > place and _is_wide(known.node):
        return dense.node, "density"
    return known.node, f"container {known.name}"


def _marks_after(part: "LexborNode", node: "LexborNode") -> int:
    """The sentence marks that *node* holds after *part*, lists apart; before it stand a title or a summary."""
    marks, at = 0, part
    while at.mem_id != node.mem_id and at.parent is not None:
        follows = at.next
        while follows is not None:
            marks += _score(follows, {}) if follows.is_element_node else _count(follows.text())
            follows = follows.next
        at = at.parent
    return marks


def _holds_lines(node: "LexborNode") -> bool:
    """An article whose lines are broken inside one font or p has its signature beside that element."""
    return node.tag in BLOCK and node.tag != "p"


def _way_down(root: "LexborNode", total: int, links: Mapping[int, int]) -> list[_Step]:
    """Return the elements from *root* down of which each holds most sentence marks of the page."""
    path = [_step(root, total)]
    while path[-1].rank:
        below = _best_child(path[-1], links)
        if below is None or below.marks < ENOUGH * total:
            break
        path.append(below)
    return path


def _step(node: "LexborNode", marks: int) -> _Step:
    rank, name = min(_names(node), default=(UNKNOWN, ""))
    return _Step(node, marks, rank, name)


def _names(node: "LexborNode") -> Iterator[tuple[int, str]]:
    """Yield the rank and the selector of each name by which an element is known to hold articles."""
    if node.tag == "ucapcontent":
        yield 0, node.tag
    attributes = node.attributes
    for prefix, key in (("#", "id"), (".", "class")):
        for name in (attributes.get(key) or "").split():
            rank = RANKS.get(f"{prefix}{name.lower()}")
            if rank is not None:
                yield rank, f"{prefix}{name}"


def _best_child(step: _Step, links: Mapping[int, int]) -> _Step | None:
    """Return the child with the most sentence marks."""
    children = list(step.node.iter())
    if len(children) == 1 and (step.node.tag in TABLE_PARTS or not _count(step.node.text(deep=False))):
        return _step(children[0], step.marks)
    best, most = None, -1
    for child in children:
        if child.tag == "p":  # holds no block
            continue
        marks = _count(child.text()) - links.get(child.mem_id, 0)
        if marks > most:
            best, most = child, marks
            if 2 * most > step.marks:
                break
    return _step(best, most) if best is not None else None


def _is_wide(node: "LexborNode", size: int = 0) -> bool:
    """Say whether links make up so much of an element that menus or lists stand in it beside the article.

    Args:
        node: the element.
        size: characters of its text, where that is known.
    """
    links = node.css("a[href]")
    return bool(links) and sum(len(link.text()) for link in links) > WIDE * (size or len(node.text()))


def _lists_beside(node: "LexborNode", part: "LexborNode") -> bool:
    """Say whether what *node* holds beside *part* is a list of other articles: links, with a sentence or two each."""
    links = len(node.css("a[href]")) - len(part.css("a[href]"))
    return links >= FEW_LINKS and SENTENCES_A_LINK * links >= node.text().count("。") - part.text().count("。")


def _narrow(node: "LexborNode", links: Mapping[int, int]) -> "LexborNode":
    """Go on down from an element with menus or lists in it to the one part that is no list and has the sentences."""
    while len(node.css("a[href]")) >= FEW_LINKS:
        scored = [(_score(child, links), child) for child in node.iter()]
        best, part = max(scored, key=lambda each: each[0], default=(0, node))
        own = _count(node.text()) - sum(_count(child.text()) for _, child in scored)
        if best <= 0 or best < NEARLY_ALL * (own + sum(score for score, _ in scored)) or not _holds_lines(part):
            return node
        if not _is_wide(node) and not _lists_beside(node, part):
            return node
        node = part
    return node


def _score(node: "LexborNode", links: Mapping[int, int]) -> int:
    """The sentence marks of an element, less those that a list of other articles has beside each of its links."""
    marks = _count(node.text()) - links.get(node.mem_id, 0)
    return max(0, marks - MARKS_A_LINK * len(node.css("a[href]")))


def _named(root: "LexborNode") -> "tuple[LexborNode, str]":
    """Return the most telling known container of a page without sentence marks: it may hold one table."""
    found = [
        (rank, name, node)
        for node in root.css("[id],[class],ucapcontent")
        for rank, name in _names(node)
        if node.text().strip()
    ]
    if not found:
        return root, "density"
    _, name, node = min(found, key=lambda each: each[0])
    return node, f"container {name}"


def _marked(source: str) -> tuple[str, str] | None:
    """Return what stands between the first mark that the article begins and the last that it ends, and the rule."""
    begin, end, name = -1, -1, ""
    for comment in MARK.finditer(source):
        at = comment.start()
        inside = source[at + 4 : at + 80].partition("-->")[0].strip("- !")
        if FIELD_MARK.search(inside):
            continue
        if begin < 0 and BEGINS.search(inside):
            begin, name = at, inside
        elif ENDS.search(inside):
            end = at
    if "ontentStart" in source:
        for mark in META_MARK.finditer(source):
            if not mark[1].lower().endswith("start"):
                end = max(end, mark.start())
            elif begin < 0 or mark.start() < begin:
                begin, name = mark.start(), mark[1]
    return (source[begin:end], f"comment marks {name}") if 0 <= begin < end else None


def _scripted(source: str, shown: str) -> "LexborNode | None":
    """Return the tree of the article that a script holds as a string, None where the page shows its article itself."""
    found: list[str] = []
    for script in (part.partition("</script")[0] for part in source.split("<script")[1:]):
        if "。" in script or "\\u3002" in script:
            found += (
                match[match.lastindex or 1]
                for match in VALUE.finditer(script)
                if match.end() - match.start() > LEAST_TAGGED
                and KEY.search(script, max(0, match.start() - KEY_REACH), match.start())
            )
    texts = map(_unescape, sorted(found, key=len)[-LITERALS:])
    best = max(texts, key=_chinese, default="")
    tagged = TAG.search(best) is not None
    if _chinese(best) < max(LEAST_TAGGED if tagged else LEAST_PLAIN, _chinese(shown)):
        return None
    return _cleaned(tree_of(best if tagged else best.replace("\n", "<br>")))


def _unescape(literal: str) -> str:
    """Return the string that a literal of a script stands for."""
    try:
        return str(json.loads(f'"{literal}"', strict=False))
    except ValueError:  # single quotes inside, or an escape that JSON has not
        return ESCAPE.sub(_unescaped, literal)


def _unescaped(match: re.Match[str]) -> str:
    if len(match[0]) > 2:
        return bytes.fromhex(match[0].replace("\\u", "")).decode("utf-16-be", errors="replace")
    return SHORT_ESCAPES.get(match[0][1], match[0][1])
