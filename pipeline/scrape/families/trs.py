"""TRS WCM: static lists, a directory a column.

List `/zwgk/fzzfjs/` or `…/index.html`; the script call `createPageHTML(total, current, "index", "html")` counts from 0,
and the file of page k is `<stem>_{k-1}.<ext>` beside the list. Chongqing calls it `createPage`; the stem may be
`list`, the ending `shtml`; arguments may be variables of the page. Other pages say the same by `countPage` and
`currentPage`, by `pagination_script_config = {pageNumber, total}` (both from 0), or by `totalData` and `showData`,
whose files are `index_pc_N.html` from N = 1.
Articles `…/YYYYMM/tYYYYMMDD_<digits>.html`; files `./P0YYYYMMDD<digits>.pdf` beside them.
Traps: some sites number their files from the page itself (`index_2.html` is page 2), which a printed pager or the
calls of two pages show, and nothing else; on others every page says that it is the first, so that the number in the
address counts; UCAP calls a function of the same name with the id of an element before the total. Whether files
number pages travels as `memo["first"]`, the number of the file of page 2.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from pipeline.scrape.inline import STRING, scripts, unescape
from pipeline.scrape.pager import AROUND, NEXT, NUMBERED, find_counts
from pipeline.scrape.records import Family, Listing, Request, Row, View
from pipeline.scrape.rows import find_columns, find_next, find_rows
from pipeline.scrape.trees import links_in
from pipeline.text import fold

CALL = re.compile(r"(?<!function )\bcreatePage\w*\s*\(([^()]{3,200})\)", re.IGNORECASE)
UCAP = re.compile(r"\s*[\"'][A-Za-z]")  # the id of an element, where a total should be
VARIABLE = re.compile(r"(?<![\w$.])(?:var\s+)?([A-Za-z_$][\w$]*)\s*=\s*[\"']?(\d{1,7})[\"']?(?=\s*(?:[;,\n}/]|$))")
COUNTS = re.compile(r"\b(?:countPage|totalPages?|pageCount|nPageCount|pageTotal)\b", re.IGNORECASE)
TURNS = re.compile(r"\b(?:currentPage|nCurrIndex|curPage|currPage|pageIndex|prevPage)\b", re.IGNORECASE)
CONFIG = re.compile(r"pagination_script_config\s*=\s*\{([^{}]*)\}")
DATA = re.compile(r"\btotalData\b[\"']?\s*[:=]\s*[\"']?(\d{1,7})")
SHOWN = re.compile(r"\bshowData\b[\"']?\s*[:=]\s*[\"']?(\d{1,4})")
PER_PAGE = 15  # rows of a page that names only its total
# "index" + "_" + nextPage + "." + "html", or "index_" + nextPage + ".html", quotes escaped or not.
NAMED = re.compile(
    r"""(?P<stem>\w[\w%-]*?)_?["']\s*\+\s*(?:["']_["']\s*\+\s*)?\(?\s*(?:nextPage|i|page\w*)\b[^;\n]{0,20}?"""
    r"""\+\s*["']\.(?:["']\s*\+\s*["'])?(?P<ending>s?html?)\b"""
)
ARTICLE = re.compile(r"/\d{6}/t\d{8}_\d+(?:_\d+)?\.s?html?$")
NUMBER = re.compile(r"^(?P<stem>.+?)_(?P<number>\d{1,5})\.(?P<ending>\w+)$")


@dataclass(frozen=True, slots=True)
class Pager:
    """How a page says which one it is, and what the files of the others are called."""

    pages: int
    current: int | None  # from 0, as the script says
    stem: str = ""  # "" where it is that of the page itself
    ending: str = ""
    total: int | None = None
    first: int | None = None  # number of the file of page 2, where the notation settles it
    sign: str = ""


def recognise(view: View) -> str:
    """Return the sign of a TRS list."""
    if pager := find_pager(view):
        return pager.sign
    host = urlsplit(view.url).hostname
    articles = (row for row in find_rows(view) if ARTICLE.search(row.url) and urlsplit(row.url).hostname == host)
    row = next(articles, None)
    return f"文章地址形如 {urlsplit(row.url).path[-40:]}" if row else ""


def find_pager(view: View) -> Pager | None:
    """Return what the scripts of a page say of its pages, None where they say nothing that is known."""
    names: dict[str, str] = {}
    codes = list(scripts(view))
    for code in codes:
        names.update(VARIABLE.findall(code))
    calls = [call for code in codes for call in CALL.finditer(code)]
    for call in calls:
        if pager := _by_call(call, names):
            return pager
    is_file = re.search(r"(?:/|\.s?html?)$", view.path) is not None and "?" not in view.url
    for code in codes if not any(UCAP.match(call[1]) for call in calls) else ():
        if pager := _by_config(code) or _by_variables(code, names, is_file):
            return pager
    return None


def _by_call(call: re.Match[str], names: Mapping[str, str]) -> Pager | None:
    arguments = [_value(part.strip(), names) for part in call[1].split(",")]
    if len(arguments) < 2 or not (arguments[0].isdigit() and arguments[1].isdigit()):
        return None
    stem, ending, *rest = [*arguments[2:], "", ""][: max(2, len(arguments) - 2)]
    if not re.fullmatch(r"[\w%./-]*", stem) or not re.fullmatch(r"\.?\w{0,6}", ending):
        return None
    total = int(rest[0]) if rest and rest[0].isdigit() else None
    return Pager(int(arguments[0]), int(arguments[1]), stem, ending.lstrip("."), total, sign=f"脚本 {call[0]}")


def _value(argument: str, names: Mapping[str, str]) -> str:
    if found := STRING.fullmatch(argument):
        return unescape(next(group for group in found.groups() if group is not None)).strip()
    return names.get(argument, argument)


def _by_config(code: str) -> Pager | None:
    if config := CONFIG.search(code):
        said = {name: int(value) for name, value in re.findall(r"(\w+)[\"']?\s*:\s*[\"']?(\d{1,5})", config[1])}
        if "total" in said:
            return Pager(said["total"], said.get("pageNumber"), sign="脚本 pagination_script_config")
    if data := DATA.search(code):
        shown = SHOWN.search(code)
        per_page = int(shown[1]) if shown and int(shown[1]) else PER_PAGE
        pages = max(1, -(-int(data[1]) // per_page))
        return Pager(pages, None, "index_pc", "html", int(data[1]), 2, sign="脚本 totalData")
    return None


def _by_variables(code: str, names: Mapping[str, str], is_file: bool) -> Pager | None:
    """Return the pager that two variables tell, where the page is a file, or the script says what the others are."""
    count, turn = COUNTS.search(code), TURNS.search(code)
    if count is None or turn is None or not names.get(count[0], "").isdigit():
        return None
    named = NAMED.search(code.replace('\\"', '"').replace("\\'", "'"))
    if named is None and not is_file:
        return None
    current = names.get(turn[0], "")
    return Pager(
        int(names[count[0]]),
        int(current) if current.isdigit() else None,
        named["stem"] if named else "",
        named["ending"] if named else "",
        sign=f"脚本变量 {count[0]}",
    )


def read(view: View) -> Listing:
    """Read a page of a list."""
    rows, columns = find_rows(view), find_columns(view)
    said_page, said_pages, said_total = find_counts(view)
    pager = find_pager(view)
    if pager is None:
        return Listing(rows, find_next(view), columns=columns, page=said_page or 1, pages=said_pages, total=said_total)
    name = view.path.rpartition("/")[2]
    own = NUMBER.match(name)
    number = int(own["number"]) if own and pager.stem in ("", own["stem"]) else None
    first = _first(view, pager, number)
    page = 1 if number is None else number + 2 - first
    stem = pager.stem or (own["stem"] if own and number is not None else name.rpartition(".")[0] or "index")
    ending = pager.ending or name.rpartition(".")[2] or _ending(rows)
    following = None
    if page < pager.pages:
        file = f"{stem}_{page + first - 1}.{ending}"
        memo = {"first": str(first)}
        if page == 1 and first == 1 and not (pager.first or view.request.memo or set(_shown(view, pager, number))):
            memo["else"] = urljoin(
                view.url, f"{stem}_2.{ending}"
            )  # nothing but the file itself tells how they are counted
        following = Request(urljoin(view.url, file), family="trs", memo=memo)
    return Listing(rows, following, (), columns, page, pager.pages, pager.total or said_total)


def _ending(rows: Iterable[Row]) -> str:
    """Return the ending of a site's pages where only its articles show it."""
    endings = {row.url.rpartition(".")[2] for row in rows if ARTICLE.search(row.url)}
    return endings.pop() if len(endings) == 1 else "html"


def _first(view: View, pager: Pager, number: int | None) -> int:
    """Return the number of the file of page 2: 1, as the call counts, or 2 where this site shows it.

    *number* is that of this page's own file, None for the first page, whose file has none.
    """
    if pager.first is not None:
        return pager.first
    told = set(_shown(view, pager, number))
    if len(told) == 1:
        return told.pop()
    if (memo := view.request.memo.get("first", "")) in ("1", "2"):
        return int(memo)
    if pager.current is None or pager.pages < 2:
        return 1
    if number is None:
        return 2 if pager.current == 1 else 1  # a first page that is called 1 is counted from 1, and so are the files
    return 2 if pager.current and pager.current == number - 1 else 1


def _shown(view: View, pager: Pager, number: int | None) -> Iterator[int]:
    """Yield the number of the file of page 2 as each printed link to a numbered page implies it."""
    for link in links_in(view.soup):
        file = NUMBER.match(urlsplit(str(link["href"])).path.rpartition("/")[2])
        if file is None or pager.stem not in ("", file["stem"]):
            continue
        words = fold(link.get_text()).strip()
        if (said := NUMBERED.fullmatch(words)) and int(said[1]) - int(file["number"]) in (0, 1):
            yield 2 - (int(said[1]) - int(file["number"]))
        elif number is None and NEXT.fullmatch(words.strip(AROUND)) and file["number"] in ("1", "2"):
            yield int(file["number"])


FAMILY = Family("trs", recognise, read)
