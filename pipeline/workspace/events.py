"""What happened, written in the transaction that made it so.

The data of an event, by its kind:

- new: title, url, source (its name);
- changed: differences (rows of `compare.find_differences`), fields (name: [before, after]), sentences (added, dropped);
- furniture: nothing; bytes changed, what they say did not;
- reextracted: sections and commitments (counts of added, dropped, changed), fields (names);
- withdrawn: reason (gone, unlisted, redirected, removed), url, elsewhere (where others still show it), instead (the
  title of what is there now);
- moved: from, to; came_back: url, gone_since; copy: url, of (the publication that says the same);
- unreadable: reason, url; readable: url;
- source_*: outcome, words, before (the outcome), since (of the last good state), details;
- correction_stale: see `corrections`.

What a crawl brought is of the week in which that crawl began, however long it took: a crawl is told in one digest.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from pipeline import derived, store
from pipeline.moments import moment
from pipeline.records import EventKind
from pipeline.weeks import Week, of_moment


@dataclass(slots=True)
class Derivation:
    """A run of `fazhi run`, under whose number what it finds is valid."""

    id: int
    observed: str  # stamp of the newest thing that it takes in: the beginning of a crawl, the day of an import
    rules: str  # `stamp.rules_stamp`
    counts: dict[str, Any] = field(default_factory=dict)  # events by kind, and what else was done
    starts: Sequence[str] = ()  # stamps of when the crawls began, the oldest first

    def count(self, name: str, number: int = 1) -> None:
        """Count something; it is stored by the next `save`."""
        self.counts[name] = self.counts.get(name, 0) + number

    def save(self, tx: Connection) -> None:
        """Store the counts together with what they count."""
        store.change(tx, derived.derivations, {"id": self.id}, counts=self.counts)


def tell(
    tx: Connection,
    derivation: Derivation,
    kind: EventKind,
    at: str,
    data: Mapping[str, Any],
    *,
    publication: str | None = None,
    source: str = "",
    version: int | None = None,
    before: int | None = None,
) -> None:
    """Write an event.

    Args:
        tx: the transaction that makes it so.
        derivation: that found it.
        kind: of the event.
        at: stamp of when it was seen.
        data: by kind, see above.
        publication: id of the publication that it is about.
        source: id of the source.
        version: id of the version after it.
        before: id of the version before it.
    """
    store.add(
        tx,
        derived.events,
        kind=kind,
        at=at,
        week=str(_week_of(derivation, at, is_crawled=bool(source))),
        derivation_id=derivation.id,
        publication_id=publication,
        source_id=source,
        version_id=version,
        before_id=before,
        data=dict(data),
    )
    derivation.count(kind)


def crawl_of(starts: Sequence[str], at: str) -> str:
    """Return the stamp of when the crawl began during which something was seen at *at*; *at* where none had begun.

    Args:
        starts: stamps of when the crawls began, the oldest first.
        at: a stamp.
    """
    begun = bisect_right(starts, at)
    return starts[begun - 1] if begun else at


def _week_of(derivation: Derivation, at: str, *, is_crawled: bool) -> Week:
    """Return the week of an event: that in which the crawl began during which it was seen; of an import, its own."""
    when = moment(crawl_of(derivation.starts, at) if is_crawled else at)
    assert when is not None
    return of_moment(when)
