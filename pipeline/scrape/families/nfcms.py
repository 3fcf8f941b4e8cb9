"""NFCMS (Guangdong, apart from its gkmlpt): static lists, a directory a column.

List `/zwgk/fzzfjs/` or `…/index.html`; page k is `index_k.html`, whose pager the page prints. Rows carry `span.wh`
(文号) and `span.date`. Articles `…/content/post_<id>.html`, `mpost_<id>.html` for telephones.
Marks: `NFCMS_SITE_ID` in a script; the address of an article.
Traps: gkmlpt articles look alike (`/gkmlpt/content/…/post_<id>.html`) and belong to an API; where a script draws the
pager, only 共N页 says that there is a page behind this one.
"""

import re
from urllib.parse import urljoin, urlsplit

from pipeline.scrape.pager import find_counts
from pipeline.scrape.records import Family, Listing, Request, View
from pipeline.scrape.rows import find_columns, find_next, find_rows

MARK = re.compile(r"\bNFCMS_(?:SITE|POST|CAT)_ID\b")
ARTICLE = re.compile(r"^(?!.*/gkmlpt/).*/content/m?post_\d+\.html$")
NUMBERED = re.compile(r"index_(\d{1,5})\.html$")


def recognise(view: View) -> str:
    """Return the sign of an NFCMS page."""
    if mark := MARK.search(view.text):
        return f"脚本变量 {mark[0]}"
    if "post_" not in view.text:
        return ""
    paths = (urlsplit(row.url).path for row in find_rows(view))
    article = next((path for path in paths if ARTICLE.match(path)), "")
    return f"文章地址形如 {article[-40:]}" if article else ""


def read(view: View) -> Listing:
    """Read a page of a list."""
    said_page, pages, total = find_counts(view)
    own = NUMBERED.search(view.path)
    page = int(own[1]) if own else said_page or 1
    following = find_next(view)
    if following is None and pages and page < pages and (own or view.path.endswith(("/", "/index.html"))):
        following = Request(urljoin(view.url, f"index_{page + 1}.html"))
    return Listing(find_rows(view), following, (), find_columns(view), page, pages, total)


FAMILY = Family("nfcms", recognise, read)
