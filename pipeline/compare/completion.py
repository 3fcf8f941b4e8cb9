"""Where a report says in words that a task is done, and when: 6月20日公布行政裁量权基准 has no value to extract."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.compare.meeting import GROUPS
from pipeline.compare.pairing import act_match, clauses, find_acts, resemblance, without_number

# Chapters of a report that tell what is not done yet.
AHEAD = re.compile(
    r"下一步|下步|下阶段|今后|努力方向|工作打算|工作思路|(?:明年|20\d\d年)(?:度)?(?:的)?(?:重点|主要)?工作(?:安排|打算|思路|计划|重点|设想)?$|"
    r"(?:问题|不足|短板|差距|困难)(?:及原因|及其原因|和不足|与不足|之处)?$|存在的?(?:主要)?(?:问题|不足|短板|差距|困难)"
)
PENDING = re.compile("尚未|还未|仍未|未能|未完成|没有完成|正在|推进中|筹备|拟于|拟在|计划于|将于")
INTENDED = re.compile("正在|推进中|筹备|拟于|拟在|计划于|将于")  # holds for the clauses behind it, too
DONE = re.compile(r"已(?!不)|(?<![未没有能])完成(?!率|时限)|[㐀-鿿]了(?!解)")
UNRELATED = 0.3  # likeness of what stands before 尚未 to the task, under which it is of another thing
DAY = re.compile(
    r"(?:((?:19|20)\d\d)年)?(?:度)?(?<!\d)(\d{1,2})月(?:(\d{1,2})日|(上旬|中旬|下旬|底|末|初))?|"
    r"(上半年|下半年|第?[一二三四]季度|年初|年底|年末)"
)
SPANS = {
    "上半年": (1, 6), "下半年": (7, 12), "年初": (1, 3), "年底": (12, 12), "年末": (12, 12),
    "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12),
}  # fmt: skip
THIRDS = {"上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "底": (21, 31), "末": (21, 31)}
LEAST = 0.55  # likeness of a clause to the task; the least right one of corpora/demo has 0.558
STATE = 0.75  # to a task that names nothing to be done, only a state to be reached (全面纳入法治轨道)
SUBJECT = 8  # characters that may stand before a date that opens a sentence: 县政府各部门5月24日
DATED = 0.08  # of two clauses about as alike, the one with a date


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was done: some day from first to last, as printed."""

    first: date
    last: date
    words: str


@dataclass(frozen=True, slots=True)
class Completion:
    """A clause of a report that speaks of a task."""

    start: int
    end: int
    quote: str
    score: float
    moment: Moment | None
    is_pending: bool
    doubt: str  # a clause of the same sentence that says it is not done, or not yet; "" for none


def told_stretches(text: str, sections: Sequence[dict[str, Any]]) -> list[tuple[int, int]]:
    """Return the stretches of a report that tell what was done: all but its chapters on problems and next steps."""
    ahead = [(row["start"], row["end"]) for row in sections if row["title"] and AHEAD.search(row["title"])]
    kept, at = [], 0
    for start, end in sorted(ahead):
        if start > at:
            kept.append((at, start))
        at = max(at, end)
    return [*kept, (at, len(text))] if at < len(text) else kept


def find_completion(
    text: str, stretches: Sequence[tuple[int, int]], task: str, year: int | None, names: Sequence[str] = ()
) -> Completion | None:
    """Return the clause of a report that is most like a task, None where none is like it.

    Args:
        text: of the report.
        stretches: that tell what was done.
        task: its subject, as a plan names it.
        year: of the report, for dates without one.
        names: other names of the task; the likeness to the task and to the nearest of them count half each.
    """
    best: tuple[float, Completion] | None = None
    groups = set(GROUPS.findall(task))
    least = LEAST if find_acts(task) else STATE
    for low, high in stretches:
        for start, end in clauses(text, low, high):
            clause = text[start:end]
            if groups and not groups & set(GROUPS.findall(clause)):
                continue
            words = DAY.sub("", clause)
            score = resemblance(task, words)
            if names and score > 0:
                score = 0.5 * score + 0.5 * max(resemblance(name, words) for name in names)
            if not PENDING.search(clause):  # what is still being drafted is not yet published
                score *= act_match(task, clause)
            score = round(score, 4)
            if score < least:
                continue
            sentence = start - len(re.split(r"[。；;\n]", text[max(0, start - 80) : start])[-1])
            moment = find_moment(clause, year) or _opening_moment(text[sentence:start], year)
            is_done = _is_done(clause)
            is_pending = is_done is False
            doubt = "" if is_pending else _doubt(task, text, (sentence, start, end), is_done, moment)
            found = Completion(start, end, without_number(clause), score, moment, is_pending, doubt)
            worth = score + (DATED if moment else 0)
            if best is None or worth > best[0]:
                best = worth, found
    return best[1] if best else None


def _is_done(clause: str) -> bool | None:
    """Say whether a clause tells that something is done, by the last word that says either; None where none does."""
    done = max((found.start() for found in DONE.finditer(clause)), default=-1)
    pending = max((found.start() for found in PENDING.finditer(clause)), default=-1)
    return None if done == pending else done > pending


def _doubt(task: str, text: str, at: tuple[int, int, int], is_done: bool | None, moment: Moment | None) -> str:
    """Return the clause of a sentence that makes it doubtful whether a task is done.

    What stands before is of another thing, unless it is a plan and the clause itself does not say that it is done.
    What follows takes something back, unless it names another thing and the task has its date.
    """
    sentence, start, end = at
    before = list(clauses(text, sentence, start))
    if is_done is None and before and INTENDED.search(text[before[-1][0] : before[-1][1]]):
        return without_number(text[before[-1][0] : before[-1][1]])
    rest = re.split(r"[。；;\n]", text[end : end + 200])[0]
    for low, high in clauses(rest, 0, len(rest)):
        found = PENDING.search(rest, low, high)
        subject = rest[low : found.start()] if found else ""
        is_other = len(subject) > 2 and moment is not None and resemblance(task, subject) < UNRELATED
        if found and _is_done(rest[low:high]) is not True and not is_other:
            return rest[low:high].strip()
    return ""


def find_moment(words: str, year: int | None) -> Moment | None:
    """Return the last date that *words* name, None where they name none or its year is not known."""
    for found in reversed(list(DAY.finditer(words))):
        made = _moment(found, year)
        if made and not re.match(r"\s*(?:以来|起|开始施行|前|以前|之前)", words[found.end() :]):
            return made
    return None


def _opening_moment(words: str, year: int | None) -> Moment | None:
    """Return the date that opens a sentence and holds for its clauses."""
    found = DAY.search(words.split("，")[0])
    return _moment(found, year) if found and found.start() <= SUBJECT else None


def _moment(found: re.Match[str], year: int | None) -> Moment | None:
    year = int(found[1]) if found[1] else year
    if year is None:
        return None
    if found[5]:
        first, last = SPANS[found[5].removeprefix("第")]
        return Moment(date(year, first, 1), _last_day(year, last), found[0])
    month = int(found[2])
    if not 1 <= month <= 12:
        return None
    final = _last_day(year, month)
    if found[3]:
        day = int(found[3])
        on = date(year, month, min(max(day, 1), final.day))
        return Moment(on, on, found[0])
    low, high = THIRDS.get(found[4] or "", (1, 31))
    return Moment(date(year, month, low), date(year, month, min(high, final.day)), found[0])


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
