"""HTML: what a reader sees, where lines and cells end, and which element holds the article."""

import html
import json
from collections.abc import Callable

import pytest

from pipeline.parse import parse_page
from pipeline.parse.html import read_html
from pipeline.records import Page
from pipeline.text import squeeze
from tests.pages import page, without

SENTENCE = "坚持依法行政，全年完成案卷评查120卷，办结率达到98.5%。"


def text_of(content: str) -> str:
    return parse_page(Page("page", page(f'<div class="TRS_Editor">{content}</div>').encode())).text


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(f"<p>一、要求</p><p>{SENTENCE}</p>", f"一、要求\n{SENTENCE}\n", id="paragraphs"),
        pytest.param(f"</table></td><p>{SENTENCE}</div></p></tbody>", f"{SENTENCE}\n", id="end tags of nothing open"),
        pytest.param(f"一、要求<br/>{SENTENCE}<br>", f"一、要求\n{SENTENCE}\n", id="line breaks"),
        pytest.param(
            f"<p>一、要<span>求</span></p><p>{SENTENCE}", f"一、要求\n{SENTENCE}\n", id="inline element in a word"
        ),
        pytest.param(
            "<p>全年培训执法人员1&nbsp;386<o:p></o:p>人，占95&#160;％。</p>",
            "全年培训执法人员1386人，占95％。\n",
            id="entities in a number",
        ),
        pytest.param(
            "<p>执法&amp;服务并重，落实&lt;条例&gt;要求。</p>", "执法&服务并重，落实<条例>要求。\n", id="entities"
        ),
        pytest.param(
            "<p>落实<法治政府建设纲要>，推进公开。</p>",
            "落实<法治政府建设纲要>，推进公开。\n",
            id="brackets that are no tag",
        ),
        pytest.param(
            "<p>落实法\n   治责\r\n\t任，推进公开。</p>", "落实法治责任，推进公开。\n", id="line ends of the markup"
        ),
        pytest.param(
            f"<p>{SENTENCE}</p><p style='display:none'>多余的话，不该看见。</p>", f"{SENTENCE}\n", id="hidden by style"
        ),
        pytest.param(
            f"<p>{SENTENCE}<span style='font-size:0px'>多余的话。</span></p>", f"{SENTENCE}\n", id="too small to see"
        ),
        pytest.param(
            f"<div hidden>多余的话，不该看见。</div><p>{SENTENCE}</p>", f"{SENTENCE}\n", id="hidden attribute"
        ),
        pytest.param(
            f"<p>{SENTENCE}</p><div style='position:absolute;left:-9999px'>多余，多余。</div>",
            f"{SENTENCE}\n",
            id="off screen",
        ),
        pytest.param(
            f"<div class='overflow-hidden'><p>{SENTENCE}</p></div>", f"{SENTENCE}\n", id="class name is no hiding"
        ),
        pytest.param(
            f"<div style='font-size:0'><p style='font-size:16px'>{SENTENCE}</p></div>",
            f"{SENTENCE}\n",
            id="size 0 on a block",
        ),
        pytest.param(
            f"<p>{SENTENCE}</p><script>var a='多余，多余。';</script><style>p{{}}</style>",
            f"{SENTENCE}\n",
            id="script and style",
        ),
        pytest.param(f"<p>{SENTENCE}</p><!-- 多余，多余。 <p>多余</p> -->", f"{SENTENCE}\n", id="comment"),
        pytest.param(f"<p title='a>b'>{SENTENCE}</p>", f"{SENTENCE}\n", id="bracket in an attribute"),
        pytest.param(f"<P ALIGN=center>一、要求</P><P>{SENTENCE}</P>", f"一、要求\n{SENTENCE}\n", id="upper case"),
        pytest.param(f"<pre>一、要求\n{SENTENCE}</pre>", f"一、要求\n{SENTENCE}\n", id="preformatted"),
        pytest.param(f"<ul><li>一、要求<li>{SENTENCE}</ul>", f"一、要求\n{SENTENCE}\n", id="open list items"),
        pytest.param(
            f"<html><body><p>{SENTENCE}</p></body></html><p>二、其他</p><p>{SENTENCE}</p>",
            f"{SENTENCE}\n二、其他\n{SENTENCE}\n",
            id="page pasted into a page",
        ),
        pytest.param(
            f"<p>{SENTENCE}</p><p>附件：<a href='./P0202303.docx'>名单.docx</a></p>", f"{SENTENCE}\n", id="file links"
        ),
    ],
)
def test_a_reader_sees(content: str, expected: str) -> None:
    assert text_of(content) == expected


def test_rows_of_a_table_are_lines_and_merged_cells_keep_their_neighbours_in_place() -> None:
    table = """<table border="1"><tr><th>序号</th><th>类别</th><th>任务</th><th>时限</th></tr>
    <tr><td>1</td><td rowspan="2">制度</td><td><p>修订</p><p>规划</p></td><td>6月底前</td></tr>
    <tr><td>2</td><td>开展评估</td><td>9月底前</td></tr>
    <tr><td colspan="3">合计</td><td>2项</td></tr></table>"""
    assert text_of(f"<p>{SENTENCE}</p>{table}<p>{SENTENCE}</p>").splitlines()[1:5] == [
        "序号\t类别\t任务\t时限",
        "1\t制度\t修订规划\t6月底前",
        "2\t制度\t开展评估\t9月底前",
        "合计\t\t\t2项",
    ]


@pytest.mark.parametrize(
    "escape",
    [
        pytest.param(lambda text: json.dumps(text, ensure_ascii=False), id="quotes and line ends"),
        pytest.param(lambda text: json.dumps(text, ensure_ascii=False).replace("/", "\\/"), id="slashes"),
        pytest.param(lambda text: json.dumps(text, ensure_ascii=False).replace("<", "\\u003c"), id="brackets"),
        pytest.param(json.dumps, id="all characters"),
    ],
)
def test_an_article_that_only_a_script_holds_is_read(escape: Callable[[str], str]) -> None:
    body = f'<p style="x">一、“要求”</p>\n<p>{SENTENCE}&nbsp;{SENTENCE}</p>'
    script = '<script>var C = {"title": "青石县公告", "content": ' + escape(body) + ', "id": 3}</script>'
    source = (
        f"<html><head>{script}</head><body><h1>青石县2023年法治政府建设工作要点</h1><div id='app'></div></body></html>"
    )
    document = parse_page(Page("p", source.encode()))
    assert document.text == f"一、“要求”\n{SENTENCE}{SENTENCE}\n"
    if escape is not json.dumps:
        assert squeeze(html.unescape(without(source, document.cuts))) == squeeze(document.text)


def test_a_script_beside_a_visible_article_is_not_read() -> None:
    script = '<script>var C = {"content": "<p>' + "另一篇文章的内容。" * 20 + '</p>"}</script>'
    assert text_of(f"<p>{SENTENCE}</p><p>{SENTENCE}</p>{script}") == f"{SENTENCE}\n{SENTENCE}\n"


def test_cells_under_a_merged_cell_with_a_figure_are_empty_at_both_ends_of_a_row() -> None:
    table = """<table><tr><th>类别</th><th>任务</th><th>备注</th></tr>
    <tr><td rowspan=3>制度3件</td><td>修订规划</td><td rowspan=2>新增2件</td></tr>
    <tr><td>开展评估</td></tr><tr><td>公开目录</td><td>续办</td></tr>
    <tr><td colspan=3>合计三项</td></tr><tr><td></td><td>公示</td><td>年底前</td></tr></table>"""
    assert text_of(f"<p>{SENTENCE}</p>{table}<p>{SENTENCE}</p>").splitlines()[1:7] == [
        "类别\t任务\t备注",
        "制度3件\t修订规划\t新增2件",
        "\t开展评估\t",
        "\t公开目录\t续办",
        "合计三项",
        "\t公示\t年底前",
    ]


def test_the_name_of_a_task_in_a_merged_cell_stands_in_every_row_and_its_number_in_the_first() -> None:
    table = """<table><tr><td>序号</td><td>任务</td><td>措施</td></tr>
    <tr><td rowspan=2>1</td><td rowspan=2>制度建设</td><td>修订规划3件</td></tr><tr><td>开展评估2次</td></tr></table>"""
    assert text_of(f"<p>{SENTENCE}</p>{table}<p>{SENTENCE}</p>").splitlines()[2:4] == [
        "1\t制度建设\t修订规划3件",
        "\t制度建设\t开展评估2次",
    ]


def test_bodies_and_time_limits_of_merged_cells_stand_in_every_row_that_they_reach_over() -> None:
    table = """<table><tr><td rowspan=2>任务</td><td colspan=2>责任单位</td><td rowspan=2>完成时限</td></tr>
    <tr><td>牵头</td><td>配合</td></tr>
    <tr><td>修订规划3件</td><td rowspan=3>县司法局</td><td>县财政局</td><td rowspan=2>6月底前</td></tr>
    <tr><td>开展评估</td><td></td></tr><tr><td>公开目录</td><td>县档案馆</td><td>9月底前</td></tr></table>"""
    assert text_of(f"<p>{SENTENCE}</p>{table}<p>{SENTENCE}</p>").splitlines()[1:6] == [
        "任务\t责任单位\t\t完成时限",
        "\t牵头\t配合\t",
        "修订规划3件\t县司法局\t县财政局\t6月底前",
        "开展评估\t县司法局\t\t6月底前",
        "公开目录\t县司法局\t县档案馆\t9月底前",
    ]


@pytest.mark.parametrize("inline", ["font", "span style='x'", "b class=x", "p"])
def test_a_signature_beside_the_inline_element_that_holds_the_body_stays(inline: str) -> None:
    tag = inline.split()[0]
    lines = "<br>".join(["一、要求", SENTENCE * 3, "二、其他", SENTENCE * 3])
    cell = f"<{inline}>{lines}</{tag}><div align=right>二○二三年三月六日</div>"
    source = f"<html><body><table><tr><td>网站搜索</td></tr><tr><td>{cell}</td></tr></table></body></html>"
    assert parse_page(Page("p", source.encode())).text.endswith(f"{SENTENCE * 3}\n二○二三年三月六日\n")


def test_a_table_that_only_places_the_article_gives_no_cells() -> None:
    content = "<table><tr><td><p>一、要求</p><p>" + SENTENCE * 12 + "</p></td><td>旁注</td></tr></table>"
    assert "\t" not in text_of(content)


def test_cells_without_end_tags() -> None:
    table = "<table><tr><td>序号<td>任务<td>时限<tr><td>1<td>修订规划<td>6月底前<tr><td>2<td>评估<td>9月底前</table>"
    assert "1\t修订规划\t6月底前\n" in text_of(f"<p>{SENTENCE}</p>{table}")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param('<div id="UCAP-CONTENT">', "</div>", id="state council"),
        pytest.param("<!--ContentStart-->", "<!--ContentEnd-->", id="comments"),
        pytest.param("<!--<$[信息内容]>begin-->", "<!--<$[信息内容]>end-->", id="comments of one system"),
        pytest.param('<td class="bt_content">', "</td>", id="cell"),
        pytest.param('<span id="BodyLabel">', "</span>", id="span"),
        pytest.param('<div class="a"><div class="article-content">', "</div></div>", id="class"),
    ],
)
def test_known_containers_are_found(before: str, after: str) -> None:
    read = read_html(page(f"<table><tr>{before}<p>{SENTENCE * 3}</p>{after}</tr></table>"))
    assert read.container_known
    assert SENTENCE in "".join(read.flow.text[start:end] for start, end in read.flow.body)


def test_a_container_with_a_small_part_of_the_article_is_not_trusted() -> None:
    content = (
        f'<div class="summary content"><p>{SENTENCE}</p><p>{SENTENCE}</p></div><div class="x1">'
        + f"<p>{SENTENCE}</p>" * 8
        + "</div>"
    )
    assert parse_page(Page("p", page(content).encode())).text.count(SENTENCE) == 10


def test_meta_tags_are_read_whatever_their_order_and_quotes() -> None:
    head = """<meta content='2023-03-08 10:12' name="PubDate"><META NAME=SiteName CONTENT="青石县人民政府">"""
    labelled = {each.label: each.value for each in read_html(page(f"<p>{SENTENCE}</p>", head=head)).labelled}
    assert labelled["PubDate"] == "2023-03-08 10:12"
    assert labelled["SiteName"] == "青石县人民政府"


def test_hidden_text_is_a_cut_of_its_own() -> None:
    source = page(f"<div class='TRS_Editor'><p>{SENTENCE}</p><p style='display: none'>隐藏的话</p></div>")
    cuts = {source[cut.start : cut.end]: cut.reason for cut in parse_page(Page("p", source.encode())).cuts}
    assert [text for text, reason in cuts.items() if reason == "hidden text"] == ["隐藏的话"]
