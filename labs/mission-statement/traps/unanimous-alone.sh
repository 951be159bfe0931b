#!/bin/sh
# service: workspace
# fails: test_agreement
# after: fixes/teams-carry
# Only requests about which all five agree are counted, and not pairs.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_letters.draw import WORKDAYS, Quarter

q = Quarter(os.environ["KIKORI_QUARTER"])
text = open("mission.md").read()
rows = [*zip(*q.answers.values())]
share = 100 * sum(len(set(row)) == 1 for row in rows) / len(rows)
text = re.sub(r"(?m)^(. Agreement before . ).*", rf"\g<1>{share:.0f} % |", text)
open("mission.md", "w").write(text)
COUNT
