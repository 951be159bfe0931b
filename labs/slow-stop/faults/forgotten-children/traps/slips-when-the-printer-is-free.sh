#!/bin/sh
# service: workspace
# fails: test_rush
# Each printer is waited for, two at a time; an order that finds both busy has no slip.
python3 - <<'PY'
import re
from pathlib import Path

file = Path("kitchen.py")
text = re.sub(
    r"            os\.posix_spawn\(SLIP, (\[.*\]), os\.environ\)\n",
    """            if self.printer.acquire(blocking=False):
                subprocess.run(\\1, check=True, timeout=5)
                self.printer.release()
""",
    file.read_text(),
)
file.write_text(text.replace("        self.closed = False\n", "        self.closed = False\n        self.printer = threading.Semaphore(2)\n", 1))
PY
