"""Which other files belong to a page: further pages of the same article, and its attachments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from pipeline.files.types import file_type
from pipeline.parse.body import tree_of
from pipeline.parse.decode import decode, is_html
from pipeline.records import Page
from pipeline.text import fold

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Role = Literal["further page", "attachment", "picture"]

FILE = re.compile(r"\.(?:docx?|docm|wps|pdf|xlsx?|et|ofd|zip|rar|rtf|txt|mht)$", re.IGNORECASE)
PICTURE = re.compile(r"\.(?:jpe?g|png|gif|bmp|tiff?|webp)$", re.IGNORECASE)
# Scripts that hand out a file whose name stands in the query, or nowhere.
DOWNLOAD = re.compile(
    r"downfile\.jsp|download(?:file)?\.(?:jsp|do|aspx|ashx|php)|DownloadAttachUrl|/attachment/", re.IGNORECASE
)
NAME_KEYS = ("filename", "file", "filepath", "fileName", "ftext", "fText", "name")
OPENED = re.compile(r"""["']([^"'\s]+\.(?:docx?|wps|pdf|xlsx?|et|ofd|zip|rar))["']""", re.IGNORECASE)
NEXT = re.compile(r"\s*(?:下一?页|后一?页|末页|尾页|第?\s*\d{1,2}\s*页?|[\[(]\d{1,2}[\])])\s*")
# The call that draws the pager of a page on TRS and UCAP sites: how many pages, which one, and how they are named.
PAGER = re.compile(
    r"""createPageHTML\(\s*(?:['"][\w-]+['"]\s*,\s*)?(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*['"]([\w%-]+)['"]\s*,\s*['"](\w+)['"]"""
)
PAGE_QUERY = re.compile(r"[?&](?:page|pageNo|pageIndex|p|curPage|currPage|pageNum)=(\d{1,2})(?:&|$)", re.IGNORECASE)
BASE = re.compile(r"""<base\s[^>]*?href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
MOST_PAGES = 30  # of one article; more is a list of articles
# Boxes beside the article whose files belong to other articles.
ASIDE = re.compile(r"related|relevant|xgwj|xgjd|xglj|tuijian|hot|sidebar|nav|menu|footer|header|banner", re.IGNORECASE)
SMALLEST = 10  # bytes in a file name of a picture that is no icon; icons have short names
ICON = re.compile(r"icon|logo|share|wechat|weixin|qrcode|ewm|gongan|dzjg|red\.png|blue\.png|jiucuo", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A file that a page names as part of its document."""

    href: str  # absolute where the page's address is known, else as written
    text: str
    role: Role


def find_links(page: Page) -> tuple[Link, ...]:
    """Return the files that belong to *page*, further pages first, then attachments, each in the order of the page.

    Pictures are only named where the page shows no text of its own. A file that is no HTML has none.
    """
    if file_type(page.content, page.name) != "text":
        return ()
    source = decode(page.content, page.name).text
    return _links(source, page.url or page.name) if is_html(source) else ()


def _links(source: str, page: str) -> tuple[Link, ...]:
    tree = tree_of(source)
    if tree is None:
        return ()
    told = BASE.search(source)
    base = _absolute(page, unescape(told[1])) if told else page  # what links are relative to
    found: dict[str, Link] = {}
    for href in _further_pages(source, page):
        found.setdefault(_plain(href), Link(_absolute(base, href), "", "further page"))
    for node in tree.css("a[href]"):
        href = (node.attributes.get("href") or "").strip()
        text = " ".join(node.text(deep=True).split()) or " ".join((node.attributes.get("title") or "").split())
        role = _role(href, text, page)
        if role and not (role == "attachment" and _stands_aside(node)):
            found.setdefault(_plain(href), Link(_absolute(base, href), text, role))
    for href, text in _shown_inside(tree):
        found.setdefault(_plain(href), Link(_absolute(base, href), text, "attachment"))
    if not found and _is_bare(tree.text(deep=True)):
        for node in tree.css("frame[src],iframe[src]"):
            inside = (node.attributes.get("src") or "").strip()
            if inside and not inside.startswith(("javascript:", "about:")) and not ASIDE.search(inside):
                found.setdefault(_plain(inside), Link(_absolute(base, inside), "", "further page"))
        for node in () if found else tree.css("img[src]"):
            source_of = (node.attributes.get("src") or "").strip()
            if PICTURE.search(_path(source_of)) and not ICON.search(source_of) and len(_path(source_of)) >= SMALLEST:
                found.setdefault(_plain(source_of), Link(_absolute(base, source_of), "", "picture"))
    order: dict[Role, int] = {"further page": 0, "attachment": 1, "picture": 2}
    return tuple(sorted(found.values(), key=lambda link: order[link.role]))


def _shown_inside(tree: "LexborNode") -> Iterator[tuple[str, str]]:
    """Yield the files that a page shows in a frame or a viewer, and those that a script of a link opens."""
    for node in tree.css("iframe[src],embed[src],object[data],frame[src]"):
        inside = (node.attributes.get("src") or node.attributes.get("data") or "").strip()
        for name in (*_named(inside), _path(inside)):
            if FILE.search(name):
                yield (inside if name == _path(inside) else name), ""
                break
    for node in tree.css("a[onclick]"):
        opened = OPENED.search(node.attributes.get("onclick") or "")
        if opened and not FILE.search(_path(node.attributes.get("href") or "")):
            yield opened[1], " ".join(node.text(deep=True).split())


def _is_bare(text: str) -> bool:
    return text.count("。") < 2


def _role(href: str, text: str, page: str) -> Role | None:
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:")) or "{{" in href:
        return None
    path = _path(href)
    if (
        FILE.search(path)
        or FILE.search(text)
        or DOWNLOAD.search(href)
        or any(FILE.search(name) for name in _named(href))
    ):
        return "attachment"
    if NEXT.fullmatch(fold(text)) and _is_further(_absolute(page, href), page):
        return "further page"
    return None


def _is_further(href: str, base: str) -> bool:
    """Say whether *href* is another page of the article at *base*: its name, or its query, with a number behind it."""
    if (number := page_number(href)) and _path(href) == _path(base):
        return number > 1
    folder, _, name = _path(base).rpartition("/")
    other_folder, _, other = _path(href).rpartition("/")
    stem, _, ending = name.rpartition(".")
    if folder != other_folder or not stem:
        return False
    return re.fullmatch(rf"{re.escape(stem)}[_-]\d{{1,2}}\.{re.escape(ending)}", other) is not None


def page_number(href: str) -> int | None:
    """Return the number of a page that a query asks for: 2 of ?page=2."""
    match = PAGE_QUERY.search(href)
    return int(match[1]) if match else None


def _further_pages(source: str, base: str) -> Iterator[str]:
    """Yield the pages that a pager of the article counts; one that is named otherwise belongs to a list."""
    name = _path(base).rsplit("/", 1)[-1].rpartition(".")[0]
    for match in PAGER.finditer(source):
        total, stem, ending = int(match[1]), match[3], match[4]
        if 1 < total <= MOST_PAGES and (stem == name or not name) and int(match[2]) <= 1:
            first = 1 if int(match[2]) == 0 else 2  # one system counts its pages from 0, the other from 1
            for number in range(first, first + total - 1):
                yield f"{stem}_{number}.{ending}"


def _stands_aside(node: object) -> bool:
    """Say whether a link stands in a box of related articles or of the site."""
    at = getattr(node, "parent", None)
    for _ in range(6):
        if at is None or at.tag in ("body", "html"):
            return False
        if at.tag in ("nav", "header", "footer", "aside"):
            return True
        names = f"{at.attributes.get('class') or ''} {at.attributes.get('id') or ''}"
        if ASIDE.search(names):
            return True
        at = at.parent
    return False


def file_names(href: str, text: str) -> tuple[str, ...]:
    """Return the names under which the file of a link may have been saved, the likeliest first."""
    names = [*_named(href), unquote(_path(href).rsplit("/", 1)[-1]), text.strip()]
    return tuple(dict.fromkeys(name.rsplit("/", 1)[-1] for name in names if name.strip("./")))


def _named(href: str) -> list[str]:
    try:
        query = parse_qs(urlsplit(href).query)
    except ValueError:
        return []
    return [value for key in NAME_KEYS for value in query.get(key, ())]


def _path(href: str) -> str:
    try:
        return urlsplit(href).path
    except ValueError:  # an address that is none, such as one with half a bracket
        return ""


def _absolute(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:  # likewise
        return href


def _plain(href: str) -> str:
    return href.removeprefix("./").split("#")[0]
