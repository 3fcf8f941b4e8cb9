"""The families of sites, in the order in which they are tried: the most telling signs first, any list of links last."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from pipeline.scrape.records import Family, View

# A module each; a new family is a new module and a name here.
NAMES = (
    "gkmlpt",
    "jpaas",
    "hanweb",
    "hanweb_xxgk",
    "ucap",
    "label8888",
    "vsb",
    "hebei",
    "govcn",
    "was5",
    "igs",
    "jsonp",
    "feeds",
    "nfcms",
    "jeecms",
    "trs",
    "generic",
)


@cache
def families() -> Mapping[str, Family]:
    """Return each family by its name, in the order in which they are tried."""
    found = [import_module(f"pipeline.scrape.families.{name}").FAMILY for name in NAMES]
    return {family.name: family for family in found}


def recognise(view: View) -> tuple[Family, str] | None:
    """Return the family of a page and the sign that told it; None where not even a plain list is found."""
    for family in families().values():
        if sign := family.recognise(view):
            return family, sign
    return None
