"""What lines stand on: words of documents with their place in the archive, and addresses with what they answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.digest.facts import SourceFact
from pipeline.digest.known import Known
from pipeline.digest.papers import Paper, Promise
from pipeline.digest.records import Evidence
from pipeline.records import content_id

LONGEST = 400  # characters of a quote that is no clause of a commitment


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that is shown."""

    paper: Paper
    section_id: str | None
    start: int | None
    end: int | None
    quote: str


class Ledger:
    """Gathers evidence, each piece once."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.pieces: dict[str, Evidence] = {}
        self._waiting: dict[str, Passage] = {}

    def of_promises(self, *promises: Promise | None) -> tuple[str, ...]:
        """Return the ids of the evidence for commitments, those that are there."""
        return tuple(
            self._note(Passage(one.paper, one.section_id, one.start, one.end, one.quote)) for one in promises if one
        )

    def of_paper(self, paper: Paper, quote: str = "") -> str:
        """Return the id of the evidence for a document as a whole, with some words of it."""
        return self._note(Passage(paper, None, None, None, quote[:LONGEST]))

    def of_stretch(self, paper: Paper, start: int, end: int, section_id: str | None = None) -> str:
        """Return the id of the evidence for a stretch of the text of a document."""
        quote = self.known.text(paper)[start:end].strip()
        return self._note(Passage(paper, section_id, start, end, quote[:LONGEST]))

    def of_source(self, source: SourceFact, answer: str, day: str) -> str:
        """Return the id of the evidence for a source: its list and what that answered."""
        spot = self.known.spots.of_sources.get(source.id)
        key = content_id("source", source.id, answer, day)
        self.pieces[key] = Evidence(
            id=key, title=source.name, place=spot.name if spot else "", quote=answer, url=source.entry,
            fetched=day,
        )  # fmt: skip
        return key

    def of_address(self, title: str, url: str, answer: str, day: str, place: str = "") -> str:
        """Return the id of the evidence for an address that is no source."""
        key = content_id("address", url, title, answer, day)
        self.pieces[key] = Evidence(id=key, title=title, place=place, quote=answer, url=url, fetched=day)
        return key

    def _note(self, passage: Passage) -> str:
        key = passage.paper.doc_id
        if passage.start is not None:
            key = f"{key}-{passage.start}-{passage.end}"
        elif passage.quote:
            key = content_id(key, passage.quote)
        self._waiting.setdefault(key, passage)
        return key

    def chosen(self, ids: Iterable[str]) -> Mapping[str, Evidence]:
        """Return the evidence under these ids, in the order of the ids."""
        wanted = list(dict.fromkeys(ids))
        waiting = [self._waiting[one] for one in wanted if one not in self.pieces]
        self.known.load_paths(passage.paper for passage in waiting if passage.section_id)
        for one in wanted:
            if one not in self.pieces:
                self.pieces[one] = self._made(one, self._waiting[one])
        return {one: self.pieces[one] for one in wanted}

    def _made(self, key: str, passage: Passage) -> Evidence:
        paper = passage.paper
        return Evidence(
            id=key,
            title=paper.title or paper.name,
            place=self.known.spot(paper).name,
            quote=passage.quote,
            context=self.known.path(paper, passage.section_id) if passage.section_id else "",
            doc_id=paper.doc_id,
            start=passage.start,
            end=passage.end,
            url=paper.url or "",
            snapshot=paper.snapshot or "",
            sha256=paper.sha256,
            fetched=paper.fetched,
        )
