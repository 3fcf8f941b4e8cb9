"""How likely a commitment is right in all of its core fields, from signs that its record bears.

The weights are those of a logistic regression, learned by `fazhi train confidence` from the tables of sentences; its
card, with the reliability plot, lies beside them in `models/confidence/`.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.errors import ReferenceDataError
from pipeline.records import Commitment, Document
from pipeline.resources import bundled
from pipeline.units import GENERIC

WEIGHTS = ("models", "confidence", "weights.json")
LONG_QUOTE = 60  # characters
LONG_SUBJECT = 20
MANY = 4  # numbers in one quote
DIGIT = re.compile(r"\d[\d.,]*")
ODD = re.compile(r"(?<=\S)[ \u3000|·](?=\S)|([^\d\s])\1")  # a blank or a doubled character at a value


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign adds to the log odds that a commitment is right."""

    bias: float
    signs: Mapping[str, float]

    def weight(self, sign: str) -> float:
        """Return the weight of a sign; a rule that the training never met is trusted as little as the least trusted."""
        if sign in self.signs or not sign.startswith("rule:"):
            return self.signs.get(sign, 0.0)
        return min((weight for known, weight in self.signs.items() if known.startswith("rule:")), default=0.0)

    def probability(self, signs: Iterator[str]) -> float:
        """Return the probability, from 0 to 1 and to three decimals, that a record with these signs is right."""
        odds = self.bias + sum(self.weight(sign) for sign in signs)
        return round(1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))), 3)


def signs_of(commitment: Commitment, document: Document) -> Iterator[str]:
    """Yield the signs of a commitment of a document, its own confidence aside."""
    yield f"rule:{commitment.rule}"
    yield f"stance:{commitment.stance}"
    yield f"comparator:{commitment.comparator}"
    if commitment.type == "quantity" and commitment.unit is None:
        yield "no unit"
    if commitment.unit in GENERIC:
        yield "generic unit"
    if not DIGIT.search(commitment.value_text):
        yield "no Arabic digit"
    if not commitment.subject:
        yield "no subject"
    elif len(commitment.subject) > LONG_SUBJECT:
        yield "long subject"
    if len(commitment.quote) > LONG_QUOTE:
        yield "long quote"
    if len(DIGIT.findall(commitment.quote)) >= MANY:
        yield "many numbers"
    if commitment.period:
        yield "has a period"
    if commitment.deadline and commitment.type != "deadline":
        yield "has a deadline"
    if ODD.search(document.text, max(0, commitment.value_start - 2), commitment.value_end + 2):
        yield "odd characters"
    if document.kind in ("other", "notice"):
        yield "kind unknown"
    if document.year is None:
        yield "year unknown"


@cache
def weights() -> Weights:
    """Return the shipped weights, read on first use.

    Raises:
        ReferenceDataError: the file is not one of weights.
    """
    path = bundled(*WEIGHTS)
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        return Weights(float(read["bias"]), {str(sign): float(weight) for sign, weight in read["signs"].items()})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReferenceDataError(f"{path}: expected a bias and weights of signs, but {error!r}") from error
