"""The rules of stack.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from .spoiling import LAB, Spoil, hold, look, name

pytestmark = pytest.mark.slow

FILE = f"{LAB}/stack.yaml"
STACK = """services:
  tides:
    image: kikori/first-look-web
    user: nobody
    cap_drop: [ALL]
    networks: [market]
    deploy:
      replicas: 2
      resources:
        limits: { memory: 64M, cpus: "0.2", pids: 32 }
networks:
  market: { driver: overlay, attachable: true, internal: true }
"""
SPOILS = [
    Spoil("stack-limits", FILE, ", pids: 32", "", "pids: 64", at="limits"),
    Spoil("stack-limits", FILE, "      resources:\n", "      restart_policy:\n", "limits", at="deploy:"),
    Spoil("stack-cap-drop", FILE, "    cap_drop: [ALL]\n", "", "cap_drop: [ALL]", at="tides:"),
    Spoil("stack-cap-drop", FILE, "user: nobody", "user: 0:0", "user: nobody", at="cap_drop"),
    Spoil("stack-known-keys", FILE, "    user", '    volumes: ["/:/h"]\n    user', "take volumes out", at="volumes"),
    Spoil("stack-known-keys", FILE, "services:", "secrets: {}\nservices:", "take secrets out", at="secrets"),
    Spoil("stack-networks-internal", FILE, ", internal: true", "", "internal: true", at="market"),
]


TRAP = f"{LAB}/faults/half-edit/traps/throw-the-file-away.sh"


@pytest.fixture
def stacked(content: Path) -> Path:
    """A content root whose lab has a stack."""
    (content / FILE).write_text(STACK, encoding="utf-8")
    return content


@pytest.mark.parametrize("spoil", SPOILS, ids=name)
def test_break_is_found_and_nothing_else(stacked: Path, spoil: Spoil) -> None:
    hold(stacked, spoil)


def test_lab_without_a_stack_needs_none(content: Path) -> None:
    assert look(content) == ()


def test_trap_of_a_lab_with_a_stack_may_ask_the_engine(stacked: Path) -> None:
    trap = stacked / TRAP
    text = trap.read_text(encoding="utf-8").replace("#!/bin/sh\n", "#!/bin/sh\n# service: engine\n")
    trap.write_text(text, encoding="utf-8")
    assert look(stacked) == ()
    (stacked / FILE).unlink()
    assert [one.rule for one in look(stacked)] == ["service-known"]
