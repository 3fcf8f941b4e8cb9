"""Where responsibility notes stand and what they hold for: brackets, lines, sentences and clauses of their own."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.bodies import normal_bodies
from pipeline.extract.notes import FIRST_LEADS, LABEL, Said, first_leads, is_body, parse_list, parse_note, parse_verbs
from pipeline.extract.runs import Run
from pipeline.records import Section

ENCLOSED = re.compile(r"\((?:[^()\n]|\([^()\n]*\)){2,200}\)|\[(?:[^\[\]\n]){2,200}\]")
ABOVE = re.compile(r"(?:以上|上述)(?:各项)?(?:任务|工作|事项)?")  # holds for the chapter up to here


@dataclass(frozen=True, slots=True)
class Note:
    """What one note says, and where it stands in the document."""

    start: int
    end: int
    lead: tuple[str, ...]
    support: tuple[str, ...]
    limit: str | None  # the words of a time limit
    words: str = ""
    is_sentence: bool = False  # of its own in running text, without brackets or labels


@dataclass(frozen=True, slots=True)
class Charge:
    """The stretch of the document for which a note holds, and the item that it stands in."""

    start: int
    end: int
    note: Note
    item: Section | None = None


# 责任单位:A、B。完成时限:6月底前。 as the last sentences of a paragraph.
TRAILING = re.compile(rf"(?<=[。;!\s(\[])(?:{LABEL.pattern})[^\n]*$".replace("?P<", "?P<t_"))


# 由县司法局牵头,县财政局配合。 as a sentence of its own, and as a clause: 由县司法局牵头,审核率达到100%。
SENTENCE = re.compile(r"[^。;!?]+[。;!?]?")
STOPPED = re.compile(r"[^。!?]+[。!?]?")  # 由县司法局牵头;县财政局配合。 is one
CHARGED = re.compile(r"^(?:均|统一|具体)?由|牵头")
CLAUSE_CHARGE = re.compile(
    r"(?:(?<=[,:])|^(?:[一二三四五六七八九十]+[是要])?[,:]?)(?P<note>(?:均|统一)?由[^,。;:!?的]{2,60}"
    r"(?:牵头(?:负责|落实|实施|组织实施)?|负责(?:落实|实施|组织实施)?|会同[^,。;:!?的]{2,40}(?:落实|实施|办理))"
    r"(?:[,、][^,。;:!?的]{2,60}(?:配合|协助|协同|参与|参加|承办|协办|落实|实施))*)(?=[,。;!?]|\s*$)"
)
# 成立工作专班,由县司法局牵头: who leads the body that is set up, not the work.
SET_UP = re.compile(
    r"(?:成立|组建|设立|组成|建立|健全|完善)[^,;。]{0,16}(?:会议|小组|专班|机构|委员会|机制|队伍|中心|办公室)|工作专班|领导小组"
)
SETS_UP = re.compile(r"[,并]*(?:成立|组建|设立|组成)")
SINGLE_NAME = 30  # characters of a list of bodies without a comma


def find_notes(run: Run) -> Iterator[Note]:
    """Yield the notes of one run: in brackets, as sentences of their own, or the whole line where it is labelled."""
    line = run.text.strip()
    spans = [(match.start(), match.end()) for match in ENCLOSED.finditer(run.text)]
    told: list[tuple[int, int]] = []
    if LABEL.match(line) or is_bare_note(line):
        spans = [(0, len(run.text))]
    elif trailing := TRAILING.search(ENCLOSED.sub(lambda match: "-" * len(match[0]), run.text)):
        spans = [span for span in spans if span[1] <= trailing.start()] + [trailing.span()]
        told = sentence_notes(run.text[: trailing.start()])
    else:
        told = sentence_notes(run.text)
    for start, end in sorted([*spans, *told]):
        words = run.text[start + 1 : end - 1].strip() if run.text[start] in "([" else run.text[start:end]
        words = words.rstrip(" ;!?") if (start, end) in told else words
        parsed = parse_note(words) or parse_list(words, run.text[:start], run.text[end:], bool(run.section.number))
        if parsed:
            first, last = run.span(start, end, start)
            yield Note(first, last, *parsed, words=words, is_sentence=(start, end) in told)


def sentence_notes(text: str) -> list[tuple[int, int]]:
    """Return the sentences of a paragraph, behind its first one, that say who is charged and nothing else."""
    hidden = ENCLOSED.sub(lambda match: "-" * len(match[0]), text)
    spans = []
    for whole in STOPPED.finditer(hidden):
        pieces = [whole] if says_charge(whole[0]) else SENTENCE.finditer(hidden, whole.start(), whole.end())
        spans += [
            (match.end() - len(match[0].lstrip()), match.end())
            for match in pieces
            if match.start() and says_charge(match[0])
        ]
    return spans


def says_charge(words: str) -> bool:
    """Say whether a sentence says who is charged and nothing else, such as 由县司法局牵头;县财政局配合."""
    said = parse_verbs(words.strip(" ;!?")) if CHARGED.search(words.strip()) else None
    return said is not None and names_bodies(said)


def names_bodies(said: Said) -> bool:
    """Say whether all who are charged are bodies: 由县司法局负责 and not 由企业负责人负责."""
    names = (*said[0], *said[1])
    return bool(names) and all(is_body(name) and len(name) <= SINGLE_NAME for name in names)


def clause_charges(run: Run, notes: Sequence[Note]) -> Iterator[Charge]:
    """Yield who is charged by a clause of a sentence, for that sentence, or for the whole of its 一是."""
    hidden = ENCLOSED.sub(lambda match: "-" * len(match[0]), run.text)
    for sentence in SENTENCE.finditer(hidden):
        marker = len(run.section.number) if run.start == run.section.start and not sentence.start() else 0
        opening = marker + len(sentence[0][marker:]) - len(sentence[0][marker:].lstrip(" 、.)"))
        words = sentence[0][opening:]
        match = CLAUSE_CHARGE.search(words)
        if match is None or SET_UP.search(words[: match.start("note")]) or SETS_UP.match(words[match.end() :]):
            continue
        said = parse_verbs(match["note"])
        at = sentence.start() + opening
        start, end = run.span(at + match.start("note"), at + match.end("note"), at + match.start("note"))
        if said is None or not names_bodies(said) or any(note.start < end and start < note.end for note in notes):
            continue
        note = Note(start, end, *said, words=match["note"])
        inline = is_inline(run.section) and bool(run.section.number)
        first = run.start if inline else run.at(sentence.start())
        last = run.pieces[-1][1] if inline else run.at(sentence.end() - 1) + 1
        yield Charge(first, last, note, None)


def is_bare_note(line: str) -> bool:
    """Say whether a line without brackets or labels names who is charged and nothing else: 县司法局牵头,各乡镇配合."""
    parsed = parse_verbs(line) if len(line) <= 80 and not re.search(r"\d|完成|达到|\([^)]*牵头", line) else None
    return parsed is not None and all(len(name) <= 16 and normal_bodies(name) for name in (*parsed[0], *parsed[1]))


def join_notes(notes: Sequence[Note], text: str) -> list[Note]:
    """Join notes that nothing but white space parts: 牵头单位 on one line and 责任单位 on the next are one note."""
    joined: list[Note] = []
    for note in notes:
        if joined and not text[joined[-1].end : note.start].strip():
            words = f"{joined[-1].words};{note.words}"
            parsed = parse_note(words)
            if parsed:
                joined[-1] = Note(joined[-1].start, note.end, *parsed, words=words)
                continue
        joined.append(note)
    return joined


def holds_for_item(run: Run, item: Section | None, *, beside: bool) -> bool:
    """Say whether a sentence on who is charged holds for the whole item and not for its unnumbered paragraph alone.

    Args:
        run: the paragraph.
        item: the numbered item that it belongs to.
        beside: whether a note further up speaks for the item.
    """
    if item is None or run.section.level or run.section.number:
        return True
    return not beside and item.level > 1 and run.pieces[-1][1] + 1 >= item.end


def is_inline(section: Section) -> bool:
    """Say whether a section is one of a run such as 一是, 二是 or a paragraph: its note may be its parent's."""
    return section.level == 0 or (section.level == 4 and not section.title)


def holder(section: Section) -> Section | None:
    """Return the numbered item that a paragraph or an inline 一是 belongs to; None outside all items."""
    found: Section | None = section
    while found is not None and is_inline(found):
        found = found.parent
    return found


def find_charges(text: str, runs: Sequence[Run]) -> list[Charge]:
    """Return for which stretch each note holds, the widest first.

    A single note in an item holds for the whole item. Of several, each holds for what stands since the one before it,
    or, where the first follows the item's title, for what stands up to the next one. Outside all items a labelled line
    holds for the paragraph above it.
    """
    charges: list[Charge] = []
    above: tuple[int, int] | None = None
    by_item: dict[tuple[int, int], tuple[Section | None, list[Note], int]] = {}
    for run in runs:
        if "\t" in run.text:
            continue  # a table has columns for it
        item = holder(run.section)
        key = (item.start, item.end) if item else (run.start, run.pieces[-1][1])
        if item is None and above and LABEL.match(run.text.strip()):
            key = above
        above = key if item is None else None
        entry = by_item.setdefault(key, (item, [], run.start))
        found = list(find_notes(run))
        charges.extend(clause_charges(run, found))
        own = (run.start, run.pieces[-1][1])
        for note in found:
            apart = entry[1] and entry[1][0].start < run.start  # another note speaks for the item
            if note.is_sentence and not holds_for_item(run, item, beside=bool(apart)):
                by_item.setdefault(own, (None, [], run.start))[1].append(note)
            elif item and item.parent and ABOVE.match(note.words):
                charges.append(Charge(item.parent.start, note.end, note, item.parent))
            else:
                entry[1].append(note)
    for (start, end), (item, notes, _) in by_item.items():
        charges.extend(spread(start, end, item, join_notes(notes, text)))
    if (begin := first_leads_from(runs, [charge.note for charge in charges])) is not None:
        charges = [
            replace(charge, note=led(charge.note)) if charge.note.start >= begin else charge for charge in charges
        ]
    return sorted(charges, key=lambda charge: charge.start - charge.end)


def first_leads_from(runs: Sequence[Run], notes: Sequence[Note]) -> int | None:
    """Return from where on the first body of each note leads, where the document says so.

    A note says it with 下同 for what follows; a line of its own for the whole document.
    """
    below = [note.start for note in notes if (match := FIRST_LEADS.search(note.words)) and match["below"]]
    for run in runs:
        for match in FIRST_LEADS.finditer(run.text):
            place = run.span(match.start(), match.end(), match.start())[0]
            if not any(note.start <= place < note.end for note in notes):
                return 0
    return min(below, default=None)


def led(note: Note) -> Note:
    """Return *note* with its first body in the lead, unless it tells itself who leads."""
    if "牵头" in FIRST_LEADS.sub("", note.words):
        return note
    lead, support, _ = first_leads((note.lead, note.support, None))
    return replace(note, lead=lead, support=support)


def spread(start: int, end: int, item: Section | None, notes: Sequence[Note]) -> Iterable[Charge]:
    """Yield the charges of one item's notes."""
    if len(notes) == 1:
        yield Charge(start, end, notes[0], item)
        return
    leads_text = bool(notes) and item is not None and notes[0].start - start <= len(item.title) + len(item.number) + 4
    if leads_text and notes[0].is_sentence and notes[-1].end + 1 >= end:
        leads_text = False  # a sentence behind each task, and the first task is the title itself
    for place, note in enumerate(notes):
        if leads_text:
            yield Charge(note.start, notes[place + 1].start if place + 1 < len(notes) else end, note, item)
        else:
            yield Charge(notes[place - 1].end if place else start, note.end, note, item)


def charge_at(charges: Sequence[Charge], place: int) -> Charge | None:
    """Return the charge that holds at a document offset: the narrowest, since chapters may have one too."""
    found = None
    for charge in charges:
        if charge.start <= place < charge.end:
            found = charge
    return found
