"""Files on disk to pages: which files are documents, and which belong to a page that links to them.

WARC files hold pages too; `warc` says which of their records are documents, and each is an input of its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pipeline.errors import InputError, PipelineError
from pipeline.files import Limits, file_type
from pipeline.html_files import is_page
from pipeline.parse.links import Link, file_names, find_links, page_number
from pipeline.records import Page
from pipeline.warc import SUFFIXES as WARCS
from pipeline.warc import Held, find_held, is_warc, read_held

PAGES = (".html", ".htm", ".shtml", ".jhtml", ".xhtml", ".asp", ".aspx", ".jsp", ".php", ".do", ".mht", ".mhtml")
FILES = (".txt", ".docx", ".docm", ".doc", ".wps", ".rtf", ".pdf", ".xlsx", ".xls", ".et", ".ofd", ".zip", ".rar")
PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp")  # of a folder without pages; else decoration
SUFFIXES = (*PAGES, *FILES)
ARCHIVE = "archive"  # the folder that makes one a workspace, where nothing else is a source
OF_ARCHIVE = re.compile(r"(?:crawl|import)-\d{4,}\.warc(?:\.gz)?")
NUMBERED = re.compile(r"[_-]\d{1,2}\.[A-Za-z]+$")  # a further page of an article, by its name


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that did not become a document, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Input:
    """A file that is a document of its own, and the folder within which its parts are looked for."""

    path: Path
    root: Path
    held: Held | None = None  # of a WARC file: where in it the document stands

    @property
    def place(self) -> Path:
        """Where the document lies, for messages: a file, and of a WARC file the offset in it."""
        return Path(f"{self.path}:{self.held.page.offset}") if self.held else self.path


def find_inputs(paths: Sequence[Path], *, with_warcs: bool = True) -> tuple[list[Input], list[Failure]]:
    """Return the documents that *paths* name, folders searched through in the order of names, and what is not there.

    A file that a page of the same folder links to as its attachment is part of that page. Pages of an earlier run of
    ours are no documents, wherever they lie. Of a workspace only the archive is read. What WARC files hold comes last.
    Without *with_warcs* these are passed over, and a workspace is a folder like any other.
    """
    found: dict[Path, Input] = {}
    failures = []
    warcs: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            archive = find_archive(path) if with_warcs else []
            inside = [] if archive else _in_folder(path)
            archive = archive or (find_warcs(path) if with_warcs else [])
            warcs.update(dict.fromkeys(archive))
            found.update((each.path, each) for each in inside if each.path not in found)
            if not (inside or archive):
                failures.append(Failure(path, f"the folder has no document ({', '.join((*SUFFIXES, *WARCS))})"))
        elif is_warc(path) and path.is_file():
            warcs[path] = None
        elif is_page(path):
            failures.append(Failure(path, "expected a document, got a page that fazhi wrote about one"))
        elif path.exists():
            found[path] = Input(path, path.parent)
        else:
            failures.append(Failure(path, "there is no such file or folder"))
    held, problems = find_held(list(warcs))
    failures += [Failure(path, reason) for path, reason in problems]
    return [*found.values(), *(Input(one.page.file, one.page.file.parent, one) for one in held)], failures


def find_archive(workspace: Path) -> list[Path]:
    """Return the WARC files in the archive of a workspace; none where a folder is no workspace."""
    folder = workspace / ARCHIVE
    return sorted(file for file in folder.glob("*") if OF_ARCHIVE.fullmatch(file.name) and file.is_file())


def find_warcs(folder: Path) -> list[Path]:
    """Return the WARC files in a folder, hidden ones aside: they are not whole yet."""
    return sorted(file for file in folder.rglob("[!.]*") if is_warc(file) and file.is_file())


def _in_folder(folder: Path) -> list[Input]:
    files = sorted(file for file in folder.rglob("*") if file.is_file() and not file.name.startswith(("~$", ".")))
    pages = [file for file in files if file.suffix.lower() in PAGES and not is_page(file)]
    others = [file for file in files if file.suffix.lower() in FILES]
    pictures = [] if pages else [file for file in files if file.suffix.lower() in PICTURES]
    claimed: set[Path] = set()
    if others or any(NUMBERED.search(page.name) for page in pages):
        for page in pages:
            claimed |= {path for path, _ in _parts(Input(page, folder)) if path != page}
    chosen = sorted({*pages, *others, *pictures} - claimed)
    return [Input(file, folder) for file in chosen]


def _parts(given: Input) -> Iterator[tuple[Path, Link]]:
    """Yield the files beside a page that it links to; one that cannot be read has none."""
    try:
        page = Page(given.path.name, given.path.read_bytes())
        links = find_links(page)
    except (InputError, OSError):  # the reason is told when the page itself is read
        return
    for link in links:
        path = _resolve(link, given)
        if path:
            yield path, link


def _resolve(link: Link, given: Input) -> Path | None:
    """Return the file that a link of a saved page means; never one outside the folder that was named."""
    folder, root = given.path.parent, given.root.resolve()
    try:
        relative = unquote(urlsplit(link.href).path)
        candidates = [folder / relative.lstrip("/"), root / relative.lstrip("/")] if relative else []
        names = file_names(link.href, link.text)
        if number := page_number(link.href):  # a page of an article that its query names is saved beside it
            names = tuple(f"{given.path.stem}{mark}{number}{given.path.suffix}" for mark in "_-")
            candidates = []
        # A site saved from some folder down has the lower part of each path.
        steps = [step for step in relative.split("/") if step not in ("", ".", "..")]
        candidates += [folder.joinpath(*steps[at:]) for at in range(1, len(steps))]
        candidates += [place / name for name in names for place in (folder, folder / f"{given.path.stem}_files")]
        for candidate in candidates:
            path = candidate.resolve()
            if path.is_file() and path.is_relative_to(root) and path != given.path.resolve():
                return folder / path.relative_to(folder.resolve()) if path.is_relative_to(folder.resolve()) else path
    except (ValueError, OSError):  # a name that no file can have
        return None
    return None


def load(given: Input, limits: Limits) -> list[Page]:
    """Return the pages of a file: itself with its parts, or of an archive each member that is a document of its own.

    Raises:
        InputError: an archive is broken, locked or too large.
        OSError: the file cannot be read.
    """
    page = load_page(given, limits)
    if len(page.content) > limits.file_bytes or file_type(page.content, page.name) not in ("zip", "rar"):
        return [page]
    return list(members_of(page, limits))


def load_page(given: Input, limits: Limits) -> Page:
    """Return the page of a file with its parts, as it came: an archive is not opened."""
    if given.held:
        return read_held(given.held, limits)
    (own, _), *others = files_of(given, limits)
    parts = tuple(Page(path.name, path.read_bytes(), link=link or path.name) for path, link in others)
    return Page(own.name, own.read_bytes(), parts=parts)


def files_of(given: Input, limits: Limits) -> list[tuple[Path, str]]:
    """Return the file of a document, then those of its parts, each with the text of the link to it."""
    is_searched = given.path.stat().st_size <= limits.file_bytes
    return [(given.path, ""), *((path, link.text) for path, link in (_parts(given) if is_searched else ()))]


def reason_of(error: Exception, name: str) -> str:
    """Return in one sentence why a file is no document; *name* is what messages about it begin with."""
    if isinstance(error, PipelineError):
        return str(error).removeprefix(f"{name}: ")
    if isinstance(error, OSError):
        return f"cannot be read: {error.strerror or error}"
    if isinstance(error, MemoryError):
        return "expected a file that fits into the memory allowed for one, got one that needs more"
    return f"internal error, please report it: {type(error).__name__}: {error}"


def members_of(archive: Page, limits: Limits, depth: int = 1) -> Iterator[Page]:
    """Yield the documents in an archive, and in those within it.

    Raises:
        InputError: it is broken, locked or too large.
    """
    from pipeline.files.archives import unpack

    if depth > limits.depth:
        raise InputError(f"{archive.name}: expected at most {limits.depth} archives inside each other")
    unpacked = unpack(archive.content, archive.name, limits)
    about = archive.listed
    if about and len(unpacked.members) > 1:  # the row is about all of them, and names at most one
        about = replace(about, title="", number="", index_number="", publisher="")
    for member in unpacked.members:
        name = f"{archive.name}/{member.name}"
        page = Page(name, member.content, archive.url, archive.fetched, archive.snapshot, listed=about)
        try:
            inner = file_type(page.content, page.name) in ("zip", "rar")
        except InputError:  # told when the member is read, so that the others go on
            inner = False
        if inner:
            yield from members_of(page, limits, depth + 1)
        else:
            yield page
