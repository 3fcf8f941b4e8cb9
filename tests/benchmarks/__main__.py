"""Print what each stage costs beside the passes over the input that no pipeline can avoid.

The floor is: parse the page with lexbor, cut its words with rjieba, scan it once for numbers. Figures are medians of
several rounds on the bundled pages, in one process; compare the ratios, not the milliseconds.
"""

import re
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import jieba
import rjieba
from selectolax.lexbor import LexborHTMLParser

from pipeline.analyze import analyze_files, analyze_page, analyze_paths
from pipeline.classify import label_sections
from pipeline.extract import explain_numbers
from pipeline.parse import parse_page
from pipeline.records import Analysis, Page
from pipeline.resources import bundled
from pipeline.segment import find_sections
from tests.benchmarks import bodies, coverage, crawls, weekly

ROUNDS = 7
COPIES = 24  # of the corpus, for one worker against two
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:万|亿)?[%个件次人项]?")


@dataclass(frozen=True)
class Line:
    """One measured step: milliseconds a page, and how many times the floor that is."""

    name: str
    ms: float


def measure(work: Callable[[], object]) -> float:
    """Return the median time of one call, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def floor(page: Page) -> int:
    """Take the passes that cannot be avoided, and return something, so that nothing is skipped."""
    text = LexborHTMLParser(page.content.decode()).text()
    return len(rjieba.cut(text)) + sum(1 for _ in NUMBER.finditer(text))


def stage_lines(pages: list[Page]) -> list[Line]:
    """Measure the floor, each stage, and the whole way, a page each."""
    documents = [parse_page(page) for page in pages]
    sections = [find_sections(document) for document in documents]
    labelled = [label_sections(document, found) for document, found in zip(documents, sections, strict=True)]
    steps: list[tuple[str, Callable[[], object]]] = [
        ("floor", lambda: [floor(page) for page in pages]),
        ("parse", lambda: [parse_page(page) for page in pages]),
        ("segment", lambda: [find_sections(document) for document in documents]),
        ("classify", lambda: [label_sections(*pair) for pair in zip(documents, sections, strict=True)]),
        ("extract", lambda: [explain_numbers(*pair) for pair in zip(documents, labelled, strict=True)]),
        ("HTML to commitments", lambda: [analyze_page(page) for page in pages]),
    ]
    return [Line(name, measure(work) / len(pages)) for name, work in steps]


def labelling_ratios(pages: list[Page]) -> dict[str, float]:
    """Return what labelling costs beside segmentation and word segmentation together, by jieba and by rjieba."""
    documents = [parse_page(page) for page in pages]
    sections = [find_sections(document) for document in documents]
    labelling = measure(lambda: [label_sections(*pair) for pair in zip(documents, sections, strict=True)])
    segmentation = measure(lambda: [find_sections(document) for document in documents])
    words = {
        "jieba": measure(lambda: [jieba.lcut(document.text) for document in documents]),
        "rjieba": measure(lambda: [rjieba.cut(document.text) for document in documents]),
    }
    return {name: labelling / (segmentation + cut) for name, cut in words.items()}


def loading_ms() -> float:
    """Return how long the headings model takes to load into a fresh process that has imported the package."""
    script = (
        "import time; from pipeline.classify.model import shipped; import rjieba; start = time.perf_counter(); "
        "shipped(); rjieba.cut('法治'); print(1000 * (time.perf_counter() - start))"
    )
    return statistics.median(
        float(subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout) for _ in range(3)
    )


def worker_ratio(folder: Path) -> float:
    """Return how many times faster two workers are than one, start of the workers included."""
    files = []
    for path in sorted(bundled("corpora", "demo").glob("*.html")):
        for copy in range(COPIES):
            target = folder / f"{copy}-{path.name}"
            target.write_bytes(path.read_bytes() + b"<!-- %d -->" % copy)
            files.append(target)
    times = []
    for jobs in (1, 2):
        start = time.perf_counter()
        done = sum(isinstance(one, Analysis) for found in analyze_files(files, jobs=jobs) for one in found)
        times.append(time.perf_counter() - start)
        assert done == len(files)
    return times[0] / times[1]


def peak_memory(folder: Path, copies: int) -> float:
    """Return the peak of Python's memory while *copies* of the corpus are analysed and written, in MB."""
    files = sorted(folder.glob("*.html"))[: copies * 8]
    tracemalloc.start()
    analyze_paths(files, folder / "out")
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return peak


def main() -> None:
    """Print all figures."""
    pages = [Page(name=path.name, content=path.read_bytes()) for path in bundled("corpora", "demo").glob("*.html")]
    lines = stage_lines(pages)
    print(f"{len(pages)} pages of the bundled corpus, median of {ROUNDS} rounds")
    for line in lines:
        print(f"  {line.name:<22}{line.ms:8.1f} ms a page {line.ms / lines[0].ms:8.1f} x floor")
    for cutter, ratio in labelling_ratios(pages).items():
        print(f"labelling against segmentation and the word cut of {cutter}: {ratio:.2f} x")
    print(f"headings model loads in {loading_ms():.0f} ms, the dictionary of words included")
    with TemporaryDirectory() as name:
        folder = Path(name)
        print(f"two workers against one, {COPIES * len(pages)} pages: {worker_ratio(folder):.2f} x")
        analyze_paths(sorted(folder.glob("*.html"))[:1], folder / "out")  # loads what stays for good
        small, large = peak_memory(folder, 2), peak_memory(folder, 12)
        print(f"peak memory, 16 and 96 pages: {small:.1f} MB and {large:.1f} MB")
    bodies.main()
    coverage.main()
    crawls.run()
    weekly.run()


if __name__ == "__main__":
    main()
