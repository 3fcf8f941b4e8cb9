"""Rich Text Format, and the web page in one file that Word saves under the name of a document."""

import email
import email.policy
import re
from email.message import Message

from pipeline.errors import InputError
from pipeline.files.blocks import build_blocks, write_blocks
from pipeline.files.lines import Lines
from pipeline.files.record import FileText, Limits
from pipeline.files.rtf_reader import RtfReader

META_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
META_REACH = 4096  # bytes


def read_rtf(content: bytes, name: str, limits: Limits) -> FileText:
    """Return the paragraphs, table rows, footnotes and text boxes of an RTF file.

    Raises:
        InputError: no RTF, too long, or without text.
    """
    if not content.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"{\\rtf"):
        raise InputError(f"{name}: expected an RTF file, got one that begins with {content[:8]!r}")
    reader = RtfReader(name, limits.characters)
    reader.read(content)
    lines = Lines()
    write_blocks(build_blocks(reader.finish()), lines)
    found = lines.finish("rtf", "RTF paragraphs", reader.notes())
    if not found.text.strip():
        raise InputError(f"{name}: expected a document with text, got an RTF file without any")
    return found


def html_of_mht(content: bytes, name: str) -> str:
    """Return the page in a "single file web page" (MHTML), decoded: the longest of its HTML parts.

    The others are the running heads that Word keeps in a part of their own, and the frame around the sheets of Excel.

    Raises:
        InputError: no MIME message, or one without HTML.
    """
    content = content.lstrip(b"\xef\xbb\xbf\r\n\t ")
    try:
        message = email.message_from_bytes(content, policy=email.policy.compat32)
        pages = [_decoded(part) for part in message.walk() if part.get_content_type() == "text/html"]
    except (ValueError, LookupError, RecursionError, AssertionError, TypeError) as error:  # what the parser trips over
        raise InputError(f"{name}: expected a web page in one file, got a broken one ({error})") from error
    page = max(pages, key=len, default="")
    if not page.strip():
        raise InputError(f"{name}: expected a web page in one file, got a MIME message without HTML")
    return page


def _decoded(part: Message) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    declared = META_CHARSET.search(raw[:META_REACH])
    named = [part.get_content_charset(), declared[1].decode("ascii") if declared else None]
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        named.insert(0, "utf-16")
    for charset in [*(each.lower() for each in named if each), "utf-8", "gb18030"]:
        try:
            return raw.decode(_WIDER.get(charset, charset)).removeprefix("\ufeff")
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("gb18030", "replace")


# What pages call GB2312 has characters of its extensions; Word calls UTF-16 Unicode.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030",
          "unicode": "utf-16"}  # fmt: skip
