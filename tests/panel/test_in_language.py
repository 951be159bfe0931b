"""A page shows what was said in the other language: steps, problems, checks, and what an explanation lacks."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kikori import paths
from kikori.attempts import Store
from kikori.bilingual import sentence
from kikori.content import Catalog
from kikori.content.grader_reasons import check_in, reasons_of
from kikori.explanation_rules import problems
from kikori.learner.session import Session
from kikori.model import Attempt, CheckResult, Outcome, Report, Stage
from kikori.model.lab import Text
from kikori.panel.in_language import lacks_in, message_in
from kikori.panel.state import panel
from kikori.settings import Lang

LAB = "first-look"
GRADERS = paths.ROOT / "graders" / LAB
TITLE = Text(
    en="A user who asks for the timetable gets an answer.",
    ja="時刻表を求めた利用者に、応答が返る。",
)
SEEN = {"answer": Text(en="status 403", ja="ステータス 403")}


def failed(lang: Lang) -> CheckResult:
    reason = reasons_of(GRADERS)["answer"].lang(lang).format(answer=SEEN["answer"].lang(lang))
    return CheckResult(id="test_answer", title=TITLE.lang(lang), outcome=Outcome.FAILED, reason=reason)


@pytest.mark.parametrize(("made", "shown"), [("en", "ja"), ("ja", "en"), ("ja", "ja"), ("en", "en")])
def test_check_is_shown_in_the_language_of_the_page(made: Lang, shown: Lang) -> None:
    assert check_in(shown, failed(made), GRADERS) == failed(shown)


def busy(lang: Lang) -> CheckResult:
    said = sentence("too-busy", lang, waiting=33, processors=2)
    return msgspec.structs.replace(failed(lang), outcome=Outcome.BUSY, reason=f"{said}\n{failed(lang).reason}")


@pytest.mark.parametrize(("made", "shown"), [("en", "ja"), ("ja", "en")])
def test_a_check_that_a_busy_computer_left_open_is_shown_in_the_language_of_the_page(made: Lang, shown: Lang) -> None:
    assert check_in(shown, busy(made), GRADERS) == busy(shown)


def test_a_panel_shows_the_report_of_a_check_that_ran_in_english_in_japanese(own_places: Path) -> None:
    store = Store()
    attempt = store.save(
        Attempt(id=f"{LAB}-00000a", lab=LAB, learner="ada", seed=1, params={}, stage=Stage.BROKEN, fault="closed-page")
    )
    store.add_report(attempt, Report(lab=LAB, at=time.time(), checks=(failed("en"),)))
    found = panel(Session(LAB, lang="ja"), LAB)
    assert found.report is not None
    assert found.report.checks == (failed("ja"),)


MESSAGES: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({"kind": "step", "title": "Starting the services"}, {"title": "サービスの起動"}),
    ({"kind": "stepped", "title": "Starting the services", "seconds": 1.0}, {"title": "サービスの起動"}),
    (
        {"kind": "problem", "message": "No lab is running.", "hint": "wait for it to end"},
        {"message": "動いているラボはありません。", "hint": "終わるのを待ってください"},
    ),
    ({"kind": "pulse", "pulse": {}}, {}),
]


@pytest.mark.parametrize(("message", "changed"), MESSAGES)
def test_what_a_command_tells_is_in_the_language_of_the_page(message: dict[str, Any], changed: dict[str, str]) -> None:
    assert message_in("ja", message, GRADERS) == message | changed
    assert message_in("en", message, GRADERS) == message


def test_a_check_that_comes_in_is_in_the_language_of_the_page() -> None:
    told = message_in("ja", {"kind": "check", "check": msgspec.to_builtins(failed("en"))}, GRADERS)
    assert msgspec.convert(told["check"], CheckResult) == failed("ja")


def test_what_an_explanation_lacks_is_told_in_japanese() -> None:
    found = lacks_in("ja", problems("nothing of it", Catalog().lab(LAB), []))
    assert found
    assert all("質問の見出しがなくなっています" in one.reason for one in found)


FORMAT = re.compile(r"\{+[^{}]*\}+")


def said(text: str) -> str:
    """Fill each place of a reason with the same value, which no sentence has."""
    return FORMAT.sub("\N{WHITE SQUARE}", text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "graders",
    sorted(path.parent for path in (paths.ROOT / "graders").glob("*/reasons.toml")),
    ids=lambda path: path.name,
)
def test_reasons_of_every_lab_can_be_said_in_japanese(graders: Path) -> None:
    wrong = []
    for name, reason in reasons_of(graders).items():
        if reason.en != reason.en.strip() or "}{" in reason.en:
            continue  # a part of another reason, or places that touch each other
        check = CheckResult(id="test_x", title="", outcome=Outcome.FAILED, reason=said(reason.en))
        if check_in("ja", check, graders).reason != said(reason.ja):
            wrong.append(name)
    assert not wrong
