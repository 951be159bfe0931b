"""docs/lint.md, written from the rules' docstrings: ``python -m kikori.lint.reference > docs/lint.md``."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module
from itertools import groupby

from kikori.lint import rules as package
from kikori.lint.rule import Rule, Warns, rules

HEAD = """# The rules of a lab

`kikori lab lint` looks at all labs, or at those that are named, without Docker and in a second. Each finding says the
file, the rule and the fix. What only shows when a lab runs is for `kikori lab prove`.

A rule marked as a warning is about what a lab may lack for a while: it is printed and counted, and the exit code is
as without it. Rules about Japanese are warnings in a folder that is given with `--content`: learners read the English
text until there is a Japanese one.
"""
MARK = {Warns.ALWAYS: " (warning)", Warns.IN_ADDED_CONTENT: " (with `--content`: warning)", Warns.NEVER: ""}


def reference() -> str:
    """The page: every rule by topic."""
    ordered = sorted(rules().values(), key=lambda rule: rule.topic)
    return "\n".join([HEAD, *(line for topic, group in groupby(ordered, _topic) for line in _section(topic, group))])


def _topic(rule: Rule) -> str:
    return rule.topic


def _section(topic: str, group: Iterator[Rule]) -> Iterator[str]:
    module = import_module(f"{package.__name__}.{topic}")
    yield f"## {(inspect.getdoc(module) or topic).rstrip('.')}\n"
    yield "| rule | demands |\n|---|---|"
    yield from (f"| `{rule.id}`{MARK[rule.warns]} | {_in_a_cell(rule.about)} |" for rule in group)
    yield ""


def _in_a_cell(about: str) -> str:
    return " ".join(about.split()).replace("|", "\\|")


if __name__ == "__main__":
    print(reference(), end="")
