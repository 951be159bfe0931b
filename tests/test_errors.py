"""Every kind of problem ends with the exit code that the design gives it."""

from __future__ import annotations

import pytest

from kikori.errors import EnvironmentProblem, Exit, KikoriError, OurFault, WorkspaceProblem


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (KikoriError("no such lab"), 2),
        (WorkspaceProblem("no such key"), 2),
        (EnvironmentProblem("no Docker"), 3),
        (OurFault("no grader"), 4),
    ],
)
def test_kind_of_problem_decides_the_exit_code(problem: KikoriError, code: int) -> None:
    assert problem.exit_code == code


def test_problem_with_the_machine_points_to_the_doctor() -> None:
    assert EnvironmentProblem("no Docker").hint == "./kikori doctor"


def test_worst_exit_code_is_the_largest() -> None:
    assert max(Exit.CHECK_FAILED, Exit.OUR_FAULT, Exit.ENVIRONMENT) is Exit.OUR_FAULT
