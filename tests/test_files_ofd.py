"""An OFD file gives the text of its pages as a person reads it, whichever way its writer placed the characters."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.files.ofd import read_ofd
from pipeline.files.ofd_page import _figures, _steps
from pipeline.files.record import FileText, Limits

LIMITS = Limits()
SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 5.64  # mm: 16 points, the size of official documents
WIDTH, LEFT, TOP, PITCH = 28, 28.0, 40.0, 9.8  # characters a line, mm, mm, mm

# ---- the builder: the least that GB/T 33190 asks of a package


@dataclass
class Ofd:
    """A package in the making; `parts` are put over what it would have."""

    pages: Sequence[str]  # the objects of each page
    templates: Mapping[int, str] = field(default_factory=dict)  # page -> objects of its template
    resources: str = ""  # inside the DocumentRes part
    title: str = ""
    attachments: Sequence[str] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    parts: Mapping[str, str | bytes | None] = field(default_factory=dict)
    size: str = "0 0 210 297"

    def build(self) -> bytes:
        """Return the file."""
        found: dict[str, str | bytes | None] = {
            "OFD.xml": top(document_body("Doc_0", self.title)),
            **self.document("Doc_0"),
        }
        return zipped({**found, **self.parts})

    def document(self, folder: str) -> dict[str, str | bytes | None]:
        """Return the parts of one document."""
        kinds = sorted(set(self.templates.values()))
        listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(self.pages)))
        templates = "".join(
            f'<ofd:TemplatePage ID="{900 + n}" BaseLoc="Tpls/Tpl_{n}/Content.xml"/>' for n in range(len(kinds))
        )
        carried = "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>" if self.attachments else ""
        parts: dict[str, str | bytes | None] = {
            f"{folder}/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID>"
            f"<ofd:PageArea><ofd:PhysicalBox>{self.size}</ofd:PhysicalBox></ofd:PageArea>"
            f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>{templates}"
            f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{carried}</ofd:Document>",
            f"{folder}/PublicRes.xml": f'<ofd:Res {SPACE} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="1" FontName="仿宋"/></ofd:Fonts></ofd:Res>',
            f"{folder}/DocumentRes.xml": f'<ofd:Res {SPACE} BaseLoc="Res">{self.resources}</ofd:Res>',
        }
        for n, objects in enumerate(self.pages):
            kind = self.templates.get(n)
            below = "" if kind is None else f'<ofd:Template TemplateID="{900 + kinds.index(kind)}"/>'
            parts[f"{folder}/Pages/Page_{n}/Content.xml"] = page_part(objects, below)
        for n, objects in enumerate(kinds):
            parts[f"{folder}/Tpls/Tpl_{n}/Content.xml"] = page_part(objects)
        if self.attachments:
            files = "".join(
                f'<ofd:Attachment ID="{n}" Name="{name}"><ofd:FileLoc>{name}</ofd:FileLoc></ofd:Attachment>'
                for n, name in enumerate(self.attachments)
            )
            parts[f"{folder}/Attachs/Attachments.xml"] = f"<ofd:Attachments {SPACE}>{files}</ofd:Attachments>"
        return parts | {f"{folder}/{path}": data for path, data in self.files.items()}


def zipped(parts: Mapping[str, str | bytes | None]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, part in parts.items():
            if isinstance(part, str):
                archive.writestr(
                    path, part if part.startswith("<!") else f'<?xml version="1.0" encoding="UTF-8"?>\n{part}'
                )
            elif part is not None:
                archive.writestr(path, part)
    return stream.getvalue()


def top(*bodies: str) -> str:
    return f'<ofd:OFD {SPACE} Version="1.0" DocType="OFD">{"".join(bodies)}</ofd:OFD>'


def document_body(folder: str, title: str = "", root: str = "{}/Document.xml") -> str:
    info = f"<ofd:DocInfo><ofd:DocID>44f0</ofd:DocID><ofd:Title>{title}</ofd:Title></ofd:DocInfo>"
    return f"<ofd:DocBody>{info}<ofd:DocRoot>{root.format(folder)}</ofd:DocRoot></ofd:DocBody>"


def page_part(objects: str, before: str = "") -> str:
    return f'<ofd:Page {SPACE}>{before}<ofd:Content><ofd:Layer ID="2" Type="Body">{objects}</ofd:Layer></ofd:Content></ofd:Page>'


def em(char: str) -> float:
    """The width of a character as fonts have it: half an em for figures and Latin letters."""
    return 0.5 if char.isascii() else 1.0


def steps(text: str, size: float) -> str:
    """The steps between the characters of a text, runs of one step in short."""
    runs = [(len(list(run)), step) for step, run in groupby(em(char) * size for char in text[:-1])]
    return " ".join(f"g {count} {step:g}" if count > 1 else f"{step:g}" for count, step in runs)


def words(text: str, x: float, y: float, size: float = SIZE, step: float | None = None) -> str:
    """A text object whose first character stands at (x, y), its base line a little above the foot of its box."""
    delta = f"g {len(text) - 1} {step:g}" if step else steps(text, size)
    more = f' DeltaX="{delta}"' if len(text) > 1 else ""
    return (
        f'<ofd:TextObject ID="7" Boundary="{x:g} {y - size:g} {len(text) * size:g} {1.2 * size:g}" Font="1" Size="{size:g}">'
        f'<ofd:TextCode X="0" Y="{size:g}"{more}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


@dataclass(frozen=True)
class Printed:
    """A printed line: its text and where it starts."""

    text: str
    x: float
    y: float


def set_in_lines(*paragraphs: str, first: float = TOP) -> list[Printed]:
    """Set paragraphs as they are printed: two blanks, then lines as full as can be."""
    lines: list[Printed] = []
    for paragraph in paragraphs:
        start, used, indent = 0, 2.0, 2
        for place, char in enumerate([*paragraph, None]):
            if char is None or used + em(char) > WIDTH:
                lines.append(Printed(paragraph[start:place], LEFT + indent * SIZE, first + PITCH * len(lines)))
                start, used, indent = place, 0.0, 0
            used += 0 if char is None else em(char)
    return lines


def body(*paragraphs: str, first: float = TOP) -> str:
    """The objects of paragraphs, one object a line."""
    return "".join(words(line.text, line.x, line.y) for line in set_in_lines(*paragraphs, first=first))


def read(content: bytes, **more: object) -> FileText:
    return read_ofd(content, "通知.ofd", LIMITS, **more)  # type: ignore[arg-type]


ONE = "云岚县人民政府坚持把法治政府建设摆在全局工作的重要位置，全年召开专题会议4次，审查规范性文件36件，合法性审查率达到100%。"
TWO = "各镇人民政府、县直各部门要对照任务清单逐项落实，于每年6月30日前报送半年进展情况。"
WHOLE = f"{ONE}\n{TWO}\n\f"


def test_lines_of_a_page_become_paragraphs() -> None:
    found = read(Ofd([body(ONE, TWO)]).build())
    assert found.text == WHOLE
    assert (found.file_type, found.pages, found.notes, found.confidence) == ("ofd", 1, (), None)


# ---- ways to place the same characters


def by_character(text: str) -> str:
    """One object a character, scaled by its matrix, as converters from PDF write."""
    objects = []
    for line in set_in_lines(text):
        x = line.x
        for char in line.text:
            objects.append(
                f'<ofd:TextObject ID="7" Boundary="{x:g} {line.y - SIZE:g} {SIZE:g} {SIZE:g}" CTM="0.05 0 0 0.05 0 0" Font="1" '
                f'Size="{SIZE * 20:g}"><ofd:CGTransform CodePosition="0" CodeCount="1" GlyphCount="1"><ofd:Glyphs>12</ofd:Glyphs>'
                f'</ofd:CGTransform><ofd:TextCode X="0" Y="{SIZE * 20:g}">{escape(char)}</ofd:TextCode></ofd:TextObject>'
            )
            x += em(char) * SIZE
    return "<ofd:PageBlock ID='3'><ofd:PageBlock ID='4'>" + "".join(objects) + "</ofd:PageBlock></ofd:PageBlock>"


def in_one_object(text: str, wrap: str = "{}", box: str = "0 0 210 297") -> str:
    """One object a page, one code a line, the box of the whole page."""
    codes = "".join(
        f'<ofd:TextCode X="{line.x:g}" Y="{line.y:g}" DeltaX="{steps(line.text, SIZE)}">{wrap.format(escape(line.text))}</ofd:TextCode>'
        for line in set_in_lines(text)
    )
    return f'<ofd:TextObject ID="7" Boundary="{box}" Font="1" Size="{SIZE}">{codes}</ofd:TextObject>'


def without_steps(text: str) -> str:
    """The steps are left to the font."""
    return in_one_object(text).replace("DeltaX", "Other")


def in_cdata(text: str) -> str:
    return in_one_object(text, "<![CDATA[{}]]>")


def on_lines_of_xml(text: str) -> str:
    return in_one_object(text, "\n      {}\n    ")


def twice(text: str) -> str:
    """Bold by printing each line again, a little aside."""
    return in_one_object(text) + in_one_object(text, box="0.1 0 210 297")


def shuffled(text: str) -> str:
    """The last line first, as some programs paint."""
    return "".join(words(line.text, line.x, line.y) for line in reversed(set_in_lines(text)))


def by_radicals(text: str) -> str:
    """Radicals for the characters that look like them, as converters from PDF write."""
    return body(text.replace("一", "⼀").replace("工", "⼯"))


def at_one_pitch(text: str) -> str:
    """Figures as far apart as characters."""
    lines = [text[:26], *(text[place : place + 28] for place in range(26, len(text), 28))]
    return "".join(words(line, LEFT + 2 * SIZE * (n == 0), TOP + PITCH * n, step=SIZE) for n, line in enumerate(lines))


def in_layers(text: str) -> str:
    return f"{body(text)}</ofd:Layer><ofd:Layer ID='9' Type='Foreground'>{words('', 0, 0)}"


@pytest.mark.parametrize(
    "place",
    [
        by_character,
        in_one_object,
        without_steps,
        in_cdata,
        on_lines_of_xml,
        twice,
        shuffled,
        by_radicals,
        at_one_pitch,
        in_layers,
    ],
)
def test_however_characters_are_placed_the_text_is_the_same(place: Callable[[str], str]) -> None:
    assert read(Ofd([place(ONE)]).build()).text == f"{ONE}\n\f"


def turned(text: str) -> str:
    """A landscape page that is stored upright: its lines run down the right side."""
    return "".join(
        f'<ofd:TextObject ID="7" Boundary="0 0 210 297" CTM="0 1 -1 0 {210 - line.y:g} {line.x:g}" Font="1" Size="{SIZE}">'
        f'<ofd:TextCode X="0" Y="0" DeltaX="{steps(line.text, SIZE)}">{line.text}</ofd:TextCode></ofd:TextObject>'
        for line in set_in_lines(text)
    )


def test_a_page_whose_text_runs_sideways_is_turned() -> None:
    assert read(Ofd([turned(ONE)]).build()).text == f"{ONE}\n\f"


def test_text_inside_a_composite_object_is_read() -> None:
    unit = f'<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="50" Width="210" Height="297"><ofd:Content>{body(ONE)}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>'
    page = '<ofd:CompositeObject ID="8" Boundary="0 0 210 297" ResourceID="50"/>'
    assert read(Ofd([page], resources=unit).build()).text == f"{ONE}\n\f"


def test_figures_and_letters_keep_together() -> None:
    text = "办结率98.5%，其中12345热线WTO事项占0.3个百分点"
    objects, x = "", LEFT
    for char in text:
        step = SIZE * (0.5 if char.isascii() else 1)
        objects += words(char, x, TOP)
        x += step
    assert read(Ofd([objects]).build()).text == f"{text}\n\f"


@pytest.mark.parametrize(
    ("written", "steps"),
    [
        pytest.param("", [], id="none"),
        pytest.param("5 5 4.5", [5, 5, 4.5], id="one by one"),
        pytest.param("g 3 5", [5, 5, 5], id="a run"),
        pytest.param("4 g 2 5 3", [4, 5, 5, 3], id="a run among others"),
        pytest.param("g 3", [], id="a run that breaks off"),
        pytest.param("5 x 5", [5], id="no number"),
        pytest.param("g 999999999 5", [5] * 8, id="a run far longer than the text"),
        pytest.param("g -3 5 2", [2], id="a run of less than nothing"),
        pytest.param("inf nan 5", [0, 0, 5], id="no finite number"),
    ],
)
def test_steps_between_characters(written: str, steps: list[float]) -> None:
    assert _steps(written, 8) == steps


# ---- the package


RENAMED: dict[str, Callable[[dict[str, str | bytes | None]], dict[str, str | bytes | None]]] = {
    "paths from the top": lambda parts: {
        path: part.replace('BaseLoc="Pages', 'BaseLoc="/Doc_0/Pages') if isinstance(part, str) else part for path, part in parts.items()
    },
    "paths of the package that are written as of the document": lambda parts: {
        path: part.replace('BaseLoc="Pages', 'BaseLoc="Doc_0/Pages') if isinstance(part, str) else part for path, part in parts.items()
    },
    "backslashes": lambda parts: {path.replace("/", "\\"): part for path, part in parts.items()},
    "backslashes in the paths": lambda parts: {
        path: part.replace("Pages/Page_0/", "Pages\\Page_0\\") if isinstance(part, str) else part for path, part in parts.items()
    },
    "other case": lambda parts: {path.upper(): part for path, part in parts.items()},
    "a folder around it": lambda parts: {f"公文/{path}": part for path, part in parts.items()},
    "a step up": lambda parts: {
        path: part.replace('BaseLoc="Pages', 'BaseLoc="../Doc_0/Pages') if isinstance(part, str) else part for path, part in parts.items()
    },
    "no namespace": lambda parts: {
        path: part.replace("ofd:", "").replace(SPACE.removeprefix("xmlns:ofd="), '"x"') if isinstance(part, str) else part for path, part in parts.items()
    },
    "a control character": lambda parts: {
        path: part.replace("云岚县", "云\x0b岚&#x1;县&#31;") if isinstance(part, str) else part for path, part in parts.items()
    },
    "a comment in the text": lambda parts: {
        path: part.replace("云岚县", "云<!-- 批注 -->岚县") if isinstance(part, str) else part for path, part in parts.items()
    },
}  # fmt: skip


@pytest.mark.parametrize("change", RENAMED.values(), ids=RENAMED)
def test_parts_are_found_however_they_are_named(
    change: Callable[[dict[str, str | bytes | None]], dict[str, str | bytes | None]],
) -> None:
    ofd = Ofd([body(ONE, TWO)])
    parts = change({"OFD.xml": top(document_body("Doc_0")), **ofd.document("Doc_0")})
    assert read(zipped(parts)).text == WHOLE


def test_several_documents_are_read_in_their_order() -> None:
    first, second = Ofd([body(ONE)]), Ofd([body(TWO)])
    parts = {"OFD.xml": top(document_body("Doc_0"), document_body("Doc_1"))}
    found = read(zipped({**parts, **first.document("Doc_0"), **second.document("Doc_1")}))
    assert found.text == f"{ONE}\n\f{TWO}\n\f"
    assert found.pages == 2
    assert found.notes == ("文件中有2份文档，按顺序相接",)


def test_files_inside_are_named_and_not_read() -> None:
    found = read(Ofd([body(ONE)], attachments=["任务分解表.xlsx"], files={"Attachs/任务分解表.xlsx": b"PK"}).build())
    assert found.text == f"{ONE}\n\f"
    assert found.notes == ("文件内另附1个文件，未读：任务分解表.xlsx",)


def test_seals_and_annotations_are_no_text() -> None:
    note = f'<ofd:PageAnnot {SPACE}><ofd:Annot ID="5" Type="Stamp"><ofd:Appearance Boundary="0 0 50 50">{words("云岚县人民政府", 5, 20)}</ofd:Appearance></ofd:Annot></ofd:PageAnnot>'
    extra = {
        "Doc_0/Annots/Page_0/Annotation.xml": note,
        "Doc_0/Annotations.xml": f'<ofd:Annotations {SPACE}><ofd:Page PageID="0"><ofd:FileLoc>Annots/Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>',
        "Doc_0/Signs/Sign_0/Seal.esl": b"\x30\x82",
    }
    assert read(Ofd([body(ONE)], parts=extra).build()).text == f"{ONE}\n\f"


def test_the_title_of_the_properties_is_marked_where_it_stands() -> None:
    title = "云岚县法治政府建设工作要点"
    found = read(Ofd([words(title, 60, 28, 7) + body(ONE)], title=title).build())
    assert [found.text[start:end] for start, end in found.titles] == [title]


def test_a_title_that_stands_nowhere_is_no_title() -> None:
    assert read(Ofd([body(ONE)], title="Microsoft Word - 1.doc").build()).titles == ()


# ---- furniture, tables, scans


LONG = [f"第{word}项任务由云岚县司法局牵头，县直各有关部门按照职责分工配合，{ONE}" for word in "一二三四五六七八九"]


def numbered(*parts: str) -> list[str]:
    return [body(part) + words(f"— {n} —", 95, 280, 4.9, step=3) for n, part in enumerate(parts, 1)]


def furniture(found: FileText) -> list[tuple[str, str]]:
    return [(found.text[cut.start : cut.end], cut.reason) for cut in found.furniture]


def test_page_numbers_are_furniture() -> None:
    found = read(Ofd(numbered(*LONG[:3])).build())
    assert [reason for _, reason in furniture(found)] == ["page number"] * 3
    assert found.text.count("\f") == 3


def test_the_text_of_a_shared_template_is_furniture() -> None:
    head = words("云岚县人民政府公报", 28, 20, 4)
    found = read(Ofd([body(part) for part in LONG[:3]], templates=dict.fromkeys(range(3), head)).build())
    assert furniture(found) == [("云岚县人民政府公报", "running head")] * 3


def test_the_text_of_a_template_of_one_page_is_a_form() -> None:
    found = read(Ofd([body(TWO, first=80)], templates={0: body(ONE)}).build())
    assert found.text == WHOLE
    assert found.furniture == ()


def test_a_watermark_across_the_page_is_furniture() -> None:
    mark = words("征求意见稿", 0, 0, 20).replace("Boundary=", 'CTM="0.7 -0.7 0.7 0.7 60 200" Boundary=')
    found = read(Ofd([mark + body(ONE)]).build())
    assert furniture(found) == [("征求意见稿", "watermark")]
    assert found.text.startswith(f"{ONE}\n")


def rule(x: float, y: float, width: float, height: float) -> str:
    """A stroke across or down."""
    box = f"{x:g} {y:g} {max(width, 0.2):g} {max(height, 0.2):g}"
    return f'<ofd:PathObject ID="9" Boundary="{box}" LineWidth="0.2"><ofd:AbbreviatedData>M 0 0 L {width:g} {height:g}</ofd:AbbreviatedData></ofd:PathObject>'


def thin_box(x: float, y: float, width: float, height: float) -> str:
    """The same as a filled box, as spreadsheets print it."""
    box = f"{x:g} {y:g} {max(width, 0.3):g} {max(height, 0.3):g}"
    corners = f"M 0 0 L {max(width, 0.3):g} 0 L {max(width, 0.3):g} {max(height, 0.3):g} L 0 {max(height, 0.3):g} C"
    return f'<ofd:PathObject ID="9" Boundary="{box}" Stroke="false" Fill="true"><ofd:AbbreviatedData>{corners}</ofd:AbbreviatedData></ofd:PathObject>'


ROWS = [["序号", "任务", "牵头单位"], ["1", "编制权责清单", "县委编办"], ["2", "清理规范性文件", "县司法局"]]
EDGES = [28.0, 45.0, 120.0, 180.0]


def table(draw: Callable[[float, float, float, float], str]) -> str:
    objects = [draw(EDGES[0], 100 + 10 * n, EDGES[-1] - EDGES[0], 0) for n in range(len(ROWS) + 1)]
    objects += [draw(x, 100, 0, 10 * len(ROWS)) for x in EDGES]
    objects += [
        words(cell, x + 2, 107 + 10 * n, 4.9) for n, row in enumerate(ROWS) for x, cell in zip(EDGES, row, strict=False)
    ]
    return "".join(objects)


@pytest.mark.parametrize("draw", [rule, thin_box])
def test_ruling_lines_make_a_table(draw: Callable[[float, float, float, float], str]) -> None:
    found = read(Ofd([body(ONE) + table(draw)]).build())
    assert found.text == ONE + "\n" + "".join("\t".join(row) + "\n" for row in ROWS) + "\f"
    assert len(found.rows) == 3


def test_one_path_may_draw_all_rules() -> None:
    across = "".join(f"M 28 {100 + 10 * n} L 180 {100 + 10 * n} " for n in range(4))
    down = "".join(f"M {x:g} 100 L {x:g} 130 " for x in EDGES)
    path = f'<ofd:PathObject ID="9" Boundary="0 0 210 297"><ofd:AbbreviatedData>{across}{down}</ofd:AbbreviatedData></ofd:PathObject>'
    cells = "".join(
        words(cell, x + 2, 107 + 10 * n, 4.9) for n, row in enumerate(ROWS) for x, cell in zip(EDGES, row, strict=False)
    )
    assert len(read(Ofd([path + cells]).build()).rows) == 3


@pytest.mark.parametrize(
    ("written", "figures"),
    [
        pytest.param("M 0 0 L 5 0", [[(0, 0), (5, 0)]], id="a stroke"),
        pytest.param("S 0 0 M 1 1 L 5 1 L 5 2 C", [[(1, 1), (5, 1), (5, 2), (1, 1)]], id="a closed figure"),
        pytest.param("M 0 0 B 1 1 2 2 3 3 L 9 3", [[(3, 3), (9, 3)]], id="a curve is passed over"),
        pytest.param("M 0 0 L 5", [], id="breaks off"),
        pytest.param("", [], id="nothing"),
        pytest.param("M0,0L5,0", [[(0, 0), (5, 0)]], id="without blanks"),
    ],
)
def test_the_corners_of_a_path(written: str, figures: list[list[tuple[float, float]]]) -> None:
    assert list(_figures(written)) == figures


def picture(width: int = 210, height: int = 297) -> bytes:
    """A white PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"".join(b"\0" + b"\xff" * width for _ in range(height)))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


MEDIA = '<ofd:MultiMedias><ofd:MultiMedia ID="60" Type="Image"><ofd:MediaFile>scan.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>'
SCAN = '<ofd:ImageObject ID="8" CTM="210 0 0 297 0 0" Boundary="0 0 210 297" ResourceID="60"/>'
SEAL = '<ofd:ImageObject ID="8" CTM="42 0 0 42 0 0" Boundary="120 220 42 42" ResourceID="60"/>'


def scanned(*pages: str, file: bytes | None = None) -> bytes:
    return Ofd(pages, resources=MEDIA, files={"Res/scan.png": picture() if file is None else file}).build()


def recognised(image: object) -> object:
    """Stands for an engine of recognition, which is slow and not part of every installation."""
    from pipeline.files.ocr import PictureLine, PictureText

    lines = [
        PictureLine(line.text, line.x, line.y - 5, line.x + SIZE * sum(map(em, line.text)), line.y + 1, 0.9)
        for line in set_in_lines(ONE)
    ]
    return PictureText(tuple(lines), 210, 297)


def test_a_scan_is_read_by_its_picture() -> None:
    found = read(scanned(SCAN), read_picture=recognised)
    assert found.text == f"{ONE}\n\f"
    assert found.confidence == pytest.approx(0.9)
    assert found.notes == ("第1页为扫描图片，文字由识别得到",)
    assert found.rule == "OFD text objects, 1 of 1 pages by picture"


def test_a_scan_among_pages_of_text_is_noted_where_nothing_reads_it() -> None:
    found = read(scanned(body(ONE), SCAN))
    assert found.text == f"{ONE}\n\f\f"
    assert found.notes == ("第2页为扫描图片，未识别",)


def test_a_seal_on_a_page_of_text_is_no_scan() -> None:
    found = read(scanned(body(ONE) + SEAL), read_picture=recognised)
    assert (found.text, found.confidence, found.notes) == (f"{ONE}\n\f", None, ())


def test_text_below_a_scan_is_read_instead_of_the_picture() -> None:
    hidden = body(ONE).replace("<ofd:TextObject ", '<ofd:TextObject Alpha="0" ')
    found = read(scanned(SCAN + hidden), read_picture=recognised)
    assert (found.text, found.confidence) == (f"{ONE}\n\f", None)
    assert found.notes == ("第1页的文字取自文件自带的识别层",)


def test_text_that_is_not_painted_on_a_page_of_text_is_no_text() -> None:
    hidden = body("隐藏的文字不是正文。", first=200).replace("<ofd:TextObject ", '<ofd:TextObject Visible="false" ')
    pale = body("透明的文字不是正文。", first=220).replace("<ofd:TextObject ", '<ofd:TextObject Alpha="0" ')
    assert read(Ofd([body(ONE) + hidden + pale]).build()).text == f"{ONE}\n\f"


# ---- what is refused

DEEP = "".join(f"<ofd:PageBlock ID='{n}'>" for n in range(100_000))
LAUGHS = '<!DOCTYPE p [<!ENTITY a "啊啊啊啊啊啊啊啊啊啊"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FETCHES = '<!DOCTYPE p SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
CONTENT = "Doc_0/Pages/Page_0/Content.xml"


def nested_units(count: int) -> str:
    """Units that show ten of the next one each."""
    units = ""
    for n in range(count):
        inside = f'<ofd:CompositeObject Boundary="0 0 9 9" ResourceID="{101 + n}"/>' * 10
        units += (
            f'<ofd:CompositeGraphicUnit ID="{100 + n}"><ofd:Content>{inside}</ofd:Content></ofd:CompositeGraphicUnit>'
        )
    return f"<ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits>"


COMPOSITE = '<ofd:CompositeObject Boundary="0 0 9 9" ResourceID="100"/>'
LOOP = f'<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="100"><ofd:Content>{COMPOSITE * 5}{words("啊", 9, 9)}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>'
PRIVATE = "".join(chr(0xE000 + n) for n in range(60))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(zipped({"a.xml": "<a/>"}), "without OFD.xml", id="another archive"),
        pytest.param(zipped({"OFD.xml": "<a"}), "whose ofd.xml cannot be read (已损坏)", id="broken list of documents"),
        pytest.param(zipped({"OFD.xml": top()}), "lists no document", id="no document"),
        pytest.param(zipped({"OFD.xml": top(document_body("Doc_0"))}), "document 'Doc_0/Document.xml' is missing", id="missing document"),
        pytest.param(Ofd([]).build(), "got none that are not", id="no page"),
        pytest.param(Ofd([""]).build(), "got 1 empty pages", id="an empty page"),
        pytest.param(Ofd([body(ONE)], parts={CONTENT: None}).build(), "got 1 that are not", id="a page that is missing"),
        pytest.param(Ofd([body(ONE)], parts={CONTENT: page_part(body(ONE))[:-40]}).build(), "got 1 that are not", id="a page that breaks off"),
        pytest.param(Ofd([DEEP]).build(), "got 1 that are not", id="tags in tags in tags"),
        pytest.param(Ofd([""], parts={CONTENT: LAUGHS + page_part(words("&b;", 9, 9).replace("&amp;", "&"))}).build(), "got 1 that are not", id="entities"),
        pytest.param(Ofd([""], parts={CONTENT: FETCHES + page_part(words("&x;", 9, 9).replace("&amp;", "&"))}).build(), "got 1 that are not", id="entities from elsewhere"),
        pytest.param(Ofd([""], parts={"OFD.xml": FETCHES + top(document_body("Doc_0"))}).build(), "文档类型定义", id="definitions of its own"),
        pytest.param(Ofd([COMPOSITE], resources=nested_units(8)).build(), "at most 200000 objects on a page", id="objects that multiply"),
        pytest.param(Ofd([COMPOSITE], resources=LOOP).build(), "at most 200000 objects on a page", id="an object inside itself"),
        pytest.param(Ofd([body(ONE)] * 700).build(), "at most 600 pages, got 700", id="too many pages"),
        pytest.param(Ofd([body(PRIVATE)]).build(), "characters have no usable codes", id="characters without a meaning"),
        pytest.param(scanned(SCAN), "is a scan: install fazhi[ocr] to read its 1 pages", id="a scan that nobody reads"),
        pytest.param(Ofd([SCAN], resources=MEDIA).build(), "expected an OFD file with its pictures", id="a scan without its picture"),
        pytest.param(Ofd([body(ONE)]).build()[:-40], "cut off", id="cut off"),
        pytest.param(Ofd([body(ONE)], files={"Res/a": bytes(3_000_000)}).build(), "packed at most 200 times", id="a bomb"),
    ],
)  # fmt: skip
def test_a_file_that_gives_no_text_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(InputError) as error:
        read(content)
    assert str(error.value).startswith("通知.ofd")
    assert reason in str(error.value)


def test_a_scan_with_nothing_on_it_is_refused() -> None:
    from pipeline.files.ocr import PictureText

    with pytest.raises(InputError, match="none is recognised"):
        read(scanned(SCAN), read_picture=lambda image: PictureText((), 210, 297))


@pytest.mark.parametrize(
    "file", [b"", b"GBIG2" * 9, picture()[:60], b"\x89PNG\r\n\x1a\n"], ids=["empty", "unknown", "cut", "head"]
)
def test_a_scan_whose_picture_does_not_open_is_noted(file: bytes) -> None:
    found = read(scanned(body(ONE), SCAN, file=file), read_picture=recognised)
    assert found.notes == ("第2页为扫描图片，未识别",)


def test_a_picture_of_too_many_pixels_is_not_opened() -> None:
    content = scanned(body(ONE), SCAN)
    found = read_ofd(content, "x", Limits(pixels=1000), recognised)  # type: ignore[arg-type]
    assert found.notes == ("第2页为扫描图片，未识别",)


def test_a_page_whose_picture_is_missing_is_noted() -> None:
    found = read(Ofd([body(ONE), SCAN], resources=MEDIA).build(), read_picture=recognised)
    assert found.notes == ("第2页的图片缺失或损坏，无法读取",)


@pytest.mark.parametrize(
    "junk",
    [
        pytest.param(words("页面之外", 300, 50), id="beside the page"),
        pytest.param(words("页面之外", 30, -50), id="above the page"),
        pytest.param(words("小", 30, 250, 0.1), id="too small for any eye"),
        pytest.param(words("大", 30, 250, 900_000), id="larger than the page"),
        pytest.param(
            words("大", 0, 0, 5).replace("Boundary=", 'CTM="9e5 0 0 9e5 0 0" Boundary='), id="made larger than the page"
        ),
        pytest.param(words("点", 30, 250, 0), id="of no size"),
        pytest.param(words("点", 30, 250).replace("Boundary=", 'CTM="0 0 0 0 0 0" Boundary='), id="pressed to nothing"),
        pytest.param(rule(-500_000, 250, 1, 0) + rule(0, 1e5, 9e5, 0), id="rules beside the page"),
        pytest.param(
            "<ofd:TextObject/><ofd:PathObject/><ofd:ImageObject/><ofd:CompositeObject/><ofd:Unknown/>",
            id="objects of nothing",
        ),
    ],
)
def test_what_no_reader_of_the_page_sees_is_no_text(junk: str) -> None:
    assert read(Ofd([body(ONE) + junk]).build()).text == f"{ONE}\n\f"


def test_a_page_of_no_earthly_size_is_taken_for_a4() -> None:
    assert read(Ofd([body(ONE)], size="0 0 900000 900000").build()).text == f"{ONE}\n\f"


def test_a_broken_page_among_others_is_noted() -> None:
    found = read(Ofd([body(ONE), body(TWO)], parts={CONTENT: "<a"}).build())
    assert found.text == f"{TWO}\n\f"
    assert found.notes == ("第1页损坏，无法读取",)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_broken_parts_are_read_or_refused(data: st.DataObject) -> None:
    parts = {
        "OFD.xml": top(document_body("Doc_0")),
        **Ofd([body(ONE) + table(rule), SCAN], resources=MEDIA).document("Doc_0"),
    }
    path = data.draw(st.sampled_from(sorted(parts)))
    part = parts[path]
    assert isinstance(part, str)
    place = data.draw(st.integers(0, len(part) - 1))
    junk = data.draw(st.sampled_from(["", "-", "9e99", "nan", '"', "<", "&", "x y", "1e308 "]))
    try:
        found = read(zipped({**parts, path: part[:place] + junk + part[place + data.draw(st.integers(0, 6)) :]}))
    except InputError:
        return
    assert found.text


def test_nothing_is_written_and_nothing_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    read(Ofd([body(ONE)], parts={"../../outside.txt": "<a/>"}).build())
    assert not list(tmp_path.iterdir())
