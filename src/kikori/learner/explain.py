"""``diagnose`` and ``explain``, what the learner says of the cause, checked against the trail."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from kikori import explanation_rules
from kikori.attempts import before_debrief, since_last_break
from kikori.attempts.atomic_files import write_whole
from kikori.errors import Exit, KikoriError
from kikori.explanation_rules import Diagnosis, Problem
from kikori.learner.session import Session
from kikori.learner.status import next_command
from kikori.model import Attempt, Lab, Stage, Text
from kikori.model.record import Record
from kikori.settings import Lang

EDITORS = ("nano", "vim", "vi")
CONVERT = "iconv -f FROM -t UTF-8 FILE | {} --file -"


class Diagnosed(Record):
    """What the learner says, and what can be said."""

    lab: str
    component: str
    cause: str
    components: tuple[str, ...]
    causes: dict[str, str]
    """Names of causes, of all courses, with what each means; once one was given, that one alone."""
    next: str


def diagnose(session: Session, component: str | None = None, cause: str | None = None, search: str = "") -> Diagnosed:
    """Note the learner's diagnosis; without one only show what can be said, of causes those with a word.

    Raises:
        KikoriError: nothing is broken yet, the debrief has told already, or nothing has such a name.
    """
    attempt = session.attempt()
    lab = session.lab(attempt)
    if attempt.stage not in (Stage.BROKEN, Stage.FIXED):
        raise KikoriError("There is nothing to diagnose yet.", next_command(attempt, lab))
    causes = explanation_rules.causes(lab)
    if search and not _found(causes, search, session.lang):
        raise KikoriError(f"No cause has {search!r} in its name or its sentence.", "kikori diagnose")
    if component or cause:
        said = Diagnosis(component=component or attempt.component, cause=cause or attempt.cause)
        if found := explanation_rules.unknown_names(said, lab):
            raise KikoriError(f"{found[0].prompt}: {found[0].reason}.", "kikori diagnose")
        events = since_last_break(session.store.events(attempt))
        if len(before_debrief(events)) < len(events):
            raise KikoriError("The debrief has told the cause already; a diagnosis comes before it.", "kikori explain")
        attempt = session.store.move(attempt, component=said.component, cause=said.cause)
        session.store.record(attempt, "diagnosed", component=said.component, cause=said.cause)
        if cause:
            causes = {name: text for name, text in causes.items() if name == cause}
    return Diagnosed(
        lab=lab.id,
        component=attempt.component,
        cause=attempt.cause,
        components=explanation_rules.components(lab),
        causes=_found(causes, search, session.lang),
        next=next_command(attempt, lab),
    )


def _found(causes: dict[str, Text], search: str, lang: Lang) -> dict[str, str]:
    word = search.casefold()
    return {
        name: text.lang(lang)
        for name, text in causes.items()
        if any(word in one.casefold() for one in (name, *text.written))
    }


class Explained(Record):
    """An explanation that was kept, and what it still lacks."""

    lab: str
    file: str
    problems: tuple[Problem, ...]
    next: str

    @property
    def exit_code(self) -> Exit:
        """0 accepted, 1 something is missing."""
        return Exit.CHECK_FAILED if self.problems else Exit.DONE


def explain(session: Session, file: str | None = None) -> Explained:
    """Let the learner write the explanation, or take it from ``file`` (``-`` is the standard input).

    What was written is kept, accepted or not; the next call goes on with it.

    Raises:
        KikoriError: the checks have not passed yet, the file can't be read, or there is no terminal to edit in.
    """
    attempt = session.attempt()
    lab = session.lab(attempt)
    if attempt.stage is not Stage.FIXED:
        raise KikoriError("First the system, then its explanation: the checks have not all passed yet.", "kikori check")
    kept = session.store.folder(attempt.id) / "explanation.md"
    if file is None:
        _edit(session, attempt, lab, kept)
    else:
        write_whole(kept, read_text(file).encode())
    text = read_text(str(kept))
    found = explanation_rules.problems(text, lab, session.store.trail(attempt))
    said = explanation_rules.diagnosis(text)
    attempt = session.store.move(attempt, explained=not found)
    session.store.record(attempt, "explained", accepted=not found, component=said.component, cause=said.cause)
    following = next_command(attempt, lab) if not found else "kikori explain"
    return Explained(lab=lab.id, file=str(kept), problems=tuple(found), next=following)


def read_text(file: str, command: str = "kikori explain") -> str:
    """Read what a learner wrote, in a file or on the standard input (``-``); ``command`` is what takes it.

    Raises:
        KikoriError: it can't be read, or is no UTF-8 text.
    """
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except OSError as problem:
        raise KikoriError(f"{file}: {problem.strerror}.", f"{command} --file FILE") from None
    except UnicodeDecodeError as problem:
        raise KikoriError(
            f"{file} is no UTF-8 text: {problem.reason} at byte {problem.start}.", CONVERT.format(command)
        ) from None


def _edit(session: Session, attempt: Attempt, lab: Lab, kept: Path) -> None:
    if not kept.exists():
        said = Diagnosis(component=attempt.component, cause=attempt.cause)
        write_whole(kept, explanation_rules.template(lab, session.lang, session.store.trail(attempt), said).encode())
    edit(kept)


def edit(file: Path, command: str = "kikori explain") -> None:
    """Open a file in the learner's editor; ``command`` is what takes it.

    Raises:
        KikoriError: there is no terminal, or the editor failed.
    """
    hint = f"{command} --file {file}"
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise KikoriError(f"There is no terminal to edit in. Fill in {file}.", hint)
    done = subprocess.run([*editor(), str(file)], check=False)
    if done.returncode:
        raise KikoriError(f"The editor ended with {done.returncode}; nothing was judged.", hint)


def editor() -> list[str]:
    """The learner's editor: $VISUAL, else $EDITOR, else the first that is installed.

    Raises:
        KikoriError: there is none.
    """
    asked = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    words = shlex.split(asked) if asked else [name for name in EDITORS if shutil.which(name)][:1]
    if not words or shutil.which(words[0]) is None:
        raise KikoriError(f"No editor: {asked or 'neither VISUAL nor EDITOR is set'}.", "export EDITOR=nano")
    return words
