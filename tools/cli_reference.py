"""docs/cli.md, written from the commands themselves: ``python -m tools.cli_reference > docs/cli.md``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from kikori.cli import registry
from kikori.cli.app import app
from kikori.errors import Exit

HEAD = """# Commands

Every command takes `--json` (the result as JSON on the standard output; progress stays on the standard error) and
`--lang en|ja`. `--content DIR`, as often as you like, or KIKORI_CONTENT adds courses and labs of your own.
With one attempt running, no command needs the lab's name.

| exit code | means |
|---|---|
"""
EXITS = {
    Exit.DONE: "done, or all checks passed",
    Exit.CHECK_FAILED: "a check failed",
    Exit.USAGE: "wrong usage",
    Exit.ENVIRONMENT: "the environment: Docker, a port, the disk, or too busy to say",
    Exit.OUR_FAULT: "our own fault, or a broken grader",
}


def reference() -> str:
    """The page: every command with its arguments and options, in the order of help."""
    registry.load()
    rows = [f"| {code.value} | {meaning} |" for code, meaning in EXITS.items()]
    root: Any = typer.main.get_command(app)
    return HEAD + "\n".join(rows) + "\n\n" + "\n".join(_sections(root, "kikori"))


def _sections(group: Any, path: str) -> Iterator[str]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _sections(command, f"{path} {name}")
        elif name == getattr(group, "default", ""):  # the word may be left out
            yield from _section(command, path)
        else:
            yield from _section(command, f"{path} {name}")


def _section(command: Any, path: str) -> Iterator[str]:
    shown = [p for p in command.params if p.name not in ("json", "lang", "content", "help")]
    words = " ".join(_usage(parameter) for parameter in shown)
    yield f"## {path}\n"
    yield f"`{f'{path} {words}'.strip()}`\n"
    yield f"{command.help}\n"
    rows = [
        f"- `{_usage(parameter).strip('[]')}`: {parameter.help}"
        for parameter in shown
        if getattr(parameter, "help", None)
    ]
    if rows:
        yield "\n".join(rows) + "\n"


def _usage(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        name = parameter.metavar or parameter.name.upper()
        name = f"{name}..." if parameter.nargs == -1 and "..." not in name else name
        return name if parameter.required or name.startswith("[") else f"[{name}]"
    value = "" if getattr(parameter, "is_flag", False) else f" {parameter.metavar or 'VALUE'}"
    option = f"{parameter.opts[0]}{value}"
    return option if parameter.required else f"[{option}]"


if __name__ == "__main__":
    print(reference(), end="")
