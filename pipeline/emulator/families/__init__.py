"""How each family of sites answers: a module each, with a `KIND`."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from pipeline.emulator.site import Kind

NAMES = (
    "trs",
    "was5",
    "igs",
    "jsonp",
    "hanweb",
    "hanweb_xxgk",
    "jpaas",
    "gkmlpt",
    "nfcms",
    "govcn",
    "ucap",
    "label8888",
    "vsb",
    "hebei",
    "jeecms",
    "plain",
    "feeds",
)


@cache
def kinds() -> Mapping[str, Kind]:
    """Return each family by its name."""
    found = [import_module(f"pipeline.emulator.families.{name}").KIND for name in NAMES]
    return {kind.name: kind for kind in found}
