"""An archive gives the documents in it under plain names, or says why not; nothing is written and nothing is trusted."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import rarfile
from hypothesis import given, settings
from hypothesis import strategies as st
from unrar.cffi import RarFile

from pipeline.errors import InputError
from pipeline.files.archives import unpack
from pipeline.files.members import decode_name, distinct_names, plain_name
from pipeline.files.record import Limits
from tests.rar_writer import RarMember, rar4, rar5, wide_name

LIMITS = Limits()
PLAN = "云岚县2024年法治政府建设工作要点。".encode()
TABLE = "序号\t任务\t牵头单位\n".encode() * 40


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()


def raw_zip(
    *members: tuple[bytes, bytes], flags: int = 0, extra: Callable[[bytes], bytes] = lambda raw: b"", **lies: int
) -> bytes:
    """A ZIP file of stored members whose names are any bytes, and whose directory may lie (size, crc, offset, disk)."""
    body, directory = b"", b""
    for raw, data in members:
        crc, size, more = lies.get("crc", zlib.crc32(data)), lies.get("size", len(data)), extra(raw)
        offset = lies.get("offset", len(body))
        body += struct.pack(
            "<4sHHHHHIIIHH", b"PK\3\4", 20, flags, 0, 0, 0, zlib.crc32(data), len(data), len(data), len(raw), 0
        )
        body += raw + data
        sizes = (lies.get("packed", len(data)), size, len(raw), len(more), 0, 0, 0, 0, offset)
        directory += struct.pack(
            "<4sBBHHHHHIIIHHHHHII", b"PK\1\2", 20, 0, 20, flags, lies.get("method", 0), 0, 0, crc, *sizes
        )
        directory += raw + more
    disk = lies.get("disk", 0)
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", disk, disk, len(members), len(members), len(directory), len(body), 0)
    return body + directory + end


def names(content: bytes, limits: Limits = LIMITS) -> list[str]:
    return [member.name for member in unpack(content, "附件", limits).members]


BUILDERS: dict[str, Callable[[Sequence[RarMember]], bytes]] = {
    "zip": lambda members: zipped(*((member.name, member.data) for member in members)),
    "rar4": rar4,
    "rar5": rar5,
}


@pytest.mark.parametrize("build", BUILDERS.values(), ids=BUILDERS)
def test_members_come_whole_and_in_order(build: Callable[[Sequence[RarMember]], bytes]) -> None:
    content = build([RarMember("工作要点.txt", PLAN), RarMember("附件/任务分解表.txt", TABLE)])
    found = unpack(content, "附件", LIMITS)
    assert [(member.name, member.content) for member in found.members] == [
        ("工作要点.txt", PLAN),
        ("附件/任务分解表.txt", TABLE),
    ]
    assert found.notes == ()


# ---- names

NAME = "2024年度报告（终稿）.docx"


def unicode_path(raw: bytes) -> bytes:
    spelt = b"\x01" + struct.pack("<I", zlib.crc32(raw)) + NAME.encode()
    return struct.pack("<HH", 0x7075, len(spelt)) + spelt


def stale_unicode_path(raw: bytes) -> bytes:
    return unicode_path(raw + b"x")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(zipped((NAME, PLAN)), NAME, id="flag for UTF-8"),
        pytest.param(raw_zip((NAME.encode("gbk"), PLAN)), NAME, id="GBK without a flag, as Windows writes"),
        pytest.param(raw_zip((NAME.encode(), PLAN)), NAME, id="UTF-8 without a flag, as macOS writes"),
        pytest.param(raw_zip((NAME.encode("gbk"), PLAN), flags=0x800), NAME, id="GBK with a flag that lies"),
        pytest.param(raw_zip((b"?????.docx", PLAN), extra=unicode_path), NAME, id="Unicode path record of Info-ZIP"),
        pytest.param(
            raw_zip((b"a.docx", PLAN), extra=stale_unicode_path), "a.docx", id="a Unicode path record of another name"
        ),
        pytest.param(
            raw_zip(("誠信\\清單.txt".encode("gbk"), PLAN)),
            "誠信/清單.txt",
            id="a backslash inside a character of GBK stays",
        ),
        pytest.param(raw_zip(("联系.txt".encode("gbk"), PLAN)), "联系.txt", id="GBK that could be Greek in UTF-8"),
        pytest.param(raw_zip((b"caf\x82", PLAN)), "café", id="letters of DOS where GBK cannot be"),
        pytest.param(rar4([RarMember(NAME, PLAN)]), NAME, id="RAR 4 in Unicode"),
        pytest.param(rar4([RarMember(NAME, PLAN, names="gbk")]), NAME, id="RAR 4 in GBK"),
        pytest.param(rar4([RarMember(NAME, PLAN, names="utf-8")]), NAME, id="RAR 4 in UTF-8"),
        pytest.param(rar5([RarMember(NAME, PLAN)]), NAME, id="RAR 5"),
    ],
)
def test_a_name_is_read_in_the_alphabet_it_was_written_in(content: bytes, expected: str) -> None:
    assert names(content) == [expected]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("附件/清单.xlsx", "附件/清单.xlsx", id="plain"),
        pytest.param("附件\\清单.xlsx", "附件/清单.xlsx", id="slashes of Windows"),
        pytest.param("../../etc/passwd", "etc/passwd", id="out of the folder"),
        pytest.param("附件/../../清单.xlsx", "附件/清单.xlsx", id="out of the folder, in the middle"),
        pytest.param("/etc/passwd", "etc/passwd", id="absolute"),
        pytest.param("C:\\Users\\a.doc", "Users/a.doc", id="a drive"),
        pytest.param("c:a.doc", "a.doc", id="a drive without a slash"),
        pytest.param("\\\\server\\share\\a.doc", "server/share/a.doc", id="a share"),
        pytest.param("./a.doc", "a.doc", id="here"),
        pytest.param("a\x00b\x1b[31m\u202ecod.exe", "ab[31mcod.exe", id="control characters and turned writing"),
        pytest.param("工作　要点.doc", "工作 要点.doc", id="a wide blank"),
        pytest.param("附件：清单.doc", "附件：清单.doc", id="a wide colon is no drive"),
        pytest.param("..", "unnamed", id="nothing left"),
        pytest.param("长" * 5000, "长" * 200, id="far too long"),
    ],
)
def test_a_name_is_only_a_name(written: str, expected: str) -> None:
    assert plain_name(written) == expected


@given(st.binary(max_size=60), st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_bytes_make_a_relative_name(raw: bytes, is_utf8: bool) -> None:
    plain = plain_name(decode_name(raw, is_utf8))
    steps = plain.split("/")
    assert plain.isprintable()
    assert "\\" not in plain
    assert not {"", ".", ".."} & {*steps}


def test_names_that_come_twice_are_told_apart() -> None:
    assert distinct_names(["a.doc", "a.doc", "a (2).doc", "b/a.doc", "b/a.doc", "附件", "附件", ".env", ".env"]) == [
        "a.doc", "a (2).doc", "a (2) (2).doc", "b/a.doc", "b/a (2).doc", "附件", "附件 (2)", ".env", ".env (2)",
    ]  # fmt: skip


def test_members_of_one_name_are_both_given() -> None:
    content = raw_zip((b"a.txt", PLAN), (b"./a.txt", TABLE))
    assert [(member.name, member.content) for member in unpack(content, "x", LIMITS).members] == [
        ("a.txt", PLAN),
        ("a (2).txt", TABLE),
    ]


# ---- what is left out


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(zipped(("附件/", b""), ("a.txt", PLAN)), id="a folder"),
        pytest.param(zipped((".DS_Store", TABLE), ("附件/Thumbs.db", TABLE), ("desktop.ini", TABLE), ("a.txt", PLAN)), id="of the system"),
        pytest.param(zipped(("__MACOSX/._a.txt", TABLE), ("a.txt", PLAN)), id="halves of Macintosh files"),
        pytest.param(zipped(("附件/~$作要点.docx", TABLE), ("a.txt", PLAN)), id="owner file of Word"),
        pytest.param(zipped((link("b.txt"), b"/etc/passwd"), ("a.txt", PLAN)), id="a link"),
        pytest.param(rar4([RarMember("附件", is_folder=True), RarMember("b", b"/etc/passwd", is_link=True), RarMember("a.txt", PLAN)]), id="folder and link in RAR 4"),
        pytest.param(rar5([RarMember("附件", is_folder=True), RarMember("b", b"/etc/passwd", is_link=True), RarMember("a.txt", PLAN)]), id="folder and link in RAR 5"),
    ],
)  # fmt: skip
def test_what_nobody_meant_to_send_is_left_out_without_a_word(content: bytes) -> None:
    found = unpack(content, "x", LIMITS)
    assert [member.name for member in found.members] == ["a.txt"]
    assert found.notes == ()


LOCKED = RarMember("机密.txt", TABLE, is_locked=True)
DAMAGED = RarMember("坏.txt", TABLE, crc=1)
PACKED = RarMember("压.txt", TABLE, method=0x33)
GOOD = RarMember("好.txt", PLAN)


def damaged_zip() -> bytes:
    content = bytearray(zipped(("好.txt", PLAN), ("坏.txt", TABLE)))
    place = content.index("坏.txt".encode()) + 12
    content[place : place + 4] = bytes(4)
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "note"),
    [
        pytest.param(zipped(("好.txt", PLAN), ("空.docx", b"")), "压缩包中1个文件为空，未读：空.docx", id="empty"),
        pytest.param(rar4([LOCKED, GOOD]), "压缩包中1个文件有密码，未读：机密.txt", id="locked in RAR 4"),
        pytest.param(rar5([LOCKED, GOOD]), "压缩包中1个文件有密码，未读：机密.txt", id="locked in RAR 5"),
        pytest.param(rar4([DAMAGED, GOOD]), "压缩包中1个文件已损坏，未读：坏.txt", id="wrong sum in RAR 4"),
        pytest.param(rar5([DAMAGED, GOOD]), "压缩包中1个文件已损坏，未读：坏.txt", id="wrong sum in RAR 5"),
        pytest.param(
            rar4([PACKED, GOOD]), "压缩包中1个文件已损坏，未读：压.txt", id="no packing where one was promised, RAR 4"
        ),
        pytest.param(
            rar5([PACKED, GOOD]), "压缩包中1个文件已损坏，未读：压.txt", id="no packing where one was promised, RAR 5"
        ),
        pytest.param(damaged_zip(), "压缩包中1个文件已损坏，未读：坏.txt", id="broken stream in ZIP"),
    ],
)
def test_a_member_that_cannot_be_read_is_told_and_the_others_are_given(content: bytes, note: str) -> None:
    found = unpack(content, "x", LIMITS)
    assert [(member.name, member.content) for member in found.members] == [("好.txt", PLAN)]
    assert found.notes == (note,)


def test_a_note_names_a_few_of_many() -> None:
    found = unpack(zipped(("好.txt", PLAN), *((f"{place}.txt", b"") for place in range(9))), "x", LIMITS)
    assert found.notes == ("压缩包中9个文件为空，未读：0.txt、1.txt、2.txt、3.txt、4.txt等",)


# ---- what is refused

SMALL = Limits(unpacked_bytes=2_000_000, members=3, ratio=50)


def bomb_of_one_body() -> bytes:
    """Two entries of the directory that share one member: the start of the better bombs."""
    return raw_zip((b"a", TABLE), (b"b", TABLE), offset=0)


def split_zip() -> bytes:
    return raw_zip((b"a", PLAN), disk=3)


def lying_zip() -> bytes:
    """A megabyte of blanks that the directory calls ten bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(bytes(1_000_000)) + packer.flush()
    return raw_zip((b"a.txt", packed), method=8, size=10, crc=zlib.crc32(bytes(10)))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "got other bytes", id="nothing"),
        pytest.param(b"7z\xbc\xaf\x27\x1c" + bytes(40), "got other bytes", id="another archive"),
        pytest.param(b"MZ" + bytes(200) + zipped(("a.txt", PLAN)), "perhaps a self-extracting archive", id="a program"),
        pytest.param(zipped(), "got one with none", id="no member"),
        pytest.param(zipped(("附件/", b""), ("Thumbs.db", PLAN)), "got one with none", id="nothing but clutter"),
        pytest.param(zipped(("a.docx", b"")), "got one with none", id="nothing but empty files"),
        pytest.param(zipped(("a.txt", PLAN))[:-30], "cut off before its directory", id="cut off"),
        pytest.param(b"PK\x03\x04" + bytes(100), "cut off before its directory", id="only a head"),
        pytest.param(split_zip(), "the last part of a split one", id="split"),
        pytest.param(raw_zip((b"a", PLAN), flags=1), "got one whose members (1) are protected", id="locked"),
        pytest.param(raw_zip((b"a", PLAN), method=9), "压缩方式（9）不支持", id="a packing that is not read"),
        pytest.param(raw_zip((b"a", PLAN), crc=7), "已损坏", id="wrong sum"),
        pytest.param(raw_zip((b"a", PLAN), offset=7), "已损坏", id="no member where one should be"),
        pytest.param(raw_zip((b"a", PLAN), packed=70_000_000), "不完整", id="longer than the file"),
        pytest.param(lying_zip(), "已损坏", id="a directory that lies about sizes"),
        pytest.param(bomb_of_one_body(), "share their bytes", id="members over each other"),
        pytest.param(zipped(*((f"{place}.txt", PLAN) for place in range(4))), "at most 3 members, got 4", id="too many members"),
        pytest.param(zipped(*((f"{place}/", b"") for place in range(40))), "at most 30 entries", id="too many folders"),
        pytest.param(zipped(("a", bytes(1_500_000)), ("b", bytes(1_500_000)), method=0), "at most 2 MB together, got 3.0 MB", id="too much together"),
        pytest.param(zipped(("a", bytes(1_900_000))), "packed at most 50 times", id="packed too tightly"),
        pytest.param(rar4([GOOD])[:-12], "cut off", id="RAR 4 cut off in a member"),
        pytest.param(rar5([GOOD])[:-12], "cut off", id="RAR 5 cut off in a member"),
        pytest.param(rar5([GOOD], has_end=False), "the end record is missing", id="RAR 5 cut off behind a member"),
        pytest.param(b"Rar!\x1a\x07\x00" + struct.pack("<HBHH", 0, 0x79, 0, 7) * 60_000, "more than 50000 headers", id="RAR 4 of nothing but headers"),
        pytest.param(rar4([GOOD], is_volume=True), "one volume of several", id="a volume of RAR 4"),
        pytest.param(rar5([GOOD], is_volume=True), "one volume of several", id="a volume of RAR 5"),
        pytest.param(rar4([GOOD], has_locked_headers=True), "protected by a password", id="locked names of RAR 4"),
        pytest.param(rar5([GOOD], has_locked_headers=True), "protected by a password", id="locked names of RAR 5"),
        pytest.param(rar4([LOCKED]), "got one whose members (1) are protected", id="locked RAR 4"),
        pytest.param(rar5([LOCKED, LOCKED]), "got one whose members (2) are protected", id="locked RAR 5"),
        pytest.param(rar4([RarMember("a", PLAN, size=3_000_000)]), "at most 2 MB together", id="RAR 4 of great promise"),
        pytest.param(rar5([RarMember("a", PLAN, size=1_900_000, method=0x35)]), "packed at most 50 times", id="RAR 5 packed too tightly"),
        pytest.param(rar5([RarMember("a", PLAN, size=1000)]), "已损坏", id="stored, yet larger unpacked"),
        pytest.param(b"Rar!\x1a\x07\x02\x00" + bytes(40), "of version 4 or 5", id="RAR of another version"),
    ],
)  # fmt: skip
def test_an_archive_that_gives_nothing_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=r"^附件\.zip: ") as error:
        unpack(content, "附件.zip", SMALL)
    assert reason in str(error.value)


def test_a_short_member_of_blanks_is_no_bomb() -> None:
    assert unpack(zipped(("a.txt", bytes(900_000))), "x", SMALL).members[0].content == bytes(900_000)


def test_bytes_before_and_behind_a_zip_do_no_harm() -> None:
    assert names(b"PK00" + zipped(("a.txt", PLAN)) + b"\r\n") == ["a.txt"]


def test_a_header_that_spells_the_name_in_another_way_is_no_reason_to_refuse() -> None:
    content = zipped(("附件.txt", PLAN)).replace("附件.txt".encode(), "附件.doc".encode(), 1)
    assert names(content) == ["附件.txt"]


def test_an_old_rar_without_an_end_record_is_read() -> None:
    assert names(rar4([GOOD], has_end=False)) == ["好.txt"]


def test_zip64_is_read() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive, archive.open("a.txt", "w", force_zip64=True) as member:
        member.write(PLAN)
    content = stream.getvalue()
    end, directory = content.rindex(b"PK\5\6"), content.index(b"PK\1\2")
    entry = bytearray(content[directory:end])
    size, offset = struct.unpack_from("<I", entry, 24)[0], 0
    wide = struct.pack("<HHQQQ", 1, 24, size, size, offset)
    entry[20:28], entry[42:46] = b"\xff" * 8, b"\xff" * 4
    entry[30:32] = struct.pack("<H", len(wide))
    entry += wide
    record = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, len(entry), directory)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, directory + len(entry), 1)
    last = struct.pack("<4sHHHHIIH", b"PK\5\6", 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    assert unpack(content[:directory] + bytes(entry) + record + locator + last, "x", LIMITS).members[0].content == PLAN


# ---- the writer of the tests, and the decoder of packed members

SET = [RarMember("工作要点.txt", PLAN), RarMember("附件", is_folder=True), RarMember("附件/任务分解表.txt", TABLE)]


@pytest.mark.parametrize("build", [rar4, rar5], ids=["RAR 4", "RAR 5"])
def test_other_libraries_read_what_the_writer_builds(
    build: Callable[[Sequence[RarMember]], bytes], tmp_path: Path
) -> None:
    path = tmp_path / "a.rar"
    path.write_bytes(build(SET))
    with rarfile.RarFile(path, errors="strict") as archive:
        assert archive.namelist() == ["工作要点.txt", "附件/", "附件/任务分解表.txt"]
        assert archive.read("附件/任务分解表.txt") == TABLE
    other = RarFile(str(path))
    assert other.namelist() == ["工作要点.txt", "附件", "附件/任务分解表.txt"]
    assert other.read("工作要点.txt") == PLAN


@pytest.mark.parametrize("build", [rar4, rar5], ids=["RAR 4", "RAR 5"])
def test_bytes_that_are_no_packing_leave_no_file_and_no_exception(
    build: Callable[[Sequence[RarMember]], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    members = [
        GOOD,
        *(RarMember(f"../{method}.txt", bytes(range(256)) * 30, method=method) for method in range(0x31, 0x36)),
    ]
    found = unpack(build(members), "x", LIMITS)
    assert [member.name for member in found.members] == ["好.txt"]
    assert len(found.notes) == 1
    assert not list(tmp_path.iterdir())


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_broken_bytes_are_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(
        data.draw(
            st.sampled_from([zipped(("a.txt", PLAN), ("b/c.txt", TABLE)), rar4([*SET, PACKED]), rar5([*SET, PACKED])])
        )
    )
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    try:
        found = unpack(bytes(content[:cut] if data.draw(st.booleans()) else content), "x", LIMITS)
    except InputError:
        return
    assert found.members


def test_a_name_of_the_old_form_is_kept_in_steps() -> None:
    """The writer uses three of the four kinds of step; the fourth, a run, is written here by hand."""
    from pipeline.files.rars import _wide_name

    plain, _, packed = wide_name("云岚县a.txt").partition(b"\0")
    assert _wide_name(plain, packed) == "云岚县a.txt"
    assert _wide_name(b"report.txt", bytes([0, 0b11000000, 8])) == "report.txt"
    assert _wide_name(b"abc", bytes([0x4E, 0b11000000, 0x81, 1])) == "\u4e62\u4e63\u4e64"
    assert _wide_name(b"ab", bytes([0, 0b11000000, 9])) == "ab"
