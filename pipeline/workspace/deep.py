"""`fazhi doctor --deep`: what a workspace has stored is held against the bytes in its archive, all of them read anew.

Of each current version the bytes are read from their records, their digests compared, and parsed; the text must be the
stored one, and every quote and value must stand in it where it is said to. Where rules or models moved since a version
was read last, its text may be another: then that is told, and not taken for damage. Writes nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, select

from pipeline import derived, store
from pipeline.analyze import LIMITS, TIME_LIMIT
from pipeline.errors import PipelineError
from pipeline.guard import Late, run_each
from pipeline.inputs import Input, find_archive, load, load_page, reason_of
from pipeline.parse import read_document
from pipeline.scrape.evidence import whole_part
from pipeline.text import squeeze
from pipeline.workspace.inputs import input_of
from pipeline.workspace.place import Workspace
from pipeline.workspace.saved import digest_of, read_saved
from pipeline.workspace.stamp import rules_stamp

PACKED = ".gz"
MOST_QUOTES = 3  # of a document are named; a text that is another has them all elsewhere
SHOWN = 30  # characters of a quote
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Read:
    """A document as it is read today."""

    name: str
    text: str
    sha256: str  # of its bytes


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read today, and why."""

    reason: str
    is_damage: bool = False  # the bytes are not what they were; else today's rules do not read them


@dataclass(slots=True)
class _Counts:
    versions: int = 0
    commitments: int = 0
    outdated: int = 0  # read by other rules than those of today
    moved: int = 0  # of these, with another text by today's
    lost: int = 0  # quotes that this text does not have


def check_deep(
    ws: Workspace, *, jobs: int = 1, time_limit: float | None = TIME_LIMIT, progress: Progress | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what was looked at, a line each, and what is damaged, with document and place; in Chinese.

    Args:
        ws: the workspace.
        jobs: how many processes read documents; 1 without a time limit reads in this one.
        time_limit: seconds for one document; None for none.
        progress: called after each version, with how many are done, how many there are, and its title.
    """
    counts, rules = _Counts(), rules_stamp()
    lines, problems = _saved(ws)
    problems += _broken_files(ws)
    with ws.engine.connect() as tx:
        versions = _versions(tx)
        read = _read_all(ws, versions, jobs, time_limit)
        for done, (version, found) in enumerate(zip(versions, read, strict=True), start=1):
            problems += _version_problems(tx, version, found, version.checked == rules, counts)
            if progress:
                progress(done, len(versions), version.title)
    told = f"重新读取并解析文件{counts.versions}份，逐条核对承诺{counts.commitments}条"
    lines = [f"{told}，{'发现问题，见下' if problems else '均与归档一致'}", *lines]
    if counts.outdated:
        quotes = f"，{counts.lost}条引文不再出现" if counts.lost else ""
        text = f"，其中{counts.moved}份的正文因此不同{quotes}" if counts.moved else "，正文均无不同"
        lines.append(f"规则或模型已更新：{counts.outdated}份文件由此前的版本解析{text}；运行 fazhi run 即可更新")
    return tuple(lines), tuple(problems)


# The archive


def _saved(ws: Workspace) -> tuple[list[str], list[str]]:
    """Return what became of the bytes that a backup counts, where the workspace is one."""
    saved = read_saved(ws.folder)
    if saved is None:
        return [], []
    if not saved.finished:
        return [], ["备份没有完成：再次运行 fazhi backup"]
    problems = []
    for name, extent in saved.archive.items():
        path = ws.archive / name
        found = digest_of(path, extent.bytes) if path.is_file() else None
        if found is None:
            problems.append(f"备份清单中的归档文件缺失：{path}")
        elif found != extent:
            problems.append(f"归档文件与备份清单不一致：{path}（清单所列{extent.bytes}字节）")
    good = "" if problems else "，均与清单一致"
    return [f"备份清单列有归档文件{len(saved.archive)}个{good}"], problems


def _broken_files(ws: Workspace) -> list[str]:
    """Return where a file of the archive has a record that cannot be unpacked, whatever it is about."""
    with ws.engine.connect() as tx:
        ends = {row.file: row.end for row in tx.execute(select(store.archives))}
    problems = []
    for path in find_archive(ws.folder):
        end = ends.get(path.name, path.stat().st_size)
        if path.suffix == PACKED and (whole := whole_part(path)) < end:
            problems.append(f"归档文件损坏：{path} 第{whole}字节起的记录无法解压")
    return problems


# The versions


def _versions(tx: Connection) -> Sequence[Any]:
    """Return the versions that are valid, with the titles of their publications."""
    version, about = derived.versions.c, derived.publications.c
    joined = select(derived.versions, about.title, about.problem).join(derived.publications)
    return tx.execute(joined.where(version.until_id.is_(None)).order_by(version.publication_id)).all()


def _read_all(
    ws: Workspace, versions: Sequence[Any], jobs: int, time_limit: float | None
) -> Iterator[tuple[Read | Unread, ...]]:
    inputs = [input_of(ws.archive, version.held) for version in versions]
    if not inputs or (jobs == 1 and time_limit is None):
        yield from map(read_again, inputs)
        return
    for _, found in run_each(read_again, inputs, jobs=jobs, time_limit=time_limit):
        yield (Unread(found.reason),) if isinstance(found, Late) else found


def read_again(given: Input) -> tuple[Read | Unread, ...]:
    """Read the documents of a file of the archive as they are read today, up to their text."""
    is_damage = True
    try:
        load_page(given, LIMITS)
        is_damage = False
        pages = load(given, LIMITS)
    except (PipelineError, OSError, MemoryError) as error:
        return (Unread(reason_of(error, given.place.name), is_damage),)
    found: list[Read | Unread] = []
    for page in pages:
        try:
            document = read_document(page, LIMITS).document
            found.append(Read(document.name, store.storable(document.text), document.sha256))
        except Exception as error:  # a mistake of ours must not cost the other documents, nor go unseen
            found.append(Unread(reason_of(error, page.name)))
    return tuple(found)


def _version_problems(
    tx: Connection, version: Any, found: Iterable[Read | Unread], is_current: bool, counts: _Counts
) -> Iterator[str]:
    """Yield what is wrong with a version, of whose documents *found* is what they are today."""
    counts.versions += 1
    counts.outdated += not is_current
    spot = f"{version.held['page']['file']} 第{version.held['page']['offset']}字节"
    named = f"《{version.title}》（{version.held['url']}，{spot}）"
    again: dict[str, list[Read]] = defaultdict(list)
    failures: list[Unread] = []
    for each in found:
        if isinstance(each, Read):
            again[each.name].append(each)
        else:
            failures.append(each)
    # What today's rules cannot read is told already.
    is_known = bool(version.problem and failures) and not any(each.is_damage for each in failures)
    papers = _papers(tx, version.id)
    has_moved = False
    for paper in papers:
        read = again[paper.name].pop(0) if again[paper.name] else None
        own = named if len(papers) == 1 else f"{named}中的《{paper.name}》"
        rows = _commitments(tx, paper.id)
        counts.commitments += len(rows)
        yield from (f"{own}：{each}" for each in _stored_problems(paper, rows))
        if read is None and not is_known:
            reasons = "；".join(each.reason for each in failures) or "其中没有这份文件"
            yield f"{own}：归档中的字节无法重新读取（{reasons}）"
        elif read is not None:
            yield from (f"{own}：{each}" for each in _read_problems(paper, read, is_current))
            if read.text != paper.text and not is_current:
                has_moved, words = True, squeeze(read.text)
                counts.lost += sum(squeeze(row.quote) not in words for row in rows)
    counts.moved += has_moved


def _papers(tx: Connection, version: int) -> Sequence[Any]:
    of = derived.papers.c
    columns = (of.id, of.name, of.sha256, of.text_sha256, derived.texts.c.text)
    joined = select(*columns).join_from(derived.papers, derived.texts)
    return tx.execute(joined.where(of.version_id == version).order_by(of.position)).all()


def _commitments(tx: Connection, paper: int) -> Sequence[Any]:
    of = derived.commitments.c
    columns = (of.start, of.end, of.quote, of.value_start, of.value_end, of.value_text)
    return tx.execute(select(*columns).where(of.paper_id == paper).order_by(of.id)).all()


def _stored_problems(paper: Any, rows: Sequence[Any]) -> Iterator[str]:
    """Yield what the database says of a document that its own stored text does not bear out."""
    if sha256(paper.text.encode()).hexdigest() != paper.text_sha256:
        yield "数据库中的正文与其校验值不符"
    wrong = []
    for row in rows:
        if paper.text[row.start : row.end] != row.quote:
            wrong.append(f"引文“{_cut(row.quote)}”不在正文第{row.start}至{row.end}字处")
        if paper.text[row.value_start : row.value_end] != row.value_text:
            wrong.append(f"数值“{_cut(row.value_text)}”不在正文第{row.value_start}至{row.value_end}字处")
    yield from wrong[:MOST_QUOTES]
    if len(wrong) > MOST_QUOTES:
        yield f"另有{len(wrong) - MOST_QUOTES}处引文或数值不在所记的位置"


def _read_problems(paper: Any, read: Read, is_current: bool) -> Iterator[str]:
    """Yield what the bytes of a document do not bear out."""
    if read.sha256 != paper.sha256:
        yield f"归档中的字节与数据库所记的校验值不符（应为{paper.sha256}，现为{read.sha256}）"
    if read.text != paper.text and is_current:
        at = _first_difference(read.text, paper.text)
        told, stored = _cut(read.text[at:]), _cut(paper.text[at:])
        yield f"数据库中的正文与重新解析的正文自第{at}字起不同（解析为“{told}”，数据库为“{stored}”）"


def _first_difference(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _cut(words: str) -> str:
    told = " ".join(words[: SHOWN + 1].split())
    return told if len(words) <= SHOWN else told[:SHOWN] + "…"
