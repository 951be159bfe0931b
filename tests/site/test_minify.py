"""What is left out of a rendered page: nothing that a reader sees."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

import pytest
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import BashLexer

from kikori.site.output import icons
from kikori.site.output.minify import COLOURS, minified

SHEETS = icons.FOLDER.parents[1] / "assets" / "stylesheets"
RULE = re.compile(r"(?<=\})(\.highlight [^{}]+)\{color:var\(--md-code-hl-([a-z]+)-color\)\}")
SOFT = {"operator", "punctuation", "variable", "comment", "generic"}
"""What the theme paints in its soft colour, by names of their own."""
COMMANDS = """ask() { mariadb -t board -e "$1" | grep -v '^+'; }  # 注
for i in 1 2; do echo "$i: $((i + 1))" >>/tmp/x; done
"""


class Painted(HTMLParser):
    """The letters of a page that are seen in code, each with its colour."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "span":
            self.open.append(paint(dict(attrs).get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "span":
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.seen += [(letter, self.open[-1] if self.open and letter.strip() else "") for letter in data]


@cache
def rules() -> dict[str, str]:
    """Give the name of the colour that the theme gives to each class of code."""
    (sheet,) = SHEETS.glob("main.*.css")
    return {
        name: found[2]
        for found in RULE.finditer(sheet.read_text(encoding="utf-8"))
        for name in re.findall(r"\.highlight \.([a-z0-9]+)", found[1])
    }


def paint(name: str) -> str:
    """Give the colour of a class; all text has that of names."""
    colour = rules().get(name, "name")
    return "soft" if colour in SOFT else "" if colour == "name" else colour


def seen(page: str) -> list[tuple[str, str]]:
    """List the letters of a page, without the spaces between its parts."""
    return [one for one in Painted(page).seen if one[0] != "\n"]


@pytest.mark.parametrize("colour", COLOURS)
def test_classes_under_one_name_are_painted_alike(colour: str) -> None:
    assert {paint(name) for name in COLOURS[colour].split()} == {paint(colour)}


def test_the_theme_paints_all_soft_names_alike() -> None:
    for sheet in [*SHEETS.glob("main.*.css"), *SHEETS.glob("palette.*.css")]:
        text = sheet.read_text(encoding="utf-8")
        said = {value for name in SOFT for value in re.findall(rf"--md-code-hl-{name}-color:([^;}}]+)", text)}
        assert said == {"var(--md-default-fg-color--light)"}
        assert set(re.findall(r"--md-code-hl-name-color:([^;}]+)", text)) == {"var(--md-code-fg-color)"}


def test_code_keeps_each_letter_and_its_colour_with_half_the_marks() -> None:
    page = f"<div>\n{highlight(COMMANDS, BashLexer(), HtmlFormatter(wrapcode=True))}\n</div>"
    light = minified(page)
    assert seen(light) == seen(page)
    assert "注" in light
    assert light.count("<span") < page.count("<span") / 2


def test_spaces_count_where_they_are_seen() -> None:
    kept = "<pre>a\n\n   b</pre><textarea>\n\n c</textarea><script>\n\n  d\n</script>"
    assert minified(f"\n<p>one\n\n      two</p>\n  {kept}\n\n\n<b>x</b>") == f"<p>one\ntwo</p>\n{kept}\n<b>x</b>"


def test_an_icon_is_named_where_the_sheet_has_it_and_drawn_elsewhere() -> None:
    known = (icons.FOLDER / "magnify.svg").read_text(encoding="utf-8").strip()
    other = (icons.FOLDER / "zip-box.svg").read_text(encoding="utf-8").strip()
    assert "zip-box" not in icons.NAMES
    page = f"<label>{known}</label><p>{other}</p>"
    assert icons.with_names(page) == (
        f'<label><svg viewBox="0 0 24 24" class="icon-magnify"></svg></label><p>{other}</p>'
    )
    assert f".icon-magnify {{ --icon: url('data:image/svg+xml,{known}'); }}" in icons.sheet()
