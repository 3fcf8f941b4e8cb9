"""UCAP: static lists of a node directory `/<site>/c109999/`, and JSON searches of a column.

Static: `createPageHTML('page_div', pages, current, 'common_list', 'shtml', rows)` counts from 1, and page k is
`common_list_k.shtml` beside the list; TRS has a call of the same name, whose first argument is a number and which
counts from 0. JSON: `/search/<channelId>`, `/searchList/…`, `/common/search/…` with `page`, `_pageSize`, `_isAgg=true`,
`_isJson=true`; `rows` in the answer is how many it brings, not how many there are. The channel's 32 hexadecimal digits
stand in a meta tag or a script of the column page; older ones answer `results.data` with results and total.
Articles `/<site>/c109999/YYYYMM/<32 hex>.shtml`; their addresses may say http on an https site.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pipeline.scrape.answers import Names, lowered, number_in, parameter, read_items, read_object, turned
from pipeline.scrape.counting import count
from pipeline.scrape.inline import own_link
from pipeline.scrape.records import Family, ListError, Listing, Request, View
from pipeline.scrape.rows import find_columns, find_next, find_rows

HEX = r"[0-9a-fA-F]{32}"
CALL = re.compile(
    r"""createPage(?:HTML)?\(\s*["'][^"']*["']\s*,\s*["']?(?P<pages>\d{1,5})["']?\s*,\s*["']?(?P<current>\d{1,5})"""
    r"""["']?\s*,\s*["'](?P<stem>[\w%./-]+)["']\s*,\s*["']\.?(?P<ending>\w+)["']\s*(?:,\s*["']?(?P<total>\d{1,7}))?"""
)
TRS_CALL = re.compile(r"createPage(?:HTML)?\(\s*\d")
TAG = re.compile(r"<(ucaptitle|ucapcontent|publishtime)\b|\bid\s*=\s*[\"']?(UCAP-CONTENT)\b", re.IGNORECASE)
CHANNEL = re.compile(
    rf"""\bchannel_?id["']?\s*[:=]\s*["']({HEX})["']"""  # of a script
    rf"""|<meta(?=[^<>]*\bname\s*=\s*["']?channelid\b)[^<>]*\bcontent\s*=\s*["']?({HEX})\b""",
    re.IGNORECASE,
)
CENTRAL = re.compile(r"/search-gov/data|ZUIXINZHENGCE\.json")  # of a portal that has channels too, but no such search
ARTICLE = re.compile(r"/(?:\d{6}|\d{4}/\d{1,2}/\d{1,2})/[0-9a-f]{32}\.s?html?$")
LINK = re.compile(rf"""\bhref\s*=\s*["']?([^"'\s<>]*{HEX}\.s?html?)""", re.IGNORECASE)
SEARCH = re.compile(rf"/(?:common/search|searchList|search)/{HEX}\b|/getFileListByCodeId\b")
# The address as a script spells it: whole, or put together with the channel's name.
SPELT = re.compile(
    rf"""["'`](?P<path>(?:https?:)?[\w/.:-]*/(?:common/search|searchList|search)/)"""
    rf"""(?:(?P<id>{HEX})\b|["']\s*\+\s*\w*channel|\$\{{\s*\w*channel)""",
    re.IGNORECASE,
)
SIZE = re.compile(r"""\b_pageSize["']?\s*[=:]\s*["']?(\d{1,3})\b""")
USUAL_SIZE = "15"
ANSWER = re.compile(r'^[\s\ufeff]*+\{(?=.*"channelId"\s*:)(?=.*"results"\s*:)', re.DOTALL)
NAMES = Names(
    title=("title",),
    url=("url",),
    published=("publishedtimestr", "publishedtime", "pubdate"),
    number=("refno", "filenum"),
    publisher=("source", "publisher"),
    index=("indexnumber",),
)


def recognise(view: View) -> str:
    """Return the sign of a UCAP list, column, article or answer."""
    if SEARCH.search(view.path):
        return f"地址 {view.path}"
    if ANSWER.match(view.text):
        return "JSON 中有 channelId 与 results"
    if call := CALL.search(view.text):
        return f"脚本 {call[0]})"
    if TRS_CALL.search(view.text):
        return ""
    if found := TAG.search(view.text):
        return f"标签 {found[1] or found[2]}"
    if (found := CHANNEL.search(view.text)) and (SPELT.search(view.text) or not CENTRAL.search(view.text)):
        return f"channelId {found[1] or found[2]}"
    url = own_link(view, LINK, ARTICLE)
    return f"文章地址 {url}" if url else ""


def read(view: View) -> Listing:
    """Read a page of a static list, the search that a column page calls, or an answer of it."""
    asked = any(SEARCH.search(url) for url in (view.url, view.request.url))
    return read_answer(view) if asked or view.text.lstrip("\ufeff \r\n\t").startswith(("{", "[")) else read_page(view)


def read_page(view: View) -> Listing:
    """Read a page in HTML."""
    rows, columns, call = find_rows(view), find_columns(view), CALL.search(view.text)
    if call is None:
        return Listing(rows, find_next(view), find_search(view, has_rows=bool(rows)), columns)
    stem, ending, pages = call["stem"], call["ending"], int(call["pages"])
    # The call of a page made long ago may have stayed at 1: the name of the file is surer.
    numbered = re.search(rf"/{re.escape(stem.rpartition('/')[2])}_(\d{{1,5}})\.{ending}$", view.path)
    page = int(numbered[1]) if numbered else max(int(call["current"]), 1)
    url = view.join(f"{stem}_{page + 1}.{ending}") if page < pages else ""
    total = int(call["total"]) if call["total"] else None
    return Listing(rows, Request(url) if url else None, columns=columns, page=page, pages=pages, total=total)


def find_search(view: View, *, has_rows: bool) -> tuple[Request, ...]:
    """Return the request for the column's list that a page leaves to a script.

    Args:
        view: the page.
        has_rows: it has a list of its own, so that a channel alone does not mean one of a script's.
    """
    channel, spelt = CHANNEL.search(view.text), SPELT.search(view.text)
    known = spelt["id"] if spelt and spelt["id"] else (channel[1] or channel[2]) if channel else ""
    if not known or (spelt is None and (has_rows or TAG.search(view.text))):
        return ()
    size = SIZE.search(view.text)
    query = f"_isAgg=true&_isJson=true&_pageSize={size[1] if size else USUAL_SIZE}&_template=index&_rangeTimeGte="
    url = view.join(f"{spelt['path'] if spelt else '/common/search/'}{known}")
    return (Request(f"{url}?{query}&_channelName=&page=1", family="ucap"),) if url else ()


def read_answer(view: View) -> Listing:
    """Read a page of a search."""
    answer = read_object(view)
    found: Any = answer.get("data")
    if not isinstance(found, Mapping) and isinstance(answer.get("results"), Mapping):
        found = answer["results"].get("data")
    items, total = (found.get("results"), number_in(found, "total")) if isinstance(found, Mapping) else (None, None)
    if not isinstance(items, list) and not (items is None and total == 0):
        known = ", ".join(sorted(answer)[:12])
        raise ListError(f"Expected results with data from {view.url}, but the answer has only {known}.")
    items = [fields_of(item) for item in items or [] if isinstance(item, Mapping)]
    asked = number_in({"page": parameter(view.request, ("page",))}, "page")
    page = asked or number_in(found, "page") or 1
    rows = read_items(items, NAMES, view)
    counted = count((row.url for row in rows), page, total, view.request.memo)
    following = None
    if counted.goes_on:
        following = replace(turned(view.request, {"page": str(page + 1)}), family="ucap", memo=counted.memo)
    return Listing(rows, following, page=page, pages=counted.pages, total=total)


def fields_of(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an entry, those of its domainMetaList with them: refno, indexnumber, pubdate, source."""
    groups = item.get("domainMetaList")
    groups = groups if isinstance(groups, list) else [groups]
    lists = [group.get("resultList") for group in groups if isinstance(group, Mapping)]
    pairs = [pair for each in lists if isinstance(each, list) for pair in each if isinstance(pair, Mapping)]
    told = {str(pair.get("key") or "").lower(): pair.get("value") for pair in pairs}
    return {**told, **{name: value for name, value in lowered(item).items() if value not in (None, "")}}


FAMILY = Family("ucap", recognise, read)
