"""A workspace read as frames: the same that the files of the same analyses give, now and as of any derivation."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from sqlalchemy import Connection

from pipeline import store, tables
from pipeline.analyze import analyze_page
from pipeline.compare.coverage import find_coverage
from pipeline.compare.tracking import track_targets
from pipeline.derived import derivations
from pipeline.errors import InputError
from pipeline.records import Analysis, Page
from pipeline.tables import Export, read_export, write_export, write_records
from pipeline.weeks import Week, of_moment
from pipeline.workspace.place import Workspace, open_workspace
from pipeline.workspace.view import PUBLICATION, View, read_workspace
from tests import factories
from tests.exports import paper
from tests.shelving import derive, event, opened

RECORDS = ("documents", "sections", "commitments")


@pytest.fixture
def tx(tmp_path: Path) -> Iterator[Connection]:
    with opened(tmp_path / "workspace") as made, made.writing() as connection:
        yield connection


@pytest.fixture
def any_tx(workspace: Workspace) -> Iterator[Connection]:
    """A transaction on each of the databases."""
    with workspace.writing() as connection:
        yield connection


@pytest.fixture(scope="module")
def corpus(demo_corpus: Path) -> list[Analysis]:
    files = sorted(path for path in demo_corpus.iterdir() if path.suffix in {".txt", ".html"})
    return [analyze_page(Page(path.name, path.read_bytes())) for path in files]


def read(name: str, text: str) -> Analysis:
    return analyze_page(Page(name, text.encode()))


def equal(found: Export, expected: Export) -> None:
    for name in RECORDS:
        assert_frame_equal(getattr(found, name), getattr(expected, name), obj=name)


def test_the_frames_are_those_of_the_files(any_tx: Connection, corpus: list[Analysis], tmp_path: Path) -> None:
    derive(any_tx, {f"p{place:02}": [analysis] for place, analysis in enumerate(corpus)})
    write_export(corpus, tmp_path / "files")
    found = View(any_tx).export()
    equal(found, read_export(tmp_path / "files"))
    assert found.numbers is None


def test_the_records_are_written_byte_for_byte(tx: Connection, corpus: list[Analysis], tmp_path: Path) -> None:
    derive(tx, {f"p{place:02}": [analysis] for place, analysis in enumerate(corpus)})
    write_export(corpus, tmp_path / "files", explain=True)
    write_export(corpus, tmp_path / "written", explain=True)  # whose numbers must go
    write_records(View(tx).export(), tmp_path / "written")
    for name in RECORDS:
        assert (tmp_path / "files" / f"{name}.jsonl").read_bytes() == (
            tmp_path / "written" / f"{name}.jsonl"
        ).read_bytes()
    assert not (tmp_path / "written" / "numbers.jsonl").exists()


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({}, id="a document as they come"),
        pytest.param(
            {"title": None, "year": None, "jurisdiction": None, "issuer": None}, id="nothing is known about it"
        ),
        pytest.param(
            {"quality": 0.25, "notes": ("已删除广告", "日期两处不一致")}, id="notes and a quality that is no whole"
        ),
        pytest.param(
            {"name": "https://yunling.test/a?b=c&d=1", "url": "https://yunling.test/a?b=c&d=1"}, id="an address"
        ),
    ],
)
def test_a_record_comes_back_as_it_went(any_tx: Connection, tmp_path: Path, fields: dict[str, object]) -> None:
    analysis = factories.analysis(factories.document(**fields))
    derive(any_tx, {"a": [analysis]})
    write_export([analysis], tmp_path)
    equal(View(any_tx).export(), read_export(tmp_path))


def test_a_document_without_sections_has_frames_of_the_same_types(any_tx: Connection, tmp_path: Path) -> None:
    analysis = Analysis(factories.document(), (), ())
    derive(any_tx, {"a": [analysis]})
    write_export([analysis], tmp_path)
    equal(View(any_tx).export(), read_export(tmp_path))


def test_documents_stand_as_first_seen_then_as_taken_in_then_by_position(any_tx: Connection) -> None:
    one, two, three, four = (
        factories.analysis(factories.document(text=factories.TEXT.replace("青榆", place), name=f"{name}.txt"))
        for name, place in zip("dcba", ("青榆", "云岚", "云岭", "青禾"), strict=True)
    )
    derive(any_tx, {"z": [one]})
    derive(any_tx, {"b": [three, two], "B": [four]})
    derive(any_tx, {"z": [replace(one, document=replace(one.document, doc_id="again"))]})
    assert View(any_tx).export().documents["name"].tolist() == ["d.txt", "b.txt", "c.txt", "a.txt"]


def test_a_document_of_two_publications_stands_there_once(tx: Connection) -> None:
    analysis = factories.analysis()
    derive(tx, {"a": [analysis], "b": [analysis]})
    export = View(tx).export()
    assert len(export.documents) == 1
    assert len(export.commitments) == len(analysis.commitments)


def test_a_withdrawn_publication_keeps_its_last_version(tx: Connection) -> None:
    derive(tx, {"a": [factories.analysis()]})
    derive(tx, {}, gone=["a"])
    view = View(tx)
    assert len(view.export().documents) == 1
    assert view.publications()[["state", "reason"]].to_numpy().tolist() == [["withdrawn", "gone"]]


@pytest.fixture
def weeks(tx: Connection) -> dict[int, Export]:
    """Three derivations: a plan, then a report beside it, then the plan changed; and what was known after each."""
    plan = read("plan.txt", paper("青榆县", 2024, "行政诉讼败诉率控制在8%以内。"))
    report = read("report.txt", paper("青榆县", 2024, "行政诉讼败诉率为7%。", kind="工作报告"))
    changed = read("plan.txt", paper("青榆县", 2024, "行政诉讼败诉率控制在5%以内。", "开展2次督察。"))
    known = {}
    for held, given in (
        ((plan,), {"a": [plan]}),
        ((plan, report), {"b": [report]}),
        ((changed, report), {"a": [changed]}),
    ):
        export = tables.as_export(held)
        coverage, tracking = find_coverage(export), track_targets(export)
        known[derive(tx, given, coverage=coverage, tracking=tracking)] = export
    return known


def test_a_cut_gives_what_was_valid_then(tx: Connection, weeks: dict[int, Export]) -> None:
    for cut, export in weeks.items():
        equal(View(tx, cut).export(), export)
    equal(View(tx).export(), list(weeks.values())[-1])
    assert View(tx, min(weeks) - 1).export().documents.empty


def test_coverage_and_tracking_are_those_of_the_cut_and_in_the_order_of_the_comparison(
    tx: Connection, weeks: dict[int, Export]
) -> None:
    for cut, export in weeks.items():
        assert_frame_equal(View(tx, cut).coverage(), find_coverage(export))
        assert_frame_equal(View(tx, cut).tracking(), track_targets(export))


def test_coverage_of_part_of_the_documents_written_later_stands_in_its_place(any_tx: Connection) -> None:
    analyses = [
        read(f"{place}.txt", paper(place, 2024, "行政诉讼败诉率控制在8%以内。")) for place in ("青榆县", "云岚县")
    ]
    whole = find_coverage(tables.as_export(analyses))
    shuffled = whole.sample(frac=1, random_state=7)
    derive(any_tx, {"a": [analyses[0]], "b": [analyses[1]]}, coverage=shuffled)
    assert_frame_equal(View(any_tx).coverage(), whole)


def test_tracking_written_in_another_order_is_read_in_that_of_the_plan(
    any_tx: Connection, corpus: list[Analysis]
) -> None:
    whole = track_targets(tables.as_export(corpus))
    given = {f"p{place:02}": [analysis] for place, analysis in enumerate(corpus)}
    derive(any_tx, given, tracking=whole.sample(frac=1, random_state=7))
    found = View(any_tx).tracking()
    key = ["plan", "target", "report"]
    assert_frame_equal(found.dropna(subset=["target"])[key], whole.dropna(subset=["target"])[key])
    assert sorted(found["result"].dropna()) == sorted(whole["result"].dropna())


def test_without_comparisons_the_frames_have_their_columns_and_types(tx: Connection) -> None:
    derive(tx, {"a": [factories.analysis()]})
    expected = find_coverage(tables.as_export([factories.analysis()]))
    found = View(tx).coverage()
    assert (found.empty, found.dtypes.to_dict()) == (True, expected.dtypes.to_dict())
    tracking = track_targets(tables.as_export([factories.analysis()]))
    assert View(tx).tracking().dtypes.to_dict() == tracking.dtypes.to_dict()


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        pytest.param(["青榆县"], ["a"], id="by its name"),
        pytest.param(["330106"], ["b"], id="by its code"),
        pytest.param(["330100"], ["b", "c"], id="a city stands for its counties"),
        pytest.param(["杭州市"], ["b", "c"], id="and so does its name"),
        pytest.param(["330000", "青榆县"], ["a", "b", "c", "d"], id="a province for all of it"),
        pytest.param(["云岭县"], [], id="a place without documents"),
        pytest.param([], [], id="no place at all"),
    ],
)
def test_documents_are_chosen_by_place(tx: Connection, wanted: list[str], names: list[str]) -> None:
    places = {"a": ("青榆县", None), "b": ("西湖区", "330106"), "c": ("余杭区", "330110"), "d": ("海曙区", "330203")}
    found = {
        name: [factories.analysis(factories.document(name=name, jurisdiction=place, jurisdiction_code=code))]
        for name, (place, code) in places.items()
    }
    derive(tx, found)
    assert View(tx).export(places=wanted).documents["name"].tolist() == names


def test_documents_are_chosen_by_id_and_by_publication(tx: Connection) -> None:
    one, two = (factories.analysis(factories.document(name=name)) for name in ("a.txt", "b.txt"))
    derive(tx, {"a": [one], "b": [two]})
    by_id = View(tx).export(doc_ids=[two.document.doc_id])
    assert set(by_id.commitments["doc_id"]) == {two.document.doc_id}
    assert View(tx).export(publications=["a"]).documents["name"].tolist() == ["a.txt"]
    assert View(tx).documents_of_publications() == {"a": (one.document.doc_id,), "b": (two.document.doc_id,)}


def test_more_documents_than_a_query_takes_are_read_whole(tx: Connection) -> None:
    plain = Analysis(factories.document("一、事项\n办结3件。\n"), (), ())
    found = {f"p{n:04}": [replace(plain, document=replace(plain.document, doc_id=f"{n:012}"))] for n in range(1201)}
    derive(tx, found)
    assert View(tx).export().documents["doc_id"].tolist() == [f"{n:012}" for n in range(1201)]


def test_publications_are_told_as_of_the_cut(any_tx: Connection) -> None:
    first = derive(any_tx, {"a": [factories.analysis()]})
    second = derive(any_tx, {"b": [factories.analysis(factories.document(name="b.txt"))]}, gone=["a"])
    third = derive(any_tx, {"a": [factories.analysis(factories.document(name="a2.txt"))]})
    event(any_tx, "came_back", third, "a", {"url": "", "gone_since": ""})
    told = {cut: View(any_tx, cut).publications() for cut in (first, second, third)}
    assert tuple(told[first].columns) == PUBLICATION
    assert told[first]["publication_id"].tolist() == ["a"]
    assert told[second]["state"].tolist() == ["withdrawn", "standing"]
    assert told[second]["reason"].tolist() == ["gone", ""]
    assert told[third]["state"].tolist() == ["standing", "standing"]
    assert told[third]["number"].tolist() == [2, 1]
    assert told[third]["url"].tolist() == ["https://a.test/", "https://b.test/"]


@pytest.mark.parametrize(
    ("observed", "week", "expected"),
    [
        pytest.param([0, 1, 2], 1, 2, id="the last one that took in nothing later"),
        pytest.param([0, 1, 2], 5, 3, id="the last of all"),
        pytest.param([1, 2], 0, None, id="all of them are later"),
        pytest.param([], 0, None, id="none was run"),
        pytest.param([0, 1, None], 1, 3, id="one that took in nothing, after an upgrade"),
        pytest.param([0, 2, 1], 1, 1, id="an old file imported after a newer crawl knows that crawl"),
        pytest.param([0, "running", 1], 1, 3, id="one that was killed does not count"),
    ],
)
def test_the_cut_of_a_week_is_the_last_derivation_of_it(
    tx: Connection, observed: list[int | str | None], week: int, expected: int | None
) -> None:
    monday = datetime(2026, 11, 2, 4, tzinfo=UTC)
    for one in observed:
        seen = (monday + timedelta(weeks=one)).isoformat() if isinstance(one, int) else None
        store.add(
            tx, derivations, started=monday.isoformat(), state="running" if one == "running" else "ended", version="0",
            rules="0", observed=seen, counts={},
        )  # fmt: skip
    assert View(tx).newest_cut(of_moment(monday + timedelta(weeks=week))) == expected


def test_the_cut_is_by_the_week_in_china(any_tx: Connection) -> None:
    sunday_evening = datetime(2026, 11, 8, 17, tzinfo=UTC)  # Monday in China
    store.add(
        any_tx,
        derivations,
        started="",
        state="ended",
        version="0",
        rules="0",
        observed=sunday_evening.isoformat(),
        counts={},
    )
    assert View(any_tx).newest_cut(Week(2026, 45)) is None
    assert View(any_tx).newest_cut(Week(2026, 46)) == 1


def test_a_workspace_that_was_never_run_says_what_to_run(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w"):
        pass
    with pytest.raises(InputError, match=r"none was read yet: run `fazhi run --workspace .*w` first"):
        read_workspace(tmp_path / "w")


def test_a_workspace_without_documents_says_so(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w") as opened, opened.writing() as connection:
        derive(connection, {})
    with pytest.raises(InputError, match="it has none: add some with `fazhi crawl`"):
        read_workspace(tmp_path / "w")


def test_a_workspace_is_read_by_its_folder(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w") as opened, opened.writing() as connection:
        derive(connection, {"a": [factories.analysis()]})
    export = read_workspace(tmp_path / "w")
    assert isinstance(tables.comparable(export), pd.DataFrame)
    assert len(export.documents) == 1
