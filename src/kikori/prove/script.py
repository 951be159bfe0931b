"""Writing a shell script that makes one set of files into another."""

from __future__ import annotations

import base64
import re
import shlex
import tarfile
from collections.abc import Iterator, Mapping

from kikori.model.lab import environment_name

File = tuple[str, int, int, int, bytes]
"""A file's tar type, mode, owner, group, and content or link target."""
Files = dict[str, File]

SHORTEST = 2  # letters of a parameter's value that are worth a variable
END = "KIKORI_END"


def script(before: Files, after: Files, params: Mapping[str, str], *, absolute: bool) -> str:
    """The commands that lead from one set of files to the other, in general form: parameters as variables."""
    lines = [
        line
        for path, file in sorted(after.items())
        if before.get(path) != file
        for line in _made(path, file, before, absolute)
    ]
    gone = sorted(path for path in before if path not in after)
    lines += [f"rm -rf -- {shlex.quote(path)}" for path in gone]
    return "\n".join(_general(line, params) for line in lines) + "\n"


def _made(path: str, file: File, before: Files, absolute: bool) -> Iterator[str]:
    """The commands for one path."""
    kind, mode, owner, group, data = file
    old = before.get(path)
    name = shlex.quote(path)
    if kind == tarfile.DIRTYPE.decode():
        if old is None:
            yield f"mkdir -p -- {name}"
    elif kind == tarfile.SYMTYPE.decode():
        yield f"ln -sfn -- {shlex.quote(data.decode('utf-8', 'replace'))} {name}"
        return
    elif old is None or old[4] != data or old[0] != kind:
        yield _content(path, data, before)
    if old is None or old[1] != mode:
        yield f"chmod {mode:o} {name}"
    if absolute and (old is None or old[2:4] != (owner, group)):
        yield f"chown {owner}:{group} {name}"


def _content(path: str, data: bytes, before: Files) -> str:
    """How a file gets its content: from the same content elsewhere, as text, or as base64."""
    twin = next((other for other, file in before.items() if file[4] == data and other != path and data), None)
    if twin:
        return f"cp -- {shlex.quote(twin)} {shlex.quote(path)}"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text.endswith("\n") and END not in text and "\r" not in text and "\0" not in text:
        escaped = re.sub(r"([\\$`])", r"\\\1", text)
        return f"cat > {shlex.quote(path)} <<{END}\n{escaped}{END}"
    return f"base64 -d > {shlex.quote(path)} <<{END}\n{base64.encodebytes(data).decode()}{END}"


def _general(line: str, params: Mapping[str, str]) -> str:
    """The same command with the attempt's own values as variables, so that it fits every attempt."""
    for name, value in sorted(params.items(), key=lambda pair: -len(pair[1])):
        if len(value) >= SHORTEST:
            variable = "${" + environment_name(name) + "}"
            line = re.sub(rf"(?<![0-9]){re.escape(value)}(?![0-9])", variable.replace("\\", ""), line)
    return re.sub(r"'([^'\n]*\$\{KIKORI_[^'\n]*)'", r'"\1"', line)
