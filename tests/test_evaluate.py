"""Figures against values worked out by hand."""

from pathlib import Path

import numpy as np
import pytest

from wellled_nlp import evaluate
from wellled_nlp.evaluate import Outcome

ROOT = Path(__file__).parents[1]
MODELS = ROOT / "models"
HEADER = "id,source,kind,heading,previous,text,prompts,language,domain,act\n"


def outcome(true: list[list[int]], given: list[list[int]], probable: list[list[float]] | None = None) -> Outcome:
    size = len(true[0])
    shown = np.array(probable if probable is not None else given, dtype=float)
    return Outcome(tuple("abcde"[:size]), list(range(len(true))), np.array(true, dtype=bool), np.array(given, dtype=bool), shown)


def once(rows: int) -> np.ndarray:
    return np.ones((1, rows))


def test_macro_is_over_the_codes_that_the_sentences_hold() -> None:
    one = outcome([[1, 0, 0], [1, 0, 0], [0, 1, 0]], [[1, 0, 0], [0, 0, 1], [0, 1, 0]])
    assert evaluate._macro(one, once(3))[0] == pytest.approx((2 / 3 + 1) / 2)
    assert evaluate._micro(one, once(3))[0] == pytest.approx(2 * 2 / (3 + 3))


def test_kappa_is_nothing_where_agreement_is_by_chance() -> None:
    one = outcome([[1], [1], [0], [0]], [[1], [0], [1], [0]])
    assert evaluate._kappa(one, once(4))[0] == pytest.approx(0.0)
    same = outcome([[1], [0]], [[1], [0]])
    assert evaluate._kappa(same, once(2))[0] == pytest.approx(1.0)


def test_calibration_error_is_how_far_shares_stray_from_probabilities() -> None:
    one = outcome([[1], [0], [0], [0]], [[1], [1], [1], [1]], [[0.85], [0.85], [0.85], [0.85]])
    assert evaluate._calibration(one, once(4))[0] == pytest.approx(0.6)


def test_top_three_recall_pools_the_labelled_codes() -> None:
    one = outcome([[1, 0, 0, 0, 1], [0, 0, 0, 1, 0]], [[0] * 5] * 2, [[0.9, 0.8, 0.7, 0.1, 0.05], [0.1, 0.2, 0.3, 0.9, 0.0]])
    assert evaluate._top_recall(one, once(2))[0] == pytest.approx(2 / 3)


def test_both_counts_for_either_flag() -> None:
    one = Outcome(
        ("assurance", "improvement", "both", "neither"),
        [0, 1],
        np.eye(4, dtype=bool)[[2, 1]],
        np.eye(4, dtype=bool)[[0, 1]],
        np.eye(4)[[0, 1]],
    )
    assert evaluate._micro(evaluate.flag(one, "assurance"), once(2))[0] == 1
    assert evaluate._micro(evaluate.flag(one, "improvement"), once(2))[0] == pytest.approx(2 / 3)


def labelled(path: Path, *rows: str) -> Path:
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_every_figure_stands_beside_its_interval(tmp_path: Path) -> None:
    rows = [
        "1,s,minutes,Finance,,The deficit was £4m against a plan of £3m.,W5.2,assurance,finance,report",
        "2,s,minutes,Green plan,,Carbon emissions fell.,ES,neither,strategy,report",
        "3,s,minutes,,,The Board noted the report.,,neither,procedural,noting",
    ]
    found = evaluate.evaluate(labelled(tmp_path / "a.csv", *rows), MODELS, draws=50)
    assert found["n"] == 3
    assert set(found["facets"]) == {"prompts", "themes", "language", "domain", "act"}
    for figures in found["facets"].values():
        for name in ("macro_f1", "micro_f1", "kappa", "calibration_error"):
            low, high = figures[f"{name}_ci"]
            assert isinstance(figures[name], float)
            assert low <= high
    assert isinstance(found["facets"]["prompts"]["top3_recall"], float)
    assert set(found["facets"]["language"]["flags"]) == {"assurance", "assurance_ci", "improvement", "improvement_ci"}
    assert found["facets"]["themes"]["per_code"]["ES"]["support"] == 1


def test_a_facet_that_nobody_labelled_is_left_out(tmp_path: Path) -> None:
    path = labelled(tmp_path / "a.csv", "1,s,minutes,,,The Board noted the report.,,,,noting", "2,s,minutes,,,It was agreed.,,,,decision")
    assert set(evaluate.evaluate(path, MODELS, draws=10)["facets"]) == {"act"}


def test_a_column_that_is_missing_is_left_out_too(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,text,act\n1,The Board noted the report.,noting\n", encoding="utf-8")
    assert set(evaluate.evaluate(path, MODELS, draws=10)["facets"]) == {"act"}


def test_the_same_file_gives_the_same_figures(tmp_path: Path) -> None:
    rows = [
        "1,s,minutes,,,The Board noted the report.,,neither,procedural,noting",
        "2,s,minutes,,,Falls rose.,W5.2,assurance,quality,report",
    ]
    path = labelled(tmp_path / "a.csv", *rows)
    assert evaluate.evaluate(path, MODELS) == evaluate.evaluate(path, MODELS)


def test_predictions_have_a_row_a_sentence_and_facet(tmp_path: Path) -> None:
    path = labelled(tmp_path / "a.csv", "x,s,minutes,,,The Board noted the report.,,,,noting")
    (row,) = evaluate.predictions(path, MODELS).to_dict("records")
    assert (row["id"], row["facet"], row["labelled"], row["given"]) == ("x", "act", "noting", "noting")


def test_figures_and_predictions_are_written_where_asked(tmp_path: Path) -> None:
    path = labelled(tmp_path / "a.csv", "x,s,minutes,,,The Board noted the report.,,,,noting")
    evaluate.evaluate_file(path, MODELS, tmp_path / "f.json", tmp_path / "p.csv")
    assert (tmp_path / "f.json").read_text(encoding="utf-8").startswith("{")
    assert (tmp_path / "p.csv").read_text(encoding="utf-8").splitlines()[0] == "id,facet,labelled,given,probability,text"
