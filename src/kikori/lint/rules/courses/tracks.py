"""Tracks: each says what it takes, in an order that can be kept, and what it leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kikori.content.tracks import Syllabus
from kikori.lint.finding import Location
from kikori.lint.rule import rule, translation
from kikori.lint.subjects.texts import JAPANESE, texts_of
from kikori.lint.subjects.track_source import TrackSource, named


@rule
def labs_fit_their_module(syllabus: Syllabus) -> Iterator[Location]:
    """The labs of a module together take no more than the practice that it announces: else its parts outlast it."""
    for ref, module in syllabus.modules.items():
        each, practice = [lab.about.minutes for lab in syllabus.labs_of(ref)], module.about.practice
        if max(each, default=0) <= practice < sum(each):  # of one that is too long for it alone another rule tells
            message = f"its labs take {sum(each)} minutes, and its practice is {practice}"
            yield Location(module.folder / "module.toml", None, message, f"write practice = {sum(each)} or more")


@rule
def track_speaks_of_every_module(source: TrackSource) -> Iterator[Location]:
    """Each module of a track's content root is in it as a whole, assumed, or left out with a reason: one of the three.

    A module of which a track has a part is named under `leaves_out`, too: the reason says what is not in it.
    """
    for ref in dict.fromkeys([*source.own, *source.reasons, *source.track.about.assumes]):
        if told := _said_wrong(source, ref):
            yield source.found(ref, *told)


def _said_wrong(source: TrackSource, ref: str) -> tuple[str, str] | None:
    assumed = ref in source.track.about.assumes
    said = source.reasons.count(ref) + source.track.about.assumes.count(ref)
    if assumed and ref in source.places:
        return f"{ref} is assumed, and in the track", "take it out of `assumes`"
    if source.is_whole(ref):
        return (f"{ref} is left out, and in the track as a whole", "take it out of `leaves_out`") if said else None
    if said > 1:
        return f"{ref} is assumed or left out {said} times", "name it once"
    if said:
        return None
    what = "does not say what it leaves out of" if ref in source.places else "says nothing of"
    fix = f'put "{ref}" into a session, or under [[leaves_out]] with a reason'
    return f"the track {source.track.id} {what} {ref}", fix


@rule
def track_keeps_prerequisites(source: TrackSource) -> Iterator[Location]:
    """What a module builds on comes before it in the track, to its end, or stands under `assumes`."""
    for ref, (first, _) in source.places.items():
        for before in source.syllabus.modules[ref].about.prerequisites:
            if before in source.track.about.assumes:
                continue
            last = source.places.get(before, (None, None))[1]
            if last is None or last > first:
                lacking = "is not in the track" if last is None else "is not done by then"
                fix = f"put {before} before it, or name it under `assumes`"
                yield source.found(ref, f"{ref} builds on {before}, which {lacking}", fix)


@rule
def track_session_in_bounds(source: TrackSource) -> Iterator[Location]:
    """No session of a track takes longer than its `bound`: minutes of its pages and labs, by the track's factor."""
    for session in source.schedule.sessions:
        if session.minutes > source.track.about.bound:
            message = f"session {session.number} takes {session.minutes} minutes of {source.track.about.bound}"
            yield source.found(session.title.en, message, "move something into another session, or leave it out")


@rule
def track_spreads_all_of_it(source: TrackSource) -> Iterator[Location]:
    """A page or a lab is in a track once; where it is spread over sessions, its `minutes` add up to all of it."""
    given: Counter[tuple[object, ...]] = Counter()
    for step in source.schedule.steps:
        given[step.whole] += step.minutes
    for step in {step.whole: step for step in source.schedule.steps}.values():
        if given[step.whole] != step.of:
            message = f"{named(step)} has {given[step.whole]} minutes in the track, and takes {step.of}"
            yield source.found(step.lab or step.module, message, f"let its minutes be {step.of} in all")


@rule
def track_skips_what_it_has(source: TrackSource) -> Iterator[Location]:
    """The short route of a track skips pages and labs that are in the track."""
    there = {step.whole for step in source.schedule.steps}
    for step in source.schedule.skipped:
        if step.whole not in there:
            yield source.found(
                "[short]", f"it skips {named(step)}, which is not in the track", "take it out of [short]"
            )


@rule
def track_short_route_holds(source: TrackSource) -> Iterator[Location]:
    """The short route skips no whole module on which another of the route builds."""
    for ref in source.places:
        for before in source.syllabus.modules[ref].about.prerequisites:
            if before in source.places and source.schedule.skips(before) and not source.schedule.skips(ref):
                message = f"it skips {before}, and keeps {ref}, which builds on it"
                yield source.found("[short]", message, f"skip {ref}, too, or keep a part of {before}")


@translation
def track_in_both_languages(source: TrackSource) -> Iterator[Location]:
    """Every text of a track has a `ja` in Japanese beside its `en`."""
    for place, text in texts_of(source.track.about):
        if not JAPANESE.search(text.ja):
            yield source.found(text.en, f"{place} has no Japanese text", f'write ja = "..." beside {place}.en')
