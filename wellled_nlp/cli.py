"""The commands: options in, one call, a sentence out, an exit code.

Heavy libraries load inside the commands, so that `wellled --help` answers in the time that Python and click take. Exit codes: 0 done,
1 failed, 2 usage, 3 done but something could not be read.
"""

import sys
from pathlib import Path

import click

from wellled_nlp import __version__
from wellled_nlp.errors import WellledError

PARTLY_READ = 3


class _Commands(click.Group):
    """Shows our own errors as a sentence; anything else is a bug and keeps its traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except WellledError as error:
            click.echo(f"Error: {error.message}", err=True)
            if error.hint:
                click.echo(error.hint, err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("Stopped. Nothing half-written was left behind; run the same command to start again.", err=True)
            ctx.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="wellled")
def main() -> None:
    """Reads NHS board papers and shows what the board gave its attention to.

    Everything runs on this machine; nothing is sent anywhere.
    """
    for stream in (sys.stdout, sys.stderr):
        # Windows terminals and pipes default to code pages that cannot print a pound sign or a dash.
        if hasattr(stream, "reconfigure") and (stream.encoding or "").lower().replace("-", "") != "utf8":
            stream.reconfigure(encoding="utf-8", errors="replace")


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATHS…")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder for the report and tables; made if need be."
)
@click.option(
    "--jobs", default=0, type=click.IntRange(0, 256), metavar="N", help="Documents read side by side (0: as many as there are cores)."
)
@click.option("--ocr/--no-ocr", default=None, help="Read pages without a text layer with tesseract (default: yes).")
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="A wellled.toml with settings of your own.")
@click.option("--password", "passwords", multiple=True, metavar="TEXT", help="A password to try on locked files; repeatable.")
@click.option("--password-file", type=click.Path(path_type=Path), metavar="FILE", help="A text file with one password a line.")
@click.option("--report", "formats", multiple=True, metavar="FORMAT", help="html, xlsx, docx or pdf; repeatable (default: html and xlsx).")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def scan(
    paths: tuple[Path, ...],
    out: Path,
    jobs: int,
    ocr: bool | None,
    config: Path | None,
    passwords: tuple[str, ...],
    password_file: Path | None,
    formats: tuple[str, ...],
    quiet: bool,
) -> None:
    """Scan board papers and write a report.

    PATHS are PDF or Word files, or folders of them (searched with everything in them).
    """
    from wellled_nlp import pipeline, terminal

    analysis = pipeline.scan(
        paths,
        out,
        config=config,
        jobs=jobs,
        ocr=ocr,
        passwords=(*passwords, *_lines(password_file)),
        formats=formats or pipeline.DEFAULT_REPORTS,
        show_progress=not quiet and sys.stderr.isatty(),
    )
    click.echo(terminal.closing_table(analysis, out))
    if len(analysis.facts["skipped"]):
        sys.exit(PARTLY_READ)


@main.command()
@click.argument("directory", type=click.Path(path_type=Path), metavar="SCAN_DIR")
@click.option("--report", "formats", multiple=True, required=True, metavar="FORMAT", help="html, xlsx, docx or pdf; repeatable.")
def report(directory: Path, formats: tuple[str, ...]) -> None:
    """Write the reports of an earlier scan in SCAN_DIR again, without reading any paper."""
    from wellled_nlp import pipeline

    pipeline.write_reports(directory, formats)
    click.echo(f"Written to {directory}: {', '.join(formats)}")


@main.group()
def config() -> None:
    """Look at the settings."""


@config.command("show")
@click.option("--config", "path", type=click.Path(path_type=Path), metavar="FILE", help="A wellled.toml with settings of your own.")
def show_config(path: Path | None) -> None:
    """Print every setting with the file that its value came from."""
    from wellled_nlp import settings, terminal

    click.echo(terminal.settings_table(settings.load(path)))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--ocr/--no-ocr", default=True, help="Read pages without a text layer with tesseract.")
@click.option("--password", "passwords", multiple=True, metavar="TEXT", help="A password to try on a locked file; repeatable.")
def show(file: Path, ocr: bool, passwords: tuple[str, ...]) -> None:
    """Print what the machine read in FILE: type, organisation, date, items with pages, what was set aside."""
    from wellled_nlp import pipeline, terminal

    click.echo(terminal.reading(pipeline.read_one(file, ocr=ocr, passwords=passwords)))


@main.command()
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
def headlines(directory: Path) -> None:
    """Print the headline findings of a scan in DIR and where its report is."""
    from wellled_nlp import terminal

    click.echo(terminal.headlines(directory))


@main.command()
@click.argument("sentence")
@click.option("--heading", default="", help="The heading or agenda item that the sentence stands under.")
@click.option("--previous", default="", help="The sentence before it.")
@click.option("--models", type=click.Path(path_type=Path), metavar="DIR", help="Models to use instead of those shipped.")
def explain(sentence: str, heading: str, previous: str, models: Path | None) -> None:
    """Show the labels of SENTENCE with the cues and words that weighed most."""
    from wellled_nlp import classify, provenance, terminal

    click.echo(terminal.explanation(classify.explain(sentence, models or provenance.models_folder(), heading, previous)))


@main.command()
@click.argument("labelled", type=click.Path(path_type=Path), metavar="LABELLED.csv")
@click.option("--json", "json_file", type=click.Path(path_type=Path), metavar="FILE", help="Write all figures as JSON.")
@click.option("--predictions", type=click.Path(path_type=Path), metavar="FILE", help="Write the labels given to each sentence as CSV.")
@click.option("--models", type=click.Path(path_type=Path), metavar="DIR", help="Models to use instead of those shipped.")
def evaluate(labelled: Path, json_file: Path | None, predictions: Path | None, models: Path | None) -> None:
    """Measure the labels against sentences that people labelled, in the codebook's CSV format."""
    from wellled_nlp import evaluate as evaluation
    from wellled_nlp import provenance, terminal

    found = evaluation.evaluate_file(labelled, models or provenance.models_folder(), json_file, predictions)
    click.echo(terminal.scores(found))


@main.command()
@click.option("--corpora", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder of labelled CSV files.")
@click.option("--models", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder that the models are written to.")
def train(corpora: Path, models: Path) -> None:
    """Build the models from labelled sentences. The same sentences give the same bytes."""
    from wellled_nlp import train as training

    training.train(corpora, models)
    click.echo(f"Models written to {models}")


def _lines(path: Path | None) -> list[str]:
    if path is None:
        return []
    try:
        return [line for line in path.read_text(encoding="utf-8").splitlines() if line]
    except OSError as error:
        raise WellledError(f"The password file {path} cannot be read: {error.strerror}.", "Check the path.") from error
