"""Numbers that open sections, and figures, dates, articles and words that only look like them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.numbering import STYLES, find_markers, printed, read_han
from pipeline.text import fold


def numbers(text: str) -> list[str]:
    """The numbers found in *text*, as printed."""
    folded = fold(text)
    lines, at = [], 0
    for line in folded.split("\n"):
        lines.append((at, at + len(line)))
        at += len(line) + 1
    return [printed(text, marker) for marker in find_markers(folded, lines)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("一、总体要求", ["一"], id="一、"),
        pytest.param("一．总体要求\n二. 重点任务", ["一", "二"], id="一 with a full stop, full-width and plain"),
        pytest.param("一 、总体要求", ["一"], id="a blank inside"),
        pytest.param("十一、附则\n二十三、施行", ["十一", "二十三"], id="beyond ten"),
        pytest.param(
            "（一）公开\n(二）听证\n〔三〕评估\n（十一）、督查",
            ["（一）", "(二）", "〔三〕", "（十一）"],
            id="brackets of all kinds",
        ),
        pytest.param("㈠公开\n㈡听证", ["㈠", "㈡"], id="one-character brackets"),
        pytest.param("1.公开\n2．听证\n3、评估\n４. 督查", ["1", "2", "3", "４"], id="1. in its forms"),
        pytest.param("1，公开\n2，听证", ["1", "2"], id="1 and a comma in a run"),
        pytest.param("1 公开\n2 听证", ["1", "2"], id="1 and a blank in a run"),
        pytest.param("（1）公开\n(2)听证\n3）评估\n⑷督查", ["（1）", "(2)", "3）", "⑷"], id="(1) in its forms"),
        pytest.param("①公开\n②听证\n❸评估", ["①", "②", "❸"], id="circled"),
        pytest.param("一是公开。二是听证。", ["一是", "二是"], id="一是 in a paragraph"),
        pytest.param("一要公开，二要听证，三要评估", ["一要", "二要", "三要"], id="一要 after commas"),
        pytest.param("主要有：一是要公开、二是要听证", ["一是", "二是"], id="一是要 after 、"),
        pytest.param(
            "第一章 总则\n第二章 职责\n第一节 决策\n第一条 公开\n第 二 条 听证",
            ["第一章", "第二章", "第一节", "第一条", "第 二 条"],
            id="chapters and articles",
        ),
        pytest.param(
            "第十二条 公开\n第一百零三条 施行", ["第十二条", "第一百零三条"], id="article numbers of any size"
        ),
        pytest.param("A.公开\nB、听证\nＣ．评估", ["A", "B", "Ｃ"], id="letters"),
        pytest.param("a.公开\nb.听证", ["a", "b"], id="small letters"),
        pytest.param(
            "一是公开。二是听证。四是评估。五是督查。五是考核。",
            ["一是", "二是", "四是", "五是", "五是"],
            id="skipped and repeated",
        ),
        pytest.param(
            "一是公开。二是听证。一是评估。四是督查。", ["一是", "二是", "一是", "四是"], id="一是 printed for 三是"
        ),
        pytest.param("首先公开。二是听证。三是评估。", ["二是", "三是"], id="a list whose first number is a word"),
        pytest.param("本年工作一是公开；二是听证。", ["一是", "二是"], id="一是 without a mark before it"),
        pytest.param("措施：1.公开；2.听证。", ["1", "2"], id="inline after a colon"),
        pytest.param(
            "二、重点任务(一)规范执法。亮证。(二)化解纠纷。",
            ["二", "(一)", "(二)"],
            id="(一) right after the title above it",
        ),
        pytest.param(
            "1.2023年计划完成\n2.3月底前公开\n3.12345热线", ["1", "2", "3"], id="text that begins with a number"
        ),
        pytest.param("一、二〇二三年工作\n二、三年行动", ["一", "二"], id="title that begins with a numeral"),
    ],
)
def test_numbers_of_sections_are_found(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("3.5%的事项当日办结。", id="a percentage at the start of a line"),
        pytest.param("2021.03", id="a month"),
        pytest.param("12.4国家宪法日活动顺利举办。", id="a day with a point"),
        pytest.param("1.5倍于上年。\n3.15活动期间受理投诉。", id="figures with points"),
        pytest.param("1月5日召开会议。\n8:30开始。\n1-6月办件平稳。", id="dates and times"),
        pytest.param(
            "2023年，全镇学法。\n3120项事项可网上办理。\n1.2万人次参加。", id="years and amounts at the start of a line"
        ),
        pytest.param("第三条规定的期限届满。\n第二条、第五条同时适用。\n根据第一条办理。", id="articles cited"),
        pytest.param("一、二级响应期间值守。\n二、三产业融合。\n一、二、三类事项分级办理。", id="two of a kind"),
        pytest.param("1、2号楼已经验收。\n1,234件办结。", id="numbers in a row"),
        pytest.param("十一国庆期间执勤。\n十四五规划收官。\n七五普法验收。", id="names that begin with numerals"),
        pytest.param("按照(一)的要求和(二)的规定办理，见(三)。", id="(一) referred to"),
        pytest.param("坚持一是一、二是二，如实上报。", id="a phrase"),
        pytest.param("统一是关键，唯一是法律，其中一是学法。", id="一是 in words"),
        pytest.param("第一是学习，第二是宣传。", id="第一是"),
        pytest.param("一是重要环节，需要抓好。", id="一是 without 二是"),
        pytest.param("办结108起①，办结率99%②。", id="reference marks"),
        pytest.param("详见(1)和(2)，按(1)(2)办理。", id="(1) referred to"),
        pytest.param("上年(1)项。", id="a lone (1)"),
        pytest.param("电话：0555-1234567。传真1.", id="telephone"),
        pytest.param("第一，压实责任。\n第二，强化保障。", id="第一， counts arguments"),
        pytest.param("第一批事项下放。第二次会议召开。", id="ordinals"),
        pytest.param("第一节课由镇长主讲。", id="a lesson"),
        pytest.param("APP.上线。P2P、O2O平台。", id="letters in words"),
        pytest.param("（对象一是企业，二是群众）均可申请。", id="一是 in brackets"),
        pytest.param("落实第一、二、三项措施。", id="numerals in a list"),
    ],
)
def test_what_only_looks_like_a_number_is_left_alone(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("number", "value"),
    [("一", 1), ("十", 10), ("十一", 11), ("二十", 20), ("二十三", 23), ("九十九", 99), ("一百零二", 102)],
)
def test_chinese_numerals_are_read(number: str, value: int) -> None:
    assert read_han(number) == value


@given(
    st.lists(
        st.sampled_from(
            ["一、公开", "(一)听证。", "1.评估", "①督查；", "一是考核。", "二是", "3.5%", "\n", "(2)", "第一条 "]
        )
    )
)
def test_markers_are_in_order_and_apart(parts: list[str]) -> None:
    text = fold("".join(parts))
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append((at, at + len(line)))
        at += len(line) + 1
    markers = find_markers(text, lines)
    assert all(first.end <= second.start for first, second in pairwise(markers))
    assert all(marker.start < marker.end and marker.style in STYLES for marker in markers)
