"""What is remembered of an address: digests of the bytes that it served last, and of the text that was read in them.

Both together are `standing.fingerprint`. Bytes that are the same need not be read; a text that is the same says that an
address did not change, even where its publication did since another address has a newer text.
"""

from dataclasses import dataclass

BYTES, TEXT = 40, 24  # characters kept of two digests in hexadecimal: 160 and 96 bits
UNREAD = "0" * BYTES  # the bytes are to be read whatever they are
UNREADABLE = "-" * TEXT  # they were no document
UNKNOWN = "?" * TEXT  # nobody knows what rules of today make of them


@dataclass(frozen=True, slots=True)
class Mark:
    """The bytes and the text that an address had last."""

    bytes: str
    text: str

    def __str__(self) -> str:
        return self.bytes + self.text

    @property
    def is_unreadable(self) -> bool:
        """Whether the bytes were no document."""
        return self.text == UNREADABLE

    @property
    def is_unknown(self) -> bool:
        """Whether they were read by other rules than those of today."""
        return self.text == UNKNOWN

    def has_bytes(self, digest: str) -> bool:
        """Say whether the bytes with this digest were read."""
        return self.bytes == digest[:BYTES]

    def has_text(self, digest: str) -> bool:
        """Say whether the text with this digest was read in them."""
        return self.text == digest[:TEXT]


def read_mark(fingerprint: str) -> Mark:
    """Return the mark that a standing has."""
    return Mark(fingerprint[:BYTES], fingerprint[BYTES:])


def mark_of(content: str, text: str) -> Mark:
    """Return the mark for the digests of bytes and of a text; UNREAD, UNREADABLE and UNKNOWN stay what they are."""
    return Mark(content[:BYTES], text[:TEXT])
