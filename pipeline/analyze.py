"""From files to records: the stages one after the other, over many files, in one process or several."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from pipeline.accounts import remove_accounts, write_accounts
from pipeline.classify import label_sections
from pipeline.classify.model import Model, read_model
from pipeline.errors import InputError, NotFoundError, PipelineError
from pipeline.evaluate.pages import PageResult, score_pages
from pipeline.extract import explain_numbers
from pipeline.files import Limits
from pipeline.guard import Late, run_each
from pipeline.html_files import remove_pages, write_pages
from pipeline.inputs import Failure, Input, find_inputs, load, reason_of
from pipeline.manifest import weights_of, write_manifest
from pipeline.parse import read_document
from pipeline.records import Account, Analysis, Document, Page
from pipeline.reference import Indicator
from pipeline.reference.custom import read_indicators
from pipeline.segment import find_sections

TIME_LIMIT = 30.0  # seconds for one file, by default of the command
LIMITS = Limits()


def analyze_page(
    page: Page, *, explain: bool = False, catalogue: Sequence[Indicator] | None = None, model: Model | None = None
) -> Analysis:
    """Take one page through all stages.

    Args:
        page: the bytes and their name.
        explain: keep the fate of every number, and how the document was read.
        catalogue: the indicators that values are linked to; the bundled ones if None.
        model: what gives the headings; the shipped one if None.
    Raises:
        InputError: the page is no document; the message says what came instead.
    """
    parsed = read_document(page)
    document = parsed.document
    sections = label_sections(document, find_sections(document), model)
    findings = explain_numbers(document, sections, catalogue=catalogue)
    if not explain:
        return Analysis(document, sections, findings.commitments)
    return Analysis(document, sections, findings.commitments, findings.numbers, parsed.account)


def analyze_file(
    given: Input, *, explain: bool = False, indicators: Sequence[Path] = (), model: Path | None = None
) -> tuple[Analysis | Failure, ...]:
    """Take one file through all stages, or each member of an archive; what goes wrong is returned, so others go on."""
    try:
        catalogue = read_indicators(indicators) if indicators else None
        chosen = read_model(model) if model else None
        pages = load(given, LIMITS)
    except (PipelineError, OSError, MemoryError) as error:
        return (Failure(given.place, reason_of(error, given.place.name)),)
    if not pages:
        return (Failure(given.place, "expected an archive with documents, got one without"),)
    results: list[Analysis | Failure] = []
    for page in pages:
        path = given.place if given.held or page.name == given.path.name else given.path.parent / page.name
        try:
            results.append(analyze_page(page, explain=explain, catalogue=catalogue, model=chosen))
        except Exception as error:  # a mistake of ours must not cost the other files, nor go unseen
            results.append(Failure(path, reason_of(error, "" if given.held else page.name)))
    return tuple(results)


def analyze_files(
    files: Iterable[Input | Path],
    *,
    jobs: int = 1,
    explain: bool = False,
    indicators: Sequence[Path] = (),
    model: Path | None = None,
    time_limit: float | None = None,
) -> Iterator[tuple[Analysis | Failure, ...]]:
    """Yield what becomes of each file, in the order of *files* whatever the number of workers.

    Args:
        files: documents; parts of a plain path are looked for in its folder.
        jobs: how many processes work; 1 without a time limit works in this one.
        explain: keep the fate of every number, and how each document was read.
        indicators: YAML files that add to the catalogue; each process reads them for itself.
        model: the folder of a headings model, in place of the shipped one.
        time_limit: seconds for one file, after which its process is ended and the file is a failure; None for none.
    """
    work = partial(analyze_file, explain=explain, indicators=tuple(indicators), model=model)
    given = (file if isinstance(file, Input) else Input(file, file.parent) for file in files)
    if jobs == 1 and time_limit is None:
        yield from map(work, given)
        return
    for one, result in run_each(work, given, jobs=jobs, time_limit=time_limit):
        yield (Failure(one.place, result.reason),) if isinstance(result, Late) else result


@dataclass(frozen=True, slots=True)
class Report:
    """What an analysis of files came to."""

    documents: int
    sections: int
    commitments: int
    failures: tuple[Failure, ...]
    repeated: tuple[str, ...]  # files with the same bytes as an earlier one
    doubtful: int = 0  # commitments left out, since their confidence is below the one asked for


def analyze_paths(
    paths: Sequence[Path],
    output: Path,
    *,
    jobs: int = 1,
    explain: bool = False,
    html: bool = False,
    min_confidence: float = 0.0,
    indicators: Sequence[Path] = (),
    model: Path | None = None,
    time_limit: float | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    tell: Callable[[Analysis], None] | None = None,
) -> Report:
    """Analyse files and folders and write the JSON Lines export to *output*.

    Args:
        paths: files, and folders to search for files.
        output: a folder, made where it is not there.
        jobs: how many processes work.
        explain: write numbers.jsonl, parsing.jsonl and the source of each document too.
        html: write a page a document to the folder html of *output*; pages of an earlier run go in any case.
        min_confidence: leave out commitments with less; numbers.jsonl still names them.
        indicators: YAML files of indicators that add to the bundled catalogue or change it.
        model: the folder of a headings model, in place of the shipped one.
        time_limit: seconds for one file; None for none.
        progress: called with how many files are done, how many there are, and the last one's name.
        tell: called with each document, where *explain* is asked for.
    Returns:
        Counts, and the files that failed; an export is written if at least one file became a document.
    Raises:
        NotFoundError: nothing that was named is there.
        InputError: no file became a document; the message names the first reason.
        ReferenceDataError: a file of indicators or the model is not as it should be.
    """
    from pipeline.tables import write_export  # pandas takes half a second, which the workers need not spend

    files, failures = find_inputs(paths)
    if not files:
        raise NotFoundError("; ".join(f"{failure.path}: {failure.reason}" for failure in failures))
    names = {one.id: one.name for one in read_indicators(indicators)}  # a mistake in them is told before any work
    if model:
        read_model(model)
    results = analyze_files(
        files, jobs=jobs, explain=explain or html, indicators=indicators, model=model, time_limit=time_limit
    )
    doubtful = 0

    def successes() -> Iterator[Analysis]:
        nonlocal doubtful
        for done, (file, found) in enumerate(zip(files, results, strict=True), start=1):
            if progress:
                progress(done, len(files), file.path.name)
            for result in found:
                if isinstance(result, Failure):
                    failures.append(result)
                    continue
                sure = tuple(one for one in result.commitments if one.confidence >= min_confidence)
                doubtful += len(result.commitments) - len(sure)
                yield replace(result, commitments=sure)

    good = successes()
    first = next(good, None)
    if first is None:
        raise InputError("; ".join(f"{failure.path}: {failure.reason}" for failure in failures))
    analyses: Iterable[Analysis] = chain((first,), good)
    if explain:
        analyses = _told(write_accounts(analyses, output), tell)
    else:
        remove_accounts(output)
    pages = output / "html"
    written = write_export(
        write_pages(analyses, pages, indicator_names=names) if html else analyses, output, explain=explain
    )
    if not html:
        remove_pages(pages)
    own = (*indicators, *(weights_of(model) if model else ()))
    write_manifest(output, output, added=own, options={"explain": explain, "min_confidence": min_confidence})
    return Report(written.documents, written.sections, written.commitments, tuple(failures), written.repeated, doubtful)


def _told(analyses: Iterable[Analysis], tell: Callable[[Analysis], None] | None) -> Iterator[Analysis]:
    for analysis in analyses:
        if tell:
            tell(analysis)
        yield analysis


def score_saved_pages(folder: Path, only: Sequence[str] = ()) -> tuple[PageResult, ...]:
    """Read the saved pages and files of *folder* and compare with what must come out; see `evaluate.pages`."""

    def read(page: Page) -> tuple[Document, Account]:
        parsed = read_document(page, LIMITS)
        return parsed.document, parsed.account

    return score_pages(folder, lambda path, root: load(Input(path, root), LIMITS)[0], read, only)
