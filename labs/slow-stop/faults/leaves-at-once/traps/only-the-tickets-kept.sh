#!/bin/sh
# service: workspace
# fails: test_book_and_slip_agree
# The next start cooks for the tickets that were open, and knows no more of them than their numbers.
python3 - <<'PY'
from pathlib import Path

file = Path("kitchen.py")
text = file.read_text()
text = text.replace("lambda *_: sys.exit(0)", "lambda *_: stop.put(True)")
text = text.replace(
    "self.changed.wait_for(lambda: not self.stove)\n",
    '(KEEP / "open").write_text(" ".join(self.stove))\n',
)
text = text.replace(
    "        self.closed = False\n",
    """        self.closed = False
        left = KEEP / "open"
        for ticket in left.read_text().split() if left.exists() else ():
            self.light({"ticket": ticket, "name": "", "dish": next(iter(self.menu))})
        left.unlink(missing_ok=True)
""",
    1,
)
file.write_text(text)
PY
