"""Run a lab's graders over an attempt, and say which symptom its users meet."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from kikori import paths
from kikori.errors import OurFault
from kikori.grading.forkserver import ATTEMPT, ISOLATED, ONLY, Grading, child, end
from kikori.grading.grader_packages import ensure_grader_packages
from kikori.grading.host_load import Load
from kikori.model import CheckResult, Kind, Lab, Outcome, Report
from kikori.model.record import Record
from kikori.settings import Lang, language

CHECK_SECONDS = 20
"""The limit of one check, wide enough for a full machine; one that needs more says so with pytest.mark.timeout."""
LAB_SECONDS = 240
"""The limit of all checks of a lab together."""
TUNE_SECONDS = 400
"""That of a tune lab, whose benchmark needs its time."""
Found = Callable[[CheckResult], None]
WORST = (Outcome.FAILED, Outcome.ERROR, Outcome.BLOCKED, Outcome.BUSY)
"""Which check is told of first."""


def told(check: CheckResult) -> str:
    """Say what became of a check, for an author."""
    return f"{check.id} is {check.outcome}: {check.reason or check.title}"


def why_not_shown(report: Report) -> str:
    """Say why a report does not show a fault; empty where a check fails, no guard does and none errors."""
    for check in report.checks:
        if check.outcome is Outcome.ERROR:
            return f"the grader itself breaks: {told(check)}"
    for check in report.checks:
        if check.guard and check.outcome is not Outcome.PASSED:
            return f"breaks a guard: {told(check)}"
    if not any(check.outcome is Outcome.FAILED for check in report.checks):
        return "no check fails: nobody would notice this fault"
    return ""


def why_not_passed(report: Report) -> str:
    """Say which check does not pass; empty where all do. One that is blocked only waits for one of the others."""
    bad = [check for check in report.checks if check.outcome is not Outcome.PASSED]
    return told(min(bad, key=lambda check: WORST.index(check.outcome))) if bad else ""


class Told(Record):
    """One line from the child: a check that was found, or its result."""

    kind: str
    check: CheckResult
    static: bool = False
    """Whether a busy computer can't change what the check looks at."""


def grade(
    lab: Lab,
    attempt_file: Path,
    *,
    isolated: bool = False,
    only: str = "",
    until_failed: bool = False,
    found: Found | None = None,
    limit: float | None = None,
    lang: Lang | None = None,
    load: Load | None = None,
) -> Report:
    """Grade an attempt and give the report, in a language; ``found`` hears of each result as it comes.

    ``only`` is the name of one check: it runs with those that it needs, and no other; all do where there is none of it.
    ``USERS`` in its place asks the checks of what users get now.
    ``until_failed`` leaves out what comes after the first check that fails. Of what fails while ``load`` is too much
    nothing is decided.

    Raises:
        OurFault: the grader could not even start, or wants what Kikori can't have.
        EnvironmentProblem: packages that the checks need could not be installed.
    """
    ensure_grader_packages(lab.graders)
    began = time.time()
    checks: dict[str, CheckResult] = {}
    limit = limit or (TUNE_SECONDS if lab.about.kind is Kind.TUNE else LAB_SECONDS)
    with tempfile.NamedTemporaryFile() as output:
        grading = Grading(
            options=(*_options(lab), *(["--exitfirst"] if until_failed else [])),
            place=lab.graders,
            modules=lab.modules,
            environment=_environment(attempt_file, isolated, only, lang or language()),
            output=Path(output.name),
        )
        with _limited(grading, limit) as lines:
            for told in _told(lines):
                if told.kind == "check" and until_failed:
                    continue  # one that may never run
                check = checks[told.check.id] = _decided(told, load, lang or language())
                if found and told.kind == "result":
                    found(check)
        said = output.read().decode("utf-8", "replace")
    if not checks:
        raise OurFault(f"{lab.graders}: the grader did not start: {_last_lines(said)}", f"pytest {lab.graders}")
    return Report(lab=lab.id, at=began, checks=tuple(checks.values()), seconds=time.time() - began)


def _decided(told: Told, load: Load | None, lang: Lang) -> CheckResult:
    """A result, or that this computer is too busy for one."""
    check = told.check
    open_to_doubt = check.outcome is Outcome.ERROR or (check.outcome is Outcome.FAILED and not told.static)
    if load is None or not open_to_doubt or not (busy := load.too_much(lang)):
        return check
    return msgspec.structs.replace(check, outcome=Outcome.BUSY, reason=f"{busy}\n{check.reason}")


def _told(lines: Iterable[bytes]) -> Iterator[Told]:
    for line in lines:
        try:
            yield msgspec.json.decode(line, type=Told)
        except msgspec.DecodeError:
            continue  # the child was ended in the midst of it


@contextmanager
def _limited(grading: Grading, limit: float) -> Iterator[Iterator[bytes]]:
    """What a child tells, line by line, until its time is over."""
    with child(grading) as (process, lines):
        watch = threading.Timer(limit, end, [process])
        watch.start()
        try:
            yield lines
        finally:
            watch.cancel()


def _options(lab: Lab) -> tuple[str, ...]:
    options = ["--assert=plain", "--tb=short", "-q", "--import-mode=importlib", "--rootdir", str(lab.graders)]
    options += [f"--timeout={CHECK_SECONDS}", "--timeout-method=signal", "-o", "addopts=", "-c", os.devnull]
    unwanted = ("cacheprovider", "unraisableexception")  # the second collects garbage five times over, at the end
    plugins = [*(f"no:{name}" for name in unwanted), "pytest_timeout", "kikori.grading.plugin"]
    return (*options, *(f"-p{name}" for name in plugins), str(lab.graders))


def _environment(attempt_file: Path, isolated: bool, only: str, lang: Lang) -> dict[str, str]:
    ours = {
        ATTEMPT: str(attempt_file),
        ISOLATED: "1" if isolated else "0",
        ONLY: only,
        "KIKORI_LANG": lang,
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # 0.1 s, and no plugin of the learner's own venv
        "PYTHONPATH": str(paths.ROOT / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")} | ours


def _last_lines(text: str) -> str:
    """What pytest marks as the error, else the last that it said."""
    lines = text.strip().splitlines()
    wrong = [line.removeprefix("E") for line in lines if line.startswith("E ")]
    return " / ".join(line.strip() for line in (wrong or lines)[-4:]) or "it said nothing"
