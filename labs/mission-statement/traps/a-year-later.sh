#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/teams-carry
# The day is after the quarter for which the days were counted.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_letters.draw import WORKDAYS, Quarter

q = Quarter(os.environ["KIKORI_QUARTER"])
text = open("mission.md").read()
text = re.sub(r"(?m)^- Day: .*", f"- Day: {q.ends.year + 1}-02-10", text, count=1)
open("mission.md", "w").write(text)
COUNT
