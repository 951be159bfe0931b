#!/bin/sh
# service: workspace
# After each ticket the office is asked to end the line: an empty line ends it. The port is ours again at once.
python3 - <<'END'
from pathlib import Path

program = Path("tickets.py")
text = program.read_text()


def put(old, new):
    global text
    assert old in text
    text = text.replace(old, new)


put(
    "        if not self.keep:\n",
    "        if not self.keep:\n"
    "            with suppress(OSError):\n"
    '                sock.sendall(b"\\n")\n'
    "                sock.recv(1)\n",
)
put(
    "from configparser",
    "from contextlib import suppress\nfrom configparser",
)
program.write_text(text)
END
