"""How well titles and columns are told apart: the held-out sets above their floors, and titles by the kind of trap."""

import json
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from pipeline.scrape.relevance import Judgement, judge_column, judge_title
from tests.conftest import ROOT

FLOORS: dict[str, dict[str, float]] = tomllib.loads((ROOT / "tests" / "floors.toml").read_text(encoding="utf-8"))
COUNTY = ("云岭县", "澜陵市", "瀚东省")
REPORTS = "法治政府建设年度报告"


def held_out(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ROOT / "tests" / "data" / name).read_text(encoding="utf-8").splitlines()]


def judged_title(row: dict[str, Any]) -> Judgement:
    return judge_title(row["title"], **{key: row[key] for key in ("column", "owners", "is_cut", "number", "publisher")})


def judged_column(row: dict[str, Any]) -> Judgement:
    return judge_column(row["title"])


def sort_out(
    rows: list[dict[str, Any]], judged: Callable[[dict[str, Any]], Judgement], right: Mapping[Any, tuple[str, ...]]
) -> tuple[Counter[tuple[Any, str]], str]:
    """Return how often each label met each verdict, and the rows whose verdict is not right for their label."""
    pairs = [(row, judged(row)) for row in rows]
    counts: Counter[tuple[Any, str]] = Counter((row["wanted"], judgement.verdict) for row, judgement in pairs)
    wrong = [
        f"{row['wanted']} {judgement.verdict}: {row['title']} {' '.join(judgement.words)}"
        for row, judgement in pairs
        if judgement.verdict not in right[row["wanted"]]
    ]
    return counts, "\n".join(wrong)


def test_held_out_titles_are_judged_above_their_floors() -> None:
    every = ("kept", "doubtful", "dropped")
    right = {True: ("kept",), False: ("dropped",), None: every}
    counts, wrong = sort_out(held_out("titles-heldout.jsonl"), judged_title, right)
    told = [counts[label, verdict] for label in (True, False) for verdict in every]
    wanted, kept = sum(told[:3]), told[0] + told[3]
    figures = {
        "precision": told[0] / kept,
        "recall": (told[0] + told[1]) / wanted,
        "kept": told[0] / wanted,
        "dropped": told[5] / sum(told[3:]),
    }
    assert {name: figures[name] for name in FLOORS["titles"] if figures[name] < FLOORS["titles"][name]} == {}, wrong
    assert (told[1] + told[4]) / sum(told) <= FLOORS["titles_ceilings"]["doubtful"], wrong


def test_held_out_columns_are_judged_above_their_floors() -> None:
    right = {"yes": ("kept", "doubtful"), "maybe": ("kept", "doubtful"), "no": ("dropped",)}
    counts, wrong = sort_out(held_out("columns-heldout.jsonl"), judged_column, right)

    def share(label: str) -> float:
        total = sum(number for (wanted, _), number in counts.items() if wanted == label)
        return sum(counts[label, verdict] for verdict in right[label]) / total

    figures = {label: share(label) for label in right}
    assert {label: figures[label] for label in FLOORS["columns"] if figures[label] < FLOORS["columns"][label]} == {}, (
        wrong
    )


@pytest.mark.parametrize(
    ("wanted", "unwanted"),
    [
        pytest.param(
            [
                "云岭县教育局关于报送2023年法治政府建设工作总结的报告",
                "云岭县教育局关于报送2023年法治政府建设工作总结的函",
                "关于上报《云岭县2022年法治政府建设工作要点》的报告",
                "关于做好2013年依法行政工作的通知",
                "关于做好2023年法治政府建设重点工作的通知",
            ],
            [
                "关于上报2023年法治政府建设工作总结的通知",
                "关于报送2023年度法治政府建设情况报告的补充通知",
                "关于做好2023年法治政府建设年度报告报送工作的紧急通知",
                "关于及时报告法治政府建设工作进展情况的通知",
                "关于编报2023年法治政府建设年度报告的通知",
                "关于抓紧报送依法行政工作总结的通知（云依法办〔2014〕3号）",
                "关于编制法治政府建设实施方案的通知",
                "关于报备2023年法治政府建设年度报告的提示",
                "关于上报法治政府建设工作要点落实情况的紧急通知",
            ],
            id="a call for reports is none",
        ),
        pytest.param(
            [
                "2023年度法治政府建设年度报告公开",
                "云岭县2023年法治政府建设情况报告公示",
                "关于公开2023年度法治政府建设年度报告的公告",
            ],
            [
                "关于法治政府建设年度报告报送情况的通报",
                "关于2023年度法治政府建设年度报告发布情况的通报",
                "法治政府建设年度报告撰写提纲",
                "法治政府建设工作总结参考模板",
                "2023年法治政府建设工作要点落实情况填报要求",
                "云岭县司法局向社会公开法治政府建设年度报告",
            ],
            id="what is said about reports is none",
        ),
        pytest.param(
            [
                "云岭县人民政府向县人大常委会关于2023年法治政府建设情况的报告",
                "关于法治政府建设情况的通报——在县政协十届三次会议上",
                "云岭县2023年度法治政府建设情况报告（县政府常务会议审议通过）",
                "县政协机关2023年法治建设工作总结",
            ],
            [
                "县政协关于法治政府建设的民主监督报告",
                "政协云岭县委员会关于法治政府建设情况的专题协商报告",
                "关于我县法治政府建设情况的调研报告",
                "县人大常委会关于法治政府建设情况的审议意见",
                "云岭县人大代表视察法治政府建设情况",
                "县长在全县法治政府建设工作会上的报告",
            ],
            id="congress and conference hear reports, they write none",
        ),
        pytest.param(
            [
                "云岭县法治政府建设实施纲要（2021-2025年）",
                "关于印发云岭县《法治政府建设实施纲要（2021-2025年）》实施方案的通知",
                "云岭县贯彻实施《全面推进依法行政实施纲要》五年规划",
                "关于贯彻落实国务院《关于加强法治政府建设的意见》情况的报告",
                "云岭县贯彻落实“一规划两纲要”实施方案",
                "【公告】云岭县2023年度法治政府建设情况报告",
            ],
            [
                "（受权发布）中共中央 国务院印发《法治政府建设实施纲要（2021－2025年）》",
                "【全文】法治政府建设实施纲要（2021－2025年）",
                "[政策文件]法治政府建设实施纲要",
                "重磅！《法治政府建设实施纲要（2021－2025年）》发布",
                "法治政府建设实施纲要（2021—…",
                "外交部2023年法治政府建设年度报告",
            ],
            id="the centre's, however it is announced",
        ),
        pytest.param(
            [
                "县广播电视和音视频中心2023年度法治政府建设情况报告",
                "云岭县北海报送2023年法治政府建设情况报告",
            ],
            [
                "云岭县法治政府建设知识百问百答",
                "《云岭县法治政府建设实施方案》你知多少",
                "秒懂！云岭县法治政府建设规划",
                "【视频】云岭县2023年法治政府建设年报",
                "图文|云岭县2023年法治政府建设工作情况",
                "什么是法治政府建设实施纲要",
                "《法治政府建设实施纲要》名词解释",
                "一图读懂云岭县法治政府建设白皮书",
            ],
            id="explanations",
        ),
        pytest.param(
            [
                "云岭县人民政府关于发布《云岭县法治政府建设白皮书（2021-2023）》的通知",
                "云岭县法治政府建设2022年半年工作总结",
            ],
            [
                "云岭县人民法院2022年行政审判暨法治政府建设白皮书",
                "2022年行政诉讼与法治政府建设白皮书",
                "云岭县人民检察院护航法治政府建设白皮书",
                "云岭县法治政府建设白皮书发布会实录",
                "云岭县召开2023年上半年法治政府建设工作推进会",
            ],
            id="white papers of courts, meetings of half a year",
        ),
        pytest.param(
            ["青禾镇2015年依法治镇工作实施方案", "云岭县依法治县第三个五年规划（2016-2020）"],
            ["依法治访工作实施方案", "云岭县2023年依法治超工作总结", "云岭县依法治矿工作要点"],
            id="依法治 what is no place",
        ),
        pytest.param(
            [
                "以法行政工作总结",
                "2014年依法行证工作要点",
                "云岭县法治证府建设情况报告",
                "云岭县法治府建设2020年工作总结",
                "云岭县法政府建设2020年工作总结",
                "云岭县2014年依法行政工作总结结",
                "法治政府建設年度報告（二〇二三年）",
            ],
            ["云岭县立法政府建设培训", "云岭县依法行医工作总结"],
            id="misprints",
        ),
        pytest.param(
            [
                "中共云岭县委全面依法治县委员会2023年工作要…",
                "中共云岭县委全面依法治县委员会办公室关于印发2023年工作要…",
                "云岭县2023年法治政府建设实施…",
            ],
            [
                "中共云岭县委全面依法治县委员会召开2023年…",
                "中共云岭县委全面依法治县委员会第三次会…",
                "县司法局组织开展“法治政府建设宣...",
                "云岭县司法局深入开展法治政府建设…",
                "云岭县法治政府建设培…",
                "2023年法治政府建设座…",
            ],
            id="cut",
        ),
        pytest.param(
            [
                "关于2023年度法治政府建设情况的报告（云岭县水利局）",
                "云岭县教育局——2023年法治政府建设年度报告",
                "法治政府建设年度报告|云岭县财政局2023年",
                "附件2：云岭县2023年法治政府建设任务分工表",
                "【法治政府建设】云岭县城管局2023年度总结",
                "2024-01-15 云岭县信访局2023年法治政府建设情况报告",
                "云政办函〔2014〕5号关于印发2014年依法行政工作要点的通知",
                "云岭县商务局2022年法治政府建设总结扫描件",
                "奋力推进法治政府建设——云岭县2023年度法治政府建设年度报告",
            ],
            [
                "2023年度法治政府建设年度报告（青禾县）",
                "关于2023年度法治政府建设情况的报告（澜陵市司法局）",
                "（青禾县）2023年度法治政府建设情况报告",
                "澜政发〔2023〕4号 关于印发法治政府建设实施方案的通知",
            ],
            id="what stands before or behind the title",
        ),
        pytest.param(
            [
                "云岭县水利局开展法治政府建设工作情况",
                "云岭县深入开展法治政府建设工作方案",
                "云岭县法治政府建设“补短板”专项行动方案",
            ],
            [
                "坚持依法行政 建设法治政府——云岭县五年工作回顾",
                "2023年云岭县法治政府建设“成绩单”来了",
                "云岭县：以“三个聚焦”推动法治政府建设",
                "云岭县法治政府建设指标完成率全市第一",
                "云岭县2023年度依法行政学习计划",
                "云岭县法治政府建设宣传方案",
                "法治政府建设咨询服务合同公告",
                "云岭县依法行政责任追究办法",
            ],
            id="news, study and contracts",
        ),
    ],
)
def test_traps_are_told_from_what_looks_like_them(wanted: list[str], unwanted: list[str]) -> None:
    verdicts = {title: judge_title(title, owners=COUNTY).verdict for title in wanted + unwanted}
    assert verdicts == dict.fromkeys(wanted, "kept") | dict.fromkeys(unwanted, "dropped")


@pytest.mark.parametrize(
    ("title", "verdict"),
    [
        pytest.param("青禾镇2022年度工作情况报告", "kept", id="nobody names so the report on all work"),
        pytest.param("青禾镇2022年度工作总结", "doubtful", id="may be on all work"),
        pytest.param("2023年行政调解工作总结", "dropped", id="a stray of a neighbour"),
        pytest.param("2023年重大行政决策执行情况年度报告", "dropped", id="another yearly report"),
        pytest.param("云岭县2020年法治政府…", "kept", id="the column says what the cut title is"),
        pytest.param("云岭县2020年法治政府建设培…", "dropped", id="the cut title says that it is none"),
        pytest.param("青禾镇2023年度法治政府建设年度报告公布", "doubtful", id="the report, or the news of it"),
    ],
)
def test_a_column_of_reports_tells_what_its_titles_leave_open(title: str, verdict: str) -> None:
    assert judge_title(title, column=REPORTS, owners=COUNTY).verdict == verdict


@pytest.mark.parametrize(
    ("title", "owners"),
    [
        pytest.param("瀚东省水利厅2023年度法治政府建设情况报告", ("瀚东省",), id="a department of the province"),
        pytest.param("省人民政府办公厅关于印发法治政府建设实施方案的通知", ("瀚东省",), id="省 of a province"),
        pytest.param(
            "乌林塔拉旗海拉尔苏木2023年度法治政府建设情况报告", ("乌林塔拉旗", "苏日格盟", "岭北自治区"), id="a sumu"
        ),
        pytest.param("云川经开区管委会2023年法治政府建设年度报告", ("云川经济技术开发区", "澜陵市"), id="a zone"),
        pytest.param("第十七师一八四团2022年依法行政工作要点", ("第十七师", "岭北自治区"), id="a division"),
        pytest.param("云岭县、青禾县2023年度法治政府建设情况报告", ("澜陵市", "瀚东省"), id="two counties below"),
    ],
)
def test_sources_of_every_level_keep_their_own(title: str, owners: tuple[str, ...]) -> None:
    assert judge_title(title, owners=owners).verdict == "kept"


@pytest.mark.parametrize(
    ("title", "verdict"),
    [
        pytest.param("法治政府建设规划", "kept", id="建设规划 of the topic"),
        pytest.param("城乡建设规划", "dropped", id="建设规划 of the town"),
        pytest.param("法治政府与法治社会建设", "kept", id="a neighbour beside the topic"),
        pytest.param("法治政府建设与执法监督", "kept", id="enforcement beside the topic"),
        pytest.param("法治社会建设", "dropped", id="the neighbour alone"),
        pytest.param("法治云岭建设", "kept", id="a place's rule of law"),
        pytest.param("法治队伍建设", "doubtful", id="no place"),
        pytest.param("普法依法治理", "doubtful", id="law education with the governing by law"),
        pytest.param("普法动态", "dropped", id="law education alone"),
        pytest.param("依法治校", "dropped", id="schools"),
        pytest.param("部门公开", "doubtful", id="the way to the bureaus"),
        pytest.param("政府信息公开指南", "dropped", id="a guide"),
        pytest.param("图解政策", "dropped", id="explanations"),
    ],
)
def test_columns_beside_the_topic(title: str, verdict: str) -> None:
    assert judge_column(title).verdict == verdict


def test_a_provinces_own_column_is_no_column_of_papers_from_above() -> None:
    assert judge_column("省政府文件").verdict == "dropped"
    assert judge_column("省政府文件", owners=("云岭县", "澜陵市", "瀚东省")).verdict == "dropped"
    assert judge_column("省政府文件", owners=("瀚东省",)).verdict == "doubtful"
