"""What panels say exists in both languages, and every word that a script asks for is there."""

from __future__ import annotations

import json
import re

from kikori.attempts.rounds import Result
from kikori.model import Kind, Stage
from kikori.panel.app import STATIC
from kikori.panel.commands import ACTIONS

WORDS = json.loads((STATIC / "words.json").read_text(encoding="utf-8"))
SCRIPTS = [path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.js"))]


def test_both_languages_have_the_same_words() -> None:
    assert set(WORDS["en"]) == set(WORDS["ja"])
    assert all(text.strip() for lang in WORDS.values() for text in lang.values())


def test_every_word_that_a_script_names_is_there() -> None:
    named = {name for script in SCRIPTS for name in re.findall(r'say\("([a-z-]+)"\)', script)}
    assert named
    assert named <= set(WORDS["en"])


def test_every_stage_and_every_end_of_a_command_has_words() -> None:
    assert {f"stage-{stage}" for stage in Stage} <= set(WORDS["en"])
    assert {f"did-{name}" for name in ACTIONS if name != "check"} <= set(WORDS["en"])


def test_every_button_is_an_action() -> None:
    (buttons,) = re.findall(r"const BUTTONS = \[(.*?)\];", "\n".join(SCRIPTS), re.DOTALL)
    named = set(re.findall(r'"([a-z]+)"', buttons))
    assert named <= set(ACTIONS)
    assert {f"do-{name}" for name in named} <= set(WORDS["en"])


def test_every_tab_and_every_step_of_the_workbench_has_words() -> None:
    whole = "\n".join(SCRIPTS)
    (tabs,) = re.findall(r"const TABS = \[(.*?)\];", whole)
    (steps,) = re.findall(r"return \[(\"start\", \"healthy\".*)\];", whole)
    (notes,) = re.findall(r"fromEntries\(\[([^]]*)\]\.map\(\(name\) => \[name, el\(\"p\", \{ class: \"note\" \}", whole)
    named = {
        *(f"tab-{name}" for name in re.findall(r'"(\w+)"', tabs)),
        *(f"step-{name}" for name in re.findall(r'"(\w+)"', steps) if name != "fix"),
        *(f"step-{kind}" for kind in Kind),
        *(f"note-{name}" for name in re.findall(r'"(\w+)"', notes)),
    }
    assert len(named) > 20
    assert named <= set(WORDS["en"])


def test_every_result_and_column_of_a_round_has_words() -> None:
    assert {f"result-{result.replace(' ', '-')}" for result in Result} <= set(WORDS["en"])
    (columns,) = re.findall(r"const COLUMNS = \{(.*?)\n\};", "\n".join(SCRIPTS), re.DOTALL)
    assert {f"column-{name}" for name in re.findall(r"^  (\w+):", columns, re.MULTILINE)} == {
        name for name in WORDS["en"] if name.startswith("column-")
    }
