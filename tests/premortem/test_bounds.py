"""A setter's fault that takes too long is ended, whatever it does."""

from __future__ import annotations

import signal
import subprocess
import time

import pytest

from kikori.errors import KikoriError
from kikori.premortem.bounds import within

pytestmark = pytest.mark.slow


def test_what_takes_too_long_is_ended() -> None:
    began = time.monotonic()
    with pytest.raises(KikoriError, match=r"took more than 0\.2 s"), within(0.2):
        subprocess.run(["sleep", "20"], check=False)
    assert time.monotonic() - began < 5


def test_what_ends_in_time_hears_no_alarm() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with within(0.5):
        pass
    time.sleep(0.6)
    assert signal.getsignal(signal.SIGALRM) is before
