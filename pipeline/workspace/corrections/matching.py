"""What a correction was made about, and where that stands now.

A record that still has its id is the same one. Ids change with the bytes of a page and with our rules; then the words
decide: the value with what stands around it, or the opening of a section, in the current documents of the same
publication. A match counts only where it is the only one; what fits nothing, or several, is stale and is not guessed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipeline.compare.measures import plain_cells
from pipeline.tables import Export
from pipeline.text import squeeze
from pipeline.workspace.corrections.fields import in_words
from pipeline.workspace.corrections.records import ID_OF, REJECTED, TABLE_OF, Correction, Record

CONTEXT = 40  # characters kept on either side
# The number of an item, which changes when one is put in before it.
NUMBER = re.compile(r"^\s*[(（]?[\d一二三四五六七八九十]+[)）]?[、.．]?", re.MULTILINE)
ENOUGH = 8  # that must be the same on one side at least
OPENING = 60  # characters of a section that it is known by
GONE = "现行文本中已没有这段话"
MOVED = "同样的话还在，但前后文都变了"
UNREADABLE = "这份文件没有可以核对的现行版本"
RENAMED = "这份压缩文件里已没有同名文件"

Cells = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """Where a correction applies now."""

    doc_id: str = ""
    row: int | None = None  # of its table; None for a rejected commitment that the pipeline no longer finds either
    why: str = ""  # why it applies nowhere

    @property
    def is_stale(self) -> bool:
        """Whether it applies nowhere."""
        return bool(self.why)


class Finder:
    """An export in which records are looked up.

    Args:
        export: as the pipeline has it, without corrections.
        documents_of: doc_ids by publication.
    """

    def __init__(self, export: Export, documents_of: Mapping[str, Sequence[str]]) -> None:
        self.export = export
        self.documents_of = documents_of

    def find(self, correction: Correction) -> Found:
        """Return where a correction applies."""
        about, record = correction.about, correction.record
        if (row := self.row(record, about["doc_id"], about["id"])) is not None:
            return Found(about["doc_id"], row)
        doc_ids = [one for one in self.documents_of.get(correction.publication_id, ()) if one in self.documents]
        if not doc_ids:
            return Found(why=UNREADABLE)
        if record == "document":
            return self._same_document(correction, doc_ids)
        if later := self._of_another_year(about, doc_ids):
            return Found(why=f"这个网页现在是{later}年的文件")
        near = [one for each in doc_ids for one in self.alike(record, each, about)]
        if (chosen := _only(about, near)) is not None:
            return Found(*chosen)
        if near:
            return Found(why=f"同样的话有{len(near)}处，分不清是哪一处" if len(near) > 1 else MOVED)
        where = next((each for each in doc_ids if squeeze(about["quote"]) in squeeze(self.texts[each])), None)
        if correction.field == REJECTED and where is not None:
            return Found(where)  # the words stand there, and the pipeline takes them for no commitment either
        return Found(why=GONE)

    def _of_another_year(self, about: Cells, doc_ids: Sequence[str]) -> int | None:
        """Return the year of a page that has next year's paper in place of this one's: the words may be the same."""
        if about["doc_id"] in doc_ids or len(doc_ids) > 1 or about["year"] is None:
            return None
        year = self.cells("document", self.documents[doc_ids[0]], ["year"])["year"]
        return year if year not in (None, about["year"]) else None

    def row(self, record: Record, doc_id: str, id: str) -> int | None:
        """Return the row of a record by its id, None where there is none."""
        return self._ids[record].get((doc_id, id))

    def cells(self, record: Record, row: int, names: Sequence[str] = ()) -> dict[str, Any]:
        """Return cells of a record as plain values, all of them by default."""
        frame = getattr(self.export, TABLE_OF[record])
        some = frame.iloc[row : row + 1]
        return {name: plain_cells(some[name])[0] for name in names or frame.columns}

    @cached_property
    def documents(self) -> dict[str, int]:
        """The rows of the documents by their ids."""
        return {doc_id: row for row, doc_id in enumerate(self.export.documents["doc_id"].tolist())}

    @cached_property
    def texts(self) -> dict[str, str]:
        """The texts of the documents by their ids."""
        return dict(zip(self.documents, self.export.documents["text"].tolist(), strict=True))

    @cached_property
    def _ids(self) -> dict[Record, dict[tuple[str, str], int]]:
        found: dict[Record, dict[tuple[str, str], int]] = {}
        for record, name in ID_OF.items():
            frame = getattr(self.export, TABLE_OF[record])
            keys = zip(frame["doc_id"].tolist(), frame[name].tolist(), strict=True)
            found[record] = {key: row for row, key in enumerate(keys)}
        return found

    @cached_property
    def _rows(self) -> dict[Record, Mapping[str, Any]]:
        """The rows of sections and commitments by the documents that they are of."""
        records: tuple[Record, ...] = ("section", "commitment")
        return {record: getattr(self.export, TABLE_OF[record]).groupby("doc_id").indices for record in records}

    @cached_property
    def _columns(self) -> dict[Record, dict[str, list[Any]]]:
        """What `spoken` and the level need of sections and commitments, by column."""
        sections, commitments = self.export.sections, self.export.commitments
        return {
            "section": {name: sections[name].tolist() for name in ("start", "end", "level")},
            "commitment": {name: commitments[name].tolist() for name in ("start", "end", "value_start", "value_end")},
        }

    def _same_document(self, correction: Correction, doc_ids: Sequence[str]) -> Found:
        """Return the one document that took the place of another, as long as it says of the field what that said."""
        about = correction.about
        named = [
            one for one in doc_ids if self.cells("document", self.documents[one], ["name"])["name"] == about["name"]
        ]
        chosen = doc_ids if len(doc_ids) == 1 else named
        if len(chosen) != 1:
            return Found(why=RENAMED)
        row = self.documents[chosen[0]]
        own = as_json(self.cells("document", row, [correction.field])[correction.field])
        if own not in (about["old"], correction.value):
            return Found(why=f"文件现在写明的是{in_words('document', correction.field, own)}")
        return Found(chosen[0], row)

    def alike(self, record: Record, doc_id: str, about: Cells) -> Iterator[tuple[str, int, Cells]]:
        """Yield the records of a document that have the words of another, each with what stands around them."""
        text, wanted, columns = self.texts[doc_id], squeeze(about["value_text"]), self._columns[record]
        for row in self._rows[record].get(doc_id, ()):
            said = spoken(record, {name: cells[row] for name, cells in columns.items()}, text)
            if squeeze(said["value_text"]) == wanted and (
                record != "section" or columns["level"][row] == about["level"]
            ):
                yield doc_id, int(row), said

    def describe(self, record: Record, row: int, field: str) -> dict[str, Any]:
        """Return what is remembered of a record that is put right: its ids, its words and what stands around them."""
        cells = self.cells(record, row)
        document = self.cells("document", self.documents[cells["doc_id"]])
        called = document["title"] or document["name"]
        known = {
            "doc_id": cells["doc_id"], "id": cells[ID_OF[record]], "name": document["name"], "called": called,
            "year": document["year"], "old": as_json(cells.get(field)),
        }  # fmt: skip
        if record == "document":
            return {**known, "quote": called}
        known |= {name: cells[name] for name in ("start", "end", "value_start", "value_end", "level") if name in cells}
        known |= spoken(record, cells, document["text"])
        same = [said for _, _, said in self.alike(record, cells["doc_id"], known) if _is_quote(known, said)]
        return {**known, "alike": len(same)}


def spoken(record: Record, cells: Cells, text: str) -> dict[str, Any]:
    """Return the words that a section or a commitment is known by, and what stands around them.

    Returns:
        quote and value_text; lead and tail, which stand before and after the value in the quote; before and after,
        which stand around the quote. Of a section the quote is its opening, and the value the same.
    """
    start, end = int(cells["start"]), int(cells["end"])
    if record == "section":
        end = start + len(text[start : min(end, start + OPENING)].partition("\n")[0])
        value_start, value_end = start, end
    else:
        value_start, value_end = int(cells["value_start"]), int(cells["value_end"])
        start, end = min(start, value_start), max(end, value_end)  # a date at the head of a sentence stands outside
    return {
        "quote": text[start:end],
        "value_text": text[value_start:value_end],
        "lead": text[start:value_start],
        "tail": text[value_end:end],
        "before": text[max(0, start - CONTEXT) : start],
        "after": text[end : end + CONTEXT],
    }


def _only(about: Cells, near: Sequence[tuple[str, int, Cells]]) -> tuple[str, int] | None:
    """Return the one of several that is meant.

    It has all of what stood around the value, whatever the bounds of its quote; or the same quote, and enough of what
    stood on one side of that, unless there was no other of that quote before, and is none now.
    """
    quoted = [one for one in near if _is_quote(about, one[2])]
    tests = (
        [one for one in near if all(_same(*sides) == min(map(len, sides)) for sides in _around(about, one[2]))],
        quoted if about["alike"] == 1 and len(quoted) == 1 else [],
        [one for one in quoted if any(_is_enough(*sides) for sides in _outside(about, one[2]))],
    )
    chosen = next((found for found in tests if found), [])
    return chosen[0][:2] if len(chosen) == 1 else None


def _is_quote(about: Cells, said: Cells) -> bool:
    return all(squeeze(about[name]) == squeeze(said[name]) for name in ("lead", "value_text", "tail"))


def _around(about: Cells, said: Cells) -> tuple[tuple[str, str], ...]:
    """Return what stands before the value in both, read backwards, and what stands after it."""
    return (
        (_backwards(about["before"] + about["lead"]), _backwards(said["before"] + said["lead"])),
        (_bare(about["tail"] + about["after"]), _bare(said["tail"] + said["after"])),
    )


def _outside(about: Cells, said: Cells) -> tuple[tuple[str, str], ...]:
    """Return what stands before the quote in both, read backwards, and what stands after it."""
    return (_backwards(about["before"]), _backwards(said["before"])), (_bare(about["after"]), _bare(said["after"]))


def _bare(text: str) -> str:
    return squeeze(NUMBER.sub("", text))


def _backwards(text: str) -> str:
    return _bare(text)[::-1]


def _is_enough(a: str, b: str) -> bool:
    return a == b if not (a and b) else _same(a, b) >= min(ENOUGH, len(a))


def _same(a: str, b: str) -> int:
    """Return how many characters two texts begin with in common."""
    least = min(len(a), len(b))
    return next((place for place in range(least) if a[place] != b[place]), least)


def as_json(value: Any) -> Any:
    """Return a plain value as JSON has it: a date as text."""
    return value.isoformat() if hasattr(value, "isoformat") else value
