"""Documents and commitments as a digest needs them."""

from dataclasses import dataclass
from datetime import date

from pipeline.moments import moment
from pipeline.weeks import CHINA


def day_of(told: str | None) -> str:
    """Return the day in China of a time of the database, "" for none."""
    when = moment(told)
    return when.astimezone(CHINA).date().isoformat() if when else ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of a version."""

    id: int
    version_id: int
    publication_id: str
    since_id: int
    position: int
    doc_id: str
    name: str
    title: str | None
    kind: str
    year: int | None
    jurisdiction: str | None
    jurisdiction_code: str | None
    level: str
    body: str | None
    issuer: str | None
    published: date | None
    notes: tuple[str, ...]
    quality: float
    url: str | None
    sha256: str
    snapshot: str | None
    text_sha256: str
    seen: str  # stamp of the fetch of its version

    @property
    def fetched(self) -> str:
        """The day in China on which its bytes came."""
        return day_of(self.seen)

    @property
    def is_of_government(self) -> bool:
        """Whether a government speaks for itself in it, and no department."""
        own = (self.body or "").removeprefix(self.jurisdiction or "")
        return own in ("", "人民政府", "政府", "人民政府办公室", "政府办公室")

    @property
    def department(self) -> str | None:
        """The department that speaks in it; "" for a government that speaks for itself."""
        return "" if self.is_of_government else self.body


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment, and the document it stands in."""

    commitment_id: str
    section_id: str
    start: int
    end: int
    quote: str
    value_text: str
    type: str
    stance: str
    subject: str | None
    indicators: tuple[str, ...]
    value: float | None
    unit: str | None
    deadline: date | None
    lead: tuple[str, ...]
    support: tuple[str, ...]
    heading: int | None
    confidence: float
    paper: Paper

    @property
    def about(self) -> str:
        """What it is about, in as few words as there are."""
        return self.subject or self.quote
