"""The library search of gov.cn: JSON by GET, pages from 1, and a static feed.

`/search-gov/data?t=…&q=&p=K&n=SIZE` answers `searchVO`: t is zhengcelibrary_gw for the first column, zhengcelibrary_bm
for the others, zhengcelibrary for all, whose lists then stand in catMap, each paged by the same p. q looks in titles;
titles carry <em> or <br>, and facts may be null. Articles are `/zhengce/content/YYYY-MM/DD/content_ID.htm`.

Quirks: cat_map (the site's own links ask for all), feed (they lead to /zhengce/zuixin/ZUIXINZHENGCE.json).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from html import escape

from pipeline.emulator import pages
from pipeline.emulator.families.hanweb import digest, number_in
from pipeline.emulator.site import Answer, Article, Asked, Attachment, Kind, Site, SiteColumn

SEARCH, FEED = "/search-gov/data", "/zhengce/zuixin/ZUIXINZHENGCE.json"
ALL, FORMAL, DEPARTMENTS = "zhengcelibrary", "zhengcelibrary_gw", "zhengcelibrary_bm"
LARGEST = 100  # rows that a page may have
MARKED = ("法治政府", "依法行政", "法治")  # what a search with no words marks
JSON = "application/json; charset=utf-8"
CHINA = timezone(timedelta(hours=8))


def search(site: Site, library: str) -> str:
    """Return the address of the first page of a library, with the parameters that its own page sends."""
    return (
        f"{SEARCH}?t={library}&q=&timetype=timeqb&mintime=&maxtime=&sort=pubtime&sortType=1&searchfield=title"
        f"&pcodeJiguan=&childtype=&subchildtype=&tsbq=&pubtimeyear=&puborg=&pcodeYear=&pcodeNum=&filetype="
        f"&p=1&n={site.per_page}&inpro=&bmfl=&dup=&orpro="
    )


def entries(site: Site) -> list[tuple[str, str]]:
    """Return name and address of each list that the site links."""
    if site.has("feed"):
        return [("最新政策", FEED)]
    if site.has("cat_map"):
        return [("政策文件库", search(site, ALL))]
    formal = ("国务院文件", search(site, FORMAL))
    return [formal, ("部门文件", search(site, DEPARTMENTS))] if len(site.columns) > 1 else [formal]


# -- articles --------------------------------------------------------------------------------------------------------


def directory(article: Article) -> str:
    """Return the directory of a day."""
    return f"/zhengce/content/{article.published:%Y-%m/%d}/"


def address(site: Site, article: Article) -> str:
    """Return the path of an article: its page, or its file if it is one."""
    if article.is_file:
        return file_path(site, article, 0, pages.ending_of(article))
    return f"{directory(article)}content_{5_000_000 + article.number}.htm"


def again(site: Site, article: Article, key: str) -> str:
    """Return the address under which a further column lists an article: below the name of that column."""
    path = address(site, article)
    if article.is_file or key == pages.columns_of(site, article)[0]:
        return path
    return path.replace("/zhengce/content/", f"/zhengce/{key}/", 1)


def places(site: Site, article: Article) -> tuple[str, ...]:
    """Return every path of an article."""
    return tuple(again(site, article, key) for key in pages.columns_of(site, article))


def file_path(site: Site, article: Article, index: int, ending: str) -> str:
    """Return the path of a file; attachments count from 1, 0 is the article itself."""
    return f"{directory(article)}files/{digest(site.host, article.number, index)}.{ending}"


def file_places(site: Site, article: Article) -> Iterator[tuple[str, Attachment]]:
    """Yield the path of each attachment."""
    for index, attachment in enumerate(article.attachments, 1):
        yield file_path(site, article, index, attachment.ending), attachment


def article_page(site: Site, article: Article) -> str:
    """Return the page of an article; formal ones have a table of labels in bold."""
    table = ""
    if article.document_number:
        cells = (
            ("索 引 号", article.index_number),
            ("发文机关", article.publisher),
            ("标　　题", article.title),
            ("发文字号", article.document_number),
            ("发布日期", f"{article.published:%Y年%m月%d日}"),
        )
        rows = "".join(f"<tr><td><b>{name}：</b></td><td>{escape(value)}</td></tr>" for name, value in cells if value)
        table = f'<table class="bd1">{rows}</table>'
    stamp = f"{article.published}-10:12:00"
    html = pages.article_html(
        site,
        article,
        body_open=f'{table}<div class="pages_content" id="UCAP-CONTENT">',
        files=[(path, one.name) for path, one in file_places(site, article)],
        head_extra=pages.meta("manuscriptId", str(5_000_000 + article.number))
        + pages.meta("firstpublishedtime", stamp)
        + pages.meta("lastmodifiedtime", stamp)
        + pages.meta("lanmu", "政策"),
        table=False,
    )
    date = f'<div class="pages-date">{article.published} 10:12</div>'
    return html.replace("<h1>", '<h1 id="ti">', 1).replace("</h1>", f"</h1>{date}", 1)


# -- lists -----------------------------------------------------------------------------------------------------------


def marked(title: str, words: str, number: int) -> str:
    """Return a title as a search prints it: marked where the words stand, broken in some."""
    found = next((one for one in (words, *MARKED) if one and one in title), "")
    shown = escape(title, quote=False)
    if found:
        shown = shown.replace(escape(found, quote=False), f"<em>{escape(found, quote=False)}</em>", 1)
    half = shown.find("</em>") + len("</em>")
    return f"{shown[:half]}<br>{shown[half:]}" if found and number % 3 == 0 else shown


def item(site: Site, asked: Asked, article: Article, key: str) -> dict[str, object]:
    """Return an article as the search tells it."""
    day = datetime(article.published.year, article.published.month, article.published.day, tzinfo=CHINA)
    stamp = int(day.timestamp() * 1000)
    return {
        "id": f"x:{article.number}",
        "title": marked(article.title, asked.query.get("q", ""), article.number),
        "url": f"{pages.origin(site, asked)}{again(site, article, key)}",
        "pcode": article.document_number or None,
        "puborg": article.publisher or None,
        "index": article.index_number or None,
        "pubtime": stamp if article.number % 4 else None,
        "pubtimeStr": f"{article.published:%Y.%m.%d}" if article.number % 5 or not article.number % 4 else None,
        "ptime": stamp if article.number % 2 else None,
        "summary": None,
        "source": None,
        "childtype": None,
        "colname": None,
    }


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a list, and what the search says of the whole."""

    rows: list[dict[str, object]]
    total: int
    pages: int

    def told(self) -> dict[str, object]:
        """Return it as the search prints it; a list without rows is null."""
        return {"totalCount": self.total, "totalpage": self.pages, "listVO": self.rows or None}


def found_in(site: Site, asked: Asked, columns: tuple[SiteColumn, ...]) -> Found:
    """Return a page of what some columns list together, once each."""
    words, joined = asked.query.get("q", ""), SiteColumn("found", "")
    own = {}  # under which of the columns an article is listed
    for one in site.articles:
        key = next((each.key for each in columns if each.key in pages.columns_of(site, one)), None)
        if key is not None and words in one.title:
            own[one.number] = key
    if not own:
        return Found([], 0, 0)
    held = tuple(replace(one, column=joined.key, also_in=()) for one in site.articles if one.number in own)
    size = min(max(number_in(asked.query, "n", site.per_page), 1), LARGEST)
    page = max(number_in(asked.query, "p", 1), 1)
    inner = replace(site, articles=held, per_page=size)
    shown = [] if pages.is_capped(site, page) else pages.paged(inner, joined, page)
    originals = {one.number: one for one in site.articles}
    rows = [item(site, asked, originals[one.number], own[one.number]) for one in shown]
    return Found(rows, pages.total_of(inner, joined), pages.pages_of(inner, joined))


def search_answer(site: Site, asked: Asked) -> Answer | None:
    """Return a page of the search, None if something else is asked for."""
    if asked.path != SEARCH:
        return None
    library = asked.query.get("t")
    first, others = site.columns[:1], site.columns[1:]
    answer: dict[str, object] = {"code": 200, "msg": "操作成功"}
    if library in (FORMAL, DEPARTMENTS):
        answer["searchVO"] = found_in(site, asked, first if library == FORMAL else others).told()
    elif library == ALL:
        parts = {"gongwen": first, "bumenfile": others[:1], "otherfile": others[1:], "gongbao": ()}
        lists = {name: found_in(site, asked, held) for name, held in parts.items()}
        total, most = sum(one.total for one in lists.values()), max(one.pages for one in lists.values())
        told = {name: one.told() for name, one in lists.items()}
        answer["searchVO"] = {**Found([], total, most).told(), "catMap": told}
    else:
        answer = {"code": 500, "msg": "参数错误", "searchVO": None}
    return Answer(json.dumps(answer, ensure_ascii=False).encode(), JSON)


def feed_answer(site: Site, asked: Asked) -> Answer | None:
    """Return the feed of all articles, None if something else is asked for."""
    if asked.path != FEED or not site.has("feed"):
        return None
    newest = sorted(site.articles, key=lambda one: (one.published, one.number), reverse=True)
    rows = [
        {
            "TITLE": one.title,
            "SUB_TITLE": "",
            "URL": f"{pages.origin(site, asked)}{address(site, one)}",
            "DOCRELPUBTIME": f"{one.published}",
        }
        for one in newest
    ]
    return Answer(json.dumps(rows, ensure_ascii=False).encode(), "application/json")


def respond(site: Site, asked: Asked) -> Answer:
    """Answer a request to the site."""
    return (
        search_answer(site, asked)
        or feed_answer(site, asked)
        or pages.published(site, asked, places, file_places, article_page)
        or pages.front(site, asked, entries(site))
        or pages.missing(site)
    )


KIND = Kind(
    name="govcn",
    respond=respond,
    entry=lambda site: entries(site)[0][1],
    address=address,
    places=places,
    files=lambda site, article: tuple(path for path, _ in file_places(site, article)),
    quirks=frozenset({"cat_map", "feed"}),
)
