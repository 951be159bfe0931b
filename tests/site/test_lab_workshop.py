"""A workshop at a lab: what instructors get of it, and that learners get nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.errors import OurFault
from kikori.settings import Lang
from kikori.site.assembly import tree
from kikori.site.content import LANGS, Content, localized
from kikori.site.navigation import navigation

MODEL = paths.ROOT / "labs" / "_models" / "write"
OURS = paths.ROOT / "graders" / "postmortem"


@pytest.fixture
def graders(tiny: Path) -> Path:
    """A lab of the tiny course, with a workshop's page and role cards in English alone."""
    shutil.copytree(MODEL / "lab", tiny / "labs" / "promise")
    shutil.copytree(MODEL / "grader", tiny / "graders" / "promise")
    about = tiny / "labs" / "promise" / "lab.toml"
    text = about.read_text(encoding="utf-8").replace('"start-here"', '"knots"').replace('"how-to-learn"', '"bowline"')
    about.write_text(text, encoding="utf-8")
    graders = tiny / "graders" / "promise"
    (graders / "workshop.md").write_text("# An hour at the pier\n\nAsk who pays.\n", encoding="utf-8")
    (graders / "roles.md").write_text(
        "# Roles\n\nFold it.\n\n## Captain\n\nWaits.\n\n## Child\n\nAsks.\n", encoding="utf-8"
    )
    return graders


def for_instructors(root: Path) -> Content:
    return Content(root / "docs", Catalog([root]), instructor=True)


@pytest.mark.parametrize("lang", LANGS)
def test_instructors_get_page_and_cards_and_learners_neither(
    graders: Path, tiny: Path, read: Callable[[], Content], lang: Lang
) -> None:
    shown = tree(for_instructors(tiny))
    sheet, roles = (shown[localized(f"labs/promise/{name}", lang)].decode() for name in ("workshop.md", "roles.md"))
    assert "# An hour at the pier" in sheet
    assert "Ask who pays." in sheet
    assert roles.count('<div class="kikori-card" markdown>') == 2
    assert roles.index("Fold it.") < roles.index("## Captain") < roles.index("## Child")
    overview = shown[localized("courses/instructor.md", lang)].decode()
    assert "(../labs/promise/workshop.md)" in overview
    hidden = tree(read())
    there, gone = (str(navigation(content, lang)) for content in (for_instructors(tiny), read()))
    assert all(
        f"labs/promise/{name}.md" in there and f"labs/promise/{name}.md" not in gone for name in ("workshop", "roles")
    )
    assert not [name for name, text in hidden.items() if b"Ask who pays." in text or b"Captain" in text]


def test_page_of_the_language_comes_before_the_english_one(graders: Path, tiny: Path) -> None:
    (graders / "workshop.ja.md").write_text("# 桟橋の1時間\n\n誰が払うのか。\n", encoding="utf-8")
    shown = tree(for_instructors(tiny))
    assert "# 桟橋の1時間" in shown["labs/promise/workshop.ja.md"].decode()
    assert "# An hour at the pier" in shown["labs/promise/workshop.md"].decode()


def test_page_without_a_heading_is_named(graders: Path, tiny: Path) -> None:
    (graders / "workshop.md").write_text("Ask who pays.\n", encoding="utf-8")
    with pytest.raises(OurFault, match=r"promise/workshop\.md: no heading"):
        tree(for_instructors(tiny))


@pytest.mark.parametrize("name", ["workshop", "roles"])
def test_ours_say_the_same_in_both_languages(name: str) -> None:
    english, japanese = ((OURS / f"{name}{end}").read_text(encoding="utf-8") for end in (".md", ".ja.md"))
    for mark in ("\n## ", "\n|", "\n- ", "**", "`"):
        assert english.count(mark) == japanese.count(mark), mark


@pytest.mark.parametrize("lang", LANGS)
def test_a_role_card_fits_on_one_side_of_a5(lang: Lang) -> None:
    _, *cards = (OURS / localized("roles.md", lang)).read_text(encoding="utf-8").split("\n## ")
    assert 4 <= len(cards) <= 6
    assert max(map(len, cards)) <= (1100 if lang == "en" else 550)
