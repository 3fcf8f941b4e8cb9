"""A page to a document: bytes to canonical text, metadata, and a record of what was cut."""

from pipeline.parse.page import parse_page

__all__ = ["parse_page"]
