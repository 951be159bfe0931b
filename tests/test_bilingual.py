"""Sentences of our own are in both languages, fill in the same, and are all said somewhere."""

from __future__ import annotations

import string
import tomllib

import pytest

from kikori import bilingual, paths

SENTENCES = tomllib.loads(bilingual.SENTENCES.read_text(encoding="utf-8"))
FILES = sorted((paths.ROOT / "src/kikori").rglob("*words.toml"))


def places(text: str) -> set[str]:
    """What is filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence_is_in_both_languages_and_is_said(name: str) -> None:
    said = SENTENCES[name]
    assert set(said) == set(bilingual.LANGUAGES)
    assert places(said["en"]) == places(said["ja"])
    sources = (path.read_text(encoding="utf-8") for path in (paths.ROOT / "src/kikori").rglob("*.py"))
    assert any(f'sentence("{name}"' in source for source in sources)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(paths.ROOT)))
def test_a_file_has_the_same_keys_in_both_languages(file: object) -> None:
    english, japanese = (bilingual.texts(file, lang) for lang in bilingual.LANGUAGES)  # type: ignore[arg-type]
    assert english.keys() == japanese.keys()


def test_values_are_filled_in() -> None:
    said = bilingual.sentence("too-busy", "ja", waiting=9.4, processors=2)
    assert "2個のプロセッサ" in said
    assert "9個のプログラム" in said
