"""How each document was read, for people who ask why a word is in its text or is not: parsing.jsonl and its sources."""

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.records import Account, Analysis, Cut

ACCOUNTS, SOURCES = "parsing.jsonl", "sources"
SHOWN = 60  # characters of what was cut; the rest stands in the source
MARKUP = "markup"  # tags and white space: counted, not listed


def write_accounts(analyses: Iterable[Analysis], folder: Path) -> Iterator[Analysis]:
    """Yield *analyses* while the account of each is written to *folder*, all when the last is through, or none.

    parsing.jsonl has a line a document: rule, parts, cuts other than markup with their first words, signs of quality,
    conflicts, and the place with its parents. sources/DOC_ID.txt is the source that all offsets point into.
    """
    seen: set[str] = set()
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".parsing-", dir=folder) as unfinished:
        sources = Path(unfinished, SOURCES)
        sources.mkdir()
        with Path(unfinished, ACCOUNTS).open("w", encoding="utf-8", newline="\n") as lines:
            for analysis in analyses:
                account, doc_id = analysis.account, analysis.document.doc_id
                if account and doc_id not in seen:
                    seen.add(doc_id)
                    lines.write(json.dumps(account_row(analysis, account), ensure_ascii=False) + "\n")
                    written = account.source.encode("utf-8", "surrogatepass")
                    Path(sources, f"{doc_id}.txt").write_bytes(written)
                yield analysis
        remove_accounts(folder)
        Path(unfinished, ACCOUNTS).replace(folder / ACCOUNTS)
        sources.replace(folder / SOURCES)


def remove_accounts(folder: Path) -> None:
    """Remove what an earlier run wrote: it would speak of other documents."""
    (folder / ACCOUNTS).unlink(missing_ok=True)
    shutil.rmtree(folder / SOURCES, ignore_errors=True)


def account_row(analysis: Analysis, account: Account) -> dict[str, Any]:
    """Return the line of parsing.jsonl about one document."""
    document = analysis.document
    return {
        "doc_id": document.doc_id,
        "name": document.name,
        "rule": account.rule,
        "source_length": len(account.source),
        "parts": [asdict(part) for part in account.parts],
        "cuts": [
            {"start": cut.start, "end": cut.end, "reason": cut.reason, "words": _words(account, cut)}
            for cut in document.cuts
            if cut.reason != MARKUP
        ],
        "quality": document.quality,
        "is_readable": document.is_readable,
        "signs": asdict(account.signs),
        "conflicts": list(account.conflicts),
        "parents": list(account.parents),
        "place_id": account.place_id,
        "candidates": list(account.candidates),
    }


def _words(account: Account, cut: Cut) -> str:
    return " ".join(account.source[cut.start : cut.end][: 4 * SHOWN].split())[:SHOWN]


def tell_account(analysis: Analysis) -> str:
    """Return in a few lines how a document was read: rule, parts, what was cut of each kind, and what is in doubt."""
    document, account = analysis.document, analysis.account
    if account is None:
        return f"{document.name}: no account was kept"
    cut = Counter[str]()
    for one in document.cuts:
        cut[one.reason] += one.end - one.start
    lines = [
        f"{document.name}: {account.rule}; {len(document.text)} of {len(account.source)} characters, "
        f"quality {document.quality:g}{'' if document.is_readable else ' (too low to say that something is missing)'}"
    ]
    if cut:
        lines.append("  cut: " + ", ".join(f"{reason} {size}" for reason, size in cut.most_common()))
    for part in account.parts[1:]:
        what = f"{part.file_type}, {part.rule}; " if part.file_type else ""
        lines.append(f"  part {part.name}: {what}{part.fate} [{part.start}:{part.end}]")
    if account.conflicts:
        lines.append(f"  in conflict: {', '.join(account.conflicts)}")
    return "\n".join(lines)
