"""Archives and attachments: how each case is made whose page offers a file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from tests.pages.making.cases import Case, Table, blocks, chapters_of, style_of
from tests.pages.making.odt import Odt, letter
from tests.pages.making.ofd import wrapped
from tests.pages.making.printed import saved, sheet
from tests.pages.making.programs import convert, still
from tests.pages.making.sites import Site, link, paragraphs, write_page
from tests.rar_writer import RarMember, rar4, rar5


class GbkInfo(zipfile.ZipInfo):
    """A member whose name is written in GBK without a word about it, as Chinese packers do."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def zipped(members: Sequence[tuple[str, bytes]], *, gbk: bool = True) -> bytes:
    """Return a zip of the members in their order; a name with a slash at its end is a folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            info = (GbkInfo if gbk else zipfile.ZipInfo)(name, (2024, 1, 2, 3, 4, 6))
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, content)
    return out.getvalue()


THUMBS = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
DESKTOP = "[.ShellClassInfo]\r\nInfoTip=年度报告\r\n".encode("gbk")
SHORTCUT = b"[InternetShortcut]\r\nURL=http://www.shitang.test/\r\n"
UNPACK = "请用 WinRAR 5.0 以上版本解压。\r\n".encode("gbk")
LOCK = b"\x04admin" + bytes(48) + "admin".encode("utf-16-le") + bytes(98)


def docx_of(lines: Sequence[str], title: str = "", *, same: tuple[int, ...] = ()) -> bytes:
    """Return a .docx: title, lines and tables with merged cells."""
    document = Document()
    if title:
        document.add_paragraph(title).alignment = WD_ALIGN_PARAGRAPH.CENTER
    before = ""
    for number, block in enumerate(blocks(lines, same=same)):
        if isinstance(block, Table):
            grid = document.add_table(len(block.rows), block.width, style="Table Grid")
            for r, c, deep, wide, text in block.cells():
                cell = grid.cell(r, c)
                if deep > 1 or wide > 1:
                    cell = cell.merge(grid.cell(r + deep - 1, c + wide - 1))
                cell.text = text
            continue
        style = style_of(block, number, before)
        paragraph = document.add_paragraph(
            block if style in {"Addressee", "Annex", "Title", "Right"} else f"　　{block}"
        )
        if style in {"Title", "Right"}:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if style == "Title" else WD_ALIGN_PARAGRAPH.RIGHT
        before = block
    out = io.BytesIO()
    document.save(out)
    return still(out.getvalue())


def word97(lines: Sequence[str], title: str = "", *, numbered: bool = False, same: tuple[int, ...] = ()) -> bytes:
    """Return a .doc."""
    odt = Odt(foot="— # —", numbered=numbered)
    if title:
        odt.add(title, "Title")
    odt.add_lines(blocks(lines, same=same))
    return convert(odt.xml().replace('fo:break-before="page"', "", 1), "fodt", "doc")


def annex_book(lines: Sequence[str], *, chapters: Sequence[str] = (), same: tuple[int, ...] = ()) -> bytes:
    """Return an .xlsx of an annex: its head and its title in rows of their own, then the table."""
    head, title, table = blocks(lines, chapters, same)
    assert isinstance(table, Table)
    return saved(sheet(table, str(title), annex=str(head)))


def zip_folder(case: Case) -> None:
    """The lock file has the ending of the report."""
    place = "鹿坪县2022年度报告/"
    report = docx_of(case.lines, case.title)
    members = [
        (place, b""),
        (f"{place}Thumbs.db", THUMBS),
        (f"{place}desktop.ini", DESKTOP),
        (f"{place}~${case.title[2:]}.docx", LOCK),
    ]
    case.part().write_bytes(zipped([*members, (f"{place}{case.title}.docx", report)]))
    site = Site(case, "鹿坪县人民政府", "网站地图　附件下载说明", "anhui", ("index_number", "issuer", "published"))
    write_page(case, site, "<p>　　请查看附件。</p>", link(case, f"{case.title}.zip"))


def zip_two_annexes(case: Case) -> None:
    """The second annex is stored first."""
    body, first, second = case.split(case.with_own_title("一、总体要求", "附件1", "雾灵市2021年法治政府建设工作安排"))
    book = annex_book(second)
    members = [("附件2：任务清单.xls", convert(book, "xlsx", "xls")), ("附件1：工作安排.docx", docx_of(first))]
    case.part().write_bytes(zipped(members))
    site = Site(
        case,
        "雾灵市人民政府",
        "相关附件请用电脑查看",
        "trs",
        ("index_number", "doc_number", "issuer", "written", "published"),
    )
    write_page(case, site, paragraphs(body), link(case, "打包下载"))


def zip_in_zip(case: Case) -> None:
    """The letterhead is in the file alone; the annexes are one zip deeper."""
    parts = case.split()
    odt = letter(case, Odt(foot="— # —"), parts[0], name=case.fields["issuer"])
    inner = zipped(
        [
            ("附件/", b""),
            ("附件/附件1：工作要点.docx", docx_of(parts[1])),
            ("附件/附件2：考核指标.doc", word97(parts[2])),
        ]
    )
    members = [("松崖县人民政府文件.docx", convert(odt.xml(), "fodt", "docx")), ("附件.zip", inner)]
    case.part().write_bytes(zipped(members))
    site = Site(case, "松崖县人民政府", "技术支持：县大数据中心", "vsb", ())
    write_page(case, site, "<p>请下载。</p>", f'<li>附件【<a href="fujian2020.zip">{case.title}.zip</a>】已下载</li>')


def zip_twice(case: Case) -> None:
    """One report in two forms."""
    odt = letter(case, Odt(foot="— # —"), case.lines)
    name = case.title
    members = [
        (f"{name}.docx", convert(odt.xml(), "fodt", "docx")),
        (f"__MACOSX/._{name}.docx", b"\0\x05\x16\x07\0\x02\0\0Mac OS X" + bytes(160)),
    ]
    members += [
        (f"{name}.pdf", convert(odt.xml(), "fodt", "pdf")),
        (f"__MACOSX/._{name}.pdf", b"\0\x05\x16\x07\0\x02\0\0Mac OS X" + bytes(160)),
    ]
    case.part().write_bytes(zipped(members, gbk=False))
    site = Site(case, "滨望区财政局", "滨公网安备53999902000017号", "anhui", ("issuer", "published"))
    write_page(case, site, "<p>　　详见附件。</p>", link(case, "法治政府建设情况报告（Word版和PDF版）.zip"))


def rar_doc(case: Case) -> None:
    """The main thing is the .doc; shortcut and note are the packer's."""
    members = [
        RarMember("石棠县门户网站.url", SHORTCUT),
        RarMember(f"{case.title}.doc", word97(case.lines, case.title)),
    ]
    case.part().write_bytes(rar4([*members, RarMember("解压说明.txt", UNPACK)]))
    site = Site(case, "石棠县人民政府", "建议使用1024×768分辨率浏览", "table")
    write_page(
        case, site, "<p>全文请点击下面的附件下载，解压后阅读。</p>", link(case, "年度报告.rar"), encoding="gb18030"
    )


def rar_annexes(case: Case) -> None:
    """The archive has the annexes in no order; their names have."""
    body, *annexes = case.split()
    place = "自查自评材料/"
    members = [
        RarMember(place.rstrip("/"), is_folder=True, names="gbk"),
        RarMember(f"{place}表格/附件2 自查清单.xlsx", annex_book(annexes[1], same=(1, 3, 4)), names="gbk"),
        RarMember(f"{place}文字/附件3 自查报告提纲.doc", word97(annexes[2]), names="gbk"),
        RarMember(f"{place}文字/附件1 自查工作方案.docx", docx_of(annexes[0]), names="gbk"),
    ]
    case.part().write_bytes(rar4(members))
    site = Site(
        case,
        "云岚县人民政府",
        "政务微信　联系我们　收藏本站",
        "trs",
        ("index_number", "doc_number", "issuer", "written", "published"),
    )
    write_page(case, site, paragraphs(body), link(case, "附件下载.rar"))


def rar_plan_and_sheet(case: Case) -> None:
    """Only the annex says what it is."""
    plan, annex = case.split()
    members = [
        RarMember(f"{case.title}.docx", docx_of(plan, case.title)),
        RarMember("附件：任务分解表.xlsx", annex_book(annex, same=(1, 3, 5))),
    ]
    case.part().write_bytes(rar5(members))
    site = Site(case, "鹿坪县人民政府", "热点专题", "anhui", ("index_number", "issuer", "written", "published"))
    write_page(case, site, "<p>　　详情请见附件。</p>", link(case, f"{case.title}.rar"))


def rar_zip_text(case: Case) -> None:
    """Lines of 32 characters, two blanks before each paragraph."""
    lines = [f"　　　　{case.title}", ""]
    for number, line in enumerate(case.lines):
        style = style_of(line, number, "")
        blanks = {"Addressee": "", "Right": "　" * 20}.get(style, "　　")
        lines += wrapped(blanks + line, 32, 1)
    text = "\r\n".join(lines).encode("gb18030")
    case.part().write_bytes(rar5([RarMember("棠溪镇.zip", zipped([("2018年报告.txt", text), ("Thumbs.db", THUMBS)]))]))
    site = Site(case, "青禾县棠溪镇人民政府", "电话见首页", "table")
    write_page(case, site, "<p>见附件</p>", link(case, "2018年报告.rar"), encoding="gb18030")


def stub_pdf(case: Case) -> None:
    """The title stands in the file too."""
    odt = letter(case, Odt(head="松崖县2024年法治政府建设年度报告", foot="第#页 共##页"), case.lines)
    case.part().write_bytes(convert(odt.xml(), "fodt", "pdf"))
    site = Site(case, "松崖县人民政府", "无障碍浏览", "trs", ("index_number", "issuer", "published"))
    write_page(case, site, "<p>　　详见附件：</p>", link(case, f"{case.title}.pdf"))


def notice_doc(case: Case) -> None:
    """The annex is numbered by the program."""
    title = "滨望区2016年法治政府建设实施方案"
    body, annex = case.split(case.with_own_title("为贯彻落实国家法治政府建设纲要", "附件", title))
    case.part().write_bytes(word97(annex, numbered=True))
    site = Site(case, "滨望区人民政府", "设为主页　友情链接　责任编辑：区政府办", "jcms", ("doc_number", "written"))
    write_page(case, site, paragraphs(body), link(case, "滨望区2016年法治政府建设实施方案.doc") + "<p>打印本稿</p>")


def page_and_docx(case: Case) -> None:
    """The file is typed otherwise: a spaced title, wide digits, one paragraph of line breaks."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    typed = [line.translate(wide) for line in case.lines]
    document = Document()
    document.add_paragraph(
        " ".join(case.title[:7]) + case.title[7:].translate(wide)
    ).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("\n".join(f"　　{line}" for line in typed[:8]))
    for line in typed[8:]:
        document.add_paragraph(f"　　{line}")
    out = io.BytesIO()
    document.save(out)
    (case.out / "P020240306551.docx").write_bytes(still(out.getvalue()))
    site = Site(
        case,
        "青禾县人民政府",
        "您是第120384位访客　相关阅读",
        "trs",
        ("index_number", "issuer", "written", "published"),
    )
    files = f'<p>相关文件下载：<a href="./P020240306551.docx">{case.title}.docx</a></p>'
    write_page(case, site, paragraphs(case.lines), files)


def page_xlsx(case: Case) -> None:
    """One cell has a line end in it, the second sheet is empty."""
    body, annex = case.split()
    head, title, table = blocks(annex, chapters_of(case), same=(1, 3, 5))
    assert isinstance(table, Table)
    book = sheet(table, str(title), annex=str(head))
    book.active.title = "分工表"
    book.create_sheet("Sheet2")
    for row in book.active.iter_rows():
        for cell in row:
            if cell.value == "县卫生健康局、县消防救援大队":
                cell.value = "县卫生健康局、\n县消防救援大队"
    case.part().write_bytes(saved(book))
    site = Site(case, "云岚县人民政府", "政府邮箱　上一条：无", "jcms", ("doc_number", "issuer", "written"))
    write_page(case, site, paragraphs(body), link(case, "云岚县2022年法治政府建设重点任务分工表.xlsx"))
