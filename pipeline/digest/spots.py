"""Which place a source or a document belongs to, and which places lie above it.

A place of the list of GB/T 2260 is told by its code. A town, a new area or an invented place has none: it is told by
its name and those of the places above it, as the table of sources has them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipeline.places import Place, find_place, places_by_code


@dataclass(frozen=True, slots=True)
class Spot:
    """A place."""

    name: str = ""
    code: str = ""
    parents: tuple[str, ...] = ()  # the nearest first
    level: str = ""

    @property
    def key(self) -> str:
        """What is one place."""
        return self.code or " ".join((self.name, *self.parents))


NOWHERE = Spot()


@cache
def spot_of_code(code: str) -> Spot | None:
    """Return the place of a code, None where the list has none."""
    place: Place | None = places_by_code().get(code)
    return Spot(place.name, place.code, tuple(reversed(place.parents)), place.level) if place else None


def spot_of_source(code: str, names: str, level: str) -> Spot:
    """Return the place of a source.

    Args:
        code: of GB/T 2260, or "".
        names: its name and those above it, parted by blanks, or "".
        level: as the table of sources has it.
    """
    name, *parents = names.split() or [""]
    known = spot_of_code(code) if code else None
    if known and name in ("", known.name):
        return Spot(known.name, known.code, known.parents, level or known.level)
    if known:  # a town or a new area in a place of the list: the code is that of the place it lies in
        return Spot(name, "", tuple(parents) or (known.name, *known.parents), level)
    if not code and name and (found := find_place(name, parents=parents)):
        return Spot(found.name, found.code, tuple(reversed(found.parents)), level or found.level)
    return Spot(name, code, tuple(parents), level)


class Spots:
    """The places of a workspace.

    Args:
        of_sources: places by the ids of sources.
    """

    def __init__(self, of_sources: dict[str, Spot]) -> None:
        self.of_sources = of_sources
        self._chains: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)  # name, parents, code
        for spot in of_sources.values():
            for at, name in enumerate((spot.name, *spot.parents)):
                code = self._chains[name].get(spot.parents[at:], "")
                self._chains[name][spot.parents[at:]] = code or (spot.code if at == 0 else "")

    def of_paper(self, name: str, code: str, level: str, sources: Iterable[str]) -> Spot:
        """Return the place of a document.

        Args:
            name: of its jurisdiction, "" where none was read: it is counted to the place of its source then.
            code: of its jurisdiction, or "".
            level: of its jurisdiction.
            sources: ids of the sources on which it was found, the first one first.
        """
        if code and (known := spot_of_code(code)):
            return Spot(name or known.name, code, known.parents, level)
        near = [self.of_sources[one] for one in sources if one in self.of_sources]
        if not name:
            return near[0] if near else NOWHERE
        for spot in near:
            chain = (spot.name, *spot.parents)
            if name == spot.name:
                return spot
            if name in chain:
                return Spot(name, code, chain[chain.index(name) + 1 :], level)
        known_here = self._chains.get(name, {})
        if len(known_here) == 1:
            ((parents, found_code),) = known_here.items()
            return Spot(name, code or found_code, parents, level)
        return Spot(name, code, (), level)
