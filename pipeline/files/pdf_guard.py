"""Refuses PDF files that unpack or draw far more than they hold, before a library opens them.

A page description becomes objects of thirty times its size in memory, and a form may draw other forms, so that a file
of a few hundred bytes can ask for terabytes.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.errors import InputError
from pipeline.files.record import Limits

MOST_DRAWING = 16_000_000  # bytes of drawing of a page, forms as often as they are drawn
MOST_RATIO = 1032  # of unpacked to packed size that Deflate can reach
MOST_DEPTH = 60  # of forms in forms; pdfium stops before
STREAM = re.compile(rb"stream\r?\n")
OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,8})\s+[0-9]{1,5}\s+obj\Z")
# Pictures, fonts and colour profiles become no objects.
DATA = re.compile(rb"/Subtype\s*/Image|/Length[123]\s|/Subtype\s*/(?:Type1C|CIDFontType0C|OpenType)|/N\s+[134]\b")
PACKED = re.compile(rb"/Filter\s*\[?\s*/(?:FlateDecode|Fl)\b")
CONTAINER = re.compile(rb"/Type\s*/ObjStm\b")
PAGE, FORM = re.compile(rb"/Type\s*/Page\b"), re.compile(rb"/Subtype\s*/Form\b")
FIRST = re.compile(rb"/First\s+([0-9]{1,8})")
PARENT = re.compile(rb"/Parent\s+([0-9]{1,8})\s+[0-9]+\s+R")
ELSEWHERE = re.compile(rb"/(?:Resources|XObject)\s+([0-9]{1,8})\s+[0-9]+\s+R")
NAMED = re.compile(rb"/([^\s/<>\[\]()]+)\s+([0-9]{1,8})\s+[0-9]+\s+R")
DRAWN = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
CONTENTS = re.compile(rb"/Contents\s*(\[[^\]]*\]|[0-9]{1,8}\s+[0-9]+\s+R)")
REFERENCE = re.compile(rb"([0-9]{1,8})\s+[0-9]+\s+R")


@dataclass(frozen=True, slots=True)
class _Object:
    """An object of a file: what stands before its stream, and the stream as it is packed."""

    head: bytes
    stream: memoryview | None = None


@dataclass(slots=True)
class _File:
    """The objects of a file, and what its forms draw as far as that is known."""

    objects: dict[int, _Object]
    costs: dict[int, float] = field(default_factory=dict)
    open: set[int] = field(default_factory=set)  # forms that are being measured


def check_pdf(content: bytes, name: str, limits: Limits) -> None:
    """Refuse a file with a stream or a page that unpacks to more than a document can need.

    Raises:
        InputError: one does.
    """
    objects: dict[int, _Object] = {}
    for number, found in _find_objects(content):
        objects[number] = found
        if found.stream is None:
            continue
        most = limits.unpacked_bytes if DATA.search(found.head) else MOST_DRAWING
        if len(found.stream) * MOST_RATIO > most and _unpack(found, most) is None:
            size = most / 1e6
            raise InputError(f"{name}: expected streams of at most {size:.0f} MB in a PDF file, got a larger one")
    for container in [found for found in objects.values() if found.stream and CONTAINER.search(found.head)]:
        objects.update({number: found for number, found in _contained(container) if number not in objects})
    file = _File(objects)
    for found in objects.values():
        if PAGE.search(found.head) and _page_cost(file, found) > MOST_DRAWING:
            most = MOST_DRAWING // 1_000_000
            raise InputError(f"{name}: expected PDF pages that draw at most {most} MB, got one that draws more")


def _find_objects(content: bytes) -> Iterator[tuple[int, _Object]]:
    """Yield the objects that are written openly, in the order of the file; streams always are."""
    view, place = memoryview(content), 0
    while (place := content.find(b"obj", place) + 3) > 2:
        opened = OBJECT.search(content, max(0, place - 24), place)
        if opened is None:
            continue
        close = content.find(b"endobj", place)
        close = len(content) if close < 0 else close
        stream = STREAM.search(content, start, close) if (start := content.find(b"stream", place, close)) >= 0 else None
        if stream is None:
            yield int(opened[1]), _Object(content[place:close])
            place = close
            continue
        end = content.find(b"endstream", stream.end())
        end = len(content) if end < 0 else end
        yield int(opened[1]), _Object(content[place : stream.start()], view[stream.end() : end])
        place = end


def _unpack(found: _Object, most: int = MOST_DRAWING) -> bytes | None:
    """Return the stream of an object, as far as it can be unpacked; None where it is longer than *most* bytes."""
    if found.stream is None:
        return b""
    if not PACKED.search(found.head):
        return bytes(found.stream[:most])
    inflate, total = zlib.decompressobj(), 0
    parts: list[bytes] = []
    keeps = most <= MOST_DRAWING
    for start in range(0, len(found.stream), 1 << 16):
        rest = bytes(found.stream[start : start + (1 << 16)])
        while rest:
            try:
                part = inflate.decompress(rest, 1 << 20)
            except zlib.error:
                return b"".join(parts)  # encrypted, or broken
            total += len(part)
            rest = inflate.unconsumed_tail
            if total > most:
                return None
            if keeps:
                parts.append(part)
    return b"".join(parts)


def _contained(container: _Object) -> Iterator[tuple[int, _Object]]:
    """Yield the objects that are packed together in one stream."""
    text, first = _unpack(container) or b"", FIRST.search(container.head)
    if not first:
        return
    body = text[int(first[1]) :]
    numbers = [int(number) for number in text[: int(first[1])].split() if number.isdigit() and len(number) < 9]
    for number, place, end in zip(numbers[::2], numbers[1::2], [*numbers[3::2], len(body)], strict=False):
        yield number, _Object(body[place:end])


def _page_cost(file: _File, page: _Object) -> float:
    """Bytes that a page draws."""
    contents = CONTENTS.search(page.head)
    if not contents:
        return 0.0
    numbers = [int(number) for number in REFERENCE.findall(contents[1])]
    if len(numbers) == 1 and (only := file.objects.get(numbers[0])) and only.stream is None:
        numbers = [int(number) for number in REFERENCE.findall(only.head)]  # a list of its own
    head, above = page.head, page
    for _ in range(MOST_DEPTH):  # what a page does not name, the folder above it may
        parent = PARENT.search(above.head)
        found = file.objects.get(int(parent[1])) if parent else None
        if b"/Resources" in head or found is None:
            break
        above, head = found, head + found.head
    return sum(
        times * _cost(file, part, head, 0)
        for number, times in Counter(numbers).items()
        if (part := file.objects.get(number)) is not None
    )


def _cost(file: _File, drawing: _Object, resources: bytes, depth: int) -> float:
    """Bytes that a stream draws by itself and by the forms that *resources* name."""
    text = _unpack(drawing)
    if text is None:
        return float("inf")
    times = Counter(DRAWN.findall(text))
    if not times:
        return float(len(text))
    heads = [resources]
    for _ in range(2):  # resources, and the forms among them
        heads += [file.objects[int(n)].head for n in ELSEWHERE.findall(heads[-1]) if int(n) in file.objects]
    forms = {name: int(number) for head in heads for name, number in NAMED.findall(head)}
    return len(text) + sum(
        count * _form_cost(file, forms[name], depth) for name, count in times.items() if name in forms
    )


def _form_cost(file: _File, number: int, depth: int) -> float:
    """Bytes that a form draws, infinite where it draws itself."""
    form = file.objects.get(number)
    if form is None or form.stream is None or not FORM.search(form.head) or depth > MOST_DEPTH:
        return 0.0
    if number in file.open:
        return float("inf")
    if number not in file.costs:
        file.open.add(number)
        # An empty form costs its call.
        file.costs[number] = 100 + _cost(file, form, form.head, depth + 1)
        file.open.discard(number)
    return file.costs[number]
