"""What is counted and not told one by one, by place, so that each reader's counts are those of the reader's places."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select

from pipeline.derived import derivations
from pipeline.digest.material import Tally
from pipeline.digest.parts import due, unpublished
from pipeline.digest.records import Counts
from pipeline.digest.scene import Event, Scene
from pipeline.digest.spots import NOWHERE, Spot


def tallies(scene: Scene) -> tuple[Tally, ...]:
    """Return the counts of each place, in the order of their keys."""
    spots: dict[str, Spot] = {}
    found: dict[str, Counts] = defaultdict(Counts)

    def add(spot: Spot, counts: Counts) -> None:
        spots.setdefault(spot.key, spot)
        found[spot.key] = found[spot.key] + counts

    for spot, number in _publications(scene).items():
        add(spot, Counts(publications=number))
    for source_id in scene.known.sources:
        spot = scene.known.spots.of_sources[source_id]
        add(spot, Counts(sources=1, sources_good=int(scene.known.states[source_id].is_good)))
    for event in scene.events:
        add(_spot(scene, event), _of_event(event))
    papers = {one.id: one for one in scene.known.papers}
    for paper_id, number in due.count_long_overdue(scene).items():
        add(scene.known.spot(papers[paper_id]), Counts(long_overdue=number))
    for spot, counts in unpublished.count(scene).values():
        add(spot, counts)
    return tuple(_tally(spots[key], found[key]) for key in sorted(found))


def _tally(spot: Spot, counts: Counts) -> Tally:
    is_place = bool(spot.name) and bool(counts.publications or counts.sources)
    return Tally(spot.name, spot.code, spot.parents, replace(counts, places=int(is_place)))


def rederived(scene: Scene) -> int:
    """Return how many documents of all places were read anew under other rules since the last digest."""
    of = derivations.c
    asked = select(of.counts).where(of.id > scene.facts.after, of.id <= scene.known.cut, of.state == "ended")
    same = sum(int(counts.get("rechecked") or 0) for counts in scene.known.tx.execute(asked).scalars())
    return same + len(scene.told("reextracted"))


def _publications(scene: Scene) -> Counter[Spot]:
    by_key: dict[str, Spot] = {}
    found: Counter[Spot] = Counter()
    for paper in scene.known.by_publication.values():
        spot = scene.known.spot(paper)
        found[by_key.setdefault(spot.key, spot)] += 1
    return found


def _spot(scene: Scene, event: Event) -> Spot:
    if event.publication_id and (paper := scene.known.by_publication.get(event.publication_id)):
        return scene.known.spot(paper)
    source = event.source_id or scene.known.source_of(event.publication_id or "")
    return scene.known.spots.of_sources.get(source, NOWHERE)


def _of_event(event: Event) -> Counts:
    match event.kind:
        case "furniture":
            return Counts(furniture=1)
        case "copy":
            return Counts(copies=1)
        case "reextracted":
            told = [event.data.get(name) or {} for name in ("sections", "commitments")]
            return Counts(
                rederived=1, rederived_otherwise=1, records_added=_sum(told, "added"),
                records_dropped=_sum(told, "dropped"), records_changed=_sum(told, "changed"),
            )  # fmt: skip
    return Counts()


def _sum(told: list[Mapping[str, int]], name: str) -> int:
    return sum(int(each.get(name) or 0) for each in told)
