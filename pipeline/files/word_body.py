"""The content of a Word file in reading order: paragraphs and tables, with everything that Word shows and nothing else.

Tracked changes are taken as accepted. What is left out (hidden text, prompts, comments, pictures) is counted, so that
the reader can say so.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from pipeline.files import word_marks as marks
from pipeline.files.word_numbering import Numbering, Styles, with_label
from pipeline.files.word_package import MC, Element, M, Package, R, Relation, W, child, integer, switched, value

TITLE_STYLES = frozenset({"title", "标题", "文件标题", "公文标题", "文章标题", "主标题"})  # names, not ids; no heading
MAX_TITLE = 150  # characters; a longer paragraph is text in the wrong style
PROMPT_STYLES = frozenset({"placeholder text", "占位符文本"})
CONTENTS_STYLE = re.compile(r"(?:toc|目录)\s*\d")
CONTENTS_FIELD = re.compile(r"\s*(?:TOC|INDEX|TOA)\b", re.IGNORECASE)
CONTENTS_GALLERY = "table of contents"
PAGE_AT_END = re.compile(r"(?:[\s.…·]|^)(?:\d{1,4}|[ivxlIVXL]{1,6})\s*$")
MAX_ENTRY = 120  # characters of a line of a table of contents; a longer one is text that fell into its field
WORDS_END = "\u00ad"  # soft hyphen: shown only at the end of a line

TRANSPARENT = frozenset(
    W + name
    for name in ("sdtContent", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo", "ruby", "rubyBase")
)
ADDED, REMOVED = frozenset({W + "ins", W + "moveTo"}), frozenset({W + "del", W + "moveFrom"})
READING = W + "rt"  # of a ruby: the small print over the base
WRAPPERS = TRANSPARENT | ADDED | REMOVED | {W + "sdt", MC + "AlternateContent", READING}
BREAKS = {W + "cr": "\n", W + "tab": " ", W + "ptab": " ", W + "noBreakHyphen": "-"}
DRAWN = frozenset({W + "drawing", W + "pict", W + "object"})
EQUATIONS = frozenset({M + "oMath", M + "oMathPara"})
NOTE_MARKS = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
VML_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
PICTURES = frozenset({"{http://schemas.openxmlformats.org/drawingml/2006/picture}pic", VML_PICTURE})
BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"  # names the file of a picture
LETTERING = "{urn:schemas-microsoft-com:vml}textpath"  # words drawn as a picture, such as a red letterhead
MOST_STORIES = 8  # notes and text boxes in each other; Word allows a note in a text box
TEXT_BOX = W + "txbxContent"


@dataclass(slots=True)
class Paragraph:
    """A paragraph as Word shows it: a newline is a line break in it, a form feed the end of a page."""

    text: str
    is_title: bool = False
    is_contents: bool = False  # a line of the table of contents
    is_note: bool = False  # a footnote or endnote


@dataclass(slots=True)
class Cell:
    """A cell of a table: where it stands in the grid, and what it holds."""

    start: int
    span: int
    merged: str | None  # "restart" or "continue", where it is a part of a cell over several rows
    blocks: "list[Block]"


@dataclass(slots=True)
class Table:
    """A table row by row, and the widths of its grid in twentieths of a point, as far as they are known."""

    rows: list[list[Cell]]
    widths: list[int]


@dataclass(slots=True)
class Chunk:
    """A piece of another file that Word takes in when it opens this one."""

    path: str


Block: TypeAlias = Paragraph | Table | Chunk


@dataclass(slots=True)
class Pending:
    """A paragraph in the making; one whose end mark is deleted or hidden runs on into the next."""

    pieces: list[str] = field(default_factory=list)
    before: list[Block] = field(default_factory=list)  # text boxes that are anchored at its start
    after: list[Block] = field(default_factory=list)  # those anchored behind
    notes: list[Block] = field(default_factory=list)
    label: tuple[str, str] | None = None
    in_contents: bool = False

    def has_text(self) -> bool:
        """Say whether anything but blanks has been read so far."""
        return any(piece.strip() for piece in self.pieces)


@dataclass(slots=True)
class Field:
    """A field that has begun: its instruction, and whether its result has been reached."""

    start: Element
    end: Element
    instruction: list[str] = field(default_factory=list)
    shown: bool = False
    lists_contents: bool = False  # a table of contents or an index


@dataclass(slots=True)
class Fields:
    """The fields around a place, innermost last."""

    open: list[Field] = field(default_factory=list)
    unshown: int = 0  # of which the result has not been reached
    listing: int = 0  # whose result has, and is a table of contents

    def show(self) -> None:
        """Reach the result of the innermost field."""
        if self.open and not self.open[-1].shown:
            here = self.open[-1]
            here.shown, here.lists_contents = True, CONTENTS_FIELD.match("".join(here.instruction)) is not None
            self.unshown -= 1
            self.listing += here.lists_contents

    def begin(self, start: Element, end: Element) -> None:
        """Go into a field."""
        self.open.append(Field(start, end))
        self.unshown += 1

    def end(self) -> Field:
        """Come out of the innermost field."""
        ended = self.open.pop()
        self.unshown -= not ended.shown
        self.listing -= ended.lists_contents
        return ended

    def instruct(self, text: str) -> None:
        """Add to the instruction of the innermost field."""
        if self.open and not self.open[-1].shown:
            self.open[-1].instruction.append(text)


class BodyReader:
    """Reads the parts of one file; `counts` and `comments` say what was left out or accepted on the way."""

    def __init__(self, package: Package, path: str) -> None:
        self._package = package
        self._relations = package.relations(path)
        self._styles = Styles(self._related("styles"))
        self.numbering = Numbering(self._related("numbering"), self._styles)
        self.counts: Counter[str] = Counter()
        self.comments: set[str] = set()
        self.pictures: dict[str, None] = {}  # paths of the picture files in their order
        self._fields = Fields()
        self._stories = 0  # text boxes and notes around the current paragraph
        default = self._styles.default
        self._is_plain = not self._styles.hides(default) and self._styles.number(default)[0] is None
        self._contents_controls = 0  # content controls around the current paragraph that hold a table of contents
        self._ends: dict[Element, Element] = {}  # start of a field -> its end
        self._notes = {kind: self._note_elements(kind) for kind in ("footnotes", "endnotes")}

    def _related(self, kind: str) -> Element | None:
        target = next((each.target for each in self._relations.values() if each.kind == kind), None)
        return None if target is None else self._package.tree(target)

    def _note_elements(self, kind: str) -> dict[str, Element]:
        root = self._related(kind)
        if root is None:
            return {}
        self._pair_fields(root)
        return {each.get(W + "id", ""): each for each in root if each.get(W + "type", "normal") == "normal"}

    def read(self, body: Element) -> list[Block]:
        """Return the blocks of *body*, with text boxes and notes where they belong."""
        self._pair_fields(body)
        return self._blocks(body)

    def _pair_fields(self, root: Element) -> None:
        """Find the end of each field, so that one that was never ended cannot swallow the text behind it."""
        begun: list[Element] = []
        for mark in root.iter(W + "fldChar"):
            kind = mark.get(W + "fldCharType")
            if kind not in ("begin", "end") or any(True for _ in mark.iterancestors(*REMOVED)):
                continue
            if kind == "begin":
                begun.append(mark)
            elif begun:
                self._ends[begun.pop()] = mark

    def _live(self, element: Element) -> Iterator[Element]:
        """Yield the children that count: wrappers opened, insertions accepted, deletions left out."""
        opened = [(iter(element), False)]  # wrappers in wrappers, and whether one holds the table of contents
        while opened:
            each = next(opened[-1][0], None)
            if each is None:
                self._contents_controls -= opened.pop()[1]
            elif each.tag not in WRAPPERS:
                yield each
            elif (inner := self._inside(each)) is not None:
                holds_contents = each.tag == W + "sdt" and _holds_contents(each)
                self._contents_controls += holds_contents
                opened.append((iter(inner), holds_contents))

    def _inside(self, wrapper: Element) -> Element | None:
        """Return what holds the children of *wrapper* that count, None where none do."""
        tag = wrapper.tag
        if tag == W + "sdt":
            return self._content_control(wrapper)
        if tag == MC + "AlternateContent":
            return _choice(wrapper)
        self.counts["inserted"] += tag in ADDED
        self.counts["deleted"] += tag in REMOVED
        return None if tag in REMOVED or tag == READING else wrapper

    def _content_control(self, control: Element) -> Element | None:
        content = child(control, "sdtContent")
        if content is not None and switched(control, "sdtPr", "showingPlcHdr"):
            styles = {self._styles.name(each.get(W + "val")) for each in content.iter(W + "rStyle")}
            if styles & PROMPT_STYLES:  # programs that fill in forms leave the property, but not the style
                self.counts["prompts"] += 1
                return None
        return content

    def _blocks(self, container: Element) -> list[Block]:
        found: list[Block] = []
        pending: Pending | None = None
        last: Element | None = None
        for each in self._live(container):
            if each.tag == W + "p":
                if pending is None and self._is_plain and not len(each):
                    found.append(Paragraph(""))
                    continue
                pending, last = pending or Pending(), each
                if not self._runs_on(pending, each):
                    found += self._finish(pending, each)
                    pending = None
                continue
            if each.tag not in (W + "tbl", W + "altChunk") and each.tag not in EQUATIONS:
                continue
            if pending is not None:
                found += self._finish(pending, last)
                pending = None
            if each.tag == W + "tbl":
                found.append(self._table(each))
            elif each.tag == W + "altChunk":
                relation = self._relations.get(each.get(R + "id", ""), Relation("", ""))
                found.append(Chunk(relation.target))
            else:
                found.append(Paragraph(marks.equation(each)))
        return found + (self._finish(pending, last) if pending is not None else [])

    def _runs_on(self, pending: Pending, paragraph: Element) -> bool:
        """Read the runs of *paragraph* into *pending*; say whether its end mark is deleted or hidden."""
        properties = child(paragraph, "pPr")
        style = value(properties, "pStyle") or self._styles.default
        if switched(properties, "pageBreakBefore"):
            pending.pieces.append("\f")
        self._runs(pending, paragraph, self._styles.hides(style))
        frame = child(properties, "framePr")
        if frame is not None and frame.get(W + "dropCap") in ("drop", "margin"):
            return True  # an initial over several lines, which Word keeps as a paragraph of its own
        mark = child(properties, "rPr")
        self.counts["inserted"] += child(mark, "ins") is not None
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            self.counts["deleted"] += 1
            return True
        hidden = switched(mark, "vanish")
        if not (self._styles.hides(style) if hidden is None else hidden):
            return False
        if pending.has_text() and pending.label is None:
            pending.label = self.numbering.label(properties, style)
        return True

    def _finish(self, pending: Pending, paragraph: Element) -> list[Block]:
        properties = child(paragraph, "pPr")
        style = value(properties, "pStyle") or self._styles.default
        hidden = switched(properties, "rPr", "vanish")
        is_hidden = self._styles.hides(style) if hidden is None else hidden
        label = pending.label
        if label is None and not is_hidden:  # a hidden paragraph is not counted
            label = self.numbering.label(properties, style)
        text = "".join(pending.pieces)
        if not text.strip() and paragraph.getparent().tag != W + "tc":
            label = None  # a number alone is left over from editing, but for those in the first column of a table
        name = self._styles.name(style)
        listed = pending.in_contents or self._contents_controls > 0
        listed = listed or (CONTENTS_STYLE.match(name) is not None and PAGE_AT_END.search(text) is not None)
        is_title = name in TITLE_STYLES and len(text) <= MAX_TITLE
        made = Paragraph(with_label(label, text), is_title, listed and len(text) <= MAX_ENTRY)
        return [*pending.before, made, *pending.after, *pending.notes]

    def _runs(self, pending: Pending, container: Element, hidden: bool) -> None:
        for each in self._live(container):
            if each.tag == W + "r":
                self._run(pending, each, hidden)
            elif each.tag in EQUATIONS:
                self._add(pending, marks.equation(each))
            elif each.tag in (W + "commentReference", W + "commentRangeStart"):
                self.comments.add(each.get(W + "id", ""))

    def _run(self, pending: Pending, run: Element, hidden_by_style: bool) -> None:
        properties = child(run, "rPr")
        direct = switched(properties, "vanish")
        by_style = hidden_by_style != self._styles.hides(value(properties, "rStyle"))  # two of them cancel out
        hidden = by_style if direct is None else direct
        is_marked = False  # behind a note's own mark stand only its characters
        for each in self._live(run):
            tag = each.tag
            if tag == W + "fldChar":
                self._field_mark(pending, each)
            elif tag == W + "instrText":
                self._fields.instruct(each.text or "")
            elif hidden:
                self.counts["hidden"] += len((each.text or "").strip()) if tag == W + "t" else 0
            elif tag in NOTE_MARKS:
                is_marked = bool(each.get(W + "customMarkFollows"))
                self._note(pending, NOTE_MARKS[tag], each.get(W + "id", ""))
            elif tag in DRAWN:
                self.counts["objects"] += tag == W + "object"
                if not self._fields.unshown:
                    self._shapes(pending, each)
            elif tag in (W + "commentReference", W + "annotationRef"):
                self.comments |= {each.get(W + "id", "")} if tag == W + "commentReference" else set()
            elif tag == W + "r":  # of a ruby's base
                self._run(pending, each, hidden_by_style)
            elif not is_marked:
                self._add(pending, self._characters(each, properties))

    def _characters(self, element: Element, run_properties: Element | None) -> str:
        tag = element.tag
        if tag == W + "t":
            text = element.text or ""
            if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
                text = text.strip(" \t\r\n")
            fonts = child(run_properties, "rFonts")
            font = None if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi")
            text, lost = marks.in_picture_font(re.sub(r"[\t\r\n]", " ", text).replace(WORDS_END, ""), font)
            self.counts["symbols"] += lost
            return text
        if tag == W + "br":
            return "\f" if element.get(W + "type") == "page" else "\n"
        if tag == W + "sym":
            return self._symbol(element)
        return BREAKS.get(tag, "")

    def _symbol(self, element: Element) -> str:
        code = element.get(W + "char", "")
        is_code = re.fullmatch("[0-9A-Fa-f]{1,6}", code) is not None
        found = marks.symbol(int(code, 16), element.get(W + "font")) if is_code else None
        self.counts["symbols"] += found is None
        return found or ""

    def _add(self, pending: Pending, text: str) -> None:
        if self._fields.unshown:
            self._fields.instruct(text)
        else:
            pending.pieces.append(text)
            pending.in_contents = pending.in_contents or self._fields.listing > 0

    def _field_mark(self, pending: Pending, mark: Element) -> None:
        kind = mark.get(W + "fldCharType")
        if kind == "begin" and mark in self._ends:
            self._fields.begin(mark, self._ends[mark])
        elif kind == "separate":
            self._fields.show()
        elif kind == "end" and self._fields.open and self._fields.open[-1].end is mark:
            ended = self._fields.end()
            drawn = marks.check_box(ended.start)
            if not drawn and not ended.shown:
                drawn = marks.field_text("".join(ended.instruction))
            if drawn:
                self._add(pending, drawn)

    def _note(self, pending: Pending, kind: str, note_id: str) -> None:
        element = self._notes[kind].pop(note_id, None)  # a note is printed once
        if element is None:
            return
        for block in self._apart(element, kind):
            if isinstance(block, Paragraph):
                block.text, block.is_note = block.text.strip(), True
            pending.notes.append(block)

    def _apart(self, container: Element, story: str) -> list[Block]:
        """Return the blocks of a story of its own, in which fields of the text around do not go on."""
        if self._stories >= MOST_STORIES:
            return []
        outer = self._fields, self.numbering.story
        self._fields, self.numbering.story = Fields(), story
        self._stories += 1
        found = self._blocks(container)
        self._stories -= 1
        self._fields, self.numbering.story = outer
        return found

    def _shapes(self, pending: Pending, element: Element) -> None:
        """Read the text boxes below *element*, and count its pictures."""
        target = pending.after if pending.has_text() else pending.before
        for each in element:
            if each.tag == TEXT_BOX:
                target += self._apart(each, "boxes")
            elif each.tag == MC + "AlternateContent":
                chosen = _choice(each)
                if chosen is not None:
                    self._shapes(pending, chosen)
            elif each.tag == LETTERING:
                target.append(Paragraph(each.get("string", "")))
            elif each.tag in PICTURES:
                self.counts["pictures"] += 1
                self._picture(each)
            else:
                self._shapes(pending, each)

    def _picture(self, element: Element) -> None:
        blip = element if element.tag == VML_PICTURE else next(element.iter(BLIP), None)
        key = None if blip is None else blip.get(R + "embed") or blip.get(R + "id")
        relation = self._relations.get(key or "")
        if relation is not None and relation.target in self._package:
            self.pictures[relation.target] = None

    def _table(self, table: Element) -> Table:
        grid = child(table, "tblGrid")
        columns = [] if grid is None else [integer(each.get(W + "w")) or 0 for each in grid.iterchildren(W + "gridCol")]
        rows: list[list[Cell]] = []
        for row in self._live(table):
            if row.tag != W + "tr":
                continue
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                self.counts["deleted"] += 1
                continue
            self.counts["inserted"] += child(properties, "ins") is not None
            cells = self._cells(row, integer(value(properties, "gridBefore")) or 0)
            if not switched(properties, "hidden"):
                rows.append(cells)
        return Table(rows, columns)

    def _cells(self, row: Element, start: int) -> list[Cell]:
        cells: list[Cell] = []
        for each in self._live(row):
            if each.tag != W + "tc":
                continue
            properties = child(each, "tcPr")
            if child(properties, "cellDel") is not None:
                self.counts["deleted"] += 1
                continue
            blocks = self._blocks(each)
            span = max(integer(value(properties, "gridSpan")) or 1, 1)
            merge = child(properties, "vMerge")
            merged = None if merge is None else merge.get(W + "val") or "continue"
            if value(properties, "hMerge") == "continue":  # of old files: the cell to the left goes on
                blocks = []
            cells.append(Cell(start, span, merged, blocks))
            start += span
        return cells


def _choice(alternate: Element) -> Element | None:
    """Return the one reading of an alternate content to be read: the first that has text or a picture."""
    readings = [*alternate.iterchildren(MC + "Choice"), *alternate.iterchildren(MC + "Fallback")]
    for each in readings:
        if any(True for _ in each.iter(W + "t", TEXT_BOX, LETTERING, W + "sym", W + "br", *PICTURES)):
            return each
    return readings[0] if readings else None


def _holds_contents(control: Element) -> bool:
    gallery = value(control, "sdtPr", "docPartObj", "docPartGallery") or ""
    return gallery.lower() == CONTENTS_GALLERY
