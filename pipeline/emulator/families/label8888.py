"""Information disclosure with `/site/label/8888`: a column page whose list comes as a fragment of HTML.

A column is `/public/column/ORGAN?type=4&catId=ID&action=list`; its script loads the list by GET or POST from
`/site/label/8888?labelName=publicInfoList&…`, with pageIndex from 1 and pageSize. Wrong ids and pages behind the last
bring the text that the request itself names for nothing. `length` cuts titles at so many bytes of GBK. Articles are
`/public/ORGAN/ID.html`, attachments `/groupN/M00/xx/yy/…`.

Quirks: object_params (the script builds the request from an object in place of a whole address), cat_ids (it names the
category as catIds, with type=6).
"""

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from pipeline.emulator import pages
from pipeline.emulator.families.hanweb import digest, number_in
from pipeline.emulator.site import Answer, Article, Asked, Attachment, Kind, Site, SiteColumn

LABEL = "/site/label/8888"
NOTHING = "暂无相关信息"
LENGTH = 80  # bytes of GBK that a title may have
LARGEST = 100  # rows that a page may have
FIRST_CATEGORY, FIRST_ARTICLE = 6_716_000, 170_000_000


def organ(site: Site) -> str:
    """Return the organId of a site."""
    return str(9_990_001 + int(digest(site.host, "organ")[:4], 16) % 1000)


def site_number(site: Site) -> str:
    """Return the siteId of a site."""
    return str(6_790_000 + int(digest(site.host, "site")[:4], 16) % 1000)


def category(site: Site, key: str) -> str:
    """Return the catId of a column."""
    return str(FIRST_CATEGORY + 11 * [column.key for column in site.columns].index(key))


def list_type(site: Site) -> str:
    """Return the type that the requests of a site name."""
    return "6" if site.has("cat_ids") else "4"


def column_path(site: Site, column: SiteColumn) -> str:
    """Return the address of a column."""
    return f"/public/column/{organ(site)}?type={list_type(site)}&catId={category(site, column.key)}&action=list"


def parameters(site: Site, column: SiteColumn) -> dict[str, str]:
    """Return what the script of a column asks for."""
    return {
        "IsAjax": "1",
        "dataType": "html",
        "labelName": "publicInfoList",
        "siteId": site_number(site),
        "organId": organ(site),
        "type": list_type(site),
        "catIds" if site.has("cat_ids") else "catId": category(site, column.key),
        "pageIndex": "1",
        "pageSize": str(site.per_page),
        "action": "list",
        "isDate": "true",
        "dateFormat": "yyyy-MM-dd",
        "length": str(LENGTH),
        "fromCode": "title",
        "fuzzySearch": "false",
        "sortType": "1",
        "keyWords": "",
        "result": NOTHING,
        "file": "/xxgk/publicInfoList_newest2020",
    }


# -- articles --------------------------------------------------------------------------------------------------------


def in_column(site: Site, article: Article, key: str) -> str:
    """Return where an article stands in a column: its page, or its file if it is one."""
    if article.is_file:
        return file_path(site, article, 0, pages.ending_of(article))
    index = [column.key for column in site.columns].index(key)
    return f"/public/{organ(site)}/{FIRST_ARTICLE + article.number * 10 + index}.html"


def file_path(site: Site, article: Article, index: int, ending: str) -> str:
    """Return the path of a file; attachments count from 1, 0 is the article itself."""
    name = digest(site.host, article.number, index)
    return f"/group{1 + article.number % 6}/M00/{name[:2].upper()}/{name[2:4].upper()}/wKg{name[4:28]}.{ending}"


def places(site: Site, article: Article) -> tuple[str, ...]:
    """Return every path of an article."""
    return tuple(in_column(site, article, key) for key in pages.columns_of(site, article))


def file_places(site: Site, article: Article) -> Iterator[tuple[str, Attachment]]:
    """Yield the path of each attachment."""
    for index, attachment in enumerate(article.attachments, 1):
        yield file_path(site, article, index, attachment.ending), attachment


def article_page(site: Site, article: Article) -> str:
    """Return the page of an article under a table whose labels are broken by blanks."""
    cells = (
        ("索 引 号", article.index_number),
        ("信息分类", ""),
        ("发布机构", article.publisher),
        ("发布日期", f"{article.published}"),
        ("文　　号", article.document_number),
        ("名　　称", article.title),
    )
    told = [f"<th>{label}：</th><td>{escape(value)}</td>" for label, value in cells]
    rows = "".join(f"<tr>{one}{two}</tr>" for one, two in zip(told[::2], told[1::2], strict=True))
    return pages.article_html(
        site,
        article,
        body_open=f'<table class="table_suoyin">{rows}</table><div class="wzcon j-fontContent">',
        files=[(path, one.name) for path, one in file_places(site, article)],
        table=False,
    )


# -- lists -----------------------------------------------------------------------------------------------------------


def cut(title: str, length: int) -> str:
    """Return a title that is no longer than so many bytes of GBK, an ellipsis for what is gone."""
    kept = title.encode("gb18030")[:length].decode("gb18030", "ignore")
    return title if kept == title or length < 1 else f"{kept}…"


def row(site: Site, article: Article, key: str, length: int) -> str:
    """Return a row: one list item for the title, one for index number and date."""
    shown, title = pages.row_title(site, article)
    name = f" title={pages.quoted(site, title)}" if title else ""
    link = f"<a href={pages.quoted(site, in_column(site, article, key))}{name} target={pages.quoted(site, '_blank')}>"
    return (
        f'<ul><li class="mc">{link}{escape(cut(shown, length))}</a></li><li><span class="syh">'
        f'{escape(article.index_number)}</span><span class="date"> {article.published} </span></li></ul>'
    )


def column_answer(site: Site, asked: Asked) -> Answer | None:
    """Return the page of a column, None if it is no column's; the address of the organ alone shows the first."""
    if asked.path != f"/public/column/{organ(site)}":
        return None
    wanted = asked.query.get("catId", category(site, site.columns[0].key))
    column = next((one for one in site.columns if category(site, one.key) == wanted), None)
    if column is None:
        return None
    given = parameters(site, column)
    address = f"{LABEL}?{'&'.join(f'{name}={value}' for name, value in given.items())}"
    load = f'$("#xxgk_list").load("{address}");'
    if site.has("object_params"):
        told = ", ".join(f"{name}: '{value}'" for name, value in given.items())
        load = f"$.ajax({{url: '{LABEL}', type: 'POST', data: {{{told}}}, success: show}});"
    return pages.encode(
        site,
        pages.list_page(
            site,
            column,
            "",
            f"<script>{load}</script>",
            list_open='<div class="xxgk_right"><div id="xxgk_list">',
            list_close="</div></div>",
        ),
    )


def label_answer(site: Site, asked: Asked) -> Answer | None:
    """Return the fragment of a page, None if something else is asked for."""
    if asked.path != LABEL:
        return None
    given = {**asked.query, **asked.form}
    named = (given.get("catId") or given.get("catIds", "")).split(",")
    ids = {"labelName": "publicInfoList", "siteId": site_number(site), "organId": organ(site)}
    column = next((one for one in site.columns if category(site, one.key) in named), None)
    page = max(number_in(given, "pageIndex", 1), 1)
    sized = replace(site, per_page=min(max(number_in(given, "pageSize", site.per_page), 1), LARGEST))
    rows: list[str] = []
    if column and all(given.get(name) == value for name, value in ids.items()) and not pages.is_capped(site, page):
        length = number_in(given, "length", LENGTH)
        rows = [row(site, one, column.key, length) for one in pages.paged(sized, column, page)]
    if not rows or column is None:
        return pages.encode(site, f"<p>{escape(given.get('result') or NOTHING)}</p>")
    call = f"Ls.pagination({{pageCount:{pages.pages_of(sized, column)},pageIndex:{page}}})"
    inner = "\n".join(rows)
    return pages.encode(site, f'<div class="xxgk_navli">{inner}</div><script>{call}</script>')


def respond(site: Site, asked: Asked) -> Answer:
    """Answer a request to the site."""
    return (
        column_answer(site, asked)
        or label_answer(site, asked)
        or pages.published(site, asked, places, file_places, article_page)
        or pages.front(site, asked, [(column.title, column_path(site, column)) for column in site.columns])
        or pages.missing(site)
    )


KIND = Kind(
    name="label8888",
    respond=respond,
    entry=lambda site: column_path(site, site.columns[0]),
    address=lambda site, article: places(site, article)[0],
    places=places,
    files=lambda site, article: tuple(path for path, _ in file_places(site, article)),
    quirks=frozenset({"object_params", "cat_ids"}),
)
