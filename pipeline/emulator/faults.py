"""What goes wrong on purpose: a dial for single responses, and quirks for whole sites.

`Faults(rate=0.3)` spoils three responses in ten, by seed, host, what is asked and the number of the attempt, so that
the same crawl meets the same faults; after two in a row the same thing is answered well. A challenge or a huge page
is in the real world what a host or a file is like and no accident: `PASSING` has only what may pass by itself.

Sites as a whole go wrong by their quirks (`Site.quirks`), which the server plays:

- challenge_412 (Ruishu), challenge_521 (Jiasule), challenge_c3vk, challenge_468, spa_shell, login, always_500,
  always_503 (with Retry-After), blocked_403: instead of every page but robots.txt; with wall_robots instead of
  that too.
- cookie_echo: a redirect to itself until the client brings a cookie back. agent_403: 403 for clients that call
  themselves by the default name of their library.
- silent: takes the connection and the request, and never answers.
- soft_404: 200 with words for what is not there; soft_404_home: 200 with the site's entry page for it.
- www_redirect: the bare host answers 301 to its www form. no_validators: no ETag, no Last-Modified, no 304.
  forced_gzip: gzip whether asked for or not. no_length: chunked, without Content-Length.
- robots_disallow: robots.txt forbids all. robots_delay: it asks for 1 s between requests. robots_403, robots_500:
  it is answered with that status. robots_html: it is an HTML page with status 200.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.emulator import shells
from pipeline.emulator.site import Answer, Asked, Site


class Fault(StrEnum):
    """One way to spoil a response."""

    ERROR_500 = "error_500"
    ERROR_502 = "error_502"
    BUSY_503 = "busy_503"  # with Retry-After: 1
    TIMEOUT = "timeout"  # nothing for `hold_s`, then the connection ends
    RESET = "reset"  # TCP reset in mid-answer
    TRUNCATED_GZIP = "truncated_gzip"  # complete by Content-Length, cut as gzip
    DRIP = "drip"  # a byte now and then for `hold_s`, then the connection ends
    REDIRECT_LOOP = "redirect_loop"
    WRONG_LENGTH = "wrong_length"  # Content-Length promises more than comes
    HUGE = "huge"  # 30 MB, chunked
    CHALLENGE_412 = "challenge_412"
    CHALLENGE_521 = "challenge_521"
    CHALLENGE_C3VK = "challenge_c3vk"
    CHALLENGE_468 = "challenge_468"
    SOFT_404 = "soft_404"
    EMPTY = "empty"  # 200 without a byte


ALL = frozenset(Fault)
CHALLENGES = frozenset({Fault.CHALLENGE_412, Fault.CHALLENGE_521, Fault.CHALLENGE_C3VK, Fault.CHALLENGE_468})
PASSING = ALL - CHALLENGES - {Fault.HUGE}
IN_A_ROW = 2
HUGE_BYTES = 30_000_000

# Faults that are an answer of their own; the others spoil how the right answer is sent.
ANSWERS: Mapping[Fault, Callable[[Site, Asked], Answer]] = {
    Fault.ERROR_500: shells.failed,
    Fault.ERROR_502: shells.gateway,
    Fault.BUSY_503: shells.busy,
    Fault.REDIRECT_LOOP: shells.to_itself,
    Fault.CHALLENGE_412: shells.ruishu,
    Fault.CHALLENGE_521: shells.jiasule,
    Fault.CHALLENGE_C3VK: shells.c3vk,
    Fault.CHALLENGE_468: shells.city_wall,
    Fault.SOFT_404: shells.soft_404,
    Fault.EMPTY: shells.stub,
}


@dataclass(frozen=True, slots=True)
class Faults:
    """The dial.

    Args:
        rate: share of responses to spoil, 0 to 1.
        kinds: ways to spoil them that are permitted.
        seed: another one spoils other responses.
        hold_s: seconds for which a timeout or a drip lasts.
    """

    rate: float = 0.0
    kinds: frozenset[Fault] = ALL
    seed: int = 0
    hold_s: float = 3.0

    def choose(self, host: str, target: str, attempt: int) -> Fault | None:
        """Return how to spoil an attempt (from 1) at a target of a host, None for not at all."""
        if not self.rate or not self.kinds:
            return None
        run = 0
        fault = None
        for number in range(1, attempt + 1):
            fault = self._draw(host, target, number) if run < IN_A_ROW else None
            run = run + 1 if fault else 0
        return fault

    def _draw(self, host: str, target: str, attempt: int) -> Fault | None:
        digest = hashlib.sha256(f"{self.seed}\n{host}\n{target}\n{attempt}".encode()).digest()
        if int.from_bytes(digest[:8], "big") >= self.rate * 2**64:
            return None
        kinds = sorted(self.kinds)
        return kinds[int.from_bytes(digest[8:16], "big") % len(kinds)]
