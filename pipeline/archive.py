"""The evidence of a workspace: the bytes of every document and of its parts as WARC 1.1, only ever added to.

`DIR/archive/import-NNNN.warc.gz` has a resource record a file, each a gzip member of its own, and for every page with
parts a metadata record that names them; WARC files of others lie there as they came, under such a name as well. All are
written under another name and renamed when they are whole, so that whatever ends an import leaves no half of a record
behind. `index.jsonl` is a cache of what the records say.
"""

import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import file_digest, sha256
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj
from typing import IO, Any
from urllib.parse import quote

from pipeline.errors import InputError, NotFoundError, PipelineError
from pipeline.files import Limits
from pipeline.guard import Late, run_each
from pipeline.inputs import (
    ARCHIVE,
    Failure,
    Input,
    files_of,
    find_archive,
    find_inputs,
    find_warcs,
    load,
    reason_of,
)
from pipeline.parse import read_document
from pipeline.warc import ABOUT, check_warc, find_held, is_gzip, is_warc, scan

LIMITS = Limits()
FOLDER, INDEX, LOCK, UNFINISHED = ARCHIVE, "index.jsonl", ".lock", ".unfinished.warc.gz"
NUMBERED = re.compile(r"import-(\d{4,})\.warc(?:\.gz)?")
PIECE = 1 << 20  # bytes copied at a time
LARGEST = 1_000_000_000  # bytes of one WARC file, as the standard advises; the next document begins another

UNKNOWN = "application/octet-stream"
MEDIA = {  # for other programs that read the archive; we tell types by bytes
    **dict.fromkeys((".html", ".htm", ".shtml", ".jhtml", ".asp", ".aspx", ".jsp", ".php", ".do"), "text/html"),
    ".xhtml": "application/xhtml+xml",
    ".mht": "multipart/related",
    ".mhtml": "multipart/related",
    ".txt": "text/plain",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".rtf": "application/rtf",
    ".pdf": "application/pdf",
    ".ofd": "application/ofd",
    ".zip": "application/zip",
    ".rar": "application/vnd.rar",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
}

File = tuple[str, str]  # address and digest: what makes two files the same
Whole = tuple[File, tuple[File, ...]]  # a page and its parts
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Stored:
    """What an import came to."""

    documents: int  # that can be read, and of which something was written
    files: int  # whose bytes were written
    repeated: int  # documents that can be read, and were there already
    failures: tuple[Failure, ...]


def import_paths(
    paths: Sequence[Path],
    workspace: Path,
    *,
    jobs: int = 1,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> Stored:
    """Store the documents that *paths* name, with their parts, in the archive of a workspace.

    A file that cannot be read as a document is evidence too: it is stored, and told with the reason. A WARC file is
    stored as it is, unless nothing can be read of it; of another workspace only the archive is taken.

    Args:
        paths: files, and folders to search for files.
        workspace: a folder, made where it is not there.
        jobs: how many processes try to read the documents; 1 without a time limit works in this one.
        time_limit: seconds for one file, after which it counts as one that cannot be read; None for none.
        progress: called with how many files are done, how many there are, and the last one's name.
    Raises:
        NotFoundError: nothing that was named is there.
        InputError: another import into the same workspace is running.
    """
    warcs, others = _apart(paths, workspace)
    inputs, failures = find_inputs(others, with_warcs=False)
    folders = {path for path in others if any(warc.is_relative_to(path) for warc in warcs)}
    failures = [failure for failure in failures if failure.path not in folders]  # they have documents of another kind
    if not (inputs or warcs):
        raise NotFoundError("; ".join(f"{failure.path}: {failure.reason}" for failure in failures))
    parts = [Stored(0, 0, 0, tuple(failures))]
    if warcs:  # first: a file that one of them holds already is not stored again
        parts.append(add_warcs(workspace, warcs, jobs=jobs, time_limit=time_limit, progress=progress))
    if inputs:
        parts.append(add_pages(workspace, inputs, jobs=jobs, time_limit=time_limit, progress=progress))
    told = dict.fromkeys(failure for part in parts for failure in part.failures)
    documents, files, repeated = (
        sum(counts) for counts in zip(*((part.documents, part.files, part.repeated) for part in parts), strict=True)
    )
    return Stored(documents, files, repeated, tuple(told))


def _apart(paths: Sequence[Path], workspace: Path) -> tuple[list[Path], list[Path]]:
    """Return the WARC files that are named or lie in folders, and the paths in which other documents are looked for."""
    own = (workspace / FOLDER).resolve()  # it may lie within a folder that was named
    warcs: dict[Path, None] = {}
    others = []
    for path in paths:
        if not path.is_dir():
            named = [path] if is_warc(path) and path.is_file() else []
            warcs.update(dict.fromkeys(named))
            others += [] if named else [path]
            continue
        archive = find_archive(path) if (path / FOLDER).resolve() != own else []
        warcs.update(dict.fromkeys(archive or (file for file in find_warcs(path) if file.resolve().parent != own)))
        others += [] if archive else [path]
    return list(warcs), others


def add_pages(
    workspace: Path,
    inputs: Sequence[Input],
    *,
    jobs: int = 1,
    time_limit: float | None = None,
    progress: Progress | None = None,
    limits: Limits = LIMITS,
) -> Stored:
    """Store *inputs* with their parts, but for files larger than *limits* allow; the rest as in `import_paths`."""
    documents = repeated = 0
    with _open_archive(workspace / FOLDER) as (writer, failures):
        for done, (given, checked) in enumerate(_check_each(inputs, jobs, time_limit, limits), start=1):
            added = _add(writer, given, checked.files, limits)
            if added.is_kept:
                documents += checked.readable * added.is_new
                repeated += checked.readable * (not added.is_new)
                failures += [*map(_kept, checked.failures), *added.failures]
            else:
                failures += checked.failures or added.failures
            if progress:
                progress(done, len(inputs), given.path.name)
    return Stored(documents, writer.count, repeated, tuple(failures))


def add_warcs(
    workspace: Path,
    files: Sequence[Path],
    *,
    jobs: int = 1,
    time_limit: float | None = None,
    progress: Progress | None = None,
    limits: Limits = LIMITS,
) -> Stored:
    """Store WARC files as they are, each once, and try to read their documents; the rest as in `import_paths`.

    One that breaks off is stored for what stands before; one of which nothing can be read is refused.
    """
    documents = repeated = 0
    with _open_archive(workspace / FOLDER) as (_, failures):
        held_as: dict[Path, Path] = {}  # in the archive: as it was named
        new = set()
        for file in files:
            try:
                copy, is_new = _copy(file, workspace)
            except (InputError, PermissionError) as error:
                failures.append(Failure(file, reason_of(error, file.name)))
                continue
            held_as.setdefault(copy, file)
            new |= {copy} if is_new else set()
        held, problems = find_held(list(held_as), limits)
        failures += [_kept(Failure(held_as[copy], reason)) for copy, reason in problems if copy in new]
        inputs = [Input(one.page.file, one.page.file.parent, one) for one in held]
        for done, (given, checked) in enumerate(_check_each(inputs, jobs, time_limit, limits), start=1):
            file = held_as.get(given.path, given.path)
            documents += checked.readable * (given.path in new)
            repeated += checked.readable * (given.path not in new)
            place = replace(given, path=file).place  # at the same byte in both
            failures += [_kept(Failure(place, failure.reason)) for failure in checked.failures]
            if progress:
                progress(done, len(inputs), file.name)
    return Stored(documents, len(new), repeated, tuple(failures))


def _copy(file: Path, workspace: Path) -> tuple[Path, bool]:
    """Return the WARC file of the archive that has the bytes of *file*, and whether it was put there now.

    Raises:
        InputError: nothing can be read of it.
    """
    with file.open("rb") as source:
        size, digest = os.fstat(source.fileno()).st_size, ""
        for there in find_archive(workspace):
            if there.stat().st_size == size:
                digest = digest or file_digest(source, "sha256").hexdigest()
                with there.open("rb") as other:
                    if file_digest(other, "sha256").hexdigest() == digest:
                        return there, False
        source.seek(0)
        unfinished = workspace / FOLDER / UNFINISHED
        try:
            with unfinished.open("wb") as out:
                copyfileobj(source, out, PIECE)
                out.flush()
                os.fsync(out.fileno())
            check_warc(unfinished)
            suffix = ".gz" if is_gzip(unfinished) else ""  # by its bytes: names may be wrong
            copy = workspace / FOLDER / f"import-{_next_number(workspace / FOLDER):04}.warc{suffix}"
            unfinished.rename(copy)
        finally:
            unfinished.unlink(missing_ok=True)
    return copy, True


def _next_number(folder: Path) -> int:
    """Return the number of the next file of an archive that an import writes."""
    return max((int(match[1]) for path in folder.iterdir() if (match := NUMBERED.fullmatch(path.name))), default=0) + 1


def _kept(failure: Failure) -> Failure:
    return Failure(failure.path, f"{failure.reason}; the archive keeps its bytes all the same")


@dataclass(frozen=True, slots=True)
class _Checked:
    """What reading a file came to."""

    readable: int  # documents in it
    failures: tuple[Failure, ...]
    files: tuple[tuple[Path, str], ...] = ()  # its own and its parts, with the texts of their links; () if unknown


def _check_each(
    inputs: Sequence[Input], jobs: int, time_limit: float | None, limits: Limits
) -> Iterator[tuple[Input, _Checked]]:
    work = partial(_check, limits=limits)
    if jobs == 1 and time_limit is None:
        yield from zip(inputs, map(work, inputs), strict=True)
        return
    for given, result in run_each(work, inputs, jobs=jobs, time_limit=time_limit):
        yield given, _Checked(0, (Failure(given.place, result.reason),)) if isinstance(result, Late) else result


def _check(given: Input, limits: Limits) -> _Checked:
    """Try to read a file as documents; runs in a process of its own, since the bytes are anybody's."""
    files: tuple[tuple[Path, str], ...] = ()
    try:
        files = () if given.held else tuple(files_of(given, limits))
        pages = load(given, limits)
    except (PipelineError, OSError, MemoryError) as error:
        return _Checked(0, (Failure(given.place, reason_of(error, given.place.name)),), files)
    if not pages:
        return _Checked(0, (Failure(given.place, "expected an archive with documents, got one without"),), files)
    failures = []
    for page in pages:
        try:
            read_document(page, limits)
        except Exception as error:  # a mistake of ours must not cost the other files, nor go unseen
            path = given.place if given.held or page.name == given.path.name else given.path.parent / page.name
            failures.append(Failure(path, reason_of(error, "" if given.held else page.name)))
    return _Checked(len(pages) - len(failures), tuple(failures), files)


@dataclass(frozen=True, slots=True)
class _Added:
    """What storing a document came to."""

    is_kept: bool  # its own file is in the archive
    is_new: bool  # something was written
    failures: tuple[Failure, ...] = ()  # what could not be stored


def _add(writer: "_Writer", given: Input, files: Sequence[tuple[Path, str]], limits: Limits) -> _Added:
    held: list[_File] = []
    failures: list[Failure] = []
    try:
        for path, link in files or files_of(given, limits):
            if (size := path.stat().st_size) > limits.file_bytes:
                most = limits.file_bytes / 1e6
                reason = f"expected a file of at most {most:.0f} MB to store, got one of {size / 1e6:.1f} MB"
                failures.append(Failure(path, reason))
                if not held:
                    break
            else:
                held.append(_File(_address(path, given.root), path.read_bytes(), (link or path.name) if held else ""))
    except OSError as error:
        return _Added(False, False, (Failure(given.path, reason_of(error, given.path.name)),))
    is_new = bool(held) and writer.add(held[0], held[1:])
    return _Added(bool(held), is_new, tuple(failures))


def _address(path: Path, root: Path) -> str:
    """Return the file: address of a file from the folder that was named; where that lies is nobody's business.

    >>> _address(Path("/home/me/plans/2024/a b.html"), Path("/home/me/plans"))
    'file:plans/2024/a%20b.html'
    """
    names: tuple[str, ...] = (path.name,)
    for one, base in ((path, root), (path.resolve(), root.resolve())):
        if one.is_relative_to(base):
            names = one.relative_to(base).parts
            break
    folder = Path(os.path.abspath(root)).name  # of "." and ".." too
    return "file:" + "/".join(quote(name, safe="", errors="surrogatepass") for name in (folder, *names) if name)


@dataclass(frozen=True, slots=True)
class _File:
    """A file to be stored."""

    address: str
    content: bytes
    link: str = ""

    @property
    def key(self) -> File:
        """What tells it from others."""
        return self.address, f"sha256:{sha256(self.content).hexdigest()}"


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the bytes of a file stand in the archive."""

    file: str
    offset: int
    record_id: str


@dataclass(slots=True)
class _Shelf:
    """What one WARC file holds."""

    files: list[tuple[File, int, str]] = field(default_factory=list)  # with the offset and the id of the record
    wholes: list[Whole] = field(default_factory=list)
    problem: str = ""  # why what stands behind them cannot be read


@contextmanager
def _open_archive(folder: Path) -> Iterator[tuple["_Writer", list[Failure]]]:
    """Yield what writes to an archive, and what is broken in it already.

    An error or an interrupt in between keeps the documents that were whole by then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _only_one(folder):
        shelves, failures = _read_shelves(folder)
        writer = _Writer(folder, shelves)
        try:
            yield writer, list(failures)
        finally:
            writer.finish()
            _write_index(folder, shelves)


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Keep a second import out; the system lets go of the lock of a process that was killed."""
    try:
        import fcntl
    except ImportError:  # no such locks on this system, where a rename never overwrites
        yield
        return
    with (folder / LOCK).open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InputError(f"{folder}: expected to be the only import, but another one is running") from error
        yield


def _read_shelves(folder: Path) -> tuple[dict[str, _Shelf], list[Failure]]:
    """Return what each WARC file of an archive holds, by the index where it is of the same file."""
    cached = _read_index(folder)
    shelves: dict[str, _Shelf] = {}
    failures = []
    for path in sorted(file for file in folder.iterdir() if NUMBERED.fullmatch(file.name)):
        stamp, shelf = cached.get(path.name, ((), _Shelf()))
        shelves[path.name] = shelf = shelf if stamp == _stamp(path) else _read_shelf(path)
        if shelf.problem:  # told each time
            failures.append(Failure(path, shelf.problem))
    return shelves, failures


def _stamp(path: Path) -> tuple[int, ...]:
    about = path.stat()
    return about.st_size, about.st_mtime_ns


def _read_shelf(path: Path) -> _Shelf:
    records, problem = scan(path, with_responses=False)
    shelf = _Shelf(problem=problem)
    for record in records:
        if record.kind == "resource":
            shelf.files.append(((record.uri, record.digest), record.place.offset, record.record_id))
        elif record.about:
            page, *parts = (
                (str(row.get("uri", "")), row["digest"]) for row in (record.about["page"], *record.about["parts"])
            )
            shelf.wholes.append((page, tuple(parts)))
    return shelf


def _read_index(folder: Path) -> dict[str, tuple[tuple[int, ...], _Shelf]]:
    """Return what the index says of each file, and nothing where it is not as we write it: it can be made again."""
    found = {}
    try:
        for line in (folder / INDEX).read_text("utf-8").splitlines():
            row = json.loads(line)
            files = [((uri, digest), offset, record_id) for uri, digest, offset, record_id in row["files"]]
            wholes = [(tuple(page), tuple(tuple(part) for part in parts)) for page, parts in row["documents"]]
            found[str(row["file"])] = tuple(row["stamp"]), _Shelf(files, wholes, str(row["problem"]))
    except (OSError, ValueError, TypeError, KeyError):
        return {}
    return found


def _write_index(folder: Path, shelves: dict[str, _Shelf]) -> None:
    unfinished = folder / f".{INDEX}"
    with unfinished.open("w", encoding="utf-8", newline="\n") as lines:
        for name, shelf in shelves.items():
            row = {
                "file": name,
                "stamp": _stamp(folder / name),
                "files": [[*key, offset, record_id] for key, offset, record_id in shelf.files],
                "documents": shelf.wholes,
                "problem": shelf.problem,
            }
            lines.write(json.dumps(row) + "\n")
    unfinished.replace(folder / INDEX)


class _Writer:
    """Appends documents to the WARC file of this import, and to another one when that is full."""

    def __init__(self, folder: Path, shelves: dict[str, _Shelf]) -> None:
        self.count = 0  # files written
        self._folder = folder
        self._shelves = shelves
        self._spots = {
            key: _Spot(name, offset, record_id)
            for name, shelf in shelves.items()
            for key, offset, record_id in shelf.files
        }
        self._wholes = {whole for shelf in shelves.values() for whole in shelf.wholes}
        self._out: IO[bytes] | None = None
        self._warc: Any = None
        self._name = ""
        self._shelf = _Shelf()
        self._end = 0  # of the last document that is whole

    def add(self, page: _File, parts: Sequence[_File]) -> bool:
        """Write what is not there yet of a document; says whether that was anything."""
        whole = page.key, tuple(part.key for part in parts)
        is_known = whole in self._wholes or not parts
        if is_known and all(key in self._spots for key in (whole[0], *whole[1])):
            return False
        self._open()
        is_new_page = whole[0] not in self._spots
        main = self._put(page, {})
        together = {"WARC-Concurrent-To": main.record_id} if is_new_page else {}
        rows = [self._row(page, main), *(self._row(part, self._put(part, together)) for part in parts)]
        if parts:
            about = json.dumps({"page": rows[0], "parts": rows[1:]}).encode()
            self._write("metadata", page.address, about, ABOUT, {"WARC-Refers-To": main.record_id})
            self._wholes.add(whole)
            self._shelf.wholes.append(whole)
        self._end = self._tell()
        if self._end > LARGEST:
            self.finish()
        return True

    def finish(self) -> None:
        """Give the file of this import its name, once its bytes are on the disk, without what was left half written."""
        if self._out is None:
            return
        out, self._out = self._out, None
        with out:
            out.truncate(self._end)
            out.flush()
            os.fsync(out.fileno())
        unfinished = self._folder / UNFINISHED
        if not self._end:
            unfinished.unlink()
            return
        unfinished.rename(self._folder / self._name)
        self._shelf.files = [row for row in self._shelf.files if row[1] < self._end]
        self._shelves[self._name] = self._shelf

    def _open(self) -> None:
        if self._out is not None:
            return
        from warcio.warcwriter import WARCWriter

        self._name = f"import-{_next_number(self._folder):04}.warc.gz"
        self._shelf, self._end = _Shelf(), 0
        self._out = (self._folder / UNFINISHED).open("wb")  # what a killed import left is written over
        self._warc = WARCWriter(self._out, gzip=True, warc_version="1.1")
        about = {
            "software": f"fazhi/{version('fazhi')}",
            "format": "WARC File Format 1.1",
            "description": "files that people saved, by their names; dates are those of the import",
        }
        self._warc.write_record(self._warc.create_warcinfo_record(self._name, about))

    def _put(self, file: _File, headers: dict[str, str]) -> _Spot:
        """Return where a file stands, after writing it if it is nowhere."""
        if file.key not in self._spots:
            media = MEDIA.get(Path(file.address).suffix.lower(), UNKNOWN)
            spot = self._write("resource", file.address, file.content, media, headers)
            self._spots[file.key] = spot
            self._shelf.files.append((file.key, spot.offset, spot.record_id))
            self.count += 1
        return self._spots[file.key]

    def _write(self, kind: str, address: str, content: bytes, media: str, headers: dict[str, str]) -> _Spot:
        offset = self._tell()
        digest = f"sha256:{sha256(content).hexdigest()}"
        record = self._warc.create_warc_record(
            address,
            kind,
            payload=BytesIO(content),
            length=len(content),
            warc_content_type=media,
            warc_headers_dict={"WARC-Payload-Digest": digest, "WARC-Block-Digest": digest, **headers},
        )
        self._warc.write_record(record)
        return _Spot(self._name, offset, record.rec_headers.get_header("WARC-Record-ID"))

    def _row(self, file: _File, spot: _Spot) -> dict[str, Any]:
        row = {"uri": file.key[0], "digest": file.key[1], "file": spot.file, "offset": spot.offset, "link": file.link}
        return {key: value for key, value in row.items() if value != "" and (key, value) != ("file", self._name)}

    def _tell(self) -> int:
        return self._out.tell() if self._out else 0
