"""A setter's fault in a solver's attempt: known as any other, its solution sealed until it was explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from kikori import explanation_rules
from kikori.errors import KikoriError
from kikori.fault_file import SUFFIX, WrongWord
from kikori.learner.debrief import debrief
from kikori.learner.explain import diagnose
from kikori.learner.fault import choose
from kikori.learner.session import Session
from kikori.learner.status import hint
from kikori.model import Stage
from kikori.panel.state import panel
from kikori.premortem.solver import open_solution, put_from_file
from kikori.submission.format import Refused

from .conftest import SOLUTION, WORD

pytestmark = pytest.mark.slow


def events(session: Session) -> list[str]:
    return [one.event for one in session.store.events(session.attempt())]


def test_the_fault_gives_nothing_away_in_what_can_be_chosen(solving: Session) -> None:
    own = solving.catalog.lab("mini")
    lab = solving.lab(solving.attempt())
    assert lab.faults.keys() - own.faults.keys() == {"setter-0a1b2c"}
    assert explanation_rules.components(lab) == explanation_rules.components(own)
    assert explanation_rules.causes(lab) == explanation_rules.causes(own)
    drawn = {choose(lab, solving.attempt(), None, random=True).id for _ in range(200)}
    assert drawn == own.faults.keys()


def test_hints_diagnosis_and_panel_work_as_for_any_fault(solving: Session) -> None:
    assert hint(solving).of == len(solving.catalog.lab("mini").about.hints)
    assert diagnose(solving, component="web").component == "web"
    assert panel(solving, "mini").stage is Stage.BROKEN


def test_solution_waits_for_the_explanation(solving: Session) -> None:
    with pytest.raises(KikoriError, match="kikori fault open --give-up") as caught:
        open_solution(solving, WORD)
    assert SOLUTION.cause not in caught.value.message
    solving.store.move(solving.attempt(), stage=Stage.FIXED, explained=True)
    page = open_solution(solving, WORD).markdown
    assert SOLUTION.cause in page
    assert "chmod 644 /srv/www/index.html" in page
    assert "3. part 3 → 3xx" in page
    assert events(solving)[-1] == "debriefed"
    assert "gave-up" not in events(solving)


def test_another_word_opens_nothing_and_leaves_no_trace(solving: Session) -> None:
    before = events(solving)
    with pytest.raises(WrongWord):
        open_solution(solving, "three green carrots", give_up=True)
    assert events(solving) == before
    folder = solving.setters_fault(solving.attempt())
    assert not [path for path in folder.rglob("*") if "chmod 644" in path.read_text()]


def test_debrief_tells_after_the_word_alone(solving: Session) -> None:
    diagnose(solving, component="web", cause="no-permission")
    with pytest.raises(KikoriError, match="its setter has the word"):
        debrief(solving, give_up=True)
    open_solution(solving, WORD, give_up=True)
    page = debrief(solving).markdown
    assert SOLUTION.cause in page
    assert "`web`" in page
    assert "gave-up" in events(solving)
    for fault in solving.catalog.lab("mini").faults.values():
        assert fault.about.cause.en not in page, "the lab's own faults are not told of"


def test_file_that_was_changed_does_not_open(solving: Session) -> None:
    kept = solving.setters_fault(solving.attempt()).with_suffix(SUFFIX)
    kept.write_bytes(kept.read_bytes()[:-30])
    with pytest.raises(Refused, match=r"setter-0a1b2c\.fault: not a whole \.fault file"):
        open_solution(solving, WORD, give_up=True)


def test_file_needs_an_attempt_at_its_lab(file: Path) -> None:
    with pytest.raises(KikoriError, match="No attempt at 'mini' is running") as caught:
        put_from_file(Session(), file)
    assert caught.value.hint == "kikori start mini"
    with pytest.raises(KikoriError, match="it was made for mini, not for first-look"):
        put_from_file(Session("first-look"), file)
