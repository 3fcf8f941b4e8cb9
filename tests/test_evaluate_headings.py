import json
from collections.abc import Mapping, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.evaluate import Scores, render, score
from pipeline.evaluate.calibration import Bin, calibration_error, cut_bins
from pipeline.evaluate.headings import heading_figures
from pipeline.evaluate.results import HeadingAnswer
from tests import perturb
from tests.perturb import Row, Tables

# A passage is a paragraph of an invented document, and a row of a table below says of it:
# the heading asked for, the alternatives, and what its section has: heading, score, runner-up.
Passage = tuple[int, list[int], int | None, float | None, int | None]

MIXED: list[Passage] = [
    (5, [], 5, 0.9, None),
    (5, [], 5, 0.9, 8),
    (5, [], 5, 0.6, 8),
    (5, [], 8, 0.6, 5),
    (8, [], 8, 0.8, 5),
    (8, [5], 5, 0.7, 2),  # by its alternative
    (7, [], 0, 0.5, 6),
    (7, [], None, None, None),  # no section around it
]


def opening(number: int) -> str:
    return f"第{number:03}项工作。"


def write_document(folder: Path, name: str, passages: Sequence[Passage]) -> Tables:
    """Write the gold headings of an invented document, and return its part of an export."""
    perturb.write_lines(
        folder / f"{name}.headings.jsonl",
        [
            {"starts_with": opening(number), "heading": asked, "alt": alternatives}
            for number, (asked, alternatives, *_) in enumerate(passages)
        ],
    )
    size = len(opening(0)) + 1
    sections: list[Row] = [
        {"doc_id": name, "section_id": f"{name}{number}", "parent_id": None, "level": 0, "start": number * size,
         "end": (number + 1) * size, "heading": heading, "heading_score": probability, "heading_runner_up": runner_up}
        for number, (_, _, heading, probability, runner_up) in enumerate(passages)
    ]  # fmt: skip
    text = "".join(f"{opening(number)}\n" for number in range(len(passages)))
    document = {"doc_id": name, "name": f"{name}.txt", "text": text}
    unasked = {"doc_id": name, "start": 0, "value_start": 0, "value_end": 4, "value_text": "第000"}
    return {"documents": [document], "sections": sections, "commitments": [unasked], "coverage": []}


def scored(tmp_path: Path, passages: Sequence[Passage], **changes: Any) -> Scores:
    """Score one document with headings alone; *changes* go to the section of each passage."""
    (tmp_path / "gold").mkdir()
    tables = write_document(tmp_path / "gold", "t", passages)
    tables["sections"] = [{**row, **changes} for row in tables["sections"]]
    return score(perturb.write_export(tmp_path / "export", tables), tmp_path / "gold")


def table_after(text: str, words: str) -> list[list[str]]:
    """Return the cells of the lines that follow the one with *words*, up to a blank one."""
    lines = text.split("\n")
    at = next(number for number, line in enumerate(lines) if words in line)
    return [line.split() for line in lines[at + 1 : lines.index("", at)]]


# Per heading


def test_each_heading_has_precision_recall_and_f1(tmp_path: Path) -> None:
    rows = table_after(render(scored(tmp_path, MIXED)), "precision")
    assert len(rows) == 11
    found = {row[0]: row[2:] for row in rows}
    assert found["5"] == ["1.000", "0.750", "0.857", "4"]
    assert found["8"] == ["0.667", "1.000", "0.800", "2"]  # the alternative counts as 8, and not as a 5 too many
    assert found["7"] == ["-", "0.000", "0.000", "2"]  # never given
    assert found["0"] == ["0.000", "-", "0.000", "0"]  # never asked for
    assert found["3"] == ["-", "-", "-", "0"]


def test_rows_of_the_table_name_their_heading(tmp_path: Path) -> None:
    rows = table_after(render(scored(tmp_path, MIXED)), "precision")
    assert [row[0] for row in rows] == [str(label) for label in range(11)]
    assert [rows[0][1], rows[5][1]] == ["none", "enforcement"]


def test_table_says_how_many_alternatives_it_took(tmp_path: Path) -> None:
    assert "headings of 8 passages; an accepted alternative (1 here)" in render(scored(tmp_path, MIXED))


# Which is taken for which


def test_confusions_have_a_row_for_each_heading_asked_for(tmp_path: Path) -> None:
    columns, *rows = table_after(render(scored(tmp_path, MIXED)), "(down)")
    assert columns == [*map(str, range(11)), "-"]
    counts = {
        asked: {label: int(cell) for label, cell in zip(columns, cells, strict=True) if cell != "."}
        for asked, *cells in rows
    }
    assert counts == {"5": {"5": 3, "8": 1}, "7": {"0": 1, "-": 1}, "8": {"8": 2}}


def test_confusions_have_no_column_for_missing_sections_where_none_is_missing(tmp_path: Path) -> None:
    columns, *_ = table_after(render(scored(tmp_path, MIXED[:-1])), "(down)")
    assert columns == [*map(str, range(11))]


def test_columns_of_the_confusions_stand_below_each_other(tmp_path: Path) -> None:
    lines = render(scored(tmp_path, [(5, [], 5, None, None)] * 999 + [(10, [], 9, None, None)] * 2)).split("\n")
    at = next(number for number, line in enumerate(lines) if "(down)" in line)
    columns, fives, tens = lines[at + 1 : at + 4]
    assert columns.index("5") == fives.rindex("999") + 2
    assert columns.index("9") == tens.index("2")


# The heading given or the runner-up


@pytest.mark.parametrize(
    ("passage", "strict", "accepted"),
    [
        pytest.param((5, [], 5, None, 8), True, True, id="the heading given"),
        pytest.param((5, [], 8, None, 5), True, True, id="its runner-up"),
        pytest.param((5, [7], 8, None, 5), True, True, id="its runner-up, where there are alternatives"),
        pytest.param((5, [7], 7, None, 8), False, True, id="an alternative given is right only where they count"),
        pytest.param((5, [7], 8, None, 7), False, True, id="an alternative as runner-up too"),
        pytest.param((5, [], 8, None, 7), False, False, id="neither"),
        pytest.param((5, [], 5, None, None), True, True, id="right without a runner-up"),
        pytest.param((0, [], 8, None, None), False, False, id="wrong without a runner-up: none is not heading 0"),
        pytest.param((0, [], None, None, None), False, False, id="no section: none is not heading 0"),
    ],
)
def test_top_two_accuracy_asks_the_heading_and_its_runner_up(
    tmp_path: Path, passage: Passage, strict: bool, accepted: bool
) -> None:
    other: Passage = (1, [], 2, None, 3)  # wrong in every way, and it has a runner-up
    scores = scored(tmp_path, [passage, other])
    assert scores.totals["heading_top2"] == strict / 2
    assert f"top-2 accuracy {strict / 2:.3f}, with alternatives {accepted / 2:.3f}" in render(scores)


# How sure, and how often right


@pytest.mark.parametrize(
    ("probabilities", "right", "count", "expected"),
    [
        pytest.param([0.2, 0.4, 0.7, 0.9], [0, 1, 1, 1], 2, [(0.3, 0.5, 2), (0.8, 1, 2)], id="two halves"),
        pytest.param([0.9, 0.2, 0.7, 0.4], [1, 0, 1, 1], 2, [(0.3, 0.5, 2), (0.8, 1, 2)], id="in any order"),
        pytest.param([0.1, 0.2, 0.3], [0, 0, 1], 2, [(0.1, 0, 1), (0.25, 0.5, 2)], id="an odd one"),
        pytest.param([0.3, 0.6], [0, 1], 10, [(0.3, 0, 1), (0.6, 1, 1)], id="fewer than bins"),
        pytest.param([0.5] * 4, [1, 1, 0, 0], 2, [(0.5, 0.5, 2)] * 2, id="ties share their outcome"),
        pytest.param([0.2, 0.6, 0.6, 0.6], [0, 1, 1, 0], 2, [(0.4, 1 / 3, 2), (0.6, 2 / 3, 2)],
                     id="an edge among ties"),
        pytest.param([0.0, 1.0], [0, 1], 1, [(0.5, 0.5, 2)], id="one bin"),
        pytest.param([], [], 10, [], id="nothing"),
    ],
)  # fmt: skip
def test_bins_are_of_equal_size_in_the_order_of_probability(
    probabilities: list[float], right: list[int], count: int, expected: list[tuple[float, float, int]]
) -> None:
    bins = cut_bins(probabilities, [bool(outcome) for outcome in right], count)
    assert [one.size for one in bins] == [size for *_, size in expected]
    assert [(one.probability, one.right) for one in bins] == [pytest.approx(means) for *means, _ in expected]


def test_order_of_arrival_decides_nothing() -> None:
    things = [(0.4, True), (0.6, False), (0.6, True), (0.6, True), (0.8, True)]
    orders = permutations(things)
    assert len({cut_bins([one[0] for one in order], [one[1] for one in order], 2) for order in orders}) == 1


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60), st.integers(1, 12))
def test_bins_keep_every_thing_once(things: list[tuple[float, bool]], count: int) -> None:
    bins = cut_bins([probability for probability, _ in things], [outcome for _, outcome in things], count)
    sizes = [one.size for one in bins]
    assert sum(sizes) == len(things)
    assert max(sizes) - min(sizes) <= 1
    assert len(bins) == min(count, len(things))
    assert sum(one.right * one.size for one in bins) == pytest.approx(sum(outcome for _, outcome in things))
    assert calibration_error(bins) <= 1


def test_a_probability_without_an_outcome_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        cut_bins([0.1, 0.2], [True])


@pytest.mark.parametrize(
    ("bins", "expected"),
    [
        pytest.param([Bin(0.7, 0.7, 5)], 0.0, id="as sure as right"),
        pytest.param([Bin(0.9, 0.7, 5)], 0.2, id="too sure"),
        pytest.param([Bin(0.7, 0.9, 5)], 0.2, id="not sure enough"),
        pytest.param([Bin(0.9, 0.7, 5), Bin(0.7, 0.9, 5)], 0.2, id="errors do not cancel out"),
        pytest.param([Bin(0.5, 0.9, 1), Bin(0.8, 0.8, 3)], 0.1, id="a bin weighs by its size"),
    ],
)
def test_calibration_error_is_the_mean_distance(bins: list[Bin], expected: float) -> None:
    assert calibration_error(bins) == pytest.approx(expected)


def test_calibration_is_against_the_heading_asked_for_and_an_acceptable_one(tmp_path: Path) -> None:
    passages: list[Passage] = [(5, [], 5, 0.75, 1), (5, [8], 8, 0.75, 1), (5, [], 5, 0.75, 1), (5, [], 7, 0.75, 1)]
    scores = scored(tmp_path, passages)
    assert scores.totals["heading_ece"] == pytest.approx(0.25)  # 2 of 4 are right
    assert scores.totals["heading_ece_alt"] == pytest.approx(0)  # 3 of 4
    assert "expected calibration error 0.250, with alternatives 0.000 (4 passages with a score" in render(scores)


def test_passages_without_a_score_are_no_part_of_calibration(tmp_path: Path) -> None:
    passages: list[Passage] = [(5, [], 5, 1, 1), (5, [], 8, None, 1), (5, [], None, None, None)]
    scores = scored(tmp_path, passages)
    assert scores.totals["heading_ece"] == 0
    assert "(1 passages with a score, 1 bins of equal size)" in render(scores)


def test_score_and_runner_up_are_those_of_the_innermost_labelled_section(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    tables = write_document(tmp_path / "gold", "t", [(5, [], 5, 0.75, 8)])
    inner = tables["sections"][0]
    outer = inner | {"section_id": "outer", "heading": 5, "heading_score": 0.25, "heading_runner_up": 1}
    unlabelled = inner | {"section_id": "row", "heading": None, "heading_score": 0.5, "start": inner["start"] + 1}
    tables["sections"] = [outer, inner, unlabelled]
    (document,) = score(perturb.write_export(tmp_path / "export", tables), tmp_path / "gold").documents
    assert document.headings.answers == (HeadingAnswer(5, frozenset({5}), 5, 0.75, 8),)


@pytest.mark.parametrize(
    ("number", "rows"), [pytest.param(49, 0, id="too few to say"), pytest.param(50, 10, id="five to a bin")]
)
def test_bins_are_listed_where_there_are_passages_enough(tmp_path: Path, number: int, rows: int) -> None:
    passages: list[Passage] = [(5, [8], 8 if at % 5 == 0 else 5, at / number, 1) for at in range(number)]
    bins = table_after(render(scored(tmp_path, passages)), "expected calibration error")[1:]
    assert len(bins) == rows
    assert bins[:1] in ([], [["0.040", "0.800", "1.000", "5"]])


# What the export or the gold does not say


@pytest.mark.parametrize(
    ("changes", "keys"),
    [
        pytest.param({}, {"heading_top2", "heading_ece", "heading_ece_alt"}, id="both"),
        pytest.param({"heading_runner_up": None}, {"heading_ece", "heading_ece_alt"}, id="no runner-up"),
        pytest.param({"heading_score": None}, {"heading_top2"}, id="no score"),
        pytest.param({"heading_score": None, "heading_runner_up": None}, set(), id="neither"),
    ],
)
def test_figures_that_the_export_cannot_give_are_left_out(
    tmp_path: Path, changes: Mapping[str, None], keys: set[str]
) -> None:
    scores = scored(tmp_path, MIXED, **changes)
    assert scores.totals.keys() - {"heading_strict", "heading_alt", "heading_macro_f1"} == keys
    assert ("top-2 accuracy" in render(scores)) == ("heading_top2" in keys)
    assert ("calibration error" in render(scores)) == ("heading_ece" in keys)


def test_gold_with_headings_only_is_scored_for_headings_only(tmp_path: Path) -> None:
    scores = scored(tmp_path, MIXED)
    first, *_, last = render(scores).split("\n")
    assert first == "t: headings 4/8, with alternatives 5/8"
    assert list(json.loads(last)) == [
        "heading_strict", "heading_alt", "heading_macro_f1", "heading_top2", "heading_ece", "heading_ece_alt"
    ]  # fmt: skip
    assert {error.layer for error in scores.errors} == {"headings"}  # no record is spurious where none was asked for


def test_a_document_with_headings_only_leaves_the_figures_of_the_others(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    parts = [write_document(tmp_path / "gold", name, MIXED) for name in ("t", "u")]
    perturb.write_lines(tmp_path / "gold" / "t.sections.jsonl", [{"starts_with": "第", "level": 1, "parent": None}])
    for part in parts:
        part["sections"][0]["level"] = 1
    scores = score(perturb.write_export(tmp_path / "export", perturb.merge(parts)), tmp_path / "gold")
    assert scores.totals["found_f1"] == 1
    assert "detect_f1" not in scores.totals
    assert [line.count("section tree") for line in render(scores).split("\n")[:2]] == [1, 0]


def test_an_empty_file_of_gold_says_that_there_is_nothing_to_find(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    tables = write_document(tmp_path / "gold", "t", MIXED)
    perturb.write_lines(tmp_path / "gold" / "t.commitments.jsonl", [])
    scores = score(perturb.write_export(tmp_path / "export", tables), tmp_path / "gold")
    assert scores.totals["detect_p"] == 0
    assert [error.what for error in scores.errors if error.layer == "commitments"] == ["spurious None 第000"]


def test_without_gold_headings_there_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    tables = write_document(tmp_path / "gold", "t", MIXED)
    (tmp_path / "gold" / "t.headings.jsonl").rename(tmp_path / "t.headings.jsonl")
    perturb.write_lines(tmp_path / "gold" / "t.sections.jsonl", [])
    tables["sections"][0]["level"] = 1
    scores = score(perturb.write_export(tmp_path / "export", tables), tmp_path / "gold")
    assert render(scores) == 't: section tree F1 0.000\n{"tree_f1": 0.0, "found_f1": 0.0}'


def test_no_answers_have_no_figures() -> None:
    assert heading_figures([]) == {}


# What cannot be scored


@pytest.mark.parametrize(
    ("passage", "changes", "words"),
    [
        pytest.param((11, [], 5, 0.5, 1), {}, "gold heading from 0 to 10, but found 11", id="gold heading 11"),
        pytest.param((5, [], 5, 0.5, 1), {"heading": "5"}, "heading from 0 to 10, but found '5'", id="a string"),
        pytest.param((5, [], -1, 0.5, 1), {}, "heading from 0 to 10, but found -1", id="heading -1"),
        pytest.param((5, [], 5, 0.5, 12), {}, "heading_runner_up from 0 to 10, but found 12", id="runner-up 12"),
        pytest.param((5, [], 5, 87, 1), {}, "heading_score from 0 to 1, but found 87", id="a score in per cent"),
        pytest.param((5, [], 5, float("nan"), 1), {}, "heading_score .* found nan", id="a score that is no number"),
        pytest.param((5, [], 5, 0.5, 1), {"heading_score": "0.5"}, "heading_score .* '0.5'", id="a score in quotes"),
    ],
)
def test_a_label_or_score_that_cannot_be_is_refused(
    tmp_path: Path, passage: Passage, changes: Mapping[str, Any], words: str
) -> None:
    with pytest.raises(InputError, match=f"^t, 第000项工作。: expected a {words}"):
        scored(tmp_path, [passage], **changes)


def test_gold_without_a_heading_is_refused_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"t\.headings\.jsonl, line 2: expected a value of type int for heading"):
        scored(tmp_path, [MIXED[0], (None, [], 5, 0.5, 1)])  # type: ignore[list-item]  # no label is the point
