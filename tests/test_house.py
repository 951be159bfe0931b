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
from kikori.content import reference as lab_toml
from tools import cli_reference as commands
from tools import sdk_reference

SRC = paths.ROOT / "src"
SOURCES = sorted(SRC.rglob("*.py"))
FORBIDDEN = re.compile(r"(^|_)(utils?|helpers?|common|managers?|handlers?)($|_)", re.IGNORECASE)
LONGEST_FUNCTION, MEDIAN_FUNCTION, LONGEST_MODULE = 50, 10, 400
MOST_IN_A_PACKAGE = (12, 2500)
"""Modules, and lines, of a package."""


def run(*argv: str) -> None:
    done = subprocess.run([sys.executable, "-m", *argv], cwd=paths.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_style_is_kept() -> None:
    run("ruff", "check", "src", "tests", "graders", "benchmarks", "tools")
    run("ruff", "format", "--check", "src", "tests", "graders", "benchmarks", "tools")


@pytest.mark.slow
def test_types_hold() -> None:
    run("mypy")


@pytest.mark.slow
def test_modules_import_only_from_below() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(lint), "--no-cache"], cwd=paths.ROOT, capture_output=True, text=True, check=False)
    assert "1 kept, 0 broken" in done.stdout, done.stdout


def sources(root: Path) -> dict[str, str]:
    """Read every module below a folder; its path from there is its name."""
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in sorted(root.rglob("*.py"))}


def modules(root: Path) -> dict[str, int]:
    """Count the lines of every module."""
    return {name: len(text.splitlines()) for name, text in sources(root).items()}


def functions(root: Path) -> dict[str, int]:
    """Count the lines of every function, nested and async ones too."""
    return {
        f"{name}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for name, text in sources(root).items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def over(limit: int, lengths: dict[str, int]) -> dict[str, int]:
    """Pick what is longer than allowed."""
    return {name: lines for name, lines in lengths.items() if lines > limit}


@pytest.mark.slow
def test_functions_are_seen_whole() -> None:
    lengths = functions(SRC)
    assert not over(LONGEST_FUNCTION, lengths)
    assert statistics.median(lengths.values()) < MEDIAN_FUNCTION


def test_modules_are_small() -> None:
    lengths = modules(SRC)
    assert len(lengths) == len(SOURCES)
    assert not over(LONGEST_MODULE, lengths)


def packages(root: Path) -> dict[str, tuple[int, int]]:
    """Count the modules and lines of every package, those below it apart."""
    found: dict[str, tuple[int, int]] = {}
    for name, lines in modules(root).items():
        package, _, module = name.rpartition("/")
        count, sum_of_lines = found.get(package, (0, 0))
        found[package] = (count + (module != "__init__.py"), sum_of_lines + lines)
    return found


def test_packages_are_small() -> None:
    sizes = packages(SRC)
    most, lines = MOST_IN_A_PACKAGE
    assert not {name: size for name, size in sizes.items() if size[0] > most or size[1] > lines}


def test_a_package_with_too_much_in_it_is_found(tmp_path: Path) -> None:
    for number in range(3):
        write(tmp_path / f"many/part{number}.py", "pass\n" * 10)
    write(tmp_path / "many/__init__.py", "pass\n")
    write(tmp_path / "many/below/one.py", "pass\n")
    assert packages(tmp_path) == {"many": (3, 31), "many/below": (1, 1)}


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_modules_of_one_name_are_each_measured(tmp_path: Path) -> None:
    write(tmp_path / "first/run.py", "pass\n" * (LONGEST_MODULE + 1))
    write(tmp_path / "second/run.py", "pass\n")
    assert modules(tmp_path) == {"first/run.py": LONGEST_MODULE + 1, "second/run.py": 1}
    assert list(over(LONGEST_MODULE, modules(tmp_path))) == ["first/run.py"]


def test_functions_in_modules_of_one_name_are_each_measured(tmp_path: Path) -> None:
    for folder in ("first", "second"):
        write(tmp_path / folder / "run.py", "def run():\n    pass\n")
    assert functions(tmp_path) == {"first/run.py:1 run": 2, "second/run.py:1 run": 2}


@pytest.mark.parametrize("kind", ["def", "async def"])
def test_a_long_function_is_found_inside_another(tmp_path: Path, kind: str) -> None:
    body = "        pass\n" * LONGEST_FUNCTION
    write(tmp_path / "run.py", f"def outer():\n    {kind} inner():\n{body}")
    assert set(over(LONGEST_FUNCTION, functions(tmp_path))) == {"run.py:1 outer", "run.py:2 inner"}


@pytest.mark.slow
def test_names_are_the_fields_own_words() -> None:
    files = [path for path in SOURCES if FORBIDDEN.search(path.stem)]
    classes = [
        node.name
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and FORBIDDEN.search(re.sub(r"(?<!^)(?=[A-Z])", "_", node.name))
    ]
    assert not files + classes  # type: ignore[operator]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "writer"), [("cli.md", commands), ("lab-toml.md", lab_toml), ("sdk.md", sdk_reference)]
)
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


def test_commands_that_pages_show_exist() -> None:
    known = set(re.findall(r"^## kikori (.+)$", commands.reference(), re.MULTILINE))
    for page in [
        paths.ROOT / "README.md",
        *(paths.ROOT / "docs").rglob("*.md"),
        *(paths.ROOT / "courses").rglob("*.md"),
    ]:
        text = page.read_text(encoding="utf-8")
        for shown in re.findall(
            r"\./kikori ((?:lab |incident |fault |quiz |site |review (?=[a-z]+$))?[a-z]+(?:-[a-z]+)*)", text
        ):
            assert shown in known, f"{page}: ./kikori {shown}"


@pytest.mark.parametrize("page", sorted(path.name for path in (paths.ROOT / "docs").glob("*.md")))
def test_files_that_a_page_names_are_there(page: str) -> None:
    named = re.findall(
        r"`((?:[a-z_]+/)*[a-z_]+\.py|(?:[a-z_]+/)+)`", (paths.ROOT / "docs" / page).read_text(encoding="utf-8")
    )
    places = [SRC / "kikori", paths.ROOT, paths.ROOT / "tests"]
    missing = [name for name in named if "/" in name and not any((place / name).exists() for place in places)]
    assert not missing, page


def test_nobody_reads_what_the_sdk_may_lose() -> None:
    """``exec_run`` loses the output of one execution in a hundred (tests/said_in.py)."""
    places = [path for part in ("src", "tests", "graders") for path in (paths.ROOT / part).rglob("*.py")]
    read = [
        path
        for path in places
        if re.search(r"exec_run\((?:[^()]|\([^()]*\))*\)\.output", path.read_text(encoding="utf-8"))
    ]
    assert [path for path in read if path.name != "test_house.py"] == []
