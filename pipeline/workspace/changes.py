"""What is otherwise between two readings: of two texts by the same rules, or of one text by two sets of rules."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from pipeline import derived
from pipeline.records import READABLE
from pipeline.text import fold, squeeze
from pipeline.workspace.versions import Paper, Row, lasting

# Metadata of which a change is told; the others say where something was read, or how well.
FIELDS = (
    "title", "kind", "year", "jurisdiction", "body", "issuer", "doc_number", "index_number", "written", "issued",
    "published",
)  # fmt: skip
MOST_SENTENCES, LONGEST_SENTENCE = 20, 120
SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]*")
BEFORE_CHANGE = 30  # characters of a long sentence that are shown before what is otherwise in it
SAME_WORK = 0.5  # of the sentences, from which a text under another title is the same work, revised
ENOUGH_TEXT = 200  # characters; a text with fewer (详见附件) says too little to be told from others by it


def fields_between(before: Sequence[Paper], after: Sequence[Paper]) -> dict[str, list[Any]]:
    """Return the metadata that are otherwise, each with its values before and after; blanks tell no two apart."""
    found: dict[str, list[Any]] = {}
    for one, other in pair_papers(before, after):
        for name in FIELDS:
            old, new = one.about[name], other.about[name]
            if name not in found and _plain(old) != _plain(new):
                found[name] = [_as_json(old), _as_json(new)]
    return found


def _plain(value: Any) -> Any:
    return squeeze(value) if isinstance(value, str) else value


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def pair_papers(before: Sequence[Paper], after: Sequence[Paper]) -> list[tuple[Paper, Paper]]:
    """Return the papers of two versions that are the same document: by name, then by title, then the one left over."""
    pairs: list[tuple[Paper, Paper]] = []
    left, right = list(before), list(after)
    for key in (lambda one: one.name, lambda one: title_of(one.about), lambda one: True):
        is_sure = Counter(map(key, left)), Counter(map(key, right))
        for one in list(left):
            wanted = key(one)
            if wanted and is_sure[0][wanted] == is_sure[1][wanted] == 1:
                other = next(each for each in right if key(each) == wanted)
                pairs.append((one, other))
                left.remove(one)
                right.remove(other)
    order = {id(one): place for place, one in enumerate(before)}
    return sorted(pairs, key=lambda pair: order[id(pair[0])])


def title_of(about: Mapping[str, Any]) -> str:
    """Return a title as it is compared."""
    return squeeze(fold(about["title"] or ""))


def sentences_between(before: Sequence[Paper], after: Sequence[Paper]) -> dict[str, list[str]]:
    """Return the sentences that only one side has, as far as there is room for them."""
    old, new = ([sentence for paper in side for sentence in _sentences(paper.text)] for side in (before, after))
    dropped, added = _only_in(old, new), _only_in(new, old)
    return {
        "added": [_shown(one, dropped) for one in added[:MOST_SENTENCES]],
        "dropped": [_shown(one, added) for one in dropped[:MOST_SENTENCES]],
    }


def _sentences(text: str) -> Iterator[str]:
    for found in SENTENCE.findall(lasting(text)):
        if sentence := found.strip():
            yield sentence


def _only_in(ones: Sequence[str], others: Sequence[str]) -> list[str]:
    left = Counter(map(squeeze, others))
    found = []
    for one in ones:
        if left[squeeze(one)]:
            left[squeeze(one)] -= 1
        else:
            found.append(one)
    return found


def _shown(sentence: str, others: Sequence[str]) -> str:
    """Return a sentence short enough for a table, with the place where it differs from the one most like it."""
    if len(sentence) <= LONGEST_SENTENCE:
        return sentence
    common = max((_common(sentence, other) for other in others), default=0)
    start = max(0, min(common - BEFORE_CHANGE, len(sentence) - LONGEST_SENTENCE + 1))
    room = LONGEST_SENTENCE - 1 - bool(start)
    shown = sentence[start : start + room]
    return f"{'…' if start else ''}{shown}{'…' if start + room < len(sentence) else ''}"


def _common(one: str, other: str) -> int:
    """Return how many characters two sentences begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def differences_between(
    tx: Connection, before: Sequence[Paper], after: Sequence[Paper], versions: tuple[int, int]
) -> list[Row]:
    """Return what changed at the level of commitments, as `compare.find_differences` tells it.

    A document that was read badly says nothing about what it lacks, so that nothing is told of it.

    Args:
        tx: where both versions are stored.
        before: papers of the version before.
        after: those of the version after.
        versions: ids of both.
    """
    pairs = [
        (one.about["doc_id"], other.about["doc_id"])
        for one, other in pair_papers(before, after)
        if one.about["doc_id"] != other.about["doc_id"] and all(map(_is_readable, (one, other)))
    ]
    if not pairs:
        return []
    from pipeline.compare.differences import find_differences
    from pipeline.workspace.view import Shelved, View

    paper = derived.papers.c
    columns = (paper.id, paper.version_id, paper.doc_id, paper.name, paper.title)
    shelved = {
        (row.version_id, row.doc_id): Shelved(row.id, row.version_id, "", row.doc_id, row.name, row.title, None, None)
        for row in tx.execute(select(*columns).where(paper.version_id.in_(versions)))
    }
    found: list[Row] = []
    for pair in pairs:
        export = View(tx).export_of([shelved[key] for key in zip(versions, pair, strict=True)])
        table = find_differences(export, *pair)
        rows = zip(*(_cells(table[name].tolist()) for name in table.columns), strict=True)
        found += [dict(zip(table.columns, row, strict=True)) for row in rows]
    return found


def _is_readable(paper: Paper) -> bool:
    return paper.about["quality"] >= READABLE and bool(paper.text.strip())


def _cells(values: Sequence[Any]) -> list[Any]:
    """Return cells of a frame as plain values, None where there is none."""
    return [value if isinstance(value, str | int) or value == value else None for value in map(_known, values)]


def _known(value: Any) -> Any:
    return None if value is None or type(value).__name__ == "NAType" else value


def is_other_work(before: Sequence[Paper], after: Sequence[Paper]) -> bool:
    """Say whether an address has another document now, and not another text of the one that it had.

    An address may show the report of each year in turn. Its title is then another, and so is the year, the kind or the
    place; a slip of the pen in a title is corrected without a change to most of the text.
    """
    one, other = before[0], after[0]
    if title_of(one.about) == title_of(other.about):
        return False
    names = ("year", "kind", "jurisdiction")
    differs = any(None not in (a, b) and a != b for a, b in ((one.about[name], other.about[name]) for name in names))
    return differs and _likeness(before, after) < SAME_WORK


def _likeness(before: Sequence[Paper], after: Sequence[Paper]) -> float:
    """Return the share of the text that stands on both sides, word for word."""
    old, new = (Counter(squeeze(each) for paper in side for each in _sentences(paper.text)) for side in (before, after))
    shared = sum(len(sentence) * number for sentence, number in (old & new).items())
    whole = max(sum(len(sentence) * number for sentence, number in side.items()) for side in (old, new))
    return shared / whole if whole else 1.0


def is_same_work(one: Sequence[Paper], files: Sequence[str], other: Sequence[Paper], others: Sequence[str]) -> bool:
    """Say whether two addresses that have the same text have the same document.

    A few words may stand above any attachment, and a wrong text may stand under the title of another year.

    Args:
        one: papers of the one address.
        files: digests of its attachments.
        other: papers of the other address.
        others: digests of the attachments there.
    """
    for a, b in zip(one, other, strict=True):
        is_titled_alike = title_of(a.about) == title_of(b.about)
        if not is_titled_alike and None not in (years := {a.about["year"], b.about["year"]}) and len(years) > 1:
            return False
        if len(squeeze(a.text)) < ENOUGH_TEXT:
            is_there = a.about["jurisdiction"] == b.about["jurisdiction"]
            if not (is_titled_alike and is_there and sorted(files) == sorted(others)):
                return False
    return True


def counts_between(before: Sequence[Paper], after: Sequence[Paper]) -> dict[str, Any]:
    """Return how many records of a publication moved under other rules, and which of its metadata."""
    ids = {"sections": "section_id", "commitments": "commitment_id"}
    words = {"sections": ("number", "title", "level"), "commitments": ("quote", "value_text", "type")}
    told: dict[str, Any] = {}
    for name in ids:
        old, new = ([row for paper in side for row in getattr(paper, name)] for side in (before, after))
        told[name] = _count_moved(old, new, ids[name], words[name])
    fields = {
        name
        for one, other in pair_papers(before, after)
        for name, value in {**one.about, "text": one.text}.items()
        if value != {**other.about, "text": other.text}[name]
    }
    return told | {"fields": sorted(fields)}


def _count_moved(before: Sequence[Row], after: Sequence[Row], key: str, words: Sequence[str]) -> dict[str, int]:
    """Count rows that came, went and changed; one whose id is gone is known by its words, wherever they stand now."""
    old, new = ({row[key]: row for row in rows} for rows in (before, after))
    changed = sum(old[one] != new[one] for one in old.keys() & new.keys())
    gone, came = (
        Counter(tuple(rows[one][name] for name in words) for one in rows.keys() - others.keys())
        for rows, others in ((old, new), (new, old))
    )
    shifted = (gone & came).total()
    return {"added": came.total() - shifted, "dropped": gone.total() - shifted, "changed": changed + shifted}
