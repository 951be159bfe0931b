#!/bin/sh
# service: workspace
# fails: test_problem
# after: fixes/milk-and-bills
# The move of all customers, in one quarter.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_year.draw import Year

y = Year(os.environ["KIKORI_YEAR"])
text = open("plan.md").read()
d = y.next["D"]
text = re.sub(r"(?m)^- Problem: .*", "- Problem: D", text)
text = re.sub(r"(?m)^- Weeks: .*", f"- Weeks: {d.weeks}", text)
text = re.sub(r"(?m)^- Hours a week: .*", f"- Hours a week: {d.hours}", text)
open("plan.md", "w").write(text)
COUNT
