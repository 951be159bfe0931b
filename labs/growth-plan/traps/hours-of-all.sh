#!/bin/sh
# service: workspace
# fails: test_year
# after: fixes/milk-and-bills
# The hours of the whole year stand in the place of those that came again.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_year.draw import Year

y = Year(os.environ["KIKORI_YEAR"])
text = open("plan.md").read()
text = re.sub(r"(?m)^. Hours of what .*", f"| Hours of what came again | {sum(one.hours for one in y.log):g} h |", text)
open("plan.md", "w").write(text)
COUNT
