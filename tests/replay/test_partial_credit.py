"""Partial credit: what a replay shows, and apart from it what a learner's own record says."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from kikori.content import Catalog
from kikori.model import Event, Lab
from kikori.replay.case import Case, steps_said, steps_shown
from kikori.replay.versions import Version
from kikori.submission import Submission
from kikori.submission.format import Manifest

LAB = Catalog().lab("first-look")
FAULT = LAB.faults["half-edit"]
RIGHT: dict[str, Any] = {"component": FAULT.about.component, "cause": FAULT.about.diagnosis}
TOLD = Manifest(
    format=1,
    lab=LAB.id,
    content="0",
    learner="ada",
    seed=1,
    fault=FAULT.id,
    attempt="first-look-00ab12",
    created=9.0,
    kikori="0",
)


def said_by(lab: Lab, handed_in: Submission) -> tuple[str, ...]:
    return steps_said(Case(Version(lab=lab, content=""), handed_in))


def submission(*events: Event, fault: str | None = FAULT.id) -> Submission:
    return Submission(
        manifest=replace(TOLD, fault=fault),
        events=(Event(at=1.0, event="broke"), *events),
        trail=(),
        reports=(),
        explanation="",
        services={},
        volumes={},
        workspace=None,
    )


@pytest.mark.parametrize("event", ["diagnosed", "explained"])
def test_an_event_that_anybody_can_write_gives_no_credit(event: str) -> None:
    """A file is its maker's own word: a right diagnosis in it is copied from the lab's folder in a minute."""
    forged = submission(Event(at=2.0, event=event, detail=RIGHT))
    assert steps_shown(LAB, None, fixed=False) == ()
    assert said_by(LAB, forged) == ("detect", "locate", "cause")


def test_a_replay_shows_that_a_fault_was_noticed_and_mended() -> None:
    assert steps_shown(LAB, None, fixed=True) == ("detect", "mitigate")


@pytest.mark.slow
def test_a_lab_without_faults_has_one_step() -> None:
    lab = next(lab for lab in Catalog().labs() if not lab.faults)
    assert steps_shown(lab, None, fixed=True) == ("mitigate",)
    assert said_by(lab, submission(Event(at=2.0, event="diagnosed", detail=RIGHT))) == ()


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        ({"component": FAULT.about.component}, ("detect", "locate")),
        ({"component": "nothing", "cause": "nothing"}, ()),
        ({"component": "nobody", "cause": FAULT.id}, ("detect", "cause")),
        ({}, ()),
    ],
)
def test_what_is_said_is_compared_with_the_fault(detail: dict[str, Any], said: tuple[str, ...]) -> None:
    assert said_by(LAB, submission(Event(at=2.0, event="diagnosed", detail=detail))) == said


def test_what_is_said_after_the_debrief_is_not_heard() -> None:
    told = Event(at=2.0, event="debriefed")
    assert said_by(LAB, submission(told, Event(at=3.0, event="diagnosed", detail=RIGHT))) == ()
