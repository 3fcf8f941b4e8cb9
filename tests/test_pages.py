"""The saved pages and files of tests/pages: text, rows and metadata are as they were written down beforehand."""

import json
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest

from pipeline.analyze import score_saved_pages
from pipeline.errors import InputError, NotFoundError
from pipeline.evaluate.pages import PageResult, character_f1, render_pages

PAGES = Path(__file__).with_name("pages")
CASES = sorted(path.parent.name for path in PAGES.glob("*/expected.json"))
PICTURES = ("d-scan", "d-png", "d-jpg")  # read by the extra ocr
ENDINGS = ("docx", "doc", "wps", "pdf", "ofd", "zip", "rar", "txt")


@pytest.mark.parametrize("case", CASES)
def test_a_saved_page_is_read_as_written_down(case: str) -> None:
    if case.startswith(PICTURES) and not find_spec("rapidocr"):
        pytest.skip("needs the extra ocr")
    (result,) = score_saved_pages(PAGES, [case])
    assert result.errors == ()


def test_there_are_pages_of_every_family_and_files_of_every_type() -> None:
    mains = [json.loads((PAGES / case / "expected.json").read_text("utf-8"))["main"] for case in CASES]
    files = [path for path in PAGES.glob("*/**/*") if path.is_file()]
    endings = Counter(path.suffix.lower().lstrip(".") for path in files if path.name not in ("body.txt",))
    assert sum("htm" in main.rsplit(".", 1)[-1] or main.endswith(".aspx") for main in mains) >= 30
    assert {ending: endings[ending] for ending in ENDINGS if endings[ending] < 4} == {}
    assert endings["xlsx"] + endings["xls"] + endings["et"] >= 4
    assert sum(case.startswith(PICTURES) for case in CASES) >= 4


@pytest.mark.parametrize(
    ("found", "wanted", "f1"),
    [
        pytest.param("依法行政\n", "依法行政\n", 1.0, id="the same"),
        pytest.param("依法 行政\n\n", "依法\n行政", 1.0, id="blanks and line ends do not count"),
        pytest.param("依法行政", "依法行政监督检查", 2 * 4 / 12, id="half is missing"),
        pytest.param("首页依法行政", "依法行政", 2 * 4 / 10, id="a menu too much"),
        pytest.param("", "依法行政", 0.0, id="nothing found"),
        pytest.param("", "", 1.0, id="nothing asked for"),
    ],
)
def test_characters_in_the_same_order_count(found: str, wanted: str, f1: float) -> None:
    assert character_f1(found, wanted) == pytest.approx(f1)


def write_case(folder: Path, **expected: object) -> None:
    (folder / "one").mkdir()
    rows = "<table><tr><td>任务</td><td>时限</td></tr><tr><td>评查案卷</td><td>6月底前</td></tr></table>"
    page = f"<html><body><p>首页</p><p>全年办结案件23件，办结率达到100%。</p>{rows}</body></html>"
    (folder / "one" / "page.html").write_text(page, encoding="utf-8")
    body = "全年办结案件23件，办结率达到100%。\n任务\t时限\n评查案卷\t6月底前\n"
    (folder / "one" / "body.txt").write_text(body, encoding="utf-8")
    (folder / "one" / "expected.json").write_text(
        json.dumps({"main": "page.html", "fields": {"kind": "other"}, **expected}), encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("expected", "error"),
    [
        pytest.param({"fields": {"year": 2023}}, "year: expected 2023, got None", id="a field"),
        pytest.param({"rows": [["评查案卷", "9月底前"]]}, "row lost or changed: 评查案卷 | 9月底前", id="a row"),
        pytest.param({"notes": ["spam"]}, "note missing: spam", id="a note"),
        pytest.param(
            {"navigation": ["评查案卷\t6月底前"]}, "navigation kept: 评查案卷\t6月底前", id="a line of a menu"
        ),
        pytest.param({"sources": {"kind": "title"}}, "source of kind: expected title, got none", id="a source"),
        pytest.param({"parts": ["a.docx"]}, "part not in the text: a.docx", id="a part"),
        pytest.param({"refused": "spam"}, "expected a refusal (spam)", id="a refusal"),
    ],
)
def test_each_disagreement_is_told(expected: dict[str, object], error: str, tmp_path: Path) -> None:
    write_case(tmp_path, **expected)
    (result,) = score_saved_pages(tmp_path)
    assert any(one.startswith(error) for one in result.errors)
    assert error in render_pages([result], errors=True)


def test_a_case_that_agrees_has_no_error(tmp_path: Path) -> None:
    write_case(tmp_path, rows=[["评查案卷", "6月底前"]], navigation=["首页"])
    assert score_saved_pages(tmp_path) == (PageResult("one", "html", 1.0, 1, 1, 1, 1, ()),)


def test_a_folder_without_cases_and_a_case_without_its_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="expected cases"):
        score_saved_pages(tmp_path)
    write_case(tmp_path, main="other.html")
    with pytest.raises(InputError, match="expected a complete case"):
        score_saved_pages(tmp_path)
