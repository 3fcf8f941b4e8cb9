"""JSONP gateways: `/govsearch/jsonp/zf_jd_list.jsp?page=K&lb=KEY&callback=NAME` in front of a TRS site.

The answer is a call of the callback behind blank lines and a byte order mark, without a total: the first empty page is
the end. The page of a column, `/zwgk/KEY/`, has no rows: a script element loads them.
"""

import json
import re
from html import escape

from pipeline.emulator import pages
from pipeline.emulator.families import trs
from pipeline.emulator.site import Answer, Article, Asked, Kind, Site, SiteColumn

PATH = "/govsearch/jsonp/zf_jd_list.jsp"
CALLBACK = re.compile(r"[\w.$]{1,40}")


def search_path(column: SiteColumn) -> str:
    """Return the target of the first page of a list."""
    return f"{PATH}?page=1&lb={column.key}&callback=result"


def item(site: Site, asked: Asked, column: SiteColumn, article: Article) -> dict[str, object]:
    """Return a row; its dates are written in two ways."""
    day = article.published
    return {
        "puburl": pages.origin(site, asked) + trs.in_column(site, article, column.key),
        "MetaDataId": f"{trs.FIRST_ID + article.number}",
        "tip": {
            "dates": f"{day.year}年{day.month}月{day.day}日" if article.number % 2 else f"{day}",
            "filenum": article.document_number,
            "publisher": article.publisher,
            "title": article.title,
        },
    }


def list_answer(site: Site, asked: Asked) -> Answer | None:
    """Return the page of a list that is asked for, None if it is none."""
    query = asked.query
    column = site.column(query.get("lb", ""))
    callback = query.get("callback", "result")
    if asked.path != PATH or column is None or not CALLBACK.fullmatch(callback):
        return None
    page = pages.page_number(query.get("page"))
    if pages.is_capped(site, page):
        return pages.STUB
    rows = [item(site, asked, column, article) for article in pages.paged(site, column, page)]
    text = f"{callback}({json.dumps({'data': rows}, ensure_ascii=False)});"
    return pages.encode(site, f"\r\n\r\n\r\n\ufeff{text}\r\n", media="text/javascript")


def script(column: SiteColumn) -> str:
    """Return the script on the page of a column that loads its rows."""
    return f'<script src="{escape(search_path(column))}"></script>'


def respond(site: Site, asked: Asked) -> Answer:
    """Answer a request to the site."""
    return list_answer(site, asked) or trs.behind_search(site, asked, script)


KIND = Kind(
    name="jsonp",
    respond=respond,
    entry=lambda site: search_path(site.columns[0]),
    address=trs.address,
    places=trs.places,
    files=trs.files,
)
