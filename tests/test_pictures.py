"""What is drawn, read back from the SVG by the ids of its parts, and from the PNG by its size and bytes."""

import re
import struct
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import matplotlib
import pandas as pd
import pytest

from pipeline import pictures, tables
from pipeline.compare.columns import COVERAGE
from pipeline.compare.indicators import LONG
from pipeline.errors import InputError, NotFoundError
from pipeline.pictures import coverage as maps
from pipeline.pictures import paper
from tests import factories

PLAN = factories.document()


@pytest.fixture
def export(tmp_path: Path) -> tables.Export:
    report = factories.document(factories.TEXT + "附", name="b.txt", kind="report", body="司法局")
    tables.write_export([factories.analysis(PLAN), factories.analysis(report)], tmp_path / "export")
    return tables.read_export(tmp_path / "export")


def cells(*rows: dict[str, Any]) -> pd.DataFrame:
    """A comparison of one indicator, a cell a row; what is not said is a comparable result of 90 % in 2023."""
    known: dict[str, Any] = dict.fromkeys(LONG)
    known |= {
        "indicator": "x", "name": "合格率", "jurisdiction": "青榆县", "year": 2023, "kind": "report", "stance": "result",
        "comparator": "=", "value": 90.0, "unit": "%", "doc_id": "d", "is_comparable": True, "why_not": "", "words": "",
    }  # fmt: skip
    table = pd.DataFrame([{**known, **row} for row in rows], columns=list(LONG))
    table["year"] = table["year"].astype("Int64")
    return table.astype({"value": "float64", "value_max": "float64", "deadline": "datetime64[s]"})


def coverage_of(export: tables.Export, states: Sequence[str], **fields: Any) -> pd.DataFrame:
    rows = [
        {"reference": "outline", "item": str(at), "doc_id": doc_id, "status": status, "score": 0.5, "start": None,
         "end": None, "nearest": [], "remarks": [], "why": [], **fields}
        for doc_id in export.documents["doc_id"]
        for at, status in enumerate(states, 1)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COVERAGE))


def parts(path: Path) -> list[str]:
    """The names of the parts of a picture, without their numbers, each as often as it is drawn."""
    found = re.findall(
        r'id="((?:arrow|mark|bar|line|state|remark|span|deadline|today)(?:-[a-z_]+)?)-\d+"', path.read_text()
    )
    return sorted(found)


def size(path: Path) -> tuple[int, int]:
    width, height = struct.unpack(">II", path.read_bytes()[16:24])
    return width, height


DRAWN = [
    pytest.param({"comparator": ">="}, ["arrow-ge", "mark-ge"], id="at least: an arrow"),
    pytest.param({"comparator": ">"}, ["arrow-gt", "mark-gt"], id="above"),
    pytest.param({"comparator": "<="}, ["arrow-le", "mark-le"], id="at most"),
    pytest.param({"comparator": "<"}, ["arrow-lt", "mark-lt"], id="below"),
    pytest.param({"comparator": "range", "value_max": 95.0}, ["bar", "mark-range", "mark-range"], id="a range: a bar"),
    pytest.param({"comparator": "~"}, ["mark-about"], id="about: no arrow"),
    pytest.param({"comparator": "="}, ["mark-eq"], id="equal: no arrow"),
    pytest.param(
        {"comparator": "increase", "bound": ">="},
        ["arrow-ge", "mark-ge", "mark-increase"],
        id="a change with a bound, which the legend explains",
    ),
    pytest.param({"comparator": None}, ["mark-eq"], id="no comparator"),
]


@pytest.mark.parametrize(("cell", "asked"), DRAWN)
def test_a_comparator_is_drawn(tmp_path: Path, cell: dict[str, Any], asked: list[str]) -> None:
    """Each part stands in the plot, and in the legend where it needs words there."""
    none = parts(pictures.draw_indicator(cells({}), "x", tmp_path / "none.svg"))
    path = pictures.draw_indicator(cells({}, {"jurisdiction": "云岭县", **cell}), "x", tmp_path / "a.svg")
    found = parts(path)
    for one in none:
        found.remove(one)
    assert set(found) == set(asked)


@pytest.mark.parametrize(
    ("comparator", "sign"),
    [
        pytest.param(">=", 1, id="at least points up the axis"),
        pytest.param(">", 1, id="above"),
        pytest.param("<=", -1, id="at most points down the axis"),
        pytest.param("<", -1, id="below"),
    ],
)
@pytest.mark.parametrize("is_level", [True, False])
def test_an_arrow_points_where_the_value_is_open(comparator: str, sign: int, is_level: bool) -> None:
    from matplotlib.figure import Figure
    from matplotlib.patches import FancyArrowPatch

    from pipeline.pictures.cells import read_values
    from pipeline.pictures.marks import Way, draw_value

    _, (value,) = read_values(cells({"comparator": comparator}), "x")
    axes = Figure().subplots()
    draw_value(axes, value, 1.0, Way(is_level=is_level, arrow=5.0))
    (arrow,) = [one for one in axes.patches if isinstance(one, FancyArrowPatch)]
    start, end = arrow._posA_posB
    along = 0 if is_level else 1
    assert start[along] == 90.0
    assert end[along] == 90.0 + sign * 5.0
    assert start[1 - along] == end[1 - along] == 1.0


def test_what_is_about_or_above_is_hollow_and_targets_look_unlike_results() -> None:
    from matplotlib.figure import Figure

    from pipeline.pictures.cells import read_values
    from pipeline.pictures.marks import Way, draw_value

    axes = Figure().subplots()
    rows = [{"comparator": "~"}, {"comparator": ">="}, {"stance": "target"}, {"is_comparable": False}]
    for at, value in enumerate(read_values(cells(*rows), "x")[1]):
        draw_value(axes, value, float(at), Way(is_level=True, arrow=1.0))
    about, least, target, unlike = axes.lines
    assert about.get_markerfacecolor() == "white"
    assert least.get_markerfacecolor() != "white"
    assert target.get_marker() != least.get_marker()
    assert target.get_markerfacecolor() != least.get_markerfacecolor()
    assert unlike.get_markerfacecolor() == paper.GREY


def test_a_cell_in_another_unit_stands_in_words_and_not_on_the_axis(tmp_path: Path) -> None:
    same = [{"jurisdiction": name} for name in ("甲县", "乙县")]
    other = {"jurisdiction": "丙县", "unit": "日", "words": "9日", "is_comparable": False, "why_not": "单位不同"}
    without = pictures.draw_indicator(cells(*same), "x", tmp_path / "a.svg")
    with_it = pictures.draw_indicator(cells(*same, other), "x", tmp_path / "b.svg")
    assert parts(with_it) == parts(without)
    assert len(with_it.read_bytes()) > len(without.read_bytes())


def test_an_indicator_that_is_a_date_is_drawn_on_a_calendar(tmp_path: Path) -> None:
    rows = [{"value": None, "comparator": None, "deadline": date(2024, month, 30), "jurisdiction": name}
            for month, name in ((6, "甲县"), (9, "乙县"))]  # fmt: skip
    assert parts(pictures.draw_indicator(cells(*rows), "x", tmp_path / "a.svg")).count("mark-eq") == 2 + 1
    with pytest.raises(InputError, match="which is a date"):
        pictures.draw_years(cells(*rows), "x", tmp_path / "b.svg")


def test_neighbouring_years_are_joined_and_a_gap_is_not(tmp_path: Path) -> None:
    path = pictures.draw_years(cells(*({"year": year} for year in (2020, 2021, 2023))), "x", tmp_path / "a.svg")
    assert parts(path).count("line") == 1
    unlike = pictures.draw_years(cells({"year": 2020}, {"year": 2021, "is_comparable": False}), "x", tmp_path / "b.svg")
    assert "line" not in parts(unlike)


def test_each_state_has_a_symbol_of_its_own(export: tables.Export, tmp_path: Path) -> None:
    coverage = coverage_of(export, list(maps.STATES))
    path = pictures.draw_coverage(coverage, export, tmp_path / "a.svg")
    told = parts(path)
    assert {name: told.count(name) for name in set(told)} == {
        "state-covered": 3, "state-partial": 3, "state-missing": 3, "state-unknown": 3,
    }  # fmt: skip
    shades = [matplotlib.colors.to_rgb(state.fill) for state in maps.STATES.values()]
    greys = sorted(0.299 * red + 0.587 * green + 0.114 * blue for red, green, blue in shades)
    assert min(after - before for before, after in pairwise(greys)) > 0.05


def test_remarks_are_flagged(export: tables.Export, tmp_path: Path) -> None:
    remark = [{"kind": "target_lower", "words": "低", "asked": None, "found": None}]
    coverage = coverage_of(export, ["covered", "missing"])
    coverage.at[0, "remarks"] = remark
    assert parts(pictures.draw_coverage(coverage, export, tmp_path / "a.svg")).count("remark") == 1 + 1


def test_a_plan_can_be_the_reference(export: tables.Export, tmp_path: Path) -> None:
    plan = export.documents["doc_id"].iloc[0]
    tasks = export.sections.loc[(export.sections["doc_id"] == plan) & (export.sections["level"] == 2), "section_id"]
    coverage = coverage_of(export, ["covered"] * len(tasks), reference=plan)
    coverage["item"] = [*tasks, *tasks]
    coverage = coverage[coverage["doc_id"] != plan]
    assert parts(pictures.draw_coverage(coverage, export, tmp_path / "a.svg")).count("state-covered") == len(tasks) + 1


def with_deadlines(tmp_path: Path, *deadlines: tuple[date | None, date | None]) -> tables.Export:
    known = factories.analysis()
    made = [
        replace(one, begins=begins, deadline=deadline)
        for one, (begins, deadline) in zip(known.commitments, deadlines, strict=True)
    ]
    tables.write_export([replace(known, commitments=tuple(made))], tmp_path / "export")
    return tables.read_export(tmp_path / "export")


def test_deadlines_are_marks_and_spans_are_bars(tmp_path: Path) -> None:
    export = with_deadlines(
        tmp_path, (date(2023, 4, 1), date(2023, 6, 30)), (None, date(2023, 12, 31)), (None, None)
    )  # fmt: skip
    assert parts(pictures.draw_deadlines(export, tmp_path / "a.svg")) == ["deadline", "deadline", "span"]
    today = pictures.draw_deadlines(export, tmp_path / "b.svg", today=date(2023, 5, 1))
    assert "today" in parts(today)
    assert "today" not in parts(pictures.draw_deadlines(export, tmp_path / "c.svg", today=date(2030, 5, 1)))


def test_many_deadlines_of_a_day_are_one_mark_with_their_number(tmp_path: Path) -> None:
    export = with_deadlines(tmp_path, *[(None, date(2023, 12, 31))] * 3)
    detailed = pictures.draw_deadlines(export, tmp_path / "a.svg", detail=True)
    gathered = pictures.draw_deadlines(export, tmp_path / "b.svg", detail=False)
    assert parts(detailed).count("deadline") == 3
    assert parts(gathered).count("deadline") == 2  # two headings


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_equal_arguments_give_equal_bytes_whatever_the_callers_style(
    export: tables.Export, tmp_path: Path, suffix: str
) -> None:
    first = pictures.draw_coverage(coverage_of(export, ["covered"]), export, tmp_path / f"a{suffix}").read_bytes()
    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "black", "text.usetex": False}):
        pictures.draw_coverage(coverage_of(export, ["covered"]), export, tmp_path / f"b{suffix}")
        assert matplotlib.rcParams["font.size"] == 30
    assert (tmp_path / f"b{suffix}").read_bytes() == first
    assert b"20" + date.today().strftime("%y-%m-%d").encode() not in first
    assert b"Matplotlib v" not in first


def test_a_picture_grows_with_what_it_shows(tmp_path: Path) -> None:
    rows = [{"jurisdiction": f"第{at}县", "doc_id": str(at)} for at in range(30)]
    one = size(pictures.draw_indicator(cells(rows[0]), "x", tmp_path / "a.png"))
    thirty = size(pictures.draw_indicator(cells(*rows), "x", tmp_path / "b.png"))
    assert thirty[0] == one[0]
    assert thirty[1] > one[1] + 29 * 30
    long = {**rows[0], "jurisdiction": "新疆生产建设兵团第十三师新星市经济技术开发区管理委员会"}
    assert size(pictures.draw_indicator(cells(long), "x", tmp_path / "c.png"))[0] < 2 * one[0]


def test_odd_words_are_drawn_without_boxes(tmp_path: Path) -> None:
    """Warnings are errors here: a glyph that is missing would be one."""
    rows = [{"jurisdiction": name} for name in ("$县$", "甲\x00县\ue000", "²×≥～〔2023〕—…“”·", "龘靐齉")]
    assert pictures.draw_indicator(cells(*rows), "x", tmp_path / "a.png").exists()


REFUSED = [
    pytest.param(
        lambda path: pictures.draw_indicator(cells({}), "x", path / "a.gif"),
        NotFoundError,
        "no picture format",
        id="suffix",
    ),
    pytest.param(
        lambda path: pictures.draw_indicator(cells({}), "y", path / "a.png"),
        NotFoundError,
        "no indicator 'y'",
        id="indicator",
    ),
    pytest.param(
        lambda path: pictures.draw_indicator(cells({"value": None}), "x", path / "a.png"),
        InputError,
        "have none",
        id="no value",
    ),
    pytest.param(
        lambda path: pictures.draw_years(cells({"year": None}), "x", path / "a.png"),
        InputError,
        "has none",
        id="no year",
    ),
]


@pytest.mark.parametrize(("draw", "error", "message"), REFUSED)
def test_what_cannot_be_drawn_is_refused(tmp_path: Path, draw: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        draw(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_coverage_that_does_not_fit_is_refused(export: tables.Export, tmp_path: Path) -> None:
    good = coverage_of(export, ["covered"])
    for bad, message in (
        (good.iloc[:0], "of one reference"),
        (good.assign(status="perhaps"), "perhaps"),
        (good.assign(item="99"), "no task 99"),
        (good.assign(doc_id="zz"), "no document zz"),
    ):
        with pytest.raises((InputError, NotFoundError), match=message):
            pictures.draw_coverage(bad, export, tmp_path / "a.png")


def test_targets_without_a_deadline_make_no_time_line(export: tables.Export, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there are none"):
        pictures.draw_deadlines(export, tmp_path / "a.png")


WRAPPED = [
    pytest.param("一二三四五", 5, 0, "一二三四五", id="fits"),
    pytest.param("一二三四五，六", 5, 0, "一二三四五，\n六", id="no comma at the head of a line"),
    pytest.param("一二三四（五六", 5, 0, "一二三四\n（五六", id="no bracket at its end"),
    pytest.param("不低于99.95%的", 6, 0, "不低于\n99.95%的", id="a number stays whole"),
    pytest.param("一二三四五六七八", 3, 2, "一二三\n四五…", id="more than it may take"),
    pytest.param("", 5, 0, "", id="nothing"),
]


@pytest.mark.parametrize(("text", "width", "most", "lines"), WRAPPED)
def test_words_are_wrapped(text: str, width: float, most: int, lines: str) -> None:
    assert paper.wrap(text, width, most) == lines
