"""Work on each of many things in processes of their own, none of which outlives its time or its share of memory."""

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from pebble import ProcessFuture

MEMORY = 1_500_000_000  # bytes of data that a worker may hold; the libraries alone reserve a third of it
MOST_TIMES = 100  # that one thing may be given its time anew
ALARM = getattr(signal, "SIGALRM", None)  # kills a process whatever it is doing; not on every system
WAITING_PER_WORKER = 4  # results that may wait to be taken: memory stays flat in the number of things

Thing = TypeVar("Thing")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Late:
    """What a worker did not finish, and why."""

    reason: str


def run_each(
    work: Callable[[Thing], Result],
    things: Iterable[Thing],
    *,
    jobs: int = 1,
    time_limit: float | None = None,
    memory: int = MEMORY,
) -> Iterator[tuple[Thing, Result | Late]]:
    """Yield each thing with its result in the order of *things*; one that breaks its worker costs no other.

    Args:
        work: a function that can be pickled; what it raises is raised here.
        things: what it is called with, one at a time.
        jobs: how many processes work.
        time_limit: seconds for one thing, after which its process is killed; None for none. See `more_time`.
        memory: bytes of data for one process; where the system keeps no such limit, none holds.
    """
    from pebble import ProcessPool

    # Fresh interpreters: a fork of a process with threads (a progress bar has one) may hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPool(jobs, context=context, initializer=_limit_memory, initargs=(memory,)) as pool:
        timed, latest = work, time_limit
        if time_limit is not None and ALARM is not None:
            timed, latest = partial(_within, work, time_limit), MOST_TIMES * time_limit

        def start(thing: Thing) -> "tuple[Thing, ProcessFuture[Result]]":
            return thing, pool.schedule(timed, args=(thing,), timeout=latest)

        try:
            remaining = iter(things)
            waiting = deque(start(thing) for thing in islice(remaining, WAITING_PER_WORKER * jobs))
            while waiting:
                thing, future = waiting.popleft()
                result: Result | Late = _result(future, time_limit)
                yield thing, result
                waiting.extend(start(thing) for thing in islice(remaining, 1))
        except BaseException:  # whoever reads the results has gone, or was interrupted
            pool.stop()  # type: ignore[no-untyped-call]
            raise


_limit: list[float] = []  # of the thing that this process works on


def _within(work: Callable[[Thing], Result], seconds: float, thing: Thing) -> Result:
    """Do *work* in a process of its own that ends when its time is up: a thread could not, while a library computes."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    _limit[:] = [seconds]
    more_time()
    try:
        return work(thing)
    finally:
        _limit.clear()
        signal.setitimer(signal.ITIMER_REAL, 0)


def more_time() -> None:
    """Give what this process works on its time anew: for work known to be long, such as each page to be recognised."""
    if _limit:
        signal.setitimer(signal.ITIMER_REAL, _limit[0])


def _result(future: "ProcessFuture[Result]", time_limit: float | None) -> Result | Late:
    from pebble import ProcessExpired

    try:
        result: Result = future.result()
    except TimeoutError:
        return Late(f"expected a file that is read in {time_limit:g} s, got one that takes longer")
    except ProcessExpired as error:
        if ALARM is not None and error.exitcode == -ALARM:
            return Late(f"expected a file that is read in {time_limit:g} s, got one that takes longer")
        return Late(f"expected a file that can be read, got one that ended its process (exit code {error.exitcode})")
    return result


def _limit_memory(most: int) -> None:
    """Let this process hold *most* bytes of data, so that a bomb ends as a MemoryError and not as a dead machine."""
    try:
        import resource
    except ImportError:  # no such limits on this system
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
