"""Hanweb JCMS jpage: rows in an XML script of the column page, further groups of pages from a proxy.

A column is `/col/colN/index.html`; its first group of three pages stands in `<script type="text/xml">`, the groups
behind it come from `/module/web/jpage/dataproxy.jsp` by GET or POST to who names web, column and unit as the page does.
Articles are `/art/YYYY/M/D/art_COL_ID.html` without padding, attachments `downfile.jsp?…filename=HEX.EXT`.

Quirks: nextgroup (no settings of the pager, each group links the next), encrypted (its ids are ciphers, and groups
behind the first come to nothing), old_proxy (JS text from the older path), two_blocks (two lists on one column page),
direct_rows (rows stand in the HTML, the proxy knows none).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from html import escape
from urllib.parse import quote

from pipeline.emulator import pages
from pipeline.emulator.site import Answer, Article, Asked, Attachment, Kind, Site, SiteColumn

GROUP = 3  # pages that one request covers
FIRST_COLUMN, FIRST_UNIT = 30_211, 40_817
PROXY, OLD_PROXY = "/module/web/jpage/dataproxy.jsp", "/module/jslib/jquery/jpage/dataproxy.jsp"
DOWNLOAD = "/module/download/downfile.jsp"
COLUMN = re.compile(r"/col/col(?P<number>\d+)/(?:index\.html)?")
NO_GROUP = "<?xml version='1.0' encoding='utf-8'?><datastore />"  # about 54 bytes, where ids do not fit
BODIES = ('<div id="zoom">', '<div class="bt_content" id="zoom">', '<div class="main-txt">')


@dataclass(frozen=True, slots=True)
class Unit:
    """A list on a column page."""

    number: int  # unitid
    column: SiteColumn
    site: Site  # with the articles of this list alone


def digest(*parts: object) -> str:
    """Return 32 hex digits that are made of some facts, the same each time."""
    return sha256("|".join(map(str, parts)).encode()).hexdigest()[:32]


def web_number(site: Site) -> int:
    """Return the webid of a site."""
    return 61 + int(digest(site.host)[:6], 16) % 3000


def column_number(site: Site, key: str) -> int:
    """Return the number of a column."""
    return FIRST_COLUMN + 7 * [column.key for column in site.columns].index(key)


def column_path(site: Site, column: SiteColumn) -> str:
    """Return the path of a column."""
    return f"/col/col{column_number(site, column.key)}/index.html"


def asked_column(site: Site, asked: Asked) -> SiteColumn | None:
    """Return the column whose page is asked for; queries only move the pager of the browser."""
    found = COLUMN.fullmatch(asked.path)
    return next((one for one in site.columns if found and column_number(site, one.key) == int(found["number"])), None)


def units(site: Site, column: SiteColumn) -> tuple[Unit, ...]:
    """Return the lists on the page of a column."""
    first = FIRST_UNIT + 10 * column_number(site, column.key)
    if not site.has("two_blocks"):
        return (Unit(first, column, site),)
    return tuple(
        Unit(
            first + rest, column, replace(site, articles=tuple(one for one in site.articles if one.number % 2 == rest))
        )
        for rest in (0, 1)
    )


# -- articles --------------------------------------------------------------------------------------------------------


def in_column(site: Site, article: Article, key: str) -> str:
    """Return where an article stands in a column: its page, or its file if it is one."""
    if article.is_file:
        return file_path(site, article, 0, pages.ending_of(article))
    day = article.published
    return f"/art/{day.year}/{day.month}/{day.day}/art_{column_number(site, key)}_{article.number}.html"


def file_path(site: Site, article: Article, index: int, ending: str) -> str:
    """Return the path of a file; attachments count from 1, 0 is the article itself."""
    return f"{DOWNLOAD}?classid=0&filename={digest(site.host, article.number, index)}.{ending}"


def places(site: Site, article: Article) -> tuple[str, ...]:
    """Return every path of an article."""
    return tuple(in_column(site, article, key) for key in pages.columns_of(site, article))


def address(site: Site, article: Article) -> str:
    """Return the path of an article in its own column."""
    return places(site, article)[0]


def file_places(site: Site, article: Article) -> Iterator[tuple[str, Attachment]]:
    """Yield the path of each attachment."""
    for index, attachment in enumerate(article.attachments, 1):
        yield file_path(site, article, index, attachment.ending), attachment


def files(site: Site, article: Article) -> tuple[str, ...]:
    """Return the paths of the attachments."""
    return tuple(path for path, _ in file_places(site, article))


def article_page(site: Site, article: Article) -> str:
    """Return the page of an article; an icon stands before the name of each attachment."""
    links = "".join(
        f'<p>附件：<a href="{path}"><img src="/module/jslib/icons/{attachment.ending}.png">'
        f"{escape(attachment.name)}</a></p>"
        for path, attachment in file_places(site, article)
    )
    inside, below = (links, "") if article.number % 2 else ("", links)
    return pages.article_html(
        site,
        article,
        body_open='<!--<$[信息内容]>begin--><meta name="ContentStart"/>' + BODIES[article.number % len(BODIES)],
        body_close=f'{inside}</div><meta name="ContentEnd"/><!--<$[信息内容]>end-->{below}',
    )


# -- lists -----------------------------------------------------------------------------------------------------------


def row(site: Site, article: Article, href: str) -> str:
    """Return a row; templates of this family print the date in several ways, one of them over three lines."""
    day = f"{article.published}"
    date = (
        f'<span class="time">\n {day[:5]}\n {day[5:]}</span>',
        f"<b>{day}</b>",
        f"<span>{day}</span>",
    )[article.number % 3]
    return f"<li>{pages.anchor(site, article, href)}{date}</li>"


def rows_of(site: Site, asked: Asked, unit: Unit, first: int, last: int) -> list[str]:
    """Return the rows of pages *first* to *last* of a list, counted from 1, both included."""
    shown = [one for page in range(first, last + 1) for one in pages.paged(unit.site, unit.column, page)]
    hrefs = [in_column(site, one, unit.column.key) for one in shown]
    return [
        row(site, one, f"{pages.origin(site, asked)}{href}" if one.number % 4 == 3 else href)
        for one, href in zip(shown, hrefs, strict=True)
    ]


def next_group(site: Site, asked: Asked, unit: Unit, group: int) -> str:
    """Return the link to the group of pages behind *group*, "" for the last."""
    if group * GROUP >= pages.pages_of(unit.site, unit.column):
        return ""
    ids: tuple[object, object] = (column_number(site, unit.column.key), unit.number)
    if site.has("encrypted"):
        ids = (digest(ids[0]), digest(ids[1]))
    target = (
        f"{PROXY}?page={group}&webid={web_number(site)}&path={pages.origin(site, asked)}/&columnid={ids[0]}"
        f"&unitid={ids[1]}&webname={quote(site.place)}&permissiontype=0"
    )
    return f'<nextgroup><![CDATA[<a href="{target}"></a>]]></nextgroup>\n'


def datastore(rows: list[str], before: str = "") -> str:
    """Return rows as the XML that the pager reads."""
    records = "\n".join(f"<record><![CDATA[{row}]]></record>" for row in rows)
    return f"<datastore>\n{before}<recordset>{records}</recordset></datastore>"


def block(site: Site, asked: Asked, unit: Unit) -> str:
    """Return a list as the column page carries it, with the settings of its pager."""
    if site.has("direct_rows"):
        every = rows_of(site, asked, unit, 1, pages.pages_of(unit.site, unit.column))
        inner = "<ul>" + "\n".join(every) + "</ul>"
    else:
        linked = site.has("nextgroup") or site.has("encrypted")
        before = next_group(site, asked, unit, 1) if linked else ""
        inner = f'<script type="text/xml">{datastore(rows_of(site, asked, unit, 1, GROUP), before)}</script>'
        if linked:
            return f'<div id="{unit.number}">{inner}</div>'
    proxy = OLD_PROXY if site.has("old_proxy") else PROXY
    return (
        f"<div id=\"{unit.number}\">{inner}</div>\n<script>$('#{unit.number}').jpage({{perPage:{site.per_page},"
        f"totalRecord:{pages.total_of(unit.site, unit.column)},proxyUrl:'{proxy}',dataParam:{{col:1,appid:1,"
        f"webid:{web_number(site)},path:'/',columnid:{column_number(site, unit.column.key)},sourceContentType:1,"
        f"unitid:{unit.number},webname:'{site.place}',permissiontype:0}}}})</script>"
    )


def column_answer(site: Site, asked: Asked) -> Answer | None:
    """Return the page of a column, None if it is no column's."""
    column = asked_column(site, asked)
    if column is None:
        return None
    blocks = "\n".join(block(site, asked, unit) for unit in units(site, column))
    around = '<script src="/module/jslib/jquery/jquery.js"></script>'
    return pages.encode(site, pages.list_page(site, column, blocks, "", list_open=around, list_close=""))


# -- the proxy -------------------------------------------------------------------------------------------------------


def number_in(given: Mapping[str, str], name: str, otherwise: int) -> int:
    """Return a number of a request, *otherwise* if it has none that can be read."""
    text = given.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else otherwise


def asked_unit(site: Site, given: Mapping[str, str]) -> Unit | None:
    """Return the list that web, column and unit of a request name together."""
    if given.get("webid") != str(web_number(site)):
        return None
    return next(
        (
            unit
            for column in site.columns
            if given.get("columnid") == str(column_number(site, column.key))
            for unit in units(site, column)
            if given.get("unitid") == str(unit.number)
        ),
        None,
    )


def asked_pages(site: Site, given: Mapping[str, str]) -> tuple[int, int]:
    """Return first and last page that a request covers; whole pages go out, and never more than a group."""
    if site.has("nextgroup"):
        first = number_in(given, "page", 0) * GROUP + 1
        return first, first + GROUP - 1
    start = max(number_in(given, "startrecord", 1), 1)
    first = -(-start // site.per_page)
    last = -(-number_in(given, "endrecord", start + site.per_page - 1) // site.per_page)
    return first, min(last, first + GROUP - 1)


def proxy_answer(site: Site, asked: Asked) -> Answer | None:
    """Return a group of pages, None if something else is asked for."""
    old = site.has("old_proxy")
    if asked.path != (OLD_PROXY if old else PROXY):
        return None
    given = {**asked.query, **asked.form}
    first, last = asked_pages(site, given)
    if site.has("encrypted") or pages.is_capped(site, first):
        return pages.encode(site, NO_GROUP, media="text/xml")
    unit = None if site.has("direct_rows") else asked_unit(site, given)
    rows = rows_of(site, asked, unit, first, last) if unit else []
    total = pages.total_of(unit.site, unit.column) if unit else 0
    count = -(-total // site.per_page)
    if old:
        escaped = ("'" + row.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'" for row in rows)
        return pages.encode(site, f"totalRecord={total};totalPage = {count};dataStore = [{','.join(escaped)}];")
    before = f"<totalrecord>{total}</totalrecord><totalpage>{count}</totalpage>"
    if site.has("nextgroup") and unit:
        before = next_group(site, asked, unit, last // GROUP)
    xml = f'<?xml version="1.0" encoding="utf-8"?>{datastore(rows, before)}'
    return pages.encode(site, xml, media="text/xml")


def respond(site: Site, asked: Asked) -> Answer:
    """Answer a request to the site."""
    return (
        column_answer(site, asked)
        or proxy_answer(site, asked)
        or pages.published(site, asked, places, file_places, article_page)
        or pages.front(site, asked, [(column.title, column_path(site, column)) for column in site.columns])
        or pages.missing(site)
    )


KIND = Kind(
    name="hanweb",
    respond=respond,
    entry=lambda site: column_path(site, site.columns[0]),
    address=address,
    places=places,
    files=files,
    quirks=frozenset({"nextgroup", "encrypted", "old_proxy", "two_blocks", "direct_rows"}),
)
