#!/bin/sh
# service: workspace
# fails: test_sum
# after: fixes/milk-and-bills
# One work frees its hours for a week more than is left.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_year.draw import Year

y = Year(os.environ["KIKORI_YEAR"])
text = open("plan.md").read()
weekly = sum(y.week[one].hours for one in ("W1", "W2", "W3"))
text = re.sub(r"(?m)^. Hours freed .*", f"| Hours freed | {weekly * 13 + y.week['W3'].hours:g} h |", text)
open("plan.md", "w").write(text)
COUNT
