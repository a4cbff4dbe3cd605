"""Scoring: sentences in their context to probabilities and labels, by the trained model with the rules for acts."""

from collections.abc import Sequence

import numpy as np

from wellled_nlp.classify import choose, rules
from wellled_nlp.classify.features import Context
from wellled_nlp.classify.labelled import FLAGS, FRAMEWORK
from wellled_nlp.classify.model import Model
from wellled_nlp.codebook import load_facet

Label = tuple[str, str, str, float, bool]
NONE = "none"
# Both flags, neither, or one: the order of the codes of language, by (assurance, improvement) as a binary number.
_LANGUAGE = ("neither", "improvement", "assurance", "both")


def by_model(contexts: Sequence[Context], model: Model, thresholds: choose.Thresholds | None = None) -> list[list[Label]]:
    """The labels (facet, code, scorer, score, assigned) of each context: those given, and those that came near."""
    limits = thresholds or choose.load()
    found: list[list[Label]] = [[] for _ in contexts]
    probable = probabilities(contexts, model)
    chosen, ruled = given(contexts, probable, limits)
    for facet, codes in codes_of().items():
        shown = chosen[facet] | (probable[facet] >= limits.floor)
        rows, columns = np.nonzero(shown)
        scores = probable[facet][rows, columns].tolist()
        yes = chosen[facet][rows, columns].tolist()
        for row, column, score, assigned in zip(rows.tolist(), columns.tolist(), scores, yes, strict=True):
            scorer = "rules" if facet == "act" and ruled[row] else "model"
            found[row].append((facet, codes[column], scorer, score, assigned))
    return found


def probabilities(contexts: Sequence[Context], model: Model) -> dict[str, np.ndarray]:
    """For each facet the probabilities of its codes, one row a context; a theme's is the sum of its prompts'.

    A theme has two witnesses: its own head, and the sum of its prompts in the head where all prompts and `none` are rivals. Their
    geometric mean is taken, and divided among the theme's prompts as the second head divides it. So have the flags of language: a head that
    asks for each by itself, and `stance`, where the four codes are rivals.
    """
    if not contexts:
        return {facet: np.zeros((0, len(codes))) for facet, codes in codes_of().items()}
    found = model.probabilities(contexts)
    belongs = belongs_to()
    rivals = found["prompts"][:, : len(belongs)]
    pooled = rivals @ belongs
    themes = np.sqrt(found["themes"] * np.minimum(pooled, 1.0))
    prompts = (themes @ belongs.T) * (rivals / np.maximum(pooled @ belongs.T, 1e-12))
    assurance, improvement = np.sqrt(found["language"] * flags_of(found["stance"])).T
    return {"prompts": prompts, "themes": themes, "language": split(assurance, improvement), "domain": found["domain"], "act": found["act"]}


def split(assurance: np.ndarray, improvement: np.ndarray) -> np.ndarray:
    """The probabilities of the four codes of language (sentences by codes) from those of its flags, taken as independent."""
    each = {"assurance": assurance * (1 - improvement), "improvement": improvement * (1 - assurance), "both": assurance * improvement}
    each["neither"] = (1 - assurance) * (1 - improvement)
    return np.stack([each[code] for code in codes_of()["language"]], axis=1)


def given(
    contexts: Sequence[Context], probable: dict[str, np.ndarray], thresholds: choose.Thresholds
) -> tuple[dict[str, np.ndarray], list[bool]]:
    """For each facet True where a code is given (contexts by codes), and for which contexts a rule decided the act."""
    codes = codes_of()
    limit = {facet: thresholds.array(facet, codes[facet]) for facet in codes}
    themes = choose.clearest(probable["themes"], limit["themes"], load_facet(FRAMEWORK).maximum)
    flags = flags_of(probable["language"]) >= thresholds.array("language", FLAGS)
    language = np.array([codes["language"].index(code) for code in _LANGUAGE])[flags @ np.array([2, 1])]
    acts = choose.one(probable["act"], limit["act"])
    decided = [rules.decide(context.text, context.paper) for context in contexts]
    ruled = [(number, codes["act"].index(rule.code)) for number, rule in enumerate(decided) if rule is not None]
    for number, place in ruled:
        acts[number] = place
    chosen = {
        "prompts": choose.under(themes, probable["prompts"], belongs_to()),
        "themes": themes,
        "language": choose.exactly(language, len(codes["language"])),
        "domain": choose.exactly(choose.one(probable["domain"], limit["domain"]), len(codes["domain"])),
        "act": choose.exactly(acts, len(codes["act"])),
    }
    return chosen, [rule is not None for rule in decided]


def codes_of() -> dict[str, tuple[str, ...]]:
    """The codes of each facet in the order of the columns of its probabilities."""
    facet = load_facet(FRAMEWORK)
    rest = {name: load_facet(name).code_ids for name in ("language", "domain", "act")}
    return {"prompts": facet.code_ids, "themes": tuple(parent.id for parent in facet.parents)} | rest


def belongs_to() -> np.ndarray:
    """Prompts by themes: 1 where the prompt belongs to the theme."""
    facet = load_facet(FRAMEWORK)
    return np.array([[code.parent == theme.id for theme in facet.parents] for code in facet.codes], dtype=np.float64)


def flags_of(language: np.ndarray) -> np.ndarray:
    """The probabilities of the flags assurance and improvement from those of the four codes of language."""
    codes = codes_of()["language"]
    both = language[:, codes.index("both")]
    return np.stack([language[:, codes.index(flag)] + both for flag in FLAGS], axis=1)
