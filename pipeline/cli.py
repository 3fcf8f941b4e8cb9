"""The fazhi command: each subcommand is a shell over one function of the package."""

import sys
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from pipeline.cli_workspace import ConfigFile, Database, OfWorkspace, commands
from pipeline.errors import InputError, NotFoundError
from pipeline.resources import PACKAGE, bundled
from pipeline.terminal import OneSentence, complain, messages, progress_bar

if TYPE_CHECKING:
    from pipeline.doctor import Diagnosis

app = typer.Typer(
    name="fazhi",
    cls=OneSentence,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Comparable evidence from what Chinese governments publish about building a law-based government.",
)
app.add_typer(commands)

Paths = Annotated[list[Path], typer.Argument(help="Files and folders: pages, .docx, .pdf, .zip …", show_default=False)]
Output = Annotated[Path, typer.Option("--output", "-o", help="Where to write.", show_default=False)]
Catalogues = Annotated[
    list[Path] | None,
    typer.Option("--indicators", help="A YAML file of your own indicators; may be given several times."),
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="How many processes work.")]


def show_version(wanted: bool) -> None:
    """Print the version and end."""
    if wanted:
        typer.echo(f"fazhi {version('fazhi')}")
        raise typer.Exit()


@app.callback()
def common(
    _: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Take what every subcommand takes."""


@app.command()
def analyze(
    paths: Paths,
    output: Output,
    jobs: Jobs = 1,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Say how each document was read; write numbers.jsonl, parsing.jsonl and the sources."
        ),
    ] = False,
    html: Annotated[bool, typer.Option("--html", help="Write a page a document to the folder html.")] = False,
    min_confidence: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Leave out commitments with less confidence.")
    ] = 0.0,
    indicators: Catalogues = None,
    model: Annotated[
        Path | None, typer.Option(help="The folder of a headings model of your own, as train writes it.")
    ] = None,
    time_limit: Annotated[float, typer.Option(min=0.1, help="Seconds for one file; one that takes longer fails.")] = 30,
) -> None:
    """Turn documents into records: documents, sections, commitments as JSON Lines.

    Takes pages with their attachments, Word, PDF, scans, spreadsheets, OFD, plain text, and archives of these.

    Example: fazhi analyze plans/ report.html -o out --jobs 2
    """
    from pipeline.accounts import tell_account
    from pipeline.analyze import analyze_paths

    with progress_bar("analysing") as advance:
        report = analyze_paths(
            paths,
            output,
            jobs=jobs,
            explain=explain,
            html=html,
            min_confidence=min_confidence,
            indicators=indicators or (),
            model=model,
            time_limit=time_limit,
            progress=advance,
            tell=lambda analysis: typer.echo(tell_account(analysis)),
        )
    for failure in report.failures:
        complain(f"{failure.path}: {failure.reason}")
    for name in report.repeated:
        complain(f"{name}: has the same bytes as an earlier file, which stands for both")
    typer.echo(
        f"{report.documents} documents, {report.sections} sections, {report.commitments} commitments -> {output}"
    )
    if html:
        typer.echo(f"a page of each -> {output / 'html'}")
    if report.doubtful:
        typer.echo(f"{report.doubtful} commitments with a confidence below {min_confidence:g} were left out")
    if report.failures:
        raise typer.Exit(1)


@app.command(name="import")
def import_(
    given: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH_OR_URL",
            help="Files and folders, WARC files, addresses of pages, and text files with an address a line.",
            show_default=False,
        ),
    ],
    workspace: Annotated[Path, typer.Option(help="The folder whose archive they go to.")] = Path("workspace"),
    jobs: Jobs = 1,
    time_limit: Annotated[float, typer.Option(min=0.1, help="Seconds for one file; one that takes longer fails.")] = 30,
    contact: Annotated[
        str, typer.Option(envvar="FAZHI_CONTACT", help="For addresses, told to every site: a mail or a page about you.")
    ] = "",
    any_host: Annotated[bool, typer.Option("--any-host", help="Visit addresses outside gov.cn too.")] = False,
    db: Database = "",
) -> None:
    """Store documents in the archive of a workspace as they are, each once, and try whether each can be read.

    Takes what analyze takes, and addresses, which are fetched as politely as a crawl does; `fazhi analyze WORKSPACE`
    reads them back. A file that cannot be read is stored and told.

    Example: fazhi import plans/ crawl.warc.gz urls.txt --workspace workspace --contact me@example.org
    """
    from pipeline.archive import FOLDER, import_paths
    from pipeline.scrape.url_list import import_addresses, tell_apart

    paths, addresses = tell_apart(given)
    code = 0
    if paths:
        with progress_bar("importing") as advance:
            stored = import_paths(paths, workspace, jobs=jobs, time_limit=time_limit, progress=advance)
        for failure in stored.failures:
            complain(f"{failure.path}: {failure.reason}")
        typer.echo(
            f"{stored.documents} documents ({stored.files} files) stored, {stored.repeated} were there already "
            f"-> {workspace / FOLDER}"
        )
        code = int(bool(stored.failures))
    if addresses:
        found = import_addresses(
            addresses,
            workspace,
            contact=contact,
            any_host=any_host,
            db=db,
            tell=typer.echo,
            complain=complain,
            console=messages,
        )
        code = found or code
    if code:
        raise typer.Exit(code)


@app.command()
def crawl(
    workspace: OfWorkspace = None,
    sources: Annotated[
        Path | None, typer.Option(help="A TOML file of sources; the bundled list by default.", show_default=False)
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(help="Only sources of this id (with * and ?), name, place or family.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many new documents a source.")] = None,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Leave rows dated before.")] = None,
    contact: Annotated[
        str, typer.Option(envvar="FAZHI_CONTACT", help="Told to every site: an address of mail or a page about you.")
    ] = "",
    full: Annotated[bool, typer.Option("--full", help="Read all pages of all lists, not only what is new.")] = False,
    resume: Annotated[bool, typer.Option(help="Go on with a crawl that did not end.")] = True,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read lists only, and show what would be fetched and why.")
    ] = False,
    log: Annotated[Path | None, typer.Option(help="Append each event as a line of JSON; - for stdout.")] = None,
    db: Database = "",
    config: ConfigFile = None,
) -> None:
    """Collect what government sites publish, politely: every response to the archive, every step to the database.

    Ends with 0 only if every source ended in a known good state. Ctrl-C ends it cleanly; the next crawl goes on.

    Example: fazhi crawl --sources mine.toml --workspace workspace --contact me@example.org
    """
    from pipeline.scrape.command import Asked, run_crawl
    from pipeline.weekly import read_asked

    told = read_asked(config, workspace, db)
    asked = Asked(
        workspace=told.config.workspace,
        sources=sources or told.config.sources or bundled("corpora", "sources.toml"),
        only=tuple(only or ()),
        limit=limit,
        since=since.date() if since else None,
        contact=contact or told.config.contact,
        is_full=full,
        resume=resume,
        is_dry=dry_run,
        log=log,
        db=told.db,
    )
    code = run_crawl(asked, tell=typer.echo, complain=complain, console=messages)
    if code:
        raise typer.Exit(code)


Export = Annotated[
    Path | None, typer.Option("--from", help="An export folder, as analyze writes it.", show_default=False)
]
Known = Annotated[
    Path | None, typer.Option("--workspace", help="A workspace, in place of --from; see run.", show_default=False)
]
Written = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="A file: .jsonl, .csv, .parquet, or .xlsx for people.", show_default=False),
]
References = Annotated[
    list[str] | None, typer.Option("--reference", help="outline, or a plan that is there; may be given several times.")
]


def tell_answer(answer: Any, output: Path | None) -> None:
    """Print what a comparing command found, and where it was written."""
    for line in answer.lines:
        typer.echo(line)
    if output is not None:
        typer.echo(f"{answer.rows} rows -> {output}" if answer.rows else f"0 rows: nothing was written to {output}")


@app.command()
def table(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="A file: .xlsx, .csv, .parquet or .jsonl.", show_default=False)
    ],
    source: Export = None,
    workspace: Known = None,
    db: Database = "",
    heading: Annotated[
        list[str] | None, typer.Option(help="Heading of the outline, 0 to 10 or its short title.")
    ] = None,
    indicator: Annotated[list[str] | None, typer.Option(help="Indicator id.")] = None,
    jurisdiction: Annotated[list[str] | None, typer.Option(help="Place, such as 青禾县.")] = None,
    year: Annotated[list[int] | None, typer.Option(help="Year planned or reported.")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="plan, report, outline, notice or other.")] = None,
    stance: Annotated[list[str] | None, typer.Option(help="target, result or baseline.")] = None,
    indicators: Catalogues = None,
) -> None:
    """Write the comparable table: one row a value, with its quote and its source.

    Each filter may be given several times. Example: fazhi table --from out -o table.xlsx --heading 5 --stance target
    """
    from pipeline.answers import answer_table, open_source

    filters: dict[str, Any] = {
        "heading": heading,
        "indicator": indicator,
        "jurisdiction": jurisdiction,
        "year": year,
        "kind": kind,
        "stance": stance,
    }
    opened = open_source(source, workspace, db)
    tell_answer(answer_table(opened, output, filters, catalogues=indicators or ()), None)


@app.command()
def compare(
    source: Export = None,
    workspace: Known = None,
    db: Database = "",
    output: Written = None,
    indicator: Annotated[list[str] | None, typer.Option(help="Indicator id.")] = None,
    heading: Annotated[
        list[str] | None, typer.Option(help="Heading of the outline, 1 to 10 or its short title.")
    ] = None,
    year: Annotated[list[int] | None, typer.Option(help="Year that the values are of.")] = None,
    stance: Annotated[list[str] | None, typer.Option(help="target or result.")] = None,
    wide: Annotated[bool, typer.Option("--wide", help="A column a place instead of a row a cell.")] = False,
    pairs: Annotated[
        Path | None, typer.Option(help="Where to write the verdict on each pair of cells.", show_default=False)
    ] = None,
) -> None:
    """Compare indicators over places and years: who has which value, what may be compared and why not, who ranks where.

    Each filter may be given several times. Example: fazhi compare --from out --indicator litigation_loss_rate
    """
    from pipeline.answers import answer_compare, open_source

    answer = answer_compare(
        open_source(source, workspace, db),
        output,
        wanted=indicator,
        headings=heading,
        years=year,
        stances=stance,
        is_wide=wide,
        pairs=pairs,
    )
    tell_answer(answer, output)


@app.command()
def gaps(
    source: Export = None,
    workspace: Known = None,
    db: Database = "",
    output: Written = None,
    reference: Annotated[
        str, typer.Option(help="outline, or a plan that is there: its id, file name or title.")
    ] = "outline",
    document: Annotated[list[str] | None, typer.Option(help="Only this document; all others by default.")] = None,
) -> None:
    """Find which tasks of the national outline, or of a plan, each document covers, and which it leaves out.

    Example: fazhi gaps --reference city-plan.html --from out -o gaps.xlsx
    """
    from pipeline.answers import answer_gaps, open_source

    opened = open_source(source, workspace, db, is_compared=True)
    tell_answer(answer_gaps(opened, output, reference=reference, documents=document), output)


@app.command()
def track(
    source: Export = None,
    workspace: Known = None,
    db: Database = "",
    output: Written = None,
    plan: Annotated[str | None, typer.Option(help="Only this plan.", show_default=False)] = None,
    report: Annotated[str | None, typer.Option(help="Only this report.", show_default=False)] = None,
) -> None:
    """Hold each target of a plan against the results of later reports of the same place.

    Example: fazhi track --workspace workspace -o tracking.xlsx
    """
    from pipeline.answers import answer_track, open_source

    opened = open_source(source, workspace, db, is_compared=True)
    tell_answer(answer_track(opened, output, plan=plan, report=report), output)


@app.command()
def diff(
    a: Annotated[str, typer.Argument(help="A document that is there: its id, file name or title.", show_default=False)],
    b: Annotated[str, typer.Argument(help="The later, or the lower one.", show_default=False)],
    source: Export = None,
    workspace: Known = None,
    db: Database = "",
    output: Written = None,
    origin: Annotated[
        bool, typer.Option("--origin", help="Say of each task of B whether it is taken from A, or B's own.")
    ] = False,
) -> None:
    """Tell what changed from one document to another, or which tasks of a lower plan come from a higher one.

    Example: fazhi diff plan-2024.html plan-2025.html --from out; fazhi diff city.html county.html --origin --from out
    """
    from pipeline.answers import answer_diff, open_source

    tell_answer(answer_diff(open_source(source, workspace, db), output, a, b, is_origin=origin), output)


@app.command()
def report(
    output: Output,
    source: Export = None,
    workspace: Known = None,
    db: Database = "",
    reference: References = None,
    notice: Annotated[
        Path | None, typer.Option(help="Where to write a notice in Word to the places.", show_default=False)
    ] = None,
    place: Annotated[list[str] | None, typer.Option(help="For the notice: only these places.")] = None,
    addressee: Annotated[str, typer.Option(help="For the notice: to whom it goes.")] = "",
    signed: Annotated[str, typer.Option(help="For the notice: by whom it is signed.")] = "",
    day: Annotated[
        datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="Day of the report.", show_default=False)
    ] = None,
    pictures: Annotated[Path | None, typer.Option(help="A folder for pictures of it all.", show_default=False)] = None,
) -> None:
    """Write the workbook to hand on: table, gaps, tracking and bodies in one; with --notice a letter, too.

    Example: fazhi report --from out -o report.xlsx --notice notice.docx --signed 市司法局
    """
    from pipeline.answers import answer_report, open_source

    answer = answer_report(
        open_source(source, workspace, db, is_compared=True),
        output,
        references=reference or ("outline",),
        notice=notice,
        places=place or (),
        addressee=addressee,
        signed=signed,
        today=day.date() if day else None,
        pictures=pictures,
    )
    tell_answer(answer, None)


@app.command()
def export(
    output: Output,
    source: Export = None,
    workspace: Known = None,
    db: Database = "",
    reference: References = None,
    records: Annotated[
        bool,
        typer.Option("--records", help="Of a workspace: JSON Lines as analyze writes them, with what was compared."),
    ] = False,
) -> None:
    """Write a data package for research: every table as CSV, Stata and SPSS, with codebook, manifest and citation.

    With --records the JSON Lines of a workspace: documents, sections, commitments, coverage, tracking, corrections.

    Example: fazhi export --from out -o package; fazhi export --workspace workspace --records -o out
    """
    from pipeline.answers import answer_export, answer_records, open_source

    opened = open_source(source, workspace, db, is_compared=True)
    if records:
        tell_answer(answer_records(opened, output, references=reference or ()), None)
        return
    tell_answer(answer_export(opened, output, references=reference or ("outline",)), None)


@app.command(name="eval")
def evaluate_(
    export: Annotated[
        Path | None, typer.Argument(help="An export folder, as analyze writes it.", show_default=False)
    ] = None,
    gold: Annotated[Path | None, typer.Option(help="The folder of annotated documents.", show_default=False)] = None,
    pages: Annotated[
        Path | None, typer.Option(help="A folder of saved pages and files with what must come out.", show_default=False)
    ] = None,
    doc: Annotated[list[str] | None, typer.Option(help="Only this document or case (start of its name).")] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List every disagreement.")] = False,
) -> None:
    """Score an export against documents annotated by hand, or the reading of pages and files against saved ones.

    Example: fazhi eval out --gold gold --errors; fazhi eval --pages tests/pages
    """
    if pages and not (export or gold):
        from pipeline.analyze import score_saved_pages
        from pipeline.evaluate.pages import render_pages

        typer.echo(render_pages(score_saved_pages(pages, doc or ()), errors=errors))
        return
    if not (export and gold) or pages:
        raise InputError("expected EXPORT with --gold FOLDER, or --pages FOLDER alone")

    from pipeline.evaluate import render, score

    typer.echo(render(score(export, gold, documents=doc), errors=errors))


MODELS = ("headings", "confidence", "coverage", "similarity")


@app.command()
def train(
    model: Annotated[
        str, typer.Argument(help="What to train: headings, confidence, coverage or similarity.")
    ] = "headings",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Where to write; models/MODEL by default in a checkout."),
    ] = None,
    exports: Annotated[
        list[Path] | None,
        typer.Option("--from", help="For headings: an export folder to learn from; may be given several times."),
    ] = None,
    corrections: Annotated[
        Path | None,
        typer.Option(help="For headings: JSON Lines of headings put right (doc_id, section_id, heading)."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="For headings: replace the model that is there even by a worse one.")
    ] = False,
) -> None:
    """Train a model on the bundled texts and on yours, and write it with its card.

    Example: fazhi train headings --from out --corrections right.jsonl
    """
    if model not in MODELS:
        raise InputError(f"expected a model out of {', '.join(MODELS)}, but got {model}")
    if model != "headings" and (exports or corrections or force):
        raise InputError(f"expected --from, --corrections and --force with headings only: {model} learns from neither")
    folder = output or model_folder(model)
    if model == "headings":
        train_headings(folder, exports or (), corrections, force)
        return
    if model == "coverage":
        from pipeline.train import coverage

        judged = coverage.run(bundled("corpora"), folder)
        typer.echo(
            f"{judged.judgements} judgements, by folds accuracy {judged.folds.accuracy:.3f}, "
            f"macro F1 {judged.folds.macro_f1:.3f}, content sha256 {judged.hash} -> {folder}"
        )
        return
    if model == "similarity":
        from pipeline.train import similarity

        fitted = similarity.run(bundled("corpora"), folder)
        typer.echo(f"{fitted.texts} texts, content sha256 {fitted.hash} -> {folder}")
        return

    from pipeline.train import confidence  # scikit-learn takes a second

    trained = confidence.run(bundled("corpora", "sentences"), folder)
    typer.echo(
        f"{trained.sentences} sentences, {trained.commitments} commitments, "
        f"calibration error {trained.calibration_error:.3f}, area under ROC {trained.auc:.2f} -> {folder}"
    )


def train_headings(folder: Path, exports: Sequence[Path], corrections: Path | None, force: bool) -> None:
    """Train the headings model, say what changed, and end with 1 where the new one is worse and was not written."""
    from pipeline.train import headings
    from pipeline.train.card import tell

    with progress_bar("training") as advance:
        outcome = headings.run(
            bundled("corpora"),
            folder,
            exports=exports,
            corrections=corrections,
            force=force,
            progress=advance,
            warn=complain,
        )
    typer.echo(tell(outcome))
    for missed in outcome.trained.missed:
        complain(missed)
    if outcome.refusal:
        complain(f"the model in {folder} stays, since the new one is worse: {outcome.refusal}; --force replaces it")
        raise typer.Exit(1)
    typer.echo(f"content sha256 {outcome.hash} -> {folder}")


def model_folder(model: str, package: Path = PACKAGE) -> Path:
    """Return the folder of a model in the checkout that *package* lies in.

    Raises:
        InputError: the package is installed; what it carries is not for us to change.
    """
    if (package / "_data").exists():
        raise InputError(f"expected -o FOLDER to write the model to: there is no checkout around {package}")
    return package.parent / "models" / model


class OwnFile(TyperCommand):
    """Takes --sources without a file for the bundled one."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the bundled file where none is named."""
        for place in range(len(args) - 1, -1, -1):
            following = args[place + 1 : place + 2]
            if args[place] == "--sources" and (not following or following[0].startswith(("--", "http:", "https:"))):
                args.insert(place + 1, str(bundled("corpora", "sources.toml")))
        return super().parse_args(ctx, args)


@app.command(cls=OwnFile)
def doctor(
    address: Annotated[str | None, typer.Argument(help="A page of a site to look at.", show_default=False)] = None,
    indicators: Catalogues = None,
    sources: Annotated[
        Path | None,
        typer.Option(help="A TOML file of sources; without a name the bundled one.", show_default=False),
    ] = None,
    workspace: Annotated[
        Path | None, typer.Option(help="The folder of archive and database of crawls.", show_default=False)
    ] = None,
    contact: Annotated[
        str, typer.Option(envvar="FAZHI_CONTACT", help="Told to the site: an address of mail or a page about you.")
    ] = "",
    allow_loopback: Annotated[bool, typer.Option("--allow-loopback", help="The page may lie on this machine.")] = False,
    db: Database = "",
    config: ConfigFile = None,
    deep: Annotated[
        bool, typer.Option("--deep", help="Read every record of the archive anew, and find every stored quote in it.")
    ] = False,
) -> None:
    """Check the installation, your indicators, sources or configuration, a workspace, or what a page would bring.

    Ends with 1 where something is wrong, told in a sentence each. A page is asked for politely, and nothing is stored.

    Example: fazhi doctor https://www.yunling.gov.cn/zwgk/fzzfjs/ --contact me@example.org
    """
    if address and (indicators or workspace or config or deep):
        raise InputError(
            "expected an ADDRESS with --sources at most, or --indicators, --sources, --config and --workspace alone"
        )
    if deep and not (workspace or config):
        raise InputError("expected --deep with --workspace or --config, got neither")
    try:
        from pipeline.doctor import check_indicators, check_installation, check_sources

        if address:
            from pipeline.scrape.examine import Address, examine
    except ModuleNotFoundError as error:
        raise NotFoundError(
            f"expected all that fazhi requires, but the module {error.name} is missing: install fazhi again"
        ) from error

    if address:
        asked = Address(address, contact=contact, sources=sources, allow_loopback=allow_loopback)
        if problem := examine(asked, typer.echo):
            complain(problem)
            raise typer.Exit(1)
        return
    checks = [check_indicators(indicators)] if indicators else []
    checks += [check_sources(sources)] if sources else []
    checks += check_work(config, workspace, db, deep)
    checks = checks or [check_installation()]
    for line in (line for found in checks for line in found.lines):
        typer.echo(line)
    problems = [problem for found in checks for problem in found.problems]
    for problem in problems:
        complain(problem)
    if problems:
        raise typer.Exit(1)
    if not (workspace or config):  # which say so in Chinese
        typer.echo("all is right")


def check_work(config: Path | None, workspace: Path | None, db: str, deep: bool) -> "list[Diagnosis]":
    """Look at a configuration and at a workspace, as far as they are named; with *deep* at every quote."""
    from pipeline.doctor import Diagnosis, check_workspace
    from pipeline.moments import utc_now
    from pipeline.weekly import opened, read_asked

    found = []
    if config:
        from pipeline.watch.checking import check_config

        found.append(check_config(config, utc_now()))
    if workspace:
        found.append(check_workspace(workspace, read_asked(config, workspace, db).db))
    if deep:
        from pipeline.workspace.deep import check_deep

        asked = read_asked(config, workspace, db)
        with opened(asked) as ws, progress_bar("逐条核对") as advance:
            lines, problems = check_deep(ws, jobs=asked.config.jobs, progress=advance)
        found.append(Diagnosis(tuple(lines), tuple(problems)))
    return found


@app.command()
def demo(
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write.")] = Path("demo-output"),
    jobs: Jobs = 1,
) -> None:
    """Crawl emulated sites of an invented province on this machine, analyse what they publish, and show where to look.

    Example: fazhi demo -o demo-output
    """
    from pipeline.demo import run_demo
    from pipeline.scrape.console import tell_troubles

    with progress_bar("演示") as advance:
        result = run_demo(output, jobs=jobs, progress=advance)
    for failure in result.report.failures:
        complain(f"{failure.path}: {failure.reason}")
    for source in result.crawled.results:
        for line in tell_troubles(source):
            complain(line)
    typer.echo(result.message)
    for stray in result.strays:
        complain(f"{stray}: expected to end the second week as planned, but it did not")
    if not result.is_good:
        raise typer.Exit(1)


def main() -> None:
    """Run the command; the entry point of the distribution."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Chinese goes out whole, whatever the locale
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()
