"""Two thousand broken files, the same on every run: real ones cut, flipped and mixed, and bombs made for the purpose."""

import io
import json
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

CASES = Path(__file__).with_name("pages")
SLOW = (".png", ".jpg", ".jpeg", ".bmp", ".tif")  # read by their picture, which takes seconds
SLOW_EACH = 3
SENTENCE = "全县各级行政机关坚持依法行政，全年办结行政复议案件23件，办结率达到100%。"


def whole_files() -> list[tuple[str, bytes]]:
    """The main file and the parts of every case, by name; scans only once each, since they are slow."""
    found = []
    for case in sorted(CASES.glob("*/expected.json")):
        main = json.loads(case.read_text("utf-8"))["main"]
        paths = [case.parent / main, *sorted(case.parent.rglob("*"))]
        for path in dict.fromkeys(paths):
            if path.is_file() and path.name not in ("expected.json", "body.txt"):
                found.append((f"{case.parent.name}/{path.name}", path.read_bytes()))
    return found


def mutate(content: bytes, random_: random.Random) -> tuple[str, bytes]:
    """Return *content* broken in one of the ways in which files break, and the name of it."""
    data = bytearray(content)
    size = max(1, len(data))
    how = random_.choice(
        ("cut", "flip", "many flips", "zeros", "insert", "repeat", "drop", "swap", "head", "charset", "text")
    )
    if how == "cut":
        return how, bytes(data[: random_.randrange(size)])
    if how in ("flip", "many flips"):
        for _ in range(1 if how == "flip" else random_.randrange(2, 400)):
            data[random_.randrange(size)] ^= 1 << random_.randrange(8)
    elif how == "zeros":
        start = random_.randrange(size)
        stop = min(size, start + random_.randrange(1, 4096))
        data[start:stop] = bytes(stop - start)
    elif how == "insert":
        at = random_.randrange(size)
        data[at:at] = random_.randbytes(random_.randrange(1, 2000))
    elif how == "repeat":
        start = random_.randrange(size)
        piece = data[start : start + random_.randrange(1, 5000)]
        data[start:start] = piece * random_.randrange(2, 30)
    elif how == "drop":
        start = random_.randrange(size)
        del data[start : start + random_.randrange(1, 4000)]
    elif how == "swap":
        half = size // 2
        data = data[half:] + data[:half]
    elif how == "head":
        heads = (
            b"%PDF-1.7\n",
            b"PK\x03\x04",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"Rar!\x1a\x07\x00",
            b"{\\rtf1",
            b"\xff\xd8\xff",
        )
        data[:8] = random_.choice(heads)
    elif how == "charset":
        data[0:0] = b'<meta charset="' + random_.choice((b"big5", b"utf-16", b"x-none", b"gb2312", b"utf-7")) + b'">'
    else:
        words = (b"<table>", b"</div>", b"<!--", b"obj", b"endobj", b"<w:p>", b"\x00", b"&#x110000;", b"stream")
        for _ in range(random_.randrange(1, 60)):
            at = random_.randrange(size)
            data[at:at] = random_.choice(words)
    return how, bytes(data)


def packed(members: dict[str, bytes], level: int = 9) -> bytes:
    """A ZIP file of *members*."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "法"}">' for n in range(10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE x [{ENTITIES}]>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def docx(body: str, head: str = "") -> bytes:
    document = f"{head}<w:document {W}><w:body>{body}</w:body></w:document>"
    return packed({"[Content_Types].xml": TYPES, "word/document.xml": document.encode()})


def ofd(document: str) -> bytes:
    root = '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocRoot>D/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>'
    return packed({"OFD.xml": root.encode(), "D/Document.xml": document.encode()})


def pdf(*objects: str) -> bytes:
    """A PDF of numbered objects, the first of which is the catalogue; without a table, as many are served."""
    body = "".join(f"{number} 0 obj\n{text}\nendobj\n" for number, text in enumerate(objects, start=1))
    return f"%PDF-1.4\n{body}trailer\n<< /Root 1 0 R /Size {len(objects) + 1} >>\n%%EOF".encode()


def png(width: int, height: int) -> bytes:
    """A PNG that claims a size and has next to no data."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00" * 100)) + chunk(b"IEND", b"")
    )


def bombs() -> Iterator[tuple[str, bytes]]:
    """Files made to break a reader; none is longer than a few megabytes."""
    yield "100000 nested div", ("<div>" * 100_000 + SENTENCE).encode()
    yield "100000 nested tables", ("<table><tr><td>" * 33_000 + SENTENCE).encode()
    yield "100000 open spans", ("<p>" + "<span style='x'>" * 100_000 + SENTENCE).encode()
    yield "end tags alone", ("</div></p></td>" * 60_000 + SENTENCE).encode()
    yield "one long attribute", ('<p title="' + "x" * 3_000_000 + '">' + SENTENCE).encode()
    yield "open comment", ("<p>" + SENTENCE + "<!--" + "x" * 3_000_000).encode()
    yield "many open comments", ("<!--" * 300_000 + SENTENCE).encode()
    yield "many less-than signs", ("<" * 1_000_000 + SENTENCE).encode()
    yield "many entities", ("&#20320;" * 300_000 + SENTENCE).encode()
    yield (
        "wide cells",
        ("<table>" + "<tr>" + "<td colspan=1000 rowspan=1000>法</td>" * 5_000 + "</table>" + SENTENCE).encode(),
    )
    yield "one line of a million characters", ("法治" * 500_000).encode()
    yield "a million lines", ("法\n" * 1_000_000).encode()
    yield "a million tabs", ("\t" * 1_000_000 + SENTENCE).encode()
    yield "a million blanks", ("法" + "　" * 1_000_000 + SENTENCE).encode()
    yield "digits without end", ("1" * 1_000_000 + SENTENCE).encode()
    yield "brackets without end", ("（" * 200_000 + SENTENCE).encode()
    yield "entity bomb in docx", docx("<w:p><w:r><w:t>&e9;</w:t></w:r></w:p>", BOMB)
    yield "outer entity in docx", docx("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>", OUTSIDE)
    yield "entity bomb in ofd", ofd(f"{BOMB}<x>&e9;</x>")
    yield "deep docx", docx("<w:sdt>" * 50_000 + "<w:p/>" + "</w:sdt>" * 50_000)
    yield "docx of 100 MB", docx("<w:p><w:r><w:t>法</w:t></w:r></w:p>" * 2_500_000)
    yield (
        "docx with a huge table",
        docx("<w:tbl>" + ("<w:tr>" + "<w:tc><w:p/></w:tc>" * 200 + "</w:tr>") * 2_000 + "</w:tbl>"),
    )
    yield "zip of zeros", packed({"a.txt": bytes(300_000_000)})
    nested = packed({"a.txt": bytes(50_000_000)})
    for _ in range(8):
        nested = packed({f"{n}.zip": nested for n in range(8)})
    yield "zips in zips", nested
    yield "many members", packed({f"{n}.txt": SENTENCE.encode() for n in range(3_000)}, 1)
    yield (
        "members that climb",
        packed({"../../../../tmp/fazhi-escaped.txt": SENTENCE.encode(), "/etc/fazhi-escaped": b"x"}),
    )
    yield "recursive pages", pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>")
    deep = [f"<< /Type /Pages /Kids [{n} 0 R] /Count 1 >>" for n in range(3, 5_000)]
    yield "deep page tree", pdf("<< /Type /Catalog /Pages 2 0 R >>", *deep)
    claims = "<< /Type /Pages /Kids [3 0 R] /Count 100000000 >>"
    yield (
        "a hundred million pages claimed",
        pdf("<< /Type /Catalog /Pages 2 0 R >>", claims, "<< /Type /Page /Parent 2 0 R >>"),
    )
    huge = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1000000000 1000000000] >>"
    yield (
        "a page of 350 km",
        pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", huge),
    )
    yield "a picture of 4 gigapixels", png(65_000, 65_000)
    yield "a picture without data", png(2_000, 3_000)
    yield "deep rtf", b"{\\rtf1" + b"{" * 200_000
    yield (
        "endless mht",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n" + b"--x\r\n\r\n" * 100_000,
    )
    yield "zeros", bytes(1_000_000)
    yield "noise", random.Random(7).randbytes(1_000_000)


def broken_files(number: int, seed: int = 5) -> Iterator[tuple[str, bytes]]:
    """Yield *number* broken files with a name that tells which: the bombs first, then changed ones of every case."""
    made = list(bombs())
    yield from made
    random_ = random.Random(seed)
    whole = whole_files()
    slow = [one for one in whole if one[0].endswith(SLOW) or "scan" in one[0]]
    quick = [one for one in whole if one not in slow]
    count = len(made)
    for name, content in slow:
        for _ in range(SLOW_EACH):
            how, changed = mutate(content, random_)
            yield f"{name}: {how}", changed
            count += 1
    while count < number:
        name, content = quick[count % len(quick)]
        how, changed = mutate(content, random_)
        yield f"{name}: {how}", changed
        count += 1
