"""The words that indicators go by, made ready for finding them in a subject by their character pairs.

A character of a form counts as found where one of the two pairs that it stands in is found, so that words may stand
between the parts of a form: 复议按期办结率 is all there in 行政复议案件按期办结率. Rare pairs weigh most.
"""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipeline.extract.lexicon import JOIN
from pipeline.reference import Indicator

# Punctuation, and numbers but for those of hotlines; a year or month goes with its number.
MARKS = re.compile(
    r"[\s“”\"‘’'「」《》,，。;；:：、()（）\[\]·|]"
    r"|(?<!\d)(?!(?:12345|12348|12315)(?!\d))\d+(?:\.\d+)?(?:年(?!度|均|限|终|报)|月(?!度|报))?"
)
# To whom a report goes tells nothing about what is reported.
RECIPIENT = re.compile(
    r"向(?:[^,]{1,14}?(?:政府|常委会|人大|委|办公室|小组|局|厅|部门|社会)[和及]?){1,3}(?=报备|备案|报送|报告|提交|移送|通报|公开|公布)"
)
# What opens or closes a subject, or stands in it, without telling it from another.
OPENING = re.compile(
    r"^(?:(?:[全本]|各)?[省市县区旗盟州镇乡](?:级|本级|直|域)?(?=各|开展|组织|共|的|召开|办理|受理|[\u4e00-\u9fff]{4})"
    r"|全局|全厅|始终保持|始终|各级|各类|各项|全年|本年度|年度(?=[^培考])|共计?|累计|合计|新增?(?=办)|其中|实际(?!网)|开展了?|组织开展|组织(?=[^机])"
    r"|举办|召开|举行|进行|实施了?|推进|落实|做好|抓好|实行|推行|实现|完成了?|办理(?!时|用|周|天|满)|的|对|将|把|为|于|需要?|拟"
    r"|予以|力争|确保|继续(?!有效)|再次?|要求|使|向)+"
)
CLOSING = re.compile(r"(?:的|总?数量?|件数|次数|批次|人数|份数|条数|个数|场次|数|情况|工作|等|方面|活动)+$")
LIGHT = re.compile(
    r"全部|全覆盖|始终|均(?!衡)|都|分别|平均(?=[减提压缩])|一般(?=不)|最[长短多少]|不少于|不超过|不低于|至少"
    r"|(?:按[期时]|限时|群众|总体)(?=[\u4e00-\u9fff]{2}率)"
)
# How a form says that something fell or rose; the value itself says it too, so that the rest of the form is compared.
CHANGE = re.compile(
    r"(?:累计|平均|同比|再)*(?:压[减缩降]|下降|减少|降低|缩短|提[高升速]|增[长加]|减幅|降幅|增幅|精简|翻一番)(?:率|比例?|幅度?)?"
)
# A rate of what was not done is another than that of what was: 不合格率, 未按时办结率. In 不动产 nothing is denied.
DENIED = re.compile(r"[不未](?!动产|成年|正当|文明|良|诉|起诉|检|罚|见面)[^…,、]{1,6}?(?:率|度|比例|占比)$")
EACH = re.compile("每|一村一|一社区一")
SHORTEST = 3  # characters that must be left of a subject or a form for stripping to be worth it
UNKNOWN = 4.0  # the weight of a pair that no form has; a pair of one indicator alone weighs 6.5

# These and those of link.py were looked at in a sweep over rows with and without an indicator, by right links less
# wrong ones; the result moves by less than half a percent for any of them a step up or down.
LEAST_INSIDE = 0.45  # of a form in one part must be in the subject itself
LEAST_HEAD = 0.72  # of the last part of a form in parts must be
FIRST_LOOK = 0.5  # the share of that which the pairs found must weigh for a closer look: a pair stands for two letters
LEAST_SHARE = 0.25  # of the subject must be the form's, so that 合同 alone claims no contract indicator
LEAST_SHARE_OF_TASK = 0.2  # what is due by a date is told at greater length
SHORT_SHARE = {1: 0.9, 2: 0.6, 3: 0.45}  # by the length of a form in one part: 立案 says little in a longer subject
LISTED = 0.8  # how much the last of several things listed stands for the subject
LEAST_SCORE = 0.74  # of a form must be found, in the subject or around it
SHARPNESS = 4  # how much a form that is found in full wins over one that is found in part
BASE = 0.35  # a form that explains more of the subject wins over one that explains less
EXACT = 1.5  # for a subject that is the form and nothing else
ENDING = 1.25  # for a form that ends as the subject does: what is counted comes last, who does it comes first
ELSEWHERE = 0.5  # for one without anything of a subject's last part: 文件清理…废止 counts what was repealed
GAIN = 0.5  # what a form owes to the words around the value counts less than what the subject says
SIZE = 0.5  # of two forms found alike the one that says more wins
REMEMBERED = 20_000  # subjects; the same few hundred come back in every document of a kind

Letters = tuple[tuple[str, str, float], ...]  # of each character its pair before, its pair behind, and its weight


@dataclass(frozen=True, slots=True)
class Form:
    """A surface form of an indicator, or of a look-alike that is none; of one in parts the last is the head."""

    indicator: Indicator | None
    context: tuple[str, ...]
    head: str
    own: frozenset[str]  # pairs of the head
    pairs: frozenset[str]  # of all of it
    letters: Letters  # of the head
    total: float  # weight of the head's characters
    size: float  # how much it says: the weight of all of it to the power of SIZE
    changes: bool  # says how much something fell or rose
    tail: str  # its last pair where it is a rate: 办结率 is not 满意率
    denied: bool  # a rate of what was not done
    each: bool  # of each of several bodies, no total


class Candidate(NamedTuple):
    """A form that a subject may bear."""

    form: Form
    inside: float  # how much of its head the subject has
    share: float  # how much of the subject it explains
    likeness: float  # how like the subject it is, apart from how much of it is found
    hope: float  # the highest rank that the words around the value could give it


@lru_cache(maxsize=8192)  # clauses and titles are looked at once for each of their values
def squeezed(words: str) -> str:
    """Return *words* in NFKC without blanks, punctuation and numbers."""
    return MARKS.sub("", unicodedata.normalize("NFKC", words))


@lru_cache(maxsize=8192)
def normal(words: str) -> str:
    """Return *words* as they are compared: squeezed, without what opens or closes a subject and says nothing."""
    plain = RECIPIENT.sub("", squeezed(words))
    return kept(LIGHT.sub("", CLOSING.sub("", OPENING.sub("", plain))), plain)


def kept(stripped: str, plain: str) -> str:
    """Return what was stripped of something, or the *plain* words where too little is left to tell by."""
    return stripped if len(stripped) >= SHORTEST else plain


def pairs_of(words: str) -> tuple[str, ...]:
    """Return the character pairs of normal *words*; one character alone stands for itself."""
    return (words,) if len(words) == 1 else tuple([words[at : at + 2] for at in range(len(words) - 1)])


def letters_of(words: str, weight: Mapping[str, float]) -> Letters:
    """Return each character of normal *words* with the pairs that it stands in and its weight, the mean of theirs."""
    pairs = pairs_of(words)
    weights = [weight.get(pair, UNKNOWN) for pair in pairs]
    last = len(pairs) - 1
    before = [0, *range(last + 1)][: len(words)]
    behind = [*range(last + 1), last][: len(words)]
    return tuple((pairs[a], pairs[b], (weights[a] + weights[b]) / 2) for a, b in zip(before, behind, strict=True))


def covered(letters: Letters, pairs: frozenset[str]) -> float:
    """Return the weight of the characters that stand in one of *pairs*."""
    return sum([weight for before, behind, weight in letters if before in pairs or behind in pairs])


def weigh_pairs(catalogue: Sequence[Indicator]) -> Mapping[str, float]:
    """Return what each character pair of a catalogue weighs: the fewer indicators have it, the more."""
    owners: dict[str, set[str]] = defaultdict(set)
    for indicator in catalogue:
        for word in (indicator.name, *indicator.synonyms):
            for part in word.split(JOIN):
                for pair in pairs_of(normal(part)):
                    owners[pair].add(indicator.id)
    return {pair: math.log(1 + len(catalogue) / len(names)) for pair, names in owners.items()}


def tail_of(words: str) -> str:
    """Return the last pair of the name of a rate, which says what it is a rate of; of anything else nothing."""
    return words[-2:] if words.endswith("率") else ""


def denies(words: str) -> bool:
    """Say whether normal *words* name a rate of what was not done."""
    return DENIED.search(words) is not None


def make_form(word: str, indicator: Indicator | None, weight: Mapping[str, float]) -> Form:
    """Return the form of a name, a synonym or a look-alike."""
    *context, last = word.split(JOIN)
    if context and not LIGHT.sub("", last):  # 调解组织…全覆盖: the value says the last part
        last = context.pop()
    head = normal(kept(CHANGE.sub("", last), last))
    letters = letters_of(head, weight)
    total = sum(part for _, _, part in letters)
    around = tuple(map(squeezed, context))
    beside = sum(part for words in around for _, _, part in letters_of(words, weight))
    own = frozenset(pairs_of(head))
    pairs = own.union(*map(pairs_of, around))
    return Form(
        indicator,
        around,
        head,
        own,
        pairs,
        letters,
        total,
        size=(total + beside) ** SIZE,
        changes=CHANGE.search(last) is not None,
        tail=tail_of(head),
        denied=denies(head),
        each=EACH.search(word) is not None,
    )


def rank_of(likeness: float, inside: float, score: float) -> float:
    """Return how a form ranks among its rivals in a section of its own heading.

    Args:
        likeness: how like the subject it is, from `Pool.candidates`.
        inside: how much of its head the subject has.
        score: how much of it is found, the words around the value included.
    """
    found = inside + GAIN * (score - inside)
    return found**SHARPNESS * likeness


class Words:
    """A subject, split at its … and made ready for comparing."""

    def __init__(self, subject: str, weight: Mapping[str, float]) -> None:
        """Take the pairs of each part, so that none spans two."""
        parts = [normal(kept(CHANGE.sub("", part), part)) for part in subject.split(JOIN) if squeezed(part)]
        self.pairs = frozenset(pair for part in parts for pair in pairs_of(part))
        self._letters = tuple(letter for part in parts for letter in letters_of(part, weight))
        self._total = sum(part for _, _, part in self._letters) or 1.0
        self.end = parts[-1][-2:] if parts else ""
        self.last = frozenset(pairs_of(parts[-1])) if parts else frozenset()
        self.tail = tail_of(parts[-1]) if parts else ""
        self.denied = denies(parts[-1]) if parts else False
        last = normal(subject.rpartition(JOIN)[2].rpartition("、")[2])
        self._last = letters_of(last, weight) if "、" in subject and last else ()
        self._last_total = sum(part for _, _, part in self._last) or 1.0

    def share(self, form: Form) -> float:
        """Return how much of the subject a form explains, or of the last of what it lists."""
        if self.pairs <= form.pairs:
            return 1.0
        whole = covered(self._letters, form.pairs) / self._total
        return max(whole, LISTED * covered(self._last, form.pairs) / self._last_total) if self._last else whole


class Pool:
    """The forms that a value of some unit and type may be."""

    def __init__(
        self, chosen: Sequence[Indicator], weight: Mapping[str, float], names: Container[str], *, tasks: bool
    ) -> None:
        """Make the forms of the *chosen* indicators, and of their look-alikes that are none of them.

        Args:
            chosen: the indicators whose kind and unit agree with the values.
            weight: what the pairs of the whole catalogue weigh.
            names: the normal words of the whole catalogue; a look-alike among them has an indicator of its own.
            tasks: whether the values are dates.
        """
        own = [(word, indicator) for indicator in chosen for word in (indicator.name, *indicator.synonyms)]
        named = [make_form(word, indicator, weight) for word, indicator in own]
        look_alikes = dict.fromkeys(word for indicator in chosen for word in indicator.near_misses)
        unnamed = [make_form(word, None, weight) for word in look_alikes if normal(word) not in names]
        self._forms = (*named, *unnamed)
        self._weight = weight
        self._least_share = LEAST_SHARE_OF_TASK if tasks else LEAST_SHARE
        self._least = [(LEAST_HEAD if form.context else LEAST_INSIDE) * form.total for form in self._forms]
        self._first = [FIRST_LOOK * least for least in self._least]
        self._whole = frozenset(form.own for form in self._forms if not form.context and not form.changes)
        self._having: dict[str, list[int]] = defaultdict(list)
        for place, form in enumerate(self._forms):
            for pair in form.own:
                self._having[pair].append(place)
        self._seen: dict[str, tuple[Candidate, ...]] = {}

    def candidates(self, subject: str) -> tuple[Candidate, ...]:
        """Return the forms that a subject may bear, the most hopeful first, whatever stands around it."""
        if (seen := self._seen.get(subject)) is None:
            if len(self._seen) >= REMEMBERED:
                self._seen.clear()
            found = self._look_up(Words(subject, self._weight))
            seen = self._seen[subject] = tuple(sorted(found, key=lambda one: -one.hope))
        return seen

    def _look_up(self, subject: Words) -> list[Candidate]:
        shared: dict[int, float] = defaultdict(float)
        for pair in subject.pairs:
            if pair in self._having:
                weight = self._weight.get(pair, UNKNOWN)
                for place in self._having[pair]:
                    shared[place] += weight
        first, found = self._first, []
        known = subject.pairs in self._whole  # a form that is found in part has no chance against the subject itself
        for place in [place for place, weight in shared.items() if weight >= first[place]]:
            form = self._forms[place]
            if subject.denied != form.denied or (subject.tail and form.tail and subject.tail != form.tail):
                continue
            within = form.own <= subject.pairs
            if known and not within:
                continue
            met = form.total if within else covered(form.letters, subject.pairs)
            if met < self._least[place]:
                continue
            share = subject.share(form)
            least = self._least_share if form.context else SHORT_SHARE.get(len(form.head), self._least_share)
            inside = met / form.total
            reach = inside if form.context else inside + (1.0 - inside) * share
            if share >= least and reach >= LEAST_SCORE:
                likeness = (BASE + share) * form.size
                likeness *= EXACT if subject.pairs in (form.own, form.pairs) else 1.0
                likeness *= ENDING if subject.end == form.head[-2:] else 1.0
                likeness *= ELSEWHERE if form.own.isdisjoint(subject.last) else 1.0
                found.append(Candidate(form, inside, share, likeness, rank_of(likeness, inside, reach)))
        return found
