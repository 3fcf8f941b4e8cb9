"""What stands beside the text: indicators of values, metadata, states of the outline's items."""

from typing import Any

from pipeline.evaluate.cases import NOT_IN_TEXT, NOWHERE, Case, Row, Span, locate, squeeze, told
from pipeline.evaluate.results import CoverageScore, Tally

INDICATOR_AFTER, INDICATOR_BEFORE = 60, 20  # how far from its anchor an indicator's value may stand


def _indicator_span(text: str, at: int, gold: Row) -> Span | None:
    """Return the value that stands in an anchor found at *at*, soon after it, or just before its end."""
    if at == NOWHERE:
        return None
    value, end = squeeze(gold["value_text"]), at + len(squeeze(gold["anchor"]))
    start = text.find(value, at, end + INDICATOR_AFTER)
    if start == NOWHERE:
        start = text.find(value, max(0, at - INDICATOR_BEFORE), end)
    return None if start == NOWHERE else Span(start, start + len(value))


def score_indicators(case: Case) -> Tally:
    """Ask the records given at each gold value for its indicators: some of those that the gold allows, no other."""
    golds = case.gold["indicators"]
    given = [
        (case.span(row, "value_start", "value_end"), row.get("indicators") or ())
        for row in case.export["commitments"]
        if row.get("value_start") is not None
    ]
    errors = []
    for gold, at in zip(golds, locate(case.text, (squeeze(gold["anchor"]) for gold in golds)), strict=True):
        asked = _indicator_span(case.text, at, gold)
        here = [ids for place, ids in given if asked and place.start < asked.end and place.end > asked.start]
        if asked is None:
            errors.append(case.error("indicators", NOT_IN_TEXT, gold["anchor"]))
        elif not any(ids and set(ids) <= set(gold["indicators"]) for ids in here):
            errors.append(case.error("indicators", told(gold["indicators"], here), gold["anchor"]))
    return Tally(len(golds) - len(errors), len(golds), tuple(errors))


def score_metadata(case: Case) -> Tally:
    """Compare the fields that the gold states, null among them; a title has alternatives."""
    fields = [field for field in case.about if field not in ("id", "title_alt")]
    errors = []
    for field in fields:
        accepted = [case.about[field], *((case.about.get("title_alt") or ()) if field == "title" else ())]
        got = case.document.get(field)
        if _comparable(got) not in map(_comparable, accepted):
            errors.append(case.error("metadata", f"{field} {told(case.about[field], got)}"))
    return Tally(len(fields) - len(errors), len(fields), tuple(errors))


def _comparable(value: Any) -> Any:
    return squeeze(value) if isinstance(value, str) else value


def score_coverage(case: Case) -> CoverageScore:
    """Compare the states of the outline's items; a second reader's state counts as right."""
    given = {str(row["item"]): row["status"] for row in case.export["coverage"] if row["reference"] == "outline"}
    states, errors = [], []
    for gold in case.gold["coverage"]:
        want, got = gold["status"], given.get(gold["item"], "absent")
        states.append((want, want if got in gold["alt"] else got))
        if states[-1][1] != want:
            errors.append(case.error("coverage", f"item {gold['item']} {told(want, got)}", gold.get("evidence")))
    return CoverageScore(tuple(states), tuple(errors))
