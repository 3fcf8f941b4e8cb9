"""An Atom feed of digests, held against the rules of RFC 4287."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import etree, html

from pipeline.config import Config, Reader
from pipeline.deliver.feed import ATOM, MOST_ENTRIES, compose, entry_id, kept, page_address, page_name, publish
from pipeline.deliver.outbox import enqueue, retry_failed, send_waiting
from pipeline.deliver.records import RefusedError, RejectedError
from pipeline.digest.records import Digest
from pipeline.weeks import Week, of_day
from pipeline.workspace.place import Workspace
from tests.deliveries import SEALED, Clock, built, config, outcome, ready, rows, seal
from tests.digests import WEEK, digest, empty, first_week, line, nasty, rich

TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:\S+")


def read(path: Path) -> Any:
    """Parse a feed, and hold it against RFC 4287."""
    feed = etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False))  # type: ignore[call-arg]
    assert feed.tag == f"{{{ATOM}}}feed"
    check_common(feed)
    assert len(feed.findall(f"{{{ATOM}}}author")) == 1
    entries = feed.findall(f"{{{ATOM}}}entry")
    for entry in entries:
        check_common(entry)
        assert [each.get("rel") for each in entry.findall(f"{{{ATOM}}}link")] == ["alternate"]
        assert text(entry, "published") == text(entry, "updated")
        [content] = entry.findall(f"{{{ATOM}}}content")
        assert content.get("type") == "html"
        assert len(content) == 0
    ids = [text(each, "id") for each in (feed, *entries)]
    assert len(set(ids)) == len(ids)
    assert max((text(each, "updated") for each in entries), default=text(feed, "updated")) == text(feed, "updated")
    return feed


def check_common(element: Any) -> None:
    """What a feed and an entry must have, each once."""
    for name in ("id", "title", "updated"):
        assert len(element.findall(f"{{{ATOM}}}{name}")) == 1
    assert TAG.fullmatch(text(element, "id"))
    assert datetime.fromisoformat(text(element, "updated")).tzinfo is not None
    assert text(element, "title").strip()


def text(element: Any, name: str) -> str:
    return str(element.findtext(f"{{{ATOM}}}{name}"))


def entries(path: Path) -> list[bytes]:
    """The entries of a feed, as they are written."""
    return re.findall(rb"<entry>.*?</entry>", path.read_bytes(), re.DOTALL)


def told(folder: Path, **fields: Any) -> Config:
    return config(folder, Reader("sifaju-1", name="司法局", feed=folder / "feeds" / "weekly.atom"), **fields)


def weeks(count: int) -> list[Week]:
    return [of_day(WEEK.monday + timedelta(weeks=number)) for number in range(count)]


def deliver(ws: Workspace, to: Config, week: Week, of: Digest | None = None) -> None:
    """Seal a week at its end, and write it into the feeds."""
    seal(ws, week, at=SEALED + (week.monday - WEEK.monday))
    made = replace(of or rich(), week=str(week), monday=week.monday, sunday=week.sunday)
    enqueue(ws, built({reader.id: made for reader in to.readers}, week), to, now=Clock())
    assert send_waiting(ws, to, now=Clock()).is_good


class TestFeed:
    def test_it_has_an_entry_and_the_page_lies_beside_it(self, workspace: Workspace, tmp_path: Path) -> None:
        to = told(tmp_path)
        made = ready(workspace, to)
        send_waiting(workspace, to, now=Clock())
        feed = read(tmp_path / "feeds" / "weekly.atom")
        [entry] = feed.findall(f"{{{ATOM}}}entry")
        assert text(feed, "title") == "法治政府建设监测周报（司法局）"
        assert text(entry, "title") == "法治政府建设监测周报 2026年第47周"
        assert datetime.fromisoformat(text(entry, "updated")) == SEALED
        link = entry.find(f"{{{ATOM}}}link").get("href")
        assert (tmp_path / "feeds" / link).read_bytes() == made.files["sifaju-1"]["digest.html"]

    def test_its_content_is_the_headline_and_the_first_ten_lines_with_their_sources(
        self, workspace: Workspace, tmp_path: Path
    ) -> None:
        to = told(tmp_path)
        ready(workspace, to)
        send_waiting(workspace, to, now=Clock())
        content = html.fromstring(read(tmp_path / "feeds" / "weekly.atom").findtext(f".//{{{ATOM}}}content"))
        assert [each.text for each in content.findall("p")][1:4] == list(rich().headline)
        items = content.findall("ol/li")
        assert len(items) == 10
        assert items[0].text.startswith("云岭县把行政执法案卷评查合格率的目标")
        assert items[0].find("a").get("href").startswith("http://www.yunling.test/")
        assert any(each.text.startswith("补报：") for each in items)
        assert f"另有{len(rich().lines) - 10}条" in content.text_content()

    def test_where_the_feed_is_known_its_links_are_whole(self, workspace: Workspace, tmp_path: Path) -> None:
        to = told(tmp_path, feed_url="https://sfj.test/fazhi")
        ready(workspace, to)
        send_waiting(workspace, to, now=Clock())
        feed = read(tmp_path / "feeds" / "weekly.atom")
        [own] = feed.findall(f"{{{ATOM}}}link")
        assert (own.get("rel"), own.get("href")) == ("self", "https://sfj.test/fazhi/weekly.atom")
        assert (
            feed.find(f".//{{{ATOM}}}entry/{{{ATOM}}}link").get("href") == "https://sfj.test/fazhi/weekly-2026-W47.html"
        )
        assert text(feed, "id").startswith("tag:sfj.test,2026-11-23:")

    @pytest.mark.parametrize(
        ("feed_url", "expected"),
        [
            pytest.param("https://x.test/a/", "https://x.test/a/weekly-2026-W47.html", id="a folder"),
            pytest.param("https://x.test/a", "https://x.test/a/weekly-2026-W47.html", id="without its slash"),
            pytest.param("https://x.test/a/weekly.atom", "https://x.test/a/weekly-2026-W47.html", id="the feed itself"),
            pytest.param("https://x.test", "https://x.test/weekly-2026-W47.html", id="a host"),
            pytest.param("", "weekly-2026-W47.html", id="nowhere: beside the feed"),
        ],
    )
    def test_where_a_page_is(self, feed_url: str, expected: str) -> None:
        assert page_address(Path("/srv/weekly.atom"), "2026-W47", feed_url) == expected

    @pytest.mark.parametrize("of", [pytest.param(each, id=each.__name__) for each in (rich, empty, nasty, first_week)])
    def test_it_holds_whatever_the_digest_says_and_runs_no_words_of_strangers(
        self, workspace: Workspace, tmp_path: Path, of: Any
    ) -> None:
        to = told(tmp_path)
        deliver(workspace, to, WEEK, of())
        feed = read(tmp_path / "feeds" / "weekly.atom")
        content = html.fromstring(feed.findtext(f".//{{{ATOM}}}content"))
        assert {each.tag for each in content.iter()} <= {"div", "p", "ol", "li", "a"}
        for link in content.iter("a"):
            assert set(link.keys()) == {"href"}
            assert urlsplit(urljoin("https://base.test/", link.get("href"))).scheme in ("http", "https")

    def test_it_has_the_newest_year_and_the_newest_first(self, workspace: Workspace, tmp_path: Path) -> None:
        to = told(tmp_path)
        told_weeks = weeks(MOST_ENTRIES + 3)
        for week in told_weeks:
            deliver(workspace, to, week, empty())
        feed = read(tmp_path / "feeds" / "weekly.atom")
        found = [text(each, "id").rpartition("/")[2] for each in feed.findall(f"{{{ATOM}}}entry")]
        assert found == [str(week) for week in reversed(told_weeks)][:MOST_ENTRIES]
        held = [row.week for row in rows(workspace) if row.payload is not None]
        assert held == [str(week) for week in told_weeks[3:]]

    def test_an_entry_is_never_changed(self, workspace: Workspace, tmp_path: Path) -> None:
        to, path = told(tmp_path), tmp_path / "feeds" / "weekly.atom"
        deliver(workspace, to, Week(2026, 47))
        first, feed_id = entries(path), text(read(path), "id")
        moved = replace(to, feed_url="https://new.test/", readers=(replace(to.readers[0], name="新名称"),))
        deliver(workspace, moved, Week(2026, 48), empty())
        assert entries(path)[1:] == first
        assert text(read(path), "id") == feed_id

    def test_a_feed_that_was_lost_comes_back_whole(self, workspace: Workspace, tmp_path: Path) -> None:
        to, path = told(tmp_path), tmp_path / "feeds" / "weekly.atom"
        deliver(workspace, to, Week(2026, 47))
        deliver(workspace, to, Week(2026, 48))
        before = entries(path)
        path.unlink()
        deliver(workspace, to, Week(2026, 49))
        assert entries(path)[1:] == before

    def test_a_week_that_comes_late_stands_in_its_place(self, workspace: Workspace, tmp_path: Path) -> None:
        to, path = told(tmp_path), tmp_path / "feeds" / "weekly.atom"
        deliver(workspace, to, Week(2026, 48))
        deliver(workspace, to, Week(2026, 47))
        assert [text(each, "id").rpartition("/")[2] for each in read(path).findall(f"{{{ATOM}}}entry")] == [
            "2026-W48",
            "2026-W47",
        ]

    def test_what_a_crash_left_is_completed_with_the_same_bytes(self, workspace: Workspace, tmp_path: Path) -> None:
        to, path = told(tmp_path), tmp_path / "feeds" / "weekly.atom"
        made = ready(workspace, to)
        path.parent.mkdir()
        (path.parent / "weekly-2026-W47.html").write_bytes(made.files["sifaju-1"]["digest.html"])
        (path.parent / ".weekly.atom.new").write_bytes(b"<feed")
        send_waiting(workspace, to, now=Clock())
        assert len(read(path).findall(f"{{{ATOM}}}entry")) == 1
        assert sorted(each.name for each in path.parent.iterdir()) == ["weekly-2026-W47.html", "weekly.atom"]

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            pytest.param("weekly.atom", f'<feed xmlns="{ATOM}"><id>tag:other,2026:x</id></feed>', id="another feed"),
            pytest.param("weekly.atom", "my notes", id="no feed at all"),
            pytest.param("weekly-2026-W47.html", "my page", id="another page"),
        ],
    )
    def test_what_is_not_ours_is_left_alone_and_told(
        self, workspace: Workspace, tmp_path: Path, name: str, content: str
    ) -> None:
        to = told(tmp_path)
        (tmp_path / "feeds").mkdir()
        (tmp_path / "feeds" / name).write_text(content, encoding="utf-8")
        ready(workspace, to)
        result = send_waiting(workspace, to, now=Clock())
        assert outcome(result) == {"failed": [str(tmp_path / "feeds" / "weekly.atom")]}
        assert name in result.failed[0].note
        assert (tmp_path / "feeds" / name).read_text(encoding="utf-8") == content
        (tmp_path / "feeds" / name).unlink()
        assert retry_failed(workspace, str(WEEK)) == 1
        assert len(send_waiting(workspace, to, now=Clock()).sent) == 1

    def test_an_empty_file_is_filled(self, workspace: Workspace, tmp_path: Path) -> None:
        to = told(tmp_path)
        (tmp_path / "feeds").mkdir()
        (tmp_path / "feeds" / "weekly.atom").touch()
        deliver(workspace, to, WEEK)
        assert len(read(tmp_path / "feeds" / "weekly.atom").findall(f"{{{ATOM}}}entry")) == 1


class TestParts:
    @pytest.mark.parametrize(
        ("authority", "expected"),
        [
            pytest.param("SFJ.yunling.test", "tag:sfj.yunling.test,2026-11-23:fazhi/w/a/2026-W47", id="a host"),
            pytest.param("bad host", "tag:fazhi.invalid,2026-11-23:fazhi/w/a/2026-W47", id="no host"),
            pytest.param("司法.test", "tag:fazhi.invalid,2026-11-23:fazhi/w/a/2026-W47", id="not in ASCII"),
        ],
    )
    def test_the_id_of_an_entry(self, authority: str, expected: str) -> None:
        assert entry_id(authority, SEALED, "w", "a", "2026-W47") == expected

    def test_a_reader_of_any_name_has_an_id_without_blanks(self) -> None:
        assert TAG.fullmatch(entry_id("x.test", SEALED, "w", "司法局 一/二", "2026-W47"))

    def test_a_folder_that_cannot_be_written_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        path = tmp_path / "file" / "feed.atom"
        payload = compose(rich(), b"", entry="tag:x.test,2026:f/2026-W47", feed=path, feed_url="", sealed=SEALED)
        with pytest.raises(RefusedError, match="写不进去"):
            publish(payload, [payload], path, feed_id="tag:x.test,2026:f", mark=lambda: None)

    def test_what_is_kept_of_an_entry_is_enough_to_write_the_feed(self, tmp_path: Path) -> None:
        path = tmp_path / "feed.atom"
        of = digest(line("documents", "新增1份。"))
        payload = compose(of, b"page", entry="tag:x.test,2026:f/2026-W47", feed=path, feed_url="", sealed=SEALED)
        publish(payload, [payload], path, feed_id="tag:x.test,2026:f", mark=lambda: None)
        first = path.read_bytes()
        publish(payload, [kept(payload)], path, feed_id="tag:x.test,2026:f", mark=lambda: None)
        assert path.read_bytes() == first
        assert b"page" not in kept(payload)
        assert (tmp_path / page_name(path, "2026-W47")).read_bytes() == b"page"

    def test_a_page_with_other_bytes_is_not_written_over(self, tmp_path: Path) -> None:
        path = tmp_path / "feed.atom"
        (tmp_path / page_name(path, "2026-W47")).write_bytes(b"other")
        payload = compose(rich(), b"page", entry="tag:x.test,2026:f/2026-W47", feed=path, feed_url="", sealed=SEALED)
        with pytest.raises(RejectedError, match="内容不同"):
            publish(payload, [payload], path, feed_id="tag:x.test,2026:f", mark=lambda: None)
        assert not path.exists()
