"""What a person should look at: documents read badly or not at all, corrections that fit no more, odd rows."""

import re
from collections.abc import Iterator

from pipeline.digest import weights
from pipeline.digest.facts import ListedRow
from pipeline.digest.material import Atom
from pipeline.digest.papers import day_of
from pipeline.digest.phrases import brief, called, listed, named, sentence, short_title, who
from pipeline.digest.scene import Event, Scene
from pipeline.digest.spots import NOWHERE, Spot
from pipeline.records import READABLE
from pipeline.summary import LOW_CONFIDENCE

# Notes of `parse` that ask for a look; that spam was taken out, or an attachment put in, does not.
TO_CHECK = re.compile("请核对|不一致|无法识别|未能识别|未能读取|只有附件|没有读全|未定|转载|未采用")
OPEN_IT = "对照原文核对；有误的，用 fazhi correct 更正"
IMPORT_IT = "在浏览器中打开原网址；需要时人工下载后用 fazhi import 导入"
JUDGE_IT = "打开条目人工判断"
MOST_NOTES = 3
SHOWN = 3


def find(scene: Scene) -> Iterator[Atom]:
    """Yield a line for each thing that a person should look at."""
    yield from _badly_read(scene)
    yield from _unreadable(scene)
    for event in scene.told("readable"):
        yield _readable(scene, event)
    for event in scene.told("correction_stale"):
        yield _stale(scene, event)
    yield from _rows(scene)


def _badly_read(scene: Scene) -> Iterator[Atom]:
    """Yield a line for each document of a new version that asks for a look."""
    fresh = [one for one in scene.known.papers if scene.is_in_window(one.since_id)]
    unsure = scene.known.count_unsure(fresh, LOW_CONFIDENCE)
    for paper in fresh:
        notes = [note for note in paper.notes if TO_CHECK.search(note)]
        is_poor = paper.quality < READABLE
        count = unsure.get(paper.id, 0)
        if not (notes or is_poor or count):
            continue
        told = [
            f"文本质量只有{paper.quality:.2f}，不据此判断缺少什么" if is_poor else "",
            "；".join(notes[:MOST_NOTES]) + ("等" if len(notes) > MOST_NOTES else ""),
            f"有{count}条识别结果把握不大" if count else "",
        ]
        weight = weights.LOW_QUALITY if is_poor else weights.TO_CHECK if notes else weights.UNSURE
        line = scene.line(
            "doubtful", weight, sentence(f"{named(scene.known, paper)}需要核对", *told),
            "read", paper.doc_id, paper.version_id,
            spot=scene.known.spot(paper), evidence=[scene.ledger.of_paper(paper)],
            cells={"文件": short_title(paper), "问题": "；".join(filter(None, told)), "办法": OPEN_IT},
        )  # fmt: skip
        yield Atom(line, crowd=paper.publication_id)


def _unreadable(scene: Scene) -> Iterator[Atom]:
    """Yield a line for each publication whose newest bytes are no document, as long as that is so."""
    told = {one.publication_id: one for one in scene.told("unreadable")}
    standing = scene.known.unreadable
    found = {
        one: (str(event.data.get("reason") or ""), str(event.data.get("url") or "")) for one, event in told.items()
    }
    for publication_id in sorted({*standing, *(one for one in found if one)}, key=str):
        reason, url = standing.get(str(publication_id)) or found[publication_id]
        event = told.get(publication_id)
        paper = scene.known.by_publication.get(str(publication_id))
        title = (
            called(paper)
            if paper
            else f"《{(scene.facts.titles or {}).get(str(publication_id)) or url or '未命名文件'}》"
        )
        kept = "仍按上一次读出的内容" if paper else ""
        spot = scene.known.spot(paper) if paper else _spot_of(scene, str(publication_id))
        proof = [
            scene.ledger.of_address(title.strip("《》"), url, reason, day_of(event.at) if event else "", spot.name)
        ]
        line = scene.line(
            "doubtful", weights.UNREADABLE if event else weights.TO_CHECK,
            sentence(f"{who(scene.known, paper) if paper else spot.name}{title}最新的内容无法读取", reason, kept),
            "unreadable", publication_id, event.at if event else "",
            spot=spot, event=event, evidence=proof + ([scene.ledger.of_paper(paper)] if paper else []),
            cells={
                "文件": title.strip("《》"), "问题": "：".join(filter(None, ("无法读取", reason))), "办法": IMPORT_IT,
            },
        )  # fmt: skip
        yield Atom(line, crowd=str(publication_id))


def _spot_of(scene: Scene, publication_id: str) -> Spot:
    return scene.known.spots.of_sources.get(scene.known.source_of(publication_id), NOWHERE)


def _readable(scene: Scene, event: Event) -> Atom:
    paper = scene.known.by_publication.get(event.publication_id or "")
    url = str(event.data.get("url") or "")
    name = called(paper) if paper else f"《{url or '未命名文件'}》"
    proof = [scene.ledger.of_paper(paper)] if paper else [scene.ledger.of_address(name, url, "", day_of(event.at))]
    line = scene.line(
        "doubtful", weights.READABLE_AGAIN, sentence(f"{who(scene.known, paper) if paper else ''}{name}现已能够读取"),
        "readable", event.publication_id, event.at,
        spot=scene.known.spot(paper) if paper else NOWHERE, evidence=proof, event=event,
        cells={"文件": name.strip("《》"), "问题": "此前无法读取，现已能够读取", "办法": ""},
    )  # fmt: skip
    return Atom(line)


def _stale(scene: Scene, event: Event) -> Atom:
    paper = scene.known.by_publication.get(event.publication_id or "")
    name = called(paper) if paper else "《未命名文件》"
    number, field = event.data.get("correction"), str(event.data.get("field") or "")
    value = event.data.get("value")
    told = f"第{number}号更正（{field}改为{_shown(value)}）与新的文本不再相符，没有采用"
    proof = scene.ledger.of_paper(paper) if paper else scene.ledger.of_address(name, "", told, day_of(event.at))
    line = scene.line(
        "doubtful", weights.STALE_CORRECTION, sentence(f"{who(scene.known, paper) if paper else ''}{name}：{told}"),
        "stale", number, event.at,
        spot=scene.known.spot(paper) if paper else NOWHERE, evidence=[proof], event=event,
        cells={"文件": name.strip("《》"), "问题": told, "办法": "对照新文本，重新更正或者用 fazhi correct 撤销"},
    )  # fmt: skip
    return Atom(line)


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        return "、".join(map(str, value)) or "空"
    return "空" if value in (None, "") else f"“{value}”"


def _rows(scene: Scene) -> Iterator[Atom]:
    """Yield a line for each source with rows of which the crawler could not tell whether they concern us."""
    of_source: dict[str, list[ListedRow]] = {}
    for row in scene.facts.rows:
        of_source.setdefault(row.source_id, []).append(row)
    for source_id, rows in of_source.items():
        source = scene.known.sources.get(source_id)
        name = source.name if source else source_id
        spot = scene.known.spots.of_sources.get(source_id, NOWHERE)
        proof = [
            scene.ledger.of_address(row.title, row.url, "、".join(row.words), "", spot.name) for row in rows[:SHOWN]
        ]
        told = listed([brief(row.title) for row in rows], SHOWN, "；", "条")
        line = scene.line(
            "doubtful", weights.DOUBTFUL_ROW,
            sentence(f"来源“{name}”的栏目中有{len(rows)}个条目看不出是否属于法治政府建设文件", told),
            "rows", source_id, *(row.url for row in rows),
            cells={"文件": told, "问题": f"{len(rows)}个条目看不出是否相关", "办法": JUDGE_IT},
            spot=spot, evidence=proof,
        )  # fmt: skip
        yield Atom(line)
