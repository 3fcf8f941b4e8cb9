"""The shipped headings model: what it was made of, what it says, and that it says the same as scikit-learn would."""

import json
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import skops.io

from pipeline import classify
from pipeline.classify.archive import content_hash
from pipeline.classify.features import names_of_signs
from pipeline.classify.items import EVIDENCE, item_ids
from pipeline.classify.model import ARCHIVE, reckon, shipped
from pipeline.records import Document, Section
from pipeline.resources import bundled
from pipeline.segment import find_sections
from pipeline.train import fitting, headings
from pipeline.train.labelled import read_annotated

PLAN = """为做好全年法治政府建设工作，制定本要点。
一、优化营商环境
（一）清偿拖欠企业账款。年底前全部还清。
（二）减少上门检查。同一企业每年不超过两次。
二、规范行政执法
（一）推行执法三项制度。执法全过程记录，重大执法决定法制审核率达到100%。
（二）办好行政复议案件。调解和解率30%以上。
三、组织保障
各部门于每月5日前报送进展。
"""


@pytest.fixture(scope="module")
def labelled() -> tuple[Section, ...]:
    document = Document("d", "plan.txt", PLAN, kind="plan", year=2024)
    return classify.label_sections(document, find_sections(document))


@pytest.fixture(scope="module")
def estimators() -> dict[str, object]:
    held: dict[str, object] = skops.io.load(bundled(*ARCHIVE), trusted=[])  # no type of ours in it
    return held


def test_each_section_has_heading_probability_and_runner_up(labelled: tuple[Section, ...]) -> None:
    assert [section.heading for section in labelled] == [0, 2, 2, 5, 5, 5, 7, 10, 10]
    for section in labelled:
        assert section.heading_score is not None
        assert 0 < section.heading_score <= 1
        assert section.heading_runner_up not in (None, section.heading)
        assert section.is_unsure == (section.heading_score < shipped().unsure)


def test_items_stand_on_sections_of_work_with_the_words_that_decided(labelled: tuple[Section, ...]) -> None:
    with_items = {section.title.split("。")[0]: section.items for section in labelled if section.items}
    assert "15" in [match.item for match in with_items["推行执法三项制度"]]
    assert [match.item for match in with_items["办好行政复议案件"]][:1] == ["22"]
    assert "规范行政执法" not in with_items
    (first, *_) = with_items["推行执法三项制度"]
    assert "三项制度" in first.why
    assert any(reason.startswith("近似：") for reason in first.why)
    assert sorted((match.score for match in with_items["推行执法三项制度"]), reverse=True) == [
        match.score for match in with_items["推行执法三项制度"]
    ]


def test_a_section_of_several_subjects_has_several_items() -> None:
    text = "一、规范决策和文件\n重大行政决策听取专家论证和法律顾问意见，行政规范性文件合法性审核率、备案率100%。\n"
    document = Document("d", "d.txt", text, kind="plan")
    (_, paragraph) = classify.label_sections(document, find_sections(document))
    assert {"9", "11"} <= {match.item for match in paragraph.items}


def test_the_same_text_gets_the_same_labels_twice_and_an_empty_one_none(labelled: tuple[Section, ...]) -> None:
    document = Document("d", "plan.txt", PLAN, kind="plan", year=2024)
    assert classify.label_sections(document, find_sections(document)) == labelled
    assert classify.label_sections(Document("e", "e.txt", ""), ()) == ()


def test_a_document_that_prints_the_ten_titles_is_labelled_by_them() -> None:
    official = [heading.title for heading in headings_of_outline()]
    text = "".join(
        f"{number}、{title}\n落实有关工作。\n" for number, title in zip("一二三四五六七八九十", official, strict=True)
    )
    document = Document("d", "d.txt", text, kind="outline")
    found = classify.label_sections(document, find_sections(document))
    assert [section.heading for section in found] == [number for number in range(1, 11) for _ in range(2)]
    assert min(section.heading_score or 0 for section in found) >= classify.DECIDED


def headings_of_outline() -> list[object]:
    from pipeline.reference import outline

    return list(outline().headings)


def test_reading_the_arrays_gives_what_the_estimators_give(estimators: dict[str, object]) -> None:
    (document,) = [one for one in demo() if one.document.document.name == "yanzhu-plan-2024.txt"]
    model = shipped()
    texts = fitting.texts_of(document, model.vocabulary, model.idf)
    table = fitting.design(document, texts, model.vocabulary.size)
    ours = reckon(model, texts, document.prepared.signs, len(item_ids()))
    odds = estimators["headings"].decision_function(table) / model.temperature
    theirs = np.exp(odds - odds.max(axis=1, keepdims=True))
    assert np.allclose(ours.headings, theirs / theirs.sum(axis=1, keepdims=True), atol=1e-4)
    of_items = estimators["items"].predict_proba(table)[:, : len(item_ids())]
    assert np.allclose(ours.items, of_items, atol=1e-4)


def demo() -> list[fitting.Example]:
    documents = read_annotated(bundled("corpora", "demo"), bundled("corpora", "demo", "gold"))
    return [fitting.example_of(document) for document in documents]


def test_fitting_the_bundled_texts_gives_the_shipped_content_again(
    tmp_path: Path, estimators: dict[str, object]
) -> None:
    """What folds choose (thresholds, the sum of the evidence for items) is taken as shipped; the rest is fitted anew."""
    texts, documents = headings.bundled_documents(bundled("corpora"))
    chosen = ("pairs", "temperature", "unsure", "item_least", "judged")
    held = fitting.fit([fitting.example_of(document) for document in (*texts, *documents)]) | {
        name: estimators[name] for name in chosen
    }
    headings.save(held, tmp_path / "model.skops")
    assert content_hash(tmp_path / "model.skops") == content_hash(bundled(*ARCHIVE))


def test_the_card_names_the_content_that_lies_beside_it() -> None:
    card = (bundled(*ARCHIVE).parent / "README.md").read_text(encoding="utf-8")
    assert content_hash(bundled(*ARCHIVE)) in card
    for picture in ("confusion.png", "reliability.png"):
        assert (bundled(*ARCHIVE).parent / picture).stat().st_size > 10_000


def test_the_model_beats_each_baseline_and_its_probabilities_are_calibrated() -> None:
    card = (bundled(*ARCHIVE).parent / "README.md").read_text(encoding="utf-8")
    rows = {
        cells[1].strip().strip("*"): [float(cell) for cell in cells[2:5]]
        for cells in (line.split("|") for line in card.splitlines())
        if len(cells) == 7 and cells[2].strip().startswith("0.")
    }
    ours = rows.pop("all")
    rows.pop("written paragraphs")
    assert min(rows.pop("bundled documents, all held out together")[1:]) >= 0.95  # accepted, macro F1
    strict, accepted, macro_f1 = rows.pop("bundled documents")  # held out by whole documents
    assert (strict >= 0.93, accepted >= 0.98, macro_f1 >= 0.95) == (True, True, True)
    baselines = {name: figures for name, figures in rows.items() if not name.replace(".", "").isdigit()}
    assert len(baselines) == 6
    for name, figures in baselines.items():
        assert all(mine > theirs for mine, theirs in zip(ours, figures, strict=True)), name
    errors = card.split("bins of equal size:")[1].split("acceptable one")[0]
    found = [float(word.rstrip(",")) for word in errors.split() if word[0] == "0"]
    assert len(found) == 2
    assert max(found) <= 0.05


def test_the_figures_in_the_archive_are_those_of_the_card(estimators: dict[str, object]) -> None:
    card = (bundled(*ARCHIVE).parent / "README.md").read_text(encoding="utf-8")
    judged = estimators["judged"]
    row = next(line for line in card.splitlines() if line.startswith("| **all** |"))
    told = [cell.strip() for cell in row.split("|")[2:5]]
    assert told == [f"{judged[name]:.3f}" for name in ("strict", "accepted", "macro_f1")]


def test_a_table_of_thousands_of_rows_is_labelled_in_little_memory() -> None:
    """Matrices over pairs of 6,000 sections would take 288 MB each."""
    rows = "".join(f"{number}. 落实行政执法公示，第{number}批案卷按时公开。\n" for number in range(1, 6000))
    document = Document("d", "d.txt", f"一、重点任务\n{rows}", kind="plan")
    sections = find_sections(document)
    classify.label_sections(document, sections[:10])  # loads what stays
    tracemalloc.start()
    labelled = classify.label_sections(document, sections)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    assert len(labelled) == len(sections) >= 6000
    assert peak < 450


def test_the_shapes_fit_together() -> None:
    model = shipped()
    assert model.linear.signs.shape == (len(names_of_signs()), len(model.headings) + len(model.items))
    assert (
        model.linear.title.shape
        == model.linear.everything.shape
        == (model.vocabulary.size, len(model.headings) + len(model.items))
    )
    assert model.pairs[0].shape == (len(EVIDENCE),)
    assert 0 < model.unsure < 1
    assert 0 < model.item_least < 1


def test_no_stretch_of_forty_characters_is_of_the_shared_documents(shared: Path) -> None:
    real = "".join(path.read_text(encoding="utf-8") for path in (shared / "corpus").glob("*.txt"))
    squeezed = "".join(real.split())
    folder = bundled("corpora", "headings")
    for path in folder.glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            text = "".join(json.loads(line).get("text", "").split())
            for start in range(0, max(0, len(text) - 40), 10):
                assert text[start : start + 40] not in squeezed, text[start : start + 40]
