import shutil
import subprocess
import zlib
from hashlib import md5
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.files.layout import Glyph, Line, make_line
from pipeline.files.ocr import PictureLine, PictureText
from pipeline.files.paragraphs import find_paragraphs
from pipeline.files.pdf import is_garbled, read_pdf
from pipeline.files.record import FileText, Limits

from .pdf_files import Page, make_pdf, width, write_pdf

LIMITS = Limits()
# A line of 28 characters of 16 points is full: it reaches from 74 to 522 points.
FULL = "县政府坚持依法行政，把法治政府建设摆在全局工作重要位置上"
FIRST = "　　" + FULL[:26]
REST = "健全制度机制，落实监督责任。"
BODY = [FIRST, FULL, REST]
JOINED = FULL[:26] + FULL + REST


def read(*pages: Page, **options: object) -> FileText:
    found = read_pdf(make_pdf(*pages, **options), "青禾县.pdf", LIMITS)
    check(found)
    return found


def check(found: FileText) -> None:
    """What holds for every file: cuts and rows lie where they say, and every page ends in a form feed."""
    starts = {0} | {place + 1 for place, char in enumerate(found.text) if char in "\n\f"}
    assert set(found.rows) <= starts
    assert all(0 <= cut.start < cut.end <= len(found.text) for cut in found.furniture)
    assert all("\n" not in found.text[cut.start : cut.end] for cut in found.furniture)
    assert found.text.count("\f") == found.pages
    assert found.whole_lines


def body(found: FileText) -> list[str]:
    """The lines of the text without its furniture."""
    text = list(found.text)
    for cut in found.furniture:
        text[cut.start : cut.end] = [""] * (cut.end - cut.start)
    return [line for line in "".join(text).replace("\f", "\n").split("\n") if line]


def cuts(found: FileText) -> list[tuple[str, str]]:
    return [(found.text[cut.start : cut.end], cut.reason) for cut in found.furniture]


# --- paragraphs ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(BODY, [JOINED], id="a first line with indent, a full line and a short one"),
        pytest.param([*BODY, *BODY], [JOINED, JOINED], id="the indent begins the next"),
        pytest.param(
            [FIRST, FULL, FULL[:27] + "。", *BODY],
            [FULL[:26] + FULL + FULL[:27] + "。", JOINED],
            id="a last line that is full is told by the indent after it",
        ),
        pytest.param(
            ["　　一、总体要求", *BODY, "　　二、重点任务", *BODY],
            ["一、总体要求", JOINED, "二、重点任务", JOINED],
            id="headings stand alone",
        ),
        pytest.param(
            [FULL, FULL, FULL[:27] + "。", "二、" + FULL[:26], REST],
            [FULL + FULL + FULL[:27] + "。", "二、" + FULL[:26] + REST],
            id="without indents a number after a full stop begins a paragraph",
        ),
        pytest.param(
            [FIRST, FULL[:25] + "包括：", "1.建立台账；2.按月通报；3.年底考核。", *BODY],
            [FULL[:26] + FULL[:25] + "包括：1.建立台账；2.按月通报；3.年底考核。", JOINED],
            id="a number at the start of a line in mid-paragraph",
        ),
        pytest.param(
            [*BODY, "　　" * 8 + "云岚县人民政府", "　　" * 8 + "2023年3月6日"],
            [JOINED, "云岚县人民政府", "2023年3月6日"],
            id="the lines of a signature stand alone",
        ),
        pytest.param(
            ["一、总体要求……………………………………………1", "二、重点任务……………………………………………2", *BODY, *BODY],
            ["一、总体要求……………………………………………1", "二、重点任务……………………………………………2", JOINED, JOINED],
            id="entries of a table of contents are full lines and no paragraph",
        ),
        pytest.param(
            [FIRST, FULL[:23] + "Rule of", "Law Index 95.5达到要求", *BODY],
            [FULL[:26] + FULL[:23] + "Rule of Law Index 95.5达到要求", JOINED],
            id="English words keep the blank that the line end stood for",
        ),
        pytest.param(
            [FIRST, FULL[:27] + "20", "23年底前完成。", *BODY],
            [FULL[:26] + FULL[:27] + "2023年底前完成。", JOINED],
            id="a number cut by a line end has none",
        ),
    ],
)  # fmt: skip
def test_lines_are_joined_to_paragraphs(lines: list[str], expected: list[str]) -> None:
    assert body(read(Page().lines(lines))) == expected


def measured(*lines: str, short: int = -1) -> list[Line]:
    """Lines as they are measured in a picture, the one at *short* eleven points too short."""
    found = []
    for i, text in enumerate(lines):
        step = 16 - 11 / len(text) if i == short else 16
        glyphs = [
            Glyph(char, 74 + step * k, 74 + step * (k + 1), 100 + 28 * i, 16)
            for k, char in enumerate(text)
            if char != "　"
        ]
        found.append(make_line(glyphs))
    return [line for line in found if line]


@pytest.mark.parametrize(
    ("last", "rough", "joined"),
    [
        pytest.param("县政府坚持依法行政，把法治政府建设摆在全局位置，", True, True, id="a comma"),
        pytest.param("县政府坚持依法行政，建设法治政府、诚信政府、", True, True, id="a list"),
        pytest.param("县政府坚持依法行政，把法治政府建设摆在重要位置（", True, True, id="a bracket that opens"),
        pytest.param("县政府坚持依法行政，把法治政府建设摆在重要位置。", True, False, id="a full stop"),
        pytest.param("县政府坚持依法行政，把法治政府建设摆在重要位置", True, False, id="no mark"),
        pytest.param(
            "县政府坚持依法行政，把法治政府建设摆在重要位置，", False, False, id="a comma where places are exact"
        ),
    ],
)
def test_no_paragraph_of_a_picture_ends_in_a_comma(last: str, rough: bool, joined: bool) -> None:
    lines = measured(FIRST, FULL, FULL, FULL, FULL, FULL, last, REST)
    assert (find_paragraphs(lines, rough=rough)[0].text.endswith(last + REST)) == joined


def test_a_comma_that_hangs_out_into_the_margin_does_not_make_the_other_lines_short() -> None:
    lines = measured(FIRST, FULL, FULL, FULL + "，", FULL, FULL, REST, short=1)
    assert [paragraph.text for paragraph in find_paragraphs(lines, rough=True)] == [
        FULL[:26] + FULL * 3 + "，" + FULL * 2 + REST
    ]


def test_a_title_over_two_lines_and_the_addressee_are_lines_of_their_own() -> None:
    page = Page().text(170, 90, "云岚县人民政府", 22).text(110, 125, "关于印发法治政府建设工作要点的通知", 22)
    page.lines(["各乡镇人民政府，县政府各部门：", *BODY], y=180)
    assert body(read(page)) == [
        "云岚县人民政府", "关于印发法治政府建设工作要点的通知", "各乡镇人民政府，县政府各部门：", JOINED,
    ]  # fmt: skip


def test_the_centred_rest_of_a_full_title_belongs_to_it() -> None:
    page = Page().text(76, 90, "云岚县人民政府关于法治政府建设情况的报告", 22).text(276, 122, "（节选）", 11)
    page.text(76, 160, "云岚县人民政府办公室关于法治政府建设情况", 22).text(265, 192, "的报告", 22)
    assert body(read(page.lines([*BODY] * 2, y=250)))[:4] == [
        "云岚县人民政府关于法治政府建设情况的报告", "（节选）", "云岚县人民政府办公室关于法治政府建设情况的报告", JOINED,
    ]  # fmt: skip


def test_a_larger_gap_parts_what_has_no_indent() -> None:
    page = Page().lines([FULL, FULL, FULL[:27] + "。"]).lines([FULL, REST], y=100 + 3 * 28 + 20)
    assert body(read(page)) == [FULL + FULL + FULL[:27] + "。", FULL + REST]


def test_an_indented_block_is_one_paragraph() -> None:
    block = ["　　" + FULL[:26], "　　" + FULL[:26], "　　" + REST]
    assert body(read(Page().lines([*BODY, *block, *BODY])))[1] == FULL[:26] * 2 + REST


def test_a_blank_is_kept_where_a_reader_sees_one() -> None:
    page = Page().text(80, 100, "牵头单位：县司法局", 14).text(330, 100, "配合单位：县财政局", 14)
    page.text(200, 200, "目", 22).text(266, 200, "录", 22)
    page.text(74, 300, "第一章", 16).text(154, 300, "总则", 16)
    page.text(74, 400, "全年培训1 386人次", 16)
    assert body(read(page)) == ["牵头单位：县司法局 配合单位：县财政局", "目录", "第一章 总则", "全年培训1 386人次"]


def test_a_paragraph_runs_over_a_page_break() -> None:
    pages = [Page().lines([*BODY, FIRST, FULL]), Page().lines([FULL, REST, *BODY])]
    assert body(read(*pages)) == [JOINED, FULL[:26] + FULL + FULL + REST, JOINED]


def test_a_page_ends_in_a_form_feed() -> None:
    assert read(Page().lines(BODY), Page().lines(BODY)).text == f"{JOINED}\n\f{JOINED}\n\f"


# --- columns and turned pages ----------------------------------------------------------------------------------------


def column(count: int, start: int = 0) -> list[str]:
    text = (FULL + REST) * 20
    return [text[start + 13 * i : start + 13 * i + 13] for i in range(count)]


def test_two_columns_are_read_one_after_the_other() -> None:
    page = Page().text(200, 60, "云岚县政务简报", 22)
    page.lines(["　　" + "依" * 11, *column(8), "完。"], x=74).lines(["　　" + "法" * 11, *column(6)], x=312)
    assert body(read(page)) == [
        "云岚县政务简报",
        "依" * 11 + "".join(column(8)) + "完。",
        "法" * 11 + "".join(column(6)),
    ]


def test_a_comma_may_hang_out_into_the_gutter() -> None:
    left = [line + "，" if i % 2 else line for i, line in enumerate(column(8))]
    page = Page().lines(left, x=74, size=16).lines(column(8, 5), x=304, size=16)
    assert body(read(page)) == ["".join(left) + "".join(column(8, 5))]


def test_a_line_above_the_columns_stands_alone() -> None:
    page = Page().text(210, 60, "云岚县政务简报", 22).text(240, 88, "云政发〔2023〕7号", 10)
    page.lines([*column(8), "完。"], x=74, y=116).lines(["　　" + "法" * 11, *column(6)], x=312, y=116)
    assert body(read(page))[:3] == ["云岚县政务简报", "云政发〔2023〕7号", "".join(column(8)) + "完。"]


def test_short_entries_side_by_side_are_no_columns() -> None:
    page = Page()
    for i, (left, right) in enumerate([("联系人：王某", "电话：12345")] * 8):
        page.text(74, 100 + 28 * i, f"{left}{'甲' * (i % 3)}").text(330, 100 + 28 * i, f"{right}{'转' * (i % 4)}")
    assert body(read(page))[1] == "联系人：王某甲 电话：12345转"


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_text_decides_what_is_upright(rotate: int) -> None:
    assert body(read(Page(rotate=rotate).lines(BODY))) == [JOINED]


@pytest.mark.parametrize("angle", [90, 270])
def test_a_landscape_table_on_an_upright_page_is_read(angle: int) -> None:
    page = Page()
    for i, line in enumerate(BODY):
        along, across = 100 + 16 * (len(line) - len(line.lstrip("　"))), 100 + 28 * i
        x, y = (across, 842 - along) if angle == 90 else (595 - across, along)
        page.text(x, y, line.lstrip("　"), angle=angle)
    page.text(290, 820, "- 7 -", 10)
    found = read(page)
    assert body(found) == [JOINED]
    assert cuts(found) == [("- 7 -", "page number")]


# --- what is drawn twice, askew, in red or not at all ----------------------------------------------------------------


def test_bold_type_that_is_drawn_twice_is_read_once() -> None:
    page = Page()
    for shift in (0, 0.4):
        page.text(74 + shift, 100, "依法行政人人有责 100", 16)
    assert body(read(page)) == ["依法行政人人有责100"]


def test_a_stamp_and_a_watermark_are_furniture_and_a_red_head_is_none() -> None:
    page = Page().text(150, 80, "云岚县人民政府文件", 32, colour="0.9 0 0").lines([*BODY, *BODY], y=160)
    page.text(330, 560, "云岚县人民政府").text(338, 590, "2023年3月6日")
    for i, char in enumerate("云岚县人民政府章"):
        page.text(330 + 12 * i, 540 - 10 * min(i, 7 - i), char, 12, angle=50 - 14 * i, colour="1 0 0")
    page.text(360, 560, "专用", 8, colour="1 0 0")
    page.text(100, 700, "征求意见稿", 60, angle=45, colour="0.8 0.8 0.8").text(
        150, 760, "仅供内部使用", 40, colour="0.9 0.9 0.9"
    )
    found = read(page)
    assert body(found) == ["云岚县人民政府文件", JOINED, JOINED, "云岚县人民政府", "2023年3月6日"]
    assert {(text, reason) for text, reason in cuts(found)} == {
        ("云岚县人民政府章", "stamp"), ("专用", "stamp"), ("征求意见稿", "watermark"), ("仅供内部使用", "watermark"),
    }  # fmt: skip


def test_an_invisible_layer_is_used_and_noted() -> None:
    page = Page().image()
    for i, line in enumerate(BODY):
        page.text(74 + 16 * (len(line) - len(line.lstrip("　"))), 100 + 28 * i, line.lstrip("　"), mode=3)
    found = read(page)
    assert body(found) == [JOINED]
    assert found.notes == ("第1页的文字取自文件自带的识别层",)


def test_text_beside_the_page_and_of_absurd_size_is_left_out() -> None:
    page = Page().lines(BODY).text(700, 300, "裁切线外的标记").text(100, 400, "大", 900_000).text(100, -50, "页眉之上")
    assert body(read(page)) == [JOINED]


def test_radicals_are_read_as_the_characters_they_look_like() -> None:
    assert body(read(Page().lines(["　　⼀、⾏政执法⻔户⻅效⻓远，⺠⽣⻛险⻚⾯"]))) == [
        "一、行政执法门户见效长远，民生风险页面"
    ]


def test_characters_without_a_meaning_are_counted() -> None:
    found = read(Page().lines([FIRST, FULL, "\ue123\ue124" + REST]))
    assert found.notes == ("有2个字符没有可用的编码",)


# --- heads, feet and notes -------------------------------------------------------------------------------------------


def test_page_numbers_and_running_heads_stay_and_are_listed() -> None:
    pages = []
    for number in range(1, 5):
        page = Page().text(230, 50, "云岚县人民政府公报", 10).lines([*BODY] * 2, y=100)
        pages.append(page.text(285, 800, f"— {number} —", 12))
    found = read(*pages)
    assert body(found) == [JOINED] * 8
    assert cuts(found)[:2] == [("云岚县人民政府公报", "running head"), ("—1—", "page number")]
    assert len(cuts(found)) == 8


@pytest.mark.parametrize(
    ("feet", "reason"),
    [
        pytest.param(["第 1 页 共 3 页", "第 2 页 共 3 页", "第 3 页 共 3 页"], "page number", id="page of pages"),
        pytest.param(["1/3", "2/3", "3/3"], "page number", id="with a slash"),
        pytest.param(["7", "8", "9"], "page number", id="bare figures that run on from another part"),
        pytest.param(["i", "ii", "iii"], "page number", id="Roman figures"),
        pytest.param(["云岚县司法局 第1页", "云岚县司法局 第2页", "云岚县司法局 第3页"], "running head", id="a head with a figure that counts"),
        pytest.param(["https://www.yunlan.test/a 1/3", "https://www.yunlan.test/a 2/3", "https://www.yunlan.test/a 3/3"], "running head", id="printed from a browser"),
    ],
)  # fmt: skip
def test_feet_are_told_by_place_and_recurrence(feet: list[str], reason: str) -> None:
    found = read(*(Page().lines([*BODY] * 2).text(270, 800, foot, 10) for foot in feet))
    assert body(found) == [JOINED] * 6
    assert [why for _, why in cuts(found)] == [reason] * 3


@pytest.mark.parametrize(
    "heads",
    [
        pytest.param(["附件1", "附件2", "附件3"], id="annexes are counted too"),
        pytest.param(["2021年安排", "2022年安排", "2024年安排"], id="figures that do not count pages"),
        pytest.param(["2021", "2023", "2030"], id="bare figures that do not"),
        pytest.param(["一、总体要求", "二、重点任务", "三、组织保障"], id="headings at the top of pages"),
    ],
)
def test_what_only_looks_like_a_head_is_body(heads: list[str]) -> None:
    found = read(*(Page().text(74, 60, head, 16).lines([*BODY] * 2) for head in heads))
    assert cuts(found) == []
    assert body(found)[::3] == heads


def test_the_title_of_a_form_on_each_page_is_no_running_head() -> None:
    found = read(*(Page().text(200, 70, "行政执法情况统计表", 22).lines([*BODY] * 2, y=130) for _ in range(3)))
    assert cuts(found) == []


def test_lines_below_an_underlined_word_are_no_footnotes() -> None:
    page = Page().lines([*BODY, "　　12个部门参加评查。", "　　" + REST]).line(106, 180, 190, 180)
    assert body(read(page)) == [JOINED, "12个部门参加评查。", REST]


def note_page(mark: str = "①", rule: bool = True, size: float = 10) -> Page:
    page = Page().lines([FIRST, "全年办理复议案件九十五件。"]).text(74 + 16 * 13, 122, mark, 8)
    page.text(74 + 16 * 13 + width(mark, 8), 128, "其中调解结案三十件。")
    if rule:
        page.line(74, 700, 194, 700)
    page.text(74, 716, f"{mark}不含移送公安机关的案件，下同，数据截至年底。", size)
    return page


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(note_page(), id="a circled figure below a rule"),
        pytest.param(note_page("1"), id="a bare figure"),
        pytest.param(note_page("[1]"), id="in brackets"),
        pytest.param(note_page(rule=False), id="by its size alone"),
    ],
)
def test_a_footnote_follows_the_paragraph_that_has_its_mark(page: Page) -> None:
    following = Page().lines([FULL, REST])
    page.lines(["　　" + FULL[:26]], y=156)
    assert body(read(page, following)) == [
        FULL[:26] + "全年办理复议案件九十五件。其中调解结案三十件。",
        "不含移送公安机关的案件，下同，数据截至年底。",
        FULL[:26] + FULL + REST,
    ]


def test_a_raised_figure_that_is_no_mark_stays() -> None:
    page = Page().lines([FIRST, "新增绿地20000m"]).text(74 + 16 * 4 + 8 * 6, 122, "2", 8).line(74, 700, 194, 700)
    page.text(74, 716, "1按实测面积，含公园和街头绿地。", 10)
    assert "20000m2" in read(page).text
    assert cuts(read(page)) == []


# --- tables ----------------------------------------------------------------------------------------------------------

XS = [74, 114, 314, 424, 522]
HEADER = ["序号", "工作任务", "责任单位", "完成时限"]


def rows(found: FileText) -> list[tuple[str, set[int]]]:
    return [(found.text[start : found.text.index("\n", start)], set(covered)) for start, covered in found.rows.items()]


def test_a_ruled_table_gives_a_line_a_row_with_merged_and_wrapped_cells() -> None:
    page = Page().lines(["　　任务分解如下："], y=80)
    page.table(
        XS,
        [100, 130, 165, 195, 225],
        [
            HEADER,
            ["1", "健全重大行政决策程序，严格落实\n合法性审查", "县司法局", ""],
            [None, "开展培训", "县财政局", "6月底前"],
            ["2", "案卷评查", None, "全年"],
        ],
    )
    found = read(page.lines(BODY, y=260))
    assert rows(found) == [
        ("序号\t工作任务\t责任单位\t完成时限", set()),
        ("1\t健全重大行政决策程序，严格落实合法性审查\t县司法局\t", set()),
        ("\t开展培训\t县财政局\t6月底前", {0}),
        ("2\t案卷评查\t\t全年", {2}),
    ]  # fmt: skip
    assert body(found)[0] == "任务分解如下："
    assert body(found)[-1] == JOINED


def test_a_table_without_its_outer_sides_keeps_its_columns() -> None:
    page = Page()
    for y in (100, 130, 160):
        page.line(74, y, 522, y)
    for x in (114, 314):
        page.line(x, 100, x, 160)
    for y, cells in ((115, ("1", "案卷评查", "县司法局")), (145, ("2", "执法培训", "县财政局"))):
        for x, cell in zip((80, 120, 320), cells, strict=True):
            page.text(x, y, cell, 10)
    assert [text for text, _ in rows(read(page))] == ["1\t案卷评查\t县司法局", "2\t执法培训\t县财政局"]


def test_a_frame_and_an_underline_are_no_table() -> None:
    page = (
        Page()
        .lines(BODY, y=120)
        .line(60, 90, 535, 90)
        .line(60, 300, 535, 300)
        .line(60, 90, 60, 300)
        .line(535, 90, 535, 300)
    )
    page.line(74, 124, 200, 124)
    found = read(page)
    assert body(found) == [JOINED]
    assert not found.rows


def test_a_table_runs_over_pages() -> None:
    first = Page().table(
        XS,
        [680, 710, 740, 780],
        [
            HEADER,
            ["1", "案卷评查", "县司法局", "全年"],
            [
                "2",
                "健全重大行政决策程序，严格落实合法性\n审查制度，推动全县行政机关主要负责人带头",
                "县财政局",
                "6月底前",
            ],
        ],
    )
    second = Page().table(
        XS, [60, 90, 120, 150], [HEADER, ["", "出庭应诉。", "", ""], ["3", "执法培训", "县教育局", "长期"]]
    )
    found = read(first.text(290, 820, "1", 10), second.text(290, 820, "2", 10))
    assert [line for line in body(found)] == [
        "序号\t工作任务\t责任单位\t完成时限",
        "1\t案卷评查\t县司法局\t全年",
        "2\t健全重大行政决策程序，严格落实合法性审查制度，推动全县行政机关主要负责人带头出庭应诉。\t县财政局\t6月底前",
        "3\t执法培训\t县教育局\t长期",
    ]
    assert ("序号\t工作任务\t责任单位\t完成时限", "repeated table head") in cuts(found)


def test_a_merged_cell_goes_on_over_a_page_break_and_its_row_is_not_joined() -> None:
    first = Page().table(
        XS,
        [680, 710, 740, 770],
        [HEADER, ["1", "案卷评查。", "县司法局", "全年"], [None, "执法培训。", "县财政局", "全年"]],
    )
    second = Page().table(
        XS, [60, 90, 120], [["", "出庭应诉。", "县教育局", "全年"], ["2", "普法宣传。", "县教育局", "全年"]]
    )
    assert rows(read(first, second))[2:] == [
        ("\t执法培训。\t县财政局\t全年", {0}),
        ("\t出庭应诉。\t县教育局\t全年", {0}),
        ("2\t普法宣传。\t县教育局\t全年", set()),
    ]  # fmt: skip


XS5 = [74, 104, 184, 344, 434, 522]
HEADER5 = ["序号", "重点任务", "工作措施", "责任单位", "完成时限"]
GROUP = [["1", "规范行政执法", "开展案卷评查2次。", "县司法局", "全年"], [None, None, "组织培训4期。", None, "6月底前"]]


def split_table(above: list[list[str]], below: list[list[str]], header: bool = True) -> list[tuple[str, set[int]]]:
    """What is read of a table whose rows *below* stand on the next page, under its header or without."""
    first = Page().table(XS5, [790 - 30 * i for i in range(len(above) + 1, -1, -1)], [HEADER5, *above])
    below = [HEADER5, *below] if header else below
    second = Page().table(XS5, [60 + 30 * i for i in range(len(below) + 1)], below)
    return rows(read(first, second))[1 + len(above) + header :]


@pytest.mark.parametrize(
    ("above", "below", "header", "expected"),
    [
        pytest.param(GROUP, [["", "", "公布典型案例3件。", "", "全年"], ["2", "加强普法宣传", "举办宣讲会6场。", "县教育局", "全年"]], True,
                     [("\t\t公布典型案例3件。\t\t全年", {0, 1, 3}), ("2\t加强普法宣传\t举办宣讲会6场。\t县教育局\t全年", set())], id="number, task and body go on below the header"),
        pytest.param(GROUP, [["", "", "公布典型案例3件。", "", "全年"]], False, [("\t\t公布典型案例3件。\t\t全年", {0, 1, 3})], id="without a header"),
        pytest.param([["1", "规范行政执法", "开展案卷评查2次。", "县司法局", "全年"]], [["", "", "公布典型案例3件。", "县财政局", "全年"]], True,
                     [("\t\t公布典型案例3件。\t县财政局\t全年", {0, 1})], id="no cell was merged before the break"),
        pytest.param([["1", "规范行政执法", "开展案卷评查2次。", "县司法局", "全年"], ["2", None, "组织培训4期。", "县教育局", "全年"]], [["3", "", "公布典型案例3件。", "县司法局", "全年"]], True,
                     [("3\t\t公布典型案例3件。\t县司法局\t全年", {1})], id="a field of work beside numbers of its tasks"),
        pytest.param(GROUP, [["", "", "公布典型案例3件。", "", "全年"], [None, None, "更新裁量基准。", None, "全年"]], True,
                     [("\t\t公布典型案例3件。\t\t全年", {0, 1, 3}), ("\t\t更新裁量基准。\t\t全年", {0, 1, 3})], id="over several rows of the next page"),
        pytest.param([["1", "规范行政执法", "开展案卷评查2次。", "县司法局", "全年"], ["2", "加强普法宣传", "举办宣讲会6场。", "", "全年"]], [["3", "办好民生实事", "新建站点9个。", "", "全年"]], True,
                     [("3\t办好民生实事\t新建站点9个。\t\t全年", set())], id="a column with cells that nobody filled in"),
        pytest.param([["1", "规范行政执法", "开展案卷评查2次。", "县司法局", "全年"]], [["2", "加强普法宣传", "举办宣讲会6场。", "", "全年"]], True,
                     [("2\t加强普法宣传\t举办宣讲会6场。\t\t全年", set())], id="a column without merged cells"),
        pytest.param([["1", "规范行政执法", "推动各乡镇各部门全面落实行政执法\n全过程记录制度并开展案卷评查2次", "县司法局", "10月底前"]], [["", "", "公布典型案例", "县信访局", "全年"]], True,
                     [("\t\t公布典型案例\t县信访局\t全年", {0, 1})], id="a full line above, but a body and a time limit that are whole"),
    ],
)  # fmt: skip
def test_a_cell_that_is_blank_below_a_page_break_goes_on_from_above(
    above: list[list[str]], below: list[list[str]], header: bool, expected: list[tuple[str, set[int]]]
) -> None:
    assert split_table(above, below, header) == expected


def test_a_row_that_a_page_break_cuts_is_joined_with_its_lists_of_bodies() -> None:
    above = [
        [
            "1",
            "规范行政执法",
            "推动各乡镇各部门全面落实行政执法\n全过程记录制度并开展案卷评查工作",
            "县司法局、\n县财政局、",
            "全年",
        ]
    ]
    first = Page().table(XS5, [700, 730, 780], [HEADER5, *above])
    second = Page().table(
        XS5,
        [60, 90, 120, 150],
        [HEADER5, ["", "", "不少于2次", "县教育局", ""], ["2", "加强普法宣传", "举办宣讲会6场", "县教育局", "全年"]],
    )
    assert rows(read(first, second))[1] == (
        "1\t规范行政执法\t推动各乡镇各部门全面落实行政执法全过程记录制度并开展案卷评查工作不少于2次\t县司法局、县财政局、县教育局\t全年",
        set(),
    )


def test_nothing_goes_on_from_the_title_of_a_part() -> None:
    first = Page().table(
        XS5, [700, 730, 760], [HEADER5, ["1", "规范行政执法", "开展案卷评查2次。", "县司法局", "全年"]]
    )
    first.table([XS5[0], XS5[-1]], [760, 790], [["政务服务"]])
    second = Page().table(
        XS5,
        [60, 90, 120],
        [["", "", "公布典型案例3件。", "县财政局", "全年"], [None, None, "举办宣讲会6场。", "县教育局", "全年"]],
    )
    assert rows(read(first, second))[2:] == [
        ("政务服务\t\t\t\t", set()),
        ("\t\t公布典型案例3件。\t县财政局\t全年", set()),
        ("\t\t举办宣讲会6场。\t县教育局\t全年", {0, 1}),
    ]


def test_another_table_on_the_next_page_is_left_alone() -> None:
    first = Page().table(XS, [700, 730, 760], [HEADER, ["1", "案卷评查", "县司法局", "全年"]])
    second = Page().table([74, 200, 522], [60, 90, 120], [["指标", "数值"], ["", "95%"]])
    assert [text for text, _ in rows(read(first, second))][2:] == ["指标\t数值", "\t95%"]


def unruled(entries: list[tuple[str, ...]], xs: tuple[int, ...] = (80, 130, 340, 450)) -> Page:
    page = Page()
    for i, entry in enumerate(entries):
        for x, text in zip(xs, entry, strict=True):
            if text:
                page.text(x, 120 + 20 * i, text, 12)
    return page


def test_columns_under_a_header_are_a_table_without_rules() -> None:
    page = unruled(
        [
            tuple(HEADER),
            ("1", "健全重大行政决策程序，", "县司法局", "6月底前"),
            ("", "落实合法性审查", "", ""),
            ("2", "案卷评查", "县财政局", "全年"),
        ]
    )
    found = read(page.lines(BODY, y=300))
    assert [text for text, _ in rows(found)] == [
        "序号\t工作任务\t责任单位\t完成时限",
        "1\t健全重大行政决策程序，落实合法性审查\t县司法局\t6月底前",
        "2\t案卷评查\t县财政局\t全年",
    ]
    assert body(found)[-1] == JOINED


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(
            unruled([("甲", "乙丙", "丁戊", "己庚"), ("1", "案卷评查", "县司法局", "全年")]),
            id="a header of other words",
        ),
        pytest.param(unruled([tuple(HEADER)]).lines(BODY, y=140), id="paragraphs below a header"),
        pytest.param(
            unruled([("姓名", "职务", "电话", ""), ("王某", "局长", "12345", "")]),
            id="names and telephone numbers, one row",
        ),
    ],
)
def test_what_is_not_clear_is_no_table(page: Page) -> None:
    assert not read(page).rows


# --- pictures --------------------------------------------------------------------------------------------------------


def recognise(image: object) -> PictureText:
    """Stands for the recognition: three lines of a page of 1654 by 2339 pixels, wherever it is drawn."""
    wide, high = image.size  # type: ignore[attr-defined]
    scale = wide / 595
    lines = []
    for i, line in enumerate(BODY):
        text = line.lstrip("　")
        left, top = 74 + 16 * (len(line) - len(text)), 100 + 28 * i
        box = (left * scale, top * scale, (left + width(text, 16)) * scale, (top + 18) * scale)
        lines.append(PictureLine(text, *box, 0.9 if i else 0.6))
    return PictureText(tuple(lines), wide, high)


SCAN = Page().image()
GARBLED_SHIFT = 0x1357


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(Page().image(), id="nothing but a picture"),
        pytest.param(Page().image().text(290, 820, "- 3 -", 10), id="a page number over it"),
        pytest.param(Page().image().text(200, 50, "云岚县人民政府办公室电子公文系统下载打印件仅供内部查阅使用", 10).text(60, 825, "打印时间：2023年3月6日 打印人：王某某 第1页", 8), id="a long head and foot"),
        pytest.param(Page().image().text(350, 600, "云岚县人民政府", 12, angle=30, colour="1 0 0"), id="a stamp"),
    ],
)  # fmt: skip
def test_a_scan_is_read_by_its_picture(page: Page) -> None:
    found = read_pdf(make_pdf(page), "扫描.pdf", LIMITS, recognise)
    check(found)
    assert body(found) == [JOINED]
    assert found.confidence == pytest.approx((26 * 0.6 + (28 + 14) * 0.9) / 68)
    assert found.rule == "pictures of all pages"
    assert found.notes == ("第1页为扫描图片，文字由识别得到",)


def test_a_picture_in_a_page_of_text_is_no_scan() -> None:
    assert read(Page().image(74, 400, 200, 200).lines(BODY)).notes == ()
    assert read(Page().image().lines(BODY)).notes == ()


def test_a_text_layer_that_shows_other_characters_is_read_by_the_picture() -> None:
    page = Page().lines(BODY * 2)
    found = read_pdf(make_pdf(page, shift=GARBLED_SHIFT), "乱码.pdf", LIMITS, recognise)
    assert body(found) == [JOINED]


def test_a_font_with_private_codes_is_read_by_the_picture() -> None:
    page = Page().lines(BODY * 2)
    assert body(read_pdf(make_pdf(page, private=True), "乱码.pdf", LIMITS, recognise)) == [JOINED]
    with pytest.raises(InputError, match=r"fazhi\[ocr\]"):
        read_pdf(make_pdf(page, private=True), "乱码.pdf", LIMITS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(JOINED, False, id="official Chinese"),
        pytest.param("张伟李芳王秀英刘洋陈静杨磊赵敏黄丽周强吴军徐杰孙娟马超朱琳胡斌林涛郭鹏何平高翔罗丹郑浩梁宇", False, id="a list of names"),
        pytest.param("The county government reports on its work for the year 2023, as it must.", False, id="English"),
        pytest.param("ÕÞ¸®¹¤×÷±¨¸æ" * 6, True, id="GB2312 read as Latin"),
        pytest.param("\ue001\ue002\ue003" * 20, True, id="private use"),
        pytest.param("".join(chr(0x7000 + 97 * i % 0x2000) for i in range(80)), True, id="arbitrary Chinese characters"),
        pytest.param("！" * 5, False, id="too little to tell"),
    ],
)  # fmt: skip
def test_garbage_is_told_from_text(text: str, expected: bool) -> None:
    assert is_garbled(text) is expected


def test_without_recognition_a_scan_is_refused_and_single_pages_are_noted() -> None:
    with pytest.raises(InputError, match=r"扫描\.pdf is a scan: install fazhi\[ocr\]"):
        read_pdf(make_pdf(SCAN, SCAN), "扫描.pdf", LIMITS)
    found = read(Page().lines(BODY), SCAN, Page().lines(BODY), SCAN, SCAN, SCAN)
    assert found.notes == ("第2、4—6页为扫描图片，未识别",)
    assert found.confidence is None


def test_pages_by_picture_and_by_text_make_one_document() -> None:
    found = read_pdf(make_pdf(Page().lines(BODY), SCAN), "混合.pdf", LIMITS, recognise)
    assert body(found) == [JOINED, JOINED]
    assert found.rule == "text layer, 1 of 2 pages by picture"


def test_a_page_on_which_recognition_fails_is_noted() -> None:
    def fail(image: object) -> PictureText:
        raise InputError("expected a picture that the engine can read, got another")

    found = read_pdf(make_pdf(Page().lines(BODY), SCAN), "混合.pdf", LIMITS, fail)
    assert found.notes == ("第2页为扫描图片，未识别",)


def test_the_picture_of_a_page_keeps_to_the_limit() -> None:
    seen = []

    def measure(image: object) -> PictureText:
        seen.append(image.size)  # type: ignore[attr-defined]
        return recognise(image)

    read_pdf(make_pdf(Page(14000, 14000).image()), "大图.pdf", Limits(pixels=1_000_000), measure)
    assert seen[0][0] * seen[0][1] <= 1_010_000


# --- what cannot be read ---------------------------------------------------------------------------------------------


def loop() -> bytes:
    return write_pdf({
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 4 >>",
        3: b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 3 >>",
    })  # fmt: skip


def forms(*drawings: bytes, contents: str = "4 0 R") -> bytes:
    """A page that draws /X0; form /Xn draws drawings[n]."""
    names = " ".join(f"/X{i} {10 + i} 0 R" for i in range(len(drawings)))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Resources 5 0 R >>",
        3: f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {contents} >>".encode(),
        4: b"<< /Length 6 >>\nstream\n/X0 Do\nendstream",
        5: b"<< /XObject 6 0 R /Font << /F 7 0 R >> >>",
        6: f"<< {names} >>".encode(),
        7: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }  # fmt: skip
    for i, drawn in enumerate(drawings):
        objects[10 + i] = (
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources 5 0 R /Length {len(drawn)} >>\nstream\n".encode()
            + drawn
            + b"\nendstream"
        )
    return write_pdf(objects)


def bomb() -> bytes:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"0 0 m 9 9 l S\n" * 10_000) for _ in range(150)) + packer.flush()
    return write_pdf({
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        4: f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream",
    })  # fmt: skip


def locked() -> bytes:
    pdf = make_pdf(Page().lines(BODY))
    lock = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"41" * 32
        + b"> /U <"
        + b"42" * 32
        + b"> >> /ID [<00> <00>]"
    )
    return pdf.replace(b"/Root 1 0 R", b"/Root 1 0 R " + lock)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "does not open", id="empty"),
        pytest.param(b"%PDF-1.7\n", "does not open", id="only its first line"),
        pytest.param(make_pdf(Page().lines(BODY))[:400], "does not open|broken|empty", id="cut off early"),
        pytest.param(make_pdf(), "1 to 600 pages, got 0|does not open", id="no pages"),
        pytest.param(loop(), "pages|does not open", id="a tree of pages that holds itself"),
        pytest.param(forms(b"/X0 Do /X0 Do"), "draw at most 16 MB", id="a form that draws itself"),
        pytest.param(forms(b"/X1 Do", b"/X0 Do"), "draw at most 16 MB", id="forms that draw each other"),
        pytest.param(
            forms(*(f"/X{i} Do /X{i} Do".encode() for i in range(1, 30)), b"0 0 m 9 9 l S"),
            "draw at most 16 MB",
            id="forms that double",
        ),
        pytest.param(
            forms(b"0 0 m 9 9 l S\n" * 5000, contents="[" + "4 0 R " * 500 + "]"),
            "draw at most 16 MB",
            id="contents named again and again",
        ),
        pytest.param(bomb(), "at most 16 MB", id="a stream that unpacks to much more"),
        pytest.param(locked(), "without a password", id="locked"),
        pytest.param(make_pdf(Page()), "1 empty pages", id="an empty page"),
        pytest.param(make_pdf(*[Page()] * 601), "1 to 600 pages, got 601", id="too many pages"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read_pdf(content, "坏.pdf", LIMITS)


def test_text_in_forms_is_read() -> None:
    assert body(read_pdf(forms(b"/X1 Do", b"BT /F 12 Tf 74 700 Td (Rule of law) Tj ET"), "表单.pdf", LIMITS)) == [
        "Rule of law"
    ]


def test_too_many_scans_are_refused_only_where_they_would_be_read() -> None:
    with pytest.raises(InputError, match="at most 1 scanned pages in a PDF file, got 2"):
        read_pdf(make_pdf(SCAN, SCAN), "扫描.pdf", Limits(scanned_pages=1), recognise)


def test_a_file_without_its_end_is_read_as_far_as_it_goes() -> None:
    content = make_pdf(Page().lines(BODY))
    assert body(read_pdf(content[: content.rindex(b"xref")], "断.pdf", LIMITS)) == [JOINED]


def test_a_page_of_impossible_size_is_noted() -> None:
    found = read_pdf(make_pdf(Page().lines(BODY), Page(width=9e9, height=9e9).lines(BODY)), "大.pdf", LIMITS)
    assert found.notes == ("第2页损坏，无法读取",)


def rc4(key: bytes, data: bytes) -> bytes:
    state, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def test_a_file_that_only_its_owner_may_change_is_read() -> None:
    """Encrypted with an empty user password, as Algorithms 2 to 4 of ISO 32000-1 say."""
    padding = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    owner = rc4(md5(b"owner".ljust(5) + padding[:27]).digest()[:5], padding)
    key = md5(padding + owner + (-4 & 0xFFFFFFFF).to_bytes(4, "little") + b"\x01").digest()[:5]
    drawn = b"0 0 0 rg"
    page = Page().text(74, 100, JOINED[:20])
    drawn = page.ops[0]
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        4: f"<< /Length {len(drawn)} >>\nstream\n".encode() + rc4(md5(key + (4).to_bytes(3, "little") + b"\0\0").digest()[:10], drawn) + b"\nendstream",
        5: b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        6: b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong /CIDSystemInfo 7 0 R /DW 1000 >>",
        7: b"<< /Registry <" + rc4(md5(key + (7).to_bytes(3, "little") + b"\0\0").digest()[:10], b"Adobe").hex().encode()
        + b"> /Ordering <" + rc4(md5(key + (7).to_bytes(3, "little") + b"\0\0").digest()[:10], b"GB1").hex().encode() + b"> /Supplement 0 >>",
    }  # fmt: skip
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{owner.hex()}> /U <{rc4(key, padding).hex()}> >> /ID [<01> <01>]"
    assert JOINED[:20] in read_pdf(write_pdf(objects, lock), "锁.pdf", LIMITS).text


# --- files that a word processor made --------------------------------------------------------------------------------

OPEN = """<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"><office:styles>
<style:default-style style:family="paragraph"><style:text-properties fo:font-size="16pt" style:font-size-asian="16pt"
 fo:language="zh" fo:country="CN" style:language-asian="zh" style:country-asian="CN"/></style:default-style></office:styles>
<office:automatic-styles>
<style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:text-indent="32pt" fo:line-height="28pt" style:punctuation-wrap="simple"/></style:style>
<style:style style:name="T" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-size="22pt" style:font-size-asian="22pt"/></style:style>
<style:style style:name="R" style:family="paragraph"><style:paragraph-properties fo:text-align="end" fo:margin-right="64pt"/></style:style>
<style:style style:name="C" style:family="paragraph"><style:text-properties fo:font-size="10pt" style:font-size-asian="10pt"/></style:style>
<style:style style:name="B" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="3pt"/></style:style>
<style:style style:name="N" style:family="table-column"><style:table-column-properties style:column-width="1.5cm"/></style:style>
<style:style style:name="W" style:family="table-column"><style:table-column-properties style:column-width="7cm"/></style:style>
<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2.5cm"/><style:footer-style/></style:page-layout>
</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">
<style:footer><text:p text:style-name="C">— <text:page-number text:select-page="current">1</text:page-number> —</text:p></style:footer>
</style:master-page></office:master-styles><office:body><office:text>"""
CLOSE = "</office:text></office:body></office:document>"
PLAN = [
    f"{n}.县政府第{n}次常务会议研究行政执法工作，部署全县案卷评查、执法培训和行政复议等任务，明确由司法行政部门牵头负责，各乡镇和有关部门按照职责分工抓好落实，每季度报送进展情况。"
    for n in range(1, 25)
]
TASKS = [
    (str(n), f"组织开展第{n}批行政执法案卷评查，评查结果在全县范围内通报并纳入年度考核。", f"第{n}组")
    for n in range(1, 31)
]


def open_document() -> str:
    def line(text: str, style: str) -> str:
        return f'<text:p text:style-name="{style}">{text}</text:p>'

    def row(cells: tuple[str, ...]) -> str:
        return (
            "<table:table-row>"
            + "".join(f'<table:table-cell table:style-name="B">{line(cell, "C")}</table:table-cell>' for cell in cells)
            + "</table:table-row>"
        )

    note = '<text:note text:id="n" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p text:style-name="C">指上一年度的数据。</text:p></text:note-body></text:note>'
    columns = "".join(f'<table:table-column table:style-name="{style}"/>' for style in "NWN")
    table = f"<table:table>{columns}<table:table-header-rows>{row(('序号', '工作任务', '分组'))}</table:table-header-rows>{''.join(map(row, TASKS))}</table:table>"
    plan = "".join(line(text if n != 2 else text + note, "P") for n, text in enumerate(PLAN))
    return (
        OPEN
        + line("云岚县法治政府建设工作要点", "T")
        + plan
        + line("云岚县人民政府", "R")
        + line("2023年3月6日", "R")
        + table
        + CLOSE
    )


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_what_libreoffice_sets_comes_back_whole(tmp_path: Path) -> None:
    (tmp_path / "plan.fodt").write_text(open_document(), encoding="utf-8")
    command = [
        "soffice",
        f"-env:UserInstallation={tmp_path.as_uri()}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "plan.fodt"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    found = read_pdf((tmp_path / "plan.pdf").read_bytes(), "plan.pdf", LIMITS)
    check(found)
    lines = body(found)
    assert lines[: len(PLAN) + 4] == [
        "云岚县法治政府建设工作要点",
        *PLAN[:3],
        "指上一年度的数据。",
        *PLAN[3:],
        "云岚县人民政府",
        "2023年3月6日",
    ]
    assert lines[len(PLAN) + 4 :] == ["序号\t工作任务\t分组", *("\t".join(task) for task in TASKS)]
    assert sum(reason == "page number" for _, reason in cuts(found)) == found.pages
