"""A replay speaks to its learner, whoever reviews: titles and reasons are in the language of the explanation."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from kikori.content import Catalog
from kikori.model import CheckResult, Outcome, Report
from kikori.replay import judge as judge_module
from kikori.replay.case import Case, language_spoken
from kikori.replay.rebuild import Rebuilt
from kikori.replay.verdict import NotAFix
from kikori.settings import Lang

from .conftest import Judged

ENGLISH = "## Q <!-- seen -->\nThe users saw a white page, and [#1] shows why.\n"
JAPANESE = "## Q <!-- seen -->\n利用者には白いページしか見えず、nginx のログが原因を示していた [#1]。\n"


def report(title: str) -> Report:
    return Report(lab="first-look", at=0.0, checks=(CheckResult(id="a", title=title, outcome=Outcome.FAILED),))


@pytest.mark.parametrize(
    ("text", "titles", "expected"),
    [
        (ENGLISH, [], "en"),
        (JAPANESE, [], "ja"),
        (JAPANESE, ["The page is there."], "ja"),
        ("## Q <!-- seen -->\n", ["ページが見える。"], "ja"),
        ("## Q <!-- seen -->\n...\n", ["The page is there."], "en"),
        ("", [], None),
        ("## Q <!-- seen -->\n123 !\n", [], None),
        (JAPANESE + "あ" * 70_000, ["The page is there."], "en"),
    ],
)
def test_language_is_that_of_the_explanation_else_of_the_checks_that_were_seen(
    text: str, titles: list[str], expected: Lang | None
) -> None:
    assert language_spoken(text, [report(title) for title in titles]) == expected


@pytest.mark.parametrize(("text", "expected"), [(ENGLISH, "en"), (JAPANESE, "ja"), ("", "ja")])
def test_replay_is_graded_in_the_learners_language_else_in_the_instructors(
    judged: Judged, monkeypatch: pytest.MonkeyPatch, text: str, expected: str
) -> None:
    asked: list[object] = []

    def graded(*_: object, lang: object = None, **__: object) -> Report:
        asked.append(lang)
        return report("A.")

    def rebuilt(case: Case, steps: object) -> Scene:
        project = SimpleNamespace(lab=case.lab, attempt=Catalog().lab("first-look"), folder=Path())
        return Scene(project, ())  # type: ignore[arg-type]

    monkeypatch.setenv("KIKORI_LANG", "en" if text == JAPANESE else "ja")
    monkeypatch.setattr(sys.modules[Rebuilt.__module__], "grade", graded)
    monkeypatch.setattr(sys.modules[Rebuilt.__module__], "written", lambda *_: Path())
    monkeypatch.setattr(judge_module, "rebuilt", rebuilt)
    judged({"explanation.md": text.encode()})
    assert asked == [expected, expected], "what does not pass is asked twice"


class Scene(Rebuilt):
    """A scene without an engine."""

    def __enter__(self) -> Scene:
        return self

    def __exit__(self, *_: object) -> None:
        pass


@pytest.mark.parametrize(("text", "told"), [(ENGLISH, "it replaces /bin/ps"), (JAPANESE, "置き換え")])
def test_reason_why_nothing_was_graded_is_in_it_too(
    judged: Judged, monkeypatch: pytest.MonkeyPatch, text: str, told: str
) -> None:
    def refuse(*_: object) -> None:
        raise NotAFix("it replaces /bin/ps", "/bin/ps が置き換えられている")

    monkeypatch.setattr(judge_module, "rebuilt", refuse)
    assert told in judged({"explanation.md": text.encode()}).reason
