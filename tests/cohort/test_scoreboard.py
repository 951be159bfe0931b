"""The scoreboard keeps the best run of each learner, and no more than a score and a grade."""

from __future__ import annotations

import pytest

from kikori.cohort.client.connection import Refused
from kikori.cohort.messages import Where
from kikori.cohort.server.scoreboard import scoreboard

from .conftest import Cohort, told

BOARD = "tune-the-board"


def board(cohort: Cohort) -> list[tuple[str, int, float | None]]:
    return [(one.name, one.score, one.grade) for one in scoreboard(cohort.store.engine).get(BOARD, [])]


def test_the_best_run_of_each_is_kept_the_best_of_all_first(cohort: Cohort) -> None:
    (_, ada), (_, ben), (_, cy) = (cohort.enrolled(name) for name in ("ada", "ben", "cy"))
    for who, score, grade in ((ada, 900, 1.0), (ada, 4000, 3.0), (ada, 9000, 2.0), (ben, 99, None), (cy, 3000, 3.0)):
        who.check_in(told(lab=BOARD, score=score, grade=grade))
    assert board(cohort) == [("ada", 4000, 3.0), ("cy", 3000, 3.0), ("ben", 99, None)]


def test_a_score_outlives_its_attempt_and_leaves_with_its_learner(cohort: Cohort) -> None:
    _, ada = cohort.enrolled("ada")
    ada.check_in(told(lab=BOARD, score=900, grade=1.0))
    ada.check_in(told(Where.STOPPED, lab=BOARD, score=5000, grade=5.0))
    ada.check_in(told(Where.HEALTHY, lab=BOARD))
    assert board(cohort) == [("ada", 900, 1.0)]
    assert ada.leave().scores == 1
    assert board(cohort) == []


def test_a_lab_without_a_score_takes_none(cohort: Cohort) -> None:
    _, ada = cohort.enrolled("ada")
    with pytest.raises(Refused, match="no lab with a score"):
        ada.check_in(told(score=900, grade=1.0))
    ada.check_in(told(Where.STOPPED, lab="made-up", score=900))
    assert scoreboard(cohort.store.engine) == {}
