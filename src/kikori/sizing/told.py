"""Whether a class fits, in words: a head, a table, and what to do."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import asdict

from kikori.bilingual import texts
from kikori.settings import Lang
from kikori.sizing.fit import MOST, WHATS, Fit, Fits
from kikori.sizing.reference import WORDS

POOLS = {"default-address-pools": [{"base": "10.201.0.0/16", "size": 26}]}
"""A thousand networks of sixty addresses each, out of a range that few offices use."""


class Told(NamedTuple):
    """What is shown, in one language."""

    head: tuple[str, ...]
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    foot: tuple[str, ...]


def said_of(value: Fits, lang: Lang) -> Told:
    """Say whether a class fits at each lab, and what is too little."""
    said = texts(WORDS, lang)
    return Told(
        head=(
            said["computer"].format(**asdict(value.computer)),
            said["class"].format(learners=value.learners),
        ),
        titles=(
            said["lab"],
            said["fit"].format(learners=value.learners),
            said["most"],
            *(said[what] for what in WHATS),
        ),
        rows=tuple(_row(one, said) for one in value.labs),
        foot=tuple(_foot(value, said)),
    )


def _row(one: Fit, said: Mapping[str, str]) -> tuple[str, ...]:
    most = said["more"].format(most=MOST)
    if one.most < MOST:
        most = said["bound"].format(most=one.most, tight=said[f"bound-{one.tight}"])
    amounts = (f"{getattr(one.need, what)}{' !' if what in one.lacking else ''}" for what in WHATS)
    return one.lab, said["yes" if one.fits else "no"], most, *amounts


def _foot(value: Fits, said: Mapping[str, str]) -> Iterator[str]:
    tight = [one for one in value.labs if not one.fits]
    if tight:
        yield said["some"].format(learners=value.learners, labs=", ".join(one.lab for one in tight))
    elif value.labs:
        yield said["all"].format(learners=value.learners)
    if any("networks" in one.lacking for one in tight):
        yield said["widen"].format(pools=json.dumps(POOLS))
    if value.unmeasured:
        yield said["unmeasured"].format(labs=", ".join(value.unmeasured))
