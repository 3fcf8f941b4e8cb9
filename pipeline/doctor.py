"""Whether this installation is whole, and whether indicators, sources and a workspace are as they should be.

Each check says in a line what it found; what is wrong is one sentence that names the file and the entry.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.classify.model import shipped
from pipeline.errors import InputError, PipelineError
from pipeline.extract.confidence import weights
from pipeline.extract.link import BOUNDS, Linker, Measured, bundled_linker, linker_of
from pipeline.records import Comparator
from pipeline.reference import Indicator, bodies, cues, indicators, outline
from pipeline.reference.custom import Problem, check_files
from pipeline.resources import bundled

if TYPE_CHECKING:
    from pipeline.places import Place
    from pipeline.scrape.sources import Source

# The parts of a requirement as an installation lists it: rjieba>=0.2; extra == 'bench'
NAME_END = re.compile(r"[^A-Za-z0-9._-]")
EXTRA = re.compile(r"""extra\s*==\s*["']([^"']+)["']""")
# The shape of an entry's address, and the families that it speaks for; none where any may stand behind it.
SHAPES = (
    (r"/gkmlpt(?:/|$)", ("gkmlpt",)),
    (r"/was5/", ("was5",)),
    (r"/igs/", ("igs",)),
    (r"/search-gov/|ZUIXINZHENGCE", ("govcn",)),
    (r"/module/xxgk/", ("hanweb_xxgk",)),
    (r"/jpaas-publish-server/", ("jpaas",)),
    (r"/col/col\d+(?:/|$)|/module/(?:web|jslib)/", ("hanweb", "hanweb_xxgk", "jpaas")),
    (r"/public/column/|/site/label/|/openness/|/PolicyContent/|/OpennessContent/", ("label8888",)),
    (r"/columns/[0-9a-f]{8}-[0-9a-f-]{27}/|/eportal/ui", ("hebei",)),
    (r"\.jhtml(?:$|\?)", ("jeecms",)),
    (r"/c1\d{5}/[^/]*\.shtml$|/(?:common/)?search(?:List)?/[0-9a-f]{32}", ("ucap",)),
    (r"/(?:rss|sitemap)[^/]*\.xml$", ("feeds",)),
    (r"\.(?:aspx|php)(?:$|\?)", ("generic",)),
    (r"\.htm$", ("vsb", "generic", "trs")),
)
MOST_DOCUMENTS = 5000  # of one source; a range up to more says nothing
MOST_REMARKS = 30


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
        _sources_line,
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


def check_sources(path: Path) -> Diagnosis:
    """Look at a file of sources: what is in it, what cannot be right, and what is worth a remark.

    Raises:
        NotFoundError: there is no such file.
    """
    from pipeline.places import places_by_code
    from pipeline.scrape.sources import read_sources

    try:
        listed = read_sources(path)
    except InputError as error:
        return Diagnosis((), tuple(_table_problems(path) or (str(error),)))
    sources, known = listed.sources, places_by_code()
    visited = sum(source.visited for source in sources)
    contact = f"contact {listed.contact}" if listed.contact else "no contact: crawl needs --contact or FAZHI_CONTACT"
    provinces = Counter(_province(source, known) for source in sources)
    lines = [
        f"{path}: {len(sources)} sources, {visited} of them visited by somebody; {contact}",
        _counted("level", Counter(source.level for source in sources)),
        _counted("family", Counter(source.family for source in sources)),
        _counted("kind", Counter(source.kind for source in sources)),
        _counted("province", provinces),
    ]
    remarks = [f"remark: {source.id}: {remark}" for source in sources for remark in _remarks(source, known)]
    lines += remarks[:MOST_REMARKS]
    if len(remarks) > MOST_REMARKS:
        lines.append(f"{len(remarks) - MOST_REMARKS} more remarks")
    problems = [f"{path}: source {source.id}: {told}" for source in sources for told in _contradictions(source, known)]
    return Diagnosis(tuple(lines), (*problems, *(f"{path}: {told}" for told in _same_pages(sources))))


def check_workspace(workspace: Path, db: str = "") -> Diagnosis:
    """Look at what a workspace knows of its sources and hosts, and whether database and archive are whole; in Chinese.

    Raises:
        InputError: it is no workspace of a crawl, or one of a newer version.
    """
    from pipeline.scrape.health import look

    return Diagnosis(*look(workspace, db))


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


def _sources_line() -> str:
    found = check_sources(bundled("corpora", "sources.toml"))
    if found.problems:
        raise InputError("; ".join(found.problems))
    return f"sources: {found.lines[0].partition(': ')[2].partition(';')[0].replace(' sources', '')}"


def _table_problems(path: Path) -> list[str]:
    """Return what is wrong with each table of a file that was refused; nothing where it holds no tables."""
    import tomllib

    from pipeline.scrape.sources import find_problems

    try:
        tables = tomllib.loads(path.read_text("utf-8-sig")).get("source")
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return []
    return [f"{path}: {problem}" for problem in find_problems(tables)] if isinstance(tables, list) else []


def _counted(what: str, counts: "Counter[str]") -> str:
    return f"by {what}: " + ", ".join(f"{name} {count}" for name, count in counts.most_common())


def _province(source: "Source", known: "Mapping[str, Place]") -> str:
    place = known.get(source.place[:2] + "0000")
    return place.name if place else "unknown"


def _contradictions(source: "Source", known: "Mapping[str, Place]") -> Iterator[str]:
    """Yield what cannot be right about a source."""
    place = known.get(source.place)
    if source.place and place is None:
        yield f"place: expected a code of the list of places, got {source.place}"
    ranks = ("national", "province", "prefecture", "county", "township")
    if place and source.level in ranks:
        own, its = ranks.index(place.level), ranks.index(source.level)
        below = its > own and (source.place_name or source.level == "township")  # a town has no code of its own
        if own != its and not below:
            yield f"level: expected {place.level}, which {place.path} is, got {source.level}"
    fewest, most = source.expect
    if most == 0:
        yield "expect: expected a range in which a document may be, got [0, 0]"
    elif most > MOST_DOCUMENTS:
        yield f"expect: expected at most {MOST_DOCUMENTS} documents of one source, got {most}"
    elif source.kind == "article" and fewest > 1:
        yield f"expect: expected one document of an article, got at least {fewest}"


def _remarks(source: "Source", known: "Mapping[str, Place]") -> Iterator[str]:
    """Yield what is worth a second look at a source."""
    from pipeline.places import last_year
    from pipeline.scrape.addresses import is_government

    for host in dict.fromkeys(source.allowed):
        if not (is_government(host) or source.allow_loopback):
            yield f"{host} is not under gov.cn"
    place = known.get(source.place)
    if place and place.last < last_year():
        yield f"{source.place} ({place.path}) is a code that ended in {place.last}"
    shape = next((families for pattern, families in SHAPES if re.search(pattern, source.entry)), ())
    if shape and source.kind == "list" and source.family not in ("auto", *shape):
        yield f"its address looks like {' or '.join(shape)}, the table says {source.family}"
    if "#/" in source.entry:
        yield "its address has a part behind # that no server sees"


def _same_pages(sources: "Sequence[Source]") -> Iterator[str]:
    from pipeline.scrape.addresses import key_of

    first: dict[str, str] = {}
    for source in sources:
        key = key_of(source.entry)
        if key in first:
            yield f"source {source.id}: expected a page of its own, but {first[key]} has the same entry"
        first.setdefault(key, source.id)
