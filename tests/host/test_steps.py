import os
import re
import subprocess
import sys

import pexpect
import pytest

from kikori.errors import EnvironmentProblem
from kikori.host import steps
from terminal_user import PATIENCE

SHOW = """
import time
from kikori.host.steps import step
with step("building [red]one[/]") as note:
    for line in {lines!r}:
        note(line)
        time.sleep(0.25)
"""
PLAIN = """
import sys
from kikori.host.steps import run
run("counting", ["echo", "one"], "")
print([name for name in sys.modules if name.startswith("rich")])
"""


def on_terminal(*lines, width=100):
    environment = os.environ | {"TERM": "xterm-256color"}
    script = ["-c", SHOW.format(lines=lines)]
    shown = pexpect.spawn(
        sys.executable, script, dimensions=(20, width), encoding="utf-8", env=environment, timeout=PATIENCE
    )
    shown.expect(pexpect.EOF)
    return shown.before


def plain(text):
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text).replace("\r", "\n").splitlines()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("#7 [2/5] RUN apt-get update", 0.4),
        ("#9 [web 5/5] COPY . /", 1.0),
        ("#9 [stage-1  1/10] FROM debian", 0.1),
        ("Progress: [ 55%]", 0.55),
        ("12.5% done", 0.12),
        ("[internal] load build definition", None),
        ("Get:1 trixie/main amd64 3/4 of it", None),
        ("[0/0]", None),
        ("[7/5]", None),
        ("420% faster", None),
        ("", None),
    ],
)
def test_how_far_a_line_says_it_is(line, expected):
    assert steps.fraction(line) == expected


def test_plain_lines_where_stderr_is_no_terminal(capsys):
    with steps.step("counting") as note:
        note("[1/2]")
    told = capsys.readouterr()
    assert told.out == ""
    assert re.fullmatch(r"kikori: counting …\nkikori: counting: \d\.\d s\n", told.err)


def test_a_step_that_fails_is_not_reported_as_done(capsys):
    with pytest.raises(ValueError, match="no"), steps.step("counting"):
        raise ValueError("no")
    assert "counting:" not in capsys.readouterr().err


@pytest.mark.slow
def test_a_bar_with_title_time_and_newest_line_on_a_terminal():
    told = on_terminal("reading the first", "reading the second")
    lines = plain(told)
    shown = [line for line in lines if "━" in line]
    assert any(re.search(r"kikori: building \[red\]one\[/\] ━{20} 0:00:00 reading the first", line) for line in shown)
    assert "reading the second" in shown[-1]
    last = [line for line in lines if line.strip()][-1]
    assert re.fullmatch(r"kikori: building \[red\]one\[/\]: \d\.\d s", last)
    assert re.search(r"\x1b\[1A\x1b\[2Kkikori: building \S+: \d", told), "the bar is gone, the time stays"


@pytest.mark.slow
def test_the_bar_follows_the_fraction_and_keeps_it():
    told = on_terminal("#5 [app 1/4] FROM", "#6 [app 2/4] RUN", "#6 a line without one").split("\r")
    seen = {mark: _cells(next(line for line in told if mark in line)) for mark in ("1/4", "2/4", "without")}
    assert seen == {"1/4": 5, "2/4": 10, "without": 10}


def _cells(line):
    """The full cells of the bar: those in its first colour."""
    return len(re.search(r"\x1b\[[0-9;]+m(━+)", line)[1])


@pytest.mark.slow
def test_a_line_of_output_can_neither_wrap_nor_colour_the_bar():
    told = on_terminal("\x1b[31mred" + "x" * 300, width=80)
    shown = [line for line in plain(told) if "red" in line]
    assert shown
    assert all(len(line) <= 80 for line in shown)
    assert "\x1b[31mred" not in told


def test_running_a_command_without_importing_what_only_a_terminal_needs():
    done = subprocess.run([sys.executable, "-c", PLAIN], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
    assert "kikori: counting: " in done.stderr


def test_a_command_that_fails_says_its_last_lines(capsys):
    script = "for line in 1 2 3 4 5 6 7; do echo $line; done; exit 3"
    with pytest.raises(EnvironmentProblem) as caught:
        steps.run("counting", ["sh", "-c", script], "count again")
    assert caught.value.message == "counting failed: 3\n4\n5\n6\n7"
    assert caught.value.hint == "count again"
    assert "counting:" not in capsys.readouterr().err


def test_a_command_that_fails_in_silence():
    with pytest.raises(EnvironmentProblem, match="it said nothing"):
        steps.run("counting", ["false"], "")


def test_a_full_disk_is_named():
    with pytest.raises(EnvironmentProblem, match="no space left on the disk") as caught:
        steps.run("writing", ["sh", "-c", "echo 'tar: write: No space left on device'; exit 1"], "try again")
    assert "df -h" in caught.value.hint


def test_a_command_that_is_not_there():
    with pytest.raises(EnvironmentProblem, match="kikori-no-such could not be run"):
        steps.run("counting", ["kikori-no-such"], "")


def test_output_that_is_no_text_does_no_harm():
    steps.run("reading", ["printf", r"\377\n"], "")


def test_a_command_gets_no_input():
    script = """from kikori.host.steps import run; run("reading", ["sh", "-c", "! read line"], "")"""
    subprocess.run([sys.executable, "-c", script], input=b"an answer to somebody else\n", check=True)
