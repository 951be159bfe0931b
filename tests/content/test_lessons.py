"""What accompanies lessons is read strictly, and ours has all of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from complete_module import NOTES, NOTES_JA, longest_card
from kikori import paths
from kikori.content import Catalog
from kikori.content.courses import read_courses
from kikori.content.lessons import cast, instructor_notes
from kikori.content.lessons.card import Card
from kikori.content.lessons.module_toml import readings_of, story_of
from kikori.content.strict_reader import read_toml
from kikori.errors import OurFault
from kikori.settings import Lang

MODULE = """
order = 1
reading = 5
practice = 10
title = { en = "Bowline" }
skills = []
understanding = []
"""
COURSE = 'order = 1\ntitle = { en = "Knots" }\nsummary = { en = "Tie." }\n'
MODULES = {f"{module.course}/{module.id}": module for course in Catalog().courses() for module in course.modules}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a module."""
    found = tmp_path / "courses" / "knots" / "bowline"
    found.mkdir(parents=True)
    (found.parent / "course.toml").write_text(COURSE)
    (found / "module.toml").write_text(MODULE)
    return found


def refusal(folder: Path, added: str) -> str:
    (folder / "module.toml").write_text(MODULE + added)
    with pytest.raises(OurFault) as caught:
        read_courses(folder.parents[1])
    return f"{caught.value.message} {caught.value.hint}"


def test_a_module_may_have_no_story_and_no_reading(folder: Path) -> None:
    ((module,),) = (course.modules for course in read_courses(folder.parents[1]))
    assert story_of(module) is None
    assert readings_of(module, "en") == ()


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ('[story]\nurl = "../why.md"\ntitle = { en = "x" }\nshows = { en = "x" }\n', "story.url"),
        ('[story]\nurl = "https://a"\ntitel = { en = "x" }\nshows = { en = "x" }\n', "title"),
        ('[[read_next]]\nurl = "https://a"\nlanguage = "de"\ntitle = { en = "x" }\n', "language"),
        ('[[read_next]]\nurl = "https://a"\nlanguag = "ja"\ntitle = { en = "x" }\n', "Did you mean 'language'?"),
    ],
)
def test_a_story_or_reading_out_of_form_is_refused(folder: Path, added: str, said: str) -> None:
    assert said in refusal(folder, added)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[[commands]]", "[[command]]", "command"),
        ('run = "find', 'run = "a line that takes more than its seventy-two letters and is cut, find', "run"),
        ('run = "find', 'run = "`find`', "run"),
        ('run = "find', 'run = "find\\n', "run"),
        ("trap = {", "trap = { ko = '-', ", "ko"),
    ],
)
def test_a_card_out_of_form_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    file = tmp_path / "card.toml"
    file.write_text(longest_card().replace(old, new, 1))
    with pytest.raises(OurFault, match=said):
        read_toml(file, Card)


@pytest.mark.parametrize("number", [5, 7])
def test_a_card_has_six_commands(tmp_path: Path, number: int) -> None:
    head, *commands = longest_card().split("[[commands]]")
    (tmp_path / "card.toml").write_text("[[commands]]".join([head, *[commands[0]] * number]))
    with pytest.raises(OurFault, match=r"length .*6"):
        read_toml(tmp_path / "card.toml", Card)


def test_a_card_needs_both_languages(tmp_path: Path) -> None:
    file = tmp_path / "card.toml"
    file.write_text(re.sub(r', ja = "[^"]*" }', " }", longest_card(), count=1))
    with pytest.raises(OurFault, match="ja"):
        read_toml(file, Card)


@pytest.mark.parametrize(("lang", "notes"), [("en", NOTES), ("ja", NOTES_JA)])
def test_notes_in_form_lack_nothing_and_know_nothing_else(lang: Lang, notes: str) -> None:
    assert instructor_notes.missing(notes, lang) == []
    assert instructor_notes.unknown(notes, lang) == []
    heading = instructor_notes.FORM[lang][3]
    assert instructor_notes.missing(notes.replace(f"{heading}\n", "\n"), lang) == [heading]
    assert instructor_notes.unknown(f"{notes}\n## Jokes\n", lang) == ["## Jokes"]
    first, last = instructor_notes.FORM[lang][1], instructor_notes.FORM[lang][-1]
    turned = notes.replace(first, "## @").replace(last, first).replace("## @", last)
    assert instructor_notes.unknown(turned, lang)[1] == last


def test_a_section_ends_where_the_next_one_begins() -> None:
    assert instructor_notes.section(NOTES, "## Aim") == "They tie it blind. Nobody looks."
    assert instructor_notes.section(NOTES, "## To discuss").startswith("### Ropes")
    assert instructor_notes.section(NOTES, "## Jokes") == ""


def test_no_reading_says_its_language_in_its_title() -> None:
    titles = [reading.title for one in MODULES.values() for reading in readings_of(one, "en")]
    assert [title for title in titles if "英語" in title.ja or "Japanese)" in title.en] == []


def test_every_module_of_ours_lacks_nothing() -> None:
    """Told by the rule ``module-complete``: one line for each module."""
    from kikori.lint.rules.courses.lessons import module_complete
    from kikori.lint.subjects.content import Content

    lacks = [one.message for one in module_complete(Content([paths.ROOT]))]
    assert not lacks, "\n".join(lacks)


@pytest.mark.slow
def test_the_people_of_ours_are_in_the_scenes_that_list_them_and_in_no_other() -> None:
    astray = [f"{one.file}: {one.problem}" for one in cast.astray(paths.ROOT, MODULES)]
    assert not astray, "\n".join(astray)


def test_no_name_is_given_to_two_people() -> None:
    people = [person for company in cast.cast_of(paths.ROOT).companies for person in company.people]
    for lang in ("en", "ja"):
        names = [getattr(person.name, lang) for person in people]
        assert len(set(names)) == len(names) > 20
