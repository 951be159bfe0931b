"""The pytest plugin that graders run under, in a child of ours or in plain ``pytest graders/<lab>``.

A check's docstring is its title (a line ``ja:`` has the Japanese one), its assertion's message the reason.
Marks: ``guard`` (must pass before, during and after), ``needs("test_x")`` (blocked unless that passed).
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

import _pytest.outcomes
import msgspec
import pytest

from kikori import settings
from kikori.engine.inspection.sidecar import Sidecars
from kikori.errors import KikoriError, NotRunning
from kikori.grading.forkserver import ATTEMPT, ISOLATED, ONLY, RESULTS_FD, USERS
from kikori.grading.scene import Scene
from kikori.model import Attempt, CheckResult, Outcome

OURS = Path(__file__).parent
"""What graders are written with: what it asserts, it asserts for them."""
outcomes = pytest.StashKey[dict[str, Outcome]]()
sidecars = pytest.StashKey[Sidecars]()


def pytest_configure(config: pytest.Config) -> None:
    """Make our marks known."""
    config.addinivalue_line("markers", "guard: a check that must pass before, during and after the fault")
    config.addinivalue_line("markers", f"{USERS}: asks what users get now, which a stop-gap may give them, too")
    config.addinivalue_line("markers", "needs(*checks): blocked unless these passed")
    config.addinivalue_line("markers", "static: looks at what is the same on a busy computer, such as a file or a user")
    config.stash[outcomes] = {}
    config.stash[sidecars] = Sidecars()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing of ours beside the services."""
    config.stash[sidecars].close()


@pytest.fixture(scope="module")
def scene(request: pytest.FixtureRequest) -> Scene:
    """The services of the attempt that is being graded."""
    isolated, beside = os.environ.get(ISOLATED) == "1", request.config.stash[sidecars]
    if path := os.environ.get(ATTEMPT):
        attempt = msgspec.json.decode(Path(path).read_bytes(), type=Attempt)
        return Scene(attempt, isolated=isolated, sidecars=beside)
    from kikori.attempts import Store

    try:
        return Scene(Store().current(request.path.parent.name), sidecars=beside)
    except KikoriError as problem:
        raise pytest.UsageError(f"{problem.message} {problem.hint}") from None


def check_of(item: pytest.Item) -> CheckResult:
    """What is known of a check before it runs."""
    return CheckResult(
        id=item.name,
        title=title_of(getattr(item, "obj", None), item.name),
        outcome=Outcome.ERROR,
        reason="did not finish: the time for the whole lab was over, or the grader died",
        guard=item.get_closest_marker("guard") is not None,
        needs=_needs(item),
    )


def title_of(function: object, name: str) -> str:
    """A check's title in the learner's language, from its docstring."""
    lines = [line.strip() for line in (getattr(function, "__doc__", None) or name).strip().splitlines()]
    japanese = next((line.removeprefix("ja:").strip() for line in lines if line.startswith("ja:")), "")
    return japanese if japanese and settings.language() == "ja" else lines[0]


def _needs(item: pytest.Item) -> tuple[str, ...]:
    return tuple(name for mark in item.iter_markers("needs") for name in mark.args)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what was not asked for."""
    only, needs = os.environ.get(ONLY, ""), {item.name: _needs(item) for item in items}
    asked = [item.name for item in items if item.get_closest_marker(USERS)] if only == USERS else [only]
    chosen = with_needs(asked, needs)
    items[:] = [item for item in items if not chosen or item.name in chosen]


def with_needs(names: Iterable[str], needs: dict[str, tuple[str, ...]]) -> set[str]:
    """Some checks and all that they need; none if there are no such checks."""
    found: set[str] = set()
    open_ = [*names]
    while open_:
        name = open_.pop()
        if name in needs and name not in found:
            found.add(name)
            open_ += needs[name]
    return found


def pytest_collection_finish(session: pytest.Session) -> None:
    """Tell of every check before the first one runs."""
    for item in session.items:
        _tell("check", item, check_of(item))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Block a check whose needs did not pass; a need that was not chosen to run does not count."""
    known = item.config.stash[outcomes]
    unmet = [name for name in _needs(item) if known.get(name, Outcome.PASSED) is not Outcome.PASSED]
    if unmet:
        titles = {other.name: title_of(getattr(other, "obj", None), other.name) for other in item.session.items}
        pytest.skip(" ".join(titles.get(name, name) for name in unmet))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note a check's outcome once it is known."""
    report = yield
    if _decides(report):
        outcome, reason = verdict(item, call)
        item.config.stash[outcomes][item.name] = outcome
        found = msgspec.structs.replace(check_of(item), outcome=outcome, reason=reason, seconds=call.duration)
        _tell("result", item, found)
    return report


def _decides(report: pytest.TestReport) -> bool:
    return report.when == "call" or (report.when == "setup" and not report.passed)


def verdict(item: pytest.Item, call: pytest.CallInfo[Any]) -> tuple[Outcome, str]:
    """The outcome and reason of what a check did.

    An assertion in the graders' code or in ours for them fails a check, and so does a service that does not run;
    whatever else is raised is an error of ours, an assertion of a library too.
    """
    raised = call.excinfo
    if raised is None:
        return Outcome.PASSED, ""
    message = str(raised.value)
    if raised.errisinstance(pytest.skip.Exception):
        return Outcome.BLOCKED, message
    if raised.errisinstance(pytest.fail.Exception) and message.startswith("Timeout"):
        return Outcome.ERROR, f"took longer than its limit ({message.removeprefix('Timeout ').lstrip('(>')}"
    if raised.errisinstance(MemoryError):
        return Outcome.ERROR, "took more memory than a check may: what it read of a service had no end"
    if raised.errisinstance(NotRunning):
        return Outcome.FAILED, message
    if raised.errisinstance((AssertionError, pytest.fail.Exception)) and _is_the_graders(item, raised):
        return Outcome.FAILED, _plain(message)
    return Outcome.ERROR, f"{raised.typename}: {message.strip().splitlines()[0] if message.strip() else 'no message'}"


def _is_the_graders(item: pytest.Item, raised: pytest.ExceptionInfo[BaseException]) -> bool:
    frames = [frame for frame in raised.traceback if Path(frame.path) != Path(_pytest.outcomes.__file__)]  # pytest.fail
    return bool(frames) and any(Path(frames[-1].path).is_relative_to(place) for place in (item.path.parent, OURS))


def _plain(message: str) -> str:
    """The author's message without what pytest's assertion rewriting adds below it."""
    kept = message.split("\nassert ", 1)[0]
    return kept.strip() or "the check gives no reason"


def _tell(kind: str, item: pytest.Item, result: CheckResult) -> None:
    static = item.get_closest_marker("static") is not None
    if fd := os.environ.get(RESULTS_FD):
        os.write(int(fd), msgspec.json.encode({"kind": kind, "check": result, "static": static}) + b"\n")
