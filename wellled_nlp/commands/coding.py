"""Commands for people who label: draw a sample, compare coders, take corrections in, carry codebooks and lexicons elsewhere."""

import sys
from pathlib import Path

import click

TOO_LITTLE_AGREEMENT = 4
_STRATA = ("theme", "domain", "language", "act", "document")
_FORMATS = ("table", "csv", "json")


@click.command()
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--n", default=200, show_default=True, type=click.IntRange(1), metavar="N", help="How many sentences to draw.")
@click.option("--by", default="theme", show_default=True, type=click.Choice(_STRATA), help="What the sample is stratified by.")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), metavar="S", help="The same seed draws the same sentences.")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="FILE.xlsx, .csv, .jsonl (Prodigy) or .json (Label Studio).",
)
@click.option(
    "--every-paper", is_flag=True, help="Draw from all papers, not only from those that shares are of (the minutes, where there are any)."
)
@click.option(
    "--show-labels",
    is_flag=True,
    help="Show the software's labels. Leave it out where you want to measure them: coders follow what they see.",
)
def sample(directory: Path, n: int, by: str, seed: int, out: Path, every_paper: bool, show_labels: bool) -> None:
    """Draw a sample of sentences of the scan in DIR for people to label.

    The chance of each sentence stays in DIR/library/samples, so that figures from the sample are not biased by the strata.
    """
    from wellled_nlp.coding import draw, forms

    forms.of_kind(forms.WRITERS, out)  # before anything is drawn
    form = draw.draw(directory, n, by, seed, every_paper=every_paper, show_labels=show_labels)
    forms.write(form, out)
    click.echo(
        f"Sample {form.sample}: {len(form.questions)} sentences written to {out}. When it is filled in: wellled correct {directory} {out}"
    )


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILES…")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write every disagreement as FILE.xlsx or FILE.csv.")
@click.option("--format", "form", default="table", show_default=True, type=click.Choice(_FORMATS), help="How to print the figures.")
@click.option(
    "--least", type=click.FloatRange(-1, 1), metavar="ALPHA", help="Exit with 4 where alpha of a facet is lower, or cannot be told."
)
def agree(files: tuple[Path, ...], out: Path | None, form: str, least: float | None) -> None:
    """Compare two or more coders: kappa, Krippendorff's alpha, agreement on coded text, disagreements.

    FILES are filled-in samples (xlsx, csv, jsonl, Label Studio's JSON export), one or more coders each.
    """
    from wellled_nlp import terminal
    from wellled_nlp.coding import coders, listing

    held = coders.read(files)
    found = coders.table(held)
    differences = coders.disagreements(held)
    click.echo(terminal.shown(found, form))
    if out is not None:
        listing.write(differences, out)
    if form == "table":
        click.echo(f"{len(differences)} disagreements{f', listed in {out}' if out else '; --out FILE.xlsx lists them'}.")
    low = coders.below(found, least) if least is not None else []
    if low:
        click.echo(f"Alpha is under {least:g}, or cannot be told, for {', '.join(low)}.", err=True)
        sys.exit(TOO_LITTLE_AGREEMENT)


@click.command()
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@click.option("--coder", default="", metavar="NAME", help="Who filled it in, where the file does not say.")
@click.option("--list", "listed", is_flag=True, help="Show what was taken in so far, and what has become stale.")
@click.option("--format", "form", default="table", show_default=True, type=click.Choice(_FORMATS), help="How to print the list.")
def correct(directory: Path, file: Path | None, coder: str, listed: bool, form: str) -> None:
    """Take the labels of the filled-in sample FILE into DIR, and measure again with them.

    Nothing is overwritten: the latest answer for a sentence counts. Taking in the same file again changes nothing.
    """
    from datetime import UTC, datetime

    from wellled_nlp import pipeline, terminal
    from wellled_nlp.coding import listing
    from wellled_nlp.coding.take_in import take_in

    if listed:
        click.echo(terminal.shown(listing.imports(directory), form))
        return
    if file is None:
        raise click.UsageError("Name the filled-in FILE, or use --list.")
    for one in take_in(directory, file, datetime.now(UTC), coder):
        click.echo(listing.taken(one))
    found = pipeline.measure_again(directory)
    click.echo(listing.effect(found.measures["own_sample"]))
    click.echo(
        f"The tables of {directory} were renewed. Its reports are renewed by: wellled report {directory} --report html --report xlsx"
    )


@click.group()
def export() -> None:
    """Write codebooks and lexicons for other tools."""


@export.command("codebook")
@click.option(
    "--format", "form", required=True, type=click.Choice(("qdc", "toml", "csv")), help="qdc is REFI-QDA (NVivo, ATLAS.ti, MAXQDA …)."
)
@click.option("--facet", "facets", multiple=True, metavar="ID", help="A facet's id or file; repeatable (default: all that people label).")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The file to write.")
def export_codebook(form: str, facets: tuple[str, ...], out: Path) -> None:
    """Write the codes with their titles and meanings."""
    from wellled_nlp.codebook import load_facet
    from wellled_nlp.coding import codes, exchange, keep

    chosen = [load_facet(name) for name in facets] or list(codes.facets().values())
    keep.write(out, exchange.CODEBOOKS[form](chosen))
    click.echo(f"Written to {out}: {', '.join(facet.id for facet in chosen)}")


@export.command("lexicon")
@click.argument("name")
@click.option("--format", "form", default="quanteda", show_default=True, type=click.Choice(("quanteda",)), help="quanteda reads YAML.")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The file to write.")
def export_lexicon(name: str, form: str, out: Path) -> None:
    """Write the terms of the lexicon NAME (prompts, language, domain …, or a file of your own)."""
    from wellled_nlp.codebook import load_lexicon
    from wellled_nlp.coding import exchange, keep

    terms = load_lexicon(name)
    keep.write(out, exchange.LEXICONS[form](Path(name).stem, terms))
    click.echo(f"Written to {out}: {len(terms)} terms")


COMMANDS = (sample, agree, correct, export)
