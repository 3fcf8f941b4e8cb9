"""Hanweb JPaaS publish-server: a pager that asks an API for the HTML of each further page.

A column is `/col/colN/index.html` with page 1 and a pager that names the API and, as queryData, what to ask it. The API
obeys `paramJson={"pageNo":k,"pageSize":n}` alone: plain pageNo and rows bring page 1 again. It answers JSON around a
fragment of HTML with a pager of its own; behind the last page the fragment has no rows. Articles are
`/art/YYYY/art_HEX.html`, attachments as in `hanweb`.

Quirks: script_rows (page 1 has no rows in its HTML), bulidstatic (parseType is misspelled, as on most sites),
named_paths (columns under their names, with a hash as pageId, and articles below them).
"""

import json
from collections.abc import Mapping
from dataclasses import replace

from pipeline.emulator import pages
from pipeline.emulator.families.hanweb import article_page, digest, file_path, file_places, files, web_number
from pipeline.emulator.site import Answer, Article, Asked, Kind, Site, SiteColumn

API = "/api-gateway/jpaas-publish-server/front/page/build/unit"
FIRST_COLUMN = 1_229_990_001
UNIT = "右侧列表"
JSON = "application/json; charset=utf-8"


def directory(site: Site, key: str) -> str:
    """Return the directory of a column."""
    if site.has("named_paths"):
        return f"/zwgk/{key}/"
    return f"/col/col{FIRST_COLUMN + [column.key for column in site.columns].index(key)}/"


def query_data(site: Site, column: SiteColumn) -> dict[str, str]:
    """Return what the pager of a column sends to the API."""
    number = str(FIRST_COLUMN + site.columns.index(column))
    return {
        "parseType": "bulidstatic" if site.has("bulidstatic") else "buildstatic",
        "webId": str(web_number(site)),
        "tplSetId": digest(site.host, "tpl")[:21],
        "pageType": "column",
        "tagId": UNIT,
        "pageId": digest(site.host, column.key) if site.has("named_paths") else number,
        "editType": "null",
    }


# -- articles --------------------------------------------------------------------------------------------------------


def in_column(site: Site, article: Article, key: str) -> str:
    """Return where an article stands in a column: its page, or its file if it is one."""
    if article.is_file:
        return file_path(site, article, 0, pages.ending_of(article))
    above = directory(site, key) if site.has("named_paths") else "/"
    return f"{above}art/{article.published.year}/art_{digest(site.host, article.number, key)}.html"


def places(site: Site, article: Article) -> tuple[str, ...]:
    """Return every path of an article."""
    return tuple(in_column(site, article, key) for key in pages.columns_of(site, article))


# -- lists -----------------------------------------------------------------------------------------------------------


def fragment(site: Site, asked: Asked, column: SiteColumn, page: int) -> str:
    """Return the rows of a page; their links name the host without a scheme."""
    shown = [] if pages.is_capped(site, page) else pages.paged(site, column, page)
    host = pages.origin(site, asked).removeprefix("http:")
    rows = [
        f'<li class="clearfix">{pages.anchor(site, one, host + in_column(site, one, column.key))}'
        f'<span class="bt-right">{one.published}</span></li>'
        for one in shown
    ]
    return "<ul>" + "\n".join(rows) + "</ul>"


def numbers(site: Site, column: SiteColumn, page: int) -> str:
    """Return the attributes of a pager that say where it stands."""
    return f'rows="{site.per_page}" count="{pages.total_of(site, column)}" pageNo="{page}"'


def column_answer(site: Site, asked: Asked) -> Answer | None:
    """Return the page of a column, None if it is no column's."""
    column = next(
        (one for one in site.columns if asked.path in (at := directory(site, one.key), f"{at}index.html")), None
    )
    if column is None:
        return None
    data = ",".join(f"'{name}':'{value}'" for name, value in query_data(site, column).items())
    pager = (
        f'<div class="pagination" queryData="{{{data}}}" {numbers(site, column, 1)} unitId="{UNIT}" '
        f'unitUrl="{API}"></div>'
    )
    rows = "" if site.has("script_rows") else fragment(site, asked, column, 1)
    around = f'<div class="default_pgContainer" id="{UNIT}">', "</div>"
    return pages.encode(site, pages.list_page(site, column, rows, pager, list_open=around[0], list_close=around[1]))


# -- the API ---------------------------------------------------------------------------------------------------------


def page_asked(given: Mapping[str, str]) -> tuple[int, int]:
    """Return number and size of the page that paramJson asks for; (1, 0) where it says nothing that can be read."""
    try:
        told = json.loads(given.get("paramJson", ""))
        return max(int(told["pageNo"]), 1), max(int(told.get("pageSize", 0)), 0)
    except (ValueError, TypeError, KeyError):
        return 1, 0


def api_answer(site: Site, asked: Asked) -> Answer | None:
    """Return a page as JSON around HTML, None if something else is asked for."""
    if asked.path != API:
        return None
    given = {**asked.query, **asked.form}
    column = next(
        (one for one in site.columns if all(given.get(k) == v for k, v in query_data(site, one).items())), None
    )
    if column is None:
        failed = {"success": False, "code": "500", "message": "页面单元解析失败", "data": None}
        return Answer(json.dumps(failed, ensure_ascii=False).encode(), JSON)
    page, size = page_asked(given)
    sized = replace(site, per_page=size or site.per_page)
    pager = f'<div class="pagination" {numbers(sized, column, page)}></div>'
    answer = {
        "success": True,
        "code": "200",
        "message": "ok",
        "data": {"html": fragment(sized, asked, column, page) + pager},
    }
    return Answer(json.dumps(answer, ensure_ascii=False).encode(), JSON)


def respond(site: Site, asked: Asked) -> Answer:
    """Answer a request to the site."""
    return (
        column_answer(site, asked)
        or api_answer(site, asked)
        or pages.published(site, asked, places, file_places, article_page)
        or pages.front(site, asked, [(one.title, directory(site, one.key)) for one in site.columns])
        or pages.missing(site)
    )


KIND = Kind(
    name="jpaas",
    respond=respond,
    entry=lambda site: f"{directory(site, site.columns[0].key)}index.html",
    address=lambda site, article: places(site, article)[0],
    places=places,
    files=files,
    quirks=frozenset({"script_rows", "bulidstatic", "named_paths"}),
)
