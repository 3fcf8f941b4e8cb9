"""The disclosure platform of Anhui and whoever took it over: pages `/public/column/…`, lists by `/site/label/8888`.

Landing page `/public/column/<organId>?type=4&catId=<id>&action=list`; its list is a fragment of HTML that
`/site/label/8888?labelName=publicInfoList&siteId=…&organId=…&catId=…&pageIndex=1&pageSize=20&…` returns, by GET or by
POST; pages are counted from 1, and `Ls.pagination({pageCount:2})` says how many there are. 暂无相关信息 is an honest
empty list. Older sites print theirs: `/openness/`, `/PolicyContent/`, `/OpennessContent/showList/<a>/<b>/page_1.html`.
Traps: `length=` cuts titles, which are whole in the attribute `title`; link, 索引号 and date lie in cells of their own,
so that a row is a block rather than an item.
"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from pipeline.scrape.answers import find_calls, number_in, parameter, shown, turned
from pipeline.scrape.records import Family, ListError, Listing, Request, Row, View
from pipeline.scrape.rows import find_columns, find_next, find_rows, read_row

if TYPE_CHECKING:
    from bs4 import Tag

LABEL = "/site/label/8888"
CALL = re.compile(re.escape(LABEL))
LIST = "publicInfoList"
# A whole address, such as that of an attribute; what a script puts together is left to find_calls and call_of.
WRITTEN = re.compile(rf"""(?<!\+ )(?<!\+)["']((?:https?:)?[\w/.:-]*{LABEL}\?[^"'<>\s]*{LIST}[^"'<>]*)["'](?!\s*\+)""")
MARK = re.compile(rf"""\blabelName["']?\s*[:=]\s*["']?{LIST}""")
LANDING = re.compile(r"/public/column/(?P<organ>\d+)")
OLD = re.compile(r"/OpennessContent/showList/", re.IGNORECASE)
OLD_FOLDER = re.compile(r"/(?:openness|PolicyContent)(?:/|$)", re.IGNORECASE)  # sites of other kinds have one too
OWN_LINK = re.compile(r"/OpennessContent/|/public/column/\d", re.IGNORECASE)
COUNT = re.compile(r"""\bpageCount["']?\s*[:=]\s*["']?(\d{1,5})""", re.IGNORECASE)
TOTAL = re.compile(r"""\b(?:totalCount|total|recordCount)["']?\s*[:=]\s*["']?(\d{1,7})|共\s*(\d{1,7})\s*条""")
NOTHING = re.compile(r"(?:暂无|(?:没有|无)(?:相关|符合条件的?))(?:相关)?(?:信息|内容|数据|记录)")
NEAR = 1500  # characters around the name of the list within which a script names its other parameters
CELL_NAME = re.compile(r"^[^：:]{0,8}[：:]\s*")
NUMBER = ".wh, .fwzh, .wenhao, .filenum"
# What a call sends; where the page names no other value.
PARAMETERS = {
    "IsAjax": "1", "dataType": "html", "labelName": LIST, "siteId": "", "organId": "", "type": "4", "catId": "",
    "pageIndex": "1", "pageSize": "20", "action": "list", "isDate": "true", "dateFormat": "yyyy-MM-dd", "length": "80",
    "fromCode": "title", "fuzzySearch": "false", "sortType": "1", "keyWords": "", "result": "暂无相关信息",
    "file": "/xxgk/publicInfoList_newest2020",
}  # fmt: skip
NAMED_BY_PAGE = ("siteId", "organId", "type", "catId", "catIds", "pageSize", "length", "sortType", "file")


def recognise(view: View) -> str:
    """Return the sign of the platform: its addresses, or the name of its list in a script."""
    for pattern in (CALL, LANDING, OLD):
        if found := pattern.search(view.path):
            return f"地址 {found[0]}"
    if (found := OLD_FOLDER.search(view.path)) and OWN_LINK.search(view.text):
        return f"地址 {found[0]}"
    if MARK.search(view.text) or WRITTEN.search(view.text):
        return f"脚本中有 labelName={LIST}"
    return "div.xxgk_navli" if "xxgk_navli" in view.text and "Ls.pagination" in view.text else ""


def read(view: View) -> Listing:
    """Read a page that shows a list or calls for one, or the fragment that is a list."""
    if LABEL in view.path or LABEL in view.request.url:
        return read_fragment(view)
    rows, calls = read_rows(view), find_lists(view)
    if not calls and not rows and LANDING.search(view.path):
        calls = (call_of(view),)
    count, page = COUNT.search(view.text), page_of(view.request)
    following = find_next(view)
    if not calls and not following and count and page < int(count[1]):
        following = turn_to(call_of(view), page + 1)
    pages = int(count[1]) if count and not calls else None
    return Listing(rows, following, calls, find_columns(view), page=page, pages=pages)


def read_fragment(view: View) -> Listing:
    """Read a page of a list. Raises ListError where the answer is neither rows nor the words for none."""
    rows, count, total = read_rows(view), COUNT.search(view.text), TOTAL.search(view.text)
    if not rows and not NOTHING.search(view.text) and not (count and int(count[1]) == 0):
        raise ListError(f"Expected rows or 暂无相关信息 from {view.url}, but the answer is {shown(view.text)}.")
    page = page_of(view.request)
    pages = int(count[1]) if count else number_in(view.request.memo, "pages")
    following = None
    if rows and (page < pages if pages is not None else find_next(view) is not None):
        memo = {"pages": str(pages)} if pages else {}
        following = replace(turn_to(view.request, page + 1), family="label8888", memo=memo)
    known = int(total[1] or total[2]) if total else None
    return Listing(rows, following, page=page, pages=pages, total=known)


def page_of(request: Request) -> int:
    """Return which page a request is for, 1 where it does not say."""
    return number_in({"page": parameter(request, ("pageindex",))}, "page") or 1


def turn_to(request: Request, page: int) -> Request:
    """Return the request for a page of the same list."""
    if parameter(request, ("pageindex",)) is None:
        return replace(request, url=f"{request.url}{'&' if '?' in request.url else '?'}pageIndex={page}")
    return turned(request, {"pageindex": str(page)})


def read_rows(view: View) -> tuple[Row, ...]:
    """Return the rows of the list's blocks, or else of any list on the page."""
    rows: dict[str, Row] = {}
    for part in view.soup.select(".xxgk_navli"):
        for link, block in links_of(part):
            row = read_row(link, block, view)
            if row is not None and row.title:
                index, number = block.select_one(".syh, .index"), block.select_one(NUMBER)
                told = replace(row, index=text_of(index) or row.index, number=text_of(number) or row.number)
                rows.setdefault(row.url, told)
    return tuple(rows.values()) or find_rows(view)


def links_of(part: "Tag") -> "list[tuple[Tag, Tag]]":
    """Return the links to articles in a part of the list, each with its row: the part itself where it has one date."""
    links = part.select("a[href]")
    if len(part.select(".date")) != 1 or not links:
        return [(link, block_of(link)) for link in links]
    return [(max(links, key=lambda link: len(str(link.get("title") or "") or link.get_text(strip=True))), part)]


def block_of(link: "Tag") -> "Tag":
    """Return the widest element around *link*, within the list, that has no other link to an article."""
    block = link
    for parent in link.parents:
        if any(other["href"] != link["href"] for other in parent.find_all("a", href=True)):
            break
        block = parent
        if "xxgk_navli" in (parent.get("class") or []):
            break
    return block


def text_of(element: "Tag | None") -> str:
    """Return the characters in a cell without its name, which may precede them as in 索引号：9990001/202502-00003."""
    return CELL_NAME.sub("", " ".join(element.get_text(" ").split())) if element else ""


def find_lists(view: View) -> tuple[Request, ...]:
    """Return the first pages of the lists that a page calls for."""
    calls = [call for call in find_calls(view, LABEL) if (parameter(call, ("labelname",)) or LIST) == LIST]
    if not calls:
        urls = (view.join(each.replace("&amp;", "&")) for each in WRITTEN.findall(view.text))
        calls = [Request(url) for url in urls if url]
    count = COUNT.search(view.text)
    memo = {"pages": count[1]} if count else {}
    if not calls and MARK.search(view.text):
        calls = [call_of(view)]
    firsts = (turn_to(call, 1) for call in calls)
    return tuple({call.url: replace(call, family="label8888", memo=memo) for call in firsts}.values())


def call_of(view: View) -> Request:
    """Return the call for the list of a page that computes it: by the page's address, then by what its scripts name."""
    values, mark = dict(PARAMETERS), MARK.search(view.text)
    near = view.text[max(0, mark.start() - NEAR) : mark.end() + NEAR] if mark else ""
    for name in NAMED_BY_PAGE:
        pattern = re.compile(rf"""\b{name}["']?\s*[:=]\s*["']?([\w/.,-]*\d[\w/.-]*)""")
        if found := pattern.search(near) or (pattern.search(view.text) if name == "siteId" else None):
            values[name] = found[1]
    landing = LANDING.search(view.path)
    values["organId"] = landing["organ"] if landing else values["organId"]
    values |= {name: value for name, value in parse_qsl(urlsplit(view.url).query) if name in {*PARAMETERS, "catIds"}}
    return Request(f"{view.join_to(view.url, LABEL)}?{urlencode(values)}", family="label8888")


FAMILY = Family("label8888", recognise, read)
