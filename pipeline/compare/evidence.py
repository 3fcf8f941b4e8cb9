"""What in a document speaks to which item of the outline: a row of signs for each piece and each item.

The words of `substance`, the labelling model of `classify` asked of each piece by itself, the indicators of the values
in it, the title above it, and whether it tells of work: numbers, values, names of papers, against slogans.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.classify import as_decided, prepare
from pipeline.classify.features import find_words
from pipeline.classify.items import Evidence as ItemEvidence
from pipeline.classify.items import item_ids, item_probabilities, weigh_items
from pipeline.classify.model import Model, Texts, reckon
from pipeline.classify.readings import UNHEARD
from pipeline.compare.passages import Paper, Piece
from pipeline.compare.substance import Heard, hear
from pipeline.records import Section
from pipeline.reference import indicators
from pipeline.text import fold, is_chinese

Floats = NDArray[np.float64]

LEAST = 1e-4  # probability: a logarithm must not run away
LONG = 120.0  # characters
_NUMBER = re.compile(r"\d|[一二三四五六七八九十百两]+(?:次|件|个|项|名|期|场|起|份|条|家|部|类|级)")
_DONE = re.compile(
    r"了|完成|共|累计|全年|今年以来|已|达|制定|印发|出台|建立|成立|开展|举办|召开|组织|审查|审核|办理|受理|修订|清理|公布|发布"
)
_SLOGAN = re.compile(r"不断|进一步|持续|大力|切实|努力|全力|积极|稳步|扎实|有效|着力|深入|充分|更加|显著|明显")
_FAULT = re.compile(
    r"不够|不足|不强|不高|不到位|不深|不平衡|不规范|不健全|不完善|薄弱|短板|差距|问题(?:依然|仍)|有待|欠缺|滞后|缺乏|偏低|偏少|不适应|不熟"
)
_FAULTS = re.compile(r"问题|不足|短板|差距|困难|薄弱环节|存在的")
# A note of who is responsible, which names no work: (县司法局牵头,各部门配合).
NOTE = re.compile(
    r"^[(（](?:牵头|责任|配合|完成时限|实施|主办|协办)|^[(（][^)）]*(?:牵头|配合|负责|责任单位|分工)[^)）]*[)）]?[。.;；]?$|^(?:牵头|责任|配合)(?:单位|部门)[:：]"
)
# What a document says will not be done: 今年不再开展文件清理. Only where the doing itself ends:
# 取消证明事项, 停止执行 and 对守信企业不再开展检查 are work, and so is what is no longer done twice.
_CALLED_OFF = re.compile(
    r"(?<![^，,。；;：:\n])[^，,。；;：:\n对凡的]*(?:"
    r"(?:不再|暂不|暂缓|暂停|停止|取消)(?:继续|组织){0,2}(?:开展|举办|召开|推进|组织|部署|安排)"
    r"(?!重复|多头|单独|另行|[^，,。；;：:\n]{0,12}的)[^，,。；;：:\n]*|"
    r"(?:暂缓|暂停|停止|取消)[^，,。；;：:\n的]{2,16}工作(?![^，,。；;：:\n]))"
)
# 行政调解、行政裁决、仲裁: names one after another, none of them with work of its own.
_LISTED = re.compile(r"(?<=、)[^、，。；;,]{2,10}(?=、|等|和|及|与)")
_ASIDE = re.compile(r"等(?:工作|方面|制度|内容|情况|事项|领域)")
PIECE_SIGNS = (
    "title", "fault", "among faults", "note", "number", "done", "slogans", "paper", "commitment", "length",
    "other cores", "aside", "heading none", "others touched", "list",
)  # fmt: skip
PAIR_SIGNS = (
    "core", "cores", "own core", "side", "core with work", "core in title", "core alone", "only side",
    "cues", "votes", "near", "probability", "log probability", "log to best", "heading", "likely and core",
    "likely and side", "likely without words", "core under title", "indicator", "most core",
    "core as title", "core at fault", "side in a list",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the pieces of one document say of the items; P pieces."""

    signs: Floats  # (P, items, len(PAIR_SIGNS) + len(PIECE_SIGNS))
    heard: Heard
    titles: tuple[str, ...]  # above the pieces, as patterns see them
    nearest: NDArray[np.int64]  # by piece: places of the training passages most alike, the first the most
    likeness: Floats  # to these, 0 to 1


def plain(text: str) -> str:
    """Return a text as patterns see it: folded, without blanks, line breaks and quotation marks."""
    return UNHEARD.sub("", fold(text)).replace("\n", "")


def without_called_off(text: str) -> str:
    """Return a text without the clauses that say what will not be done.

    >>> without_called_off("今年不再开展文件清理，加强备案审查。"), without_called_off("对守信企业不再开展检查。")
    ('，加强备案审查。', '对守信企业不再开展检查。')
    """
    return _CALLED_OFF.sub("", text)


def called_off(paper: Paper) -> frozenset[int]:
    """Return the places of the pieces that only say what will not be done, and of titles above nothing else."""
    texts = [paper.text_of(piece) for piece in paper.pieces]
    off = {place for place, text in enumerate(texts) if _CALLED_OFF.search(text) and not _says(text)}
    if not off:
        return frozenset()
    alive = {piece.section for place, piece in enumerate(paper.pieces) if not piece.is_title and place not in off}
    dead = {paper.pieces[place].section for place in off} - alive
    titles = {place for place, piece in enumerate(paper.pieces) if piece.is_title and piece.section in dead}
    return frozenset(off | titles)


def _says(text: str) -> bool:
    return any(map(is_chinese, without_called_off(text)))


def weigh(paper: Paper, model: Model) -> Evidence:
    """Return what speaks for each item in each piece of a document that has some."""
    texts = tuple(plain(without_called_off(paper.text_of(piece))) for piece in paper.pieces)
    titles = tuple(plain(paper.titles[piece.section]) if piece.section >= 0 else "" for piece in paper.pieces)
    heard = hear(texts, titles)
    asked = _ask_model(paper, model)
    table, likely = asked.evidence.table[asked.rows], asked.likely
    indicated, has_value = _indicated(paper)
    of_piece = _piece_signs(paper, texts, heard, has_value, asked.headings)
    work = np.clip(of_piece[:, 4] + of_piece[:, 8] + 0.5 * of_piece[:, 5], 0, 1)[:, None]
    core, side = (heard.core > 0).astype(float), (heard.side > 0).astype(float)
    in_title = _in_titles(paper)
    cores = np.minimum(heard.core, 4) / 4
    most = (heard.core >= heard.core.max(axis=1, keepdims=True)) & (heard.core > 0)
    logs = np.log(likely + LEAST)
    wordless = (core + side) == 0
    pairs = np.stack(
        [
            core, cores, (heard.own > 0).astype(float), side, core * work, in_title,
            core * (core.sum(axis=1, keepdims=True) == 1), side * (1 - core),
            table[:, :, 0], table[:, :, 1], table[:, :, 2], likely, logs, logs - logs.max(axis=1, keepdims=True),
            table[:, :, 3], likely * core, likely * side * (1 - core), likely * wordless, in_title * core,
            indicated, most, core * of_piece[:, :1], core * of_piece[:, 1:3].max(axis=1)[:, None],
            side * (1 - core) * of_piece[:, -1:],
        ],
        axis=2,
    )  # fmt: skip
    wide = np.repeat(of_piece[:, None, :], len(item_ids()), axis=1)
    nearest, likeness = asked.evidence.nearest[asked.rows], asked.evidence.likeness[asked.rows]
    return Evidence(np.concatenate([pairs, wide], axis=2), heard, titles, nearest, likeness)


def _piece_signs(paper: Paper, texts: Sequence[str], heard: Heard, has_value: Floats, headings: Floats) -> Floats:
    off = called_off(paper)
    cores = (heard.core > 0).sum(axis=1)
    touched = ((heard.core + heard.side) > 0).sum(axis=1)
    rows = [
        [
            float(piece.is_title),
            float(bool(_FAULT.search(text))),
            among_faults(paper, piece),
            float(bool(NOTE.search(text)) or place in off),
            float(bool(_NUMBER.search(text))),
            min(1.0, len(_DONE.findall(text)) / 2),
            min(1.0, len(_SLOGAN.findall(text)) / 4),
            float("《" in text),
            has_value[place],
            min(1.0, len(text) / LONG),
            min(1.0, max(0, int(cores[place]) - 1) / 4),
            float(bool(_ASIDE.search(text))),
            float(headings[place, 0]),
            min(1.0, max(0, int(touched[place]) - 1) / 5),
            min(1.0, len(_LISTED.findall(text)) / 4),
        ]
        for place, (piece, text) in enumerate(zip(paper.pieces, texts, strict=True))
    ]
    return np.array(rows, np.float64).reshape(len(rows), len(PIECE_SIGNS))


def among_faults(paper: Paper, piece: Piece) -> float:
    """Return 1 where a piece stands under a title that announces what went badly."""
    section = paper.sections[piece.section] if piece.section >= 0 else None
    while section is not None:
        if section.title and _FAULTS.search(section.title):
            return 1.0
        section = section.parent
    return 0.0


def _in_titles(paper: Paper) -> Floats:
    """Return whether the title above a piece has words of an item in earnest, (P, items)."""
    unique = list(dict.fromkeys(paper.titles))
    titles = hear([plain(title) for title in unique], [""] * len(unique))
    speaks = (titles.core + titles.side > 0).astype(np.float64)
    rows = [unique.index(paper.titles[piece.section]) if piece.section >= 0 else -1 for piece in paper.pieces]
    return np.array([speaks[row] if row >= 0 else np.zeros(len(item_ids())) for row in rows])


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the labelling model says of the pieces; rows are their places among all sections."""

    rows: NDArray[np.int64]
    evidence: ItemEvidence
    likely: Floats  # (P, items)
    headings: Floats  # (P, 11)


def _ask_model(paper: Paper, model: Model) -> _Asked:
    """Ask the labelling model of each piece as if it were a paragraph by itself."""
    sections, ids = _with_pieces(paper)
    prepared = prepare(paper.document, sections)
    texts = Texts(find_words(prepared.plain, prepared.layout, model.vocabulary), prepared.layout, model.idf)
    reckoned = reckon(model, texts, prepared.signs, len(item_ids()))
    headings = as_decided(prepared.decided, reckoned.headings)
    evidence = weigh_items(model, prepared.readings, texts, headings, reckoned.items)
    place = {reading.section.section_id: row for row, reading in enumerate(prepared.readings)}
    rows = np.array([place[one] for one in ids], np.int64)
    return _Asked(rows, evidence, item_probabilities(model, evidence)[rows], headings[rows])


def _with_pieces(paper: Paper) -> tuple[list[Section], list[str]]:
    """Return the sections with a paragraph for each piece below the one it stands in, and the ids of these."""
    sections, ids = list(paper.sections), []
    for number, piece in enumerate(paper.pieces):
        parent = paper.sections[piece.section] if piece.section >= 0 else None
        section_id = f"piece {number}"
        sections.append(Section(section_id, parent, "", 0, "", *_told(paper, piece)))
        ids.append(section_id)
    return sections, ids


def _told(paper: Paper, piece: Piece) -> tuple[int, int]:
    """Return the bounds of what a piece says will be done: the longer side of what will not be."""
    found = _CALLED_OFF.search(paper.text_of(piece))
    if not found or not _says(paper.text_of(piece)):
        return piece.start, piece.end
    before, after = (piece.start, piece.start + found.start()), (piece.start + found.end(), piece.end)
    return max(before, after, key=lambda bounds: bounds[1] - bounds[0])


def _indicated(paper: Paper) -> tuple[Floats, Floats]:
    """Return which items the indicators of the values in each piece belong to, and whether it has a value."""
    found, values = np.zeros((len(paper.pieces), len(item_ids()))), np.zeros(len(paper.pieces))
    starts = np.array([piece.start for piece in paper.pieces])
    for row in paper.commitments:
        place = int(np.searchsorted(starts, row["value_start"], side="right")) - 1
        if place < 0 or row["value_start"] >= paper.pieces[place].end:
            continue
        values[place] = 1.0
        for name in row["indicators"]:
            if name in _items_of_indicators():
                found[place, _items_of_indicators()[name]] = 1.0
    return found, values


@cache
def _items_of_indicators() -> dict[str, int]:
    return {one.id: item_ids().index(one.item) for one in indicators()}
