"""What kind of document it is, by its title or by its body; every place, body and text here is invented."""

from pathlib import Path

import pytest

from pipeline.parse.kinds import handed_on, read_kind
from pipeline.text import fold
from pipeline.train.labelled import read_labelled

HEADINGS = Path(__file__).resolve().parent.parent / "corpora" / "headings"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        pytest.param("关于2024年全县法治政府建设工作情况的报告（书面）", "report", id="report, with a remark behind"),
        pytest.param("霁川市2025年度法治政府建设情况", "report", id="only 情况"),
        pytest.param(
            "2022年度履行推进法治建设第一责任人职责情况报告（云岚县县长）", "report", id="of one who reports himself"
        ),
        pytest.param("云岚县创建法治政府建设示范县自评报告", "report", id="self-assessment"),
        pytest.param("云岚县2022年行政复议白皮书", "report", id="white book"),
        pytest.param("关于行政执法案卷评查情况的通报", "report", id="a circular on how things stand"),
        pytest.param("云岚县依法行政工作经验材料", "report", id="experience"),
        pytest.param("云岚县2022年工作方案完成情况", "report", id="how a plan was carried out"),
        pytest.param("云岚县2021年工作总结和二〇二二年工作打算", "report", id="a look ahead, the year in Chinese"),
        pytest.param("苇溪镇依法行政工作总结暨工作计划", "report", id="a look ahead without a year"),
        pytest.param("2022年度法治政府建设情况公示", "report", id="a report put up"),
        pytest.param("云岚县司法局2022年法治建设任务分解表", "plan", id="tasks by body"),
        pytest.param("云岚县2024年全面依法治县工作任务清单（节选）", "plan", id="list of tasks, in part"),
        pytest.param("云岚县2023年行政执法检查任务一览表", "plan", id="table of tasks"),
        pytest.param("云岚县公安局二〇〇九年推进依法行政工作安排意见", "plan", id="opinions that arrange"),
        pytest.param("云岚县数字法治政府建设三年行动计划（2024—2026年）", "plan", id="three years"),
        pytest.param("云岚县法治政府建设五年规划（2011—2015年）", "plan", id="five years are no outline"),
        pytest.param("云岚县法治政府建设实施方案（2021—2025年）", "plan", id="five years, called 方案"),
        pytest.param("云岚区“法治护航营商环境提升年”活动方案", "plan", id="a year of doing something"),
        pytest.param("云岚县2022年推进依法行政工作思路", "plan", id="thoughts on the year"),
        pytest.param("云岚县依法行政目标责任书", "plan", id="what someone answers for"),
        pytest.param("云岚县贯彻法治政府建设实施纲要的工作方案", "plan", id="a plan that names an outline"),
        pytest.param("云岚县考核委员会办公室关于公布2022年工作要点的通知", "plan", id="考核 in the name of a body"),
        pytest.param("云岚县推进法治政府建设五年行动纲要", "outline", id="outline"),
        pytest.param("关于学习宣传贯彻法治政府建设实施纲要的通知", "notice", id="a notice on an outline"),
        pytest.param("关于贯彻落实《法治政府建设实施纲要（2021—2025年）》的通知", "notice", id="quoted, not issued"),
        pytest.param("关于做好2023年政府信息公开年度报告发布工作的通知", "notice", id="发布 as what is asked"),
        pytest.param("云岚县自然资源和规划局关于领取证书的通知", "notice", id="规划 in the name of a bureau"),
        pytest.param("关于征集2024年立法计划意见建议的公告", "notice", id="a call for opinions"),
        pytest.param("关于印发云岚县依法行政考核办法的通知", "notice", id="a notice that issues rules"),
        pytest.param("关于督察反馈问题整改情况的复函", "other", id="a letter in reply"),
        pytest.param("云岚县人民政府关于进一步加强依法行政的决定", "other", id="decision"),
        pytest.param("云岚县2013年度依法行政考核评分办法", "other", id="rules of assessment"),
        pytest.param("对《云岚县养犬管理办法》的审查意见", "other", id="opinions on a text"),
        pytest.param("云岚县政府部门权责清单", "other", id="list of duties"),
        pytest.param("云岚县行政许可事项清单（2023年版）", "other", id="list of permits"),
        pytest.param("一图读懂：云岚县2024年法治政府建设工作要点", "other", id="a picture of a plan"),
        pytest.param("云岚县依法行政工作简报（第4期）", "other", id="bulletin"),
        pytest.param("云岚县行政执法公示制度", "other", id="standing rules"),
        pytest.param("云岚县卫生和计划生育局依法行政", "other", id="计划 in the name of a bureau"),
        pytest.param("云岚县贯彻落实《法治政府建设实施纲要》", "other", id="only another document's word"),
    ],
)
def test_the_last_word_for_a_document_in_the_title_decides(title, kind):
    assert read_kind([title], "")[0] == kind


@pytest.mark.parametrize(
    ("body", "kind", "why"),
    [
        pytest.param(
            "各乡镇：\n现将《云岚县2020年法治政府建设工作要点》印发给你们，请认真执行。\n1.强化审核。\n",
            "plan",
            "工作要点",
            id="hands on points",
        ),
        pytest.param(
            "各乡镇：\n《云岚县依法行政工作方案》已经县政府同意，现印发给你们。\n",
            "plan",
            "工作方案",
            id="approved, handed on",
        ),
        pytest.param(
            "云岚县人民政府关于印发2023年制度建设工作计划的通知\n各乡镇：\n请执行。\n",
            "plan",
            "工作计划",
            id="the line of a title that stayed in the text",
        ),
        pytest.param("现将今年工作任务分解表印发给你们。\n", "plan", "分解", id="handed on without a title in marks"),
        pytest.param("现将履职情况述职如下。\n", "report", "述职如下", id="reports himself"),
        pytest.param("现将2024年有关情况公告如下：\n", "report", "情况公告如下", id="a report made public"),
        pytest.param("现就清理工作有关事项通知如下：\n请报送。\n", "notice", "通知如下", id="a notice"),
        pytest.param(
            "现将有关事项通知如下：\n一、总体要求\n提高认识。\n二、重点任务\n严格执法。\n",
            "plan",
            "总体要求、重点任务",
            id="a notice with the chapters of a plan",
        ),
        pytest.param("来函收悉，现将有关情况函复如下。\n", "other", "函复如下", id="a letter in reply"),
        pytest.param("结合实际，作出如下决定。\n一、明确目标任务\n", "other", "作出如下决定", id="a decision"),
        pytest.param(
            "一、考核对象：各部门。\n本办法自发布之日起施行。\n", "other", "本办法自发布之日起施行", id="rules that end"
        ),
        pytest.param(
            "加强领导。\n将本纲要分解为年度任务。\n", "outline", "本纲要", id="an outline that names itself late"
        ),
        pytest.param(
            "".join(f"{n}.完成第{n}项清理。（县司法局、县财政局牵头）\n" for n in range(1, 7)),
            "plan",
            "6 notes of who is responsible, such as (县司法局、县财政局牵头)",
            id="a body behind every task",
        ),
        pytest.param(
            "第一阶段（3月1日至4月30日）：部署。\n第二阶段（5月1日至9月30日）：清理。\n",
            "plan",
            "2 stages with dates",
            id="stages",
        ),
        pytest.param(
            "2013年，我局推进依法行政，环境有了改善。\n加强领导。\n",
            "report",
            "2013年",
            id="opens with its year and tells",
        ),
        pytest.param(
            "岁月不居。2025年，我市坚持依法行政。\n十、2026年工作设想\n编制规划。\n",
            "report",
            "2025年、工作设想",
            id="a flourish before the year",
        ),
        pytest.param(
            "本报告由县司法局提供\n2018年，我县坚持依法行政，环境有了改善。\n",
            "report",
            "2018年",
            id="a line before the year",
        ),
        pytest.param("一、主要举措和成效\n清理文件。\n", "report", "主要举措和成效", id="one telling chapter"),
    ],
)
def test_the_body_says_of_itself_what_it_is(body, kind, why):
    assert read_kind([], body) == (kind, f"body: {why}")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        pytest.param(
            "组长：张某（县政府办公室主任）\n" + "".join(f"成员：李{n}（县司法局副局长）\n" for n in "一二三四五六"),
            "other",
            id="people behind their names are no tasks",
        ),
        pytest.param("年初印发《2022年工作要点》。\n", "other", id="a document that was issued is not handed on"),
        pytest.param("2022年，全县法治工作要以人为本。\n", "other", id="a plan may open with its year"),
        pytest.param("共享单车分两个阶段投放。\n", "other", id="stages without dates"),
        pytest.param("", "other", id="nothing"),
    ],
)
def test_words_of_other_documents_do_not_decide(body, kind):
    assert read_kind([], body)[0] == kind


def test_a_notice_is_what_its_body_hands_on():
    found = read_kind(["关于做好有关工作的通知"], "现将《云岚县依法行政实施方案》印发给你们。\n")
    assert found == ("plan", "title: 通知; body: 实施方案")


@pytest.mark.parametrize(
    ("body", "title"),
    [
        pytest.param("现将《甲方案》印发给你们。", "甲方案", id="handed on"),
        pytest.param("《甲方案》已经县政府第3次常务会议通过，现予印发。", "甲方案", id="approved"),
        pytest.param("关于印发《甲方案》的通知\n各乡镇：", "甲方案", id="title line"),
        pytest.param("县政府将《甲方案》作为依据，公平办案。", None, id="only used"),
        pytest.param("县政府将《甲方案》在网站公布，公开接受监督。", None, id="told of in a report"),
        pytest.param("按照《甲方案》，开展检查。", None, id="only named"),
    ],
)
def test_what_a_notice_hands_on_is_found(body, title):
    assert handed_on(fold(body)) == title


@pytest.mark.parametrize("titled", [True, False], ids=["title and body", "body alone"])
def test_kinds_of_the_bundled_documents_are_read(titled):
    documents = [one.document for one in read_labelled(HEADINGS)]
    read = [read_kind([document.title] if titled else [], document.text)[0] for document in documents]
    wrong = {one.doc_id: kind for one, kind in zip(documents, read, strict=True) if kind != one.kind}
    assert len(wrong) <= (0 if titled else len(documents) // 50), wrong
