"""What commands share: sentences to the person at the keyboard, a bar while work is done, a foreseen failure told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from typer.core import TyperGroup

from pipeline.errors import PipelineError

messages = Console(stderr=True, highlight=False, soft_wrap=True)


class OneSentence(TyperGroup):
    """Turns a foreseen failure into one sentence on stderr and exit code 1."""

    def invoke(self, ctx: Any) -> Any:
        """Run a subcommand."""
        try:
            return super().invoke(ctx)
        except PipelineError as error:
            complain(str(error))
        except OSError as error:
            complain(f"{error.filename or 'a file'}: {error.strerror or error}")
        raise typer.Exit(1)


def complain(sentence: str) -> None:
    """Print one sentence to stderr."""
    messages.print(f"fazhi: {sentence}", markup=False)


@contextmanager
def progress_bar(words: str) -> Iterator[Callable[[int, int, str], None]]:
    """Show a bar on stderr while files are worked on; yields what to call after each."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    name = TextColumn("{task.fields[name]}")
    with Progress(*columns, name, console=messages, transient=True, disable=not messages.is_terminal) as bar:
        task = bar.add_task(words, total=None, name="")

        def advance(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, name=name)

        yield advance
