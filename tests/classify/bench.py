"""What labelling costs: `python -m tests.classify.bench` writes processor seconds for each step from documents to labels, and of loading.

The labelled sentences of the corpus stand as paragraphs of documents of some 300 sentences, under their headings; those that are needed
beyond them are the same with other numbers and an eighth of the longer words exchanged, so that of 60,000 hardly two are the same. Steps
are those of `pipeline.Work.label`, in one process with one thread. Models are loaded by processes of their own.
"""

import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, count, groupby, islice
from pathlib import Path
from statistics import median

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))  # before numpy is first imported

from wellled_nlp import classify, provenance, sentences, settings
from wellled_nlp.classify import labelled
from wellled_nlp.classify.labelled import Labelled
from wellled_nlp.document import Block, Box, Document, Item, Line, Structured

CORPUS = Path(__file__).parents[2] / "corpora" / "labelled"
SENTENCES = 60_000
MOST_SECONDS, MOST_TO_LOAD, MOST_MEGABYTES = 10.0, 0.2, 20
LIMITED = ("sentences", "labels", "cues")  # the named things of profiles (signals) are told apart
LOADS = 5
_IN_DOCUMENT, _IN_PARAGRAPH = 300, 4
_EXCHANGED = 1 / 8
_COLUMNS = 95  # letters in a printed line
_WORD = re.compile(r"\b(?:[a-z]{6,}|\d+)\b")
_LINE = re.compile(rf"\S(?:.{{0,{_COLUMNS - 1}}}(?!\S)|\S*)")
LOADING = """
import sys, time
from pathlib import Path
import numpy, scipy.sparse, scipy.special, pandas
from wellled_nlp import classify
began = time.process_time()
classify.load(Path(sys.argv[1])).featuriser
print(time.process_time() - began)
"""


def documents() -> Iterator[Structured]:
    """Documents without end, as structure leaves them: an item for each heading, paragraphs of four sentences in printed lines."""
    held = labelled.read(CORPUS)
    many = chain.from_iterable(_varied(held, number) for number in count())
    for number in count():
        yield _document(number, list(islice(many, _IN_DOCUMENT)))


def loading(models: Path) -> float:
    """Processor seconds of loading the models, the median of processes that have numpy, scipy and pandas already."""
    command = [sys.executable, "-c", LOADING, str(models)]
    return median(float(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(LOADS))


def labelling(read: Iterable[Structured], models: Path, most: int = SENTENCES) -> dict[str, float]:
    """Processor seconds of each step over these documents, one after another, until there are so many sentences."""
    chosen = settings.load()
    frameworks = classify.frameworks(chosen.frameworks.labelled)
    classify.load(models)
    took = dict.fromkeys(("sentences", "labels", "signals", "cues"), 0.0)
    done = 0
    for structured in read:
        began = time.process_time()
        said = sentences.split(structured)[: most - done]
        split = time.process_time()
        classify.annotate(said, models, frameworks)
        annotated = time.process_time()
        classify.signal_hits(said, chosen.attention.signals)
        shown = time.process_time()
        classify.cues(said, frameworks)
        for name, seconds in zip(took, (split - began, annotated - split, shown - annotated, time.process_time() - shown), strict=True):
            took[name] += seconds
        done += len(said)
        if done >= most:
            break
    return took


def _varied(held: Sequence[Labelled], number: int) -> Iterator[Labelled]:
    """The sentences as they stand, or a further form of them, by its number: the same is exchanged in a sentence and its heading."""
    words = sorted({word for one in held for word in _WORD.findall(one.context.text) if word.isalpha()})
    draw = random.Random(number)

    def other(match: re.Match[str]) -> str:
        word = match.group()
        if word.isdigit():
            return "".join(draw.choice("123456789") for _ in word)
        return draw.choice(words) if draw.random() < _EXCHANGED else word

    for (source, heading), rows in groupby(held, key=lambda one: (one.source, one.context.heading)):
        title = _WORD.sub(other, heading) if number else heading
        for one in rows:
            text = _WORD.sub(other, one.context.text) if number else one.context.text
            yield replace(one, source=source, context=one.context._replace(text=text, heading=title))


def _document(number: int, rows: Sequence[Labelled]) -> Structured:
    name = f"{number:012x}"
    items = []
    for (_, heading), under in groupby(rows, key=lambda one: (one.source, one.context.heading)):
        held = list(under)
        texts = [" ".join(one.context.text for one in held[at : at + _IN_PARAGRAPH]) for at in range(0, len(held), _IN_PARAGRAPH)]
        blocks = (*([_block(heading, "heading")] if heading else ()), *(_block(text, "text") for text in texts))
        items.append(Item(f"{name}-i{len(items):03d}", len(items), "", heading, held[0].context.paper, blocks, 1, 1))
    return Structured(Document(f"{name}.pdf", name * 6, "pdf", ()), "board pack", "", None, tuple(items))


def _block(text: str, kind: str) -> Block:
    starts = [match.start() for match in _LINE.finditer(text)]
    return Block(text, 1, kind, tuple(Line(start, 1, Box(72, 14.0 * n, 520, 14.0 * n + 12)) for n, start in enumerate(starts)))


def main() -> int:
    models = provenance.models_folder()
    to_load = loading(models)
    megabytes = sum(path.stat().st_size for path in models.rglob("*") if path.is_file()) / 1e6
    sys.stdout.write(f"loading   {to_load:6.2f} s of {MOST_TO_LOAD} · {megabytes:.1f} MB of {MOST_MEGABYTES}\n")
    took = labelling(documents(), models)
    sys.stdout.writelines(f"{name:9} {seconds:6.2f} s\n" for name, seconds in took.items())
    whole = sum(took[name] for name in LIMITED)
    sys.stdout.write(f"{', '.join(LIMITED)} together {whole:.2f} s of {MOST_SECONDS} for {SENTENCES:,} sentences\n")
    return int(whole > MOST_SECONDS or to_load > MOST_TO_LOAD or megabytes > MOST_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
