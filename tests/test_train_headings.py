"""Training the headings model on a few documents: the same twice, told class by class, never for the worse unasked."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import skops.io

from pipeline.analyze import analyze_paths
from pipeline.classify.archive import content_hash
from pipeline.classify.model import ARCHIVE
from pipeline.errors import InputError, ReferenceDataError
from pipeline.resources import bundled
from pipeline.train import headings
from pipeline.train.card import tell

PLANS = ("plans-01", "plans-02", "plans-03", "plans-04", "plans-05")
DOCUMENTS = ("qingcha-plan-2024", "lanling-plan-2024", "zhanpu-report-2024", "huayan-report-2024", "yanzhu-plan-2024")


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small part of the bundled texts: enough for five folds with all headings in each."""
    folder = tmp_path_factory.mktemp("corpora")
    (folder / "headings").mkdir()
    about = bundled("corpora", "headings", "documents.jsonl").read_text(encoding="utf-8").splitlines()
    few = [line for line in about if json.loads(line)["doc"] in PLANS]
    (folder / "headings" / "documents.jsonl").write_text("\n".join(few), encoding="utf-8")
    rows = bundled("corpora", "headings", "plans.jsonl").read_text(encoding="utf-8").splitlines()
    kept = [line for line in rows if json.loads(line)["doc"] in PLANS]
    (folder / "headings" / "plans.jsonl").write_text("\n".join(kept), encoding="utf-8")
    (folder / "demo" / "gold").mkdir(parents=True)
    for path in bundled("corpora", "demo").iterdir():
        if path.stem in DOCUMENTS:
            shutil.copy(path, folder / "demo")
            shutil.copy(bundled("corpora", "demo", "gold", f"{path.stem}.headings.jsonl"), folder / "demo" / "gold")
    return folder


@pytest.fixture(scope="module")
def first(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[headings.Outcome, Path]:
    folder = tmp_path_factory.mktemp("model")
    return headings.run(corpora, folder), folder


def test_training_again_gives_the_same_content_and_the_same_card(
    first: tuple[headings.Outcome, Path], corpora: Path, tmp_path: Path
) -> None:
    again = headings.run(corpora, tmp_path)
    assert again.hash == first[0].hash == content_hash(first[1] / headings.ARCHIVE)
    for name in ("README.md", "confusion.png", "reliability.png"):
        assert (tmp_path / name).read_bytes() == (first[1] / name).read_bytes()


def test_the_report_has_each_heading_with_its_f1(first: tuple[headings.Outcome, Path]) -> None:
    lines = tell(first[0]).splitlines()
    assert lines[0].startswith(f"{first[0].trained.texts.asked} paragraphs and ")
    assert [line.split()[0] for line in lines[-11:]] == [str(number) for number in range(11)]
    assert "5 enforcement" in lines[-6]
    now = first[0].trained.together.per_class[5].f1
    assert float(lines[-6].split()[-2]) == round(now, 3)
    shipped = skops.io.load(bundled(*ARCHIVE), trusted=[])["judged"]["f1"][5]  # beside it, in a folder without a model
    assert lines[-6].split()[-1] == f"{now - shipped:+.3f}"


def spoilt(folder: Path, target: Path, **judged: float) -> Path:
    """A copy of a model that claims other figures."""
    held = skops.io.load(folder / headings.ARCHIVE, trusted=[])
    held["judged"] |= judged
    del held["judged"]["best"]
    target.mkdir()
    headings.save(held, target / headings.ARCHIVE)
    return target


def test_a_worse_model_is_not_written_unless_told_to(
    first: tuple[headings.Outcome, Path], corpora: Path, tmp_path: Path
) -> None:
    folder = spoilt(first[1], tmp_path / "model", macro_f1=1.0)
    before = (folder / headings.ARCHIVE).read_bytes()
    refused = headings.run(corpora, folder)
    assert refused.hash is None
    assert refused.refusal.startswith("macro_f1 fell from 1.0000 to ")
    assert (folder / headings.ARCHIVE).read_bytes() == before
    assert not (folder / "README.md").exists()
    forced = headings.run(corpora, folder, force=True)
    assert forced.hash == content_hash(folder / headings.ARCHIVE) == first[0].hash


def test_many_small_steps_down_do_not_add_up(first: tuple[headings.Outcome, Path], tmp_path: Path) -> None:
    figures = {"accepted": 0.95, "macro_f1": 0.95, "f1": [0.95] * 11}
    little = {**figures, "accepted": 0.949}
    assert headings._worse(figures, little) == ""
    assert headings._worse({**little, "best": {"accepted": 0.9505, "macro_f1": 0.95}}, {**figures, "accepted": 0.948})
    assert "heading 3 fell" in headings._worse(figures, {**figures, "f1": [*figures["f1"][:3], 0.9, *[0.96] * 7]})


def test_an_archive_without_figures_is_told_before_any_work(corpora: Path, tmp_path: Path) -> None:
    skops.io.dump({"t": 1.0}, tmp_path / headings.ARCHIVE)
    with pytest.raises(ReferenceDataError, match="expected a headings model with its figures"):
        headings.run(corpora, tmp_path)


def test_the_report_says_what_changed_beside_the_model_that_was_there(first: tuple[headings.Outcome, Path]) -> None:
    outcome, _ = first
    f1 = [rates.f1 for rates in outcome.trained.together.per_class]
    before = {"f1": [0.5, *f1[1:]]}
    lines = tell(replace(outcome, before=before)).splitlines()
    assert lines[-11].split()[-3:] == ["0.500", f"{f1[0]:.3f}", f"{f1[0] - 0.5:+.3f}"]
    assert lines[-1].split()[-1] == "+0.000"


PLAN = """云岚县2023年法治政府建设工作要点
一、健全行政决策制度体系，不断提升行政决策公信力和执行力
（一）大事先问再定。凡是花钱多、牵涉人多的事，先开座谈会，再请懂行的人把脉，最后由班子成员一起拍板。
（二）定了的事要回头看。实施满一年的项目，请第三方打一次分，效果不好的及时纠偏。
二、其他工作
（一）每季度请律师到村里坐诊一次，把邻里、婚姻、土地方面的疙瘩解在院子里，年内不少于四次。
"""


def test_exports_and_corrections_are_learnt_from(corpora: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    analyze_paths([tmp_path / "plan.txt"], tmp_path / "out")
    sections = [json.loads(line) for line in (tmp_path / "out" / "sections.jsonl").read_text("utf-8").splitlines()]
    right = {"doc_id": sections[-1]["doc_id"], "section_id": sections[-1]["section_id"], "heading": 7, "items": ["20"]}
    gone = {"doc_id": "d", "section_id": "s", "heading": 1}
    (tmp_path / "right.jsonl").write_text(json.dumps(right) + "\n" + json.dumps(gone), encoding="utf-8")
    outcome = headings.run(
        corpora, tmp_path / "model", exports=[tmp_path / "out"], corrections=tmp_path / "right.jsonl"
    )
    learnt = outcome.trained.learnt
    assert (learnt.weak, learnt.strong, learnt.stale) == (3, 1, ("d/s",))
    assert outcome.trained.corrected[0] == (sections[-1]["heading"] == 7)
    assert "1 that people put right" in tell(outcome)
    names = skops.io.load(tmp_path / "model" / headings.ARCHIVE, trusted=[])["passages"]["names"]
    assert any("每季度请律师到村里" in name for name in names)


def test_corrections_without_an_export_are_refused(corpora: Path, tmp_path: Path) -> None:
    (tmp_path / "right.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="expected --from EXPORT with --corrections"):
        headings.run(corpora, tmp_path / "model", corrections=tmp_path / "right.jsonl")
