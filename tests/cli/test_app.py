"""Every problem ends as one sentence, the next command and an exit code; no traceback reaches a learner."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from kikori import __version__
from kikori.attempts import Store
from kikori.cli import registry
from kikori.cli.app import app
from kikori.model import Stage
from terminal_user import Kikori, heed_interrupts

from .conftest import Kept

pytestmark = pytest.mark.slow


def names() -> list[str]:
    """Every command, those of groups with the group's name in front."""
    registry.load()
    top = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    return [" ".join(part) for name, one in top.items() for part in [(name,), *((name, n) for n in _below(one))]]


def _below(command: object) -> list[str]:
    return list(getattr(command, "commands", {}))


def test_help_lists_every_command(kikori: Kikori) -> None:
    said = kikori("--help")
    assert said.returncode == 0
    listed = {line.split()[0] for line in said.stdout.split("Commands:")[1].splitlines() if line.strip()}
    assert listed == {name.split()[0] for name in names()}


def test_every_command_has_json_and_lang_and_says_what_it_does() -> None:
    registry.load()
    top = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    single = [one for group in top.values() for one in getattr(group, "commands", {"": group}).values()]
    assert len(single) >= 20
    for one in single:
        assert {"--json", "--lang"} <= {option for param in one.params for option in param.opts}
        assert one.help


def test_version(kikori: Kikori) -> None:
    assert kikori("--version").stdout == f"kikori {__version__}\n"


def test_unknown_command_is_told_with_the_nearest_one(kikori: Kikori) -> None:
    said = kikori("strat", "first-look")
    assert said.returncode == 2
    assert "Did you mean 'start'" in said.stderr


def test_unknown_option_is_wrong_usage(kikori: Kikori) -> None:
    said = kikori("list", "--all-of-them")
    assert said.returncode == 2
    assert "--all-of-them" in said.stderr


def test_unknown_lab_is_told_with_the_nearest_one(kikori: Kikori) -> None:
    said = kikori("start", "frist-look")
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr == "kikori: There is no lab called 'frist-look'.\n  → Did you mean 'first-look'?\n"


def test_problem_is_also_told_as_json_alone_on_the_output(kikori: Kikori) -> None:
    said = kikori("start", "frist-look", "--json")
    assert said.returncode == 2
    assert json.loads(said.stdout) == {
        "error": {"message": "There is no lab called 'frist-look'.", "hint": "Did you mean 'first-look'?"}
    }
    assert "kikori: There is no lab" in said.stderr


def test_next_command_is_told_as_this_person_types_it(kikori: Kikori, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIKORI_COMMAND", "~/git/kikori/kikori")
    said = kikori("hint", "--json")
    assert json.loads(said.stdout)["error"]["hint"] == "~/git/kikori/kikori start first-look"
    assert "→ ~/git/kikori/kikori start first-look" in said.stderr


@pytest.mark.parametrize("lang", ["xx", "JA", ""])
def test_language_that_kikori_does_not_speak_is_refused(kikori: Kikori, lang: str) -> None:
    said = kikori("list", "--lang", lang)
    assert said.returncode == 2
    assert "Kikori speaks en and ja" in said.stderr


def test_language_of_the_option_is_stronger_than_the_environments(kikori: Kikori) -> None:
    titles = {row["id"]: row["title"] for row in json.loads(kikori("list", "--lang", "ja", "--json").stdout)["labs"]}
    assert titles["first-look"] == "はじめの一歩"


def test_content_folder_that_is_not_there_is_wrong_usage(kikori: Kikori) -> None:
    said = kikori("list", "--content", "/nowhere/at/all")
    assert said.returncode == 2
    assert "--content /nowhere/at/all: there is no such folder" in said.stderr


@pytest.mark.parametrize("host", ["unix:///nowhere/docker.sock", "tcp://127.0.0.1:1"])
def test_engine_that_does_not_answer(kikori: Kikori, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("DOCKER_HOST", host)
    said = kikori("start", "first-look")
    assert (said.returncode, said.stdout) == (3, "")
    assert said.stderr.startswith(f"kikori: The Docker engine at {host} does not answer\n  → ")
    assert Store().all() == []


@pytest.mark.parametrize("command", ["status", "check", "break", "pause", "stop", "reset", "shell"])
def test_engine_that_has_gone_since(kikori: Kikori, kept: Kept, command: str) -> None:
    before = kept()
    said = kikori(command)
    assert said.returncode == 3
    assert "does not answer" in said.stderr
    assert Store().all() == [before]


def test_state_folder_that_can_not_be_made(kikori: Kikori, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    said = kikori("start", "first-look")
    assert said.returncode == 3
    assert "Traceback" not in said.stderr


def test_log_that_can_not_be_written(kikori: Kikori, kept: Kept) -> None:
    kept(stage=Stage.FIXED, explained=True)
    log = Store().folder("first-look-00000a") / "events.jsonl"
    log.mkdir()
    said = kikori("debrief")
    assert said.returncode == 3
    assert said.stderr == f"kikori: {log}: Is a directory\n  → ./kikori doctor\n"


@pytest.fixture
def broken_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Content that nobody has thought of: a lab.toml nested deeper than Python reads."""
    (tmp_path / "content" / "labs" / "deep").mkdir(parents=True)
    (tmp_path / "content" / "labs" / "deep" / "lab.toml").write_text("x = " + "[" * 5000, encoding="ascii")
    monkeypatch.setenv("KIKORI_CONTENT", str(tmp_path / "content"))


@pytest.mark.usefixtures("broken_content")
def test_exception_that_nobody_expected_is_our_fault_and_its_traceback_is_in_a_file(
    kikori: Kikori, own_places: Path
) -> None:
    said = kikori("list")
    log = own_places / "state" / "kikori" / "last-error.log"
    assert (said.returncode, said.stdout) == (4, "")
    assert said.stderr == f"kikori: Kikori itself failed; this is our fault, not yours.\n  → less {log}\n"
    assert log.read_text(encoding="utf-8").startswith("Traceback")
    assert "RecursionError" in log.read_text(encoding="utf-8")


@pytest.mark.usefixtures("broken_content")
def test_exception_with_no_place_for_its_traceback_is_still_one_sentence(
    kikori: Kikori, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    said = kikori("list")
    assert said.returncode == 4
    assert len(said.stderr.splitlines()) == 2


def test_reader_that_goes_away_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    argv = [sys.executable, "-m", "kikori", "list", "--json"]
    done = subprocess.run(argv, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.timeout(30)  # a command that never opens the pipe would hold the test up for ever
def test_interrupted_command_says_how_to_go_on(kept: Kept, tmp_path: Path) -> None:
    kept(stage=Stage.FIXED)
    pipe = tmp_path / "explanation"
    os.mkfifo(pipe)
    argv = [sys.executable, "-m", "kikori", "explain", "--file", str(pipe)]
    process = subprocess.Popen(
        argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=heed_interrupts
    )
    try:
        with pipe.open("w", encoding="utf-8"):  # opens once the command reads
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=20)
    finally:
        process.kill()
    assert (process.returncode, said) == (130, "kikori: Stopped.\n  → ./kikori status\n")


def test_usage_error_is_data_where_that_was_asked_for(kikori: Kikori) -> None:
    said = kikori("check", "--nowhere", "--json")
    assert said.returncode == 2
    assert json.loads(said.stdout)["error"]["message"] == "No such option: --nowhere"
    assert "No such option" in said.stderr


def test_json_of_another_program_is_not_ours(kikori: Kikori) -> None:
    assert kikori("shell", "--", "jq", "--json").stdout == ""


def test_reader_that_has_gone_is_no_failure() -> None:
    """A pipe with no reader, from the start: ``kikori list | head -0``."""
    for words in (["list"], ["list", "--json"]):
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run(
            [sys.executable, "-m", "kikori", *words], stdout=writer, stderr=subprocess.PIPE, check=False
        )
        os.close(writer)
        assert (done.returncode, done.stderr) == (0, b"")
