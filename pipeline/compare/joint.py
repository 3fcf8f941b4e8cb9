"""The things of a joint subject, and which of them a statement is about: 合法性审核率 and 报备率 of both together."""

import re
from collections.abc import Sequence

from pipeline.compare.pairing import Statement, grams

OWNED = 7  # characters from the end of a part; what stands before says whose it is


def parts_of(subject: str) -> list[str]:
    """Return the things of a joint subject: 司法建议 and 检察建议 of 司法建议、检察建议按期办复率.

    >>> parts_of("合法性审核率、报备率"), parts_of("网上可办率")
    (['合法性审核率', '报备率'], ['网上可办率'])
    """
    return [part for part in re.split("、|以及|和(?!解)", subject) if len(part) > 1] if "率" in subject else [subject]


def own_parts(statement: Statement, parts: Sequence[str]) -> list[str]:
    """Return the parts that a subject itself names, by the characters that tell each from the others."""
    told = grams(statement.measure.subject)
    return [part for part in parts if _is_told(part, parts, told)]


def names_part(statement: Statement, part: str, parts: Sequence[str]) -> bool:
    """Say whether a statement is about one part; where its subject names none, its sentence says what it is about."""
    own = own_parts(statement, parts)
    return part in own if own else _is_told(part, parts, grams(statement.before))


def _is_told(part: str, parts: Sequence[str], told: frozenset[str]) -> bool:
    alone = {gram for gram in grams(part[-OWNED:]) if len(gram) == 1}
    for other in parts:
        if other != part:
            alone -= grams(other)
    return not alone or len(alone & told) / len(alone) >= 0.5
