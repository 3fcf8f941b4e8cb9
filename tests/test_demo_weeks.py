"""The two weeks of the demo: the second digest has the five planted pieces of news, the footer counted, and no more.

Whatever else it says equals corpora/demo/gold/digest-week2.json, of which each line was read against the documents.
"""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from pipeline import derived
from pipeline.config import Config
from pipeline.scrape.sources import read_sources
from pipeline.workspace.place import Workspace, open_workspace
from tests.conftest import ROOT
from tests.cycles import demo_run, live_week
from tests.years import Plan, busy_weeks, sites, sunday, write_sources

GOLD = ROOT / "corpora" / "demo" / "gold" / "digest-week2.json"
FIRST, SECOND = "2025-W14", "2025-W15"
FORMS = ("digest.html", "digest.json", "digest.md", "digest.xlsx")
NEWS = ("documents", "changes", "gone", "sources")
Digest = dict[str, Any]


@pytest.fixture(scope="module")
def output() -> Path:
    return demo_run()[0]


@pytest.fixture(scope="module")
def digest(output: Path) -> Digest:
    return read(output, SECOND)


def read(output: Path, week: str) -> Digest:
    found: Digest = json.loads((output / "digests" / week / "digest.json").read_text(encoding="utf-8"))
    return found


def lines(digest: Digest, part: str) -> list[dict[str, Any]]:
    return [line for line in digest["lines"] if line["part"] == part]


def told(digest: Digest) -> dict[str, Any]:
    """What a digest says: its sentences, and of each line its words with the place and the titles it stands on."""
    return {
        "headline": digest["headline"],
        "notes": digest["notes"],
        "counts": digest["counts"],
        "lines": [
            {
                "part": line["part"],
                "place": line["place"],
                "words": line["words"],
                "before": line["before"],
                "after": line["after"],
                "evidence": [
                    f"{digest['evidence'][each]['title']}：{digest['evidence'][each]['quote']}"
                    for each in line["evidence"]
                ],
            }
            for line in digest["lines"]
        ],
    }


def test_the_second_digest_lists_the_five_planted_pieces_of_news(digest: Digest) -> None:
    news = [line for line in digest["lines"] if line["is_news"]]
    assert {(line["part"], line["place"]) for line in news} == {
        ("documents", "枫垣县"),
        ("changes", "湛浦区"),
        ("gone", "榆坞县"),
        ("sources", "滨望区"),
        ("sources", "鹿蹊县"),
    }
    assert len({line["event"] for line in news}) == digest["counts"]["news"] == 5


def test_the_change_of_the_plan_is_the_one_target_that_was_lowered(digest: Digest) -> None:
    (change,) = lines(digest, "changes")
    assert "8%以内" in change["before"]
    assert "10%以内" in change["after"]


def test_the_page_with_a_new_footer_is_counted_and_not_told(digest: Digest) -> None:
    assert digest["counts"]["furniture"] == 1
    assert [line for line in digest["lines"] if line["place"] == "桦岩县" and line["is_news"]] == []
    assert any("1" in note or "一" in note for note in digest["notes"])


def test_nothing_was_read_otherwise_in_the_second_week(digest: Digest) -> None:
    assert (digest["counts"]["rederived"], digest["counts"]["late"], digest["counts"]["copies"]) == (0, 0, 0)


def test_all_that_the_second_digest_says_equals_the_expectation_that_was_read(digest: Digest) -> None:
    assert told(digest) == json.loads(GOLD.read_text(encoding="utf-8"))


def test_the_first_digest_tells_of_every_document_and_says_that_it_is_the_first(output: Path) -> None:
    first = read(output, FIRST)
    assert first["is_first"]
    assert first["counts"]["publications"] == 30
    assert [line["part"] for line in first["lines"] if line["is_news"] and line["part"] != "documents"] == []


@pytest.mark.parametrize("week", [FIRST, SECOND])
def test_each_digest_lies_there_in_every_form(output: Path, week: str) -> None:
    folder = output / "digests" / week
    assert tuple(sorted(path.name for path in folder.iterdir())) == FORMS
    for sentence in read(output, week)["headline"]:
        for form in ("digest.html", "digest.md"):
            assert sentence in (folder / form).read_text(encoding="utf-8")


def test_the_message_shows_both_headlines_and_where_the_pages_are(output: Path) -> None:
    message = demo_run()[1]
    for week in (FIRST, SECOND):
        assert str(output / "digests" / week / "digest.html") in message
        assert Counter(sentence in message for sentence in read(output, week)["headline"]) == {True: 3}


# -- rules that changed between two weeks -------------------------------------------------------------------------------


def quiet_plan() -> Plan:
    plan = busy_weeks(1, count=3)
    return Plan(plan.counties, [deed for deed in plan.deeds if deed.week == 1])


def as_an_older_version_left_it(workspace: Workspace) -> None:
    """Make every version one of other rules, which read a value of one document otherwise and missed one of another."""
    versions, commitments = derived.versions, derived.commitments
    with workspace.writing() as tx:
        tx.execute(update(versions).values(rules="0" * 64, checked="0" * 64))
        rows = tx.execute(select(commitments.c.id, commitments.c.paper_id).order_by(commitments.c.id)).all()
        first = rows[0]
        other = next(row for row in rows if row.paper_id != first.paper_id)
        tx.execute(update(commitments).where(commitments.c.id == first.id).values(value=1.0, deadline=date(1999, 1, 1)))
        tx.execute(delete(commitments).where(commitments.c.id == other.id))


def test_other_rules_on_unchanged_sites_are_no_news_and_one_line(tmp_path: Path) -> None:
    plan, config = quiet_plan(), Config(workspace=tmp_path / "workspace")
    with sites(quiet_plan) as remote:
        sources = read_sources(write_sources(plan, tmp_path / "sources.toml", connect=remote.connect)).sources
        live_week(sources, config, sunday(1))
        with open_workspace(config.workspace) as workspace:
            as_an_older_version_left_it(workspace)
        lived = live_week(sources, config, sunday(2))
    digest = lived.built.digests[""]
    assert (lived.ran.reextracted, lived.ran.rechecked, lived.ran.changed) == (2, 1, 0)
    assert [line.words for line in digest.lines if line.is_news] == []
    assert digest.counts.news == 0
    assert (digest.counts.rederived, digest.counts.rederived_otherwise) == (3, 2)
    assert len([note for note in digest.notes if "规则" in note or "模型" in note]) == 1
