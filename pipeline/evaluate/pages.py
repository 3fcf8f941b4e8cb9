"""How well pages and files are read: against saved ones whose text and metadata were written down beforehand.

A case is a folder with a file as a site serves it, its parts beside it, `body.txt`, the text that must come out, and
`expected.json`: main, url, fields, and what else must hold (sources, notes, navigation, rows, parts, refused).
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from pipeline.errors import InputError, NotFoundError
from pipeline.records import Account, Document, Page

EXPECTED, BODY = "expected.json", "body.txt"
Read = Callable[[Page], tuple[Document, Account]]
Load = Callable[[Path, Path], Page]  # the main file and the folder of its case


@dataclass(frozen=True, slots=True)
class PageResult:
    """What became of one case."""

    name: str
    file_type: str
    f1: float  # of characters, blanks aside
    fields: int  # right ones
    asked: int  # fields that were compared
    rows: int  # table rows kept
    rows_asked: int
    errors: tuple[str, ...]  # every disagreement, for people

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong but a hundredth of the text."""
        return not self.errors


def score_pages(folder: Path, load: Load, read: Read, only: Sequence[str] = ()) -> tuple[PageResult, ...]:
    """Read each case below *folder* and compare; *only* are starts of the names of cases.

    Raises:
        NotFoundError: there is no case, or none of those asked for.
        InputError: a case is incomplete; the message names its file.
    """
    cases = sorted(path.parent for path in folder.glob(f"*/{EXPECTED}"))
    chosen = [case for case in cases if not only or case.name.startswith(tuple(only))]
    if not chosen:
        raise NotFoundError(
            f"expected cases (folders with {EXPECTED}) in {folder}, found none{' of these' * bool(only)}"
        )
    return tuple(_score(case, load, read) for case in chosen)


def _score(case: Path, load: Load, read: Read) -> PageResult:
    try:
        wanted = json.loads((case / EXPECTED).read_text("utf-8"))
        page = replace(load(case / wanted["main"], case), url=wanted.get("url"))
    except (ValueError, KeyError, OSError) as error:
        raise InputError(f"expected a complete case in {case}, got {type(error).__name__}: {error}") from error
    try:
        document, account = read(page)
    except InputError as error:
        if "refused" in wanted:
            return PageResult(case.name, "refused", 1.0, 0, 0, 0, 0, ())
        return PageResult(
            case.name, "refused", 0.0, 0, len(wanted["fields"]), 0, len(wanted.get("rows", ())), (str(error),)
        )
    if "refused" in wanted:
        reason = f"expected a refusal ({wanted['refused']}), got a document of {len(document.text)} characters"
        return PageResult(case.name, account.parts[0].file_type, 0.0, 0, 0, 0, 0, (reason,))
    f1 = character_f1(document.text, (case / BODY).read_text("utf-8"))
    least = wanted.get("least_f1", LEAST_F1)
    fields = list(_wrong_fields(document, wanted["fields"]))
    rows = list(_missing_rows(document.text, wanted.get("rows", ())))
    errors = [
        *([f"body F1 {f1:.4f}"] if f1 < least else []),
        *fields,
        *rows,
        *_other_errors(document, account, wanted),
    ]
    return PageResult(
        case.name,
        account.parts[0].file_type or next(part.file_type for part in account.parts if part.file_type),
        f1,
        len(wanted["fields"]) - len(fields),
        len(wanted["fields"]),
        len(wanted.get("rows", ())) - len(rows),
        len(wanted.get("rows", ())),
        tuple(errors),
    )


LEAST_F1 = 0.99


def _wrong_fields(document: Document, wanted: Mapping[str, Any]) -> Iterable[str]:
    for name, value in wanted.items():
        found = getattr(document, name)
        found = found.isoformat() if isinstance(found, date) else found
        if found != value:
            yield f"{name}: expected {value}, got {found}"


def _missing_rows(text: str, rows: Sequence[Sequence[str]]) -> Iterable[str]:
    lines = {_plain(line) for line in text.splitlines()}
    for row in rows:
        if _plain("\t".join(row)) not in lines:
            yield f"row lost or changed: {' | '.join(row)[:80]}"


def _plain(line: str) -> str:
    """Return a row without blanks, its cells still apart, and without the empty ones behind its last cell."""
    return "\t".join("".join(cell.split()) for cell in line.split("\t")).rstrip("\t")


def _other_errors(document: Document, account: Account, wanted: Mapping[str, Any]) -> Iterable[str]:
    for name, source in wanted.get("sources", {}).items():
        found = document.sources.get(name, "")
        if not found.startswith(source):
            yield f"source of {name}: expected {source}, got {found or 'none'}"
    notes = "\n".join(document.notes).lower()
    yield from (f"note missing: {word}" for word in wanted.get("notes", ()) if word.lower() not in notes)
    lines = {_plain(line) for line in document.text.splitlines()}
    for words in wanted.get("navigation", ()):
        if _plain(words) in lines or (len(words) > LONG_WORDS and words in document.text):
            yield f"navigation kept: {words}"
    # Of an archive its members are the parts; they are named behind it.
    used = {name for part in account.parts if part.fate == "text" for name in part.name.split("/")}
    yield from (
        f"part not in the text: {name}" for name in wanted.get("parts", ()) if name.rsplit("/", 1)[-1] not in used
    )


LONG_WORDS = 5  # characters; a shorter word of a menu, such as 首页, may stand in a sentence too


def character_f1(found: str, wanted: str) -> float:
    """Return the F1 of the characters that both texts have in the same order, blanks aside.

    Lines are matched first and characters only inside what differs, so that a long text takes no long time.
    """
    ours = ["".join(line.split()) for line in found.splitlines()]
    theirs = ["".join(line.split()) for line in wanted.splitlines()]
    common = 0
    for what, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if what == "equal":
            common += sum(map(len, ours[a:b]))
        elif what == "replace":
            matcher = SequenceMatcher(None, "".join(ours[a:b]), "".join(theirs[c:d]), autojunk=False)
            common += sum(block.size for block in matcher.get_matching_blocks())
    total = sum(map(len, ours)) + sum(map(len, theirs))
    return 2 * common / total if total else 1.0


def render_pages(results: Sequence[PageResult], *, errors: bool = False) -> str:
    """Return the results as a table of text, a line a case and one for all."""
    lines = [f"{'case':<40} {'type':<6} {'body F1':>8} {'fields':>8} {'rows':>8} {'errors':>7}"]
    for one in results:
        lines.append(
            f"{one.name:<40} {one.file_type:<6} {one.f1:>8.4f} {f'{one.fields}/{one.asked}':>8} "
            f"{f'{one.rows}/{one.rows_asked}':>8} {len(one.errors):>7}"
        )
        lines += [f"    {error}" for error in one.errors if errors]
    kept = [one for one in results if one.asked]
    mean = sum(one.f1 for one in kept) / len(kept) if kept else 1.0
    navigation = sum(error.startswith("navigation kept") for one in results for error in one.errors)
    lines.append(
        f"{len(results)} cases, {sum(one.is_right for one in results)} without an error; body F1 mean {mean:.4f}, "
        f"least {min((one.f1 for one in kept), default=1.0):.4f}; fields {sum(one.fields for one in results)}/"
        f"{sum(one.asked for one in results)}; rows {sum(one.rows for one in results)}/"
        f"{sum(one.rows_asked for one in results)}; navigation lines {navigation}"
    )
    return "\n".join(lines)
