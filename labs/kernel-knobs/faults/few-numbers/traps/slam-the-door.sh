#!/bin/sh
# service: workspace
# fails: test_booked
# SO_LINGER with zero seconds: a reset in the place of a goodbye, and no TIME-WAIT. The office takes back what broke off.
python3 - <<'PY'
from pathlib import Path

file = Path("tickets.py")
text = file.read_text()
old = "        if self.keepalive:\n"
assert old in text
linger = "        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))\n"
file.write_text(text.replace(old, linger + old).replace("import socket\n", "import socket\nimport struct\n"))
PY
