"""Frameworks without a model of their own: labelled from other labels through a crosswalk, from a lexicon, or from both together.

Each way gives evidence for a code between 0 and 1. A primary link passes the label on, a secondary one is evidence that needs words
beside it; words are evidence w / (w + 1) for cues of weight w, from which traps take away. Evidence is joined as 1 - (1 - a)(1 - b).
A code that a primary link leads to has its home in the crosswalk: words alone do not give it, or every "audit" would be assurance.
"""

from collections.abc import Iterable, Sequence
from functools import cache

from wellled_nlp.classify import lexicon
from wellled_nlp.classify.features import Context
from wellled_nlp.classify.lexicon import Cue
from wellled_nlp.classify.score import Label
from wellled_nlp.classify.words import ACRONYMS
from wellled_nlp.codebook import SHIPPED, Facet, load_crosswalk, load_facet, load_lexicon
from wellled_nlp.errors import CodebookError

# Alone, a primary link reaches the usual threshold of one half and a secondary one does not.
_STRENGTH = {"primary": 0.6, "secondary": 0.33}

Evidence = dict[str, float]
Links = dict[tuple[str, str], list[tuple[str, float]]]


def chosen(frameworks: Iterable[str]) -> tuple[Facet, ...]:
    """The facets with these ids or paths that no model labels, each after the one that its crosswalk leads from, each once.

    Raises CodebookError where two have one name, where a file is at fault, or where crosswalks lead in a circle.
    """
    found: dict[str, Facet] = {}
    for one in frameworks:
        _add(one, found, ())
    facets = [facet for facet in found.values() if "model" not in facet.scored_by]
    taken = {name for one in SHIPPED for name in (load_facet(one).name, load_facet(one).parent_name)}
    for facet in facets:
        for name in filter(None, (facet.name, facet.parent_name)):
            if name in taken:
                raise CodebookError(f"{facet.id}: the name {name!r} is another framework's.", "Give it a name of its own.")
            taken.add(name)
        _links(facet)
        compiled(facet)
    return tuple(facets)


def label(contexts: Sequence[Context], labels: Sequence[list[Label]], facet: Facet) -> list[list[Label]]:
    """The labels of each context for one facet: those given, at most `maximum`, and those that words speak for and came near.

    labels: those that each context has already. The fallback is given where no other code is. Sentences with the same codes and the same
    cues have the same labels, which are worked out once.
    """
    links, words = _links(facet), compiled(facet)
    known: dict[tuple[tuple[tuple[str, str], ...], tuple[int, ...]], list[Label]] = {}
    rows = []
    for one, held in zip(contexts, labels, strict=True):
        sources = tuple([label[:2] for label in held if label[4] and label[:2] in links])
        key = (sources, words.numbers(one.text))
        if key not in known:
            linked = _by_crosswalk(links, sources)
            known[key] = _given(facet, linked, _by_lexicon(facet, [words.cues[number] for number in key[1]], linked))
        rows.append(known[key])
    return rows


@cache
def compiled(facet: Facet) -> lexicon.Lexicon:
    """The facet's lexicon, empty where it has none. Raises CodebookError where it names an unknown code, or a regular expression."""
    terms = load_lexicon(facet.lexicon) if "lexicon" in facet.scored_by else ()
    for term in terms:
        if term.code not in facet.code_ids:
            raise CodebookError(
                f"{facet.lexicon}: the code {term.code!r} is not one of {facet.id}.", f"It has {', '.join(facet.code_ids)}."
            )
        if term.kind == "regex":
            raise CodebookError(f"{facet.lexicon}: {term.term!r} is a regular expression.", "A framework's terms are phrases or stems.")
    return lexicon.Lexicon({facet.name: terms}, load_lexicon(ACRONYMS))


def _add(id_or_path: str, found: dict[str, Facet], leading: tuple[str, ...]) -> None:
    if id_or_path in leading:
        raise CodebookError(f"{id_or_path}: its crosswalk leads back to itself.", "Let one of the two be labelled without the other.")
    facet = load_facet(id_or_path)
    if not facet.scored_by:
        raise CodebookError(f"{id_or_path}: no way of labelling is named.", 'Add scored_by = ["crosswalk"], ["lexicon"] or both.')
    if facet.source:
        _add(facet.source, found, (*leading, id_or_path))
    found.setdefault(facet.id, facet)


def _by_crosswalk(links: Links, sources: Iterable[tuple[str, str]]) -> Evidence:
    evidence: Evidence = {}
    for source in sources:
        for to, strength in links[source]:
            evidence[to] = max(strength, evidence.get(to, 0.0))
    return evidence


def _by_lexicon(facet: Facet, found: Iterable[Cue], linked: Evidence) -> Evidence:
    weights: Evidence = {}
    for cue in found:
        weights[cue.code] = weights.get(cue.code, 0.0) + cue.weight
    homes = _homes(facet)
    return {code: weight / (weight + 1) for code, weight in weights.items() if weight > 0 and (code in linked or code not in homes)}


@cache
def _homes(facet: Facet) -> frozenset[str]:
    """The codes that a primary link leads to."""
    if "crosswalk" not in facet.scored_by:
        return frozenset()
    return frozenset(link.to_code for link in load_crosswalk(facet.crosswalk) if link.strength == "primary")


@cache
def _links(facet: Facet) -> Links:
    """For each (facet name, code) of the source, where it leads. Raises CodebookError where a code is unknown."""
    if "crosswalk" not in facet.scored_by:
        return {}
    source = load_facet(facet.source)
    names = {parent.id: source.parent_name for parent in source.parents} | dict.fromkeys(source.code_ids, source.name)
    links: Links = {}
    for link in load_crosswalk(facet.crosswalk):
        for code, owner, known in ((link.from_code, source, names), (link.to_code, facet, facet.code_ids)):
            if code not in known:
                raise CodebookError(f"{facet.crosswalk}: the code {code!r} is not one of {owner.id}.", f"It has {', '.join(known)}.")
        links.setdefault((names[link.from_code], link.from_code), []).append((link.to_code, _STRENGTH[link.strength]))
    return links


def _given(facet: Facet, linked: Evidence, worded: Evidence) -> list[Label]:
    found = [code for code in facet.code_ids if code != facet.fallback and (code in linked or code in worded)]
    scores = {code: 1 - (1 - linked.get(code, 0.0)) * (1 - worded.get(code, 0.0)) for code in found}
    ranked = sorted(scores, key=lambda code: -scores[code])  # of equals the first in the facet
    given = [code for code in ranked if scores[code] >= facet.threshold][: facet.maximum]
    near = [code for code in ranked if code not in given and worded.get(code, 0.0) > 0]
    rows = [(facet.name, code, _scorer(code, linked, worded), scores[code], code in given) for code in (*given, *near)]
    if facet.fallback and not given:
        rows.append((facet.name, facet.fallback, facet.scored_by[0], 1 - max(scores.values(), default=0.0), True))
    return rows + _parents(facet, rows)


def _scorer(code: str, linked: Evidence, worded: Evidence) -> str:
    return "crosswalk" if linked.get(code, 0.0) >= worded.get(code, 0.0) else "lexicon"


def _parents(facet: Facet, rows: Sequence[Label]) -> list[Label]:
    """The parents of the codes given, each with the score of its best code."""
    parents: dict[str, Label] = {}
    for _, code, scorer, score, given in rows:
        parent = facet.parent_of.get(code)
        if given and parent and (parent not in parents or parents[parent][3] < score):
            parents[parent] = (facet.parent_name, parent, scorer, score, True)
    return list(parents.values())
