"""What must hold in every export, whatever the documents: each check yields a sentence a violation."""

import html
import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline.text import fold, squeeze

Row = Mapping[str, Any]

# Words that surround a document on a page and stand in no document.
FURNITURE = (
    "当前位置:",
    "ICP备",
    "公网安备",
    "浏览次数:",
    "打印本页",
    "关闭窗口",
    "上一篇:",
    "下一篇:",
    "分享到:",
    "版权所有",
)
ENCODINGS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
UNSEEN = re.compile(r"<!--.*?-->|<(script|style|title)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>")
IS_HTML = re.compile(r"<(?:html|body|div|p|table|span)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Exported:
    """One document of an export with its own rows, in reading order."""

    document: Row
    sections: Sequence[Row]
    commitments: Sequence[Row]
    numbers: Sequence[Row]

    @property
    def name(self) -> str:
        return str(self.document["name"])

    @property
    def text(self) -> str:
        return str(self.document["text"])

    def problem(self, what: str, start: int = 0, end: int = 0) -> str:
        place = f" at {start}:{end} {self.text[start : min(end, start + 40)]!r}" if end else ""
        return f"{self.name}: {what}{place}"


def violations(export: Path, sources: Path, *, only: Collection[str] | None = None) -> list[str]:
    """Return what is wrong with an export of the documents under the folder *sources*, or with some of them by name."""
    documents = [document for document in read_export(export) if only is None or document.name in only]
    problems = [] if documents else [f"{export} has no document"]
    for document in documents:
        for check in (find_bad_ids, find_bad_text, find_bad_quotes, find_bad_tiles, find_bad_homes, find_bad_numbers):
            problems += check(document)
        problems += find_bad_sources(document, sources)
    return problems


def read_export(folder: Path) -> list[Exported]:
    """Return the documents of an export; a row that belongs to none of them raises."""
    tables = {name: _read_table(folder / f"{name}.jsonl") for name in ("documents", "sections", "commitments")}
    numbers = folder / "numbers.jsonl"  # only where it was asked for
    tables["numbers"] = _read_table(numbers) if numbers.exists() else []
    known = {row["doc_id"] for row in tables["documents"]}
    mine: dict[str, dict[str, list[Row]]] = {name: defaultdict(list) for name in tables}
    for name, rows in tables.items():
        for row in rows:
            assert row["doc_id"] in known, f"{name}.jsonl: no document {row['doc_id']}"
            mine[name][row["doc_id"]].append(row)
    return [
        Exported(row, *(mine[name][row["doc_id"]] for name in ("sections", "commitments", "numbers")))
        for row in tables["documents"]
    ]


def _read_table(path: Path) -> list[Row]:
    # splitlines, as many readers do: an export must not hold a character that breaks a line elsewhere, such as U+2028.
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def find_bad_ids(exported: Exported) -> Iterator[str]:
    for rows, key in ((exported.sections, "section_id"), (exported.commitments, "commitment_id")):
        ids = [row[key] for row in rows]
        for doubled in sorted({one for one in ids if ids.count(one) > 1}):
            yield exported.problem(f"{key} {doubled} twice")


def find_bad_text(exported: Exported) -> Iterator[str]:
    text = exported.text
    if not text.endswith("\n"):
        yield exported.problem("the last paragraph has no line break")
    for line in text.removesuffix("\n").split("\n"):
        if line != line.strip() or not line:
            yield exported.problem(f"white space around a paragraph or an empty one: {line[:40]!r}")
    folded = fold(text)
    for words in FURNITURE:
        if (at := folded.find(words)) >= 0:
            yield exported.problem("page furniture", at, at + 40)


def find_bad_quotes(exported: Exported) -> Iterator[str]:
    text = exported.text
    for row in exported.commitments:
        start, end, value_start, value_end = (row[key] for key in ("start", "end", "value_start", "value_end"))
        if text[start:end] != row["quote"]:
            yield exported.problem(f"quote {row['quote'][:40]!r} is not the text", start, end)
        if text[value_start:value_end] != row["value_text"]:
            yield exported.problem(f"value {row['value_text']!r} is not the text", value_start, value_end)
        if not start <= value_start < value_end <= end:
            yield exported.problem(f"value {row['value_text']!r} outside its quote", start, end)


def find_bad_tiles(exported: Exported) -> Iterator[str]:
    """Find gaps and overlaps: a parent's own text comes first, and its children tile the rest of its span."""
    by_id = {row["section_id"]: row for row in exported.sections}
    children: dict[str | None, list[Row]] = defaultdict(list)
    for row in exported.sections:
        if row["parent_id"] is not None and row["parent_id"] not in by_id:
            yield exported.problem(f"parent {row['parent_id']} is no section", row["start"], row["end"])
        if not 0 <= row["start"] < row["end"] <= len(exported.text):
            yield exported.problem("a section without text", row["start"], row["end"])
        children[row["parent_id"]].append(row)
    if not children[None]:
        yield exported.problem("no top-level section")
    elif (first := min(row["start"] for row in children[None])) != 0:
        yield exported.problem("text before the first section", 0, first)
    for parent_id, rows in children.items():
        rows.sort(key=lambda row: row["start"])
        for one, other in pairwise(rows):
            if one["end"] != other["start"]:
                yield exported.problem("a gap or an overlap of sections", *sorted((one["end"], other["start"])))
        home = by_id.get(parent_id) if parent_id else {"start": 0, "end": len(exported.text)}
        if home and not (home["start"] <= rows[0]["start"] and rows[-1]["end"] == home["end"]):
            yield exported.problem("the last child ends elsewhere than its parent", rows[-1]["start"], rows[-1]["end"])


def find_bad_homes(exported: Exported) -> Iterator[str]:
    by_id = {row["section_id"]: row for row in exported.sections}
    for row in exported.commitments:
        section = by_id.get(row["section_id"])
        if section is None:
            yield exported.problem(f"section {row['section_id']} of a commitment is none", row["start"], row["end"])
        elif not section["start"] <= row["start"] < row["end"] <= section["end"]:
            yield exported.problem("a commitment outside its section", row["start"], row["end"])


def find_bad_numbers(exported: Exported) -> Iterator[str]:
    ids = {row["commitment_id"] for row in exported.commitments}
    for row in exported.numbers:
        start, end = row["start"], row["end"]
        if exported.text[start:end] != row["text"]:
            yield exported.problem(f"number {row['text']!r} is not the text", start, end)
        if (row["commitment_id"] is None) == (row["reason"] is None):
            yield exported.problem("a number with both a commitment and a reason, or neither", start, end)
        if row["commitment_id"] is not None and row["commitment_id"] not in ids:
            yield exported.problem(f"commitment {row['commitment_id']} of a number is none", start, end)


def find_bad_sources(exported: Exported, sources: Path) -> Iterator[str]:
    """Find text that is not in the source, and source that is neither in the text nor in the cuts."""
    is_crawled = exported.name.startswith("http")  # its source is the one that --explain wrote
    paths = sorted(sources.rglob(f"{exported.document['doc_id']}.txt" if is_crawled else Path(exported.name).name))
    if len(paths) != 1:
        yield exported.problem(f"expected one source of that name under {sources}, found {len(paths)}")
        return
    source = decode_source(paths[0].read_bytes())
    cuts = exported.document["cuts"]
    edges = [edge for start, end, _ in cuts for edge in (start, end)]
    if edges != sorted(edges) or any(not 0 <= edge <= len(source) for edge in edges):
        yield exported.problem("cuts out of order, overlapping or outside the source")
    left = squeeze(without_cuts(source, cuts))
    for row in exported.commitments:
        if squeeze(row["quote"]) not in left:
            yield exported.problem("a quote that is not in the source", row["start"], row["end"])
    yield from _find_differences(exported, squeeze(exported.text), left)


def _find_differences(exported: Exported, text: str, source: str) -> Iterator[str]:
    if text == source:
        return
    if text in source:
        before, _, after = source.partition(text)
        yield exported.problem(f"left out without a cut: {before[-40:]!r} before the text, {after[:40]!r} after it")
        return
    at = next((at for at, (one, other) in enumerate(zip(text, source, strict=False)) if one != other), len(source))
    around = slice(max(0, at - 10), at + 20)
    yield exported.problem(f"the text has {text[around]!r} where the source without cuts has {source[around]!r}")


def decode_source(content: bytes) -> str:
    """Return the characters that cuts are counted in: without a byte order mark, line ends as they came."""
    for mark, encoding in ENCODINGS:
        if content.startswith(mark):
            return content.removeprefix(mark).decode(encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def without_cuts(source: str, cuts: Sequence[tuple[int, int, str]]) -> str:
    """Return what is left of *source*, as a reader sees it: no tags, no entities."""
    at, kept = 0, []
    for start, end, _ in cuts:
        kept.append(source[at:start])
        at = end
    rest = "".join([*kept, source[at:]])
    return html.unescape(TAG.sub("", UNSEEN.sub("", rest))) if IS_HTML.search(source) else rest
