#!/bin/sh
# service: workspace
# fails: test_order_outlives_a_stop
# after: fixes/readable-by-all
# What it was called on its first day stands in the volume, and holds.
python3 - <<'PY'
from pathlib import Path

file = Path("orders.py")
text = file.read_text()
start = text.index('        self.name = settings["shop"]["name"]')
end = text.index("    def take(")
text = text[:start] + '''        known = self.folder / ".shop"
        if not known.exists():
            known.write_text(settings["shop"]["name"] + "\\n" + settings["shop"]["limit"])
        self.name, limit = known.read_text().split("\\n")
        self.limit = int(limit)

''' + text[end:]
file.write_text(text)
PY
