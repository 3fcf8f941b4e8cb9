"""Which blanks of a paragraph stay: the one place where the text may differ from the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.parse.blanks import tidy
from pipeline.text import squeeze


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        pytest.param(
            "参加考试１ ３８６人，实到1 386人", "参加考试１３８６人，实到1386人", id="number in groups of three"
        ),
        pytest.param("发布短信1 260万条", "发布短信1260万条", id="without a sentence mark"),
        pytest.param("罚没款2 436.8万元，增长19.1 %", "罚没款2436.8万元，增长19.1%", id="decimal, percent sign apart"),
        pytest.param("2023 年 7 月 13 日", "2023年7月13日", id="date"),
        pytest.param("2O18年12月2 6日", "2O18年12月26日", id="blank inside the day"),
        pytest.param("2018年1 2月6日", "2018年12月6日", id="blank inside the month"),
        pytest.param("完成率达到 95 %以上， 其中", "完成率达到95%以上，其中", id="number and unit"),
        pytest.param("一、加强组织领导　夯实法治基础", "一、加强组织领导 夯实法治基础", id="title in halves stays so"),
        pytest.param("加强组织领导 夯实法治基础", "加强组织领导 夯实法治基础", id="likewise without a number"),
        pytest.param(
            "1、健全机制建设 成立领导小组，由县长任组长",
            "1、健全机制建设 成立领导小组，由县长任组长",
            id="title runs into its paragraph",
        ),
        pytest.param("关 于 做 好 工 作 的 通 知", "关于做好工作的通知", id="letters spaced out"),
        pytest.param(
            "坚持 以人民为中心，不断 提升 服务", "坚持以人民为中心，不断提升服务", id="blanks inside a sentence"
        ),
        pytest.param("（一） 推进改革。", "（一）推进改革。", id="after a number with its bracket"),
        pytest.param("一、 总体要求", "一、总体要求", id="after a number with its point"),
        pytest.param("1 健全机制", "1 健全机制", id="number without a point keeps its blank"),
        pytest.param(
            "1. 2022年底前完成，其中", "1. 2022年底前完成，其中", id="item number before a year is no decimal"
        ),
        pytest.param("第一章　总则", "第一章 总则", id="chapter"),
        pytest.param("第三条 本县各单位应当公开信息。", "第三条 本县各单位应当公开信息。", id="article"),
        pytest.param("表1　主要指标完成情况", "表1 主要指标完成情况", id="caption of a table"),
        pytest.param("组 长：王 某", "组长：王某", id="spaced-out name"),
        pytest.param("组长：王某　县长", "组长：王某 县长", id="name and post"),
        pytest.param("王某　李某某　张某", "王某 李某某 张某", id="list of names"),
        pytest.param(
            "青石县司法局　　　　2023年3月6日", "青石县司法局 2023年3月6日", id="signature and date on one line"
        ),
        pytest.param(
            "推行 APP 掌上执法，使用 Windows Server 系统", "推行APP掌上执法，使用Windows Server系统", id="Latin words"
        ),
        pytest.param("序号\t任 务\t责任单位", "序号\t任务\t责任单位", id="cells stay apart"),
        pytest.param("2\t\t县财政局", "2\t\t县财政局", id="empty cell"),
        pytest.param("坚持\x1f依法\x1f \x1f行政 Word\x1fOffice", "坚持依法行政Word Office", id="line ends of markup"),
        pytest.param("　　 坚持依法行政。 \u00a0", "坚持依法行政。", id="blanks around"),
        pytest.param("没有空格的一句话。", "没有空格的一句话。", id="nothing to do"),
    ],
)
def test_blanks_inside_words_and_numbers_go_and_those_that_part_something_stay(printed: str, expected: str) -> None:
    assert tidy(printed) == expected


LETTERS = st.text(alphabet="法治政府 　\u00a0\t12,.%。，：:（）(Ab、一", max_size=60)


@given(LETTERS)
def test_only_white_space_changes(text: str) -> None:
    assert squeeze(tidy(text)) == squeeze(text)


@given(LETTERS)
def test_tidy_text_is_left_alone(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(LETTERS.filter(lambda text: "\t" not in text))
def test_no_blank_is_left_at_an_end_or_doubled(text: str) -> None:
    tidied = tidy(text)
    assert tidied == tidied.strip()
    assert "  " not in tidied
