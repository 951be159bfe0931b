"""A grading run gives each check one of four outcomes, whatever the grader does."""

from __future__ import annotations

import os
import time
from pathlib import Path

import msgspec
import pytest

from kikori.errors import Exit, OurFault
from kikori.grading import eventually, grade
from kikori.model import CheckResult, Lab, Outcome, Report

from .conftest import Miniature

pytestmark = pytest.mark.slow

OUTCOMES = '''
from kikori.errors import NotRunning

def bake():
    assert 0, "burnt"

@pytest.mark.guard
def test_oven():
    """The oven is hot."""

def test_bread():
    """There is bread."""
    assert 1 > 2, "expected bread, saw none"

def test_no_reason():
    """There is butter."""
    assert 1 > 2

def test_several_lines():
    """There is jam."""
    assert not "jam", "expected jam\\nassert nothing"

def test_helper_of_the_grader():
    bake()

def test_helper_in_another_file(pantry):
    pantry("rice")

def test_kikoris_own_assertion(of_the_sdk):
    of_the_sdk("noodles")

def test_fixture_that_asserts(cellar):
    """There is wine."""

def test_said_by_fail():
    """There is tea."""
    pytest.fail("expected tea")

def test_stopped_service():
    """The service is looked at."""
    raise NotRunning("web does not run")

@pytest.mark.needs("test_bread")
def test_slice():
    """The bread is cut."""

@pytest.mark.needs("test_slice", "test_bread")
def test_toast():
    """There is toast."""

@pytest.mark.needs("test_oven")
def test_cake():
    """There is cake."""
'''


SHARED = """
from pathlib import Path
from kikori.grading import plugin

def look(what):
    assert 0, f"expected {what}"

@pytest.fixture
def pantry():
    return look

@pytest.fixture
def cellar():
    look("wine")

@pytest.fixture
def of_the_sdk():
    place = str(Path(plugin.__file__).with_name("of_tomorrow.py"))
    names = {}
    exec(compile("def look(what): assert 0, f'expected {what}'", place, "exec"), names)
    return names["look"]
"""


@pytest.fixture
def results(miniature: Miniature, attempt_file: Path) -> dict[str, CheckResult]:
    return {check.id: check for check in grade(miniature(OUTCOMES, conftest=SHARED), attempt_file).checks}


def test_outcomes_and_reasons(results: dict[str, CheckResult]) -> None:
    assert {name: (check.outcome.value, check.reason) for name, check in results.items()} == {
        "test_oven": ("passed", ""),
        "test_bread": ("failed", "expected bread, saw none"),
        "test_no_reason": ("failed", "the check gives no reason"),
        "test_several_lines": ("failed", "expected jam"),
        "test_helper_of_the_grader": ("failed", "burnt"),
        "test_helper_in_another_file": ("failed", "expected rice"),
        "test_kikoris_own_assertion": ("failed", "expected noodles"),
        "test_fixture_that_asserts": ("failed", "expected wine"),
        "test_said_by_fail": ("failed", "expected tea"),
        "test_stopped_service": ("failed", "web does not run"),
        "test_slice": ("blocked", "There is bread."),
        "test_toast": ("blocked", "The bread is cut. There is bread."),
        "test_cake": ("passed", ""),
    }
    assert results["test_bread"].title == "There is bread."
    assert results["test_helper_of_the_grader"].title == "test_helper_of_the_grader"
    assert results["test_toast"].needs == ("test_slice", "test_bread")
    assert [name for name, check in results.items() if check.guard] == ["test_oven"]


ERRORS = '''
from library import check_output, wait

@pytest.fixture
def gone():
    raise LookupError("the container is gone")

def test_library_asserts():
    """A library's own assertion fails."""
    check_output("false")

def test_library_fails():
    wait()

def test_exception():
    {}["bread"]

def test_exception_without_a_word():
    raise RuntimeError

def test_fixture(gone):
    """There is a container."""

def test_exit():
    raise SystemExit(0)

def test_unknown_fixture(nobody_made_this):
    pass

@pytest.mark.needs("test_exception")
def test_after_an_error():
    pass
'''
LIBRARY = """
def check_output(command):
    assert False, f"Unexpected exit code 1 for {command}"

def wait():
    pytest.fail("gave up")
"""


def test_whatever_else_is_raised_is_our_error_and_never_the_learners(miniature: Miniature, attempt_file: Path) -> None:
    (attempt_file.parent / "library.py").write_text(f"import pytest\n{LIBRARY}", encoding="utf-8")
    place = f"import sys; sys.path.insert(0, {str(attempt_file.parent)!r})\n"
    report = grade(miniature(place + ERRORS), attempt_file)
    found = {check.id: (check.outcome.value, check.reason.split("\n")[0]) for check in report.checks}
    assert found.pop("test_after_an_error") == ("blocked", "test_exception")
    assert found.pop("test_unknown_fixture")[0] == "error"
    assert found == {
        "test_library_asserts": ("error", "AssertionError: Unexpected exit code 1 for false"),
        "test_library_fails": ("error", "Failed: gave up"),
        "test_exception": ("error", "KeyError: 'bread'"),
        "test_exception_without_a_word": ("error", "RuntimeError: no message"),
        "test_fixture": ("error", "LookupError: the container is gone"),
        "test_exit": ("error", "SystemExit: 0"),
    }
    assert report.broken


TOO_MUCH = "took more memory than a check may: what it read of a service had no end"
HANGS = """
@pytest.mark.timeout(0.3)
def test_hangs():
    import time
    time.sleep(60)

def test_next():
    pass
"""


def test_hanging_check_ends_at_its_own_limit_and_the_next_one_runs(miniature: Miniature, attempt_file: Path) -> None:
    hung, after = grade(miniature(HANGS), attempt_file).checks
    assert (hung.outcome, after.outcome) == (Outcome.ERROR, Outcome.PASSED)
    assert "took longer than its limit" in hung.reason
    assert "0.3" in hung.reason


ENDLESS = """
import subprocess, sys

def test_endless_answer():
    # never written to: the limit counts what is asked for, and to touch two gigabytes takes a busy machine long
    answer = [bytes(2**26) for _ in range(64)]

def test_endless_program():
    assert subprocess.run([sys.executable, "-c", "bytearray(3 * 2**30)"], stderr=subprocess.DEVNULL).returncode == 1

def test_next():
    assert subprocess.run(["docker", "--version"]).returncode == 0
"""


def test_what_has_no_end_takes_no_more_memory_than_a_grader_may(miniature: Miniature, attempt_file: Path) -> None:
    """A stranger's service may answer, print or hold more than the memory of whoever reviews it."""
    answer, program, after = grade(miniature(ENDLESS), attempt_file).checks
    assert (answer.outcome, answer.reason) == (Outcome.ERROR, TOO_MUCH)
    assert [program.outcome, after.outcome] == [Outcome.PASSED, Outcome.PASSED]


DEAF = """
import os, signal, time

def test_quick():
    pass

def test_deaf():
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM, signal.SIGTERM})
    os.write(int(os.environ["KIKORI_RESULTS_FD"]), b'{"kind":"result","check":{"id":"test_de')
    time.sleep(60)

def test_never():
    pass
"""


@pytest.mark.slow
def test_limit_of_the_lab_ends_a_grader_that_no_limit_of_a_check_can_end(
    miniature: Miniature, attempt_file: Path
) -> None:
    began = time.monotonic()
    report = grade(miniature(DEAF), attempt_file, limit=8)  # on a full machine a grader takes seconds to start
    assert time.monotonic() - began < 50
    assert [check.outcome.value for check in report.checks] == ["passed", "error", "error"]
    assert "did not finish" in report.checks[2].reason


LEAVES_A_CHILD = """
import subprocess, sys
from pathlib import Path

def test_child():
    child = subprocess.Popen(["sleep", "60"])
    Path("PLACE").write_text(str(child.pid))
"""


def test_nothing_that_a_grader_began_outlives_it(miniature: Miniature, attempt_file: Path) -> None:
    note = attempt_file.with_name("pid")
    grade(miniature(LEAVES_A_CHILD.replace("PLACE", str(note))), attempt_file)
    assert eventually(lambda: state_of(note.read_text()), lambda state: state in "ZX") in "ZX"


def state_of(process: str) -> str:
    """As proc(5) has it: Z for a zombie that nobody has waited for yet; X for a process that is gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0]
    except OSError:
        return "X"


DIES = """
import os

def test_first():
    pass

def test_dies():
    os._exit(0)

def test_never():
    pass
"""


def test_grader_that_dies_in_the_midst_leaves_errors_and_keeps_what_was_found(
    miniature: Miniature, attempt_file: Path
) -> None:
    report = grade(miniature(DIES), attempt_file)
    assert [check.outcome.value for check in report.checks] == ["passed", "error", "error"]
    assert "the grader died" in report.checks[1].reason
    assert (report.passed, report.broken) == (False, True)


@pytest.mark.parametrize(
    ("source", "told"),
    [("def test_x(:", "SyntaxError"), ("import no_such_module", "no_such_module"), ("import os; os._exit(0)", ""),
     ("x = 1", "no tests ran")],
    ids=["syntax error", "missing module", "dies on import", "no checks"],
)  # fmt: skip
def test_grader_that_does_not_start_is_our_fault(
    miniature: Miniature, attempt_file: Path, source: str, told: str
) -> None:
    with pytest.raises(OurFault, match="the grader did not start") as caught:
        grade(miniature(source), attempt_file)
    assert told in caught.value.message
    assert str(attempt_file.parent / "graders") in caught.value.message
    assert caught.value.exit_code is Exit.OUR_FAULT


def test_one_broken_file_beside_a_good_one_passes_nobody(miniature: Miniature, attempt_file: Path) -> None:
    report = grade(miniature("def test_good(): pass", test_broken="def test_x(:"), attempt_file)
    assert [(check.id, check.outcome.value) for check in report.checks] == [("test_good", "error")]


LOUD = """
def test_loud():
    print("x" * 300_000)
    assert 0, "y" * 200_000
"""


def test_grader_that_prints_much_is_not_held_up_by_it(miniature: Miniature, attempt_file: Path) -> None:
    began = time.monotonic()
    (check,) = grade(miniature(LOUD), attempt_file, limit=30).checks
    assert time.monotonic() - began < 15
    assert (check.outcome, len(check.reason)) == (Outcome.FAILED, 200_000)


def test_each_result_is_heard_once_and_as_it_comes(miniature: Miniature, attempt_file: Path) -> None:
    heard: list[tuple[str, Outcome]] = []
    report = grade(miniature(OUTCOMES), attempt_file, found=lambda check: heard.append((check.id, check.outcome)))
    assert heard == [(check.id, check.outcome) for check in report.checks]


SEES = '''
import os, sys
from kikori.grading import say

def test_sees(scene):
    """There is rice.

    ja: 米がある。
    """
    seen = f"{scene.params['line']} {scene.isolated} {os.getcwd()} {'xdist' in sys.modules}"
    assert 0, say(f"line {seen}", f"路線 {seen}")
'''


@pytest.mark.parametrize(
    ("lang", "title", "reason"), [("en", "There is rice.", "line 7"), ("ja", "米がある。", "路線 7")]
)
def test_title_and_reason_come_in_the_learners_language(
    miniature: Miniature, attempt_file: Path, monkeypatch: pytest.MonkeyPatch, lang: str, title: str, reason: str
) -> None:
    monkeypatch.setenv("KIKORI_LANG", lang)
    lab = miniature(SEES)
    (check,) = grade(lab, attempt_file).checks
    assert (check.title, check.reason) == (title, f"{reason} False {lab.graders} False")


def test_replay_is_told_to_the_grader(miniature: Miniature, attempt_file: Path) -> None:
    (check,) = grade(miniature(SEES), attempt_file, isolated=True).checks
    assert check.reason.startswith("line 7 True")


CHAIN = """
import pytest

def test_a(): pass
@pytest.mark.needs("test_a")
def test_b(): assert 0, "b"
@pytest.mark.needs("test_b")
def test_c(): pass
def test_d(): raise SystemExit
"""


@pytest.mark.parametrize(
    ("only", "run"),
    [
        ("test_a", ["test_a"]),
        ("test_c", ["test_a", "test_b", "test_c"]),
        ("test_x", ["test_a", "test_b", "test_c", "test_d"]),
    ],
)
def test_one_check_is_asked_with_what_it_needs(
    miniature: Miniature, attempt_file: Path, only: str, run: list[str]
) -> None:
    report = grade(miniature(CHAIN), attempt_file, only=only)
    assert [check.id for check in report.checks] == run


def test_options_of_the_learners_own_pytest_do_not_reach_the_grader(
    miniature: Miniature, attempt_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_ADDOPTS", "-k nothing --collect-only")
    assert grade(miniature("def test_a(): pass"), attempt_file).passed


def test_grading_writes_nothing_beside_the_graders(miniature: Miniature, attempt_file: Path) -> None:
    lab = miniature("def test_a(): pass")
    grade(lab, attempt_file)
    assert [path.name for path in lab.graders.rglob("*")] == ["test_mini.py"]


def test_report_says_when_and_how_long(miniature: Miniature, attempt_file: Path) -> None:
    before = time.time()
    report: Report = grade(miniature("def test_a(): pass"), attempt_file)
    assert before <= report.at <= time.time()
    assert 0 < report.checks[0].seconds < report.seconds


CHANGES_ITS_PROCESS = """
import os, sys

def test_process():
    seen = f"{os.getppid()} {hasattr(sys, 'left_by_one_before')} {os.getcwd() == os.path.dirname(__file__)}"
    sys.left_by_one_before = True
    assert 0, seen + f" {sorted({'requests', 'testinfra.modules.file'} & sys.modules.keys())}"
"""


def test_gradings_have_one_parent_that_loaded_all_before_and_share_nothing_else(
    miniature: Miniature, attempt_file: Path
) -> None:
    lab = miniature(CHANGES_ITS_PROCESS)
    first, second = (grade(lab, attempt_file).checks[0].reason for _ in range(2))
    assert first == second
    assert first.endswith("False True ['requests', 'testinfra.modules.file']")
    assert not first.startswith(f"{os.getpid()} ")


def test_grading_leaves_no_file_open(miniature: Miniature, attempt_file: Path) -> None:
    lab: Lab = miniature("def test_a(): pass")
    grade(lab, attempt_file)  # from now on the process stands that children are forked from
    before = os.listdir("/proc/self/fd")  # noqa: PTH208
    grade(lab, attempt_file)
    assert len(os.listdir("/proc/self/fd")) == len(before)  # noqa: PTH208


def test_checks_import_modules_of_the_images_that_the_lab_uses(miniature: Miniature, attempt_file: Path) -> None:
    lab = miniature("from month import judge\ndef test_month(): assert 0, judge.__file__")
    about = msgspec.structs.replace(lab.about, uses=("month",))
    (seen,) = grade(msgspec.structs.replace(lab, about=about), attempt_file).checks
    assert seen.reason == str(lab.folder.parent / "_images/month/month/judge.py")
