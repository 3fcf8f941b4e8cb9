"""Whether one text stands in another: the same report once on a page and once as a file for download."""

from pipeline.text import squeeze

SHINGLE = 8  # characters; the shortest stretch that two different reports seldom share by chance
HELD = 0.85  # of the shingles; a file has page numbers, a page has typing of its own
LEAST = 4  # shingles; what is shorter says nothing


def holds(whole: str, part: str) -> bool:
    r"""Say whether nearly all of *part* stands in *whole*, whatever the blanks and line ends.

    >>> holds("全年办结案件三十件。\n办结率达到百分之九十五。", "全年办结案件 三十件。")
    True
    """
    wanted = _shingles(squeeze(part))
    if len(wanted) < LEAST or len(part) > 2 * len(whole):
        return False
    there = _shingles(squeeze(whole))
    return len(wanted & there) >= HELD * len(wanted)


def agreement(one: str, other: str) -> float:
    """Return the share of shingles that two readings of one article have in common, 0 to 1.

    >>> agreement("全年办结案件三十件。", "全年办结案件 三十件。")
    1.0
    """
    ours, theirs = _shingles(squeeze(one)), _shingles(squeeze(other))
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours or theirs else 1.0


def _shingles(text: str) -> set[str]:
    return {text[at : at + SHINGLE] for at in range(len(text) - SHINGLE + 1)}
