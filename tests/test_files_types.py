"""What kind of file came, by its bytes; a name never decides, and what is not read is named."""

import io
import struct
import zipfile

import pytest

from pipeline.errors import InputError
from pipeline.files import file_type
from pipeline.parse import parse_page
from pipeline.records import Page

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def archive(*names: str) -> bytes:
    """A ZIP file with empty members of these names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, b"x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param("法治政府建设".encode(), "text", id="text"),
        pytest.param("\ufeff<!DOCTYPE html><p>法治".encode(), "text", id="HTML, which its characters tell"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3", "pdf", id="PDF"),
        pytest.param(b"\r\n\r\n%PDF-1.4\n", "pdf", id="PDF behind blank lines"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "image", id="PNG"),
        pytest.param(b"\xff\xd8\xff\xe0" + b"\x00" * 40, "image", id="JPEG"),
        pytest.param(b"BM" + struct.pack("<IHHI", 70, 0, 0, 54), "image", id="BMP"),
        pytest.param(b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image", id="WebP"),
        pytest.param(b"{\\rtf1\\ansi", "rtf", id="RTF under any name"),
        pytest.param(b"Rar!\x1a\x07\x01\x00", "rar", id="RAR"),
        pytest.param(archive("a.txt"), "zip", id="ZIP"),
        pytest.param(archive("[Content_Types].xml", "word/document.xml"), "docx", id="docx"),
        pytest.param(archive("[Content_Types].xml", "word/document2.xml"), "docx", id="docx with an odd main part"),
        pytest.param(archive("[Content_Types].xml", "xl/workbook.xml"), "xlsx", id="xlsx"),
        pytest.param(archive("OFD.xml", "Doc_0/Document.xml"), "ofd", id="OFD"),
        pytest.param(
            b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary="x"\r\n\r\n--x', "mht", id="saved page"
        ),
        pytest.param(
            "BM公司与政府签订协议".encode(), "text", id="text that begins with two letters of a picture format"
        ),
    ],
)
def test_the_bytes_say_what_a_file_is(content: bytes, kind: str) -> None:
    assert file_type(content, "notice.doc") == kind


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", "got an empty file", id="empty"),
        pytest.param(b"\x00" * 500, "got an empty file", id="zeros, as a full disk leaves"),
        pytest.param(b"7z\xbc\xaf\x27\x1c\x00", "got a 7-Zip archive", id="7z"),
        pytest.param(b"\x1f\x8b\x08\x00", "got a gzip file", id="gzip"),
        pytest.param(b"MZ\x90\x00\x03", "got a program", id="program, a self-extracting archive too"),
        pytest.param(archive("ppt/presentation.xml"), r"got slides \(.pptx\)", id="slides"),
        pytest.param(archive("mimetype", "content.xml"), "got one of OpenDocument", id="odt"),
        pytest.param(b"PK\x03\x04" + b"\x00" * 40, "got a broken one", id="broken ZIP"),
        pytest.param(OLE + b"\x00" * 40, "got a broken OLE container", id="broken OLE"),
    ],
)
def test_what_is_not_read_is_named_in_one_sentence(content: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        parse_page(Page("notice.txt", content))
    assert str(caught.value).startswith("notice.txt: expected ")
    assert "\n" not in str(caught.value)
