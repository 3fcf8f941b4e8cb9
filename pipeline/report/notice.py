"""The notice in which an office tells the places below it which tasks their documents leave out, in official Chinese.

It says what the coverage table says and no more: what could not be judged stands in a chapter of its own, and every
gap comes with the passage that it rests on.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from pipeline.errors import InputError, NotFoundError
from pipeline.records import CoverageStatus
from pipeline.report import words
from pipeline.report.material import Judgement, Material, Source
from pipeline.report.official import Grid, Signature, Text, write_official
from pipeline.tables import Export

Block = Text | Grid | Signature

HEADS, WIDTHS = ("序号", "项目", "要求", "现状", "依据"), (12.0, 28.0, 40.0, 34.0, 42.0)
LONGEST_ASKED, LONGEST_QUOTED = 100, 90  # characters in a cell of the table; the workbook has all of them
STATES = {"missing": "没有找到该项内容。", "partial": "只有部分内容。"}
TITLE_LINE = 20  # characters of 二号 in a line
WORD_ENDS = re.compile("建设|计划|方案|报告|要点|任务|情况|工作|[省市县区旗镇乡]|关于")
CHINESE = "零一二三四五六七八九十"


def write_notice(
    export: Export,
    coverage: pd.DataFrame,
    path: Path,
    *,
    addressee: str,
    signed: str,
    today: date,
    place: str | Collection[str] | None = None,
    reference: str | None = None,
    title: str = "",
    number: str = "",
    reply_by: date | None = None,
    contact: str = "",
    attachments: Sequence[str] = (),
) -> None:
    """Write the notice on missing tasks to *path* as a Word file; equal arguments give equal bytes.

    Args:
        export: the documents that *coverage* judges.
        coverage: the columns compare.columns.COVERAGE.
        path: replaced at once when the new file is whole; its folder is made where there is none.
        addressee: 主送机关, without the colon; "" for a letter that names nobody.
        signed: the office that signs.
        today: the day of the notice.
        place: the places whose documents it is about, by name or six-digit code; None for all.
        reference: "outline" or the doc_id of a plan; needed only where *coverage* has several.
        title: instead of the one made from the places.
        number: 发文字号.
        reply_by: the day by which an answer is asked for.
        contact: 联系人 and telephone, printed in brackets under the date.
        attachments: names of 附件.

    Raises:
        InputError: *coverage* has several references and none is chosen, or a column is missing.
        NotFoundError: it judges no document of the places, or not against this reference.
    """
    if path.is_dir():
        raise InputError(f"expected a file to write to, got the folder {path}")
    chosen = _chosen(Material(export), coverage, reference, place)
    heading = title or _title(chosen)
    blocks: list[Block] = [*_opening(heading, number, addressee, chosen), *_chapters(chosen, reply_by)]
    blocks += [*_annexes(attachments), Text("blank", ""), Signature(signed, today)]
    if contact:
        blocks.append(Text("remark", f"（{contact}）"))
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".notice-", dir=path.parent) as unfinished:
        part = Path(unfinished, path.name)
        write_official(part, heading, blocks)
        part.replace(path)


def _chosen(
    material: Material, coverage: pd.DataFrame, reference: str | None, place: str | Collection[str] | None
) -> list[Judgement]:
    judged = material.judgements(coverage)
    if reference is None and len(judged) > 1:
        raise InputError(f"expected a reference, since the coverage has {len(judged)}: {', '.join(judged)}")
    key = reference or next(iter(judged), "")
    if key not in judged:
        raise NotFoundError(f"no judgement against {key!r}; there are {', '.join(judged) or 'none at all'}")
    places = None if place is None else {place} if isinstance(place, str) else set(place)
    found = [
        one for one in judged[key]
        if places is None or places & {one.source.place, one.source.facts["jurisdiction_code"]}
    ]  # fmt: skip
    if not found:
        known = "、".join(dict.fromkeys(one.source.place for one in judged[key]))
        raise NotFoundError(f"no judgement on a document of {places}; there are {known}")
    return found


def _by_source(judgements: Sequence[Judgement]) -> dict[str, list[Judgement]]:
    found: dict[str, list[Judgement]] = {}
    for one in judgements:
        found.setdefault(one.source.doc_id, []).append(one)
    return found


def _title(judgements: Sequence[Judgement]) -> str:
    places = list(dict.fromkeys(one.source.place for one in judgements))
    whose = places[0] if len(places) == 1 and places[0] != words.NOWHERE else ""
    return f"关于反馈{whose}法治政府建设任务对照情况的通知"


def _in_lines(title: str) -> str:
    """Return a title of more than a line broken near its middle, after a whole word.

    >>> _in_lines("关于反馈青榆县法治政府建设任务对照情况的通知").split()
    ['关于反馈青榆县法治政府建设', '任务对照情况的通知']
    """
    if "\n" in title or len(title) <= TITLE_LINE:
        return title
    ends = [match.end() for match in WORD_ENDS.finditer(title) if match.end() < len(title)]
    middle = len(title) / 2
    at = min(ends, key=lambda end: abs(end - middle), default=round(middle))
    return title[:at] + "\n" + title[at:]


def _opening(title: str, number: str, addressee: str, judgements: Sequence[Judgement]) -> Iterator[Block]:
    if number:
        yield Text("number", number)
        yield Text("blank", "")
    yield Text("title", _in_lines(title))
    yield Text("blank", "")
    if addressee:
        yield Text("addressee", addressee.rstrip("：:") + "：")
    reference = judgements[0].reference
    sources, tasks = _by_source(judgements), {one.task.item for one in judgements}
    yield Text(
        "body",
        f"为推动{reference.name}各项要求落到实处，近期，我们将收集到的 {len(sources)} 份文件与其中 {len(tasks)} 项要求"
        "逐项作了对照。现将有关情况反馈如下：".replace(" ", ""),
    )


def _chapters(judgements: Sequence[Judgement], reply_by: date | None) -> Iterator[Block]:
    number = 0

    def chapter(title: str) -> Text:
        nonlocal number
        number += 1
        return Text("chapter", f"{CHINESE[number]}、{title}")

    gaps = [one for one in judgements if one.is_gap and one.status != "unknown"]
    unknown = [one for one in judgements if one.status == "unknown"]
    yield chapter("总体情况")
    yield Text("body", _figures(judgements))
    if len(gaps) + len(unknown) < len(judgements) or gaps:
        places = {one.source.place for one in judgements}
        yield chapter("各地情况" if len(places) > 1 else "具体情况")
        yield from _places([one for one in judgements if one.status != "unknown"])
    if unknown:
        yield chapter("未能判断的事项")
        yield from _unknown(unknown)
    if gaps or unknown:
        yield chapter("有关要求")
        yield from _requests(gaps, unknown, reply_by)


def _figures(judgements: Sequence[Judgement]) -> str:
    counts = Counter(one.status for one in judgements)
    remarked = sum(bool(one.remarks) for one in judgements)
    shown: list[tuple[CoverageStatus, str]] = [
        ("covered", "已有具体安排或者工作的"),
        ("partial", "只有部分内容的"),
        ("missing", "没有找到相应内容的"),
        ("unknown", "未能判断的"),
    ]
    parts = [f"{label}{counts[status]}项次" for status, label in shown if counts[status]]
    text = f"共形成{len(judgements)}项次判断，其中" + "，".join(parts) + "。"
    if remarked:
        kinds = Counter(remark["kind"] for one in judgements for remark in one.remarks)
        told = "、".join(f"{words.REMARK_LABELS[kind]}{kinds[kind]}处" for kind in words.REMARK_LABELS if kinds[kind])
        text += f"已写入的任务中，另有{remarked}项次与要求有差别：{told}。"
    return text


def _places(judgements: Sequence[Judgement]) -> Iterator[Block]:
    found = _by_source(judgements)
    for number, rows in enumerate(found.values(), 1):
        source = rows[0].source
        gaps = [one for one in rows if one.is_gap]
        if len(found) > 1:
            yield Text("part", f"（{_chinese(number)}）{_called(source)}")
        yield Text("body", _of_document(source, rows, gaps))
        if gaps:
            yield Grid(HEADS, WIDTHS, tuple(_row(at, one) for at, one in enumerate(gaps, 1)), frozenset((0,)))


def _called(source: Source) -> str:
    return source.name.replace("\n", "")


def _chinese(number: int) -> str:
    """Return a number up to 99 as chapters print it; beyond, in figures.

    >>> _chinese(3), _chinese(10), _chinese(12), _chinese(20), _chinese(35)
    ('三', '十', '十二', '二十', '三十五')
    """
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else CHINESE[tens] + "十") + (CHINESE[ones] if ones else "")


def _of_document(source: Source, rows: Sequence[Judgement], gaps: Sequence[Judgement]) -> str:
    where = f"（{source.url}）" if source.url else ""
    text = f"对照的文件为{source.called}{where}。"
    if not gaps:
        return text + f"所对照的{len(rows)}项要求均已写入，没有发现差别。"
    counts = Counter(one.status for one in gaps)
    parts = [f"没有找到相应内容的{counts['missing']}项"] if counts["missing"] else []
    parts += [f"只有部分内容的{counts['partial']}项"] if counts["partial"] else []
    parts += [f"已经写入但与要求有差别的{counts['covered']}项"] if counts["covered"] else []
    return text + f"所对照的{len(rows)}项要求中，" + "，".join(parts) + "，列表如下："


def _row(number: int, one: Judgement) -> tuple[str, ...]:
    told = [STATES[one.status]] if one.status in STATES else []
    told += [str(remark["words"]) for remark in one.remarks]
    return str(number), one.task.name, _cut(_asked(one), LONGEST_ASKED), "\n".join(told), _ground(one)


def _asked(one: Judgement) -> str:
    """Return what is asked without the number and title that stand beside it."""
    return one.task.asks.removeprefix(one.task.name).lstrip("。．. \n") or one.task.asks


def _ground(one: Judgement) -> str:
    if one.quote:
        return "原文：" + _cut(one.quote, LONGEST_QUOTED)
    if one.nearest:
        return "全文没有找到。最接近的表述：" + _cut(one.nearest[0][0], LONGEST_QUOTED)
    return "全文没有找到相近的表述。"


def _cut(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rstrip("，、；：,;:") + "……"


def _unknown(judgements: Sequence[Judgement]) -> Iterator[Block]:
    yield Text("body", "下列文件没有取得，或者文本质量过低、无法辨认，不能据以判断有无相应内容，不作为缺项：")
    for number, rows in enumerate(_by_source(judgements).values(), 1):
        source = rows[0].source
        which = "、".join(one.task.name for one in rows) if len(rows) <= 3 else f"共{len(rows)}项"
        yield Text("body", f"{number}．{_called(source)}{source.called}：{which}。")


def _requests(gaps: Sequence[Judgement], unknown: Sequence[Judgement], reply_by: date | None) -> Iterator[Block]:
    asked = [
        (
            "认真核实情况。",
            "以上情况由程序根据公开文本对照得出，可能有错漏。请对照文件原文逐项核实；实际已有安排的，请说明所在的位置或者文件。",
        )
    ]
    kinds = {remark["kind"] for one in gaps for remark in one.remarks}
    steps = (
        ["对确属遗漏或者不完整的，请结合本地职责和实际研究补充"] if any(one.status != "covered" for one in gaps) else []
    )
    steps += (
        ["对指标、期限与要求不一致的，请研究调整或者说明理由"] if kinds & {"target_lower", "deadline_later"} else []
    )
    steps += ["对没有写明牵头单位的，请予明确"] if "lead_absent" in kinds else []
    if steps:
        asked.append(("及时补充完善。", "；".join(steps) + "。"))
    if unknown:
        asked.append(("补送文件文本。", "对未能判断的文件，请提供完整、清晰的电子文本。"))
    if reply_by:
        day = f"{reply_by.year}年{reply_by.month}月{reply_by.day}日"
        asked.append(("按时反馈结果。", f"请于{day}前将核实和补充完善的情况书面反馈我们。"))
    for number, (title, text) in enumerate(asked, 1):
        yield Text("body", f"（{_chinese(number)}）{title}{text}")


def _annexes(names: Sequence[str]) -> Iterator[Block]:
    if not names:
        return
    yield Text("blank", "")
    if len(names) == 1:
        yield Text("annex", f"附件：{names[0]}")
        return
    for number, name in enumerate(names, 1):
        yield Text("annex", ("附件：" if number == 1 else "　　　") + f"{number}．{name}")
