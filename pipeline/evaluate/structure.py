"""Sections and their headings."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pipeline.errors import InputError
from pipeline.evaluate.cases import EXCERPT, NOT_IN_TEXT, NOWHERE, Case, Row, locate, squeeze, told
from pipeline.evaluate.results import LABELS, Error, HeadingAnswer, HeadingScore, SectionScore


class Node(NamedTuple):
    """A numbered section's place in the tree."""

    level: int
    parent: int | None  # place of the nearest numbered section above


def _gold_tree(case: Case) -> dict[int, Node]:
    golds = case.gold["sections"]
    starts = locate(case.text, (squeeze(gold["starts_with"]) for gold in golds))
    tree = {}
    for index, gold in enumerate(golds):
        parent = gold["parent"]
        if parent is not None and not 0 <= parent < index:
            raise InputError(
                f"{case.name}.sections.jsonl, section {index + 1}: expected as parent the count from 0 of a section "
                f"before it, but found {parent}"
            )
        tree[starts[index]] = Node(gold["level"], None if parent is None else starts[parent])
    return tree


def _given_tree(case: Case) -> dict[int, Node]:
    sections = case.export["sections"]
    by_id = {row["section_id"]: row for row in sections}
    tree = {}
    for row in sections:
        if row.get("level"):
            parent = _numbered_parent(row, by_id, case)
            tree[case.span(row).start] = Node(row["level"], None if parent is None else case.span(parent).start)
    return tree


def _numbered_parent(row: Row, by_id: Mapping[str, Row], case: Case) -> Row | None:
    parent = by_id.get(row.get("parent_id") or "")
    for _ in by_id:
        if parent is None or parent.get("level"):
            return parent
        parent = by_id.get(parent.get("parent_id") or "")
    raise InputError(f"{case.document['name']}: expected section {row['section_id']} below a root, but it has a loop")


def score_sections(case: Case) -> SectionScore:
    """Compare the numbered sections by where they start, and their place in the tree."""
    gold, given = _gold_tree(case), _given_tree(case)
    found = gold.keys() & given.keys()
    return SectionScore(
        gold=len(gold),
        given=len(given),
        found=len(found),
        tree=sum(gold[place] == given[place] for place in found),
        errors=tuple(_section_errors(case, gold, given)),
    )


def _section_errors(case: Case, gold: Mapping[int, Node], given: Mapping[int, Node]) -> Iterator[Error]:
    for row in case.gold["sections"]:
        if squeeze(row["starts_with"]) not in case.text:
            yield case.error("sections", NOT_IN_TEXT, row["starts_with"])
    for place in sorted((gold.keys() | given.keys()) - {NOWHERE}):
        want, got = gold.get(place), given.get(place)
        here = case.text[place : place + EXCERPT]
        if got is None:
            yield case.error("sections", "missed", here)
        elif want is None:
            yield case.error("sections", "spurious", here)
        elif want.level != got.level:
            yield case.error("sections", f"level {told(want.level, got.level)}", here)
        elif want.parent != got.parent:
            parents = (None if at is None else case.text[at : at + 12] for at in (want.parent, got.parent))
            yield case.error("sections", f"parent {told(*parents)}", here)


def score_headings(case: Case) -> HeadingScore:
    """Ask the innermost labelled section around each gold passage for its heading."""
    golds = case.gold["headings"]
    labelled = [(case.span(row), row) for row in case.export["sections"] if row.get("heading") is not None]
    labelled.sort(key=lambda pair: (pair[0].start, -pair[0].end))  # outer before inner
    answers, errors = [], []
    for gold, at in zip(golds, locate(case.text, (squeeze(gold["starts_with"]) for gold in golds)), strict=True):
        around = next((row for span, row in reversed(labelled) if span.start <= at < span.end), {})
        answer = _answer(gold, around, case)
        answers.append(answer)
        if at == NOWHERE:
            errors.append(case.error("headings", NOT_IN_TEXT, gold["starts_with"]))
        elif not answer.is_accepted:
            errors.append(case.error("headings", told(answer.asked, answer.given), gold["starts_with"]))
    return HeadingScore(tuple(answers), tuple(errors))


def _answer(gold: Row, section: Row, case: Case) -> HeadingAnswer:
    """Return what *section*, empty where there is none, answers to a row of the gold."""
    where = f"{case.name}, {gold['starts_with'][:EXCERPT]}"
    given, runner_up, score = (section.get(key) for key in ("heading", "heading_runner_up", "heading_score"))
    for key, value in (("gold heading", gold["heading"]), ("heading", given), ("heading_runner_up", runner_up)):
        if value is not None and not (isinstance(value, int) and value in LABELS):
            raise InputError(f"{where}: expected a {key} from {LABELS[0]} to {LABELS[-1]}, but found {value!r}")
    if score is not None and not (isinstance(score, int | float) and 0 <= score <= 1):
        raise InputError(f"{where}: expected a heading_score from 0 to 1, but found {score!r}")
    return HeadingAnswer(gold["heading"], frozenset((gold["heading"], *gold.get("alt", ()))), given, score, runner_up)
