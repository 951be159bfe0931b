"""Markdown as HTML for a panel."""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt

READER = MarkdownIt("commonmark", {"html": False}).enable("table")


def html_of(text: str) -> str:
    """Markdown made into HTML that holds no script, whoever wrote it."""
    return nh3.clean(READER.render(text))
