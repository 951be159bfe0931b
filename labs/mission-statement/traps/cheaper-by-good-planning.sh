#!/bin/sh
# service: workspace
# fails: test_answers
# after: fixes/teams-carry
# A yes takes three days less than it was estimated at, by good planning.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_letters.draw import WORKDAYS, Quarter

q = Quarter(os.environ["KIKORI_QUARTER"])
text = open("mission.md").read()
eight = q.requests[8]
text = text.replace(f"yes | {eight.now} |", f"yes | {eight.now - 3} |")
open("mission.md", "w").write(text)
COUNT
