"""What every part of a digest is given: the week, what was known, the events to tell of, and how a line is made."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from pipeline.derived import events
from pipeline.digest.evidence import Ledger
from pipeline.digest.facts import Facts
from pipeline.digest.known import Known
from pipeline.digest.papers import Paper, Promise, day_of
from pipeline.digest.phrases import distinct
from pipeline.digest.records import Line, Part
from pipeline.digest.spots import NOWHERE, Spot
from pipeline.records import content_id
from pipeline.weeks import Week


@dataclass(frozen=True, slots=True)
class Event:
    """A row of the table `event`."""

    id: int
    kind: str
    at: str
    week: str
    publication_id: str | None
    source_id: str
    version_id: int | None
    before_id: int | None
    data: Mapping[str, Any]


def read_events(tx: Connection, week: Week) -> tuple[Event, ...]:
    """Return the events that the digest of a week has taken, in the order in which they were seen."""
    of = events.c
    names = tuple(Event.__dataclass_fields__)
    asked = select(*(of[name] for name in names)).where(of.digest_week == str(week))
    found = [Event(**row) for row in tx.execute(asked).mappings()]
    return tuple(sorted(found, key=lambda one: (one.at, one.id)))


@dataclass(frozen=True, slots=True)
class Scene:
    """A week, and what is known of it."""

    week: Week
    known: Known
    ledger: Ledger
    facts: Facts
    events: tuple[Event, ...]
    references: tuple[str, ...] | None = None  # None for all that were held against

    @property
    def sunday(self) -> date:
        """The day from which days are counted."""
        return self.week.sunday

    @property
    def awaited(self) -> int:
        """The year on which governments have to report until 1 April."""
        return self.sunday.year - 1

    def told(self, *kinds: str) -> list[Event]:
        """Return the events of some kinds."""
        return [one for one in self.events if one.kind in kinds]

    def is_in_window(self, since_id: int) -> bool:
        """Say whether something was derived after what the digest before knew."""
        return self.facts.after < since_id <= self.known.cut

    def line(
        self,
        part: Part,
        weight: float,
        words: str,
        *key: object,
        spot: Spot = NOWHERE,
        cells: Mapping[str, str] | None = None,
        evidence: Collection[str] = (),
        about: Collection[Promise] = (),
        headings: Collection[int] = (),
        before: str = "",
        after: str = "",
        event: Event | None = None,
        is_news: bool = False,
    ) -> Line:
        """Return a line.

        Args:
            part: where it stands.
            weight: of `weights`.
            words: a Chinese sentence that stands by itself.
            key: what tells it from every other line of its part.
            spot: the place that it is about.
            cells: a row of the part's table.
            evidence: ids of the ledger.
            about: commitments whose topics it has.
            headings: further topics.
            before: of a change, the words before.
            after: and after.
            event: that it tells of.
            is_news: whether that happened in the world.
        """
        numbers = {one.heading for one in about if one.heading is not None} | set(headings)
        return Line(
            id=content_id(part, *key),
            part=part,
            weight=round(weight, 3),
            words=words,
            place=spot.name,
            place_code=spot.code,
            parents=spot.parents,
            level=spot.level,
            before=before,
            after=after,
            cells=dict(cells or {}),
            headings=tuple(sorted(numbers)),
            indicators=tuple(sorted({name for one in about for name in one.indicators})),
            bodies=tuple(distinct(name for one in about for name in (*one.lead, *one.support))),
            evidence=tuple(dict.fromkeys(evidence)),
            event=event.id if event else None,
            seen=day_of(event.at) if event else "",
            is_news=is_news,
            is_late=self.is_late(event),
        )

    def is_late(self, event: Event | None) -> bool:
        """Say whether an event is of a week whose digest had gone out when it was seen."""
        return event is not None and not self.facts.is_first and event.week <= self.facts.last_week

    def source_name(self, publication_id: str) -> str:
        """Return the name of the source of a publication, "" for what was imported."""
        source = self.known.all_sources.get(self.known.source_of(publication_id))
        return source.name if source else ""

    def is_old(self, paper: Paper, event: Event) -> bool:
        """Say whether a document was public long before it was found: it is new to us only."""
        seen = date.fromisoformat(day_of(event.at))
        if paper.published:
            return seen - paper.published > NEW_FOR
        return paper.year is not None and paper.year < seen.year - 1


NEW_FOR = timedelta(days=60)  # a site puts a document into another column weeks after it came out, seldom later
