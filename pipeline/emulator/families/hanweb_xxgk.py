"""Hanweb information disclosure: tables from a search that a frame of the column page shows.

A column is `/col/colN/index.html`; the frame in it asks `/module/xxgk/search.jsp` for area, infotypeId and currpage, by
GET or POST, and a wrong area or infotypeId finds nothing. Links carry mc (title), wh (文号) and rq (date). Articles as
in `hanweb`; another column links the same text with `?xxgkhide=1`.

Quirks: subjectinfo, search_custom (the other names of the search; their links lack mc, wh and rq).
"""

from html import escape

from pipeline.emulator import pages
from pipeline.emulator.families.hanweb import (
    article_page,
    asked_column,
    column_path,
    digest,
    file_places,
    files,
    in_column,
    number_in,
    web_number,
)
from pipeline.emulator.site import Answer, Article, Asked, Kind, Site, SiteColumn

AGAIN = "?xxgkhide=1"
NOTHING = '<tr><td colspan="3" align="center">没有找到符合条件的信息</td></tr>'
FREE = ("vc_title", "vc_number", "vc_filenumber", "vc_all")  # what a visitor would search for
HEADS = "<tr><th>名称</th><th>文号</th><th>发布日期</th></tr>"


def area(site: Site) -> str:
    """Return the code of the organ whose information is listed."""
    return f"11{int(digest(site.host, 'area')[:9], 16) % 10**9:09}"


def kind_of(site: Site, column: SiteColumn) -> str:
    """Return the infotypeId of a column."""
    return f"B0{site.columns.index(column) + 1:02}A01"


def search_path(site: Site) -> str:
    """Return the path of the search."""
    name = next((name for name in ("subjectinfo", "search_custom") if site.has(name)), "search")
    return f"/module/xxgk/{name}.jsp"


def frame(site: Site, column: SiteColumn) -> str:
    """Return what the frame of a column asks for."""
    free = "".join(f"&{name}=" for name in FREE)
    custom = "&fieldConfigId=247" if site.has("search_custom") else ""
    return (
        f"{search_path(site)}?texttype=0&fbtime=-1{free}&currpage=1&sortfield=compaltedate:0&jdid={web_number(site)}"
        f"&area={area(site)}&infotypeId={kind_of(site, column)}{custom}"
    )


def href(site: Site, article: Article, key: str) -> str:
    """Return the link of a row: that of the article's own column, marked as hidden there if it is another's."""
    own = pages.columns_of(site, article)[0]
    path = in_column(site, article, own)
    return path if key == own or article.is_file else path + AGAIN


def places(site: Site, article: Article) -> tuple[str, ...]:
    """Return every path of an article."""
    return tuple(href(site, article, key) for key in pages.columns_of(site, article))


def row(site: Site, article: Article, key: str) -> str:
    """Return a row of the table."""
    shown, title = pages.row_title(site, article)
    parts = [f"href={pages.quoted(site, href(site, article, key))}", "target=_blank"]
    if title:
        parts.append(f"title={pages.quoted(site, title)}")
    if search_path(site).endswith("/search.jsp"):
        facts = {"mc": article.title, "wh": article.document_number, "rq": f"{article.published}"}
        parts[:0] = [f"{name}={pages.quoted(site, value)}" for name, value in facts.items()]
    return (
        f"<tr><td><a {' '.join(parts)}>{escape(shown)}</a></td><td>{escape(article.document_number)}</td>"
        f"<td>{article.published}</td></tr>"
    )


def pager(total: int, page: int, count: int) -> str:
    """Return what stands below the table: scripts set currpage in the form and send it."""
    after = f'<a href="javascript:void(0)" onclick="goPage({page + 1})">下一页</a>' if page < count else ""
    return f"共<b>{total}</b>条信息　第{page}页/共{count}页　{after}"


def search_answer(site: Site, asked: Asked) -> Answer | None:
    """Return a page of a table, None if something else is asked for."""
    if asked.path != search_path(site):
        return None
    given = {**asked.query, **asked.form}
    wanted = given.get("infotypeId") if given.get("area") == area(site) else None
    column = next((one for one in site.columns if kind_of(site, one) == wanted), None)
    page = max(number_in(given, "currpage", 1), 1)
    if pages.is_capped(site, page):
        return pages.STUB
    rows = [row(site, one, column.key) for one in pages.paged(site, column, page)] if column else []
    total, count = (pages.total_of(site, column), pages.pages_of(site, column)) if column else (0, 1)
    kept = {name: value for name, value in given.items() if name != "currpage"} | {"currpage": str(page)}
    fields = "".join(f'<input type="hidden" name="{escape(k)}" value="{escape(v)}">' for k, v in kept.items())
    return pages.encode(
        site,
        f'<html><head>{pages.CHARSET}</head><body><form id="searchform" method="post" action="{search_path(site)}">'
        f'{fields}</form><table class="xxgk_list">{HEADS}{chr(10).join(rows) or NOTHING}</table>'
        f'<div class="page">{pager(total, page, count)}</div></body></html>',
    )


def column_answer(site: Site, asked: Asked) -> Answer | None:
    """Return the page of a column, None if it is no column's."""
    column = asked_column(site, asked)
    if column is None:
        return None
    inner = f'<iframe name="xxgk" width="100%" frameborder="0" src="{escape(frame(site, column))}"></iframe>'
    return pages.encode(
        site, pages.list_page(site, column, inner, "", list_open='<div class="xxgk">', list_close="</div>")
    )


def respond(site: Site, asked: Asked) -> Answer:
    """Answer a request to the site."""
    return (
        column_answer(site, asked)
        or search_answer(site, asked)
        or pages.published(site, asked, places, file_places, article_page)
        or pages.front(site, asked, [(column.title, column_path(site, column)) for column in site.columns])
        or pages.missing(site)
    )


KIND = Kind(
    name="hanweb_xxgk",
    respond=respond,
    entry=lambda site: column_path(site, site.columns[0]),
    address=lambda site, article: places(site, article)[0],
    places=places,
    files=files,
    quirks=frozenset({"subjectinfo", "search_custom"}),
)
