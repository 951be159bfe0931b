"""The reviewer's pages served for a folder that was reviewed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kikori.content import Catalog
from kikori.errors import KikoriError
from kikori.review.review_folder import ReviewFolder
from kikori.review.store import reviewed
from kikori.review.web.app import Pages
from kikori.web import Address, serve


@contextmanager
def open_review_folder(folder: Path, catalog: Catalog) -> Iterator[ReviewFolder]:
    """What lies in a folder, opened and compared, for as long as somebody reads.

    Raises:
        KikoriError: there is no such folder, or nothing in it was replayed.
        EnvironmentProblem: the folder can't be written.
    """
    with reviewed(folder) as store:
        review_folder = ReviewFolder(folder, store, catalog)
        if not review_folder.entries():
            raise KikoriError(f"{folder}: no submission there that was replayed.", f"kikori review {folder}")
        yield review_folder


def serve_folder(folder: Path, catalog: Catalog, at: Address, *, opening: bool = False) -> None:
    """Serve the reviewer's pages until interrupted.

    Raises:
        KikoriError: there is no such folder, or nothing in it was replayed.
        EnvironmentProblem: the folder can't be written, or the address can't be served.
    """
    with open_review_folder(folder, catalog) as review_folder:
        print(
            f"kikori: {len(review_folder.entries())} submissions to read; Ctrl+C ends it", file=sys.stderr, flush=True
        )
        serve(Pages(review_folder).app(), at, opening=opening)
