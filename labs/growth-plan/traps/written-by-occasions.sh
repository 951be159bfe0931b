#!/bin/sh
# service: workspace
# fails: test_marks
# after: fixes/milk-and-bills
# Occasions of problems that are written down are counted, and not the problems.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_year.draw import Year

y = Year(os.environ["KIKORI_YEAR"])
text = open("plan.md").read()
count = sum(y.problems[one.problem].written for one in y.log)
text = re.sub(r"(?m)^. Written down .*", f"| Written down | {count + 1} |", text)
open("plan.md", "w").write(text)
COUNT
