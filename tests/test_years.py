"""Which year a document plans or reports; every place, body and text here is invented."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.parse.kinds import read_kind
from pipeline.parse.years import read_year_of
from pipeline.train.labelled import read_labelled

HEADINGS = Path(__file__).resolve().parent.parent / "corpora" / "headings"
MORE = "我县办理复议案件，组织执法人员培训，评查案卷，化解纠纷，清理规范性文件，公开政务信息。\n" * 12


@pytest.mark.parametrize(
    ("title", "kind", "year"),
    [
        pytest.param("关于2024年全县法治政府建设工作情况的报告（书面）", "report", 2024, id="plain"),
        pytest.param("云岚县公安局二〇〇九年推进依法行政工作安排意见", "plan", 2009, id="Chinese digits"),
        pytest.param("云岚县2024—2026年三年行动计划", "plan", 2024, id="the first of three years"),
        pytest.param("云岚县2021、2022年度依法行政工作总结", "report", 2021, id="the first of two"),
        pytest.param("云岚县法治政府建设实施方案（2021—2025年）", "plan", 2021, id="the first of five"),
        pytest.param("云岚县2019年以来法治政府建设情况报告", "report", 2019, id="a report on the work since"),
        pytest.param("云岚县2023年前三季度工作情况的报告", "report", 2023, id="前三季度 is in the year"),
        pytest.param("关于印发《云岚县2020年工作要点》的通知", "plan", 2020, id="handed on"),
        pytest.param("关于《云岚县2022年度法治政府建设报告》的公示", "report", 2022, id="put up"),
        pytest.param(
            "云岚县贯彻落实法治政府建设实施纲要（2021—2025年）的工作方案",
            "plan",
            2021,
            id="an outline's span where there is nothing else",
        ),
        pytest.param(
            "关于印发《贯彻〈法治政府建设实施纲要（2021—2025年）〉实施方案》的通知", "plan", 2021, id="the same, nested"
        ),
        pytest.param(
            "云岚县落实《法治政府建设实施纲要（2021—2025年）》情况的报告", "report", None, id="a report on an outline"
        ),
        pytest.param("关于清理2010年以来规范性文件的通知", "notice", None, id="since when the papers date"),
        pytest.param("关于清理2010年以来规范性文件情况的报告", "report", None, id="the same, reported"),
        pytest.param("关于清理2020年以前规范性文件的通知", "notice", None, id="before which they date"),
        pytest.param("云岚县2025年前基本建成法治政府实施方案", "plan", None, id="by when"),
        pytest.param("苇溪镇工作总结（2023年1月）", "report", None, id="the month of writing"),
        pytest.param("云岚区“法治护航营商环境提升年”活动方案", "plan", None, id="年 without a number"),
        pytest.param("云岚县创建法治政府建设示范县自评报告", "report", None, id="no year"),
    ],
)
def test_the_title_tells_its_own_year(title, kind, year):
    assert read_year_of([title], "", kind, [])[0] == year


@pytest.mark.parametrize(
    ("title", "written", "year"),
    [
        pytest.param("贯彻《法治政府建设实施纲要（2015—2020年）》的实施方案", date(2016, 5, 9), 2016, id="quoted"),
        pytest.param("贯彻落实法治政府建设实施纲要（2021—2025年）的方案", date(2022, 6, 1), 2022, id="without marks"),
        pytest.param("云岚县法治政府建设实施方案（2021—2025年）", date(2022, 6, 1), 2021, id="its own span"),
    ],
)
def test_the_date_of_a_plan_goes_before_the_outline_that_it_carries_out(title, written, year):
    assert read_year_of([title], "", "plan", [("written", written)])[0] == year


@pytest.mark.parametrize(
    ("body", "year"),
    [
        pytest.param("市政府：\n2022年，我县坚持依法行政。\n", 2022, id="opens with it"),
        pytest.param("岁月不居。2025年，我市坚持依法行政。\n", 2025, id="behind a flourish"),
        pytest.param("我局于2019年3月挂牌，2020年是独立履职的第一年。\n", 2020, id="says what year it was"),
        pytest.param("2016年以来，我市推进依法行政。现将情况报告如下。\n", 2016, id="opens with 以来"),
        pytest.param("现将2019年至2021年依法行政情况报告如下。\n", 2019, id="states a span"),
        pytest.param(
            "成绩明显。\n一、2022年工作计划完成情况\n二、2023年工作计划\n", 2022, id="how its plan was carried out"
        ),
        pytest.param("成绩明显。\n十二、2026年工作安排\n", 2025, id="a late chapter looks ahead"),
        pytest.param("成绩明显。\n一、2024年重点工作\n", 2024, id="a first chapter does not"),
        pytest.param("成绩明显。\n2025年重点工作\n一是加强培训。\n", 2024, id="a heading without a number looks ahead"),
        pytest.param(MORE + "2025年，我区将着重从三方面发力。\n", 2024, id="the last paragraph looks ahead"),
        pytest.param(
            "根据《云岚县2014年度依法行政考核方案》要求，我局进行了自查。\n", 2014, id="the assessment it answers"
        ),
        pytest.param("年初印发《2025年度法治建设工作要点》。\n" + MORE, 2025, id="the points of its year"),
        pytest.param("成效明显。\n二〇〇七年十月\n", 2007, id="a month at the end"),
        pytest.param("成效明显。\n云岚县司法局\n2013年8月30日\n", 2013, id="signed in August"),
        pytest.param("成效明显。\n云岚县司法局\n2013年2月28日\n", 2012, id="signed in February"),
        pytest.param("云府〔2024〕3号\n市政府：\n成效明显。\n", 2023, id="the number, which is given the year after"),
        pytest.param("2019年8月和2019年10月，我区两次修订预案。\n", 2019, id="the dates of what was done"),
        pytest.param("我局对2011年以来的法制宣传和依法行政工作进行了回顾。\n", None, id="since when"),
        pytest.param("成效明显。对1998年以来的文件进行清理。\n", None, id="since when papers date"),
        pytest.param("自1998年以来，我县坚持依法行政。\n", None, id="since long ago"),
        pytest.param("以2019年为基数，办件量增长两成。\n", None, id="what is compared with"),
        pytest.param("办件量较2019年增长两成。\n", None, id="the same, 较"),
        pytest.param("近年来成效显著。2020年，我县获评示范县。\n", None, id="a year among years"),
        pytest.param("今年以来成效显著。2020年，我县获评示范县。\n", None, id="a year that is not this one"),
        pytest.param("2020年新修订的条例实施后，我县开展培训。\n", None, id="the year of a law"),
        pytest.param(
            "按照《法治政府建设实施纲要（2015—2020年）》要求，我局开展自查。\n", None, id="the years of an outline"
        ),
        pytest.param("按照国发〔2010〕33号文件要求，成效明显。\n", None, id="the number of another document"),
        pytest.param("印发《2023年工作要点》和《2024年工作要点》。\n" + MORE, None, id="the points of two years"),
        pytest.param("2019年8月修订预案。\n", None, id="one date"),
        pytest.param("2019年8月和2019年10月，我区两次修订预案。今年又修订一次。\n", None, id="dates of another year"),
        pytest.param("在全县推开，力争用三年时间，到2027年，全面建成。\n", None, id="a goal"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_report_without_title_or_date_tells_its_year(body, year):
    assert read_year_of([], body, "report", [])[0] == year


@pytest.mark.parametrize(
    ("body", "written", "year"),
    [
        pytest.param("我县办理案件30件。\n", date(2023, 4, 28), 2022, id="April"),
        pytest.param("我县全年办理案件30件。\n", date(2023, 6, 20), 2022, id="late, of the whole year before"),
        pytest.param("今年上半年办理案件30件，全年预计60件。\n", date(2023, 6, 20), 2023, id="of half this year"),
        pytest.param("我县办理案件30件。\n", date(2023, 11, 20), 2023, id="November"),
        pytest.param("2022年，我县坚持依法行政。\n", date(2023, 11, 20), 2022, id="very late, but it says so"),
        pytest.param(
            "今年以来成效明显。2022年，我县获评示范县。\n", date(2023, 11, 20), 2023, id="not if it says 今年 first"
        ),
        pytest.param("2015年以来，我市推进依法行政。\n", date(2023, 1, 5), 2022, id="since long ago"),
        pytest.param("力争用三年时间，到2027年，全面建成。\n", date(2025, 1, 10), 2024, id="a goal"),
    ],
)
def test_a_report_is_on_the_year_that_its_date_and_words_agree_on(body, written, year):
    assert read_year_of([], body, "report", [("written", written)])[0] == year


@pytest.mark.parametrize(
    ("body", "year"),
    [
        pytest.param("现将《云岚县2020年法治政府建设工作要点》印发给你们。\n", 2020, id="hands on"),
        pytest.param("市政府确定了2023年制度建设工作计划，现印发给你们。\n", 2023, id="hands on without marks"),
        pytest.param("2024年，全县法治建设的总体思路是：服务大局。\n", 2024, id="the idea of the year"),
        pytest.param("2021年，法治工作要以民为本。\n", 2021, id="what the year must be"),
        pytest.param("2020年是决胜之年，任务艰巨。\n", 2020, id="what year it is"),
        pytest.param("决定在2023年开展“法治建设年”活动。\n", 2023, id="when to act"),
        pytest.param("一、2022年工作回顾\n二、2023年工作任务\n", 2023, id="looks back first"),
        pytest.param("筹备阶段（2012年4月至5月）。推开阶段（11月至2013年6月）。\n", 2012, id="stages"),
        pytest.param("2011年底前完成清理，2012年延伸到许可领域。\n", 2011, id="the end of a year"),
        pytest.param("2022年搭框架，2023年上应用，2024年见成效。\n", 2022, id="a stage a year"),
        pytest.param(
            "6月底前完成清理。2025年3月底前公开年度报告。\n", 2024, id="the account of it comes after the year"
        ),
        pytest.param("2025年3月底前完成清理，6月底前公布。\n", 2025, id="March is the year's own where it comes first"),
        pytest.param("本方案自2024年4月1日起施行。\n", 2024, id="from when it holds"),
        pytest.param("杏府发〔2005〕21号\n各乡镇：\n为2014年前后建成法治政府打好基础。\n", 2005, id="its number"),
        pytest.param("提高认识。\n云岚县人民政府\n二〇〇八年九月十六日\n", 2008, id="its signature"),
        pytest.param("结合“十二五”规划，制定本规划。到2013年，基本建成。\n", 2011, id="the five years of its own"),
        pytest.param("经过五年努力，到2025年，全面突破。\n", 2021, id="the end of five years"),
        pytest.param("用两年左右时间，形成体系，到2025年汛前，全部到岗。\n", 2024, id="the end of two years"),
        pytest.param(
            "按照《纲要（2021—2025年）》，制定本方案。2022年底前完成清理。\n", 2022, id="work begins the year after"
        ),
        pytest.param(
            "按照《纲要（2021—2025年）》，制定本方案。2024年底前完成清理。\n", 2024, id="a yearly plan on the way"
        ),
        pytest.param(
            "按照《纲要（2021—2025年）》，制定本方案。2024年底前完成清理，到2025年，全面突破。\n",
            2021,
            id="the goals of the outline's last year",
        ),
        pytest.param("对2015年以来的文件逐件清理。\n", None, id="since when papers date"),
        pytest.param("以2009年公布的目录为底本，逐项核对。\n", None, id="what it builds on"),
        pytest.param("巩固2022年工作成果，推动发展。\n", None, id="last year's work"),
        pytest.param("在2022年依法行政示范创建工作的基础上推进。\n", None, id="the ground it stands on"),
        pytest.param("2021年，我县获评示范县。\n", None, id="an honour"),
        pytest.param("就2020年督察发现的问题，现提出如下意见。\n", None, id="last year's inspection"),
        pytest.param("依照《条例》（2019年9月1日起施行）办理。\n", None, id="from when a law holds"),
        pytest.param("新条例2019年9月1日起施行，要认真学习。\n", None, id="the same in running text"),
        pytest.param("截至2020年底，已有八成。\n", None, id="up to when"),
        pytest.param("到2025年，全面突破。\n", None, id="a goal of nobody knows how many years"),
        pytest.param("为到2035年基本建成法治政府打好基础。\n", None, id="a goal far away"),
        pytest.param(
            "三年行动计划。到2024年底，上云率达到98%。\n", None, id="the end of three years, begun who knows when"
        ),
        pytest.param("“十一五”期间成绩显著。\n", None, id="the five years before"),
        pytest.param("成就2020年辉煌，现提出以下方案。\n", None, id="就 inside a word"),
        pytest.param("今年6月底前完成清理。\n", None, id="this year, but which"),
    ],
)
def test_a_plan_without_title_or_date_tells_its_year(body, year):
    assert read_year_of([], body, "plan", [])[0] == year


@pytest.mark.parametrize(
    ("body", "dates", "year"),
    [
        pytest.param(
            "2023年6月底前完成清理。\n", [("written", date(2022, 12, 20))], 2023, id="December, all due after"
        ),
        pytest.param(
            "今年摸底，2023年6月底前清理。\n", [("written", date(2022, 12, 2))], 2022, id="December, begun before"
        ),
        pytest.param("2023年6月底前完成清理。\n", [("written", date(2022, 8, 2))], 2022, id="August"),
        pytest.param("2018年6月底前完成清理。\n", [("published", date(2023, 8, 2))], 2018, id="put up years later"),
        pytest.param("2023年底前完成清理。\n", [("published", date(2022, 8, 2))], 2022, id="put up before"),
        pytest.param(
            "按照《纲要（2021—2025年）》，制定本方案。\n",
            [("published", date(2022, 8, 2))],
            2022,
            id="put up under an outline",
        ),
        pytest.param(
            "按照《纲要（2015—2020年）》，制定本方案。\n", [("published", date(2023, 8, 2))], 2015, id="put up after it"
        ),
    ],
)
def test_a_plan_is_of_the_year_that_its_dates_leave(body, dates, year):
    assert read_year_of([], body, "plan", dates)[0] == year


@pytest.mark.parametrize(
    ("kind", "body", "year"),
    [
        pytest.param("notice", "请于2023年3月15日前报送名单。\n", 2023, id="notice: due"),
        pytest.param("notice", "请于2023年1月15日前报送年度总结。\n", 2022, id="notice: an account of the year before"),
        pytest.param("notice", "自2021年7月1日起集中管辖。\n", 2021, id="notice: from when"),
        pytest.param("other", "各单位应于2014年1月10日前完成自评。\n", 2013, id="rules: the year assessed"),
        pytest.param("other", "各单位应于2014年6月10日前完成申报。\n", None, id="rules: a day is no year"),
        pytest.param("outline", "为到2020年基本建成法治政府创造条件。\n", None, id="outline: a goal further on"),
        pytest.param("outline", "到2025年，政府行为全面纳入法治轨道。\n", 2021, id="outline: its last year"),
    ],
)
def test_other_kinds_tell_their_year(kind, body, year):
    assert read_year_of([], body, kind, [])[0] == year


@pytest.mark.parametrize(
    ("title", "body", "why"),
    [
        pytest.param("云岚县2022年工作要点", "", "title: 2022年", id="title"),
        pytest.param("", "现将2021年度工作情况报告如下。\n", "body: 现将2021年度工作情况报告", id="statement"),
        pytest.param("", "成效明显。\n云岚县司法局\n2013年8月30日\n", "signature: 2013-08-30", id="signature"),
        pytest.param("", "云府〔2024〕3号\n成效明显。\n", "doc_number", id="number"),
        pytest.param("", "成效明显。\n", "", id="nothing"),
    ],
)
def test_the_words_that_decided_are_told(title, body, why):
    assert read_year_of([title] if title else [], body, "report", [])[1] == why


@pytest.mark.parametrize(
    "unit",
    ["2023年", "《2023年", "\n", " ", "2023年6月底前，", "一、2023年工作\n", "到2025年", "经过五年努力", "〇一二三"],
)
def test_an_endless_text_takes_no_time(unit):
    body = unit * (100_000 // len(unit))
    for kind in ("report", "plan", "outline", "notice"):
        read_year_of([], body, kind, [])


@pytest.mark.parametrize(("titled", "silent"), [(True, 0.05), (False, 0.15)], ids=["title and body", "body alone"])
def test_years_of_the_bundled_documents_are_right_or_unknown(titled, silent):
    """Where neither title nor text tells, as of most yearly points without their title, None is the right answer."""
    documents = [one.document for one in read_labelled(HEADINGS)]
    unknown, wrong = [], {}
    for document in documents:
        titles = [document.title] if titled else []
        year, why = read_year_of(titles, document.text, read_kind(titles, document.text)[0], [])
        if year is None:
            unknown.append(document.doc_id)
        elif year != document.year:
            wrong[document.doc_id] = (year, why)
    assert wrong == {}
    assert len(unknown) <= silent * len(documents), unknown
