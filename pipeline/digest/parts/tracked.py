"""What new reports answer to targets, with the arithmetic; reports of years ago are bound together."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import or_, select

from pipeline.derived import trackings
from pipeline.digest import weights
from pipeline.digest.material import Atom, Sheaf
from pipeline.digest.papers import Paper, Promise
from pipeline.digest.phrases import TRACKINGS, brief, named, sentence, short_title, who
from pipeline.digest.scene import Scene
from pipeline.digest.spots import NOWHERE

TOLD = ("not_met", "partly", "met", "not_comparable")
RECENT = 2  # years back from the digest's own; what older reports say is bound together


@dataclass(frozen=True, slots=True)
class Answered:
    """A row of the tracking, with what it names."""

    id: int
    status: str
    why: str
    target: Promise | None
    result: Promise | None
    plan: Paper | None
    report: Paper | None


def find(scene: Scene) -> Iterator[Atom]:
    """Yield a line for each target that was answered since the last digest; those of old reports are bound together."""
    for row in _rows(scene):
        is_first = scene.facts.is_first and row.status != "not_met"
        is_bound = row.report is not None and (is_first or _is_old(scene, row.report))
        yield _atom(scene, row, is_bound=is_bound)


def _is_old(scene: Scene, report: Paper) -> bool:
    return report.year is not None and report.year < scene.sunday.year - RECENT


def _rows(scene: Scene) -> list[Answered]:
    of, facts, known = trackings.c, scene.facts, scene.known
    window = (of.since_id > facts.after) & (of.since_id <= known.cut)
    names = [of[name] for name in ("id", "place", "target", "result", "status", "why", "plan", "report")]
    fresh = select(*names).where(
        window, known.view.valid(trackings), of.cause == "source", of.status.in_(TOLD), of.target.is_not(None)
    )
    found = sorted(known.tx.execute(fresh), key=lambda row: int(row.id))
    # A row that only names other ids, since a text has moved, is no news.
    ended = (of.until_id > facts.after) & (of.until_id <= known.cut) & or_(of.since_id <= facts.after)
    earlier = Counter(
        (row.place, row.status, row.why)
        for row in known.tx.execute(select(of.place, of.status, of.why).where(ended, of.status.in_(TOLD)))
    )
    kept = []
    for row in found:
        key = (row.place, row.status, row.why)
        if earlier[key]:
            earlier[key] -= 1
        else:
            kept.append(row)
    if facts.is_first:  # what reports of long ago answered is no news of the week in which they were all found
        kept = [row for row in kept if row.report in known.by_doc and not _is_old(scene, known.by_doc[row.report])]
    promises = known.promises({one for row in kept for one in (row.target, row.result) if one})
    return [
        Answered(
            row.id, row.status, row.why, promises.get(row.target), promises.get(row.result),
            known.by_doc.get(row.plan), known.by_doc.get(row.report),
        )
        for row in kept
    ]  # fmt: skip


def _atom(scene: Scene, row: Answered, *, is_bound: bool) -> Atom:
    paper = row.plan or row.report
    about = [one for one in (row.target, row.result) if one]
    label = TRACKINGS[row.status]
    subject = row.target.about if row.target else ""
    place = who(scene.known, paper) if paper else ""
    cells = {
        "结论": label,
        "事项": brief(subject, 60),
        "目标": row.target.quote if row.target else "",
        "结果": row.result.quote if row.result else "",
        "算式和理由": row.why,
        "计划": short_title(row.plan) if row.plan else "",
        "报告": short_title(row.report) if row.report else "",
    }
    proof = [*scene.ledger.of_promises(row.target, row.result)]
    if row.report and not row.result:
        proof.append(scene.ledger.of_paper(row.report))
    line = scene.line(
        "tracked", weights.ANSWERED_EARLIER if is_bound else weights.TRACKED[row.status],
        sentence(f"{place}“{brief(subject)}”{label}", row.why),
        row.status, row.target.commitment_id if row.target else row.id, row.report.doc_id if row.report else "",
        spot=scene.known.spot(paper) if paper else NOWHERE,
        cells=cells, about=about, evidence=proof or ([scene.ledger.of_paper(paper)] if paper else []),
    )  # fmt: skip
    if not (is_bound and row.report):
        return Atom(line)
    sheaf = Sheaf(
        ("tracked", row.report.doc_id, row.status),
        f"{named(scene.known, row.report)}对照此前的目标，{label}", "项，如：", 0,
        {"结论": label, "报告": short_title(row.report)}, "事项", (scene.ledger.of_paper(row.report),),
    )  # fmt: skip
    return Atom(line, brief(subject), sheaf, rank=(row.id,))
