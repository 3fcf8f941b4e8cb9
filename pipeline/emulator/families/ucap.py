"""UCAP (kaipuyun): static lists in .shtml, or lists that a script fills from a search by channel.

A column is `/SITE/c109NNN/common_list.shtml`, page k `common_list_k.shtml`; the call that says how many there are names
a div first and counts from 1. Articles are `YYYYMM/HEX.shtml` below the column, attachments `HEX/files/NAME` beside.
The directory of a column itself is no page.

Quirks: json (the list page has only the channelId; its rows come from `/common/search/ID`, JSON to who says
_isJson=true), search_path and search_list (`/search/ID` and `/searchList/ID` in its place).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from html import escape, unescape
from urllib.parse import quote

from pipeline.emulator import pages
from pipeline.emulator.families.hanweb import digest, number_in
from pipeline.emulator.site import Answer, Article, Asked, Attachment, Kind, Site, SiteColumn

STEM, ENDING = "common_list", "shtml"
LARGEST = 100  # rows that a page of JSON may have
JSON = "application/json; charset=utf-8"
LIST = re.compile(rf"{STEM}(?:_(?P<page>\d+))?\.{ENDING}")
CHANNELS = "/common/getChannelList"


def code(site: Site, key: str) -> str:
    """Return the code of a column: c109001."""
    return f"c109{1 + [column.key for column in site.columns].index(key):03}"


def directory(site: Site, key: str) -> str:
    """Return the directory of a column, below the name that the host gives the site."""
    return f"/{site.host.removeprefix('www.').split('.')[0]}/{code(site, key)}/"


def channel(site: Site, key: str) -> str:
    """Return the channelId of a column."""
    return digest(site.host, "channel", key)


def search(site: Site) -> str:
    """Return the path of the search, before the id of a channel."""
    if site.has("search_list"):
        return "/searchList/"
    return "/search/" if site.has("search_path") else "/common/search/"


# -- articles --------------------------------------------------------------------------------------------------------


def in_column(site: Site, article: Article, key: str) -> str:
    """Return where an article stands in a column: its page, or its file if it is one."""
    if article.is_file:
        return file_path(site, article, key, f"{article.number}.{pages.ending_of(article)}")
    return f"{directory(site, key)}{article.published:%Y%m}/{digest(site.host, article.number, key)}.{ENDING}"


def file_path(site: Site, article: Article, key: str, name: str) -> str:
    """Return the path of a file of an article."""
    return (
        f"{directory(site, key)}{article.published:%Y%m}/{digest(site.host, article.number, key)}/files/{quote(name)}"
    )


def file_names(article: Article) -> list[str]:
    """Return the name of each attachment in its address: its own, with a number if another has it too."""
    names = [attachment.name.replace("/", "_") for attachment in article.attachments]
    return [f"{index}_{name}" if names.count(name) > 1 else name for index, name in enumerate(names, 1)]


def places(site: Site, article: Article) -> tuple[str, ...]:
    """Return every path of an article."""
    return tuple(in_column(site, article, key) for key in pages.columns_of(site, article))


def file_places(site: Site, article: Article) -> Iterator[tuple[str, Attachment]]:
    """Yield every path of each attachment."""
    for key in pages.columns_of(site, article):
        for name, attachment in zip(file_names(article), article.attachments, strict=True):
            yield file_path(site, article, key, name), attachment


def files(site: Site, article: Article) -> tuple[str, ...]:
    """Return the paths of the attachments in the article's own column."""
    return tuple(path for path, _ in file_places(site, article))[: len(article.attachments)]


def article_page(site: Site, article: Article, key: str) -> str:
    """Return the page of an article in a column, between tags that only this system has."""
    own = digest(site.host, article.number, key)
    title = escape(article.title)
    html = pages.article_html(
        site,
        article,
        body_open='<div class="article_content"><UCAPCONTENT>',
        body_close="</UCAPCONTENT></div>",
        files=[
            (f"{own}/files/{escape(name)}", attachment.name)
            for name, attachment in zip(file_names(article), article.attachments, strict=True)
        ],
        head_extra=pages.meta("channelId", channel(site, key)),
    )
    time = f"<PUBLISHTIME>{article.published} 10:12</PUBLISHTIME>"
    return html.replace(f"<h1>{title}</h1>", f"<h1><UCAPTITLE>{title}</UCAPTITLE></h1>{time}", 1)


def article_answer(site: Site, asked: Asked) -> Answer | None:
    """Return an article or an attachment; links to attachments are relative, so that each column has its page."""
    for key in (column.key for column in site.columns):
        if asked.path.startswith(directory(site, key)):
            return pages.published(site, asked, places, file_places, partial(article_page, key=key))
    return None


# -- static lists ----------------------------------------------------------------------------------------------------


def column_asked(site: Site, asked: Asked) -> tuple[SiteColumn, int] | None:
    """Return the column and page whose list is asked for, None if it is no list's."""
    for column in site.columns:
        found = LIST.fullmatch(asked.path.removeprefix(directory(site, column.key)))
        if found:
            return column, int(found["page"] or 1)
    return None


def row(site: Site, asked: Asked, article: Article, key: str) -> str:
    """Return a row; its link is relative, from the root, or whole."""
    path = in_column(site, article, key)
    ways = (path.removeprefix(directory(site, key)), path, f"{pages.origin(site, asked)}{path}")
    return pages.row(site, article, ways[article.number % 3])


def list_answer(site: Site, asked: Asked) -> Answer | None:
    """Return a page of a static list, None if something else is asked for."""
    wanted = column_asked(site, asked)
    if wanted is None:
        return None
    column, page = wanted
    tag = pages.meta("channelId", channel(site, column.key))
    if site.has("json"):
        return pages.encode(site, script_page(site, column, tag)) if page == 1 else None
    if pages.is_capped(site, page):
        return pages.STUB
    if not pages.has_page(site, column, page):
        return None
    total, count = pages.total_of(site, column), pages.pages_of(site, column)
    rows = "\n".join(row(site, asked, one, column.key) for one in pages.paged(site, column, page))
    call = f"createPageHTML('page_div',{count}, {page},'{STEM}','{ENDING}',{total});"
    pager = f'<div id="page_div"></div><script>{call}</script>'
    return pages.encode(site, pages.list_page(site, column, rows, pager, head_extra=tag))


# -- lists by script -------------------------------------------------------------------------------------------------


def script_page(site: Site, column: SiteColumn, tag: str) -> str:
    """Return a list page without rows: its script asks for them by the id of the channel."""
    script = (
        f'<script>\nvar channelId = "{channel(site, column.key)}";\nvar pageSize = {site.per_page};\n'
        f"$.getJSON('{search(site)}' + channelId, {{page: 1, _pageSize: pageSize, _isAgg: true, _isJson: true, "
        "_template: 'index', _rangeTimeGte: '', _channelName: ''}, show);\n</script>"
    )
    return pages.list_page(site, column, "", f'<div id="page_div"></div>{script}', head_extra=tag)


def item(site: Site, asked: Asked, article: Article, column: SiteColumn) -> dict[str, object]:
    """Return an article as the search tells it; what it does not know is left out of its metadata."""
    text = unescape(re.sub(r"<[^>]+>", "", article.body))[:100]
    facts = {
        "refno": article.document_number,
        "writedate": "",
        "pubdate": f"{article.published}",
        "indexnumber": article.index_number,
        "source": article.publisher,
    }
    return {
        "title": article.title,
        "subTitle": None if article.number % 2 else "",
        "url": f"{pages.origin(site, asked)}{in_column(site, article, column.key)}",
        "publishedTimeStr": f"{article.published} 09:30:00",
        "channelName": column.title,
        "channelCodeName": code(site, column.key),
        "content": text,
        "contentHtml": article.body,
        "domainMetaList": [{"resultList": [{"key": key, "value": value} for key, value in facts.items() if value]}],
    }


def search_answer(site: Site, asked: Asked) -> Answer | None:
    """Return a page of the search of a channel, None if something else is asked for."""
    if not site.has("json") or not asked.path.startswith(search(site)):
        return None
    wanted = asked.path.removeprefix(search(site))
    column = next((one for one in site.columns if channel(site, one.key) == wanted), None)
    given = asked.query
    if given.get("_isJson") != "true":  # the same search prints a page for people
        shown = column or SiteColumn("", "信息检索")
        return pages.encode(site, pages.list_page(site, shown, "", ""))
    page = max(number_in(given, "page", 1), 1)
    sized = replace(site, per_page=min(max(number_in(given, "_pageSize", site.per_page), 1), LARGEST))
    rows = pages.paged(sized, column, page) if column and not pages.is_capped(site, page) else []
    data = {
        "channelId": wanted,
        "total": pages.total_of(sized, column) if column else 0,
        "page": page,
        "rows": len(rows),
        "results": [item(site, asked, one, column) for one in rows if column],
    }
    return Answer(json.dumps({"data": data}, ensure_ascii=False).encode(), JSON)


def channels_answer(site: Site, asked: Asked) -> Answer | None:
    """Return the ids of the channels of the site, None if something else is asked for."""
    if asked.path != CHANNELS:
        return None
    children = [{"displayName": one.title, "channelId": channel(site, one.key)} for one in site.columns]
    return Answer(json.dumps({"results": {"children": children}}, ensure_ascii=False).encode(), JSON)


def respond(site: Site, asked: Asked) -> Answer:
    """Answer a request to the site."""
    columns = [(column.title, f"{directory(site, column.key)}{STEM}.{ENDING}") for column in site.columns]
    return (
        list_answer(site, asked)
        or search_answer(site, asked)
        or channels_answer(site, asked)
        or article_answer(site, asked)
        or pages.front(site, asked, columns)
        or pages.missing(site)
    )


KIND = Kind(
    name="ucap",
    respond=respond,
    entry=lambda site: f"{directory(site, site.columns[0].key)}{STEM}.{ENDING}",
    address=lambda site, article: places(site, article)[0],
    places=places,
    files=files,
    quirks=frozenset({"json", "search_path", "search_list"}),
)
