"""What a changed document has otherwise: commitments with the words before and after, metadata, and other wording."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from pipeline.derived import trackings
from pipeline.digest import weights
from pipeline.digest.known import Known, batches
from pipeline.digest.material import Atom
from pipeline.digest.papers import Paper, Promise
from pipeline.digest.phrases import DIFFERENCES, TRACKINGS, brief, called, sentence, short_title, who
from pipeline.digest.scene import Event, Scene
from pipeline.digest.spots import NOWHERE
from pipeline.workbook import KIND_LABELS

FIELDS: Mapping[str, str] = {
    "title": "标题",
    "kind": "文件类型",
    "year": "年份",
    "jurisdiction": "地区",
    "body": "部门",
    "issuer": "发文机关",
    "doc_number": "发文字号",
    "index_number": "索引号",
    "written": "成文日期",
    "issued": "印发日期",
    "published": "公布日期",
}
NUMBER = re.compile(r"^\s*[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[)）、.．]\s*")  # 4. and (二) before a task
ABSENT = "（无）"
SHOWN_SENTENCES = 3
SHOWN_FIELDS = 3


def find(scene: Scene) -> Iterator[Atom]:
    """Yield a line for each difference of a document that its source changed."""
    told = scene.told("changed")
    ids = {one for event in told for one in (event.version_id, event.before_id) if one}
    papers = scene.known.papers_of(ids)
    promises = scene.known.promises_of(
        [one for each in papers.values() for one in each]
    )  # of both versions: ids differ where the documents do
    turned = _turned(scene, told)
    for event in told:
        before = {one.doc_id: one for one in papers.get(event.before_id or 0, ())}
        after = {one.doc_id: one for one in papers.get(event.version_id or 0, ())}
        yield from _of_event(scene, event, _Sides(before, after, promises, turned))


class _Sides:
    """The documents and commitments before and after, and how what was reported stood to the targets."""

    def __init__(
        self,
        before: Mapping[str, Paper],
        after: Mapping[str, Paper],
        promises: Mapping[str, Promise],
        turned: Mapping[tuple[str, str], str],
    ) -> None:
        self.before, self.after, self.promises, self.turned = before, after, promises, turned

    @property
    def main(self) -> Paper | None:
        return next(iter((*self.after.values(), *self.before.values())), None)

    def paper(self, row: Mapping[str, Any]) -> Paper | None:
        """Return the document that a difference is told of."""
        return self.after.get(str(row.get("after"))) or self.before.get(str(row.get("before"))) or self.main


def _turned(scene: Scene, told: Sequence[Event]) -> dict[tuple[str, str], str]:
    """Return what a change made of a target that the report of its year had missed, by the two commitments."""
    pairs = {
        (str(row["a"]), str(row["b"]))
        for event in told for row in event.data.get("differences") or () if row.get("a") and row.get("b")
    }  # fmt: skip
    of, facts, known = trackings.c, scene.facts, scene.known
    earlier = (of.since_id <= facts.after) & (of.until_id > facts.after)
    before = _statuses(known, {a for a, _ in pairs}, earlier)
    after = _statuses(known, {b for _, b in pairs}, known.view.valid(trackings))
    return {
        (a, b): f"改后，报告的结果由“{TRACKINGS[before[a]]}”变为“{TRACKINGS['met']}”"
        for a, b in sorted(pairs) if before.get(a) in ("not_met", "partly") and after.get(b) == "met"
    }  # fmt: skip


def _statuses(known: Known, targets: set[str], which: ColumnElement[bool]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in batches(sorted(targets)):
        asked = select(trackings.c.target, trackings.c.status).where(which, trackings.c.target.in_(some))
        found |= dict(known.tx.execute(asked.order_by(trackings.c.id)).all())
    return found


def _of_event(scene: Scene, event: Event, sides: _Sides) -> Iterator[Atom]:
    rows = [row for row in event.data.get("differences") or () if row.get("kind") in DIFFERENCES]
    made = [atom for number, row in enumerate(rows) if (atom := _difference(scene, event, sides, row, number))]
    if sides.main and (fields := _fields_of(event)):
        made.append(_metadata(scene, event, sides.main, fields))
    yield from made
    lists = event.data.get("sentences") or {}
    told = [_plain(each) for atom in made for each in (atom.line.before, atom.line.after) if each]
    dropped, added = (
        [str(one) for one in lists.get(side) or () if not _is_told(str(one), told)] for side in ("dropped", "added")
    )
    # What only has another number, since a task before it came or went, is no other text.
    same = Counter(map(_plain, dropped)) & Counter(map(_plain, added))
    dropped, added = ([one for one in some if not same[_plain(one)]] for some in (dropped, added))
    if dropped or added or not made:
        yield _wording(scene, event, sides, dropped, added)


def _fields_of(event: Event) -> dict[str, Sequence[Any]]:
    return {name: pair for name, pair in (event.data.get("fields") or {}).items() if name in FIELDS}


def _is_told(words: str, told: Sequence[str]) -> bool:
    """Say whether a sentence is one of which a commitment that changed tells already."""
    plain = _plain(words)
    return any(quote in plain or plain in quote for quote in told)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", NUMBER.sub("", text)).rstrip("。；;，,")


# --- commitments -----------------------------------------------------------------------------------------------------


def _difference(scene: Scene, event: Event, sides: _Sides, row: Mapping[str, Any], number: int) -> Atom | None:
    paper = sides.paper(row)
    if paper is None:
        return None
    one, other = (sides.promises.get(str(row.get(side))) for side in ("a", "b"))
    newest = other or one
    kind = str(row["kind"])
    why = "；".join(filter(None, (str(row.get("why") or ""), sides.turned.get((str(row.get("a")), str(row.get("b")))))))
    about = [each for each in (one, other) if each]
    cells = {
        "文件": short_title(paper),
        "变化": _label(kind, newest),
        "事项": brief(newest.about, 60) if newest else "",
        "说明": "" if kind in ("added", "dropped") else why,
        "牵头单位": "、".join(newest.lead) if newest else "",
    }
    line = scene.line(
        "changes", _weight(kind, one, other), _words(scene, paper, kind, one, other, why),
        kind, event.publication_id, event.at, number, row.get("a"), row.get("b"),
        spot=scene.known.spot(paper), cells=cells, about=about, event=event, is_news=True,
        before=one.quote if one else "", after=other.quote if other else "",
        evidence=scene.ledger.of_promises(one, other) or [scene.ledger.of_paper(paper)],
    )  # fmt: skip
    return Atom(line, crowd=paper.publication_id)


def _label(kind: str, promise: Promise | None) -> str:
    label = DIFFERENCES[kind]
    return f"结果{label}" if promise and promise.stance == "result" else label


def _words(scene: Scene, paper: Paper, kind: str, one: Promise | None, other: Promise | None, why: str) -> str:
    opening = f"{who(scene.known, paper)}修改{called(paper)}"
    promise = other or one
    quote = brief(promise.quote, 60) if promise else ""
    what = "结果" if promise and promise.stance == "result" else "目标"
    if kind == "added":
        return sentence(opening, f"新增{what}“{quote}”")
    if kind == "dropped":
        return sentence(opening, f"删去{what}“{quote}”")
    subject = f"“{brief(promise.about)}”" if promise else ""
    return sentence(opening, f"{subject}{why}")


def _weight(kind: str, one: Promise | None, other: Promise | None) -> float:
    promise = other or one
    if promise and promise.stance == "result":
        return weights.RESULT_CHANGED
    if kind == "deadline_moved" and one and other:
        is_earlier = other.deadline is not None and (one.deadline is None or other.deadline < one.deadline)
        return weights.ADVANCED if is_earlier else weights.POSTPONED
    return weights.CHANGES[kind]


# --- all else --------------------------------------------------------------------------------------------------------


def _metadata(scene: Scene, event: Event, paper: Paper, fields: Mapping[str, Sequence[Any]]) -> Atom:
    told = [
        (FIELDS[name], _shown(name, fields[name][0]), _shown(name, fields[name][1]))
        for name in FIELDS
        if name in fields
    ]
    words = "，".join(f"{label}由{before}改为{after}" for label, before, after in told[:SHOWN_FIELDS])
    names = "、".join(label for label, _, _ in told)
    line = scene.line(
        "changes", weights.REDATED,
        sentence(f"{who(scene.known, paper)}的{called(paper)}", words + ("等" if len(told) > SHOWN_FIELDS else "")),
        "fields", event.publication_id, event.at,
        spot=scene.known.spot(paper), cells={"文件": short_title(paper), "变化": "信息更正", "事项": names},
        before="；".join(f"{label}：{before}" for label, before, _ in told),
        after="；".join(f"{label}：{after}" for label, _, after in told),
        evidence=[scene.ledger.of_paper(paper)], event=event, is_news=True,
    )  # fmt: skip
    return Atom(line, crowd=paper.publication_id)


def _shown(name: str, value: Any) -> str:
    if value in (None, ""):
        return ABSENT
    return KIND_LABELS.get(str(value), str(value)) if name == "kind" else str(value)


def _wording(scene: Scene, event: Event, sides: _Sides, dropped: Sequence[str], added: Sequence[str]) -> Atom:
    """Return the line of a change of words without a commitment, and of one of which nothing else is known."""
    paper = sides.main
    counts = [f"{verb}{len(some)}句" for verb, some in (("新增", added), ("删去", dropped)) if some]
    told = "、".join(counts) if counts else "内容有改动"
    proof = []
    if paper:
        proof = [scene.ledger.of_paper(paper, brief(added[0], 120) if added else "")]
    if dropped and (earlier := next(iter(sides.before.values()), None)):
        proof.append(scene.ledger.of_paper(earlier, brief(dropped[0], 120)))
    name = called(paper) if paper else f"《{event.data.get('title') or '未命名文件'}》"
    opening = f"{who(scene.known, paper) if paper else ''}修改{name}{'的文字' if counts else ''}"
    line = scene.line(
        "changes", weights.REWORDED,
        sentence(opening, told, "不涉及可以核对的目标和结果" if counts else ""),
        "sentences", event.publication_id, event.at,
        spot=scene.known.spot(paper) if paper else NOWHERE,
        cells={"文件": short_title(paper) if paper else name, "变化": "文字改动", "事项": told},
        before="\n".join(dropped[:SHOWN_SENTENCES]), after="\n".join(added[:SHOWN_SENTENCES]),
        evidence=proof or [scene.ledger.of_address(name, str(event.data.get("url") or ""), "", "")],
        event=event, is_news=True,
    )  # fmt: skip
    return Atom(line, crowd=paper.publication_id if paper else "")
