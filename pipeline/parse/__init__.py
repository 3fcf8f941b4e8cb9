"""A page to a document: bytes to canonical text, metadata, and a record of what was cut."""

from pipeline.parse.page import parse_page, read_document

__all__ = ["parse_page", "read_document"]
