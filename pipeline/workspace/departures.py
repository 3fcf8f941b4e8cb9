"""What no longer stands where it stood: withdrawn, or moved, and what came back; nothing of it needs to be read."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, select

from pipeline import derived, store
from pipeline.workspace.events import Derivation, tell
from pipeline.workspace.inputs import Found, Held, Inputs
from pipeline.workspace.marks import read_mark
from pipeline.workspace.versions import current_version


def public_standings(tx: Connection, publication: str) -> list[Any]:
    """Return the addresses of a publication at which crawls look for it, in the order in which they were found."""
    of = derived.standings.c
    chosen = select(derived.standings).where(of.publication_id == publication, of.source_id != "")
    return list(tx.execute(chosen.order_by(of.id)))


def stands_elsewhere(tx: Connection, inputs: Inputs, publication: str, found: Found) -> bool:
    """Say whether a publication stands at another address than this one."""
    return any(
        each.is_live and not inputs.gone(each.source_id, each.key)
        for each in public_standings(tx, publication)
        if (each.source_id, each.key) != (found.source_id, found.key)
    )


def is_of_site(held: Held, address: Any) -> bool:
    """Say whether an address is of the site from which a version came, by source or host: others only copy it.

    What somebody brought came from none, and any site may be its own.
    """
    if not held["source"]:
        return True
    hosts = [(urlsplit(url).hostname or "").removeprefix("www.") for url in (held["url"], address.url)]
    return bool(held["source"] == address.source_id or hosts[0] == hosts[1])


def leave(tx: Connection, derivation: Derivation, publication: str, found: Found) -> None:
    """Note that an address has something else now, where its publication stands at other ones too."""
    version = current_version(tx, publication)
    others = [each for each in public_standings(tx, publication) if each.is_live]
    if version is None and not others:  # nothing of it could ever be read
        about = {"state": "withdrawn", "reason": "removed", "problem": ""}
        store.change(tx, derived.publications, {"id": publication}, **about)
    if version is not None and others:  # else `withdraw` finds it, unless it turns up meanwhile
        _lose(tx, derivation, version, found, others, "removed", found.at)


def _lose(
    tx: Connection, derivation: Derivation, version: Any, lost: Any, left: Sequence[Any], reason: str, at: str
) -> None:
    """Withdraw a publication whose own site has it no longer, though others still show it.

    Nothing has happened where one of several columns of a site drops it.
    """
    is_main = (version.held["source"], version.held["key"]) == (lost.source_id, lost.key)
    if not is_main or any(is_of_site(version.held, each) for each in left):
        return
    about = {"state": "withdrawn", "reason": reason}
    store.change(tx, derived.publications, {"id": version.publication_id}, **about)
    data = {"reason": reason, "url": lost.url, "elsewhere": left[0].url}
    ids = {"publication": version.publication_id, "source": lost.source_id}
    tell(tx, derivation, "withdrawn", at, data, version=version.id, **ids)


def bring_back(tx: Connection, derivation: Derivation, publication: str, found: Found) -> bool:
    """Note that a publication which was withdrawn stands at an address; says whether it was withdrawn."""
    about = store.get(tx, derived.publications, id=publication)
    if about.state != "withdrawn":
        return False
    of, version = derived.events.c, current_version(tx, publication)
    withdrawn = select(of.at).where(of.publication_id == publication, of.kind == "withdrawn")
    since = tx.execute(withdrawn.order_by(of.id.desc()).limit(1)).scalar()
    store.change(tx, derived.publications, {"id": publication}, state="standing", reason="")
    ids: dict[str, Any] = {
        "publication": publication,
        "source": found.source_id,
        "version": version.id if version else None,
    }
    at = max(found.at, found.last_seen)
    tell(tx, derivation, "came_back", at, {"url": found.url, "gone_since": since or ""}, **ids)
    return True


def returned(standings: Sequence[Any], inputs: Inputs) -> Iterator[Found]:
    """Yield addresses that were empty and have the same bytes as before."""
    for each in standings:
        found = inputs.found.get((each.source_id, each.key))
        if found and not (each.is_live or found.gone) and read_mark(each.fingerprint).has_bytes(found.content):
            yield found


def take_back(tx: Connection, derivation: Derivation, found: Found) -> None:
    """Note that an address has again what it had."""
    key = {"source_id": found.source_id, "key": found.key}
    standing = store.get(tx, derived.standings, **key)
    store.change(tx, derived.standings, key, is_live=True, last_seen=found.last_seen)
    version = current_version(tx, standing.publication_id)
    if version is None or is_of_site(version.held, found):
        bring_back(tx, derivation, standing.publication_id, found)


def departed(tx: Connection, inputs: Inputs) -> list[str]:
    """Return the publications that may have to be withdrawn: an address of theirs is empty, or has something else."""
    public: dict[str, list[Any]] = defaultdict(list)
    for each in tx.execute(select(derived.standings).where(derived.standings.c.source_id != "")):
        public[each.publication_id].append(each)
    of, version = derived.publications.c, derived.versions.c
    joined = select(of.id, of.state, of.first_seen, version.held).join_from(
        derived.publications, derived.versions, (version.publication_id == of.id) & version.until_id.is_(None),
        isouter=True,
    )  # fmt: skip
    found = []
    for row in sorted(tx.execute(joined), key=lambda one: (one.first_seen, one.id)):
        own = public.get(row.id, [])
        is_empty = any(each.is_live and inputs.gone(each.source_id, each.key) for each in own)
        was_public = bool(own) or (row.held is not None and bool(row.held["source"]))
        is_nowhere = row.state == "standing" and was_public and not any(each.is_live for each in own)
        if is_empty or is_nowhere:
            found.append(row.id)
    return found


def withdraw(tx: Connection, derivation: Derivation, inputs: Inputs, publication: str) -> None:
    """Note which addresses of a publication are empty, and whether it is withdrawn by that."""
    of = public_standings(tx, publication)
    empty = [each for each in of if each.is_live and inputs.gone(each.source_id, each.key)]
    for each in empty:
        store.change(tx, derived.standings, {"id": each.id}, is_live=False)
    left = [each for each in of if each.is_live and each not in empty]
    about, version = store.get(tx, derived.publications, id=publication), current_version(tx, publication)
    if about.state != "standing":
        return
    if left and version is not None:
        for each in empty:
            reason, at = inputs.gone(each.source_id, each.key), _checked(inputs, each) or derivation.observed
            _lose(tx, derivation, version, each, left, reason, at)
    elif not left:
        _withdraw(tx, derivation, inputs, about, version, empty)


def _withdraw(
    tx: Connection, derivation: Derivation, inputs: Inputs, about: Any, version: Any, empty: Sequence[Any]
) -> None:
    """Withdraw a publication that stands nowhere: its last address is empty, or has another document now."""
    held = version.held if version is not None else {}
    source, data, at = held.get("source", ""), {"reason": "removed", "url": held.get("url", "")}, ""
    if empty:
        last = empty[0]
        source, at = last.source_id, _checked(inputs, last)
        data = {"reason": inputs.gone(last.source_id, last.key), "url": last.url}
    elif other := store.get(tx, derived.standings, source_id=source, key=held.get("key", "")):
        data["instead"] = store.get(tx, derived.publications, id=other.publication_id).title
    store.change(tx, derived.publications, {"id": about.id}, state="withdrawn", reason=data["reason"])
    number = version.id if version is not None else None
    tell(
        tx, derivation, "withdrawn", at or derivation.observed, data, publication=about.id, source=source,
        version=number,
    )  # fmt: skip


def _checked(inputs: Inputs, standing: Any) -> str:
    found = inputs.found.get((standing.source_id, standing.key))
    return found.checked if found else ""
