#!/bin/sh
# service: workspace
# fails: test_burst
# The desk no longer waits for the office, and five places are still not enough for a burst.
python3 - <<'END'
from pathlib import Path

desk = Path("desk.py")
text = desk.read_text()
old = '"stamp": self.harbour.stamp()})'
assert old in text
text = text.replace(old, '"stamp": "stamped"})')
text = text.replace(
    '            self.announce("reload", {})\n',
    '            self.announce("reload", {})\n            threading.Thread(target=self.harbour.stamp).start()\n',
)
desk.write_text(text.replace("import tempfile\n", "import tempfile\nimport threading\n"))
END
