"""Targets of a plan held against the results of later reports of the same place.

A report answers the targets of its year: those of a plan for that year, of the chapter on next steps in the report on
the year before, and of a plan over several years. What the codebook leaves open is decided thus:

- A target with a value and a date is met where its value is; that no date is told is said in words. One that is nothing
  but a date is not comparable then, unless the year was over (年底前): a report on a year tells what that year saw
  done. Done late is not met for a bare date, partly for a value.
- Below a target whose date lies after the report's year is partly: it is on the way.
- A joint target (合法性审核率、报备率) of which only a part is answered is partly, too, and so is one of all cases
  where the report tells of one instance.
- A report on a later year answers only for what is due in it: nothing missed in its year is met by the next one's.
- What is of a part of the year is not the year's; portions.over_year says what it is worth.
- The report on a year is itself the answer to when that report is to be public, by the day on which it was published.
- A target that a plan repeats from the report of the year before is tracked once, with the plan, unless that report was
  asked for by name.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from datetime import date

import pandas as pd

from pipeline.compare.columns import TRACKING
from pipeline.compare.completion import Completion, Moment, find_completion, find_moment, told_stretches
from pipeline.compare.joint import names_part, own_parts, parts_of
from pipeline.compare.meeting import Meeting, change_between, in_words, meets, part_of_whole
from pipeline.compare.pairing import (
    Statement,
    assign,
    find_statements,
    likeness,
    likeness_table,
    section_rows,
    synonyms,
)
from pipeline.compare.papers import Filing, is_answer, is_same_place, place_order, read_filings
from pipeline.compare.portions import over_year, portion_of
from pipeline.compare.tasks import find_document
from pipeline.records import READABLE, Tracking, TrackingStatus
from pipeline.tables import Export

LEAST = 0.5  # likeness from which a result may answer a target; see test_tracking.py for pairs on either side
AGAIN = 0.62  # from which a result that answers one target may answer another (合法性审核率、报备率 for two of a plan)
SAME_NAME = 0.05  # what the very name of a target adds, of several results of one indicator
BESIDE = 0.15  # how much less alike another result may be that answers in its stead
SAME = 0.75  # from which the target of a report is the one that the plan repeats
REPORT_OUT = re.compile(
    r"(?:公开|公布|发布|公示|向社会).{0,12}法治政府.{0,8}报告|法治政府.{0,8}报告.{0,12}(?:公开|公布|发布|公示)"
)
STAGE = re.compile("阶段|^(?:动员|组织|安排)?(?:部署|实施|推进|总结)$|^(?:动员部署|组织实施|总结提升|检查验收)$")
PROMISES = ("plan", "outline", "notice", "other")


@dataclass(slots=True)
class Answers:
    """A report read for answers, and which of its results were needed."""

    paper: Filing
    results: list[Statement]
    baselines: list[Statement]
    stretches: list[tuple[int, int]]
    used: set[str] = field(default_factory=set)


def track_targets(export: Export, plan: str | None = None, report: str | None = None) -> pd.DataFrame:
    """Return what became of each target, and the results that no target asked for.

    Args:
        export: with both documents and their commitments.
        plan: names one document whose targets are tracked, as tasks.find_document takes it; by default every plan, and
            the next steps of every report.
        report: names one report that answers; by default every one of the same place on the years of the targets.

    Returns:
        Columns TRACKING: for each plan, and each year that reports answer, a row a target in reading order; then a row
        for each other result of each report.

    Raises:
        NotFoundError: no document is called so, or more than one.
    """
    papers = read_filings(export)
    asked = papers[find_document(export, plan)] if plan is not None else None
    answering = papers[find_document(export, report)] if report is not None else None
    plans = [asked] if asked else sorted(papers.values(), key=place_order)
    reports = [answering] if answering else [one for one in papers.values() if one.kind == "report"]
    read: dict[str, Answers] = {}
    rows: list[Tracking] = []
    tracked: dict[str, list[str]] = {}
    for paper in plans:
        targets = find_statements(export, paper.doc_id, ("target",))
        if asked is None:
            targets = _not_repeated(targets, paper, plans, export)
        mine = [one for one in reports if is_answer(paper, one, asked is not None and answering is not None)]
        if (answering and not mine) or not targets:
            continue
        for one in mine:
            tracked.setdefault(one.doc_id, []).append(paper.doc_id)
            if one.doc_id not in read:
                read[one.doc_id] = _answers(export, one)
        answers = [read[one.doc_id] for one in sorted(mine, key=place_order)]
        rows.extend(_track(targets, paper, answers, asked is not None and answering is not None))
    for doc_id in sorted(read, key=lambda one: place_order(papers[one])):
        rows.extend(_unasked(read[doc_id], tracked[doc_id], papers))
    return pd.DataFrame([astuple(row) for row in rows], columns=list(TRACKING)).astype(
        {"target": "string", "result": "string", "status": "string", "why": "string", "plan": "string",
         "report": "string", "score": "float64"}
    )  # fmt: skip


def _not_repeated(targets: list[Statement], paper: Filing, plans: Sequence[Filing], export: Export) -> list[Statement]:
    """Return the targets of a report's next steps that no plan for that year repeats; all those of a plan."""
    if paper.kind != "report":
        return targets
    repeated: set[str] = set()
    for plan in plans:
        if plan.kind in PROMISES and set(plan.years) & set(paper.years) and is_same_place(plan, paper):
            others = find_statements(export, plan.doc_id, ("target",))
            table = likeness_table(targets, others)
            repeated.update(targets[a].id for a, b in assign(table, SAME) if _is_same_demand(targets[a], others[b]))
    return [one for one in targets if one.id not in repeated]


def _is_same_demand(a: Statement, b: Statement) -> bool:
    one, other = a.measure, b.measure
    values = (one.value, one.value_max, one.unit) == (other.value, other.value_max, other.unit)
    return one.type == other.type and values and (one.type != "deadline" or one.deadline == other.deadline)


def _answers(export: Export, paper: Filing) -> Answers:
    return Answers(
        paper,
        find_statements(export, paper.doc_id, ("result",)),
        find_statements(export, paper.doc_id, ("baseline",)),
        told_stretches(paper.text, section_rows(export, paper.doc_id)),
    )


def _track(
    targets: Sequence[Statement], plan: Filing, answers: Sequence[Answers], is_asked_for: bool
) -> Iterator[Tracking]:
    """Yield a row for each target and year that a report answers; one for the target where none does.

    A report on a later year than the plan's answers only for what is due in it, or where both are asked for by name.
    """
    found = [(one, _answer_all(targets, plan, one)) for one in answers]
    for number, target in enumerate(targets):
        due = target.measure.deadline
        rows = [(one.paper, of_report[number]) for one, of_report in found]
        inside = [(paper, row) for paper, row in rows if is_asked_for or paper.year in plan.years]
        later = [(paper, row) for paper, row in rows if due and paper.year == due.year and paper.year not in plan.years]
        if not inside and not later:
            yield _unreported(target, plan)
        elif len(plan.years) > 1:
            timely = [one for one in inside if due is None or (one[0].year or 0) <= due.year]
            yield from _best_by_year([*timely, *later] or inside[:1])
        else:
            told = _best([row for _, row in later]) if later else None
            is_told = told is not None and (told.status in ("met", "not_met", "partly") or not inside)
            yield told if told and is_told else _best([row for _, row in inside])


def _best_by_year(rows: Sequence[tuple[Filing, Tracking]]) -> Iterator[Tracking]:
    for year in sorted({paper.year or 0 for paper, _ in rows}):
        yield _best([row for paper, row in rows if (paper.year or 0) == year])


def _best(rows: Sequence[Tracking]) -> Tracking:
    rank = {"met": 3, "not_met": 3, "partly": 3, "not_comparable": 1, "no_result": 0}
    return max(rows, key=lambda row: (rank.get(row.status, 0), row.score or 0.0))


def _unreported(target: Statement, plan: Filing) -> Tracking:
    years = f"{plan.years[0]}年度" if plan.years else ""
    why = f"目标{in_words(target.measure)}，尚无{plan.place}{plan.body or ''}{years}的报告"
    return Tracking(target.id, None, "no_result", why, plan.doc_id, None, None)


def _answer_all(targets: Sequence[Statement], plan: Filing, answers: Answers) -> list[Tracking]:
    """Return a row for each target, in their order."""
    valued = [one for one in targets if one.measure.type != "deadline"]
    table = likeness_table(valued, answers.results)
    places = [one.place for one in valued], [one.place for one in answers.results]
    named = [[SAME_NAME * _is_named_alike(one, other) for other in answers.results] for one in valued]
    worth = table + named if table.size else table
    chosen = dict(assign(worth, LEAST, places))
    taken = set(chosen.values())
    rows: dict[str, Tracking] = {}
    for at, target in enumerate(valued):
        scores = {column: float(table[at, column]) for column in range(len(answers.results))}
        near = [column for column in scores if scores[column] >= LEAST]
        near.sort(key=lambda column: -worth[at, column])
        free = [column for column in near if column == chosen.get(at) or column not in taken or scores[column] >= AGAIN]
        if at in chosen:
            free = [column for column in free if scores[column] >= scores[chosen[at]] - BESIDE]
            free.sort(key=lambda column: (column != chosen[at], -worth[at, column]))
        candidates = [(answers.results[column], scores[column]) for column in free]
        rows[target.id] = _of_value(target, candidates, plan, answers)
    for target in targets:
        if target.measure.type == "deadline":
            rows[target.id] = _of_date(target, plan, answers)
    for target in targets:
        if target.measure.type == "universal" and rows[target.id].status == "no_result":
            rows[target.id] = _with_its_count(target, valued, rows)
    return [rows[one.id] for one in targets]


def _is_named_alike(target: Statement, result: Statement) -> bool:
    """Say whether a result has the name of a target, or the end of it: 网办率 for 许可事项网办率."""
    asked, told = target.measure.subject, result.measure.subject
    return len(told) > 2 and asked.endswith(told) and target.measure.facets == result.measure.facets


def _with_its_count(target: Statement, targets: Sequence[Statement], rows: Mapping[str, Tracking]) -> Tracking:
    """Return the row of 全部 in 13个事项全部上线, which the count beside it answers."""
    for one in targets:
        is_count = one.measure.type == "quantity" and not one.measure.is_share
        gap = target.start - one.end
        is_beside = one.section_id == target.section_id and 0 <= gap < 30
        between = target.before[len(target.before) - gap :] if is_beside else ""
        if is_count and is_beside and rows[one.id].result and not re.search("[，,。；;]", between):
            return replace(rows[one.id], target=target.id, why=f"同一句的数已有答复：{rows[one.id].why}")
    return rows[target.id]


def _of_value(
    target: Statement, candidates: Sequence[tuple[Statement, float]], plan: Filing, answers: Answers
) -> Tracking:
    """Return the row of a target with a value: the first of *candidates* that can be held against it answers."""
    if not candidates:
        return _unanswered(target, plan, answers)
    tried = [(one, score, _meeting(target, one, answers)) for one, score in _whole_first(target, candidates)]
    best, score, meeting = next((one for one in tried if one[2].status != "not_comparable"), tried[0])
    others = [one for one, _ in candidates if one is not best and set(one.measure.indicators) & _ids(target)]
    meeting = over_year(target, best, meeting, answers.results)
    meeting = _jointly(target, best, meeting, answers)
    meeting = _in_time(target, best, meeting, answers.paper)
    used = [best, *others]
    if not (set(best.measure.indicators) & _ids(target)) and meeting.status == "not_comparable":
        used = [best]
    answers.used.update(one.id for one in used)
    words = meeting.words
    if named := [one.measure.printed for one in others if one.measure.printed not in words]:
        words += f"；报告另有{'、'.join(dict.fromkeys(named))}"
    return Tracking(target.id, best.id, meeting.status, words, plan.doc_id, answers.paper.doc_id, score)


def _whole_first(target: Statement, candidates: Sequence[tuple[Statement, float]]) -> Sequence[tuple[Statement, float]]:
    """Return the results with those of a part of the year or of the cases behind the others of the same thing."""
    first = candidates[0][0]

    def is_behind(one: Statement) -> bool:
        is_kin = bool(_ids(one) & _ids(first)) or one.measure.subject == first.measure.subject
        return not is_kin or portion_of(one) is not None or bool(part_of_whole(target.measure, one.measure))

    return sorted(candidates, key=lambda pair: is_behind(pair[0])) if portion_of(target) is None else candidates


def _ids(statement: Statement) -> set[str]:
    return set(statement.measure.indicators)


def _meeting(target: Statement, result: Statement, answers: Answers) -> Meeting:
    measure = result.measure
    if target.measure.is_change and not measure.is_change:
        base = next((one for one in answers.baselines if _is_base(one, result)), None)
        changed = change_between(base.measure, measure, target.measure) if base else None
        measure = changed or measure
    return meets(target.measure, measure, asked=target.before, told=result.before)


def _is_base(baseline: Statement, result: Statement) -> bool:
    """Say whether a baseline opens the change that ends in a result: 由90人增加到110人."""
    return (
        baseline.section_id == result.section_id
        and baseline.measure.subject == result.measure.subject
        and 0 < result.start - baseline.end < 20
    )


def _jointly(target: Statement, best: Statement, meeting: Meeting, answers: Answers) -> Meeting:
    """Return what a joint target is when its parts are answered apart, or only some of them."""
    parts = parts_of(target.measure.subject)
    if len(parts) < 2 or meeting.status not in ("met", "not_met"):
        return meeting
    missing = [part for part in parts if not names_part(best, part, parts)]
    named = "、".join(part for part in parts if part not in missing)
    words = f"{named}：{meeting.words}" if missing else meeting.words
    statuses = {meeting.status}
    for part in list(missing):
        for one in answers.results:
            is_other = one is not best and portion_of(one) is None and part in own_parts(one, parts)
            if is_other and likeness(target, one) >= LEAST:
                met = meets(target.measure, one.measure, asked=target.before, told=one.before)
                if met.status in ("met", "not_met"):
                    statuses.add(met.status)
                    words += f"；{part}：{met.words}"
                    missing.remove(part)
                    answers.used.add(one.id)
                    break
    if missing:
        return Meeting("partly", f"{words}；报告没有说到{'、'.join(missing)}")
    return Meeting("partly" if len(statuses) > 1 else meeting.status, words)


def _in_time(target: Statement, result: Statement, meeting: Meeting, paper: Filing) -> Meeting:
    """Return the meeting with what is known of its date."""
    due = target.measure.deadline
    if due is None or paper.year is None:
        return meeting
    if meeting.status == "not_met" and due.year > paper.year:
        return Meeting("partly", f"{meeting.words.removesuffix('，未达到目标')}，期限{_day(due)}未到")
    if meeting.status not in ("met", "partly") or due >= date(paper.year, 12, 31):
        return meeting
    clause = re.split("[，,；;：:]", result.before)[-1]
    moment = find_moment(clause, paper.year) or find_moment(result.before, paper.year)
    if moment is None or moment.first.year < due.year:
        return replace(meeting, words=f"{meeting.words}；报告没有写明时间，是否在{_day(due)}前完成需另行核实")
    if moment.last <= due:
        return replace(meeting, words=f"{meeting.words}，时间为{moment.words}，按期")
    if moment.first > due:
        return Meeting("partly", f"{meeting.words}，但时间为{moment.words}，晚于{_day(due)}")
    return replace(meeting, words=f"{meeting.words}；报告只写{moment.words}，看不出是否在{_day(due)}前")


def _of_date(target: Statement, plan: Filing, answers: Answers) -> Tracking:
    """Return the row of a target that is nothing but a date, by what the report says in words."""
    paper, due = answers.paper, target.measure.deadline
    if due and _asks_for_report(target) and paper.year in (due.year, due.year - 1):
        return Tracking(target.id, None, *_publication(due, paper), plan.doc_id, paper.doc_id, None)
    task = target.measure.subject or target.before
    if "stage_deadline" in target.measure.indicators or STAGE.search(task):
        return _unanswered(target, plan, answers)
    found = find_completion(paper.text, answers.stretches, task, paper.year, _names_of(target))
    if found is None:
        return _unanswered(target, plan, answers)
    status, why = _judged(target, found, paper)
    inside = [one for one in answers.results if found.start <= one.start and one.end <= found.end]
    answers.used.update(one.id for one in inside)
    result = inside[0].id if inside else None
    return Tracking(target.id, result, status, why, plan.doc_id, paper.doc_id, found.score)


def _names_of(target: Statement) -> list[str]:
    """Return what else the indicators of a target are called."""
    known = synonyms()
    return [name for each in target.measure.indicators for name in known.get(each, ())]


def _asks_for_report(target: Statement) -> bool:
    words = f"{target.measure.subject} {target.quote}"
    return "annual_report_deadline" in target.measure.indicators or bool(REPORT_OUT.search(words))


def _publication(due: date, paper: Filing) -> tuple[TrackingStatus, str]:
    opening = f"目标{_day(due)}前公开"
    if paper.published is None:
        return "not_comparable", f"{opening}，{paper.year}年度报告没有公布日期"
    if paper.published <= due:
        return "met", f"{opening}，{paper.year}年度报告{_day(paper.published)}公布"
    late = f"{opening}，{paper.year}年度报告页面日期为{_day(paper.published)}"
    return "not_comparable", f"{late}，可能是转载日期，看不出首次公开的日期"


def _judged(target: Statement, found: Completion, paper: Filing) -> tuple[TrackingStatus, str]:
    due = target.measure.deadline
    opening = f"目标{in_words(target.measure)}完成，报告写“{found.quote}”" if due else (
        f"目标{target.measure.printed}，报告写“{found.quote}”")  # fmt: skip
    if due is None:
        return "not_comparable", f"{opening}；没有写明次数和日期"
    if found.doubt:
        return "not_comparable", f"{opening}；同一句又写“{found.doubt}”，看不出是否完成"
    if found.is_pending:
        is_open = paper.year is not None and due.year > paper.year
        return ("partly", f"{opening}，期限未到") if is_open else ("not_met", f"{opening}，未完成")
    if found.moment is None:
        if paper.year is not None and due >= date(paper.year, 12, 31):
            return "met", f"{opening}，报告年度内已完成"
        return "not_comparable", f"{opening}；没有写明日期，看不出是否按期"
    return _against(due, found.moment, opening)


def _against(due: date, moment: Moment, opening: str) -> tuple[TrackingStatus, str]:
    if moment.last <= due:
        return "met", f"{opening}，按期"
    if moment.first > due:
        return "not_met", f"{opening}，晚{(moment.first - due).days}天"
    return "not_comparable", f"{opening}；只写{moment.words}，看不出是否按期"


def _unanswered(target: Statement, plan: Filing, answers: Answers) -> Tracking:
    paper, due = answers.paper, target.measure.deadline
    words = f"目标{in_words(target.measure)}，{paper.year or ''}年度报告中没有找到可以直接对照的数或者说法"
    if due and paper.year and due.year > paper.year:
        words += f"，期限{_day(due)}在报告年度之后"
    if paper.quality < READABLE:
        words += "（报告正文没有读全，不能断定）"
    return Tracking(target.id, None, "no_result", words, plan.doc_id, paper.doc_id, None)


def _unasked(answers: Answers, plans: Sequence[str], papers: Mapping[str, Filing]) -> Iterator[Tracking]:
    real = [one for one in plans if papers[one].kind != "report"] or list(plans)
    plan = real[0] if len(real) == 1 else None
    for one in answers.results:
        if one.id not in answers.used:
            why = f"报告{in_words(one.measure)}，没有对应的目标"
            yield Tracking(None, one.id, "no_target", why, plan, answers.paper.doc_id, None)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
