"""Metadata read from title blocks, tables, signatures and the body; every place, body and text here is invented."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.parse.kinds import read_kind
from pipeline.parse.metadata import Clues, Labelled, read_metadata
from pipeline.parse.signing import find_signatures, is_bureau, leading_body, read_date, read_year
from pipeline.parse.titles import clean_title, read_doc_number, read_title_block
from pipeline.parse.years import read_year_of
from pipeline.records import Listed

SIGNED = "云岚县人民政府\n2023年1月16日\n"


def table(**values: str) -> tuple[Labelled, ...]:
    return tuple(Labelled(label, value, "header table") for label, value in values.items())


def info(**values: str) -> tuple[Labelled, ...]:
    return tuple(Labelled(label, value, "info line") for label, value in values.items())


# --- titles ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "titles"),
    [
        pytest.param(["云岚县2022年度法治政府建设情况报告"], ["云岚县2022年度法治政府建设情况报告"], id="one line"),
        pytest.param(
            ["云岚县人民政府", "关于2022年度法治政府建设情况的报告"],
            ["云岚县人民政府关于2022年度法治政府建设情况的报告"],
            id="the issuer on its own line",
        ),
        pytest.param(
            ["云岚县人民政府办公室", "关于印发2022年法治政府建设工作要点", "的通知"],
            ["云岚县人民政府办公室关于印发2022年法治政府建设工作要点的通知"],
            id="a break before 的通知",
        ),
        pytest.param(
            ["云岚县2022年度法治政府建设", "情况报告"],
            ["云岚县2022年度法治政府建设情况报告"],
            id="a break inside the genre",
        ),
        pytest.param(
            ["云岚县法治政府建设实施方案", "（2021—2025年）"],
            ["云岚县法治政府建设实施方案（2021—2025年）"],
            id="the span below the title",
        ),
        pytest.param(
            ["云岚县人民政府关于印发《云岚县法治政府建设实施方案", "（2021—2025年）》的通知"],
            ["云岚县人民政府关于印发《云岚县法治政府建设实施方案（2021—2025年）》的通知"],
            id="a break inside the quoted title",
        ),
        pytest.param(
            ["望岳区人民政府关于印发2020年依法行政工作计划的通知", "望政发〔2020〕7号", "望岳区2020年依法行政工作计划"],
            ["望岳区人民政府关于印发2020年依法行政工作计划的通知", "望岳区2020年依法行政工作计划"],
            id="a notice and the plan that it issues",
        ),
        pytest.param(
            ["望岳区人民政府关于印发2020年依法行政工作计划的通知", "望岳区2020年依法行政工作计划"],
            ["望岳区人民政府关于印发2020年依法行政工作计划的通知", "望岳区2020年依法行政工作计划"],
            id="the same with no number between",
        ),
        pytest.param(
            ["望岳区2020年依法行政工作计划", "望岳区2020年依法行政工作计划"],
            ["望岳区2020年依法行政工作计划"],
            id="printed twice",
        ),
        pytest.param(
            ["云岚县人民政府办公室文件", "云政办发〔2022〕3号", "云岚县2022年法治政府建设工作要点"],
            ["云岚县2022年法治政府建设工作要点"],
            id="masthead and number are no title",
        ),
        pytest.param(
            ["特急", "云岚县2022年依法行政工作要点", "（2022年3月1日）"],
            ["云岚县2022年依法行政工作要点"],
            id="urgency and a date are no title",
        ),
        pytest.param(
            ["关 于 2022 年 度 法 治 政 府 建 设 情 况 的 报 告"],
            ["关于2022年度法治政府建设情况的报告"],
            id="letter-spaced",
        ),
        pytest.param(
            ["中共云岚县委办公室 云岚县人民政府办公室", "关于印发《云岚县法治政府建设规划》的通知"],
            ["中共云岚县委办公室 云岚县人民政府办公室关于印发《云岚县法治政府建设规划》的通知"],
            id="two bodies issue together",
        ),
        pytest.param(
            ["云岚县2021年度法治政府建设情况和", "2022年工作安排的报告"],
            ["云岚县2021年度法治政府建设情况和2022年工作安排的报告"],
            id="a break after 和",
        ),
        pytest.param(
            ["守正创新谋实效", "——云岚县2022年度法治政府建设工作总结"],
            ["守正创新谋实效——云岚县2022年度法治政府建设工作总结"],
            id="a subtitle behind a dash",
        ),
        pytest.param(
            ["（此页无内容）", "云岭市水利局", "依法治水示范点创建实施方案"],
            ["云岭市水利局依法治水示范点创建实施方案"],
            id="an empty page before the annex",
        ),
        pytest.param(
            ["法规网——中国政策检索网", "云岭市2023年法治政府建设工作要点"],
            ["云岭市2023年法治政府建设工作要点"],
            id="two sites above the title",
        ),
        pytest.param(
            ["云岭市人民政府信息公开网", "云岭市2023年法治政府建设工作要点"],
            ["云岭市2023年法治政府建设工作要点"],
            id="one site above the title",
        ),
        pytest.param(
            ["云岭市关于加快建设信用信息", "公开网的实施方案"],
            ["云岭市关于加快建设信用信息公开网的实施方案"],
            id="a break before 网",
        ),
        pytest.param(
            ["云岭市加快建设政务信息网", "工作方案"],
            ["云岭市加快建设政务信息网工作方案"],
            id="a title on building a site",
        ),
        pytest.param(["——云岭县法治政府建设五年综述"], ["云岭县法治政府建设五年综述"], id="a subtitle alone"),
        pytest.param([], [], id="no title block"),
        pytest.param(["", "　"], [], id="blank lines"),
    ],
)
def test_lines_of_a_title_block_are_joined_to_whole_titles(lines, titles):
    assert list(read_title_block(lines).titles) == titles


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        pytest.param(
            "云岚县2022年法治政府建设工作要点-云岚县人民政府门户网站", "云岚县2022年法治政府建设工作要点", id="site"
        ),
        pytest.param("云岚县2022年法治政府建设工作要点_云岚县人民政府", "云岚县2022年法治政府建设工作要点", id="owner"),
        pytest.param("云岚县2022年工作要点 | 政府信息公开 | 云岚县司法局", "云岚县2022年工作要点", id="two pieces"),
        pytest.param("云岚县依法行政规划（2021-2025年）", "云岚县依法行政规划（2021-2025年）", id="a span is no site"),
        pytest.param(
            "云岚县依法行政规划（2021—2025）—云岚县政务网", "云岚县依法行政规划（2021—2025）", id="span and site"
        ),
        pytest.param(
            "云岚县2022年法治政府建设工作要点_bet36体育在线", "云岚县2022年法治政府建设工作要点", id="spam behind"
        ),
        pytest.param("某某娱乐城app下载-云岚县2022年工作要点", "云岚县2022年工作要点", id="spam before"),
        pytest.param("国务院关于<em>依法行政</em>的意见&nbsp;", "国务院关于依法行政的意见", id="mark-up"),
        pytest.param("《云岚县法治政府建设实施方案》", "云岚县法治政府建设实施方案", id="quoted as a whole"),
        pytest.param("《要点》和《清单》", "《要点》和《清单》", id="two quoted titles stay"),
        pytest.param("关于印发工作要点的通知（云政发〔2022〕3号）", "关于印发工作要点的通知", id="number in brackets"),
        pytest.param(
            "关于转发云政发〔2022〕3号文件的通知", "关于转发云政发〔2022〕3号文件的通知", id="a cited number stays"
        ),
        pytest.param("【图解】云岚县2022年工作要点", "云岚县2022年工作要点", id="medium"),
        pytest.param("（此页无正文）云岭市2022年工作要点", "云岭市2022年工作要点", id="empty page"),
        pytest.param(
            "云办发〔2005〕111号《云岭市推进依法行政的实施意见》", "云岭市推进依法行政的实施意见", id="number before 《"
        ),
        pytest.param("云办发[2005]111号 关于推进依法行政的意见", "关于推进依法行政的意见", id="number before 关于"),
        pytest.param(
            "云办发〔2005〕111号云岭市关于推进依法行政的意见", "云岭市关于推进依法行政的意见", id="number glued"
        ),
        pytest.param("云政发〔2022〕3号文件精神学习总结", "云政发〔2022〕3号文件精神学习总结", id="a number studied"),
        pytest.param(
            "云岭市贯彻云政发〔2022〕3号《意见》工作方案",
            "云岭市贯彻云政发〔2022〕3号《意见》工作方案",
            id="carried out",
        ),
        pytest.param(
            "法规网--中国政策检索网云岭市关于依法行政的意见", "云岭市关于依法行政的意见", id="two sites glued"
        ),
        pytest.param("法规在线网|云岭法制网 云岭县2022年工作要点", "云岭县2022年工作要点", id="two sites and a blank"),
        pytest.param(
            "云岭市推进一张网—四平台建设网格化方案", "云岭市推进一张网—四平台建设网格化方案", id="a net and a grid"
        ),
        pytest.param("云岭政务网—政务公开网站建设方案", "云岭政务网—政务公开网站建设方案", id="sites to be built"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_titles_lose_what_a_page_adds_to_them(raw, title):
    assert clean_title(raw) == title


def test_the_whole_title_of_the_page_wins_over_one_that_a_table_cut_off():
    clues = Clues(
        table(标题="云岚县人民政府关于印发2022年法治政府..."), ("云岚县人民政府关于印发2022年法治政府建设要点的通知",)
    )
    assert read_metadata(clues).title == "云岚县人民政府关于印发2022年法治政府建设要点的通知"


def test_the_title_of_the_table_wins_over_that_of_a_plan_further_down():
    clues = Clues(table(标题="云岚县关于印发2022年要点的通知"), ("云岚县2022年要点",))
    assert read_metadata(clues).title == "云岚县关于印发2022年要点的通知"


def test_the_title_with_the_issuer_wins_over_the_same_title_without():
    clues = Clues(table(标题="2022年度法治政府建设情况报告"), ("云岚县司法局", "2022年度法治政府建设情况报告"))
    assert read_metadata(clues).title == "云岚县司法局2022年度法治政府建设情况报告"


def test_a_file_name_with_a_title_is_the_last_resort():
    found = read_metadata(Clues(name="云岚县2022年法治政府建设工作要点.txt", body="一、总体要求\n"))
    assert (found.title, found.sources["title"]) == ("云岚县2022年法治政府建设工作要点", "file name")


@pytest.mark.parametrize(
    "name", ["201-report-2022-county.txt", "plan_2019.html", "https://www.yunlan.test/2022/3/1/a.html"]
)
def test_file_names_without_a_chinese_title_tell_nothing(name):
    found = read_metadata(Clues(name=name, body="正文。\n"))
    assert (found.title, found.kind, found.year, found.level) == (None, "other", None, "other")


# --- numbers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("云政办发〔2022〕12号", "云政办发〔2022〕12号", id="as the standard has it"),
        pytest.param("云政办发[2022]12号", "云政办发〔2022〕12号", id="square"),
        pytest.param("云政办发(2022)12号", "云政办发〔2022〕12号", id="round"),
        pytest.param("云政办发（2022）12号", "云政办发〔2022〕12号", id="full-width round"),
        pytest.param("云政办发［2022］12号", "云政办发〔2022〕12号", id="full-width square"),
        pytest.param("云政办发【2022】12号", "云政办发〔2022〕12号", id="black lenticular"),
        pytest.param("云政办发〔２０２２〕１２号", "云政办发〔2022〕12号", id="full-width digits"),
        pytest.param("云 政 办 发 〔 2022 〕 12 号", "云政办发〔2022〕12号", id="blanks"),
        pytest.param("云政办发〔2O22〕12号", "云政办发〔2022〕12号", id="letter O for nought"),
        pytest.param("云政发[2009]第12号", "云政发〔2009〕12号", id="an old 第"),
        pytest.param("文号：云政发〔2022〕3号", "云政发〔2022〕3号", id="with its label"),
        pytest.param("（云政发〔2022〕3号）", "云政发〔2022〕3号", id="in brackets"),
        pytest.param("云岚县人民政府令第12号", "云岚县人民政府令第12号", id="an order"),
        pytest.param("云政发〔2022〕3号文件精神", None, id="words behind"),
        pytest.param("关于云政发〔2022〕3号的批复", None, id="a title that cites one"),
        pytest.param("云政发〔2022〕号", None, id="not numbered yet"),
        pytest.param("云岚县人民政府", None, id="no number"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_document_numbers_have_one_form(text, number):
    assert read_doc_number(text) == number


@pytest.mark.parametrize(
    ("clues", "number"),
    [
        pytest.param(Clues(title_lines=("云岚县2022年要点", "云政发[2022]3号")), "云政发〔2022〕3号", id="title block"),
        pytest.param(Clues(table(发文字号="云政发（2022）3号")), "云政发〔2022〕3号", id="table"),
        pytest.param(Clues(table(文号="云政发〔2022〕3")), "云政发〔2022〕3号", id="table without 号"),
        pytest.param(
            Clues(title_lines=("关于印发要点的通知（云政发〔2022〕3号）",)), "云政发〔2022〕3号", id="behind the title"
        ),
        pytest.param(
            Clues(title_lines=("云政发[2022]3号《云岚县2022年要点》",)), "云政发〔2022〕3号", id="before the title"
        ),
        pytest.param(Clues(title_lines=("云政发〔2022〕3号文件精神学习总结",)), None, id="studied in the title"),
        pytest.param(Clues(table(文号="无")), None, id="the table says there is none"),
        pytest.param(Clues(table(文号="")), None, id="empty"),
        pytest.param(Clues(body="根据云政发〔2022〕3号文件要求，制定本方案。\n"), None, id="cited in the body"),
        pytest.param(
            Clues(body="按照《关于依法行政的意见》\n（岱政发〔2021〕8号）\n"), None, id="cited on its own line"
        ),
    ],
)
def test_only_the_documents_own_number_is_read(clues, number):
    assert read_metadata(clues).doc_number == number


def test_a_number_that_cannot_be_read_is_noted():
    found = read_metadata(Clues(table(文号="见附件")))
    assert found.doc_number is None
    assert found.notes == ("文号未能识别：见附件",)


def test_two_numbers_that_differ_are_noted():
    found = read_metadata(Clues(table(文号="云政发〔2022〕3号"), ("云岚县2022年要点", "云政办发〔2022〕3号")))
    assert found.doc_number == "云政办发〔2022〕3号"
    assert found.notes == ("发文字号两处不一致：标题下云政办发〔2022〕3号，表头云政发〔2022〕3号",)


@pytest.mark.parametrize(
    ("label", "value", "index"),
    [
        pytest.param("索引号", "000029518/2020-00138", "000029518/2020-00138", id="plain"),
        pytest.param("索 引 号：", "YL001-0203", "YL001-0203", id="blanks in the label"),
        pytest.param("信息索引号", "YL 001", "YL001", id="blanks in the value"),
        pytest.param("索引号", "—", None, id="a dash"),
        pytest.param("主题分类", "司法", None, id="another label"),
    ],
)
def test_the_index_number_is_read_from_the_table(label, value, index):
    assert read_metadata(Clues((Labelled(label, value, "header table"),))).index_number == index


# --- kind ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        pytest.param("云岚县2022年度法治政府建设情况报告", "report", id="yearly report"),
        pytest.param("苇溪镇2021年依法行政工作总结", "report", id="summary"),
        pytest.param("云岚县2021年法治政府建设工作情况汇报", "report", id="oral report"),
        pytest.param("云岚县司法局依法行政自查报告", "report", id="self-inspection"),
        pytest.param("关于2022年度法治政府建设情况的报告", "report", id="情况的报告"),
        pytest.param(
            "云岚县落实《法治政府建设实施纲要（2021—2025年）》情况的报告",
            "report",
            id="a report that quotes an outline",
        ),
        pytest.param("云岚县2021年法治政府建设工作总结及2022年工作计划", "report", id="a report with a look ahead"),
        pytest.param(
            "关于公布云岚县2022年度法治政府建设情况报告的公告", "report", id="a notice that publishes a report"
        ),
        pytest.param("云岚县2022年法治政府建设工作要点", "plan", id="work points"),
        pytest.param("云岚县创建法治政府示范县实施方案", "plan", id="implementation plan"),
        pytest.param(
            "云岚县人民政府关于印发《云岚县依法行政工作计划》的通知", "plan", id="a notice that issues a plan"
        ),
        pytest.param(
            "关于转发《滨河市关于印发2022年工作要点的通知》的通知", "plan", id="a notice that hands on a notice"
        ),
        pytest.param("关于2020年依法行政工作安排的通知", "plan", id="a notice named after its plan"),
        pytest.param(
            "云岚县贯彻《法治政府建设实施纲要（2021—2025年）》实施方案", "plan", id="a plan that quotes an outline"
        ),
        pytest.param("关于加强法治政府建设的实施意见", "plan", id="opinions set tasks"),
        pytest.param("云岚县“十四五”法治政府建设规划", "plan", id="five years"),
        pytest.param("云岚县法治政府建设实施纲要（2021—2025年）", "outline", id="outline"),
        pytest.param("关于印发《云岚县法治政府建设实施纲要》的通知", "outline", id="a notice that issues an outline"),
        pytest.param("关于报送2022年法治政府建设情况报告的通知", "notice", id="a notice that asks for reports"),
        pytest.param("关于报告执法责任制落实进展的通知", "notice", id="报告 as a verb"),
        pytest.param("关于做好年度法治政府建设情况报告工作的通知", "notice", id="the work of reporting"),
        pytest.param("关于印发2022年度法治政府建设情况报告的通知", "report", id="a notice that issues a report"),
        pytest.param("关于调整依法行政工作领导小组成员的通知", "notice", id="a notice on something else"),
        pytest.param("关于《云岚县工作方案（征求意见稿）》公开征求意见的公告", "notice", id="a call for comments"),
        pytest.param("《云岚县法治政府建设实施方案》政策解读", "other", id="an explanation"),
        pytest.param("云岚县召开法治政府建设推进会", "other", id="news"),
        pytest.param("云岚县重大行政决策程序规定", "other", id="rules"),
        pytest.param("", "other", id="nothing"),
    ],
)
def test_the_title_tells_the_kind(title, kind):
    assert read_kind([title] if title else [], "")[0] == kind


@pytest.mark.parametrize(
    ("title", "body", "kind", "why"),
    [
        pytest.param(
            "", "为推进依法行政，结合我县实际，制定本纲要。\n", "outline", "body: 制定本纲要", id="an outline"
        ),
        pytest.param("", "结合实际，制定如下工作计划：\n", "plan", "body: 制定如下工作计划", id="a plan"),
        pytest.param("", "现将有关情况报告如下：\n", "report", "body: 情况报告如下", id="a report"),
        pytest.param(
            "", "一、主要做法\n无。\n二、存在的问题\n无。\n", "report", "body: 主要做法、存在的问题", id="headings"
        ),
        pytest.param("", "请遵照执行。特此通知。\n", "notice", "body: 特此通知", id="a bare notice"),
        pytest.param("", "今天天气很好。\n", "other", "", id="no sign of any"),
        pytest.param(
            "",
            "市政府:\n2023年，我县依法行政工作取得新进展。\n一、2023年法治政府建设总体情况\n共办理复议案件31件。\n",
            "report",
            "body: 总体情况",
            id="an addressee, then work told as done",
        ),
        pytest.param(
            "",
            "2022年，全县受理复议申请46件，开展培训12场次，主要任务基本完成。\n",
            "report",
            "body: work told as done",
            id="one paragraph that tells of a year's work",
        ),
        pytest.param(
            "",
            "2023年，我局落实重点任务、工作要求，强化组织保障，明确目标任务，受理申请46件，整改问题12个。\n",
            "report",
            "body: work told as done",
            id="words of plans in the running text of a report",
        ),
        pytest.param(
            "",
            "一、规范执法\n各单位要在年底前完成自查，评查案卷不少于30卷。\n二、强化监督\n必须每季度通报。\n",
            "plan",
            "body: work asked for",
            id="chapters that ask for work",
        ),
        pytest.param(
            "", "共享单车投放了300辆，市民反映明显改善。\n", "other", "", id="work told without a year or a chapter"
        ),
        pytest.param(
            "关于加强依法行政工作的通知",
            "一、总体要求\n提高认识。\n二、重点任务\n严格执法。\n",
            "plan",
            "title: 通知; body: 总体要求、重点任务",
            id="a notice with the chapters of a plan",
        ),
        pytest.param(
            "关于加强依法行政工作的通知", "请各单位认真执行。\n", "notice", "title: 通知", id="a notice without"
        ),
    ],
)
def test_the_body_tells_the_kind_where_the_title_does_not(title, body, kind, why):
    found, words = read_kind([title] if title else [], body)
    assert found == kind
    assert words == why.replace("body: 情况报告如下", "body: 报告如下")


# --- year ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "year"),
    [
        pytest.param("云岚县2022年度法治政府建设情况报告", 2022, id="year"),
        pytest.param("2022年云岚县法治政府建设工作要点", 2022, id="year first"),
        pytest.param("云岚县法治政府建设规划（2021—2025年）", 2021, id="span with a dash"),
        pytest.param("云岚县法治政府建设规划（2021年至2025年）", 2021, id="span in words"),
        pytest.param("云岚县法治政府建设规划（2021-25年）", 2021, id="span, short end"),
        pytest.param("云岚县法治政府建设规划（20212025年）", 2021, id="span that lost its dash"),
        pytest.param("云岚县“十四五”时期法治政府建设规划", 2021, id="fourteenth five years"),
        pytest.param("云岚县“十三五”依法行政规划", 2016, id="thirteenth five years"),
        pytest.param("云岚县2O21年度工作总结", 2021, id="letter O for nought"),
        pytest.param("云岚县２０２１年度工作总结", 2021, id="full-width digits"),
        pytest.param("云岚县二〇二二年工作要点", 2022, id="Chinese digits"),
        pytest.param("云岚县二○○九年工作要点", 2009, id="Chinese digits with circles"),
        pytest.param("云岚县09年度依法行政工作总结", 2009, id="two digits"),
        pytest.param("云岚县2021年工作总结和2022年工作打算", 2021, id="two years: the first"),
        pytest.param("落实《法治政府建设实施纲要（2021—2025年）》2023年工作要点", 2023, id="outside the quoted title"),
        pytest.param("贯彻《法治政府建设实施纲要（2021—2025年）》的方案", 2021, id="only in the quoted title"),
        pytest.param("关于印发《云岚县2022年工作要点》的通知", 2022, id="in the issued title"),
        pytest.param("云岚县工作总结（2023年1月16日）", None, id="a date is no year"),
        pytest.param("云岚县20××年工作总结", None, id="masked"),
        pytest.param("云岚县20*年工作总结", None, id="masked with a star"),
        pytest.param("云岚县“八五”普法规划", None, id="a programme of its own count"),
        pytest.param("云岚县法治政府建设五年规划", None, id="five years, but which"),
        pytest.param("云岚县第12次会议纪要", None, id="another number"),
    ],
)
def test_the_title_tells_the_year(title, year):
    assert read_year_of([title], "", "plan", [])[0] == year


@pytest.mark.parametrize(
    ("kind", "body", "written", "year"),
    [
        pytest.param("report", "现将2021年度依法行政工作情况报告如下。\n", None, 2021, id="states it"),
        pytest.param("report", "2O21年，苇溪镇坚持依法行政。\n", date(2022, 1, 6), 2021, id="opens with it, mistyped"),
        pytest.param("report", "一年来成效明显。\n一、2021年主要工作\n", None, 2021, id="in the first heading"),
        pytest.param(
            "report", "成效明显。\n一、主要做法\n二、2023年工作打算\n", None, 2022, id="the year before the one ahead"
        ),
        pytest.param("report", "今年以来，我县坚持依法行政。\n", date(2023, 1, 5), 2022, id="written in January"),
        pytest.param("report", "今年以来，我县坚持依法行政。\n", date(2023, 4, 30), 2022, id="written in April"),
        pytest.param("report", "今年以来，我县坚持依法行政。\n", date(2022, 12, 13), 2022, id="written in December"),
        pytest.param(
            "report", "2015年以来，成效明显。\n", date(2023, 1, 5), 2022, id="a year too early to be reported"
        ),
        pytest.param("plan", "为做好2022年依法行政工作，制定本要点。\n", None, 2022, id="plan: the work of a year"),
        pytest.param(
            "plan", "2021年8月，上级印发通知。为做好2022年工作，制定本要点。\n", None, 2022, id="a month is an event"
        ),
        pytest.param(
            "plan", "按照《纲要（2021—2025年）》要求，制定本方案。\n", date(2023, 3, 1), 2023, id="a quoted span"
        ),
        pytest.param(
            "plan", "到2025年，法治政府建设全面突破。\n", date(2021, 12, 1), 2021, id="plan: goals five years on"
        ),
        pytest.param(
            "plan", "到2025年，法治政府建设全面突破。\n", date(2023, 3, 1), 2023, id="plan made on the way there"
        ),
        pytest.param(
            "outline", "到2025年，全区政府活动纳入法治轨道。\n", None, 2021, id="outline: goals of five years"
        ),
        pytest.param("outline", "到2035年，基本建成法治政府。\n", None, None, id="the long-term goal is no plan's end"),
        pytest.param("plan", "至2011年底，经过三年努力，基本实现。\n", None, 2009, id="goals after three years"),
        pytest.param("plan", "20*年底，成效明显。\n", None, None, id="masked"),
        pytest.param(
            "plan", "按照《纲要（2021—2025年）》要求，制定本方案。\n", None, 2021, id="the outline it carries out"
        ),
        pytest.param(
            "plan", "按照《纲要（2021—2025年）》要求，制定本要点。\n", None, None, id="points are of one year"
        ),
        pytest.param("plan", "没有年份。\n", None, None, id="no year at all"),
    ],
)
def test_body_and_date_tell_the_year_where_the_title_does_not(kind, body, written, year):
    assert read_year_of([], body, kind, [("written", written)])[0] == year


def test_a_report_put_up_years_later_keeps_the_year_that_it_states():
    body = "2019年，云岚县坚持依法行政。\n"
    assert read_year_of([], body, "report", [("published", date(2022, 10, 1))]) == (2019, "body: 2019年")


@pytest.mark.parametrize("text", ["20年", "abcd", "2O", "9999", "一二三四", ""])
def test_what_is_no_year_is_none(text):
    assert read_year(text) is None


# --- dates and signatures --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("2023年07月13日", date(2023, 7, 13), id="leading nought"),
        pytest.param("2023年7月13日", date(2023, 7, 13), id="plain"),
        pytest.param("2023-07-13 09:42", date(2023, 7, 13), id="ISO with a clock"),
        pytest.param("2023.07.13", date(2023, 7, 13), id="points"),
        pytest.param("2023/7/13", date(2023, 7, 13), id="slashes"),
        pytest.param("20230713", date(2023, 7, 13), id="compact"),
        pytest.param("２０２３年７月１３日", date(2023, 7, 13), id="full-width"),
        pytest.param("2023 年 7 月 13 日", date(2023, 7, 13), id="blanks"),
        pytest.param("2O23年7月13日", date(2023, 7, 13), id="letter O for nought"),
        pytest.param("二〇二三年七月十三日", date(2023, 7, 13), id="Chinese"),
        pytest.param("二○○九年十二月三十一日", date(2009, 12, 31), id="Chinese with circles"),
        pytest.param("二零二三年元月廿一日", date(2023, 1, 21), id="Chinese, old words"),
        pytest.param("2023年7月", None, id="no day"),
        pytest.param("2023年13月1日", None, id="no such month"),
        pytest.param("2023年2月30日", None, id="no such day"),
        pytest.param("7月13日", None, id="no year"),
        pytest.param("20*年7月13日", None, id="masked"),
        pytest.param("无", None, id="none"),
    ],
)
def test_full_dates_are_read(text, day):
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("body", "bodies", "day"),
    [
        pytest.param("特此报告。\n" + SIGNED, ("云岚县人民政府",), date(2023, 1, 16), id="plain"),
        pytest.param(
            "完。\n云 岚 县 人 民 政 府\n二〇二三年一月十六日\n", ("云岚县人民政府",), date(2023, 1, 16), id="spaced"
        ),
        pytest.param("完。\n云岚县司法局（盖章）\n2023年1月16日\n", ("云岚县司法局",), date(2023, 1, 16), id="sealed"),
        pytest.param("完。\n云岚县司法局　2023年1月16日\n", ("云岚县司法局",), date(2023, 1, 16), id="on one line"),
        pytest.param(
            "完。\n" + SIGNED + "（此件公开发布）\n", ("云岚县人民政府",), date(2023, 1, 16), id="a remark behind"
        ),
        pytest.param(
            "完。\n中共云岚县委办公室\n云岚县人民政府办公室\n2023年1月16日\n",
            ("中共云岚县委办公室", "云岚县人民政府办公室"),
            date(2023, 1, 16),
            id="two bodies",
        ),
        pytest.param("完。\n云岚县司法局\n", ("云岚县司法局",), None, id="not dated"),
        pytest.param("完。\n2023年1月16日\n", (), date(2023, 1, 16), id="dated, not signed"),
    ],
)
def test_signatures_are_found(body, bodies, day):
    (signature,) = find_signatures(body)
    assert (signature.bodies, signature.date) == (bodies, day)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("2023年1月16日，云岚县召开会议。\n", id="a date in a sentence"),
        pytest.param("自2023年1月16日起施行。\n", id="a date of effect"),
        pytest.param("云岚县人民政府办公室2023年1月16日印发\n", id="the imprint"),
        pytest.param("由县司法局牵头。\n", id="a body in a sentence"),
        pytest.param("", id="nothing"),
    ],
)
def test_dates_and_bodies_in_sentences_are_no_signature(body):
    assert list(find_signatures(body)) == []


def test_the_date_of_writing_is_the_signatures_where_the_table_has_none():
    found = read_metadata(Clues(body="完。\n" + SIGNED))
    assert (found.written, found.sources["written"]) == (date(2023, 1, 16), "signature")


def test_a_date_in_words_below_the_title_is_the_day_of_writing():
    found = read_metadata(Clues(title_lines=("云岚县2022年工作总结", "（2023年1月16日）")))
    assert (found.written, found.published) == (date(2023, 1, 16), None)


def test_a_notice_is_dated_by_the_signature_before_the_plan():
    body = f"现印发给你们。\n{SIGNED}一、总体要求\n严格执法。\n云岚县司法局\n2022年12月1日\n"
    found = read_metadata(Clues(title_lines=("云岚县人民政府关于印发2023年工作要点的通知",), body=body))
    assert (found.written, found.issuer) == (date(2023, 1, 16), "云岚县人民政府")


def test_two_dates_of_writing_that_differ_are_noted():
    found = read_metadata(Clues(table(成文日期="2023年1月13日"), body="完。\n" + SIGNED))
    assert found.written == date(2023, 1, 13)
    assert found.notes == ("成文日期两处不一致：表头2023-01-13，落款2023-01-16",)


def test_the_day_on_which_a_page_was_generated_gives_way_to_the_signature():
    found = read_metadata(Clues(table(生成日期="2023-03-01"), body="完。\n" + SIGNED))
    assert (found.written, found.notes) == (date(2023, 1, 16), ())


@pytest.mark.parametrize(
    ("clues", "published", "source"),
    [
        pytest.param(Clues(table(发布日期="2023-01-19")), date(2023, 1, 19), "header table: 发布日期", id="table"),
        pytest.param(Clues(info(时间="2022-01-11 16:08")), date(2022, 1, 11), "info line: 时间", id="info line"),
        pytest.param(
            Clues((Labelled("PubDate", "2024-03-28 10:12", "meta tag"),)),
            date(2024, 3, 28),
            "meta tag: PubDate",
            id="tag",
        ),
        pytest.param(Clues(url="https://a.test/x/202403/t20240328_88.html"), date(2024, 3, 28), "url", id="address"),
        pytest.param(
            Clues(url="https://a.test/art/2022/4/6/art_3_1.html"), date(2022, 4, 6), "url", id="address in parts"
        ),
        pytest.param(Clues(url="https://a.test/c1/202403/0a1b.shtml"), None, None, id="an address with the month only"),
        pytest.param(
            Clues(title_lines=("云岚县2022年总结", "2023-01-19")), date(2023, 1, 19), "title block", id="below title"
        ),
        pytest.param(Clues(info(今天是="2020年4月15日 星期三")), None, None, id="a frozen clock"),
        pytest.param(Clues(site_lines=("今天是:2020年4月15日",)), None, None, id="a clock in the head of the page"),
        pytest.param(Clues(info(浏览次数="20230119")), None, None, id="a counter"),
    ],
)
def test_the_day_of_publication_is_read(clues, published, source):
    found = read_metadata(clues)
    assert (found.published, found.sources.get("published")) == (published, source)


def test_the_imprint_tells_the_day_of_issue():
    found = read_metadata(Clues(tail_lines=("抄送：县委办公室。", "云岚县人民政府办公室　2023年1月17日印发")))
    assert (found.issued, found.sources["issued"]) == (date(2023, 1, 17), "tail")


# --- issuer ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "body"),
    [
        pytest.param("云岚县人民政府关于2022年度法治政府建设情况的报告", "云岚县人民政府", id="government"),
        pytest.param("云岚县司法局2022年度法治政府建设情况报告", "云岚县司法局", id="bureau before a year"),
        pytest.param(
            "中共云岚县委全面依法治县委员会办公室关于印发要点的通知", "中共云岚县委全面依法治县委员会办公室", id="party"
        ),
        pytest.param(
            "云岚县法治政府建设工作领导小组办公室关于报送材料的通知", "云岚县法治政府建设工作领导小组办公室", id="group"
        ),
        pytest.param("苇溪镇人民政府2021年依法行政工作总结", "苇溪镇人民政府", id="town"),
        pytest.param("县司法局2022年工作总结", "县司法局", id="a level word for the place"),
        pytest.param("云岚县2022年度法治政府建设情况报告", None, id="a place alone"),
        pytest.param("关于加强云岚县司法局队伍建设的意见", None, id="a body inside"),
        pytest.param("云岚县法治政府建设2022年度工作报告", None, id="a word that ends like a body"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_the_body_at_the_head_of_a_title_is_read(title, body):
    assert leading_body(title) == body


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ("云岚县司法局", True),
        ("岱川省水利厅", True),
        ("云岚县卫健委", True),
        ("云岚县人民法院", True),
        ("云岚县人民政府", False),
        ("云岚县人民政府办公室", False),
        ("北原盟行署办公厅", False),
        ("中共云岚县委办公室", False),
        ("中共云岚县委全面依法治县委员会办公室", False),
        ("柳荫街道办事处", False),
        ("滨河高新区管委会", False),
        ("法治", False),
    ],
)
def test_a_bureau_is_told_from_a_government(body, answer):
    assert is_bureau(body) is answer


@pytest.mark.parametrize(
    ("clues", "issuer", "source"),
    [
        pytest.param(
            Clues(table(发文机关="云岚县人民政府"), body="完。\n" + SIGNED),
            "云岚县人民政府",
            "header table: 发文机关",
            id="table",
        ),
        pytest.param(
            Clues(table(发布机构="云岚县司法局"), body="完。\n" + SIGNED),
            "云岚县人民政府",
            "signature",
            id="publisher is not it",
        ),
        pytest.param(
            Clues(table(发文机构="县政府网站"), body="完。\n" + SIGNED),
            "云岚县人民政府",
            "signature",
            id="a site is not",
        ),
        pytest.param(Clues(title_lines=("云岚县司法局2022年总结",)), "云岚县司法局", "title", id="title"),
        pytest.param(
            Clues(title_lines=("云岚县人民政府文件", "2022年要点")), "云岚县人民政府", "title block", id="masthead"
        ),
        pytest.param(
            Clues(table(发布机构="云岚县司法局")), "云岚县司法局", "header table: 发布机构", id="publisher at last"
        ),
        pytest.param(
            Clues(info(来源="苇溪镇人民政府"), ("苇溪镇2021年总结",)),
            "苇溪镇人民政府",
            "info line: 来源",
            id="origin at last",
        ),
        pytest.param(
            Clues(table(发布单位="柳荫街道****年法治政府建设年度报告")), None, None, id="the next line of the page"
        ),
        pytest.param(Clues(info(来源="县司法局"), ("云岚县2021年总结",)), None, None, id="a bureau that sent it in"),
        pytest.param(
            Clues(table(发文机关="县司法局"), body="完。\n云岚县司法局\n2023年1月6日\n"),
            "云岚县司法局",
            "signature",
            id="fuller",
        ),
        pytest.param(Clues(body="正文。\n"), None, None, id="nothing"),
    ],
)
def test_the_issuer_is_read_from_the_best_place(clues, issuer, source):
    found = read_metadata(clues)
    assert (found.issuer, found.sources.get("issuer")) == (issuer, source)


def test_two_issuers_that_differ_are_noted():
    found = read_metadata(Clues(table(发文机关="云岚县司法局"), body="完。\n" + SIGNED))
    assert found.issuer == "云岚县司法局"
    assert found.notes[0] == "发文机关两处不一致：表头云岚县司法局，落款云岚县人民政府"


# --- place -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "place", "level"),
    [
        pytest.param("云岚县人民政府关于2022年度法治政府建设情况的报告", "云岚县", "county", id="county"),
        pytest.param("滨河市望岳区2020年依法行政工作计划", "望岳区", "county", id="district"),
        pytest.param("岱川省2022年法治政府建设情况报告", "岱川省", "province", id="province"),
        pytest.param("延河州2022年法治政府建设情况报告", "延河州", "prefecture", id="prefecture"),
        pytest.param("北原盟2022年法治政府建设情况报告", "北原盟", "prefecture", id="league"),
        pytest.param("草甸旗2022年法治政府建设情况报告", "草甸旗", "county", id="banner"),
        pytest.param("云岭彝族自治县2022年法治政府建设情况报告", "云岭彝族自治县", "county", id="autonomous county"),
        pytest.param("苇溪镇2021年度法治政府建设工作总结", "苇溪镇", "township", id="town"),
        pytest.param("云岚县石桥乡2021年度法治政府建设工作总结", "石桥乡", "township", id="township below its county"),
        pytest.param("柳荫街道2025年法治政府建设年度报告", "柳荫街道", "township", id="subdistrict"),
        pytest.param("滨河经济技术开发区2022年法治政府建设情况报告", "滨河经济技术开发区", "other", id="zone"),
        pytest.param("2022年云岚县法治政府建设工作要点", "云岚县", "county", id="behind the year"),
        pytest.param("关于印发《云岚县2022年工作要点》的通知", "云岚县", "county", id="in the issued title"),
        pytest.param("中共云岚县委关于依法治县的意见", "云岚县", "county", id="the Party's"),
        pytest.param("法治云岚县建设规划（2021—2025年）", "云岚县", "county", id="法治 before the name"),
        pytest.param("云岚县关于贯彻落实《滨河市法治政府建设方案》的意见", "云岚县", "county", id="a plan carried out"),
        pytest.param("国家税务总局云岚县税务局2022年工作总结", "云岚县", "county", id="a branch of a national bureau"),
        pytest.param("关于编制云岚县人民政府2024年立法计划的通知", "云岚县", "county", id="behind a verb"),
        pytest.param("关于进一步做好云岚县法治建设工作的通知", "云岚县", "county", id="behind two verbs"),
        pytest.param("关于加强矿区管理的通知", None, "other", id="a common noun behind a verb"),
        pytest.param("关于完善高新区执法体制的意见", None, "other", id="a zone behind a verb"),
        pytest.param("国务院关于加强法治政府建设的意见", None, "national", id="the centre"),
        pytest.param("水利部2022年度法治政府建设情况报告", None, "national", id="a ministry"),
        pytest.param("法治政府建设工作总结", None, "other", id="no place"),
    ],
)
def test_the_title_tells_the_place_and_its_level(title, place, level):
    found = read_metadata(Clues(title_lines=(title,)))
    assert (found.jurisdiction, found.level, found.jurisdiction_code) == (place, level, None)


@pytest.mark.parametrize(
    ("body", "level"),
    [
        pytest.param("各县区要加强领导。县（市、区）人民政府每年报告。\n", "prefecture", id="it speaks to counties"),
        pytest.param("各乡镇、各街道要加强领导。\n", "county", id="it speaks to towns"),
        pytest.param("", "prefecture", id="it says nothing"),
    ],
)
def test_a_city_in_no_list_is_told_by_whom_it_speaks_to(body, level):
    assert read_metadata(Clues(title_lines=("滨河市2022年工作要点",), body=body)).level == level


def test_a_city_below_a_prefecture_is_a_county():
    assert read_metadata(Clues(title_lines=("延河州溪口市2022年工作要点",))).level == "county"


def test_the_issuer_tells_the_place_where_the_title_does_not():
    found = read_metadata(Clues(title_lines=("2022年法治政府建设工作要点",), body="完。\n" + SIGNED))
    assert (found.jurisdiction, found.sources["jurisdiction"]) == ("云岚县", "signature")


@pytest.mark.parametrize(
    ("body", "place", "level"),
    [
        pytest.param(
            "我县依法行政。《云岚县执法办法》印发。云岚县人民政府带头学法。\n", "云岚县", "county", id="full name"
        ),
        pytest.param(
            "全县推进法治云岚建设。结合云岚实际，加强法治云岚建设。\n", "云岚县", "county", id="bare stem, said twice"
        ),
        pytest.param(
            "本镇依法行政。2021年，苇溪镇坚持学法。\n", "苇溪镇", "township", id="town at the head of a clause"
        ),
        pytest.param("全区各街道要依法行政，加强法治社会建设。\n", None, "county", id="the level alone"),
        pytest.param("全县推进法治云岚建设。\n", None, "county", id="a stem said once may be anything"),
        pytest.param(
            "本镇依法行政。清理结果通过镇政务公开栏公布。\n", None, "township", id="通过 runs into the level word"
        ),
        pytest.param("本镇依法行政。成立以镇长为组长的专班。\n", None, "township", id="the head of the town"),
        pytest.param("我县依法行政。报请县政府审定。报请县委审定。\n", None, "county", id="报请 runs into it twice"),
        pytest.param("本镇依法行政。苇溪镇长期坚持学法。\n", "苇溪镇", "township", id="长期 behind the name"),
        pytest.param("全区学习法治思想，弘扬法治思想。\n", None, "county", id="法治思想 names no district"),
        pytest.param(
            "全省表扬。法治云岚、平安云岚。云岚县依法行政，加强法治云岚建设。\n", None, "province", id="another level"
        ),
        pytest.param("结合自治区实际，自治区政府各部门。各旗县区。\n", None, "province", id="an autonomous region"),
        pytest.param(
            "全区旗县。自治区党委、自治区政府，自治区各部门。\n", None, "province", id="全区 of an autonomous region"
        ),
        pytest.param("依法行政。\n", None, "other", id="nothing"),
    ],
)
def test_a_text_without_title_tells_the_place_by_how_it_speaks_of_itself(body, place, level):
    found = read_metadata(Clues(body=body))
    assert (found.jurisdiction, found.level) == (place, level)


def test_the_site_tells_the_place_where_the_text_agrees_on_the_level():
    sites = ("云岚县人民政府门户网站",)
    assert read_metadata(Clues(site_lines=sites, body="全县依法行政。\n")).jurisdiction == "云岚县"
    assert read_metadata(Clues(site_lines=sites, body="全市依法行政。\n")).jurisdiction is None


@pytest.mark.parametrize(
    ("title", "body", "bureau"),
    [
        pytest.param(
            "岱川省水利厅2024年度法治政府建设情况报告", "厅党组高度重视。\n", "岱川省水利厅", id="its own report"
        ),
        pytest.param("云岚县司法局关于2022年度法治政府建设情况的报告", "", "云岚县司法局", id="its own report, 关于"),
        pytest.param("云岚县司法局关于印发《云岚县2022年工作要点》的通知", "", None, id="the county's plan"),
        pytest.param("云岚县司法局关于印发2022年工作要点的通知", "全县依法行政。\n", None, id="for the whole county"),
        pytest.param(
            "云岚县司法局关于印发2022年工作要点的通知", "我局各科室：\n", "云岚县司法局", id="for its own offices"
        ),
        pytest.param("云岚县人民政府关于2022年度法治政府建设情况的报告", "", None, id="a government"),
        pytest.param("云岚县2022年度法治政府建设情况报告", "", None, id="a place"),
    ],
)
def test_the_bureau_is_named_where_it_speaks_for_itself(title, body, bureau):
    assert read_metadata(Clues(title_lines=(title,), body=body)).body == bureau


@pytest.mark.parametrize(
    ("clues", "code", "candidates"),
    [
        pytest.param((Labelled("SiteIDCode", "3201060001", "meta tag"),), "320106", 0, id="meta tag of the site"),
        pytest.param(info(来源="南京市鼓楼区司法局"), "320106", 0, id="address in the origin"),
        pytest.param(table(发文字号="榕鼓政〔2022〕1号"), "350102", 0, id="number"),
        pytest.param(table(发文机关="鼓楼区人民政府"), None, 4, id="nothing but the name"),
    ],
)
def test_a_name_of_several_places_is_told_by_the_tables_of_the_page(clues, code, candidates):
    found = read_metadata(Clues(clues, ("鼓楼区2022年法治政府建设工作要点",)))
    assert (found.jurisdiction, found.level, found.jurisdiction_code) == ("鼓楼区", "county", code)
    assert (found.place.place_id, len(found.place.candidates)) == (code, candidates)
    assert any("处同名" in note for note in found.notes) == bool(candidates)


def test_the_code_is_that_of_the_year_which_the_document_is_about():
    found = [read_metadata(Clues(title_lines=(title,))) for title in ("崇明县2015年工作要点", "崇明区2019年工作要点")]
    assert [each.jurisdiction_code for each in found] == ["310230", "310151"]
    assert {each.place.place_id for each in found} == {"310151"}
    assert {each.place.parents for each in found} == {("上海市",)}


@pytest.mark.parametrize(
    ("title", "site", "notes"),
    [
        pytest.param("云岚县2022年要点", "云岚县人民政府门户网站", (), id="its own site"),
        pytest.param("苇溪镇2022年总结", "云岚县人民政府门户网站", (), id="a town on the site of its county"),
        pytest.param(
            "滨河市2022年要点",
            "云岚县人民政府门户网站",
            ("转载：发文机关为滨河市，网站为云岚县",),
            id="the city's plan on it",
        ),
        pytest.param(
            "芦汀县2022年要点", "云岚县人民政府网", ("转载：发文机关为芦汀县，网站为云岚县",), id="a neighbour's"
        ),
        pytest.param("云岚县2022年要点", "首页 > 文章中心 > 正文", (), id="a site without a name"),
    ],
)
def test_a_repost_is_noted(title, site, notes):
    assert read_metadata(Clues(title_lines=(title,), site_lines=(site,))).notes == notes


# --- all together ----------------------------------------------------------------------------------------------------


def test_a_whole_page_is_read_with_the_source_of_each_field():
    clues = Clues(
        labelled=table(
            索引号="YL001-0203-2023-00026",
            发布机构="云岚县人民政府",
            发文字号="云政〔2023〕4号",
            成文日期="2023年1月16日",
            发布日期="2023-01-19",
            标题="云岚县人民政府关于2022年度法治政府建设情况的报告",
        ),
        title_lines=("云岚县人民政府", "关于2022年度法治政府建设情况的报告"),
        site_lines=("云岚县人民政府门户网站",),
        body="市人民政府：\n2022年，云岚县坚持依法行政，现将有关情况报告如下。\n" + SIGNED,
    )
    found = read_metadata(clues)
    assert (found.kind, found.year, found.jurisdiction, found.level) == ("report", 2022, "云岚县", "county")
    assert (found.issuer, found.doc_number) == ("云岚县人民政府", "云政〔2023〕4号")
    assert (found.written, found.published) == (date(2023, 1, 16), date(2023, 1, 19))
    assert found.notes == ()
    assert found.sources == {
        "doc_number": "header table: 发文字号",
        "index_number": "header table: 索引号",
        "issuer": "signature",
        "jurisdiction": "title",
        "kind": "title: 报告",
        "level": "title",
        "published": "header table: 发布日期",
        "title": "header table: 标题",
        "written": "header table: 成文日期",
        "year": "title: 2022年",
    }


def test_an_empty_page_tells_nothing_and_raises_nothing():
    found = read_metadata(Clues())
    assert (found.title, found.kind, found.year, found.level) == (None, "other", None, "other")
    assert (dict(found.sources), found.notes) == ({}, ())


def test_one_endless_line_takes_no_time():
    found = read_metadata(Clues(body="云岚县依法行政" * 200_000))
    assert found.kind == "other"


# --- pages of other sites --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "bodies", "day"),
    [
        pytest.param(
            "合格率达到90%。云岚县人民政府2021年3月19日\n", ("云岚县人民政府",), date(2021, 3, 19), id="glued"
        ),
        pytest.param(
            "云岚县人民政府\n2018年12月2 6日\n", ("云岚县人民政府",), date(2018, 12, 26), id="blank in the day"
        ),
        pytest.param(
            "云岚县人民政府\n2O18年1 2月6日\n", ("云岚县人民政府",), date(2018, 12, 6), id="blank in the month"
        ),
    ],
)
def test_signature_is_read_as_it_was_typed(text: str, bodies: tuple[str, ...], day: date) -> None:
    found = list(find_signatures("一、工作情况\n" + text))
    assert [(each.bodies, each.date) for each in found] == [(bodies, day)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("各项任务完成。由云岚县人民政府2021年3月19日\n", id="the clause of a sentence"),
        pytest.param("方案由县司法局起草，施行日期为2021年3月19日\n", id="no body before the day"),
    ],
)
def test_sentence_that_ends_in_a_day_is_no_signature(text: str) -> None:
    assert not list(find_signatures("一、工作情况\n" + text))


def test_issuer_of_a_title_behind_the_site_and_its_column_is_the_last_body() -> None:
    glued = Labelled("title", "云岚县人民政府 政策文件 云岚县人民政府办公室关于印发2023年工作要点的通知", "title tag")
    assert read_metadata(Clues((glued,))).issuer == "云岚县人民政府办公室"


def test_bodies_that_issue_together_both_stay() -> None:
    title = "云岚县人民政府办公室 青石县人民政府办公室关于印发2023年联合执法方案的通知"
    assert read_metadata(Clues(title_lines=(title,))).issuer == "云岚县人民政府办公室 青石县人民政府办公室"


@pytest.mark.parametrize(
    ("site", "tagged", "published"),
    [
        pytest.param("云岚县人民政府", "2024-09-02", date(2023, 1, 19), id="stamped anew after a move"),
        pytest.param("云岚县人民政府", "2023-01-17", date(2023, 1, 17), id="the tag is nearer behind the writing"),
        pytest.param("云岚县人民政府", "2023-01-15", date(2023, 1, 19), id="never before the writing"),
        pytest.param("双屿县人民政府", "2023-01-17", date(2023, 1, 19), id="tags of another place"),
    ],
)
def test_published_is_the_day_nearest_behind_the_writing(site: str, tagged: str, published: date) -> None:
    tags = (Labelled("SiteName", site, "meta tag"), Labelled("PubDate", tagged, "meta tag"))
    clues = Clues((*tags, *info(发布日期="2023-01-19")), ("云岚县2022年法治政府建设情况报告",), body=SIGNED)
    found = read_metadata(clues)
    assert found.published == published
    assert any("不一致" in note or "其他地方" in note for note in found.notes)


def test_menu_run_into_the_next_item_is_no_place() -> None:
    clues = Clues(title_lines=("云岚省人民政府关于2022年法治政府建设情况的报告",), site_lines=("首页省政府政策",))
    assert not any(note.startswith("转载") for note in read_metadata(clues).notes)


# --- the row of the list that led to the page ------------------------------------------------------------------------

ROW = Listed(
    title="云岚县2022年度法治政府建设情况报告",
    published=date(2023, 1, 20),
    column="法治政府建设",
    number="云政发〔2023〕5号",
    publisher="云岚县人民政府",
    index_number="991234-0001/2023-00007",
)
MOVED = "http://www.yunlan.test/zwgk/202110/t20211008_880001.html"  # the day of the move
BODY = "一、主要工作\n全年办结行政复议案件23件。\n"


def test_a_page_that_says_nothing_is_known_by_the_row_of_its_list() -> None:
    found = read_metadata(Clues(body=BODY, url=MOVED, listed=ROW))
    assert (found.title, found.published, found.doc_number) == (ROW.title, ROW.published, ROW.number)
    assert (found.issuer, found.index_number) == (ROW.publisher, ROW.index_number)
    assert (found.jurisdiction, found.year) == ("云岚县", 2022)
    from_row = ("title", "published", "doc_number", "issuer", "index_number")
    assert {name: found.sources[name] for name in from_row} == dict.fromkeys(from_row, "list row")
    assert not any("网址" in note for note in found.notes)


@pytest.mark.parametrize(
    ("clues", "name", "expected"),
    [
        pytest.param(Clues(info(发布日期="2023-01-19")), "published", date(2023, 1, 19), id="a label near the title"),
        pytest.param(
            Clues((Labelled("PubDate", "2023-01-18 09:00", "meta tag"),)), "published", date(2023, 1, 18), id="meta tag"
        ),
        pytest.param(Clues(title_lines=("云岚县2021年工作报告",)), "title", "云岚县2021年工作报告", id="title block"),
        pytest.param(
            Clues(table(文号="云政发〔2022〕9号")), "doc_number", "云政发〔2022〕9号", id="number in the table"
        ),
        pytest.param(
            Clues(body="云政办发〔2022〕3号\n" + BODY), "doc_number", "云政办发〔2022〕3号", id="number above"
        ),
        pytest.param(Clues(table(索引号="55/2021-1")), "index_number", "55/2021-1", id="index number in the table"),
        pytest.param(Clues(body=BODY + "双屿县人民政府\n2023年1月16日\n"), "issuer", "双屿县人民政府", id="signature"),
        pytest.param(Clues(info(来源="双屿县人民政府")), "issuer", "双屿县人民政府", id="origin"),
    ],
)
def test_what_the_page_says_of_itself_stands_before_its_row(clues: Clues, name: str, expected: object) -> None:
    alone, found = read_metadata(clues), read_metadata(replace(clues, listed=ROW))
    assert getattr(found, name) == getattr(alone, name) == expected
    assert found.sources[name] == alone.sources[name]
    assert found.notes == alone.notes


def test_the_day_on_the_list_stands_before_the_day_in_the_address() -> None:
    assert read_metadata(Clues(url=MOVED)).sources["published"] == "url"
    found = read_metadata(Clues(url=MOVED, listed=Listed(published=date(2018, 4, 3))))
    assert (found.published, found.sources["published"]) == (date(2018, 4, 3), "list row")
    assert read_metadata(Clues(url=MOVED, listed=Listed(title="报告"))).sources["published"] == "url"


def test_the_tags_of_another_places_site_give_way_to_the_row() -> None:
    tags = (Labelled("SiteName", "双屿县人民政府", "meta tag"), Labelled("PubDate", "2023-01-17", "meta tag"))
    clues = Clues(tags, ("云岚县2022年法治政府建设情况报告",), listed=ROW)
    assert read_metadata(clues).published == ROW.published


@pytest.mark.parametrize(
    ("row", "name"),
    [
        pytest.param(Listed(title="云岚县人民政府关于印发…"), "title", id="a title that is cut"),
        pytest.param(Listed(number="无"), "doc_number", id="a cell that says none"),
        pytest.param(Listed(number="关于2022年工作的通知"), "doc_number", id="words in the cell of the number"),
        pytest.param(Listed(publisher="云岚县政府网站"), "issuer", id="the site itself"),
        pytest.param(Listed(publisher="-"), "issuer", id="a dash"),
        pytest.param(Listed(index_number=" "), "index_number", id="blanks"),
    ],
)
def test_a_row_that_says_nothing_of_use_gives_nothing(row: Listed, name: str) -> None:
    found = read_metadata(Clues(body=BODY, listed=row))
    assert getattr(found, name) is None
    assert name not in found.sources


def test_a_link_text_gives_way_to_the_title_on_the_list() -> None:
    found = read_metadata(Clues(body=BODY, links=("附件：2022年法治政府建设任务表.xlsx",), listed=ROW))
    assert (found.title, found.sources["title"]) == (ROW.title, "list row")


@pytest.mark.parametrize(
    ("row", "place", "code", "source"),
    [
        pytest.param(Listed(place_name="云岚县"), "云岚县", None, "file of sources", id="by its name"),
        pytest.param(Listed(place="530521"), "施甸县", "530521", "file of sources", id="by its code"),
        pytest.param(Listed(place_name="滨望区"), None, None, None, id="of another level than the text's own"),
        pytest.param(Listed(), None, None, None, id="nobody said"),
    ],
)
def test_the_place_whose_site_it_is_counts_where_the_text_agrees(
    row: Listed, place: str | None, code: str | None, source: str | None
) -> None:
    found = read_metadata(Clues(body="全县各部门依法履职，全县共办案23件，我县持续推进。\n", listed=row))
    assert (found.jurisdiction, found.jurisdiction_code) == (place, code)
    assert found.sources.get("jurisdiction") == source


def test_the_place_whose_site_it_is_tells_places_of_one_name_apart() -> None:
    clues = Clues(title_lines=("鼓楼区2022年度法治政府建设情况报告",), body=BODY)
    assert read_metadata(clues).jurisdiction_code is None
    found = read_metadata(Clues(title_lines=clues.title_lines, body=BODY, listed=Listed(place="350102")))
    assert found.jurisdiction_code == "350102"


def test_the_document_of_a_higher_place_on_a_site_is_a_repost() -> None:
    clues = Clues(title_lines=("云岚市人民政府关于印发云岚市2023年法治政府建设方案的通知",), body=BODY)
    owner = Listed(place_name="双屿县")
    found = read_metadata(Clues(title_lines=clues.title_lines, body=BODY, listed=owner))
    assert [note for note in found.notes if note.startswith("转载")]
    assert not [note for note in read_metadata(clues).notes if note.startswith("转载")]
