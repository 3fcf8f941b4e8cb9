"""What came, told by its bytes, and how much of a page a reader sees."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from pipeline.errors import InputError
from pipeline.files import file_type
from pipeline.scrape.records import View, once
from pipeline.scrape.trees import links_in, tags_in

Kind = Literal["nothing", "file", "data", "page", "text"]

BLANKS = "\0\t\r\n \ufeff\u00a0\u3000\u200b"
HEAD = 4096  # bytes in which a binary file shows that it is one
# Saved by Word or Excel as HTML or XML, under the name of a document.
OFFICE = re.compile(rb"schemas[-.]microsoft[-.]com[:/](?:office|vml)|\bprogid\b", re.IGNORECASE)
# JSON, a call with JSON in it, or an assignment.
SCRIPTED = re.compile(r"(?:/\*.*?\*/\s*)?(?:[{\[]|(?:var\s+)?[\w.$]+\s*=[^=]|[\w.$]+\s*\(\s*[{\[(])", re.DOTALL)
COMMENTS = re.compile(r"(?:\s*<!--.*?-->)+\s*", re.DOTALL)
FIRST = re.compile(r"<([A-Za-z][\w:-]*)")
HTML = re.compile(
    r"html|head|body|frameset|meta|title|link|base|script|style|noscript|template|div|p|[uod]l|li|d[td]|table|caption"
    r"|thead|tbody|t[rdh]|a|span|h[1-6r]|form|input|button|label|select|textarea|br|center|font|section|article|nav|main"
    r"|header|footer|aside|i?frame|img|b|i|u|em|strong|small|pre|svg|embed|object|ucap\w+|publishtime|o:p",
    re.IGNORECASE,
)
TAG = re.compile(
    r"</?(?:html|head|body|meta|title|script|div|p|[uo]l|li|table|tr|td|a|span|h[1-6]|br|font)\b", re.IGNORECASE
)

SCANT = 200  # characters outside links; a page that only scripts and checks fill has fewer
ROWS = 3  # links that lead on; such a page has fewer
LONG = 8  # characters of a link's text that may be the title of a document

UNSEEN = frozenset({"script", "style", "noscript", "template", "title", "head", "option", "iframe", "svg", "a"})
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
FILE = re.compile(
    r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|zip|rar|ceb)\b|downfile|download|/attachment/|下载|附件", re.IGNORECASE
)
HOME = re.compile(r"/?(?:(?:index|default)\.\w+)?", re.IGNORECASE)
BACK = re.compile("(?:点击|点此)?(?:返回|回到)|首页|主页|上一页|刷新|重试|关闭|back|home", re.IGNORECASE)
DAY = re.compile(r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader sees of a page, and what its scripts hold."""

    title: str
    own: str  # text outside links, a line a piece
    links: tuple[str, ...]  # texts of those that lead on, neither back nor home
    files: int  # links to files
    pictures: int  # and frames
    scripts: int  # loaded from elsewhere
    inline: str  # scripts on the page
    has_password: bool
    is_article: bool  # the official meta tags name the article and its date

    @property
    def size(self) -> int:
        """Characters outside links, blanks not counted."""
        return len("".join(self.own.split()))

    @property
    def is_scant(self) -> bool:
        """Whether there is too little for a page with content."""
        return self.size < SCANT and len(self.links) < ROWS and not self.files and not self.is_article

    @property
    def has_rows(self) -> bool:
        """Whether there are dates, and links that may be titles."""
        return DAY.search(self.own) is not None and any(len(text) >= LONG for text in self.links)


def kind_of(view: View) -> Kind:
    """Tell by its bytes what came: a file is anything binary, and data what programs send to programs."""
    content = view.content
    if not view.content.strip(b"\0\t\r\n \xef\xbb\xbf"):
        return "nothing"
    try:
        if file_type(content, view.url) != "text":
            return "file"
    except InputError:  # broken, or of a kind that is not read: a file all the same
        return "file"
    if b"\0" in content[:HEAD] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "file"
    text = view.text.strip(BLANKS)
    if text.lower().startswith("<?xml"):
        return "page" if re.search(r"<html\b", text[:HEAD], re.IGNORECASE) else "data"
    if SCRIPTED.match(text):
        return "data"
    text = COMMENTS.sub("", text, count=1) if text.startswith("<!--") else text
    if first := FIRST.match(text):
        return "page" if HTML.fullmatch(first[1]) else "data"
    return "page" if TAG.search(text) else "text"


def is_office(content: bytes) -> bool:
    """Say whether HTML or XML was saved by an office program, and so may be a document under the name of one."""
    return OFFICE.search(content[:HEAD]) is not None


@once
def measure(view: View) -> Shown:
    """Measure what a page shows."""
    soup = view.soup
    every = [(str(link["href"]), " ".join(link.get_text().split())) for link in links_in(soup)]
    scripts = tags_in(soup, "script")
    metas = {str(tag.get("name", "")).lower(): str(tag.get("content", "")).strip() for tag in tags_in(soup, "meta")}
    return Shown(
        title=" ".join(soup.title.get_text().split()) if soup.title else "",
        own="\n".join(_own(view)),
        links=tuple(text for href, text in every if _leads_on(view, href, text)),
        files=sum(FILE.search(href) is not None or FILE.search(text) is not None for href, text in every),
        pictures=len(tags_in(soup, "img", "iframe", "frame", "embed", "object", "canvas", "video")),
        scripts=sum(bool(script.get("src")) for script in scripts),
        inline="\n".join("".join(map(str, script.contents)) for script in scripts if not script.get("src")),
        has_password=any(str(entry.get("type", "")).lower() == "password" for entry in tags_in(soup, "input")),
        is_article=bool(metas.get("articletitle") and metas.get("pubdate")),
    )


def _own(view: View) -> Iterator[str]:
    """Yield the pieces of text outside links that are not hidden."""
    from bs4 import Tag
    from bs4.element import NavigableString
    from bs4.element import PreformattedString as Unread  # comments and doctypes

    inside = [iter(view.soup.contents)]
    while inside:
        for node in inside[-1]:
            if isinstance(node, Tag):
                if node.name not in UNSEEN and not HIDDEN.search(str(node.get("style") or "")):
                    inside.append(iter(node.contents))
                    break
            elif isinstance(node, NavigableString) and not isinstance(node, Unread) and node.strip(BLANKS):
                yield " ".join(node.split())
        else:
            inside.pop()


def _leads_on(view: View, href: str, text: str) -> bool:
    url = view.join(href)
    return bool(url) and len(text) > 1 and not HOME.fullmatch(urlsplit(url).path) and not BACK.match(text)
