"""The main job end to end on the bundled corpus: export, workbook and a page in Chinese."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.analyze import Report, analyze_paths
from pipeline.reference import indicators
from pipeline.resources import bundled


@dataclass(frozen=True, slots=True)
class Demo:
    """What a run of the demo left behind, and what to tell the person who ran it."""

    report: Report
    message: str


def run_demo(output: Path, *, jobs: int = 1, progress: Callable[[int, int, str], None] | None = None) -> Demo:
    """Analyse the bundled corpus into *output* and write the workbook and the summary beside the export."""
    from pipeline import tables

    report = analyze_paths([bundled("corpora", "demo")], output, jobs=jobs, explain=True, progress=progress)
    export = tables.read_export(output)
    workbook, page = output / "commitments.xlsx", output / "summary.zh.md"
    names = {indicator.id: indicator.name for indicator in indicators()}
    rows = tables.comparable(export)
    about = tables.overview(export.documents, rows, export.sections)
    tables.write_table(rows, workbook, documents=about, indicator_names=names)
    page.write_text(tables.summary(export, indicator_names=names), encoding="utf-8")
    message = "\n".join(
        (
            f"已分析 {report.documents} 份文件：章节 {report.sections} 个，承诺与成效 {report.commitments} 条。",
            f"  可比表（Excel）    {workbook}",
            f"  一页摘要           {page}",
            f"  JSON Lines 导出    {output}/documents.jsonl, sections.jsonl, commitments.jsonl, numbers.jsonl",
            "语料全部为虚构，各文件应有的分析结果见 corpora/README.md。",
        )
    )
    return Demo(report, message)
