"""Whether this learner is in a cohort, and which seed it gives to an attempt: none is drawn by chance there."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path
from typing import TypeVar

import msgspec

from kikori import paths
from kikori.attempts.private_files import read_private
from kikori.errors import KikoriError
from kikori.model import Attempt
from kikori.model.record import Record

T = TypeVar("T")
SEEDS = 2**31


class Enrolment(Record, forbid_unknown_fields=False):
    """What a learner's attempts need to know of the cohort."""

    name: str
    """Whom the cohort knows; its seeds are for that name."""
    cohort: str = ""
    key: str = ""
    """The learner's own, derived from the cohort's secret; empty where the server that was joined gave none."""


def file() -> Path:
    """Where it is kept; there where a cohort was joined."""
    return paths.state() / "cohort.json"


def kept(kind: type[T]) -> T | None:
    """Read what is kept of the cohort that was joined, if any.

    Raises:
        KikoriError: the file is damaged.
    """
    try:
        return msgspec.json.decode(read_private(file()), type=kind)
    except FileNotFoundError:
        return None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise KikoriError(f"{file()} is damaged.", f"rm {file()}, then kikori cohort join") from None


def enrolment() -> Enrolment | None:
    """Read which cohort gives this learner's seeds, if any was joined."""
    return kept(Enrolment)


def seed_of(key: str, lab: str, number: int) -> int:
    """Derive the seed of a learner's attempt at a lab, the first being number 1."""
    told = hmac.new(key.encode(), f"{lab}/{number}".encode(), hashlib.sha256).digest()
    return int.from_bytes(told[:8]) % SEEDS


def is_practice(attempt: Attempt) -> bool:
    """Tell whether a cohort was joined, and an attempt's seed is not from it."""
    member = enrolment()
    return member is not None and not (attempt.cohort and attempt.cohort == member.cohort)
