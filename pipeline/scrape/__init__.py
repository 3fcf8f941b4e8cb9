"""Collecting: from the sites of `corpora/sources.toml` to bytes with proof of what was served and when."""
