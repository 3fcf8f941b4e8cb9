"""The library of the central government's portal, and its feed of new documents.

`/search-gov/data?t=zhengcelibrary_gw&q=…&p=1&n=5` answers JSON, pages counted from 1 by `p`, `n` rows each: rows in
`searchVO.listVO`, with the mixed `t=zhengcelibrary` in `searchVO.catMap.<kind>.listVO`, where each kind turns its own
pages with the same `p`. The feed `/zhengce/zuixin/ZUIXINZHENGCE.json` is one array of TITLE, URL, DOCRELPUBTIME.
Traps: `<br>` and `<em>` in titles, nulls everywhere, `pubtime` in milliseconds; central documents only.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pipeline.scrape.answers import Names, find_calls, lowered, number_in, parameter, read_items, read_json, turned
from pipeline.scrape.records import Family, ListError, Listing, Request, View
from pipeline.scrape.rows import find_columns, find_rows

LIBRARY = "/search-gov/data"
FEED = re.compile(r"""["']([^"'\s<>]*/?ZUIXINZHENGCE\.json[^"'\s<>]*)["']""", re.IGNORECASE)
FEED_PATH = re.compile(r"/ZUIXINZHENGCE\.json$", re.IGNORECASE)
ANSWER = re.compile(r'^[\s\ufeff]*+\{.{0,2000}?"searchVO"\s*:', re.DOTALL)
ENTRIES = re.compile(r'^[\s\ufeff]*+\[\s*\{[^{}]*"DOCRELPUBTIME"\s*:', re.IGNORECASE)
MARKUP = re.compile(r"[\s\ufeff]*<")
NAMES = Names(
    title=("title",),
    url=("url",),
    published=("pubtimestr", "pubtime", "docrelpubtime", "ptime"),
    number=("pcode",),
    publisher=("puborg",),
    index=("index",),
)


def recognise(view: View) -> str:
    """Return the sign of an answer of the library or the feed, or of a page that only shows one."""
    if LIBRARY in view.path or FEED_PATH.search(view.path):
        return f"地址 {view.path}"
    if ANSWER.match(view.text):
        return "JSON 中有 searchVO"
    if ENTRIES.match(view.text):
        return "JSON 中有 DOCRELPUBTIME"
    # Many sites show the central feed beside lists of their own.
    if (LIBRARY in view.text or FEED.search(view.text)) and find_calls_of(view) and not find_rows(view):
        return "页面调用国务院文件库"
    return ""


def read(view: View) -> Listing:
    """Read a page of the library, the feed, or the calls of a page for them."""
    is_call = any(LIBRARY in url or FEED.search(f"'{url}'") for url in (view.url, view.request.url))
    if MARKUP.match(view.text) and not is_call:
        return Listing(find_rows(view), blocks=find_calls_of(view), columns=find_columns(view))
    answer = read_json(view)
    if isinstance(answer, list):
        rows = read_items(answer, NAMES, view)
        return Listing(rows, total=len(rows))
    found = answer.get("searchVO") if isinstance(answer, Mapping) else None
    if not isinstance(found, Mapping):
        raise ListError(f"Expected searchVO with a list from {view.url}, but got {view.text[:60]!r}.")
    return read_library(lowered(found), view)


def read_library(found: Mapping[str, Any], view: View) -> Listing:
    """Read a page of the library: one list, or one of each kind."""
    mixed = found.get("catmap")
    kinds = (
        [lowered(kind) for kind in mixed.values() if isinstance(kind, Mapping)] if isinstance(mixed, Mapping) else []
    )
    lists = [part["listvo"] for part in (found, *kinds) if isinstance(part.get("listvo"), list)]
    counts = [count for kind in kinds if (count := number_in(kind, "totalcount")) is not None]
    top = number_in(found, "totalcount")
    total = sum(counts) if counts else top
    if not lists and total is None:
        raise ListError(f"Expected listVO in searchVO of {view.url}, but there is none, nor a count.")
    rows = tuple({row.url: row for items in lists for row in read_items(items, NAMES, view)}.values())
    page, longest = number_in({"p": parameter(view.request, ("p",))}, "p") or 1, max(map(len, lists), default=0)
    size = number_in({"n": parameter(view.request, ("n",))}, "n") or longest
    told = [pages for part in (found, *kinds) if (pages := number_in(part, "totalpage"))]
    counted = [-(-count // size) for count in counts or [top or 0] if size and count]
    pages = max([*told, *counted], default=None)
    goes_on = page < pages if pages is not None else longest >= size
    following = replace(turned(view.request, {"p": str(page + 1)}), family="govcn") if rows and goes_on else None
    return Listing(rows, following, page=page, pages=pages, total=total)


def find_calls_of(view: View) -> tuple[Request, ...]:
    """Return the requests that a page makes to the library or for the feed."""
    calls = [replace(call, family="govcn") for call in find_calls(view, LIBRARY)]
    feeds = dict.fromkeys(url for each in FEED.findall(view.text) if (url := view.join(each)))
    return (*calls, *(Request(url, family="govcn") for url in feeds))


FAMILY = Family("govcn", recognise, read)
