"""From a value's subject to the canonical indicator that it reports, look-alikes kept apart.

Every surface form of every indicator whose unit and kind agree competes (terms.py). Words around the value complete a
subject that says too little, and never outvote one that says something else. Of a form in parts (复议…维持) the last
must be in the subject; the others may stand before the value, in its clause or in the titles above it. A look-alike
that is no indicator competes too, and where it wins the value has none.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.extract.terms import (
    CHANGE,
    LEAST_SCORE,
    Form,
    Letters,
    Pool,
    normal,
    pairs_of,
    rank_of,
    squeezed,
    weigh_pairs,
)
from pipeline.records import Comparator, Period, ValueType
from pipeline.reference import Indicator, indicators

# Units that officials use one for the other; an indicator's unit stands for its whole class.
CLASSES = (
    ("%", "‰", "个百分点", "百分点"),
    (
        "次", "期", "场", "届", "轮", "场次", "批次", "堂", "节课", "遍", "件次", "家次", "户次", "项次", "节", "讲",
        "班次", "例次",
    ),
    (
        "件", "起", "宗", "件次", "例", "桩", "项", "份", "卷", "条", "篇", "个", "部", "处", "张", "台", "万条", "套",
        "类", "笔", "单", "册", "面", "幅", "座", "间", "辆", "块", "本", "则", "枚", "票", "辆次", "项次",
    ),
    (
        "个", "处", "家", "户", "所", "支", "座", "间", "家次", "户次", "村", "社区", "单位", "企业", "部门", "乡镇",
        "镇", "街道",
    ),
    ("人", "名", "位"),
    ("人次",),
    ("天", "日", "工作日", "个工作日", "小时", "个月", "分钟", "年", "周", "自然日", "个自然日", "个小时"),
    ("元", "万元", "亿元"),
    ("学时", "课时", "个学时", "个课时", "小时", "个小时"),
    ("分",),
    ("批", "批次"),
)  # fmt: skip
SHARES, EVENTS = ("%", "‰"), CLASSES[1]
HEADS = ("人", "名", "位")
CASES = ("件", "起", "宗", "例", "桩")
# 24个单位 counts units, whatever is done with them; of a 村级 committee the committee is counted.
COUNTED_BODY = re.compile(
    r"^[^个家]{1,16}[个家](单位|部门|企业|乡镇|街道|镇|村|社区)(?!级|[^,;。的]{0,4}(?:委会|组织|中心|站|室))"
)
# 每个乡镇2名 is a norm of staffing and no total.
PER_BODY = re.compile(
    r"每(?:一?个[^,;。]{0,4}?)?(?:行政村|村|社区|乡镇|镇|乡|街道|县|区|市|单位|部门|所|站|队|科室|窗口|机构|组织)"
)
LIST_END = re.compile(r"(?:事项|清单|目录|名录)$")  # of a subject that names what is listed, not what was handled
HANDLED = re.compile("办理|受理|办结|接件|申报")
RATIO_UNITS = ("%", "个百分点", "分", "倍")  # of a rise or fall of a ratio, whatever the ratio itself is printed in
RATE_UNITS = (None, "%", "‰", "个百分点", "百分点", "分", "倍", "成", "件/万人")
RATE_NAME = re.compile(r"(?<!效)率$")
BOUNDS: Mapping[str, tuple[Comparator, ...]] = {"min": (">=", ">"), "max": ("<=", "<")}

RATE = re.compile(r"(?:率|度|比|比例|占比|比重|权重|分值|面|水平)$")
LISTING = re.compile(r"[、和及与]")
NOT_FAR = 20  # characters before a value in which a word of change still speaks of it
# How much a pair counts where it stands outside the subject: in its sentence, in the titles above, further off.
NEAR, ABOVE, FAR = 0.75, 0.45, 0.4
# How sure the context of a form in parts is: it loses with the distance in characters, and with each full stop.
REACH, PER_CHARACTER, PER_SENTENCE = 160, 0.0025, 0.06
JUST_BEFORE, AFTER, TITLE = 0.99, 0.9, 0.8  # before the value, behind it in its clause, in a title
FOREIGN = 0.75  # for an indicator of another heading than the section's: 按期办结率 of petitions is not of services
OTHER_UNIT = 0.93  # for a unit of the same class that is not the indicator's own
EQUAL = 0.9  # of 司法建议、检察建议…办复率 each half ranks like the other


class Measure(NamedTuple):
    """What decides whether a value can be one of an indicator's."""

    kind: str
    units: tuple[str, ...]  # its own first
    bound: str | None
    falls: bool  # the less the better, so that a value may say what it stays below
    items: bool  # counts the entries of a list


@dataclass(frozen=True, slots=True)
class Measured:
    """A value as it is looked up: what it measures, and what stands around it."""

    subject: str
    unit: str | None = None
    type: ValueType = "quantity"
    comparator: Comparator | None = None
    period: Period | None = None
    before: str = ""  # of its paragraph, up to the value
    after: str = ""  # of its clause, from the value on
    titles: tuple[str, ...] = ()  # of its section and of those above, nearest first
    heading: int | None = None  # 0 or None where its section has none
    bare: bool = False  # a frequency without an amount: 每月调度


class Match(NamedTuple):
    """A form that a value bears, how much of it was found, and how it ranks among its rivals."""

    form: Form
    inside: float  # how much of it the subject itself has
    score: float
    rank: float


def counted(value: Measured) -> Measured:
    """Return a value in the unit of what it counts: 24个单位 are bodies, and no files or cases."""
    body = COUNTED_BODY.match(value.after) if value.unit in ("个", "家") else None
    return replace(value, unit=body[1]) if body else value


def split_joint(subject: str) -> list[str]:
    """Split 报备率、及时率和规范率 into its rates; any other subject stays whole."""
    pieces = re.split(r"、|和(?!解)|以及|及(?!时)", subject)
    rates = [piece for piece in pieces if re.search(r"(?:率|度)$", piece)]
    return pieces if len(pieces) > 1 and len(rates) == len(pieces) else [subject]


def measure_of(indicator: Indicator) -> Measure:
    """Return what decides whether a value can be one of an indicator's."""
    return Measure(
        indicator.kind,
        (indicator.unit, *indicator.other_units),
        indicator.bound,
        falls=indicator.direction == "lower_better",
        items=indicator.unit == "项" and indicator.name.endswith(("事项数", "清单数")),
    )


def agrees(value: Measured, measure: Measure) -> bool:
    """Say whether a value can be of some kind and unit.

    A date is a deadline, or a frequency where it comes back (每月5日前); a bare frequency counts events; a benchmark
    without a unit may be of anything that has an amount. Fewer than some persons is a condition (执法人员少于5人的) and
    no count of them, unless they are to become fewer. 件 are cases and no entries of a list.
    """
    kind, units, bound = measure.kind, measure.units, measure.bound
    if value.type == "deadline":
        return kind == "deadline" or (kind == "frequency" and value.period is not None)
    if kind == "deadline" or (bound and value.comparator not in BOUNDS[bound]):
        return False
    if value.bare:
        return kind == "frequency" or units[0] in EVENTS
    if value.unit is None:
        return kind != "frequency"
    if value.unit in HEADS and value.comparator == "<" and not measure.falls:
        return False
    if value.unit in units or (kind == "ratio" and value.unit in RATIO_UNITS):
        return True
    if measure.items and value.unit in CASES:
        return False
    return any(value.unit in like and units[0] in like for like in CLASSES)


class Linker:
    """A catalogue of indicators made ready for looking values up."""

    def __init__(self, catalogue: tuple[Indicator, ...]) -> None:
        """Weigh the words of the catalogue; the forms of a unit are made when a value first has it."""
        self._catalogue = catalogue
        self._measures = frozenset(map(measure_of, catalogue))
        self._weight = weigh_pairs(catalogue)
        self._names = frozenset(normal(term) for one in catalogue for term in (one.name, *one.synonyms))
        self._fallbacks = tuple(indicator for indicator in catalogue if indicator.fallback)
        self._pools: dict[tuple[frozenset[Measure], bool], Pool] = {}
        self._agreeing: dict[tuple[object, ...], Pool] = {}

    def find(self, value: Measured) -> tuple[tuple[str, ...], float | None]:
        """Return the indicators that a value reports and a score from 0 to 1; nothing where nothing fits.

        A joint subject (A率、B率) may have several.
        """
        value = counted(value)
        found: list[str] = []
        best = 0.0
        parts = split_joint(value.subject)
        for part in parts:
            for match in self.matches(value if len(parts) == 1 else replace(value, subject=part)):
                if match.form.indicator is not None:
                    found.append(match.form.indicator.id)
                    best = max(best, match.score)
        if not found:
            found = [
                one.id for one in self._fallbacks if value.heading == one.heading and agrees(value, measure_of(one))
            ]
            best = LEAST_SCORE
        return tuple(dict.fromkeys(found)), round(min(1.0, best), 3) if found else None

    def matches(self, value: Measured) -> list[Match]:
        """Return the form that wins, with its equals where the subject lists things; or none."""
        ranked = sorted(self.rivals(value), key=lambda match: -match.rank)
        if not ranked or ranked[0].form.indicator is None:
            return []
        winner = ranked[0]
        if not LISTING.search(value.subject) or winner.inside < 1.0:
            return [winner]
        equal = (one for one in ranked[1:] if one.inside == 1.0 and one.rank >= EQUAL * winner.rank)
        return [winner, *(one for one in equal if one.form.indicator is not None)]

    def rivals(self, value: Measured) -> Iterator[Match]:
        """Yield the forms that a value bears, with their ranks, but for those that could not win or equal."""
        candidates = self.pool(value).candidates(value.subject)
        if not candidates or (value.unit not in RATE_UNITS and RATE_NAME.search(value.subject)):
            return
        around = Around(value)
        moves = value.comparator in ("increase", "decrease")
        told = moves or CHANGE.search(value.subject + value.before[-NOT_FAR:] + value.after) is not None
        # 行政处罚案件下降8% is no rate: only a form that speaks of a fall, or a subject that is a rate, can be meant.
        amount_moves = moves and value.unit in SHARES and RATE.search(value.subject) is None
        each = value.unit in HEADS and PER_BODY.search(value.subject + re.split("[,;。]", value.before)[-1]) is not None
        listed = value.unit == "项" and LIST_END.search(value.subject) and not HANDLED.search(value.subject)
        highest = 0.0
        for one in candidates:
            if one.hope < EQUAL * highest:
                return
            form = one.form
            if (form.changes and not told) or (amount_moves and not form.changes):
                continue
            if (each and not form.each) or (listed and form.indicator is not None and form.indicator.unit in CASES):
                continue
            score = around.score(form, one.inside, one.share)
            if score < LEAST_SCORE:
                continue
            rank = rank_of(one.likeness, one.inside, score)
            indicator = form.indicator
            if indicator is not None:
                at_home = value.heading in (None, 0, indicator.heading, *indicator.alt_headings)
                rank *= (1.0 if at_home else FOREIGN) * (1.0 if value.unit in (None, indicator.unit) else OTHER_UNIT)
            highest = max(highest, rank)
            yield Match(form, one.inside, score, rank)

    def pool(self, value: Measured) -> Pool:
        """Return the forms of all indicators that agree with a value."""
        key = (value.type == "deadline", value.period is None, value.bare, value.unit, value.comparator)
        if key not in self._agreeing:
            measures = frozenset(one for one in self._measures if agrees(value, one))
            tasks = value.type == "deadline"
            if (measures, tasks) not in self._pools:
                chosen = [indicator for indicator in self._catalogue if measure_of(indicator) in measures]
                self._pools[measures, tasks] = Pool(chosen, self._weight, self._names, tasks=tasks)
            self._agreeing[key] = self._pools[measures, tasks]
        return self._agreeing[key]


@cache
def bundled_linker() -> Linker:
    """Return the linker of the bundled catalogue, made on first use."""
    return Linker(indicators())


@lru_cache(maxsize=8)
def linker_of(catalogue: tuple[Indicator, ...]) -> Linker:
    """Return the linker of a catalogue, made on first use."""
    return Linker(catalogue)


class Around:
    """What stands around a value; its parts are made ready when a form first asks for them."""

    def __init__(self, value: Measured) -> None:
        """Keep the value."""
        self._value = value
        self._pairs: tuple[frozenset[str], ...] = ()
        self._own: frozenset[str] = frozenset()
        self._sentences: tuple[str, ...] = ()
        self._subject = self._after = ""
        self._titles: tuple[str, ...] = ()

    def score(self, form: Form, inside: float, share: float) -> float:
        """Return how much of a form is found, less where words around the value have to complete it."""
        if form.context:
            return inside * min(map(self.sureness, form.context))
        if inside == 1.0:
            return inside
        return inside + (self.covered(form.letters) / form.total - inside) * share

    def split(self) -> None:
        """Make the texts around the value ready: its sentences from the nearest on, its titles, what follows it."""
        value = self._value
        *earlier, sentence = value.before[-REACH:].split("。")
        self._sentences = tuple(map(squeezed, (sentence, *reversed(earlier))))
        self._subject, self._after = squeezed(value.subject), squeezed(value.after)
        self._titles = tuple(map(squeezed, value.titles))

    def sureness(self, words: str) -> float:
        """Return how sure it is that *words* belong to the value: 1 in its subject, 0 where they are nowhere."""
        if not self._sentences:
            self.split()
        if words in self._subject:
            return 1.0
        best = TITLE if any(words in title for title in self._titles) else 0.0
        best = AFTER if words in self._after else best
        distance = 0
        for crossed, sentence in enumerate(self._sentences):
            if (at := sentence.rfind(words)) >= 0:
                distance += len(sentence) - at - len(words)
                return max(best, JUST_BEFORE - PER_CHARACTER * distance - PER_SENTENCE * crossed)
            distance += len(sentence)
        return best

    def covered(self, letters: Letters) -> float:
        """Return the weight of the characters that are found, less where only outside the subject."""
        if not self._pairs:
            if not self._sentences:
                self.split()
            zones = (
                (self._subject,),
                (self._sentences[0], self._after),
                self._titles,
                self._sentences[1:],
            )
            self._pairs = tuple(frozenset(pair for words in zone for pair in pairs_of(words)) for zone in zones)
        own, near, above, far = self._pairs
        total = 0.0
        for before, behind, weight in letters:
            if before in own or behind in own:
                total += weight
            elif before in near or behind in near:
                total += weight * NEAR
            elif before in above or behind in above:
                total += weight * ABOVE
            elif before in far or behind in far:
                total += weight * FAR
        return total
