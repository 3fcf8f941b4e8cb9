"""The nouns of the emulated sites: what a site publishes, what it is asked, what it answers.

A family is one function `respond(site, asked)`; the server, the clock and the faults know nothing about families.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of an article."""

    name: str  # as the anchor text shows it: 任务分解表.pdf
    content: bytes

    @property
    def ending(self) -> str:
        """The ending of its name: pdf, docx."""
        return self.name.rsplit(".", 1)[-1].lower()


@dataclass(frozen=True, slots=True)
class Article:
    """Something that a site publishes, in one column of it."""

    number: int  # unique on the site; families make their ids and addresses of it
    title: str
    published: date
    body: str = ""  # HTML inside the container of the article
    page: bytes = b""  # a whole page as it stands, in place of title and body in the family's template
    is_file: bool = False  # `page` is a file, and the row of the list links straight to it
    attachments: tuple[Attachment, ...] = ()
    column: str = ""  # by its key; the first of the site's columns if empty
    also_in: tuple[str, ...] = ()  # other columns that list it under an address of their own
    document_number: str = ""  # 文号
    index_number: str = ""  # 索引号
    publisher: str = ""
    is_relevant: bool = False  # a crawler should bring it home


@dataclass(frozen=True, slots=True)
class SiteColumn:
    """A list of articles on a site."""

    key: str  # in addresses: fzzfjs
    title: str  # 法治政府建设


@dataclass(frozen=True, slots=True)
class Site:
    """A site as it stands in one week; the server is given the site of the week that its clock shows."""

    host: str  # www.yunling.test
    name: str  # 云岭县人民政府
    place: str  # 云岭县
    family: str
    columns: tuple[SiteColumn, ...]
    articles: tuple[Article, ...]  # newest first in each list
    per_page: int = 15
    # What is wrong with it, by name: each family's module lists those that it knows. Common to all that print HTML:
    # cut_titles, no_title_attribute, single_quotes, duplicated_rows, wrong_total, gb18030, no_charset, referer,
    # frozen_today, repeated_pages, page_cap.
    quirks: frozenset[str] = frozenset()
    robots: str = "User-agent: *\nAllow: /\n"  # "" for a site that has none (404)

    def has(self, quirk: str) -> bool:
        """Whether the site has a quirk."""
        return quirk in self.quirks

    def listed(self, column: SiteColumn) -> tuple[Article, ...]:
        """The articles that a column lists, newest first."""
        own = [
            article
            for article in self.articles
            if column.key in (article.column or self.columns[0].key, *article.also_in)
        ]
        return tuple(sorted(own, key=lambda article: (article.published, article.number), reverse=True))

    def column(self, key: str) -> SiteColumn | None:
        """The column of a key."""
        return next((column for column in self.columns if column.key == key), None)

    def article(self, number: int) -> Article | None:
        """The article of a number."""
        return next((article for article in self.articles if article.number == number), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as a family sees it."""

    method: str
    target: str  # path with query, as sent
    headers: Mapping[str, str] = field(default_factory=dict)  # names in lower case
    body: bytes = b""

    @property
    def path(self) -> str:
        """The path, percent-encoding left as it is."""
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        """The query, decoded; the last of equal names counts."""
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def form(self) -> dict[str, str]:
        """The form of a POST, decoded."""
        return dict(parse_qsl(self.body.decode("ascii", "replace"), keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Answer:
    """A response before the server adds dates, validators, gzip and faults."""

    body: bytes
    media: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


NOT_FOUND = Answer(b"<html><head><title>404</title></head><body>404 Not Found</body></html>", status=404)

# Plays the family of a site: what it answers when it is asked something.
Respond = Callable[[Site, Asked], Answer]


@dataclass(frozen=True, slots=True)
class Kind:
    """A family as the emulator plays it."""

    name: str
    respond: Respond
    entry: Callable[[Site], str]  # path of the first column, where a crawler begins
    address: Callable[[Site, Article], str]  # path of an article, with query
    # paths of its attachments, in their order
    files: Callable[[Site, Article], tuple[str, ...]]
    quirks: frozenset[str] = frozenset()  # that it knows beside the common ones
    # every path at which an article is served, those of its other columns among them; `address` alone if None
    places: Callable[[Site, Article], tuple[str, ...]] | None = None
