"""From probabilities to codes."""

import numpy as np

from wellled_nlp.classify import choose


def test_at_most_two_are_given_the_clearest_first() -> None:
    given = choose.clearest(np.array([[0.9, 0.5, 0.6, 0.1]]), np.array([0.5, 0.5, 0.5, 0.5]), 2)
    assert given.tolist() == [[True, False, True, False]]


def test_a_low_threshold_makes_a_code_clearer() -> None:
    given = choose.clearest(np.array([[0.6, 0.4, 0.55]]), np.array([0.5, 0.2, 0.5]), 2)
    assert given.tolist() == [[True, True, False]]


def test_nothing_is_given_under_the_thresholds() -> None:
    assert not choose.clearest(np.array([[0.4, 0.49]]), np.array([0.5, 0.5]), 2).any()


def test_a_code_exactly_at_its_threshold_is_given() -> None:
    assert choose.clearest(np.array([[0.5, 0.1]]), np.array([0.5, 0.5]), 2).tolist() == [[True, False]]


def test_a_parent_gives_its_most_probable_code_and_no_other_parents() -> None:
    belongs = np.array([[1, 0], [1, 0], [0, 1]])
    given = choose.under(np.array([[True, False], [False, False]]), np.array([[0.2, 0.5, 0.9], [0.2, 0.5, 0.9]]), belongs)
    assert given.tolist() == [[False, True, False], [False, False, False]]


def test_exactly_one_code_is_given_however_unlikely_all_are() -> None:
    places = choose.one(np.array([[0.01, 0.02, 0.015]]), np.array([0.5, 0.5, 0.5]))
    assert choose.exactly(places, 3).tolist() == [[False, True, False]]


def test_the_committed_thresholds_say_where_they_come_from() -> None:
    held = choose.load()
    assert {"file", "sha256", "date", "n"} <= set(held.provenance)
    assert 0 < held.floor < 0.5
    assert all(0 < value < 1 for chosen in held.of.values() for value in chosen.values())
