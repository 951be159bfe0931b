"""docs/sdk.md: what graders are written with, each with what it says of itself and a line of a grader that uses it.

python -m tools.sdk_reference > docs/sdk.md
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from kikori import grading, paths

HEAD = """# What graders are written with

`kikori.grading`, version {version}. Each name with its parameters, what it says of itself, and a line of a grader that
uses it. [The author's guide](author.md) shows them at work; this page is generated from the code.
"""
PLACES = ("graders", "labs/_models", "tests/grading")
"""Where examples are looked for, the best first."""


def page() -> str:
    """Write the page in Markdown."""
    parts = [HEAD.format(version=grading.VERSION)]
    for name in sorted(grading.__all__, key=str.lower):
        thing = getattr(grading, name)
        parts.append(f"## {name}\n")
        parts.append(_told(name, thing))
        if inspect.isclass(thing):
            parts.append(_members(name, thing))
        if line := example(name):
            parts.append(f"```text\n{line}\n```\n")
    return "\n".join(part for part in parts if part)


def example(name: str) -> str:
    """Find the shortest line of a grader that uses a name, and is whole in itself."""
    for place in PLACES:
        if line := _example(name, paths.ROOT / place):
            return line
    return ""


def _example(name: str, folder: Path) -> str:
    wanted = re.compile(rf"(?<![\w.]){name}\b")
    found = set[str]()
    for file in sorted(folder.rglob("*.py")):
        for line in map(str.strip, file.read_text(encoding="utf-8").splitlines()):
            if wanted.search(line) and not line.startswith(("from ", "import ", "#", '"', "@")) and _is_whole(line):
                found.add(line)
    called = [line for line in found if re.search(rf"(?<![\w.]){name}[(.]", line)]
    return min(called or found, key=lambda line: (len(line), line), default="")


def _is_whole(line: str) -> bool:
    closed = all(line.count(opening) == line.count(closing) for opening, closing in ("()", "[]", "{}"))
    return closed and not line.endswith("=")


def _told(name: str, thing: object) -> str:
    if not callable(thing):
        return f"`{thing!r}`\n"
    about = re.sub(r"^Raises:$", "Raises:\n", inspect.getdoc(thing) or "", flags=re.MULTILINE)
    about = re.sub(r"^    (\w+): ", r"- `\1`: ", about, flags=re.MULTILINE)
    return f"```text\n{name}{_signature(thing)}\n```\n\n{about}\n"


def _signature(thing: object) -> str:
    try:
        return str(inspect.signature(thing)).replace("'", "")  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return ""


def members(kind: type) -> list[tuple[str, object]]:
    """List what Kikori gives a class: no attribute that Python's own classes have."""
    own = {part for base in kind.__mro__ if base.__module__.startswith("kikori") for part in vars(base)}
    static = ((part, inspect.getattr_static(kind, part)) for part in sorted(own) if not part.startswith("_"))
    return [(part, getattr(kind, part) if isinstance(one, classmethod | staticmethod) else one) for part, one in static]


def _members(name: str, kind: type) -> str:
    rows = []
    for part, member in members(kind):
        is_told = callable(member) or isinstance(member, property)
        about = (inspect.getdoc(member) or "").split("\n")[0] if is_told else ""
        call = f"({', '.join(_parameters(member))})" if callable(member) else ""
        rows.append(f"| `{part}{call}` | {about} |")
    return "| attribute | |\n|---|---|\n" + "\n".join(rows) + "\n" if rows else ""


def _parameters(member: object) -> list[str]:
    return [one for one in inspect.signature(member).parameters if one != "self"]  # type: ignore[arg-type]


if __name__ == "__main__":
    print(page(), end="")
