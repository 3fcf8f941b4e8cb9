"""Fifty invented counties over two years: what they publish, change, lose and find again, week by week, by a seed.

A year is a calendar: plans come out in spring, reports by 1 April, late or never. Beside it a deck of deeds is dealt:
figures and dates of a document are changed, a footer is, a page goes away or moves or comes back, a site breaks down, is
put behind a challenge or built anew. What a weekly crawl must be able to tell of each is `Told`, made of the plan alone.
"""

import http.client
import multiprocessing
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

from pipeline.emulator import pages
from pipeline.emulator.families import kinds, trs, was5
from pipeline.emulator.server import Emulator
from pipeline.emulator.site import Answer, Article, Asked, Kind, Site, SiteColumn
from pipeline.emulator.texts import paragraphs
from pipeline.scrape.patience import FULL_PASS_EVERY

COUNTIES, WEEKS = 50, 104
FIRST_SUNDAY = date(2025, 1, 5)  # of 2025-W01; the two years end with 2026-W52
HEADS, TAILS = "栖沅荻蓼枳檀磴皋汀岫", "溪峪埠岗浒渚坪滩泽原"  # no county of China is called by two of these
# Light ones first: they answer a small crawl with one request to a list.
FAMILIES = ("igs", "jsonp", "was5", "govcn", "feeds", "igs", "jsonp", "was5", "govcn", "trs")
COLUMN = SiteColumn("fzzfjs", "法治政府建设")
REBUILT = "rebuilt"  # a family that answers at the entry of one with the list of another
PLAN, REPORT = "plan", "report"
GONE_FOR = (3, 9)  # weeks until a page comes back
LATEST_S = 120.0  # for a process to start or to end
APART = 6  # weeks between two deeds to one document, so that each is seen by itself

PLANNED = (
    "为推进{year}年{place}法治政府建设，结合本地实际，安排如下工作。",
    "一、压实领导责任。县政府常务会议全年学法不少于{a}次，主要负责人专题听取汇报{b}次。由{place}司法局牵头落实。",
    "二、提高应诉水平。行政诉讼败诉率控制在{c}%以内，行政机关负责人出庭应诉率达到{d}%。",
    "三、规范文件管理。{month}月底前完成行政规范性文件清理，合法性审核率达到100%。",
    "四、加强队伍建设。行政执法人员每年培训不少于{e}学时，持证上岗率100%。",
    "五、畅通复议渠道。行政复议案件按期办结率达到100%，调解和解率不低于{f}%。{extra}",
    "{place}人民政府",
    "{day}",
)
REPORTED = (
    "{year}年，{place}认真落实法治政府建设各项任务，现将有关情况报告如下。",
    "一、压实领导责任。县政府常务会议全年学法{a}次，主要负责人专题听取汇报{b}次。",
    "二、提高应诉水平。行政诉讼败诉率为{c}%，行政机关负责人出庭应诉率达到{d}%。",
    "三、规范文件管理。全年审核行政规范性文件{g}件，合法性审核率达到100%。",
    "四、加强队伍建设。行政执法人员人均培训{e}学时，持证上岗率100%。",
    "五、畅通复议渠道。全年办理行政复议案件{g}件，按期办结率100%，调解和解率{f}%。{extra}",
    "六、下一步打算。{next}年{month}月底前建成县级行政执法监督平台。",
    "{place}人民政府",
    "{day}",
)
BREAKS = (("rebuild", 3), ("silent", 1), ("down", 16), ("wall", 10))  # how often, among fifty
EXTRA = "全年开展案卷评查不少于{n}次。"
# What an edit does to the figures of a document.
EDITS: tuple[tuple[str, Mapping[str, int]], ...] = (
    ("figure", {"c": 2}),
    ("figure", {"a": 2}),
    ("date", {"month": 2}),
    ("sentence", {"n": 3}),
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as it stands in some week."""

    number: int  # on its site, by which its address is made
    kind: str
    year: int
    published: date
    figures: Mapping[str, int]
    editor: int = 0  # in the footer
    is_there: bool = True


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that is done to a site in a week (from 1), before its crawl on Sunday."""

    week: int
    county: int
    kind: str  # publish, edit, footer, vanish, return, move, down, silent, wall, rebuild, well
    paper: tuple[str, int] = ("", 0)  # kind and year
    about: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """An event that must be told, once, in the digest of a week or at most so many weeks later."""

    week: int
    kind: str
    county: int
    title: str = ""  # of the document
    within: int = 0  # weeks: what only a list that is read whole can tell


@dataclass(frozen=True, slots=True)
class County:
    """A county with its site."""

    number: int
    name: str
    family: str

    @property
    def host(self) -> str:
        """The name of its server."""
        return f"www.county{self.number:02}.test"

    @property
    def source(self) -> str:
        """The id of its source."""
        return f"county{self.number:02}"

    def title(self, kind: str, year: int) -> str:
        """The title of a document."""
        return (
            f"{self.name}{year}年法治政府建设工作要点" if kind == PLAN else f"{self.name}{year}年度法治政府建设情况报告"
        )


def sunday(week: int) -> date:
    """The last day of a week, on which sites are crawled."""
    return FIRST_SUNDAY + timedelta(weeks=week - 1)


@cache
def counties(count: int = COUNTIES) -> tuple[County, ...]:
    """The counties; a fifth are districts."""
    found = []
    for number in range(count):
        head, turn = divmod(number, len(TAILS) // 2)
        name = HEADS[head] + TAILS[(head * 3 + turn * 2) % len(TAILS)] + ("区" if (head + turn) % 5 == 4 else "县")
        found.append(County(number, name, FAMILIES[number % len(FAMILIES)]))
    return tuple(found)


# -- what is done ----------------------------------------------------------------------------------------------------


def two_years(count: int = COUNTIES, *, seed: int = 2025) -> "Plan":
    """Fifty counties over 104 weeks: two springs of plans and reports, and what else may happen to a site."""
    random, all_of = Random(seed), counties(count)
    deeds = sorted(_publish(all_of, random), key=lambda deed: deed.week)
    deeds += _deal(deeds, random)
    deeds += _break(deeds, all_of, random)
    return Plan(all_of, deeds)


def busy_weeks(weeks: int, *, count: int = 8, seed: int = 2025) -> "Plan":
    """A few counties to each of which something is done nearly every week, so that each week has a digest to tell."""
    random, all_of = Random(seed), counties(count)
    deeds = []
    for county in all_of:
        papers = [(PLAN, 2024), *((kind, year) for year in (2025, 2026, 2027) for kind in (REPORT, PLAN))]
        there: list[tuple[str, int]] = []
        is_down = False
        for week in range(1, weeks + 1):
            if is_down or (week > 2 and random.random() < 0.1):
                is_down = not is_down
                deeds.append(Deed(week, county.number, "down" if is_down else "well"))
            elif papers and (week == 1 or random.random() < 0.3):
                there.append(papers.pop(0))
                deeds.append(Deed(week, county.number, "publish", there[-1]))
            elif there and random.random() < 0.6:
                paper, kind = random.choice(there), random.choice(("edit", "edit", "footer", "move", "vanish"))
                deeds.append(Deed(week, county.number, kind, paper, {"edit": random.randrange(len(EDITS))}))
                if kind == "vanish":
                    there.remove(paper)
    return Plan(all_of, deeds)


def _publish(all_of: Sequence[County], random: Random) -> Iterator[Deed]:
    """Plans and reports by the calendar; the plan of the year before the first stands there from the start."""
    for county in all_of:
        yield Deed(1, county.number, "publish", (PLAN, 2024))
        for turn, first in enumerate((1, 53)):  # the first week of each year
            year = 2025 + turn
            if random.random() < 0.5:  # the others have no plan of their own
                yield Deed(first + random.randint(8, 18), county.number, "publish", (PLAN, year))
            chance = random.random()
            if chance < 0.75:  # the others never report
                when = random.randint(5, 11) if chance < 0.5 else random.randint(14, 26)
                yield Deed(first + when, county.number, "publish", (REPORT, year - 1))


def _deal(published: Sequence[Deed], random: Random) -> list[Deed]:
    """Deal two cards to each document, some of them blank."""
    deck = ("edit",) * 8 + ("footer",) * 4 + ("vanish", "vanish return", "move", "")
    busy: dict[tuple[int, tuple[str, int]], list[int]] = defaultdict(list)
    dealt = []
    for deed in published:
        for _ in range(2):
            kind, when = random.choice(deck), deed.week + random.randint(APART, 40)
            taken = busy[deed.county, deed.paper]
            is_free = all(abs(when - each) > APART + GONE_FOR[1] for each in taken)
            if kind and is_free and when + GONE_FOR[1] <= WEEKS:
                taken.append(when)
                first = Deed(when, deed.county, kind.split()[0], deed.paper, {"edit": random.randrange(len(EDITS))})
                dealt.append(first)
                if "return" in kind:
                    dealt.append(replace(first, week=when + random.randint(*GONE_FOR), kind="return"))
    ends = {(deed.county, deed.paper): deed.week for deed in dealt if deed.kind == "vanish"}
    for deed in dealt:
        if deed.kind == "return":
            ends.pop((deed.county, deed.paper), None)
    return [deed for deed in dealt if deed.week <= ends.get((deed.county, deed.paper), WEEKS)]


def _break(done: Sequence[Deed], all_of: Sequence[County], random: Random) -> list[Deed]:
    """Let sites break down, fall silent, or be put behind a challenge, in weeks in which nothing else is done to them."""
    at_work: dict[int, set[int]] = defaultdict(set)
    for deed in done:
        at_work[deed.county].add(deed.week)
    found = []
    for kind in [kind for kind, share in BREAKS for _ in range(max(1, share * len(all_of) // COUNTIES))]:
        while True:
            county, first, length = random.choice(all_of), random.randint(3, WEEKS - 12), random.randint(1, 3)
            length = 1 if kind == "silent" else length  # whoever waits for an answer needs time
            span = set(range(first - 5, first + length + FULL_PASS_EVERY + 1))
            is_fit = kind != "rebuild" or county.family == "trs"
            if is_fit and not span & at_work[county.number]:
                break
        at_work[county.number] |= span
        found += [Deed(first, county.number, kind), Deed(first + length, county.number, "well")]
    return found


class Plan:
    """What is done to the sites of some counties, week by week, how they look then, and what must be told of it.

    Args:
        all_of: the counties.
        deeds: what is done.
    """

    def __init__(self, all_of: Sequence[County], deeds: Iterable[Deed]) -> None:
        self.counties = tuple(all_of)
        self.deeds = tuple(sorted(deeds, key=lambda deed: (deed.week, deed.county)))
        self._sites: dict[int, Mapping[str, Site]] = {}

    # -- what it looks like ------------------------------------------------------------------------------------------

    def world(self, week: int) -> Mapping[str, Site]:
        """The sites of a week by host; a site that nothing is done to is the same object."""
        if week not in self._sites:
            before = self.world(week - 1) if week > 1 else {}
            done = {deed.county for deed in self.deeds if deed.week == week}
            self._sites[week] = {
                county.host: self._site(county, week)
                if county.number in done or county.host not in before
                else before[county.host]
                for county in self.counties
            }
        return self._sites[week]

    def _site(self, county: County, week: int) -> Site:
        papers: dict[tuple[str, int], Paper] = {}
        quirk, family = "", county.family
        for deed in self.deeds:
            if deed.county == county.number and deed.week <= week:
                if deed.kind in QUIRKS:
                    quirk = QUIRKS[deed.kind]
                    family = REBUILT if deed.kind == "rebuild" else county.family
                else:
                    papers[deed.paper] = _do(deed, papers.get(deed.paper), county)
        site = Site(
            host=county.host,
            name=f"{county.name}人民政府",
            place=county.name,
            family=family,
            columns=(COLUMN,),
            articles=(),
            per_page=20,
            quirks=frozenset({quirk} - {""}),
            robots="",
        )
        there = (_article(site, county, paper) for paper in papers.values() if paper.is_there)
        return replace(site, articles=(*there, _friend(site)))

    # -- what must be told -------------------------------------------------------------------------------------------

    @property
    def told(self) -> tuple[Told, ...]:
        """Every event that a weekly cycle must tell, in the order of the weeks."""
        found = []
        for deed in self.deeds:
            title = self.counties[deed.county].title(*deed.paper) if deed.paper[0] else ""
            kind = KINDS[deed.kind]
            within = FULL_PASS_EVERY - 1 if deed.kind == "return" else 0
            found.append(Told(deed.week, kind, deed.county, title, within))
        return tuple(sorted(found, key=lambda one: (one.week, one.county, one.kind, one.title)))

    def changes(self, week: int) -> int:
        """How many things are done in a week."""
        return sum(deed.week == week for deed in self.deeds)

    def versions(self, week: int) -> int:
        """How many documents come out in a week, or read otherwise."""
        return sum(deed.week == week and deed.kind in ("publish", "edit") for deed in self.deeds)


QUIRKS = {"down": "always_500", "silent": "silent", "wall": "challenge_412", "rebuild": "", "well": ""}
KINDS = {
    "publish": "new",
    "edit": "changed",
    "footer": "furniture",
    "vanish": "withdrawn",
    "return": "came_back",
    "move": "moved",
    "down": "source_silent",
    "silent": "source_silent",
    "wall": "source_blocked",
    "well": "source_good",
    "rebuild": "source_layout",
}


def _do(deed: Deed, before: Paper | None, county: County) -> Paper:
    if before is None:
        return _written(deed, county)
    if deed.kind == "edit":
        _, changed = EDITS[deed.about["edit"]]
        figures = {**before.figures, **{name: before.figures[name] + by for name, by in changed.items()}}
        return replace(before, figures=figures)
    if deed.kind == "footer":
        return replace(before, editor=before.editor + 1)
    if deed.kind == "move":
        return replace(before, number=before.number + 50)
    return replace(before, is_there=deed.kind == "return")


def _written(deed: Deed, county: County) -> Paper:
    kind, year = deed.paper
    random = Random(f"{county.number} {kind} {year}")
    figures = {
        "a": random.randint(3, 8), "b": random.randint(1, 2), "c": random.randint(5, 12), "d": random.randint(90, 99),
        "e": random.choice((40, 50, 60)), "f": random.randint(20, 40), "g": random.randint(11, 80),
        "month": random.randint(5, 9), "n": 0,
    }  # fmt: skip
    number = 2 * (year - 2023) + (kind == REPORT)
    published = sunday(deed.week) - timedelta(days=4) if deed.week > 1 else date(year, 3, 12)
    return Paper(number, kind, year, published, figures)


def _article(site: Site, county: County, paper: Paper) -> Article:
    day = paper.published - timedelta(days=3)
    given = {
        **paper.figures,
        "place": county.name,
        "year": paper.year,
        "next": paper.year + 1,
        "day": f"{day.year}年{day.month}月{day.day}日",
        "extra": EXTRA.format(n=paper.figures["n"]) if paper.figures["n"] else "",
    }
    lines = [line.format(**given) for line in (PLANNED if paper.kind == PLAN else REPORTED)]
    article = Article(
        number=paper.number,
        title=county.title(paper.kind, paper.year),
        published=paper.published,
        body=paragraphs(lines),
        publisher=site.name,
        is_relevant=True,
    )
    editor = f'<div class="bjxx">责任编辑：编辑{paper.editor}　联系电话：0XXX-99{paper.editor:05}</div>'
    html = pages.article_html(site, article).replace('<div class="footer">', editor + '<div class="footer">')
    return replace(article, page=html.encode())


def _friend(site: Site) -> Article:
    """A row that stands on every list for ever and is none of ours, so that no list runs empty."""
    title, body = f"{site.place}法治文化公园建成开放", paragraphs([f"近日，{site.place}法治文化公园建成开放。"])
    return Article(number=900, title=title, published=date(2023, 5, 4), body=body, publisher=site.name)


def _rebuilt(site: Site, asked: Asked) -> Answer:
    """A site that was trs and is being built anew: its entry shows a list that nobody reads, articles are where they were."""
    old, new = trs.KIND.entry(site), was5.KIND.entry(site)
    return was5.KIND.respond(site, replace(asked, target=new) if asked.path == urlsplit(old).path else asked)


def all_kinds() -> Mapping[str, Kind]:
    """The families that the counties use."""
    return {**kinds(), REBUILT: replace(was5.KIND, name=REBUILT, respond=_rebuilt)}


def write_sources(plan: Plan, path: Path, *, connect: str) -> Path:
    """Write the sources of the counties."""
    tables = [
        f'[[source]]\nid = "{county.source}"\nname = "{county.name}人民政府"\nplace_name = "{county.name}"\n'
        f'level = "county"\nentry = "http://{county.host}{kinds()[county.family].entry(plan.world(1)[county.host])}"\n'
        f'expect = [0, 50]\nallow_loopback = true\ndelay_s = 0.001\nconnect = "{connect}"\n'
        for county in plan.counties
    ]
    path.write_text("\n".join(tables), encoding="utf-8")
    return path


# -- the sites as they are played --------------------------------------------------------------------------------------


def _serve(make: Callable[[], Plan], told: Any, done: Any) -> None:
    with Emulator(make().world, kinds=all_kinds()) as emulator:
        told.put(emulator.connect)
        done.wait()


@dataclass(frozen=True)
class Remote:
    """Sites that a process of its own plays."""

    connect: str

    def set_week(self, week: int) -> None:
        """Move their clock."""
        connection = http.client.HTTPConnection(self.connect)
        try:
            connection.request("GET", f"/__week__?n={week}")
            assert connection.getresponse().read() == f"week {week}\n".encode()
        finally:
            connection.close()


@contextmanager
def sites(make: Callable[[], Plan]) -> Iterator[Remote]:
    """Play the sites of a plan apart: their share of the work must not wait for that of the crawl."""
    context = multiprocessing.get_context("spawn")
    told, done = context.Queue(), context.Event()
    process = context.Process(target=_serve, args=(make, told, done), daemon=True)
    process.start()
    try:
        yield Remote(told.get(timeout=LATEST_S))
    finally:
        done.set()
        process.join(LATEST_S)
        process.close()
