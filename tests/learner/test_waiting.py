"""A learner who waits long for a check hears that it goes on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kikori import paths
from terminal_user import Kikori

SLOW = '''"""A check that takes its time."""

import time


def test_takes_its_time():
    """The timetable is still there a while later."""
    time.sleep(5)
'''


@pytest.mark.docker
def test_a_learner_who_waits_for_a_check(kikori: Kikori, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "content"
    for part in ("labs", "graders"):
        shutil.copytree(paths.ROOT / part / "first-look", root / part / "slow-look")
    shutil.copytree(paths.ROOT / "labs/_images/server", root / "labs/_images/server")
    (root / "graders/slow-look/test_slow.py").write_text(SLOW, encoding="utf-8")
    monkeypatch.setenv("KIKORI_CONTENT", str(root))
    assert kikori("start", "slow-look").returncode == 0
    try:
        checked = kikori("check", "--quick")
        assert checked.returncode == 0, checked.stderr
        assert "kikori: still checking; the last result came 3 s ago …" in checked.stderr
    finally:
        kikori("stop", "--yes")
