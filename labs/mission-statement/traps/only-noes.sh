#!/bin/sh
# service: workspace
# fails: test_decisions
# after: fixes/teams-carry
# All three decisions are a no: nothing of it moves anything.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_letters.draw import WORKDAYS, Quarter

q = Quarter(os.environ["KIKORI_QUARTER"])
text = open("mission.md").read()
text = text.replace("### Request #6", "### Request #1").replace("- Answer: yes", "- Answer: no")
text = text.replace(f"- Costs us: {q.requests[6].now} days", "- Costs us: 0 days")
open("mission.md", "w").write(text)
COUNT
