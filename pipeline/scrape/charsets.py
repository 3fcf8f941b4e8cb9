"""Bytes of a list page to characters: `parse` decodes articles, and must be exact; a list must only be legible."""

import codecs
import re

BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{3,20})""", re.IGNORECASE)
XML = re.compile(rb"""^\s*<\?xml[^>]{0,80}encoding\s*=\s*["']([A-Za-z0-9_.:-]{3,20})""")
DECLARED_WITHIN = 4096  # bytes
CHINESE = {"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "csgb2312", "hz-gb-2312"}


def decode(content: bytes, media: str = "") -> str:
    """Return *content* as characters: by its BOM, the header *media*, the meta tag, UTF-8, or else GB18030.

    A declaration that the bytes contradict is passed over; what no encoding reads is replaced.
    """
    for bom, name in BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(name, "replace")
    head = content[:DECLARED_WITHIN]
    declared = [*CHARSET.findall(media.encode("utf-8", "replace")), *XML.findall(head), *CHARSET.findall(head)]
    for name in (*(known(each) for each in declared), "utf-8"):
        if not name:
            continue
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            continue
    as_utf8, as_gb = content.decode("utf-8", "replace"), content.decode("gb18030", "replace")
    return min((as_utf8, as_gb), key=lambda text: text.count("\ufffd"))


def known(name: bytes) -> str:
    """Return the codec of a declared charset, "" for one that there is not; Latin 1 is what servers say unasked."""
    told = name.decode("ascii").lower()
    if told in CHINESE:
        return "gb18030"
    if told in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "windows-1252"):
        return ""
    try:
        return codecs.lookup(told).name
    except LookupError:
        return ""
