#!/bin/sh
# fails: test_page
python3 - <<'PY'
from pathlib import Path

file = Path("/srv/desk/depot.py")
text = file.read_text()
text = text.replace("import json\n", "import functools\nimport json\n")
text = text.replace("    def find(self, number):", "    @functools.lru_cache(maxsize=None)\n    def find(self, number):")
file.write_text(text)
PY
sv restart desk
