"""Injected text goes, official words of the same sound stay. All strings here are invented."""

import pytest

from pipeline.parse import parse_page
from pipeline.parse.spam import find_spam
from pipeline.records import Page


def clean(text: str) -> str:
    parts, at = [], 0
    for cut in find_spam(text):
        parts.append(text[at : cut.start])
        at = cut.end
    return "".join([*parts, text[at:]])


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        pytest.param(
            "坚持依法行政。英国777bet_777足球外围赛靠谱吗_新8网址",
            "坚持依法行政。",
            id="pieces joined by underscores at the end of a sentence",
        ),
        pytest.param(
            "《mg668娱乐官网登录法治政府建设实施纲要(2016—2020年)》颁布以来",
            "《法治政府建设实施纲要(2016—2020年)》颁布以来",
            id="glued to a title inside its marks",
        ),
        pytest.param(
            "《win998直播_体育win998在线怎么玩的法治县建设方案》实施。\n公平公正。win998直播_体育win998在线怎么玩的\n二、任务",
            "《法治县建设方案》实施。\n公平公正。\n二、任务",
            id="the place where it stands alone shows where it ends",
        ),
        pytest.param(
            "装备不足，澳门金沙国际娱乐城注册即送彩金与任务不相适应。", "装备不足，与任务不相适应。", id="Chinese only"
        ),
        pytest.param(
            "全面落实责任www.bet999.com百家乐投注平台，逐级考核。", "全面落实责任，逐级考核。", id="address with words"
        ),
        pytest.param("依法办理buy cheap viagra online许可事项。", "依法办理许可事项。", id="English of the drug trade"),
        pytest.param(
            "完善政务服务平台vip8866官网登录入口，方便群众。",
            "完善政务服务平台，方便群众。",
            id="the word before it stays",
        ),
    ],
)
def test_injected_text_goes_and_the_sentence_around_it_stays(printed: str, expected: str) -> None:
    assert clean(printed) == expected


@pytest.mark.parametrize(
    "text",
    [
        "加强福利彩票和体育彩票销售管理，规范彩票公益金使用。",
        "体育彩票公益金支持全民健身，体育彩票投注站点守法经营。",
        "严厉打击网络赌博、跨境赌博和赌场，取缔老虎机12台。",
        "打击地下六合彩赌博活动，整治棋牌室、娱乐场所和网吧。",
        "规范直播带货和网络直播平台，开展直播普法6场。",
        "推广青石办APP，下载安装3.2万人次，注册登录2万人。",
        "12345政务服务热线平台与12348公共法律服务热线在线办理。",
        "12333app下载安装平台升级，5G网络和IPv6平台建设提速。",
        "通过ISO9001认证，GB/T22239标准平台登录，PM2.5浓度下降。",
        "政府网站www.qingshi.gov.cn在线访谈4期，官网公布信息。",
        "Office365平台登录，WIN10系统安装，H7N9疫情防控。",
        "附件_任务清单_网站.doc",
        "“互联网+监管”平台、7×24小时在线服务、2.0版上线。",
        "开展世界杯足球赛期间治安防范，查处赌球案件3件。",
        "县级行政许可事项236项，网上可办率达98.6%。",
        "执法终端型号PDA2000登记造册，A4纸打印。",
    ],
)
def test_official_words_of_the_same_sound_stay(text: str) -> None:
    assert clean(text) == text


def test_spam_is_a_cut_with_its_reason_and_a_note() -> None:
    sentence = "坚持依法行政，推进执法公开。"
    source = f"一、总体要求\n{sentence}bet777娱乐_官网登录_bet777投注\n{sentence}"
    document = parse_page(Page("p", source.encode()))
    assert document.text == f"一、总体要求\n{sentence}\n{sentence}\n"
    assert [source[cut.start : cut.end] for cut in document.cuts if cut.reason == "spam"] == [
        "bet777娱乐_官网登录_bet777投注"
    ]
    assert any(note.startswith("spam removed: 1 place") for note in document.notes)


def test_a_line_of_nothing_but_spam_leaves_no_line() -> None:
    source = "一、总体要求\n坚持依法行政，推进公开。\nbet777娱乐_官网登录_bet777投注\n二、主要任务\n完成评查120卷。"
    assert parse_page(Page("p", source.encode())).text.count("\n") == 4
