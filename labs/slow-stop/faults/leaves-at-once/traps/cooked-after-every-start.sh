#!/bin/sh
# service: workspace
# fails: test_nothing_comes_back
# What is open at a stop is cooked after the next start, and after every other one.
python3 - <<'PY'
from pathlib import Path

file = Path("kitchen.py")
text = file.read_text()
text = text.replace("lambda *_: sys.exit(0)", "lambda *_: stop.put(True)")
text = text.replace(
    "self.changed.wait_for(lambda: not self.stove)\n",
    """for ticket, order in self.stove.items():
                (KEEP / f"{ticket}.open").write_text(json.dumps(order))
            os._exit(0)
""",
)
text = text.replace(
    "        self.closed = False\n",
    """        self.closed = False
        for left in KEEP.glob("*.open"):
            self.light(json.loads(left.read_text()))
""",
    1,
)
file.write_text(text)
PY
