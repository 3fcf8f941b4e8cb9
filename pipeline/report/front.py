"""The sheets that open and close the report: cover, overview, explanations."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from pipeline.report import words
from pipeline.report.gaps import first_key
from pipeline.report.layout import Cell, Head, Names, Row, Sheet
from pipeline.report.listed import counts
from pipeline.report.material import Judgement, Material, records_of
from pipeline.workbook import KIND_LABELS, VALUE_NOTES

TITLE = "法治政府建设对照检查报告"
MOST_NAMED = 40  # places on the cover; the overview has all

COVER_COLUMNS = (
    Head("工作表", "", 24, "plain_label", 22),
    Head("内容", "", 96, "plain", 96),
)
OVERVIEW_COLUMNS = (
    Head("地区", "文件所说的行政区", 14, "first"),
    Head("文件", "年份和文件类型；点开看来源", 26, "first"),
    Head("章节", "带编号或者标题的章节个数", 7, "whole", 7),
    Head("承诺和结果", "可以核对的数值条数", 9, "whole", 9),
    Head("目标", "其中承诺或者要求做到的", 7, "whole", 7),
    Head("结果", "其中报告已经做到的", 7, "whole", 7),
)
NOTE_COLUMNS = (Head("项目", "", 34, "first", 20), Head("说明", "", 110))
ABOUT = (
    ("本报告", "对照法治政府建设文件，列出哪些要求已经落实、哪些缺失，目标和结果是否相符，各地指标能否比较。"),
    ("资料来源", "内容来自文件本身，没有补写、推算。由程序识别和判断，会有错漏：引用之前请对照原文。"),
    ("缺失", "指在文件全文中没有找到，不等于没有开展该项工作。"),
    ("空白", "原文没有写，或者没有识别出来；空白不等于 0。"),
    ("链接", "蓝色或者带下划线的文字、数字可以点开：通向原文所在的行，或者网页。"),
    ("打印", "A4 横向，首行逐页重复；太宽的表只印前面的列，其余各列在屏幕上查看。"),
)  # fmt: skip
MANIFEST_WORDS = {
    "version": "程序版本",
    "inputs": "输入文件",
    "documents": "输入文件",
    "rules": "规则",
    "models": "模型",
    "package": "程序",
}


def cover_sheet(
    material: Material,
    sheets: Sequence[Sheet],
    names: Names,
    *,
    scope: str,
    today: date | None,
    references: Sequence[str],
) -> Sheet:
    """Return the cover: what the report is about, of which day, and what each sheet holds."""
    sources = list(material.sources.values())
    places = list(dict.fromkeys(source.place for source in sources))
    more = f"等 {len(places)} 个地区" if len(places) > MOST_NAMED else ""
    years = sorted({source.facts["year"] for source in sources if source.facts["year"]})
    kinds = Counter(KIND_LABELS.get(source.facts["kind"], "其他") for source in sources)
    days = [source.facts["fetched"] for source in sources if source.facts["fetched"]]
    facts = [
        ("地区", "、".join(places[:MOST_NAMED]) + more or "无"),
        ("年份", _years(years)),
        ("文件", f"{len(sources)} 份：" + "、".join(f"{kind} {count} 份" for kind, count in kinds.items())),
        ("对照依据", "\n".join(references)),
        ("范围", scope),
        ("资料截至", _day(max(days)) if days else ""),
        ("日期", _day(today) if today else ""),
    ]
    rows = [Row([label, text]) for label, text in facts if text]
    rows.append(Row([Cell("工作表", "head"), Cell("内容", "head")]))
    rows += [Row([Cell(sheet.name, "first", to=("sheet", sheet.name)), Cell(sheet.about, "text")]) for sheet in sheets]
    return Sheet(
        names.new(words.COVER), TITLE, COVER_COLUMNS, rows, has_head=False, title_look="cover",
        note="由程序根据公开文件生成，供核对使用；引用之前请对照原文。",
    )  # fmt: skip


def _years(years: Sequence[int]) -> str:
    return "、".join(f"{year}年" for year in years)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def overview_sheet(
    material: Material, judged: Mapping[str, Sequence[Judgement]], tracking: pd.DataFrame | None, names: Names
) -> Sheet:
    """Return the figures of each document, and their sums."""
    columns = list(OVERVIEW_COLUMNS)
    blocks: list[dict[str, list[Any]]] = []
    for reference, judgements in judged.items():
        prefix = f"{judgements[0].reference.short}\n" if len(judged) > 1 else ""
        columns += [Head(prefix + sign.shown, sign.meaning, 10, "whole", 10) for sign in words.COVERAGE_SIGNS.values()]
        columns.append(Head(f"{prefix}{words.REMARK_MARK}备注", words.REMARK_MEANING[2:], 10, "whole", 10))
        blocks.append(_coverage_counts(reference, judgements))
    if tracking is not None and len(tracking):
        columns += [Head(sign.shown, sign.meaning, 10, "whole", 10) for sign in words.TRACKING_SIGNS.values()]
        blocks.append(_tracking_counts(material, tracking))
    about = counts(material)
    rows, sums = [], Counter[int]()
    for source in material.sources.values():
        found = about[source.doc_id]
        cells: list[Any] = [
            source.place, Cell(source.what, to=("source", source.doc_id)),
            *(found[name] for name in ("sections", "commitments", "targets", "results")),
        ]  # fmt: skip
        for block in blocks:
            width = len(next(iter(block.values()), ()))
            cells += block.get(source.doc_id, [None] * width)
        for at, cell in enumerate(cells[2:], 2):
            sums[at] += (cell.value if isinstance(cell, Cell) else cell) or 0
        rows.append(Row(cells))
    total = Row([Cell(text, "total") for text in ("合计", f"{len(rows)} 份")]
                + [Cell(sums[at], "total") for at in range(2, len(columns))])  # fmt: skip
    return Sheet(
        names.new(words.OVERVIEW), "总览：每份文件的数字", tuple(columns), rows,
        about="每份文件的章节、承诺、落实和跟踪的数字",
        note="点数字看所指的条目。空白表示没有作这项对照。", foot=[total], frozen=2,
    )  # fmt: skip


def _coverage_counts(reference: str, judgements: Sequence[Judgement]) -> dict[str, list[Any]]:
    found: dict[str, Counter[str]] = {}
    remarks: Counter[str] = Counter()
    for one in judgements:
        found.setdefault(one.source.doc_id, Counter())[one.status] += 1
        remarks[one.source.doc_id] += bool(one.remarks)
    return {
        doc_id: [
            *(Cell(count[status], to=first_key(reference, doc_id, status), at=4) for status in words.COVERAGE_SIGNS),
            remarks[doc_id],
        ]
        for doc_id, count in found.items()
    }  # fmt: skip


def _tracking_counts(material: Material, tracking: pd.DataFrame) -> dict[str, list[Any]]:
    """Count at the plan; a result without a target counts at the report, since it has no plan."""
    found: dict[str, Counter[str]] = {}
    first: dict[tuple[str, str], Any] = {}
    for row in records_of(tracking):
        doc_id = row["plan"] if row["target"] else row["report"]
        if doc_id:
            found.setdefault(doc_id, Counter())[row["status"]] += 1
            first.setdefault((doc_id, row["status"]), ("tracked", row["target"], row["result"]))
    return {
        doc_id: [Cell(count[status], to=first.get((doc_id, status)), at=1) for status in words.TRACKING_SIGNS]
        for doc_id, count in found.items()
    }


def notes_sheet(sheets: Sequence[Sheet], names: Names, manifest: Mapping[str, Any] | None) -> Sheet:
    """Return the meaning of every sign and column, and what the report was made from."""
    rows = [*ABOUT, *_signs(sheets)]
    if any(sheet.explained == "各部分" for sheet in sheets):
        rows += VALUE_NOTES
    seen: set[tuple[str, str]] = set()
    for sheet in sheets:
        for column in sheet.columns:
            if column.meaning and sheet.has_head and (sheet.explained, column.title) not in seen:
                seen.add((sheet.explained, column.title))
                rows.append((f"{sheet.explained}：{column.title}".replace("\n", " "), column.meaning))
    rows += [(f"清单：{name}", text) for name, text in _manifest(manifest or {})]
    return Sheet(
        names.new(words.NOTES), "说明：符号、各列的含义和生成清单", NOTE_COLUMNS, [Row(row) for row in rows],
        about="符号和每一列的含义；输入、规则和模型的清单", note="各部分指按纲要十个部分所列的工作表。",
    )  # fmt: skip


def _signs(sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    shown = {sheet.explained for sheet in sheets}
    for name, signs in (
        (words.MATRIX, words.COVERAGE_SIGNS),
        (words.TRACKING, words.TRACKING_SIGNS),
        (words.CHANGES, words.DIFFERENCE_SIGNS),
        (words.ORIGINS, words.ORIGIN_SIGNS),
    ):
        if name in shown:
            yield from ((f"符号：{sign.shown}", sign.meaning) for sign in signs.values())
    if words.MATRIX in shown:
        yield f"符号：{words.REMARK_MARK}", words.REMARK_MEANING[2:]
    if words.COMPARED in shown:
        yield f"符号：{words.UNEQUAL}", "与同一行的其他数口径不同，不能直接比较"


def _manifest(manifest: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in manifest.items():
        name = f"{path} › {MANIFEST_WORDS.get(str(key), key)}" if path else MANIFEST_WORDS.get(str(key), str(key))
        if isinstance(value, Mapping):
            yield from _manifest(value, name)
        elif isinstance(value, (list, tuple)) and any(isinstance(one, Mapping) for one in value):
            for number, one in enumerate(value, 1):
                yield from _manifest(one if isinstance(one, Mapping) else {"": one}, f"{name} {number}")
        else:
            yield name, "、".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
