"""RTF in the code pages and forms that Word, WPS and office systems write, and web pages in one file."""

import pytest

from pipeline.errors import InputError
from pipeline.files.record import Limits
from pipeline.files.rich import html_of_mht, read_rtf

LIMITS = Limits()
FONTS = (
    r"{\fonttbl{\f0\fnil\fcharset0 Times New Roman;}{\f1\fnil\fcharset134 \'cb\'ce\'cc\'e5;}{\f2\fcharset136 Ming;}}"
)


def escaped(text: str, encoding: str = "gbk") -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding))


def rtf(body: str, head: str = r"\ansi\ansicpg936\deff0" + FONTS) -> bytes:
    return ("{\\rtf1" + head + "\n" + body + "}").encode("gbk")


G = escaped
WINGDINGS = r"{\fonttbl{\f7\fnil\fcharset2 Wingdings;}}"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(rf"\f1 {G('法治政府')}\par {G('建设')}\par", "法治政府\n建设\n", id="the code page of the font"),
        pytest.param(rf"\f0 {G('法治')}\par", "法治\n", id="a Western font in a Chinese file"),
        pytest.param(rf"\f2 {G('法治', 'big5')}\par", "法治\n", id="a font of the Big5 code page"),
        pytest.param(rf"\f1 {G('法')}\f0  95% \f1 {G('治')}\par", "法 95% 治\n", id="fonts in turn"),
        pytest.param(r"\uc1 \u27861?\u27835?\par", "法治\n", id="Unicode with a stand-in"),
        pytest.param(rf"\uc2 \u27861{G('法')}\u27835{G('治')}\par", "法治\n", id="Unicode with the two bytes of GBK"),
        pytest.param(r"\uc0 \u27861\u-29275\par", "法" + chr(65536 - 29275) + "\n", id="Unicode as a negative number"),
        pytest.param(r"\u-10174?\u-8377?\par", "𠭇\n".replace("𠭇", chr(0x10000 + ((65536 - 10174 - 0xD800) << 10) + (65536 - 8377 - 0xDC00))), id="two halves of a character"),
        pytest.param("法治\\par", "法治\n", id="bytes of GBK as they are"),
        pytest.param(r"\'8fU\par", b"\x8fU".decode("gb18030") + "\n", id="a second byte that is a letter"),
        pytest.param(r"\'b7\'a8{\b \'d6\'ce}\par", "法治\n", id="a group in a word"),
        pytest.param(r"a\tab b\line c\par", "a b\nc\n", id="a tab and a line break"),
        pytest.param(r"\'b7\'a8\~\'d6\'ce\_\{\}\par", "法\u00a0治-{}\n", id="escaped signs"),
        pytest.param(r"{\header \'b7\'a8}{\footer x}{\info{\title y}}{\*\unknown z}a\par", "a\n", id="what is not the text"),
        pytest.param(r"{\pict\wmetafile8 0102030405}{\*\bkmkstart m}a\par", "a\n", id="a picture and a bookmark"),
        pytest.param("{\\pict\\bin5 {{{{{}a\\par", "a\n", id="a binary picture with braces in it"),
        pytest.param(r"{\field{\*\fldinst HYPERLINK x}{\fldrslt a}}b\par", "ab\n", id="a field"),
        pytest.param(r"a{\deleted b\par}{\v c}d{\revised e}\par", "ade\n", id="deleted, hidden and inserted text"),
        pytest.param(r"a{\v b}\v c\v0 d\v e\plain f\par", "adf\n", id="hidden text switched on and off"),
        pytest.param(r"{\listtext\'d2\'bb\'a1\'a2\tab}\'b7\'a8\par{\pntext 1.\tab}\'d6\'ce\par", "一、法\n1.治\n", id="numbers of lists"),
        pytest.param(r"{\listtext\f9 \'b7\tab}\'b7\'a8\par", "法\n", id="a bullet is no text"),
        pytest.param(r"a{\super\chftn}{\footnote\pard \chftn \'b7\'a8\par}b\par c\par", "ab\n法\nc\n", id="a footnote follows its paragraph"),
        pytest.param(r"a{\shp{\*\shpinst\shpwr2{\sp{\sn x}{\sv 1}}{\shptxt \'b7\'a8\par \'d6\'ce\par}}{\shprslt old}}b\par", "ab\n法\n治\n", id="a text box"),
        pytest.param(r"\'b7\'a8", "法\n", id="no paragraph mark at the end"),
        pytest.param(rf"{{\listtext {G('第一章')}\tab}}{G('总则')}\par", "第一章 总则\n", id="a blank parts a chapter from its heading"),
        pytest.param(rf"a{{\field{{\*\fldinst EQ \\o\\ac({G('○')},3)}}{{\fldrslt}}}}b\par", "a③b\n", id="a field that draws a circled number"),
        pytest.param(r"a{\field{\*\fldinst PAGE \par\cell}{\fldrslt 3}}b\par", "a3b\n", id="an instruction ends no paragraph"),
        pytest.param(rf"{WINGDINGS}{{\f7 \'fe}}a\par", "☑a\n", id="a sign of a picture font"),
        pytest.param(rf"{WINGDINGS}{{\f7 \u-3842?}}a\par", "☑a\n", id="one in the private area"),
        pytest.param(rf"{WINGDINGS}{{\listtext\f7 l\tab}}a\par", "a\n", id="a bullet that is a letter elsewhere"),
        pytest.param(rf"\pard\dropcapt1 {G('为')}\par\pard {G('进一步')}\par", "为进一步\n", id="an initial over several lines"),
    ],
)  # fmt: skip
def test_rtf_reads_as_word_shows_it(body: str, expected: str) -> None:
    assert read_rtf(rtf(body), "a.rtf", LIMITS).text == expected


def test_chinese_that_is_declared_western_is_still_read_as_chinese() -> None:
    western = r"\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}}"
    assert read_rtf(rtf(rf"\f0 {G('法治，政府')}\par", western), "a.rtf", LIMITS).text == "法治，政府\n"
    assert read_rtf(rtf(r"\f0 caf\'e9 \par", western), "a.rtf", LIMITS).text == "café\n"


ROW = r"\trowd\cellx1000\cellx3000\cellx4000 \pard\intbl "


@pytest.mark.parametrize(
    ("body", "rows"),
    [
        pytest.param(ROW + r"a\cell b\cell c\cell\row\pard d\par", {"a\tb\tc": set()}, id="a row"),
        pytest.param(ROW + r"a\par x\cell b\cell\cell\row", {"a x\tb\t": set()}, id="two paragraphs in a cell"),
        pytest.param(
            ROW + r"a\cell b\cell c\cell\row\trowd\cellx3000\cellx4000 d\cell e\cell\row",
            {"a\tb\tc": set(), "d\t\te": set()},
            id="a cell over two columns",
        ),
        pytest.param(
            ROW + r"a\cell b\cell c\cell\row\trowd\clvmrg\cellx1000\cellx3000\clvmrg\cellx4000\cell e\cell\cell\row",
            {"a\tb\tc": set(), "\te\t": {0, 2}},
            id="cells that one above covers",
        ),
        pytest.param(r"\trowd\cellx4000\intbl a\par b\cell\row", {}, id="a frame around paragraphs"),
        pytest.param(
            ROW
            + r"a\cell\itap2 x\nestcell y\nestcell{\*\nesttableprops\trowd\cellx1\cellx2\nestrow}{\nonesttables\par}\pard\intbl\cell c\cell\row",
            {"a\tx y\tc": set()},
            id="a table in a cell",
        ),
        pytest.param(
            ROW + r"a\cell b\cell c\cell\cell\cell\row" + ROW + r"d\cell e\cell f\cell\row",
            {"a\tb\tc": set(), "d\te\tf": set()},
            id="more ends of cells than the row has cells",
        ),
        pytest.param(
            ROW + r"{\listtext 1.\tab}\cell b\cell c\cell\row",
            {"1.\tb\tc": set()},
            id="a cell with nothing but its number",
        ),
    ],
)
def test_a_table_row_is_a_line(body: str, rows: dict[str, set[int]]) -> None:
    found = read_rtf(rtf(body), "a.rtf", LIMITS)
    assert {found.text[start:].split("\n")[0]: covered for start, covered in found.rows.items()} == rows


def test_the_style_called_title_is_the_title() -> None:
    found = read_rtf(
        rtf(r"{\stylesheet{\s0 Normal;}{\s7 Title;}{\s8 heading 1;}}\pard\s7 a\par\pard\s8 b\par c\par"),
        "a.rtf",
        LIMITS,
    )
    assert [found.text[start:end] for start, end in found.titles] == ["a"]


def test_what_was_left_out_is_noted() -> None:
    found = read_rtf(rtf(r"a{\deleted bc}{\v d}{\pict 00}\par"), "a.rtf", LIMITS)
    assert found.notes == ("修订按接受处理：去掉已删除的 2 字", "去掉隐藏文字 1 字", "图片 1 张，其中文字未读")
    assert "RTF 没有结尾" in read_rtf(rtf(r"a\par")[:-1], "a.rtf", LIMITS).notes[0]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"plain", "begins with b'plain'", id="no RTF"),
        pytest.param(rtf(""), "without any", id="no text"),
        pytest.param(rtf(r"{\pict 00}"), "without any", id="a picture alone"),
        pytest.param(b"{\\rtf1 " + b"{" * 100_000, "more than 2000 groups in groups", id="groups in groups"),
        pytest.param(rtf("a" * 1001), "at most 1000 characters", id="too long"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(content: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read_rtf(content, "a.rtf", Limits(characters=1000))
    assert str(caught.value).startswith("a.rtf: expected ")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(r"\u99999999?\fs\f99999\bin-5 a\par", id="numbers out of range"),
        pytest.param(r"\itap99\intbl a\nestcell\nestrow\row\cell b\par", id="ends of cells without cells"),
        pytest.param(r"{\footnote{\footnote{\footnote{\footnote{\footnote a}}}}}b\par", id="footnotes in footnotes"),
        pytest.param(r"}}}a\par", id="too many ends"),
        pytest.param("b\\", id="a backslash at the end"),
    ],
)
def test_broken_rtf_gives_what_there_is_or_a_reason(body: str) -> None:
    try:
        text = read_rtf(rtf("x " + body), "a.rtf", LIMITS).text
    except InputError as error:
        text = str(error)
    assert text.strip()


def mht(*parts: tuple[str, bytes], preamble: bytes = b"") -> bytes:
    lines = [b"MIME-Version: 1.0", b'Content-Type: multipart/related; boundary="b"', b"", preamble]
    for header, body in parts:
        lines += [b"--b", header.encode(), b"", body]
    return b"\r\n".join([*lines, b"--b--", b""])


PAGE = "<html><body><p>法治政府建设</p></body></html>"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(mht(('Content-Type: text/html; charset="utf-8"', PAGE.encode())), id="UTF-8"),
        pytest.param(mht(('Content-Type: text/html; charset="gb2312"', PAGE.encode("gb18030"))), id="GB2312"),
        pytest.param(mht(('Content-Type: text/html; charset="unicode"', PAGE.encode("utf-16"))), id="UTF-16, called unicode"),
        pytest.param(mht(("Content-Type: text/html", PAGE.encode("gbk"))), id="no charset"),
        pytest.param(mht(('Content-Type: text/html; charset="us-ascii"', PAGE.encode())), id="a wrong charset"),
        pytest.param(mht(('Content-Type: text/html; charset="none-such"', PAGE.encode())), id="an unknown charset"),
        pytest.param(mht(("Content-Type: text/html; charset=utf-8", PAGE.encode()), ("Content-Type: text/html; charset=utf-8", b"<p>1</p>"), ("Content-Type: image/png", b"x")), id="a running head and a picture"),
        pytest.param(mht(("Content-Type: text/html; charset=gbk", PAGE.encode("gbk")), preamble="此文档为单个文件网页。".encode("gbk")), id="Chinese before the parts"),
        pytest.param(b"\xef\xbb\xbf\r\n" + mht(("Content-Type: text/html; charset=utf-8", PAGE.encode())), id="a mark and an empty line first"),
    ],
)  # fmt: skip
def test_the_page_of_a_web_page_in_one_file_is_decoded(content: bytes) -> None:
    assert html_of_mht(content, "a.doc").strip() == PAGE


def test_its_transfer_encodings_are_undone() -> None:
    import base64
    import quopri

    for name, body in (
        ("base64", base64.encodebytes(PAGE.encode())),
        ("quoted-printable", quopri.encodestring(PAGE.encode())),
    ):
        content = mht((f"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: {name}", body))
        assert html_of_mht(content, "a.mht").strip() == PAGE


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"no message", id="no message"),
        pytest.param(mht(("Content-Type: image/png", b"x")), id="no page in it"),
        pytest.param(b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n--x\r\n", id="no boundary"),
        pytest.param(
            b"".join(b"Content-Type: multipart/related; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(2000)),
            id="messages in messages",
        ),
    ],
)
def test_a_message_without_a_page_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match=r"^a\.mht: expected a web page in one file, got "):
        html_of_mht(content, "a.mht")
