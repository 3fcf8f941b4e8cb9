"""Scans, photos and screenshots: how each of the cases with a picture is made from rendered pages."""

from __future__ import annotations

import io
import math
import subprocess
import tempfile
import zlib
from collections.abc import Sequence
from html import escape
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tests.pages.making.cases import Case, style_of
from tests.pages.making.odt import SANS, SERIF, Odt, add_print_lines, letter
from tests.pages.making.programs import browser, convert, still_pdf

FONT_FILE = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc"


def render(pdf: bytes, dpi: int) -> list[Image.Image]:
    """Return the pages of a PDF as pictures in colour."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "a.pdf").write_bytes(pdf)
        subprocess.run(["pdftoppm", "-r", str(dpi), "-png", f"{name}/a.pdf", f"{name}/p"], check=True, timeout=120)
        return [Image.open(io.BytesIO(path.read_bytes())).convert("RGB") for path in sorted(Path(name).glob("p*.png"))]


def seal(name: str, size: int) -> Image.Image:
    """Return a round red seal: a ring, a star and the name along the ring, the rest transparent."""
    big = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    draw = ImageDraw.Draw(big)
    red = (214, 32, 38, 205)
    draw.ellipse((3, 3, size - 4, size - 4), outline=red, width=size // 34)
    middle, inner = size / 2, size / 7
    points = []
    for k in range(10):
        angle, reach = math.pi * (k / 5 - 0.5), inner if k % 2 == 0 else inner * 0.4
        points.append((middle + reach * math.cos(angle), middle + reach * math.sin(angle)))
    draw.polygon(points, fill=red)
    font = ImageFont.truetype(FONT_FILE, size // 8)
    step = 270 / max(len(name) - 1, 1)
    for k, letter_ in enumerate(name):
        turn = -135 + k * step
        glyph = Image.new("RGBA", (size, size), (0, 0, 0, 0))
        ImageDraw.Draw(glyph).text((middle, size * 0.14), letter_, font=font, fill=red, anchor="mm")
        big.alpha_composite(glyph.rotate(-turn, resample=Image.Resampling.BICUBIC))
    return big


def stamp(page: Image.Image, name: str, dpi: int) -> None:
    """Set the seal over the signature: the lowest two printed lines that start right of the middle."""
    ink = np.asarray(page.convert("L")) < 128
    edges = np.nonzero(np.diff(ink.any(axis=1).astype(int), prepend=0, append=0))[0].reshape(-1, 2)
    # a page number starts left of 0.53
    lines = [(a, b) for a, b in edges if int(np.argmax(ink[a:b].any(axis=0))) > page.width * 0.53]
    first, bottom = lines[-2][0], lines[-1][1]
    xs = np.nonzero(ink[first:bottom])[1]
    mark = seal(name, int(dpi * 1.4))
    place = (int(xs.mean()) - mark.width // 2, (first + bottom) // 2 - mark.height // 2)
    layer = Image.new("RGBA", page.size, (0, 0, 0, 0))
    layer.paste(mark, place)
    white = Image.new("RGB", page.size, "white")
    white.paste(layer, mask=layer)
    mixed = np.asarray(page, np.uint16) * np.asarray(white, np.uint16) // 255
    page.paste(Image.fromarray(mixed.astype(np.uint8)))


def worn(page: Image.Image, seed: int, *, colour: bool) -> Image.Image:
    """Return the page as a scanner gives it: askew by half a degree, soft, noisy, the paper not quite white."""
    page = page.rotate(0.5, resample=Image.Resampling.BICUBIC, fillcolor="white").filter(ImageFilter.GaussianBlur(0.5))
    if not colour:
        page = page.convert("L")
    values = np.asarray(page, np.float32) * (236 / 255) + 8
    noise = np.random.default_rng(seed).normal(0, 3, values.shape[:2])
    values += noise[..., None] if colour else noise
    return Image.fromarray(values.clip(0, 255).astype(np.uint8))


def scan_notice(case: Case) -> None:
    """Grey pages, the sealed one in colour; the pictures are all that the PDF holds."""
    odt = letter(case, Odt(foot="— # —", serif=SERIF), case.lines, name=case.fields["issuer"])
    add_print_lines(odt, "县委办公室，县人大常委会办公室，县政协办公室。", case.fields["issuer"], "2022年3月10日")
    pages = render(
        convert(
            odt.xml().replace('text:style-name="Text">松崖县2022', 'text:style-name="Title">松崖县2022'), "fodt", "pdf"
        ),
        150,
    )
    stamp(pages[0], case.fields["issuer"], 150)
    shown = [worn(page, number, colour=number == 0) for number, page in enumerate(pages)]
    out = io.BytesIO()
    shown[0].save(out, "PDF", resolution=150, save_all=True, append_images=shown[1:], quality=34)
    case.main.write_bytes(still_pdf(out.getvalue()))


def scan_with_stamp_layer(case: Case) -> None:
    """The portal wrote its line as text over each picture; the font is one that every reader knows."""
    pages = render(convert(letter(case, Odt(foot="— # —"), case.lines).xml(), "fodt", "pdf"), 150)
    stamp(pages[-1], case.fields["issuer"], 150)
    shown = [worn(page, 7 + n, colour=n == len(pages) - 1) for n, page in enumerate(pages)]
    line = "石棠县政务公开平台　下载自 http://jyj.shitang.test　下载时间：2024-01-19 15:42:07"
    case.main.write_bytes(pictures_with_line(shown, line, quality=38))


def pictures_with_line(pages: Sequence[Image.Image], line: str, quality: int) -> bytes:
    """Return a PDF of JPEG pages with one line of text at the top of each."""
    parts = [
        b"",
        b"",
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
    ]
    parts += [
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 5>>"
        b"/DW 1000/W[814 939 500 1 95 500]/FontDescriptor 5 0 R>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
        b"/Descent -120/CapHeight 880/StemV 93>>",
    ]
    kids = []
    for page in pages:
        jpeg = io.BytesIO()
        page.save(jpeg, "JPEG", quality=quality)
        space = "DeviceGray" if page.mode == "L" else "DeviceRGB"
        head = f"<</Type/XObject/Subtype/Image/Width {page.width}/Height {page.height}/ColorSpace/{space}/BitsPerComponent 8"
        parts.append(
            f"{head}/Filter/DCTDecode/Length {len(jpeg.getvalue())}>>stream\n".encode()
            + jpeg.getvalue()
            + b"\nendstream"
        )
        drawn = (
            f"q 595 0 0 842 0 0 cm /I Do Q BT /F 8 Tf 0.4 g 40 824 Td <{line.encode('utf-16-be').hex()}> Tj ET".encode()
        )
        packed = zlib.compress(drawn)
        parts.append(f"<</Filter/FlateDecode/Length {len(packed)}>>stream\n".encode() + packed + b"\nendstream")
        number = len(parts)
        used = f"<</Font<</F 3 0 R>>/XObject<</I {number - 1} 0 R>>>>"
        parts.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources{used}/Contents {number} 0 R>>".encode()
        )
        kids.append(f"{len(parts)} 0 R")
    parts[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    parts[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    out, places = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + part + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer<</Size {len(parts) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def picture_page(case: Case) -> None:
    """One page in sixteen greys."""
    (page,) = render(
        convert(letter(case, Odt(size=14, foot="- # -", serif=SERIF), case.lines).xml(), "fodt", "pdf"), 130
    )
    page.convert("L").quantize(16).save(case.main, "PNG", optimize=True)


def picture_photo(case: Case) -> None:
    """The page lies on a desk, is seen from slightly below, and light comes from the left."""
    (page,) = render(convert(letter(case, Odt(size=15, serif=SERIF), case.lines).xml(), "fodt", "pdf"), 150)
    wide, high = page.size
    corners = [(46, 60), (wide - 40, 40), (wide - 8, high - 30), (14, high - 12)]
    rows = []
    for (x, y), (u, v) in zip(corners, [(0, 0), (wide, 0), (wide, high), (0, high)], strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    wanted = np.array([0, 0, wide, 0, wide, high, 0, high], float)
    shape = np.linalg.solve(np.array(rows, float), wanted).tolist()
    bent = page.transform(
        page.size, Image.Transform.PERSPECTIVE, shape, Image.Resampling.BICUBIC, fillcolor=(104, 82, 60)
    )
    light = np.linspace(0.98, 0.74, wide)[None, :, None] * np.linspace(0.96, 1.0, high)[:, None, None]
    values = np.asarray(bent, np.float32) * light * np.array([1.0, 0.98, 0.93])
    values += np.random.default_rng(3).normal(0, 2.5, values.shape[:2])[..., None]
    Image.fromarray(values.clip(0, 255).astype(np.uint8)).save(case.main, "JPEG", quality=50)


PHONE = """<html lang="zh"><head><meta charset="utf-8"><style>body{{margin:0;font:17px/1.8 "{sans}";color:#222;background:#fff}}
.bar{{display:flex;justify-content:space-between;font-size:13px;padding:3px 14px;background:#f6f6f6}}
.top{{text-align:center;font-size:15px;padding:8px;border-bottom:1px solid #ddd;background:#f6f6f6}}
main{{padding:0 16px}}h1{{font-size:22px;line-height:1.4}}.info{{font-size:13px;color:#888}}p{{text-indent:2em;margin:10px 0}}
p.r{{text-align:right}}.acts{{display:flex;justify-content:space-around;padding:14px;font-size:14px;color:#666}}
.more{{background:#f6f6f6;padding:8px 16px;font-size:15px}}.foot{{text-align:center;font-size:12px;color:#999;padding:12px}}</style></head><body>
<div class="bar"><span>10:28</span><span>5G　87%</span></div><div class="top">滨望区人民政府门户网站</div><main><h1>{title}</h1>
<div class="info">来源：滨望区司法局　2024-02-22 09:15　阅读 1386</div>{body}</main>
<div class="acts"><span>点赞 12</span><span>收藏</span><span>分享</span></div><div class="more"><b>推荐阅读</b><br>滨望区召开一季度经济形势分析会<br>
城区三条道路恢复双向通行<br>本周末有小到中雨，出行请带伞</div><div class="foot">写留言　　上滑查看更多</div></body></html>"""


def picture_phone(case: Case) -> None:
    """As wide as a phone, as long as the article."""
    body = "".join(
        f"<p{' class=r' if style_of(line, 1, '') == 'Right' else ''}>{escape(line)}</p>" for line in case.lines
    )
    page = PHONE.format(sans=SANS, title=case.title, body=body)
    shot = browser(page, "--window-size=400,3600", "--force-device-scale-factor=2", ending="png")
    picture = Image.open(io.BytesIO(shot)).convert("L")
    rows = np.nonzero((np.asarray(picture) < 250).any(axis=1))[0]
    picture.crop((0, 0, picture.width, int(rows[-1]) + 20)).quantize(8).save(case.main, "PNG", optimize=True)
