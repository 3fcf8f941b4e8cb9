"""The sheets on pairs: targets and results, indicators of many places, two versions, and where tasks come from."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pipeline.compare.columns import DIFFERENCE, ORIGIN, TRACKING
from pipeline.errors import InputError
from pipeline.report import words
from pipeline.report.layout import Cell, Head, Names, Row, Sheet
from pipeline.report.material import Material, Source, dated, records_of
from pipeline.summary import shown_value
from pipeline.workbook import STANCE_LABELS

MOST_ACROSS = 14  # places of a comparison that stand side by side; more go on in a second sheet
# What a superior asks about first stands first.
URGENCY = ("not_met", "partly", "not_comparable", "no_result", "met", "no_target")

TRACKING_COLUMNS = (
    Head("地区", "计划和报告所说的行政区", 12, "first"),
    Head("结论", "达到、未达到、部分达到、无结果、无目标或者不可比，见“符号”", 12, "label"),
    Head("指标对象", "数值说的是什么，照抄原文", 24, "first"),
    Head("目标", "计划定的数；点开看该条的全部信息", 16, "label"),
    Head("结果", "报告给的数；点开看该条的全部信息", 16, "label"),
    Head("算式和理由", "目标与结果怎样比较，差多少", 38),
    Head("目标原文", "计划中的分句，一字不改", 40),
    Head("结果原文", "报告中的分句，一字不改", 40),
    Head("计划", "定目标的文件", 18, "label"),
    Head("报告", "给结果的文件", 18, "label"),
    Head("计划来源", "网址（可点开），没有网址的为文件名", 36, "code"),
    Head("报告来源", "网址（可点开），没有网址的为文件名", 36, "code"),
    Head("相近程度", "目标与结果说的是同一件事的把握，0 到 1", 12, "score"),
)
TRACKING_PRINTED = 10
LONG_COLUMNS = (
    Head("指标", "指标目录中的名称", 24, "first"),
    Head("性质", "目标、结果或者基数", 8, "label"),
    Head("地区", "文件所说的行政区", 12, "label"),
    Head("年份", "数值所属的年份", 8, "whole"),
    Head("数值", "换算到同一单位后的数和比较符号；点开看该条的全部信息", 18, "label"),
    Head("可比", "“是”：可以与同一指标的其他地区比较", 8, "label"),
    Head("不可比的原因", "分母、周期、单位、约数、累计数、范围、年份等方面的差别", 36),
    Head("位次", "在同级地区可比的数中的名次，1 为最好", 8, "whole"),
    Head("同级地区数", "参加排序的地区数", 12, "whole"),
    Head("百分位", "0 到 100，越高越好", 10, "score"),
    Head("原文", "数值所在的分句，一字不改", 52),
    Head("文件", "数值所在的文件", 20, "label"),
    Head("来源", "网址（可点开），没有网址的为文件名", 36, "code"),
)
LONG_PRINTED = 12
DIFFERENCE_COLUMNS = (
    Head("变化", "新增、删去、提高、降低、改变、改期或者换单位，见“符号”", 12, "label"),
    Head("前", "前一份文件", 18, "label"),
    Head("后", "后一份文件", 18, "label"),
    Head("前文件的数", "点开看该条的全部信息", 16, "label"),
    Head("后文件的数", "点开看该条的全部信息", 16, "label"),
    Head("说明", "改变了什么", 38),
    Head("前文件原文", "一字不改", 44),
    Head("后文件原文", "一字不改", 44),
    Head("相近程度", "两条说的是同一件事的把握，0 到 1", 12, "score"),
)
ORIGIN_COLUMNS = (
    Head("下级文件", "任务所在的文件", 18, "label"),
    Head("任务", "下级计划的任务", 24, "first"),
    Head("结论", "照抄、改写、加严、放宽或者自有，见“符号”", 12, "label"),
    Head("下级原文", "一字不改", 52),
    Head("上级任务", "上级计划中最接近的任务", 24, "first"),
    Head("上级原文", "一字不改", 52),
    Head("说明", "怎样得出结论", 36),
    Head("相近程度", "与上级任务的相近程度，0 到 1", 12, "score"),
    Head("上级文件", "对照的文件", 18, "label"),
)


def _checked(frame: pd.DataFrame, columns: Sequence[str], what: str) -> list[dict[str, Any]]:
    if missing := [name for name in columns if name not in frame]:
        raise InputError(f"expected the columns {', '.join(columns)} of {what}, got none of {', '.join(missing)}")
    return records_of(frame)


def _flat(source: Source | None) -> str | None:
    return None if source is None else source.name.replace("\n", " ")


def _web(source: Source | None) -> Cell | None:
    return None if source is None else Cell(source.origin, url=source.url)


def tracking_sheets(material: Material, tracking: pd.DataFrame, names: Names) -> list[Sheet]:
    """Return the sheet of targets and results, none where nothing was tracked."""
    found = _checked(tracking, TRACKING, "tracking")
    if not found:
        return []
    order = {source.place: at for at, source in reversed(list(enumerate(material.sources.values())))}
    rows = [_tracked(material, one) for one in sorted(found, key=lambda one: _urgency(material, one, order))]
    return [
        Sheet(
            names.new(words.TRACKING), "目标跟踪：计划的目标与报告的结果", TRACKING_COLUMNS, rows,
            about=f"{len(rows)} 条：每个目标对应的结果，以及没有目标的结果",
            note=f"图例：{words.legend(words.TRACKING_SIGNS.values())}。无结果指报告没有写，不等于没有完成。",
            printed=TRACKING_PRINTED, frozen=3,
        )
    ]  # fmt: skip


def tracked_place(material: Material, row: Mapping[str, Any]) -> str:
    """Return the place that a tracked target or result is of."""
    doc_id = row["plan"] or row["report"]
    return material.source(doc_id).place if doc_id else words.NOWHERE


def _urgency(material: Material, row: Mapping[str, Any], order: Mapping[str, int]) -> tuple[Any, ...]:
    first = material.commitments.get(row["target"] or row["result"] or "")
    return (
        order[tracked_place(material, row)],
        URGENCY.index(row["status"]),
        (first["year"] or 0, first["doc_id"], first["value_start"]) if first else (0, "", 0),
        row["result"] or "",
    )


def _tracked(material: Material, row: Mapping[str, Any]) -> Row:
    target, result = (material.commitments.get(row[name] or "") for name in ("target", "result"))
    plan, report = (material.source(row[name]) if row[name] else None for name in ("plan", "report"))
    sign = words.TRACKING_SIGNS[row["status"]]
    subject = (target or result or {}).get("subject")
    cells = [
        tracked_place(material, row), Cell(sign.shown, row["status"]), subject,
        material.value(row["target"]), material.value(row["result"]), row["why"],
        target and target["quote"], result and result["quote"], _flat(plan), _flat(report), _web(plan),
        _web(report), row["score"],
    ]  # fmt: skip
    return Row(cells, (("tracked", row["target"], row["result"]),))


def comparison_sheets(material: Material, long: pd.DataFrame, names: Names) -> list[Sheet]:
    """Return the wide comparison, in parts where there are many places, and the list with the reasons."""
    rows = [row for row in records_of(long) if row["commitment_id"] in material.commitments]
    if not rows:
        return []
    order = {doc_id: at for at, doc_id in enumerate(material.sources)}
    rows_in_order = sorted(rows, key=lambda row: (order[row["doc_id"]], row["year"] or 0))
    keys = list(dict.fromkeys(map(_across, rows_in_order)))
    made = []
    for at in range(0, len(keys), MOST_ACROSS):
        made.append(_wide(rows, keys[at : at + MOST_ACROSS], names.new(words.COMPARED)))
    listed = [_compared(material, row) for row in rows]
    made.append(
        Sheet(
            names.new(words.COMPARED_ROWS), "指标比较明细：每个数的原文、位次和不可比的原因", LONG_COLUMNS, listed,
            about=f"{len(listed)} 个数，附原文、位次和不可比的原因", note="只在同级地区、可比的数之间排位次。",
            printed=LONG_PRINTED,
        )
    )  # fmt: skip
    return made


def _across(row: Mapping[str, Any]) -> tuple[str, int | None]:
    return (row["jurisdiction"] or words.NOWHERE) + (f"\n{row['body']}" if row.get("body") else ""), row["year"]


def _wide(rows: Sequence[Mapping[str, Any]], keys: Sequence[tuple[str, int | None]], name: str) -> Sheet:
    columns = (
        Head("指标", LONG_COLUMNS[0].meaning, 30, "first", 20),
        Head("性质", LONG_COLUMNS[1].meaning, 8, "label"),
        *(Head(f"{place}\n{year}年" if year else place, "", 16, "label", 11) for place, year in keys),
    )
    cells: dict[tuple[str, str], dict[tuple[str, int | None], list[Mapping[str, Any]]]] = {}
    for row in rows:
        if _across(row) in keys:
            cells.setdefault((row["name"] or row["indicator"], row["stance"]), {}).setdefault(_across(row), []).append(
                row
            )
    shown = [
        Row([title, STANCE_LABELS.get(stance, stance), *(_wide_cell(found.get(key, ())) for key in keys)])
        for (title, stance), found in cells.items()
    ]
    return Sheet(
        name, "指标比较：同一指标在各地的数", columns, shown,
        about=f"{len(shown)} 行指标 × {len(keys)} 个地区和年份；点格子看原文和不可比的原因",
        note=f"灰底并带“{words.UNEQUAL}”的数与其他地区口径不同，不能直接比较，点开看原因；空格表示没有找到，不等于 0。",
        frozen=2, names=words.COMPARED,
    )  # fmt: skip


def _wide_cell(found: Sequence[Mapping[str, Any]]) -> Cell:
    if not found:
        return Cell(None, "empty")
    parts = [("" if row["is_comparable"] else words.UNEQUAL + " ") + _long_value(row) for row in found]
    look = "label" if all(row["is_comparable"] for row in found) else "grey"
    return Cell(
        "\n".join(dict.fromkeys(parts)), look, to=("compared", found[0]["indicator"], found[0]["commitment_id"])
    )


def _long_value(row: Mapping[str, Any]) -> str:
    """Return the value as it is compared, in the words of the comparison."""
    return str(row.get("words") or shown_value(dated({"every": None, "deadline": None, **row})) or row["quote"])


def _compared(material: Material, row: Mapping[str, Any]) -> Row:
    source = material.source(row["doc_id"])
    cells = [
        row["name"] or row["indicator"], STANCE_LABELS.get(row["stance"], row["stance"]),
        row["jurisdiction"] or words.NOWHERE, row["year"],
        Cell(_long_value(row), to=("commitment", row["commitment_id"])), "是" if row["is_comparable"] else "否",
        row["why_not"] or None, row["rank"], row["peers"], row["percentile"], row["quote"], _flat(source), _web(source),
    ]  # fmt: skip
    return Row(cells, (("compared", row["indicator"], row["commitment_id"]),))


def difference_sheets(material: Material, differences: pd.DataFrame, names: Names) -> list[Sheet]:
    """Return the sheet of changes between two documents, none where there are none."""
    found = _checked(differences, DIFFERENCE, "differences")
    if not found:
        return []
    rows = []
    for one in found:
        a, b = (material.commitments.get(one[name] or "") for name in ("a", "b"))
        sign = words.DIFFERENCE_SIGNS[one["kind"]]
        before, after = material.source(one["before"]), material.source(one["after"])
        rows.append(
            Row([Cell(sign.shown, one["kind"]), _flat(before), _flat(after), material.value(one["a"]),
                 material.value(one["b"]), one["why"], a and a["quote"], b and b["quote"], one["score"]])
        )  # fmt: skip
    return [
        Sheet(
            names.new(words.CHANGES), "变化：两份文件之间的增减和改动", DIFFERENCE_COLUMNS, rows,
            about=f"{len(rows)} 处变化", note=f"图例：{words.legend(words.DIFFERENCE_SIGNS.values())}", frozen=1,
        )
    ]  # fmt: skip


def origin_sheets(material: Material, origins: pd.DataFrame, names: Names) -> list[Sheet]:
    """Return the sheet that says where the tasks of a lower plan come from, none where there are none."""
    found = _checked(origins, ORIGIN, "origins")
    if not found:
        return []
    rows = []
    for one in found:
        sign = words.ORIGIN_SIGNS[one["status"]]
        higher, lower = material.source(one["higher"]), material.source(one["lower"])
        rows.append(
            Row([_flat(lower), material.section_name(one["lower"], one["task"]), Cell(sign.shown, one["status"]),
                 material.section_text(one["lower"], one["task"]), material.section_name(one["higher"], one["source"]),
                 material.section_text(one["higher"], one["source"]), one["why"], one["score"], _flat(higher)])
        )  # fmt: skip
    return [
        Sheet(
            names.new(words.ORIGINS), "任务来源：下级计划的任务是照抄、改写还是自有", ORIGIN_COLUMNS, rows,
            about=f"{len(rows)} 项任务", note=f"图例：{words.legend(words.ORIGIN_SIGNS.values())}", frozen=2,
        )
    ]  # fmt: skip
