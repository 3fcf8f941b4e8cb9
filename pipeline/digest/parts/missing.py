"""Tasks of a reference that the newest plan and report of a place leave out; what is unknown is not missing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from pipeline.derived import coverages, sections
from pipeline.digest import weights
from pipeline.digest.known import Known
from pipeline.digest.material import Atom, Sheaf
from pipeline.digest.papers import Paper
from pipeline.digest.parts.documents import first_brought
from pipeline.digest.phrases import brief, called, marked, named, sentence, short_title
from pipeline.digest.scene import Scene
from pipeline.reference import LAW_MAKING, outline
from pipeline.report.words import OUTLINE, OUTLINE_NAME
from pipeline.tables import numbered

AIMS = 1  # the heading of guiding ideas and goals, which are no tasks
LOW = ("county", "township", "other")
PLANS = ("plan", "outline", "notice")  # a plan before an outline, and these before a notice on one matter


@dataclass(frozen=True, slots=True)
class Held:
    """What documents are held against."""

    id: str
    name: str  # with book-title marks
    items: Mapping[str, tuple[str, int | None]]  # number and title, and heading
    paper: Paper | None = None


def find(scene: Scene) -> Iterator[Atom]:
    """Yield a line for each task that a document leaves out, bound together by document and reference."""
    rows, known_before, added = _rows(scene), _missing_before(scene), first_brought(scene)
    for held in references(scene):
        about = _newest(scene.known, held)
        for row in rows.get(held.id, ()):
            paper = about.get(row.doc_id)
            if paper is None or row.item not in held.items:
                continue
            if held.id == OUTLINE and paper.level in LOW and row.item in LAW_MAKING:
                continue
            is_new = row.cause == "source" and scene.is_in_window(row.since_id) and not scene.facts.is_first
            is_new = is_new and paper.publication_id not in added
            was_missing = (held.id, row.item, paper.publication_id) in known_before
            yield _atom(scene, held, paper, row, is_new=is_new and not was_missing)


def references(scene: Scene) -> list[Held]:
    """Return what documents are held against, the outline first."""
    asked = select(coverages.c.reference).distinct().where(scene.known.view.valid(coverages))
    found = sorted(scene.known.tx.execute(asked).scalars(), key=lambda one: (one != OUTLINE, one))
    held = []
    for reference in found:
        paper = scene.known.by_doc.get(reference)
        if reference == OUTLINE:
            asks = [item for item in outline().items if item.heading != AIMS]
            items = {item.id: (f"{item.id} {item.title}", item.heading) for item in asks}
            one = Held(OUTLINE, OUTLINE_NAME, items)
        elif paper is None:
            continue
        else:
            one = Held(reference, called(paper), _tasks(scene.known, paper), paper)
        if scene.references is None or is_asked_for(one, scene.references):
            held.append(one)
    return held


def is_asked_for(held: Held, asked: Sequence[str]) -> bool:
    """Say whether the configuration asks for a reference: the outline, or a plan by id, name or title."""
    if held.paper is None:
        return OUTLINE in asked
    names = (held.id, held.paper.name, held.paper.name.rsplit("/", 1)[-1], held.paper.title)
    return any(one in names or one in (held.paper.title or "") for one in asked)


def _tasks(known: Known, paper: Paper) -> dict[str, tuple[str, int | None]]:
    """Return the sections of a plan by their ids, of which some are tasks."""
    of = sections.c
    asked = select(of.section_id, of.number, of.title, of.start, of.end, of.heading).where(of.paper_id == paper.id)
    text = known.text(paper)
    return {
        row.section_id: (numbered(row.number, row.title) or brief(text[row.start : row.end]), row.heading)
        for row in known.tx.execute(asked)
    }


def _rows(scene: Scene) -> dict[str, list[Any]]:
    of = coverages.c
    columns = [of[name] for name in ("id", "reference", "item", "doc_id", "nearest", "cause", "since_id")]
    asked = select(*columns).where(scene.known.view.valid(coverages), of.status == "missing")
    found: dict[str, list[Any]] = {}
    for row in sorted(scene.known.tx.execute(asked), key=lambda row: int(row.id)):
        found.setdefault(row.reference, []).append(row)
    return found


def _missing_before(scene: Scene) -> set[tuple[str, str, str]]:
    """Return what the last digest knew to be missing: reference, item and publication.

    A document that changes has another id, and its tasks are judged anew.
    """
    of, facts = coverages.c, scene.facts
    asked = select(of.reference, of.item, of.doc_id).where(
        of.status == "missing", of.since_id <= facts.after, of.until_id > facts.after
    )
    rows = scene.known.tx.execute(asked).all()
    publications = scene.known.publications_of({row.doc_id for row in rows})
    return {(row.reference, row.item, one) for row in rows for one in publications.get(row.doc_id, ())}


def _newest(known: Known, held: Held) -> dict[str, Paper]:
    """Return the newest plan and the newest report of each place by their ids.

    Of a plan as reference those on its year are looked at, and not those of its own place.
    """
    best: dict[tuple[str, str], tuple[tuple[Any, ...], Paper]] = {}
    for paper in known.papers:
        what = "report" if paper.kind == "report" else "plan" if paper.kind in PLANS else ""
        if not what or not paper.is_of_government or paper.doc_id == held.id or paper.publication_id in known.gone:
            continue
        place = known.spot(paper).key
        if held.paper and (paper.year != held.paper.year or place == known.spot(held.paper).key):
            continue
        order = -PLANS.index(paper.kind) if what == "plan" else 0
        rank = (paper.year or 0, order, paper.published or date.min, paper.doc_id)
        key = (place or paper.doc_id, what)
        if key not in best or best[key][0] < rank:
            best[key] = rank, paper
    return {paper.doc_id: paper for _, paper in best.values()}


def _atom(scene: Scene, held: Held, paper: Paper, row: Any, *, is_new: bool) -> Atom:
    name, heading = held.items[row.item]
    opening = f"{named(scene.known, paper)}对照{held.name}"
    against = "纲要" if held.paper is None else short_title(held.paper)
    nearest = next(iter(row.nearest or ()), None)
    proof = [scene.ledger.of_paper(paper)]
    if nearest:
        proof.append(
            scene.ledger.of_stretch(
                paper, int(nearest["start"]), int(nearest["end"]), nearest.get("section_id") or None
            )
        )
    line = scene.line(
        "missing", weights.MISSING_NEW if is_new else weights.MISSING,
        sentence(f"{opening}，未见“{name}”", "最接近的表述见依据" if nearest else ""),
        held.id, row.item, paper.doc_id,
        spot=scene.known.spot(paper), evidence=proof, headings=[heading] if heading is not None else [],
        cells={
            "文件": short_title(paper), "对照": against, "缺少": name, "本期新出现": "是" if is_new else "",
        },
    )  # fmt: skip
    sheaf = Sheaf(
        ("missing", held.id, paper.doc_id), f"{opening}，缺", "项：", 0,
        {"文件": short_title(paper), "对照": against}, "缺少",
    )  # fmt: skip
    rank = (int(row.item) if row.item.isdecimal() else row.id,)
    return Atom(line, marked(name).strip("《》") if held.paper is None else name, sheaf, rank=rank)
