"""Where the tasks of a lower plan come from: gold beside the demo corpus, and one sentence at a time."""

import json
from pathlib import Path

import pandas as pd
import pytest

from pipeline.analyze import analyze_page
from pipeline.compare.columns import ORIGIN
from pipeline.compare.origins import find_origins
from pipeline.compare.tasks import find_document, find_tasks
from pipeline.records import Page
from pipeline.tables import as_export
from tests.exports import export_of, paper

AGREEMENT = 0.96  # share of tasks in which status and source are those of the gold or its alternatives


def test_the_bundled_gold_is_met(demo_corpus: Path) -> None:
    lines = (demo_corpus / "gold" / "origins.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [json.loads(line) for line in lines]
    names = sorted({row[side] for row in gold for side in ("higher", "lower")})
    export = as_export(analyze_page(Page(name, (demo_corpus / name).read_bytes())) for name in names)
    above = {task.section_id: task.title for task in find_tasks(export, find_document(export, gold[0]["higher"]))}
    right = 0
    for lower in dict.fromkeys(row["lower"] for row in gold):
        found = find_origins(export, gold[0]["higher"], lower).set_index("task")
        titles = {task.title: task.section_id for task in find_tasks(export, find_document(export, lower))}
        for row in (row for row in gold if row["lower"] == lower):
            one = found.loc[next(task for title, task in titles.items() if title.startswith(row["task"]))]
            source = None if pd.isna(one["source"]) else above[one["source"]]
            is_status = one["status"] in {row["status"], *row["alt"]}
            right += is_status and source in {
                row["source"],
                *row["alt_source"],
                *([None] if "own" in row["alt"] else []),
            }
    assert right / len(gold) >= AGREEMENT


@pytest.mark.parametrize(
    ("higher", "lower", "status"),
    [
        pytest.param(
            "规范应诉。市、县两级行政诉讼败诉率控制在8%以内，府院联席会议每半年召开一次。（牵头单位：市司法局）",
            "规范应诉。全县行政诉讼败诉率控制在8%以内，府院联席会议每半年召开一次。（县司法局牵头）",
            "verbatim", id="but for the level and the bodies",
        ),
        pytest.param(
            "规范应诉。行政诉讼败诉率控制在8%以内，败诉案件逐件分析。",
            "做好应诉。深入剖析每个败诉案件的成因，推动行政诉讼败诉率不高于8%。", "reworded", id="in other words",
        ),
        pytest.param("行政诉讼败诉率控制在8%以内。", "行政诉讼败诉率控制在6%以内。", "tightened", id="less is more"),
        pytest.param("政务服务事项网上可办率不低于95%。", "政务服务事项网上可办率达到90%以上。", "loosened", id="less"),
        pytest.param(
            "市司法局6月底前公布行政裁量权基准。", "县司法局9月底前公布行政裁量权基准。", "loosened", id="later"
        ),
        pytest.param(
            "规范应诉。行政诉讼败诉率控制在8%以内，出庭应诉率达到90%以上。",
            "规范应诉。行政诉讼败诉率控制在6%以内，出庭应诉率达到80%以上。", "loosened", id="the worst of both",
        ),
        pytest.param(
            "规范裁量。6月底前公布行政裁量权基准。",
            "规范裁量。6月底前公布行政裁量权基准，10月底前完成裁量权基准评估。", "reworded", id="a later date of another act",
        ),
        pytest.param(
            "执法培训。全市举办行政执法人员培训班不少于10期。", "执法培训。举办行政执法人员培训班不少于3期。", "reworded",
            id="a total of the city",
        ),
        pytest.param(
            "法治文化。新建法治文化阵地20个。", "法治文化。新建法治文化阵地2个。", "reworded", id="maybe a total"
        ),
        pytest.param(
            "学法。市、县两级政府常务会议学法每年不少于4次。", "学法。县政府常务会议学法每年不少于2次。", "loosened",
            id="asked of each",
        ),
        pytest.param("行政诉讼败诉率控制在8%以内。", "建设窑炉企业应急处置卡。", "own", id="nothing alike"),
    ],
)  # fmt: skip
def test_a_task_comes_from_above_or_is_its_own(higher: str, lower: str, status: str) -> None:
    export = export_of(
        higher=paper("岱阳市", 2024, higher, "办理人大代表建议。代表建议办复率达到100%。"),
        lower=paper("云岭县", 2024, lower),
    )
    found = find_origins(export, "higher.txt", "lower.txt")
    assert list(found.columns) == list(ORIGIN)
    assert found["status"].tolist() == [status]
    assert found["source"].isna().tolist() == [status == "own"]


def test_words_say_what_was_loosened_and_what_was_added() -> None:
    export = export_of(
        higher=paper("岱阳市", 2024, "规范应诉。行政诉讼败诉率控制在8%以内，出庭应诉率达到100%。"),
        lower=paper("云岭县", 2024, "规范应诉。行政诉讼败诉率控制在10%以内，旁听庭审不少于2次。"),
    )
    why = find_origins(export, "higher.txt", "lower.txt")["why"].iloc[0]
    assert "放宽：行政诉讼败诉率：上级控制在8%以内，本级控制在10%以内，高2个百分点" in why
    assert "另有自定：旁听庭审" in why


def test_a_total_is_said_to_be_one() -> None:
    export = export_of(
        higher=paper("岱阳市", 2024, "执法培训。全市举办行政执法人员培训班不少于10期。"),
        lower=paper("云岭县", 2024, "执法培训。举办行政执法人员培训班不少于3期。"),
    )
    why = find_origins(export, "higher.txt", "lower.txt")["why"].iloc[0]
    assert "上级不少于10期，本级不少于3期，上级为全市总数，不作比较" in why


def test_a_demand_met_as_asked_is_not_loosened_by_another_task() -> None:
    export = export_of(
        higher=paper("岱阳市", 2024, "规范裁量。6月底前公布行政裁量权基准。"),
        lower=paper(
            "云岭县", 2024, "规范裁量。6月底前公布行政裁量权基准。", "规范裁量。9月底前公布行政裁量权基准解读。"
        ),
    )
    assert "loosened" not in find_origins(export, "higher.txt", "lower.txt")["status"].tolist()


def test_a_year_later_the_same_date_is_not_loosened() -> None:
    export = export_of(
        higher=paper("岱阳市", 2024, "市司法局6月底前公布行政裁量权基准。"),
        lower=paper("云岭县", 2025, "县司法局6月底前公布行政裁量权基准。"),
    )
    assert find_origins(export, "higher.txt", "lower.txt")["status"].tolist() == ["verbatim"]


def test_a_task_of_one_sentence_that_stands_in_the_higher_plan_is_verbatim() -> None:
    said = "人大代表建议和政协提案办复率达到100%。"
    export = export_of(
        city=paper(
            "澜陵市", 2024, f"办好建议提案。{said}（市政府办公室牵头）", "清理文件。10月底前完成行政规范性文件清理。"
        ),
        county=paper("青榆县", 2024, f"{said}由县政府办公室牵头。", "10月底前完成行政规范性文件清理。（县司法局牵头）"),
    )
    assert find_origins(export, "city", "county")["status"].tolist() == ["verbatim", "verbatim"]
