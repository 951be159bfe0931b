#!/bin/sh
# service: workspace
# fails: test_marks
# after: fixes/milk-and-bills
# Problems of others are counted as often as they came.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_year.draw import Year

y = Year(os.environ["KIKORI_YEAR"])
text = open("plan.md").read()
count = sum(y.problems[one.problem].whose != "own" for one in y.log)
text = re.sub(r"(?m)^. Not their own .*", f"| Not their own | {count} |", text)
open("plan.md", "w").write(text)
COUNT
