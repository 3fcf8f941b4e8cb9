"""Whole pages in the layouts of real sites: each must give back the same body, and nothing of what stood around it."""

import html
from itertools import pairwise

import pytest

from pipeline.parse import parse_page
from pipeline.parse.flow import Flow, split_lines
from pipeline.parse.furniture import labels_of, split_top
from pipeline.records import Page
from pipeline.text import squeeze
from tests.pages import (
    AROUND,
    BODY,
    HTML_SIDE,
    HTML_TABLE,
    HTML_TITLE,
    INFO,
    NUMBER,
    SITE_FOOT,
    SITE_HEAD,
    TABLE_HEAD,
    TEXT,
    TITLE,
    escape,
    page,
    paragraphs,
    without,
)

ONE_A_LINE = (
    "索引号\nQS001/2023-00012\n发文机关：\n青石县人民政府\n成文日期：\n2023年3月6日\n发文字号：\n" + NUMBER + "\n"
)
SPANS = "".join(
    f'<p class="MsoNormal"><font size="3"><span lang="EN-US">{escape(line[:5])}</span><b>{escape(line[5:7])}</b>\n'
    f"<o:p></o:p><u>{escape(line[7:])}</u></font></p>"
    for line in BODY
)
BROKEN_NESTING = "".join(f"<p><strong><p>{escape(line)}</strong><font></p>" for line in BODY)

PAGES = [
    pytest.param(f"{TITLE}\n{NUMBER}\n\n" + TEXT, id="text: title, number, body"),
    pytest.param(f"{TITLE}\n\n" + "\n\n".join(BODY), id="text: empty lines between paragraphs"),
    pytest.param(
        SITE_HEAD + f"{TITLE}\n{INFO}\n{TITLE}\n\n" + TEXT + "\n" + SITE_FOOT, id="text: copy with site around"
    ),
    pytest.param(SITE_HEAD + TABLE_HEAD + f"\n{TITLE}\n{NUMBER}\n" + TEXT + SITE_FOOT, id="text: metadata in cells"),
    pytest.param(SITE_HEAD + ONE_A_LINE + f"\n{TITLE}\n" + TEXT + SITE_FOOT, id="text: a label or value a line"),
    pytest.param(
        f"青石县人民政府\n关于印发青石县2023年法治政府\n建设工作要点的通知\n{NUMBER}\n" + TEXT,
        id="text: three-line title",
    ),
    pytest.param(
        "首页\n政务公开\n互动交流\n" + f"{TITLE}\n（2023年3月6日县政府第12次常务会议通过）\n" + TEXT,
        id="text: menu a word a line",
    ),
    pytest.param(
        f"{TITLE}\n"
        + TEXT
        + "抄送：县委各部门，县人大常委会办公室，\n县政协办公室，县法院。\n青石县人民政府办公室　　2023年3月7日印发\n共印80份\n",
        id="text: recipients over two lines and imprint",
    ),
    pytest.param(
        f"{TITLE}\n" + TEXT + "\n附件：1.任务分工表\n　　　2.联络员名单\n\n1.任务分工表.xlsx\n2.联络员名单.docx\n",
        id="text: files",
    ),
    pytest.param(f"{TITLE}\r\n\r\n" + "\r\n\r\n".join("　　" + line for line in BODY), id="text: indented, CRLF"),
    pytest.param(
        page(HTML_TITLE + f'<div class="view TRS_UEDITOR trs_paper_default">{paragraphs()}</div>'), id="html: TRS"
    ),
    pytest.param(
        page(HTML_TITLE + f'<div class="TRS_Editor"><div class="TRS_Editor">{paragraphs()}</div></div>'),
        id="html: nested container",
    ),
    pytest.param(
        page(HTML_TABLE + f'<meta name="ContentStart"/><div id="zoom">{paragraphs()}</div><meta name="ContentEnd"/>'),
        id="html: #zoom",
    ),
    pytest.param(
        page(
            f"<UCAPTITLE>{TITLE}</UCAPTITLE><PUBLISHTIME>2023-03-08 09:30</PUBLISHTIME><UCAPCONTENT>{paragraphs()}</UCAPCONTENT>"
        ),
        id="html: UCAP",
    ),
    pytest.param(
        page(
            HTML_TITLE + f'<form name="f"><div id="vsb_content"><div class="v_news_content">{SPANS}</div></div></form>'
        ),
        id="html: Word spans in a form",
    ),
    pytest.param(
        page(HTML_TITLE + f'<div class="qx">{"<br>".join("　　" + escape(line) for line in BODY)}</div>'),
        id="html: br, no container",
    ),
    pytest.param(page(HTML_TITLE + paragraphs(), side=False), id="html: paragraphs straight in the page"),
    pytest.param(page(HTML_TITLE + f'<div id="Zoom">{BROKEN_NESTING}</div>'), id="html: wrong nesting"),
    pytest.param(
        page(HTML_TITLE + '<div class="content">' + "".join(f"<p>{escape(line)}\n" for line in BODY) + "</div>"),
        id="html: open p",
    ),
    pytest.param(
        page(HTML_TITLE + f'<div class="article"><p>{TITLE}</p><p>{NUMBER}</p>{paragraphs()}</div>'),
        id="html: title repeated in the body",
    ),
    pytest.param(
        page(
            f'<table width="900"><tr><td width="200">{HTML_SIDE}</td><td>{HTML_TITLE}<table><tr><td>{paragraphs("div")}</td></tr></table>'
            "</td></tr></table>",
            charset="gb2312",
            side=False,
        ),
        id="html: layout tables",
    ),
    pytest.param(
        page(
            HTML_TITLE
            + f'<div class="TRS_Editor">{paragraphs(lines=BODY[:6])}</div><div class="TRS_Editor">{paragraphs(lines=BODY[6:])}</div>'
        ),
        id="html: two containers",
    ),
]


@pytest.mark.parametrize("source", PAGES)
def test_body_is_given_back_whole_and_alone(source: str) -> None:
    document = parse_page(Page("page", source.encode()))
    assert document.text == TEXT
    assert not [word for word in AROUND if word in document.text]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig", "big5hkscs"])
def test_encodings_give_the_same_body(encoding: str) -> None:
    source = f"{TITLE}\n" + TEXT
    if encoding == "big5hkscs":  # traditional characters, as a page from elsewhere would have them
        source = (
            "法治政府工作年度安排\n" + "本府依法行政，推動各局行政工作，全年完成百分之九十五，各部門共同執行。\n" * 5
        )
        assert "推動" in parse_page(Page("page", source.encode(encoding))).text
        return
    assert parse_page(Page("page", source.encode(encoding))).text == TEXT


def test_old_page_in_gb18030_with_layout_tables() -> None:
    source = page(f"<table><tr><td>{HTML_TITLE}{paragraphs('div')}</td></tr></table>", charset="gb2312")
    assert parse_page(Page("old.asp", source.encode("gb18030"))).text == TEXT


@pytest.mark.parametrize("source", PAGES)
def test_source_without_the_cuts_is_the_text(source: str) -> None:
    document = parse_page(Page("page", source.encode()))
    left = without(source, document.cuts)
    assert squeeze(html.unescape(left)) == squeeze(document.text)
    ends = [(cut.start, cut.end) for cut in document.cuts]
    assert ends == sorted(ends)
    assert all(cut.start < cut.end <= len(source) for cut in document.cuts)


def test_cuts_name_their_reason_once_for_neighbouring_lines() -> None:
    source = SITE_HEAD + TABLE_HEAD + f"\n{TITLE}\n{NUMBER}\n" + TEXT + SITE_FOOT
    document = parse_page(Page("page", source.encode()))
    reasons = [cut.reason for cut in document.cuts]
    assert reasons[:3] == ["navigation", "metadata", "title"]
    assert reasons[-1] == "licence"
    assert not [first for first, second in pairwise(reasons) if first == second]


NOTICE = (
    "各乡镇人民政府，县直各部门：",
    "《青石县2023年法治政府建设工作要点》已经县政府同意，现印发给你们，请认真组织实施。",
    "青石县人民政府办公室",
    "2023年3月6日",
)
PLAN = (
    "为做好全年法治工作，结合县里实际，制定本要点。",
    "一、总体要求",
    "坚持问题导向，补齐短板弱项，全年败诉率控制在8%以内。"
    + "各部门按照职责分工，细化举措，逐项落实，确保年度任务全部完成。" * 5,
)


@pytest.mark.parametrize(
    ("between", "kept"),
    [
        pytest.param([TITLE], [], id="title of the plan after the signature"),
        pytest.param(["附件", TITLE], [], id="under the word annex"),
        pytest.param(["青石县2023年法治政府建设", "工作要点"], [], id="over two lines"),
        pytest.param(["（此件公开发布）", TITLE], ["（此件公开发布）"], id="after the note of publication"),
        pytest.param([], [], id="plan without a title of its own"),
    ],
)
def test_title_of_an_issued_plan_goes_to_the_metadata_and_the_signature_before_it_stays(
    between: list[str], kept: list[str]
) -> None:
    notice = f"青石县人民政府办公室关于印发{TITLE}的通知"
    source = "\n".join([notice, NUMBER, *NOTICE, *between, *PLAN])
    assert parse_page(Page("p", source.encode())).text.splitlines() == [*NOTICE, *kept, *PLAN]


SENTENCE = "坚持依法行政，全年完成案卷评查120卷，办结率达到98.5%。"


@pytest.mark.parametrize(
    ("head", "titles"),
    [
        pytest.param([TITLE + "    日期：2023-01-05    来源：县政府办"], [TITLE], id="info line glued to the title"),
        pytest.param(
            [
                "县里召开春耕会，部署农业生产，取得良好开局。",
                "县长调研企业，强调安全生产。",
                TITLE,
                "发布时间：2024-01-20 来源：县司法局",
            ],
            [TITLE],
            id="news before the title",
        ),
        pytest.param(
            ["青石县人民政府办公室", "关于印发青石县2023年法治政府建设工作要点的", "通知"],
            ["青石县人民政府办公室", "关于印发青石县2023年法治政府建设工作要点的", "通知"],
            id="last word of the title alone",
        ),
        pytest.param(
            ["青石县林业局", "2023年度法治政府建设工作报告", "（2024年1月12日）", "青石县林业局"],
            ["青石县林业局", "2023年度法治政府建设工作报告", "（2024年1月12日）", "青石县林业局"],
            id="body and date below the title",
        ),
        pytest.param(
            ["青石县司法局文件", NUMBER + "　　签发人：王某", TITLE],
            ["青石县司法局文件", NUMBER + "　　签发人：王某", TITLE],
            id="letterhead",
        ),
        pytest.param([TITLE, "（2021—2025年）"], [TITLE, "（2021—2025年）"], id="years below the title"),
        pytest.param([TITLE, "——在县人大常委会第三次会议上"], [TITLE, "——在县人大常委会第三次会议上"], id="subtitle"),
    ],
)
def test_lines_of_the_title_block_go_to_the_metadata_in_order(head: list[str], titles: list[str]) -> None:
    lines = split_lines(Flow.of_plain("\n".join([*head, SENTENCE, "一、要求", SENTENCE])), [])
    top = split_top(lines)
    assert list(top.titles) == titles
    assert [line.text for line in top.kept] == [SENTENCE, "一、要求", SENTENCE]


def test_metadata_below_the_body_is_read_and_cut() -> None:
    source = (
        f"{TITLE}\n一、要求\n{SENTENCE}\n青石县水利局\n2023年1月10日\n索引号：0153/2023-001\n发布机构：青石县水利局\n"
    )
    document = parse_page(Page("p", source.encode()))
    assert document.text.splitlines()[-2:] == ["青石县水利局", "2023年1月10日"]
    assert document.cuts[-1].reason == "metadata"


def test_list_of_annexes_above_the_signature_stays_and_the_title_of_the_annexed_plan_goes() -> None:
    notice = [
        "各乡镇人民政府：",
        "现将实施方案印发给你们，请认真贯彻落实。",
        f"附件：{TITLE}",
        "青石县人民政府",
        "2021年12月1日",
    ]
    plan = ["为深入推进依法行政，结合实际，制定本方案。", "一、总体要求", SENTENCE * 3]
    source = "\n".join([f"青石县人民政府关于印发{TITLE}的通知", *notice, "附件", TITLE, "（2021—2025年）", *plan])
    assert parse_page(Page("p", source.encode())).text.splitlines() == [*notice, *plan]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["加强组织领导"], id="chapter without a number"),
        pytest.param(["2023年主要工作情况"], id="chapter that ends like a title"),
        pytest.param(["加强组织领导，压实各方责任"], id="chapter in two clauses"),
        pytest.param(["工作情况"], id="short chapter"),
    ],
)
def test_first_chapter_title_is_not_taken_for_the_title_of_the_document(lines: list[str]) -> None:
    body = [*lines, "全年召开专题会议4次，解决难题11个。", "存在的问题", "基层力量偏弱，装备不足。"]
    source = "\n".join(["青石县水务局2023年度法治政府建设工作总结", *body])
    assert parse_page(Page("p", source.encode())).text.splitlines() == body


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param(["附件1", "任务分工表", "序号\t任务\t责任单位", "1\t修订规划\t县司法局"], id="annex with a table"),
        pytest.param(
            ["附件", "领导小组成员名单", "组长：王某 县长", "副组长：李某 县司法局局长"], id="annex without a sentence"
        ),
        pytest.param(
            ["附件：1.任务分工表", "2.联络员名单", "青石县司法局", "2023年3月6日"],
            id="list of annexes above the signature",
        ),
        pytest.param(["相关部门要密切配合，形成合力。"], id="sentence that begins like a list of links"),
        pytest.param(
            ["4、强化经费保障，镇财政列支普法经费8.5万元，添置执法记录仪6台"], id="last item without a full stop"
        ),
        pytest.param(["各单位落实情况请报县司法局（联系人：王某，联系电话：5550123）。"], id="contact in a sentence"),
        pytest.param(["青石县司法局"], id="signature without a date"),
        pytest.param(["二○二三年三月六日"], id="date in Chinese numerals"),
    ],
)
def test_last_lines_of_a_body_are_not_taken_for_furniture(tail: list[str]) -> None:
    body = ["一、总体要求", "坚持依法行政，全年败诉率控制在8%以内。", *tail]
    source = "\n".join([TITLE, *body, "主办：青石县人民政府办公室", "青ICP备05000001号"])
    assert parse_page(Page("p", source.encode())).text.splitlines() == body


def test_labels_of_the_head_are_read_before_it_is_cut() -> None:
    lines = split_lines(Flow.of_plain(SITE_HEAD + TABLE_HEAD + f"{TITLE}\n{NUMBER}\n{INFO}" + TEXT), [])
    top = split_top(lines)
    values = {each.label: (each.value, each.source) for each in labels_of(top.cut)}
    assert values["索引号"] == ("QS001/2023-00012", "header table")
    assert values["标题"] == (f"青石县人民政府关于印发{TITLE}的通知", "header table")
    assert values["发文字号"] == (NUMBER, "header table")
    assert values["来源"] == ("县司法局", "info line")
    assert top.titles == (TITLE, NUMBER)
    assert top.kept[0].text == BODY[0]


def test_table_of_contents_is_cut() -> None:
    contents = ["目　录", "一、总体要求……1", "二、主要任务……2", "三、保障措施……5"]
    body = [
        "一、总体要求",
        "坚持依法行政，补齐短板。",
        "二、主要任务",
        "完成案卷评查120卷。",
        "三、保障措施",
        "按季度通报。",
    ]
    source = "\n".join([TITLE, *contents, *body])
    assert parse_page(Page("p", source.encode())).text.splitlines() == body
