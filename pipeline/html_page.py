"""One self-contained page of a document: section tree, text with every value marked, every record and every label.

displaCy marks the text, a Jinja2 template sets the page. Nothing is loaded from anywhere and nothing runs: what a value
says is seen on hover and on focus, and stands in a numbered list below the text that each mark links to.
"""

import html
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from spacy.displacy.render import EntityRenderer

from pipeline.colours import HEADING_COLOURS, STANCE_COLOURS
from pipeline.html_files import GENERATOR
from pipeline.records import Analysis, Commitment, Document, ItemMatch, Number, Reason, Section
from pipeline.reference import indicators, outline
from pipeline.summary import shown_value
from pipeline.workbook import HEADING_LABELS, KIND_LABELS, STANCE_LABELS, TYPE_LABELS, comparator_symbol

REASON_LABELS: Mapping[Reason, str] = {
    "document_number": "发文字号",
    "law_or_programme_name": "法规、规划名称",
    "publication_date": "成文、发布日期",
    "meeting": "会议届次",
    "event_date": "事件日期",
    "ordinal": "序数",
    "list_number": "条目编号",
    "slogan": "固定提法",
    "service_name": "服务名称",
    "name_count": "名称中的数",
    "year_in_title": "标题中的年份",
    "planning_span": "规划期",
    "clock": "时刻",
    "phone": "电话",
    "licence": "备案、许可号",
    "address": "地址",
    "masked": "隐去的数",
    "condition": "触发条件",
    "other_text": "别的文字",
}
DOUBTFUL = "置信度不足，没有列入"  # a number whose commitment was left out by --min-confidence

LONGEST_RUN_IN = 40  # characters of a title that is set bold; a longer one is the paragraph itself
LONGEST_STEP = 28  # characters of a title in the tree and in the way to a record
LONGEST_OPENING = 18  # characters that stand for a section without a title
MOST_TOPICS = 6  # outline items below a section of the tree; the list of labels has them all

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # no character of HTML
_TEMPLATE = "<{element}{attributes}>{text}{foot}</{element}>"  # what displaCy makes of a mark


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text that is marked, and what stands on the mark; no two of a page overlap."""

    start: int
    end: int
    css: str
    anchor: str
    said: str  # shown on hover, a line a field
    href: str | None = None
    numbers: tuple[int, ...] = ()  # of the records whose value it is


@dataclass(frozen=True, slots=True)
class Topic:
    """An outline item that a section speaks to."""

    number: str
    title: str
    heading: int  # that the item belongs to, which need not be the section's
    score: str
    why: str


@dataclass(frozen=True, slots=True)
class Label:
    """What the labelling says of a section, in words."""

    anchor: str  # of the section in the text
    back: str  # of the section in the list of labels
    place: str  # number and title, or the opening words
    heading: int
    name: str
    said: str  # heading, probability and runner-up
    is_unsure: bool
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the document or a row of a table, under the heading of the innermost section it opens in."""

    heading: int
    is_unsure: bool
    chip: Label | None  # where the heading differs from the one above, or a section opens whose heading is unsure
    anchors: tuple[str, ...]
    cells: tuple[Markup, ...]  # one, unless it is a row


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the document, or the rows of a table."""

    element: str  # h2 to h4, p, table
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A section in the tree."""

    label: Label
    number: str
    title: str
    count: int  # of commitments in it
    topics: tuple[Topic, ...]  # of the section or, where it has none, of its parts that have no branch; the surest
    more: int  # how many topics are left out
    children: "tuple[Branch, ...]"


@dataclass(frozen=True, slots=True)
class Entry:
    """A record below the text."""

    number: int
    back: str  # the mark that it belongs to
    commitment: Commitment
    figure: str
    fields: tuple[tuple[str, str], ...]


def render_page(analysis: Analysis, *, indicator_names: Mapping[str, str] | None = None) -> str:
    """Return the page of one analysis as HTML; with its numbers, what is no commitment is marked and explained too.

    Args:
        analysis: what the stages made of one document.
        indicator_names: Chinese name by id, beside those of the bundled catalogue or in place of them.
    """
    names = {**bundled_names(), **(indicator_names or {})}
    numbered = {commitment.commitment_id: place for place, commitment in enumerate(analysis.commitments, 1)}
    marks = find_marks(analysis, numbered, names)
    sections = sorted(analysis.sections, key=lambda section: (section.start, -section.end))
    labels = {
        section.section_id: label_of(section, place, analysis.document.text)
        for place, section in enumerate(sections, 1)
    }
    backs = {number: mark.anchor for mark in marks for number in mark.numbers}
    page = (
        _environment()
        .get_template("document.html.j2")
        .render(
            document=analysis.document,
            title=analysis.document.title or analysis.document.name,
            facts=_facts(analysis.document),
            counts=_counts(analysis.commitments),
            shares=_shares(analysis, sections),
            blocks=_blocks(analysis.document.text, sections, labels, marks),
            tree=_tree(sections, labels, analysis.commitments),
            labels=[label for label in labels.values() if label.said],
            entries=[
                Entry(place, backs[place], commitment, figure(commitment), fields_of(commitment, names))
                for place, commitment in enumerate(analysis.commitments, 1)
            ],
            reasons=_reasons(marks),
            heading_colours=HEADING_COLOURS,
            headings=HEADING_LABELS,
            stance_colours=STANCE_COLOURS,
            stances=STANCE_LABELS,
            types=TYPE_LABELS,
            generator=Markup(GENERATOR),
        )
    )
    return _UNSEEN.sub("\ufffd", page)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("pipeline"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


# --- what a record says --------------------------------------------------------------------------------------------


def figure(commitment: Commitment) -> str:
    """Return what a commitment comes to in the fewest signs: ≥95%, 每年2次, 至2025-12-31, <全省平均值."""
    names = ("comparator", "bound", "value", "value_max", "unit", "period", "every", "stance")
    row: dict[str, Any] = {name: getattr(commitment, name) for name in names}
    said = shown_value({**row, "unit": row["unit"] if commitment.value is not None else None, "deadline": None})
    if said:
        return said
    if commitment.type == "benchmark" and commitment.reference:
        return f"{comparator_symbol(commitment.comparator, commitment.bound) or ''}{commitment.reference}"
    return f"至{commitment.deadline.isoformat()}" if commitment.deadline else commitment.value_text


def fields_of(commitment: Commitment, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the fields of a commitment that say something, each with its name in Chinese."""
    doubt = "（存疑）" if commitment.section.is_unsure else ""
    all_fields = (
        ("性质", STANCE_LABELS[commitment.stance]),
        ("类型", TYPE_LABELS[commitment.type]),
        ("起始", commitment.begins.isoformat() if commitment.begins else ""),
        ("期限", commitment.deadline.isoformat() if commitment.deadline else ""),
        ("参照", commitment.reference or ""),
        ("牵头", "、".join(commitment.lead)),
        ("配合", "、".join(commitment.support)),
        ("指标", "、".join(names.get(one, one) for one in commitment.indicators)),
        ("原文", commitment.value_text),
        ("纲要标题", heading_name(commitment.heading or 0) + doubt),
        ("章节", _path(commitment.section)),
        ("置信度", f"{commitment.confidence:.2f}"),
        ("规则", commitment.rule),
    )
    return tuple((name, value) for name, value in all_fields if value)


@cache
def bundled_names() -> dict[str, str]:
    """Return the Chinese name of each bundled indicator by its id."""
    return {indicator.id: indicator.name for indicator in indicators()}


def _path(section: Section | None) -> str:
    steps = []
    while section is not None:
        steps.append(_shortened(section.title) or section.number)
        section = section.parent
    return " › ".join(step for step in reversed(steps) if step)


def _shortened(title: str) -> str:
    return title if len(title) <= LONGEST_STEP else title[:LONGEST_STEP] + "…"


# --- what the labelling says of a section ---------------------------------------------------------------------------


def label_of(section: Section, place: int, text: str) -> Label:
    """Return what is said of the heading and the items of a section, the *place*th of a document with this *text*."""
    gap = " " if section.number and not section.number.endswith((")", "）")) else ""
    opening = " ".join(text[section.start : section.end].split())
    return Label(
        anchor=f"s{place}",
        back=f"c{place}",
        place=section.number + gap + _shortened(section.title)
        if section.title
        else opening[:LONGEST_OPENING] + "…" * (len(opening) > LONGEST_OPENING),
        heading=section.heading or 0,
        name=heading_name(section.heading or 0),
        said=_said_of_heading(section),
        is_unsure=section.is_unsure,
        topics=tuple(map(_topic, section.items)),
    )


def heading_name(heading: int) -> str:
    """Return the number and short title of a heading; 0, which is none, has no number."""
    return f"{heading} {HEADING_LABELS[heading]}" if heading else HEADING_LABELS[0]


def percent(score: float) -> str:
    """Return a probability in whole percent, rounded down so that nothing looks surer than it is; 100% is never said.

    >>> percent(0.9996), percent(1.0), percent(0.4799), percent(0.29)
    ('99%', '99%', '47%', '29%')
    """
    return f"{min(round(score * 10_000) // 100, 99)}%"


def _said_of_heading(section: Section) -> str:
    if section.heading is None:
        return ""
    said = heading_name(section.heading)
    if section.heading_score is not None:
        said += f" {percent(section.heading_score)}"
    if section.heading_runner_up is not None:
        said += f"，其次 {heading_name(section.heading_runner_up)}"
    return said


def _topic(match: ItemMatch) -> Topic:
    item = outline().item(match.item)
    return Topic(item.id, item.title, item.heading, percent(match.score), "；".join(match.why))


# --- marks ---------------------------------------------------------------------------------------------------------


def find_marks(analysis: Analysis, numbered: Mapping[str, int], names: Mapping[str, str]) -> list[Mark]:
    """Return the marks of a document in reading order, none of them in the way of another.

    A value comes first; a number beside it that tells its date or period, and a number that is none, are marked where
    no value is. Values that share words share a mark.
    """
    marks: list[Mark] = []
    for group in _overlapping(analysis.commitments):
        first, places = group[0], tuple(numbered[one.commitment_id] for one in group)
        end = max(one.value_end for one in group)
        said = "\n\n".join(_said(one, names) for one in group)
        css = f"v {first.stance} {first.type}"
        marks.append(Mark(first.value_start, end, css, f"v{places[0]}", said, f"#r{places[0]}", places))
    owners = {commitment.commitment_id: commitment for commitment in analysis.commitments}
    starts, ends = [mark.start for mark in marks], [mark.end for mark in marks]
    for place, number in enumerate(_apart(analysis.numbers), 1):
        if bisect_right(ends, number.start) == bisect_left(starts, number.end):
            marks.append(_number_mark(number, f"n{place}", owners.get(number.commitment_id or ""), numbered, names))
    return sorted(marks, key=lambda mark: mark.start)


def _overlapping(commitments: Iterable[Commitment]) -> list[list[Commitment]]:
    groups: list[list[Commitment]] = []
    end = -1
    for commitment in sorted(commitments, key=lambda one: (one.value_start, one.value_end)):
        if groups and commitment.value_start < end:
            groups[-1].append(commitment)
        else:
            groups.append([commitment])
        end = max(end, commitment.value_end)
    return groups


def _apart(numbers: Iterable[Number]) -> Iterator[Number]:
    end = 0
    for number in sorted(numbers, key=lambda one: (one.start, -one.end)):
        if number.start >= end:
            yield number
            end = number.end


def _number_mark(
    number: Number, anchor: str, owner: Commitment | None, numbered: Mapping[str, int], names: Mapping[str, str]
) -> Mark:
    if owner is not None:
        place = numbered[owner.commitment_id]
        said = f"属于第 {place} 条\n{_said(owner, names)}"
        return Mark(number.start, number.end, f"p {owner.stance}", anchor, said, f"#r{place}")
    said = REASON_LABELS[number.reason] if number.reason else DOUBTFUL
    return Mark(number.start, number.end, "n", anchor, said)


def _said(commitment: Commitment, names: Mapping[str, str]) -> str:
    seen = ("原文", "章节")  # the words under the pointer, and where they stand
    rest = [(name, value) for name, value in fields_of(commitment, names) if name not in seen]
    lines = [("数值", figure(commitment)), ("对象", commitment.subject or "—"), *rest]
    return "\n".join(f"{name}　{value}" for name, value in lines)


def _reasons(marks: Sequence[Mark]) -> list[tuple[str, list[Mark]]]:
    """Return what is no commitment by its reason, the most frequent first."""
    found: dict[str, list[Mark]] = {}
    for mark in marks:
        if mark.css == "n":
            found.setdefault(mark.said, []).append(mark)
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))


# --- text ----------------------------------------------------------------------------------------------------------


def _blocks(
    text: str, sections: Sequence[Section], labels: Mapping[str, Label], marks: Sequence[Mark]
) -> Iterator[Block]:
    """Yield the lines of a text that are not blank; the rows of a table are one block."""
    starts = [section.start for section in sections]
    painter = _Painter(text, marks)
    shown = done = 0
    for spans in _paragraphs(text):
        element, lines = "p", []
        for start, end in spans:
            opening = sections[done : (done := bisect_left(starts, end))]
            first = start + len(text[start:end]) - len(text[start:end].lstrip())
            inner = _innermost(sections, starts, first)
            label = labels[inner.section_id] if inner else None
            heading, is_unsure_here = (label.heading, label.is_unsure) if label else (0, False)
            opens = any(section is inner for section in opening)
            chip = label if heading not in (0, shown) or (is_unsure_here and opens) else None
            shown = heading
            titled = [section for section in opening if section.start <= first and section.title]
            element, cells = _content(painter, start, end, titled)
            anchors = tuple(labels[section.section_id].anchor for section in opening)
            lines.append(Line(heading, is_unsure_here, chip, anchors, cells))
        yield Block(element, tuple(lines))


def _paragraphs(text: str) -> Iterator[list[tuple[int, int]]]:
    """Yield where a line begins and ends without blanks, or where the rows of a table do, which have tabs inside."""
    rows: list[tuple[int, int]] = []
    for match in re.finditer(r"[^\n]+", text):
        line = match[0]
        if not line.strip():
            continue
        if "\t" in line.strip() or (rows and "\t" in line):  # the first cell of a later row may be empty
            rows.append(match.span())
            continue
        if rows:
            yield rows
            rows = []
        begin = match.start() + len(line) - len(line.lstrip())
        yield [(begin, begin + len(line.strip()))]
    if rows:
        yield rows


def _innermost(sections: Sequence[Section], starts: Sequence[int], place: int) -> Section | None:
    """Return the innermost section that holds *place*; *sections* are in reading order."""
    before = bisect_right(starts, place)
    section = sections[before - 1] if before else None
    while section is not None and section.end <= place:
        section = section.parent
    return section


def _content(painter: "_Painter", start: int, end: int, titled: Sequence[Section]) -> tuple[str, tuple[Markup, ...]]:
    """Return the element of a line and what is in it; *titled* are the sections with a title that it opens with."""
    if "\t" in painter.text[start:end]:
        return "table", tuple(painter.paint(*cell) for cell in _cells(painter.text, start, end))
    if not titled:
        return "p", (painter.paint(start, end),)
    section = titled[-1]
    turn = painter.text.find(section.title, start, end) + len(section.title)
    if section.level and painter.text[turn:end].strip("。.:：") == "":
        return f"h{min(section.level, 3) + 1}", (painter.paint(start, end),)
    if len(section.title) > LONGEST_RUN_IN or turn < start or painter.is_marked(turn):
        return "p", (painter.paint(start, end),)
    bold = Markup("<strong>{}</strong>").format(painter.paint(start, turn))
    return "p", (bold + painter.paint(turn, end),)


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for cell in text[start:end].split("\t"):
        yield start, start + len(cell)
        start += len(cell) + 1


class _Painter:
    """Sets stretches of one text, with displaCy marking what is marked in them."""

    def __init__(self, text: str, marks: Sequence[Mark]) -> None:
        self.text = text
        self.marks = marks
        self.ends = [mark.end for mark in marks]
        self.renderer = EntityRenderer(options={"template": _TEMPLATE})

    def paint(self, start: int, end: int) -> Markup:
        """Return text[start:end] as HTML; a mark that goes on from an earlier stretch has no anchor of its own."""
        entities = []
        for place in range(bisect_right(self.ends, start), len(self.marks)):
            mark = self.marks[place]
            if mark.start >= end:
                break
            first, last = max(mark.start, start), min(mark.end, end)
            params = _parameters(mark, opens=first == mark.start, closes=last == mark.end)
            entities.append({"start": first - start, "end": last - start, "label": mark.css, "params": params})
        markup = self.renderer.render_ents(self.text[start:end], entities, None)
        # displaCy wraps what it renders in a div with a line height of its own; the page has elements of its own.
        return Markup(markup[markup.index(">") + 1 : markup.rindex("</div>")])

    def is_marked(self, place: int) -> bool:
        """Say whether *place* lies inside a mark, so that the text cannot be parted there."""
        after = bisect_right(self.ends, place)
        return after < len(self.marks) and self.marks[after].start < place


def _parameters(mark: Mark, *, opens: bool, closes: bool) -> dict[str, str]:
    """Return what displaCy puts into _TEMPLATE, which it does not escape."""
    attributes = {"class": mark.css, "data-said": mark.said}
    if opens:
        attributes["id"] = mark.anchor
    if mark.href:
        attributes["href"] = mark.href
        attributes["aria-describedby"] = mark.href.removeprefix("#")
    written = "".join(f' {name}="{html.escape(value)}"' for name, value in attributes.items())
    foot = "·".join(map(str, mark.numbers))
    return {
        "element": "a" if mark.href else "span",
        "attributes": written.replace("\n", "&#10;"),
        "foot": f'<i data-n="{foot}"></i>' if foot and closes else "",
    }


# --- what stands around the text -----------------------------------------------------------------------------------


def _facts(document: Document) -> list[tuple[str, str]]:
    dates = (("成文", document.written), ("印发", document.issued), ("发布", document.published))
    facts = [
        ("类型", KIND_LABELS[document.kind]),
        ("年份", str(document.year or "")),
        ("地区", document.jurisdiction or ""),
        ("部门", document.body or ""),
        ("发文机关", document.issuer or ""),
        ("发文字号", document.doc_number or ""),
        *((name, day.isoformat() if day else "") for name, day in dates),
        ("文件", document.name),
    ]
    return [(name, value) for name, value in facts if value]


def _counts(commitments: Sequence[Commitment]) -> list[tuple[str, int]]:
    stances: Counter[str] = Counter(commitment.stance for commitment in commitments)
    return [
        *((title, stances[stance]) for stance, title in STANCE_LABELS.items() if stances[stance]),
        ("有期限", sum(commitment.deadline is not None for commitment in commitments)),
        ("写明牵头单位", sum(bool(commitment.lead) for commitment in commitments)),
    ]


def _shares(analysis: Analysis, sections: Sequence[Section]) -> list[tuple[int, int, int]]:
    """Return for each heading how many characters of the text and how many commitments are under it."""
    length: Counter[int] = Counter()
    starts = [section.start for section in sections]
    for start, end in chain.from_iterable(_paragraphs(analysis.document.text)):
        inner = _innermost(sections, starts, start)
        length[(inner.heading if inner else None) or 0] += end - start
    found = Counter(commitment.heading or 0 for commitment in analysis.commitments)
    return [(heading, length[heading], found[heading]) for heading in HEADING_LABELS]


def _tree(
    sections: Sequence[Section], labels: Mapping[str, Label], commitments: Iterable[Commitment]
) -> tuple[Branch, ...]:
    """Return the numbered and titled sections with how many commitments each has; what has no title is left out."""
    counts: Counter[str] = Counter()
    for commitment in commitments:
        section: Section | None = commitment.section
        while section is not None:
            counts[section.section_id] += 1
            section = section.parent
    children: dict[str | None, list[Section]] = {}
    for one in sections:
        children.setdefault(one.parent.section_id if one.parent else None, []).append(one)

    def branches(parent_id: str | None) -> tuple[Branch, ...]:
        return tuple(branch(one) for one in children.get(parent_id, ()) if _has_branch(one))

    def branch(one: Section) -> Branch:
        topics = list(map(_topic, _matches(one, children)))
        return Branch(
            labels[one.section_id],
            one.number,
            _shortened(one.title),
            counts[one.section_id],
            tuple(topics[:MOST_TOPICS]),
            len(topics[MOST_TOPICS:]),
            branches(one.section_id),
        )

    return branches(None)


def _has_branch(section: Section) -> bool:
    return bool(section.level and section.title)


def _matches(section: Section, children: Mapping[str | None, Sequence[Section]]) -> list[ItemMatch]:
    """Return the items that a section speaks to or, where it has none of its own, those of its parts without a branch.

    Items are given to the parts where a chapter is made of paragraphs, and only the chapter is in the tree.
    """
    if section.items:
        return list(section.items)
    surest: dict[str, ItemMatch] = {}
    for part in children.get(section.section_id, ()):
        for match in () if _has_branch(part) else _matches(part, children):
            if match.item not in surest or match.score > surest[match.item].score:
                surest[match.item] = match
    return sorted(surest.values(), key=lambda match: -match.score)
