"""A Word file as a package: parts read within limits, parsed without entities, and found by their relations."""

import posixpath
import re
from dataclasses import dataclass
from typing import Any, TypeAlias

from pipeline.errors import InputError
from pipeline.files.members import RATIO_FROM, DamagedMemberError
from pipeline.files.record import Limits
from pipeline.files.zips import list_zip, read_entry

Element: TypeAlias = Any  # of lxml, which ships no types

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# A strict file (ISO 29500) says the same under other names.
STRICT = "http://purl.oclc.org/ooxml/"
TRANSITIONAL = {
    "wordprocessingml/main": W,
    "officeDocument/relationships": R,
    "officeDocument/math": M,
    "drawingml/picture": "{http://schemas.openxmlformats.org/drawingml/2006/picture}",
}
DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
MAX_PARTS = 10_000  # a document has some dozens, and one more for each picture
# Tags and attributes of the parts that are parsed, which take some 200 bytes and 10 microseconds each; a book of 1,000
# pages, or a table of 25,000 cells, has a million.
MAX_NODES = 1_200_000
OFF = {"0", "false", "off", "none"}
INTEGER = re.compile(r"\s*([+-]?\d{1,9})(?:\.\d*)?\s*")


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part leads: the last word of the relation's type, and the path of the other part."""

    kind: str
    target: str


class Package:
    """The parts of one Word file.

    Raises:
        InputError: the bytes are no zip archive, or their directory promises more than the limits allow.
    """

    def __init__(self, content: bytes, name: str, limits: Limits) -> None:
        self.name = name
        self._limits = limits
        self._unpacked = 0
        self._nodes = 0
        if len(content) > limits.file_bytes:
            raise InputError(f"{name}: expected at most {limits.file_bytes} bytes, got {len(content)}")
        self._content = content
        entries = list_zip(content, name, MAX_PARTS)
        total = sum(entry.size for entry in entries)
        if total > limits.unpacked_bytes:
            raise InputError(f"{name}: expected at most {limits.unpacked_bytes} bytes unpacked, got {total}")
        for entry in entries:
            ratio = entry.size // max(entry.packed, 1)
            if entry.size > RATIO_FROM and ratio > limits.ratio:
                raise InputError(f"{name}: expected parts packed at most {limits.ratio} times, got {ratio} times")
        self._members = {_key(entry.name): entry for entry in entries if entry.is_file}

    def __contains__(self, path: str) -> bool:
        return _key(path) in self._members

    def read(self, path: str) -> bytes:
        """Return the bytes of the part at *path*; what is unpacked counts towards the limit again each time."""
        entry = self._members[_key(path)]
        self._unpacked += entry.size
        if self._unpacked > self._limits.unpacked_bytes:
            limit = self._limits.unpacked_bytes
            raise InputError(f"{self.name}: expected at most {limit} bytes unpacked, got more in {path}")
        try:
            return read_entry(self._content, entry)
        except DamagedMemberError as error:
            raise InputError(f"{self.name}: expected a readable {path} in the Word file, got: {error}") from error

    def tree(self, path: str) -> Element | None:
        """Return the root element of the XML part at *path*, in transitional names; None if there is no such part."""
        if path not in self:
            return None
        from lxml import etree

        data = self.read(path)
        if any(mark in data for mark in DOCTYPES):
            raise InputError(f"{self.name}: expected XML without a document type, got a DOCTYPE in {path}")
        self.count_nodes(data, path)
        parser = etree.XMLParser(
            resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
        )
        try:
            root: Element = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError, LookupError) as error:  # the latter two: of an unknown encoding
            raise InputError(f"{self.name}: expected well-formed XML in {path}, got {_reason(error)}") from error
        if root.getroottree().docinfo.doctype:
            raise InputError(f"{self.name}: expected XML without a document type, got a DOCTYPE in {path}")
        _rename_strict(root)
        return root

    def count_nodes(self, data: bytes, path: str) -> None:
        """Refuse *data*, the part at *path*, if it and what was parsed before have more tags than the limit."""
        self._nodes += data.count(b"<") + data.count(b"=")
        if self._nodes > MAX_NODES:
            raise InputError(f"{self.name}: expected at most {MAX_NODES} tags and attributes, got more up to {path}")

    def relations(self, path: str) -> dict[str, Relation]:
        """Return the relations of the part at *path* ("" for the package) by their ids, without links to the web."""
        folder, file = posixpath.split(path)
        root = self.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: dict[str, Relation] = {}
        for each in [] if root is None else root:
            target = each.get("Target", "").replace("\\", "/")
            if not target or each.get("TargetMode", "").lower() == "external":
                continue
            joined = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = each.get("Type", "").rpartition("/")[2]
            found[each.get("Id", "")] = Relation(kind, posixpath.normpath(joined))
        return found


def _key(path: str) -> str:
    return path.replace("\\", "/").lstrip("/").lower()


def _reason(error: Exception) -> str:
    return " ".join(str(getattr(error, "msg", None) or error).split())[:200] or type(error).__name__


def _rename_strict(root: Element) -> None:
    if not any(str(uri).startswith(STRICT) for uri in root.nsmap.values()):
        return
    names = {f"{{{STRICT}{strict}}}": plain for strict, plain in TRANSITIONAL.items()}
    for element in root.iter():
        space, _, local = str(element.tag).rpartition("}")
        if space + "}" in names:
            element.tag = names[space + "}"] + local
        for key, value in element.items():
            space, _, local = key.rpartition("}")
            if space + "}" in names:
                del element.attrib[key]
                element.set(names[space + "}"] + local, value)


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first element at the end of *path* (names of WordprocessingML) below *element*."""
    for name in path:
        if element is None or not len(element):
            return None
        element = element.find(W + name)
    return element


def value(element: Element | None, *path: str) -> str | None:
    """Return the `w:val` of the element at the end of *path*, None where there is none."""
    found = child(element, *path)
    return None if found is None else found.get(W + "val")


def switched(element: Element | None, *path: str) -> bool | None:
    """Return whether the property at the end of *path* is on or off; None if it says neither."""
    found = child(element, *path)
    return None if found is None else (found.get(W + "val") or "1").lower() not in OFF


def integer(text: str | None) -> int | None:
    """Return *text* as a number, None if it is none or has more digits than any property of Word."""
    match = INTEGER.fullmatch(text or "")
    return int(match[1]) if match else None
