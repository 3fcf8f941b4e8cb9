"""Which papers are compared together: those of one place, and whatever belongs to them by a bundle of several places.

Whether two papers are of one place is said by `compare.papers.is_same_place`. A circle holds all that may be, at least:
a name without a code may be that of any place whose name ends so, and a publication stays whole.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from pipeline import derived

if TYPE_CHECKING:
    from pipeline.workspace.view import Shelved

OF_PLACE = ("jurisdiction", "jurisdiction_code")  # fields of a document


@dataclass(frozen=True, slots=True)
class Circle:
    """Papers that are compared together."""

    name: str  # a place among theirs, for people
    publications: frozenset[str]
    documents: frozenset[str]


class _Sets:
    """Things that belong together, by pairs of them."""

    def __init__(self) -> None:
        self._over: dict[str, str] = {}

    def find(self, one: str) -> str:
        """Return what stands for all that belong with one."""
        while (over := self._over.setdefault(one, one)) != one:
            self._over[one] = one = self._over.setdefault(over, over)
        return one

    def join(self, one: str, other: str) -> None:
        """Put two things together; of the two that stand for them the smaller one goes on to."""
        first, second = sorted((self.find(one), self.find(other)))
        self._over[second] = first


def find_circles(tx: Connection, shelved: "Sequence[Shelved]", changed: Collection[str]) -> Iterator[Circle]:
    """Yield the circles of all documents that are valid, in the order of their names.

    Args:
        tx: a connection to the database of a workspace.
        shelved: the documents.
        changed: publications that may have been of another place before.
    """
    sets, names, bare = _Sets(), defaultdict[str, set[str]](set), set[str]()
    told = [(each.publication_id, each.jurisdiction, each.jurisdiction_code) for each in shelved]
    for publication, name, code in [*told, *_before(tx, changed), *_by_people(tx)]:
        place = f"code {code}" if code else f"name {name}"
        if name or code:
            sets.join(f"publication {publication}", place)
        if name:
            names[name].add(place)
        if name and not code:
            bare.add(name)
    for name, other in _alike(names, bare):
        for place in names[other]:
            sets.join(f"name {name}", place)
    members = defaultdict[str, list[Any]](list)
    for each in shelved:
        members[sets.find(f"publication {each.publication_id}")].append(each)
    circles = [
        Circle(
            min((each.jurisdiction for each in papers if each.jurisdiction), default=""),
            frozenset(each.publication_id for each in papers),
            frozenset(each.doc_id for each in papers),
        )
        for papers in members.values()
    ]
    yield from sorted(circles, key=lambda circle: (circle.name, min(circle.publications)))


def _before(tx: Connection, publications: Collection[str]) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield publications with the places that they ever had."""
    paper, version = derived.papers.c, derived.versions.c
    chosen = select(version.publication_id, paper.jurisdiction, paper.jurisdiction_code)
    joined = chosen.join_from(derived.papers, derived.versions)
    for row in tx.execute(joined.where(version.publication_id.in_(sorted(publications))).distinct()):
        yield row.publication_id, row.jurisdiction, row.jurisdiction_code


def _by_people(tx: Connection) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield publications with the places that people say they are of."""
    of = derived.corrections.c
    chosen = select(of.publication_id, of.field, of.value).where(of.record == "document", of.field.in_(OF_PLACE))
    for row in tx.execute(chosen):
        value = str(row.value) if row.value else None
        yield (row.publication_id, value, None) if row.field == OF_PLACE[0] else (row.publication_id, None, value)


def _alike(names: Mapping[str, Collection[str]], bare: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield names without a code with the other names that may be of the same place: one ends with the other."""
    ending = defaultdict[str, list[str]](list)
    for name in sorted(names):
        for start in range(1, len(name)):
            ending[name[start:]].append(name)
    for name in sorted(bare):
        for other in ending.get(name, ()):
            yield name, other
        for start in range(len(name)):
            if name[start:] in names:
                yield name, name[start:]
