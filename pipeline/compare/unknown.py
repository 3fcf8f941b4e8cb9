"""Of which documents nothing can be said: empty ones, and those that were read too badly."""

from pipeline.compare.passages import Paper


def why_unknown(paper: Paper) -> str | None:
    """Return in words why nothing is known about what a document covers; None where something is."""
    if not paper.document.text.strip() or not paper.pieces:
        return "没有正文，无法判断"
    if not paper.document.is_readable:
        return f"文本质量过低（{paper.document.quality:.2f}），无法判断"
    return None
