"""Typed and printed text files, web archives as Word saves them, and what other programs do to rich text."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Sequence

from tests.pages.making.numbering import CLASSIC
from tests.pages.making.word import INLINE, Lines, merged


def centred(text: str, width: int = 32) -> str:
    """Return a line with full-width blanks before it, so that it stands in the middle of a page."""
    return "　" * ((width - len(text)) // 2) + text


def typed(lines: Lines, title: Lines, signature: int = 2) -> list[str]:
    """Return paragraphs as they are typed into a text file: centred title, indents, signature at the right."""
    out = [*map(centred, title), ""]
    body, signed = lines[:-signature], lines[-signature:]
    out += [line if n == 0 and line.endswith(("：", ":")) else "　　" + line for n, line in enumerate(body)]
    return [*out, "", *("　" * 20 + line for line in signed)]


def printed(lines: Lines, title: Lines, width: int, height: int, head: str) -> str:
    """Return pages as a print program writes them: cut lines, running heads, page numbers, form feeds."""
    rows = [row[n : n + width] for row in typed(lines, title) for n in range(0, len(row), width)]
    pages = [rows[n : n + height] for n in range(0, len(rows), height)]
    shapes = ("- {} -", "第{}页", "— {} —")
    out = []
    for n, page in enumerate(pages, 1):
        foot = " " * 28 + shapes[(n - 1) % len(shapes)].format(n)
        out.append("\n".join([*([head, ""] if n > 1 else []), *page, "", foot, ""]))
    return "\f".join(out)


def web_page(lines: Lines, title: str, header: str, fill: tuple[int, ...]) -> bytes:
    """Return what Word saves as a single file web page: MIME parts of an HTML body, its header file and a file list."""
    notes: list[str] = []
    remarks: list[str] = []
    out, n = [f"<p class=MsoTitle align=center style='text-align:center'><b><span lang=ZH-CN>{title}</span></b></p>"], 0
    while n < len(lines):
        if "\t" in lines[n]:
            end = next((m for m in range(n, len(lines)) if "\t" not in lines[m]), len(lines))
            out.append(web_table([line.split("\t") for line in lines[n:end]], fill))
            n = end
            continue
        out.append(web_paragraph(lines[n], notes, remarks))
        n += 1
    foot = "".join(
        f"<div style='mso-element:footnote' id=ftn{k}><p class=MsoFootnoteText><a style='mso-footnote-id:ftn{k}' href=\"#_ftnref{k}\" "
        f"name=\"_ftn{k}\"><span class=MsoFootnoteReference><span style='mso-special-character:footnote'>[{k}]</span></span></a> {note}</p></div>"
        for k, note in enumerate(notes, 1)
    )
    said = "".join(
        f"<div style='mso-element:comment'><div id=\"_com_{k}\" class=msocomtxt><span style='mso-comment-author:审核员'></span>"
        f"<p class=MsoCommentText><span class=MsoCommentReference>[审{k}]</span>{remark}</p></div></div>"
        for k, remark in enumerate(remarks, 1)
    )
    page = WEB_HEAD + f"<div class=Section1 style='layout-grid:15.6pt'>{chr(10).join(out)}</div>"
    page += f"<div style='mso-element:footnote-list'><br clear=all><hr align=left size=1 width=\"33%\">{foot}</div>"
    page += f"<div style='mso-element:comment-list'><hr class=msocomoff align=left size=1 width=\"33%\">{said}</div></body></html>"
    beside = WEB_BESIDE.format(header=header)
    parts = (("sfj2023.htm", "text/html", page), ("sfj2023.files/header.htm", "text/html", beside))
    return mime([*parts, ("sfj2023.files/filelist.xml", "text/xml", '<xml><o:MainFile HRef="../sfj2023.htm"/></xml>')])


WEB_HEAD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312"><meta name=ProgId content=Word.Document>
<meta name=Generator content="Microsoft Word 11"><link rel=File-List href="sfj2023.files/filelist.xml">
<title>关于召开全县安全生产工作会议的通知</title><!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>微软用户</o:Author>
<o:Created>2013-05-06T00:00:00Z</o:Created></o:DocumentProperties></xml><![endif]--><!--[if gte mso 9]><xml><w:WordDocument>
<w:View>Print</w:View><w:TrackRevisions/></w:WordDocument></xml><![endif]--><style><!--
 p.MsoNormal, li.MsoNormal, div.MsoNormal {mso-style-parent:""; margin:0cm; text-indent:32.0pt; font-size:16.0pt;
 font-family:"Times New Roman"; mso-fareast-font-family:仿宋_GB2312;} span.msoDel {mso-style-type:export-only; color:red;}
@page Section1 {size:595.3pt 841.9pt; mso-header:url("sfj2023.files/header.htm") h1; mso-footer:url("sfj2023.files/header.htm") f1;}
div.Section1 {page:Section1;} --></style></head>
<body lang=ZH-CN style='tab-interval:21.0pt;text-justify-trim:punctuation'>
"""
WEB_BESIDE = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=gb2312"></head><body>
<div style='mso-element:footnote-separator' id=fs><p class=MsoNormal><span style='mso-special-character:footnote-separator'>
<![if !supportFootnotes]><hr align=left size=1 width="33%"><![endif]></span></p></div>
<div style='mso-element:header' id=h1><p class=MsoHeader>{header}</p></div>
<div style='mso-element:footer' id=f1><p class=MsoFooter>第<!--[if supportFields]><span style='mso-element:field-begin'></span>
PAGE<span style='mso-element:field-separator'></span><![endif]-->1<!--[if supportFields]><span style='mso-element:field-end'>
</span><![endif]-->页</p></div></body></html>"""


def web_paragraph(line: str, notes: list[str], remarks: list[str]) -> str:
    """Return a paragraph as Word writes it, with the number that a list made in a span of its own."""
    number = ""
    for level in CLASSIC[:2]:
        if found := re.match(level.pattern, line):
            ignore = f"<span style='mso-list:Ignore'>{found[0]}<span style='font:7.0pt \"Times New Roman\"'>&nbsp; </span></span>"
            number = f"<![if !supportLists]><span lang=EN-US>{ignore}</span><![endif]>"
            line = line[found.end() :]
            break

    def mark(found: re.Match[str]) -> str:
        sign, text = found[1], found[2]
        if sign == "-":
            return f'<span class=msoDel><del cite="mailto:审核员" datetime="2024-01-02T03:04">{text}</del></span>'
        if sign == "+":
            return f'<span class=msoIns><ins cite="mailto:审核员" datetime="2024-01-02T03:04">{text}</ins></span>'
        if sign == "~":
            return f"<span style='display:none;mso-hide:all'>{text}</span>"
        if sign == "^":
            notes.append(text)
            k = len(notes)
            shown = f"<span class=MsoFootnoteReference><span style='mso-special-character:footnote'>[{k}]</span></span>"
            return f'<a style=\'mso-footnote-id:ftn{k}\' href="#_ftn{k}" name="_ftnref{k}" title="">{shown}</a>'
        label, _, remark = text.partition("|")
        remarks.append(remark)
        k = len(remarks)
        shown = f'<span class=MsoCommentReference><a class=msocomanchor href="#_msocom_{k}">[审{k}]</a></span>'
        return f"<a style='mso-comment-reference:审_{k};mso-comment-date:20240102T0304'>{label}</a>{shown}"

    text = INLINE.sub(mark, line)
    return f"<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'>{number}<span lang=ZH-CN>{text}</span></p>"


def web_table(cells: Sequence[Lines], fill: tuple[int, ...]) -> str:
    """Return a table as Word writes it, with row spans."""
    out = ["<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse'>"]
    for n, values in enumerate(cells):
        out.append(" <tr>")
        for c, value in enumerate(values):
            merge = merged(cells, n, c, fill, ())
            span = 1
            while merge == "first" and n + span < len(cells) and merged(cells, n + span, c, fill, ()) == "more":
                span += 1
            if merge != "more":
                rows = f" rowspan={span}" if span > 1 else ""
                out.append(f"  <td width=120{rows} valign=top><p class=MsoNormal>{value}<o:p></o:p></p></td>")
        out.append(" </tr>")
    return "\n".join([*out, "</table>"])


def mime(parts: Iterable[tuple[str, str, str]]) -> bytes:
    """Return a multipart/related message of parts in quoted-printable gb2312."""
    bound = "----=_NextPart_01DA3D2A.6B0F3C40"
    out = [f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="{bound}"\r\n\r\n'
           "本文档为“单个文件网页”，亦称为“Web 档案”文件。\r\n".encode("gb18030")]  # fmt: skip
    for name, kind, text in parts:
        charset = "gb2312" if kind == "text/html" else "utf-8"
        code = text.replace("\n", "\r\n").encode("gb18030" if charset == "gb2312" else charset)
        body = quopri.encodestring(code.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
        head = f"Content-Location: file:///C:/8A2B6F10/{name}\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        out.append(f'\r\n--{bound}\r\n{head}Content-Type: {kind}; charset="{charset}"\r\n\r\n'.encode() + body)
    return b"".join([*out, f"\r\n--{bound}--\r\n".encode()])


def two_byte_rtf(content: bytes) -> bytes:
    """Return rich text whose characters are written in code page 936, as programs before Unicode wrote them."""

    def escapes(found: re.Match[bytes]) -> bytes:
        code = int(found[1]) % 65536
        return b"".join(b"\\'%02x" % byte for byte in chr(code).encode("gb18030"))

    text = re.sub(rb"\\u(-?\d+) ?\\'[0-9a-f]{2}(?:\\'[0-9a-f]{2})?", escapes, content)
    text = text.replace(b"\\fcharset0 ", b"\\fcharset134 ")
    return re.sub(rb"\\ansi(?:\\ansicpg\d+)?(?=\\)", lambda _: rb"\ansi\ansicpg936", text, count=1)


def whole_levels(content: bytes) -> bytes:
    """Return rich text whose list levels have the punctuation that LibreOffice loses when it writes them."""
    text = content.replace(rb"\'02\'00\'3f", rb"\'02\'00\u12289\'3f")
    return text.replace(rb"\'03\'28\'01\'29", rb"\'03\u65288\'28\'01\u65289\'29")
