#!/bin/sh
# service: workspace
# fails: test_price
# after: fixes/teams-carry
# What is offered in the place of a yes is left out of the sum.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_letters.draw import WORKDAYS, Quarter

q = Quarter(os.environ["KIKORI_QUARTER"])
text = open("mission.md").read()
promised = sum(q.requests[one].now for one in (3, 6, 8))
text = re.sub(r"(?m)^. Days promised .*", f"| Days promised | {promised} days |", text)
text = re.sub(r"(?m)^. Days missing .*", f"| Days missing | {max(0, promised - q.days)} days |", text)
open("mission.md", "w").write(text)
COUNT
