"""gkmlpt, UCAP, label 8888 and Hebei: lists that hang on a tree or a column page, most of them behind an API."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from pipeline.scrape.families import feeds, gkmlpt, govcn, hebei, label8888, ucap, vsb
from pipeline.scrape.records import Family, ListError, Listing, Request, Row, View

HOST = "http://www.yunling.test"
HEX = "7c1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f"
UUIDS = [f"{n}a2b3c4d-1e2f-4a5b-8c6d-9e8f7a6b5c4{n}" for n in range(1, 6)]


def page(path: str, text: str, request: Request | None = None) -> View:
    url = path if "://" in path else HOST + path
    return View(request or Request(url), text.encode(), url=url, media="text/html; charset=utf-8")


def read_all(family: Family, first: Request, serve: Callable[[Request], str]) -> list[Listing]:
    """The pages of a list, as a crawl asks for them."""
    listings, request = [], first
    while request is not None and len(listings) < 20:
        listings.append(family.read(page(request.url, serve(request), request)))
        request = listings[-1].next
    return listings


def titles(listings: list[Listing]) -> list[str]:
    return [row.title for listing in listings for row in listing.rows]


def asked(request: Request, name: str, default: str = "") -> str:
    return parse_qs(urlsplit(request.url).query, keep_blank_values=True).get(name, [default])[0]


# --- gkmlpt

INDEX = """<html><head><script>
  window._CONFIG = {
    SITE: {'name': '云岭县', "note": "a } and a ] in a string"}, // of the site
    SID: '799001',
    TREE: [
      {"id": 4100, "name": "法定主动公开内容", "post_count": "3", "jump_url": null, "children": [
        {id: 4101, name: '法治政府建设[新]', post_count: 2, jump_url: '', children: [],},
        {"id": 4102, "name": "规划计划", "post_count": null, "jump_url": "/zwgk/ghjh/", "children": [
          {"id": 4103, "name": "专项规划", "post_count": 1, "jump_url": ""}]},
      ]},
      {"id": 4104, "name": "已停用", "post_count": 0, "jump_url": "javascript:;", "children": null},
    ],
    SERVICE_AREA_ID: 1,
  };
</script></head><body><div id="app"></div><a href="/ztzl/fzzf/">法治政府建设专题</a></body></html>"""


def article(number: int, **fields: object) -> dict[str, object]:
    return {
        "id": number, "title": f"云岭县第{number}号报告", "url": f"{HOST}/gkmlpt/content/6/6203/post_{number}.html", "post_url": "",
        "document_number": "云府办〔2022〕3号", "identifier": "11539999MB/2022-00007", "publisher": "云岭县司法局",
        "date": 1646841600, "create_time": 1646899200, "display_publish_time": 1646899200, "created_at": "2022-03-10 16:00:00",
        "is_abolished": 0, "attachment": [], **fields,
    }  # fmt: skip


def articles(items: list[dict[str, object]], total: object) -> str:
    return json.dumps({"classify": {"id": 4101, "post_count": total}, "total": total, "articles": items})


def test_gkmlpt_takes_the_nodes_of_the_tree_as_columns_with_the_names_above_them() -> None:
    listing = gkmlpt.read(page("/gkmlpt/index", INDEX))
    found = [(column.title, column.request.url.removeprefix(HOST), column.count) for column in listing.columns]
    assert found == [
        ("法定主动公开内容", "/gkmlpt/api/all/4100?page=1&sid=799001", 3),
        ("法定主动公开内容/法治政府建设[新]", "/gkmlpt/api/all/4101?page=1&sid=799001", 2),
        ("法定主动公开内容/规划计划", "/zwgk/ghjh/", None),
        ("法定主动公开内容/规划计划/专项规划", "/gkmlpt/api/all/4103?page=1&sid=799001", 1),
        ("法治政府建设专题", "/ztzl/fzzf/", None),
    ]
    assert [column.request.family for column in listing.columns] == ["gkmlpt", "gkmlpt", "", "gkmlpt", ""]
    assert (listing.rows, listing.blocks) == ((), ())


@pytest.mark.parametrize(
    ("path", "text", "blocks"),
    [
        pytest.param("/xsfj/gkmlpt/index", INDEX.replace("TREE: [", "TREE: [], OLD: ["), ["/xsfj/gkmlpt/api/all/0"], id="a tree without nodes leaves the whole, in the department's folder"),
        pytest.param("/gkmlpt/index#4101", INDEX, ["/gkmlpt/api/all/4101"], id="an address that names a node means it"),
        pytest.param("/gkmlpt/index#top", INDEX, [], id="an anchor that is no node"),
        pytest.param("/gkmlpt/index#4102", INDEX, [], id="a node that is only a link has no list"),
        pytest.param("/gkmlpt/index", '<script>window._CONFIG={"SID":799001,"TREE":"[]"}</script>', ["/gkmlpt/api/all/0"], id="quoted names, a number, the tree in a string"),
    ],
)  # fmt: skip
def test_gkmlpt_asks_at_once_for_a_list_that_the_address_means(path: str, text: str, blocks: list[str]) -> None:
    assert [urlsplit(block.url).path for block in gkmlpt.read(page(path, text)).blocks] == blocks


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "<script>window._CONFIG = {SID: '1', DETAIL: {content: '\\u003Cp>'}}</script>", id="an article's page"
        ),
        pytest.param("<script>window._CONFIG = {SID: '1', TREE: [{\"id\": 1, ", id="cut short"),
        pytest.param("<script>window._CONFIG = {SID: '1', TREE: window.tree}</script>", id="a tree kept elsewhere"),
    ],
)
def test_gkmlpt_says_that_an_index_without_a_tree_is_none(text: str) -> None:
    with pytest.raises(ListError):
        gkmlpt.read(page("/gkmlpt/index", text))


def test_gkmlpt_reads_an_article_with_its_numbers_day_in_china_and_files() -> None:
    text = articles(
        [
            article(
                6203311,
                attachment=[{"name": "报告.pdf", "url": "/attachment/0/88/88123/1.pdf"}, None, {"name": "", "url": ""}],
            )
        ],
        1,
    )
    listing = gkmlpt.read(page("/gkmlpt/api/all/4101?page=1&sid=799001", text))
    assert listing.rows == (
        Row(
            f"{HOST}/gkmlpt/content/6/6203/post_6203311.html",
            "云岭县第6203311号报告",
            date(2022, 3, 10),
            number="云府办〔2022〕3号",
            publisher="云岭县司法局",
            index="11539999MB/2022-00007",
            files=((f"{HOST}/attachment/0/88/88123/1.pdf", "报告.pdf"),),
        ),
    )
    assert (listing.next, listing.page, listing.pages, listing.total) == (None, 1, 1, 1)


@pytest.mark.parametrize(
    ("fields", "url", "published"),
    [
        pytest.param({"url": "", "post_url": "/gkmlpt/content/post_1.html"}, f"{HOST}/gkmlpt/content/post_1.html", "2022-03-10", id="address in post_url"),
        pytest.param({"url": None, "post_url": "content/post_1.html"}, f"{HOST}/gkmlpt/api/all/content/post_1.html", "2022-03-10", id="null and relative"),
        pytest.param({"url": "https://mp.weixin.qq.com/s/abc"}, "https://mp.weixin.qq.com/s/abc", "2022-03-10", id="another host is kept"),
        pytest.param({"url": "//www.qinghe.test/a.html"}, "http://www.qinghe.test/a.html", "2022-03-10", id="protocol-relative"),
        pytest.param({"display_publish_time": 0, "create_time": 1646928000}, None, "2022-03-11", id="midnight in China is another day in Greenwich"),
        pytest.param({"display_publish_time": "1646899200000"}, None, "2022-03-10", id="milliseconds in a string"),
        pytest.param({"display_publish_time": None, "create_time": ""}, None, "2022-03-10", id="only the printed time"),
    ],
)  # fmt: skip
def test_gkmlpt_reads_variants_of_an_article(fields: dict[str, object], url: str | None, published: str) -> None:
    (row,) = gkmlpt.read(page("/gkmlpt/api/all/1?page=1&sid=1", articles([article(1, **fields)], 1))).rows
    assert row.published == date.fromisoformat(published)
    assert url is None or row.url == url


@pytest.mark.parametrize(
    ("size", "told", "requests"),
    [
        pytest.param(100, 250, 3, id="a hundred a page"),
        pytest.param(15, 250, 17, id="fifteen a page"),
        pytest.param(125, "250", 2, id="total in a string, the last page full"),
        pytest.param(100, 400, 4, id="total too large ends with an empty page"),
        pytest.param(100, 30, 3, id="total too small"),
        pytest.param(100, None, 3, id="no total"),
    ],
)
def test_gkmlpt_reads_every_page_and_stops(size: int, told: object, requests: int) -> None:
    def serve(request: Request) -> str:
        number = int(asked(request, "page"))
        return articles([article(n) for n in range((number - 1) * size, min(250, number * size))], told)

    listings = read_all(gkmlpt.FAMILY, Request(f"{HOST}/gkmlpt/api/all/4101?page=1&sid=799001", family="gkmlpt"), serve)
    assert len(listings) == requests
    assert titles(listings) == [f"云岭县第{n}号报告" for n in range(250)]
    assert [listing.page for listing in listings] == list(range(1, requests + 1))


@pytest.mark.parametrize(
    "on_top",
    [
        pytest.param(lambda start: [start - 1] * (start > 0), id="the last row of the page before"),
        pytest.param(lambda start: [start], id="a row twice"),
        pytest.param(lambda start: [0, 1], id="rows that always stand on top"),
        pytest.param(lambda start: [start - 1, start - 1, start] if start else [start], id="all of it"),
    ],
)
@pytest.mark.parametrize("total", range(9, 17))
def test_counted_lists_with_rows_that_come_again_are_read_to_their_end(
    on_top: Callable[[int], list[int]], total: int
) -> None:
    def numbers(request: Request) -> list[int]:
        start = (int(asked(request, "page", "1")) - 1) * 4
        rows = list(range(start, min(total, start + 4)))
        return [*on_top(start), *rows] if rows else []

    first = Request(f"{HOST}/gkmlpt/api/all/1?page=1&sid=1", family="gkmlpt")
    listings = read_all(gkmlpt.FAMILY, first, lambda request: articles([article(n) for n in numbers(request)], total))
    assert set(titles(listings)) == {f"云岭县第{n}号报告" for n in range(total)}
    search = Request(f"{HOST}/search/{HEX}?_isJson=true")
    listings = read_all(ucap.FAMILY, search, lambda request: results([result(n) for n in numbers(request)], total))
    assert set(titles(listings)) == {f"云岭县第{n}号报告" for n in range(total)}


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param('{"classify":null,"total":0,"articles":[]}', 0, id="honestly empty"),
        pytest.param('{"classify":null,"total":0,"articles":null}', 0, id="null for none"),
        pytest.param("\ufeff\r\n\r\n" + articles([article(1)], 1), 1, id="BOM and blank lines before it"),
        pytest.param('{"code":404,"message":"not found"}', None, id="an error in JSON"),
        pytest.param("<html><body>502 Bad Gateway</body></html>", None, id="an error in HTML"),
        pytest.param(INDEX, None, id="the index page in place of the list"),
        pytest.param("", None, id="nothing"),
        pytest.param('{"total":3,"articles":null}', None, id="a count without articles"),
        pytest.param('{"total":1,"articles":[{"foo":1}]}', None, id="articles without title and address"),
    ],
)
def test_gkmlpt_tells_an_empty_list_from_an_error(text: str, rows: int | None) -> None:
    view = page(
        "/gkmlpt/api/all/4101?page=1&sid=799001",
        text,
        Request(f"{HOST}/gkmlpt/api/all/4101?page=1&sid=799001", family="gkmlpt"),
    )
    if rows is None:
        with pytest.raises(ListError):
            gkmlpt.read(view)
    else:
        assert len(gkmlpt.read(view).rows) == rows


# --- UCAP

UCAP_LIST = f"""<html><head><meta name="channelId" content="{HEX}"></head><body><ul class="list">
<li><a href="/yunling/c109999/202503/{HEX}.shtml" title="云岭县2024年度法治政府建设情况报告">云岭县2024年度法治…</a><span>2025-03-21</span></li>
<li><a href="/yunling/c109999/202403/0{HEX[1:]}.shtml">云岭县2023年度法治政府建设情况报告</a><span>2024-03-20</span></li>
</ul><script>createPageHTML('page_div',3, 1,'common_list','shtml',41);</script></body></html>"""


def result(number: int, **fields: object) -> dict[str, object]:
    return {
        "title": f"云岭县第<em>{number}</em>号报告", "subTitle": "", "url": f"/yunling/c109999/202503/{number:032x}.shtml",
        "publishedTimeStr": "2025-03-21 09:30:00", "channelName": "法治政府建设", "content": "正文", "contentHtml": "<base href='http://x.test/'>",
        "domainMetaList": [{"resultList": [{"key": "refno", "value": "云政发〔2025〕4号"}, {"key": "indexnumber", "value": "009999/2025-00012"}, {"key": "source", "value": "云岭县司法局"}]}],
        **fields,
    }  # fmt: skip


def results(items: list[dict[str, object]], total: object, number: int = 1) -> str:
    return json.dumps(
        {"data": {"channelId": HEX, "total": total, "page": number, "rows": len(items), "results": items}}
    )


def test_ucap_reads_a_static_list() -> None:
    listing = ucap.read(page("/yunling/c109999/common_list.shtml", UCAP_LIST))
    assert [(row.title, row.published) for row in listing.rows] == [
        ("云岭县2024年度法治政府建设情况报告", date(2025, 3, 21)),
        ("云岭县2023年度法治政府建设情况报告", date(2024, 3, 20)),
    ]
    assert listing.next == Request(f"{HOST}/yunling/c109999/common_list_2.shtml")
    assert (listing.page, listing.pages, listing.total, listing.blocks) == (1, 3, 41, ())


@pytest.mark.parametrize(
    ("path", "call", "following"),
    [
        pytest.param("/c1/common_list_2.shtml", "createPageHTML('page_div',3, 2,'common_list','shtml',41)", "/c1/common_list_3.shtml", id="from page 2"),
        pytest.param("/c1/common_list_2.shtml", "createPageHTML('page_div',3, 1,'common_list','shtml',41)", "/c1/common_list_3.shtml", id="a call that stayed at 1"),
        pytest.param("/c1/common_list_3.shtml", "createPageHTML('page_div',3, 3,'common_list','shtml',41)", None, id="the last page"),
        pytest.param("/c1/", 'createPageHTML( "page_div" , "3" , "1" , "list" , ".shtml" )', "/c1/list_2.shtml", id="double quotes, blanks, no count of rows"),
        pytest.param("/c1/", "createPageHTML('page_div',1,1,'common_list','shtml',9)", None, id="one page"),
        pytest.param("/c1/", "createPageHTML('page_div',0,0,'common_list','shtml',0)", None, id="no page"),
    ],
)  # fmt: skip
def test_ucap_names_the_page_behind(path: str, call: str, following: str | None) -> None:
    listing = ucap.read(page(path, f"<ul></ul><script>{call};</script>"))
    assert listing.next == (Request(HOST + following) if following else None)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        pytest.param(f'<meta name="channelId" content="{HEX}"><div id="list"></div>', f"/common/search/{HEX}", id="a channel in a meta tag"),
        pytest.param(f"<META content='{HEX}' NAME=channelid><div></div>", f"/common/search/{HEX}", id="other order, case and quotes"),
        pytest.param(f'<script>var channelId = "{HEX}";</script>', f"/common/search/{HEX}", id="a channel in a script"),
        pytest.param(f"<script>var channelId = '{HEX}'; $.get('/searchList/' + channelId, {{page: 1}})</script>", f"/searchList/{HEX}", id="the address put together"),
        pytest.param(f'<script>$.ajax({{url: "/search/{HEX}", data: {{_pageSize: 50}}}})</script>', f"/search/{HEX}", id="the address whole"),
        pytest.param(f'<meta name="channelId" content="{HEX}"><ucapcontent><p>正文</p></ucapcontent>', None, id="an article has a channel too"),
        pytest.param(UCAP_LIST.replace("createPageHTML", "x"), None, id="a list of its own"),
        pytest.param('<form action="/search/"><input name="q"></form>', None, id="a search box"),
    ],
)  # fmt: skip
def test_ucap_asks_for_a_list_that_a_script_fills(text: str, path: str | None) -> None:
    blocks = ucap.read(page("/yunling/c109999/common_list.shtml", text)).blocks
    assert [urlsplit(block.url).path for block in blocks] == ([path] if path else [])
    for block in blocks:
        assert (block.family, asked(block, "page"), asked(block, "_isJson")) == ("ucap", "1", "true")
        assert asked(block, "_pageSize") == ("50" if "50" in text else "15")


def test_ucap_reads_an_entry_with_its_fields() -> None:
    (row,) = ucap.read(page(f"/common/search/{HEX}?page=1", results([result(1)], 1))).rows
    assert row == Row(
        f"{HOST}/yunling/c109999/202503/{1:032x}.shtml", "云岭县第1号报告", date(2025, 3, 21),
        number="云政发〔2025〕4号", publisher="云岭县司法局", index="009999/2025-00012",
    )  # fmt: skip


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"domainMetaList": None}, id="no fields"),
        pytest.param(
            {"domainMetaList": [None, {"resultList": None}, {"resultList": [None, {"key": None, "value": None}]}]},
            id="nulls all over",
        ),
        pytest.param(
            {"publishedTimeStr": None, "domainMetaList": {"resultList": [{"key": "pubDate", "value": "2025-03-21"}]}},
            id="the day among the fields, which are no list",
        ),
        pytest.param({"publishedTimeStr": "", "publishedTime": 1742520600000}, id="milliseconds"),
    ],
)
def test_ucap_reads_entries_whose_fields_are_missing(fields: dict[str, object]) -> None:
    (row,) = ucap.read(page(f"/search/{HEX}?page=1", results([result(1, **fields)], 1))).rows
    assert (row.title, row.published) == ("云岭县第1号报告", date(2025, 3, 21))


@pytest.mark.parametrize(
    ("size", "told", "requests"),
    [
        pytest.param(15, 41, 3, id="rows of a page are not the total"),
        pytest.param(41, 41, 1, id="all at once"),
        pytest.param(15, 100, 4, id="total too large"),
        pytest.param(15, 7, 3, id="total too small"),
    ],
)
def test_ucap_reads_every_page_of_a_search(size: int, told: int, requests: int) -> None:
    def serve(request: Request) -> str:
        number = int(asked(request, "page", "1"))
        return results([result(n) for n in range((number - 1) * size, min(41, number * size))], told, number)

    listings = read_all(ucap.FAMILY, Request(f"{HOST}/search/{HEX}?_pageSize=100&_isJson=true"), serve)
    assert len(listings) == requests
    assert titles(listings) == [f"云岭县第{n}号报告" for n in range(41)]


def test_ucap_reads_the_older_service_that_takes_a_form() -> None:
    request = Request(f"{HOST}/getFileListByCodeId", "POST", (("codeId", "1"), ("page", "1"), ("size", "1")), "ucap")
    text = json.dumps({"results": {"data": {"results": [result(1)], "total": 2}}})
    listing = ucap.read(page(request.url, text, request))
    assert titles([listing]) == ["云岭县第1号报告"]
    assert listing.next
    assert (listing.next.method, dict(listing.next.form)["page"]) == ("POST", "2")


@pytest.mark.parametrize(
    ("text", "is_list"),
    [
        pytest.param(results([], 0), True, id="honestly empty"),
        pytest.param(f'{{"data":{{"channelId":"{HEX}","total":0,"results":null}}}}', True, id="null for none"),
        pytest.param('{"code":500,"data":null,"msg":"error"}', False, id="an error in JSON"),
        pytest.param('{"data":{"total":5,"results":null}}', False, id="a count without results"),
        pytest.param("<html>token</html>", False, id="an error in HTML"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_ucap_tells_an_empty_list_from_an_error(text: str, is_list: bool) -> None:
    view = page(f"/search/{HEX}?page=1", text)
    if is_list:
        assert ucap.read(view).rows == ()
    else:
        with pytest.raises(ListError):
            ucap.read(view)


# --- label 8888

LANDING = "/public/column/9990001?type=4&catId=7001&action=list"
CALL = "/site/label/8888?IsAjax=1&dataType=html&labelName=publicInfoList&siteId=999&organId=9990001&type=4&catId=7001&pageIndex={}&pageSize=2&length=20&file=/xxgk/publicInfoList_newest2020"


def navli(number: int, day: str = "2025-02-14") -> str:
    return f"""<div class="xxgk_navli"><ul><li class="mc"><a href="/public/9990001/{number}.html" title="云岭县第{number}号法治政府建设工作计划" target="_blank">云岭县第{number}号法治…</a></li>
<li><span class="syh">9990001/202502-0000{number}</span><span class="date"> {day} </span></li></ul></div>"""


def fragment(rows: str, pages: int | None = None, number: int = 1) -> str:
    return rows + (
        f"<script>Ls.pagination({{pageCount:{pages},pageIndex:{number}}})</script>" if pages is not None else ""
    )


@pytest.mark.parametrize(
    ("text", "query"),
    [
        pytest.param(f'<iframe src="{CALL.format(3)}"></iframe>', {"siteId": "999", "pageSize": "2"}, id="a frame"),
        pytest.param(f'<div data-url="{CALL.format(1).replace("&", "&amp;")}"></div>', {"siteId": "999", "pageSize": "2"}, id="an attribute, escaped"),
        pytest.param("<script>$.ajax({url:'/site/label/8888', data:{IsAjax:1,dataType:'html',labelName:'publicInfoList',siteId:'999',organId:'9990001',catId:'7001',pageIndex:page,pageSize:18}})</script>", {"siteId": "999", "pageSize": "18"}, id="a call with its parameters beside"),
        pytest.param("<script>var siteId = '999'; load({labelName:'publicInfoList',siteId:siteId,organId:organ,pageSize:15})</script>", {"siteId": "999", "pageSize": "15", "action": "list"}, id="a call that a script computes"),
        pytest.param("<script>var siteId = 999;</script><div id='list'></div>", {"siteId": "999", "type": "4"}, id="a landing page that names nothing else"),
    ],
)  # fmt: skip
def test_label_asks_for_the_list_that_a_landing_page_calls(text: str, query: dict[str, str]) -> None:
    (block,) = label8888.read(page(LANDING, f"<html>{text}</html>")).blocks
    wanted = {**query, "labelName": "publicInfoList", "organId": "9990001", "catId": "7001", "pageIndex": "1"}
    assert (block.family, urlsplit(block.url).path) == ("label8888", "/site/label/8888")
    assert {name: asked(block, name) for name in wanted} == wanted


def test_label_reads_rows_whose_date_and_index_lie_in_cells_of_their_own() -> None:
    text = fragment(navli(1) + navli(2, "2024-01-31"), 2)
    listing = label8888.read(page(CALL.format(1), text))
    assert [replace(row, url="") for row in listing.rows] == [
        Row("", "云岭县第1号法治政府建设工作计划", date(2025, 2, 14), index="9990001/202502-00001"),
        Row("", "云岭县第2号法治政府建设工作计划", date(2024, 1, 31), index="9990001/202502-00002"),
    ]
    assert listing.rows[0].url == f"{HOST}/public/9990001/1.html"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('<div class="xxgk_navli">' + "".join(navli(n, f"2025-02-1{n}").replace("xxgk_navli", "x") for n in (1, 2)) + "</div>", id="one block around all rows"),
        pytest.param("".join(navli(n, f"2025-02-1{n}").replace("</ul>", '<li><a href="/public/9990001/9.html">解读</a></li></ul>') for n in (1, 2)), id="a second link in a row"),
        pytest.param("".join(f'<li><a href="/public/9990001/{n}.html" title="云岭县第{n}号法治政府建设工作计划">云…</a><span class="date">2025-02-1{n}</span></li>' for n in (1, 2)), id="items of a plain list"),
    ],
)  # fmt: skip
def test_label_reads_other_shapes_of_a_list(text: str) -> None:
    rows = label8888.read(page(CALL.format(1), fragment(text, 1))).rows
    assert [(row.title[:7], row.published) for row in rows] == [
        ("云岭县第1号法", date(2025, 2, 11)),
        ("云岭县第2号法", date(2025, 2, 12)),
    ]


@pytest.mark.parametrize(
    ("told", "requests"),
    [
        pytest.param(3, 3, id="as many pages as told"),
        pytest.param(9, 4, id="more told than there are"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_label_reads_every_page(told: int, requests: int, method: str) -> None:
    def serve(request: Request) -> str:
        number = int(asked(request, "pageIndex") if request.method == "GET" else dict(request.form)["pageIndex"])
        rows = "".join(navli(n) for n in range((number - 1) * 2, min(5, number * 2)))
        return fragment(rows, told) if rows else "<p>暂无相关信息</p>"

    address, _, query = (HOST + CALL.format(1)).partition("?")
    form = tuple((name, values[0]) for name, values in parse_qs(query).items())
    first = Request(f"{address}?{query}") if method == "GET" else Request(address, "POST", form)
    listings = read_all(label8888.FAMILY, first, serve)
    assert len(listings) == requests
    assert titles(listings) == [f"云岭县第{n}号法治政府建设工作计划" for n in range(5)]


@pytest.mark.parametrize(
    ("text", "is_list"),
    [
        pytest.param("<p>暂无相关信息</p>", True, id="the words for none"),
        pytest.param("<p>没有相关数据！</p>", True, id="other words for none"),
        pytest.param(fragment("<ul></ul>", 0), True, id="no page"),
        pytest.param(fragment("<ul></ul>", 4), False, id="pages, but no row"),
        pytest.param("", False, id="nothing"),
        pytest.param("<title>出错了</title><p>没有数据权限</p>", False, id="an error page"),
        pytest.param('{"status":0,"desc":"标签不存在"}', False, id="an error in JSON"),
    ],
)
def test_label_tells_an_empty_list_from_an_error(text: str, is_list: bool) -> None:
    if is_list:
        assert label8888.read(page(CALL.format(1), text)) == replace(
            label8888.read(page(CALL.format(1), text)), rows=(), next=None
        )
    else:
        with pytest.raises(ListError):
            label8888.read(page(CALL.format(1), text))


def test_label_counts_from_the_first_page_where_the_address_names_none() -> None:
    listing = label8888.read(page(CALL.format(1).replace("pageIndex=1&", ""), fragment(navli(1), 2)))
    assert listing.next
    assert asked(listing.next, "pageIndex") == "2"


def test_label_goes_on_from_a_landing_page_that_prints_its_first_page() -> None:
    text = fragment(navli(1), 3) + "<script>var siteId='999';</script>"
    listing = label8888.read(page(LANDING, text))
    assert len(listing.rows) == 1
    assert listing.blocks == ()
    assert listing.next
    assert (asked(listing.next, "pageIndex"), asked(listing.next, "siteId")) == ("2", "999")


def test_label_follows_the_link_of_an_older_list() -> None:
    text = '<ul><li><a href="/public/9990001/1.html">云岭县2016年依法行政工作要点</a><span>2016-03-01</span></li></ul><a href="page_2.html">下一页</a>'
    listing = label8888.read(page("/OpennessContent/showList/12/34/page_1.html", text))
    assert titles([listing]) == ["云岭县2016年依法行政工作要点"]
    assert listing.next
    assert listing.next.url == f"{HOST}/OpennessContent/showList/12/34/page_2.html"


# --- Hebei

COLUMN = f"/columns/{UUIDS[0]}/index.html"
BLOCK = f"/columns/{UUIDS[0]}/templates/{UUIDS[1]}/blocks/{UUIDS[2]}"


def item(number: int) -> str:
    return f'<li class="xxgk_gfxwjk-list-li"><a href="/columns/{UUIDS[0]}/202403/28/{UUIDS[3][:-2]}{number:02}.html">云岭县第{number}号报告</a><span>2024-03-28</span></li>'


@pytest.mark.parametrize(
    ("text", "queries"),
    [
        pytest.param(f"<script>load('{BLOCK}?page=' + page + '&fix=0')</script>", ["page=1&fix=0"], id="an address that a script puts together"),
        pytest.param(f'<div data-url="{BLOCK}?page=1&amp;fix=0"></div>', ["page=1&fix=0"], id="an attribute, escaped"),
        pytest.param(f"<script>load('{BLOCK}')</script>", ["page=1&fix=0"], id="without a query"),
        pytest.param(f"<script>load('{BLOCK}?page=0&fix=0')</script>", ["page=0&fix=0"], id="counted from 0"),
        pytest.param(f"<script>load('{BLOCK}?page=1&fix=0'); load('{BLOCK}?page=2&fix=0')</script>", ["page=1&fix=0"], id="named twice"),
        pytest.param(f'<div data-template-id="{UUIDS[1]}" data-block-id="{UUIDS[2]}"></div>', ["page=1&fix=0"], id="its parts alone"),
        pytest.param("<div></div>", [], id="none"),
    ],
)  # fmt: skip
def test_hebei_asks_for_the_fragment_that_a_column_page_names(text: str, queries: list[str]) -> None:
    blocks = hebei.read(page(COLUMN, f"<html>{text}</html>")).blocks
    assert [block.url for block in blocks] == [f"{HOST}{BLOCK}?{query}" for query in queries]
    assert all(block.family == "hebei" for block in blocks)


@pytest.mark.parametrize(
    ("pager", "requests"),
    [
        pytest.param("<div>共3页</div>", 3, id="pages told"),
        pytest.param("<script>var totalPage = 3;</script>", 3, id="pages told by a script"),
        pytest.param("", 3, id="nothing told: a page that is not full is the last"),
        pytest.param("<div>共9页</div>", 4, id="more told than there are"),
    ],
)
@pytest.mark.parametrize("start", [0, 1])
def test_hebei_reads_every_page(pager: str, requests: int, start: int) -> None:
    def serve(request: Request) -> str:
        number = int(asked(request, "page")) - start
        rows = "".join(item(n) for n in range(number * 2, min(5, number * 2 + 2)))
        return f"<ul>{rows}</ul>{pager}"

    (first,) = hebei.read(page(COLUMN, f"<script>load('{BLOCK}?page={start}&fix=0')</script>")).blocks
    listings = read_all(hebei.FAMILY, first, serve)
    assert len(listings) == requests
    assert titles(listings) == [f"云岭县第{n}号报告" for n in range(5)]
    assert [listing.page for listing in listings] == list(range(1, requests + 1))


@pytest.mark.parametrize(
    ("text", "number", "is_list"),
    [
        pytest.param("<ul class='list'></ul>", 1, True, id="a list without items"),
        pytest.param("<p>暂无数据</p>", 1, True, id="the words for none"),
        pytest.param(" \n", 3, True, id="nothing behind the last page of a list that does not count"),
        pytest.param(" \n", 1, False, id="nothing at all"),
        pytest.param("<html><title>502</title><ul><li>首页</li></ul></html>", 2, False, id="an error page"),
        pytest.param("error", 1, False, id="a word"),
    ],
)
def test_hebei_tells_an_empty_fragment_from_an_error(text: str, number: int, is_list: bool) -> None:
    memo = {"first": "1", "size": "2"} if number > 1 else {"first": "1"}
    request = Request(f"{HOST}{BLOCK}?page={number}&fix=0", family="hebei", memo=memo)
    if is_list:
        assert hebei.read(page(request.url, text, request)) == Listing(page=number)
    else:
        with pytest.raises(ListError):
            hebei.read(page(request.url, text, request))


@pytest.mark.parametrize(
    ("pager", "following"),
    [
        pytest.param('<a href="ui?pageId=11&amp;currentPage=2&amp;moduleId=22">下一页</a>', "/eportal/ui?pageId=11&currentPage=2&moduleId=22", id="a link"),
        pytest.param('<a href="javascript:go(2)">下一页</a><script>var moduleId="22";</script> 共3页', "/eportal/ui?pageId=11&currentPage=2&moduleId=22", id="a script with the count of pages"),
        pytest.param("共1页<script>var moduleId='22';</script>", None, id="the only page"),
    ],
)  # fmt: skip
def test_hebei_pages_the_older_portal(pager: str, following: str | None) -> None:
    rows = '<ul><li><a href="/eportal/ui?pageId=11&articleKey=33">云岭县2018年依法行政工作报告</a><span>2019-01-10</span></li></ul>'
    path = "/eportal/ui?pageId=11"
    listing = hebei.read(page(path, rows + pager))
    assert titles([listing]) == ["云岭县2018年依法行政工作报告"]
    assert (listing.next.url if listing.next else None) == (HOST + following if following else None)


# --- all of them


FAMILIES = (gkmlpt, ucap, label8888, vsb, hebei, govcn, feeds)
SIGNS = [
    pytest.param("gkmlpt", page("/gkmlpt/index", INDEX), id="gkmlpt index"),
    pytest.param("gkmlpt", page("/xsfj/gkmlpt/index", '<script>var _CONFIG={"SID":"1"}</script>'), id="gkmlpt of a department"),
    pytest.param("gkmlpt", page("/gkmlpt/api/all/0?page=1&sid=1", "error"), id="gkmlpt API, by its address even in error"),
    pytest.param("gkmlpt", page("/x", articles([article(1)], 1)), id="gkmlpt answer, by its names"),
    pytest.param("ucap", page("/yunling/c109999/common_list.shtml", UCAP_LIST), id="UCAP static list"),
    pytest.param("ucap", page(f"/search/{HEX}", "{}"), id="UCAP search, by its address"),
    pytest.param("ucap", page("/x", results([], 0)), id="UCAP answer, by its names"),
    pytest.param("ucap", page("/a.shtml", "<UCAPTITLE>报告</UCAPTITLE><UCAPCONTENT>正文</UCAPCONTENT>"), id="UCAP article"),
    pytest.param("ucap", page("/c1/", f'<li><a href="/y/c1/202403/{HEX}.shtml">报告</a>2024-03-01</li>'), id="UCAP addresses"),
    pytest.param("ucap", page("/c1/", f'<li><a href="/c1//2019/3/1/{HEX}.shtml">报告</a>2019-03-01</li>'), id="UCAP addresses of Sichuan"),
    pytest.param("label8888", page(LANDING, "<div></div>"), id="label landing page"),
    pytest.param("label8888", page(CALL.format(1), navli(1)), id="label fragment"),
    pytest.param("label8888", page("/", '<script>x({labelName: "publicInfoList"})</script>'), id="label called elsewhere"),
    pytest.param("label8888", page("/openness/", '<a href="/public/column/9990001">公开</a>'), id="label, older"),
    pytest.param("vsb", page("/zwgk/tzgg.htm", '<li id="line_u7_0"><a href="info/1034/20551.htm">报告</a><span>2020-03-30</span></li>'), id="VSB list"),
    pytest.param("vsb", page("/info/1034/20551.htm", '<form name="_newscontent_fromname"><div id="vsb_content_2"></div></form>'), id="VSB article"),
    pytest.param("hebei", page(COLUMN, "<div></div>"), id="Hebei column"),
    pytest.param("hebei", page("/", f"<script>load('{BLOCK}?page=1')</script>"), id="Hebei fragment called elsewhere"),
    pytest.param("hebei", page("/eportal/ui?pageId=1", "<div></div>"), id="Hebei, older"),
    pytest.param("hebei", page("/", f'<li><a href="{COLUMN.replace("index", f"202403/28/{UUIDS[4]}")}">报告</a>2024-03-28</li>'), id="Hebei addresses"),
    pytest.param("govcn", page("/search-gov/data?t=zhengcelibrary_gw&p=1&n=5", '{"searchVO":null}'), id="library"),
    pytest.param("govcn", page("/x", '\n[{"TITLE":"通知","URL":"http://www.gov.test/a.htm","DOCRELPUBTIME":"2024-03-01"}]'), id="feed of the library"),
    pytest.param("feeds", page("/rss.xml", '<?xml version="1.0"?><rss version="2.0"><channel/></rss>'), id="RSS"),
    pytest.param("feeds", page("/sitemap.xml", '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'), id="site map"),
    pytest.param("", page("/zwgk/", '<script>createPageHTML(4, 0, "index", "html");</script>'), id="TRS list"),
    pytest.param("", page("/zwgk/", f'<script>createPageHTML(4, 0, "index", "shtml");</script><meta name="channelId" content="{HEX}">'), id="TRS call on a page with a channel"),
    pytest.param("", page("/c1/", f'<li><a href="http://www.qinghe.test/c1/202403/{HEX}.shtml">报告</a>2024-03-01</li>'), id="UCAP addresses of another site"),
    pytest.param("", page("/openness/", '<script>createPageHTML(4, 0, "index", "html");</script>'), id="a folder that is only called openness"),
    pytest.param("", page("/", '<div unitUrl="/api-gateway/jpaas-publish-server/front/page/build/unit" queryData="{\'tplSetId\':\'a\'}"></div>'), id="JPaaS"),
    pytest.param("", page("/col/col1/index.html", '<script type="text/xml"><datastore><record><![CDATA[<li></li>]]></record></datastore></script>'), id="jpage"),
    pytest.param("", page("/module/web/jpage/dataproxy.jsp", '<?xml version="1.0"?><datastore><totalrecord>1</totalrecord></datastore>'), id="dataproxy answer"),
    pytest.param("", page("/was5/web/search", '{"docs":[{"url":"a","title":"b","time":"c"}]}'), id="WAS5 answer"),
    pytest.param("", page("/igs/front/search/list.html", '{"page":{"content":[],"total":"0"}}'), id="IGS answer"),
    pytest.param("", page("/", '<script>window.NFCMS_SITE_ID = 1;</script><li><a href="/content/post_1.html">报告</a>2024-03-01</li>'), id="NFCMS"),
    pytest.param("", page("/", '<link rel="alternate" type="application/rss+xml" href="/rss.xml"><ul></ul>'), id="a page that names its feed"),
    pytest.param("", page("/", ""), id="nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "view"), SIGNS)
def test_a_page_is_claimed_by_its_own_family_only(name: str, view: View) -> None:
    claimed = [module.FAMILY.name for module in FAMILIES if module.FAMILY.recognise(view)]
    assert claimed == ([name] if name else [])
