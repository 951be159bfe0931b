"""What Docker and scripts get to know of an attempt."""

from __future__ import annotations

import msgspec
import pytest

from kikori.model import Attempt, Stage

ATTEMPT = Attempt(
    id="first-look-a1b2c3", lab="first-look", learner="ada", seed=1, params={"bus-stop": "Sugi"}, stage=Stage.HEALTHY
)


def test_project_carries_the_attempts_id() -> None:
    assert ATTEMPT.project == "kikori-first-look-a1b2c3"


def test_params_reach_scripts_as_variables() -> None:
    assert ATTEMPT.environment == {"KIKORI_BUS_STOP": "Sugi"}


def test_attempt_is_the_same_after_it_was_written_and_read() -> None:
    assert msgspec.json.decode(msgspec.json.encode(ATTEMPT), type=Attempt) == ATTEMPT


def test_record_with_an_unknown_key_is_refused() -> None:
    written = msgspec.json.encode(msgspec.to_builtins(ATTEMPT) | {"sede": 2})
    with pytest.raises(msgspec.ValidationError, match="sede"):
        msgspec.json.decode(written, type=Attempt)


def test_record_can_not_be_changed() -> None:
    with pytest.raises(AttributeError):
        ATTEMPT.seed = 2  # type: ignore[misc]
