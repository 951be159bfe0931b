"""What the queue knows is what is there: edits are seen whatever the clock says, and nobody's file fills the book."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sql
from msgspec.structs import replace

from kikori import explanation_rules
from kikori.content import Catalog
from kikori.model import CheckResult, Command, Event, Outcome, Report
from kikori.paths import ROOT
from kikori.review import marks
from kikori.review.evidence import excerpt
from kikori.review.evidence.excerpt import opened_paper, readable
from kikori.review.evidence.stored_texts import PAPERS
from kikori.review.marks import Level, Mark, note
from kikori.review.web.serving import open_review_folder
from kikori.submission import Submission, unpack

from .made_up import Learner, made_up, write


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kikori.review.review_folder.PATIENCE", 0)


def test_mark_written_by_a_clock_that_was_set_back_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = made_up(tmp_path / "class", Learner(name="ada"), Learner(name="bob"))
    with open_review_folder(folder, Catalog()) as review_folder:
        first, second = review_folder.entries()
        note(review_folder.store, Mark(submission=first, criterion="symptom", level=Level.ALL))
        note(review_folder.store, Mark(submission=second, criterion="symptom", level=Level.ALL))
        assert review_folder.entries()[first].standing.points == 3
        monkeypatch.setattr(marks.time, "time", lambda: 1.0)
        note(review_folder.store, Mark(submission=first, criterion="symptom", level=Level.NOTHING))
        assert review_folder.entries()[first].standing.points == 0


def test_edited_mark_scheme_is_seen_though_nothing_else_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "content"
    for part in ("labs/first-look", "labs/_images", "graders/first-look"):
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
    folder = made_up(tmp_path / "class", Learner(name="ada", level=3))
    rubric = root / "graders/first-look/rubric.toml"
    with open_review_folder(folder, Catalog([root])) as review_folder:
        (before,) = review_folder.entries().values()
        text = rubric.read_text(encoding="utf-8")
        rubric.write_text(text.replace("points = 3", "points = 5", 1), encoding="utf-8")
        os.utime(rubric, ns=(1, 1))
        (after,) = review_folder.entries().values()
    assert after.standing.of == before.standing.of + 2


def filled_up(file: Path) -> Submission:
    """What somebody hands in who wants to fill our book: everything as long as it may be."""
    found = unpack(file)
    check = CheckResult(id="a" * 9000, title="b" * 9000, outcome=Outcome.PASSED, reason="c" * 9000, needs=("d" * 9000,))
    at = found.events[0].at
    return replace(
        found,
        manifest=replace(found.manifest, learner="e" * 9000),
        explanation="f" * (4 * 2**20),
        events=(*found.events, *(Event(at=at, event="g" * 900) for _ in range(900))),
        trail=tuple(
            Command(number=number, at=0.0, service="web", line="h" * 900, exit_code=0, seconds=0.0)
            for number in range(900)
        ),
        reports=tuple(Report(lab="first-look", at=at, checks=(check,) * 900) for _ in range(9)),
    )


def test_no_more_of_a_submission_is_kept_than_a_page_shows(tmp_path: Path) -> None:
    write(tmp_path / "a.kikori", Learner(name="ada"))
    paper = readable(filled_up(tmp_path / "a.kikori"))
    assert len(msgspec.json.encode(paper)) < 1.5 * 2**20
    assert len(paper.explanation) == explanation_rules.LONGEST
    assert (paper.claim, len(paper.reports)) == (True, 1)
    assert len(paper.trail) + paper.more == 900
    assert [event.event for event in paper.events[:2]] == ["broke", "checked"], "the way is told from its beginning"


def test_ordinary_submission_is_kept_whole(tmp_path: Path) -> None:
    write(tmp_path / "a.kikori", Learner(name="ada", failures=2))
    found, paper = unpack(tmp_path / "a.kikori"), opened_paper(tmp_path / "a.kikori")
    assert paper
    assert (paper.manifest, paper.events, paper.trail, paper.explanation, paper.more) == (
        found.manifest,
        found.events,
        found.trail,
        found.explanation,
        0,
    )
    assert (paper.reports, paper.claim) == (found.reports[:1], False)


def test_book_of_a_class_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = made_up(tmp_path / "class", Learner(name="ada", file="a.kikori"))
    monkeypatch.setattr(excerpt, "read_records", filled_up)
    with open_review_folder(folder, Catalog()) as review_folder, review_folder.store.engine.connect() as line:
        (size,) = line.execute(sql.select(sql.func.length(PAPERS.c.paper))).one()
    assert size < 1.5 * 2**20
