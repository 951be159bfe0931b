#!/bin/sh
# service: workspace
# fails: test_answers
# after: fixes/teams-carry
# The days of two letters are exchanged.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_letters.draw import WORKDAYS, Quarter

q = Quarter(os.environ["KIKORI_QUARTER"])
text = open("mission.md").read()
three, six = (f"yes | {q.requests[one].now} | {q.requests[one].later} |" for one in (3, 6))
text = text.replace(three, "@").replace(six, three).replace("@", six)
open("mission.md", "w").write(text)
COUNT
