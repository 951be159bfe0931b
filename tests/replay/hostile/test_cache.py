"""Nothing that a submission's build made stays in the engine's build cache; what is the instructor's own does."""

from __future__ import annotations

import json
import secrets
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kikori import host
from kikori.content import Catalog
from kikori.engine import Silent
from kikori.host import endpoint
from kikori.review import Verdict, review

from .parts import Members, placed, written

pytestmark = [
    pytest.mark.docker,
    pytest.mark.alone,
    pytest.mark.stands_on("first-look", "silent-exit"),
]  # another review at its end would take what is new with it


def records(word: str) -> list[str]:
    """The records of the build cache that were made by a command with a word."""
    found = json.loads(endpoint.ask("/v1.44/system/df?type=build-cache", patience=60).body)["BuildCache"]
    return [one["ID"] for one in found if word in one["Description"]]


def test_build_cache_is_after_a_review_what_it_was_before(plain: Callable[[str], Members], tmp_path: Path) -> None:
    host.ready()
    mine, theirs = f"kikori-{secrets.token_hex(8)}", f"kikori-{secrets.token_hex(8)}"
    own = f"FROM debian:trixie-slim\nRUN echo {mine}\n"
    subprocess.run(["docker", "build", "--quiet", "-"], input=own, text=True, check=True, capture_output=True)
    kept = records(mine)
    assert kept
    (tmp_path / "inbox").mkdir()
    text = f"FROM kikori/python\nRUN echo {theirs} > /layer\nRUN cat /layer && false\n"
    written(placed(plain("silent-exit"), Dockerfile=text), tmp_path / "inbox" / "mallory.kikori")
    (row,) = review(tmp_path / "inbox", Catalog(), Silent()).rows
    assert (row.verdict, "build failed" in row.reason) == (Verdict.NOT_VERIFIED, True), row.reason
    assert not records(theirs)
    assert records(mine) == kept
