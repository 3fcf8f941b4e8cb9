"""Whether this installation is whole, and whether a researcher's own indicators are as they should be.

Each check says in a line what it found; what is wrong is one sentence that names the file and the entry.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from pipeline.classify.model import shipped
from pipeline.errors import PipelineError
from pipeline.extract.confidence import weights
from pipeline.extract.link import BOUNDS, Linker, Measured, bundled_linker, linker_of
from pipeline.records import Comparator
from pipeline.reference import Indicator, bodies, cues, indicators, outline
from pipeline.reference.custom import Problem, check_files
from pipeline.resources import bundled

# The parts of a requirement as an installation lists it: rjieba>=0.2; extra == 'bench'
NAME_END = re.compile(r"[^A-Za-z0-9._-]")
EXTRA = re.compile(r"""extra\s*==\s*["']([^"']+)["']""")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found, a line each, and what is wrong, a sentence each."""

    lines: tuple[str, ...]
    problems: tuple[str, ...]


def check_installation() -> Diagnosis:
    """Look at the bundled reference data, texts and models, and at the environment."""
    environment = check_environment()
    lines, problems = list(environment.lines), list(environment.problems)
    for check in (
        _outline_line,
        _cues_line,
        _bodies_line,
        _indicators_line,
        _headings_line,
        _confidence_line,
        _corpus_line,
    ):
        try:
            lines.append(check())
        except PipelineError as error:
            problems.append(str(error))
    problems.extend(_bundled_strays())
    return Diagnosis(tuple(lines), tuple(problems))


def check_environment(distribution: str = "fazhi") -> Diagnosis:
    """Look whether a distribution is installed, with all that it requires."""
    found = _version_of(distribution)
    if found is None:
        return Diagnosis((), (f"expected {distribution} to be installed, but it is not: install it again",))
    required = check_requirements(requires(distribution) or ())
    python = ".".join(map(str, sys.version_info[:3]))
    return Diagnosis((f"{distribution} {found} on Python {python}", *required.lines), required.problems)


def check_requirements(requirements: Sequence[str]) -> Diagnosis:
    """Look which *requirements*, as an installation lists them, are met; what an extra asks for may be missing."""
    needed, extras, problems = [], [], []
    for requirement in requirements:
        name = NAME_END.split(requirement, maxsplit=1)[0]
        found = _version_of(name)
        if extra := EXTRA.search(requirement):
            state = found or "is not installed"
            extras.append(f"{name} {state}; only the extra {extra[1]} needs it")
        elif found is None:
            problems.append(f"expected {requirement} to be installed, but it is not: install fazhi again")
        else:
            needed.append(f"{name} {found}")
    together = [", ".join(needed)] if needed else []
    return Diagnosis((*together, *extras), tuple(problems))


def check_indicators(files: Sequence[Path]) -> Diagnosis:
    """Look at files of indicators beside the bundled catalogue.

    Raises:
        NotFoundError: a file is not there.
        OSError: a file cannot be read.
    """
    custom = check_files(files)
    problems = list(custom.problems)
    if not problems:
        chosen = [indicator for indicator in custom.catalogue if indicator.id in custom.homes]
        strays = _strays(chosen, linker_of(custom.catalogue))
        problems = [Problem(custom.homes[entry], entry, said) for entry, said in strays]
    line = (
        f"{', '.join(map(str, files))}: {len(custom.added)} indicators added, {len(custom.changed)} changed, "
        f"{len(custom.catalogue)} in all"
    )
    return Diagnosis((line,), tuple(map(str, problems)))


def value_of(indicator: Indicator, term: str) -> Measured:
    """Return a value that reports an indicator and calls it *term*, as a document would."""
    comparator: Comparator | None = BOUNDS[indicator.bound][0] if indicator.bound else None
    dated = indicator.kind == "deadline"
    return Measured(
        term,
        unit=None if dated else indicator.unit,
        type="deadline" if dated else "quantity",
        comparator=comparator,
        period=indicator.period,
        after=term,
        heading=indicator.heading,
    )


def _strays(chosen: Sequence[Indicator], linker: Linker) -> Iterator[tuple[str, str]]:
    """Yield which indicators are not found by one of their own names, and what is found instead."""
    for indicator in chosen:
        for term in (indicator.name, *indicator.synonyms):
            found, _ = linker.find(value_of(indicator, term))
            if indicator.id not in found:
                came = ", ".join(found) or "nothing"
                yield indicator.id, f"expected a value called {term} to be found as it, but {came} is found"


def _bundled_strays() -> Iterator[str]:
    try:
        catalogue = indicators()
    except PipelineError:  # told already
        return
    yield from (f"indicators.jsonl, {entry}: {said}" for entry, said in _strays(catalogue, bundled_linker()))


def _outline_line() -> str:
    found = outline()
    return f"outline: {len(found.headings)} headings, {len(found.items)} items, {len(found.legacy)} earlier headings"


def _cues_line() -> str:
    return f"cues: {len(cues().terms)} terms"


def _bodies_line() -> str:
    return f"bodies: {len(bodies())}"


def _indicators_line() -> str:
    found = indicators()
    synonyms = sum(len(indicator.synonyms) for indicator in found)
    return f"indicators: {len(found)} with {synonyms} synonyms"


def _headings_line() -> str:
    model = shipped()
    words, passages = model.vocabulary.size, len(model.passages.names)
    return f"headings model: {words} words, {passages} passages, unsure below {model.unsure:g}"


def _confidence_line() -> str:
    return f"confidence model: {len(weights().signs)} signs"


def _corpus_line() -> str:
    documents = [path for path in bundled("corpora", "demo").iterdir() if path.suffix in (".txt", ".html")]
    return f"bundled corpus: {len(documents)} documents"


def _version_of(name: str) -> str | None:
    """Return the version of what is installed under a name; None for what is not, or not whole."""
    try:
        return version(name) or None
    except PackageNotFoundError:
        return None
