"""Keys that look long and could only be a few: what everybody knows, hashed in the usual ways."""

from __future__ import annotations

import hashlib
import hmac
import time
from base64 import b64encode
from collections.abc import Iterable, Iterator
from itertools import product

SHORTEST = 16
"""Letters that a key has at least, as the task says."""
SMALL = 32768
"""The numbers that a shell's RANDOM gives, and those of processes."""
COUNTED = 40
"""Numbers that somebody counts rotations with."""
DATES = (
    "%s", "%a %b %d %H:%M:%S UTC %Y", "%a %b %e %H:%M:%S UTC %Y", "%F", "%Y%m%d", "%Y-%m", "%Y%m", "%Y",
    "%Y%m%d%H%M%S", "%Y%m%d%H%M", "%FT%T", "%F %T", "%FT%T+00:00", "%FT%TZ",
)  # fmt: skip
"""How date(1) and people write a moment down."""
BETWEEN = ("", "-", "_", ":", " ")
WAYS = (hashlib.md5, hashlib.sha1, hashlib.sha256, hashlib.sha512)


def dates(seconds: Iterable[int]) -> set[str]:
    """Moments as they are written down."""
    return {time.strftime(form, time.gmtime(at)).replace("%s", str(at)) for at in seconds for form in DATES}


def joined(words: Iterable[str], names: Iterable[str]) -> Iterator[str]:
    """Words alone, and with a name before them or behind."""
    for word, name, mark in product(words, names, BETWEEN):
        yield from (word, f"{name}{mark}{word}", f"{word}{mark}{name}")


def beginnings(digest: bytes) -> Iterator[str]:
    """How a key begins that is made of a digest: its figures, itself in base64, or its figures in base64."""
    told, first = digest.hex(), digest[:12]
    yield from (told[:SHORTEST], *(b64encode(one).decode().lower() for one in (first, told[:12].encode())))


def hashed_texts(texts: Iterable[str]) -> set[str]:
    """How the keys begin that come of hashing some texts, as ``echo`` and ``printf`` hand them over."""
    found = set[str]()
    for text, end, way in product(dict.fromkeys(texts), ("\n", ""), WAYS):
        found.update(beginnings(way((text + end).encode(), usedforsecurity=False).digest()))
    return found


def signed(secrets: Iterable[str], names: Iterable[str]) -> set[str]:
    """The same of names that were signed with a secret."""
    made = (hmac.digest(one.encode(), name.encode(), "sha256") for one, name in product(secrets, names) if name)
    return {begin for digest in made for begin in beginnings(digest)}


def of_little(seconds: Iterable[int], names: set[str]) -> set[str]:
    """How the keys begin that come of a small number, a moment, or the name of a thing."""
    numbers = map(str, range(SMALL))
    few = joined([*dates(seconds), *map(str, range(COUNTED))], names)
    return hashed_texts([*numbers, *few, *names])


def of_secrets(secrets: set[str], names: set[str]) -> set[str]:
    """How the keys begin that come of other keys."""
    return hashed_texts(joined(secrets, names)) | signed(secrets, names)


def is_among(key: str, begun: set[str]) -> bool:
    """Whether a key holds one of these beginnings, with letters before it or not."""
    small = key.lower()
    return any(small[i : i + SHORTEST] in begun for i in range(len(small) - SHORTEST + 1))
