"""What the parser of the command line says by itself, help and usage, in the learner's language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import typer

from kikori.cli import text
from kikori.settings import language
from kikori.visible_text import width

NEVER_FIRST = "、。，．）」』】：；？！ー"
"""What no line begins with."""
PIECES = re.compile(r"\s+|[!-~]+|.", re.DOTALL)
"""A blank, a word of Latin letters, or one letter of Japanese, after each of which a line may end."""
EXTRAS = re.compile(r"(.*?)(?:  \[(?P<extras>[^\]]*)\])?", re.DOTALL)
"""The help of an option, and what the parser says of it by itself."""
USAGE, HEADS = "Usage", ("Options", "Arguments", "Commands")

Formatter: Any = typer.Context.formatter_class


class InJapanese(Formatter):  # type: ignore[misc]  # typer has it, and exports it by its user alone
    """Lays help out in Japanese, in columns as wide as its letters."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows a command's form."""
        super().write_usage(prog, args, f"{text.own(USAGE)}: " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write what a list is of."""
        super().write_heading(text.own(heading))

    def write_text(self, text: str) -> None:
        """Write a paragraph."""
        indent = " " * self.current_indent
        self.write("".join(f"{indent}{line}\n" for line in wrapped(text, self.width - len(indent))))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write names, each with what it is."""
        column = min(max(width(first) for first, _ in rows), col_max) + col_spacing
        indent = " " * self.current_indent
        for first, second in rows:
            lines = wrapped(_with_extras(second), max(self.width - column - 2, 10))
            gap = " " * (column - width(first)) if width(first) <= column - col_spacing else f"\n{indent}{' ' * column}"
            self.write(f"{indent}{first}{gap}" + f"\n{indent}{' ' * column}".join(lines) + "\n")


def _with_extras(told: str) -> str:
    found = EXTRAS.fullmatch(told)
    if found is None or found["extras"] is None:
        return text.own(told)
    extras = "、".join(text.own(one) for one in found["extras"].split("; "))
    return f"{text.own(found[1])}（{extras}）"


def wrapped(told: str, most: int) -> list[str]:
    """Break a text into lines of at most so many columns, where Japanese may be broken."""
    lines, line = list[str](), ""
    for piece in PIECES.findall(told):
        if width(line) + width(piece) > most and piece not in NEVER_FIRST and line.strip():
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()]


def speaking(command: Any) -> Any:
    """Let a command, and all below it, tell of themselves in the learner's language."""
    if language() == "ja":
        context = type("Context", (command.context_class,), {"formatter_class": InJapanese})
        for one in _all(command):
            one.context_class = context
            one.help = text.own(one.help or "")
            one.short_help = one.help
    return command


def _all(command: Any) -> Iterator[Any]:
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from _all(below)


def show_usage(problem: Any) -> None:
    """Say what the parser does not take, and where the form of the command stands."""
    told, context = problem.format_message(), problem.ctx
    if language() != "ja":
        problem.show()
    elif context is not None and told == context.get_help():  # the group was given no command
        typer.echo(told, err=True)
    else:
        typer.echo(context.get_usage() if context else "", err=True, nl=context is not None)
        text.problem(told, f"{context.command_path if context else 'kikori'} --help")


def asked_language(words: Sequence[str]) -> str | None:
    """Find the language that a command line asks for, before anything of it is parsed."""
    own = words[: words.index("--")] if "--" in words else words
    for at, word in enumerate(own):
        if word == "--lang" and at + 1 < len(own):
            return own[at + 1]
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None
