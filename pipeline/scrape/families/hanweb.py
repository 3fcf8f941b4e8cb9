"""Hanweb JCMS: columns `/col/colN/index.html` whose rows come in groups of pages from a data proxy.

The rows of page 1 stand inside `<script type="text/xml"><datastore>`, each a `<record>` with HTML in CDATA, or in a
script's array; a parser of HTML sees none of them. A page may hold several blocks, each with a `unitid`, its own store
and its own call `$('#unitid').jpage({perPage, totalRecord, proxyUrl, dataParam})`. The browser then posts `dataParam`
to `proxyUrl?startrecord=&endrecord=&perpage=` for a group of three pages at a time, from record 1, 1 + 3·perPage, …;
a store with less than its first group is asked for that group again, rows that were seen before included.
Where there is no such call, `<nextgroup>` links the next group (`dataproxy.jsp?page=N&…`).
Answers are a datastore again, or in old versions a script: `totalRecord=..;totalPage=..;dataStore=['…']`.
Traps: `?uid=&pageNum=k` on the column only moves the browser's pager; links in an answer are relative to the column;
some columns list in plain HTML while their proxy is empty; encrypted ids end in a body of some fifty bytes.
"""

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from pipeline.scrape.answers import Bare, lowered, number_in, parameter, read_literal, shown, turned, whole
from pipeline.scrape.families.hanweb_xxgk import MODULE, find_searches
from pipeline.scrape.records import Family, ListError, Listing, Request, Row, View
from pipeline.scrape.rows import find_columns, find_next, find_rows, read_row
from pipeline.scrape.trees import links_in

STORE = re.compile(r"<datastore\b[^>]*>", re.IGNORECASE)
STORE_END = re.compile(r"</datastore\s*>", re.IGNORECASE)
SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
RECORD = re.compile(r"<record\b[^>]*>", re.IGNORECASE)
RECORD_END = re.compile(r"</record\s*>", re.IGNORECASE)
SET_END = re.compile(r"</recordset\s*>", re.IGNORECASE)
RECORDSET = re.compile(r"<recordset\b[^>]*>|<recordset\s*/>", re.IGNORECASE)
TOTAL = re.compile(r"<totalrecord\b[^>]*>\D{0,20}(\d{1,9})", re.IGNORECASE)
NEXTGROUP = re.compile(r"<nextgroup\b[^>]*>(.*?)</nextgroup\s*>", re.IGNORECASE | re.DOTALL)
HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s>"']+))""", re.IGNORECASE)
# <![CDATA[…]]>, also as browsers write it back into a page: <!--[CDATA[…]]-->, and with underscores: <!--__CDATA__…-->
CDATA = re.compile(r"^\s*(?:<!--|//|/\*)?\s*(?:<!)?(?:\[CDATA\[|_+CDATA_*)\s*(?:\*/)?", re.IGNORECASE)
CDATA_END = re.compile(r"(?://|/\*)?\s*(?:\]\]\s*(?:--)?>|_+CDATA_*\s*(?:--)?>?|-->)\s*$", re.IGNORECASE)

JPAGE = re.compile(r"""(?:["']#(?P<unit>[\w-]+)["']\s*\)\s*)?\.jpage\(\s*(?=\{)""")
ID = re.compile(r"""\bid\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
ID_WITHIN = 1500  # characters before a store in which the container of its block opens
PROXY = "/module/web/jpage/dataproxy.jsp"  # where the plug-in asks, unless its settings say otherwise
GROUP = 3  # pages a request, unless the settings say otherwise
DATA_STORE = re.compile(r"\bdataStore\s*=\s*(?=\[)", re.IGNORECASE)
SCRIPT_TOTAL = re.compile(r"\btotalRecord\s*=\s*['\"]?(\d{1,9})", re.IGNORECASE)

COLUMN = re.compile(r"/col/col\d+/(?:index\w*\.html?)?$", re.IGNORECASE)
OWN_LINK = re.compile(r"^/(?:col/col\d+/|art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Store:
    """The rows of a block that a page or an answer brings itself."""

    rows: tuple[Row, ...] = ()
    records: int = 0
    distinct: int = 0  # of these, for some stores hold the first page again in place of the second
    total: int | None = None  # rows of the block, as the store says
    following: str = ""  # address of the next group
    units: tuple[str, ...] = ()  # ids that may be the block's, the most telling first
    is_complete: bool = True  # neither cut short nor without a place for rows


@dataclass(frozen=True, slots=True)
class Settings:
    """A call of the pager plug-in."""

    unit: str
    pairs: Mapping[str, Any]  # names in lower case
    param: tuple[tuple[str, str], ...] = ()
    store: Store | None = field(default=None)  # an array of a script, where the rows stand in one


def recognise(view: View) -> str:
    """Return the sign of a Hanweb column."""
    if STORE.search(view.text):
        return "脚本里的 <datastore>"
    if (call := JPAGE.search(view.text)) and re.search("dataproxy|totalrecord", view.text, re.IGNORECASE):
        return f"脚本 {call[0].strip()}"
    if MODULE in view.text or "/module/xxgk/" in view.path or not view.text.lstrip("\ufeff \r\n\t").startswith("<"):
        return ""
    if COLUMN.search(view.path) or OWN_LINK.search(view.path):
        return f"地址 {view.path}"
    host = urlsplit(view.url).hostname
    for link in links_in(view.soup):
        parts = urlsplit(view.join(str(link["href"])))
        if parts.hostname == host and (found := OWN_LINK.search(parts.path)):
            return f"本站链接 {found[0]}"
    return ""


def read(view: View) -> Listing:
    """Read a column, or an answer of the data proxy."""
    if "records" in view.request.memo or "dataproxy" in urlsplit(view.request.url).path.lower():
        return _read_answer(view)
    stores = _read_stores(view.text, view)
    calls = [_read_settings(match, view) for match in JPAGE.finditer(view.text)]
    pairs = _paired(stores, calls)
    asked = [(store, chain) for store, call in pairs if (chain := _first_request(store, call, view))]
    chains = [chain for store, chain in asked if store.records]  # the first goes on behind the rows of this page
    blocks = [chain for store, chain in asked if not store.records]
    rows = _distinct(row for store, _ in pairs for row in store.rows)
    following: Request | None = None
    if not rows:
        rows, following = find_rows(view), find_next(view)
        if following and parameter(following, ("uid",)) and parameter(following, ("pagenum",)):
            following = None
        blocks = [replace(block, memo={**block.memo, "shown": str(len(rows))}) for block in blocks]
    if following is None and chains:
        following = chains.pop(0)
    # What a block says of its rows belongs to this page only where this page begins the block.
    total = _total(*pairs[0]) if len(pairs) == 1 and not blocks else None
    return Listing(rows, following, (*chains, *blocks, *find_searches(view)), find_columns(view), total=total)


def _read_answer(view: View) -> Listing:
    """Read a group of rows; raises ListError for what is none."""
    text, memo = view.text, view.request.memo
    base = View(view.request, b"", url=memo.get("column", view.url))
    if array := DATA_STORE.search(text):
        told = SCRIPT_TOTAL.search(text)
        records, _ = read_literal(text, array.end())
        store = replace(_read_records(map(str, records), base), total=int(told[1]) if told else None)
    elif stores := _read_stores(text, base):
        store = stores[0]
    else:
        raise ListError(f"Expected a datastore from {view.url}, but the answer is {shown(text)}.")
    total = max((number for number in (store.total, _int(memo.get("total"))) if number), default=None)
    if not store.records and _stands_on_page(store, memo):
        return Listing(total=0)
    start, end, size = (_int(parameter(view.request, (name,))) for name in ("startrecord", "endrecord", "perpage"))
    if not store.records and _is_refused(store, view, start or 1):
        raise ListError(f"Expected rows in the datastore from {view.url}, but the answer is {shown(text)}.")
    if not start or not end or end < start:
        return Listing(store.rows, _linked(store, view) if store.records else None, total=total)
    held = _int(memo.get("records")) or 0
    if start <= held == store.distinct == store.records:  # the page has all that there is: the count is wrong
        return Listing(total=total)
    group = end - start + 1
    if store.records == size and total and start + size <= total:  # a page came for the group that was asked for
        end = start + size - 1
    # A total below the rows that came is wrong: go on while groups come full.
    goes_on = end < total if total and total >= start + store.records - 1 else store.records >= group
    following = turned(view.request, {"startrecord": str(end + 1), "endrecord": str(end + group)})
    pages = -(-total // group) if total else None
    return Listing(store.rows, following if store.records and goes_on else None, (), (), end // group, pages, total)


def _stands_on_page(store: Store, memo: Mapping[str, str]) -> bool:
    """Say whether the column lists in plain HTML all that an empty proxy was asked for."""
    rows, promised = _int(memo.get("shown")) or 0, _int(memo.get("total")) or 0
    return 0 < rows >= promised and (promised > 0 or store.total == 0)


def _is_refused(store: Store, view: View, start: int) -> bool:
    """Say whether an answer without rows is no honest end: ids it cannot read, or rows promised and no word of them."""
    if store.total is not None:
        return False
    ids = [value for name in ("columnid", "unitid") if (value := parameter(view.request, (name,)))]
    memo = view.request.memo
    promised = (_int(memo.get("records")) or 0) > 0 and start <= (_int(memo.get("total")) or 0)
    return not store.is_complete or promised or not all(value.isdecimal() for value in ids)


def _read_stores(text: str, base: View) -> list[Store]:
    """Return the datastores of a text, in their order."""
    found, at = [], 0
    while opened := STORE.search(text, at):
        closed = STORE_END.search(text, opened.end())
        end = closed or SCRIPT_END.search(text, opened.end())
        at = end.start() if end else len(text)
        inside = text[opened.end() : at]
        pieces = RECORD.split(inside)[1:] or [SET_END.split(piece)[0] for piece in RECORDSET.split(inside)[1:]]
        store = _read_records((RECORD_END.split(piece)[0] for piece in pieces), base)
        total, link = TOTAL.search(inside), NEXTGROUP.search(inside)
        href = HREF.search(link[1]) if link else None
        following = next(filter(None, href.groups())).replace("&amp;", "&") if href else ""
        is_complete = closed is not None and (total is not None or RECORDSET.search(inside) is not None)
        ids = ID.findall(text[max(0, opened.start() - ID_WITHIN) : opened.start()])[::-1]
        units = [value for name, value in parse_qsl(urlsplit(following).query) if name.lower() == "unitid"]
        found.append(
            replace(
                store,
                total=int(total[1]) if total else None,
                following=following,
                units=(*units, *ids),
                is_complete=is_complete,
            )
        )
    return found


def _read_records(records: Iterable[str], base: View) -> Store:
    """Return the rows of records, each read by itself, so that none takes its neighbour's date."""
    rows: list[Row] = []
    count, seen = 0, set()
    for record in records:
        inside = CDATA_END.sub("", CDATA.sub("", record.replace("]]]]><![CDATA[>", "]]>"))).strip()
        if "<" not in inside and "&lt;" in inside:
            inside = html.unescape(inside)
        if inside:
            count += 1
            seen.add(inside)
            rows += read_fragment(inside, base)
    return Store(_distinct(rows), count, len(seen))


def read_fragment(fragment: str, base: View) -> tuple[Row, ...]:
    """Return the rows of a piece of HTML that belongs into the page *base*; one without a date is a row too."""
    tag = fragment[1:4].lower()
    outer = "table" if tag.startswith(("tr", "td")) else "ul" if tag.startswith("li") else "div"
    view = View(
        base.request, whole(f"<{outer}>{fragment}</{outer}>").encode(), url=base.base, media="text/html; charset=utf-8"
    )
    if rows := find_rows(view):
        return rows
    links = [link for link in links_in(view.soup) if view.join(str(link["href"]))]
    if not links:
        return ()
    main = max(links, key=lambda link: len(str(link.get("title") or "")) or len(link.get_text(strip=True)))
    row = read_row(main, view.soup.find(outer) or main, view)
    return (row,) if row and row.title else ()


def _read_settings(match: re.Match[str], view: View) -> Settings:
    found, _ = read_literal(view.text, match.end())
    pairs = {name: _value(value, view.text) for name, value in lowered(found).items()}
    param = next((pairs[name] for name in ("dataparam", "ajaxparam", "param", "data") if name in pairs), None)
    if isinstance(param, str) and not isinstance(param, Bare):
        form = tuple(parse_qsl(param, keep_blank_values=True))
    elif isinstance(param, dict):
        form = tuple((name, "" if value is None else str(_value(value, view.text))) for name, value in param.items())
    else:
        form = ()
    unit = match["unit"] or next((value for name, value in form if name.lower() == "unitid"), "")
    array = pairs.get("datastore")
    store = _read_records(map(str, array), view) if isinstance(array, list) else None
    return Settings(unit, pairs, form, store)


def _value(value: Any, script: str) -> Any:
    """Return what a bare name of the settings stands for, where the page says it in a plain assignment."""
    if not isinstance(value, Bare) or not re.fullmatch(r"[\w$]+", value):
        return value
    found = re.search(rf"(?<![\w$.]){re.escape(value)}\s*=(?!=)", script)
    if found is None:
        return value
    try:
        return read_literal(script, found.end())[0]
    except ListError:
        return value


def _paired(stores: list[Store], calls: list[Settings]) -> list[tuple[Store, Settings | None]]:
    """Return each store with the call that pages it, by unit and else by order; calls without a store follow."""
    left = [call for call in calls if call.store is None]
    found: list[tuple[Store, Settings | None]] = [(call.store, call) for call in calls if call.store is not None]
    by_order = len(stores) == len(left)
    for place, store in enumerate(stores):
        near = [call for unit in store.units for call in calls if call.unit == unit and call in left]
        call = near[0] if near else None
        if call is None and by_order and calls[place] in left:
            call = calls[place]
        if call is not None:
            left.remove(call)
        found.append((store, call))
    return [*found, *((Store(), call) for call in left)]


def _first_request(store: Store, call: Settings | None, view: View) -> Request | None:
    """Return the request for what a block has beyond the rows on the page."""
    size = number_in(call.pairs, "perpage") if call else None
    pages = number_in(call.pairs, "groupsize") if call else None
    if call is None or not size or not (call.param or "proxyurl" in call.pairs):
        return _linked(store, view)
    group = size * (GROUP if pages is None else pages)
    total = _total(store, call)
    if not group or total == 0 or (total is not None and store.distinct >= total):
        return None
    start = store.distinct // group * group + 1
    proxy = call.pairs.get("proxyurl")
    url = view.join(proxy if isinstance(proxy, str) and not isinstance(proxy, Bare) else PROXY)
    query = {"startrecord": start, "endrecord": start + group - 1, "perpage": size}
    memo = {"column": view.base, "records": str(store.records), "total": str(total or "")}
    asked = [pair for pair in call.param if pair[0].lower() not in query]
    method = str(call.pairs.get("type") or call.pairs.get("method") or call.pairs.get("ajaxtype") or "").upper()
    encoded = urlencode([*query.items(), *(asked if method == "GET" else [])])
    address = f"{url}{'&' if '?' in url else '?'}{encoded}"
    if method == "GET" or not asked:
        return Request(address, family="hanweb", memo=memo)
    return Request(address, "POST", form=tuple(asked), family="hanweb", memo=memo)


def _linked(store: Store, view: View) -> Request | None:
    """Return the request for the group that a datastore links."""
    url = view.join(store.following) if store.following else ""
    if not url or url == view.request.url:
        return None
    memo = {"column": view.request.memo.get("column", view.base), "records": "", "total": str(store.total or "")}
    return Request(url, family="hanweb", memo=memo)


def _total(store: Store, call: Settings | None) -> int | None:
    # Where all stand twice and more, page 2 is page 1 again, and as many rows as there are records should have come.
    counted = store.records if store.records >= 2 * store.distinct > 2 else None
    told = (number_in(call.pairs, "totalrecord") if call else None, store.total, counted)
    return max((number for number in told if number is not None), default=None)


def _int(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"\s*\d{1,9}\s*", text) else None


def _distinct(rows: Iterable[Row]) -> tuple[Row, ...]:
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(row.url, row)
    return tuple(found.values())


FAMILY = Family("hanweb", recognise, read)
