"""New plans and reports, by place; an annual report says how it stands to 1 April.

What a source that was added later brings with its first crawl is new to us only: it is one line a source.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from pipeline.derived import events, source_states
from pipeline.digest import weights
from pipeline.digest.material import TALLY, Atom, Sheaf
from pipeline.digest.papers import Paper
from pipeline.digest.phrases import called, day_words, kind_name, marked, sentence, short_title, who
from pipeline.digest.scene import Event, Scene
from pipeline.digest.spots import NOWHERE
from pipeline.scrape.outcomes import Outcome
from pipeline.workbook import KIND_LABELS
from pipeline.workspace.source_states import group_of

ORDER = ("plan", "report", "outline", "notice", "other")
LONG_AFTER = 366  # days after 1 April from which a date is rather that of a reprint
MOST_PROVEN = 60  # documents of a new source whose evidence is named
SHOWN = 3  # documents of one archive whose evidence is named


def find(scene: Scene) -> Iterator[Atom]:
    """Yield a line for each document that was found for the first time."""
    told = scene.told("new")
    papers = scene.known.papers_of([one.version_id for one in told if one.version_id])
    counts = scene.known.count_stances([one for each in papers.values() for one in each])
    added = first_taken(scene)
    for event in told:
        found = papers.get(event.version_id or 0, ())
        if not found:
            yield _of_source(scene, _unread(scene, event), event, added)
            continue
        main = _main(found)
        inside = {name: sum(counts[one.id].get(name, 0) for one in found) for name in ("target", "result")}
        yield _of_source(scene, _atom(scene, event, found, main, inside), event, added)


def _main(found: tuple[Paper, ...]) -> Paper:
    """Return the document of an archive that stands for it."""
    return min(found, key=lambda one: (ORDER.index(one.kind), one.position))


def _of_source(scene: Scene, atom: Atom, event: Event, added: Collection[str]) -> Atom:
    """Return a line as one of those of its source, where no crawl of that had ended before."""
    if event.source_id not in added:
        return atom
    source, line = scene.known.sources[event.source_id], atom.line
    sheaf = Sheaf(
        ("new source", source.id), f"新增来源“{source.name}”首次采集，收录", f"份文件（{TALLY}），如：", 0,
        {"来源": source.name, "公布日期": "", "年份": "", "目标": "", "结果": ""}, "文件",
        unit="份", tally="类型", proven=MOST_PROVEN, spot=scene.known.spots.of_sources.get(source.id, NOWHERE),
    )  # fmt: skip
    kind = line.cells.get("类型", KIND_LABELS["other"])
    line = replace(line, weight=weights.NEW_SOURCE, cells={**line.cells, "类型": kind})
    rank = ([KIND_LABELS[one] for one in ORDER].index(kind), line.id)
    return replace(atom, line=line, brief=marked(line.cells["文件"]), sheaf=sheaf, rank=rank)


def _atom(scene: Scene, event: Event, found: tuple[Paper, ...], paper: Paper, inside: dict[str, int]) -> Atom:
    is_old = scene.is_old(paper, event)
    clauses = [_opening(scene, paper, is_old=is_old), _timing(scene, paper), _inside(inside)]
    if len(found) > 1:
        clauses.append(f"同一压缩包共{len(found)}份文件")
    cells = {
        "文件": short_title(paper),
        "类型": KIND_LABELS[paper.kind],
        "年份": str(paper.year or ""),
        "公布日期": paper.published.isoformat() if paper.published else "",
        "目标": str(inside["target"] or ""),
        "结果": str(inside["result"] or ""),
        "来源": str(event.data.get("source") or "") or scene.source_name(paper.publication_id),
    }
    line = scene.line(
        "documents", _weight(scene, paper, is_old=is_old), sentence(*clauses), "new", paper.publication_id, event.at,
        spot=scene.known.spot(paper), cells=cells, event=event, is_news=True,
        evidence=[scene.ledger.of_paper(one) for one in (paper, *found)[: SHOWN + 1]],
    )  # fmt: skip
    return Atom(line, crowd=paper.publication_id)


def _opening(scene: Scene, paper: Paper, *, is_old: bool) -> str:
    day = f"（{day_words(paper.published, scene.sunday)}）" if paper.published else "（未见公布日期）"
    verb = "收录" if scene.facts.is_first else "补充收录" if is_old else "新公布"
    name = kind_name(paper)
    return f"{who(scene.known, paper)}{'：' if verb != '新公布' else ''}{verb}{name}{called(paper)}{day}"


def _timing(scene: Scene, paper: Paper) -> str:
    """Return how a report stands to 1 April of the year after the one that it is on."""
    if paper.kind != "report" or paper.year is None:
        return ""
    due = date(paper.year + 1, 4, 1)
    is_awaited = paper.year == scene.awaited
    if paper.published is None:
        return "是今年应当公布的年度报告" if is_awaited else ""
    days = (paper.published - due).days
    if days > LONG_AFTER:
        return f"页面日期距{due.year}年4月1日的期限已超过一年，可能是补录或者转载"
    if days > 0:
        return f"比{due.year}年4月1日的规定期限晚{days}天"
    return "在4月1日的规定期限之前公布" if is_awaited else ""


def _inside(counts: dict[str, int]) -> str:
    told = [f"{words}{counts[name]}条" for name, words in (("target", "目标"), ("result", "结果")) if counts[name]]
    return f"含可以核对的{'、'.join(told)}" if told else "没有读出可以核对的目标或者结果"


def _weight(scene: Scene, paper: Paper, *, is_old: bool) -> float:
    base = weights.KINDS.get(paper.kind, weights.OTHER_PAPER)
    if paper.kind == "report" and paper.year is not None:
        due = date(paper.year + 1, 4, 1)
        if paper.published and 0 < (paper.published - due).days <= LONG_AFTER:
            base = weights.REPORT_LATE
        if paper.year == scene.awaited:
            base = weights.REPORT_AWAITED
    if scene.facts.is_first:
        base += weights.FIRST_TIME
    return base + (weights.OLD_PAPER if is_old else 0.0)


def _unread(scene: Scene, event: Event) -> Atom:
    """Return the line of an event whose version has no documents: it is told all the same."""
    title, url = str(event.data.get("title") or "未命名文件"), str(event.data.get("url") or "")
    proof = scene.ledger.of_address(title, url, "", "")
    words = sentence(f"新收录《{title}》", "没有读出正文")
    line = scene.line(
        "documents", weights.OTHER_PAPER, words, "new", event.publication_id, event.at, evidence=[proof], event=event,
        cells={"文件": title, "来源": str(event.data.get("source") or "")}, is_news=True,
    )  # fmt: skip
    return Atom(line)


def first_taken(scene: Scene) -> frozenset[str]:
    """Return the sources of which the digest before knew nothing yet, or the beginning of a first crawl.

    A crawl that was cut off says nothing of a source, so none of it is known until the first one ends. One of which no
    list could ever be read has its first documents with the first crawl that reads it.
    """
    if scene.facts.is_first:
        return frozenset()
    of, told = source_states.c, events.c
    states = select(of.source_id, of.outcome).where(of.since_id <= scene.facts.after)
    known: set[str] = set()
    read: set[str] = set()
    for row in scene.known.tx.execute(states):
        known.add(row.source_id)
        if row.outcome in set(Outcome) and group_of(Outcome(row.outcome)) in ("source_good", "source_trouble"):
            read.add(row.source_id)
    brought = select(told.source_id).where(told.kind == "new", told.derivation_id <= scene.facts.after).distinct()
    read |= known & set(scene.known.tx.execute(brought).scalars())
    return frozenset(scene.known.sources.keys() - read)


def first_brought(scene: Scene) -> frozenset[str]:
    """Return the publications that such sources brought."""
    added = first_taken(scene)
    return frozenset(one.publication_id for one in scene.told("new") if one.source_id in added and one.publication_id)
