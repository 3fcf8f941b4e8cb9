"""From files to records: the stages one after the other, over many files, in one process or several."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path

from pipeline.classify import label_sections
from pipeline.classify.model import Model, read_model
from pipeline.errors import InputError, NotFoundError, PipelineError
from pipeline.extract import explain_numbers
from pipeline.html_files import is_page, remove_pages, write_pages
from pipeline.parse import parse_page
from pipeline.records import Analysis, Page
from pipeline.reference import Indicator
from pipeline.reference.custom import read_indicators
from pipeline.segment import find_sections

SUFFIXES = (".txt", ".html", ".htm", ".shtml")
WAITING_PER_WORKER = 4  # results that may wait to be written: memory stays flat in the number of files


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that did not become a document, and why."""

    path: Path
    reason: str


def analyze_page(
    page: Page, *, explain: bool = False, catalogue: Sequence[Indicator] | None = None, model: Model | None = None
) -> Analysis:
    """Take one page through all stages.

    Args:
        page: the bytes and their name.
        explain: keep the fate of every number.
        catalogue: the indicators that values are linked to; the bundled ones if None.
        model: what gives the headings; the shipped one if None.
    Raises:
        InputError: the page is no document; the message says what came instead.
    """
    document = parse_page(page)
    sections = label_sections(document, find_sections(document), model)
    findings = explain_numbers(document, sections, catalogue=catalogue)
    return Analysis(document, sections, findings.commitments, findings.numbers if explain else ())


def analyze_file(
    path: Path, *, explain: bool = False, indicators: Sequence[Path] = (), model: Path | None = None
) -> Analysis | Failure:
    """Take one file through all stages; what goes wrong is returned, so that other files go on."""
    try:
        catalogue = read_indicators(indicators) if indicators else None
        page = Page(name=path.name, content=path.read_bytes())
        return analyze_page(page, explain=explain, catalogue=catalogue, model=read_model(model) if model else None)
    except PipelineError as error:
        return Failure(path, str(error).removeprefix(f"{path.name}: "))
    except OSError as error:
        return Failure(path, f"cannot be read: {error.strerror or error}")
    except Exception as error:  # a mistake of ours must not cost the other files, nor go unseen
        return Failure(path, f"internal error, please report it: {type(error).__name__}: {error}")


def find_files(paths: Sequence[Path]) -> tuple[list[Path], list[Failure]]:
    """Return the files that *paths* name, folders searched through in the order of names, and what is not there.

    The pages of an earlier run are no documents, wherever they lie.
    """
    files: dict[Path, None] = {}
    failures = []
    for path in paths:
        if path.is_dir():
            named = (file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
            inside = sorted(file for file in named if not is_page(file))
            files.update(dict.fromkeys(inside))
            if not inside:
                failures.append(Failure(path, f"the folder has no document ({', '.join(SUFFIXES)})"))
        elif is_page(path):
            failures.append(Failure(path, "expected a document, got a page that fazhi wrote about one"))
        elif path.exists():
            files[path] = None
        else:
            failures.append(Failure(path, "there is no such file or folder"))
    return list(files), failures


def analyze_files(
    files: Iterable[Path],
    *,
    jobs: int = 1,
    explain: bool = False,
    indicators: Sequence[Path] = (),
    model: Path | None = None,
) -> Iterator[Analysis | Failure]:
    """Yield what becomes of each file, in the order of *files* whatever the number of workers.

    Args:
        files: paths of text or HTML files.
        jobs: how many processes work; 1 works in this one.
        explain: keep the fate of every number, for numbers.jsonl.
        indicators: YAML files that add to the catalogue; each process reads them for itself.
        model: the folder of a headings model, in place of the shipped one.
    """
    work = partial(analyze_file, explain=explain, indicators=tuple(indicators), model=model)
    if jobs == 1:
        yield from map(work, files)
        return
    # Fresh interpreters: a fork of a process with threads (a progress bar has one) may hang.
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        remaining = iter(files)
        waiting: deque[Future[Analysis | Failure]] = deque(
            pool.submit(work, file) for file in islice(remaining, WAITING_PER_WORKER * jobs)
        )
        while waiting:
            yield waiting.popleft().result()
            for file in islice(remaining, 1):
                waiting.append(pool.submit(work, file))


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
    progress: Callable[[int, int, str], None] | None = None,
) -> Report:
    """Analyse files and folders and write the JSON Lines export to *output*.

    Args:
        paths: files, and folders to search for files.
        output: a folder, made where it is not there.
        jobs: how many processes work.
        explain: write numbers.jsonl too.
        html: write a page a document to the folder html of *output*; pages of an earlier run go in any case.
        min_confidence: leave out commitments with less; numbers.jsonl still names them.
        indicators: YAML files of indicators that add to the bundled catalogue or change it.
        model: the folder of a headings model, in place of the shipped one.
        progress: called with how many files are done, how many there are, and the last one's name.
    Returns:
        Counts, and the files that failed; an export is written if at least one file became a document.
    Raises:
        NotFoundError: nothing that was named is there.
        InputError: no file became a document; the message names the first reason.
        ReferenceDataError: a file of indicators or the model is not as it should be.
    """
    from pipeline.tables import write_export  # pandas takes half a second, which the workers need not spend

    files, failures = find_files(paths)
    if not files:
        raise NotFoundError("; ".join(f"{failure.path}: {failure.reason}" for failure in failures))
    names = {one.id: one.name for one in read_indicators(indicators)}  # a mistake in them is told before any work
    if model:
        read_model(model)
    results = analyze_files(files, jobs=jobs, explain=explain or html, indicators=indicators, model=model)
    doubtful = 0

    def successes() -> Iterator[Analysis]:
        for done, (path, result) in enumerate(zip(files, results, strict=True), start=1):
            if progress:
                progress(done, len(files), path.name)
            if isinstance(result, Failure):
                failures.append(result)
            else:
                nonlocal doubtful
                sure = tuple(one for one in result.commitments if one.confidence >= min_confidence)
                doubtful += len(result.commitments) - len(sure)
                yield replace(result, commitments=sure)

    good = successes()
    first = next(good, None)
    if first is None:
        raise InputError("; ".join(f"{failure.path}: {failure.reason}" for failure in failures))
    analyses = chain((first,), good)
    pages = output / "html"
    written = write_export(
        write_pages(analyses, pages, indicator_names=names) if html else analyses, output, explain=explain
    )
    if not html:
        remove_pages(pages)
    return Report(written.documents, written.sections, written.commitments, tuple(failures), written.repeated, doubtful)
