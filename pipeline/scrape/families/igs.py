"""TRS IGS: the search of TRS sites, `/igs/front/search/list.html?index=<alias>&pageNumber=<1..>&pageSize=…&filter…`.

Answers `{page: {content: [], total: "<text>", pageNumber, pageSize, totalPages}}`; newer ones come from
`/igs/front/search.jhtml?code=…`. Items are named differently in each province. Dates are ISO 8601 with +0800 or Z:
16:00 Z is the next day in China. A source names the search itself, as its page 1; a page that calls it is read for
the address.
Trap: no more than 10,000 rows are served, `totalPages` counts only these, while `total` counts all.
"""

from typing import Any

from pipeline.scrape.answers import (
    Names,
    asked_number,
    calls_list,
    lowered,
    number_in,
    parameter,
    read_caller,
    read_items,
    read_object,
    shown,
    turned,
)
from pipeline.scrape.records import Family, ListError, Listing, Request, View

PATH = "/igs/front/search"
PAGE = ("pagenumber", "pageindex", "page")
NAMES = Names(
    title=("doctitle", "bt", "title", "filename", "biaoti"),
    url=("docpuburl", "puburl", "url", "docurl"),
    published=("pubdate", "fbrq", "docreltime", "docpubtime", "trs_time", "time"),
    number=("filenum", "fwzh", "wh", "fileno"),
    publisher=("publisher", "fwjg_name", "fwjg", "puborg"),
    index=("idxid", "syh", "indexnum"),
)


def recognise(view: View) -> str:
    """Return the sign of a search by IGS, or of a page that calls one."""
    if PATH in view.path:
        return f"地址 {view.path}"
    return f"页面调用 {PATH}" if calls_list(view, PATH) else ""


def read(view: View) -> Listing:
    """Read a page of results, or the calls of a page for them."""
    if PATH not in view.path and PATH not in view.request.url:
        return read_caller(view, PATH, "igs")
    found = _page_in(view)
    rows = read_items(found["content"], NAMES, view)
    page = asked_number(view.request, *PAGE) or number_in(found, "pagenumber") or 1
    size = number_in(found, "pagesize") or asked_number(view.request, "pagesize")
    total, pages = number_in(found, "total", "totalelements"), number_in(found, "totalpages")
    if pages is None and total is not None and size:
        pages = -(-total // size)
    goes_on = bool(rows) and (page < pages if pages is not None else True)
    return Listing(rows, _turn(view.request, page + 1) if goes_on else None, page=page, pages=pages, total=total)


def _page_in(view: View) -> dict[str, Any]:
    """Return the page of results that an answer carries, its names in lower case."""
    answer = lowered(read_object(view))
    found = answer.get("page", answer)
    pairs = lowered(found) if isinstance(found, dict) else {}
    if "content" in pairs and pairs["content"] is None:
        pairs["content"] = []
    if not isinstance(pairs.get("content"), list):
        raise ListError(f"Expected page.content from {view.url}, but the answer is {shown(view.text)}.")
    return pairs


def _turn(request: Request, page: int) -> Request:
    """Return *request* for a page; sites that have both, pageNumber and pageIndex, count by either."""
    named = {name: str(page) for name in ("pageIndex", "page") if parameter(request, (name.lower(),)) is not None}
    return turned(request, named | {"pageNumber": str(page)} if "page" not in named else named)


FAMILY = Family("igs", recognise, read)
