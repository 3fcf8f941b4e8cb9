"""Flat OpenDocument text in the look of official documents, for LibreOffice to turn into other formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from tests.pages.making.cases import CHAPTER, ITEM, Case, Table, style_of

SERIF, SANS = "Noto Serif CJK SC", "WenQuanYi Micro Hei"  # the second is a TrueType font: a browser embeds it as such


@dataclass(slots=True)
class Odt:
    """A flat OpenDocument text in the making; measures are those of an official document."""

    size: int = 16
    serif: str = SANS  # the font of the text; the serif one makes a PDF twice as large
    head: str = ""  # running head
    foot: str = ""  # page number; # is the number, ## the count
    landscape: bool = False
    numbered: bool = False  # chapter and item numbers are made by the program
    notes: dict[str, str] = field(default_factory=dict)  # words -> the footnote that hangs on them
    body: list[str] = field(default_factory=list)
    widths: set[float] = field(default_factory=set)  # of table columns, in mm
    has_front: bool = False  # pages before the letterhead, which have no running head and no number

    def add(self, text: str, style: str = "Text") -> None:
        """Add a paragraph."""
        if self.numbered and (found := CHAPTER.match(text) or ITEM.match(text)):
            level = 1 if CHAPTER.match(text) else 2
            text = escape(text[found.end() :])
            self.body.append(f'<text:h text:style-name="H{level}" text:outline-level="{level}">{text}</text:h>')
            return
        text = escape(text).replace("\t", "<text:tab/>")
        for words, note in self.notes.items():
            count = f'<text:note text:note-class="footnote" text:id="n{len(self.body)}"><text:note-citation>1'
            text = text.replace(
                words,
                f"{words}{count}</text:note-citation><text:note-body>"
                f'<text:p text:style-name="Footnote">{note}</text:p></text:note-body></text:note>',
            )
        self.body.append(f'<text:p text:style-name="{style}">{text}</text:p>')

    def add_lines(self, content: Sequence[str | Table]) -> None:
        """Add the lines in the style that each asks for, and the tables; lines that are footnotes are left to them."""
        before = ""
        for number, block in enumerate(content):
            if isinstance(block, Table):
                self.add_table(block)
            elif block not in self.notes.values():
                self.add(block, style_of(block, number, before))
                before = block

    def add_table(self, table: Table, widths: Sequence[float] = ()) -> None:
        """Add a ruled table whose first row is repeated on each page."""
        drawn = {(r, c): (deep, wide, text) for r, c, deep, wide, text in table.cells()}
        columns = "<table:table-column/>" * table.width
        if widths:
            columns = "".join(f'<table:table-column table:style-name="W{width:g}"/>' for width in widths)
            self.widths |= set(widths)
        rows = []
        for r in range(len(table.rows)):
            cells = []
            for c in range(table.width):
                if (r, c) not in drawn:
                    cells.append("<table:covered-table-cell/>")
                    continue
                deep, wide, text = drawn[r, c]
                spans = f'table:number-rows-spanned="{deep}" table:number-columns-spanned="{wide}"'
                shown = f'<text:p text:style-name="Cell">{escape(text)}</text:p>'
                cells.append(f'<table:table-cell table:style-name="C" {spans}>{shown}</table:table-cell>')
            rows.append(f'<table:table-row table:style-name="R">{"".join(cells)}</table:table-row>')
        head = f"<table:table-header-rows>{rows[0]}</table:table-header-rows>"
        self.body.append(
            f'<table:table table:name="T{len(self.body)}">{columns}{head}{"".join(rows[1:])}</table:table>'
        )

    def xml(self) -> str:
        """Return the file."""
        wide, high = ("297mm", "210mm") if self.landscape else ("210mm", "297mm")
        number = '<text:page-number text:select-page="current"/>'
        foot = self.foot.replace("##", "<text:page-count/>").replace("#", number)
        zones = ""
        if self.head:
            zones += f'<style:header><text:p text:style-name="Running">{self.head}</text:p></style:header>'
        if foot:
            zones += f'<style:footer><text:p text:style-name="Foot">{foot}</text:p></style:footer>'
        columns = "".join(
            f'<style:style style:name="W{width:g}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{width:g}mm"/></style:style>'
            for width in sorted(self.widths)
        )
        return ODT.format(
            serif=self.serif, sans=SANS, size=self.size, lead=self.size * 1.75, indent=self.size * 2, wide=wide, high=high,
            zones=zones, front="" if self.has_front else zones, body="".join(self.body), widths=columns,
        )  # fmt: skip


def _paragraph(name: str, shape: str, letters: str, extra: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="paragraph" {extra}>'
        f"<style:paragraph-properties {shape}/><style:text-properties {letters}/></style:style>"
    )


def _letters(points: str, font: str = "{serif}", more: str = "") -> str:
    return f'style:font-name-asian="{font}" style:font-name="{font}" fo:font-size="{points}" style:font-size-asian="{points}" {more}'


RED = 'fo:color="#e00000" '
LEAD = 'fo:line-height="{lead}pt" fo:orphans="0" fo:widows="0" fo:text-align="justify"'
OUTLINE = "".join(
    f'<text:outline-level-style text:level="{level}" style:num-format="一, 二, 三, ..." {marks}>'
    f'<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
    f'<style:list-level-label-alignment text:label-followed-by="nothing"/></style:list-level-properties>'
    f"</text:outline-level-style>"
    for level, marks in ((1, 'style:num-suffix="、"'), (2, 'style:num-prefix="（" style:num-suffix="）"'))
)
ODT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document '
    + " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in {
            "office": "office", "style": "style", "text": "text", "table": "table",
            "fo": "xsl-fo-compatible", "svg": "svg-compatible",
        }.items()
    )
    + ' office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">'
    "<office:font-face-decls>"
    '<style:font-face style:name="{serif}" svg:font-family="\'{serif}\'"/>'
    '<style:font-face style:name="{sans}" svg:font-family="\'{sans}\'"/></office:font-face-decls><office:styles>'
    '<style:default-style style:family="paragraph"><style:text-properties fo:language="zh" fo:country="CN"'
    ' style:language-asian="zh" style:country-asian="CN"/></style:default-style>'
    + _paragraph("Text", LEAD + ' fo:text-indent="{indent}pt"', _letters("{size}pt"))
    + _paragraph("Addressee", LEAD, _letters("{size}pt"))
    + _paragraph("Head", LEAD + ' fo:text-indent="{indent}pt" fo:keep-with-next="always"', _letters("{size}pt", "{sans}"))
    + _paragraph("H1", LEAD + ' fo:text-indent="{indent}pt"', _letters("{size}pt", "{sans}"))
    + _paragraph("H2", LEAD + ' fo:text-indent="{indent}pt"', _letters("{size}pt"))
    + _paragraph("Right", 'fo:line-height="{lead}pt" fo:text-align="end" fo:margin-right="{indent}pt"', _letters("{size}pt"))
    + _paragraph("Annex", LEAD + ' fo:break-before="page"', _letters("{size}pt", "{sans}"))
    + _paragraph("Title", 'fo:text-align="center" fo:margin-top="6mm" fo:margin-bottom="8mm"', _letters("22pt", "{sans}"))
    + _paragraph("Cover", 'fo:text-align="center" fo:margin-top="28mm"', _letters("28pt", "{sans}"))
    + _paragraph("Red", 'fo:text-align="center" fo:margin-top="18mm" fo:margin-bottom="12mm" style:page-number="1"', _letters("36pt", more=RED),
                 'style:master-page-name="Body" ')
    + _paragraph("Number", 'fo:border-bottom="1.5pt solid #e00000" fo:padding-bottom="2mm"', _letters("{size}pt"))
    + _paragraph("Break", 'fo:break-before="page" fo:text-align="center"', _letters("22pt", "{sans}"))
    + '<style:style style:name="Entry" style:family="paragraph"><style:paragraph-properties fo:line-height="30pt">'
    '<style:tab-stops><style:tab-stop style:position="150mm" style:type="right" style:leader-style="dotted"'
    ' style:leader-text="…"/></style:tab-stops></style:paragraph-properties>'
    "<style:text-properties " + _letters("14pt") + "/></style:style>"
    + _paragraph("Print", 'fo:border-top="0.7pt solid #000000" fo:padding-top="1mm"', _letters("14pt"))
    + _paragraph("Cell", 'fo:text-align="start"', _letters("10.5pt"))
    + _paragraph("Running", 'fo:text-align="center" fo:border-bottom="0.5pt solid #000000"', _letters("10pt"))
    + _paragraph("Foot", 'fo:text-align="center"', _letters("12pt"))
    + _paragraph("Footnote", 'fo:text-indent="-4mm" fo:margin-left="4mm"', _letters("10.5pt"))
    + "<text:outline-style>" + OUTLINE + "</text:outline-style>"
    "</office:styles><office:automatic-styles>{widths}"
    '<style:style style:name="C" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000"'
    ' fo:padding="1.2mm" style:vertical-align="middle"/></style:style>'
    '<style:style style:name="R" style:family="table-row"><style:table-row-properties fo:keep-together="always"/></style:style>'
    '<style:page-layout style:name="P"><style:page-layout-properties fo:page-width="{wide}" fo:page-height="{high}"'
    ' fo:margin-top="22mm" fo:margin-bottom="20mm" fo:margin-left="27mm" fo:margin-right="27mm"/>'
    '<style:header-style><style:header-footer-properties fo:min-height="8mm" fo:margin-bottom="6mm"/></style:header-style>'
    '<style:footer-style><style:header-footer-properties fo:min-height="8mm" fo:margin-top="6mm"/></style:footer-style>'
    "</style:page-layout></office:automatic-styles><office:master-styles>"
    '<style:master-page style:name="Standard" style:page-layout-name="P">{front}</style:master-page>'
    '<style:master-page style:name="Body" style:page-layout-name="P">{zones}</style:master-page></office:master-styles>'
    "<office:body><office:text>{body}</office:text></office:body></office:document>"
)  # fmt: skip


def letter(case: Case, odt: Odt, content: Sequence[str | Table], *, name: str = "", signer: str = "") -> Odt:
    """Set the letterhead (where `name` is given), the title and the content."""
    if name:
        odt.add(f"{name}文件", "Red")
        odt.add(case.fields["doc_number"] + (f"　　　　　　　签发人：{signer}" if signer else ""), "Number")
    odt.add(case.title, "Title")
    odt.add_lines(content)
    return odt


def add_print_lines(odt: Odt, copies: str, office_name: str, day: str) -> None:
    """Add the lines for copies and printing."""
    odt.add("", "Text")
    odt.add(f"抄送：{copies}", "Print")
    odt.add(f"{office_name}　　　　　　　{day}印发", "Print")
