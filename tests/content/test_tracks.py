"""Tracks take the minutes that the modules' pages and labs say."""

from __future__ import annotations

import math
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.content.tracks import Schedule, schedule_of, schedules
from kikori.errors import KikoriError, OurFault

REAL = schedules(Catalog([paths.ROOT]))
HOURS = {"ten days of six hours": (10, 360), "three evenings a week": (24, 120), "four sessions a week": (16, 120)}
"""What summaries promise: sessions, and minutes of one."""


def read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


MODULES = {
    f"{file.parent.parent.name}/{file.parent.name}": read(file) for file in paths.ROOT.glob("courses/*/*/module.toml")
}
LABS = {file.parent.name: read(file) for file in paths.ROOT.glob("labs/*/lab.toml")}


def labs_of(ref: str) -> list[str]:
    return [name for name, lab in LABS.items() if f"{lab['course']}/{lab['module']}" == ref]


@pytest.mark.parametrize("found", REAL, ids=lambda found: found.track.id)
def test_a_module_that_is_whole_takes_what_its_page_says(found: Schedule) -> None:
    """Summed from the files as they are, without the code that computes sessions."""
    for ref in found.modules:
        there = {step.lab or str(step.page) for step in found.steps if step.module == ref}
        if there == {"why", "how", "why-again", *labs_of(ref)}:
            taken = sum(step.minutes for step in found.steps if step.module == ref)
            assert taken == MODULES[ref]["reading"] + MODULES[ref]["practice"], ref


@pytest.mark.parametrize("found", REAL, ids=lambda found: found.track.id)
def test_a_lab_takes_what_its_page_says(found: Schedule) -> None:
    for lab in found.labs:
        assert sum(step.minutes for step in found.steps if step.lab == lab) == LABS[lab]["minutes"], lab


@pytest.mark.parametrize("found", REAL, ids=lambda found: found.track.id)
def test_a_session_takes_its_steps_by_the_factor(found: Schedule) -> None:
    about = read(found.track.file)
    for session in found.sessions:
        plain = sum(step.minutes for step in session.steps)
        assert plain * about["factor"] <= session.minutes < plain * about["factor"] + 1
    assert found.minutes == sum(session.minutes for session in found.sessions)


@pytest.mark.parametrize("found", REAL, ids=lambda found: found.track.id)
def test_the_short_route_saves_what_it_skips(found: Schedule) -> None:
    gone = {step.whole for step in found.skipped}
    saved = sum(step.minutes for step in found.steps if step.whole in gone) * found.track.about.factor
    assert saved > 0
    assert abs(found.minutes - found.short_minutes - saved) <= len(found.sessions)


def test_the_hours_that_summaries_promise_are_those_of_the_sessions() -> None:
    said = {found.track.about.summary.en.lower(): (len(found.sessions), found.track.about.bound) for found in REAL}
    for words, promised in HOURS.items():
        (kept,) = [numbers for summary, numbers in said.items() if words in summary]
        assert kept == promised, words


@pytest.mark.slow
@pytest.mark.parametrize(
    ("track", "session", "minutes"),
    [("two-weeks", 1, (14 + 65 + 14 + 75) * 1.5), ("evenings", 1, (14 + 65) * 1.2), ("containers-day", 2, 125 * 1.5)],
)
def test_a_sum_made_by_hand(track: str, session: int, minutes: float) -> None:
    found = schedule_of(Catalog([paths.ROOT]), track)
    assert found.sessions[session - 1].minutes == math.ceil(minutes)


def test_every_track_has_each_prerequisite_before_or_says_that_it_is_known() -> None:
    for found in REAL:
        done: set[str] = set(found.track.about.assumes)
        for ref in found.modules:
            assert set(MODULES[ref].get("prerequisites", ())) <= done, ref
            done.add(ref)


def test_unknown_track_is_told_with_the_nearest_and_all() -> None:
    with pytest.raises(KikoriError) as caught:
        schedule_of(Catalog([paths.ROOT]), "two-week")
    assert caught.value.hint == "Did you mean 'two-weeks'?"
    assert all(found.track.id in caught.value.message for found in REAL)


TRACK = """
order = 1
unit = "day"
factor = 2
bound = 200
title = { en = "T", ja = "試" }
summary = { en = "T", ja = "試" }
audience = { en = "T", ja = "試" }
short = { skips = [{ module = "slo/quarterly-review" }], keeps = { en = "T", ja = "試" } }
sessions = [{ title = { en = "T", ja = "試" }, items = [ITEM] }]
"""


@pytest.fixture
def added(tmp_path: Path) -> Path:
    folder = tmp_path / "courses" / "tracks"
    folder.mkdir(parents=True)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(
    ("item", "message", "hint"),
    [
        ('{ module = "slo/quaterly-review" }', "there is no module", "Did you mean 'slo/quarterly-review'?"),
        ('{ lab = "first-slow" }', "there is no lab 'first-slow'", "Did you mean 'first-slo'?"),
        ("{ }", "an empty item: an item names a module", ""),
        ('{ module = "slo/quarterly-review", lab = "first-slo" }', "an item names a module", ""),
        ('{ lab = "first-slo", parts = ["why"] }', "an item names a module", ""),
        ('{ module = "slo/quarterly-review", minutes = 10 }', "'minutes' is for one page or one lab", ""),
        ('{ module = "slo/quarterly-review", parts = ["wy"] }', "Invalid enum value 'wy'", ""),
    ],
)
def test_an_item_that_names_nothing_or_two_things_is_refused(added: Path, item: str, message: str, hint: str) -> None:
    (added / "trial.toml").write_text(TRACK.replace("ITEM", item), encoding="utf-8")
    with pytest.raises(OurFault, match=re.escape(str(added / "trial.toml"))) as caught:
        schedules(Catalog([paths.ROOT, added.parent.parent]))
    assert message in caught.value.message
    assert caught.value.hint == hint


@pytest.mark.slow
def test_a_factor_and_a_share_of_a_lab(added: Path) -> None:
    item = '{ lab = "first-slo", minutes = 30 }, { module = "slo/quarterly-review", parts = ["why"] }'
    (added / "trial.toml").write_text(TRACK.replace("ITEM", item), encoding="utf-8")
    found = schedule_of(Catalog([paths.ROOT, added.parent.parent]), "trial")
    assert [(step.lab, step.minutes, step.of) for step in found.steps] == [("first-slo", 30, 110), ("", 8, 8)]
    assert (found.minutes, found.short_minutes) == (76, 60)


def test_two_tracks_of_one_id_are_refused(added: Path) -> None:
    (added / "evenings.toml").write_text(TRACK.replace("ITEM", '{ lab = "first-slo" }'), encoding="utf-8")
    with pytest.raises(OurFault, match="Two tracks are called 'evenings'"):
        schedules(Catalog([paths.ROOT, added.parent.parent]))
