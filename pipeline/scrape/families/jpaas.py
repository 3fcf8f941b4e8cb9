"""Hanweb JPaaS: a publish server that builds units of pages, lists among them, as JSON with HTML inside.

A pager stands on the page: `unitUrl="/api-gateway/jpaas-publish-server/front/page/build/unit"`, with `queryData`, an
object in single quotes (`webId pageId tagId tplSetId parseType …`, copied as found, misspellings included), `count`
rows in all, `rows` a page, `pageNo`. Page k is that address with those keys and `paramJson={"pageNo":k,"pageSize":n}`;
the answer is `{success, code, data: {html}}`, and its HTML repeats the pager. A page may have several such lists; the
first page of one may be in the HTML, or be filled in by a script.
Traps: `rows` and `pageNo` as plain parameters are ignored, and page 1 comes again; a size other than the page's own
may bring a whole column at once; an empty page is the end, whatever the count says.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from pipeline.scrape.answers import number_in, parameter, read_literal, read_object, shown, turned, whole
from pipeline.scrape.records import Family, ListError, Listing, Request, View
from pipeline.scrape.rows import find_columns, find_next, find_rows

if TYPE_CHECKING:
    from bs4 import Tag

SERVER = re.compile(r"jpaas-publish-server|/front/page/build/unit", re.IGNORECASE)
QUERY_DATA = re.compile(r"""\bquery-?data\s*=\s*["'{]""", re.IGNORECASE)
UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"  # of every such server, where a pager leaves it out
GOOD = {"200", "0", ""}  # values of `code`


def recognise(view: View) -> str:
    """Return the sign of a JPaaS page or answer."""
    if SERVER.search(view.request.url) and view.text.lstrip("\ufeff \r\n\t").startswith("{"):
        return "地址 jpaas-publish-server"
    if QUERY_DATA.search(view.text) and any(True for _ in _pagers(view)):
        return "分页属性 queryData 含 tplSetId"
    return ""


def read(view: View) -> Listing:
    """Read a page with pagers, or an answer of the publish server."""
    if "column" in view.request.memo or SERVER.search(view.request.url):
        return _read_answer(view)
    rows, columns = find_rows(view), find_columns(view)
    pagers = list(_pagers(view))
    asked = [chain for pager in pagers if (chain := _first_request(pager, view))]
    chains = [chain for chain, goes_on in asked if goes_on]  # the first goes on behind the rows of this page
    blocks = [chain for chain, goes_on in asked if not goes_on]
    if not pagers:
        return Listing(rows, find_next(view), columns=columns)
    following, blocks = next(iter(chains), None), chains[1:] + blocks
    if len(pagers) > 1 or blocks:
        return Listing(rows, following, tuple(blocks), columns)
    total, size = _count(pagers[0])
    page = number_in(_attributes(pagers[0]), "pageno") or 1
    pages = -(-total // size) if total and size else None
    return Listing(rows, following, (), columns, page, pages, total)


def _read_answer(view: View) -> Listing:
    """Read a page of a list; raises ListError where the server says that it failed."""
    fragment = View(
        view.request,
        whole(_html_in(view)).encode(),
        url=view.request.memo.get("column", view.url),
        media="text/html; charset=utf-8",
    )
    rows = find_rows(fragment)
    asked = _asked(view.request)
    repeated = next((tag for tag in fragment.soup.find_all(True) if {"count", "pageno"} & set(tag.attrs)), None)
    told, told_size = _count(repeated) if repeated else (None, None)
    remembered = {"count": view.request.memo.get("count")}
    total, size = told or number_in(remembered, "count"), number_in(asked, "pagesize") or told_size
    page = number_in(asked, "pageno") or 1
    shown_page = (number_in(_attributes(repeated), "pageno") if repeated else None) or page
    goes_on = bool(rows)
    if total and size and (page - 1) * size + len(rows) <= total:  # else the count is wrong, and an empty page the end
        goes_on = goes_on and page * size < total
    following = _turn(view.request, page + 1, size) if goes_on else None
    pages = -(-total // size) if total and size else None
    return Listing(rows, following, page=shown_page, pages=pages, total=total)


def _html_in(view: View) -> str:
    """Return the HTML that an answer carries."""
    answer = read_object(view)
    code, success, data = answer.get("code"), answer.get("success"), answer.get("data")
    if str(success).lower() == "false" or ("" if code is None else str(code)) not in GOOD:
        message = answer.get("message") or answer.get("msg") or "no message"
        raise ListError(f"Expected a list from {view.url}, but the server says code {code}: {message}.")
    found = data.get("html", ListError) if isinstance(data, Mapping) else data
    if found is None and isinstance(data, Mapping):
        return ""
    if not isinstance(found, str):
        raise ListError(f"Expected data.html from {view.url}, but the answer is {shown(view.text)}.")
    return found


def _pagers(view: View) -> "Iterator[Tag]":
    """Yield the elements that name a list of the publish server, each list once."""
    seen = set()
    for tag in view.soup.find_all(True):
        pairs = _attributes(tag)
        query = str(pairs.get("querydata") or "")
        if query and (SERVER.search(_address(pairs)) or "tplsetid" in query.lower()) and query not in seen:
            seen.add(query)
            yield tag


def _attributes(tag: "Tag") -> dict[str, Any]:
    """Return the attributes of an element by their names without hyphens and the prefix data-."""
    return {str(name).lower().removeprefix("data-").replace("-", ""): value for name, value in tag.attrs.items()}


def _address(pairs: Mapping[str, Any]) -> str:
    return str(pairs.get("uniturl") or pairs.get("url") or "")


def _count(tag: "Tag") -> tuple[int | None, int | None]:
    """Return how many rows a list has, and how many a page."""
    pairs = _attributes(tag)
    return number_in(pairs, "count", "total"), number_in(pairs, "rows", "pagesize")


def _first_request(pager: "Tag", view: View) -> tuple[Request, bool] | None:
    """Return the request for what a list has beyond the rows here, and whether that is behind this page.

    A page that holds less than it should, since a script fills it, is asked for again.
    """
    pairs = _attributes(pager)
    url = view.join(_address(pairs) or UNIT)
    query, _ = read_literal(str(pairs["querydata"]))
    if not isinstance(query, dict) or not url:
        raise ListError(f"Expected unitUrl and queryData of the list on {view.url}, but found {pairs['querydata']!r}.")
    total, size = _count(pager)
    page = number_in(pairs, "pageno") or 1
    on_page = _rows_beside(pager, view)
    expected = min(size or 1, total - (page - 1) * (size or 1)) if total is not None else size or 1
    if total == 0:
        return None
    is_whole = on_page >= max(expected, 1)
    if is_whole:
        if total is not None and page * (size or on_page) >= total:
            return None
        page, size = page + 1, size or on_page
    sent = [(name, _as_sent(value)) for name, value in query.items() if name.lower() != "paramjson"]
    address = f"{url}{'&' if '?' in url else '?'}{urlencode(sent, quote_via=quote)}"
    memo = {"column": view.base, "count": str(total if total is not None else "")}
    return _turn(Request(address, family="jpaas", memo=memo), page, size), is_whole


def _rows_beside(pager: "Tag", view: View) -> int:
    """Return how many rows stand in the nearest element around *pager* that has any, and no other pager."""
    for outer in pager.parents:
        others = [tag for tag in outer.find_all(True) if "querydata" in _attributes(tag)]
        if len(others) > 1:
            return 0
        if count := len(find_rows(view, within=[outer])):
            return count
    return 0


def _as_sent(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _asked(request: Request) -> dict[str, Any]:
    """Return paramJson of a request, with its names in lower case."""
    told = parameter(request, ("paramjson",))
    if not told:
        return {}
    try:
        asked, _ = read_literal(told)
    except ListError:
        return {}
    return {str(name).lower(): value for name, value in asked.items()} if isinstance(asked, dict) else {}


def _turn(request: Request, page: int, size: int | None) -> Request:
    """Return *request* for a page, with the page's own number of rows."""
    asked = {"pageNo": page} | ({"pageSize": size} if size else {})
    return turned(request, {"paramJson": json.dumps(asked, separators=(",", ":"))})


FAMILY = Family("jpaas", recognise, read)
