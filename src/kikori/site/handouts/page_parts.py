"""The parts of a page that is taken over into another: its heading, and what follows."""

from __future__ import annotations

import re
from pathlib import Path

from kikori.errors import OurFault

HEADING = re.compile(r"^# (.+)$", re.MULTILINE)


def parts_of(page: Path, text: str = "") -> tuple[str, str]:
    """Give the heading of a page, and what follows it.

    Raises:
        OurFault: it has no heading.
    """
    text = text or page.read_text(encoding="utf-8")
    heading = HEADING.search(text)
    if heading is None:
        raise OurFault(f"{page}: no heading; a page begins with '# Its title'")
    return heading[1], text[heading.end() :].strip()
