"""Where lines of Japanese end on a phone, measured letter by letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PAGES = (
    "",
    "courses/linux/",
    "courses/linux/memory-and-page-cache/why/",
    "courses/linux/memory-and-page-cache/card/",
    "labs/first-look/",
    "learner/",
)
NEVER_FIRST = "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶー々、。）」』】！？：；・"
"""Small kana, long marks and what closes (JIS X 4051)."""
SHORT = "h1, h2, h3, h4, th, td, dt, nav, legend, summary, figcaption"
"""Where a line ends with a phrase."""
BEGINNINGS = """
short => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange(), found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode, owner = text.parentElement;
    if (!owner.checkVisibility() || owner.closest("script, style, pre")) continue;
    let before = null;
    for (let at = 0; at < text.length; at++) {
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      const place = range.getClientRects()[0];
      if (!text.data[at].trim() || !place?.height) continue;
      if (before !== null && place.top > before + place.height / 2)
        found.push([text.data.slice(0, at).slice(-12), text.data.slice(at, at + 8), Boolean(owner.closest(short))]);
      before = place.top;
    }
  }
  return found;
}
"""
KATAKANA = re.compile("[ァ-ヺー]")


@pytest.mark.parametrize("place", PAGES)
def test_no_line_begins_with_a_small_kana_and_no_short_one_with_half_a_word(
    page: Page, served: str, place: str
) -> None:
    page.goto(f"{served}ja/{place}")
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        lines = page.evaluate(BEGINNINGS, SHORT)
        assert len(lines) > 10, "text that is long enough to be broken"
        assert [(end, begin) for end, begin, _ in lines if begin[0] in NEVER_FIRST] == [], width
        parted = [(end, begin) for end, begin, is_short in lines if is_short and is_parted(end, begin)]
        assert parted == [], width


def test_such_lines_would_be_found(page: Page, served: str) -> None:
    page.goto(f"{served}ja/learner/")
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("document.documentElement.style.lineBreak = 'loose'")
    assert [begin for _, begin, _ in page.evaluate(BEGINNINGS, SHORT) if begin[0] in NEVER_FIRST]


def is_parted(end: str, begin: str) -> bool:
    """Whether a word of katakana goes on in the next line."""
    return bool(end and KATAKANA.match(end[-1]) and KATAKANA.match(begin))
