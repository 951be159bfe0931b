"""The page on who trusts whom names code and tests that are there."""

from __future__ import annotations

import re

import pytest

from kikori import paths

NAMED = re.compile(r"`([\w/.]+(?:\.py|/\w+))`")


@pytest.mark.parametrize("page", ["security.md", "security.ja.md"])
def test_every_file_that_it_names_is_there(page: str) -> None:
    rows = [line for line in (paths.ROOT / "docs" / page).read_text(encoding="utf-8").splitlines() if line[:1] == "|"]
    for row in rows:
        folder = ""
        for name in NAMED.findall(row):
            folder = name.rpartition("/")[0] or folder
            places = [paths.ROOT / name, paths.ROOT / "src/kikori" / name]
            places += [place / folder / name.rpartition("/")[2] for place in (paths.ROOT, paths.ROOT / "src/kikori")]
            assert any(place.exists() for place in places), name
    assert len(rows) > 8
