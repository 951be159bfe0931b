"""One look: colours and families of letters are named in one sheet, and every page has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kikori import design, paths

if TYPE_CHECKING:
    from playwright.sync_api import Page

SRC = Path(design.__file__).parents[1]
STYLED = (".css", ".html", ".j2", ".js", ".py")
OF_OTHERS = "panel/static/xterm/"
COLOUR = re.compile(
    r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b(?!;)|\b(?:rgba?|hsla?|oklch|lab)\([\d.]", re.IGNORECASE
)
NAMED = re.compile(
    r"(?:color|background|border|fill|stroke|outline)[\w-]*:[^;}]*\b(?:white|black|red|green|blue|gr[ae]y)\b"
)
LETTERS = re.compile(r"system-ui|ui-monospace|Noto Sans")
USED = re.compile(r"var\(--([\w-]+)\)")
SET = re.compile(r"--([\w-]+):")


def styled() -> Iterator[tuple[str, str]]:
    """Every file of ours that may hold a style, with its text."""
    for file in sorted(SRC.rglob("*")):
        name = str(file.relative_to(SRC))
        if file.suffix in STYLED and file != design.SHEET and not name.startswith(OF_OTHERS):
            yield name, file.read_text(encoding="utf-8")


@pytest.mark.slow
def test_no_other_file_names_a_colour_or_letters_of_its_own() -> None:
    found = {
        name: hits
        for name, text in styled()
        if (hits := [hit[0] for pattern in (COLOUR, NAMED, LETTERS) for hit in pattern.finditer(text)])
    }
    assert found == {}


@pytest.mark.parametrize(
    "style", ["a{color:#fff}", "a{color: #1f6b43}", "a{color:rgb(0,0,0)}", "a{background: white}", "a{color:#26332b80}"]
)
def test_colour_of_its_own_would_be_found(style: str) -> None:
    assert COLOUR.search(style) or NAMED.search(style)


def test_each_token_is_used_and_each_that_is_used_is_there() -> None:
    ours = [(name, text) for name, text in styled() if name.endswith((".css", ".html.j2", ".html"))]
    assert len(ours) > 20
    used = {token for _, text in ours for token in USED.findall(text)}
    taken = {*used, *USED.findall(design.sheet())}
    drawing = (SRC / "site" / "drawing.py", paths.ROOT / "tools" / "diagrams" / "svg.py")
    drawn = {word for file in drawing for word in re.findall(r'"([\w-]+)"', file.read_text())}
    assert design.tokens().keys() - taken - drawn == set()
    own = {token for _, text in ours for token in SET.findall(text)}
    assert {token for token in used if not token.startswith("md-")} - own - design.tokens().keys() == set()


def test_each_colour_has_a_light_and_a_dark_value_apart_from_the_head() -> None:
    alone = {name for name, (light, dark) in design.tokens().items() if light == dark}
    assert all(name.startswith(("head", "on-head", "terminal", "letters", "space", "round")) for name in alone), alone
    assert len(design.tokens()) - len(alone) > 30


@pytest.mark.parametrize(("first", "then"), [("ink", "paper"), ("soft", "paper"), ("soft", "ground"), ("soft", "card")])
@pytest.mark.parametrize("scheme", [0, 1])
def test_text_stands_out(first: str, then: str, scheme: int) -> None:
    assert contrast(design.tokens()[first][scheme], design.tokens()[then][scheme]) >= 4.5


@pytest.mark.parametrize("name", ["link", "brand", "accent", "good", "bad", "doubt"])
@pytest.mark.parametrize("ground", ["paper", "card", "ground"])
@pytest.mark.parametrize("scheme", [0, 1])
def test_colour_of_words_stands_out(name: str, ground: str, scheme: int) -> None:
    assert contrast(design.tokens()[name][scheme], design.tokens()[ground][scheme]) >= 4.5


@pytest.mark.parametrize("name", ["bar", "bar-late", "focus", "plot-a", "plot-b", "plot-c", "plot-hurt"])
@pytest.mark.parametrize("scheme", [0, 1])
def test_shape_stands_out(name: str, scheme: int) -> None:
    assert contrast(design.tokens()[name][scheme], design.tokens()["paper"][scheme]) >= 3


def contrast(one: str, other: str) -> float:
    """How far two colours are apart, as WCAG counts it."""
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """A colour's luminance, as WCAG counts it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


LINES = """
() => {
  const text = document.querySelector("p").firstChild, range = document.createRange(), lines = {};
  for (let at = 0; at < text.length; at++) {
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    const top = Math.round(range.getBoundingClientRect().top);
    lines[top] = (lines[top] ?? "") + text.data[at];
  }
  return Object.values(lines);
}
"""


@pytest.mark.browser
def test_japanese_line_begins_with_no_small_kana(page: Page) -> None:
    """At every width at which キャッシュ could be cut in two."""
    word = "キャッシュサーバーのキャッシュ"
    page.set_content(f'<html lang="ja"><style>{design.sheet()} p {{ font-size: 20px }}</style><p>{word}</p>')
    cut = False
    for width in range(60, 320, 10):
        page.evaluate("width => { document.querySelector('p').style.width = `${width}px`; }", width)
        lines = page.evaluate(LINES)
        assert "".join(lines) == word
        cut |= len(lines) > 1
        assert not [line for line in lines if line[0] in "ャュッー"], (width, lines)
    assert cut
