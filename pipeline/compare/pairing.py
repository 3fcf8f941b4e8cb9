"""Which statements of two documents speak of the same thing, through renumbering and rewording.

A statement is a commitment with what stands around it. Its likeness to another comes from the indicators that they
share, from the characters of their subjects, and from the sentence that a short subject (化解率) leans on. Numbers and
places of sections do not count, for they change from year to year. Pairs are the assignment of greatest likeness.

The weights were chosen by hand on the demo corpus and the tables of tests/test_tracking.py and test_differences.py.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from pipeline.compare.measures import Measure, measures, plain_cells, units_agree
from pipeline.reference import indicators
from pipeline.tables import Export

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Whose office it is differs between levels and says nothing about the thing.
PLACES = re.compile(
    r"[省市州县区镇乡]、[省市州县区镇乡](?:两级|三级)?|县乡两级|[全本我各][省市州县区镇乡旗]|[省市州县区镇乡旗]级|"
    r"[省市州县区旗](?=政府|直|委|管)|本系统、本地区|本地区|人民(?=政府)"
)
# Verbs and adverbs that every sentence has.
GLUE = re.compile(
    "达到|达|实现|保持|完成|开展|组织|举办|召开|进行|推进|确保|力争|继续|累计|全部|全面|全年|每年|年度|本年|上一|均为|均|共|已|"
    "工作|有关|相关|情况|一般|事项落地"
)
NUMBER = re.compile(
    r"^\s*(?:\d{1,2}[.．、](?=\D|\d{1,2}月|(?:19|20)\d\d年)|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]|[一二三四五六七八九十]{1,3}、|[①-⑳]|"
    r"第[一二三四五六七八九十百\d]+条)\s*"
)
LETTER = re.compile(r"[㐀-鿿A-Za-z]+")
SENTENCE = re.compile(r"[。；;！？\n]")
SAME_THING = {  # spelled in two ways by one and the same office
    "备案": "报备",
    "督查": "督察",
    "公示": "公布",
    "发布": "公布",
    "政协提案": "委员提案",
    "人大代表建议": "代表建议",
    "经营主体": "企业",
    "市场主体": "企业",
    "述法报告": "述法",
    "案件评查": "案卷评查",
}
# What is done to a thing tells more than the thing: 清理 and 审核 of 行政规范性文件 are two tasks.
ACTS = re.compile(
    "清理|审核|审查|备案|报备|评估|公布|公开|公示|发布|更新|修订|修改|编制|制定|出台|演练|评查|培训|轮训|督察|督查|考核|考试|"
    "排查|化解|调解|征求|论证|解读|宣传|接入|上线|答复|办复|办结|办理|出庭|述法|学法|讲座|通报|调度|听取|检查|清偿|录入|采纳|"
    "整改|反馈|研判|联席|旁听|立法|复议|应诉|配备|聘请|建成|表彰|举报|投诉|补正|报送|上报|移送"
)
OTHER_ACT, LAST_ACT, NO_ACT = 0.75, 0.8, 0.85
RELATED, DISJOINT, UNKNOWN = 0.25, 0.7, 0.92  # what indicators that are not shared leave of a likeness
SHARED = 0.55  # what a shared indicator gives before any word is compared
OTHER_UNIT, OTHER_KIND, PART_OF = 0.85, 0.8, 0.9  # a result of another unit, of a change against a level, of a part
STRANGE_UNIT = 0.6  # of another unit, and no indicator says that it is the same thing
OTHER_NAME = 0.75  # of a thing called by a name (“高效办成一件事”事项), where the other sentence has nothing like it
NAME = re.compile(r"[“「『\"]([^“”「」『』\"]{2,24})[”」』\"]")
SOME = 0.4  # of a name that is there in other words: “一件事”集成服务 for “高效办成一件事”
TIE = 1e-4  # of equal pairs those that stand alike in their documents


@dataclass(frozen=True, slots=True)
class Statement:
    """A commitment with the words that it leans on."""

    measure: Measure
    section_id: str
    quote: str
    before: str  # its sentence up to the value
    after: str  # what follows the value in its sentence
    start: int  # of the value
    end: int
    place: float  # 0 to 1, where in the document it stands
    support: tuple[str, ...]
    heading: int | None

    @property
    def id(self) -> str:
        """The commitment_id."""
        return self.measure.commitment_id

    @property
    def words(self) -> str:
        """What it is about, as compared: its subject, or the sentence where it names none."""
        return self.measure.subject or self.before


def find_statements(export: Export, doc_id: str, stances: Sequence[str]) -> list[Statement]:
    """Return the commitments of a document that have one of *stances*, in reading order."""
    texts = dict(zip(export.documents["doc_id"], export.documents["text"], strict=True))
    text = str(texts[doc_id])
    rows = export.commitments[
        (export.commitments["doc_id"] == doc_id) & export.commitments["stance"].isin(list(stances))
    ].sort_values(["value_start", "value_end"], kind="stable")
    documents = export.documents[export.documents["doc_id"] == doc_id]
    made = measures(rows, documents)
    names = ("commitment_id", "section_id", "quote", "value_start", "value_end", "support", "heading")
    found = []
    for key, section_id, quote, start, end, support, heading in zip(
        *(plain_cells(rows[name]) for name in names), strict=True
    ):
        before = SENTENCE.split(text[max(0, start - 200) : start])[-1]
        after = SENTENCE.split(text[end : end + 120])[0]
        place = start / max(1, len(text))
        found.append(Statement(made[key], section_id, quote, before, after, start, end, place, tuple(support), heading))
    return found


@lru_cache(maxsize=50_000)
def grams(words: str) -> frozenset[str]:
    """Return the characters and pairs of characters of *words* without places, glue and punctuation."""
    words = GLUE.sub("", PLACES.sub("", _alike(words)))
    found: set[str] = set()
    for run in LETTER.findall(words):
        found.update(run)
        found.update(run[at : at + 2] for at in range(len(run) - 1))
    return frozenset(found)


def resemblance(a: str, b: str) -> float:
    """Return how like two wordings are, 0 to 1: the mean of overlap with the shorter and of cosine.

    Grams weigh by how few indicators of the catalogue have them in their names, whatever documents there are.
    """
    left, right = grams(a), grams(b)
    if not left or not right:
        return 0.0
    common, one, other = _weight(left & right), _weight(left), _weight(right)
    return 0.5 * common / min(one, other) + 0.5 * common / math.sqrt(one * other)


def _held(part: str, whole: str) -> float:
    """Return which share of one wording is found in another."""
    left = grams(part)
    return _weight(left & grams(whole)) / _weight(left) if left else 0.0


@lru_cache(maxsize=100_000)
def _weight(found: frozenset[str]) -> float:
    """Return how much grams tell: 清理 is said of few things, 行政 and 文件 of many."""
    rarity, most = _rarity()
    return math.fsum(rarity.get(gram, most) for gram in sorted(found))


@cache
def _rarity() -> tuple[dict[str, float], float]:
    """Return the weight of each gram that names of indicators have, and that of all others."""
    every = list(synonyms().values())
    counted = Counter(gram for names in every for gram in {each for name in names for each in grams(name)})
    weights = {gram: math.log(1 + len(every) / count) for gram, count in counted.items()}
    return weights, math.log(1 + len(every) / 2)


def likeness(a: Statement, b: Statement, *, compare: Callable[[str, str], float] = resemblance) -> float:
    """Return how likely two statements speak of the same thing, 0 to 1.

    Args:
        a: one statement.
        b: the other; the likeness is the same the other way round.
        compare: of two wordings, 0 to 1, for another measure of similarity than the one built in.
    """
    one, other = a.measure, b.measure
    subjects = compare(a.words, b.words)
    around = max(_held(a.words, b.before + b.words), _held(b.words, a.before + a.words))
    words = 0.55 * subjects + 0.45 * min(1.0, around)
    left, right = set(one.indicators), set(other.indicators)
    if left & right:
        score = SHARED + (1 - SHARED) * words
    elif not left or not right or (one.type == "deadline") != (other.type == "deadline"):
        score = UNKNOWN * words  # an indicator of a date is never that of an amount
    elif _are_related(frozenset(left), frozenset(right)):
        score = RELATED + (0.95 - RELATED) * words
    else:
        score = DISJOINT * words
    if one.type != "deadline" and other.type != "deadline":
        if not units_agree(one, other):
            is_kin = bool(left & right) or _are_related(frozenset(left), frozenset(right))
            score *= OTHER_UNIT if is_kin or one.is_change != other.is_change else STRANGE_UNIT
        elif one.is_change != other.is_change:
            score *= OTHER_KIND
        if ("benchmark" in (one.type, other.type)) and one.type != other.type:
            score *= OTHER_KIND if left & right else STRANGE_UNIT
        if _is_frequency(one) != _is_frequency(other) and _counts_things(one, other):
            score *= OTHER_UNIT
    score *= _acts_alike(a.words, b.words, b.before) * _acts_alike(b.words, a.words, a.before)
    if _is_part(a) != _is_part(b):
        score *= PART_OF
    if not (_has_names_of(a, b) and _has_names_of(b, a)):
        score *= OTHER_NAME
    return round(min(1.0, score), 4)


def _has_names_of(statement: Statement, other: Statement) -> bool:
    """Say whether what a statement calls by names is in the sentence of another one, with quotes or without."""
    names = _names(statement.measure.subject)
    if not names:
        return True
    sentence = other.before + other.words + other.after
    return all(_held(name, sentence) >= SOME for name in names)


@lru_cache(maxsize=50_000)
def _names(subject: str) -> tuple[str, ...]:
    """Return the names in quotation marks that have more than glue."""
    return tuple(name for name in NAME.findall(subject) if grams(name))


def _is_frequency(measure: Measure) -> bool:
    return measure.period is not None and measure.value == 1 and measure.unit in (None, "次")


def _counts_things(one: Measure, other: Measure) -> bool:
    """Say whether one of the two counts something else than occasions."""
    return any(each.unit not in (None, "次") for each in (one, other))


def _acts_alike(task: str, words: str, before: str) -> float:
    """Return what is left of a likeness when *words*, or the sentence *before* them, do something else than *task*."""
    acts, done = ACTS.findall(_alike(task)), set(ACTS.findall(_alike(words)))
    told = done | set(ACTS.findall(_alike(before)))
    if not acts or not done:
        return 1.0
    if not set(acts) & told:
        return OTHER_ACT
    return 1.0 if acts[-1] in told else LAST_ACT


def find_acts(words: str) -> set[str]:
    """Return what is done in *words*."""
    return set(ACTS.findall(_alike(words)))


def act_match(task: str, clause: str) -> float:
    """Return what is left of the likeness of a clause that does something else than a task asks, or nothing."""
    acts, done = find_acts(task), find_acts(clause)
    return NO_ACT if acts and not done else _acts_alike(task, clause, "")


def _alike(words: str) -> str:
    for one, other in SAME_THING.items():
        words = words.replace(one, other)
    return words


def is_same_act(a: Statement, b: Statement) -> bool:
    """Say whether what is done to a thing is the same in two statements, each by its own words."""
    left, right = find_acts(a.words), find_acts(b.words)
    return not left or not right or (left <= right or right <= left)


def without_number(words: str) -> str:
    """Return the words of a clause without the number of its item.

    >>> [without_number(words) for words in ("1.清理60件", "（二）公布清单", "1.5月公布", "1.5万件")]
    ['清理60件', '公布清单', '5月公布', '1.5万件']
    """
    return NUMBER.sub("", words.strip())


def _is_part(statement: Statement) -> bool:
    return "其中" in re.split("[，,：:]", statement.before)[-1]


@cache
def _near_misses() -> dict[str, frozenset[str]]:
    return {each.id: frozenset(each.near_miss_ids) for each in indicators()}


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Return what each indicator is called, by its id."""
    return {each.id: (each.name, *each.synonyms) for each in indicators()}


@lru_cache(maxsize=50_000)
def _are_related(left: frozenset[str], right: frozenset[str]) -> bool:
    """Say whether one indicator is kept in mind as easily taken for the other: hours and days of one training."""
    near = _near_misses()
    return any(near.get(a, frozenset()) & right for a in left) or any(near.get(b, frozenset()) & left for b in right)


def likeness_table(a: Sequence[Statement], b: Sequence[Statement]) -> "NDArray[np.float64]":
    """Return the likeness of each pair.

    Returns:
        *Shape* (len(a), len(b)).
    """
    import numpy as np

    table = np.zeros((len(a), len(b)))
    for row, one in enumerate(a):
        for column, other in enumerate(b):
            table[row, column] = likeness(one, other)
    return table


def assign(
    scores: "NDArray[np.float64]", least: float, places: tuple[Sequence[float], Sequence[float]] | None = None
) -> list[tuple[int, int]]:
    """Return the pairs of rows and columns that together are most alike, each at least *least*, in the order of rows.

    Args:
        scores: likeness, 0 to 1.
        least: pairs below it are none.
        places: where rows and columns stand, 0 to 1; of equal pairs those that stand alike are taken.
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    if not scores.size:
        return []
    worth = np.where(scores >= least, scores, 0.0)
    if places is not None:
        worth = np.where(worth > 0, worth - TIE * np.abs(np.subtract.outer(places[0], places[1])), 0.0)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    return sorted((int(row), int(column)) for row, column in zip(rows, columns, strict=True) if worth[row, column] > 0)


def pairs(
    a: Sequence[Statement],
    b: Sequence[Statement],
    least: float,
    may_be: Callable[[Measure, Measure], bool] = lambda one, other: True,
) -> list[tuple[Statement, Statement, float]]:
    """Return the statements of two documents that speak of the same thing, each at most once, with their likeness.

    Args:
        a: of one document.
        b: of the other.
        least: likeness from which two are a pair.
        may_be: says which two can be one at all; others never take the place of a pair that can.
    """
    table = likeness_table(a, b)
    for row, one in enumerate(a):
        for column, other in enumerate(b):
            if not may_be(one.measure, other.measure):
                table[row, column] = 0.0
    found = assign(table, least, ([one.place for one in a], [one.place for one in b]))
    return [(a[row], b[column], float(table[row, column])) for row, column in found]


def section_rows(export: Export, doc_id: str) -> list[dict[str, Any]]:
    """Return the sections of a document as dictionaries, in reading order."""
    names = ("section_id", "parent_id", "number", "level", "title", "start", "end", "heading", "items")
    sections = export.sections[export.sections["doc_id"] == doc_id]
    rows = zip(*(plain_cells(sections[name]) for name in names), strict=True)
    return sorted((dict(zip(names, row, strict=True)) for row in rows), key=lambda row: (row["start"], -row["end"]))


def clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the clauses of a stretch of text, without the marks that part them."""
    for found in re.finditer(r"[^，,。；;：:！？\n\t]+", text[start:end]):
        yield start + found.start(), start + found.end()
