"""The rules of a lab in its course: module, minutes, prompts, parameters."""

from __future__ import annotations

from pathlib import Path

import pytest

from .spoiling import LAB, Spoil, hold, look, name

TOML = f"{LAB}/lab.toml"
COMPOSE = f"{LAB}/compose.yaml"

SPOILS = [
    Spoil(
        "module-there",
        TOML,
        'module = "how-to-learn"',
        'module = "how-to-lern"',
        "start-here/how-to-learn",
        at="how-to-lern",
    ),
    Spoil(
        "module-there", TOML, 'course = "start-here"', 'course = "elsewhere"', "start-here/how-to-learn", at="module"
    ),
    Spoil("minutes-sensible", TOML, "minutes = 30", "minutes = 3", "steps of 5", at="minutes"),
    Spoil("minutes-sensible", TOML, "minutes = 30", "minutes = 12", "steps of 5", at="minutes"),
    Spoil("minutes-sensible", TOML, "minutes = 30", "minutes = 480", "steps of 5", at="minutes"),
    Spoil(
        "prompt-asks-for-evidence",
        TOML,
        "Cite it by its number in the trail, such as [#2].",
        "",
        "Cite it",
        at="[[prompts]]",
    ),
    Spoil(
        "prompt-asks-for-evidence", TOML, "操作の記録の番号を [#2] のように引用すること。", "", "引用", at="[[prompts]]"
    ),
    Spoil("prompt-ids-differ", TOML, 'id = "why"', 'id = "seen"', "name of its own", at='id = "seen"'),
    Spoil("params-used", TOML, "[params]", "[params]\nspare = { range = [1, 2] }", "${KIKORI_SPARE}", at="spare"),
]


@pytest.mark.slow
@pytest.mark.parametrize("spoil", SPOILS, ids=name)
def test_break_is_found_and_nothing_else(content: Path, spoil: Spoil) -> None:
    hold(content, spoil)


def test_one_prompt_is_too_few(content: Path, lab: Path) -> None:
    toml = lab / "lab.toml"
    before, *prompts, last = toml.read_text(encoding="utf-8").split("[[prompts]]")
    faults = last[last.index("[faults.") :]
    toml.write_text(f"{before}[[prompts]]{prompts[1]}\n{faults}", encoding="utf-8")
    (one,) = look(content)
    assert (one.rule, one.file) == ("two-prompts", str(toml))
    assert "what users saw" in one.fix


def test_module_says_the_most_minutes(content: Path) -> None:
    file = content / "courses/start-here/how-to-learn/module.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    changed = ["practice = 5" if line.startswith("practice") else line for line in lines]
    file.write_text("\n".join(changed), encoding="utf-8")
    (one,) = look(content)
    assert (one.rule, one.fix) == ("minutes-sensible", "write 5 to 5, in steps of 5")


def test_course_that_can_not_be_read_is_a_finding(content: Path) -> None:
    file = content / "courses/start-here/course.toml"
    file.write_text("order = 1\n", encoding="utf-8")
    assert [(one.rule, one.lab) for one in look(content)] == [("contract", ""), ("module-there", "first-look")]
