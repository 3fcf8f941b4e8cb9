"""Random exports to test the scoring with: gold rows turned into export rows, then spoilt as exports can be."""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any

from pipeline.evaluate.cases import locate, squeeze
from pipeline.evaluate.facts import INDICATOR_AFTER, INDICATOR_BEFORE
from pipeline.evaluate.results import FIELDS

Row = dict[str, Any]
Tables = dict[str, list[Row]]

TABLES = ("documents", "sections", "commitments", "coverage")
LAYERS = ("sections", "headings", "commitments", "indicators", "coverage")
VARIANTS = {"%": "％", "个百分点": "百分点", "日": "天", "个": "個"}  # spellings that count as the same unit
STRAY = (None, "", 0, 1, "=", ">=", "year", "件", "2025-12-31", "target", 66.66, 95, "95")


def read_lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line] if path.exists() else []


def write_lines(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def read_gold(folder: Path, name: str) -> Tables:
    gold = {layer: read_lines(folder / f"{name}.{layer}.jsonl") for layer in LAYERS}
    return gold | {"about": [row for row in read_lines(folder / "documents.jsonl") if row["id"] == name]}


def write_export(folder: Path, tables: Tables) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        if tables[table] or table != "coverage":
            write_lines(folder / f"{table}.jsonl", tables[table])
    return folder


def merge(parts: Sequence[Tables]) -> Tables:
    return {table: [row for part in parts for row in part[table]] for table in TABLES}


class Original:
    """A text with the way back from its squeezed form."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.offsets = [at for at, char in enumerate(text) for _ in squeeze(char)]
        self.squeezed = squeeze(text)

    def offset(self, place: int) -> int:
        """Return the offset of the squeezed character at *place*; past the last one, that of the end."""
        return self.offsets[place] if 0 <= place < len(self.offsets) else len(self.text)

    def span(self, place: int, length: int) -> tuple[int, int]:
        return self.offset(place), self.offset(place + length - 1) + 1 if length else self.offset(place)


def faithful(name: str, file_name: str, text: str, gold: Tables) -> Tables:
    """Return the export that a perfect pipeline would make, as far as the gold tells."""
    original = Original(text)
    about = gold["about"][0] if gold["about"] else {}
    document = {"doc_id": f"d{name}", "name": file_name, "text": text}
    document |= {key: value for key, value in about.items() if key not in ("id", "title_alt")}
    return {
        "documents": [document],
        "sections": _faithful_sections(name, original, gold),
        "commitments": _faithful_commitments(name, original, gold),
        "coverage": [
            {"doc_id": f"d{name}", "reference": "outline", "item": row["item"], "status": row["status"]}
            for row in gold["coverage"]
        ],
    }


def _faithful_sections(name: str, original: Original, gold: Tables) -> list[Row]:
    rows: list[Row] = []
    starts = locate(original.squeezed, [squeeze(row["starts_with"]) for row in gold["sections"]])
    for index, (row, start) in enumerate(zip(gold["sections"], starts, strict=True)):
        after = zip(starts[index + 1 :], gold["sections"][index + 1 :], strict=True)
        later = [place for place, other in after if place > start and other["level"] <= row["level"]]
        parent = None if row["parent"] is None else f"{name}s{row['parent']}"
        end = min(later, default=len(original.squeezed))
        rows.append(
            {
                "doc_id": f"d{name}",
                "section_id": f"{name}s{index}",
                "parent_id": parent,
                "level": row["level"],
                "start": original.offset(start),
                "end": original.offset(end),
                "heading": None,
            }
        )
    places = locate(original.squeezed, [squeeze(row["starts_with"]) for row in gold["headings"]])
    for index, (row, place) in enumerate(zip(gold["headings"], places, strict=True)):
        start, end = original.span(max(place, 0), 1)
        rows.append(
            {
                "doc_id": f"d{name}",
                "section_id": f"{name}h{index}",
                "parent_id": None,
                "level": 0,
                "start": start,
                "end": end,
                "heading": row["heading"],
            }
        )
    return rows


def _faithful_commitments(name: str, original: Original, gold: Tables) -> list[Row]:
    rows: list[Row] = []
    quotes = [squeeze(row["quote"]) for row in gold["commitments"]]
    used: set[tuple[int, int]] = set()
    for row, quote, place in zip(gold["commitments"], quotes, locate(original.squeezed, quotes), strict=True):
        value = squeeze(row["value_text"])
        at = place + max(quote.find(value), 0)
        while (at, len(value)) in used and row["type"] != "deadline" and original.squeezed.find(value, at + 1) >= 0:
            at = original.squeezed.find(value, at + 1)
        used.add((at, len(value)))
        start, end = original.span(max(place, 0), len(quote))
        value_start, value_end = original.span(max(at, 0), len(value))
        rows.append(
            {
                "doc_id": f"d{name}",
                "start": start,
                "end": end,
                "quote": row["quote"],
                "value_start": value_start,
                "value_end": value_end,
                "value_text": row["value_text"],
                "indicators": [],
                **{field: row[field] for field in FIELDS},
            }
        )
    anchors = locate(original.squeezed, [squeeze(row["anchor"]) for row in gold["indicators"]])
    for row, place in zip(gold["indicators"], anchors, strict=True):
        value = squeeze(row["value_text"])
        ends = place + len(squeeze(row["anchor"])) + INDICATOR_AFTER
        places = (original.squeezed.find(value, start, ends) for start in (place, place - INDICATOR_BEFORE))
        start = original.offset(next((found for found in places if found >= 0), 0))
        for given in rows:
            if given["value_start"] <= start < given["value_end"]:
                given["indicators"] = row["indicators"]
    return rows


def spoil(rng: random.Random, tables: Tables, harm: float) -> Tables:
    """Return *tables* with about one row in 1/*harm* dropped, moved, doubled or wrong."""
    length = {row["doc_id"]: len(row["text"]) for row in tables["documents"]}
    return {
        "documents": [_spoil_document(rng, row, harm) for row in tables["documents"] if rng.random() > harm / 5],
        "sections": _spoil_rows(rng, tables["sections"], harm, length, _spoil_section),
        "commitments": _spoil_rows(rng, tables["commitments"], harm, length, _spoil_commitment),
        "coverage": [_spoil_coverage(rng, row, harm) for row in tables["coverage"] if rng.random() > harm],
    }


def _spoil_rows(
    rng: random.Random, rows: list[Row], harm: float, length: Mapping[str, int], spoil_row: Callable[..., Row]
) -> list[Row]:
    kept = []
    for row in rows:
        chance = rng.random()
        if chance < harm / 2:
            continue
        changed = spoil_row(rng, dict(row), rows, harm, length[row["doc_id"]])
        kept += [changed, dict(row)] if chance > 1 - harm / 2 else [changed]
    if rng.random() < harm:
        rng.shuffle(kept)
    return kept


def _moved(rng: random.Random, start: int, end: int, length: int) -> tuple[int, int]:
    ends = (start + rng.randint(-6, 6), end + rng.randint(-6, 6))
    start, end = (min(max(at, 0), length) for at in ends)
    return min(start, end), max(start, end)


def _spoil_document(rng: random.Random, row: Row, harm: float) -> Row:
    changed = dict(row)
    for key in sorted(row.keys() - {"doc_id", "name", "text"}):
        if rng.random() < harm:
            changed[key] = rng.choice([None, "别的", 2020, f" {row[key]} ", row[key]])
    if rng.random() < harm:
        changed["name"] = f"https://example.org/files/{row['name']}"
    return changed


def _spoil_section(rng: random.Random, row: Row, rows: list[Row], harm: float, length: int) -> Row:
    if rng.random() < harm:
        row["start"], row["end"] = _moved(rng, row["start"], row["end"], length)
    if rng.random() < harm:
        row["level"] = rng.choice([None, 0, 1, 2, 3, 4])
    if rng.random() < harm:  # earlier rows only, so that no loop arises
        earlier = takewhile(lambda other: other["section_id"] != row["section_id"], rows)
        row["parent_id"] = rng.choice([None, "gone", *(other["section_id"] for other in earlier)])
    if rng.random() < harm:
        row["heading"] = rng.choice([None, *range(11)])
    if rng.random() < harm / 3:
        row.pop(rng.choice(["heading", "level", "parent_id"]))
    return row


def _spoil_commitment(rng: random.Random, row: Row, rows: list[Row], harm: float, length: int) -> Row:
    if rng.random() < harm:
        row["value_start"], row["value_end"] = _moved(rng, row["value_start"], row["value_end"], length)
    if rng.random() < harm / 3:
        row["value_start"], row["value_end"] = rng.choice([(None, None), (row["start"], row["end"])])
    for field in FIELDS:
        if rng.random() < harm:
            row[field] = _other_value(rng, field, row[field], rows)
        elif rng.random() < harm / 5:
            del row[field]
    if rng.random() < harm:
        row["indicators"] = rng.choice([[], None, ["none_such"], rng.choice(rows)["indicators"], row["indicators"][:1]])
    return row


def _other_value(rng: random.Random, field: str, value: Any, rows: list[Row]) -> Any:
    if field in ("lead", "support"):
        return rng.choice([None, [], [f"{body}等" for body in value or ()], rng.choice(rows)[field], ["县 某 局"]])
    if field == "subject" and value:
        longer = value + "另外还有许多与之完全无关而各不相同的文字内容"
        return rng.choice([None, value[: len(value) // 2], longer, f"{value[:1]}…{value[1:]}"])
    if field == "unit" and value:
        return rng.choice([None, "", VARIANTS.get(value, value), "件"])
    if field in ("value", "value_max") and value is not None:
        return rng.choice([value + 0.004, value + 0.01, str(value), None, "许多"])
    return rng.choice([*STRAY, rng.choice(rows)[field]]) if field not in ("subject", "unit") else None


def _spoil_coverage(rng: random.Random, row: Row, harm: float) -> Row:
    changed = dict(row)
    if rng.random() < harm:
        changed["status"] = rng.choice(["covered", "partial", "missing", "unknown"])
    if rng.random() < harm / 3:
        changed["reference"] = "d000"
    if rng.random() < 0.5:
        changed["item"] = int(row["item"])
    return changed


def write_spoilt_gold(rng: random.Random, gold: Path, folder: Path) -> Path:
    """Write a gold with rows doubled, out of order, without a place or with another row's value into *folder*."""
    folder.mkdir()
    for path in sorted(gold.glob("*.jsonl")):
        rows = read_lines(path)
        if path.name.split(".")[-2] in ("commitments", "headings", "indicators"):
            rows = [_spoil_gold_row(rng, row, rows) for row in rows for _ in range(rng.choice([1, 1, 1, 2, 3]))]
            if rng.random() < 0.2:
                rng.shuffle(rows)
        write_lines(folder / path.name, rows)
    return folder


def _spoil_gold_row(rng: random.Random, row: Row, rows: list[Row]) -> Row:
    changed = dict(row)
    for key in sorted(row.keys() & {"quote", "value_text", "anchor", "starts_with"}):
        if rng.random() < 0.1:
            start = rng.randrange(len(row[key]))
            changed[key] = rng.choice([rng.choice(rows)[key], row[key][start:], row[key][: start + 1], "不在文中"])
    return changed
