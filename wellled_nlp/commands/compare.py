"""The command that sets libraries side by side."""

from pathlib import Path

import click


@click.command()
@click.argument("libraries", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="LIBRARY…")
@click.option("--by", required=True, metavar="WHAT", help="organisation, year, doc_type, or a column of the metadata.")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder for the comparison; made if need be.")
@click.option(
    "--metadata", type=click.Path(path_type=Path), metavar="FILE.csv", help="What is known of organisations, by name or ODS code."
)
@click.option(
    "--organisations", type=click.Path(path_type=Path), metavar="FILE.csv", help="Names with ODS codes; predecessors count as successors."
)
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="A wellled.toml with settings of your own.")
@click.option("--seed", default=0, type=click.IntRange(0), metavar="N", help="Seed of what is drawn at random (default: 0).")
@click.option("--allow-mixed", is_flag=True, help="Compare libraries made with different versions or models, with a warning.")
def compare(
    libraries: tuple[Path, ...],
    by: str,
    out: Path,
    metadata: Path | None,
    organisations: Path | None,
    config: Path | None,
    seed: int,
    allow_mixed: bool,
) -> None:
    """Compare groups of papers: organisations, years, types of paper or groups of your own.

    LIBRARY… are folders that `wellled scan --out` wrote.
    """
    from wellled_nlp import compare as comparison
    from wellled_nlp.compare import wording

    request = comparison.Request(libraries, by, out, metadata, organisations, config, seed, allow_mixed)
    found = comparison.compare(request)
    for warning in found.warnings:
        click.echo(f"Not made alike: {warning}", err=True)
    click.echo(wording.finding(found))
    aside = len(found.tables["not_counted"])
    if aside:
        click.echo(f"Not counted: {aside:,} {'paper or page' if aside == 1 else 'papers or pages'}; why stands in tables/not_counted.csv.")
    click.echo(f"Comparison: {out / 'compare.html'}")


COMMANDS = (compare,)
