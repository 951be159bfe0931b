"""The board's template: what it writes, its catalogue of defects and its cheats. No engine is needed."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kikori import paths

LAB = paths.ROOT / "labs/tune-the-board"
DEFECTS = LAB / "defects"
KEYS = {"order", "rung", "where", "tool", "symptom", "hints", "fix", "gain", "invariant"}

Write = Callable[..., subprocess.CompletedProcess[str]]


def load() -> ModuleType:
    """The script that writes the board, as a module."""
    spec = importlib.util.spec_from_file_location("board_write", DEFECTS / "write.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


WRITE = load()
IDS = list(WRITE.defects())
CHEATS = list(WRITE.cheats())


def compiles(files: dict[str, str]) -> None:
    """Every Python file is one, and no mark is left in any file."""
    for name, text in files.items():
        assert not re.search(r"(#|--|//|\{#|/\*|<!--): (defect|mended|cheat|else|end|same)\b", text), name
        if name.endswith(".py"):
            compile(text, name, "exec")


def read(folder: Path) -> dict[str, str]:
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in found}


def test_the_workspace_is_what_is_written_with_nothing_mended() -> None:
    assert WRITE.texts() == read(LAB / "workspace")


def test_the_schema_is_the_one_of_the_data() -> None:
    delivered = paths.ROOT / "labs/_images/board-data/schema.sql"
    assert (LAB / "workspace/database/schema.sql").read_text("utf-8") == delivered.read_text("utf-8")


def test_every_defect_has_marks_and_a_page_in_the_catalogue() -> None:
    assert WRITE.marked("defect") == set(IDS)


def test_every_cheat_has_marks_and_a_line_in_the_catalogue() -> None:
    assert WRITE.marked("cheat") == set(CHEATS)
    assert len(CHEATS) >= 20


def test_the_ladder_has_every_rung_once() -> None:
    found = WRITE.defects()
    assert [one["order"] for one in found.values()] == list(range(1, len(found) + 1))
    rungs = [one["rung"] for one in found.values()]
    assert len(set(rungs)) == sum(rung != before for rung, before in zip(rungs, [None, *rungs], strict=False))


@pytest.mark.parametrize("name", IDS)
def test_a_defect_is_described_in_both_languages(name: str) -> None:
    one = WRITE.defects()[name]
    assert one.keys() == KEYS
    assert len(one["hints"]) == 2
    for text in (one["symptom"], one["fix"], *one["hints"]):
        both(text)
    for key in ("rung", "where", "tool", "gain", "invariant"):
        assert one[key].strip()
    assert re.search(r"\d", one["gain"]), "the gain is measured"


def both(text: dict[str, Any]) -> None:
    assert text.keys() == {"en", "ja"}
    assert text["en"].isascii()
    assert re.search("[ぁ-んァ-ヶ一-龠]", text["ja"])


@pytest.mark.parametrize("name", CHEATS)
def test_a_cheat_names_its_rule_and_changes_the_board(name: str) -> None:
    one = WRITE.cheats()[name]
    assert one.keys() == {"rule", "en"}
    assert one["rule"]
    cheating = WRITE.texts(IDS, [name])
    assert cheating != WRITE.texts(IDS)
    compiles(cheating)


@pytest.mark.parametrize("name", CHEATS)
def test_a_cheat_can_be_laid_over_the_untouched_board(name: str) -> None:
    compiles(WRITE.texts((), [name]))


@pytest.mark.parametrize("name", IDS)
def test_a_defect_mended_alone_changes_the_board(name: str) -> None:
    alone = WRITE.texts([name])
    assert alone != WRITE.texts()
    compiles(alone)


@pytest.mark.parametrize("count", range(len(IDS) + 1))
def test_each_rung_of_the_ladder_compiles(count: int) -> None:
    compiles(WRITE.texts(IDS[:count]))


def test_static_files_are_the_same_wherever_they_lie() -> None:
    mended = WRITE.texts(IDS)
    own = {name: text for name, text in mended.items() if name.startswith("app/static/")}
    assert own
    assert {name.replace("app/", "front/", 1): text for name, text in own.items()} == {
        name: text for name, text in mended.items() if name.startswith("front/static/")
    }


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Run the script as a person does."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        argv = [sys.executable, DEFECTS / "write.py", *arguments]
        return subprocess.run(argv, capture_output=True, text=True, check=False, cwd=tmp_path)

    return run


@pytest.mark.slow
def test_what_an_other_variant_left_is_taken_away(write: Write, tmp_path: Path) -> None:
    assert write("--to", "board", "--mended", "all").returncode == 0
    (tmp_path / "board/notes.txt").write_text("my own\n")
    assert write("--to", "board").returncode == 0
    assert read(tmp_path / "board") == {**WRITE.texts(), "notes.txt": "my own\n"}


def test_an_unknown_defect_is_refused_with_the_known_ones(write: Write) -> None:
    said = write("--to", "board", "--mended", "no-limits")
    assert said.returncode == 1
    assert "no defect 'no-limits'" in said.stderr
    assert "no-limit," in said.stderr


def test_the_list_names_all(write: Write) -> None:
    said = write("--list").stdout
    assert all(name in said for name in (*IDS, *CHEATS))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("#: defect a\n#: defect b\n#: end\n", "board:2: 'defect' is inside of another"),
        ("#: mended\n", "board:1: 'mended' has no beginning"),
        ("#: defect a\n#: else\n#: end\n", "board:2: 'else' has no beginning"),
        ("#: defect a\n#: mended\n#: mended\n#: end\n", "board:3: 'mended' has no beginning"),
        ("#: end\n", "board:1: 'end' has no beginning"),
        ("#: cheat\n#: end\n", "board:1: 'cheat' names nothing"),
        ("#: cheat a\n", "board: 'cheat a' has no end"),
    ],
)
def test_a_misplaced_mark_is_told_with_its_line(text: str, fault: str) -> None:
    with pytest.raises(WRITE.Misplaced, match=re.escape(fault)):
        list(WRITE.marks("board", text))


@pytest.mark.parametrize("line", ["#: end", "  --: end", "//: end", "{#: end #}", "/*: end */", "<!--: end -->"])
def test_marks_are_known_in_every_kind_of_comment(line: str) -> None:
    assert [mark for _, mark, _ in WRITE.marks("board", f"#: defect a\n{line}\n")] == [("defect", "a"), ("end", "")]
