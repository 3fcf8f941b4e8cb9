"""An address with bytes that nobody read yet: what it has become, in one transaction.

Addresses with one text are one publication. What an address says now is held against what it said before, and against
what others say; only then is it new. What no longer stands at an address is left to `departures`, since it may turn up
at another one of the same run.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import Connection, select, update

from pipeline import derived, store
from pipeline.records import content_id
from pipeline.workspace.changes import (
    counts_between,
    differences_between,
    fields_between,
    is_other_work,
    is_same_work,
    sentences_between,
    title_of,
)
from pipeline.workspace.departures import bring_back, is_of_site, leave, stands_elsewhere
from pipeline.workspace.events import Derivation, tell
from pipeline.workspace.inputs import Found, Inputs
from pipeline.workspace.marks import UNKNOWN, UNREAD, UNREADABLE, Mark, mark_of, read_mark
from pipeline.workspace.versions import Paper, add_version, current_version, read_papers, text_digest


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading some bytes came to."""

    papers: tuple[Paper, ...] = ()
    problems: tuple[str, ...] = ()  # why the file, or members of an archive, are no documents
    is_late: bool = False  # it took too long, which another time may not

    def problem(self, before: Sequence[Paper]) -> str:
        """Return why the bytes cannot stand for what was there before; "" where they can.

        Of an archive the members that can be read do, unless one is lost that could be read before.
        """
        lost = {paper.name for paper in before} - {paper.name for paper in self.papers}
        return self.problems[0] if self.problems and (lost or not self.papers) else ""


@dataclass(slots=True)
class Arrival:
    """New bytes at an address."""

    tx: Connection
    derivation: Derivation
    inputs: Inputs
    found: Found
    reading: Reading
    standing: Any = field(init=False)
    mark: Mark = field(init=False)
    publication: Any = field(init=False, default=None)
    version: Any = field(init=False, default=None)
    before: list[Paper] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        found = self.found
        self.standing = store.get(self.tx, derived.standings, source_id=found.source_id, key=found.key)
        near = self.standing if self.standing is not None else self._brought_before()
        self.mark = read_mark(near.fingerprint) if near is not None else mark_of(UNREAD, UNKNOWN)
        if near is not None:
            self._take(near.publication_id)

    def _brought_before(self) -> Any:
        """Return the last import of the same address or file; None for none."""
        of = derived.standings.c
        chosen = select(derived.standings).where(of.source_id == "", of.url == self.found.url)
        return self.tx.execute(chosen.order_by(of.id.desc()).limit(1)).first()

    def _take(self, publication: str) -> None:
        self.publication = store.get(self.tx, derived.publications, id=publication)
        self.version = current_version(self.tx, publication)
        self.before = read_papers(self.tx, self.version.id) if self.version is not None else []

    # What it has become

    def settle(self) -> None:
        """Store what it has become."""
        if problem := self.reading.problem(self.before):
            self._keep_last(problem)
            return
        text = text_digest(self.reading.papers)
        if self.version is not None and text == self.version.text_sha256:
            self._say_the_same(text)
        elif self.version is not None and self._is_behind(text):
            self._stand(text)
        elif twin := self._twin(text):
            self._join(twin, text)
        elif self.version is not None and not is_other_work(self.before, self.reading.papers):
            self._change(text)
        elif self.publication is None and (heir := self._heir()):
            self._move(heir, text)
        else:
            self._begin(text)

    def _keep_last(self, problem: str) -> None:
        """Keep the last good state, and say why the newest bytes are none."""
        at = self.derivation.observed if self.mark.bytes == UNREAD and self.standing is not None else self.found.at
        if self.publication is None:
            self._make(self.found.title or _name_of(self.found.url), problem)
        is_known = bool(self.publication.problem) and self.standing is not None
        self._set(problem=problem)
        self._stand(UNREADABLE, UNREAD if self.reading.is_late else self.found.content)
        if not is_known:
            self._tell("unreadable", {"reason": problem, "url": self.found.url}, at=at)
        self._revive()

    def _say_the_same(self, text: str) -> None:
        """Take new bytes with the text that the publication has: furniture, or metadata that changed."""
        held = self.version.held
        is_main = held["url"] == self.found.url if self.found.is_import else self._is_at(held)
        if is_main and fields_between(self.before, self.reading.papers):
            self._change(text)
            return
        if self.standing is None and not self.found.is_import:  # what somebody brought is found where it stands
            self._tell("copy", {"url": self.found.url, "of": self.publication.id}, version=self.version.id)
        elif self.mark.has_text(text):
            self._tell("furniture", {}, version=self.version.id)
        self._stand(text)
        self._solve()
        self._revive()

    def _is_at(self, held: Any) -> bool:
        """Say whether this address is the one that the version was made of."""
        return (held["source"], held["key"]) == (self.found.source_id, self.found.key)

    def _is_behind(self, text: str) -> bool:
        """Say whether this address says what it said before, while its publication has a newer text elsewhere."""
        if self.found.is_import and self.found.served < self.version.fetched:
            return True  # of a page that others crawled earlier
        if self.mark.has_text(text):
            self._tell("furniture", {}, version=self.version.id)
            return True
        return self.mark.is_unknown and self.standing is not None and not self._is_at(self.version.held)

    def _change(self, text: str) -> None:
        """Make a version of what is otherwise; where rules of ours may have made it so, that is no news."""
        self._stand(text)
        self._revive()
        by_rules = self.mark.is_unknown and self.standing is not None
        old, papers = self.version, self.reading.papers
        made = self._add_version("rules" if by_rules else "source")
        if by_rules:
            data = counts_between(self.before, papers)
            self._tell("reextracted", data, at=self.derivation.observed, version=made, before=old.id)
        else:
            data = {
                "differences": differences_between(self.tx, self.before, papers, (old.id, made)),
                "fields": fields_between(self.before, papers),
                "sentences": sentences_between(self.before, papers),
            }
            self._tell("changed", data, version=made, before=old.id)
        self._solve()

    def _begin(self, text: str) -> None:
        """Take what nobody else says for a new publication."""
        left = self.publication
        if left is None or self.version is not None:
            self._make(_title(self.reading.papers, self.found))
        self._stand(text)
        made = self._add_version("source")
        self._set(problem="")
        told = {"title": _title(self.reading.papers, self.found), "url": self.found.url}
        self._tell("new", {**told, "source": self.found.source_name}, version=made)
        self._revive()
        if left is not None and left.id != self.publication.id and not self.found.is_import:
            leave(self.tx, self.derivation, left.id, self.found)

    # Others

    def _twin(self, text: str) -> str | None:
        """Return another publication that says the same."""
        of, papers = derived.versions.c, self.reading.papers
        own = self.publication.id if self.publication is not None else ""
        chosen = select(of.id, of.publication_id, of.held).where(
            of.text_sha256 == text, of.until_id.is_(None), of.publication_id != own
        )
        files = [part["digest"] for part in self.found.held["parts"]]
        for row in sorted(self.tx.execute(chosen), key=lambda one: one.id):
            others = [part["digest"] for part in row.held["parts"]]
            if is_same_work(papers, files, read_papers(self.tx, row.id), others):
                return str(row.publication_id)
        return None

    def _heir(self) -> str | None:
        """Return the publication of this source that had this title and stands nowhere any more: it moved here."""
        found, about = self.found, self.reading.papers[0].about
        title = title_of(about)
        empty = sorted(self.inputs.empty.get(found.source_id, ()))
        if found.is_import or found.gone or not title:
            return None
        standing, version, paper = derived.standings.c, derived.versions.c, derived.papers.c
        chosen = (
            select(version.publication_id.label("id"), paper.title, paper.year, paper.kind)
            .join_from(derived.standings, derived.versions, version.publication_id == standing.publication_id)
            .join(derived.papers)
            .where(standing.source_id == found.source_id, ~standing.is_live | standing.key.in_(empty))
            .where(version.until_id.is_(None), paper.position == 0)
            .distinct()
        )
        alike = [
            row for row in self.tx.execute(chosen) if title_of({"title": row.title}) == title and _agree(row, about)
        ]
        gone = [row.id for row in alike if not stands_elsewhere(self.tx, self.inputs, row.id, found)]
        return str(gone[0]) if len(gone) == 1 else None

    def _join(self, publication: str, text: str) -> None:
        """Take this address for one more of a publication that says the same already."""
        left = self.publication
        stands = stands_elsewhere(self.tx, self.inputs, publication, self.found)
        self._take(publication)
        self._stand(text)
        is_public = not (self.found.is_import or self.found.gone)
        held, is_lost = self.version.held, not stands and self.publication.state == "standing"
        if is_public and is_lost and held["source"] and is_of_site(held, self.found):
            self._tell_move()
        elif not (is_public and self._revive()):
            self._tell("copy", {"url": self.found.url, "of": publication}, version=self.version.id)
        if left is not None and not self.found.is_import:
            leave(self.tx, self.derivation, left.id, self.found)

    def _move(self, publication: str, text: str) -> None:
        """Take this address for the new one of a publication whose text changed on the way."""
        self._take(publication)
        if self.publication.state == "standing":
            self._tell_move()
        self._change(text)

    def _tell_move(self) -> None:
        of, publication = derived.standings.c, self.publication.id
        old = (of.publication_id == publication, of.source_id != "")
        this = (of.source_id == self.found.source_id) & (of.key == self.found.key)
        self.tx.execute(update(derived.standings).where(*old, ~this).values(is_live=False))
        data = {"from": self.version.held["url"], "to": self.found.url}
        self._tell("moved", data, version=self.version.id)

    # Rows

    def _make(self, title: str, problem: str = "") -> None:
        """Make a publication for this address."""
        found = self.found
        name = content_id(found.source_id, found.key)
        if store.get(self.tx, derived.publications, id=name) is not None:  # another one stood here first
            name = content_id(found.source_id, found.key, found.content)
        about = {"title": title, "state": "standing", "problem": problem}
        seen = {"first_seen": found.first_seen, "last_seen": found.last_seen}
        store.add(self.tx, derived.publications, id=name, **about, **seen, to_compare="")
        self._take(name)

    def _add_version(self, cause: str) -> int:
        found, papers = self.found, self.reading.papers
        made = add_version(
            self.tx, self.derivation, self.publication.id, papers, cause=cause, fingerprint=found.content,
            held=found.held, fetched=found.served,
        )  # fmt: skip
        is_news = "source" in (cause, self.publication.to_compare)
        self._set(title=_title(papers, found), to_compare="source" if is_news else "rules")
        return made

    def _stand(self, text: str, content: str = "") -> None:
        """Store what this address has, and whose it is."""
        found = self.found
        values = {
            "publication_id": self.publication.id,
            "url": found.url,
            "fingerprint": str(mark_of(content or found.content, text)),
            "is_live": True,
            "last_seen": found.last_seen,
        }
        key = {"source_id": found.source_id, "key": found.key}
        store.put(self.tx, derived.standings, key, values, fresh={"first_seen": found.first_seen})

    def _solve(self) -> None:
        """Note that this address can be read again."""
        if self.publication.problem and self.mark.is_unreadable:
            at = self.derivation.observed if self.mark.bytes == UNREAD else self.found.at
            self._set(problem="")
            self._tell("readable", {"url": self.found.url}, at=at)

    def _revive(self) -> bool:
        """Note that a publication which was withdrawn stands here; says whether it was."""
        is_there = self.standing is not None and self.standing.is_live  # a copy, which stood all the time
        if self.found.gone or self.found.is_import or is_there:
            return False
        if self.version is not None and not is_of_site(self.version.held, self.found):
            return False
        return bring_back(self.tx, self.derivation, self.publication.id, self.found)

    def _set(self, **values: Any) -> None:
        store.change(self.tx, derived.publications, {"id": self.publication.id}, **values)

    def _tell(
        self, kind: Any, data: dict[str, Any], *, at: str = "", version: int | None = None, before: int | None = None
    ) -> None:
        tell(
            self.tx, self.derivation, kind, at or self.found.at, data, publication=self.publication.id,
            source=self.found.source_id, version=version, before=before,
        )  # fmt: skip


def _agree(row: Any, about: Mapping[str, Any]) -> bool:
    """Say whether two documents may be one by what is known of both: of some titles there is one each year."""
    return row.kind == about["kind"] and (None in (row.year, about["year"]) or row.year == about["year"])


def _title(papers: Sequence[Paper], found: Found) -> str:
    """Return what people call a publication."""
    return papers[0].about["title"] or found.title or _name_of(found.url)


def _name_of(url: str) -> str:
    return unquote(urlsplit(url).path.rsplit("/", 1)[-1], errors="replace") or url
