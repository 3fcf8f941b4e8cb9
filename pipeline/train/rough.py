"""Sentences as they come out of typing, scanning and copying: faults that leave the values themselves alone."""

import random
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from pipeline.evaluate.sentences import Sentence

FAULTS_PER_CHARACTER = 1 / 60  # beside the one that each copy has
UNKNOWN = 0.05  # how often a document does not say its year, and how often not its kind
PAUSES = "，、；：,;:"
STRAY = tuple(" \u3000的了和等、，.·|")
MISREAD = tuple("己未末日曰人入土士天夫干千开井办为力刀")


def roughen(sentence: Sentence, chance: random.Random) -> Sentence:
    """Return a sentence with faults of typing, and sometimes without the year or the kind of its document.

    At least one fault shows, unless the sentence consists of nothing but values.
    """
    text = sentence.text
    for _ in range(1 + int(len(text) * FAULTS_PER_CHARACTER)):
        guarded = set(value_places(text, sentence))
        free = [place for place in range(len(text)) if place not in guarded]
        if not free:
            break
        spoilt = text
        while spoilt in (text, sentence.text):  # a swap may do nothing, or undo the fault before it
            spoilt = spoil(text, free, guarded, chance)
        text = spoilt
    year = None if chance.random() < UNKNOWN else sentence.year
    return replace(sentence, text=text, year=year, kind="other" if chance.random() < UNKNOWN else sentence.kind)


def spoil(text: str, free: Sequence[int], guarded: Set[int], chance: random.Random) -> str:
    """Return a text with one fault at a *free* place, or the same where the fault drawn does nothing there."""
    at = chance.choice(free)
    pauses = [place for place in free if text[place] in PAUSES]
    match chance.randrange(6):
        case 0 if pauses:
            at = chance.choice(pauses)
            return text[:at] + text[at + 1 :]
        case 1:
            return text[:at] + text[at + 1 :]
        case 2:
            return text[:at] + chance.choice(STRAY) + text[at:]
        case 3:
            return text[:at] + chance.choice(MISREAD) + text[at + 1 :]
        case 4:
            return text[:at] + text[at] * 2 + text[at + 1 :]
    return text if at + 1 in guarded else text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def value_places(text: str, sentence: Sentence) -> Iterator[int]:
    """Yield the offsets of the words that the values of a sentence consist of, one after the other."""
    at = 0
    for expected in sentence.expected:
        words = expected["value_text"]
        start = text.find(words, at)
        start = text.find(words) if start < 0 else start
        if start >= 0:
            yield from range(start, start + len(words))
            at = start + len(words)
