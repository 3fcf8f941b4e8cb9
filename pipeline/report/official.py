"""The form of an official notice as Word keeps it: page, types, lines and tables.

Source: GB/T 9704—2012, 5 and 7: margins, type sizes, 22 lines of 28 characters, page numbers, signature and date.
"""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pipeline.workbook import CREATED, clean_text

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph as WordParagraph
    from docx.text.run import Run

Part = Literal["number", "title", "blank", "addressee", "chapter", "part", "body", "annex", "remark"]

# Fonts by what the standard calls them; an office that has none of them gets the nearest that Word finds.
SONG_TITLE, FANG_SONG, HEI, KAI, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
LATIN = "Times New Roman"
SECOND, THIRD, FOURTH, FIFTH = 22, 16, 14, 10.5  # points of 二号, 三号, 四号, 五号
LINE_PT, TITLE_LINE_PT, TABLE_LINE_PT = 28.95, 35.0, 16.0
MARGINS_MM = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
TEXT_MM = 156  # 28 characters of 三号
DATE_INDENT = 4  # characters that the date stands in from the right
FONTS: dict[Part, tuple[str, int]] = {
    "number": (FANG_SONG, THIRD),
    "title": (SONG_TITLE, SECOND),
    "blank": (FANG_SONG, THIRD),
    "addressee": (FANG_SONG, THIRD),
    "chapter": (HEI, THIRD),
    "part": (KAI, THIRD),
    "body": (FANG_SONG, THIRD),
    "annex": (FANG_SONG, THIRD),
    "remark": (FANG_SONG, THIRD),
}
INDENTED = frozenset(("chapter", "part", "body", "annex", "remark"))
KEPT = 3  # paragraphs that go with the signature, which never stands on a page alone
# A paragraph's properties stand in a fixed order; these are the ones that we set behind the one added by hand.
AFTER_SNAP = ("w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:jc", "w:textAlignment", "w:rPr")
ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # fixed: the same input must give the same bytes


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of the notice."""

    part: Part
    words: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the notice; widths in millimetres, TEXT_MM together."""

    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    centred: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, of which day."""

    signed: str
    day: date


def write_official(path: Path, title: str, blocks: Sequence[Text | Grid | Signature]) -> None:
    """Write *blocks* as a Word file; equal arguments give equal bytes."""
    from docx import Document

    document = Document()
    _set_page(document)
    _set_base(document)
    last = max((at for at, block in enumerate(blocks) if isinstance(block, Signature)), default=len(blocks))
    for at, block in enumerate(blocks):
        if isinstance(block, Text):
            _add_text(document, block, keep=last - KEPT <= at < last)
        elif isinstance(block, Grid):
            _add_grid(document, block)
        else:
            _add_signature(document, block)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.created = properties.modified = CREATED
    properties.last_modified_by, properties.revision = "", 1
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(_with_fixed_days(buffer.getvalue()))


def _with_fixed_days(content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name))
    return made.getvalue()


def _set_page(document: "WordDocument") -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, size in MARGINS_MM.items():
        setattr(section, name, Mm(size))
    section.footer_distance = Mm(26)  # the number stands 7 mm below the text
    grid = _made("w:docGrid", type="lines", linePitch=str(round(LINE_PT * 20)))
    for old in section._sectPr.findall(grid.tag):
        section._sectPr.remove(old)
    section._sectPr.append(grid)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        _add_page_number(footer.paragraphs[0], side)


def _add_page_number(paragraph: "WordParagraph", side: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    is_right = side == "right"
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if is_right else WD_ALIGN_PARAGRAPH.LEFT
    indent = Pt(FOURTH)  # one character in from the edge
    if is_right:
        paragraph.paragraph_format.right_indent = indent
    else:
        paragraph.paragraph_format.left_indent = indent
    _style_run(paragraph.add_run("— "), SONG, FOURTH)
    field = paragraph.add_run()
    _style_run(field, SONG, FOURTH)
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("shown", "1"), ("end", "")):
        if kind in ("begin", "separate", "end"):
            field._r.append(_made("w:fldChar", fldCharType=kind))
        else:
            element = _made("w:instrText" if text == " PAGE " else "w:t")
            element.text = text
            element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            field._r.append(element)
    _style_run(paragraph.add_run(" —"), SONG, FOURTH)


def _set_base(document: "WordDocument") -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = LATIN, Pt(THIRD)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), FANG_SONG)
    style.element.rPr.append(_made("w:lang", val="en-US", eastAsia="zh-CN"))


def _made(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _style_run(run: "Run", font: str, size: float, *, bold: bool = False) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run.font.name, run.font.size, run.font.bold = LATIN, Pt(size), bold
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")  # quotation marks and dashes in the Chinese font


def _set_lines(paragraph: "WordParagraph", points: float) -> None:
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(points)
    form.space_before = form.space_after = Pt(0)
    form.widow_control = False


def _leave_grid(paragraph: "WordParagraph") -> None:
    """Let a paragraph keep its own lines, which the lines of the page would else spread."""
    paragraph._p.get_or_add_pPr().insert_element_before(_made("w:snapToGrid", val="0"), *AFTER_SNAP)


def _indent(paragraph: "WordParagraph", characters: float, edge: Literal["firstLine", "right"]) -> None:
    """Indent by characters, as Word keeps it, with the points beside it for readers that know none."""
    properties = paragraph._p.get_or_add_pPr()
    element = properties.get_or_add_ind()
    from docx.oxml.ns import qn

    element.set(qn(f"w:{edge}Chars"), str(round(characters * 100)))
    element.set(qn(f"w:{edge}"), str(round(characters * THIRD * 20)))


def _add_text(document: "WordDocument", text: Text, *, keep: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = document.add_paragraph()
    font, size = FONTS[text.part]
    _set_lines(paragraph, TITLE_LINE_PT if text.part == "title" else LINE_PT)
    if text.part == "title":
        _leave_grid(paragraph)
    if text.part in ("title", "number"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif text.part not in ("blank", "addressee"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    if text.part in INDENTED:
        _indent(paragraph, 2, "firstLine")
    if keep or text.part in ("chapter", "part"):
        paragraph.paragraph_format.keep_with_next = True
    for number, line in enumerate(clean_text(text.words).split("\n")):
        run = paragraph.add_run()
        if number:
            run.add_break()
        run.add_text(line)
        _style_run(run, font, size)


def _add_grid(document: "WordDocument", grid: Grid) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Mm

    table = document.add_table(rows=0, cols=len(grid.heads))
    table.style, table.autofit, table.alignment = document.styles["Table Grid"], False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = Mm(width)
    for place, texts in enumerate((grid.heads, *grid.rows)):
        row = table.add_row()
        properties = row._tr.get_or_add_trPr()
        properties.append(_made("w:cantSplit"))
        if place == 0:
            properties.append(_made("w:tblHeader"))
        for at, (cell, words) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = Mm(grid.widths[at])
            _fill(cell, words, is_head=place == 0, is_centred=place == 0 or at in grid.centred)
    after = document.add_paragraph()  # a line between the table and what follows
    _set_lines(after, TABLE_LINE_PT / 2)


def _fill(cell: "_Cell", words: str, *, is_head: bool, is_centred: bool) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for place, line in enumerate(clean_text(words).split("\n")):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if is_centred else WD_ALIGN_PARAGRAPH.LEFT
        _set_lines(paragraph, TABLE_LINE_PT)
        _leave_grid(paragraph)
        _style_run(paragraph.add_run(line), HEI if is_head else FANG_SONG, FIFTH)


def _add_signature(document: "WordDocument", signature: Signature) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    day = f"{signature.day.year}年{signature.day.month}月{signature.day.day}日"
    wide = sum(0.5 if char.isascii() else 1 for char in day)
    indents = (
        max(0.0, DATE_INDENT + (wide - len(signature.signed)) / 2),
        DATE_INDENT,
    )  # the name above the day's middle
    for place, (words, indent) in enumerate(zip((signature.signed, day), indents, strict=True)):
        paragraph = document.add_paragraph()
        _set_lines(paragraph, LINE_PT)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.keep_with_next = place == 0
        _indent(paragraph, indent, "right")
        _style_run(paragraph.add_run(clean_text(words)), FANG_SONG, THIRD)
