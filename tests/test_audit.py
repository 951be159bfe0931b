"""An audit says so where nobody could say, and the bill of materials names what images hold."""

from __future__ import annotations

import runpy
from typing import Any

import pytest

from kikori import paths

AUDIT = runpy.run_path(str(paths.ROOT / "tools" / "audit.py"))
FINE: dict[str, Any] = {"name": "a", "version": "1", "vulns": []}
HOLE = FINE | {"vulns": [{"id": "CVE-2026-1", "fix_versions": ["2"]}]}
MISSED = {"name": "b", "skip_reason": "Dependency not found on PyPI and could not be audited: b (1)"}


@pytest.mark.parametrize(
    ("told", "code"),
    [([FINE], 0), ([FINE, HOLE], 1), ([MISSED], 3), ([FINE, MISSED], 3), ([HOLE, MISSED], 1)],
)
def test_package_that_nobody_looked_up_does_not_pass_for_a_sound_one(
    told: list[dict[str, Any]], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert AUDIT["judged"](told) == code
    said = capsys.readouterr()
    assert ("CVE-2026-1, fixed in 2" in said.out) == (code == 1)
    assert ("not audited" in said.err) == (code == 3)


def test_package_of_two_images_is_named_once_with_both() -> None:
    one, two = "bash\t5.2-1\tamd64\nzlib1g\t1:1.3+dfsg-1\tamd64\n", "bash\t5.2-1\tamd64\n"
    bash, zlib = AUDIT["debian"]([("kikori/a", one), ("kikori/b", two)])
    assert [found["value"] for found in bash["properties"]] == ["kikori/a", "kikori/b"]
    assert zlib["purl"] == "pkg:deb/debian/zlib1g@1%3A1.3%2Bdfsg-1?arch=amd64"


@pytest.mark.docker
def test_image_says_what_it_holds() -> None:
    assert "libc6" in {one["name"] for one in AUDIT["debian"]([AUDIT["packages_of"](AUDIT["BASE"])])}
