#!/bin/sh
# service: workspace
# fails: test_answers
# after: fixes/teams-carry
# Both letters of the lockers are done: the second as a no with all days of its request.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import sys

sys.path.insert(0, sys.argv[1])
from drawn_letters.draw import Quarter

one = Quarter(os.environ["KIKORI_QUARTER"]).requests[1]
text = open("mission.md").read()
text = text.replace("| #1 | no | 0 | 0 | see 6 |", f"| #1 | no | {one.now} | {one.later} | we take it over, for good |")
open("mission.md", "w").write(text)
COUNT
