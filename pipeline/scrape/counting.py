"""How far a list has been read whose service says how many rows it has, but not how many pages.

A page may repeat rows: of the page before it, where something was published meanwhile, or some that always stand on
top. They are not counted again, or the end would seem to be reached before the last rows came.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    """What is known after a page."""

    pages: int | None  # as many as the total fills
    memo: Mapping[str, str]  # for the request of the page behind it
    goes_on: bool  # there is one


def count(names: Iterable[str], page: int, total: int | None, memo: Mapping[str, str]) -> Count:
    """Count the rows of a page.

    Args:
        names: what its rows are told apart by.
        page: which it is, from 1.
        total: rows of all pages, as the service says; where more came it is wrong, and pages as full as the first
            lead on.
        memo: of its request; that of the page before, or none.
    """
    here = dict.fromkeys("".join(name.split()) for name in names)
    again = here.keys() & set(memo.get("last", "").split())
    size = int(memo.get("size") or len(here))
    seen = int(memo.get("seen") or (page - 1) * size) + len(here) - len(again)
    goes_on = seen < total if total is not None and seen <= total else len(here) >= size
    pages = -(-total // size) if total and size else None
    return Count(pages, {"size": str(size), "seen": str(seen), "last": " ".join(here)}, bool(here) and goes_on)
