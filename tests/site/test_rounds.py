"""What the site says of the blind rounds of a lab."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.errors import OurFault
from kikori.settings import Lang
from kikori.site import pages
from kikori.site.content import Content

QUIET = "[[round]]\nday = 2026-01-31\nright = 3\nwrong = 6\nsurprises = []\n"
SURPRISE = QUIET.replace("[]", '[{ case = "a page that says nothing passed", mended = "its text is read" }]')
Page = Callable[[Content, Lang], str]
PAGES: dict[str, Page] = {
    "the lab's own": lambda content, lang: pages.lab(content.labs[0], content, lang),
    "all labs": pages.labs,
    "proofs": pages.proofs,
}
SAID = {
    "one": (QUIET, "1 round, 9 cases, no surprise", "1回、9件、誤判定なし"),
    "two": (SURPRISE * 2, "2 rounds, 18 cases, last surprise in round 2", "2回、18件、最後の誤判定は2回目"),
    "four": (
        QUIET + SURPRISE + QUIET * 2,
        "4 rounds, 36 cases, last surprise in round 2",
        "4回、36件、最後の誤判定は2回目",
    ),
}


@pytest.fixture
def content(tmp_path: Path) -> Content:
    """A content root with one lab that nobody has examined, and its course."""
    for part in ("labs/first-look", "graders/first-look", "courses/start-here"):
        shutil.copytree(paths.ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "rounds.toml"))
    return Content(paths.ROOT / "docs", Catalog([tmp_path]))


def keep(content: Content, text: str) -> None:
    (content.labs[0].graders / "rounds.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize(("text", "english", "japanese"), SAID.values(), ids=SAID)
def test_a_lab_is_shown_with_its_rounds(content: Content, page: Page, text: str, english: str, japanese: str) -> None:
    keep(content, text)
    for lang, label, sentence in (("en", "Examined by strangers", english), ("ja", "第三者による検証", japanese)):
        told = page(content, lang)  # type: ignore[arg-type]
        (line,) = [line for line in told.splitlines() if sentence in line]
        assert label in told
        assert line.endswith((sentence, " |")), "a cell stays on its row's line"


def test_learners_read_nothing_of_rounds_that_were_not_held(content: Content) -> None:
    for name in ("the lab's own", "all labs"):
        assert "strangers" not in PAGES[name](content, "en")
        assert "第三者" not in PAGES[name](content, "ja")


def test_beside_the_proofs_it_is_told_that_none_was_held(content: Content) -> None:
    assert "| Examined by strangers |" in pages.proofs(content, "en")
    assert "| not yet |" in pages.proofs(content, "en")
    assert "| 未実施 |" in pages.proofs(content, "ja")


def test_no_page_tells_what_passed(content: Content) -> None:
    keep(content, SURPRISE)
    told = "".join(page(content, lang) for page in PAGES.values() for lang in ("en", "ja"))
    assert "a page that says nothing" not in told
    assert "its text is read" not in told


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_damaged_file_stops_the_build_with_its_name(content: Content, page: Page) -> None:
    keep(content, QUIET.replace("wrong", "worng"))
    with pytest.raises(OurFault, match=r"graders/first-look/rounds\.toml:4: .*`worng`") as refused:
        page(content, "en")
    assert refused.value.hint == "kikori lab lint first-look"
