"""What becomes of documents from week to week: each thing that can happen to one is told once, under its name."""

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from pipeline import derived, store
from pipeline.analyze import analyze_files
from pipeline.archive import import_paths
from pipeline.errors import InputError
from pipeline.inputs import find_inputs
from pipeline.moments import stamp
from pipeline.records import Analysis
from pipeline.scrape.outcomes import Outcome
from pipeline.tables import as_export
from pipeline.workspace.place import Workspace
from pipeline.workspace.run import run_workspace
from pipeline.workspace.source_states import group_of
from pipeline.workspace.view import View
from tests.test_files_word import p, packed, parts, t
from tests.visits import FILLING, SUNDAY, Answer, Web, World, page

PLAN, REPORT = "云岭县2024年法治政府建设工作计划", "云岭县2023年度法治政府建设情况报告"
EIGHT, TEN = "三、提高应诉水平。行政诉讼败诉率控制在8%以内。", "三、提高应诉水平。行政诉讼败诉率控制在10%以内。"
OTHER = "三、本年度全县行政机关负责人出庭应诉率为96%，行政复议案件按期办结率为100%。"
TEXTS = {name: page(PLAN, text) for name, text in (("eight", EIGHT), ("ten", TEN))}


@pytest.fixture
def world(workspace: Workspace, database: tuple[Path, str]) -> World:
    """Two sites, one of which has a plan and a report."""
    made = World(workspace, database[1])
    made.web.put("yunling", "plan", page(PLAN, EIGHT), title=PLAN)
    made.web.put("yunling", "report", page(REPORT, OTHER), title=REPORT)
    for name in ("bureau", "qinghe"):
        made.web.listed[name] = []
    return made


def titles(world: World) -> dict[str, str]:
    """The state of each publication by its title."""
    return {row["title"]: row["state"] for row in world.rows(derived.publications)}


def words_of(world: World, title: str) -> str:
    """What a document says now."""
    with world.ws.engine.connect() as tx:
        documents = View(tx).export().documents
    return str(documents.loc[documents["title"] == title, "text"].iloc[0])


# -- one address ------------------------------------------------------------------------------------------------------


def test_everything_is_new_in_the_first_run_and_nothing_in_the_second(world: World) -> None:
    first = world.week()
    assert (first.new, first.documents, first.is_nothing) == (2, 2, False)
    again = world.run()
    assert (again.documents, again.is_nothing) == (0, True)
    assert [row["state"] for row in world.rows(derived.derivations)] == ["ended", "ended"]
    assert world.next_week() == []


def change(name: str, *sentences: str, title: str = PLAN, **fields: object) -> Callable[[World], None]:
    """Publish a page in place of the one that is there."""
    return lambda world: world.web.put("yunling", name, page(title, *sentences, **fields), title=title)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("deed", "kinds"),
    [
        pytest.param(change("plan", TEN), ["changed"], id="a figure"),
        pytest.param(change("plan", EIGHT.replace("提高", "持续提高")), ["changed"], id="a word, and no figure"),
        pytest.param(change("plan", EIGHT, day="2024-03-09"), ["changed"], id="the date of publication alone"),
        pytest.param(change("plan", EIGHT, footer="主办：县委办公室　电话：0000-1234"), ["furniture"], id="a footer"),
        pytest.param(change("plan", EIGHT, counter="浏览次数：1234"), ["furniture"], id="a counter of visits"),
        pytest.param(change("plan", EIGHT, counter="今天是2026年11月29日 星期日"), ["furniture"], id="the day of the visit"),
        pytest.param(
            change("plan", EIGHT, related=["县政府召开常务会议", "我县开展法治宣传活动"]), ["furniture"], id="links to other pages"
        ),
        pytest.param(change("plan", EIGHT.replace("。行", "。\n行")), ["furniture"], id="a line break"),
        pytest.param(change("plan", EIGHT.replace("8%", "８％")), ["furniture"], id="full-width forms of the same figure"),
        pytest.param(lambda world: world.web.drop("yunling", "plan"), ["withdrawn"], id="it is gone"),
        pytest.param(
            lambda world: world.web.drop("yunling", "plan", is_gone=False), ["withdrawn"], id="no list names it any more"
        ),
        pytest.param(
            lambda world: world.web.put("yunling", "later", page("云岭县2025年法治政府建设工作计划", TEN, OTHER),
                                        title="云岭县2025年法治政府建设工作计划"),
            ["new"],
            id="another document beside it",
        ),
        pytest.param(lambda world: world.web.silent.add(Web.url("yunling", "plan")), [], id="it does not answer"),
    ],
)  # fmt: skip
def test_a_week_tells_what_happened_to_a_page_and_nothing_else(
    world: World, deed: Callable[[World], None], kinds: list[str]
) -> None:
    world.week()
    deed(world)
    assert world.next_week() == kinds
    assert world.next_week() == []


def test_a_changed_figure_is_told_with_old_and_new(world: World) -> None:
    world.week()
    change("plan", TEN)(world)
    world.next_week()
    (event,) = world.events(None, "changed")
    (difference,) = event.data["differences"]
    assert difference["kind"] == "lowered"
    assert event.data["fields"] == {}
    assert event.data["sentences"] == {"added": [TEN.partition("。")[2]], "dropped": [EIGHT.partition("。")[2]]}
    old, new = world.rows(derived.versions, publication_id=event.publication_id)
    assert (event.before_id, event.version_id) == (old["id"], new["id"])
    assert (old["until_id"], new["since_id"], new["until_id"]) == (event.derivation_id, event.derivation_id, None)
    assert (event.week, event.at) == ("2026-W48", (SUNDAY + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M:%S.%fZ"))


def test_a_typo_is_told_by_its_sentence(world: World) -> None:
    world.week()
    change("plan", EIGHT.replace("提高应诉水平", "提升应诉水平"))(world)
    world.next_week()
    (event,) = world.events(None, "changed")
    assert event.data == {
        "differences": [],
        "fields": {},
        "sentences": {"added": ["三、提升应诉水平。"], "dropped": ["三、提高应诉水平。"]},
    }


def test_another_date_of_publication_is_told_by_its_field(world: World) -> None:
    world.week()
    change("plan", EIGHT, day="2024-03-09")(world)
    world.next_week()
    (event,) = world.events(None, "changed")
    assert event.data == {
        "differences": [],
        "fields": {"published": ["2024-03-06", "2024-03-09"]},
        "sentences": {"added": [], "dropped": []},
    }


def test_furniture_leaves_the_version_as_it_is(world: World) -> None:
    world.week()
    before = world.rows(derived.versions)
    change("plan", EIGHT, footer="新的页脚")(world)
    world.next_week()
    assert world.rows(derived.versions) == before
    assert len(world.events(None, "furniture")) == 1


def test_a_text_that_returns_to_an_earlier_one_is_told_as_a_change_both_times(world: World) -> None:
    world.week()
    for text, kinds in ((TEN, ["changed"]), (EIGHT, ["changed"])):
        change("plan", text)(world)
        assert world.next_week() == kinds
    versions = world.rows(derived.versions, publication_id=world.events(None, "changed")[0].publication_id)
    assert [row["number"] for row in versions] == [1, 2, 3]
    assert versions[0]["text_sha256"] == versions[2]["text_sha256"]
    assert len(world.rows(derived.publications)) == 2


def test_what_is_withdrawn_stays_with_its_last_version_and_may_come_back(world: World) -> None:
    world.week()
    text = world.web.pages[Web.url("yunling", "plan")]
    world.web.drop("yunling", "plan")
    assert world.next_week() == ["withdrawn"]
    (gone,) = world.events(None, "withdrawn")
    assert gone.data == {"reason": "gone", "url": Web.url("yunling", "plan")}
    assert titles(world) == {PLAN: "withdrawn", REPORT: "standing"}
    assert "8%" in words_of(world, PLAN)
    world.web.put("yunling", "plan", text.body, title=PLAN)
    assert world.next_week() == ["came_back"]
    (back,) = world.events(None, "came_back")
    assert back.data == {"url": Web.url("yunling", "plan"), "gone_since": gone.at}
    assert titles(world) == {PLAN: "standing", REPORT: "standing"}
    assert world.next_week() == []


def test_what_comes_back_with_another_text_has_come_back_and_changed(world: World) -> None:
    world.week()
    world.web.drop("yunling", "plan")
    world.next_week()
    change("plan", TEN)(world)
    assert world.next_week() == ["came_back", "changed"]


def test_what_is_taken_off_the_list_says_so(world: World) -> None:
    world.week()
    world.web.drop("yunling", "plan", is_gone=False)
    world.next_week()
    assert world.events(None, "withdrawn")[0].data["reason"] == "unlisted"
    world.web.relist("yunling", "plan")
    assert world.next_week() == ["came_back"]


def test_a_page_that_leads_to_another_site_is_withdrawn_once_no_list_names_it(world: World) -> None:
    world.week()
    world.web.drop("yunling", "plan")
    world.web.pages[Web.url("yunling", "plan")] = Answer(status=302, location="http://shop.test/")
    assert "withdrawn" in world.next_week()
    assert world.events(None, "withdrawn")[0].data["reason"] == "redirected"


@pytest.mark.parametrize("state", ["silent", "blocked"])
def test_a_source_that_fails_withdraws_nothing_and_is_told_once(world: World, state: str) -> None:
    world.week()
    getattr(world.web, state).add("yunling")
    assert world.next_week() == [f"source_{state}"]
    assert world.next_week() == []
    assert set(titles(world).values()) == {"standing"}
    getattr(world.web, state).clear()
    world.now += timedelta(days=60)  # a site that challenged us rests for a while
    assert world.next_week() == ["source_good"]
    states = world.rows(derived.source_states, source_id="yunling")
    assert [row["until_id"] is None for row in states] == [False, False, True]
    assert states[1]["good_at"] is not None


def test_another_trouble_of_the_same_kind_is_another_state_and_no_news(world: World) -> None:
    world.week()
    world.web.silent.add("yunling")
    world.next_week()
    world.web.silent.clear()
    world.web.listed["yunling"].clear()
    world.web.hollow.add("yunling")
    assert world.next_week() == []
    states = [row["outcome"] for row in world.rows(derived.source_states, source_id="yunling")]
    assert (states[:2], group_of(Outcome(states[2]))) == (["ok", "unreachable"], "source_silent")
    assert len(set(states)) == 3


def test_a_source_that_is_bad_from_the_first_is_told(world: World) -> None:
    world.web.silent.add("qinghe")
    world.week()
    (event,) = world.events(None, "source_silent")
    assert (event.source_id, event.data["since"], event.data["before"]) == ("qinghe", "", "")


def test_a_source_that_is_taken_off_the_list_of_sources_withdraws_nothing(world: World) -> None:
    world.week()
    world.sources = world.sources[1:]
    assert world.next_week() == []
    assert set(titles(world).values()) == {"standing"}


def test_an_address_that_shows_another_document_has_a_new_one_and_lost_the_old_one(world: World) -> None:
    world.week()
    later = REPORT.replace("2023", "2024")
    own = ("全县各级各部门深入学习贯彻习近平法治思想。", "复议机构共收到申请四十六件，依法受理四十件。")
    change("report", "二、本年度全县出庭应诉率为98%。", title=later, filling=own)(world)
    assert world.next_week() == ["new", "withdrawn"]
    assert world.events(None, "withdrawn")[0].data == {
        "reason": "removed", "url": Web.url("yunling", "report"), "instead": later,
    }  # fmt: skip
    assert titles(world) == {PLAN: "standing", REPORT: "withdrawn", later: "standing"}
    assert world.next_week() == []


def test_a_slip_in_the_title_is_a_change(world: World) -> None:
    world.week()
    change("report", OTHER, title=REPORT.replace("2023", "2024"))(world)
    assert world.next_week() == ["changed"]
    assert world.events(None, "changed")[0].data["fields"]["year"] == [2023, 2024]


# -- several addresses ------------------------------------------------------------------------------------------------


def copied(world: World, text: bytes = TEXTS["eight"]) -> None:
    """Let a second site show the plan of the first."""
    world.web.put("bureau", "copy", text, title=PLAN)


def test_a_text_that_stands_at_two_addresses_is_one_publication(world: World) -> None:
    world.week()
    copied(world)
    assert world.next_week() == ["copy"]
    (event,) = world.events(None, "copy")
    assert event.data == {"url": Web.url("bureau", "copy"), "of": event.publication_id}
    assert len(world.rows(derived.publications)) == 2


@pytest.mark.parametrize("first", ["plan", "copy"], ids=["the original first", "the copy first"])
def test_two_addresses_that_change_alike_one_after_the_other_are_one_change(world: World, first: str) -> None:
    copied(world)
    world.week()
    deeds = {"plan": change("plan", TEN), "copy": lambda world: copied(world, TEXTS["ten"])}
    deeds.pop(first)(world)
    assert world.next_week() == ["changed"]
    assert world.next_week() == []
    deeds.popitem()[1](world)
    assert world.next_week() == []
    assert len(world.rows(derived.publications)) == 2
    assert "10%" in words_of(world, PLAN)


@pytest.mark.parametrize("sooner", ["yunling", "bureau"])
def test_of_copies_that_one_crawl_finds_it_does_not_matter_which_site_answered_sooner(
    world: World, sooner: str
) -> None:
    copied(world)
    world.crawl()
    later = stamp(world.now + timedelta(minutes=5))
    with world.ws.writing() as tx:
        tx.execute(update(store.places).where(store.places.c.source_id != sooner).values(first_seen=later))
    world.run()
    held = [row["held"]["source"] for row in world.rows(derived.versions) if row["until_id"] is None]
    assert sorted(held) == ["bureau", "yunling"]  # the copied plan is that of the first by name, the report has no copy
    (copy,) = world.events(None, "copy")
    assert copy.source_id == "yunling"


def test_two_addresses_that_change_alike_at_once_are_one_change(world: World) -> None:
    copied(world)
    world.week()
    change("plan", TEN)(world)
    copied(world, TEXTS["ten"])
    assert world.next_week() == ["changed"]
    assert world.next_week() == []


def test_a_copy_that_stays_behind_brings_no_news_when_its_footer_changes(world: World) -> None:
    copied(world)
    world.week()
    change("plan", TEN)(world)
    world.next_week()
    copied(world, page(PLAN, EIGHT, footer="新的页脚"))
    assert world.next_week() == ["furniture"]
    assert "10%" in words_of(world, PLAN)
    change("plan", EIGHT)(world)  # back to what the copy has
    assert world.next_week() == ["changed"]


def test_a_document_that_its_own_site_takes_off_is_withdrawn_though_others_show_it(world: World) -> None:
    world.week()
    copied(world)
    world.next_week()
    plan = world.web.pages[Web.url("yunling", "plan")].body
    world.web.drop("yunling", "plan")
    assert world.next_week() == ["withdrawn"]
    (event,) = world.events(None, "withdrawn")
    assert event.data == {
        "reason": "gone", "url": Web.url("yunling", "plan"), "elsewhere": Web.url("bureau", "copy"),
    }  # fmt: skip
    copied(world, page(PLAN, EIGHT, footer="新的页脚"))
    assert world.next_week() == ["furniture"]  # the copy stood all the time
    world.web.put("yunling", "plan", plan, title=PLAN)
    assert world.next_week() == ["came_back"]


def test_a_copy_that_goes_away_is_nothing(world: World) -> None:
    world.week()
    copied(world)
    world.next_week()
    world.web.drop("bureau", "copy")
    assert world.next_week() == []
    assert titles(world)[PLAN] == "standing"


def test_one_of_two_columns_that_drops_a_document_is_nothing(world: World) -> None:
    world.week()
    world.web.put("yunling", "column", page(PLAN, EIGHT), title=PLAN)
    assert world.next_week() == ["copy"]
    world.web.drop("yunling", "plan")
    assert world.next_week() == []
    world.web.drop("yunling", "column")
    assert world.next_week() == ["withdrawn"]


def test_a_text_that_turns_up_on_another_site_has_not_moved_there(world: World) -> None:
    world.week()
    world.web.drop("yunling", "plan")
    copied(world)
    assert world.next_week() == ["copy", "withdrawn"]
    assert world.events(None, "withdrawn")[0].data["elsewhere"] == Web.url("bureau", "copy")


def test_a_list_that_shows_its_newest_rows_only_withdraws_nothing(world: World) -> None:
    old = REPORT.replace("2023", "2015")
    world.web.put("yunling", "old", page(old, "三、2015年的工作。"), title=old, day="2015-12-30")
    world.week()
    world.web.drop("yunling", "old", is_gone=False)
    assert world.next_week() == []
    assert titles(world)[old] == "standing"
    del world.web.pages[Web.url("yunling", "old")]
    assert world.next_week() == ["withdrawn"]


def test_a_page_that_moves_is_neither_new_nor_withdrawn(world: World) -> None:
    world.week()
    world.web.drop("yunling", "plan")
    world.web.put("yunling", "moved", page(PLAN, EIGHT), title=PLAN)
    assert world.next_week() == ["moved"]
    (event,) = world.events(None, "moved")
    assert event.data == {"from": Web.url("yunling", "plan"), "to": Web.url("yunling", "moved")}
    assert len(world.rows(derived.publications)) == 2
    assert world.next_week() == []


def test_a_page_that_moves_and_changes_at_once_has_moved_and_changed(world: World) -> None:
    world.week()
    world.web.drop("yunling", "plan")
    world.web.put("yunling", "moved", page(PLAN, TEN), title=PLAN)
    assert world.next_week() == ["moved", "changed"]
    moved, changed = world.events(None, "moved", "changed")
    assert moved.publication_id == changed.publication_id
    assert changed.data["differences"][0]["kind"] == "lowered"
    assert len(world.rows(derived.publications)) == 2


def test_a_plan_for_another_year_under_the_same_title_does_not_inherit_from_one_that_is_gone(world: World) -> None:
    title = "云岭县法治政府建设工作计划"
    world.web.put("yunling", "any", page(title, "三、2023年行政诉讼败诉率控制在8%以内。"), title=title)
    world.week()
    world.web.drop("yunling", "any")
    world.web.put(
        "yunling", "next", page(title, *("全年开展演练。",) * 9, "三、2026年败诉率控制在7%以内。"), title=title
    )
    years = {row["year"] for row in world.rows(derived.papers) if row["title"] == title}
    kinds = world.next_week()
    found = {row["year"] for row in world.rows(derived.papers) if row["title"] == title} | years
    assert kinds == (["new", "withdrawn"] if len(found) > 1 else ["moved", "changed"])


def test_a_page_that_turns_up_elsewhere_after_it_was_gone_has_come_back(world: World) -> None:
    world.week()
    world.web.drop("yunling", "plan")
    world.next_week()
    world.web.put("yunling", "again", page(PLAN, EIGHT), title=PLAN)
    assert world.next_week() == ["came_back"]


def test_two_documents_that_swap_their_addresses_are_the_same_documents(world: World) -> None:
    world.week()
    change("plan", OTHER, title=REPORT)(world)
    change("report", EIGHT, title=PLAN)(world)
    kinds = world.next_week()
    assert set(kinds) == {"copy", "moved"}
    assert titles(world) == {PLAN: "standing", REPORT: "standing"}
    assert world.next_week() == []


def test_a_few_words_above_different_files_are_not_one_document(world: World) -> None:
    for name, plan in (("a", PLAN.replace("2024", "2021")), ("b", PLAN.replace("2024", "2022"))):
        world.web.put("yunling", name, page(plan, "现将计划印发给你们，请遵照执行。", filling=()), title=plan)
    assert world.week().new == 4


# -- files ------------------------------------------------------------------------------------------------------------


def with_file(world: World, content: bytes, media: str = "application/octet-stream", name: str = "plan.txt") -> None:
    """Publish the plan with an attachment."""
    world.web.put("yunling", name, content, media=media)
    body = page(PLAN, "具体任务见附件。", files=[(Web.url("yunling", name), f"附件：任务表{Path(name).suffix}")])
    world.web.put("yunling", "plan", body, title=PLAN)


def task_list(share: int) -> bytes:
    return (f"{PLAN}任务表\n" + "".join(f"{n}.行政诉讼败诉率控制在{share}%以内。\n" for n in range(1, 5))).encode()


def test_a_changed_attachment_changes_its_document(world: World) -> None:
    with_file(world, task_list(8))
    world.week()
    with_file(world, task_list(10))
    assert world.next_week() == ["changed"]
    assert {each["kind"] for each in world.events(None, "changed")[0].data["differences"]} == {"lowered"}


def test_a_word_file_that_was_saved_again_is_furniture(world: World) -> None:
    for saved in ("2024-03-06", "2024-05-01"):
        with_file(world, word(saved), name="plan.docx")
        kinds = world.next_week()
    assert kinds == ["furniture"]


def word(saved: str) -> bytes:
    """A Word file that was saved on some day."""
    body = "".join(p(t(f"{number}.全年开展行政执法培训{number}次。")) for number in range(3, 30))
    return packed({**parts(body), "docProps/custom.xml": f"<saved>{saved}</saved>"})


def test_an_attachment_that_cannot_be_fetched_for_once_drops_nothing(world: World) -> None:
    with_file(world, task_list(8))
    world.week()
    world.web.silent.add(Web.url("yunling", "plan.txt"))
    assert world.next_week() == []
    assert "败诉率控制在8%" in words_of(world, PLAN)
    assert world.rows(derived.source_states, source_id="yunling")[-1]["outcome"] == "unreachable"
    world.web.silent.clear()
    assert world.next_week() == []


def test_an_attachment_that_is_gone_for_good_changes_its_document(world: World) -> None:
    with_file(world, task_list(8))
    world.week()
    del world.web.pages[Web.url("yunling", "plan.txt")]
    assert "changed" in world.next_week()


def bundle(**members: bytes) -> bytes:
    """A .zip of text files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in members.items():
            file.writestr(f"{name}.txt", content)
    return out.getvalue()


def plain(title: str, *sentences: str) -> bytes:
    return "\n".join((title, *FILLING, *sentences)).encode()


def test_an_archive_is_one_publication_with_several_papers(world: World) -> None:
    def publish(share: int) -> None:
        content = bundle(plan=plain(PLAN, EIGHT.replace("8", str(share))), report=plain(REPORT, OTHER))
        world.web.put("qinghe", "all.zip", content, title="青禾县法治政府建设工作计划汇编.zip", media="application/zip")

    world.web.listed["yunling"].clear()
    publish(8)
    assert world.week().new == 1
    assert len(world.rows(derived.papers)) == 2
    publish(10)
    assert world.next_week() == ["changed"]
    assert len(world.events(None, "changed")[0].data["differences"]) == 1


# -- what cannot be read ----------------------------------------------------------------------------------------------

BROKEN = b"PK\x03\x04 this is no Word file at all" * 9


def test_bytes_that_break_keep_the_last_good_state_until_they_are_mended(world: World) -> None:
    def publish(content: bytes) -> None:
        world.web.put("yunling", "doc.docx", content, title=PLAN.replace("2024", "2025"), media="application/msword")

    publish(word("2024-03-06"))
    world.week()
    publish(BROKEN)
    assert world.next_week() == ["unreadable"]
    assert world.next_week() == []
    (event,) = world.events(None, "unreadable")
    (about,) = world.rows(derived.publications, id=event.publication_id)
    assert about["problem"] == event.data["reason"] != ""
    assert len(world.rows(derived.versions, publication_id=event.publication_id)) == 1
    publish(BROKEN + b"!")
    assert world.next_week() == []  # it was told already
    publish(word("2024-03-06"))
    assert world.next_week() == ["readable"]
    assert world.rows(derived.publications, id=event.publication_id)[0]["problem"] == ""


def test_a_document_that_was_never_readable_is_new_once_it_is(world: World) -> None:
    title = PLAN.replace("2024", "2025")
    world.web.put("yunling", "doc.docx", BROKEN, title=title, media="application/msword")
    ran = world.week()
    assert (ran.unreadable, len(ran.failures)) == (1, 1)
    assert titles(world)[title] == "standing"
    world.web.put("yunling", "doc.docx", word("2024-03-06"), title=title, media="application/msword")
    assert world.next_week() == ["new"]
    assert [row["problem"] for row in world.rows(derived.publications)] == ["", "", ""]


def test_a_document_that_fails_costs_no_other(world: World) -> None:
    world.web.put("yunling", "a.docx", BROKEN, title=PLAN.replace("2024", "2021"), media="application/msword")
    ran = world.week()
    assert (ran.new, ran.unreadable) == (2, 1)
    assert Web.url("yunling", "a.docx") in ran.failures[0].reason


# -- imports ----------------------------------------------------------------------------------------------------------


def bring(world: World, folder: Path, **texts: bytes) -> None:
    """Import files of a folder."""
    folder.mkdir(exist_ok=True)
    for name, content in texts.items():
        (folder / f"{name}.html").write_bytes(content)
    import_paths([folder], world.ws.folder)


def test_imported_files_are_derived_once(world: World, tmp_path: Path) -> None:
    bring(world, tmp_path / "files", plan=page(PLAN, EIGHT), report=page(REPORT, OTHER))
    assert world.run().new == 2
    assert world.run().is_nothing
    bring(world, tmp_path / "files")
    assert world.run().is_nothing


def test_a_file_of_the_same_name_with_another_text_is_a_change_of_it(world: World, tmp_path: Path) -> None:
    bring(world, tmp_path / "files", plan=page(PLAN, EIGHT))
    world.run()
    bring(world, tmp_path / "files", plan=page(PLAN, TEN))
    assert world.run().changed == 1
    bring(world, tmp_path / "files", plan=page(PLAN, TEN, footer="新的页脚"))
    assert world.run().furniture == 1
    assert len(world.rows(derived.publications)) == 1
    assert "10%" in words_of(world, PLAN)


def test_two_documents_of_one_file_name_are_two(world: World, tmp_path: Path) -> None:
    ours, theirs = (
        plain(PLAN, EIGHT),
        "\n".join(["青禾县2021年度法治政府建设情况报告", *("全年召开会议。",) * 30]).encode(),
    )
    for folder, content in (("a", ours), ("b", theirs)):
        (tmp_path / folder / "files").mkdir(parents=True)
        (tmp_path / folder / "files" / "1.txt").write_bytes(content)
    import_paths([tmp_path / "a" / "files", tmp_path / "b" / "files"], world.ws.folder)
    assert world.run().new == 2
    assert set(titles(world).values()) == {"standing"}


@pytest.mark.parametrize("order", ["import first", "crawl first"])
def test_what_is_imported_and_crawled_is_one_publication(world: World, tmp_path: Path, order: str) -> None:
    steps: list[Callable[[], None]] = [
        lambda: bring(world, tmp_path / "files", mine=page(PLAN, EIGHT)),
        lambda: world.crawl(),
    ]
    for step in steps if order == "import first" else reversed(steps):
        step()
        ran = world.run()
    assert (ran.new, ran.copies) == ((1, 1) if order == "import first" else (0, 1))
    assert len(world.rows(derived.publications)) == 2
    world.web.drop("yunling", "plan")
    assert world.next_week() == ["withdrawn"]
    world.web.put("yunling", "plan", page(PLAN, EIGHT), title=PLAN)
    assert world.next_week() == ["came_back"]


# -- the run itself ---------------------------------------------------------------------------------------------------


def test_a_workspace_with_nothing_in_it_is_refused_in_a_sentence(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="expected a crawl or an import"):
        run_workspace(workspace)


def test_two_runs_at_once_are_refused(world: World) -> None:
    world.crawl()
    told: list[str] = []

    def interfere(done: int, total: int, name: str) -> None:
        with pytest.raises(InputError, match="the only run"):
            world.run()
        told.append(name)

    world.run(progress=interfere)
    assert len(told) > 1


def test_a_crawl_that_is_under_way_gives_what_it_has(world: World) -> None:
    world.crawl()
    with world.ws.writing() as tx:
        tx.execute(derived.schema.tables["run"].update().values(state="running", ended=None))
    assert world.run().new == 2


def test_the_number_of_workers_makes_no_difference(world: World, tmp_path: Path) -> None:
    world.crawl()
    ran = world.run(jobs=2, time_limit=60.0)
    assert (ran.new, ran.failures) == (2, ())
    assert sorted(each.data["title"] for each in world.events(ran)) == sorted((PLAN, REPORT))


def test_the_export_is_that_of_analysing_the_archive(world: World) -> None:
    copied(world)
    with_file(world, task_list(8))
    world.week()
    results = analyze_files(find_inputs([world.ws.folder])[0])
    expected = as_export(each for found in results for each in found if isinstance(each, Analysis))
    with world.ws.engine.connect() as tx:
        found = View(tx).export()
    for name in ("documents", "sections", "commitments"):
        ours, theirs = (getattr(each, name) for each in (found, expected))
        keys = ["doc_id", *([] if name == "documents" else [f"{name[:-1]}_id"])]
        rows = [each.sort_values(keys).astype("string").to_dict("records") for each in (ours, theirs)]
        assert rows[0] == rows[1]
