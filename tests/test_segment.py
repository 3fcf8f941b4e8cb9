"""Whole small documents about invented places, each in one layout, and what a careful reader would make of them."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.parse import parse_page
from pipeline.records import Document, Page, Section
from pipeline.segment import find_sections

LONG = (
    "岚溪镇坚持把依法办事的要求贯穿各项工作始终，班子成员带头学法、干部职工依规履职，"
    "群众办事更加方便，各项任务进展总体顺利。"
)


def segment(text: str) -> tuple[Section, ...]:
    return find_sections(a_document(text))


def a_document(text: str) -> Document:
    return Document(doc_id="d", name="岚溪镇.txt", text=text)


def outline(text: str) -> list[tuple[str, int, str | None, str]]:
    """Number, level, number of the parent and title of every section but paragraphs."""
    return [
        (section.number, section.level, section.parent.number if section.parent else None, section.title)
        for section in segment(text)
        if section.level
    ]


def paragraphs(text: str) -> list[tuple[str | None, str]]:
    """Number of the parent and beginning of every level-0 section."""
    return [
        (section.parent.number if section.parent else None, text[section.start : section.start + 20])
        for section in segment(text)
        if not section.level
    ]


def assert_tiles(document: Document) -> None:
    """Top-level sections tile the text, and a parent's own text and its children tile the parent."""
    text, sections = document.text, find_sections(document)
    children: dict[str | None, list[Section]] = {}
    for section in sections:
        children.setdefault(section.parent.section_id if section.parent else None, []).append(section)
    for parent in (None, *sections):
        inside = children.get(parent.section_id if parent else None, [])
        assert all(first.end == second.start for first, second in pairwise(inside))
        if parent is None:
            assert inside[0].start == 0
            assert inside[-1].end == len(text)
        elif inside:
            assert parent.start < inside[0].start, "the number and title are the parent's own"
            assert inside[-1].end == parent.end
    assert len({section.section_id for section in sections}) == len(sections)
    places = {section.section_id: place for place, section in enumerate(sections)}
    assert all(places[s.parent.section_id] < place for place, s in enumerate(sections) if s.parent)
    assert [section.start for section in sections] == sorted(section.start for section in sections)


DOCUMENTS = [
    pytest.param(
        "各乡镇人民政府：\n为做好今年工作，制定本计划。\n一、总体要求\n坚持依法办事。\n二、重点任务\n(一)规范执法。\n"
        "1.亮证执法。全面公示。(县司法局牵头,县直有关部门配合)\n2.评查案卷。每年两次。\n(二)化解纠纷。\n3.用好调解。就地化解。\n",
        [
            ("一", 1, None, "总体要求"),
            ("二", 1, None, "重点任务"),
            ("(一)", 2, "二", "规范执法"),
            ("1", 3, "(一)", "亮证执法"),
            ("2", 3, "(一)", "评查案卷"),
            ("(二)", 2, "二", "化解纠纷"),
            ("3", 3, "(二)", "用好调解"),
        ],
        id="plan whose items run on across (一) and (二)",
    ),
    pytest.param(
        "一．总体要求\n坚持依法办事。\n十 、加强领导\n（一）压实责任，层层落实\n1．定期述法。\n２、集中学法。\n"
        "（２）旁听庭审。\n（３）以案说法。\n"
        "（十一）、强化督查。\n二十三、附则\n",
        [
            ("一", 1, None, "总体要求"),
            ("十", 1, None, "加强领导"),
            ("（一）", 2, "十", "压实责任，层层落实"),
            ("1", 3, "（一）", "定期述法"),
            ("２", 3, "（一）", "集中学法"),
            ("（十一）", 2, "十", "强化督查"),
            ("二十三", 1, None, "附则"),
        ],
        id="full-width and mixed forms; a list that starts at (2) is no list",
    ),
    pytest.param(
        "㈠健全机制。成立专班。\n⒈定期会商。\n⑴每月一次。\n⑵专人记录。\n㈡规范执法。\n①亮证执法；\n②全程记录。\n",
        [
            ("㈠", 2, None, "健全机制"),
            ("⒈", 3, "㈠", "定期会商"),
            ("⑴", 4, "⒈", "每月一次"),
            ("⑵", 4, "⒈", "专人记录"),
            ("㈡", 2, None, "规范执法"),
            ("①", 4, "㈡", ""),
            ("②", 4, "㈡", ""),
        ],
        id="one-character numbers, (一) outermost",
    ),
    pytest.param(
        "一、加强领导 夯实基础\n1、健全机制 成立由镇长任组长的领导小组，专人负责\n"
        "2、抓好学习 坚持会前学法，参考率100%\n4、强化保障 列支经费8.5万元\n"
        "二、规范执法\n(一)承接事项\n(二)公示结果。公开执法信息20条。\n(二)全程记录。配备设备3台。\n"
        "四、化解纠纷\n全镇实现调解组织全覆盖。一是织密网络。二是抓实排查。三是畅通渠道。三是支持复议。\n",
        [
            ("一", 1, None, "加强领导 夯实基础"),
            ("1", 3, "一", "健全机制 成立由镇长任组长的领导小组，专人负责"),
            ("2", 3, "一", "抓好学习 坚持会前学法，参考率100%"),
            ("4", 3, "一", "强化保障 列支经费8.5万元"),
            ("二", 1, None, "规范执法"),
            ("(一)", 2, "二", "承接事项"),
            ("(二)", 2, "二", "公示结果"),
            ("(二)", 2, "二", "全程记录"),
            ("四", 1, None, "化解纠纷"),
            ("一是", 4, "四", ""),
            ("二是", 4, "四", ""),
            ("三是", 4, "四", ""),
            ("三是", 4, "四", ""),
        ],
        id="misprints stay as printed: (二) twice, 2 then 4, 二 then 四, 三是 twice",
    ),
    pytest.param(
        "第一章　总则\n第一条　为规范行政行为，制定本办法。\n第二条　各部门应当做好下列工作：\n"
        "A．公开职责；\nB．公开流程。\n第二章　监督\n"
        "第三条　每年评查一次。根据第一条规定办理。\n第三条规定的期限不变。\n",
        [
            ("第一章", 1, None, "总则"),
            ("第一条", 2, "第一章", "为规范行政行为，制定本办法"),
            ("第二条", 2, "第一章", "各部门应当做好下列工作："),
            ("A", 3, "第二条", "公开职责；"),
            ("B", 3, "第二条", "公开流程"),
            ("第二章", 1, None, "监督"),
            ("第三条", 2, "第二章", "每年评查一次"),
        ],
        id="articles with letters below; a cited article is text",
    ),
    pytest.param(
        "第一章 总则\n第一节 目的\n第一条 提高依法行政水平。\n第二节 原则\n第二条 下列原则应当遵守：\n"
        "（一）合法；\n（二）合理。\n第三条 全面公开。\n",
        [
            ("第一章", 1, None, "总则"),
            ("第一节", 2, "第一章", "目的"),
            ("第一条", 2, "第一节", "提高依法行政水平"),
            ("第二节", 2, "第一章", "原则"),
            ("第二条", 2, "第二节", "下列原则应当遵守："),
            ("（一）", 2, "第二条", "合法；"),
            ("（二）", 2, "第二条", "合理"),
            ("第三条", 2, "第二节", "全面公开"),
        ],
        id="chapter, section, article and (一) below it",
    ),
    pytest.param(
        "第一部分 总体要求\n一、指导思想\n坚持依法办事。\n二、工作目标\n基本建成。\n"
        "第二部分 重点任务\n一、规范决策\n1、公开征求意见。\n二、规范执法\n",
        [
            ("第一部分", 1, None, "总体要求"),
            ("一", 1, "第一部分", "指导思想"),
            ("二", 1, "第一部分", "工作目标"),
            ("第二部分", 1, None, "重点任务"),
            ("一", 1, "第二部分", "规范决策"),
            ("1", 3, "一", "公开征求意见"),
            ("二", 1, "第二部分", "规范执法"),
        ],
        id="parts over chapters",
    ),
    pytest.param(
        "一、主要任务\n1、提高决策质量。①公开征求意见；②组织专家论证；③集体讨论决定。\n2、加强监督。\n二、保障措施\n1、加强领导。\n",
        [
            ("一", 1, None, "主要任务"),
            ("1", 3, "一", "提高决策质量"),
            ("①", 4, "1", ""),
            ("②", 4, "1", ""),
            ("③", 4, "1", ""),
            ("2", 3, "一", "加强监督"),
            ("二", 1, None, "保障措施"),
            ("1", 3, "二", "加强领导"),
        ],
        id="1、 directly under 一、 with an inline list",
    ),
    pytest.param(
        "".join(f"{n}.第{n}项工作要点抓到位。由牵头单位组织实施。\n" for n in range(1, 31)),
        [(str(n), 3, None, f"第{n}项工作要点抓到位") for n in range(1, 31)],
        id="work points 1 to 30 without chapters",
    ),
    pytest.param(
        "为做好工作，制定本方案。一、总体要求坚持依法办事，服务群众。二、重点任务(一)规范执法。1.亮证执法。公示到位。2.全程记录。留痕到位。"
        "(二)化解纠纷。3.用好调解。三、工作要求(一)加强领导。(二)强化督查。\n",
        [
            ("一", 1, None, "总体要求坚持依法办事，服务群众"),
            ("二", 1, None, "重点任务"),
            ("(一)", 2, "二", "规范执法"),
            ("1", 3, "(一)", "亮证执法"),
            ("2", 3, "(一)", "全程记录"),
            ("(二)", 2, "二", "化解纠纷"),
            ("3", 3, "(二)", "用好调解"),
            ("三", 1, None, "工作要求"),
            ("(一)", 2, "三", "加强领导"),
            ("(二)", 2, "三", "强化督查"),
        ],
        id="everything in one line",
    ),
    pytest.param(
        f"岚溪镇2022年工作总结如下：\n压实责任，凝聚合力\n{LONG}\n规范行政行为\n{LONG}\n“三调”联动解纠纷\n{LONG}\n存在问题\n{LONG}\n"
        "岚溪镇人民政府\n2023年1月5日\n",
        [
            ("", 1, None, "压实责任，凝聚合力"),
            ("", 1, None, "规范行政行为"),
            ("", 1, None, "“三调”联动解纠纷"),
            ("", 1, None, "存在问题"),
        ],
        id="township summary with short title lines",
    ),
    pytest.param(
        f"重点任务\n1.规范决策。严格程序。\n2.规范执法。亮证执法。\n保障措施\n1.加强领导。\n2.强化督查。\n总结评估\n{LONG}\n",
        [
            ("", 1, None, "重点任务"),
            ("1", 3, "", "规范决策"),
            ("2", 3, "", "规范执法"),
            ("", 1, None, "保障措施"),
            ("1", 3, "", "加强领导"),
            ("2", 3, "", "强化督查"),
            ("", 1, None, "总结评估"),
        ],
        id="unnumbered chapters over items that start again",
    ),
    pytest.param(
        f"一、主要做法\n(一)压实责任。{LONG}\n(二)规范执法。{LONG}\n下一步工作打算\n(一)强化培训。{LONG}\n(二)强化监督。{LONG}\n",
        [
            ("一", 1, None, "主要做法"),
            ("(一)", 2, "一", "压实责任"),
            ("(二)", 2, "一", "规范执法"),
            ("", 1, None, "下一步工作打算"),
            ("(一)", 2, "", "强化培训"),
            ("(二)", 2, "", "强化监督"),
        ],
        id="a chapter that lost its number where (一) starts again",
    ),
    pytest.param(
        "1.公开信息。\n(一)主动公开。\n(二)依申请公开。\n2.规范执法。\n(一)亮证。\n(二)记录。\n3.化解纠纷。\n(一)调解。\n(二)复议。\n",
        [
            ("1", 3, None, "公开信息"),
            ("(一)", 2, "1", "主动公开"),
            ("(二)", 2, "1", "依申请公开"),
            ("2", 3, None, "规范执法"),
            ("(一)", 2, "2", "亮证"),
            ("(二)", 2, "2", "记录"),
            ("3", 3, None, "化解纠纷"),
            ("(一)", 2, "3", "调解"),
            ("(二)", 2, "3", "复议"),
        ],
        id="(一) inside 1., against the usual order",
    ),
    pytest.param(
        "一、存在问题\n主要有以下不足：\n一是培训偏少。\n二是经费偏紧。\n三是案卷粗糙。\n以上问题将逐项整改。\n二、下步打算\n一要抓培训。\n二要抓督查。\n",
        [
            ("一", 1, None, "存在问题"),
            ("一是", 4, "一", ""),
            ("二是", 4, "一", ""),
            ("三是", 4, "一", ""),
            ("二", 1, None, "下步打算"),
            ("一要", 4, "二", ""),
            ("二要", 4, "二", ""),
        ],
        id="一是 and 一要 that open lines",
    ),
    pytest.param(
        "一、重点工作\n(一)规范执法。重点抓好以下几项：一是亮证。①挂牌上岗；②公示信息。二是记录。\n(二)强化监督。一是内部评查，二是社会监督。\n",
        [
            ("一", 1, None, "重点工作"),
            ("(一)", 2, "一", "规范执法"),
            ("一是", 4, "(一)", ""),
            ("①", 4, "一是", ""),
            ("②", 4, "一是", ""),
            ("二是", 4, "(一)", ""),
            ("(二)", 2, "一", "强化监督"),
            ("一是", 4, "(二)", ""),
            ("二是", 4, "(二)", ""),
        ],
        id="an inline list inside an inline list",
    ),
    pytest.param(
        "1 健全机制\n成立专班。\n2 规范执法\n亮证执法。\n3 化解纠纷\n就地调解。\n",
        [("1", 3, None, "健全机制"), ("2", 3, None, "规范执法"), ("3", 3, None, "化解纠纷")],
        id="1 and a blank, in a run",
    ),
    pytest.param(
        "一 总体要求\n坚持依法办事。\n二 主要任务\n1，规范执法。\n2，化解纠纷。\n",
        [
            ("一", 1, None, "总体要求"),
            ("二", 1, None, "主要任务"),
            ("1", 3, "二", "规范执法"),
            ("2", 3, "二", "化解纠纷"),
        ],
        id="一 and a blank, 1 and a comma, in runs",
    ),
    pytest.param(
        "一、2021年主要工作\n1.2021年底前完成清单。\n2.6月底前完成评查。\n3.110接处警更规范。\n二、二〇二二年安排\n三、三年行动收官\n",
        [
            ("一", 1, None, "2021年主要工作"),
            ("1", 3, "一", "2021年底前完成清单"),
            ("2", 3, "一", "6月底前完成评查"),
            ("3", 3, "一", "110接处警更规范"),
            ("二", 1, None, "二〇二二年安排"),
            ("三", 1, None, "三年行动收官"),
        ],
        id="items whose text begins with a number",
    ),
    pytest.param(
        "各镇人民政府：\n现将方案印发给你们。\n澄江区人民政府\n2009年4月2日\n澄江区实施方案\n一、总体要求\n坚持依法办事。\n二、工作步骤\n"
        "第一阶段：动员部署(4月)。召开会议。\n第二阶段：组织实施(5月至11月)。狠抓落实。\n三、工作要求\n加强领导。\n附件：1.任务清单\n2.成员名单\n"
        "附件1\n任务清单\n一、规范决策\n1.公开目录。\n二、规范执法\n",
        [
            ("一", 1, None, "总体要求"),
            ("二", 1, None, "工作步骤"),
            ("三", 1, None, "工作要求"),
            ("一", 1, None, "规范决策"),
            ("1", 3, "一", "公开目录"),
            ("二", 1, None, "规范执法"),
        ],
        id="signed before the plan, attachments list, annex with chapters of its own",
    ),
    pytest.param(
        "现就有关事项通知如下：\n一、按时报送。\n二、认真落实。\n松塬市司法局\n二〇二三年五月六日\n附件\n松塬市工作要点\n1.学法。\n2.普法。\n",
        [
            ("一", 1, None, "按时报送"),
            ("二", 1, None, "认真落实"),
            ("1", 3, None, "学法"),
            ("2", 3, None, "普法"),
        ],
        id="a numbered notice over an annex without chapters",
    ),
    pytest.param(
        "一、按时报送。\n附件：\n1.任务清单\n2.成员名单\n附件1\n1.公开目录\n2.更新目录\n",
        [("一", 1, None, "按时报送"), ("1", 3, None, "公开目录"), ("2", 3, None, "更新目录")],
        id="the list under 附件 names files, the one under 附件1 has tasks",
    ),
    pytest.param(
        "一、任务分工\n序号\t任务\t责任单位\t完成时限\n1\t公布许可事项清单\t区审批局\t5月底前\n2\t一、建立文件数据库\t区司法局\t8月底前\n二、工作要求\n",
        [("一", 1, None, "任务分工"), ("二", 1, None, "工作要求")],
        id="numbers in table rows are cells",
    ),
    pytest.param(
        "一、工作安排\n分两个阶段：\n第一阶段 动员部署\n1.开会部署。\n2.印发方案。\n"
        "第二阶段 组织实施\n1.狠抓落实。\n二、工作要求\n",
        [
            ("一", 1, None, "工作安排"),
            ("1", 3, "", "开会部署"),
            ("2", 3, "", "印发方案"),
            ("1", 3, "", "狠抓落实"),
            ("二", 1, None, "工作要求"),
        ],
        id="items under stage lines",
    ),
    pytest.param(
        "一、规范执法\n查处案件108起[1]，办结102起②，\n[1]含上年结转5起。\n②见年报。\n结案率94.4%。一是公示。\n①注：含不予处罚。\n二是记录。\n二、化解纠纷\n",
        [
            ("一", 1, None, "规范执法"),
            ("一是", 4, "一", ""),
            ("二是", 4, "一", ""),
            ("二", 1, None, "化解纠纷"),
        ],
        id="footnotes in the middle of a sentence and of a list",
    ),
    pytest.param(
        "(1)学法。\n每月一次。\n(2)用法。\n逢案必学。\n(3)守法。\n率先垂范。\n",
        [("(1)", 4, None, "学法"), ("(2)", 4, None, "用法"), ("(3)", 4, None, "守法")],
        id="(1) outermost",
    ),
    pytest.param(
        "一、化解纠纷\n主要做法一是织密网络；二是抓实排查；\n三是畅通渠道。\n(一)下步打算：1.抓培训；2.抓督查。\n(二)工作要求：(1)压实责任；(2)严格考核。\n",
        [
            ("一", 1, None, "化解纠纷"),
            ("一是", 4, "一", ""),
            ("二是", 4, "一", ""),
            ("三是", 4, "一", ""),
            ("(一)", 2, "一", "下步打算："),
            ("1", 3, "(一)", "抓培训；"),
            ("2", 3, "(一)", "抓督查"),
            ("(二)", 2, "一", "工作要求："),
            ("(1)", 4, "(二)", "压实责任；"),
            ("(2)", 4, "(二)", "严格考核"),
        ],
        id="lists that begin in the middle of a line",
    ),
    pytest.param(
        "(一)建立目录。对下列事项：(一)规划；(二)预算，应当公开。\n(二)公开听证。\n三、其他\n1.按要求做到：1.及时；2.准确。\n2.按时报送。\n",
        [
            ("(一)", 2, None, "建立目录"),
            ("(二)", 2, None, "公开听证"),
            ("三", 1, None, "其他"),
            ("1", 3, "三", "按要求做到：1.及时；2.准确"),
            ("2", 3, "三", "按时报送"),
        ],
        id="an enumeration in the style of the item it stands in stays text",
    ),
    pytest.param(
        f"为抓好工作，制定要点。\n主要任务\n1.规范决策。{LONG}\n2.规范执法。{LONG}\n保障措施\n3.加强领导。{LONG}\n",
        [
            ("", 1, None, "主要任务"),
            ("1", 3, "", "规范决策"),
            ("2", 3, "", "规范执法"),
            ("", 1, None, "保障措施"),
            ("3", 3, "", "加强领导"),
        ],
        id="unnumbered chapters over items that run on",
    ),
    pytest.param(
        "第一条 规范程序。\n第二条 下列事项应当公开：\n一、规划；\n二、预算。\n第三条 加强监督。\n",
        [
            ("第一条", 2, None, "规范程序"),
            ("第二条", 2, None, "下列事项应当公开："),
            ("一", 1, "第二条", "规划；"),
            ("二", 1, "第二条", "预算"),
            ("第三条", 2, None, "加强监督"),
        ],
        id="一、 inside an article",
    ),
    pytest.param(
        "一、总则\n第一条 规范程序。\n二、职责\n第二条 公开事项。\n",
        [
            ("一", 1, None, "总则"),
            ("第一条", 2, "一", "规范程序"),
            ("二", 1, None, "职责"),
            ("第二条", 2, "二", "公开事项"),
        ],
        id="articles inside 一、",
    ),
    pytest.param(
        "(一)规范决策。\n(1)公开。\n(2)听证。\n(二)规范执法。\n(3)亮证。\n(4)记录。\n",
        [
            ("(一)", 2, None, "规范决策"),
            ("(1)", 4, "(一)", "公开"),
            ("(2)", 4, "(一)", "听证"),
            ("(二)", 2, None, "规范执法"),
            ("(3)", 4, "(二)", "亮证"),
            ("(4)", 4, "(二)", "记录"),
        ],
        id="(1) that runs on across (一) and (二)",
    ),
    pytest.param(
        "（一）主要做法 1.抓学习，学法12次。 2.抓执法，办案3件。 （二）存在问题 1.力量薄弱。 2.经费不足。\n",
        [
            ("（一）", 2, None, "主要做法"),
            ("1", 3, "（一）", "抓学习，学法12次"),
            ("2", 3, "（一）", "抓执法，办案3件"),
            ("（二）", 2, None, "存在问题"),
            ("1", 3, "（二）", "力量薄弱"),
            ("2", 3, "（二）", "经费不足"),
        ],
        id="line ends that became blanks",
    ),
    pytest.param(
        f"一、总体要求{LONG * 3}二、重点任务(一)规范执法1.亮证执法{LONG * 3}2.全程记录{LONG * 3}(二)化解纠纷{LONG * 3}"
        f"三、工作要求(一)加强领导{LONG * 3}(二)强化督查{LONG * 3}".replace("。二、", "二、"),
        [
            ("一", 1, None, "总体要求" + LONG[:-1]),
            ("二", 1, None, "重点任务"),
            ("(一)", 2, "二", "规范执法"),
            ("1", 3, "(一)", "亮证执法" + LONG[:-1]),
            ("2", 3, "(一)", "全程记录" + LONG[:-1]),
            ("(二)", 2, "二", "化解纠纷" + LONG[:-1]),
            ("三", 1, None, "工作要求"),
            ("(一)", 2, "三", "加强领导" + LONG[:-1]),
            ("(二)", 2, "三", "强化督查" + LONG[:-1]),
        ],
        id="one long line whose chapters follow each other without a stop",
    ),
    pytest.param(
        f"各镇人民政府：\n{LONG}\n法治兴则百业兴\n{LONG}\n"
        f"表1 主要指标\n指标\n2023年\n办件量\n8,412\n持证上岗率\n96.3\n{LONG}\n"
        f"区司法局\n5月底前\n{LONG}\n注：含上年结转\n{LONG}\n"
        f"岚溪县人民政府\n2023年12月\n",
        [],
        id="addressee, one slogan, cells, caption, remark and signature are no titles",
    ),
    pytest.param(
        f"1.规范决策。{LONG}\n程序更加严密\n{LONG}\n2.规范执法。{LONG}\n执法更加文明\n{LONG}\n",
        [("1", 3, None, "规范决策"), ("2", 3, None, "规范执法")],
        id="short lines between items that run on are no chapters",
    ),
    pytest.param(
        f"一、工作情况\n加强组织领导\n{LONG}\n规范行政执法\n{LONG}\n二、下步打算\n{LONG}\n",
        [("一", 1, None, "工作情况"), ("二", 1, None, "下步打算")],
        id="short lines inside numbered chapters are no chapters",
    ),
]


@pytest.mark.parametrize(("text", "expected"), DOCUMENTS)
def test_outline_of_a_document_is_found(text: str, expected: list[tuple[str, int, str | None, str]]) -> None:
    assert outline(text) == expected
    assert_tiles(a_document(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "各镇人民政府：\n制定本计划。\n一、要求\n依法办事。\n",
            [(None, "各镇人民政府："), (None, "制定本计划。"), ("一", "依法办事。")],
            id="before the first number at the top, after it below",
        ),
        pytest.param(
            "一、任务\n(一)执法。\n全面公示。\n二、要求\n(一)领导。\n层层落实。\n各部门要抓好落实。\n",
            [("(一)", "全面公示。"), ("(一)", "层层落实。"), ("(一)", "各部门要抓好落实")],
            id="a paragraph goes to the last item, a closing one too",
        ),
        pytest.param(
            "(一)执法。一是亮证；二是记录。\n(县司法局牵头)\n各部门要配合。\n(二)普法。\n",
            [("(一)", "(县司法局牵头)"), ("(一)", "各部门要配合。")],
            id="after an inline list, to the item that holds it",
        ),
        pytest.param(
            "(一)执法。\n一是亮证。\n二是记录。\n(县司法局牵头)\n(二)普法。\n",
            [("(一)", "(县司法局牵头)")],
            id="after 一是 at line starts, to the item",
        ),
        pytest.param(
            "1.复议。\n(1)受理\n受理要快。\n(2)审理\n审理要准。\n责任单位：县司法局\n2.应诉。\n责任单位：县司法局\n",
            [("(1)", "受理要快。"), ("(2)", "审理要准。"), ("(2)", "责任单位：县司法"), ("2", "责任单位：县司法")],
            id="under (1) that stands over its text as a title",
        ),
        pytest.param(
            "1.复议。\n(1)受理要快。\n(2)审理要准。\n责任单位：县司法局\n",
            [("1", "责任单位：县司法")],
            id="after (1) and (2) with their text on the line, to the item above",
        ),
        pytest.param(
            "一、问题\n对照要求，还有差距：一是培训少；二是经费紧。对此，将逐项整改。\n全面提升。\n",
            [("一", "对照要求，还有差"), ("一", "全面提升。")],
            id="the words before an inline list, and the paragraph after it",
        ),
        pytest.param(
            "一、工作\n落实到位。\n特此报告。\n岚溪县人民政府\n2023年1月6日\n(此件公开发布)\n",
            [
                ("一", "落实到位。"),
                (None, "特此报告。"),
                (None, "岚溪县人民政府"),
                (None, "2023年1月"),
                (None, "(此件公开发布)"),
            ],
            id="closing words and signature at the top",
        ),
        pytest.param(
            "一、要求\n(三)抓好报送。\n联系人：李某，电话：123456\n(四)抓好宣传。\n附件：1.清单\n2.名单\n",
            [("(三)", "联系人：李某，电"), (None, "附件：1.清单"), (None, "2.名单")],
            id="a contact inside a chapter stays there, an attachments list does not",
        ),
        pytest.param(
            "一、执法\n查处案件108起[1]，办结\n[1]含结转5起。\n102起。\n二、普法\n",
            [("一", "查处案件108起"), ("一", "[1]含结转5起"), ("一", "102起。")],
            id="a footnote and the sentence that goes on after it",
        ),
        pytest.param(
            "一、措施\n任务如下\n公开清单\n区司法局\n2023年12月31日\n建数据库\n区司法局\n2023年6月30日\n二、要求\n",
            [
                ("一", name)
                for name in ("任务如下", "公开清单", "区司法局", "2023年12", "建数据库", "区司法局", "2023年6月")
            ],
            id="body and date in a table of one cell a line are no signature",
        ),
    ],
)
def test_paragraphs_belong_to_the_right_item(text: str, expected: list[tuple[str | None, str]]) -> None:
    found = paragraphs(text)
    assert [parent for parent, _ in found] == [parent for parent, _ in expected]
    assert all(start.startswith(known) for (_, start), (_, known) in zip(found, expected, strict=True))
    assert_tiles(a_document(text))


@pytest.mark.parametrize(
    ("row", "title"),
    [
        pytest.param("1\t公布许可事项清单\t区审批局\t5月底前", "公布许可事项清单", id="task column"),
        pytest.param("(一)\t开展案卷评查\t区司法局\t年内", "开展案卷评查", id="number in brackets"),
        pytest.param("建立数据库\t区司法局\t8月底前", "建立数据库", id="a row whose first cell spans from above"),
    ],
)
def test_title_of_a_table_row_is_its_task(row: str, title: str) -> None:
    head = "一、分工\n序号\t任务\t责任单位\t完成时限\n"
    header, found = segment(f"{head}{row}\n")[1:]
    assert (header.level, header.number, header.title) == (0, "", "")
    assert (found.level, found.number, found.title) == (0, "", title)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        pytest.param("第一阶段：动员部署(4月)。召开会议。", "第一阶段：动员部署(4月)", id="text on the line"),
        pytest.param("第二阶段 组织实施", "第二阶段 组织实施", id="title alone"),
        pytest.param("总结评估阶段（12月）。各单位自查。", "总结评估阶段（12月）", id="without an ordinal"),
        pytest.param("在新发展阶段，要抓好落实。", "", id="a paragraph that speaks of a stage"),
    ],
)
def test_title_of_a_stage_line(line: str, title: str) -> None:
    stage = segment(f"一、步骤\n{line}\n开好会议。\n")[1]
    assert (stage.level, stage.number, stage.title) == (0, "", title)


def test_a_text_with_nothing_in_it_is_refused() -> None:
    with pytest.raises(InputError, match=r"empty one in 岚溪镇\.txt"):
        segment(" \n\n")


def test_the_same_text_gives_the_same_ids_and_another_document_others() -> None:
    text = "一、要求\n依法办事。\n"
    first = [section.section_id for section in segment(text)]
    assert first == [section.section_id for section in segment(text)]
    other = find_sections(Document(doc_id="e", name="e.txt", text=text))
    assert not {section.section_id for section in other} & set(first)


PARTS = st.sampled_from(
    [
        "一、要求",
        "（二）任务。",
        "1.执法",
        "3、",
        "(1)亮证；",
        "①",
        "一是公示；",
        "二是记录。",
        "第一章",
        "第三条",
        "A.清单",
        "附件",
        "附件：1.甲",
        "第二阶段：实施",
        "重点任务",
        "岚溪县司法局",
        "2023年1月6日",
        "1\t任务甲\t县局",
        "[1]注",
        "特此报告。",
        "。",
        " ",
        "\n",
        "\n",
        LONG,
    ]
)


@given(st.lists(PARTS, min_size=1).map("".join).filter(str.strip))
def test_sections_tile_any_text(text: str) -> None:
    assert_tiles(a_document(text))


def test_sections_tile_the_bundled_documents(demo_corpus: Path) -> None:
    for path in sorted(demo_corpus.glob("*-*.*")):
        assert_tiles(parse_page(Page(path.name, path.read_bytes())))


def test_sections_tile_the_shared_documents(shared: Path) -> None:
    for path in sorted((shared / "corpus").glob("*.txt")):
        assert_tiles(parse_page(Page(path.name, path.read_bytes())))
