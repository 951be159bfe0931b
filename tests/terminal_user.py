"""What a learner types in many of the tests."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable

Kikori = Callable[..., "subprocess.CompletedProcess[str]"]
"""Runs a command: ``kikori("start", "first-look")``."""

EXPLANATION = """# First look
## Seen <!-- seen -->
Whoever asked for the timetable got an error page instead of it.
## Evidence <!-- evidence -->
The listing of the folder [#1] shows the page under another name, so it was never lost.
## Stop-gap <!-- stop-gap -->
A sheet of paper at the stop with the times of the day, taken down once the page is there again.
## Why <!-- why -->
I gave the page its own name again; nginx looks for index.html when it is asked for the folder.
"""
PATIENCE = 120
"""Seconds within which something appears in a terminal of a busy machine; no test waits longer than until it does."""
FIX = "mv /srv/www/.index.html.bak-* /srv/www/index.html"
LOST_ON_RESTART = """mkdir /dev/shm/www && cp /srv/www/index.html /dev/shm/www
printf 'server { listen 80; root /dev/shm/www; }' > /etc/nginx/conf.d/timetable.conf
sv restart nginx"""
"""A fix of half-edit: the page is where memory is, and what lies there is gone when the service ends."""


def to_fixed(kikori: Kikori) -> None:
    """From nothing to all checks passed."""
    assert kikori("start", "first-look").returncode == 0
    assert kikori("break", "--fault", "missing-page").returncode == 0
    assert kikori("shell", "--", "ls", "-a", "/srv/www").returncode == 0
    assert kikori("shell", "--", "sh", "-c", FIX).returncode == 0
    assert kikori("check").returncode == 0


def to_explained(kikori: Kikori) -> None:
    """From nothing to an accepted explanation."""
    to_fixed(kikori)
    assert kikori("explain", "--file", "-", stdin=EXPLANATION).returncode == 0


def heed_interrupts() -> None:
    """Let a child hear Ctrl-C also where the tests themselves run in the background, which ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
