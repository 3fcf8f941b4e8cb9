"""Hand-made and rare sites: any page with rows, whatever made it.

Static `list.html`, ASP.NET (`XZGFList.aspx?currentPage=2`, or a form that posts back), `/?a=dir&h=1&p=D0104X`,
`/cms/html/<site>/<slug>/index.html`, `/channels/<id>.html`, addresses without an ending.
Pages: what the page itself offers and nothing else, by `pager.find_next`. A post back carries the page's hidden
fields, so that each page must be read to ask for the one behind it.
Traps: a counter in the address is no proof of a page behind this one; `p` may name a column.
"""

from pipeline.scrape.pager import find_counts, page_in
from pipeline.scrape.records import Family, Listing, View
from pipeline.scrape.rows import find_columns, find_next, find_rows


def recognise(view: View) -> str:
    """Return the sign of a list: how many of its links have a date beside them, or the titles of documents."""
    rows = find_rows(view)
    dated = sum(row.published is not None for row in rows)
    if dated:
        return f"带日期的链接列表 {dated} 条"
    return f"公文标题的链接列表 {len(rows)} 条" if rows else ""


def read(view: View) -> Listing:
    """Read a page of a list."""
    said_page, pages, total = find_counts(view)
    page = said_page or page_in(view.request) or 1
    return Listing(find_rows(view), find_next(view), (), find_columns(view), page, pages, total)


FAMILY = Family("generic", recognise, read)
