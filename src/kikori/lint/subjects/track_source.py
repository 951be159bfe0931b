"""A track as rules look at it: its file's text, its sessions, and the modules that it must speak of."""

from __future__ import annotations

from functools import cached_property

from kikori.content.tracks import Schedule, Step, Syllabus
from kikori.lint.finding import Location
from kikori.model import Module
from kikori.model.track import Track


class TrackSource:
    """One track, resolved."""

    def __init__(self, track: Track, schedule: Schedule, syllabus: Syllabus) -> None:
        self.track = track
        self.schedule = schedule
        self.syllabus = syllabus

    @cached_property
    def own(self) -> dict[str, Module]:
        """The modules of the track's own content root."""
        courses = self.track.file.parent.parent
        return {ref: one for ref, one in self.syllabus.modules.items() if one.folder.is_relative_to(courses)}

    @cached_property
    def reasons(self) -> list[str]:
        """Each module for which the track says why it leaves out all or some of it."""
        return [ref for one in self.track.about.leaves_out for ref in one.modules]

    @cached_property
    def places(self) -> dict[str, tuple[int, int]]:
        """Where the first and the last step of each module stand."""
        found: dict[str, tuple[int, int]] = {}
        for place, step in enumerate(self.schedule.steps):
            found[step.module] = found.get(step.module, (place, place))[0], place
        return found

    def is_whole(self, ref: str) -> bool:
        """Whether all pages and labs of a module are in the track."""
        there = {step.whole for step in self.schedule.steps}
        return all(step.whole in there for step in self.syllabus.whole(ref))

    def found(self, words: str, message: str, fix: str) -> Location:
        """Tell of the line that holds these words."""
        lines = self.track.file.read_text(encoding="utf-8").splitlines()
        line = next((number for number, one in enumerate(lines, 1) if words in one), None)
        return Location(self.track.file, line, message, fix)


def named(step: Step) -> str:
    """A step as its author writes it."""
    return f'lab = "{step.lab}"' if step.lab else f'module = "{step.module}", parts = ["{step.page}"]'
