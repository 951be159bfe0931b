"""What the environment says: language, learner, content roots, consent."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from typing import Literal

Lang = Literal["en", "ja"]

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


def content_roots() -> list[Path]:
    """Extra content roots of KIKORI_CONTENT, separated like PATH."""
    return [Path(part) for part in os.environ.get("KIKORI_CONTENT", "").split(os.pathsep) if part]
