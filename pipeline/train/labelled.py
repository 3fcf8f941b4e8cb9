"""Documents whose sections bear a reader's headings: what the headings model learns from and is judged by."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.analyze import SUFFIXES
from pipeline.classify.official import heading_of_title
from pipeline.errors import InputError
from pipeline.evaluate.cases import EXPORT_KEYS, NOWHERE, locate, read_rows, squeeze, squeezed_places
from pipeline.parse import parse_page
from pipeline.records import Document, Page, Section
from pipeline.reference import outline
from pipeline.segment import find_sections

DOCUMENTS = "documents.jsonl"
HEADINGS = range(11)
WEAK = 0.3  # weight in training of a heading that an official chapter title gives
STRONG = 3.0  # weight of a correction
PARAGRAPH_KEYS = {"doc": str, "heading": int, "alt": list, "items": list, "text": str}
DOCUMENT_KEYS = {"doc": str, "title": str, "kind": str, "year": int}
GOLD_KEYS = {"starts_with": str, "heading": int}
CORRECTION_KEYS = {"doc_id": str, "section_id": str, "heading": int}


@dataclass(frozen=True, slots=True)
class Label:
    """What a reader says of one section."""

    section: Section
    heading: int
    alternatives: frozenset[int] = frozenset()
    items: frozenset[str] | None = None  # None where nobody was asked
    weight: float = 1.0  # in training
    second: int | None = None  # the heading that a second reader gave
    given: int | None = None  # what a model had said, of a correction

    def accepts(self, heading: int | None) -> bool:
        """Say whether a careful second reader could give *heading*."""
        return heading == self.heading or heading in self.alternatives


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document, its sections, and the labels of some or all of them."""

    document: Document
    sections: tuple[Section, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Learnt:
    """What an export and a corrections file add to the bundled texts."""

    documents: tuple[Labelled, ...]
    weak: int
    strong: int
    stale: tuple[str, ...] = field(default=())  # corrections of sections that the exports do not have


def read_labelled(folder: Path) -> list[Labelled]:
    """Read the documents of `corpora/headings`: a row a paragraph in order, with heading, alt and items.

    Raises:
        NotFoundError: the folder has no documents.jsonl.
        InputError: a row of an unknown document, without a field, with a heading or item that does not exist, or that
            opens no section.
    """
    about = {row["doc"]: row for row in read_rows(folder / DOCUMENTS, DOCUMENT_KEYS)}
    rows: dict[str, list[tuple[str, Mapping[str, Any]]]] = {name: [] for name in about}
    for path in sorted(folder.glob("*.jsonl")):
        if path.name == DOCUMENTS:
            continue
        for place, row in enumerate(read_rows(path, PARAGRAPH_KEYS), start=1):
            where = f"{path.name}, row {place}"
            if row["doc"] not in rows:
                raise InputError(f"{where}: expected a document of {DOCUMENTS}, but got {row['doc']}")
            rows[row["doc"]].append((where, row))
    return [_labelled(about[name], paragraphs) for name, paragraphs in rows.items()]


def _labelled(about: Mapping[str, Any], rows: Sequence[tuple[str, Mapping[str, Any]]]) -> Labelled:
    """Put the paragraphs of a document together and give each section that opens one its label."""
    name, text = about["doc"], "".join(f"{row['text']}\n" for _, row in rows)
    document = Document(name, f"{name}.txt", text, title=about["title"], kind=about["kind"], year=about["year"])
    sections = find_sections(document)
    at = {section.start: section for section in sections}  # of nested ones that start together, the inner one
    labels, start = [], 0
    for where, row in rows:
        if start not in at:
            raise InputError(f"{where}: expected a paragraph that opens a section, but got {row['text'][:30]}")
        labels.append(_label(at[start], row, where))
        start += len(row["text"]) + 1
    return Labelled(document, sections, tuple(labels))


def read_annotated(corpus: Path, gold: Path) -> list[Labelled]:
    """Read documents as they are published, and the headings that readers gave their sections, NAME.headings.jsonl.

    Raises:
        InputError: a passage that is not in its document, or a heading that does not exist.
    """
    found = []
    for path in sorted(gold.glob("*.headings.jsonl")):
        name = path.name.removesuffix(".headings.jsonl")
        source = next((file for file in sorted(corpus.glob(f"{name}*")) if file.suffix in SUFFIXES), None)
        if source is None:
            raise InputError(f"{path}: expected a document {name}… in {corpus}, but there is none")
        document = parse_page(Page(source.name, source.read_bytes()))
        sections = find_sections(document)
        labels = tuple(_gold_labels(document, sections, read_rows(path, GOLD_KEYS), path))
        found.append(Labelled(document, sections, labels))
    return found


def _gold_labels(
    document: Document, sections: Sequence[Section], rows: Sequence[Mapping[str, Any]], path: Path
) -> Iterator[Label]:
    text, places = squeezed_places(document.text)
    inside = sorted(sections, key=lambda section: (section.start, -section.end))
    starts = locate(text, (squeeze(row["starts_with"]) for row in rows))
    for number, (row, start) in enumerate(zip(rows, starts, strict=True), start=1):
        where = f"{path.name}, row {number}"
        around = [section for section in inside if places[section.start] <= start < places[section.end]]
        if start == NOWHERE or not around:
            raise InputError(f"{where}: expected a passage of the document, but got {row['starts_with']}")
        yield _label(around[-1], row, where)


def _label(section: Section, row: Mapping[str, Any], where: str, weight: float = 1.0) -> Label:
    """Return the label that a row gives a section."""
    known = {item.id for item in outline().items}
    items = frozenset(row["items"]) if row.get("items") is not None else None
    if items and not items <= known:
        raise InputError(f"{where}: expected outline items 1 to 35, but got {min(items - known)!r}")
    second = _heading(row["second"], where) if row.get("second") is not None else None
    alternatives = {_heading(value, where) for value in row.get("alt") or ()} | (
        {second} if second is not None else set()
    )
    heading = _heading(row["heading"], where)
    return Label(section, heading, frozenset(alternatives - {heading}), items, weight, second)


def _heading(value: object, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value not in HEADINGS:
        raise InputError(f"{where}: expected a heading from 0 to 10, but got {value!r}")
    return value


def read_learnt(exports: Sequence[Path], corrections: Path | None) -> Learnt:
    """Read what users have: exports whose chapters print official titles, and headings that people put right.

    Args:
        exports: folders as `fazhi analyze` writes them.
        corrections: JSON Lines with doc_id, section_id and heading, and where known items and alt, all as exported.
    Raises:
        NotFoundError: a file is not there.
        InputError: a row without a field or with a heading that does not exist.
    """
    right = read_rows(corrections, CORRECTION_KEYS) if corrections else []
    wanted = {(row["doc_id"], row["section_id"]): (row, f"{corrections}, row {n}") for n, row in enumerate(right, 1)}
    used: set[tuple[str, str]] = set()
    documents, weak = [], 0
    for folder in exports:
        rows = read_rows(folder / DOCUMENTS, EXPORT_KEYS["documents"])
        sections = read_rows(folder / "sections.jsonl", EXPORT_KEYS["sections"])
        headings = {(row["doc_id"], row["section_id"]): row.get("heading") for row in sections}
        for row in rows:
            document = Document(
                row["doc_id"], row["name"], row["text"], title=row.get("title"), kind=row.get("kind") or "other"
            )
            found = find_sections(document)
            labels = []
            for section in found:
                key = (document.doc_id, section.section_id)
                if key in wanted and key not in used:
                    used.add(key)
                    label = _label(section, *wanted[key], weight=STRONG)
                    labels.append(replace(label, given=headings.get(key)))
                elif printed := _printed_above(section):
                    weak += 1
                    labels.append(Label(section, printed, weight=WEAK))
            if labels:
                documents.append(Labelled(document, found, tuple(labels)))
    stale = tuple(f"{doc_id}/{section_id}" for doc_id, section_id in wanted if (doc_id, section_id) not in used)
    return Learnt(tuple(documents), weak, len(used), stale)


def _printed_above(section: Section) -> int:
    """Return the heading of the official title that a section or a chapter above it prints, 0 if none does."""
    at: Section | None = section
    while at is not None:
        if at.title and (heading := heading_of_title(at.title)):
            return heading
        at = at.parent
    return 0


def count_labels(documents: Iterable[Labelled]) -> dict[int, int]:
    """Return how many labels each heading has."""
    counts = dict.fromkeys(HEADINGS, 0)
    for one in documents:
        for label in one.labels:
            counts[label.heading] += 1
    return counts
