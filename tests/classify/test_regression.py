"""The solver against scikit-learn's, and its own promises."""

import numpy as np
import pytest
from scipy import sparse

from wellled_nlp.classify.regression import fit_choice, fit_flags, softmax


@pytest.fixture
def rows() -> sparse.csr_matrix:
    return sparse.csr_matrix(np.random.default_rng(1).normal(size=(80, 4)).astype(np.float32))


def test_flags_agree_with_a_balanced_logistic_regression(rows: sparse.csr_matrix) -> None:
    from sklearn.linear_model import LogisticRegression

    true = (rows.toarray()[:, :1] + 0.5 * rows.toarray()[:, 1:2] > 0.4).astype(bool)
    weights, bias = fit_flags(rows, true, np.ones((4, 1), dtype=np.float32), 200)
    oracle = LogisticRegression(C=1.0, class_weight="balanced", tol=1e-8, max_iter=1000).fit(rows.toarray(), true[:, 0])
    assert np.allclose(weights[:, 0], oracle.coef_[0], atol=2e-3)
    assert bias[0] == pytest.approx(oracle.intercept_[0], abs=2e-3)


def test_choice_agrees_with_a_multinomial_regression(rows: sparse.csr_matrix) -> None:
    from sklearn.linear_model import LogisticRegression

    place = rows.toarray()[:, :3].argmax(axis=1)
    weights, bias = fit_choice(rows, np.eye(3)[place], np.ones((4, 3), dtype=np.float32), 300)
    oracle = LogisticRegression(C=1.0, tol=1e-8, max_iter=1000).fit(rows.toarray(), place)
    mine = softmax(rows @ weights + bias)[0]
    assert np.allclose(mine, oracle.predict_proba(rows.toarray()), atol=2e-3)


def test_the_same_rows_give_the_same_weights(rows: sparse.csr_matrix) -> None:
    true = rows.toarray()[:, :2] > 0
    penalty = np.ones((4, 2), dtype=np.float32)
    one, two = fit_flags(rows, true, penalty, 50), fit_flags(rows, true, penalty, 50)
    assert np.array_equal(one[0], two[0])
    assert np.array_equal(one[1], two[1])


def test_a_heavier_penalty_makes_a_smaller_weight(rows: sparse.csr_matrix) -> None:
    true = rows.toarray()[:, :1] > 0
    light, _ = fit_flags(rows, true, np.full((4, 1), 0.1, dtype=np.float32), 100)
    heavy, _ = fit_flags(rows, true, np.full((4, 1), 50.0, dtype=np.float32), 100)
    assert abs(heavy[0, 0]) < abs(light[0, 0])


def test_rivals_share_one_unit_of_probability() -> None:
    probable, _ = softmax(np.array([[1.0, 2.0, 700.0], [0.0, 0.0, 0.0]]))
    assert np.allclose(probable.sum(axis=1), 1)
    assert np.isfinite(probable).all()
