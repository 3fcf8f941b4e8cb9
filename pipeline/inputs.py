"""Files on disk to pages: which files are documents, and which belong to a page that links to them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pipeline.errors import InputError
from pipeline.files import Limits, file_type
from pipeline.html_files import is_page
from pipeline.parse.links import Link, file_names, find_links
from pipeline.records import Page

PAGES = (".html", ".htm", ".shtml", ".jhtml", ".xhtml", ".asp", ".aspx", ".jsp", ".php", ".do", ".mht", ".mhtml")
FILES = (".txt", ".docx", ".docm", ".doc", ".wps", ".rtf", ".pdf", ".xlsx", ".xls", ".et", ".ofd", ".zip", ".rar")
PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp")  # of a folder without pages; else decoration
SUFFIXES = (*PAGES, *FILES)
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


def find_inputs(paths: Sequence[Path]) -> tuple[list[Input], list[Failure]]:
    """Return the documents that *paths* name, folders searched through in the order of names, and what is not there.

    A file that a page of the same folder links to as its attachment is part of that page. Pages of an earlier run of
    ours are no documents, wherever they lie.
    """
    found: dict[Path, Input] = {}
    failures = []
    for path in paths:
        if path.is_dir():
            inside = _in_folder(path)
            found.update((each.path, each) for each in inside if each.path not in found)
            if not inside:
                failures.append(Failure(path, f"the folder has no document ({', '.join(SUFFIXES)})"))
        elif is_page(path):
            failures.append(Failure(path, "expected a document, got a page that fazhi wrote about one"))
        elif path.exists():
            found[path] = Input(path, path.parent)
        else:
            failures.append(Failure(path, "there is no such file or folder"))
    return list(found.values()), failures


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
    content = given.path.read_bytes()
    page = Page(given.path.name, content)
    if len(content) > limits.file_bytes or file_type(content, page.name) not in ("zip", "rar"):
        parts = [Page(path.name, path.read_bytes(), link=link.text or path.name) for path, link in _parts(given)]
        return [replace(page, parts=tuple(parts))]
    return list(_members(page, limits, 1))


def _members(archive: Page, limits: Limits, depth: int) -> Iterator[Page]:
    from pipeline.files.archives import unpack

    if depth > limits.depth:
        raise InputError(f"{archive.name}: expected at most {limits.depth} archives inside each other")
    unpacked = unpack(archive.content, archive.name, limits)
    for member in unpacked.members:
        page = Page(f"{archive.name}/{member.name}", member.content)
        try:
            inner = file_type(page.content, page.name) in ("zip", "rar")
        except InputError:  # told when the member is read, so that the others go on
            inner = False
        if inner:
            yield from _members(page, limits, depth + 1)
        else:
            yield page
