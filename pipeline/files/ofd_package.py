"""The container of an OFD file: its parts by path, its pages in order, its resources by id.

Source: GB/T 33190—2016, chapters 7 (package and documents) and 8 (pages and resources). Paths are read more freely than
it says: in any case, with either slash, and from the part, the document or the package, since writers differ.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.files.members import DamagedMemberError, Entry, check_entries
from pipeline.files.record import Limits
from pipeline.files.zips import list_zip, read_entry

if TYPE_CHECKING:
    from lxml import etree

PARTS_A_PAGE = 10  # a page has its content, annotations and pictures in parts of their own
MOST_SIDE = 5000.0  # mm of a page
RESOURCES = ("PublicRes", "DocumentRes")
# XML forbids them, and some writers print them for characters that they do not know.
FORBIDDEN = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));", re.I
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of XML and where it stands, since the paths in it start there."""

    path: str
    root: "etree._Element"


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that objects of a page name by its id."""

    folder: str  # from which the path of a picture starts
    element: "etree._Element"


@dataclass(frozen=True, slots=True)
class OfdDocument:
    """One of the documents of a package."""

    path: str
    title: str
    pages: tuple[tuple[str, str], ...]  # folder of Document.xml and path of the page as it is written there
    templates: dict[str, str]  # id -> path as it is written
    resources: dict[str, Resource]
    size: tuple[float, float] | None  # of pages that do not tell their own, in mm
    attachments: tuple[str, ...]  # names


class Package:
    """The parts of an OFD file."""

    def __init__(self, content: bytes, name: str, limits: Limits) -> None:
        """List the parts.

        Raises:
            InputError: no ZIP file, or one that asks for more than *limits* allow.
        """
        self.name = name
        self._content = content
        entries = list_zip(content, name, limits.members + PARTS_A_PAGE * limits.pages)
        check_entries(entries, name, limits)
        self._entries: dict[str, Entry] = {_key(entry.name): entry for entry in entries if entry.is_file}

    def find(self, written: str, *folders: str) -> str | None:
        """Return the path of the part that *written* names, looked for from each of *folders* and from the top."""
        for folder in (*folders, ""):
            key = _key(posixpath.join(folder, written.strip().replace("\\", "/")))
            if key in self._entries:
                return key
        return None

    def read(self, path: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            DamagedMemberError: it cannot be read.
        """
        return read_entry(self._content, self._entries[path])

    def part(self, path: str) -> Part:
        """Return a part as XML.

        Raises:
            DamagedMemberError: it cannot be read, is no XML, or brings definitions of its own.
        """
        return Part(path, _parse(self.read(path)))

    def documents(self) -> Iterator[OfdDocument]:
        """Yield the documents in the order of the package.

        Raises:
            InputError: the parts that list documents and pages are missing or broken.
        """
        top = self.find("OFD.xml") or min(
            (key for key in self._entries if key.endswith("/ofd.xml")), key=len, default=None
        )
        if top is None:
            raise InputError(f"{self.name}: expected an OFD file, got a ZIP archive without OFD.xml")
        root = self._needed(top).root
        folder = posixpath.dirname(top)
        bodies = list(named(root, "DocBody"))
        for body in bodies:
            written = child_text(body, "DocRoot")
            path = self.find(written, folder) if written else None
            if path is None:
                raise InputError(f"{self.name}: expected an OFD file, got one whose document {written!r} is missing")
            info = child(body, "DocInfo")
            yield self._document(self._needed(path), "" if info is None else child_text(info, "Title"))
        if not bodies:
            raise InputError(f"{self.name}: expected an OFD file, got one that lists no document")

    def _needed(self, path: str) -> Part:
        try:
            return self.part(path)
        except DamagedMemberError as error:
            raise InputError(
                f"{self.name}: expected an OFD file, got one whose {path} cannot be read ({error})"
            ) from error

    def _document(self, part: Part, title: str) -> OfdDocument:
        folder = posixpath.dirname(part.path)
        common = child(part.root, "CommonData")
        resources: dict[str, Resource] = {}
        templates: dict[str, str] = {}
        area = None
        if common is not None:
            for kind in RESOURCES:
                for element in named(common, kind):
                    resources |= self.resources(element.text or "", folder)
            templates = {
                template.get("ID", ""): template.get("BaseLoc", "") for template in named(common, "TemplatePage")
            }
            area = child(common, "PageArea")
        pages = child(part.root, "Pages")
        listed = () if pages is None else tuple((folder, page.get("BaseLoc", "")) for page in named(pages, "Page"))
        return OfdDocument(
            path=part.path,
            title=title,
            pages=listed,
            templates=templates,
            resources=resources,
            size=page_size(area),
            attachments=tuple(self._attachments(child_text(part.root, "Attachments"), folder)),
        )

    def resources(self, written: str, *folders: str) -> dict[str, Resource]:
        """Return what a part of resources holds, by id; nothing if it cannot be read, as most of it does not matter."""
        path = self.find(written, *folders) if written.strip() else None
        if path is None:
            return {}
        try:
            root = self.part(path).root
        except DamagedMemberError:
            return {}
        folder = posixpath.join(posixpath.dirname(path), root.get("BaseLoc", "").replace("\\", "/"))
        kinds = ("MultiMedia", "CompositeGraphicUnit")
        return {
            element.get("ID", ""): Resource(folder, element)
            for element in root.iter()
            if isinstance(element.tag, str) and local(element) in kinds
        }

    def _attachments(self, written: str, folder: str) -> Iterator[str]:
        """Yield the names of the files that a document carries along."""
        path = self.find(written, folder) if written else None
        if path is None:
            return
        try:
            root = self.part(path).root
        except DamagedMemberError:
            return
        for element in named(root, "Attachment"):
            name = element.get("Name") or posixpath.basename(child_text(element, "FileLoc").replace("\\", "/"))
            if name:
                yield name


def local(element: "etree._Element") -> str:
    """Return the name of an element without its namespace; drafts of the standard and tools use others."""
    return _local(str(element.tag))


@lru_cache(maxsize=256)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2]


def named(parent: "etree._Element", name: str) -> Iterator["etree._Element"]:
    """Yield the children of *parent* called *name*."""
    return (element for element in parent if isinstance(element.tag, str) and local(element) == name)


def child(parent: "etree._Element", name: str) -> "etree._Element | None":
    """Return the first child of *parent* called *name*."""
    return next(named(parent, name), None)


def child_text(parent: "etree._Element", name: str) -> str:
    """Return the text of the first child of *parent* called *name*, "" if there is none."""
    element = child(parent, name)
    return "" if element is None else (element.text or "").strip()


@lru_cache(maxsize=4096)  # sizes and matrices are those of the object before, mostly
def numbers(written: str | None) -> tuple[float, ...]:
    """Return the numbers of an attribute, none if one of them is no number."""
    try:
        found = tuple(map(float, (written or "").replace(",", " ").split()))
    except ValueError:
        return ()
    return found if all(abs(value) < 1e6 for value in found) else ()


def page_size(area: "etree._Element | None") -> tuple[float, float] | None:
    """Return width and height of a page area in mm, None if it does not tell."""
    if area is None:
        return None
    for kind in ("PhysicalBox", "ApplicationBox", "CropBox"):
        box = numbers(child_text(area, kind))
        if len(box) == 4 and 0 < box[2] <= MOST_SIDE and 0 < box[3] <= MOST_SIDE:
            return box[2], box[3]
    return None


def _key(path: str) -> str:
    """Return the form of a path that all its spellings share."""
    return posixpath.normpath("/" + path.replace("\\", "/")).lstrip("/").casefold()


def _parse(content: bytes) -> "etree._Element":
    """Parse XML that may define nothing and fetch nothing."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError:
            root = etree.fromstring(FORBIDDEN.sub(b"", content), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedMemberError("已损坏") from error
    if root.getroottree().docinfo.doctype:
        raise DamagedMemberError("含有文档类型定义")
    return root
