"""The checks themselves: each finds the fault that it is there for, and nothing in a sound export."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.invariants import violations
from tests.perturb import Row, Tables, write_export, write_lines

SOURCE = "首页 > 公开\r\n一、培训\r\n（一）举办培训５期。\r\n打印本页\r\n（二）检查2\u3000次。\r\n"
TEXT = "一、培训\n（一）举办培训５期。\n（二）检查2次。\n"
PAGE = (
    "<html><title>公开</title><body><p>首页</p><p>一、培训</p>\n"
    "<p>（一）举办培训&#65301;期。</p>（二）检查2&nbsp;次。</body></html>"
)


def cut(source: str, words: str, reason: str) -> list[int | str]:
    return [source.index(words), source.index(words) + len(words), reason]


def section(section_id: str, parent_id: str | None, start: int, end: int) -> Row:
    return {"doc_id": "d", "section_id": section_id, "parent_id": parent_id, "level": 1, "start": start, "end": end}


def commitment(commitment_id: str, section_id: str, quote: str, value: str) -> Row:
    start, value_start = TEXT.index(quote), TEXT.index(value)
    place = {"start": start, "end": start + len(quote), "quote": quote}
    place |= {"value_start": value_start, "value_end": value_start + len(value), "value_text": value}
    return {"doc_id": "d", "commitment_id": commitment_id, "section_id": section_id, **place}


def number(text: str, commitment_id: str | None, reason: str | None) -> Row:
    start = TEXT.index(text)
    place = {"start": start, "end": start + len(text), "text": text}
    return {"doc_id": "d", **place, "commitment_id": commitment_id, "reason": reason}


def sound() -> Tables:
    cuts = [cut(SOURCE, "首页 > 公开\r\n", "navigation"), cut(SOURCE, "打印本页", "furniture")]
    second = TEXT.index("（二）")
    return {
        "documents": [{"doc_id": "d", "name": "d.txt", "text": TEXT, "cuts": cuts}],
        "sections": [
            section("a", None, 0, len(TEXT)),
            section("b", "a", 5, second),
            section("c", "a", second, len(TEXT)),
        ],
        "commitments": [commitment("x", "b", "举办培训５期", "５期"), commitment("y", "c", "检查2次", "2次")],
        "coverage": [],
        "numbers": [number("５期", "x", None), number("二", None, "list_number")],
    }


def checked(tmp_path: Path, tables: Tables, content: bytes = SOURCE.encode(), name: str = "d.txt") -> list[str]:
    export = write_export(tmp_path / "export", tables)
    write_lines(export / "numbers.jsonl", tables["numbers"])
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / name).write_bytes(content)
    return violations(export, tmp_path / "sources")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(SOURCE.encode(), id="UTF-8"),
        pytest.param(b"\xef\xbb\xbf" + SOURCE.encode(), id="UTF-8 with a byte order mark"),
        pytest.param(SOURCE.encode("utf-16"), id="UTF-16"),
        pytest.param(SOURCE.encode("gb18030"), id="GB18030"),
    ],
)
def test_a_sound_export_has_no_violation(tmp_path: Path, content: bytes) -> None:
    assert checked(tmp_path, sound(), content) == []


def test_a_page_is_compared_without_tags_and_entities(tmp_path: Path) -> None:
    tables = sound()
    tables["documents"][0] |= {"name": "d.html", "cuts": [cut(PAGE, "首页", "navigation")]}
    assert checked(tmp_path, tables, PAGE.encode(), "d.html") == []


def change(table: str, index: int, **fields: object) -> Callable[[Tables], None]:
    def apply(tables: Tables) -> None:
        tables[table][index] |= fields

    return apply


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        pytest.param(change("documents", 0, text=TEXT.rstrip()), "no line break", id="no last line break"),
        pytest.param(change("documents", 0, text=TEXT.replace("\n", "\n\n")), "an empty one", id="an empty line"),
        pytest.param(change("documents", 0, text=f"{TEXT}版权所有 某县\n"), "page furniture", id="page furniture"),
        pytest.param(change("documents", 0, name="e.txt"), "found 0", id="no source"),
        pytest.param(change("documents", 0, cuts=[]), "where the source", id="left out in the middle without a cut"),
        pytest.param(
            change("documents", 0, cuts=[cut(SOURCE, "打印本页", "")]), "left out", id="left out at the start"
        ),
        pytest.param(change("documents", 0, text=TEXT.replace("５", "六")), "where the source", id="rewritten"),
        pytest.param(change("documents", 0, cuts=[[9, 12, "spam"], [0, 3, "spam"]]), "out of order", id="cuts"),
        pytest.param(change("commitments", 0, quote="举办培训6期"), "is not the text", id="another quote"),
        pytest.param(change("commitments", 0, quote="举办培训6期"), "not in the source", id="a quote of nowhere"),
        pytest.param(change("commitments", 0, value_text="5期"), "is not the text", id="value rewritten"),
        pytest.param(change("commitments", 0, value_start=0, value_end=1), "outside its quote", id="value outside"),
        pytest.param(change("commitments", 0, section_id="c"), "outside its section", id="another section"),
        pytest.param(change("commitments", 0, section_id="z"), "is none", id="a section that is none"),
        pytest.param(change("commitments", 0, commitment_id="y"), "commitment_id y twice", id="an id twice"),
        pytest.param(change("sections", 0, start=1), "before the first section", id="text before"),
        pytest.param(change("sections", 0, end=len(TEXT) - 1), "ends elsewhere", id="text after"),
        pytest.param(change("sections", 1, end=10), "a gap or an overlap", id="a gap"),
        pytest.param(change("sections", 1, end=20), "a gap or an overlap", id="an overlap"),
        pytest.param(change("sections", 2, end=22), "ends elsewhere", id="a child too short"),
        pytest.param(change("sections", 1, end=5), "without text", id="an empty section"),
        pytest.param(change("sections", 1, parent_id="z"), "is no section", id="a parent that is none"),
        pytest.param(change("numbers", 0, text="5期"), "is not the text", id="number rewritten"),
        pytest.param(change("numbers", 0, reason="slogan"), "or neither", id="a commitment and a reason"),
        pytest.param(change("numbers", 1, reason=None), "or neither", id="neither"),
        pytest.param(change("numbers", 0, commitment_id="z"), "of a number is none", id="no such commitment"),
    ],
)
def test_a_fault_is_found(tmp_path: Path, spoil: Callable[[Tables], None], words: str) -> None:
    tables = sound()
    spoil(tables)
    assert any(words in problem for problem in checked(tmp_path, tables))


def test_an_export_without_documents_is_a_violation(tmp_path: Path) -> None:
    assert checked(tmp_path, {name: [] for name in sound()}) == [f"{tmp_path / 'export'} has no document"]
