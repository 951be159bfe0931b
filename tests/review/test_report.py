"""The cohort's page and the learner's: opened from a disk, loading nothing, readable on a phone and in the dark."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kikori import design
from kikori.content import Catalog
from kikori.replay.verdict import Verdict
from kikori.review.feedback import write_feedback
from kikori.review.gradebook.cohort_table import table_of
from kikori.review.gradebook.report_page import bars, html_of, write_table
from kikori.review.results import classwork
from kikori.settings import Lang

from .made_up import Learner, made_up

if TYPE_CHECKING:
    from playwright.sync_api import Page

EVIL = '<script src="https://evil.example/x"></script><img src=https://evil.example/y onerror=alert(1)>'
SCHEMES = ("light", "dark")


def class_of_two_labs(tmp_path: Path) -> Path:
    first = [
        Learner(
            name=f"learner{n}", handed_in=12 + 7 * n, mended=8 + 5 * n, first_check=3 + n, hints=n % 4, failures=n % 5
        )
        for n in range(7)
    ]
    other = [Learner(name=f"learner{n}", lab="silent-exit", handed_in=60 + 9 * n, mended=50) for n in range(4)]
    odd = [
        Learner(name=EVIL, verdict=Verdict.NOT_VERIFIED, reason=EVIL, comment=EVIL, level=1),
        Learner(name="青井", verdict=Verdict.COULD_NOT_VERIFY, level=3),
        Learner(name="nell", verdict=Verdict.NOT_VERIFIED, by_hand="verified", level=2),
    ]
    return made_up(tmp_path / "class", *first, *other, *odd)


def drawn(tmp_path: Path, lang: Lang = "en") -> str:
    return html_of(table_of(classwork(class_of_two_labs(tmp_path), Catalog()), lang), lang)


def test_it_says_who_is_where_with_n_beside_every_figure(tmp_path: Path) -> None:
    page = drawn(tmp_path)
    assert page.count("learner0") == 1
    assert "10 " not in page.split("</h1>")[0]
    assert ">✓ verified</span> <small>(by hand)</small>" in page
    assert "too few to say" not in page.split('id="time"')[1].split("</section>")[0]
    assert "far longer than promised" in page


def test_page_holds_the_sheet_that_all_pages_share(tmp_path: Path) -> None:
    assert design.sheet() in drawn(tmp_path)


def test_of_two_learners_it_says_too_few(tmp_path: Path) -> None:
    folder = made_up(tmp_path / "class", Learner(name="ada"), Learner(name="bob"))
    page = html_of(table_of(classwork(folder, Catalog()), "en"), "en")
    times = page.split('id="time"')[1].split('id="ladder"')[0]
    assert times.count("too few to say") == 5
    assert "(n = 2)" in times


def test_bars_are_on_one_scale_and_within_it(tmp_path: Path) -> None:
    table = table_of(classwork(class_of_two_labs(tmp_path), Catalog()), "en")
    found = bars(table)
    ends = [end for bar in found.values() for end in (bar.median, bar.p90, bar.claimed, sum(w for _, w in bar.stages))]
    assert max(ends) == 100
    assert min(ends) > 0
    first, other = table.labs
    unit = found[first.lab].claimed / first.claimed
    assert found[other.lab].claimed == pytest.approx(other.claimed * unit, abs=0.1)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_strangers_words_stay_words(tmp_path: Path, lang: Lang) -> None:
    page = drawn(tmp_path, lang)
    assert "&lt;script src=" in page
    assert not re.search(r"<(script|img|link|iframe|object|form)\b", page)
    assert not re.search(r"<[^>]* (style|on\w+|href|src)=", page)
    assert f'<html lang="{lang}">' in page


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The cohort's page in both languages, and the learners' pages."""
    folder = class_of_two_labs(tmp_path)
    for lang in ("en", "ja"):
        monkeypatch.setenv("KIKORI_LANG", lang)
        write_table(folder, tmp_path / lang, Catalog())
    write_feedback(folder, tmp_path / "feedback", Catalog())
    return [tmp_path / "en" / "cohort.html", tmp_path / "ja" / "cohort.html", *(tmp_path / "feedback").glob("*.html")]


@pytest.mark.browser
def test_pages_open_from_a_disk_and_ask_nobody(files: list[Path], page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for file in files:
        page.goto(file.as_uri())
        assert page.locator("h1").count() == 1
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == "rgb(252, 253, 252)", "the policy lets the page's own style in"
        assert page.evaluate("document.scripts.length") == 0
    assert {*asked} == {file.as_uri() for file in files}


@pytest.mark.browser
@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_is_wider_than_a_phone_but_what_scrolls_by_itself(files: list[Path], page: Page, scheme: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for file in files:
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, file.name


@pytest.mark.browser
def test_what_scrolls_is_reached_by_keyboard(files: list[Path], page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(files[0].as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "region"
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)  # the page's policy lets no waiting script in
    assert page.evaluate("document.activeElement.scrollLeft") > 0
