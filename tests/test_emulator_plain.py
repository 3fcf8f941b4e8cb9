"""The emulated sites of static lists, hand-made pages, feeds and TRS searches, walked by hand as the reference says."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from html import unescape
from importlib import import_module
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from pipeline.emulator import pages
from pipeline.emulator.site import Answer, Article, Asked, Attachment, Kind, Site, SiteColumn

HOST = "www.yunling.test"
NAMES = ("trs", "plain", "nfcms", "jeecms", "vsb", "feeds", "was5", "igs", "jsonp")
STATIC = ("trs", "plain", "nfcms", "jeecms", "vsb")
SEARCHES = ("was5", "igs", "jsonp")
OWN_PAGE = "<html><head><title>云岭县2016年依法行政工作总结</title></head><body>二〇一六年，镕县……</body></html>"
ARTICLES = 37


def kind_of(name: str) -> Kind:
    return import_module(f"pipeline.emulator.families.{name}").KIND


def article(number: int) -> Article:
    """The articles of the test site: most are plain, some are what a crawler trips over."""
    plain = Article(
        number=number,
        title=f"云岭县{1990 + number}年度法治政府建设工作情况年度报告（第{number}号）",
        published=date(2025, 3, 31) - timedelta(days=37 * number),
        body=f"<p>{1990 + number}年，我县落实各项任务。</p>",
        column="fzzfjs",
        publisher="云岭县司法局",
    )
    if number == 3:
        return replace(plain, document_number="云政办发〔2024〕3号", index_number="11539999MB0000001X/2024-00003")
    if number == 5:
        return replace(plain, is_file=True, page=b"%PDF-1.7 report")
    if number == 6:
        return replace(plain, page=OWN_PAGE.encode("gb18030"))
    if number == 7:
        return replace(plain, also_in=("ndbg",))
    if number in (8, 9):
        files = (Attachment("任务分解表.pdf", b"%PDF-1.4"), Attachment("责任清单.ofd", b"PK OFD.xml"))
        return replace(plain, attachments=files, also_in=("ndbg",))
    return plain


def site(family: str, *quirks: str, **changes: object) -> Site:
    made = Site(
        host=HOST,
        name="云岭县人民政府",
        place="云岭县",
        family=family,
        columns=(SiteColumn("fzzfjs", "法治政府建设"), SiteColumn("ndbg", "年度报告"), SiteColumn("empty", "规划计划")),
        articles=tuple(article(number) for number in range(1, ARTICLES + 1)),
        quirks=frozenset(quirks),
    )
    return replace(made, **changes)


def get(where: Site, target: str, referer: str = "") -> Answer:
    headers = {"host": HOST} | ({"referer": referer} if referer else {})
    return kind_of(where.family).respond(where, Asked("GET", target, headers))


def text(answer: Answer) -> str:
    try:
        return answer.body.decode("utf-8")
    except UnicodeDecodeError:
        return answer.body.decode("gb18030")


def target_of(base: str, href: str) -> str:
    """The target on the host that a link means, "" for a link that leads off it."""
    parts = urlsplit(urljoin(f"http://{HOST}{base}", unescape(href)))
    if parts.scheme != "http" or parts.hostname != HOST:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


HREF = re.compile(r"""<a\b[^>]*?\bhref=(?:"([^"]*)"|'([^']*)'|([^\s>]+))[^>]*>(.*?)</a>""", re.I | re.S)


def links(html: str) -> list[tuple[str, str]]:
    return [(one or two or three, shown) for one, two, three, shown in HREF.findall(html.replace('\\"', '"'))]


def rows(where: Site, base: str, html: str) -> list[str]:
    listed = html.split("</h2>")[1].split('<div class="page">')[0].split("</ul>", 1 if "{{url}}" in html else 0)[-1]
    return [target_of(base, href) for href, _ in links(listed)]


# -- walking a column as the reference describes it ------------------------------------------------------------------


def walk_trs(where: Site, start: str) -> Iterator[list[str]]:
    html = text(get(where, start))
    if stub := re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', html):
        start = target_of(start, stub[1])
        html = text(get(where, start))
    yield rows(where, start, html)
    if "countPage" in html:
        count, stem, ending = int(re.search(r"countPage = (\d+)", html)[1]), "index", "html"
    else:
        call = re.search(r'createPage(?:HTML)?\((\d+), 0, "(\w+)", "(\w+)"\)', html)
        count, stem, ending = int(call[1]), call[2], call[3]
    for page in range(1, count):
        path = target_of(start, f"{stem}_{page}.{ending}")
        yield rows(where, path, text(get(where, path)))


def walk_next(where: Site, start: str) -> Iterator[list[str]]:
    path: str | None = start
    while path:
        html = text(get(where, path))
        yield rows(where, path, html)
        following = [href for href, shown in links(html) if shown in ("下一页", "下页")]
        path = target_of(path, following[0]) if following else None


def walk_feed(where: Site, start: str) -> Iterator[list[str]]:
    root = ElementTree.fromstring(get(where, start).body)
    if root.tag.endswith("sitemapindex"):
        for location in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"):
            yield from walk_feed(where, target_of(start, location.text or ""))
        return
    found = [*root.iterfind("./channel/item/link"), *root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    yield [target_of(start, location.text or "") for location in found]


def search_rows(where: Site, target: str) -> tuple[list[str], int | None]:
    """The addresses of an answer of a search, and the number of pages if it says one."""
    answer = text(get(where, target))
    if where.family == "jsonp":
        assert answer.lstrip("\r\n").startswith("\ufeffresult(")
        data = json.loads(answer[answer.index("(") + 1 : answer.rindex(")")])
        return [row["puburl"] for row in data["data"]], None
    if where.family == "igs":
        page = json.loads(answer)["page"]
        return [row["DOCPUBURL"] for row in page["content"]], page["totalPages"]
    if where.has("xml"):
        root = ElementTree.fromstring(answer.split("?>", 1)[1])
        count = -(-int(root.findtext("RECORDCOUNT") or 0) // where.per_page)
        return [row.findtext("URL") or "" for row in root.iter("REC")], count
    return [row["url"] for row in json.loads(re.sub(r"[\r\n]", "", answer))["docs"]], None


def walk_search(where: Site, start: str) -> Iterator[list[str]]:
    key = "pageNumber" if where.family == "igs" else "page"
    for page in range(1, 100):
        found, count = search_rows(where, re.sub(rf"\b{key}=1\b", f"{key}={page}", start))
        if not found:
            return
        yield [target_of(start, link) for link in found]
        if count is not None and page >= count:
            return


def walk(where: Site, start: str = "") -> Iterator[list[str]]:
    start = start or kind_of(where.family).entry(where)
    ways: dict[str, Callable[[Site, str], Iterator[list[str]]]] = {"feeds": walk_feed, "trs": walk_trs}
    ways |= dict.fromkeys(SEARCHES, walk_search)
    way = walk_next if where.has("from_one") else ways.get(where.family, walk_next)
    return way(where, start)


VARIANTS = [
    *(pytest.param(name, (), id=name) for name in NAMES),
    pytest.param("trs", ("chongqing",), id="trs whose call has another name"),
    pytest.param("trs", ("count_page",), id="trs whose counts are variables"),
    pytest.param("trs", ("from_one",), id="trs with printed links and page 2 in index_2"),
    pytest.param("trs", ("shtml", "stem_list"), id="trs with other stem and ending"),
    pytest.param("trs", ("document_write",), id="trs with rows in script"),
    pytest.param("trs", ("document_write", "single_quotes"), id="trs with rows in script, single quotes"),
    pytest.param("trs", ("table_rows",), id="trs with a table"),
    pytest.param("trs", ("redirect_entry",), id="trs behind a stub"),
    pytest.param("trs", ("single_quotes", "frozen_today", "cut_titles"), id="trs with several"),
    pytest.param("trs", ("template_links",), id="trs with a row of a template"),
    pytest.param("plain", ("aspnet",), id="ASP.NET"),
    pytest.param("plain", ("query",), id="disclosure tree"),
    pytest.param("plain", ("gb18030", "no_charset", "single_quotes"), id="hand-made, no charset anywhere"),
    pytest.param("vsb", ("gotopage", "content_jsp"), id="vsb by program"),
    pytest.param("feeds", ("sitemap",), id="sitemap"),
    pytest.param("was5", ("xml",), id="was5 in XML"),
    pytest.param("was5", ("gb18030",), id="was5 in gb18030"),
    pytest.param("igs", ("tianjin",), id="igs by other names"),
    pytest.param("nfcms", ("duplicated_rows",), id="nfcms with rows twice"),
]


@pytest.mark.parametrize(("family", "quirks"), VARIANTS)
def test_a_client_that_follows_the_protocol_gets_every_article_with_its_files(family, quirks):
    where, kind = site(family, *quirks), kind_of(family)
    found = {target for page in walk(where) for target in page}
    for one in where.articles:
        address = kind.address(where, one)
        assert address in found, one.number
        answer = get(where, address, referer=f"http://{HOST}/")
        assert answer.status == 200
        if one.page:
            assert answer.body == one.page
            continue
        assert one.title in text(answer)
        assert one.body in text(answer)
        linked = {target_of(address, href) for href, _ in links(text(answer))}
        assert set(kind.files(where, one)) <= linked
        for path, attachment in zip(kind.files(where, one), one.attachments, strict=True):
            assert get(where, path).body == attachment.content


@pytest.mark.parametrize(("family", "quirks"), VARIANTS)
def test_no_link_of_the_site_is_dead(family, quirks):
    where = site(family, *quirks)
    seen, waiting = set(), ["/", kind_of(family).entry(where)]
    while waiting:
        target = waiting.pop()
        if target in seen:
            continue
        seen.add(target)
        answer = get(where, target)
        assert answer.status == 200, target
        if answer.media.startswith("text/html"):
            own = [target_of(target, href) for href, _ in links(text(answer)) if "{{" not in href]
            waiting += [link for link in own if link]
    assert len(seen) > 5


@pytest.mark.parametrize("family", NAMES)
def test_the_home_page_leads_to_every_column_and_to_false_leads(family):
    where = site(family)
    shown = dict((name, href) for href, name in links(text(get(where, "/"))))
    assert {"法治政府建设", "年度报告", "规划计划", "首页", "政务公开", "法定主动公开内容", "互动交流"} <= set(shown)
    assert get(where, shown["年度报告"]).status == 200
    assert get(where, shown["互动交流"]).status == 200


@pytest.mark.parametrize("family", ["trs", "nfcms", "jeecms", "vsb", "plain", "was5"])
def test_a_text_in_two_columns_has_two_addresses(family):
    where, kind = site(family), kind_of(family)
    if family == "was5":
        second = kind.entry(where).replace("channelid=228001", "channelid=228002")
    else:
        second = dict((name, href) for href, name in links(text(get(where, "/"))))["年度报告"]
    listed = [target for page in walk(where, second) for target in page]
    own = [kind.address(where, one) for one in where.articles if one.also_in]
    assert len(listed) == len(own) == 3
    assert not set(listed) & set(own)
    assert {text(get(where, target)) for target in listed} == {text(get(where, target)) for target in own}


@pytest.mark.parametrize(
    ("family", "quirks", "column"),
    [
        pytest.param("trs", (), "/zwgk/empty/", id="trs"),
        pytest.param("plain", (), "/zwgk/empty/list.html", id="plain"),
        pytest.param("plain", ("query",), "/?a=dir&h=1&p=D0103X", id="disclosure tree"),
        pytest.param("vsb", (), "/zwgk/empty.htm", id="vsb"),
        pytest.param("jsonp", (), "/govsearch/jsonp/zf_jd_list.jsp?page=1&lb=empty&callback=result", id="jsonp"),
    ],
)
def test_an_empty_column_answers_without_rows(family, quirks, column):
    where = site(family, *quirks)
    assert get(where, column).status == 200
    assert [row for page in walk(where, column) for row in page] == []


@pytest.mark.parametrize(
    ("family", "path"),
    [
        pytest.param("trs", "/zwgk/fzzfjs/index_3.html", id="page behind the last"),
        pytest.param("trs", "/zwgk/fzzfjs/index_0.html", id="page that is never written"),
        pytest.param("trs", "/zwgk/fzzfjs/202503/t20250222_1.html", id="article that never was"),
        pytest.param("trs", "/zwgk/nothing/", id="column that never was"),
        pytest.param("plain", "/zwgk/fzzfjs/list_1.html", id="page 1 has no number"),
        pytest.param("vsb", "/zwgk/fzzfjs/3.htm", id="page 1 is not in the folder"),
        pytest.param("vsb", "/system/_content/download.jsp?wbfileid=1", id="file that never was"),
        pytest.param("jsonp", "/govsearch/jsonp/zf_jd_list.jsp?page=1&lb=nothing", id="list that never was"),
        pytest.param("feeds", "/sitemap_9.xml", id="sitemap that never was"),
    ],
)
def test_what_is_not_there_is_not_found(family, path):
    assert get(site(family), path).status == 404
    soft = get(site(family, "soft_404"), path)
    assert soft.status == 200
    assert "您访问的页面不存在" in text(soft)
    assert len(soft.body) < 500


# -- quirks ----------------------------------------------------------------------------------------------------------


def test_titles_are_cut_and_whole_in_the_attribute_unless_there_is_none():
    one = article(3)
    assert pages.row_title(site("trs"), one) == (one.title, one.title)
    cut, whole = pages.row_title(site("trs", "cut_titles"), one)
    assert cut.endswith("...")
    assert len(cut) < len(one.title)
    assert whole == one.title
    assert pages.row_title(site("trs", "cut_titles", "no_title_attribute"), one) == (cut, "")
    assert "title=" not in text(get(site("nfcms", "no_title_attribute"), "/zwgk/fzzfjs/")).split("</h2>")[1]


def test_rows_are_written_in_single_quotes():
    html = text(get(site("jeecms", "single_quotes"), "/fzzfjs.jhtml")).split("</h2>")[1]
    assert html.count("href='/c/yunling/") + html.count("href='/u/cms/") == 15


@pytest.mark.parametrize("family", [*STATIC, *SEARCHES])
def test_a_row_comes_twice_on_its_page_and_again_on_the_next(family):
    first, second, third = walk(site(family, "duplicated_rows"))
    assert first[0] == first[1]
    assert (second[0], second[1]) == (first[-1], second[2])
    assert (len(first), len(second), len(third)) == (16, 17, 9)


@pytest.mark.parametrize("family", [*STATIC, "igs"])
def test_every_page_is_the_first_again(family):
    first, second, third = walk(site(family, "repeated_pages"))
    assert first == second == third


@pytest.mark.parametrize(
    ("family", "third"),
    [
        pytest.param("trs", "/zwgk/fzzfjs/index_2.html", id="trs"),
        pytest.param("plain", "/zwgk/fzzfjs/list_3.html", id="plain"),
        pytest.param("nfcms", "/zwgk/fzzfjs/index_3.html", id="nfcms"),
        pytest.param("jeecms", "/fzzfjs_3.jhtml", id="jeecms"),
        pytest.param("vsb", "/zwgk/fzzfjs/1.htm", id="vsb"),
        pytest.param("igs", "/igs/front/search/list.html?index=fzzfjs&pageNumber=3", id="igs"),
        pytest.param("was5", "/was5/web/search?channelid=228001&page=3", id="was5"),
    ],
)
def test_behind_the_cap_there_is_a_stub(family, third):
    stub = get(site(family, "page_cap"), third)
    assert (stub.status, len(stub.body)) == (200, 320)
    assert get(site(family), third).body != stub.body


@pytest.mark.parametrize(
    ("family", "target", "promise"),
    [
        pytest.param("vsb", "/zwgk/fzzfjs.htm", "共40条", id="vsb"),
        pytest.param("jeecms", "/fzzfjs.jhtml", "共40条记录 1/3页", id="jeecms"),
        pytest.param("igs", "/igs/front/search/list.html?index=fzzfjs", '"total": "40"', id="igs"),
    ],
)
def test_three_rows_more_are_promised_than_there_are(family, target, promise):
    assert promise in text(get(site(family, "wrong_total"), target))


def test_a_page_of_promised_rows_alone_is_missing_from_static_lists_and_empty_in_others():
    short = {"articles": tuple(article(number) for number in range(1, 31))}
    assert "createPageHTML(3, 0," in text(get(site("trs", "wrong_total", **short), "/zwgk/fzzfjs/"))
    assert get(site("trs", "wrong_total", **short), "/zwgk/fzzfjs/index_2.html").status == 404
    empty = get(site("plain", "aspnet", "wrong_total", **short), "/XZGFList.aspx?id=1&currentPage=3")
    assert empty.status == 200
    assert rows(site("plain"), "/", text(empty)) == []


def test_an_old_site_calls_its_gb18030_gb2312():
    answer = get(site("plain", "gb18030"), "/zwgk/fzzfjs/list.html")
    assert answer.media == "text/html"
    assert b"charset=gb2312" in answer.body
    assert "法治政府建设" in answer.body.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        answer.body.decode("utf-8")


@pytest.mark.parametrize(
    ("quirks", "media", "named"),
    [
        pytest.param((), "text/html; charset=utf-8", True, id="named twice"),
        pytest.param(("no_charset",), "text/html", True, id="named in the page alone"),
        pytest.param(("no_charset", "gb18030"), "text/html", False, id="named nowhere"),
    ],
)
def test_the_charset_is_named_where_the_site_names_it(quirks, media, named):
    answer = get(site("trs", *quirks), "/zwgk/fzzfjs/")
    assert answer.media == media
    assert (b"charset=" in answer.body) is named


def test_the_banner_shows_a_day_that_has_passed():
    assert "今天是：2019年3月1日" in text(get(site("trs", "frozen_today"), "/zwgk/fzzfjs/"))
    assert "今天是" not in text(get(site("trs"), "/zwgk/fzzfjs/"))


@pytest.mark.parametrize("family", ["vsb", "trs"])
def test_a_download_wants_to_be_asked_from_a_page_of_its_host(family):
    where = site(family, "referer")
    path = kind_of(family).files(where, article(8))[0]
    for referer in ("", "http://www.elsewhere.test/a.htm"):
        refused = get(where, path, referer=referer)
        assert (refused.status, refused.media) == (200, "text/html; charset=utf-8")
        assert 4000 < len(refused.body) < 5500
    assert get(where, path, referer=f"http://{HOST}:8080/zwgk/").body == b"%PDF-1.4"


def test_vsb_names_its_files_in_the_header_in_raw_gbk_or_in_escapes():
    where = site("vsb")
    raw, escaped = (get(where, path) for path in kind_of("vsb").files(where, article(9)))
    assert "任务分解表.pdf" in raw.headers["Content-Disposition"].encode("latin-1").decode("gbk")
    assert "责任清单.ofd" in unquote(escaped.headers["Content-Disposition"])
    assert raw.media == escaped.media == "application/octet-stream"


def test_vsb_numbers_its_pages_downwards():
    html = text(get(site("vsb"), "/zwgk/fzzfjs.htm"))
    assert '<a href="fzzfjs/2.htm" class="Next">下页</a>' in html
    assert '<a href="1.htm" class="Next">下页</a>' in text(get(site("vsb"), "/zwgk/fzzfjs/2.htm"))


def test_the_window_of_igs_ends_before_the_total():
    where = site("igs", "window")
    page = json.loads(text(get(where, kind_of("igs").entry(where))))["page"]
    assert (page["total"], page["totalPages"]) == ("37", 2)
    assert sum(len(found) for found in walk(where)) == 30


def test_tianjin_tells_the_day_in_utc():
    where = site("igs", "tianjin")
    first = json.loads(text(get(where, kind_of("igs").entry(where))))["page"]["content"][0]
    assert first["FBRQ"] == "2025-02-21T16:00:00.000Z"  # 2025-02-22 in China
    assert first["CWRQ"] is None


def test_was5_breaks_strings_and_is_no_json_as_it_stands():
    where = site("was5")
    with pytest.raises(json.JSONDecodeError):
        json.loads(text(get(where, kind_of("was5").entry(where))))


def test_feeds_date_their_items_in_both_ways():
    def first(*quirks: str) -> str:
        root = ElementTree.fromstring(get(site("feeds", *quirks), "/rss/fzzfjs.xml").body)
        return root.findtext("./channel/item/pubDate") or ""

    assert parsedate_to_datetime(first()).date() == article(1).published
    assert first("iso_dates") == "2025-02-22 10:12:00"


@pytest.mark.parametrize("family", SEARCHES)
def test_the_page_of_a_column_names_its_search_and_has_no_rows(family):
    where = site(family)
    html = text(get(where, "/zwgk/fzzfjs/"))
    assert rows(where, "/", html) == []
    assert kind_of(family).entry(where) in unescape(html)


def test_the_whole_pages_of_articles_keep_their_bytes_and_say_no_charset_that_is_wrong():
    where = site("trs")
    answer = get(where, kind_of("trs").address(where, article(6)))
    assert (answer.body, answer.media) == (OWN_PAGE.encode("gb18030"), "text/html")
    file = get(where, kind_of("trs").address(where, article(5)))
    assert file.media == "application/pdf"


def test_the_order_of_a_query_does_not_count():
    where = site("vsb")
    path, query = kind_of("vsb").files(where, article(8))[0].split("?")
    turned = "&".join(reversed(query.split("&")))
    assert get(where, f"{path}?{turned}").body == b"%PDF-1.4"


@pytest.mark.parametrize("number", [1, 3])
def test_an_article_has_the_official_tags_and_its_facts(number):
    where = site("trs")
    html = text(get(where, kind_of("trs").address(where, article(number))))
    for name in ("SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ArticleTitle", "PubDate", "ContentSource"):
        assert f'name="{name}"' in html
    assert ("云政办发〔2024〕3号" in html) is (number == 3)
    assert ("索 引 号" in html) is (number == 3)
