"""The instructor's pages: kikori review serve."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kikori.cli.app import command
from kikori.cli.instructor import PANEL, review


@command("serve", lambda _: None, panel=PANEL, parent=review)
def serve(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="Where the reviewed .kikori files are.")],
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to serve on; 0 takes a free one.")] = 0,
    listen: Annotated[str, typer.Option("--listen", metavar="ADDRESS", help="Address to serve on.")] = "127.0.0.1",
    opening: Annotated[bool, typer.Option("--open/--no-open", help="Open the pages in the browser.")] = True,
) -> object:
    """Read and mark what was reviewed, in the browser: least certain first, with the evidence beside each."""
    from kikori.catalog import Catalog
    from kikori.review.web.serving import serve_folder
    from kikori.web.serving import address

    serve_folder(Path(folder), Catalog(), address(port, listen), opening=opening)
    return None
