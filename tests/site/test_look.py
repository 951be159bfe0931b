"""The theme's own boxes, in the colours of the site."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import material
import pytest

from kikori import design

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

THEME = Path(material.__file__).parent / "templates" / "assets" / "stylesheets"
OWN = Path(design.__file__).parents[1] / "site" / "theme" / "assets" / "stylesheets" / "kikori.css"
KINDS = (
    "note",
    "abstract",
    "info",
    "tip",
    "success",
    "question",
    "warning",
    "failure",
    "danger",
    "bug",
    "example",
    "quote",
)
COLOURS = """
() => [...document.querySelectorAll(".admonition, details")].flatMap(box => {
  const title = box.firstElementChild;
  return [getComputedStyle(box).borderTopColor, getComputedStyle(title, "::before").backgroundColor];
})
"""


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_boxes_have_colours_of_the_site(page: Page, scheme: str) -> None:
    theme = [
        file.read_text(encoding="utf-8") for name in ("main", "palette") for file in THEME.glob(f"{name}.*.min.css")
    ]
    boxes = "".join(
        f'<div class="admonition {kind}"><p class="admonition-title">A</p><p>b</p></div>'
        f'<details class="{kind}"><summary>A</summary><p>b</p></details>'
        for kind in KINDS
    )
    style = "".join(f"<style>{sheet}</style>" for sheet in [*theme, design.sheet(), OWN.read_text(encoding="utf-8")])
    head = "<html><head><style>* { transition: none !important; }</style>"
    page.set_content(
        f'{head}{style}</head><body data-md-color-scheme="{scheme}"><div class="md-typeset">{boxes}</div></body></html>'
    )
    names = ("brand", "good", "accent", "bad")
    ours = {rgb(design.tokens()[name][scheme == "slate"]) for name in names}
    found = page.evaluate(COLOURS)
    assert len(found) == 4 * len(KINDS)
    assert set(found) == ours


def rgb(colour: str) -> str:
    """A colour as a browser tells it."""
    return f"rgb({', '.join(str(int(part, 16)) for part in re.findall('[0-9a-f]{2}', colour))})"
