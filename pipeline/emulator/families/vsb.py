"""VSB (Boda) site builder: lists whose pages are numbered downwards.

The newest page is `/zwgk/KEY.htm`, the next `/zwgk/KEY/{N-1}.htm`, the oldest `/zwgk/KEY/1.htm`: addresses shift when
a page is added. Articles are `/info/TREE/ID.htm` (or content.jsp with the ids in its query). A download has no ending
in its address; the name is in Content-Disposition, in raw GBK or percent-encoded UTF-8 by turns.

Quirks: gotopage (the number of pages is an argument of a script, not a count of rows), content_jsp (rows link to
content.jsp).
"""

import re
from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from pipeline.emulator import pages
from pipeline.emulator.site import Answer, Article, Asked, Attachment, Kind, Site, SiteColumn

OWNER = 1_400_000_001
FIRST_TREE, FIRST_ID, FIRST_FILE = 1_034, 20_000, 990_000
LIST = re.compile(r"^/zwgk/(?P<key>[^/]+?)(?:/(?P<left>\d+))?\.htm$")


def tree(site: Site, key: str) -> int:
    """Return the number of a column in the tree of the site."""
    return FIRST_TREE + next((place for place, column in enumerate(site.columns) if column.key == key), 0)


def in_column(site: Site, article: Article, key: str) -> str:
    """Return where an article stands in a column: its page, or its file if it is one."""
    number = FIRST_ID + article.number
    if article.is_file:
        return f"/__local/A/{number % 97:02X}/{number}.{pages.ending_of(article)}"
    if site.has("content_jsp"):
        return by_program(site, article, key)
    return f"/info/{tree(site, key)}/{number}.htm"


def by_program(site: Site, article: Article, key: str) -> str:
    """Return the other address that an article of VSB has."""
    query = f"urltype=news.NewsContentUrl&wbtreeid={tree(site, key)}&wbnewsid={FIRST_ID + article.number}"
    return f"/content.jsp?{query}"


def places(site: Site, article: Article) -> tuple[str, ...]:
    """Return every target of an article that a list links."""
    return tuple(in_column(site, article, key) for key in pages.columns_of(site, article))


def files(site: Site, article: Article) -> tuple[str, ...]:
    """Return the targets of the attachments."""
    start = f"/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner={OWNER}&wbfileid="
    first = FIRST_FILE + article.number * 100
    return tuple(f"{start}{first + place}" for place, _ in enumerate(article.attachments, 1))


def file_answer(site: Site, asked: Asked) -> Answer | None:
    """Return the attachment that is asked for, None if it is none."""
    if asked.path != "/system/_content/download.jsp":
        return None
    for article in site.articles:
        for place, (path, attachment) in enumerate(zip(files(site, article), article.attachments, strict=True)):
            if pages.same(asked.target, path):
                name = disposition(attachment.name, raw=place % 2 == 0)
                return pages.download(
                    site, asked, attachment, media=pages.UNNAMED, headers={"Content-Disposition": name}
                )
    return None


def disposition(name: str, *, raw: bool) -> str:
    """Return a header with the name of a file; its raw bytes are given as the Latin-1 letters that they would be."""
    sent = name.encode("gbk", "replace").decode("latin-1") if raw else quote(name)
    return f'attachment; filename="{sent}"' if raw else f"attachment;filename={sent}"


def article_page(site: Site, article: Article) -> str:
    """Return the page of an article; the attachments stand before the end of its form."""
    links = "".join(
        f'<li>附件【<a href="{path}" target="_blank">{escape(attachment.name)}</a>】'
        f'已下载<span id="nattach{path.rsplit("=", 1)[1]}">3</span>次</li>'
        for path, attachment in zip(files(site, article), article.attachments, strict=True)
    )
    return pages.article_html(
        site,
        article,
        body_open='<form name="_newscontent_fromname"><div id="vsb_content_2"><div class="v_news_content">',
        body_close=f"</div></div>{f'<ul>{links}</ul>' if links else ''}</form>",
    )


def row(site: Site, column: SiteColumn, article: Article, place: int, up: str) -> str:
    """Return a row; *up* leads from the page to the root of the site."""
    link = up + in_column(site, article, column.key).removeprefix("/")
    return f'<li id="line_u7_{place}">{pages.anchor(site, article, link)}<span>{pages.row_date(article)}</span></li>'


def pager(site: Site, column: SiteColumn, page: int) -> str:
    """Return the pager, its links relative to the page that it stands on."""
    count, total = pages.pages_of(site, column), pages.total_of(site, column)
    folder = f"{column.key}/" if page == 1 else ""
    parts = [f'<span class="p_t">共{total}条</span>']
    if site.has("gotopage"):
        parts = [f'<a href="javascript:;" onclick="_simple_list_gotopage_fun({count},\'u7goto\',2)">转到</a>']
    if page > 1:
        parts.append(f'<a href="../{column.key}.htm" class="First">首页</a>')
    if page < count:
        parts.append(f'<a href="{folder}{count - page}.htm" class="Next">下页</a>')
        parts.append(f'<a href="{folder}1.htm" class="Last">尾页</a>')
    return " ".join(parts)


def list_answer(site: Site, asked: Asked) -> Answer | None:
    """Return the page of a list that is asked for, None if it is no list's."""
    found = LIST.match(asked.path)
    column = site.column(found["key"]) if found else None
    if found is None or column is None:
        return None
    page = 1 if found["left"] is None else pages.pages_of(site, column) - int(found["left"]) + 1
    if (found["left"] and page < 2) or not pages.has_page(site, column, page):
        return None
    if pages.is_capped(site, page):
        return pages.STUB
    up = "../" if page == 1 else "../../"
    rows = (row(site, column, article, place, up) for place, article in enumerate(pages.paged(site, column, page)))
    return pages.encode(site, pages.list_page(site, column, "\n".join(rows), pager(site, column, page)))


def every_place(site: Site, article: Article) -> tuple[str, ...]:
    """Return every target that answers with an article."""
    return places(site, article) + tuple(by_program(site, article, key) for key in pages.columns_of(site, article))


def no_files(site: Site, article: Article) -> Iterator[tuple[str, Attachment]]:
    """Yield nothing: the download program answers for files."""
    yield from ()


def respond(site: Site, asked: Asked) -> Answer:
    """Answer a request to the site."""
    columns = [(column.title, f"/zwgk/{column.key}.htm") for column in site.columns]
    return (
        list_answer(site, asked)
        or file_answer(site, asked)
        or pages.published(site, asked, every_place, no_files, article_page)
        or pages.front(site, asked, columns)
        or pages.missing(site)
    )


KIND = Kind(
    name="vsb",
    respond=respond,
    entry=lambda site: f"/zwgk/{site.columns[0].key}.htm",
    address=lambda site, article: places(site, article)[0],
    places=every_place,
    files=files,
    quirks=frozenset({"gotopage", "content_jsp"}),
)
