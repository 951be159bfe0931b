"""What the environment says, and what is taken where it says nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kikori import settings


@pytest.fixture
def no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KIKORI_LANG", *settings.LOCALE_VARIABLES):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": ""}, "ja"),
        ({"LC_ALL": "ja_JP.UTF-8", "KIKORI_LANG": "en"}, "en"),
        ({"KIKORI_LANG": "JA"}, "ja"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
@pytest.mark.usefixtures("no_language")
def test_language_is_kikoris_own_variable_and_then_the_locale(
    environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert settings.language() == expected


def test_learner_is_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIKORI_LEARNER", "grace")
    assert settings.learner() == "grace"


def test_learner_is_the_login_name_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KIKORI_LEARNER")
    monkeypatch.setenv("LOGNAME", "hopper")
    assert settings.learner() == "hopper"


def test_learner_without_a_passwd_entry_still_has_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KIKORI_LEARNER", "LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 54321)
    assert settings.learner() == "user54321"


@pytest.mark.parametrize(
    ("yes", "ci", "expected"), [("1", "", True), ("", "true", True), ("", "", False), ("0", "false", False)]
)
def test_consent_is_given_by_yes_or_by_ci(yes: str, ci: str, expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIKORI_YES", yes)
    monkeypatch.setenv("CI", ci)
    assert settings.consent_given() is expected


def test_content_roots_are_separated_like_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIKORI_CONTENT", f"/one{os.pathsep}{os.pathsep}/two")
    assert settings.content_roots() == [Path("/one"), Path("/two")]


def test_no_content_root_is_not_the_current_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIKORI_CONTENT", "")
    assert settings.content_roots() == []
