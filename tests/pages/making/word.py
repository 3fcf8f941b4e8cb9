"""Marked text to a .docx; ``make_office.py`` says what the marks are."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from tests.pages.making.numbering import CLASSIC, Numbering
from tests.pages.making.programs import STAMP, still

WHO = 'w:author="审核员" w:date="2024-01-02T03:04:05Z"'
Lines = Sequence[str]


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
