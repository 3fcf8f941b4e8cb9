"""Elements of a tree, found by a plain walk: a row is searched a dozen times, and bs4's own search costs ten walks."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import Tag


def tags_in(element: "Tag", *names: str) -> "list[Tag]":
    """Return the elements inside *element* in their order, those with one of *names* only where any is given."""
    from bs4 import Tag

    if not names:
        return [each for each in element.descendants if isinstance(each, Tag)]
    return [each for each in element.descendants if isinstance(each, Tag) and each.name in names]


def links_in(element: "Tag") -> "list[Tag]":
    """Return the links inside *element* that have an address, be it an empty one."""
    return [link for link in tags_in(element, "a") if link.has_attr("href")]
