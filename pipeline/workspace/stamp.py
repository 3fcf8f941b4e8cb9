"""Which rules and models make the records: one digest, by which a workspace knows that it was made by others."""

from hashlib import sha256

from pipeline import manifest


def rules_stamp() -> str:
    """Return the digest of all that decides about a record: sources, reference files and the bundled models."""
    made = sha256(manifest.rules()["sha256"].encode())
    for folder, files in sorted(manifest.models().items()):
        for name, digest in sorted(files.items()):
            made.update(f"\n{folder}/{name} {digest}".encode())
    return made.hexdigest()
