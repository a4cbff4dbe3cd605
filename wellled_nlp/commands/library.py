"""Commands about a library of papers: what is in it, SQL over its tables, sentences with words."""

from pathlib import Path

import click

from wellled_nlp.errors import InputError

_FORMATS = click.Choice(("table", "csv", "json"))
_as = click.option("--format", "form", default="table", show_default=True, type=_FORMATS, help="How to print it.")
_where = click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")


@click.command()
@_where
@_as
def library(directory: Path, form: str) -> None:
    """List what is in the library in DIR: every file, what it is, whether it counts, when and by which version it was read."""
    from wellled_nlp import pipeline, terminal

    click.echo(terminal.shown(pipeline.list_library(directory), form))


@click.command()
@_where
@click.argument("sql", metavar="SQL")
@_as
@click.option("--limit", default=1000, show_default=True, type=click.IntRange(0), metavar="N", help="Rows at most (0: all).")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write the answer to a .csv or .json file.")
def query(directory: Path, sql: str, form: str, limit: int, out: Path | None) -> None:
    """Answer a question in SQL from the tables in DIR (docs/outputs.md names them), changing nothing.

    For example: wellled query DIR "SELECT meeting_date, count(*) FROM documents WHERE counted GROUP BY ALL ORDER BY ALL"
    """
    from wellled_nlp import output, terminal
    from wellled_nlp import query as asking

    if out is not None and out.suffix.lower() not in (".csv", ".json"):
        raise InputError(f"{out} is neither .csv nor .json.", "Give the file one of these endings.")
    found, more = asking.run(directory, sql, limit)
    if out is None:
        click.echo(terminal.shown(found, form))
    else:
        output.write_csv(found, out) if out.suffix.lower() == ".csv" else output.write_text(terminal.shown(found, "json") + "\n", out)
        click.echo(f"{len(found)} row(s) written to {out}")
    if more:
        click.echo(f"Only the first {limit} rows; --limit 0 gives all.", err=True)


@click.command()
@_where
@click.argument("words", metavar="WORDS")
@_as
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), metavar="N", help="Sentences at most.")
def search(directory: Path, words: str, form: str, limit: int) -> None:
    """Find sentences with these WORDS in the papers of DIR, with paper, page and link.

    All words must be there, in any form; "two words" in quotation marks are a phrase, word* a beginning; AND, OR and NOT join them.
    """
    from wellled_nlp import search as searching
    from wellled_nlp import terminal

    found = searching.find(directory, words, limit)
    click.echo(terminal.shown(found.drop(columns="sentence_id"), form) if form == "table" else terminal.shown(found, form))


COMMANDS = (library, query, search)
