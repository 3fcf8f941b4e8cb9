"""Which titles and columns are the right ones: every place is invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.scrape.relevance import judge_article, judge_column, judge_title

COUNTY = ("云岭县", "澜陵市", "瀚东省")
DISTRICT = ("滨望区", "澜陵市", "瀚东省")
COUNTY_CITY = ("云川市", "澜陵市", "瀚东省")
CITY = ("澜陵市", "瀚东省")
PLAN = "法治政府建设实施方案（2021—2025年）"
REPORTS = "法治政府建设年度报告"


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("云岭县2023年度法治政府建设情况报告", id="plain report"),
        pytest.param("云岭县人民政府关于2023年度法治政府建设工作情况的报告", id="report by 关于"),
        pytest.param("2023年推进法治政府建设工作情况及2024年工作打算", id="report and plan in one, no place"),
        pytest.param("云岭县水利局2022年法治建设工作总结", id="department, rule of law at large"),
        pytest.param("青禾镇人民政府2024年法治政府建设年度报告", id="township"),
        pytest.param("城关镇人民政府2021年度法治政府建设工作报告", id="township, 城 and 关 in its name"),
        pytest.param("法治政府建设年度报告（2023年度）", id="year behind"),
        pytest.param("云岭县法治政府建设年报", id="no year"),
        pytest.param("2022年度法治政府建设年度报告.pdf", id="name of a file"),
        pytest.param("云岭县人民政府 2022年法治政府建设工作总结 2023-03-01", id="date of the row behind the title"),
        pytest.param("云岭县法制政府建设2019年工作总结", id="misprint 法制政府"),
        pytest.param("云岭县法冶政府建设年度报告(２０２２年)", id="misprint 冶, full-width digits"),
        pytest.param("云岭县法治政府建没年度报告", id="misprint 建没"),
        pytest.param("關於雲嶺縣二○一四年依法行政工作計畫的通知", id="traditional characters, Chinese year"),
        pytest.param("云岭县 依法行政 工作 要点 （2011年）", id="blanks inside"),
        pytest.param("云岭县法治政府建设实施方案(20212025年)", id="lost dash"),
        pytest.param("云岭县“十四五”法治政府建设规划", id="plan by the five-year plan's name"),
        pytest.param("《云岭县2023年法治政府建设年度报告》", id="brackets around all"),
        pytest.param("关于《滨望区法治政府建设实施方案（2021-2025年）》落实情况的报告", id="report on a plan"),
        pytest.param("关于印发云岭县2015年依法行政工作要点的通知", id="wording before 2016"),
        pytest.param("云岭县全面推进依法行政五年规划", id="five years"),
        pytest.param("云岭县2009年依法行政工作安排意见", id="arrangement"),
        pytest.param("关于切实做好2012年依法行政工作的通知", id="a notice that is the year's plan"),
        pytest.param("云岭县2024年全面依法治县工作要点", id="governing the county by law"),
        pytest.param("法治云岭建设规划(2021—2025年)", id="rule of law at large, by the place's short name"),
        pytest.param(
            "中共云岭县委全面依法治县委员会关于印发2024年工作要点的通知", id="topic only in the committee's name"
        ),
        pytest.param(
            "云岭县法治政府建设工作领导小组关于印发2022年工作要点的通知", id="topic only in the leading group's name"
        ),
        pytest.param(
            "关于贯彻落实《法治政府建设实施纲要(2021-2025年)》的实施方案", id="own plan for the national outline"
        ),
        pytest.param("云岭县贯彻国务院关于加强法治政府建设意见的实施意见", id="own plan for a national opinion"),
        pytest.param("云岭县教育局关于报送2023年法治政府建设工作总结的报告", id="cover letter"),
        pytest.param("关于公布2023年度法治政府建设年度报告的公告", id="announcement that holds the report"),
        pytest.param("云岭县市场监督管理局2023年度法治政府建设年度报告公示", id="公示 of the report itself"),
        pytest.param("云岭县2022年法治政府建设自查报告", id="self report"),
        pytest.param("云岭县法治政府建设白皮书（2023年）", id="white paper of a government"),
        pytest.param("云岭县2023年上半年法治政府建设工作总结", id="half a year"),
        pytest.param("云岭县2014年度依法行政自查报告", id="self report, old wording"),
        pytest.param(
            "云岭县人民政府关于2019年法治政府建设情况的报告——在县十七届人大常委会第二十次会议上", id="said at a meeting"
        ),
        pytest.param("云岭县2021年法治政府建设和普法工作总结", id="普法 beside the topic"),
        pytest.param("云岭县2022年法治政府建设及营商环境优化工作总结", id="another field beside the topic"),
        pytest.param("云岭县区长河镇2022年法治政府建设年度报告", id="区长 is no person"),
        pytest.param("云岭县招标投标管理局2023年度法治政府建设情况报告", id="招标 is an office's name"),
        pytest.param("云岭县委政策研究室2023年度法治政府建设情况报告", id="研究 is an office's name"),
        pytest.param("云岭县持续推进法治政府建设工作方案", id="verbs of news in a plan"),
        pytest.param("县委、县政府印发《云岭县法治政府建设实施方案》", id="two organs issue, without 关于"),
        pytest.param("法治政府建设实施方案（2021—2025年）", id="no place: the national paper is an outline"),
    ],
)
def test_plans_and_reports_of_the_source_are_kept(title: str) -> None:
    assert judge_title(title, owners=COUNTY if "滨望" not in title else DISTRICT).verdict == "kept"


@pytest.mark.parametrize(
    ("title", "word"),
    [
        pytest.param("关于《云岭县2023年度法治政府建设情况报告》的解读", "−解读", id="explained"),
        pytest.param("一图读懂云岭县法治政府建设实施方案", "−一图读懂", id="explained in a picture"),
        pytest.param("关于《云岭县法治政府建设实施方案（征求意见稿）》公开征求意见的公告", "−征求意见", id="draft"),
        pytest.param("云岭县“八五”普法规划", "−八五", id="law education plan"),
        pytest.param("云岭县2023年普法依法治理工作要点", "−普法", id="law education work points"),
        pytest.param("云岭县召开2023年法治政府建设工作推进会", "−召开", id="meeting"),
        pytest.param("县人大常委会听取审议法治政府建设情况报告", "−听取", id="the congress hears a report"),
        pytest.param("云岭县司法局组织开展2023年度法治政府建设情况督察", "−督察", id="inspection"),
        pytest.param("云岭县举办法治政府建设专题培训班", "−举办", id="training"),
        pytest.param("我县法治政府建设取得新成效", "−取得", id="success story"),
        pytest.param("云岭县扎实推进法治政府建设", "−扎实推进法治政府建设", id="news without a genre"),
        pytest.param("滨望区圆满完成2022年度法治政府建设年度报告公开工作", "−圆满完成", id="news about a report"),
        pytest.param("云岭县出台法治政府建设实施方案", "−云岭县出台", id="news about a plan"),
        pytest.param("云岭县2023年政府工作报告", "−政府工作报告", id="the general report"),
        pytest.param("云岭县2023年政府信息公开工作年度报告", "−信息公开", id="information disclosure"),
        pytest.param("云岭县2023年优化营商环境工作情况报告", "−营商环境", id="business environment"),
        pytest.param("云岭县2023年行政执法统计年报", "−行政执法统计", id="enforcement statistics"),
        pytest.param("云岭县2023年国民经济和社会发展计划执行情况的报告", "−国民经济", id="the year's economy"),
        pytest.param("云岭县2022年度行政复议应诉工作情况报告", "−行政复议", id="reconsideration"),
        pytest.param("云岭县人民法院2023年行政审判白皮书", "−人民法院", id="court"),
        pytest.param("云岭县法治社会建设实施方案（2021—2025年）", "−法治社会", id="rule-of-law society"),
        pytest.param("云岭县2023年依法治校工作总结", "−依法治校", id="schools"),
        pytest.param("云岭县法治政府建设示范创建自查报告", "−示范创建", id="becoming a model"),
        pytest.param("关于第一批法治政府建设示范项目拟命名名单的公示", "−名单", id="list of names"),
        pytest.param("云岭县法治政府建设第三方评估项目采购公告", "−采购", id="procurement"),
        pytest.param("关于成立云岭县法治政府建设工作领导小组的通知", "−成立", id="setting up a group"),
        pytest.param(
            "云岭县依法行政领导小组办公室关于印发行政执法案卷评查办法的通知",
            "−行政执法",
            id="the group on another subject",
        ),
        pytest.param("关于做好2023年度法治政府建设年度报告工作的通知", "−做好", id="call for reports"),
        pytest.param("关于报送2023年法治政府建设工作总结的通知", "−报送", id="call for summaries"),
        pytest.param("云岭县2022年度法治政府建设考核结果的通报", "−考核结果", id="marks"),
        pytest.param("云岭县2023年农村人居环境整治实施方案", "−无法治政府建设主题", id="another subject"),
        pytest.param("云岭县司法局2023年工作总结", "−无法治政府建设主题", id="the justice bureau's year"),
    ],
)
def test_false_friends_are_dropped_and_say_why(title: str, word: str) -> None:
    judged = judge_title(title, owners=COUNTY)
    assert judged.verdict == "dropped"
    assert any(told.startswith(word) for told in judged.words)


@pytest.mark.parametrize(
    ("title", "owners"),
    [
        pytest.param("中共中央 国务院印发《法治政府建设实施纲要（2021—2025年）》", (), id="the outline"),
        pytest.param("法治政府建设实施纲要（2021—2025年）", COUNTY, id="the outline without its issuer"),
        pytest.param("国务院关于加强法治政府建设的意见", (), id="State Council, no owners needed"),
        pytest.param("云岭县司法局转发国务院关于加强法治政府建设意见的通知", COUNTY, id="passed on by the county"),
        pytest.param("司法部2023年法治政府建设年度报告", COUNTY, id="ministry"),
        pytest.param("国家市场监督管理总局2022年法治政府建设年度报告", COUNTY, id="general administration"),
        pytest.param(
            "澜陵市人民政府关于印发澜陵市法治政府建设实施方案的通知", COUNTY, id="prefecture on a county's site"
        ),
        pytest.param("澜陵市司法局2022年度法治政府建设工作总结", DISTRICT, id="a department of the prefecture"),
        pytest.param(
            "云岭县人民政府办公室关于印发《澜陵市法治政府建设实施方案》的通知",
            COUNTY,
            id="the county issues the city's plan",
        ),
        pytest.param(
            "云岭县人民政府办公室转发澜陵市人民政府关于加强法治政府建设实施意见的通知", COUNTY, id="转发 of a parent"
        ),
        pytest.param("关于印发2022年全市法治政府建设工作要点的通知", COUNTY, id="全市 is the parent"),
        pytest.param("市人民政府办公室关于印发2023年法治政府建设工作要点的通知", DISTRICT, id="市 is the parent"),
        pytest.param("省政府关于印发法治政府建设工作要点的通知", CITY, id="省 above a city"),
        pytest.param("法治瀚东建设规划（2021—2025年）", COUNTY, id="a province by its short name"),
        pytest.param("青禾县2023年度法治政府建设情况报告", COUNTY, id="another county"),
        pytest.param("澜陵市青禾区2023年度法治政府建设报告", COUNTY, id="another district of the same city"),
        pytest.param("澜陵市2023年度法治政府建设报告", ("澜陵县", "澜陵市"), id="city and county of one name"),
        pytest.param("【转载】2023年法治政府建设工作要点", COUNTY, id="marked as a reprint"),
    ],
)
def test_documents_of_other_governments_are_reposts(title: str, owners: tuple[str, ...]) -> None:
    assert judge_title(title, owners=owners).verdict == "dropped"


@pytest.mark.parametrize(
    ("title", "owners"),
    [
        pytest.param(
            "澜陵市生态环境局云岭县分局2022年度法治政府建设年度报告", COUNTY, id="branch of the city's bureau"
        ),
        pytest.param("国家税务总局云岭县税务局2022年法治政府建设情况报告", COUNTY, id="branch of a national body"),
        pytest.param(
            "澜陵市滨望区人民政府关于2023年度法治政府建设情况的报告", DISTRICT, id="parents before the own name"
        ),
        pytest.param("澜陵县2023年度法治政府建设报告", ("澜陵县", "澜陵市"), id="county and city of one name"),
        pytest.param("全区2023年法治政府建设工作要点", DISTRICT, id="全区 of a district"),
        pytest.param("市司法局2023年度法治政府建设情况的报告", COUNTY_CITY, id="市 of a county-level city"),
        pytest.param("关于印发2022年全市法治政府建设工作要点的通知", CITY, id="全市 of a city"),
        pytest.param("青禾县2023年度法治政府建设报告", CITY, id="a county below a city"),
        pytest.param("澜陵市2023年度法治政府建设报告", ("瀚东省",), id="a city below a province"),
        pytest.param(
            "融川县2023年度法治政府建设报告", ("融川苗族自治县", "澜陵市"), id="autonomous county, short name"
        ),
        pytest.param("海东镇2021年度法治政府建设工作报告", ("云岭县", "海东市"), id="own town named like the parent"),
        pytest.param("王家市镇2021年度法治政府建设工作报告", COUNTY, id="市镇 is a town"),
        pytest.param("高新区管委会2023年法治政府建设工作总结", COUNTY, id="a zone"),
        pytest.param("住房和城市建设管理局2023年法治政府建设工作总结", COUNTY, id="城市 is no place"),
        pytest.param("县城市管理局2021年度法治政府建设情况报告", COUNTY, id="县城市 is no place"),
        pytest.param(
            "云岭县人民政府办公室转发县司法局关于云岭县2023年法治政府建设工作要点的通知",
            COUNTY,
            id="转发 of its own bureau",
        ),
        pytest.param(
            "云岭县人民政府关于贯彻落实《澜陵市法治政府建设实施方案》的实施意见",
            COUNTY,
            id="own opinion on the city's plan",
        ),
        pytest.param("青禾县2023年度法治政府建设报告", (), id="no owners, no judgement by place"),
    ],
)
def test_documents_of_the_source_and_its_organs_are_none(title: str, owners: tuple[str, ...]) -> None:
    assert judge_title(title, owners=owners).verdict == "kept"


@pytest.mark.parametrize(
    ("number", "publisher", "verdict"),
    [
        pytest.param("云政发〔2022〕3号", "", "kept", id="own number"),
        pytest.param("澜政发〔2022〕3号", "", "dropped", id="the city's number"),
        pytest.param("中发〔2021〕33号", "", "dropped", id="national number"),
        pytest.param("无", "", "kept", id="no number"),
        pytest.param("", "县司法局", "kept", id="own bureau"),
        pytest.param("", "澜陵市云岭县司法局", "kept", id="own bureau with its parent"),
        pytest.param("", "澜陵市人民政府", "dropped", id="the city"),
        pytest.param("", "市司法局", "dropped", id="the city's bureau"),
        pytest.param("", "中国政府网", "dropped", id="national site"),
        pytest.param("云政发〔2022〕3号", "澜陵市人民政府", "kept", id="the number is stronger"),
    ],
)
def test_number_and_publisher_decide_for_a_title_without_a_place(number: str, publisher: str, verdict: str) -> None:
    assert judge_title(PLAN, owners=COUNTY, number=number, publisher=publisher).verdict == verdict
    assert judge_title("云岭县" + PLAN, owners=COUNTY, number=number).verdict in ("kept", "dropped")


def test_a_number_inside_the_title_counts() -> None:
    title = "关于印发2023年法治政府建设工作要点的通知（{}办发〔2023〕1号）"
    assert judge_title(title.format("澜政"), owners=COUNTY).verdict == "dropped"
    assert judge_title(title.format("云政"), owners=COUNTY).verdict == "kept"


@pytest.mark.parametrize(
    ("title", "verdict"),
    [
        pytest.param("云岭县2023年度法治政府建设情...", "kept", id="what is seen is enough"),
        pytest.param("云岭县人民政府关于印发云岭县法治政府建设实…", "kept", id="实 begins a plan"),
        pytest.param("云岭县2015年依法行政工作要……", "kept", id="要 begins work points"),
        pytest.param("云岭县2023年度法治政府建设…", "doubtful", id="before the deciding word"),
        pytest.param("云岭县2023年度法治政府建设工…", "doubtful", id="工作 is open"),
        pytest.param("云岭县人民政府关于2023年度法治政…", "doubtful", id="inside the topic"),
        pytest.param("云岭县人民政府办公室关于印发…", "doubtful", id="before the topic"),
        pytest.param("云岭县人民政府办公室关于印发《云岭县2023年…", "doubtful", id="before the topic, in quotes"),
        pytest.param("云岭县人民政府办公…", "doubtful", id="inside the issuer"),
        pytest.param("中共云岭县委办公室 云岭县人…", "doubtful", id="inside the second issuer"),
        pytest.param("中共云岭县委全面依法治县委员…", "doubtful", id="inside a committee whose name is the topic"),
        pytest.param("云岭县农业农…", "doubtful", id="inside a bureau"),
        pytest.param("关于公开《云岭县2023年度法…", "doubtful", id="at the first character of the topic"),
        pytest.param("2023年云岭…", "doubtful", id="inside the place"),
        pytest.param("云岭县财政局2023年度部门预…", "dropped", id="a budget already"),
        pytest.param("云岭县人民政府关于表彰…", "dropped", id="a commendation already"),
        pytest.param("云岭县召开法治政府建设…", "dropped", id="news already"),
        pytest.param("云岭县扎实推进法治政府建设…", "dropped", id="news by its verb"),
        pytest.param("云岭县人民政府办公室关于印发云岭县粮食…", "dropped", id="another subject already"),
        pytest.param("云岭县2023年政府信息公开工作年度…", "dropped", id="another report"),
    ],
)
def test_a_cut_title_is_doubtful_only_before_its_deciding_word(title: str, verdict: str) -> None:
    assert judge_title(title, owners=COUNTY).verdict == verdict


@pytest.mark.parametrize("column", ["法治政府建设", "法治政府建设年度报告", "政府文件", ""])
def test_a_title_cut_before_its_topic_is_doubtful_in_any_column(column: str) -> None:
    whole = "云岭县人民政府办公室关于印发《云岭县2023年法治政府建设工作要点》的通知"
    verdicts = {
        judge_title(f"{whole[:size]}...", column=column, owners=COUNTY).verdict for size in range(6, len(whole))
    }
    assert "dropped" not in verdicts


def test_without_a_title_only_the_article_can_tell() -> None:
    judged = judge_title("", owners=COUNTY)
    assert (judged.verdict, judged.words) == ("doubtful", ("−没有标题",))


def test_a_title_that_the_list_says_is_cut_needs_no_dots() -> None:
    assert judge_title("云岭县2023年度法治政府建设情", owners=COUNTY, is_cut=True).verdict == "kept"


@pytest.mark.parametrize(
    ("title", "column", "verdict"),
    [
        pytest.param("2023年度报告", REPORTS, "kept", id="the column has the topic"),
        pytest.param("关于印发2023年工作要点的通知", "依法行政", "kept", id="work points"),
        pytest.param("云岭县财政局2022年年度报告", REPORTS, "kept", id="财政 is the bureau's name"),
        pytest.param("2023年度报告(云岭县水务局)", REPORTS, "kept", id="bureau in brackets"),
        pytest.param("2022年工作总结及2023年工作计划", "法治政府建设", "kept", id="two genres"),
        pytest.param("2023年年度报告", "法治政府建设年度报告>2023年", "kept", id="path that ends in a year"),
        pytest.param("云岭县教育局2023年工作总结", REPORTS, "doubtful", id="may be about all its work"),
        pytest.param("青禾镇2022年", REPORTS, "doubtful", id="no genre"),
        pytest.param("2023年度报告", "政府信息公开年报", "dropped", id="another column"),
        pytest.param("2023年度报告", "法治政府建设>普法宣传", "dropped", id="a path ends in another column"),
        pytest.param("关于印发2023年工作要点的通知", "规划计划", "dropped", id="a general column lends nothing"),
        pytest.param("2023年政府信息公开工作年度报告", REPORTS, "dropped", id="a stray"),
        pytest.param("云岭县2023年政府工作报告", REPORTS, "dropped", id="the general report"),
        pytest.param("云岭县行政执法人员名单", "依法行政", "dropped", id="a subject of its own"),
        pytest.param("澜陵市2023年度报告", REPORTS, "dropped", id="a repost"),
    ],
)
def test_a_title_without_a_topic_borrows_its_columns(title: str, column: str, verdict: str) -> None:
    assert judge_title(title, column=column, owners=COUNTY).verdict == verdict


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("云岭县创建全国法治政府建设示范县工作方案", id="plan for becoming a model"),
        pytest.param("党政主要负责人履行推进法治建设第一责任人职责情况报告", id="leaders' duties alone"),
        pytest.param("云岭县2023年第三季度法治政府建设工作小结", id="a quarter"),
        pytest.param("云岭县公安局法治公安建设实施方案", id="a field's rule of law"),
        pytest.param("关于转发2023年法治政府建设工作要点的通知", id="passed on from nobody named"),
        pytest.param("澜陵市青禾镇2023年度法治政府建设报告", id="a town named without its county"),
    ],
)
def test_what_could_be_either_is_doubtful(title: str) -> None:
    assert judge_title(title, owners=COUNTY).verdict == "doubtful"


@pytest.mark.parametrize(
    ("title", "text", "verdict"),
    [
        pytest.param("云岭县2023年度法治政府建设", "现将2023年度法治政府建设工作情况报告如下：", "kept", id="reports"),
        pytest.param(
            "云岭县2023年度法治政府建设",
            "本报讯（记者 某某）近日，县政府召开法治政府建设推进会。",
            "dropped",
            id="news",
        ),
        pytest.param("云岭县2023年度法治政府建设", "", "doubtful", id="a scan has no text"),
        pytest.param(
            "关于转发2023年法治政府建设工作要点的通知",
            "各乡镇：结合我县实际，云岭县制定本要点。",
            "kept",
            id="own after all",
        ),
        pytest.param(
            "关于转发2023年法治政府建设工作要点的通知",
            "各县（市、区）人民政府：现将澜陵市文件转发。",
            "dropped",
            id="the city's",
        ),
        pytest.param("云岭县2023年度法治政府建设情况报告", "本报讯", "kept", id="a whole title decides by itself"),
        pytest.param(
            "云岭县召开法治政府建设工作会议", "现将法治政府建设情况报告如下", "dropped", id="and against it too"
        ),
    ],
)
def test_the_opening_of_the_text_decides_for_a_doubtful_title(title: str, text: str, verdict: str) -> None:
    assert judge_article(title, text, owners=COUNTY).verdict == verdict


@pytest.mark.parametrize(
    ("title", "verdict"),
    [
        *(
            (name, "kept")
            for name in ("法治政府建设", "法治政府建设年度报告", "法治政府建设情况年度报告", "法治政府信息公开")
        ),
        *(
            (name, "kept")
            for name in ("依法行政", "专题：法治政府建设", "法治政府建设(12)", "法制政府建设", "依法治县")
        ),
        *(
            (name, "doubtful")
            for name in ("规划计划", "工作报告", "年度报告", "政府文件", "县政府办文件", "其他法定信息")
        ),
        *(
            (name, "doubtful")
            for name in ("法定主动公开内容", "政府信息公开目录", "政府信息公开", "通知公告", "专题专栏")
        ),
        *((name, "doubtful") for name in ("县司法局", "2023年", "法治云岭", "云岭县2023年度法治政府建设情况报告")),
        *(
            (name, "dropped")
            for name in ("政策解读", "政府信息公开年报", "政府工作报告", "普法宣传", "新闻动态", "行政执法")
        ),
        *(
            (name, "dropped")
            for name in ("人事任免", "财政预决算", "首页", "下一页", "更多", "", "国务院文件", "法治营商环境")
        ),
        *((name, "dropped") for name in ("法治政府建设解读", "云岭县召开法治政府建设工作会议")),
    ],
)
def test_columns(title: str, verdict: str) -> None:
    assert judge_column(title).verdict == verdict


def test_the_words_name_what_decided() -> None:
    assert judge_title("澜陵市2023年度法治政府建设情况报告", owners=COUNTY).words == (
        "+法治政府建设",
        "+情况报告",
        "+2023年",
        "−转载上级文件：澜陵市",
    )


@given(st.text("云岭县澜陵市2023年度法治政府建设依法行政关于印发转发《》〔〕()…>工作要点报告号通知", max_size=60))
def test_any_title_is_judged_within_the_scale(title: str) -> None:
    for judged in (judge_title(title, owners=COUNTY, column=title, number=title, publisher=title), judge_column(title)):
        assert -10 <= judged.score <= 10
        assert judged.words


@pytest.mark.parametrize("ending", [".txt", ".docx", ".PDF", ".wps"])
def test_a_row_called_by_the_name_of_a_file_is_judged_without_its_ending(ending: str) -> None:
    title = "云岭县创建法治政府工作实施方案"
    named, plain = (judge_title(each, owners=("云岭县",)) for each in (title + ending, title))
    assert named == plain
    assert plain.verdict == "kept"
