"""Single lines to the lines of a digest: what is too much of one kind is bound together, then all stand by weight."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.digest import weights
from pipeline.digest.material import TALLY, Atom, Sheaf
from pipeline.digest.phrases import distinct
from pipeline.digest.records import Evidence, Line
from pipeline.records import content_id

NAMED = 3  # things that a joint line names in its sentence
MOST_NAMED = 60  # and in the cell of its row
MOST_JOINED = 8  # bodies of another cell
LONGEST_NAME = 20  # characters of a body; a cell with longer texts is none of names
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def bind(atoms: Iterable[Atom]) -> list[Atom]:
    """Return atoms of which those are one that stand in a sheaf too large to be told singly."""
    sheaves: dict[tuple[str, ...], list[Atom]] = {}
    kept: list[Atom] = []
    for atom in atoms:
        if atom.sheaf is None:
            kept.append(atom)
        else:
            sheaves.setdefault(atom.sheaf.key, []).append(atom)
    for members in sheaves.values():
        sheaf = members[0].sheaf
        assert sheaf is not None  # or it would have been kept
        kept += [_joint(sheaf, members)] if len(members) > sheaf.above else members
    return kept


def _joint(sheaf: Sheaf, members: Sequence[Atom]) -> Atom:
    order = sorted(members, key=lambda atom: (atom.rank, atom.line.id))
    first = order[0].line
    heaviest = max(atom.line.weight for atom in order)
    # What weighs most is named first: what is new among what has been missing for long.
    named = distinct(atom.brief for atom in sorted(order, key=lambda atom: -atom.line.weight))
    more = "等" if len(named) > NAMED else ""
    closing = sheaf.closing.replace(TALLY, _tallied(sheaf, order))
    words = f"{sheaf.opening}{len(order)}{closing}{'；'.join(named[:NAMED])}{more}{sheaf.note}。"
    proof = [one for atom in order[: sheaf.proven] for one in atom.line.evidence]
    if sheaf.spot is not None and len({atom.line.place for atom in order}) > 1:
        of = sheaf.spot
        first = replace(first, place=of.name, place_code=of.code, parents=of.parents, level=of.level)
    line = replace(
        first,
        id=content_id("sheaf", *sheaf.key),
        weight=round(weights.joint(heaviest, len(order)), 3),
        words=words,
        cells=_cells(sheaf, order),
        headings=tuple(sorted({one for atom in order for one in atom.line.headings})),
        indicators=tuple(sorted({one for atom in order for one in atom.line.indicators})),
        bodies=tuple(distinct(one for atom in order for one in atom.line.bodies)),
        evidence=tuple(dict.fromkeys((*sheaf.evidence, *proof))),
    )
    return replace(order[0], line=line, sheaf=None, rank=())


def _cells(sheaf: Sheaf, members: Sequence[Atom]) -> dict[str, str]:
    cells = {}
    for column in members[0].line.cells:
        told = [atom.line.cells.get(column, "") for atom in members]
        if column == sheaf.column:
            names = distinct(atom.brief for atom in members)
            more = "等" if len(names) > MOST_NAMED else ""
            cells[column] = f"{len(members)}{sheaf.unit}：{'；'.join(names[:MOST_NAMED])}{more}"
        elif column == sheaf.tally:
            cells[column] = _tallied(sheaf, members)
        elif column in sheaf.cells:
            cells[column] = sheaf.cells[column]
        else:
            cells[column] = _joined(told)
    return cells


def _tallied(sheaf: Sheaf, members: Sequence[Atom]) -> str:
    """Return how many members have each text of a column: 计划1份、报告2份."""
    found = Counter(atom.line.cells.get(sheaf.tally, "") for atom in members)
    return "、".join(f"{text}{number}{sheaf.unit}" for text, number in found.items() if text)


def _joined(cells: Sequence[str]) -> str:
    """Return what the cells of a column have in common: the same text, days from the first to the last, or bodies."""
    told = distinct(cells)
    if len(told) < 2:
        return told[0] if told else ""
    if all(DAY.fullmatch(each) for each in told):
        return f"{min(told)}至{max(told)}"
    names = distinct(one for each in told for one in each.split("、"))
    return "、".join(names[:MOST_JOINED]) if all(len(one) <= LONGEST_NAME for one in names) else ""


def in_order(atoms: Iterable[Atom], evidence: Mapping[str, Evidence]) -> tuple[Line, ...]:
    """Return the lines by weight; of one document each further one stands lower, so that it does not fill the top."""

    def key(line: Line) -> tuple[object, ...]:
        title = next((evidence[one].title for one in line.evidence if one in evidence), "")
        return -line.weight, line.place_code or "~", line.place, title, line.id

    seen: Counter[tuple[str, str]] = Counter()
    lines = []
    for atom in sorted(atoms, key=lambda atom: key(atom.line)):
        line = atom.line
        if atom.crowd:
            crowd = line.part, atom.crowd
            line = replace(line, weight=round(weights.crowded(line.weight, seen[crowd]), 3))
            seen[crowd] += 1
        lines.append(line)
    return tuple(sorted(lines, key=key))
