"""Guangdong's gkmlpt: a tree of categories in a script, their lists from an API of 100 a page.

`/gkmlpt/index` holds `window._CONFIG` with SID and TREE; a node with a jump_url has no list. The list of a category is
`/gkmlpt/api/all/ID?page=K&sid=SID`, 0 means everything, a category above others holds what they hold, and a wrong sid
gets JSON of an error with status 200. Articles are `/gkmlpt/content/A/B/post_ID.html`, attachments `/attachment/…`.

Quirks: detail_json (the text of an article stands escaped in its script alone), department (all of it one level below,
at `/sfj/gkmlpt/`).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from html import escape

from pipeline.emulator import pages
from pipeline.emulator.families.hanweb import digest, number_in
from pipeline.emulator.site import Answer, Article, Asked, Attachment, Kind, Site, SiteColumn

FIRST_CATEGORY, FIRST_POST = 4_101, 6_203_000
EVERYTHING, ABOVE, ELSEWHERE = 0, 4_090, 4_099  # categories that are no column of the site
JSON = "application/json; charset=utf-8"
CHINA = timezone(timedelta(hours=8))
LIST = re.compile(r"/gkmlpt/api/all/(?P<category>\d+)")


@dataclass(frozen=True, slots=True)
class Category:
    """A node of the tree that has a list: the columns whose articles it holds."""

    number: int
    name: str
    keys: tuple[str, ...]


def root(site: Site) -> str:
    """Return what stands before /gkmlpt."""
    return "/sfj" if site.has("department") else ""


def site_id(site: Site) -> str:
    """Return the SID of a site."""
    return f"{700_000 + int(digest(site.host, 'sid')[:8], 16) % 99_999}"


def categories(site: Site) -> tuple[Category, ...]:
    """Return the nodes that have lists: everything, the one above the later columns, and each column."""
    columns = [Category(FIRST_CATEGORY + i, one.title, (one.key,)) for i, one in enumerate(site.columns)]
    keys = tuple(one.key for one in site.columns)
    return (Category(EVERYTHING, "全部", keys), Category(ABOVE, "法定主动公开内容", keys[1:]), *columns)


def node(site: Site, category: Category, children: list[object]) -> dict[str, object]:
    """Return a node of the tree as the page prints it."""
    count = pages.total_of(*gathered(site, category))
    return {
        "id": category.number,
        "name": category.name,
        "post_count": count,
        "jump_url": "",
        "children": children,
    }


def tree(site: Site) -> list[object]:
    """Return the tree: the first column on top, the others one below another node, and a node that leads away."""
    _, above, first, *others = categories(site)
    elsewhere = {"id": ELSEWHERE, "name": "政府信息公开指南", "post_count": 0, "jump_url": "http://www.gov.test/zn/"}
    below = [node(site, one, []) for one in others]
    return [{**elsewhere, "children": []}, node(site, first, []), *([node(site, above, [*below])] if below else [])]


def gathered(site: Site, category: Category) -> tuple[Site, SiteColumn]:
    """Return a category as a column of its own, with the site that lists there what its columns list."""
    if len(category.keys) == 1:
        return site, next(one for one in site.columns if one.key in category.keys)
    column = SiteColumn(f"all{category.number}", category.name)
    held = (one for one in site.articles if any(key in category.keys for key in pages.columns_of(site, one)))
    return replace(site, articles=tuple(replace(one, column=column.key, also_in=()) for one in held)), column


# -- articles --------------------------------------------------------------------------------------------------------


def post_number(site: Site, article: Article, key: str) -> int:
    """Return the id of an article, which is another one in each column."""
    return FIRST_POST + article.number * 10 + [one.key for one in site.columns].index(key)


def in_column(site: Site, article: Article, key: str) -> str:
    """Return where an article stands in a column: its page, or its file if it is one."""
    if article.is_file:
        return file_path(article, 0, pages.ending_of(article))
    post = post_number(site, article, key)
    return f"{root(site)}/gkmlpt/content/{post // 1_000_000}/{post // 1_000}/post_{post}.html"


def file_path(article: Article, index: int, ending: str) -> str:
    """Return the path of a file; attachments count from 1, 0 is the article itself."""
    number = article.number * 100 + index
    return f"/attachment/{number // 1_000_000}/{number // 1_000}/{number}/{FIRST_POST + article.number * 10}.{ending}"


def places(site: Site, article: Article) -> tuple[str, ...]:
    """Return every path of an article."""
    return tuple(in_column(site, article, key) for key in pages.columns_of(site, article))


def file_places(site: Site, article: Article) -> Iterator[tuple[str, Attachment]]:
    """Yield the path of each attachment."""
    for index, attachment in enumerate(article.attachments, 1):
        yield file_path(article, index, attachment.ending), attachment


def in_script(value: object) -> str:
    """Return a value as JSON that a script element can hold: tags are escaped."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003C").replace(">", "\\u003E")


def facts(site: Site, article: Article) -> str:
    """Return the table above a text, two facts in a row."""
    column = site.column(pages.columns_of(site, article)[0])
    cells = (
        ("索 引 号", article.index_number),
        ("分类", column.title if column else ""),
        ("发布机构", article.publisher),
        ("成文日期", f"{article.published}"),
        ("名称", article.title),
        ("文号", article.document_number),
        ("发布日期", f"{article.published}"),
        ("主题词", ""),
    )
    told = [f"<td>{label}:</td><td>{escape(value)}</td>" for label, value in cells]
    rows = (f"<tr>{one}{two}</tr>" for one, two in zip(told[::2], told[1::2], strict=True))
    return f'<div class="classify"><table>{"".join(rows)}</table></div>'


def article_page(site: Site, article: Article) -> str:
    """Return the page of an article; links of attachments carry the class nfw-cms-attachment."""
    links = "".join(
        f'<p><a class="nfw-cms-attachment" href="{path}" alt="">{escape(attachment.name)}</a></p>'
        for path, attachment in file_places(site, article)
    )
    inside, below = (links, "") if article.number % 2 else ("", links)
    text, detail = article.body + inside, ""
    if site.has("detail_json"):
        told = in_script({"id": FIRST_POST + article.number * 10, "title": article.title, "content": text})
        text, detail = "", f"<script>window._CONFIG = {{ SID: '{site_id(site)}', DETAIL: {told} }}</script>"
    return pages.article_html(
        site,
        replace(article, body=text),
        body_open=f'{facts(site, article)}<div class="article-content">',
        body_close=f"</div>{below and f'<div>附件：{below}</div>'}{detail}",
        table=False,
    )


# -- the index and the API -------------------------------------------------------------------------------------------


def index_answer(site: Site, asked: Asked) -> Answer | None:
    """Return the page with the tree, None if something else is asked for."""
    if asked.path not in (f"{root(site)}/gkmlpt/index", f"{root(site)}/gkmlpt/", f"{root(site)}/gkmlpt"):
        return None
    script = (
        f"<script>\n  window._CONFIG = {{ SITE: {{}}, SID: '{site_id(site)}', TREE: {in_script(tree(site))}, "
        "SERVICE_AREA_ID: 1 }\n</script>"
    )
    around = '<div id="app"><div class="gkml">政府信息公开目录</div>', "</div>"
    column = SiteColumn("", "政府信息公开")
    return pages.encode(site, pages.list_page(site, column, script, "", list_open=around[0], list_close=around[1]))


def item(site: Site, asked: Asked, article: Article, key: str) -> dict[str, object]:
    """Return an article as the API tells it; what it does not know is empty in some and null in others."""
    day = datetime(article.published.year, article.published.month, article.published.day, tzinfo=CHINA)
    sent = day + timedelta(hours=16)
    nothing = None if article.number % 2 else ""
    column = site.columns.index(next(one for one in site.columns if one.key == key))
    return {
        "id": post_number(site, article, key),
        "title": article.title,
        "url": f"{pages.origin(site, asked)}{in_column(site, article, key)}",
        "post_url": "",
        "document_number": article.document_number or nothing,
        "identifier": article.index_number or nothing,
        "publisher": article.publisher or nothing,
        "keywords": "",
        "abstract": nothing,
        "date": int(day.timestamp()),
        "create_time": int(sent.timestamp()),
        "display_publish_time": int(sent.timestamp()),
        "created_at": f"{sent:%Y-%m-%d %H:%M:%S}",
        "classify_main": FIRST_CATEGORY + column,
        "classify_main_name": site.columns[column].title,
        "classify_genre_name": "报告",
        "classify_theme_name": "综合政务",
        "is_expired": 0,
        "is_abolished": 0,
        "attachment": [{"name": one.name, "url": path} for path, one in file_places(site, article)],
        "relation": "",
    }


def list_answer(site: Site, asked: Asked) -> Answer | None:
    """Return a page of a category, None if something else is asked for."""
    found = LIST.fullmatch(asked.path.removeprefix(root(site)))
    if found is None:
        return None
    category = next((one for one in categories(site) if one.number == int(found["category"])), None)
    if category is None or asked.query.get("sid") != site_id(site):
        return Answer(in_script({"errcode": 40004, "errmsg": "站点或分类不存在"}).encode(), JSON)
    held, column = gathered(site, category)
    page = max(number_in(asked.query, "page", 1), 1)
    shown = [] if pages.is_capped(site, page) else pages.paged(held, column, page)
    count = pages.total_of(held, column)
    articles = []
    for one in shown:
        original = next(each for each in site.articles if each.number == one.number)
        own = next(key for key in pages.columns_of(site, original) if key in category.keys)
        articles.append(item(site, asked, original, own))
    classify = {"id": category.number, "name": category.name, "post_count": count}
    return Answer(json.dumps({"classify": classify, "total": count, "articles": articles}).encode(), JSON)


def respond(site: Site, asked: Asked) -> Answer:
    """Answer a request to the site."""
    index = f"{root(site)}/gkmlpt/index"
    columns = [(one.name, f"{index}#{one.number}") for one in categories(site) if one.number >= FIRST_CATEGORY]
    return (
        index_answer(site, asked)
        or list_answer(site, asked)
        or pages.published(site, asked, places, file_places, article_page)
        or pages.front(site, asked, [("政府信息公开目录", index), *columns])
        or pages.missing(site)
    )


KIND = Kind(
    name="gkmlpt",
    respond=respond,
    entry=lambda site: f"{root(site)}/gkmlpt/index",
    address=lambda site, article: places(site, article)[0],
    places=places,
    files=lambda site, article: tuple(path for path, _ in file_places(site, article)),
    quirks=frozenset({"detail_json", "department"}),
)
