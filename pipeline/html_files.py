"""The pages of an export on disk: what they are called, how they come into place, how they are told from documents."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.records import Analysis, Document

GENERATOR = '<meta name="generator" content="fazhi">'  # tells our pages from whatever else lies in a folder
HEAD = 400  # bytes of a page in which it stands
LONGEST_NAME = 70  # characters of a file name: three bytes each, and file systems take 255

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\ud800-\udfff]')  # in file names, on one system or another


def write_pages(
    analyses: Iterable[Analysis], folder: Path, *, indicator_names: Mapping[str, str] | None = None
) -> Iterator[Analysis]:
    """Yield *analyses* while the page of each is written; all come to *folder* when the last is through, or none.

    The folder that *folder* lies in must be there. A document that came before has its page already. Pages of an
    earlier run go, since they would show other records.
    """
    from pipeline.html_page import render_page  # spaCy takes a second, which only pages need

    owners: dict[str, str] = {}  # file name without regard to case -> doc_id
    seen: set[str] = set()
    with TemporaryDirectory(prefix=".html-", dir=folder.parent) as unfinished:
        for analysis in analyses:
            document = analysis.document
            if document.doc_id not in seen:
                seen.add(document.doc_id)
                name = page_name(document)
                if owners.setdefault(name.casefold(), document.doc_id) != document.doc_id:
                    name = f"{name.removesuffix('.html')}-{document.doc_id}.html"
                page = render_page(analysis, indicator_names=indicator_names)
                Path(unfinished, name).write_text(page, encoding="utf-8", newline="\n")
            yield analysis
        remove_pages(folder)
        folder.mkdir(exist_ok=True)
        for path in sorted(Path(unfinished).iterdir()):
            path.replace(folder / path.name)


def remove_pages(folder: Path) -> None:
    """Remove the pages that an earlier run wrote to *folder*; other files stay."""
    for path in folder.glob("*.html"):
        if is_page(path):
            path.unlink()


def is_page(path: Path) -> bool:
    """Say whether a file is a page that `write_pages` wrote, and no document; one that cannot be read is none."""
    if path.suffix != ".html":
        return False
    try:
        with path.open("rb") as file:
            return GENERATOR.encode() in file.read(HEAD)
    except OSError:
        return False


def page_name(document: Document) -> str:
    """Return the file name of a document's page: that of the document, as every file system takes it.

    >>> page_name(Document("0123456789ab", "plans/青榆县 2023?.txt", ""))
    '青榆县 2023_.html'
    """
    last = document.name.rstrip("/").rsplit("/", 1)[-1]
    stem = last.rsplit(".", 1)[0] if "." in last else last
    name = _UNSAFE.sub("_", stem).strip(" .")[:LONGEST_NAME].rstrip(" .")
    return f"{name or document.doc_id}.html"
