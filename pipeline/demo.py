"""The main job end to end, over two weeks: emulated sites of an invented province are crawled, read and told of.

The sites run on this machine (`pipeline.emulator`), so nothing is asked of anybody else. The clock is driven: the weeks
are always the same two, that of the statutory date and the one after it.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from pipeline.analyze import Report, analyze_paths
from pipeline.answers import answer_report
from pipeline.config import Config
from pipeline.emulator.families import kinds
from pipeline.emulator.server import Emulator
from pipeline.emulator.world import demo_world, sources_toml
from pipeline.errors import InputError
from pipeline.reference import indicators
from pipeline.report.words import OUTLINE
from pipeline.scrape.crawl import Crawled, Event, Settings, crawl
from pipeline.scrape.outcomes import Outcome
from pipeline.scrape.sources import Source, read_sources
from pipeline.store import DATABASE
from pipeline.weeks import CHINA, of_day

WORKSPACE, SOURCES, DIGESTS = "workspace", "sources.toml", "digests"
CONTACT = "fazhi demo, on loopback only"
CITY_PLAN = "澜陵市2024年法治政府建设工作要点"  # against which its counties are held
# Between two requests to a site of our own. A site behind a challenge is left alone for 300 delays, and asked again.
DELAY_S = 0.01
IMPATIENT = (1.0, 0.3)  # seconds to connect and to the next byte: loopback answers at once, or never
# The Sundays on which it crawls: 1 April, by which reports on the year before are due, lies in the first week.
SUNDAYS = (date(2025, 4, 6), date(2025, 4, 13))
CRAWLED_AT, READ_AT, TOLD_AT = time(20), time(21), time(7)  # on Sunday, on Sunday, on Monday
# What goes wrong on purpose in the second week.
PLANTED = {"binwang": Outcome.UNREACHABLE, "luxi": Outcome.CHALLENGE}


@dataclass(frozen=True, slots=True)
class Told:
    """A week that was crawled, read and told of."""

    crawled: Crawled
    headline: tuple[str, ...]
    page: Path


@dataclass(frozen=True, slots=True)
class Demo:
    """What a run of the demo left behind, and what to tell the person who ran it."""

    crawled: Crawled  # in the first week, in which nothing goes wrong on purpose
    report: Report
    weeks: tuple[Told, ...]
    message: str

    @property
    def strays(self) -> tuple[str, ...]:
        """The sources that ended the second week otherwise than planted."""
        found = {result.source.id: result.outcome for result in self.weeks[-1].crawled.results}
        bad = {source: outcome for source, outcome in found.items() if not outcome.is_good or source in PLANTED}
        return tuple(source for source, outcome in bad.items() if PLANTED.get(source) is not outcome)

    @property
    def is_good(self) -> bool:
        """Whether all was as it is meant to be."""
        return self.crawled.is_good and not (self.report.failures or self.strays)


def run_demo(output: Path, *, jobs: int = 1, progress: Callable[[int, int, str], None] | None = None) -> Demo:
    """Play two weeks into *output*/workspace; write workbooks and summary of the first, and the digest of each.

    Raises:
        InputError: the workspace that is there already was not made by a crawl; nobody's files are removed.
    """
    workspace = output / WORKSPACE
    if workspace.exists():
        if not (workspace / DATABASE).is_file():
            raise InputError(f"{workspace}: expected the workspace of an earlier demo, got a folder without {DATABASE}")
        shutil.rmtree(workspace)
    output.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(output / DIGESTS, ignore_errors=True)
    with play_sites(output) as (emulator, sources):
        crawled, events = crawl_sites(sources, workspace, SUNDAYS[0], progress)
        report = analyze_paths([workspace], output, jobs=jobs, explain=True, progress=progress)
        tables = write_tables(output)
        weeks = [tell_week(output, crawled, SUNDAYS[0], jobs, progress)]
        emulator.set_week(2)
        later, _ = crawl_sites(sources, workspace, SUNDAYS[1], progress)
        weeks.append(tell_week(output, later, SUNDAYS[1], jobs, progress))
    families = len({result.source.family for result in crawled.results})
    found = Counter(event.kind for event in events)
    message = (
        f"已采集 {len(crawled.results)} 个模拟网站（{families} 类建站系统）：读栏目页 {found['list']} 页、"
        f"文章 {found['article']} 篇、附件 {found['file']} 个，得文件 {report.documents} 份。",
        f"已分析 {report.documents} 份文件：章节 {report.sections} 个，承诺与成效 {report.commitments} 条。",
        *tables,
        f"  采集所得原始响应   {workspace}/archive/（WARC），采集状态 {workspace}/{DATABASE}",
        "",
        *describe_weeks(weeks),
        "",
        "网站与语料全部为虚构，各文件应有的分析结果和第2周预设的变化见 corpora/README.md。",
    )
    return Demo(crawled, report, tuple(weeks), "\n".join(message))


@contextmanager
def play_sites(output: Path) -> Iterator[tuple[Emulator, tuple[Source, ...]]]:
    """Yield the emulated sites, in their first week, with the sources that lead there."""
    with Emulator(demo_world) as emulator:
        told = sources_toml(demo_world(1), kinds(), connect=emulator.connect, delay_s=DELAY_S)
        path = output / SOURCES
        path.write_text(told, encoding="utf-8")
        yield emulator, read_sources(path).sources


def crawl_sites(
    sources: Sequence[Source], workspace: Path, sunday: date, progress: Callable[[int, int, str], None] | None
) -> tuple[Crawled, list[Event]]:
    """Crawl the sites as they stand, on the evening of a day."""
    events: list[Event] = []

    def watch(event: Event) -> None:
        events.append(event)
        if progress:
            progress(len(events), len(events), event.url)

    settings = Settings(contact=CONTACT, timeout_s=IMPATIENT)
    crawled = crawl(
        sources, workspace, settings, watch=watch, now=lambda: moment(sunday, CRAWLED_AT), db=own_database(workspace)
    )
    return crawled, events


def write_tables(output: Path) -> tuple[str, ...]:
    """Write the workbooks and the summary of the export in *output*; return a line of the message for each."""
    from pipeline import tables

    export = tables.read_export(output)
    workbook, page, handed = output / "commitments.xlsx", output / "summary.zh.md", output / "report.xlsx"
    names = {indicator.id: indicator.name for indicator in indicators()}
    rows = tables.comparable(export)
    about = tables.overview(export.documents, rows, export.sections)
    tables.write_table(rows, workbook, documents=about, indicator_names=names)
    page.write_text(tables.summary(export, indicator_names=names), encoding="utf-8")
    answer_report(output, handed, references=(OUTLINE, CITY_PLAN))
    return (
        f"  可比表（Excel）    {workbook}",
        f"  对照检查报告       {handed}（缺口矩阵、目标跟踪、指标比较、责任单位台账）",
        f"  一页摘要           {page}",
        f"  JSON Lines 导出    {output}/documents.jsonl, sections.jsonl, commitments.jsonl, numbers.jsonl",
    )


def tell_week(
    output: Path, crawled: Crawled, sunday: date, jobs: int, progress: Callable[[int, int, str], None] | None
) -> Told:
    """Take in what a crawl brought, and write the digest of its week to *output*/digests."""
    from pipeline.digest.build import build_digest
    from pipeline.workspace.place import open_workspace
    from pipeline.workspace.run import run_workspace

    config = Config(workspace=output / WORKSPACE, references=(OUTLINE, CITY_PLAN))
    with open_workspace(config.workspace, own_database(config.workspace)) as workspace:
        run_workspace(
            workspace,
            references=config.references,
            jobs=jobs,
            time_limit=None,  # files of our own, and a process for each would take longer than to read them
            now=lambda: moment(sunday, READ_AT),
            progress=progress,
        )
        morning = moment(sunday + timedelta(days=1), TOLD_AT)
        built = build_digest(workspace, of_day(sunday), config, now=lambda: morning)
    folder = output / DIGESTS / str(built.week)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in built.files[""].items():
        (folder / name).write_bytes(content)
    return Told(crawled, built.digests[""].headline, folder / "digest.html")


def describe_weeks(weeks: Sequence[Told]) -> Iterator[str]:
    """Yield the lines of the message about the digests."""
    for number, (told, sunday) in enumerate(zip(weeks, SUNDAYS, strict=True), start=1):
        week = of_day(sunday)
        yield (
            f"第{number}周（{week}，{week.monday.month}月{week.monday.day}日至{sunday.month}月{sunday.day}日）周报："
            f"{told.page}（另有 .md、.json、.xlsx）"
        )
        yield from (f"  {sentence}" for sentence in told.headline)
    yield "第2周预设了新发布、改文件、撤页面、断网站、拦访问五处变化，另有一处只改了页脚；两个网站采集不成属于预设。"


def own_database(workspace: Path) -> str:
    """Return the address of the database in the folder: what FAZHI_DB names is somebody's, and no place for a demo."""
    return f"sqlite:///{workspace / DATABASE}"


def moment(day: date, at: time) -> datetime:
    """Return a time of day in China, in UTC."""
    return datetime.combine(day, at, CHINA).astimezone(UTC)
