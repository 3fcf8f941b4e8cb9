"""The main job end to end: emulated sites of an invented province are crawled, what they publish is analysed.

The sites run on this machine (`pipeline.emulator`), so nothing is asked of anybody else.
"""

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.analyze import Report, analyze_paths
from pipeline.answers import answer_report
from pipeline.emulator.families import kinds
from pipeline.emulator.server import Emulator
from pipeline.emulator.world import demo_world, sources_toml
from pipeline.errors import InputError
from pipeline.reference import indicators
from pipeline.report.words import OUTLINE
from pipeline.scrape.crawl import Crawled, Event, Settings, crawl
from pipeline.scrape.sources import read_sources
from pipeline.store import DATABASE

WORKSPACE, SOURCES = "workspace", "sources.toml"
CONTACT = "fazhi demo, on loopback only"
CITY_PLAN = "澜陵市2024年法治政府建设工作要点"  # against which its counties are held
DELAY_S = 0.05  # between two requests to a site of our own


@dataclass(frozen=True, slots=True)
class Demo:
    """What a run of the demo left behind, and what to tell the person who ran it."""

    crawled: Crawled
    report: Report
    message: str


def run_demo(output: Path, *, jobs: int = 1, progress: Callable[[int, int, str], None] | None = None) -> Demo:
    """Crawl the emulated sites into *output*/workspace, analyse what came, and write workbooks and summary beside it.

    Raises:
        InputError: the workspace that is there already was not made by a crawl; nobody's files are removed.
    """
    from pipeline import tables

    workspace = output / WORKSPACE
    if workspace.exists():
        if not (workspace / DATABASE).is_file():
            raise InputError(f"{workspace}: expected the workspace of an earlier demo, got a folder without {DATABASE}")
        shutil.rmtree(workspace)
    output.mkdir(parents=True, exist_ok=True)
    crawled, events = crawl_sites(output, progress)
    report = analyze_paths([workspace], output, jobs=jobs, explain=True, progress=progress)
    export = tables.read_export(output)
    workbook, page = output / "commitments.xlsx", output / "summary.zh.md"
    names = {indicator.id: indicator.name for indicator in indicators()}
    rows = tables.comparable(export)
    about = tables.overview(export.documents, rows, export.sections)
    tables.write_table(rows, workbook, documents=about, indicator_names=names)
    page.write_text(tables.summary(export, indicator_names=names), encoding="utf-8")
    handed = output / "report.xlsx"
    answer_report(output, handed, references=(OUTLINE, CITY_PLAN))
    families = len({result.source.family for result in crawled.results})
    found = Counter(event.kind for event in events)
    message = "\n".join(
        (
            f"已采集 {len(crawled.results)} 个模拟网站（{families} 类建站系统）：读栏目页 {found['list']} 页、"
            f"文章 {found['article']} 篇、附件 {found['file']} 个，得文件 {report.documents} 份。",
            f"已分析 {report.documents} 份文件：章节 {report.sections} 个，承诺与成效 {report.commitments} 条。",
            f"  可比表（Excel）    {workbook}",
            f"  对照检查报告       {handed}（缺口矩阵、目标跟踪、指标比较、责任单位台账）",
            f"  一页摘要           {page}",
            f"  JSON Lines 导出    {output}/documents.jsonl, sections.jsonl, commitments.jsonl, numbers.jsonl",
            f"  采集所得原始响应   {workspace}/archive/（WARC），采集状态 {workspace}/{DATABASE}",
            "网站与语料全部为虚构，各文件应有的分析结果见 corpora/README.md。",
        )
    )
    return Demo(crawled, report, message)


def crawl_sites(output: Path, progress: Callable[[int, int, str], None] | None) -> tuple[Crawled, list[Event]]:
    """Play the sites of the first week and crawl them into the workspace of *output*."""
    events: list[Event] = []

    def watch(event: Event) -> None:
        events.append(event)
        if progress:
            progress(len(events), len(events), event.url)

    with Emulator(demo_world) as emulator:
        told = sources_toml(demo_world(1), kinds(), connect=emulator.connect, delay_s=DELAY_S)
        path = output / SOURCES
        path.write_text(told, encoding="utf-8")
        crawled = crawl(read_sources(path).sources, output / WORKSPACE, Settings(contact=CONTACT), watch=watch)
    return crawled, events
