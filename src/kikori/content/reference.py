"""docs/lab-toml.md, written from the model itself: ``python -m kikori.content.reference > docs/lab-toml.md``."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator

import msgspec

from kikori.model import incident, lab, track

FORMATS: tuple[type[msgspec.Struct], ...] = (
    lab.LabToml,
    lab.Param,
    lab.Hint,
    lab.Prompt,
    lab.FaultToml,
    incident.EventSource,
    incident.EventLine,
    lab.Text,
    track.TrackToml,
    track.TrackSession,
    track.TrackItem,
    track.LeftOut,
    track.ShortRoute,
)
PLACES = (
    "lab.toml",
    "[params]",
    "[[hints]]",
    "[[prompts]]",
    "[faults.ID]",
    "[[events]]",
    "a line of such a record",
    "texts in both languages",
    "courses/tracks/TRACK.toml",
    "[[sessions]]",
    "an item of a session, or of what is skipped",
    "[[leaves_out]]",
    "[short]",
)
HEAD = """# lab.toml, and the file of a track

Both are read strictly: an unknown key or a wrong value is an error that names file, line and the nearest right word.
"""


def reference() -> str:
    """The page: every key, whether it is needed, and what it means."""
    parts = [HEAD]
    for kind, place in zip(FORMATS, PLACES, strict=True):
        parts.append(f"## {place}\n\n{inspect.getdoc(kind)}\n\n| key | needed | means |\n|---|---|---|")
        parts += [f"| `{name}` | {needed} | {meaning} |" for name, needed, meaning in keys(kind)]
        parts.append("")
    return "\n".join(parts)


def keys(kind: type[msgspec.Struct]) -> Iterator[tuple[str, str, str]]:
    """Each key of a format: its name, ``yes`` or ``no``, and the text that stands below it in the model."""
    said = {name: text for base in reversed(kind.__mro__) for name, text in _said(base).items()}
    for field in msgspec.structs.fields(kind):
        yield field.encode_name, "yes" if field.required else "no", said.get(field.name, "")


def _said(kind: type) -> dict[str, str]:
    """The strings that stand below a class's attributes."""
    if not kind.__module__.startswith("kikori.model."):
        return {}
    (body,) = ast.parse(inspect.getsource(kind)).body
    assert isinstance(body, ast.ClassDef)  # noqa: S101 - for the type checker
    found = {}
    for before, after in zip(body.body, body.body[1:], strict=False):
        if isinstance(before, ast.AnnAssign) and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            found[ast.unparse(before.target)] = " ".join(str(after.value.value).split())
    return found


if __name__ == "__main__":
    print(reference(), end="")
