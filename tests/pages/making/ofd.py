"""OFD files after GB/T 33190: how each of the cases ``d-ofd-*`` is made."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from tests.pages.making.cases import Case, Table, blocks, chapters_of, style_of
from tests.pages.making.pictures import seal

OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
PAGE_WIDE, PAGE_HIGH = 210.0, 297.0


@dataclass(frozen=True, slots=True)
class Ink:
    """One printed line: its left edge and base line in mm, its text and its size."""

    x: float
    y: float
    text: str
    size: float = 5.64
    font: int = 1

    def advances(self) -> list[float]:
        """Return how far the pen goes with each character; digits and Latin letters are half as wide."""
        return [self.size / (2 if letter_ < "\x80" else 1) for letter_ in self.text]

    @property
    def wide(self) -> float:
        """The width in mm."""
        return sum(self.advances())


def wrapped(text: str, wide: float, size: float, indent: int = 0) -> list[str]:
    """Return the text in printed lines; no line starts with a closing mark, no number is broken."""
    lines, line, room = [], "", wide - indent * size
    for piece in re.findall(r"[\x21-\x7e]+|.", text):
        need = sum(size / (2 if letter_ < "\x80" else 1) for letter_ in piece)
        if need > room and piece not in "，。；：、）”》":
            lines.append(line)
            line, room = "", wide
        line += piece
        room -= need
    return [*lines, line]


@dataclass(slots=True)
class OfdFile:
    """An OFD file in the making."""

    title: str
    pages: list[list[str]] = field(default_factory=list)
    template: list[str] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    last_id: int = 100

    def new_id(self) -> int:
        """Return the next free id."""
        self.last_id += 1
        return self.last_id

    def text(self, ink: Ink, *, runs: bool = True) -> str:
        """Return a line as one object with its advances; in runs (g count width) or one by one."""
        steps = [f"{step:g}" for step in ink.advances()[:-1]]
        shown: list[str] = []
        while steps:
            same = next((k for k, step in enumerate(steps) if step != steps[0]), len(steps))
            shown += ["g", str(same), steps[0]] if runs and same > 2 else steps[:same]
            steps = steps[same:]
        box = f"{ink.x:g} {ink.y - ink.size:g} {ink.wide + 0.5:g} {ink.size * 1.3:g}"
        delta = f' DeltaX="{" ".join(shown)}"' if shown else ""
        code = f'<ofd:TextCode X="0" Y="{ink.size:g}"{delta}>{escape(ink.text)}</ofd:TextCode>'
        return f'<ofd:TextObject ID="{self.new_id()}" Boundary="{box}" Font="{ink.font}" Size="{ink.size:g}">{code}</ofd:TextObject>'

    def letters(self, ink: Ink) -> list[str]:
        """Return a line as one object a character, of size 1 and made big by its matrix."""
        out, x = [], ink.x
        for letter_, step in zip(ink.text, ink.advances(), strict=True):
            if letter_ != "　":
                box = f"{x:.3f} {ink.y - ink.size:.3f} {step:.3f} {ink.size * 1.2:.3f}"
                code = f'<ofd:TextCode X="0" Y="0.9">{escape(letter_)}</ofd:TextCode>'
                matrix = f'CTM="{ink.size:g} 0 0 {ink.size:g} 0 0"'
                head = f'<ofd:TextObject ID="{self.new_id()}" Boundary="{box}" {matrix} Font="{ink.font}" Size="1">'
                out.append(f"{head}{code}</ofd:TextObject>")
            x += step
        return out

    def rule(self, x: float, y: float, x2: float, y2: float, colour: str = "0 0 0") -> str:
        """Return a straight line."""
        wide, high = abs(x2 - x) or 0.4, abs(y2 - y) or 0.4
        data = f"M 0 0 L {x2 - x:g} {y2 - y:g}"
        return (
            f'<ofd:PathObject ID="{self.new_id()}" Boundary="{x:g} {y:g} {wide:g} {high:g}" LineWidth="0.25">'
            f'<ofd:StrokeColor Value="{colour}"/><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'
        )

    def picture(self, number: int, x: float, y: float, size: float) -> str:
        """Return a square picture, drawn from the resource of that number."""
        matrix = f"{size:g} 0 0 {size:g} 0 0"
        return f'<ofd:ImageObject ID="{self.new_id()}" Boundary="{x:g} {y:g} {size:g} {size:g}" CTM="{matrix}" ResourceID="{50 + number}"/>'

    def save(self, path: Path) -> None:
        """Write the package."""
        files: dict[str, str | bytes] = {"OFD.xml": self._entry(), "Doc_0/Document.xml": self._document()}
        files["Doc_0/PublicRes.xml"] = (
            f'<ofd:Res {OFD} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="1" FontName="仿宋" FamilyName="仿宋"/>'
            f'<ofd:Font ID="2" FontName="黑体" FamilyName="黑体"/><ofd:Font ID="3" FontName="小标宋" FamilyName="小标宋"/></ofd:Fonts></ofd:Res>'
        )
        media = "".join(
            f'<ofd:MultiMedia ID="{50 + n}" Type="Image" Format="PNG"><ofd:MediaFile>image_{n}.png</ofd:MediaFile></ofd:MultiMedia>'
            for n in range(len(self.pictures))
        )
        files["Doc_0/DocumentRes.xml"] = (
            f'<ofd:Res {OFD} BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>'
        )
        files |= {f"Doc_0/Res/image_{n}.png": picture for n, picture in enumerate(self.pictures)}
        if self.template:
            files["Doc_0/Tpls/Tpl_0/Content.xml"] = self._page(self.template, is_template=True)
        for n, page in enumerate(self.pages):
            files[f"Doc_0/Pages/Page_{n}/Content.xml"] = self._page(page)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in files.items():
                whole = (
                    content
                    if isinstance(content, bytes)
                    else f'<?xml version="1.0" encoding="UTF-8"?>\n{content}'.encode()
                )
                package.writestr(zipfile.ZipInfo(name, (2024, 1, 2, 3, 4, 6)), whole, zipfile.ZIP_DEFLATED)

    def _entry(self) -> str:
        about = f"<ofd:DocID>{zlib.crc32(self.title.encode()):032x}</ofd:DocID><ofd:Title>{self.title}</ofd:Title>"
        about += "<ofd:CreationDate>2024-01-02</ofd:CreationDate><ofd:Creator>版式文件转换</ofd:Creator>"
        body = f"<ofd:DocBody><ofd:DocInfo>{about}</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        return f'<ofd:OFD {OFD} Version="1.1" DocType="OFD">{body}</ofd:OFD>'

    def _document(self) -> str:
        box = f"<ofd:PageArea><ofd:PhysicalBox>0 0 {PAGE_WIDE:g} {PAGE_HIGH:g}</ofd:PhysicalBox></ofd:PageArea>"
        shared = "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
        if self.template:
            shared += '<ofd:TemplatePage ID="20" Name="page" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
        pages = "".join(
            f'<ofd:Page ID="{21 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(self.pages))
        )
        common = f"<ofd:CommonData><ofd:MaxUnitID>{self.last_id}</ofd:MaxUnitID>{box}{shared}</ofd:CommonData>"
        return f"<ofd:Document {OFD}>{common}<ofd:Pages>{pages}</ofd:Pages></ofd:Document>"

    def _page(self, objects: Iterable[str], *, is_template: bool = False) -> str:
        use = '<ofd:Template TemplateID="20" ZOrder="Background"/>' if self.template and not is_template else ""
        layer = f'<ofd:Layer ID="{self.new_id()}" Type="{"Background" if is_template else "Body"}">{"".join(objects)}</ofd:Layer>'
        return f"<ofd:Page {OFD}>{use}<ofd:Content>{layer}</ofd:Content></ofd:Page>"


def laid(
    lines: Sequence[str], *, size: float = 5.64, top: float = 40, bottom: float = 268, lead: float = 9.9
) -> list[list[Ink]]:
    """Return the lines of the body as printed lines, page by page, with official indents and a signature at the right."""
    left, wide = 28.0, size * 27
    pages: list[list[Ink]] = [[]]
    y = top
    for number, line in enumerate(lines):
        style = style_of(line, number, "")
        indent = 2 if style in {"Text", "Head"} else 0
        font = 2 if style == "Head" else 1
        for k, text in enumerate(wrapped(line, wide, size, indent)):
            if y > bottom:
                pages.append([])
                y = 40
            x = left + indent * size * (k == 0)
            if style == "Right":
                x = left + wide - Ink(0, 0, text, size).wide - 2 * size
            pages[-1].append(Ink(round(x, 3), round(y, 3), text, size, font))
            y += lead
    return pages


def centred(text: str, y: float, size: float = 7.76, font: int = 3) -> list[Ink]:
    """Return a title in as many lines as it needs."""
    inks = []
    for k, line in enumerate(wrapped(text, size * 19, size)):
        ink = Ink(0, y + k * size * 1.6, line, size, font)
        inks.append(Ink(round((PAGE_WIDE - ink.wide) / 2, 3), ink.y, line, size, font))
    return inks


def ofd_report(case: Case) -> None:
    """Every second line has its advances one by one."""
    file = OfdFile(case.title)
    title = centred(case.title, 40)
    for n, page in enumerate(laid(case.lines, top=title[-1].y + 22)):
        inks = [*(title if n == 0 else []), *page, Ink(101, 282, f"-{n + 1}-", 4.2)]
        file.pages.append([file.text(ink, runs=k % 2 == 0) for k, ink in enumerate(inks)])
    file.save(case.main)


def ofd_outline(case: Case) -> None:
    """Running head and rule are the template's."""
    file = OfdFile(case.title)
    head = [Ink(28, 24, "云岚县法治政府建设规划（2021—2025年）", 3.7), Ink(164, 24, "规划文本", 3.7)]
    file.template = [*(file.text(ink) for ink in head), file.rule(28, 26, 182, 26)]
    name, years = case.title.split("（")
    title = [*centred(name, 44), *centred(f"（{years}", 57)]
    for n, page in enumerate(laid(case.lines, top=76, bottom=248)):
        inks = [*(title if n == 0 else []), *page, Ink(97, 282, f"第{n + 1}页", 4.2)]
        file.pages.append([file.text(ink) for ink in inks])
    file.save(case.main)


def ofd_letters(case: Case) -> None:
    """The order of the objects tells nothing: lines are shuffled, letterhead and title come last."""
    file = OfdFile(case.title, pictures=[seal_png(case.fields["issuer"])])
    order = random.Random(11)
    head = [*centred("青禾县市场监督管理局文件", 46, 12.5), *centred(case.fields["doc_number"], 66, 5.64, 1)]
    title = [*centred("青禾县市场监督管理局", 86), *centred("关于2022年度法治政府建设情况的报告", 98)]
    pages = laid(case.lines, top=118, bottom=240)
    for n, page in enumerate(pages):
        inks = list(page)
        order.shuffle(inks)
        extra = [Ink(100, 284, f"{n + 1}", 4.2)]
        objects = [part for ink in inks for part in file.letters(ink)]
        if n == 0:
            extra += [*head, *title]
            objects.append(file.rule(28, 70, 182, 70, "224 0 0"))
        if n == len(pages) - 1:
            y = page[-1].y
            objects += [file.picture(0, 130, y - 28, 40), file.rule(28, 256, 182, 256), file.rule(28, 265, 182, 265)]
            extra += [Ink(30, 262, "抄送：市市场监管局，县委依法治县办，县司法局。", 4.9)]
            extra += [Ink(30, 271, "青禾县市场监督管理局办公室", 4.9), Ink(132, 271, "2022年12月29日印发", 4.9)]
        objects += [part for ink in extra for part in file.letters(ink)]
        file.pages.append(objects)
    file.save(case.main)


def seal_png(name: str) -> bytes:
    """Return a seal as a small picture."""
    out = io.BytesIO()
    seal(name, 200).quantize(32).save(out, "PNG", optimize=True)
    return out.getvalue()


COLUMNS = (28.0, 38.0, 62.0, 104.0, 133.0, 160.0, 184.0)  # the rules of the table, in mm


def ofd_table(case: Case) -> None:
    """Row by row; a merged cell that goes over the page is left open at the bottom and empty on the next page."""
    before, table, *after = blocks(case.lines, chapters_of(case), same=(1, 3, 5))
    assert isinstance(before, str)
    assert isinstance(table, Table)
    file = OfdFile(case.title)
    title = centred(case.title, 40)
    first = laid([before], size=4.94, top=title[-1].y + 16, lead=8.4)[0]
    spans = {(r, c): (deep, text) for r, c, deep, _, text in table.cells()}
    high = [
        max(
            [
                len(wrapped(text, COLUMNS[c + 1] - COLUMNS[c] - 2, 3.7)) if len(row) > 1 else 1
                for c, text in enumerate(row)
            ]
        )
        * 5.2
        + 3
        for row in table.rows
    ]
    groups, top = [[0]], first[-1].y + 6 + high[0]
    for r in range(1, len(table.rows)):
        if top + high[r] > 249:
            groups.append([0])
            top = 34 + high[0]
        groups[-1].append(r)
        top += high[r]
    for n, group in enumerate(groups):
        top = first[-1].y + 6 if n == 0 else 34.0
        objects, top = draw_rows(file, table, group, spans, high, top)
        inks = [*title, *first] if n == 0 else []
        inks.append(Ink(98, 284, f"— {n + 1} —", 4.2))
        if n == len(groups) - 1:
            inks += laid([str(line) for line in after], size=4.94, top=top + 14, lead=9)[0]
        file.pages.append([file.text(ink) for ink in inks] + objects)
    file.save(case.main)


def draw_rows(
    file: OfdFile, table: Table, group: Sequence[int], spans: dict[tuple[int, int], tuple[int, str]],
    high: Sequence[float], top: float,
) -> tuple[list[str], float]:  # fmt: skip
    """Return rules and texts of the rows of one page, and where they end."""
    objects, y = [file.rule(COLUMNS[0], top, COLUMNS[-1], top)], top
    tops = {}
    for r in group:
        tops[r] = y
        y += high[r]
    for place, r in enumerate(group):
        foot = tops[r] + high[r]
        is_chapter = len(table.rows[r]) == 1
        for c in range(table.width):
            here = spans.get((r, c))
            following = group[place + 1] if place + 1 < len(group) else None
            if (
                place == 0
                or following is None
                or (following, c) in spans
                or is_chapter
                or len(table.rows[following]) == 1
            ):
                objects.append(file.rule(COLUMNS[c], foot, COLUMNS[c + 1], foot))
            if not is_chapter or c == 0:
                objects.append(file.rule(COLUMNS[c], tops[r], COLUMNS[c], foot))
            if here and here[1]:
                wide = COLUMNS[-1] - COLUMNS[0] if is_chapter else COLUMNS[c + 1] - COLUMNS[c] - 2
                deep = sum(high[k] for k in range(r, r + here[0]) if k in tops)
                shown = wrapped(here[1], wide, 3.7)
                start = tops[r] + (deep - len(shown) * 5.2) / 2 + 4
                objects += [
                    file.text(Ink(COLUMNS[c] + 1, round(start + k * 5.2, 3), text, 3.7)) for k, text in enumerate(shown)
                ]
        objects.append(file.rule(COLUMNS[-1], tops[r], COLUMNS[-1], foot))
    return objects, y
