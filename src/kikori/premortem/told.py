"""What a setter says of a fault, read from options and files of their own."""

from __future__ import annotations

from pathlib import Path

import msgspec

from kikori.content.changes import read_script
from kikori.content.diagnoses import diagnoses
from kikori.content.strict_reader import nearest
from kikori.errors import KikoriError
from kikori.fault_file import Script, Solution
from kikori.fault_file.format import MOST_CAUSE, MOST_SCRIPT, MOST_SYMPTOM
from kikori.learner.session import Session
from kikori.model.lab import PATCH
from kikori.premortem.setter import Told

HEAD = "write `# service: NAME` in its first lines"
PATCHES = f"{HEAD}; a fix of the workspace is a .diff: git diff -R > fix.diff"


def told_of(
    session: Session,
    *,
    symptom: str,
    cause: str,
    component: str,
    diagnosis: str,
    fix: Path,
    script: Path | None,
    left_out: tuple[str, ...],
) -> Told:
    """Read what a setter says.

    Raises:
        KikoriError: a text is empty or too long, a file can't be read, or a name is none.
    """
    lab = session.lab(session.attempt())
    for name, text, most in (("symptom", symptom, MOST_SYMPTOM), ("cause", cause, MOST_CAUSE)):
        if not 1 <= len(text.strip()) <= most:
            raise KikoriError(f"--{name}: a text of 1 to {most} characters is wanted, not {len(text.strip())}.", "")
    if diagnosis and diagnosis not in (known := diagnoses()):
        raise KikoriError(f"'{diagnosis}' is no name of a cause.", nearest(diagnosis, [*known]) or "kikori diagnose")
    own = _text(fix) if fix.suffix == PATCH else ""
    solution = Solution(
        cause=cause.strip(),
        component=component,
        diagnosis=diagnosis,
        fix=None if own else _script(fix, lab.about.shell),
        patch=own,
    )
    also = _script(script, lab.about.shell) if script else None
    return Told(symptom=symptom.strip(), solution=solution, script=also, left_out=left_out)


def _script(file: Path, service: str) -> Script:
    text = _text(file)
    change = read_script(file, service)
    if change.runs_here:
        raise KikoriError(f"{file}: it runs on this computer, and no setter's script does on a solver's.", PATCHES)
    try:
        return msgspec.convert({"service": change.service, "text": text, "restart": change.restart}, Script)
    except msgspec.ValidationError as problem:
        raise KikoriError(f"{file}: {problem}.", HEAD) from None


def _text(file: Path) -> str:
    try:
        data = file.read_bytes()
        text = data.decode("utf-8")
    except OSError as problem:
        raise KikoriError(f"{file}: {problem.strerror}.", "kikori fault seal --help") from None
    except UnicodeDecodeError:
        text = ""
    if not text.strip() or "\0" in text or len(data) > MOST_SCRIPT:
        raise KikoriError(f"{file}: no text of 1 to {MOST_SCRIPT // 1024} KiB in UTF-8.", "kikori fault seal --help")
    return text
