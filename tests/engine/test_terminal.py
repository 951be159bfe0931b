"""The command trail is read out of a shell's output, and the output reaches the terminal untouched."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from kikori.engine.shell.terminal import LONGEST_MARK, RC, TrailReader, Typed
from terminal_user import PATIENCE


class Terminal:
    """What a learner sees, and what the trail gets."""

    def __init__(self) -> None:
        self.trail: list[Typed] = []
        self.seen = b""
        self.reader = TrailReader(self.trail.append)

    def show(self, *pieces: bytes) -> bytes:
        for piece in pieces:
            self.seen += self.reader(piece)
        return self.seen


@pytest.fixture
def terminal() -> Terminal:
    return Terminal()


def mark(line: str, code: int = 0, number: int = 1) -> bytes:
    return b"\x1b]7770;%d;1700000000;%d;%s\x07" % (number, code, base64.b64encode(line.encode()))


def test_mark_is_taken_out_and_noted(terminal: Terminal) -> None:
    assert terminal.show(b"out\r\n" + mark("ls -la", 2) + b"$ ") == b"out\r\n$ "
    assert terminal.trail == [Typed(line="ls -la", started=1700000000.0, exit_code=2)]


WHOLE = b"\x1b[1mout\x1b[0m\r\n" + mark("ls 木") + b"\x1b[32m$ \x1b[0m" + mark("pwd", 1, 2) + b"x"


@pytest.mark.parametrize("cut", range(1, len(WHOLE)))
def test_stream_may_be_cut_anywhere(terminal: Terminal, cut: int) -> None:
    assert terminal.show(WHOLE[:cut], WHOLE[cut:]) == b"\x1b[1mout\x1b[0m\r\n\x1b[32m$ \x1b[0mx"
    assert [(typed.line, typed.exit_code) for typed in terminal.trail] == [("ls 木", 0), ("pwd", 1)]


def test_stream_may_come_byte_by_byte(terminal: Terminal) -> None:
    shown = terminal.show(*(WHOLE[n : n + 1] for n in range(len(WHOLE))))
    assert shown == b"\x1b[1mout\x1b[0m\r\n\x1b[32m$ \x1b[0mx"
    assert len(terminal.trail) == 2


@pytest.mark.parametrize(
    "data",
    [
        b"\x1b[31mred\x1b[0m",
        b"\x1b]0;title\x07",
        b"\x1b]777;notify;a;b\x07",
        b"\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\",
        b"\xff\xfe\x80caf\xe9\x00",
        "日本語".encode(),
        b"\x1bPq#0\x1b\\",
        b"\x1b]7770;not a mark\x07",
        b"\x1b]7770;1;1;0;A\x07",
        b"\x1b]7770;1;1;0;====\x07",
        b"\x1b]7770;1;1.2.3;0;YQ==\x07",
        b"\x1b]7770;1;.;0;YQ==\x07",
        b"\x1b]7770;1;1;" + b"9" * 5000 + b";YQ==\x07",
    ],
)
@pytest.mark.parametrize("whole", [True, False], ids=["whole", "byte by byte"])
def test_what_is_no_mark_passes_through_untouched(terminal: Terminal, data: bytes, whole: bool) -> None:
    pieces = [data] if whole else [data[n : n + 1] for n in range(len(data))]
    assert terminal.show(*pieces, b".") == data + b"."
    assert terminal.trail == []


def test_begun_mark_that_never_ends_is_shown_in_the_end(terminal: Terminal) -> None:
    data = b"\x1b]7770;1;1;0;" + b"A" * LONGEST_MARK
    assert terminal.show(data) == data


def test_line_that_is_not_utf8_is_noted_all_the_same(terminal: Terminal) -> None:
    terminal.show(b"\x1b]7770;1;1;0;" + base64.b64encode(b"echo caf\xe9") + b"\x07")
    assert terminal.trail[0].line == "echo caf\N{REPLACEMENT CHARACTER}"


def test_empty_line_is_no_command(terminal: Terminal) -> None:
    assert terminal.show(mark("  ")) == b""
    assert terminal.trail == []


@pytest.fixture
def bash(tmp_path: Path) -> Iterator[pexpect.spawn]:
    """A real bash as `kikori shell` starts it, in a pseudo-terminal."""
    rc = tmp_path / "rc"
    rc.write_text(RC.replace("KIKORI_PLACE", "web"), encoding="utf-8")
    # Wide, or a long prompt is wrapped; without echo from the start, or that change meets readline's own.
    child = pexpect.spawn(
        "bash",
        ["--rcfile", str(rc), "-i"],
        cwd=str(tmp_path),
        timeout=PATIENCE,
        env=BARE,
        echo=False,
        dimensions=(24, 400),
    )
    child.delaybeforesend = None
    yield child
    child.close(force=True)


BARE = {"PATH": "/usr/bin:/bin", "TERM": "dumb", "LC_ALL": "C.UTF-8", "HISTFILE": "/nowhere/history"}
PROMPT = b"kikori:web\x1b\\[0m [^\n]* [$#] "


def typed(bash: pexpect.spawn, *lines: str) -> list[tuple[str, int]]:
    """The trail of a shell in which these lines were typed."""
    terminal = Terminal()
    bash.expect(PROMPT)
    terminal.show(bash.before)
    for line in lines:
        bash.sendline(line)
        bash.expect(PROMPT)
        terminal.show(bash.before, bash.after)
    assert b"777" not in terminal.seen
    terminal.reader.close()
    return [(typed.line, typed.exit_code) for typed in terminal.trail]


def test_shell_tells_each_command_and_its_exit_code(bash: pexpect.spawn) -> None:
    assert typed(bash, "true", "sh -c 'exit 7'", "no-such-command", "echo 'a;b' | grep -c 木") == [
        ("true", 0),
        ("sh -c 'exit 7'", 7),
        ("no-such-command", 127),
        ("echo 'a;b' | grep -c 木", 1),
    ]


def test_shell_leaves_out_what_begins_with_a_space_and_what_was_not_typed(bash: pexpect.spawn) -> None:
    assert typed(bash, " echo hidden", "", "true", "", " false") == [("true", 0)]


def test_shell_tells_a_repeated_command_again(bash: pexpect.spawn) -> None:
    assert typed(bash, "false", "false") == [("false", 1), ("false", 1)]


def test_shell_keeps_the_exit_code_for_the_learner(bash: pexpect.spawn) -> None:
    assert typed(bash, "false", "test $? = 1") == [("false", 1), ("test $? = 1", 0)]


def test_shell_leaves_no_history_file_nor_our_variable_behind(bash: pexpect.spawn) -> None:
    assert typed(bash, 'test -z "$HISTFILE$KIKORI_RC"') == [('test -z "$HISTFILE$KIKORI_RC"', 0)]


def test_command_that_takes_the_shell_with_it_is_in_the_trail(bash: pexpect.spawn) -> None:
    terminal = Terminal()
    bash.expect(PROMPT)
    bash.sendline("true; kill -9 $$")
    bash.expect(pexpect.EOF)
    terminal.show(bash.before)
    terminal.reader.close()
    assert [(one.line, one.exit_code) for one in terminal.trail] == [("true; kill -9 $$", 129)]


@pytest.mark.parametrize("line", ["exit 3", "logout"])
def test_leaving_the_shell_is_no_command(terminal: Terminal, line: str) -> None:
    terminal.show(b"\x1b]7771;1;1700000000;%s\x07" % base64.b64encode(line.encode()))
    terminal.reader.close()
    assert terminal.trail == []


def test_beginning_of_a_command_right_behind_the_end_of_another_is_kept(terminal: Terminal) -> None:
    begins = b"\x1b]7771;2;1700000000;%s\x07" % base64.b64encode(b"kill 1")
    assert terminal.show(mark("ls") + b"$ " + begins) == b"$ "
    terminal.reader.close()
    assert [(one.line, one.exit_code) for one in terminal.trail] == [("ls", 0), ("kill 1", 129)]
