"""TRS search gateways that answer in a callback, as Jilin's `/govsearch/jsonp/zf_jd_list.jsp?page=&lb=&callback=` does.

Answers a BOM between blank lines, then `result({data: [{puburl, MetaDataId, title, tip: {dates, filenum, publisher,
title}}]})`; the whole title, the date and the number stand in `tip`. Pages count from 1, and none says how many there
are unless its template does: the list ends with the first page without rows.
A source names the gateway itself, as its page 1; a page that calls it is read for the address.
"""

import re
from typing import Any

from pipeline.scrape.answers import (
    AROUND,
    CALLBACK,
    Names,
    asked_number,
    calls_list,
    lowered,
    number_in,
    read_caller,
    read_counted,
    read_items,
    turned,
)
from pipeline.scrape.records import Family, Listing, View

PATH = "/govsearch/jsonp/"
KEYS = re.compile(r"""["']?puburl["']?\s*:""", re.IGNORECASE)
NAMES = Names(
    title=("tip.title", "title", "doctitle"),
    url=("puburl", "docpuburl", "url"),
    published=("tip.dates", "tip.pubdate", "pubdate", "dates", "date", "time"),
    number=("tip.filenum", "filenum", "fileno", "wenhao"),
    publisher=("tip.publisher", "publisher", "puborg"),
    index=("tip.idxid", "tip.indexnum", "idxid", "indexnum"),
)
LISTS = ("data", "list", "docs", "rows")
TOTALS = ("total", "totalcount", "recordcount")  # `count` may be the rows of this page
PAGE_COUNTS = ("totalpages", "totalpage", "pagecount", "allpage", "pages")


def recognise(view: View) -> str:
    """Return the sign of such a gateway's answer, or of a page that calls one."""
    bare = view.text.strip(AROUND)
    if PATH in view.path or (CALLBACK.match(bare) and KEYS.search(bare)):
        return f"地址 {view.path}"
    return f"页面调用 {PATH}" if calls_list(view, PATH) else ""


def read(view: View) -> Listing:
    """Read a page of results, or the calls of a page for them."""
    if PATH not in view.request.url and PATH in view.text:
        return read_caller(view, PATH, "jsonp")
    items, counts = read_counted(view, LISTS)
    rows = read_items(map(_flat, items), NAMES, view)
    page, size = asked_number(view.request, "page") or 1, asked_number(view.request, "size", "pagesize", "perpage")
    total, pages = number_in(counts, *TOTALS), number_in(counts, *PAGE_COUNTS)
    if pages is None and total and size:
        pages = -(-total // size)
    goes_on = bool(rows) and (page < pages if pages else True)
    following = turned(view.request, {"page": str(page + 1)}) if goes_on else None
    return Listing(rows, following, page=page, pages=pages, total=total)


def _flat(item: Any) -> Any:
    """Return an item with the fields of its `tip` beside its own."""
    if not isinstance(item, dict):
        return item
    pairs = lowered(item)
    tip = pairs.get("tip")
    return pairs | {f"tip.{name}": value for name, value in lowered(tip).items()} if isinstance(tip, dict) else pairs


FAMILY = Family("jsonp", recognise, read)
