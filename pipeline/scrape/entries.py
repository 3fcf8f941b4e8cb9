"""Where one entry of a list ends and the next begins, whatever elements print them.

A page is cut from the top: an element that leads to one article, or that is one row with several links, is an entry;
any other is cut into its children, or into groups of them where link and date are siblings (`dt` and `dd`, four table
rows a document, lines between `br`). What stands in another entry is never looked at, so that no entry takes the date
of its neighbour.
"""

import copy
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.scrape.cells import (
    FROZEN,
    LONG,
    Piece,
    columns_of,
    find_pieces,
    is_date,
    is_head,
    is_hidden,
    parse_date,
    parts_in,
)
from pipeline.scrape.inline import address_of
from pipeline.scrape.records import View, plain
from pipeline.scrape.trees import tags_in
from pipeline.text import fold

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag
    from bs4.element import PageElement

ROW_TAGS = ("li", "tr", "dd", "dl", "article")
REPEATED = ("div", "p", "section", "span")  # rows where their neighbours look the same
INNER = ("li", "tr", "dd", "dl", "p", "div")  # that can be rows inside what looks like one
# Words of links that belong to an article or to the pager, but are no title.
ACTION = re.compile(
    r"[\W_]*(?:更多|更多内容|more|查看(?:详情|全文|更多|原文|文件|正文)?|详细(?:内容|信息)?|详情|全文|阅读(?:全文|更多|原文)"
    r"|(?:点击|文件|附件)?(?:下载|查看|进入)|打开|预览|在线预览|打印|收藏|分享|关闭|返回(?:顶部|首页|列表)?|图解|解读|(?:政策|相关|图文|文字|文件)解读"
    r"|视频解读|附件\d*|原文|首页|上一?页|前一?页|下一?页|后一?页|尾页|末页|第一页|最后一页|go|跳转|确定|next|prev(?:ious)?|first|last|pdf版?|word版?"
    r"|第?\d{1,4}页?|new)?[\W_]*",
    re.IGNORECASE,
)
BRACKETED = re.compile(r"[\[(<【〖].{1,14}[\])>】〗]")
# What stands before the link of somebody who published an article, not of the article.
OWNER = re.compile(r"(?:来源|机构|机关|单位|作者|编辑|栏目|分类|位置|部门|主题)\s*:\s*$")
FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|rar|zip|ceb)(?:$|\?)", re.IGNORECASE)
MOST_TEXT = 600  # characters of one entry beside its links; what is longer is a part of the page
MOST_LINKS = 12  # of one row that has a list inside it, such as readings of a document
LEVELS = 5  # of elements from a link up to the one that has its date too
NEAR_TEXT = 200  # characters of a sibling that belongs to an entry


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: its links, and the nodes that it consists of."""

    links: "tuple[Tag, ...]"
    parts: "tuple[PageElement, ...]"

    def element(self) -> "Tag":
        """Return the element of the entry; siblings that form it together are copied into one."""
        from bs4 import BeautifulSoup, Tag

        if len(self.parts) == 1 and isinstance(self.parts[0], Tag):
            return self.parts[0]
        around = BeautifulSoup("", "lxml").new_tag("div")
        for part in self.parts:
            around.append(copy.copy(part))
        return around


def find_entries(scope: "Tag | BeautifulSoup", view: View) -> Iterator[Entry]:
    """Yield what may be entries of lists in *scope*, in their order; menus look the same and are yielded too."""
    links = list(find_links(scope, view))
    held: dict[int, list[Tag]] = {}
    for link, _ in links:
        held.setdefault(id(link), []).append(link)
        for parent in link.parents if link is not scope else ():
            held.setdefault(id(parent), []).append(link)
            if parent is scope:
                break
    layout = Layout(held, {id(link): address for link, address in links})
    waiting: list[Tag | Entry] = [scope] if links else []
    while waiting:
        at = waiting.pop()
        if isinstance(at, Entry):
            yield at
        elif layout.is_entry(at):
            yield layout.narrowed(at)
        else:
            waiting.extend(reversed(list(layout.split(at))))


def find_links(scope: "Tag | BeautifulSoup", view: View) -> "Iterator[tuple[Tag, str]]":
    """Yield the links that may lead to articles, and where: shown, filled in, with words that can be a title."""
    strong: set[int] = set()  # links with titles, and all that they stand in
    found = []
    for tag in [scope, *tags_in(scope)]:
        if not _is_clickable(tag) or not _is_shown(tag) or (address := address_of(tag, view)) in ("", view.url):
            continue
        if not OWNER.search(fold(_before(tag))):
            found.append((tag, address))
            if tag.name == "a" and has_title(tag):
                strong.update(id(each) for each in (tag, *tag.parents))
    for tag, address in found:
        if (tag.name == "a" and id(tag) in strong) or _stands_for_row(tag, strong):
            yield tag, address


def _is_clickable(tag: "Tag") -> bool:
    if tag.name == "a":
        return tag.has_attr("href") or tag.has_attr("onclick")
    return tag.name in ("li", "tr", "div", "span", "td", "p") and tag.has_attr("onclick")


def _is_shown(tag: "Tag") -> bool:
    return not any(is_hidden(each) or each.name in ("textarea", "template", "select") for each in (tag, *tag.parents))


def _before(link: "Tag") -> str:
    """Return the words just before a link."""
    before = link.previous_sibling
    while before is not None and not before.get_text().strip():
        before = before.previous_sibling
    return before.get_text() if before is not None else ""


def has_title(link: "Tag") -> bool:
    """Say whether a link has words that can be a title: no button, no category in brackets, no number of a page."""
    words = fold(plain(link.get_text(" ")))
    if not re.search(r"\w", words):
        return len(plain(str(link.get("title") or ""))) > 3 and not link.find("img")
    if ACTION.fullmatch(words) or is_date(words):
        return False
    around = fold(_before(link))[-1:] + words + fold(_behind(link))[:1]
    return not (BRACKETED.fullmatch(words) or BRACKETED.fullmatch(around))


def _behind(link: "Tag") -> str:
    after = link.next_sibling
    return after.get_text().strip() if after is not None else ""


def _stands_for_row(link: "Tag", strong: set[int]) -> bool:
    """Say whether a picture, a button or a whole clickable row is the only way to the article of its row."""
    for parent in (link, *link.parents):
        if id(parent) in strong or parent.name in ("body", "html", "[document]", "table", "ul"):
            return False
        pieces = [piece for piece in find_pieces(parent) if not piece.is_hidden]
        words = [piece.text for piece in pieces if not ACTION.fullmatch(piece.text) and not is_date(piece.text)]
        if any(parse_date(piece.text) for piece in pieces) and max(map(len, words), default=0) >= 8:
            return sum(map(len, words)) <= MOST_TEXT
    return False


class Layout:
    """The elements of one page, each with the links that it holds."""

    def __init__(self, held: "Mapping[int, Sequence[Tag]]", leads: Mapping[int, str]) -> None:
        self.held = held
        self.leads = leads
        self._dated: dict[int, bool] = {}

    def links(self, node: object) -> "Sequence[Tag]":
        """Return the links that may lead to articles inside an element."""
        return self.held.get(id(node), ())

    def addresses(self, links: "Iterable[Tag]") -> set[str]:
        """Return where links lead."""
        return {self.leads[id(link)] for link in links}

    def is_dated(self, node: "PageElement") -> bool:
        """Say whether a date is printed in a node."""
        if id(node) not in self._dated:
            self._dated[id(node)] = any(has_date(piece) for piece in pieces_of(node)) or shows_parts(node)
        return self._dated[id(node)]

    def is_entry(self, at: "Tag") -> bool:
        """Say whether an element leads to one article, or is one row though it has several links."""
        links = self.links(at)
        if len(self.addresses(links)) == 1:
            return True
        if at.name not in ROW_TAGS and not (at.name in REPEATED and self.is_repeated(at, True)):
            return False
        if at.name == "tr" and "title" in columns_of(at):
            return True
        inner = [each for each in tags_in(at, *INNER) if self.links(each)]
        if any(self.is_dated(each) and len(self.links(each)) < len(links) for each in inner) or self._turns(at) >= 2:
            return False
        nested = sum(each.name in ("li", "tr") for each in inner)
        if self.is_dated(at):
            is_page = nested >= 2 and (at.name == "tr" or len(self.addresses(links)) > MOST_LINKS)
            return not is_page and _words_beside(at) <= MOST_TEXT
        if nested >= 2:
            return False
        lengths = sorted(len(plain(link.get_text(" "))) for link in links)
        return lengths[-1] >= 10 and lengths[-2] < 8

    def _turns(self, at: "Tag") -> int:
        """Return how often links and a date behind or before them follow each other in an element."""
        order = ""
        links = {id(link) for link in self.links(at)}
        for piece in find_pieces(at):
            if piece.is_hidden:
                continue
            inside = piece.link is not None and id(piece.link) in links
            mark = "D" if has_date(piece) and not (inside and not is_date(piece.text)) else "L" if inside else ""
            order += mark if not order.endswith(mark or " ") else ""
        return min(order.count("L"), order.count("D"))

    def is_repeated(self, at: "Tag", strict: bool = False) -> bool:
        """Say whether an element has a neighbour that looks the same and holds links too.

        Strictly, two without a class only look the same if their children are the same elements in the same order.
        """
        if at.parent is None:
            return False
        alike = (each for each in at.parent.find_all(at.name, recursive=False) if each is not at)
        alike = (each for each in alike if self.links(each) and each.get("class") == at.get("class"))
        shape = [child.name for child in at.find_all(True, recursive=False)]
        return any(
            not strict or at.get("class") or [child.name for child in each.find_all(True, recursive=False)] == shape
            for each in alike
        )

    def narrowed(self, at: "Tag") -> Entry:
        """Return the entry of an element that leads to one article: the row in it, not the page around it."""
        links = tuple(self.links(at))
        if at.name in ROW_TAGS or len(self.addresses(links)) > 1 or self.is_repeated(at):
            return Entry(links, (at,))
        inside = []  # from the smallest element that holds all of its links to the largest
        for each in (links[0], *links[0].parents):
            if len(self.links(each)) == len(links):
                inside.append(each)
            if each is at:
                break
        row = next((each for each in inside if each.name in ("li", "tr", "dd")), None)
        if row is None or not self.is_dated(row):
            dated = next((each for each in inside[:LEVELS] if self.is_dated(each)), None)
            near = dated is not None and _words_beside(dated) <= MOST_TEXT / 2
            row = dated if near else row
        return Entry(links, (inside[0] if row is None else row,))

    def split(self, at: "Tag") -> "Iterator[Tag | Entry]":
        """Yield the children of an element that hold links, each with the siblings that belong to it."""
        children = [child for child in at.children if not _is_blank(child)]
        holding = self._holding(children)
        single = [child for child in holding if len(self.addresses(self.links(child))) == 1]
        bare = [child for child in single if not self.is_dated(child)]
        days = [child for child in children if not self.links(child) and _is_near(child) and self.is_dated(child)]
        if not bare or len(days) * 2 < len(bare):
            yield from holding
            return
        for group in self._groups(children):
            inside = self._holding(group)
            if len(inside) == 1 and len(group) > 1 and any(inside[0] is each for each in bare):
                yield Entry(tuple(self.links(inside[0])), tuple(group))
            else:
                yield from inside

    def _holding(self, nodes: "Sequence[PageElement]") -> "list[Tag]":
        """Return the elements among siblings that hold links."""
        from bs4 import Tag

        return [node for node in nodes if isinstance(node, Tag) and self.links(node)]

    def _groups(self, children: "Sequence[PageElement]") -> "list[list[PageElement]]":
        """Return siblings in groups of one link each: by the breaks between them, else by what comes first."""
        from bs4 import Tag

        lines: list[list[PageElement]] = [[]]
        for child in children:
            if getattr(child, "name", None) in ("br", "hr"):
                lines.append([])
            else:
                lines[-1].append(child)
        if len(lines) > 1 and any(self._has_both(line) for line in lines):
            return lines
        nodes = [child for line in lines for child in line if _is_near(child) or self.links(child)]
        while nodes and isinstance(first := nodes[0], Tag) and not self.links(first) and is_head(first):
            nodes.pop(0)
        at = [place for place, node in enumerate(nodes) if self.links(node)]
        marked = [place for place, node in enumerate(nodes) if self.links(node) or self.is_dated(node)]
        if not at:
            return [nodes]
        if not self.links(nodes[marked[0]]) and self.links(nodes[marked[-1]]):  # the date comes first
            starts = [0, *(place + 1 for place in at[:-1])]
        else:
            lead = at[0]
            steps = {after - before for before, after in pairwise(at)}
            whole = len(steps) == 1 and lead + (len(nodes) - 1 - at[-1]) + 1 == min(steps)
            starts = [place - (lead if whole else 0) for place in at]
        ends = [*starts[1:], len(nodes)]
        return [nodes[start:end] for start, end in zip(starts, ends, strict=True)]

    def _has_both(self, line: "Sequence[PageElement]") -> bool:
        return any(self.links(node) for node in line) and any(
            not self.links(node) and self.is_dated(node) for node in line
        )


def pieces_of(node: "PageElement") -> tuple[Piece, ...]:
    """Return the texts of an element, or of a text itself."""
    from bs4 import Tag
    from bs4.element import NavigableString

    if isinstance(node, Tag):
        return find_pieces(node)
    if type(node) is NavigableString:
        return (Piece(" ".join(fold(str(node)).split()), node, False, None),)
    return ()


def has_date(piece: Piece) -> bool:
    """Say whether a text is a date, or is short and has one; a title that names a day has none."""
    if piece.is_hidden or FROZEN.search(piece.text):
        return False
    if piece.link is not None:
        return is_date(piece.text)
    return len(piece.text) <= LONG and parse_date(piece.text) is not None


def shows_parts(node: "PageElement") -> bool:
    """Say whether a date is printed in parts, or told by an attribute."""
    from bs4 import Tag

    return isinstance(node, Tag) and parts_in(node) is not None


def _words_beside(at: "Tag") -> int:
    """Return how many characters an element has beside its links."""
    return sum(len(piece.text) for piece in find_pieces(at) if piece.link is None)


def _is_blank(node: "PageElement") -> bool:
    from bs4 import Tag
    from bs4.element import NavigableString

    if isinstance(node, Tag):
        return node.name in ("script", "style") or is_hidden(node)
    return type(node) is not NavigableString or not str(node).strip()


def _is_near(node: "PageElement") -> bool:
    """Say whether a sibling is short enough to belong to an entry, and no heading."""
    if getattr(node, "name", None) in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return False
    return len(" ".join(node.get_text(" ").split())) <= NEAR_TEXT
