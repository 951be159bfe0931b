"""The drawing of every lab's scene, measured in a browser: each label in its box, none over another, none too small."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.model import Lab
from kikori.site.content import LANGS
from kikori.site.diagram_pictures import PLACE, name_of, read
from kikori.site.scene_diagram import flowchart

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from kikori.settings import Lang

pytestmark = pytest.mark.browser

LABS = [lab for lab in Catalog([paths.ROOT]).labs() if flowchart(lab, "en")]
SMALLEST = 9.9
"""Pixels of a letter's height that a phone may shrink a label to."""
LETTER = 14
"""Pixels of the smallest label as it is drawn."""
WIDE = 600
"""Pixels above which a picture is scrolled, for its labels would be too small."""
ODD = """
() => {
  const svg = document.querySelector("svg"), odd = [];
  const placed = one => {
    const box = one.getBBox(), moved = one.transform.baseVal.consolidate()?.matrix;
    const role = one.getAttribute("class") ?? "", x = box.x + (moved?.e ?? 0), y = box.y + (moved?.f ?? 0);
    return { role, words: one.textContent, x, y, w: box.width, h: box.height };
  };
  const isIn = (a, b) => a.x >= b.x && a.y >= b.y && a.x + a.w <= b.x + b.w && a.y + a.h <= b.y + b.h;
  const share = (a, b, side, size) => Math.min(a[side] + a[size], b[side] + b[size]) - Math.max(a[side], b[side]);
  const meet = (a, b) => share(a, b, "x", "w") > 0.5 && share(a, b, "y", "h") > 0.5;
  const all = selector => [...svg.querySelectorAll(selector)].map(placed);
  const shapes = all(".node, .group, .asks"), words = all("text");
  const boxes = shapes.filter(one => one.role !== "group"), groups = shapes.filter(one => one.role === "group");
  const { x, y, width, height } = svg.viewBox.baseVal, paper = { x, y, w: width, h: height };
  words.forEach((one, at) => {
    if (!isIn(one, paper)) odd.push(`${one.words}: off the paper`);
    if (!one.role && !boxes.some(box => isIn(one, box))) odd.push(`${one.words}: not in a box`);
    if (one.role === "title" && !groups.some(group => isIn(one, group))) odd.push(`${one.words}: not in its frame`);
    if (one.role && boxes.some(box => meet(one, box))) odd.push(`${one.words}: over a box`);
    for (const other of words.slice(at + 1)) if (meet(one, other)) odd.push(`${one.words}: over ${other.words}`);
  });
  boxes.forEach((one, at) => {
    if (boxes.slice(at + 1).some(other => meet(one, other))) odd.push("two boxes meet");
    if (groups.some(group => meet(one, group) && !isIn(one, group))) odd.push("a box on a frame");
  });
  for (const line of svg.querySelectorAll(".line")) {
    const length = line.getTotalLength(), covered = {};
    for (let at = 8; at < length - 8; at += 2) {
      const point = line.getPointAtLength(at), dot = { x: point.x - 1, y: point.y - 1, w: 2, h: 2 };
      boxes.forEach((box, number) => { if (isIn(dot, box)) covered[number] = (covered[number] ?? 0) + 1; });
    }
    if (Object.values(covered).some(times => times > 3)) odd.push("a line behind a box");
  }
  return odd;
}
"""


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.id)
def test_labels_lie_within_their_boxes(page: Page, lab: Lab, lang: Lang) -> None:
    file = paths.ROOT / "docs" / PLACE / name_of(flowchart(lab, lang))
    page.set_content(f'<html lang="{lang}"><body>{file.read_text(encoding="utf-8")}')
    assert page.evaluate(ODD) == []


def test_what_is_wrong_would_be_found(page: Page) -> None:
    box = '<rect class="node" x="10" y="10" width="30" height="20"/>'
    words = '<text x="12" y="25">much too long</text><text class="title" x="5" y="15">a</text>'
    line = '<path class="line" d="M0 20L90 20"/>'
    page.set_content(f'<svg viewBox="0 0 100 100" width="100">{box}{words}{line}</svg>')
    found = page.evaluate(ODD)
    assert {"much too long: not in a box", "much too long: off the paper", "a line behind a box"} <= {*found}


@pytest.mark.parametrize("lang", LANGS)
def test_labels_can_be_read_on_a_phone(page: Page, served: str, lang: Lang) -> None:
    """The narrowest picture, the widest, and the widest of those that are shrunk: the others lie between them."""
    page.set_viewport_size({"width": 390, "height": 844})
    widths = sorted((width_of(lab, lang), lab.id) for lab in LABS)
    shrunk = [one for one in widths if one[0] <= WIDE]
    for drawn, lab in (widths[0], shrunk[-1], widths[-1]):
        page.goto(f"{served}{'ja/' * (lang == 'ja')}labs/{lab}/", wait_until="domcontentloaded")
        shown = page.locator(".kikori-diagram img").first.evaluate("one => one.getBoundingClientRect().width")
        assert shown <= drawn
        assert shown / drawn * LETTER >= SMALLEST, lab
        assert shown <= 400 or drawn > WIDE, f"{lab}: scrolled far, for a picture that could be shrunk"


def width_of(lab: Lab, lang: Lang) -> int:
    """The pixels that a lab's picture is drawn in."""
    file = paths.ROOT / "docs" / PLACE / name_of(flowchart(lab, lang))
    return read(file, file.stat().st_mtime_ns).width
