"""Where the tasks of a lower plan come from: taken over from a higher one, made stricter or easier, or its own."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass

import pandas as pd

from pipeline.compare.columns import ORIGIN
from pipeline.compare.differences import FURTHEST, moved
from pipeline.compare.measures import DURATIONS, change_of_deadline, change_of_target, plain_cells
from pipeline.compare.meeting import in_words, last_clause
from pipeline.compare.pairing import (
    PLACES,
    Statement,
    assign,
    find_statements,
    is_same_act,
    likeness_table,
    resemblance,
)
from pipeline.compare.tasks import Task, find_document, find_tasks
from pipeline.records import Origin, OriginStatus
from pipeline.tables import Export

# The note of who is responsible, which every level writes for itself.
NOTE = re.compile(
    r"[（(\[［【][^（(\[［【）)\]］】]*(?:牵头|责任单位|负责|配合|承办|协助)[^（(\[［【）)\]］】]*[）)\]］】]|"
    r"(?:牵头单位|责任单位|配合单位|责任部门)[:：][^\n]*|"
    r"(?<=[。；;，,])由[^，,。；;]{2,30}(?:牵头|负责)(?=[，,。；;])(?:[，,][^，,。；;]{2,30}(?:配合|协助|落实|参与)(?=[。；;]))?[，,。；;]"
)
TITLE = re.compile(r"^[^。\n]{2,30}[。\n]")
CLAUSE = re.compile(r"[^，,。；;：:！？、\n\t]+")
# The level of a body: 市司法局 hands down what 县司法局 takes over.
LEVEL = re.compile(r"[省市州县区旗](?=[㐀-鿿]{2,8}?(?:局|厅|委|办公室|法院|检察院|委员会))")
SKIPPED = re.compile(r"[^0-9A-Za-z㐀-鿿%]")
SOFT = re.compile("达到|实现|均|一般|全面|各|年度|本")  # words that come and go in a copy
WHOLE_AREA = re.compile("全[省市州盟]|全区范围")
ASKED_OF_EACH = re.compile("各|每|逐|均|分别|县级|乡镇|以上人民政府")
OF_EACH = frozenset(("学时", "课时", "小时", "%", "‰", "个百分点", "元"))
PAIRED = 0.6  # likeness from which a target of the lower plan is one of the higher
# Likeness from which tasks are one, with a common target and without; own tasks of corpora/demo have 0.16 at most.
TASK, WORDS = 0.25, 0.3
VERBATIM = 0.8  # share of a task's words that stand in the higher plan


@dataclass(frozen=True, slots=True)
class Pair:
    """A target of the lower plan and the one that it takes up."""

    task: str  # section_id in the higher plan
    higher: Statement
    lower: Statement
    score: float


def find_origins(export: Export, higher: str, lower: str) -> pd.DataFrame:
    """Return for each task of the lower plan where it comes from.

    Verbatim is what stands in the higher plan but for names of places, levels and bodies; tightened and loosened what
    takes up a target or date and asks for more or less, loosened where both happen; what else is like a task of the
    higher plan is reworded. A count of the whole area above (全市20个) is not held against one place's: the words say
    so. Targets that a task adds of its own do not change its status; the words name them.

    Args:
        export: with both documents.
        higher: names the plan handed down, as tasks.find_document takes it.
        lower: names the plan made after it.

    Returns:
        Columns ORIGIN, in the order of the lower plan.

    Raises:
        NotFoundError: no document is called so, or more than one.
    """
    above, below = find_document(export, higher), find_document(export, lower)
    years = dict(zip(export.documents["doc_id"], plain_cells(export.documents["year"]), strict=True))
    shift = years[below] - years[above] if None not in (years[above], years[below]) else 0
    asked, taken = find_tasks(export, above), find_tasks(export, below)
    demands = find_statements(export, above, ("target",))
    home = {one: task.section_id for task in asked for one in task.commitments}
    demands = [one for one in demands if one.id in home]
    own = {one.id: one for one in find_statements(export, below, ("target",))}
    places = [str(one) for one in export.documents["jurisdiction"].dropna().unique()]
    names = sorted({_named(one) for one in places} - {""}, key=lambda one: (-len(one), one))
    whole = "".join(_plain(task.text, names) for task in asked)
    targets = {task.section_id: [own[one] for one in task.commitments if one in own] for task in taken}
    found = {task.section_id: _pairs(targets[task.section_id], demands, home) for task in taken}
    answered = {pair.higher.id for each in found.values() for pair in each if _is_as_asked(pair, shift)}
    rows = []
    for task in taken:
        judged = [one for one in found[task.section_id] if one.higher.id not in answered or _is_as_asked(one, shift)]
        mine = targets[task.section_id]
        rows.append(_origin(task, mine, judged, asked, shift, whole, names, above, below))
    return pd.DataFrame([astuple(row) for row in rows], columns=list(ORIGIN)).astype(
        {"higher": "string", "lower": "string", "task": "string", "source": "string", "status": "string",
         "score": "float64", "why": "string"}
    )  # fmt: skip


def _named(place: str) -> str:
    """Return a place as its plans call it: without the places above it."""
    found = re.findall(r"[^省市州县区旗]{1,6}[省市州县区旗镇乡]", place)
    return found[-1] if found else place


def _plain(text: str, names: Sequence[str]) -> str:
    """Return the words of a task as a copy of it would have them, too."""
    text = NOTE.sub("", text)
    for name in names:
        text = text.replace(name, "")
    return SOFT.sub("", SKIPPED.sub("", LEVEL.sub("", PLACES.sub("", text))))


def _origin(
    task: Task,
    mine: Sequence[Statement],
    found: Sequence[Pair],
    asked: Sequence[Task],
    shift: int,
    whole: str,
    names: Sequence[str],
    above: str,
    below: str,
) -> Origin:
    wordings = {one.section_id: resemblance(_content(task), _content(one)) for one in asked}
    scores = {
        one.section_id: _score([pair for pair in found if pair.task == one.section_id], mine, wordings[one.section_id])
        for one in asked
    }
    best = max(asked, key=lambda one: (scores[one.section_id], -one.start)) if asked else None
    if best is None or scores[best.section_id] < (TASK if found else WORDS):
        score = scores[best.section_id] if best else 0.0
        return Origin(above, below, task.section_id, None, "own", score, "上级计划没有相近的任务")
    status, words = _status(found, shift, _copied(task, whole, names))
    words = [*words, *_others(found, asked, best)]
    if extra := [one for one in mine if one.id not in {pair.lower.id for pair in found}]:
        words.append(f"另有自定：{'、'.join(f'{one.measure.subject}{in_words(one.measure)}' for one in extra)}")
    return Origin(above, below, task.section_id, best.section_id, status, scores[best.section_id], "；".join(words))


def _content(task: Task) -> str:
    """Return the text of a task without its number and the note of who leads."""
    return NOTE.sub("", task.text.removeprefix(task.number).lstrip("、.．:： \u3000"))


def _pairs(mine: Sequence[Statement], demands: Sequence[Statement], home: Mapping[str, str]) -> list[Pair]:
    """Return the targets of a task with those of the higher plan that they take up, one to one."""
    table = likeness_table(mine, demands)
    for row, one in enumerate(mine):
        for column, other in enumerate(demands):
            is_dated = "deadline" in (one.measure.type, other.measure.type)
            if is_dated and not is_same_act(one, other):
                table[row, column] = 0.0
    places = [one.place for one in mine], [one.place for one in demands]
    found = assign(table, PAIRED, places)
    return [Pair(home[demands[b].id], demands[b], mine[a], float(table[a, b])) for a, b in found]


def _is_as_asked(pair: Pair, shift: int) -> bool:
    """Say whether a target asks for no less than the one that it takes up, and no later."""
    before, after = moved(pair.higher.measure, shift), pair.lower.measure
    change, later = change_of_target(before, after), change_of_deadline(before, after)
    return not (change and change[0] < 0) and not (later and later[0] > 0) and bool(change or later)


def _total_words(higher: Statement, lower: Statement) -> str:
    """Return the words for a count of the higher plan that is not asked of each place below, "" for one that is.

    A frequency, a share and what one body or officer has to do is asked of each; 20个阵地 in a plan for a prefecture
    with ten counties is not.
    """
    one, other = higher.measure, lower.measure
    is_count = one.type == other.type == "quantity" and not one.is_share and not one.is_change
    if not is_count or one.level == other.level or one.unit in OF_EACH or one.unit in DURATIONS:
        return ""
    clause = last_clause(higher.before) + one.subject
    if ASKED_OF_EACH.search(clause):
        return ""
    if named := WHOLE_AREA.search(clause):
        return f"上级为{named[0]}总数"
    is_frequency = one.period not in (None, "year") or one.unit is None or "次" in one.printed
    return "" if is_frequency else "上级未写明是否为各地分别完成的数"


def _score(found: Sequence[Pair], mine: Sequence[Statement], wording: float) -> float:
    """Return how like two tasks are: by their targets where the lower one has any, and by their words."""
    if not mine:
        return round(wording, 4)
    share = sum(pair.score for pair in found) / len(mine)
    return round(0.6 * share + 0.4 * wording, 4)


def _copied(task: Task, whole: str, names: Sequence[str]) -> float:
    """Return which share of the words of a task stands in the higher plan, its title aside where more follows."""
    content = _content(task)
    rest = TITLE.sub("", content, count=1)
    text = rest if SKIPPED.sub("", rest) else content
    sizes = [0, 0]
    for clause in CLAUSE.findall(text):
        plain = _plain(clause, names)
        sizes[0] += len(plain) if plain in whole else 0
        sizes[1] += len(plain)
    return sizes[0] / sizes[1] if sizes[1] else 0.0


def _status(found: Sequence[Pair], shift: int, copied: float) -> tuple[OriginStatus, list[str]]:
    stricter: list[str] = []
    easier: list[str] = []
    totals: list[str] = []
    for pair in found:
        before, after = moved(pair.higher.measure, shift), pair.lower.measure
        subject = after.subject or before.subject
        if (total := _total_words(pair.higher, pair.lower)) and before.value != after.value:
            totals.append(f"{subject}：上级{in_words(before)}，本级{in_words(after)}，{total}，不作比较")
            change = None
        else:
            change = change_of_target(before, after)
        if change and change[0]:
            gap = change[1].rpartition("，")[2]
            told = f"{subject}：上级{in_words(before)}，本级{in_words(after)}，{gap}"
            (stricter if change[0] > 0 else easier).append(told)
        is_near = abs(shift) <= FURTHEST
        if is_near and (later := change_of_deadline(before, after)) and later[0]:
            (easier if later[0] > 0 else stricter).append(f"{subject}：{later[1]}")
    words = [*(f"放宽：{each}" for each in easier), *(f"收紧：{each}" for each in stricter)]
    if words:
        words += totals
    if easier or stricter:
        return ("loosened" if easier else "tightened"), words
    share = f"{round(copied * 100)}%的文字见于上级计划" if copied >= 0.05 else "文字与上级计划不同"
    if copied >= VERBATIM and not totals:
        return "verbatim", [f"照抄上级：{share}"]
    return "reworded", [f"改写上级：{share}", *totals]


def _others(found: Sequence[Pair], asked: Sequence[Task], best: Task) -> list[str]:
    also = {pair.task for pair in found} - {best.section_id}
    names = [one.name for one in asked if one.section_id in also]
    return [f"还取自{'、'.join(names)}"] if names else []
