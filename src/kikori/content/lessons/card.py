"""card.toml of a module: what to keep in mind and at hand, on one side of paper."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from kikori.content.strict_reader import read_toml
from kikori.model import Module, Text
from kikori.model.record import Record

FILE = "card.toml"


class Model(Text):
    """The module's model, in two to four sentences."""

    en: Annotated[str, Meta(min_length=1, max_length=520)]
    ja: Annotated[str, Meta(min_length=1, max_length=260)]


class Tells(Text):
    """What a command tells, in a clause."""

    en: Annotated[str, Meta(min_length=1, max_length=110)]
    ja: Annotated[str, Meta(min_length=1, max_length=60)]


class Trap(Text):
    """What it is easy to take for the cause, or for the fix."""

    en: Annotated[str, Meta(min_length=1, max_length=320)]
    ja: Annotated[str, Meta(min_length=1, max_length=170)]


class CardCommand(Record):
    """One line of the card."""

    run: Annotated[str, Meta(pattern=r"^\S[^\n`]*$", max_length=72)]
    """What is typed: one line."""
    tells: Tells


class Card(Record):
    """card.toml, key by key; the lengths are those of one side of A5."""

    model: Model
    commands: Annotated[tuple[CardCommand, ...], Meta(min_length=6, max_length=6)]
    """Six commands, the ones that are typed most."""
    trap: Trap


def card_of(module: Module) -> Card | None:
    """Read the card of a module; none where it has none.

    Raises:
        OurFault: card.toml breaks its format.
    """
    file = module.folder / FILE
    return read_toml(file, Card) if file.is_file() else None
