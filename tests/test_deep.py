"""`fazhi doctor --deep` finds what is damaged, says of which document and where, and takes nothing else for damage."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from pipeline import derived, store
from pipeline.archive import import_paths
from pipeline.backup import backup
from pipeline.emulator.server import Emulator
from pipeline.emulator.site import Site
from pipeline.emulator.world import demo_world
from pipeline.workspace.deep import check_deep
from pipeline.workspace.place import Workspace, open_workspace
from pipeline.workspace.run import run_workspace
from pipeline.workspace.saved import MANIFEST
from tests.crawls import run, sources_of
from tests.databases import KINDS, copied, made

CHOSEN = ("zhanpu", "songya")  # a plan, and a report whose page has an attachment
OTHER = "0" * 64


def world(week: int) -> Mapping[str, Site]:
    return {host: site for host, site in demo_world(week).items() if any(name in host for name in CHOSEN)}


@pytest.fixture(scope="module", params=KINDS)
def derived_once(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, str]]:
    """A workspace with what a crawl found, a file that was imported, and what was derived of both."""
    folder = tmp_path_factory.mktemp("deep")
    with made(request.param, folder / "w") as url:
        with Emulator(world) as emulator:
            run(sources_of(emulator, world(1), folder), folder / "w", url)
        told = (
            "云岭县2026年法治政府建设工作计划\n\n一、加强行政执法\n（一）2026年底前行政执法人员培训覆盖率达到100%。\n"
        )
        (folder / "云岭县2026年法治政府建设工作计划.txt").write_text(told, encoding="utf-8")
        import_paths([folder / "云岭县2026年法治政府建设工作计划.txt"], folder / "w")
        with open_workspace(folder / "w", url) as ws:
            assert run_workspace(ws, time_limit=None).new >= 3
        yield folder / "w", url


@pytest.fixture
def ws(derived_once: tuple[Path, str], tmp_path: Path) -> Iterator[Workspace]:
    """A copy of that workspace, to be damaged."""
    with copied(*derived_once, tmp_path / "copy") as url, open_workspace(tmp_path / "copy", url) as opened:
        yield opened


def look(ws: Workspace) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return check_deep(ws, time_limit=None)


def one(ws: Workspace) -> Any:
    """A current version of a crawled document, with the name of its publication."""
    version, about = derived.versions.c, derived.publications.c
    joined = select(derived.versions, about.title).join(derived.publications)
    with ws.engine.connect() as tx:
        rows = tx.execute(joined.where(version.until_id.is_(None)).order_by(version.publication_id)).all()
    return next(row for row in rows if row.held["page"]["file"].startswith("crawl-"))


def test_a_workspace_that_is_whole_has_no_problem(ws: Workspace) -> None:
    lines, problems = look(ws)
    assert problems == ()
    with ws.engine.connect() as tx:
        versions, commitments = (
            len(tx.execute(select(table.c.id)).all()) for table in (derived.versions, derived.commitments)
        )
    assert commitments > 20
    assert lines == (f"重新读取并解析文件{versions}份，逐条核对承诺{commitments}条，均与归档一致",)


def test_a_process_of_its_own_comes_to_the_same(ws: Workspace) -> None:
    seen: list[int] = []
    assert check_deep(ws, time_limit=60.0, progress=lambda done, total, name: seen.append(total - done)) == look(ws)
    assert seen == sorted(seen, reverse=True)
    assert seen[-1] == 0


# Damage of the archive


def overwrite(path: Path, at: int, what: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(what)


def flip(path: Path, at: int) -> None:
    overwrite(path, at, bytes([path.read_bytes()[at] ^ 0x40]))


@pytest.mark.parametrize("behind", [60, 200, 400], ids=lambda behind: f"byte {behind} of a record")
def test_a_flipped_byte_in_the_archive_is_named_with_document_and_place(behind: int, ws: Workspace) -> None:
    version = one(ws)
    page = version.held["page"]
    flip(ws.archive / page["file"], page["offset"] + behind)
    lines, problems = look(ws)
    assert "发现问题" in lines[0]
    (told,) = (problem for problem in problems if problem.startswith(f"《{version.title}》"))
    assert f"{version.held['url']}，{page['file']} 第{page['offset']}字节" in told
    assert "归档中的字节无法重新读取" in told
    assert any(re.match(rf"归档文件损坏：.*{page['file']} 第{page['offset']}字节起", each) for each in problems)
    assert len(problems) == 2  # and of no other document


def test_a_flipped_byte_of_an_attachment_is_a_problem_of_its_document(ws: Workspace) -> None:
    with ws.engine.connect() as tx:
        rows = tx.execute(select(derived.versions).where(derived.versions.c.until_id.is_(None))).all()
    version = next(row for row in rows if row.held["parts"])
    part = version.held["parts"][0]
    flip(ws.archive / part["file"], part["offset"] + 300)
    told = [problem for problem in look(ws)[1] if version.held["url"] in problem]
    assert len(told) == 1
    assert "归档中的字节无法重新读取" in told[0]


def test_a_flipped_byte_in_a_record_of_no_document_is_named_by_its_place(ws: Workspace) -> None:
    with ws.engine.connect() as tx:
        robots = tx.execute(select(store.snapshots).where(store.snapshots.c.key.like("%/robots.txt"))).first()
    assert robots is not None
    flip(ws.archive / robots.file, robots.offset + 60)
    (told,) = look(ws)[1]
    assert re.match(rf"归档文件损坏：.*{robots.file} 第{robots.offset}字节起的记录无法解压", told)


def test_an_archive_file_that_is_gone_is_a_problem_of_each_document_in_it(ws: Workspace) -> None:
    (path,) = ws.archive.glob("import-*.warc.gz")
    path.unlink()
    (told,) = look(ws)[1]
    assert "云岭县2026年法治政府建设工作计划" in told
    assert "no such file" in told


def test_other_bytes_under_the_right_wrapping_are_told_by_their_digest(ws: Workspace) -> None:
    version, other = one(ws), None
    with ws.engine.connect() as tx:
        for row in tx.execute(select(derived.versions)).all():
            if row.id != version.id and row.held["page"]["file"] == version.held["page"]["file"]:
                other = row
    assert other is not None
    held = {**version.held, "page": {**version.held["page"], "offset": other.held["page"]["offset"]}}
    change(ws, derived.versions, version.id, held=held)
    (told,) = look(ws)[1]
    assert f"《{version.title}》" in told
    assert "expected the bytes that were stored" in told


# Damage of the database


def change(ws: Workspace, table: Any, number: int, **values: Any) -> None:
    """Write to the database behind the back of those who keep it."""
    with ws.writing() as tx:
        tx.execute(update(table).where(table.c.id == number).values(**values))


def paper_of(ws: Workspace, version: int) -> Any:
    with ws.engine.connect() as tx:
        joined = select(derived.papers, derived.texts.c.text).join(derived.texts)
        return tx.execute(joined.where(derived.papers.c.version_id == version)).first()


def commitment_of(ws: Workspace, paper: int) -> Any:
    with ws.engine.connect() as tx:
        of = derived.commitments
        return tx.execute(select(of).where(of.c.paper_id == paper, of.c.start > 0).order_by(of.c.id)).first()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        pytest.param(lambda row: {"quote": row.quote + "。"}, "引文“{quote}", id="a quote that says more"),
        pytest.param(lambda row: {"quote": row.quote.replace("0", "9")[:-1] + "X"}, "引文“", id="another quote"),
        pytest.param(lambda row: {"value_text": "999%"}, "数值“999%”", id="another value"),
        pytest.param(lambda row: {"start": row.start + 1, "end": row.end + 1}, "引文“{quote}", id="another place"),
        pytest.param(lambda row: {"value_start": row.value_end + 5, "value_end": row.value_end + 9}, "数值“", id="a value elsewhere"),
        pytest.param(lambda row: {"start": 9_000_000, "end": 9_000_010}, "引文“{quote}", id="a place behind the end"),
    ],
)  # fmt: skip
def test_a_quote_or_value_that_the_text_does_not_have_is_named(
    changed: Callable[[Any], dict[str, Any]], told: str, ws: Workspace
) -> None:
    version = one(ws)
    row = commitment_of(ws, paper_of(ws, version.id).id)
    change(ws, derived.commitments, row.id, **changed(row))
    (problem,) = look(ws)[1]
    assert problem.startswith(f"《{version.title}》（{version.held['url']}，")
    assert told.format(quote=row.quote[:10]) in problem


def test_many_wrong_quotes_of_a_document_are_counted(ws: Workspace) -> None:
    version = one(ws)
    paper = paper_of(ws, version.id)
    with ws.writing() as tx:
        tx.execute(update(derived.commitments).where(derived.commitments.c.paper_id == paper.id).values(quote="云岭"))
        many = len(tx.execute(select(derived.commitments.c.id).where(derived.commitments.c.paper_id == paper.id)).all())
    problems = look(ws)[1]
    assert len(problems) == 4
    assert f"另有{many - 3}处引文或数值不在所记的位置" in problems[-1]


@pytest.mark.parametrize("is_covered_up", [False, True], ids=["its digest too old", "with a digest that fits"])
def test_a_text_that_the_bytes_do_not_say_is_named(is_covered_up: bool, ws: Workspace) -> None:
    version = one(ws)
    paper = paper_of(ws, version.id)
    text = paper.text[:-1] + "！"
    with ws.writing() as tx:
        if is_covered_up:
            digest = sha256(text.encode()).hexdigest()
            store.add(tx, derived.texts, sha256=digest, text=text)
            store.change(tx, derived.papers, {"id": paper.id}, text_sha256=digest)
        else:
            store.change(tx, derived.texts, {"sha256": paper.text_sha256}, text=text)
    problems = [problem for problem in look(ws)[1] if "引文" not in problem]
    assert any(f"自第{len(text) - 1}字起不同" in problem and "数据库为“！”" in problem for problem in problems)
    assert any("与其校验值不符" in problem for problem in problems) == (not is_covered_up)
    assert all(version.title in problem for problem in problems)


def test_bytes_that_are_not_those_of_the_record_are_named(ws: Workspace) -> None:
    version = one(ws)
    change(ws, derived.papers, paper_of(ws, version.id).id, sha256=OTHER)
    (problem,) = look(ws)[1]
    assert "校验值不符（应为0000" in problem


# What is no damage


def test_rules_that_moved_are_told_and_are_no_damage(ws: Workspace) -> None:
    version = one(ws)
    paper = paper_of(ws, version.id)
    with ws.writing() as tx:  # as an older version read it: with a line that today's rules leave out
        text = paper.text + "扫一扫在手机打开当前页\n"
        digest = sha256(text.encode()).hexdigest()
        store.add(tx, derived.texts, sha256=digest, text=text)
        store.change(tx, derived.papers, {"id": paper.id}, text_sha256=digest)
        row = commitment_of(ws, paper.id)
        at = len(paper.text)
        values = {"quote": text[at:-1], "start": at, "end": len(text) - 1}
        store.change(tx, derived.commitments, {"id": row.id}, **values)
        store.change(tx, derived.commitments, {"id": row.id}, value_start=at, value_end=at + 3, value_text="扫一扫")
        many = tx.execute(update(derived.versions).values(rules=OTHER, checked=OTHER)).rowcount
    lines, problems = look(ws)
    assert problems == ()
    told = f"规则或模型已更新：{many}份文件由此前的版本解析，其中1份的正文因此不同，1条引文不再出现；运行 fazhi run 即可更新"
    assert lines[1:] == (told,)
    run_workspace(ws, time_limit=None)
    assert len(look(ws)[0]) == 1


def test_damage_is_found_under_other_rules_too(ws: Workspace) -> None:
    version = one(ws)
    row = commitment_of(ws, paper_of(ws, version.id).id)
    with ws.writing() as tx:
        tx.execute(update(derived.versions).values(checked=OTHER))
        store.change(tx, derived.commitments, {"id": row.id}, quote="云岭")
    page = version.held["page"]
    flip(ws.archive / page["file"], page["offset"] + 200)
    assert len([problem for problem in look(ws)[1] if version.title in problem]) == 2


def test_what_todays_rules_cannot_read_is_told_by_the_run_and_not_here(ws: Workspace) -> None:
    version = one(ws)
    with ws.writing() as tx:
        store.change(tx, derived.publications, {"id": version.publication_id}, problem="expected a document, got none")
    assert look(ws)[1] == ()
    page = version.held["page"]
    flip(ws.archive / page["file"], page["offset"] + 200)  # but damage is damage
    assert any(version.title in problem for problem in look(ws)[1])


def test_an_empty_workspace_has_nothing_to_look_at(workspace: Workspace) -> None:
    assert look(workspace) == (("重新读取并解析文件0份，逐条核对承诺0条，均与归档一致",), ())


# A backup


@pytest.fixture
def saved(ws: Workspace, tmp_path: Path) -> Iterator[Workspace]:
    """A backup of that workspace, open."""
    url = ws.engine.url.render_as_string(hide_password=False)
    backup(ws.folder, url, tmp_path / "backup")
    is_own = ws.engine.dialect.name == "sqlite"
    with open_workspace(tmp_path / "backup", "" if is_own else url) as opened:
        yield opened


def test_a_backup_is_looked_through_like_any_workspace(saved: Workspace) -> None:
    lines, problems = look(saved)
    assert problems == ()
    assert lines[1] == "备份清单列有归档文件2个，均与清单一致"


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        pytest.param(lambda path: path.unlink(), "备份清单中的归档文件缺失", id="gone"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:-9]), "归档文件与备份清单不一致", id="cut short"),
        pytest.param(lambda path: flip(path, path.stat().st_size - 9), "归档文件与备份清单不一致", id="a flipped byte"),
    ],
)
def test_a_file_of_a_backup_that_is_not_as_it_was_is_named(
    damage: Callable[[Path], None], told: str, saved: Workspace
) -> None:
    (path,) = saved.archive.glob("import-*.warc.gz")
    damage(path)
    assert any(problem.startswith(told) and path.name in problem for problem in look(saved)[1])


def test_what_was_added_to_a_backup_is_no_damage(saved: Workspace) -> None:
    (path,) = saved.archive.glob("crawl-*.warc.gz")
    with path.open("ab") as file:
        file.write(b"half of a record")
    assert look(saved)[1] == ()


def test_a_backup_that_was_never_finished_is_told(saved: Workspace) -> None:
    path = saved.folder / MANIFEST
    path.write_text(json.dumps({**json.loads(path.read_text()), "finished": ""}))
    assert look(saved)[1] == ("备份没有完成：再次运行 fazhi backup",)
