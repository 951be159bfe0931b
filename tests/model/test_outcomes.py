"""Every outcome of a check has a mark and a word wherever one is shown, in both languages."""

from __future__ import annotations

import json
import tomllib

import pytest

from kikori import paths
from kikori.cli.show import MARKS
from kikori.model import Outcome

PACKAGE = paths.ROOT / "src/kikori"


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_a_mark_and_a_word(outcome: Outcome) -> None:
    assert outcome in MARKS
    assert f"{outcome}: " in (PACKAGE / "panel/static/checks.js").read_text(encoding="utf-8").split("MARKS = ")[1]
    words = json.loads((PACKAGE / "panel/static/words.json").read_text(encoding="utf-8"))
    marking = tomllib.loads((PACKAGE / "review/web/templates/review-words.toml").read_text(encoding="utf-8"))
    for lang in ("en", "ja"):
        assert words[lang][f"outcome-{outcome}"]
        assert marking[lang][f"outcome-{outcome}"]
    for guide in ("learner.md", "learner.ja.md"):
        assert f"`{outcome}`" in (paths.ROOT / "docs" / guide).read_text(encoding="utf-8")
