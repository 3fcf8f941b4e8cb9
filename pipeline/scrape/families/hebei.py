"""The column platform of Hebei: `/columns/<uuid>/index.html`, and the older `/eportal/ui`.

A column's list is a fragment of HTML, `/columns/<uuid>/templates/<uuid>/blocks/<uuid>?page=k&fix=0`, which the column
page names in a script or an attribute; pages are counted from the number named there, usually 1, and go on until one
comes without rows where nothing says how many there are. Articles `/columns/<uuid>/YYYYMM/DD/<uuid>.html`.
Older: `/eportal/ui?pageId=…&currentPage=k&moduleId=…`, an HTML page with `…&articleKey=` links.
"""

import re
from dataclasses import replace
from urllib.parse import urlsplit

from pipeline.scrape.answers import number_in, parameter, shown, turned
from pipeline.scrape.inline import own_link
from pipeline.scrape.records import Family, ListError, Listing, Request, View
from pipeline.scrape.rows import find_columns, find_counts, find_next, find_rows

UUID = r"[0-9a-fA-F]{8}(?:-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}"
COLUMN = re.compile(rf"/columns/{UUID}(?:/|$)")
BLOCK = re.compile(rf"/columns/{UUID}/templates/{UUID}/blocks/{UUID}")
WRITTEN = re.compile(rf"""(?<![\w/.:-])[\w/.:-]{{0,100}}?{BLOCK.pattern}(?:\?[\w=&;%.-]*)?""")
PARTS = tuple(
    re.compile(rf"""{name}s?(?:[-_]?(?:uu)?id)?["']?\s*[:=]\s*["']({UUID})""", re.IGNORECASE)
    for name in ("template", "block")
)
ARTICLE = re.compile(rf"/columns/{UUID}/\d{{6}}/\d{{2}}/{UUID}\.html$|/eportal/ui\?.*\barticleKey=")
LINK = re.compile(rf"""\bhref\s*=\s*["']?([^"'\s<>]*(?:{UUID}\.html|articleKey=[^"'\s<>]*))""", re.IGNORECASE)
PORTAL = "/eportal/ui"
MODULE = re.compile(rf"""\bmoduleId["']?\s*[:=]\s*["']?({UUID}|\w+)""")
SCRIPTED = re.compile(r"""\b(?:total_?pages?|page_?count|pages)["']?\s*[:=]\s*["']?(\d{1,5})""", re.IGNORECASE)
NOTHING = re.compile(r"(?:暂无|没有|无)(?:相关|符合条件的?)?(?:信息|内容|数据|记录)|<(?:ul|ol|table|li|dl)\b")
DOCUMENT = re.compile(r"<title\b", re.IGNORECASE)


def recognise(view: View) -> str:
    """Return the sign of the platform: an address, or a fragment that the page names."""
    if (found := COLUMN.search(view.path)) or (found := BLOCK.search(view.text)):
        return f"地址 {found[0]}"
    if PORTAL in view.path:
        return f"地址 {PORTAL}"
    url = own_link(view, LINK, ARTICLE)
    return f"文章地址 {url}" if url else ""


def read(view: View) -> Listing:
    """Read a fragment, a column page, or a page of the older kind."""
    if BLOCK.search(view.path) or BLOCK.search(view.request.url):
        return read_fragment(view)
    rows, (pages, total) = find_rows(view), find_size(view)
    page = number_in({"page": parameter(view.request, ("currentpage",))}, "page") or 1
    following = find_next(view)
    module = parameter(view.request, ("moduleid",)) or ((told := MODULE.search(view.text)) and told[1])
    if following is None and PORTAL in view.path and rows and module and pages and page < pages:
        following = turn_portal(view.request, str(page + 1), module)
    blocks = () if rows and following else find_blocks(view)
    return Listing(rows, following, blocks, find_columns(view), page=page, pages=pages, total=total)


def turn_portal(request: Request, page: str, module: str) -> Request:
    """Return the request for a page of the older kind, with the parameters that its first page does not need."""
    missing = [name for name in ("currentPage", "moduleId") if parameter(request, (name.lower(),)) is None]
    added = "&".join((request.url, *(f"{name}=" for name in missing)))
    return turned(replace(request, url=added), {"currentpage": page, "moduleid": module})


def find_blocks(view: View) -> tuple[Request, ...]:
    """Return the requests for the fragments that a column page names, each from its first page."""
    column, parts = COLUMN.search(view.path), [pattern.search(view.text) for pattern in PARTS]
    written = [found.replace("&amp;", "&") for found in WRITTEN.findall(view.text)]
    if not written and column and parts[0] and parts[1]:
        written = [f"{column[0].rstrip('/')}/templates/{parts[0][1]}/blocks/{parts[1][1]}"]
    blocks: dict[str, Request] = {}
    for each in written:
        request = Request(view.join(each), family="hebei")
        first = "0" if parameter(request, ("page",)) == "0" else "1"
        asked = turned(request, {"page": first, "fix": parameter(request, ("fix",)) or "0"})
        blocks.setdefault(urlsplit(asked.url).path, replace(asked, memo={"first": first}))
    return tuple(blocks.values())


def read_fragment(view: View) -> Listing:
    """Read a page of a list. Raises ListError where the answer is no list."""
    memo, rows, (pages, total) = view.request.memo, find_rows(view), find_size(view)
    first = number_in(memo, "first")
    asked = number_in({"page": parameter(view.request, ("page",))}, "page")
    first = min(1, asked if asked is not None else 1) if first is None else first
    page = (asked if asked is not None else first) - first + 1
    if not rows:
        # Behind the last page of a list that does not count, nothing at all may come.
        is_end = page > 1 and not view.text.strip() and "size" in memo
        if not is_end and (DOCUMENT.search(view.text) or not NOTHING.search(view.text)):
            raise ListError(f"Expected rows of a list from {view.url}, but the answer is {shown(view.text)}.")
        return Listing(page=page, pages=pages)
    size = number_in(memo, "size") or len(rows)
    following = find_next(view)
    goes_on = page < pages if pages is not None else following is not None or len(rows) >= size
    if following is None or not BLOCK.search(following.url):
        following = turned(view.request, {"page": str(first + page)}) if goes_on else None
    if following is not None:
        following = replace(following, family="hebei", memo={"first": str(first), "size": str(size)})
    return Listing(rows, following, page=page, pages=pages, total=total)


def find_size(view: View) -> tuple[int | None, int | None]:
    """Return how many pages and rows there are, as the pager says or else a script."""
    _, pages, total = find_counts(view)
    scripted = SCRIPTED.search(view.text)
    return pages or (int(scripted[1]) if scripted else None), total


FAMILY = Family("hebei", recognise, read)
