"""Broken lines, printed pages, footnotes and tables: paragraphs come out whole, and no line is lost."""

import random
import textwrap

import pytest

from pipeline.parse import parse_page
from pipeline.parse.flow import columns
from pipeline.records import Page
from pipeline.text import squeeze
from tests.pages import TITLE, without

LONG = (
    "各乡镇人民政府，县直各部门：",
    "为做好全年法治工作，按照市里统一部署，结合县里实际，围绕年初确定的各项目标，提出以下要点，请对照抓好落实。",
    "加强组织领导",
    "县政府常务会议全年学法不少于6次，部门负责人述法覆盖面达到100%，逾期未述法的单位不得参加年度评先，由县司法局负责汇总通报。",
    "一、规范行政执法行为",
    "（一）推行三项制度。4月底前公布执法主体清单36项；6月底前完成案卷评查，抽查不少于120卷，优秀率比上年提高2.5个百分点。（县司法局牵头）",
    "1.办好身边小事。12345热线工单按期办结率不低于98.5%，全年走访企业1386家，发放明白卡2436.8万张，为群众减少跑动次数近3万次。",
    "二、严格兑现奖惩",
    "完成情况按季度通报，附件所列任务纳入年终考核，考核结果在政府网站公布，连续两次排名末位的单位由县政府分管领导约谈，限期一个月整改到位。",
    "青石县人民政府",
    "2023年3月6日",
)
WHOLE = "".join(line + "\n" for line in LONG)


def text_of(source: str) -> str:
    return parse_page(Page("page", source.encode())).text


def by_columns(line: str, width: int) -> list[str]:
    """Break *line* as a printed page does: no closing mark at the start of a line."""
    lines, current = [], ""
    for char in line:
        if columns(current + char) > width and char not in "，。、；：）%":
            lines.append(current)
            current = ""
        current += char
    return [*lines, current]


def indented(line: str) -> str:
    return line if len(line) < 20 else "　　" + line


def printed(width: int) -> list[str]:
    return [part for line in LONG for part in by_columns(indented(line), width)]


def ragged(line: str) -> str:
    chance = random.Random(line)
    parts, at = [], 0
    while at < len(line):
        size = chance.randint(35, 40)
        parts.append(line[at : at + size])
        at += size
    return "\n".join(parts)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(list(LONG), id="a paragraph a line"),
        pytest.param(printed(56), id="28 characters, indented"),
        pytest.param(printed(64), id="32 characters, indented"),
        pytest.param(printed(80), id="40 characters, indented"),
        pytest.param(["\n".join(by_columns(line, 60)) + "\n" for line in LONG], id="empty lines between, not indented"),
        pytest.param(["\n".join(textwrap.wrap(line, 38)) + "\n" for line in LONG], id="wrapped by count as mail is"),
        pytest.param([ragged(line) + "\n" for line in LONG], id="35 to 40 characters at random"),
        pytest.param([part + "\n" for part in printed(60)], id="an empty line after every line"),
    ],
)
def test_wrapped_lines_are_joined_and_titles_stay_apart(lines: list[str]) -> None:
    assert text_of("\n".join([TITLE, *lines])) == WHOLE


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("— {} —", id="dashes"),
        pytest.param("- {} -", id="hyphens"),
        pytest.param("第{}页 共9页", id="words"),
        pytest.param("{}/9", id="of the total"),
        pytest.param("－{}－", id="full-width dashes"),
        pytest.param("·{}·", id="points"),
    ],
)
@pytest.mark.parametrize("head", ["", "青石县2023年法治政府建设工作要点\n"])
def test_page_numbers_and_running_heads_are_cut_in_mid_sentence(number: str, head: str) -> None:
    lines, pages = printed(56), []
    for page, start in enumerate(range(0, len(lines), 7), 1):
        pages.append("\n".join([*lines[start : start + 7], number.format(page)]))
    assert text_of(f"{TITLE}\n" + f"\n{head}".join(pages)) == WHOLE


def test_running_heads_of_several_lines_whose_numbers_change_are_cut_inside_a_number() -> None:
    lines = by_columns(
        "　　" + LONG[5] + "全年化解纠纷12846件，成功率稳定在98%以上，办结率达到100%，评查结果按季度公布。" * 20, 56
    )
    pages = ["\n".join(lines[at : at + 6]) for at in range(0, len(lines), 6)]
    heads = [
        f"\n— {page} —\n青石县政府公报\n2023年第{page // 3 + 1}期　文件汇编\n第{page}部分　政策文件\n"
        for page in range(1, len(pages))
    ]
    source = f"{TITLE}\n一、要求\n" + "".join(page + head for page, head in zip(pages, [*heads, ""], strict=True))
    assert text_of(source) == "一、要求\n" + "".join(lines).strip() + "\n"


@pytest.mark.parametrize(
    ("before", "after", "apart"),
    [
        pytest.param(
            "每降低一个百分点扣二分；", "C.执法责任制落实到岗的得十分，以此类推。", True, id="letter after a semicolon"
        ),
        pytest.param(
            "每降低一个百分点扣二分，", "B.执法责任制落实到岗的得十分，以此类推。", True, id="letter after a comma"
        ),
        pytest.param("每降低一个百分点扣二分。", "第五条 执法责任制落实到岗的得十分，类推。", True, id="article"),
        pytest.param("每降低一个百分点扣二分：", "一是执法责任制落实到岗的得十分，以此类推。", True, id="clause"),
        pytest.param(
            "每降低一个百分点扣分的，", "第五条规定的执法责任制落实到岗的得十分。", False, id="article that is cited"
        ),
        pytest.param(
            "每降低一个百分点扣分的，", "APP应用率及执法责任制落实到岗的得十分。", False, id="word in letters"
        ),
    ],
)
def test_an_item_number_begins_a_paragraph_after_a_mark(before: str, after: str, apart: bool) -> None:
    first = "行政处罚案卷合格率不低于百分之九十五的得二十分" + before
    text = text_of(
        "\n".join([TITLE, "一、要求", *textwrap.wrap(LONG[3] * 2, 35), *textwrap.wrap(LONG[8] * 2, 35), first, after])
    )
    assert (f"{first}\n{after}" in text) is apart
    assert (first + after in text) is not apart


def test_bare_page_numbers_are_cut_where_they_count_up() -> None:
    lines = printed(40)
    pages = ["\n".join([*lines[at : at + 10], str(number)]) for number, at in enumerate(range(0, len(lines), 10), 1)]
    assert text_of(f"{TITLE}\n" + "\n".join(pages)) == WHOLE


def test_page_numbers_glued_to_a_line_are_cut() -> None:
    lines = printed(56)
    glued = [*lines[:5], "— 1 — " + TITLE, *lines[5:11], lines[11] + " — 2 —", *lines[12:], "— 3 —"]
    assert text_of(f"{TITLE}\n" + "\n".join(glued)) == WHOLE


def test_a_range_at_the_end_of_a_line_is_no_page_number() -> None:
    lines = ["一、要求", "案卷优秀率稳定在95%—97%，每年评查2—3次，人数-12.4%。", "二、其他", "按季度通报进展情况。"]
    assert text_of("\n".join([TITLE, *lines])).splitlines() == lines


def test_form_feed_is_a_page_break() -> None:
    lines = printed(56)
    assert text_of(f"{TITLE}\n" + "\n".join(lines[:6]) + "\n1\n\x0c" + "\n".join(lines[6:])) == WHOLE


def page_with(first: str, note: str, second: str) -> str:
    """Two printed pages, the first with a footnote at its foot, between *first* and *second*."""
    above = printed(56)[:12]
    return "\n".join(
        [TITLE, *above, "　　" + first, note, "— 1 —", second, "三、其他", "本要点自公布之日起施行。", "— 2 —"]
    )


def test_a_number_that_a_footnote_interrupts_is_whole_again() -> None:
    source = page_with(
        "全年清理文件137件，合同审查份数四百余，其中报送备案率均为10", "[1]含上年结转52件。", "0%。全年公开听证3次。"
    )
    document = parse_page(Page("p", source.encode()))
    assert "报送备案率均为100%。\n[1]含上年结转52件。\n全年公开听证3次。\n" in document.text
    moved = [source[cut.start : cut.end] for cut in document.cuts if cut.reason == "footnote moved"]
    assert moved == ["[1]含上年结转52件。"]


def test_a_footnote_between_words_stays_where_it_stands() -> None:
    source = page_with(
        "平台接入单位126家，核实线索642条，准确率比人工巡查提高", "[1]统计到2022年底。", "近20个百分点。"
    )
    text = text_of(source)
    assert "比人工巡查提高\n[1]统计到2022年底。\n近20个百分点。\n" in text
    document = parse_page(Page("p", source.encode()))
    assert squeeze(without(source, document.cuts)) == squeeze(text)


def test_a_footnote_of_two_lines_is_one_paragraph() -> None:
    source = page_with(
        "评查案卷360卷，优秀率达到94.6%[1]，比上一年度有所提高，其中",
        "[1]评查依据《青石县案卷评查办法》\n（青政规〔2021〕5号）。",
        "不合格案卷为零。",
    )
    assert "[1]评查依据《青石县案卷评查办法》（青政规〔2021〕5号）。\n" in text_of(source)


CELLS = {
    "years": (
        ["指标", "2022年", "2023年", "同比"],
        [
            ["许可办件量（件）", "8,412", "9,037", "增长7.4%"],
            ["处罚案件（起）", "1,265", "1,108", "-12.4%"],
            ["复议案件（件）", "31", "26", "下降16.1%"],
        ],
    ),
    "numbered": (
        ["序号", "任务", "责任单位", "完成时限"],
        [
            ["1", "公布许可事项清单", "县审批局", "5月底前"],
            ["2", "推出主题服务20个", "县审批局、县税务局", "9月30日前"],
            ["3", "开展评估", "县司法局", "长期坚持"],
        ],
    ),
    "dates": (
        ["重点任务", "牵头单位", "完成时限"],
        [
            ["修订规划", "县司法局", "6月底前"],
            ["清理文件", "县政府办公室", "10月底前"],
            ["评查案卷", "县司法局", "第三季度"],
        ],
    ),
}


@pytest.mark.parametrize("table", CELLS)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_table_of_one_cell_a_line_gets_its_rows_back(table: str, between: str) -> None:
    head, rows = CELLS[table]
    cells = between.join(cell for row in [head, *rows] for cell in row)
    text = text_of(
        f"{TITLE}\n一、主要指标\n主要指标见下表。\n{cells}\n二、保障措施\n各单位按季度报送进展，逾期通报。\n"
    )
    assert "".join("\t".join(row) + "\n" for row in [head, *rows]) in text
    assert text.endswith("二、保障措施\n各单位按季度报送进展，逾期通报。\n")


def test_page_furniture_and_a_footnote_inside_a_flattened_table_do_not_break_its_rows() -> None:
    head, rows = CELLS["years"]
    cells = [cell for row in [head, *rows] for cell in row]
    cells[12:12] = ["[1]含补报数。", "— 1 —", TITLE]
    text = text_of(
        "\n".join([TITLE, "一、主要指标", "主要指标见下表[1]。", *cells, "二、保障措施", "按季度报送。", "— 2 —"])
    )
    assert "处罚案件（起）\t1,265\t1,108\t-12.4%\n[1]含补报数。\n复议案件（件）\t31\t26\t下降16.1%\n" in text


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["指标", "责任单位", "各单位要高度重视。"], id="two header words before a sentence"),
        pytest.param(["加强组织领导", "健全工作机制", "压实工作责任"], id="short titles"),
        pytest.param(["组长：王某", "副组长：李某", "成员：张某"], id="names"),
        pytest.param(["2021年", "2022年", "2023年"], id="years alone"),
    ],
)
def test_short_lines_that_are_no_table_stay_lines(lines: list[str]) -> None:
    source = "\n".join([TITLE, "一、总体要求", "坚持依法行政，补齐短板。", *lines, "二、其他", "按季度通报进展。"])
    assert text_of(source).splitlines()[2:5] == lines


def test_tab_rows_stay_rows_and_a_row_broken_inside_a_cell_is_joined() -> None:
    rows = "序号\t任务\t责任单位\t时限\n1\t修订规划\t县司法局\t6月底前\n2\t开展评估\t县司法局、\n县财政局\t9月底前\n"
    assert text_of(f"{TITLE}\n一、分工\n分工见下表。\n{rows}二、其他\n按季度通报。\n").splitlines()[2:5] == [
        "序号\t任务\t责任单位\t时限",
        "1\t修订规划\t县司法局\t6月底前",
        "2\t开展评估\t县司法局、县财政局\t9月底前",
    ]


def test_a_tab_after_a_number_is_no_cell() -> None:
    assert text_of(f"{TITLE}\n一、\t总体要求\n坚持依法行政，补齐短板。\n").startswith("一、总体要求\n")


def test_columns_of_blanks_become_cells_under_a_header() -> None:
    rows = (
        "序号   任务      责任单位   时限\n1      修订规划   县司法局   6月底前\n2      开展评估   县财政局   9月底前\n"
    )
    assert "2\t开展评估\t县财政局\t9月底前\n" in text_of(f"{TITLE}\n一、分工\n分工见下表。\n{rows}")


@pytest.mark.parametrize(
    ("printed_lines", "expected"),
    [
        pytest.param(
            ["各乡镇人", "民政府，县直各部门：", "现提出以下要点。"],
            ["各乡镇人民政府，县直各部门：", "现提出以下要点。"],
            id="inside a word",
        ),
        pytest.param(
            ["一、要求", "坚持依法行政。各单位要将法治建", "设纳入年度考核，按季度通报。"],
            ["一、要求", "坚持依法行政。各单位要将法治建设纳入年度考核，按季度通报。"],
            id="inside a sentence",
        ),
        pytest.param(
            ["一、要求", "各乡镇，", "县直各部门要落实责任。"],
            ["一、要求", "各乡镇，县直各部门要落实责任。"],
            id="after a comma",
        ),
        pytest.param(
            ["一、要求", "办结率，达到95", "%以上。"], ["一、要求", "办结率，达到95%以上。"], id="before a percent sign"
        ),
        pytest.param(
            ["一、要求", "修订《青石县办法", "》并公布。"],
            ["一、要求", "修订《青石县办法》并公布。"],
            id="before a closing mark",
        ),
        pytest.param(
            ["一、", "总体要求", "坚持依法行政，补齐短板。"],
            ["一、总体要求", "坚持依法行政，补齐短板。"],
            id="after a number alone",
        ),
    ],
)
def test_a_broken_line_of_an_unwrapped_text_is_healed(printed_lines: list[str], expected: list[str]) -> None:
    assert text_of("\n".join([TITLE, *printed_lines])).splitlines() == expected


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            ["加强组织领导，压实法治责任", "全年研究法治议题9次，讲授法治课1场。"],
            id="title with a comma, then its paragraph",
        ),
        pytest.param(
            ["1、健全机制 成立领导小组，召开会议4次", "2、强化经费保障，列支8.5万元"], id="items without a full stop"
        ),
        pytest.param(["推进简政放权。全年上门办事47次。", "规范综合执法。承接处罚权58项。"], id="whole sentences"),
        pytest.param(
            ["全年办理案件12件。办结率达到100%", "二、存在问题", "力量不足。"], id="no full stop before a heading"
        ),
        pytest.param(["特此报告。", "青石县司法局", "2023年1月6日"], id="closing words and signature"),
    ],
)
def test_lines_that_are_paragraphs_are_not_joined(lines: list[str]) -> None:
    assert text_of("\n".join([TITLE, "各乡镇人民政府：", *lines])).splitlines()[1:] == lines


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\n\n", "\x0b"])
def test_any_line_end_ends_a_paragraph(end: str) -> None:
    assert text_of(end.join([TITLE, *LONG])) == WHOLE


@pytest.mark.parametrize("mark", ["\u200b", "\ufeff", "\u00ad", "\u202a"])
def test_invisible_characters_are_cut(mark: str) -> None:
    source = f"{TITLE}\n" + WHOLE.replace("法治", f"法{mark}治")
    document = parse_page(Page("p", source.encode()))
    assert document.text == WHOLE
    assert {cut.reason for cut in document.cuts} == {"title", "invisible character"}


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("坚持依法行政，推进公开。" * 40_000, id="one long line"),
        pytest.param("坚持依法行政，推进公开。" + " " * 500_000 + "完成评查。", id="half a million blanks"),
        pytest.param("坚持依法行政，推进公开。" + "\n" * 300_000 + "完成评查。", id="empty lines"),
        pytest.param("坚持依法行政，推进公开。" + "(" * 300_000, id="brackets"),
        pytest.param("坚持依法行政，推进公开。" + "_" * 300_000, id="underscores"),
        pytest.param("坚持依法行政，推进公开。" + "1 234 " * 50_000, id="numbers"),
        pytest.param("<p>坚持依法行政，推进公开。</p>" + "<div>" * 30_000, id="nested elements"),
        pytest.param("<p>坚持依法行政，推进公开。</p><p></p><p></p>" + "<!--" * 50_000, id="open comments"),
        pytest.param("<p>坚持依法行政，推进公开。</p><p></p>" + "<a title='" * 20_000, id="open quotes"),
        pytest.param("<p>坚持依法行政，推进公开。</p><p></p>" + "<table><tr><td>" * 5_000, id="nested tables"),
    ],
)
def test_a_page_built_to_stall_the_reader_does_not(source: str) -> None:
    assert "坚持依法行政，推进公开。" in text_of(source)
