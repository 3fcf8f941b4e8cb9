"""From a value's subject to the canonical indicator that it reports, look-alikes kept apart.

Every surface form of every indicator whose unit and kind agree competes. A form is found by its character pairs, so
that 行政复议案件按期办结率 is 复议按期办结率; rare pairs count most. The subject must hold the form's head: words
around the value complete a subject that says too little, and never outvote one that says something else. Of a form
in parts (复议…维持) the last is the head and the others may stand before the value, in its clause or in the titles
above it. A look-alike that is no indicator competes too, and where it wins the value has none.
"""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.records import Comparator, Period, ValueType
from pipeline.reference import Indicator

JOIN = "…"
# Units that officials use one for the other; an indicator's unit stands for its whole class.
CLASSES = (
    ("%", "‰", "个百分点", "百分点"),
    ("次", "期", "场", "届", "轮", "场次", "批次", "堂", "节课", "遍", "件次", "家次", "户次", "项次", "节", "讲", "班次", "例次"),
    (
        "件", "起", "宗", "件次", "例", "桩", "项", "份", "卷", "条", "篇", "个", "部", "处", "家", "张", "支", "台",
        "户", "家次", "万条", "套", "类", "笔", "单", "所", "户次", "册", "面", "幅", "座", "间", "辆", "块", "本", "则", "枚",
        "村", "社区", "单位", "企业", "部门", "乡镇", "镇", "街道", "票", "辆次", "项次", "余件",
    ),
    ("人", "名", "位", "人次", "余人"),
    ("天", "日", "工作日", "个工作日", "小时", "个月", "分钟", "年", "周", "自然日", "个自然日", "个小时"),
    ("元", "万元", "亿元"),
    ("学时", "课时", "天", "日", "小时"),
    ("分",),
    ("批", "批次"),
)  # fmt: skip
SHARES, EVENTS = CLASSES[0][:2], CLASSES[1]
# What a rise or fall of a ratio is printed in, whatever the ratio itself is printed in.
RATIO_UNITS = ("%", "个百分点", "分", "倍")
MARKS = re.compile(r"[\s“”\"‘’'「」《》,，。;；:：、()（）\[\]·|]|(?<!\d)(?!(?:12345|12348|12315)(?!\d))\d+(?:\.\d+)?(?:年(?!度|均|限|终|报)|月(?!度|报))?")
# What opens or closes a subject without telling it from another.
OPENING = re.compile(
    r"^(?:(?:向(?:[^,]{1,14}?(?:政府|常委会|人大|委|办公室|小组|局|厅|部门|社会)[、和及]?){1,3})(?=报备|备案|报送|报告|提交|移送|通报|公开|公布)|(?:[全本]|各)?[省市县区旗盟州镇乡](?:级|本级|直|域)?(?=各|开展|组织|共|的|召开|办理|受理|[\u4e00-\u9fff]{4})|全局|全厅|各级|各类|各项|全年|本年度"
    r"|年度(?=[^培考])|共计?|累计|合计|新增?(?=办)|其中|实际|开展了?|组织开展|组织(?=[^机])|举办|召开|举行|进行|实施了?|推进|落实|做好|抓好|实行|推行|实现"
    r"|完成了?|办理(?!时|用|周|天|满)|的|对|将|把|为|于|需要?|拟|予以|力争|确保|继续(?!有效)|再次?|要求|使|向)+"
)
CLOSING = re.compile(r"(?:的|总?数量?|件数|次数|批次|人数|份数|条数|个数|场次|数|情况|工作|等|方面|活动(?=.{0}))+$")
LIGHT = re.compile(
    r"全部|全覆盖|均(?!衡)|都|分别|平均(?=[减提压缩])|一般(?=不)|最[长短多少]|不少于|不超过|不低于|至少"
    r"|(?:按[期时]|限时|群众|总体)(?=[\u4e00-\u9fff]{2}率)"
)
CHANGE = re.compile(
    r"(?:累计|平均|同比|再)*(?:压[减缩降]|下降|减少|降低|缩短|提[高升速]|增[长加]|减幅|降幅|增幅|精简|翻一番)(?:率|比例?|幅度?)?"
)
LISTING = re.compile(r"[、和及与]")
RATE = re.compile(r"(?:率|度|比|比例|占比|比重|权重|分值|覆盖面|面|水平|程度)$")
# How much a pair counts where it stands outside the subject: in its sentence, further off, in the titles above.
NEAR, FAR, ABOVE = 0.75, 0.4, 0.45
# How sure the context of a form in parts is: it loses with the distance in characters, and with each full stop.
REACH, PER_CHARACTER, PER_SENTENCE = 160, 0.0015, 0.05
AFTER_SURE, ABOVE_SURE = 0.9, 0.8  # behind the value in its clause; in a title
# These won a sweep over rows with and without an indicator, by right links less wrong ones.
LEAST_SCORE = 0.74  # of a form's weight must be found
FIRST_LOOK = 0.25  # of a head's weight must be in the subject, by pairs, to look at it closely
LEAST_INSIDE = 0.4  # of a form in one part must be in the subject itself
LEAST_HEAD = 0.72  # of the head of a form in parts must be in the subject itself
LEAST_SHARE = 0.3  # of the subject must be the form's, so that 合同 alone claims no contract indicator
SHORT_SHARE = {1: 0.9, 2: 0.6, 3: 0.45}  # by the length of a form in one part: 立案 says little in a longer subject
LEAST_SHARE_OF_TASK = 0.2  # what is due by a date is told at greater length
SHARPNESS = 2.0  # how much a form that is found in full wins over one that is found in part
LISTED = 0.8  # how much the last of several things listed stands for the subject
BASE = 0.35  # a form that explains more of the subject wins over one that explains less
GAIN = 0.5  # what a form owes to the words around the value counts less than what the subject says
SIZE = 0.5  # of two forms found alike the one that says more wins
FOREIGN = 0.75  # for an indicator of another heading than the section's: 按期办结率 of petitions is not of services
EQUAL = 0.9  # of 司法建议、检察建议…办复率 each half ranks like the other
OTHER_UNIT = 0.93  # for a unit of the same class that is not the indicator's own
BOUNDS: Mapping[str, tuple[Comparator, ...]] = {"min": (">=", ">"), "max": ("<=", "<")}
UNKNOWN = 4.0  # the weight of a pair that no form has; a pair of one indicator alone weighs 6.5


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


@dataclass(frozen=True, slots=True)
class Form:
    """A surface form of an indicator, or of a look-alike that is none."""

    indicator: Indicator | None
    context: tuple[str, ...]
    head: str
    pairs: tuple[str, ...]  # of the head
    letters: tuple[tuple[str, str, float], ...]  # of the head: a character's pair before, its pair behind, its weight
    total: float  # weight of the head's characters
    size: float  # of the head and of the context
    changes: bool  # says how much something fell or rose


@dataclass(frozen=True, slots=True)
class Pool:
    """The forms that a value of some unit and type may be, and which of them have a pair in their head."""

    forms: tuple[Form, ...]
    having: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Match:
    """A form that a subject bears, how much of it was found, and how it ranks among its rivals."""

    form: Form
    inside: float  # how much of it the subject itself has
    score: float
    rank: float


# --- words ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)  # clauses and titles are looked at once for each of their values
def squeezed(words: str) -> str:
    """Return *words* in NFKC without blanks, punctuation and numbers."""
    return MARKS.sub("", unicodedata.normalize("NFKC", words))


@lru_cache(maxsize=8192)
def normal(words: str) -> str:
    """Return *words* as they are compared: squeezed, without what opens or closes a subject and says nothing."""
    plain = squeezed(words)
    return kept(LIGHT.sub("", CLOSING.sub("", OPENING.sub("", plain))), plain)


def kept(stripped: str, plain: str) -> str:
    """Return what was stripped of something, or the *plain* words where too little is left to tell by."""
    return stripped if len(stripped) > 2 else plain


def pairs_of(words: str) -> tuple[str, ...]:
    """Return the character pairs of normal *words*, each once; one character alone stands for itself."""
    if len(words) == 1:
        return (words,)
    return tuple(dict.fromkeys(words[place : place + 2] for place in range(len(words) - 1)))


def letters_of(words: str, weight: Mapping[str, float]) -> tuple[tuple[str, str, float], ...]:
    """Return each character of normal *words* with the pairs that it stands in and its weight, the mean of theirs."""
    if len(words) == 1:
        return ((words, words, weight.get(words, UNKNOWN)),)
    found = []
    for place in range(len(words)):
        before = words[place - 1 : place + 1] if place else words[:2]
        behind = words[place : place + 2] if place < len(words) - 1 else before
        found.append((before, behind, (weight.get(before, UNKNOWN) + weight.get(behind, UNKNOWN)) / 2))
    return tuple(found)


def split_joint(subject: str) -> list[str]:
    """Split 报备率、及时率和规范率 into its rates; any other subject stays whole."""
    pieces = re.split(r"[、和及]|以及", subject)
    rates = [piece for piece in pieces if re.search(r"(?:率|度)$", piece)]
    return pieces if len(pieces) > 1 and len(rates) == len(pieces) else [subject]


# --- agreement -----------------------------------------------------------------------------------------------------

Measure = tuple[str, tuple[str, ...], str | None]  # kind, units and bound of an indicator


def measure_of(indicator: Indicator) -> Measure:
    """Return what decides whether a value can be one of an indicator's."""
    return indicator.kind, (indicator.unit, *indicator.other_units), indicator.bound


def agrees(value: Measured, measure: Measure) -> bool:
    """Say whether a value can be of some kind and unit.

    A date is a deadline, or a frequency where it comes back (每月5日前); a bare frequency counts events; a benchmark
    without a unit may be of anything that has an amount.
    """
    kind, units, bound = measure
    if value.type == "deadline":
        return kind == "deadline" or (kind == "frequency" and value.period is not None)
    if kind == "deadline" or (bound and value.comparator not in BOUNDS[bound]):
        return False
    if value.bare:
        return kind == "frequency" or units[0] in EVENTS
    if value.unit is None:
        return kind != "frequency"
    if value.unit in units or (kind == "ratio" and value.unit in RATIO_UNITS):
        return True
    return any(value.unit in like and units[0] in like for like in CLASSES)


# --- linking -------------------------------------------------------------------------------------------------------


class Linker:
    """A catalogue of indicators made ready for looking values up."""

    def __init__(self, catalogue: tuple[Indicator, ...]) -> None:
        self.measures = frozenset(map(measure_of, catalogue))
        self.weight = weigh_pairs(catalogue)
        self.fallbacks = tuple(indicator for indicator in catalogue if indicator.fallback)
        self._catalogue = catalogue
        self._pools: dict[frozenset[Measure], Pool] = {}
        self._agreeing: dict[tuple[object, ...], Pool] = {}

    def find(self, value: Measured) -> tuple[tuple[str, ...], float | None]:
        """Return the indicators that a value reports and a score from 0 to 1; nothing where nothing fits.

        A joint subject (A率、B率) may have several.
        """
        found: list[str] = []
        best = 0.0
        for part in split_joint(value.subject):
            matches = self.matches(replace(value, subject=part))
            found.extend(match.form.indicator.id for match in matches if match.form.indicator)
            best = max([best, *(match.score for match in matches)])
        if not found:
            found = [one.id for one in self.fallbacks if value.heading == one.heading and agrees(value, measure_of(one))]
            best = LEAST_SCORE
        return tuple(dict.fromkeys(found)), round(min(1.0, best), 3) if found else None

    def matches(self, value: Measured) -> list[Match]:
        """Return the form that wins, with its equals where the subject lists things; or none."""
        ranked = sorted(self.candidates(value), key=lambda match: -match.rank)
        if not ranked or ranked[0].form.indicator is None:
            return []
        winner = ranked[0]
        if not LISTING.search(value.subject) or winner.inside < 1.0:
            return [winner]
        equal = (one for one in ranked[1:] if one.inside == 1.0 and one.rank >= EQUAL * winner.rank)
        return [winner, *(one for one in equal if one.form.indicator is not None)]

    def candidates(self, value: Measured) -> Iterator[Match]:
        """Yield the forms that a value may bear, with their ranks."""
        forms = self.pool(value)
        subject = Words(value.subject, self.weight)
        shared: dict[int, float] = defaultdict(float)
        for pair in subject.pairs:
            weight = self.weight.get(pair, 0.0)
            for place in forms.having.get(pair, ()):
                shared[place] += weight
        around: Around | None = None
        moves = value.comparator in ("increase", "decrease")
        told = moves or CHANGE.search(value.subject + value.before[-20:] + value.after) is not None
        named = RATE.search(value.subject) is not None
        for place, weight in shared.items():
            form = forms.forms[place]
            if weight < FIRST_LOOK * form.total or (form.changes and not told):
                continue
            if moves and value.unit in SHARES and not form.changes and not named:
                continue
            inside = covered(form.letters, subject.pairs) / form.total
            if inside < (LEAST_HEAD if form.context else LEAST_INSIDE):
                continue
            around = around or Around(value)
            if (match := self.judge(form, inside, subject, around, value)) is not None:
                yield match

    def judge(self, form: Form, inside: float, subject: "Words", around: "Around", value: Measured) -> Match | None:
        """Return how a form fares, or None where too little of it or of the subject is met."""
        share = subject.share(form)
        least = LEAST_SHARE_OF_TASK if value.type == "deadline" else LEAST_SHARE
        if share < (least if form.context else SHORT_SHARE.get(len(form.head), least)):
            return None
        score = inside
        if form.context:
            sure = min(around.sureness(words) for words in form.context)
            if not sure:
                return None
            score *= sure
        elif inside < 1.0:
            score += (around.covered(form.letters, subject.pairs) / form.total - inside) * share
        if score < LEAST_SCORE:
            return None
        indicator = form.indicator
        rank = (inside + GAIN * (score - inside)) ** SHARPNESS * (1.2 if inside == share == 1.0 else 1.0) * (BASE + share) * form.size**SIZE
        if indicator is not None:
            at_home = value.heading in (None, 0, indicator.heading, *indicator.alt_headings)
            rank *= (1.0 if at_home else FOREIGN) * (1.0 if value.unit in (None, indicator.unit) else OTHER_UNIT)
        return Match(form, inside, score, rank)

    def pool(self, value: Measured) -> Pool:
        """Return the forms of all indicators that agree with a value."""
        key = (value.type == "deadline", value.period is None, value.bare, value.unit, value.comparator)
        if key not in self._agreeing:
            measures = frozenset(one for one in self.measures if agrees(value, one))
            if measures not in self._pools:
                self._pools[measures] = make_pool(self._catalogue, measures, self.weight)
            self._agreeing[key] = self._pools[measures]
        return self._agreeing[key]


@lru_cache(maxsize=8)
def linker_of(catalogue: tuple[Indicator, ...]) -> Linker:
    """Return the linker of a catalogue, made on first use."""
    return Linker(catalogue)


def weigh_pairs(catalogue: Sequence[Indicator]) -> Mapping[str, float]:
    """Return what each character pair of a catalogue weighs: the fewer indicators have it, the more."""
    owners: dict[str, set[str]] = defaultdict(set)
    for indicator in catalogue:
        for word in (indicator.name, *indicator.synonyms):
            for part in word.split(JOIN):
                for pair in pairs_of(normal(part)):
                    owners[pair].add(indicator.id)
    return {pair: math.log(1 + len(catalogue) / len(names)) for pair, names in owners.items()}


def make_form(word: str, indicator: Indicator | None, weight: Mapping[str, float]) -> Form:
    """Return the form of a name, a synonym or a look-alike."""
    *context, last = word.split(JOIN)
    if context and not LIGHT.sub("", last):
        last = context.pop()
    changes = CHANGE.search(last) is not None
    head = normal(kept(CHANGE.sub("", last), last))
    letters = letters_of(head, weight)
    total = sum(part for _, _, part in letters)
    around = tuple(squeezed(part) for part in context)
    beside = sum(part for words in around for _, _, part in letters_of(words, weight))
    return Form(indicator, around, head, pairs_of(head), letters, total, total + beside, changes)


def make_pool(catalogue: Sequence[Indicator], measures: frozenset[Measure], weight: Mapping[str, float]) -> Pool:
    """Return the forms of the indicators of some kinds and units, and of their look-alikes."""
    chosen = [indicator for indicator in catalogue if measure_of(indicator) in measures]
    forms = {}
    for indicator in chosen:
        for word in (indicator.name, *indicator.synonyms):
            form = make_form(word, indicator, weight)
            forms.setdefault((form.context, form.head), form)
    for word in (word for indicator in chosen for word in indicator.near_misses):
        form = make_form(word, None, weight)
        forms.setdefault((form.context, form.head), form)
    having: dict[str, list[int]] = defaultdict(list)
    for place, form in enumerate(forms.values()):
        for pair in form.pairs:
            having[pair].append(place)
    return Pool(tuple(forms.values()), {pair: tuple(places) for pair, places in having.items()})


def covered(letters: tuple[tuple[str, str, float], ...], pairs: frozenset[str]) -> float:
    """Return the weight of the characters that stand in one of *pairs*."""
    return sum(weight for before, behind, weight in letters if before in pairs or behind in pairs)


class Words:
    """The subject of a value, split at its … and made ready for comparing."""

    def __init__(self, subject: str, weight: Mapping[str, float]) -> None:
        parts = [normal(kept(CHANGE.sub("", part), part)) for part in subject.split(JOIN) if squeezed(part)]
        self.text = "".join(parts)
        self.pairs = frozenset(pair for part in parts for pair in pairs_of(part))
        self.letters = tuple(letter for part in parts for letter in letters_of(part, weight))
        self.total = sum(part for _, _, part in self.letters) or 1.0
        last = normal(subject.split(JOIN)[-1].split("、")[-1])
        self.last = letters_of(last, weight) if "、" in subject and last else ()
        self.last_total = sum(part for _, _, part in self.last) or 1.0

    def share(self, form: Form) -> float:
        """Return how much of the subject a form explains, or of the last of what it lists."""
        pairs = frozenset(form.pairs)
        if form.context:
            pairs = pairs.union(*(pairs_of(words) for words in form.context))
        return max(covered(self.letters, pairs) / self.total, covered(self.last, pairs) / self.last_total * LISTED)


class Around:
    """What stands around a value."""

    def __init__(self, value: Measured) -> None:
        self.subject = squeezed(value.subject)
        *earlier, sentence = value.before[-REACH:].split("。")
        self.sentences = tuple(squeezed(words) for words in (sentence, *reversed(earlier)))
        self.after = squeezed(value.after)
        self.titles = tuple(map(squeezed, value.titles))
        self.near = frozenset((*pairs_of(self.sentences[0]), *pairs_of(self.after)))
        self.far = frozenset(pair for words in self.sentences[1:] for pair in pairs_of(words))
        self.above = frozenset(pair for words in self.titles for pair in pairs_of(words))

    def sureness(self, words: str) -> float:
        """Return how sure it is that *words* belong to the value: 1 in its subject, 0 where they are nowhere."""
        if words in self.subject:
            return 1.0
        best = ABOVE_SURE if any(words in title for title in self.titles) else 0.0
        if words in self.after:
            best = max(best, AFTER_SURE)
        distance = 0
        for crossed, sentence in enumerate(self.sentences):
            at = sentence.rfind(words)
            if at >= 0:
                distance += len(sentence) - at - len(words)
                return max(best, 0.99 - PER_CHARACTER * distance - PER_SENTENCE * crossed)
            distance += len(sentence)
        return best

    def covered(self, letters: tuple[tuple[str, str, float], ...], own: frozenset[str]) -> float:
        """Return the weight of the characters that are found, less where only further off."""
        total = 0.0
        for before, behind, weight in letters:
            if before in own or behind in own:
                total += weight
            elif before in self.near or behind in self.near:
                total += weight * NEAR
            elif before in self.above or behind in self.above:
                total += weight * ABOVE
            elif before in self.far or behind in self.far:
                total += weight * FAR
        return total
