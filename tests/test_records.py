import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import records
from pipeline.records import ID_LENGTH, ID_LETTERS, content_id


def test_an_id_depends_on_where_its_parts_end() -> None:
    assert content_id("ab", "c") != content_id("a", "bc")


def test_an_id_tells_a_missing_part_from_none_at_all() -> None:
    assert content_id("a", None) != content_id("a")


@given(st.lists(st.text() | st.integers() | st.none(), min_size=1))
def test_an_id_is_short_stable_and_easy_to_read_out(parts: list[object]) -> None:
    found = content_id(*parts)
    assert found == content_id(*parts)
    assert len(found) == ID_LENGTH
    assert set(found) <= set(ID_LETTERS)


def test_id_letters_hold_none_that_are_confused() -> None:
    assert not set("ilou") & set(ID_LETTERS)
    assert len(set(ID_LETTERS)) == 32


def all_records() -> list[type]:
    return [item for item in vars(records).values() if isinstance(item, type) and dataclasses.is_dataclass(item)]


@pytest.mark.parametrize("record", all_records(), ids=lambda record: record.__name__)
def test_records_are_frozen_and_slotted(record: type) -> None:
    assert record.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert hasattr(record, "__slots__")
