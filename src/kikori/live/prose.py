"""Markdown as HTML for a panel."""

from __future__ import annotations

import markdown
import nh3


def html_of(text: str) -> str:
    """Markdown made into HTML that holds no script, whoever wrote it."""
    return nh3.clean(markdown.markdown(text, extensions=["fenced_code", "tables"]))
