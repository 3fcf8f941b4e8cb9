"""Annual reports that were not published by 1 April, by place.

Governments publish the report on a year before 1 April of the next one. A place is asked for it where a source of ours
is its own, or where it has published as a government before. Where its pages could not be read, nobody can say.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from pipeline.digest import weights
from pipeline.digest.facts import SourceFact
from pipeline.digest.material import Atom
from pipeline.digest.papers import Paper, day_of
from pipeline.digest.parts.sources import state_words
from pipeline.digest.phrases import called, gone_mark, listed, sentence, short_title
from pipeline.digest.records import Counts
from pipeline.digest.scene import Scene
from pipeline.digest.spots import Spot

GOVERNMENTS = ("province", "prefecture", "county")  # whose own publications ask for more, without a source of theirs
NOT_ASKED = ("national",)


@dataclass(slots=True)
class Reporter:
    """A place that has to report."""

    spot: Spot
    sources: list[SourceFact] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)  # of its government
    reports: list[Paper] = field(default_factory=list)  # of these, its annual reports, the newest first
    hosts: dict[str, SourceFact] = field(default_factory=dict)  # sources at which its reports were found


def deadline(scene: Scene) -> date:
    """Return 1 April of the year in which the week ends."""
    return date(scene.sunday.year, 4, 1)


def find(scene: Scene) -> Iterator[Atom]:
    """Yield a line for each place whose report is not public after 1 April, and for each of which nobody can say."""
    if scene.sunday < deadline(scene):
        return
    for reporter in reporters(scene):
        if not _report(scene, reporter):
            yield _atom(scene, reporter, _why_unknown(scene, reporter))


def count(scene: Scene) -> dict[str, tuple[Spot, Counts]]:
    """Return of each place that has to report whether it has, by the key of the place."""
    found = {}
    for one in reporters(scene):
        is_out = _report(scene, one) is not None
        is_unknown = not is_out and bool(_why_unknown(scene, one))
        counts = Counts(reports_expected=1, reports_published=int(is_out), reports_unknown=int(is_unknown))
        found[one.spot.key] = one.spot, counts
    return found


def reporters(scene: Scene) -> list[Reporter]:
    """Return the places that have to report, by their keys."""
    found: dict[str, Reporter] = {}
    spots = scene.known.spots.of_sources
    for source in scene.known.sources.values():
        spot = spots[source.id]
        if spot.name and spot.level not in NOT_ASKED:
            found.setdefault(spot.key, Reporter(spot)).sources.append(source)
    for paper in scene.known.papers:
        spot = scene.known.spot(paper)
        if not (spot.name and paper.is_of_government):
            continue
        if spot.key not in found and paper.level in GOVERNMENTS:
            found[spot.key] = Reporter(spot)
        if reporter := found.get(spot.key):
            reporter.papers.append(paper)
            source_id = scene.known.source_of(paper.publication_id)
            if paper.kind == "report" and source_id in scene.known.sources:
                reporter.hosts[source_id] = scene.known.sources[source_id]
    for one in found.values():
        reports = [paper for paper in one.papers if paper.kind == "report" and paper.year]
        one.reports = sorted(reports, key=lambda paper: (-(paper.year or 0), paper.doc_id))
    return [found[key] for key in sorted(found)]


def _report(scene: Scene, reporter: Reporter) -> Paper | None:
    """Return the report that is asked for, if it is to be had."""
    return next(
        (one for one in reporter.reports if one.year == scene.awaited and one.publication_id not in scene.known.gone),
        None,
    )


def _why_unknown(scene: Scene, reporter: Reporter) -> str:
    """Return why nobody can say whether a report is public; "" where somebody can."""
    asked = reporter.sources or list(reporter.hosts.values())
    if not asked:
        return "没有采集该地区的来源"
    for source in asked:  # a report may stand on the very one that could not be read
        state = scene.known.states[source.id]
        if not state.is_read:
            return f"来源“{source.name}”{state_words(state)}"
        if source.id in scene.facts.partial:
            return f"来源“{source.name}”尚未采集完整"
    return ""


def _atom(scene: Scene, reporter: Reporter, unknown: str) -> Atom:
    due, year = deadline(scene), scene.awaited
    days = (scene.sunday - due).days
    withdrawn = next((one for one in reporter.reports if one.year == year), None)
    last = next((one for one in reporter.reports if one is not withdrawn), None)
    is_replaced = withdrawn is not None and scene.known.gone_for.get(withdrawn.publication_id) == "removed"
    went = "曾经公布，原网址上已是别的内容" if is_replaced else "曾经公布，现已撤下"
    state = "未能采集" if unknown else went if withdrawn else "未见公布"
    late = f"已超过4月1日的规定期限{days}天" if days else "4月1日的规定期限刚到"
    before = f"最近一份是{called(last)}{gone_mark(scene.known, last)}" if last else "此前各年度的报告也没有采集到"
    if unknown:
        words = sentence(f"{reporter.spot.name}：{unknown}，未能采集，不能判断{year}年度报告是否公布")
    elif withdrawn:
        words = sentence(f"{reporter.spot.name}：{year}年度报告{called(withdrawn)}{went}", late)
    else:
        words = sentence(f"{reporter.spot.name}：未见公布{year}年度法治政府建设报告", late, before)
    asked = reporter.sources or list(reporter.hosts.values())
    cells = {
        "年度": str(year),
        "情况": state,
        "已超过": "" if unknown else f"{days}天",
        "最近一份报告": short_title(last) + gone_mark(scene.known, last) if last else "",
        "来源": listed([source.name for source in asked], unit="个") or "无",
    }
    weight = weights.UNPUBLISHED_NEW if scene.sunday.month == due.month else weights.UNPUBLISHED
    line = scene.line(
        "unpublished", weights.UNKNOWN_REPORT if unknown else weight, words, year, reporter.spot.key,
        spot=reporter.spot, cells=cells, evidence=_proof(scene, reporter, [withdrawn, last]),
    )  # fmt: skip
    return Atom(line, crowd=str(year))


def _proof(scene: Scene, reporter: Reporter, papers: list[Paper | None]) -> list[str]:
    proof = [_answer(scene, one) for one in reporter.sources or reporter.hosts.values()]
    proof += [scene.ledger.of_paper(one) for one in papers if one]
    if not proof:
        proof = [scene.ledger.of_paper(one) for one in reporter.papers[:1]]
    return proof


def _answer(scene: Scene, source: SourceFact) -> str:
    """Return the evidence of what a source has: its lists without the report, or why nobody knows."""
    state = scene.known.states[source.id]
    if not state.is_read:
        return scene.ledger.of_source(source, state.words, day_of(state.at or None))
    at = state.at if source.id in scene.facts.unchecked else scene.known.observed
    return scene.ledger.of_source(source, f"栏目已读取，没有{scene.awaited}年度报告", day_of(at or None))
