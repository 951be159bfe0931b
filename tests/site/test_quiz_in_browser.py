"""A quiz in a browser, from a plain file server: by keyboard, on paper, and as the file that the command marks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.content.quizzes import quiz_of
from terminal_user import Kikori

from .conftest import grave

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def answer_by_keyboard(page: Page, quiz: str, wrong: int = 0) -> None:
    """Go from question to question with Tab, and to the right option with the arrow keys; the first ones wrongly."""
    questions = quiz_of(quiz, Catalog([paths.ROOT]).quizzes()).questions
    page.locator("fieldset input").first.focus()
    for number, one in enumerate(questions):
        while page.evaluate("document.activeElement.name") != f"q-{one.id}":
            page.keyboard.press("Tab")
        wanted = ("b" if one.right == "a" else "a") if number < wrong else one.right
        page.keyboard.press("Space")
        while page.evaluate("document.activeElement.value") != wanted:
            page.keyboard.press("ArrowDown")


def press(page: Page, what: str) -> None:
    while page.evaluate("document.activeElement.dataset.do") != what:
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def test_a_test_is_answered_by_keyboard_saved_and_marked(
    page: Page, served: str, kikori: Kikori, tmp_path: Path
) -> None:
    page.goto(f"{served}quizzes/pre/")
    assert not grave(page)
    page.get_by_label("Your name").fill("陽菜 O’Neil")
    answer_by_keyboard(page, "pre", wrong=3)
    with page.expect_download() as saved:
        press(page, "save")
    assert saved.value.suggested_filename == "pre-陽菜-O-Neil.csv"
    saved.value.save_as(tmp_path / "answers.csv")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "status"
    told = json.loads(kikori("quiz", "mark", "answers.csv", "--json").stdout)
    assert told["refused"] == []
    assert [(one["learner"], one["points"], one["left_out"]) for one in told["sheets"]] == [("陽菜 O’Neil", 17, 0)]


def test_what_is_left_out_is_told_once_and_then_meant(page: Page, served: str, kikori: Kikori, tmp_path: Path) -> None:
    page.goto(f"{served}ja/quizzes/post/")
    page.locator("#learner").fill("Aoi")
    page.locator("fieldset input").first.check()
    press(page, "save")
    assert "2, 3, 4" in page.locator(".kikori-quiz-status").inner_text()
    with page.expect_download() as saved:
        press(page, "save")
    saved.value.save_as(tmp_path / "answers.csv")
    (sheet,) = json.loads(kikori("quiz", "mark", "answers.csv", "--json").stdout)["sheets"]
    assert sheet["left_out"] == 19


def test_a_weekly_quiz_tells_at_the_end_and_begins_again(page: Page, served: str) -> None:
    page.goto(f"{served}quizzes/week-1/")
    answer_by_keyboard(page, "week-1", wrong=1)
    assert page.locator(".kikori-quiz-note").count() == 0
    press(page, "check")
    assert "9 of 10" in page.locator(".kikori-quiz-status").inner_text()
    assert page.locator(".kikori-quiz-note.is-right").count() == 9
    wrong = page.locator(".kikori-quiz-note.is-wrong")
    assert "The right one is C." in wrong.inner_text()
    assert not grave(page)
    assert page.locator(".kikori-quiz-read").count() == 1
    link = wrong.locator("a")
    link.click()
    page.wait_for_url(f"{served}courses/start-here/how-to-learn/why/")
    page.go_back()
    page.wait_for_selector("fieldset input:checked")
    press(page, "check")
    press(page, "again")
    assert page.locator("fieldset input:checked, .kikori-quiz-note").count() == 0


def test_the_self_test_asks_for_no_name(page: Page, served: str) -> None:
    page.goto(f"{served}quizzes/ready/")
    assert page.locator("#learner, [data-do=save]").count() == 0
    answer_by_keyboard(page, "ready", wrong=2)
    press(page, "check")
    assert page.locator(".kikori-quiz-note.is-wrong a[href^='https://']").count() == 2


def test_on_paper_there_are_boxes_and_no_buttons(page: Page, served: str) -> None:
    page.goto(f"{served}quizzes/pre/")
    page.emulate_media(media="print")
    assert page.locator("fieldset input").first.is_visible()
    assert page.locator("fieldset input").first.evaluate("one => getComputedStyle(one).appearance") == "none"
    assert not [one for one in page.locator(".kikori-quiz button").all() if one.is_visible()]
