"""Simple ways to give headings, judged on the same folds as the model: what it has to beat."""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.naive_bayes import MultinomialNB
from sklearn.neighbors import NearestCentroid
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from pipeline.classify.grams import words_of
from pipeline.classify.readings import UNHEARD
from pipeline.reference import outline
from pipeline.text import fold
from pipeline.train.fitting import Example
from pipeline.train.labelled import Label

Labeller = Callable[[Sequence[Example], Sequence[Example]], Sequence[int]]


def run_baselines(examples: Sequence[Example], folds: Sequence[int], count: int) -> dict[str, NDArray[np.int64]]:
    """Return the heading that each baseline gives each label, in the order of *examples*.

    Args:
        examples: labelled documents.
        folds: which fold each document is held out in.
        count: how many folds there are.
    """
    starts = np.cumsum([0, *(len(example.labels) for example in examples)])
    given = {name: np.zeros(starts[-1], np.int64) for name in BASELINES}
    for turn in range(count):
        held = [place for place, one in enumerate(folds) if one == turn]
        known = [example for example, one in zip(examples, folds, strict=True) if one != turn]
        asked = [examples[place] for place in held]
        if not asked:
            continue
        cells = np.concatenate([np.arange(starts[place], starts[place + 1]) for place in held])
        for name, labeller in BASELINES.items():
            given[name][cells] = labeller(known, asked)
    return given


def _texts(examples: Sequence[Example]) -> list[str]:
    """Return each labelled section as one string, the titles above it first."""
    found = []
    for example in examples:
        plain = example.prepared.plain.text
        for row in example.rows:
            reading = example.prepared.readings[row]
            above, parent = [], reading.parent
            while parent is not None:
                above.append(plain[parent.title_start : parent.title_end])
                parent = parent.parent
            found.append("\n".join([*reversed(above), plain[reading.start : reading.end]]))
    return found


def _labels(examples: Sequence[Example]) -> list[Label]:
    return list(chain.from_iterable(example.labels for example in examples))


def _majority(known: Sequence[Example], asked: Sequence[Example]) -> Sequence[int]:
    headings = [label.heading for label in _labels(known)]
    return [int(np.bincount(headings).argmax())] * len(_labels(asked))


def _cue_terms(known: Sequence[Example], asked: Sequence[Example]) -> Sequence[int]:
    """Count the cue terms of the outline's items, those in the first 40 characters twice; 0 where there is none."""
    terms = [(fold(UNHEARD.sub("", term)), item.heading) for item in outline().items for term in item.cue_terms]
    given = []
    for example in asked:
        for row in example.rows:
            reading = example.prepared.readings[row]
            own = example.prepared.plain.text[reading.start : reading.end]
            votes = np.zeros(11)
            for term, heading in terms:
                votes[heading] += own.count(term) + (term in own[:40])
            given.append(int(votes.argmax()))
    return given


def _rules(known: Sequence[Example], asked: Sequence[Example]) -> Sequence[int]:
    return [example.prepared.readings[row].label for example in asked for row in example.rows]


def _words(text: str) -> list[str]:
    return [word for word in words_of(text)[1] if len(word) > 1]


def _trained(*steps: Any) -> Labeller:
    def give(known: Sequence[Example], asked: Sequence[Example]) -> Sequence[int]:
        model = make_pipeline(*steps)
        model.fit(_texts(known), [label.heading for label in _labels(known)])
        return [int(heading) for heading in model.predict(_texts(asked))]

    return give


BASELINES: dict[str, Labeller] = {
    "majority": _majority,
    "cue terms only": _cue_terms,
    "rules (weighted cues, titles and forms)": _rules,
    "multinomial naive Bayes on jieba words": _trained(CountVectorizer(analyzer=_words), MultinomialNB()),
    "linear SVM on characters": _trained(
        TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True), LinearSVC(random_state=0)
    ),
    "nearest centroid on jieba words": _trained(TfidfVectorizer(analyzer=_words), NearestCentroid()),
}
