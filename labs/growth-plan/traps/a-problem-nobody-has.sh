#!/bin/sh
# service: workspace
# fails: test_problem
# after: fixes/milk-and-bills
# The dispatcher is written anew, which nobody asked for.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_year.draw import Year

y = Year(os.environ["KIKORI_YEAR"])
text = open("plan.md").read()
a = y.next["A"]
text = re.sub(r"(?m)^- Problem: .*", "- Problem: A", text)
text = re.sub(r"(?m)^- Weeks: .*", f"- Weeks: {a.weeks}", text)
text = re.sub(r"(?m)^- Hours a week: .*", f"- Hours a week: {a.hours}", text)
open("plan.md", "w").write(text)
COUNT
