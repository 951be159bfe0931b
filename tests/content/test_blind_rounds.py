"""The blind rounds of a lab: what the file may say, and what is counted of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.content.blind_rounds import Rounds, rounds_of
from kikori.errors import Exit, OurFault

QUIET = "surprises = []"
SURPRISE = 'surprises = [{ case = "a page of another name passed", mended = "the check asks for its text" }]'


def held(day: object = "2026-01-31", said: str = QUIET, right: object = 3, wrong: object = 6) -> str:
    return f"[[round]]\nday = {day}\nright = {right}\nwrong = {wrong}\n{said}\n"


def read(content: Path, text: str) -> Rounds | None:
    (content / "graders/first-look/rounds.toml").write_text(text, encoding="utf-8")
    return rounds_of(Catalog([content]).lab("first-look"))


def day(ahead: int) -> str:
    """A day counted from today in UTC."""
    return str((datetime.now(UTC) + timedelta(days=ahead)).date())


def test_a_lab_without_the_file_was_not_examined(content: Path) -> None:
    (content / "graders/first-look/rounds.toml").unlink(missing_ok=True)
    assert rounds_of(Catalog([content]).lab("first-look")) is None


GOOD = {
    "one, without a surprise": (held(), (1, 9, 0, 1)),
    "one, with a surprise": (held(said=SURPRISE), (1, 9, 1, 0)),
    "a surprise that is long past": (held(said=SURPRISE) + held() + held(right=1, wrong=1), (3, 20, 1, 2)),
    "a surprise in the last": (held() + held() + held(said=SURPRISE), (3, 27, 3, 0)),
    "two of one day": (held(day(0)) + held(day(0)), (2, 18, 0, 2)),
    "a surprise in a table of its own": (
        held(said="") + '[[round.surprises]]\ncase = "x"\nmended = "y"\n',
        (1, 9, 1, 0),
    ),
}


@pytest.mark.parametrize(("text", "counted"), GOOD.values(), ids=GOOD)
def test_it_is_read_and_counted(content: Path, text: str, counted: tuple[int, ...]) -> None:
    rounds = read(content, text)
    assert rounds is not None
    assert (len(rounds.round), rounds.cases, rounds.last_surprise, rounds.quiet) == counted


BAD = {
    "no TOML": ("[[round", "not valid TOML"),
    "nothing": ("", "missing required field `round`"),
    "no round": ("round = []", "length >= 1"),
    "one that is no list": (held().replace("[[round]]", "[round]"), "Expected `array`"),
    "an unknown key": (held() + "examiner = 'Ada'\n", "unknown field `examiner`"),
    "an unknown key at the top": ("ready = true\n" + held(), "unknown field `ready`"),
    "surprises that are left out": (held(said=""), "missing required field `surprises`"),
    "a surprise without what was mended": (held(said="surprises = [{ case = 'x' }]"), "`mended`"),
    "a surprise without a word": (held(said="surprises = [{ case = '', mended = 'x' }]"), "surprises"),
    "a surprise of two lines": (held(said='surprises = [{ case = "a\\nb", mended = "x" }]'), "surprises"),
    "a surprise that ends its line": (held(said='surprises = [{ case = "a\\n", mended = "x" }]'), "surprises"),
    "a surprise that is a number": (held(said="surprises = [1]"), "surprises"),
    "no right solution": (held(right=0), "right"),
    "no wrong solution": (held(wrong=0), "wrong"),
    "a number that is a word": (held(wrong="'six'"), "wrong"),
    "no day": (held().replace("day = 2026-01-31\n", ""), "`day`"),
    "a day with an hour": (held("2026-01-31T10:00:00"), "day"),
    "a day that is none": (held("2026-02-30"), "not valid TOML"),
    "a day that has not come": (held(day(2)), "has not come yet"),
    "days that go back": (held("2026-01-31") + held("2026-01-30"), "2026-01-30 stands below that of 2026-01-31"),
}


@pytest.mark.parametrize(("text", "said"), BAD.values(), ids=BAD)
def test_it_is_refused_with_file_and_next_command(content: Path, text: str, said: str) -> None:
    with pytest.raises(OurFault) as refused:
        read(content, text)
    problem = refused.value
    assert problem.message.startswith(f"{content}/graders/first-look/rounds.toml")
    assert said in problem.message
    assert (problem.hint, problem.exit_code) == ("kikori lab lint first-look", Exit.OUR_FAULT)


@pytest.mark.parametrize("page", ["author.md", "author.ja.md"])
def test_the_guides_example_is_right(content: Path, page: str) -> None:
    guide = (paths.ROOT / "docs" / page).read_text(encoding="utf-8")
    (example,) = re.findall(r"^cat > \S+/rounds\.toml <<'END'\n(.*?)^END$", guide, re.MULTILINE | re.DOTALL)
    assert read(content, example) is not None
