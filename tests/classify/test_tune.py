"""Thresholds from labelled sentences."""

import numpy as np

from wellled_nlp.classify import choose, tune

# Two hundred sentences of two rivals: the second is never the more probable, but stands at 0.4 wherever it is true.
TRUE = np.array([[True, False]] * 100 + [[False, True]] * 100)
PROBABLE = np.array([[0.9, 0.1]] * 100 + [[0.6, 0.4]] * 100)


def test_a_rival_that_is_always_outdone_gets_the_lower_threshold_that_lets_it_be_given() -> None:
    assert choose.one(PROBABLE, np.array([0.5, 0.5])).tolist() == [0] * 200
    chosen = tune.rivals(TRUE, PROBABLE)
    assert chosen[1] < chosen[0]
    assert choose.one(PROBABLE, chosen).tolist() == [0] * 100 + [1] * 100


def test_a_code_that_no_sentence_has_keeps_one_half() -> None:
    assert tune.rivals(np.array([[True, False]] * 4), np.array([[0.9, 0.1]] * 4))[1] == 0.5


def test_cross_fitted_decisions_use_the_thresholds_of_the_other_half_alone() -> None:
    half = np.array([0, 1] * 100)
    given = tune.cross_fitted_rivals(TRUE, PROBABLE, half)
    assert given.sum(axis=1).tolist() == [1] * 200
    assert (given == TRUE).all()
    # With nothing of the second code in one half, the other half keeps to the more probable.
    alone = tune.cross_fitted_rivals(TRUE, PROBABLE, TRUE[:, 1].astype(int))
    assert alone[100:].tolist() == [[True, False]] * 100


def test_a_flag_is_given_from_the_level_that_tells_it_best() -> None:
    chosen = tune.thresholds(TRUE, PROBABLE)
    assert 0.1 < chosen[1] <= 0.4
    assert 0.6 < chosen[0] <= 0.9


def test_a_rare_code_takes_the_threshold_that_is_best_for_all() -> None:
    rare = np.zeros((200, 1), dtype=bool)
    rare[:3] = True
    unlike = np.where(rare, 0.9, 0.05)  # by itself it would be given from the middle between the two
    assert tune.thresholds(np.hstack([TRUE, rare]), np.hstack([PROBABLE, unlike]))[2] == 0.11
