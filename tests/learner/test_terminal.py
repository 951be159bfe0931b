"""At a real terminal: the shell with its trail, and the way from the last check into the explanation."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pexpect
import pytest

from kikori.attempts import Store
from kikori.model import Stage
from terminal_user import EXPLANATION, FIX, PATIENCE, Kikori

pytestmark = [pytest.mark.docker, pytest.mark.stands_on("first-look", "silent-exit")]
PROMPT = r"kikori:web.* # "


def at_terminal(*words: str, **environment: str) -> pexpect.spawn:
    argv = ["-m", "kikori", *words]
    return pexpect.spawn(
        sys.executable, argv, env=os.environ | environment, encoding="utf-8", timeout=PATIENCE, dimensions=(40, 120)
    )


def test_a_shell_notes_what_was_typed_and_how_it_ended(kikori: Kikori) -> None:
    kikori("start", "first-look")
    shell = at_terminal("shell")
    for line in ("ls /nowhere", " echo left out", "export DB_PASSWORD=hunter2", "cd /srv && pwd"):
        shell.expect(PROMPT)
        shell.sendline(line)
    shell.expect(PROMPT)
    shell.sendline("exit 5")
    shell.expect("Your trail holds")
    shell.wait()
    trail = Store().trail(Store().current())
    assert [(c.number, c.line, c.exit_code) for c in trail] == [
        (1, "ls /nowhere", 2),
        (2, "export DB_PASSWORD=***", 0),
        (3, "cd /srv && pwd", 0),
    ]


def test_the_last_check_leads_into_the_explanation(kikori: Kikori, own_places: Path) -> None:
    kikori("start", "first-look")
    kikori("break", "--fault", "missing-page")
    kikori("shell", "--", "ls", "-a", "/srv/www")
    kikori("shell", "--", "sh", "-c", FIX)
    editor = own_places / "editor"
    editor.write_text(f"#!/bin/sh\ncat > \"$1\" <<'END'\n{EXPLANATION}END\n")
    editor.chmod(0o755)
    check = at_terminal("check", VISUAL=str(editor))
    check.expect("Write down now what happened and why")
    check.sendline("y")
    check.expect("Your explanation is accepted")
    check.wait()
    assert Store().current().explained


def test_stop_asks_where_something_mended_was_never_submitted(kikori: Kikori) -> None:
    kikori("start", "first-look")
    attempt = Store().current()
    Store().move(attempt, stage=Stage.FIXED)
    stop = at_terminal("stop", "first-look")
    stop.expect("End it all the same")
    stop.sendline("n")
    stop.expect("first-look goes on")
    stop.wait()
    assert Store().current().stage is Stage.FIXED
    assert at_terminal("stop", KIKORI_SAID_YES="1").wait() == 0
    assert Store().running() == []


def test_edits_apply_and_check_can_be_cited(kikori: Kikori, own_places: Path) -> None:
    kikori("start", "silent-exit")
    file = own_places / "workspaces/silent-exit/entrypoint.sh"
    file.write_text(file.read_text() + "\n# mine\n")
    kikori("apply", "silent-exit")
    code = kikori("check", "--quick").returncode
    assert [(one.service, one.line, one.exit_code) for one in Store().trail(Store().current())] == [
        ("workspace", "# edited: entrypoint.sh", 0),
        ("kikori", "kikori apply", 0),
        ("kikori", "kikori check --quick", code),
    ]


def test_check_tells_where_a_restarted_service_is_reached_now(kikori: Kikori) -> None:
    kikori("start", "first-look")
    before = kikori("status").stdout
    said = kikori("check").stdout
    addresses = [word for word in kikori("status").stdout.split() if word.startswith("http://")]
    assert addresses
    assert all(word in said for word in addresses if word not in before)
