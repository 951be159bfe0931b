"""The glossary's page, and the links to it where a module first uses a term."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kikori.errors import OurFault
from kikori.site.assembly import tree
from kikori.site.content import Content
from kikori.site.glossary.first_use import FirstUse
from kikori.site.navigation import navigation

Read = Callable[[], Content]
TERMS = """
[bight]
en = "bight"
ja = "バイト"
reading = "ばいと"
taught = "knots/bowline"
says = { en = "A bend that does not cross itself.", ja = "交わらない曲がり。" }
also = { en = ["open loop"] }

[standing-end]
en = "standing end"
ja = "元端"
reading = "もとはし"
taught = "knots/bowline"
says = { en = "The end that does \\"nothing\\".", ja = "動かない端。" }
"""


@pytest.fixture
def content(read: Read, tiny: Path) -> Content:
    (tiny / "docs/terms.toml").write_text(TERMS)
    return read()


def test_the_first_use_in_a_module_is_linked_and_later_ones_are_not(content: Content) -> None:
    first = FirstUse(content.terms, "en")
    why = first.linked("Make a bight, and another bight.")
    assert why.startswith("Make a [bight](../../../glossary.md#bight){")
    assert why.endswith("and another bight.")
    assert "](" not in first.linked("The bight again.")


def test_another_form_and_a_plural_are_the_same_term(content: Content) -> None:
    page = FirstUse(content.terms, "en").linked("Two Open loops.\nA bight.")
    assert "[Open loops](../../../glossary.md#bight)" in page
    assert page.endswith("\nA bight.")


@pytest.mark.parametrize(
    "kept",
    [
        "# A bight",
        "`bight`",
        "[a bight](how.md)",
        "```sh\nbight\n```",
        '??? question "What is a bight?"',
        "| bight |",
        '<p class="bight">',
        "bights-of-rope",
        "a/bight",
    ],
)
def test_code_headings_links_and_parts_of_words_stay_as_they_are(content: Content, kept: str) -> None:
    assert FirstUse(content.terms, "en").linked(kept) == kept


def test_an_acronym_is_no_ordinary_word(tiny: Path, read: Read) -> None:
    terms = tiny / "docs/terms.toml"
    terms.write_text(TERMS.replace('en = ["open loop"]', 'en = ["LOOP"]'))
    links = FirstUse(read().terms, "en")
    assert links.linked("A loop, and loops.") == "A loop, and loops."
    assert links.linked("Two LOOPs.").startswith("Two [LOOPs](")


def test_a_word_inside_a_longer_one_in_katakana_is_no_use(content: Content) -> None:
    links = FirstUse(content.terms, "ja")
    assert links.linked("メガバイトとバイトー") == "メガバイトとバイトー"
    assert "[バイト](" in links.linked("バイトを作る。")


def test_what_a_term_says_survives_its_quotes(content: Content) -> None:
    assert 'title="The end that does &quot;nothing&quot;."' in FirstUse(content.terms, "en").linked("A standing end.")


def test_pages_of_a_module_share_one_first_use_and_the_page_sorts_by_language(content: Content, tiny: Path) -> None:
    folder = tiny / "courses/knots/bowline"
    (folder / "why.md").write_text("# Why\n\nNothing yet.\n")
    (folder / "how.md").write_text("# How\n\nA bight.\n")
    (folder / "why-again.md").write_text("# Why again\n\nA bight.\n")
    pages = tree(content)
    assert b"glossary.md#bight" in pages["courses/knots/bowline/how.md"]
    assert b"glossary.md#bight" not in pages["courses/knots/bowline/why-again.md"]
    english, japanese = pages["glossary.md"].decode(), pages["glossary.ja.md"].decode()
    assert english.index('<dt id="bight">bight') < english.index('<dt id="standing-end">standing end')
    assert japanese.index('<dt id="bight">バイト') < japanese.index('<dt id="standing-end">元端')
    assert "glossary.md" in str(navigation(content, "ja"))


def test_a_term_that_no_module_teaches_is_named(read: Read, tiny: Path) -> None:
    (tiny / "docs/terms.toml").write_text(TERMS.replace("knots/bowline", "knots/hitch"))
    with pytest.raises(OurFault, match=r"terms\.toml: there is no module 'knots/hitch'"):
        tree(read())


def test_without_a_list_there_is_no_glossary(read: Read) -> None:
    assert "glossary.md" not in tree(read())
