"""PDF files made in code: a page is a list of drawn strings and lines, measured from its upper left corner.

The font is the Adobe-GB1 one that every reader knows without the file: a Chinese character is an em wide, an ASCII one
half an em.
"""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass, field

TO_UNICODE = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{ranges}
endcmap end end"""


def width(text: str, size: float) -> float:
    """Points that *text* takes."""
    return sum(size / 2 if char.isascii() else size for char in text)


@dataclass
class Page:
    """One page: what is drawn on it, in the operators of PDF."""

    width: float = 595
    height: float = 842
    rotate: int = 0
    ops: list[bytes] = field(default_factory=list)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 16,
        angle: float = 0,
        mode: int = 0,
        colour: str = "0 0 0",
        font: str = "F",
    ) -> Page:
        """Draw *text* with its base line *y* points below the upper edge, turned counter-clockwise by *angle*."""
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        place = f"{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {x:.2f} {self.height - y:.2f}"
        shown = text.encode("utf-16-be").hex()
        self.ops.append(f"BT {colour} rg {mode} Tr /{font} {size} Tf {place} Tm <{shown}> Tj ET".encode())
        return self

    def lines(self, texts: list[str], x: float = 74, y: float = 100, size: float = 16, pitch: float = 28) -> Page:
        """Draw *texts* below each other; a leading full-width blank is an indent of one em."""
        for index, text in enumerate(texts):
            shown = text.lstrip("　")
            self.text(x + size * (len(text) - len(shown)), y + index * pitch, shown, size)
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float, thick: float = 0.5) -> Page:
        """Draw a straight line."""
        self.ops.append(f"{thick} w {x0} {self.height - y0} m {x1} {self.height - y1} l S".encode())
        return self

    def table(self, xs: list[float], ys: list[float], cells: list[list[str]], size: float = 10) -> Page:
        """Draw a grid with the text of each cell; None for a cell that the one above covers, "\\n" wraps."""
        for r, row in enumerate(cells):
            for c, cell in enumerate(row):
                if cell is not None:
                    self.line(xs[c], ys[r], xs[c + 1], ys[r])
                    for k, part in enumerate(cell.split("\n")):
                        self.text(xs[c] + 3, ys[r] + 13 + 14 * k, part, size)
        self.line(xs[0], ys[-1], xs[-1], ys[-1])
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        return self

    def image(self, x: float = 0, y: float = 0, wide: float | None = None, high: float | None = None) -> Page:
        """Draw a grey picture, over the whole page unless told otherwise."""
        wide, high = wide or self.width, high or self.height
        self.ops.append(f"q {wide} 0 0 {high} {x} {self.height - y - high} cm /I Do Q".encode())
        return self


def make_pdf(*pages: Page, private: bool = False, shift: int = 0) -> bytes:
    """Return the file of *pages*.

    Args:
        private: the map from codes to characters gives private ones, which mean nothing.
        shift: codes by which the map is wrong: what is read is garbage.
    """
    count = len(pages)
    kids = " ".join(f"{10 + 2 * i} 0 R" for i in range(count))
    mapped = private or shift
    encoding = "/Identity-H" if mapped else "/UniGB-UCS2-H"
    ordering = "(Adobe) /Ordering (Identity)" if mapped else "(Adobe) /Ordering (GB1)"
    to_unicode = "/ToUnicode 6 0 R" if mapped else ""
    ranges = "\n".join(
        f"1 beginbfrange <{high:02X}00> <{high:02X}FF> <{0xE000 if private else high * 256 + shift:04X}> endbfrange"
        for high in range(0x4E, 0x9F)
    )
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        3: f"<< /Type /Font /Subtype /Type0 /BaseFont /STSong /Encoding {encoding} "
        f"/DescendantFonts [4 0 R] {to_unicode} >>".encode(),
        4: f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong /CIDSystemInfo << /Registry {ordering} "
        f"/Supplement 0 >> /DW 1000 /W [1 95 500] /FontDescriptor 5 0 R >>".encode(),
        5: b"<< /Type /FontDescriptor /FontName /STSong /Flags 4 /FontBBox [0 -120 1000 880] /Ascent 880 "
        b"/Descent -120 /CapHeight 700 /StemV 80 /ItalicAngle 0 >>",
        6: _stream(TO_UNICODE.format(ranges=ranges).encode()),
        7: _stream(b"\x80", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
                   "/BitsPerComponent 8"),
    }  # fmt: skip
    for i, page in enumerate(pages):
        objects[10 + 2 * i] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width} {page.height}] /Rotate {page.rotate} "
            f"/Contents {11 + 2 * i} 0 R /Resources << /Font << /F 3 0 R >> /XObject << /I 7 0 R >> >> >>"
        ).encode()
        objects[11 + 2 * i] = _stream(b"\n".join(page.ops))
    return write_pdf(objects)


def _stream(content: bytes, extra: str = "") -> bytes:
    packed = zlib.compress(content)
    head = f"<< /Length {len(packed)} /Filter /FlateDecode {extra} >>\nstream\n".encode()
    return head + packed + b"\nendstream"


def write_pdf(objects: dict[int, bytes], trailer: str = "") -> bytes:
    """Return a file of *objects* with its table of offsets; object 1 is the catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, content in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start, top = len(out), max(objects) + 1
    out += f"xref\n0 {top}\n0000000000 65535 f \n".encode()
    for number in range(1, top):
        out += f"{places.get(number, 0):010d} 00000 {'n' if number in places else 'f'} \n".encode()
    out += f"trailer << /Size {top} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
