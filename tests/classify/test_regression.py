"""Weights under a penalty for every feature, and what the fits promise."""

import numpy as np
import pytest
from scipy import sparse
from scipy.special import softmax

from wellled_nlp.classify.regression import fit_choice, fit_flags


@pytest.fixture
def rows() -> sparse.csr_matrix:
    return sparse.csr_matrix(np.random.default_rng(1).normal(size=(80, 4)).astype(np.float32))


def test_each_flag_is_a_question_of_its_own(rows: sparse.csr_matrix) -> None:
    true = rows.toarray()[:, :2] > 0
    both, _ = fit_flags(rows, true, np.ones((4, 2), dtype=np.float32), 200)
    alone, _ = fit_flags(rows, true[:, 1:], np.ones((4, 1), dtype=np.float32), 200)
    assert np.array_equal(both[:, 1], alone[:, 0])


def test_a_rare_answer_weighs_as_much_as_a_common_one() -> None:
    rows = sparse.csr_matrix(np.ones((100, 1), dtype=np.float32))
    weights, bias = fit_flags(rows, np.arange(100)[:, None] < 5, np.ones((1, 1), dtype=np.float32), 200)
    assert weights[0, 0] + bias[0] == pytest.approx(0, abs=1e-3)


def test_a_heavier_penalty_makes_a_smaller_weight(rows: sparse.csr_matrix) -> None:
    true = rows.toarray()[:, :1] > 0
    light, _ = fit_flags(rows, true, np.full((4, 1), 0.1, dtype=np.float32), 100)
    heavy, _ = fit_flags(rows, true, np.full((4, 1), 50.0, dtype=np.float32), 100)
    assert abs(heavy[0, 0]) < abs(light[0, 0])


def test_the_penalty_of_one_feature_leaves_the_others_free(rows: sparse.csr_matrix) -> None:
    true = rows.toarray()[:, :2].sum(axis=1, keepdims=True) > 0
    weights, _ = fit_flags(rows, true, np.array([[0.1], [1000.0], [0.1], [0.1]], dtype=np.float32), 200)
    assert abs(weights[1, 0]) < 0.1 < abs(weights[0, 0])


def test_rivals_share_one_unit_of_probability_as_it_was_divided() -> None:
    rows = sparse.csr_matrix(np.ones((40, 1), dtype=np.float32))
    share = np.tile([0.5, 0.25, 0.25], (40, 1))
    weights, bias = fit_choice(rows, share, np.ones(1, dtype=np.float32), 300)
    assert softmax(rows @ weights + bias, axis=1)[0] == pytest.approx([0.5, 0.25, 0.25], abs=1e-3)


@pytest.mark.parametrize("present", [2, 3])
def test_a_code_that_no_row_has_is_never_given(rows: sparse.csr_matrix, present: int) -> None:
    share = np.eye(4)[rows.toarray()[:, :present].argmax(axis=1)]
    weights, bias = fit_choice(rows, share, np.ones(4, dtype=np.float32), 100)
    probable = softmax(rows @ weights + bias, axis=1)
    assert probable[:, present:].max() < 1e-4
    assert (probable.argmax(axis=1) == share.argmax(axis=1)).mean() > 0.9
    flags, start = fit_flags(rows, share > 0, np.ones((4, 4), dtype=np.float32), 100)
    assert (rows @ flags + start)[:, present:].max() < -10


def test_the_same_rows_give_the_same_weights(rows: sparse.csr_matrix) -> None:
    true = rows.toarray()[:, :2] > 0
    penalty = np.ones((4, 2), dtype=np.float32)
    one, two = fit_flags(rows, true, penalty, 50), fit_flags(rows, true, penalty, 50)
    assert np.array_equal(one[0], two[0])
    assert np.array_equal(one[1], two[1])
