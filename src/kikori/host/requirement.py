"""A fact about the machine, and comparing version numbers."""

from __future__ import annotations

import re

import msgspec


class Fact(msgspec.Struct, frozen=True):
    """One thing about the machine: whether it is as it must be, what was seen, what is wanted, what to type."""

    name: str
    ok: bool
    seen: str
    wanted: str = ""
    hint: str = ""


def judge(name: str, ok: bool, seen: str, wanted: str, hint: str) -> Fact:
    """Return a fact that carries its hint only when it is not as it must be."""
    return Fact(name, ok, seen, wanted, "" if ok else hint)


def numbers(version: str) -> tuple[int, ...]:
    """The leading numbers of a version: ``v2.26.1-4`` is (2, 26, 1), nonsense is ()."""
    found = re.match(r"v?(\d+(?:\.\d+)*)", version.strip())
    return tuple(int(part) for part in found[1].split(".")) if found else ()


def at_least(version: tuple[int, ...]) -> str:
    """A minimum in words."""
    return f"{'.'.join(map(str, version))} or newer"
