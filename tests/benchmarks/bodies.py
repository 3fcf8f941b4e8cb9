"""Print how well and how fast the article of a page is found, beside the general extractors, on the pages of tests/pages.

Every way gets the same decoded strings in the same rounds, one after the other within each round, and must give text:
the HTML that readability-lxml returns is turned to text by lxml. F1 is that of `fazhi eval --pages`: characters in the
same order (longest matching blocks), blanks aside. Only pages whose text stands in the page itself are taken.
"""

import json
import logging
import statistics
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError
from pipeline.evaluate.pages import BODY, EXPECTED, character_f1
from pipeline.parse import parse_page
from pipeline.parse.body import read_body
from pipeline.parse.decode import decode
from pipeline.records import Page

PAGES = Path(__file__).resolve().parent.parent / "pages"
SUFFIXES = frozenset({".html", ".htm", ".shtml", ".jhtml", ".asp", ".aspx", ".jsp", ".php", ".do"})
ROUNDS = 7
LEAST_SECONDS = 0.3  # of a way in a round: a fast one goes over the pages several times, as a crawler does
LONG_WORDS = 5  # characters; a shorter word of a menu counts only as a whole line

Read = Callable[[str], str]


@dataclass(frozen=True)
class Case:
    """A page, the text that must come out, and what of its furniture must not."""

    name: str
    source: str
    body: str
    navigation: tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """What one way made of all pages."""

    name: str
    peer: bool
    f1: float
    least: float
    navigation: int  # lines left
    failed: int  # pages that raised or gave nothing
    ms: float  # a page


def cases(folder: Path = PAGES) -> list[Case]:
    """Return the pages whose text stands in the page itself."""
    found = []
    for path in sorted(folder.glob(f"*/{EXPECTED}")):
        wanted = json.loads(path.read_text("utf-8"))
        main = path.parent / wanted["main"]
        if main.suffix in SUFFIXES and not wanted.get("parts") and "refused" not in wanted:
            source = decode(main.read_bytes(), main.name).text
            body = (path.parent / BODY).read_text("utf-8")
            found.append(Case(path.parent.name, source, body, tuple(wanted.get("navigation", ()))))
    return found


def exact(source: str) -> str:
    """The slow way of ours, metadata and cuts included."""
    try:
        return parse_page(Page(name="page.html", content=source.encode("utf-8", "replace"))).text
    except InputError:
        return ""


def peers() -> dict[str, Read]:
    """The general extractors, each as its documentation shows it."""
    import lxml.html
    import trafilatura
    from gne import GeneralNewsExtractor
    from readability import Document

    def readability(source: str) -> str:
        return str(lxml.html.fromstring(Document(source).summary()).text_content())

    return {
        "trafilatura": lambda source: trafilatura.extract(source) or "",
        "trafilatura, fast": lambda source: trafilatura.extract(source, fast=True) or "",
        "readability-lxml": readability,
        "gne": lambda source: str(GeneralNewsExtractor().extract(source)["content"]),
    }


def safely(read: Read) -> Read:
    """Return *read* with "" for a page that it cannot read: some refuse a page that declares its encoding."""

    def guarded(source: str) -> str:
        try:
            return read(source)
        except Exception:
            return ""

    return guarded


def navigation_left(text: str, words: tuple[str, ...]) -> int:
    """Return how many of *words* stand in *text*: as a line, or anywhere where they are long enough to mean no more."""
    lines = {"".join(line.split()) for line in text.splitlines()}
    return sum("".join(word.split()) in lines or (len(word) > LONG_WORDS and word in text) for word in words)


def measure(ways: dict[str, Read], pages: list[Case]) -> dict[str, float]:
    """Return the median time of each way, in milliseconds a page; each goes over the pages for a while in a round."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, read in ways.items():
            passes, start = 0, time.perf_counter()
            while not passes or time.perf_counter() - start < LEAST_SECONDS:
                for page in pages:
                    read(page.source)
                passes += 1
            times[name].append(1000 * (time.perf_counter() - start) / (passes * len(pages)))
    return {name: statistics.median(found) for name, found in times.items()}


def scores(pages: list[Case]) -> list[Score]:
    """Measure every way on every page."""
    others = {name: safely(read) for name, read in peers().items()}
    ways: dict[str, Read] = {"read_body": lambda source: read_body(source).text, "parse_page": exact, **others}
    ms = measure(ways, pages)
    found = []
    for name, read in ways.items():
        texts = [read(page.source) for page in pages]
        f1 = [character_f1(text, page.body) for text, page in zip(texts, pages, strict=True)]
        left = sum(navigation_left(text, page.navigation) for text, page in zip(texts, pages, strict=True))
        found.append(
            Score(name, name in others, statistics.mean(f1), min(f1), left, sum(not text for text in texts), ms[name])
        )
    return found


def main() -> None:
    """Print the table."""
    pages = cases()
    logging.disable(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = scores(pages)
    fastest = min(score.ms for score in found if score.peer)
    print(f"article of {len(pages)} pages, median of {ROUNDS} rounds")
    print(f"  {'':<20}{'F1':>8}{'least':>8}{'menu lines':>12}{'no text':>9}{'ms a page':>11}{'fastest peer':>14}")
    for score in found:
        print(
            f"  {score.name:<20}{score.f1:>8.4f}{score.least:>8.4f}{score.navigation:>12}{score.failed:>9}"
            f"{score.ms:>11.2f}{fastest / score.ms:>12.1f} x"
        )


if __name__ == "__main__":
    main()
