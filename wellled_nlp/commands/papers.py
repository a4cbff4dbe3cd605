"""Commands that read papers and show what was read: scan, report, show, config."""

import sys
from pathlib import Path

import click

from wellled_nlp.errors import WellledError

PARTLY_READ = 3


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATHS…")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder for the report and tables; made if need be."
)
@click.option(
    "--jobs", default=0, type=click.IntRange(0, 256), metavar="N", help="Documents read side by side (0: as many as there are cores)."
)
@click.option(
    "--engine", default="local", type=click.Choice(["local", "dask"]), help="Who reads: this machine, or the workers of a Dask cluster."
)
@click.option("--scheduler", default="", metavar="ADDRESS", help="The Dask scheduler, as tcp://HOST:8786.")
@click.option("--ocr/--no-ocr", default=None, help="Read pages without a text layer with tesseract (default: yes).")
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="A wellled.toml with settings of your own.")
@click.option("--password", "passwords", multiple=True, metavar="TEXT", help="A password to try on locked files; repeatable.")
@click.option("--password-file", type=click.Path(path_type=Path), metavar="FILE", help="A text file with one password a line.")
@click.option("--report", "formats", multiple=True, metavar="FORMAT", help="html, xlsx, docx or pdf; repeatable (default: html and xlsx).")
@click.option("--framework", "frameworks", multiple=True, metavar="ID|FILE", help="Label with this framework too; repeatable.")
@click.option(
    "--models",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Label with these models, of `wellled train`, instead of those shipped.",
)
@click.option("--prune", is_flag=True, help="Leave out papers of earlier scans that are no longer where they were.")
@click.option("--library-only", is_flag=True, help="Read and label the papers, and leave tables and reports to a later scan.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def scan(
    paths: tuple[Path, ...],
    out: Path,
    jobs: int,
    engine: str,
    scheduler: str,
    ocr: bool | None,
    config: Path | None,
    passwords: tuple[str, ...],
    password_file: Path | None,
    formats: tuple[str, ...],
    frameworks: tuple[str, ...],
    models: Path | None,
    prune: bool,
    library_only: bool,
    quiet: bool,
) -> None:
    """Scan board papers and write a report.

    PATHS are PDF or Word files, or folders of them (searched with everything in them). DIR keeps what was read: scan more papers into
    it and only those that are new or changed are read; the report is on all of them.
    """
    from wellled_nlp import pipeline, terminal

    done = pipeline.scan(
        paths,
        out,
        config=config,
        jobs=jobs,
        engine_name=engine,
        scheduler=scheduler,
        ocr=ocr,
        passwords=(*passwords, *_lines(password_file)),
        formats=formats or pipeline.DEFAULT_REPORTS,
        frameworks=frameworks,
        models=models,
        prune=prune,
        library_only=library_only,
        show_progress=not quiet and sys.stderr.isatty(),
    )
    click.echo(terminal.closing_table(done, out))
    if len(done.skipped):
        sys.exit(PARTLY_READ)


@click.command()
@click.argument("directory", type=click.Path(path_type=Path), metavar="SCAN_DIR")
@click.option("--report", "formats", multiple=True, required=True, metavar="FORMAT", help="html, xlsx, docx or pdf; repeatable.")
def report(directory: Path, formats: tuple[str, ...]) -> None:
    """Write the reports of an earlier scan in SCAN_DIR again, without reading any paper."""
    from wellled_nlp import pipeline, terminal

    pipeline.write_reports(directory, formats)
    click.echo(terminal.written(directory))


@click.group()
def config() -> None:
    """Look at the settings."""


@config.command("show")
@click.option("--config", "path", type=click.Path(path_type=Path), metavar="FILE", help="A wellled.toml with settings of your own.")
def show_config(path: Path | None) -> None:
    """Print every setting with the file that its value came from."""
    from wellled_nlp import settings, terminal

    click.echo(terminal.settings_table(settings.load(path)))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--ocr/--no-ocr", default=True, help="Read pages without a text layer with tesseract.")
@click.option("--password", "passwords", multiple=True, metavar="TEXT", help="A password to try on a locked file; repeatable.")
def show(file: Path, ocr: bool, passwords: tuple[str, ...]) -> None:
    """Print what the machine read in FILE: type, organisation, date, items with pages, what was set aside."""
    from wellled_nlp import pipeline, terminal

    click.echo(terminal.reading(pipeline.read_one(file, ocr=ocr, passwords=passwords)))


def _lines(path: Path | None) -> list[str]:
    if path is None:
        return []
    try:
        return [line for line in path.read_text(encoding="utf-8").splitlines() if line]
    except OSError as error:
        raise WellledError(f"The password file {path} cannot be read: {error.strerror}.", "Check the path.") from error


COMMANDS = (scan, report, config, show)
