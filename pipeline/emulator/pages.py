"""What the pages of all families share: heads with the official tags, header tables, rows, menus, footers, answers.

Quirks that are played here, for every family that prints HTML: cut_titles, no_title_attribute, single_quotes,
duplicated_rows, wrong_total, repeated_pages, page_cap, gb18030, no_charset (both together leave no charset anywhere),
frozen_today, template_links, referer, soft_404.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from urllib.parse import parse_qsl, unquote, urlsplit

from pipeline.emulator.site import NOT_FOUND, Answer, Article, Asked, Attachment, Site, SiteColumn

CUT = 14  # characters that a row shows of a title with cut_titles
LAST_SERVED = 2  # page, with page_cap
FALSE_ROWS = 3  # that a site with wrong_total promises and does not have
SITE_CODE = "5399990001"
MAKER = '<meta name="others" content="页面生成时间 2019-03-01 08:00:00">'  # stands before every date that counts
FROZEN = "今天是：2019年3月1日 星期五"
MEDIA = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "wps": "application/vnd.ms-works",
    "rar": "application/x-rar-compressed",
    "zip": "application/zip",
    "txt": "text/plain",
    "jpg": "image/jpeg",
    "png": "image/png",
}
UNNAMED = "application/octet-stream"  # what servers say of endings that they do not know, .ofd and .et among them
# A member that only this type has; a ZIP without any of them is an archive.
MEMBERS = ((b"OFD.xml", "ofd"), (b"word/", "docx"), (b"xl/", "xlsx"))
MAGIC = ((b"%PDF", "pdf"), (b"\xd0\xcf\x11\xe0", "doc"), (b"Rar!", "rar"), (b"\x89PNG", "png"), (b"\xff\xd8", "jpg"))

# The menu that every page carries: where columns hang under, and what leads nowhere.
TREE, DUTIES = "/zwgk/", "/zwgk/fdzdgknr/"
MENU = (("首页", "/"), ("政务公开", TREE), ("法定主动公开内容", DUTIES), ("政务服务", "/zwfw/"), ("互动交流", "/hdjl/"))
LEADS_NOWHERE = {
    "/zwfw/": "<p>网上办事大厅：个人办事、法人办事、便民查询。</p>",
    "/hdjl/": "<p>领导信箱、在线访谈、民意征集、12345 便民热线。</p>",
}
TEMPLATE_ROW = (
    '<ul id="tpl" style="display:none"><li><a href="{{url}}" title="{{title}}">{{title}}</a>'
    "<span>{{date}}</span></li></ul>"
)
CHARSET = '<meta charset="utf-8">'
OLD_CHARSET = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'

# What a server with a cap answers behind its last page: 320 bytes, status 200.
STUB = Answer(
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>列表</title></head><body></body></html>'.encode().ljust(
        320
    )
)


# -- answers ---------------------------------------------------------------------------------------------------------


def encode(site: Site, html: str, *, media: str = "text/html") -> Answer:
    """Return a text as the site sends it; a gb18030 site calls itself gb2312, in the page alone."""
    old, silent = site.has("gb18030"), site.has("no_charset")
    if old:
        html = html.replace(CHARSET, "" if silent else OLD_CHARSET, 1).replace(
            'encoding="utf-8"', 'encoding="gb2312"', 1
        )
    return Answer(
        html.encode("gb18030" if old else "utf-8"), media=media if old or silent else f"{media}; charset=utf-8"
    )


def missing(site: Site) -> Answer:
    """Return what the site answers for a path that it does not have."""
    if not site.has("soft_404"):
        return NOT_FOUND
    return encode(
        site,
        f"<html><head>{CHARSET}<title>{site.name}</title></head><body><p>您访问的页面不存在或已被删除</p></body></html>",
    )


def ending_of(article: Article) -> str:
    """Return the ending of an article that is a file, by its title, else by its first bytes."""
    named = article.title.rsplit(".", 1)[-1].lower()
    if named in MEDIA or named in ("ofd", "et"):
        return named
    if article.page.startswith(b"PK"):
        return next((ending for member, ending in MEMBERS if member in article.page), "zip")
    return next((ending for magic, ending in MAGIC if article.page.startswith(magic)), "pdf")


def whole(site: Site, article: Article) -> Answer:
    """Return the page or file of an article that comes with its bytes."""
    if article.is_file:
        return Answer(article.page, media=MEDIA.get(ending_of(article), UNNAMED))
    try:
        article.page.decode("utf-8")
    except UnicodeDecodeError:
        return Answer(article.page, media="text/html")
    return Answer(article.page, media="text/html" if site.has("no_charset") else "text/html; charset=utf-8")


def download(
    site: Site, asked: Asked, attachment: Attachment, *, media: str = "", headers: Mapping[str, str] | None = None
) -> Answer:
    """Return a file; with the quirk referer, a page in its place to who does not come from a page of this host."""
    if site.has("referer"):
        came_from = urlsplit(asked.headers.get("referer", "")).hostname
        if came_from is None or came_from not in (site.host, urlsplit(origin(site, asked)).hostname):
            page = f"<html><head>{CHARSET}<title>系统提示</title></head><body><p>非法访问，请从本站页面下载。</p>"
            return encode(site, page + "<!-- -->\n" * 500 + "</body></html>")
    return Answer(attachment.content, media=media or MEDIA.get(attachment.ending, UNNAMED), headers=dict(headers or {}))


def origin(site: Site, asked: Asked) -> str:
    """Return scheme and host for absolute links: the host as the client named it, the scheme as many sites print it."""
    return f"http://{asked.headers.get('host', site.host)}"


def same(target: str, other: str) -> bool:
    """Whether two targets name one thing: the order of a query and the form of its escapes do not count."""
    if target == other:
        return True
    one, two = urlsplit(target), urlsplit(other)
    return unquote(one.path) == unquote(two.path) and sorted(parse_qsl(one.query, keep_blank_values=True)) == sorted(
        parse_qsl(two.query, keep_blank_values=True)
    )


def published(
    site: Site,
    asked: Asked,
    places: Callable[[Site, Article], Iterable[str]],
    files: Callable[[Site, Article], Iterable[tuple[str, Attachment]]],
    html: Callable[[Site, Article], str],
) -> Answer | None:
    """Return the article or the attachment that is asked for, None if it is neither.

    Args:
        site: The site.
        asked: The request.
        places: Every address of an article, those of its other columns included.
        files: Every address of an attachment with the attachment.
        html: The family's page of an article without bytes of its own.
    """
    for article in site.articles:
        if any(same(asked.target, place) for place in places(site, article)):
            if article.is_file:
                return download(site, asked, Attachment(f"{article.title}.{ending_of(article)}", article.page))
            return whole(site, article) if article.page else encode(site, html(site, article))
        for place, attachment in files(site, article):
            if same(asked.target, place):
                return download(site, asked, attachment)
    return None


# -- pages of a list -------------------------------------------------------------------------------------------------


def total_of(site: Site, column: SiteColumn) -> int:
    """Return how many rows the site says that a column has."""
    return len(site.listed(column)) + FALSE_ROWS * site.has("wrong_total")


def pages_of(site: Site, column: SiteColumn) -> int:
    """Return how many pages the site says that a column has; an empty one has one."""
    return max(1, -(-total_of(site, column) // site.per_page))


def is_capped(site: Site, page: int) -> bool:
    """Whether a page (from 1) lies behind the cap of the site, which answers it with STUB."""
    return site.has("page_cap") and page > LAST_SERVED


def page_number(sent: str | None) -> int:
    """Return the page that a query names: 1 if it names none, 0, which no list has, for what is no number."""
    return 1 if not sent else int(sent) if sent.isdecimal() else 0


def paged(site: Site, column: SiteColumn, page: int) -> list[Article]:
    """Return the rows of a page (from 1) with the site's quirks; none behind the last."""
    rows = list(site.listed(column))
    start = (page - 1) * site.per_page
    if page < 1 or start >= len(rows):
        return []
    if site.has("repeated_pages"):
        start = 0
    shown = rows[start : start + site.per_page]
    if site.has("duplicated_rows"):
        shown = rows[max(0, start - 1) : start] + shown[:1] + shown
    return shown


def has_page(site: Site, column: SiteColumn, page: int) -> bool:
    """Whether a static list has a file for a page (from 1); the first is there even if it is empty."""
    return page == 1 or bool(paged(site, column, page))


def static_list(site: Site, path: re.Match[str] | None, html: Callable[[Site, SiteColumn, int], str]) -> Answer | None:
    """Return the page of a list of numbered files, of which the first has no number; None where there is no such file.

    Args:
        site: The site.
        path: What was asked for, with the groups key and page.
        html: The family's page of a list.
    """
    column = site.column(path["key"]) if path else None
    if path is None or column is None or path["page"] == "1":
        return None
    page = int(path["page"] or 1)
    if is_capped(site, page):
        return STUB
    return encode(site, html(site, column, page)) if has_page(site, column, page) else None


# -- parts of a page -------------------------------------------------------------------------------------------------


def quoted(site: Site, value: str) -> str:
    """Return an attribute's value in the quotes that the site writes."""
    mark = "'" if site.has("single_quotes") else '"'
    return f"{mark}{escape(value, quote=True)}{mark}"


def row_title(site: Site, article: Article) -> tuple[str, str]:
    """Return the title that a row shows, and its title attribute ("" for none), both without markup."""
    shown = article.title
    if site.has("cut_titles") and len(shown) > CUT:
        shown = shown[:CUT] + "..."
    return shown, "" if site.has("no_title_attribute") else article.title


def anchor(site: Site, article: Article, href: str) -> str:
    """Return the link of a row; which of its attributes comes first differs from row to row."""
    shown, title = row_title(site, article)
    attributes = [f"href={quoted(site, href)}", f"target={quoted(site, '_blank')}"]
    if title:
        attributes.insert(2 if article.number % 2 else 0, f"title={quoted(site, title)}")
    return f"<a {' '.join(attributes)}>{escape(shown)}</a>"


def row_date(article: Article) -> str:
    """Return the date of a row, in brackets in some."""
    return f"[{article.published}]" if article.number % 3 == 0 else f"{article.published}"


def row(site: Site, article: Article, href: str) -> str:
    """Return the commonest row: a link and a date behind it."""
    return f"<li>{anchor(site, article, href)}<span>{row_date(article)}</span></li>"


def meta(name: str, content: str, turned: bool = False) -> str:
    """Return one tag of a head; *turned* puts the content first."""
    parts = [f'name="{name}"', f'content="{escape(content)}"']
    return f"<meta {' '.join(reversed(parts) if turned else parts)}>"


def head(
    site: Site, title: str, *, column: SiteColumn | None = None, article: Article | None = None, extra: str = ""
) -> str:
    """Return a head with the tags that the State Council Office prescribes for sites, columns and articles."""
    tags = [CHARSET, MAKER, meta("SiteName", site.name), meta("SiteDomain", site.host), meta("SiteIDCode", SITE_CODE)]
    if column:
        tags += [meta("ColumnName", column.title), meta("ColumnType", "政府信息公开", turned=True)]
    if article:
        tags += [
            meta("ArticleTitle", article.title, turned=bool(article.number % 2)),
            meta("PubDate", f"{article.published} 10:12"),
            meta("ContentSource", article.publisher or site.name),
        ]
    return f"<head>{''.join(tags)}<title>{escape(title)}</title>{extra}</head>"


def top(site: Site) -> str:
    """Return what stands above every page: the banner, a date that stopped with the frozen_today quirk, the menu."""
    today = f'<div class="top">{FROZEN}</div>' if site.has("frozen_today") else ""
    links = "".join(f'<li><a href="{path}">{name}</a></li>' for name, path in MENU)
    return f'{today}<div class="banner">{site.name}</div><ul class="nav">{links}</ul>'


def footer(site: Site) -> str:
    """Return what stands below every page, with the links that lead to no page."""
    return (
        '<div class="footer"><a href="#">返回顶部</a> <a href="javascript:window.print()">打印</a> '
        '<a href="https://mp.weixin.qq.com/">微信公众号</a> <a href="http://www.gov.test/">省政府网</a>'
        f"<p>主办：{site.name}办公室　网站标识码：{SITE_CODE}</p></div>"
    )


def position(column: SiteColumn | None) -> str:
    """Return the line that says where on the site a page stands."""
    return f'<div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="{TREE}">政务公开</a>' + (
        f" &gt; {escape(column.title)}</div>" if column else "</div>"
    )


def list_page(
    site: Site,
    column: SiteColumn,
    items_html: str,
    pager_html: str,
    *,
    list_open: str = '<div class="list_r"><ul class="list">',
    list_close: str = "</ul></div>",
    head_extra: str = "",
) -> str:
    """Return a page of a list around its rows and its pager."""
    extra = TEMPLATE_ROW if site.has("template_links") else ""
    return (
        f"<!DOCTYPE html><html>{head(site, f'{column.title} - {site.name}', column=column, extra=head_extra)}<body>"
        f"{top(site)}{position(column)}<h2>{escape(column.title)}</h2>{extra}"
        f'{list_open}\n{items_html}\n{list_close}<div class="page">{pager_html}</div>{footer(site)}</body></html>'
    )


# How headers are built, of which each host has one: what opens it, stands before a label, between label and value,
# after the value, and closes it.
HEADERS = (
    ('<table class="xxgk_table">', "<tr><td><b>", "</b></td><td>", "</td></tr>", "</table>"),
    ("<table>", "<tr><th>", "</th><td>", "</td></tr>", "</table>"),
    ("<table><tr>", "<td>", "：</td><td>", "</td>", "</tr></table>"),
    ('<ul class="xl">', "<li>", "：", "</li>", "</ul>"),
    ("<dl>", "<dt>", "</dt><dd>", "</dd>", "</dl>"),
    ("<div>", "<p><span class=tt>", "：</span><span class=value>", "</span></p>", "</div>"),
)


def header(site: Site, article: Article) -> str:
    """Return the facts above a text, "" for an article without numbers; labels hold blanks that are no part of them."""
    facts = (("索 引 号", article.index_number), ("文\u00a0\u00a0号", article.document_number))
    if not any(value for _, value in facts):
        return ""
    pairs = [
        *((label, value) for label, value in facts if value),
        ("名　　称", article.title),
        ("发布机构", article.publisher),
        ("发布日期", f"{article.published}"),
    ]
    opening, before, between, after, closing = HEADERS[sum(map(ord, site.host)) % len(HEADERS)]
    return opening + "".join(f"{before}{label}{between}{escape(value)}{after}" for label, value in pairs) + closing


def file_links(files: Sequence[tuple[str, str]]) -> str:
    """Return the links of the attachments of an article from their hrefs and names, "" for none."""
    links = "".join(f'<p><a href="{href}">{escape(text)}</a></p>' for href, text in files)
    return f"<p>附件：</p>{links}" if files else ""


def article_html(
    site: Site,
    article: Article,
    *,
    body_open: str = '<div class="TRS_Editor">',
    body_close: str = "</div>",
    files: Sequence[tuple[str, str]] = (),
    head_extra: str = "",
    table: bool = True,
) -> str:
    """Return the page of an article, its attachments within the body or in a block of their own, by turns.

    Args:
        site: The site.
        article: The article.
        body_open: Tags that open the container of the text.
        body_close: Tags that close it.
        files: Href and anchor text of each attachment.
        head_extra: Tags of the family for the head.
        table: Whether the facts of the article are printed above the text.
    """
    inside, below = file_links(files), ""
    if article.number % 2:
        inside, below = "", f'<div class="fj">{inside}</div>' if files else ""
    column = site.column(article.column) if article.column else site.columns[0]
    page_head = head(site, f"{article.title}-{site.name}", column=column, article=article, extra=head_extra)
    return (
        f"<!DOCTYPE html><html>{page_head}<body>{top(site)}{position(column)}<h1>{escape(article.title)}</h1>"
        f'<div class="info">来源：{escape(article.publisher or site.name)}　发布时间：{article.published} 10:12</div>'
        f"{header(site, article) if table else ''}{body_open}{article.body}{inside}{body_close}{below}"
        f"{footer(site)}</body></html>"
    )


# -- pages around the lists ------------------------------------------------------------------------------------------


def columns_of(site: Site, article: Article) -> tuple[str, ...]:
    """Return the keys of the columns that list an article, its own first."""
    return (article.column or site.columns[0].key, *article.also_in)


def front(site: Site, asked: Asked, columns: Sequence[tuple[str, str]], *, head_extra: str = "") -> Answer | None:
    """Return the home page or a page of the menu, None if something else is asked for.

    The columns hang on the home page and one level below the menu's 政务公开, which itself has only its parts.

    Args:
        site: The site.
        asked: The request.
        columns: Title and path of each column.
        head_extra: Tags of the family for the head of the home page.
    """
    links = "".join(f'<li><a href="{escape(path)}">{escape(title)}</a></li>' for title, path in columns)
    parts = {
        "/": f'<div class="zt"><h3>专题专栏</h3><ul>{links}</ul></div>',
        TREE: f'<ul><li><a href="{DUTIES}">法定主动公开内容</a></li><li><a href="/hdjl/">依申请公开</a></li></ul>',
        DUTIES: f'<ul class="tree">{links}</ul>',
        **LEADS_NOWHERE,
    }
    path = re.sub(r"index\.s?html?$", "", asked.path)
    if path not in parts or urlsplit(asked.target).query:
        return None
    title = site.name if path == "/" else f"{dict((where, name) for name, where in MENU)[path]} - {site.name}"
    page_head = head(site, title, extra=head_extra)
    return encode(site, f"<!DOCTYPE html><html>{page_head}<body>{top(site)}{parts[path]}{footer(site)}</body></html>")
