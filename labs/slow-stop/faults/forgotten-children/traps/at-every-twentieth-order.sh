#!/bin/sh
# service: workspace
# fails: test_nothing_piles_up
# Every twentieth order asks how all the printers ended; up to nineteen of them wait for that.
python3 - <<'PY'
from pathlib import Path

file = Path("kitchen.py")
text = file.read_text()
text = text.replace("        self.closed = False\n", "        self.closed = False\n        self.taken = 0\n", 1)
text = text.replace(
    "            self.light(order)\n",
    """            self.taken += 1
            if self.taken % 20 == 0:
                self.collect()
            self.light(order)
""",
    1,
)
text = text.replace(
    "    def light(self, order):\n",
    '''    def collect(self):
        """Ask for all that have ended."""
        time.sleep(0.3)
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            pass

    def light(self, order):
''',
    1,
)
file.write_text(text)
PY
