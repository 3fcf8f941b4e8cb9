"""What an answer says: a list with its rows judged, an article with its parts, a file. Pure functions of what came."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from pipeline.errors import InputError
from pipeline.files import file_type
from pipeline.parse.links import Link, find_links
from pipeline.records import Page
from pipeline.scrape.families import families, recognise
from pipeline.scrape.records import Column, Family, ListError, Listing, Row, View, plain
from pipeline.scrape.relevance import Judgement, judge_article, judge_column, judge_title
from pipeline.scrape.sources import Source
from pipeline.scrape.work import Kind
from pipeline.text import fold

ENOUGH_TEXT = 200  # characters; an article with fewer says too little to be told from others by them
MOST_COLUMNS = 12  # that one page leads to
# Characters that a text is told by: what else a template puts around them differs from site to site.
TELLING = re.compile(r"[\u3400-\u9fff\d]+")
PLAIN_BYTES, PLAIN_ROWS, PLAIN_SENTENCES = 1000, 4, 30  # of a page that needs no second look
DAYS = re.compile(r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}")
# Words of pages that are none; one that has them is looked at again.
SUSPECT = re.compile(
    r"不存在|已删除|已被删除|找不到|无法访问|404|password|登录|登陆|\$_ts|jsl_clearance|C3VK|WZWS|云堤|EO_Bot", re.I
)
OPENING = 3000  # characters of an article that its judgement looks at
TITLE_TAG = re.compile("^articletitle$", re.IGNORECASE)
HEADLINES = ("ucaptitle", "h1", ".article-title, .articletitle, .cont_title, .bt, #title, h2.title, .title")
SITE_NAME = re.compile(r"\s*[-_|—–·]+\s*[^-_|—–·]{2,30}$")


@dataclass(frozen=True, slots=True)
class ListRead:
    """A page of a list."""

    family: str
    sign: str  # "" where the request said which family it is
    listing: Listing
    judged: tuple[Judgement, ...]  # one a row
    columns: tuple[tuple[Column, Judgement], ...]  # worth a visit, the best first


@dataclass(frozen=True, slots=True)
class ArticleRead:
    """The page of an article, or a file in its place."""

    title: str
    digest: str  # of what its text says, "" where it is no text
    size: int  # characters of it
    links: tuple[Link, ...]
    judgement: Judgement | None  # where its row had left it open


def read_list_page(view: View, source: Source, column: str) -> ListRead:
    """Read a page as a list.

    Raises:
        ListError: it is none.
    """
    family, sign = _family_of(view, source)
    listing = family.read(view)
    if not (sign or view.request.family or listing.rows or listing.columns):
        raise ListError(f"{view.url}: expected a list of a family that is known, got a page without the signs of any")
    owners = source.owners
    judged = tuple(
        judge_title(
            row.title, column=column, owners=owners, is_cut=row.is_cut, number=row.number, publisher=row.publisher
        )
        for row in listing.rows
    )
    return ListRead(family.name, sign, listing, judged, worth_a_visit(listing.columns, owners))


def _family_of(view: View, source: Source) -> tuple[Family, str]:
    """Return the family that a request names, or that the page shows; a plain list of the source's family is of it."""
    if asked := families().get(view.request.family):
        return asked, ""
    declared = families().get(source.family)
    told = recognise(view)
    if declared is not None and (sign := declared.recognise(view)):
        return declared, sign
    return told or (families()["generic"], "")


def worth_a_visit(columns: Sequence[Column], owners: tuple[str, ...] = ()) -> tuple[tuple[Column, Judgement], ...]:
    """Return the columns that are about the subject or may be, the best first."""
    judged = [(column, judge_column(column.title, owners=owners)) for column in columns if column.count != 0]
    wanted = [(column, judgement) for column, judgement in judged if judgement.verdict != "dropped"]
    wanted.sort(key=lambda each: (each[1].verdict != "kept", -each[1].score))
    return tuple(wanted[:MOST_COLUMNS])


def read_article(view: View, row: Row, source: Source, column: str, *, is_open: bool) -> ArticleRead:
    """Read the page of an article; *is_open* asks for a judgement by its whole title and its text."""
    page = Page(view.url, view.content, view.url)
    is_text = says_text(view)
    files = tuple(Link(url, name, "attachment") for url, name in row.files)
    if not is_text:
        return ArticleRead(row.title, sha256(view.content).hexdigest(), 0, files, None)
    try:
        links = find_links(page)
    except (InputError, ValueError):  # an address on the page that is none; its text is read all the same
        links = ()
    links = tuple(link for link in links if View.join_to(view.url, link.href))  # some are no addresses
    known = {link.href for link in links}
    links = (*links, *(link for link in files if link.href not in known))
    text = view.body
    title = whole_title(view, row)
    judgement = None
    if is_open:
        judgement = judge_article(
            title, text[:OPENING], column=column, owners=source.owners, number=row.number, publisher=row.publisher
        )
    telling = "".join(TELLING.findall(fold(text)))
    digest = sha256(telling.encode()).hexdigest() if telling else ""
    return ArticleRead(title, digest, len(telling), links, judgement)


def type_of(view: View) -> str:
    """Return the type of what came, by its bytes; "" for nothing, and for what is of no known type."""
    try:
        return file_type(view.content, view.url) if view.content.strip() else ""
    except InputError:
        return ""


def says_text(view: View) -> bool:
    """Say whether the bytes are those of a page or a text, not of another file."""
    return type_of(view) == "text"


def shows_itself(view: View, kind: Kind) -> bool:
    """Say whether a page is so plainly what was asked for that nobody need ask what else it may be."""
    if kind == "file":
        return type_of(view) not in ("", "text")
    if len(view.content) < PLAIN_BYTES or SUSPECT.search(view.text) or not says_text(view):
        return False
    if kind == "list":
        return len(DAYS.findall(view.text)) >= PLAIN_ROWS and view.text.lower().count("<a ") > PLAIN_ROWS
    return len(TELLING.findall(view.body)) >= PLAIN_SENTENCES


def is_hollow(view: View) -> bool:
    """Say whether what came in place of a file is a page without a text; some systems hand out pages as .doc."""
    return says_text(view) and not view.body and "<" in view.text[:OPENING]


def whole_title(view: View, row: Row) -> str:
    """Return the title of an article: of the row where it is whole, else the longest on the page that begins so."""
    if row.title and not row.is_cut:
        return row.title
    titles = titles_of(view)
    start = re.sub(r"[.…⋯]+$", "", row.title)
    fitting = [title for title in titles if title.startswith(start)] if start else titles
    return max(fitting, key=len, default="") or (titles[0] if titles else row.title)


def titles_of(view: View) -> list[str]:
    """Return what a page calls itself: by the official meta tag, a heading, the title tag without the site's name."""
    soup = view.soup
    found = [str(meta.get("content") or "") for meta in soup.find_all("meta", attrs={"name": TITLE_TAG})]
    found += [node.get_text() for selector in HEADLINES for node in soup.select(selector, limit=1)]
    if soup.title:
        found.append(SITE_NAME.sub("", soup.title.get_text().strip()))
    return list(dict.fromkeys(title for each in found if (title := plain(each))))


def document_digest(text: str, size: int, files: Sequence[str]) -> str:
    """Return what makes two documents the same: what the text says, and the bytes of the files.

    Args:
        text: the digest of the text.
        size: characters of the text; a page that says next to nothing is told by its files, where it has some.
        files: digests of the files.
    """
    told = [text] if size >= ENOUGH_TEXT or not files else []
    return sha256("\n".join([*told, *sorted(set(files))]).encode()).hexdigest()
