"""Hanweb: columns with a data proxy, disclosure lists, and the publish server."""

import json
from datetime import date
from urllib.parse import parse_qs, parse_qsl, quote, urlsplit

import pytest

from pipeline.scrape.families import hanweb, hanweb_xxgk, jpaas
from pipeline.scrape.records import ListError, Listing, Request, View

HOST = "http://www.yunling.test"
COLUMN = f"{HOST}/col/col30211/index.html"
PROXY = f"{HOST}/module/web/jpage/dataproxy.jsp"
PARAM = (
    "{col:1,appid:'1',webid:61,path:'/',columnid:30211,sourceContentType:1,unitid:'40817',webname:'云岭',"
    "permissiontype:0}"
)


def view(text: str, request: Request | str = COLUMN, **options: str) -> View:
    asked = Request(request) if isinstance(request, str) else request
    return View(asked, text.encode(options.pop("charset", "utf-8")), **options)


def record(number: int, cdata: str = "<![CDATA[{}]]>") -> str:
    row = (
        f'<li><a title="云岭县法治政府建设文件第{number}号" target="_blank" '
        f'href="/art/2022/4/{number % 28 + 1}/art_30211_{number}.html">云岭县法治…</a><b>2022-04-{number % 28 + 1:02}</b></li>'
    )
    return f"<record>{cdata.format(row)}</record>"


def store(first: int, last: int, head: str = "", cdata: str = "<![CDATA[{}]]>") -> str:
    records = "\n".join(record(number, cdata) for number in range(first, last + 1))
    return f"<datastore>{head}<recordset>{records}</recordset></datastore>"


def call(unit: str = "40817", total: int = 100, param: str = PARAM, more: str = "") -> str:
    return (
        f"<script>$(function(){{$('#{unit}').jpage({{themeName:'default',perPage:15,totalRecord:{total},"
        f"proxyUrl:'/module/web/jpage/dataproxy.jsp',openCookies:false,{more}dataParam:{param}}});}});</script>"
    )


def column(stored: str, script: str = "", unit: str = "40817", before: str = "") -> str:
    return (
        f'<html><head><title>栏目</title></head><body>{before}<div id="{unit}">'
        f'<script type="text/xml">{stored}</script></div>{script}</body></html>'
    )


def titles(listing: Listing) -> list[str]:
    return [row.title for row in listing.rows]


def query(request: Request) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(request.url).query, keep_blank_values=True))


class Proxy:
    """A data proxy as the tests' columns have it."""

    def __init__(self, rows: int, total: int | None = None) -> None:
        self.rows, self.total, self.asked = rows, rows if total is None else total, []

    def answer(self, request: Request) -> View:
        asked = query(request) | dict(request.form)
        self.asked.append((int(asked["startrecord"]), int(asked["endrecord"])))
        first, last = self.asked[-1]
        head = f"<totalrecord>{self.total}</totalrecord><totalpage>{-(-self.total // 15)}</totalpage>"
        return view('<?xml version="1.0" encoding="utf-8"?>' + store(first, min(last, self.rows), head), request)


def follow(listing: Listing, proxy: Proxy) -> list[str]:
    found = titles(listing)
    for _ in range(30):
        following = listing.next or next(iter(listing.blocks), None)
        if following is None:
            return found
        listing = hanweb.read(proxy.answer(following))
        found += titles(listing)
    raise AssertionError("the list has no end")


# A column


@pytest.mark.parametrize(
    ("page", "url"),
    [
        pytest.param(column(store(1, 2)), COLUMN, id="plain"),
        pytest.param(column(store(1, 2).replace("datastore", "DATASTORE")), f"{HOST}/x/", id="upper-case-elsewhere"),
        pytest.param(f"<div id=40817></div>{call()}", f"{HOST}/x.html", id="only-the-call"),
        pytest.param("<ul><li><a href='/x.html'>某文件</a>2022-01-01</li></ul>", COLUMN, id="only-the-address"),
        pytest.param("<a href='/art/2022/4/6/art_1_2.html'>某文件</a>", f"{HOST}/", id="only-links-of-its-own"),
    ],
)
def test_a_hanweb_column_is_recognised(page: str, url: str) -> None:
    assert hanweb.recognise(view(page, url))


@pytest.mark.parametrize(
    ("page", "url"),
    [
        pytest.param("<ul><li><a href='./202403/t20240328_1.html'>某</a></li></ul>", f"{HOST}/zwgk/", id="trs"),
        pytest.param("<a href='http://other.test/art/2022/4/6/art_1_2.html'>某</a>", f"{HOST}/", id="links-elsewhere"),
        pytest.param('{"html": "<a href=\\"/art/2022/4/6/art_1_2.html\\">"}', f"{HOST}/api", id="json"),
        pytest.param("<script>$('#jpage').jpage({effect: 'random'})</script>", f"{HOST}/", id="another-plug-in"),
        pytest.param("<iframe src='/module/xxgk/search.jsp?area=1'></iframe>", COLUMN, id="a-disclosure-list"),
        pytest.param("", f"{HOST}/", id="empty"),
    ],
)
def test_other_pages_are_left_to_other_families(page: str, url: str) -> None:
    assert hanweb.recognise(view(page, url)) == ""


@pytest.mark.parametrize(
    "cdata",
    [
        pytest.param("<![CDATA[{}]]>", id="plain"),
        pytest.param("\n <![CDATA[ {} ]]>\n", id="blanks"),
        pytest.param("<!--[CDATA[{}]]-->", id="as-a-browser-writes-it-back"),
        pytest.param("<!--__CDATA__{}__CDATA__-->", id="underscores-in-a-comment"),
        pytest.param("__CDATA__{}", id="underscores"),
        pytest.param("{}", id="none"),
    ],
)
def test_rows_inside_the_xml_script_are_read(cdata: str) -> None:
    listing = hanweb.read(view(column(store(1, 3, cdata=cdata))))
    assert titles(listing) == [f"云岭县法治政府建设文件第{number}号" for number in (1, 2, 3)]
    assert [row.published for row in listing.rows] == [date(2022, 4, day) for day in (2, 3, 4)]
    assert listing.rows[0].url == f"{HOST}/art/2022/4/2/art_30211_1.html"
    assert listing.next is None


@pytest.mark.parametrize(
    "row",
    [
        pytest.param('<li><a title="T" href="/art/a.html">T</a><span>2021-03-09</span></li>', id="title-before-href"),
        pytest.param('<li><a href="/art/a.html" title="T">…</a><span>2021-03-09</span></li>', id="title-behind-href"),
        pytest.param("<li><a href='/art/a.html' title='T'>T</a><span>[2021-03-09]</span></li>", id="single-quotes"),
        pytest.param("<li><a href=/art/a.html title=T>T</a><span>2021-03-09</span></li>", id="no-quotes"),
        pytest.param('<li><a href="/art/a.html">T</a><span class="time">\n 2021-\n 03-09</span></li>', id="split-date"),
        pytest.param('<table><tr><td><a href="/art/a.html">T</a></td><td>2021-03-09</td></tr></table>', id="a-table"),
        pytest.param('<tr><td><a href="/art/a.html">T</a></td><td>2021-03-09</td></tr>', id="a-row-of-a-table"),
        pytest.param('<a href="/art/a.html">T</a> 2021-03-09', id="no-element-around-it"),
        pytest.param('&lt;li&gt;&lt;a href="/art/a.html"&gt;T&lt;/a&gt;2021-03-09&lt;/li&gt;', id="escaped"),
    ],
)
def test_rows_are_read_in_every_spelling(row: str) -> None:
    row = row.replace("T<", "云岭县2020年度法治政府建设报告<").replace("T&", "云岭县2020年度法治政府建设报告&")
    row = row.replace('"T"', '"云岭县2020年度法治政府建设报告"').replace("'T'", "'云岭县2020年度法治政府建设报告'")
    row = row.replace("=T>", "=云岭县2020年度法治政府建设报告>")
    page = column(f"<datastore><recordset><record><![CDATA[{row}]]></record></recordset></datastore>")
    (found,) = hanweb.read(view(page)).rows
    assert (found.title, found.url, found.published) == (
        "云岭县2020年度法治政府建设报告",
        f"{HOST}/art/a.html",
        date(2021, 3, 9),
    )


def test_a_row_without_a_date_never_takes_its_neighbours() -> None:
    rows = '<record><![CDATA[<li><a href="/art/a.html" title="云岭县法治政府建设实施方案">云岭县…</a></li>]]></record>'
    page = column(f"<datastore><recordset>{record(1)}{rows}{record(2)}</recordset></datastore>")
    assert [row.published for row in hanweb.read(view(page)).rows] == [date(2022, 4, 2), None, date(2022, 4, 3)]


def test_the_next_request_is_a_group_posted_with_the_block_s_own_parameters() -> None:
    listing = hanweb.read(view(column(store(1, 15), call(total=137))))
    asked = listing.next
    assert asked is not None
    assert asked.method == "POST"
    assert asked.family == "hanweb"
    assert asked.url == f"{PROXY}?startrecord=1&endrecord=45&perpage=15"
    assert dict(asked.form) == {
        "col": "1",
        "appid": "1",
        "webid": "61",
        "path": "/",
        "columnid": "30211",
        "sourceContentType": "1",
        "unitid": "40817",
        "webname": "云岭",
        "permissiontype": "0",
    }
    assert listing.total == 137


@pytest.mark.parametrize(
    ("on_page", "total", "groups"),
    [
        pytest.param(45, 137, [(46, 90), (91, 135), (136, 180)], id="a-whole-group-on-the-page"),
        pytest.param(15, 137, [(1, 45), (46, 90), (91, 135), (136, 180)], id="only-page-one-on-the-page"),
        pytest.param(45, 90, [(46, 90)], id="no-rest"),
        pytest.param(45, 45, [], id="all-on-the-page"),
        pytest.param(9, 9, [], id="less-than-a-page"),
        pytest.param(0, 20, [(1, 45)], id="nothing-on-the-page"),
    ],
)
def test_groups_are_asked_for_to_the_end(on_page: int, total: int, groups: list[tuple[int, int]]) -> None:
    proxy = Proxy(total)
    found = follow(hanweb.read(view(column(store(1, on_page), call(total=total)))), proxy)
    assert proxy.asked == groups
    assert len(set(found)) == total


@pytest.mark.parametrize(
    ("rows", "told", "told_on_page"),
    [
        pytest.param(60, 100, 100, id="fewer-than-told"),
        pytest.param(100, 50, 50, id="more-than-told"),
        pytest.param(100, 45, 100, id="answers-count-their-own-rows"),
    ],
)
def test_a_wrong_total_loses_no_row_and_ends(rows: int, told: int, told_on_page: int) -> None:
    proxy = Proxy(rows, told)
    found = follow(hanweb.read(view(column(store(1, 45), call(total=told_on_page)))), proxy)
    assert len(set(found)) == rows


def test_settings_are_read_in_other_spellings() -> None:
    script = """<script>
    var InitTotal = 61; // rows
    jQuery("#40817").jpage({ 'perPage' : "20", "totalRecord": InitTotal, groupSize: 2, type: 'GET', /* note */
      proxyUrl: "/module/jpage/dataproxy.jsp", ajaxParam: "webid=61&columnid=30211&unitid=40817&webname=%E4%BA%91%E5%B2%AD",
      dataAfter: '</ul>', });</script>"""
    asked = hanweb.read(view(column(store(1, 40), script))).next
    assert asked is not None
    assert asked.method == "GET"
    assert asked.form == ()
    assert urlsplit(asked.url).path == "/module/jpage/dataproxy.jsp"
    assert query(asked) == {
        "startrecord": "41",
        "endrecord": "80",
        "perpage": "20",
        "webid": "61",
        "columnid": "30211",
        "unitid": "40817",
        "webname": "云岭",
    }


def test_rows_in_an_array_of_a_script_are_read() -> None:
    rows = ",".join(
        f"'<li><a href=\\'/art/2014/5/{n}/art_1_{n}.html\\' title=\\'云岭县依法行政工作要点{n}\\'>云…</a>[2014-05-{n:02}]</li>'"
        for n in range(1, 5)
    )
    script = call(total=4, more="dataStore:InitData40817,").replace(
        "$(function", f"var InitData40817=[{rows}];$(function"
    )
    listing = hanweb.read(view(f'<div id="40817"></div>{script}'))
    assert titles(listing) == [f"云岭县依法行政工作要点{n}" for n in range(1, 5)]
    assert listing.rows[2].published == date(2014, 5, 3)
    assert listing.next is None


def test_each_block_has_its_own_chain() -> None:
    second = '<div id="50001"><script type="text/xml">' + store(201, 215) + "</script></div>"
    param = PARAM.replace("40817", "50001").replace("30211", "30212")
    page = column(store(1, 15), second + call("50001", 50, param) + call("40817", 100))
    listing = hanweb.read(view(page))
    assert len(listing.rows) == 30
    requests = [request for request in (listing.next, *listing.blocks) if request]
    assert [dict(request.form)["unitid"] for request in requests] == ["40817", "50001"]
    assert [request.memo["total"] for request in requests] == ["100", "50"]
    assert listing.total is None


def test_a_store_that_holds_its_first_page_twice_is_not_whole() -> None:
    first = store(1, 2)
    twice = first.replace("</recordset>", first[first.index("<record>") : first.index("</recordset>")] + "</recordset>")
    assert twice.count("<record>") == 4
    listing = hanweb.read(view(column(twice, call(total=4))))
    assert len(listing.rows) == 2
    assert listing.next is not None
    assert query(listing.next)["startrecord"] == "1"


def test_a_group_that_brings_what_the_page_has_is_no_further_page() -> None:
    asked = hanweb.read(view(column(store(1, 5), call(total=8)))).next
    assert asked is not None
    assert hanweb.read(view(store(1, 5, "<totalrecord>8</totalrecord>"), asked)) == Listing(total=8)
    assert len(hanweb.read(view(store(1, 8, "<totalrecord>8</totalrecord>"), asked)).rows) == 8


def test_an_empty_block_beside_a_full_one_is_asked_for() -> None:
    second = '<div id="50001"><script type="text/xml"><datastore></datastore></script></div>'
    page = column(store(1, 9), second + call("40817", 9) + call("50001", 50, PARAM.replace("40817", "50001")))
    listing = hanweb.read(view(page))
    assert [dict(request.form)["unitid"] for request in listing.blocks] == ["50001"]
    assert listing.next is None
    assert len(listing.rows) == 9


NEXTGROUP = (
    '<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page={}&webid=61&path=http://www.yunling.test/&'
    'columnid={}&unitid=40817&webname=%E4%BA%91%E5%B2%AD&permissiontype=0"></a>]]></nextgroup>'
)


def test_linked_groups_are_followed_where_no_call_pages_the_block() -> None:
    listing = hanweb.read(view(column(store(1, 15, NEXTGROUP.format(1, 30211)))))
    first = listing.next
    assert first is not None
    assert first.method == "GET"
    assert query(first)["page"] == "1"
    assert query(first)["path"] == "http://www.yunling.test/"
    answer = hanweb.read(view(store(16, 60, NEXTGROUP.format(2, 30211).replace("&", "&amp;")), first))
    assert len(answer.rows) == 45
    assert answer.next is not None
    assert query(answer.next)["page"] == "2"
    last = hanweb.read(view(store(61, 70, "<nextgroup><![CDATA[]]></nextgroup>"), answer.next))
    assert len(last.rows) == 10
    assert last.next is None
    empty = hanweb.read(view("<datastore><recordset></recordset></datastore>", answer.next))
    assert empty.rows == ()
    assert empty.next is None


def test_the_call_is_preferred_to_the_linked_group() -> None:
    page = column(store(1, 15, NEXTGROUP.format(1, "a8F3xQ==")), call(total=40))
    asked = hanweb.read(view(page)).next
    assert asked is not None
    assert asked.method == "POST"
    assert dict(asked.form)["columnid"] == "30211"


@pytest.mark.parametrize(
    ("promised", "answer", "total"),
    [
        pytest.param(5, "<recordset/>", 0, id="all rows stand on the page"),
        pytest.param(5, "<totalrecord>0</totalrecord><recordset></recordset>", 0, id="and the proxy knows none"),
        pytest.param(9, "<totalrecord>0</totalrecord><recordset></recordset>", 9, id="more rows than stand there"),
    ],
)
def test_plain_rows_are_read_where_the_store_is_empty(promised: int, answer: str, total: int) -> None:
    rows = "".join(
        f"<li><a href='/art/2022/4/{n}/art_1_{n}.html'>云岭县法治政府建设文件之{n}</a><span>2022-04-{n:02}</span></li>"
        for n in range(1, 6)
    )
    page = column("<datastore></datastore>", call(total=promised), before=f"<ul>{rows}</ul>")
    listing = hanweb.read(view(page))
    assert len(listing.rows) == 5
    assert listing.next is None
    (proxied,) = listing.blocks  # it may have more
    told = hanweb.read(view(f"<datastore>{answer}</datastore>", proxied))
    assert (told.rows, told.next, told.total) == ((), None, total)


def test_the_browser_s_pager_is_not_followed() -> None:
    rows = "<ul><li><a href='/art/a.html'>云岭县法治政府建设实施方案</a><span>2022-04-01</span></li></ul>"
    page = f"{rows}<a href='?uid=40817&pageNum=2'>下一页</a>"
    assert hanweb.read(view(page)).next is None


# Answers of the data proxy


def test_an_answer_is_read_by_its_address_alone() -> None:
    asked = Request(f"{PROXY}?startrecord=46&endrecord=90&perpage=15&columnid=30211&unitid=40817&webid=61")
    listing = hanweb.read(view(store(46, 90, "<totalrecord>100</totalrecord>"), asked))
    assert len(listing.rows) == 45
    assert listing.total == 100
    assert (listing.page, listing.pages) == (2, 3)
    assert listing.next is not None
    assert listing.next.url == asked.url.replace("46", "91").replace("endrecord=90", "endrecord=135")


def test_an_old_answer_in_script_is_read() -> None:
    asked = Request(f"{HOST}/module/jslib/jquery/jpage/dataproxy.jsp?startrecord=1&endrecord=45&perpage=15")
    rows = '<li><a href="/art/a.html" title="云岭县2020年度法治政府建设报告">云岭县…</a><span>2021-03-09</span></li>'
    listing = hanweb.read(view(f"totalRecord=46;totalPage = 4;dataStore = ['{rows}',];", asked))
    assert titles(listing) == ["云岭县2020年度法治政府建设报告"]
    assert listing.total == 46
    assert listing.next is not None
    assert query(listing.next)["startrecord"] == "46"


def test_links_of_an_answer_are_relative_to_the_column() -> None:
    listing = hanweb.read(view(column(store(1, 15), call(total=20))))
    assert listing.next is not None
    answer = store(1, 20, "<totalrecord>20</totalrecord>").replace('href="/art', 'href="../../art')
    assert hanweb.read(view(answer, listing.next)).rows[0].url == f"{HOST}/art/2022/4/2/art_30211_1.html"


def test_a_server_that_sends_a_page_for_a_group_is_read_page_by_page() -> None:
    asked = Request(f"{PROXY}?startrecord=1&endrecord=45&perpage=15&columnid=1&unitid=2")
    listing = hanweb.read(view(store(1, 15, "<totalrecord>40</totalrecord>"), asked))
    assert listing.next is not None
    assert query(listing.next)["startrecord"] == "16"


def test_a_gb18030_answer_is_read() -> None:
    asked = Request(f"{PROXY}?startrecord=1&endrecord=45&perpage=15")
    text = '<?xml version="1.0" encoding="gbk"?>' + store(1, 3, "<totalrecord>3</totalrecord>")
    assert len(titles(hanweb.read(view(text, asked, charset="gb18030")))) == 3


@pytest.mark.parametrize(
    ("body", "ids", "memo"),
    [
        pytest.param("", "columnid=1&unitid=2", {}, id="empty-body"),
        pytest.param("<html><body>系统繁忙</body></html>", "columnid=1&unitid=2", {}, id="an-error-page"),
        pytest.param('{"error": 1}', "columnid=1&unitid=2", {}, id="json"),
        pytest.param(
            "<?xml version='1.0' encoding='utf-8'?><datastore/>", "columnid=1&unitid=2", {}, id="no-recordset"
        ),
        pytest.param("<datastore><recordset><record><![CDATA[", "columnid=1&unitid=2", {}, id="cut-before-its-rows"),
        pytest.param(
            "<datastore>\r\n<recordset>\r\n</recordset>\r\n</datastore>",
            "columnid=aX%3D&unitid=b",
            {},
            id="encrypted-ids",
        ),
        pytest.param(
            "<datastore><recordset></recordset></datastore>",
            "columnid=1&unitid=2",
            {"records": "45", "total": "100"},
            id="rows-promised-and-no-word-of-them",
        ),
        pytest.param("totalRecord=46;dataStore = ['<li>", "columnid=1&unitid=2", {}, id="script-cut-short"),
    ],
)
def test_an_answer_that_is_no_list_fails(body: str, ids: str, memo: dict[str, str]) -> None:
    asked = Request(f"{PROXY}?startrecord=46&endrecord=90&perpage=15&{ids}", family="hanweb", memo=memo)
    with pytest.raises(ListError, match=r"dataproxy|script"):
        hanweb.read(view(body, asked))


def test_an_honest_end_is_an_empty_listing() -> None:
    asked = Request(f"{PROXY}?startrecord=46&endrecord=90&perpage=15", memo={"records": "45", "total": "100"})
    listing = hanweb.read(view(store(1, 0, "<totalrecord>45</totalrecord>"), asked))
    assert listing.rows == ()
    assert listing.next is None


# Disclosure lists

SEARCH = f"{HOST}/module/xxgk/search.jsp?infotypeId=A02&jdid=61&area=11539999MB0000001X&vc_title=&currpage=&sortfield=compaltedate:0&currpage="


def table(rows: str, pager: str = "") -> str:
    return (
        "<div><table class='tr_main'><tr><td>标题</td><td>文号</td><td>发布日期</td></tr>"
        f"{rows}</table><div class='pager'>{pager}</div></div>"
    )


ROW = (
    "<tr class='tr_main_value_odd'><td><a href='/art/2022/4/6/art_1_{0}.html' title='云岭县法治政府建设工作要点{0}'>"
    "云岭县法治…</a></td><td></td><td>2022-04-06</td></tr>"
)


@pytest.mark.parametrize(
    "name", ["search.jsp", "subjectinfo.jsp", "search_custom.jsp", "Search.jsp"], ids=lambda name: str(name)
)
def test_a_disclosure_list_is_recognised_and_not_taken_for_a_column(name: str) -> None:
    page = view(table(ROW.format(1)), f"{HOST}/module/xxgk/{name}?area=1")
    assert hanweb_xxgk.recognise(page)
    assert not hanweb.recognise(page)
    assert not jpaas.recognise(page)


def test_a_plain_column_is_no_disclosure_list() -> None:
    assert hanweb_xxgk.recognise(view(column(store(1, 2), call()))) == ""


def test_attributes_of_a_link_are_its_row() -> None:
    rows = (
        "<tr><td><a href='/art/2022/4/6/art_1_1.html' mc='云岭县关于印发法治政府建设实施方案的通知' wh='云政发〔2022〕1号' "
        "rq='2022-04-06' target='_blank'>云岭县关于印发...</a></td></tr>"
        "<tr><td><a href='/art/2022/4/7/art_1_2.html' rq='2022-04-07' wh='' mc='云岭县法治政府建设年度报告'>云岭县法治...</a></td></tr>"
    )
    listing = hanweb_xxgk.read(view(table(rows, "共1页"), SEARCH))
    assert [(row.title, row.number, row.published) for row in listing.rows] == [
        ("云岭县关于印发法治政府建设实施方案的通知", "云政发〔2022〕1号", date(2022, 4, 6)),
        ("云岭县法治政府建设年度报告", "", date(2022, 4, 7)),
    ]
    assert not any(row.is_cut for row in listing.rows)


@pytest.mark.parametrize(
    "pager",
    [
        pytest.param("共3页", id="plain"),
        pytest.param("共 <b>3</b> 页", id="in-an-element"),
        pytest.param("共40条 共3页", id="rows-and-pages"),
        pytest.param("第1/3页", id="fraction"),
        pytest.param("<input type='hidden' name='totalPage' value='3'>", id="hidden-field"),
        pytest.param("<script>var totalpage=3;</script>", id="script"),
        pytest.param("<a href='javascript:gotoPage(2)'>2</a><a href='javascript:gotoPage(3)'>3</a>", id="numbers"),
        pytest.param("<a onclick=\"ajax('?currpage=2')\">2</a>", id="address"),
        pytest.param("<a href='javascript:nextPage()'>下一页</a>", id="words"),
    ],
)
def test_the_next_page_of_a_disclosure_list_is_currpage_plus_one(pager: str) -> None:
    listing = hanweb_xxgk.read(view(table(ROW.format(1), pager), SEARCH))
    assert listing.next is not None
    assert parse_qs(urlsplit(listing.next.url).query)["currpage"] == ["2", "2"]
    assert listing.next.url.replace("currpage=2", "currpage=") == SEARCH


@pytest.mark.parametrize(
    "pager",
    [
        pytest.param("共3页", id="pages-told"),
        pytest.param("<a href='javascript:gotoPage(1)'>1</a><a href='javascript:gotoPage(2)'>2</a>", id="only-back"),
        pytest.param("<a href='javascript:nextPage()' class='disabled'>下一页</a>", id="disabled"),
        pytest.param("", id="no-pager"),
    ],
)
def test_the_last_page_of_a_disclosure_list_has_no_next(pager: str) -> None:
    asked = SEARCH.replace("currpage=", "currpage=3")
    listing = hanweb_xxgk.read(view(table(ROW.format(1), pager), asked))
    assert listing.next is None
    assert listing.page == 3
    assert len(listing.rows) == 1


def test_a_disclosure_list_s_total_is_told() -> None:
    assert hanweb_xxgk.read(view(table(ROW.format(1), "共有 37 条记录，共3页"), SEARCH)).total == 37


@pytest.mark.parametrize(
    ("page", "url"),
    [
        pytest.param(f"<iframe src='{SEARCH.removeprefix(HOST).replace('&', '&amp;')}'></iframe>", SEARCH, id="frame"),
        pytest.param(f"<script>$('#a').load('{SEARCH.removeprefix(HOST)}');</script>", SEARCH, id="script"),
        pytest.param(
            "<script>$.ajax({type: 'GET', url: '/module/xxgk/search.jsp', data: {area: '1', currpage: page}})</script>",
            f"{HOST}/module/xxgk/search.jsp?area=1&currpage=1",
            id="script-with-parameters",
        ),
        pytest.param(
            "<form action='/module/xxgk/search.jsp'><input type=hidden name=area value=1><input name=vc_title>"
            "<input type=submit name=go value=查询></form>",
            f"{HOST}/module/xxgk/search.jsp?area=1&vc_title=",
            id="form",
        ),
    ],
)
def test_a_column_page_names_the_disclosure_list_it_shows(page: str, url: str) -> None:
    assert hanweb_xxgk.recognise(view(page))
    (block,) = hanweb_xxgk.read(view(page)).blocks
    assert (block.url, block.method, block.family) == (url, "GET", "hanweb_xxgk")


def test_a_form_that_posts_is_posted() -> None:
    page = "<form method=post action='/module/xxgk/search.jsp'><input type=hidden name=area value=1></form>"
    (block,) = hanweb_xxgk.read(view(page)).blocks
    assert (block.method, block.form) == ("POST", (("area", "1"),))
    following = hanweb_xxgk.read(view(table(ROW.format(1), "共2页"), block)).next
    assert following is not None
    assert following.form == block.form
    assert query(following) == {"currpage": "2"}


def test_a_call_that_a_script_computes_is_left_out() -> None:
    page = "<script>load('/module/xxgk/search.jsp?infotypeId='+a+'&vc_title='+encodeURI(b)+'&area=1','d');</script>"
    assert hanweb_xxgk.read(view(page)).blocks == ()


def test_a_column_with_both_lists_has_both() -> None:
    page = column(store(1, 2), before="<iframe src='/module/xxgk/search.jsp?area=1'></iframe>")
    listing = hanweb.read(view(page))
    assert len(listing.rows) == 2
    assert [block.family for block in listing.blocks] == ["hanweb_xxgk"]


def test_an_empty_table_is_an_end_and_an_error_page_is_not() -> None:
    assert hanweb_xxgk.read(view(table(""), SEARCH)).rows == ()
    assert hanweb_xxgk.read(view("<p>暂无相关信息</p>", SEARCH)).rows == ()
    for body in ("", "<html>500 系统错误</html>", "<p>您没有权限</p>"):
        with pytest.raises(ListError, match="table of documents"):
            hanweb_xxgk.read(view(body, SEARCH))


# The publish server

UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
QUERY = {
    "parseType": "bulidstatic",
    "webId": "3999",
    "tplSetId": "aB3dEfGh1JkLmN0pQrStU",
    "pageType": "column",
    "tagId": "右侧列表",
    "pageId": "1229990001",
    "editType": "null",
}
QUERY_DATA = "{" + ",".join(f"'{name}':'{value}'" for name, value in QUERY.items()) + "}"
JP_COLUMN = f"{HOST}/col/col1229990001/index.html"


def pager(count: object = 23, rows: object = 15, page: int = 1, data: str = QUERY_DATA, unit: str = UNIT) -> str:
    return (
        f'<div class="pagination" queryData="{data}" rows="{rows}" count="{count}" pageNo="{page}" '
        f'unitId="右侧列表" unitUrl="{unit}"></div>'
    )


def items(first: int, last: int) -> str:
    rows = "".join(
        f'<li class="clearfix"><a class="bt-left" title="云岭县法治政府建设实施方案之{n}" '
        f'href="//www.yunling.test/art/2022/art_5d1c2b3a49586776655443322110f{n:03}.html">云岭县法治政府…</a>'
        f'<span class="bt-right">2022-01-{n % 28 + 1:02}</span></li>'
        for n in range(first, last + 1)
    )
    return f"<ul>{rows}</ul>"


def answer(html: object, **more: object) -> str:
    return json.dumps({"success": True, "code": "200", "message": "ok", "data": {"html": html}} | more)


def asked_page(request: Request) -> dict[str, int]:
    found: dict[str, int] = json.loads(query(request)["paramJson"])
    return found


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(items(1, 15) + pager(), id="plain"),
        pytest.param(pager().replace("queryData", "querydata").replace("unitUrl", "uniturl"), id="lower-case"),
        pytest.param(f"<script url='{UNIT}' queryData=\"{QUERY_DATA}\"></script>", id="on-a-script"),
        pytest.param(pager().replace(f'unitUrl="{UNIT}"', ""), id="no-address"),
        pytest.param(pager(data=json.dumps(QUERY).replace('"', "&quot;")), id="real-json"),
    ],
)
def test_a_publish_server_s_page_is_recognised(page: str) -> None:
    assert jpaas.recognise(view(page, JP_COLUMN))
    listing = jpaas.read(view(page, JP_COLUMN))
    (asked,) = [request for request in (listing.next, *listing.blocks) if request]
    assert urlsplit(asked.url).path == UNIT
    assert {name: value for name, value in query(asked).items() if name != "paramJson"} == QUERY


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(column(store(1, 2), call()), id="jpage"),
        pytest.param("<div querydata=\"{'a':1}\" uniturl='/x'></div>", id="another-query"),
        pytest.param("<p>本页说明 queryData 与 tplSetId</p>", id="only-words"),
    ],
)
def test_other_pages_are_no_publish_server_s(page: str) -> None:
    assert jpaas.recognise(view(page)) == ""


def test_page_two_is_asked_for_with_param_json_and_the_keys_as_found() -> None:
    listing = jpaas.read(view(items(1, 15) + pager(), JP_COLUMN))
    assert len(listing.rows) == 15
    assert (listing.page, listing.pages, listing.total) == (1, 2, 23)
    asked = listing.next
    assert asked is not None
    assert asked.method == "GET"
    assert asked.family == "jpaas"
    assert asked.url.startswith(f"{HOST}{UNIT}?")
    assert f"tagId={quote('右侧列表')}" in asked.url
    assert "parseType=bulidstatic" in asked.url
    assert asked.url.endswith("paramJson=%7B%22pageNo%22%3A2%2C%22pageSize%22%3A15%7D")
    assert not {"rows", "pageNo", "count"} & set(query(asked))


def serve(request: Request, rows: int, count: object) -> str:
    page, size = asked_page(request)["pageNo"], asked_page(request)["pageSize"]
    return answer(items((page - 1) * size + 1, min(page * size, rows)) + pager(count, size, page))


@pytest.mark.parametrize(
    ("rows", "count", "pages"),
    [
        pytest.param(23, 23, [2], id="right"),
        pytest.param(45, 45, [2, 3], id="no-rest"),
        pytest.param(15, 15, [], id="one-page"),
        pytest.param(23, 60, [2, 3], id="fewer-than-told-end-with-an-empty-page"),
        pytest.param(40, 20, [2, 3, 4], id="more-than-told"),
        pytest.param(23, "", [2, 3], id="no-count"),
        pytest.param(23, "null", [2, 3], id="a-count-that-is-none"),
    ],
)
def test_pages_are_asked_for_to_the_end(rows: int, count: object, pages: list[int]) -> None:
    listing = jpaas.read(view(items(1, min(rows, 15)) + pager(count), JP_COLUMN))
    found, asked = list(listing.rows), []
    while listing.next and len(asked) < 9:
        asked.append(asked_page(listing.next)["pageNo"])
        listing = jpaas.read(view(serve(listing.next, rows, count), listing.next))
        found += listing.rows
    assert asked == pages
    assert len({row.url for row in found}) == rows


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(pager(), id="plain"),
        pytest.param("<ul id='right'></ul>" + pager(count=""), id="no-count"),
        pytest.param(items(1, 3) + pager(), id="rows-of-another-list"),
    ],
)
def test_a_page_that_a_script_fills_is_asked_for_from_page_one(page: str) -> None:
    listing = jpaas.read(view(page, JP_COLUMN))
    assert [asked_page(request) for request in listing.blocks] == [{"pageNo": 1, "pageSize": 15}]
    assert (listing.next, listing.pages, listing.total) == (None, None, None)


def test_an_empty_list_asks_for_nothing() -> None:
    assert jpaas.read(view(pager(count=0), JP_COLUMN)) == Listing(total=0)


def test_several_pagers_are_several_lists() -> None:
    other = pager(40, 20, data=QUERY_DATA.replace("右侧列表", "左侧列表"))
    page = f"<div>{items(1, 15)}{pager()}</div><div>{items(101, 120)}{other}</div>"
    listing = jpaas.read(view(page, JP_COLUMN))
    assert len(listing.rows) == 35
    requests = [request for request in (listing.next, *listing.blocks) if request]
    assert [(query(each)["tagId"], asked_page(each)) for each in requests] == [
        ("右侧列表", {"pageNo": 2, "pageSize": 15}),
        ("左侧列表", {"pageNo": 2, "pageSize": 20}),
    ]


def test_an_answer_of_the_server_is_read_by_its_address_alone() -> None:
    asked = f"{HOST}{UNIT}?webId=3999&pageId=1&tplSetId=x&tagId={quote('右侧列表')}"
    page = view("\ufeff\n" + answer(items(1, 15) + pager()), asked)
    assert jpaas.recognise(page)
    listing = jpaas.read(page)
    assert len(listing.rows) == 15
    assert listing.total == 23
    assert listing.next is not None
    assert asked_page(listing.next) == {"pageNo": 2, "pageSize": 15}
    assert listing.rows[0].url == f"{HOST}/art/2022/art_5d1c2b3a49586776655443322110f001.html"


@pytest.mark.parametrize("html", ["", None, "<ul></ul>", pager(page=9)], ids=["blank", "null", "no-rows", "pager"])
def test_an_empty_page_is_the_end(html: str | None) -> None:
    asked = Request(
        f"{HOST}{UNIT}?webId=1&paramJson=%7B%22pageNo%22%3A9%7D", family="jpaas", memo={"column": JP_COLUMN}
    )
    listing = jpaas.read(view(answer(html), asked))
    assert listing.rows == ()
    assert listing.next is None


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(answer(items(1, 2), success=False), id="no-success"),
        pytest.param(answer(items(1, 2), success="false"), id="no-success-in-words"),
        pytest.param(answer(items(1, 2), code="500", message="系统异常"), id="code"),
        pytest.param(answer(items(1, 2), code=404), id="code-as-a-number"),
        pytest.param(answer("", data=None), id="no-data"),
        pytest.param(answer("", data={"rows": []}), id="no-html"),
        pytest.param("[]", id="a-list"),
        pytest.param("", id="empty"),
        pytest.param("<html><body>502 Bad Gateway</body></html>", id="error-page"),
        pytest.param(answer(items(1, 2))[:60], id="cut-short"),
    ],
)
def test_an_answer_that_is_no_list_of_the_server_fails(body: str) -> None:
    asked = Request(f"{HOST}{UNIT}?webId=1", family="jpaas", memo={"column": JP_COLUMN})
    with pytest.raises(ListError, match="build/unit"):
        jpaas.read(view(body, asked))


def test_query_data_that_cannot_be_read_fails() -> None:
    with pytest.raises(ListError):
        jpaas.read(view(pager(data="{'tplSetId':'x"), JP_COLUMN))
