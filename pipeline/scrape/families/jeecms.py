"""JEECMS: lists and articles that end in `.jhtml`.

List `/fzzf/index.jhtml` or `/c/<site>/<slug>.jhtml`; page k is `index_k.jhtml`, `<slug>_k.jhtml`, counted from 1.
The pager is printed: `共41条 当前1/3页`, and 下一页 as a handler, `location.href=encodeURI('index_2.jhtml')`, switched
off on the last page. Articles `/<column>/<id>.jhtml`; a long one goes on at `<id>_2.jhtml`.
Trap: such addresses also occur as links to other departments, so that this host's own count alone.
"""

import re
from urllib.parse import urljoin, urlsplit

from pipeline.scrape.pager import find_counts
from pipeline.scrape.records import Family, Listing, Request, View
from pipeline.scrape.rows import find_columns, find_next, find_rows

NUMBERED = re.compile(r"^(?P<stem>[^/]+?)(?:_(?P<number>\d{1,5}))?\.jhtml$")


def recognise(view: View) -> str:
    """Return the sign of a JEECMS list."""
    if view.path.endswith(".jhtml"):
        return f"地址以 .jhtml 结尾：{view.path[-40:]}"
    if ".jhtml" not in view.text:
        return ""
    host = urlsplit(view.url).hostname
    addresses = (urlsplit(row.url) for row in find_rows(view))
    path = next((each.path for each in addresses if each.hostname == host and each.path.endswith(".jhtml")), "")
    return f"文章地址形如 {path[-40:]}" if path else ""


def read(view: View) -> Listing:
    """Read a page of a list."""
    said_page, pages, total = find_counts(view)
    own = NUMBERED.match(view.path.rpartition("/")[2])
    page = int(own["number"]) if own and own["number"] else said_page or 1
    following = find_next(view)
    if following is None and own and pages and page < pages:
        following = Request(urljoin(view.url, f"{own['stem']}_{page + 1}.jhtml"))
    return Listing(find_rows(view), following, (), find_columns(view), page, pages, total)


FAMILY = Family("jeecms", recognise, read)
