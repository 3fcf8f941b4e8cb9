"""The central library, VSB, and feeds: lists that are pages one behind the other."""

import gzip
import json
from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from pipeline.scrape.families import feeds, govcn, vsb
from pipeline.scrape.families.feeds import parse_day
from pipeline.scrape.records import Family, ListError, Listing, Request, Row, View

HOST = "http://www.yunling.test"


def page(path: str, text: str | bytes, request: Request | None = None, media: str = "text/html; charset=utf-8") -> View:
    url = path if "://" in path else HOST + path
    return View(request or Request(url), text.encode() if isinstance(text, str) else text, url=url, media=media)


def read_all(family: Family, first: Request, serve: Callable[[Request], str]) -> list[Listing]:
    """The pages of a list, as a crawl asks for them."""
    listings, request = [], first
    while request is not None and len(listings) < 20:
        listings.append(family.read(page(request.url, serve(request), request)))
        request = listings[-1].next
    return listings


def titles(listings: list[Listing]) -> list[str]:
    return [row.title for listing in listings for row in listing.rows]


# --- the central library

LIBRARY = f"{HOST}/search-gov/data?t=zhengcelibrary_gw&q=&p=1&n=2&sort=pubtime"


def entry(number: int, **fields: object) -> dict[str, object]:
    return {
        "id": f"x:{number}", "title": f"国务院关于<br/><em>依法行政</em>的示例{number}", "url": f"http://www.gov.test/zhengce/content_{number}.htm",
        "pcode": f"国发〔2021〕{number}号", "puborg": "国务院", "pubtime": 1609776000000, "pubtimeStr": "2021.01.05", "index": None, "source": None, **fields,
    }  # fmt: skip


def library(items: list[dict[str, object]] | None, **fields: object) -> str:
    return json.dumps({"code": 200, "searchVO": {"listVO": items, **fields}})


def test_library_reads_a_document() -> None:
    listing = govcn.read(page(LIBRARY, library([entry(1, index="000014349/2021-00001")], totalCount=1, totalpage=1)))
    assert listing.rows == (
        Row("http://www.gov.test/zhengce/content_1.htm", "国务院关于依法行政的示例1", date(2021, 1, 5), number="国发〔2021〕1号", publisher="国务院", index="000014349/2021-00001"),
    )  # fmt: skip
    assert (listing.next, listing.page, listing.pages, listing.total) == (None, 1, 1, 1)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"pubtimeStr": None}, id="milliseconds alone, midnight in China"),
        pytest.param({"pubtimeStr": "", "pubtime": "1609776000000"}, id="milliseconds in a string"),
        pytest.param({"pubtimeStr": None, "pubtime": None, "ptime": 1609776000000}, id="the other time"),
    ],
)
def test_library_finds_the_day(fields: dict[str, object]) -> None:
    (row,) = govcn.read(page(LIBRARY, library([entry(1, pcode=None, puborg=None, **fields)], totalCount=1))).rows
    assert (row.published, row.number, row.publisher) == (date(2021, 1, 5), "", "")


@pytest.mark.parametrize(
    ("told", "requests"),
    [
        pytest.param({"totalCount": 5, "totalpage": 3}, 3, id="both counts"),
        pytest.param({"totalCount": "5", "totalpage": None}, 3, id="rows alone, in a string"),
        pytest.param({"totalCount": None, "totalpage": 3}, 3, id="pages alone"),
        pytest.param({"totalCount": None, "totalpage": None}, 3, id="neither: a page that is not full is the last"),
        pytest.param({"totalCount": 99, "totalpage": 50}, 4, id="too many told"),
    ],
)
def test_library_reads_every_page(told: dict[str, object], requests: int) -> None:
    def serve(request: Request) -> str:
        number = int(parse_qs(urlsplit(request.url).query)["p"][0])
        items = [entry(n) for n in range((number - 1) * 2, min(5, number * 2))]
        return library(items or None, **told)

    listings = read_all(govcn.FAMILY, Request(LIBRARY), serve)
    assert len(listings) == requests
    assert titles(listings) == [f"国务院关于依法行政的示例{n}" for n in range(5)]


def test_library_merges_the_kinds_of_a_mixed_answer_and_turns_them_together() -> None:
    kinds = {
        "gongwen": {"listVO": [entry(1), entry(2)], "totalCount": 5},
        "bumenfile": {"listVO": [entry(3), entry(2)], "totalCount": 3},
        "otherfile": {"listVO": None, "totalCount": 0},
        "gongbao": None,
    }
    listing = govcn.read(page(LIBRARY, library(None, catMap=kinds, totalCount=8, totalpage=None)))
    assert [row.url[-5:-4] for row in listing.rows] == ["1", "2", "3"]
    assert listing.next
    assert "p=2" in listing.next.url
    assert (listing.pages, listing.total, listing.next.family) == (3, 8, "govcn")


@pytest.mark.parametrize(
    ("text", "is_list"),
    [
        pytest.param(library([], totalCount=0, totalpage=0), True, id="honestly empty"),
        pytest.param(library(None, totalCount=0), True, id="null for none"),
        pytest.param('{"code":500,"msg":"参数错误"}', False, id="an error in JSON"),
        pytest.param('{"searchVO":null}', False, id="no answer"),
        pytest.param('{"searchVO":{"listVO":null}}', False, id="neither rows nor a count"),
        pytest.param("<html>502</html>", False, id="an error in HTML"),
        pytest.param("", False, id="nothing"),
        pytest.param(library([{"id": 1}], totalCount=1), False, id="entries without title and address"),
    ],
)
def test_library_tells_an_empty_list_from_an_error(text: str, is_list: bool) -> None:
    if is_list:
        assert govcn.read(page(LIBRARY, text)).rows == ()
    else:
        with pytest.raises(ListError):
            govcn.read(page(LIBRARY, text))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param('[{"TITLE":"关于法治的通知","SUB_TITLE":"","URL":"/zhengce/content_1.htm","DOCRELPUBTIME":"2024-03-01"}]', 1, id="as it is"),
        pytest.param('\ufeff\n [ {"TITLE":"关于法治的通知","URL":"./content_1.htm","DOCRELPUBTIME":"2024-03-01 10:00:00"} , ]', 1, id="BOM, a clock, a comma too many"),
        pytest.param("[]", 0, id="empty"),
    ],
)  # fmt: skip
def test_library_reads_the_feed(text: str, count: int) -> None:
    listing = govcn.read(page("/zhengce/zuixin/ZUIXINZHENGCE.json", text))
    assert [(row.title, row.published) for row in listing.rows] == [("关于法治的通知", date(2024, 3, 1))] * count
    assert listing.next is None


@pytest.mark.parametrize(
    ("text", "url"),
    [
        pytest.param('<script>$.getJSON("./ZUIXINZHENGCE.json", show)</script>', f"{HOST}/zhengce/zuixin/ZUIXINZHENGCE.json", id="the feed"),
        pytest.param("<script>$.get('/search-gov/data?t=zhengcelibrary_gw&p=1&n=5')</script>", f"{HOST}/search-gov/data?t=zhengcelibrary_gw&p=1&n=5", id="the library"),
    ],
)  # fmt: skip
def test_library_is_asked_for_by_a_page_that_only_shows_it(text: str, url: str) -> None:
    view = page("/zhengce/zuixin/", f"<html>{text}</html>")
    assert govcn.recognise(view)
    assert govcn.read(view).blocks == (Request(url, family="govcn"),)


def test_library_leaves_a_page_with_rows_of_its_own_to_others() -> None:
    rows = "".join(
        f'<li><a href="/art/{n}.html">云岭县第{n}号法治政府建设报告</a><span>2024-03-0{n}</span></li>'
        for n in (1, 2, 3)
    )
    assert not govcn.recognise(
        page("/", f'<ul>{rows}</ul><script>$.getJSON("http://www.gov.test/ZUIXINZHENGCE.json")</script>')
    )


# --- VSB


def line(number: int, component: int = 7) -> str:
    return f'<li id="line_u{component}_{number}"><a href="info/1034/{number}.htm" title="云岭县第{number}号法治政府建设报告">云岭县第…</a><span>2020-03-{number + 1:02}</span></li>'


def vsb_page(rows: str, pager: str, pages: int = 3) -> str:
    return f"<html><ul>{rows}</ul><span class='p_t'>共5条</span>{pager}<script>function _simple_list_gotopage_fun(totalpage){{}}; _simple_list_gotopage_fun({pages},'fzzf',2)</script></html>"


def test_vsb_follows_the_link_through_pages_numbered_downward() -> None:
    pages = {
        "/zwgk/fzzf.htm": vsb_page(line(0) + line(1), '<span class="p_prev_d">上页</span><a href="fzzf/2.htm" class="Next">下页</a>&nbsp;<a href="fzzf/1.htm" class="Next">尾页</a>'),
        "/zwgk/fzzf/2.htm": vsb_page((line(2) + line(3)).replace('"info', '"../../info'), '<a href="../fzzf.htm" class="Prev">上页</a><a href="1.htm" class="Next">下页</a><a href="1.htm" class="Next">尾页</a>'),
        "/zwgk/fzzf/1.htm": vsb_page(line(4).replace('"info', '"../../info'), '<a href="2.htm" class="Prev">上页</a><span class="Next">下页</span><span class="Next">尾页</span>'),
    }  # fmt: skip
    listings = read_all(vsb.FAMILY, Request(f"{HOST}/zwgk/fzzf.htm"), lambda request: pages[urlsplit(request.url).path])
    assert titles(listings) == [f"云岭县第{n}号法治政府建设报告" for n in range(5)]
    assert [(listing.page, listing.pages, listing.total) for listing in listings] == [(1, 3, 5), (2, 3, 5), (3, 3, 5)]
    assert listings[0].rows[0] == Row(f"{HOST}/zwgk/info/1034/0.htm", "云岭县第0号法治政府建设报告", date(2020, 3, 1))


@pytest.mark.parametrize(
    ("row", "url"),
    [
        pytest.param('<li id="line_u7_0">[<a href="../fzb/index.htm">县司法局</a>]<a href="info/1034/1.htm">报告</a><span>2020-03-30</span></li>', "/zwgk/info/1034/1.htm", id="a column's link before the article's"),
        pytest.param('<tr id="lineu9_0"><td><a href="../content.jsp?urltype=news.NewsContentUrl&wbtreeid=1034&wbnewsid=20551">法治报告</a></td><td>2020-03-30</td></tr>', "/content.jsp?urltype=news.NewsContentUrl&wbtreeid=1034&wbnewsid=20551", id="a table, and an article of the other form"),
        pytest.param('<li id="line_u7_0"><a href="http://mp.weixin.qq.com/s/a" title="云岭县2019年度法治政府建设报告">云岭…</a><i>2020/03/30</i></li>', "http://mp.weixin.qq.com/s/a", id="another host"),
    ],
)  # fmt: skip
def test_vsb_reads_rows_of_other_shapes(row: str, url: str) -> None:
    listing = vsb.read(page("/zwgk/fzzf.htm", f"<table>{row}</table>" if row.startswith("<tr") else f"<ul>{row}</ul>"))
    assert [(row.url, row.published) for row in listing.rows] == [
        (url if "://" in url else HOST + url, date(2020, 3, 30))
    ]
    assert listing.next is None


def test_vsb_reads_a_list_in_the_page_and_a_component_beside_it() -> None:
    main = "".join(
        f'<li><a href="info/1034/{n}.htm">云岭县第{n}号法治政府建设报告</a><span>2020-03-0{n}</span></li>'
        for n in (1, 2, 3)
    )
    listing = vsb.read(page("/zwgk/fzzf.htm", f"<ul>{line(9, 12)}</ul><div><ul>{main}</ul></div>"))
    assert sorted(titles([listing])) == [f"云岭县第{n}号法治政府建设报告" for n in (1, 2, 3, 9)]


@pytest.mark.parametrize(
    "pager",
    [
        pytest.param('<span class="p_next p_fun"><a href="fzzf/2.htm"><img src="/next.gif"></a></span>', id="a picture"),
        pytest.param('<span class="p_pages"><span class="p_next p_fun"><a href="fzzf/2.htm">下页</a></span><span class="p_last p_fun"><a href="fzzf/1.htm">尾页</a></span></span>', id="the newer pager"),
    ],
)  # fmt: skip
def test_vsb_finds_the_next_page_of_other_pagers(pager: str) -> None:
    listing = vsb.read(page("/zwgk/fzzf.htm", vsb_page(line(0), pager)))
    assert listing.next == Request(f"{HOST}/zwgk/fzzf/2.htm")


# --- feeds

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>云岭县人民政府</title><link>http://www.yunling.test/</link><atom:link rel="self" href="/rss.xml"/>
<image><url>http://www.yunling.test/logo.png</url><title>云岭</title></image>
<item><title><![CDATA[云岭县2023年度<b>法治政府</b>建设&ldquo;报告&rdquo;]]></title><link>/art/1.html</link><pubDate>Wed, 27 Mar 2024 16:30:00 GMT</pubDate>
<enclosure url="files/1.pdf" type="application/pdf" length="1"/></item>
<item><title>云岭县2022年度报告 & 附件</title><link>http://www.yunling.test/art.do?id=2&col=3</link><dc:date>2023-03-17T10:00:00+08:00</dc:date></item>
<item><title>没有<![CDATA[&地址]]></title><guid isPermaLink="false">http://www.yunling.test/3</guid></item>
<item><title>云岭县2023年度法治政府建设报告</title><link>http://www.yunling.test/art/1.html</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://www.yunling.test/art/"><title>法治</title>
<link rel="self" href="/atom.xml"/><link rel="next" href="/atom.xml?page=2"/>
<entry><title type="html">云岭县2021年度&lt;em&gt;法治&lt;/em&gt;报告</title><link rel="edit" href="/edit/1"/><link href="1.html"/>
<link rel="enclosure" href="/files/1.docx" title="报告.docx"/><updated>2022-05-01T00:00:00Z</updated><published>2022-03-09T16:00:00Z</published></entry></feed>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://www.yunling.test/"><title>云岭</title><items><rdf:Seq/></items></channel>
<item rdf:about="http://www.yunling.test/a/1.html"><title>云岭县2018年依法行政报告</title><link>http://www.yunling.test/a/1.html</link><dc:date>2019-01-10</dc:date></item></rdf:RDF>"""
SITEMAP = """<?xml version="1.0"?><!-- made by hand --><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> http://www.yunling.test/art/1.html </loc><lastmod>2024-03-28</lastmod><image:image><image:loc>http://www.yunling.test/x.png</image:loc></image:image></url>
<url><loc>http://www.yunling.test/art/2.html?a=1&amp;b=2</loc></url>
<url><loc>http://www.yunling.test/art/3.html</loc><lastmod>2024-05-01</lastmod><news:news><news:publication><news:name>云岭</news:name></news:publication><news:publication_date>2024-04-01</news:publication_date><news:title>云岭县工作要点</news:title></news:news></url></urlset>"""


def test_feeds_read_rss() -> None:
    listing = feeds.read(page("/rss.xml", RSS))
    assert listing == Listing(
        (
            Row(f"{HOST}/art/1.html", "云岭县2023年度法治政府建设“报告”", date(2024, 3, 28), files=((f"{HOST}/files/1.pdf", "1.pdf"),)),
            Row(f"{HOST}/art.do?id=2&col=3", "云岭县2022年度报告 & 附件", date(2023, 3, 17)),
        )
    )  # fmt: skip


def test_feeds_read_atom_and_its_next_page() -> None:
    listing = feeds.read(page("/atom.xml", ATOM))
    (row,) = listing.rows
    assert row == Row(
        f"{HOST}/art/1.html",
        "云岭县2021年度法治报告",
        date(2022, 3, 10),
        files=((f"{HOST}/files/1.docx", "报告.docx"),),
    )
    assert listing.next == Request(f"{HOST}/atom.xml?page=2", family="feeds")


def test_feeds_read_rss_1() -> None:
    assert feeds.read(page("/rdf", RDF)).rows == (
        Row(f"{HOST}/a/1.html", "云岭县2018年依法行政报告", date(2019, 1, 10)),
    )


def test_feeds_read_a_site_map_as_rows_without_titles() -> None:
    assert feeds.read(page("/sitemap.xml", SITEMAP)).rows == (
        Row(f"{HOST}/art/1.html", "", date(2024, 3, 28)),
        Row(f"{HOST}/art/2.html?a=1&b=2", "", None),
        Row(f"{HOST}/art/3.html", "云岭县工作要点", date(2024, 4, 1)),
    )


def test_feeds_take_the_files_of_a_site_map_index_as_blocks() -> None:
    text = "<sitemapindex><sitemap><loc>/a.xml</loc></sitemap><sitemap><loc>/b.xml.gz</loc></sitemap><sitemap><loc>/a.xml</loc></sitemap></sitemapindex>"
    assert feeds.read(page("/sitemap.xml", text)) == Listing(
        blocks=(Request(f"{HOST}/a.xml", family="feeds"), Request(f"{HOST}/b.xml.gz", family="feeds"))
    )


@pytest.mark.parametrize(
    ("content", "media"),
    [
        pytest.param(RSS.replace("utf-8", "gb2312").encode("gb18030"), "text/xml", id="GB18030 by its declaration"),
        pytest.param(RSS.replace("utf-8", "gb2312").encode(), "text/xml; charset=utf-8", id="a declaration that the header contradicts"),
        pytest.param(b"\xef\xbb\xbf\r\n\r\n" + RSS.encode(), "", id="BOM and blank lines before the declaration"),
        pytest.param(RSS.replace("<rss ", "<!DOCTYPE rss [<!ENTITY a 'b'>]>\n<!-- c --><rss ").encode(), "", id="a document type"),
        pytest.param(RSS.replace("报告 & 附件", "报告&nbsp;& 附件").encode(), "", id="an entity of HTML"),
        pytest.param(RSS.replace("报告 & 附件", "报告 & \x0b附件").encode(), "", id="a character that XML forbids"),
        pytest.param(gzip.compress(RSS.encode()), "application/gzip", id="a packed file"),
    ],
)  # fmt: skip
def test_feeds_read_sloppy_ones(content: bytes, media: str) -> None:
    view = page("/rss.xml", content, media=media)
    assert feeds.recognise(view)
    rows = feeds.read(view).rows
    assert [row.published for row in rows] == [date(2024, 3, 28), date(2023, 3, 17)]
    assert rows[1].title.replace(" ", "") == "云岭县2022年度报告&附件"


@pytest.mark.parametrize(
    "entity",
    [
        pytest.param("<!ENTITY x SYSTEM 'file:///etc/passwd'>", id="a file of the machine"),
        pytest.param("<!ENTITY y 'ha'><!ENTITY x '&y;&y;'>", id="one that grows"),
    ],
)
def test_feeds_expand_no_entity(entity: str) -> None:
    text = f"<!DOCTYPE rss [{entity}]><rss><channel><item><title>报告&x;</title><link>/a</link></item></channel></rss>"
    assert titles([feeds.read(page("/rss.xml", text))]) == ["报告&x;"]


@pytest.mark.parametrize(
    ("text", "is_feed"),
    [
        pytest.param("<rss version='2.0'><channel></channel></rss>", True, id="without an item"),
        pytest.param("<urlset/>", True, id="without anything"),
        pytest.param(RSS[:-200], False, id="cut short"),
        pytest.param("<html><body>404</body></html>", False, id="an error page"),
        pytest.param("", False, id="nothing"),
        pytest.param(gzip.compress(b"x" * 99)[:20], False, id="half a packed file"),
        pytest.param("{}", False, id="JSON"),
    ],
)
def test_feeds_tell_an_empty_feed_from_an_error(text: str | bytes, is_feed: bool) -> None:
    view = page("/rss.xml", text, Request(f"{HOST}/rss.xml", family="feeds"))
    if is_feed:
        assert feeds.read(view) == Listing()
    else:
        with pytest.raises(ListError):
            feeds.read(view)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param(
            "Wed, 27 Mar 2024 15:30:00 GMT", "2024-03-27", id="evening in Greenwich, still the same day in China"
        ),
        pytest.param("Wed, 27 Mar 2024 16:30:00 GMT", "2024-03-28", id="after midnight in China"),
        pytest.param("Thu, 28 Mar 2024 00:10:00 +0800", "2024-03-28", id="China's zone"),
        pytest.param("Thu, 28 Mar 2024 00:10:00 CST", "2024-03-28", id="CST is China's"),
        pytest.param("Thu, 28 Mar 2024 00:10:00 GMT+8", "2024-03-28", id="a zone in words"),
        pytest.param("Thu Mar 28 00:10:00 CST 2024", "2024-03-28", id="as Java prints it"),
        pytest.param("2024-03-27T16:30:00Z", "2024-03-28", id="ISO in Greenwich"),
        pytest.param("2024-03-28T00:10+08:00", "2024-03-28", id="ISO in China"),
        pytest.param("2024-03-28 00:10:00", "2024-03-28", id="no zone"),
        pytest.param("2024/3/28", "2024-03-28", id="slashes"),
        pytest.param("2024年3月28日", "2024-03-28", id="in Chinese"),
        pytest.param("1970-01-01T00:00:00Z", None, id="a clock of zero"),
        pytest.param("0001-01-01T00:00:00", None, id="an empty date of .NET"),
        pytest.param("2024-03", None, id="a month alone"),
        pytest.param("昨天", None, id="no date"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_feeds_read_days_in_china(text: str, day: str | None) -> None:
    assert parse_day(text) == (date.fromisoformat(day) if day else None)
