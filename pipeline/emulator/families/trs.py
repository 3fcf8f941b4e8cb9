"""TRS WCM: static lists and articles in directories.

Lists stand at `/zwgk/KEY/`; page k is `index_{k-1}.html` beside it; the call of a script says how many there
are and which this is, from 0. Articles are `YYYYMM/tYYYYMMDD_ID.html`, attachments `./P0YYYYMMDD` and 12 digits
beside them.

Quirks: chongqing (the call is createPage), count_page (the call's numbers are variables), from_one (page 2 is
index_2.html, reached by printed links), shtml, stem_list (list.html in place of index.html), document_write (rows are
printed by script), table_rows (文号 | 标题 | 日期), redirect_entry (the directory is a stub that sends to index.html).
"""

import re
from collections.abc import Callable, Iterator
from html import escape

from pipeline.emulator import pages
from pipeline.emulator.site import Answer, Article, Asked, Attachment, Kind, Site, SiteColumn

FIRST_ID = 880_000
BODIES = (
    '<div class="TRS_Editor">',
    '<div class="view TRS_UEDITOR trs_paper_default">',
    '<div class="trs_editor_view TRS_UEDITOR">',
)
LIST = re.compile(r"^/zwgk/(?P<key>[^/]+)/(?:(?P<stem>[a-z]+)(?:_(?P<file>\d+))?\.(?P<ending>s?html))?$")


def directory(key: str) -> str:
    """Return the directory of a column."""
    return f"/zwgk/{key}/"


def names(site: Site) -> tuple[str, str]:
    """Return stem and ending of the files of a list."""
    return "list" if site.has("stem_list") else "index", "shtml" if site.has("shtml") else "html"


def in_column(site: Site, article: Article, key: str) -> str:
    """Return where an article stands in a column: its page, or its file if it is one."""
    if article.is_file:
        return beside(article, key, 0, pages.ending_of(article))
    name = f"t{article.published:%Y%m%d}_{FIRST_ID + article.number}.{names(site)[1]}"
    return f"{directory(key)}{article.published:%Y%m}/{name}"


def beside(article: Article, key: str, index: int, ending: str) -> str:
    """Return the path of a file beside an article; attachments count from 1, 0 is the article itself."""
    name = f"P0{article.published:%Y%m%d}{article.number:08}{index:04}.{ending}"
    return f"{directory(key)}{article.published:%Y%m}/{name}"


def places(site: Site, article: Article) -> tuple[str, ...]:
    """Return every path of an article."""
    return tuple(in_column(site, article, key) for key in pages.columns_of(site, article))


def address(site: Site, article: Article) -> str:
    """Return the path of an article in its own column."""
    return places(site, article)[0]


def file_places(site: Site, article: Article) -> Iterator[tuple[str, Attachment]]:
    """Yield every path of each attachment: it is beside the article in each of its columns."""
    for key in pages.columns_of(site, article):
        for index, attachment in enumerate(article.attachments, 1):
            yield beside(article, key, index, attachment.ending), attachment


def files(site: Site, article: Article) -> tuple[str, ...]:
    """Return the paths of the attachments in the article's own column."""
    return tuple(path for path, _ in file_places(site, article))[: len(article.attachments)]


def article_page(site: Site, article: Article) -> str:
    """Return the page of an article."""
    shown = [
        (f"./{path.rsplit('/', 1)[1]}", attachment.name)
        for path, attachment in zip(files(site, article), article.attachments, strict=True)
    ]
    return pages.article_html(site, article, body_open=BODIES[article.number % len(BODIES)], files=shown)


def href(site: Site, asked: Asked, article: Article, key: str) -> str:
    """Return the link of a row, written in one of the ways that stand side by side on real lists."""
    path = in_column(site, article, key)
    local = path.removeprefix(directory(key))
    ways = (f"./{local}", f"../../zwgk/{key}/{local}", path, f"{pages.origin(site, asked)}{path}")
    return ways[article.number % len(ways)]


def items(site: Site, asked: Asked, column: SiteColumn, page: int) -> str:
    """Return the rows of a page of a list."""
    shown = [(article, href(site, asked, article, column.key)) for article in pages.paged(site, column, page)]
    if site.has("table_rows"):
        cells = [
            f"<tr><td>{escape(article.document_number)}</td><td>{pages.anchor(site, article, link)}</td>"
            f"<td>{article.published}</td></tr>"
            for article, link in shown
        ]
        return "<tr><th>文号</th><th>标题</th><th>发布日期</th></tr>" + "\n".join(cells)
    rows = [pages.row(site, article, link) for article, link in shown]
    if not site.has("document_write"):
        return "\n".join(rows)
    written = (row.replace('"', '\\"') for row in rows)
    return "<script>\n" + "\n".join(f'document.writeln("{row}");' for row in written) + "\n</script>"


def pager(site: Site, column: SiteColumn, page: int) -> str:
    """Return what says how many pages there are, and where the next is."""
    count, (stem, ending) = pages.pages_of(site, column), names(site)
    if site.has("from_one"):
        paths = [f"{stem}.{ending}", *(f"{stem}_{k}.{ending}" for k in range(2, count + 1))]
        links = "".join(f'<a href="{path}">{k}</a> ' for k, path in enumerate(paths, 1) if k != page)
        after = f'<a href="{paths[page]}">下一页</a> <a href="{paths[-1]}">尾页</a>' if page < count else ""
        return f'<a href="{paths[0]}">首页</a> <span class="on">{page}</span> {links}{after}'
    if site.has("count_page"):
        return f"<script>\nvar currentPage = {page - 1};//所在页从0开始\nvar countPage = {count}//共多少页\n</script>"
    call = "createPage" if site.has("chongqing") else "createPageHTML"
    return f'<script>{call}({count}, {page - 1}, "{stem}", "{ending}");</script>'


def list_answer(site: Site, asked: Asked) -> Answer | None:
    """Return the page of a list that is asked for, None if it is no list's."""
    found = LIST.match(asked.path)
    column = site.column(found["key"]) if found else None
    if found is None or column is None:
        return None
    stem, ending = names(site)
    if found["stem"] is None and site.has("redirect_entry"):
        return pages.encode(
            site, f'<html><head><meta http-equiv="refresh" content="0; url={stem}.{ending}"></head></html>'
        )
    if found["stem"] is not None and (found["stem"], found["ending"]) != (stem, ending):
        return None
    page = 1 if found["file"] is None else int(found["file"]) + (not site.has("from_one"))
    if pages.is_capped(site, page):
        return pages.STUB
    if (found["file"] and page < 2) or not pages.has_page(site, column, page):
        return None
    around = (
        ("<table>", "</table>") if site.has("table_rows") else ('<div class="list_r"><ul class="list">', "</ul></div>")
    )
    html = pages.list_page(
        site,
        column,
        items(site, asked, column, page),
        pager(site, column, page),
        list_open=around[0],
        list_close=around[1],
    )
    return pages.encode(site, html)


def behind_search(site: Site, asked: Asked, search: Callable[[SiteColumn], str], *, element: str = "list") -> Answer:
    """Answer what lies behind a search whose rows are articles of this family: columns, articles, files, the front.

    Args:
        site: The site.
        asked: The request.
        search: The script on the page of a column, which has no rows of its own, that loads them.
        element: The id of the element that they are loaded into.
    """
    columns = [(column.title, directory(column.key)) for column in site.columns]
    if column := next((column for column in site.columns if asked.path == directory(column.key)), None):
        html = pages.list_page(site, column, "", search(column), list_open=f'<ul id="{element}">', list_close="</ul>")
        return pages.encode(site, html)
    return (
        pages.published(site, asked, places, file_places, article_page)
        or pages.front(site, asked, columns)
        or pages.missing(site)
    )


def respond(site: Site, asked: Asked) -> Answer:
    """Answer a request to the site."""
    columns = [(column.title, directory(column.key)) for column in site.columns]
    return (
        list_answer(site, asked)
        or pages.published(site, asked, places, file_places, article_page)
        or pages.front(site, asked, columns)
        or pages.missing(site)
    )


KIND = Kind(
    name="trs",
    respond=respond,
    entry=lambda site: directory(site.columns[0].key),
    address=address,
    places=places,
    files=files,
    quirks=frozenset(
        {
            "chongqing",
            "count_page",
            "from_one",
            "shtml",
            "stem_list",
            "document_write",
            "table_rows",
            "redirect_entry",
        }
    ),
)
