"""What a digest tells of a week: every event once, every state as it was, and nothing that is not known."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline import derived, store
from pipeline.config import Reader
from pipeline.digest import weights
from pipeline.digest.build import seal
from pipeline.digest.facts import from_json, to_json
from pipeline.digest.gather import gather
from pipeline.digest.parts import due
from pipeline.digest.phrases import fared, fared_label
from pipeline.digest.readers import for_reader
from pipeline.digest.records import NEWS, Digest, Line, Part
from pipeline.digest.scene import read_events
from pipeline.records import READABLE
from pipeline.scrape.outcomes import Outcome
from pipeline.weeks import Week
from pipeline.workspace.corrections import add_correction
from pipeline.workspace.place import Workspace, open_workspace
from pipeline.workspace.source_states import group_of
from pipeline.workspace.view import View
from tests.chronicle import Chronicle, on, plan, report

W45, W46, W47, W48 = (Week(2026, number) for number in (45, 46, 47, 48))
APRIL, MARCH = Week(2026, 15), Week(2026, 12)  # 6 to 12 April, 16 to 22 March
PARENTS = ("澜陵市", "瀚东省")

RATE = "行政执法案卷评查合格率达到95%以上。（县司法局牵头，县财政局配合）"
LESS = "行政执法案卷评查合格率达到90%以上。（县司法局牵头，县财政局配合）"
HEADS = "行政机关负责人出庭应诉率达到90%以上。"
CLEAN = "2026年12月10日前完成行政规范性文件清理。（县司法局负责）"
LATER = "2026年12月31日前完成行政规范性文件清理。（县司法局负责）"


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "workspace", f"sqlite:///{tmp_path}/fazhi.db") as opened:
        yield opened


@pytest.fixture
def chronicle(ws: Workspace) -> Chronicle:
    made = Chronicle(ws)
    made.source()
    made.crawl(W46, "yunling")
    return made


def told(ws: Workspace, week: Week, reader: Reader | None = None, **options: object) -> Digest:
    sealed = seal(ws, week, now=lambda: week.end)
    with ws.engine.begin() as tx:
        events = read_events(tx, week)
        found = gather(View(tx, sealed.cut or 0), week, events, facts=sealed.facts, **options)  # type: ignore[arg-type]
    return for_reader(found, reader)


def words(digest: Digest, part: Part) -> list[str]:
    return [line.words for line in digest.part(part)]


def only(digest: Digest, part: Part) -> Line:
    (line,) = digest.part(part)
    return line


def begin(chronicle: Chronicle, **documents: str) -> None:
    """Week 46, in which a workspace is filled and its first digest told."""
    with chronicle.derivation(W46):
        chronicle.fare("yunling", Outcome.OK)
        for name, text in documents.items():
            chronicle.publish(name, text)
        chronicle.compare()
    told(chronicle.ws, W46)
    chronicle.crawl(W47, "yunling")


# --- documents -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        pytest.param(
            plan(RATE, HEADS), date(2026, 11, 18),
            "云岭县新公布2026年计划《云岭县2026年法治政府建设工作计划》（11月18日），含可以核对的目标2条。",
            id="a plan says how many targets it has",
        ),
        pytest.param(
            report("行政机关负责人出庭应诉率达到86%。"), date(2026, 11, 18),
            "云岭县新公布2025年度报告《云岭县2025年度法治政府建设情况报告》（11月18日），比2026年4月1日的规定期限晚231天，"
            "含可以核对的结果1条。",
            id="a report after 1 April says by how many days",
        ),
        pytest.param(
            plan(RATE, year=2019), date(2019, 3, 8),
            "云岭县：补充收录2019年计划《云岭县2019年法治政府建设工作计划》（2019年3月8日），含可以核对的目标1条。",
            id="what was public for years is new to us only",
        ),
        pytest.param(
            report("行政机关负责人出庭应诉率达到86%。", year=2020), date(2024, 6, 1),
            "云岭县：补充收录2020年度报告《云岭县2020年度法治政府建设情况报告》（2024年6月1日），"
            "页面日期距2021年4月1日的期限已超过一年，可能是补录或者转载，含可以核对的结果1条。",
            id="years after 1 April a date is rather that of a reprint",
        ),
        pytest.param(
            plan("加强组织领导。"), None,
            "云岭县新公布2026年计划《云岭县2026年法治政府建设工作计划》（未见公布日期），没有读出可以核对的目标或者结果。",
            id="nothing that could be checked, and no date",
        ),
    ],
)  # fmt: skip
def test_a_new_document_says_what_it_is(chronicle: Chronicle, text: str, published: date | None, expected: str) -> None:
    begin(chronicle)
    with chronicle.derivation(W47):
        chronicle.publish("new", text, published=published)
    line = only(told(chronicle.ws, W47), "documents")
    assert line.words == expected
    assert (line.is_news, line.place, line.parents) == (True, "云岭县", PARENTS)


def test_the_report_that_is_awaited_before_april_says_so_and_stands_above_a_plan(ws: Workspace) -> None:
    chronicle = Chronicle(ws)
    chronicle.source()
    chronicle.crawl(MARCH, "yunling")
    with chronicle.derivation(MARCH.before):
        chronicle.fare("yunling", Outcome.OK)
    told(ws, MARCH.before)
    with chronicle.derivation(MARCH):
        chronicle.publish("plan", plan(RATE), published=date(2026, 3, 18))
        chronicle.publish("report", report("行政复议案件12件。"), published=date(2026, 3, 18))
    found = told(ws, MARCH)
    assert [line.cells["类型"] for line in found.part("documents")] == ["报告", "计划"]
    assert "在4月1日的规定期限之前公布" in found.part("documents")[0].words


def test_evidence_of_a_document_says_where_its_bytes_lie(chronicle: Chronicle) -> None:
    begin(chronicle)
    with chronicle.derivation(W47):
        chronicle.publish("new", plan(RATE))
    found = told(chronicle.ws, W47)
    proof = found.evidence[only(found, "documents").evidence[0]]
    assert (proof.url, proof.snapshot, proof.fetched) == (
        f"https://www.yunling.test/new-{len(plan(RATE))}.html",
        "crawl.warc.gz:120",
        "2026-11-19",
    )
    assert len(proof.sha256) == 64


def test_a_document_of_no_known_place_is_counted_to_the_place_of_its_source(chronicle: Chronicle) -> None:
    begin(chronicle)
    with chronicle.derivation(W47):
        chronicle.publish("new", plan(RATE), jurisdiction=None, jurisdiction_code=None)
    assert only(told(chronicle.ws, W47), "documents").place == "云岭县"


def grow(chronicle: Chronicle, outcome: Outcome | None, *, before: int = 0) -> None:
    """A source that is added after the first digest; *outcome* of its first crawl, None where it was cut off."""
    begin(chronicle, plan=plan(RATE))
    chronicle.source("qinghe", "青禾县 澜陵市 瀚东省")
    chronicle.crawl(W47, "qinghe")
    with chronicle.derivation(W47):
        for number in range(before):
            chronicle.publish(f"b{number}", plan(HEADS, place="青禾县", year=2020 + number), source="qinghe")
        if outcome:
            chronicle.fare("qinghe", outcome)


def test_what_a_source_that_was_added_brings_is_one_line_and_no_new_documents(chronicle: Chronicle) -> None:
    grow(chronicle, Outcome.OK, before=2)
    with chronicle.derivation(W47):
        chronicle.publish("r", report("行政复议案件12件。", place="青禾县"), source="qinghe")
        chronicle.publish("new", plan(HEADS), published=date(2026, 11, 18))
    found = told(chronicle.ws, W47)
    own, joint = found.part("documents")
    assert own.words.startswith("云岭县新公布2026年计划")
    assert joint.words.startswith("新增来源“qinghe的栏目”首次采集，收录3份文件（计划2份、报告1份），如：《青禾县202")
    assert (joint.place, joint.cells["类型"], found.counts.news) == ("青禾县", "计划2份、报告1份", 2)
    assert found.headline[0] == (
        "本周（11月16日至22日）新增文件1份（计划1份），涉及云岭县；另有新增来源1个，首次采集收录3份文件。"
    )


@pytest.mark.parametrize(
    ("outcome", "before", "is_joint"),
    [
        pytest.param(None, 1, True, id="a first crawl that was cut off goes on"),
        pytest.param(Outcome.CHALLENGE, 0, True, id="blocked until now"),
        pytest.param(Outcome.OK, 0, False, id="a column that was read and had nothing"),
        pytest.param(Outcome.SERVER_ERROR, 1, False, id="a list that never works beside one that does"),
        pytest.param(Outcome.NOT_A_FILE, 0, False, id="a file that is none"),
    ],
)
def test_only_the_first_crawl_of_a_source_is_told_so(
    chronicle: Chronicle, outcome: Outcome | None, before: int, is_joint: bool
) -> None:
    grow(chronicle, outcome, before=before)
    told(chronicle.ws, W47)
    with chronicle.derivation(W48):
        chronicle.publish("r", report("行政复议案件12件。", place="青禾县"), source="qinghe")
        chronicle.fare("qinghe", Outcome.OK)
    found = told(chronicle.ws, W48)
    line = only(found, "documents")
    assert line.words.startswith("新增来源“qinghe的栏目”首次采集，收录1份文件" if is_joint else "青禾县新公布")
    assert ("新增文件1份" in found.headline[0]) is not is_joint


# --- the first digest ------------------------------------------------------------------------------------------------


def test_the_first_digest_says_what_was_collected_and_lists_all_of_it(chronicle: Chronicle) -> None:
    with chronicle.derivation(W46):
        chronicle.fare("yunling", Outcome.OK)
        chronicle.publish("plan", plan(RATE))
        chronicle.publish("report", report("行政复议案件12件。"))
    found = told(chronicle.ws, W46)
    assert found.is_first
    assert found.headline[0] == "首次采集，共收录2份文件（计划1份、报告1份），来自1个地区。"
    assert len(found.part("documents")) == 2
    assert found.counts.news == 2


def test_a_week_before_anything_was_known_says_so_and_leaves_the_first_digest_to_come(chronicle: Chronicle) -> None:
    early = told(chronicle.ws, W45)
    assert early.headline == (
        "本周（11月2日至8日），工作区还没有采集或者导入任何文件。",
        "没有内容变化、撤下，也没有30天内到期、已过期限或者缺少的任务。",
        "还没有来源。",
    )
    assert early.lines == ()
    with chronicle.derivation(W46):
        chronicle.publish("plan", plan(RATE))
    assert told(chronicle.ws, W46).is_first


# --- changes ---------------------------------------------------------------------------------------------------------


def changed(chronicle: Chronicle, before: str, after: str, **fields: object) -> Digest:
    begin(chronicle, plan=before)
    with chronicle.derivation(W47):
        chronicle.publish("plan", after, **fields)  # type: ignore[arg-type]
    return told(chronicle.ws, W47)


@pytest.mark.parametrize(
    ("before", "after", "label", "expected", "weight"),
    [
        pytest.param(
            [RATE], [LESS], "降低", "“行政执法案卷评查合格率”由95%以上改为90%以上，要求降低（低5个百分点）。",
            weights.LOWERED, id="watered down",
        ),
        pytest.param(
            [LESS], [RATE], "提高", "“行政执法案卷评查合格率”由90%以上改为95%以上，要求提高（高5个百分点）。",
            weights.RAISED, id="raised",
        ),
        pytest.param([RATE, HEADS], [RATE], "删去", "删去目标“行政机关负责人出庭应诉率达到90%以上”。", weights.DROPPED, id="dropped"),
        pytest.param([RATE], [RATE, HEADS], "新增", "新增目标“行政机关负责人出庭应诉率达到90%以上”。", weights.ADDED, id="added"),
        pytest.param(
            [RATE, CLEAN], [RATE, LATER], "改期", "“行政规范性文件清理”由2026年12月10日前改为2026年12月31日前，晚21天。",
            weights.POSTPONED, id="moved back",
        ),
        pytest.param(
            [RATE, LATER], [RATE, CLEAN], "改期", "“行政规范性文件清理”由2026年12月31日前改为2026年12月10日前，早21天。",
            weights.ADVANCED, id="moved forward weighs less",
        ),
        pytest.param(
            [CLEAN], [CLEAN.replace("县司法局", "县财政局")], "换单位",
            "“行政规范性文件清理”牵头单位由县司法局改为县财政局。", weights.BODIES_CHANGED, id="another body",
        ),
    ],
)  # fmt: skip
def test_a_changed_commitment_is_told_with_both_sides(
    chronicle: Chronicle, before: list[str], after: list[str], label: str, expected: str, weight: float
) -> None:
    found = changed(chronicle, plan(*before), plan(*after))
    (line,) = [line for line in found.part("changes") if line.cells["变化"] == label]
    assert line.words == f"云岭县修改《云岭县2026年法治政府建设工作计划》，{expected}"
    assert line.weight == weight
    quotes = [found.evidence[one].quote for one in line.evidence]
    assert [one for one in (line.before, line.after) if one] == quotes
    assert found.counts.news == 1


def test_old_and_new_words_stand_side_by_side_with_offsets_and_the_way_to_their_section(chronicle: Chronicle) -> None:
    found = changed(chronicle, plan(RATE), plan(LESS))
    line = only(found, "changes")
    assert (line.before, line.after) == ("行政执法案卷评查合格率达到95%以上", "行政执法案卷评查合格率达到90%以上")
    assert line.bodies == ("县司法局", "县财政局")
    for one in line.evidence:
        proof = found.evidence[one]
        assert proof.context == "二、重点任务 › 1.行政执法案卷评查合格率达到90%以上".replace("90%", proof.quote[-5:-2])
        assert proof.end is not None
        assert proof.start is not None
        assert proof.end - proof.start == len(proof.quote)


def test_a_target_that_was_lowered_until_it_was_met_says_so(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE, year=2025), report=report("行政执法案卷评查合格率达到92%。", year=2025))
    with chronicle.derivation(W47):
        chronicle.publish("plan", plan(LESS, year=2025))
        chronicle.compare()
    (line,) = told(chronicle.ws, W47).part("changes")
    assert line.words.endswith("要求降低（低5个百分点）；改后，报告的结果由“未达到”变为“达到”。")


def test_words_without_a_commitment_are_one_line_that_weighs_less(chronicle: Chronicle) -> None:
    before, after = plan(RATE, "加强组织领导。"), plan(RATE, "加强组织领导和统筹协调。")
    line = only(changed(chronicle, before, after), "changes")
    assert (
        line.words
        == "云岭县修改《云岭县2026年法治政府建设工作计划》的文字，新增1句、删去1句，不涉及可以核对的目标和结果。"
    )
    assert (line.before, line.after) == ("2.加强组织领导。", "2.加强组织领导和统筹协调。")
    assert line.weight == weights.REWORDED


def test_a_sentence_of_which_a_commitment_tells_is_not_told_twice_and_a_number_is_no_text(chronicle: Chronicle) -> None:
    found = changed(chronicle, plan(HEADS, RATE, "加强组织领导。"), plan(RATE, "加强组织领导。"))
    assert [line.cells["变化"] for line in found.part("changes")] == ["删去"]


def test_metadata_are_one_line(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE))
    with chronicle.derivation(W47):
        chronicle.event(
            "changed",
            {"differences": [], "fields": {"published": ["2026-03-06", "2026-03-16"], "kind": ["plan", "notice"]}},
            publication="plan", version=chronicle.version("plan"), before=chronicle.version("plan"),
        )  # fmt: skip
    line = only(told(chronicle.ws, W47), "changes")
    assert line.words == (
        "云岭县的《云岭县2026年法治政府建设工作计划》，文件类型由计划改为通知，公布日期由2026-03-06改为2026-03-16。"
    )
    assert (line.before, line.weight) == ("文件类型：计划；公布日期：2026-03-06", weights.REDATED)


def test_a_change_of_which_nothing_is_known_is_still_told(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE))
    with chronicle.derivation(W47):
        chronicle.event("changed", {}, publication="plan", version=chronicle.version("plan"))
    line = only(told(chronicle.ws, W47), "changes")
    assert line.words == "云岭县修改《云岭县2026年法治政府建设工作计划》，内容有改动。"


def test_many_changes_of_one_document_do_not_fill_the_top(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(*[f"开展第{number}类专项执法检查{number}次。" for number in range(2, 12)]))
    with chronicle.derivation(W47):
        chronicle.publish("plan", plan("加强组织领导。"))
        chronicle.publish("other", plan(RATE, place="青禾县"), published=date(2026, 11, 18))
    found = told(chronicle.ws, W47)
    assert len(found.part("changes")) >= 10
    assert "documents" in [line.part for line in found.lines[:5]]


# --- gone ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        pytest.param("gone", "原网址已打不开", id="404"),
        pytest.param("redirected", "原网址已转到别的页面", id="led away"),
        pytest.param("removed", "原网址上已是别的内容", id="replaced"),
        pytest.param("unheard-of", "原处已找不到", id="a reason of a later version"),
    ],
)
def test_a_withdrawn_document_says_why_and_that_it_is_kept(chronicle: Chronicle, reason: str, expected: str) -> None:
    begin(chronicle, plan=plan(RATE))
    with chronicle.derivation(W47):
        chronicle.withdraw("plan", reason)
    found = told(chronicle.ws, W47)
    line = only(found, "gone")
    assert line.words == f"《云岭县2026年法治政府建设工作计划》已撤下，{expected}，本系统存有11月12日采集的全文。"
    assert line.weight == weights.WITHDRAWN
    assert [found.evidence[one].url for one in line.evidence][-1] == "https://www.yunling.test/plan.html"


def test_what_no_list_names_any_more_is_not_withdrawn(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE))
    with chronicle.derivation(W47):
        chronicle.withdraw("plan", "unlisted")
    found = told(chronicle.ws, W47)
    line = only(found, "gone")
    assert line.words == (
        "《云岭县2026年法治政府建设工作计划》已不在栏目中列出（原网址仍可打开），本系统存有11月12日采集的全文。"
    )
    assert (line.weight, line.cells["情况"]) == (weights.UNLISTED, "不再列出")
    assert found.headline[1].startswith("1份不再列出（仍可打开）")
    assert "撤下" not in found.headline[1]


def test_an_address_with_the_document_of_the_next_year_withdraws_nothing(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE, year=2025))
    with chronicle.derivation(W47):
        chronicle.publish("next", plan(HEADS), published=date(2026, 11, 18))
        url = f"http://yunling.test/next-{len(plan(HEADS))}.html"  # as the old version was held: without www and TLS
        chronicle.event("withdrawn", {"reason": "removed", "url": url}, publication="plan", source="yunling",
                        version=chronicle.version("plan"))  # fmt: skip
    found = told(chronicle.ws, W47)
    line = only(found, "gone")
    assert line.words == (
        "《云岭县2025年法治政府建设工作计划》的原网址已改登《云岭县2026年法治政府建设工作计划》，"
        "本系统存有11月12日采集的全文。"
    )
    assert line.weight == weights.REUSED
    assert found.headline[1].startswith("1份的网址改登其他文件")


PLACES = ("青禾县", "滨望区", "云岚县", "枫垣县", "湛浦区", "禾岫县", "青汊县", "砚渚区", "榆坞县", "石门川县")


def depart(chronicle: Chronicle, kind: str, gone: int, of: int) -> Digest:
    begin(chronicle, **{f"d{number}": plan(HEADS, place=PLACES[number]) for number in range(of)})
    with chronicle.derivation(W47):
        for name in (f"d{number}" for number in range(gone)):
            if kind == "withdrawn":
                chronicle.withdraw(name)
                continue
            data = {"from": "http://a.test/", "to": "http://b.test/", "url": "http://a.test/"}
            chronicle.event(kind, data, publication=name, version=chronicle.version(name), source="yunling")  # type: ignore[arg-type]
    return told(chronicle.ws, W47)


@pytest.mark.parametrize(
    ("kind", "gone", "of", "lines"),
    [
        pytest.param("withdrawn", 3, 9, 1, id="three, and a third"),
        pytest.param("withdrawn", 3, 10, 3, id="less than a third are decisions about documents"),
        pytest.param("withdrawn", 2, 2, 2, id="two are few, though they are all"),
        pytest.param("moved", 4, 6, 1, id="a redesign"),
        pytest.param("came_back", 3, 4, 1, id="back again"),
    ],
)
def test_what_happens_to_many_of_a_source_at_once_is_one_line_about_the_source(
    chronicle: Chronicle, kind: str, gone: int, of: int, lines: int
) -> None:
    found = depart(chronicle, kind, gone, of)
    assert len(found.part("gone")) == found.counts.news == lines
    if lines > 1:
        return
    line = found.part("gone")[0]
    assert line.words.startswith(f"来源“yunling的栏目”有{gone}份文件")
    assert "可能是网站改版或故障，请核实" in line.words
    assert line.cells["文件"].startswith(f"{gone}份：")
    assert all(PLACES[number] in line.cells["文件"] for number in range(gone))
    assert {f"{PLACES[number]}2026年法治政府建设工作计划" for number in range(gone)} <= {
        found.evidence[one].title for one in line.evidence
    }
    assert line.weight < weights.WITHDRAWN_OTHER + 21
    assert line.place == "云岭县"  # of the source, since the documents are of several places
    assert "1个来源有多份文件" in found.headline[1]


def test_moved_and_came_back_are_told_with_the_addresses_and_the_days(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE), other=plan(HEADS, place="青禾县"))
    with chronicle.derivation(W47):
        ids = {"publication": "plan", "version": chronicle.version("plan")}
        chronicle.event("moved", {"from": "http://a.test/", "to": "http://b.test/"}, **ids)
        ids = {"publication": "other", "version": chronicle.version("other")}
        chronicle.event("came_back", {"url": "http://c.test/", "gone_since": "2026-10-20T04:00:00.000000Z"}, **ids)
    assert words(told(chronicle.ws, W47), "gone") == [
        "《青禾县2026年法治政府建设工作计划》重新公布，此前自10月20日起撤下30天。",
        "《云岭县2026年法治政府建设工作计划》换了网址，由http://a.test/改为http://b.test/。",
    ]


# --- sources ---------------------------------------------------------------------------------------------------------


def test_a_source_that_falls_silent_is_news_and_then_a_state_and_never_both(chronicle: Chronicle) -> None:
    begin(chronicle)
    details = [{"outcome": "unreachable", "url": "https://www.yunling.test/fzzf/", "detail": "连接超时"}]
    with chronicle.derivation(W47):
        chronicle.fare("yunling", Outcome.UNREACHABLE, kind="source_silent", since=W46, details=details)
    news = only(told(chronicle.ws, W47), "sources")
    assert news.words == (
        "来源“yunling的栏目”失联：无法连接，连接超时，上次正常为11月12日。"
        "请核对网址，稍后再试；若浏览器能打开，可能是网站限制了来访网络。"
    )
    assert news.is_news
    chronicle.crawl(W48)
    state = only(told(chronicle.ws, W48), "sources")
    assert (state.is_news, state.event) == (False, None)
    assert state.words.startswith("来源“yunling的栏目”自11月18日起无法连接，连接超时，上次正常为11月12日。")
    assert (state.cells["自"], state.cells["上次正常"]) == ("2026-11-18", "2026-11-12")


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_source_is_told_in_words_that_fit_how_it_answered(outcome: Outcome) -> None:
    label, said = fared_label(group_of(outcome), outcome), fared(outcome)
    assert said
    assert not said.startswith(label)
    assert "仿冒" not in label + said
    assert (label == "失联") == (outcome == Outcome.UNREACHABLE)  # whatever answers is not silent
    assert ("改版" in label) == (outcome == Outcome.CHANGED_LAYOUT)


def test_a_copy_of_a_site_is_a_guess_that_asks_for_a_look(chronicle: Chronicle) -> None:
    begin(chronicle)
    with chronicle.derivation(W47):
        chronicle.fare("yunling", Outcome.CLONE_HOST, kind="source_blocked", since=W46)
    assert only(told(chronicle.ws, W47), "sources").words.startswith(
        "来源“yunling的栏目”待核实：疑似非政府域名的镜像页面，请核实，上次正常为11月12日。"
    )


@pytest.mark.parametrize(
    ("detail", "expected"),
    [
        pytest.param("被防护系统拦截，2026-11-23前不再访问", "受阻：被防护系统拦截，2026-11-23前不再访问，上次", id="not twice"),
        pytest.param("Expected a certificate for x, but: WRONG", "受阻：被防护系统拦截，上次", id="no message of a library"),
        pytest.param("", "受阻：被防护系统拦截，上次", id="none"),
    ],
)  # fmt: skip
def test_what_a_source_answered_is_told_in_words_and_kept_whole(
    chronicle: Chronicle, detail: str, expected: str
) -> None:
    begin(chronicle)
    details = [{"outcome": "challenge", "url": "http://a.test/list", "detail": detail}]
    with chronicle.derivation(W47):
        chronicle.fare("yunling", Outcome.CHALLENGE, kind="source_blocked", since=W46, details=details)
    found = told(chronicle.ws, W47)
    line = only(found, "sources")
    assert expected in line.words
    proof = found.evidence[line.evidence[0]]
    assert proof.url == "https://www.yunling.test/fzzf/"
    assert detail.removeprefix("被防护系统拦截，") in proof.quote


def test_a_source_that_recovers_says_what_it_was(chronicle: Chronicle) -> None:
    begin(chronicle)
    with chronicle.derivation(W47):
        chronicle.event("source_good", {"outcome": "ok", "words": "正常", "before": "challenge"}, source="yunling")
    assert only(told(chronicle.ws, W47), "sources").words == "来源“yunling的栏目”恢复正常，此前为“被防护系统拦截”。"


def test_an_outcome_of_a_later_version_is_told_all_the_same(chronicle: Chronicle) -> None:
    begin(chronicle)
    with chronicle.derivation(W47):
        chronicle.event("source_trouble", {"outcome": "unheard_of", "words": "未曾见过", "since": ""}, source="yunling")
    assert "异常：未曾见过，此前没有正常采集过" in only(told(chronicle.ws, W47), "sources").words


def test_a_source_at_which_no_crawl_of_the_week_ended_is_named(chronicle: Chronicle) -> None:
    chronicle.source("qinghe", "青禾县 澜陵市 瀚东省")
    chronicle.crawl(W46, "qinghe")
    with chronicle.derivation(W46):
        chronicle.fare("yunling", Outcome.OK)
        chronicle.fare("qinghe", Outcome.OK)
    told(chronicle.ws, W46)
    chronicle.crawl(W47, "yunling")
    found = told(chronicle.ws, W47)
    assert only(found, "sources").words == "来源“qinghe的栏目”本周没有完成检查，此前状态为正常。"
    assert found.headline[0] == "本周未发现新文件、改动或撤下，但有1个来源没有正常检查，不能排除遗漏。"


# --- nothing new -----------------------------------------------------------------------------------------------------


def test_a_week_without_news_says_so_in_so_many_words(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE))
    found = told(chronicle.ws, W47)
    assert found.headline[0] == "本周无新情况：1个来源均已检查，未发现新文件、改动或撤下。"
    assert found.headline[2] == "1个来源正常。"
    assert found.counts.news == 0
    assert not any(line.is_news for line in found.lines)


def test_with_a_source_that_failed_nothing_new_is_not_said_to_be_all_well(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE))
    with chronicle.derivation(W47):
        chronicle.fare("yunling", Outcome.CHALLENGE, kind="source_blocked", since=W46)
    told(chronicle.ws, W47)
    chronicle.crawl(W48, "yunling")
    found = told(chronicle.ws, W48)
    assert "不能排除遗漏" in found.headline[0]
    assert found.headline[2] == "1个来源中0个正常、1个异常：“yunling的栏目”被防护系统拦截。"


def test_a_week_without_a_crawl_claims_nothing(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE))
    found = told(chronicle.ws, W48)
    assert not found.is_checked
    assert found.headline[0] == "本周（11月23日至29日）没有进行采集，有无新情况不详。"
    assert found.headline[2].startswith("本周没有进行采集，以下为此前的状态：")


def test_a_workspace_of_imports_has_no_sources_to_check(ws: Workspace) -> None:
    chronicle = Chronicle(ws)
    with chronicle.derivation(W46):
        chronicle.publish("plan", plan(RATE), source="")
    told(ws, W46)
    found = told(ws, W47)
    assert found.headline[0] == "本周无新情况：没有导入新的文件，已收录的文件没有改动。"
    assert found.headline[2] == "没有需要采集的来源，文件都是导入的。"


def test_the_headline_is_three_sentences(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE, CLEAN))
    with chronicle.derivation(W47):
        chronicle.publish("plan", plan(LESS, CLEAN))
        chronicle.publish("new", plan(HEADS, place="青禾县"), published=date(2026, 11, 18))
    found = told(chronicle.ws, W47)
    assert [each.count("。") for each in found.headline] == [1, 1, 1]
    assert found.headline[0] == "本周（11月16日至22日）新增文件1份（计划1份），涉及青禾县。"
    assert found.headline[1].startswith("1份文件内容有改动（目标降低1项）；30天内有1项任务到期")


# --- tracked ---------------------------------------------------------------------------------------------------------


def test_a_new_report_answers_targets_with_the_arithmetic_and_both_quotes(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE, HEADS, year=2025))
    with chronicle.derivation(W47):
        chronicle.publish(
            "report", report("行政执法案卷评查合格率达到96%。", "行政机关负责人出庭应诉率达到86%。", year=2025)
        )
        chronicle.compare()
    found = told(chronicle.ws, W47)
    first, second = found.part("tracked")
    assert first.words == ("云岭县“行政机关负责人出庭应诉率”未达到，目标90%以上，报告为86%，差4个百分点，未达到目标。")
    assert [found.evidence[one].quote for one in first.evidence] == [
        "行政机关负责人出庭应诉率达到90%以上", "行政机关负责人出庭应诉率达到86%",
    ]  # fmt: skip
    assert second.cells["结论"] == "达到"
    assert "1项目标没有达到" in found.headline[1]


def test_what_was_tracked_before_is_not_told_again(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE, year=2025), report=report("行政执法案卷评查合格率达到96%。", year=2025))
    assert told(chronicle.ws, W47).part("tracked") == ()


def test_a_text_that_changed_elsewhere_makes_no_news_of_its_old_answers(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE, year=2025), report=report("行政执法案卷评查合格率达到96%。", year=2025))
    with chronicle.derivation(W47):
        chronicle.publish("report", report("行政执法案卷评查合格率达到96%。", "新增一段文字。", year=2025))
        chronicle.compare()
    assert told(chronicle.ws, W47).part("tracked") == ()


def test_comparisons_that_only_the_rules_moved_are_not_told(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE, year=2025))
    with chronicle.derivation(W47):
        chronicle.publish("report", report("行政执法案卷评查合格率达到96%。", year=2025), kind="new")
        chronicle.compare(cause="rules")
    assert told(chronicle.ws, W47).part("tracked") == ()


def test_reports_of_long_ago_are_bound_together(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE, HEADS, year=2015))
    with chronicle.derivation(W47):
        results = ("行政执法案卷评查合格率达到96%。", "行政机关负责人出庭应诉率达到96%。")
        chronicle.publish("report", report(*results, year=2015))
        chronicle.compare()
    line = only(told(chronicle.ws, W47), "tracked")
    assert line.words == (
        "《云岭县2015年度法治政府建设情况报告》对照此前的目标，达到2项，如：行政执法案卷评查合格率；行政机关负责人出庭应诉率。"
    )


# --- deadlines and overdue -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "part"),
    [
        pytest.param("11月22日", "overdue", id="the Sunday itself is over"),
        pytest.param("11月23日", "deadlines", id="the day after"),
        pytest.param("12月22日", "deadlines", id="the thirtieth day"),
        pytest.param("12月23日", None, id="the thirty-first day"),
    ],
)
def test_thirty_days_are_counted_from_sunday(chronicle: Chronicle, day: str, part: Part | None) -> None:
    begin(chronicle, plan=plan(f"2026年{day}前完成行政规范性文件清理。"))
    found = told(chronicle.ws, W47)
    assert [line.part for line in found.lines if line.part in ("deadlines", "overdue")] == ([part] if part else [])


def test_a_task_that_is_due_says_who_leads(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(CLEAN))
    line = only(told(chronicle.ws, W47), "deadlines")
    assert line.words == (
        "《云岭县2026年法治政府建设工作计划》：“2026年12月10日前完成行政规范性文件清理”，12月10日到期，还有18天，牵头单位：县司法局。"
    )
    assert line.cells["牵头单位"] == "县司法局"


@pytest.mark.parametrize(
    ("count", "lines"), [pytest.param(3, 3, id="three stand alone"), pytest.param(4, 1, id="four are bound together")]
)
def test_many_tasks_of_one_document_and_day_are_one_line(chronicle: Chronicle, count: int, lines: int) -> None:
    names = ("规范性文件", "权责清单", "证明事项", "执法主体")
    begin(chronicle, plan=plan(*[f"2026年12月10日前完成{name}清理。（县司法局牵头）" for name in names[:count]]))
    found = told(chronicle.ws, W47).part("deadlines")
    assert len(found) == lines
    if lines == 1:
        assert found[0].words == (
            "《云岭县2026年法治政府建设工作计划》有4项任务12月10日到期（还有18天），如：规范性文件清理；权责清单清理；证明事项清理等。"
        )
        assert found[0].cells["任务"] == "4项：规范性文件清理；权责清单清理；证明事项清理；执法主体清理"
        assert found[0].cells["牵头单位"] == "县司法局"


@pytest.mark.parametrize(
    "quote",
    [
        pytest.param("12月10日前完成", id="a date and a verb"),
        pytest.param("（完成时限：2026年12月10日前）", id="in brackets"),
        pytest.param("2026年12月底前", id="a date alone"),
    ],
)
def test_a_date_alone_is_no_task(quote: str) -> None:
    assert due.BARE.fullmatch(quote)
    assert not due.BARE.fullmatch(f"{quote}行政规范性文件清理")


def test_a_task_whose_words_are_a_date_is_told_by_its_sentence(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan("推行行政执法案卷电子化，12月10日前完成。"))
    with chronicle.ws.writing() as tx:
        of = derived.commitments.c
        row = tx.execute(derived.commitments.select().where(of.deadline == date(2026, 12, 10))).one()
        cut = row.quote.index("12月10日") if "12月10日" in row.quote else 0
        tx.execute(
            derived.commitments.update().where(of.commitment_id == row.commitment_id)
            .values(quote=row.quote[cut:], start=row.start + cut, subject=None)
        )  # fmt: skip
    line = only(told(chronicle.ws, W47), "deadlines")
    assert "“推行行政执法案卷电子化，12月10日前完成”" in line.words


def test_a_figure_whose_clause_leaves_open_of_what_is_told_by_its_sentence(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan("选取施行满一年的行政规范性文件开展后评估，2026年12月10日前不少于3件。"))
    line = only(told(chronicle.ws, W47), "deadlines")
    assert line.cells["任务"] == "选取施行满一年的行政规范性文件开展后评估，2026年12月10日前不少于3件"


@pytest.mark.parametrize(
    ("task", "is_due", "is_overdue"),
    [
        pytest.param("{}前公布行政裁量权基准。", True, True, id="a task whose result the public sees"),
        pytest.param("各单位{}前报送工作总结。", True, False, id="what is handed in is due and then no longer told"),
        pytest.param("{}前报市司法局备案。", True, False, id="what is filed"),
        pytest.param("各部门于{}前制定任务清单。", True, False, id="what offices write for themselves"),
        pytest.param("总结阶段（1月1日至{}）。", False, False, id="a stage is no task"),
        pytest.param("{}前向社会公开法治政府建设年度报告。", False, False, id="the annual report is told elsewhere"),
    ],
)
def test_what_the_public_cannot_see_is_not_said_to_be_without_a_result(
    chronicle: Chronicle, task: str, is_due: bool, is_overdue: bool
) -> None:
    begin(chronicle, plan=plan(task.format("2026年12月10日")), other=plan(task.format("2026年9月10日"), place="青禾县"))
    found = told(chronicle.ws, W47)
    assert [bool(found.part("deadlines")), bool(found.part("overdue"))] == [is_due, is_overdue]


def test_what_ran_out_weeks_ago_is_one_line_a_document(chronicle: Chronicle) -> None:
    names = ("规范性文件", "权责清单", "证明事项", "执法主体")
    tasks = [f"2026年{month}月底前完成{name}清理。" for month, name in enumerate(names, 5)]
    begin(chronicle, plan=plan(*tasks))
    line = only(told(chronicle.ws, W47), "overdue")
    assert line.words == (
        "《云岭县2026年法治政府建设工作计划》有4项任务已过期限，未见公开结果（年度报告应于2027年4月1日前公布），"
        "如：执法主体清理；证明事项清理；权责清单清理等。"
    )
    assert line.cells["期限"] == "2026-05-31至2026-08-31"


def test_next_steps_that_a_plan_repeats_are_due_once(chronicle: Chronicle) -> None:
    with chronicle.derivation(W46):
        chronicle.fare("yunling", Outcome.OK)
        chronicle.publish("plan", plan("2026年12月10日前完成全县行政规范性文件清理。"))
        steps = report("行政复议案件12件。").replace("继续推进", "2026年12月10日前完成行政规范性文件清理。继续推进")
        chronicle.publish("report", steps)
        chronicle.compare()
    assert only(told(chronicle.ws, W46), "deadlines").cells["文件"] == "云岭县2026年法治政府建设工作计划"


def test_a_draft_and_its_reprint_are_due_once(chronicle: Chronicle) -> None:
    draft = plan(CLEAN).replace("工作计划", "工作计划（征求意见稿）", 1)
    begin(chronicle, plan=plan(CLEAN), draft=draft)
    line = only(told(chronicle.ws, W47), "deadlines")
    assert "征求意见" not in line.cells["文件"]


@pytest.mark.parametrize(
    ("tasks", "told_once"),
    [
        pytest.param(
            ("2026年12月10日前完成执法证件年审。", "2026年12月10日前执法证件年审率达到100%。"),
            ["执法证件年审率达到100%"],
            id="a figure says what the date says",
        ),
        pytest.param(
            ("2026年12月10日前完成执法证件年审。", "2026年12月10日前案卷评查优秀率达到90%。"),
            ["完成执法证件年审", "案卷评查优秀率达到90%"],
            id="a figure of something else",
        ),
        pytest.param(
            ("2026年12月10日前完成执法证件年审。", "2026年12月9日前执法证件年审率达到100%。"),
            ["执法证件年审率达到100%", "完成执法证件年审"],
            id="another day",
        ),
    ],
)
def test_a_date_is_not_told_beside_the_figure_that_is_due_with_it(
    chronicle: Chronicle, tasks: tuple[str, ...], told_once: list[str]
) -> None:
    begin(chronicle, plan=plan(*tasks))
    lines = told(chronicle.ws, W47).part("deadlines")
    assert sorted(line.cells["任务"].split("前")[-1] for line in lines) == sorted(told_once)


def test_an_overdue_task_is_said_to_be_without_a_public_result_and_no_more(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan("2026年9月底前公布行政裁量权基准。（县司法局负责）"))
    line = only(told(chronicle.ws, W47), "overdue")
    assert line.words == (
        "《云岭县2026年法治政府建设工作计划》：“2026年9月底前公布行政裁量权基准”，9月30日到期，"
        "未见公开结果（年度报告应于2027年4月1日前公布），牵头单位：县司法局。"
    )
    assert line.cells["已过"] == "53天"


def test_a_met_target_is_not_overdue_and_one_of_which_the_report_says_nothing_is(chronicle: Chronicle) -> None:
    targets = ("2025年12月底前网上可办率达到95%以上。", "2025年12月底前完成执法主体清理。")
    begin(chronicle, plan=plan(*targets, year=2025))
    with chronicle.derivation(W47):
        chronicle.publish("report", report("网上可办率达到97%。", year=2025))
        chronicle.compare()
    line = only(told(chronicle.ws, W47), "overdue")
    assert line.cells["任务"] == "2025年12月底前完成执法主体清理"
    assert line.cells["情况"] == "2025年度报告未提及"
    assert line.weight == pytest.approx(weights.OVERDUE_SILENT_NEW - 326 / 400, abs=1e-3)


def test_a_report_on_an_earlier_year_could_not_tell_of_a_deadline(chronicle: Chronicle) -> None:
    begin(
        chronicle,
        plan=plan("2026年9月底前公布行政裁量权基准。", year=2025),
        report=report("行政复议案件12件。", year=2025),
    )
    assert only(told(chronicle.ws, W47), "overdue").cells["情况"].startswith("未见公开结果")


def test_where_a_department_reports_alone_it_is_the_report_of_the_government_that_is_missing(
    chronicle: Chronicle,
) -> None:
    told_by = report("完成执法主体清理。", year=2025).replace("云岭县2025", "云岭县司法局2025", 1)
    told_by = told_by.replace("云岭县人民政府", "云岭县司法局")
    begin(chronicle, plan=plan("2025年12月底前公布裁量权基准。", year=2025), bureau=told_by)
    assert only(told(chronicle.ws, W47), "overdue").cells["情况"] == "未见2025年度报告"


def test_a_report_that_was_read_badly_is_not_said_to_be_silent(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan("2025年12月底前完成执法主体清理。", year=2025))
    with chronicle.derivation(W47):
        chronicle.publish("report", report("行政复议案件12件。", year=2025), quality=READABLE - 0.1)
        chronicle.compare()
    assert only(told(chronicle.ws, W47), "overdue").cells["情况"] == "未见公开结果（2025年度报告没有读全）"


def test_what_ran_out_long_ago_is_counted_in_one_note(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan("2024年6月底前完成执法主体清理。", "2024年9月底前公布裁量权基准。", year=2024))
    found = told(chronicle.ws, W47)
    assert found.part("overdue") == ()
    assert found.notes == ("另有2项任务的期限已过去400天以上、未见结果，未逐项列出。",)


# --- missing ---------------------------------------------------------------------------------------------------------


def covered(chronicle: Chronicle, doc: str, since: int, *items: str, status: str = "missing") -> None:
    doc_id = chronicle.tx.execute(
        derived.papers.select()
        .join(derived.versions)
        .where(derived.versions.c.publication_id == doc, derived.versions.c.until_id.is_(None))
    ).one().doc_id  # fmt: skip
    for item in items:
        nearest = [{"start": 0, "end": 20, "score": 0.2, "section_id": ""}] if status == "missing" else []
        store.add(
            chronicle.tx, derived.coverages, reference="outline", item=item, doc_id=doc_id, status=status, score=0.1,
            nearest=nearest, remarks=[], why=[], cause="source", since_id=since,
        )  # fmt: skip


def test_what_the_newest_papers_leave_out_is_one_line_a_document(chronicle: Chronicle) -> None:
    with chronicle.derivation(W46) as now:
        chronicle.publish("old", plan(RATE, year=2025))
        chronicle.publish("plan", plan(RATE))
        covered(chronicle, "old", now.id, "9")
        covered(chronicle, "plan", now.id, "9", "16", "20")
    found = told(chronicle.ws, W46)
    line = only(found, "missing")
    assert line.words == (
        "《云岭县2026年法治政府建设工作计划》对照《法治政府建设实施纲要（2021—2025年）》，缺3项："
        "9 加强行政规范性文件制定监督管理；16 创新行政执法方式；20 加强行政调解工作。"
    )
    assert line.headings == (3, 5, 7)
    assert found.evidence[line.evidence[1]].quote.startswith("一、总体要求")


@pytest.mark.parametrize(
    ("status", "items"),
    [
        pytest.param("unknown", ("9",), id="unknown is never missing"),
        pytest.param("partial", ("9",), id="nor is partial"),
        pytest.param("missing", ("7", "8"), id="a county makes no laws"),
    ],
)
def test_what_is_not_asked_is_not_missing(chronicle: Chronicle, status: str, items: tuple[str, ...]) -> None:
    with chronicle.derivation(W46) as now:
        chronicle.publish("plan", plan(RATE))
        covered(chronicle, "plan", now.id, *items, status=status)
    assert told(chronicle.ws, W46).part("missing") == ()


def test_a_city_is_asked_for_legislation(chronicle: Chronicle) -> None:
    with chronicle.derivation(W46) as now:
        chronicle.publish("plan", plan(RATE, place="澜陵市"))
        covered(chronicle, "plan", now.id, "7")
    assert only(told(chronicle.ws, W46), "missing").place == "澜陵市"


def test_what_a_change_left_out_weighs_more_than_what_was_missing_before(chronicle: Chronicle) -> None:
    with chronicle.derivation(W46) as now:
        chronicle.publish("plan", plan(RATE))
        covered(chronicle, "plan", now.id, "9")
    told(chronicle.ws, W46)
    with chronicle.derivation(W47) as now:
        for row in chronicle.tx.execute(derived.coverages.select()).all():
            store.change(chronicle.tx, derived.coverages, {"id": row.id}, until_id=now.id)
        chronicle.publish("plan", plan(LESS))
        covered(chronicle, "plan", now.id, "9", "20")
    line = only(told(chronicle.ws, W47), "missing")
    assert line.cells["本期新出现"] == "是"
    assert line.cells["缺少"] == "2项：9 加强行政规范性文件制定监督管理；20 加强行政调解工作"
    assert "缺2项：20 加强行政调解工作；" in line.words  # what is new is named first


def test_a_plan_is_a_reference_for_the_plans_of_its_year_elsewhere(chronicle: Chronicle) -> None:
    with chronicle.derivation(W46) as now:
        chronicle.publish("city", plan(RATE, HEADS, place="澜陵市"))
        chronicle.publish("plan", plan(RATE))
        chronicle.publish("old", plan(RATE, place="青禾县", year=2025))
        of = {row.doc_id: row for row in chronicle.tx.execute(derived.papers.select())}
        city = next(one for one, row in of.items() if row.jurisdiction == "澜陵市")
        task = chronicle.tx.execute(
            derived.sections.select().where(
                derived.sections.c.paper_id == of[city].id, derived.sections.c.number == "2"
            )
        ).one()
        for one in sorted(of.keys() - {city}):
            store.add(
                chronicle.tx, derived.coverages, reference=city, item=task.section_id, doc_id=one, status="missing",
                score=0.1, nearest=[], remarks=[], why=[], cause="source", since_id=now.id,
            )  # fmt: skip
    found = told(chronicle.ws, W46)
    assert words(found, "missing") == [
        "《云岭县2026年法治政府建设工作计划》对照《澜陵市2026年法治政府建设工作计划》，缺1项："
        "2.行政机关负责人出庭应诉率达到90%以上。"
    ]
    assert found.references == ("《澜陵市2026年法治政府建设工作计划》",)


def test_a_reference_that_is_not_there_is_told(chronicle: Chronicle) -> None:
    begin(chronicle)
    found = told(chronicle.ws, W47, references=("没有的计划",))
    assert found.notes == ("对照文件“没有的计划”尚未收录，或者没有可以对照的文件。",)


# --- annual reports --------------------------------------------------------------------------------------------------


def spring(ws: Workspace, week: Week, outcome: Outcome = Outcome.OK, *, full: bool = True) -> Chronicle:
    """A workspace with a county that reported on 2024, and another that did on 2025."""
    chronicle = Chronicle(ws)
    chronicle.source()
    chronicle.source("qinghe", "青禾县 澜陵市 瀚东省")
    chronicle.crawl(week, "yunling", "qinghe")
    with chronicle.derivation(week):
        kind = None if outcome == Outcome.OK else "source_blocked"
        chronicle.fare("yunling", outcome, kind=kind)
        chronicle.fare("qinghe", Outcome.OK)
        chronicle.publish("r24", report("行政复议案件12件。", year=2024), published=date(2025, 3, 20))
        other = report("行政复议案件12件。", year=2025, place="青禾县")
        chronicle.publish("r25", other, source="qinghe", published=date(2026, 3, 20))
        if not full:
            store.change(chronicle.tx, store.sources, {"id": "yunling"}, full_at=None)
    return chronicle


def test_after_1_april_a_place_without_its_report_is_listed_with_the_last_one(ws: Workspace) -> None:
    spring(ws, APRIL)
    found = told(ws, APRIL)
    line = only(found, "unpublished")
    assert line.words == (
        "云岭县：未见公布2025年度法治政府建设报告，已超过4月1日的规定期限11天，"
        "最近一份是《云岭县2024年度法治政府建设情况报告》。"
    )
    assert next(found.evidence[one].url for one in line.evidence) == "https://www.yunling.test/fzzf/"
    assert "云岭县未见公布2025年度报告" in found.headline[1]


@pytest.mark.parametrize(
    ("outcome", "full", "reason"),
    [
        pytest.param(Outcome.CHALLENGE, True, "来源“yunling的栏目”被防护系统拦截", id="blocked"),
        pytest.param(Outcome.OK, False, "来源“yunling的栏目”尚未采集完整", id="not all pages were ever read"),
    ],
)
def test_where_nobody_could_look_nobody_is_accused(ws: Workspace, outcome: Outcome, full: bool, reason: str) -> None:
    spring(ws, APRIL, outcome, full=full)
    line = only(told(ws, APRIL), "unpublished")
    assert line.words == f"云岭县：{reason}，未能采集，不能判断2025年度报告是否公布。"
    assert (line.cells["情况"], line.cells["已超过"]) == ("未能采集", "")


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        pytest.param("unlisted", [], id="who has its address can read it"),
        pytest.param(
            "removed",
            ["青禾县：2025年度报告《青禾县2025年度法治政府建设情况报告》曾经公布，原网址上已是别的内容，"
             "已超过4月1日的规定期限11天。"],
            id="another document stands there",
        ),
    ],
)  # fmt: skip
def test_a_report_that_no_list_names_is_still_public(ws: Workspace, reason: str, expected: list[str]) -> None:
    chronicle = spring(ws, APRIL)
    with chronicle.derivation(APRIL):
        chronicle.withdraw("r25", reason)
    assert [line.words for line in told(ws, APRIL).part("unpublished") if line.place == "青禾县"] == expected


def test_a_report_that_was_withdrawn_is_not_public(ws: Workspace) -> None:
    chronicle = spring(ws, APRIL)
    with chronicle.derivation(APRIL):
        chronicle.withdraw("r25")
    found = told(ws, APRIL)
    assert (
        "青禾县：2025年度报告《青禾县2025年度法治政府建设情况报告》曾经公布，现已撤下，已超过4月1日的规定期限11天。"
        in words(found, "unpublished")
    )


def test_a_report_of_a_department_is_not_that_of_the_government(ws: Workspace) -> None:
    chronicle = spring(ws, APRIL)
    with chronicle.derivation(APRIL):
        text = report("行政复议案件12件。", year=2025)
        chronicle.publish("bureau", text, body="云岭县司法局", published=date(2026, 3, 28))
    assert only(told(ws, APRIL), "unpublished").place == "云岭县"


def test_two_sources_of_a_place_are_one_place(ws: Workspace) -> None:
    chronicle = spring(ws, APRIL)
    chronicle.source("second")
    chronicle.crawl(APRIL, "second")
    with chronicle.derivation(APRIL):
        chronicle.fare("second", Outcome.OK)
    assert only(told(ws, APRIL), "unpublished").cells["来源"] == "second的栏目、yunling的栏目"


def test_a_place_of_imports_alone_is_not_accused(ws: Workspace) -> None:
    chronicle = spring(ws, APRIL)
    with chronicle.derivation(APRIL):
        chronicle.publish("import", plan(RATE, place="云岚县"), source="")
    found = {line.place: line.words for line in told(ws, APRIL).part("unpublished")}
    assert found["云岚县"] == "云岚县：没有采集该地区的来源，未能采集，不能判断2025年度报告是否公布。"


def test_before_1_april_only_their_number_is_told(ws: Workspace) -> None:
    spring(ws, MARCH)
    line = only(told(ws, MARCH), "unpublished")
    assert line.words == "2个地区中，1个已经公布2025年度报告，其余1个应在4月1日前公布，还有10天。"
    assert (line.place, line.evidence) == ("", ())


# --- doubtful --------------------------------------------------------------------------------------------------------


def test_what_was_read_badly_or_asks_for_a_look_is_one_line_a_document(chronicle: Chronicle) -> None:
    begin(chronicle)
    with chronicle.derivation(W47):
        notes = ("发布日期两处不一致：表头2026-03-06，网页标记2026-03-16", "已清除垃圾信息（spam）4处，共30字")
        chronicle.publish("new", plan(RATE), quality=0.3, notes=notes)
        chronicle.publish("fine", plan(RATE, place="青禾县"), notes=notes[1:])
    line = only(told(chronicle.ws, W47), "doubtful")
    assert line.words == (
        "《云岭县2026年法治政府建设工作计划》需要核对，文本质量只有0.30，不据此判断缺少什么，"
        "发布日期两处不一致：表头2026-03-06，网页标记2026-03-16。"
    )
    assert not line.is_news


def test_what_cannot_be_read_stays_until_it_can(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE))
    data = {"reason": "文件已损坏", "url": "https://www.yunling.test/plan.html"}
    with chronicle.derivation(W47):
        chronicle.event("unreadable", data, publication="plan", source="yunling")
    line = only(told(chronicle.ws, W47), "doubtful")
    assert line.words == (
        "云岭县《云岭县2026年法治政府建设工作计划》最新的内容无法读取，文件已损坏，仍按上一次读出的内容。"
    )
    assert line.event is not None
    assert only(told(chronicle.ws, W48), "doubtful").event is None
    with chronicle.derivation(Week(2026, 49)):
        chronicle.event("readable", {"url": ""}, publication="plan", source="yunling")
    again = only(told(chronicle.ws, Week(2026, 49)), "doubtful")
    assert again.words == "云岭县《云岭县2026年法治政府建设工作计划》现已能够读取。"


def test_what_could_never_be_read_is_called_as_its_list_calls_it(chronicle: Chronicle) -> None:
    begin(chronicle)
    with chronicle.derivation(W47):
        about = {"title": "云岭县2026年工作要点", "state": "standing", "first_seen": "2026", "last_seen": "2026"}
        store.add(chronicle.tx, derived.publications, id="scan", **about)
        chronicle.event("unreadable", {"reason": "文件已加密", "url": "http://a.test/1.pdf"}, publication="scan")
    assert only(told(chronicle.ws, W47), "doubtful").words == "《云岭县2026年工作要点》最新的内容无法读取，文件已加密。"


def test_a_correction_that_fits_no_more_is_told(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE))
    with chronicle.derivation(W47):
        chronicle.event("correction_stale", {"correction": 3, "field": "year", "value": 2025}, publication="plan")
    assert only(told(chronicle.ws, W47), "doubtful").words == (
        "云岭县《云岭县2026年法治政府建设工作计划》：第3号更正（year改为“2025”）与新的文本不再相符，没有采用。"
    )


def test_rows_that_nobody_can_place_are_told_once(chronicle: Chronicle) -> None:
    begin(chronicle)
    chronicle.row("yunling", "关于开展有关工作的通知", chronicle.crawl(W48, "yunling"))
    line = only(told(chronicle.ws, W48), "doubtful")
    assert line.words == (
        "来源“yunling的栏目”的栏目中有1个条目看不出是否属于法治政府建设文件，关于开展有关工作的通知。"
    )
    assert told(chronicle.ws, Week(2026, 49)).part("doubtful") == ()


# --- counted ---------------------------------------------------------------------------------------------------------


def test_furniture_and_copies_are_counted_and_told_in_a_note_each(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE))
    with chronicle.derivation(W47):
        chronicle.event("furniture", publication="plan", version=chronicle.version("plan"), source="yunling")
        chronicle.event("copy", {"url": "http://a.test/", "of": "plan"}, publication="plan", source="yunling")
    found = told(chronicle.ws, W47)
    assert found.notes == (
        "1个页面只有页眉页脚等周边内容变化，正文未变，未计入上述动态。",
        "1份文件在另一网址重复出现，内容相同，未计入上述动态。",
    )
    assert (found.counts.news, found.counts.furniture, found.counts.copies) == (0, 1, 1)


def test_with_other_rules_and_the_same_sites_there_is_no_news_and_one_line_on_reextraction(
    chronicle: Chronicle,
) -> None:
    begin(chronicle, plan=plan(RATE), other=plan(RATE, place="青禾县"))
    with chronicle.derivation(W47, rules="1" * 64) as now:
        chronicle.publish("plan", plan(RATE), kind="reextracted")
        now.count("rechecked")
        chronicle.compare(cause="rules")
    found = told(chronicle.ws, W47)
    assert found.notes == ("本系统规则升级，重新提取2份文件：新增3条、减少1条、变动2条记录，未计入上述动态。",)
    assert [line for line in found.lines if line.is_news or line.part in NEWS] == []
    assert found.headline[0] == "本周无新情况：1个来源均已检查，未发现新文件、改动或撤下。"


def test_an_upgrade_that_moves_nothing_is_told_too(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE))
    with chronicle.derivation(W47, rules="1" * 64) as now:
        now.count("rechecked", 1)
    assert told(chronicle.ws, W47).notes == ("本系统规则升级，重新提取1份文件，记录没有变化。",)


# --- late ------------------------------------------------------------------------------------------------------------


def test_what_was_seen_late_is_told_in_the_next_digest_and_says_so(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE))
    with chronicle.derivation(W47):
        chronicle.publish("late", plan(HEADS, place="青禾县"), week=W46, day=6, published=date(2026, 11, 13))
    found = told(chronicle.ws, W47)
    line = only(found, "documents")
    assert (line.is_late, line.seen) == (True, "2026-11-14")
    assert found.notes == ("其中1条发生在2026年第46周（11月9日至15日），上期周报发出后才整理，补列于此。",)
    assert found.counts.late == 1


def test_weeks_without_a_digest_are_told_in_the_next_one(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE))
    with chronicle.derivation(W47):
        chronicle.publish("plan", plan(LESS))
    chronicle.crawl(W48, "yunling")
    found = told(chronicle.ws, W48)
    assert only(found, "changes").is_late is False
    assert found.notes == ("其中1条发生在2026年第47周（11月16日至22日），这一周没有周报，一并列入本期。",)


def test_an_older_week_after_a_newer_one_tells_nothing_twice(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE, year=2025))
    with chronicle.derivation(W47):
        chronicle.publish("report", report("行政执法案卷评查合格率达到96%。", year=2025))
        chronicle.compare()
    newer = told(chronicle.ws, W48)
    older = told(chronicle.ws, W47)
    assert len(newer.part("documents")) == len(newer.part("tracked")) == 1
    assert (older.part("documents"), older.part("tracked")) == ((), ())


# --- what people put right -------------------------------------------------------------------------------------------


def test_a_commitment_that_people_rejected_is_told_no_more(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(CLEAN, "2026年12月12日前完成执法主体清理。"))
    with chronicle.ws.writing() as tx:
        row = tx.execute(derived.commitments.select().where(derived.commitments.c.deadline == date(2026, 12, 10))).one()
        add_correction(
            tx, record="commitment", id=row.commitment_id, field="rejected", value=True, now=lambda: on(W46, 6, 9)
        )
    with chronicle.derivation(W47):
        pass
    assert [line.cells["期限"] for line in told(chronicle.ws, W47).part("deadlines")] == ["2026-12-12"]


# --- all of it -------------------------------------------------------------------------------------------------------


def test_every_line_but_a_count_has_evidence_that_is_there(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE, CLEAN, "2026年9月底前公布行政裁量权基准。"))
    with chronicle.derivation(W47):
        chronicle.publish("plan", plan(LESS, LATER))
        chronicle.publish("new", report("行政复议案件12件。"), notes=("正文的范围，两种方法找到的不一致，请核对",))
        chronicle.withdraw("plan")
        chronicle.fare("yunling", Outcome.CHALLENGE, kind="source_blocked", since=W46)
        chronicle.event("unreadable", {"reason": "文件已损坏", "url": "http://a.test/"}, publication="plan")
        chronicle.compare(coverage=True)
    found = told(chronicle.ws, W47)
    assert {line.part for line in found.lines} >= {"documents", "changes", "gone", "sources", "missing", "doubtful"}
    assert [line.words for line in found.lines if not line.evidence] == []
    assert {one for line in found.lines for one in line.evidence} == set(found.evidence)
    assert len({line.id for line in found.lines}) == len(found.lines)
    assert [line.weight for line in found.lines] == sorted((line.weight for line in found.lines), reverse=True)


def test_quotes_stand_where_their_evidence_says(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE, CLEAN))
    with chronicle.derivation(W47):
        chronicle.publish("plan", plan(LESS, LATER))
        texts = {
            row.doc_id: row.text
            for row in chronicle.tx.execute(
                derived.papers.select()
                .join(derived.texts)
                .with_only_columns(derived.papers.c.doc_id, derived.texts.c.text)
            )
        }
    found = told(chronicle.ws, W47)
    placed = [one for one in found.evidence.values() if one.start is not None]
    assert placed
    for one in placed:
        assert texts[one.doc_id][one.start : one.end] == one.quote


def test_gathered_again_it_is_the_same_whatever_came_since(chronicle: Chronicle) -> None:
    begin(chronicle, plan=plan(RATE, CLEAN))
    with chronicle.derivation(W47):
        chronicle.publish("plan", plan(LESS, CLEAN))
        chronicle.compare()
    first = told(chronicle.ws, W47)
    chronicle.crawl(W48, "yunling")
    with chronicle.derivation(W48):
        chronicle.publish("plan", plan(HEADS))
        chronicle.publish("new", report("行政复议案件12件。"))
        chronicle.withdraw("plan")
        chronicle.fare("yunling", Outcome.CHALLENGE, kind="source_blocked", since=W46)
        chronicle.event("unreadable", {"reason": "文件已损坏", "url": "http://a.test/"}, publication="plan")
        chronicle.compare(coverage=True)
        store.change(chronicle.tx, store.sources, {"id": "yunling"}, name="另一个名字", entry="http://b.test/")
    again = told(chronicle.ws, W47)
    assert again == first
    assert [line.words for line in again.lines] == [line.words for line in first.lines]


def test_facts_come_back_from_the_database_as_they_were(chronicle: Chronicle) -> None:
    begin(chronicle)
    chronicle.row("yunling", "关于开展有关工作的通知", chronicle.crawl(W47, "yunling"))
    first, second = seal(chronicle.ws, W46, now=lambda: W46.end), seal(chronicle.ws, W47, now=lambda: W47.end)
    assert seal(chronicle.ws, W47, now=lambda: W48.end).facts == second.facts
    assert second.outputs["sealed"]["sources_of"] == "2026-W46"  # the same table of sources is noted once
    held = to_json(second.facts, {})
    assert from_json(held, {}) == second.facts
    assert replace(second.facts, sources=()) != replace(first.facts, sources=())


@pytest.mark.usefixtures("workspace")
def test_both_databases_tell_the_same(workspace: Workspace) -> None:
    chronicle = Chronicle(workspace)
    chronicle.source()
    chronicle.source("qinghe", "青禾县 澜陵市 瀚东省")
    chronicle.crawl(W46, "yunling", "qinghe")
    with chronicle.derivation(W46):
        chronicle.fare("qinghe", Outcome.OK)
    begin(chronicle, plan=plan(RATE, CLEAN))
    with chronicle.derivation(W47):
        chronicle.publish("plan", plan(LESS, LATER))
        for place in ("青禾县", "滨望区", "云岚县"):
            chronicle.publish(place, plan(HEADS, place=place), source="qinghe", published=date(2026, 11, 18))
        chronicle.compare()
    found = told(workspace, W47)
    assert [line.cells.get("文件") for line in found.part("documents")] == [
        f"{place}2026年法治政府建设工作计划" for place in ("云岚县", "滨望区", "青禾县")
    ]
    assert found.counts.news == 4
