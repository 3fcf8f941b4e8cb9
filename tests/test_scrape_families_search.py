"""Search services of TRS sites, and the notation that list services answer in."""

import json
from datetime import date
from types import ModuleType
from urllib.parse import parse_qsl, quote, urlsplit

import pytest

from pipeline.scrape.answers import Bare, find_calls, parse_json, read_date, read_json, read_literal, turned
from pipeline.scrape.families import hanweb, hanweb_xxgk, igs, jpaas, jsonp, was5
from pipeline.scrape.records import ListError, Request, Row, View

HOST = "http://www.yunling.test"
SEARCHES = (was5, igs, jsonp)


def view(text: str, request: Request | str = f"{HOST}/", **options: str) -> View:
    asked = Request(request) if isinstance(request, str) else request
    return View(asked, text.encode(options.pop("charset", "utf-8")), **options)


def query(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


# The notation of answers


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"a": [1, "二"]}', id="plain"),
        pytest.param('\ufeff{"a": [1, "二"]}', id="bom"),
        pytest.param('\r\n\r\n\ufeff\r\n {"a": [1, "二"]}\r\n', id="bom-between-blank-lines"),
        pytest.param('result({"a": [1, "二"]});', id="callback"),
        pytest.param('\r\n\ufeff\r\nresult ( {"a": [1, "二"]} ) \r\n;', id="callback-with-blanks"),
        pytest.param('jQuery110_12.cb["x"]({"a": [1, "二"]})', id="callback-of-an-object"),
        pytest.param('/**/typeof cb === \'function\' && cb({"a": [1, "二"]});', id="guarded-callback"),
        pytest.param("{a: [1, '二'],}", id="script-with-commas-at-the-end"),
        pytest.param("({'a': [1, '二']})", id="brackets-around-it"),
        pytest.param("{/* a */ 'a': [1, // one\n '二']}", id="comments"),
    ],
)
def test_json_is_read_as_servers_send_it(text: str) -> None:
    assert read_json(view(text)) == {"a": [1, "二"]}


def test_raw_line_breaks_inside_strings_are_kept() -> None:
    assert read_json(view('{"title": "云岭县\r\n法治\t政府"}')) == {"title": "云岭县\r\n法治\t政府"}


def test_a_bom_before_gb18030_bytes_does_not_hinder() -> None:
    assert read_json(view('{"a": "法治政府建设实施方案"}', charset="gb18030")) == {"a": "法治政府建设实施方案"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("\r\n\ufeff\r\n", id="only-blanks"),
        pytest.param("<html><title>502</title></html>", id="error-page"),
        pytest.param('{"a": [1', id="cut-short"),
        pytest.param("result({'a': 1}", id="callback-cut-short-in-the-middle"),
        pytest.param("{'a': 1} 系统错误", id="words-behind-it"),
        pytest.param("{系统错误}", id="words-in-brackets"),
        pytest.param("系统错误", id="words"),
        pytest.param("[" * 5000, id="deep"),
        pytest.param("{'a':" * 5000, id="deep-pairs"),
    ],
)
def test_what_is_no_json_fails_with_what_came(text: str) -> None:
    with pytest.raises(ListError, match=f"^Expected JSON from {HOST}/, but the answer is "):
        parse_json(text, f"{HOST}/")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("{'a':'b'} rest", {"a": "b"}, id="plain"),
        pytest.param("{a-b: 1, 'c d': -2.5, $e: [true, null, undefined]}", None, id="names-and-words"),
        pytest.param("'a' + \"b\" + `c`", "abc", id="joined-strings"),
        pytest.param(r"'\u6cd5\x41\'\n\/'", "法A'\n/", id="escapes"),
        pytest.param("[1,2,]", [1, 2], id="comma-at-the-end"),
        pytest.param("$.extend({}, a)", "$.extend({}, a)", id="an-expression"),
    ],
)
def test_literals_of_scripts_are_read(text: str, value: object) -> None:
    found = read_literal(text)[0]
    assert found == ({"a-b": 1, "c d": -2.5, "$e": [True, None, None]} if value is None else value)
    assert isinstance(found, Bare) == text.startswith("$")


@pytest.mark.parametrize(
    ("value", "day"),
    [
        pytest.param("2022-03-10", date(2022, 3, 10), id="plain"),
        pytest.param("2022.03.10", date(2022, 3, 10), id="dots"),
        pytest.param("2022-03-10 09:30:00", date(2022, 3, 10), id="with-a-time"),
        pytest.param("2022-03-10T00:00:00.000+0800", date(2022, 3, 10), id="iso-in-china"),
        pytest.param("2022-03-09T16:00:00.000Z", date(2022, 3, 10), id="iso-in-greenwich-is-the-next-day"),
        pytest.param("2022-03-10T01:00:00Z", date(2022, 3, 10), id="iso-in-greenwich"),
        pytest.param("2022-03-10T23:00:00", date(2022, 3, 10), id="iso-without-zone"),
        pytest.param(1646841600, date(2022, 3, 10), id="seconds"),
        pytest.param("1646841600000", date(2022, 3, 10), id="milliseconds-as-text"),
        pytest.param("20220310", date(2022, 3, 10), id="digits"),
        pytest.param(None, None, id="null"),
        pytest.param("", None, id="blank"),
        pytest.param("2022-13-45", None, id="no-such-day"),
        pytest.param("2022-13-45T00:00:00Z", None, id="no-such-moment"),
        pytest.param({}, None, id="an-object"),
    ],
)
def test_dates_are_days_in_china(value: object, day: date | None) -> None:
    assert read_date(value) == day


@pytest.mark.parametrize(
    ("url", "turned_url"),
    [
        pytest.param("http://a.test/?x=1&page=1", "http://a.test/?x=1&page=2", id="plain"),
        pytest.param(
            "http://a.test/?Page=&filter[A]=%E6%B3%95&x", "http://a.test/?Page=2&filter[A]=%E6%B3%95&x", id="kept"
        ),
        pytest.param("http://a.test/?page=1&page=1", "http://a.test/?page=2&page=2", id="twice"),
        pytest.param("http://a.test/?x=1", "http://a.test/?x=1&page=2", id="missing"),
        pytest.param("http://a.test/", "http://a.test/?page=2", id="no-query"),
        pytest.param("http://a.test/?homepage=1", "http://a.test/?homepage=1&page=2", id="another-name"),
    ],
)
def test_a_request_is_turned_and_otherwise_kept(url: str, turned_url: str) -> None:
    assert turned(Request(url), {"page": "2"}).url == turned_url


def test_a_form_is_turned_where_it_counts_the_pages() -> None:
    asked = Request(f"{HOST}/s", "POST", form=(("page", "1"), ("a", "b")), family="f", memo={"k": "v"})
    assert turned(asked, {"page": "2"}) == Request(f"{HOST}/s", "POST", (("page", "2"), ("a", "b")), "f", {"k": "v"})


# Calls on pages

IGS = "/igs/front/search/list.html"


@pytest.mark.parametrize(
    ("page", "url", "form"),
    [
        pytest.param(
            f"<iframe src='{IGS}?index=a&amp;pageNumber=1'></iframe>", f"{IGS}?index=a&pageNumber=1", (), id="frame"
        ),
        pytest.param(f"<script src='{IGS}?index=a'></script>", f"{IGS}?index=a", (), id="address-of-a-script"),
        pytest.param(
            f"<script>$.getJSON('{IGS}?index=a&siteId=3',f)</script>", f"{IGS}?index=a&siteId=3", (), id="string"
        ),
        pytest.param(
            f"<script>// don't\nvar u = \"{IGS}?index=a&pageNumber=\" + page + '&pageSize=15';</script>",
            f"{IGS}?index=a&pageNumber=1&pageSize=15",
            (),
            id="page-put-in-by-the-script",
        ),
        pytest.param(
            f"<script>$.ajax({{url:'{IGS}', dataType:'json', data:{{index:'云', 'filter[SITEID]':3, pageNumber:n}}}})</script>",
            f"{IGS}?index=%E4%BA%91&filter%5BSITEID%5D=3&pageNumber=1",
            (),
            id="parameters",
        ),
        pytest.param(
            f"<script>$.ajax({{type:'post', url:'{IGS}', data:{{index:'a', type:'b'}}}})</script>",
            IGS,
            (("index", "a"), ("type", "b")),
            id="posted",
        ),
        pytest.param(
            f"<script>$.post('{IGS}', {{index:'a'}}, f);</script>", IGS, (("index", "a"),), id="posted-in-short"
        ),
        pytest.param(f"<script>$.get('{IGS}', {{index:'a'}}, f);</script>", f"{IGS}?index=a", (), id="got-in-short"),
        pytest.param(f"<script>u='{IGS}?index=云岭'</script>", f"{IGS}?index={quote('云岭')}", (), id="chinese"),
    ],
)
def test_calls_that_a_page_spells_out_are_found(page: str, url: str, form: tuple[tuple[str, str], ...]) -> None:
    (call,) = find_calls(view(page), "/igs/front/search")
    assert (call.url, call.form, call.method) == (HOST + url, form, "POST" if form else "GET")


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"<script>u='{IGS}?index='+name+'&pageNumber=1'</script>", id="a-variable"),
        pytest.param(f"<script>u='{IGS}?index=a&pageNumber='+(n+1)</script>", id="a-sum"),
        pytest.param(f"<script>$.ajax({{url:'{IGS}', data:{{index:name}}}})</script>", id="a-variable-as-parameter"),
        pytest.param(f"<script>$.ajax({{url:'{IGS}', data:params}})</script>", id="parameters-from-elsewhere"),
        pytest.param(f"<script>u='{IGS}?index={{{{index}}}}'</script>", id="a-template"),
        pytest.param(f"<script>u='{IGS}'</script>", id="no-parameters"),
        pytest.param(f"<a href='{IGS}?index=a'>搜索</a>", id="a-link"),
        pytest.param(f"<form action='{IGS}'><input name=searchWord></form>", id="a-search-box"),
        pytest.param(f"<p>{IGS}?index=a</p>", id="words"),
    ],
)
def test_calls_that_a_script_computes_are_left_out(page: str) -> None:
    assert find_calls(view(page), "/igs/front/search") == ()
    assert igs.recognise(view(page)) == ""


CALLERS = (
    pytest.param(was5, "/was5/web/search?channelid=290792&page=1&prepage=20", id="was5"),
    pytest.param(igs, f"{IGS}?index=a&pageNumber=1&pageSize=10", id="igs"),
    pytest.param(jsonp, "http://infogate.yunling.test/govsearch/jsonp/zf_jd_list.jsp?page=1&lb=7", id="jsonp"),
)


@pytest.mark.parametrize(("family", "url"), CALLERS)
def test_a_page_that_calls_a_search_names_it(family: ModuleType, url: str) -> None:
    page = view(f"<html><div id=list></div><script>$.ajax({{url: '{url}', success: show}})</script></html>")
    assert [each.__name__ for each in SEARCHES if each.recognise(page)] == [family.__name__]
    (block,) = family.read(page).blocks
    assert (block.url, block.family) == (url if url.startswith("http") else HOST + url, family.FAMILY.name)


@pytest.mark.parametrize(("family", "url"), CALLERS)
def test_a_static_list_with_a_search_on_it_is_left_to_its_own_family(family: ModuleType, url: str) -> None:
    page = f"<ul></ul><script>createPageHTML(4, 0, 'index', 'html');</script><script>u='{url}'</script>"
    assert family.recognise(view(page)) == ""


@pytest.mark.parametrize("family", SEARCHES, ids=lambda family: family.FAMILY.name)
@pytest.mark.parametrize(
    "page",
    [
        pytest.param(
            "<ul><li><a href='./202403/t20240328_1.html'>云岭县报告</a>2024-03-28</li></ul>", id="static-list"
        ),
        pytest.param('{"data": {"results": [], "total": 0}}', id="another-api"),
        pytest.param("<div><script type='text/xml'><datastore></datastore></script></div>", id="hanweb"),
        pytest.param("", id="empty"),
    ],
)
def test_other_pages_are_no_search(family: ModuleType, page: str) -> None:
    assert family.recognise(view(page, f"{HOST}/zwgk/index.html")) == ""


# WAS5

WAS5 = f"{HOST}/was5/web/search?channelid=290792&templet=docs.jsp&classsql=chnlid%3D5727&page=1&prepage=3"


def docs(first: int, last: int, **more: object) -> str:
    found = [
        {
            "url": f"http://www.yunling.test/zwgk/202203/t20220310_{n}.htm",
            "title": f"云岭县法治政府建设文件{n}",
            "fileno": f"云政〔2022〕{n}号",
            "time": "2022-03-10",
        }
        for n in range(first, last + 1)
    ]
    return json.dumps({"docs": found} | more, ensure_ascii=False)


def test_docs_are_rows() -> None:
    page = view(docs(1, 3).replace("文件1", "文\r\n件1").replace("]}", ",{}\r\n,]}"), WAS5)
    assert was5.recognise(page)
    listing = was5.read(page)
    assert listing.rows[0] == Row(
        "http://www.yunling.test/zwgk/202203/t20220310_1.htm",
        "云岭县法治政府建设文件1",
        date(2022, 3, 10),
        number="云政〔2022〕1号",
    )
    assert listing.next is not None
    assert listing.next.url == WAS5.replace("page=1&", "page=2&")


@pytest.mark.parametrize(
    ("body", "page", "goes_on"),
    [
        pytest.param(docs(4, 6), 2, True, id="a-full-page"),
        pytest.param(docs(4, 5), 2, False, id="a-short-page"),
        pytest.param(docs(1, 0), 2, False, id="an-empty-page"),
        pytest.param(docs(4, 6, total="7"), 2, True, id="total-above"),
        pytest.param(docs(4, 6, total=6), 2, False, id="total-reached"),
        pytest.param(docs(1, 0, total=60), 3, False, id="an-empty-page-below-the-total"),
        pytest.param(docs(4, 6, count=3), 2, True, id="a-count-of-this-page"),
        pytest.param(docs(4, 5, pagecount=3), 2, True, id="pages-told"),
    ],
)
def test_was5_pages_go_on_while_there_are_more(body: str, page: int, goes_on: bool) -> None:
    listing = was5.read(view(body, WAS5.replace("page=1&", f"page={page}&")))
    assert (listing.next is not None) == goes_on
    assert listing.page == page


def test_was5_xml_is_read() -> None:
    record = (
        "<REC><TITLE><![CDATA[云岭县<em>法治</em>政府建设年度报告]]></TITLE><URL><![CDATA[/zwgk/t1.html?a=1&b=2]]></URL>"
        "<WH><![CDATA[云政〔2022〕1号]]></WH><DOCRELTIME><![CDATA[2022-03-10 09:00:00]]></DOCRELTIME>"
        "<FWDW>云岭县司法局</FWDW></REC>"
    )
    body = f"\r\n<?xml version='1.0' encoding='UTF-8'?>\r\n<TRS><RECORDCOUNT>4</RECORDCOUNT>{record}</TRS>"
    listing = was5.read(view(body, WAS5))
    assert listing.rows == (
        Row(
            f"{HOST}/zwgk/t1.html?a=1&b=2",
            "云岭县法治政府建设年度报告",
            date(2022, 3, 10),
            number="云政〔2022〕1号",
            publisher="云岭县司法局",
        ),
    )
    assert (listing.total, listing.pages) == (4, 2)
    assert listing.next is not None
    assert was5.read(view("<TRS><RECORDCOUNT>0</RECORDCOUNT></TRS>", WAS5)).rows == ()


def test_was5_results_on_a_page_are_read() -> None:
    rows = "".join(
        f"<li><a href='/zwgk/202203/t20220310_{n}.html'>云岭县法治政府建设文件之{n}</a><span>2022-03-10</span></li>"
        for n in range(1, 6)
    )
    body = f"<html><ul>{rows}</ul><a href='search?channelid=1&page=2'>下一页</a></html>"
    listing = was5.read(view(body, WAS5))
    assert len(listing.rows) == 5
    assert listing.next is not None
    assert listing.next.url == f"{HOST}/was5/web/search?channelid=1&page=2"
    assert was5.read(view("<html><p>没有检索到相关文件</p></html>", WAS5)).rows == ()


# IGS


def page_of(content: list[dict[str, object]], /, **more: object) -> str:
    return json.dumps({"page": {"content": content, "total": str(len(content)), "totalPages": 1} | more})


GUANGXI: dict[str, object] = {
    "DOCTITLE": "云岭县关于印发法治政府建设实施方案的通知",
    "DOCPUBURL": "http://www.yunling.test/zwgk/t1.shtml",
    "fileNum": "云政发〔2022〕1号",
    "PUBDATE": "2022-03-09T16:00:00.000Z",
    "publisher": "云岭县人民政府",
    "IdxID": "000014349/2022-00110",
    "DOCCONTENT": "……",
    "Effectivestate": None,
}
TIANJIN: dict[str, object] = {
    "BT": "滨望区法治政府建设年度报告",
    "DOCPUBURL": "http://www.binwang.test/zwgk/t2.html",
    "FWZH": None,
    "FBRQ": "2022-03-10T00:00:00.000+0800",
    "CWRQ": "2022-03-01T00:00:00.000+0800",
    "FWJG_name": "滨望区司法局",
    "IDXID": "11120000000012345X/2022-00001",
    "ZW": "……",
}
IGS_URL = f"{HOST}{IGS}?index=gov&type=governmentdocuments&siteId=14&pageNumber=1&pageSize=10&filter[AVAILABLE]=true"


def test_igs_items_are_rows_in_each_province_s_names() -> None:
    page = view(page_of([GUANGXI, TIANJIN]), IGS_URL)
    assert igs.recognise(page)
    assert igs.read(page).rows == (
        Row(
            "http://www.yunling.test/zwgk/t1.shtml",
            "云岭县关于印发法治政府建设实施方案的通知",
            date(2022, 3, 10),
            "云政发〔2022〕1号",
            "云岭县人民政府",
            "000014349/2022-00110",
        ),
        Row(
            "http://www.binwang.test/zwgk/t2.html",
            "滨望区法治政府建设年度报告",
            date(2022, 3, 10),
            publisher="滨望区司法局",
            index="11120000000012345X/2022-00001",
        ),
    )


def test_igs_pages_are_turned_and_all_else_is_kept() -> None:
    listing = igs.read(view(page_of([GUANGXI], total="25", totalPages=3), IGS_URL))
    assert (listing.page, listing.pages, listing.total) == (1, 3, 25)
    assert listing.next is not None
    assert listing.next.url == IGS_URL.replace("pageNumber=1", "pageNumber=2")
    last = igs.read(view(page_of([GUANGXI], total="25", totalPages=3), IGS_URL.replace("pageNumber=1", "pageNumber=3")))
    assert last.next is None


def test_the_window_of_a_search_shows_in_its_total() -> None:
    asked = IGS_URL.replace("pageNumber=1", "pageNumber=1000")
    listing = igs.read(view(page_of([GUANGXI], total="38546", totalPages=1000, pageSize=10), asked))
    assert (listing.next, listing.page, listing.pages, listing.total) == (None, 1000, 1000, 38546)


@pytest.mark.parametrize(
    ("more", "goes_on"),
    [
        pytest.param({"totalPages": "2"}, True, id="pages-as-text"),
        pytest.param({"totalPages": None, "total": "11"}, True, id="pages-from-total-and-size"),
        pytest.param({"totalPages": None, "total": "10"}, False, id="total-reached"),
        pytest.param({"totalPages": None, "total": None}, True, id="nothing-told"),
        pytest.param({"totalPages": 9, "content": []}, False, id="an-empty-page"),
        pytest.param({"totalPages": 9, "content": None}, False, id="null-for-an-empty-page"),
    ],
)
def test_igs_pages_go_on_while_there_are_more(more: dict[str, object], goes_on: bool) -> None:
    assert (igs.read(view(page_of([GUANGXI], **more), IGS_URL)).next is not None) == goes_on


@pytest.mark.parametrize(
    ("url", "following"),
    [
        pytest.param("a=1", {"a": "1", "pageNumber": "2"}, id="page-one-unsaid"),
        pytest.param("pageIndex=1&pageNumber=1", {"pageIndex": "2", "pageNumber": "2"}, id="two-names"),
        pytest.param("page=1", {"page": "2"}, id="another-name"),
    ],
)
def test_the_page_is_counted_by_the_name_that_the_site_has(url: str, following: dict[str, str]) -> None:
    listing = igs.read(view(page_of([GUANGXI], totalPages=5), f"{HOST}{IGS}?{url}"))
    assert listing.next is not None
    assert query(listing.next.url) == following


# JSONP

JILIN = (
    f"{HOST}/govsearch/jsonp/zf_jd_list.jsp?page=1&lb=134657&callback=result&pubURL=http%3A%2F%2Fxxgk.yunling.test%2F"
)
ITEM = {
    "puburl": "http://xxgk.yunling.test/szf/202203/t20220310_1.html",
    "MetaDataId": "880012",
    "title": "云岭县关于印发法治政府建设…",
    "tip": {
        "dates": "2022-03-10",
        "filenum": "云政发〔2022〕1号",
        "publisher": "云岭县人民政府",
        "title": "云岭县关于印发法治政府建设实施方案的通知",
    },
}


def wrapped(data: object, **more: object) -> str:
    return "\r\n\r\n\r\n\ufeff\r\n \r\nresult(" + json.dumps({"data": data} | more, ensure_ascii=False) + ");\r\n"


def test_a_gateway_s_answer_is_read() -> None:
    page = view(wrapped([ITEM]), JILIN)
    assert jsonp.recognise(page)
    listing = jsonp.read(page)
    assert listing.rows == (
        Row(
            "http://xxgk.yunling.test/szf/202203/t20220310_1.html",
            "云岭县关于印发法治政府建设实施方案的通知",
            date(2022, 3, 10),
            "云政发〔2022〕1号",
            "云岭县人民政府",
        ),
    )
    assert listing.next is not None
    assert listing.next.url == JILIN.replace("page=1", "page=2")


def test_a_gateway_is_told_by_its_answer_alone() -> None:
    assert jsonp.recognise(view(wrapped([ITEM]), "http://10.test/search?page=1"))
    assert jsonp.recognise(view('callback({"list": [{"title": "x"}]})', "http://10.test/search?page=1")) == ""


@pytest.mark.parametrize(
    ("body", "goes_on"),
    [
        pytest.param(wrapped([]), False, id="an-empty-page"),
        pytest.param(wrapped([ITEM], totalPage="1"), False, id="pages-told"),
        pytest.param(wrapped([ITEM], totalPage=2), True, id="more-pages-told"),
        pytest.param(wrapped([ITEM], count=1), True, id="a-count-of-this-page"),
        pytest.param(wrapped([ITEM | {"tip": None}]), True, id="no-tip"),
    ],
)
def test_gateway_pages_go_on_until_an_empty_one(body: str, goes_on: bool) -> None:
    assert (jsonp.read(view(body, JILIN)).next is not None) == goes_on


# Failures of all three


@pytest.mark.parametrize(
    ("family", "url"), [(was5, WAS5), (igs, IGS_URL), (jsonp, JILIN)], ids=["was5", "igs", "jsonp"]
)
@pytest.mark.parametrize(
    "body",
    [
        pytest.param("", id="empty"),
        pytest.param("<html><h1>502 Bad Gateway</h1></html>", id="error-page"),
        pytest.param('{"code": 500, "message": "系统异常"}', id="error-in-json"),
        pytest.param("null", id="null"),
        pytest.param('{"docs": [{"a": 1}], "data": [{"a": 1}], "page": {"content": [{"a": 1}]}}', id="unknown-names"),
        pytest.param('{"docs": [{"title": "云', id="cut-short"),
    ],
)
def test_an_answer_that_is_no_list_fails(family: ModuleType, url: str, body: str) -> None:
    with pytest.raises(ListError, match=f"^Expected .+ {HOST}"):
        family.read(view(body, Request(url, family=family.FAMILY.name)))


@pytest.mark.parametrize(
    ("url", "body", "name"),
    [
        pytest.param(WAS5, docs(1, 2), "was5", id="was5"),
        pytest.param(IGS_URL, page_of([GUANGXI]), "igs", id="igs"),
        pytest.param(JILIN, wrapped([ITEM]), "jsonp", id="jsonp"),
    ],
)
def test_each_answer_is_claimed_by_its_own_family_alone(url: str, body: str, name: str) -> None:
    modules = (jpaas, hanweb, hanweb_xxgk, *SEARCHES)
    assert [each.FAMILY.name for each in modules if each.recognise(view(body, url))] == [name]
