"""Folders as rules look at them: each file is read once."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

from kikori.content.grader_reasons import reasons_of
from kikori.content.labs import read_lab
from kikori.lint.subjects.compose_file import ComposeFile
from kikori.lint.subjects.dockerfile import Dockerfile
from kikori.lint.subjects.grader_file import Check, GraderFile
from kikori.model import Change, Kind, Lab, Module
from kikori.model.lab import PATCH

Modules = dict[tuple[str, str], Module]


class SourceTree:
    """A folder and its files."""

    def __init__(self, folder: Path, images: Path) -> None:
        """Note the folder, and where its content root keeps the shared images."""
        self.folder = folder
        self.images = images
        self._texts: dict[Path, str] = {}

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """Every file below the folder."""
        found = []
        for place, folders, names in os.walk(self.folder):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            found += [Path(place, name) for name in sorted(names)]
        return tuple(found)

    def text(self, path: Path) -> str:
        """What a file says; bytes that are no UTF-8 read as replacement characters."""
        if path not in self._texts:
            self._texts[path] = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        return self._texts[path]

    def line_of(self, path: Path, words: str) -> int | None:
        """The first line of a file that holds these words; of several lines, the first one's place."""
        wanted = next((line for line in words.splitlines() if line.strip()), words)
        lines = self.text(path).replace('\\"', '"').splitlines()
        return next((number for number, line in enumerate(lines, 1) if wanted in line), None)

    @cached_property
    def dockerfiles(self) -> tuple[Dockerfile, ...]:
        """Every Dockerfile below the folder, those of overlays too."""
        return tuple(
            Dockerfile(path, self.text(path)) for path in self.files if path.name.split(".")[0] == "Dockerfile"
        )


class SharedImages(SourceTree):
    """The images that the labs of a content root share: labs/_images."""


class LabSource(SourceTree):
    """One lab, read whole."""

    def __init__(self, folder: Path, graders: Path, modules: Modules) -> None:
        """Read a lab.

        Raises:
            OurFault: the folder breaks the contract, or a file in it can't be parsed.
        """
        super().__init__(folder, folder.parent / "_images")
        self.lab: Lab = read_lab(folder, graders)
        self.modules = modules
        self.toml = folder / "lab.toml"
        self.compose = ComposeFile(self.lab.compose)
        self.graders = tuple(GraderFile(path) for path in sorted(graders.glob("*.py")))
        self.reasons = reasons_of(graders)

    @property
    def services(self) -> dict[str, dict[str, object]]:
        """The lab's services as compose.yaml has them."""
        return self.compose.services

    @cached_property
    def learners_compose(self) -> ComposeFile | None:
        """The compose file in the workspace, where it can be read."""
        path = self.folder / "workspace" / "compose.yaml"
        return ComposeFile(path) if path.is_file() else None

    @cached_property
    def stack(self) -> ComposeFile | None:
        """What the lab runs in Swarm mode, where it does."""
        return ComposeFile(self.lab.stack) if self.lab.stack else None

    @property
    def pages(self) -> tuple[tuple[Path, Path], ...]:
        """Task and debriefs in English, each with the place of the Japanese page."""
        pages = [self.folder / "task.md", self.folder / "debrief.md"]
        pages += [fault.folder / "debrief.md" for fault in self.lab.faults.values() if fault.debrief("en")]
        return tuple((page, page.with_suffix(".ja.md")) for page in pages)

    @property
    def checks(self) -> tuple[Check, ...]:
        """Every check, in the order in which they run."""
        return tuple(check for grader in self.graders for check in grader.checks)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every break, fix and trap."""
        faults = [fault for fault in self.lab.faults.values() if not fault.parts]
        breaking = [change for fault in faults for change in (*fault.breaking, *fault.stop_gaps)]
        work = [self.lab.unfinished] if self.lab.unfinished else faults
        return (*breaking, *(change for one in work for change in (*one.fixes, *one.traps)))

    @cached_property
    def scripts(self) -> tuple[Path, ...]:
        """The author's scripts: those of the faults, and what begins with #! in images/ and workspace/.

        A build lab's workspace is unfinished on purpose, and so may an overlay be.
        """
        places = [self.folder / "images"] + [self.folder / "workspace"] * (self.lab.about.kind is not Kind.BUILD)
        found = [change.path for change in self.changes if change.path.is_file() and change.path.suffix != PATCH]
        found += [path for path in self.files if any(place in path.parents for place in places) and _is_script(path)]
        return tuple(found)


def _is_script(path: Path) -> bool:
    if path.suffix == ".sh":
        return True
    with path.open("rb") as file:
        return file.read(2) == b"#!"
