"""Whether what is kept of a password is cheap to guess: without a salt of its own, or in fewer rounds than before."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator, Sequence

ROUNDS = 20
"""How often more the board digests a digest."""
KINDS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "sha3_512", "blake2b", "blake2s")
LONG = re.compile(r"[0-9a-fA-F]{16,}|\S*[A-Za-z0-9+/=]{22,}")
"""What can be a digest or a salt."""


def are_alike(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether two with one password have something in common that should differ by chance."""
    first, *others = [{value for value in row if LONG.fullmatch(value)} for row in rows] or [set()]
    return any(first & other for other in others)


def are_hasty(row: Sequence[str], password: str) -> bool:
    """Say whether a row of a member holds a digest of the password in fewer rounds than there were."""
    kept = {value.lower() for value in row if LONG.fullmatch(value)}
    salts = {value for value in row if value}
    return any(found[: len(value)] == value for salt in salts for found in _cheap(salt, password) for value in kept)


def _cheap(salt: str, password: str) -> Iterator[str]:
    """Digests in hex that take one round, or fewer than twenty-one."""
    for kind in KINDS:
        for text in (f"{salt}:{password}", f"{password}:{salt}", salt + password, password + salt, password):
            yield hashlib.new(kind, text.encode()).hexdigest()
        yield hmac.new(salt.encode(), password.encode(), kind).hexdigest()
        found = hashlib.new(kind, f"{salt}:{password}".encode()).hexdigest()
        for _ in range(ROUNDS - 1):
            found = hashlib.new(kind, (found + salt).encode()).hexdigest()
            yield found
