"""Bytes to characters: in which encoding a text is written, and whether it is HTML."""

import re
from dataclasses import dataclass
from itertools import islice

from pipeline.errors import InputError
from pipeline.text import is_chinese

MAX_BYTES = 20_000_000  # the longest plan known has 300 KB; a file above this is a dump, not a document

BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]{3,20})""", re.IGNORECASE)
# The commonest characters of official Chinese, simplified and traditional: bytes read in the wrong encoding hit few.
COMMON = frozenset(
    "的一是在和有中为大政府法治人民行会工作制规建设依执部门机关监督推进加强社市县区年月日第各全实施管理务公"
    "開設執門機關監進強務實為國會發業規總縣區與對於"
)
MAX_BAD = 0.001  # one broken character in a thousand is a scratch; more means the wrong encoding
SAMPLE = 20_000  # characters that are enough to judge an encoding

TAG = re.compile(
    r"<(?:!doctype|/?(?:html|head|body|div|p|br|table|tbody|tr|td|span|meta|title|ul|li|h[1-6]|font|strong|center|a)"
    r"(?=[\s/>]))[^<>]*>",
    re.IGNORECASE,
)
HEAD_TAG = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.{0,2000}?-->\s*){0,5}<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a source, and how many of its bytes could not be read."""

    text: str
    encoding: str
    broken: int = 0  # characters that stand for unreadable bytes (U+FFFD)


def decode(content: bytes, name: str) -> Decoded:
    """Return *content* as characters.

    Raises:
        InputError: empty, too large, of no known encoding, or without a Chinese character.
    """
    if not content.strip():
        raise InputError(f"{name}: expected text or HTML, got an empty file")
    if len(content) > MAX_BYTES:
        size, limit = len(content) / 1e6, MAX_BYTES / 1e6
        raise InputError(f"{name}: expected a document of at most {limit:.0f} MB, got {size:.1f} MB")
    decoded = _by_bom(content, name) or _by_trial(content, name)
    if not any(map(is_chinese, decoded.text)):
        raise InputError(
            f"{name}: expected a Chinese document, got {len(decoded.text)} characters, none of them Chinese"
        )
    return decoded


def is_html(text: str) -> bool:
    """Say whether *text* is HTML, a page or a fragment of one; judged by its tags, never by a name."""
    return HEAD_TAG.match(text.lstrip("\ufeff")) is not None or _has_tags(text)


def _has_tags(text: str) -> bool:
    return len(list(islice(TAG.finditer(text, 0, 200_000), 3))) == 3  # a plain text may quote a tag or two


def _by_bom(content: bytes, name: str) -> Decoded | None:
    for bom, encoding in BOMS:
        if content.startswith(bom):
            return _accept(content[len(bom) :].decode(encoding, errors="replace"), encoding, name)
    return None


def _by_trial(content: bytes, name: str) -> Decoded:
    """Try the encodings that Chinese pages come in; the declared one has no more say than how well it reads."""
    if b"\x00" in content:
        return _without_bom(content, name)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        first_bad = error.start
    declared = DECLARED.search(content[:4096])
    trials = ["gb18030", "big5hkscs", "utf-8"]
    if declared and declared.group(1).lower().startswith(b"big5"):
        trials = ["big5hkscs", "gb18030", "utf-8"]
    texts = {encoding: content.decode(encoding, errors="replace") for encoding in trials}
    best = max(trials, key=lambda encoding: _likeness(texts[encoding]))
    if _likeness(texts[best]) <= 0:
        raise InputError(
            f"{name}: expected UTF-8, UTF-16 with a byte order mark, GB18030 or Big5 text; "
            f"byte {first_bad} is the first that is not UTF-8, and no other encoding gives Chinese"
        )
    return _accept(texts[best], best, name)


def _without_bom(content: bytes, name: str) -> Decoded:
    """Bytes with zeros among them: UTF-16 whose mark got lost, or no text at all."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = content.decode(encoding, errors="replace")
        if _likeness(text) > 0.2 and "\x00" not in text:
            return _accept(text, encoding, name)
    raise InputError(f"{name}: expected text or HTML, got binary data (a zero byte at {content.index(0)})")


def _accept(text: str, encoding: str, name: str) -> Decoded:
    broken = text.count("\ufffd")
    if broken > max(2, MAX_BAD * len(text)):
        at = text.index("\ufffd")
        raise InputError(f"{name}: expected {encoding} text, got {broken} unreadable characters, the first at {at}")
    return Decoded(text, encoding, broken)


def _likeness(text: str) -> float:
    """How much *text* reads like official Chinese: share of common characters, less what cannot be read."""
    sample = text[:SAMPLE]
    chinese = sum(map(is_chinese, sample))
    broken = sample.count("\ufffd") + sum("\ue000" <= char <= "\uf8ff" for char in sample)
    common = sum(char in COMMON for char in sample)
    return (common - 5 * broken) / chinese if chinese else 0.0
