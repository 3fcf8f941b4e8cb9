"""From a value's subject to the canonical indicator that it reports, look-alikes kept apart.

Every surface form of every indicator competes by the character pairs that it shares with the words around the value;
pairs that many indicators have weigh little, and words further from the value count less. A look-alike that is no
indicator competes too, and where it wins the value has none.
"""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.reference import Indicator, indicators

MARKS = re.compile(r"[\s“”\"‘’「」《》,，。;；:：、()（）…]")
# Units that officials use one for the other; an indicator's unit stands for its whole class.
CLASSES = (
    ("%", "‰", "个百分点"),
    ("次", "期", "场", "届", "轮", "场次", "批次", "堂", "节课", "遍", "件次"),
    (
        "件", "起", "宗", "件次", "例", "桩", "项", "份", "卷", "条", "篇", "个", "部", "处", "家", "张", "支", "台",
        "户", "家次", "套", "类", "笔", "单", "所", "户次", "册", "面", "幅",
    ),
    ("人", "名", "位", "人次"),
    ("天", "日", "工作日", "小时", "个月", "分钟", "年"),
    ("元", "万元", "亿元"),
    ("学时", "课时", "天", "日", "小时"),
    ("分",),
)  # fmt: skip
# How much a pair found there counts: in the subject, the rest of the clause, the clause before, the section's title.
WEIGHTS = (1.0, 0.75, 0.5, 0.4)
# These four won a sweep by indicator_accuracy of `fazhi eval`; the floors stand a little above the winner, since the
# score does not count a value that is linked and should not be.
LEAST_COVER = 0.54  # of a form's weight must be found
LEAST_SHARE = 0.22  # of the subject's weight must be the form's, so that 合同 alone claims no contract indicator
BASE = 0.2  # a form that explains more of the subject wins over one that is found more fully
FOREIGN = 0.6  # for an indicator of another heading than the section's: 按期办结率 of petitions is not that of services


@dataclass(frozen=True, slots=True)
class Form:
    """A surface form of an indicator, or of a look-alike that is none, with its character pairs."""

    pairs: tuple[str, ...]
    indicator: Indicator | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All surface forms, which of them have a pair, and what each pair weighs."""

    forms: tuple[Form, ...]
    having: Mapping[str, tuple[int, ...]]
    weight: Mapping[str, float]
    total: tuple[float, ...]  # weight of each form


def normal(words: str) -> str:
    """Return *words* as they are compared: NFKC, without white space and punctuation."""
    return MARKS.sub("", unicodedata.normalize("NFKC", words))


def pairs_of(words: str) -> tuple[str, ...]:
    """Return the character pairs of normal *words*, each once; one character alone stands for itself."""
    if len(words) == 1:
        return (words,)
    return tuple(dict.fromkeys(words[place : place + 2] for place in range(len(words) - 1)))


@cache
def catalogue() -> Catalogue:
    """Return the competitors; built once a process."""
    forms: list[Form] = []
    for indicator in indicators():
        for word in dict.fromkeys((indicator.name, *indicator.synonyms)):
            pairs = tuple(dict.fromkeys(pair for part in word.split("…") for pair in pairs_of(normal(part))))
            forms.append(Form(pairs, indicator))
    known = {form.pairs for form in forms}
    for indicator in indicators():
        for word in indicator.near_misses:
            pairs = pairs_of(normal(word))
            if pairs not in known:
                forms.append(Form(pairs, None))
    having: dict[str, list[int]] = defaultdict(list)
    owners: dict[str, set[str]] = defaultdict(set)
    for place, form in enumerate(forms):
        for pair in form.pairs:
            having[pair].append(place)
            owners[pair].add(form.indicator.id if form.indicator else str(place))
    weight = {pair: math.log(1 + len(indicators()) / len(names)) for pair, names in owners.items()}
    total = tuple(sum(weight[pair] for pair in form.pairs) for form in forms)
    return Catalogue(tuple(forms), {pair: tuple(places) for pair, places in having.items()}, weight, total)


def agrees(unit: str | None, indicator: Indicator, *, deadline: bool) -> bool:
    """Say whether a value in *unit* can be one of the indicator's; an empty unit agrees with any but a date."""
    if deadline or indicator.kind == "deadline":
        return deadline and indicator.kind == "deadline"
    if indicator.kind == "frequency":
        return unit is None or unit in CLASSES[1]
    if not unit or unit == indicator.unit:
        return True
    return any(unit in units and indicator.unit in units for units in CLASSES)


def find_indicators(
    subject: str, around: Sequence[str], unit: str | None, *, heading: int | None, deadline: bool
) -> tuple[tuple[str, ...], float | None]:
    """Return the indicators that a value reports and a score from 0 to 1; nothing where nothing fits.

    Args:
        subject: what the value measures; a joint subject (A率、B率) may have several indicators.
        around: the rest of its clause, the clause before, the title of its section, nearest first.
        unit: the value's unit.
        heading: the heading of its section, 0 or None where it has none.
        deadline: whether the value is a date.
    """
    parts = split_joint(subject)
    found: list[str] = []
    best = 0.0
    for part in parts:
        match = best_form(part, around, unit, heading=heading, deadline=deadline)
        if match is not None:
            found.append(match[0].id)
            best = max(best, match[1])
    return tuple(dict.fromkeys(found)), round(best, 3) if found else None


def split_joint(subject: str) -> list[str]:
    """Split 报备率、及时率和规范率 into its rates; any other subject stays whole."""
    pieces = re.split(r"[、和及]|以及", subject)
    rates = [piece for piece in pieces if re.search(r"(?:率|度)$", piece)]
    return pieces if len(pieces) > 1 and len(rates) == len(pieces) else [subject]


def best_form(
    subject: str, around: Sequence[str], unit: str | None, *, heading: int | None, deadline: bool
) -> tuple[Indicator, float] | None:
    """Return the indicator whose form wins and how much of the form was found; None where a look-alike wins."""
    known = catalogue()
    own = {pair: known.weight.get(pair, 1.0) for pair in pairs_of(normal(subject))}
    whole = sum(own.values()) or 1.0
    shares: dict[int, float] = defaultdict(float)
    for pair, weight in own.items():
        for place in known.having.get(pair, ()):
            shares[place] += weight / whole
    nearest = weigh_pairs((subject, *around))
    winner, top, found = None, (0.0, 0.0), 0.0
    for place, share in shares.items():
        form = known.forms[place]
        if share < LEAST_SHARE or (form.indicator and not agrees(unit, form.indicator, deadline=deadline)):
            continue
        cover = sum(nearest.get(pair, 0.0) * known.weight[pair] for pair in form.pairs) / known.total[place]
        if cover < LEAST_COVER:
            continue
        rank = (cover * (BASE + share) * (1.0 if at_home(form, heading) else FOREIGN), known.total[place])
        if rank > top:
            winner, top, found = place, rank, cover
    if winner is None or (indicator := known.forms[winner].indicator) is None:
        return None
    return indicator, min(1.0, found)


def weigh_pairs(texts: Sequence[str]) -> Mapping[str, float]:
    """Return what each character pair of *texts*, the subject first, counts: a pair counts where it is nearest."""
    nearest: dict[str, float] = {}
    for words, weight in zip(texts, WEIGHTS, strict=False):
        for pair in pairs_of(normal(words)):
            nearest.setdefault(pair, weight)
    return nearest


def at_home(form: Form, heading: int | None) -> bool:
    """Say whether a section of this heading is where the form's indicator belongs, or could belong."""
    if form.indicator is None or not heading:
        return True
    return heading == form.indicator.heading or heading in form.indicator.alt_headings
