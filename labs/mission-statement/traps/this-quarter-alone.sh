#!/bin/sh
# service: workspace
# fails: test_price
# after: fixes/teams-carry
# What each later quarter costs is left at what the table has for this one.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_letters.draw import WORKDAYS, Quarter

q = Quarter(os.environ["KIKORI_QUARTER"])
text = open("mission.md").read()
promised = re.search(r"Days promised . (\d+)", text)[1]
text = re.sub(r"(?m)^. Days each quarter after . .* days .$", f"| Days each quarter after | {promised} days |", text)
open("mission.md", "w").write(text)
COUNT
