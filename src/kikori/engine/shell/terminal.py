"""An interactive shell in a pseudo-terminal, with the command trail read out of its output.

The shell sends each command when it begins and when it has ended, as escape sequences that terminals do not show
(OSC 7771: number;started;base64 of the line, and OSC 7770: number;started;exit code;base64 of the line). It never sees
key-strokes or output. A command that takes the shell with it begins and does not end: it belongs in the trail, too.
"""

from __future__ import annotations

import base64
import re
import shutil
import signal
from collections.abc import Callable

from kikori.model.record import Record

# Strict, since any program in the container can print one; what is not one goes to the terminal as it is.
BASE64 = rb"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"
MARK = re.compile(
    rb"\x1b\]777(?:0;[0-9]{1,9};(?P<started>[0-9]{1,12});(?P<code>[0-9]{1,3});(?P<line>" + BASE64 + rb")"
    rb"|1;[0-9]{1,9};(?P<begun>[0-9]{1,12});(?P<begins>" + BASE64 + rb"))\x07"
)
OPENINGS = (b"\x1b]7770;", b"\x1b]7771;")
CUT_OFF = 129
"""The exit code of a command that ended with its shell, as of one that SIGHUP ended."""
LEAVING = re.compile(r"(exit|logout)\b")
LONGEST_MARK = 64 * 1024

RC = r"""
__kikori_prompt() {
  local code=$? last number started line
  last=$(HISTTIMEFORMAT='%s ' builtin history 1)
  read -r number started line <<<"$last"
  if [ -n "$number" ] && [ "$number" != "${__kikori_last-}" ] && [ -n "${__kikori_ready-}" ]; then
    printf '\033]7770;%s;%s;%s;%s\007' "$number" "$started" "$code" "$(printf %s "$line" | base64 | tr -d '\n')"
  fi
  __kikori_last=$number __kikori_ready=1
}
__kikori_begin() {
  local number started line
  read -r number started line <<<"$(HISTTIMEFORMAT='%s ' builtin history 1)"
  [ -z "$number" ] || [ "$number" = "${__kikori_last-}" ] ||
    printf '\033]7771;%s;%s;%s\007' "$number" "$started" "$(printf %s "$line" | base64 | tr -d '\n')"
}
unset HISTFILE KIKORI_RC
HISTCONTROL=ignorespace
HISTSIZE=10000
PROMPT_COMMAND=__kikori_prompt
PS0='$(__kikori_begin)'
PS1='\[\033[1;32m\]kikori:KIKORI_PLACE\[\033[0m\] \w \$ '
"""
"""What the shell reads first; a command that begins with a space is left out of the trail."""


class Typed(Record):
    """One command that the shell reported."""

    line: str
    started: float
    exit_code: int


class TrailReader:
    """Takes the marks out of a stream of output, wherever the stream was cut."""

    def __init__(self, found: Callable[[Typed], None]) -> None:
        self.found = found
        self.held = b""
        self.begun: Typed | None = None

    def __call__(self, data: bytes) -> bytes:
        """Give back what the learner is to see."""
        data = MARK.sub(self._report, self.held + data)
        start = data.rfind(OPENINGS[0][:1])
        self.held = b""
        if start >= 0 and self._may_be_mark(data[start:]):
            data, self.held = data[:start], data[start:]
        return data

    def close(self) -> None:
        """Report a command that took the shell with it; leaving the shell is no such command."""
        if self.begun and not LEAVING.match(self.begun.line):
            self.found(self.begun)
        self.begun = None

    @staticmethod
    def _may_be_mark(tail: bytes) -> bool:
        begun = any(tail.startswith(opening) or opening.startswith(tail) for opening in OPENINGS)
        return begun and b"\x07" not in tail and len(tail) < LONGEST_MARK

    def _report(self, match: re.Match[bytes]) -> bytes:
        line = base64.b64decode(match["line"] or match["begins"] or b"").decode("utf-8", "replace").strip()
        has_ended = match["code"] is not None
        code = int(match["code"]) if has_ended else CUT_OFF
        seen = Typed(line=line, started=float(match["started"] or match["begun"]), exit_code=code)
        self.begun = None if has_ended or not line else seen
        if has_ended and line:
            self.found(seen)
        return b""


def interact(argv: list[str], environment: dict[str, str], directory: str, found: Callable[[Typed], None]) -> int:
    """Give the learner's terminal to a command until it ends; returns its exit code."""
    import pexpect

    columns, lines = shutil.get_terminal_size()
    child = pexpect.spawn(argv[0], argv[1:], env=environment, cwd=directory, dimensions=(lines, columns), timeout=None)

    def resize(*_: object) -> None:
        columns, lines = shutil.get_terminal_size()
        child.setwinsize(lines, columns)

    before, reader = signal.signal(signal.SIGWINCH, resize), TrailReader(found)
    try:
        child.interact(escape_character=None, output_filter=reader)  # type: ignore[arg-type]  # spawn without an encoding gives bytes
    finally:
        signal.signal(signal.SIGWINCH, before)
        child.close()
        reader.close()
    return int(child.exitstatus if child.exitstatus is not None else 128 + (child.signalstatus or 0))
