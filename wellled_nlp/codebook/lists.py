"""Lists: the terms of a lexicon, the links of a crosswalk, the sectors."""

from functools import cache

from wellled_nlp.codebook import files
from wellled_nlp.codebook.entries import Link, Sector, Term
from wellled_nlp.errors import CodebookError

STRENGTHS = ("primary", "secondary")


@cache
def load_lexicon(id_or_path: str) -> tuple[Term, ...]:
    """The terms of the lexicon with this id (a facet's name) or at this path. Raises CodebookError naming the file and row."""
    terms = []
    for number, row in files.rows("lexicons", id_or_path, ("code", "term", "kind", "weight", "note")):
        try:
            terms.append(Term(row["code"], row["term"], row["kind"], float(row["weight"]), row["note"] or ""))
        except (TypeError, ValueError) as error:
            raise CodebookError(f"{id_or_path}, row {number}: {error!r}.", "A row is: code,term,kind,weight,note.") from error
        if row["kind"] not in ("phrase", "stem", "regex"):
            raise CodebookError(f"{id_or_path}, row {number}: unknown kind {row['kind']!r}.", "Use phrase, stem or regex.")
        if not row["term"].strip():
            raise CodebookError(f"{id_or_path}, row {number}: the term is empty.", "Write the words to look for, or take the row out.")
    return tuple(terms)


@cache
def load_crosswalk(id_or_path: str) -> tuple[Link, ...]:
    """The links of the crosswalk with this id or at this path, in the order of the file. Raises CodebookError naming the file and row."""
    links: dict[tuple[str, str], Link] = {}
    for number, row in files.rows("crosswalks", id_or_path, ("from", "to", "weight", "reason")):
        where = f"{id_or_path}, row {number}"
        if row["weight"] not in STRENGTHS:
            raise CodebookError(f"{where}: unknown weight {row['weight']!r}.", "Use primary or secondary.")
        if not (row["reason"] or "").strip():
            raise CodebookError(f"{where}: no reason.", "Say in a few words why the one is evidence for the other.")
        pair = (row["from"], row["to"])
        if pair in links:
            raise CodebookError(f"{where}: {pair[0]} to {pair[1]} stands twice.", "Keep one of the two rows.")
        links[pair] = Link(*pair, row["weight"], row["reason"])
    return tuple(links.values())


@cache
def sectors() -> tuple[Sector, ...]:
    """The kinds of organisation that `applies_to` may name."""
    source = files.DATA / "sectors.toml"
    return tuple(Sector(**entry) for entry in files.toml(source.read_bytes(), "sectors.toml")["sector"])
