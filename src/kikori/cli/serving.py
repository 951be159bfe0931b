"""The site on this computer: kikori serve, kikori site build."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kikori.cli import show_site
from kikori.cli.app import app, command
from kikori.cli.steps import Shown

site = typer.Typer(help="The course site as files.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(site, name="site", rich_help_panel="Learning")


@command("serve", lambda value: None, panel="Learning")
def serve(
    port: Annotated[int, typer.Option("--port", help="The port; else one that is free.")] = 8350,
    listen: Annotated[
        str, typer.Option("--listen", metavar="ADDRESS", help="Another address than 127.0.0.1: others can reach it.")
    ] = "127.0.0.1",
    opening: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")] = True,
) -> object:
    """Serve the course site with a panel and a terminal for each lab."""
    from kikori.panel.serving import serve as begin

    begin(Shown(), port, listen, opening=opening)
    return None


@command("build", show_site.built, panel="Learning", parent=site)
def build(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="Where the pages are written.")],
) -> object:
    """Build the site as plain files, for a file server; panels become commands to copy."""
    from kikori.panel.serving import write

    return write(Shown(), Path(folder))
