"""Which targets are tasks that are still open, and which reports ought to have told of them.

What is not found is not said to be undone. So what only offices see of each other (报送总结) or nobody can check
(成效显著) is no task of which the public misses a result.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from pipeline.compare.tracking import STAGE
from pipeline.derived import trackings
from pipeline.digest.known import Known
from pipeline.digest.papers import Paper, Promise

ANSWERED = ("met", "partly", "not_met", "not_comparable")  # a result was found, whatever it was worth
RANKS = {"plan": 0, "outline": 1, "notice": 2, "other": 3, "report": 4}  # of copies, the one that stands for all
DRAFT = re.compile("征求意见|征集意见|草案|送审稿|讨论稿")
AIMS = 1  # the heading of guiding ideas and goals: a date without a figure binds nobody there
# Told elsewhere: the annual report by the part on reports that are not public, a stage by the tasks in it.
ELSEWHERE = frozenset(("annual_report_deadline", "stage_deadline", "goal_attainment_deadline"))
# What is handed in or written for the office itself, of which the public sees no result.
INTERNAL = re.compile(
    "上报|报送|呈报|报[^告刊道，。]{1,14}(?:备案|审核|汇总|局|办|室|委)"
    "|各(?:单位|部门|乡镇|镇街|地|县)[^，。]{0,20}(?:制定|细化|分解|明确)"
    "|(?:制定|细化|分解)[^，。]{0,12}(?:任务清单|具体事项|年度计划)"
    "|本(?:单位|部门|乡镇|镇|街道|地区)[^，。]{0,8}(?:方案|细则|计划)"
)
# A date and that something is to be done by it, with no word of what.
BARE = re.compile(
    r"[\s（(]*(?:完成时限|时间|期限|时限)?[:：为]*(?:\d{4}年|今年|当年)?(?:\d{1,2}月)?(?:\d{1,2}日|[上中下]旬|底|末|年底|年末)*"
    r"(?:之?前|以前|内)?(?:全部|全面|基本|按时|按期)*(?:完成|办结|落实|到位|见效)*[\s）)。；;，,]*"
)
LEAST_NAME = 4  # characters: 评估 may be of anything
NOT_OF_WORDS = re.compile(r"[\s,，.。、;；:：()（）\"“”]+")


@dataclass(frozen=True, slots=True)
class Answers:
    """What tracking says of targets, by their ids."""

    answered: frozenset[str]  # a result was found
    silent: Mapping[str, Sequence[str]]  # reports that do not answer the others
    tracked: frozenset[str]  # all of them
    fresh: frozenset[str]  # those of which a report has been silent since the last digest


def read_answers(known: Known) -> Answers:
    """Return what tracking said at the cut."""
    of, after = trackings.c, known.facts.after
    columns = (of.target, of.status, of.report, of.since_id, of.cause)
    asked = select(*columns).where(known.view.valid(trackings), of.target.is_not(None))
    answered: set[str] = set()
    silent: dict[str, list[str]] = {}
    tracked: set[str] = set()
    fresh: set[str] = set()
    for row in known.tx.execute(asked.order_by(of.id)):
        tracked.add(row.target)
        if row.status in ANSWERED:
            answered.add(row.target)
        elif row.report:
            silent.setdefault(row.target, []).append(row.report)
            if row.cause == "source" and after and row.since_id > after:
                fresh.add(row.target)
    return Answers(frozenset(answered), silent, frozenset(tracked), frozenset(fresh))


def is_open(one: Promise, answers: Answers) -> bool:
    """Say whether a target is a task without a result, which is told nowhere else.

    The next steps of a report that nobody tracks are those that a plan repeats.
    """
    is_aim = one.heading == AIMS and one.type == "deadline"
    is_repeated = one.paper.kind == "report" and one.commitment_id not in answers.tracked
    is_elsewhere = not ELSEWHERE.isdisjoint(one.indicators) or bool(STAGE.search(one.about))
    return not (is_aim or is_repeated or is_elsewhere or one.commitment_id in answers.answered)


def is_public(one: Promise) -> bool:
    """Say whether the public may expect to see a result."""
    return not INTERNAL.search(one.quote)


def each_once(known: Known, promises: Iterable[Promise]) -> list[Promise]:
    """Return targets without the copies that drafts, reprints and the report of the year before have of them.

    A date alone (9月底前完成, or 6月底前完成年审) is no task beside a figure of the same document that is due on that
    day (年审率100%), as a plan and the table behind it tell of one.
    """
    found: dict[tuple[object, ...], Promise] = {}
    for one in sorted(promises, key=lambda one: _standing(known, one)):
        figure = (one.value, one.unit) if one.type != "deadline" else ()
        place = known.spot(one.paper).key
        found.setdefault((place, one.paper.department, one.deadline, _words(one), figure), one)
    figures: dict[tuple[object, ...], list[str]] = {}
    for one in found.values():
        if one.type != "deadline":
            figures.setdefault((one.paper.doc_id, one.deadline), []).append(_words(one))
    told = [one for one in found.values() if not _is_in(one, figures.get((one.paper.doc_id, one.deadline), ()))]
    return sorted(told, key=lambda one: (one.paper.doc_id, one.start, one.commitment_id))


def _words(one: Promise) -> str:
    """Return what a target is about, without what else may stand between its words."""
    return NOT_OF_WORDS.sub("", one.about)


def _is_in(one: Promise, figures: Sequence[str]) -> bool:
    """Say whether a date says no more than the figures that are due on its day."""
    if one.type != "deadline" or not figures:
        return False
    about = _words(one)
    return bool(BARE.fullmatch(about)) or (len(about) >= LEAST_NAME and any(about in figure for figure in figures))


def _standing(known: Known, one: Promise) -> tuple[object, ...]:
    """Return what tells which of two copies stands for both: the smaller."""
    paper = one.paper
    is_gone, is_draft = paper.publication_id in known.gone, bool(DRAFT.search(paper.title or ""))
    published = paper.published or date.max
    return is_gone, is_draft, RANKS[paper.kind], published, paper.doc_id, one.start, one.commitment_id


def silent_report(known: Known, one: Promise, answers: Answers) -> Paper | None:
    """Return the newest report that should have told of a deadline and does not: one on an earlier year could not."""
    reports = [known.by_doc[each] for each in answers.silent.get(one.commitment_id, ()) if each in known.by_doc]
    told = [each for each in reports if each.year is not None and one.deadline and each.year >= one.deadline.year]
    return max(told, key=lambda each: (each.year or 0, each.doc_id), default=None)
