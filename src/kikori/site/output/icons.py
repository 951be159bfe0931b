"""The theme's icons as one sheet: a page names them in the place of drawing each again."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import Path

SHEET = "assets/stylesheets/icons.css"
FOLDER = Path(str(import_module("material").__file__)).parent / "templates" / ".icons" / "material"
NAMES = (
    *("arrow-left", "arrow-right", "arrow-up", "brightness-4", "brightness-7", "brightness-auto", "close"),
    *("magnify", "menu", "translate"),
    *("account-search", "book-open-page-variant-outline", "book-open-variant", "hammer-wrench", "stairs"),
    *("timer-outline",),
)
"""Those of every page, then those of every lesson or lab; what few pages have stays drawn."""
DRAWN = re.compile(r'<svg xmlns="http://www\.w3\.org/2000/svg" viewBox="0 0 24 24"><path d="[^"]+"/></svg>')
NAMED = '<svg viewBox="0 0 24 24" class="icon-{}"></svg>'
SHAPE = """\
/* An icon is the colour of its text, seen through its shape; so it is on paper, and where colours are forced. */
svg[class^="icon-"] {
  background: currentcolor; mask: var(--icon) center / contain no-repeat;
  print-color-adjust: exact; forced-color-adjust: none;
}
"""
RULE = ".icon-{} {{ --icon: url('data:image/svg+xml,{}'); }}\n"


def sheet() -> str:
    """Write the rule of each icon."""
    return SHAPE + "".join(RULE.format(name, drawing) for drawing, name in _drawings().items())


def with_names(page: str) -> str:
    """Give a page's icons by name where the sheet has them."""
    return DRAWN.sub(lambda icon: NAMED.format(name) if (name := _drawings().get(icon[0])) else icon[0], page)


@cache
def _drawings() -> dict[str, str]:
    return {(FOLDER / f"{name}.svg").read_text(encoding="utf-8").strip(): name for name in NAMES}
