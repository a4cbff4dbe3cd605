"""Lexicons as YAML dictionaries that quanteda reads in R: `dictionary(file = "prompts.yml", format = "YAML")`.

A code is a key; one of a facet with parents stands below its parent's key. A phrase is a value as it stands, a stem has a star, for
quanteda's patterns are globs. Regular expressions cannot be among globs: they stand below a key of their own, to be used with
`valuetype = "regex"`. Weights and notes have no place in a dictionary: they stay in the lexicon's CSV; traps, which take weight away, are
left out and counted in the head of the file.
"""

import json
from collections.abc import Mapping, Sequence

from wellled_nlp.codebook import SHIPPED, Term, load_facet

REGEX_KEY = "regular expressions"
_HEAD = """\
# Lexicon {name} of wellled as a quanteda dictionary. In R:
#   dict <- quanteda::dictionary(file = "{name}.yml", format = "YAML")
# {used} terms. A star stands for any ending. Weights are not carried; {traps} traps (terms that speak against a code) are left out.
"""
_REGEX_NOTE = """\
# Not globs: take this part out and use it with valuetype = "regex".
"""


def dictionary(name: str, terms: Sequence[Term]) -> bytes:
    """The terms of one lexicon as YAML, UTF-8, in the order of the lexicon."""
    kept = [term for term in terms if term.weight > 0]
    globs: dict[str, list[str]] = {}
    patterns: dict[str, list[str]] = {}
    for term in kept:
        (patterns if term.kind == "regex" else globs).setdefault(term.code, []).append(_glob(term))
    lines = [_HEAD.format(name=name, used=len(kept), traps=len(terms) - len(kept))]
    parents = _parents(name)
    for parent in dict.fromkeys(parents.get(code, "") for code in globs):
        below = {code: values for code, values in globs.items() if parents.get(code, "") == parent}
        lines.append(f"{_quoted(parent)}:\n{_nested(below, '  ')}" if parent else _nested(below, ""))
    if patterns:
        lines.append(f"{_REGEX_NOTE}{_quoted(REGEX_KEY)}:\n{_nested(patterns, '  ')}")
    return "".join(lines).encode("utf-8")


def _parents(name: str) -> Mapping[str, str]:
    """For the codes of the shipped facet of this name their parents' keys; a code of the same name as its parent has none."""
    found = next((facet for facet in map(load_facet, SHIPPED) if facet.name == name), None)
    return {code: parent for code, parent in found.parent_of.items() if code != parent} if found else {}


def _glob(term: Term) -> str:
    return f"{term.term}*" if term.kind == "stem" and not term.term.endswith("*") else term.term


def _nested(values: Mapping[str, Sequence[str]], indent: str) -> str:
    return "".join(
        f"{indent}{_quoted(code)}:\n" + "".join(f"{indent}  - {_quoted(one)}\n" for one in dict.fromkeys(held))
        for code, held in values.items()
    )


def _quoted(text: str) -> str:
    """A double-quoted scalar of YAML: JSON's strings are among them, which keeps `no`, `1.1` and `- x` words."""
    return (
        json.dumps(text, ensure_ascii=False)
        .replace("\x7f", "\\x7f")
        .replace("\x85", "\\N")
        .replace("\u2028", "\\L")
        .replace("\u2029", "\\P")
    )
