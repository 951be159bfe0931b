#!/bin/sh
# fails: test_nothing_is_lost
# The counter no longer waits: what does not fit is not written.
python3 - <<'PY'
from pathlib import Path

file = Path("/srv/counter/events.py")
text = file.read_text()
text = text.replace("            self.sock.connect(self.path)\n", "            self.sock.connect(self.path)\n            self.sock.settimeout(0.02)\n")
text = text.replace("            except OSError:\n", "            except TimeoutError:\n                return self.close()\n            except OSError:\n")
file.write_text(text)
PY
sv restart counter
