"""Tracks: ways through the courses for a time and a purpose, read from courses/tracks/*.toml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from kikori.content.catalog import Catalog
from kikori.content.strict_reader import nearest, read_toml
from kikori.content.tracks.schedule import PlannedSession, Schedule, Step, Syllabus
from kikori.errors import KikoriError, OurFault
from kikori.model.lab import NAME
from kikori.model.track import Track, TrackToml

__all__ = ["PlannedSession", "Schedule", "Step", "Syllabus", "read_tracks", "schedule_of", "schedules"]


def read_tracks(roots: Sequence[Path]) -> tuple[Track, ...]:
    """Every track of every content root, in order.

    Raises:
        OurFault: a file breaks the format, or two tracks have one id.
    """
    found: dict[str, Track] = {}
    for root in roots:
        for file in sorted((root / "courses" / "tracks").glob("*.toml")):
            if not re.fullmatch(NAME, file.stem):
                raise OurFault(f"{file}: no id for a track: lower-case words with '-' between them, such as two-weeks")
            if file.stem in found:
                raise OurFault(f"Two tracks are called '{file.stem}': {found[file.stem].file} and {file}")
            found[file.stem] = Track(id=file.stem, file=file, about=read_toml(file, TrackToml))
    return tuple(sorted(found.values(), key=lambda track: (track.about.order, track.id)))


def syllabus_of(catalog: Catalog) -> Syllabus:
    """All modules and labs at hand.

    Raises:
        OurFault: one of them breaks its format.
    """
    return Syllabus((module for course in catalog.courses() for module in course.modules), catalog.labs())


def schedules(catalog: Catalog, syllabus: Syllabus | None = None) -> tuple[Schedule, ...]:
    """Every track, resolved, in order.

    Raises:
        OurFault: a file breaks the format, or names a module or lab that is not there.
    """
    tracks = read_tracks(catalog.roots)
    known = syllabus or (syllabus_of(catalog) if tracks else Syllabus((), ()))
    return tuple(known.schedule(track) for track in tracks)


def schedule_of(catalog: Catalog, name: str) -> Schedule:
    """One track by its id, resolved.

    Raises:
        KikoriError: there is no such track; says the nearest one, and all that there are.
    """
    known = {track.id: track for track in read_tracks(catalog.roots)}
    if name not in known:
        message = f"There is no track called '{name}'; there are: {', '.join(known) or 'none'}."
        raise KikoriError(message, nearest(name, [*known]) or "kikori list --tracks")
    return syllabus_of(catalog).schedule(known[name])
