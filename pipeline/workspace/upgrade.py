"""The same bytes by other rules: which records move when we change, so that none of it is taken for news.

Every version is read anew before any new bytes are. What comes out the same is stamped; what does not is a version of
its own, and one event says how many of its records moved.
"""

from typing import Any

from sqlalchemy import Connection, select, update

from pipeline import derived, store
from pipeline.workspace.arrivals import Reading
from pipeline.workspace.changes import counts_between
from pipeline.workspace.events import Derivation, tell
from pipeline.workspace.marks import UNKNOWN, UNREAD, UNREADABLE, mark_of, read_mark
from pipeline.workspace.versions import add_version, read_papers, text_digest


def outdated(tx: Connection, rules: str) -> list[Any]:
    """Return the versions that are valid and that these rules have not read, in the order of their publications."""
    version, publication = derived.versions.c, derived.publications.c
    chosen = (
        select(derived.versions, publication.title, publication.first_seen)
        .join(derived.publications)
        .where(version.until_id.is_(None), version.checked != rules)
    )
    return sorted(tx.execute(chosen), key=lambda row: (row.first_seen, row.publication_id))


def try_again(tx: Connection) -> None:
    """Have what other rules could not read be read anew."""
    of = derived.standings.c
    for row in tx.execute(select(derived.standings).where(of.fingerprint.like(f"%{UNREADABLE}"))).all():
        store.change(tx, derived.standings, {"id": row.id}, fingerprint=str(mark_of(UNREAD, UNREADABLE)))


def recheck(tx: Connection, derivation: Derivation, version: Any, reading: Reading) -> None:
    """Store what today's rules make of a version."""
    about = store.get(tx, derived.publications, id=version.publication_id)
    before, papers = read_papers(tx, version.id), list(reading.papers)
    ids, at = {"publication": about.id, "source": version.held["source"]}, derivation.observed
    store.change(tx, derived.versions, {"id": version.id}, checked=derivation.rules)
    store.change(tx, derived.publications, {"id": about.id}, to_compare=about.to_compare or "rules")
    if problem := reading.problem(before):
        store.change(tx, derived.publications, {"id": about.id}, problem=problem)
        if not about.problem:
            told = {"reason": problem, "url": version.held["url"]}
            tell(tx, derivation, "unreadable", at, told, version=version.id, **ids)
        return
    made = version.id
    if before == papers:
        derivation.count("rechecked")
    else:
        made = add_version(
            tx, derivation, about.id, papers, cause="rules", fingerprint=version.fingerprint, held=version.held,
            fetched=version.fetched,
        )  # fmt: skip
        data = counts_between(before, papers)
        tell(tx, derivation, "reextracted", at, data, version=made, before=version.id, **ids)
        title = papers[0].about["title"] or about.title
        store.change(tx, derived.publications, {"id": about.id}, title=title)
    is_open = _remember(tx, version, text_digest(papers))
    if about.problem and not is_open:
        store.change(tx, derived.publications, {"id": about.id}, problem="")
        tell(tx, derivation, "readable", at, {"url": version.held["url"]}, version=made, **ids)


def _remember(tx: Connection, version: Any, text: str) -> bool:
    """Note what the addresses of a version say by today's rules; says whether one of them could not be read.

    Where its own address has other bytes by now, which said the same, these are read too: what rules of yesterday
    overlooked in both may be otherwise.
    """
    of, is_open = derived.standings, False
    for each in tx.execute(select(of).where(of.c.publication_id == version.publication_id)).all():
        mark = read_mark(each.fingerprint)
        if mark.is_unreadable:
            is_open = True
            continue
        is_main = (each.source_id, each.key) == (version.held["source"], version.held["key"])
        has_moved = is_main and bool(each.source_id) and not mark.has_bytes(version.fingerprint)
        if has_moved and each.is_live and mark.has_text(version.text_sha256):
            mark = mark_of(UNREAD, UNKNOWN)
        elif is_main and mark.has_bytes(version.fingerprint):
            mark = mark_of(mark.bytes, text)
        elif not (mark.has_text(version.text_sha256) and version.text_sha256 == text):
            mark = mark_of(mark.bytes, UNKNOWN)
        tx.execute(update(of).where(of.c.id == each.id).values(fingerprint=str(mark)))
    return is_open
