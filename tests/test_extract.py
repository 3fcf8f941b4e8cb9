from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.extract import Findings, explain_numbers, find_commitments
from pipeline.extract.notes import parse_note, split_names
from pipeline.records import Commitment, Document, Kind
from pipeline.reference import Indicator, indicators
from pipeline.segment import find_sections


def read(text: str, kind: Kind = "plan", year: int | None = 2024) -> list[Commitment]:
    document = Document(doc_id="d", name="d", text=text + "\n", kind=kind, year=year)
    return list(find_commitments(document, find_sections(document)))


def fields(commitment: Commitment, names: Any) -> dict[str, Any]:
    return {name: getattr(commitment, name) for name in names}


def check(text: str, expected: list[dict[str, Any]], kind: Kind = "plan", year: int | None = 2024) -> None:
    found = read(text, kind, year)
    assert [fields(one, row) for one, row in zip(found, expected, strict=False)] == expected
    assert [one.value_text for one in found[len(expected) :]] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "行政机关负责人出庭应诉率达到100%。",
            [{"value": 100, "unit": "%", "comparator": "=", "subject": "行政机关负责人出庭应诉率", "stance": "target"}],
            id="a rate",
        ),
        pytest.param(
            "每年至少召开2次府院联席会议。",
            [{"value": 2, "comparator": ">=", "period": "year", "subject": "府院联席会议"}],
            id="a comparator before the verb",
        ),
        pytest.param(
            "力争创成省级示范乡镇3个。", [{"value": 3, "comparator": ">=", "unit": "个"}], id="striving is at least"
        ),
        pytest.param(
            "力争将败诉率控制在8%以内。", [{"value": 8, "comparator": "<="}], id="striving to stay within stays within"
        ),
        pytest.param(
            "案卷优秀率稳定在95%—97%。", [{"value": 95, "value_max": 97, "comparator": "range"}], id="a range"
        ),
        pytest.param(
            "办理时间由15天缩短到5天。",
            [
                {"value": 15, "stance": "baseline", "subject": "办理时间"},
                {"value": 5, "stance": "target", "subject": "办理时间", "comparator": "="},
            ],
            id="from and to",
        ),
        pytest.param(
            "即办件占比在30%基础上再提升10%。",
            [{"value": 30, "stance": "baseline"}, {"value": 10, "comparator": "increase", "stance": "target"}],
            id="on the base of",
        ),
        pytest.param(
            "检查次数较2023年减少10%以上。",
            [{"value": 10, "comparator": "decrease", "bound": ">=", "reference": "2023年", "deadline": None}],
            id="a change has a reference and no deadline",
        ),
        pytest.param(
            "压缩审批时限50%以上。", [{"value": 50, "comparator": "decrease"}], id="the verb stands before what shrinks"
        ),
        pytest.param(
            "报备率、及时率和规范率均达到100%。",
            [{"value": 100, "subject": "报备率、及时率和规范率"}],
            id="one value of three rates is one record",
        ),
        pytest.param(
            "投诉24小时内响应、3日内办结。",
            [{"value": 24, "unit": "小时", "comparator": "<="}, {"value": 3, "unit": "日", "comparator": "<="}],
            id="two limits of one subject",
        ),
        pytest.param(
            "败诉率低于上年全市平均水平。",
            [{"type": "benchmark", "value": None, "comparator": "<", "reference": "上年全市平均水平"}],
            id="a benchmark",
        ),
        pytest.param(
            "村（社区）法律顾问全覆盖。",
            [{"type": "universal", "value": 100, "unit": "%", "subject": "村（社区）法律顾问"}],
            id="a universal",
        ),
        pytest.param(
            "出台涉企政策，一律开展公平竞争审查。",
            [{"type": "universal", "value_text": "一律"}],
            id="without exception",
        ),
        pytest.param(
            "确保所有重大决策都经过合法性审查。", [{"type": "universal", "value_text": "所有"}], id="all of them"
        ),
    ],
)
def test_a_plan_promises(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "9月底前完成文件清理。",
            [{"type": "deadline", "deadline": date(2024, 9, 30), "value": None, "comparator": None}],
            id="a task with a date",
        ),
        pytest.param(
            "改革事项10月底前全部落地。",
            [{"type": "universal", "deadline": date(2024, 10, 31)}],
            id="a value takes the date of its clause",
        ),
        pytest.param(
            "年底前，办结率达到98%，满意率达到95%。",
            [{"value": 98, "deadline": date(2024, 12, 31)}, {"value": 95, "deadline": date(2024, 12, 31)}],
            id="a date at the head holds after its comma",
        ),
        pytest.param(
            "到2025年，制度体系更加健全，执法更加规范。",
            [{"type": "deadline", "deadline": date(2025, 12, 31)}],
            id="a head date over plain clauses is one record",
        ),
        pytest.param(
            "年底前数据全部贯通，每季度通报一次质量。",
            [
                {"type": "universal", "deadline": date(2024, 12, 31)},
                {"value": 1, "period": "quarter", "deadline": None},
            ],
            id="a date inside its clause ends with it",
        ),
        pytest.param(
            "6月底前完成15个乡镇验收；年底前实现终端全覆盖。",
            [{"value": 15, "deadline": date(2024, 6, 30)}, {"type": "universal", "deadline": date(2024, 12, 31)}],
            id="each half has its own date",
        ),
        pytest.param(
            "每月5日前报送进展。",
            [{"type": "deadline", "period": "month", "deadline": None, "subject": "报送进展"}],
            id="a limit inside each month",
        ),
        pytest.param(
            "主动公开目录每季度更新。",
            [{"type": "quantity", "value": None, "period": "quarter", "comparator": None}],
            id="a bare frequency",
        ),
        pytest.param("每2年至少开展1次评估。", [{"value": 1, "period": "year", "every": 2}], id="every second year"),
        pytest.param("任期内至少参加一次脱产培训。", [{"value": 1, "period": "term"}], id="once in a term of office"),
        pytest.param(
            "8月开始，实行每月调度制度。",
            [{"period": "month", "begins": date(2024, 8, 1), "deadline": None}],
            id="a start date goes to the frequency after it",
        ),
        pytest.param(
            "动员部署阶段（2024年4月1日至5月31日）。",
            [{"type": "deadline", "begins": date(2024, 4, 1), "deadline": date(2024, 5, 31)}],
            id="a stage has both ends",
        ),
        pytest.param(
            "2025年达到国家标准。", [{"type": "deadline", "deadline": date(2025, 12, 31)}], id="a year as a limit"
        ),
        pytest.param(
            "20××年底前完成清理。", [{"type": "deadline", "deadline": None, "value_text": "20××年底前"}], id="masked"
        ),
        pytest.param(
            "窗口人员年度培训不少于48学时，其中现场教学不少于20学时。",
            [{"value": 48, "period": "year"}, {"value": 20, "period": "year"}],
            id="a yearly total and its part",
        ),
        pytest.param(
            "年度培训不少于60学时，持证率保持100%。",
            [{"value": 60, "period": "year"}, {"value": 100, "period": None}],
            id="a yearly attribute stays with its noun",
        ),
        pytest.param(
            "到2025年底，出庭率由38%提高到60%以上。",
            [{"stance": "baseline", "deadline": None}, {"value": 60, "deadline": date(2025, 12, 31)}],
            id="a baseline has no deadline",
        ),
        pytest.param(
            "20××年4月至5月动员部署。", [{"type": "deadline", "begins": None, "deadline": None}], id="a masked stage"
        ),
        pytest.param(
            "第二阶段：全面推进（2024年11月下旬至12月）。",
            [{"begins": date(2024, 11, 21), "deadline": date(2024, 12, 31), "subject": "全面推进"}],
            id="a stage from the last days of a month",
        ),
        pytest.param(
            "每季度研讨1次，人均培训不少于60学时。",
            [{"value": 1, "period": "quarter"}, {"value": 60, "period": None}],
            id="a frequency stays with its clause",
        ),
    ],
)
def test_time_is_attached_to_what_it_binds(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "全年调处纠纷5210件，成功5189件，成功率99.6%。",
            [{"value": 5210, "period": "year", "stance": "result"}, {"value": 5189}, {"value": 99.6, "period": "year"}],
            id="a yearly total holds for its sentence",
        ),
        pytest.param(
            "全年公开信息800条。其中，规范性文件43条。",
            [{"value": 800, "period": "year"}, {"value": 43, "period": "year"}],
            id="and for the sentence of its parts",
        ),
        pytest.param("共排查纠纷132件。", [{"value": 132, "period": None}], id="a plain past total has no period"),
        pytest.param(
            "网上可办率达98.6%，比上年提高2.3个百分点。",
            [{"value": 98.6}, {"value": 2.3, "unit": "个百分点", "reference": "上年", "subject": "网上可办率"}],
            id="a change speaks of the value before it",
        ),
        pytest.param(
            "案件862件，同比下降4.8%。",
            [{"value": 862}, {"value": 4.8, "comparator": "decrease", "reference": None}],
            id="year on year has no printed reference",
        ),
        pytest.param(
            "优秀率由上年的61%提升至68.5%。",
            [{"value": 61, "stance": "baseline", "period": None}, {"value": 68.5, "stance": "result"}],
            id="last year's figure is where the change starts",
        ),
        pytest.param(
            "办结率99.1%、满意率97.3%，分别提高0.6个和1.4个百分点。",
            [
                {"subject": "办结率"},
                {"subject": "满意率"},
                {"value": 0.6, "unit": "个百分点", "subject": "办结率"},
                {"value": 1.4, "unit": "个百分点", "subject": "满意率"},
            ],
            id="changes dealt out in order",
        ),
        pytest.param(
            "督察发现问题18个，已改16个，剩下2个将于2024年3月底前办结。",
            [
                {"value": 18, "stance": "result"},
                {"value": 16, "stance": "result"},
                {"value": 2, "stance": "target", "deadline": date(2024, 3, 31)},
            ],
            id="what is still to come is a target in a report too",
        ),
        pytest.param(
            "有序推进审计监督全覆盖。", [{"type": "universal", "stance": "target"}], id="under way is not done"
        ),
        pytest.param(
            "将考核分值由2.5分调增至4分。",
            [{"value": 2.5, "stance": "baseline"}, {"value": 4, "stance": "result"}],
            id="the object marker is no future",
        ),
        pytest.param(
            "收回违规占用草原1.26万亩。", [{"value": 12_600, "stance": "result"}], id="a meadow is no baseline"
        ),
        pytest.param("全县组织模拟演练4场。", [{"value": 4, "stance": "result"}], id="a mock drill is no plan"),
    ],
)
def test_a_report_tells_what_was_done(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected, kind="report", year=2023)


def test_the_next_steps_of_a_report_are_targets_of_the_following_year() -> None:
    text = (
        "一、主要成效\n办理案件80件。\n二、存在的问题\n持证率仅70%。\n三、下一步打算\n6月底前完成验收，持证率达到100%。"
    )
    found = [(one.value_text, one.stance, one.deadline) for one in read(text, "report", 2023)]
    assert found == [
        ("80件", "result", None),
        ("70%", "baseline", None),
        ("6月底前", "target", date(2024, 6, 30)),
        ("100%", "target", None),
    ]


@pytest.mark.parametrize(
    ("title", "stance"),
    [
        pytest.param("主要举措和成效", "result", id="no year"),
        pytest.param("2023年法治政府建设主要举措和成效", "result", id="the year reported, with measures"),
        pytest.param("2023年重点工作开展情况", "result", id="the year reported, with key work"),
        pytest.param("2023年度主要任务完成情况", "result", id="the year reported, with tasks"),
        pytest.param("2023年度主要工作举措", "result", id="the year reported, without a word of success"),
        pytest.param("年度工作计划完成情况", "result", id="a plan that was carried out"),
        pytest.param("2024年工作安排", "target", id="the year after"),
        pytest.param("2024年主要任务", "target", id="the tasks of the year after"),
        pytest.param("下一步工作打算", "target", id="next steps"),
        pytest.param("存在问题及下一步打算", "target", id="problems and next steps in one"),
    ],
)
def test_a_chapter_title_says_whether_a_report_looks_back_or_ahead(title: str, stance: str) -> None:
    assert [one.stance for one in read(f"一、{title}\n办结率达到98%。", "report", 2023)] == [stance]


def test_a_paragraph_on_next_steps_turns_a_report_without_such_a_chapter() -> None:
    text = "办理案件80件。\n下一步，我县将持续发力，行政诉讼败诉率控制在8%以内。"
    assert [one.stance for one in read(text, "report", 2023)] == ["result", "target"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2024年4月8日", id="a date line is a signature"),
        pytest.param("《法治宣传工作条例》第十五条规定，不得推诿。", id="an article of a law"),
        pytest.param("对罚款数额5000元以上的案件进行法制审核。", id="a condition"),
        pytest.param("败诉率高于全省平均值的，作出说明。", id="a benchmark as a condition"),
        pytest.param("方案经2024年4月2日县政府第三届68次常务会议审议通过。", id="the meeting that passed it"),
        pytest.param("本方案自2024年5月1日起施行，有效期至2025年12月31日。", id="taking force and running out"),
        "深化“一窗受理”改革。",
        "做到一年强基础、两年见突破。",
        "将履职情况纳入每年的考核内容。",
        "公布本年度目录，落实三项重点任务。",
        "撤诉一批案件，统一执法标准。",
        "写进年终述职报告。",
        "完善本年度工作目标。",
        "对排名后三位的村进行通报。",
        "推行“双随机、一公开”监管和7×24小时服务。",
    ],
)
def test_what_promises_nothing_yields_nothing(text: str) -> None:
    assert [(one.value_text, one.rule) for one in read(text)] == []


@pytest.mark.parametrize(
    ("note", "lead", "support"),
    [
        pytest.param("县司法局牵头,县直各有关部门配合", ["县司法局"], ["县直各有关部门"], id="lead and support"),
        pytest.param("牵头单位:县司法局、县信访局;责任单位:各乡镇", ["县司法局", "县信访局"], ["各乡镇"], id="labels"),
        pytest.param("责任单位:县司法局、县政府办", ["县司法局", "县政府办"], [], id="one label leads"),
        pytest.param("责任单位:县司法局;配合单位:县法院", ["县司法局"], ["县法院"], id="duty beside support leads"),
        pytest.param("县司法局、县信访局负责", ["县司法局", "县信访局"], [], id="in charge"),
        pytest.param("县司法局、县财政局按职责分工负责", ["县司法局", "县财政局"], [], id="each by its duty"),
        pytest.param("县司法局牵头,县法院承办", ["县司法局"], ["县法院"], id="carried out by"),
        pytest.param("由县司法局会同县法院负责", ["县司法局"], ["县法院"], id="together with"),
        pytest.param("各乡镇,县政府各部门承办", [], ["各乡镇", "县政府各部门"], id="a comma between names"),
        pytest.param("县司法局牵头,县公安局等有关部门配合", ["县司法局"], ["县公安局"], id="and others is dropped"),
        pytest.param("县委组织部和县司法局负责", ["县委组织部", "县司法局"], [], id="joined by and"),
        pytest.param("各乡镇(街道)负责", ["各乡镇(街道)"], [], id="brackets inside a name"),
    ],
)
def test_a_responsibility_note_is_read(note: str, lead: list[str], support: list[str]) -> None:
    parsed = parse_note(note)
    assert parsed is not None
    assert [list(parsed[0]), list(parsed[1])] == [lead, support]


@pytest.mark.parametrize(
    "words", ["含委托执法证", "以下简称办公室", "村、社区", "2023年版", "负责人签字", "不予、从轻、减轻处罚"]
)
def test_other_brackets_are_no_notes(words: str) -> None:
    assert parse_note(words) is None


def test_a_name_with_and_inside_stays_whole_where_no_body_ends_before_it() -> None:
    assert split_names("发展和改革局、人力资源和社会保障局") == ("发展和改革局", "人力资源和社会保障局")


NOTES = [
    pytest.param(
        "1.加强培训。持证率100%。（县司法局牵头，县法院配合）\n2.规范执法。公示率100%。（县市监局负责）",
        [(("县司法局",), ("县法院",)), (("县市监局",), ())],
        id="each item has its own",
    ),
    pytest.param(
        "1.完善决策。一是审查率100%。二是公示率100%。（县政府办负责）",
        [(("县政府办",), ())] * 2,
        id="after an inline run it holds for the item",
    ),
    pytest.param(
        "1.办结率100%（县信访局负责）；2.办复率100%（县政府办负责）。",
        [(("县信访局",), ()), (("县政府办",), ())],
        id="two items in a line",
    ),
    pytest.param(
        "（一）加强普法\n合格率98%以上。\n牵头单位：县司法局\n责任单位：各乡镇",
        [(("县司法局",), ("各乡镇",))],
        id="two labelled lines are one note",
    ),
    pytest.param(
        "（一）加强普法。合格率98%以上。责任单位：县司法局、县教育局。",
        [(("县司法局", "县教育局"), ())],
        id="a last sentence",
    ),
    pytest.param("（一）加强普法【责任单位：县司法局】\n合格率98%以上。", [(("县司法局",), ())], id="behind the title"),
]


@pytest.mark.parametrize(("text", "bodies"), NOTES)
def test_a_note_holds_for_its_item(text: str, bodies: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> None:
    assert [(one.lead, one.support) for one in read(text)] == bodies


def test_a_body_is_given_as_it_is_printed() -> None:
    found = read("（一）规范执法。案卷合格率达到95%。（县司法局牵头，各乡镇（街道）配合）")
    assert [(one.lead, one.support) for one in found] == [(("县司法局",), ("各乡镇（街道）",))]


def test_a_time_limit_in_a_note_dates_the_commitments_of_its_item() -> None:
    (one,) = read("（一）加强培训。持证率达到100%。（责任单位：县司法局；完成时限：9月底前）")
    assert (one.deadline, one.lead) == (date(2024, 9, 30), ("县司法局",))


def test_a_time_limit_in_a_note_dates_a_frequency_too() -> None:
    (one,) = read("（一）加强通报。执法情况每两月通报一次。（责任单位：县司法局；完成时限：年底前）")
    assert (one.period, one.every, one.deadline) == ("month", 2, date(2024, 12, 31))


def test_a_time_limit_in_a_note_is_a_deadline_of_the_title_where_nothing_else_stands() -> None:
    (one,) = read("（一）修订应急预案。（责任单位：县应急局；完成时限：9月底前）")
    assert (one.type, one.subject, one.deadline) == ("deadline", "修订应急预案", date(2024, 9, 30))


def test_bodies_have_their_normal_forms() -> None:
    (one,) = read("办结率100%。（县司法局牵头，县法制办配合）")
    assert one.lead_ids == ("justice_bureau",)
    assert one.support_ids == ("gov_legal_office",)


TASKS = (
    "三、任务分工\n序号\t任务\t责任单位\t完成时限\n"
    "1\t公布事项清单\t县审批局\t5月底前\n"
    "2\t推出主题服务20个\t县审批局牵头，各部门配合\t9月30日前\n"
    "3\t召开联席会议\t县司法局、县法院\t每季度一次\n"
    "4\t通报公开情况\t县政府办\t每月10日前\n"
    "5\t营造良好氛围\t县委宣传部\t长期坚持"
)


def test_a_task_table_gives_tasks_with_bodies_and_limits() -> None:
    found = [(one.subject, one.type, one.value, one.deadline, one.period, one.lead) for one in read(TASKS)]
    assert found == [
        ("公布事项清单", "deadline", None, date(2024, 5, 31), None, ("县审批局",)),
        ("主题服务", "quantity", 20, date(2024, 9, 30), None, ("县审批局",)),
        ("召开联席会议", "quantity", 1, None, "quarter", ("县司法局", "县法院")),
        ("通报公开情况", "deadline", None, None, "month", ("县政府办",)),
    ]


def test_a_merged_cell_of_bodies_holds_for_the_rows_it_covers() -> None:
    text = (
        "类别\t任务\t责任单位\t配合单位\t完成时限\n监管\t清理文件3件\t县司法局、县发改局\t各乡镇\t10月底前\n"
        "\t评查案卷不少于150卷\t\t无\t每半年一次\n服务\t公示率100%\t县审批局\t/\t年内"
    )
    found = [(one.value, one.lead, one.support, one.period) for one in read(text)]
    assert found == [
        (3, ("县司法局", "县发改局"), ("各乡镇",), None),
        (150, ("县司法局", "县发改局"), (), "half-year"),
        (100, ("县审批局",), (), None),
    ]


GOALS = "序号\t工作任务\t目标要求\t牵头单位\t完成时限\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            GOALS + "1\t应诉工作\t负责人出庭应诉率不低于96%，败诉率控制在9%以下\t县司法局\t10月底前",
            [
                {"value": 96, "subject": "负责人出庭应诉率", "deadline": date(2024, 10, 31), "lead": ("县司法局",)},
                {"value": 9, "subject": "应诉工作…败诉率", "deadline": date(2024, 10, 31), "lead": ("县司法局",)},
            ],
            id="the words beside each number are its subject",
        ),
        pytest.param(
            GOALS + "1\t调整权责清单\t完成权责清单调整并公布\t县委编办\t8月底前",
            [{"type": "deadline", "subject": "调整权责清单", "deadline": date(2024, 8, 31), "lead": ("县委编办",)}],
            id="words without a number leave the task with its limit",
        ),
        pytest.param(
            GOALS
            + "1\t会前学法\t县政府常务会议每季度至少学法2次\t县政府办公室\t全年\n2\t演练\t每半年1次\t县应急局\t全年",
            [
                {"value": 2, "comparator": ">=", "period": "quarter", "deadline": None},
                {"value": 1, "subject": "演练", "period": "half-year", "deadline": None},
            ],
            id="a frequency is the period, with words or without",
        ),
        pytest.param(
            GOALS + "1\t清理文件\t合法性审核率达到98%\t县司法局\t全年",
            [{"value": 98, "period": None, "deadline": None}],
            id="all year in the time cell sets no date and makes no rate one a year",
        ),
        pytest.param(
            GOALS + "1\t案卷评查\t合格率97%以上\t县司法局\t长期坚持",
            [{"value": 97, "subject": "案卷评查…合格率", "deadline": None}],
            id="a mere rate is one of the task",
        ),
        pytest.param(
            "目标任务\t牵头单位\t完成时限\n办案平均用时压缩至20天以内\t县司法局\t9月底前",
            [{"value": 20, "subject": "办案平均用时", "deadline": date(2024, 9, 30)}],
            id="the only column of tasks is headed as targets",
        ),
        pytest.param(
            "指标\t目标值\t完成时限\t责任单位\n执法人员持证率（%）\t98\t9月底前\t县司法局\n投诉量\t低于上年\t年底前\t县信访局",
            [
                {"value": 98, "unit": "%", "subject": "执法人员持证率", "deadline": date(2024, 9, 30), "period": None},
                {"value": None, "type": "benchmark", "subject": "投诉量", "deadline": date(2024, 12, 31)},
            ],
            id="a bare figure is one of its label, dated too",
        ),
        pytest.param(
            GOALS + "1\t案卷评查\t案卷合格率达到92%\t县司法局\t11月底前\n2\t述法\t述法工作全覆盖\t\t12月底前",
            [{"value": 92, "lead": ("县司法局",)}, {"type": "universal", "lead": ()}],
            id="an empty cell of a numbered row is no merged cell",
        ),
    ],
)
def test_a_column_of_targets_is_read_in_words_or_as_figures(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected)


FIGURES = "指标\t2022年\t2023年\t同比\n许可办件量（件）\t8,412\t9,037\t增长7.4%\n罚没款（万元）\t2436.8\t1972.5\t-19.1%"


def test_a_table_of_figures_gives_baselines_results_and_changes_in_the_unit_of_the_label() -> None:
    found = [(one.subject, one.value, one.unit, one.stance, one.comparator) for one in read(FIGURES, "report", 2023)]
    assert found == [
        ("许可办件量", 8412, "件", "baseline", "="),
        ("许可办件量", 9037, "件", "result", "="),
        ("许可办件量", 7.4, "%", "result", "increase"),
        ("罚没款", 24_368_000, "元", "baseline", "="),
        ("罚没款", 19_725_000, "元", "result", "="),
        ("罚没款", 19.1, "%", "result", "decrease"),
    ]


def test_a_comparator_reaches_over_a_footnote_to_its_number() -> None:
    text = "核实率84.1%，比人工巡查提高\n[1]统计区间为全年。\n近20个百分点。"
    found = read(text, "report", 2023)
    assert [(one.value, one.comparator, one.reference) for one in found][-1] == (20, "increase", "人工巡查")
    assert found[-1].quote == "近20个百分点"


def test_look_alike_rates_are_kept_apart() -> None:
    ids = [one.indicators for one in read("行政诉讼败诉率低于8%。政府信息公开案件败诉率控制在5%以下。")]
    assert ids == [("litigation_loss_rate",), ("info_disclosure_litigation_loss_rate",)]


PIECES = st.sampled_from(
    [
        *(
            "2024年",
            "6月底前",
            "每季度",
            "至少",
            "开展",
            "1次",
            "达到",
            "95%以上",
            "由",
            "提高到",
            "三项制度",
            "，",
            "。",
            "；",
        ),
        *(
            "一是",
            "二是",
            "（县司法局牵头，县法院配合）",
            "全部",
            "第二批",
            "行政诉讼败诉率",
            "\n",
            "一、",
            "（一）",
            "1.",
        ),
        *("较上年", "减少", "10余件", "其中", "全年", "\t", "零投诉", "低于全省平均水平", "《工作条例》", "“两个维护”"),
    ]
)


@pytest.mark.parametrize("find", [find_commitments, explain_numbers])
def test_a_document_without_its_sections_is_refused_unless_it_is_blank(find: Callable[..., object]) -> None:
    document = Document(doc_id="d", name="plan.txt", text="合格率达到95%。\n", kind="plan", year=2024)
    words = "^expected the sections of plan.txt, as find_sections returns them, but got none$"
    with pytest.raises(InputError, match=words):
        find(document, ())
    for blank in ("", " \n\u3000\n"):
        assert find(replace(document, text=blank), ()) in ((), Findings((), ()))


@pytest.mark.parametrize("kind", [list, tuple])
def test_a_catalogue_may_be_any_sequence(kind: Callable[[Sequence[Indicator]], Sequence[Indicator]]) -> None:
    document = Document(doc_id="d", name="d", text="办理行政处罚案件312件。\n", kind="report", year=2024)
    sections = find_sections(document)
    catalogue = kind([one for one in indicators() if one.id == "penalty_cases"])
    (found,) = find_commitments(document, sections, catalogue=catalogue)
    assert found.indicators == ("penalty_cases",)
    assert explain_numbers(document, sections, catalogue=catalogue).commitments == (found,)
    assert find_commitments(document, sections, catalogue=kind([]))[0].indicators == ()


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=25).map("".join), st.sampled_from(["plan", "report"]))
def test_any_mixture_is_read_without_failure_and_every_number_is_accounted_for(text: str, kind: Kind) -> None:
    if not text.strip():
        return
    document = Document(doc_id="d", name="d", text=text.strip() + "\n", kind=kind, year=2024)
    findings = explain_numbers(document, find_sections(document))
    ids = {one.commitment_id for one in findings.commitments}
    for one in findings.commitments:
        assert document.text[one.start : one.end] == one.quote
        assert document.text[one.value_start : one.value_end] == one.value_text
        assert one.section.start <= one.value_start < one.section.end
    for number in findings.numbers:
        assert (number.commitment_id is None) != (number.reason is None)
        assert number.commitment_id is None or number.commitment_id in ids
