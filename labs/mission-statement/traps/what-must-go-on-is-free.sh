#!/bin/sh
# service: workspace
# fails: test_days
# after: fixes/teams-carry
# The work that may not be stopped is not taken off, since nobody decides about it.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_letters.draw import WORKDAYS, Quarter

q = Quarter(os.environ["KIKORI_QUARTER"])
text = open("mission.md").read()
days = q.days + q.works[2].days
text = re.sub(r"(?m)^. Days there are .*", f"| Days there are | {days} days |", text)
open("mission.md", "w").write(text)
COUNT
