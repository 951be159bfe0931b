"""What the environment says: language, learner, content roots, consent."""

from __future__ import annotations

import getpass
import os
from math import inf
from pathlib import Path
from typing import Literal

from kikori.errors import KikoriError

Lang = Literal["en", "ja"]

CROWD = 3.0
"""Programs that want each processor at once; a grading itself brings one or two."""
PROOF_SECONDS = 2400.0
"""Twenty minutes of two processors."""
LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def language() -> Lang:
    """The learner's language: KIKORI_LANG, else the locale; ``ja`` or ``en``.

    The locale's own order is LC_ALL, LC_MESSAGES, LANG (locale(7)).
    """
    asked = os.environ.get("KIKORI_LANG") or next(
        (os.environ[name] for name in LOCALE_VARIABLES if os.environ.get(name)), "en"
    )
    return "ja" if asked.lower().startswith("ja") else "en"


def learner() -> str:
    """Who is learning: KIKORI_LEARNER, else the login name."""
    return os.environ.get("KIKORI_LEARNER") or _login_name()


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a passwd entry
        return f"user{os.getuid()}"


def consent_given() -> bool:
    """Whether installing packages was agreed to: --yes (handed on as KIKORI_YES) or CI=true."""
    return os.environ.get("KIKORI_YES") == "1" or os.environ.get("CI") == "true"


def proof_budget() -> float:
    """Seconds of processor that a landing may spend on demands that need not be executed: KIKORI_PROOF_BUDGET.

    Raises:
        KikoriError: it is no number of seconds.
    """
    return _number("KIKORI_PROOF_BUDGET", PROOF_SECONDS, "seconds", "KIKORI_PROOF_BUDGET=2400 kikori test")


def crowd() -> float:
    """Programs for each processor at which a failed check is not decided: KIKORI_CROWD; 0 decides always.

    Raises:
        KikoriError: it is no such number.
    """
    return _number("KIKORI_CROWD", CROWD, "programs", "KIKORI_CROWD=0 kikori check")


def _number(name: str, usual: float, of: str, hint: str) -> float:
    """Read a number that is not negative; raises KikoriError where it is none."""
    asked = os.environ.get(name, "")
    try:
        number = float(asked) if asked else usual
    except ValueError:
        number = -1
    if not 0 <= number < inf:
        raise KikoriError(f"{name}={asked}: no number of {of}.", hint)
    return number


def content_roots() -> list[Path]:
    """Extra content roots of KIKORI_CONTENT, separated like PATH."""
    return [Path(part) for part in os.environ.get("KIKORI_CONTENT", "").split(os.pathsep) if part]
