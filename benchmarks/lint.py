"""How long `kikori lab lint` takes for forty labs, beside shellcheck alone on the same scripts.

``.venv/bin/python benchmarks/lint.py`` copies first-look forty times and prints a Markdown table of medians.
"""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kikori import paths
from kikori.content import Catalog
from kikori.lint import lint

LABS = 40
SHARED = ("labs/_images/server", "courses/start-here")
TIMES = 7


def copies(root: Path) -> None:
    """Forty labs that keep every rule, each with an id of its own."""
    for part in SHARED:
        shutil.copytree(paths.ROOT / part, root / part)
    for number in range(LABS):
        name = f"look-{number}"
        for part in ("labs", "graders"):
            shutil.copytree(paths.ROOT / part / "first-look", root / part / name)
        compose = root / "labs" / name / "compose.yaml"
        compose.write_text(compose.read_text(encoding="utf-8").replace("kikori/first-look", f"kikori/{name}"))


def took(work: Callable[[], object]) -> float:
    """The median seconds of a piece of work."""
    spent = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent)


def main() -> None:
    """Print how long each part takes."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        copies(root)
        found = lint(Catalog([root]), tool=None)
        assert len(found.labs) == LABS, found.labs
        assert not found.findings, found.findings
        scripts = [str(path) for path in sorted(root.glob("labs/*/**/*.sh"))]
        for number, path in enumerate(scripts):
            with Path(path).open("a", encoding="utf-8") as script:
                script.write(f"# {number}\n")  # no two scripts are alike, as in real labs
        command = [str(paths.ROOT / "kikori"), "lab", "lint", *found.labs]
        environment = os.environ | {"KIKORI_CONTENT": folder, "XDG_STATE_HOME": f"{folder}/state"}

        def afresh() -> object:
            shutil.rmtree(f"{folder}/state", ignore_errors=True)
            return rows["`kikori lab lint` again"]()

        rows: dict[str, Callable[[], object]] = {
            "the rules alone": lambda: lint(Catalog([root]), tool=None),
            "`kikori lab lint`, every script new": afresh,
            "`kikori lab lint` again": lambda: subprocess.run(
                command, env=environment, check=True, capture_output=True
            ),
        }
        if tool := shutil.which("shellcheck"):
            rows["shellcheck alone"] = lambda: subprocess.run([tool, *scripts], check=True, capture_output=True)
        print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
        print(f"| {LABS} labs, {len(scripts)} scripts, {found.rules} rules | s |\n|---|---|")
        for what, work in rows.items():
            print(f"| {what} | {took(work):.2f} |", flush=True)


if __name__ == "__main__":
    main()
