"""One page in Chinese on what an export holds: which documents, what they undertake and report, where to look next.

Every figure is counted from the tables given; nothing is rounded, estimated or carried over.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pipeline.classify import is_unsure
from pipeline.workbook import (
    COMPARATOR_LABELS,
    HEADING_LABELS,
    KIND_LABELS,
    PERIOD_LABELS,
    STANCE_LABELS,
    TYPE_LABELS,
    comparator_symbol,
    period_label,
)

# A page that is read, not a printout: longer tables say how many rows they leave out.
MOST_PLACES, MOST_INDICATORS, MOST_COLUMNS, MOST_NAMED = 20, 8, 8, 10
LOW_QUALITY, LOW_CONFIDENCE = 0.8, 0.5  # below these a person should look before a figure is used
NOWHERE = "（未识别地区）"
TAG = re.compile("<(?=[A-Za-z/!?])")  # opens markup; <5% does not


def render_summary(
    documents: pd.DataFrame, sections: pd.DataFrame, table: pd.DataFrame, indicator_names: Mapping[str, str]
) -> str:
    """Return the summary as Markdown.

    Args:
        documents: tables.DOCUMENT columns.
        sections: tables.SECTION columns.
        table: tables.COMPARABLE columns.
        indicator_names: Chinese names of indicator ids; an id without one is shown as it is.
    """
    documents = documents.assign(place=documents["jurisdiction"].fillna(NOWHERE))
    table = table.assign(place=table["jurisdiction"].fillna(NOWHERE))
    parts = [
        "# 法治政府建设文件分析摘要",
        _opening(documents, sections, table),
        "## 一、文件",
        _documents(documents, table),
        "## 二、承诺和结果",
        _types(table),
        _headings(sections, table),
        "## 三、主要指标对照",
        _indicators(table, indicator_names),
        "## 四、接下来看什么",
        _next_steps(documents, sections, table),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _opening(documents: pd.DataFrame, sections: pd.DataFrame, table: pd.DataFrame) -> str:
    years = sorted(documents["year"].dropna().astype(int))
    span = (
        "年份都没有识别出来"
        if not years
        else f"年份 {years[0]}"
        if years[0] == years[-1]
        else f"年份 {years[0]}—{years[-1]}"
    )
    stances = "、".join(f"{title} {_count(table['stance'] == stance)} 条" for stance, title in STANCE_LABELS.items())
    return (
        f"共 {len(documents)} 份文件，来自 {_places(documents)} 个地区，{span}；"
        f"读出带编号或者标题的章节 {_count(sections['level'] > 0)} 个，承诺和结果 {len(table)} 条：{stances}。"
        f"其中 {_count(table['value'].notna())} 条给出了数值，{_count(table['deadline'].notna())} 条有完成期限，"
        f"{_count(table['lead'].map(len) > 0)} 条写明了牵头或者负责的单位。"
    )


def _documents(documents: pd.DataFrame, table: pd.DataFrame) -> str:
    kinds = [kind for kind in KIND_LABELS if (documents["kind"] == kind).any()]
    places = documents.sort_values(["jurisdiction_code", "place"])["place"].drop_duplicates().tolist()
    rows = []
    for place in places[:MOST_PLACES]:
        here = documents[documents["place"] == place]
        found = table.loc[table["place"] == place, "stance"]
        years = sorted(set(here["year"].dropna().astype(int)))
        rows.append(
            [
                place,
                "、".join(map(str, years)) or "—",
                *(_count(here["kind"] == kind) or "—" for kind in kinds),
                _count(found == "target"),
                _count(found == "result"),
            ]
        )
    shown = _grid(["地区", "年份", *(KIND_LABELS[kind] for kind in kinds), "目标", "结果"], rows)
    return shown + _left_out(len(places) - MOST_PLACES, "个地区")


def _types(table: pd.DataFrame) -> str:
    if table.empty:
        return "没有读出承诺或者结果。"
    rows = [
        [title, *(_count((table["type"] == kind) & (table["stance"] == stance)) for stance in STANCE_LABELS)]
        for kind, title in TYPE_LABELS.items()
    ]
    return _grid(["类型", *STANCE_LABELS.values()], rows)


def _headings(sections: pd.DataFrame, table: pd.DataFrame) -> str:
    numbered = sections.loc[sections["level"] > 0, "heading"].fillna(0)
    found = table["heading"].fillna(0)
    rows = []
    for heading, title in HEADING_LABELS.items():
        here = table[found == heading]
        stances = [_count(here["stance"] == stance) for stance in STANCE_LABELS]
        if (count := _count(numbered == heading)) or any(stances):
            rows.append([title, count, *stances])
    return _grid(["纲要标题", "章节", *STANCE_LABELS.values()], rows) if rows else ""


def _indicators(table: pd.DataFrame, indicator_names: Mapping[str, str]) -> str:
    """Return the values of what most places speak of, a row an indicator and a column a place.

    An indicator is an id of the catalogue or, for what the catalogue does not have, the subject as printed.
    """
    told = table[(table["stance"] != "baseline") & (table["value"].notna() | table["deadline"].notna())]
    keys = told["indicators"].where(told["indicators"].map(len) > 0, told["subject"].map(lambda subject: [subject]))
    told = told.assign(key=keys).explode("key").dropna(subset="key")
    if told.empty:
        return "没有可以对照的指标。"
    ranks = told.groupby("key").agg(places=("place", "nunique"), rows=("key", "size")).reset_index()
    ranks["printed"] = ~ranks["key"].isin(told["indicators"].explode())  # a bare 优秀率 need not be one indicator
    ranks = ranks.sort_values(["printed", "places", "rows", "key"], ascending=[True, False, False, True])
    shared = ranks[ranks["places"] > 1]
    if shared.empty:
        return "没有两个以上地区都提到的指标。"
    chosen = shared["key"].head(MOST_INDICATORS).tolist()
    told = told[told["key"].isin(chosen)]
    counts = told["place"].value_counts()
    columns = sorted(counts.index, key=lambda place: (-counts[place], place))[:MOST_COLUMNS]
    cells = {(key, place): _told(rows) for (key, place), rows in told.groupby(["key", "place"])}
    rows = [[indicator_names.get(key, key), *(cells.get((key, place), "—") for place in columns)] for key in chosen]
    lead = (
        f"{len(shared)} 项指标有两个以上地区提到，列出最普遍的 {len(chosen)} 项；单位、周期、口径不同的不能直接比较。"
    )
    return f"{lead}\n\n{_grid(['指标', *columns], rows)}" + _left_out(len(counts) - MOST_COLUMNS, "个地区")


def _told(rows: pd.DataFrame) -> str:
    """Return the latest target and the latest result of one place, with how many more there are."""
    parts = []
    for stance in ("target", "result"):
        here = rows[rows["stance"] == stance].sort_values("year", ascending=False, kind="stable")
        if not here.empty:
            first = here.iloc[0]
            year = "" if pd.isna(first["year"]) else f"{first['year']}年"
            more = f"（另 {len(here) - 1} 处）" if len(here) > 1 else ""
            parts.append(f"{year}{STANCE_LABELS[stance]} {shown_value(first)}{more}")
    return "；".join(parts)


def shown_value(row: "Mapping[str, Any] | pd.Series[Any]") -> str:
    """Return what a commitment says in the fewest signs, such as 每年≥2次, 70—80%, 增加≥5个百分点, 至2025-12-31.

    Args:
        row: the fields comparator, bound, value, value_max, unit, period, every and deadline, and the stance.
    """

    def has(name: str) -> bool:
        return not pd.isna(row[name])

    every = f"每{row['every']}{PERIOD_LABELS[row['period']][1:]}" if has("period") and has("every") else ""
    value = row["value"] if has("value") else None
    text = every or (period_label(row["period"], row.get("stance"), value) if has("period") else "") or ""
    if has("value"):
        if row["comparator"] == "range" and has("value_max"):
            text += f"{shown_number(row['value'])}—{shown_number(row['value_max'])}"
        else:
            bound = row["bound"] if has("bound") else None
            sign = comparator_symbol(row["comparator"], bound) if has("comparator") else None
            text += ("" if sign == COMPARATOR_LABELS["="] else sign or "") + shown_number(row["value"])
        text += row["unit"] if has("unit") else ""
    if has("deadline"):
        text += f"（至{row['deadline'].date()}）" if text else f"至{row['deadline'].date()}"
    return text


def shown_number(value: float) -> str:
    """Return a number as it is read: 95 for 95.0, 12,000, 66.67.

    >>> shown_number(95.0), shown_number(12000.0), shown_number(66.67)
    ('95', '12,000', '66.67')
    """
    return f"{value:,.6f}".rstrip("0").rstrip(".")


def _next_steps(documents: pd.DataFrame, sections: pd.DataFrame, table: pd.DataFrame) -> str:
    names = documents["title"].fillna(documents["name"])
    kinds = documents.dropna(subset="jurisdiction").groupby("place")["kind"].agg(set)
    unreported = [place for place, found in kinds.items() if "plan" in found and "report" not in found]
    checks = [
        ("份文件没有读出任何承诺或者结果，先看原文", names[~documents["doc_id"].isin(table["doc_id"])].tolist()),
        (f"份文件文本质量低于 {LOW_QUALITY}，可能有缺漏", names[documents["quality"] < LOW_QUALITY].tolist()),
        ("份文件没有识别出地区或者年份", names[documents["jurisdiction"].isna() | documents["year"].isna()].tolist()),
        ("个地区在这批文件里有计划、没有报告", unreported),
    ]
    lines = [f"- {len(found)} {what}：{_named(found)}。" for what, found in checks if found]
    if unsure := _count(table["confidence"] < LOW_CONFIDENCE):
        lines.append(f"- {unsure} 条的置信度低于 {LOW_CONFIDENCE}，引用之前对照原文。")
    if doubtful := _doubtful(sections["heading_score"]):
        touched = _doubtful(table["heading_score"])
        lines.append(
            f"- {doubtful} 个章节或者段落的纲要标题存疑，涉及 {touched} 条承诺和结果，按“标题存疑”筛选，对照原文归类。"
        )
    if unlinked := _count(table["indicators"].map(len) == 0):
        lines.append(f"- {unlinked} 条没有对应的指标，跨地区比较时按“指标对象”查找。")
    lines.append("- 打开工作簿，按“纲要标题”“指标”“性质”筛选；每一行的“原文”“来源”可以核对。")
    return "\n".join(lines)


def _doubtful(scores: "pd.Series[Any]") -> int:
    return sum(is_unsure(None if pd.isna(score) else score) for score in scores)


def _named(names: Sequence[str]) -> str:
    shown = "、".join(_text(name) for name in sorted(names)[:MOST_NAMED])
    return shown + (f" 等 {len(names)} 个" if len(names) > MOST_NAMED else "")


def _places(documents: pd.DataFrame) -> int:
    return int(documents["jurisdiction"].nunique())


def _count(found: "pd.Series[Any]") -> int:
    return int(found.fillna(False).sum())


def _left_out(count: int, what: str) -> str:
    return f"\n\n另有 {count} {what}没有列出。" if count > 0 else ""


def _grid(titles: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join("| " + " | ".join(_text(str(cell)) for cell in line) + " |" for line in lines)


def _text(text: str) -> str:
    """Return *text* on one line, without what Markdown would take for a column or for markup."""
    return TAG.sub("＜", " ".join(text.split()).replace("|", "\\|"))
