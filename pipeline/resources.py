"""Where the bundled texts and models lie: beside the package in a checkout, inside it once installed."""

from pathlib import Path

from pipeline.errors import NotFoundError

PACKAGE = Path(__file__).resolve().parent


def bundled(*parts: str) -> Path:
    """Return the path of a bundled file or folder, named part by part: "corpora", "demo".

    Raises:
        NotFoundError: neither the checkout nor the installed package has it.
    """
    places = (PACKAGE / "_data", PACKAGE.parent)
    for place in places:
        path = place.joinpath(*parts)
        if path.exists():
            return path
    tried = " and ".join(str(place) for place in places)
    raise NotFoundError(f"the bundled {'/'.join(parts)} is missing; looked in {tried}: install the package again")
