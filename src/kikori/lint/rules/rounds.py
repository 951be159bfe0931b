"""Rounds: what keeps a fault from being read off the files, and a lab from giving away the next round."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from kikori.lint.finding import Location
from kikori.lint.rule import rule, warning
from kikori.lint.subjects.source_tree import LabSource
from kikori.model import Change, Commit

COMMITS, PEOPLE, AT_ONCE, SUBJECT = 8, 3, 3, 60
DECOYS = 2


@rule
def history_believable(source: LabSource) -> Iterator[Location]:
    """A history has eight commits or more by three people, each with a subject of 60 characters, the oldest first.

    Only the first has no hunk: it begins with what the others leave when they are taken back.
    """
    for file, message, fix in _doubts(source) if source.lab.history else ():
        yield Location(file, None, message, fix)


def _doubts(source: LabSource) -> Iterator[tuple[Path, str, str]]:
    history, folder = source.lab.history, source.folder / "history"
    if len(history) < COMMITS or len({commit.author for commit in history}) < PEOPLE:
        yield folder, f"{len(history)} commits are no history", "write eight or more, by three people"
    for before, after in pairwise(history):
        if after.days > before.days:
            yield folder / f"{after.name}.diff", "it is older than the one before", "put it before that"
    for place, commit in enumerate((*history, *_beside(source))):
        file = source.folder / ("history" if place < len(history) else "later") / f"{commit.name}.diff"
        if (commit.patch is None) != (place == 0):
            yield file, "the first commit of a history, and that alone, has no hunk", "write one, or drop it"
        if len(commit.subject) > SUBJECT:
            yield file, f"a subject of {len(commit.subject)} characters", f"write {SUBJECT} at most"


@rule
def break_among_others(source: LabSource) -> Iterator[Location]:
    """Where there is a history, a break that changes the workspace says who made it, and others come with it."""
    for fault in source.lab.single.values() if source.lab.history else ():
        change = next((one for one in fault.breaking if one.touches_workspace), fault.breaking[0])
        untold = change.touches_workspace and not fault.told
        if untold or len(fault.commits) + len(fault.told) < AT_ONCE:
            message = "it says no author and subject" if untold else "too few harmless commits come with it"
            fix = "write `# author:` and `# subject:` in its first lines" if untold else "write four in later/"
            yield Location(change.path, None, message, fix)


@warning
def workspace_has_a_history(source: LabSource) -> Iterator[Location]:
    """A lab whose faults change the workspace has its history: else `diff` says more than the system does."""
    at_risk = [name for name, one in source.lab.single.items() if any(map(_touches, one.breaking))]
    if at_risk and not source.lab.history:
        yield Location(source.folder / "history", None, f"{', '.join(at_risk)} can be found by diff", "write history/")


@warning
def two_decoys(source: LabSource) -> Iterator[Location]:
    """A repair lab tells of two decoys or more: what looks wrong in it and is not."""
    if source.lab.faults and len(source.lab.about.decoys) < DECOYS:
        yield Location(source.toml, None, f"{len(source.lab.about.decoys)} decoys", "write [[decoys]] with en and ja")


def _touches(change: Change) -> bool:
    return change.touches_workspace


def _beside(source: LabSource) -> tuple[Commit, ...]:
    return tuple({commit.name: commit for fault in source.lab.faults.values() for commit in fault.commits}.values())
