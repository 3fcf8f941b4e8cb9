"""A table for the file of sources, filled in as far as a page tells: id, name, place, family, how much to expect."""

import json
import re
from collections.abc import Sequence
from dataclasses import MISSING, fields, replace
from urllib.parse import urlsplit

from pipeline.places import last_year, look_up, read_chain
from pipeline.scrape.addresses import host_of, is_government
from pipeline.scrape.records import Listing, View, plain
from pipeline.scrape.relevance import Judgement
from pipeline.scrape.shown import kind_of
from pipeline.scrape.sources import EXPECT, ID, Source

PARTS = re.compile(r"\s*[-_|—–>]+\s*")  # of the title of a page: column, site
SITE_WORDS = re.compile(r"(?:人民)?政府.*|门户网站.*|政府网.*|(?:中国|中共)[·.]?")
PAGE_NAME = re.compile(r"(?:index|list|default)?(?:_\d+)?\.\w+|index|list|default", re.IGNORECASE)
SPARE = 5  # documents that may come in the next years
LONGEST_ID = 80


def expect_of(listing: Listing, judged: Sequence[Judgement], *, leads_on: bool) -> tuple[int, int]:
    """Return how many documents a list may bring: at least half of those seen, at most twice their share of all rows.

    Args:
        listing: its first page.
        judged: the rows that were read, on this page and the next.
        leads_on: to other lists, whose rows nobody has seen.
    """
    wanted = sum(one.verdict == "kept" for one in judged)
    possible = wanted + sum(one.verdict == "doubtful" for one in judged)
    total = listing.total or (listing.pages or 0) * len(listing.rows) or (0 if listing.next else len(judged))
    if leads_on or not total or not judged:
        return wanted // 2, EXPECT[1]
    share = max(1.0, total / len(judged))
    return (wanted + 1) // 2, round(2 * share * possible) + SPARE


def table_of(source: Source, view: View) -> str:
    """Return a source as a table of TOML, with what its page tells where nothing is known; defaults are left out."""
    if not source.id:
        source = _named(source, view)
    host = host_of(source.entry)
    if not (is_government(host) or source.allow_loopback or source.hosts):
        source = replace(source, hosts=(host,))
    told = []
    for field in fields(Source):
        value = getattr(source, field.name)
        is_needed = field.default is MISSING or field.name in ("family", "expect", "level")
        if is_needed or value != field.default:
            value = list(value) if isinstance(value, tuple) else value
            told.append(f"{field.name} = {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(["[[source]]", *told])


def _named(source: Source, view: View) -> Source:
    site, column = _names(view)
    host = host_of(source.entry)
    steps = [step for step in urlsplit(source.entry).path.split("/") if step and not PAGE_NAME.fullmatch(step)]
    last = re.sub(r"\.\w+$", "", steps[-1]) if steps else ""
    stem = re.sub(r"\.(?:cn|com|net|org)$", "", host.removeprefix("www."))
    name = re.sub(r"[^a-z0-9]+", "-", f"{stem}-{last}".lower()).strip("-")[:LONGEST_ID]
    name = name if ID.fullmatch(name) else "source"
    source = replace(source, id=name, name=f"{site} {column}".strip() or host)
    if source.place or source.place_name:
        return source
    return _placed(source, (site, column))


def _names(view: View) -> tuple[str, str]:
    """Return what a page calls its site and its column: by the official meta tags, else the title."""
    if kind_of(view) != "page":
        return "", ""
    soup = view.soup
    metas = {str(tag.get("name", "")).lower(): plain(str(tag.get("content") or "")) for tag in soup.find_all("meta")}
    title = plain(soup.title.get_text()) if soup.title else ""
    column, *rest = PARTS.split(title)
    site = metas.get("sitename") or (rest[-1] if rest else "")
    column = metas.get("columnname") or metas.get("articletitle") or column
    return site, column if column != site else ""


def _placed(source: Source, names: Sequence[str]) -> Source:
    """Return a source with the place whose name its site bears; an ambiguous name is left to the user."""
    for text in names:
        chain = read_chain(SITE_WORDS.sub("", text) if SITE_WORDS.match(text) is None else text)
        if chain.names:
            found = look_up(chain.names[-1], year=last_year(), parents=chain.names[:-1])
            if found.place:
                return replace(source, place=found.place.code, level=found.place.level)
            return replace(source, place_name=chain.names[-1], level=chain.level)
    return source
