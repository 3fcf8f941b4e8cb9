"""Whether an answer is what was asked for; a crawl and `fazhi doctor URL` judge it alike."""

from collections.abc import Collection

from pipeline.parse.decode import MAX_BYTES
from pipeline.scrape.client import Response
from pipeline.scrape.outcomes import Outcome
from pipeline.scrape.reading import says_text, shows_itself
from pipeline.scrape.records import View
from pipeline.scrape.shells import Wanted, find_jump, find_shell

ABSENT = frozenset({404, 410})
TOO_MANY = 429


class Failed(Exception):
    """A request or its answer came to nothing."""

    def __init__(self, outcome: Outcome, detail: str, retry_after_s: float | None = None) -> None:
        super().__init__(detail)
        self.outcome, self.detail, self.retry_after_s = outcome, detail, retry_after_s


def admit(view: View, response: Response, wanted: Wanted, named: Collection[str]) -> str:
    """Return where a page sends on that is nothing else, "" for one as it should be.

    Args:
        view: the answer, or what is stored of it where it is a 304.
        response: that brought it.
        wanted: what was asked for.
        named: hosts that the source names.

    Raises:
        Failed: it is none.
    """
    if view.status in ABSENT:
        raise Failed(Outcome.LIST_GONE if wanted == "list" else Outcome.GONE, f"状态码{view.status}")
    if len(view.content) > MAX_BYTES and says_text(view):
        raise Failed(Outcome.TOO_LARGE, f"网页有{len(view.content) / 1e6:.0f} MB")
    if view.status == 200 and shows_itself(view, wanted):
        return ""
    shell = find_shell(view, dict(response.headers), wanted=wanted, named=named)
    if shell and shell[0] is Outcome.CHALLENGE:
        raise Failed(*shell)
    if view.status == TOO_MANY or view.status >= 500:
        after = response.retry_after_s
        told = f"，请{after:.0f}秒后再试" if after else ""
        raise Failed(Outcome.SERVER_ERROR, f"状态码{view.status}{told}", after)
    if wanted != "file" and (target := find_jump(view)):
        return target
    if shell:
        raise Failed(*shell)
    if view.status >= 400:
        raise Failed(Outcome.BLOCKED, f"状态码{view.status}")
    if not view.content.strip():
        raise Failed(Outcome.STUB, f"状态码{view.status}，内容为空")
    return ""
