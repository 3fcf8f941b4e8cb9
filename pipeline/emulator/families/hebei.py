"""The column platform of Hebei: columns under UUIDs whose lists are blocks of HTML.

A column is `/columns/UUID/index.html`; its script loads `/columns/UUID/templates/UUID/blocks/UUID?page=K&fix=0`, a
fragment with rows and a pager whose links say `?page=`. Articles are `/columns/UUID/YYYYMM/DD/UUID.html` with the facts
in `.wjct`, attachments beside them.

Quirks: eportal (the older system: `/eportal/ui?pageId=N`, further pages by currentPage and moduleId, articles by
articleKey).
"""

import re
from collections.abc import Iterator
from html import escape

from pipeline.emulator import pages
from pipeline.emulator.families.hanweb import digest, number_in
from pipeline.emulator.site import Answer, Article, Asked, Attachment, Kind, Site, SiteColumn

OLD, FIRST_PAGE = "/eportal/ui", 1_966_210
INDEX = re.compile(r"/columns/(?P<column>[0-9a-f-]{36})/(?:index\.html)?")


def uuid(*parts: object) -> str:
    """Return a UUID that is made of some facts, the same each time."""
    text = digest(*parts)
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def directory(site: Site, key: str) -> str:
    """Return the directory of a column."""
    return f"/columns/{uuid(site.host, key)}/"


def block_path(site: Site, key: str) -> str:
    """Return the path of the block that lists a column."""
    return f"{directory(site, key)}templates/{uuid(site.host, 'template')}/blocks/{uuid(site.host, 'block', key)}"


def page_number(site: Site, key: str) -> int:
    """Return the pageId of a column."""
    return FIRST_PAGE + [column.key for column in site.columns].index(key)


def column_path(site: Site, column: SiteColumn) -> str:
    """Return the address of a column."""
    if site.has("eportal"):
        return f"{OLD}?pageId={page_number(site, column.key)}"
    return f"{directory(site, column.key)}index.html"


# -- articles --------------------------------------------------------------------------------------------------------


def in_column(site: Site, article: Article, key: str) -> str:
    """Return where an article stands in a column: its page, or its file if it is one."""
    if article.is_file:
        return file_path(site, article, 0, pages.ending_of(article))
    if site.has("eportal"):
        return f"{OLD}?pageId={page_number(site, key)}&articleKey={7_000_000 + article.number}&columnId=1966000"
    return f"{directory(site, key)}{article.published:%Y%m/%d}/{uuid(site.host, article.number, key)}.html"


def file_path(site: Site, article: Article, index: int, ending: str) -> str:
    """Return the path of a file; attachments count from 1, 0 is the article itself."""
    name = f"{uuid(site.host, article.number, index, 'file')}.{ending}"
    if site.has("eportal"):
        return f"/eportal/fileDir/site/resource/cms/{article.published:%Y/%m}/{name}"
    return f"{directory(site, pages.columns_of(site, article)[0])}{article.published:%Y%m/%d}/{name}"


def places(site: Site, article: Article) -> tuple[str, ...]:
    """Return every path of an article."""
    return tuple(in_column(site, article, key) for key in pages.columns_of(site, article))


def file_places(site: Site, article: Article) -> Iterator[tuple[str, Attachment]]:
    """Yield the path of each attachment."""
    for index, attachment in enumerate(article.attachments, 1):
        yield file_path(site, article, index, attachment.ending), attachment


def article_page(site: Site, article: Article) -> str:
    """Return the page of an article under a list of its facts."""
    facts = (
        ("索引号", article.index_number),
        ("发文字号", article.document_number),
        ("发布机构", article.publisher),
        ("发布日期", f"{article.published}"),
    )
    told = "".join(f"<li><b>{label}：</b>{escape(value)}</li>" for label, value in facts if value)
    return pages.article_html(
        site,
        article,
        body_open=f'<div class="wjct"><ul>{told}</ul></div><div id="zoom">',
        files=[(path, one.name) for path, one in file_places(site, article)],
        table=False,
    )


# -- lists -----------------------------------------------------------------------------------------------------------


def rows_of(site: Site, asked: Asked, column: SiteColumn, page: int) -> str:
    """Return the rows of a page; the links of some name the host."""
    rows = []
    for one in pages.paged(site, column, page):
        href = (pages.origin(site, asked) if one.number % 4 == 3 else "") + in_column(site, one, column.key)
        rows.append(
            f'<li class="xxgk_gfxwjk-list-li">{pages.anchor(site, one, href)}'
            f'<span class="date">{pages.row_date(one)}</span></li>'
        )
    return "\n".join(rows)


def pager(site: Site, column: SiteColumn, page: int) -> str:
    """Return what stands below the rows: links to the page behind and to the last."""
    count, total = pages.pages_of(site, column), pages.total_of(site, column)
    if site.has("eportal"):
        fixed = f"?pageId={page_number(site, column.key)}&moduleId={digest(site.host, 'module')}&formKey=GOV_OPEN"
        parts = f"{OLD}{fixed}&currentPage=", ""
    else:
        parts = "?page=", "&fix=0"
    to_next, to_last = (escape(str(k).join(parts)) for k in (page + 1, count))
    after = f'<a href="{to_next}">下一页</a> <a href="{to_last}">尾页</a>' if page < count else ""
    return f'<div class="pages">共{total}条　第{page}/{count}页　{after}</div>'


def column_answer(site: Site, asked: Asked) -> Answer | None:
    """Return the page of a column, which has no rows of its own, None if it is no column's."""
    found = INDEX.fullmatch(asked.path)
    column = next((one for one in site.columns if found and uuid(site.host, one.key) == found["column"]), None)
    if column is None or site.has("eportal"):
        return None
    script = f'<script>$("#list").load("{block_path(site, column.key)}?page=1&fix=0");</script>'
    around = '<div class="xxgk_gfxwjk-list" id="list">', "</div>"
    return pages.encode(site, pages.list_page(site, column, "", script, list_open=around[0], list_close=around[1]))


def block_answer(site: Site, asked: Asked) -> Answer | None:
    """Return a page of a block, None if something else is asked for."""
    column = next((one for one in site.columns if asked.path == block_path(site, one.key)), None)
    if column is None or site.has("eportal"):
        return None
    page = max(number_in(asked.query, "page", 1), 1)
    if pages.is_capped(site, page):
        return pages.STUB
    rows = rows_of(site, asked, column, page)
    return pages.encode(site, f'<ul class="xxgk_gfxwjk-list-ul">{rows}</ul>{pager(site, column, page)}')


def old_answer(site: Site, asked: Asked) -> Answer | None:
    """Return a page of a list of the older system, None if something else is asked for."""
    if not site.has("eportal") or asked.path != OLD or "articleKey" in asked.query:
        return None
    wanted = asked.query.get("pageId")
    column = next((one for one in site.columns if str(page_number(site, one.key)) == wanted), None)
    if column is None:
        return None
    page = max(number_in(asked.query, "currentPage", 1), 1)
    if pages.is_capped(site, page):
        return pages.STUB
    html = pages.list_page(site, column, rows_of(site, asked, column, page), pager(site, column, page))
    return pages.encode(site, html)


def respond(site: Site, asked: Asked) -> Answer:
    """Answer a request to the site."""
    return (
        column_answer(site, asked)
        or block_answer(site, asked)
        or old_answer(site, asked)
        or pages.published(site, asked, places, file_places, article_page)
        or pages.front(site, asked, [(column.title, column_path(site, column)) for column in site.columns])
        or pages.missing(site)
    )


KIND = Kind(
    name="hebei",
    respond=respond,
    entry=lambda site: column_path(site, site.columns[0]),
    address=lambda site, article: places(site, article)[0],
    places=places,
    files=lambda site, article: tuple(path for path, _ in file_places(site, article)),
    quirks=frozenset({"eportal"}),
)
