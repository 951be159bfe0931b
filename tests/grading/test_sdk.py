"""What graders are written with: a version, and a list of all that it promises."""

from __future__ import annotations

import inspect
from pathlib import Path

from kikori import grading
from tools.sdk_reference import members

LIST = Path(__file__).with_name(f"sdk-{grading.VERSION}.txt")


def promised() -> list[str]:
    """Each name with its parameters, and of a class each attribute with its own."""
    lines = []
    for name in grading.__all__:
        thing = getattr(grading, name)
        lines.append(f"{name}{_parameters(thing)}")
        if inspect.isclass(thing):
            lines += [f"{name}.{part}{_parameters(member)}" for part, member in members(thing)]
    return lines


def _parameters(thing: object) -> str:
    """The parameters by name, and whether each has a value of its own: their types may become stricter."""
    if not callable(thing):
        return ""
    try:
        found = inspect.signature(thing).parameters.values()
    except (TypeError, ValueError):
        return ""
    return f"({', '.join(map(_parameter, found))})"


def _parameter(one: inspect.Parameter) -> str:
    name = str(one.replace(annotation=one.empty, default=one.empty))
    return name if one.default is one.empty else f"{name}="


def test_what_graders_may_import_is_what_its_version_promises() -> None:
    kept = LIST.read_text(encoding="utf-8").splitlines()
    told = "raise kikori.grading.VERSION, and write the new list: python -m tests.grading.test_sdk"
    assert promised() == kept, told


if __name__ == "__main__":
    LIST.write_text("\n".join(promised()) + "\n", encoding="utf-8")
