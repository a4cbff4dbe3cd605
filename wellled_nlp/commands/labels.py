"""Commands about labels: explain one, measure them, build the models."""

from pathlib import Path

import click


@click.command()
@click.argument("sentence")
@click.option("--heading", default="", help="The heading or agenda item that the sentence stands under.")
@click.option("--previous", default="", help="The sentence before it.")
@click.option("--models", type=click.Path(path_type=Path), metavar="DIR", help="Models to use instead of those shipped.")
def explain(sentence: str, heading: str, previous: str, models: Path | None) -> None:
    """Show the labels of SENTENCE with the cues and words that weighed most."""
    from wellled_nlp import classify, provenance, terminal

    click.echo(terminal.explanation(classify.explain(sentence, models or provenance.models_folder(), heading, previous)))


@click.command()
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


@click.command()
@click.option("--corpora", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder of labelled CSV files.")
@click.option("--models", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder that the models are written to.")
@click.option(
    "--corrections",
    "scans",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A scan whose corrections to learn from besides; repeatable.",
)
def train(corpora: Path, models: Path, scans: tuple[Path, ...]) -> None:
    """Build the models from labelled sentences. The same sentences give the same bytes."""
    from wellled_nlp import train as training
    from wellled_nlp.coding import local

    training.train(corpora, models, local.read(scans) if scans else None)
    click.echo(f"Models written to {models}")


COMMANDS = (explain, evaluate, train)
