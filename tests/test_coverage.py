"""Which of the 35 items a document covers: state, evidence, reasons, and what must never matter."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from pipeline.analyze import analyze_paths
from pipeline.classify import label_sections
from pipeline.compare.columns import COVERAGE
from pipeline.compare.coverage import find_coverage, find_doubtful
from pipeline.compare.passages import cut, read_papers
from pipeline.errors import InputError, NotFoundError
from pipeline.evaluate.coverage import Given, agree, read_gold
from pipeline.extract import find_commitments
from pipeline.records import Analysis, Document
from pipeline.segment import find_sections
from pipeline.tables import Export, read_export, write_export
from tests.factories import document

ExportOf = Callable[..., Export]

FRAME = """青榆县2023年法治政府建设工作计划
一、重点任务
{}
二、组织实施
各乡镇、各部门要抓好落实。
"""


def analysis(of: Document) -> Analysis:
    sections = label_sections(of, find_sections(of)) if of.text.strip() else ()
    return Analysis(of, sections, find_commitments(of, sections) if sections else ())


@pytest.fixture
def export_of(tmp_path: Path) -> ExportOf:
    def build(*documents: Document) -> Export:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        write_export(map(analysis, documents), folder)
        return read_export(folder)

    return build


@pytest.fixture(scope="session")
def demo_export(tmp_path_factory: pytest.TempPathFactory, demo_corpus: Path) -> Export:
    folder = tmp_path_factory.mktemp("coverage-demo")
    analyze_paths(sorted(path for path in demo_corpus.iterdir() if path.suffix in (".html", ".txt")), folder)
    return read_export(folder)


def state(table: pd.DataFrame, item: str) -> str:
    return str(table.loc[table["item"] == item, "status"].item())


COVERED = [
    pytest.param("22", "（一）加强行政复议。全年受理行政复议案件32件，审结30件，调解和解率达到35%。", id="figures of the core"),
    pytest.param("22", "（一）畅通行政争议渠道。完善行政复议听证制度，规范行政复议案件审理。", id="work on the core without figures"),
    pytest.param("17", "（一）应急管理。修订防汛、森林防火等专项应急预案6个。", id="one concrete sentence"),
    pytest.param("23", "（一）行政应诉。行政机关负责人出庭应诉率达到100%，认真履行生效裁判。", id="an indicator of the item"),
    pytest.param("20", "（一）化解矛盾纠纷。坚持每周排查，全年调解各类矛盾纠纷132件，化解率98%。", id="words of another time"),
    pytest.param("27", "（一）政府信息公开。主动公开政府信息2.3万条，按期答复公开申请46件。", id="report"),
    pytest.param("9", "（一）规范性文件管理。行政规范性文件合法性审核率和备案率均达到100%。", id="rates"),
]  # fmt: skip
MISSING = [
    pytest.param("22", "（一）政务服务。县政务大厅进驻事项增加到420项，审批时限压减50%。", id="another subject"),
    pytest.param("21", "（一）行政复议。全年受理行政复议案件32件，审结30件。", id="a sibling of the same heading"),
    pytest.param("31", "（一）政务公开。主动公开政府信息2.3万条。", id="a near neighbour"),
    pytest.param("19", "（一）普法宣传。全年开展法治宣传活动12场，发放资料3000份。", id="people taught, no emergency"),
    pytest.param("7", "（一）文件管理。全年制定行政规范性文件6件，清理12件。", id="normative documents are no legislation"),
    pytest.param("22", "（一）重点安排。今年不再开展行政复议案件审理和调解工作。", id="what will not be done"),
    pytest.param("22", "（一）重点安排。今年不再开展行政复议案件审理，加强政务公开。", id="what will not be done, beside work"),
    pytest.param("22", "（一）行政复议。今年不再开展行政复议案件审理和调解工作。", id="what will not be done, under its title"),
]  # fmt: skip
NOT_COVERED = [
    pytest.param("21", "（一）多元化解。发挥行政调解、行政裁决、仲裁、公证等的作用。", id="one name in a list"),
    pytest.param("12", "（一）依法决策。重大行政决策须经公开征求意见、专家论证、集体讨论。", id="before the decision, not after"),
    pytest.param("25", "（一）责任落实。对进展缓慢的单位严格督办。", id="urging in passing"),
]  # fmt: skip


@pytest.mark.parametrize(("item", "work"), COVERED)
def test_concrete_work_on_the_core_covers(export_of: ExportOf, item: str, work: str) -> None:
    assert state(find_coverage(export_of(document(FRAME.format(work)))), item) == "covered"


@pytest.mark.parametrize(("item", "work"), MISSING)
def test_what_no_passage_speaks_to_is_missing(export_of: ExportOf, item: str, work: str) -> None:
    assert state(find_coverage(export_of(document(FRAME.format(work)))), item) == "missing"


@pytest.mark.parametrize(("item", "work"), NOT_COVERED)
def test_a_passing_mention_does_not_cover(export_of: ExportOf, item: str, work: str) -> None:
    assert state(find_coverage(export_of(document(FRAME.format(work)))), item) in ("partial", "missing")


UNKNOWN = [
    pytest.param({"text": ""}, id="no text"),
    pytest.param({"text": " \n\u3000\n"}, id="blanks alone"),
    pytest.param({"text": "2023 12 31\n- 1 -\n"}, id="no Chinese word"),
    pytest.param({"text": "县政\ufffd\ufffd府\ufffd依法\ufffd\ufffd行政\ufffd\n", "quality": 0.21}, id="a garbled PDF"),
    pytest.param({"quality": 0.49}, id="read just too badly"),
]


@pytest.mark.parametrize("fields", UNKNOWN)
def test_nothing_is_said_of_what_could_not_be_read(export_of: ExportOf, fields: dict[str, object]) -> None:
    table = find_coverage(export_of(document(**fields)))
    assert len(table) == 35
    assert set(table["status"]) == {"unknown"}
    assert table["start"].isna().all()
    assert all(why for why in table["why"])


def test_a_document_that_was_read_just_well_enough_is_judged(export_of: ExportOf) -> None:
    assert "unknown" not in set(find_coverage(export_of(document(quality=0.5)))["status"])


def test_has_the_columns_and_a_row_an_item_in_order(export_of: ExportOf) -> None:
    export = export_of(document(name="a.txt"), document(name="b.txt"))
    table = find_coverage(export)
    assert tuple(table.columns) == COVERAGE
    assert list(table["item"]) == [str(item) for item in range(1, 36)] * 2
    assert list(dict.fromkeys(table["doc_id"])) == list(export.documents["doc_id"])


def begins(text: str, start: int) -> bool:
    """Whether a sentence begins at a place."""
    before = text[:start].rstrip(" \t\u3000")
    return not before or before[-1] in "。！？!?\n"


def ends(text: str, end: int) -> bool:
    """Whether a sentence, or the line it stands in, ends at a place."""
    return text[end - 1] in "。！？!?" or text[end:].lstrip(" \t\u3000")[:1] in ("\n", "")


def test_evidence_is_a_whole_sentence_of_the_document(demo_export: Export) -> None:
    texts = dict(zip(demo_export.documents["doc_id"], demo_export.documents["text"], strict=True))
    starts = {(row.doc_id, row.start) for row in demo_export.sections.itertuples()}
    table = find_coverage(demo_export)
    found = table[table["status"].isin(["covered", "partial"])]
    assert len(found) > 200
    for row in found.itertuples():
        text = texts[row.doc_id]
        passage = text[row.start : row.end]
        assert passage == passage.strip()
        assert (row.doc_id, row.start) in starts or begins(text, row.start), passage
        assert (row.doc_id, row.end) in starts or ends(text, row.end), passage


def test_missing_items_have_three_nearest_passages_the_nearest_first(demo_export: Export) -> None:
    table = find_coverage(demo_export)
    ids = set(demo_export.sections["section_id"])
    lengths = dict(zip(demo_export.documents["doc_id"], demo_export.documents["text"].str.len(), strict=True))
    for row in table[table["status"] == "missing"].itertuples():
        scores = [near["score"] for near in row.nearest]
        assert len(scores) == 3
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)
        assert {near["section_id"] for near in row.nearest} <= ids
        assert all(0 <= near["start"] < near["end"] <= lengths[row.doc_id] for near in row.nearest)
    assert all(near == [] for near in table.loc[table["status"] != "missing", "nearest"])


def test_reasons_name_the_words_that_decided(export_of: ExportOf) -> None:
    work = "（一）行政应诉。行政机关负责人出庭应诉率达到100%。"
    table = find_coverage(export_of(document(FRAME.format(work))))
    why = table.loc[table["item"] == "23", "why"].item()
    assert any(reason.startswith("线索词：") and "出庭应诉" in reason for reason in why)
    assert any(reason.startswith("指标：") for reason in why)


def test_order_and_company_of_documents_change_nothing(demo_export: Export) -> None:
    some = demo_export.documents.head(5)
    alone = pd.concat([find_coverage(demo_export, documents=[doc_id]) for doc_id in reversed(some["doc_id"].tolist())])
    turned = Export(
        demo_export.documents.iloc[::-1].reset_index(drop=True),
        demo_export.sections.sample(frac=1, random_state=1).reset_index(drop=True),
        demo_export.commitments.sample(frac=1, random_state=2).reset_index(drop=True),
    )
    both = [
        table[table["doc_id"].isin(some["doc_id"])].sort_values(["doc_id", "item"], ignore_index=True)
        for table in (find_coverage(demo_export), find_coverage(turned), alone)
    ]
    pd.testing.assert_frame_equal(both[0], both[1])
    pd.testing.assert_frame_equal(both[0], both[2])


def test_doubtful_judgements_come_first(demo_export: Export) -> None:
    table = find_doubtful(demo_export)
    assert list(table["doubt"]) == sorted(table["doubt"], reverse=True)
    assert table["doubt"].between(0, 1).all()
    assert len(table) == 35 * len(demo_export.documents)


REFUSED = [
    pytest.param({"documents": ["nobody"]}, NotFoundError, "nobody", id="a document that is not there"),
    pytest.param({"reference": "no such plan"}, NotFoundError, "no such plan", id="a plan that is not there"),
]


@pytest.mark.parametrize(("asked", "error", "words"), REFUSED)
def test_what_is_not_there_is_refused(
    export_of: ExportOf, asked: dict[str, object], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        find_coverage(export_of(document()), **asked)


def test_pieces_tile_the_words_and_keep_to_their_sections(demo_export: Export) -> None:
    for paper in read_papers(demo_export):
        text = paper.document.text
        held = "".join(text[piece.start : piece.end] for piece in paper.pieces)
        han = [char for char in text if "\u4e00" <= char <= "\u9fff"]
        assert [char for char in held if "\u4e00" <= char <= "\u9fff"] == han
        for piece in paper.pieces:
            section = paper.sections[piece.section]
            assert section.start <= piece.start < piece.end <= section.end
            assert piece.sentence_start <= piece.start < piece.end <= piece.sentence_end


def test_a_text_without_sections_is_cut_all_the_same() -> None:
    pieces = list(cut("第一句；后半句。\n第二句", ()))
    assert [(piece.start, piece.end, piece.sentence_start, piece.sentence_end) for piece in pieces] == [
        (0, 4, 0, 8),
        (4, 8, 0, 8),
        (9, 12, 9, 12),
    ]


def given(states: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[Given]:
    for number, (status, alt) in enumerate(states, start=1):
        yield Given("a", str(number), status, frozenset(alt))  # type: ignore[arg-type]


def test_agreement_counts_an_alternative_and_what_was_not_judged() -> None:
    gold = list(given([("covered", ()), ("partial", ("covered",)), ("missing", ()), ("unknown", ())]))
    found = agree(gold, {("a", "1"): "covered", ("a", "2"): "covered", ("a", "3"): "covered"})
    assert found.accuracy == 0.75
    assert found.f1 == {"covered": pytest.approx(2 / 3), "partial": 1.0, "missing": 0.0, "unknown": 1.0}
    assert found.confusion == {("missing", "covered"): 1}


GOLD_FAULTS = [
    pytest.param('{"doc": "a", "item": "1", "status": "maybe", "alt": []}', "maybe", id="an unknown state"),
    pytest.param('{"doc": "a", "item": "1", "status": "missing", "alt": []}\n' * 2, "twice", id="an item twice"),
]


@pytest.mark.parametrize(("rows", "words"), GOLD_FAULTS)
def test_gold_that_contradicts_itself_is_refused(tmp_path: Path, rows: str, words: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(rows, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read_gold(path)


def test_four_states_agree_with_readers(demo_export: Export, demo_corpus: Path, export_of: ExportOf) -> None:
    """The bundled gold, and beside it documents of which nothing can be known; by the model that has seen the gold."""
    names = dict(zip(demo_export.documents["doc_id"], demo_export.documents["name"], strict=True))
    table = find_coverage(demo_export)
    found = {(names[row.doc_id].rsplit(".", 1)[0], row.item): row.status for row in table.itertuples()}
    gold = read_gold(demo_corpus / "gold" / "coverage.jsonl")
    assert len(gold) >= 300
    bad = document("\ufffd县\ufffd政\ufffd\n", name="bad.pdf", quality=0.1)
    unread = find_coverage(export_of(bad, replace(bad, doc_id="empty", name="empty.txt", text="", quality=1.0)))
    gold += [Given(row.doc_id, row.item, "unknown") for row in unread.itertuples()]
    found |= {(row.doc_id, row.item): row.status for row in unread.itertuples()}
    agreement = agree(gold, found)
    assert set(agreement.f1) == {"covered", "partial", "missing", "unknown"}
    assert agreement.macro_f1 >= 0.92
    assert agreement.accuracy >= 0.94


def test_states_of_the_shared_documents(shared: Path, tmp_path: Path) -> None:
    analyze_paths(sorted((shared / "corpus").glob("*.txt")), tmp_path)
    export = read_export(tmp_path)
    table = find_coverage(export)
    pairs: list[Given] = []
    found: dict[tuple[str, str], str] = {}
    for name, doc_id in zip(export.documents["name"], export.documents["doc_id"], strict=True):
        path = shared / "gold" / f"{name[:3]}.coverage.jsonl"
        if path.is_file():
            rows = pd.read_json(path, lines=True, dtype={"item": str})
            pairs += [Given(doc_id, row.item, row.status, frozenset(row.alt)) for row in rows.itertuples()]
            found |= {(row.doc_id, row.item): row.status for row in table[table["doc_id"] == doc_id].itertuples()}
    agreement = agree(pairs, found)
    assert agreement.accuracy >= 0.90
    assert agreement.macro_f1 >= 0.82
