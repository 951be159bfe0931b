#!/bin/sh
# service: workspace
# fails: test_system
# after: fixes/with-tools
# The inventory of a sister box: the same people, the same habits, other numbers.
python3 - <<'WRITE'
import re
from pathlib import Path

file = Path("inventory.yaml")
other = lambda one: f"{one[1]}.{250 - int(one[2]) % 200}"
file.write_text(re.sub(r"\b((?!0\.|127\.)\d+\.\d+\.\d+)\.(\d+)", other, file.read_text()))
WRITE
