"""What kind of file some bytes are, told by the bytes: a name says what somebody meant, not what came."""

import io
import re

from pipeline.errors import InputError
from pipeline.files.record import FileType
from pipeline.files.zips import list_zip

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
RAR = b"Rar!\x1a\x07"
IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")
# Files that governments serve, or that came by mistake, and that hold no text for us.
REFUSED = (
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"AC1", "a CAD drawing"),
    (b"RIFF", "a media file (RIFF)"),
    (b"ID3", "a sound file"),
    (b"Founder CEB", "a CEB file, a format of Founder that no free library reads"),
    (b"\x00\x00\x01\xba", "a film"),
)
# A few letters alone also open a plain text; these formats have control bytes close behind.
WEAK = frozenset({b"BM", b"MZ", b"RIFF", b"BZh", b"AC1", b"ID3"})
MHT = re.compile(
    rb"\A(?:[A-Za-z-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){1,20}?content-type:\s*multipart/related", re.I
)
PDF_REACH = 1024  # bytes; readers accept a heading of rubbish this long
HEAD = 4096
MOST_MEMBERS = 20_000  # looked at to tell a type; how many an archive may have is told where it is unpacked


def file_type(content: bytes, name: str) -> FileType:
    """Return what *content* is; "text" for anything that only its characters can tell.

    Raises:
        InputError: empty, or of a kind that is not read; the message names it.
    """
    if not content.strip(b"\x00\t\n\r "):
        raise InputError(f"{name}: expected a document, got an empty file")
    if content.startswith(OLE):
        return _in_container(content, name)
    if content.startswith(ZIP):
        return _in_zip(content, name)
    if content.startswith(RAR):
        return "rar"
    if b"%PDF-" in content[:PDF_REACH] and content.lstrip()[:1] != b"<":
        return "pdf"
    if content.startswith(IMAGES) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        return "image"
    if content.startswith(b"BM") and b"\x00" in content[2:14]:
        return "image"
    for magic, kind in REFUSED:
        if content.startswith(magic) and (magic not in WEAK or b"\x00" in content[:64]):
            raise InputError(f"{name}: expected a document, got {kind}")
    head = content[:HEAD].lstrip(b"\xef\xbb\xbf\r\n\t ")
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if MHT.match(head):
        return "mht"
    return "text"  # or HTML: `parse.decode` tells the two apart by their characters


def _in_container(content: bytes, name: str) -> FileType:
    """Tell the files of old Office programs apart by the streams in their container."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content), raise_defects=olefile.DEFECT_FATAL) as container:
            streams = {entry[-1].lower() for entry in container.listdir()}
    except Exception as error:  # the library raises whatever the broken bytes lead it into
        raise InputError(f"{name}: expected an Office document, got a broken OLE container ({error})") from error
    if {"encryptedpackage", "encryptioninfo"} & streams:
        raise InputError(f"{name}: expected a document that is open to read, got one protected by a password")
    if "worddocument" in streams:
        return "wps" if name.lower().endswith(".wps") else "doc"
    if {"workbook", "book"} & streams:
        return "xls"
    if "powerpoint document" in streams:
        raise InputError(f"{name}: expected a document, got slides (.ppt)")
    if "contents" in streams or "wpsdocument" in streams:
        raise InputError(f"{name}: expected a .wps that is Word inside, got one of Works or an early Kingsoft writer")
    shown = "、".join(sorted(streams)[:5])
    raise InputError(f"{name}: expected an Office document, got an OLE container with the streams {shown or '(none)'}")


# A member that only this type has -> the type; the first that fits counts.
MEMBERS: tuple[tuple[str, FileType], ...] = (("word/document", "docx"), ("ofd.xml", "ofd"), ("xl/workbook", "xlsx"))


def _in_zip(content: bytes, name: str) -> FileType:
    """Tell Office and OFD files from archives by the names of their members."""
    try:
        entries = list_zip(content, name, MOST_MEMBERS)
    except InputError as error:
        reason = str(error).removeprefix(f"{name}: ")
        raise InputError(
            f"{name}: expected a ZIP archive or an Office document, got a broken one ({reason})"
        ) from error
    names = [entry.name.lower().replace("\\", "/").lstrip("/") for entry in entries]
    for start, kind in MEMBERS:
        if any(member.startswith(start) for member in names):
            return kind
    if "[content_types].xml" in names and any(member.startswith("word/") for member in names):
        return "docx"
    if any(member.startswith("ppt/") for member in names):
        raise InputError(f"{name}: expected a document, got slides (.pptx)")
    if "mimetype" in names and "content.xml" in names:
        raise InputError(f"{name}: expected a document of Word, got one of OpenDocument (.odt, .ods)")
    return "zip"
