"""The commands of a workspace that works by itself; `pipeline.cli` has them among its own."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.errors import InputError
from pipeline.terminal import complain, progress_bar

commands = typer.Typer()

ConfigFile = Annotated[
    Path | None, typer.Option("--config", help="A configuration such as fazhi.toml.", show_default=False)
]
OfWorkspace = Annotated[
    Path | None,
    typer.Option("--workspace", help="The folder; as the configuration says, else ./workspace.", show_default=False),
]
Database = Annotated[
    str,
    typer.Option(
        "--db",
        help="Address of the database; as the configuration or FAZHI_DB says, else SQLite in the workspace.",
        show_default=False,
    ),
]


@commands.command()
def run(
    workspace: OfWorkspace = None,
    db: Database = "",
    config: ConfigFile = None,
    reference: Annotated[
        list[str] | None, typer.Option(help="outline, or a plan of the workspace; may be given several times.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="How many processes work.", show_default="1")
    ] = None,
    time_limit: Annotated[float, typer.Option(min=0.1, help="Seconds for one file; one that takes longer fails.")] = 30,
) -> None:
    """Take in what is new or changed in a workspace, compare it, and say what happened.

    A document is one transaction. One that fails keeps its last good state and is named, and the exit code is 1.

    Example: fazhi run --workspace workspace --jobs 2
    """
    from pipeline.weekly import opened, read_asked, tell_ran
    from pipeline.workspace.run import run_workspace

    asked = read_asked(config, workspace, db)
    with opened(asked) as ws, progress_bar("更新") as advance:
        ran = run_workspace(
            ws,
            references=tuple(reference or asked.config.references),
            jobs=jobs or asked.config.jobs,
            time_limit=time_limit,
            progress=advance,
        )
    for failure in ran.failures:
        complain(f"{failure.path}: {failure.reason}")
    for line in tell_ran(ran):
        typer.echo(line)
    if ran.failures:
        raise typer.Exit(1)


@commands.command()
def digest(
    week: Annotated[
        str | None, typer.Option(help="An ISO week such as 2026-W47; by default the last one over.", show_default=False)
    ] = None,
    workspace: OfWorkspace = None,
    db: Database = "",
    config: ConfigFile = None,
    deliver: Annotated[
        bool, typer.Option("--deliver", help="Hand it to the readers of the configuration, and send what waits.")
    ] = False,
    waiting: Annotated[
        bool, typer.Option("--waiting", help="Only send what waits from earlier digests; build none.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="With --deliver: try what failed of this digest once more.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A folder for a copy.", show_default=False)
    ] = None,
) -> None:
    """Write the digest of a week: what is new, what changed and why, what is overdue or missing, who fell silent.

    Goes to WORKSPACE/digests/WEEK as page, Markdown, JSON and workbook, for all and for each reader. Run again it
    gives the same bytes, and sends nothing twice.

    Example: fazhi digest --week 2026-W47 --config fazhi.toml --deliver
    """
    from pipeline import weekly
    from pipeline.moments import utc_now

    if (deliver or waiting) and config is None:
        raise InputError("expected --config with the readers, which --deliver and --waiting need, but it is missing")
    if waiting and (deliver or week or output):
        raise InputError("expected --waiting without --deliver, --week and --output: it builds no digest")
    if again and not deliver:
        raise InputError("expected --again with --deliver: it is about what failed to be sent")
    asked = weekly.read_asked(config, workspace, db)
    if waiting and not weekly.is_there(asked):  # nothing was ever built
        typer.echo(weekly.NOTHING_WAITS)
        return
    chosen = None if waiting else weekly.week_asked(week, utc_now())
    with weekly.opened(asked) as ws:
        if chosen is None:
            is_good = weekly.send(ws, asked.config, tell=typer.echo)
        else:
            built = weekly.make_digest(ws, asked.config, chosen, output=output, tell=typer.echo)
            is_good = not deliver or weekly.deliver(ws, asked.config, built, again=again, tell=typer.echo)
    if not is_good:
        raise typer.Exit(1)


@commands.command()
def backup(
    workspace: OfWorkspace = None,
    db: Database = "",
    config: ConfigFile = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="A folder; as the configuration says.", show_default=False),
    ] = None,
) -> None:
    """Copy the database as it is at this moment, and what is new in the archive, with a list of it all.

    Example: fazhi backup --workspace workspace -o backups
    """
    from pipeline.backup import backup as copy
    from pipeline.weekly import read_asked

    asked = read_asked(config, workspace, db)
    folder = output or asked.config.backup
    if folder is None:
        raise InputError("expected -o FOLDER, or backup in the configuration, to say where the copy goes; got neither")
    copied = copy(asked.config.workspace, asked.db, folder)
    for line in copied.told:
        typer.echo(line)
    for note in copied.notes:
        complain(note)


@commands.command()
def correct(
    corrections: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="JSON Lines, a correction a line.", show_default=False)
    ] = None,
    workspace: OfWorkspace = None,
    db: Database = "",
    config: ConfigFile = None,
    by: Annotated[str, typer.Option("--by", help="Who says so.", show_default=False)] = "",
    listed: Annotated[bool, typer.Option("--list", help="List the corrections that hold.")] = False,
    undo: Annotated[int | None, typer.Option(help="Take the correction of this number back.")] = None,
) -> None:
    """Put records right: headings, values, dates, bodies, places, or a commitment that is none; kept over every re-run.

    A line of FILE is such as {"commitment_id": "…", "field": "value", "value": 98, "why": "原文为98%"}.

    Example: fazhi correct right.jsonl --workspace workspace --by 王某
    """
    from pipeline.weekly import opened, read_asked
    from pipeline.workspace import corrections as kept

    if (corrections is not None) + listed + (undo is not None) != 1:
        raise InputError("expected one of FILE, --list and --undo NUMBER")
    if corrections is not None and not by.strip():
        raise InputError("expected --by NAME beside FILE: a correction says who made it")
    with opened(read_asked(config, workspace, db)) as ws:
        if corrections is not None:
            lines = kept.correct(ws, corrections, by=by.strip())
        else:
            lines = kept.list_lines(ws) if undo is None else kept.undo(ws, undo)
    for line in lines:
        typer.echo(line)


@commands.command()
def watch(
    config: Annotated[Path, typer.Option("--config", help="A configuration such as fazhi.toml.", show_default=False)],
) -> None:
    """Crawl, run, tell and back up as a configuration has scheduled it, until SIGTERM or Ctrl-C.

    What was missed while the machine was off is caught up once. WORKSPACE/health.json says how it is.

    Example: fazhi watch --config fazhi.toml
    """
    from pipeline.watch.service import watch as watch_workspace

    watch_workspace(config, tell=typer.echo)
