import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK
from PIL import Image

from pipeline.errors import InputError
from pipeline.files.ocr import PictureLine, PictureText
from pipeline.files.record import FileText, Limits
from pipeline.files.word import read_docx
from pipeline.files.word_numbering import format_number

OOXML = "http://schemas.openxmlformats.org"
SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": f"{OOXML}/wordprocessingml/2006/main",
        "r": f"{OOXML}/officeDocument/2006/relationships",
        "m": f"{OOXML}/officeDocument/2006/math",
        "mc": f"{OOXML}/markup-compatibility/2006",
        "wp": f"{OOXML}/drawingml/2006/wordprocessingDrawing",
        "a": f"{OOXML}/drawingml/2006/main",
        "pic": f"{OOXML}/drawingml/2006/picture",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
RELATION = '<Relationship Id="{}" Type="{}/officeDocument/2006/relationships/{}" Target="{}"/>'
PICTURE = "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"


def relations(*rows: tuple[str, str, str]) -> str:
    inside = "".join(RELATION.format(each, OOXML, kind, target) for each, kind, target in rows)
    return f'<Relationships xmlns="{OOXML}/package/2006/relationships">{inside}</Relationships>'


def packed(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return buffer.getvalue()


def parts(body: str, **others: str) -> dict[str, str | bytes]:
    """The parts of a Word file with *body*; *others* are the insides of styles, numbering, footnotes and so on."""
    rows = [(f"r{kind}", kind, f"{kind}.xml") for kind in others]
    rows += [("page", "aFChunk", "chunk.html"), ("other", "aFChunk", "chunk.rtf")]
    found: dict[str, str | bytes] = {
        "_rels/.rels": relations(("r1", "officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/_rels/document.xml.rels": relations(*rows),
    }
    return found | {f"word/{kind}.xml": f"<w:{kind} {SPACES}>{inside}</w:{kind}>" for kind, inside in others.items()}


def read(body: str, **others: str) -> FileText:
    return read_docx(packed(parts(body, **others)), "plan.docx", Limits())


def lines(body: str, **others: str) -> list[str]:
    return read(body, **others).text.splitlines()


def t(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content: str, properties: str = "") -> str:
    """A paragraph: of text, or of what is already markup."""
    inside = content if content.startswith("<") or not content else t(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def item(text: str, level: int = 0, num: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def level(place: int, style: str, pattern: str, more: str = "", start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{pattern}"/></w:lvl>'


def abstract(*levels: str, number: int = 0) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num(number: int = 1, of: int = 0, overrides: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def starts_at(place: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{place}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def style(name: str, properties: str = "", based_on: str = "", style_id: str = "", run: str = "") -> str:
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id or name}"><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def styled(text: str, style_id: str) -> str:
    return p(text, f'<w:pStyle w:val="{style_id}"/>')


def table(*rows: str, grid: str = "") -> str:
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tc(content: str = "", properties: str = "") -> str:
    inside = content if content.startswith("<w:") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def span(count: int) -> str:
    return f'<w:gridSpan w:val="{count}"/>'


def box(content: str) -> str:
    """A text box as Word writes it: once for itself, once for older programs."""
    new = f"<w:drawing><wp:anchor><wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></wp:anchor></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>"
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>'


def mark(kind: str, inside: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>'


def instruction(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def complex_field(code: str, result: str) -> str:
    return mark("begin") + instruction(code) + mark("separate") + result + mark("end")


# Numbers


@pytest.mark.parametrize(
    ("number", "number_format", "expected"),
    [
        pytest.param(3, "chineseCounting", "三", id="the format of most lists"),
        pytest.param(10, "chineseCounting", "十", id="ten has no one"),
        pytest.param(19, "chineseCounting", "十九", id="nor have the teens"),
        pytest.param(20, "chineseCounting", "二十", id="no zero behind tens"),
        pytest.param(99, "chineseCounting", "九十九", id="last one that is spelled"),
        pytest.param(101, "chineseCounting", "一○一", id="digit by digit from a hundred on"),
        pytest.param(101, "chineseCountingThousand", "一百〇一", id="articles of a long rule"),
        pytest.param(110, "chineseCountingThousand", "一百一十", id="ten inside a hundred has its one"),
        pytest.param(1001, "chineseCountingThousand", "一千〇一", id="one zero for two places"),
        pytest.param(11, "ideographDigital", "一一", id="digits"),
        pytest.param(20, "ideographDigital", "二〇", id="digits with a zero"),
        pytest.param(12, "japaneseCounting", "十二", id="what older templates have"),
        pytest.param(111, "japaneseCounting", "百十一", id="hundred without one"),
        pytest.param(105, "taiwaneseCountingThousand", "一百零五", id="traditional counting"),
        pytest.param(10, "chineseLegalSimplified", "壹拾", id="numerals of accounts keep their one"),
        pytest.param(12, "decimal", "12", id="digits as such"),
        pytest.param(12, "decimalFullWidth", "１２", id="wide digits"),
        pytest.param(5, "decimalZero", "05", id="with a leading zero"),
        pytest.param(20, "decimalEnclosedCircle", "⑳", id="last ring"),
        pytest.param(21, "decimalEnclosedCircleChinese", "21", id="no ring for it in Word"),
        pytest.param(3, "decimalEnclosedParen", "⑶", id="in brackets"),
        pytest.param(28, "lowerLetter", "bb", id="letters are doubled, not counted on to ab"),
        pytest.param(27, "upperLetter", "AA", id="upper letters"),
        pytest.param(14, "lowerRoman", "xiv", id="lower Roman"),
        pytest.param(1999, "upperRoman", "MCMXCIX", id="upper Roman"),
        pytest.param(10**9, "upperRoman", "1000000000", id="too large to be spelled out"),
        pytest.param(10**9, "lowerLetter", "1000000000", id="nor repeated"),
        pytest.param(2, "ideographTraditional", "乙", id="stems"),
        pytest.param(0, "chineseCounting", "0", id="a list from nought"),
        pytest.param(7, "none", "", id="no number"),
        pytest.param(7, "hebrew1", None, id="a format of another country is told, not guessed"),
    ],
)
def test_a_number_is_written_in_the_format_of_its_level(number: int, number_format: str, expected: str | None) -> None:
    assert format_number(number, number_format) == expected


CHAPTERS = abstract(
    level(0, "chineseCounting", "%1、", '<w:suff w:val="nothing"/>'),
    level(1, "chineseCounting", "（%2）", '<w:suff w:val="nothing"/>'),
    level(2, "decimal", "%3."),
    level(3, "decimalEnclosedCircleChinese", "%4"),
)


def test_the_levels_of_a_list_count_and_begin_again_below_each_other() -> None:
    body = "".join([
        item("总体要求"), item("指导思想", 1), item("工作目标", 1), item("主要任务"), item("依法决策", 1),
        item("审查清单", 2), item("Law reviews", 2), item("2025年底前完成审查", 2), item("逐项登记", 3), p("正文一段。"), item("组织保障"),
    ])  # fmt: skip
    assert lines(body, numbering=CHAPTERS + num()) == [
        "一、总体要求", "（一）指导思想", "（二）工作目标", "二、主要任务", "（一）依法决策",
        "1.审查清单", "2. Law reviews", "3. 2025年底前完成审查", "①逐项登记", "正文一段。", "三、组织保障",
    ]  # fmt: skip


RULES = abstract(
    level(0, "chineseCountingThousand", "第%1章"),
    level(1, "chineseCountingThousand", "第%2条　", '<w:lvlRestart w:val="0"/>'),
)
OUTLINE = abstract(
    level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
)


@pytest.mark.parametrize(
    ("numbering", "body", "expected"),
    [
        pytest.param(
            RULES + num(), [item("总则"), item("甲", 1), item("乙", 1), item("职责"), item("丙", 1)],
            ["第一章 总则", "第一条 甲", "第二条 乙", "第二章 职责", "第三条 丙"], id="articles run on through the chapters",
        ),
        pytest.param(
            OUTLINE + num(), [item("总则"), item("目标", 1), item("细目", 2)],
            ["第一章 总则", "一.1 目标", "1.1.1 细目"], id="legal numbering shows every level in digits",
        ),
        pytest.param(
            OUTLINE + num(), [item("先有节", 1), item("后有章")], ["一.1 先有节", "第二章 后有章"],
            id="a level that is jumped over counts as begun",
        ),
        pytest.param(
            abstract(level(0, "decimal", "%1、", start=5)) + num(), [item("甲"), item("乙")], ["5、甲", "6、乙"], id="a list that starts at five",
        ),
        pytest.param(
            abstract(level(0, "decimal", "%1、")) + num(1) + num(2), [item("甲"), item("乙"), item("丙", num=2)],
            ["1、甲", "2、乙", "3、丙"], id="two lists of one definition count on together",
        ),
        pytest.param(
            abstract(level(0, "decimal", "%1、")) + num(1) + num(2, overrides=starts_at(0, 1)),
            [item("甲"), item("乙"), item("丙", num=2), item("丁", num=2)],
            ["1、甲", "2、乙", "1、丙", "2、丁"], id="unless one of them has a start of its own",
        ),
        pytest.param(
            abstract(level(0, "decimal", "%1、")) + abstract(level(0, "decimal", "%1、"), number=1) + num(1) + num(2, 1),
            [item("甲"), item("乙", num=2), item("丙")], ["1、甲", "1、乙", "2、丙"], id="two definitions count apart",
        ),
        pytest.param(
            abstract(level(0, "decimal", "%1、")) + num(1, overrides=f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1. ")}</w:lvlOverride>'),
            [item("Alpha"), item("乙")], ["A. Alpha", "B.乙"], id="an instance that replaces a level",
        ),
        pytest.param(
            abstract(level(0, "bullet", "\uf06c")) + num(), [item("甲"), item("乙")], ["甲", "乙"], id="a bullet is no number",
        ),
        pytest.param(
            abstract(level(0, "none", "附件：")) + num(), [item("清单")], ["附件：清单"], id="words without a number",
        ),
        pytest.param(abstract(level(0, "none", "")) + num(), [item("甲")], ["甲"], id="neither words nor a number"),
        pytest.param(
            abstract(level(0, "decimal", "%1、")) + num(), [item("甲"), p("乙", '<w:numPr><w:numId w:val="0"/></w:numPr>'), item("丙")],
            ["1、甲", "乙", "2、丙"], id="list 0 is no list",
        ),
        pytest.param(
            abstract(level(0, "decimal", "%1、")) + num(), [item("甲", num=7)], ["甲"], id="a list that is nowhere defined",
        ),
        pytest.param(
            abstract(level(0, "decimal", "%1、")) + num(), [item("甲"), item(""), item("丙")], ["1、甲", "3、丙"],
            id="an empty paragraph of a list is counted and not shown",
        ),
        pytest.param(
            abstract(level(0, "decimal", "%1、")) + num(), [item("甲"), item(t("乙", "<w:vanish/>")), item("丙")],
            ["1、甲", "3、丙"], id="hidden words leave a paragraph its place in the count",
        ),
        pytest.param(
            abstract(level(0, "decimal", "%1.", '<w:suff w:val="nothing"/>')) + num(), [item("Law")], ["1.Law"], id="no room behind the number",
        ),
        pytest.param(
            '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><mc:AlternateContent><mc:Choice Requires="w14">'
            '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback>'
            '</mc:AlternateContent><w:lvlText w:val="%1号"/></w:lvl></w:abstractNum>' + num(),
            [item("甲")], ["001号甲"], id="filled up with zeros",
        ),
    ],
)  # fmt: skip
def test_numbers_are_printed_as_word_shows_them(numbering: str, body: list[str], expected: list[str]) -> None:
    assert lines("".join(body), numbering=numbering) == expected


def test_numbers_come_through_styles() -> None:
    numbered = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'.format
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    styles = (
        style("heading 1", numbered(0), style_id="1") + style("heading 2", '<w:numPr><w:numId w:val="1"/></w:numPr>', style_id="2")
        + style("县级一级标题", based_on="1", style_id="mine") + style("无号标题", off, based_on="1", style_id="plain")
    )  # fmt: skip
    numbering = (
        abstract(level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="2"/>'))
        + num()
    )
    body = styled("甲", "1") + styled("乙", "2") + styled("丙", "mine") + styled("丁", "plain")
    body += p("戊", f'<w:pStyle w:val="1"/>{off}') + styled("己", "1")
    assert lines(body, styles=styles, numbering=numbering) == ["一、甲", "（一）乙", "二、丙", "丁", "戊", "三、己"]


def test_a_list_that_names_a_style_has_its_levels() -> None:
    styles = '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="L"/></w:abstractNum>'
        + abstract(level(0, "decimal", "（%1）"), number=1)
        + num(1, 0)
        + num(2, 1)
    )
    assert lines(item("甲") + item("乙"), styles=styles, numbering=numbering) == ["（1）甲", "（2）乙"]


def test_an_unknown_number_format_is_printed_in_digits_and_reported() -> None:
    found = read(item("甲"), numbering=abstract(level(0, "thaiCounting", "%1、")) + num())
    assert found.text == "1、甲\n"
    assert found.notes == ("编号格式无法识别（thaiCounting），按阿拉伯数字写出",)


# Characters


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(p("云岚县人民政府"), ["云岚县人民政府"], id="a paragraph"),
        pytest.param(p(t("云岚") + t("县")), ["云岚县"], id="runs are no words"),
        pytest.param(p("") + p("　") + p("甲"), ["甲"], id="empty paragraphs are nothing"),
        pytest.param(p("<w:r><w:t> 甲\n</w:t></w:r>"), ["甲"], id="blanks that nobody asked to keep"),
        pytest.param(p("　　甲"), ["　　甲"], id="an indent that was typed"),
        pytest.param(p("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/><w:t>丙</w:t></w:r>"), ["甲", "乙", "丙"], id="line breaks"),
        pytest.param(p("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>"), ["甲 乙"], id="a tab in a paragraph parts no cells"),
        pytest.param(
            p("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:softHyphen/><w:t>C\u00adD</w:t></w:r>"), ["A-BCD"], id="hyphens"
        ),
        pytest.param(p(f"<w:hyperlink>{t('甲')}</w:hyperlink><w:smartTag>{t('乙')}</w:smartTag>"), ["甲乙"], id="link and smart tag"),
        pytest.param(
            control(p(control(t("甲")))), ["甲"], id="content controls"
        ),
        pytest.param(
            p(f"<w:r><w:ruby><w:rubyPr/><w:rt>{t('lán')}</w:rt><w:rubyBase>{t('岚')}</w:rubyBase></w:ruby></w:r>"), ["岚"], id="reading aids"
        ),
        pytest.param(p(complex_field(' DATE \\@ "yyyy" ', t("2024"))), ["2024"], id="the result of a field"),
        pytest.param(p(f'<w:fldSimple w:instr="AUTHOR">{t("张三")}</w:fldSimple>'), ["张三"], id="a simple field"),
        pytest.param(
            p(complex_field("IF 1 = " + "", complex_field("PAGE", t("7")) + t("页"))), ["7页"], id="a field in the result of another"
        ),
        pytest.param(
            p(mark("begin") + instruction("IF ") + complex_field("PAGE", t("7")) + mark("separate") + t("甲") + mark("end")), ["甲"],
            id="a field in the instruction of another",
        ),
        pytest.param(p(mark("begin") + instruction("PAGE") + t("甲")) + p("乙"), ["甲", "乙"], id="a field without end hides nothing"),
        pytest.param(p(t("甲") + mark("separate") + mark("end") + t("乙")), ["甲乙"], id="an end without a field ends nothing"),
        pytest.param(p(mark("begin") + instruction("eq \\o\\ac(○,") + t("3") + instruction(")") + mark("end") + t("甲")), ["③甲"], id="a ringed number"),
        pytest.param(p(mark("begin") + instruction("EQ \\f(2,3)") + mark("end")), ["2/3"], id="a drawn fraction"),
        pytest.param(
            p(mark("begin", '<w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData>') + instruction("FORMCHECKBOX") + mark("end") + t("是")),
            ["☑是"], id="a check box of a form",
        ),
        pytest.param(
            p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t><w:sym w:font="Wingdings" w:char="F0A8"/><w:t>否</w:t></w:r>'),
            ["☑是□否"], id="check boxes of Wingdings",
        ),
        pytest.param(p('<w:r><w:sym w:font="Wingdings 2" w:char="0052"/></w:r>' + t("£", '<w:rFonts w:ascii="Wingdings 2"/>')), ["☑□"], id="letters of a picture font"),
        pytest.param(p('<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>95%</w:t></w:r>'), ["≥95%"], id="a sign of a picture font"),
        pytest.param(p(t("甲", '<w:rFonts w:ascii="Wingdings"/>')), ["甲"], id="Chinese is not in a picture font"),
        pytest.param(
            p("<m:oMath><m:r><m:t>S=</m:t></m:r><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
              "<m:sSup><m:e><m:r><m:t>h</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"),
            ["S=(a+b)/2h²"], id="an equation",
        ),
        pytest.param(p("<w:proofErr/>") + p(t("甲") + '<w:bookmarkStart w:id="1"/>'), ["甲"], id="marks without text"),
    ],
)  # fmt: skip
def test_a_paragraph_reads_as_word_shows_it(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(p("甲") + p('<w:r><w:br w:type="page"/></w:r>') + p("乙"), "甲\n\f乙\n", id="between paragraphs"),
        pytest.param(p('<w:r><w:t>甲</w:t><w:br w:type="page"/><w:t>乙</w:t></w:r>'), "甲\n\f乙\n", id="inside one"),
        pytest.param(p("甲") + p("乙", "<w:pageBreakBefore/>"), "甲\n\f乙\n", id="before one"),
        pytest.param(
            p('<w:r><w:br w:type="page"/><w:br w:type="page"/></w:r>') + p("甲"), "甲\n", id="an empty page is none"
        ),
        pytest.param(p("甲") + p("乙", '<w:pageBreakBefore w:val="0"/>'), "甲\n乙\n", id="switched off"),
    ],
)
def test_a_page_ends_with_a_form_feed(body: str, expected: str) -> None:
    assert read(body).text == expected


def test_a_number_stands_behind_the_page_break_of_its_paragraph() -> None:
    body = p("甲") + item('<w:r><w:br w:type="page"/><w:t>乙</w:t></w:r>')
    assert read(body, numbering=CHAPTERS + num()).text == "甲\n\f一、乙\n"


# What is left out, and said to be


INS, DEL = '<w:ins w:id="1">{}</w:ins>', '<w:del w:id="2">{}</w:del>'


@pytest.mark.parametrize(
    ("body", "expected", "note"),
    [
        pytest.param(p(t("完成") + INS.format(t("全部")) + DEL.format("<w:r><w:delText>部分</w:delText></w:r>") + t("任务")), ["完成全部任务"], "插入1处、删除1处", id="words"),
        pytest.param(p("甲", '<w:rPr><w:del w:id="1"/></w:rPr>') + p("乙"), ["甲乙"], "删除1处", id="a deleted paragraph mark joins"),
        pytest.param(p("甲", '<w:rPr><w:ins w:id="1"/></w:rPr>') + p("乙"), ["甲", "乙"], "插入1处", id="an inserted one parts"),
        pytest.param(
            p(f'<w:moveFrom w:id="1">{t("甲")}</w:moveFrom>', '<w:rPr><w:moveFrom w:id="1"/></w:rPr>') + p("乙") + p(f'<w:moveTo w:id="2">{t("甲")}</w:moveTo>'),
            ["乙", "甲"], "插入1处、删除2处", id="a paragraph that was moved",
        ),
        pytest.param(
            table(tr(tc("甲"), tc("乙")), tr(tc("丙"), tc("丁"), properties='<w:del w:id="1"/>')), ["甲\t乙"], "删除1处", id="a deleted row"
        ),
        pytest.param(p(t("甲") + DEL.format(mark("begin") + instruction("PAGE") + mark("end")) + t("乙")), ["甲乙"], "删除1处", id="a deleted field"),
    ],
)  # fmt: skip
def test_tracked_changes_are_accepted_and_reported(body: str, expected: list[str], note: str) -> None:
    found = read(body)
    assert found.text.splitlines() == expected
    assert len(found.notes) == 1
    assert note in found.notes[0]


def test_a_change_of_looks_alone_is_not_reported() -> None:
    assert read(p(t("甲", '<w:rPrChange w:id="1"><w:rPr><w:vanish/></w:rPr></w:rPrChange>'))).notes == ()


def test_a_deleted_list_paragraph_is_not_counted() -> None:
    gone = p(
        DEL.format("<w:r><w:delText>乙</w:delText></w:r>"),
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="9"/></w:rPr>',
    )
    assert lines(item("甲") + gone + item("丙"), numbering=CHAPTERS + num()) == ["一、甲", "二、丙"]


HIDDEN_STYLE = style("密", run="<w:vanish/>") + style("密二", based_on="密")


@pytest.mark.parametrize(
    ("body", "expected", "count"),
    [
        pytest.param(p(t("甲") + t("草稿", "<w:vanish/>") + t("乙")), ["甲乙"], 2, id="words"),
        pytest.param(p("甲") + styled("草稿", "密二") + p("乙"), ["甲", "乙"], 2, id="through a style"),
        pytest.param(p("甲") + p(t("露", '<w:vanish w:val="0"/>'), '<w:pStyle w:val="密"/>') + p("乙"), ["甲", "露乙"], 0, id="shown in spite of its style"),
        pytest.param(p(t("总则", "")  , "<w:rPr><w:vanish/><w:specVanish/></w:rPr>") + p("。本县……"), ["总则。本县……"], 0, id="a hidden paragraph mark joins"),
    ],
)  # fmt: skip
def test_hidden_text_is_left_out_and_counted(body: str, expected: list[str], count: int) -> None:
    found = read(body, styles=HIDDEN_STYLE)
    assert found.text.splitlines() == expected
    assert found.notes == ((f"隐藏文字{count}字，未计入正文",) if count else ())


def test_comments_and_prompts_are_left_out_and_reported() -> None:
    empty = "<w:showingPlcHdr/>"
    body = p(t("甲") + '<w:commentRangeStart w:id="4"/><w:r><w:commentReference w:id="4"/></w:r>')
    body += p(control(t("单击此处输入", '<w:rStyle w:val="ph"/>'), empty)) + p(control(t("已填好的内容"), empty))
    found = read(
        body,
        styles=style("Placeholder Text", style_id="ph"),
        comments=f'<w:comment w:id="4">{p("此处再议")}</w:comment>',
    )
    assert found.text == "甲\n已填好的内容\n"
    assert found.notes == ("文档有1条批注，未计入正文", "1处未填写的提示语，已略去")


def test_a_symbol_that_looks_like_no_character_is_reported() -> None:
    found = read(p('<w:r><w:t>甲</w:t><w:sym w:font="Webdings" w:char="F05A"/></w:r>'))
    assert (found.text, found.notes) == ("甲\n", ("1个特殊符号没有对应的文字，已略去",))


# Text boxes, notes, contents


def test_text_boxes_are_read_once_at_their_anchor() -> None:
    body = (
        p("首段。") + p(box(p("云岚县文件") + p("内部")) + t("正文。")) + p(t("前文。") + box(p("提示")) + t("后文。"))
    )
    assert lines(body) == ["首段。", "云岚县文件", "内部", "正文。", "前文。后文。", "提示"]


def test_old_text_boxes_and_lettering_are_read() -> None:
    old = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p('旧框')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    red = '<w:r><w:pict><v:shape><v:textpath string="青禾县人民政府文件"/></v:shape></w:pict></w:r>'
    assert lines(p(red) + p(old) + p("正文。")) == ["青禾县人民政府文件", "旧框", "正文。"]


def test_a_text_box_in_a_cell_stays_in_the_cell() -> None:
    assert lines(table(tr(tc("甲"), tc(p(t("乙") + box(p("框"))))))) == ["甲\t乙框"]


def test_a_list_does_not_count_what_stands_in_text_boxes_and_notes() -> None:
    note = f'<w:footnote w:id="2">{item("注内")}</w:footnote>'
    body = (
        item("甲")
        + p(t("乙") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + box(item("框内") + item("框内二")))
        + item("丙")
    )
    assert lines(body, numbering=abstract(level(0, "decimal", "%1、")) + num(), footnotes=note) == [
        "1、甲", "乙", "1、框内", "2、框内二", "1、注内", "2、丙",
    ]  # fmt: skip


def test_an_initial_over_several_lines_belongs_to_the_paragraph_below() -> None:
    assert lines(p("为", '<w:framePr w:dropCap="drop" w:lines="2"/>') + p("进一步加强。")) == ["为进一步加强。"]


NOTES = f'<w:footnote w:type="separator" w:id="0">{p("——")}</w:footnote><w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>" + t(" 数据截至年底。"))}</w:footnote>'


def test_a_footnote_follows_the_paragraph_with_its_mark() -> None:
    body = p(t("办结率达98%") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + t("。")) + p("次段。")
    assert lines(body, footnotes=NOTES) == ["办结率达98%。", "数据截至年底。", "次段。"]


def test_a_mark_of_its_own_is_no_text() -> None:
    body = p(t("甲") + '<w:r><w:endnoteReference w:customMarkFollows="1" w:id="3"/><w:t>*</w:t></w:r>')
    assert lines(body, endnotes=f'<w:endnote w:id="3">{p("尾注。")}</w:endnote>') == ["甲", "尾注。"]


def test_a_footnote_of_a_table_follows_the_table() -> None:
    noted = tc(p(t("乙") + '<w:r><w:footnoteReference w:id="2"/></w:r>'))
    assert lines(table(tr(tc("甲"), noted), tr(tc("丙"), tc("丁"))), footnotes=NOTES) == [
        "甲\t乙",
        "丙\t丁",
        "数据截至年底。",
    ]


def test_a_table_of_contents_is_marked_as_furniture() -> None:
    entries = [
        mark("begin")
        + instruction(' TOC \\o "1-3" ')
        + mark("separate")
        + t("一、总体要求")
        + "<w:r><w:tab/></w:r>"
        + t("1"),
        t("二、主要任务") + t(" 2"),
    ]
    body = p("目　录") + "".join(map(p, entries)) + p(mark("end")) + p("一、总体要求") + p("正文。")
    found = read(body)
    assert found.text.splitlines() == ["目　录", "一、总体要求 1", "二、主要任务 2", "一、总体要求", "正文。"]
    assert [(found.text[cut.start : cut.end], cut.reason) for cut in found.furniture] == [
        ("目　录\n一、总体要求 1\n二、主要任务 2", "contents list")
    ]


def test_contents_are_told_by_their_control_or_style_too() -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    body = (
        control(p("目录") + p("总则 1"), gallery)
        + p("正文。")
        + styled("附则……3", "TOC1")
        + styled("只是样式用错的一段。", "TOC1")
    )
    found = read(body, styles=style("toc 1", style_id="TOC1"))
    assert [found.text[cut.start : cut.end] for cut in found.furniture] == ["目录\n总则 1", "附则……3"]


def test_a_long_paragraph_inside_a_contents_field_is_text() -> None:
    body = p(mark("begin") + instruction("TOC") + mark("separate") + t("总则 1")) + p("本县" * 100) + p(mark("end"))
    found = read(body)
    assert [found.text[cut.start : cut.end] for cut in found.furniture] == ["总则 1"]


def test_the_style_title_is_the_title_and_a_heading_is_not() -> None:
    body = styled("云岚县法治政府建设要点", "a3") + styled("一、总则", "1") + p("正文。")
    found = read(
        body, styles=style("Title", style_id="a3") + style("heading 1", style_id="1") + style("Subtitle", based_on="a3")
    )
    assert [found.text[start:end] for start, end in found.titles] == ["云岚县法治政府建设要点"]


def test_a_whole_paragraph_in_the_style_title_is_no_title() -> None:
    assert read(styled("本县坚持依法办事。" * 20, "T"), styles=style("Title", style_id="T")).titles == ()


# Tables


def test_tables_and_paragraphs_stay_in_order() -> None:
    document = docx.Document()
    document.add_paragraph("表前。")
    made = document.add_table(rows=2, cols=3)
    for cell, text in zip(made._cells, ["序号", "任务", "单位", "1", "", "县司法局"], strict=True):
        cell.text = text
    document.add_paragraph("表后。").add_run().add_break(WD_BREAK.PAGE)
    document.add_heading("附件", level=1)
    buffer = io.BytesIO()
    document.save(buffer)
    found = read_docx(buffer.getvalue(), "plan.docx", Limits())
    assert found.text == "表前。\n序号\t任务\t单位\n1\t\t县司法局\n表后。\n\f附件\n"
    assert {found.text[start:].split("\n")[0]: covered for start, covered in found.rows.items()} == {
        "序号\t任务\t单位": frozenset(),
        "1\t\t县司法局": frozenset(),
    }


RESTART, GO_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([tr(tc("甲", span(2)), tc("乙")), tr(tc("1"), tc("2"), tc("3"))], {"甲\t\t乙": [], "1\t2\t3": []}, id="a wide cell keeps the columns"),
        pytest.param([tr(tc("甲", span(4)), tc("乙")), tr(tc("1", span(4)), tc("3"))], {"甲\t乙": [], "1\t3": []}, id="columns that no row parts are one"),
        pytest.param(
            [tr(tc("决策", RESTART), tc("1")), tr(tc("", GO_ON), tc("2")), tr(tc("监督"), tc("3"))],
            {"决策\t1": [], "\t2": [0], "监督\t3": []}, id="a high cell",
        ),
        pytest.param(
            [tr(tc("甲", span(2) + RESTART), tc("1")), tr(tc("", span(2) + GO_ON), tc("2")), tr(tc("3"), tc("4"), tc("5"))],
            {"甲\t\t1": [], "\t\t2": [0, 1], "3\t4\t5": []}, id="a high and wide cell",
        ),
        pytest.param([tr(tc("甲", GO_ON), tc("1")), tr(tc("乙"), tc("2"))], {"甲\t1": [], "乙\t2": []}, id="nothing above to go on with"),
        pytest.param([tr(tc("甲"), tc("乙"), tc("丙")), tr(tc("丁"), properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>')], {"甲\t乙\t丙": [], "\t丁\t": []}, id="a short row"),
        pytest.param([tr(tc("甲"), tc("乙")), tr(tc(""), tc(""))], {"甲\t乙": [], "\t": []}, id="an empty row is a row"),
        pytest.param([tr(tc(p("1.建章立制") + p("2.公开结果；")), tc(p("Word") + p("97")))], {"1.建章立制2.公开结果；\tWord 97": []}, id="paragraphs of a cell are joined"),
        pytest.param([tr(tc("甲"), tc(table(tr(tc("乙"), tc("丙"))) + p("")))], {"甲\t乙丙": []}, id="a table in a cell"),
        pytest.param([tr(tc("甲", span(999999999)), tc("乙"))], {"甲\t乙": []}, id="a width out of reason"),
        pytest.param(
            [control(tr(control(tc("甲")), tc("乙")))],
            {"甲\t乙": []}, id="rows and cells in content controls",
        ),
    ],
)  # fmt: skip
def test_a_row_is_one_line_with_a_tab_between_columns(rows: list[str], expected: dict[str, list[int]]) -> None:
    found = read(table(*rows))
    assert {found.text[start:].split("\n")[0]: sorted(covered) for start, covered in found.rows.items()} == expected
    assert len(found.text.splitlines()) == len(expected)


def test_column_lines_drawn_twice_are_one() -> None:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in (2000, 30, 3000))
    rows = [tr(tc("序号"), tc("任务", span(2))), tr(tc("1", span(2)), tc("普法"))]
    assert lines(table(*rows, grid=grid)) == ["序号\t任务", "1\t普法"]
    narrow = [tr(tc("甲"), tc("丨"), tc("乙")), tr(tc("1", span(2)), tc("2"))]
    assert lines(table(*narrow, grid=grid)) == ["甲\t丨\t乙", "1\t\t2"]


def test_numbers_in_cells_are_counted_down_the_table() -> None:
    rows = [tr(tc(item("", num=1)), tc(name)) for name in ("普法", "审查")]
    assert lines(table(*rows), numbering=abstract(level(0, "decimal", "%1")) + num()) == ["1\t普法", "2\t审查"]


LONG = "各镇要把这项工作摆上日程，明确专人，按月调度，按季通报，年底考核，确保各项任务落到实处、取得实效，让群众看得见摸得着。"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(table(tr(tc(p("甲。") + p("乙。")))), ["甲。", "乙。"], id="one cell"),
        pytest.param(table(tr(tc("甲。")), tr(tc("乙。"))), ["甲。", "乙。"], id="one column"),
        pytest.param(table(tr(tc(""), tc("甲。")), tr(tc(""), tc("乙。"))), ["甲。", "乙。"], id="margins made of empty cells"),
        pytest.param(
            table(tr(tc("栏目"), tc(p("标题") + p(LONG) + p(LONG)))), ["栏目", "标题", LONG, LONG], id="a cell that holds the document"
        ),
        pytest.param(
            table(tr(tc(table(tr(tc("1"), tc("2"))) + p("尾。")))), ["1\t2", "尾。"], id="a real table in a frame"
        ),
        pytest.param(table(tr(tc("任务"), tc(LONG))), [f"任务\t{LONG}"], id="one long paragraph beside a label is a row"),
        pytest.param(
            table(*[tr(tc(name), tc("有")) for name in "甲乙丙"], tr(tc("丁"), tc(p(LONG) * 3))),
            ["甲\t有", "乙\t有", "丙\t有", f"丁\t{LONG * 3}"], id="a long cell of a real table",
        ),
    ],
)  # fmt: skip
def test_a_table_that_only_places_text_comes_out_as_paragraphs(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


# Files of other kinds and programs


def strict(content: bytes) -> bytes:
    found = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for each in archive.namelist():
            text = archive.read(each).decode()
            for word in ("wordprocessingml", "officeDocument"):
                text = re.sub(rf"{OOXML}/{word}/2006/", f"http://purl.oclc.org/ooxml/{word}/", text)
            found[each] = text
    return packed(found)


def test_a_strict_file_reads_like_any_other() -> None:
    body = styled("标题", "T") + item("总则") + table(tr(tc("甲", RESTART), tc("乙")), tr(tc("", GO_ON), tc("丙")))
    content = packed(parts(body, numbering=CHAPTERS + num(), styles=style("Title", style_id="T")))
    found = read_docx(strict(content), "plan.docx", Limits())
    assert found == read_docx(content, "plan.docx", Limits())
    assert found.text == "标题\n一、总则\n甲\t乙\n\t丙\n"


def test_the_main_part_may_have_any_name() -> None:
    made = parts(p("甲。"))
    made["word\\Main2.xml"] = made.pop("word/document.xml")
    made["_rels/.rels"] = relations(("r1", "officeDocument", "/word/main2.xml"))
    assert read_docx(packed(made), "plan.docx", Limits()).text == "甲。\n"


def test_a_package_without_relations_has_its_document_in_the_usual_place() -> None:
    made = parts(p("甲。"))
    del made["_rels/.rels"]
    assert read_docx(packed(made), "plan.docx", Limits()).text == "甲。\n"


def test_headers_and_footers_are_no_text() -> None:
    document = docx.Document()
    document.add_paragraph("正文。")
    document.sections[0].header.paragraphs[0].text = "云岚县人民政府"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    buffer = io.BytesIO()
    document.save(buffer)
    assert read_docx(buffer.getvalue(), "plan.docx", Limits()).text == "正文。\n"


def test_a_page_inside_the_file_is_read_and_another_file_is_reported() -> None:
    made = parts(p("甲。") + '<w:altChunk r:id="page"/><w:altChunk r:id="other"/>' + p("乙。"))
    made["word/chunk.html"] = (
        "<html><body><p>页内一段。</p><table><tr><td>1</td><td>普法</td></tr></table></body></html>"
    )
    made["word/chunk.rtf"] = r"{\rtf1 x}"
    found = read_docx(packed(made), "plan.docx", Limits())
    assert found.text == "甲。\n页内一段。\n1\t普法\n乙。\n"
    assert found.text[max(found.rows) :].startswith("1\t普法")
    assert found.notes == ("文档嵌入了1个其他格式的片段，未读取",)


@pytest.mark.parametrize(
    ("body", "text", "notes"),
    [
        pytest.param(p("附件：") + p(PICTURE), "附件：\n", ("文档中有1幅图片，未识别文字",), id="a line and a picture"),
        pytest.param(p("甲" * 300) + p(PICTURE), "甲" * 300 + "\n", (), id="a document with a picture in it"),
    ],
)
def test_pictures_in_place_of_text_are_reported(body: str, text: str, notes: tuple[str, ...]) -> None:
    found = read(body)
    assert (found.text, found.notes) == (text, notes)


def scan(key: str) -> str:
    return p(
        PICTURE.replace("<pic:pic/>", f'<pic:pic><pic:blipFill><a:blip r:embed="{key}"/></pic:blipFill></pic:pic>')
    )


def with_scans(body: str, *widths: int) -> bytes:
    """A document with blank pictures of these widths, which is how the reader below tells them apart."""
    made = parts(body)
    rows = []
    for number, width in enumerate(widths, 1):
        target = io.BytesIO()
        Image.new("L", (width, 700), 255).save(target, "PNG")
        made[f"word/media/image{number}.png"] = target.getvalue()
        rows.append((f"p{number}", "image", f"media/image{number}.png"))
    made["word/_rels/document.xml.rels"] = relations(*rows)
    return packed(made)


PAGES = {
    600: "云岚县制定行政规范性文件12件，" + "合法性审核率达到百分之百，" * 5 + "未",
    700: "有一件被撤销。",
    800: "Logo",
}


def read_by_width(image: Image.Image) -> PictureText:
    text = PAGES[image.width]
    return PictureText((PictureLine(text, 60, 100, image.width - 60, 110, 0.9),), image.width, image.height)


@pytest.mark.parametrize(
    ("body", "text", "notes"),
    [
        pytest.param(scan("p1") + scan("p2"), f"{PAGES[600]}\n\f{PAGES[700]}\n\f", ("由图片识别文字，平均置信度0.90",), id="nothing but pictures"),
        pytest.param(
            scan("p2") + scan("p1") + scan("p3") + scan("p2"), f"{PAGES[700]}\n\f{PAGES[600]}\n\f",
            ("文档中有2幅图片，未识别文字", "由图片识别文字，平均置信度0.90"), id="in their order, each once, without a logo",
        ),
        pytest.param(
            p("附件：") + scan("p1"), f"附件：\n\f{PAGES[600]}\n\f", ("由图片识别文字，平均置信度0.90",), id="a scan below a line",
        ),
        pytest.param(
            p("附件：") + scan("p2"), "附件：\n", ("文档中有1幅图片，未识别文字",), id="a picture with a few words beside a text",
        ),
        pytest.param(p("甲" * 300) + scan("p1"), "甲" * 300 + "\n", (), id="a picture in a document"),
    ],
)  # fmt: skip
def test_pictures_in_place_of_text_are_read(body: str, text: str, notes: tuple[str, ...]) -> None:
    found = read_docx(with_scans(body, 600, 700, 800), "plan.docx", Limits(), read_by_width)
    assert (found.text, found.notes, found.file_type) == (text, notes, "docx")
    assert (found.confidence is not None) == ("\f" in text)


def test_a_scan_that_cannot_be_read_is_refused_with_its_reason() -> None:
    with pytest.raises(
        InputError, match=r"plan.docx is a scan in a Word file: install fazhi\[ocr\] to read its 2 pictures"
    ):
        read_docx(with_scans(scan("p1") + scan("p2"), 600, 700), "plan.docx", Limits())
    with pytest.raises(InputError, match="got 1 pictures in which none is recognised"):
        read_docx(with_scans(scan("p3"), 600, 700, 800), "plan.docx", Limits(), read_by_width)
    with pytest.raises(InputError, match="expected at most 1 pictures in place of text, got 2"):
        read_docx(with_scans(scan("p1") + scan("p2"), 600, 700), "plan.docx", Limits(scanned_pages=1), read_by_width)
    with pytest.raises(InputError, match="got 1 embedded objects, which are not read"):
        read(p("<w:r><w:object/></w:r>"))


BOMB = '<!DOCTYPE x [<!ENTITY a "法法法法法法法法"><!ENTITY b "&a;&a;&a;&a;">]>'


def changed(path: str, content: str | bytes | None, body: str = p("甲。")) -> bytes:
    made = parts(body)
    if content is None:
        del made[path]
    else:
        made[path] = content
    return packed(made)


@pytest.mark.parametrize(
    ("content", "limits", "message"),
    [
        pytest.param(packed(parts("<w:p/>" * 1_200_000)), Limits(ratio=10_000), "at most 1200000 tags and attributes", id="more tags than a book has"),
        pytest.param(b"not a zip", Limits(), "ZIP archive", id="no archive"),
        pytest.param(packed(parts(p("甲。")))[:-30], Limits(), "ZIP archive", id="cut off"),
        pytest.param(packed({"a.txt": "甲"}), Limits(), "word/document.xml", id="an archive of something else"),
        pytest.param(changed("word/document.xml", None), Limits(), "word/document.xml", id="no document"),
        pytest.param(changed("word/document.xml", "<w:document><w:body>"), Limits(), "well-formed XML", id="broken XML"),
        pytest.param(changed("word/document.xml", b'<?xml version="1.0" encoding="x-none"?><a/>'), Limits(), "well-formed XML", id="an encoding that nobody knows"),
        pytest.param(changed("word/document.xml", "<workbook/>"), Limits(), "root element workbook", id="a workbook"),
        pytest.param(changed("word/document.xml", f"<w:document {SPACES}/>"), Limits(), "a body", id="no body"),
        pytest.param(changed("word/document.xml", BOMB + "<x>&b;</x>"), Limits(), "DOCTYPE", id="entities"),
        pytest.param(changed("word/document.xml", (BOMB + "<x>&b;</x>").encode("utf-16")), Limits(), "DOCTYPE", id="entities in UTF-16"),
        pytest.param(changed("word/document.xml", f"<w:document {SPACES}>" + "<a>" * 100_000), Limits(), "well-formed XML", id="100,000 nested tags"),
        pytest.param(changed("word/document.xml", f"<a>{'<b/>' * 2_000_000}</a>"), Limits(ratio=10_000), "tags and attributes", id="millions of tags"),
        pytest.param(changed("word/media/a.png", b"0" * 3_000_000), Limits(), "200 times", id="a member packed too well"),
        pytest.param(changed("word/media/a.png", b"0" * 90_000), Limits(unpacked_bytes=80_000), "80000 bytes unpacked", id="more than the limit in all"),
        pytest.param(packed(parts(p("甲。"))), Limits(file_bytes=100), "at most 100 bytes", id="a file that is too large"),
        pytest.param(packed(parts(p("甲" * 90))), Limits(characters=50), "at most 50 characters", id="too long a text"),
        pytest.param(packed(parts(p("") + p("　"))), Limits(), "without any", id="no text and no picture"),
        pytest.param(packed(parts(p("甲。"), styles="<w:style>") | {"word/styles.xml": "<w:styles"}), Limits(), "word/styles.xml", id="broken styles"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(content: bytes, limits: Limits, message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)) as caught:
        read_docx(content, "plan.docx", limits)
    assert str(caught.value).startswith("plan.docx: expected ")
    assert "\n" not in str(caught.value)


def test_damaged_data_of_a_part_say_so() -> None:
    content = bytearray(packed(parts(p("甲。" * 50))))
    at = content.index(b"word/document.xml") + 40
    content[at : at + 4] = b"\xff\xff\xff\xff"
    with pytest.raises(InputError, match=r"readable word/document\.xml"):
        read_docx(bytes(content), "plan.docx", Limits())


# Files of LibreOffice


HTML = """<html><meta charset="utf-8"><body><h1>云岚县工作要点</h1><p>各镇：</p><ol><li>完善清单</li><li>公开结果</li></ol>
<table border="1"><tr><td rowspan="2">决策</td><td>审查</td></tr><tr><td>公开</td></tr></table><p>尾段。</p></body></html>"""


FODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles><text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>
<text:list-level-style-number text:level="2" style:num-format="一, 二, 三, ..." style:num-prefix="（" style:num-suffix="）"/>
</text:list-style></office:automatic-styles>
<office:body><office:text><text:p text:style-name="Title">云岚县工作要点</text:p>
<text:list text:style-name="L1"><text:list-item><text:p>总体要求</text:p></text:list-item>
<text:list-item><text:p>主要任务</text:p><text:list><text:list-item><text:p>审查<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>
<text:note-body><text:p>含备案。</text:p></text:note-body></text:note>清单</text:p></text:list-item></text:list></text:list-item></text:list>
<text:p><draw:frame text:anchor-type="paragraph" svg:width="5cm" svg:height="2cm"><draw:text-box><text:p>框内一段。</text:p></draw:text-box></draw:frame>尾段。</text:p>
</office:text></office:body></office:document>"""


@pytest.mark.skipif(shutil.which("soffice") is None, reason="soffice writes the files")
@pytest.mark.slow
def test_files_that_libreoffice_wrote_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(HTML, encoding="utf-8")
    (tmp_path / "b.fodt").write_text(FODT, encoding="utf-8")
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(tmp_path / "b.fodt")], check=True, capture_output=True, timeout=120)
    subprocess.run(
        [*command, "--infilter=HTML (StarWriter)", str(tmp_path / "a.html")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    page, text = (read_docx((tmp_path / name).read_bytes(), name, Limits()) for name in ("a.docx", "b.docx"))
    assert page.text == "云岚县工作要点\n各镇：\n1.完善清单\n2.公开结果\n决策\t审查\n\t公开\n尾段。\n"
    assert frozenset({0}) in page.rows.values()
    assert text.text == "云岚县工作要点\n一、总体要求\n二、主要任务\n（一）审查清单\n含备案。\n尾段。\n框内一段。\n"
    assert [text.text[start:end] for start, end in text.titles] == ["云岚县工作要点"]
