"""The nouns of the scraper: what is asked for, what came, and what a list says.

A family of sites turns a `View` into a `Listing`; everything else about a site is data in `corpora/sources.toml`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, Concatenate, Literal, ParamSpec, TypeVar
from urllib.parse import urldefrag, urljoin, urlsplit

from pipeline.errors import InputError
from pipeline.parse.body import read_body
from pipeline.scrape.addresses import key_of
from pipeline.scrape.charsets import decode
from pipeline.text import fold

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

T = TypeVar("T")
P = ParamSpec("P")
Method = Literal["GET", "POST"]
BASE = re.compile(r"<(?:\w+:)?base\b", re.IGNORECASE)
MARKUP = re.compile(r"<[^<>]{0,200}>")
UNSEEN = re.compile("[\u200b\u200c\u200d\ufeff]")
BETWEEN = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef\d])|(?<=\d) (?=[\u4e00-\u9fff])"
)
NO_ADDRESS = ("javascript:", "mailto:", "tel:", "data:", "about:", "#")


class ListError(InputError):
    """A page has the marks of a list, or was asked for as one, and is none."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask a server for."""

    url: str
    method: Method = "GET"
    form: tuple[tuple[str, str], ...] = ()  # of a POST, sent as application/x-www-form-urlencoded
    family: str = ""  # that reads the answer, where its bytes do not tell
    memo: Mapping[str, str] = field(default_factory=dict)  # what the family must know again to read the answer


@dataclass(frozen=True, slots=True)
class Row:
    """An entry of a list: a link, and what stands beside it in the same row element."""

    url: str  # absolute
    title: str  # whole, where the page has it whole: from the title attribute rather than the link's text
    published: date | None = None  # printed in this row, never in its neighbour
    number: str = ""  # 文号
    publisher: str = ""
    index: str = ""  # 索引号
    is_cut: bool = False  # ends in … and stands whole nowhere on the list
    files: tuple[tuple[str, str], ...] = ()  # (address, name) of attachments that the list itself names


@dataclass(frozen=True, slots=True)
class Column:
    """A link that may lead to a list: a part of the site's navigation, or of its disclosure tree."""

    title: str
    request: Request
    count: int | None = None  # articles in it, as the site says


@dataclass(frozen=True, slots=True)
class Listing:
    """What one page of a list says."""

    rows: tuple[Row, ...] = ()
    next: Request | None = None  # the page behind this one, None on the last
    blocks: tuple[Request, ...] = ()  # first pages of lists that this page only names, such as those of an API
    columns: tuple[Column, ...] = ()
    page: int = 1  # which page this is, from 1
    pages: int | None = None  # how many there are, as the site says
    total: int | None = None  # rows over all pages, as the site says


class View:
    """A page that came, decoded and parsed at most once.

    Args:
        request: what was asked for.
        url: where the answer came from.
        content: bytes, content-encoding undone.
        media: the Content-Type header.
        status: of HTTP.
    """

    def __init__(self, request: Request, content: bytes, *, url: str = "", media: str = "", status: int = 200) -> None:
        self.request = request
        self.url = url or request.url
        self.content = content
        self.media = media
        self.status = status
        self.found: dict[tuple[Any, ...], Any] = {}  # by those who looked
        self._joined: dict[str, str] = {}

    @cached_property
    def text(self) -> str:
        """The characters, by the header, the meta tag, UTF-8 or GB18030."""
        return decode(self.content, self.media)

    @cached_property
    def soup(self) -> "BeautifulSoup":
        """The tree of the page."""
        from bs4 import BeautifulSoup

        is_xml = self.text[:200].lstrip().startswith("<?xml") and "<html" not in self.text[:2000].lower()
        return BeautifulSoup(self.text, "xml" if is_xml else "lxml")

    @cached_property
    def body(self) -> str:
        """The text of the article on the page, "" where there is none."""
        return read_body(self.text).text

    @cached_property
    def base(self) -> str:
        """What links of the page are relative to."""
        told = self.soup.find("base", href=True) if BASE.search(self.text) else None
        return self.join_to(self.url, str(told["href"])) or self.url if told else self.url

    @property
    def path(self) -> str:
        """The path of the address."""
        return urlsplit(self.url).path

    def join(self, href: str) -> str:
        """Return the absolute address of a link of this page, "" for one that leads nowhere, such as # and {{url}}."""
        if (known := self._joined.get(href)) is None:  # a row asks half a dozen times
            known = self._joined[href] = self.join_to(self.base, href)
        return known

    @staticmethod
    def join_to(base: str, href: str) -> str:
        """Return the absolute http address of *href* beside *base*, "" for one that leads nowhere."""
        href = href.strip().strip("\u200b\ufeff")
        if not href or href.lower().startswith(NO_ADDRESS) or "{{" in href or "${" in href:
            return ""
        try:
            url = urldefrag(urljoin(base, href))[0]
            parts = urlsplit(url)
            if parts.scheme not in ("http", "https"):
                return ""
            if parts.netloc != urlsplit(base).netloc:  # the page's own host is none to doubt
                key_of(url)
            return url
        except ValueError:  # such as half a bracket, or a port that is none
            return ""


def once(look: Callable[Concatenate[View, P], T]) -> Callable[Concatenate[View, P], T]:
    """Keep what *look* finds in a page as long as the page; a cache of its own would serve one host, not hundreds."""

    @wraps(look)
    def found(view: View, /, *args: P.args, **given: P.kwargs) -> T:
        key = (look, args, tuple(given.items()))
        if key not in view.found:
            view.found[key] = look(view, *args, **given)
        return view.found[key]  # type: ignore[no-any-return]  # what look returned

    return found


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of site: how it is told, and how its lists are read."""

    name: str  # as in sources.toml
    # The sign of the family that the page shows, in words for `fazhi doctor`; "" for none.
    recognise: Callable[[View], str]
    # The list on the page. Raises ListError where the page has the family's marks but not its form.
    read: Callable[[View], Listing]


def plain(title: str) -> str:
    """Return a title as one line: without markup, blanks between Chinese characters, or a mark at its head.

    >>> plain(" ·云岭县 2023年度  <em>法治</em>政府建设报告 ")
    '云岭县2023年度法治政府建设报告'
    """
    bare = " ".join(UNSEEN.sub("", MARKUP.sub("", title)).split())
    return BETWEEN.sub("", bare).lstrip("·•●▪■◆▶►>»- ").rstrip()


def is_cut(title: str) -> bool:
    """Say whether a title as printed breaks off: with … or two dots and more."""
    return fold(title).rstrip().endswith(("…", "..", "⋯"))
