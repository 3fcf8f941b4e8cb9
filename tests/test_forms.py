"""Chapters and paragraphs that their form alone tells."""

import pytest

from pipeline import forms


@pytest.mark.parametrize(
    ("title", "frame"),
    [
        pytest.param("总体要求", "aims", id="aims"),
        pytest.param("指导思想和工作目标", "aims", id="two aims"),
        pytest.param("2023年全县主要目标", "aims", id="year and place before it"),
        pytest.param("存在的问题", "problems", id="problems"),
        pytest.param("当前工作中存在的主要问题和不足", "problems", id="problems with emphasis"),
        pytest.param("短板弱项及原因分析", "problems", id="shortcomings and reasons"),
        pytest.param("下一步工作打算", "next", id="next steps"),
        pytest.param("2024年工作安排", "next", id="next year's work"),
        pytest.param("今后努力方向", "next", id="directions"),
        pytest.param("存在问题及下步打算", "mixed", id="problems and next steps"),
        pytest.param("保障措施", "delivery", id="delivery"),
        pytest.param("切实加强组织保障,确保任务落实", "delivery", id="delivery with emphasis and purpose"),
        pytest.param("实施步骤和时间安排", "delivery", id="two of delivery"),
        pytest.param("加强组织领导", None, id="leadership alone may open a report"),
        pytest.param("工作措施", None, id="measures are the tasks themselves"),
        pytest.param("主要任务", None, id="tasks have no subject of their own"),
        pytest.param("2023年工作开展情况", None, id="what was done"),
        pytest.param("解决群众反映强烈的突出问题", None, id="problems as an object of work"),
        pytest.param("完善应急保障措施", None, id="delivery of another subject"),
        pytest.param("加强执法监督检查", None, id="inspection of another subject"),
        pytest.param("强化监督问责", None, id="accountability is supervision, not delivery"),
        pytest.param("", None, id="no title"),
    ],
)
def test_a_chapter_is_known_by_its_whole_title(title: str, frame: str | None) -> None:
    assert forms.frame_of(title) == frame


@pytest.mark.parametrize(
    ("text", "check"),
    [
        pytest.param("第一阶段:动员部署(4月)", forms.is_stage, id="numbered stage"),
        pytest.param("总结验收阶段(11月至12月)", forms.is_stage, id="named stage"),
        pytest.param("各乡镇人民政府,县政府各部门:", forms.is_furniture, id="addressee"),
        pytest.param("云水县人民政府2022年3月5日", forms.is_furniture, id="signature with date"),
        pytest.param("二〇二二年三月五日", forms.is_furniture, id="date in Chinese numerals"),
        pytest.param("特此报告。", forms.is_furniture, id="closing formula"),
        pytest.param("附件:1.任务清单", forms.is_furniture, id="attachments"),
        pytest.param("虽然取得了一定成绩,但仍有短板。", forms.admits_problems, id="turn to problems"),
        pytest.param("在取得成效的同时,也存在一些问题。", forms.admits_problems, id="turn after praise"),
        pytest.param("对照上级要求,还存在一定差距。", forms.admits_problems, id="measured against a demand"),
        pytest.param("二是执法装备老化", forms.complains, id="something wanting"),
        pytest.param("下一步,我局将加强学习。", forms.looks_ahead, id="what comes next"),
        pytest.param("现将有关情况报告如下:", forms.opens_document, id="a report opens"),
        pytest.param("结合我县实际,制定本方案。", forms.opens_document, id="a plan opens"),
        pytest.param("坚持以习近平法治思想为指导。", forms.states_aims, id="guiding ideas"),
    ],
)
def test_a_form_is_recognised(text: str, check: object) -> None:
    assert callable(check)
    assert check(text)


@pytest.mark.parametrize(
    ("text", "check"),
    [
        pytest.param("推进执法现阶段改革", forms.is_stage, id="a stage in passing"),
        pytest.param("全年办理案件30件。", forms.is_furniture, id="a short sentence"),
        pytest.param("2022年3月5日召开会议", forms.is_furniture, id="a date that opens a sentence"),
        pytest.param("着力解决一些历史问题,化解矛盾。", forms.admits_problems, id="problems solved"),
        pytest.param("2022年,我县深化改革。", forms.looks_ahead, id="the year reported"),
        pytest.param("制定本单位普法清单,并公布。", forms.opens_document, id="something else made"),
    ],
)
def test_what_only_resembles_a_form_is_not_it(text: str, check: object) -> None:
    assert callable(check)
    assert not check(text)
