"""The secret of the cohort that this computer serves: it seals who sent what, and gives learners their seeds."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from kikori import paths
from kikori.attempts.atomic_files import write_whole
from kikori.attempts.enrolment import seed_of
from kikori.attempts.private_files import read_private
from kikori.visible_text import same_name

KEY = "senders.key"
"""In the state folder; whoever reviews elsewhere takes it along."""


def own_key() -> bytes:
    """Read this computer's key; make it first where there is none."""
    if not (key := known_key()):
        key = secrets.token_bytes(32)
        write_whole(paths.state() / KEY, key)
    return key


def known_key() -> bytes:
    """Read this computer's key; empty where there is none."""
    try:
        return read_private(paths.state() / KEY)
    except OSError:
        return b""


def cohort_of(key: bytes) -> str:
    """Name the cohort that has a key; the name gives nothing of it away."""
    return _derived(key, "cohort")[:12]


def learners_key(key: bytes, name: str) -> str:
    """Derive what a learner's seeds come from; nobody makes a neighbour's key of it."""
    return _derived(key, f"seeds/{same_name(name)}")


def is_given(key: bytes, learner: str, lab: str, cohort: str, number: int, seed: int | None) -> bool:
    """Tell whether the cohort gave this seed to this learner's attempt."""
    known = bool(key) and cohort == cohort_of(key) and number > 0
    return known and seed == seed_of(learners_key(key, learner), lab, number)


def _derived(key: bytes, what: str) -> str:
    return hmac.new(key, what.encode(), hashlib.sha256).hexdigest()
