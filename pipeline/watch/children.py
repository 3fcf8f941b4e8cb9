"""A command of fazhi as a process of its own, whose output is ours, and which ends when it is asked to."""

import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.errors import InputError

INSTANCE = ".watch.lock"  # held by the one that watches
WORK = ".work.lock"  # held by what it started, which may outlive it
GRACE_S = 60.0  # for a command to end by itself; a crawl finishes what its hosts are answering
POLL_S = 0.5


class Bell:
    """Wakes whoever waits; may be rung by a handler of signals or another thread."""

    def __init__(self) -> None:
        self._ear, self._hand = socket.socketpair()
        for end in (self._ear, self._hand):
            end.setblocking(False)

    def ring(self) -> None:
        """Wake the one that waits, now or when it next waits."""
        with suppress(BlockingIOError):  # it has been rung often enough
            self._hand.send(b"!")

    def wait(self, seconds: float) -> None:
        """Wait until it is rung, at most so long."""
        if select.select([self._ear], [], [], seconds)[0]:
            with suppress(BlockingIOError):
                while self._ear.recv(1024):
                    pass

    def close(self) -> None:
        """Let go of it."""
        self._ear.close()
        self._hand.close()


class Stop:
    """How often the process was asked to end: once is a request, twice an order."""

    def __init__(self, bell: Bell) -> None:
        self.asked = 0
        self._bell = bell

    def ask(self, *_: object) -> None:
        """Take note of a request; a handler of signals."""
        self.asked += 1
        self._bell.ring()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take the signals that end a process as requests."""
        names = ("SIGTERM", "SIGINT", "SIGHUP")
        heard = [getattr(signal, name) for name in names if hasattr(signal, name)]
        before = [(number, signal.signal(number, self.ask)) for number in heard]
        try:
            yield
        finally:
            for number, handler in before:
                signal.signal(number, handler)


@contextmanager
def only_watcher(workspace: Path) -> Iterator[None]:
    """Keep a second watcher out of a workspace; the system lets go of the lock of a process that was killed.

    Raises:
        InputError: another one watches it.
    """
    workspace.mkdir(parents=True, exist_ok=True)
    with (workspace / INSTANCE).open("wb") as lock:
        if not _locked(lock.fileno()):
            raise InputError(f"{workspace}: expected to be the only fazhi watch of it, but another one is running")
        yield


def run_command(
    arguments: Sequence[str], workspace: Path, stop: Stop, bell: Bell, beat: Callable[[], None]
) -> int | None:
    """Run a command of fazhi, and return its exit code; None where it was not begun, since we are asked to end.

    A command that an earlier watcher left behind is waited for first. Asked to end, it gets SIGINT as from a keyboard,
    and is killed where it takes too long, or where we are asked again.

    Args:
        arguments: of the command, its name first.
        workspace: the folder of the workspace.
        stop: whether we are asked to end.
        bell: rung when that changes.
        beat: called often while we wait.
    """
    with (workspace / WORK).open("wb") as lock:
        while not _locked(lock.fileno()):
            beat()
            bell.wait(POLL_S)
            if stop.asked:
                return None
        if stop.asked:
            return None
        # A session of its own: a keyboard's SIGINT reaches us alone, and we can kill it with all that it started.
        process = subprocess.Popen(
            [sys.executable, "-m", "pipeline", *arguments],
            stdin=subprocess.DEVNULL,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            start_new_session=True,
            pass_fds=(lock.fileno(),) if os.name == "posix" else (),
        )
    try:
        return attend(process, stop, bell, beat)
    finally:
        if process.poll() is None:
            _kill(process)


def attend(process: "subprocess.Popen[bytes]", stop: Stop, bell: Bell, beat: Callable[[], None]) -> int:
    """Wait for a command, and return its exit code; it is asked to end when we are, and killed where it does not."""
    until: float | None = None
    while (code := process.poll()) is None:
        if stop.asked and until is None:
            process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
            until = time.monotonic() + GRACE_S
        if stop.asked > 1 or (until is not None and time.monotonic() > until):
            _kill(process)
        beat()
        bell.wait(POLL_S)
    return code


def _kill(process: "subprocess.Popen[bytes]") -> None:
    if os.name == "posix":
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _locked(file: int) -> bool:
    """Lock a file; say whether nobody else had."""
    try:
        import fcntl
    except ImportError:  # no such locks on this system
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
