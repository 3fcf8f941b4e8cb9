"""A digest sealed, built and recorded: what it tells is settled once, and building it again gives the same bytes.

Sealing takes the events, notes what was known, and is one transaction. Building reads only what was sealed, writes the
files beside their places, moves them there and then records their hashes: whatever is cut off is done again the same.
What was recorded is never written over by what a newer version would make of it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Select, select, update

from pipeline import store
from pipeline.config import Config, Reader
from pipeline.derived import derivations, digests, events
from pipeline.digest.facts import SEALED, Facts, from_json, read_facts, to_json
from pipeline.digest.gather import gather
from pipeline.digest.readers import for_reader
from pipeline.digest.records import Digest
from pipeline.digest.scene import read_events
from pipeline.errors import InputError
from pipeline.moments import stamp, utc_now
from pipeline.weeks import CHINA, Week, read_week
from pipeline.workspace.alone import is_at_work
from pipeline.workspace.place import Workspace
from pipeline.workspace.view import View

FOLDER = "digests"
READERS = "readers"  # the folder, and the key in `digest.outputs`
FILES, REFERENCES = "files", "references"
ALL = ""  # the reader id of the digest for all
# What tells a reader's digest from another's; how it reaches the reader does not.
FILTERS = ("name", "places", "headings", "indicators", "bodies")


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is settled about a digest."""

    week: Week
    cut: int | None  # the newest derivation that it knows; None where there was none
    facts: Facts
    version: str  # of fazhi, that sealed it
    outputs: Mapping[str, Any]
    is_new: bool = False  # by this call


@dataclass(frozen=True, slots=True)
class Built:
    """A digest with its files, as they lie on disk and are recorded."""

    week: Week
    folder: Path
    digests: Mapping[str, Digest]  # by reader; "" for all
    files: Mapping[str, Mapping[str, bytes]]  # by reader and name
    differs: tuple[str, ...] = ()  # in Chinese, what this version would write otherwise


def seal(ws: Workspace, week: Week, *, now: Callable[[], datetime] = utc_now) -> Sealed:
    """Settle what the digest of a week tells: all that was seen until its end and that no digest has told.

    Raises:
        InputError: the week is not over, or `fazhi run` is at work: what it finds is told whole.
    """
    if now() < week.end:
        ends = week.end.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
        raise InputError(f"expected a week that is over, but {week} lasts until {ends} in China")
    with ws.writing() as tx:
        if (found := _sealed(tx, week)) is not None:
            return found
        cut = View(tx).newest_cut(week)
        open_ones = events.c.digest_week.is_(None) & events.c.derivation_id.in_(_finished(ws, tx))
        weeks = tx.execute(select(events.c.week).where(open_ones).distinct()).scalars()
        past = sorted(each for each in weeks if read_week(each) <= week)
        told = _told(tx)
        facts = read_facts(tx, week, cut, told, is_known=cut is not None or bool(past))
        outputs = {SEALED: to_json(facts, told)}
        store.add(
            tx, digests, week=str(week), cut_id=cut, built=stamp(now()), version=version("fazhi"), outputs=outputs
        )
        tx.execute(update(events).where(open_ones, events.c.week.in_(past)).values(digest_week=str(week)))
        return Sealed(week, cut, facts, version("fazhi"), outputs, is_new=True)


def _sealed(tx: Connection, week: Week) -> Sealed | None:
    row = store.get(tx, digests, week=str(week))
    if row is None:
        return None
    facts = from_json(row.outputs[SEALED], _told(tx))
    return Sealed(week, row.cut_id, facts, row.version, row.outputs)


def _told(tx: Connection) -> dict[str, Mapping[str, Any]]:
    """Return the facts that were noted when the digests were sealed, by week."""
    asked = select(digests.c.week, digests.c.outputs[SEALED])
    return dict(sorted(((str(name), facts) for name, facts in tx.execute(asked)), key=lambda pair: pair[0]))


def _finished(ws: Workspace, tx: Connection) -> Select[Any]:
    """Return the derivations whose events are complete; those of one that was killed come when it was taken up again.

    Raises:
        InputError: one is at work.
    """
    of = derivations.c
    running = tx.execute(select(of.id).where(of.state == "running").limit(1)).first()
    if running is not None and is_at_work(ws, tx):
        raise InputError(f"{ws.folder}: expected to seal a digest after `fazhi run`, but that is still at work")
    return select(of.id).where(of.state != "running")


def build_digest(ws: Workspace, week: Week, config: Config, *, now: Callable[[], datetime] = utc_now) -> Built:
    """Return the digest of a week, sealed if it was not, with the files of all readers written and recorded.

    A reader gets a digest by the filters with which it was first built; a reader who came later by those of today.

    Raises:
        InputError: the week is not over, or `fazhi run` is at work and the digest is not sealed yet.
    """
    sealed = seal(ws, week, now=now)
    with ws.engine.begin() as tx:
        references = sealed.outputs.get(REFERENCES, config.references)
        view = View(tx, sealed.cut or 0)
        material = gather(view, week, read_events(tx, week), facts=sealed.facts, references=references)
    readers = _readers(sealed, config)
    made = {ALL: for_reader(material), **{one.id: for_reader(material, one) for one in readers}}
    folder = ws.folder / FOLDER / str(week)
    kept, differs = _write(folder, {name: render(digest) for name, digest in made.items()}, sealed)
    _record(ws, week, kept, references, readers)
    return Built(week, folder, made, kept, differs)


def _readers(sealed: Sealed, config: Config) -> list[Reader]:
    """Return the readers of the configuration, with the filters with which their digest was first built."""
    recorded = sealed.outputs.get(READERS, {})
    return [
        Reader(one.id, **{name: _restored(value) for name, value in recorded[one.id].items()})
        if one.id in recorded
        else one
        for one in config.readers
    ]


def _restored(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def render(digest: Digest) -> dict[str, bytes]:
    """Return the files of a digest by their names."""
    from pipeline.digest.markdown import render_markdown
    from pipeline.digest.page import render_html
    from pipeline.digest.plain import render_json
    from pipeline.digest.sheets import render_xlsx

    return {
        "digest.html": render_html(digest),
        "digest.md": render_markdown(digest),
        "digest.json": render_json(digest),
        "digest.xlsx": render_xlsx(digest),
    }


def folder_of(folder: Path, reader: str) -> Path:
    """Return the folder of a reader's files; that of the digest itself for all."""
    return folder / READERS / reader if reader else folder


# --- files ---------------------------------------------------------------------------------------------------------


def _write(
    folder: Path, made: Mapping[str, Mapping[str, bytes]], sealed: Sealed
) -> tuple[dict[str, dict[str, bytes]], tuple[str, ...]]:
    """Write what is not there, and return what lies there now, with what would be otherwise."""
    recorded = sealed.outputs.get(FILES, {})
    kept: dict[str, dict[str, bytes]] = {}
    differs: list[str] = []
    for reader, files in made.items():
        place = folder_of(folder, reader)
        kept[reader] = {}
        for name, content in files.items():
            digest = recorded.get(reader, {}).get(name)
            there = _read(place / name)
            if digest not in (None, _hash(content)):
                is_kept = there is not None and _hash(there) == digest
                differs.append(_differs(place / name, folder, sealed.version, is_kept=is_kept))
                content = there if is_kept and there is not None else content
            if content != there:
                _replace(place / name, content)
            kept[reader][name] = content
    return kept, tuple(differs)


def _differs(path: Path, folder: Path, older: str, *, is_kept: bool) -> str:
    name = path.relative_to(folder.parent).as_posix()
    opening = f"{name}：与 {older} 版记录的内容不同"
    return (
        f"{opening}，保留原有文件"
        if is_kept
        else f"{opening}，原有文件已不在，按现在的版本（{version('fazhi')}）重新生成"
    )


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".digest-", dir=path.parent) as unfinished:
        part = Path(unfinished, path.name)
        part.write_bytes(content)
        part.replace(path)


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()


def _record(
    ws: Workspace, week: Week, kept: Mapping[str, Mapping[str, bytes]], references: Any, readers: list[Reader]
) -> None:
    """Note the hashes of the files, and what they depend on beside what was sealed."""
    with ws.writing() as tx:
        row = store.get(tx, digests, week=str(week))
        outputs = dict(row.outputs)
        outputs[REFERENCES] = list(references)
        outputs[READERS] = {**outputs.get(READERS, {}), **dict(_filters(readers))}
        outputs[FILES] = {
            **outputs.get(FILES, {}),
            **{reader: {name: _hash(content) for name, content in files.items()} for reader, files in kept.items()},
        }
        if outputs != row.outputs:
            store.change(tx, digests, {"week": str(week)}, outputs=outputs)


def _filters(readers: list[Reader]) -> Iterator[tuple[str, dict[str, Any]]]:
    for one in readers:
        told = asdict(one)
        yield one.id, {name: list(told[name]) if isinstance(told[name], tuple) else told[name] for name in FILTERS}
