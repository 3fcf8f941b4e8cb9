"""A digest as JSON: what is written is read as the same digest, and what is otherwise is refused in a sentence."""

import json
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings

from pipeline.digest.plain import SCHEMA, read_json, render_json
from pipeline.digest.records import Counts, Digest, Evidence, Line
from pipeline.errors import InputError
from tests import digests


@settings(max_examples=60, deadline=None)
@given(digests.digests())
def test_any_digest_is_read_as_it_was(digest: Digest) -> None:
    content = render_json(digest)
    assert read_json(content) == digest
    assert render_json(read_json(content)) == content


@pytest.mark.parametrize("made", [pytest.param(made, id=name) for name, made in digests.SAMPLES.items()])
def test_a_sample_is_read_as_it_was(made: Callable[[], Digest]) -> None:
    assert read_json(render_json(made())) == made()


def test_the_order_of_cells_and_evidence_stays() -> None:
    made = digests.rich()
    found = read_json(render_json(made))
    assert [list(line.cells) for line in found.lines] == [list(line.cells) for line in made.lines]
    assert list(found.evidence) == list(made.evidence)


def test_a_whole_weight_is_written_as_the_equal_one_with_a_point() -> None:
    made = digests.digest(digests.line("documents", "一句话。", weight=3))
    assert render_json(made) == render_json(replace(made, lines=(replace(made.lines[0], weight=3.0),)))


@pytest.mark.parametrize("odd", ["\ud800", "\udc80文件", "\x00", "\u2028", "\ufeff", "\U0001f4c4"])
def test_odd_characters_come_through(odd: str) -> None:
    made = replace(digests.empty(), notes=(odd,))
    assert read_json(render_json(made)) == made


def test_it_is_written_for_people_and_programs() -> None:
    content = render_json(digests.rich()).decode()
    assert content.startswith(
        '{\n "format": "fazhi-digest",\n "schema": 1,\n "week": "2026-W47",\n "monday": "2026-11-16",\n'
    )
    assert "云岭县把行政执法案卷评查合格率的目标由90%以上提高到95%以上。" in content
    assert content.endswith("}\n")


def test_every_field_that_makes_two_digests_differ_is_written() -> None:
    written = json.loads(render_json(digests.rich()))
    for record, told in ((Digest, written), (Line, written["lines"][0]), (Counts, written["counts"]),
                         (Evidence, next(iter(written["evidence"].values())))):  # fmt: skip
        assert {field.name for field in fields(record) if field.compare} == set(told) - {"format", "schema"}


def changed(path: tuple[Any, ...], value: Any) -> bytes:
    """Return the JSON of a digest with another value at one place; ... takes the place away."""
    told = json.loads(render_json(digests.rich()))
    inner = told
    for step in path[:-1]:
        inner = inner[next(iter(inner)) if step == "*" else step]
    if value is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return json.dumps(told).encode()


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        pytest.param(("format",), ..., "expected an object with the format 'fazhi-digest'", id="no format"),
        pytest.param(("format",), "other", "expected an object with the format 'fazhi-digest'", id="another format"),
        pytest.param(("schema",), SCHEMA + 1, "expected schema 1 of fazhi-digest, got 2", id="a later schema"),
        pytest.param(("schema",), True, "expected schema 1 of fazhi-digest, got true", id="a schema that is no number"),
        pytest.param(("week",), ..., "expected the field 'week' at digest", id="a field is missing"),
        pytest.param(("mood",), 1, "at digest, got 'mood'", id="a field too many"),
        pytest.param(("week",), 47, "expected a text at digest.week, got 47", id="a number for a text"),
        pytest.param(("week",), None, "expected a text at digest.week, got null", id="null for a text"),
        pytest.param(("monday",), "2026-11-31", "expected a day such as 2026-11-16 at digest.monday", id="no such day"),
        pytest.param(("monday",), "2026-W47-1", "expected a day such as 2026-11-16 at digest.monday", id="a day of a week"),
        pytest.param(("monday",), "20261116", "expected a day such as 2026-11-16 at digest.monday", id="a day without dashes"),
        pytest.param(("headline",), "本期", "expected a list at digest.headline, got \"本期\"", id="a text for a list"),
        pytest.param(("headline", 1), 3, "expected a text at digest.headline[1], got 3", id="a number in a list of texts"),
        pytest.param(("lines", 0), [], "expected an object at digest.lines[0], got []", id="a list for a record"),
        pytest.param(("lines", 2, "part"), "rumours", "at digest.lines[2].part, got \"rumours\"", id="an unknown part"),
        pytest.param(("lines", 2, "part"), [], "at digest.lines[2].part, got []", id="a list for a part"),
        pytest.param(("lines", 0, "weight"), "9", "expected a number at digest.lines[0].weight", id="a text for a number"),
        pytest.param(("lines", 0, "weight"), True, "expected a number at digest.lines[0].weight", id="true for a number"),
        pytest.param(("lines", 0, "weight"), 10**400, "expected a number at digest.lines[0].weight", id="beyond all floats"),
        pytest.param(("lines", 0, "event"), 1.5, "expected a whole number at digest.lines[0].event", id="a part of an event"),
        pytest.param(("lines", 0, "headings"), [True], "expected a whole number at digest.lines[0].headings[0]", id="true for a heading"),
        pytest.param(("lines", 0, "is_late"), 1, "expected true or false at digest.lines[0].is_late", id="a number for a flag"),
        pytest.param(("lines", 0, "cells"), ["a"], "expected an object at digest.lines[0].cells", id="a list for a mapping"),
        pytest.param(("lines", 0, "cells", "地区"), 5, "expected a text at digest.lines[0].cells.地区", id="a number in a cell"),
        pytest.param(("counts", "news"), -1.0, "expected a whole number at digest.counts.news", id="a float for a count"),
        pytest.param(("evidence", "*", "id"), "other", "got 'other'", id="evidence under a foreign id"),
    ],
)  # fmt: skip
def test_what_is_otherwise_is_refused_with_its_place(path: tuple[Any, ...], value: Any, message: str) -> None:
    with pytest.raises(InputError) as refused:
        read_json(changed(path, value))
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", "expected a digest in JSON", id="nothing"),
        pytest.param(b"{", "expected a digest in JSON", id="cut off"),
        pytest.param("{\"周\": 1}".encode("gb18030"), "expected a digest in UTF-8, got other bytes at 2", id="another encoding"),
        pytest.param(b"[]", "expected an object with the format 'fazhi-digest', got []", id="a list"),
        pytest.param(b"null", "expected an object with the format", id="null"),
        pytest.param(b'{"format": 1, "format": 2}', "expected each name once in an object, got 'format' twice", id="a name twice"),
        pytest.param(b'{"weight": NaN}', "expected numbers, got NaN", id="no number"),
        pytest.param(b'{"weight": ' + b"9" * 5000 + b"}", "a number of thousands of digits", id="a number of thousands of digits"),
        pytest.param(b"[" * 100_000, "nested too deep", id="nested too deep"),
    ],
)  # fmt: skip
def test_what_is_no_digest_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(InputError) as refused:
        read_json(content)
    assert message in str(refused.value)


@pytest.mark.parametrize("weight", [float("nan"), float("inf")])
def test_a_weight_that_is_no_number_is_not_written(weight: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        render_json(digests.digest(digests.line("documents", "一句话。", weight=weight)))
