#!/bin/sh
# service: workspace
# fails: test_answers
# after: fixes/teams-carry
# Both letters of the lockers get a yes, although one wants the opposite of the other.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_letters.draw import WORKDAYS, Quarter

q = Quarter(os.environ["KIKORI_QUARTER"])
text = open("mission.md").read()
text = text.replace("| #1 | no | 0 | 0 | see 6 |", f"| #1 | yes | {q.requests[1].now} | {q.requests[1].later} | |")
open("mission.md", "w").write(text)
COUNT
