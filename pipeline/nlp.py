r"""spaCy components over the stages: spans in `Doc.spans`, their records on `Span._`, all of it saved with the Doc.

>>> import spacy
>>> nlp = spacy.blank("zh")
>>> for name in COMPONENTS:
...     _ = nlp.add_pipe(name)
>>> doc = nlp("青榆县2024年法治政府建设工作计划\n一、规范执法\n年底前，案卷评查合格率达到95%以上。\n")
>>> [(span.text, span.label_, span._.commitment["deadline"]) for span in doc.spans["fazhi_commitments"]]
[('95%以上', 'target', '2024-12-31')]

| component | spans | a span is | its label |
|---|---|---|---|
| fazhi_sections | fazhi_sections | a section, with its children inside | level-1 to level-4, paragraph |
| fazhi_headings | fazhi_headings | the same section | key of its heading in the outline, none for 0 |
| fazhi_commitments | fazhi_commitments | the value of a commitment | target, result, baseline |
| the same, with explain | fazhi_numbers | every number | its reason, or commitment |

`Span._.section`, `Span._.commitment` and `Span._.number` are the records as plain dicts with the fields of the export,
`Span._.heading` is a number from 0 to 10; on a value, section and heading are those that it stands in. A record keeps
its exact offsets in characters; its span is widened to whole tokens, of which the tokenizer of a blank Chinese pipeline
makes one a character. `Doc._.kind`, `.year` and `.title` are read off the text as `parse_page` does, unless they were
set before. spaCy imports this module for every pipeline in the environment, so that a stage is imported when it runs.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, TypeVar, get_args

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.colours import HEADING_COLOURS, STANCE_COLOURS
from pipeline.errors import InputError, NotFoundError
from pipeline.records import (
    Analysis,
    Commitment,
    Cut,
    Document,
    ItemMatch,
    Kind,
    Number,
    Page,
    Section,
    content_id,
)

SECTIONS, HEADINGS, COMMITMENTS, NUMBERS = "fazhi_sections", "fazhi_headings", "fazhi_commitments", "fazhi_numbers"
COMPONENTS = (SECTIONS, HEADINGS, COMMITMENTS)
STORE = "fazhi"  # the place of all records in Doc.user_data
GIVEN = ("kind", "year", "title")  # what a researcher may know better than the text says

_DATES = frozenset(("written", "issued", "published", "fetched", "begins", "deadline"))
_Row = dict[str, Any]
_Record = TypeVar("_Record")


# --- records as plain values ---------------------------------------------------------------------------------------


def _row(record: Document | Section | Commitment | Number, doc_id: str) -> _Row:
    """Return a record as the export has it, a list as a tuple, which is what msgpack reads back."""
    row: _Row = {"doc_id": doc_id}
    for part in fields(record):
        if not part.compare:
            continue  # no part of the export
        value = getattr(record, part.name)
        if part.name in ("parent", "section"):
            row[f"{part.name}_id"] = value.section_id if value else None
        else:
            row[part.name] = _plain(value)
    return row


def _plain(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case Cut():
            return (value.start, value.end, value.reason)
        case ItemMatch():
            return {"item": value.item, "score": value.score, "why": value.why}
        case tuple() | list():
            return tuple(_plain(part) for part in value)
        case Mapping():
            return dict(value)
    return value


def _record(kind: Callable[..., _Record], row: Mapping[str, Any], **linked: Section | str | None) -> _Record:
    """Return the record that `_row` was made of."""
    names = [part.name for part in fields(kind)]  # type: ignore[arg-type]  # every kind here is a dataclass
    values = {name: row[name] for name in names if name in row}
    for name, value in values.items():
        if name in _DATES and value is not None:
            values[name] = date.fromisoformat(value)
        elif name == "cuts":
            values[name] = tuple(Cut(*cut) for cut in value)
        elif name == "items":
            values[name] = tuple(ItemMatch(item["item"], item["score"], tuple(item["why"])) for item in value)
        elif isinstance(value, list):
            values[name] = tuple(value)
    return kind(**values, **linked)


# --- a Doc and its records -----------------------------------------------------------------------------------------


def _read_document(text: str) -> Document:
    """Return what a text says about itself; a text that is no document says nothing."""
    from pipeline.parse import parse_page

    content = text.encode("utf-8", "replace")
    try:
        found = parse_page(Page(name="text", content=content))
    except InputError:
        digest = hashlib.sha256(content).hexdigest()
        found = Document(content_id(digest), "text", text, sha256=digest)
    return replace(found, text=text, cuts=())  # the text of a Doc stays as it is, title block and all


def _document(doc: Doc) -> Document:
    """Return the document that a Doc is: what was put on it, else what its text says; what was set by hand wins."""
    stored = doc.user_data.get(STORE)
    found = _record(Document, stored["document"], text=doc.text) if stored else _read_document(doc.text)
    given = {name: getattr(doc._, name) for name in GIVEN}
    if given["kind"] is not None and given["kind"] not in get_args(Kind):
        raise InputError(f"expected doc._.kind to be one of {', '.join(get_args(Kind))}; got {given['kind']!r}")
    if given["year"] is not None and not isinstance(given["year"], int):
        raise InputError(f"expected doc._.year to be a whole number such as 2024, got {given['year']!r}")
    return replace(found, **{name: value for name, value in given.items() if value is not None})


def _put_document(doc: Doc, document: Document) -> None:
    row = _row(document, document.doc_id)
    del row["text"]  # the Doc has it
    doc.user_data[STORE] = {"document": row}
    for name in GIVEN:
        setattr(doc._, name, getattr(document, name))


def _sections(doc: Doc, needed_by: str) -> tuple[Section, ...]:
    rows = doc.user_data.get(STORE, {}).get("sections")
    if rows is None:
        raise NotFoundError(
            f"{needed_by} found no sections on the Doc: add fazhi_sections to the pipeline before it, "
            f'nlp.add_pipe("{SECTIONS}", before="{needed_by}")'
        )
    found: dict[str, Section] = {}
    for section_id, row in rows.items():  # parents stand before their children
        found[section_id] = _record(Section, row, parent=found.get(row["parent_id"]))
    return tuple(found.values())


def _put_sections(doc: Doc, document: Document, sections: Iterable[Section]) -> None:
    rows = {section.section_id: _row(section, document.doc_id) for section in sections}
    doc.user_data[STORE]["sections"] = rows
    labels = {level: f"level-{level}" if level else "paragraph" for level in range(5)}
    _put_spans(doc, SECTIONS, ((row["start"], row["end"], labels[row["level"]], key) for key, row in rows.items()))


def _put_headings(doc: Doc) -> None:
    labels = _heading_labels()
    rows = doc.user_data[STORE]["sections"]
    marks = ((row["start"], row["end"], labels[row["heading"]], key) for key, row in rows.items())
    _put_spans(doc, HEADINGS, marks)


def _put_commitments(doc: Doc, document: Document, commitments: Iterable[Commitment]) -> None:
    rows = {commitment.commitment_id: _row(commitment, document.doc_id) for commitment in commitments}
    doc.user_data[STORE]["commitments"] = rows
    marks = ((row["value_start"], row["value_end"], row["stance"], key) for key, row in rows.items())
    _put_spans(doc, COMMITMENTS, marks)


def _put_numbers(doc: Doc, document: Document, numbers: Iterable[Number]) -> None:
    rows = {f"{number.start}-{number.end}": _row(number, document.doc_id) for number in numbers}
    doc.user_data[STORE]["numbers"] = rows
    _put_spans(
        doc, NUMBERS, ((row["start"], row["end"], row["reason"] or "commitment", key) for key, row in rows.items())
    )


def _put_spans(doc: Doc, key: str, marks: Iterable[tuple[int, int, str, str]]) -> None:
    spans = []
    for start, end, label, span_id in marks:
        span = doc.char_span(start, end, label=label, span_id=span_id, alignment_mode="expand")
        assert span is not None  # only offsets outside the text have none
        spans.append(span)
    doc.spans[key] = spans


def _heading_labels() -> dict[int, str]:
    from pipeline.reference import outline

    return {0: "none", **{heading.id: heading.key for heading in outline().headings}}


# --- the components ------------------------------------------------------------------------------------------------


def mark_sections(doc: Doc) -> Doc:
    """Find the sections of a Doc; a Doc without text has none."""
    from pipeline.segment import find_sections

    document = _document(doc)
    _put_document(doc, document)
    _put_sections(doc, document, find_sections(document) if doc.text.strip() else ())
    return doc


def mark_headings(doc: Doc) -> Doc:
    """Put the sections of a Doc under the ten headings.

    Raises:
        NotFoundError: fazhi_sections has not run.
    """
    from pipeline.classify import label_sections

    sections = _sections(doc, HEADINGS)
    document = _document(doc)
    _put_sections(doc, document, label_sections(document, sections))
    _put_headings(doc)
    return doc


@dataclass(frozen=True, slots=True)
class CommitmentMarker:
    """Finds the commitments of a Doc and, with *explain*, says of every other number why it is none.

    *indicators* are YAML files that add to the bundled catalogue of indicators.
    """

    explain: bool = False
    indicators: tuple[str, ...] = ()

    def __call__(self, doc: Doc) -> Doc:
        """Mark one Doc; without headings, which indicators are told apart by, it still works.

        Raises:
            NotFoundError: fazhi_sections has not run.
        """
        from pipeline.extract import explain_numbers
        from pipeline.reference.custom import read_indicators

        document, sections = _document(doc), _sections(doc, COMMITMENTS)
        catalogue = read_indicators(self.indicators) if self.indicators else None
        findings = explain_numbers(document, sections, catalogue=catalogue)
        _put_commitments(doc, document, findings.commitments)
        if self.explain:
            _put_numbers(doc, document, findings.numbers)
        return doc


def make_commitments(nlp: Language, name: str, explain: bool, indicators: list[str]) -> CommitmentMarker:
    """Return the component fazhi_commitments; spaCy calls this.

    Raises:
        NotFoundError: a file of indicators is not there.
        ReferenceDataError: an entry of one is not as it should be.
    """
    if indicators:
        from pipeline.reference.custom import read_indicators

        read_indicators(indicators)  # a mistake in them is told here, before the first document
    return CommitmentMarker(explain, tuple(indicators))


Language.component(
    SECTIONS, assigns=["doc.spans", "doc._.kind", "doc._.year", "doc._.title", "span._.section"], func=mark_sections
)
Language.component(HEADINGS, requires=["span._.section"], assigns=["doc.spans", "span._.heading"], func=mark_headings)
Language.factory(
    COMMITMENTS,
    default_config={"explain": False, "indicators": []},
    requires=["span._.section"],
    assigns=["doc.spans", "span._.commitment", "span._.number"],
    func=make_commitments,
)  # fmt: skip


# --- what a span and a Doc tell ------------------------------------------------------------------------------------


def _store(doc: Doc) -> Mapping[str, Any]:
    stored = doc.user_data.get(STORE)
    if stored is None and SECTIONS in doc.spans:
        raise NotFoundError(
            "the Doc has spans of fazhi but not their records: "
            "save it with DocBin(store_user_data=True), copy it with its user_data"
        )
    return stored or {}


def _commitment_of(span: Span) -> _Row | None:
    found: _Row | None = _store(span.doc).get("commitments", {}).get(span.id_)
    return found


def _number_of(span: Span) -> _Row | None:
    found: _Row | None = _store(span.doc).get("numbers", {}).get(span.id_)
    return found


def _section_of(span: Span) -> _Row | None:
    commitment = _commitment_of(span)
    section_id = commitment["section_id"] if commitment else span.id_
    found: _Row | None = _store(span.doc).get("sections", {}).get(section_id)
    return found


def _heading_of(span: Span) -> int | None:
    section = _section_of(span)
    return section["heading"] if section else None


def _document_of(doc: Doc) -> _Row | None:
    found: _Row | None = _store(doc).get("document")
    return found


def _register() -> None:
    """Add the extensions; one of the same name that somebody else added first is left to them."""
    getters = {
        "section": _section_of,
        "heading": _heading_of,
        "commitment": _commitment_of,
        "number": _number_of,
    }
    for name, getter in getters.items():
        if not Span.has_extension(name):
            Span.set_extension(name, getter=getter)
    if not Doc.has_extension("document"):
        Doc.set_extension("document", getter=_document_of)
    for name in GIVEN:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)


_register()


# --- between the records and spaCy ---------------------------------------------------------------------------------


def to_doc(of: Document | Analysis, nlp: Language) -> Doc:
    """Return the Doc of a document, to be given to *nlp* or, from an analysis, with all spans and records on it.

    Args:
        of: what `parse_page` or `analyze_page` returned; its metadata hold, the text is not asked.
        nlp: the pipeline whose tokenizer is used; none of its components runs.
    """
    document = of if isinstance(of, Document) else of.document
    doc = nlp.make_doc(document.text)
    _put_document(doc, document)
    if isinstance(of, Analysis):
        _put_sections(doc, document, of.sections)
        if all(section.heading is not None for section in of.sections):
            _put_headings(doc)
        _put_commitments(doc, document, of.commitments)
        if of.numbers:
            _put_numbers(doc, document, of.numbers)
    return doc


def to_analysis(doc: Doc) -> Analysis:
    """Return the typed records of a Doc that went through fazhi_sections; what no component found is empty.

    Raises:
        NotFoundError: the Doc has no records.
    """
    stored = _store(doc)
    sections = _sections(doc, "to_analysis") if "sections" in stored else ()
    if "document" not in stored:
        raise NotFoundError(f"the Doc has no records: run a pipeline with {', '.join(COMPONENTS)} on it")
    homes = {section.section_id: section for section in sections}
    commitments = tuple(
        _record(Commitment, row, section=homes[row["section_id"]]) for row in stored.get("commitments", {}).values()
    )
    numbers = tuple(_record(Number, row) for row in stored.get("numbers", {}).values())
    return Analysis(_document(doc), sections, commitments, numbers)


def displacy_colours() -> dict[str, str]:
    """Return the colours of all labels, for displaCy, which finds them by the entry point spacy_displacy_colors."""
    labels = _heading_labels()
    stances: dict[str, str] = dict(STANCE_COLOURS.items())
    return {**stances, **{labels[number]: colour for number, colour in HEADING_COLOURS.items()}}
