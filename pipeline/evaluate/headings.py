"""Headings over all documents: their figures, and the tables that show which is taken for which and how surely."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.evaluate.calibration import Bin, calibration_error, cut_bins
from pipeline.evaluate.results import LABELS, HeadingAnswer, class_rates, macro_f1
from pipeline.reference import outline

LEAST_FOR_BINS = 50  # passages: with fewer than five to a bin, one passage moves its share by more than a fifth
NONE_SUCH = "-"  # a rate with nothing to divide by; a passage that no labelled section is around
ZERO = "."  # keeps the eye on what there is in a table that is mostly empty


class TopTwo(NamedTuple):
    """Share of passages whose heading is the one given or its runner-up."""

    strict: float
    accepted: float


class Calibration(NamedTuple):
    """The passages whose heading has a score, in the same bins for both ways of being right."""

    strict: tuple[Bin, ...]
    accepted: tuple[Bin, ...]


def heading_figures(answers: Sequence[HeadingAnswer]) -> dict[str, float]:
    """Return the figures over *answers*, 0 to 1; what the export does not say, runners-up or scores, has no key."""
    if not answers:
        return {}
    figures = {
        "heading_strict": sum(answer.is_strict for answer in answers) / len(answers),
        "heading_alt": sum(answer.is_accepted for answer in answers) / len(answers),
        "heading_macro_f1": macro_f1([answer.labels for answer in answers]),
    }
    if top_two := _top_two(answers):
        figures["heading_top2"] = top_two.strict
    if calibration := _calibration(answers):
        figures["heading_ece"] = calibration_error(calibration.strict)
        figures["heading_ece_alt"] = calibration_error(calibration.accepted)
    return figures


def _top_two(answers: Sequence[HeadingAnswer]) -> TopTwo | None:
    if all(answer.runner_up is None for answer in answers):
        return None
    strict = sum(answer.asked in (answer.given, answer.runner_up) for answer in answers)
    accepted = sum(not {answer.given, answer.runner_up}.isdisjoint(answer.acceptable) for answer in answers)
    return TopTwo(strict / len(answers), accepted / len(answers))


def _calibration(answers: Sequence[HeadingAnswer]) -> Calibration | None:
    scored = [(answer.score, answer) for answer in answers if answer.score is not None]
    if not scored:
        return None
    scores = [score for score, _ in scored]
    return Calibration(
        cut_bins(scores, [answer.is_strict for _, answer in scored]),
        cut_bins(scores, [answer.is_accepted for _, answer in scored]),
    )


def heading_lines(answers: Sequence[HeadingAnswer]) -> list[str]:
    """Return the tables over *answers*, a blank line around each; nothing without answers."""
    if not answers:
        return []
    tables = [_class_table(answers), _confusion_table(answers), _top_two_line(answers), _calibration_table(answers)]
    return [line for table in tables if table for line in ("", *table)] + [""]


def _class_table(answers: Sequence[HeadingAnswer]) -> list[str]:
    pairs = [answer.labels for answer in answers]
    asked, given = Counter(gold for gold, _ in pairs), Counter(label for _, label in pairs)
    names = {0: "none", **{heading.id: heading.key for heading in outline().headings}}
    others = sum(answer.is_accepted and not answer.is_strict for answer in answers)
    lines = [
        f"headings of {len(answers)} passages; an accepted alternative ({others} here) counts as the heading asked for",
        f"{'heading':24}{'precision':>10}{'recall':>10}{'F1':>10}{'asked':>8}",
    ]
    for label in LABELS:
        found = class_rates(pairs, label)
        wholes = (given[label], asked[label], given[label] + asked[label])
        cells = [f"{rate:.3f}" if whole else NONE_SUCH for rate, whole in zip(found, wholes, strict=True)]
        lines.append(f"{label:2} {names[label]:21}{''.join(f'{cell:>10}' for cell in cells)}{asked[label]:8}")
    return lines


def _confusion_table(answers: Sequence[HeadingAnswer]) -> list[str]:
    counts = Counter(answer.labels for answer in answers)
    asked = sorted({gold for gold, _ in counts})
    columns = [*LABELS, *([None] if any(label is None for _, label in counts) else [])]
    width = max(4, 1 + len(str(max(counts.values()))))
    heads = [NONE_SUCH if label is None else str(label) for label in columns]
    rows = [[str(gold), *(str(counts[gold, label] or ZERO) for label in columns)] for gold in asked]
    lines = ["".join(f"{cell:>{width}}" for cell in row) for row in (["", *heads], *rows)]
    without = f"; {NONE_SUCH} where no labelled section is" if None in columns else ""
    return [f"heading asked for (down) and given (across){without}", *lines]


def _top_two_line(answers: Sequence[HeadingAnswer]) -> list[str]:
    top_two = _top_two(answers)
    if top_two is None:
        return []
    shares = f"{top_two.strict:.3f}, with alternatives {top_two.accepted:.3f}"
    return [f"top-2 accuracy {shares} (heading given or its runner-up)"]


def _calibration_table(answers: Sequence[HeadingAnswer]) -> list[str]:
    calibration = _calibration(answers)
    if calibration is None:
        return []
    strict, accepted = calibration
    errors = f"{calibration_error(strict):.3f}, with alternatives {calibration_error(accepted):.3f}"
    passages = sum(one.size for one in strict)
    lines = [
        f"expected calibration error {errors} ({passages} passages with a score, {len(strict)} bins of equal size)"
    ]
    if passages < LEAST_FOR_BINS:
        return lines
    lines.append(f"{'mean score':>10}{'right':>10}{'with alternatives':>20}{'passages':>10}")
    for one, other in zip(strict, accepted, strict=True):
        lines.append(f"{one.probability:10.3f}{one.right:10.3f}{other.right:20.3f}{one.size:10}")
    return lines
