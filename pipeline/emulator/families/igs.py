"""TRS IGS search: `/igs/front/search/list.html?index=ALIAS&…&pageNumber=K&pageSize=SIZE` in front of a TRS site.

The answer is JSON with the total as a string; what its fields are called differs from province to province. The page of
a column, `/zwgk/KEY/`, has no rows: its script names the search.

Quirks: tianjin (the other names; times in UTC, so that a day begins at 16:00 of the one before), window (totalPages
stops where the index does, below what total and pageSize make).
"""

import json
import re
from dataclasses import replace
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from pipeline.emulator import pages
from pipeline.emulator.families import trs
from pipeline.emulator.site import Answer, Article, Asked, Kind, Site, SiteColumn

SITE_ID = "14"
MOST_ROWS = 100  # that one request gets
WINDOW = 2  # pages that the index gives out, with the quirk of that name
TO_UTC = timedelta(hours=-8)


def search_path(site: Site, column: SiteColumn) -> str:
    """Return the target of the first page of a search."""
    query = {
        "index": column.key,
        "type": "governmentdocuments",
        "siteId": SITE_ID,
        "pageNumber": "1",
        "pageSize": f"{site.per_page}",
        "filter[AVAILABLE]": "true",
        "filter[SITEID]": SITE_ID,
        "filter[fileNum-like]": "",
        "orderProperty": "PUBDATE",
        "orderDirection": "desc",
    }
    return f"/igs/front/search/list.html?{urlencode(query, safe='[]')}"


def item(site: Site, asked: Asked, column: SiteColumn, article: Article) -> dict[str, str | None]:
    """Return a row under the names of the province."""
    link = pages.origin(site, asked) + trs.in_column(site, article, column.key)
    midnight = datetime.combine(article.published, time())
    text = re.sub(r"<[^>]*>", "", article.body)[:60]
    number = article.document_number or None
    if site.has("tianjin"):
        return {
            "BT": article.title,
            "DOCPUBURL": link,
            "FWZH": number,
            "FBRQ": f"{midnight + TO_UTC:%Y-%m-%dT%H:%M:%S}.000Z",
            "CWRQ": None,
            "FWJG_name": article.publisher,
            "IDXID": article.index_number,
            "ZW": text,
        }
    return {
        "DOCTITLE": article.title,
        "DOCPUBURL": link,
        "fileNum": number,
        "PUBDATE": f"{midnight:%Y-%m-%dT%H:%M:%S}.000+0800",
        "publisher": article.publisher,
        "IdxID": article.index_number,
        "DOCCONTENT": text,
        "Effectivestate": None,
    }


def search_answer(site: Site, asked: Asked) -> Answer | None:
    """Return the page of a search that is asked for, None if it is none."""
    query = asked.query
    column = site.column(query.get("index", ""))
    if asked.path != "/igs/front/search/list.html" or column is None:
        return None
    page = pages.page_number(query.get("pageNumber"))
    if pages.is_capped(site, page):
        return pages.STUB
    size = max(1, min(pages.page_number(query.get("pageSize") or f"{site.per_page}"), MOST_ROWS))
    sized = replace(site, per_page=size)
    count = pages.pages_of(sized, column)
    if site.has("window"):
        count = min(count, WINDOW)
    rows = pages.paged(sized, column, page) if page <= count else []
    content = {
        "content": [item(site, asked, column, article) for article in rows],
        "total": f"{pages.total_of(site, column)}",
        "pageSize": size,
        "pageNumber": page,
        "totalPages": count,
    }
    return pages.encode(site, json.dumps({"page": content}, ensure_ascii=False), media="application/json")


def script(site: Site, column: SiteColumn) -> str:
    """Return the script on the page of a column that loads its rows."""
    return f"<script>$.get('{search_path(site, column)}', showList);</script>"


def respond(site: Site, asked: Asked) -> Answer:
    """Answer a request to the site."""
    return search_answer(site, asked) or trs.behind_search(site, asked, lambda column: script(site, column))


KIND = Kind(
    name="igs",
    respond=respond,
    entry=lambda site: search_path(site, site.columns[0]),
    address=trs.address,
    places=trs.places,
    files=trs.files,
    quirks=frozenset({"tianjin", "window"}),
)
