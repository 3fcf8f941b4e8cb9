"""TRS WAS5: the search of TRS sites, `/was5/web/search?channelid=<n>&page=<1..>&prepage=<size>&templet=…`.

The template decides what comes: JSON `{docs: [{url, title, fileno, time}]}` with line breaks in the middle of its
strings and an empty entry at the end (Fujian), XML with a `<REC>` a row and `<RECORDCOUNT>` (Shanghai), or HTML.
A source names the search itself, as its page 1; a page that calls it is read for the address.
Few templates say how many rows there are: a page shorter than asked for is the last, and so is an empty one.
"""

import html
import re
from typing import Any

from pipeline.scrape.answers import (
    NO_RESULTS,
    Names,
    asked_number,
    calls_list,
    number_in,
    read_caller,
    read_counted,
    read_items,
    shown,
    turned,
)
from pipeline.scrape.records import Family, ListError, Listing, View
from pipeline.scrape.rows import find_columns, find_next, find_rows

PATH = "/was5/web/"
RECORD = re.compile(r"<REC>|<REC\s[^>]*>", re.IGNORECASE)
RECORD_END = re.compile(r"</REC\s*>", re.IGNORECASE)
FIELD = re.compile(r"<(\w+)\b[^>]*>\s*(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))\s*</\1\s*>", re.DOTALL)
NAMES = Names(
    title=("title", "doctitle", "bt"),
    url=("url", "docpuburl", "puburl", "docurl", "link"),
    published=("time", "docreltime", "pubdate", "pubtime", "date", "fbrq"),
    number=("fileno", "wh", "filenum", "fwzh", "wenhao"),
    publisher=("fwdw", "publisher", "puborg", "fwjg"),
    index=("idxid", "syh", "indexno"),
)
LISTS = ("docs", "data", "list", "rows", "results")
TOTALS = ("recordcount", "total", "totalcount", "recordnum")  # `count` may be the rows of this page
PAGE_COUNTS = ("pagecount", "totalpages", "totalpage", "pages")
SIZES = ("prepage", "perpage", "pagesize")


def recognise(view: View) -> str:
    """Return the sign of a search by WAS5, or of a page that calls one."""
    if PATH in view.path:
        return f"地址 {view.path}"
    return f"页面调用 {PATH}search" if calls_list(view, f"{PATH}search") else ""


def read(view: View) -> Listing:
    """Read a page of results, or the calls of a page for them."""
    if PATH not in view.path and PATH not in view.request.url:
        return read_caller(view, f"{PATH}search", "was5")
    items, counts = _read_records(view) if RECORD.search(view.text) or _is_xml(view) else ([], {})
    if not items and not counts:
        if view.text.lstrip("\ufeff \r\n\t").startswith("<"):
            return _read_page(view)
        items, counts = read_counted(view, LISTS)
    rows = read_items(items, NAMES, view)
    page, size = asked_number(view.request, "page") or 1, asked_number(view.request, *SIZES)
    total, pages = number_in(counts, *TOTALS), number_in(counts, *PAGE_COUNTS)
    if total and size:
        pages = pages or -(-total // size)
    goes_on = page < pages if pages else not size or len([item for item in items if item]) >= size
    following = turned(view.request, {"page": str(page + 1)}) if rows and goes_on else None
    return Listing(rows, following, page=page, pages=pages, total=total)


def _is_xml(view: View) -> bool:
    return view.text.lstrip("\ufeff \r\n\t").startswith("<?xml") or "<RECORDCOUNT" in view.text.upper()


def _read_records(view: View) -> tuple[list[Any], dict[str, Any]]:
    """Return the rows and the counts of an answer in XML."""
    head, *pieces = RECORD.split(view.text)
    records = [RECORD_END.split(piece)[0] for piece in pieces]
    tail = RECORD_END.split(pieces[-1])[-1] if pieces else ""
    counts = _fields(head + tail)
    if not records and number_in(counts, *TOTALS) is None:
        raise ListError(f"Expected REC or RECORDCOUNT from {view.url}, but the answer is {shown(view.text)}.")
    return [_fields(record) for record in records], counts


def _fields(text: str) -> dict[str, Any]:
    return {name.lower(): data or html.unescape(plain) for name, data, plain in FIELD.findall(text)}


def _read_page(view: View) -> Listing:
    """Read results that a template writes as a page."""
    rows = find_rows(view)
    if not rows and not NO_RESULTS.search(view.text):
        raise ListError(f"Expected results from {view.url}, but the answer is {shown(view.text)}.")
    return Listing(rows, find_next(view), columns=find_columns(view))


FAMILY = Family("was5", recognise, read)
