"""How often a comparison calls a difference that is none, and finds one that is there, in simulated worlds; and what a large one takes.

`python -m tests.compare.simulate organisations 200` · `years 200` (or `years 200 gaps` for the worlds with this word) · `large 200 10 8`
(trusts, years, meetings a year). Tallies are made directly, as `compare.tallies` would; docs/compare.md has the figures.
"""

import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from tests.compare import worlds
from wellled_nlp import settings
from wellled_nlp.compare import Request, amounts, differences, groups, organisations, quantities, serial, tallies, work_out
from wellled_nlp.compare.differences import NONE_SHOWN, THE_REST

FACETS = {
    "domain": worlds.DOMAINS,
    "language": worlds.LANGUAGES,
    "act": {"challenge": worlds.CHALLENGE, "report": 1 - worlds.CHALLENGE},
    "themes": worlds.THEMES,
}
FIRST_YEAR, SENTENCES = 2015, 130
PLANTED = {("act", "challenge"): 1.5, ("domain", "quality"): 1.35}


@dataclass(frozen=True)
class Boards:
    """Trusts that meet so often a year, for so many years.

    spread, own_years: how far the log shares of trusts, and of the years of each trust for itself, lie apart (standard deviation). memory:
    the correlation of a meeting with the one before. gaps: each trust lacks one year in three, and half of the meetings of another.
    planted: what the shares of these codes are multiplied by in the third year.
    """

    trusts: int
    years: int
    meetings: int
    spread: float = 0.0
    own_years: float = 0.0
    memory: float = 0.0
    gaps: bool = False
    planted: Mapping[tuple[str, str], float] = field(default_factory=dict)


SIX = {"trusts": 6, "years": 3, "meetings": 10, "spread": 0.3}
YEARS = {
    "one trust, 3 years": Boards(1, 3, 11),
    "one trust, 2 years": Boards(1, 2, 11),
    "six trusts, 3 years": Boards(**SIX),
    "six trusts, gaps": Boards(**SIX, gaps=True),
    "twenty trusts, 5 years": Boards(20, 5, 6, 0.3),
    "one trust, memory 0.3": Boards(1, 3, 11, memory=0.3),
    "six trusts, memory 0.3": Boards(**SIX, memory=0.3),
    "one trust, memory 0.6": Boards(1, 3, 11, memory=0.6),
    "six trusts, memory 0.6": Boards(**SIX, memory=0.6),
    "six trusts, own years 0.1": Boards(**SIX, own_years=0.1),
    "six trusts, own years 0.2": Boards(**SIX, own_years=0.2),
    "six trusts, planted": Boards(**SIX, planted=PLANTED),
    "six trusts, gaps, planted": Boards(**SIX, gaps=True, planted=PLANTED),
}


def tallied(boards: Boards, seed: int) -> tallies.Tallied:
    """The minutes of these boards, tallied."""
    rng = np.random.default_rng(seed)
    documents: list[dict[str, object]] = []
    counts: list[tuple[object, ...]] = []
    for trust in range(boards.trusts):
        shares = {facet: _apart(rng, np.array(list(codes.values())), boards.spread) for facet, codes in FACETS.items()}
        shares = {facet: held / held.sum() for facet, held in shares.items()}
        noise: dict[str, np.ndarray] = {}
        for year in range(boards.years):
            own = {facet: _apart(rng, np.ones(len(held)), boards.own_years) for facet, held in shares.items()}
            for meeting in range(boards.meetings):
                if boards.gaps and not _is_kept(trust, FIRST_YEAR + year, meeting):
                    continue
                name = f"{trust:04d}{year:03d}{meeting:03d}xx"
                day = f"{FIRST_YEAR + year}-{meeting % 12 + 1:02d}-{20 + meeting // 12:02d}"
                documents.append(_document(name, f"Trust {trust:03d}", day))
                counts += _meeting(rng, boards, name, year, {facet: held * own[facet] for facet, held in shares.items()}, noise)
    frame = pd.DataFrame(documents).astype(dict.fromkeys(("organisation", "meeting_date", "doc_type"), "string"))
    return tallies.Tallied(frame, pd.DataFrame(counts, columns=["document_id", "facet", "code", "words", "sentences"]), [])


def compared(held: tallies.Tallied, by: str, seed: int) -> pd.DataFrame:
    """The table `differences`."""
    chosen = settings.load(None)
    counted = quantities.load(chosen.attention)
    grouped = groups.group(held.documents, by, organisations.Register(), None)
    units = amounts.of(grouped, held, counted, chosen.compare)
    return differences.of(units, counted, serial.inflation(units), chosen.compare, chosen.attention.level, seed)


def _apart(rng: np.random.Generator, shares: np.ndarray, spread: float) -> np.ndarray:
    return shares * np.exp(rng.normal(0, spread, len(shares))) if spread else shares


def _is_kept(trust: int, year: int, meeting: int) -> bool:
    turn = (trust * 7 + year) % 3
    return turn == 2 or (turn == 1 and meeting % 2 == 0)


def _document(name: str, organisation: str, day: str) -> dict[str, object]:
    about = {"document_id": name, "sha256": name * 6, "path": f"{name}.pdf", "organisation": organisation, "doc_type": "minutes"}
    return {**about, "meeting_date": day, "pages": 9, "pages_failed": 0, "counted": True, "why": None, "library": "simulated"}


def _meeting(
    rng: np.random.Generator, boards: Boards, name: str, year: int, shares: Mapping[str, np.ndarray], noise: dict[str, np.ndarray]
) -> Iterator[tuple[object, ...]]:
    """Rows of the counts of one meeting: of each facet's codes, and of what is substantive and what is not."""
    drawn = {}
    for facet, codes in FACETS.items():
        changed = [boards.planted.get((facet, code), 1.0) if year == 2 else 1.0 for code in codes]
        centre = shares[facet] * np.array(changed)
        held = _around(rng, centre / centre.sum(), boards.memory, facet, noise)
        drawn[facet] = rng.choice(len(held), size=SENTENCES, p=held)
    words = rng.integers(6, 36, SENTENCES)
    kept = drawn["domain"] != list(worlds.DOMAINS).index("procedural")
    yield name, None, None, int(words[kept].sum()), int(kept.sum())
    yield name, None, tallies.LEFT_OUT, int(words[~kept].sum()), int((~kept).sum())
    for facet, codes in FACETS.items():
        for place, code in enumerate(codes):
            here = kept & (drawn[facet] == place)
            if code and here.any():
                yield name, facet, code, int(words[here].sum()), int(here.sum())


def _around(rng: np.random.Generator, centre: np.ndarray, memory: float, facet: str, noise: dict[str, np.ndarray]) -> np.ndarray:
    """The shares of one meeting: of a Dirichlet distribution; with a memory, log-normal with about the same spread."""
    if not memory:
        return rng.dirichlet(worlds.CONCENTRATION * centre)
    fresh = rng.normal(size=len(centre))
    noise[facet] = memory * noise[facet] + np.sqrt(1 - memory**2) * fresh if facet in noise else fresh
    spread = 1 / np.sqrt(worlds.CONCENTRATION * np.maximum(centre, 1e-3))
    held = centre * np.exp(noise[facet] * spread - spread**2 / 2)
    return np.asarray(held / held.sum())


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _years(number: int, words: str) -> None:
    for name, boards in YEARS.items():
        if words not in name:
            continue
        found = [compared(tallied(boards, 1000 + seed), "year", seed) for seed in range(number)]
        called = [rows[rows["verdict"] != NONE_SHOWN] for rows in found]
        small = np.mean([(rows["p"] <= 0.05).mean() for rows in found])
        _say(f"{name}: a difference called in {sum(map(bool, map(len, called)))} of {number}; p up to 0.05 in {small:.1%} of tests")
        if boards.planted:
            rest = [
                {(row.code, row.verdict) for row in rows[rows["versus"] == THE_REST].itertuples() if row.group == "2017"} for rows in called
            ]
            wrong = sum(int(((rows["code"] != "quality") & (rows["code"] != "challenge")).sum()) for rows in called)
            hits = ", ".join(f"{code} {sum((code, 'higher') in one for one in rest)}" for _, code in boards.planted)
            _say(f"  found: {hits}; calls of other codes {wrong} of {sum(map(len, called))}")


def _organisations(number: int) -> None:
    for name, trusts, first in (("without a difference", worlds.PLAIN, 1000), ("planted", worlds.PLANTED, 1)):
        called, small, every, exactly = 0, [], 0, 0
        for seed in range(first, first + number):
            with tempfile.TemporaryDirectory() as folder:
                held = worlds.library(Path(folder) / "held", trusts, seed)
                rows = work_out(Request((held,), "organisation", Path("out"), seed=seed)).tables["differences"]
            found = rows[rows["verdict"] != NONE_SHOWN]
            rest = {(row.group, row.measure, row.code, row.verdict) for row in found[found["versus"] == THE_REST].itertuples()}
            called, every, exactly = called + bool(len(found)), every + (rest >= worlds.FOUND), exactly + (rest == worlds.FOUND)
            small.append((rows["p"] <= 0.05).mean())
        _say(
            f"{name}: called in {called} of {number}; p up to 0.05 in {np.mean(small):.1%}; all planted in {every}, exactly these {exactly}"
        )


def _large(trusts: int, years: int, meetings: int) -> None:
    held = tallied(Boards(trusts, years, meetings, spread=0.15), 1)
    for by in ("organisation", "year"):
        start = time.process_time()
        rows = compared(held, by, 0)
        tried = rows["arrangements"].value_counts().sort_index().to_dict()
        _say(f"{len(held.documents)} papers by {by}: {len(rows)} tests, {time.process_time() - start:.0f} s; by arrangements {tried}")


if __name__ == "__main__":
    what, *given = sys.argv[1:]
    if what == "years":
        _years(int(given[0]), " ".join(given[1:]))
    elif what == "organisations":
        _organisations(int(given[0]))
    else:
        _large(*map(int, given))
