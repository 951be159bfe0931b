"""TOML decoded strictly: a wrong key or value is an error with its file, line and nearest right word."""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path
from typing import TypeVar

import msgspec

from kikori.errors import KikoriError, OurFault

T = TypeVar("T")

QUOTED = re.compile(r"`([^`$]+)`")


def nearest(word: str, known: list[str]) -> str:
    """``Did you mean 'first-look'?``, or nothing when no known word is near."""
    matches = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"Did you mean '{matches[0]}'?" if matches else ""


def read_toml(path: Path, kind: type[T]) -> T:
    """Decode one TOML file.

    Raises:
        OurFault: the file is missing, not TOML, or breaks the format; says where and what would be right.
    """
    try:
        text = path.read_text(encoding="utf-8")
        return msgspec.convert(tomllib.loads(text), kind)
    except OSError as problem:
        raise OurFault(f"{path}: can't be read ({problem.strerror})", "kikori lab new writes one") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise OurFault(f"{path}: not valid TOML: {problem}") from None
    except msgspec.ValidationError as problem:
        raise _located(path, text, str(problem), kind) from None


def _located(path: Path, text: str, problem: str, kind: type[object]) -> KikoriError:
    named = QUOTED.search(problem)
    word = named.group(1) if named else ""
    line = _line_of(word, text) if "unknown field" in problem else None
    where = f"{path}:{line}" if line else str(path)
    hint = nearest(word, sorted(_field_names(kind))) if "unknown field" in problem else ""
    return OurFault(f"{where}: {problem}", hint)


def _line_of(key: str, text: str) -> int | None:
    pattern = re.compile(rf"(^|[\s{{,\[.]){re.escape(key)}\s*[=\].]")
    return next((n for n, line in enumerate(text.splitlines(), 1) if pattern.search(line)), None)


def _field_names(kind: type[object]) -> set[str]:
    """Every key that this format knows, nested ones too."""
    found: set[str] = set()
    queue: list[object] = [msgspec.inspect.type_info(kind)]
    while queue:
        info = queue.pop()
        if isinstance(info, msgspec.inspect.StructType):
            found |= {field.encode_name for field in info.fields}
            queue += [field.type for field in info.fields]
        queue += [getattr(info, part) for part in ("item_type", "value_type") if hasattr(info, part)]
        queue += getattr(info, "types", ())
    return found
