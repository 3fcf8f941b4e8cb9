"""The sheets on coverage: the matrix, what is missing in each document, and what the covered ones rest on."""

from collections.abc import Mapping, Sequence

from pipeline.report import words
from pipeline.report.layout import Cell, Head, Key, Names, Row, Sheet
from pipeline.report.material import Asked, Judgement, Material, Reference, Source

MOST_ACROSS = 10  # documents that stand side by side; more stand below each other, and the tasks across
MOST_TASKS_ACROSS = 60
LONGEST_TILTED = 16  # characters of a title that stands on its side; the list below has it in full
LONGEST_PASSAGE = 140  # characters of one of the three nearest passages
SIGNS = words.COVERAGE_SIGNS
# Where the table tells no doubt: scores between which a state may as well be the other. Where it does, the least doubt.
DOUBTED, DOUBT = (0.3, 0.7), 0.6

ROW_COLUMNS = (
    Head("地区", "文件所说的行政区", 12, "first"),
    Head("文件", "年份和文件类型", 14, "first"),
    Head("部分", "纲要的十个部分，或者计划的章节", 16, "band"),
    Head("条目", "对照的要求：纲要的条目，或者计划的任务", 24, "first"),
    Head("结论", "已落实、部分、缺失或者未知，见“符号”", 11, "label"),
)
PLACE_COLUMNS = (
    Head("存疑", "“是”：程序把握不大，应当先对照原文", 8, "label"),
    Head("写入可能性", "0 到 1，越低越可能没有写入", 12, "score"),
    Head("依据", "起决定作用的线索词、指标和相近程度", 40),
    Head("所在章节", "引文所在的章节", 28),
    Head("起止位置", "引文在规范文本中的起止字符（从 0 起，含起不含止）", 14, "label"),
    Head("来源", "文件的网址（可点开），没有网址的为文件名", 40, "code"),
    Head("文件编号", "由内容算出，与导出文件一致；点开看来源", 15, "code"),
)
GAP_COLUMNS = (
    *ROW_COLUMNS,
    Head("要求", "这一条目要求做什么：纲要条目为归纳，计划任务为原文", 34),
    Head(
        "原文，或者最接近的表述",
        "部分落实和有备注的，引文件原文；缺失的，引文件中与要求最接近的三处，供人工复核",
        58,
    ),
    Head("备注", "文件已有安排，但指标低于要求、期限晚于要求或者没有写明牵头单位", 30),
    PLACE_COLUMNS[0],
    Head("所涉数值", "备注所说的数值；点开看该条的全部信息", 14, "label"),
    *PLACE_COLUMNS[1:],
)
GAPS_PRINTED = 9
EVIDENCE_COLUMNS = (
    *ROW_COLUMNS,
    Head("原文", "最能说明已经落实的一处，一字不改", 84),
    *PLACE_COLUMNS,
)
EVIDENCE_PRINTED = 7


def sheets(material: Material, judged: Mapping[str, Sequence[Judgement]], names: Names) -> list[Sheet]:
    """Return the sheets of all references, none where nothing was judged."""
    made = []
    for number, judgements in enumerate(judged.values(), 1):
        if not judgements:
            continue
        tail = "" if number == 1 else str(number)
        made += _matrix(judgements, names, tail)
        made += _listed(material, judgements, names, tail)
    return made


def is_doubted(judgement: Judgement) -> bool:
    """Say whether a state is so uncertain that a person should look first."""
    if judgement.status == "unknown":
        return False
    if judgement.doubt is not None:
        return judgement.doubt >= DOUBT
    low, high = DOUBTED
    return judgement.score is not None and low < judgement.score < high


def first_key(reference: str, doc_id: str, status: str) -> Key:
    """Return the key of the first judgement of a document with this status."""
    return "first", reference, doc_id, status


def _matrix(judgements: Sequence[Judgement], names: Names, tail: str) -> list[Sheet]:
    reference = judgements[0].reference
    sources = list({one.source.doc_id: one.source for one in judgements}.values())
    tasks = _tasks(judgements)
    found = {(one.task.item, one.source.doc_id): one for one in judgements}
    if len(sources) <= MOST_ACROSS:
        return [_upright(reference, sources, tasks, found, names.new(words.MATRIX + tail))]
    blocks = [tasks[at : at + MOST_TASKS_ACROSS] for at in range(0, len(tasks), MOST_TASKS_ACROSS)]
    return [_turned(reference, sources, block, found, names.new(words.MATRIX + tail)) for block in blocks]


def _tasks(judgements: Sequence[Judgement]) -> list[Asked]:
    """Return the tasks that were judged, in the order of the reference."""
    judged = {one.task.item: one.task for one in judgements}
    known = [task for task in judgements[0].reference.tasks if task.item in judged]
    return known + [task for item, task in judged.items() if item not in {task.item for task in known}]


def _state(one: Judgement | None, *, with_label: bool) -> Cell:
    if one is None:
        return Cell("·", "empty")
    sign = SIGNS[one.status]
    shown = (sign.shown if with_label else sign.mark) + (words.REMARK_MARK if one.remarks else "")
    return Cell(shown, one.status, to=one.key, at=4)


Found = Mapping[tuple[str, str], Judgement]


def _upright(reference: Reference, sources: Sequence[Source], tasks: Sequence[Asked], found: Found, name: str) -> Sheet:
    columns = [Head("部分", ROW_COLUMNS[2].meaning, 20, "band"), Head("条目", ROW_COLUMNS[3].meaning, 48, "first", 30)]
    columns += [Head(source.name, "", 14, "label", 11) for source in sources]
    columns += [
        Head("部分", "只是部分落实的文件数", 6, "whole", 6),
        Head("缺失", "没有写入的文件数", 6, "whole", 6),
    ]
    rows = []
    for task in tasks:
        states = [found.get((task.item, source.doc_id)) for source in sources]
        counts = [sum(one is not None and one.status == status for one in states) for status in ("partial", "missing")]
        rows.append(Row([task.group, task.name, *(_state(one, with_label=True) for one in states), *counts]))
    return Sheet(
        name, f"缺口矩阵：对照{reference.name}", tuple(columns), rows, about=_about(reference, sources, tasks),
        note=_note(), foot=_legend(), frozen=2, names=words.MATRIX,
    )  # fmt: skip


def _turned(reference: Reference, sources: Sequence[Source], tasks: Sequence[Asked], found: Found, name: str) -> Sheet:
    groups = list(dict.fromkeys(task.group for task in tasks))
    columns = [
        Head("地区", ROW_COLUMNS[0].meaning, 22, "band", 16),
        Head("文件", ROW_COLUMNS[1].meaning, 22, "first", 14),
    ]
    for task in tasks:
        look = "tilted" if groups.index(task.group) % 2 == 0 else "tilted_other"
        columns.append(Head(_tilted(task.name), "", 4, "label", 4, look))
    columns += [Head(title, "", 5, "whole", 5, "tilted") for title in ("部分落实", "缺失")]
    rows = []
    for source in sources:
        states = [found.get((task.item, source.doc_id)) for task in tasks]
        counts = [sum(one is not None and one.status == status for one in states) for status in ("partial", "missing")]
        cells = [_state(one, with_label=False) for one in states]
        rows.append(Row([source.place, source.what, *cells, *counts]))
    listed = [
        Row([Cell(_tilted(task.name).split(" ")[0], "band"), Cell(task.name, "plain_long")])
        for task in tasks
        if _tilted(task.name) != task.name
    ]
    return Sheet(
        name, f"缺口矩阵：对照{reference.name}", tuple(columns), rows, about=_about(reference, sources, tasks),
        note=_note(), foot=[*_legend(), *listed], frozen=2, names=words.MATRIX, tilted=14 * LONGEST_TILTED + 16,
    )  # fmt: skip


def _tilted(name: str) -> str:
    return name if len(name) <= LONGEST_TILTED else name[: LONGEST_TILTED - 1] + "…"


def _about(reference: Reference, sources: Sequence[Source], tasks: Sequence[Asked]) -> str:
    return f"{len(tasks)} 项要求 × {len(sources)} 份文件，对照{reference.name}；点格子看依据"


def _note() -> str:
    return f"图例：{words.legend(SIGNS.values())}　{words.REMARK_MEANING}。点任一格子，看该项判断所依据的原文。"


def _legend() -> list[Row]:
    rows = [Row([Cell(sign.shown, status), Cell(sign.meaning, "plain_long")]) for status, sign in SIGNS.items()]
    return [*rows, Row([Cell(words.REMARK_MARK, "label"), Cell(words.REMARK_MEANING[2:], "plain_long")])]


def _listed(material: Material, judgements: Sequence[Judgement], names: Names, tail: str) -> list[Sheet]:
    reference = judgements[0].reference
    gaps = [one for one in judgements if one.is_gap]
    kept = [one for one in judgements if not one.is_gap]
    made = []
    if gaps:
        made.append(
            Sheet(
                names.new(words.GAPS + tail), f"缺口明细：对照{reference.name}", GAP_COLUMNS, _gap_rows(material, gaps),
                about=f"{len(gaps)} 项没有完全落实或者另有备注的判断，附原文或者最接近的表述",
                note="由程序对照公开文本得出，引用之前请核对原文。缺失指文件全文没有找到，不等于没有做。",
                printed=GAPS_PRINTED, frozen=4, names=words.GAPS,
            )
        )  # fmt: skip
    if kept:
        made.append(
            Sheet(
                names.new(words.EVIDENCE + tail), f"落实依据：对照{reference.name}", EVIDENCE_COLUMNS,
                _kept_rows(material, kept), about=f"{len(kept)} 项已落实的判断，附原文",
                note="每项只引最能说明的一处。", printed=EVIDENCE_PRINTED, frozen=4, names=words.EVIDENCE,
            )
        )  # fmt: skip
    return made


def _keys(one: Judgement, seen: set[Key]) -> tuple[Key, ...]:
    first = first_key(one.reference.key, one.source.doc_id, one.status)
    if first in seen:
        return (one.key,)
    seen.add(first)
    return one.key, first


def _opening(one: Judgement) -> list[object]:
    sign = SIGNS[one.status].shown + (words.REMARK_MARK if one.remarks else "")
    return [one.source.place, one.source.what, one.task.group, one.task.name, Cell(sign, one.status)]


def _closing(material: Material, one: Judgement) -> list[object]:
    place = None if one.start is None else f"{one.start}-{one.end}"
    within = None if one.start is None else material.section_at(one.source.doc_id, one.start)
    if one.start is None and one.nearest:
        within = material.section_name(one.source.doc_id, one.nearest[0][2])
    return [
        "是" if is_doubted(one) else None, one.score, "；".join(one.why) or None, within, place,
        Cell(one.source.origin, url=one.source.url), Cell(one.source.doc_id, to=("source", one.source.doc_id)),
    ]  # fmt: skip


def _gap_rows(material: Material, gaps: Sequence[Judgement]) -> list[Row]:
    seen: set[Key] = set()
    rows = []
    for one in gaps:
        remarks = "\n".join(str(remark["words"]) for remark in one.remarks) or None
        cells = [*_opening(one), one.task.asks, passage(one), remarks, *_closing(material, one)]
        cells.insert(GAPS_PRINTED, _figure(material, one))
        rows.append(Row(cells, _keys(one, seen)))
    return rows


def _figure(material: Material, one: Judgement) -> Cell | None:
    """Return the value that the first remark is about, leading to its row."""
    ids = [str(remark[name]) for remark in one.remarks for name in ("found", "asked") if remark.get(name)]
    return material.value(ids[0]) if ids else None


def _kept_rows(material: Material, kept: Sequence[Judgement]) -> list[Row]:
    seen: set[Key] = set()
    return [Row([*_opening(one), passage(one), *_closing(material, one)], _keys(one, seen)) for one in kept]


def passage(one: Judgement) -> str:
    """Return what a judgement rests on as a reader sees it: the best passage, or the three nearest."""
    if one.status == "unknown":
        return "文本没有取得或者无法辨认，没有作判断。"
    if one.quote:
        return one.quote
    if not one.nearest:
        return "全文没有找到相近的表述。"
    lines = [
        f"{sign}{_short(text)}（相近程度 {score:.2f}）"
        for sign, (text, score, _) in zip("①②③", one.nearest, strict=False)
    ]
    return "没有找到。最接近的表述：\n" + "\n".join(lines)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_PASSAGE else line[:LONGEST_PASSAGE] + "……（下略）"
