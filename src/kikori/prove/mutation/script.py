"""Writing a shell script that makes one set of files into another.

Names and contents are a stranger's, and the script is carried out later, a workspace's on the author's own computer.
So a name is a word of harmless characters or is refused, a content is text that no shell looks into but for our own
variables, and nothing is written through a link.
"""

from __future__ import annotations

import base64
import re
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from kikori.engine.inspection.file_comparison import File, Files
from kikori.errors import KikoriError
from kikori.model.lab import environment_name
from kikori.visible_text import visible

FOLDER, LINK = tarfile.DIRTYPE.decode(), tarfile.SYMTYPE.decode()
SHORTEST = 2  # letters of a parameter's value that are worth a variable
END = "KIKORI_END"
WORD = re.compile(r"[\w./@%+,:= -]+")
"""What a name may consist of, since no shell makes more of it than a word, bare or in double quotes."""
BY_HAND = "write the script by hand"


class Variables:
    """An attempt's own values, which become variables, so that a script fits every attempt."""

    def __init__(self, params: Mapping[str, str]) -> None:
        by_length = sorted(params.items(), key=lambda pair: len(pair[1]))
        self.names = {value: environment_name(name) for name, value in by_length if len(value) >= SHORTEST}
        values = "|".join(map(re.escape, reversed(self.names)))
        self.values = re.compile(rf"(?<![0-9])({values})(?![0-9])" if values else r"(?!)()")

    def pieces(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield the text in pieces: what is as it is, and the variable that follows it or nothing."""
        found = self.values.split(text)
        for number in range(0, len(found), 2):
            value = found[number + 1] if number + 1 < len(found) else ""
            yield found[number], f"${{{self.names[value]}}}" if value else ""


def script(before: Files, after: Files, params: Mapping[str, str], *, absolute: bool) -> str:
    """Write the commands that lead from one set of files to the other, with parameters as variables.

    Raises:
        KikoriError: a name is more than a word, or a file lies behind a link.
    """
    known = Variables(params)
    _refuse_behind_links(before, after)
    still = {path: file for path, file in before.items() if after.get(path, file) == file}
    lines = [
        line
        for path, file in sorted(after.items())
        if before.get(path) != file
        for line in _made(path, file, before.get(path), still, known, absolute=absolute)
    ]
    gone = sorted(path for path in before if path not in after)
    lines += [f"rm -rf -- {_word(path, known)}" for path in gone]
    return "\n".join(lines) + "\n"


def _refuse_behind_links(before: Files, after: Files) -> None:
    """Refuse to write through a link: it may lead out of the workspace, whatever it says by itself."""
    links = {path for files in (before, after) for path, file in files.items() if file[0] == LINK}
    for path in sorted(after):
        if before.get(path) != after[path] and not links.isdisjoint(map(str, PurePosixPath(path).parents)):
            raise KikoriError(f"{visible(path)}: it lies behind a link, which a script does not follow.", BY_HAND)


def _made(path: str, file: File, old: File | None, still: Files, known: Variables, *, absolute: bool) -> Iterator[str]:
    """Yield the commands for one path; ``still`` are the files that keep their content while the script runs."""
    kind, mode, owner, group, data = file
    name = _word(path, known)
    if old and old[0] != kind:
        yield f"rm -rf -- {name}"
        old = None
    if kind == LINK:
        yield f"ln -sfn -- {_word(data.decode('utf-8', 'surrogateescape'), known)} {name}"
        return
    if kind == FOLDER and old is None:
        yield f"mkdir -p -- {name}"
    elif kind != FOLDER and (old is None or old[4] != data):
        yield _content(name, data, still, known)
    if old is None or old[1] != mode:
        yield f"chmod -- {mode:o} {name}"
    if absolute and (old is None or old[2:4] != (owner, group)):
        yield f"chown -- {owner}:{group} {name}"


def _content(name: str, data: bytes, still: Files, known: Variables) -> str:
    """Give a file its content: from the same content elsewhere, as text, or as base64."""
    twins = (other for other, file in still.items() if data and file[4] == data and file[0] not in (FOLDER, LINK))
    if twin := next(filter(_is_word, twins), None):
        return f"cp -- {_word(twin, known)} {name}"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if not text.endswith("\n") or END in text or visible(text) != text:
        return f"base64 -d > {name} <<{END}\n{base64.encodebytes(data).decode()}{END}"
    pieces = list(known.pieces(text))
    if not any(variable for _, variable in pieces):
        return f"cat > {name} <<'{END}'\n{text}{END}"
    escaped = "".join(re.sub(r"([\\$`])", r"\\\1", piece) + variable for piece, variable in pieces)
    return f"cat > {name} <<{END}\n{escaped}{END}"


def _word(name: str, known: Variables) -> str:
    """Write a name as one word of the shell.

    Raises:
        KikoriError: it has a character that could make more of it.
    """
    if not _is_word(name):
        shown = visible(name.encode("utf-8", "backslashreplace").decode())
        raise KikoriError(f"{shown!r}: no name for a script: letters, digits and ./_@%+,:=- alone are.", BY_HAND)
    word = "".join(piece + variable for piece, variable in known.pieces(name))
    return word if word == name and " " not in name else f'"{word}"'


def _is_word(name: str) -> bool:
    return WORD.fullmatch(name) is not None and visible(name) == name
