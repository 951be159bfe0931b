#!/bin/sh
# service: workspace
# fails: test_office_hangs_up
# after: fixes/the-kernels-clock
# Nobody waits for a slow office: who is sent away is not booked, either, and the others are quick.
sed 's/^patience = .*/patience = 0.3/' tickets.conf > new.conf
mv new.conf tickets.conf
python3 - <<'END'
from pathlib import Path

program = Path("tickets.py")
text = program.read_text()


def put(old, new):
    global text
    assert old in text
    text = text.replace(old, new)


put(
    "        except BaseException:\n            self.hang_up()\n",
    "        except BaseException as problem:\n"
    "            if isinstance(problem, TimeoutError) and self.sock:\n"
    '                self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))\n'
    "            self.hang_up()\n",
)
put(
    "import socket\n",
    "import socket\nimport struct\n",
)
program.write_text(text)
END
