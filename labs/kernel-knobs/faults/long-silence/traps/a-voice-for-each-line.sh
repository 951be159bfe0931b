#!/bin/sh
# service: workspace
# fails: test_leaves_nothing_behind
# Somebody says something on each line twice a second, and goes on when the line has ended.
python3 - <<'END'
from pathlib import Path

program = Path("tickets.py")
text = program.read_text()


def put(old, new):
    global text
    assert old in text
    text = text.replace(old, new)


put(
    "        self.used = 0.0\n\n",
    "        self.used = 0.0\n        self.turn = threading.Lock()\n\n",
)
put(
    "        return self.sock\n\n",
    "        threading.Thread(target=self.beat, daemon=True).start()\n"
    "        return self.sock\n\n"
    "    def beat(self):\n"
    "        while True:\n"
    "            time.sleep(0.5)\n"
    "            with self.turn, suppress(OSError):\n"
    "                if self.sock:\n"
    '                    self.sock.sendall(b"ALIVE\\n")\n'
    "                    self.sock.recv(LARGEST)\n\n",
)
put(
    '                return 200, office.book(match[1]) + "\\n"\n',
    "                with office.turn:\n"
    '                    return 200, office.book(match[1]) + "\\n"\n',
)
put(
    "from configparser",
    "from contextlib import suppress\nfrom configparser",
)
program.write_text(text)
END
