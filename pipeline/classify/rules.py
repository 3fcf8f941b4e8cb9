"""What cue terms, titles and forms alone say of a section's heading: a judgement by weights, without any learning.

A section is read four ways: its title, its text, the titles above it and, for a chapter, the sections below it. What
words say is data (`reference/cues.yaml`); what is known by its form alone, such as an opening or a timetable, is in
`forms`; here is how they are weighed against each other. The model takes this judgement as evidence among others.
"""

from collections.abc import Sequence

from pipeline import forms
from pipeline.classify.readings import LABELS, Plain, Reading

# What each reading may add. Chosen for an order of trust: a plain title beats the text under it, title or text beats
# the chapter they stand in, and a text that decides beats a title that only hints.
TITLE_WEIGHT = 1.0
BODY_WEIGHT = 0.7
PATH_WEIGHT = 0.45
KIN_WEIGHT = 0.9  # for the 一是 and paragraphs of a section, which seldom leave its subject
PARTS_WEIGHT = 0.45  # for the parts of a chapter whose own title speaks
# Evidence m counts as m / (m + doubt): one deciding word in a title (3) is trusted to two thirds.
TITLE_DOUBT = 1.5
BODY_DOUBT = 3.0
CLEAR = 0.3  # trust from which a title is taken to say something
LEAD_SPEAKS = 1.0  # evidence in the opening words of a paragraph, from which they name a subject
PLAIN_SHARE = 0.6  # of a paragraph's words, for a look ahead to be of one heading and no mere glue
MAJORITY = 0.5  # of a chapter's parts, to pass their heading on to it
LITTLE = 1.0  # evidence, below which a section takes the heading of the one that it stands in
FRAME_LABEL: dict[forms.Frame, int] = {"aims": 1, "problems": 0, "next": 0, "mixed": 0, "delivery": 10}
# What stands in such a chapter belongs to it; the promises of a next-steps chapter are of the headings they name.
WHOLE_FRAMES = frozenset[forms.Frame]({"aims", "problems", "delivery"})
OPEN_FRAMES = frozenset[forms.Frame]({"next", "mixed"})


def judge(plain: Plain, readings: Sequence[Reading]) -> None:
    """Set label, scores and frame of each reading; parents stand before children, as `readings_of` has them."""
    _label_by_form(plain, readings)
    for reading in readings:
        _weigh(reading)
    for reading in reversed(readings):
        if reading.is_chapter and not reading.by_form:
            _ask_parts(reading)
    for reading in readings:
        _ask_parent(reading)


def _label_by_form(plain: Plain, readings: Sequence[Reading]) -> None:
    """Label the chapters known by their title and the paragraphs known by their form; parents come first."""
    opening_end = end_of_opening(readings)
    for reading in readings:
        above = reading.parent.frame if reading.parent else None
        reading.frame = above if above in WHOLE_FRAMES else _frame_of(plain, reading)
        label = FRAME_LABEL[reading.frame] if reading.frame else None
        reading.is_decided = reading.frame in WHOLE_FRAMES
        if label is None and above == "mixed" and forms.complains(plain.text[reading.start : reading.end]):
            label = 0
        if label is None and reading.section.level == 0 and not reading.section.title:
            label = _label_of_paragraph(plain, reading, opening_end)
        if label is not None:
            reading.label, reading.by_form = label, True


def _frame_of(plain: Plain, reading: Reading) -> forms.Frame | None:
    opening = plain.text[reading.title_start : reading.title_end]
    if forms.is_stage(opening):
        return "delivery"
    return forms.frame_of(opening) if reading.section.title and 1 <= reading.section.level <= 3 else None


def end_of_opening(readings: Sequence[Reading]) -> int:
    """Return where the paragraphs that open a document end: at the first number, or else after the first of several."""
    after_first = readings[0].end if len(readings) > 1 else 0
    return min((reading.start for reading in readings if reading.section.level), default=after_first)


def _label_of_paragraph(plain: Plain, reading: Reading, opening_end: int) -> int | None:
    """Return the label of a paragraph that is known by its form, None where its words must tell."""
    text = plain.text[reading.start : reading.end].strip()
    if forms.is_furniture(text) or forms.admits_problems(text):
        return 0
    if forms.announces(text) and not forms.states_aims(text):
        reading.is_decided = True
        return 0
    if forms.looks_ahead(text) and not _is_of_one(reading):
        return 0
    reading.is_silent = max(reading.title) < LEAD_SPEAKS
    if reading.parent is not None:
        return 0 if reading.parent.frame in OPEN_FRAMES and reading.is_silent else None
    if reading.start >= opening_end:
        return 0 if forms.is_name(text) else None
    if forms.opens_document(text) or reading.is_silent:
        return 1 if forms.states_aims(text) else 0
    return None


def _is_of_one(reading: Reading) -> bool:
    """Say whether most of what a paragraph says is of one heading."""
    words = [title + body for title, body in zip(reading.title, reading.body, strict=True)]
    return max(shares_of(words)) > PLAIN_SHARE


def _weigh(reading: Reading) -> None:
    """Score the headings from title, text and the titles above; parents come before their children."""
    parent = reading.parent
    path, path_weight = reading.path, PATH_WEIGHT
    if parent is not None and parent.frame not in OPEN_FRAMES:
        trust = trust_in(parent.title, TITLE_DOUBT) if parent.section.title else 0.0
        own = shares_of(parent.title)
        path = reading.path = [trust * own[n] + (1 - trust) * 0.5 * parent.path[n] for n in range(LABELS)]
        if reading.section.level in (0, 4) and not parent.is_chapter and trust >= CLEAR:
            path, path_weight = shares_of(parent.scores), KIN_WEIGHT
    body = reading.body if reading.is_chapter else _all_words(reading)
    title, text = shares_of(reading.title), shares_of(body)
    title_weight = TITLE_WEIGHT * trust_in(reading.title, TITLE_DOUBT)
    body_weight = BODY_WEIGHT * trust_in(body, BODY_DOUBT)
    reading.scores = [title_weight * title[n] + body_weight * text[n] + path_weight * path[n] for n in range(LABELS)]
    if not reading.by_form:
        reading.label = best(reading.scores)


def _all_words(reading: Reading) -> list[float]:
    """Return what all the words under a title say, those of its 一是 and paragraphs included."""
    if not reading.children:
        return reading.body
    total = list(reading.body)
    for child in reading.children:
        for number, mass in enumerate(_all_words(child)):
            total[number] += mass + child.title[number]
    return total


def _ask_parts(reading: Reading) -> None:
    """Label a chapter with the help of its parts, or by their majority where its title says nothing.

    Parts come first. 重点任务 over all ten headings stays without one.
    """
    votes = [0.0] * LABELS
    for child in reading.children:
        if child.section.level or child.section.title:
            votes[child.label] += 1
    shares = shares_of(votes)
    if trust_in(reading.title, TITLE_DOUBT) >= CLEAR:
        reading.scores = [mine + PARTS_WEIGHT * part for mine, part in zip(reading.scores, shares, strict=True)]
        reading.label = best(reading.scores)
    else:
        reading.scores = shares
        top = best(shares)
        reading.label = top if shares[top] > MAJORITY else 0


def _ask_parent(reading: Reading) -> None:
    """Give a section whose words say next to nothing the heading of the one it stands in; parents come first."""
    parent = reading.parent
    if reading.by_form or reading.is_chapter or parent is None or not parent.label:
        return
    if sum(reading.title) + sum(_all_words(reading)) < LITTLE:
        reading.label = parent.label
        reading.scores[parent.label] = max(*reading.scores, PATH_WEIGHT)


def trust_in(masses: Sequence[float], doubt: float) -> float:
    """Return from 0 to 1 how far evidence is to be trusted."""
    total = sum(masses)
    return total / (total + doubt)


def shares_of(masses: Sequence[float]) -> list[float]:
    """Return masses as shares of their sum, zeros where there is none."""
    total = sum(masses)
    return [mass / total for mass in masses] if total else [0.0] * LABELS


def best(scores: list[float]) -> int:
    """Return the label with the highest score; of equal ones the lowest, so that runs agree."""
    return scores.index(max(scores))
