"""What can go wrong, as a tree. Each message says what was expected, what came, and where.

PipelineError
├── InputError (ValueError)      bytes that are no document: empty, an image, of unknown encoding, too large
│   └── EmptyBodyError           a page whose furniture was all there was
├── NotFoundError (LookupError)  a path, a column or a document that is not there
└── ReferenceDataError (ValueError) a reference file of ours that contradicts itself
"""


class PipelineError(Exception):
    """Any failure that the pipeline foresees; the message is one clear sentence for the person at the keyboard."""


class InputError(PipelineError, ValueError):
    """The bytes given are not a document that this version reads."""


class EmptyBodyError(InputError):
    """Nothing is left of a page once navigation, metadata and footer are taken away."""


class NotFoundError(PipelineError, LookupError):
    """Something that was named does not exist; the message lists what does, where that helps."""


class ReferenceDataError(PipelineError, ValueError):
    """A file under pipeline/reference contradicts itself or the codebook."""
