"""Documents that were withdrawn, that moved to another address, or that came back.

What happens to many documents of one source at once is told of the source: a redesign or a failure of its machine is
likelier than so many decisions about documents.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.digest import weights
from pipeline.digest.material import Atom, Sheaf
from pipeline.digest.papers import Paper, day_of
from pipeline.digest.phrases import called, marked, named, sentence, short_title, told_day
from pipeline.digest.scene import Event, Scene
from pipeline.digest.spots import NOWHERE

REASONS: Mapping[str, str] = {
    "gone": "原网址已打不开",
    "unlisted": "已不在栏目中列出（原网址仍可打开）",
    "redirected": "原网址已转到别的页面",
    "removed": "原网址上已是别的内容",
}
KINDS = ("withdrawn", "moved", "came_back")
WEIGHTY = ("plan", "report", "outline")
FEWEST = 3  # documents of one source at once, from which on something happened to the source
SHARE = 3  # of so many that it has, at least one
MANY = 20  # of a large source: nobody reads them line by line
MOST_PROVEN = 60  # documents of a joint line whose evidence is named
LAX = re.compile(r"^https?://(?:www\.)?|/$")  # what does not tell two addresses apart


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of documents, and how that is told of many at once."""

    label: str
    label_of_many: str
    of_many: str  # behind their number
    weight_of_many: float


CHECK = "可能是网站改版或故障，请核实"
FATES: Mapping[str, Fate] = {
    "gone": Fate("撤下", "多份打不开", f"份文件在原网址同时打不开，{CHECK}", weights.MANY_GONE),
    "unlisted": Fate(
        "不再列出", "多份不再列出", "份文件已不在栏目中列出（原网址仍可打开），可能是栏目调整，请核实",
        weights.UNLISTED,
    ),
    "reused": Fate("改登其他文件", "多份改登其他文件", "份文件的原网址已改登其他文件", weights.REUSED),
    "moved": Fate("换了网址", "多份换了网址", f"份文件同时换了网址，{CHECK}", weights.MOVED),
    "came_back": Fate("恢复", "多份恢复", f"份文件同时恢复，此前原网址打不开，{CHECK}", weights.CAME_BACK),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Departure:
    """An event and what it is about."""

    event: Event
    paper: Paper | None
    fate: str  # of `FATES`
    heir: Paper | None = None  # what stands at the address now

    @property
    def batch(self) -> tuple[str, str]:
        """What happens together."""
        return self.event.source_id, self.fate


def find(scene: Scene) -> Iterator[Atom]:
    """Yield a line for each document that was withdrawn, moved or came back, in sheaves of one source."""
    told = scene.told(*KINDS)
    papers = scene.known.papers_of([one.version_id for one in told if one.version_id])
    heirs = _heirs(scene) if any(_reason(one) == "removed" for one in told) else {}
    departures = []
    for event in told:
        of_version = papers.get(event.version_id or 0, ())
        paper = of_version[0] if of_version else scene.known.by_publication.get(event.publication_id or "")
        departures.append(_departure(event, paper, heirs))
    many = _many(scene, departures)
    for one in departures:
        yield _atom(scene, one, is_one_of_many=one.batch in many)


def _reason(event: Event) -> str:
    return str(event.data.get("reason") or "") if event.kind == "withdrawn" else ""


def _heirs(scene: Scene) -> dict[str, list[Paper]]:
    found: dict[str, list[Paper]] = defaultdict(list)
    for paper in scene.known.papers:
        if paper.url:
            found[LAX.sub("", paper.url)].append(paper)
    return found


def _departure(event: Event, paper: Paper | None, heirs: Mapping[str, list[Paper]]) -> Departure:
    if event.kind != "withdrawn":
        return Departure(event, paper, event.kind)
    reason = _reason(event)
    if reason == "unlisted":
        return Departure(event, paper, "unlisted")
    here = heirs.get(LAX.sub("", str(event.data.get("url") or "")), []) if reason == "removed" else []
    others = [one for one in here if one.publication_id != event.publication_id]
    heir = max(others, key=lambda one: (one.since_id, one.doc_id), default=None)
    return Departure(event, paper, "reused" if heir else "gone", heir)


def _many(scene: Scene, departures: Collection[Departure]) -> frozenset[tuple[str, str]]:
    """Return the sources and fates of which so many tell that something happened to the source."""
    batches: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in departures:
        if one.event.source_id in scene.known.sources and one.event.publication_id:
            batches[one.batch].add(one.event.publication_id)
    if not any(len(of) >= FEWEST for of in batches.values()):
        return frozenset()
    known = scene.known
    standing = Counter(known.source_of(one) for one in known.by_publication if one not in known.gone_for)
    left = {batch: sum(one in known.gone_for for one in of) for batch, of in batches.items()}
    return frozenset(
        batch
        for batch, of in batches.items()
        if len(of) >= MANY or (len(of) >= FEWEST and len(of) * SHARE >= standing[batch[0]] + left[batch])
    )


def _atom(scene: Scene, one: Departure, *, is_one_of_many: bool) -> Atom:
    event, paper, fate = one.event, one.paper, FATES[one.fate]
    url = str(event.data.get("url") or event.data.get("to") or "")
    name = named(scene.known, paper) if paper else marked(str(event.data.get("title") or "未命名文件"))
    title = short_title(paper) if paper else name.strip("《》")
    place = scene.known.spot(paper).name if paper else ""
    words, answer = _words(scene, one, name, url)
    cells = {
        "文件": title,
        "情况": fate.label,
        "说明": answer if event.kind == "withdrawn" else "",
        "原网址": str(event.data.get("from") or "") if event.kind == "moved" else url,
        "新网址": url if event.kind == "moved" else "",
    }
    proof = [scene.ledger.of_paper(each) for each in (paper, one.heir) if each]
    if url or not proof:
        proof.append(scene.ledger.of_address(title, url, answer, day_of(event.at), place))
    line = scene.line(
        "gone", fate.weight_of_many if is_one_of_many else _weight(one), words, event.kind, event.publication_id,
        event.at, spot=scene.known.spot(paper) if paper else NOWHERE, cells=cells, evidence=proof, event=event,
        is_news=True,
    )  # fmt: skip
    sheaf = _sheaf(scene, one) if is_one_of_many else None
    return Atom(line, called(paper) if paper else name, sheaf, crowd=event.publication_id or "")


def _weight(one: Departure) -> float:
    is_weighty = one.paper is not None and one.paper.kind in WEIGHTY
    match one.fate:
        case "gone":
            return weights.WITHDRAWN if is_weighty else weights.WITHDRAWN_OTHER
        case "came_back":
            return weights.CAME_BACK if is_weighty else weights.MOVED
    return FATES[one.fate].weight_of_many


def _sheaf(scene: Scene, one: Departure) -> Sheaf:
    """Return how the documents of a source that share a fate are told together."""
    source_id, fate = one.event.source_id, FATES[one.fate]
    source = scene.known.sources[source_id]
    cells = {"情况": fate.label_of_many}
    answer = f"{fate.label_of_many}：{REASONS['gone']}" if one.fate == "gone" else fate.label_of_many
    proof = scene.ledger.of_source(source, answer, day_of(one.event.at))
    return Sheaf(
        ("gone", one.fate, source_id), f"来源“{source.name}”有", f"{fate.of_many}，如：", 0, cells, "文件", (proof,),
        unit="份", proven=MOST_PROVEN, spot=scene.known.spots.of_sources.get(source_id, NOWHERE),
    )  # fmt: skip


def _words(scene: Scene, one: Departure, name: str, url: str) -> tuple[str, str]:
    """Return the sentence, and what the address answers now."""
    event, paper = one.event, one.paper
    kept = f"本系统存有{told_day(paper.fetched, scene.sunday)}采集的全文" if paper else ""
    if one.fate == "moved":
        return sentence(f"{name}换了网址", f"由{event.data.get('from') or '原网址'}改为{url or '新网址'}"), "现在的网址"
    if one.fate == "came_back":
        return _came_back(scene, event, name), "重新打开"
    if one.heir is not None:
        answer = f"原网址已改登{called(one.heir)}"
        return sentence(f"{name}的{answer}", kept), answer
    reason = REASONS.get(_reason(event), "原处已找不到")
    if one.fate == "unlisted":
        return sentence(f"{name}{reason}", kept), reason
    elsewhere = str(event.data.get("elsewhere") or "")
    return sentence(f"{name}已撤下", reason, f"另一网站仍有登载（{elsewhere}）" if elsewhere else "", kept), reason


def _came_back(scene: Scene, event: Event, what: str) -> str:
    since = day_of(str(event.data.get("gone_since") or "") or None)
    if not since:
        return sentence(f"{what}重新公布", "此前曾撤下")
    days = (date.fromisoformat(day_of(event.at)) - date.fromisoformat(since)).days
    return sentence(f"{what}重新公布", f"此前自{told_day(since, scene.sunday)}起撤下{days}天")
