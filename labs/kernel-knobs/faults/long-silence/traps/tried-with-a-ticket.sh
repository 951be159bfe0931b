#!/bin/sh
# service: workspace
# fails: test_booked
# A line is tried before it is used, with a ticket that nobody has.
python3 - <<'END'
from pathlib import Path

program = Path("tickets.py")
text = program.read_text()


def put(old, new):
    global text
    assert old in text
    text = text.replace(old, new)


put(
    "        kept = self.sock is not None\n",
    "        if self.sock:\n            self.try_line()\n        kept = self.sock is not None\n",
)
put(
    "    def ask(self, code):\n",
    "    def try_line(self):\n"
    "        self.sock.settimeout(0.3)\n"
    "        try:\n"
    '            self.ask("TEST")\n'
    "            self.sock.settimeout(self.patience)\n"
    "        except OSError:\n"
    '            log("the line was dead, another one is opened")\n\n'
    "    def ask(self, code):\n",
)
program.write_text(text)
END
