"""What a machine asks of a setter's fault: it shows, guards hold, the fix works and outlasts a restart."""

from __future__ import annotations

from collections.abc import Callable

from kikori.errors import EnvironmentProblem, KikoriError
from kikori.grading.run import why_not_passed, why_not_shown
from kikori.model import Fault, Report
from kikori.premortem.bounds import MOST_SECONDS, bounded
from kikori.prove.scene import ProofScene

TRIES = 2
"""How often the checks are asked: a busy machine is nobody's fault."""
AGAIN = "go on in the scene, and kikori fault seal again; kikori reset begins anew"


def prove(stage: ProofScene, fault: Fault) -> None:
    """Put a fault into a fresh scene that is healthy, see it, and fix it.

    Raises:
        KikoriError: says which of it fails, and by which check.
        EnvironmentProblem: Docker stood in the way.
    """
    with bounded(stage.attempt.project, 2 * MOST_SECONDS):  # it is also fixed, and restarted
        _carry_out("The change can't be put into a fresh scene", lambda: stage.put(fault))
        if why := _asked_again(stage, why_not_shown):
            raise KikoriError(f"In a fresh scene the fault does not show as it should: {why}.", AGAIN)
        fix = fault.fixes[0]
        _carry_out("The fix can't be carried out", lambda: stage.change(fix))
        if why := _asked_again(stage, why_not_passed):
            raise KikoriError(f"The fix does not fix it: {why}.", AGAIN)
        stage.restart()
        if why := _asked_again(stage, why_not_passed):
            raise KikoriError(f"The fix does not outlast a restart of every service: {why}.", AGAIN)


def _carry_out(what: str, work: Callable[[], None]) -> None:
    try:
        work()
    except EnvironmentProblem:
        raise
    except KikoriError as problem:
        raise KikoriError(f"{what}: {problem.message}", AGAIN) from None


def _asked_again(stage: ProofScene, why: Callable[[Report], str]) -> str:
    """Say what is wrong with the scene as it is; nothing where it was well once."""
    said = ""
    for _ in range(TRIES):
        said = why(stage.grade())
        if not said:
            return ""
    return said
