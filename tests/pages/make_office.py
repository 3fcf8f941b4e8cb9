"""Make the Word, WPS, Excel, text, RTF and web-archive files of the cases ``c-*`` beside this script.

A case starts from its expectation: ``body.txt`` is written by hand first. A recipe here marks places in that text (what
an editor inserted, deleted, hid or annotated, what stands in a text box, which numbers the word processor makes) and
adds what must not come out (letterhead, title, contents, print line, page furniture); a writer turns the marked text
into a file. The files are committed as made, since an office program stamps each file with its own version.

    python tests/pages/make_office.py [CASE ...]

needs python-docx, XlsxWriter and, for the old formats, ``soffice`` (LibreOffice Writer and Calc) on the path. ``.wps``
and ``.et`` are Word 97 and Excel 97 containers under those names, as WPS Office writes them.

The marked text, a line a paragraph:

    @title a|b      the title, a paragraph a part        @head text      a red line of the letterhead
    @center text    a centred line                       @right text     a line at the right margin
    @plain text     a line whose number is typed         @indent         blanks before every later paragraph
    @box a|b        a text box, anchored in a paragraph of its own
    @toc            a table of contents as a field       @page           a page break
    @print a|b      the print line as a table, a row a part
    @image text     a picture with a description         lines with tabs  rows of a table (a line between: chapter row)
    {+x+} inserted  {-x-} deleted   {p-} paragraph mark deleted   {<x<} moved away  {>x>} moved here
    {~x~} hidden    {^x^} footnote  {#x|note#} comment            {/} line break    {=x=} content control
    {@x|url@} link or field  {row-} row deleted  {n} line end in a cell  {nbh} non-breaking hyphen
"""

from __future__ import annotations

import io
import quopri
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

HERE = Path(__file__).parent
STAMP = datetime(2024, 1, 2, 3, 4, 5)
WHO = 'w:author="审核员" w:date="2024-01-02T03:04:05Z"'

Lines = Sequence[str]
Edits = Sequence[tuple[str, str]]

# --------------------------------------------------------------------------------------------------- numbering
# A scheme is the levels of one list: the pattern of the printed number, and how Word writes it
# (number format, level text, what follows the number, whether it starts again under the level above).
HAN = "[一二三四五六七八九十]+"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbering scheme."""

    pattern: str
    fmt: str
    text: str
    follow: str = "nothing"
    restarts: bool = True


CLASSIC = (
    Level(rf"({HAN})、", "chineseCountingThousand", "%1、"),
    Level(rf"（({HAN})）", "chineseCountingThousand", "（%2）"),
    Level(r"(\d+)\.", "decimal", "%3.", "tab"),
    Level(r"（(\d+)）", "decimal", "（%4）"),
)
RUN_ON = (CLASSIC[0], Level(rf"（({HAN})）", "chineseCountingThousand", "（%2）", restarts=False))
RUN_ON_DIGITS = (CLASSIC[0], Level(r"(\d+)\.", "decimal", "%2.", "space", restarts=False))
JAPANESE = (
    Level(rf"({HAN})、", "japaneseCounting", "%1、", "tab"),
    Level(rf"（({HAN})）", "japaneseCounting", "（%2）", "tab"),
)
TOWN = (*JAPANESE, Level(r"(\d+)、", "decimal", "%3、"), Level("([①②③④⑤])", "decimalEnclosedCircle", "%4"))
ARTICLES = (
    Level(rf"第({HAN})章 ", "chineseCountingThousand", "第%1章", "space"),
    Level(rf"第({HAN})条 ", "chineseCountingThousand", "第%2条", "space", restarts=False),
)


def value_of(number: str) -> int:
    """Return the value of a printed number: digits, Chinese numerals below 100, or a circled digit."""
    if number.isdecimal():
        return int(number)
    if number in "①②③④⑤":
        return "①②③④⑤".index(number) + 1
    digits = "零一二三四五六七八九"
    if "十" not in number:
        return digits.index(number)
    tens, ones = number.split("十")
    return (digits.index(tens) if tens else 1) * 10 + (digits.index(ones) if ones else 0)


@dataclass(slots=True)
class Numbering:
    """The numbering part of a document: one multi-level list, and further instances where a list starts again.

    ``mode`` is ``styles`` (heading styles carry the list), ``direct`` (paragraphs do) or ``single`` (every level is a list
    of its own and each restart a new instance with a start override, as much clicking in Word leaves it). LibreOffice
    does not know a level that runs on under its parent, so files that it converts have such levels as ``single``.
    """

    scheme: tuple[Level, ...]
    mode: str = "direct"
    counts: list[int] = field(default_factory=list)
    nums: list[str] = field(default_factory=list)
    current: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.counts = [0] * len(self.scheme)
        lists = range(len(self.scheme)) if self.mode == "single" else [0]
        for index in lists:
            self._instance(index, None)
        for level in range(len(self.scheme)):
            self.current[level] = level + 1 if self.mode == "single" else 1

    def _instance(self, abstract: int, start: tuple[int, int] | None) -> int:
        override = ""
        if start is not None:
            override = f'<w:lvlOverride w:ilvl="{start[0]}"><w:startOverride w:val="{start[1]}"/></w:lvlOverride>'
        number = len(self.nums) + 1
        self.nums.append(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>')
        return number

    def split(self, line: str) -> tuple[int, int, str] | None:
        """Return level, numId and the rest of a line that starts with a number of the scheme."""
        for level, kind in enumerate(self.scheme):
            if not (found := re.match(kind.pattern, line)):
                continue
            wanted = value_of(found[1])
            if self.mode == "single":
                if wanted == 1 and self.counts[level]:
                    self.current[level] = self._instance(level, (0, 1))
            elif wanted != self.counts[level] + 1:
                self.current = dict.fromkeys(self.current, self._instance(0, (level, wanted)))
            self.counts[level] = wanted
            if self.mode != "single":
                for lower in range(level + 1, len(self.scheme)):
                    self.counts[lower] = 0 if self.scheme[lower].restarts else self.counts[lower]
            return level, self.current[level], line[found.end() :]
        return None

    def peek(self, line: str) -> tuple[int, int, str] | None:
        """Return the same for a line that the list does not count, since it is deleted."""
        for level, kind in enumerate(self.scheme):
            if found := re.match(kind.pattern, line):
                return level, self.current[level], line[found.end() :]
        return None

    def _level(self, level: int, index: int) -> str:
        kind = self.scheme[level]
        text = re.sub(r"%\d", f"%{index + 1}", kind.text)
        style = f'<w:pStyle w:val="Heading{level + 1}"/>' if self.mode == "styles" else ""
        again = "" if kind.restarts else '<w:lvlRestart w:val="0"/>'
        return (
            f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{kind.fmt}"/>{again}{style}'
            f'<w:suff w:val="{kind.follow}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="0" w:firstLine="640"/></w:pPr></w:lvl>'
        )

    def xml(self) -> list[str]:
        """Return the abstract lists and their instances, in the order of the schema."""
        levels = range(len(self.scheme))
        groups = [[(level, 0)] for level in levels] if self.mode == "single" else [[(level, level) for level in levels]]
        serial = len(groups)
        out = [
            f'<w:abstractNum w:abstractNumId="{n}"><w:multiLevelType w:val="multilevel"/>'
            + "".join(self._level(*pair) for pair in group)
            + "</w:abstractNum>"
            for n, group in enumerate(groups)
        ]
        out.append(  # the serial numbers of a table's first column
            f'<w:abstractNum w:abstractNumId="{serial}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start '
            'w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="nothing"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>'
        )
        return [*out, *self.nums, f'<w:num w:numId="99"><w:abstractNumId w:val="{serial}"/></w:num>']


# --------------------------------------------------------------------------------------------------- Word files
INLINE = re.compile(r"\{([-+~<>^#@=])(.*?)\1\}|\{(/|p-|row-|n|nbh)\}", re.DOTALL)
BOX = """<w:r {ns}><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
<mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0"
 relativeHeight="{id}" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>
<wp:extent cx="5200000" cy="{height}"/><wp:wrapTopAndBottom/><wp:docPr id="{id}" name="文本框 {id}"/><wp:cNvGraphicFramePr/>
<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData
 uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm>
<a:off x="0" y="0"/><a:ext cx="5200000" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>
<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor>
</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="box{id}"
 style="position:absolute;width:410pt;height:80pt"><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape>
</w:pict></mc:Fallback></mc:AlternateContent></w:r>"""
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)


def escape(text: str) -> str:
    """Escape characters that XML and HTML reserve."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def run_xml(text: str, *, deleted: bool = False, hidden: bool = False) -> str:
    """Return runs of one text, cut where the script changes, as Word cuts them for its fonts."""
    tag = "delText" if deleted else "t"
    look = "<w:rPr><w:vanish/></w:rPr>" if hidden else ""
    pieces = re.findall(r"[0-9A-Za-z.%]+|[^0-9A-Za-z.%]+", text)
    return "".join(f'<w:r>{look}<w:{tag} xml:space="preserve">{escape(piece)}</w:{tag}></w:r>' for piece in pieces)


@dataclass(slots=True)
class Word:
    """Writes marked text as a .docx."""

    numbering: Numbering
    furniture: tuple[str, ...] = ()  # header text, footer before and after the page number
    both_sides: bool = False
    landscape: bool = False
    fill: tuple[int, ...] = ()  # columns in which equal neighbours are one merged cell
    blank: tuple[int, ...] = ()  # columns in which an empty cell belongs to the cell above
    serial: bool = False  # the first column is numbered by a list
    doc: Any = field(default_factory=Document)
    notes: list[str] = field(default_factory=list)
    marks: int = 100
    indent: str = ""

    def save(self, lines: Lines) -> bytes:
        """Return the file."""
        self._prepare()
        tables = [n for n, line in enumerate(lines) if "\t" in line]
        n = 0
        while n < len(lines):
            if n in tables:
                end = n + 1
                while end in tables or (end + 1 in tables and end < len(lines) and not lines[end].startswith("@")):
                    end += 1
                self._table(lines[n:end])
                n = end
                continue
            self._line(lines[n], lines)
            n += 1
        self._finish()
        stream = io.BytesIO()
        self.doc.save(stream)
        return still(stream.getvalue())

    def _prepare(self) -> None:
        core = self.doc.core_properties  # left over from another file, as everywhere
        core.title, core.author, core.last_modified_by = "关于召开全县安全生产工作会议的通知", "微软用户", "lenovo"
        core.created = core.modified = core.last_printed = datetime(2013, 5, 6, 8, 0)
        core.comments = core.keywords = ""
        normal = self.doc.styles["Normal"]
        normal.font.name, normal.font.size = "Times New Roman", Pt(16)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
        section = self.doc.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        if self.landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(297), Mm(210)
        if self.furniture:
            self._furniture(section)

    def _furniture(self, section: Any) -> None:
        head, before, after = self.furniture
        self.doc.settings.odd_and_even_pages_header_footer = self.both_sides
        pairs = [(section.header, section.footer)]
        if self.both_sides:
            pairs.append((section.even_page_header, section.even_page_footer))
        for header, footer in pairs:
            header.paragraphs[0].add_run(head)
            paragraph = footer.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            page = (
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
            )
            self._append(paragraph._p, run_xml(before) + page + run_xml(after))

    def _append(self, parent: Any, xml: str) -> None:
        for child in parse_xml(f"<w:x {nsdecls('w', 'r', 'wp')}>{xml}</w:x>"):
            parent.append(child)

    def _line(self, line: str, lines: Lines) -> None:
        if not line.startswith("@"):
            self._paragraphs(line)
            return
        order, _, text = line[1:].partition(" ")
        parts = text.split("|") if order in ("title", "box", "print") else [text]
        align = {"right": WD_ALIGN_PARAGRAPH.RIGHT, "plain": WD_ALIGN_PARAGRAPH.JUSTIFY}
        if order == "toc":
            self._contents(lines)
        elif order == "box":
            self._box(parts)
        elif order == "print":
            self._print(parts)
        elif order == "page":
            self.doc.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        elif order == "image":
            self._image(text)
        elif order == "indent":
            self.indent = "　　"
        else:
            for part in parts:
                paragraph = self.doc.add_paragraph(style="Title" if order == "title" else None)
                paragraph.alignment = align.get(order, WD_ALIGN_PARAGRAPH.CENTER)
                self._inline(paragraph, part)
                if order == "head":
                    for run in paragraph.runs:
                        run.font.color.rgb, run.font.size = RGBColor(255, 0, 0), Pt(30)

    def _paragraphs(self, line: str) -> None:
        pieces = line.split("{p-}")
        found = None
        for n, piece in enumerate(pieces):
            # A list item cut in two has the list on both sides of the cut; a deleted item has it and does not count.
            gone = piece.startswith("{-") and piece.endswith("-}")
            place = self.numbering.peek(piece[2:]) if gone else None
            if not gone and found is None and (found := self.numbering.split(piece)):
                piece = found[2]
            elif place:
                piece = "{-" + place[2]
            paragraph = self.doc.add_paragraph()
            if place or found:
                self._number(paragraph, *(place or found or (0, 0, ""))[:2])
            self._inline(paragraph, piece if place or found else self.indent + piece)
            if n < len(pieces) - 1:
                mark = f'<w:rPr><w:del w:id="{self._mark()}" {WHO}/></w:rPr>'
                self._append(paragraph._p.get_or_add_pPr(), mark)

    def _number(self, paragraph: Any, level: int, number: int) -> None:
        inner = 0 if self.numbering.mode == "single" else level
        if self.numbering.mode == "styles":
            paragraph.style = f"Heading {level + 1}"
        if self.numbering.mode != "styles" or number != 1:
            properties = paragraph._p.get_or_add_pPr()
            self._append(properties, f'<w:numPr><w:ilvl w:val="{inner}"/><w:numId w:val="{number}"/></w:numPr>')

    def _mark(self) -> int:
        self.marks += 1
        return self.marks

    def _inline(self, paragraph: Any, text: str) -> None:
        at = 0
        for found in INLINE.finditer(text):
            self._append(paragraph._p, run_xml(text[at : found.start()]))
            self._special(paragraph, found[1] or found[3], found[2] or "")
            at = found.end()
        self._append(paragraph._p, run_xml(text[at:]))

    def _special(self, paragraph: Any, sign: str, text: str) -> None:
        number = self._mark()
        label, _, extra = text.partition("|")
        tracked = {"+": ("ins", False), "-": ("del", True), "<": ("moveFrom", False), ">": ("moveTo", False)}
        if sign in tracked:
            tag, deleted = tracked[sign]
            runs = run_xml(text, deleted=deleted)
            if sign in "<>":
                runs = (
                    f'<w:{tag}RangeStart w:id="{number + 500}" w:name="move1" {WHO}/><w:{tag} w:id="{number}" {WHO}>{runs}'
                    f'</w:{tag}><w:{tag}RangeEnd w:id="{number + 500}"/>'
                )
                self._append(paragraph._p, runs)
            else:
                self._append(paragraph._p, f'<w:{tag} w:id="{number}" {WHO}>{runs}</w:{tag}>')
        elif sign == "~":
            self._append(paragraph._p, run_xml(text, hidden=True))
        elif sign == "^":
            self.notes.append(text)
            mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{}"/></w:r>'
            self._append(paragraph._p, mark.format(len(self.notes) + 1))
        elif sign == "#":
            run = paragraph.add_run(label)
            remark = self.doc.add_comment(run, text=extra, author="审核员", initials="审")
            remark._comment_elm.set(qn("w:date"), STAMP.isoformat() + "Z")
        elif sign == "=":
            self._append(
                paragraph._p,
                f'<w:sdt><w:sdtPr><w:alias w:val="单击或点击此处输入文字"/><w:id w:val="{number}"/><w:text/></w:sdtPr>'
                f"<w:sdtContent>{run_xml(text)}</w:sdtContent></w:sdt>",
            )
        elif sign == "@":
            self._field(paragraph, f'HYPERLINK "{extra}"' if extra.startswith("http") else extra, label)
        elif sign == "/":
            paragraph.add_run().add_break()
        elif sign == "nbh":
            self._append(paragraph._p, "<w:r><w:noBreakHyphen/></w:r>")

    def _field(self, paragraph: Any, code: str, shown: str) -> None:
        mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        instruction = f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        xml = mark.format("begin") + instruction + mark.format("separate") + run_xml(shown) + mark.format("end")
        self._append(paragraph._p, xml)

    def _box(self, parts: Lines) -> None:
        paragraph = self.doc.add_paragraph()
        content = "".join(f"<w:p>{run_xml(part)}</w:p>" for part in parts)
        height = 400000 * sum(1 + len(part) // 24 for part in parts)
        xml = BOX.format(ns=nsdecls("w", "wp", "r"), id=self._mark(), content=content, height=height)
        paragraph._p.append(parse_xml(xml))

    def _image(self, text: str) -> None:
        paragraph = self.doc.add_paragraph()
        shape = paragraph.add_run().add_picture(io.BytesIO(PIXEL), width=Mm(12))
        shape._inline.docPr.set("descr", text)

    def _print(self, parts: Lines) -> None:
        table = self.doc.add_table(rows=len(parts), cols=1)
        for row, part in zip(table.rows, parts, strict=True):
            row.cells[0].text = part

    def _contents(self, lines: Lines) -> None:
        entries = [(line, 1) for line in lines if re.match(CLASSIC[0].pattern, line)]
        mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        code = '<w:r><w:instrText xml:space="preserve"> {} </w:instrText></w:r>'
        rows = []
        for n, (line, page) in enumerate(entries):
            start = (
                mark.format("begin") + code.format('TOC \\o "1-1" \\h \\z \\u') + mark.format("separate")
                if not n
                else ""
            )
            number = mark.format("begin") + code.format(f"PAGEREF _Toc{1000 + n} \\h") + mark.format("separate")
            number += run_xml(str(page + n // 2)) + mark.format("end")
            tabs = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8296"/></w:tabs>'
            rows.append(f"<w:p><w:pPr>{tabs}</w:pPr>{start}{run_xml(line)}<w:r><w:tab/></w:r>{number}</w:p>")
        gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        head = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{run_xml("目　录")}</w:p>'
        last = f"<w:p>{mark.format('end')}</w:p>"
        sdt = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{head}{''.join(rows)}{last}</w:sdtContent></w:sdt>"
        place = self.doc.add_paragraph()._p
        for child in parse_xml(f"<w:x {nsdecls('w')}>{sdt}</w:x>"):
            place.addprevious(child)

    def _table(self, rows: Lines) -> None:
        cells = [row.split("\t") for row in rows]
        width = max(map(len, cells))
        table = self.doc.add_table(rows=0, cols=width, style="Table Grid")
        for n, values in enumerate(cells):
            row = table.add_row()
            gone = values[0].startswith("{row-}")
            if n == 0:
                self._append(row._tr.get_or_add_trPr(), "<w:tblHeader/>")
            if gone:
                self._append(row._tr.get_or_add_trPr(), f'<w:del w:id="{self._mark()}" {WHO}/>')
            if len(values) == 1:
                self._cell(row.cells[0].merge(row.cells[-1]), values[0])
                continue
            for c, value in enumerate(values):
                merge = merged(cells, n, c, self.fill, self.blank)
                if merge:
                    attribute = ' w:val="restart"' if merge == "first" else ""
                    self._append(row.cells[c]._tc.get_or_add_tcPr(), f"<w:vMerge{attribute}/>")
                if merge != "more":
                    text = value.replace("{row-}", "")
                    self._cell(row.cells[c], f"{{-{text}-}}" if gone else text, number=self.serial and n > 0 and c == 0)

    def _cell(self, cell: Any, text: str, *, number: bool = False) -> None:
        if number:
            properties = cell.paragraphs[0]._p.get_or_add_pPr()
            self._append(properties, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="99"/></w:numPr>')
            return
        for n, part in enumerate(text.split("{n}")):
            self._inline(cell.add_paragraph() if n else cell.paragraphs[0], part)

    def _finish(self) -> None:
        root = self.doc.part.numbering_part.element
        for child in list(root):
            root.remove(child)
        self._append(root, "".join(self.numbering.xml()))
        if self.numbering.mode == "styles":
            for level in range(len(self.numbering.scheme)):
                properties = self.doc.styles[f"Heading {level + 1}"].element.get_or_add_pPr()
                xml = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
                properties.insert(0, parse_xml(xml.replace("<w:numPr>", f"<w:numPr {nsdecls('w')}>")))
        if self.notes:
            self._footnotes()

    def _footnotes(self) -> None:
        note = '<w:footnote w:id="{}"{}><w:p>{}</w:p></w:footnote>'
        out = [note.format(0, ' w:type="separator"', "<w:r><w:separator/></w:r>")]
        out.append(note.format(1, ' w:type="continuationSeparator"', "<w:r><w:continuationSeparator/></w:r>"))
        for n, text in enumerate(self.notes):
            mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
            out.append(note.format(n + 2, "", mark + run_xml(" " + text)))
        blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {nsdecls("w")}>{"".join(out)}</w:footnotes>'
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        part = Part(PackURI("/word/footnotes.xml"), kind, blob.encode(), self.doc.part.package)
        self.doc.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def merged(cells: Sequence[Lines], row: int, column: int, fill: tuple[int, ...], blank: tuple[int, ...]) -> str:
    """Return "first" or "more" for a cell that is merged with its neighbours above or below, else nothing."""

    def joins(upper: int) -> bool:
        if upper < 1 or upper + 1 >= len(cells) or len(cells[upper]) == 1 or len(cells[upper + 1]) == 1:
            return False
        above, below = cells[upper][column], cells[upper + 1][column]
        return (column in fill and above == below != "") or (column in blank and below == "")

    return "more" if joins(row - 1) else "first" if joins(row) else ""


def still(content: bytes) -> bytes:
    """Return the same zip archive with one fixed date for its members."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def convert(content: bytes, source: str, target: str) -> bytes:
    """Return a file as LibreOffice writes it in another format."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"a.{source}").write_bytes(content)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", target]
        subprocess.run([*command, "--outdir", f"{folder}/out", f"{folder}/a.{source}"], check=True, capture_output=True)
        return next((Path(folder) / "out").iterdir()).read_bytes()


# --------------------------------------------------------------------------------------------------- workbooks
NUMBERS: tuple[tuple[str, str, Callable[[str], Any]], ...] = (  # how a printed value is stored: pattern, format, value
    (r"-?\d+%", "0%", lambda text: float(text[:-1]) / 100),
    (r"-?\d+\.\d%", "0.0%", lambda text: float(text[:-1]) / 100),
    (r"-?\d+\.\d\d%", "0.00%", lambda text: float(text[:-1]) / 100),
    (r"\d+年\d+月\d+日", 'yyyy"年"m"月"d"日"', lambda text: date(*map(int, re.findall(r"\d+", text)))),
    (r"\d+年\d+月", 'yyyy"年"m"月"', lambda text: date(*map(int, re.findall(r"\d+", text)), 1)),
    (r"\d{4}-\d\d-\d\d", "yyyy-mm-dd", date.fromisoformat),
    (r"\d{1,3}(,\d{3})+", "#,##0", lambda text: int(text.replace(",", ""))),
    (r"\d+", "General", int),
    (r"\d+\.\d+", "General", float),
)


@dataclass(slots=True)
class Sheet:
    """One sheet of a workbook: a merged title, then a table written from printed values."""

    name: str
    title: str
    rows: Lines
    fill: tuple[int, ...] = ()
    blank: tuple[int, ...] = ()
    at: tuple[int, int] = (0, 0)  # row and column where the title starts
    tall: int = 1  # rows that the title is merged over
    formulas: dict[tuple[int, int], tuple[str, float]] = field(default_factory=dict)
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_column: Lines = ()
    state: str = ""  # "hide" or "very_hidden"

    def write(self, book: Any) -> None:
        """Add the sheet to a workbook."""
        page = book.add_worksheet(self.name)
        cells = [row.split("\t") for row in self.rows]
        width = max(map(len, cells), default=1)
        top, left = self.at
        if self.title:
            page.merge_range(
                top, left, top + self.tall - 1, left + max(width, 2) - 1, self.title, book.add_format(TITLE)
            )
            top += self.tall
        for n, values in enumerate(cells):
            if len(values) == 1 < width:
                page.merge_range(top + n, left, top + n, left + width - 1, values[0], book.add_format(CELL))
                continue
            for c in range(len(values)):
                self._cell(book, page, cells, n, c, top, left)
        for n, value in enumerate(self.hidden_column):
            page.write(top + n, left + width, value)
        if self.hidden_column:
            page.set_column(left + width, left + width, 14, None, {"hidden": True})
        for (row, column), text in self.notes.items():
            page.write_comment(top + row, left + column, text, {"author": "审核员"})
        if self.state:
            getattr(page, self.state)()

    def _cell(self, book: Any, page: Any, cells: Sequence[Lines], n: int, c: int, top: int, left: int) -> None:
        shown = cells[n][c].replace("{n}", "\n")
        value, look = stored(shown)
        style = book.add_format({**CELL, "num_format": look})
        merge = merged(cells, n, c, self.fill, self.blank)
        if merge == "first":
            end = n + 1
            while end < len(cells) and len(cells[end]) > 1 and merged(cells, end, c, self.fill, self.blank) == "more":
                end += 1
            page.merge_range(top + n, left + c, top + end - 1, left + c, value, style)
        elif (n, c) in self.formulas:
            page.write_formula(top + n, left + c, self.formulas[n, c][0], style, self.formulas[n, c][1])
        elif not merge:
            page.write(top + n, left + c, value, style)


TITLE = {"bold": True, "font_size": 18, "align": "center"}
CELL = {"border": 1, "text_wrap": True, "valign": "vcenter"}


def stored(shown: str) -> tuple[Any, str]:
    """Return the value and the number format of a cell that shows this text."""
    for pattern, look, value in NUMBERS:
        if re.fullmatch(pattern, shown):
            return value(shown), look
    return shown, "General"


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return an .xlsx of these sheets."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": "Sheet1", "author": "微软用户", "created": STAMP})
        for sheet in sheets:
            sheet.write(book)
    return stream.getvalue()


# --------------------------------------------------------------------------------------------------- texts
def centred(text: str, width: int = 32) -> str:
    """Return a line with full-width blanks before it, so that it stands in the middle of a page."""
    return "　" * ((width - len(text)) // 2) + text


def typed(lines: Lines, title: Lines, signature: int = 2) -> list[str]:
    """Return paragraphs as they are typed into a text file: centred title, indents, signature at the right."""
    out = [*map(centred, title), ""]
    body, signed = lines[:-signature], lines[-signature:]
    out += [line if n == 0 and line.endswith(("：", ":")) else "　　" + line for n, line in enumerate(body)]
    return [*out, "", *("　" * 20 + line for line in signed)]


def printed(lines: Lines, title: Lines, width: int, height: int, head: str) -> str:
    """Return pages as a print program writes them: cut lines, running heads, page numbers, form feeds."""
    rows = [row[n : n + width] for row in typed(lines, title) for n in range(0, len(row), width)]
    pages = [rows[n : n + height] for n in range(0, len(rows), height)]
    shapes = ("- {} -", "第{}页", "— {} —")
    out = []
    for n, page in enumerate(pages, 1):
        foot = " " * 28 + shapes[(n - 1) % len(shapes)].format(n)
        out.append("\n".join([*([head, ""] if n > 1 else []), *page, "", foot, ""]))
    return "\f".join(out)


# --------------------------------------------------------------------------------------------------- single file web page
def web_page(lines: Lines, title: str, header: str, blank: tuple[int, ...]) -> bytes:
    """Return what Word saves as a single file web page: MIME parts of an HTML body, its header file and a file list."""
    notes: list[str] = []
    remarks: list[str] = []
    out, n = [f"<p class=MsoTitle align=center style='text-align:center'><b><span lang=ZH-CN>{title}</span></b></p>"], 0
    while n < len(lines):
        if "\t" in lines[n]:
            end = next((m for m in range(n, len(lines)) if "\t" not in lines[m]), len(lines))
            out.append(web_table([line.split("\t") for line in lines[n:end]], blank))
            n = end
            continue
        out.append(web_paragraph(lines[n], notes, remarks))
        n += 1
    foot = "".join(
        f"<div style='mso-element:footnote' id=ftn{k}><p class=MsoFootnoteText><a style='mso-footnote-id:ftn{k}' href=\"#_ftnref{k}\" "
        f"name=\"_ftn{k}\"><span class=MsoFootnoteReference><span style='mso-special-character:footnote'>[{k}]</span></span></a> {note}</p></div>"
        for k, note in enumerate(notes, 1)
    )
    said = "".join(
        f"<div style='mso-element:comment'><div id=\"_com_{k}\" class=msocomtxt><span style='mso-comment-author:审核员'></span>"
        f"<p class=MsoCommentText><span class=MsoCommentReference>[审{k}]</span>{remark}</p></div></div>"
        for k, remark in enumerate(remarks, 1)
    )
    page = WEB_HEAD + f"<div class=Section1 style='layout-grid:15.6pt'>{chr(10).join(out)}</div>"
    page += f"<div style='mso-element:footnote-list'><br clear=all><hr align=left size=1 width=\"33%\">{foot}</div>"
    page += f"<div style='mso-element:comment-list'><hr class=msocomoff align=left size=1 width=\"33%\">{said}</div></body></html>"
    beside = WEB_BESIDE.format(header=header)
    parts = (("sfj2023.htm", "text/html", page), ("sfj2023.files/header.htm", "text/html", beside))
    return mime([*parts, ("sfj2023.files/filelist.xml", "text/xml", '<xml><o:MainFile HRef="../sfj2023.htm"/></xml>')])


WEB_HEAD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312"><meta name=ProgId content=Word.Document>
<meta name=Generator content="Microsoft Word 11"><link rel=File-List href="sfj2023.files/filelist.xml">
<title>关于召开全县安全生产工作会议的通知</title><!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>微软用户</o:Author>
<o:Created>2013-05-06T00:00:00Z</o:Created></o:DocumentProperties></xml><![endif]--><!--[if gte mso 9]><xml><w:WordDocument>
<w:View>Print</w:View><w:TrackRevisions/></w:WordDocument></xml><![endif]--><style><!--
 p.MsoNormal, li.MsoNormal, div.MsoNormal {mso-style-parent:""; margin:0cm; text-indent:32.0pt; font-size:16.0pt;
 font-family:"Times New Roman"; mso-fareast-font-family:仿宋_GB2312;} span.msoDel {mso-style-type:export-only; color:red;}
@page Section1 {size:595.3pt 841.9pt; mso-header:url("sfj2023.files/header.htm") h1; mso-footer:url("sfj2023.files/header.htm") f1;}
div.Section1 {page:Section1;} --></style></head>
<body lang=ZH-CN style='tab-interval:21.0pt;text-justify-trim:punctuation'>
"""
WEB_BESIDE = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=gb2312"></head><body>
<div style='mso-element:footnote-separator' id=fs><p class=MsoNormal><span style='mso-special-character:footnote-separator'>
<![if !supportFootnotes]><hr align=left size=1 width="33%"><![endif]></span></p></div>
<div style='mso-element:header' id=h1><p class=MsoHeader>{header}</p></div>
<div style='mso-element:footer' id=f1><p class=MsoFooter>第<!--[if supportFields]><span style='mso-element:field-begin'></span>
PAGE<span style='mso-element:field-separator'></span><![endif]-->1<!--[if supportFields]><span style='mso-element:field-end'>
</span><![endif]-->页</p></div></body></html>"""


def web_paragraph(line: str, notes: list[str], remarks: list[str]) -> str:
    """Return a paragraph as Word writes it, with the number that a list made in a span of its own."""
    number = ""
    for level in CLASSIC[:2]:
        if found := re.match(level.pattern, line):
            ignore = f"<span style='mso-list:Ignore'>{found[0]}<span style='font:7.0pt \"Times New Roman\"'>&nbsp; </span></span>"
            number = f"<![if !supportLists]><span lang=EN-US>{ignore}</span><![endif]>"
            line = line[found.end() :]
            break

    def mark(found: re.Match[str]) -> str:
        sign, text = found[1], found[2]
        if sign == "-":
            return f'<span class=msoDel><del cite="mailto:审核员" datetime="2024-01-02T03:04">{text}</del></span>'
        if sign == "+":
            return f'<span class=msoIns><ins cite="mailto:审核员" datetime="2024-01-02T03:04">{text}</ins></span>'
        if sign == "~":
            return f"<span style='display:none;mso-hide:all'>{text}</span>"
        if sign == "^":
            notes.append(text)
            k = len(notes)
            shown = f"<span class=MsoFootnoteReference><span style='mso-special-character:footnote'>[{k}]</span></span>"
            return f'<a style=\'mso-footnote-id:ftn{k}\' href="#_ftn{k}" name="_ftnref{k}" title="">{shown}</a>'
        label, _, remark = text.partition("|")
        remarks.append(remark)
        k = len(remarks)
        shown = f'<span class=MsoCommentReference><a class=msocomanchor href="#_msocom_{k}">[审{k}]</a></span>'
        return f"<a style='mso-comment-reference:审_{k};mso-comment-date:20240102T0304'>{label}</a>{shown}"

    text = INLINE.sub(mark, line)
    return f"<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'>{number}<span lang=ZH-CN>{text}</span></p>"


def web_table(cells: Sequence[Lines], blank: tuple[int, ...]) -> str:
    """Return a table as Word writes it, with row spans."""
    out = ["<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse'>"]
    for n, values in enumerate(cells):
        out.append(" <tr>")
        for c, value in enumerate(values):
            merge = merged(cells, n, c, (), blank)
            span = 1
            while merge == "first" and n + span < len(cells) and merged(cells, n + span, c, (), blank) == "more":
                span += 1
            if merge != "more":
                rows = f" rowspan={span}" if span > 1 else ""
                out.append(f"  <td width=120{rows} valign=top><p class=MsoNormal>{value}<o:p></o:p></p></td>")
        out.append(" </tr>")
    return "\n".join([*out, "</table>"])


def mime(parts: Iterable[tuple[str, str, str]]) -> bytes:
    """Return a multipart/related message of parts in quoted-printable gb2312."""
    bound = "----=_NextPart_01DA3D2A.6B0F3C40"
    out = [f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="{bound}"\r\n\r\n'
           "本文档为“单个文件网页”，亦称为“Web 档案”文件。\r\n".encode("gb18030")]  # fmt: skip
    for name, kind, text in parts:
        charset = "gb2312" if kind == "text/html" else "utf-8"
        code = text.replace("\n", "\r\n").encode("gb18030" if charset == "gb2312" else charset)
        body = quopri.encodestring(code.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
        head = f"Content-Location: file:///C:/8A2B6F10/{name}\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        out.append(f'\r\n--{bound}\r\n{head}Content-Type: {kind}; charset="{charset}"\r\n\r\n'.encode() + body)
    return b"".join([*out, f"\r\n--{bound}--\r\n".encode()])


def two_byte_rtf(content: bytes) -> bytes:
    """Return rich text whose characters are written in code page 936, as programs before Unicode wrote them."""

    def escapes(found: re.Match[bytes]) -> bytes:
        code = int(found[1]) % 65536
        return b"".join(b"\\'%02x" % byte for byte in chr(code).encode("gb18030"))

    text = re.sub(rb"\\u(-?\d+) ?\\'[0-9a-f]{2}(?:\\'[0-9a-f]{2})?", escapes, content)
    text = text.replace(b"\\fcharset0 ", b"\\fcharset134 ")
    return re.sub(rb"\\ansi(?:\\ansicpg\d+)?(?=\\)", lambda _: rb"\ansi\ansicpg936", text, count=1)


def whole_levels(content: bytes) -> bytes:
    """Return rich text whose list levels have the punctuation that LibreOffice loses when it writes them."""
    text = content.replace(rb"\'02\'00\'3f", rb"\'02\'00\u12289\'3f")
    return text.replace(rb"\'03\'28\'01\'29", rb"\'03\u65288\'28\'01\u65289\'29")


# --------------------------------------------------------------------------------------------------- recipes
@dataclass(frozen=True, slots=True)
class Recipe:
    """How a Word document is made from its expected text.

    Attributes:
        head, tail: marked lines before and after the text.
        edits: replacements in the expected text; the first string of each stands there exactly once.
    """

    target: str
    head: Lines
    edits: Edits
    scheme: tuple[Level, ...] = ()
    mode: str = "direct"
    tail: Lines = ()
    options: dict[str, Any] = field(default_factory=dict)


def marked(case: str, edits: Edits) -> list[str]:
    """Return the expected text of a case with its marks."""
    text = expected(case)
    for old, new in edits:
        if text.count(old) != 1:
            raise ValueError(f"{case}: expected one place that reads {old!r}, got {text.count(old)}")
        text = text.replace(old, new)
    return text.splitlines()


def expected(case: str) -> str:
    """Return the canonical text of a case."""
    return (HERE / case / "body.txt").read_text(encoding="utf-8")


WORD: dict[str, Recipe] = {
    "c-docx-letterhead-annexes": Recipe(
        "yzbf-12.docx",
        [
            "@head 云岚县人民政府办公室文件",
            "@box 云政办发〔2024〕12号",
            "@title 云岚县人民政府办公室|关于印发《云岚县2024年法治政府建设工作计划》的通知",
        ],
        [
            ("\n2.云岚县2024年法治政府建设任务分解表", "\n@plain 　　　　2.云岚县2024年法治政府建设任务分解表"),
            (
                "\n云岚县人民政府办公室\n2024年3月18日\n附件1\n云岚",
                "\n@right 云岚县人民政府办公室\n@right 2024年3月18日\n@page\n附件1\n@center 云岚",
            ),
            ("\n附件2\n云岚", "\n@page\n附件2\n@center 云岚"),
        ],
        CLASSIC,
        "styles",
        [
            "@print 抄送：县委各部门，县人大常委会办公室，县政协办公室，县法院，县检察院，县人武部。|云岚县人民政府办公室　　　　　　　　2024年3月20日印发"
        ],
        {"furniture": ("", "— ", " —"), "both_sides": True, "fill": (3, 4, 5), "blank": (0, 1)},
    ),
    "c-docx-tracked-report": Recipe(
        "report.docx",
        [
            "@head 青禾县人民政府文件",
            "@center 青政〔2024〕9号　　　　　　　　签发人：许望舒",
            "@title 青禾县人民政府|关于2023年度法治政府建设情况的报告",
        ],
        [
            ("承接下放行政许可事项23项", "承接{-上级-}下放行政许可事项{-21-}{+23+}项"),
            ("为企业和群众减免各类费用1260万元。", "{+为企业和群众减免各类费用+}{-1206万元-}{+1260万元。+}"),
            (
                "均为100%。\n上述文件均在公布前征求意见不少于30日。",
                "均为100%{^上述文件均在公布前征求意见不少于30日。^}。",
            ),
            ("抽查评议案卷210卷", "抽查评议{#案卷210卷|请核对，司法局报的是208卷#}"),
            (
                "个百分点。对轻微违法行为免予处罚146起。",
                "个百分点。{p-}对轻微违法行为免予处罚146起。{<行政机关负责人出庭应诉率达到100%。<}",
            ),
            ("87件，审结82件", "87件{-、行政裁决案件5件-}，审结82件"),
            (
                "调解和解29件。行政机关负责人出庭应诉率达到100%。\n出庭应诉率按实际出庭人次占应当出庭人次的比例计算。",
                "调解和解29件{~（内部掌握：其中县直部门17件）~}。{>行政机关负责人出庭应诉率达到100%。>}{^出庭应诉率按实际出庭人次占应当出庭人次的比例计算。^}",
            ),
            ("\n公共法律服务满意度", "\n{row-}执法车辆保有量\t辆\t41\t43\t45\n公共法律服务满意度"),
            (
                "特此报告。\n青禾县人民政府\n2024",
                "{-以上为初稿，妥否请批示。-}{p-}特此报告。\n@right 青禾县人民政府\n@right 2024",
            ),
        ],
        JAPANESE,
        options={"furniture": ("（初稿）", "第", "页")},
    ),
    "c-docx-outline-toc-textbox": Recipe(
        "gangyao.docx",
        [
            "@title 霁川区法治政府建设实施纲要|（2021—2025年）",
            "@center （霁政发〔2021〕15号）",
            "@center 霁川区人民政府",
            "@center 2021年9月",
            "@page",
            "@toc",
            "@page",
            "@title 霁川区法治政府建设实施纲要|（2021—2025年）",
        ],
        [("专栏：营商环境提升工程\n2023", "@box 专栏：营商环境提升工程|2023")],
        RUN_ON,
        "styles",
        options={"furniture": ("", "第 ", " 页")},
    ),
    "c-docx-town-soft-breaks": Recipe(
        "tangwan2023.docx",
        ["@image 徽标图片", "@title 棠湾镇人民政府2023年|法治政府建设工作总结", "@indent"],
        [
            ("“1-3-5”", "“1{nbh}3{nbh}5”"),
            (
                "\n1、6月底前建成镇级公共法律服务站1个",
                "\n@plain 1、6月底前建成{@镇级公共法律服务站|http://www.tangwan.test/ggfl/index.html@}1个",
            ),
            ("覆盖。\n2、全年", "覆盖。{/}2、全年"),
            ("20卷。\n3、每月", "20卷。{/}3、每月"),
            (
                "\n棠湾镇人民政府\n2023年12月28日",
                '\n@right {=棠湾镇人民政府=}\n@right {@2023年12月28日|SAVEDATE \\@ "yyyy年M月d日"@}',
            ),
        ],
        TOWN,
        "single",
        options={"furniture": ("棠湾镇党政办公室编印", "- ", " -")},
    ),
    "c-doc-numbered-plan": Recipe(
        "shanping8.doc",
        [
            "@head 杉坪县人民政府办公室文件",
            "@center 杉政办发〔2023〕8号",
            "@title 杉坪县人民政府办公室关于印发|《杉坪县2023年法治政府建设工作要点》的通知",
        ],
        [
            (
                "\n杉坪县人民政府办公室\n2023年4月6日\n",
                "\n@right 杉坪县人民政府办公室\n@right 2023年4月6日\n@page\n@plain 附件\n@center 杉坪县2023年法治政府建设工作要点\n",
            )
        ],
        CLASSIC,
        "styles",
        [
            "@print 抄送：县委办公室，县人大常委会办公室，县纪委监委办公室。|杉坪县人民政府办公室　　　　　　　　2023年4月7日印发"
        ],
        {"furniture": ("", "- ", " -"), "both_sides": True},
    ),
    "c-doc-task-table": Recipe(
        "fenjie.doc",
        ["@title 砚溪区2024年法治政府建设重点任务分解表"],
        [
            ("30项，公布告知", "30项，{n}公布告知"),
            ("“无证明城区”创建，免", "“无证明城区”创建，{n}免"),
            ("\n砚溪区全面依法治区委员会办公室\n", "\n@right 砚溪区全面依法治区委员会办公室\n@right "),
        ],
        options={
            "landscape": True,
            "fill": (3, 4, 5),
            "blank": (0, 1),
            "furniture": ("砚溪区司法局制表", "共 2 页 第 ", " 页"),
        },
    ),
    "c-doc-tracked-footnotes": Recipe(
        "yanquan2022.doc",
        ["@title 岩泉县2022年法治政府建设年度报告"],
        [
            ("纳入县级事项286项", "纳入县级事项{-279-}{+286+}项"),
            ("全部经过合法性审查。", "全部经过合法性审查{~（此段不对外：其中2件未附审查意见）~}。"),
            (
                "1742件、行政强制案件63件，无一被撤销。\n行政强制案件不含法院裁定执行的案件。",
                "1742件、行政强制案件63件{^行政强制案件不含法院裁定执行的案件。^}{-、行政裁决9件-}，无一被撤销。",
            ),
            (
                "审结51件，纠错率13.7%。\n纠错率按撤销、变更、确认违法和责令履行的案件占审结案件的比例计算。",
                "审结{#51件|数据待核#}，纠错率13.7%{^纠错率按撤销、变更、确认违法和责令履行的案件占审结案件的比例计算。^}。",
            ),
            ("46场，培育", "46场，{p-}培育"),
            ("\n二、存在的不足", "\n{-（六）机构设置更加合理。撤并重组临时机构11个。-}{p-}二、存在的不足"),
            ("，年内实现执法记录仪", "{+，年内实现+}执法记录仪"),
            ("\n岩泉县人民政府\n2023年3月15日", "\n@right 岩泉县人民政府\n@right 2023年3月15日"),
        ],
        CLASSIC,
        options={"furniture": ("征求意见稿", "第 ", " 页")},
    ),
    "c-doc-bureau-toc-textbox": Recipe(
        "jtj2023.doc",
        ["@title 云岚县交通运输局|2023年度法治政府建设工作报告", "@toc", "@page"],
        [
            ("典型做法：推行说理式执法文书\n对罚款", "@box 典型做法：推行说理式执法文书|对罚款"),
            ("\n云岚县交通运输局\n2024", "\n@right 云岚县交通运输局\n@right 2024"),
        ],
        CLASSIC,
        "styles",
        options={"furniture": ("法治交通建设简报　内部资料", "", ""), "blank": (0,)},
    ),
    "c-wps-town-fullwidth": Recipe(
        "shushi2022.wps",
        ["@title 漱石镇人民政府关于２０２２年度|法治政府建设工作情况的报告", "@center 漱政〔２０２２〕５１号"],
        [
            ("县人民政府：\n", "县人民政府：\n@indent\n"),
            ("\n漱石镇人民政府\n２０２２", "\n@right 漱石镇人民政府　　　\n@right ２０２２"),
        ],
        options={"furniture": ("", "—", "—")},
    ),
    "c-wps-zone-plan-annex": Recipe(
        "kfq-2024.wps",
        [
            "@head 望澜经济技术开发区管理委员会文件",
            "@center 望开管发〔2024〕17号",
            "@title 望澜经济技术开发区|2024年法治政府建设工作计划",
        ],
        [
            (
                "\n望澜经济技术开发区管理委员会\n2024年3月28日\n附件\n2024",
                "\n@right 望澜经济技术开发区管理委员会\n@right 2024年3月28日\n@page\n附件\n@center 2024",
            )
        ],
        CLASSIC,
        tail=["@print 抄送：市政府办公室，市司法局。|望澜经济技术开发区党政办公室　　　　　　2024年3月29日印发"],
        options={"furniture": ("", "第", "页"), "fill": (2, 3, 4), "serial": True},
    ),
    "c-wps-outline-articles": Recipe(
        "guihua.wps",
        [
            "@head 澜泊市滨望区人民政府文件",
            "@center 滨政发〔2021〕19号",
            "@title 滨望区法治政府建设规划|（2021—2025年）",
        ],
        [
            (
                "1200万条，失信主体信用修复办理时限压缩至3个工作日。\n公共信用信息以滨望区信用平台归集的法人和非法人组织信息为准。",
                "1200万条{^公共信用信息以滨望区信用平台归集的法人和非法人组织信息为准。^}，失信主体信用修复办理时限压缩至3个工作日。",
            )
        ],
        ARTICLES,
        "single",
        options={"furniture": ("页码", "第 ", " 页")},
    ),
    "c-wps-bureau-work-points": Recipe(
        "scjg2024.wps",
        [
            "@box 市监工作动态",
            "@title 青禾县市场监督管理局|关于印发2024年法治政府建设工作要点的通知",
            "@center 青市监发〔2024〕6号",
        ],
        [
            ("\n青禾县市场监督管理局\n2024年2月29日", "\n@right 青禾县市场监督管理局\n@right 2024年2月29日"),
            ("不少于260户。", "不少于260户{-，兑现奖励标准每户2000元-}。"),
            ("抽检合格率保持在98%以上。", "抽检合格率保持在98%以上{~（县局党组尚未研究，暂定）~}。"),
        ],
        RUN_ON_DIGITS,
        "single",
    ),
    "c-rtf-county-report": Recipe(
        "jichuan2024.rtf",
        ["@title 霁川区2024年度法治政府建设情况报告"],
        [
            (
                "网上办件占比达到86%。\n网上办件占比不含自助终端办件。",
                "网上办件占比达到86%{^网上办件占比不含自助终端办件。^}。",
            ),
            ("行政处罚案件4206件，", "行政处罚案件4206件{-，其中简易程序案件1200件-}，"),
            ("成功率98.7%，", "成功率98.7%{~（此处数据不公开：信访件311件）~}，"),
            ("\n霁川区人民政府\n2025", "\n@right 霁川区人民政府\n@right 2025"),
        ],
        JAPANESE,
        options={"furniture": ("", "第", "页"), "blank": (0,)},
    ),
    "c-rtf-named-doc": Recipe(
        "yfxz2010.doc",
        ["@head 芦汀县人民政府办公室文件", "@center 芦政办发〔2010〕22号", "@title 芦汀县2010年依法行政工作要点"],
        [("\n芦汀县人民政府办公室\n二○", "\n@right 芦汀县人民政府办公室\n@right 二○")],
        tail=[
            "@plain 主题词：行政　依法　工作　要点",
            "@print 抄送：县委办公室，县人大常委会办公室，县法院，县检察院。|芦汀县人民政府办公室　　　　　　2010年3月26日印发|（共印150份）",
        ],
        options={"furniture": ("", "-", "-")},
    ),
}


def word(case: str) -> bytes:
    """Return the Word file of a case, in the format of its name."""
    recipe = WORD[case]
    writer = Word(Numbering(recipe.scheme, recipe.mode), **recipe.options)
    content = writer.save([*recipe.head, *marked(case, recipe.edits), *recipe.tail])
    ending = recipe.target.rpartition(".")[2]
    if ending == "docx":
        return content
    if case.startswith("c-rtf"):
        rich = whole_levels(convert(content, "docx", "rtf"))
        return two_byte_rtf(rich) if ending == "doc" else rich
    return convert(content, "docx", "doc")


def rows(case: str, start: str, end: str | None = None, edits: Edits = ()) -> list[str]:
    """Return the marked lines of a case from one that starts so up to one that starts so."""
    lines = marked(case, edits)
    first = next(n for n, line in enumerate(lines) if line.startswith(start))
    last = next((n for n, line in enumerate(lines) if end and n > first and line.startswith(end)), len(lines))
    return lines[first:last]


def county_tasks() -> bytes:
    """Return the county's task list with a hidden column, a hidden sheet, comments and a drop-down list."""
    case = "c-xlsx-task-list"
    edits = [
        ("场景，全年", "场景，{n}全年"),
        ("清单，建立", "清单，{n}建立"),
        ("县财政局、县市", "县财政局、{n}县市"),
        ("标准；2.", "标准；{n}2."),
        ("评查；3.", "评查；{n}3."),
    ]
    table = rows(case, "序号", edits=edits)
    phones = ["责任人电话", *("内部联系方式略" for _ in table[1:])]
    main = Sheet(
        "任务清单",
        "云岚县2024年法治政府建设重点任务清单",
        table,
        (4, 5, 6),
        (0, 1),
        hidden_column=phones,
        notes={(2, 3): "请县审批局核实"},
    )
    return workbook([main, Sheet("Sheet2", "", ["下拉选项\t说明", "推进中\t1", "已销号\t2"], state="hide")])


def prefecture_book() -> bytes:
    """Return the prefecture's book: indicators with formulas, tasks, remarks, and a very hidden sheet of parameters."""
    case = "c-xlsx-three-sheets"
    formulas = {}
    for n, (old, new, share) in enumerate(
        [(1, 1, 1), (0.958, 0.976, 1), (1286, 1640, 0), (0.089, 0.0725, 1), (56, 61.5, 0), (48200, 53020, 0)], 1
    ):
        row = n + 4  # two empty rows, the title and the header row stand above
        formulas[n, 5] = (f"=F{row}-E{row}", new - old) if share else (f"=F{row}/E{row}-1", new / old - 1)
    title = "梧汀市法治政府建设主要指标和任务（2024年）"
    return workbook(
        [
            Sheet("指标", title, rows(case, "序号", "附件2"), at=(2, 1), formulas=formulas),
            Sheet("任务分工", "附件2：重点任务分工", rows(case, "任务\t", "说明"), (2, 3), (0,)),
            Sheet("说明", "", rows(case, "说明")),
            Sheet("参数", "测算底稿", ["参数\t取值", "折算系数\t0.975"], state="very_hidden"),
        ]
    )


def district_tasks() -> bytes:
    """Return the district's task list as an Excel 97 workbook."""
    case = "c-xls-task-list"
    table = rows(case, "序号", edits=[("改革，覆盖", "改革，{n}覆盖"), ("区大数据局、公安", "区大数据局、{n}公安")])
    main = Sheet("Sheet1", "砚溪区2023年法治政府建设任务清单", table, (4, 5, 6), (0, 1), tall=2)
    codes = Sheet("代码表", "", ["代码表\t名称", "A01\t审批类", "A02\t执法类"], state="hide")
    return convert(workbook([main, codes, Sheet("Sheet3", "", [])]), "xlsx", "xls")


def indicator_results() -> bytes:
    """Return the county's results as an Excel 97 workbook of two sheets with sums by formula."""
    case = "c-xls-indicator-report"
    sums: dict[tuple[int, int], tuple[str, float]] = {(4, 1): ("=SUM(B3:B5)", 425), (4, 2): ("=SUM(C3:C5)", 417)}
    shares = {
        (n, 3): (f"=C{n + 2}/B{n + 2}", good / all_)
        for n, (all_, good) in enumerate([(186, 183), (142, 140), (97, 94), (425, 417)], 1)
    }
    sheets = [
        Sheet("指标", "杉坪县2023年度法治政府建设主要指标完成情况表", rows(case, "类别", "各乡镇"), blank=(0,)),
        Sheet("调处", "各乡镇矛盾纠纷调处情况", rows(case, "乡镇\t"), formulas={**sums, **shares}),
        Sheet("台账", "问题台账", ["问题\t状态", "公示不及时\t拟整改"], state="hide"),
    ]
    return convert(workbook(sheets), "xlsx", "xls")


def town_tasks() -> bytes:
    """Return the town's task table as WPS Office names an Excel 97 workbook."""
    case = "c-et-town-tasks"
    table = rows(case, "序号", edits=[("12场；发放", "12场；{n}发放"), ("11个村，每月", "11个村，{n}每月")])
    main = Sheet("2024", "岚桥乡2024年法治政府建设工作任务表", table, (4, 5), (0, 1))
    old = Sheet("旧表", "2023年任务表", ["工作任务\t时限", "普法宣传\t2023年底前"], state="hide")
    return convert(workbook([main, old]), "xlsx", "xls")


def gbk_text() -> bytes:
    """Return a text in GBK with CRLF ends and a signature whose characters stand apart."""
    case = "c-txt-gbk-fullwidth-blanks"
    lines = typed(
        expected(case).splitlines(), ["芦汀县人民政府", "关于2011年推进依法行政工作情况的报告", "", "芦政〔2011〕86号"]
    )
    lines[-2] = lines[-2].replace("芦汀县人民政府", "　".join("芦汀县人民政府"))
    return "\r\n".join([*lines, ""]).encode("gbk")


def utf16_text() -> bytes:
    """Return a text in UTF-16 with its mark, with tabs for indents."""
    lines = expected("c-txt-utf16-bom").splitlines()
    out = ["\t\t岩泉县2020年法治政府建设工作计划", "", lines[0]]
    out += [line if "\t" in line else "\t" + line for line in lines[1:-2]]
    return b"\xff\xfe" + "\r\n".join([*out, "", *("\t" * 6 + line for line in lines[-2:]), ""]).encode("utf-16-le")


def big5_text() -> bytes:
    """Return the traditional text in Big5."""
    lines = expected("c-txt-big5-traditional").splitlines()
    return "\r\n".join([*typed(lines, ["雲嵐縣2019年度法治政府建設情況報告"]), ""]).encode("big5")


def printed_text() -> bytes:
    """Return the hard-wrapped text in UTF-8."""
    lines = expected("c-txt-utf8-hard-wrapped-pages").splitlines()
    return printed(
        lines, ["滨望区人民政府", "关于2018年度法治政府建设情况的报告"], 32, 10, "滨望区人民政府文件汇编"
    ).encode()


def bureau_page() -> bytes:
    """Return the bureau's report as a single file web page."""
    edits = [
        ("\n整改率按截至12月31日已销号问题计算。", ""),
        ("整改率97.7%。", "整改率97.7%{^整改率按截至12月31日已销号问题计算。^}。"),
        ("提出审核意见1057条", "提出审核意见{-986条（旧稿数据）-}{+1057条+}"),
        ("监督意见书16份。", "监督意见书{#16份|核对一下口径#}。"),
        ("办结69件，", "办结69件{-，办理行政裁决2件-}，"),
        ("年度执法监督计划，", "年度执法监督计划{~（内部讨论稿已印）~}，"),
    ]
    lines = marked("c-mht-named-doc", edits)
    return web_page(lines, "杉坪县司法局2023年度<br>法治政府建设年度报告", "杉坪司法　内部讨论稿", (0,))


OTHER: dict[str, tuple[str, Callable[[], bytes]]] = {
    "c-xlsx-task-list": ("renwu2024.xlsx", county_tasks),
    "c-xlsx-three-sheets": ("wuting-zhibiao.xlsx", prefecture_book),
    "c-xls-task-list": ("yanxi-rwqd.xls", district_tasks),
    "c-xls-indicator-report": ("zhibiao2023.xls", indicator_results),
    "c-et-town-tasks": ("lanqiao.et", town_tasks),
    "c-txt-gbk-fullwidth-blanks": ("luting2011.txt", gbk_text),
    "c-txt-utf16-bom": ("2020jihua.txt", utf16_text),
    "c-txt-big5-traditional": ("ylx2019.txt", big5_text),
    "c-txt-utf8-hard-wrapped-pages": ("binwang2018.txt", printed_text),
    "c-mht-named-doc": ("sfj2023.doc", bureau_page),
}


def main(cases: Lines) -> None:
    """Write the files of the named cases, or of all."""
    if shutil.which("soffice") is None:
        raise SystemExit("make_office.py: expected soffice (LibreOffice) on the path, got none")
    for case in cases or [*WORD, *OTHER]:
        name, content = (WORD[case].target, word(case)) if case in WORD else (OTHER[case][0], OTHER[case][1]())
        (HERE / case / name).write_bytes(content)
        print(f"{case}/{name}: {len(content)} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
