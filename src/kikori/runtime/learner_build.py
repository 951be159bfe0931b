"""What a learner's own Dockerfile may make the engine fetch in a replay: nothing.

``RUN`` has no network there, but the engine itself would fetch what FROM, ADD or a syntax line names, and it can reach
whatever the instructor's machine can.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from kikori.errors import KikoriError

LARGEST = 32 * 1024
OFFICIAL = re.compile(r"(docker\.io/)?docker/dockerfile(:[\w.-]+)?")
"""The syntax that every engine has built in; the line that names it is taken out."""
SYNTAX = re.compile(r"^(\s*(?:#|//)\s*syntax\s*=\s*)(.*?)\s*$", re.IGNORECASE | re.MULTILINE)
ESCAPES = ("\\", "`")
"""What may end a line that goes on; a directive at the top says which, and who trusts that is deceived."""
FROM = re.compile(r"FROM\s+(?:--platform=\$\S+\s+)?(?P<image>\S+)(?:\s+AS\s+(?P<stage>\S+))?", re.IGNORECASE)
ADD = re.compile(r"(?:ONBUILD\s+)*ADD\s(?P<what>.*)", re.IGNORECASE | re.DOTALL)
TAKEN = re.compile(r"--from=[\"']?([^\s\"']+)|--mount=\S*?from=[\"']?([^,\s\"']+)", re.IGNORECASE)
ARG = re.compile(r"ARG\s+(.*)", re.IGNORECASE | re.DOTALL)
ADDRESS = re.compile(r"://|git@|^github\.com/|\sgithub\.com/|\.git\b|\$")
NAME = re.compile(r"\$(?:\{(\w+)\}|(\w+))")


def check_learner_build(context: Path, is_here: Callable[[str], bool]) -> None:
    """Refuse a Dockerfile for which the engine would ask somebody else; takes out a harmless syntax line.

    ``is_here`` says whether the engine has an image of that name.

    Raises:
        KikoriError: it would; says for what, and that is no word about the learner's work.
    """
    path = context / "Dockerfile"
    if not path.is_file():
        return  # the build says that best
    if path.stat().st_size > LARGEST:
        raise _refusal("it is larger than 32 KiB")
    text = path.read_bytes().decode("utf-8-sig", "replace")
    if text.lstrip().startswith("{") or any(not OFFICIAL.fullmatch(found[2]) for found in SYNTAX.finditer(text)):
        raise _refusal("its syntax line names a program from elsewhere")
    if SYNTAX.search(text):
        path.write_text(SYNTAX.sub("#", text), encoding="utf-8")
    for escape in ESCAPES:
        _check(list(_instructions(text, escape)), is_here)


def _check(instructions: list[str], is_here: Callable[[str], bool]) -> None:
    known = _defaults(instructions)
    stages: set[str] = {"scratch"}
    for line in instructions:
        if (found := ADD.match(line)) and ADDRESS.search(found["what"]):
            raise _refusal(f"ADD may take files of the workspace alone, by their names: {found['what'][:80]}")
        begun = FROM.fullmatch(line)
        wanted = [begun["image"]] if begun else [name for pair in TAKEN.findall(line) for name in pair if name]
        for image in (_filled(name, known) for name in wanted):
            if image.lower() not in stages and not image.isdigit() and not _may_be_used(image, is_here):
                raise _refusal(f"it builds on {image}, which is not on this machine; a replay fetches nothing")
        if begun and begun["stage"]:
            stages.add(begun["stage"].lower())


def _may_be_used(image: str, is_here: Callable[[str], bool]) -> bool:
    """Whether an image is here, and nobody else's attempt."""
    return "$" not in image and not image.startswith("kikori-") and is_here(image)


def _instructions(text: str, escape: str) -> Iterator[str]:
    """Whatever could be an instruction, each on one line.

    One may begin in any line: in the body of a here-document none does, but where that ends only the builder knows.
    """
    lines = [line.rstrip(" \t\r") for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    for begin in range(len(lines)):
        end = next((at for at in range(begin, len(lines)) if not lines[at].endswith(escape)), len(lines) - 1)
        yield "".join(line.removesuffix(escape) for line in lines[begin : end + 1]).strip()


def _defaults(instructions: list[str]) -> dict[str, str]:
    """What each ARG stands for; one that is set twice stands for nothing."""
    found: dict[str, str] = {}
    for line in instructions:
        told = ARG.fullmatch(line)
        for pair in told[1].split() if told else []:
            name, given, value = pair.partition("=")
            if given:
                found[name] = "$" if found.get(name, value) != value else value.strip("\"'")
    return found


def _filled(image: str, known: dict[str, str]) -> str:
    return NAME.sub(lambda found: known.get(found[1] or found[2], "$"), image).strip("\"'")


def _refusal(what: str) -> KikoriError:
    return KikoriError(f"its Dockerfile can't be built in a replay, which has no way out: {what}")
