"""Well-formed submissions, written by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kikori.content import Catalog
from kikori.submission.format import content_of

from ..conftest import good
from .parts import Members, entry, told


@pytest.fixture
def plain() -> Callable[[str], Members]:
    """A well-formed submission of a lab, by hand."""

    def of(lab: str) -> Members:
        members = good()
        if lab != "first-look":
            members = {name: data for name, data in members.items() if not name.startswith("services/")}
            manifest = members["manifest.json"].replace(b"first-look", lab.encode())
            members["manifest.json"] = manifest.replace(b"half-edit", b"privileged-port")
            members["workspace.tar"] = entry("Dockerfile", b"FROM kikori/python\n")
        return told(members, content=content_of(Catalog().lab(lab)))

    return of
