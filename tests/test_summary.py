"""The one-page summary: every figure counted, and nothing that Markdown would take for markup."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline import summary, tables
from pipeline.records import Analysis
from tests import factories


def told(folder: Path, *analyses: Analysis, **options: Any) -> str:
    tables.write_export(analyses, folder)
    return tables.summary(tables.read_export(folder), **options)


def report(name: str = "report.txt", **fields: Any) -> Analysis:
    made = factories.analysis(factories.document(name=name, **{"kind": "report", "year": 2022, **fields}))
    return replace(made, commitments=tuple(replace(one, stance="result") for one in made.commitments))


def test_the_opening_counts_documents_places_years_sections_and_records(tmp_path: Path) -> None:
    page = told(tmp_path, factories.analysis(), report(), report("b.txt", jurisdiction="柏川区"))
    assert "共 3 份文件，来自 2 个地区，年份 2022—2023；" in page
    assert "章节 12 个，承诺和结果 9 条：目标 3 条、结果 6 条、基数 0 条。" in page
    assert "其中 9 条给出了数值，0 条有完成期限，6 条写明了牵头或者负责的单位。" in page


def test_places_types_and_headings_are_counted_apart(tmp_path: Path) -> None:
    page = told(tmp_path, factories.analysis(), report(jurisdiction="柏川区"))
    assert "| 地区 | 年份 | 计划 | 报告 | 目标 | 结果 |" in page
    assert "| 柏川区 | 2022 | — | 1 | 0 | 3 |" in page
    assert "| 数量 | 3 | 3 | 0 |" in page
    assert "| 行政执法 | 2 | 2 | 2 | 0 |" in page


def test_indicators_of_several_places_stand_side_by_side(tmp_path: Path) -> None:
    page = told(
        tmp_path,
        factories.analysis(),
        report(jurisdiction="柏川区"),
        indicator_names={"case_file_pass_rate": "案卷评查合格率"},
    )
    rows = [line for line in page.splitlines() if line.startswith("| 案卷评查合格率")]
    assert rows == ["| 案卷评查合格率 | 2022年结果 ≥95% | 2023年目标 ≥95% |"]


def test_an_indicator_comes_before_a_subject_that_only_looks_alike(tmp_path: Path) -> None:
    page = told(tmp_path, factories.analysis(), report(jurisdiction="柏川区"))
    names = [line.split(" | ")[0] for line in page.split("## 三")[1].splitlines() if line.startswith("| ")]
    assert names[2:] == ["| case_file_pass_rate", "| head_appearance_rate", "| 行政执法人员…培训"]


def test_what_only_one_place_speaks_of_is_no_comparison(tmp_path: Path) -> None:
    assert "没有两个以上地区都提到的指标。" in told(tmp_path, factories.analysis(), report())


def test_gaps_are_named_with_their_places_and_documents(tmp_path: Path) -> None:
    silent = replace(report("silent.txt", title="云杉县的情况", quality=0.5, jurisdiction=None), commitments=())
    page = told(tmp_path, factories.analysis(), silent)
    assert "- 1 份文件没有读出任何承诺或者结果，先看原文：云杉县的情况。" in page
    assert "- 1 份文件文本质量低于 0.8，可能有缺漏：云杉县的情况。" in page
    assert "- 1 份文件没有识别出地区或者年份：云杉县的情况。" in page
    assert "- 1 个地区在这批文件里有计划、没有报告：青榆县。" in page
    assert "| （未识别地区） |" in page


def test_doubtful_headings_are_counted_with_the_values_that_they_touch(tmp_path: Path) -> None:
    made = factories.analysis()
    doubtful = tuple(
        replace(part, heading_score=0.1) if at in (1, 2) else part for at, part in enumerate(made.sections)
    )
    page = told(tmp_path, replace(made, sections=doubtful))
    assert "- 2 个章节或者段落的纲要标题存疑，涉及 2 条承诺和结果，按“标题存疑”筛选，对照原文归类。" in page


def test_where_no_heading_is_doubtful_nothing_is_said_of_doubt(tmp_path: Path) -> None:
    made = factories.analysis()
    unlabelled = replace(made.sections[3], heading_score=None)
    assert "存疑" not in told(tmp_path, replace(made, sections=(*made.sections[:3], unlabelled)))


def test_nothing_is_claimed_where_nothing_was_found(tmp_path: Path) -> None:
    page = told(tmp_path, replace(factories.analysis(), commitments=()))
    assert "承诺和结果 0 条" in page
    assert "没有读出承诺或者结果。" in page
    assert "没有可以对照的指标。" in page


def test_a_long_list_says_how_much_it_leaves_out(tmp_path: Path) -> None:
    page = told(
        tmp_path, *(factories.analysis(factories.document(name=f"{n}", jurisdiction=f"丁{n}县")) for n in range(23))
    )
    assert "另有 3 个地区没有列出。" in page
    assert " 等 23 个。" in page


@pytest.mark.parametrize("text", [pytest.param("甲|乙", id="column"), pytest.param("甲\n乙", id="line"),
                                  pytest.param("<script>甲", id="markup")])  # fmt: skip
def test_text_of_a_page_cannot_break_the_table(text: str, tmp_path: Path) -> None:
    page = told(tmp_path, factories.analysis(factories.document(jurisdiction=text)), report(jurisdiction="柏川区"))
    assert "<script" not in page
    tables_ = [block for block in page.split("\n\n") if block.startswith("|")]
    for block in tables_:
        assert len({line.replace("\\|", "").count("|") for line in block.splitlines()}) == 1


PLAIN = dict.fromkeys(("comparator", "bound", "value", "value_max", "unit", "period", "every", "deadline"))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"comparator": "=", "value": 95.0, "unit": "%"}, "95%", id="equal goes without saying"),
        pytest.param({"comparator": ">=", "value": 2.0, "unit": "次", "period": "year"}, "每年≥2次", id="every year"),
        pytest.param(
            {"comparator": "=", "value": 1.0, "unit": "次", "period": "month", "every": 2}, "每2月1次", id="every"
        ),
        pytest.param({"comparator": "range", "value": 70.0, "value_max": 80.0, "unit": "%"}, "70—80%", id="range"),
        pytest.param(
            {"comparator": "increase", "bound": ">=", "value": 0.5, "unit": "个百分点"}, "增加≥0.5个百分点", id="change"
        ),
        pytest.param({"comparator": "~", "value": 12000.0, "unit": "件"}, "约12,000件", id="about"),
        pytest.param({"deadline": date(2023, 6, 30)}, "至2023-06-30", id="deadline"),
        pytest.param({"value": 1.0, "unit": "次", "deadline": date(2023, 6, 30)}, "1次（至2023-06-30）", id="both"),
        pytest.param({"period": "month"}, "每月", id="a bare frequency"),
    ],
)
def test_a_value_is_shown_in_the_fewest_signs(fields: dict[str, Any], expected: str) -> None:
    row = {**PLAIN, **fields}
    row["deadline"] = pd.Timestamp(row["deadline"]) if row["deadline"] else pd.NaT
    assert summary.shown_value(row) == expected
