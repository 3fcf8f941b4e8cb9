"""Commitments: what a document undertakes or reports, one record a value, and the fate of every other number."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain

from pipeline.bodies import normal_bodies
from pipeline.errors import InputError
from pipeline.extract.charges import Charge, charge_at, find_charges
from pipeline.extract.confidence import signs_of, weights
from pipeline.extract.context import Context, look_ahead, path_titles, read_context, turns_ahead
from pipeline.extract.drafts import Draft
from pipeline.extract.link import Linker, Measured, bundled_linker, linker_of
from pipeline.extract.prose import read_prose
from pipeline.extract.rows import Row, find_rows, read_row
from pipeline.extract.runs import Run, find_runs
from pipeline.extract.subjects import subject_of_task
from pipeline.mentions import Mention, moved
from pipeline.numbers import find_mentions, number_record
from pipeline.records import Commitment, Document, Level, Number, Reason, Section, content_id
from pipeline.reference import Indicator
from pipeline.text import fold

__all__ = ["Findings", "explain_numbers", "find_commitments"]


@dataclass(frozen=True, slots=True)
class Findings:
    """The commitments of a document, and every number in it with its commitment or its reason."""

    commitments: tuple[Commitment, ...]
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one run yields before it is written down as records."""

    run: Run
    mentions: Sequence[Mention]
    drafts: Sequence[Draft]
    reasons: dict[int, Reason]
    lead: tuple[str, ...] = ()  # of a table row; a paragraph has them from its note
    support: tuple[str, ...] = ()
    owned: Mapping[int, str] = field(default_factory=dict)  # mentions that a commitment elsewhere has taken


def find_commitments(
    document: Document, sections: Sequence[Section], *, catalogue: Sequence[Indicator] | None = None
) -> tuple[Commitment, ...]:
    """Return the commitments of a document in reading order.

    Args:
        document: its text and the year planned or reported, which dates without a year belong to.
        sections: all of its sections, labelled or not.
        catalogue: the indicators that values are linked to, as `read_indicators` returns them; None for the bundled.
    Raises:
        InputError: the document has a text and no sections.
    """
    return explain_numbers(document, sections, catalogue=catalogue).commitments


def explain_numbers(
    document: Document, sections: Sequence[Section], *, catalogue: Sequence[Indicator] | None = None
) -> Findings:
    """Return the commitments of a document and the fate of every number in it.

    Args:
        document: its text and the year planned or reported, which dates without a year belong to.
        sections: all of its sections, labelled or not.
        catalogue: the indicators that values are linked to, as `read_indicators` returns them; None for the bundled.
    Raises:
        InputError: the document has a text and no sections.
    """
    if not sections and document.text.strip():
        raise InputError(f"expected the sections of {document.name}, as find_sections returns them, but got none")
    linker = bundled_linker() if catalogue is None else linker_of(tuple(catalogue))
    runs = find_runs(document.text, sections)
    charges = find_charges(document.text, runs)
    commitments: list[Commitment] = []
    numbers: list[Number] = []
    # The notes come last and look at the commitments found up to then: a time limit that dates one is none itself.
    for reading in chain(read_runs(document, runs, charges), note_readings(document, runs, charges, commitments)):
        made = [(draft, build(document, reading, draft, charges, sections, linker)) for draft in reading.drafts]
        commitments.extend(commitment for _, commitment in made)
        numbers.extend(account(document, reading, made))
    commitments.sort(key=lambda commitment: (commitment.value_start, commitment.value_end))
    return Findings(tuple(commitments), tuple(sorted(numbers, key=lambda number: number.start)))


# --- reading -------------------------------------------------------------------------------------------------------


def read_runs(document: Document, runs: Sequence[Run], charges: Sequence[Charge]) -> Iterator[Reading]:
    """Yield the reading of each run; a report's paragraph on next steps turns those that follow it."""
    rows = find_rows(runs, read_context(document, runs[0].section).calendar) if runs else {}
    turned: Context | None = None
    turned_under: Section | None = None
    for place, run in enumerate(runs):
        context = read_context(document, run.section)
        top = run.section if run.section.level else run.section.parent
        if turned is not None and top is turned_under and context.outlook != "target":
            context = turned
        elif turns_ahead(run.text, context):
            turned, turned_under = look_ahead(context, run.text, document.year), top
            context = turned
        if place in rows:
            yield read_table_run(run, rows[place], context)
            continue
        yield read_prose_run(run, without_notes(run, charges), context)


DATE_LINE = re.compile(r"\(?[\dOo一二三四五六七八九十〇○零年月日./\s-]+\)?")
FOLDED = re.compile(r"[!-~]")  # what full-width characters become
SECTION_MARK = re.compile(r"[、.)\s]*")


def read_prose_run(run: Run, words: str, context: Context) -> Reading:
    """Return the reading of a paragraph; its section number and a date line alone are none of its values."""
    marker = 0
    if run.section.number and run.start == run.section.start:
        opening = SECTION_MARK.match(words, len(run.section.number))
        marker = opening.end() if opening else 0
    words = " " * marker + words[marker:]
    mentions = find_mentions(words, context.calendar)
    if DATE_LINE.fullmatch(words.strip()):
        drafts: list[Draft] = []
        reasons: dict[int, Reason] = {place: "publication_date" for place in range(len(mentions))}
    else:
        drafts, reasons = read_prose(words, mentions, context)
    if marker:
        number = Mention(0, len(run.section.number), "none", 0, len(run.section.number), reason="list_number")
        mentions, reasons = [*mentions, number], {**reasons, len(mentions): "list_number"}
    return Reading(run, mentions, drafts, reasons)


def read_table_run(run: Run, row: Row | None, context: Context) -> Reading:
    """Return the reading of a table row, or of a header, whose years name columns."""
    if row is not None:
        told = read_row(row, context)
        return Reading(run, told.mentions, told.drafts, told.reasons, told.lead, told.support)
    mentions = find_mentions(run.text, context.calendar)
    reasons: dict[int, Reason] = {
        place: mention.reason or ("year_in_title" if mention.kind == "date" else "name_count")
        for place, mention in enumerate(mentions)
    }
    return Reading(run, mentions, [], reasons)


def without_notes(run: Run, charges: Sequence[Charge]) -> str:
    """Return a run's text with its responsibility notes blanked: their limits are read apart."""
    words = run.text
    for charge in beside(run, charges):
        for start, end in run.places(charge.note.start, charge.note.end):
            words = words[:start] + " " * (end - start) + words[end:]
    return words


def beside(run: Run, charges: Sequence[Charge]) -> list[Charge]:
    """Return the charges whose note may lie in a run."""
    first, last = run.pieces[0][0], run.pieces[-1][1]
    return [charge for charge in charges if charge.note.start < last and charge.note.end > first]


def note_readings(
    document: Document, runs: Sequence[Run], charges: Sequence[Charge], commitments: Sequence[Commitment]
) -> Iterator[Reading]:
    """Yield what the notes themselves say: a time limit that dates no commitment is one of the item's title."""
    for run in runs:
        for charge in beside(run, charges):
            for start, end in run.places(charge.note.start, charge.note.end):
                context = read_context(document, run.section)
                mentions = [moved(one, start) for one in find_mentions(run.text[start:end], context.calendar)]
                limit = next((place for place in reversed(range(len(mentions))) if is_limit(mentions[place])), None)
                reasons: dict[int, Reason] = {
                    place: mention.reason or "name_count" for place, mention in enumerate(mentions)
                }
                if charge.note.limit is None or limit is None:
                    yield Reading(run, mentions, [], reasons)
                    continue
                mention = mentions[limit]
                covered = [item for item in commitments if charge.start <= item.value_start < charge.end]
                if covered:
                    takers = [item for item in covered if item.deadline == mention.deadline]
                    yield Reading(run, mentions, [], reasons, owned={limit: (takers or covered)[0].commitment_id})
                    continue
                subject = charge.item.title if charge.item else subject_of_task("", without_notes(run, charges))
                draft = Draft(
                    "deadline", "target", start, end, mention.start, mention.end, mention.core, subject, "note",
                    (limit,), period=mention.period, every=mention.every, deadline=mention.deadline,
                )  # fmt: skip
                yield Reading(run, mentions, [draft], reasons)


def is_limit(mention: Mention) -> bool:
    """Say whether a mention can be the time limit of a note."""
    return mention.kind == "date" and mention.date_kind not in ("year", "since", "whole")


# --- writing down --------------------------------------------------------------------------------------------------


def build(
    document: Document,
    reading: Reading,
    draft: Draft,
    charges: Sequence[Charge],
    sections: Sequence[Section],
    linker: Linker,
) -> Commitment:
    """Write a draft down as a record of the document."""
    run = reading.run
    value_start, value_end = run.span(draft.value_start, draft.value_end, draft.core)
    start, end = run.span(draft.start, draft.end, draft.core)
    start, end = trim(document.text, min(start, value_start), max(end, value_end))
    charge = charge_at(charges, value_start)
    lead, support = reading.lead, reading.support
    if charge and not lead and not support:
        lead, support = charge.note.lead, charge.note.support
        draft = dated_by_note(document, run, draft, charge)
    section = run.section if value_start < run.section.end else innermost_of(sections, value_start)
    found, score = linker.find(measured(run, draft, section))
    commitment = Commitment(
        commitment_id=content_id(document.doc_id, value_start, value_end, draft.type, draft.value),
        section=section,
        start=start,
        end=end,
        quote=document.text[start:end],
        value_start=value_start,
        value_end=value_end,
        value_text=document.text[value_start:value_end],
        type=draft.type,
        stance=draft.stance,
        subject=printed(document.text, run, draft) or None,
        indicators=found,
        indicator_score=score,
        comparator=draft.comparator,
        bound=draft.bound,
        value=draft.value,
        value_max=draft.value_max,
        unit=draft.unit,
        period=draft.period,
        every=draft.every,
        begins=draft.begins,
        deadline=draft.deadline,
        reference=draft.reference,
        lead=names_printed(lead, document.text),
        support=names_printed(support, document.text),
        lead_ids=body_ids(lead, document),
        support_ids=body_ids(support, document),
        heading=section.heading,
        rule=draft.rule,
    )
    return replace(commitment, confidence=weights().probability(signs_of(commitment, document)))


def measured(run: Run, draft: Draft, section: Section) -> Measured:
    """Return a draft as its indicator is looked up."""
    value = run.text[draft.value_start : draft.value_end]
    return Measured(
        looked_up(draft, value, run.text[draft.value_end :]),
        unit=draft.unit,
        type=draft.type,
        comparator=draft.comparator,
        period=draft.period,
        before=run.text[: draft.value_start],
        after=run.text[draft.value_start : max(draft.end, draft.value_end)],
        titles=tuple(path_titles(section)),
        heading=section.heading,
        bare=draft.type == "quantity" and draft.value is None,
    )


def looked_up(draft: Draft, value: str, after: str) -> str:
    """Return the subject of a draft as it is compared.

    What 零案件 counts is part of the value. Where the first part of a subject stands behind the number it is counted
    itself, whatever is said of it later (3120项服务事项100%可在线申请), and neither part comes before the other.
    """
    if draft.type == "universal" and value.startswith("零"):
        return f"{draft.subject}…{value[1:]}"
    first, join, rest = draft.subject.partition("…")
    counted = join and draft.type == "quantity" and after.startswith(first)
    return f"{first}{rest}" if counted else draft.subject


@lru_cache(maxsize=2)  # every commitment of a document asks for the same
def folded_text(text: str) -> str:
    """Return the folded text of a document."""
    return fold(text)


def names_printed(names: Sequence[str], text: str) -> tuple[str, ...]:
    """Return the names of bodies as the document prints them; they were read folded."""
    if not any(FOLDED.search(name) for name in names):
        return tuple(names)
    folded = folded_text(text)
    places = [folded.find(name) for name in names]
    return tuple(text[at : at + len(name)] if at >= 0 else name for name, at in zip(names, places, strict=True))


def body_ids(names: Sequence[str], document: Document) -> tuple[str, ...]:
    """Return the normal forms of bodies, each once; a name that the catalogue does not know has none."""
    level = document.level if document.level in ("national", "province", "prefecture") else "county"
    return tuple(dict.fromkeys(found for name in names for found in ids_of(fold(name), level)))


@lru_cache(maxsize=4096)  # the same few offices answer for most items
def ids_of(name: str, level: Level) -> tuple[str, ...]:
    """Return the normal forms of one printed name."""
    return normal_bodies(name, level=level)


def dated_by_note(document: Document, run: Run, draft: Draft, charge: Charge) -> Draft:
    """Return a draft with the time limit of its item's note, where it has no date of its own."""
    if charge.note.limit is None or draft.deadline or draft.stance != "target":
        return draft
    calendar = read_context(document, run.section).calendar
    limits = [mention for mention in find_mentions(charge.note.limit, calendar) if is_limit(mention)]
    if not limits:
        return draft
    last = limits[-1]
    return replace(draft, deadline=last.deadline, period=draft.period or last.period, every=draft.every or last.every)


def innermost_of(sections: Sequence[Section], place: int) -> Section:
    """Return the innermost section that contains an offset."""
    holding = [section for section in sections if section.start <= place < section.end]
    return min(holding, key=lambda section: section.end - section.start)


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave white space and commas at the ends of a quote out of it."""
    while start < end and (text[start].isspace() or text[start] in "，,；;。、"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "，,；;。、"):
        end -= 1
    return start, end


def printed(text: str, run: Run, draft: Draft) -> str:
    """Return a draft's subject as the document prints it; its words were read folded."""
    parts = []
    for part in draft.subject.split("…"):
        at = run.text.rfind(part, 0, draft.core) if part else -1
        at = run.text.find(part) if part and at < 0 else at
        if at >= 0:
            first, last = run.span(at, at + len(part), at)
            parts.append(text[first:last].strip())
        elif part:
            parts.append(part)
    return "…".join(part for part in parts if part)


def account(document: Document, reading: Reading, made: Sequence[tuple[Draft, Commitment]]) -> Iterable[Number]:
    """Yield the records of numbers.jsonl for one run."""
    owner = {place: commitment for draft, commitment in reversed(made) for place in draft.marks}
    for place, mention in enumerate(reading.mentions):
        start, end = reading.run.span(mention.start, mention.end, mention.core)
        taker = owner[place].commitment_id if place in owner else reading.owned.get(place)
        reason = None if taker else reading.reasons.get(place, "name_count")
        yield replace(number_record(document.text, mention, (start, end), reason=reason), commitment_id=taker)
