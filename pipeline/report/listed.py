"""The sheets that list commitments and documents: one a heading, the ledger of lead bodies, the sources."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline.report import words
from pipeline.report.layout import Cell, Head, Key, Names, Row, Sheet
from pipeline.report.material import Material, Source, records_of
from pipeline.summary import shown_value
from pipeline.tables import comparable, overview
from pipeline.workbook import COMMITMENT_COLUMNS, HEADING_LABELS, KIND_LABELS, PRINTED

FEW_BODIES = 12  # of which each has a sheet of its own; more share one, with a sheet of links before it
NO_LEAD = "（未写明牵头单位）"
QUOTE = next(at for at, column in enumerate(COMMITMENT_COLUMNS) if column.title == "原文")
ASSIGNED = frozenset(("plan", "notice", "outline"))  # documents that assign work, so that a missing lead body is a gap

LEDGER_COLUMNS = (
    Head("牵头单位", "牵头或者负责的单位，照原文；几个单位共同牵头的，各列一次", 20, "band"),
    Head("地区", "文件所说的行政区", 12, "first"),
    Head("任务", "目标所在的条目", 32, "first"),
    Head("指标对象", "数值说的是什么，照抄原文", 26),
    Head("目标", "点开看该条的全部信息", 18, "label"),
    Head("期限", "完成的最后一日", 12, "date"),
    Head("原文", "目标所在的分句，一字不改", 52),
    Head("配合单位", "配合、承办或者协助的单位，照原文", 26),
    Head("文件", "年份和文件类型", 14, "label"),
    Head("来源", "网址（可点开），没有网址的为文件名", 40, "code"),
)
LEDGER_PRINTED = 9
INDEX_COLUMNS = (
    Head("牵头单位", "点开看该单位的目标", 36, "first"),
    Head("地区", "文件所说的行政区", 16, "label"),
    Head("目标数", "该单位牵头的目标条数", 10, "whole"),
    Head("有期限的", "其中写明完成期限的条数", 12, "whole"),
    Head("最早期限", "最先到期的一条", 14, "date"),
)
SOURCE_COLUMNS = (
    Head("地区", "文件所说的行政区", 14, "first"),
    Head("年份", "计划或者报告所针对的年份", 8, "whole"),
    Head("类型", "计划、报告、纲要、通知或者其他", 8, "label"),
    Head("文件标题", "文件的标题", 40),
    Head("发文机关", "印发文件的机关", 22),
    Head("发文字号", "如 ×政发〔2023〕1号", 20),
    Head("来源", "网址，没有网址的为文件名", 44),
    Head("网页", "点开看网页", 8, "label"),
    Head("采集日期", "从网站取得的日期", 12, "date"),
    Head("快照", "保存网页原样的存档文件和位置", 24),
    Head("校验值", "源文件的 SHA-256，用来确认文件没有变过", 36),
    Head("文本质量", "0 到 1，低于 1 的可能有缺漏", 10, "score"),
    Head("备注", "读取时的处理", 36),
    Head("文件编号", "由内容算出，与导出文件一致", 15, "code"),
)
SOURCES_PRINTED = 11


def heading_sheets(material: Material, names: Names) -> list[Sheet]:
    """Return a sheet for each heading that has commitments, every number leading to its quote."""
    found: dict[int, list[dict[str, Any]]] = {}
    for row in material.table:
        found.setdefault(row["heading"] or 0, []).append(row)
    return [
        Sheet(
            names.new(title), f"{title}：可以核对的承诺和结果", _commitment_heads(),
            [_commitment(material, row) for row in found[heading]], about=f"{len(found[heading])} 条承诺和结果",
            note="一个数值一行；点数值看原文。空白表示原文没有写，或者没有识别出来，不等于 0。打印到“牵头”一列为止。",
            printed=PRINTED, names="各部分",
        )
        for heading, title in HEADING_LABELS.items() if found.get(heading)
    ]  # fmt: skip


def _commitment_heads() -> tuple[Head, ...]:
    looks = {"link": "code"}
    return tuple(
        Head(column.title, column.meaning, column.width, looks.get(column.style, column.style))
        for column in COMMITMENT_COLUMNS
    )


def _commitment(material: Material, row: Mapping[str, Any]) -> Row:
    named = {**row, "indicators": [material.indicator_names.get(one, one) for one in row["indicators"]]}
    key: Key = ("commitment", row["commitment_id"])
    cells: list[Any] = []
    for column in COMMITMENT_COLUMNS:
        value = column.make(*(named[name] for name in column.fields))
        if column.style == "link":
            value = Cell(value, url=material.source(row["doc_id"]).url)
        elif column.style == "number":
            value = Cell(value, to=key, at=QUOTE)
        cells.append(value)
    return Row(cells, (key,))


def ledger_sheets(material: Material, names: Names) -> list[Sheet]:
    """Return the targets by lead body: a sheet a body where there are few, else one sheet with an index of links.

    Targets of plans that name no lead body stand last; where no target has one there is no ledger.
    """
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in material.table:
        if row["stance"] == "target":
            leads = row["lead"] or ([NO_LEAD] if row["kind"] in ASSIGNED else [])
            for lead in dict.fromkeys(leads):
                found.setdefault((material.source(row["doc_id"]).place, lead), []).append(row)
    if all(lead == NO_LEAD for _, lead in found):
        return []
    bodies = sorted(found, key=lambda body: body[1] == NO_LEAD)  # a stable sort: else in the order of the documents
    if len(bodies) <= FEW_BODIES:
        several = len({place for place, _ in bodies}) > 1
        return [_body_sheet(material, body, found[body], names, several) for body in bodies]
    rows = [row for body in bodies for row in _ledger_rows(material, body, found[body])]
    index = [_indexed(body, found[body]) for body in bodies]
    return [
        Sheet(
            names.new(words.LEDGER_INDEX), "责任单位目录", INDEX_COLUMNS, index,
            about=f"{len(index)} 个牵头单位，点单位看其目标", note="点单位名称，看该单位牵头的目标。",
        ),
        Sheet(
            names.new(words.LEDGER), "责任单位台账：各单位牵头的目标", LEDGER_COLUMNS, rows,
            about=f"{len(rows)} 条目标，按牵头单位排列", note=_ledger_note(), printed=LEDGER_PRINTED,
        ),
    ]  # fmt: skip


def _ledger_note() -> str:
    return "只列有数值或者期限的目标；几个单位共同牵头的，各列一次。"


def _body_sheet(
    material: Material, body: tuple[str, str], rows: Sequence[Mapping[str, Any]], names: Names, several: bool
) -> Sheet:
    place, lead = body
    name = (place if several else "") + lead.strip("（）")
    return Sheet(
        names.new(name), f"责任单位台账：{place} {lead}", LEDGER_COLUMNS, _ledger_rows(material, body, rows),
        about=f"责任单位台账，{len(rows)} 条目标", note=_ledger_note(), printed=LEDGER_PRINTED, names=words.LEDGER,
    )  # fmt: skip


def _ledger_rows(material: Material, body: tuple[str, str], rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    place, lead = body
    made = []
    for row in rows:
        source = material.source(row["doc_id"])
        shown = shown_value({**row, "deadline": None}) or row["value_text"]
        cells = [
            lead, place, row["path"].rpartition("›")[2].strip() or None, row["subject"],
            Cell(shown, to=("commitment", row["commitment_id"])), row["deadline"], row["quote"],
            "、".join(row["support"]) or None, source.what,
            Cell(source.origin, url=source.url),
        ]  # fmt: skip
        made.append(Row(cells))
    return [replace(made[0], keys=(("body", place, lead),)), *made[1:]]


def _indexed(body: tuple[str, str], rows: Sequence[Mapping[str, Any]]) -> Row:
    place, lead = body
    days = [row["deadline"] for row in rows if row["deadline"]]
    return Row([Cell(lead, to=("body", place, lead)), place, len(rows), len(days), min(days, default=None)])


def source_sheet(material: Material, names: Names) -> Sheet:
    """Return the sheet of documents with what proves them."""
    rows = [_source(source) for source in material.sources.values()]
    return Sheet(
        names.new(words.SOURCES), "来源：文件、网址和校验值", SOURCE_COLUMNS, rows,
        about=f"{len(rows)} 份文件的网址、快照和校验值", note="校验值相同，文件就一字未变。",
        printed=SOURCES_PRINTED, frozen=1,
    )  # fmt: skip


def _source(source: Source) -> Row:
    facts = source.facts
    cells = [
        source.place, facts["year"], KIND_LABELS.get(facts["kind"], facts["kind"]), source.title, facts["issuer"],
        facts["doc_number"], source.origin, source.url and Cell("打开", url=source.url), facts["fetched"],
        facts["snapshot"], facts["sha256"], facts["quality"], "、".join(facts["notes"] or ()) or None, source.doc_id,
    ]  # fmt: skip
    return Row(cells, (("source", source.doc_id),))


def counts(material: Material) -> dict[str, dict[str, Any]]:
    """Return for each document how many sections, commitments, targets and results it has."""
    export = material.export
    found = overview(export.documents, comparable(export), export.sections)
    return {row["doc_id"]: row for row in records_of(found)}
