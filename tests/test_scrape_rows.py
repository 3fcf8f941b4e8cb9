"""Rows, pagers and columns of lists in HTML, about counties that do not exist."""

from datetime import date

import pytest

from pipeline.scrape.records import Request, Row, View
from pipeline.scrape.rows import (
    date_in,
    find_columns,
    find_counts,
    find_next,
    find_redirect,
    find_rows,
    parse_date,
    read_row,
    row_element,
)

URL = "http://www.yunling.test/zwgk/fzzfjs/"
REPORT_2023 = "云岭县2023年度法治政府建设情况报告"
REPORT_2022 = "云岭县2022年度法治政府建设情况报告"
PLAN = "云岭县法治政府建设实施方案（2021—2025年）"
DAY = date(2024, 3, 28)
EARLIER = date(2023, 3, 17)


def view(html: str, url: str = URL) -> View:
    return View(Request(url), html.encode(), media="text/html; charset=utf-8")


def told(html: str, url: str = URL) -> list[tuple[str, str, date | None]]:
    """Each row as its address from the site's root, its title and its date."""
    return [
        (row.url.removeprefix("http://www.yunling.test"), row.title, row.published)
        for row in find_rows(view(html, url))
    ]


TWO = [("/zwgk/fzzfjs/a/1.html", REPORT_2023, DAY), ("/zwgk/fzzfjs/a/2.html", REPORT_2022, EARLIER)]


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(
            f'<ul><li><a href="./a/1.html" title="{REPORT_2023}">云岭县2023年度法治…</a><span>2024-03-28</span></li>'
            f"<li><a href='a/2.html' target=_blank>{REPORT_2022}</a><span>[2023-03-17]</span></li></ul>",
            id="a plain list, one title cut",
        ),
        pytest.param(
            f"<ul><li><span>2024/3/28</span><a href=a/1.html>{REPORT_2023}</a></li>"
            f"<li><span>2023年3月17日</span><a href=a/2.html>{REPORT_2022}</a></li></ul>",
            id="dates before links",
        ),
        pytest.param(
            f"<ul><li><a title='{REPORT_2023}' href='a/1.html'>…</a><span> 2024-\n 03-28</span></li>"
            f"<li><a href='a/2.html' title='{REPORT_2022}'>…</a><span>2023-\r\n\t03-\n17</span></li></ul>",
            id="dates broken into lines",
        ),
        pytest.param(
            f"<ul><li><a href=a/1.html>{REPORT_2023}</a><b>28</b><i>2024-03</i></li>"
            f"<li><a href=a/2.html>{REPORT_2022}</a><b>17</b><i>2023.03</i></li></ul>",
            id="the day apart from year and month",
        ),
        pytest.param(
            f"<div class=n><div class=d><p>03-28</p><span>2024</span></div><a href=a/1.html>{REPORT_2023}</a></div>"
            f"<div class=n><div class=d><p>03-17</p><span>2023</span></div><a href=a/2.html>{REPORT_2022}</a></div>",
            id="month and day over the year, in div",
        ),
        pytest.param(
            f"<ul><li rq='2024-03-28'><a href=a/1.html>{REPORT_2023}</a></li>"
            f"<li><a href=a/2.html rq='2023-03-17'>{REPORT_2022}</a></li></ul>",
            id="dates in attributes",
        ),
        pytest.param(
            f"<dl><dt><a href=a/1.html>{REPORT_2023}</a></dt><dd>2024.03.28</dd>"
            f"<dt><a href=a/2.html>{REPORT_2022}</a></dt><dd>2023.03.17</dd></dl>",
            id="dt and dd in turn",
        ),
        pytest.param(
            f"<dl><dd>2024-03-28</dd><dt><a href=a/1.html>{REPORT_2023}</a></dt>"
            f"<dd>2023-03-17</dd><dt><a href=a/2.html>{REPORT_2022}</a></dt></dl>",
            id="dd before dt",
        ),
        pytest.param(
            f"<dl><dd><a href=a/1.html>{REPORT_2023}</a><em>2024-03-28 10:12:00</em></dd>"
            f"<dd><a href=a/2.html>{REPORT_2022}</a><em>2023-03-17 09:00</em></dd></dl>",
            id="dd with the hour",
        ),
        pytest.param(
            f"<td>·<a href=a/1.html>{REPORT_2023}</a> 2024-03-28<br>·<a href=a/2.html>{REPORT_2022}</a> 2023-03-17<br></td>",
            id="lines between br",
        ),
        pytest.param(
            f"<div>2024-03-28 <a href=a/1.html>{REPORT_2023}</a><br/>2023-03-17 <a href=a/2.html>{REPORT_2022}</a></div>",
            id="lines between br, the date first",
        ),
        pytest.param(
            f"<table><tr><td><table><tr><td><a href=a/1.html>{REPORT_2023}</a></td><td>2024-03-28</td></tr>"
            f"<tr><td><a href=a/2.html>{REPORT_2022}</a></td><td>2023-03-17</td></tr></table></td>"
            f"<td><a href=/x/>政务公开</a></td></tr></table>",
            id="a table inside the table of the page",
        ),
        pytest.param(
            f"<table><tr><td><a href=a/1.html>{REPORT_2023}</a></td><td>2024-03-28</td>"
            f"<td><a href=a/2.html>{REPORT_2022}</a></td><td>2023-03-17</td></tr></table>",
            id="two articles in one table row",
        ),
        pytest.param(
            f"<div class=xxgk_navli><ul><li class=mc><a href=a/1.html title={REPORT_2023}>云岭县2023年…</a></li>"
            f"<li><span class=date> 2024-03-28 </span></li></ul></div>"
            f"<div class=xxgk_navli><ul><li class=mc><a href=a/2.html title={REPORT_2022}>云岭县2022年…</a></li>"
            f"<li><span class=date> 2023-03-17 </span></li></ul></div>",
            id="a list for each row",
        ),
        pytest.param(
            f"<ul><li><a href=a/1.html><span>2024-03-28</span><h4>{REPORT_2023}</h4><p>概要</p></a></li>"
            f"<li><a href=a/2.html><h4>{REPORT_2022}</h4><p>2023年，全县推进依法行政。</p><i>2023-03-17</i></a></li></ul>",
            id="everything inside the link",
        ),
        pytest.param(
            f"<ul><li><a href=a/1.html>{REPORT_2023} 2024-03-28</a></li><li><a href=a/2.html>{REPORT_2022}（2023-03-17）</a></li></ul>",
            id="the date at the end of the link's text",
        ),
        pytest.param(
            f"<ul><li><a href=a/1.html><img src=1.jpg></a><a class=c href=../fz/>[法治]</a><a href=a/1.html>{REPORT_2023}</a>"
            f"<a href=/d?id=3><img src=down.png></a><span>2024-03-28</span></li>"
            f"<li><a class=c href=../fz/>【法治】</a><a href=a/2.html title={REPORT_2022}>云岭县2022年度…</a><span>2023-03-17</span></li></ul>",
            id="picture, category, title and button in one row",
        ),
        pytest.param(
            f'<script>document.writeln(\'<li><a href="a/1.html" title="{REPORT_2023}">云岭县…<\\/a><span>2024-03-28<\\/span><\\/li>\');</script>'
            f'<script>var t = "{REPORT_2022}"; document.write("<li><a href=\'a/2.html\'>" + t + "</a>[2023-03-17]</li>")</script>',
            id="rows that scripts write",
        ),
        pytest.param(
            f"<div class=top>今天是：2019年3月1日 星期五</div><ul><li><a href=a/1.html>{REPORT_2023}</a> 2024-03-28</li>"
            f"<li><a href=a/2.html>{REPORT_2022}</a> 2023-03-17</li></ul><div>热点</div><ul><li><a href=/h/1.html>云岭县法治政府建设热点问答</a></li></ul>",
            id="the frozen clock of the head and a box without dates",
        ),
        pytest.param(
            f"<ul><li onclick=\"window.open('a/1.html')\"><span>{REPORT_2023}</span><i>2024-03-28</i></li>"
            f"<li><a href='javascript:void(0)' onclick=\"location.href='a/2.html'\">{REPORT_2022}</a><i>2023-03-17</i></li></ul>",
            id="addresses in handlers",
        ),
        pytest.param(
            f"<table><tr><td>{REPORT_2023}</td><td>2024-03-28</td><td><a href=a/1.html>查看</a></td></tr>"
            f"<tr><td>{REPORT_2022}</td><td>2023-03-17</td><td><a href=a/2.html>查看</a></td></tr></table>",
            id="only a button is a link",
        ),
        pytest.param(
            f"<ul><li><a href=a/1.html>{REPORT_2023}</a><script>document.write('2024-03-28'.substring(0,10))</script></li>"
            f"<li><a href=a/2.html>{REPORT_2022}</a><span style='display:none'>2023-03-17</span></li></ul>",
            id="dates that a script shows or that are hidden",
        ),
        pytest.param(
            f"<ul><li><a href=a/1.html>{REPORT_2023}</a><span>２０２４－０３－２８</span></li>"
            f"<li><a href=a/2.html>{REPORT_2022}</a><span>2023 年 3 月 17 日</span></li></ul>",
            id="full-width digits, blanks",
        ),
        pytest.param(
            f"<ul><li><a href=a/1.html>{REPORT_2023}</a><span>2024-03-28</span></li><li style='DISPLAY: none'><a href=a/9.html>彩票</a>"
            f"<span>2024-03-28</span></li><!-- <li><a href=a/8.html>{PLAN}</a><span>2022-01-20</span></li> -->"
            f"<li><a href=a/2.html>{REPORT_2022}</a><span>2023-03-17</span></li></ul>",
            id="hidden and commented rows are none",
        ),
        pytest.param(
            f"<textarea><li><a href=a/8.html>{PLAN}</a>2022-01-20</li></textarea><script type=text/html><li><a href='{{{{url}}}}'>x</a></li></script>"
            f"<ul><li v-for=i><a href='{{{{i.url}}}}'>{{{{i.title}}}}</a>2022-01-20</li><li><a href=a/1.html>{REPORT_2023}</a>2024-03-28</li>"
            f"<li><a href=a/2.html>{REPORT_2022}</a>2023-03-17</li></ul>",
            id="templates are no rows",
        ),
        pytest.param(
            f"<h3><a href=a/1.html>{REPORT_2023}</a></h3><ul><li><a href=a/1.html>{REPORT_2023}</a>2024-03-28</li>"
            f"<li><a href=a/2.html>{REPORT_2022}</a>2023-03-17</li><li><a href=a/2.html#x>{REPORT_2022}</a>2023-03-17</li></ul>",
            id="rows printed twice are one",
        ),
        pytest.param(
            f"<div><div><a href=a/1.html>{REPORT_2023}</a><a href=/dept/1/>云岭县人民政府办公室</a><span>2024-03-28</span></div>"
            f"<div><a href=a/2.html>{REPORT_2022}</a><a href=/dept/2/>云岭县司法局</a><span>2023-03-17</span></div></div>",
            id="a publisher's link beside each title, rows without a class",
        ),
        pytest.param(
            f"<table><tr><td><ul>{'<li><a href=/m/>政府信息公开年报</a></li>' * 3}</ul></td><td><p><a href=a/1.html>{REPORT_2023}</a> 2024-03-28</p>"
            f"<p><a href=a/2.html>{REPORT_2022}</a> 2023-03-17</p></td></tr></table>",
            id="a menu and the list in one row of a table",
        ),
        pytest.param(
            f"<div>您的位置：<a href=/gh/>规划计划</a></div><a href=a/1.html><li>{REPORT_2023}<em>2024-03-28</em></li></a>"
            f"<a href=a/2.html><li>{REPORT_2022}<em>2023-03-17</em></li></a>",
            id="li inside the link",
        ),
        pytest.param(
            f"<base href='http://www.yunling.test/zwgk/fzzfjs/a/'><ul><li><a href='1.html'>{REPORT_2023}</a><time datetime='2024-03-28T10:12:00'>三月二十八日</time></li>"
            f"<li><a href='//www.yunling.test/zwgk/fzzfjs/a/2.html'>{REPORT_2022}</a><time title='2023-03-17 09:00:00'>03-17</time></li></ul>",
            id="a base, addresses without a scheme, times told by attributes",
        ),
        pytest.param(
            f"<ul><li><a href=a/1.html>{REPORT_2023}</a><div class=pop><ul><li><a href=/j/1.html>一图读懂云岭县法治政府建设情况报告</a></li>"
            f"<li><a href=/j/2.html>专家谈云岭县法治政府建设情况报告</a></li></ul></div><span>2024-03-28</span></li>"
            f"<li><a href=a/2.html>{REPORT_2022}</a><span>2023-03-17</span></li></ul>",
            id="a list of readings inside a row",
        ),
    ],
)
def test_rows_are_read_however_they_are_printed(html: str) -> None:
    assert told(html) == TWO


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param(
            "<table><tr><th>文号</th><th>标题</th><th>日期</th></tr>"
            f"<tr><td>云政发〔2021〕9号</td><td><a href=/1.html>{PLAN}</a></td><td>2021-09-01</td></tr></table>",
            Row("http://www.yunling.test/1.html", PLAN, date(2021, 9, 1), number="云政发〔2021〕9号"),
            id="number, title, date",
        ),
        pytest.param(
            "<table><thead><tr><td>索 引 号</td><td>标题</td><td>文号</td><td>发布机构</td><td>成文日期</td><td>发布日期</td></tr></thead><tbody>"
            f"<tr><td>11539999MB0000001X/2021-00031</td><td><a href=/1.html>{PLAN}</a></td><td>云政发〔2021〕9号</td><td>云岭县人民政府</td>"
            "<td>2021-08-30</td><td>2021-09-01</td></tr></tbody></table>",
            Row(
                "http://www.yunling.test/1.html",
                PLAN,
                date(2021, 9, 1),
                "云政发〔2021〕9号",
                "云岭县人民政府",
                "11539999MB0000001X/2021-00031",
            ),
            id="the head says which date is which",
        ),
        pytest.param(
            "<table><tr><td>序号</td><td>标题</td><td>文号</td><td>发布日期</td><td>成文日期</td></tr>"
            f"<tr><td>1</td><td><a href=/1.html>{PLAN}</a></td><td></td><td>2021-09-01</td><td>2021-08-30</td></tr></table>",
            Row("http://www.yunling.test/1.html", PLAN, date(2021, 9, 1)),
            id="published before written, no number",
        ),
        pytest.param(
            f"<table><tr><td>1</td><td><a href=/1.html>{PLAN}</a></td><td>云政发[2021]9号</td><td>009999/2021-00031</td><td>2021-09-01</td></tr></table>",
            Row(
                "http://www.yunling.test/1.html",
                PLAN,
                date(2021, 9, 1),
                number="云政发[2021]9号",
                index="009999/2021-00031",
            ),
            id="no head, told by form",
        ),
        pytest.param(
            f"<table><tr><td><a href=/1.html>{PLAN}</a></td><td><script>var fileNum='云政发〔2021〕9号'; if(fileNum!=''){{document.write(fileNum)}}</script></td>"
            "<td>2021-09-01</td></tr></table>",
            Row("http://www.yunling.test/1.html", PLAN, date(2021, 9, 1), number="云政发〔2021〕9号"),
            id="number in a script of the cell",
        ),
        pytest.param(
            f"<ul><li><a mc='{PLAN}' wh='云政发〔2021〕9号' rq='2021-09-01' href=/1.html>云岭县法治政府建设实施…</a></li></ul>",
            Row("http://www.yunling.test/1.html", PLAN, date(2021, 9, 1), number="云政发〔2021〕9号"),
            id="attributes of the link",
        ),
        pytest.param(
            f'<ul><li><a href=/1.html title="标题：{PLAN}&#10;文号：云政发〔2021〕9号&#10;发布时间：2021-09-01 08:00">云岭县法治政府…</a></li></ul>',
            Row("http://www.yunling.test/1.html", PLAN, date(2021, 9, 1), number="云政发〔2021〕9号"),
            id="a title attribute of several lines",
        ),
        pytest.param(
            f"<ul class=l><li><a href=/1.html>云岭县法治政府建设…</a><span class=date>2021-09-01</span><div class=card style='display:none'>"
            f"<p><span class=tt>索 引 号：</span><span class=value>009999/2021-00031</span></p><p><span class=tt>发文字号：</span><span class=value>云政发〔2021〕9号</span></p>"
            f"<p><span class=tt>成文日期：</span><span class=value>2021-08-30</span></p><p><span class=tt>责任部门：</span><span class=value></span></p>"
            f"<p><span class=tt>名 称：</span><span class=value>{PLAN}</span></p></div></li></ul>",
            Row(
                "http://www.yunling.test/1.html",
                PLAN,
                date(2021, 9, 1),
                number="云政发〔2021〕9号",
                index="009999/2021-00031",
            ),
            id="a hover card repeats the fields",
        ),
        pytest.param(
            f"<ul><li><span class=wh>云政发〔2021〕9号</span><a href=/1.html>{PLAN}</a><a href=/f/1.docx>{PLAN}.docx</a><span class=date>2021-09-01</span></li></ul>",
            Row(
                "http://www.yunling.test/1.html",
                PLAN,
                date(2021, 9, 1),
                number="云政发〔2021〕9号",
                files=(("http://www.yunling.test/f/1.docx", f"{PLAN}.docx"),),
            ),
            id="a file that the list names",
        ),
        pytest.param(
            "<ul><li><a href=/1.html>云岭县法治政府建设实施方案（2021—20...</a><span>2021-09-01</span></li></ul>",
            Row(
                "http://www.yunling.test/1.html",
                "云岭县法治政府建设实施方案（2021—20...",
                date(2021, 9, 1),
                is_cut=True,
            ),
            id="cut, and whole nowhere",
        ),
        pytest.param(
            f"<ul><li><a href=http://mp.weixin.qq.com/s/ab title=点击查看详情>{PLAN}</a><span>2021-09-01</span></li></ul>",
            Row("http://mp.weixin.qq.com/s/ab", PLAN, date(2021, 9, 1)),
            id="another host, a title attribute that says nothing",
        ),
        pytest.param(
            f"<ul><li><a href=/1.pdf>{PLAN}</a><span>发布时间：2021-09-01 浏览 120 次</span></li></ul>",
            Row("http://www.yunling.test/1.pdf", PLAN, date(2021, 9, 1)),
            id="the row is a file",
        ),
        pytest.param(
            "<ul><li><a href=/1.html>云岭县2021年9月1日常务会议审议法治政府建设工作</a><p>会议听取了2020年5月6日以来全县推进依法行政的情况，部署了下一步工作，要求各部门抓好落实。</p></li>"
            "<li><a href=/2.html>其他</a><b>2021-01-01</b></li></ul>",
            Row("http://www.yunling.test/1.html", "云岭县2021年9月1日常务会议审议法治政府建设工作", None),
            id="days in a title and in a sentence are no date of the row",
        ),
    ],
)
def test_fields_of_a_row(html: str, expected: Row) -> None:
    assert find_rows(view(html))[0] == expected


def test_four_table_rows_form_one_document() -> None:
    def document(number: int, title: str, day: str) -> str:
        return (
            f"<tr><td>索引号：</td><td>009999/2021-0000{number}</td></tr><tr><td>标题：</td><td><a href=/{number}.html>{title}</a></td></tr>"
            f"<tr><td>文号：</td><td>云政发〔2021〕{number}号</td></tr><tr><td>发布日期：</td><td>{day}</td></tr>"
        )

    rows = find_rows(
        view(f"<table>{document(1, REPORT_2023, '2024-03-28')}{document(2, REPORT_2022, '2023-03-17')}</table>")
    )
    assert [(row.title, row.published, row.number, row.index) for row in rows] == [
        (REPORT_2023, DAY, "云政发〔2021〕1号", "009999/2021-00001"),
        (REPORT_2022, EARLIER, "云政发〔2021〕2号", "009999/2021-00002"),
    ]


def test_a_row_without_a_date_does_not_take_that_of_its_neighbour() -> None:
    html = f"<ul><li><a href=/1.html>{REPORT_2023}</a> 2024-03-28</li><li><a href=/2.html>{REPORT_2022}</a></li><li><a href=/3.html>{PLAN}</a> 2022-01-20</li></ul>"
    assert [row.published for row in find_rows(view(html))] == [DAY, None, date(2022, 1, 20)]


MENU = "".join(
    f"<li><a href=/{name}/>{name}</a></li>"
    for name in ("首页", "政务公开", "法治政府建设年度报告", "政府信息公开指南", "政民互动")
)


@pytest.mark.parametrize(
    ("html", "count"),
    [
        pytest.param(f"<ul><li><a href=1.html>{REPORT_2023}</a></li><li><a href=2.html>{REPORT_2022}</a></li><li><a href=3.html>{PLAN}</a></li></ul>", 3, id="a list of documents"),
        pytest.param(f"<div><ul>{MENU}</ul></div><table><tr><td><a href=1.html>{REPORT_2023}</a></td></tr><tr><td><a href=2.html>{REPORT_2022}</a></td></tr></table>", 2, id="a table of two documents beside a menu"),
        pytest.param(f"<ul>{MENU}</ul>", 0, id="a menu"),
        pytest.param("<ul class=friends><li><a href=http://a.test/>中华人民共和国某某部门户网站</a></li><li><a href=http://b.test/>滨望区人民政府办公室门户网站</a></li><li><a href=http://c.test/>云岚县人民政府办公室门户网站</a></li></ul>", 0, id="links to friends"),
        pytest.param(f"<div class=hot><h3>热点推荐</h3><ul><li><a href=1.html>{REPORT_2023}</a></li><li><a href=2.html>{REPORT_2022}</a></li><li><a href=3.html>{PLAN}</a></li></ul></div>", 0, id="a box beside the list"),
        pytest.param("<div>来源：<a href=http://sf.yunling.test/>云岭县司法局</a> 发布时间：2024-03-28 10:12 浏览次数：20</div><p>正文</p>", 0, id="the publisher of an article"),
        pytest.param("<div class=footer><a href=/about.html>关于我们的网站</a> 更新日期：2024-03-28</div>", 0, id="a footer"),
        pytest.param("<ul><li><a href='#'>云岭县法治政府建设报告</a>2024-03-28</li><li><a href='javascript:;'>云岭县法治政府建设报告</a>2024-03-28</li></ul>", 0, id="links that lead nowhere"),
        pytest.param("", 0, id="nothing"),
        pytest.param('{"data": {"rows": []}}', 0, id="no page at all"),
    ],
)  # fmt: skip
def test_lists_without_dates_are_told_from_menus(html: str, count: int) -> None:
    assert len(find_rows(view(html))) == count


def test_rows_within_an_element_need_no_date() -> None:
    page = view(
        f"<div id=a><a href=/1.html>{REPORT_2023}</a></div><ul><li><a href=/2.html>{REPORT_2022}</a>2023-03-17</li></ul>"
    )
    assert [row.title for row in find_rows(page, [page.soup.find(id="a")])] == [REPORT_2023]


def test_a_row_is_read_from_its_element() -> None:
    page = view(
        f"<ul><li><a href=/1.html>{REPORT_2023}</a><i>2024-03-28</i></li><li><a href=/2.html>{REPORT_2022}</a></li></ul>"
    )
    link = page.soup.find("a")
    element = row_element(link)
    assert element is page.soup.find("li")
    assert date_in(element) == DAY
    assert read_row(link, element, page) == Row("http://www.yunling.test/1.html", REPORT_2023, DAY)


@pytest.mark.parametrize(
    ("printed", "told", "expected"),
    [
        pytest.param("云岭县2023年度法治…", REPORT_2023, REPORT_2023, id="cut with a mark"),
        pytest.param("云岭县2023年度法治政", REPORT_2023, REPORT_2023, id="cut without a mark"),
        pytest.param("【图解】云岭县2023年度法治...", REPORT_2023, REPORT_2023, id="cut behind a category"),
        pytest.param(REPORT_2023, "", REPORT_2023, id="nothing told"),
        pytest.param(REPORT_2023, f"点击查看{REPORT_2023}", REPORT_2023, id="what a click does"),
        pytest.param(REPORT_2023, f"{REPORT_2023}_云岭县人民政府", REPORT_2023, id="the name of the site behind it"),
        pytest.param(REPORT_2023, f"{REPORT_2023} 发布时间：2024-03-28", REPORT_2023, id="a label behind it"),
        pytest.param(REPORT_2023, f"{REPORT_2023}（2024-03-28）", REPORT_2023, id="the date behind it"),
        pytest.param(REPORT_2023, "2024-03-28", REPORT_2023, id="only a date"),
        pytest.param(REPORT_2023, "云岭县人民政府门户网站", REPORT_2023, id="something else"),
        pytest.param(
            "云岭县2023年度法治…", "云岭县人民政府门户网站", "云岭县2023年度法治…", id="cut, and something else told"
        ),
    ],
)
def test_the_whole_title(printed: str, told: str, expected: str) -> None:
    html = f'<ul><li><a href=1.html title="{told}">{printed}</a> 2024-03-28</li></ul>'
    assert [row.title for row in find_rows(view(html))] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[2023-03-17]", EARLIER, id="brackets"),
        pytest.param("发布：2023年3月17日 10:00", EARLIER, id="words around it"),
        pytest.param("2023-02-30", None, id="no calendar has it"),
        pytest.param("2021-2025", None, id="years"),
        pytest.param("11539999/2023-00031", None, id="an index number"),
        pytest.param("03-17", None, id="no year"),
    ],
)
def test_dates(text: str, expected: date | None) -> None:
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    ("html", "url", "expected"),
    [
        pytest.param("<a href=index_1.html>下一页</a>", URL, "index_1.html", id="plain"),
        pytest.param("<a href=index_1.html> 下 一 页&gt;</a>", URL, "index_1.html", id="blanks and an arrow"),
        pytest.param("<a href='?page=2'>›</a>", URL, "?page=2", id="only an arrow"),
        pytest.param("<a href='/last'>»</a><a href='/p2'>下页</a>", URL, "/p2", id="words before arrows"),
        pytest.param("<a href=2.html><img src=n.gif alt=下一页></a>", URL, "2.html", id="a picture"),
        pytest.param("<a onclick=\"location.href='index_2.html'\" href='javascript:void(0)'>下一页</a>", URL, "index_2.html", id="a handler"),
        pytest.param("<a href=\"javascript:location.href='index_2.html'\">下一页</a>", URL, "index_2.html", id="a script as address"),
        pytest.param("<button onclick=\"window.location='list.html?p=2'\">下一页</button>", URL, "list.html?p=2", id="a button"),
        pytest.param("<a onclick=\"location.href=encodeURI('index_2.jhtml');\" href='javascript:void(0);'>下一页</a>", URL, "index_2.jhtml", id="encodeURI"),
        pytest.param("<li class=next><a href=l_2.html>Next</a></li>", URL, "l_2.html", id="next"),
        pytest.param("<link rel=next href=l_2.html>", URL, "l_2.html", id="the head of the page"),
        pytest.param("<script>function go(n){window.location.href='list_'+n+'.html';}</script><a href='javascript:go(2)'>下一页</a>", URL, "list_2.html", id="a function of the page"),
        pytest.param("<script>document.write(\"<a href='list_2.html'>下一页</a>\")</script>", URL, "list_2.html", id="written by a script"),
        pytest.param("<div><span class=current>2</span><a href='?pageNo=1'>1</a><a href='?pageNo=3'>3</a></div>", URL + "?pageNo=2", "?pageNo=3", id="numbers, the present one marked"),
        pytest.param("<div><a href='?p=1'>1</a><a href='?p=2'>2</a><a href='?p=3'>3</a></div>", URL + "?p=2", "?p=3", id="numbers, the present one in the address"),
        pytest.param("<p><b>1</b><a href=list_2.html>[2]</a><a href=list_3.html>[3]</a></p>", URL + "list.html", "list_2.html", id="numbers of files"),
        pytest.param("<ul><li class=active><a href=list.html>1</a></li><li><a href=list_2.html>2</a></li></ul>", URL + "list.html", "list_2.html", id="numbers in li"),
        pytest.param("<select onchange='location.href=this.value'><option value=index.html selected>第1页</option><option value=index_1.html>第2页</option></select>", URL, "index_1.html", id="a select"),
        pytest.param("<a href=index_1.html class=disabled>下一页</a>", URL, "", id="switched off"),
        pytest.param("<li class='next disabled'><a href=index_1.html>下一页</a></li>", URL, "", id="switched off by what it stands in"),
        pytest.param("<a href='#'>下一页</a>", URL, "", id="nowhere"),
        pytest.param("<a href='javascript:void(0)'>下一页</a>", URL, "", id="void"),
        pytest.param("<a href='javascript:;' class=next></a>", URL, "", id="a show of pictures"),
        pytest.param(f"<a href='{URL}'>下一页</a>", URL, "", id="this page again"),
        pytest.param("<a href=index_2.html>下一页</a> 第3/3页", URL, "", id="the page says it is the last"),
        pytest.param("<span>下一页</span><a href='?page=1'>1</a><a href='?page=2'>2</a><b>3</b>", URL + "?page=3", "", id="no link on the last page"),
        pytest.param("<a href=1.html>下一篇</a>", URL, "", id="the next article"),
        pytest.param("<td><a href=/d?day=1>1</a></td><td><a href=/d?day=2>2</a></td>", URL, "", id="a calendar"),
        pytest.param("<script>if(n>1){document.write(\"<a href='index_9.html'>下一页</a>\")}</script>", URL, "", id="a script that decides"),
        pytest.param("", URL, "", id="nothing"),
    ],
)  # fmt: skip
def test_the_page_behind_this_one(html: str, url: str, expected: str) -> None:
    page = view(html, url)
    found = find_next(page)
    assert (found.url if found else "") == (page.join(expected) if expected else "")


ASPX = """<form method="post" action="./XZGFList.aspx?id=7" id="form1"><input type="hidden" name="__VIEWSTATE" value="dDw&#43;x=">
<input type="hidden" name="__EVENTTARGET" value=""><input name="key" value=""><input type=submit name=search value=搜索>
<a href="javascript:__doPostBack(&#39;pager&#39;,&#39;2&#39;)">下一页</a></form>"""


def test_a_post_back_carries_the_fields_of_its_form() -> None:
    found = find_next(view(ASPX, "http://www.yunling.test/XZGFList.aspx?id=7"))
    assert found is not None
    assert (found.method, found.url) == ("POST", "http://www.yunling.test/XZGFList.aspx?id=7")
    assert dict(found.form) == {"__VIEWSTATE": "dDw+x=", "__EVENTTARGET": "pager", "key": "", "__EVENTARGUMENT": "2"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("共41条 当前1/3页", (1, 3, 41), id="JEECMS"),
        pytest.param("第 2 页 共 5 页 总数：77", (2, 5, 77), id="apart"),
        pytest.param("共有 37 条记录，分 3 页", (None, 3, 37), id="no present page"),
        pytest.param("页次：1/3 页", (1, 3, None), id="页次"),
        pytest.param("第1/3页 <a href=2.html>第2页</a> 总数：41", (1, 3, 41), id="links to other pages"),
        pytest.param("<a href=2.html>第2页</a> <a href=3.html>第3页</a>", (None, None, None), id="nothing but links"),
        pytest.param(
            "云岭县取消行政许可共12项，第1/4季度完成。<a href=1.html>共8件建议已办结</a>",
            (None, None, None),
            id="counts of other things",
        ),
        pytest.param("2023年度报告 1/3", (None, None, None), id="no pager"),
    ],
)
def test_counts_in_words(text: str, expected: tuple[int | None, int | None, int | None]) -> None:
    assert find_counts(view(f"<p>{text}</p>")) == expected


def test_columns_are_the_links_that_are_no_rows() -> None:
    html = (
        f"<ul>{MENU}</ul><ul><li><a href=/1.html>{REPORT_2023}</a>2024-03-28</li></ul><a href=index_1.html>下一页</a><a href=/x/>法治政府建设(12)</a>"
        "<iframe src=/inner/list.html title=依法行政></iframe><iframe src='about:blank'></iframe>"
        "<script>var nodes=[{id:1,name:'规划计划',url:'/ghjh/'}]; d.add(3,1,'年度报告','/ndbg/');</script>"
    )
    found = {
        column.request.url.removeprefix("http://www.yunling.test"): (column.title, column.count)
        for column in find_columns(view(html))
    }
    assert found["/x/"] == ("法治政府建设", 12)
    assert found["/inner/list.html"] == ("依法行政", None)
    assert found["/ghjh/"] == ("规划计划", None)
    assert found["/ndbg/"] == ("年度报告", None)
    assert "/1.html" not in found
    assert not any(url.endswith("index_1.html") for url in found)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param('<meta http-equiv="Refresh" content="0; URL=../fzzf/">', "http://www.yunling.test/zwgk/fzzf/", id="refresh"),
        pytest.param("<script>window.location.href='./202403/';</script>", URL + "202403/", id="a script"),
        pytest.param("<script>location.replace(\"/new/\")</script>", "http://www.yunling.test/new/", id="replace"),
        pytest.param("<meta http-equiv=refresh content=300>", "", id="reloads itself"),
        pytest.param('<script>document.cookie="C3VK=ab";window.location.href="/zwgk/"</script>', "", id="a challenge"),
        pytest.param("<script>if(/mobile/i.test(navigator.userAgent)) location.href='/m/'</script>", "", id="a version for telephones"),
        pytest.param(f"<script>location.href='{URL}'</script>", "", id="to itself"),
        pytest.param("<p>" + "字" * 3000 + "</p><script>location.href='/x/'</script>", "", id="a page with words"),
        pytest.param("<p>页面</p>", "", id="no redirect"),
    ],
)  # fmt: skip
def test_redirect_stubs(html: str, expected: str) -> None:
    assert find_redirect(view(html)) == expected
