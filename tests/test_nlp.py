"""The stages as spaCy components: spans, records on them, and a Doc that keeps both."""

import json
import pickle
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import get_args

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from pipeline import Page, analyze_page
from pipeline.errors import InputError, NotFoundError, ReferenceDataError
from pipeline.nlp import COMMITMENTS, COMPONENTS, HEADINGS, NUMBERS, SECTIONS, displacy_colours, to_analysis, to_doc
from pipeline.records import Analysis, Reason, Stance
from pipeline.tables import write_export
from tests import factories

ROOT = Path(__file__).resolve().parent.parent
PLAN = (
    "青榆县2024年法治政府建设工作计划\n"
    "一、规范执法\n(一)案卷评查。年底前，案卷评查合格率达到95%以上。(县司法局牵头，县财政局配合)\n"
    "二、化解纠纷\n行政机关负责人出庭应诉率达到100%。\n"
)


def pipeline_of(*names: str, explain: bool = False) -> Language:
    nlp = spacy.blank("zh")
    for name in names or COMPONENTS:
        nlp.add_pipe(name, config={"explain": explain} if name == COMMITMENTS else {})
    return nlp


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline_of()


@pytest.fixture(scope="module")
def demo(demo_corpus: Path) -> list[Analysis]:
    files = sorted(path for path in demo_corpus.iterdir() if path.suffix in (".txt", ".html"))
    return [analyze_page(Page(path.name, path.read_bytes()), explain=True) for path in files]


def test_a_value_is_a_span_with_its_record(nlp: Language) -> None:
    doc = nlp(PLAN)
    first = doc.spans[COMMITMENTS][0]
    assert (first.text, first.label_, first._.heading) == ("95%以上", "target", 8)
    assert first._.section["title"] in ("案卷评查", "规范执法", "")
    told = {name: first._.commitment[name] for name in ("comparator", "value", "unit", "deadline", "lead", "support")}
    assert told == {
        "comparator": ">=", "value": 95, "unit": "%", "deadline": "2024-12-31", "lead": ("县司法局",), "support": ("县财政局",),
    }  # fmt: skip


def test_a_section_is_a_span_by_level_and_by_heading(nlp: Language) -> None:
    doc = nlp(PLAN)
    numbered = [(span._.section["number"], span.label_) for span in doc.spans[SECTIONS] if span._.section["number"]]
    assert numbered == [("一", "level-1"), ("(一)", "level-2"), ("二", "level-1")]
    headings = [(span.label_, span._.heading) for span in doc.spans[HEADINGS] if span._.section["level"] == 1]
    assert headings == [("enforcement", 5), ("dispute_resolution", 7)]


def test_with_explain_every_number_has_its_commitment_or_its_reason() -> None:
    doc = pipeline_of(explain=True)(PLAN)
    told = {span.text: span.label_ for span in doc.spans[NUMBERS]}
    assert told["95%以上"] == "commitment"
    assert told["(一)"] == "list_number"
    assert all(
        (span._.number["reason"] is None) != (span._.number["commitment_id"] is None) for span in doc.spans[NUMBERS]
    )


def test_a_span_of_no_record_of_ours_has_none(nlp: Language) -> None:
    doc = nlp(PLAN)
    assert (doc[:2]._.section, doc[:2]._.commitment, doc[:2]._.heading, doc[:2]._.number) == (None, None, None, None)


# --- what a Doc says about itself ----------------------------------------------------------------------------------


def test_kind_year_and_title_are_read_off_the_text(nlp: Language) -> None:
    doc = nlp(PLAN)
    assert (doc._.kind, doc._.year, doc._.title) == ("plan", 2024, "青榆县2024年法治政府建设工作计划")
    assert doc._.document["level"] == "county"


def test_what_was_set_on_the_doc_wins(nlp: Language) -> None:
    doc = nlp.make_doc("年底前，案卷评查合格率达到95%以上。")
    doc._.kind, doc._.year = "plan", 2021
    doc = nlp(doc)
    assert doc.spans[COMMITMENTS][0]._.commitment["deadline"] == "2021-12-31"
    assert doc._.kind == "plan"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        pytest.param("kind", "Plan", "one of plan, report", id="a kind that does not exist"),
        pytest.param("year", "2024", "a whole number", id="a year as a text"),
    ],
)
def test_a_wrong_setting_is_answered_with_what_was_expected(name: str, value: str, words: str, nlp: Language) -> None:
    doc = nlp.make_doc(PLAN)
    setattr(doc._, name, value)
    with pytest.raises(InputError, match=words):
        nlp(doc)


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        pytest.param(None, NotFoundError, r"a file of indicators .*mine\.yaml, but there is none", id="no file"),
        pytest.param(
            "indicators: [{id: penalty_cases, kind: sum}]", ReferenceDataError, "'sum' is none of", id="a wrong one"
        ),
    ],
)
def test_a_mistake_in_a_file_of_indicators_is_told_before_the_first_document(
    content: str | None, error: type[Exception], words: str, tmp_path: Path
) -> None:
    path = tmp_path / "mine.yaml"
    if content:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(error, match=words):
        spacy.blank("zh").add_pipe(COMMITMENTS, config={"indicators": [str(path)]})


def test_running_twice_changes_nothing(nlp: Language) -> None:
    once = nlp(PLAN)
    before = to_analysis(once)
    assert to_analysis(nlp(once)) == before


# --- odd texts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " ", "\n\n \t"], ids=["empty", "a blank", "blank lines"])
def test_a_doc_without_text_has_no_spans(text: str, nlp: Language) -> None:
    doc = nlp(text)
    assert [len(doc.spans[key]) for key in COMPONENTS] == [0, 0, 0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("😀𠮷县案卷评查合格率达到95%以上。", "95%以上", id="characters beyond 16 bits"),
        pytest.param("  案卷评查合格率 达到 95% 。 ", "95%", id="blanks around it"),
        pytest.param(
            "\n\n一、规范执法\n\n\u3000\u3000案卷评查合格率达到95%以上。\n", "95%以上", id="blank lines and indents"
        ),
        pytest.param("<b>案卷</b>评查合格率达到95%以上", "95%以上", id="markup is text"),
    ],
)
def test_a_value_is_found_at_its_code_points(text: str, value: str, nlp: Language) -> None:
    doc = nlp(text)
    (span,) = doc.spans[COMMITMENTS]
    record = span._.commitment
    assert (
        span.text
        == value
        == text[record["value_start"] : record["value_end"]]
        == doc.text[span.start_char : span.end_char]
    )


def test_a_text_that_says_nothing_has_sections_and_no_values(nlp: Language) -> None:
    doc = nlp("no Chinese in here at all")
    assert (len(doc.spans[SECTIONS]), len(doc.spans[COMMITMENTS]), doc._.kind, doc._.year) == (1, 0, "other", None)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "一、",
                "(一)",
                "\n",
                "  ",
                "\u3000",
                "\t",
                "😀",
                "𠮷",
                "a b",
                "合格率达到95%",
                "2024年底前",
                "。",
                "，",
                "开展2次",
            ]
        )
    )
)
def test_no_character_of_a_record_is_lost_by_its_span(parts: list[str]) -> None:
    doc = PROPERTY(text := "".join(parts))
    assert doc.text == text
    for key, first, last in (
        (SECTIONS, "start", "end"),
        (NUMBERS, "start", "end"),
        (COMMITMENTS, "value_start", "value_end"),
    ):
        for span in doc.spans[key]:
            record = {SECTIONS: span._.section, NUMBERS: span._.number, COMMITMENTS: span._.commitment}[key]
            wanted = text[record[first] : record[last]].strip()
            assert wanted in span.text


PROPERTY = pipeline_of(explain=True)


def test_a_tokenizer_of_words_widens_the_spans_and_keeps_the_records() -> None:
    nlp = spacy.blank("xx")
    for name in COMPONENTS:
        nlp.add_pipe(name)
    doc = nlp("一、规范执法\n案卷评查合格率达到95%以上，行政复议受理32件。\n")
    for span in doc.spans[COMMITMENTS]:
        assert span._.commitment["value_text"] in span.text
    assert [span._.commitment["value_text"] for span in doc.spans[COMMITMENTS]] == ["95%以上", "32件"]


# --- the pipeline --------------------------------------------------------------------------------------------------


def test_analyze_pipes_finds_no_problem_in_the_three() -> None:
    assert not any(pipeline_of().analyze_pipes()["problems"].values())


@pytest.mark.parametrize("name", [HEADINGS, COMMITMENTS])
def test_a_component_without_sections_says_what_to_add(name: str) -> None:
    with pytest.raises(NotFoundError, match=f'add_pipe\\("fazhi_sections", before="{name}"\\)'):
        pipeline_of(name)(PLAN)


def test_commitments_are_found_without_headings() -> None:
    doc = pipeline_of(SECTIONS, COMMITMENTS)(PLAN)
    assert [(span.text, span._.heading) for span in doc.spans[COMMITMENTS]] == [("95%以上", None), ("100%", None)]


def test_many_docs_go_through_pipe_in_order(nlp: Language) -> None:
    docs = list(nlp.pipe(["", PLAN, "开展2次执法检查。", PLAN] * 10, batch_size=7))
    assert [len(doc.spans[COMMITMENTS]) for doc in docs] == [0, 2, 1, 2] * 10


def test_a_pipeline_is_saved_and_loaded(tmp_path: Path) -> None:
    pipeline_of(explain=True).to_disk(tmp_path / "model")
    loaded = spacy.load(tmp_path / "model")
    doc = loaded(PLAN)
    assert loaded.pipe_names == list(COMPONENTS)
    assert len(doc.spans[NUMBERS]) > len(doc.spans[COMMITMENTS]) == 2


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_can_go_to_another_process(name: str, nlp: Language) -> None:
    component = nlp.get_pipe(name)
    assert pickle.loads(pickle.dumps(component)) == component


# --- saving --------------------------------------------------------------------------------------------------------


def saved_and_loaded(doc: Doc, **options: bool) -> Doc:
    data = DocBin(docs=[doc], **options).to_bytes()
    return next(iter(DocBin().from_bytes(data).get_docs(spacy.blank("zh").vocab)))


def test_a_saved_doc_has_all_its_spans_and_records() -> None:
    doc = pipeline_of(explain=True)(PLAN)
    again = saved_and_loaded(doc, store_user_data=True)
    assert to_analysis(again) == to_analysis(doc)
    assert again._.document == doc._.document
    for key in (*COMPONENTS, NUMBERS):
        told = [(span.text, span.label_, span.id_, span._.section, span._.heading) for span in doc.spans[key]]
        assert [(span.text, span.label_, span.id_, span._.section, span._.heading) for span in again.spans[key]] == told
    kept = [span._.commitment for span in again.spans[COMMITMENTS]]
    assert kept == [span._.commitment for span in doc.spans[COMMITMENTS]]


def test_a_doc_that_was_saved_without_its_records_says_so(nlp: Language) -> None:
    again = saved_and_loaded(nlp(PLAN))
    with pytest.raises(NotFoundError, match="store_user_data=True"):
        again.spans[COMMITMENTS][0]._.commitment  # noqa: B018  # the access is what is tested


def test_values_of_one_place_keep_a_record_each() -> None:
    plan = factories.document()
    part = factories.section(plan, "二", "重点任务")
    one = factories.commitment(plan, part, "出庭应诉率达到100%", "100%", indicators=("a",))
    other = factories.commitment(plan, part, "出庭应诉率达到100%", "100%", indicators=("b",), value=100.0)
    twin = Analysis(plan, (part,), (one, type(other)(**{**fields(other), "commitment_id": "other0000000"})))
    again = saved_and_loaded(to_doc(twin, spacy.blank("zh")), store_user_data=True)
    assert [span._.commitment["indicators"] for span in again.spans[COMMITMENTS]] == [("a",), ("b",)]


def fields(record: object) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


# --- records and spaCy ---------------------------------------------------------------------------------------------


def test_an_analysis_goes_to_a_doc_and_back(demo: list[Analysis], nlp: Language) -> None:
    for analysis in demo:
        assert to_analysis(saved_and_loaded(to_doc(analysis, nlp), store_user_data=True)) == analysis


def test_the_components_find_what_the_command_finds(demo: list[Analysis]) -> None:
    nlp = pipeline_of(explain=True)
    for analysis in demo:
        assert to_analysis(nlp(to_doc(analysis.document, nlp))) == analysis


def test_the_records_are_those_of_the_export(demo: list[Analysis], nlp: Language, tmp_path: Path) -> None:
    write_export(demo, tmp_path, explain=True)
    docs = [to_doc(analysis, nlp) for analysis in demo]
    for table in ("sections", "commitments", "numbers"):
        exported = [json.loads(line) for line in (tmp_path / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()]
        ours = [row for doc in docs for row in doc.user_data["fazhi"][table].values()]
        assert [list(row) for row in ours] == [list(row) for row in exported]
        key = (
            (lambda row: (row["doc_id"], row["start"]))
            if table != "commitments"
            else (lambda row: row["commitment_id"])
        )
        assert sorted(json.loads(json.dumps(ours)), key=key) == sorted(exported, key=key)


def test_a_doc_that_went_through_nothing_has_no_analysis(nlp: Language) -> None:
    with pytest.raises(NotFoundError, match="run a pipeline"):
        to_analysis(nlp.make_doc(PLAN))


# --- around it -----------------------------------------------------------------------------------------------------


def test_displacy_shows_the_values_in_our_colours(nlp: Language) -> None:
    markup = displacy.render(
        nlp(PLAN), style="span", jupyter=False, options={"spans_key": COMMITMENTS, "colors": displacy_colours()}
    )
    assert displacy_colours()["target"] in markup


def test_every_label_of_a_value_or_heading_has_a_colour(nlp: Language) -> None:
    colours = displacy_colours()
    assert set(get_args(Stance)) < set(colours)
    doc = nlp(PLAN)
    assert {span.label_ for span in doc.spans[HEADINGS]} <= set(colours)
    assert not set(get_args(Reason)) & set(colours)


def test_the_distribution_declares_the_components() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    assert set(declared["spacy_factories"]) == set(COMPONENTS)
    for place in (*declared["spacy_factories"].values(), *declared["spacy_displacy_colors"].values()):
        module, _, name = place.partition(":")
        assert callable(getattr(sys.modules[module], name))


def test_importing_the_components_runs_no_stage() -> None:
    stages = ("pipeline.parse", "pipeline.segment", "pipeline.classify", "pipeline.extract", "pandas", "cnloc")
    code = f"import sys, pipeline.nlp; print([name for name in {stages!r} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


def test_the_examples_of_the_readme_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    part = readme[readme.index("## From spaCy") : readme.index("## The records")]
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    space: dict[str, object] = {}
    for code in re.findall(r"```python\n(.*?)```", part, re.DOTALL):
        exec(code, space)
    assert "案卷评查合格率 2024-12-31 8" in capsys.readouterr().out
    assert space["doc"].spans[COMMITMENTS][0].label_ == "result"  # type: ignore[attr-defined]
