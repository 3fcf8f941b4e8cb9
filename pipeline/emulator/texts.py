"""What the emulated sites print beside their documents: titles of false friends, short texts, small Word files."""

import io
import tomllib
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from random import Random

from pipeline.resources import bundled

CITY, PROVINCE = "澜陵市", "瀚东省"
YEARS = range(2018, 2025)
STAMP = (2025, 1, 1, 0, 0, 0)  # of the members of a Word file, so that its bytes are the same each time


@dataclass(frozen=True, slots=True)
class Words:
    """`corpora/sites/titles.toml`."""

    relevant: Mapping[str, Sequence[str]]  # forms of titles by group
    friends: Sequence[str]  # forms of titles of false friends
    bureaus: Sequence[str]
    towns: Sequence[str]
    places: Sequence[str]
    sentences: Mapping[str, Sequence[str]]


@cache
def words() -> Words:
    """Read the titles and sentences."""
    told = tomllib.loads(bundled("corpora", "sites", "titles.toml").read_text(encoding="utf-8"))
    return Words(
        relevant=told["relevant"],
        friends=tuple(form for forms in told["friends"].values() for form in forms),
        sentences=told["sentences"],
        **told["words"],
    )


def fill(form: str, place: str, year: int, random: Random) -> str:
    """Return a title or a sentence with its slots filled."""
    return form.format(
        place=place,
        year=year,
        city=CITY,
        province=PROVINCE,
        bureau=random.choice(words().bureaus),
        town=random.choice(words().towns),
        n=random.randint(2, 11),
        m=random.randint(12, 90),
    )


def friend_titles(place: str, count: int, random: Random) -> list[tuple[str, int]]:
    """Return titles of false friends with their years, none twice; reposts are of those above the place.

    Raises:
        ValueError: there are not that many.
    """
    above = {"{city}"} if place.endswith(("市", "省")) else set()
    above |= {"{province}"} if place.endswith("省") else set()
    forms = [form for form in words().friends if not any(slot in form for slot in above)]
    drawn = [(form, year) for year in YEARS for form in forms]
    random.shuffle(drawn)
    titles = {fill(form, place, year, random): year for form, year in drawn}
    if len(titles) < count:
        raise ValueError(f"expected at least {count} titles of false friends for {place}, there are {len(titles)}")
    return list(titles.items())[:count]


def paragraphs(lines: Iterable[str]) -> str:
    """Return lines of text as paragraphs of HTML."""
    return "\n".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line.strip())


def invent(kind: str, place: str, year: int, random: Random) -> list[str]:
    """Return the paragraphs of an invented report, plan or piece of news."""
    return [fill(sentence, place, year, random) for sentence in words().sentences[kind]]


def word_file(lines: Iterable[str]) -> bytes:
    """Return a .docx of plain paragraphs, the same bytes for the same lines."""
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    packaged = "http://schemas.openxmlformats.org/package/2006"
    media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    related = "application/vnd.openxmlformats-package.relationships+xml"
    body = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    members = {
        "[Content_Types].xml": f'<Types xmlns="{packaged}/content-types"><Default Extension="rels" '
        f'ContentType="{related}"/><Override PartName="/word/document.xml" ContentType="{media}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{packaged}/relationships"><Relationship Id="r1" Type="{office}" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{main}"><w:body>{body}</w:body></w:document>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return file.getvalue()
