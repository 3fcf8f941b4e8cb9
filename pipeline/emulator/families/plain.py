"""Hand-made sites: static lists with 下一页, and two old dynamic ones.

Lists stand at `/zwgk/KEY/list.html` and `list_2.html`, articles at `content_ID.html` beside them, files in `/upload/`.
Rows are tables in capitals, their dates in several spellings; nothing but the printed links says how many pages follow.

Quirks: aspnet (`/XZGFList.aspx?id=N&currentPage=K`, articles `/Item/ID.aspx`), query (a disclosure tree,
`/?a=dir&h=1&p=CODE&page=K`, articles `/?a=show&h=1&p=CODE&id=ID`).
"""

import re
from collections.abc import Iterator
from html import escape

from pipeline.emulator import pages
from pipeline.emulator.site import Answer, Article, Asked, Attachment, Kind, Site, SiteColumn

FIRST_ID = 2_362_000
LIST = re.compile(r"^/zwgk/(?P<key>[^/]+)/list(?:_(?P<page>\d+))?\.html$")
DATES = ("%Y-%m-%d", "(%Y/%m/%d)", "%Y.%m.%d", "[%Y年%m月%d日]")


def code(site: Site, key: str) -> str:
    """Return what stands for a column in the addresses of a dynamic site: its number, or its place in the tree."""
    number = next((place for place, column in enumerate(site.columns, 1) if column.key == key), 0)
    return f"D01{number:02}X" if site.has("query") else f"{number}"


def list_path(site: Site, column: SiteColumn, page: int = 1) -> str:
    """Return the target of a page of a list."""
    own = code(site, column.key)
    if site.has("aspnet"):
        return f"/XZGFList.aspx?id={own}" + (f"&currentPage={page}" if page > 1 else "")
    if site.has("query"):
        return f"/?a=dir&h=1&p={own}" + (f"&page={page}" if page > 1 else "")
    return f"/zwgk/{column.key}/list{'' if page == 1 else f'_{page}'}.html"


def in_column(site: Site, article: Article, key: str) -> str:
    """Return where an article stands in a column: its page, or its file if it is one."""
    number = FIRST_ID + article.number
    if article.is_file:
        return f"/upload/{article.published:%Y%m}/{number}.{pages.ending_of(article)}"
    if site.has("aspnet"):
        return f"/Item/{number}.aspx" + ("" if key == pages.columns_of(site, article)[0] else f"?c={code(site, key)}")
    if site.has("query"):
        return f"/?a=show&h=1&p={code(site, key)}&id={number}"
    return f"/zwgk/{key}/content_{number}.html"


def places(site: Site, article: Article) -> tuple[str, ...]:
    """Return every target of an article."""
    return tuple(in_column(site, article, key) for key in pages.columns_of(site, article))


def files(site: Site, article: Article) -> tuple[str, ...]:
    """Return the paths of the attachments, which all columns share."""
    folder = f"/upload/{article.published:%Y%m}/{FIRST_ID + article.number}"
    return tuple(f"{folder}_{place}.{attachment.ending}" for place, attachment in enumerate(article.attachments, 1))


def file_places(site: Site, article: Article) -> Iterator[tuple[str, Attachment]]:
    """Yield the path of each attachment."""
    yield from zip(files(site, article), article.attachments, strict=True)


def article_page(site: Site, article: Article) -> str:
    """Return the page of an article."""
    shown = [(path, attachment.name) for path, attachment in file_places(site, article)]
    return pages.article_html(site, article, body_open='<div class="content">', files=shown)


def row(site: Site, column: SiteColumn, article: Article) -> str:
    """Return a row as it was made by hand."""
    link = in_column(site, article, column.key).removeprefix(f"/zwgk/{column.key}/")
    shown, title = pages.row_title(site, article)
    href = link if link.startswith("content_") and article.number % 4 == 0 else pages.quoted(site, link)
    attributes = f"HREF={href if article.number % 2 else href.replace('&amp;', '&')}"
    if title:
        attributes += f" TITLE={pages.quoted(site, title)}"
    day = article.published.strftime(DATES[article.number % len(DATES)])
    return f"<TR><TD>·<A {attributes}>{escape(shown)}</A></TD>\n<TD width=90>\n{day}</TD></TR>"


def pager(site: Site, column: SiteColumn, page: int) -> str:
    """Return the printed links to other pages."""
    count = pages.pages_of(site, column)

    def link(to: int, name: str) -> str:
        path = list_path(site, column, to)
        path = path.removeprefix(f"/zwgk/{column.key}/").removeprefix("/XZGFList.aspx")
        return f'<a href="{path.replace("&", "&amp;")}">{name}</a>' if 1 <= to <= count and to != page else name

    shown = (link(1, "首页"), link(page - 1, "上一页"), link(page + 1, "下一页"), link(count, "尾页"))
    return f"共{pages.total_of(site, column)}条 第{page}/{count}页 " + " ".join(shown)


def asked_for(site: Site, asked: Asked) -> tuple[SiteColumn, int] | None:
    """Return the column and the page that a request means, None if it is for no list."""
    query = asked.query
    for column in site.columns:
        found = LIST.match(asked.path)
        if found and found["key"] == column.key and found["page"] != "1" and not is_dynamic(site):
            return column, int(found["page"] or 1)
        own = code(site, column.key)
        if site.has("aspnet") and asked.path == "/XZGFList.aspx" and query.get("id") == own:
            return column, pages.page_number(query.get("currentPage"))
        if site.has("query") and asked.path == "/" and query.get("a") == "dir" and query.get("p") == own:
            return column, pages.page_number(query.get("page"))
    return None


def is_dynamic(site: Site) -> bool:
    """Whether lists are made by a program, which answers a page behind the last with an empty one."""
    return site.has("aspnet") or site.has("query")


def list_answer(site: Site, asked: Asked) -> Answer | None:
    """Return the page of a list that is asked for, None if it is no list's."""
    meant = asked_for(site, asked)
    if meant is None:
        return None
    column, page = meant
    if pages.is_capped(site, page):
        return pages.STUB
    if not (is_dynamic(site) or pages.has_page(site, column, page)):
        return None
    rows = "\n".join(row(site, column, article) for article in pages.paged(site, column, page))
    around = ('<TABLE width="98%" border=0>', "</TABLE>")
    html = pages.list_page(site, column, rows, pager(site, column, page), list_open=around[0], list_close=around[1])
    return pages.encode(site, html)


def respond(site: Site, asked: Asked) -> Answer:
    """Answer a request to the site."""
    columns = [(column.title, list_path(site, column)) for column in site.columns]
    return (
        list_answer(site, asked)
        or pages.published(site, asked, places, file_places, article_page)
        or pages.front(site, asked, columns)
        or pages.missing(site)
    )


KIND = Kind(
    name="plain",
    respond=respond,
    entry=lambda site: list_path(site, site.columns[0]),
    address=lambda site, article: places(site, article)[0],
    places=places,
    files=files,
    quirks=frozenset({"aspnet", "query"}),
)
