"""How long to wait, how often to try again, and when to let go.

Pauses are counted in delays of the source, so that a site with a longer delay is also pressed less after a failure.
"""

from collections.abc import Sequence
from datetime import timedelta

from pipeline.scrape.outcomes import Outcome

# May be over in a minute: asked again up to MOST_TRIES times.
PASSING = frozenset({Outcome.UNREACHABLE, Outcome.SERVER_ERROR, Outcome.BROKEN_RESPONSE})
# Looks like a state of affairs, yet a server in trouble shows it too: believed when it came THRICE in a row.
LASTING = frozenset(
    {
        Outcome.SOFT_404,
        Outcome.STUB,
        Outcome.LOGIN_PAGE,
        Outcome.EMPTY_SHELL,
        Outcome.CHALLENGE,
        Outcome.TOO_LARGE,
        Outcome.REDIRECT_LOOP,
        Outcome.NOT_A_FILE,
        Outcome.UNKNOWN_LAYOUT,
    }
)
MOST_TRIES = 8
THRICE = 3
FIRST_PAUSE, MOST_PAUSE = 4.0, 40.0  # delays; doubled from try to try: 12 s to 2 minutes where the delay is 3 s
LONGEST_WAIT_S = 600.0  # a Retry-After that asks for more is for another day

MOST_HOPS = 6  # redirects of one request
# A host that fails for every address is not asked on and on.
FAILURES_IN_A_ROW = 16
# A challenge stops everything on its host, for a pause that doubles: 1, 2, 4 and 8 minutes where the delay is 3 s.
CHALLENGE_PAUSE = 20.0  # delays
CHALLENGES_IN_A_ROW = 5
FIRST_REST, MOST_REST = timedelta(days=1), timedelta(days=28)  # from run to run

FULL_PASS_EVERY = 4  # runs: then all pages of a list are read, not only those up to what is known
COLLAPSE = 0.5  # of the rows of last time; a list with fewer has lost some
FEW_ROWS = 4  # a list that had fewer cannot collapse


def pause_s(seen: Sequence[Outcome], delay_s: float, retry_after_s: float | None = None) -> float | None:
    """Return the seconds until the next try after the failures *seen*; None where there shall be no other.

    A server that names a time is asked then, and not before.
    """
    last = seen[-1]
    in_a_row = next((n for n, outcome in enumerate(reversed(seen)) if outcome != last), len(seen))
    is_over = len(seen) >= MOST_TRIES or (last in LASTING and in_a_row >= THRICE)
    if is_over or last not in PASSING | LASTING:
        return None
    if retry_after_s is not None and retry_after_s > LONGEST_WAIT_S:
        return None
    pause = min(FIRST_PAUSE * 2.0 ** (len(seen) - 1), MOST_PAUSE) * delay_s
    return max(pause, retry_after_s or 0.0)


def challenge_pause_s(in_a_row: int, delay_s: float) -> float | None:
    """Return the seconds for which a host is left alone after challenges *in_a_row*; None to leave it for this run."""
    if in_a_row >= CHALLENGES_IN_A_ROW:
        return None
    return CHALLENGE_PAUSE * 2.0 ** (in_a_row - 1) * delay_s


def rest(refusals: int) -> timedelta:
    """Return how long a host is left alone after *refusals* runs in a row that it refused, from 1.

    >>> [rest(times).days for times in (1, 2, 3, 6, 60)]
    [1, 2, 4, 28, 28]
    """
    return min(FIRST_REST * 2.0 ** min(refusals - 1, 10), MOST_REST)
