"""The reviewer's pages served for a folder that was reviewed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kikori.catalog import Catalog
from kikori.errors import KikoriError
from kikori.marking.pages import Pages
from kikori.marking.pile import Pile
from kikori.review.book import reviewed
from kikori.web import Address, serve


@contextmanager
def piled(folder: Path, catalog: Catalog) -> Iterator[Pile]:
    """What lies in a folder, opened and compared, for as long as somebody reads.

    Raises:
        KikoriError: there is no such folder, or nothing in it was replayed.
        EnvironmentProblem: the folder can't be written.
    """
    with reviewed(folder) as book:
        pile = Pile(folder, book, catalog)
        if not pile.entries():
            raise KikoriError(f"{folder}: no submission there that was replayed.", f"kikori review {folder}")
        yield pile


def serve_folder(folder: Path, catalog: Catalog, at: Address, *, opening: bool = False) -> None:
    """Serve the reviewer's pages until interrupted.

    Raises:
        KikoriError: there is no such folder, or nothing in it was replayed.
        EnvironmentProblem: the folder can't be written, or the address can't be served.
    """
    with piled(folder, catalog) as pile:
        print(f"kikori: {len(pile.entries())} submissions to read; Ctrl+C ends it", file=sys.stderr, flush=True)
        serve(Pages(pile).app(), at, opening=opening)
