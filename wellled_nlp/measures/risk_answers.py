"""What answers a risk: at each meeting the sentence on improvement that speaks to it, found by its reference or by its subject.

Whether a risk that stays high has improvement work tied to it is a question of CQC's report on quality improvement in hospital trusts
(2018): the actions on an assurance framework should be part of what a board improves, and not stand beside it.
"""

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wellled_nlp.measures import wording
from wellled_nlp.measures.facts import UNDATED
from wellled_nlp.measures.subjects import Subjects
from wellled_nlp.settings import AttentionSettings

LEXICON = "gap"
_STEMS = 2  # a subject has two words and more, and two subjects share as many
_OVERLAP = 0.15  # cosine of rare words; lower than between two sentences, since titles and actions are short; set on the sample year
_NAMED = 1.0  # the likeness of a sentence that names the risk by its reference
_SPLIT = r"(?:^|(?<=[.;:])\s+)(?:\d+[.)]\s+)?"


class Answers:
    """The sentences of one organisation that say that something is changed, tried or learned, and how near each is to each risk."""

    def __init__(
        self, sentences: pd.DataFrame, risks: Mapping[str, tuple[Sequence[str], Sequence[str]]], settings: AttentionSettings
    ) -> None:
        """risks: for each by its key the references that it goes by, and its titles and actions in all papers."""
        dated = sentences[(sentences["meeting_date"] != UNDATED) & ~sentences["domain"].isin(settings.left_out)]
        prose = dated[~dated["text"].str.contains(" | ", regex=False) & (dated["act"] != "challenge")]
        held = prose.sort_values(["meeting_date", "document_id", "position"], kind="stable").reset_index(drop=True)
        improving = held["language"].isin(["improvement", "both"]).to_numpy(dtype=bool)
        may = np.flatnonzero(improving | _may_name(held["text"].tolist(), [ref for refs, _ in risks.values() for ref in refs]))
        said = may[wording.found(held["text"].iloc[may], LEXICON, "answer").ne("").to_numpy(dtype=bool)]
        self.ids, self.days = held["sentence_id"].to_numpy()[said], held["meeting_date"].to_numpy()[said]
        self.close = _by_subject(held, said, improving[said], {key: texts for key, (_, texts) in risks.items()})
        for key, named in _by_reference(held["text"].iloc[said], {key: refs for key, (refs, _) in risks.items()}).items():
            self.close[key] = np.where(named, _NAMED, self.close[key])

    def of(self, key: str, day: str) -> tuple[str, float] | None:
        """The sentence of this day's papers that answers best the risk with this key, and how close it is (0 to 1)."""
        close = np.flatnonzero((self.days == day) & (self.close[key] >= _OVERLAP))
        if not len(close):
            return None
        best = close[np.argmax(self.close[key][close])]
        return str(self.ids[best]), float(self.close[key][best])


def _may_name(texts: Sequence[str], refs: Sequence[str]) -> NDArray[np.bool_]:
    """Whether the first word of a reference stands in each text: most texts have none, and are looked at no more closely."""
    begins = sorted({words[0] for words in (ref.split() for ref in wording.plain(refs)) if words})
    begun = re.compile("|".join(map(re.escape, begins)))
    return np.array([bool(begins) and begun.search(text) is not None for text in map(str.lower, texts)], dtype=bool)


def _by_subject(
    held: pd.DataFrame, said: NDArray[np.int_], improving: NDArray[np.bool_], texts: Mapping[str, Sequence[str]]
) -> dict[str, NDArray[np.float64]]:
    """For each risk how near each sentence in the language of improvement is to the nearest of its title and actions."""
    parts = {key: list(dict.fromkeys(pd.Series(list(given)).str.split(_SPLIT).explode().dropna())) for key, given in texts.items()}
    flat = [part for own in parts.values() for part in own]
    known = pd.DataFrame({"text": flat, "item_id": [f"risk {number}" for number in range(len(flat))]})
    subjects = Subjects(pd.concat([held[["text", "item_id"]], known], ignore_index=True), LEXICON)
    likeness, shared = subjects.likeness(len(held) + np.arange(len(flat)), said, around=False)
    best = likeness.multiply(shared >= _STEMS).tocsr()
    ends = np.cumsum([len(own) for own in parts.values()])
    return {
        key: np.where(improving, best[end - len(own) : end].max(axis=0).toarray().ravel(), 0.0) if own else np.zeros(len(said))
        for (key, own), end in zip(parts.items(), ends, strict=True)
    }


def _by_reference(texts: pd.Series, refs: Mapping[str, Sequence[str]]) -> dict[str, NDArray[np.bool_]]:
    """For each risk the sentences that name it, and speak of change after its name and before that of another risk."""
    every = {wording.plain([ref])[0] for given in refs.values() for ref in given if ref}
    plain = wording.plain(texts)
    return {
        key: np.array([any(_answered(text, wording.plain([ref])[0], every) for ref in given if ref) for text in plain], dtype=bool)
        for key, given in refs.items()
    }


def _answered(text: str, ref: str, every: set[str]) -> bool:
    at = text.find(ref)
    if at < 0:
        return False
    after = text[at + len(ref) - 1 :]
    ends = [place for other in every if (place := after.find(other)) >= 0]
    own = pd.Series([after[: min(ends, default=len(after))]])
    return bool(wording.found(own, LEXICON, "answer").iloc[0])
