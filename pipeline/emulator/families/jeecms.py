"""JEECMS: lists `/KEY.jhtml`, `/KEY_2.jhtml`, articles `/c/SITE/ID.jhtml`, files `/u/cms/SITE/YYYYMM/`."""

import re
from collections.abc import Iterator

from pipeline.emulator import pages
from pipeline.emulator.site import Answer, Article, Asked, Attachment, Kind, Site, SiteColumn

FIRST_ID = 51_000
LIST = re.compile(r"^/(?P<key>[^/]+?)(?:_(?P<page>\d+))?\.jhtml$")


def slug(site: Site) -> str:
    """Return what addresses call the site: yunling of www.yunling.test."""
    return site.host.split(".")[-2]


def list_path(column: SiteColumn, page: int = 1) -> str:
    """Return the path of a page of a list."""
    return f"/{column.key}{'' if page == 1 else f'_{page}'}.jhtml"


def in_column(site: Site, article: Article, key: str) -> str:
    """Return where an article stands in a column: its page, or its file if it is one."""
    number = FIRST_ID + article.number
    if article.is_file:
        return f"/u/cms/{slug(site)}/{article.published:%Y%m}/{number}.{pages.ending_of(article)}"
    is_own = key == pages.columns_of(site, article)[0]
    return f"/c/{slug(site)}/{number}.jhtml" if is_own else f"/{key}/{number}.jhtml"


def places(site: Site, article: Article) -> tuple[str, ...]:
    """Return every path of an article."""
    return tuple(in_column(site, article, key) for key in pages.columns_of(site, article))


def files(site: Site, article: Article) -> tuple[str, ...]:
    """Return the paths of the attachments."""
    folder = f"/u/cms/{slug(site)}/{article.published:%Y%m}/{article.published:%d}{FIRST_ID + article.number}"
    return tuple(f"{folder}{place:04}.{attachment.ending}" for place, attachment in enumerate(article.attachments, 1))


def file_places(site: Site, article: Article) -> Iterator[tuple[str, Attachment]]:
    """Yield the path of each attachment."""
    yield from zip(files(site, article), article.attachments, strict=True)


def article_page(site: Site, article: Article) -> str:
    """Return the page of an article."""
    shown = [(path, attachment.name) for path, attachment in file_places(site, article)]
    return pages.article_html(
        site,
        article,
        body_open='<div class="content_text"><div class="article">',
        body_close="</div></div>",
        files=shown,
    )


def pager(site: Site, column: SiteColumn, page: int) -> str:
    """Return the pager of JEECMS: links without address where there is nothing to go to."""
    count = pages.pages_of(site, column)

    def link(to: int, name: str) -> str:
        if 1 <= to <= count and to != page:
            return f'<a href="{list_path(column, to).removeprefix("/")}">{name}</a>'
        return f'<a disabled="disabled">{name}</a>'

    shown = (link(1, "首页"), link(page - 1, "上一页"), link(page + 1, "下一页"), link(count, "尾页"))
    return f"<div>共{pages.total_of(site, column)}条记录 {page}/{count}页 {' '.join(shown)}</div>"


def list_html(site: Site, column: SiteColumn, page: int) -> str:
    """Return a page of a list."""
    rows = (pages.row(site, each, in_column(site, each, column.key)) for each in pages.paged(site, column, page))
    return pages.list_page(site, column, "\n".join(rows), pager(site, column, page))


def respond(site: Site, asked: Asked) -> Answer:
    """Answer a request to the site."""
    columns = [(column.title, list_path(column)) for column in site.columns]
    return (
        pages.static_list(site, LIST.match(asked.path), list_html)
        or pages.published(site, asked, places, file_places, article_page)
        or pages.front(site, asked, columns)
        or pages.missing(site)
    )


KIND = Kind(
    name="jeecms",
    respond=respond,
    entry=lambda site: list_path(site.columns[0]),
    address=lambda site, article: places(site, article)[0],
    places=places,
    files=files,
)
