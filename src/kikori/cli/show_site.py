"""The built site as its author reads of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kikori.cli import text

if TYPE_CHECKING:
    from kikori.panel.serving import Written


def built(value: Written) -> None:
    """Where the pages are."""
    text.line(f"Written: {value.pages} pages in {value.folder}", bold=True)
