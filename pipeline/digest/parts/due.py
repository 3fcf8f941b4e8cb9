"""Targets whose deadline comes within thirty days, and those whose deadline passed without a result that can be found.

Before 1 April the report that would tell of a result is not due itself, and that is said.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.compare.pairing import without_number
from pipeline.digest import weights
from pipeline.digest.material import Atom, Sheaf
from pipeline.digest.papers import Paper, Promise
from pipeline.digest.phrases import LONGEST_BRIEF, brief, day_words, gone_mark, named, sentence, short_title
from pipeline.digest.records import Part
from pipeline.digest.scene import Scene
from pipeline.digest.tasks import BARE, each_once, is_open, is_public, read_answers, silent_report
from pipeline.records import READABLE
from pipeline.tables import PATH_MARK

AHEAD = timedelta(days=30)
SOON = timedelta(days=7)
BACK = timedelta(days=400)  # a year and the weeks until the report on it; what is older is counted
ALONE = 3  # so many of one document and one day stand alone
GAP = "…"  # of a subject, between what stands apart
ENDS = "。；;\n"  # of a sentence, or of a task among others
RECENT = timedelta(days=31)  # of what ran out earlier, all of one document is bound together


@dataclass(frozen=True, slots=True)
class Overdue:
    """Why a target is taken for overdue."""

    words: str
    weight: float


def find(scene: Scene) -> Iterator[Atom]:
    """Yield a line for each target that is due soon or overdue, in sheaves of one document."""
    known, answers = scene.known, read_answers(scene.known)
    ahead = known.due(scene.sunday + timedelta(days=1), scene.sunday + AHEAD)
    for one in each_once(known, ahead):
        if is_open(one, answers):
            yield _coming(scene, one)
    reported = {_report_key(scene, one, one.year) for one in known.papers if one.kind == "report"}
    for one in each_once(known, known.due(scene.sunday - BACK, scene.sunday)):
        if is_open(one, answers) and is_public(one):
            silent, is_fresh = silent_report(known, one, answers), one.commitment_id in answers.fresh
            yield _passed(scene, one, silent, reported, is_fresh=is_fresh)


def count_long_overdue(scene: Scene) -> Counter[int]:
    """Return how many targets passed their deadline too long ago to list them, by the paper."""
    answered = read_answers(scene.known).answered
    return Counter(paper.id for paper, target in scene.known.due_before(scene.sunday - BACK) if target not in answered)


# --- due soon --------------------------------------------------------------------------------------------------------


def _coming(scene: Scene, one: Promise) -> Atom:
    assert one.deadline is not None  # as `Known.due` chose it
    days = (one.deadline - scene.sunday).days
    day = day_words(one.deadline, scene.sunday)
    weight = weights.DUE_THIS_WEEK if one.deadline <= scene.sunday + SOON else weights.DUE
    opening = named(scene.known, one.paper)
    words = sentence(f"{opening}：“{_task(scene, one, 60)}”", f"{day}到期，还有{days}天", _charged(one))
    cells = {"任务": _task(scene, one, 80), "期限": one.deadline.isoformat(), "还有": f"{days}天", **_people(one)}
    sheaf = Sheaf(
        ("deadlines", one.paper.doc_id, one.deadline.isoformat()),
        f"{opening}有", f"项任务{day}到期（还有{days}天），如：", ALONE,
        {"期限": one.deadline.isoformat(), "还有": f"{days}天"}, "任务",
    )  # fmt: skip
    return _atom(scene, "deadlines", one, weight, words, cells, sheaf)


# --- overdue ---------------------------------------------------------------------------------------------------------


def _passed(scene: Scene, one: Promise, silent: Paper | None, reported: Collection[object], *, is_fresh: bool) -> Atom:
    assert one.deadline is not None  # as `Known.due` chose it
    days = (scene.sunday - one.deadline).days
    day = day_words(one.deadline, scene.sunday)
    is_reported = _report_key(scene, one.paper, one.deadline.year) in reported
    found = _overdue(scene, one.deadline, silent, is_fresh=is_fresh, is_reported=is_reported)
    opening = named(scene.known, one.paper)
    words = sentence(f"{opening}：“{_task(scene, one, 60)}”", f"{day}到期", found.words, _charged(one))
    cells = {
        "任务": _task(scene, one, 80), "期限": one.deadline.isoformat(), "已过": f"{days}天", "情况": found.words,
        **_people(one),
    }  # fmt: skip
    proof = [scene.ledger.of_paper(silent)] if silent else []
    is_recent = one.deadline > scene.sunday - RECENT
    since = f"{day}到期（{f'已过{days}天' if days else '刚到期'}）" if is_recent else "已过期限"
    sheaf = Sheaf(
        ("overdue", one.paper.doc_id, found.words, one.deadline.isoformat() if is_recent else ""),
        f"{opening}有", f"项任务{since}，{found.words}，如：", ALONE,
        {"情况": found.words, "已过": f"{days}天" if is_recent else ""}, "任务", tuple(proof),
    )  # fmt: skip
    weight = found.weight - days / BACK.days  # of two, the later one is rather news
    return _atom(scene, "overdue", one, weight, words, cells, sheaf, proof)


def _overdue(scene: Scene, due: date, silent: Paper | None, *, is_fresh: bool, is_reported: bool) -> Overdue:
    if silent is not None and silent.quality < READABLE:
        return Overdue(f"未见公开结果（{silent.year}年度报告没有读全）", weights.OVERDUE)
    if silent is not None:
        weight = weights.OVERDUE_SILENT_NEW if is_fresh else weights.OVERDUE_SILENT
        return Overdue(f"{silent.year}年度报告未提及", weight)
    if scene.sunday >= date(due.year + 1, 4, 1):
        return Overdue("未见公开结果" if is_reported else f"未见{due.year}年度报告", weights.OVERDUE)
    is_new = scene.sunday - due < timedelta(days=7) and (due.month, due.day) != (12, 31)
    weight = weights.OVERDUE_NEW if is_new else weights.OVERDUE_BEFORE_REPORT
    return Overdue(f"未见公开结果（年度报告应于{due.year + 1}年4月1日前公布）", weight)


def _report_key(scene: Scene, paper: Paper, year: int | None) -> tuple[object, ...]:
    """Return what the annual report of an office on a year is known by: a department does not answer for all."""
    return scene.known.spot(paper).key, paper.department, year


# --- both ------------------------------------------------------------------------------------------------------------


def _atom(
    scene: Scene, part: Part, one: Promise, weight: float, words: str, cells: dict[str, str], sheaf: Sheaf,
    proof: Sequence[str] = (),
) -> Atom:  # fmt: skip
    line = scene.line(
        part, weight, words, one.commitment_id, one.paper.publication_id,
        spot=scene.known.spot(one.paper), cells={**cells, "文件": _file(scene, one)}, about=[one],
        evidence=[*scene.ledger.of_promises(one), *proof],
    )  # fmt: skip
    return Atom(line, _task(scene, one, name=one.about), sheaf, rank=(one.start, one.commitment_id))


def _task(scene: Scene, one: Promise, most: int = LONGEST_BRIEF, *, name: str = "") -> str:
    """Return a task in a few words: its clause, its sentence where that leaves open what, else the title above it."""
    told = name or one.quote
    if not BARE.fullmatch(told) and (name or any(each in told for each in one.about.split(GAP) if each)):
        return brief(told, most)
    text = scene.known.text(one.paper)
    start = max(text.rfind(mark, 0, one.start) for mark in ENDS) + 1
    end = min((at for mark in ENDS if (at := text.find(mark, one.end)) >= 0), default=len(text))
    whole = without_number(text[start:end])
    if not BARE.fullmatch(whole):
        return brief(whole, most)
    titles = [each for each in scene.known.path(one.paper, one.section_id).split(PATH_MARK) if each]
    return brief(titles[-1] if titles and not BARE.fullmatch(titles[-1]) else told, most)


def _charged(one: Promise) -> str:
    return f"牵头单位：{'、'.join(one.lead)}" if one.lead else ""


def _people(one: Promise) -> dict[str, str]:
    return {"牵头单位": "、".join(one.lead), "配合单位": "、".join(one.support)}


def _file(scene: Scene, one: Promise) -> str:
    return short_title(one.paper) + gone_mark(scene.known, one.paper)
