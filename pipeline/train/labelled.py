"""Documents whose sections bear a reader's headings: what the headings model learns from and is judged by."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

from pipeline.classify import is_unsure
from pipeline.classify.official import CHAPTERS, heading_of_title
from pipeline.errors import InputError, NotFoundError
from pipeline.evaluate.cases import EXPORT_KEYS, NOWHERE, locate, read_rows, squeeze, squeezed_places
from pipeline.inputs import SUFFIXES
from pipeline.parse import parse_page
from pipeline.records import Document, Kind, Page, Section
from pipeline.reference import outline
from pipeline.segment import find_sections

DOCUMENTS = "documents.jsonl"
HEADINGS = range(11)
WEAK = 0.3  # weight in training of a heading that an official chapter title gives
NOT_GIVEN: tuple[int | None, float] = (None, 0.0)  # heading and score of a section that an export lacks
STRONG = 3.0  # weight of a correction
PARAGRAPH_KEYS = {"doc": str, "heading": int, "alt": list, "items": list, "text": str}
DOCUMENT_KEYS = {"doc": str, "title": str, "kind": str, "year": int}
GOLD_KEYS = {"starts_with": str, "heading": int}
KINDS: tuple[Kind, ...] = get_args(Kind)
Key = tuple[str, str]  # document and section
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
    is_correction: bool = False  # by a person, of what a model had said
    given: int | None = None  # what the model had said

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
    """What exports and a corrections file add to the bundled texts."""

    documents: tuple[Labelled, ...]
    sections: int = 0  # in the exports
    weak: int = 0  # sections under official chapter titles
    strong: int = 0  # sections that people put right
    stale: tuple[str, ...] = ()  # corrections of sections that the exports do not have


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
        NotFoundError: there is no gold.
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
    if not found:
        raise NotFoundError(f"expected NAME.headings.jsonl in {gold}, but there are none")
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
    for key in ("alt", "items"):
        if not isinstance(row.get(key) or [], list):
            raise InputError(f"{where}: expected a list for {key}, but got {row[key]!r}")
    items = frozenset(map(str, row["items"])) if row.get("items") is not None else None
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

    A document that several exports have counts once.

    Args:
        exports: folders as `fazhi analyze` writes them.
        corrections: JSON Lines with doc_id, section_id and heading, and where known items and alt, all as exported.
    Raises:
        NotFoundError: a file is not there.
        InputError: a row without a field or with a heading that does not exist, two corrections of one section, or no
            correction that fits the exports.
    """
    wanted = _read_corrections(corrections) if corrections else {}
    documents: dict[str, Labelled] = {}
    sections = 0
    for folder in exports:
        rows = read_rows(folder / "sections.jsonl", EXPORT_KEYS["sections"])
        given = {
            (row["doc_id"], row["section_id"]): (row.get("heading"), float(row.get("heading_score") or 0.0))
            for row in rows
        }
        sections += len(given)
        for row in read_rows(folder / DOCUMENTS, EXPORT_KEYS["documents"]):
            if row["doc_id"] not in documents:
                documents[row["doc_id"]] = _learn_from(row, given, wanted)
    labels = [label for document in documents.values() for label in document.labels]
    if wanted and not any(label.is_correction for label in labels):
        raise InputError(f"{corrections}: expected sections of the exports, but none of {len(wanted)} rows names one")
    used = {
        (document.document.doc_id, label.section.section_id)
        for document in documents.values()
        for label in document.labels
        if label.is_correction
    }
    return Learnt(
        tuple(document for document in documents.values() if document.labels),
        sections=sections,
        weak=sum(not label.is_correction for label in labels),
        strong=len(used),
        stale=tuple("/".join(key) for key in wanted if key not in used),
    )


def _read_corrections(path: Path) -> dict[Key, tuple[Mapping[str, Any], str]]:
    """Return each correction, and where it stands, by document and section."""
    wanted: dict[Key, tuple[Mapping[str, Any], str]] = {}
    for number, row in enumerate(read_rows(path, CORRECTION_KEYS), start=1):
        key, where = (row["doc_id"], row["section_id"]), f"{path}, row {number}"
        if key in wanted and wanted[key][0] != row:
            raise InputError(f"{where}: expected one correction a section, but {wanted[key][1]} is of the same one")
        wanted[key] = row, where
    return wanted


def _learn_from(
    row: Mapping[str, Any],
    given: Mapping[Key, tuple[int | None, float]],
    wanted: Mapping[Key, tuple[Mapping[str, Any], str]],
) -> Labelled:
    """Return an exported document with its corrections and with what official titles of chapters say."""
    kind: Kind = next((known for known in KINDS if known == row.get("kind")), "other")
    document = Document(row["doc_id"], row["name"], row["text"], title=row.get("title"), kind=kind)
    sections = find_sections(document)
    labels = []
    for section in sections:
        key = (document.doc_id, section.section_id)
        if key in wanted:
            label = _label(section, *wanted[key], weight=STRONG)
            labels.append(replace(label, is_correction=True, given=given.get(key, NOT_GIVEN)[0]))
        elif (printed := _printed_above(section)) and not _contradicts(printed, *given.get(key, NOT_GIVEN)):
            labels.append(Label(section, printed, weight=WEAK))
    return Labelled(document, sections, tuple(labels))


def _contradicts(printed: int, heading: int | None, score: float) -> bool:
    """Say whether the model was sure of another heading than the chapter prints, whose subject a part may leave."""
    return heading != printed and not is_unsure(score)


def _printed_above(section: Section) -> int:
    """Return the heading of the official title that the outermost chapter above a section prints, 0 if none does."""
    found = 0
    for one in _upward(section):
        if one.level in CHAPTERS and one.title:
            found = heading_of_title(one.title) or found
    return found


def _upward(section: Section) -> Iterator[Section]:
    at: Section | None = section
    while at is not None:
        yield at
        at = at.parent


def correct_bundled(documents: Sequence[Labelled], learnt: Learnt) -> tuple[list[Labelled], Learnt]:
    """Put corrections of bundled documents in their place, and leave what else an export has of these alone.

    A document of the bundled texts that came back with an export must not stand in training and be held out at once.
    """
    bundled = {document.document.doc_id for document in documents}
    corrected = []
    for document in documents:
        right = {
            label.section.section_id: label
            for other in learnt.documents
            if other.document.doc_id == document.document.doc_id
            for label in other.labels
            if label.is_correction
        }
        labels = [label for label in document.labels if label.section.section_id not in right]
        corrected.append(replace(document, labels=(*labels, *right.values())))
    others = tuple(other for other in learnt.documents if other.document.doc_id not in bundled)
    return corrected, replace(learnt, documents=others)


def count_labels(documents: Iterable[Labelled]) -> dict[int, int]:
    """Return how many labels each heading has."""
    counts = dict.fromkeys(HEADINGS, 0)
    for one in documents:
        for label in one.labels:
            counts[label.heading] += 1
    return counts
