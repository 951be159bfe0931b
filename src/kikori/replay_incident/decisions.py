"""What a group decided at each step, in a file of Markdown that can be handed on."""

from __future__ import annotations

from pathlib import Path

from kikori.errors import KikoriError
from kikori.replay_incident.steps import Step
from kikori.visible_text import harmless

LINES, LETTERS = 40, 400
"""The most lines of a decision, and letters of one."""


class Decisions:
    """The file; each decision is in it before the next step is shown."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def begin(self, title: str, *, anew: bool) -> None:
        """Begin the file, or go on with one.

        Raises:
            KikoriError: there is one already, and nobody said that it goes on; or it can't be written.
        """
        if anew and self.path.exists():
            raise KikoriError(
                f"{self.path} has decisions already.",
                "kikori replay-incident --from STEP, or --output with another file",
            )
        if not self.path.exists():
            self._append(f"# {title}\n")

    def keep(self, step: Step, lines: list[str]) -> None:
        """Write down what was decided at a step."""
        quoted = "".join(f"> {cleaned}\n" for line in lines[:LINES] if (cleaned := harmless(line)[:LETTERS]))
        self._append(f"\n## {step.number}. {step.title}\n\n{step.question}\n\n{quoted}")

    def _append(self, text: str) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as file:
                file.write(text)
        except OSError as problem:
            raise KikoriError(
                f"{self.path}: can't be written: {problem.strerror}", "kikori replay-incident --output FILE"
            ) from None
