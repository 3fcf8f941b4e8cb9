"""Heads of pages as sites print them: labels in cells and lists, info lines, paths, broken and glued titles."""

from datetime import date

import pytest

from pipeline.parse import parse_page
from pipeline.parse.furniture import is_navigation
from pipeline.parse.labels import read_labels
from pipeline.records import Document, Page

TITLE = "青石县人民政府关于2022年度法治政府建设情况的报告"
BODY = """市人民政府：
　　2022年，青石县围绕年初目标推进法治政府建设，现将有关情况报告如下。
　　一、主要做法
　　县政府常务会议全年学法6次，清理规范性文件31件，行政机关负责人出庭应诉率达到96%。
"""
SIGNED = "青石县人民政府\n2023年1月16日\n"
WIDE = "\u3000\u3000"


def read(source: str) -> Document:
    return parse_page(Page("page", source.encode()))


# --- labels ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "pairs"),
    [
        pytest.param(
            "索 引 号 | QS-2023-001 | 发文字号 | 青政报〔2023〕6号",
            [("索引号", "QS-2023-001"), ("发文字号", "青政报〔2023〕6号")],
            id="bars part cells",
        ),
        pytest.param(
            "| 发布机构 | 青石县司法局 | 成文日期 | 2023-01-16 |",
            [("发布机构", "青石县司法局"), ("成文日期", "2023-01-16")],
            id="outer bars too",
        ),
        pytest.param(
            "文号：｜青政报〔2023〕6号｜成文日期：｜2023-01-16",
            [("文号", "青政报〔2023〕6号"), ("成文日期", "2023-01-16")],
            id="full-width bars, colons in the cells",
        ),
        pytest.param("• 发布机构：青石县司法局", [("发布机构", "青石县司法局")], id="bullet"),
        pytest.param("■ 文    号：青政报〔2023〕6号", [("文号", "青政报〔2023〕6号")], id="square bullet"),
        pytest.param("- 成文日期：2023-01-16", [("成文日期", "2023-01-16")], id="dash as a bullet"),
        pytest.param(
            "来源：青石县司法局　2023/1/29 10:07:33　点击：20",
            [("来源", "青石县司法局"), ("发布时间", "2023/1/29 10:07:33"), ("点击", "20")],
            id="the day behind the origin",
        ),
        pytest.param("走进青石 | 政务公开 | 办事服务", [], id="a menu has bars and no label"),
        pytest.param("• 开展普法宣传12场", [], id="a bullet alone makes no label"),
        pytest.param("全年学法6次 | 清理文件31件", [], id="cells without a label"),
    ],
)
def test_labels_are_read_from_cells_and_lists(line: str, pairs: list[tuple[str, str]]) -> None:
    assert read_labels(line) == pairs


@pytest.mark.parametrize(
    ("info", "published"),
    [
        pytest.param("2023-01-29 16:45　　来源：县司法局　　点击：【732】", date(2023, 1, 29), id="day first"),
        pytest.param("来源：县司法局　　2023-01-29 16:45　　点击：732", date(2023, 1, 29), id="day in the middle"),
        pytest.param("2023年1月29日　　来源：县司法局", date(2023, 1, 29), id="day in words"),
        pytest.param("青石县政府网　2023-1-29 9:15:00　阅读次数：1033", date(2023, 1, 29), id="site first"),
        pytest.param("青石县人民政府网　发布时间：2023-1-29", date(2023, 1, 29), id="site, then a label"),
        pytest.param("来源：青石县 发表时间：2023/1/29 10:07:33 阅读：56", date(2023, 1, 29), id="slashes"),
        pytest.param("时间：2023-01-29 来源：县司法局 作者： 点击：4次", date(2023, 1, 29), id="时间 alone"),
        pytest.param("今天是：2025年11月18日 10:20:30 星期二", None, id="the clock of the site"),
        pytest.param("来源：县司法局　点击：732", None, id="no day"),
    ],
)
def test_day_beside_the_title_is_the_day_of_publication(info: str, published: date | None) -> None:
    document = read(f"{TITLE}\n{info}\n\n{BODY}{SIGNED}")
    assert (document.published, document.written) == (published, date(2023, 1, 16))
    assert document.text.startswith("市人民政府：")


@pytest.mark.parametrize(
    "closing",
    [
        pytest.param("青石县人民政府　2023年1月16日 16:20\n", id="a clock time in it"),
        pytest.param("青石县人民政府　日期：2023年1月16日\n", id="a label in it"),
    ],
)
def test_signature_is_no_info_line(closing: str) -> None:
    assert "2023年1月16日" in read(f"{TITLE}\n\n{BODY}{closing}").text


def test_list_of_labels_is_no_part_of_the_title() -> None:
    rows = ["• 公文编组：甲类", "• 发布机构：青石县人民政府", "• 成文日期：2023年1月16日"]
    document = read("青石县人民政府\n" + "\n".join(rows) + f"\n\n{TITLE}\n\n{BODY}{SIGNED}")
    assert document.title == TITLE


def test_value_stands_on_the_line_after_its_label() -> None:
    document = read(f"• 文号：\n青政报〔2023〕6号\n• 发布时间\n2023-01-29\n{TITLE}\n\n{BODY}{SIGNED}")
    assert (document.doc_number, document.published) == ("青政报〔2023〕6号", date(2023, 1, 29))


# --- paths -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "path"),
    [
        pytest.param("首页 - 政府信息公开 - 年度报告 - 正文", True, id="dashes"),
        pytest.param("政务公开 - 法治政府建设 - 正文", True, id="without its first word"),
        pytest.param("青石县人民政府 / 首页 - 政务公开 - 正文", True, id="the site before it"),
        pytest.param("首页 » 政务公开 » 正文", True, id="angle marks"),
        pytest.param("青石县法治政府建设实施方案（2021-2025年）", False, id="a span has a dash"),
        pytest.param("青石县2022年法治政府建设报告 - 年报 - 正文", False, id="a title with the path behind it"),
    ],
)
def test_path_is_navigation(line: str, path: bool) -> None:
    assert is_navigation(line) is path


def test_site_and_path_are_no_part_of_the_title() -> None:
    document = read(f"青石县人民政府\n首页 - 政府信息公开 - 年度报告 - 正文\n{TITLE}\n\n{BODY}{SIGNED}")
    assert document.title == TITLE


# --- titles ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        pytest.param(
            ["青石县人民政府关于印发", "青石县法治政府建设实施方案", "（2021—2025年）的通知"],
            "青石县人民政府关于印发青石县法治政府建设实施方案（2021—2025年）的通知",
            id="three lines",
        ),
        pytest.param(
            ["青石县人民政府", "关于印发青石县法治政府建设实施方案", "（2021—2025年）", "的通知"],
            "青石县人民政府关于印发青石县法治政府建设实施方案（2021—2025年）的通知",
            id="the last word alone",
        ),
        pytest.param(["青石县2022年法治政府建设情况报告"], "青石县2022年法治政府建设情况报告", id="a whole one"),
    ],
)
def test_title_goes_on_to_its_last_words(lines: list[str], title: str) -> None:
    document = read("\n".join(lines) + f"\n{BODY}{SIGNED}")
    assert (document.title, document.text.splitlines()[0]) == (title, "市人民政府：")


def test_title_repeated_with_a_letter_for_a_nought_is_cut() -> None:
    head = "青石县2018年依法行政工作总结\n来源：青石县 时间：2018-12-29\n\n青石县2O18年依法行政工作总结\n"
    document = read(head + BODY + "青石县人民政府\n2O18年12月2 6日\n")
    assert document.text.startswith("市人民政府：")
    assert (document.written, document.issuer) == (date(2018, 12, 26), "青石县人民政府")
    assert document.text.endswith("2O18年12月26日\n")


def test_document_run_together_on_one_line_keeps_its_head_apart() -> None:
    head = f"{TITLE} 发布时间：2023-01-29 15:20 来源：县司法局 浏览字号：[大] [中] [小] 收藏本页 打印本页 "
    document = read(head + WIDE + BODY.replace("\n", " ") * 6 + "学法率达到90%。青石县人民政府2023年1月16日")
    assert document.title == TITLE
    assert (document.published, document.written) == (date(2023, 1, 29), date(2023, 1, 16))
    assert "打印" not in document.text
    assert document.text.endswith("90%。青石县人民政府2023年1月16日\n")


# --- pages that hold no document -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "soft"),
    [
        pytest.param("各乡镇：\n现将工作要点印发给你们，请认真落实。详见附件。\n", True, id="only the annex is named"),
        pytest.param(
            "各乡镇：\n现印发工作要点，名单见附件。\n一、加强学法\n全年学法不少于6次。\n", False, id="it has sections"
        ),
        pytest.param("各乡镇：\n现通知如下，请于5月底前报送自查情况。\n", False, id="short without an annex"),
        pytest.param(
            "任务清单见附件。" + "各单位要对照清单逐项落实法治建设任务。" * 12 + "\n", False, id="long enough"
        ),
    ],
)
def test_page_that_only_points_to_its_annex_says_so(body: str, soft: bool) -> None:
    document = read(f"青石县2023年法治政府建设工作要点\n\n{body}{SIGNED}")
    assert ("正文只有附件指引" in document.notes, document.quality <= 0.3) == (soft, soft)
