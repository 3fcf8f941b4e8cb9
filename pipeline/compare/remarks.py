"""What a document that takes up a task does less than it asks: a lower target, a later deadline, nobody to lead."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.compare.measures import Measure, change_of_deadline, change_of_target, describe
from pipeline.compare.pairing import _acts_alike
from pipeline.compare.passages import Paper, Piece
from pipeline.compare.tasks import Task
from pipeline.records import Remark, Section

# A label with what it labels, or a body before the verb; not 发挥司法局牵头抓总作用, 各责任单位要, 司法局负责人.
LEADS = re.compile(
    r"(?:牵头|责任|负责|主办|实施)(?:单位|部门|科室|领导|机关)(?:[为是:：|\t\n]|[)）]|$)|(?:牵头|责任人)[:：]|"
    r"(?:局|办|室|委|部|院|所|中心|政府|机关|单位|部门|科|股|站|队|会|镇|乡|街道|长|领导)[)）]?(?:具体|总|共同|分别|联合)?"
    r"牵头(?![^，,。；;、（）()\n]{0,8}(?:作用|职能|职责|优势|效应|能力))|"
    r"按(?:职责|照)?分工|(?:局|办|室|委|部门|院|所|中心)(?:具体)?负责(?!人|同志|制)"
)
HANDS_OUT = frozenset(("plan", "outline", "notice"))  # kinds that say who does what by when
REACH = 600  # characters of a section around a passage; a chapter's note says nothing of a passage far from it
TITLE_SHOWN = 24


@dataclass(frozen=True, slots=True)
class Place:
    """A task in its plan."""

    paper: Paper
    task: Task


def find_remarks(
    asked: Place, paper: Paper, pieces: Sequence[Piece], values: Mapping[str, Measure]
) -> Iterator[Remark]:
    """Yield what a document does less than a task asks; only of a document that hands out work in the same year.

    Args:
        asked: the task.
        paper: the document.
        pieces: the passages that take the task up, the best first.
        values: the measures of all commitments.
    """
    document, plan = paper.document, asked.paper.document
    if document.kind not in HANDS_OUT or (document.year and plan.year and document.year != plan.year):
        return
    theirs = [values[row["commitment_id"]] for row in paper.commitments]
    theirs = [one for one in theirs if one.stance == "target"]
    for commitment_id in asked.task.commitments:
        mine = values[commitment_id]
        if mine.stance == "target":
            yield from _target_lower(mine, theirs)
            if not _keeps_date(mine, paper, pieces, values):
                yield from _deadline_later(mine, theirs)
    yield from _only_deadline_later(asked, paper, pieces, values)
    if _names_lead(asked.paper, asked.task.start, asked.task.end) and not any(
        _is_led(paper, piece) for piece in pieces
    ):
        title = (asked.task.title or asked.task.text)[:TITLE_SHOWN]
        yield Remark("lead_absent", f"任务“{title}”写明了牵头或者责任单位，这里没有写明。")


def _target_lower(mine: Measure, theirs: Sequence[Measure]) -> Iterator[Remark]:
    """Yield a remark where every target on the same indicator asks for less; of the one that asks for most."""
    found: list[tuple[Measure, str]] = []
    for one in theirs:
        shared = next((name for name in mine.indicators if name in one.indicators), None)
        change = change_of_target(mine, one, shared) if shared else None
        if change is None:
            continue
        if change[0] >= 0:
            return
        found.append((one, change[1]))
    if found:
        one, words = found[0]
        yield Remark(
            "target_lower",
            f"目标偏低：要求{describe(mine)}，这里定为{describe(one)}（{words}）。",
            mine.commitment_id,
            one.commitment_id,
        )


def _deadline_later(mine: Measure, theirs: Sequence[Measure]) -> Iterator[Remark]:
    """Yield a remark where every date for doing the same is later; of the earliest one."""
    if mine.deadline is None:
        return
    found: list[tuple[int, Measure, str]] = []
    for one in theirs:
        if one.type != mine.type or not set(mine.indicators) & set(one.indicators) or not _is_same_act(mine, one):
            continue
        change = change_of_deadline(mine, one)
        if change is None:
            continue
        if change[0] <= 0:
            return
        found.append((change[0], one, change[1]))
    if found:
        _, one, words = min(found, key=lambda each: (each[0], each[1].commitment_id))
        yield Remark("deadline_later", f"时限偏晚：{words}。", mine.commitment_id, one.commitment_id)


def _only_deadline_later(
    asked: Place, paper: Paper, pieces: Sequence[Piece], values: Mapping[str, Measure]
) -> Iterator[Remark]:
    """Yield a remark where task and passage have one date each, and no indicator tells what they are dates of."""
    mine = [values[one] for one in asked.task.commitments if values[one].type == "deadline"]
    best = pieces[0]
    theirs = [
        values[row["commitment_id"]]
        for row in paper.commitments
        if best.start <= row["value_start"] < best.end and row["type"] == "deadline"
    ]
    if len(mine) != 1 or len(theirs) != 1 or (mine[0].indicators and theirs[0].indicators):
        return
    if not _is_same_act(mine[0], theirs[0]) or _keeps_date(mine[0], paper, pieces, values):
        return
    change = change_of_deadline(mine[0], theirs[0])
    if change and change[0] > 0:
        yield Remark("deadline_later", f"时限偏晚：{change[1]}。", mine[0].commitment_id, theirs[0].commitment_id)


def _is_same_act(mine: Measure, other: Measure) -> bool:
    """Say whether the second date is not for doing something else: 公布 and 修订 of one thing are two tasks."""
    return _acts_alike(mine.subject, other.subject, "") == 1


def _keeps_date(mine: Measure, paper: Paper, pieces: Sequence[Piece], values: Mapping[str, Measure]) -> bool:
    """Say whether a date in the sentences that take the task up is no later, and not for something else."""
    if mine.deadline is None:
        return False
    theirs = (
        values[row["commitment_id"]]
        for row in paper.commitments
        if any(piece.sentence_start <= row["value_start"] < piece.sentence_end for piece in pieces)
    )
    return any(
        one.type == "deadline"
        and one.deadline is not None
        and one.deadline <= mine.deadline
        and _is_same_act(mine, one)
        for one in theirs
    )


def _names_lead(paper: Paper, start: int, end: int) -> bool:
    """Say whether a stretch of a document names who leads or is responsible."""
    return bool(LEADS.search(paper.document.text, start, end)) or any(
        row["lead"] for row in paper.commitments if start <= row["value_start"] < end
    )


def _is_led(paper: Paper, piece: Piece) -> bool:
    """Say whether the section of a passage, or one around it, names who leads."""
    section: Section | None = paper.sections[piece.section] if piece.section >= 0 else None
    while section is not None:
        near = max(section.start, piece.start - REACH), min(section.end, piece.end + REACH)
        if _names_lead(paper, *near):
            return True
        section = section.parent
    return False
