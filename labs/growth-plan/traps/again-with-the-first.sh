#!/bin/sh
# service: workspace
# fails: test_year
# after: fixes/milk-and-bills
# All occasions of what came again are counted, the first ones as well.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_year.draw import Year

y = Year(os.environ["KIKORI_YEAR"])
text = open("plan.md").read()
times = [sum(one.problem == name for one in y.log) for name in y.problems]
text = re.sub(r"(?m)^. Came again .*", f"| Came again | {sum(one for one in times if one > 1)} |", text)
open("plan.md", "w").write(text)
COUNT
