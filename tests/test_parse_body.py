"""The quick way to the article of a page: the same text as the exact way, from any layout, and an answer to anything."""

import json
import statistics
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.pages import character_f1
from pipeline.parse import parse_page
from pipeline.parse.body import read_body
from pipeline.records import Page
from tests.benchmarks.bodies import cases
from tests.pages import BODY, HTML_TABLE, HTML_TITLE, TEXT, page, paragraphs

CORPUS = Path(__file__).resolve().parent.parent / "corpora" / "demo"
SENTENCE = "坚持依法行政，全年完成案卷评查120卷，办结率达到98.5%。"
CLOSE = "各单位要压实责任，定期通报进展；未按期完成的，说明原因。"
TEASERS = "".join(
    f"<div class='card'><a href='/n{day}.html'>集镇新闻第{day}期</a><p>春耕时节，第{day}村的水渠修好了，田里忙开了。今年种下新稻种，收成有望。</p></div>"
    for day in range(1, 9)
)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        pytest.param(f'{HTML_TITLE}<div id="zoom">{paragraphs()}</div>', "container #zoom", id="the id of one system"),
        pytest.param(f'<div class="view TRS_UEDITOR trs_web">{HTML_TITLE}{paragraphs()}</div>', "container .TRS_UEDITOR",
                     id="one class of several, the title printed again inside"),
        pytest.param(f"<UCAPCONTENT>{paragraphs()}</UCAPCONTENT>", "container ucapcontent", id="the tag of one system"),
        pytest.param(f'<div class="content"><div class="TRS_Editor">{paragraphs()}</div></div>', "container .TRS_Editor",
                     id="the more telling one of two, although it is inside"),
        pytest.param(f'<DIV ID=Zoom>{paragraphs("P")}</DIV>', "container #Zoom", id="upper case, no quotes"),
        pytest.param(f"<div><!--ContentStart-->{HTML_TITLE}{paragraphs()}<!--ContentEnd--></div>",
                     "comment marks ContentStart", id="comments around the article"),
        pytest.param(f"{HTML_TABLE}<!--<$[信息内容]>begin-->{paragraphs()}<!--<$[信息内容]>end-->",
                     "comment marks <$[信息内容]>begin", id="comments of one system"),
        pytest.param(f'{HTML_TABLE}<meta name="ContentStart"/><div>{paragraphs()}</div><meta name="ContentEnd"/>',
                     "comment marks ContentStart", id="meta tags around the article"),
        pytest.param(f'{HTML_TITLE}<div class="qz-body">{paragraphs()}</div>', "density", id="no known container"),
        pytest.param(f"{HTML_TABLE}{HTML_TITLE}{paragraphs()}", "density", id="straight in the page"),
        pytest.param(f'<div class="a"><div class="b">{"<br>".join(BODY)}</div></div>', "density", id="lines parted by br"),
        pytest.param(f'<table><tr><td width="200"><a href="/">首页</a></td><td><table><tr><td>{paragraphs()}</td></tr></table></td></tr></table>',
                     "density", id="a table that places the article"),
        pytest.param(f'<div class="box"><font size="3">{"<br>".join(BODY[:-2])}</font><br>{"<br>".join(BODY[-2:])}</div>',
                     "density", id="the signature beside the font that holds the rest"),
        pytest.param(f'<div class="w"><div class="zhu">{HTML_TITLE}{paragraphs()}</div><div class="you">{TEASERS}</div></div>',
                     "density", id="articles with their first sentences in a side column"),
        pytest.param(f'<div class="content"><ul>{"".join(f"<li><a href=/c{i}/>栏目名称{i}号</a></li>" for i in range(90))}</ul><div class="x">{paragraphs()}</div></div>',
                     "density", id="a known container that is wider than the article"),
        pytest.param(f'<div class="sec">{paragraphs(lines=BODY[:5])}</div><div class="sec">{paragraphs(lines=BODY[5:])}</div>',
                     "density", id="an article in two boxes"),
        pytest.param(f'<div class="m"><div class="zw">{paragraphs(lines=BODY[:-4])}</div><div>{paragraphs(lines=BODY[-4:])}</div></div>',
                     "density", id="a container without the last part of the article"),
        pytest.param(f'<div class="m"><p>县政府印发全年要点，明确任务，压实责任，办结率要达到九成；要点即日起施行。</p><div class="zw">{paragraphs()}</div></div>',
                     "container .zw", id="a summary before the container"),
        pytest.param(f"<div id=app></div><script>var DETAIL = {json.dumps({'content': paragraphs()})};</script>", "script",
                     id="a string in a script, escaped"),
        pytest.param(f"<pre>{chr(10).join(BODY)}</pre>", "density", id="preformatted lines"),
    ],
)  # fmt: skip
def test_the_article_is_found(content: str, rule: str) -> None:
    found = read_body(page(content))
    assert found.text.replace(" ", "") == TEXT.replace(" ", "")
    assert found.rule == rule


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(f"<p>一、要求</p><p>{SENTENCE}</p>", f"一、要求\n{SENTENCE}\n", id="paragraphs"),
        pytest.param(f"<p>一、要<span>求<b>明</b></span>确</p><p>{SENTENCE}", f"一、要求明确\n{SENTENCE}\n", id="inline"),
        pytest.param(f"<p>一、要<!--[if x]-->求</p>{SENTENCE}<p>{CLOSE}</p>", f"一、要求\n{SENTENCE}\n{CLOSE}\n",
                     id="a comment in a word, text between blocks"),
        pytest.param(f"<p>落实法\n   治责\r\n任。</p><p>{SENTENCE}</p>", f"落实法治责任。\n{SENTENCE}\n", id="broken source"),
        pytest.param(f"<p>　　&nbsp;全年培训1&nbsp;386人，{CLOSE}</p>", f"全年培训1386人，{CLOSE}\n", id="blanks"),
        pytest.param(f"<p>{SENTENCE}<span style='display:none'>多余的话，不该看见。</span></p>", f"{SENTENCE}\n", id="hidden"),
        pytest.param(f"<p>{SENTENCE}</p><p style='font-size:1px;color:#fff'>多余，多余。</p>", f"{SENTENCE}\n", id="sunk"),
        pytest.param(f"<p>{SENTENCE}</p><div hidden>多余，多余。</div><p>{CLOSE}</p>", f"{SENTENCE}\n{CLOSE}\n", id="hidden attribute"),
        pytest.param(f"<div style='font-size:0'><p style='font-size:16px'>{SENTENCE}</p></div>", f"{SENTENCE}\n",
                     id="a size of nothing that only closes gaps"),
        pytest.param(f"<script>var a='页面，脚本。';</script><p>{SENTENCE}</p>", f"{SENTENCE}\n", id="a script inside"),
        pytest.param(f"<p>{SENTENCE}</p><p>附件：<a href='a.docx'>任务分解表.docx</a></p><p>扫一扫在手机打开</p>", f"{SENTENCE}\n",
                     id="attachments and share bar"),
        pytest.param(f"<p>{SENTENCE}</p><p>按照<a href='/x.html'>《青禾县决策规定》</a>执行，不得变通。</p>",
                     f"{SENTENCE}\n按照《青禾县决策规定》执行，不得变通。\n", id="a link in a sentence stays"),
        pytest.param(f"<p>{SENTENCE}</p><p>青禾县人民政府</p><p>2024年3月5日</p><p>文明上网，理性发言，评论经审核后显示。</p>",
                     f"{SENTENCE}\n青禾县人民政府\n2024年3月5日\n", id="what the page says below the signature"),
        pytest.param(f"<p>{SENTENCE}</p><p>2024年3月5日</p><p>附件1</p><p>一、考核办法</p><p>{CLOSE}</p>",
                     f"{SENTENCE}\n2024年3月5日\n附件1\n一、考核办法\n{CLOSE}\n", id="an annex below the signature stays"),
        pytest.param(f"<p>{SENTENCE}</p><p>青禾县人民政府</p><p>2024年3月5日</p><p>（此件公开发布）</p>",
                     f"{SENTENCE}\n青禾县人民政府\n2024年3月5日\n（此件公开发布）\n", id="a note below the signature stays"),
        pytest.param(f"<p>现将《青禾县2024年法治政府建设工作要点》印发给你们，请认真贯彻执行。</p><p>青禾县人民政府</p><p>2024年3月5日</p>"
                     f"<p>青禾县2024年法治政府建设工作要点</p><p>{SENTENCE}</p>",
                     f"现将《青禾县2024年法治政府建设工作要点》印发给你们，请认真贯彻执行。\n青禾县人民政府\n2024年3月5日\n{SENTENCE}\n",
                     id="the title of a plan under its notice"),
        pytest.param(f"<p>{SENTENCE}888真人娱乐城注册送彩金</p><p>{CLOSE}</p>", f"{SENTENCE}\n{CLOSE}\n", id="spam in a sentence"),
        pytest.param(f"<p>{SENTENCE}</p><p>我要评论</p><p>网友甲：希望多办实事，少开会。</p>", f"{SENTENCE}\n", id="comments of readers"),
        pytest.param(f"<p>{SENTENCE}</p><p>评论区整治</p><p>{CLOSE}</p>", f"{SENTENCE}\n评论区整治\n{CLOSE}\n",
                     id="a title that begins like them"),
        pytest.param(f"<p>{SENTENCE}</p><p>↑ 返回目录</p><p>{CLOSE}</p>", f"{SENTENCE}\n{CLOSE}\n", id="a jump between chapters"),
        pytest.param(f"<p>{SENTENCE}</p><p>2024年3月5日</p><p>注释：</p><p>[1]含上年结转案件7件。</p>",
                     f"{SENTENCE}\n2024年3月5日\n注释：\n[1]含上年结转案件7件。\n", id="footnotes below the signature stay"),
        pytest.param(f"<p>{SENTENCE}</p><p>青禾镇人民政府</p><p>2024年3月</p><p>打印</p>",
                     f"{SENTENCE}\n青禾镇人民政府\n2024年3月\n", id="a signature without a day"),
        pytest.param(f"<p>{SENTENCE}</p><p>青禾县司法局</p><p>2024.03.05</p>", f"{SENTENCE}\n青禾县司法局\n2024.03.05\n",
                     id="a signature in digits"),
        pytest.param(f"<p>{SENTENCE}</p><p>2024-03-05</p>", f"{SENTENCE}\n", id="a day of the page in digits"),
        pytest.param(f"<p>{SENTENCE}（责任编辑：李某）</p>", f"{SENTENCE}\n", id="the editor at the end of the last line"),
        pytest.param(f"<p>青禾县人民政府关于印发实施方案</p><p>（2021—2025年）的通知</p><p>{SENTENCE}</p>", f"{SENTENCE}\n",
                     id="a title in two lines"),
        pytest.param(f"<p>2021\ue60a2025年，{SENTENCE}</p>", f"20212025年，{SENTENCE}\n", id="glyphs of a private font"),
    ],
)  # fmt: skip
def test_lines_and_edges(content: str, expected: str) -> None:
    assert read_body(page(f'<div class="TRS_Editor">{content}</div>')).text == expected


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param("<tr><td>1</td><td>公开清单</td></tr>", ["1\t公开清单"], id="cells"),
        pytest.param("<tr><td><p>1</p></td><td><p>公开</p><p>清单</p></td></tr>", ["1\t公开清单"], id="blocks in cells"),
        pytest.param("<tr><td>1<td>公开清单<tr><td>2<td>评查案卷", ["1\t公开清单", "2\t评查案卷"], id="no end tags"),
        pytest.param("<tr><td colspan=2>第一部分</td></tr><tr><td>1</td><td>公开清单</td></tr>", ["第一部分", "1\t公开清单"],
                     id="a title across the table"),
        pytest.param(
            "<tr><td>序号</td><td>任务</td><td>责任单位</td></tr>"
            "<tr><td rowspan=2>1</td><td>公开清单</td><td rowspan=2>县司法局</td></tr><tr><td>评查案卷</td></tr>",
            ["序号\t任务\t责任单位", "1\t公开清单\t县司法局", "\t评查案卷\t县司法局"],
            id="merged cells: who does it is printed again, the number is not",
        ),
        pytest.param(
            "<tr><td rowspan=2>1</td><td rowspan=2>优化服务</td><td>办结率达到99%</td><td rowspan=2>评查120卷</td></tr><tr><td>公开清单</td></tr>",
            ["1\t优化服务\t办结率达到99%\t评查120卷", "\t优化服务\t公开清单\t"],
            id="merged cells: what names the task is printed again, a figure is not",
        ),
        pytest.param("<tr><td>1</td><td></td><td>县司法局</td></tr>", ["1\t\t县司法局"], id="an empty cell"),
        pytest.param("<tr><td></td><td></td><td>县司法局</td></tr>", ["\t\t县司法局"], id="empty first cells"),
    ],
)  # fmt: skip
def test_a_table_row_is_one_line(table: str, expected: list[str]) -> None:
    content = f"<p>{SENTENCE}</p><table>{table}</table><p>{CLOSE}</p>"
    text = read_body(page(f'<div class="TRS_Editor">{content}</div>')).text
    assert text.splitlines() == [SENTENCE, *expected, CLOSE]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("", id="nothing"),
        pytest.param("\0" * 1000, id="zero bytes"),
        pytest.param("<html><body></body></html>", id="an empty page"),
        pytest.param("<frameset><frame src='a.htm'></frameset>", id="frames"),
        pytest.param(page(""), id="a page without an article"),
        pytest.param("<p>Page not found, sorry. 404.</p>", id="no Chinese"),
        pytest.param("<script>var content = '", id="a script left open"),
        pytest.param("<!-- " + SENTENCE * 20, id="a comment left open"),
    ],
)
def test_a_page_without_an_article_says_so(source: str) -> None:
    found = read_body(source)
    assert (found.text, found.rule) == ("", "no text")


# Each would take minutes or gigabytes where a step is quadratic.
@pytest.mark.parametrize(
    "source",
    [
        pytest.param("<div>" * 100_000 + SENTENCE, id="nested and never closed"),
        pytest.param("<div>" * 100_000 + SENTENCE + "</div>" * 100_000, id="nested and closed"),
        pytest.param("<ul><li>" * 50_000 + SENTENCE, id="nested lists"),
        pytest.param("<table><tr><td>" * 30_000 + SENTENCE, id="nested tables"),
        pytest.param("<a href=x>" * 100_000 + SENTENCE, id="links in links"),
        pytest.param("".join(f"<font size={size}>" for size in range(100_000)) + SENTENCE, id="formatting left open"),
        pytest.param(f"<p>{SENTENCE}</p>" + "".join(f"<p><font size={size}>" for size in range(5_000)),
                     id="formatting left open in as many paragraphs"),
        pytest.param("<pre>" * 50_000 + SENTENCE, id="preformatted"),
        pytest.param("<!-- x --><!--" * 50_000 + "-->" + SENTENCE, id="comments"),
        pytest.param(f"<p>{SENTENCE}</p>" + "<meta name=ContentStart " * 50_000 + ">", id="a tag that never ends"),
        pytest.param(f"<p>{SENTENCE}</p>" + "<b" * 50_000, id="tags in tags"),
        pytest.param(f"<p>{SENTENCE}</p><table>" + "<tr><td rowspan=99 colspan=99>1<td>2" * 3_000, id="merged cells"),
        pytest.param("\ud800" + SENTENCE, id="half a character"),
        pytest.param("\0<p>\0" + SENTENCE + "\0", id="zero bytes in a page"),
        pytest.param("\ufdd2\ufdd0\ufdd3" + SENTENCE + "\ufdd1", id="characters that lines are made with"),
    ],
)  # fmt: skip
def test_broken_markup_keeps_its_text(source: str) -> None:
    assert "全年完成案卷评查120卷" in read_body(source).text


PIECES = ["<div>", "</div>", "<p>", "</p>", "<td>", "<table>", "</table>", "<tr>", "<a href=x>", "</a>", "<!--", "-->", "<pre>", "<br>",
          "<script>", "</script>", "<div id=zoom>", "<!--ContentStart-->", "<!--ContentEnd-->", "<b", "&nbsp;", "&#0;", "'", '"', "\n",
          "<span style='display:none'>", "<td rowspan=2>", "content='", SENTENCE, CLOSE, "附件1", "首页", "2024年3月5日", "\0", "\ud800"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_every_string_has_an_answer(source: str) -> None:
    found = read_body(source)
    assert (found.text == "") == (found.rule == "no text")
    assert all(line.strip() for line in found.text.splitlines())


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.html")), ids=lambda path: path.stem)
def test_both_ways_agree_on_the_bundled_pages(path: Path) -> None:
    content = path.read_bytes()
    exact = parse_page(Page(name=path.name, content=content)).text
    assert character_f1(read_body(content.decode()).text, exact) > 0.995


def test_the_saved_pages_are_read() -> None:
    found = [character_f1(read_body(case.source).text, case.body) for case in cases()]
    assert statistics.mean(found) >= 0.99
    assert min(found) >= 0.9
