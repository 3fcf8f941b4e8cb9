"""Labelled paragraphs, annotated documents, weak labels of exports and corrections by people."""

import json
from pathlib import Path

import pytest

from pipeline.analyze import analyze_paths
from pipeline.errors import InputError, NotFoundError
from pipeline.resources import bundled
from pipeline.train.labelled import (
    HEADINGS,
    STRONG,
    WEAK,
    correct_bundled,
    count_labels,
    read_annotated,
    read_labelled,
    read_learnt,
)

DOCUMENT = {"doc": "d-1", "title": "云岚县2023年法治政府建设工作要点", "kind": "plan", "year": 2023}
PARAGRAPHS = [
    {"heading": 0, "alt": [1], "items": [], "text": "为做好全年工作，制定本要点。"},
    {"heading": 4, "alt": [], "items": [], "text": "一、规范决策"},
    {"heading": 4, "alt": [10], "items": ["11"], "text": "（一）重大事项先听意见再上会。一是公开征求意见。"},
    {"heading": 7, "alt": [], "items": ["22"], "text": "二、办好复议案件"},
]


def written(folder: Path, rows: list[dict[str, object]]) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "documents.jsonl").write_text(json.dumps(DOCUMENT, ensure_ascii=False), encoding="utf-8")
    lines = [json.dumps({"doc": "d-1", **row}, ensure_ascii=False) for row in rows]
    (folder / "plans.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_paragraphs_become_one_document_and_label_the_sections_that_they_open(tmp_path: Path) -> None:
    (document,) = read_labelled(written(tmp_path, PARAGRAPHS))
    assert document.document.text.startswith("为做好全年工作，制定本要点。\n一、规范决策\n")
    assert [(label.section.number, label.heading) for label in document.labels] == [
        ("", 0), ("一", 4), ("（一）", 4), ("二", 7),
    ]  # fmt: skip
    assert document.labels[2].accepts(10)
    assert not document.labels[3].accepts(10)
    assert document.labels[2].items == {"11"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"heading": 11}, "expected a heading from 0 to 10, but got 11", id="no such heading"),
        pytest.param({"alt": [-1]}, "expected a heading from 0 to 10, but got -1", id="no such alternative"),
        pytest.param({"items": ["36"]}, "expected outline items 1 to 35, but got '36'", id="no such item"),
        pytest.param({"doc": "d-2"}, "expected a document of documents.jsonl, but got d-2", id="unknown document"),
        pytest.param({"text": ""}, "expected a paragraph that opens a section, but got ", id="empty text"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(tmp_path: Path, change: dict[str, object], message: str) -> None:
    rows = [PARAGRAPHS[0], {**PARAGRAPHS[1], **change}]
    with pytest.raises(InputError, match=message) as raised:
        read_labelled(written(tmp_path, rows))
    assert "plans.jsonl, row 2" in str(raised.value)


def test_bundled_paragraphs_are_enough_of_every_heading_register_and_era() -> None:
    folder = bundled("corpora", "headings")
    counts = count_labels(read_labelled(folder))
    assert sum(counts.values()) >= 800
    assert min(counts[heading] for heading in HEADINGS) >= 50
    about = [json.loads(line) for line in (folder / "documents.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row["era"] for row in about} == {2004, 2015, 2021}
    assert {"plan", "report", "work_points", "township", "bureau"} <= {row["register"] for row in about}


def test_no_paragraph_of_a_sentence_or_more_stands_twice() -> None:
    texts = [
        document.document.text[label.section.start : label.section.end].strip()
        for document in read_labelled(bundled("corpora", "headings"))
        for label in document.labels
        if not label.section.title
    ]
    long = [text for text in texts if len(text) > 40]
    assert len(long) == len(set(long)) > 300


def test_each_section_of_the_bundled_documents_has_a_label() -> None:
    documents = read_annotated(bundled("corpora", "demo"), bundled("corpora", "demo", "gold"))
    assert len(documents) == 16
    for document in documents:
        labelled = {label.section.section_id for label in document.labels}
        assert labelled == {section.section_id for section in document.sections}, document.document.name


def test_a_gold_passage_that_is_not_in_its_document_is_told(tmp_path: Path) -> None:
    (tmp_path / "doc.txt").write_text(MIRROR * 3, encoding="utf-8")
    (tmp_path / "doc.headings.jsonl").write_text('{"starts_with": "二、没有这一章", "heading": 4}', encoding="utf-8")
    with pytest.raises(InputError, match="row 1: expected a passage of the document, but got 二、没有这一章"):
        read_annotated(tmp_path, tmp_path)


MIRROR = """一、健全行政决策制度体系，不断提升行政决策公信力和执行力
（一）重大事项先听意见再上会。
二、其他工作
（一）办好复议案件。
"""


@pytest.fixture
def export(tmp_path: Path) -> Path:
    source = tmp_path / "云岚县2023年工作要点.txt"
    source.write_text("云岚县2023年工作要点\n" + MIRROR, encoding="utf-8")
    analyze_paths([source], tmp_path / "out")
    return tmp_path / "out"


def sections_of(export: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (export / "sections.jsonl").read_text(encoding="utf-8").splitlines()]


def test_official_chapter_titles_are_weak_labels_of_what_stands_below(export: Path) -> None:
    learnt = read_learnt([export], None)
    labels = learnt.documents[0].labels
    assert [(label.section.number, label.heading, label.weight) for label in labels] == [
        ("一", 4, WEAK),
        ("（一）", 4, WEAK),
    ]
    assert (learnt.weak, learnt.strong) == (2, 0)


def test_a_correction_is_a_strong_label_and_knows_what_the_model_had_said(export: Path, tmp_path: Path) -> None:
    rows = sections_of(export)
    last = rows[-1]
    right = tmp_path / "right.jsonl"
    right.write_text(
        json.dumps({"doc_id": last["doc_id"], "section_id": last["section_id"], "heading": 5}), encoding="utf-8"
    )
    learnt = read_learnt([export], right)
    (label,) = [label for label in learnt.documents[0].labels if label.weight == STRONG]
    assert (label.heading, label.given) == (5, last["heading"])
    assert (learnt.strong, learnt.stale) == (1, ())


def test_a_correction_of_a_section_that_is_no_longer_there_is_stale(export: Path, tmp_path: Path) -> None:
    right = tmp_path / "right.jsonl"
    last = sections_of(export)[-1]
    rows = [{"doc_id": "d", "section_id": "s", "heading": 5}]
    right.write_text(json.dumps(rows[0]), encoding="utf-8")
    with pytest.raises(InputError, match="expected sections of the exports, but none of 1 rows names one"):
        read_learnt([export], right)
    rows.append({"doc_id": last["doc_id"], "section_id": last["section_id"], "heading": 5})
    right.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert read_learnt([export], right).stale == ("d/s",)


def test_no_weak_label_goes_against_what_the_model_is_sure_of(export: Path) -> None:
    rows = sections_of(export)
    rows[1] |= {"heading": 9, "heading_score": 0.99}
    (export / "sections.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert [label.section.number for label in read_learnt([export], None).documents[0].labels] == ["一"]
    rows[1] |= {"heading": 9, "heading_score": 0.3}
    (export / "sections.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert [label.section.number for label in read_learnt([export], None).documents[0].labels] == ["一", "（一）"]


def test_a_document_of_two_exports_counts_once_and_its_correction_stands(export: Path, tmp_path: Path) -> None:
    last = sections_of(export)[1]
    right = tmp_path / "right.jsonl"
    right.write_text(
        json.dumps({"doc_id": last["doc_id"], "section_id": last["section_id"], "heading": 7}), encoding="utf-8"
    )
    learnt = read_learnt([export, export], right)
    assert [(label.heading, label.is_correction) for label in learnt.documents[0].labels] == [(4, False), (7, True)]
    assert (len(learnt.documents), learnt.weak, learnt.strong) == (1, 1, 1)


def test_two_corrections_of_one_section_are_told(export: Path, tmp_path: Path) -> None:
    last = sections_of(export)[-1]
    rows = [{"doc_id": last["doc_id"], "section_id": last["section_id"], "heading": heading} for heading in (7, 9)]
    right = tmp_path / "right.jsonl"
    right.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with pytest.raises(InputError, match=r"row 2: expected one correction a section, but .*row 1 is of the same one"):
        read_learnt([export], right)


@pytest.mark.parametrize("wrong", [{"alt": 3}, {"items": "20"}])
def test_a_correction_with_no_list_where_one_is_due_is_told(
    export: Path, tmp_path: Path, wrong: dict[str, object]
) -> None:
    last = sections_of(export)[-1]
    right = tmp_path / "right.jsonl"
    row = {"doc_id": last["doc_id"], "section_id": last["section_id"], "heading": 7, **wrong}
    right.write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(InputError, match="expected a list for"):
        read_learnt([export], right)


def test_a_correction_of_a_bundled_document_takes_the_place_of_its_label(tmp_path: Path) -> None:
    bundled_documents = read_annotated(bundled("corpora", "demo"), bundled("corpora", "demo", "gold"))
    analyze_paths([bundled("corpora", "demo", "yanzhu-plan-2024.txt")], tmp_path / "out")
    last = sections_of(tmp_path / "out")[-1]
    right = tmp_path / "right.jsonl"
    row = {"doc_id": last["doc_id"], "section_id": last["section_id"], "heading": 9}
    right.write_text(json.dumps(row), encoding="utf-8")
    corrected, rest = correct_bundled(bundled_documents, read_learnt([tmp_path / "out"], right))
    changed = {
        label.section.section_id: label.heading
        for document in corrected
        for label in document.labels
        if label.is_correction
    }
    assert changed == {last["section_id"]: 9}
    assert sum(len(one.labels) for one in corrected) == sum(len(one.labels) for one in bundled_documents)
    assert rest.documents == ()


def test_a_folder_without_gold_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"expected NAME\.headings\.jsonl"):
        read_annotated(tmp_path, tmp_path)


def test_a_correction_to_a_heading_that_does_not_exist_is_told(export: Path, tmp_path: Path) -> None:
    last = sections_of(export)[-1]
    right = tmp_path / "right.jsonl"
    right.write_text(
        json.dumps({"doc_id": last["doc_id"], "section_id": last["section_id"], "heading": 12}), encoding="utf-8"
    )
    with pytest.raises(InputError, match=r"right\.jsonl, row 1: expected a heading from 0 to 10, but got 12"):
        read_learnt([export], right)


def test_a_missing_export_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"sections\.jsonl"):
        read_learnt([tmp_path], None)
