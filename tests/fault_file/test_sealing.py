"""A solution is opened by its word alone, and only beside what it was sealed with."""

from __future__ import annotations

import unicodedata

import pytest

from kikori.errors import KikoriError
from kikori.fault_file import Script, Solution, WrongWord, opened_with, sealed_with

from .conftest import WORD

pytestmark = pytest.mark.slow

SOLUTION = Solution(
    cause="The port is taken by 古いサーバー.",
    component="orders",
    diagnosis="wrong-port",
    fix=Script(service="orders", text="true\n", restart=True),
)
BOUND = b"a hash of what is open"


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return sealed_with(WORD, SOLUTION, BOUND)


def test_the_word_opens_it(sealed: bytes) -> None:
    assert opened_with(WORD, sealed, BOUND) == SOLUTION


@pytest.mark.parametrize("word", [WORD.upper(), WORD[:-1], "", WORD + "s"])
def test_another_word_does_not(sealed: bytes, word: str) -> None:
    with pytest.raises(WrongWord, match="does not open the solution"):
        opened_with(word, sealed, BOUND)


def test_nothing_of_it_can_be_read(sealed: bytes) -> None:
    for text in (SOLUTION.cause, SOLUTION.component, SOLUTION.diagnosis, "cause", "true"):
        assert text.encode() not in sealed


def test_the_same_is_sealed_otherwise_each_time(sealed: bytes) -> None:
    again = sealed_with(WORD, SOLUTION, BOUND)
    assert again[:28] != sealed[:28]
    assert again[28:] != sealed[28:]


def test_it_does_not_open_beside_another_break(sealed: bytes) -> None:
    with pytest.raises(WrongWord):
        opened_with(WORD, sealed, b"a hash of something else")


@pytest.mark.parametrize("place", [0, 15, 20, 30, -1])
def test_each_byte_counts(sealed: bytes, place: int) -> None:
    spoiled = bytearray(sealed)
    spoiled[place] ^= 1
    with pytest.raises(WrongWord):
        opened_with(WORD, bytes(spoiled), BOUND)


@pytest.mark.parametrize("length", [0, 5, 16, 28, 40])
def test_cut_off_it_does_not_open(sealed: bytes, length: int) -> None:
    with pytest.raises(WrongWord):
        opened_with(WORD, sealed[:length], BOUND)


@pytest.mark.parametrize("word", ["", "short", "  seven7  "])
def test_a_word_that_is_soon_guessed_seals_nothing(word: str) -> None:
    with pytest.raises(KikoriError, match="fewer than 8 characters"):
        sealed_with(word, SOLUTION, BOUND)


def test_a_word_is_the_same_from_every_input_method() -> None:
    typed = "がっこうの　秘密の合言葉"
    sealed = sealed_with(typed, SOLUTION, BOUND)
    assert opened_with(f" {unicodedata.normalize('NFD', typed)} ".replace("\u3000", " "), sealed, BOUND) == SOLUTION
