"""The nights on which the robot is let loose: of the kinds that one can practise on, and of others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random
from typing import Any

import scenes

Drawn = dict[str, Any]
STAYS = "three times in a row: down until somebody starts it"


def some(rng: Random, *kinds: str) -> str:
    """One of these kinds."""
    return rng.choice(kinds)


def one(rng: Random, *kinds: str) -> Drawn:
    """One message that can't be read stands first."""
    bad = {0: some(rng, *kinds)}
    return scenes.build(rng, waiting=rng.randint(20, 40), bad=bad, down=True, old=True)


def apart(rng: Random) -> Drawn:
    """A second one stands further behind."""
    bad = {0: some(rng, "empty", "cut"), rng.randint(6, 14): some(rng, "no-to", "cut", "list")}
    return scenes.build(rng, waiting=rng.randint(20, 40), bad=bad, down=True)


def three(rng: Random) -> Drawn:
    """As many as one may hold: two at once, and one further behind."""
    bad = {0: "cut", 1: some(rng, "empty", "null-to"), rng.randint(5, 12): "other-letters"}
    return scenes.build(rng, waiting=rng.randint(20, 40), bad=bad, down=True, old=True)


def too_many(rng: Random) -> Drawn:
    """One more than that, or two."""
    bad = {at: some(rng, "empty", "cut", "no-to") for at in range(rng.choice([4, 5]))}
    return scenes.build(rng, waiting=rng.randint(20, 40), bad=bad, down=True)


def behind(rng: Random) -> Drawn:
    """Behind the message that can't be read there is something else: the key is gone."""
    bad = {0: some(rng, "empty", "cut")}
    return scenes.build(rng, waiting=rng.randint(20, 40), bad=bad, down=True, key=False)


def gives_out(rng: Random) -> Drawn:
    """Behind the message that can't be read there is something else: the provider goes away in the midst of it."""
    bad = {0: some(rng, "empty", "cut")}
    status, oldest, takes = some_status(rng), rng.randint(800, 1500), rng.randint(2, 6)
    return scenes.build(
        rng, waiting=rng.randint(20, 40), oldest=oldest, bad=bad, down=True, provider=status, takes=takes
    )


def quiet(rng: Random) -> Drawn:
    """All is well, and hardly anybody is about."""
    return scenes.build(rng, waiting=rng.randint(1, 4), oldest=rng.randint(5, 40), old=True)


def rush(rng: Random) -> Drawn:
    """All is well, and it is the evening rush."""
    return scenes.build(rng, waiting=rng.randint(70, 80), oldest=rng.randint(75, 90), rate=3, old=True)


def refuses(rng: Random) -> Drawn:
    """The provider takes nothing."""
    return scenes.build(rng, waiting=rng.randint(20, 40), provider=some_status(rng), old=True)


def some_status(rng: Random) -> int:
    """One of the codes by which it says so."""
    return rng.choice([500, 502, 503])


def silent(rng: Random) -> Drawn:
    """The provider does not answer at all."""
    return scenes.build(rng, waiting=rng.randint(20, 40), provider=0, old=True)


def moved(rng: Random) -> Drawn:
    """Somebody has stopped the sender, since another server sends."""
    said = ("stopped by hand: the queue moves to the new server until six",)
    return scenes.build(rng, waiting=rng.randint(20, 40), down=True, old=True, said=said, elsewhere=True)


def no_key(rng: Random) -> Drawn:
    """The sender has no key for the provider."""
    said = ("no key for the provider in /srv/lockers/key",) * 3 + (STAYS,)
    return scenes.build(rng, waiting=rng.randint(20, 40), down=True, old=True, said=said, key=False)


NIGHTS: dict[str, Callable[[Random], Drawn]] = {
    "three": three,
    "too-many": too_many,
    "apart": apart,
    "behind": behind,
    "gives-out": gives_out,
    "one": lambda rng: one(rng, "empty", "cut"),
    "incomplete": lambda rng: one(rng, "no-to", "null-to", "list"),
    "quiet": quiet,
    "rush": rush,
    "refuses": refuses,
    "silent": silent,
    "moved": moved,
    "no-key": no_key,
}
"""Those that take longest come first."""

EARLIER: dict[str, Callable[[Random], Drawn]] = {"three": lambda rng: one(rng, "empty", "cut")}
"""Nights that the box has had before: nobody judges them, and what the page has kept of them lies about."""

OF_CHECKS: dict[str, tuple[str, ...]] = {
    "test_bad_message_is_held": ("one", "incomplete"),
    "test_two_or_three": ("apart", "three"),
    "test_fourth_calls": ("too-many",),
    "test_all_is_well": ("quiet", "rush"),
    "test_provider_is_away": ("refuses", "silent"),
    "test_another_fault": ("moved", "no-key"),
    "test_it_looks_again": ("behind", "gives-out"),
}
"""Which nights a check asks for."""


def asked_for(checks: Iterable[str]) -> list[str]:
    """The nights that some checks ask for, those that take longest first."""
    wanted = {night for check in checks for night in OF_CHECKS.get(check, ())}
    return [name for name in NIGHTS if name in wanted]
