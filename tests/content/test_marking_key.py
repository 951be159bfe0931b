"""What instructors read beside a submission: the key of its fault, and the steps of each criterion."""

from __future__ import annotations

from pathlib import Path

import pytest

from kikori.content import Catalog
from kikori.content.rubric import marking_key, rubric_of

KEY = """# Key

## closed-page

It is the mode.

## half-edit

It is the brace.

## Model explanation

[#3] shows it.
"""
FAULTS = ("closed-page", "half-edit")


def test_key_of_one_fault_tells_of_no_other(tmp_path: Path) -> None:
    (tmp_path / "key.md").write_text(KEY, encoding="utf-8")
    told = marking_key(tmp_path, "ja", FAULTS, "half-edit")
    assert "It is the brace." in told
    assert "[#3] shows it." in told
    assert "It is the mode." not in told
    assert marking_key(tmp_path, "en", FAULTS) == KEY


def test_language_is_the_readers_where_there_is_a_page(tmp_path: Path) -> None:
    assert marking_key(tmp_path, "ja") == ""
    (tmp_path / "key.md").write_text("# Key\n", encoding="utf-8")
    (tmp_path / "key.ja.md").write_text("# 採点の鍵\n", encoding="utf-8")
    assert [marking_key(tmp_path, lang) for lang in ("en", "ja")] == ["# Key\n", "# 採点の鍵\n"]


@pytest.mark.parametrize("name", [lab.id for lab in Catalog().labs()])
def test_each_lab_of_ours_has_a_key_and_steps_with_examples(name: str) -> None:
    lab = Catalog().lab(name)
    for lang in ("en", "ja"):
        told = marking_key(lab.graders, lang)
        assert all(f"\n## {fault}\n" in told for fault in lab.faults), lang
        assert len(told.split("\n## ")) >= len(lab.faults) + 3
    rubric = rubric_of(lab.graders / "rubric.toml")
    assert rubric is not None
    for one in rubric.criteria:
        assert one.half, one.id
        assert one.none, one.id
        assert all("“" in text.en and "「" in text.ja for text in (one.half, one.none)), one.id
