"""What others wrote is shown as it is: nothing in it hides, and names that look alike are told apart."""

from __future__ import annotations

import pytest

from kikori.visible_text import (
    doubtful_names,
    harmless,
    is_mixed,
    look_of,
    not_of_a_name,
    plain_markdown,
    plain_name,
    visible,
)

UNSEEN = [
    "\u202e",  # turns the direction of writing
    "\u061c",  # Arabic letter mark
    "\u200b",  # no width
    "\u00ad",  # soft hyphen
    "\u180e",
    "\u2028",
    "\u2064",
    "\u3164",  # Hangul filler, a letter by its category
    "\u115f",
    "\u2800",  # a pattern of no dots
    "\ufe0f",
    "\ufeff",
    "\ufff9",
    "\U000e0041",  # a tag
    "\U000e0100",
    "\ue000",
    "\x1b",
    "\x7f",
    "\u0085",
    "\r",
]


@pytest.mark.parametrize("letter", UNSEEN, ids=ascii)
def test_what_is_not_seen_is_shown_and_is_in_no_name(letter: str) -> None:
    assert visible(f"a{letter}b") == f"a‹U+{ord(letter):04X}›b"
    assert harmless(f"a{letter}b") == "a\ufffdb"
    assert not_of_a_name(f"a{letter}b") == f"‹U+{ord(letter):04X}›"


@pytest.mark.parametrize("text", ["a\tb\nc", "山田　太郎", "naïve—“x”", "1\u00a0000", "नमस्ते", "שלום", "✓ 🙂"])
def test_what_is_seen_stays(text: str) -> None:
    assert visible(text) == harmless(text) == text


def test_markdown_of_others_is_one_line_of_text() -> None:
    assert plain_markdown("a\nb | *c* [d](e) <f> `g` \\ ~h~ & \u202e_") == (
        r"a b \| \*c\* \[d\](e) \<f\> \`g\` \\ \~h\~ \& ‹U+202E›\_"
    )


@pytest.mark.parametrize(
    "name", ["ada", "O’Neil-Smith, J. (2)", "山田 太郎", "ソフィー・ベル", "Иван", "김철수", "नमस्ते", "ada@example.com"]
)
def test_a_name_has_the_letters_of_any_script(name: str) -> None:
    assert not_of_a_name(plain_name(name)) == ""
    assert doubtful_names([name, "somebody else"]) == frozenset()


@pytest.mark.parametrize("name", ["<b>", "a/b", "$(id)", "`id`", "=1", '"', "a;b", "🙂", "a|b", "%s", "{x}", "\\"])
def test_a_name_has_no_other_signs(name: str) -> None:
    assert not_of_a_name(name)


def test_a_form_of_a_letter_that_was_chosen_is_the_letter() -> None:
    assert plain_name("葛\U000e0100城") == "葛城"


@pytest.mark.parametrize("other", ["аda", "ADA", "ａｄａ", "a\u200bda", "αda", "ad\u0430", "Ꭺda", "a\u3164da"])
def test_names_that_look_alike(other: str) -> None:
    assert doubtful_names(["ada", other, "ben"]) == {other, "ada"}


def test_whole_names_of_one_script_that_look_like_another_script() -> None:
    assert look_of("Сара") == look_of("Capa")
    assert not is_mixed("Сара")
    assert look_of("ニカ") == look_of("二力")
    assert doubtful_names(["Сара"]) == frozenset()


@pytest.mark.parametrize("name", ["аda", "Bеn", "aδa", "ԱBC"])
def test_scripts_that_nobody_mixes_are_a_doubt(name: str) -> None:
    assert doubtful_names([name]) == {name}
