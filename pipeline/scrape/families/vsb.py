"""VSB, the site builder of universities that governments use too.

List `/zwgk/tzgg.htm`; further pages lie in a folder of the same name and are numbered downward: of N pages the second
is `tzgg/<N-1>.htm`, the oldest `tzgg/1.htm`. Addresses therefore move whenever a page is added, so that only the link
下页 leads on, never a counter. N stands in `_simple_list_gotopage_fun(N,'…',2)`, the rows in 共41条.
Rows are elements with an id such as line_u7_0. Articles `/info/<column>/<id>.htm` or
`content.jsp?urltype=news.NewsContentUrl&wbtreeid=…&wbnewsid=…`; the address of a file has no extension.
"""

import re
from typing import TYPE_CHECKING

from pipeline.scrape.records import Family, Listing, Request, Row, View
from pipeline.scrape.rows import find_columns, find_counts, find_next, find_rows, read_row

if TYPE_CHECKING:
    from bs4 import Tag

LINE = re.compile(r"^line_?u\w*_\d+$", re.IGNORECASE)
PAGES = re.compile(r"_simple_list_gotopage_fun\(\s*['\"]?(\d{1,5})")
NUMBERED = re.compile(r"/(\d{1,5})\.html?$")
ARTICLE = re.compile(r"(?:^|/)info/\d+/\d+\.html?|content\.jsp\?", re.IGNORECASE)
SIGNS = re.compile(
    r"_simple_list_gotopage_fun\(|_newscontent_fromname"
    r"|\bid\s*=\s*[\"']?(?:vsb_content\w*|line_u\d+_\d+)|\bv_news_content\b"
    r"|Visual SiteBuilder|news\.DownloadAttachUrl"
)


def recognise(view: View) -> str:
    """Return the sign of a VSB page."""
    found = SIGNS.search(view.text)
    return f"页面标记 {found[0]}" if found else ""


def read(view: View) -> Listing:
    """Read a page of a list."""
    lines = [line for line in view.soup.find_all(id=LINE) if line.find("a", href=True)]
    rows: dict[str, Row] = {}
    for row in (*(read_line(line, view) for line in lines), *find_rows(view)):
        if row is not None:
            rows.setdefault(row.url, row)
    count, (_, printed, total) = PAGES.search(view.text), find_counts(view)
    pages = int(count[1]) if count else printed
    numbered = NUMBERED.search(view.path)
    page = max(pages - int(numbered[1]) + 1, 1) if pages and numbered else 1
    return Listing(
        tuple(rows.values()),
        find_next(view) or next_of_pager(view),
        columns=find_columns(view),
        page=page,
        pages=pages,
        total=total,
    )


def read_line(line: "Tag", view: View) -> Row | None:
    """Return the row in an element, whose main link is that of an article, or else the longest of them."""
    links = line.find_all("a", href=True)
    fitting = [link for link in links if ARTICLE.search(str(link["href"]))] or links
    main = max(fitting, key=lambda link: len(str(link.get("title") or "") or link.get_text(strip=True)))
    return read_row(main, line, view)


def next_of_pager(view: View) -> Request | None:
    """Return the page that the pager's arrow leads to where it has no words."""
    link = view.soup.select_one(".p_next a[href]")
    url = view.join(str(link["href"])) if link else ""
    return Request(url) if url and url != view.url else None


FAMILY = Family("vsb", recognise, read)
