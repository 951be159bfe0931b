"""A group of commands that does something by itself when none of them is named."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup


def with_default(name: str) -> type[TyperGroup]:
    """A group in which a first word that is no command's name is the first argument of the command ``name``."""

    class WithDefault(TyperGroup):
        default = name

        def parse_args(self, context: Any, words: list[str]) -> list[str]:
            first = next((word for word in words if not word.startswith("-")), None)
            asks_for_help = {"-h", "--help"} & {*words[:1]}
            if words and not asks_for_help and first not in self.commands:
                words = [name, *words]
            return super().parse_args(context, words)

    return WithDefault
