"""All that a digest tells, for whoever reads it: a pure function of a week, its events, and what was known then."""

from collections.abc import Callable, Iterator, Sequence

from pipeline.digest.evidence import Ledger
from pipeline.digest.facts import Facts
from pipeline.digest.known import Known
from pipeline.digest.material import Atom, Material
from pipeline.digest.parts import (
    changes,
    counted,
    documents,
    doubtful,
    due,
    gone,
    missing,
    sources,
    tracked,
    unpublished,
)
from pipeline.digest.scene import Event, Scene
from pipeline.weeks import Week
from pipeline.workspace.view import View

PARTS: tuple[Callable[[Scene], Iterator[Atom]], ...] = (
    documents.find,
    changes.find,
    gone.find,
    sources.find,
    tracked.find,
    due.find,
    missing.find,
    unpublished.find,
    doubtful.find,
)


def gather(
    view: View,
    week: Week,
    events: Sequence[Event],
    *,
    facts: Facts,
    references: Sequence[str] | None = None,
) -> Material:
    """Return what the digest of a week is made of.

    Args:
        view: what was known at the cut; a cut of 0 where nothing was.
        week: that is over. Days are counted from its Sunday.
        events: those that this digest tells of.
        facts: noted when it was sealed.
        references: what documents are held against, as the configuration names it; all that they were held against
            by default.
    """
    known = Known(view, facts)
    scene = Scene(week, known, Ledger(known), facts, tuple(events), None if references is None else tuple(references))
    atoms = tuple(atom for find in PARTS for atom in find(scene))
    evidence = scene.ledger.chosen(
        one for atom in atoms for one in (*atom.line.evidence, *(atom.sheaf.evidence if atom.sheaf else ()))
    )
    return Material(
        week=week,
        atoms=atoms,
        evidence=evidence,
        tallies=counted.tallies(scene),
        last_week=facts.last_week,
        is_first=facts.is_first,
        is_checked=facts.is_crawled or not facts.sources,
        is_known=bool(known.cut) or bool(events),
        is_behind=facts.is_behind,
        rederived=counted.rederived(scene),
        references=tuple(held.name for held in missing.references(scene)),
        notes=tuple(_absent(scene)),
    )


def _absent(scene: Scene) -> Iterator[str]:
    """Yield which references the configuration names that nothing is held against."""
    held = missing.references(scene)
    for wanted in scene.references or ():
        if not any(missing.is_asked_for(one, (wanted,)) for one in held):
            yield f"对照文件“{wanted}”尚未收录，或者没有可以对照的文件。"
