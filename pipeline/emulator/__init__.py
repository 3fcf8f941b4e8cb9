"""Sites that never were: one server on loopback that plays every family, with their quirks and faults.

`fazhi demo` crawls it, and so do the tests. Everything that it serves is invented (see `corpora/README.md`).
"""
