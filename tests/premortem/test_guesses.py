"""Five guesses before, and which came true after."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kikori.errors import KikoriError
from kikori.fault_file import Guess
from kikori.learner.session import Session
from kikori.model import Attempt
from kikori.premortem.guesses import guess, guesses_in, guesses_of, judge, judged, numbers_in
from kikori.premortem.solver import open_solution

from .conftest import GUESSES, WORD

pytestmark = pytest.mark.slow


def test_five_lines_are_five_guesses() -> None:
    lines = ["# a comment", "", "- disk full -> orders fail", "2) 5xx from the cache → slow pages", "* a -> b"]
    assert guesses_in("\n".join([*lines, "4. c -> d -> e", "500 users -> f"])) == (
        Guess(what="disk full", shows="orders fail"),
        Guess(what="5xx from the cache", shows="slow pages"),
        Guess(what="a", shows="b"),
        Guess(what="c", shows="d -> e"),
        Guess(what="500 users", shows="f"),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "0 guesses; a pre-mortem begins with 5"),
        ("a -> b\n" * 4, "4 guesses"),
        ("a -> b\n" * 6, "6 guesses"),
        ("a -> b\n" * 4 + "the disk\n", "Guess 5 does not say how it would show"),
        ("a -> b\n" * 4 + "-> 500\n", "Guess 5 does not say"),
        ("a -> b\n" * 4 + f"{'x' * 301} -> b\n", "Guess 5 is longer than 300"),
    ],
)
def test_what_is_no_five_guesses(text: str, message: str) -> None:
    with pytest.raises(KikoriError) as caught:
        guesses_in(text)
    assert message in caught.value.message
    assert caught.value.hint == "kikori fault guess"


def test_guesses_are_kept_and_bad_ones_are_not(root: Path, tmp_path: Path, attempt_at: Callable[..., Attempt]) -> None:
    session, attempt = Session(), attempt_at("mini")
    with pytest.raises(KikoriError, match="First the guesses"):
        guesses_of(session, attempt)
    good, bad = tmp_path / "good", tmp_path / "bad"
    good.write_text(GUESSES)
    bad.write_text("one -> two\n")
    assert len(guess(session, str(good)).guesses) == 5
    with pytest.raises(KikoriError):
        guess(session, str(bad))
    assert guesses_of(session, attempt)[2] == Guess(what="part 3", shows="users see 3xx")


def test_without_a_terminal_a_file_is_named_to_fill_in(root: Path, attempt_at: Callable[..., Attempt]) -> None:
    attempt_at("mini")
    with pytest.raises(KikoriError, match="There is no terminal to edit in") as caught:
        guess(Session())
    assert caught.value.hint.startswith("kikori fault guess --file ")
    named = Path(caught.value.hint.split()[-1])
    assert named.read_text().startswith("# ")
    with pytest.raises(KikoriError, match="0 guesses"):
        guess(Session(), str(named))


@pytest.mark.parametrize(("text", "numbers"), [("1,3", (1, 3)), (" 2 ", (2,)), ("none", ())])
def test_numbers(text: str, numbers: tuple[int, ...]) -> None:
    assert numbers_in(text) == numbers


@pytest.mark.parametrize("text", ["", "1,", "one", "1;2", "-1", "１"])
def test_what_is_no_numbers(text: str) -> None:
    with pytest.raises(KikoriError, match="numbers with commas between, or none"):
        numbers_in(text)


def test_guesses_are_judged_beside_the_solution(solving: Session) -> None:
    with pytest.raises(KikoriError, match="sealed still"):
        judge(solving, [1])
    open_solution(solving, WORD, give_up=True)
    with pytest.raises(KikoriError, match="There is no guess 6; there are 5"):
        judge(solving, [1, 6])
    assert judge(solving, [4, 1, 4]).came_true == (1, 4)
    assert judged(solving, solving.attempt()) == (1, 4)
    assert judge(solving, []).came_true == ()
    assert judged(solving, solving.attempt()) == ()


def test_judging_without_a_setters_fault(root: Path, attempt_at: Callable[..., Attempt]) -> None:
    attempt_at("mini")
    with pytest.raises(KikoriError, match="No fault of a setter's file is in"):
        judge(Session(), [1])
