"""Feeds and site maps: RSS 0.9 to 2.0, RSS 1.0 (RDF), Atom, sitemap.xml and its index, also packed (sitemap.xml.gz).

A feed is one page, unless it names the next in a link with rel="next"; the files that a sitemapindex names are blocks.
A site map has addresses only: its rows have no title, and the day of lastmod.
Traps: an XML declaration behind blank lines, GB18030, entities of HTML that XML does not know, pubDate in many
spellings (CST is the time of China, not of Chicago), a feed cut short, which would look like a short list. No entity is
ever expanded.
"""

import re
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any

from pipeline.scrape.answers import CHINA, read_date
from pipeline.scrape.records import Family, ListError, Listing, Request, Row, View, is_cut, plain

EPOCH = 1970  # the year that a clock of zero shows
GZIP = b"\x1f\x8b"
UNPACKED_AT_MOST = 50 * 1024 * 1024  # bytes of one site map, by sitemaps.org
# Atomic, lest a page of ten thousand instructions be tried in every way of cutting it up.
AHEAD = r"(?>[\s\ufeff]|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[\]]*(?:\[.*?\]\s*)?>)*+"
ROOT = re.compile(rf"^{AHEAD}<(?P<tag>(?:[\w.-]+:)?(?P<name>rss|RDF|feed|urlset|sitemapindex))(?=[\s>/])", re.DOTALL)
PROLOGUE = re.compile(r"^[\ufeff\s]*(?:<\?xml.*?\?>)?\s*", re.DOTALL)
# An ampersand that opens none of the five entities of XML stands for itself: &nbsp;, ?a=1&b=2, and what a DTD declares.
AMPERSAND = re.compile(r"<!\[CDATA\[.*?\]\]>|&(?!(?:#\d+|#x[0-9a-fA-F]+|amp|lt|gt|quot|apos);)", re.DOTALL)
KINDS = {"rss": "RSS", "RDF": "RSS 1.0", "feed": "Atom", "urlset": "网站地图", "sitemapindex": "网站地图索引"}
ENTRY = {"rss": "item", "RDF": "item", "feed": "entry", "urlset": "url"}
# The day of an entry, the first that it has: of RSS, Dublin Core, Atom, Atom 0.3 and site maps.
DAYS = ("publication_date", "pubDate", "published", "issued", "date", "updated", "modified", "created", "lastmod")
CHINA_TIME = re.compile(r"\b(?:CST|GMT|UTC)?\s*\+0?8(?::?00)?$|\bCST\b", re.IGNORECASE)
JAVA_TIME = re.compile(r"^\w{3} (?P<month>\w{3}) (?P<day>\d\d?) (?P<clock>[\d:]{8}) (?P<zone>\S+) (?P<year>\d{4})$")


def recognise(view: View) -> str:
    """Return which kind of feed the answer is."""
    root = ROOT.match(characters(view))
    return f"{KINDS[root['name']]}（根元素 {root['tag']}）" if root else ""


def read(view: View) -> Listing:
    """Read the entries of a feed."""
    root = parse(view)
    if name(root) == "sitemapindex":
        named = (absolute(view, entry, text(entry, "loc")) for entry in children(root, "sitemap"))
        return Listing(blocks=tuple(Request(url, family="feeds") for url in dict.fromkeys(named) if url))
    rows: dict[str, Row] = {}
    for entry in root.iter():
        if name(entry) == ENTRY[name(root)] and (row := read_entry(entry, view)).url:
            rows.setdefault(row.url, row)
    heads = [root, *children(root, "channel")]
    following = next((absolute(view, link, url) for head in heads for link, url in links(head, "next")), "")
    request = Request(following, family="feeds") if following and following != view.url else None
    return Listing(tuple(rows.values()), request)


def read_entry(entry: Any, view: View) -> Row:
    """Return an entry of a feed as a row, without an address where it has none."""
    permanent = [own_text(each) for each in children(entry, "guid") if each.get("isPermaLink") != "false"]
    told = [url for _, url in links(entry, "alternate")]
    candidates = [text(entry, "loc"), *told, text(entry, "link"), *permanent]
    url = next((url for each in candidates if (url := absolute(view, entry, each))), "")
    holders = [entry, *children(entry, "news")]  # of a site map of news
    title = plain(unescape(next(filter(None, (text(holder, "title") for holder in holders)), "")))
    days = (parse_day(text(holder, key)) for key in DAYS for holder in holders)
    return Row(url, title, next(filter(None, days), None), is_cut=is_cut(title), files=tuple(files_of(entry, view)))


def files_of(entry: Any, view: View) -> Iterator[tuple[str, str]]:
    """Yield the enclosures of an entry: address, and name."""
    enclosures = [(each, each.get("url") or "") for each in children(entry, "enclosure")]
    for element, href in [*enclosures, *links(entry, "enclosure")]:
        if url := absolute(view, element, href):
            yield url, element.get("title") or url.rsplit("/", 1)[-1]


def parse_day(text: str) -> date | None:
    """Return the day in China of a time as feeds write it: RFC 822, ISO 8601, Java's own, or 2024-03-28 10:00.

    >>> parse_day("Wed, 27 Mar 2024 16:30:00 GMT"), parse_day("2024-03-28 00:10:00")
    (datetime.date(2024, 3, 28), datetime.date(2024, 3, 28))
    """
    told = " ".join(text.split())
    if java := JAVA_TIME.match(told):
        told = "{day} {month} {year} {clock} {zone}".format(**java.groupdict())
    told = CHINA_TIME.sub("+0800", told)
    for reader in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = reader(told)
            day = (moment.astimezone(CHINA) if moment.tzinfo else moment).date()
        except (ValueError, IndexError, TypeError, OverflowError):
            continue
        return day if day.year > EPOCH else None
    return read_date(told)


def characters(view: View) -> str:
    """Return the text of an answer, unpacked where the file itself is a gzip, as sitemap.xml.gz."""
    if not view.content.startswith(GZIP):
        return view.text
    try:
        unpacked = zlib.decompressobj(wbits=31).decompress(view.content, UNPACKED_AT_MOST)
    except zlib.error:
        return ""
    return View(view.request, unpacked, url=view.url).text


def parse(view: View) -> Any:
    """Return the root element. Raises ListError where the answer is no feed, or breaks off before its end."""
    from lxml import etree

    told = characters(view)
    root = ROOT.match(told)
    if root is None:
        raise ListError(f"Expected a feed or site map from {view.url}, but the answer is {told[:60]!r}.")
    empty = re.fullmatch(r"<[^<>]*/>\s*", told[root.start("tag") - 1 :])
    if not empty and not re.search(rf"</{re.escape(root['tag'])}\s*>", told):
        raise ListError(
            f"Expected {view.url} to end with </{root['tag']}>, but it breaks off after {len(told)} characters."
        )
    bare = AMPERSAND.sub(lambda found: found[0] if len(found[0]) > 1 else "&amp;", PROLOGUE.sub("", told))
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    tree = etree.fromstring(bare.encode("utf-8", "replace"), parser)
    if tree is None:
        raise ListError(f"Expected a feed or site map from {view.url}, but it is not XML.")
    return tree


def name(element: Any) -> str:
    """Return the name of an element without its namespace, "" for an entity or an instruction."""
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""


def children(element: Any, wanted: str) -> list[Any]:
    """Return the child elements of a name, whatever their namespace."""
    return [child for child in element if name(child) == wanted]


def own_text(element: Any) -> str:
    """Return the characters in an element, CDATA included, entities left out."""
    return "".join(element.xpath(".//text()")).strip()


def text(element: Any, wanted: str) -> str:
    """Return the characters of the first child of a name that has any."""
    return next((found for child in children(element, wanted) if (found := own_text(child))), "")


def links(element: Any, relation: str) -> list[tuple[Any, str]]:
    """Return the link elements of Atom that stand in *relation* to their parent, with their addresses."""
    found = [(child, child.get("href") or "") for child in children(element, "link")]
    return [(child, href) for child, href in found if href and child.get("rel", "alternate") == relation]


def absolute(view: View, element: Any, href: str) -> str:
    """Return the absolute address of a link, beside the nearest xml:base where there is one."""
    base = view.url
    for told in element.xpath("ancestor-or-self::*/@xml:base"):
        base = View.join_to(base, told) or base
    return View.join_to(base, href)


FAMILY = Family("feeds", recognise, read)
