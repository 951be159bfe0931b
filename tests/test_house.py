"""The rules of the house, executed: layers, types, style, sizes, names, and pages written from the code."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from kikori import paths
from kikori.catalog import reference as lab_toml
from kikori.cli import reference as commands

SOURCES = sorted((paths.ROOT / "src").rglob("*.py"))
FORBIDDEN = re.compile(r"(^|_)(utils?|helpers?|common|managers?|handlers?)($|_)", re.IGNORECASE)
LONGEST_FUNCTION, MEDIAN_FUNCTION, LONGEST_MODULE = 50, 10, 250


def run(*argv: str) -> None:
    done = subprocess.run([sys.executable, "-m", *argv], cwd=paths.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_style_is_kept() -> None:
    run("ruff", "check", "src", "tests", "graders", "benchmarks")
    run("ruff", "format", "--check", "src", "tests", "graders", "benchmarks")


def test_types_hold() -> None:
    run("mypy")


def test_modules_import_only_from_below() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(lint), "--no-cache"], cwd=paths.ROOT, capture_output=True, text=True, check=False)
    assert "1 kept, 0 broken" in done.stdout, done.stdout


def functions() -> dict[str, int]:
    """The lines of every function, docstring and all."""
    found = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                found[f"{path.name}:{node.lineno} {node.name}"] = (node.end_lineno or 0) - node.lineno + 1
    return found


def test_functions_are_seen_whole() -> None:
    lengths = functions()
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION}
    assert statistics.median(lengths.values()) < MEDIAN_FUNCTION


def test_modules_are_small() -> None:
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE}


def test_names_are_the_fields_own_words() -> None:
    files = [path for path in SOURCES if FORBIDDEN.search(path.stem)]
    classes = [
        node.name
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and FORBIDDEN.search(re.sub(r"(?<!^)(?=[A-Z])", "_", node.name))
    ]
    assert not files + classes  # type: ignore[operator]


@pytest.mark.parametrize(("page", "writer"), [("cli.md", commands), ("lab-toml.md", lab_toml)])
def test_page_is_what_the_code_says(page: str, writer: ModuleType) -> None:
    typed = [sys.executable, "-m", writer.__name__]  # by itself: the order of commands is that of their first import
    said = subprocess.run(typed, capture_output=True, text=True, check=True).stdout
    assert (paths.ROOT / "docs" / page).read_text(encoding="utf-8") == said, f"{' '.join(typed)} > docs/{page}"


def test_every_command_and_option_says_what_it_does() -> None:
    page = commands.reference()
    assert "None" not in page
    for section in page.split("\n## ")[1:]:
        assert len(section.strip().splitlines()) >= 5, section


@pytest.mark.parametrize("kind", lab_toml.FORMATS)
def test_every_key_says_what_it_means(kind: type[msgspec.Struct]) -> None:
    assert not [name for name, _, meaning in lab_toml.keys(kind) if not meaning]


def test_the_lock_carries_hashes_and_no_address() -> None:
    lock = (paths.ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z0-9][^=\s]*==", lock, re.MULTILINE)
    assert len(packages) > 50
    assert "://" not in lock
    assert len(re.findall(r"^[a-z0-9].*==.*\\\n\s+--hash=sha256:", lock, re.MULTILINE)) == len(packages)


def test_commands_that_pages_show_exist() -> None:
    known = set(re.findall(r"^## kikori (.+)$", commands.reference(), re.MULTILINE))
    for page in [
        paths.ROOT / "README.md",
        *(paths.ROOT / "docs").rglob("*.md"),
        *(paths.ROOT / "courses").rglob("*.md"),
    ]:
        text = page.read_text(encoding="utf-8")
        for shown in re.findall(r"\./kikori ((?:lab |review (?=[a-z]+$))?[a-z]+(?:-[a-z]+)*)", text):
            assert shown in known, f"{page}: ./kikori {shown}"
