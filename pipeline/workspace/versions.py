"""What a publication says: its versions, and the papers with their records that a version consists of.

A paper is compared, stored and read back as rows of plain values, in the form that the tables have them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from pipeline import derived, store
from pipeline.records import Analysis, Cut, ItemMatch, Section
from pipeline.text import squeeze
from pipeline.workspace.events import Derivation

Row = dict[str, Any]
# Lines that a page says of its visitors and of the moment, and nobody of a document: a counter, a clock, a countdown.
ACT = "(?:阅读|阅览|浏览|访问|点击|点赞|分享|转发|下载|收藏|评论|阅|打印)"
DAY = r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
CLOCK = r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
COUNT = r"\d[\d,，]*\s*(?:人次|次|人|遍)?"
PASSING = re.compile(
    rf"^[（(【\[]?(?:"
    rf"[^\d，。；\n]{{0,8}}{DAY}\s*{CLOCK}"  # 更新于2026-11-17 10:22
    rf"|[^\d，。；\n]{{0,6}}{ACT}(?:时间|日期)?[:：]?\s*{DAY}(?:\s*星期.)?"  # 打印时间：2026年11月22日
    rf"|[^\d，。；\n]{{0,8}}{ACT}(?:次数|人数|人次|量|数)?[:：]?\s*{COUNT}"  # 本文已被阅读71次
    rf"|(?:已有|共有?|已)\s*{COUNT}\s*{ACT}(?:过|了)?(?:本文|本页|此文)?"  # 已有92人浏览
    r"|距今已?(?:发布|公布)?\s*\d+\s*天"
    r"|有效状态[:：].{0,20}"
    r")[）)】\]]?[。]?\s*$",
    re.MULTILINE,
)


def _columns(table: Table, *left_out: str) -> tuple[str, ...]:
    return tuple(column.name for column in table.c if column.name not in left_out)


ABOUT = _columns(derived.papers, "id", "version_id", "position", "text_sha256")
SECTION = _columns(derived.sections, "id", "paper_id", "parent_id")
COMMITMENT = _columns(derived.commitments, "id", "paper_id", "section_id")


@dataclass(frozen=True, slots=True)
class Paper:
    """A document with its records, as the tables have it."""

    about: Row  # metadata
    text: str
    sections: list[Row]  # in reading order
    commitments: list[Row]

    @property
    def name(self) -> str:
        """What it is called: an address, and the name of a member within an archive."""
        return str(self.about["name"])


def paper_of(analysis: Analysis) -> Paper:
    """Return an analysis in the form of the tables."""
    document = analysis.document
    about = {name: _plain(getattr(document, name)) for name in ABOUT}
    sections = sorted(analysis.sections, key=lambda one: (one.start, -one.end))
    commitments = sorted(analysis.commitments, key=lambda one: (one.value_start, one.value_end, one.commitment_id))
    return Paper(
        about,
        store.storable(document.text),
        [_section(one) for one in sections],
        [
            {"section_id": one.section.section_id} | {name: _plain(getattr(one, name)) for name in COMMITMENT}
            for one in commitments
        ],
    )


def _section(section: Section) -> Row:
    parent = section.parent.section_id if section.parent else None
    return {"parent_id": parent} | {name: _plain(getattr(section, name)) for name in SECTION}


def _plain(value: Any) -> Any:
    """Return a value as it comes back from the database."""
    match value:
        case str():
            return store.storable(value)
        case float():
            return float(value)  # some are of numpy
        case None | int() | date():
            return value
        case Cut():
            return [value.start, value.end, value.reason]
        case ItemMatch():
            return {"item": value.item, "score": float(value.score), "why": _plain(value.why)}
        case Mapping():
            return {store.storable(key): _plain(each) for key, each in value.items()}
        case Sequence():
            return [_plain(each) for each in value]
    raise TypeError(f"expected a value of a record, got {type(value).__name__}: {value!r}")


def lasting(text: str) -> str:
    """Return a text without the lines that change with every visit."""
    return PASSING.sub("", text)


def text_digest(papers: Sequence[Paper]) -> str:
    """Return what the texts of papers are known by; line breaks and full-width forms tell no two of them apart."""
    made = sha256()
    for paper in papers:
        made.update(squeeze(lasting(paper.text)).encode() + b"\f")
    return made.hexdigest()


def current_version(tx: Connection, publication: str) -> Any:
    """Return the version of a publication that is valid, None where nothing of it was read yet."""
    version = derived.versions.c
    chosen = select(derived.versions).where(version.publication_id == publication, version.until_id.is_(None))
    return tx.execute(chosen).first()


def read_papers(tx: Connection, version: int) -> list[Paper]:
    """Return the papers of a version in their order."""
    paper = derived.papers.c
    joined = select(derived.papers, derived.texts.c.text).join(derived.texts)
    rows = tx.execute(joined.where(paper.version_id == version).order_by(paper.position)).mappings().all()
    return [
        Paper(
            {name: row[name] for name in ABOUT},
            row["text"],
            _records(tx, derived.sections, row["id"]),
            _records(tx, derived.commitments, row["id"]),
        )
        for row in rows
    ]


def _records(tx: Connection, table: Table, paper: int) -> list[Row]:
    columns = [column for column in table.c if column.name not in ("id", "paper_id")]
    rows = tx.execute(select(*columns).where(table.c.paper_id == paper).order_by(table.c.id))
    return [dict(row) for row in rows.mappings()]


def add_version(
    tx: Connection,
    derivation: Derivation,
    publication: str,
    papers: Sequence[Paper],
    *,
    cause: str,
    fingerprint: str,
    held: Mapping[str, Any],
    fetched: str,
) -> int:
    """Store what a publication says from now on; return the id of the version.

    Args:
        tx: the transaction.
        derivation: from which it is valid, and whose rules made it.
        publication: its id.
        papers: of the version, at least one.
        cause: source or rules.
        fingerprint: digest of the bytes.
        held: where these lie.
        fetched: stamp of when they were served.
    """
    version = derived.versions
    number = tx.execute(select(func.max(version.c.number)).where(version.c.publication_id == publication)).scalar()
    if number:
        tx.execute(
            version.update()
            .where(version.c.publication_id == publication, version.c.until_id.is_(None))
            .values(until_id=derivation.id)
        )
    made = store.add(
        tx,
        version,
        publication_id=publication,
        number=(number or 0) + 1,
        cause=cause,
        fingerprint=fingerprint,
        held=dict(held),
        fetched=fetched,
        rules=derivation.rules,
        checked=derivation.rules,
        text_sha256=text_digest(papers),
        since_id=derivation.id,
    )
    for position, paper in enumerate(papers):
        _add_paper(tx, made, position, paper)
    return made


def _add_paper(tx: Connection, version: int, position: int, paper: Paper) -> None:
    digest = sha256(paper.text.encode()).hexdigest()
    if store.get(tx, derived.texts, sha256=digest) is None:
        store.add(tx, derived.texts, sha256=digest, text=paper.text)
    about = {"version_id": version, "position": position, "text_sha256": digest}
    made = store.add(tx, derived.papers, **about, **paper.about)
    for table, rows in ((derived.sections, paper.sections), (derived.commitments, paper.commitments)):
        if rows:
            tx.execute(insert(table), [{"paper_id": made, **row} for row in rows])
