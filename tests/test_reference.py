"""The reference data is whole, and a file that contradicts itself is refused by name and entry."""

import dataclasses
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pipeline import reference
from pipeline.errors import ReferenceDataError
from pipeline.reference import Cue, bodies, cues, indicators, outline


def test_the_outline_has_ten_headings_and_35_items() -> None:
    assert [heading.id for heading in outline().headings] == list(range(1, 11))
    assert [item.id for item in outline().items] == [str(number) for number in range(1, 36)]
    assert outline().heading(7).short == "纠纷化解"
    assert outline().item("22").heading == 7
    assert {item.heading for item in outline().items} == set(range(1, 11))


def test_national_targets_carry_values_and_dates() -> None:
    supervision = outline().item("26").targets[0]
    assert (supervision.value, supervision.unit, supervision.deadline) == (100, "%", date(2024, 12, 31))
    hours = outline().item("34").targets[2]
    assert (hours.value, hours.comparator, hours.period) == (60, ">=", "year")


def test_headings_of_four_earlier_documents_map_onto_the_ten() -> None:
    eras = {old.era for old in outline().legacy}
    assert {"2004", "2008", "2010", "2015-2020"} <= eras
    decisions = next(old for old in outline().legacy if old.title == "建立健全科学民主决策机制")
    assert decisions.headings == (4,)


def test_the_catalogue_of_indicators_is_whole() -> None:
    by_id = {indicator.id: indicator for indicator in indicators()}
    assert len(by_id) >= 470
    assert sum(not indicator.extended for indicator in indicators()) == 200
    assert all(reference.fits(indicator.unit, indicator.kind) for indicator in indicators())
    assert all(indicator.near_misses for indicator in indicators())
    rate = by_id["online_available_rate"]
    assert (rate.unit, rate.direction, rate.heading) == ("%", "higher_better", 2)
    assert "网上可办率" in rate.synonyms
    assert all("“" not in term for indicator in indicators() for term in indicator.synonyms)


def test_the_bodies_cover_every_category() -> None:
    assert len(bodies()) == 129
    justice = next(body for body in bodies() if body.id == "justice_bureau")
    assert justice.by_level["county"] == "{L}司法局"
    assert justice.predecessors[0].until == 2019


def test_every_heading_has_cues() -> None:
    assert {cue.heading for cue in cues().terms} == set(range(1, 11))


def test_each_file_is_read_once() -> None:
    assert outline() is outline()
    assert indicators() is indicators()
    assert bodies() is bodies()
    assert cues() is cues()


def changed(records: tuple[Any, ...], place: int, **fields: object) -> tuple[Any, ...]:
    return tuple(dataclasses.replace(record, **fields) if n == place else record for n, record in enumerate(records))


def outline_with(**parts: object) -> Callable[[], None]:
    return lambda: reference.check_outline(dataclasses.replace(outline(), **parts))  # type: ignore[arg-type]


def indicators_with(place: int, **fields: object) -> Callable[[], None]:
    return lambda: reference.check_indicators(changed(indicators(), place, **fields))


def bodies_with(place: int, **fields: object) -> Callable[[], None]:
    return lambda: reference.check_bodies(changed(bodies(), place, **fields))


def cues_with(*more: Cue, silent: tuple[str, ...] = ()) -> Callable[[], None]:
    return lambda: reference.check_cues(dataclasses.replace(cues(), terms=(*cues().terms, *more), silent=silent))


@pytest.mark.parametrize(
    ("check", "message"),
    [
        pytest.param(outline_with(headings=()), r"outline\.yaml, headings", id="no headings"),
        pytest.param(lambda: outline_with(items=outline().items[:-1])(), r"outline\.yaml, items", id="34 items"),
        pytest.param(
            lambda: outline_with(items=changed(outline().items, 3, heading=11))(),
            r"outline\.yaml, item 4: .*11",
            id="an item in an eleventh heading",
        ),
        pytest.param(
            lambda: outline_with(items=changed(outline().items, 3, cue_terms=("清单", " ")))(),
            r"outline\.yaml, item 4: .*empty",
            id="an empty cue term",
        ),
        pytest.param(
            lambda: outline_with(legacy=changed(outline().legacy, 0, headings=(12,)))(),
            r"outline\.yaml, .*unknown headings",
            id="a legacy heading that maps to nothing",
        ),
        pytest.param(
            lambda: outline_with(benchmarks=changed(outline().benchmarks, 0, item="36"))(),
            r"outline\.yaml, .*no item 36",
            id="a benchmark for no item",
        ),
        pytest.param(
            indicators_with(1, id="goal_attainment_deadline"),
            r"indicators\.jsonl, goal_attainment_deadline: occurs twice",
            id="an id twice",
        ),
        pytest.param(indicators_with(0, item="40"), r"indicators\.jsonl, .*no item 40", id="an item that is not there"),
        pytest.param(indicators_with(0, heading=2), r"indicators\.jsonl, .*in heading 1", id="item of another heading"),
        pytest.param(
            indicators_with(0, near_miss_ids=("nobody",)), r"near_miss_ids.*nobody", id="a look-alike that is not there"
        ),
        pytest.param(
            indicators_with(1, synonyms=("创建目标",)), r"创建目标 already belongs to", id="a synonym of two indicators"
        ),
        pytest.param(indicators_with(0, synonyms=("",)), r"indicators\.jsonl, .*empty", id="an empty synonym"),
        pytest.param(indicators_with(0, kind="guess"), r"'guess' is none of", id="a kind outside the closed set"),
        pytest.param(indicators_with(0, unit="件"), r"a deadline is not given in '件'", id="a unit of another kind"),
        pytest.param(indicators_with(0, every=2), r"expected a period beside it", id="every second of nothing"),
        pytest.param(
            indicators_with(0, near_misses=("总体目标实现期限",)), r"is a name of its own", id="a look-alike that it is"
        ),
        pytest.param(
            indicators_with(0, near_misses=("行政处罚案件",)),
            r"is a name of penalty_cases, expected that id",
            id="a look-alike whose id is not given",
        ),
        pytest.param(bodies_with(1, id="people_government"), r"bodies\.jsonl, .*occurs twice", id="a body twice"),
        pytest.param(bodies_with(0, synonyms=("司法局",)), r"already belongs to", id="a name of two bodies"),
        pytest.param(bodies_with(0, by_level={"city": "市政府"}), r"'city' is none of", id="an unknown level"),
        pytest.param(
            cues_with(Cue("执法", 5, 1, 1)), r"cues\.yaml, 执法 under 5: occurs twice", id="a cue twice under a heading"
        ),
        pytest.param(cues_with(Cue("风", 0, 1, 1)), r"cues\.yaml, 风: there is no heading 0", id="a cue for none"),
        pytest.param(cues_with(Cue("风", 5, 0, -1)), r"weights must not be negative", id="a negative weight"),
        pytest.param(cues_with(silent=("执法",)), r"cues as well", id="a term that is silent and speaks"),
    ],
)
def test_a_contradiction_is_refused_with_file_and_entry(check: Callable[[], None], message: str) -> None:
    with pytest.raises(ReferenceDataError, match=message):
        check()
