"""Families whose lists are plain HTML: TRS, NFCMS, JEECMS and hand-made sites, about counties that do not exist."""

from datetime import date

import pytest

from pipeline.scrape.families import generic, jeecms, nfcms, trs
from pipeline.scrape.records import Listing, Request, View

HOST = "http://www.yunling.test"
FOLDER = f"{HOST}/zwgk/fzzfjs/"
ROWS = """<ul class="list"><li><a href="./202403/t20240328_880012.html" title="云岭县2023年度法治政府建设情况报告">云岭县2023年度...</a>
<span>2024-03-28</span></li><li><a href='../../xxgk/202303/t20230317_771930.html'>云岭县2022年度法治政府建设情况报告</a><span>[2023-03-17]</span></li></ul>"""


def view(html: str, url: str = FOLDER, memo: dict[str, str] | None = None, charset: str = "utf-8") -> View:
    return View(Request(url, memo=memo or {}), html.encode(charset), media=f"text/html; charset={charset}")


def behind(listing: Listing) -> str:
    return listing.next.url.removeprefix(HOST) if listing.next else ""


def call(text: str) -> str:
    return f"{ROWS}<div class=page><script>{text}</script></div>"


@pytest.mark.parametrize(
    ("script", "url", "expected"),
    [
        pytest.param('createPageHTML(4, 0, "index", "html");', FOLDER, ("/zwgk/fzzfjs/index_1.html", 1, 4), id="page 1 of a directory"),
        pytest.param('createPageHTML(4, 0, "index", "html");', FOLDER + "index.html", ("/zwgk/fzzfjs/index_1.html", 1, 4), id="page 1 by its name"),
        pytest.param('createPageHTML(4, 2, "index", "html");', FOLDER + "index_2.html", ("/zwgk/fzzfjs/index_3.html", 3, 4), id="page 3"),
        pytest.param('createPageHTML(4, 3, "index", "html");', FOLDER + "index_3.html", ("", 4, 4), id="the last page"),
        pytest.param("createPage ( 3 ,0, 'wjk_glrb' , 'shtml' )", FOLDER, ("/zwgk/fzzfjs/wjk_glrb_1.shtml", 1, 3), id="another name, stem and ending"),
        pytest.param('createPageHTML("3", "0", "list", "html", "41")', FOLDER + "list.html", ("/zwgk/fzzfjs/list_1.html", 1, 3), id="numbers as strings, a total behind"),
        pytest.param('createPageHTML(1, 0, "index", "html");', FOLDER, ("", 1, 1), id="one page"),
        pytest.param('createPageHTML(0, 0, "index", "html");', FOLDER, ("", 1, 0), id="no page"),
        pytest.param('//createPageHTML(9, 0, "index", "html");\nvar currentPage = 0;//所在页从0开始\nvar nextPage = currentPage+1;\nvar countPage = 3//共多少页\n'
                     'if(countPage>1){document.write("<a href=\\"index"+"_" + nextPage + "."+"shtml\\">下一页</a>");}', FOLDER, ("/zwgk/fzzfjs/index_1.shtml", 1, 3), id="variables, the call commented out"),
        pytest.param("var countPage = 3; var currentPage = 1; createPageHTML(countPage, currentPage, 'index', 'html')", FOLDER + "index_1.html", ("/zwgk/fzzfjs/index_2.html", 2, 3), id="variables as arguments"),
        pytest.param("var totalPage=3,currentPage=1;", FOLDER + "index_1.html", ("/zwgk/fzzfjs/index_2.html", 2, 3), id="variables alone"),
        pytest.param("window.pagination_script_config = { pageNumber: '0', total: '2' }", FOLDER, ("/zwgk/fzzfjs/index_1.html", 1, 2), id="a configuration"),
        pytest.param("$('.pages').pagination({ totalData: 34, showData: 15 })", FOLDER + "index_pc_1.html", ("/zwgk/fzzfjs/index_pc_2.html", 1, 3), id="totalData"),
        pytest.param("$('.pages').pagination({ totalData: 34, showData: 15 })", FOLDER, ("/zwgk/fzzfjs/index_pc_2.html", 1, 3), id="totalData in a directory"),
        pytest.param("$('.pages').pagination({ totalData: 34, showData: 15 })", FOLDER + "index_pc_3.html", ("", 3, 3), id="totalData, the last page"),
        pytest.param('createPageHTML(4, 0, "index", "html");', FOLDER + "index_2.html", ("/zwgk/fzzfjs/index_3.html", 3, 4), id="every page says that it is the first"),
        pytest.param('createPageHTML(4, 1, "index", "html");', FOLDER, ("/zwgk/fzzfjs/index_2.html", 1, 4), id="a first page that is counted from 1"),
        pytest.param('createPageHTML(4, 1, "index", "html");', FOLDER + "index_2.html", ("/zwgk/fzzfjs/index_3.html", 2, 4), id="file 2 is page 2"),
        pytest.param('createPageHTML(4, 3, "index", "html");', FOLDER + "index_4.html", ("", 4, 4), id="file 4 is the last page"),
    ],
)  # fmt: skip
def test_trs_pages(script: str, url: str, expected: tuple[str, int, int]) -> None:
    page = view(call(script), url)
    assert trs.recognise(page)
    listing = trs.read(page)
    assert (behind(listing), listing.page, listing.pages) == expected
    assert [row.published for row in listing.rows] == [date(2024, 3, 28), date(2023, 3, 17)]
    assert listing.rows[0].title == "云岭县2023年度法治政府建设情况报告"


def test_trs_numbers_files_as_the_printed_pager_does() -> None:
    pager = 'createPageHTML(3, 0, "index", "html");</script><a href="index_2.html">2</a><a href="index_3.html">3</a><script>'
    first = trs.read(view(call(pager)))
    assert behind(first) == "/zwgk/fzzfjs/index_2.html"
    assert first.next is not None
    assert first.next.memo == {"first": "2"}
    # what page 1 showed still holds where no page shows it again
    last = trs.read(view(call('createPageHTML(3, 0, "index", "html");'), FOLDER + "index_3.html", {"first": "2"}))
    assert (behind(last), last.page) == ("", 3)


def test_trs_total_of_the_call() -> None:
    assert trs.read(view(call('createPageHTML(3, 0, "list", "html", 41)'))).total == 41


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<ul><li><a href=/a/1.html>云岭县2023年度法治政府建设情况报告</a>2024-03-28</li></ul><script>createPageHTML('page_div',3, 1,'common_list','shtml',41);</script>", id="UCAP"),
        pytest.param("<ul><li><a href=/a/1.html>云岭县2023年度法治政府建设情况报告</a>2024-03-28</li></ul>", id="plain"),
        pytest.param("<script>function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){ }</script>", id="only the function"),
        pytest.param("<a href=http://www.province.test/202403/t20240328_1.html>省政府通知</a>", id="a link to another site"),
        pytest.param("<!-- createPageHTML(4, 0, 'index', 'html') -->", id="a comment"),
        pytest.param("", id="nothing"),
    ],
)  # fmt: skip
def test_trs_does_not_claim(html: str) -> None:
    assert trs.recognise(view(html)) == ""


def test_trs_is_told_by_its_articles_where_no_script_counts() -> None:
    listing = trs.read(view(f"{ROWS}<a href=index_1.html>下一页</a> 共2页"))
    assert "t20240328_880012.html" in trs.recognise(view(ROWS))
    assert (behind(listing), listing.pages) == ("/zwgk/fzzfjs/index_1.html", 2)


def test_trs_in_gb18030() -> None:
    page = view("<meta charset=gb2312>" + call("createPageHTML(2, 0, 'index', 'html')"), charset="gb18030")
    assert trs.read(page).rows[0].title == "云岭县2023年度法治政府建设情况报告"


NFCMS = """<script>window.NFCMS_SITE_ID = 799001;</script><ul><li><a href="http://www.yunling.test/zwgk/content/post_880012.html" title="云岭县2021年法治政府建设工作要点">云岭县2021年…</a>
<span class="wh">云府办〔2021〕7号</span><span class="date">2021-04-12</span></li></ul>"""


def test_nfcms_rows_and_pages() -> None:
    page = view(
        f'{NFCMS}<div class=page><a href="index.html" class=on>1</a><a href="index_2.html">2</a><a class="next" href="index_2.html">下一页</a></div>'
    )
    assert "NFCMS_SITE_ID" in nfcms.recognise(page)
    listing = nfcms.read(page)
    row = listing.rows[0]
    assert (row.title, row.number, row.published) == (
        "云岭县2021年法治政府建设工作要点",
        "云府办〔2021〕7号",
        date(2021, 4, 12),
    )
    assert (behind(listing), listing.page) == ("/zwgk/fzzfjs/index_2.html", 1)


@pytest.mark.parametrize(
    ("name", "expected"),
    [pytest.param("", "index_2.html", id="page 1"), pytest.param("index_2.html", "index_3.html", id="page 2"), pytest.param("index_3.html", "", id="the last")],
)  # fmt: skip
def test_nfcms_counts_files_by_pages_where_a_script_draws_the_pager(name: str, expected: str) -> None:
    listing = nfcms.read(view(f"{NFCMS}<p>共3页 共41条</p>", FOLDER + name))
    assert behind(listing) == (f"/zwgk/fzzfjs/{expected}" if expected else "")
    assert listing.total == 41


@pytest.mark.parametrize(
    ("address", "is_ours"),
    [
        pytest.param("/zwgk/content/post_1001.html", True, id="an article"),
        pytest.param("/zwgk/content/mpost_1001.html", True, id="for telephones"),
        pytest.param("/gkmlpt/content/6/6203/post_6203311.html", False, id="gkmlpt"),
        pytest.param("/zwgk/post_1001.html", False, id="another folder"),
    ],
)
def test_nfcms_is_told_by_its_articles(address: str, is_ours: bool) -> None:
    page = view(f"<ul><li><a href={address}>云岭县2021年法治政府建设工作要点</a>2021-04-12</li></ul>")
    assert bool(nfcms.recognise(page)) is is_ours


def jhtml(pager: str) -> str:
    return f"<ul><li><a href=/fzzf/880012.jhtml>云岭县2021年法治政府建设工作要点</a><span>2021-04-12</span></li></ul><div>{pager}</div>"


@pytest.mark.parametrize(
    ("html", "url", "expected"),
    [
        pytest.param(jhtml("共41条 当前1/3页 <a disabled='disabled'>上一页</a> <a href='javascript:void(0);' onclick=\"location.href=encodeURI('index_2.jhtml');\">下一页</a>"),
                     f"{HOST}/fzzf/index.jhtml", ("/fzzf/index_2.jhtml", 1, 3, 41), id="a handler"),
        pytest.param(jhtml("共41条 当前2/3页 <a href=index_3.jhtml>下一页</a>"), f"{HOST}/fzzf/index_2.jhtml", ("/fzzf/index_3.jhtml", 2, 3, 41), id="a link"),
        pytest.param(jhtml("共41条 3/3页 <a disabled='disabled'>下一页</a>"), f"{HOST}/fzzf/index_3.jhtml", ("", 3, 3, 41), id="the last page"),
        pytest.param(jhtml("<a href=fzzf_2.jhtml>下一页</a>"), f"{HOST}/c/yunling/fzzf.jhtml", ("/c/yunling/fzzf_2.jhtml", 1, None, None), id="a slug"),
        pytest.param(jhtml("共3页"), f"{HOST}/c/yunling/fzzf.jhtml", ("/c/yunling/fzzf_2.jhtml", 1, 3, None), id="only the count is printed"),
    ],
)  # fmt: skip
def test_jeecms_pages(html: str, url: str, expected: tuple[str, int, int | None, int | None]) -> None:
    assert jeecms.recognise(view(html, url))
    listing = jeecms.read(view(html, url))
    assert (behind(listing), listing.page, listing.pages, listing.total) == expected
    assert len(listing.rows) == 1


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(
            "<ul><li><a href=http://other.test/a/1.jhtml>云岭县2021年法治政府建设工作要点</a>2021-04-12</li></ul>",
            id="another host",
        ),
        pytest.param(
            "<ul><li><a href=/a/1.html>云岭县2021年法治政府建设工作要点</a>2021-04-12</li></ul>", id="another ending"
        ),
    ],
)
def test_jeecms_does_not_claim(html: str) -> None:
    assert jeecms.recognise(view(html)) == ""


def rows(*numbers: int, path: str = "/show/") -> str:
    return "".join(
        f"<li><a href={path}{number}.html>云岭县{number}号法治政府建设文件</a><span>2023-03-{number:02}</span></li>"
        for number in numbers
    )


@pytest.mark.parametrize(
    ("html", "url", "expected"),
    [
        pytest.param(f"<ul>{rows(1, 2)}</ul><a href=list_2.html>下一页</a><a href=list_9.html>尾页</a>", f"{HOST}/fzzf/list.html", "/fzzf/list_2.html", id="static"),
        pytest.param(f"<ul>{rows(1, 2)}</ul><a href='?a=dir&h=1&p=D0104X&page=2'>下一页</a>", f"{HOST}/?a=dir&h=1&p=D0104X", "/?a=dir&h=1&p=D0104X&page=2", id="a directory by query"),
        pytest.param(f"<ul>{rows(1, 2)}</ul>", f"{HOST}/?a=dir&h=1&p=D0104X", "", id="a directory of one page"),
        pytest.param(f"<ul>{rows(1, 2)}</ul><a href='XZGFList.aspx?currentPage=1'>1</a><a href='XZGFList.aspx?currentPage=2'>2</a>", f"{HOST}/XZGFList.aspx?currentPage=1", "/XZGFList.aspx?currentPage=2", id="a query counter"),
        pytest.param(f"<ul>{rows(1, 2)}</ul>", f"{HOST}/XZGFList.aspx?currentPage=1", "", id="a counter without a pager is not counted on"),
        pytest.param(f"<ul>{rows(1, 2)}</ul>第1/3页 <a href=/channels/1032_2.html>下一页</a>", f"{HOST}/channels/1032.html", "/channels/1032_2.html", id="channels"),
        pytest.param(f"<ul>{rows(1, 2)}</ul><a href=/zwgk/zc/xzgfxwj?pageIndex=3>›</a>", f"{HOST}/zwgk/zc/xzgfxwj?pageIndex=2", "/zwgk/zc/xzgfxwj?pageIndex=3", id="without an ending"),
    ],
)  # fmt: skip
def test_generic_pages(html: str, url: str, expected: str) -> None:
    page = view(html, url)
    assert generic.recognise(page) == "带日期的链接列表 2 条"
    assert behind(generic.read(page)) == expected


def test_generic_follows_a_post_back_page_by_page() -> None:
    def page(number: int) -> str:
        pager = (
            f"<a href=\"javascript:__doPostBack('ctl00$pager','{number + 1}')\">下一页</a>"
            if number < 3
            else "<a disabled=disabled>下一页</a>"
        )
        return f'<form id=f method=post action="XZGFList.aspx"><input type=hidden name=__VIEWSTATE value="state{number}"><ul>{rows(number)}</ul>{pager}</form>'

    first = generic.read(view(page(1), f"{HOST}/XZGFList.aspx"))
    assert first.next is not None
    assert (first.next.method, dict(first.next.form)["__VIEWSTATE"]) == ("POST", "state1")
    second = generic.read(View(first.next, page(2).encode()))
    assert second.page == 2
    assert second.next is not None
    assert (second.next.url, dict(second.next.form)["__EVENTARGUMENT"]) == (f"{HOST}/XZGFList.aspx", "3")
    assert generic.read(View(second.next, page(3).encode())).next is None


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<ul><li><a href=/>首页</a></li><li><a href=/zwgk/>政务公开</a></li></ul>", id="a menu"),
        pytest.param("<title>云岭县人民政府</title><p>您访问的页面不存在或已被删除</p>", id="a page that is gone"),
        pytest.param("<div id=app></div><script src=app.js></script>", id="an empty shell"),
        pytest.param('{"code":"500"}', id="an answer of an API"),
    ],
)
def test_generic_needs_rows(html: str) -> None:
    assert generic.recognise(view(html)) == ""
