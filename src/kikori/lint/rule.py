"""Rules and how they are collected: a function with the decorator, in any module of ``kikori.lint.rules``."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from enum import Enum
from importlib import import_module
from typing import Any, NamedTuple, TypeVar, get_type_hints

from kikori.lint.finding import Location

S = TypeVar("S")
Look = Callable[[S], Iterator[Location]]


class Warns(Enum):
    """Where a rule warns of what it finds, and no more."""

    NEVER = "never"
    IN_ADDED_CONTENT = "in a folder given with --content"
    ALWAYS = "always"


class Rule(NamedTuple):
    """One rule."""

    id: str
    topic: str
    """The module that it stands in."""
    about: str
    """Its docstring: what is demanded, and why."""
    subject: type
    """What it looks at: the type of its one parameter."""
    look: Look[Any]
    warns: Warns = Warns.NEVER
    """Where it only warns."""


_rules: dict[str, Rule] = {}


def rule(look: Look[S]) -> Look[S]:
    """Make a function a rule: its name is the id, its parameter's type the subject, its docstring the page."""
    _add(look)
    return look


def warning(look: Look[S]) -> Look[S]:
    """Make a function a rule that only warns: of what a lab may lack for a while, and still be used."""
    _add(look, Warns.ALWAYS)
    return look


def translation(look: Look[S]) -> Look[S]:
    """Make a function a rule about a second language, which a company's own labs may lack for a while."""
    _add(look, Warns.IN_ADDED_CONTENT)
    return look


def _add(look: Look[S], warns: Warns = Warns.NEVER) -> None:
    name = look.__name__.replace("_", "-")
    (subject,) = [kind for what, kind in get_type_hints(look).items() if what != "return"]
    _rules[name] = Rule(name, look.__module__.partition(".rules.")[2], inspect.getdoc(look) or "", subject, look, warns)


def rules() -> dict[str, Rule]:
    """Every rule by its id."""
    from kikori.lint import rules as package

    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        import_module(module.name)
    return _rules
