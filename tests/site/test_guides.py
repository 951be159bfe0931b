"""What the guides say by hand is held against what is generated from the code."""

import re
import tomllib

import pytest

from kikori import paths

DOCS = paths.ROOT / "docs"


def commands() -> set[str]:
    """The commands of the generated reference."""
    return set(re.findall(r"^## kikori ([a-z]+)", (DOCS / "cli.md").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("page", ["learner.md", "learner.ja.md"])
def test_the_learners_guide_lists_every_command(page: str) -> None:
    rows = re.findall(r"^\| (`[a-z].*?) \|", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE)
    listed = {name for row in rows for name in re.findall(r"`([a-z]+)[^`]*`", row)}
    assert commands() <= listed, f"missing: {commands() - listed}"


@pytest.mark.parametrize("page", ["learner.md", "learner.ja.md", "instructor.md", "instructor.ja.md"])
def test_the_guides_name_no_command_that_is_not_there(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    assert set(re.findall(r"\./kikori ([a-z]+)", text)) <= commands()


@pytest.mark.parametrize("page", ["architecture.md", "architecture.ja.md"])
def test_the_architecture_shows_the_layers_that_are_checked(page: str) -> None:
    parts = (DOCS / page).read_text(encoding="utf-8").split("\n## ")
    (layered,) = [part for part in parts if "| `cli` |" in part]
    rows = re.findall(r"^\| (`[a-z].*?) \|", layered, re.MULTILINE)
    project = tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = project["tool"]["importlinter"]["contracts"]
    layers = [set(re.findall("[a-z_]+", layer)) for layer in contract["layers"]]
    assert [set(re.findall(r"`([a-z_]+)`", row)) for row in rows] == layers
