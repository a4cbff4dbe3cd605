"""How the figures of a comparison were made, and with what: its last sections."""

from wellled_nlp.compare.groups import DOC_TYPE, YEAR
from wellled_nlp.compare.result import Comparison
from wellled_nlp.report import words
from wellled_nlp.report.contents import TITLE, Column, Grid, Section

# What the units are dealt out within, where that is not all papers.
_WITHIN = {YEAR: "organisation", DOC_TYPE: "meeting"}


def section(found: Comparison) -> Section:
    """Method and limits."""
    chosen = found.chosen
    least, words_least = chosen.compare.meetings_minimum, words.number(chosen.compare.words_minimum)
    lead = (
        f"Counted are {found.basis}, without procedural text. Minutes are a record, not the meeting.",
        f"A difference is tested by dealing the {found.unit} out to the two sides anew. Ranges of shares come from resampling them; "
        "with fewer than a dozen they are too narrow, so judge by the tests.",
        *_alike(found),
        f"Under {least} {found.unit} or {words_least} words a group is not judged.",
        "Shares of one whole hang together: where one domain is lower, another must be higher.",
        "Labels err, and may err more on one board's way of writing than on another's: read the sentences before relying on a difference.",
        "A difference is one of papers. Boards differ in what they write down, in size and in what they do.",
        "Documentary evidence only; not a rating.",
    )
    return Section("method", "Method and limits", lead)


def _alike(found: Comparison) -> tuple[str, ...]:
    """What was allowed for meetings that are like the ones before, and for groups of other organisations."""
    said = []
    if found.by in _WITHIN:
        same = _WITHIN[found.by]
        said.append(
            f"Differences are those within the same {same}: no group differs merely for the {same}s that it holds. The share on the other "
            f"side is what the rest would have with the same ones. Papers of {same}s with one group alone are in the shares and in no test."
        )
    if found.wider > 1:
        said.append(
            "Meetings that follow each other are alike here: the tests take standard errors as "
            f"{found.wider:.2f} times those of meetings at random."
        )
    return tuple(said)


def provenance(found: Comparison) -> Section:
    """Versions, libraries and settings."""
    record = found.record
    rows = [
        ("Command", record["command"]),
        ("Seed", str(record["seed"])),
        *((f"Version of {name}", str(value)) for name, value in record["versions"].items()),
        *((f"Library {one['path']}", f"analysis.json SHA-256 {one['sha256']['analysis.json']}") for one in record["libraries"]),
        *((f"File {path}", f"SHA-256 {digest}") for path, digest in record["files"].items()),
        *((f"compare.{name}", str(value)) for name, value in record["settings"]["compare"].items()),
    ]
    grid = Grid("provenance", "Made with", (Column("What", TITLE), Column("Value")), tuple(rows), folded="Command, versions and hashes")
    text = "From the same libraries and the command in reproduce.json the same numbers come again."
    return Section("provenance", "Provenance", (text,), grids=(grid,))
