"""The rows of a list in HTML: a link, and the date and number in the same row element; and the page behind it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.scrape.cells import (
    INDEX,
    NUMBER,
    OF_INDEX,
    OF_NUMBER,
    Field,
    Piece,
    coded,
    columns_of,
    find_pieces,
    is_date,
    labelled,
    parse_date,
    published_in,
)
from pipeline.scrape.entries import ACTION, FILE, Entry, find_entries
from pipeline.scrape.inline import address_of, find_redirect, is_address, scripts, tree_of
from pipeline.scrape.pager import find_counts, find_next
from pipeline.scrape.records import Column, Request, Row, View, is_cut, once, plain
from pipeline.scrape.titles import better_title, printed_title, title_of
from pipeline.scrape.trees import links_in, tags_in
from pipeline.text import fold

if TYPE_CHECKING:
    from bs4 import Tag

__all__ = [
    "date_in",
    "find_columns",
    "find_counts",
    "find_next",
    "find_redirect",
    "find_rows",
    "parse_date",
    "read_row",
    "row_element",
]

COLUMN = 8  # characters of a title up to which a folder is a column, though a date stands beside it
CRUMBS = re.compile(r"(?:当前|您的?|所在|现在)的?位置|首页\s*[>»→]")
SHORT = 6  # characters of a title that its row must have if it has no date
# Undated rows are told from menus: by the length of their titles, and by words that titles of documents have.
LISTED = 12
DOCUMENT = re.compile(
    r"关于|通知|报告|方案|意见|办法|规定|决定|公告|计划|要点|总结|规划|细则|纲要|[\[(]?\d{4}[\])]?年|\[\d{4}\]"
)
FOOT = re.compile(r"^(?:foot(?:er)?|copyright|banquan)$", re.IGNORECASE)
BESIDE = re.compile(
    r"^(?:foot(?:er)?|copyright|banquan|friend\w*|yqlj|nav\w*|menu|crumbs?|breadcrumb|position|location|header|hot|related"
    r"|relevant|recommend|tuijian|xgxx|xgwj|xglj|rank\w*|sidebar|subnav|links?)$",
    re.IGNORECASE,
)
BOX = re.compile(
    r"热点|热门|推荐|排行|相关(?:链接|文件|阅读|信息|文章|新闻|稿件|解读)|友情链接|网站导航|上一篇|下一篇|猜你喜欢|快速(?:导航|通道)"
)
COUNTED = re.compile(r"\s*[(\[](\d{1,6})[条篇]?[)\]]\s*$")
# Nodes of a tree that a script draws: {name:"…", url:"…"} and d.add(1,0,"…","…").
NODE = re.compile(r"\{[^{}]{1,600}\}")
NODE_NAME = re.compile(r"""["']?\b(?:name|title|text|label)["']?\s*:\s*(["'])(?P<told>[^"'<>]{2,60})\1""")
NODE_URL = re.compile(r"""["']?\b(?:url|href|link|file)["']?\s*:\s*(["'])(?P<told>[^"'<>\s]{1,400})\1""", re.IGNORECASE)
ADDED = re.compile(
    r"""\.add\(\s*["']?[\w-]+["']?\s*,\s*["']?[\w-]+["']?\s*,\s*(["'])(?P<name>[^"'<>]{2,60})\1\s*,\s*(["'])(?P<url>[^"'<>\s]{1,400})\3"""
)


def find_rows(view: View, within: "Iterable[Tag] | None" = None) -> tuple[Row, ...]:
    """Return the rows of the lists on a page, in their order; *within* elements only, where given.

    Rows without a date count where they stand among rows that have one, or where their titles are those of documents;
    menus, footers and boxes beside the list do not. An article that is listed twice is one row.
    """
    if within is None:
        return _rows_of(view)
    rows = [(row, entry) for scope in within for entry in find_entries(scope, view) for row in _rows(entry, view)]
    return _merged(row for row, _ in rows if row.published or (len(row.title) >= SHORT and not _is_folder(row.url)))


@once
def _rows_of(view: View) -> tuple[Row, ...]:
    entries = [entry for entry in find_entries(tree_of(view), view) if not _is_menu(entry)]
    rows = [(row, entry) for entry in entries for row in _rows(entry, view)]
    kept = _undated_kept(rows)
    return _merged(row for row, entry in rows if (_is_row(row, entry) if row.published else id(entry) in kept))


def _is_menu(entry: Entry) -> bool:
    """Say whether an entry is so short that it cannot be a row: a few characters, and no year."""
    link = entry.links[0]
    told = "".join(value for value in link.attrs.values() if isinstance(value, str))
    words = "".join(part.get_text() for part in entry.parts)
    return len(words) < SHORT and not re.search(r"(?:19|20)\d\d", words + told) and len(str(link.get("title"))) < SHORT


def _is_row(row: Row, entry: Entry) -> bool:
    """Say whether what has a date is a row: no column in a path to the page, no link of the foot."""
    words = fold("".join(part.get_text() for part in entry.parts))
    is_column = len(row.title) <= COLUMN and _is_folder(row.url)
    return not (is_column or CRUMBS.search(words) or _stands_in(entry, FOOT))


def _merged(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return rows once each, what one printing lacks taken from the other."""
    found: dict[str, Row] = {}
    for row in rows:
        if (seen := found.get(row.url)) is None:
            found[row.url] = row
            continue
        whole = row if seen.is_cut and not row.is_cut else seen
        found[row.url] = replace(
            seen,
            title=whole.title,
            is_cut=whole.is_cut,
            published=seen.published or row.published,
            number=seen.number or row.number,
            publisher=seen.publisher or row.publisher,
            index=seen.index or row.index,
            files=seen.files or row.files,
        )
    return tuple(found.values())


def _rows(entry: Entry, view: View) -> Iterator[Row]:
    element = entry.element()
    for link in _main_links(entry, view):
        if row := read_row(link, element, view):
            yield row


def _main_links(entry: Entry, view: View) -> "list[Tag]":
    """Return the links of an entry that lead to articles: one, unless others have titles as long as its own."""
    first: dict[str, Tag] = {}
    for link in entry.links:
        first.setdefault(address_of(link, view), link)
    if len(first) == 1:
        return [entry.links[0]]
    depth = min(map(_depth, entry.links))
    outer = [link for link in first.values() if _depth(link) == depth]
    links = outer or list(first.values())
    column = columns_of(entry.element()).get("title") if len(entry.parts) == 1 else None
    if column is not None and (inside := [link for link in links if any(each is column for each in link.parents)]):
        return inside[:1]
    main = max(links, key=lambda link: (_weight(link, view), -links.index(link)))
    enough = max(LISTED, 0.6 * _weight(main, view))
    return [link for link in links if link is main or _weight(link, view) >= enough]


def _depth(link: "Tag") -> int:
    """Return how many lists and tables a link stands in."""
    return sum(each.name in ("ul", "table") for each in link.parents)


def _weight(link: "Tag", view: View) -> int:
    """Return how much a link looks like that of an article, as the length of its title."""
    url, words = address_of(link, view), fold(printed_title(link))
    if NUMBER.fullmatch(words) or FILE.search(urlsplit(url).path) or words.startswith(("[", "附件", "解读", "图解")):
        return 1
    return (min(len(words), 8) if _is_folder(url) else len(words)) if words else 0


def _is_folder(url: str) -> bool:
    """Say whether an address looks like that of a column, not of an article."""
    parts = urlsplit(url)
    *_, above, name = ["", *parts.path.split("/")]
    if re.search(r"\d{3,}", name) or re.search(r"=\w*\d{2,}", parts.query) or re.search(r"[0-9a-f]{16,}", parts.path):
        return False
    if re.match(r"(?:index|list|default)\b", name) or not name:
        return (
            re.fullmatch(r"\d{5,}", above) is None
        )  # an article may be a folder of its own: /zwgk/20230317/index.html
    return "." not in name


def row_element(link: "Tag") -> "Tag | None":
    """Return the element of a list that holds *link* and no other article's; None where it stands in no list."""
    *_, root = (link, *link.parents)
    view = View(Request("http://row.invalid/"), b"")
    for entry in find_entries(root, view):
        if any(part is link or any(part is each for each in link.parents) for part in entry.parts):
            return entry.element()
    return None


def read_row(link: "Tag", element: "Tag", view: View) -> Row | None:
    """Return the row that *element* is, by its main *link*; None where that leads nowhere or has no title."""
    url = address_of(link, view)
    if not url:
        return None
    pieces = find_pieces(element)
    fields = _fields(link, element, pieces)
    title = title_of(link, element, pieces, fields, view)
    if not title or ACTION.fullmatch(fold(title)) or "{{" in title:
        return None
    return Row(
        url,
        title,
        published_in(element, pieces, fields, url),
        number=fields.get("number") or coded(element, pieces, OF_NUMBER, NUMBER),
        publisher=fields.get("publisher", ""),
        index=fields.get("index") or coded(element, pieces, OF_INDEX, INDEX),
        is_cut=is_cut(title),
        files=tuple(_files(link, element, view)),
    )


def _fields(link: "Tag", element: "Tag", pieces: tuple[Piece, ...]) -> dict[Field, str]:
    """Return what a row names by the head of its table, by labels in its texts, or in its title attribute."""
    found: dict[Field, str] = {}
    for name, cell in columns_of(element).items():
        value = " ".join(cell.get_text(" ").split())
        if name == "number" and not value:
            value = coded(cell, find_pieces(cell), OF_NUMBER, NUMBER)
        if value and name != "title":
            found[name] = value
    said = labelled(piece.raw for piece in pieces if piece.link is None)
    told = labelled([str(link.get("title") or "")])
    for fields in (said, told):
        for name, value in fields.items():
            found.setdefault(name, value)
    return found


def _files(link: "Tag", element: "Tag", view: View) -> Iterator[tuple[str, str]]:
    own = address_of(link, view)
    if FILE.search(urlsplit(own).path):
        return
    seen = {own}
    for other in links_in(element):
        url, name = address_of(other, view), plain(other.get_text(" ") or str(other.get("title") or ""))
        if url and url not in seen and (FILE.search(urlsplit(url).path) or FILE.search(name)):
            seen.add(url)
            yield url, name


def date_in(element: "Tag") -> date | None:
    """Return the date printed in a row, blanks and line breaks inside it passed over; none out of its title."""
    pieces = find_pieces(element)
    return published_in(element, pieces, labelled(piece.raw for piece in pieces if piece.link is None))


def _undated_kept(rows: "list[tuple[Row, Entry]]") -> set[int]:
    """Return the ids of the entries without a date that are rows all the same."""
    groups: dict[int, list[tuple[Row, Entry]]] = {}
    for row, entry in rows:
        groups.setdefault(id(entry.parts[0].parent), []).append((row, entry))
    dated_rows = sum(row.published is not None for row, _ in rows)
    kept: set[int] = set()
    for group in groups.values():
        dated = sum(row.published is not None for row, _ in group)
        bare = [(row, entry) for row, entry in group if not row.published]
        titles = [(row, entry) for row, entry in bare if len(row.title) >= SHORT and not _is_folder(row.url)]
        if (dated and dated >= len(bare)) or (not dated and _is_list(bare, titles, dated_rows)):
            kept.update(id(entry) for _, entry in titles)
    return kept


def _is_list(group: "list[tuple[Row, Entry]]", titles: "list[tuple[Row, Entry]]", dated_rows: int) -> bool:
    """Say whether neighbours without dates are the rows of a list rather than a menu or a box beside one."""
    if not titles or len(titles) < 0.6 * len(group):
        return False
    words = [fold(row.title) for row, _ in titles]
    wordy = sum(DOCUMENT.search(each) is not None for each in words) / len(words)
    if median(map(len, words)) < LISTED or (wordy < 1 and len(words) <= 2) or wordy < 0.3:
        return False
    if len(words) == 1 and getattr(titles[0][1].parts[0], "name", "") not in ("li", "tr", "dd", "p"):
        return False
    if dated_rows and (len(words) < max(5, dated_rows) or wordy < 0.8):
        return False
    return not _stands_in(group[0][1], BESIDE) and not _is_boxed(group[0][1])


def _stands_in(entry: Entry, named: re.Pattern[str]) -> bool:
    """Say whether an entry stands in a part of the page whose element, class or id has such a name."""
    for tag in entry.links[0].parents:
        if tag.name in ("body", "html", "[document]"):
            break
        names = [tag.name, str(tag.get("id") or ""), *(tag.get("class") or [])]
        if any(named.match(token) for name in names for token in re.split(r"[-_\d\s]+", name)):
            return True
    return False


def _is_boxed(entry: Entry) -> bool:
    """Say whether a heading above the list says that it is a box of other things."""
    for tag in list(entry.links[0].parents)[:5]:
        first = next(iter(find_pieces(tag)), None)
        before = tag.find_previous_sibling()
        heads = [first.text if first else "", fold(before.get_text(" ")).strip() if before is not None else ""]
        if any(len(head) <= LISTED and BOX.search(head) for head in heads):
            return True
    return False


def find_columns(view: View) -> tuple[Column, ...]:
    """Return the links of a page that stand outside its lists, as columns that may be worth a look.

    Those of its frames are among them, with the title of the frame or "", and those of trees that scripts draw.
    """
    rows = find_rows(view)
    seen = {view.url, *(row.url for row in rows), *(url for row in rows for url, _ in row.files)}
    found: dict[str, Column] = {}
    for title, url in (*_linked(view), *_framed(view), *_drawn(view)):
        count = COUNTED.search(fold(title))
        name = title[: count.start()] if count else title
        if url and url not in seen and (url not in found or not found[url].title):
            found[url] = Column(name.strip(), Request(url), int(count[1]) if count else None)
    return tuple(found.values())


def _linked(view: View) -> Iterator[tuple[str, str]]:
    for link in tags_in(tree_of(view), "a", "area"):
        printed = plain(link.get_text(" "))
        told = plain(str(link.get("title") or link.get("alt") or ""))
        title = better_title(printed, told)
        if title and not ACTION.fullmatch(fold(title)) and not is_date(fold(title)):
            yield title, address_of(link, view)


def _framed(view: View) -> Iterator[tuple[str, str]]:
    for frame in tags_in(view.soup, "iframe", "frame"):
        if not frame.has_attr("src"):
            continue
        src = str(frame["src"])
        yield plain(str(frame.get("title") or "")), view.join(src) if is_address(src) else ""


def _drawn(view: View) -> Iterator[tuple[str, str]]:
    for script in scripts(view):
        for node in NODE.finditer(script):
            name, url = NODE_NAME.search(node[0]), NODE_URL.search(node[0])
            if name and url and is_address(url["told"]):
                yield plain(name["told"]), view.join(url["told"])
        for node in ADDED.finditer(script):
            if is_address(node["url"]):
                yield plain(node["name"]), view.join(node["url"])
