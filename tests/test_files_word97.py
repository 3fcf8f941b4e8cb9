"""Word 97 to 2003: the file as LibreOffice writes it, and as this module assembles it byte by byte."""

import io
import shutil
import struct
import subprocess
from collections.abc import Callable

import pytest

from pipeline.errors import InputError
from pipeline.files.record import FileText, Limits
from pipeline.files.word97 import read_doc

LIMITS = Limits()
NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing",
        "svg": "svg-compatible", "fo": "xsl-fo-compatible", "dc": "x",
    }.items() if prefix != "dc"
)  # fmt: skip
PAGE = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {NAMESPACES} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles>
<style:style style:name="hidden" style:family="text"><style:text-properties text:display="none"/></style:style>
<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-suffix="、" style:num-format="一, 二, 三, ..."/>
<text:list-level-style-number text:level="2" style:num-prefix="（" style:num-suffix="）" style:num-format="一, 二, 三, ..."/>
</text:list-style>
<text:list-style style:name="L2"><text:list-level-style-number text:level="1" style:num-prefix="第" style:num-suffix="条" style:num-format="一, 二, 三, ..."/></text:list-style>
<text:list-style style:name="L3"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>
<text:list-style style:name="L4"><text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style>
</office:automatic-styles>
<office:master-styles/>
<office:body><office:text>
<text:tracked-changes><text:changed-region text:id="d1"><text:deletion><office:change-info><dc:creator>a</dc:creator><dc:date>2023-01-01T00:00:00</dc:date></office:change-info><text:p>删去的话</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:p text:style-name="Title">云岚县法治政府建设工作要点</text:p>
<text:p>各乡镇人民政府：</text:p>
<text:list text:style-name="L1" xml:id="a"><text:list-item><text:p>总体要求</text:p><text:list>
<text:list-item><text:p>指导思想</text:p></text:list-item>
<text:list-item><text:p>基本原则<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>原则共三项。</text:p></text:note-body></text:note>如下。</text:p></text:list-item></text:list></text:list-item>
<text:list-item><text:p>主要任务</text:p><text:list><text:list-item><text:p>健全制度</text:p></text:list-item></text:list></text:list-item></text:list>
<text:p>中间一段<draw:frame draw:name="f1" text:anchor-type="paragraph" svg:width="5cm" svg:height="2cm"><draw:text-box><text:p>框中的话</text:p></draw:text-box></draw:frame>继续。</text:p>
<text:list text:continue-list="a" text:style-name="L1"><text:list-item><text:p>保障措施</text:p></text:list-item></text:list>
<text:list text:style-name="L2"><text:list-item><text:p>为了规范行为，制定本办法。</text:p></text:list-item><text:list-item><text:p>本办法适用于本县。</text:p></text:list-item></text:list>
<text:list text:style-name="L3"><text:list-item><text:p>带圆点的一句</text:p></text:list-item></text:list>
<text:p>网址<text:a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="http://www.yunlan.test/">县政府网</text:a>，第<text:page-number>1</text:page-number>页，𠮷字，<text:span text:style-name="hidden">看不见</text:span>改<text:change text:change-id="d1"/>后<text:line-break/>下一行</text:p>
<table:table><table:table-column table:number-columns-repeated="3"/>
<table:table-row><table:table-cell table:number-columns-spanned="3"><text:p>任务分解表</text:p></table:table-cell><table:covered-table-cell/><table:covered-table-cell/></table:table-row>
<table:table-row><table:table-cell><text:p>序号</text:p></table:table-cell><table:table-cell><text:p>任务</text:p></table:table-cell><table:table-cell><text:p>单位</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:list text:style-name="L4"><text:list-item><text:p/></text:list-item></text:list></table:table-cell><table:table-cell><text:p>制定清单</text:p><text:p>公布清单</text:p></table:table-cell><table:table-cell table:number-rows-spanned="2"><text:p>县司法局</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>开展评估</text:p></table:table-cell><table:covered-table-cell/><table:covered-table-cell/></table:table-row>
<table:table-row><table:table-cell/><table:table-cell><text:p>甲</text:p></table:table-cell><table:table-cell/></table:table-row>
</table:table>
<text:p>云岚县人民政府</text:p>
</office:text></office:body></office:document>"""


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """PAGE as LibreOffice saves it in the format of Word 97."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice to write a .doc")
    folder = tmp_path_factory.mktemp("doc")
    (folder / "page.fodt").write_text(PAGE, encoding="utf-8")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", "doc:MS Word 97", "--outdir", str(folder), "page.fodt"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    return (folder / "page.doc").read_bytes()


@pytest.fixture(scope="module")
def found(converted: bytes) -> FileText:
    return read_doc(converted, "page.doc", LIMITS)


@pytest.mark.parametrize(
    ("before", "line"),
    [
        pytest.param("云岚县法治政府建设工作要点", "各乡镇人民政府：", id="a plain paragraph"),
        pytest.param("各乡镇人民政府：", "一、总体要求", id="a number that Word counts"),
        pytest.param("一、总体要求", "（一）指导思想", id="the level below"),
        pytest.param("（一）指导思想", "（二）基本原则如下。", id="the next one, without its footnote mark"),
        pytest.param("（二）基本原则如下。", "原则共三项。", id="a footnote follows its paragraph"),
        pytest.param("二、主要任务", "（一）健全制度", id="the level below begins anew"),
        pytest.param("中间一段继续。", "框中的话", id="a text box follows the paragraph that it hangs on"),
        pytest.param(None, "三、保障措施", id="a list goes on after other text"),
        pytest.param("第一条为了规范行为，制定本办法。", "第二条本办法适用于本县。", id="articles"),
        pytest.param(None, "带圆点的一句", id="a bullet is no text"),
        pytest.param(None, "网址县政府网，第1页，𠮷字，改后", id="fields, surrogates, hidden and deleted text"),
        pytest.param("网址县政府网，第1页，𠮷字，改后", "下一行", id="a line break"),
        pytest.param(None, "云岚县人民政府", id="after the table"),
    ],
)
def test_a_paragraph_reads_as_word_shows_it(found: FileText, before: str | None, line: str) -> None:
    lines = [each for each in found.text.split("\n") if each]
    assert line in lines
    if before is not None:
        assert lines[lines.index(line) - 1] == before


def test_rows_keep_their_columns_and_say_which_cells_one_above_covers(found: FileText) -> None:
    lines = {found.text[start:].split("\n")[0]: covered for start, covered in found.rows.items()}
    assert lines == {
        "任务分解表\t\t": frozenset(),
        "序号\t任务\t单位": frozenset(),
        "1\t制定清单公布清单\t县司法局": frozenset(),
        "开展评估\t\t": frozenset({2}),
        "\t甲\t": frozenset(),
    }


def test_the_style_called_title_is_the_title_and_the_notes_say_what_was_left_out(found: FileText) -> None:
    assert [found.text[start:end] for start, end in found.titles] == ["云岚县法治政府建设工作要点"]
    assert any("已删除的 4 字" in note for note in found.notes)
    assert any("隐藏文字 3 字" in note for note in found.notes)
    assert found.rule == "Word 97 piece table"


# A compound file with the given streams: one sector of header, one FAT chain after the other, no small streams.
def ole_file(streams: dict[str, bytes]) -> bytes:
    sector, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    sizes = {name: -(-len(data) // sector) for name, data in padded.items()}
    entries = 1 + len(streams)
    directory = -(-entries * 128 // sector)
    fats = 1
    while fats * 128 < fats + directory + sum(sizes.values()):
        fats += 1
    table = [0xFFFFFFFD] * fats + [*range(fats + 1, fats + directory), end]
    starts = {}
    for name in padded:
        starts[name] = len(table)
        table += [*range(len(table) + 1, len(table) + sizes[name]), end]
    table += [free] * (fats * 128 - len(table))

    def entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
        shown = name.encode("utf-16-le") + b"\0\0"
        links = struct.pack("<HBBIII", len(shown), kind, 1, free, right, child)
        return shown.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)

    listed = [entry("Root Entry", 5, free, 1 if streams else free, end, 0)]
    for index, (name, data) in enumerate(padded.items(), 1):
        listed.append(entry(name, 2, index + 1 if index < len(padded) else free, free, starts[name], len(data)))
    folder = b"".join(listed).ljust(directory * sector, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, fats, fats, 0, 4096, end, 0, end, 0)
    head += struct.pack("<109I", *range(fats), *[free] * (109 - fats))
    rest = b"".join(data.ljust(sizes[name] * sector, b"\0") for name, data in padded.items())
    return head + struct.pack(f"<{len(table)}I", *table) + folder + rest


def word_file(*pieces: str | bytes, flags: int = 0, count: int | None = None, places: list[int] | None = None) -> bytes:
    """A Word 97 file with no formats: text pieces are written in UTF-16, bytes as they are, one a character."""
    at, main, bounds, packed = 2048, b"", [0], []
    for piece in pieces:
        raw = piece.encode("utf-16-le") if isinstance(piece, str) else piece
        place = at + len(main)
        packed.append(place if isinstance(piece, str) else place * 2 | 1 << 30)
        bounds.append(bounds[-1] + len(raw) // (2 if isinstance(piece, str) else 1))
        main += raw
    bounds = places or bounds
    plc = struct.pack(f"<{len(bounds)}I", *bounds) + b"".join(struct.pack("<HIH", 0, place, 0) for place in packed)
    clx = b"\x02" + struct.pack("<I", len(plc)) + plc
    head = bytearray(at)
    struct.pack_into("<HHHHH", head, 0, 0xA5EC, 0xC1, 0, 0x804, 0)
    struct.pack_into("<H", head, 10, flags)
    struct.pack_into("<H", head, 32, 14)
    struct.pack_into("<H", head, 62, 22)
    struct.pack_into("<I", head, 76, bounds[-1] if count is None else count)
    struct.pack_into("<H", head, 152, 93)
    struct.pack_into("<II", head, 154 + 8 * 33, 0, len(clx))
    return ole_file({"WordDocument": bytes(head) + main, "0Table": clx})


def word95_file(text: bytes, *, length: int | None = None, flags: int = 0) -> bytes:
    head = bytearray(768)
    struct.pack_into("<HH", head, 0, 0xA5DC, 104)
    struct.pack_into("<H", head, 10, flags)
    struct.pack_into("<II", head, 0x18, 768, 768 + len(text))
    struct.pack_into("<I", head, 0x34, len(text) if length is None else length)
    return ole_file({"WordDocument": bytes(head) + text})


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        pytest.param(["法治政府\r建设\r"], "法治政府\n建设\n", id="two paragraphs"),
        pytest.param(["共", b"95% \x93", "县\r"], "共95% “县\n", id="a compressed piece among wide ones"),
        pytest.param(
            ['见\x13 HYPERLINK "http://a.test" \x14网页\x15。\r'], "见网页。\n", id="a field shows its result"
        ),
        pytest.param(
            ["甲\x13 IF \x13 PAGE \x141\x15 \x14乙\x15丙\r"], "甲乙丙\n", id="a field in the instruction of one"
        ),
        pytest.param(["甲\x13 eq \\o\\ac(○,3)\x15完成\r"], "甲③完成\n", id="a field that draws a circled number"),
        pytest.param(
            ["甲\x13 EQ \\* jc3 \\o\\al(\\s\\up 10(yun),云)\x15岚\r"],
            "甲云岚\n",
            id="a field that draws a reading over a character",
        ),
        pytest.param(["甲\x13 EQ \\o\\ac(○,3) \x14③\x15乙\r"], "甲③乙\n", id="one that keeps what it drew"),
        pytest.param(
            ["甲\x13 没有结尾的域\r乙\r"], "甲 没有结尾的域\n乙\n", id="a field without an end takes nothing along"
        ),
        pytest.param(["甲\x15乙\x14丙\r"], "甲乙丙\n", id="an end without a beginning"),
        pytest.param(["一\x0b二\r"], "一\n二\n", id="a line break in a paragraph"),
        pytest.param(["一\x0c二\r"], "一\n二\n", id="a section ends a paragraph"),
        pytest.param(["甲\uf081乙\r"], "甲①乙\n", id="a number of a symbol font"),
        pytest.param(["没有段落标记"], "没有段落标记\n", id="text that nothing ends"),
        pytest.param(["a\x1eb\x1fc\r"], "a-bc\n", id="hyphens"),
    ],
)
def test_the_piece_table_gives_the_characters(pieces: list[str | bytes], expected: str) -> None:
    assert read_doc(word_file(*pieces), "a.doc", LIMITS).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("题\r序号\a任务\a\a1\a甲\a\a尾\r", "题\n序号\t任务\n1\t甲\n尾\n", id="two columns"),
        pytest.param("序号\a任务\a\a1\a\a\a2\a乙\a\a", "序号\t任务\n1\t\n2\t乙\n", id="an empty last cell"),
        pytest.param("甲\a乙\a\a一\r二\a三\a\a", "甲\t乙\n一\n二\t三\n", id="text before a row is outside of it"),
        pytest.param("甲\a一\r二\a\a", "甲\t一二\n", id="a cell of two paragraphs"),
        pytest.param("甲\a乙", "甲\n乙\n", id="a cell that nothing ends"),
    ],
)
def test_without_formats_rows_are_told_by_the_marks_of_their_cells(text: str, expected: str) -> None:
    assert read_doc(word_file(text), "a.doc", LIMITS).text == expected
    assert read_doc(word95_file(text.encode("gbk")), "a.doc", LIMITS).text == expected


@pytest.mark.parametrize(
    ("raw", "flags", "length"),
    [
        pytest.param("法治政府，95％\r".encode("gbk"), 0, None, id="GBK"),
        pytest.param("法治政府，95％\r".encode("utf-16-le"), 1 << 12, 9, id="two bytes a character, Unicode"),
        pytest.param(
            b"".join((c.encode("gbk")[::-1]).ljust(2, b"\0") for c in "法治政府，95％\r"),
            1 << 12,
            9,
            id="two bytes a character, GBK",
        ),
    ],
)
def test_word_95_wrote_chinese_in_three_ways(raw: bytes, flags: int, length: int | None) -> None:
    found = read_doc(word95_file(raw, flags=flags, length=length), "a.doc", LIMITS)
    assert found.text == "法治政府，95％\n"
    assert found.rule == "Word 6 text, code page GBK"
    assert "Word 6/95" in found.notes[0]


def test_a_wps_that_is_word_inside_keeps_its_type() -> None:
    assert read_doc(word_file("要点\r"), "a.wps", LIMITS, file_type="wps").file_type == "wps"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(word_file("要点\r", flags=1 << 8), "protected by a password", id="encrypted"),
        pytest.param(
            ole_file({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}),
            "protected by a password",
            id="encrypted .docx",
        ),
        pytest.param(ole_file({"CONTENTS": b"x"}), "a .wps of Works or of an early Kingsoft writer", id="Works"),
        pytest.param(ole_file({"Else": b"x"}), "streams else", id="another container"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "a broken one", id="an empty container"),
        pytest.param(word_file("要点\r")[:900], "a broken one", id="truncated"),
        pytest.param(word_file("\r\r"), "a Word file without any", id="no text"),
        pytest.param(word_file("\x01\r"), "its pictures are not read", id="a picture alone"),
        pytest.param(
            word_file("要点\r", places=[0, 4_000_000_000]),
            "at most 5000000 characters, got 4000000000",
            id="endless piece",
        ),
        pytest.param(word_file("要点\r", places=[0, 4_000]), "piece 0 ends at", id="a piece beyond the file"),
        pytest.param(word_file("甲\r", "乙\r", places=[0, 2, 1]), "piece 1 holds", id="pieces that run back"),
        pytest.param(word_file("要点\r", count=0), "no characters in the main story", id="no main story"),
        pytest.param(word95_file(b"x" * 50, length=0), "0 characters of text", id="Word 95 without text"),
        pytest.param(
            word95_file(b"\xff\xfe\xfd" * 50), "text that is not in GBK", id="Word 95 in no Chinese code page"
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(content: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read_doc(content, "a.doc", LIMITS)
    assert str(caught.value).startswith("a.doc: expected ")


def test_more_characters_than_the_limit_are_refused() -> None:
    with pytest.raises(InputError, match="expected at most 20 characters, got 21"):
        read_doc(word_file("要" * 20 + "\r"), "a.doc", Limits(characters=20))
    with pytest.raises(InputError, match="expected at most 300000 paragraphs, lines and cells, got 300001"):
        read_doc(word_file("\r" * 300_001), "a.doc", LIMITS)
    with pytest.raises(InputError, match="expected at most 300000 paragraphs, lines and cells, got 300001"):
        read_doc(word95_file(b"\r" * 300_001), "a.doc", LIMITS)


def test_ten_thousand_fields_in_fields_are_read_in_one_pass() -> None:
    found = read_doc(word_file("\x13" * 10_000 + "甲" + "\x15" * 10_000 + "乙\r"), "a.doc", LIMITS)
    assert found.text.endswith("乙\n")


def with_parts(converted: bytes, change: Callable[[bytearray, bytearray], None]) -> bytes:
    """The converted file with *change* made to its WordDocument and its table stream."""
    import olefile

    with olefile.OleFileIO(io.BytesIO(converted)) as container:
        streams = {name[0]: container.openstream(name).read() for name in container.listdir() if len(name) == 1}
    table = next(name for name in ("1Table", "0Table") if name in streams)
    main, parts = bytearray(streams["WordDocument"]), bytearray(streams[table])
    change(main, parts)
    return ole_file({"WordDocument": bytes(main), table: bytes(parts), "Data": streams.get("Data", b"")})


def level_start(table: bytes, pattern: str) -> int:
    """Where the level of a list begins that has *pattern*."""
    text = table.index(struct.pack("<H", len(pattern)) + pattern.encode("utf-16-le"))
    return next(
        at for at in range(text - 28, 0, -1) if at + 28 + table[at + 24] + table[at + 25] == text and table[at] == 1
    )


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        pytest.param(0, "（三）健全制度", id="below no level"),
        pytest.param(1, "（一）健全制度", id="below the first level"),
    ],
)
def test_a_level_may_run_on_below_the_next_item_of_a_higher_one(converted: bytes, limit: int, expected: str) -> None:
    def run_on(_: bytearray, table: bytearray) -> None:
        at = level_start(bytes(table), "（\x01）")
        table[at + 5] |= 8
        table[at + 26] = limit

    found = read_doc(with_parts(converted, run_on), "a.doc", LIMITS)
    assert {"（二）基本原则如下。", "二、主要任务", expected} <= set(found.text.split("\n"))


@pytest.mark.parametrize("part", [1, 2, 12, 13, 40, 46, 56, 73, 74], ids="part {}".format)
def test_one_broken_part_costs_what_it_says_and_not_the_text(converted: bytes, part: int) -> None:
    def lead_astray(main: bytearray, _: bytearray) -> None:
        struct.pack_into("<II", main, 154 + 8 * part, 0x7FFFFFF0, 0x7FFFFFF0)

    found = read_doc(with_parts(converted, lead_astray), "a.doc", LIMITS)
    assert "本办法适用于本县。" in found.text
    assert any("读不出" in note for note in found.notes)


def test_a_piece_table_that_contradicts_itself_is_left_to_antiword(converted: bytes) -> None:
    def begin_late(main: bytearray, table: bytearray) -> None:
        struct.pack_into("<I", table, struct.unpack_from("<I", main, 154 + 8 * 33)[0] + 5, 7)

    content = with_parts(converted, begin_late)
    found = read_doc(content, "a.doc", LIMITS)
    assert found.rule == "antiword"
    assert "由 antiword 读出" in found.notes[0]
    assert {"各乡镇人民政府：", "云岚县人民政府", "序号\t任务\t单位"} <= set(found.text.split("\n"))


def test_truncated_files_give_text_or_a_reason(converted: bytes) -> None:
    outcomes = []
    for cut in range(1, len(converted), 997):
        try:
            outcomes.append(read_doc(converted[:cut], "a.doc", LIMITS).text)
        except InputError as error:
            outcomes.append(str(error))
    assert all(outcome.strip() for outcome in outcomes)
