"""Commands of a check inside a replay: no environment of a learner's decides them, and none is ended unseen."""

from __future__ import annotations

import pytest

from kikori.errors import OurFault
from kikori.grading import testinfra_backend
from kikori.grading.forkserver import ISOLATED


def test_replay_lets_no_environment_of_a_learner_decide_what_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert testinfra_backend.options_of("orders") == ["--user", "orders"]
    monkeypatch.setenv(ISOLATED, "1")
    given = testinfra_backend.options_of(None)
    assert "LD_PRELOAD=" in given
    assert "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" in given


@pytest.mark.parametrize(("replay", "raised"), [("1", True), ("0", False)])
def test_command_that_somebody_ended_proves_nothing_in_a_replay(
    monkeypatch: pytest.MonkeyPatch, replay: str, raised: bool
) -> None:
    monkeypatch.setenv(ISOLATED, replay)
    host = testinfra_backend.KikoriBackend("web")
    monkeypatch.setattr(host, "_in_shell", lambda script: testinfra_backend.Output(137, b"", b""))
    if raised:
        with pytest.raises(OurFault, match="something in the container ended a command of the check: ps"):
            host.run("ps")
    else:
        assert host.run("ps").rc == 137
