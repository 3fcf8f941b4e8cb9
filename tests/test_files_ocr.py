import io
import math
import struct
import subprocess
import sys
import zlib
from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from pipeline.errors import InputError
from pipeline.files.marks import mend_marks
from pipeline.files.ocr import PictureLine, PictureText, picture_reader, read_image, write_pages
from pipeline.files.picture_tables import find_tables
from pipeline.files.record import Limits
from pipeline.files.seals import without_seals
from pipeline.text import squeeze

LIMITS = Limits()
READ = picture_reader()
if READ is None:
    pytest.skip("the extra `ocr` is not installed", allow_module_level=True)
TITLE = "青禾县2024年法治政府建设工作要点"
BODY = [
    "一、规范行政执法",
    "开展行政执法案卷评查，抽查案卷不少于286件，合格率达到98.5%以上；执法人员持证上岗率达到100%。",
    "二、化解行政争议",
    "（一）行政复议纠错率控制在12.6%以内，负责人出庭应诉率不低于95%（县司法局牵头，各执法部门配合）。",
    "（二）建成村级法律服务站126个，培养“法律明白人”1,386人，2024年11月底前完成。",
]
SIGNED = ["青禾县人民政府办公室", "2024年3月15日"]


@cache
def font_file():
    try:
        found = subprocess.run(
            ["fc-match", "-f", "%{file}", "Noto Sans CJK SC:lang=zh-cn"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        found = ""
    if "CJK" not in found:
        pytest.skip("no font with Chinese characters (fonts-noto-cjk)")
    return found


def font(size):
    return ImageFont.truetype(font_file(), round(size), index=2)


def wrapped(text, face, width, indent):
    lines, line, used = [], "", indent
    for char in text:
        if used + face.getlength(char) > width:
            lines.append(line)
            line, used = "", 0
        line += char
        used += face.getlength(char)
    return [*lines, line]


def paper(dpi=150, size=14, title=TITLE, body=BODY, signed=SIGNED, height=420, width=595, left=70, right=70):
    """Set a page of *width* and *height* points as an office would."""
    scale, face = dpi / 72, font(size * dpi / 72)
    image = Image.new("RGB", (round(width * scale), round(height * scale)), "white")
    draw = ImageDraw.Draw(image)
    draw.text((width * scale / 2, 45 * scale), title, font=font(size * 1.3 * scale), fill="black", anchor="mm")
    y, measure = 75 * scale, (width - left - right) * scale
    for paragraph in body:
        for place, line in enumerate(wrapped(paragraph, face, measure, 2 * face.size)):
            draw.text((left * scale + (2 * face.size if place == 0 else 0), y), line, font=face, fill="black")
            y += 1.7 * face.size
    for line in signed:
        y += 1.7 * face.size
        draw.text(((width - right - 20) * scale, y), line, font=face, fill="black", anchor="ra")
    return image


def noisy(image, strength=16, quality=40):
    values = np.asarray(image.filter(ImageFilter.GaussianBlur(0.7))).astype(float) * 0.8 + 30
    values += np.random.default_rng(7).normal(0, strength, values.shape)
    return Image.open(
        io.BytesIO(encode(Image.fromarray(np.clip(values, 0, 255).astype("uint8")), "JPEG", quality=quality))
    )


def sealed(image, x, y, radius, text="青禾县人民政府办公室"):
    """Press a round red seal on the picture: a ring, a star, and letters that follow the ring."""
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw, red = ImageDraw.Draw(layer), (214, 28, 32, 200)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=red, width=max(2, radius // 18))
    points = [(0.3 * radius * (1 if corner % 2 == 0 else 0.4), corner * math.pi / 5) for corner in range(10)]
    draw.polygon([(x + far * math.sin(angle), y - far * math.cos(angle)) for far, angle in points], fill=red)
    for place, char in enumerate(text):
        angle = -125 + 250 * place / (len(text) - 1)
        letter = Image.new("RGBA", (radius // 2, radius // 2), (0, 0, 0, 0))
        ImageDraw.Draw(letter).text((radius // 4,) * 2, char, font=font(0.28 * radius), fill=red, anchor="mm")
        letter = letter.rotate(-angle, resample=Image.Resampling.BICUBIC)
        middle = x + 0.78 * radius * math.sin(math.radians(angle)), y - 0.78 * radius * math.cos(math.radians(angle))
        layer.alpha_composite(letter, (int(middle[0] - radius / 4), int(middle[1] - radius / 4)))
    ink = np.asarray(layer).astype(float)
    cover, base = ink[..., 3:] / 255, np.asarray(image).astype(float)
    return Image.fromarray((base * (1 - cover) + base * ink[..., :3] / 255 * cover).astype("uint8"))


def task_table(dpi=150, ruled=True, merged=False):
    """Draw a table of tasks whose cells run over several lines, between two paragraphs."""
    scale, face = dpi / 72, font(11 * dpi / 72)
    edges = [60, 100, 280, 420, 535]
    image = Image.new("RGB", (round(595 * scale), round(330 * scale)), "white")
    draw = ImageDraw.Draw(image)
    draw.text((200 * scale, 30 * scale), "青禾县法治重点任务分解表", font=face, fill="black")
    y = 60 * scale
    for number, row in enumerate(TASKS):
        cells = [
            wrapped(text, face, (right - left - 10) * scale, 0)
            for text, left, right in zip(row, edges, edges[1:], strict=False)
        ]
        tall = (max(map(len, cells)) * 15 + 10) * scale
        for column, (lines, left, right) in enumerate(zip(cells, edges, edges[1:], strict=False)):
            covered = merged and column == 2 and number == 3
            if ruled:
                sides = [(left, y, left, y + tall), (right, y, right, y + tall), (left, y + tall, right, y + tall)]
                for x0, y0, x1, y1 in sides + ([] if covered else [(left, y, right, y)]):
                    if not (merged and column == 2 and number == 2 and y0 == y1 == y + tall):
                        draw.line((x0 * scale, y0, x1 * scale, y1), fill="black", width=2)
            for place, line in enumerate([] if covered else lines):
                top = y + (tall - len(lines) * 15 * scale) / 2 + place * 15 * scale
                draw.text(((left + 5) * scale, top), line, font=face, fill="black")
        y += tall
    draw.text(
        (80 * scale, y + 20 * scale), "各单位要按照任务分工抓好落实，每季度末报送进展情况。", font=face, fill="black"
    )
    return image


TASKS = [
    ["序号", "重点任务", "责任单位", "完成时限"],
    ["1", "公布重大行政决策事项目录，年内不少于5项", "县政府办公室", "2024年6月底前"],
    ["2", "开展行政执法案卷评查，抽查案卷不少于200件，合格率达到95%以上", "县司法局", "2024年11月底前"],
    ["3", "推进行政应诉工作规范化", "县司法局", "全年"],
]


def encode(image, form="PNG", **options):
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def read(image, form="PNG", **options):
    return read_image(encode(image, form, **options), "picture", LIMITS, READ)


def distance(left, right):
    row = list(range(len(right) + 1))
    for place, char in enumerate(left, 1):
        above, row = row, [place]
        for column, other in enumerate(right, 1):
            row.append(min(above[column] + 1, row[-1] + 1, above[column - 1] + (char != other)))
    return row[-1]


def accuracy(wanted, found):
    """Share of the characters that are right, white space aside."""
    wanted, found = squeeze("".join(wanted)), squeeze(found)
    return 1 - distance(wanted, found) / len(wanted)


PAPER = [TITLE, *BODY, *SIGNED]


@pytest.mark.parametrize(
    ("make", "floor"),
    [
        pytest.param(lambda: paper(150), 0.99, id="clean"),
        pytest.param(lambda: paper(75), 0.97, id="small: 15 pixels a character"),
        pytest.param(lambda: noisy(paper(150)), 0.97, id="blurred, noisy, JPEG 40"),
        pytest.param(lambda: paper(150).rotate(2.5, expand=True, fillcolor="white"), 0.98, id="skewed"),
        pytest.param(
            lambda: noisy(sealed(paper(150), 860, 710, 130)).rotate(-1.5, fillcolor="white"),
            0.95,
            id="seal over signature and date, noisy, skewed",
        ),
    ],
)
def test_page_is_read_as_its_paragraphs(make, floor):
    found = read(make())
    assert accuracy(PAPER, found.text) >= floor
    assert [line[:4] for line in found.text.split("\n")[:-1]] == [line[:4] for line in PAPER]
    assert found.text.endswith("\n\f")
    assert found.whole_lines
    assert found.pages == 1
    assert found.confidence > 0.95
    assert found.notes[0] == f"由图片识别文字，平均置信度{found.confidence:.2f}"


@pytest.mark.slow
@pytest.mark.parametrize("turned", [90, 180, 270])
def test_page_that_lies_on_its_side_or_head_is_turned(turned):
    found = read(paper(100).rotate(turned, expand=True))
    assert accuracy(PAPER, found.text) >= 0.97
    assert "有1页图片方向不正，转正后识别" in found.notes


def test_orientation_of_a_camera_is_obeyed():
    exif = Image.Exif()
    exif[0x112] = 6  # turn it clockwise to see it upright
    found = read(small().transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif)
    assert found.text == "青禾县司法局工作要点\n\f"
    assert len(found.notes) == 1


def test_seal_goes_and_red_letterhead_stays():
    image = Image.new("RGB", (1240, 900), "white")
    ImageDraw.Draw(image).text((620, 150), "青禾县人民政府文件", font=font(120), fill=(210, 20, 20), anchor="mm")
    pressed = sealed(image, 850, 600, 130)
    cleaned = np.asarray(without_seals(pressed)).astype(int)
    assert (cleaned[:300] == np.asarray(image)[:300]).all()
    assert cleaned[460:740, 720:980].min() > 180


@pytest.mark.parametrize(
    "colours",
    [
        pytest.param(("white", (210, 20, 20)), id="red page head with white letters"),
        pytest.param(((250, 240, 215), "black"), id="yellowed paper"),
    ],
)
def test_what_is_no_seal_is_left_as_it_is(colours):
    image = Image.new("RGB", (1240, 900), colours[0])
    ImageDraw.Draw(image).rectangle((0, 0, 1240, 200), fill=colours[1])
    assert without_seals(image) is image


def test_half_a_seal_at_the_edge_goes():
    pressed = sealed(Image.new("RGB", (1240, 900), "white"), 1240, 400, 130)
    assert np.asarray(without_seals(pressed)).min() > 180


@pytest.mark.slow
def test_long_screenshot_loses_and_doubles_no_line():
    face, texts = font(28), []
    image = Image.new("RGB", (520, 20_000), "white")
    draw = ImageDraw.Draw(image)
    for number, y in enumerate(range(40, 19_900, 331)):
        texts.append(f"第{number + 101}项任务由县司法局负责落实")
        draw.text((40, y), texts[-1], font=face, fill="black")
    assert read(image).text.split("\n")[:-1] == texts


def test_lines_at_the_seams_of_strips_are_whole():
    face, texts = font(30), []
    image = Image.new("RGB", (600, 2600), "white")
    draw = ImageDraw.Draw(image)
    for number, y in enumerate(range(1100, 1320, 44)):
        texts.append(f"第{number + 11}项任务已经完成")
        draw.text((30, y), texts[-1], font=face, fill="black")
    assert squeeze(read(image).text) == "".join(texts)


def test_columns_are_read_one_after_the_other():
    left, right = BODY[1:4] * 2, BODY[3:5] * 3
    image = Image.new("RGB", (1240, 1000), "white")
    for x, body in ((0, left), (620, right)):
        image.paste(paper(150, 10, "", body, [], height=480, width=297, left=35, right=22), (x, 0))
    assert accuracy(left + right, read(image).text) >= 0.97


@pytest.mark.parametrize(
    ("image", "covered"),
    [
        pytest.param(lambda: task_table(), 0, id="rules on all sides"),
        pytest.param(lambda: noisy(task_table()).rotate(1, fillcolor="white"), 0, id="noisy and skewed"),
        pytest.param(lambda: task_table(ruled=False), 0, id="no rules, numbers in the middle of their rows"),
        pytest.param(lambda: task_table(merged=True), 1, id="a cell over two rows"),
    ],
)
def test_table_is_read_as_rows(image, covered):
    found = read(image())
    wanted = [list(row) for row in TASKS]
    if covered:
        wanted[3][2] = ""
    lines = found.text.split("\n")
    assert squeeze(lines[0]) == "青禾县法治重点任务分解表"
    assert [line.split("\t") for line in lines[1:5]] == wanted
    assert lines[5:] == ["各单位要按照任务分工抓好落实，每季度末报送进展情况。", "\f"]
    assert sorted(found.rows) == [found.text.index(line + "\n") for line in lines[1:5]]
    assert [sorted(columns) for _, columns in sorted(found.rows.items())] == [[], [], [], [2] * covered]


@pytest.mark.parametrize("dark", [False, True])
def test_text_without_rules_is_no_table(dark):
    image = paper(100)
    if dark:
        image = Image.fromarray(255 - np.asarray(image))
    lines = [PictureLine("行政执法案卷评查", 100, y, 700, y + 25, 1.0) for y in range(100, 400, 40)]
    assert find_tables(image, lines) == []


def small(back="white", ink="black", text="青禾县司法局工作要点", size=(420, 120)):
    image = Image.new("RGB", size, back)
    ImageDraw.Draw(image).text((20, 30), text, font=font(28), fill=ink)
    return image


def clear():
    image = Image.new("RGBA", (420, 120), (0, 0, 0, 0))
    ImageDraw.Draw(image).text((20, 30), "青禾县司法局工作要点", font=font(28), fill=(0, 0, 0, 255))
    return image


@pytest.mark.parametrize(
    ("image", "form", "options"),
    [
        pytest.param(small, "BMP", {}, id="BMP"),
        pytest.param(lambda: small().convert("1"), "TIFF", {"compression": "group4"}, id="fax: black and white TIFF"),
        pytest.param(lambda: small().convert("CMYK"), "JPEG", {}, id="JPEG for print"),
        pytest.param(clear, "PNG", {}, id="transparent PNG"),
        pytest.param(clear, "WEBP", {}, id="transparent WebP"),
        pytest.param(
            lambda: Image.fromarray(np.asarray(small().convert("L")).astype("uint16") * 200), "PNG", {}, id="16 bits"
        ),
        pytest.param(lambda: small((24, 24, 24), (220, 220, 220)), "PNG", {}, id="light on dark"),
        pytest.param(
            lambda: small().convert("P"),
            "GIF",
            {"save_all": True, "append_images": [Image.new("P", (420, 120))]},
            id="GIF: the first frame",
        ),
    ],
)
def test_every_format_and_mode_is_read(image, form, options):
    assert read(image(), form, **options).text == "青禾县司法局工作要点\n\f"


def test_pages_of_a_tiff_are_pages():
    more = [small(text="第二页讲行政复议工作", size=(600, 200)), Image.new("RGB", (300, 200), "white")]
    found = read(small(), "TIFF", save_all=True, append_images=more)
    assert found.text == "青禾县司法局工作要点\n\f第二页讲行政复议工作\n\f\f"
    assert found.pages == 3


def test_lines_below_half_are_dropped_and_counted():
    lines = (PictureLine("行政复议工作", 10, 10, 200, 40, 0.92), PictureLine("一二", 10, 60, 80, 90, 0.6))
    found = write_pages([PictureText(lines, 300, 200, dropped=2)])
    assert found.confidence == pytest.approx((6 * 0.92 + 2 * 0.6) / 8)
    assert found.notes == ("由图片识别文字，平均置信度0.84", "有2行识别置信度低于0.5，未采用")


def test_page_number_is_furniture():
    lines = (PictureLine("加强行政复议工作。", 80, 100, 400, 140, 0.9), PictureLine("—3—", 270, 800, 330, 820, 0.9))
    found = write_pages([PictureText(lines, 600, 850)])
    assert found.text == "加强行政复议工作。\n—3—\n\f"
    assert [(found.text[cut.start : cut.end], cut.reason) for cut in found.furniture] == [("—3—", "page number")]


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        pytest.param("县司法局:牵头,配合;", "县司法局：牵头，配合；", id="between and after Chinese characters"),
        pytest.param("完成时限:2024年", "完成时限：2024年", id="before a figure"),
        pytest.param("达到95%,下降", "达到95%，下降", id="after a percent sign"),
        pytest.param("(一)复议(县司法局)", "（一）复议（县司法局）", id="brackets around Chinese characters"),
        pytest.param("（一)复议(二）", "（一）复议（二）", id="one bracket of a pair"),
        pytest.param("配合(县司法", "配合（县司法", id="closed on the next line"),
        pytest.param("财政局)负责", "财政局）负责", id="opened on the line before"),
        pytest.param("1,386人，比例3:1，9:30", "1,386人，比例3:1，9:30", id="in figures"),
        pytest.param("云政发(2024)12号", "云政发(2024)12号", id="brackets around a year"),
        pytest.param("网址:http://a.cn", "网址:http://a.cn", id="before Latin letters"),
        pytest.param("3.5%、ABC, DEF", "3.5%、ABC, DEF", id="in Latin text"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_half_width_marks_are_mended_in_chinese_text_only(text, mended):
    assert mend_marks(text) == mended


def bomb():
    content = bytearray(encode(Image.new("1", (10, 10))))
    content[16:24] = struct.pack(">II", 60_000, 60_000)
    content[29:33] = struct.pack(">I", zlib.crc32(bytes(content[12:29])))
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "limits", "message"),
    [
        pytest.param(bomb, LIMITS, r"^p: expected at most 60000000 pixels, got more", id="a bomb, by its header"),
        pytest.param(
            lambda: encode(small()),
            Limits(pixels=1000),
            r"^p: expected at most 1000 pixels, got 420 x 120$",
            id="pixels",
        ),
        pytest.param(
            lambda: encode(small(), "TIFF", save_all=True, append_images=[small(), small()]),
            Limits(scanned_pages=2),
            r"^p: expected a picture of at most 2 pages, got 3$",
            id="pages",
        ),
        pytest.param(
            lambda: encode(small())[:900], LIMITS, r"^p: expected a picture that can be decoded", id="cut off"
        ),
        pytest.param(
            lambda: b"\x89PNG\r\n\x1a\n", LIMITS, r"got a broken one \(cannot identify image file\)$", id="no picture"
        ),
        pytest.param(
            lambda: encode(Image.new("RGB", (5000, 10))),
            LIMITS,
            r"^p: expected a picture of a page, got one of 5000 x 10",
            id="a line",
        ),
        pytest.param(
            lambda: encode(Image.new("RGB", (1, 1))),
            LIMITS,
            r"^p: expected a picture with Chinese text, got one without$",
            id="a dot",
        ),
        pytest.param(
            lambda: encode(small(text="Open 9:30")),
            LIMITS,
            r"with Chinese text, got one without$",
            id="no Chinese text",
        ),
    ],
)
def test_what_is_no_picture_of_text_is_refused_with_the_reason(content, limits, message):
    with pytest.raises(InputError, match=message):
        read_image(content(), "p", limits, READ)


def test_without_the_engine_a_picture_is_refused():
    with pytest.raises(InputError, match=r"^p: expected fazhi\[ocr\] for a picture"):
        read_image(encode(Image.new("RGB", (10, 10))), "p", LIMITS, None)


QUIET = """
import sys
def hook(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise SystemExit(f"the network was tried: {arguments}")
    if event == "open" and arguments[1] and set("wax+") & set(str(arguments[1])):
        raise SystemExit(f"a file was written: {arguments}")
sys.dont_write_bytecode = True
sys.addaudithook(hook)
from PIL import Image
import pipeline.files.ocr as ocr
assert not {"rapidocr", "onnxruntime", "cv2", "numpy"} & set(sys.modules), "a heavy library is loaded too early"
read = ocr.picture_reader()
assert "rapidocr" not in sys.modules, "the engine is loaded too early"
assert read(Image.new("RGB", (200, 100), "white")).lines == ()
"""


def test_engine_loads_late_offline_and_silently():
    done = subprocess.run([sys.executable, "-W", "error", "-c", QUIET], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
