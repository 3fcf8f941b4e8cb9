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
        pytest.param(
            "全县共排查888真人娱乐城注册送彩金各类矛盾纠纷1,204件。",
            "全县共排查各类矛盾纠纷1,204件。",
            id="number, house and promise in mid-sentence",
        ),
        pytest.param("深入推进澳门银河线上娱乐依法行政。", "深入推进依法行政。", id="casino that is online"),
        pytest.param("压实责任必赢56net下载地址，逐级考核。", "压实责任，逐级考核。", id="brand that is a common word"),
        pytest.param("全年办理12澳门新葡京官网件。", "全年办理12件。", id="number before the hit counts what follows"),
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
        "坚定必赢信念，2023年完成银河路社区线上培训平台建设。",
        "打击真人百家乐网络赌博，依法取缔娱乐城3家。",
        "澳门银河娱乐集团来县考察，永利镇2022年网站改版。",
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
    assert "已清除垃圾信息（spam）1处，共22字" in document.notes


@pytest.mark.parametrize(
    ("link", "left"),
    [
        pytest.param('<a href="http://vip.example/">时时彩<b>娱乐城</b>送礼</a>', "", id="seller"),
        pytest.param('<a href="//vip.example/">网上娱乐城</a>', "", id="seller without a scheme"),
        pytest.param('<a href="/art/1.html">整治娱乐城行动</a>', "整治娱乐城行动", id="page of the same site"),
        pytest.param('<a href="http://www.qs.gov.cn/1">整治娱乐城行动</a>', "整治娱乐城行动", id="official site"),
        pytest.param('<a href="http://f.example/1.docx">娱乐城名单</a>', "娱乐城名单", id="file"),
        pytest.param('<a href="http://law.example/">体育彩票管理</a>', "体育彩票管理", id="official words"),
    ],
)
def test_a_link_to_a_seller_inside_a_sentence_goes_whole(link: str, left: str) -> None:
    source = f"<html><body><div class='TRS_Editor'><p>一、要求</p><p>全县排查{link}各类纠纷204件，办结率98%。</p></div></body></html>"
    document = parse_page(Page("p", source.encode()))
    assert document.text == f"一、要求\n全县排查{left}各类纠纷204件，办结率98%。\n"


def test_a_line_of_nothing_but_spam_leaves_no_line() -> None:
    source = "一、总体要求\n坚持依法行政，推进公开。\nbet777娱乐_官网登录_bet777投注\n二、主要任务\n完成评查120卷。"
    assert parse_page(Page("p", source.encode())).text.count("\n") == 4
