"""The notation of patterns, and where they are found."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellled_nlp.classify.patterns import CLAUSE_ENDS, Pattern, Patterns


def found(pattern: str, text: str) -> list[tuple[int, int]]:
    patterns = Patterns([Pattern("key", pattern, "here")])
    return [(match.start, match.end) for match in patterns.find(patterns.read(text))]


@pytest.mark.parametrize(
    ("pattern", "text", "places"),
    [
        ("staff survey", "The Staff Surveys, and the staff survey.", [(1, 3), (6, 8)]),
        ("audit|review", "An audit of the reviews", [(1, 2), (4, 5)]),
        ("learn* event", "A learning event", [(1, 3)]),
        ("board annual? plan", "The board annual plan, the board plan", [(1, 4), (6, 8)]),
        ("risk ..2 register", "risk and issue register", [(0, 4)]),
        ("risk ..2 register", "risk and other issue register", []),
        ("risk ..2 register", "risk. The register", []),
        ("risk ..3 register", "risk register or register", [(0, 4)]),
        ("<number> ward", "Two wards and 14 wards", [(0, 2), (3, 5)]),
        ("BAF", "The BAF and the baf", [(1, 2)]),
        ("62 day", "62 days, 31 days", [(0, 2)]),
    ],
)
def test_a_pattern_is_found_where_its_words_stand(pattern: str, text: str, places: list[tuple[int, int]]) -> None:
    assert found(pattern, text) == places


PIECES = st.sampled_from(["plan", "board|trust", "learn*", "audit?", "..2", "..1"])
WORDS = st.sampled_from(["plan", "board", "trust", "learn", "learning", "audit", "ward", "."])


def ends(pieces: list[str], words: list[str], at: int) -> Iterator[int]:
    """Every place where pieces that begin with this word may end, tried one by one."""
    if not pieces:
        yield at
        return
    piece, *rest = pieces
    least, most = (0, int(piece[2:])) if piece.startswith("..") else (0, 1) if piece.endswith("?") else (1, 1)
    for taken in range(least, most + 1):
        stretch = words[at : at + taken]
        if len(stretch) == taken and all(stands(piece, word) for word in stretch):
            yield from ends(rest, words, at + taken)


def stands(piece: str, word: str) -> bool:
    if piece.startswith(".."):
        return word not in CLAUSE_ENDS
    any_of = piece.rstrip("?").split("|")
    return any(word.startswith(one[:-1]) if one.endswith("*") else word == one for one in any_of)


@given(st.lists(PIECES, max_size=4), st.lists(WORDS, max_size=12))
def test_of_each_first_word_the_longest_stretch_is_found(between: list[str], words: list[str]) -> None:
    pieces = ["plan", *between, "trust|learn*"]
    every = ((at, max(ends(pieces, words, at), default=0)) for at in range(len(words)))
    assert found(" ".join(pieces), " ".join(words)) == [(at, end) for at, end in every if end]
