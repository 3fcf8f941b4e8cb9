"""NFCMS of Guangdong: static lists whose second page is index_2.html.

Lists stand at `/zwgk/KEY/`, articles at `content/post_ID.html` below them with a twin for telephones, `mpost_ID.html`;
files at `/attachment/A/B/C/ID.EXT`, their links marked nfw-cms-attachment.
"""

import re
from collections.abc import Iterator
from html import escape

from pipeline.emulator import pages
from pipeline.emulator.site import Answer, Article, Asked, Attachment, Kind, Site, SiteColumn

SITE_ID = 799_001
FIRST_ID = 6_203_000
LIST = re.compile(r"^/zwgk/(?P<key>[^/]+)/(?:index(?:_(?P<page>\d+))?\.html)?$")
BODIES = ("news_cont_d_wrap", "zw", "article-content", "tyxxy_main")


def directory(key: str) -> str:
    """Return the directory of a column."""
    return f"/zwgk/{key}/"


def attachment_path(article: Article, index: int, ending: str) -> str:
    """Return the path of a file; attachments count from 1, 0 is the article itself."""
    return f"/attachment/0/{article.number // 100}/{article.number}/{FIRST_ID + article.number * 10 + index}.{ending}"


def in_column(article: Article, key: str) -> str:
    """Return where an article stands in a column: its page, or its file if it is one."""
    if article.is_file:
        return attachment_path(article, 0, pages.ending_of(article))
    return f"{directory(key)}content/post_{FIRST_ID + article.number}.html"


def places(site: Site, article: Article) -> tuple[str, ...]:
    """Return every path of an article, those for telephones last."""
    own = tuple(in_column(article, key) for key in pages.columns_of(site, article))
    return own + tuple(path.replace("/post_", "/mpost_") for path in own)


def files(site: Site, article: Article) -> tuple[str, ...]:
    """Return the paths of the attachments."""
    return tuple(
        attachment_path(article, place, attachment.ending) for place, attachment in enumerate(article.attachments, 1)
    )


def file_places(site: Site, article: Article) -> Iterator[tuple[str, Attachment]]:
    """Yield the path of each attachment."""
    yield from zip(files(site, article), article.attachments, strict=True)


def article_page(site: Site, article: Article) -> str:
    """Return the page of an article."""
    links = "".join(
        f'<p><a class="nfw-cms-attachment" href="{path}" alt="{name}">{name}</a></p>'
        for path, name in ((path, escape(attachment.name)) for path, attachment in file_places(site, article))
    )
    number = FIRST_ID + article.number
    return pages.article_html(
        site,
        article,
        body_open=f'<div class="{BODIES[article.number % len(BODIES)]}">',
        body_close=f"{links}</div>",
        head_extra=f"<script>var NFCMS_SITE_ID = '{SITE_ID}'; var NFCMS_POST_ID = '{number}';</script>"
        f'<link rel="alternate" media="only screen and (max-width: 640px)" href="mpost_{number}.html">',
    )


def row(site: Site, column: SiteColumn, article: Article) -> str:
    """Return a row: 文号, link and date."""
    path = in_column(article, column.key)
    link = path if article.number % 2 else path.removeprefix(directory(column.key))
    return (
        f'<li><span class="wh">{escape(article.document_number)}</span>{pages.anchor(site, article, link)}'
        f'<span class="date">{pages.row_date(article)}</span></li>'
    )


def pager(site: Site, column: SiteColumn, page: int) -> str:
    """Return the printed links to other pages."""
    count = pages.pages_of(site, column)
    paths = {k: "index.html" if k == 1 else f"index_{k}.html" for k in range(1, count + 1)}
    numbers = " ".join(
        f'<span class="current">{k}</span>' if k == page else f'<a href="{path}">{k}</a>' for k, path in paths.items()
    )
    if page >= count:
        return numbers
    return (
        f'{numbers} <a class="next" href="{paths[page + 1]}">下一页</a> <a class="last" href="{paths[count]}">末页</a>'
    )


def list_html(site: Site, column: SiteColumn, page: int) -> str:
    """Return a page of a list."""
    rows = "\n".join(row(site, column, article) for article in pages.paged(site, column, page))
    head = f"<script>var NFCMS_SITE_ID = '{SITE_ID}';</script>"
    return pages.list_page(site, column, rows, pager(site, column, page), head_extra=head)


def respond(site: Site, asked: Asked) -> Answer:
    """Answer a request to the site."""
    columns = [(column.title, directory(column.key)) for column in site.columns]
    return (
        pages.static_list(site, LIST.match(asked.path), list_html)
        or pages.published(site, asked, places, file_places, article_page)
        or pages.front(site, asked, columns)
        or pages.missing(site)
    )


KIND = Kind(
    name="nfcms",
    respond=respond,
    entry=lambda site: directory(site.columns[0].key),
    address=lambda site, article: places(site, article)[0],
    places=places,
    files=files,
)
